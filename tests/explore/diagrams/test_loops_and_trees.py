"""Loops and rolled-back values against plain enumeration, for graphs that chance draws."""

from __future__ import annotations

import itertools
import random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from svclab.explore.diagrams import (
    Branch,
    CausalLoop,
    ChanceNode,
    Concept,
    ConceptMap,
    DecisionNode,
    DecisionTree,
    EndNode,
    Link,
    Relation,
    Variable,
    simple_cycles,
)
from svclab.explore.diagrams.loops import MOST_LOOPS

NAMES = "abcdef"


@st.composite
def graphs(draw: st.DrawFn) -> dict[str, list[str]]:
    names = NAMES[: draw(st.integers(0, 6))]
    pairs = [(a, b) for a in names for b in names if a != b]
    chosen = draw(st.sets(st.sampled_from(pairs), max_size=14)) if pairs else set()
    return {a: [b for b in names if (a, b) in chosen] for a in names}


def by_trying(graph: dict[str, list[str]]) -> set[tuple[str, ...]]:
    """Every order of every set of nodes, begun at the first of them."""
    found = set()
    for size in range(2, len(graph) + 1):
        for nodes in itertools.permutations(graph, size):
            closed = zip(nodes, nodes[1:] + nodes[:1], strict=True)
            if nodes[0] == min(nodes) and all(b in graph[a] for a, b in closed):
                found.add(nodes)
    return found


@settings(max_examples=120)
@given(graphs())
def test_cycles_are_those_that_trying_all_orders_finds(graph: dict[str, list[str]]) -> None:
    cycles, complete = simple_cycles(graph, most=10_000)
    assert complete
    assert set(cycles) == by_trying(graph)
    assert len(cycles) == len(set(cycles))
    assert [len(cycle) for cycle in cycles] == sorted(len(cycle) for cycle in cycles)


@pytest.mark.parametrize("n", [12, 30])
def test_a_graph_of_all_links_is_cut_and_says_so(n: int) -> None:
    names = [f"v{k}" for k in range(n)]
    graph = {a: [b for b in names if b != a] for a in names}
    cycles, complete = simple_cycles(graph)
    assert not complete
    assert len(cycles) == MOST_LOOPS
    assert {len(cycle) for cycle in cycles} == {2}  # the shortest come first


def test_many_links_without_a_loop_are_searched_at_once() -> None:
    names = [f"v{k}" for k in range(40)]
    forward = {a: names[k + 1 :] for k, a in enumerate(names)}  # 2 to the 38th paths, no cycle
    assert simple_cycles(forward) == ([], True)


@settings(max_examples=80)
@given(graphs(), st.randoms(use_true_random=False))
def test_a_loop_is_balancing_if_a_push_comes_back_turned_round(
    graph: dict[str, list[str]], draw: random.Random
) -> None:
    if not graph:
        return
    signs = {(a, b): draw.choice("+-") for a, ends in graph.items() for b in ends}
    diagram = CausalLoop(
        alt=".",
        variables=[Variable(name=name) for name in graph],
        links=[Link(start=a, end=b, sign=sign) for (a, b), sign in signs.items()],
    )
    for loop in diagram.loops:
        push = 1
        for pair in zip(loop.members, loop.members[1:] + loop.members[:1], strict=True):
            push *= 1 if signs[pair] == "+" else -1
        assert loop.reinforcing == (push == 1)
    names = [loop.name for loop in diagram.loops]
    assert len(names) == len(set(names))


def random_tree(draw: random.Random, depth: int = 0, name: str = "n") -> list[Any]:
    kind = draw.choice(["end", "chance", "decision"]) if 0 < depth < 3 else "decision"
    if depth == 3:
        kind = "end"
    if kind == "end":
        return [EndNode(name=name, payoff=draw.randint(-50, 50))]
    nodes: list[Any] = []
    branches = []
    weights = [draw.randint(1, 9) for _ in range(draw.randint(1, 3))]
    for k, weight in enumerate(weights):
        below = random_tree(draw, depth + 1, f"{name}{k}")
        nodes += below
        chance = weight / sum(weights) if kind == "chance" else None
        branches.append(
            Branch(to=below[0].name, label=str(k), probability=chance, amount=draw.randint(-9, 9))
        )
    made = ChanceNode if kind == "chance" else DecisionNode
    return [made(name=name, branches=branches), *nodes]


def best_by_trying(nodes: list[Any], best: str) -> float:
    """The best of all plans; a plan takes one branch at each decision."""
    by_name = {node.name: node for node in nodes}
    decisions = [node for node in nodes if isinstance(node, DecisionNode)]

    def worth(name: str, plan: dict[str, int]) -> float:
        node = by_name[name]
        if isinstance(node, EndNode):
            return node.payoff
        if isinstance(node, DecisionNode):
            branch = node.branches[plan[name]]
            return branch.amount + worth(branch.to, plan)
        return sum(b.probability * (b.amount + worth(b.to, plan)) for b in node.branches)

    choices = [range(len(node.branches)) for node in decisions]
    plans = (
        dict(zip((node.name for node in decisions), plan, strict=True))
        for plan in itertools.product(*choices)
    )
    pick = max if best == "max" else min
    return pick(worth(nodes[0].name, plan) for plan in plans)


@pytest.mark.parametrize("best", ["max", "min"])
@pytest.mark.parametrize("seed", range(12))
def test_rolling_back_finds_the_best_of_all_plans(seed: int, best: str) -> None:
    nodes = random_tree(random.Random(f"tree {seed}"))
    tree = DecisionTree(alt=".", nodes=nodes, best=best)
    assert tree.rolled_back["n"] == pytest.approx(best_by_trying(nodes, best))


def test_equal_branches_are_both_best_and_the_others_are_pruned() -> None:
    ends = [EndNode(name=str(k), payoff=payoff) for k, payoff in enumerate([5, 3, 5])]
    root = DecisionNode(name="root", branches=[Branch(to=e.name, label=e.name) for e in ends])
    tree = DecisionTree(alt=".", nodes=[root, *ends])
    assert tree.chosen == {"root": (0, 2)}
    first, *_ = tree.to_data()["nodes"]
    marks = [("best" in branch, "pruned" in branch) for branch in first["branches"]]
    assert marks == [(True, False), (False, True), (True, False)]
    assert [row[-1] for row in tree.tables()[0].rows] == ["", "best", "pruned", "best"]


def test_given_values_decide_instead_of_expected_ones() -> None:
    nodes = [
        DecisionNode(name="d", branches=[Branch(to="c", label="risk"),
                                         Branch(to="s", label="safe")]),
        ChanceNode(name="c", branches=[Branch(to="h", label="h", probability=0.5),
                                       Branch(to="l", label="l", probability=0.5)]),
        EndNode(name="h", payoff=100), EndNode(name="l", payoff=0), EndNode(name="s", payoff=40),
    ]  # fmt: skip
    assert DecisionTree(alt=".", nodes=nodes).chosen["d"] == (0,)
    values = {"d": 40.0, "c": 30.0, "h": 100.0, "l": 0.0, "s": 40.0}
    careful = DecisionTree(alt=".", nodes=nodes, values=values)
    assert careful.chosen["d"] == (1,)
    assert careful.rolled_back == values


@settings(max_examples=150)
@given(st.lists(st.lists(st.integers(0, 6), max_size=3), min_size=1, max_size=7))
def test_nodes_wired_in_any_way_make_a_tree_or_are_refused(wires: list[list[int]]) -> None:
    nodes = [
        DecisionNode(name=str(k), branches=[Branch(to=str(to), label=str(to)) for to in ends])
        if ends
        else EndNode(name=str(k), payoff=k)
        for k, ends in enumerate(wires)
    ]
    into = [to for ends in wires for to in ends]
    reached, waiting = {0}, [0]
    while waiting:
        for to in wires[waiting.pop()]:
            if to < len(wires) and to not in reached:
                reached.add(to)
                waiting.append(to)
    if sorted(into) == list(range(1, len(wires))) and len(reached) == len(wires):
        tree = DecisionTree(alt=".", nodes=nodes)
        payoffs = [k for k, ends in enumerate(wires) if not ends]
        assert tree.rolled_back["0"] == max(payoffs)
        assert len(tree.tables()[0].rows) == len(wires)
    else:
        with pytest.raises(ValueError, match=r"no node|reached|circular"):
            DecisionTree(alt=".", nodes=nodes)


@settings(max_examples=60)
@given(graphs())
def test_a_map_of_any_links_also_round_in_a_circle_tells_each_once(
    graph: dict[str, list[str]],
) -> None:
    if not graph:
        with pytest.raises(ValueError, match="at least one concept"):
            ConceptMap(alt=".", concepts=[])
        return
    pairs = [(a, b) for a, ends in graph.items() for b in ends]
    drawn = ConceptMap(
        alt=".", concepts=[Concept(name=name) for name in graph],
        relations=[Relation(start=a, end=b) for a, b in pairs],
    )  # fmt: skip
    links, concepts = drawn.tables()
    assert [(row[0], row[2]) for row in links.rows] == pairs
    assert [row[0] for row in concepts.rows] == list(graph)
