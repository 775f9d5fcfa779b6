"""Sums as people type them: what is read, and what each mistake is told."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from svclab.decisions.builder import FormulaError, read_sum

NAMES = ["table", "chair", "night nurse", "x1", "桌子"]


@pytest.mark.parametrize(
    ("text", "factors"),
    [
        ("2 table + chair", {"table": 2, "chair": 1}),
        ("2table+chair", {"table": 2, "chair": 1}),
        ("-table - 0.5*chair", {"table": -1, "chair": Fraction(-1, 2)}),
        ("+ .25 x1", {"x1": Fraction(1, 4)}),
        ("2/3 table − 1/2 · chair", {"table": Fraction(2, 3), "chair": Fraction(-1, 2)}),
        ("table * 3 + chair / 4", {"table": 3, "chair": Fraction(1, 4)}),
        ("2 * 3 table", {"table": 6}),
        ("3 night  nurse + x1", {"night nurse": 3, "x1": 1}),
        ("２ 桌子　＋　Table", {"桌子": 2, "table": 1}),
        ("table + table - 2 table + chair", {"table": 0, "chair": 1}),
        ("0 table + chair", {"table": 0, "chair": 1}),
    ],
)
def test_a_sum_is_read_as_it_is_meant(text: str, factors: dict[str, Any]) -> None:
    assert read_sum(text, NAMES) == factors


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("2 tabel", "Do you mean table?"),
        ("2 zzz", "“zzz” is not one of your variables (table, chair, night nurse, x1 and 桌子)."),
        ("20 table 15 chair", "Between table and 15 a sign is missing: write + or - there."),
        ("table chair", "Between table and chair a sign is missing: write table + chair."),
        ("table 2", "Write the number before its variable: 2 table."),
        ("table + 5", "5 stands without a variable"),
        ("7", "7 stands without a variable"),
        ("table * chair", "table times chair is not linear"),
        ("table / chair", "table divided by chair is not linear"),
        ("2 / chair", "A number divided by chair is not linear"),
        ("table²", "A power of a variable is not linear"),
        ("table^2", "A power of a variable is not linear"),
        ("table**2", "A power of a variable is not linear"),
        ("2 (table + chair)", "Brackets are not read here: write 2 x + 2 y"),
        ("table <= 6", "columns of their own"),
        ("table ≤ 6", "columns of their own"),
        ("2,5 table", "Commas are not read: write 2.5 with a point"),
        ("1,000 table", "Commas are not read"),
        ("8% table", "write 0.08 instead of 8%"),
        ("table + ", "The sum ends with a sign"),
        ("table + - chair", "Two signs stand side by side"),
        ("3 * + chair", "Beside * and / something is missing"),
        ("table / 0", "Nothing can be divided by zero."),
        ("9999999 table", "The number before table is too large"),
        ("0.0000001 table", "too small for the solver"),
        ("2 3 table", "Between 2 and 3 something is missing."),
        ("1e9 table", "1e9 is not read: write 1000000000 table."),
        ("2.5E-3*night nurse + x1", "2.5E-3 is not read: write 0.0025 night nurse."),
        ("1e9", "1e9 is not read: write 1000000000."),
        ("1e99999 table", "1e99999 is not read: write all its digits."),
        ("table & chair", "The sign & cannot be read here."),
    ],
)
def test_each_mistake_is_told_with_what_to_write_instead(text: str, said: str) -> None:
    with pytest.raises(FormulaError) as told:
        read_sum(text, NAMES)
    assert said in str(told.value)
    assert str(told.value).endswith((".", "?"))


def test_a_variable_may_be_called_like_a_power_of_ten() -> None:
    assert read_sum("1e9 + 2 x", ["e9", "x"]) == {"e9": 1, "x": 2}
    assert read_sum("1e - 9 x", ["e", "x"]) == {"e": 1, "x": -9}
    assert read_sum("3e9x", ["e9x"]) == {"e9x": 3}


numbers = st.fractions(-50, 50, max_denominator=8)


@settings(max_examples=150)
@given(
    st.dictionaries(st.sampled_from(NAMES), numbers, min_size=1), st.sampled_from(["", " ", "*"])
)
def test_what_is_written_is_read_back(factors: dict[str, Fraction], between: str) -> None:
    terms = [
        f"{'-' if f < 0 else '+'} {abs(f)}{between or ' '}{name}" for name, f in factors.items()
    ]
    assert read_sum(" ".join(terms), NAMES) == factors


@settings(max_examples=300)
@given(st.text(max_size=30))
def test_no_text_does_anything_but_be_read_or_be_told(text: str) -> None:
    try:
        found = read_sum(text, NAMES)
    except FormulaError:
        return
    assert found.keys() <= set(NAMES)
