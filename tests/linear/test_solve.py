"""svclab.linear.solve against CBC, finite differences and textbook facts."""

import json
import math
import sys
import types

import hypothesis.strategies as st
import pulp
import pytest
from hypothesis import assume, given, settings

from svclab.linear import arrays, kernel, solve
from svclab.linear.solving import OPTIONS

whole = st.integers(-5, 9)


def toys(kind="Continuous", large=6.0, small=8.0, constant=0.0):
    problem = pulp.LpProblem("toys", pulp.LpMaximize)
    table = problem.add_variable("table", 0, cat=kind)
    chair = problem.add_variable("chair", 0, cat=kind)
    problem += 20 * table + 15 * chair + constant
    problem += 2 * table + chair <= large, "large"
    problem += 2 * table + 2 * chair <= small, "small"
    return problem


def test_tables_and_chairs_is_the_textbook_plan():
    best = solve(toys())
    assert best.is_optimal
    assert best.values == pytest.approx({"table": 2, "chair": 2})
    assert best.objective == pytest.approx(70)
    assert best.shadow_prices == pytest.approx({"large": 5, "small": 5})


def test_constant_in_the_objective_is_kept():
    assert solve(toys(constant=7.5)).objective == pytest.approx(77.5)


def test_whole_plans_have_no_shadow_prices_and_whole_values():
    best = solve(toys("Integer", small=7))
    assert best.shadow_prices is None
    assert best.reduced_costs is None
    assert best.objective == 60.0
    assert all(value == round(value) for value in best.values.values())


def test_result_is_written_back_into_the_problem():
    problem = toys()
    solve(problem)
    values = {v.name: v.value() for v in problem.variables()}
    assert values == pytest.approx({"table": 2, "chair": 2})
    assert pulp.LpStatus[problem.status] == "Optimal"


def test_columns_stand_in_order_of_declaration_even_after_pulp_sorted_them():
    problem = toys()
    str(problem)  # PuLP sorts its list of variables when it prints
    assert list(solve(problem).values) == ["table", "chair"]


def test_infeasible_and_unbounded_are_told_apart():
    problem = toys()
    problem += pulp.lpSum(problem.variables()) >= 100
    assert solve(problem).status == "infeasible"
    assert solve(problem).objective is None
    for kind in ("Continuous", "Integer"):
        free = pulp.LpProblem("free", pulp.LpMaximize)
        x, y = free.add_variable("x", 0, cat=kind), free.add_variable("y", 0, cat=kind)
        free += x + y
        free += x - y >= 2
        assert solve(free).status == "unbounded"
        free += x + y <= 1
        assert solve(free).status == "infeasible"


def test_bounds_that_cross_are_infeasible():
    problem = pulp.LpProblem("crossed", pulp.LpMinimize)
    x = problem.add_variable("x", 3, 2)
    problem += x
    assert solve(problem).status == "infeasible"


def test_strange_names_are_only_names():
    problem = pulp.LpProblem("strange", pulp.LpMinimize)
    names = ["free", "1abc", "e1", "inf", "照相", "st"]
    x = [problem.add_variable(name, 0) for name in names]
    problem += pulp.lpSum((i + 1) * v for i, v in enumerate(x))
    for i, v in enumerate(x):
        problem += v >= i + 1, f"bound {i}"
    best = solve(problem)
    assert best.values == pytest.approx({n: i + 1 for i, n in enumerate(names)})
    assert set(best.shadow_prices) == {f"bound_{i}" for i in range(6)}


def test_two_variables_of_one_name_are_refused():
    problem = pulp.LpProblem("twice", pulp.LpMinimize)
    problem += problem.add_variable("a b", 0) + problem.add_variable("a_b", 0)
    with pytest.raises(ValueError, match="two variables are called 'a_b'"):
        solve(problem)


def test_empty_problem_is_refused_and_no_objective_means_any_plan():
    problem = pulp.LpProblem("nothing", pulp.LpMinimize)
    with pytest.raises(ValueError, match="is empty: it has no variables"):
        solve(problem)
    x = problem.add_variable("x", 0, 5)
    problem += x >= 3
    assert solve(problem).status == "optimal"
    assert 3 <= x.value() <= 5


@pytest.mark.parametrize("bad", [math.nan, math.inf])
def test_numbers_that_are_not_finite_are_refused(bad):
    problem = toys()
    problem.variables()[0].lowBound = bad  # PuLP itself refuses such factors
    with pytest.raises(ValueError, match="lower bound of 'chair' is"):
        solve(problem)


def test_time_limit_must_be_positive():
    with pytest.raises(ValueError, match="time_limit=0"):
        solve(toys(), time_limit=0)
    assert solve(toys(), time_limit=60).is_optimal


def test_arrays_are_plain_json():
    request = {**arrays(toys()), "options": OPTIONS}
    assert json.loads(json.dumps(request, allow_nan=False)) == request


def test_the_page_is_asked_in_plain_json_and_gives_the_same_solution(monkeypatch):
    page = types.ModuleType("svclab_page")  # what the worker registers; here HiGHS's own answer
    page.solve = lambda text: json.dumps(kernel.run(json.loads(text)), allow_nan=False)
    monkeypatch.setitem(sys.modules, "svclab_page", page)
    expected = solve(toys(constant=3))
    monkeypatch.setattr(sys, "platform", "emscripten")
    assert solve(toys(constant=3)) == expected


@pytest.mark.parametrize("sense", [pulp.LpMaximize, pulp.LpMinimize])
@pytest.mark.parametrize("relation", ["<=", ">=", "="])
def test_shadow_price_is_the_finite_difference_of_the_stated_objective(sense, relation):
    def value(right):
        problem = pulp.LpProblem("one", sense)
        x, y = problem.add_variable("x", 0, 10), problem.add_variable("y", 0, 10)
        problem += 3 * x - 2 * y + 11
        row = x + 2 * y
        if relation == "<=":
            problem += row <= right, "row"
        elif relation == ">=":
            problem += row >= right, "row"
        else:
            problem += row == right, "row"
        problem += x + y <= 12.5, "cap"
        problem += x - y >= -9.25, "gap"
        return solve(problem)

    right = 7.0
    step = 1e-3
    slope = (value(right + step).objective - value(right - step).objective) / (2 * step)
    assert value(right).shadow_prices["row"] == pytest.approx(slope, abs=1e-6)


def test_reduced_cost_is_the_price_of_one_unit_forced_in():
    def value(least):
        problem = pulp.LpProblem("forced", pulp.LpMaximize)
        x, y = problem.add_variable("x", least), problem.add_variable("y", 0)
        problem += 3 * x + 5 * y
        problem += x + y <= 4
        return solve(problem)

    assert value(0).reduced_costs["x"] == pytest.approx(value(1).objective - value(0).objective)


@st.composite
def problems(draw):
    n, m = draw(st.integers(1, 4)), draw(st.integers(0, 4))
    problem = pulp.LpProblem("p", draw(st.sampled_from([pulp.LpMaximize, pulp.LpMinimize])))
    kinds = st.sampled_from(["Continuous", "Integer"])
    x = [
        problem.add_variable(f"x{j}", 0, draw(st.integers(0, 9)), cat=draw(kinds)) for j in range(n)
    ]
    problem += pulp.lpSum(draw(whole) * v for v in x) + draw(whole)
    for _ in range(m):
        row = pulp.lpSum(draw(whole) * v for v in x)
        right = draw(st.integers(-10, 40))
        relation = draw(st.sampled_from(["<=", ">=", "="]))
        problem += (
            row <= right if relation == "<=" else row >= right if relation == ">=" else row == right
        )
    return problem


# PuLP is pinned below 4; until then the CBC that it brings is the peer that needs no installation.
@pytest.mark.filterwarnings("ignore:PULP_CBC_CMD is deprecated:DeprecationWarning")
@settings(max_examples=120)
@given(problems())
def test_agrees_with_cbc_in_status_and_objective_and_the_plan_is_feasible(problem):
    assume(problem.variables())  # PuLP drops a variable whose factors are all zero
    ours = solve(problem)
    assert ours.status in ("optimal", "infeasible")
    problem.solve(pulp.PULP_CBC_CMD(msg=False))
    assert pulp.LpStatus[problem.status].lower() == ours.status
    if not ours.is_optimal:
        return
    objective = pulp.value(problem.objective)
    if objective is not None:
        assert ours.objective == pytest.approx(objective, abs=1e-6)
    for variable in problem.variables():
        variable.varValue = ours.values.get(variable.name, 0)  # CBC adds a dummy
    for row in problem.constraints():
        assert row.valid(1e-6)
