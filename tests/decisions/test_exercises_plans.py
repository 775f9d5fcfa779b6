"""The exercises on plans and models for services: what they ask, and what they recognise."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest

from svclab.decisions import exercises
from svclab.practice import (
    ChoiceField,
    Exercise,
    PlanField,
    Variant,
    deal,
)

EXERCISES: list[Exercise] = [
    exercises.no_plan,
    exercises.blend,
    exercises.pack,
    exercises.transport_plan,
    exercises.best_three,
    exercises.assign_jobs,
    exercises.cover_day,
    exercises.open_branches,
    exercises.two_goals,
    exercises.branch_efficiency,
    exercises.wrong_price,
    exercises.build_cover,
]
PLANS: list[Exercise] = [exercises.transport_plan, exercises.assign_jobs, exercises.cover_day]
STUDENTS = [f"2026-{number:04d}" for number in range(100)]

every_exercise = pytest.mark.parametrize("exercise", EXERCISES, ids=lambda one: one.short)
every_plan = pytest.mark.parametrize("exercise", PLANS, ids=lambda one: one.short)


@cache
def dealt(exercise: Exercise) -> list[Variant]:
    return [deal(exercise, student) for student in STUDENTS]


@every_exercise
def test_each_option_of_a_choice_is_right_for_some(exercise: Exercise) -> None:
    for field in dealt(exercise)[0].fields:
        if type(field) is ChoiceField:
            found = {str(variant.right[field.name]) for variant in dealt(exercise)}
            assert len(found) == len(field.options)


@every_plan
def test_a_plan_that_is_not_the_best_is_told_where_to_look(exercise: Exercise) -> None:
    for variant in dealt(exercise):
        for _, values in variant.wrong:
            if "plan" not in values:
                continue
            field = next(field for field in variant.fields if isinstance(field, PlanField))
            score = exercise.score(variant.p, "plan", field.as_read(values["plan"]))
            assert score.why if not score.feasible else score.waste
            assert score.share < 1


@every_plan
def test_no_plan_is_better_than_the_best_one(exercise: Exercise) -> None:
    for variant in dealt(exercise):
        field = next(field for field in variant.fields if isinstance(field, PlanField))
        best = exercise.score(variant.p, "plan", field.as_read(variant.right["plan"]))
        assert best.feasible
        assert best.value == best.best
        for _, values in variant.wrong:
            if "plan" in values:
                score = exercise.score(variant.p, "plan", field.as_read(values["plan"]))
                assert not score.feasible or score.value > best.value


def test_an_impossible_plan_is_refused_with_its_reason() -> None:
    def said(exercise: Exercise, change: Any) -> str:
        variant = dealt(exercise)[0]
        field = next(field for field in variant.fields if isinstance(field, PlanField))
        plan = field.as_read(variant.right["plan"])
        change(plan)
        score = exercise.score(variant.p, "plan", plan)
        assert not score.feasible
        return score.why

    assert "below 0" in said(exercises.transport_plan, lambda plan: plan["first"].update(a=-1))
    assert "would send" in said(exercises.transport_plan, lambda plan: plan["first"].update(a=999))
    empty = dict.fromkeys("abcd", 0)
    assert "would get" in said(exercises.transport_plan, lambda plan: plan.update(first=empty))
    same = {"job": "job_1"}
    assert "nobody does" in said(
        exercises.assign_jobs, lambda plan: plan.update(chen=same, li=same)
    )
    few = {"people": 0}
    assert "are needed" in said(exercises.cover_day, lambda plan: plan.update(from_8=few))
    assert "fewer than 0" in said(
        exercises.cover_day, lambda plan: plan.update(from_0={"people": -1})
    )
