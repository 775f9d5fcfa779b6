"""What the chapters' models refuse, in one voice, and what they take."""

from __future__ import annotations

import math
from collections.abc import Callable
from fractions import Fraction
from typing import Any

import pytest

from svclab.checks import a_count, a_share, above_zero, between, one_of


@pytest.mark.parametrize(
    ("check", "message"),
    [
        (lambda: between("x", math.nan, 0, 1), r"x=nan: give a number from 0 to 1$"),
        (lambda: between("x", "2", 0, 1), r"x='2': give a number from 0 to 1$"),
        (lambda: between("x", 1.01, 0, 1, "a rate"), r"x=1\.01: give a rate from 0 to 1$"),
        (lambda: between("x", True, 0), r"x=True: give a number, 0 or more$"),
        (lambda: between("x", math.inf, -math.inf), r"x=inf: give a number, any size$"),
        (lambda: a_share("x", 1.2), r"x=1\.2: give a share from 0 to 1, such as"),
        (lambda: a_share("x", None), r"x=None: give a share"),
        (lambda: a_count("x", 1.0, 0, 3), r"x=1\.0: give a whole number from 0 to 3$"),
        (lambda: a_count("x", True, 0, 3), r"x=True: give a whole number"),
        (lambda: a_count("x", 4, 0, 3), r"x=4: give a whole number"),
        (lambda: above_zero("x", 0, "yuan"), r"x=0: give yuan above zero$"),
        (lambda: above_zero("x", math.inf), r"x=inf: give a number above zero$"),
        (lambda: one_of("x", 3, ["a", "b"]), r"x=3: give one of 'a' or 'b'$"),
        (lambda: one_of("x", ["a"], ("a", "b", "c")), r"give one of 'a', 'b' or 'c'$"),
    ],
)
def test_a_wrong_value_is_told_with_its_name_and_what_is_allowed(
    check: Callable[[], Any], message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        check()


def test_good_values_come_back_as_plain_numbers_and_the_ends_are_good() -> None:
    for value in (0, 1, 0.5, Fraction(1, 3)):
        for found in (between("x", value, 0, 1), a_share("x", value)):
            assert type(found) is float
            assert found == float(value)
    assert between("x", -5, -math.inf) == -5
    assert [a_count("x", n, 0, 3) for n in (0, 3)] == [0, 3]
    assert above_zero("x", 1e-300) == 1e-300
    assert one_of("x", "b", iter("ab")) == "b"
