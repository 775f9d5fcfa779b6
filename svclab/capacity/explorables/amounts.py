"""Waits as people say them: no more digits than are known, in seconds, minutes or hours."""

from __future__ import annotations

import math

from svclab.intervals import Estimate
from svclab.words import Quantity, hours, minutes, seconds

SHORT, LONG = 0.05, 120.0  # minutes


def wait(value: float, digits: int = 1) -> Quantity:
    """A wait, given in minutes; from two hours on in hours, below three seconds in seconds.

    Examples
    --------
    >>> str(wait(12.0)), str(wait(8.04, 2)), str(wait(2229.8)), str(wait(0.0021))
    ('12 min', '8.04 min', '37.2 h', '0.13 s')
    """
    if 0 < abs(value) < SHORT:
        return seconds(60 * value, 2)
    return minutes(value, digits) if abs(value) < LONG else hours(value / 60, 1)


def with_error(found: Estimate) -> tuple[Quantity, Quantity]:
    """Mean and half-width, given in minutes, with the digits that the half-width leaves.

    Examples
    --------
    >>> from svclab.intervals import Estimate
    >>> [str(q) for q in with_error(Estimate(7.98, 1.61, 0.95, 10))]
    ['8 min', '1.6 min']
    >>> [str(q) for q in with_error(Estimate(12.043, 0.236, 0.95, 10))]
    ['12.04 min', '0.24 min']
    """
    error = found.half_width
    if not 0 < error < math.inf:
        return wait(found.mean, 2), minutes(error, 2)
    if abs(found.mean) >= LONG:
        return wait(found.mean), hours(error / 60, _decimals(error / 60))
    if abs(found.mean) < SHORT:
        digits = _decimals(60 * error)
        return seconds(60 * found.mean, digits), seconds(60 * error, digits)
    digits = _decimals(error)
    return minutes(found.mean, digits), minutes(error, digits)


def _decimals(error: float) -> int:
    """Two significant digits of an error, three decimals at most."""
    return min(3, max(0, 1 - math.floor(math.log10(error))))


__all__ = ["wait", "with_error"]
