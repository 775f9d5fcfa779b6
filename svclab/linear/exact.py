"""A PuLP problem in exact fractions, for small problems that are reasoned about, not just solved.

A float is read as the decimal that it shows: 0.1 is 1/10.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, Any

from svclab.linear.arrays import arrays, column_variables, named_constraints
from svclab.words import number

if TYPE_CHECKING:
    import pulp

__all__ = ["ExactProblem", "ExactRow", "decimal", "exact", "formula"]


@dataclass(frozen=True)
class ExactRow:
    """One constraint: lower <= factors · x <= upper."""

    name: str
    factors: tuple[Fraction, ...]  # one a variable, in the order of the problem's names
    lower: Fraction | None  # None: no limit below
    upper: Fraction | None  # None: no limit above

    @cached_property
    def entries(self) -> tuple[tuple[int, Fraction], ...]:
        """The factors that are not zero, each with the place of its variable."""
        return tuple((j, a) for j, a in enumerate(self.factors) if a)

    @property
    def relation(self) -> str:
        """``"<="``, ``">="`` or ``"="``."""
        if self.lower is None:
            return "<="
        return ">=" if self.upper is None else "="

    @property
    def right(self) -> Fraction:
        """The right-hand side."""
        side = self.upper if self.upper is not None else self.lower
        return Fraction(0) if side is None else side

    def activity(self, plan: tuple[Fraction, ...]) -> Fraction:
        """What the left-hand side comes to in a plan."""
        return sum((a * plan[j] for j, a in self.entries), Fraction(0))

    def holds(self, plan: tuple[Fraction, ...]) -> bool:
        """Whether a plan keeps the constraint, exactly."""
        left = self.activity(plan)
        return (self.lower is None or left >= self.lower) and (
            self.upper is None or left <= self.upper
        )


@dataclass(frozen=True)
class ExactProblem:
    """A linear program in fractions: make ``offset + cost · x`` largest or smallest."""

    name: str
    maximise: bool
    offset: Fraction
    names: tuple[str, ...]  # of the variables
    cost: tuple[Fraction, ...]
    lower: tuple[Fraction | None, ...]  # None: minus infinity
    upper: tuple[Fraction | None, ...]  # None: plus infinity
    integer: tuple[bool, ...]
    rows: tuple[ExactRow, ...]

    def objective(self, plan: tuple[Fraction, ...]) -> Fraction:
        """The objective of a plan, its constant included."""
        terms = (c * x for c, x in zip(self.cost, plan, strict=True))
        return sum(terms, self.offset)

    def feasible(self, plan: tuple[Fraction, ...], *, whole: bool = True) -> bool:
        """Whether a plan keeps bounds, constraints and, if ``whole``, whole numbers, exactly."""
        for x, low, high, integer in zip(plan, self.lower, self.upper, self.integer, strict=True):
            if (low is not None and x < low) or (high is not None and x > high):
                return False
            if whole and integer and x.denominator != 1:
                return False
        return all(row.holds(plan) for row in self.rows)

    def text(self, row: ExactRow) -> str:
        """A constraint as one reads it.

        Examples
        --------
        >>> one = ExactRow("large", (Fraction(2), Fraction(1)), None, Fraction(6))
        >>> none = (None, None)
        >>> problem = ExactProblem(
        ...     "toys", True, Fraction(0), ("table", "chair"), (Fraction(20), Fraction(15)),
        ...     none, none, (True, True), (one,))
        >>> problem.text(one)
        '2 table + chair ≤ 6'
        """
        sign = {"<=": "≤", ">=": "≥", "=": "="}[row.relation]
        return f"{formula(row.factors, self.names)} {sign} {decimal(row.right)}"


def decimal(value: Fraction | float, digits: int = 4) -> str:
    """A number for a reader: at most so many decimals."""
    return number(float(value), digits).text


def formula(factors: tuple[Fraction, ...], names: tuple[str, ...]) -> str:
    """A sum of multiples as one writes it, such as ``2 table + chair``.

    Examples
    --------
    >>> formula((Fraction(2), Fraction(-1), Fraction(0)), ("x", "y", "z"))
    '2 x − y'
    """
    text = ""
    for factor, name in zip(factors, names, strict=True):
        if factor:
            size = "" if abs(factor) == 1 else decimal(abs(factor)) + " "
            sign = ("− " if factor < 0 else "+ ") if text else ("−" if factor < 0 else "")
            text += f"{' ' if text else ''}{sign}{size}{name}"
    return text or "0"


def exact(problem: pulp.LpProblem | ExactProblem) -> ExactProblem:
    """Read a PuLP problem into fractions.

    Parameters
    ----------
    problem : pulp.LpProblem or ExactProblem
        Any problem; an exact one is given back as it is.

    Returns
    -------
    ExactProblem
        The same problem. Columns stand in the order of first appearance.

    Raises
    ------
    ValueError
        If the problem is empty or not finite; see :func:`svclab.linear.arrays`.

    Examples
    --------
    >>> import pulp
    >>> toys = pulp.LpProblem("toys", pulp.LpMaximize)
    >>> toys += 0.1 * toys.add_variable("table", 0)
    >>> exact(toys).cost
    (Fraction(1, 10),)
    """
    if isinstance(problem, ExactProblem):
        return problem
    model = arrays(problem)
    columns, rows = model["columns"], model["rows"]
    return ExactProblem(
        name=problem.name,
        maximise=model["sense"] == "max",
        offset=_fraction(model["offset"]),
        names=tuple(v.name for v in column_variables(problem)),
        cost=tuple(_fraction(c) for c in columns["cost"]),
        lower=tuple(_side(b) for b in columns["lower"]),
        upper=tuple(_side(b) for b in columns["upper"]),
        integer=tuple(columns["integer"]),
        rows=tuple(
            ExactRow(
                name,
                _dense(rows, i, len(columns["cost"])),
                _side(rows["lower"][i]),
                _side(rows["upper"][i]),
            )
            for i, name in enumerate(named_constraints(problem))
        ),
    )


def _fraction(value: float) -> Fraction:
    return Fraction(repr(float(value)))


def _side(value: float | None) -> Fraction | None:
    return None if value is None or math.isinf(value) else _fraction(value)


def _dense(rows: dict[str, Any], i: int, width: int) -> tuple[Fraction, ...]:
    factors = [Fraction(0)] * width
    for e in range(rows["start"][i], rows["start"][i + 1]):
        factors[rows["index"][e]] += _fraction(rows["value"][e])
    return tuple(factors)
