"""Several kinds of customers, the most urgent first: one *start of service* after the other.

With kinds, customers do not start in the order of arrival, so a step is not the next arrival but
the next start: in each replication the earliest server takes the most urgent kind of which
somebody waits, or else whoever arrives first. Within a kind it is first come first served, so it
is enough to know the first of each kind who has not started: the heads of the lines.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from svclab.capacity.simulation.engine.heart import Floats, carry, everybody_free

__all__ = ["serve_kinds"]

Places = NDArray[np.int64]  # in the flat arrays: customer x columns + column


def serve_kinds(
    arrivals: Floats,
    services: Floats,
    kinds: NDArray[np.integer],
    *,
    servers: int,
    patience: Floats | None = None,
) -> tuple[Floats, NDArray[np.bool_]]:
    """Serve customers by kind, never interrupting a service. Nothing is checked here.

    Parameters
    ----------
    arrivals, services : array (customers, replications)
        Times; rows are customers in the order of arrival.
    kinds : array (customers, replications)
        0 goes first, then 1, and so on.
    servers : int
        How many.
    patience : array (customers, replications), optional
        How long each waits before leaving.

    Returns
    -------
    waits : array (customers, replications)
    left : array (customers, replications)
        True for who left.

    Examples
    --------
    >>> times = np.array([[0.0], [1.0], [2.0]]), np.full((3, 1), 9.0)
    >>> serve_kinds(*times, np.array([[1], [1], [0]]), servers=1)[0].ravel().tolist()
    [0.0, 17.0, 7.0]
    """
    customers, columns = arrivals.shape
    # One row more: who comes after the last of a kind never arrives. All flat, for take().
    arrive = np.concatenate([arrivals, np.full((1, columns), np.inf)]).ravel()
    service = services.ravel()
    stays, until = None, None
    if patience is not None:
        stays, until = patience.ravel(), (arrivals + patience).ravel()
    following = [_following(kinds, kind) for kind in range(int(kinds.max()) + 1)]
    heads = [places[:columns].copy() for places in following]
    rows = list(everybody_free(servers, columns))
    waits, left = np.empty(arrivals.size), np.zeros(arrivals.size, bool)
    for _ in range(customers):
        now = rows[0]
        chosen = _next(heads, arrive, now)
        came, done = arrive.take(chosen), service.take(chosen)
        start = np.maximum(came, now)
        wait = start - came
        if stays is not None and until is not None:
            left[chosen] = gone = start > until.take(chosen)
            done[gone] = 0.0  # as if served in no time: the server is as free as before
            np.minimum(wait, stays.take(chosen), out=wait)
        waits[chosen] = wait
        done += start
        carry(done, rows)
        for places, head in zip(following, heads, strict=True):
            head[:] = places.take(head + columns * (head == chosen))
    return waits.reshape(arrivals.shape), left.reshape(arrivals.shape)


def _next(heads: list[Places], arrive: Floats, now: Floats) -> Places:
    """Whom the server who is free at ``now`` takes: the most urgent who is there, or the first."""
    chosen = heads[-1]
    for head in heads[-2::-1]:
        # A place tells the order of arrival too: smaller came earlier.
        first = (arrive.take(head) <= now) | (head < chosen)
        chosen = np.where(first, head, chosen)
    return chosen


def _following(kinds: NDArray[np.integer], kind: int) -> Places:
    """For each place in the flat arrays: where the next of this kind is, itself included."""
    customers, columns = kinds.shape
    places = np.arange((customers + 1) * columns).reshape(-1, columns)
    others = np.vstack([kinds != kind, np.zeros((1, columns), bool)])
    np.copyto(places, places[-1], where=others)
    return np.minimum.accumulate(places[::-1], axis=0)[::-1].ravel()
