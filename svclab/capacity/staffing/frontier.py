"""What a better promise costs: cost against service level, for an hour and for a day.

The last few percent are the dear ones. A manager who sees the whole curve asks a better
question than "how many do we need for 80%?".
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from svclab.capacity.checks import UnstableError, in_hours
from svclab.capacity.queues.markovian import mmc
from svclab.capacity.queues.results import Queue
from svclab.capacity.staffing.covering import cover
from svclab.capacity.staffing.days import SIPP, plan_by_hand, staff_day
from svclab.capacity.staffing.demand import Day
from svclab.capacity.staffing.scoring import score, simulated_days
from svclab.capacity.staffing.shifts import Shift
from svclab.capacity.staffing.targets import Target, served_within
from svclab.checks import a_count, above_zero, zero_or_more
from svclab.intervals import Estimate
from svclab.shown import html_table, text_table
from svclab.words import duration, number, percent, say

__all__ = [
    "DayFrontier",
    "DayPoint",
    "HourFrontier",
    "HourPoint",
    "day_frontier",
    "hour_frontier",
]


@dataclass(frozen=True)
class HourPoint:
    """One number of servers: what it costs and what it gives."""

    servers: int
    wages: float  # an hour
    waiting: float  # cost of customers' waiting, an hour
    service_level: float  # share of all who come that are served in time
    mean_wait: float  # hours
    occupancy: float  # share of the time in which a server works

    @property
    def cost(self) -> float:
        """Wages and waiting, an hour."""
        return self.wages + self.waiting


@dataclass(frozen=True, repr=False)
class HourFrontier:
    """Cost against service level for one hour, a point for each number of servers."""

    within_hours: float  # the longest wait that counts as in time
    points: tuple[HourPoint, ...]  # by servers, rising

    @property
    def cheapest(self) -> HourPoint:
        """The point of the lowest cost, waiting included; the fewest servers of several."""
        return min(self.points, key=lambda point: point.cost)

    def for_level(self, share: float) -> HourPoint:
        """The point of the fewest servers that serve at least such a share in time.

        Raises
        ------
        ValueError
            If no point does.
        """
        for point in self.points:
            if point.service_level >= share:
                return point
        best = percent(self.points[-1].service_level, 2)
        raise ValueError(
            f"share={share!r}: {self.points[-1].servers} servers, the most here, serve {best} in "
            "time; ask for less, or make the frontier longer"
        )

    def rows(self) -> list[tuple[str, ...]]:
        """Servers, service level, what the last server added to it, wait, occupancy, cost."""
        rows: list[tuple[str, ...]] = []
        before: float | None = None
        for p in self.points:
            gain = "" if before is None else str(percent(p.service_level - before))
            rows.append(
                (
                    str(p.servers),
                    str(percent(p.service_level)),
                    gain,
                    str(duration(p.mean_wait * 3600)),
                    str(percent(p.occupancy)),
                    str(number(p.wages, 2)),
                    str(number(p.waiting, 2)),
                    str(number(p.cost, 2)),
                )
            )
            before = p.service_level
        return rows

    def _title(self) -> str:
        return say(
            "served within {time}; costs are per hour", time=duration(self.within_hours * 3600)
        )

    def __repr__(self) -> str:
        return text_table(self._title(), HOUR_HEAD, self.rows())

    def _repr_html_(self) -> str:
        strong = frozenset({self.points.index(self.cheapest)})
        return html_table(self._title(), HOUR_HEAD, self.rows(), strong=strong)


HOUR_HEAD = ["servers", "in time", "gain", "mean wait", "occupancy", "wages", "waiting", "cost"]


def hour_frontier(
    arrival_rate: float,
    service_rate: float,
    *,
    wage: float,
    waiting_cost: float = 0.0,
    hours: float = 0,
    minutes: float = 0,
    seconds: float = 0,
    points: int = 10,
    model: Callable[..., Queue] = mmc,
    **options: Any,
) -> HourFrontier:
    """Cost and service of each number of servers, from the fewest that can carry the load.

    cost = wage · servers + waiting cost · mean number waiting.

    Parameters
    ----------
    arrival_rate, service_rate : float
        Customers per hour who come, and whom one server can serve, above zero.
    wage : float
        Pay of one server for an hour, above zero.
    waiting_cost : float, optional
        What an hour of one customer's waiting costs, zero or more; default 0.
    hours, minutes, seconds : float, optional
        The longest wait that counts as in time; they are added.
    points : int, optional
        How many numbers of servers, default 10.
    model, **options
        As for :func:`svclab.capacity.staffing.servers.fewest_servers`.

    Returns
    -------
    HourFrontier

    Raises
    ------
    ValueError
        For a wage that is not above zero, or a negative cost.

    References
    ----------
    Borst, S., Mandelbaum, A. and Reiman, M. (2004), Dimensioning large call centers, Operations
    Research 52, 17-34, for the balance of wages and waiting.

    Examples
    --------
    >>> hour_frontier(54, 20, wage=60, waiting_cost=90, minutes=5, points=3)
    served within 5 min; costs are per hour
      servers  in time   gain  mean wait  occupancy  wages  waiting    cost
      3          50.4%           8.2 min        90%    180   661.82  841.82
      4          95.5%  45.1%     54.1 s      67.5%    240    73.03  313.03
      5          99.6%   4.1%     13.2 s        54%    300    17.79  317.79
    """
    pay = above_zero("wage", wage, "money an hour")
    price = zero_or_more("waiting_cost", waiting_cost, "money an hour")
    time = in_hours(hours, minutes, seconds)
    wanted = a_count("points", points, 1)
    found: list[HourPoint] = []
    servers = 1
    while len(found) < wanted:
        try:
            queue = model(arrival_rate, service_rate, servers=servers, **options)
        except UnstableError:
            servers = max(servers + 1, math.floor(arrival_rate / service_rate) + 1)
            continue
        found.append(
            HourPoint(
                servers,
                pay * servers,
                price * queue.mean_queue_length,
                queue.service_level(time).of_all_offered,
                queue.mean_wait,
                queue.occupancy,
            )
        )
        servers += 1
    return HourFrontier(time, tuple(found))


@dataclass(frozen=True)
class DayPoint:
    """One promise for a day: what it costs and what comes of it."""

    promised: float  # share served in time in each period
    server_hours: float
    cost: float  # wages for the day, of server hours or of shifts
    worst: Estimate  # share served in time in the worst period, simulated
    overall: Estimate  # share served in time over the day, simulated


@dataclass(frozen=True, repr=False)
class DayFrontier:
    """Cost against service level for a day, a point for each promise."""

    target: Target  # its limit is that of the last point
    method: str
    points: tuple[DayPoint, ...]

    def rows(self) -> list[tuple[str, ...]]:
        """Promise, server hours, cost, and what was simulated with its error."""
        return [
            (
                str(percent(p.promised)),
                str(number(p.server_hours, 1)),
                str(number(p.cost, 2)),
                _with_error(p.worst),
                _with_error(p.overall),
            )
            for p in self.points
        ]

    def _title(self) -> str:
        return say(
            "{method}, served within {time}",
            method=self.method,
            time=duration(self.target.within_hours * 3600),
        )

    def __repr__(self) -> str:
        return text_table(self._title(), DAY_HEAD, self.rows())

    def _repr_html_(self) -> str:
        return html_table(self._title(), DAY_HEAD, self.rows())


DAY_HEAD = ["promised", "server hours", "cost", "worst period", "whole day"]


def _with_error(value: Estimate) -> str:
    if math.isinf(value.half_width):
        return str(percent(value.mean))
    return say("{p} ± {h}", p=percent(value.mean), h=number(value.half_width * 100, 1))


def day_frontier(
    day: Day,
    *,
    wage: float | None = None,
    shifts: Sequence[Shift] | None = None,
    shares: Sequence[float] = (0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99),
    hours: float = 0,
    minutes: float = 0,
    seconds: float = 0,
    method: str = SIPP,
    period_minutes: float = 60.0,
    days: int = 20,
    seed: int | str = 1,
) -> DayFrontier:
    """Staff a day for one promise after the other, and simulate what comes of each.

    Parameters
    ----------
    day : Day
    wage : float, optional
        Pay of one server for an hour, above zero; the cost is wage · server hours.
    shifts : sequence of Shift, optional
        Instead of a wage: the shifts that people can be given, a period each as long as a
        planning period. The cost is that of the cheapest shifts that cover the plan, and whoever
        is there beyond the plan serves too.
    shares : sequence of float, optional
        Promised shares served in time, each between 0 and 1.
    hours, minutes, seconds : float, optional
        The longest wait that counts as in time; they are added.
    method, period_minutes
        As for :func:`svclab.capacity.staffing.days.staff_day`.
    days, seed
        As for :func:`svclab.capacity.staffing.scoring.simulated_days`; all points meet the same
        customers.

    Returns
    -------
    DayFrontier

    Raises
    ------
    ValueError
        For no shares, a share outside 0 to 1, or both or neither of wage and shifts.

    Examples
    --------
    >>> day = Day([20, 60, 40], service_minutes=6, opens=9)
    >>> [p.server_hours for p in day_frontier(day, wage=50, minutes=5, shares=[0.5, 0.9]).points]
    [15.0, 18.0]
    """
    if (wage is None) == (shifts is None):
        raise ValueError("give either wage or shifts, not both and not neither")
    if not shares:
        raise ValueError("shares is empty: give at least one, such as [0.8, 0.9]")
    time = in_hours(hours, minutes, seconds)
    drawn = simulated_days(day, days=days, seed=seed)
    found, target = [], served_within(shares[0], hours=time)
    for share in shares:
        target = replace(target, limit=served_within(share).limit)
        plan = staff_day(day, target=target, method=method, period_minutes=period_minutes)
        if wage is not None:
            cost = above_zero("wage", wage, "money an hour") * plan.server_hours
        else:
            assert shifts is not None
            covered = cover(plan.servers, shifts)
            people = [math.floor(n) for n in covered.at_work]
            plan, cost = plan_by_hand(day, people, period_minutes=period_minutes), covered.pay
        result = score(plan, drawn, target=target)
        worst = result.worst.value
        assert worst is not None
        assert result.overall is not None
        found.append(DayPoint(target.limit, plan.server_hours, cost, worst, result.overall))
    return DayFrontier(target, method, tuple(found))
