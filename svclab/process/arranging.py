"""One layout, as a person draws it: which activities stand together, and who is there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from svclab.checks import a_count
from svclab.process.layout import Layout, Station, exact, station_order
from svclab.process.model import Process

__all__ = ["arrange"]


def arrange(process: Process, groups: Sequence[Sequence[str]], workers: Sequence[int]) -> Layout:
    """The layout with these groups of activities and these workers, checked.

    Parameters
    ----------
    process : Process
        Gives times, order and needed equipment; its own workers are not used.
    groups : sequence of sequences of str
        The activities of each station; every activity that is no wait stands in exactly one.
    workers : sequence of int
        Workers at each station, one or more.

    Returns
    -------
    Layout
        The stations in an order in which a customer can pass them.

    Raises
    ------
    ValueError
        For an activity without a station or in two, a station without workers or activities,
        or stations that need each other in a circle.

    Examples
    --------
    >>> counter = Process.line("Counter", {"check": 15, "pay": 30, "eye test": 40})
    >>> arrange(counter, [["check", "pay"], ["eye test"]], [1, 1])
    [check + pay] × 1 → [eye test] × 1: 80 per hour with 2 workers
    """
    working = [a for a in process.activities if a.kind != "wait"]
    if len(groups) != len(workers):
        raise ValueError(
            f"{len(groups)} stations and {len(workers)} numbers of workers: give one for each"
        )
    placed = [name for group in groups for name in group]
    for name in placed:
        process.activity(name)
        if placed.count(name) > 1:
            raise ValueError(f"activity {name!r} stands in two stations: put it in one")
    missing = [a.name for a in working if a.name not in placed]
    if missing:
        raise ValueError(f"activity {missing[0]!r} has no station: put each activity in one")
    stations = [_station(process, group, n) for group, n in zip(groups, workers, strict=True)]
    order = station_order(*_masks(process, groups))
    if order is None:
        raise ValueError(
            "these stations need each other in a circle: some customer would have to come back "
            "to a station; put what must come between into the same station"
        )
    slowest = max(station.exact_cycle_time for station in stations)
    return Layout(tuple(stations[i] for i in order), slowest)


def _station(process: Process, group: Sequence[str], workers: int) -> Station:
    if not group:
        raise ValueError(f"a station with {workers} workers has no activity: leave it out")
    a_count(f"station {' + '.join(group)!r}: workers", workers, 1)
    activities = [process.activity(name) for name in group]
    return Station(
        activities=tuple(group),
        workers=workers,
        exact_seconds=sum((exact(a.seconds) for a in activities), Fraction(0)),
        needs=tuple(dict.fromkeys(kind for a in activities for kind in a.needs)),
    )


def _masks(
    process: Process, groups: Sequence[Sequence[str]]
) -> tuple[list[int], Mapping[int, int]]:
    place = {name: i for i, name in enumerate(process.names)}
    ancestors = process.ancestors()
    waits = {a.name for a in process.activities if a.kind == "wait"}
    before = {
        place[name]: sum(1 << place[other] for other in ancestors[name] - waits)
        for group in groups
        for name in group
    }
    return [sum(1 << place[name] for name in group) for group in groups], before
