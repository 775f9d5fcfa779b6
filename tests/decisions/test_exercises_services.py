"""The exercises on plans for services: their answers against the chapter's models and HiGHS."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from functools import cache
from itertools import product
from typing import Any

import pulp
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from svclab.decisions import exercises, problems
from svclab.decisions.exercises.conflicts import no_plan_problem
from svclab.decisions.exercises.halfplanes import Half, corners
from svclab.decisions.exercises.own_models import ModelField, outline
from svclab.decisions.exercises.readings import profit_range, reach
from svclab.decisions.plane import plane
from svclab.decisions.sensitivity import report
from svclab.linear import solve
from svclab.practice import Exercise, Variant, check, deal
from svclab.practice.code import outputs

STUDENTS = [f"2026-{number:04d}" for number in range(12)]


@cache
def dealt(exercise: Exercise) -> list[Variant]:
    return [deal(exercise, student) for student in STUDENTS]


@settings(max_examples=60, derandomize=True)
@given(
    st.lists(
        st.tuples(st.integers(-4, 6), st.integers(-4, 6), st.integers(-20, 40)),
        min_size=1,
        max_size=5,
    )
)
def test_corners_in_whole_numbers_are_those_of_the_plane(rows: list[Half]) -> None:
    rows = [(a, b, c) for a, b, c in rows if a or b] or [(1, 1, 5)]
    problem = pulp.LpProblem("corners", pulp.LpMaximize)
    x, y = problem.add_variable("x", 0), problem.add_variable("y", 0)
    problem += x + y
    for k, (a, b, c) in enumerate(rows):
        problem += pulp.LpAffineExpression([(x, a), (y, b)]) <= c, f"row_{k}"
    shape = plane(problem)
    assert set(corners(rows)) == {corner.point for corner in shape.corners}
    assert shape.empty == (not corners(rows))


def test_the_largest_contract_has_a_whole_plan_and_one_more_has_none() -> None:
    for variant in dealt(exercises.no_plan):
        assert solve(no_plan_problem(variant.p)).status == "infeasible"
        most = variant.right["most"]
        for contract, status in ((most, "optimal"), (most + 1, "infeasible")):
            problem = no_plan_problem(variant.p, contract=contract, whole=True)
            assert solve(problem).status == status, variant.seed


def test_each_conflict_falls_apart_if_any_one_is_left_out() -> None:
    for variant in dealt(exercises.no_plan):
        for left_out in variant.right["conflict"]:
            problem = no_plan_problem(variant.p, without=left_out)
            assert solve(problem).status in ("optimal", "unbounded")


def test_the_right_line_of_the_mixture_holds_exactly_where_the_limit_is_reached() -> None:
    for variant in dealt(exercises.blend):
        p = variant.p
        good, limit = (p.good, p.least) if p.asked == "least" else (p.bad, p.most)
        text = exercises.blend.question(p)
        found = re.search(rf"line {variant.right['line']}: ([\d.]+) x \+ ([\d.]+) y (.) ([\d.]+)\n",
                          text)  # fmt: skip
        assert found, text
        a, b, sign, kg = found.groups()
        assert (float(a), float(b)) == pytest.approx((good[0] / 100, good[1] / 100))
        assert sign == ("≥" if p.asked == "least" else "≤")
        assert float(kg) == pytest.approx(limit * p.kg / 100)


def test_a_load_is_that_of_the_chapters_integer_program() -> None:
    for variant in dealt(exercises.pack)[:6]:
        p = variant.p
        items = {str(k): (w, v) for k, (w, v) in enumerate(zip(p.weights, p.values, strict=True))}
        best = problems.knapsack(items, p.limit)
        named = exercises.pack.fields(p)[1].options  # type: ignore[attr-defined]
        assert [list(named)[int(k)] for k, n in best.taken.items() if n] == variant.right["things"]
        assert problems.knapsack_greedy(items, p.limit).value == variant.right["rule"]


def test_three_companies_are_those_of_the_chapters_integer_program() -> None:
    for variant in dealt(exercises.best_three)[:6]:
        p = variant.p
        rows = {
            name: {"assets": a, "debt": d, "profit": g}
            for name, a, d, g in zip("ABCDE", p.assets, p.debt, p.profit, strict=True)
        }
        now, more = (
            problems.selection(rows, count=3, at_least={"assets": p.least}, at_most={"debt": most})
            for most in (p.most, p.most + p.room)
        )
        assert list(now.taken) == variant.right["taken"]
        assert more.value - now.value == pytest.approx(variant.right["rise"])


def test_the_cheapest_duties_cost_what_the_integer_program_says() -> None:
    for variant in dealt(exercises.cover_day)[:6]:
        names = [field.name for field in exercises.cover_day.fields(variant.p)]
        assert names == ["fewest", "plan"]
        p, hours = variant.p, [str(k) for k in range(6)]
        duties = {h: [h, str((k + 1) % 6)] for k, h in enumerate(hours)}
        pays = [p.pay + n * p.extra for n in (2, 1, 0, 0, 0, 1)]
        need = dict(zip(hours, p.need, strict=True))
        best = problems.staff_cover(need, duties, cost=dict(zip(hours, pays, strict=True)))
        own = [row["people"] for row in variant.right["plan"].values()]
        assert best.cost == sum(n * pay for n, pay in zip(own, pays, strict=True))
        assert problems.staff_cover(need, duties).cost == variant.right["fewest"]


def test_efficiency_is_that_of_the_chapters_dea() -> None:
    for variant in dealt(exercises.branch_efficiency):
        p = variant.p
        units = {
            name: {"hours": h, "first": a, "other": b}
            for name, h, a, b in zip("ABCDEF", p.hours, p.first, p.other, strict=True)
        }
        found = problems.dea(units, ["hours"], ["first", "other"])
        good = [unit.name for unit in found.units if unit.is_efficient]
        assert good == variant.right["efficient"]
        asked = found["ABCDEF"[p.asked]]
        assert 100 * asked.efficiency == pytest.approx(variant.right["share"])
        told = exercises.branch_efficiency.solution(p)
        assert all(f"and {peer}" in told or f"{peer} and" in told for peer in asked.peers)


def test_the_points_of_the_two_goals_are_those_of_the_weighted_goal_program() -> None:
    # One 0-1 variable for each plan: the goal program chooses among the five.
    for variant in dealt(exercises.two_goals)[:6]:
        p = variant.p
        serves, costs = (
            {
                name: each[0] * own + each[1] * agency
                for name, (own, agency) in zip("ABCDE", p.plans, strict=True)
            }
            for each in (p.serves, p.pays)
        )
        goals = [
            problems.Goal("serve", serves, ">=", p.demand, under=p.weight),
            problems.Goal("budget", costs, "<=", p.budget, over=p.over, priority=2),
        ]
        limits = {"one": (dict.fromkeys("ABCDE", 1), "=", 1)}
        best = problems.weighted_goals(goals, limits=limits, whole=True)
        first = problems.preemptive_goals(goals, limits=limits, whole=True)
        assert best.amounts[variant.right["weighted"]] == 1
        assert best.penalty() == pytest.approx(variant.right["penalty"])
        assert first.amounts[variant.right["first"]] == 1


def test_the_report_of_the_manager_is_that_of_the_chapter() -> None:
    for variant in dealt(exercises.wrong_price):
        p = variant.p
        uses = {s: dict(zip("abc", (u[j] for u in p.uses), strict=True))
                for j, s in enumerate("xy")}  # fmt: skip
        problem = problems.product_mix_problem(
            dict(zip("xy", p.gains, strict=True)), uses, dict(zip("abc", p.there, strict=True))
        )
        found = report(problem)
        assert [found.plan["x"], found.plan["y"]] == pytest.approx(p.plan)
        assert [found.constraint(c).price for c in "abc"] == pytest.approx([*p.prices, 0])
        for i, c in enumerate("ab"):
            down, up = reach(p, i)
            line = found.constraint(c)
            assert (line.low, line.high) == pytest.approx((p.there[i] - down, p.there[i] + up))
        assert math.isinf(found.constraint("c").high)
        for j, s in enumerate("xy"):
            line_of = found.variable(s)
            assert (line_of.low, line_of.high) == pytest.approx(
                tuple(map(float, profit_range(p, j)))
            )


# The function of one's own.


def own(code: str) -> Callable[..., Any]:
    names: dict[str, Any] = {}
    exec(code, names)
    made: Callable[..., Any] = names["cover"]
    return made


def solution_code(variant: Variant) -> str:
    text = variant.exercise.solution(variant.p)
    found = re.search(r"```python\n(.*?)```", text, re.S)
    assert found
    return found.group(1)


def said(variant: Variant, code: str) -> Any:
    """What is said of a function, as in a notebook."""
    (field,) = variant.fields
    assert isinstance(field, ModelField)
    cases = variant.exercise.cases(variant.p)
    text = outputs(own(code), cases, outcome=field.outcome, meaning=field.meaning)
    return check(variant, {"cover": {"outputs": text}})


CHANGES = {
    "parts_of_people": (', cat="Integer"', ""),
    "limit_forgotten": ("0, most, ", "0, None, "),
    "too_narrow": (
        "    return problem",
        "    problem += pulp.lpSum(people.values()) <= most\n    return problem",
    ),
    "exactly": (">= need", "== need"),
    "people_counted": ("pay[s] * people[s]", "people[s]"),
    "largest": ("LpMinimize", "LpMaximize"),
    "always_there": (" if time in shifts[s]", ""),
}


@pytest.mark.parametrize("student", STUDENTS[:6])
def test_the_worked_solution_of_the_cover_is_right_and_has_the_outline_of_the_solver(
    student: str,
) -> None:
    variant = deal(exercises.build_cover, student)
    code = solution_code(variant)
    (field,) = variant.fields
    assert isinstance(field, ModelField)
    for case, plans, right in zip(
        variant.exercise.cases(variant.p), field.plans, variant.right["cover"], strict=True
    ):
        assert outline(own(code)(*case), plans) == right
    assert said(variant, code).status == "right"


@pytest.mark.parametrize("name", list(CHANGES))
def test_each_mistake_written_as_code_is_recognised(name: str) -> None:
    for variant in dealt(exercises.build_cover)[:4]:
        code = solution_code(variant)
        old, new = CHANGES[name]
        assert old in code
        found = said(variant, code.replace(old, new))
        assert found.misconceptions == [name]
        assert found.status != "right"


def test_every_mistake_of_the_cover_is_tried_as_code() -> None:
    assert {one.name for one in exercises.build_cover.misconceptions()} == set(CHANGES)


def test_the_limit_as_a_constraint_and_variables_of_ones_own_change_nothing() -> None:
    variant = dealt(exercises.build_cover)[0]
    code = solution_code(variant).replace("0, most, ", "0, None, ")
    more = (
        "    total = problem.add_variable('total')\n"
        "    problem += total == pulp.lpSum(people.values())\n"
        "    for s in shifts:\n"
        "        problem += people[s] <= most\n"
        "    return problem"
    )
    assert said(variant, code.replace("    return problem", more)).status == "right"


def test_variables_named_otherwise_are_told_by_name() -> None:
    variant = dealt(exercises.build_cover)[0]
    code = solution_code(variant).replace("variable(s, ", 'variable("people_" + s, ')
    with pytest.raises(ValueError, match="no variables named"):
        said(variant, code)


def test_the_example_of_the_cover_says_what_is_true() -> None:
    text = exercises.build_cover.question(dealt(exercises.build_cover)[0].p)
    code = next(b for b in re.findall(r"```python\n(.*?)```", text, re.S) if "720" in b)
    cover = own(solution_code(dealt(exercises.build_cover)[0]))
    names: dict[str, Any] = {}
    exec(code.split("svclab.linear")[0], names)
    tables = [names[name] for name in ("need", "shifts", "pay")]
    found = solve(cover(*tables, 9))
    assert (found.objective, found.values) == (720, {"long": 2, "short": 1})
    assert solve(cover(*tables, 1)).status == "infeasible"


def test_the_two_ways_to_the_fewest_people_agree_on_small_days() -> None:
    from svclab.decisions.exercises.patterns import _cheapest, _fewest
    from svclab.practice.definition import Numbers

    for need in product((1, 3), repeat=6):
        people = _cheapest(need, (1,) * 6)
        assert people[0] == _fewest(Numbers({"need": list(need)})) == sum(people[1])
