"""What a single station is, and customers drawn for it. Nothing is simulated here.

Each purpose (arrivals, services, patience, kinds) has a random stream of its own, named by the
seed, and times are drawn with mean one and then scaled. So two designs with the same seed meet
the *same* customers (common random numbers), and a change of one thing leaves the rest alone.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
from random import Random

from svclab.capacity.simulation.customers import Customers, Staff, levels
from svclab.checks import a_count, above_zero

__all__ = ["HOUR", "Spread", "Station", "draw", "draw_for", "steps", "thinned", "unit_times"]

HOUR = 3600.0  # s

#: How times spread around their mean: "constant", "exponential", or ("gamma", scv) and
#: ("lognormal", scv) with the squared coefficient of variation, variance / mean².
Spread = str | tuple[str, float]


@dataclass(frozen=True, kw_only=True)
class Station:
    """Arrivals, one queue and its servers: what the engines simulate.

    Parameters
    ----------
    arrivals_per_hour : float
        Mean rate of arrival, above zero.
    service_seconds : float or sequence of float
        Mean service time; or one for each kind of customer.
    servers : int or plan, optional
        How many, default 1; or [(second from which it holds, servers), ...].
    interarrival, service, patience : Spread, optional
        How the times spread, default "exponential".
    patience_seconds : float, optional
        Mean patience; left out: everybody waits.
    shares : sequence of float, optional
        Share of each kind of customer, together 1; the first kind goes first.
    room : int, optional
        Places to wait; who finds them full turns away. Left out: no limit.

    Examples
    --------
    >>> Station(arrivals_per_hour=108, service_seconds=90, servers=3).load
    2.7
    """

    arrivals_per_hour: float
    service_seconds: float | Sequence[float]
    servers: Staff = 1
    interarrival: Spread = "exponential"
    service: Spread = "exponential"
    patience_seconds: float | None = None
    patience: Spread = "exponential"
    shares: Sequence[float] = (1.0,)
    room: int | None = None

    def __post_init__(self) -> None:
        above_zero("arrivals_per_hour", self.arrivals_per_hour, "customers per hour")
        for mean in self.means:
            above_zero("service_seconds", mean, "seconds")
        if self.patience_seconds is not None:
            above_zero("patience_seconds", self.patience_seconds, "seconds")
        levels(self.servers)
        for name in ("interarrival", "service", "patience"):
            check_spread(name, getattr(self, name))
        if any(not 0 <= s <= 1 for s in self.shares) or abs(math.fsum(self.shares) - 1) > 1e-9:
            raise ValueError(
                f"shares={self.shares!r}: give the share of each kind, together 1, such as "
                "(0.2, 0.8)"
            )
        if len(self.means) != len(self.shares):
            raise ValueError(
                f"service_seconds={self.service_seconds!r} does not fit shares={self.shares!r}: "
                "give one number, or one for each kind"
            )
        if self.room is not None:
            a_count("room", self.room, 0)

    @property
    def means(self) -> tuple[float, ...]:
        """Mean service time of each kind, in seconds."""
        if isinstance(self.service_seconds, int | float):
            return (float(self.service_seconds),) * len(self.shares)
        return tuple(map(float, self.service_seconds))

    @property
    def load(self) -> float:
        """Offered load in Erlang: arrivals per hour × mean hours of service."""
        mean = math.fsum(s * m for s, m in zip(self.shares, self.means, strict=True))
        return self.arrivals_per_hour * mean / HOUR

    def with_(self, **changes: object) -> Station:
        """The same station with some things changed, for a second design or a sweep.

        Examples
        --------
        >>> Station(arrivals_per_hour=108, service_seconds=90).with_(servers=4).servers
        4
        """
        return replace(self, **changes)  # type: ignore[arg-type]


def check_spread(name: str, spread: Spread) -> None:
    """Refuse what is no spread."""
    if spread in ("constant", "exponential"):
        return
    match spread:
        case ("gamma" | "lognormal", int() | float() as scv) if 0 <= scv < math.inf:
            return
    raise ValueError(
        f"{name}={spread!r}: use 'constant', 'exponential', ('gamma', scv) or "
        "('lognormal', scv) with a squared coefficient of variation of zero or more"
    )


def unit_times(spread: Spread, number: int, stream: Random) -> list[float]:
    """So many times with mean one from a stream.

    Examples
    --------
    >>> unit_times("constant", 2, Random(1))
    [1.0, 1.0]
    """
    if spread == "exponential":
        draw_one, log = stream.random, math.log
        return [-log(1.0 - draw_one()) for _ in range(number)]
    from svclab.process.sampling import sampler

    one = sampler(1.0, spread, stream)
    return [one() for _ in range(number)]


def draw(station: Station, customers: int, *, seed: int | str) -> Customers:
    """Draw so many customers for a station.

    Parameters
    ----------
    station : Station
        Rates, means and spreads.
    customers : int
        How many, one or more.
    seed : int or str
        The same seed gives the same customers.

    Returns
    -------
    Customers
        Ready for every engine.

    Raises
    ------
    ValueError
        For no customers.

    Examples
    --------
    >>> even = Station(arrivals_per_hour=60, service_seconds=30, interarrival="constant")
    >>> draw(even, 3, seed=1).arrivals
    [60.0, 120.0, 180.0]
    """
    a_count("customers", customers, 1)
    gap = HOUR / station.arrivals_per_hour
    gaps = unit_times(station.interarrival, customers, Random(f"{seed}/arrivals"))
    arrivals = list(accumulate(unit * gap for unit in gaps))
    return draw_for(station, arrivals, seed=seed)


def draw_for(station: Station, arrivals: Sequence[float], *, seed: int | str) -> Customers:
    """Draw services, patience and kinds for arrivals that are known, in seconds.

    Parameters
    ----------
    station : Station
        Its rate of arrival is not used.
    arrivals : sequence of float
        From :func:`thinned`, from data, or from an appointment book; sorted.
    seed : int or str
        As for :func:`draw`.

    Returns
    -------
    Customers
        With these arrivals.

    Examples
    --------
    >>> clinic = Station(arrivals_per_hour=1, service_seconds=600, service="constant")
    >>> draw_for(clinic, [0.0, 900.0], seed=1).services
    [600.0, 600.0]
    """
    number = len(arrivals)
    services = unit_times(station.service, number, Random(f"{seed}/service"))
    kinds: list[int] | None = None
    if len(station.shares) > 1:
        upper = list(accumulate(station.shares))[:-1]
        pick = Random(f"{seed}/kinds").random
        kinds = [bisect_right(upper, pick()) for _ in range(number)]
        means = station.means
        services = [unit * means[kind] for unit, kind in zip(services, kinds, strict=True)]
    else:
        mean = station.means[0]
        services = [unit * mean for unit in services]
    patience: list[float] | None = None
    if station.patience_seconds is not None:
        units = unit_times(station.patience, number, Random(f"{seed}/patience"))
        patience = [unit * station.patience_seconds for unit in units]
    balks_at = None if station.room is None else [station.room] * number
    return Customers(arrivals, services, patience=patience, kinds=kinds, balks_at=balks_at)


def steps(per_hour: Sequence[float], *, minutes: float = 60.0) -> Callable[[float], float]:
    """A rate that is constant in each interval, and zero after the last one.

    Parameters
    ----------
    per_hour : sequence of float
        Customers per hour in each interval.
    minutes : float, optional
        Length of an interval, default an hour.

    Returns
    -------
    callable
        From seconds after opening to customers per hour.

    Examples
    --------
    >>> rate = steps([20, 60])
    >>> rate(0), rate(3600), rate(7200)
    (20, 60, 0.0)
    """
    width = 60 * minutes

    def rate(second: float) -> float:
        interval = int(second // width)
        return per_hour[interval] if interval < len(per_hour) else 0.0

    return rate


def thinned(
    rate: Callable[[float], float], until: float, *, most: float, seed: int | str
) -> list[float]:
    """Arrival times of a Poisson process whose rate changes with the time, by thinning.

    Candidates come at the constant rate ``most``; one at time t is kept with probability
    rate(t) / most, which leaves a Poisson process of that rate.

    Parameters
    ----------
    rate : callable
        From seconds after opening to customers per hour, for example :func:`steps`.
    until : float
        Closing time in seconds.
    most : float
        Customers per hour that the rate never exceeds.
    seed : int or str
        The same seed gives the same candidates.

    Returns
    -------
    list of float
        Seconds after opening, rising; perhaps none.

    Raises
    ------
    ValueError
        If the rate is negative or above ``most`` where a candidate falls.

    References
    ----------
    Lewis, P. A. W. and Shedler, G. S. (1979), Naval Research Logistics Quarterly 26, 403-413,
    algorithm 1.

    Examples
    --------
    >>> day = thinned(steps([20, 60]), 7200, most=60, seed=1)
    >>> sum(t < 3600 for t in day) < sum(t >= 3600 for t in day)
    True
    """
    above_zero("most", most, "customers per hour")
    above_zero("until", until, "seconds")
    candidates, kept = Random(f"{seed}/arrivals"), Random(f"{seed}/kept")
    times: list[float] = []
    now = 0.0
    while True:
        now -= math.log(1.0 - candidates.random()) * HOUR / most
        if now >= until:
            return times
        here = rate(now)
        if not 0 <= here <= most:
            raise ValueError(
                f"most={most!r}: the rate at {now:.0f} s is {here!r} per hour; give a bound that "
                "the rate, zero or more, never exceeds"
            )
        if kept.random() * most < here:
            times.append(now)
