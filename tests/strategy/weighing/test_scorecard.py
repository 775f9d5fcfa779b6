"""Scorecards, ranges of weights, dominance and swings against enumeration, grids and formulas."""

import math
from itertools import permutations
from random import Random

import hypothesis.strategies as st
import pytest
from hypothesis import given, settings

from svclab.strategy.weighing import (
    FOUR_VALUES,
    contest,
    dominated,
    project_score,
    range_weights,
    rank_weights,
    rescaled,
    scorecard,
    sensitivity,
    supplier_case,
    swing_weights,
)


@st.composite
def cards(draw, options=(1, 5), criteria=(1, 4)):
    names = [f"o{k}" for k in range(draw(st.integers(*options)))]
    columns = [f"c{k}" for k in range(draw(st.integers(*criteria)))]
    scores = {o: {c: draw(st.integers(0, 10)) for c in columns} for o in names}
    weights = {c: draw(st.integers(0, 9)) for c in columns}
    if not any(weights.values()):
        weights[columns[0]] = 1
    return scorecard(scores, weights)


def totals_at(card, criterion, share):
    """Totals with one weight moved, written out anew."""
    rest = math.fsum(w for c, w in card.weights.items() if c != criterion)
    found = {}
    for option, row in card.scores.items():
        others = [
            (w / rest if rest else 1 / (len(row) - 1)) * row[c]
            for c, w in card.weights.items()
            if c != criterion
        ]
        found[option] = share * row[criterion] + (1 - share) * math.fsum(others)
    return found


@given(cards())
def test_totals_are_weighted_means(card):
    for option, total in card.totals.items():
        row = card.scores[option]
        assert min(row.values()) - 1e-9 <= total <= max(row.values()) + 1e-9
    assert card.totals[card.first] >= max(card.totals.values()) - 1e-7


@given(cards(options=(2, 5), criteria=(2, 4)))
def test_within_its_range_the_first_stays_first_and_beyond_it_does_not(card):
    for r in sensitivity(card).ranges:
        assert 0 <= r.low <= r.weight + 1e-12 <= r.high + 2e-12 <= 1 + 2e-12
        for step in range(101):
            share = step / 100
            totals = totals_at(card, r.criterion, share)
            lead = totals[card.first] - max(totals.values())
            if r.low + 1e-9 < share < r.high - 1e-9:
                assert lead >= -1e-8
            elif share < r.low - 1e-6 or share > r.high + 1e-6:
                assert lead < 0


@given(cards(options=(2, 4), criteria=(2, 4)))
def test_who_takes_over_is_level_at_the_end_of_the_range(card):
    for r in sensitivity(card).ranges:
        for share, other in ((r.low, r.below), (r.high, r.above)):
            if other is not None:
                totals = totals_at(card, r.criterion, share)
                assert totals[other] == pytest.approx(totals[card.first], abs=1e-7)


def test_a_single_criterion_or_option_has_no_limit():
    one = scorecard({"a": {"x": 1}, "b": {"x": 2}}, {"x": 1})
    assert sensitivity(one).tightest is None
    assert "whatever" in sensitivity(one).sentence
    alone = scorecard({"a": {"x": 1, "y": 3}}, {"x": 1, "y": 1})
    assert (alone.first, alone.margin, sensitivity(alone).tightest) == ("a", 0.0, None)


def test_two_with_the_same_total_are_named_as_level():
    card = scorecard({"a": {"x": 1, "y": 3}, "b": {"x": 3, "y": 1}}, {"x": 1, "y": 1})
    assert card.sentence == "a and b are first with 2 each."


@given(cards(options=(2, 5), criteria=(2, 2)))
def test_standing_is_what_a_fine_grid_of_two_weights_shows(card):
    found = contest(card.scores)
    for option in card.scores:
        leads = []
        for step in range(1001):
            w = step / 1000
            totals = {o: w * r["c0"] + (1 - w) * r["c1"] for o, r in card.scores.items()}
            leads.append(totals[option] - max(t for o, t in totals.items() if o != option))
        row = found[option]
        # Lines of slope 10 at most: the grid comes within 0.02 of the best margin.
        assert max(leads) <= row.best_margin + 1e-6
        assert row.best_margin <= max(leads) + 0.02
        if max(leads) > 1e-6:
            assert row.standing == "first"
        if max(leads) < -0.02:
            assert row.standing == "never"


@settings(max_examples=40)
@given(cards(options=(2, 5)))
def test_a_dominated_option_is_at_best_level_and_someone_can_win(card):
    below, found = dominated(card.scores), contest(card.scores)
    for row in found.rows:
        assert row.dominated_by == below.get(row.name, ())
        if row.dominated_by:
            assert row.standing in ("level", "never")
        assert math.fsum(row.weights.values()) == pytest.approx(1)
    assert any(row.standing != "never" for row in found.rows)


@given(cards())
def test_dominance_is_strict_and_has_no_circle(card):
    below = dominated(card.scores)
    for name, above in below.items():
        for other in above:
            assert name not in below.get(other, ())
            assert all(card.scores[other][c] >= s for c, s in card.scores[name].items())
    assert len(below) < len(card.scores)


def test_never_first_without_being_dominated():
    found = contest({"a": {"x": 0, "y": 10}, "b": {"x": 10, "y": 0}, "m": {"x": 4, "y": 4}})
    assert found["m"].standing == "never"
    assert found["m"].dominated_by == ()
    assert found["m"].best_margin == pytest.approx(-1)
    assert contest({"only": {"x": 3}})["only"].standing == "first"
    with pytest.raises(KeyError, match="the options are a, b and m"):
        found["z"]


def test_the_supplier_case_sensitivity_and_dominance():
    case = supplier_case()
    found = sensitivity(scorecard(case.scores, case.revised.weights))
    assert found.first == "Dongsheng"
    assert found.tightest.criterion == "timeliness"
    assert found.tightest.above == "Anhe"
    assert dominated(case.scores) == {"Cuiyu": ("Dongsheng",)}


def test_rank_order_centroid_for_four_of_edwards_and_barron_1994():
    # The much-printed weights for four; the formula was checked in public code that cites them.
    weights = list(rank_weights(["a", "b", "c", "d"]).values())
    assert [round(w, 4) for w in weights] == [0.5208, 0.2708, 0.1458, 0.0625]


@pytest.mark.parametrize("n", [1, 2, 3, 5])
def test_rank_order_centroid_is_the_mean_of_the_corners(n):
    # The weightings that keep the order are a simplex with corners (1, 0, ...), (1/2, 1/2, 0, ...).
    corners = [[1 / k] * k + [0.0] * (n - k) for k in range(1, n + 1)]
    expected = [math.fsum(column) / n for column in zip(*corners, strict=True)]
    found = rank_weights([f"c{k}" for k in range(n)])
    assert list(found.values()) == pytest.approx(expected)
    assert math.fsum(found.values()) == pytest.approx(1)


def test_rank_order_centroid_is_the_mean_of_random_ordered_weights():
    # 4,000 uniform weightings, sorted: the spread of a weight is below 0.25, so the standard
    # error is below 0.004; five of them make a false alarm rarer than 1 in 100,000.
    stream, sums = Random("centroid"), [0.0, 0.0, 0.0]
    for _ in range(4000):
        cuts = sorted(stream.random() for _ in range(2))
        parts = sorted((cuts[0], cuts[1] - cuts[0], 1 - cuts[1]), reverse=True)
        sums = [s + p for s, p in zip(sums, parts, strict=True)]
    expected = list(rank_weights(["a", "b", "c"]).values())
    assert [s / 4000 for s in sums] == pytest.approx(expected, abs=0.02)


@given(st.lists(st.integers(0, 99), min_size=0, max_size=5))
def test_swing_weights_keep_the_proportions(points):
    swings = {f"c{k}": p for k, p in enumerate([100, *points])}
    found = swing_weights(swings)
    for name, p in swings.items():
        assert found[name] == pytest.approx(p / 100 * found["c0"])


def test_range_weights_order_options_by_money_worth():
    # With weights from worth × range, the score is the money worth, on another scale.
    options = {"a": {"price": 60, "minutes": 8}, "b": {"price": 40, "minutes": 12},
               "c": {"price": 45, "minutes": 10}}  # fmt: skip
    worth = {"price": 1, "minutes": 5}
    ranges = {"price": (60, 40), "minutes": (12, 8)}
    card = scorecard(rescaled(options, ranges=ranges), range_weights(worth, ranges))
    by_cost = sorted(options, key=lambda o: options[o]["price"] + 5 * options[o]["minutes"])
    assert list(card.order) == by_cost


def test_scaling_to_the_options_at_hand_lets_a_newcomer_turn_the_order_round():
    old = {"a": {"x": 0, "y": 10}, "b": {"x": 10, "y": 2}, "c": {"x": 5, "y": 0}}
    weights = {"x": 1, "y": 1}
    assert scorecard(rescaled(old), weights).first == "b"
    new = {**old, "d": {"x": 40, "y": 0}}
    totals = scorecard(rescaled(new), weights).totals
    assert totals["a"] > totals["b"]


def test_rescaled_less_is_better_and_no_difference():
    found = rescaled({"a": {"p": 5, "q": 1}, "b": {"p": 9, "q": 1}}, less_is_better=["p"])
    assert found == {"a": {"p": 100.0, "q": 0.0}, "b": {"p": 0.0, "q": 0.0}}


def test_four_values_have_chinese_names_and_equal_weights_unless_given():
    rows = {p: dict.fromkeys(FOUR_VALUES, s) for p, s in (("a", 3.0), ("b", 7.0))}
    assert project_score(rows).weights == dict.fromkeys(FOUR_VALUES, 0.25)
    heavy = project_score(rows, {"satisfaction": 5, "efficiency": 3, "brand": 1, "growth": 1})
    assert heavy.weights["satisfaction"] == 0.5
    assert all(FOUR_VALUES.values())
    with pytest.raises(ValueError, match="from 0 to 10"):
        project_score({"a": dict.fromkeys(FOUR_VALUES, 12)})


@pytest.mark.parametrize(
    ("call", "says"),
    [
        (lambda: scorecard({}, {}), "scores is empty"),
        (lambda: scorecard({"a": {}}, {}), "is empty"),
        (lambda: scorecard({"a": {"x": 1}}, {"x": 0}), "all weights are zero"),
        (lambda: scorecard({"a": {"x": 1}}, {"x": -1}), "zero or more"),
        (lambda: scorecard({"a": {"x": 1}}, {"y": 1}), "not one of"),
        (lambda: scorecard({"a": {"x": 1}, "b": {"y": 1}}, {"x": 1}), "'y'"),
        (lambda: scorecard({"a": {"x": math.inf}}, {"x": 1}), "give a number"),
        (lambda: scorecard({"a": 3}, {"x": 1}), "a dict of numbers for each row"),
        (lambda: rescaled({"a": {"x": 1}}, less_is_better=["z"]), "criterion='z'"),
        (lambda: rescaled({"a": {"x": 1}}, ranges={"x": (2, 2)}), "two different ends"),
        (lambda: swing_weights({"a": 60, "b": 50}), "give 100 to the swing"),
        (lambda: rank_weights([]), "empty"),
        (lambda: rank_weights("abc"), "give a dict or a list"),
        (lambda: range_weights({"x": 1}, {}), r"ranges\['x'\]=None"),
        (lambda: range_weights({"x": 0}, {"x": (0, 1)}), "all weights are zero"),
    ],
)
def test_what_cannot_be_used_is_named(call, says):
    with pytest.raises(ValueError, match=says):
        call()


def test_order_does_not_depend_on_how_the_options_stand():
    rows = {"a": {"x": 1, "y": 5}, "b": {"x": 4, "y": 4}, "c": {"x": 2, "y": 9}}
    orders = {
        scorecard({o: rows[o] for o in names}, {"x": 1, "y": 2}).order
        for names in permutations(rows)
    }
    assert orders == {("c", "b", "a")}


TWO = {"a": {"price": 60, "stars": 4}, "b": {"price": 40, "stars": 3}}


def test_a_list_of_criteria_may_be_read_once_only():
    once = rescaled(TWO, less_is_better=(name for name in ["price"]))
    assert once == rescaled(TWO, less_is_better=["price"])
    assert once["b"] == {"price": 100, "stars": 0}


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ({"less_is_better": "price"}, "less_is_better='price': give a dict or a list"),
        ({"ranges": {"price": 3}}, r"ranges\['price'\]=3: give \(worst, best\)"),
        ({"ranges": {"price": (0, math.nan)}}, r"ranges\['price'\]=nan: give a number"),
        ({"ranges": {"price": (5, 5)}}, "give two different ends"),
    ],
)
def test_a_range_that_is_none_is_named(more, says):
    with pytest.raises(ValueError, match=says):
        rescaled(TWO, **more)


def test_weights_as_large_as_numbers_go_are_still_shares():
    card = scorecard({"a": {"x": 1, "y": 3}}, {"x": 1e308, "y": 1e308})
    assert card.weights == {"x": 0.5, "y": 0.5}
