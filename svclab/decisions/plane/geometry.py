"""Half-planes and polygons in fractions: what is cut is cut exactly."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations

from svclab.linear.exact import ExactProblem, decimal, formula

__all__ = ["Limit", "Point", "box", "clip", "directions", "limits_of", "reach", "segment"]

Point = tuple[Fraction, Fraction]
ZERO, ONE = Fraction(0), Fraction(1)


@dataclass(frozen=True)
class Limit:
    """A half-plane a x + b y <= c, from a constraint or a bound."""

    name: str  # of the constraint; for a bound its text
    text: str  # as one reads it, "2 table + chair ≤ 6"
    a: Fraction
    b: Fraction
    c: Fraction

    def slack(self, point: Point) -> Fraction:
        """What is left at a point; below zero: the limit is broken."""
        return self.c - self.a * point[0] - self.b * point[1]


def limits_of(problem: ExactProblem) -> tuple[Limit, ...]:
    """All limits of a problem in two variables; an equation gives two."""
    found = []
    for row in problem.rows:
        a, b = row.factors
        text = problem.text(row)
        if row.upper is not None:
            found.append(Limit(row.name, text, a, b, row.upper))
        if row.lower is not None:
            found.append(Limit(row.name, text, -a, -b, -row.lower))
    units = ((ONE, ZERO), (ZERO, ONE))
    for unit, low, high in zip(units, problem.lower, problem.upper, strict=True):
        name = formula(unit, problem.names)
        if low is not None:
            text = f"{name} ≥ {decimal(low)}"
            found.append(Limit(text, text, -unit[0], -unit[1], -low))
        if high is not None:
            text = f"{name} ≤ {decimal(high)}"
            found.append(Limit(text, text, *unit, high))
    return tuple(found)


def crossing(one: Limit, other: Limit) -> Point | None:
    """Where the lines of two limits meet; None if they are parallel."""
    det = one.a * other.b - one.b * other.a
    if not det:
        return None
    return (one.c * other.b - one.b * other.c) / det, (one.a * other.c - one.c * other.a) / det


def reach(limits: Iterable[Limit]) -> Fraction:
    """A size such that all corners lie well within a square of it around the origin."""
    lines = [limit for limit in limits if limit.a or limit.b]
    points = [p for pair in combinations(lines, 2) if (p := crossing(*pair)) is not None]
    for line in lines:  # the foot of each line, for regions without corners
        scale = line.c / (line.a**2 + line.b**2)
        points.append((line.a * scale, line.b * scale))
    return 2 * max((abs(x) for point in points for x in point), default=ZERO) + 1


def box(x_low: Fraction, x_high: Fraction, y_low: Fraction, y_high: Fraction) -> list[Point]:
    """A rectangle, counter-clockwise."""
    return [(x_low, y_low), (x_high, y_low), (x_high, y_high), (x_low, y_high)]


def clip(polygon: list[Point], limits: Iterable[Limit]) -> list[Point]:
    """What half-planes leave of a convex polygon (Sutherland and Hodgman 1974).

    Examples
    --------
    >>> square = box(ZERO, ONE, ZERO, ONE)
    >>> half = Limit("half", "x + y ≤ 1", ONE, ONE, ONE)
    >>> clip(square, [half]) == [(0, 0), (1, 0), (0, 1)]
    True
    """
    for limit in limits:
        kept: list[Point] = []
        for k, here in enumerate(polygon):
            before = polygon[k - 1]
            s, t = limit.slack(before), limit.slack(here)
            if (s < 0) != (t < 0):
                share = s / (s - t)
                kept.append(
                    (
                        before[0] + share * (here[0] - before[0]),
                        before[1] + share * (here[1] - before[1]),
                    )
                )
            if t >= 0:
                kept.append(here)
        polygon = [p for k, p in enumerate(kept) if p != kept[k - 1] or len(kept) == 1]
        if not polygon and kept:
            polygon = kept[:1]
    return polygon


def segment(
    a: Fraction, b: Fraction, c: Fraction, window: tuple[Fraction, Fraction, Fraction, Fraction]
) -> tuple[Point, Point] | None:
    """The part of the line a x + b y = c within a window; None if it does not pass."""
    both = (Limit("", "", a, b, c), Limit("", "", -a, -b, -c))
    points = sorted(set(clip(box(*window), both)))
    return (points[0], points[-1]) if len(points) > 1 else None


def directions(limits: tuple[Limit, ...]) -> tuple[Point, ...]:
    """The extreme ways in which one can go for ever: none if the region is bounded.

    Two opposite ones: the region contains a whole line. A half-plane has three, the whole
    plane four. Each is scaled so that its larger part is 1.
    """
    lines = [limit for limit in limits if limit.a or limit.b]
    ways = {(ONE, ZERO), (-ONE, ZERO), (ZERO, ONE), (ZERO, -ONE)} if not lines else set()
    for line in lines:
        size = max(abs(line.a), abs(line.b))
        ways |= {(-line.b / size, line.a / size), (line.b / size, -line.a / size)}
    free = [way for way in ways if all(li.a * way[0] + li.b * way[1] <= 0 for li in lines)]
    if len(free) == 2 and free[0] == (-free[1][0], -free[1][1]):
        normal = (-lines[0].a, -lines[0].b)
        size = max(map(abs, normal))
        if all(li.a * normal[0] + li.b * normal[1] <= 0 for li in lines):
            free.append((normal[0] / size, normal[1] / size))
    return tuple(sorted(free))
