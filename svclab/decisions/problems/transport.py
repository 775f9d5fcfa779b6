"""Transport (运输): from which source to which destination, at the least freight."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from svclab.checks import a_column, a_grid, a_number, names_of, zero_or_more
from svclab.decisions.problems.common import Answer, NoPlanError, pulp_names, shown, solved, total
from svclab.words import count, join, say

__all__ = ["LEFT", "UNMET", "Shipping", "transport", "transport_problem"]

#: The dummy destination: what goes there stays where it is.
LEFT = "(left at the source)"
#: The dummy source: what comes from there is not delivered.
UNMET = "(not delivered)"

Route = tuple[str, str]


@dataclass(frozen=True, repr=False)
class Shipping(Answer):
    """What is sent on each route."""

    amounts: Mapping[Route, float]  # route (source, destination) to amount; dummies included
    freight: Mapping[Route, float]  # money for one unit on each route; dummies included
    supply: Mapping[str, float]  # with the dummy source, if there is one
    demand: Mapping[str, float]  # with the dummy destination, if there is one
    unit: str = ""  # of the freight

    @property
    def cost(self) -> float:
        """The freight of all that is sent, and what the dummies cost."""
        return math.fsum(self.freight[route] * a for route, a in self.amounts.items())

    @property
    def left(self) -> dict[str, float]:
        """What stays at each source; empty where everything is sent."""
        return {s: a for (s, d), a in self.amounts.items() if d == LEFT and a}

    @property
    def unmet(self) -> dict[str, float]:
        """What is missing at each destination; empty where all demand is met."""
        return {d: a for (s, d), a in self.amounts.items() if s == UNMET and a}

    @property
    def table(self) -> list[dict[str, Any]]:
        """One row a source, one column a destination; None: nothing is sent."""
        return [
            {
                "from": s,
                **{d: self.amounts.get((s, d)) or None for d in self.demand},
                "supply": there,
            }
            for s, there in self.supply.items()
        ] + [{"from": "demand", **self.demand, "supply": math.fsum(self.supply.values())}]

    @property
    def sentence(self) -> str:
        """The freight, and what a dummy stands for."""
        real = {r: a for r, a in self.amounts.items() if a and r[0] != UNMET and r[1] != LEFT}
        paid = math.fsum(self.freight[route] * a for route, a in real.items())
        return say(
            "Freight {paid} on {ways}. {rest}",
            paid=shown(paid, self.unit),
            ways=count(len(real), "route"),
            rest=self._rest(self.cost - paid),
        )

    def _rest(self, penalty: float) -> str:
        more = ""
        if penalty > 1e-9:
            more = say(" Penalty {penalty}.", penalty=shown(penalty, self.unit))
        if self.left:
            parts = join((f"{shown(a)} at {s}" for s, a in self.left.items()), most=6)
            return say("Supply is larger than demand; left: {parts}.", parts=parts) + more
        if self.unmet:
            parts = join((f"{shown(a)} at {d}" for d, a in self.unmet.items()), most=6)
            return say("Demand is larger than supply; missing: {parts}.", parts=parts) + more
        return "Supply and demand are balanced."


def transport_problem(
    supply: Mapping[str, float],
    demand: Mapping[str, float],
    freight: Mapping[str, Mapping[str, float | None]],
    *,
    left_cost: float = 0.0,
    unmet_cost: float = 0.0,
    whole: bool = False,
) -> Any:
    """The transport problem in PuLP, to look at or to solve.

    With x[s, d] sent from s to d: minimise Σ c[s, d] x[s, d], subject to Σ_d x[s, d] = supply
    of s and Σ_s x[s, d] = demand of d. If supply and demand differ, a dummy destination takes
    what is left, or a dummy source "sends" what is not delivered, so that both sums are equal.

    Parameters
    ----------
    supply, demand : mapping
        Source, and destination, to amount, zero or more, in the same unit.
    freight : mapping of mapping
        Source to money for one unit to each destination; None forbids the route.
    left_cost, unmet_cost : float, optional
        Money for one unit that stays at a source, or is not delivered, zero or more.
    whole : bool, optional
        Whether amounts must be whole. Where supply and demand are, a best plan is whole anyway.

    Returns
    -------
    pulp.LpProblem
        Constraints ``supply_SOURCE`` and ``demand_DESTINATION``, variables
        ``ship_SOURCE_DESTINATION``; the dummy's are ``left_SOURCE`` or ``unmet_DESTINATION``.

    Raises
    ------
    ValueError
        If the tables do not fit each other or hold something other than numbers.

    Examples
    --------
    >>> transport_problem({"A": 5}, {"P": 2, "Q": 2}, {"A": {"P": 3, "Q": 1}})
    transport:
    MINIMIZE
    0.0*left_A + 3.0*ship_A_P + 1.0*ship_A_Q + 0.0
    SUBJECT TO
    supply_A: left_A + ship_A_P + ship_A_Q = 5
    <BLANKLINE>
    demand_P: ship_A_P = 2
    <BLANKLINE>
    demand_Q: ship_A_Q = 2
    <BLANKLINE>
    demand_left: left_A = 1
    <BLANKLINE>
    VARIABLES
    left_A Continuous
    ship_A_P Continuous
    ship_A_Q Continuous
    """
    stock, wanted, costs = _balanced(supply, demand, freight, left_cost, unmet_cost)
    return _model(stock, wanted, costs, whole)[0]


def transport(
    supply: Mapping[str, float],
    demand: Mapping[str, float],
    freight: Mapping[str, Mapping[str, float | None]],
    *,
    left_cost: float = 0.0,
    unmet_cost: float = 0.0,
    whole: bool = False,
    unit: str = "",
) -> Shipping:
    """The cheapest way to send goods from sources to destinations.

    Parameters
    ----------
    supply, demand, freight, left_cost, unmet_cost, whole
        As for :func:`transport_problem`.
    unit : str, optional
        Unit of the freight, to be shown, such as ``"yuan"``.

    Returns
    -------
    Shipping
        One of the cheapest plans; the dummy is a row or column of its table.

    Raises
    ------
    ValueError
        As :func:`transport_problem`.
    NoPlanError
        If the permitted routes cannot carry it; the message says how much and where.

    References
    ----------
    Hitchcock, F. L. (1941), The distribution of a product from several sources to numerous
    localities, Journal of Mathematics and Physics 20, 224-230.

    Examples
    --------
    >>> transport({"A": 5, "B": 3}, {"P": 4, "Q": 2},
    ...           {"A": {"P": 3, "Q": 1}, "B": {"P": 2, "Q": None}})
    Freight 11 on 3 routes. Supply is larger than demand; left: 2 at A.
      from    P  Q  (left at the source)  supply
      A       1  2                     2       5
      B       3                                3
      demand  4  2                     2       8
    """
    stock, wanted, costs = _balanced(supply, demand, freight, left_cost, unmet_cost)
    problem, ship = _model(stock, wanted, costs, whole)
    if not ship and not any(wanted.values()):
        return Shipping({}, {}, stock, wanted, unit)
    try:
        found = solved(problem, "no plan with whole amounts") if ship else {}
    except NoPlanError as refused:
        raise NoPlanError(_why_not(stock, wanted, costs), refused.problem) from None
    if not ship:
        raise NoPlanError(_why_not(stock, wanted, costs), problem)
    amounts = {route: found[variable.name] for route, variable in ship.items()}
    return Shipping(amounts, costs, stock, wanted, unit)


def _balanced(
    supply: Mapping[str, float],
    demand: Mapping[str, float],
    freight: Mapping[str, Mapping[str, float | None]],
    left_cost: float,
    unmet_cost: float,
) -> tuple[dict[str, float], dict[str, float], dict[Route, float]]:
    """Checked tables, with a dummy where supply and demand differ."""
    sources, destinations = names_of("supply", supply), names_of("demand", demand)
    stock, wanted = a_column("supply", supply), a_column("demand", demand)
    costs = a_grid("freight", freight, sources, destinations, each=a_number, holes=True)
    left_cost = zero_or_more("left_cost", left_cost)
    unmet_cost = zero_or_more("unmet_cost", unmet_cost)
    more = math.fsum([*stock.values(), *(-d for d in wanted.values())])
    if more > 1e-9 * math.fsum(stock.values()):
        wanted[LEFT] = more
        costs.update({(s, LEFT): left_cost for s in sources})
    elif more < -1e-9 * math.fsum(wanted.values()):
        stock[UNMET] = -more
        costs.update({(UNMET, d): unmet_cost for d in destinations})
    return stock, wanted, costs


def _model(
    stock: Mapping[str, float], wanted: Mapping[str, float], costs: Mapping[Route, float],
    whole: bool,
) -> tuple[Any, dict[Route, Any]]:  # fmt: skip
    import pulp

    problem = pulp.LpProblem("transport", pulp.LpMinimize)
    names = [
        f"left_{s}" if d == LEFT else f"unmet_{d}" if s == UNMET else f"ship_{s}_{d}"
        for s, d in costs
    ]
    kind = "Integer" if whole else "Continuous"
    ship = {
        route: problem.add_variable(name, 0, None, kind)
        for route, name in zip(costs, pulp_names(names), strict=True)
    }
    problem += total((x, costs[route]) for route, x in ship.items())
    sides = [("supply", 0, stock, {UNMET: "unmet"}), ("demand", 1, wanted, {LEFT: "left"})]
    for word, side, amounts, plain in sides:
        there: dict[str, list[Any]] = {place: [] for place in amounts}
        for route, x in ship.items():
            there[route[side]].append(x)
        short = pulp_names([plain.get(place, place) for place in amounts])
        for name, (place, amount) in zip(short, amounts.items(), strict=True):
            if there[place] or amount:
                problem += pulp.lpSum(there[place]) == amount, f"{word}_{name}"
    return problem, ship


def _why_not(
    stock: Mapping[str, float], wanted: Mapping[str, float], costs: Mapping[Route, float]
) -> str:
    """How much the permitted routes can carry at the most, and where the rest is missing."""
    import pulp

    problem = pulp.LpProblem("most", pulp.LpMaximize)
    sent = {
        route: problem.add_variable(f"x_{k}", 0, min(stock[route[0]], wanted[route[1]]))
        for k, route in enumerate(costs)
    }
    problem += pulp.lpSum(sent.values())
    for s in stock:
        problem += pulp.lpSum(x for r, x in sent.items() if r[0] == s) <= stock[s]
    for d in wanted:
        problem += pulp.lpSum(x for r, x in sent.items() if r[1] == d) <= wanted[d]
    found = solved(problem, "nothing can be sent") if sent else {}
    come = {d: math.fsum(found[x.name] for r, x in sent.items() if r[1] == d) for d in wanted}
    short = {d: wanted[d] - come[d] for d in wanted if wanted[d] - come[d] > 1e-6}
    if not short:
        return "whole=True, but supply and demand are not whole: give whole amounts"
    return say(
        "the permitted routes can carry {most} of {all} at the most; missing: {where}. Permit "
        "another route, or change supply or demand",
        most=shown(math.fsum(come.values())),
        all=shown(math.fsum(wanted.values())),
        where=join((f"{shown(a)} at {d}" for d, a in short.items()), most=6),
    )
