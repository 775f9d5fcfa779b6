"""The Erlang formulas for whole arrays at once: a million settings in a fraction of a second.

The scalar functions of :mod:`svclab.capacity.queues.erlang` count servers one by one. Here the
sums are taken from their largest term on, which needs some √servers terms and no more:

- below capacity (a < c) the states above c: B = p / (1 - p T) with the Poisson probability
  p = P(c | a) and T = Σₖ a/(c+1) · a/(c+2) ... a/(c+k);
- at or above it the states below c: 1/B = 1 + c/a + c (c-1) / a² + ...

Both have positive terms only. Settings that need about equally many terms are computed together,
in blocks that stay in the processor's cache.

Settings that cannot carry their load are no errors here: everybody waits (1), for ever (inf).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt

from svclab.capacity.queues.numerics import stirling_remainder

__all__ = ["erlang_b", "erlang_c", "mean_wait", "wait_beyond"]

Floats = npt.NDArray[np.float64]

BLOCK = 8192  # settings computed together
EVERY = 8  # terms added between two looks at what is left
NEGLIGIBLE = 1e-17


def erlang_b(load: Any, servers: Any) -> Floats:
    """Share of customers lost in M/M/c/c, element by element.

    Parameters
    ----------
    load : array_like
        Offered loads a in Erlang, zero or more.
    servers : array_like
        Whole numbers of servers, one or more; broadcast against ``load``.

    Returns
    -------
    ndarray
        In the common shape of both.

    Raises
    ------
    ValueError
        For a load below zero or a number of servers that is not whole or below one.

    References
    ----------
    Erlang (1917), as for :func:`svclab.capacity.queues.erlang.erlang_b`.

    Examples
    --------
    >>> erlang_b([2.0, 8.108], [[3], [15]]).round(4)
    array([[0.2105, 0.6791],
           [0.    , 0.01  ]])
    """
    a, c = _settings(load, servers)
    lost = np.empty(a.size)
    loads, counts = a.ravel(), c.ravel()
    below = loads < counts
    for chosen, formula in ((np.flatnonzero(below), _below), (np.flatnonzero(~below), _above)):
        if chosen.size:
            lost[chosen] = _in_blocks(loads[chosen], counts[chosen], formula)
    return lost.reshape(a.shape)


def erlang_c(load: Any, servers: Any) -> Floats:
    """Share of customers who must wait in M/M/c, element by element; 1 without a steady state.

    Parameters
    ----------
    load, servers : array_like
        As for :func:`erlang_b`.

    Returns
    -------
    ndarray
        In the common shape of both.

    Raises
    ------
    ValueError
        As for :func:`erlang_b`.

    Examples
    --------
    >>> erlang_c(10, [10, 12, 14]).round(4)
    array([1.    , 0.4494, 0.1741])
    """
    a, c = _settings(load, servers)
    delayed = np.ones(a.size)
    loads, counts = a.ravel(), c.ravel()
    stable = np.flatnonzero(loads < counts)
    loads, counts = loads[stable], counts[stable]
    lost = _in_blocks(loads, counts, _below)
    delayed[stable] = counts * lost / (counts - loads + loads * lost)
    return delayed.reshape(a.shape)


def mean_wait(arrival_rate: Any, service_rate: Any, *, servers: Any) -> Floats:
    """Mean wait in M/M/c in hours, element by element; infinite without a steady state.

    Parameters
    ----------
    arrival_rate, service_rate : array_like
        Customers per hour; arrivals of zero or more, services above zero.
    servers : array_like
        Whole numbers, one or more.

    Returns
    -------
    ndarray
        Hours, in the common shape.

    Examples
    --------
    >>> (60 * mean_wait([40, 54, 60], 20, servers=3)).round(2)
    array([1.33, 8.17,  inf])
    """
    return _mean_wait(arrival_rate, service_rate, servers)[1]


def wait_beyond(hours: Any, arrival_rate: Any, service_rate: Any, *, servers: Any) -> Floats:
    """Share of customers in M/M/c who wait longer than a time; 1 without a steady state.

    One minus it is the service level, which has but one sense where nobody gives up.

    Parameters
    ----------
    hours : array_like
        Hours, zero or more.
    arrival_rate, service_rate, servers : array_like
        As for :func:`mean_wait`.

    Returns
    -------
    ndarray
        In the common shape.

    Examples
    --------
    >>> 1 - wait_beyond(20 / 3600, 200, 20, servers=[12, 13, 14]).round(4)
    array([0.6402, 0.7956, 0.8884])
    """
    times = np.asarray(hours, dtype=float)
    if times.size and not times.min() >= 0:
        raise ValueError(f"hours has {times.min()!r}: give times of zero or more")
    delayed, _, spare = _mean_wait(arrival_rate, service_rate, servers)
    result: Floats = delayed * np.exp(-np.maximum(spare, 0) * times)
    return result


def _mean_wait(arrivals: Any, services: Any, servers: Any) -> tuple[Floats, Floats, Floats]:
    """Share that waits, mean wait and spare capacity."""
    arrival, service = np.asarray(arrivals, dtype=float), np.asarray(services, dtype=float)
    if service.size and not (service.min() > 0 and np.isfinite(service).all()):
        raise ValueError(f"service_rate has {service.min()!r}: give customers per hour, above zero")
    delayed = erlang_c(arrival / service, servers)
    spare = np.asarray(servers) * service - arrival
    with np.errstate(divide="ignore"):
        wait = np.where(spare > 0, delayed / np.maximum(spare, 0), np.inf)
    return delayed, wait, spare


def _settings(load: Any, servers: Any) -> tuple[Floats, Floats]:
    a, c = np.broadcast_arrays(np.asarray(load, dtype=float), np.asarray(servers, dtype=float))
    if a.size:
        if not (a.min() >= 0 and np.isfinite(a).all()):
            raise ValueError(f"load has {a.min()!r}: give offered loads in Erlang, zero or more")
        if not (c.min() >= 1 and np.isfinite(c).all() and (c == np.floor(c)).all()):
            raise ValueError("servers must be whole numbers, one or more")
    return a, c


def _in_blocks(
    loads: Floats, servers: Floats, formula: Callable[[Floats, Floats], Floats]
) -> Floats:
    """Apply a formula to settings with about equally many terms at a time."""
    # Term k is about e^-(gap k + k²/2c) times the first one. That is 1 where the load exceeds the
    # servers, else the Poisson probability, about e^-(c gap²/2). Terms below e⁻⁴⁰ do not count.
    gap, reach = np.abs(servers - loads) / servers, np.sqrt(80 / servers)
    if formula is _below:
        terms = servers * np.maximum(reach - gap, 0)
    else:
        terms = servers * (np.hypot(reach, gap) - gap)
    # Sorting 16-bit numbers is a radix sort: it takes no time.
    order = np.argsort(np.minimum(8 * terms, 65535).astype(np.uint16), kind="stable")
    a, c, result = loads[order], servers[order], np.empty(loads.size)
    for start in range(0, loads.size, BLOCK):
        part = slice(start, start + BLOCK)
        result[part] = formula(a[part], c[part])
    back = np.empty_like(result)
    back[order] = result
    return back


def _below(a: Floats, c: Floats) -> Floats:
    """Erlang B for a < c, from the states above c."""
    chance = _poisson(c, a)
    term, total, next_state = chance.copy(), np.zeros_like(a), c.copy()
    ratio = np.empty_like(a)
    while True:
        for _ in range(EVERY):
            next_state += 1
            np.divide(a, next_state, out=ratio)
            term *= ratio
            total += term
        if not (term * a > NEGLIGIBLE * (next_state - a)).any():
            break
    lost: Floats = chance / (1 - total)
    return lost


def _above(a: Floats, c: Floats) -> Floats:
    """Erlang B for a ≥ c, from the states below c; the sum ends by itself."""
    one_over, left = 1 / a, c.copy()
    term, total = np.ones_like(a), np.ones_like(a)
    while True:
        for _ in range(EVERY):
            term *= left
            term *= one_over
            total += term
            left -= 1
            np.maximum(left, 0, out=left)
        if not (term * left > NEGLIGIBLE * (a - left)).any():
            break
    lost: Floats = 1 / total
    return lost


SMALL = 16
REMAINDERS = np.array([0.0] + [stirling_remainder(n) for n in range(1, SMALL)])


def _poisson(n: Floats, mean: Floats) -> Floats:
    """Poisson probability of whole numbers n of one or more, as in numerics.log_poisson."""
    square = n * n
    remainder = (1 / 12 - (1 / 360 - (1 / 1260 - 1 / 1680 / square) / square) / square) / n
    few = n < SMALL
    remainder[few] = REMAINDERS[n[few].astype(int)]
    gap = (mean - n) / n
    with np.errstate(divide="ignore"):
        logarithm = np.log1p(gap)
        far = gap < -0.9  # there 1 + gap has lost the digits of the mean
        if far.any():
            logarithm[far] = np.log(mean[far] / n[far])
        exponent = n * (logarithm - gap) - remainder
    result: Floats = np.exp(exponent) / np.sqrt(2 * np.pi * n)
    return result
