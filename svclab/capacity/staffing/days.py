"""Staffing a day whose demand changes: three rules that planners use, and a plan by hand.

All three cut the day into planning periods and ask a formula for steady queues how many servers
each needs. They differ in the arrival rate that they give the formula:

* **SIPP** (stationary, independent, period by period): the rate of the period itself.
* **lag SIPP**: the rate one mean service time earlier, because congestion comes after demand.
* **modified offered load**: the rate that would give the load which an M_t/M/∞ has then.

With services that are short against the periods they agree. With long ones SIPP staffs the
rise too high and the fall too low.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from svclab.capacity.queues.markovian import erlang_a, mmc
from svclab.capacity.staffing.demand import Day
from svclab.capacity.staffing.servers import fewest_servers, paid_people
from svclab.capacity.staffing.targets import Target, as_targets
from svclab.checks import a_count, above_zero
from svclab.shown import html_table, text_table
from svclab.words import clock, join, number, per_hour, say

__all__ = ["METHODS", "DayPlan", "Period", "plan_by_hand", "staff_day"]

HOUR = 3600.0  # seconds

SIPP, LAG_SIPP, MODIFIED = "SIPP", "lag SIPP", "modified offered load"

#: The rules of :func:`staff_day`.
METHODS = (SIPP, LAG_SIPP, MODIFIED)


@dataclass(frozen=True)
class Period:
    """One planning period of a day."""

    begin: float  # hours after opening
    end: float  # hours after opening
    servers: int
    rate: float  # customers per hour for which it was staffed; NaN for a plan by hand


@dataclass(frozen=True, repr=False)
class DayPlan:
    """How many servers are at work in each period of a day.

    Examples
    --------
    >>> from svclab.capacity.staffing.targets import served_within
    >>> day = Day([20, 60, 40], service_minutes=6, opens=9)
    >>> staff_day(day, target=served_within(0.8, minutes=5))
    SIPP: 17 server hours, at most 8 servers
      from      to  staffed for  servers
      09:00  10:00  20 per hour        3
      10:00  11:00  60 per hour        8
      11:00  12:00  40 per hour        6
    """

    method: str
    day: Day
    periods: tuple[Period, ...]

    @property
    def servers(self) -> tuple[int, ...]:
        """Servers in each period."""
        return tuple(period.servers for period in self.periods)

    @property
    def server_hours(self) -> float:
        """Hours that servers are at work, all together."""
        return math.fsum((p.end - p.begin) * p.servers for p in self.periods)

    @property
    def steps(self) -> list[tuple[float, int]]:
        """[(second after opening, servers from then on), ...], as the simulations take it."""
        found: list[tuple[float, int]] = []
        for period in self.periods:
            if not found or found[-1][1] != period.servers:
                found.append((period.begin * HOUR, period.servers))
        return found

    def paid(self, shrinkage: float) -> tuple[int, ...]:
        """People to be paid in each period, for a share of paid time that is not spent serving."""
        return tuple(paid_people(n, shrinkage).people for n in self.servers)

    def label(self, place: int) -> str:
        """A period by the clock, such as "09:00 to 10:00"."""
        period, opens = self.periods[place], self.day.opens
        return say(
            "{begin} to {end}", begin=clock(opens + period.begin), end=clock(opens + period.end)
        )

    def rows(self) -> list[tuple[str, str, str, str]]:
        """From, to, the rate it was staffed for, and the servers of each period."""
        opens = self.day.opens
        return [
            (
                clock(opens + p.begin),
                clock(opens + p.end),
                "" if math.isnan(p.rate) else str(per_hour(p.rate)),
                str(p.servers),
            )
            for p in self.periods
        ]

    def _title(self) -> str:
        return say(
            "{method}: {total} server hours, at most {most} servers",
            method=self.method,
            total=number(self.server_hours, 1),
            most=max(self.servers),
        )

    def __repr__(self) -> str:
        return text_table(self._title(), ["from", "to", "staffed for", "servers"], self.rows())

    def _repr_html_(self) -> str:
        return html_table(self._title(), ["from", "to", "staffed for", "servers"], self.rows())


def staff_day(
    day: Day,
    *,
    target: Target | Sequence[Target],
    method: str = SIPP,
    period_minutes: float = 60.0,
    peak: bool = False,
    least: int = 1,
) -> DayPlan:
    """Staff each period of a day for a promise, by one of three rules.

    Parameters
    ----------
    day : Day
        Erlang C gives the servers, or Erlang A if the day's customers have a patience.
    target : Target or sequence of Target
        What is promised in every period.
    method : str, optional
        "SIPP" (default), "lag SIPP" or "modified offered load"; see the module.
    period_minutes : float, optional
        Length of a planning period, default 60; the last may be shorter.
    peak : bool, optional
        False (default): staff for the mean rate (or load) of a period; True: for its largest.
    least : int, optional
        Servers who are always there, default 1.

    Returns
    -------
    DayPlan
        Score it by :func:`svclab.capacity.staffing.scoring.score`: no rule keeps its promise by
        itself.

    Raises
    ------
    ValueError
        For an unknown method, or a promise that no number of servers keeps.

    References
    ----------
    Green, L. V., Kolesar, P. J. and Soares, J. (2001), Improving the SIPP approach for staffing
    service systems that have cyclic demands, Operations Research 49, 549-564; Green, L. V.,
    Kolesar, P. J. and Whitt, W. (2007), Coping with time-varying demand when setting staffing
    requirements for a service system, Production and Operations Management 16, 13-39; Jennings,
    O. B., Mandelbaum, A., Massey, W. A. and Whitt, W. (1996), Server staffing to meet
    time-varying demand, Management Science 42, 1383-1394.

    Examples
    --------
    Visits of an hour, so that demand is felt later than it comes:

    >>> from svclab.capacity.staffing.targets import waiting_at_most
    >>> day = Day([4, 16, 4, 4], service_minutes=60, opens=8)
    >>> [staff_day(day, target=waiting_at_most(0.3), method=m).servers for m in METHODS]
    [(6, 20, 6, 6), (1, 6, 20, 6), (3, 11, 12, 8)]
    """
    if method not in METHODS:
        raise ValueError(f"method={method!r}: use {join([repr(m) for m in METHODS], 'or')}")
    targets, least = as_targets(target), a_count("least", least, 1)
    lag = day.service_minutes / 60 if method == LAG_SIPP else 0.0
    periods = []
    for begin, end in _cut(day, period_minutes):
        if method == MODIFIED:
            load = day.load.largest(begin, end) if peak else day.load.mean(begin, end)
            rate = load * day.service_rate
        else:
            of = day.largest_rate if peak else day.mean_rate
            rate = of(begin - lag, end - lag)
        periods.append(Period(begin, end, max(least, _servers(day, rate, targets)), rate))
    return DayPlan(method, day, tuple(periods))


def plan_by_hand(
    day: Day, servers: Sequence[int], *, period_minutes: float = 60.0, name: str = "by hand"
) -> DayPlan:
    """A plan that somebody has drawn, to be scored like the others.

    Parameters
    ----------
    day : Day
    servers : sequence of int
        Servers in each period, zero or more; at least one in the last, who serves who is inside.
    period_minutes : float, optional
        Length of a planning period, default 60; the last may be shorter.
    name : str, optional
        What the plan is called.

    Returns
    -------
    DayPlan

    Raises
    ------
    ValueError
        If there is not one number for each period, or nobody in the last.

    Examples
    --------
    >>> plan_by_hand(Day([20, 60], service_minutes=6), [3, 8]).server_hours
    11.0
    """
    pieces = _cut(day, period_minutes)
    if len(servers) != len(pieces):
        raise ValueError(
            f"servers has {len(servers)} entries for {len(pieces)} periods of the day: give one a "
            "period"
        )
    whole = [a_count(f"servers[{k}]", n, 0) for k, n in enumerate(servers)]
    if whole[-1] == 0:
        raise ValueError(
            "servers: nobody is there in the last period: whoever is still inside would wait for "
            "ever; let at least one server stay"
        )
    periods = [Period(a, b, n, math.nan) for (a, b), n in zip(pieces, whole, strict=True)]
    return DayPlan(name, day, tuple(periods))


def _servers(day: Day, rate: float, targets: tuple[Target, ...]) -> int:
    if rate <= 1e-9:  # nobody comes; rounding may leave a trace
        return 0
    if day.patience_minutes is None:
        return fewest_servers(rate, day.service_rate, target=targets, model=mmc).servers
    return fewest_servers(
        rate,
        day.service_rate,
        target=targets,
        model=erlang_a,
        mean_patience=day.patience_minutes / 60,
    ).servers


def _cut(day: Day, period_minutes: float) -> list[tuple[float, float]]:
    width = above_zero("period_minutes", period_minutes, "minutes") / 60
    number_of = math.ceil(day.hours / width - 1e-9)
    edges = [k * width for k in range(number_of)] + [day.hours]
    return list(pairwise(edges))
