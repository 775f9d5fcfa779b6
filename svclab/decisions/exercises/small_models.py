"""Small models in whole numbers, worked out without a solver: by corners and by trying plans.

Exercises deal hundreds of variants; what is right, and what each wrong model gives, must be there
at once and be exact. A solver gives the same (the tests compare), but takes longer.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property, lru_cache
from itertools import combinations
from operator import mul
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
        for factors, right in self.limits:
            if _dot(factors, plan) > right:
                return None
        return _dot(self.cost, plan)

    def corners(self) -> list[Point]:
        """The corners of the region, each once."""
        found: dict[Point, None] = {}
        limits = self.limits
        for rows in combinations(limits, len(self.cost)):
            whole, parts = _cramer(rows)
            # Without fractions until the point is known to be a corner: most are not.
            if whole and all(_dot(factors, parts) <= right * whole for factors, right in limits):
                found[tuple(Fraction(part, whole) for part in parts)] = None
        return list(found)

    def best_corners(self) -> tuple[Fraction, list[Point]]:
        """The linear program's best value, and all corners that reach it."""
        return _best_corners(self)

    def best_whole(self) -> tuple[int, list[tuple[int, ...]]] | None:
        """The best value in whole numbers and all plans that reach it; None if there is none."""
        return _best_whole(self)

    def whole_plans(self) -> list[tuple[int, ...]]:
        """All plans in whole numbers."""
        return [(*head, end) for head, ends in self.whole_lines() for end in ends]

    def _box(self, j: int) -> tuple[int, int]:
        """Between which whole numbers a variable must lie, by its row with the least room."""
        rooms = [
            (right - _dot(factors, self.lower)) // factors[j]
            for factors, right in self.rows
            if factors[j] > 0 and min(factors) >= 0
        ]
        if rooms:
            return self.lower[j], self.lower[j] + min(rooms)
        side = [corner[j] for corner in self.corners()]
        return math.ceil(min(side, default=1)), math.floor(max(side, default=0))

    def whole_lines(self) -> list[tuple[tuple[int, ...], range]]:
        """All whole values of all variables but the last, with those that it may have then."""
        columns = list(zip(*(factors for factors, _ in self.limits), strict=True))
        later = [0] * len(self.limits)  # what the variables behind one take at the least
        levels: list[_Level] = []
        for j in reversed(range(len(self.cost))):
            low, high = self._box(j)
            levels.insert(0, (low, high, columns[j], later))
            takes = [min(f * low, f * high) for f in columns[j]]
            later = [a + b for a, b in zip(takes, later, strict=True)]
        heads: list[tuple[tuple[int, ...], list[int]]] = [((), [right for _, right in self.limits])]
        for level, column in zip(levels[:-1], columns[:-1], strict=True):
            heads = [
                ((*head, x), [room - f * x for f, room in zip(column, rooms, strict=True)])
                for head, rooms in heads
                for x in _span(level, rooms)
            ]
        lines = [(head, _span(levels[-1], rooms)) for head, rooms in heads]
        return [(head, ends) for head, ends in lines if ends]


#: A variable in the search: from where to where it goes, what one of it takes of each limit, and
#: what all variables behind it take at the least.
_Level = tuple[int, int, tuple[int, ...], list[int]]


def _span(level: _Level, rooms: Sequence[int]) -> range:
    """The whole values that a variable may have; a room is what is left of a limit."""
    low, high, column, later = level
    for f, room, least in zip(column, rooms, later, strict=True):
        if f > 0:
            high = min(high, (room - least) // f)
        elif f < 0:
            low = max(low, -((room - least) // -f))
        elif room < least:
            return range(0)
    return range(low, high + 1)


# Kept: the answers, the mistakes and the texts of an exercise ask for the same model again.


@lru_cache(maxsize=512)
def _best_corners(model: SmallModel) -> tuple[Fraction, list[Point]]:
    corners = model.corners()
    if not corners:
        raise ValueError("the small model has no corner: no plan keeps its limits")
    values = [_dot(model.cost, corner) for corner in corners]
    best = max(values) if model.maximise else min(values)
    return best, [c for c, value in zip(corners, values, strict=True) if value == best]


@lru_cache(maxsize=512)
def _best_whole(model: SmallModel) -> tuple[int, list[tuple[int, ...]]] | None:
    way = 1 if model.maximise else -1
    up = way * model.cost[-1]  # whether a line is best at its end, at its beginning, or all along
    best: int | None = None
    plans: list[tuple[int, ...]] = []
    for head, ends in model.whole_lines():
        for end in ends[-1:] if up > 0 else ends[:1] if up < 0 else ends:
            plan = (*head, end)
            value = _dot(model.cost, plan)
            if best is None or way * value > way * best:
                best, plans = value, [plan]
            elif value == best:
                plans.append(plan)
    return None if best is None else (best, plans)


def _dot(factors: Sequence[int], plan: Sequence[Any]) -> Any:
    # Whole factors, and plans in fractions or in halves: every order of adding gives the same.
    return sum(map(mul, factors, plan))


def corner_where(rows: Sequence[Row]) -> Point | None:
    """The point at which as many limits as variables hold as equations; None: there is not one.

    Examples
    --------
    >>> corner_where([((2, 1), 6), ((2, 2), 9)])
    (Fraction(3, 2), Fraction(3, 1))
    """
    whole, parts = _cramer(rows)
    return tuple(Fraction(part, whole) for part in parts) if whole else None


def _cramer(rows: Sequence[Row]) -> tuple[int, tuple[int, ...]]:
    """Cramer's rule: the common denominator, not below zero, and the numerators.

    Written out for one to three variables: a variant asks for thousands of points.
    """
    parts: tuple[int, ...]
    if len(rows) == 1:
        [((whole,), right)] = rows
        parts = (right,)
    elif len(rows) == 2:
        ((a, b), r), ((c, d), s) = rows
        whole = a * d - b * c
        parts = (r * d - b * s, a * s - r * c)
    else:
        ((a, b, c), r), ((d, e, f), s), ((g, h, i), t) = rows
        u, v, w = e * i - f * h, d * i - f * g, d * h - e * g
        whole = a * u - b * v + c * w
        k, m, n = s * i - f * t, s * h - e * t, d * t - s * g
        parts = (r * u - b * k + c * m, a * k - r * v + c * n, r * w - a * m - b * n)
    return (whole, parts) if whole >= 0 else (-whole, tuple(-part for part in parts))


def differing(right: Mapping[str, Any], values: Mapping[str, Any]) -> dict[str, Any] | None:
    """Of a wrong model's values those that are wrong indeed; None if it finds all by chance.

    Parameters
    ----------
    right, values : mapping
        Field to value, as the solver and the wrong model give them.
    """
    found = {name: value for name, value in values.items() if value != right[name]}
    return found or None
