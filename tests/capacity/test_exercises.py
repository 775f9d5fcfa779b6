"""The exercises of chapter 8; what holds for the exercises of all chapters is in tests/practice."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache

import pytest

from svclab.capacity import exercises
from svclab.practice import (
    ChoiceField,
    Draw,
    Exercise,
    IntegerField,
    NumberField,
    Variant,
    check,
    deal,
)
from svclab.practice.apart import spellings
from svclab.practice.definition import Numbers

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


def numeric(variant: Variant) -> list[NumberField]:
    return [field for field in variant.fields if isinstance(field, NumberField)]


def bold_numbers(text: str) -> list[str]:
    """What stands in bold and begins with a digit, without its unit."""
    found = re.findall(r"\*\*(\d[\d,]*(?:\.\d+)?)[^*]*\*\*", text)
    return [number.replace(",", "") for number in found]


# What is asked.


@every_exercise
def test_names_are_those_of_the_module_and_all_are_exported(exercise: Exercise) -> None:
    assert getattr(exercises, exercise.short) is exercise
    assert exercise.short in exercises.__all__
    assert exercise.objective in exercises.OBJECTIVES


@every_exercise
def test_at_least_a_fifth_of_all_draws_is_sound(exercise: Exercise) -> None:
    # Of 300 seeded draws: the same draws in every run, so no false alarm.
    draw = Draw(f"sound/{exercise.name}")
    sound = sum(bool(exercise.sound(Numbers(exercise.deal(draw)))) for _ in range(300))
    assert sound >= 0.2 * 300


@every_exercise
def test_the_question_says_that_its_situation_is_invented_and_gives_terms_in_chinese(
    exercise: Exercise,
) -> None:
    for variant in dealt(exercise):
        text = exercise.question(variant.p)
        assert "invented)" in text
        assert re.search(r"[\u4e00-\u9fff]", text)


@every_exercise
def test_labels_and_sentences_are_plain_text(exercise: Exercise) -> None:
    texts = [one.sentence for one in exercise.misconceptions()]
    for field in deal(exercise, "2026-0417").fields:
        texts += [field.label, *getattr(field, "options", {}).values()]
    assert not [text for text in texts if re.search(r"[*`_|<>]", text)]


@every_exercise
def test_the_answer_is_not_visible_in_the_question(exercise: Exercise) -> None:
    seen: Counter[str] = Counter()
    for variant in dealt(exercise):
        text = exercise.question(variant.p).replace(",", "")
        numbers = {float(found) for found in re.findall(r"\d+(?:\.\d+)?", text)}
        for field in variant.fields:
            if isinstance(field, NumberField | IntegerField):
                right = float(variant.right[field.name])
                seen[field.name] += right > 10 and any(abs(n - right) < 1e-9 for n in numbers)
    # Whole minutes are small numbers, and a question with many of them often holds them by chance.
    for name in ("longest", "wait_a", "idle_a", "over_a", "wait_b", "idle_b"):
        seen.pop(name, None)
    assert {name: n for name, n in seen.items() if n > 0.12 * len(STUDENTS)} == {}


@every_exercise
def test_no_choice_is_right_for_nearly_everybody(exercise: Exercise) -> None:
    right: dict[str, Counter[str]] = {}
    for variant in dealt(exercise):
        for field in variant.fields:
            if isinstance(field, ChoiceField):
                right.setdefault(field.name, Counter())[str(variant.right[field.name])] += 1
    for name, found in right.items():
        assert max(found.values()) <= 0.7 * len(STUDENTS), (name, found)
        assert min(found.values()) >= 0.1 * len(STUDENTS), (name, found)


# What is recognised.


@every_exercise
def test_a_wrong_answer_is_never_called_right_but_rounded(exercise: Exercise) -> None:
    for variant in dealt(exercise):
        named = {field.name: field for field in numeric(variant)}
        for one, values in variant.wrong:
            for name, value in values.items():
                if name not in named:
                    continue
                field, right = named[name], variant.right[name]
                assert abs(value - right) > 3 * field.tolerance(right), (variant.seed, one.name)
                for text in spellings(value):
                    said = check(variant, {name: text}).fields[name]
                    assert said.status not in ("right", "rounded"), (variant.seed, one.name, text)


@every_exercise
def test_a_rounded_right_answer_is_not_told_a_misconception(exercise: Exercise) -> None:
    for variant in dealt(exercise):
        for field in numeric(variant):
            for text in spellings(variant.right[field.name]):
                said = check(variant, {field.name: text}).fields[field.name]
                assert said.status in ("right", "rounded"), (variant.seed, field.name, text)
                assert said.misconceptions == (), (variant.seed, field.name, text)


@every_exercise
def test_two_misconceptions_are_two_thoughts(exercise: Exercise) -> None:
    together: Counter[tuple[str, str]] = Counter()
    alike: Counter[tuple[str, str]] = Counter()
    for variant in dealt(exercise):
        for i, (one, values) in enumerate(variant.wrong):
            for other, others in variant.wrong[i + 1 :]:
                pair = (one.name, other.name)
                together[pair] += 1
                alike[pair] += dict(values) == dict(others)
    assert [pair for pair, n in together.items() if alike[pair] > 0.4 * n] == []


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


@every_exercise
def test_no_number_of_the_solution_is_the_answer_cut_too_short(exercise: Exercise) -> None:
    for variant in dealt(exercise):
        found = re.findall(r"(?<![\d.,])\d[\d,]*\.\d+", exercise.solution(variant.p))
        for field in numeric(variant):
            right = variant.right[field.name]
            for number in (n.replace(",", "") for n in found):
                if abs(float(number) - right) < 0.004 * abs(right):
                    said = check(variant, {field.name: number}).fields[field.name]
                    assert said.status != "rounded", (variant.seed, field.name, number)
