"""One long run, cut into parts that are simulated side by side, and still exact.

The parts become the columns of the fast recursion. Each part but the first begins in a state
that is not known yet: it is guessed (everybody free), the part is run, and its end is the next
part's true beginning as soon as its own beginning was true. So parts whose beginning has turned
out different are run again until none is. Two runs of the same customers from different
beginnings meet after a while and are the same from then on; a part is run again only until it
meets its earlier run. After as many rounds as there are parts all is settled in any case; two
or three are enough where a part is longer than a queue takes to forget.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from svclab.capacity.simulation.engine.checks import (
    check_warm_up,
    checked_arrivals,
    checked_times,
    plain_servers,
)
from svclab.capacity.simulation.engine.draws import Stream
from svclab.capacity.simulation.engine.heart import Floats, advance
from svclab.capacity.simulation.sampling import HOUR, Station
from svclab.checks import a_count

if TYPE_CHECKING:
    from svclab.intervals import Estimate

__all__ = ["long_run", "long_run_mean", "serve_long"]

SEGMENT = 1_000_000  # customers drawn at a time
STRIDE = 200  # customers between two looks at whether a run has met its earlier one
COLUMNS = 1000  # parts


def serve_long(
    arrivals: Floats,
    services: Floats,
    *,
    servers: int,
    free: Floats | None = None,
    columns: int = COLUMNS,
) -> tuple[Floats, Floats]:
    """Serve the customers of one run, first come first served.

    Parameters
    ----------
    arrivals, services : array (customers,)
        Times in seconds.
    servers : int
        How many.
    free : array (servers,), optional
        When each server becomes free at the beginning; left out: all are free.
    columns : int, optional
        Into how many parts to cut.

    Returns
    -------
    waits : array (customers,)
        Equal to those of :func:`svclab.capacity.simulation.recursion.serve`.
    free : array (servers,)
        When each server becomes free at the end, to go on from.

    Raises
    ------
    ValueError
        If the arrays differ in shape, or hold what is no time.

    Notes
    -----
    Where the servers cannot carry the load the queue never forgets: the result is exact too, but
    takes as long as one part after the other.

    References
    ----------
    Heidelberger, P. and Stone, H. S. (1990), Parallel trace-driven cache simulation by time
    partitioning, Proc. Winter Simulation Conference, 734-737: cut, guess, and run again.

    Examples
    --------
    >>> waits, free = serve_long(np.array([0.0, 10.0, 20.0]), np.array([15.0, 30.0, 5.0]),
    ...                          servers=1)
    >>> waits.tolist(), free.tolist()
    ([0.0, 5.0, 25.0], [50.0])
    """
    a_count("servers", servers, 1)
    a_count("columns", columns, 1)
    arrivals = checked_arrivals(arrivals)
    if arrivals.ndim != 1:
        raise ValueError(f"arrivals has shape {arrivals.shape}: give the customers of one run")
    services = checked_times("services", services, arrivals.shape)
    customers = len(arrivals)
    parts = max(1, min(columns, math.isqrt(customers)))
    length = -(-customers // parts)
    # Nobody is disturbed by customers who come at 0, first of all, and take no time.
    nobody = np.zeros(parts * length - customers)
    come = np.concatenate([nobody, arrivals]).reshape(parts, length)
    take = np.concatenate([nobody, services]).reshape(parts, length)
    begins = np.zeros((servers, parts))
    if free is not None:
        if np.shape(free) != (servers,):
            raise ValueError(f"free has shape {np.shape(free)}: give a time for each server")
        begins[:, 0] = np.sort(free)
    waits = np.empty((parts, length))
    ends = np.full((-(-length // STRIDE), servers, parts), -1.0)  # after each stride; not yet run
    changed = np.arange(parts)
    while changed.size:
        _run(changed, begins, come, take, waits, ends)
        true = begins.copy()
        true[:, 1:] = ends[-1, :, :-1]
        changed = np.flatnonzero((true != begins).any(axis=0))
        begins = true
    return waits.ravel()[len(nobody) :], ends[-1, :, -1].copy()


def _run(
    parts: NDArray[np.intp],
    begins: Floats,
    come: Floats,
    take: Floats,
    waits: Floats,
    ends: Floats,
) -> None:
    """Run some parts from their beginnings, each until it meets its earlier run."""
    state = begins[:, parts]
    for stride, end in enumerate(ends):
        rows = slice(stride * STRIDE, (stride + 1) * STRIDE)
        arrivals = np.ascontiguousarray(come[parts, rows].T)
        advance(state, arrivals, np.ascontiguousarray(take[parts, rows].T))
        waits[parts, rows] = arrivals.T
        going = (end[:, parts] != state).any(axis=0)
        end[:, parts] = state
        if not going.all():
            parts, state = parts[going], np.ascontiguousarray(state[:, going])
            if not parts.size:
                return


def long_run(station: Station, *, customers: int, seed: int | str) -> Iterator[Floats]:
    """The waits of one long run of a station, a million customers at a time.

    Parameters
    ----------
    station : Station
        One kind of customers who all join and wait; a fixed number of servers.
    customers : int
        How many.
    seed : int or str
        The same seed gives the same customers.

    Yields
    ------
    array
        Waits in seconds, in the order of arrival. The run goes on exactly from one array to
        the next, and memory does not grow with its length.

    Examples
    --------
    >>> one = Station(arrivals_per_hour=30, service_seconds=60)
    >>> [len(waits) for waits in long_run(one, customers=1_200_000, seed=1)]
    [1000000, 200000]
    """
    a_count("customers", customers, 1)
    servers = plain_servers("station", station)
    gaps = Stream(station.interarrival, seed, "arrivals")
    services = Stream(station.service, seed, "service")
    free = np.zeros(servers)
    for first in range(0, customers, SEGMENT):
        rows = min(SEGMENT, customers - first)
        arrivals = gaps.fill(np.empty((rows, 1))).ravel()
        arrivals *= HOUR / station.arrivals_per_hour
        np.cumsum(arrivals, out=arrivals)
        work = services.fill(np.empty((rows, 1))).ravel() * station.means[0]
        waits, free = serve_long(arrivals, work, servers=servers, free=free)
        # Each segment's clock begins at 0: on one clock a very long run would lose digits.
        free = np.maximum(free - arrivals[-1], 0.0)
        yield waits


def long_run_mean(
    station: Station,
    *,
    customers: int,
    seed: int | str,
    warm_up: int = 0,
    batches: int = 20,
    confidence: float = 0.95,
) -> Estimate:
    """Mean wait in seconds of one long run, with an interval from the means of its batches.

    Parameters
    ----------
    station, customers, seed
        As for :func:`long_run`.
    warm_up : int, optional
        Customers at the start that are not counted.
    batches : int, optional
        Into how many parts the rest is cut (what is left over is added to the warm-up). The
        interval treats their means as independent, which holds if each part is much longer
        than the queue remembers.

    Returns
    -------
    Estimate

    Examples
    --------
    >>> long_run_mean(Station(arrivals_per_hour=30, service_seconds=60), customers=500_000,
    ...               seed=1, warm_up=1000).holds(60)
    True
    """
    from svclab.intervals import estimate

    a_count("batches", batches, 2)
    check_warm_up(warm_up, customers)
    size = (customers - warm_up) // batches
    if size < 1:
        raise ValueError(
            f"customers={customers!r}: too few after a warm-up of {warm_up} for {batches} "
            "batches; give more customers or fewer batches"
        )
    sums, place = np.zeros(batches), size * batches - customers
    for waits in long_run(station, customers=customers, seed=seed):
        batch = np.arange(place, place + len(waits)) // size  # negative: warm-up
        counted = batch >= 0
        sums += np.bincount(batch[counted], weights=waits[counted], minlength=batches)
        place += len(waits)
    return estimate((sums / size).tolist(), confidence=confidence)
