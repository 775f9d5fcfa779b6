"""Individuals charts: limits against the definition and against a known spread."""

import math
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from svclab.process.watching import individuals

NUMBERS = st.floats(-1e6, 1e6)


def test_limits_of_an_alternating_series_by_hand():
    limits = individuals([1.0, 3.0, 1.0, 3.0])
    assert limits.center == 2
    assert limits.high == pytest.approx(2 + 3 * 2 / (2 / math.sqrt(math.pi)))
    assert limits.signals == ()


def test_limits_of_normal_values_are_three_standard_deviations():
    # Mean of 20,000 moving ranges: standard error about 0.7%; 4 % fails less than once in 10^6.
    draw = Random(5)
    limits = individuals([draw.gauss(100, 10) for _ in range(20_001)])
    assert (limits.high - limits.low) / 2 == pytest.approx(30, rel=0.04)


def test_a_value_far_off_is_a_signal_and_named_by_its_place():
    assert individuals(
        [10, 11, 10, 11, 10, 11, 10, 11, 10, 80, 11, 10] + [10, 11] * 20
    ).signals == (9,)


@given(st.lists(NUMBERS, min_size=2, max_size=30), st.floats(0.1, 50), NUMBERS)
def test_limits_move_with_the_unit(values, scale, shift):
    one, other = individuals(values), individuals([scale * v + shift for v in values])
    assert other.high == pytest.approx(scale * one.high + shift, rel=1e-6, abs=1e-3)


@pytest.mark.parametrize("values", [[], [1.0], [1.0, math.nan], [math.inf, 2.0]])
def test_too_few_or_impossible_values_are_refused(values):
    with pytest.raises(ValueError, match="value"):
        individuals(values)
