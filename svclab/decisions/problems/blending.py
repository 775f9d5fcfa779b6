"""Blending (配料): the cheapest mixture that keeps to its recipe."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from svclab.checks import a_column, a_grid, a_number, above_zero, names_of
from svclab.decisions.problems.common import Answer, NoPlanError, pulp_names, shown, solved, total
from svclab.words import join, percent, say

__all__ = ["Blend", "blending", "blending_problem"]


@dataclass(frozen=True, repr=False)
class Blend(Answer):
    """How much of each ingredient to take."""

    amounts: Mapping[str, float]  # of each ingredient, in the unit of the amount asked for
    cost: float  # of the whole mixture, in money
    contents: Mapping[str, float]  # of each substance in the mixture
    at_least: Mapping[str, float]  # substance to what must be in the mixture
    at_most: Mapping[str, float]  # substance to what may be in it
    unit: str = ""  # of the cost

    @property
    def table(self) -> list[dict[str, Any]]:
        """One row a substance: what is in the mixture, and its limits."""
        return [
            {
                "substance": name,
                "in the mixture": value,
                "at least": self.at_least.get(name),
                "at most": self.at_most.get(name),
            }
            for name, value in self.contents.items()
        ]

    @property
    def sentence(self) -> str:
        """The recipe and its cost."""
        total = math.fsum(self.amounts.values())
        parts = [f"{shown(a)} of {n} ({percent(a / total)})" for n, a in self.amounts.items() if a]
        return say("Mix {parts}: cost {cost}.", parts=join(parts, most=6),
                   cost=shown(self.cost, self.unit))  # fmt: skip


def blending_problem(
    cost: Mapping[str, float],
    contents: Mapping[str, Mapping[str, float]],
    amount: float,
    *,
    at_least: Mapping[str, float] | None = None,
    at_most: Mapping[str, float] | None = None,
    available: Mapping[str, float] | None = None,
) -> Any:
    """The blending problem in PuLP, to look at or to solve.

    With x[j] of ingredient j: minimise Σⱼ cⱼ x[j], subject to the balance Σⱼ x[j] = amount and
    lᵢ ≤ Σⱼ aᵢⱼ x[j] ≤ uᵢ for each substance i.

    Parameters
    ----------
    cost : mapping
        Ingredient to money for one unit (such as kg).
    contents : mapping of mapping
        Ingredient to the share of each substance in it, zero or more.
    amount : float
        How much mixture is needed, above zero, in the unit of the ingredients.
    at_least, at_most : mapping, optional
        Substance to how much of it must, or may, be in the whole mixture.
    available : mapping, optional
        Ingredient to how much there is at most.

    Returns
    -------
    pulp.LpProblem
        Constraints ``amount``, ``least_SUBSTANCE`` and ``most_SUBSTANCE``.

    Raises
    ------
    ValueError
        If the tables do not fit each other or hold something other than numbers.

    Examples
    --------
    >>> milk = {"whole": {"fat": 0.035}, "skimmed": {"fat": 0.001}}
    >>> blending_problem({"whole": 4, "skimmed": 3}, milk, 100, at_least={"fat": 1.5})
    blending:
    MINIMIZE
    3.0*skimmed + 4.0*whole + 0.0
    SUBJECT TO
    amount: skimmed + whole = 100
    <BLANKLINE>
    least_fat: 0.001 skimmed + 0.035 whole >= 1.5
    <BLANKLINE>
    VARIABLES
    skimmed Continuous
    whole Continuous
    """
    return _model(cost, contents, amount, at_least, at_most, available)[0]


def blending(
    cost: Mapping[str, float],
    contents: Mapping[str, Mapping[str, float]],
    amount: float,
    *,
    at_least: Mapping[str, float] | None = None,
    at_most: Mapping[str, float] | None = None,
    available: Mapping[str, float] | None = None,
    unit: str = "",
) -> Blend:
    """The cheapest mixture.

    Parameters
    ----------
    cost, contents, amount, at_least, at_most, available
        As for :func:`blending_problem`.
    unit : str, optional
        Unit of the cost, to be shown, such as ``"yuan"``.

    Returns
    -------
    Blend
        One of the cheapest, if there are several.

    Raises
    ------
    ValueError
        As :func:`blending_problem`.
    NoPlanError
        If no mixture keeps all limits; the message names the one that cannot be kept alone.

    References
    ----------
    Stigler, G. J. (1945), The cost of subsistence, Journal of Farm Economics 27, 303-314.

    Examples
    --------
    >>> milk = {"whole": {"fat": 0.035}, "skimmed": {"fat": 0.001}}
    >>> blending({"whole": 4, "skimmed": 3}, milk, 34, at_least={"fat": 0.544})
    Mix 15 of whole (44.1%) and 19 of skimmed (55.9%): cost 117.
      substance  in the mixture  at least  at most
      fat                 0.544     0.544
    """
    problem, take, grid, limits = _model(cost, contents, amount, at_least, at_most, available)
    why = _why_not(amount, list(take), grid, limits)
    found = solved(problem, why)
    amounts = {name: found[variable.name] for name, variable in take.items()}
    substances = list(dict.fromkeys(substance for _, substance in grid))
    inside = {s: math.fsum(grid[n, s] * amounts[n] for n in amounts) for s in substances}
    spent = math.fsum(cost[n] * a for n, a in amounts.items())
    return Blend(amounts, spent, inside, limits[0], limits[1], unit)


Grid = dict[tuple[str, str], float]
Limits = tuple[dict[str, float], dict[str, float], dict[str, float]]


def _model(
    cost: Mapping[str, float],
    contents: Mapping[str, Mapping[str, float]],
    amount: float,
    at_least: Mapping[str, float] | None,
    at_most: Mapping[str, float] | None,
    available: Mapping[str, float] | None,
) -> tuple[Any, dict[str, Any], Grid, Limits]:
    import pulp

    ingredients = names_of("cost", cost)
    costs = a_column("cost", cost, each=a_number)
    first = contents.get(ingredients[0]) if isinstance(contents, Mapping) else None
    substances = list(first) if isinstance(first, Mapping) else []
    grid = a_grid("contents", contents, ingredients, substances)
    above_zero("amount", amount, "the amount of mixture")
    low = a_column("at_least", at_least, substances, partly=True)
    high = a_column("at_most", at_most, substances, partly=True)
    there = a_column("available", available, ingredients, partly=True)
    problem = pulp.LpProblem("blending", pulp.LpMinimize)
    take = {
        name: problem.add_variable(short, 0, there.get(name))
        for name, short in zip(ingredients, pulp_names(ingredients), strict=True)
    }
    problem += total((x, costs[name]) for name, x in take.items())
    problem += pulp.lpSum(take.values()) == amount, "amount"
    for substance, short in zip(substances, pulp_names(substances), strict=True):
        inside = pulp.lpSum(grid[name, substance] * x for name, x in take.items())
        if substance in low:
            problem += inside >= low[substance], f"least_{short}"
        if substance in high:
            problem += inside <= high[substance], f"most_{short}"
    return problem, take, grid, (low, high, there)


def _why_not(amount: float, ingredients: list[str], grid: Grid, limits: Limits) -> str:
    """What is wrong if there is no mixture; also raises for a limit that fails alone."""
    low, high, there = limits
    if math.fsum(there.get(n, math.inf) for n in ingredients) < amount * (1 - 1e-12):
        raise NoPlanError(
            f"available has {math.fsum(there.values()):g} in all, but amount={amount:g}: "
            "ask for less, or give more"
        )
    for word, wanted, sign in (("at_least", low, 1), ("at_most", high, -1)):
        for substance, value in wanted.items():
            reach = _extreme(amount, ingredients, substance, grid, there, sign)
            if sign * (value - reach) > 1e-9 * max(1.0, abs(value)):
                way = "most" if sign > 0 else "least"
                raise NoPlanError(
                    f"{word}[{substance!r}]={value:g} cannot be kept: the {way} that {amount:g} "
                    f"of these ingredients can hold is {reach:g}; change the limit, or add an "
                    "ingredient"
                )
    return "each limit alone can be kept, but not all at once; loosen one of them"


def _extreme(
    amount: float,
    ingredients: list[str],
    substance: str,
    grid: Grid,
    there: Mapping[str, float],
    sign: int,
) -> float:
    """The most (or least) of one substance: fill up with the richest (or poorest) first."""
    left, parts = amount, []
    for name in sorted(ingredients, key=lambda n: -sign * grid[n, substance]):
        taken = min(left, there.get(name, math.inf))
        parts.append(taken * grid[name, substance])
        left -= taken
    return math.fsum(parts)
