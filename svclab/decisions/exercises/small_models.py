"""Small models in whole numbers, worked out without a solver: by corners and by trying plans.

Exercises deal hundreds of variants; what is right, and what each wrong model gives, must be there
at once and be exact. A solver gives the same (the tests compare), but takes longer.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import combinations
from typing import Any

from svclab.linear import ExactBasis, ExactProblem, exact_basis
from svclab.linear.exact import ExactRow

__all__ = ["Row", "SmallModel", "corner_where", "differing"]

#: factors and right-hand side: factors · x <= right. Whole numbers only.
Row = tuple[tuple[int, ...], int]
Point = tuple[Fraction, ...]


@dataclass(frozen=True)
class SmallModel:
    """A model in one to three variables whose region has an end on all sides.

    Examples
    --------
    >>> toys = SmallModel((20, 15), (((2, 1), 6), ((2, 2), 9)), (0, 0))
    >>> toys.best_corners(), toys.best_whole()
    ((Fraction(75, 1), [(Fraction(3, 2), Fraction(3, 1))]), (70, [(2, 2)]))
    """

    cost: tuple[int, ...]
    rows: tuple[Row, ...]
    lower: tuple[int, ...]
    maximise: bool = True

    @cached_property
    def limits(self) -> tuple[Row, ...]:
        """All rows, the lower bounds among them."""
        n = len(self.cost)
        below = ((tuple(-int(k == j) for k in range(n)), -self.lower[j]) for j in range(n))
        return (*self.rows, *below)

    def stated(self, names: Sequence[str], limits: Sequence[str]) -> ExactProblem:
        """The linear program as the chapter's models take it.

        Parameters
        ----------
        names, limits : sequence of str
            One for each variable, and for each row.
        """
        fractions = [tuple(map(Fraction, factors)) for factors, _ in self.rows]
        rows = [
            ExactRow(name, factors, None, Fraction(right))
            for name, factors, (_, right) in zip(limits, fractions, self.rows, strict=True)
        ]
        n = len(self.cost)
        return ExactProblem(
            "stated",
            self.maximise,
            Fraction(0),
            tuple(names),
            tuple(map(Fraction, self.cost)),
            tuple(map(Fraction, self.lower)),
            (None,) * n,
            (False,) * n,
            tuple(rows),
        )

    def basis(self, names: Sequence[str], limits: Sequence[str]) -> ExactBasis | None:
        """The best corner with its prices and ranges, without a solver.

        None where there is not one best corner, or where more limits meet than it needs: then
        there is more than one basis, and what it says is not the only truth.
        """
        plan = self.best_corners()[1]
        binds = [_dot(factors, plan[0]) == right for factors, right in self.limits]
        n = len(self.rows)
        if len(plan) > 1 or sum(binds) != len(self.cost):
            return None
        columns = tuple("lower" if at else "basic" for at in binds[n:])
        rows = tuple("upper" if at else "basic" for at in binds[:n])
        return exact_basis(self.stated(names, limits), columns, rows)

    def problem(self, names: Sequence[str], limits: Sequence[str]) -> Any:
        """The linear program in PuLP; as :meth:`stated`."""
        import pulp

        stated = pulp.LpProblem("stated", pulp.LpMaximize if self.maximise else pulp.LpMinimize)
        plan = [stated.add_variable(name, low) for name, low in zip(names, self.lower, strict=True)]
        stated += pulp.lpSum(c * x for c, x in zip(self.cost, plan, strict=True))
        for name, (factors, right) in zip(limits, self.rows, strict=True):
            stated += pulp.lpSum(f * x for f, x in zip(factors, plan, strict=True)) <= right, name
        return stated

    def value(self, plan: Sequence[float | Fraction]) -> Any:
        """The objective of a plan, in whole units or not; None where a limit is broken.

        Examples
        --------
        >>> toys = SmallModel((20, 15), (((2, 1), 6), ((2, 2), 9)), (0, 0))
        >>> toys.value((1.5, 3)), toys.value((3, 1))
        (75.0, None)
        """
        if any(_dot(factors, plan) > right for factors, right in self.limits):
            return None
        return _dot(self.cost, plan)

    def corners(self) -> list[Point]:
        """The corners of the region, each once."""
        found: dict[Point, None] = {}
        limits = self.limits
        for rows in combinations(limits, len(self.cost)):
            whole, parts = _cramer(rows)
            # Without fractions until the point is known to be a corner: most are not.
            if whole and all(
                sum(f * x for f, x in zip(factors, parts, strict=True)) <= right * whole
                for factors, right in limits
            ):
                found[tuple(Fraction(part, whole) for part in parts)] = None
        return list(found)

    def best_corners(self) -> tuple[Fraction, list[Point]]:
        """The linear program's best value, and all corners that reach it."""
        corners = self.corners()
        if not corners:
            raise ValueError("the small model has no corner: no plan keeps its limits")
        values = [_dot(self.cost, corner) for corner in corners]
        best = max(values) if self.maximise else min(values)
        return best, [c for c, value in zip(corners, values, strict=True) if value == best]

    def best_whole(self) -> tuple[int, list[tuple[int, ...]]] | None:
        """The best value in whole numbers and all plans that reach it; None if there is none."""
        way = 1 if self.maximise else -1
        best: int | None = None
        plans: list[tuple[int, ...]] = []
        last = len(self.cost) - 1
        for head, low, high in self._whole_lines():
            ends = range(low, high + 1) if not self.cost[last] else {low, high}
            for end in sorted(ends):
                plan = (*head, end)
                value = sum(c * x for c, x in zip(self.cost, plan, strict=True))
                if best is None or way * value > way * best:
                    best, plans = value, [plan]
                elif value == best:
                    plans.append(plan)
        return None if best is None else (best, plans)

    def whole_plans(self) -> list[tuple[int, ...]]:
        """All plans in whole numbers."""
        lines = self._whole_lines()
        return [(*head, end) for head, low, high in lines for end in range(low, high + 1)]

    def _box(self, j: int) -> tuple[int, int]:
        """Between which whole numbers a variable must lie, by its row with the least room."""
        rooms = [
            (right - sum(f * low for f, low in zip(factors, self.lower, strict=True))) // factors[j]
            for factors, right in self.rows
            if factors[j] > 0 and min(factors) >= 0
        ]
        if rooms:
            return self.lower[j], self.lower[j] + min(rooms)
        side = [corner[j] for corner in self.corners()]
        return math.ceil(min(side, default=1)), math.floor(max(side, default=0))

    def _whole_lines(self) -> Iterator[tuple[tuple[int, ...], int, int]]:
        """For all whole values but the last variable's: from where to where that one may go."""
        boxes = [self._box(j) for j in range(len(self.cost))]
        return self._lines(boxes, (), [right for _, right in self.limits])

    def _lines(
        self, boxes: list[tuple[int, int]], head: tuple[int, ...], rooms: list[int]
    ) -> Iterator[tuple[tuple[int, ...], int, int]]:
        """The lines that begin with some values; a room is what these leave of a limit."""
        j = len(head)
        low, high = boxes[j]
        column = [factors[j] for factors, _ in self.limits]
        if j < len(boxes) - 1:
            for x in range(low, high + 1):
                left = [room - f * x for f, room in zip(column, rooms, strict=True)]
                yield from self._lines(boxes, (*head, x), left)
            return
        for f, room in zip(column, rooms, strict=True):
            if f > 0:
                high = min(high, room // f)
            elif f < 0:
                low = max(low, -(room // -f))
            elif room < 0:
                return
        if low <= high:
            yield head, low, high


def _dot(factors: Sequence[int], plan: Sequence[Any]) -> Any:
    # Whole factors, and plans in fractions or in halves: every order of adding gives the same.
    return sum(f * x for f, x in zip(factors, plan, strict=True))


def corner_where(rows: Sequence[Row]) -> Point | None:
    """The point at which as many limits as variables hold as equations; None: there is not one.

    Examples
    --------
    >>> corner_where([((2, 1), 6), ((2, 2), 9)])
    (Fraction(3, 2), Fraction(3, 1))
    """
    whole, parts = _cramer(rows)
    return tuple(Fraction(part, whole) for part in parts) if whole else None


def _cramer(rows: Sequence[Row]) -> tuple[int, list[int]]:
    """Cramer's rule: the common denominator, not below zero, and the numerators."""
    body = [factors for factors, _ in rows]
    whole = _determinant(body)
    if not whole:
        return 0, []
    sign = 1 if whole > 0 else -1
    parts = []
    for j in range(len(body)):
        swapped = [
            (*line[:j], right, *line[j + 1 :]) for line, (_, right) in zip(body, rows, strict=True)
        ]
        parts.append(sign * _determinant(swapped))
    return sign * whole, parts


def _determinant(body: Sequence[Sequence[int]]) -> int:
    if len(body) == 1:
        return body[0][0]
    if len(body) == 2:
        return body[0][0] * body[1][1] - body[0][1] * body[1][0]
    (a, b, c), (d, e, f), (g, h, i) = body
    return a * (e * i - f * h) - b * (d * i - f * g) + c * (d * h - e * g)


def differing(right: Mapping[str, Any], values: Mapping[str, Any]) -> dict[str, Any] | None:
    """Of a wrong model's values those that are wrong indeed; None if it finds all by chance.

    Parameters
    ----------
    right, values : mapping
        Field to value, as the solver and the wrong model give them.
    """
    found = {name: value for name, value in values.items() if value != right[name]}
    return found or None
