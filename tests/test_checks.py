"""What the chapters' models refuse, in one voice, and what they take."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import svclab
from svclab.checks import (
    a_column,
    a_count,
    a_grid,
    a_number,
    a_share,
    above_zero,
    between,
    known,
    names_of,
    one_of,
    zero_or_more,
)

NO_NUMBERS = ["5", None, True, math.nan, math.inf, -math.inf, 1j, [3], np.bool_(True)]
MODELS = Path(svclab.__file__).parent
CHAPTERS = ("basics", "introduction", "strategy", "process", "decisions", "capacity")


@pytest.mark.parametrize(
    ("check", "message"),
    [
        (lambda: between("x", math.nan, 0, 1), r"x=nan: give a number from 0 to 1$"),
        (lambda: between("x", "2", 0, 1), r"x='2': give a number from 0 to 1$"),
        (lambda: between("x", 1.01, 0, 1, "a rate"), r"x=1\.01: give a rate from 0 to 1$"),
        (lambda: between("x", True, 0), r"x=True: give a number, zero or more$"),
        (lambda: between("x", 0, 0.5, what="a rate"), r"x=0: give a rate, 0\.5 or more$"),
        (lambda: a_number("x", math.inf, "yuan"), r"x=inf: give yuan, any finite size$"),
        (lambda: zero_or_more("x", -1, "yuan"), r"x=-1: give yuan, zero or more$"),
        (lambda: above_zero("x", 0, "yuan"), r"x=0: give yuan, above zero$"),
        (lambda: a_share("x", 1.2), r"x=1\.2: give a share from 0 to 1; 80 percent is 0\.8$"),
        (lambda: a_share("x", 90, 0.5, 0.9), r"x=90: give a share from 0\.5 to 0\.9; 80 percent"),
        (lambda: a_share("x", 0, above=True), r"x=0: give a share above 0 and up to 1; 80"),
        (lambda: a_share("x", 1, below=True), r"x=1: give a share from 0 to below 1; 80 per"),
        (lambda: a_share("x", 0, above=True, below=True), r"give a share above 0 and below 1; 80"),
        (lambda: a_count("x", 1.0, 0, 3), r"x=1\.0: give a whole number from 0 to 3$"),
        (lambda: a_count("x", True, 0, 3), r"x=True: give a whole number"),
        (lambda: a_count("x", 4, 0, 3), r"x=4: give a whole number"),
        (lambda: a_count("x", -1, 0), r"x=-1: give a whole number, zero or more$"),
        (lambda: a_count("x", 0, 1), r"x=0: give a whole number, 1 or more$"),
        (lambda: one_of("x", 3, ["a", "b"]), r"x=3: give one of 'a' or 'b'$"),
        (lambda: one_of("x", ["a"], ("a", "b", "c")), r"give one of 'a', 'b' or 'c'$"),
        (lambda: names_of("x", "chair"), r"x='chair': give a dict or a list with a name for each$"),
        (lambda: names_of("x", []), r"x is empty: give at least one$"),
        (lambda: names_of("x", ["a", " "]), r"x has the name ' ': a name is a text"),
        (lambda: names_of("x", ["a", "a"]), r"x: 'a' comes twice"),
        (lambda: known("x", 3, ["a"]), r"x=3: give a dict of name to value$"),
        (lambda: known("x", {"b": 1}, ["a"]), r"x has 'b', which is not one of 'a'$"),
        (lambda: known("x", {"y": 1}, "abcdefgh"), r"'f' or 2 more$"),
        (lambda: known("x", {"a": 1}, ["a", "b"]), r"x has no 'b': give a value for it$"),
        (lambda: a_column("x", [3]), r"x=\[3\]: give a dict of name to number$"),
        (lambda: a_column("x", {}), r"x is empty"),
        (lambda: a_column("x", {"a": -1}), r"x\['a'\]=-1: give a number, zero or more$"),
        (lambda: a_column("x", {"a": 80}, each=a_share), r"x\['a'\]=80: give a share from 0 to 1"),
        (lambda: a_grid("x", 3, ["a"], ["b"]), r"x=3: give a dict of rows, each a dict$"),
        (lambda: a_grid("x", {}, ["a"], ["b"]), r"x has no 'a': give its numbers$"),
        (lambda: a_grid("x", {"a": {}}, ["a"], ["b"]), r"x\['a'\] has no 'b': give a value for i"),
        (lambda: a_grid("x", {"a": {"b": None}}, ["a"], ["b"]), r"x\['a'\]\['b'\]=None: give a n"),
        (lambda: a_grid("x", {"a": {}}, ["a"], ["b"], holes=True), r"or None if it is forbidden$"),
    ],
)
def test_a_wrong_value_is_told_with_its_name_and_what_is_allowed(
    check: Callable[[], Any], message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        check()


@pytest.mark.parametrize("value", NO_NUMBERS)
@pytest.mark.parametrize("check", [a_number, zero_or_more, above_zero, a_share])
def test_what_is_no_finite_number_is_refused_by_every_check(
    check: Callable[[str, Any], float], value: Any
) -> None:
    with pytest.raises(ValueError, match=r"^x=.*: give "):
        check("x", value)


@pytest.mark.parametrize("value", [*NO_NUMBERS, 2.0, np.float64(2), Fraction(2)])
def test_what_is_no_whole_number_is_refused_as_a_count(value: Any) -> None:
    with pytest.raises(ValueError, match=r"^x=.*: give a whole number, 1 or more"):
        a_count("x", value, 1)


def test_good_values_come_back_as_plain_numbers_and_the_ends_are_good() -> None:
    for value in (0, 1, 0.5, Fraction(1, 3), np.float64(0.5), np.float32(0.5), np.int64(1)):
        for found in (
            between("x", value, 0, 1), a_share("x", value), a_number("x", value),
            zero_or_more("x", value),
        ):  # fmt: skip
            assert type(found) is float
            assert found == float(value)
    assert a_number("x", -5) == between("x", -5, -5) == -5
    for whole in (0, 3, np.int64(0), np.uint8(3)):
        assert type(a_count("x", whole, 0, 3)) is int
        assert a_count("x", whole, 0) == a_count("x", whole, 0, 3) == whole
    assert above_zero("x", 1e-300) == 1e-300
    assert a_share("x", 1e-300, above=True, below=True) == 1e-300
    assert one_of("x", "b", iter("ab")) == "b"


def test_tables_come_back_in_the_order_of_their_names_and_with_plain_numbers() -> None:
    table = {"b": np.int64(2), "a": 1}
    assert list(a_column("x", table)) == ["b", "a"]
    assert list(a_column("x", table, ["a", "b"])) == ["a", "b"]
    assert type(a_column("x", table)["b"]) is float
    assert a_column("x", None, ["a"], partly=True) == {}
    assert a_column("x", {"b": 2}, ["a", "b"], partly=True) == {"b": 2}
    assert a_column("x", {"b": -2}, each=a_number) == {"b": -2}
    rows = {"r": {"b": None, "a": 1}, "q": table}
    assert a_grid("x", rows, ["q", "r"], ["a", "b"], holes=True) == {
        ("q", "a"): 1, ("q", "b"): 2, ("r", "a"): 1,
    }  # fmt: skip


def test_no_model_asks_on_its_own_whether_a_number_is_one() -> None:
    # capacity.checks adds three units to one time; its message speaks of all three.
    own = [
        str(path.relative_to(MODELS))
        for chapter in CHAPTERS
        for path in (MODELS / chapter).rglob("*.py")
        if not {"exercises", "explorables"} & set(path.parts)
        and re.search(r"isinstance\([^()]*\bbool\b", path.read_text(encoding="utf-8"))
    ]
    assert own == ["capacity/checks.py"]
