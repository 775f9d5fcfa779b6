"""Blending against corners, certificates and CBC; what cannot be blended is said."""

import math

import hypothesis.strategies as st
import pytest
from hypothesis import given, settings

from svclab.decisions.problems import NoPlanError, blending, blending_problem

COST = {"A": 3, "B": 2, "C": 6}
INSIDE = {
    "A": {"protein": 0.2, "fibre": 0.05},
    "B": {"protein": 0.1, "fibre": 0.1},
    "C": {"protein": 0.4, "fibre": 0.02},
}


@st.composite
def recipes(draw):
    """Three ingredients, two substances, limits that a real mixture keeps."""
    names = ["A", "B", "C"]
    inside = {n: {s: draw(st.integers(0, 10)) / 10 for s in ("x", "y")} for n in names}
    parts = [draw(st.integers(0, 4)) for _ in names]
    amount = sum(parts) or 1
    parts = parts if sum(parts) else [1, 0, 0]
    real = {s: sum(k * inside[n][s] for k, n in zip(parts, names, strict=True)) for s in "xy"}
    limits = {
        "at_least": {"x": round(real["x"] - draw(st.integers(0, 3)) / 10, 1)},
        "at_most": {"y": round(real["y"] + draw(st.integers(0, 3)) / 10, 1)},
    }
    limits["at_least"]["x"] = max(limits["at_least"]["x"], 0)
    return {n: draw(st.integers(1, 9)) for n in names}, inside, amount, limits


@settings(max_examples=120)
@given(recipes())
def test_the_cheapest_mixture_is_the_best_corner(best_corner, certify, recipe):
    cost, inside, amount, limits = recipe
    problem = blending_problem(cost, inside, amount, **limits)
    found = blending(cost, inside, amount, **limits)
    assert found.cost == pytest.approx(best_corner(problem), abs=1e-6)
    assert math.fsum(found.amounts.values()) == pytest.approx(amount)
    certify(problem)


def test_cbc_agrees(by_cbc):
    limits = {"at_least": {"protein": 22}, "at_most": {"fibre": 6}}
    assert by_cbc(blending_problem(COST, INSIDE, 100, **limits)) == pytest.approx(330)


def test_what_is_available_is_kept():
    found = blending(COST, INSIDE, 100, at_least={"protein": 22}, available={"A": 50})
    assert found.amounts["A"] <= 50 + 1e-9
    assert found.contents["protein"] >= 22 - 1e-9


def test_a_single_limit_that_cannot_be_kept_is_named_with_what_can_be_reached():
    with pytest.raises(NoPlanError, match=r"at_least\['protein'\]=41 .* can hold is 40"):
        blending(COST, INSIDE, 100, at_least={"protein": 41})
    with pytest.raises(NoPlanError, match=r"at_most\['fibre'\]=1 .* the least .* is 2"):
        blending(COST, INSIDE, 100, at_most={"fibre": 1})
    with pytest.raises(NoPlanError, match=r"can hold is 25;"):
        blending(COST, INSIDE, 100, at_least={"protein": 30}, available={"C": 25, "B": 100})
    with pytest.raises(NoPlanError, match="available has 30 in all"):
        blending(COST, INSIDE, 100, available={"A": 10, "B": 10, "C": 10})


def test_limits_that_fail_only_together_are_told_so():
    inside = {"A": {"x": 1, "y": 0}, "B": {"x": 0, "y": 1}}
    with pytest.raises(NoPlanError, match="not all at once"):
        blending({"A": 1, "B": 1}, inside, 10, at_least={"x": 6, "y": 6})


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"amount": 0}, "above zero"),
        ({"amount": "100"}, "amount='100'"),
        ({"at_least": {"fat": 1}}, "at_least has 'fat'"),
        ({"contents": {"A": {"protein": 1}}}, "has no 'B': give its numbers"),
        ({"cost": {"A": math.inf, "B": 2, "C": 6}}, r"cost\['A'\]=inf"),
    ],
)
def test_wrong_tables_are_named(change, message):
    with pytest.raises(ValueError, match=message):
        blending(**({"cost": COST, "contents": INSIDE, "amount": 100} | change))
