"""What all models of the chapter refuse, and what they let pass."""

import math
from fractions import Fraction

import numpy as np
import pytest

from svclab.capacity.checks import (
    UnstableError,
    check_share,
    check_stable,
    check_whole,
    in_hours,
    positive,
    zero_or_more,
)

NO_NUMBERS = ["5", None, True, math.nan, math.inf, -1, 1j, [3]]


@pytest.mark.parametrize("value", [*NO_NUMBERS, 0])
def test_positive_refuses_what_is_not_above_zero(value):
    with pytest.raises(ValueError, match=r"rate=.*: give customers per hour, above zero"):
        positive("rate", value, "customers per hour")


@pytest.mark.parametrize("value", NO_NUMBERS)
def test_zero_or_more_refuses_the_rest(value):
    with pytest.raises(ValueError, match=r"rate=.*: give a number, zero or more"):
        zero_or_more("rate", value)
    assert zero_or_more("rate", 0) == 0


@pytest.mark.parametrize("value", ["5", None, True, 2.0, 2.5, 0, -3])
def test_whole_numbers_are_whole(value):
    with pytest.raises(ValueError, match=r"servers=.*: give a whole number, 1 or more"):
        check_whole("servers", value)


@pytest.mark.parametrize("value", ["0.5", None, True, math.nan, -0.1, 1.1, 90])
def test_shares_lie_between_0_and_1(value):
    with pytest.raises(ValueError, match=r"share=.*: give a share from 0 to 1, such as 0\.9"):
        check_share("share", value)
    assert [check_share("share", good) for good in (0, 0.5, 1)] == [0, 0.5, 1]


def test_numbers_of_numpy_and_fractions_pass_and_come_out_plain():
    for value in (np.float64(2.5), np.float32(2.5), Fraction(5, 2)):
        assert positive("rate", value) == 2.5
        assert type(positive("rate", value)) is float
    assert type(check_whole("servers", np.int64(3))) is int


def test_times_add_up_in_hours():
    assert in_hours(1, 30, 36) == pytest.approx(1.51)
    assert in_hours(0, 0, 0) == 0
    for times in [(0, -1, 0), (0, math.nan, 0), (math.inf, 0, 0), ("1", 0, 0), (0, True, 0)]:
        with pytest.raises(ValueError, match="give a time of zero or more"):
            in_hours(*times)


def test_a_station_is_stable_below_its_capacity_only():
    check_stable(math.nextafter(60, 0), 20, servers=3)
    for arrivals in (60, 60.1, 1e9):
        with pytest.raises(UnstableError, match="servers=3 cannot carry"):
            check_stable(arrivals, 20, servers=3)
