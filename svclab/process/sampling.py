"""What happens to the customers, drawn before anything is simulated.

The engines (:mod:`svclab.process.simulation`, :mod:`svclab.process.recursion`) never draw: they
take a :class:`Workload`, so that both can be given the same customers.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Protocol

from svclab.checks import a_count, above_zero, zero_or_more
from svclab.process.model import HOUR, Process

__all__ = ["RandomTries", "SameTries", "Spread", "Tries", "Workload", "draw"]

#: How times spread around their mean: "constant", "exponential", or ("gamma", scv) and
#: ("lognormal", scv) with the squared coefficient of variation, variance / mean².
Spread = str | tuple[str, float]


class Tries(Protocol):
    """What rework needs to know about a customer's later tries."""

    def goes_back(self, activity: str, customer: int, attempt: int) -> bool:
        """Whether this attempt (1 for the first) sends the customer back."""

    def seconds(self, activity: str, customer: int, attempt: int) -> float:
        """How long a later attempt (2 or more) takes."""


@dataclass(frozen=True)
class Workload:
    """Customers with their times, in seconds.

    Parameters
    ----------
    arrivals : sequence of float
        Arrival time of each customer, from 0 on, never falling. The place in the list is the
        customer's number.
    services : mapping
        For each activity that takes time, one time a customer (the first attempt).
    tries : Tries, optional
        Needed only where the process has rework.

    Examples
    --------
    >>> Workload([0, 10], {"check": [15, 15]}).customers
    2
    """

    arrivals: Sequence[float]
    services: Mapping[str, Sequence[float]]
    tries: Tries | None = field(default=None, kw_only=True)

    @property
    def customers(self) -> int:
        """How many customers there are."""
        return len(self.arrivals)

    def check(self, process: Process) -> None:
        """Refuse lists that do not fit a process or are not times; the message says where."""
        if not self.arrivals:
            raise ValueError("arrivals is empty: give at least one customer")
        _check_times("arrivals", self.arrivals)
        for number, (one, two) in enumerate(zip(self.arrivals, self.arrivals[1:], strict=False)):
            if two < one:
                raise ValueError(
                    f"arrivals[{number + 1}]={two!r} is before arrivals[{number}]={one!r}: "
                    "sort them"
                )
        for name in self.services:
            process.activity(name)
        for activity in process.activities:
            times = self.services.get(activity.name)
            if times is None:
                raise ValueError(
                    f"services has no times for activity {activity.name!r}: give one a customer"
                )
            if len(times) != len(self.arrivals):
                raise ValueError(
                    f"services[{activity.name!r}] has {len(times)} times for "
                    f"{len(self.arrivals)} customers: give one a customer"
                )
            _check_times(f"services[{activity.name!r}]", times)
            if activity.rework is not None and self.tries is None:
                raise ValueError(
                    f"activity {activity.name!r} has rework: give tries=, or use draw()"
                )


def _check_times(what: str, times: Sequence[float]) -> None:
    # One pass in C over good lists; only a bad one is searched for its place.
    try:
        if min(times) >= 0 and math.isfinite(math.fsum(times)):
            return
    except (TypeError, ValueError, OverflowError):
        pass
    for number, value in enumerate(times):
        zero_or_more(f"{what}[{number}]", value, "a number of seconds")


@dataclass(frozen=True)
class SameTries:
    """Rework from a list: how often each customer goes back, with the first attempt's time.

    Parameters
    ----------
    times_back : mapping
        Activity name to one whole number a customer: how many of its attempts fail.
    services : mapping
        The workload's services.
    """

    times_back: Mapping[str, Sequence[int]]
    services: Mapping[str, Sequence[float]]

    def goes_back(self, activity: str, customer: int, attempt: int) -> bool:
        """True for the first so many attempts."""
        return attempt <= self.times_back[activity][customer]

    def seconds(self, activity: str, customer: int, attempt: int) -> float:
        """The time of the first attempt."""
        return self.services[activity][customer]


@dataclass(frozen=True)
class RandomTries:
    """Rework by chance. Each attempt has a random stream of its own, named by a string, so
    that what happens to one customer never depends on the order in which others are served."""

    process: Process
    spreads: Mapping[str, Spread]
    seed: int | str

    def goes_back(self, activity: str, customer: int, attempt: int) -> bool:
        """With the activity's rework probability."""
        rework = self.process.activity(activity).rework
        if rework is None:
            return False
        return Random(f"{self.seed}/back/{activity}/{customer}/{attempt}").random() < (
            rework.probability
        )

    def seconds(self, activity: str, customer: int, attempt: int) -> float:
        """Drawn like the first attempt."""
        stream = Random(f"{self.seed}/again/{activity}/{customer}/{attempt}")
        return sampler(self.process.activity(activity).seconds, self.spreads[activity], stream)()


def draw(
    process: Process,
    customers: int,
    *,
    arrivals_per_hour: float | None = None,
    arrivals: Iterable[float] | None = None,
    seed: int | str,
    interarrival: Spread = "exponential",
    service: Spread | Mapping[str, Spread] = "exponential",
) -> Workload:
    """Draw customers for a process.

    Parameters
    ----------
    process : Process
        Its seconds are the means of the service times.
    customers : int
        How many, one or more.
    arrivals_per_hour : float, optional
        Mean rate of arrival; or
    arrivals : iterable of float, optional
        the arrival times themselves, in seconds.
    seed : int or str
        Every activity has a random stream of its own, named by the seed and the activity: a
        change at one activity leaves the others' times as they were.
    interarrival : Spread, optional
        Spread of the times between arrivals, default "exponential" (a Poisson process).
    service : Spread or mapping, optional
        Spread of the service times, one for all or by activity (left out there: exponential);
        waits (activities of kind "wait") included.

    Returns
    -------
    Workload
        Ready for both engines.

    Raises
    ------
    ValueError
        For no customers, a rate that is not above zero, or an unknown spread or activity.

    Examples
    --------
    >>> line = Process.line("Counter", {"check": 15, "pay": 30})
    >>> work = draw(line, 3, arrivals_per_hour=60, seed=1, interarrival="constant",
    ...             service={"check": "constant", "pay": ("gamma", 0.5)})
    >>> work.arrivals, work.services["check"]
    ([60.0, 120.0, 180.0], [15.0, 15.0, 15.0])
    """
    a_count("customers", customers, 1)
    if (arrivals is None) == (arrivals_per_hour is None):
        raise ValueError("give either arrivals_per_hour or arrivals, not both and not neither")
    by_activity = {} if not isinstance(service, Mapping) else dict(service)
    for name in by_activity:
        process.activity(name)
    common: Spread = "exponential" if isinstance(service, Mapping) else service
    spreads = {name: by_activity.get(name, common) for name in process.names}
    if arrivals is None:
        assert arrivals_per_hour is not None
        times = _arrivals(customers, arrivals_per_hour, interarrival, seed)
    else:
        times = list(arrivals)
    services = {}
    for activity in process.activities:
        one = sampler(
            activity.seconds, spreads[activity.name], Random(f"{seed}/service/{activity.name}")
        )
        services[activity.name] = [one() for _ in range(customers)]
    tries = (
        RandomTries(process, spreads, seed) if any(a.rework for a in process.activities) else None
    )
    work = Workload(times, services, tries=tries)
    work.check(process)
    return work


def _arrivals(customers: int, per_hour: float, spread: Spread, seed: int | str) -> list[float]:
    rate = above_zero("arrivals_per_hour", per_hour, "customers per hour")
    gap = sampler(HOUR / rate, spread, Random(f"{seed}/arrivals"))
    times, now = [], 0.0
    for _ in range(customers):
        now += gap()
        times.append(now)
    return times


def sampler(mean: float, spread: Spread, stream: Random) -> Callable[[], float]:
    """A function that draws one time with this mean and spread, in seconds.

    Examples
    --------
    >>> sampler(30.0, ("lognormal", 0.0), Random("x"))()
    30.0
    """
    kind, scv = (spread, None) if isinstance(spread, str) else spread
    if kind == "exponential" and scv is None:
        return (lambda: stream.expovariate(1 / mean)) if mean else (lambda: 0.0)
    if kind == "constant" and scv is None:
        return lambda: float(mean)
    if kind not in ("gamma", "lognormal") or scv is None:
        raise ValueError(
            f"spread {spread!r} is unknown: use 'constant', 'exponential', ('gamma', scv) or "
            "('lognormal', scv)"
        )
    zero_or_more(f"spread {spread!r}: squared coefficient of variation", scv)
    if scv == 0 or mean == 0:
        return lambda: float(mean)
    if kind == "gamma":
        return lambda: stream.gammavariate(1 / scv, mean * scv)
    variance = math.log1p(scv)
    centre = math.log(mean) - variance / 2
    return lambda: stream.lognormvariate(centre, math.sqrt(variance))
