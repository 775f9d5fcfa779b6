"""Time stamps of a service, from a file of the field kit or of anybody else, with care.

The file is a table with a row for each customer. The columns that count, in English or Chinese:

==============  ==========  =====================================================================
column          Chinese     what it holds
==============  ==========  =====================================================================
arrived         到达        when the customer came; empty: was in the line when the watch began
started         开始        when service began; empty: was not served
left            离开        when the customer went; empty: was still there at the end
server          服务台      who served
outcome         结果        served, balked, gave up, waiting, in service; may be left out
servers_open    开放台数    servers on duty when the customer came
date            日期        such as 2026-11-21, where the times have none
watch_began     观察开始    the same in every row; left out: the first time in the file
watch_ended     观察结束    the same in every row; left out: the last arrival in the file
customer        编号        a number or name
place           地点        what was watched
==============  ==========  =====================================================================
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from svclab.capacity.measuring.clocks import parse_date
from svclab.capacity.measuring.columns import NAMES, UNITS, FileError, Parser, Row
from svclab.capacity.measuring.decoding import MAX_ROWS, Cells, decode, read_bytes, split
from svclab.capacity.measuring.observation import Observation, Visit
from svclab.capacity.measuring.remarks import remarks
from svclab.capacity.measuring.visits import HALF_A_DAY, Calendar, first_day, visits_of
from svclab.capacity.measuring.waits import reconstruct_starts
from svclab.checks import a_count
from svclab.words import join

__all__ = ["FileError", "from_rows", "parse_observation", "read_observation"]


def read_observation(
    path: str | Path,
    *,
    servers: int | None = None,
    date: str | None = None,
    unit: str | None = None,
    encoding: str | None = None,
    month_first: bool = False,
) -> Observation:
    """A watched service, from a CSV file with a row for each customer.

    The file may come from the field kit, from Excel in any country (UTF-8, GB18030, UTF-16;
    commas, semicolons or tabs) or from a ticket machine. Times may have dates or not. At most
    4 MB and 20,000 rows are read, and nothing in the file is ever run.

    Parameters
    ----------
    path : str or Path
        The file. Its columns stand at the top of this module.
    servers : int, optional
        Servers on duty, if the file does not say. Needed to reconstruct starts (see Notes).
    date : str, optional
        The day to take, as 2026-11-21, of a file that holds several.
    unit : str, optional
        What plain numbers count from the beginning: ``"seconds"``, ``"minutes"``, ``"hours"``
        or ``"days"`` (a spreadsheet's own numbers). Left out: plain numbers are refused.
    encoding : str, optional
        How the text is encoded. Left out: found out.
    month_first : bool, optional
        How 03/04/2026 is meant; default: the day first.

    Returns
    -------
    Observation
        Its ``notes`` say what was assumed and what is doubtful.

    Raises
    ------
    FileNotFoundError
        If there is no such file.
    FileError
        A ValueError that lists every mistake with line and column and what to do.

    Notes
    -----
    A file without a column of starts is read too, if the number of servers is known: the starts
    are reconstructed as first come, first served (:func:`reconstruct_starts`).

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     mine = Path(folder) / "mine.csv"
    ...     rows = "到达;开始;离开\\n12:00:00;12:00:10;12:01:00\\n"
    ...     _ = mine.write_text(rows, encoding="gb18030")
    ...     read_observation(mine).waits.mean
    10.0
    """
    where = Path(path).name
    text, kind = decode(read_bytes(path), where, encoding)
    found = parse_observation(
        text, where=where, servers=servers, date=date, unit=unit, month_first=month_first
    )
    if encoding is not None or kind == "UTF-8":
        return found
    return replace(found, notes=(f"The text was read as {kind}.", *found.notes))


def parse_observation(
    text: str,
    *,
    where: str = "the text",
    servers: int | None = None,
    date: str | None = None,
    unit: str | None = None,
    month_first: bool = False,
) -> Observation:
    """The same from text that is already there.

    Parameters
    ----------
    text : str
        What would stand in the file.
    where : str, optional
        What messages call it.
    servers, date, unit, month_first : optional
        As for :func:`read_observation`.

    Examples
    --------
    >>> parse_observation("arrived,started,left\\n12:00,12:61,12:05\\n")
    Traceback (most recent call last):
    svclab.capacity.measuring.columns.FileError: the text: 1 mistake to mend
    - line 2, column started: '12:61' is no time of a day: hours go to 23, minutes and seconds
    to 59
    """
    if unit is not None and unit not in UNITS:
        raise ValueError(f"unit={unit!r}: use {join(list(UNITS), 'or')}")
    cells = split(text, where, NAMES)
    return _observation(Parser(where, unit, month_first), cells, servers, date)


def from_rows(rows: Iterable[Mapping[str, Any]], *, servers: int | None = None) -> Observation:
    """The same from rows, such as those of :func:`svclab.data.rows`.

    Parameters
    ----------
    rows : iterable of mapping
        One mapping a customer, from column names to texts; None is an empty cell.
    servers : int, optional
        As for :func:`read_observation`.

    Examples
    --------
    >>> watch = from_rows([{"arrived": "12:00:00", "started": "12:00:10", "left": "12:01:00"}])
    >>> watch.services.mean
    50.0
    """
    rows = list(rows)
    if not 1 <= len(rows) <= MAX_ROWS:
        raise ValueError(f"rows has {len(rows):,} entries: give 1 to {MAX_ROWS:,} customers")
    header = tuple(rows[0])
    lines = tuple(
        (place, tuple("" if row.get(name) is None else str(row[name]).strip() for name in header))
        for place, row in enumerate(rows, 1)
    )
    return _observation(Parser("the rows", line="row"), Cells(header, lines, ()), servers, None)


def _observation(
    parser: Parser, cells: Cells, servers: int | None, date: str | None
) -> Observation:
    if servers is not None:
        a_count("servers", servers, 1)
    rows = _of_day(parser.rows(cells), date, parser)
    day = first_day(rows, parser)
    parser.stop_if_wrong()
    calendar = Calendar(day)
    visits = visits_of(rows, calendar, parser)
    if not parser.mistakes and all(v.arrived is None for v in visits):
        parser.mistakes.append("no row has a time of arrival: there is nothing to measure")
    parser.stop_if_wrong()
    visits.sort(key=lambda v: -1.0 if v.arrived is None else v.arrived)
    notes = [note[0].upper() + note[1:] + "." for note in cells.notes]
    began, ended, widened = _watch(rows, visits, Calendar(day), parser)
    plan = _plan(visits, began, servers)
    if all(v.started is None for v in visits) and any(v.left is not None for v in visits):
        visits = _with_starts(visits, plan, parser)
        notes.append(
            "The starts of service were reconstructed from arrivals and departures, as first "
            "come, first served."
        )
    found = Observation(
        visits=tuple(visits),
        began=began,
        ended=ended,
        place=next((row.place for row in rows if row.place), ""),
        date=str(day or ""),
        resolution=min(parser.steps, default=1.0),
        plan=plan,
    )
    return replace(found, notes=(*notes, *widened, *remarks(found)))


def _of_day(rows: list[Row], date: str | None, parser: Parser) -> list[Row]:
    if date is None:
        return rows
    wanted = parse_date(date)
    if wanted is None:
        raise ValueError(f"date={date!r}: write it as 2026-11-21")
    chosen = [row for row in rows if row.day == wanted]
    if not chosen and not parser.mistakes:
        days = sorted({str(row.day) for row in rows if row.day is not None})
        there = f"it has {join(days[:5])}" if days else "it has no dates"
        parser.mistakes.append(f"no row has the date {date}: {there}")
    return chosen


def _watch(
    rows: Sequence[Row], visits: Sequence[Visit], calendar: Calendar, parser: Parser
) -> tuple[float, float, list[str]]:
    """From when to when was watched, and what had to be said about it.

    Where the file does not say, the watch ends with the last arrival: services may go on long
    after it, and to count that time would make the demand look smaller.
    """
    seen = [m for v in visits for m in (v.arrived, v.started, v.left) if m is not None]
    first, last = min(seen), max(seen)
    came = max(v.arrived for v in visits if v.arrived is not None)
    begin = next((row.watch_began for row in rows if row.watch_began is not None), None)
    end = next((row.watch_ended for row in rows if row.watch_ended is not None), None)
    began = first if begin is None else calendar.seconds(begin, calendar.first)
    ended = calendar.seconds(end, calendar.first) if end is not None else came
    if end is None and came <= began:
        ended = last
    if end is not None and end.day is None and ended < first - HALF_A_DAY:
        ended += 2 * HALF_A_DAY  # the watch went past midnight
    said = []
    if begin is None or end is None:
        said = [
            "The file does not say when the watch began and ended: it is taken to go from the "
            "first time to the last arrival."
        ]
    if began > first or (end is not None and ended < last):
        said = ["Some times lie outside the watch that the file names: the watch was widened."]
        began, ended = min(began, first), max(ended, last)
    if ended <= began:
        parser.mistakes.append("all times are the same: there is nothing to measure")
    parser.stop_if_wrong()
    return began, ended, said


def _plan(
    visits: Sequence[Visit], began: float, servers: int | None
) -> tuple[tuple[float, int], ...]:
    """How many servers were on duty from when on."""
    if servers is not None:
        return ((began, servers),)
    steps: list[tuple[float, int]] = []
    for v in visits:
        if v.servers_open is not None and (not steps or steps[-1][1] != v.servers_open):
            steps.append((began if not steps or v.arrived is None else v.arrived, v.servers_open))
    return tuple(steps)


def _with_starts(
    visits: Sequence[Visit], plan: tuple[tuple[float, int], ...], parser: Parser
) -> list[Visit]:
    if len(plan) != 1:
        parser.mistakes.append(
            "there are no starts of service: say servers=, so that they can be reconstructed"
        )
        parser.stop_if_wrong()
    try:
        return reconstruct_starts(visits, servers=plan[0][1])
    except ValueError as problem:
        raise FileError(parser.where, [str(problem)]) from None
