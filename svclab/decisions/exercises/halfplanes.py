"""Limits in two variables, in whole numbers: the corners of what they leave, fast and exact.

A variant is dealt anew until its numbers are sound, so the drawing wants something lighter than
:mod:`svclab.decisions.plane`; the tests compare the two.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from functools import lru_cache
from itertools import combinations

__all__ = ["Half", "Point", "corners"]

#: a x + b y <= c; a limit that says "at least" has all signs turned.
Half = tuple[int, int, int]
Point = tuple[Fraction, Fraction]


def corners(halves: Iterable[Half]) -> tuple[Point, ...]:
    """The corners of what limits leave of x >= 0 and y >= 0; none: nothing is left.

    Parameters
    ----------
    halves : iterable of (a, b, c)
        Limits a x + b y <= c.

    Examples
    --------
    >>> [(str(x), str(y)) for x, y in corners([(2, 1, 6), (2, 2, 8)])]
    [('2', '2'), ('3', '0'), ('0', '4'), ('0', '0')]
    """
    return _met(tuple(halves))


@lru_cache(maxsize=8192)
def _met(halves: tuple[Half, ...]) -> tuple[Point, ...]:
    lines = (*halves, (-1, 0, 0), (0, -1, 0))
    found = []
    for (a, b, c), (d, e, f) in combinations(lines, 2):
        det = a * e - b * d
        if not det:
            continue
        # All in whole numbers: the point is (x / det, y / det), with det turned above zero.
        x, y = c * e - b * f, a * f - c * d
        if det < 0:
            det, x, y = -det, -x, -y
        if all(g * x + h * y <= k * det for g, h, k in lines):
            found.append((Fraction(x, det), Fraction(y, det)))
    return tuple(found)
