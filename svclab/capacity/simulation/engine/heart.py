"""The heart of the fast engine: one customer after the other, in all replications at once.

Kiefer and Wolfowitz's (1955) recursion. The times at which the servers become free are kept
sorted, a column for each replication, so the earliest is in the first row. A new one is carried
up the rows to its place, which for a few servers is faster than a heap. Arrays are read and
written in place; nothing is drawn here, and nothing is checked. A customer costs as many steps
as there are servers: beyond some fifty, :mod:`svclab.capacity.simulation.recursion` catches up.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

__all__ = ["Floats", "advance", "advance_impatient", "carry", "everybody_free"]

Floats = NDArray[np.float64]


def everybody_free(servers: int, columns: int) -> Floats:
    """The state in which a day opens: every server free from time 0 on."""
    return np.zeros((servers, columns))


def advance(free: Floats, arrivals: Floats, services: Floats) -> None:
    """Serve the next customers of every replication, first come first served.

    Parameters
    ----------
    free : array (servers, replications)
        When each server becomes free, sorted down the rows; it is carried on.
    arrivals : array (customers, replications)
        Arrival times; they become the customers' waits.
    services : array (customers, replications)
        Service times; they are used up.

    References
    ----------
    Kiefer, J. and Wolfowitz, J. (1955), Trans. Amer. Math. Soc. 78, 1-18.

    Examples
    --------
    >>> free, arrivals = everybody_free(1, 1), np.array([[0.0], [10.0], [20.0]])
    >>> advance(free, arrivals, np.array([[15.0], [30.0], [5.0]]))
    >>> arrivals.ravel().tolist(), free.item()
    ([0.0, 5.0, 25.0], 50.0)
    """
    rows = list(free)
    start = rows[0]  # the earliest server's time becomes the time of the start
    for arrival, done in zip(arrivals, services, strict=True):
        np.maximum(arrival, start, out=start)
        np.subtract(start, arrival, out=arrival)  # the wait
        np.add(start, done, out=done)  # the service becomes the time when it is done
        carry(done, rows)


def carry(done: Floats, rows: Sequence[Floats]) -> None:
    """Put a server's new time in its place: the first row is free, the others are sorted.

    Examples
    --------
    >>> free = np.array([[0.0], [3.0], [7.0]])
    >>> carry(np.array([5.0]), list(free))
    >>> free.ravel().tolist()
    [3.0, 5.0, 7.0]
    """
    for lower, upper in pairwise(rows):
        np.minimum(done, upper, out=lower)
        np.maximum(done, upper, out=done)
    rows[-1][:] = done


def advance_impatient(
    free: Floats, arrivals: Floats, services: Floats, patience: Floats, left: NDArray[np.bool_]
) -> None:
    """The same where whoever would start after the end of patience leaves instead.

    Then the earliest server stays as free as before: the service takes no time.

    Parameters
    ----------
    free, arrivals, services
        As for :func:`advance`.
    patience : array (customers, replications)
        How long each waits.
    left : array (customers, replications)
        Becomes true for who left.

    Examples
    --------
    >>> free, arrivals = everybody_free(1, 1), np.array([[0.0], [10.0], [20.0]])
    >>> services, left = np.array([[15.0], [30.0], [5.0]]), np.zeros((3, 1), bool)
    >>> advance_impatient(free, arrivals, services, np.array([[9.0], [4.0], [9.0]]), left)
    >>> arrivals.ravel().tolist(), left.ravel().tolist()
    ([0.0, 4.0, 0.0], [False, True, False])
    """
    rows = list(free)
    start, until = rows[0], np.empty(free.shape[1])
    for arrival, done, stays, gone in zip(arrivals, services, patience, left, strict=True):
        np.maximum(arrival, start, out=start)
        np.add(arrival, stays, out=until)
        np.greater(start, until, out=gone)
        done[gone] = 0.0
        np.subtract(start, arrival, out=arrival)
        np.minimum(arrival, stays, out=arrival)
        np.add(start, done, out=done)
        carry(done, rows)
