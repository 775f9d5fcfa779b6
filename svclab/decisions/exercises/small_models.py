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
from itertools import combinations, product
from operator import mul
from typing import Any

from svclab.linear import ExactBasis, ExactProblem, exact_basis
from svclab.linear.exact import ExactRow

__all__ = ["Row", "SmallModel", "corner_where", "differing", "dot"]

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
        after = len(self.cost) - 1
        below = (((0,) * j + (-1,) + (0,) * (after - j), -x) for j, x in enumerate(self.lower))
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
        binds = [dot(factors, plan[0]) == right for factors, right in self.limits]
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
            if dot(factors, plan) > right:
                return None
        return dot(self.cost, plan)

    def corners(self) -> list[Point]:
        """The corners of the region, each once."""
        return list(_corners(self))

    def corner_values(self) -> dict[Point, Fraction]:
        """The corners of the region, each with its objective."""
        return dict(_corners(self))

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
            (right - dot(factors, self.lower)) // factors[j]
            for factors, right in self.rows
            if factors[j] > 0 and min(factors) >= 0
        ]
        if rooms:
            # Among the limits of this variable alone is its lower bound.
            low = max(-(right // -f[j]) for f, right in self.limits if f[j] < 0 and _alone(f))
            return low, self.lower[j] + min(rooms)
        side = [corner[j] for corner in self.corners()]
        return math.ceil(min(side, default=1)), math.floor(max(side, default=0))

    def whole_lines(self) -> list[tuple[tuple[int, ...], range]]:
        """All whole values of all variables but the last, with those that it may have then."""
        n = len(self.cost)
        # In front zeros for the variables that there are not: so the loops can be written out.
        front = (0,) * (3 - n)
        boxes = [*((0, 0) for _ in front), *map(self._box, range(n))]
        (x_low, x_high), (y_low, y_high), (z_low, z_high) = boxes
        # A limit of one variable alone is kept by its box.
        rows = [(*front, *factors, right) for factors, right in self.limits if not _alone(factors)]
        lines = []
        for x, y in product(range(x_low, x_high + 1), range(y_low, y_high + 1)):
            low, high = z_low, z_high
            for a, b, c, right in rows:
                room = right - a * x - b * y
                if c > 0:
                    if room < c * high:
                        high = room // c
                elif room < c * low:  # a limit takes none of z, or z gives it room
                    low = -(room // -c) if c else high + 1
            if low <= high:
                lines.append(((x, y)[3 - n :], range(low, high + 1)))
        return lines


# Kept: the answers, the mistakes and the texts of an exercise ask for the same model again.


@lru_cache(maxsize=512)
def _corners(model: SmallModel) -> dict[Point, Fraction]:
    """The corners of the region, each once, with its objective."""
    # In parts of a unit right-hand sides are whole that are fractions; nearly always it is 1.
    unit = math.lcm(*(right.denominator for _, right in model.limits))
    whole_limits = [(factors, int(right * unit)) for factors, right in model.limits]
    # With zeros for the variables that there are not: so the loop below can be written out.
    limits = [((*factors, 0, 0)[:3], right) for factors, right in whole_limits]
    found: dict[Point, Fraction] = {}
    for rows in combinations(whole_limits, len(model.cost)):
        whole, parts = _cramer(rows)
        if not whole:
            continue
        x, y, z = (*parts, 0, 0)[:3]
        # Without fractions until the point is known to be a corner: most are not.
        for (a, b, c), right in limits:
            if a * x + b * y + c * z > right * whole:
                break
        else:
            point = tuple(Fraction(part, whole * unit) for part in parts)
            found[point] = Fraction(dot(model.cost, parts), whole * unit)
    return found


@lru_cache(maxsize=512)
def _best_corners(model: SmallModel) -> tuple[Fraction, list[Point]]:
    corners = _corners(model)
    if not corners:
        raise ValueError("the small model has no corner: no plan keeps its limits")
    best = max(corners.values()) if model.maximise else min(corners.values())
    return best, [corner for corner, value in corners.items() if value == best]


@lru_cache(maxsize=512)
def _best_whole(model: SmallModel) -> tuple[int, list[tuple[int, ...]]] | None:
    up = model.cost[-1] if model.maximise else -model.cost[-1]
    # A line is best at its end, at its beginning, or all along.
    part = slice(-1, None) if up > 0 else slice(1) if up < 0 else slice(None)
    plans = [(*head, end) for head, ends in model.whole_lines() for end in ends[part]]
    if not plans:
        return None
    values = [dot(model.cost, plan) for plan in plans]
    best = max(values) if model.maximise else min(values)
    return best, [plan for plan, value in zip(plans, values, strict=True) if value == best]


def _alone(factors: Sequence[int]) -> bool:
    """Whether a limit is one of a single variable."""
    return sum(map(bool, factors)) == 1


def dot(factors: Sequence[int], plan: Sequence[Any]) -> Any:
    """What a plan takes of a limit, or is worth: factors · plan."""
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
        if not whole:
            return 0, ()
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
