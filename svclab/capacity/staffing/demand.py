"""A day whose demand changes, and the load it puts on servers: people busy if nobody waited."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise

from svclab.checks import above_zero, zero_or_more
from svclab.words import clock, duration, minutes, number, per_hour, say

__all__ = ["Day", "OfferedLoad", "offered_load", "slots_of"]

HOUR = 3600.0  # seconds


@dataclass(frozen=True, repr=False)
class Day:
    """Demand over a day: a rate for each slot of time, by a Poisson process, and mean times.

    Parameters
    ----------
    per_hour : sequence of float
        Customers per hour in each slot, zero or more, not all zero.
    service_minutes : float
        Mean service time, above zero; services are exponential.
    slot_minutes : float, optional
        Length of a slot, default 60.
    opens : float, optional
        Hour on the clock at which the first slot begins, default 0.
    patience_minutes : float, optional
        Mean patience, exponential; left out: nobody gives up.
    around_the_clock : bool, optional
        False (default): the day opens empty, closes after the last slot and serves who is inside.
        True: the day follows upon a day like itself.

    Examples
    --------
    >>> day = Day([20, 60, 40], service_minutes=6, opens=9)
    >>> day
    09:00 to 12:00, 120 customers, at most 60 per hour, 6 min of service each
    >>> day.mean_rate(0.5, 1.5)
    40.0
    """

    per_hour: Sequence[float]  # customers per hour in each slot
    service_minutes: float
    slot_minutes: float = field(default=60.0, kw_only=True)
    opens: float = field(default=0.0, kw_only=True)  # hour on the clock
    patience_minutes: float | None = field(default=None, kw_only=True)
    around_the_clock: bool = field(default=False, kw_only=True)

    def __post_init__(self) -> None:
        rates = tuple(
            zero_or_more(f"per_hour[{k}]", rate, "customers per hour")
            for k, rate in enumerate(self.per_hour)
        )
        if not rates or max(rates) == 0:
            raise ValueError(f"per_hour={rates!r}: give at least one rate above zero")
        object.__setattr__(self, "per_hour", rates)
        above_zero("service_minutes", self.service_minutes, "minutes")
        above_zero("slot_minutes", self.slot_minutes, "minutes")
        zero_or_more("opens", self.opens, "an hour on the clock")
        if self.patience_minutes is not None:
            above_zero("patience_minutes", self.patience_minutes, "minutes")

    @property
    def hours(self) -> float:
        """Length of the day, in hours."""
        return len(self.per_hour) * self.slot_minutes / 60

    @property
    def service_rate(self) -> float:
        """Customers per hour that one server can serve."""
        return 60 / self.service_minutes

    @property
    def customers(self) -> float:
        """Customers expected in the day."""
        return math.fsum(self.per_hour) * self.slot_minutes / 60

    def rate(self, hour: float) -> float:
        """Customers per hour at so many hours after opening; zero outside the day."""
        if self.around_the_clock:
            hour %= self.hours
        slot = math.floor(hour * 60 / self.slot_minutes)
        return self.per_hour[slot] if 0 <= slot < len(self.per_hour) else 0.0

    def mean_rate(self, begin: float, end: float) -> float:
        """Mean customers per hour between two times, in hours after opening."""
        return math.fsum(r * (b - a) for a, b, r in self._pieces(begin, end)) / (end - begin)

    def largest_rate(self, begin: float, end: float) -> float:
        """Largest rate between two times, in hours after opening."""
        return max(rate for _, _, rate in self._pieces(begin, end))

    def _pieces(self, begin: float, end: float) -> list[tuple[float, float, float]]:
        """(from, to, rate) for each slot that a stretch of time touches."""
        if not end > begin:
            raise ValueError(f"end={end!r} is not after begin={begin!r}: give a later end")
        width = self.slot_minutes / 60
        first, last = math.floor(begin / width + 1e-9), math.ceil(end / width - 1e-9)
        edges = [begin, *(k * width for k in range(first + 1, last)), end]
        return [(a, b, self.rate((a + b) / 2)) for a, b in pairwise(edges)]

    @cached_property
    def load(self) -> OfferedLoad:
        """The offered load over the day; see :func:`offered_load`."""
        return offered_load(self)

    def __repr__(self) -> str:
        return say(
            "{opens} to {closes}, {n} customers, at most {rate}, {service} of service each",
            opens=clock(self.opens),
            closes=clock(self.opens + self.hours),
            n=number(self.customers, 0),
            rate=per_hour(max(self.per_hour)),
            service=minutes(self.service_minutes),
        )


def slots_of(
    rate: Callable[[float], float], *, hours: float, slot_minutes: float = 5.0
) -> list[float]:
    """A smooth rate as a list of slots, each with the mean of the rate over it.

    Simpson's rule on each slot, which is exact for rates that bend no more than a cubic curve.

    Parameters
    ----------
    rate : callable
        From hours after opening to customers per hour, zero or more.
    hours : float
        Length of the day; a whole number of slots.
    slot_minutes : float, optional
        Length of a slot, default 5.

    Returns
    -------
    list of float

    Raises
    ------
    ValueError
        If the slots do not fill the day.

    Examples
    --------
    >>> slots_of(lambda hour: 30 * hour, hours=2, slot_minutes=60)
    [15.0, 45.0]
    """
    slots = above_zero("hours", hours, "hours") * 60 / above_zero("slot_minutes", slot_minutes)
    if abs(slots - round(slots)) > 1e-9 or round(slots) < 1:
        raise ValueError(
            f"hours={hours!r} is no whole number of slots of {slot_minutes!r} minutes: choose a "
            "length that divides the day"
        )
    width = slot_minutes / 60
    return [
        (rate(k * width) + 4 * rate((k + 0.5) * width) + rate((k + 1) * width)) / 6
        for k in range(round(slots))
    ]


@dataclass(frozen=True, repr=False)
class OfferedLoad:
    """The mean number of busy servers if there were servers without end (M_t/M/∞).

    Examples
    --------
    A rate of 60 per hour for one hour, half an hour of service: the load lags behind.

    >>> load = offered_load(Day([60, 0], service_minutes=30))
    >>> [round(load.at(hour), 2) for hour in (0, 0.5, 1, 1.5)]
    [0.0, 18.96, 25.94, 9.54]
    """

    begin: float  # load at opening, Erlang
    ends: tuple[float, ...]  # load at the end of each slot, Erlang
    targets: tuple[float, ...]  # rate × mean service time of each slot: where the load tends to
    slot_hours: float
    service_rate: float  # per hour

    def at(self, hour: float) -> float:
        """The load at so many hours after opening, within the day."""
        if not -1e-9 <= hour <= self.slot_hours * len(self.ends) + 1e-9:
            raise ValueError(f"hour={hour!r}: give a time within the day, in hours after opening")
        slot = min(max(0, math.floor(hour / self.slot_hours)), len(self.ends) - 1)
        start = self.ends[slot - 1] if slot else self.begin
        aim = self.targets[slot]
        return aim + (start - aim) * math.exp(-self.service_rate * (hour - slot * self.slot_hours))

    def largest(self, begin: float, end: float) -> float:
        """Largest load between two times: within a slot it only rises or only falls."""
        return max(self.at(hour) for hour in self._edges(begin, end))

    def mean(self, begin: float, end: float) -> float:
        """Mean load between two times, from m' = λ - μ m: m̄ = (λ̄ - (m(end) - m(begin))/T) / μ."""
        edges = self._edges(begin, end)
        brought = math.fsum(
            self.targets[min(math.floor((a + b) / 2 / self.slot_hours), len(self.ends) - 1)]
            * (b - a)
            for a, b in pairwise(edges)
        )
        change = self.at(end) - self.at(begin)
        return (brought - change / self.service_rate) / (end - begin)

    def _edges(self, begin: float, end: float) -> list[float]:
        width = self.slot_hours
        first, last = math.floor(begin / width + 1e-9), math.ceil(end / width - 1e-9)
        return [begin, *(k * width for k in range(first + 1, last)), end]

    def __repr__(self) -> str:
        place = max(range(len(self.ends)), key=self.ends.__getitem__)
        return say(
            "offered load up to {most} Erlang, {when} after opening",
            most=number(max(self.begin, *self.ends), 2),
            when=duration((place + 1) * self.slot_hours * HOUR),
        )


def offered_load(day: Day) -> OfferedLoad:
    """The offered load of a day, exactly: m'(t) = λ(t) - μ m(t).

    Within a slot of constant rate λ the solution is

        m(t) = λ/μ + (m(t₀) - λ/μ) e^(-μ (t - t₀)).

    The day opens empty; one that goes around the clock begins where it ends. The load of a day
    with a peak is lower than rate × service time at the peak, and comes later, by about a mean
    service time.

    Parameters
    ----------
    day : Day

    Returns
    -------
    OfferedLoad

    References
    ----------
    Eick, S. G., Massey, W. A. and Whitt, W. (1993), The physics of the M_t/G/∞ queue, Operations
    Research 41, 731-742.

    Examples
    --------
    >>> round(offered_load(Day([60, 120], service_minutes=60, around_the_clock=True)).at(0), 3)
    103.864
    """
    aims = tuple(rate / day.service_rate for rate in day.per_hour)
    keep = math.exp(-day.service_rate * day.slot_minutes / 60)

    def ends(load: float) -> list[float]:
        found = []
        for aim in aims:
            load = aim + (load - aim) * keep
            found.append(load)
        return found

    begin = 0.0
    if day.around_the_clock:
        # What is there at the beginning is there at the end by a factor known in advance.
        begin = ends(0.0)[-1] / -math.expm1(-day.service_rate * day.hours)
    return OfferedLoad(begin, tuple(ends(begin)), aims, day.slot_minutes / 60, day.service_rate)
