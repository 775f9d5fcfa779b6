"""The columns of a file of time stamps, by any of their names, and what may stand in them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from svclab.capacity.measuring.clocks import DAY, Stamp, parse_date, parse_stamp
from svclab.capacity.measuring.decoding import Cells
from svclab.capacity.measuring.observation import BALKED, GAVE_UP, IN_SERVICE, SERVED, WAITING
from svclab.words import count, join

__all__ = ["NAMES", "UNITS", "FileError", "Parser", "Row"]

COLUMNS = {
    "customer": ("customer", "number", "no", "id", "ticket", "顾客", "编号", "号码", "序号"),
    "date": ("date", "day", "日期"),
    "arrived": (
        *("arrived", "arrival", "arrives", "arrival time", "time of arrival"),
        *("到达", "到达时间", "来到"),
    ),
    "started": (
        *("started", "start", "starts", "service start", "start time", "begin"),
        *("开始", "开始时间", "开始服务"),
    ),
    "left": (
        *("left", "leaves", "departure", "departed", "end", "end time", "service end"),
        *("离开", "离开时间", "结束", "结束时间"),
    ),
    "server": ("server", "counter", "window", "desk", "服务台", "窗口", "柜台", "服务员"),
    "outcome": ("outcome", "result", "status", "结果", "状态"),
    "servers_open": ("servers open", "servers", "open servers", "开放台数", "窗口数"),
    "watch_began": ("watch began", "watched from", "观察开始"),
    "watch_ended": ("watch ended", "watched until", "观察结束"),
    "place": ("place", "service", "地点", "场所"),
}
OUTCOMES = {
    SERVED: (SERVED, "done", "已服务", "服务完毕", "完成"),
    BALKED: (BALKED, "walked away", "turned away", "止步", "未加入", "看到排队离开"),
    GAVE_UP: (GAVE_UP, "reneged", "abandoned", "left the queue", "中途离开", "放弃", "离队"),
    WAITING: (WAITING, "still waiting", "等待", "等待中", "仍在等待"),
    IN_SERVICE: (IN_SERVICE, "being served", "服务中", "正在服务"),
}
#: What plain numbers may count, in seconds.
UNITS = {"seconds": 1.0, "minutes": 60.0, "hours": 3600.0, "days": float(DAY)}
LATEST = 200.0 * 366 * DAY  # a spreadsheet's numbers count days since 1900
TIMES = ("arrived", "started", "left", "watch_began", "watch_ended")
LONGEST_TEXT = 60  # letters kept of a name
SHOWN = 12  # mistakes in a message

_BY_NAME = {alias: name for name, aliases in COLUMNS.items() for alias in aliases}
_BY_OUTCOME = {alias: name for name, aliases in OUTCOMES.items() for alias in aliases}
#: Every name of a column that is understood, in small letters.
NAMES = frozenset([*_BY_NAME, *(name.replace(" ", "_") for name in _BY_NAME)])


class FileError(ValueError):
    """A file that cannot be read; ``mistakes`` lists all of them, each with its place."""

    def __init__(self, where: str, mistakes: Iterable[str]) -> None:
        self.mistakes = tuple(mistakes)
        shown = list(self.mistakes[:SHOWN])
        if len(self.mistakes) > SHOWN:
            shown.append(f"and {len(self.mistakes) - SHOWN} more")
        many = count(len(self.mistakes), "mistake")
        super().__init__("\n".join([f"{where}: {many} to mend", *(f"- {one}" for one in shown)]))


@dataclass(frozen=True, kw_only=True)
class Row:
    """One line of the file, each cell understood or empty."""

    line: int
    arrived: Stamp | None
    started: Stamp | None
    left: Stamp | None
    watch_began: Stamp | None
    watch_ended: Stamp | None
    day: date | None
    outcome: str  # as understood; empty if the cell is
    server: str
    customer: str
    place: str
    servers_open: int | None
    first: Stamp | None  # the earliest of the customer's times that is there


@dataclass
class Parser:
    """Reads cells and gathers every mistake with its place."""

    where: str
    unit: str | None = None
    month_first: bool = False
    line: str = "line"  # what a row is called in messages
    mistakes: list[str] = field(default_factory=list)
    steps: set[float] = field(default_factory=set)  # how finely times were written, in seconds
    zones: set[str] = field(default_factory=set)

    def stop_if_wrong(self) -> None:
        """Raise what was gathered."""
        if len(self.zones) > 1:
            zones = join(sorted(self.zones))
            self.mistakes.append(f"the times are in several time zones ({zones}): use one")
        if self.mistakes:
            raise FileError(self.where, self.mistakes)

    def wrong(self, line: int, column: str, cell: str, what: str) -> None:
        """Note a mistake."""
        shown = cell if len(cell) <= 40 else cell[:37] + "…"
        self.mistakes.append(f"{self.line} {line}, column {column}: {shown!r} {what}")

    def rows(self, cells: Cells) -> list[Row]:
        """All lines of the file.

        Raises
        ------
        FileError
            If the columns that are needed are missing. Mistakes in cells are only noted.
        """
        places = self._columns(cells.header)
        width, found = len(cells.header), []
        for line, texts in cells.lines:
            if any(texts[width:]):
                self.mistakes.append(
                    f"{self.line} {line}: {len(texts)} cells for {width} columns; put a text that "
                    "holds the dividing mark in double quotes"
                )
                continue
            padded = (*texts, *[""] * width)
            found.append(self._row(line, {name: padded[at] for name, at in places.items()}))
        if not found and not self.mistakes:
            self.mistakes.append("there is no customer below the first line")
        return found

    def _columns(self, header: tuple[str, ...]) -> dict[str, int]:
        found: dict[str, int] = {}
        for place, title in enumerate(header):
            name = _BY_NAME.get(_plain(title))
            if name is not None and name in found:
                self.mistakes.append(
                    f"the columns {header[found[name]]!r} and {title!r} both mean {name}: keep one"
                )
            elif name is not None:
                found[name] = place
        if "arrived" not in found or not {"started", "left"} & set(found):
            shown = join([repr(title[:30]) for title in header[:10]])
            self.mistakes.append(
                "the first line must name the columns arrived (到达) and started (开始) or left "
                f"(离开); it names {shown}"
            )
        self.stop_if_wrong()
        return found

    def _row(self, line: int, cells: dict[str, str]) -> Row:
        stamps = {name: self._stamp(cells.get(name, ""), line, name) for name in TIMES}
        first = stamps["arrived"] or stamps["started"] or stamps["left"]
        return Row(
            line=line,
            **stamps,
            day=self._day(cells.get("date", ""), line) or (first.day if first else None),
            outcome=self._outcome(cells.get("outcome", ""), line),
            server=cells.get("server", "")[:LONGEST_TEXT],
            customer=cells.get("customer", "")[:LONGEST_TEXT],
            place=cells.get("place", "")[:LONGEST_TEXT],
            servers_open=self._servers(cells.get("servers_open", ""), line),
            first=first,
        )

    def _stamp(self, cell: str, line: int, column: str) -> Stamp | None:
        if not cell:
            return None
        if self.unit is not None:
            return self._number(cell, line, column, self.unit)
        stamp = parse_stamp(cell, month_first=self.month_first)
        if isinstance(stamp, str):
            self.wrong(line, column, cell, stamp)
            return None
        self.steps.add(stamp.step)
        if stamp.zone:
            self.zones.add(stamp.zone)
        return stamp

    def _number(self, cell: str, line: int, column: str, unit: str) -> Stamp | None:
        try:
            value = float(cell.replace(",", ".")) * UNITS[unit]
        except ValueError:
            value = -1.0
        if 0 <= value <= LATEST:
            return Stamp(round(value, 3), None, 1.0, "")
        self.wrong(line, column, cell, f"is not a number of {unit}, zero or more")
        return None

    def _day(self, cell: str, line: int) -> date | None:
        if not cell:
            return None
        # A spreadsheet may have added a time of midnight to a date.
        day = parse_date(cell.split(" ")[0], month_first=self.month_first)
        if day is None:
            self.wrong(line, "date", cell, "is not a date: write 2026-11-21")
        return day

    def _outcome(self, cell: str, line: int) -> str:
        if not cell:
            return ""
        outcome = _BY_OUTCOME.get(_plain(cell), "")
        if not outcome:
            self.wrong(line, "outcome", cell, f"is unknown: write {join(list(OUTCOMES), 'or')}")
        return outcome

    def _servers(self, cell: str, line: int) -> int | None:
        if not cell:
            return None
        if not (cell.isascii() and cell.isdigit() and len(cell) <= 4):
            self.wrong(line, "servers_open", cell, "is not a number of servers: write 0 to 9999")
            return None
        return int(cell)


def _plain(text: str) -> str:
    return " ".join(text.lower().replace("_", " ").split())
