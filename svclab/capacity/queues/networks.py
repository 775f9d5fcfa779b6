"""Several stations with random routing: open Jackson networks.

Customers come to some stations from outside, go from station to station by chance, and leave in
the end. With Poisson arrivals and exponential services every station behaves, in the long run,
as an M/M/c queue of its own (Jackson 1957), although what flows between them need not be Poisson.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from svclab.capacity.checks import check_stable
from svclab.capacity.queues.markovian import PER_HOUR, mmc
from svclab.capacity.queues.results import Queue
from svclab.checks import a_count, above_zero, zero_or_more
from svclab.words import duration, number, per_hour, percent, say

__all__ = ["Network", "Node", "jackson"]

HOUR = 3600.0  # seconds


@dataclass(frozen=True, kw_only=True)
class Node:
    """One station of a network.

    Parameters
    ----------
    service_rate : float
        Customers per hour that one server can serve, above zero.
    servers : int, optional
        One or more.
    arrival_rate : float, optional
        Customers per hour who come to it from outside, zero or more.
    goes_to : mapping, optional
        Name of the next station to the share of customers who go there; the rest leaves.
    """

    service_rate: float  # customers per hour
    servers: int = 1
    arrival_rate: float = 0.0  # customers per hour from outside
    goes_to: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, repr=False)
class Network:
    """An open network in the long run."""

    queues: Mapping[str, Queue]  # by station
    arrival_rate: float  # customers per hour from outside, all stations together
    hours_from: Mapping[str, float]  # mean hours until leaving, of a customer now at a station

    def __getitem__(self, station: str) -> Queue:
        if station not in self.queues:
            raise KeyError(f"unknown station {station!r}; known are {', '.join(self.queues)}")
        return self.queues[station]

    @property
    def mean_number_in_system(self) -> float:
        """Customers in all stations, on average."""
        return math.fsum(queue.mean_number_in_system for queue in self.queues.values())

    @property
    def mean_time_in_system(self) -> float:
        """Mean hours from coming to leaving, over all customers (Little's law)."""
        return self.mean_number_in_system / self.arrival_rate

    @property
    def mean_wait(self) -> float:
        """Mean hours spent in queues, all visits of a customer together."""
        waiting = math.fsum(queue.mean_queue_length for queue in self.queues.values())
        return waiting / self.arrival_rate

    @property
    def visits(self) -> dict[str, float]:
        """How often a customer visits each station, on average."""
        return {n: queue.arrival_rate / self.arrival_rate for n, queue in self.queues.items()}

    @property
    def bottleneck(self) -> str:
        """The station with the highest utilisation; the first one of equals."""
        return max(self.queues, key=lambda name: self.queues[name].utilisation)

    def _headline(self) -> str:
        return say(
            "network: {rate} come from outside and stay {time} on average; {n} are inside",
            rate=per_hour(self.arrival_rate, 2),
            n=number(self.mean_number_in_system, 2),
            time=duration(self.mean_time_in_system * HOUR),
        )

    def __repr__(self) -> str:
        lines = (f"{name}: {queue!r}" for name, queue in self.queues.items())
        return "\n".join([self._headline(), *lines])

    def _repr_html_(self) -> str:
        from svclab.shown import html_table

        rows = [
            (
                name,
                str(per_hour(queue.arrival_rate, 2)),
                str(queue.servers),
                str(percent(queue.utilisation)),
                str(duration(queue.mean_wait * HOUR)),
                str(number(queue.mean_number_in_system, 2)),
            )
            for name, queue in self.queues.items()
        ]
        strong = frozenset({list(self.queues).index(self.bottleneck)})
        head = ["station", "come", "servers", "utilisation", "mean wait", "there on average"]
        return html_table(self._headline(), head, rows, strong=strong)


def jackson(stations: Mapping[str, Node]) -> Network:
    """Solve an open Jackson network.

    The rates through the stations solve the traffic equations λⱼ = γⱼ + Σᵢ λᵢ pᵢⱼ; each station
    is then M/M/c with its rate.

    Parameters
    ----------
    stations : mapping
        Name to :class:`Node`.

    Returns
    -------
    Network

    Raises
    ------
    UnstableError
        If a station cannot carry its load; the message names it.
    ValueError
        For an unknown station in a route, shares that add up to more than 1, customers who can
        never leave, or a station that nobody visits.

    References
    ----------
    Jackson, J. R. (1957), Networks of waiting lines, Operations Research 5, 518-521.

    Examples
    --------
    A clinic: a third of the patients goes from the doctor to the laboratory and comes back.

    >>> clinic = jackson({
    ...     "desk": Node(service_rate=30, arrival_rate=20, goes_to={"doctor": 1.0}),
    ...     "doctor": Node(service_rate=10, servers=4, goes_to={"laboratory": 1 / 3}),
    ...     "laboratory": Node(service_rate=15, goes_to={"doctor": 1.0}),
    ... })
    >>> {name: round(queue.arrival_rate, 6) for name, queue in clinic.queues.items()}
    {'desk': 20.0, 'doctor': 30.0, 'laboratory': 10.0}
    >>> clinic.bottleneck, round(60 * clinic.mean_time_in_system, 1)
    ('doctor', 25.6)
    """
    names = list(stations)
    routes = [_checked(name, stations) for name in names]
    outside = [stations[name].arrival_rate for name in names]
    if not math.fsum(outside) > 0:
        raise ValueError("nobody comes from outside: give at least one station an arrival_rate")
    _check_ways(names, routes, outside)
    n = len(names)
    identity = [[float(i == j) for j in range(n)] for i in range(n)]
    forward = [[identity[i][j] - routes[j][i] for j in range(n)] for i in range(n)]
    rates = solve(forward, outside)
    queues = {}
    for name, rate in zip(names, rates, strict=True):
        station = stations[name]
        try:
            check_stable(rate, station.service_rate, servers=station.servers)
        except ValueError as error:
            raise type(error)(f"station {name!r}: {error}") from None
        queues[name] = mmc(rate, station.service_rate, servers=station.servers)
    backward = [[identity[i][j] - routes[i][j] for j in range(n)] for i in range(n)]
    times = solve(backward, [queues[name].mean_time_in_system for name in names])
    return Network(queues, math.fsum(outside), dict(zip(names, times, strict=True)))


def _checked(name: str, stations: Mapping[str, Node]) -> list[float]:
    """A station's shares in the order of all stations."""
    station = stations[name]
    where = f"of station {name!r}"
    above_zero(f"service_rate {where}", station.service_rate, PER_HOUR)
    a_count(f"servers {where}", station.servers, 1)
    zero_or_more(f"arrival_rate {where}", station.arrival_rate, PER_HOUR)
    for target, share in station.goes_to.items():
        if target not in stations:
            raise ValueError(
                f"station {name!r} sends customers to unknown station {target!r}; known are "
                f"{', '.join(stations)}"
            )
        zero_or_more(f"share from {name!r} to {target!r}", share, "a share")
    total = math.fsum(station.goes_to.values())
    if total > 1 + 1e-12:
        raise ValueError(
            f"the shares that leave station {name!r} add up to {total!r}: give at most 1, the "
            "rest leaves the network"
        )
    return [float(station.goes_to.get(other, 0.0)) for other in stations]


def _check_ways(names: list[str], routes: list[list[float]], outside: list[float]) -> None:
    """Every station must be reached from outside and must lead out again."""
    everyone = range(len(names))
    reached = _spread(
        {i for i in everyone if outside[i] > 0},
        lambda i: {j for j in everyone if routes[i][j] > 0},
    )
    left = _spread(
        {i for i in everyone if math.fsum(routes[i]) < 1 - 1e-12},
        lambda j: {i for i in everyone if routes[i][j] > 0},
    )
    for i in everyone:
        if i not in reached:
            raise ValueError(f"nobody ever comes to station {names[i]!r}: leave it out")
        if i not in left:
            raise ValueError(
                f"customers at station {names[i]!r} can never leave: let the shares of a station "
                "on their way add up to less than 1"
            )


def _spread(start: set[int], step: Callable[[int], set[int]]) -> set[int]:
    """All that can be reached from a set, step by step."""
    found, new = set(start), set(start)
    while new:
        new = {j for i in new for j in step(i)} - found
        found |= new
    return found


def solve(matrix: list[list[float]], right: list[float]) -> list[float]:
    """Solve a small system of linear equations by elimination with pivots.

    Examples
    --------
    >>> solve([[2.0, 1.0], [1.0, 3.0]], [5.0, 10.0])
    [1.0, 3.0]
    """
    rows = [[*row, value] for row, value in zip(matrix, right, strict=True)]
    n = len(rows)
    for i in range(n):
        pivot = max(range(i, n), key=lambda r: abs(rows[r][i]))
        rows[i], rows[pivot] = rows[pivot], rows[i]
        for r in range(i + 1, n):
            factor = rows[r][i] / rows[i][i]
            if factor:
                rows[r] = [a - factor * b for a, b in zip(rows[r], rows[i], strict=True)]
    solution = [0.0] * n
    for i in reversed(range(n)):
        known = math.fsum(rows[i][j] * solution[j] for j in range(i + 1, n))
        solution[i] = (rows[i][n] - known) / rows[i][i]
    return solution
