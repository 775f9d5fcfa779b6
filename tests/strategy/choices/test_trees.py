"""Decision trees and caution: against published examples, enumeration and each other."""

import math
from itertools import product

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from svclab.strategy.choices import (
    Chance,
    Decision,
    End,
    certainty_equivalent,
    chance,
    decision,
    indifferent_tolerance,
    plus,
    risk_premium,
    risk_profile,
    rollback,
    tree_from_rows,
    tree_rows,
)

amounts = st.integers(-50, 50).map(float)
SIXTHS = st.sampled_from([(1.0,), (0.5, 0.5), (0.25, 0.75), (0.5, 0.25, 0.25)])


def chances(children):
    def made(parts):
        shares, below = parts
        return chance("c", {f"b{k}": (p, below[k]) for k, p in enumerate(shares)})

    return st.tuples(SIXTHS, st.lists(children, min_size=3, max_size=3)).map(made)


def decisions(children):
    return st.lists(children, min_size=1, max_size=3).map(
        lambda below: decision("d", {f"o{k}": n for k, n in enumerate(below)})
    )


trees = st.recursive(amounts.map(End), lambda c: chances(c) | decisions(c), max_leaves=12)

# The oil wildcatter of the manual of SAS/OR (the DTREE procedure): drilling costs 150, 300 or 500
# with chances .2, .6, .2; the hole is dry (0), wet (700) or soaking (1200) with .5, .3, .2;
# thousand dollars. Checked in several editions of the manual.
COSTS = {"low": (0.2, 150), "fair": (0.6, 300), "high": (0.2, 500)}
HOLES = {"dry": (0.5, 0), "wet": (0.3, 700), "soaking": (0.2, 1200)}


def wildcatter():
    drill = chance("cost", {
        c: (p, chance("oil", {o: (q, gain - cost) for o, (q, gain) in HOLES.items()}))
        for c, (p, cost) in COSTS.items()
    })  # fmt: skip
    return decision("drill?", {"drill": drill, "not": 0})


def test_wildcatter_drills_for_140000_as_in_the_manual():
    found = rollback(wildcatter())
    assert found.first == "drill"
    assert found.value == pytest.approx(140)


def test_a_cautious_wildcatter_does_not_drill_as_in_the_manual():
    # Risk tolerance 700,000: drilling is worth -13,580 to him, printed to the ten dollars.
    found = rollback(wildcatter(), risk_tolerance=700)
    assert found.options["drill"] == pytest.approx(-13.580, abs=5e-4)
    assert found.first == "not"
    assert found.value == 0


def test_the_survey_of_the_oil_company_by_lindos_tree():
    # Chances and amounts from LINDO's public model (DECTREE.txt) of a tree of Hillier and
    # Lieberman: survey 30, favourable with .3, then oil with .5, else .143 (1/7); drill 100, oil
    # 800, sell 90. Its optimum, by hand: .3 (.5 · 800 - 100) + .7 · 90 - 30 = 123.
    def then(oil, paid):
        drill = chance("hole", {"oil": (oil, 700 - paid), "dry": (1 - oil, -100 - paid)})
        return decision("then", {"drill": drill, "sell": 90 - paid})

    survey = chance("signal", {"good": (0.3, then(0.5, 30)), "bad": (0.7, then(1 / 7, 30))})
    found = rollback(decision("survey?", {"survey": survey, "none": then(0.25, 0)}))
    assert found.options == pytest.approx({"survey": 123, "none": 100})
    assert found.chosen["survey", "good"] == "drill"
    assert found.chosen["survey", "bad"] == "sell"


def test_a_new_product_of_a_public_text_on_the_value_of_information():
    # High, medium, low sales: 400,000, 100,000, -200,000 with .5, .3, .2: 190,000 is printed.
    sales = chance("sales", {"high": (0.5, 400), "medium": (0.3, 100), "low": (0.2, -200)})
    assert rollback(decision("introduce?", {"yes": sales, "no": 0})).value == pytest.approx(190)


def plans(node):
    """Every plan's outcomes, a list of (amount, chance): the long way round."""
    if isinstance(node, End):
        return [[(node.value, 1.0)]]
    if isinstance(node, Decision):
        return [plan for below in node.options.values() for plan in plans(below)]
    parts = [[[(x, q * p) for x, q in plan] for plan in plans(n)] for p, n in
             node.branches.values()]  # fmt: skip
    return [[pair for plan in some for pair in plan] for some in product(*parts)]


@settings(max_examples=120)
@given(trees)
def test_rollback_is_the_best_of_all_plans(tree):
    every = plans(tree)
    assume(len(every) < 3000)
    best = max(math.fsum(x * p for x, p in plan) for plan in every)
    assert rollback(tree).value == pytest.approx(best, abs=1e-9)


@settings(max_examples=120)
@given(trees, st.sampled_from([None, 5.0, 40.0]))
def test_the_profile_has_the_worth_of_the_rollback(tree, tolerance):
    """Exponential utility may be rolled back step by step: the profile gives the same."""
    profile = risk_profile(tree, risk_tolerance=tolerance)
    assert math.fsum(p for _, p in profile.outcomes) == pytest.approx(1)
    worth = certainty_equivalent(profile.outcomes, risk_tolerance=tolerance)
    assert worth == pytest.approx(rollback(tree, risk_tolerance=tolerance).value, abs=1e-8)


@settings(max_examples=120)
@given(trees, st.integers(-20, 20))
def test_an_amount_added_everywhere_is_added_to_the_worth(tree, amount):
    for tolerance in (None, 10.0):
        before = rollback(tree, risk_tolerance=tolerance).value
        after = rollback(plus(tree, amount), risk_tolerance=tolerance).value
        assert after == pytest.approx(before + amount, abs=1e-8)


@settings(max_examples=120)
@given(trees)
def test_a_tree_comes_back_from_its_table(tree):
    assume(not isinstance(tree, End))
    again = tree_from_rows(tree_rows(tree))
    assert rollback(again).value == pytest.approx(rollback(tree).value, abs=1e-9)
    assert tree_rows(again) == tree_rows(tree)
    assert repr(rollback(tree))


@st.composite
def tables(draw):
    """A table of decisions with any arrows at all: circles, several roots, missing nodes."""
    n = draw(st.integers(1, 5))
    rows = []
    for k in range(n):
        for b in range(draw(st.integers(1, 2))):
            target = draw(st.sampled_from(["", *[f"n{j}" for j in range(n + 1)]]))
            rows.append({"node": f"n{k}", "kind": "decision", "branch": f"b{b}", "value": 1.0,
                         "next": target})  # fmt: skip
    return rows


def longest(rows, node, seen=()):
    """The largest sum along branches, or a circle or missing node as None."""
    known = [r for r in rows if r["node"] == node]
    if not known or node in seen:
        return None
    found = [1 + (longest(rows, r["next"], (*seen, node)) or -99) if r["next"] else 1
             for r in known]  # fmt: skip
    return None if min(found) < 0 else max(found)


@given(tables())
def test_any_table_is_a_tree_or_is_refused(rows):
    nodes = {r["node"] for r in rows}
    targets = {r["next"] for r in rows if r["next"]}
    roots = nodes - targets
    good = (
        targets <= nodes
        and len(roots) == 1
        and all(longest(rows, node) is not None for node in nodes)
    )
    if good:
        root = roots.pop()
        assert rollback(tree_from_rows(rows)).value == longest(rows, root)
    else:
        with pytest.raises(ValueError, match=r"circle|root|no rows"):
            tree_from_rows(rows)


def row(**changes):
    return {"node": "a", "kind": "chance", "branch": "x", "chance": 1.0, "value": 1, **changes}


@pytest.mark.parametrize(
    ("rows", "word"),
    [
        ([], "empty"),
        ([row(node="")], "no node"),
        ([row(branch=None)], "no branch"),
        ([row(kind="luck")], "one of"),
        ([row(), row()], "twice"),
        ([row(chance=0.4)], "add up to 0.4"),
        ([row(chance=None)], "share"),
        ([row(kind="decision")], "no chance"),
        ([row(), row(branch="y", kind="decision", chance=None)], "one kind"),
        ([row(next="a")], "circle: a → a"),
        ([row(next="b")], "no rows"),
        ([row(), row(node="b")], "2 roots"),
        ([row(value="much")], "number"),
    ],
)
def test_impossible_tables_are_refused_with_what_to_do(rows, word):
    with pytest.raises(ValueError, match=word):
        tree_from_rows(rows)


def test_a_node_shared_by_many_branches_cannot_grow_without_end():
    rows = [
        {"node": f"n{k}", "kind": "decision", "branch": b, "next": f"n{k + 1}" if k < 40 else ""}
        for k in range(41)
        for b in "xy"
    ]
    with pytest.raises(ValueError, match="more than 20,000"):
        tree_from_rows(rows)


def test_impossible_nodes_are_refused():
    for ask, word in (
        (lambda: chance("c", {"a": (0.5, 1)}), "add up to 0.5"),
        (lambda: chance("c", {"a": 0.5}), "chance, amount or node"),
        (lambda: chance("c", {}), "empty"),
        (lambda: decision("d", {"a": "much"}), "amount"),
        (lambda: decision("d", {}), "empty"),
        (lambda: rollback(3, risk_tolerance=0), "risk_tolerance"),
        (lambda: risk_profile(decision("d", {"a": 1}), first="b"), "root's options are a"),
    ):
        with pytest.raises(ValueError, match=word):
            ask()


def test_a_first_option_can_be_forced():
    tree = decision("d", {"good": 5, "bad": chance("c", {"a": (0.5, 4), "b": (0.5, -4)})})
    assert risk_profile(tree).mean == 5
    forced = risk_profile(tree, first="bad")
    assert (forced.mean, forced.deviation, forced.chance_below(0)) == (0, 4, 0.5)
    assert isinstance(tree.options["bad"], Chance)


gambles = st.lists(st.tuples(st.floats(-100, 100), st.integers(1, 9)), min_size=2, max_size=5).map(
    lambda rows: [(x, w / sum(v for _, v in rows)) for x, w in rows]
)


@given(gambles, st.floats(0.5, 500))
def test_certainty_equivalent_is_the_inverse_of_exponential_utility(outcomes, tolerance):
    utility = math.fsum(p * -math.exp(-x / tolerance) for x, p in outcomes)
    direct = -tolerance * math.log(-utility)
    assert certainty_equivalent(outcomes, risk_tolerance=tolerance) == pytest.approx(
        direct, rel=1e-9, abs=1e-9
    )


@given(gambles, st.floats(1, 100), st.floats(1.1, 5))
def test_the_more_cautious_want_less_and_never_more_than_the_mean(outcomes, tolerance, more):
    low = certainty_equivalent(outcomes, risk_tolerance=tolerance)
    high = certainty_equivalent(outcomes, risk_tolerance=tolerance * more)
    mean = certainty_equivalent(outcomes)
    assert min(x for x, _ in outcomes) - 1e-9 <= low <= high + 1e-9
    assert high <= mean + 1e-9


def test_a_large_tolerance_costs_half_the_variance_by_the_tolerance_as_pratt_says():
    outcomes = [(10, 0.3), (-4, 0.7)]
    variance = 0.3 * 0.7 * 14**2
    assert risk_premium(outcomes, risk_tolerance=1e4) == pytest.approx(variance / 2e4, rel=1e-3)


def test_no_power_overflows():
    assert certainty_equivalent([(-1e6, 0.5), (1e6, 0.5)], risk_tolerance=1) == pytest.approx(
        -1e6 + math.log(2)
    )


@given(st.floats(1, 100), st.floats(0.1, 0.9))
def test_at_the_indifferent_tolerance_both_are_the_same(size, place):
    outcomes = [(size, 0.6), (-size, 0.4)]
    sure = -size + place * 1.2 * size
    found = indifferent_tolerance(outcomes, sure=sure)
    assert certainty_equivalent(outcomes, risk_tolerance=found) == pytest.approx(
        sure, abs=1e-6 * size
    )


def test_a_sure_amount_out_of_reach_is_refused():
    for sure, who in ((30, "nobody"), (-60, "everybody")):
        with pytest.raises(ValueError, match=who):
            indifferent_tolerance([(100, 0.5), (-50, 0.5)], sure=sure)


def test_a_worst_outcome_that_hardly_ever_comes_still_counts_for_the_very_cautious():
    # The sum of the chances less 1 is -1 in floats: its logarithm must not be taken from there.
    found = certainty_equivalent([(-10, 1e-17), (10, 1.0)], risk_tolerance=0.01)
    assert found == pytest.approx(-10 - 0.01 * math.log(1e-17))


@pytest.mark.parametrize(
    ("outcomes", "says"),
    [
        ([3, 4], r"outcomes\[0\]=3: give \(amount, chance\)"),
        ([(1, 0.5), ("x", 0.5)], r"amount of outcomes\[1\]='x'"),
        ([(1, 50), (2, 50)], r"chance of outcomes\[0\]=50: give a share"),
    ],
)
def test_the_outcome_that_is_wrong_is_named(outcomes, says):
    with pytest.raises(ValueError, match=says):
        certainty_equivalent(outcomes)
