"""Four sub-systems as a stock-and-flow model (I-05): demand, process, quality, cost.

The documents divide service operations into four; the model joins them. Stocks are the backlog B
(jobs), the reputation Q (share of jobs that customers expect to be right) and the capacity K
(jobs a week). In each week::

    demand   D = D₀ · max(0, 1 + s (Q − Q₀))              reputation brings or costs jobs
    process  W = B + D,  S = min(W, K),  load ρ = W / K    work at hand, jobs done
    quality  q = top − h · max(0, ρ − ρ₀), 0 to 1          haste makes mistakes
             rework R = r (1 − q) S                        some mistakes come back as work
    cost     C = p K + f (1 − q) S                         capacity is paid idle or not
    next     B ← W − S + R,  Q ← Q + a (q − Q),
             K ← K · (1 − z · max(0, C / (b q S) − 1))     savings when a good job costs more than b

Rework and savings reinforce (haste → mistakes → work → haste); demand balances (mistakes → fewer
customers → less haste). Which is stronger decides whether cutting capacity saves money. Oliva and
Sterman (2001) estimated a model of this kind in a bank's lending centre and found in it that
short imbalances, with the rules for effort, overtime, capacity and aspirations, let quality erode
for good. Equations and numbers here are invented.

References
----------
Oliva, R. and Sterman, J. D. (2001), Cutting corners and working overtime: quality erosion in the
service industry, Management Science 47 (7), 894-914.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

from svclab.checks import a_count, a_share, between
from svclab.shown import Answer
from svclab.words import Quantity, percent, say, yuan

__all__ = ["SubSystems", "SystemRun", "Week", "a_job", "jobs", "sub_systems"]


@dataclass(frozen=True)
class SubSystems:
    """The model's numbers; all defaults are invented."""

    demand: float = 100.0  # D₀: jobs a week at neutral reputation
    capacity: float = 120.0  # K: jobs a week at the start
    pull: float = 0.8  # s: relative change of demand for a change of reputation by 1, 0 to 10
    neutral: float = 0.9  # Q₀: reputation at which demand is D₀, 0 to 1
    top: float = 0.96  # share of jobs right the first time without haste, 0 to 1
    strain: float = 0.6  # h: fall of that share for a load higher by 1, 0 to 5
    calm: float = 0.8  # ρ₀: load from which haste begins, 0 to 2
    rework: float = 0.5  # r: share of mistakes that come back as work, 0 to 0.95
    noticing: float = 0.2  # a: share of the way that reputation moves in a week, above 0 to 1
    capacity_cost: float = 100.0  # p: yuan for a job of capacity
    failure_cost: float = 300.0  # f: yuan for a mistake
    budget: float = 160.0  # b: yuan that a good job may cost
    saving: float = 0.0  # z: cut of capacity for a relative excess over the budget, 0 to 1

    def __post_init__(self) -> None:
        between("demand", self.demand, 0.001, 1e9)
        between("capacity", self.capacity, 0.001, 1e9)
        between("pull", self.pull, 0, 10)
        for name in ("neutral", "top", "saving"):
            a_share(name, getattr(self, name))
        between("strain", self.strain, 0, 5)
        between("calm", self.calm, 0, 2)
        between("rework", self.rework, 0, 0.95)
        between("noticing", self.noticing, 1e-3, 1)
        for name in ("capacity_cost", "failure_cost"):
            between(name, getattr(self, name), 0, 1e9)
        between("budget", self.budget, 0.001, 1e9)

    def wanted(self, reputation: float) -> float:
        """Demand at a reputation, jobs a week."""
        return self.demand * max(0.0, 1 + self.pull * (reputation - self.neutral))

    def right(self, load: float) -> float:
        """Share of jobs right the first time at a load."""
        return min(max(self.top - self.strain * max(0.0, load - self.calm), 0.0), 1.0)

    def cost_of(self, capacity: float, done: float, quality: float) -> float:
        """Cost of a week, yuan."""
        return math.fsum((self.capacity_cost * capacity, self.failure_cost * (1 - quality) * done))


@dataclass(frozen=True)
class Week:
    """One week."""

    number: int
    demand: float  # jobs that came
    backlog: float  # jobs waiting at the start
    capacity: float  # jobs
    done: float  # jobs
    load: float  # work at hand / capacity
    quality: float  # share right the first time
    rework: float  # jobs that come back
    reputation: float  # at the start
    cost: float  # yuan

    @property
    def cost_each(self) -> float:
        """Yuan for a job that is right; without end if none is."""
        good = self.quality * self.done
        return self.cost / good if good > 0 else math.inf


@dataclass(frozen=True, repr=False)
class SystemRun(Answer):
    """A simulated system."""

    system: SubSystems
    weeks: tuple[Week, ...]

    @property
    def cost_each(self) -> float:
        """Yuan for a good job over the whole run."""
        good = math.fsum(week.quality * week.done for week in self.weeks)
        return math.fsum(week.cost for week in self.weeks) / good if good > 0 else math.inf

    @property
    def sentence(self) -> str:
        """The result in words."""
        last = self.weeks[-1]
        return say(
            "In week {n}: {demand} came, load {load}, {quality} right the first time, {cost} for "
            "a good job.",
            n=last.number,
            demand=jobs(last.demand),
            load=percent(last.load, 0),
            quality=percent(last.quality),
            cost=a_job(last.cost_each),
        )

    @property
    def table(self) -> list[dict[str, Any]]:
        """One row a week."""
        return [
            {
                "week": str(week.number),
                "demand": week.demand,
                "backlog": week.backlog,
                "capacity": week.capacity,
                "load": week.load,
                "quality": week.quality,
                "reputation": week.reputation,
                "cost of a good job": str(a_job(week.cost_each)),
            }
            for week in self.weeks
        ]


def jobs(value: float) -> Quantity:
    """A number of jobs.

    Parameters
    ----------
    value : float
        How many.

    Returns
    -------
    Quantity
        With one decimal.

    Examples
    --------
    >>> str(jobs(1)), str(jobs(102.25))
    ('1 job', '102.2 jobs')
    """
    return Quantity(value, "job", 1, "jobs")


def a_job(value: float) -> Quantity:
    """What a job costs, in yuan.

    Parameters
    ----------
    value : float
        Yuan.

    Returns
    -------
    Quantity
        With one decimal.

    Examples
    --------
    >>> str(a_job(153.61))
    '153.6 yuan'
    """
    return yuan(value, 1)


def sub_systems(
    system: SubSystems, *, weeks: int = 52, backlog: float = 0.0, reputation: float | None = None
) -> SystemRun:
    """Simulate the four sub-systems by their equations (see the module).

    Parameters
    ----------
    system : SubSystems
        Its numbers.
    weeks : int
        How many, 1 to 5,000.
    backlog : float
        Jobs waiting at the start.
    reputation : float, optional
        At the start, 0 to 1; left out: the neutral one.

    Returns
    -------
    SystemRun
        The weeks 1 to ``weeks``.

    Raises
    ------
    ValueError
        If a number is out of its range.

    Examples
    --------
    >>> sub_systems(SubSystems(), weeks=52).sentence
    'In week 52: 101 jobs came, load 88%, 91.2% right the first time, 153.6 yuan for a good job.'
    """
    a_count("weeks", weeks, 1, 5000)
    waiting = between("backlog", backlog, 0, 1e9)
    believed = system.neutral if reputation is None else a_share("reputation", reputation)
    capacity, rows = system.capacity, []
    for n in range(1, weeks + 1):
        came = system.wanted(believed)
        work = waiting + came
        done, load = min(work, capacity), work / capacity
        quality = system.right(load)
        back = system.rework * (1 - quality) * done
        cost = system.cost_of(capacity, done, quality)
        week = Week(n, came, waiting, capacity, done, load, quality, back, believed, cost)
        rows.append(week)
        waiting = max(work - done + back, 0.0)
        believed += system.noticing * (quality - believed)
        excess = min(max(0.0, week.cost_each / system.budget - 1), 1.0)
        capacity = max(capacity * (1 - system.saving * excess), system.demand * 0.01)
    return SystemRun(system, tuple(rows))
