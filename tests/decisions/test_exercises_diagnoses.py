"""What wrong answers of the chapter's exercises are told, and what plans are worth."""

from __future__ import annotations

from functools import cache
from itertools import combinations, product
from typing import Any

import pulp
import pytest

from svclab.decisions import exercises, problems
from svclab.decisions.exercises import conflicts, last_tableaux, read_reports
from svclab.decisions.exercises.conflicts import no_plan_problem
from svclab.decisions.exercises.endless import added, endless_limits
from svclab.decisions.exercises.halfplanes import corners
from svclab.decisions.exercises.sites import NAMES
from svclab.decisions.exercises.small_reports import best_with
from svclab.linear import ray, solve
from svclab.practice import Exercise, PlanField, PlanScore, Variant, check, deal

STUDENTS = [f"2026-{number:04d}" for number in range(40)]
PLANS: list[Exercise] = [exercises.transport_plan, exercises.assign_jobs, exercises.cover_day]


@cache
def dealt(exercise: Exercise) -> list[Variant]:
    return [deal(exercise, student) for student in STUDENTS]


# Ticks.


def test_each_wrong_set_of_limits_is_told_what_is_true_of_it() -> None:
    for variant in dealt(exercises.no_plan):
        halves = conflicts._halves(variant.p, conflicts._contract(variant.p))
        right = set(variant.right["conflict"])
        for size in range(1, len(conflicts.KEYS) + 1):
            for ticked in combinations(conflicts.KEYS, size):
                if set(ticked) == right:
                    continue
                possible = bool(corners(halves[key] for key in ticked))
                told = check(variant, {"conflict": list(ticked)}).fields["conflict"]
                assert told.misconceptions == (("kept_together" if possible else "not_smallest"),)


def test_whether_limits_can_be_kept_together_is_what_highs_says() -> None:
    variant = dealt(exercises.no_plan)[0]
    field = variant.fields[0]
    assert isinstance(field, conflicts.ConflictField)
    for left_out in conflicts.KEYS:
        ticked = [key for key in conflicts.KEYS if key != left_out]
        status = solve(no_plan_problem(variant.p, without=left_out)).status
        assert field.can_be_kept(ticked) == (status != "infeasible")


def test_each_single_wrong_tick_at_the_managers_statements_names_its_thought() -> None:
    for variant in dealt(exercises.wrong_price):
        right = variant.right["wrong"]
        for key in ("more", "less", "both", "spare", "profit", "whole"):
            ticked = sorted(set(right) ^ {key})
            told = check(variant, {"wrong": ticked}).fields["wrong"]
            assert len(told.misconceptions) == 1, (variant.seed, key)
            assert told.misconceptions[0].endswith("_doubted") == (key not in right)


def test_the_managers_statements_stand_in_the_question_with_their_numbers() -> None:
    for variant in dealt(exercises.wrong_price):
        text = variant.exercise.question(variant.p)
        assert [text.count(f"- Statement {n}: ") for n in range(1, 7)] == [1] * 6


def test_each_wrong_option_of_the_report_has_a_sentence_of_its_own() -> None:
    for variant in dealt(exercises.read_report):
        told = {
            option: check(variant, {"beyond": option}).fields["beyond"]
            for option in ("exact", "less", "nothing", "more")
        }
        wrong = {key: one for key, one in told.items() if key != variant.right["beyond"]}
        assert len({one.message for one in wrong.values()}) == len(wrong) == 3
        assert all(len(one.misconceptions) == 1 for one in wrong.values())


def test_only_one_option_of_the_report_is_true() -> None:
    for variant in dealt(exercises.read_report):
        p = variant.p
        asked = read_reports._asked(p)
        row = read_reports.PLACES[p.place][2].index(asked.name)
        far = exercises.read_report._hours_asked(p) or 0
        model = read_reports._model(p)
        rise = float(best_with(model, row, far) - best_with(model, row, 0))
        promised = far * asked.price
        true = {
            "exact": abs(rise - promised) < 1e-6 and promised > 0,
            "less": 0 < rise < promised - 1e-6,
            "nothing": rise == 0,
            "more": rise > promised + 1e-6,
        }
        assert [key for key, is_so in true.items() if is_so] == [variant.right["beyond"]]


# Plans.


def scored(variant: Variant, plan: Any) -> PlanScore:
    field = next(field for field in variant.fields if isinstance(field, PlanField))
    return variant.exercise.score(variant.p, "plan", field.as_read(plan))


@pytest.mark.parametrize("exercise", PLANS, ids=lambda one: one.short)
def test_an_obvious_plan_has_no_points_and_a_best_one_all(exercise: Exercise) -> None:
    obvious = {
        "transport_plan": "cheapest_first",
        "assign_jobs": "in_turn",
        "cover_day": "round_the_clock",
    }[exercise.short]
    for variant in dealt(exercise):
        plan = next(values["plan"] for one, values in variant.wrong if one.name == obvious)
        assert scored(variant, plan).share == 0
        assert "saves nothing" in scored(variant, plan).sentence()
        assert scored(variant, variant.right["plan"]).share == 1


def test_points_of_a_plan_grow_with_what_it_saves() -> None:
    """Of all plans of the day: never more points for more minutes, and some are in between."""
    for variant in dealt(exercises.assign_jobs)[:10]:
        shares: dict[float, float] = {}
        people = list(variant.right["plan"])
        for jobs in product(range(1, 5), repeat=4):
            plan = {who: {"job": f"job_{j}"} for who, j in zip(people, jobs, strict=True)}
            score = scored(variant, plan)
            assert score.feasible == (len(set(jobs)) == 4)
            if score.feasible:
                shares[score.value] = score.share
        in_order = [shares[value] for value in sorted(shares)]
        assert in_order == sorted(in_order, reverse=True)
        assert in_order[0] == 1
        assert in_order[-1] == 0


# Models without an optimum.


def endless(p: Any, *keys: str) -> pulp.LpProblem:
    problem = pulp.LpProblem("endless", pulp.LpMaximize)
    x, y = problem.add_variable("x", 0), problem.add_variable("y", 0)
    problem += p.endless["gains"][0] * x + p.endless["gains"][1] * y
    for a, b, c in (*endless_limits(p), *(added(p)[key] for key in keys)):
        problem += pulp.LpAffineExpression([(x, a), (y, b)]) <= c
    return problem


def test_what_stops_an_unbounded_model_is_what_highs_says() -> None:
    for variant in dealt(exercises.no_plan):
        assert solve(endless(variant.p)).status == "unbounded"
        found = {key: solve(endless(variant.p, key)).status for key in added(variant.p)}
        assert set(found.values()) <= {"optimal", "unbounded"}
        assert [k for k, one in found.items() if one == "optimal"] == variant.right["stops"]


def test_what_grows_without_end_is_the_way_that_highs_finds() -> None:
    for variant in dealt(exercises.no_plan)[:20]:
        alone = [
            key
            for key, other in (("x", "cap_y"), ("y", "cap_x"))
            if solve(endless(variant.p, other)).status == "unbounded"
        ]
        both = "each" if len(alone) == 2 else alone[0] if alone else "both"
        assert variant.right["grows"] == both
        found = ray(endless(variant.p))
        assert found is not None
        if both == "both":
            assert sorted(found.direction) == ["x", "y"]
            assert min(found.direction.values()) > 0


# Numbers against the chapter's models.


def test_a_price_of_the_last_tableau_is_that_of_highs() -> None:
    for variant in dealt(exercises.next_pivot):
        model = last_tableaux.small(variant.p.last)
        found = solve(model.problem(("x1", "x2", "x3"), ("s1", "s2", "s3")))
        assert found.shadow_prices is not None
        asked = last_tableaux.asked(variant.p)
        assert variant.right["price"] == pytest.approx(found.shadow_prices[asked])
        assert variant.right["price"] > 0


def test_branches_are_those_of_the_chapters_programs() -> None:
    for variant in dealt(exercises.open_branches)[:12]:
        p = variant.p
        names = [name.lower() for name in NAMES]
        way = {a: dict(zip(names, row, strict=True)) for a, row in zip(names, p.way, strict=True)}
        cover = problems.set_cover(problems.within(way, p.within), places=names)
        assert len(cover.sites) == variant.right["fewest"]
        calls = dict(zip(names, p.calls, strict=True))
        found = problems.p_median(way, 2, demand=calls)
        assert list(found.sites) == variant.right["two"]
        alone = problems.p_median(way, 1, demand=calls)
        assert ([variant.right["one"]], variant.right["mean"]) == (
            list(alone.sites),
            pytest.approx(alone.mean),
        )


def test_ways_in_the_town_are_alike_in_both_directions_and_no_detour_is_shorter() -> None:
    for variant in dealt(exercises.open_branches):
        way = variant.p.way
        for i, j, k in product(range(5), repeat=3):
            assert way[i][j] == way[j][i] <= way[i][k] + way[k][j]


# Tables and draws.


def test_rounding_shows_the_plan_rounded_down_to_everybody() -> None:
    for student in [*STUDENTS, "20260377"]:
        variant = deal(exercises.rounding, student)
        text = variant.exercise.solution(variant.p)
        rows = [line for line in text.splitlines() if line.startswith("| ") and "both" in line]
        assert any("both down" in row for row in rows), student


def test_more_room_for_debt_mostly_brings_something() -> None:
    rises = [variant.right["rise"] for variant in dealt(exercises.best_three)]
    assert sum(rise > 0 for rise in rises) >= 0.8 * len(rises)


def test_two_blocks_are_never_an_answer_without_a_word() -> None:
    for variant in dealt(exercises.one_more_block):
        told = check(variant, {"blocks": 2}).fields["blocks"]
        assert told.status == "right" or told.misconceptions
