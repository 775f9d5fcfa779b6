"""Rankings under several criteria, and reversal: published tables and a second method."""

import math
from itertools import combinations

import hypothesis.strategies as st
import pytest
from hypothesis import given

from svclab.strategy.weighing import (
    compare,
    from_matrix,
    rank,
    rank_reversal,
    reversals,
    supplier_case,
    with_copy,
)

# Belton and Gear (1983) with Table 1 and 2 of Wang and Elhag (2006), An approach to avoiding rank
# reversal in AHP, Decision Support Systems 42, 1474-1480, which print matrices and weights.
BELTON_GEAR = {
    "a": from_matrix(list("ABC"), [[1, 1 / 9, 1], [9, 1, 9], [1, 1 / 9, 1]]),
    "b": from_matrix(list("ABC"), [[1, 9, 9], [1 / 9, 1, 1], [1 / 9, 1, 1]]),
    "c": from_matrix(list("ABC"), [[1, 8 / 9, 8], [9 / 8, 1, 9], [1 / 8, 1 / 9, 1]]),
}
EQUAL = {"a": 1, "b": 1, "c": 1}


@st.composite
def problems(draw):
    options = [f"o{k}" for k in range(draw(st.integers(2, 5)))]
    criteria = [f"c{k}" for k in range(draw(st.integers(1, 4)))]
    weights = {c: draw(st.integers(1, 9)) for c in criteria}
    under = {c: {o: draw(st.integers(1, 9)) for o in options} for c in criteria}
    return weights, under


def test_belton_and_gear_1983_distributive_before_and_after_the_copy():
    found = rank_reversal(EQUAL, BELTON_GEAR, "B", name="D")
    assert [round(t, 4) for t in found.before.totals.values()] == [0.4512, 0.4697, 0.0791]
    assert [round(t, 4) for t in found.after.totals.values()] == [0.3654, 0.2889, 0.0568, 0.2889]
    assert found.before.order[0] == "B"
    assert found.after.order[0] == "A"
    assert found.flipped == (("B", "A"),)


def test_belton_and_gear_1983_ideal_mode_keeps_the_order():
    found = rank_reversal(EQUAL, BELTON_GEAR, "B", name="D", mode="ideal")
    assert [round(t, 4) for t in found.before.totals.values()] == [0.6667, 0.7037, 0.1111]
    assert [round(t, 4) for t in found.after.totals.values()] == [0.6667, 0.7037, 0.1111, 0.7037]
    assert found.flipped == ()


def test_saaty_and_vargas_counterexample_turns_the_ideal_mode_round():
    # Table 3 and 4 of Wang and Elhag (2006): a third option that is no copy.
    two = {
        "1": from_matrix(list("AB"), [[1, 1 / 2], [2, 1]]),
        "2": from_matrix(list("AB"), [[1, 7 / 6], [6 / 7, 1]]),
        "3": from_matrix(list("AB"), [[1, 3], [1 / 3, 1]]),
    }
    three = {
        "1": from_matrix(list("ABC"), [[1, 1 / 2, 1 / 2], [2, 1, 1], [2, 1, 1]]),
        "2": from_matrix(list("ABC"), [[1, 7 / 6, 1], [6 / 7, 1, 6 / 7], [1, 7 / 6, 1]]),
        "3": from_matrix(list("ABC"), [[1, 3, 1 / 2], [1 / 3, 1, 1 / 6], [2, 6, 1]]),
    }
    weights = dict.fromkeys("123", 1)
    before, after = (rank(weights, under, mode="ideal") for under in (two, three))
    assert [round(t, 4) for t in before.totals.values()] == [0.8333, 0.7302]
    assert [round(t, 4) for t in after.totals.values()] == [0.6667, 0.6746, 1.0]
    assert reversals(before, after) == (("A", "B"),)
    plain = [rank(weights, under) for under in (two, three)]
    assert [round(t, 4) for t in plain[0].totals.values()] == [0.5406, 0.4594]
    assert [round(t, 4) for t in plain[1].totals.values()] == [0.2833, 0.2667, 0.45]
    assert reversals(*plain) == ()


def pairs(text):
    """'A B 3, ...' as judgements."""
    found = {}
    for part in text.split(","):
        a, b, value = part.split()
        found[a, b] = float(value)
    return compare(found)


def test_cities_of_saaty_2005():
    # Saaty (2005), Theory and Applications of the Analytic Network Process; judgements and the
    # result (0.229, 0.275, 0.385, 0.111) as held in the tests of a public AHP package.
    criteria = pairs(
        "culture housing 3, culture transport 5, family culture 5, family housing 7, "
        "family transport 7, housing transport 3, jobs culture 2, jobs housing 4, "
        "jobs transport 7, family jobs 1"
    )
    under = {
        "culture": pairs("Be Pi 1, Bo Be 2, Bo Pi 2.5, Bo Sa 1, Sa Be 2, Sa Pi 2.5"),
        "family": pairs("Be Bo 2, Be Sa 4, Bo Sa 2, Pi Be 3, Pi Bo 8, Pi Sa 9"),
        "housing": pairs("Be Bo 5, Be Sa 2.5, Pi Be 2, Pi Bo 9, Pi Sa 7, Sa Bo 4"),
        "jobs": pairs("Be Pi 3, Be Sa 4, Bo Be 2, Bo Pi 6, Bo Sa 8, Pi Sa 1"),
        "transport": pairs("Be Bo 1.5, Be Sa 4, Bo Sa 2.5, Pi Be 2, Pi Bo 3.5, Pi Sa 9"),
    }
    totals = rank(criteria, under).totals
    assert {k: round(t, 3) for k, t in totals.items()} == {
        "Be": 0.229,
        "Bo": 0.275,
        "Pi": 0.385,
        "Sa": 0.111,
    }


@given(problems())
def test_distributive_totals_add_up_to_one_and_ideal_ones_stay_below(problem):
    weights, under = problem
    assert math.fsum(rank(weights, under).totals.values()) == pytest.approx(1)
    assert all(t <= 1 + 1e-12 for t in rank(weights, under, mode="ideal").totals.values())


@given(problems(), st.data())
def test_a_copy_never_turns_the_ideal_mode_round(problem, data):
    weights, under = problem
    copied = data.draw(st.sampled_from(sorted(under["c0"])))
    found = rank_reversal(weights, under, copied, name="twin", mode="ideal")
    assert found.flipped == ()
    totals = found.after.totals
    assert totals["twin"] == totals[copied]


@given(problems(), st.data())
def test_reversal_by_a_copy_is_what_exact_arithmetic_gives(problem, data):
    # Second method: cross-multiplied whole numbers, no division of floats.
    from fractions import Fraction

    weights, under = problem
    copied = data.draw(st.sampled_from(sorted(under["c0"])))

    def totals(extra):
        found = {}
        for option in under["c0"]:
            parts = []
            for c, row in under.items():
                whole = sum(row.values()) + (row[copied] if extra else 0)
                parts.append(Fraction(weights[c] * row[option], whole))
            found[option] = sum(parts)
        return found

    before, after = totals(False), totals(True)
    expected = set()
    for a, b in combinations(under["c0"], 2):
        was, now = before[a] - before[b], after[a] - after[b]
        if was * now < 0:
            expected.add((a, b) if was > 0 else (b, a))
    assert set(rank_reversal(weights, under, copied).flipped) == expected


@given(st.lists(st.floats(0.2, 5), min_size=3, max_size=3))
def test_a_copy_of_a_judged_option_has_its_weight_and_keeps_the_other_ratios(values):
    # For judgements that agree, the weights of the old options keep their proportions.
    judged = compare({("a", "b"): values[0], ("b", "c"): values[1],
                      ("a", "c"): values[0] * values[1]})  # fmt: skip
    copied = with_copy(judged, "b", "twin")
    assert copied.weights["twin"] == pytest.approx(copied.weights["b"])
    ratio = judged.weights["a"] / judged.weights["c"]
    assert copied.weights["a"] / copied.weights["c"] == pytest.approx(ratio)


def test_the_supplier_case_hangs_on_one_judgement_and_a_copy_turns_two_round():
    case = supplier_case()
    assert case.comparison.ratio > 0.1 > case.revised.ratio
    assert case.revised.judged("timeliness", "quality") == 1
    assert rank(case.comparison, case.under).order[0] == "Anhe"
    assert rank(case.revised, case.under).order[0] == "Dongsheng"
    found = rank_reversal(case.revised, case.under, "Cuiyu")
    assert found.flipped == (("Cuiyu", "Beichen"),)
    assert set(case.origin.values()) == {"source", "invented"}


@pytest.mark.parametrize(
    ("criteria", "options", "says"),
    [
        ({}, {}, "criteria is empty"),
        ({"x": 0}, {"x": {"a": 1}}, "all weights are zero"),
        ({"x": 1}, {}, "options has no 'x'"),
        ({"x": 1}, {"x": {"a": 1}, "y": {"a": 1}}, "criterion of options='y'"),
        ({"x": 1, "y": 1}, {"x": {"a": 1}, "y": {"b": 1}}, "the same options"),
        ({"x": 1}, {"x": 3}, "give a comparison"),
        ({"x": 1}, {"x": {"a": -1}}, "zero or more"),
    ],
)
def test_hierarchies_that_cannot_be_used_are_named(criteria, options, says):
    with pytest.raises(ValueError, match=says):
        rank(criteria, options)


def test_a_copy_needs_a_name_of_its_own():
    with pytest.raises(ValueError, match="is taken"):
        with_copy({"a": 1, "b": 2}, "a", "b")
    with pytest.raises(ValueError, match="option='c'"):
        with_copy({"a": 1, "b": 2}, "c", "d")
