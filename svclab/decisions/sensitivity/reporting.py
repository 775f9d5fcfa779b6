"""The sensitivity report of a linear program, with what most reports leave out."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from svclab.decisions.sensitivity.marginal import one_sided, reach
from svclab.decisions.sensitivity.program import Corner, Program, Value
from svclab.decisions.sensitivity.ties import other_optimum
from svclab.decisions.sensitivity.wording import (
    cost_sentence,
    degenerate_sentence,
    fixed_sentence,
    price_sentence,
    tie_sentence,
)
from svclab.linear.exact import decimal
from svclab.shown import html_table, text_table
from svclab.words import number, say

if TYPE_CHECKING:
    import pulp

__all__ = ["ConstraintLine", "Report", "VariableLine", "report"]


@dataclass(frozen=True)
class ConstraintLine:
    """One constraint of the report; prices in units of the objective per unit of the limit."""

    name: str
    text: str  # as one reads it, "2 table + chair ≤ 6"
    used: float  # the left-hand side in the plan
    right: float  # the right-hand side
    price: float  # shadow price: change of the objective per unit of right-hand side
    # The price holds while the right-hand side is at least this and at most that; with two
    # prices the one for less from ``low`` to the right-hand side, the one for more from it on.
    low: float
    high: float
    # Change of the objective per unit more, and per unit less, beside the right-hand side. Where
    # they differ, the corner is degenerate. None: on that side no plan is possible.
    more: float | None
    less: float | None

    @property
    def slack(self) -> float:
        """What is left over, or what is done beyond the least."""
        return abs(self.right - self.used) + 0.0

    @property
    def binds(self) -> bool:
        """Whether the constraint holds as an equation."""
        return self.slack <= 1e-7 * max(1.0, abs(self.right))

    @property
    def fixed(self) -> bool:
        """Whether neither more nor less of it leaves a plan, so that its price says nothing."""
        return self.more is None and self.less is None

    @property
    def two_prices(self) -> bool:
        """Whether one more is not worth what one less costs."""
        if self.more is None or self.less is None:
            return self.more is not self.less
        return abs(self.more - self.less) > 1e-7 * max(1.0, abs(self.more))

    @property
    def cells(self) -> tuple[str, str, str]:
        """Price and range as a table shows them; each of two prices with its own side."""
        if self.fixed:
            return "–", "–", "–"
        price = decimal(self.price)
        if self.two_prices:
            less, more = ("no plan" if x is None else decimal(x) for x in (self.less, self.more))
            price = say(
                "{less} below {right}, {more} above",
                less=less,
                right=decimal(self.right),
                more=more,
            )
        return price, _cell(self.low), _cell(self.high)


@dataclass(frozen=True)
class VariableLine:
    """One variable of the report."""

    name: str
    value: float
    coefficient: float  # in the objective
    reduced_cost: float  # change of the objective per unit, where it stands at a bound
    low: float  # the plan stays optimal while the coefficient is at least this
    high: float  # ... and at most this


@dataclass(frozen=True)
class Report:
    """Optimum, shadow prices, reduced costs and ranges of a linear program."""

    objective: float
    maximise: bool
    variables: tuple[VariableLine, ...]
    constraints: tuple[ConstraintLine, ...]
    # All limits that meet in the corner, if they are more than it needs: constraints by name,
    # variables at a bound as "chair = 0". Empty: not degenerate.
    degenerate: tuple[str, ...]
    second: Mapping[str, float] | None  # another optimal plan; None: there is no other
    endless: bool  # whether the optimal plans go on without end
    exact: bool  # computed in fractions from HiGHS's basis, not with a tolerance
    relaxed: bool  # whether a whole-number condition was dropped

    @property
    def plan(self) -> dict[str, float]:
        """The optimal plan."""
        return {line.name: line.value for line in self.variables}

    def constraint(self, name: str) -> ConstraintLine:
        """A constraint's line, by name."""
        return next(line for line in self.constraints if line.name == name)

    def variable(self, name: str) -> VariableLine:
        """A variable's line, by name."""
        return next(line for line in self.variables if line.name == name)

    @property
    def sentences(self) -> tuple[str, ...]:
        """What a manager should know of it, in words."""
        told = [price_sentence(line) for line in self.constraints if line.binds and not line.fixed]
        if fixed := [line.name for line in self.constraints if line.fixed]:
            told.append(fixed_sentence(fixed))
        told += [cost_sentence(self, line) for line in self.variables if line.reduced_cost]
        if self.degenerate:
            told.append(degenerate_sentence(self))
        if self.second is not None:
            told.append(tie_sentence(self))
        if self.relaxed:
            told.append("All this is for the linear program: whole numbers were not asked for.")
        return tuple(told)

    def __repr__(self) -> str:
        return "\n".join([*self._tables(text_table), *self.sentences])

    def _repr_html_(self) -> str:
        below = "".join(f"<div>{escape(sentence)}</div>" for sentence in self.sentences)
        return "".join(self._tables(html_table)) + below

    def _tables(self, table) -> list[str]:  # type: ignore[no-untyped-def]
        best = "largest" if self.maximise else "smallest"
        variables = table(
            say("Objective {value} ({best})", value=number(self.objective, 4), best=best),
            ["variable", "value", "coefficient", "reduced cost", "stays from", "to"],
            [
                [v.name, *map(_cell, (v.value, v.coefficient, v.reduced_cost, v.low, v.high))]
                for v in self.variables
            ],
        )
        constraints = table(
            "Constraints",
            ["constraint", "used", "right side", "shadow price", "holds from", "to"],
            [[c.name, _cell(c.used), _cell(c.right), *c.cells] for c in self.constraints],
        )
        return [variables, constraints]


def report(problem: pulp.LpProblem, *, relaxed: bool = False) -> Report:
    """Solve a linear program and say how its optimum depends on its numbers.

    Shadow price: change of the stated objective per unit of right-hand side, for max and min
    and for <=, >= and = alike. Reduced cost: the same per unit of a variable at its bound.

    Parameters
    ----------
    problem : pulp.LpProblem
        A linear program with an optimum.
    relaxed : bool
        Whether to drop whole-number conditions; without it such a problem is refused.

    Returns
    -------
    Report
        All lines, and whether the optimum is degenerate or one of several. Up to 40 equations
        at the corner it is worked out in fractions; beyond that with a tolerance of 1e-7.

    Raises
    ------
    ValueError
        If variables must be whole, or there is no optimum.

    Examples
    --------
    >>> import pulp
    >>> toys = pulp.LpProblem("toys", pulp.LpMaximize)
    >>> table, chair = toys.add_variable("table", 0), toys.add_variable("chair", 0)
    >>> toys += 20 * table + 15 * chair
    >>> toys += 2 * table + chair <= 6, "large"
    >>> toys += 2 * table + 2 * chair <= 8, "small"
    >>> report(toys)
    Objective 70 (largest)
      variable  value  coefficient  reduced cost  stays from  to
      table         2           20             0          15  30
      chair         2           15             0          10  20
    Constraints
      constraint  used  right side  shadow price  holds from  to
      large          6           6             5           4   8
      small          8           8             5           6  12
    One unit more of large changes the objective by 5; this holds from 4 to 8.
    One unit more of small changes the objective by 5; this holds from 6 to 12.

    References
    ----------
    Winston, W. L. (2004). Operations Research: Applications and Algorithms, 4th ed., ch. 5-6.
    """
    program = Program(problem)
    if program.whole and not relaxed:
        raise ValueError(
            f"the problem {program.name!r} has whole variables, and whole plans have no shadow "
            "prices: use relaxed=True, or value_function for the whole plans themselves"
        )
    status, corner = program.corner()
    if corner is None:
        raise ValueError(
            f"the problem {program.name!r} is {status}: a report needs an optimum; why(problem) "
            "says why there is none"
        )
    tie = other_optimum(program, corner)
    names = program.known.names
    return Report(
        objective=float(corner.objective),
        maximise=program.known.maximise,
        variables=_variables(program, corner),
        constraints=_constraints(program, corner),
        degenerate=_meeting(program, corner),
        second=None if tie is None else dict(zip(names, map(float, tie.plan), strict=True)),
        endless=tie is not None and tie.endless,
        exact=corner.exact,
        relaxed=program.whole,
    )


def _variables(program: Program, corner: Corner) -> tuple[VariableLine, ...]:
    return tuple(
        VariableLine(name, *(float(x) + 0.0 for x in numbers))
        for name, *numbers in zip(
            program.known.names,
            corner.plan,
            program.known.cost,
            corner.reduced_costs,
            (low for low, _ in corner.coefficients),
            (high for _, high in corner.coefficients),
            strict=True,
        )
    )


def _constraints(program: Program, corner: Corner) -> tuple[ConstraintLine, ...]:
    lines = []
    degenerate = bool(_meeting(program, corner))
    for i, row in enumerate(program.known.rows):
        price = float(corner.prices[i]) + 0.0
        less: float | None = price
        more: float | None = price
        low, high = corner.right_sides[i]
        used = math.fsum(float(a) * float(corner.plan[j]) for j, a in row.entries)
        if degenerate:
            less, more = one_sided(program, corner, i)
            if abs(used - float(row.right)) <= 1e-7 * max(1.0, abs(float(row.right))):
                low = row.right if less is None else reach(program, i, less, -1)
                high = row.right if more is None else reach(program, i, more, 1)
        lines.append(
            ConstraintLine(
                row.name,
                program.known.text(row),
                used + 0.0,
                float(row.right),
                price,
                float(low) + 0.0,
                float(high) + 0.0,
                more,
                less,
            )
        )
    return tuple(lines)


def _meeting(program: Program, corner: Corner) -> tuple[str, ...]:
    """All limits that meet in the corner, if something basic is at a limit; else none."""
    known = program.known

    def at(value: Value, low: Value | None, high: Value | None) -> Value | None:
        ends = [end for end in (low, high) if end is not None]
        if corner.exact:
            return value if value in ends else None
        near = 1e-7 * max(1.0, abs(float(value)))
        return next((end for end in ends if abs(float(value) - float(end)) <= near), None)

    columns = [
        (name, state, at(x, low, high))
        for name, state, x, low, high in zip(
            known.names, corner.column_states, corner.plan, known.lower, known.upper, strict=True
        )
    ]
    rows = [
        (row.name, state, at(sum(a * corner.plan[j] for j, a in row.entries), row.lower, row.upper))
        for row, state in zip(known.rows, corner.row_states, strict=True)
    ]
    if not any(state == "basic" and end is not None for _, state, end in (*columns, *rows)):
        return ()
    met = [name for name, _, end in rows if end is not None]
    return (*met, *(f"{name} = {decimal(end)}" for name, _, end in columns if end is not None))


def _cell(value: float) -> str:
    return decimal(value) if math.isfinite(value) else "no limit"
