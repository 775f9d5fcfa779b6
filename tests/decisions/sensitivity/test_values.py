"""Value functions against solving at many right-hand sides; the toy kit in parts and pieces."""

import math

import pulp
import pytest
from hypothesis import assume, given, settings
from programs import build, random_problems, toys

from svclab.decisions.sensitivity import one_more, report, value_function
from svclab.linear import exact, solve


def moved(problem, name, right, kind):
    known = exact(problem)
    rows = [
        ([float(a) for a in r.factors], r.relation, right if r.name == name else float(r.right))
        for r in known.rows
    ]
    lower = [None if low is None else float(low) for low in known.lower]
    upper = [None if high is None else float(high) for high in known.upper]
    cost = [float(c) for c in known.cost]
    constant = float(known.offset)
    return build(problem.sense, cost, rows, lower=lower, upper=upper, kinds=kind, constant=constant)


def test_toy_kit_small_blocks_in_parts_and_in_pieces():
    """E-05: one more small block is worth 5 in the LP, nothing in whole pieces; two are 10."""
    more = one_more(toys(), "small")
    assert more.linear == 5
    assert more.whole == 0
    assert more.linear_plans[1] == {"table": 1.5, "chair": 3}
    assert "changes nothing" in more.sentences[1]
    assert one_more(toys(), "small", by=2).whole == 10
    assert one_more(toys(), "large").whole == 5
    assert one_more(toys(), "large").linear == 5
    assert one_more(toys("Integer"), "small").linear == 5


def test_toy_kit_curve_of_small_blocks():
    curve = value_function(toys(), "small", lower=0, upper=16)
    assert curve.exact
    assert curve.complete
    assert curve.corners == ((0, 0), (6, 60), (12, 90), (16, 90))
    assert curve.slopes == (10, 5, 0)
    # By hand: pairs of small blocks make one piece; two large are needed for a table.
    assert [curve.whole(b) for b in (0, 1, 2, 4, 6, 8, 9, 10, 12, 16)] == [
        0,
        0,
        20,
        40,
        60,
        70,
        70,
        80,
        90,
        90,
    ]


def test_the_curve_has_the_ends_of_the_reported_range_as_corners():
    for name in ("large", "small"):
        line = report(toys()).constraint(name)
        places = [b for b, _ in value_function(toys(), name, lower=0, upper=20).corners]
        assert {line.low, line.high} <= set(places)


@settings(max_examples=40)
@given(random_problems((1, 3), bounded=True))
def test_both_curves_are_what_solving_at_each_place_gives(problem):
    assume(exact(problem).rows)
    name = "r0"
    curve = value_function(problem, name, lower=-6, upper=9)
    for k in range(21):
        right = -6 + k * 0.75
        there = solve(moved(problem, name, right, "Continuous"))
        assert (curve.linear(right) is None) == (there.status == "infeasible")
        if there.is_optimal:
            assert curve.linear(right) == pytest.approx(there.objective, abs=1e-6)
    for right in range(-6, 10, 3):
        there = solve(moved(problem, name, right, "Integer"))
        if any(exact(problem).rows[0].factors):
            assert curve.complete
            assert curve.whole(right) == (
                pytest.approx(there.objective) if there.is_optimal else None
            )


@settings(max_examples=60)
@given(random_problems((1, 4), bounded=True))
def test_the_linear_curve_bends_one_way(problem):
    """Concave for a maximum, convex for a minimum: each unit more helps less, or costs more."""
    assume(exact(problem).rows)
    slopes = value_function(problem, "r0", lower=-20, upper=40, whole=False).slopes
    order = sorted(slopes, reverse=problem.sense == pulp.LpMaximize)
    assert list(slopes) == order
    assert len(set(slopes)) == len(slopes)


@settings(max_examples=40)
@given(random_problems((1, 3), bounded=True))
def test_with_tolerance_the_curve_is_the_same_as_in_fractions(problem):
    """Large problems cannot be worked out in fractions; here small ones are forbidden to be."""
    assume(exact(problem).rows)
    expected = value_function(problem, "r0", lower=-10, upper=20, whole=False)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("svclab.decisions.sensitivity.program.exact_basis", lambda *_: None)
        found = value_function(problem, "r0", lower=-10, upper=20, whole=False)
    assert len(found.corners) == len(expected.corners)
    for ours, theirs in zip(found.corners, expected.corners, strict=True):
        assert ours == pytest.approx(theirs, abs=1e-6)


def test_fractional_factors_have_steps_of_their_common_measure():
    problem = build(pulp.LpMaximize, [2, 3], [([0.5, 0.75], "<=", 3)], upper=[9, 9])
    curve = value_function(problem, "r0", lower=0, upper=3)
    places = [b for b, _ in curve.steps]
    assert places == pytest.approx([0.25 * k for k in range(13)])
    assert curve.whole(0.7) == curve.whole(0.5) == 2


def test_with_parts_in_the_row_the_whole_curve_is_only_sampled():
    problem = build(
        pulp.LpMaximize, [2, 3], [([1, 1], "<=", 3)], kinds=["Integer", "Continuous"], upper=[9, 2]
    )
    curve = value_function(problem, "r0", lower=0, upper=4)
    assert not curve.complete
    assert len(curve.steps) == 41
    assert curve.whole(0.05) is None
    assert curve.whole(2) == pytest.approx(6)


def test_an_equation_has_whole_plans_only_where_its_measure_fits():
    problem = build(pulp.LpMaximize, [1, 1], [([2, 4], "=", 6)], upper=[5, 5])
    curve = value_function(problem, "r0", lower=0, upper=10)
    assert curve.whole(5) is None
    assert curve.whole(6) == 3
    assert curve.linear(5) == pytest.approx(2.5)


def test_no_plan_left_of_a_demand():
    rows = [([1, 1], "<=", 5), ([1, 0], ">=", 2)]
    curve = value_function(build(pulp.LpMaximize, [1, 1], rows), "r0", lower=0, upper=4)
    assert curve.corners[0] == (2, 2)
    assert curve.linear(1.5) is None
    assert curve.whole(1) is None
    assert "no plan" in repr(curve)


def test_wrong_requests_say_what_to_do():
    with pytest.raises(ValueError, match="choose one of large, small"):
        value_function(toys(), "medium", lower=0, upper=9)
    with pytest.raises(ValueError, match="must be below upper"):
        value_function(toys(), "small", lower=9, upper=9)
    with pytest.raises(ValueError, match="any finite size"):
        value_function(toys(), "small", lower=0, upper=math.inf)
    with pytest.raises(ValueError, match="by=0"):
        one_more(toys(), "small", by=0)
    endless = build(pulp.LpMaximize, [1, 1], [([1, -1], "<=", 3)])
    with pytest.raises(ValueError, match="is unbounded with a right-hand side"):
        value_function(endless, "r0", lower=0, upper=4)
