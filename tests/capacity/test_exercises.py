"""The exercises of chapter 8; what holds for the exercises of all chapters is in tests/practice."""

from __future__ import annotations

from functools import cache

import pytest
from solutions import bold_numbers

from svclab.capacity import exercises
from svclab.practice import (
    Exercise,
    IntegerField,
    NumberField,
    Variant,
    check,
    deal,
)

#: In the order of the chapter.
EXERCISES: list[Exercise] = [
    exercises.rush_hour,
    exercises.one_counter,
    exercises.waits_by_hand,
    exercises.busy_hour,
    exercises.three_service_levels,
    exercises.pool_or_not,
    exercises.variable_service,
    exercises.phone_lines,
    exercises.priority_desk,
    exercises.simulation_error,
    exercises.square_root_rule,
    exercises.shift_cover,
    exercises.smoothing_by_hand,
    exercises.beat_naive,
    exercises.level_or_chase,
    exercises.overbook_seats,
    exercises.appointment_rule,
    exercises.waiting_principles,
    exercises.poisson_or_not,
]
STUDENTS = [f"2026-{number:04d}" for number in range(100)]

every_exercise = pytest.mark.parametrize("exercise", EXERCISES, ids=lambda one: one.short)


@cache
def dealt(exercise: Exercise) -> list[Variant]:
    return [deal(exercise, student) for student in STUDENTS]


@every_exercise
def test_what_the_solution_prints_is_taken_as_printed(exercise: Exercise) -> None:
    for variant in dealt(exercise):
        text = exercise.solution(variant.p)
        asked = [f for f in variant.fields if isinstance(f, NumberField | IntegerField)]
        printed = bold_numbers(text)
        assert len(printed) == len(asked), (variant.seed, text)
        # A solution may come to the answers in another order than the question asks for them.
        for field in asked:
            statuses = [check(variant, {field.name: n}).fields[field.name].status for n in printed]
            assert "right" in statuses, (variant.seed, field.name, printed)
