"""Limits in two variables, in whole numbers: the corners of what they leave, fast and exact.

A variant is dealt anew until its numbers are sound, so the drawing wants something lighter than
:mod:`svclab.decisions.plane`; the tests compare the two.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from functools import lru_cache
from itertools import combinations

__all__ = ["Half", "Point", "can_be_kept", "corners"]

#: a x + b y <= c; a limit that says "at least" has all signs turned.
Half = tuple[int, int, int]
Point = tuple[Fraction, Fraction]

#: x >= 0 and y >= 0.
AXES: tuple[Half, ...] = ((-1, 0, 0), (0, -1, 0))


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


def can_be_kept(halves: Iterable[Half]) -> bool:
    """Whether limits leave anything of x >= 0 and y >= 0: if so, they leave a corner.

    Parameters
    ----------
    halves : iterable of (a, b, c)
        Limits a x + b y <= c.

    Examples
    --------
    >>> can_be_kept([(1, 1, 4)]), can_be_kept([(1, 1, 4), (-1, 0, -5)])
    (True, False)
    """
    return any(True for _ in _crossings((*halves, *AXES)))


@lru_cache(maxsize=8192)
def _met(halves: tuple[Half, ...]) -> tuple[Point, ...]:
    found = _crossings((*halves, *AXES))
    return tuple((Fraction(x, det), Fraction(y, det)) for x, y, det in found)


def _crossings(lines: tuple[Half, ...]) -> Iterator[tuple[int, int, int]]:
    """Where two lines meet and all limits are kept, at (x / det, y / det), in whole numbers."""
    for (a, b, c), (d, e, f) in combinations(lines, 2):
        det = a * e - b * d
        if not det:
            continue
        x, y = c * e - b * f, a * f - c * d
        if det < 0:
            det, x, y = -det, -x, -y
        for g, h, k in lines:
            if g * x + h * y > k * det:
                break
        else:
            yield x, y, det
