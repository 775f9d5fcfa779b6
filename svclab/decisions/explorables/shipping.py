"""What the transport map compares: a quick rule, and what one unit more costs at the best plan."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from svclab.decisions.problems import LEFT, UNMET, Shipping

__all__ = ["ByRule", "cheapest_first", "one_unit_more", "surplus"]

Route = tuple[str, str]


@dataclass(frozen=True)
class ByRule:
    """What the rule "cheapest route first" sends."""

    amounts: Mapping[Route, float]  # route to amount; only routes that carry something
    cost: float  # freight of all that is sent
    stuck: float  # units at a source and wanted elsewhere, with no open route between


def cheapest_first(
    supply: Mapping[str, float], demand: Mapping[str, float], freight: Mapping[Route, float]
) -> ByRule:
    """Send as much as possible on the cheapest open route, then on the next, and so on.

    Parameters
    ----------
    supply, demand : mapping
        Source, and destination, to amount.
    freight : mapping
        Open route to money for one unit; of two equally cheap ones the first comes first.

    Returns
    -------
    ByRule
        What is sent; it may get stuck although there is a complete plan.

    Examples
    --------
    >>> cheapest_first({"A": 5, "B": 5}, {"P": 5, "Q": 5},
    ...                {("A", "P"): 1, ("A", "Q"): 2, ("B", "P"): 3, ("B", "Q"): 9}).cost
    50.0
    """
    stock, wanted = dict(supply), dict(demand)
    amounts: dict[Route, float] = {}
    for source, destination in sorted(freight, key=lambda route: freight[route]):
        amount = min(stock[source], wanted[destination])
        if amount > 0:
            amounts[source, destination] = amount
            stock[source] -= amount
            wanted[destination] -= amount
    cost = math.fsum(freight[route] * amount for route, amount in amounts.items())
    return ByRule(amounts, cost, min(math.fsum(stock.values()), math.fsum(wanted.values())))


def one_unit_more(best: Shipping) -> dict[Route, float]:
    """How the least freight changes with one unit more in one place and one less, or more, there.

    At the best plan a unit can go along each open route, and on a route in use one unit less can
    go. The cheapest way along such steps is the change of the least freight, exactly, for one
    unit of whole amounts; shadow prices say the same where the plan is not degenerate.

    Parameters
    ----------
    best : Shipping
        A cheapest plan with whole amounts.

    Returns
    -------
    dict
        (from, to) to money, for all pairs of places, the dummies ``LEFT`` and ``UNMET``
        included: one unit more at a source and one more wanted at a destination; or one unit
        more at one source and one less at another; or one unit more wanted at the second place
        and one less at the first. Infinite: no way.

    References
    ----------
    Ahuja, R. K., Magnanti, T. L., & Orlin, J. B. (1993). Network Flows, Prentice Hall, ch. 9.

    Examples
    --------
    >>> from svclab.decisions.problems import cases
    >>> more = one_unit_more(cases.tianjin().solve())
    >>> more["Tianjin", "second source"], more["second source", "customer 2"]
    (-3.0, 9.0)
    """
    places = [*best.supply, *best.demand]
    far = {(a, b): 0.0 if a == b else math.inf for a in places for b in places}
    for (source, destination), cost in best.freight.items():
        far[source, destination] = cost
        if best.amounts.get((source, destination), 0) > 1e-6:
            far[destination, source] = -cost
    for by in places:
        for a in places:
            for b in places:
                far[a, b] = min(far[a, b], far[a, by] + far[by, b])
    return {pair: round(value, 9) + 0.0 for pair, value in far.items()}


def surplus(best: Shipping) -> str:
    """Whether there is more supply than demand ("left"), less ("unmet") or neither ("")."""
    return "left" if LEFT in best.demand else "unmet" if UNMET in best.supply else ""
