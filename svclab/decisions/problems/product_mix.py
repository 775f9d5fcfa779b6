"""Product mix (生产计划): how much of each product, for the most profit."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from svclab.checks import a_column, a_grid, a_number, names_of
from svclab.decisions.problems.common import Answer, NoPlanError, pulp_names, shown, solved, total
from svclab.words import join, say

__all__ = ["ProductMix", "product_mix", "product_mix_problem"]


@dataclass(frozen=True, repr=False)
class ProductMix(Answer):
    """How much of each product to make."""

    amounts: Mapping[str, float]  # pieces of each product
    profit: float  # of the whole plan, in the unit of the profits given
    used: Mapping[str, float]  # of each resource
    available: Mapping[str, float]  # of each resource
    unit: str = ""  # of the profit

    @property
    def spare(self) -> dict[str, float]:
        """What is left of each resource."""
        return {name: math.fsum([self.available[name], -self.used[name]]) for name in self.used}

    @property
    def table(self) -> list[dict[str, Any]]:
        """One row a resource: used, available, spare."""
        return [
            {"resource": n, "used": u, "available": self.available[n], "spare": self.spare[n]}
            for n, u in self.used.items()
        ]

    @property
    def sentence(self) -> str:
        """The plan and its profit."""
        made = [f"{shown(a)} × {n}" for n, a in self.amounts.items() if a]
        return say(
            "Make {plan}: profit {profit}. {empty}",
            plan=join(made, most=6) or "nothing",
            profit=shown(self.profit, self.unit),
            empty=_used_up([n for n, left in self.spare.items() if abs(left) < 1e-7]),
        )


def _used_up(names: list[str]) -> str:
    return (
        say("Used up: {names}.", names=join(names, most=6)) if names else "No resource is used up."
    )


def product_mix_problem(
    profit: Mapping[str, float],
    uses: Mapping[str, Mapping[str, float]],
    available: Mapping[str, float],
    *,
    at_least: Mapping[str, float] | None = None,
    at_most: Mapping[str, float] | None = None,
    whole: bool = False,
) -> Any:
    """The product mix as a PuLP problem, to look at or to solve.

    With x[j] pieces of product j: maximise Σⱼ pⱼ x[j], subject to Σⱼ aᵢⱼ x[j] ≤ bᵢ for each
    resource i, and lⱼ ≤ x[j] ≤ uⱼ.

    Parameters
    ----------
    profit : mapping
        Product to profit for a piece, in money; may be negative.
    uses : mapping of mapping
        Product to what a piece takes of each resource, zero or more.
    available : mapping
        Resource to the amount there is, zero or more.
    at_least, at_most : mapping, optional
        Product to the pieces that must, or may, be made.
    whole : bool, optional
        Whether pieces must be whole; False gives the linear program.

    Returns
    -------
    pulp.LpProblem
        A variable for each product, a constraint for each resource, under their names.

    Raises
    ------
    ValueError
        If the tables do not fit each other or hold something other than numbers.
    NoPlanError
        If a profit can grow without end, or ``at_least`` cannot be kept.

    Examples
    --------
    >>> takes = {"table": {"large": 2, "small": 2}, "chair": {"large": 1, "small": 2}}
    >>> product_mix_problem({"table": 20, "chair": 15}, takes, {"large": 6, "small": 8})
    product_mix:
    MAXIMIZE
    15.0*chair + 20.0*table + 0.0
    SUBJECT TO
    large: chair + 2 table <= 6
    <BLANKLINE>
    small: 2 chair + 2 table <= 8
    <BLANKLINE>
    VARIABLES
    chair Continuous
    table Continuous
    """
    return _model(profit, uses, available, at_least, at_most, whole)[0]


def product_mix(
    profit: Mapping[str, float],
    uses: Mapping[str, Mapping[str, float]],
    available: Mapping[str, float],
    *,
    at_least: Mapping[str, float] | None = None,
    at_most: Mapping[str, float] | None = None,
    whole: bool = False,
    unit: str = "",
) -> ProductMix:
    """The product mix with the most profit.

    Parameters
    ----------
    profit, uses, available, at_least, at_most, whole
        As for :func:`product_mix_problem`.
    unit : str, optional
        Unit of the profit, to be shown, such as ``"yuan"``.

    Returns
    -------
    ProductMix
        One of the best plans, if there are several.

    Raises
    ------
    ValueError, NoPlanError
        As :func:`product_mix_problem`.

    References
    ----------
    Dantzig, G. B. (1963), Linear Programming and Extensions, Princeton University Press.

    Examples
    --------
    >>> takes = {"table": {"large": 2, "small": 2}, "chair": {"large": 1, "small": 2}}
    >>> product_mix({"table": 20, "chair": 15}, takes, {"large": 6, "small": 8})
    Make 2 × table and 2 × chair: profit 70. Used up: large and small.
      resource  used  available  spare
      large        6          6      0
      small        8          8      0
    """
    problem, pieces, grid = _model(profit, uses, available, at_least, at_most, whole)
    found = solved(problem, "the limits contradict each other")
    amounts = {name: found[variable.name] for name, variable in pieces.items()}
    used = {
        resource: math.fsum(grid[name, resource] * amounts[name] for name in amounts)
        for resource in available
    }
    gain = math.fsum(profit[name] * amount for name, amount in amounts.items())
    return ProductMix(amounts, gain, used, {n: float(b) for n, b in available.items()}, unit)


def _model(
    profit: Mapping[str, float],
    uses: Mapping[str, Mapping[str, float]],
    available: Mapping[str, float],
    at_least: Mapping[str, float] | None,
    at_most: Mapping[str, float] | None,
    whole: bool,
) -> tuple[Any, dict[str, Any], dict[tuple[str, str], float]]:
    import pulp

    products, resources = names_of("profit", profit), names_of("available", available)
    profits = a_column("profit", profit, each=a_number)
    grid = a_grid("uses", uses, products, resources)
    stock = a_column("available", available)
    low = a_column("at_least", at_least, products, partly=True)
    high = a_column("at_most", at_most, products, partly=True)
    _check(profits, grid, stock, low, high, whole)
    problem = pulp.LpProblem("product_mix", pulp.LpMaximize)
    kind = "Integer" if whole else "Continuous"
    pieces = {
        name: problem.add_variable(short, low.get(name, 0.0), high.get(name), kind)
        for name, short in zip(products, pulp_names(products), strict=True)
    }
    problem += total((x, profits[name]) for name, x in pieces.items())
    for resource, short in zip(resources, pulp_names(resources), strict=True):
        taken = pulp.lpSum(grid[name, resource] * x for name, x in pieces.items())
        problem += taken <= stock[resource], short
    return problem, pieces, grid


def _check(
    profits: Mapping[str, float],
    grid: Mapping[tuple[str, str], float],
    stock: Mapping[str, float],
    low: Mapping[str, float],
    high: Mapping[str, float],
    whole: bool,
) -> None:
    for name, gain in profits.items():
        if gain > 0 and name not in high and not any(grid[name, r] for r in stock):
            raise NoPlanError(
                f"the profit of {name!r} can grow without end: it uses no resource; "
                "give what it uses, or at_most"
            )
        fewest, most = low.get(name, 0.0), high.get(name, math.inf)
        if fewest > most or (whole and math.ceil(fewest) > most):
            raise NoPlanError(f"at_least[{name!r}]={fewest:g} is above at_most: {most:g}")
    for resource, there in stock.items():
        needs = [
            grid[n, resource] * (math.ceil(least) if whole else least) for n, least in low.items()
        ]
        if math.fsum(needs) > there * (1 + 1e-12):
            raise NoPlanError(
                f"at_least needs {math.fsum(needs):g} of {resource!r}, but only {there:g} are "
                f"available: ask for fewer pieces, or give more {resource!r}"
            )
