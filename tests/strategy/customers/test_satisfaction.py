"""Satisfaction to loyalty: curves and the best step, against enumeration."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from svclab.strategy.customers import best_step, loyalty_curve, measured_curve

SHAPES = ("linear", "threshold", "satiation")
surveys = st.fixed_dictionaries({s: st.integers(0, 50) for s in range(1, 6)}).filter(
    lambda d: any(d.values())
)


@given(st.sampled_from(SHAPES), st.floats(0, 0.5), st.floats(0.5, 1), st.integers(2, 5))
def test_every_curve_rises_from_its_lowest_to_its_highest(shape, low, high, threshold):
    curve = loyalty_curve(shape, lowest=low, highest=high, threshold=threshold)
    values = [curve.shares[s] for s in range(1, 6)]
    assert values == sorted(values)
    assert values[0] == pytest.approx(low)
    assert values[-1] == pytest.approx(high)


@given(st.sampled_from(SHAPES), surveys, st.floats(0.01, 0.3))
def test_a_gain_is_retention_after_less_retention_before(shape, scores, moved):
    """The second method moves the customers and asks for retention anew."""
    curve = loyalty_curve(shape)
    found = best_step(curve, scores, moved=moved)
    total = sum(scores.values())
    for score, gain in found.gains.items():
        after = dict(scores)
        after[score] = max(0.0, after[score] - moved * total)
        after[score + 1] += moved * total
        assert curve.retention(after) - curve.retention(scores) == pytest.approx(gain, abs=1e-9)
    if found.best is not None:
        assert found.gains[found.best] == pytest.approx(max(found.gains.values()))


def test_the_shape_decides_whom_to_please_first():
    assert best_step(loyalty_curve("threshold")).best == 4
    assert best_step(loyalty_curve("satiation")).best == 1
    line = best_step(loyalty_curve("linear"))
    assert len({round(g, 12) for g in line.gains.values()}) == 1
    assert "no score comes first" in line.sentence


def test_a_measured_curve_is_its_shares():
    curve = measured_curve({1: (10, 2), 2: (10, 3), 3: (10, 5), 4: (10, 6), 5: (10, 9)})
    assert curve.shares == {1: 0.2, 2: 0.3, 3: 0.5, 4: 0.6, 5: 0.9}
    assert curve.retention({5: 10}) == 0.9


def test_impossible_curves_and_surveys_are_refused():
    line = loyalty_curve()
    for ask, word in (
        (lambda: loyalty_curve("wave"), "one of"),
        (lambda: loyalty_curve(lowest=0.9, highest=0.5), "highest"),
        (lambda: loyalty_curve("threshold", threshold=6), "threshold"),
        (lambda: line.retention({6: 1}), "scores are 1 to 5"),
        (lambda: line.retention({}), "no customer"),
        (lambda: line.retention({3: -1}), "scores"),
        (lambda: measured_curve({1: (1, 1)}), "no score 2"),
        (lambda: measured_curve(dict.fromkeys(range(1, 6), (1, 2))), "2 stayed of 1"),
        (lambda: best_step(line, moved=0), "moved"),
    ):
        with pytest.raises(ValueError, match=word):
            ask()


def test_nobody_to_move_is_said():
    found = best_step(loyalty_curve(), {5: 10}, moved=0.5)
    assert found.best is None
    assert "move fewer" in found.sentence


def test_counts_that_no_survey_gives_are_named():
    good = dict.fromkeys(range(1, 6), (2, 1))
    for ask, word in (
        (lambda: measured_curve({**good, 6: (1, 1)}), "stayed has 6: scores are 1 to 5"),
        (lambda: measured_curve({**good, 3: 5}), r"stayed\[3\]=5: give \(asked, stayed\)"),
        (lambda: measured_curve([1, 2]), "give a dict of score"),
        (lambda: loyalty_curve().retention([1, 2]), "give a dict of score"),
        (
            lambda: loyalty_curve("threshold", threshold=6),
            "threshold=6: give a whole number",
        ),
    ):
        with pytest.raises(ValueError, match=word):
            ask()
