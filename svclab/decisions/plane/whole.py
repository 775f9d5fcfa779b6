"""Whole plans in the plane: the points of the grid, the best of them, and what rounding loses."""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from svclab.checks import a_count
from svclab.decisions.plane.geometry import Point, box, clip, reach
from svclab.decisions.plane.region import Plane, Window, plane
from svclab.linear.asking import ask, request_of
from svclab.linear.exact import ExactProblem, decimal
from svclab.linear.solving import definite
from svclab.shown import html_table, text_table
from svclab.words import join, say

if TYPE_CHECKING:
    import pulp

__all__ = ["Rounded", "WholePlans", "search", "whole_plans"]

#: Up to so many columns of the grid are searched one by one; beyond that HiGHS is asked.
MOST_COLUMNS = 5000


@dataclass(frozen=True)
class Rounded:
    """The linear program's optimum with both numbers rounded, one way or another."""

    how: str  # "to the nearest", "both down", "both up" and so on
    x: Fraction
    y: Fraction
    broken: tuple[str, ...]  # limits that it breaks; empty: feasible
    objective: Fraction
    # What it falls short of the best whole plan, as a number of the objective: above zero is a
    # loss for max and min alike; below zero only where it is not feasible. None: no best plan.
    loss: Fraction | None


@dataclass(frozen=True)
class WholePlans:
    """The whole plans of a problem in two variables, beside its linear optimum."""

    plane: Plane
    status: str  # "optimal", "infeasible" or "unbounded"
    value: Fraction | None
    point: Point | None  # one of the best whole plans
    ties: tuple[Point, ...]  # all best whole plans, where the grid was searched
    # Grid points in the region; where it is unbounded, or has more than asked for, those within
    # the window only, and as many as asked for.
    points: tuple[Point, ...]
    all_points: bool  # whether the points are all there are
    rounded: tuple[Rounded, ...]  # empty where the linear program has no optimum

    @property
    def gap(self) -> Fraction | None:
        """What whole numbers cost: the linear optimum less the whole one, never below zero."""
        if self.value is None or self.plane.best.value is None:
            return None
        return abs(self.plane.best.value - self.value)

    @property
    def sentences(self) -> tuple[str, ...]:
        """What rounding would have done."""
        if self.status == "infeasible":
            return ("No plan in whole numbers keeps all limits.",)
        if self.value is None or self.point is None:
            return ("There is no best plan in whole numbers.",)
        first, second = self.plane.problem.names
        told = [
            say(
                "Best in whole numbers is {first} = {x} and {second} = {y}: {value}.",
                x=decimal(self.point[0]),
                y=decimal(self.point[1]),
                first=first,
                second=second,
                value=decimal(self.value),
            )
        ]
        if self.gap:
            told.append(say("Whole numbers cost {gap}.", gap=decimal(self.gap)))
        if self.rounded and self.plane.best.points[0] == (self.rounded[0].x, self.rounded[0].y):
            return (*told, "The linear optimum is whole already: there is nothing to round.")
        return (*told, *(_rounding_sentence(r) for r in self.rounded))

    def __repr__(self) -> str:
        return text_table("Rounding the best plan", *self._table(), self.sentences)

    def _repr_html_(self) -> str:
        return html_table("Rounding the best plan", *self._table(), notes=self.sentences)

    def _table(self) -> tuple[list[str], list[list[str]]]:
        head = ["rounded", *self.plane.problem.names, "breaks", "objective", "loss"]
        rows = [
            [
                r.how,
                decimal(r.x),
                decimal(r.y),
                join(list(r.broken)) or "nothing",
                decimal(r.objective),
                "" if r.broken or r.loss is None else decimal(r.loss),
            ]
            for r in self.rounded
        ]
        return head, rows


def _rounding_sentence(r: Rounded) -> str:
    if r.broken:
        return say("Rounded {how} it breaks {names}.", how=r.how, names=join(list(r.broken)))
    if not r.loss:
        return say("Rounded {how} it is as good as the best whole plan.", how=r.how)
    return say("Rounded {how} it can be kept, but loses {loss}.", how=r.how, loss=decimal(r.loss))


def whole_plans(
    problem: pulp.LpProblem | ExactProblem | Plane,
    *,
    most: int = 2000,
    window: Window | None = None,
) -> WholePlans:
    """The best whole plan of a problem in two variables, and what rounding would have done.

    Parameters
    ----------
    problem : pulp.LpProblem, ExactProblem or Plane
        Two variables. If the problem declares some of them whole, those are; else both.
    most : int
        Most grid points to list, 1 or more.
    window : tuple of Fraction, optional
        Where to list grid points of a region without end; default the plane's own window.

    Returns
    -------
    WholePlans
        Best whole plan, grid points, and the linear optimum rounded in each way.

    Raises
    ------
    ValueError
        If there are not two variables, or ``most`` is below one.

    Examples
    --------
    >>> import pulp
    >>> toys = pulp.LpProblem("toys", pulp.LpMaximize)
    >>> table, chair = toys.add_variable("table", 0), toys.add_variable("chair", 0)
    >>> toys += 20 * table + 15 * chair
    >>> toys += 2 * table + chair <= 6, "large"
    >>> toys += 2 * table + 2 * chair <= 9, "small"
    >>> found = whole_plans(toys)
    >>> found.plane.best.value == 75, found.value == 70, len(found.points)
    (True, True, 13)
    >>> for sentence in found.sentences:
    ...     print(sentence)
    Best in whole numbers is table = 2 and chair = 2: 70.
    Whole numbers cost 5.
    Rounded to the nearest it breaks large and small.
    Rounded both down it can be kept, but loses 5.
    """
    a_count("most", most, 1)
    shape = problem if isinstance(problem, Plane) else plane(problem)
    known = shape.problem
    whole = known.integer if any(known.integer) else (True, True)
    status, value, ties = search(shape) or _asked(known, whole)
    points, complete = _grid(shape, most, window)
    return WholePlans(
        shape,
        status,
        value,
        ties[0] if ties else None,
        ties,
        points,
        complete,
        _roundings(shape, whole, value),
    )


Found = tuple[str, Fraction | None, tuple[Point, ...]]


def search(shape: Plane) -> Found | None:
    """The best whole plan column by column, exactly.

    Parameters
    ----------
    shape : Plane
        The problem. If it declares variables whole, those are; else both.

    Returns
    -------
    tuple or None
        Status, value and all best plans; None where the region has no end or too many columns.
    """
    whole = shape.problem.integer if any(shape.problem.integer) else (True, True)
    if shape.empty:
        return "infeasible", None, ()
    if shape.rays:
        return None
    k = 0 if whole[0] else 1  # along whole values of this variable
    values = [c.point[k] for c in shape.corners]
    first, last = math.ceil(min(values)), math.floor(max(values))
    if last - first > MOST_COLUMNS:
        return None
    known = shape.problem
    best: Fraction | None = None
    ties: list[Point] = []
    for at in range(first, last + 1):
        for other in _ends(shape, k, Fraction(at), whole[1 - k]):
            point = (Fraction(at), other) if k == 0 else (other, Fraction(at))
            value = known.objective(point)
            if best is None or (value > best if known.maximise else value < best):
                best, ties = value, [point]
            elif value == best and point not in ties:
                ties.append(point)
    return ("infeasible" if best is None else "optimal"), best, tuple(ties)


def _ends(shape: Plane, k: int, at: Fraction, whole: bool) -> list[Fraction]:
    """The values of the other variable that can be best; all of them where it does not matter."""
    low, high = _range(shape, k, at)
    if low is None or high is None or low > high:
        return []
    if whole:
        low, high = Fraction(math.ceil(low)), Fraction(math.floor(high))
        if low > high:
            return []
        if not shape.problem.cost[1 - k] and high - low <= 200:
            return [low + step for step in range(int(high - low) + 1)]
    return [low, high] if low != high else [low]


def _range(shape: Plane, k: int, at: Fraction) -> tuple[Fraction | None, Fraction | None]:
    """How far the other variable can go where variable ``k`` has a value."""
    low: Fraction | None = None
    high: Fraction | None = None
    for limit in shape.limits:
        here, there = (limit.a, limit.b) if k == 0 else (limit.b, limit.a)
        room = limit.c - here * at
        if there > 0:
            high = room / there if high is None else min(high, room / there)
        elif there < 0:
            low = room / there if low is None else max(low, room / there)
        elif room < 0:
            return Fraction(1), Fraction(0)
    return low, high


def _asked(known: ExactProblem, whole: tuple[bool, ...]) -> Found:
    """HiGHS's answer, for regions without end or with very many columns."""

    def side(end: Fraction | None) -> float | None:
        return None if end is None else float(end)

    model: dict[str, Any] = {
        "sense": "max" if known.maximise else "min",
        "offset": 0.0,
        "columns": {
            "cost": [float(c) for c in known.cost],
            "lower": [side(end) for end in known.lower],
            "upper": [side(end) for end in known.upper],
            "integer": list(whole),
        },
        "rows": {
            "lower": [side(row.lower) for row in known.rows],
            "upper": [side(row.upper) for row in known.rows],
            "start": [2 * i for i in range(len(known.rows) + 1)],
            "index": [0, 1] * len(known.rows),
            "value": [float(a) for row in known.rows for a in row.factors],
        },
    }
    request = request_of(model, time_limit=5.0)
    reply = definite(known.name, request, ask(request))
    status = reply["status"]
    if status != "optimal":
        return status, None, ()
    x, y = (
        Fraction(round(v)) if w else Fraction(v).limit_denominator(10**9)
        for v, w in zip(reply["values"], whole, strict=True)
    )
    return "optimal", known.objective((x, y)), ((x, y),)


def _grid(shape: Plane, most: int, window: Window | None) -> tuple[tuple[Point, ...], bool]:
    """Grid points of the region, or of its part in the window."""
    if shape.empty:
        return (), True
    far = reach(shape.limits)
    open_ended = bool(shape.rays)
    frame = box(*(window or shape.window())) if open_ended else box(-far, far, -far, far)
    outline = clip(frame, shape.limits)
    if not outline:
        return (), not open_ended
    first, last = math.ceil(min(p[0] for p in outline)), math.floor(max(p[0] for p in outline))
    top, bottom = max(p[1] for p in outline), min(p[1] for p in outline)
    points: list[Point] = []
    for at in range(first, min(last, first + most) + 1):
        low, high = _range(shape, 0, Fraction(at))
        low = bottom if low is None else max(low, bottom)
        high = top if high is None else min(high, top)
        for other in range(math.ceil(low), math.floor(high) + 1):
            if len(points) == most:
                return tuple(points), False
            points.append((Fraction(at), Fraction(other)))
    return tuple(points), not open_ended and last - first <= most


def _roundings(
    shape: Plane, whole: tuple[bool, ...], value: Fraction | None
) -> tuple[Rounded, ...]:
    """The linear optimum rounded to the nearest, and in the four ways; equal ones once."""
    if not shape.best.points:
        return ()
    x, y = shape.best.points[0]
    known = shape.problem

    def to(number: Fraction, way: str, must: bool) -> Fraction:
        if not must:
            return number
        if way == "nearest":
            return Fraction(math.floor(number + Fraction(1, 2)))
        return Fraction(math.floor(number) if way == "down" else math.ceil(number))

    ways = [
        ("to the nearest", "nearest", "nearest"),
        ("both down", "down", "down"),
        ("first up, second down", "up", "down"),
        ("first down, second up", "down", "up"),
        ("both up", "up", "up"),
    ]
    found: dict[Point, Rounded] = {}
    for how, one, other in ways:
        point = to(x, one, whole[0]), to(y, other, whole[1])
        if point in found:
            continue
        objective = known.objective(point)
        loss = None
        if value is not None:
            loss = value - objective if known.maximise else objective - value
        found[point] = Rounded(how, *point, shape.broken(*point), objective, loss)
    return tuple(found.values())
