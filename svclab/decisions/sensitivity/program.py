"""One linear program, solved again and again with some numbers changed, exactly where possible."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from svclab.decisions.plane.region import plane
from svclab.decisions.plane.whole import search
from svclab.linear.arrays import arrays
from svclab.linear.asking import ask, request_of
from svclab.linear.basis import exact_basis
from svclab.linear.exact import ExactProblem, exact
from svclab.linear.ranging import ranged
from svclab.linear.solving import definite

if TYPE_CHECKING:
    import pulp

__all__ = ["Corner", "Program", "Value"]

#: A Fraction where the arithmetic is exact, else a float.
Value = Fraction | float


@dataclass(frozen=True)
class Corner:
    """An optimal corner: everything that the basis tells."""

    exact: bool  # whether the numbers are fractions
    objective: Value
    plan: tuple[Value, ...]
    prices: tuple[Value, ...]
    reduced_costs: tuple[Value, ...]
    right_sides: tuple[tuple[Value, Value], ...]  # ends may be infinite floats
    coefficients: tuple[tuple[Value, Value], ...]
    column_states: tuple[str, ...]
    row_states: tuple[str, ...]


class Program:
    """A PuLP problem as arrays and as fractions; its rows can be moved.

    Parameters
    ----------
    problem : pulp.LpProblem
        What is studied.
    """

    def __init__(self, problem: pulp.LpProblem) -> None:
        self.name: str = problem.name
        self.model = arrays(problem)
        self.known = exact(problem)
        self.whole = any(self.known.integer)

    def row(self, constraint: str) -> int:
        """The place of a constraint, by name."""
        names = [row.name for row in self.known.rows]
        if constraint not in names:
            raise ValueError(
                f"constraint={constraint!r} is not in the problem {self.name!r}: choose one of "
                + ", ".join(names)
            )
        return names.index(constraint)

    def moved(self, i: int, right: Value) -> tuple[dict[str, Any], ExactProblem]:
        """The same program with another right-hand side of constraint ``i``."""
        rows = self.model["rows"]
        sides = {}
        for side in ("lower", "upper"):
            sides[side] = list(rows[side])
            if sides[side][i] is not None:
                sides[side][i] = float(right)
        old = self.known.rows[i]
        exact_right = right if isinstance(right, Fraction) else Fraction(repr(float(right)))
        new = replace(
            old,
            lower=None if old.lower is None else exact_right,
            upper=None if old.upper is None else exact_right,
        )
        rows_moved = (*self.known.rows[:i], new, *self.known.rows[i + 1 :])
        return {**self.model, "rows": {**rows, **sides}}, replace(self.known, rows=rows_moved)

    def corner(self, i: int | None = None, right: Value = 0) -> tuple[str, Corner | None]:
        """Status and optimal corner of the linear program, a right-hand side moved or not."""
        model, known = (self.model, self.known) if i is None else self.moved(i, right)
        return corner_of(self.name, model, known)

    def all_whole(self) -> None:
        """Ask for whole numbers everywhere, unless the problem says itself where."""
        if not self.whole:
            count = len(self.known.names)
            columns = {**self.model["columns"], "integer": [True] * count}
            self.model = {**self.model, "columns": columns}
            self.known = replace(self.known, integer=(True,) * count)

    def best_whole(
        self, i: int | None = None, right: Value = 0
    ) -> tuple[str, float | None, list[float] | None]:
        """Status, objective and plan with whole variables, a right-hand side moved or not.

        A search by HiGHS takes 10 ms even for a toy; so the plane is searched exactly where
        there are two variables, and elsewhere the linear optimum is taken if it is whole.
        """
        model, known = (self.model, self.known) if i is None else self.moved(i, right)
        if len(known.names) == 2:
            found = search(plane(known))
            if found is not None:
                status, value, ties = found
                best = [float(x) for x in ties[0]] if ties else None
                return status, None if value is None else float(value), best
        for relaxed in (True, False):
            request = request_of(model, relaxed=relaxed)
            reply = definite(self.name, request, ask(request))
            if reply["values"] is None:
                if not relaxed or reply["status"] == "infeasible":
                    return reply["status"], None, None
                continue
            plan = [
                float(round(x)) if whole else x
                for x, whole in zip(reply["values"], known.integer, strict=True)
            ]
            near = zip(plan, reply["values"], strict=True)
            if not relaxed or all(abs(x - y) < 1e-9 for x, y in near):
                break
        terms = (c * x for c, x in zip(model["columns"]["cost"], plan, strict=True))
        return reply["status"], math.fsum([model["offset"], *terms]), plan


def corner_of(name: str, model: dict[str, Any], known: ExactProblem) -> tuple[str, Corner | None]:
    """Solve arrays as a linear program; the corner in fractions if the problem is small."""
    reply = ranged(name, request_of(model, relaxed=True, wanted=("ranging",)))
    if reply["status"] != "optimal":
        return reply["status"], None
    columns, rows = tuple(reply["basis"]["columns"]), tuple(reply["basis"]["rows"])
    found = exact_basis(known, columns, rows)
    if found is not None:
        return "optimal", Corner(
            True,
            found.objective,
            found.plan,
            found.prices,
            found.reduced_costs,
            tuple(_open(pair) for pair in found.right_sides),
            tuple(_open(pair) for pair in found.coefficients),
            columns,
            rows,
        )
    costs = model["columns"]["cost"]
    terms = (c * x for c, x in zip(costs, reply["values"], strict=True))
    return "optimal", Corner(
        False,
        math.fsum([model["offset"], *terms]),
        tuple(reply["values"]),
        tuple(reply["row_duals"]),
        tuple(reply["reduced_costs"]),
        tuple(reply["ranging"]["rows"]),
        tuple(reply["ranging"]["cost"]),
        columns,
        rows,
    )


def _open(pair: tuple[Fraction | None, Fraction | None]) -> tuple[Value, Value]:
    low, high = pair
    return (-math.inf if low is None else low), (math.inf if high is None else high)
