"""Satisfaction, effort and delay: the limit against roots, and the simulation against the limit."""

from dataclasses import replace

import hypothesis.strategies as st
import numpy as np
import pytest
from hypothesis import given, settings

from svclab.introduction.loops import (
    EffortLoop,
    effort_loop,
    effort_verdict,
    limit_gain,
    reaction_sweep,
    smooth_gain,
)


def largest_root(adapting: float, gain: float, delay: int) -> complex:
    """Of (z − 1)(z − 1 + a) z^d + a g = 0."""
    terms = np.zeros(delay + 3)
    terms[:3] = 1, adapting - 2, 1 - adapting
    terms[-1] += adapting * gain
    return max(np.roots(terms), key=abs)


@given(st.floats(0.05, 1), st.integers(0, 10))
def test_the_limit_puts_the_largest_root_on_the_unit_circle(adapting, delay):
    limit = limit_gain(adapting, delay)
    assert abs(largest_root(adapting, limit, delay)) == pytest.approx(1, abs=1e-6)
    assert abs(largest_root(adapting, 0.98 * limit, delay)) < 1
    assert abs(largest_root(adapting, 1.02 * limit, delay)) > 1


@given(st.floats(0.001, 1))
def test_without_delay_the_limit_is_one_by_jurys_condition(adapting):
    assert limit_gain(adapting, 0) == pytest.approx(1, rel=1e-9)


@pytest.mark.parametrize("adapting", [0.1, 0.5, 1.0])
def test_an_older_survey_always_lowers_the_limit(adapting):
    limits = [limit_gain(adapting, delay) for delay in range(13)]
    assert limits == sorted(limits, reverse=True)
    assert len(set(limits)) == 13


@pytest.mark.parametrize("adapting", [0.1, 0.5, 0.9])
def test_up_to_the_smooth_gain_there_is_no_swing(adapting):
    assert abs(largest_root(adapting, 0.99 * smooth_gain(adapting), 0).imag) < 1e-9
    assert abs(largest_root(adapting, 1.01 * smooth_gain(adapting), 0).imag) > 1e-3


def near_rest(**values: float) -> EffortLoop:
    """A loop that starts a hundredth of a point off its rest, far from the limits 0 and 100."""
    return EffortLoop(satisfaction=79.99, effort=50, **values)


@pytest.mark.parametrize("delay", [0, 1, 3, 6])
@pytest.mark.parametrize("adapting", [0.2, 0.7])
def test_the_simulation_comes_to_rest_below_the_limit_and_not_above(delay, adapting):
    limit = limit_gain(adapting, delay)
    calm = near_rest(reaction=0.9 * limit / 0.8, delay=delay, adapting=adapting)
    wild = replace(calm, reaction=1.1 * limit / 0.8)
    assert effort_verdict(calm).comes_to_rest
    assert not effort_verdict(wild).comes_to_rest
    assert effort_loop(calm, periods=1500).swing < 1e-4
    assert effort_loop(wild, periods=1500).swing > 1


@pytest.mark.parametrize("reaction", [0.05, 0.2, 0.6])
def test_the_rest_is_the_target_whatever_the_reaction(reaction):
    run = effort_loop(EffortLoop(reaction=reaction), periods=1000)
    assert run.satisfaction[-1] == pytest.approx(80)
    assert run.effort[-1] == pytest.approx((80 - 40) / 0.8)


@given(
    st.floats(0, 20), st.integers(0, 12), st.floats(0.01, 1), st.floats(0, 100), st.floats(0.01, 9)
)
@settings(max_examples=60)
def test_satisfaction_and_effort_stay_between_0_and_100(reaction, delay, adapting, target, effect):
    run = effort_loop(EffortLoop(reaction, delay, adapting, target, 40, effect), periods=80)
    assert all(0 <= value <= 100 for value in (*run.satisfaction, *run.effort))


def test_a_target_that_needs_more_than_all_effort_is_out_of_reach():
    verdict = effort_verdict(EffortLoop(target=100, base=0, effect=0.5))
    assert (verdict.reachable, verdict.comes_to_rest, verdict.needed) == (False, False, 200)
    run = effort_loop(EffortLoop(target=100, base=0, effect=0.5), periods=300)
    assert run.satisfaction[-1] == pytest.approx(50)


def test_without_any_reaction_effort_stays_and_nothing_reaches_the_target():
    run = effort_loop(EffortLoop(reaction=0), periods=200)
    assert set(run.effort) == {25}
    assert run.satisfaction[-1] == pytest.approx(40 + 0.8 * 25)
    verdict = effort_verdict(run.loop)
    assert not verdict.comes_to_rest
    assert "never reacts" in verdict.sentence
    assert "swing" not in verdict.sentence


def test_a_sweep_changes_nothing_but_the_reaction():
    found = reaction_sweep(EffortLoop(delay=2), [0.1, 0.2, 1])
    assert [one.gain for one in found] == pytest.approx([0.08, 0.16, 0.8])
    assert len({one.limit for one in found}) == 1


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"adapting": 0}, "adapting=0: give a number from 0.001 to 1"),
        ({"target": 120}, "target=120"),
        ({"delay": -1}, "delay=-1"),
        ({"effect": 0}, "effect=0"),
    ],
)
def test_a_wrong_loop_is_told(values, message):
    with pytest.raises(ValueError, match=message):
        EffortLoop(**values)
