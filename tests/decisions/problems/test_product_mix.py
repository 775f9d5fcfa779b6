"""Product mix against corners, whole points, its own certificate and CBC."""

import math

import hypothesis.strategies as st
import pytest
from hypothesis import given, settings

from svclab.decisions.problems import NoPlanError, product_mix, product_mix_problem

TAKES = {"table": {"large": 2, "small": 2}, "chair": {"large": 1, "small": 2}}
PROFIT, STOCK = {"table": 20, "chair": 15}, {"large": 6, "small": 8}


@st.composite
def workshops(draw, most=8):
    """Two or three products, two resources; each product uses something."""
    n = draw(st.integers(2, 3))
    products = [f"p{i}" for i in range(n)]
    profit = {p: draw(st.integers(-3, 20)) for p in products}
    uses = {p: {"a": draw(st.integers(1, 5)), "b": draw(st.integers(0, 5))} for p in products}
    return profit, uses, {"a": draw(st.integers(0, most)), "b": draw(st.integers(0, most))}


@settings(max_examples=120)
@given(workshops())
def test_the_linear_mix_is_the_best_corner(best_corner, certify, shop):
    problem = product_mix_problem(*shop)
    assert product_mix(*shop).profit == pytest.approx(best_corner(problem), abs=1e-7)
    certify(problem)


@settings(max_examples=120)
@given(workshops())
def test_the_whole_mix_is_the_best_whole_point(best_whole_point, shop):
    found = product_mix(*shop, whole=True)
    assert found.profit == best_whole_point(product_mix_problem(*shop), 8)
    assert all(amount.is_integer() and amount >= 0 for amount in found.amounts.values())
    assert all(left >= 0 for left in found.spare.values())


@settings(max_examples=15)
@given(workshops(), st.booleans())
def test_cbc_agrees(by_cbc, shop, whole):
    found = product_mix(*shop, whole=whole).profit
    assert by_cbc(product_mix_problem(*shop, whole=whole)) == pytest.approx(found, abs=1e-6)


def test_bounds_of_pieces_are_kept():
    found = product_mix(PROFIT, TAKES, STOCK, at_most={"table": 1})
    assert found.amounts == {"table": 1, "chair": 3}
    found = product_mix(PROFIT, TAKES, STOCK, at_least={"table": 3})
    assert found.amounts == {"table": 3, "chair": 0}


def test_the_result_says_what_a_manager_wants_to_know():
    found = product_mix(PROFIT, TAKES, {"large": 9, "small": 8}, unit="yuan")
    assert found.sentence == "Make 4 × table: profit 80 yuan. Used up: small."
    assert found.table[0] == {"resource": "large", "used": 8, "available": 9, "spare": 1}
    assert "<table>" in found._repr_html_()


def test_nothing_worth_making_is_said():
    found = product_mix({"table": -1}, {"table": {"large": 2}}, {"large": 6})
    assert found.sentence == "Make nothing: profit 0. No resource is used up."


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"profit": {"table": "20", "chair": 15}}, r"profit\['table'\]='20': give a number"),
        ({"profit": {"table": math.nan, "chair": 15}}, r"profit\['table'\]=nan"),
        ({"profit": {"table": True, "chair": 15}}, r"profit\['table'\]=True"),
        ({"profit": {}}, "profit is empty"),
        ({"profit": 20}, "profit=20: give a dict"),
        ({"profit": {"table": 20, "": 15}}, "profit has the name ''"),
        ({"uses": {"table": {"large": 2, "small": 2}}}, "uses has no 'chair': give its numbers"),
        ({"uses": TAKES | {"bench": {}}}, "uses has 'bench', which is not one of"),
        ({"uses": TAKES | {"chair": {"large": 1}}}, r"uses\['chair'\] has no 'small'"),
        ({"uses": TAKES | {"chair": {"large": -1, "small": 2}}}, "zero or more"),
        ({"available": {"large": 6, "small": -8}}, r"available\['small'\]=-8"),
        ({"at_most": {"bench": 3}}, "at_most has 'bench'"),
    ],
)
def test_wrong_tables_are_named(change, message):
    tables = {"profit": PROFIT, "uses": TAKES, "available": STOCK} | change
    with pytest.raises(ValueError, match=message):
        product_mix(**tables)


def test_a_profit_without_end_is_said():
    with pytest.raises(NoPlanError, match="profit of 'air' can grow without end"):
        product_mix({"air": 1}, {"air": {"large": 0}}, {"large": 6})
    assert product_mix({"air": 1}, {"air": {"large": 0}}, {"large": 6}, at_most={"air": 3})


@pytest.mark.parametrize(
    ("bounds", "message"),
    [
        ({"at_least": {"table": 4}}, "at_least needs 8 of 'large', but only 6 are available"),
        ({"at_least": {"table": 2}, "at_most": {"table": 1}}, "is above at_most: 1"),
    ],
)
def test_bounds_that_cannot_be_kept_are_said(bounds, message):
    with pytest.raises(NoPlanError, match=message):
        product_mix(PROFIT, TAKES, STOCK, **bounds)


@pytest.mark.parametrize("names", [("eye test", "eye-test"), ("a b", "a_b"), ("1abc", "free")])
def test_names_that_pulp_would_confuse_are_kept_apart(names):
    profit = dict(zip(names, (3, 2), strict=True))
    uses = {name: {"h": 1} for name in names}
    found = product_mix(profit, uses, {"h": 4}, at_most={names[0]: 1})
    assert found.amounts == {names[0]: 1, names[1]: 3}
