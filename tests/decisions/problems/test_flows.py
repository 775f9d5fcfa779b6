"""Minimum-cost flow against successive shortest paths and Hillier and Lieberman's example."""

import math

import hypothesis.strategies as st
import pytest
from hypothesis import given, settings

from svclab.decisions.problems import NoPlanError, flow_problem, min_cost_flow

# Hillier and Lieberman, Introduction to Operations Research, the Distribution Unlimited Co.: two
# factories, a distribution centre, two warehouses; costs in dollars.
NET = {"F1": 50, "F2": 40, "DC": 0, "W1": -30, "W2": -60}
ARCS = {
    ("F1", "F2"): (200, 10),
    ("F1", "DC"): (400, None),
    ("F1", "W1"): (900, None),
    ("F2", "DC"): (300, None),
    ("DC", "W2"): (100, 80),
    ("W1", "W2"): (300, None),
    ("W2", "W1"): (200, None),
}


def cheapest_by_paths(net, arcs):
    """Successive shortest paths (Bellman and Ford) over the arcs that still have room."""
    room = {arc: [cost, math.inf if most is None else most] for arc, (cost, most) in arcs.items()}
    edges = []  # [from, to, cost, room, place of the way back]
    for (i, j), (cost, most) in room.items():
        edges.append([i, j, cost, most, len(edges) + 1])
        edges.append([j, i, -cost, 0, len(edges) - 1])
    for node, value in net.items():
        ends = ("source", node, 0, value) if value > 0 else (node, "sink", 0, -value)
        edges.append([*ends, len(edges) + 1])
        edges.append([ends[1], ends[0], 0, 0, len(edges) - 1])
    left, total = sum(v for v in net.values() if v > 0), 0
    while left:
        reach, by = {"source": 0}, {}
        for _ in range(len(net) + 2):
            for k, (i, j, cost, there, _back) in enumerate(edges):
                if there > 0 and i in reach and reach[i] + cost < reach.get(j, math.inf):
                    reach[j], by[j] = reach[i] + cost, k
        if "sink" not in reach:
            return None
        path, here = [], "sink"
        while here != "source":
            path.append(by[here])
            here = edges[by[here]][0]
        step = min(left, *(edges[k][3] for k in path))
        for k in path:
            edges[k][3] -= step
            edges[edges[k][4]][3] += step
        left -= step
        total += step * reach["sink"]
    return total


@st.composite
def networks(draw):
    nodes = [f"n{k}" for k in range(draw(st.integers(2, 5)))]
    net = {n: draw(st.integers(-4, 4)) for n in nodes[1:]}
    net[nodes[0]] = -sum(net.values())
    pairs = [(a, b) for a in nodes for b in nodes if a != b]
    some = draw(st.lists(st.sampled_from(pairs), unique=True, max_size=9))
    most = st.one_of(st.none(), st.integers(0, 6))
    return net, {arc: (draw(st.integers(0, 9)), draw(most)) for arc in some}


@settings(max_examples=250)
@given(networks())
def test_the_flow_costs_what_successive_shortest_paths_cost(network):
    net, arcs = network
    best = cheapest_by_paths(net, arcs)
    if best is None:
        with pytest.raises(NoPlanError, match=r"can carry|arcs is empty"):
            min_cost_flow(net, arcs)
        return
    found = min_cost_flow(net, arcs)
    assert found.cost == pytest.approx(best, abs=1e-7)
    for node, value in net.items():
        out = math.fsum(a for (i, _), a in found.amounts.items() if i == node)
        into = math.fsum(a for (_, j), a in found.amounts.items() if j == node)
        assert out - into == pytest.approx(value, abs=1e-7)
    for arc, amount in found.amounts.items():
        assert -1e-9 <= amount <= (math.inf if arcs[arc][1] is None else arcs[arc][1]) + 1e-9


def test_distribution_unlimited_has_the_shadow_prices_of_a_published_solution(certify, by_cbc):
    """S. Petrat's Pyomo notebook: more at F1 costs 700, at F2 600; W1 200 more, beside W2."""
    best = certify(flow_problem(NET, ARCS))
    price = best.shadow_prices
    assert price["node_F1"] - price["node_W2"] == pytest.approx(700)
    assert price["node_F2"] - price["node_W2"] == pytest.approx(600)
    assert price["node_W2"] - price["node_W1"] == pytest.approx(200)
    found = min_cost_flow(NET, ARCS)
    assert found.full == (("DC", "W2"),)
    assert all(amount % 10 == 0 for amount in found.amounts.values())
    assert found.cost == cheapest_by_paths(NET, ARCS) == by_cbc(flow_problem(NET, ARCS))


def test_too_little_capacity_is_told_with_amount_and_place():
    with pytest.raises(NoPlanError, match="can carry 3 of 4 at the most; missing: 1 at B"):
        min_cost_flow({"A": 4, "B": -4}, {("A", "B"): (1, 3)})


def test_a_circle_that_earns_money_without_end_is_told():
    arcs = {("A", "B"): (-2, None), ("B", "A"): (1, None)}
    with pytest.raises(NoPlanError, match="a circle of arcs"):
        min_cost_flow({"A": 0, "B": 0}, arcs)


def test_nothing_to_send_costs_nothing():
    assert min_cost_flow({"A": 0, "B": 0}, {}).cost == 0
    assert min_cost_flow({"A": 0, "B": 0}, {("A", "B"): (3, None)}).cost == 0


@pytest.mark.parametrize(
    ("net", "arcs", "message"),
    [
        ({"A": 4, "B": -3}, {}, "net adds up to 1: there is more supply than demand"),
        ({"A": 3, "B": -4}, {}, "net adds up to -1: there is more demand than supply"),
        ({"A": 0}, {("A", "Z"): (1, None)}, "'Z' is not a node"),
        ({"A": 0}, {("A", "A"): (1, None)}, "ends where it begins"),
        ({"A": 0, "B": 0}, {("A", "B"): 3}, r"give \(cost, capacity\)"),
        ({"A": 0, "B": 0}, {("A", "B"): (1, -3)}, "capacity of arc .*=-3"),
        ({"A": 0, "B": 0}, {"AB": (1, 3)}, "an arc is a pair"),
        ({"A": "4"}, {}, r"net\['A'\]='4'"),
    ],
)
def test_wrong_tables_are_named(net, arcs, message):
    with pytest.raises(ValueError, match=message):
        min_cost_flow(net, arcs)
