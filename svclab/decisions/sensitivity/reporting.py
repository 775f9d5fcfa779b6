"""The sensitivity report of a linear program, with what most reports leave out."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from svclab.decisions.sensitivity.marginal import one_sided
from svclab.decisions.sensitivity.program import Corner, Program, Value
from svclab.decisions.sensitivity.ties import other_optimum
from svclab.linear.exact import decimal
from svclab.shown import html_table, text_table
from svclab.words import Quantity, join, number, say

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
    low: float  # the price holds while the right-hand side is at least this
    high: float  # ... and at most this
    # Change of the objective for the next unit more, and per unit for the next unit less. Where
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
    def two_prices(self) -> bool:
        """Whether one more is not worth what one less costs."""
        if self.more is None or self.less is None:
            return self.more is not self.less
        return abs(self.more - self.less) > 1e-7 * max(1.0, abs(self.more))


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
    # Names of what stands at a limit although the corner does not need it: more limits meet
    # here than there are dimensions. Empty: not degenerate.
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
        told = [_price_sentence(line) for line in self.constraints if line.binds]
        told += [_cost_sentence(self, line) for line in self.variables if line.reduced_cost]
        if self.degenerate:
            told.append(
                say(
                    "More limits meet at this corner than it needs ({names}): it is degenerate, "
                    "so shadow prices and ranges are not the only possible ones.",
                    names=join(list(self.degenerate)),
                )
            )
        if self.second is not None:
            told.append(_tie_sentence(self))
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
            [
                [c.name, *map(_cell, (c.used, c.right, c.price, c.low, c.high))]
                for c in self.constraints
            ],
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
        degenerate=_at_limit(program, corner),
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
    degenerate = bool(_at_limit(program, corner))
    for i, row in enumerate(program.known.rows):
        price = float(corner.prices[i]) + 0.0
        less, more = one_sided(program, corner, i) if degenerate else (price, price)
        low, high = corner.right_sides[i]
        used = math.fsum(float(a) * float(corner.plan[j]) for j, a in row.entries)
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


def _at_limit(program: Program, corner: Corner) -> tuple[str, ...]:
    """What is basic and yet at a limit."""
    known = program.known

    def meets(value: Value, low: Value | None, high: Value | None) -> bool:
        if corner.exact:
            return value in (low, high)
        near = 1e-7 * max(1.0, abs(float(value)))
        return any(
            end is not None and abs(float(value) - float(end)) <= near for end in (low, high)
        )

    columns = zip(
        known.names, corner.column_states, corner.plan, known.lower, known.upper, strict=True
    )
    names = [n for n, s, x, lo, hi in columns if s == "basic" and meets(x, lo, hi)]
    for row, state in zip(known.rows, corner.row_states, strict=True):
        used = sum(a * corner.plan[j] for j, a in row.entries)
        if state == "basic" and meets(used, row.lower, row.upper):
            names.append(row.name)
    return tuple(names)


def _price_sentence(line: ConstraintLine) -> str:
    if line.two_prices:
        return _two_prices(line)
    holds = ""
    if math.isfinite(line.low) or math.isfinite(line.high):
        holds = say("; this holds {range}", range=_range(line.low, line.high))
    if not line.price:
        return say(
            "One unit more of {name} changes nothing, although the limit is reached{holds}.",
            name=line.name,
            holds=holds,
        )
    return say(
        "One unit more of {name} changes the objective by {price}{holds}.",
        name=line.name,
        price=number(line.price, 4),
        holds=holds,
    )


def _two_prices(line: ConstraintLine) -> str:
    def side(value: float | None) -> Quantity | str:
        return (
            "has no plan at all"
            if value is None
            else say("changes the objective by {x}", x=number(value, 4))
        )

    return say(
        "One unit more of {name} {more}; one unit less {less}.",
        name=line.name,
        more=side(line.more),
        less=side(None if line.less is None else 0.0 - line.less),
    )


def _cost_sentence(report: Report, line: VariableLine) -> str:
    forced = (line.reduced_cost < 0) == report.maximise
    template = (
        "Each unit of {name} beyond {value} that one insists on changes the objective by {cost}."
        if forced
        else "If {name} could be one unit more than {value}, the objective would change by {cost}."
    )
    return say(
        template,
        name=line.name,
        value=number(line.value, 4),
        cost=number(line.reduced_cost, 4),
    )


def _tie_sentence(report: Report) -> str:
    assert report.second is not None
    plan = [
        say("{name} {value}", name=name, value=number(value, 4))
        for name, value in report.second.items()
        if value or report.plan[name]
    ]
    more = " and one can go on beyond it without end" if report.endless else ""
    return say(
        "Another plan is as good: {plan}; so is every mixture of the two{more}.",
        plan=join(plan),
        more=more,
    )


def _cell(value: float) -> str:
    return decimal(value) if math.isfinite(value) else "no limit"


def _range(low: float, high: float) -> str:
    if math.isinf(low):
        return say("up to {high}", high=number(high, 4))
    if math.isinf(high):
        return say("from {low} upwards", low=number(low, 4))
    return say("from {low} to {high}", low=number(low, 4), high=number(high, 4))
