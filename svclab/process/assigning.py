"""Who does what: every way to give the activities to the kinds of staff there are."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import product
from typing import Any

from svclab.process.layout import exact
from svclab.process.model import HOUR, Process, Resource
from svclab.words import join, per_hour, say

__all__ = ["Assignment", "assignments"]

MOST = 200_000  # assignments; beyond it a page would stand still


@dataclass(frozen=True, repr=False)
class Assignment:
    """Each activity with the resource that does it."""

    resource_of: Mapping[str, str]  # activity name -> resource name
    units: Mapping[str, int]  # resource name -> workers
    exact_loads: Mapping[str, Fraction]  # resource name -> s of work for one customer, exact
    moves: int  # activities done by another resource than in the process given

    @property
    def activities_of(self) -> dict[str, tuple[str, ...]]:
        """Resource name to the activities it does; resources without work included."""
        return {
            name: tuple(a for a, r in self.resource_of.items() if r == name) for name in self.units
        }

    @property
    def exact_cycle_time(self) -> Fraction:
        """Seconds between completions at full load, exact: max of load / workers."""
        return max(load / self.units[name] for name, load in self.exact_loads.items())

    @property
    def cycle_time(self) -> float:
        """Seconds between completions at full load."""
        return float(self.exact_cycle_time)

    @property
    def capacity_per_hour(self) -> float:
        """Customers per hour at full load."""
        cycle = self.exact_cycle_time
        return float(Fraction(HOUR) / cycle) if cycle else math.inf

    @property
    def capacities_per_hour(self) -> dict[str, float]:
        """Customers per hour that each resource could serve: 3600 workers / load."""
        return {
            name: float(HOUR * self.units[name] / load) if load else math.inf
            for name, load in self.exact_loads.items()
        }

    @property
    def bottlenecks(self) -> tuple[str, ...]:
        """The resource that limits the flow, or all that do so equally."""
        cycle = self.exact_cycle_time
        return tuple(n for n, load in self.exact_loads.items() if load / self.units[n] == cycle)

    def as_process(self, source: Process) -> Process:
        """The process with its activities given to these resources."""
        moved = tuple(replace(a, resource=self.resource_of.get(a.name)) for a in source.activities)
        pay = {r.name: r.pay_per_hour for r in source.resources}
        staff = tuple(
            Resource(name, n, pay_per_hour=pay.get(name))
            for name, n in self.units.items()
            if name in self.resource_of.values()
        )
        return Process(source.name, moved, staff)

    def rows(self) -> list[dict[str, Any]]:
        """One row a resource, for a table."""
        return [
            {
                "resource": name,
                "workers": self.units[name],
                "activities": ", ".join(done),
                "seconds": float(self.exact_loads[name]),
                "capacity_per_hour": self.capacities_per_hour[name],
            }
            for name, done in self.activities_of.items()
        ]

    def __repr__(self) -> str:
        parts = [
            f"{name}: {', '.join(done) or 'idle'}" for name, done in self.activities_of.items()
        ]
        return say(
            "{capacity} ({parts}; bottleneck {slowest})",
            capacity=per_hour(self.capacity_per_hour),
            parts="; ".join(parts),
            slowest=join(list(self.bottlenecks)),
        )


def assignments(
    process: Process,
    *,
    staff: Mapping[str, int] | None = None,
    allowed: Mapping[str, Iterable[str]] | None = None,
) -> list[Assignment]:
    """Every way to give the activities to resources, the highest capacity first.

    Parameters
    ----------
    process : Process
        The process as it is; waits need nobody.
    staff : mapping, optional
        Resource name to workers; left out: the resources of the process. To place persons one
        by one give each a name of their own; persons who are interchangeable (as many workers,
        allowed the same activities) are not listed twice with swapped names.
    allowed : mapping, optional
        Activity name to the resources that may do it. An activity left out stays with the
        resource that does it now.

    Returns
    -------
    list of Assignment
        Ranked by capacity (compared exactly), then by the fewest activities moved.

    Raises
    ------
    ValueError
        For an unknown activity or resource, an activity that nobody may do, rework, or too
        many assignments to list.

    Examples
    --------
    >>> from svclab.process.model import Activity
    >>> clinic = Process("Clinic", [Activity("history", 1200, resource="nurse"),
    ...                             Activity("check-up", 1080, resource="doctor"),
    ...                             Activity("consultation", 720, resource="doctor")],
    ...                  (Resource("nurse", 3), Resource("doctor")))
    >>> for found in assignments(clinic, allowed={"check-up": ("nurse", "doctor")}):
    ...     print(found)
    4.7 per hour (nurse: history, check-up; doctor: consultation; bottleneck nurse)
    2 per hour (nurse: history; doctor: check-up, consultation; bottleneck doctor)
    """
    units = dict(staff) if staff is not None else {r.name: r.units for r in process.resources}
    for name, number in units.items():
        Resource(name, number)  # checks both
    for name in allowed or {}:
        process.activity(name)
    working = [a for a in process.activities if a.kind != "wait"]
    if not working:
        raise ValueError(f"process {process.name!r} has only waits: there is no work to assign")
    choices: list[tuple[str, ...]] = []
    for activity in working:
        if activity.rework is not None:
            raise ValueError(
                f"activity {activity.name!r} has rework: take it out, or raise the times by the "
                "expected number of visits"
            )
        choices.append(_choice(activity.name, activity.resource, allowed or {}, units))
    if math.prod(len(c) for c in choices) > MOST:
        raise ValueError(
            f"that gives more than {MOST:,} assignments: allow fewer resources for an activity"
        )
    names = [a.name for a in working]
    times = [exact(a.seconds) for a in working]
    alike = _alike(names, choices, units)
    found: dict[object, Assignment] = {}
    for chosen in product(*choices):
        loads = {
            r: sum((t for t, c in zip(times, chosen, strict=True) if c == r), Fraction(0))
            for r in units
        }
        moves = sum(c != a.resource for c, a in zip(chosen, working, strict=True))
        made = Assignment(dict(zip(names, chosen, strict=True)), units, loads, moves)
        key = frozenset((alike[r], done) for r, done in made.activities_of.items() if done)
        if key not in found or moves < found[key].moves:
            found[key] = made
    return sorted(found.values(), key=lambda x: (x.exact_cycle_time, x.moves))


def _choice(
    name: str, now: str | None, allowed: Mapping[str, Iterable[str]], units: Mapping[str, int]
) -> tuple[str, ...]:
    given = allowed.get(name, (now,))
    if isinstance(given, str):
        raise TypeError(f"allowed[{name!r}] must be a tuple of names, for example ({given!r},)")
    choice = tuple(dict.fromkeys(r for r in given if r is not None))
    if not choice:
        raise ValueError(f"nobody may do activity {name!r}: name a resource in allowed[{name!r}]")
    for resource in choice:
        if resource not in units:
            raise ValueError(
                f"activity {name!r} is for unknown resource {resource!r}; known are "
                f"{', '.join(units)}"
            )
    return choice


def _alike(
    names: list[str], choices: list[tuple[str, ...]], units: Mapping[str, int]
) -> dict[str, tuple[int, tuple[str, ...]]]:
    """What tells resources apart: how many workers, and what they may do."""
    return {
        r: (n, tuple(a for a, c in zip(names, choices, strict=True) if r in c))
        for r, n in units.items()
    }
