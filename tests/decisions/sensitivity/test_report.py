"""The sensitivity report against enumeration, finite differences and the textbooks."""

import math

import pulp
import pytest
from hypothesis import assume, given, settings
from programs import build, dakota, random_problems, toys, vertices, wyndor

from svclab.decisions import problems
from svclab.decisions.sensitivity import report
from svclab.linear import exact, solve


def test_toy_kit_prices_and_ranges():
    """E-05: 70 with two of each; either block is worth 5."""
    found = report(toys())
    assert found.exact
    assert found.objective == 70
    assert found.plan == {"table": 2, "chair": 2}
    large, small = found.constraint("large"), found.constraint("small")
    assert (large.price, large.low, large.high) == (5, 4, 8)
    assert (small.price, small.low, small.high) == (5, 6, 12)
    assert (found.variable("table").low, found.variable("table").high) == (15, 30)
    assert (found.variable("chair").low, found.variable("chair").high) == (10, 20)
    assert found.degenerate == ()
    assert found.second is None


def test_dakota_with_dearer_tables_has_the_second_plan_of_winston():
    """Winston, ch. 4: a table that sells for 35 makes (0, 1.6, 11.2) as good as (2, 0, 8)."""
    problem = dakota()
    problem.setObjective(
        60 * x(problem, "desks") + 35 * x(problem, "tables") + 20 * x(problem, "chairs")
    )
    found = report(problem)
    assert found.objective == 280
    plans = [found.plan, dict(found.second)]
    for plan in (
        {"desks": 2, "tables": 0, "chairs": 8},
        {"desks": 0, "tables": 1.6, "chairs": 11.2},
    ):
        assert any(known == pytest.approx(plan) for known in plans)
    assert "Another plan is as good" in found.sentences[-1]


def test_limits_that_cannot_move_alone_are_told_in_one_sentence():
    """E-07 is balanced: one unit more of any supply or demand leaves no plan."""
    found = report(problems.cases.tianjin().problem())
    assert all(line.fixed for line in found.constraints)
    told = [sentence for sentence in found.sentences if "cannot" in sentence or "alone" in sentence]
    assert len(told) == 1
    assert all(line.name in told[0] for line in found.constraints)


def x(problem, name):
    return problem.variablesDict()[name]


def test_wyndor_is_neither_degenerate_nor_tied():
    found = report(wyndor())
    assert (found.degenerate, found.second) == ((), None)
    assert [line.price for line in found.constraints] == [0, 150, 100]


def bounded(problem):
    """Whether every corner matters: no direction without end."""
    return all(low is not None for low in exact(problem).lower) and all(
        high is not None for high in exact(problem).upper
    )


@settings(max_examples=150)
@given(random_problems((1, 3), bounded=True))
def test_optimum_ties_and_degeneracy_are_those_of_the_enumerated_corners(problem):
    corners = vertices(problem)
    if not corners:
        with pytest.raises(ValueError, match="is infeasible"):
            report(problem)
        return
    known = exact(problem)
    pick = max if known.maximise else min
    best = pick(known.objective(plan) for plan in corners)
    optimal = {plan for plan in corners if known.objective(plan) == best}
    found = report(problem)
    assert found.objective == float(best)
    plans = {tuple(map(float, plan)): count for plan, count in corners.items()}
    here = tuple(found.plan.values())
    assert here in {tuple(map(float, plan)) for plan in optimal}
    assert bool(found.degenerate) == (plans[here] > len(known.names))
    assert (found.second is None) == (len(optimal) == 1)
    if found.second is not None:
        there = tuple(found.second.values())
        assert there != here
        assert there in {tuple(map(float, plan)) for plan in optimal}


def moved(problem, name, by):
    """The same problem with one right-hand side moved, built anew."""
    known = exact(problem)
    rows = [
        (
            [float(a) for a in row.factors],
            row.relation,
            float(row.right) + (by if row.name == name else 0),
        )
        for row in known.rows
    ]
    lower = [None if low is None else float(low) for low in known.lower]
    upper = [None if high is None else float(high) for high in known.upper]
    cost = [float(c) for c in known.cost]
    return build(problem.sense, cost, rows, lower=lower, upper=upper, constant=float(known.offset))


@settings(max_examples=80)
@given(random_problems())
def test_one_more_and_one_less_are_finite_differences_even_where_limits_meet(problem):
    assume(solve(problem).is_optimal)
    found = report(problem)
    step = 2.0**-10
    for line in found.constraints:
        for slope, by in ((line.more, step), (line.less, -step)):
            there = solve(moved(problem, line.name, by))
            if slope is None:
                assert there.status == "infeasible"
            else:
                assert there.objective - found.objective == pytest.approx(slope * by, abs=1e-6)


def test_a_degenerate_corner_tells_both_prices():
    """Three limits through (2, 2): one more of any is worth nothing, one less costs."""
    rows = [([2, 1], "<=", 6), ([1, 1], "<=", 4), ([1, 2], "<=", 6)]
    found = report(build(pulp.LpMaximize, [1, 1], rows))
    assert found.objective == 4
    assert found.degenerate == ("r0", "r1", "r2")
    middle = found.constraint("r1")
    assert middle.more == 0
    assert middle.less == 1
    text = repr(found)
    assert "(r0, r1 and r2): it is degenerate" in text
    assert "r1 has two prices: more of it changes nothing; less of it" in text
    assert "1 below 4, 0 above" in text


def test_where_four_limits_meet_each_price_has_its_own_range():
    """By hand for small: below 8 only tops ≤ 2 helps beside it, 15 / 2 a unit, until no chair is
    left at 4; above 8 the plan moves along extra, (20 - 15) / 2 a unit, until no table is left.
    """
    problem = toys()
    of = problem.variablesDict()
    problem += of["table"] <= 2, "tops"
    problem += 3 * of["table"] + 2 * of["chair"] <= 10, "extra"
    found = report(problem)
    assert found.degenerate == ("large", "small", "tops", "extra")
    small = found.constraint("small")
    assert (small.low, small.less, small.right, small.more, small.high) == (4, 7.5, 8, 2.5, 10)
    assert small.cells == ("7.5 below 8, 2.5 above", "4", "10")
    assert found.sentences[1] == (
        "small has two prices: more of it changes the objective by 2.5 per unit, up to 10; less "
        "of it changes the objective by −7.5 per unit, down to 4."
    )
    assert [c.low for c in found.constraints] == [4, 4, 0, 8]
    assert "(large, small, tops and extra)" in found.sentences[-1]


@settings(max_examples=150)
@given(random_problems())
def test_each_price_holds_up_to_the_end_of_its_range_and_not_beyond(problem):
    assume(solve(problem).is_optimal)
    found = report(problem)
    for line in found.constraints:
        if not (found.degenerate and line.binds) or line.fixed:
            continue
        for slope, end, way in ((line.more, line.high, 1), (line.less, line.low, -1)):
            if slope is None:
                assert end == line.right
                continue
            far = end if math.isfinite(end) else line.right + 50 * way
            there = solve(moved(problem, line.name, far - line.right))
            assert there.objective - found.objective == pytest.approx(
                slope * (far - line.right), abs=1e-6
            )
            if math.isfinite(end):
                beyond = solve(moved(problem, line.name, far - line.right + way * 0.5))
                straight = found.objective + slope * (far - line.right + way * 0.5)
                assert beyond.objective is None or abs(beyond.objective - straight) > 1e-7


def test_a_price_that_ends_before_one_unit_more_is_told_per_unit():
    told = report(toys(large=6, small=13)).sentences[0]
    assert told == (
        "More of large changes the objective by 15 per unit; this holds from 0 to 6.5, which is "
        "less than one unit more."
    )


def test_a_limit_that_leaves_no_plan_on_one_side_says_so():
    rows = [([1, 1], "<=", 4), ([1, 1], ">=", 4)]
    found = report(build(pulp.LpMaximize, [1, 2], rows))
    assert found.constraint("r0").less is None
    assert found.constraint("r1").more is None
    assert "leaves no plan at all" in repr(found)


def test_optimal_plans_without_end_are_told():
    found = report(build(pulp.LpMaximize, [1, -1], [([1, -1], "<=", 3)]))
    assert found.endless
    assert found.second["x0"] - found.second["x1"] == pytest.approx(3)
    assert "without end" in found.sentences[-1]


@settings(max_examples=40)
@given(random_problems())
def test_with_tolerance_the_report_is_the_same_as_in_fractions(problem):
    """Large problems cannot be worked out in fractions; here small ones are forbidden to be."""
    assume(solve(problem).is_optimal)
    expected = report(problem)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("svclab.decisions.sensitivity.program.exact_basis", lambda *_: None)
        found = report(problem)
    assert not found.exact
    assert found.objective == pytest.approx(expected.objective)
    assert found.degenerate == expected.degenerate
    assert (found.second is None) == (expected.second is None)
    for ours, theirs in zip(found.constraints, expected.constraints, strict=True):
        assert (ours.low, ours.high) == pytest.approx((theirs.low, theirs.high), abs=1e-7)
        for side in ("more", "less"):
            one, other = getattr(ours, side), getattr(theirs, side)
            assert one is other is None or one == pytest.approx(other, abs=1e-7)


def test_a_balanced_transport_problem_of_60_places_is_degenerate_and_told():
    """One equation of a balanced transport problem follows from the others."""
    size = 30
    problem = pulp.LpProblem("transport", pulp.LpMinimize)
    ship = {(i, j): problem.add_variable(f"x_{i}_{j}", 0) for i in range(size) for j in range(size)}
    problem += pulp.lpSum((3 + (7 * i + 11 * j) % 13) * v for (i, j), v in ship.items())
    for i in range(size):
        problem += pulp.lpSum(ship[i, j] for j in range(size)) == 5, f"from{i}"
        problem += pulp.lpSum(ship[j, i] for j in range(size)) == 5, f"to{i}"
    found = report(problem)
    assert not found.exact
    assert found.degenerate
    assert found.objective == pytest.approx(solve(problem).objective)


def test_reduced_costs_are_told_for_both_kinds_of_bounds():
    told = report(dakota()).sentences
    assert told[-1] == (
        "Each unit of tables beyond 0 that one insists on changes the objective by −5."
    )
    full = report(build(pulp.LpMaximize, [2, 1], [([1, 1], "<=", 5)], upper=[3, None]))
    assert "If x0 could be one unit more than 3, the objective would change by 1." in full.sentences
    assert "no limit" in repr(full)


def test_whole_variables_need_a_word():
    with pytest.raises(ValueError, match="use relaxed=True, or value_function"):
        report(toys("Integer"))
    assert report(toys("Integer"), relaxed=True).relaxed
    assert "whole numbers were not asked for" in repr(report(toys("Integer"), relaxed=True))


def test_minimum_with_at_least_limits_has_prices_above_zero():
    """A diet: one unit more that must be bought costs more."""
    rows = [([2, 1], ">=", 8), ([1, 3], ">=", 9)]
    found = report(build(pulp.LpMinimize, [3, 4], rows))
    assert found.objective == pytest.approx(17)
    assert [line.price for line in found.constraints] == [1, 1]
    assert (found.constraint("r0").low, found.constraint("r0").high) == (3, 18)
    assert math.isclose(found.constraint("r1").low, 4)
    assert "<table>" in found._repr_html_()
