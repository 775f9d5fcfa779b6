"""Conflicts and rays: each is checked for what it claims, by solving what is left."""

import pulp
import pytest
from hypothesis import given, settings
from programs import build, random_problems, toys

from svclab.linear import conflict, exact, ray, solve


def kept(problem, constraints, bounds):
    """The problem with nothing but these constraints and bounds, built anew."""
    known = exact(problem)
    lower = [
        float(low) if (name, "lower") in bounds else None
        for name, low in zip(known.names, known.lower, strict=True)
    ]
    upper = [
        float(high) if (name, "upper") in bounds else None
        for name, high in zip(known.names, known.upper, strict=True)
    ]
    rows = [
        ([float(a) for a in row.factors], row.relation, float(row.right))
        for row in known.rows
        if row.name in constraints
    ]
    return build(problem.sense, [0] * len(lower), rows, lower=lower, upper=upper)


@settings(max_examples=150)
@given(random_problems())
def test_a_conflict_cannot_be_kept_and_without_any_one_member_it_can(problem):
    found = conflict(problem)
    if solve(problem).status != "infeasible":
        assert found is None
        return
    assert not found.whole
    assert solve(kept(problem, found.constraints, found.bounds)).status == "infeasible"
    for name in found.constraints:
        rest = [n for n in found.constraints if n != name]
        assert solve(kept(problem, rest, found.bounds)).status == "optimal"
    for bound in found.bounds:
        rest = [b for b in found.bounds if b != bound]
        assert solve(kept(problem, found.constraints, rest)).status == "optimal"


def test_bounds_that_cross_are_a_conflict_of_their_own():
    problem = build(pulp.LpMinimize, [1], [([1], "<=", 9)], lower=[3], upper=[2])
    found = conflict(problem)
    assert found.constraints == ()
    assert found.bounds == (("x0", "lower"), ("x0", "upper"))


def test_a_conflict_that_only_whole_numbers_make_says_so():
    rows = [([2, 2], "=", 3), ([1, -1], "<=", 5)]
    problem = build(pulp.LpMaximize, [1, 1], rows, kinds="Integer", upper=[9, 9])
    assert conflict(problem).whole
    assert conflict(problem).constraints == ("r0",)
    assert conflict(build(pulp.LpMaximize, [1, 1], rows, upper=[9, 9])) is None


@settings(max_examples=200)
@given(random_problems())
def test_a_ray_can_be_followed_for_ever_and_gains(problem):
    found = ray(problem)
    if solve(problem).status != "unbounded":
        assert found is None
        return
    known = exact(problem)
    start = kept(problem, [row.name for row in known.rows], bounds_of(known))
    plan = solve(start).values
    step = [found.direction.get(name, 0) for name in known.names]
    for far in (1, 1000):
        there = [plan[f"x{j}"] + far * float(d) for j, d in enumerate(step)]
        for x, low, high in zip(there, known.lower, known.upper, strict=True):
            assert low is None or x >= low - 1e-6
            assert high is None or x <= high + 1e-6
        for row in known.rows:
            left = sum(float(a) * x for a, x in zip(row.factors, there, strict=True))
            assert row.lower is None or left >= row.lower - 1e-6
            assert row.upper is None or left <= row.upper + 1e-6
    assert (found.gain > 0) == (problem.sense == pulp.LpMaximize)
    assert found.gain == sum(c * d for c, d in zip(known.cost, step, strict=True))


def test_an_unbounded_problem_that_presolve_calls_infeasible_is_unbounded():
    """HiGHS 1.15 in both hosts; without presolve it finds the ray."""
    problem = build(
        pulp.LpMinimize,
        [0, 0, -1],
        [
            ([1, 1, 1], "<=", 0),
            ([-1, 0, -3], "<=", 0),
            ([-1, 1, 0], ">=", 0),
            ([0, 0, 1], ">=", 2),
        ],
        lower=[None, 0, -3],
        upper=[None, 3, None],
    )
    assert solve(problem).status == "unbounded"
    assert ray(problem).direction == {"x0": -1, "x2": 1}
    assert conflict(problem) is None


def test_a_ray_is_found_where_highs_without_presolve_does_not_know():
    """HiGHS 1.15 answers "Unknown" when it is asked for the ray."""
    rows = [([2, 0, -2], "<=", 1), ([0, 0, 2], ">=", -1)]
    problem = build(pulp.LpMaximize, [-2, 0, 3], rows)
    assert solve(problem).status == "unbounded"
    assert ray(problem).direction == {"x2": 1}


def bounds_of(known):
    sides = (("lower", known.lower), ("upper", known.upper))
    return [
        (n, side)
        for side, ends in sides
        for n, e in zip(known.names, ends, strict=True)
        if e is not None
    ]


@pytest.mark.parametrize("kind", ["Continuous", "Integer"])
def test_a_problem_without_end_has_a_ray_in_whole_numbers(kind):
    problem = build(pulp.LpMaximize, [1, 2], [([3, -1], "<=", 4), ([-5, 2], "<=", 4)], kinds=kind)
    found = ray(problem)
    assert found is None or all(d.denominator == 1 for d in found.direction.values())
    assert (found is None) == (solve(problem).status != "unbounded")


def test_an_optimum_has_neither_conflict_nor_ray():
    assert conflict(toys()) is None
    assert ray(toys()) is None
    assert ray(toys("Integer")) is None
