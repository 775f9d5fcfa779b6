"""A layout: the activities of a process in stations, each staffed by equal workers."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from svclab.checks import above_zero
from svclab.process.model import HOUR, Activity, Process, Resource
from svclab.shown import html_table
from svclab.words import count, join, per_hour, say

__all__ = ["Layout", "Station", "exact", "station_order"]


def exact(seconds: float) -> Fraction:
    """The decimal that a person typed: 0.1 + 0.2 and 0.3 are then really equal.

    Examples
    --------
    >>> exact(0.1) + exact(0.2) == exact(0.3)
    True
    """
    return Fraction(repr(float(seconds)))


@dataclass(frozen=True)
class Station:
    """Some activities done by equal workers, each of whom does all of them for a customer."""

    activities: tuple[str, ...]
    workers: int
    exact_seconds: Fraction  # s of work for one customer, exact
    needs: tuple[str, ...] = ()  # equipment that each workplace here must have

    @property
    def name(self) -> str:
        """The activities, joined by plus signs."""
        return " + ".join(self.activities)

    @property
    def seconds(self) -> float:
        """Seconds of work for one customer."""
        return float(self.exact_seconds)

    @property
    def exact_cycle_time(self) -> Fraction:
        """Seconds between completions at full load, exact: seconds / workers."""
        return self.exact_seconds / self.workers

    @property
    def capacity_per_hour(self) -> float:
        """Customers per hour at full load: 3600 workers / seconds."""
        return _capacity(self.exact_cycle_time)


@dataclass(frozen=True, repr=False)
class Layout:
    """Stations in an order in which a customer can pass them."""

    stations: tuple[Station, ...]
    exact_cycle_time: Fraction  # s between completions at full load: the slowest station's

    @property
    def cycle_time(self) -> float:
        """Seconds between completions at full load."""
        return float(self.exact_cycle_time)

    @property
    def capacity_per_hour(self) -> float:
        """Customers per hour at full load: the smallest of the stations' capacities."""
        return _capacity(self.exact_cycle_time)

    @property
    def workers(self) -> int:
        """Workers in all stations together."""
        return sum(station.workers for station in self.stations)

    @property
    def work_content(self) -> float:
        """Seconds of work for one customer, all stations together."""
        return float(sum((s.exact_seconds for s in self.stations), Fraction(0)))

    @property
    def bottlenecks(self) -> tuple[Station, ...]:
        """The slowest station, or all that are equally slow (compared exactly)."""
        return tuple(s for s in self.stations if s.exact_cycle_time == self.exact_cycle_time)

    @property
    def idle_share(self) -> float:
        """Balance delay: share of paid time without work at full load, 0 to 1.

        1 − work content / (workers × cycle time); 0 where nothing takes any time.
        """
        if self.exact_cycle_time == 0:
            return 0.0
        content = sum((s.exact_seconds for s in self.stations), Fraction(0))
        return float(1 - content / (self.workers * self.exact_cycle_time))

    @property
    def equipment(self) -> dict[str, int]:
        """Pieces of each kind: every workplace of a station that needs it has its own."""
        pieces: dict[str, int] = {}
        for station in self.stations:
            for kind in station.needs:
                pieces[kind] = pieces.get(kind, 0) + station.workers
        return pieces

    @property
    def equipment_total(self) -> int:
        """Pieces of equipment of all kinds together."""
        return sum(station.workers * len(station.needs) for station in self.stations)

    def utilisation(self, demand_per_hour: float) -> dict[str, float]:
        """Share of time each station works when that many customers per hour come.

        Above 1 the station cannot keep up.
        """
        above_zero("demand_per_hour", demand_per_hour, "customers per hour")
        rate = exact(float(demand_per_hour)) / 3600
        return {s.name: float(s.exact_cycle_time * rate) for s in self.stations}

    def as_process(self, source: Process, *, name: str = "") -> Process:
        """The layout as a line of its stations, to be analysed or simulated.

        Parameters
        ----------
        source : Process
            The process that was laid out; waits in it are left out.
        name : str, optional
            Name of the new process; left out: that of the source.
        """
        merged = tuple(
            Activity(s.name, s.seconds, needs=s.needs, kind=_kind(source, s.activities))
            for s in self.stations
        )
        staff = tuple(Resource(s.name, s.workers) for s in self.stations)
        return Process(name or source.name, merged, staff)

    def rows(self) -> list[dict[str, Any]]:
        """One row a station, for a table."""
        return [
            {
                "station": s.name,
                "workers": s.workers,
                "seconds": s.seconds,
                "capacity_per_hour": s.capacity_per_hour,
                "equipment": ", ".join(s.needs),
            }
            for s in self.stations
        ]

    def __repr__(self) -> str:
        shown = [f"[{s.name}] × {s.workers}" for s in self.stations]
        return say(
            "{stations}: {capacity} with {workers}",
            stations=" → ".join(shown),
            capacity=per_hour(self.capacity_per_hour),
            workers=count(self.workers, "worker"),
        )

    def _repr_html_(self) -> str:
        return html_table(
            "Layout",
            ["station", "workers", "time", "capacity"],
            [
                [s.name, f"{s.workers}", f"{s.seconds:g} s", str(per_hour(s.capacity_per_hour))]
                for s in self.stations
            ],
            notes=[
                say(
                    "Capacity {capacity}; bottleneck: {slowest}.",
                    capacity=per_hour(self.capacity_per_hour),
                    slowest=join([s.name for s in self.bottlenecks]),
                )
            ],
        )


def _capacity(cycle_time: Fraction) -> float:
    return float(Fraction(HOUR) / cycle_time) if cycle_time else math.inf


def _kind(source: Process, names: Iterable[str]) -> str:
    """A station is of the kind of its activities; of kind "value" if they differ."""
    kinds = {source.activity(name).kind for name in names}
    return kinds.pop() if len(kinds) == 1 else "value"


def station_order(blocks: list[int], before: Mapping[int, int]) -> list[int] | None:
    """Put groups of activities in an order without a circle, earliest activity first.

    Parameters
    ----------
    blocks : list of int
        Each group as a bit mask over the activities.
    before : mapping
        Activity number to the bit mask of all activities that must precede it.

    Returns
    -------
    list of int or None
        Positions in ``blocks``, or None where the groups need each other in a circle.
    """
    wanted = []
    for block in blocks:
        mask = 0
        for i, needed in before.items():
            if block >> i & 1:
                mask |= needed
        wanted.append(mask & ~block)
    left = sorted(range(len(blocks)), key=lambda b: blocks[b] & -blocks[b])
    done, order = 0, []
    while left:
        ready = next((b for b in left if not wanted[b] & ~done), None)
        if ready is None:
            return None
        left.remove(ready)
        order.append(ready)
        done |= blocks[ready]
    return order
