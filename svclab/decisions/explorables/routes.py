"""Transport as a map: what goes where, the quick rule, and what one unit more costs."""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from svclab.decisions.explorables.network import network
from svclab.decisions.explorables.shipping import ByRule, cheapest_first, one_unit_more, surplus
from svclab.decisions.problems import LEFT, UNMET, Shipping, cases, transport
from svclab.explore import (
    Choice,
    ChoiceGuess,
    Column,
    Figure,
    Integer,
    Number,
    SettingError,
    Table,
    TableView,
    View,
    explorable,
)
from svclab.words import Quantity, count, join, number, percent, say, yuan

CASE = cases.tianjin().arguments
SUPPLY: Mapping[str, float] = CASE["supply"]
DEMAND: Mapping[str, float] = CASE["demand"]
FREIGHT: Mapping[tuple[str, str], float] = {
    (s, d): cost for s, row in CASE["freight"].items() for d, cost in row.items()
}
FIRST, SECOND = SUPPLY
NEAR = next(iter(DEMAND))
CHEAPER = 5.0  # yuan a unit, from the second source to the first customer, in the question
PLACES = (*SUPPLY, *DEMAND)
TITLES = {
    "best": "The cheapest plan: units on each route, and the freight of one",
    "rule": "Cheapest route first: units on each route, and the freight of one",
}

Route = tuple[str, str]


def named(route: Route) -> str:
    """A route as it is written."""
    return say("{source} → {destination}", source=route[0], destination=route[1])


@lru_cache(maxsize=128)
def solved(amounts: tuple[float, ...], freight: tuple[float | None, ...]) -> tuple[
    Shipping, ByRule, dict[Route, float]
]:  # fmt: skip
    """The cheapest plan, the rule's, and the change of the least freight with one unit more.

    Parameters
    ----------
    amounts : tuple of float
        Of the two sources and the three customers.
    freight : tuple of (float or None)
        Of the six routes; None: closed.
    """
    there = dict(zip(PLACES, amounts, strict=True))
    supply, demand = {s: there[s] for s in SUPPLY}, {d: there[d] for d in DEMAND}
    costs = dict(zip(FREIGHT, freight, strict=True))
    best = transport(supply, demand, {s: {d: costs[s, d] for d in demand} for s in supply})
    rule = cheapest_first(supply, demand, {r: c for r, c in costs.items() if c is not None})
    return best, rule, one_unit_more(best)


@explorable(
    title="Transport: is the cheapest route first the cheapest plan?",
    engine="highs",
    parameters=[
        Choice(
            name="plan", label="Plan on the map",
            options={"best": "the cheapest plan", "rule": "cheapest route first"}, default="best",
            help="The rule: send all you can on the cheapest open route, then on the next.",
        ),
        Table(
            name="routes",
            label="Routes",
            columns=[
                Column(name="route", label="Route", editable=False),
                Column(Number(name="freight", label="Freight", unit="yuan", low=0, high=30,
                              step=0.5, default=5)),
                Column(Choice(name="road", label="Road", options={"open": "open",
                              "closed": "closed"}, default="open")),
            ],
            default=[
                {"route": named(route), "freight": cost, "road": "open"}
                for route, cost in FREIGHT.items()
            ],
            help="Freight for one unit.",
        ),
        Table(
            name="places",
            label="Places",
            columns=[
                Column(name="place", label="Place", editable=False),
                Column(Integer(name="amount", label="Units", low=0, high=2000, step=50,
                               default=100)),
            ],
            default=[
                {"place": say(words, place=place), "amount": int(amount)}
                for words, side in (("{place} has", SUPPLY), ("{place} needs", DEMAND))
                for place, amount in side.items()
            ],
        ),
    ],
    guess=ChoiceGuess(
        question="Tianjin has 400 units. Its freight is 4 to customer 1 (who needs 300), 6 to "
        "customer 2 (350) and 7 to customer 3 (350). From the second source, which has 600, the "
        "freights are 5, 9 and 6. Who should get most of Tianjin's units?",
        options={"customer 1": "Customer 1, at 4", "customer 2": "Customer 2, at 6",
                 "customer 3": "Customer 3, at 7"},
    ),
)  # fmt: skip
def transport_map(
    plan: str, routes: list[dict[str, Any]], places: list[dict[str, Any]], guess: str | None
) -> View:
    """Two sources and three customers. Tianjin, its 400 and the six rates are the course's; the
    rest is invented. The width of a line is the amount."""
    amounts = tuple(float(row["amount"]) for row in places)
    freight = tuple(row["freight"] if row["road"] == "open" else None for row in routes)
    try:
        best, rule, more = solved(amounts, freight)
    except ValueError as refused:
        why = say("No plan is complete: {why}.", why=str(refused).rstrip("."))
        raise SettingError("routes", why) from None
    seen = " ".join(filter(None, [_seen(best, rule), _worth(best, more), _answer(guess)]))
    sent = best.amounts if plan == "best" else rule.amounts
    costs = dict(zip(FREIGHT, freight, strict=True))
    return View(
        say=seen,
        warning=_warning(best, rule, plan),
        figures=_figures(best, rule),
        parts=[
            network(dict(zip(PLACES, amounts, strict=True)), costs, sent, list(SUPPLY),
                    title=TITLES[plan], alt=_alt(sent)),
            _route_table(costs, sent, more),
            _place_table(best, more),
        ],
    )  # fmt: skip


def _units(value: float) -> Quantity:
    return Quantity(value, "unit", 0, "units")


def real(amounts: Mapping[Route, float]) -> dict[Route, float]:
    """What is really sent: no dummies, no empty routes."""
    return {r: a for r, a in amounts.items() if a and r[0] != UNMET and r[1] != LEFT}


def _seen(best: Shipping, rule: ByRule) -> str:
    ways = len(real(best.amounts))
    if not ways:
        return say("Nothing is sent.")
    first = say(
        "The cheapest plan costs {cost} on {ways}.",
        cost=yuan(best.cost, 2), ways=count(ways, "route"),
    )  # fmt: skip
    if rule.stuck:
        return say(
            "{first} The rule gets stuck: {units} are wanted where no open route leads.",
            first=first, units=_units(rule.stuck),
        )  # fmt: skip
    extra = rule.cost - best.cost
    if extra < 1e-6:
        return say("{first} With these numbers the rule finds no dearer one.", first=first)
    return say(
        "{first} The rule costs {extra} more ({share}): a cheap route taken early can force a "
        "dear one later.",
        first=first,
        extra=yuan(extra, 2),
        share=percent(extra / best.cost) if best.cost else "for nothing",
    )


def _worth(best: Shipping, more: Mapping[Route, float]) -> str:
    """The most that a better place of one unit would save, in words."""
    if not real(best.amounts):
        return ""
    ends = {"left": (LEFT,), "unmet": ()}.get(surplus(best), tuple(SUPPLY))
    saves = {(s, e): -more[s, e] for s in SUPPLY for e in ends if s != e}
    pair = max(saves, key=lambda p: saves[p], default=None)
    if pair is None or saves[pair] <= 0:
        return ""
    if pair[1] == LEFT:
        return say(
            "One unit more at {place} would save {x}.", place=pair[0], x=yuan(saves[pair], 2)
        )
    return say(
        "One unit more at {place} and one less at {other} would save {x}.",
        place=pair[0], other=pair[1], x=yuan(saves[pair], 2),
    )  # fmt: skip


def asked() -> Shipping:
    """The cheapest plan of the question: the second source's first freight is lower."""
    freight = tuple(CHEAPER if route == (SECOND, NEAR) else cost for route, cost in FREIGHT.items())
    return solved((*SUPPLY.values(), *DEMAND.values()), freight)[0]


def _answer(guess: str | None) -> str:
    if guess is None:
        return ""
    best = asked()
    sent = {d: best.amounts[FIRST, d] for d in DEMAND}
    most = max(sent, key=lambda d: sent[d])
    gaps = [
        say("{gap} for {d}", gap=yuan((CHEAPER if d == NEAR else FREIGHT[SECOND, d])
            - FREIGHT[FIRST, d], 2), d=d)
        for d in DEMAND
    ]  # fmt: skip
    return say(
        "Your guess was {guess}. In the question {first} sends {units} to {most}: what counts is "
        "not the freight but how much dearer the other source is ({gaps}). Type {cheaper} "
        "for {route} and look.",
        guess=guess, first=FIRST, units=_units(sent[most]), most=most, gaps=join(gaps),
        cheaper=number(CHEAPER), route=named((SECOND, NEAR)),
    )  # fmt: skip


def _warning(best: Shipping, rule: ByRule, plan: str) -> str:
    if plan == "rule" and rule.stuck:
        return say(
            "{units} stay where they are, although a complete plan exists: the rule does not "
            "look ahead. Show the cheapest plan.",
            units=_units(rule.stuck),
        )
    if best.unmet:
        where = [say("{units} at {place}", units=_units(a), place=d) for d, a in best.unmet.items()]
        return say(
            "More is needed than there is. The cheapest plan leaves out {where}, because that "
            "saves the most freight. Whether it is fair, it does not ask.",
            where=join(where),
        )
    return ""


def _figures(best: Shipping, rule: ByRule) -> list[Figure]:
    extra = rule.cost - best.cost
    last = (
        Figure("stuck", "Stuck by the rule", _units(rule.stuck), "bad")
        if rule.stuck
        else Figure(
            "extra", "The rule costs more by", yuan(max(0.0, extra) if extra > 1e-6 else 0.0, 2),
            "bad" if extra > 1e-6 else "",
        )
    )  # fmt: skip
    return [
        Figure("best", "Cheapest plan", yuan(best.cost, 2)),
        Figure("rule", "Cheapest route first", yuan(rule.cost, 2)),
        last,
        Figure("sent", "Sent in all", _units(math.fsum(real(best.amounts).values()))),
    ]


def _alt(sent: Mapping[Route, float]) -> str:
    lines = [say("{units} on {route}", units=_units(a), route=named(r))
             for r, a in real(sent).items()]  # fmt: skip
    return say("A map with two sources and three customers. Sent: {lines}.",
               lines="; ".join(lines) or "nothing at all")  # fmt: skip


def _route_table(
    freight: Mapping[Route, float | None], sent: Mapping[Route, float],
    more: Mapping[Route, float],
) -> TableView:  # fmt: skip
    rows: list[list[Quantity | str]] = []
    for route, cost in freight.items():
        least = more[route]
        rows.append(
            [
                named(route),
                "closed" if cost is None else yuan(cost, 2),
                _units(sent.get(route, 0.0)),
                "no way" if math.isinf(least) else yuan(least, 2),
                "" if cost is None else yuan(max(0.0, cost - least), 2),
            ]
        )
    return TableView(
        title="What one unit more, made at the source and wanted by the customer, adds to the "
        "least freight",
        columns=[
            ("Route", "", "left"),
            ("Freight", "yuan", "right"),
            ("Sent", "units", "right"),
            ("One more adds", "yuan", "right"),
            ("Too dear by", "yuan", "right"),
        ],
        rows=rows,
        emphasis=[i for i, route in enumerate(freight) if sent.get(route, 0) > 0],
    )


def _place_table(best: Shipping, more: Mapping[Route, float]) -> TableView:
    rows: list[list[Quantity | str]] = [[s, _source_words(best, more, s)] for s in SUPPLY]
    rows += [[d, _customer_words(best, more, d)] for d in DEMAND]
    return TableView(
        title="What a place is worth",
        columns=[("Place", "", "left"), ("Shadow price in words", "", "left")],
        rows=rows,
    )


def _changes(value: float) -> str:
    """A change of the least freight, in words."""
    if math.isinf(value):
        return say("has no open route")
    if abs(value) < 1e-9:
        return say("changes nothing")
    return say("saves {x}", x=yuan(-value, 2)) if value < 0 else say("costs {x}", x=yuan(value, 2))


def _source_words(best: Shipping, more: Mapping[Route, float], source: str) -> str:
    kind = surplus(best)
    if kind == "left":
        return say("One unit more here {changes}.", changes=_changes(more[source, LEFT]))
    if kind == "unmet":
        return say(
            "One unit more here {changes}, and one less is missing.",
            changes=_changes(more[source, UNMET]),
        )
    other = SECOND if source == FIRST else FIRST
    return say(
        "One unit more here and one less at {other} {changes}.",
        other=other, changes=_changes(more[source, other]),
    )  # fmt: skip


def _customer_words(best: Shipping, more: Mapping[Route, float], customer: str) -> str:
    kind = surplus(best)
    if kind == "left":
        return say("One unit more wanted here {changes}.", changes=_changes(more[LEFT, customer]))
    if kind == "unmet":
        change = more[UNMET, customer]
        return say(
            "One unit more wanted here {changes}: {why}.",
            changes=_changes(change),
            why="another customer gets one less" if change < 0 else "it is not delivered",
        )
    source = min(SUPPLY, key=lambda s: more[s, customer])
    return say(
        "One unit more wanted here, and one more at {source}, {changes}.",
        source=source, changes=_changes(more[source, customer]),
    )  # fmt: skip


__all__ = ["asked", "named", "real", "solved", "transport_map"]
