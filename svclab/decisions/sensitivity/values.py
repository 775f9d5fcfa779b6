"""The best objective as one right-hand side moves: the linear and the integer program together.

For the linear program the value function is piecewise linear, and its slope is the shadow price.
Between two right-hand sides a basis is found (HiGHS), worked out in fractions, and holds over
its own range; what is left on either side is treated in the same way until nothing is left: a
finite number of parametric steps, with exact breakpoints. For whole numbers it is a staircase:
if all variables of the constraint are whole, only multiples of the greatest common divisor of
its factors can matter.

References
----------
Gal, T. (1995). Postoptimal Analyses, Parametric Programming, and Related Topics, 2nd ed., de
Gruyter.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING

from svclab.checks import a_number
from svclab.decisions.sensitivity.program import Program, Value, corner_of
from svclab.linear.exact import ExactRow, decimal
from svclab.shown import html_table, text_table
from svclab.words import number, say

if TYPE_CHECKING:
    import pulp

__all__ = ["ValueFunction", "value_function"]

#: More steps than this are not listed; the integer program is then sampled.
MOST_STEPS = 400
SAMPLES = 41


@dataclass(frozen=True)
class ValueFunction:
    """The best objective as a function of one right-hand side."""

    constraint: str  # name
    relation: str  # "<=", ">=" or "="
    current: float  # the right-hand side as stated
    lower: float  # of the range studied
    upper: float
    maximise: bool
    # Corners of the linear program's curve, (right-hand side, objective), from left to right;
    # straight lines between them. Outside them no plan is possible, within the range studied.
    corners: tuple[tuple[float, float], ...]
    slopes: tuple[float, ...]  # one between each two corners: the shadow price there
    # Whole plans: (right-hand side, objective); the objective is None where there is no plan.
    steps: tuple[tuple[float, float | None], ...]
    # Whether the steps are all there are: between two of them nothing changes.
    complete: bool
    exact: bool  # whether the corners were worked out in fractions

    def linear(self, right: float) -> float | None:
        """The linear program's objective at a right-hand side; None: no plan."""
        for (a, v), (b, w) in pairwise(self.corners):
            if a <= right <= b:
                return v if b == a else v + (w - v) * (right - a) / (b - a)
        return next((v for a, v in self.corners if a == right), None)

    def whole(self, right: float) -> float | None:
        """The objective in whole numbers at a right-hand side; None: no plan, or not known."""
        near = 1e-9 * max(1.0, abs(right))
        if not self.complete or self.relation == "=":
            return next((v for b, v in self.steps if abs(b - right) <= near), None)
        if self.relation == "<=":
            return next((v for b, v in reversed(self.steps) if b <= right + near), None)
        return next((v for b, v in self.steps if b >= right - near), None)

    def __repr__(self) -> str:
        return text_table(*self._table(), self._notes())

    def _repr_html_(self) -> str:
        return html_table(*self._table(), notes=self._notes())

    def _table(self) -> tuple[str, list[str], list[list[str]]]:
        title = say("Best objective as {name} moves", name=self.constraint)
        places = sorted({b for b, _ in self.corners} | {b for b, _ in self.steps})
        unknown = "no plan" if self.complete else "–"
        rows = [
            [
                decimal(b),
                "no plan" if both[0] is None else decimal(both[0]),
                unknown if both[1] is None else decimal(both[1]),
            ]
            for b in places
            for both in [(self.linear(b), self.whole(b))]
        ]
        return title, ["right side", "linear", "whole"], rows

    def _notes(self) -> list[str]:
        return [
            say(
                "from {a} to {b}: {slope} per unit",
                a=number(a, 4),
                b=number(b, 4),
                slope=number(slope, 4),
            )
            for (a, _), (b, _), slope in zip(
                self.corners, self.corners[1:], self.slopes, strict=False
            )
        ]


def value_function(
    problem: pulp.LpProblem, constraint: str, *, lower: float, upper: float, whole: bool = True
) -> ValueFunction:
    """The best objective for every right-hand side from ``lower`` to ``upper``.

    Parameters
    ----------
    problem : pulp.LpProblem
        Linear or with whole variables. The linear curve is that of the problem without
        whole-number conditions; the steps are those of the problem with *all* variables
        whole if none is declared so, else with those declared.
    constraint : str
        Name of the constraint that is moved.
    lower, upper : float
        The range of its right-hand side.
    whole : bool
        Whether to work out the integer program too; it can take much longer.

    Returns
    -------
    ValueFunction
        Corners and slopes of the linear program, steps of the integer program.

    Raises
    ------
    ValueError
        If there is no such constraint, the range is empty or not finite, or the linear program
        is unbounded.

    Examples
    --------
    >>> import pulp
    >>> toys = pulp.LpProblem("toys", pulp.LpMaximize)
    >>> table, chair = toys.add_variable("table", 0), toys.add_variable("chair", 0)
    >>> toys += 20 * table + 15 * chair
    >>> toys += 2 * table + chair <= 6, "large"
    >>> toys += 2 * table + 2 * chair <= 8, "small"
    >>> curve = value_function(toys, "small", lower=0, upper=14)
    >>> curve.corners, curve.slopes
    (((0.0, 0.0), (6.0, 60.0), (12.0, 90.0), (14.0, 90.0)), (10.0, 5.0, 0.0))
    >>> [curve.whole(blocks) for blocks in (8, 9, 10)]
    [70.0, 70.0, 80.0]
    """
    low, high = _end("lower", lower), _end("upper", upper)
    if low >= high:
        raise ValueError(f"lower={lower!r} must be below upper={upper!r}: give a range")
    program = Program(problem)
    i = program.row(constraint)
    row = program.known.rows[i]
    curve = _Curve(program, i)
    pieces = curve.between(low, high)
    corners = _corners(pieces)
    steps, complete = _steps(program, i, low, high) if whole else ((), False)
    return ValueFunction(
        constraint,
        row.relation,
        float(row.right),
        float(low),
        float(high),
        program.known.maximise,
        tuple((float(b), float(v)) for b, v in corners),
        tuple(float((w - v) / (b - a)) for (a, v), (b, w) in pairwise(corners)),
        steps,
        complete,
        curve.exact,
    )


def _end(name: str, value: float) -> Fraction:
    return Fraction(repr(a_number(name, value)))


@dataclass(frozen=True)
class _Piece:
    """A straight part of the curve."""

    low: Value
    high: Value
    slope: Value
    at_low: Value

    def at(self, right: Value) -> Value:
        return self.at_low + self.slope * (right - self.low)


class _Curve:
    """The linear program's value function, piece by piece."""

    def __init__(self, program: Program, i: int) -> None:
        self.program, self.i, self.exact = program, i, True

    def between(self, low: Value, high: Value) -> list[_Piece]:
        """The pieces from ``low`` to ``high``, from left to right, where there are plans."""
        first, last = self._domain()
        low, high = max(low, first), min(high, last)
        if low > high:
            return []
        pieces = self._fill(low, high, 0)
        return sorted(pieces, key=lambda piece: (piece.low, piece.high))

    def _domain(self) -> tuple[Value, Value]:
        """For which right-hand sides there is a plan: the row's own least and most."""
        program, i = self.program, self.i
        row = program.known.rows[i]
        ends: list[Value] = [-math.inf, math.inf]
        if row.relation != ">=":
            ends[0] = self._extreme(False)
        if row.relation != "<=":
            ends[1] = self._extreme(True)
        return ends[0], ends[1]

    def _extreme(self, most: bool) -> Value:
        """The most or least that the left-hand side can come to, without its own limit."""
        program, i = self.program, self.i
        row = program.known.rows[i]
        sides = {
            side: [None if r == i else end for r, end in enumerate(program.model["rows"][side])]
            for side in ("lower", "upper")
        }
        model = {
            **program.model,
            "sense": "max" if most else "min",
            "offset": 0.0,
            "columns": {**program.model["columns"], "cost": [float(a) for a in row.factors]},
            "rows": {**program.model["rows"], **sides},
        }
        loose = ExactRow(row.name, row.factors, None, None)
        rows = (*program.known.rows[:i], loose, *program.known.rows[i + 1 :])
        known = replace(
            program.known, maximise=most, offset=Fraction(0), cost=row.factors, rows=rows
        )
        status, corner = corner_of(program.name, model, known)
        if corner is not None:
            self.exact = self.exact and corner.exact
            return corner.objective
        nothing = status == "infeasible"
        return (-math.inf if most else math.inf) if nothing else (math.inf if most else -math.inf)

    def _fill(self, low: Value, high: Value, depth: int) -> list[_Piece]:
        if low > high or depth > 60:
            return []
        if not self.exact and depth and float(high) - float(low) < 1e-9:
            return []
        middle = (low + high) / 2
        piece = self._piece(middle, low, high)
        if piece.low == piece.high and low < high:  # a knot of bases: look beside it
            piece = self._piece((2 * low + high) / 3, low, high)
        found = [piece]
        if piece.low > low:
            found += self._fill(low, piece.low, depth + 1)
        if piece.high < high:
            found += self._fill(piece.high, high, depth + 1)
        return found

    def _piece(self, right: Value, low: Value, high: Value) -> _Piece:
        status, corner = self.program.corner(self.i, right)
        if corner is None:
            raise ValueError(
                f"the problem {self.program.name!r} is {status} with a right-hand side of "
                f"{float(right):g} for {self.program.known.rows[self.i].name!r}: it has no best "
                "objective to draw; why(problem) says more"
            )
        self.exact = self.exact and corner.exact
        start, end = corner.right_sides[self.i]
        start, end = min(max(start, low), right), max(min(end, high), right)
        slope = corner.prices[self.i]
        return _Piece(start, end, slope, corner.objective + slope * (start - right))


def _corners(pieces: list[_Piece]) -> list[tuple[Value, Value]]:
    """The ends of the pieces, without those at which the slope stays the same."""
    corners: list[tuple[Value, Value]] = []
    last: _Piece | None = None
    for piece in pieces:
        if piece.low == piece.high and last is not None:
            continue
        straight = last is not None and abs(float(piece.slope - last.slope)) <= 1e-9 * max(
            1.0, abs(float(piece.slope))
        )
        if straight:
            corners.pop()
        elif last is None:
            corners.append((piece.low, piece.at_low))
        corners.append((piece.high, piece.at(piece.high)))
        last = piece
    if len(corners) == 2 and corners[0][0] == corners[1][0]:
        corners.pop()
    return corners


def _steps(
    program: Program, i: int, low: Fraction, high: Fraction
) -> tuple[tuple[tuple[float, float | None], ...], bool]:
    """The integer program's values, and whether they are all there are."""
    program.all_whole()
    row = program.known.rows[i]
    used = [(a, w) for a, w in zip(row.factors, program.known.integer, strict=True) if a]
    unit = _common([a for a, _ in used])
    whole = bool(used) and all(w for _, w in used)
    first, last = (math.ceil(low / unit), math.floor(high / unit)) if whole else (0, -1)
    if row.relation == "<=":
        first = min(first, math.floor(low / unit)) if whole else first
    elif row.relation == ">=" and whole:
        last = max(last, math.ceil(high / unit))
    complete = whole and 0 <= last - first <= MOST_STEPS
    places = (
        [unit * k for k in range(first, last + 1)]
        if complete
        else [low + (high - low) * k / (SAMPLES - 1) for k in range(SAMPLES)]
    )
    values = _staircase(program, i, places, row.relation != "=")
    return tuple((float(b), v) for b, v in zip(places, values, strict=True)), complete


def _common(factors: list[Fraction]) -> Fraction:
    """The greatest common divisor of fractions."""
    if not factors:
        return Fraction(1)
    scale = math.lcm(*(a.denominator for a in factors))
    return Fraction(math.gcd(*(int(a * scale) for a in factors)), scale)


def _staircase(
    program: Program, i: int, places: list[Fraction], monotone: bool
) -> list[float | None]:
    """The best whole objective at each place; a stair is not climbed twice."""
    known: dict[int, float | None] = {}

    def value(k: int) -> float | None:
        if k not in known:
            known[k] = program.best_whole(i, places[k])[1]
        return known[k]

    def fill(a: int, b: int) -> None:
        if b - a < 2:
            return
        if monotone and value(a) == value(b):
            known.update(dict.fromkeys(range(a + 1, b), value(a)))
            return
        middle = (a + b) // 2
        value(middle)
        fill(a, middle)
        fill(middle, b)

    if places:
        value(0)
        value(len(places) - 1)
        fill(0, len(places) - 1)
    return [value(k) for k in range(len(places))]
