"""Stations in a line: who leaves one station arrives at the next.

With several servers customers may overtake each other, so a station also needs to know in which
order they leave. That order comes for free: each customer takes the server who is free earliest,
and these times, as they are taken, never fall. They are the departures in order.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from svclab.capacity.simulation.engine.checks import (
    check_warm_up,
    checked_arrivals,
    checked_times,
    plain_servers,
)
from svclab.capacity.simulation.engine.draws import Stream
from svclab.capacity.simulation.engine.heart import Floats, carry, everybody_free
from svclab.capacity.simulation.sampling import HOUR, Station
from svclab.checks import a_count

__all__ = ["LineRuns", "LineTimes", "replicate_line", "serve_line"]

WHOLE = 1_000_000  # numbers in an array: memory is bounded, whatever the replications

Places = NDArray[np.int64]


@dataclass(frozen=True)
class LineTimes:
    """What happened on a line: arrays (customers, replications), in seconds."""

    waits: list[Floats]  # at each station
    departures: Floats  # from the last station


def serve_line(
    arrivals: Floats,
    services: Sequence[Floats] | Callable[[int], Floats],
    *,
    servers: Sequence[int],
) -> LineTimes:
    """Send customers through stations one after the other; first come first served at each.

    Customers who come to a station at the same moment queue in the order in which they started
    at the station before, as in :mod:`svclab.process.recursion`.

    Parameters
    ----------
    arrivals : array (customers, replications)
        Arrival times at the first station, in seconds, never falling down a column.
    services : sequence of arrays, or callable
        Service times (customers, replications) for each station, or a function that gives
        those of station 0, 1, ... when they are needed, so that never all are kept.
    servers : sequence of int
        How many at each station, one or more.

    Returns
    -------
    LineTimes

    Raises
    ------
    ValueError
        If the arrays differ in shape, or hold what is no time.

    Examples
    --------
    >>> two = [np.array([[15.0], [15.0]]), np.array([[30.0], [30.0]])]
    >>> line = serve_line(np.array([[0.0], [10.0]]), two, servers=[1, 1])
    >>> line.waits[1].ravel().tolist(), line.departures.ravel().tolist()
    ([0.0, 15.0], [45.0, 75.0])
    """
    if not callable(services) and len(services) != len(servers):
        raise ValueError(
            f"servers={servers!r}: give one number for each of the {len(services)} stations"
        )
    ready: Floats = checked_arrivals(arrivals)
    who: Places | None = None  # the customers in the order of the queue; None: as they came
    waits = []
    for station, number in enumerate(servers):
        a_count(f"servers[{station}]", number, 1)
        times = services(station) if callable(services) else services[station]
        times = checked_times(f"services[{station}]", times, ready.shape)
        if who is not None:
            times = times.ravel().take(who)
        if number == 1 or station == len(servers) - 1:
            start, leave, order = *_in_turn(ready, times, number), who
        else:
            places = np.arange(ready.size).reshape(ready.shape) if who is None else who
            start, leave, order = _overtaking(ready, times, places, number)
        waits.append(_by_customer(start - ready, who))
        ready, who = leave, order
    return LineTimes(waits, _by_customer(ready, who))


def _by_customer(values: Floats, who: Places | None) -> Floats:
    if who is None:
        return values
    found = np.empty(values.size)
    found[who] = values
    return found.reshape(values.shape)


def _in_turn(ready: Floats, times: Floats, servers: int) -> tuple[Floats, Floats]:
    """Starts and finishes of customers in the order of the queue; ``times`` is used up."""
    starts, finishes = np.empty_like(ready), np.empty_like(ready)
    rows = list(everybody_free(servers, ready.shape[1]))
    for arrival, done, start, finish in zip(ready, times, starts, finishes, strict=True):
        np.maximum(arrival, rows[0], out=start)
        done += start
        finish[:] = done
        carry(done, rows)
    return starts, finishes


def _overtaking(
    ready: Floats, times: Floats, places: Places, servers: int
) -> tuple[Floats, Floats, Places]:
    """Starts in the order of the queue; departures, and whose they are, in their own order.

    ``times`` is used up.
    """
    customers, columns = ready.shape
    free, holder = everybody_free(servers, columns), np.zeros((servers, columns), np.int64)
    starts = np.empty_like(ready)
    leave = np.empty((customers + servers, columns))
    order = np.empty((customers + servers, columns), np.int64)
    for i, (arrival, done, who) in enumerate(zip(ready, times, places, strict=True)):
        start = np.maximum(arrival, free[0], out=starts[i])
        leave[i], order[i] = free[0], holder[0]  # of the customer whose server this is now
        done += start
        overtakes = done < free[1:]  # who is done at the same moment stays behind
        for k in range(servers - 1):
            np.minimum(done, free[k + 1], out=free[k])
            np.maximum(done, free[k + 1], out=done)
            after = np.where(overtakes[k], holder[k + 1], who)
            holder[k] = np.where(overtakes[k], who, holder[k + 1])
            who = after
        free[-1], holder[-1] = done, who
    leave[customers:], order[customers:] = free, holder
    return starts, leave[servers:], order[servers:]  # the first were nobody's


@dataclass(frozen=True)
class LineRuns:
    """Means of each replication of a line; times in seconds."""

    mean_wait: Floats  # s, (stations, replications)
    mean_time: Floats  # s from arrival to departure from the last station, (replications,)


def replicate_line(
    stations: Sequence[Station],
    *,
    replications: int,
    customers: int,
    seed: int | str,
    warm_up: int = 0,
) -> LineRuns:
    """Simulate many independent runs of stations in a line, each beginning empty.

    Parameters
    ----------
    stations : sequence of Station
        In order; customers arrive as the first one says, and all join and wait.
    replications, customers : int
        Runs, and customers in each.
    seed : int or str
        The same seed gives the same numbers.
    warm_up : int, optional
        Customers at the start of each run that are not counted.

    Returns
    -------
    LineRuns

    Raises
    ------
    ValueError
        For a station with kinds, patience, a waiting room or a staff plan.

    Examples
    --------
    >>> two = [Station(arrivals_per_hour=60, service_seconds=s) for s in (30, 45)]
    >>> runs = replicate_line(two, replications=100, customers=2000, seed=1, warm_up=500)
    >>> (runs.mean_wait.mean(axis=1) / 10).round().tolist()
    [3.0, 14.0]
    """
    a_count("replications", replications, 1)
    check_warm_up(warm_up, customers)
    if not stations:
        raise ValueError("stations is empty: give at least one")
    servers = [plain_servers(f"stations[{place}]", one) for place, one in enumerate(stations)]
    together = max(1, min(replications, WHOLE // customers))
    groups = []
    for group, first in enumerate(range(0, replications, together)):
        shape = (customers, min(together, replications - first))
        groups.append(_group(stations, servers, shape, f"{seed}", group, warm_up))
    waits, times = zip(*groups, strict=True)
    return LineRuns(np.concatenate(waits, axis=1), np.concatenate(times))


def _group(
    stations: Sequence[Station],
    servers: Sequence[int],
    shape: tuple[int, int],
    seed: str,
    group: int,
    warm_up: int,
) -> tuple[Floats, Floats]:
    """Mean waits (stations, replications) and times of as many runs as fit into memory."""
    first = stations[0]
    arrivals = Stream(first.interarrival, seed, "arrivals", group).fill(np.empty(shape))
    arrivals *= HOUR / first.arrivals_per_hour
    for before, row in pairwise(arrivals):
        row += before

    def services(place: int) -> Floats:
        """A station's service times: each station has a stream of its own."""
        one = stations[place]
        units = Stream(one.service, f"{seed}/{place}", "service", group).fill(np.empty(shape))
        units *= one.means[0]
        return units

    line = serve_line(arrivals, services, servers=servers)
    waits = np.stack([wait[warm_up:].mean(axis=0) for wait in line.waits])
    return waits, (line.departures - arrivals)[warm_up:].mean(axis=0)
