"""Which innovations to pay for: a knapsack with a budget and a cap for each route (ST-10).

The source (002_da3592c8388e6ce9.txt, 004_b4887f99dda37b8c.txt) names four routes of service
innovation: customer need, process streamlining, technology and culture. A cap on each keeps one
route from eating the whole budget. A cap costs value: by how much is the price of the balance.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from svclab.checks import a_share, names_of, one_of, zero_or_more
from svclab.decisions.problems import knapsack_greedy, knapsack_problem
from svclab.decisions.problems.common import pulp_names, shown, solved
from svclab.shown import Answer
from svclab.words import join, say

__all__ = [
    "EXAMPLE_IDEAS",
    "ROUTES",
    "Idea",
    "Portfolio",
    "budget_curve",
    "innovation_portfolio",
    "portfolio_by_ratio",
    "portfolio_problem",
]

ROUTES = ("customer need", "process streamlining", "technology", "culture")


@dataclass(frozen=True)
class Idea:
    """An innovation that could be paid for.

    Parameters
    ----------
    name : str
        What it is.
    route : str
        One of ROUTES.
    value : float
        What it brings if it works, in the unit of the cost; zero or more.
    cost : float
        What it costs, zero or more.
    chance : float
        That it works, 0 to 1; its worth is value × chance.
    """

    name: str
    route: str
    value: float
    cost: float
    chance: float = 1.0

    @property
    def worth(self) -> float:
        """Expected value."""
        return self.value * self.chance


# Ideas of a KTV chain. Paperless song choice, self-checkout and personal service are named in the
# source (ST-08); all other ideas and all numbers, in ten thousand yuan, are invented.
EXAMPLE_IDEAS = (
    Idea("paperless song choice", "technology", 60, 20, 0.9),
    Idea("self-checkout", "technology", 50, 25, 0.8),
    Idea("playlists by taste", "technology", 90, 40, 0.5),
    Idea("rooms for small groups", "customer need", 70, 30, 0.7),
    Idea("afternoon offer for students", "customer need", 24, 6, 0.8),
    Idea("one call for all complaints", "customer need", 20, 8, 0.9),
    Idea("room ready in five minutes", "process streamlining", 40, 10, 0.8),
    Idea("one order from bar and kitchen", "process streamlining", 30, 12, 0.7),
    Idea("staff decide on refunds", "culture", 25, 5, 0.6),
    Idea("prize for the idea of the month", "culture", 12, 3, 0.5),
)


@dataclass(frozen=True, repr=False)
class Portfolio(Answer):
    """The ideas to pay for."""

    ideas: tuple[Idea, ...]
    taken: frozenset[str]
    budget: float
    caps: Mapping[str, float]  # route to the most it may cost; routes without a cap left out

    @property
    def chosen(self) -> tuple[Idea, ...]:
        """The ideas taken, in the order given."""
        return tuple(one for one in self.ideas if one.name in self.taken)

    @property
    def worth(self) -> float:
        """Expected value of all that is taken."""
        return math.fsum(one.worth for one in self.chosen)

    @property
    def cost(self) -> float:
        """Cost of all that is taken."""
        return math.fsum(one.cost for one in self.chosen)

    def spent(self, route: str) -> float:
        """What is spent on a route."""
        return math.fsum(one.cost for one in self.chosen if one.route == route)

    @property
    def table(self) -> list[dict[str, Any]]:
        """One row an idea."""
        return [
            {"idea": one.name, "route": one.route, "cost": one.cost, "worth": one.worth,
             "worth per cost": one.worth / one.cost if one.cost else None,
             "taken": one.name in self.taken}
            for one in self.ideas
        ]  # fmt: skip

    @property
    def routes(self) -> list[dict[str, Any]]:
        """One row a route: spent, cap and ideas."""
        return [
            {"route": route, "spent": self.spent(route), "cap": self.caps.get(route),
             "ideas": len([1 for one in self.chosen if one.route == route])}
            for route in ROUTES
        ]  # fmt: skip

    @property
    def sentence(self) -> str:
        """The choice in words."""
        return say(
            "Pay for {names}: worth {worth} for {cost} of {budget}.",
            names=join([one.name for one in self.chosen], most=8) or "nothing",
            worth=shown(self.worth),
            cost=shown(self.cost),
            budget=shown(self.budget),
        )


def _known(
    ideas: Iterable[Idea], budget: float, caps: Mapping[str, float] | None
) -> tuple[tuple[Idea, ...], float, dict[str, float]]:
    known = tuple(ideas)
    names_of("ideas", [one.name for one in known])
    for one in known:
        one_of(f"route of {one.name!r}", one.route, ROUTES)
        zero_or_more(f"value of {one.name!r}", one.value)
        zero_or_more(f"cost of {one.name!r}", one.cost)
        a_share(f"chance of {one.name!r}", one.chance)
    limits = {}
    for route, cap in (caps or {}).items():
        if route not in ROUTES:
            raise ValueError(
                f"caps has {route!r}: the routes are {join(map(repr, ROUTES), most=6)}"
            )
        limits[route] = zero_or_more(f"cap of {route!r}", cap)
    return known, zero_or_more("budget", budget), limits


def _items(ideas: Sequence[Idea]) -> dict[str, tuple[float, float]]:
    return {one.name: (one.cost, one.worth) for one in ideas}


def portfolio_problem(
    ideas: Iterable[Idea] = EXAMPLE_IDEAS,
    *,
    budget: float,
    caps: Mapping[str, float] | None = None,
) -> Any:
    """The choice as an integer program in PuLP: the knapsack of chapter 6 with more rows.

    Maximise Σ worth xⱼ subject to Σ cost xⱼ ≤ budget, for each capped route Σ cost xⱼ ≤ cap, and
    xⱼ 0 or 1.

    Parameters
    ----------
    ideas, budget, caps
        As for :func:`innovation_portfolio`.

    Returns
    -------
    pulp.LpProblem
        Constraint ``load`` is the budget; ``cap_technology`` and so on are the caps.

    Examples
    --------
    >>> two = [Idea("kiosk", "technology", 9, 4), Idea("smile", "culture", 5, 3)]
    >>> portfolio_problem(two, budget=5, caps={"technology": 2})
    innovation_portfolio:
    MAXIMIZE
    9.0*kiosk + 5.0*smile + 0.0
    SUBJECT TO
    load: 4 kiosk + 3 smile <= 5
    <BLANKLINE>
    cap_technology: 4 kiosk <= 2
    <BLANKLINE>
    VARIABLES
    0 <= kiosk <= 1 Integer
    0 <= smile <= 1 Integer
    """
    import pulp

    known, limit, limits = _known(ideas, budget, caps)
    problem = knapsack_problem(_items(known), limit)
    problem.name = "innovation_portfolio"
    columns = {column.name: column for column in problem.variables()}
    names = [one.name for one in known]
    take = {n: columns[short] for n, short in zip(names, pulp_names(names), strict=True)}
    for route, cap in limits.items():
        spent = pulp.lpSum(one.cost * take[one.name] for one in known if one.route == route)
        problem += spent <= cap, f"cap_{route.replace(' ', '_')}"
    return problem


def innovation_portfolio(
    ideas: Iterable[Idea] = EXAMPLE_IDEAS,
    *,
    budget: float,
    caps: Mapping[str, float] | None = None,
) -> Portfolio:
    """The ideas that are worth most together, within a budget and a cap for each route.

    Parameters
    ----------
    ideas : iterable of Idea, optional
        Each is paid for wholly or not at all; left out: ten invented ones.
    budget : float
        The most that all may cost, in the unit of the costs; zero or more.
    caps : mapping, optional
        Route to the most it may cost; a route left out has none.

    Returns
    -------
    Portfolio
        One of the best, if there are several.

    Raises
    ------
    ValueError
        For unknown routes, names that come twice, or numbers out of range.

    Examples
    --------
    >>> best = innovation_portfolio(budget=40, caps={"technology": 20})
    >>> best.sentence
    'Pay for paperless song choice, afternoon offer for students, room ready in five minutes and
    prize for the idea of the month: worth 111.2 for 39 of 40.'
    >>> best.spent("technology")
    20.0
    """
    known, limit, limits = _known(ideas, budget, caps)
    found = solved(portfolio_problem(known, budget=limit, caps=limits), "no choice fits")
    short = pulp_names([one.name for one in known])
    taken = [one.name for one, s in zip(known, short, strict=True) if round(found[s])]
    return Portfolio(known, frozenset(taken), limit, limits)


def portfolio_by_ratio(ideas: Iterable[Idea] = EXAMPLE_IDEAS, *, budget: float) -> Portfolio:
    """What a quick thinker takes: the most worth per cost first, without caps.

    Parameters
    ----------
    ideas, budget
        As for :func:`innovation_portfolio`.

    Returns
    -------
    Portfolio
        Within the budget, and often not the best.

    Examples
    --------
    >>> two = [Idea("kiosk", "technology", 10, 5), Idea("smile", "culture", 3, 1)]
    >>> portfolio_by_ratio(two, budget=5).worth, innovation_portfolio(two, budget=5).worth
    (3.0, 10.0)
    """
    known, limit, _ = _known(ideas, budget, None)
    load = knapsack_greedy(_items(known), limit)
    return Portfolio(known, frozenset(n for n, k in load.taken.items() if k), limit, {})


def budget_curve(
    budgets: Sequence[float],
    ideas: Iterable[Idea] = EXAMPLE_IDEAS,
    *,
    caps: Mapping[str, float] | None = None,
) -> list[dict[str, Any]]:
    """The best worth for each budget, and what one more unit of budget brought.

    Parameters
    ----------
    budgets : sequence of float
        Budgets to try, in the unit of the costs.
    ideas, caps
        As for :func:`innovation_portfolio`.

    Returns
    -------
    list of dict
        ``budget``, ``worth``, ``cost``, ``a unit more brought`` (None in the first row).

    Examples
    --------
    >>> two = [Idea("kiosk", "technology", 10, 5), Idea("smile", "culture", 3, 1)]
    >>> [row["worth"] for row in budget_curve([0, 1, 5, 6], two)]
    [0.0, 3.0, 10.0, 13.0]
    """
    known = tuple(ideas)
    rows: list[dict[str, Any]] = []
    for budget in budgets:
        best = innovation_portfolio(known, budget=budget, caps=caps)
        step = budget - rows[-1]["budget"] if rows else 0
        more = (best.worth - rows[-1]["worth"]) / step if step else None
        rows.append({"budget": budget, "worth": best.worth, "cost": best.cost,
                     "a unit more brought": more})  # fmt: skip
    return rows
