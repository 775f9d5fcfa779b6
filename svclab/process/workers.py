"""How fast demand wants the process to be, and how many workers that takes at the least."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from svclab.checks import above_zero
from svclab.process.model import HOUR, Process
from svclab.process.visits import expected_visits
from svclab.words import count, per_hour, say

__all__ = ["FewestWorkers", "fewest_workers", "takt_time", "work_by_resource"]

TIE = 1e-9  # relative; a need this little above a whole number is that number


def work_by_resource(process: Process) -> dict[str, float]:
    """Seconds of work that one customer brings to each resource, rework included.

    Parameters
    ----------
    process : Process
        The process.

    Returns
    -------
    dict
        Resource name to Σ visits × seconds over its activities.

    Examples
    --------
    >>> from svclab.process.model import Activity, Process
    >>> desk = Process("Desk", [Activity("file", 15, resource="clerk"), Activity("pay", 30),
    ...                         Activity("stamp", 40, resource="clerk")])
    >>> work_by_resource(desk)
    {'clerk': 55.0, 'pay': 30.0}
    """
    visits = expected_visits(process)
    return {
        r.name: math.fsum(
            visits[a.name] * a.seconds for a in process.activities if a.resource == r.name
        )
        for r in process.resources
    }


def takt_time(demand_per_hour: float) -> float:
    """Seconds between completions that a demand asks for: 3600 / demand.

    Examples
    --------
    >>> takt_time(120)
    30.0
    """
    above_zero("demand_per_hour", demand_per_hour, "customers per hour")
    return HOUR / demand_per_hour


@dataclass(frozen=True)
class FewestWorkers:
    """How many workers a demand needs, at the least."""

    demand_per_hour: float
    takt_time_seconds: float  # seconds between completions that demand asks for
    work_content_seconds: float  # seconds of work for one customer
    lower_bound: int  # if everybody could do everything: work content / takt, rounded up
    by_resource: Mapping[str, int]  # if nobody can help another: each rounded up for itself
    total: int  # sum of by_resource

    def __repr__(self) -> str:
        return say(
            "{demand} need {bound} if everybody can do everything, {total} as the work is divided",
            demand=per_hour(self.demand_per_hour),
            bound=count(self.lower_bound, "worker"),
            total=count(self.total, "worker"),
        )


def _round_up(share: float) -> int:
    return max(math.ceil(share * (1 - TIE)), 0)


def fewest_workers(process: Process, demand_per_hour: float) -> FewestWorkers:
    """The fewest workers that a demand needs, in total and resource by resource.

    Parameters
    ----------
    process : Process
        The process; its present numbers of workers are not used.
    demand_per_hour : float
        Customers per hour, above zero.

    Returns
    -------
    FewestWorkers
        ``lower_bound`` = ⌈work content / takt time⌉; ``by_resource[r]`` = ⌈w(r) / takt time⌉,
        at least 1.

    Raises
    ------
    ValueError
        If the demand is not a number above zero.

    Examples
    --------
    >>> from svclab.process.model import Process
    >>> fewest_workers(Process.line("Office", {"check": 15, "pay": 30, "eye test": 40}), 120)
    120 per hour need 3 workers if everybody can do everything, 4 workers as the work is divided
    """
    takt = takt_time(demand_per_hour)
    work = work_by_resource(process)
    content = math.fsum(work.values())
    each = {name: max(1, _round_up(w / takt)) for name, w in work.items()}
    return FewestWorkers(
        demand_per_hour=demand_per_hour,
        takt_time_seconds=takt,
        work_content_seconds=content,
        lower_bound=_round_up(content / takt),
        by_resource=each,
        total=sum(each.values()),
    )
