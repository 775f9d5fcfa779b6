"""The transport map: rule and plan against listing, prices of one more against solving anew."""

from __future__ import annotations

import json
import math
from itertools import product
from typing import Any

import hypothesis.strategies as st
import pytest
from asked import ask, figure
from hypothesis import given, settings

from svclab.decisions.explorables.routes import DEMAND, FREIGHT, PLACES, SUPPLY, asked, solved
from svclab.decisions.explorables.shipping import cheapest_first, one_unit_more
from svclab.decisions.problems import LEFT, UNMET, NoPlanError, cases, transport
from svclab.explore import answer

NAME = "decisions.transport_map"
DEFAULT = cases.tianjin().arguments


def routes(*freight: float | None) -> list[dict[str, Any]]:
    """The table of routes; None: closed."""
    return [
        {"freight": 5 if cost is None else cost, "road": "closed" if cost is None else "open"}
        for cost in freight
    ]


def places(*amounts: int) -> list[dict[str, Any]]:
    return [{"amount": amount} for amount in amounts]


@st.composite
def networks(draw: Any) -> tuple[tuple[float, ...], tuple[float | None, ...]]:
    """Two sources, three customers, small whole amounts, some routes closed."""
    amounts = tuple(float(draw(st.integers(0, 4))) for _ in PLACES)
    cell = st.one_of(st.integers(0, 9), st.integers(0, 9), st.none())
    return amounts, tuple(draw(cell) for _ in FREIGHT)


def tables(
    amounts: tuple[float, ...], freight: tuple[float | None, ...]
) -> tuple[dict[str, float], dict[str, float], dict[str, dict[str, float | None]]]:
    there = dict(zip(PLACES, amounts, strict=True))
    costs = dict(zip(FREIGHT, freight, strict=True))
    return (
        {s: there[s] for s in SUPPLY},
        {d: there[d] for d in DEMAND},
        {s: {d: costs[s, d] for d in DEMAND} for s in SUPPLY},
    )


def by_listing(amounts: tuple[float, ...], freight: tuple[float | None, ...]) -> float | None:
    """The least freight of all whole plans that move as much as the smaller side has."""
    supply, demand, _ = tables(amounts, freight)
    stock, wanted = list(supply.values()), list(demand.values())
    moved = min(sum(stock), sum(wanted))

    def splits(have: float, costs: tuple[float | None, ...]) -> list[tuple[int, ...]]:
        each = [range(int(min(have, w)) + 1 if c is not None else 1)
                for w, c in zip(wanted, costs, strict=True)]  # fmt: skip
        return [plan for plan in product(*each) if sum(plan) <= have]

    costs = [c or 0 for c in freight]
    totals = [
        sum(c * a for c, a in zip(costs, (*first, *second), strict=True))
        for first in splits(stock[0], freight[:3])
        for second in splits(stock[1], freight[3:])
        if sum(first) + sum(second) == moved
        and all(a + b <= w for a, b, w in zip(first, second, wanted, strict=True))
    ]
    return min(totals, default=None)


@settings(max_examples=60)
@given(networks())
def test_the_plan_on_the_map_is_the_cheapest_of_all_whole_plans(network: Any) -> None:
    least = by_listing(*network)
    request = {"name": NAME, "parameters": {"places": places(*map(int, network[0])),
                                            "routes": routes(*network[1])}}  # fmt: skip
    document = json.loads(answer(json.dumps(request)))
    if least is None:
        text = document["problems"]["routes"]
        assert text.startswith("No plan is complete: the permitted routes can carry")
        assert text.endswith(".")
        return
    assert figure(document["view"], "best") == pytest.approx(least)


@settings(max_examples=60)
@given(networks())
def test_one_unit_more_is_what_solving_anew_with_one_unit_more_gives(network: Any) -> None:
    supply, demand, freight = tables(*network)

    def least(**changes: int) -> float:
        try:
            return transport(
                {s: n + changes.get(s, 0) for s, n in supply.items()},
                {d: n + changes.get(d, 0) for d, n in demand.items()},
                freight,
            ).cost
        except NoPlanError:
            return math.inf

    if math.isinf(least()):
        return
    best, _, more = solved(*network)
    pairs: list[tuple[tuple[str, str], dict[str, int]]] = [
        ((s, d), {s: 1, d: 1}) for s in supply for d in demand
    ]
    pairs += [((s, t), {s: 1, t: -1}) for s in supply for t in supply if s != t and supply[t]]
    if LEFT in best.demand:
        pairs += [((s, LEFT), {s: 1}) for s in supply] + [((LEFT, d), {d: 1}) for d in demand]
    if UNMET in best.supply:
        pairs += [((s, UNMET), {s: 1}) for s in supply] + [((UNMET, d), {d: 1}) for d in demand]
    for pair, changes in pairs:
        assert more[pair] == pytest.approx(least(**changes) - least()), (pair, network)


@settings(max_examples=60)
@given(networks())
def test_the_rule_takes_again_and_again_the_cheapest_route_that_is_left(network: Any) -> None:
    supply, demand, freight = tables(*network)
    costs = {(s, d): c for s, row in freight.items() for d, c in row.items() if c is not None}
    found = cheapest_first(supply, demand, costs)
    cost = 0.0
    while True:
        ways = [(c, k, r) for k, (r, c) in enumerate(costs.items())
                if supply[r[0]] and demand[r[1]]]  # fmt: skip
        if not ways:
            break
        price, _, (source, destination) = min(ways)
        amount = min(supply[source], demand[destination])
        supply[source] -= amount
        demand[destination] -= amount
        cost += price * amount
    assert found.cost == pytest.approx(cost)
    assert found.stuck == min(sum(supply.values()), sum(demand.values()))
    least = by_listing(*network)
    if least is not None and not found.stuck:
        assert found.cost >= least - 1e-9


def test_prices_of_one_more_agree_with_the_courses_shadow_prices() -> None:
    """6,150 and the prices that sensitivity.report gives: a source and a customer together."""
    more = one_unit_more(cases.tianjin().solve())
    prices = {"Tianjin": -3, "second source": 0, "customer 1": 7, "customer 2": 9, "customer 3": 6}
    for s, d in FREIGHT:
        assert more[s, d] == prices[s] + prices[d]
    assert more["Tianjin", "second source"] == -3


def test_the_courses_numbers_cost_6150_by_plan_and_by_rule() -> None:
    view = ask(NAME)
    assert [figure(view, key) for key in ("best", "rule", "extra", "sent")] == [6150, 6150, 0, 1000]
    assert "the rule finds no dearer one" in view["say"]
    assert (
        "One unit more at Tianjin and one less at second source would save 3 yuan." in (view["say"])
    )
    rows = {row[0]: row[1:] for row in view["parts"][1]["rows"]}
    assert rows["Tianjin → customer 3"] == ["7", "0", "3", "4"]
    assert rows["second source → customer 2"] == ["9", "250", "9", "0"]


def test_with_a_freight_of_5_the_rule_pays_500_too_much_and_the_guess_is_answered() -> None:
    view = ask(NAME, routes=routes(4, 6, 7, 5, 9, 6), guess="customer 1")
    assert figure(view, "best") == 5650
    assert figure(view, "rule") == 6150
    assert "costs 500 yuan more (8.8%)" in view["say"]
    assert (
        "Your guess was customer 1. In the question Tianjin sends 350 units to customer 2"
        in (view["say"])
    )
    assert asked().cost == 5650


def test_the_rule_can_get_stuck_where_a_complete_plan_exists() -> None:
    """Customer 1 can be reached from Tianjin only, whose units the rule sends elsewhere."""
    given = {"routes": routes(9, 1, 1, None, 2, 2), "plan": "rule"}
    view = ask(NAME, **given)
    assert figure(view, "stuck") == 300
    assert "a complete plan exists" in view["warning"]
    assert not ask(NAME, **{**given, "plan": "best"})["warning"]


@pytest.mark.parametrize(
    ("amounts", "words"),
    [
        ((500, 600, 300, 350, 350), "One unit more at Tianjin would save 3 yuan."),
        ((500, 600, 300, 350, 350), "One unit more here changes nothing."),
        ((400, 500, 300, 350, 350), "and one less is missing."),
        ((400, 500, 300, 350, 350), "leaves out 100 units at customer 2"),
        ((0, 0, 0, 0, 0), "Nothing is sent."),
    ],
)
def test_surplus_shortage_and_nothing_are_told_in_words(
    amounts: tuple[int, ...], words: str
) -> None:
    assert words in json.dumps(ask(NAME, places=places(*amounts)), ensure_ascii=False)


def test_a_line_is_as_wide_as_what_goes_along_it_and_a_closed_route_is_dotted() -> None:
    rows = ask(NAME, routes=routes(4, 6, None, 8, 9, 6))["parts"][0]["data"]["rows"]
    sent = [row for row in rows if row["amount"]]
    assert [row["amount"] for row in sent] == [300, 100, 250, 350]
    assert len({round(row["width"] / row["amount"], 9) for row in sent}) == 1
    assert [row["dash"] for row in rows] == ["open", "open", "closed", "open", "open", "open"]
    assert [row["label"] for row in rows][:3] == ["300 at 4 yuan", "100 at 6 yuan", "closed"]
    total = math.fsum(row["amount"] * row["freight"] for row in sent)
    assert total == 6150


def test_the_map_of_the_rule_shows_what_the_rule_sends() -> None:
    given = {"routes": routes(4, 6, 7, 5, 9, 6)}
    sums = [
        math.fsum(
            row["amount"] * row["freight"]
            for row in ask(NAME, plan=plan, **given)["parts"][0]["data"]["rows"]
        )
        for plan in ("best", "rule")
    ]
    assert sums == [5650, 6150]


@pytest.mark.parametrize("bad", [{"freight": -1}, {"freight": "x"}, {"road": "ferry"}])
def test_a_bad_cell_is_named_by_its_row(bad: dict[str, Any]) -> None:
    table = routes(4, 6, 7, 8, 9, 6)
    table[2].update(bad)
    document = json.loads(answer(json.dumps({"name": NAME, "parameters": {"routes": table}})))
    assert document["problems"]["routes"].startswith("Row 3: ")
