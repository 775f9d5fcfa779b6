"""The frontier of data envelopment analysis in two dimensions, by geometry and without a solver.

A branch is a point; mixtures of branches lie between the points. What lies above and to the right
of all others is the frontier.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import combinations

__all__ = ["best_by_input", "best_outputs", "upper_hull"]

Point = tuple[float, float]


def upper_hull(points: Iterable[Point]) -> list[Point]:
    """The upper edge of the smallest convex shape around points, from left to right.

    Examples
    --------
    >>> upper_hull([(0, 0), (1, 3), (2, 1), (3, 4)])
    [(0, 0), (1, 3), (3, 4)]
    """
    hull: list[Point] = []
    for point in sorted(set(points)):
        while len(hull) > 1 and _turn(hull[-2], hull[-1], point) >= 0:
            hull.pop()
        if len(hull) == 1 and hull[0][0] == point[0]:
            hull.pop()
        hull.append(point)
    return hull


def _turn(a: Point, b: Point, c: Point) -> float:
    """Above zero: the way from a over b to c bends to the left."""
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])


def best_by_input(points: Sequence[Point], farthest: float) -> list[Point]:
    """The most output for each input with variable returns, up to the input ``farthest``.

    It begins on the axis under the smallest input, and ends level: more input, no more output.

    Examples
    --------
    >>> best_by_input([(1, 2), (2, 5), (3, 4)], 6)
    [(1, 0.0), (1, 2), (2, 5), (6, 5)]
    """
    hull = upper_hull(points)
    top = max(y for _, y in hull)
    rising = hull[: 1 + next(k for k, (_, y) in enumerate(hull) if y == top)]
    return [(rising[0][0], 0.0), *rising, (max(farthest, rising[-1][0]), top)]


def best_outputs(
    branches: Sequence[tuple[float, float, float]], size: float, returns: str
) -> list[Point]:
    """The best pairs of two outputs for each unit of input, for a branch of ``size``.

    Parameters
    ----------
    branches : sequence of (input, output, output)
        All branches; inputs above zero.
    size : float
        The input of the branch asked for, at least the smallest of all. Only variable returns
        need it.
    returns : {"constant", "variable"}

    Returns
    -------
    list of (float, float)
        The frontier from the axis of the second output to that of the first.

    Notes
    -----
    A mixture has weights λ that add up to 1 and uses no more than ``size``: two equations, so a
    corner mixes at most two branches, and if two, they use exactly ``size``.

    Examples
    --------
    >>> best_outputs([(10, 40, 10), (20, 60, 80)], 10, "constant")
    [(0.0, 4.0), (3.0, 4.0), (4.0, 1.0), (4.0, 0.0)]
    """
    if returns == "constant":
        reached = [(u / h, v / h) for h, u, v in branches]
    else:
        reached = [(u / size, v / size) for h, u, v in branches if h <= size * (1 + 1e-9)]
        for small, large in combinations(sorted(branches), 2):
            if small[0] < size < large[0]:
                part = (size - small[0]) / (large[0] - small[0])
                u, v = ((1 - part) * small[k] + part * large[k] for k in (1, 2))
                reached.append((u / size, v / size))
    right, top = max(u for u, _ in reached), max(v for _, v in reached)
    return [*upper_hull([*reached, (0.0, top), (right, max(v for u, v in reached if u == right))]),
            (right, 0.0)]  # fmt: skip
