"""What a simulation gives back: the event log and what can be read from it."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, NamedTuple

from svclab.checks import a_count
from svclab.process.model import HOUR, Process
from svclab.shown import html_table, text_table
from svclab.words import duration, number, per_hour, percent

__all__ = ["Log", "Run", "Visit", "trace"]


class Visit(NamedTuple):
    """One customer at one activity; times in seconds."""

    customer: int
    activity: str
    resource: str  # "" for a wait, which needs nobody
    arrive: float  # ready for the activity
    start: float
    finish: float
    attempt: int  # 1, or more after rework


@dataclass
class Log:
    """All visits to one activity as columns, in the order in which they were written down."""

    customer: list[int] = field(default_factory=list)
    arrive: list[float] = field(default_factory=list)
    start: list[float] = field(default_factory=list)
    finish: list[float] = field(default_factory=list)
    attempt: list[int] = field(default_factory=list)


@dataclass(frozen=True, repr=False)
class Run:
    """One simulated run. Means are over the customers after the warm-up.

    The *window* goes from the first counted customer's arrival to the last departure.
    """

    process: Process
    arrivals: Sequence[float]  # s, by customer number
    logs: Mapping[str, Log]  # by activity
    warm_up: int = 0  # customers at the start that are not counted

    def after(self, warm_up: int) -> Run:
        """The same run without its first customers in the means.

        Raises
        ------
        ValueError
            If no customer would be left.
        """
        return replace(self, warm_up=a_count("warm_up", warm_up, 0, len(self.arrivals) - 1))

    @property
    def customers(self) -> int:
        """Customers counted."""
        return len(self.arrivals) - self.warm_up

    @cached_property
    def departures(self) -> list[float]:
        """When each customer left, in seconds, by customer number (all, warm-up included)."""
        last = list(self.arrivals)
        for log in self.logs.values():
            for customer, finish in zip(log.customer, log.finish, strict=True):
                if finish > last[customer]:
                    last[customer] = finish
        return last

    @cached_property
    def flow_times(self) -> list[float]:
        """Seconds from arrival to departure of each counted customer."""
        pairs = list(zip(self.arrivals, self.departures, strict=True))[self.warm_up :]
        return [leave - come for come, leave in pairs]

    @property
    def window(self) -> tuple[float, float]:
        """First counted arrival and last departure, in seconds."""
        return self.arrivals[self.warm_up], max(self.departures)

    @property
    def mean_flow_time(self) -> float:
        """Mean seconds from arrival to departure."""
        return math.fsum(self.flow_times) / self.customers

    @cached_property
    def mean_wait(self) -> dict[str, float]:
        """Mean seconds of waiting at each activity, per visit; 0 where nobody came."""
        means = {}
        for name, log in self.logs.items():
            waits = [
                start - arrive
                for customer, arrive, start in zip(log.customer, log.arrive, log.start, strict=True)
                if customer >= self.warm_up
            ]
            means[name] = math.fsum(waits) / len(waits) if waits else 0.0
        return means

    @property
    def mean_total_wait(self) -> float:
        """Mean seconds that a customer waits for somebody, all visits together."""
        waits = [
            start - arrive
            for log in self.logs.values()
            for customer, arrive, start in zip(log.customer, log.arrive, log.start, strict=True)
            if customer >= self.warm_up
        ]
        return math.fsum(waits) / self.customers

    @cached_property
    def utilisation(self) -> dict[str, float]:
        """Share of the window that each resource's workers are busy, 0 to 1."""
        first, last = self.window
        shares = {}
        for resource in self.process.resources:
            busy = math.fsum(
                finish - max(start, first)
                for a in self.process.activities
                if a.resource == resource.name
                for start, finish in zip(
                    self.logs[a.name].start, self.logs[a.name].finish, strict=True
                )
                if finish > first
            )
            span = resource.units * (last - first)
            shares[resource.name] = busy / span if span else 0.0
        return shares

    @property
    def throughput_per_hour(self) -> float:
        """Counted customers per hour of the window; infinite where nothing takes time."""
        first, last = self.window
        return HOUR * self.customers / (last - first) if last > first else math.inf

    @property
    def mean_in_system(self) -> float:
        """Mean number of counted customers in the process, over the window.

        Equal to throughput × mean flow time: Little's law holds on every finished log.
        """
        first, last = self.window
        return math.fsum(self.flow_times) / (last - first) if last > first else 0.0

    def number_in_system(self) -> list[tuple[float, int]]:
        """(seconds, customers in the process from then on), a step for each change.

        All customers, warm-up included.
        """
        changes: dict[float, int] = {}
        for time in self.arrivals:
            changes[time] = changes.get(time, 0) + 1
        for time in self.departures:
            changes[time] = changes.get(time, 0) - 1
        steps, inside = [], 0
        for time in sorted(changes):
            inside += changes[time]
            steps.append((time, inside))
        return steps

    def visits(self) -> Iterator[Visit]:
        """Every visit as it is in the log: activity by activity."""
        for activity in self.process.activities:
            log = self.logs[activity.name]
            columns = (log.customer, log.arrive, log.start, log.finish, log.attempt)
            for customer, arrive, start, finish, attempt in zip(*columns, strict=True):
                name, resource = activity.name, activity.resource or ""
                yield Visit(customer, name, resource, arrive, start, finish, attempt)

    def rows(self) -> list[dict[str, Any]]:
        """The event log: one row per customer, activity and attempt, by customer and start."""
        ordered = sorted(self.visits(), key=lambda v: (v.customer, v.start, v.finish))
        return [visit._asdict() for visit in ordered]

    def measures(self) -> dict[str, float]:
        """All means by name; times in seconds. What replications estimate."""
        found = {
            "flow time": self.mean_flow_time,
            "total wait": self.mean_total_wait,
            "in system": self.mean_in_system,
            "throughput per hour": self.throughput_per_hour,
        }
        found |= {f"wait: {name}": wait for name, wait in self.mean_wait.items()}
        found |= {f"utilisation: {name}": share for name, share in self.utilisation.items()}
        return found

    def _table(self) -> tuple[list[str], list[list[str]]]:
        rows = [
            ["mean flow time", str(duration(self.mean_flow_time))],
            ["mean number in system", str(number(self.mean_in_system, 2))],
            ["throughput", str(per_hour(self.throughput_per_hour))],
        ]
        rows += [[f"wait for {n}", str(duration(w))] for n, w in self.mean_wait.items()]
        rows += [[f"{n} busy", str(percent(u))] for n, u in self.utilisation.items()]
        return ["measure", "value"], rows

    def __repr__(self) -> str:
        head, rows = self._table()
        return text_table(f"{self.process.name}, {self.customers:,} customers", head, rows)

    def _repr_html_(self) -> str:
        head, rows = self._table()
        return html_table(f"{self.process.name}, {self.customers:,} customers", head, rows)


def trace(
    run: Run,
    *,
    title: str,
    alt: str,
    customers: int = 60,
    first: int = 0,
    unit: str = "s",
    speed: float | None = None,
    classes: Sequence[str] = ("customer",),
    class_of: Sequence[int] | None = None,
) -> dict[str, Any]:
    """A run as the "trace" part of a view, to be played as an animation.

    Parameters
    ----------
    run : Run
        What happened.
    title, alt : str
        The animation's heading, and what it shows in words.
    customers, first : int, optional
        How many customers, and from which number on.
    unit : str, optional
        "s" or "min"; times are given in it.
    speed : float, optional
        Units of time per second of playing; left out: the whole takes half a minute.
    classes, class_of : optional
        Names of the kinds of customers, and the kind of each customer by number.

    Returns
    -------
    dict
        Plain JSON. A station is an activity; one where nobody works has 0 servers.

    Examples
    --------
    >>> from svclab.process.recursion import replay
    >>> from svclab.process.sampling import Workload
    >>> line = Process.line("Counter", {"check": 15})
    >>> run = replay(line, Workload([0.0, 10.0], {"check": [15.0, 15.0]}))
    >>> trace(run, title="Counter", alt="Two customers")["customers"][1]["visits"]
    [[0, 10.0, 15.0, 30.0]]
    """
    sizes = {"s": 1.0, "min": 60.0}
    if unit not in sizes:
        raise ValueError(f"unit={unit!r}: use 's' or 'min'")
    shown = range(first, min(first + customers, len(run.arrivals)))
    if not shown or first < 0:
        raise ValueError(
            f"first={first!r}, customers={customers!r} show nobody: the run has "
            f"{len(run.arrivals)} customers"
        )
    visits: dict[int, list[list[float]]] = {number: [] for number in shown}
    for index, name in enumerate(run.process.names):
        log = run.logs[name]
        for c, *times in zip(log.customer, log.arrive, log.start, log.finish, strict=True):
            if c in visits:
                visits[c].append([index, *(round(t / sizes[unit], 3) for t in times)])
    end = max(visit[3] for each in visits.values() for visit in each)
    return {
        "kind": "trace",
        "title": title,
        "alt": alt,
        "unit": unit,
        "end": end,
        "stations": [
            {"id": a.name, "label": a.name, "servers": _servers(run.process, a.resource)}
            for a in run.process.activities
        ],
        "customers": [
            {
                "id": number + 1,
                "class": class_of[number] if class_of is not None else 0,
                "visits": sorted(each, key=lambda v: (v[2], v[3], v[0])),
            }
            for number, each in visits.items()
        ],
        "classes": list(classes),
        "speed": speed if speed is not None else max(end / 30, 0.001),
    }


def _servers(process: Process, resource: str | None) -> int:
    return process.units(resource) if resource else 0
