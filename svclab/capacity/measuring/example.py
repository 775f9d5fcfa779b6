"""An invented noon at a canteen, in the field kit's own format. No such canteen was watched."""

from __future__ import annotations

import csv
import io
import math
from itertools import pairwise
from pathlib import Path
from random import Random

from svclab.capacity.measuring.clocks import clock_text
from svclab.capacity.measuring.observation import (
    BALKED,
    GAVE_UP,
    IN_SERVICE,
    SERVED,
    WAITING,
    Observation,
)
from svclab.capacity.measuring.reading import from_rows
from svclab.capacity.simulation.customers import LEFT, TURNED, Customers, Served
from svclab.capacity.simulation.recursion import serve

__all__ = ["COLUMNS", "EXAMPLE", "example_csv", "example_observation", "write_example"]

#: The columns of a file of the field kit; the example has ``origin`` besides.
COLUMNS = (
    *("customer", "date", "arrived", "started", "left", "server", "outcome", "servers_open"),
    *("watch_began", "watch_ended", "place"),
)
TIMES = ("arrived", "started", "left")
PLACE, DATE = "Canteen 2, noodle counter (invented)", "2026-10-14"
#: The table in the course's data that :func:`write_example` has made.
EXAMPLE = "canteen-noon"
EXAMPLE_SEED = 29
BEGAN, ENDED = 11 * 3600 + 40 * 60, 12 * 3600 + 40 * 60  # s after midnight
SERVERS = 3
# Invented: students per hour from each minute of the watch on; lectures end at 12:00.
RATES = ((0, 90.0), (18, 240.0), (32, 190.0), (45, 110.0))
MEAN_SERVICE, SPREAD = 62.0, 0.5  # s; standard deviation of the logarithm
MEAN_PATIENCE = 1200.0  # s


def example_observation() -> Observation:
    """The canteen at noon, from the course's table ``canteen-noon``: invented, for practice.

    Examples
    --------
    >>> example_observation().place
    'Canteen 2, noodle counter (invented)'
    """
    from svclab.data import rows

    return from_rows(rows(EXAMPLE))


def example_csv(seed: int | str = EXAMPLE_SEED, *, origin: bool = False) -> str:
    """An invented observation as a file of the field kit would hold it.

    Students come at rates that change, as the lectures end; some turn away from a long queue and
    some give up. Three servers, lognormal service times, whole seconds. The watch ends at 12:40,
    whoever is still there.

    Parameters
    ----------
    seed : int or str, optional
        Another seed is another noon.
    origin : bool, optional
        Add the column that the course's tables have.

    Returns
    -------
    str
        CSV with commas.

    Examples
    --------
    >>> example_csv().splitlines()[0]
    'customer,date,arrived,started,left,server,outcome,servers_open,watch_began,watch_ended,place'
    """
    day = _noon(seed)
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([*COLUMNS, *(["origin"] if origin else [])])
    servers = _servers(day)
    for number in range(day.customers.customers):
        row = _row(day, number, servers)
        writer.writerow([*row, *(["invented"] if origin else [])])
    return text.getvalue()


def write_example(
    path: str | Path, *, seed: int | str = EXAMPLE_SEED, origin: bool = False
) -> Path:
    """Write :func:`example_csv` to a file, and give its path.

    Parameters
    ----------
    path : str or Path
        Where to; an existing file is replaced.
    seed, origin : optional
        As for :func:`example_csv`.
    """
    path = Path(path)
    path.write_text(example_csv(seed, origin=origin), encoding="utf-8", newline="\n")
    return path


def _noon(seed: int | str) -> Served:
    chance = {what: Random(f"{seed}/{what}") for what in ("come", "serve", "wait", "turn")}
    arrivals = []
    for (minute, rate), (until, _) in pairwise([*RATES, ((ENDED - BEGAN) // 60, 0.0)]):
        now = 60.0 * minute
        while (now := now - math.log(1 - chance["come"].random()) * 3600 / rate) < 60 * until:
            arrivals.append(now)
    services = [
        MEAN_SERVICE * math.exp(chance["serve"].gauss(0, SPREAD) - SPREAD**2 / 2) for _ in arrivals
    ]
    patience = [-math.log(1 - chance["wait"].random()) * MEAN_PATIENCE for _ in arrivals]
    # Invented: each student turns away from a queue of so many, five to seventeen.
    balks_at = [5 + int(13 * chance["turn"].random()) for _ in arrivals]
    lists = Customers(arrivals, services, patience=patience, balks_at=balks_at)
    return serve(lists, servers=SERVERS)


def _servers(day: Served) -> dict[int, int]:
    """Who serves whom: the server who has been free longest."""
    free, chosen = [0.0] * SERVERS, {}
    for number, _, start, finish in sorted(day.visits, key=lambda visit: visit[2]):
        server = min(range(SERVERS), key=free.__getitem__)
        assert free[server] <= start
        free[server] = finish
        chosen[number] = server + 1
    return chosen


def _row(day: Served, number: int, servers: dict[int, int]) -> list[str]:
    arrived, wait, fate = day.customers.arrivals[number], day.waits[number], day.fates[number]
    moments = {"arrived": arrived, "left": arrived + wait}
    outcome = {TURNED: BALKED, LEFT: GAVE_UP}.get(fate, SERVED)
    if outcome == SERVED:
        moments = {**moments, "started": arrived + wait}
        moments["left"] += day.customers.services[number]
    # What happened after the end of the watch was not seen.
    seen = {name: BEGAN + moment for name, moment in moments.items() if BEGAN + moment < ENDED}
    if "left" not in seen:
        outcome = IN_SERVICE if "started" in seen else WAITING
    times = [clock_text(seen[name]) if name in seen else "" for name in TIMES]
    server = str(servers[number]) if "started" in seen else ""
    return [
        *(str(number + 1), DATE, *times, server, outcome, str(SERVERS)),
        *(clock_text(BEGAN), clock_text(ENDED), PLACE),
    ]
