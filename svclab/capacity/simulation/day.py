"""A day that opens empty, fills up and closes: a terminating system.

A bank opens at nine, customers come at a rate that changes over the day, clerks take breaks, and
at closing time nobody is let in any more, but who is inside is served. Such a day has no steady
state and needs no warm-up: its empty opening is part of it. One simulated day is one observation;
many days, each with a seed of its own, give the interval.

:func:`bank_day` is the SimPy model as one writes it; :func:`simulate_day` gives the same day by
any engine, with patience, kinds of customers and a waiting room too.
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from random import Random
from typing import Any, NamedTuple

import simpy

from svclab.capacity.simulation.customers import SERVED, TURNED, Customers, Served, levels
from svclab.capacity.simulation.recursion import serve
from svclab.capacity.simulation.sampling import HOUR, Station, draw_for, steps, thinned, unit_times
from svclab.capacity.simulation.station import absences
from svclab.checks import above_zero, zero_or_more
from svclab.words import count, duration, say

__all__ = ["Day", "DayPlan", "Interval", "bank_day", "simulate_day"]

Steps = Generator[Any, Any, None]  # what SimPy calls a process
BREAK = -1  # goes before every customer


@dataclass(frozen=True)
class DayPlan:
    """Who comes when, and who is there to serve.

    Parameters
    ----------
    station : Station
        Service times, servers (a number, or a plan with breaks and shifts, in seconds after
        opening), patience, kinds, room. Its own rate of arrival is not used.
    per_hour : sequence of float, or callable
        Customers per hour in each interval from opening to closing; or a function from seconds
        after opening to customers per hour.
    interval_minutes : float, optional
        Length of an interval, default an hour.
    hours : float, optional
        From opening to closing; only for a function.
    most_per_hour : float, optional
        Customers per hour that the function never exceeds; only for a function.

    Examples
    --------
    >>> desk = Station(arrivals_per_hour=40, service_seconds=90, servers=[(0, 1), (3600, 2)])
    >>> DayPlan(desk, per_hour=[20, 60]).closing
    7200.0
    """

    station: Station
    per_hour: Sequence[float] | Callable[[float], float]
    interval_minutes: float = field(default=60.0, kw_only=True)
    hours: float | None = field(default=None, kw_only=True)
    most_per_hour: float | None = field(default=None, kw_only=True)

    def __post_init__(self) -> None:
        above_zero("interval_minutes", self.interval_minutes, "minutes")
        if callable(self.per_hour):
            if self.hours is None or self.most_per_hour is None:
                raise ValueError("per_hour is a function: give hours and most_per_hour too")
            above_zero("hours", self.hours)
            above_zero("most_per_hour", self.most_per_hour, "customers per hour")
            return
        if self.hours is not None or self.most_per_hour is not None:
            raise ValueError(
                "hours and most_per_hour follow from the list per_hour: leave them out"
            )
        for place, rate in enumerate(self.per_hour):
            zero_or_more(f"per_hour[{place}]", rate, "customers per hour")
        if not any(self.per_hour):
            raise ValueError(f"per_hour={self.per_hour!r}: give a rate above zero somewhere")

    @property
    def closing(self) -> float:
        """When the door closes, in seconds after opening."""
        if callable(self.per_hour):
            return HOUR * (self.hours or 0.0)
        return 60 * self.interval_minutes * len(self.per_hour)

    @property
    def rate(self) -> Callable[[float], float]:
        """From seconds after opening to customers per hour."""
        if callable(self.per_hour):
            return self.per_hour
        return steps(self.per_hour, minutes=self.interval_minutes)

    @property
    def most(self) -> float:
        """Customers per hour that the rate never exceeds."""
        return max(self.per_hour) if not callable(self.per_hour) else self.most_per_hour or 0.0


class Interval(NamedTuple):
    """Part of a day; times in seconds after opening."""

    begins: float
    ends: float
    customers: int  # who came in it
    mean_wait: float  # s, of those of them who joined the queue; NaN for nobody
    longest_wait: float  # s
    in_time: float  # share of them served within the seconds asked for; NaN for nobody
    queue_at_end: int  # customers waiting at its end


@dataclass(frozen=True, repr=False)
class Day:
    """What happened on one day; times in seconds after opening."""

    plan: DayPlan
    served: Served | None  # None: nobody came

    @property
    def customers(self) -> int:
        """How many came, those turned away included."""
        return self.served.customers.customers if self.served else 0

    @property
    def waits(self) -> list[float]:
        """Seconds that each customer who joined the queue waited, in order of arrival."""
        if self.served is None:
            return []
        pairs = zip(self.served.waits, self.served.fates, strict=True)
        return [wait for wait, fate in pairs if fate != TURNED]

    @property
    def mean_wait(self) -> float:
        """Mean of the waits, in seconds; NaN if nobody joined."""
        return math.fsum(self.waits) / len(self.waits) if self.waits else math.nan

    @property
    def overtime(self) -> float:
        """Seconds from closing until the last customer has gone; 0 if nobody was inside."""
        return max(0.0, self.served.end - self.plan.closing) if self.served else 0.0

    @cached_property
    def _moves(self) -> tuple[list[float], list[float], list[float], list[float]]:
        """Sorted times at which customers join, join a queue, leave a queue, and go."""
        if self.served is None:
            return [], [], [], []
        c, joined, queued, called, gone = self.served.customers, [], [], [], []
        for n, (wait, fate) in enumerate(zip(self.served.waits, self.served.fates, strict=True)):
            if fate != TURNED:
                joined.append(c.arrivals[n])
                gone.append(c.arrivals[n] + wait + (c.services[n] if fate == SERVED else 0.0))
                if wait > 0:
                    queued.append(c.arrivals[n])
                    called.append(c.arrivals[n] + wait)
        return joined, queued, sorted(called), sorted(gone)

    def inside(self, second: float) -> int:
        """Customers inside at a time, waiting or being served."""
        joined, _, _, gone = self._moves
        return bisect_right(joined, second) - bisect_right(gone, second)

    def waiting(self, second: float) -> int:
        """Customers waiting at a time."""
        _, queued, called, _ = self._moves
        return bisect_right(queued, second) - bisect_right(called, second)

    @property
    def longest_queue(self) -> int:
        """Most customers waiting at one time."""
        if self.served is None:
            return 0
        return max(waiting for _, waiting in self.served.queue_length())

    def in_time(self, seconds: float) -> float:
        """Share of all who came that was served within so many seconds; NaN for nobody."""
        zero_or_more("seconds", seconds, "seconds")
        return self.served.service_level(seconds).of_all_offered if self.served else math.nan

    def by_interval(self, *, minutes: float = 60.0, within_seconds: float = 0.0) -> list[Interval]:
        """The day in parts, by time of arrival; whoever comes in a rush is counted there.

        Parameters
        ----------
        minutes : float, optional
            Length of a part, default an hour.
        within_seconds : float, optional
            What in time means; default 0, at once.

        Returns
        -------
        list of Interval
        """
        width = 60 * above_zero("minutes", minutes, "minutes")
        parts = []
        for i in range(math.ceil(self.plan.closing / width - 1e-9)):
            begins, ends = i * width, min((i + 1) * width, self.plan.closing)
            parts.append(self._interval(begins, ends, within_seconds))
        return parts

    def _interval(self, begins: float, ends: float, within: float) -> Interval:
        if self.served is None:
            return Interval(begins, ends, 0, math.nan, math.nan, math.nan, 0)
        arrivals, fates = self.served.customers.arrivals, self.served.fates
        came = range(bisect_left(arrivals, begins), bisect_left(arrivals, ends))
        waits = [self.served.waits[n] for n in came if fates[n] != TURNED]
        good = [n for n in came if fates[n] == SERVED and self.served.waits[n] <= within]
        return Interval(
            begins,
            ends,
            len(came),
            math.fsum(waits) / len(waits) if waits else math.nan,
            max(waits, default=math.nan),
            len(good) / len(came) if came else math.nan,
            self.waiting(ends),
        )

    def __repr__(self) -> str:
        if not self.waits:
            return say("one day: {customers}", customers=count(self.customers, "customer"))
        return say(
            "one day: {customers}, mean wait {wait}, longest queue {queue}, the last one leaves "
            "{late} after closing; other days differ",
            customers=count(self.customers, "customer"),
            wait=duration(self.mean_wait),
            queue=self.longest_queue,
            late=duration(self.overtime),
        )


def bank_day(plan: DayPlan, *, seed: int | str) -> Day:
    """A bank day as one writes it in SimPy: a door, visits and breaks.

    - The door: customers might come at the highest rate of the day; one who might come at time t
      does come with probability rate(t) / highest rate (thinning).
    - A visit: queue, be served, go.
    - A break: a clerk who is away holds a place at the desk, like a customer who goes before all
      others. A service that has begun is finished first.

    Parameters
    ----------
    plan : DayPlan
        Of a station with one kind of customers, who all wait. For others see
        :func:`simulate_day`.
    seed : int or str
        The same seed gives the same day; the same customers come whatever the servers.

    Returns
    -------
    Day

    Raises
    ------
    ValueError
        For a station with patience, kinds of customers or a limited room.

    Examples
    --------
    A lunch break from hour 1 to hour 1.5:

    >>> desk = Station(arrivals_per_hour=40, service_seconds=90,
    ...                servers=[(0, 2), (3600, 1), (5400, 2)])
    >>> bank_day(DayPlan(desk, per_hour=[20, 60, 40]), seed=1)
    one day: 115 customers, mean wait 149.7 s, longest queue 10, the last one leaves 3.1 s after
    closing; other days differ
    """
    station = plan.station
    if station.patience_seconds is not None or station.room is not None or len(station.means) > 1:
        raise ValueError(
            "station: bank_day has one kind of customers, who all wait; use simulate_day"
        )
    gaps, kept, service = (Random(f"{seed}/{name}") for name in ("arrivals", "kept", "service"))
    rate, most = plan.rate, plan.most
    env = simpy.Environment()
    desk = simpy.PriorityResource(env, max(clerks for _, clerks in levels(station.servers)))
    arrivals: list[float] = []
    services: list[float] = []
    waits: list[float] = []

    def door() -> Steps:
        while True:
            yield env.timeout(unit_times("exponential", 1, gaps)[0] * HOUR / most)
            if env.now >= plan.closing:
                return
            if kept.random() * most < rate(env.now):
                env.process(visit(len(waits)))
                arrivals.append(env.now)
                services.append(unit_times(station.service, 1, service)[0] * station.means[0])
                waits.append(0.0)

    def visit(number: int) -> Steps:
        with desk.request(priority=0) as turn:
            yield turn
            waits[number] = env.now - arrivals[number]
            yield env.timeout(services[number])

    def absence(leaves: float, returns: float) -> Steps:
        yield env.timeout(leaves)
        with desk.request(priority=BREAK):
            yield env.timeout(returns - env.now) if returns < math.inf else env.event()

    for leaves, returns in absences(station.servers):
        env.process(absence(leaves, returns))
    env.process(door())
    env.run()
    if not arrivals:
        return Day(plan, None)
    customers = Customers(arrivals, services)
    return Day(plan, Served(customers, station.servers, waits, [SERVED] * len(waits)))


def simulate_day(plan: DayPlan, *, seed: int | str, engine: Callable[..., Served] = serve) -> Day:
    """A day by any engine: the customers are drawn first, then served.

    Parameters
    ----------
    plan : DayPlan
        Who comes when, and who serves.
    seed : int or str
        The same seed gives the same day; the same customers come whatever the servers, so that
        two staff plans can be compared on the same days.
    engine : callable, optional
        :func:`svclab.capacity.simulation.recursion.serve` (default) or the SimPy model
        :func:`svclab.capacity.simulation.station.simulate`, which gives the same.

    Returns
    -------
    Day

    References
    ----------
    Thinning: Lewis, P. A. W. and Shedler, G. S. (1979), Naval Research Logistics Quarterly 26,
    403-413. Terminating systems: Law, A. M. (2015), Simulation Modeling and Analysis, 5th ed.,
    section 9.4.

    Examples
    --------
    >>> desk = Station(arrivals_per_hour=40, service_seconds=90, servers=2, patience_seconds=600)
    >>> day = simulate_day(DayPlan(desk, per_hour=[20, 90, 40]), seed=1)
    >>> [(part.customers, round(part.in_time, 2)) for part in day.by_interval(within_seconds=60)]
    [(17, 1.0), (95, 0.34), (34, 0.94)]
    """
    arrivals = thinned(plan.rate, plan.closing, most=plan.most, seed=seed)
    if not arrivals:
        return Day(plan, None)
    customers = draw_for(plan.station, arrivals, seed=seed)
    return Day(plan, engine(customers, servers=plan.station.servers))
