"""The first plan, against counting all days, and against the lines that the reader sees."""

from __future__ import annotations

import contextlib
import io
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from svclab.basics.workshop import best_plan, program


def earns_most(brake: int, wheel: int, minutes: int, rims: int, promised: int) -> int | None:
    days = [
        brake * b + wheel * w
        for b in range(promised, minutes // 20 + 1)
        for w in range(rims + 1)
        if 20 * b + 30 * w <= minutes
    ]
    return max(days, default=None)


@given(
    brake=st.integers(5, 60),
    wheel=st.integers(5, 60),
    minutes=st.integers(2, 20).map(lambda n: 30 * n),
    rims=st.integers(0, 20),
    promised=st.integers(0, 30),
)
@settings(max_examples=40)
def test_the_best_day_earns_as_much_as_the_best_of_all_days(
    brake: int, wheel: int, minutes: int, rims: int, promised: int
) -> None:
    plan = best_plan(brake, wheel, minutes=minutes, rims=rims, promised=promised)
    most = earns_most(brake, wheel, minutes, rims, promised)
    if plan is None:
        assert most is None
        return
    assert plan.earns == pytest.approx(most)
    assert brake * plan.brakes + wheel * plan.wheels == pytest.approx(plan.earns)
    assert plan.minutes <= minutes
    assert plan.wheels <= rims
    assert plan.brakes >= promised


@pytest.mark.parametrize("promised", [0, 12, 25])
def test_the_lines_shown_print_the_plan_of_the_model(promised: int) -> None:
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(program(22, 35, minutes=450, rims=7, promised=promised), {})
    plan = best_plan(22, 35, minutes=450, rims=7, promised=promised)
    if plan is None:
        assert printed.getvalue() == "infeasible None {}\n"
    else:
        values = {"brakes": float(plan.brakes), "wheels": float(plan.wheels)}
        assert printed.getvalue() == f"optimal {plan.earns} {values}\n"


def test_the_lines_shown_keep_the_digits_of_an_amount() -> None:
    assert "+= 1234567.5 * brakes" in program(1234567.5, 35)


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"minutes": -1}, "minutes=-1: give a number, zero or more"),
        ({"rims": "ten"}, "rims='ten'"),
        ({"promised": float("nan")}, "promised=nan"),
        ({"brake_earns": None}, "brake_earns=None: give yuan, any finite size"),
    ],
)
def test_a_day_that_cannot_be_is_named(wrong: dict[str, Any], says: str) -> None:
    with pytest.raises(ValueError, match=says):
        best_plan(**wrong)
