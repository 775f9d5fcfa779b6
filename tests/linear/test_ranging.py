"""Ranges by HiGHS against exact fractions, finite differences and textbooks' reports."""

import math

import hypothesis.strategies as st
import pulp
import pytest
from hypothesis import given, settings
from programs import build, dakota, random_problems, toyco, toys, wyndor

from svclab.linear import exact, exact_basis, ranging, solve

INF = math.inf


def test_tables_and_chairs_ranges():
    """E-05: by hand, 20/15 between the slopes 1 and 2 of the two limits."""
    found = ranging(toys())
    assert found.solution.shadow_prices == pytest.approx({"large": 5, "small": 5})
    assert found.coefficients["table"] == pytest.approx((15, 30))
    assert found.coefficients["chair"] == pytest.approx((10, 20))
    assert found.right_sides["large"] == pytest.approx((4, 8))
    assert found.right_sides["small"] == pytest.approx((6, 12))


def test_dakota_furniture_is_the_lindo_report_in_winston():
    """Winston, Operations Research, ch. 6: allowable increase and decrease of each number."""
    found = ranging(dakota())
    best = found.solution
    assert best.objective == pytest.approx(280)
    assert best.values == pytest.approx({"desks": 2, "tables": 0, "chairs": 8})
    # LINDO prints the reduced cost of a maximum with the other sign: 5.
    assert best.reduced_costs == pytest.approx({"desks": 0, "tables": -5, "chairs": 0})
    assert best.shadow_prices == pytest.approx(
        {"lumber": 0, "finishing": 10, "carpentry": 10, "demand": 0}
    )
    assert found.coefficients["desks"] == pytest.approx((60 - 4, 60 + 20))
    assert found.coefficients["tables"] == pytest.approx((-INF, 30 + 5))
    assert found.coefficients["chairs"] == pytest.approx((20 - 5, 20 + 2.5))
    assert found.right_sides["lumber"] == pytest.approx((48 - 24, INF))
    assert found.right_sides["finishing"] == pytest.approx((20 - 4, 20 + 4))
    assert found.right_sides["carpentry"] == pytest.approx((8 - 4 / 3, 8 + 2))
    assert found.right_sides["demand"] == pytest.approx((5 - 5, INF))


def test_wyndor_glass_is_the_report_of_hillier_and_lieberman():
    """Unit profits 300 and 500: doors up by 450 or down by 300, windows down to 200."""
    found = ranging(wyndor())
    assert found.solution.objective == pytest.approx(3600)
    assert found.solution.shadow_prices == pytest.approx(
        {"plant1": 0, "plant2": 150, "plant3": 100}
    )
    assert found.coefficients["doors"] == pytest.approx((0, 750))
    assert found.coefficients["windows"] == pytest.approx((200, INF))
    assert found.right_sides["plant1"] == pytest.approx((2, INF))
    assert found.right_sides["plant2"] == pytest.approx((6, 18))
    assert found.right_sides["plant3"] == pytest.approx((12, 24))


def test_toyco_is_the_report_in_taha():
    """Taha, Operations Research: dual prices 1, 2, 0; operation 1 between -200 and +10."""
    found = ranging(toyco())
    assert found.solution.objective == pytest.approx(1350)
    assert found.solution.shadow_prices == pytest.approx({"one": 1, "two": 2, "three": 0})
    assert found.solution.reduced_costs["trains"] == pytest.approx(-4)
    assert found.right_sides["one"] == pytest.approx((230, 440))


@pytest.mark.parametrize("sense", [pulp.LpMaximize, pulp.LpMinimize])
@pytest.mark.parametrize("relation", ["<=", ">=", "="])
def test_inside_a_range_the_price_holds_and_outside_it_does_not(sense, relation):
    def at(right):
        rows = [([1, 2], relation, right), ([1, 1], "<=", 12.5), ([1, -1], ">=", -9.25)]
        return build(sense, [3, -2], rows, upper=[10, 10], constant=11)

    found = ranging(at(7.0))
    price = found.solution.shadow_prices["r0"]
    low, high = found.right_sides["r0"]
    assert low < 7 < high
    for end, beyond in ((low, -0.5), (high, 0.5)):
        if not math.isfinite(end):
            continue
        edge = solve(at(end)).objective
        assert edge == pytest.approx(found.solution.objective + price * (end - 7))
        further = solve(at(end + beyond))
        if further.is_optimal:
            assert abs(further.objective - edge - price * beyond) > 1e-6


def as_float(ends):
    return tuple(e if n is None else float(n) for n, e in zip(ends, (-INF, INF), strict=True))


@settings(max_examples=150)
@given(random_problems())
def test_highs_ranges_are_those_of_its_basis_in_fractions(problem):
    if not solve(problem).is_optimal:
        return
    found = ranging(problem)
    known = exact_basis(exact(problem), found.column_states, found.row_states)
    assert known is not None
    assert float(known.objective) == pytest.approx(found.solution.objective)
    assert tuple(found.solution.shadow_prices.values()) == pytest.approx(known.prices)
    assert tuple(found.solution.reduced_costs.values()) == pytest.approx(known.reduced_costs)
    for ours, theirs in zip(known.right_sides, found.right_sides.values(), strict=True):
        assert as_float(ours) == pytest.approx(theirs, abs=1e-7)
    for ours, theirs in zip(known.coefficients, found.coefficients.values(), strict=True):
        assert as_float(ours) == pytest.approx(theirs, abs=1e-7)


@settings(max_examples=60)
@given(random_problems())
def test_duality_and_complementary_slackness(problem):
    best = solve(problem)
    if not best.is_optimal:
        return
    known = exact(problem)
    found = ranging(problem)
    corner = exact_basis(known, found.column_states, found.row_states)
    # b·y + bounds·d = c·x: the prices of all limits account for the whole objective.
    paid = [p * row.activity(corner.plan) for p, row in zip(corner.prices, known.rows, strict=True)]
    paid += [d * x for d, x in zip(corner.reduced_costs, corner.plan, strict=True)]
    assert sum(paid) == corner.objective - known.offset
    for price, row in zip(corner.prices, known.rows, strict=True):
        assert price == 0 or row.activity(corner.plan) == row.right
        helps = price if known.maximise else -price
        assert row.relation == "=" or helps == 0 or (helps > 0) == (row.relation == "<=")


def test_whole_variables_are_refused_unless_relaxed():
    with pytest.raises(ValueError, match="whole plans have no shadow prices"):
        ranging(toys("Integer"))
    assert ranging(toys("Integer"), relaxed=True).right_sides["large"] == pytest.approx((4, 8))


def test_no_optimum_no_ranges():
    with pytest.raises(ValueError, match="is infeasible: ranges need an optimum"):
        ranging(build(pulp.LpMaximize, [1], [([1], "<=", 1), ([1], ">=", 2)]))


@settings(max_examples=30)
@given(st.integers(2, 30))
def test_an_exact_basis_is_refused_beyond_its_size(size):
    rows = [([int(i == j) for i in range(size * 2)], "<=", j + 1) for j in range(size * 2)]
    problem = build(pulp.LpMaximize, [1] * (size * 2), [*rows, ([1] * size * 2, "<=", 10**6)])
    found = ranging(problem)
    known = exact_basis(exact(problem), found.column_states, found.row_states)
    basics = sum(s == "basic" for s in found.column_states)
    assert (known is None) == (basics > 40)
