"""Where the four sub-systems come to rest, in closed form, and which capacity is cheapest there."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from svclab.checks import between
from svclab.introduction.loops.subsystems import SubSystems, a_job, jobs
from svclab.shown import Answer
from svclab.words import count, number, percent, say

__all__ = ["CapacityRow", "CapacityTable", "Steady", "cheapest_capacity", "steady"]


@dataclass(frozen=True, repr=False)
class Steady(Answer):
    """Where the system stays, with capacity as it is."""

    kind: str  # "calm" (no haste), "strained" (haste) or "overloaded" (a lasting backlog)
    quality: float  # share right the first time
    demand: float  # jobs a week
    done: float  # jobs a week
    load: float  # work at hand / capacity
    backlog: float  # jobs at the start of a week
    cost_each: float  # yuan for a good job
    settles: bool  # whether the system comes back here after a small disturbance

    @property
    def sentence(self) -> str:
        """The result in words."""
        tail = "" if self.settles else " But it does not settle there: the weeks swing about it."
        return say(
            "{kind}: load {load}, {quality} right the first time, {cost} for a good job.{tail}",
            kind=self.kind.capitalize(),
            load=percent(self.load, 0),
            quality=percent(self.quality),
            cost=a_job(self.cost_each),
            tail=tail,
        )

    @property
    def table(self) -> list[dict[str, Any]]:
        """One row."""
        return [
            {
                "kind": self.kind,
                "demand": self.demand,
                "load": self.load,
                "quality": self.quality,
                "backlog": self.backlog,
                "cost of a good job": str(a_job(self.cost_each)),
                "settles": self.settles,
            }
        ]


def steady(system: SubSystems) -> Steady:
    """Where the system stays, in closed form, if capacity does not change (saving 0).

    Calm: q = top. Strained, with W = D / (1 − r (1 − q)) ≤ K: r q² + (1 − r − A r + E s) q
    − A (1 − r) + E (1 − s Q₀) = 0 with A = top + h ρ₀ and E = h D₀ / K. Overloaded, with S = K:
    D₀ (1 + s (q − Q₀)) = K (1 − r (1 − q)), and the backlog such that haste gives this q.

    Whether it settles is Jury's condition for small disturbances of backlog and reputation: with
    m the rework that one more job at hand makes (1 + r h where overloaded, else r (1 − q + h ρ)
    under haste and r (1 − q) in calm) and e = h D₀ s / K (0 in calm), the trace is
    t = m + 1 − a − a e and the determinant d = m (1 − a); it settles if d < 1 and |t| < 1 + d. So
    customers who notice late (a small) can make an overloaded service swing for ever.

    Parameters
    ----------
    system : SubSystems
        With saving 0.

    Returns
    -------
    Steady
        Of several steady states the one with the best quality.

    Raises
    ------
    ValueError
        If ``saving`` is not 0, or if there is no steady state with 0 < q: the backlog grows
        without bound, or quality falls to nothing.

    Examples
    --------
    >>> steady(SubSystems()).sentence
    'Strained: load 88%, 91.2% right the first time, 153.6 yuan for a good job.'
    >>> steady(SubSystems(capacity=150)).kind, steady(SubSystems(capacity=90)).kind
    ('calm', 'overloaded')
    """
    if system.saving:
        raise ValueError(f"saving={system.saving!r}: capacity would change; set saving=0")
    for kind, quality in _candidates(system):
        if not 0 < quality <= 1:
            continue
        came = system.wanted(quality)
        if kind == "overloaded":
            load = system.calm + (system.top - quality) / system.strain
            done, fits = system.capacity, load >= 1 - 1e-12 and quality <= system.top
        else:
            done = came / (1 - system.rework * (1 - quality))
            load = done / system.capacity
            fits = load <= 1 + 1e-12 and (load <= system.calm + 1e-12) == (kind == "calm")
        if fits:
            cost = system.cost_of(system.capacity, done, quality)
            each = cost / (quality * done) if done else math.inf
            waiting = load * system.capacity - came
            calms = _settles(system, kind, quality, load)
            return Steady(kind, quality, came, done, load, max(waiting, 0.0), each, calms)
    raise ValueError(
        f"capacity={system.capacity!r} cannot carry demand={system.demand!r} at any quality above "
        "0: raise capacity, or lower strain or rework"
    )


def _settles(system: SubSystems, kind: str, quality: float, load: float) -> bool:
    """Jury's condition, as the docstring of steady() states it."""
    haste = system.strain if kind != "calm" else 0.0
    if kind == "overloaded":
        made = 1 + system.rework * haste
    else:
        made = system.rework * (1 - quality + haste * load)
    pull = haste * system.demand * system.pull / system.capacity
    trace = made + 1 - system.noticing * (1 + pull)
    determinant = made * (1 - system.noticing)
    return determinant < 1 and abs(trace) < 1 + determinant


def _candidates(system: SubSystems) -> list[tuple[str, float]]:
    """Kinds of steady state and the quality of each, the best quality first within a kind."""
    found = [("calm", system.top)]
    r, s, d0, k = system.rework, system.pull, system.demand, system.capacity
    height = system.top + system.strain * system.calm
    push = system.strain * d0 / k
    b = 1 - r - height * r + push * s
    c = push * (1 - s * system.neutral) - height * (1 - r)
    if r:
        square = b * b - 4 * r * c
        # The sum that does not cancel first, so that a small r loses no digits.
        half = -(b + math.copysign(math.sqrt(max(square, 0.0)), b)) / 2
        if square >= 0 and half:
            found += [("strained", q) for q in sorted((half / r, c / half), reverse=True)]
    elif b:
        found.append(("strained", -c / b))
    slope = d0 * s - k * r
    if slope and system.strain:
        found.append(("overloaded", (k * (1 - r) - d0 * (1 - s * system.neutral)) / slope))
    return found


@dataclass(frozen=True)
class CapacityRow:
    """The steady state at one capacity."""

    capacity: float  # jobs a week
    state: Steady | None  # None where there is none


@dataclass(frozen=True, repr=False)
class CapacityTable(Answer):
    """Steady states over several capacities."""

    rows: tuple[CapacityRow, ...]

    @property
    def cheapest(self) -> CapacityRow:
        """The row with the cheapest good job."""
        return min(
            (row for row in self.rows if row.state),
            key=lambda row: row.state.cost_each if row.state else math.inf,
        )

    @property
    def sentence(self) -> str:
        """The result in words."""
        best = self.cheapest
        return say(
            "Of {many}, {capacity} a week makes a good job cheapest. {state}",
            many=count(len(self.rows), "capacity", "capacities"),
            capacity=jobs(best.capacity),
            state=best.state.sentence if best.state else "",
        )

    @property
    def table(self) -> list[dict[str, Any]]:
        """One row a capacity."""
        return [
            {
                "capacity": str(number(row.capacity)),
                "kind": row.state.kind if row.state else "no steady state",
                "load": row.state.load if row.state else None,
                "quality": row.state.quality if row.state else None,
                "cost of a good job": row.state.cost_each if row.state else None,
            }
            for row in self.rows
        ]


def cheapest_capacity(system: SubSystems, capacities: Sequence[float]) -> CapacityTable:
    """At which capacity does a good job cost least, mistakes and idle time together?

    Parameters
    ----------
    system : SubSystems
        All else.
    capacities : sequence of float
        What is tried, jobs a week; at least one with a steady state.

    Returns
    -------
    CapacityTable
        In the order given.

    Raises
    ------
    ValueError
        If none has a steady state.

    Examples
    --------
    >>> found = cheapest_capacity(SubSystems(), [100, 110, 120, 130, 140])
    >>> found.cheapest.capacity
    130
    """
    rows = []
    for capacity in capacities:
        try:
            state: Steady | None = steady(replace(system, capacity=capacity, saving=0.0))
        except ValueError:
            between("capacity", capacity, 0.001, 1e9)
            state = None
        rows.append(CapacityRow(capacity, state))
    if not any(row.state for row in rows):
        raise ValueError(f"capacities={list(capacities)!r}: none has a steady state; try larger")
    return CapacityTable(tuple(rows))
