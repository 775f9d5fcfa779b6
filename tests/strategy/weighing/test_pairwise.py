"""Weights from judged pairs: published worked examples, NumPy, and matrices of any kind."""

import math
from itertools import combinations, pairwise

import hypothesis.strategies as st
import numpy as np
import pytest
from hypothesis import given, settings

from svclab.strategy.weighing import (
    RANDOM_INDEX,
    SCALE,
    circles,
    compare,
    doubts,
    from_matrix,
    geometric_weights,
    simulated_random_index,
)

# Saaty (2008), Decision making with the analytic hierarchy process, Int. J. Services Sciences 1,
# 83-98: relative consumption of drinks; matrix, weights and ratio as printed there (checked in the
# documentation and the tests of a public AHP package that cite it).
DRINKS = ("coffee", "wine", "tea", "beer", "soda", "milk", "water")
DRINK_ROWS = [
    [1, 9, 5, 2, 1, 1, 1 / 2],
    [1 / 9, 1, 1 / 3, 1 / 9, 1 / 9, 1 / 9, 1 / 9],
    [1 / 5, 3, 1, 1 / 3, 1 / 4, 1 / 3, 1 / 9],
    [1 / 2, 9, 3, 1, 1 / 2, 1, 1 / 3],
    [1, 9, 4, 2, 1, 2, 1 / 2],
    [1, 9, 3, 1, 1 / 2, 1, 1 / 3],
    [2, 9, 9, 3, 2, 3, 1],
]
DRINK_WEIGHTS = (0.177, 0.019, 0.042, 0.116, 0.190, 0.129, 0.327)

judgements = st.sampled_from(SCALE) | st.floats(0.01, 100)


@st.composite
def comparisons(draw, least=2, most=7):
    names = [f"n{k}" for k in range(draw(st.integers(least, most)))]
    return compare({pair: draw(judgements) for pair in combinations(names, 2)})


def test_drinks_of_saaty_2008():
    found = from_matrix(DRINKS, DRINK_ROWS)
    assert [round(w, 3) for w in found.weights.values()] == list(DRINK_WEIGHTS)
    assert round(found.ratio, 3) == 0.022
    assert found.is_consistent


def test_leader_example_of_an_encyclopedia():
    # Choosing a leader (Wikipedia, appendix to AHP); exact eigenvector weights and ratios as
    # printed in the documentation of a public AHP package, which uses Saaty's 2005 indices.
    experience = compare({("M", "N"): 1 / 4, ("M", "S"): 4, ("N", "S"): 9})
    assert {k: round(w, 3) for k, w in experience.weights.items()} == {
        "M": 0.217,
        "N": 0.717,
        "S": 0.066,
    }
    assert round(experience.ratio, 3) == 0.035
    education = compare({("M", "N"): 3, ("M", "S"): 1 / 5, ("N", "S"): 1 / 7})
    assert round(education.ratio, 3) == 0.062
    criteria = compare(
        {
            ("experience", "education"): 4,
            ("experience", "charisma"): 3,
            ("experience", "age"): 7,
            ("education", "charisma"): 1 / 3,
            ("education", "age"): 3,
            ("charisma", "age"): 5,
        }
    )
    assert [round(w, 3) for w in criteria.weights.values()] == [0.548, 0.127, 0.270, 0.056]
    assert round(criteria.ratio, 3) == 0.044


@given(comparisons())
def test_weights_are_the_eigenvector_that_numpy_finds(comparison):
    values, vectors = np.linalg.eig(np.array(comparison.matrix))
    k = int(np.argmax(values.real))
    vector = np.abs(vectors[:, k].real)
    assert comparison.eigenvalue == pytest.approx(values[k].real, rel=1e-9)
    assert list(comparison.weights.values()) == pytest.approx(vector / vector.sum(), rel=1e-7)


@given(comparisons())
def test_weights_are_shares_and_the_index_is_never_negative(comparison):
    assert math.fsum(comparison.weights.values()) == pytest.approx(1, abs=1e-12)
    assert min(comparison.weights.values()) > 0
    assert comparison.index >= 0
    assert comparison.eigenvalue >= len(comparison.names) - 1e-9


@given(st.lists(st.floats(0.1, 10), min_size=2, max_size=8))
def test_judgements_that_agree_give_their_weights_back_and_ratio_zero(weights):
    names = [f"n{k}" for k in range(len(weights))]
    pairs = {(a, b): weights[i] / weights[j]
             for (i, a), (j, b) in combinations(enumerate(names), 2)}  # fmt: skip
    found = compare(pairs)
    whole = math.fsum(weights)
    assert list(found.weights.values()) == pytest.approx([w / whole for w in weights], rel=1e-9)
    assert found.ratio == pytest.approx(0, abs=1e-9)
    assert geometric_weights(found) == pytest.approx(found.weights, rel=1e-9)


@given(comparisons(most=3))
def test_up_to_three_names_the_eigenvector_is_the_geometric_mean(comparison):
    assert geometric_weights(comparison) == pytest.approx(comparison.weights, rel=1e-7)


@given(st.sampled_from([2.0, 3.0, 9.0, 100.0, 1e6]))
def test_a_circle_of_equal_judgements_gives_equal_weights(strength):
    # The slowest case for an iteration: eigenvalues of a circulant, |second| near the first.
    found = compare({("a", "b"): strength, ("b", "c"): strength, ("c", "a"): strength})
    assert list(found.weights.values()) == pytest.approx([1 / 3] * 3, rel=1e-9)
    assert found.eigenvalue == pytest.approx(1 + strength + 1 / strength, rel=1e-9)
    assert not found.is_consistent or strength < 2
    assert len(circles(found)) == 1


@given(comparisons(least=3))
def test_circles_are_the_threes_that_enumeration_finds(comparison):
    names, rows = comparison.names, comparison.matrix

    def above(i, j):
        return rows[i][j] > 1

    count = 0
    for i, j, k in combinations(range(len(names)), 3):
        count += above(i, j) and above(j, k) and above(k, i)
        count += above(j, i) and above(k, j) and above(i, k)
    assert len(circles(comparison)) == count


@pytest.mark.parametrize(("names", "index"), [(4, 0.89), (5, 1.11), (6, 1.25)])
def test_random_judgements_give_saatys_random_index_of_2005(names, index):
    # 800 matrices; the spread of the index is 0.63 for 4 names and less for more, so five standard
    # errors are 0.115, plus half a printed digit: a false alarm in fewer than 1 of 100,000.
    found = simulated_random_index(names, matrices=800, seed="saaty")
    assert found == pytest.approx(index, abs=5 * 0.65 / math.sqrt(800) + 0.005)


def test_random_index_for_three_names_by_all_4913_matrices():
    # Closed form for three names: λ = 1 + x + 1/x with x = (a12 a23 / a13)^(1/3). All 17³
    # matrices of the scale: the table of 2005 is right to its digits, that of 1980 is not.
    every = []
    for a in SCALE:
        for b in SCALE:
            for c in SCALE:
                x = (a * b / c) ** (1 / 3)
                every.append((1 + x + 1 / x - 3) / 2)
    mean = math.fsum(every) / len(every)
    assert round(mean, 2) == RANDOM_INDEX["2005"][2]
    assert round(mean, 2) < RANDOM_INDEX["1980"][2]


def test_the_ratio_is_the_index_over_the_chosen_random_index():
    pairs = {("a", "b"): 2, ("b", "c"): 3, ("a", "c"): 2}
    new, old = compare(pairs), compare(pairs, index="1980")
    assert new.index == old.index
    assert old.ratio * 0.58 == pytest.approx(new.ratio * 0.52)


def test_doubts_find_the_one_judgement_that_was_put_in_wrong():
    weights = {"a": 8, "b": 4, "c": 2, "d": 1}
    pairs = {(x, y): weights[x] / weights[y] for x, y in combinations(weights, 2)}
    found = doubts(compare({**pairs, ("b", "d"): 1 / 4}))
    top = found.rows[0]
    assert {top.first, top.second} == {"b", "d"}
    assert (top.first, top.judged) == ("d", 4)
    assert top.implied == pytest.approx(1 / 4)
    assert top.ratio_after == pytest.approx(0, abs=1e-9)
    assert found.ratio > 0.1


@settings(max_examples=40)
@given(comparisons(least=3, most=5))
def test_implied_ratio_is_the_fixed_point_of_putting_it_in(comparison):
    # Harker (1987): with w[i] / w[j] in the cell, the weights of the full matrix are the same.
    for doubt in doubts(comparison).rows:
        rows = [list(row) for row in comparison.matrix]
        i, j = comparison.names.index(doubt.first), comparison.names.index(doubt.second)
        rows[i][j], rows[j][i] = doubt.implied, 1 / doubt.implied
        if not 1e-6 <= doubt.implied <= 1e6:
            continue
        full = from_matrix(comparison.names, rows)
        ratio = full.weights[doubt.first] / full.weights[doubt.second]
        assert ratio == pytest.approx(doubt.implied, rel=1e-6)


@settings(max_examples=30)
@given(comparisons(least=3))
def test_doubts_cover_every_pair_once_and_stand_in_order(comparison):
    rows = doubts(comparison).rows
    pairs = {frozenset((d.first, d.second)) for d in rows}
    assert len(rows) == len(pairs) == math.comb(len(comparison.names), 2)
    assert all(a.ratio_after <= b.ratio_after + 1e-9 for a, b in pairwise(rows))
    assert all(d.factor >= 1 and d.proposed in SCALE for d in rows)


def test_two_names_leave_nothing_to_contradict():
    assert doubts(compare({("a", "b"): 7})).rows == ()
    assert "fewer than three" in doubts(compare({("a", "b"): 7})).sentence


def test_one_name_has_all_the_weight():
    assert from_matrix(["only"], [[1]]).weights == {"only": 1.0}


@pytest.mark.parametrize(
    ("pairs", "says"),
    [
        ({}, "give a dict such as"),
        ({("a", "b"): 0}, "above 0"),
        ({("a", "b"): -3}, "above 0"),
        ({("a", "b"): math.nan}, "give a number"),
        ({("a", "b"): "three"}, "give a number"),
        ({("a", "a"): 1}, "two different names"),
        ({"ab": 1}, "two different names"),
        ({("a", "b"): 2, ("b", "c"): 2}, "not judged yet: a / c"),
        ({("a", "b"): 2, ("b", "a"): 2}, "the other way round"),
        ({(f"n{i}", f"n{j}"): 1 for i, j in combinations(range(11), 2)}, "at most 10"),
    ],
)
def test_judgements_that_cannot_be_used_are_named(pairs, says):
    with pytest.raises(ValueError, match=says):
        compare(pairs)


@pytest.mark.parametrize(
    ("names", "rows", "says"),
    [
        ([], [], "names is empty"),
        (["a", "a"], [[1, 1], [1, 1]], "comes twice"),
        (["a", "b"], [[1, 2]], "2 rows of 2"),
        (["a", "b"], [[1, 2, 3], [1, 2, 3]], "2 rows of 2"),
        (["a", "b"], [[2, 2], [0.5, 1]], "diagonal is 1"),
        (["a", "b"], [[1, 3], [3, 1]], "give 0.3333, the reciprocal"),
    ],
)
def test_matrices_that_cannot_be_used_are_named(names, rows, says):
    with pytest.raises(ValueError, match=says):
        from_matrix(names, rows)


def test_a_rounded_reciprocal_passes():
    assert from_matrix(["a", "b"], [[1, 3], [0.33, 1]]).weights["a"] == 0.75


def test_the_same_judgements_the_other_way_round_give_the_same_weights():
    there = compare({("a", "b"): 3, ("a", "c"): 5, ("b", "c"): 2})
    back = compare({("b", "a"): 1 / 3, ("c", "a"): 1 / 5, ("c", "b"): 1 / 2})
    assert {n: there.weights[n] for n in "abc"} == pytest.approx(
        {n: back.weights[n] for n in "abc"}
    )


def test_a_comparison_shows_itself_in_text_and_html():
    found = compare({("price", "speed"): 3})
    assert "price 75%" in repr(found)
    assert "<table>" in found._repr_html_()


def test_a_matrix_that_is_none_is_told():
    with pytest.raises(ValueError, match="give 2 rows of 2 numbers"):
        from_matrix(["a", "b"], 3)
