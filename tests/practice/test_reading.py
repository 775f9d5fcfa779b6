"""Numbers as people type them, and the ambiguous ones that are refused."""

from __future__ import annotations

import contextlib
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from svclab.practice import IntegerField, NumberField
from svclab.practice.reading import LONGEST, read_number
from svclab.words import count, say


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("60", "60"), (" 60 ", "60"), ("60.", "60"), (".5", "1/2"), ("-3", "-3"), ("−3", "-3"),
        ("+7", "7"), ("1,234.5", "2469/2"), ("1.234,5", "2469/2"), ("1234,5", "2469/2"),
        ("1 234.5", "2469/2"),
        ("1'234.5", "2469/2"), ("1,234,567", "1234567"), ("0,125", "1/8"),
        ("12,5", "25/2"), ("3/4", "3/4"), ("1 1/2", "3/2"), ("-1/2", "-1/2"), ("1⁄2", "1/2"),
        ("１２０", "120"), ("１２．５", "25/2"),
        ("12，5", "25/2"), ("1e3", "1000"), ("2.5e-1", "1/4"),
        (60, "60"), (0.1, "1/10"), ("1.234", "617/500"),
    ],
)  # fmt: skip
def test_a_number_is_read_as_it_is_meant(typed: object, value: str) -> None:
    assert read_number(typed).value == Fraction(value)


@given(st.from_regex(r"[+-]?[0-9]{1,12}(\.[0-9]{1,6})?", fullmatch=True))
def test_plain_digits_are_read_quickly_as_they_are_read_the_long_way(typed: str) -> None:
    wide = typed.translate({ord(digit): ord(digit) + 0xFEE0 for digit in "0123456789"})
    assert read_number(typed) == read_number(wide)


@pytest.mark.parametrize(
    "typed",
    ["", "  ", "abc", "1,23,4", "12,34.5.6", "1,2345.6", "--3", "1/0", "1/2/3", "½ of it", "nan",
     "inf", "Infinity", "1e400", "0x10", "1_000", "3 4", "１/０", "=1+1",
     True, None, [1], "9" * 70],
)  # fmt: skip
def test_what_is_no_number_is_refused_with_a_sentence(typed: object) -> None:
    with pytest.raises(ValueError, match=r"\.$"):
        read_number(typed)


def test_what_could_be_two_numbers_is_refused_and_both_are_named() -> None:
    with pytest.raises(ValueError, match=r"can mean two numbers: type -1234 or -1\.234\."):
        read_number("-1,234")


@pytest.mark.parametrize(
    ("typed", "unit", "value"),
    [
        ("45%", "%", 45), ("45 percent", "%", 45), ("45 %", "", 0.45), ("90 min", "h", 1.5),
        ("1.5 h", "min", 90), ("2 小时", "min", 120), ("1 per minute", "per hour", 60),
        ("60 applicants per hour", "per hour", 60), ("60/h", "per hour", 60), ("5 yuan", "yuan", 5),
        ("7 workers", "worker", 7), ("30 sec.", "s", 30), ("每", "s", None), ("12 kg", "s", None),
        ("80人/小时", "per hour", 80), ("80 人每小时", "per hour", 80),
        ("2个/分钟", "per hour", 120),
        ("7人", "people", 7), ("12 份", "files", 12), ("3.5 周", "weeks", 3.5), ("8元", "yuan", 8),
        ("7人", "min", None),
        ("12 min", "per hour", None), ("3 %", "min", None), ("1/2 h", "min", 30),
    ],
)  # fmt: skip
def test_a_unit_behind_the_number_is_converted_or_refused(
    typed: str, unit: str, value: float | None
) -> None:
    if value is None:
        with pytest.raises(ValueError, match="type"):
            read_number(typed, unit)
    else:
        assert float(read_number(typed, unit).value) == pytest.approx(value)


def test_a_unit_that_is_not_known_is_answered_with_the_one_that_is_asked_for() -> None:
    with pytest.raises(ValueError, match=r"type the number alone\. The unit here is per hour\."):
        read_number("12 kg", "per hour")
    with pytest.raises(ValueError, match=r"type the number alone, without a unit\."):
        read_number("12 kg")


@pytest.mark.parametrize(
    ("typed", "value"),
    [("2,810", 2810), ("2,810 yuan", 2810), ("−2,810", -2810), ("28，100元", 28100),
     ("¥2,810", 2810), ("1,234,567", 1234567), ("2810", 2810), ("12,5", 12.5), ("2,81", 2.81)],
)  # fmt: skip
def test_where_a_whole_number_is_asked_a_comma_before_three_digits_parts_thousands(
    typed: str, value: float
) -> None:
    assert read_number(typed, "yuan", whole=True).value == Fraction(str(value))


def test_a_field_of_whole_numbers_takes_them_as_the_page_writes_them() -> None:
    whole = IntegerField("cost", "Cost", unit="yuan")
    assert [whole.read(t) for t in ("2,810", "2,810 yuan", "¥2810", "￥2,810")] == [2810] * 4
    with pytest.raises(ValueError, match="whole number"):
        whole.read("2,81")
    with pytest.raises(ValueError, match="can mean two numbers"):
        NumberField("cost", "Cost", unit="yuan").read("2,810")


@pytest.mark.parametrize("typed", ["¥2810", "￥2810", "￥ 2810", "¥2810元", "2810¥", "2810元"])
def test_the_sign_of_money_stands_before_or_behind(typed: str) -> None:
    assert read_number(typed, "yuan").value == 2810


@pytest.mark.parametrize(
    ("typed", "unit"), [("¥5", "min"), ("¥", "yuan"), ("¥5", ""), ("¥¥5", "yuan")]
)
def test_the_sign_of_money_counts_no_minutes(typed: str, unit: str) -> None:
    with pytest.raises(ValueError, match=r"\.$"):
        read_number(typed, unit)


@given(st.integers(-(10**9), 10**9))
def test_every_whole_number_is_read_back_from_how_this_course_writes_it(value: int) -> None:
    shown = say("{n}", n=count(value))
    assert IntegerField("n", "Number").read(shown) == value


@given(st.decimals(-(10**9), 10**9, places=3))
def test_every_decimal_is_read_back_from_how_this_course_writes_it(value: object) -> None:
    shown = f"{value:,.4f}"
    assert read_number(shown).value == Fraction(str(value))


@given(st.text(max_size=LONGEST + 5), st.sampled_from(["", "min", "%", "per hour", "yuan"]))
def test_no_text_ends_in_anything_but_a_number_or_a_sentence(text: str, unit: str) -> None:
    with contextlib.suppress(ValueError):
        assert isinstance(read_number(text, unit).value, Fraction)
