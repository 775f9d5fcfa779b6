"""The exercises on linear programs: their answers against HiGHS."""

from __future__ import annotations

import subprocess
import sys
from functools import cache
from itertools import product
from typing import Any

import pulp
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from svclab.decisions import exercises
from svclab.decisions.exercises import extra_hours, read_reports
from svclab.decisions.exercises.small_models import SmallModel
from svclab.decisions.sensitivity import one_more, report, value_function
from svclab.linear import solve
from svclab.practice import Exercise, Variant, deal, listed

STUDENTS = [f"2026-{number:04d}" for number in range(100)]


@cache
def dealt(exercise: Exercise) -> list[Variant]:
    return [deal(exercise, student) for student in STUDENTS]


def two_services(p: Any, *, whole: bool) -> pulp.LpProblem:
    problem = pulp.LpProblem("two", pulp.LpMaximize)
    kind = "Integer" if whole else "Continuous"
    x, y = (problem.add_variable(name, 0, cat=kind) for name in "xy")
    problem += p.profits[0] * x + p.profits[1] * y
    for k, (a, b, right) in enumerate(p.rows):
        problem += a * x + b * y <= right, f"row_{k}"
    return problem


def test_the_best_corner_is_that_of_highs() -> None:
    for variant in dealt(exercises.best_corner)[:30]:
        found = solve(two_services(variant.p, whole=False))
        assert found.objective == pytest.approx(variant.right["profit"])
        assert found.values == pytest.approx({"x": variant.right["x"], "y": variant.right["y"]})


def test_the_best_whole_plan_is_that_of_highs() -> None:
    for variant in dealt(exercises.rounding)[:15]:
        right = variant.right
        assert solve(two_services(variant.p, whole=False)).objective == pytest.approx(
            right["linear"]
        )
        assert solve(two_services(variant.p, whole=True)).values == {
            "x": right["x"], "y": right["y"],
        }  # fmt: skip


def test_hours_to_buy_are_those_of_a_model_that_buys_them() -> None:
    for variant in dealt(exercises.buy_hours)[:30]:
        p = variant.p
        now = solve(two_services(p, whole=False)).objective
        assert now is not None
        problem = pulp.LpProblem("buying", pulp.LpMaximize)
        x, y, bought = (problem.add_variable(name, 0) for name in ("x", "y", "bought"))
        problem += p.profits[0] * x + p.profits[1] * y - p.price * bought
        for k, (a, b, right) in enumerate(p.rows):
            problem += a * x + b * y <= right + (bought if k == 2 else 0)
        problem += bought <= p.offered
        found = solve(problem)
        assert found.objective == pytest.approx(now + variant.right["gain"])
        assert found.values["bought"] == pytest.approx(variant.right["hours"])


def test_the_worth_of_hours_is_the_value_function() -> None:
    for variant in dealt(exercises.buy_hours)[:10]:
        p, pieces = variant.p, extra_hours._pieces(variant.p)
        there = p.rows[2][2]
        curve = value_function(
            two_services(p, whole=False), "row_2", lower=there, upper=there + p.offered,
            whole=False,
        )  # fmt: skip
        assert curve.slopes == pytest.approx([float(worth) for _, _, worth in pieces])
        ends = [there, *(there + float(end) for _, end, _ in pieces)]
        assert [right for right, _ in curve.corners] == pytest.approx(ends)


def test_the_report_is_that_of_the_chapters_model() -> None:
    for variant in dealt(exercises.read_report)[:25]:
        found = read_reports._found(variant.p)
        _, names, limits = read_reports.PLACES[variant.p.place]
        made = report(read_reports._model(variant.p).problem(names, limits))
        assert repr(made) == repr(found)
        assert made.second is None


def test_what_a_block_is_worth_is_what_one_more_says() -> None:
    for variant in dealt(exercises.one_more_block)[:6]:
        p, right = variant.p, variant.right
        name = f"row_{p.moved}"
        one = one_more(two_services(p, whole=True), name)
        assert one.linear == pytest.approx(right["linear"])
        assert one.whole == pytest.approx(0)
        step = one_more(two_services(p, whole=True), name, by=right["blocks"])
        assert step.whole == pytest.approx(right["gain"])


def test_a_report_is_read_as_highs_solves_the_changed_problem() -> None:
    for variant in dealt(exercises.read_report)[:30]:
        p, right = variant.p, variant.right
        rows = tuple(((a, b, c), there) for a, b, c, there in p.rows)
        model = SmallModel(tuple(p.profits), rows, (0, 0, 0))
        found = solve(model.problem("abc", ("r0", "r1", "r2")))
        assert found.reduced_costs is not None
        out = min(found.reduced_costs.values())
        j = list(found.reduced_costs.values()).index(out)
        assert p.profits[j] - out == pytest.approx(right["enters"])


def test_the_next_tableau_is_a_better_corner() -> None:
    for variant in dealt(exercises.next_pivot)[:30]:
        rows = tuple(((a, b, c), there) for a, b, c, there in variant.p.rows)
        best, _ = SmallModel(tuple(variant.p.cost), rows, (0, 0, 0)).best_corners()
        assert 0 < variant.right["z"] <= best + 1e-9


@settings(max_examples=60, derandomize=True)
@given(
    st.lists(st.tuples(st.integers(1, 7), st.integers(1, 7), st.integers(8, 40)), min_size=1,
             max_size=4),
    st.tuples(st.integers(-3, 9), st.integers(-3, 9)),
    st.tuples(st.integers(0, 1), st.integers(0, 1)),
    st.booleans(),
)  # fmt: skip
def test_a_small_model_is_solved_as_highs_does(
    rows: list[tuple[int, int, int]], cost: tuple[int, int], lower: tuple[int, int], most: bool
) -> None:
    small = SmallModel(cost, tuple(((a, b), there) for a, b, there in rows), lower, most)
    names = [f"r{k}" for k in range(len(rows))]
    linear = solve(small.problem("xy", names))
    if linear.objective is None:
        assert small.corners() == []
        assert small.best_whole() is None
        return
    assert float(small.best_corners()[0]) == pytest.approx(linear.objective)
    whole = small.problem("xy", names)
    for variable in whole.variables():
        variable.cat = "Integer"
    found, plans = solve(whole), small.best_whole()
    assert plans is not None
    assert found.objective == pytest.approx(plans[0])
    assert all(small.value(plan) == plans[0] for plan in plans[1])
    assert sorted(small.whole_plans()) == [
        (x, y) for x in range(41) for y in range(41) if small.value((x, y)) is not None
    ]


@settings(max_examples=60, derandomize=True)
@given(
    st.integers(1, 3).flatmap(
        lambda n: st.tuples(
            st.lists(st.integers(1, 5), min_size=n, max_size=n),
            st.lists(st.lists(st.integers(-3, 4), min_size=n, max_size=n), max_size=3),
            st.lists(st.integers(-4, 6), min_size=n, max_size=n),
        )
    ),
    st.lists(st.integers(-4, 12), min_size=3, max_size=3),
    st.integers(3, 14),
    st.booleans(),
)
def test_a_small_model_with_signs_of_all_kinds_is_solved_as_highs_does_and_by_all_plans(
    numbers: tuple[list[int], list[list[int]], list[int]], rights: list[int], end: int, most: bool
) -> None:
    first, others, cost = numbers
    rows = [(tuple(first), end), *((tuple(f), r) for f, r in zip(others, rights, strict=False))]
    small = SmallModel(tuple(cost), tuple(rows), (0,) * len(cost), most)
    linear = solve(small.problem("xyz"[: len(cost)], [f"r{k}" for k in range(len(rows))]))
    if linear.objective is None:
        assert small.corners() == []
    else:
        assert float(small.best_corners()[0]) == pytest.approx(linear.objective)
    box = product(range(end + 1), repeat=len(cost))
    plans = [plan for plan in box if small.value(plan) is not None]
    assert sorted(small.whole_plans()) == plans
    if not plans:
        assert small.best_whole() is None
        return
    best = (max if most else min)(map(small.value, plans))
    assert small.best_whole() == (best, [plan for plan in plans if small.value(plan) == best])


def test_dealing_needs_neither_pulp_nor_highs() -> None:
    """A variant is dealt on machines that have neither, such as the page before HiGHS is there."""
    names = [one.name for one in listed("decisions")]
    code = (
        "import sys; sys.modules['pulp'] = sys.modules['highspy'] = None\n"
        "from svclab.practice import deal, find\n"
        f"for name in {names!r}:\n"
        "    one = deal(find(name), '2026-0417')\n"
        "    one.exercise.solution(one.p), one.exercise.question(one.p)\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
