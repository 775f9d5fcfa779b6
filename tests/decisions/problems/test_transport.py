"""Transport against every whole plan, certificates and CBC; dummies and forbidden routes."""

import math
from itertools import product

import hypothesis.strategies as st
import pytest
from hypothesis import given, settings

from svclab.decisions.problems import LEFT, UNMET, NoPlanError, transport, transport_problem

FREIGHT = {"A": {"P": 3, "Q": 1}, "B": {"P": 2, "Q": 5}}


@st.composite
def networks(draw, holes=False):
    """Up to three sources, two or three destinations, small whole amounts."""
    sources = [f"s{i}" for i in range(draw(st.integers(1, 3)))]
    places = [f"d{j}" for j in range(draw(st.integers(1, 2)))]
    cell = st.integers(0, 9)
    cell = st.one_of(cell, st.none()) if holes else cell
    freight = {s: {d: draw(cell) for d in places} for s in sources}
    amount = st.integers(0, 4)
    return {s: draw(amount) for s in sources}, {d: draw(amount) for d in places}, freight


def cheapest_by_listing(supply, demand, freight, left_cost, unmet_cost):
    """All whole plans that move as much as the smaller side has."""
    routes = [(s, d) for s in supply for d in demand if freight[s][d] is not None]
    moved = min(sum(supply.values()), sum(demand.values()))
    rest = left_cost * (sum(supply.values()) - moved) + unmet_cost * (sum(demand.values()) - moved)
    best = None
    for plan in product(*(range(min(supply[s], demand[d]) + 1) for s, d in routes)):
        sent = dict(zip(routes, plan, strict=True))
        if sum(plan) != moved:
            continue
        if any(sum(a for r, a in sent.items() if r[0] == s) > n for s, n in supply.items()):
            continue
        if any(sum(a for r, a in sent.items() if r[1] == d) > n for d, n in demand.items()):
            continue
        cost = sum(freight[s][d] * a for (s, d), a in sent.items()) + rest
        best = cost if best is None else min(best, cost)
    return best


@settings(max_examples=200)
@given(networks(holes=True), st.integers(0, 3), st.integers(0, 20))
def test_transport_is_the_cheapest_of_all_whole_plans(network, left_cost, unmet_cost):
    best = cheapest_by_listing(*network, left_cost, unmet_cost)
    costs = {"left_cost": left_cost, "unmet_cost": unmet_cost}
    if best is None:
        with pytest.raises(NoPlanError, match="permitted routes can carry"):
            transport(*network, **costs)
        return
    found = transport(*network, **costs)
    assert found.cost == pytest.approx(best, abs=1e-7)
    supply, demand, _ = network
    for s in supply:
        there = math.fsum(a for r, a in found.amounts.items() if r[0] == s)
        assert there == pytest.approx(supply[s], abs=1e-7)
    for d in demand:
        come = math.fsum(a for r, a in found.amounts.items() if r[1] == d)
        assert come == pytest.approx(demand[d], abs=1e-7)
    assert math.fsum(found.left.values()) == pytest.approx(
        max(sum(supply.values()) - sum(demand.values()), 0)
    )
    assert math.fsum(found.unmet.values()) == pytest.approx(
        max(sum(demand.values()) - sum(supply.values()), 0)
    )


@settings(max_examples=60)
@given(networks())
def test_the_plan_is_certified_by_its_own_shadow_prices(certify, network):
    certify(transport_problem(*network))


def test_cbc_agrees(by_cbc):
    tables = {"A": 5, "B": 9}, {"P": 4, "Q": 6}, FREIGHT
    assert by_cbc(transport_problem(*tables)) == pytest.approx(transport(*tables).cost)


def test_a_dummy_destination_is_a_column_of_the_table():
    found = transport({"A": 5, "B": 3}, {"P": 4, "Q": 2}, FREIGHT)
    assert LEFT in found.table[0]
    assert found.left == {"A": 2}
    assert found.sentence.endswith("Supply is larger than demand; left: 2 at A.")


def test_a_dummy_source_is_a_row_of_the_table():
    found = transport({"A": 1, "B": 1}, {"P": 4, "Q": 2}, FREIGHT, unmet_cost=10)
    assert found.table[-2]["from"] == UNMET
    assert math.fsum(found.unmet.values()) == 4
    assert found.cost == 1 + 2 + 40
    assert found.sentence.startswith("Freight 3 on 2 routes. Demand is larger than supply;")
    assert found.sentence.endswith("Penalty 40.")


def test_a_balanced_problem_has_no_dummy():
    found = transport({"A": 4, "B": 2}, {"P": 4, "Q": 2}, FREIGHT)
    assert found.left == found.unmet == {}
    assert {key for row in found.table for key in row} == {"from", "P", "Q", "supply"}
    assert found.sentence.endswith("Supply and demand are balanced.")


def test_whole_amounts_where_supply_is_not_whole_are_refused_with_the_reason():
    with pytest.raises(NoPlanError, match="supply and demand are not whole"):
        transport({"A": 1.5}, {"P": 1.5}, {"A": {"P": 1}}, whole=True)


def test_too_few_routes_are_told_with_amount_and_place():
    roads = {"A": {"P": 1, "Q": None}, "B": {"P": 1, "Q": None}}
    with pytest.raises(NoPlanError, match="carry 4 of 6 at the most; missing: 2 at Q"):
        transport({"A": 3, "B": 3}, {"P": 4, "Q": 2}, roads)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"freight": {"A": {"P": 3}, "B": {"P": 1, "Q": 1}}}, r"freight\['A'\] has no 'Q'.* None"),
        ({"freight": {"A": {"P": 3, "Q": 1}}}, "freight has no 'B': give its numbers"),
        ({"supply": {"A": -5, "B": 3}}, r"supply\['A'\]=-5"),
        ({"demand": {}}, "demand is empty"),
        ({"demand": {"P": "four", "Q": 2}}, r"demand\['P'\]='four'"),
        ({"left_cost": -1}, "left_cost=-1"),
    ],
)
def test_wrong_tables_are_named(change, message):
    tables = {"supply": {"A": 5, "B": 3}, "demand": {"P": 4, "Q": 2}, "freight": FREIGHT}
    with pytest.raises(ValueError, match=message):
        transport(**(tables | change))
