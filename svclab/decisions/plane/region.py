"""A linear program in two variables, exactly: region, corners, optimum and whole plans."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING

from svclab.decisions.plane.geometry import (
    Limit,
    Point,
    box,
    clip,
    directions,
    limits_of,
    reach,
    segment,
)
from svclab.linear.exact import ExactProblem, decimal, exact
from svclab.shown import html_table, text_table
from svclab.words import join, say

if TYPE_CHECKING:
    import pulp

__all__ = ["Best", "Corner", "Line", "Plane", "Window", "plane"]

#: x from, x to, y from, y to.
Window = tuple[Fraction, Fraction, Fraction, Fraction]


@dataclass(frozen=True)
class Corner:
    """A corner of the feasible region."""

    x: Fraction
    y: Fraction
    limits: tuple[str, ...]  # names of those that meet here; more than two: degenerate
    objective: Fraction

    @property
    def point(self) -> Point:
        """Both coordinates."""
        return self.x, self.y


@dataclass(frozen=True)
class Best:
    """The linear program's optimum."""

    status: str  # "optimal", "infeasible" or "unbounded"
    value: Fraction | None
    # One point, or both ends of an edge; with a direction, one can go on from there for ever.
    points: tuple[Point, ...]
    # "unbounded": ways in which the objective grows; "optimal": ways in which it stays best.
    ways: tuple[Point, ...]

    @property
    def unique(self) -> bool:
        """Whether exactly one plan is optimal."""
        return len(self.points) == 1 and not self.ways


@dataclass(frozen=True)
class Line:
    """The objective line through a point: all plans that are equally good."""

    value: Fraction
    ends: tuple[Point, Point] | None  # within the window; None: it does not pass there
    inside: tuple[Point, Point] | None  # its part within the feasible region and the window


@dataclass(frozen=True)
class Plane:
    """A problem in two variables, worked out in fractions."""

    problem: ExactProblem
    limits: tuple[Limit, ...]
    corners: tuple[Corner, ...]  # counter-clockwise
    rays: tuple[Point, ...]  # extreme ways to go for ever; empty: bounded
    empty: bool
    redundant: tuple[str, ...]  # limits that the region never touches
    best: Best

    @property
    def bounded(self) -> bool:
        """Whether the region is bounded (an empty one is)."""
        return not self.rays

    def window(self, *, margin: float = 0.15) -> Window:
        """A window for drawing: all corners, the origin where it is near, and some space.

        Parameters
        ----------
        margin : float
            Space beyond the last corner, as a share of the width; 0 or more.
        """
        points = [c.point for c in self.corners] or list(self.best.points)
        points += [p for p in self._intercepts() if self.empty or not self.corners]
        points = points or [(Fraction(0), Fraction(0))]
        sides = []
        for k in (0, 1):
            low, high = min(p[k] for p in points), max(p[k] for p in points)
            low, high = min(low, Fraction(0)), max(high, Fraction(0))
            size = (high - low) or Fraction(10)
            if any(ray[k] > 0 for ray in self.rays):
                high += size / 2
            if any(ray[k] < 0 for ray in self.rays):
                low -= size / 2
            space = size * Fraction(repr(float(margin)))
            sides += [low - space if low < 0 else low, high + space]
        return (sides[0], sides[1], sides[2], sides[3])

    def _intercepts(self) -> list[Point]:
        zero = Fraction(0)
        found = [(li.c / li.a, zero) for li in self.limits if li.a]
        return found + [(zero, li.c / li.b) for li in self.limits if li.b]

    def outline(self, window: Window | None = None) -> tuple[Point, ...]:
        """The part of the region within a window, as a polygon, counter-clockwise."""
        return tuple(clip(box(*(window or self.window())), self.limits))

    def line(self, value: Fraction | float, window: Window | None = None) -> Line:
        """The objective line of a value.

        Examples
        --------
        >>> import pulp
        >>> toys = pulp.LpProblem("toys", pulp.LpMaximize)
        >>> x, y = toys.add_variable("x", 0, 4), toys.add_variable("y", 0, 4)
        >>> toys += x + y
        >>> plane(toys).line(4).inside == ((0, 4), (4, 0))
        True
        """
        exactly = value if isinstance(value, Fraction) else Fraction(repr(float(value)))
        a, b = self.problem.cost
        window = window or self.window()
        right = exactly - self.problem.offset
        if not (a or b):
            return Line(exactly, None, None)
        both = (Limit("", "", a, b, right), Limit("", "", -a, -b, -right))
        inside = sorted(set(clip(box(*window), (*self.limits, *both))))
        ends = (inside[0], inside[-1]) if inside else None
        return Line(exactly, segment(a, b, right, window), ends)

    def through(self, x: float, y: float, window: Window | None = None) -> Line:
        """The objective line through a point, such as one that is dragged."""
        point = Fraction(repr(float(x))), Fraction(repr(float(y)))
        return self.line(self.problem.objective(point), window)

    def broken(self, x: Fraction | float, y: Fraction | float) -> tuple[str, ...]:
        """The limits that a plan breaks; empty: it is feasible in parts of units."""
        point = (
            x if isinstance(x, Fraction) else Fraction(repr(float(x))),
            y if isinstance(y, Fraction) else Fraction(repr(float(y))),
        )
        return tuple(dict.fromkeys(li.name for li in self.limits if li.slack(point) < 0))

    def edge(self, limit: Limit, window: Window | None = None) -> tuple[Point, Point] | None:
        """A limit's line within a window."""
        if not (limit.a or limit.b):
            return None
        return segment(limit.a, limit.b, limit.c, window or self.window())

    @cached_property
    def sentence(self) -> str:
        """What is to be seen."""
        first, second = self.problem.names
        if self.empty:
            return "No plan keeps all limits: the region is empty."
        best = self.best
        if best.status == "unbounded":
            return "The region goes on without end, and the objective gets better with it."
        assert best.value is not None
        points = [
            say(
                "{first} = {x} and {second} = {y}",
                x=decimal(x),
                y=decimal(y),
                first=first,
                second=second,
            )
            for x, y in best.points
        ]
        value = decimal(best.value)
        if best.unique:
            return say("Best is {point}: {value}.", point=points[0], value=value)
        if best.ways:
            return say(
                "Best is {value}, at {point} and along a line from there without end.",
                value=value,
                point=points[0],
            )
        return say(
            "A whole edge is best, with {value}: from {points}.",
            value=value,
            points=join(points, "to"),
        )

    def __repr__(self) -> str:
        return text_table("Corners of the region", self._head(), self._rows(), [self.sentence])

    def _repr_html_(self) -> str:
        strong = frozenset(i for i, c in enumerate(self.corners) if c.point in self.best.points)
        return html_table(
            "Corners of the region",
            self._head(),
            self._rows(),
            notes=[self.sentence],
            strong=strong,
        )

    def _head(self) -> list[str]:
        return ["limits that meet", *self.problem.names, "objective"]

    def _rows(self) -> list[list[str]]:
        return [
            [join(list(c.limits)), decimal(c.x), decimal(c.y), decimal(c.objective)]
            for c in self.corners
        ]


def plane(problem: pulp.LpProblem | ExactProblem) -> Plane:
    """Work out a linear program in two variables exactly.

    Parameters
    ----------
    problem : pulp.LpProblem or ExactProblem
        A problem with exactly two variables. Whole-number conditions are left aside here; see
        :func:`svclab.decisions.plane.whole_plans`.

    Returns
    -------
    Plane
        Limits, corners with the limits that meet there, rays, and the optimum.

    Raises
    ------
    ValueError
        If there are not two variables, or numbers are not finite.

    Examples
    --------
    >>> import pulp
    >>> toys = pulp.LpProblem("toys", pulp.LpMaximize)
    >>> table, chair = toys.add_variable("table", 0), toys.add_variable("chair", 0)
    >>> toys += 20 * table + 15 * chair
    >>> toys += 2 * table + chair <= 6, "large"
    >>> toys += 2 * table + 2 * chair <= 8, "small"
    >>> plane(toys)
    Corners of the region
      limits that meet       table  chair  objective
      table ≥ 0 and chair ≥ 0    0      0          0
      large and chair ≥ 0        3      0         60
      large and small            2      2         70
      small and table ≥ 0        0      4         60
    Best is table = 2 and chair = 2: 70.
    """
    known = exact(problem)
    if len(known.names) != 2:
        raise ValueError(
            f"the problem {known.name!r} has {len(known.names)} variables "
            f"({', '.join(known.names)}): a picture in the plane needs exactly two"
        )
    limits = limits_of(known)
    far = reach(limits)
    shape = clip(box(-far, far, -far, far), limits)
    rays = directions(limits) if shape else ()
    corners = _corners(known, limits, shape, far)
    touched = {li.name for li in limits for p in shape if li.slack(p) == 0}
    return Plane(
        problem=known,
        limits=limits,
        corners=corners,
        rays=rays,
        empty=not shape,
        redundant=tuple(dict.fromkeys(li.name for li in limits if li.name not in touched)),
        best=_best(known, shape, corners, rays),
    )


def _corners(
    known: ExactProblem, limits: tuple[Limit, ...], shape: list[Point], far: Fraction
) -> tuple[Corner, ...]:
    inside = [p for p in dict.fromkeys(shape) if all(abs(x) < far for x in p)]
    found = []
    for point in inside:
        here = [li for li in limits if (li.a or li.b) and li.slack(point) == 0]
        # A true corner: two of its lines cross there.
        if any(here[0].a * li.b != here[0].b * li.a for li in here[1:]):
            names = tuple(dict.fromkeys(li.name for li in here))
            found.append(Corner(*point, names, known.objective(point)))
    if found:  # begin with the lowest, then the leftmost
        start = min(range(len(found)), key=lambda k: (found[k].y, found[k].x))
        found = found[start:] + found[:start]
    return tuple(found)


def _best(
    known: ExactProblem, shape: list[Point], corners: tuple[Corner, ...], rays: tuple[Point, ...]
) -> Best:
    if not shape:
        return Best("infeasible", None, (), ())
    way = 1 if known.maximise else -1

    def gain(direction: Point) -> Fraction:
        return way * (known.objective(direction) - known.offset)

    growing = tuple(ray for ray in rays if gain(ray) > 0)
    if growing:
        return Best("unbounded", None, (), growing)
    # Without growth the best is reached within the square: at corners, or where lines leave it.
    points = [c.point for c in corners] or list(dict.fromkeys(shape))
    pick = max if known.maximise else min
    value = pick(known.objective(p) for p in points)
    best = sorted(p for p in points if known.objective(p) == value)
    ends = (best[0],) if len(best) == 1 or not corners else (best[0], best[-1])
    flat = tuple(ray for ray in rays if gain(ray) == 0)
    return Best("optimal", value, ends, flat)
