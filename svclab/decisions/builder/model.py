"""A small linear model as its builder typed it, and the PuLP problem that it stands for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Any

from svclab.linear.exact import decimal, formula

__all__ = ["KINDS", "Limit", "Model", "Unknown"]

#: What a variable may be: lower bound, upper bound, whole.
KINDS: dict[str, tuple[float | None, float | None, bool]] = {
    "amount": (0, None, False),
    "whole": (0, None, True),
    "yes-no": (0, 1, True),
    "free": (None, None, False),
}
SIGNS = {"<=": "≤", ">=": "≥", "=": "="}
# PuLP writes some signs of a name as "_"; these look the same and are kept.
KEPT = str.maketrans({" ": "\u00a0", "-": "\u2011", "+": "\uff0b", "/": "\u2215", ">": "\u203a"})


@dataclass(frozen=True)
class Unknown:
    """A variable of the model."""

    name: str
    kind: str  # a key of KINDS

    @property
    def whole(self) -> bool:
        """Whether it must be a whole number."""
        return KINDS[self.kind][2]


@dataclass(frozen=True)
class Limit:
    """A constraint: a sum, a sign and a number."""

    name: str
    factors: Mapping[str, Fraction]  # by variable; those left out are zero
    relation: str  # "<=", ">=" or "="
    right: float


@dataclass(frozen=True)
class Model:
    """Variables, objective and limits, all checked."""

    objective: str  # its name, such as "profit"
    maximise: bool
    variables: tuple[Unknown, ...]
    factors: Mapping[str, Fraction]  # of the objective
    limits: tuple[Limit, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """The variables' names."""
        return tuple(v.name for v in self.variables)

    @property
    def whole(self) -> bool:
        """Whether some variable must be whole."""
        return any(v.whole for v in self.variables)

    def text(self, limit: Limit) -> str:
        """A limit as one reads it, ``2 table + chair ≤ 6``."""
        factors = tuple(limit.factors.get(name, Fraction(0)) for name in self.names)
        return f"{formula(factors, self.names)} {SIGNS[limit.relation]} {decimal(limit.right)}"

    def kept(self, name: str) -> str:
        """A name as PuLP keeps it."""
        return name.translate(KEPT)

    @cached_property
    def problem(self) -> Any:
        """The PuLP problem, built anew for this model and never solved in place.

        Examples
        --------
        >>> two = {"x": Fraction(2), "y": Fraction(1)}
        >>> xy = (Unknown("x", "amount"), Unknown("y", "whole"))
        >>> Model("gain", True, xy, two, (Limit("hours", two, "<=", 8),)).problem
        gain:
        MAXIMIZE
        2.0*x + 1.0*y + 0.0
        SUBJECT TO
        hours: 2 x + y <= 8
        <BLANKLINE>
        VARIABLES
        x Continuous
        0 <= y Integer
        <BLANKLINE>
        """
        import pulp

        sense = pulp.LpMaximize if self.maximise else pulp.LpMinimize
        problem = pulp.LpProblem(self.kept(self.objective), sense)
        made = {}
        for v in self.variables:
            low, high, whole = KINDS[v.kind]
            cat = "Integer" if whole else "Continuous"
            made[v.name] = problem.add_variable(self.kept(v.name), low, high, cat)

        def total(factors: Mapping[str, Fraction]) -> Any:
            # All variables, in their order: then the columns stand in it too.
            return pulp.LpAffineExpression(
                [(x, float(factors.get(name, 0))) for name, x in made.items()]
            )

        problem += total(self.factors)
        for limit in self.limits:
            left = total({name: a for name, a in limit.factors.items() if a})
            right = float(limit.right)
            row = {"<=": left <= right, ">=": left >= right, "=": left == right}[limit.relation]
            problem += row, self.kept(limit.name)
        return problem
