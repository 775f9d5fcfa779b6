"""The exercises on plans and models for services: what they ask, and what they recognise."""

from __future__ import annotations

import re
import subprocess
import sys
from collections import Counter
from functools import cache
from typing import Any

import pytest

from svclab.decisions import exercises
from svclab.practice import (
    ChoiceField,
    Draw,
    Exercise,
    IntegerField,
    NumberField,
    PlanField,
    Variant,
    check,
    deal,
)
from svclab.practice.apart import spellings
from svclab.practice.definition import Numbers

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


def numeric(variant: Variant) -> list[NumberField]:
    return [field for field in variant.fields if isinstance(field, NumberField)]


@every_exercise
def test_names_are_those_of_the_module_and_all_are_exported(exercise: Exercise) -> None:
    assert getattr(exercises, exercise.short) is exercise
    assert exercise.short in exercises.__all__
    assert exercise.objective in exercises.OBJECTIVES


@every_exercise
def test_at_least_a_fifth_of_all_draws_is_sound(exercise: Exercise) -> None:
    # Of 200 seeded draws: the same draws in every run, so no false alarm.
    draw = Draw(f"sound/{exercise.name}")
    sound = sum(bool(exercise.sound(Numbers(exercise.deal(draw)))) for _ in range(200))
    assert sound >= 0.2 * 200


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
def test_no_answer_is_right_for_nearly_everybody(exercise: Exercise) -> None:
    for name in {field.name for variant in dealt(exercise) for field in variant.fields}:
        found = Counter(str(variant.right[name]) for variant in dealt(exercise))
        assert max(found.values()) <= 0.7 * len(STUDENTS), (name, found)
        field = next(field for field in dealt(exercise)[0].fields if field.name == name)
        if type(field) is ChoiceField:
            assert min(found.values()) >= 0.1 * len(STUDENTS), (name, found)
            assert len(found) == len(field.options)


@every_exercise
def test_no_number_asked_for_stands_in_the_question_for_many(exercise: Exercise) -> None:
    seen: Counter[str] = Counter()
    for variant in dealt(exercise):
        # Times on the clock are no amounts.
        text = re.sub(r"\d+:00", "", exercise.question(variant.p)).replace(",", "")
        numbers = {float(found) for found in re.findall(r"\d+(?:\.\d+)?", text)}
        for field in variant.fields:
            if isinstance(field, NumberField | IntegerField):
                right = float(variant.right[field.name])
                seen[field.name] += right > 10 and any(abs(n - right) < 1e-9 for n in numbers)
    assert {name: n for name, n in seen.items() if n > 0.12 * len(STUDENTS)} == {}


@every_exercise
def test_a_wrong_answer_is_never_called_right_but_rounded(exercise: Exercise) -> None:
    for variant in dealt(exercise):
        named = {field.name: field for field in numeric(variant)}
        for one, values in variant.wrong:
            for name in values.keys() & named.keys():
                assert abs(values[name] - variant.right[name]) > 3 * named[name].tolerance(
                    variant.right[name]
                )
                for text in spellings(values[name]):
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


def test_dealing_needs_neither_pulp_nor_highs() -> None:
    """A variant is dealt on machines that have neither, such as the one that counts digests."""
    code = (
        "import sys; sys.modules['pulp'] = sys.modules['highspy'] = None\n"
        "from svclab.practice import deal, find\n"
        f"for name in {[one.name for one in EXERCISES]!r}:\n"
        "    one = deal(find(name), '2026-0417')\n"
        "    one.exercise.solution(one.p), one.exercise.question(one.p)\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
