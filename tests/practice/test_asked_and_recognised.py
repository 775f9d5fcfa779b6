"""What holds for the exercises of all chapters: what is asked, and what is recognised.

Chapter 5 was released before these rules; tests/process holds its own.
"""

from __future__ import annotations

import importlib
import re
from collections import Counter

import pytest
from dealt import whole_class

from svclab.practice import (
    ChoiceField,
    CodeField,
    Draw,
    Exercise,
    IntegerField,
    NumberField,
    Variant,
    check,
    deal,
    listed,
)
from svclab.practice.apart import spellings
from svclab.practice.definition import Numbers

EXERCISES: list[Exercise] = [one for one in listed() if not one.name.startswith("process.")]
STUDENTS = 100

# Whole minutes are small numbers, and a question with many of them often holds them by chance.
SMALL = {"longest", "wait_a", "idle_a", "over_a", "wait_b", "idle_b"}
# What a whole plan gains or loses is often the profit of one piece, which the question must give.
ONE_PIECE = {("decisions.rounding", "loss"), ("decisions.one_more_block", "gain")}


@pytest.fixture(scope="module", params=EXERCISES, ids=lambda one: one.name)
def exercise(request: pytest.FixtureRequest) -> Exercise:
    """Each exercise in turn, with all its tests."""
    one: Exercise = request.param
    return one


def dealt(exercise: Exercise) -> list[Variant]:
    return whole_class(exercise)[:STUDENTS]


def numeric(variant: Variant) -> list[NumberField]:
    return [field for field in variant.fields if isinstance(field, NumberField)]


# What is asked.


def test_names_are_those_of_the_module_and_all_are_exported(exercise: Exercise) -> None:
    module = importlib.import_module(f"svclab.{exercise.name.split(chr(46))[0]}.exercises")
    assert getattr(module, exercise.short) is exercise
    assert exercise.short in module.__all__
    assert exercise.objective in module.OBJECTIVES


def test_at_least_a_fifth_of_all_draws_is_sound(exercise: Exercise) -> None:
    # Of 300 seeded draws: the same draws in every run, so no false alarm.
    draw = Draw(f"sound/{exercise.name}")
    sound = sum(bool(exercise.sound(Numbers(exercise.deal(draw)))) for _ in range(300))
    assert sound >= 0.2 * 300


def test_the_question_says_what_is_invented_and_gives_terms_in_chinese(exercise: Exercise) -> None:
    for variant in dealt(exercise):
        text = exercise.question(variant.p)
        assert "invented)" in text
        assert re.search(r"[\u4e00-\u9fff]", text)


def test_labels_and_sentences_are_plain_text(exercise: Exercise) -> None:
    texts = [one.sentence for one in exercise.misconceptions()]
    fields = deal(exercise, "2026-0417").fields
    for field in fields:
        texts += [field.label, *getattr(field, "options", {}).values()]
    # Sentences about code may name its comparisons.
    code = any(isinstance(field, CodeField) for field in fields)
    signs = r"[*`_|]|[<>](?!=)" if code else r"[*`_|<>]"
    assert not [text for text in texts if re.search(signs, text)]


def test_no_answer_is_right_for_nearly_everybody_or_nobody(exercise: Exercise) -> None:
    right: dict[str, Counter[str]] = {}
    choices = set()
    for variant in dealt(exercise):
        for field in variant.fields:
            right.setdefault(field.name, Counter())[str(variant.right[field.name])] += 1
            if isinstance(field, ChoiceField):
                choices.add(field.name)
    for name, found in right.items():
        # The whole minutes of a short day are mostly none.
        assert name in SMALL or max(found.values()) <= 0.7 * STUDENTS, (name, found)
        if name in choices and len(found) <= 5:  # of many answers each is rare
            assert min(found.values()) >= 0.1 * STUDENTS, (name, found)


def test_the_answer_is_not_visible_in_the_question(exercise: Exercise) -> None:
    seen: Counter[str] = Counter()
    for variant in whole_class(exercise):
        # Times on the clock are no amounts.
        text = re.sub(r"\d+:00", "", exercise.question(variant.p)).replace(",", "")
        numbers = {float(found) for found in re.findall(r"\d+(?:\.\d+)?", text)}
        for field in variant.fields:
            by_chance = field.name in SMALL or (exercise.name, field.name) in ONE_PIECE
            if isinstance(field, NumberField | IntegerField) and not by_chance:
                right = float(variant.right[field.name])
                seen[field.name] += right > 10 and any(abs(n - right) < 1e-9 for n in numbers)
    assert {name: n for name, n in seen.items() if n > 0.12 * len(whole_class(exercise))} == {}


# What is recognised.


def test_a_wrong_answer_is_never_called_right_but_rounded(exercise: Exercise) -> None:
    for variant in dealt(exercise):
        named = {field.name: field for field in numeric(variant)}
        for one, values in variant.wrong:
            for name in values.keys() & named.keys():
                value, right = values[name], variant.right[name]
                assert abs(value - right) > 3 * named[name].tolerance(right), (
                    variant.seed, one.name,
                )  # fmt: skip
                for text in spellings(value):
                    said = check(variant, {name: text}).fields[name]
                    assert said.status not in ("right", "rounded"), (variant.seed, one.name, text)


def test_a_rounded_right_answer_is_not_told_a_misconception(exercise: Exercise) -> None:
    for variant in dealt(exercise):
        for field in numeric(variant):
            for text in spellings(variant.right[field.name]):
                said = check(variant, {field.name: text}).fields[field.name]
                assert said.status in ("right", "rounded"), (variant.seed, field.name, text)
                assert said.misconceptions == (), (variant.seed, field.name, text)


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


def test_no_number_of_the_solution_is_the_answer_cut_too_short(exercise: Exercise) -> None:
    for variant in dealt(exercise):
        found = re.findall(r"(?<![\d.,])\d[\d,]*\.\d+", exercise.solution(variant.p))
        for field in numeric(variant):
            right = variant.right[field.name]
            for number in (n.replace(",", "") for n in found):
                if abs(float(number) - right) < 0.004 * abs(right):
                    said = check(variant, {field.name: number}).fields[field.name]
                    assert said.status != "rounded", (variant.seed, field.name, number)
