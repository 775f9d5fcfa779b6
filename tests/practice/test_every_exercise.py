"""What must hold for every exercise of every chapter, on 500 students' numbers each."""

from __future__ import annotations

import json
import re
from pathlib import Path
from statistics import fmean
from typing import Any

import pytest
from dealt import whole_class
from digests import committed
from solutions import bold_numbers, printed_numbers

from svclab.course.released import sheet
from svclab.practice import LEVELS, Exercise, Variant, check, deal, digest, listed, objectives
from svclab.practice.compound import CodeField
from svclab.practice.fields import IntegerField, NumberField
from svclab.practice.reading import read_number

PAGE = Path(__file__).resolve().parents[2] / "book" / "writing-exercises.md"


def example_of_the_page() -> Exercise:
    """The class on the page "Writing an exercise", as a reader would copy it."""
    code = re.search(r"```python\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.S)
    assert code
    names = {"__name__": "svclab.process.exercises.example"}
    exec(compile(code.group(1), str(PAGE), "exec"), names)
    made: Exercise = names["Letters"]()  # type: ignore[operator]
    return made


EXERCISES = [*listed(), example_of_the_page()]

# Signs of a number that nobody has formatted, or of a value that is none. Three digits of a small
# share may stand after zeros, as in 0.0298.
UNFORMATTED = re.compile(
    r"(?<!\d)(?!0\.0\d{3}(?!\d))\d+\.\d{4,}|\d[eE][-+]?\d\d|(?<!\w)(?:nan|inf|None|True|False)(?!\w)|Fraction\(|[{}]"
)


@pytest.fixture(scope="module", params=EXERCISES, ids=lambda one: one.name)
def exercise(request: pytest.FixtureRequest) -> Exercise:
    """Each exercise in turn, with all its tests: so its class is dealt once."""
    one: Exercise = request.param
    return one


@pytest.fixture
def variants(exercise: Exercise) -> list[Variant]:
    return whole_class(exercise)


def typed(variant: Variant, values: Any) -> dict[str, Any]:
    """Values as they come from a form: every number as text."""

    def text(value: Any) -> Any:
        if isinstance(value, bool):
            return value
        if isinstance(value, int | float):
            return f"{value:.10f}".rstrip("0").rstrip(".")
        if isinstance(value, dict):
            return {key: text(item) for key, item in value.items()}
        if isinstance(value, list | tuple):
            return [text(item) for item in value]
        return value

    code = {field.name for field in variant.fields if isinstance(field, CodeField)}
    return {
        name: {"outputs": json.dumps(value)} if name in code else text(value)
        for name, value in values.items()
    }


def test_there_are_exercises() -> None:
    assert len(listed()) >= 12


def test_it_says_what_it_is(exercise: Exercise) -> None:
    assert exercise.level in LEVELS
    assert exercise.objective in objectives(exercise.package)
    assert 3 <= len(exercise.title) <= 70
    assert exercise.points >= 1
    assert 2 <= exercise.minutes <= 30
    assert (type(exercise).__doc__ or "").strip()
    sentences = [one.sentence for one in exercise.misconceptions()]
    assert len(set(sentences)) == len(sentences) >= 3
    assert all(sentence.endswith(".") for sentence in sentences)


def test_no_variant_has_changed_without_a_raised_version(
    exercise: Exercise, variants: list[Variant]
) -> None:
    """If this fails: raise ``version``, keep the old class in ``older``, and freeze again.

    Sets and hashes have another order in every process; no variant may rest on it.
    """
    frozen = committed().get(exercise.name, {})
    released = exercise.name in {one.name for one in listed()}
    assert (str(exercise.version) in frozen) == released
    assert not released or digest(variants) == frozen[str(exercise.version)]


def test_the_solvers_answers_are_taken_as_typed_and_from_code(variants: list[Variant]) -> None:
    for variant in variants:
        assert {field.name for field in variant.fields} == set(variant.right)
        assert json.loads(json.dumps(variant.parameters)) == variant.parameters
        said = check(variant, typed(variant, variant.right))
        assert said.status == "right", (variant.seed, said)
        assert check(variant, variant.right).score == 100


def test_each_misconception_is_recognised_and_is_not_right(
    exercise: Exercise, variants: list[Variant]
) -> None:
    seen: dict[str, int] = {one.name: 0 for one in exercise.misconceptions()}
    for variant in variants:
        for one, values in variant.wrong:
            said = check(variant, typed(variant, {**variant.right, **values}))
            assert said.status != "right", (variant.seed, one.name)
            assert one.name in said.misconceptions, (variant.seed, one.name, values, said)
            assert one.sentence in " ".join(f.message for f in said.fields.values())
            seen[one.name] += 1
    rare = {name: n for name, n in seen.items() if n < len(variants) / 10}
    assert rare == {}, "a misconception that hardly ever applies teaches nobody"


def test_a_second_method_finds_the_same(exercise: Exercise, variants: list[Variant]) -> None:
    if exercise.second(variants[0].p) is None:
        # What a judgement is about has one right answer by definition, and no computation.
        kinds = {field.kind for field in variants[0].fields}
        assert kinds <= {"choice", "choices", "order", "table"}, "a number needs a second method"
        return
    for variant in variants:
        second = exercise.second(variant.p)
        assert second is not None
        for field in variant.fields:
            if field.name not in second:
                continue
            value = second[field.name]
            if isinstance(field, NumberField):
                assert value == pytest.approx(variant.right[field.name], rel=1e-6), variant.seed
            else:
                judged = variant.judge(field, field.as_read(value))
                assert judged.status == "right", (variant.seed, field.name, value)


def test_texts_render_and_hold_no_unformatted_number(
    exercise: Exercise, variants: list[Variant]
) -> None:
    for variant in variants:
        p = variant.p
        hints = exercise.hints(p)
        assert len(hints) >= 3
        texts = [exercise.question(p), exercise.solution(p), *hints]
        texts += [field.label for field in variant.fields]
        for text in texts:
            assert text.strip()
            found = UNFORMATTED.search(re.sub(r"`[^`]*`", "", text))
            assert found is None, (variant.seed, found and found.group(), text)


def numbers_in(text: str) -> list[float]:
    return [float(found.replace(",", "")) for found in re.findall(r"\d[\d,]*(?:\.\d+)?", text)]


def test_neither_hints_nor_feedback_give_a_number_away(
    exercise: Exercise, variants: list[Variant]
) -> None:
    told = 0
    for variant in variants:
        p = variant.p
        question = numbers_in(exercise.question(p))
        hints = [number for hint in exercise.hints(p) for number in numbers_in(hint)]
        for field in variant.fields:
            if not isinstance(field, NumberField):
                continue
            right = variant.right[field.name]
            if any(field.judge(read_number(str(n)), right).status == "right" for n in question):
                continue  # a number of the question that happens to be the answer
            told += any(abs(n - right) <= 1e-3 * abs(right) for n in hints if n)
        said = check(variant, _one_wrong(variant))
        for field in variant.fields:
            if isinstance(field, NumberField):
                right = variant.right[field.name]
                given = numbers_in(said.message)
                assert not any(abs(n - right) <= 1e-6 * abs(right) for n in given if n > 5)
    # An intermediate number of a hint may happen to equal the answer in a few variants.
    assert told <= len(variants) * 0.03


def _one_wrong(variant: Variant) -> dict[str, Any]:
    """Each field answered wrongly by a misconception, where one applies."""
    wrong: dict[str, Any] = {}
    for _, values in variant.wrong:
        wrong = {**values, **wrong}
    return typed(variant, wrong)


def test_students_have_numbers_of_their_own(variants: list[Variant]) -> None:
    assert len({variant.key for variant in variants}) >= len(variants) / 5


def test_a_number_typed_as_the_worked_solution_prints_it_is_right(
    exercise: Exercise, variants: list[Variant]
) -> None:
    """The answers stand in bold; where nothing does, some number is each of them."""
    for variant in variants:
        text = exercise.solution(variant.p)
        asked = [f.name for f in variant.fields if isinstance(f, NumberField | IntegerField)]
        bold = bold_numbers(text)
        given = bold or printed_numbers(text)
        said = {n: {name: _said_of(variant, name, n) for name in asked} for n in given}
        for name in asked:
            assert "right" in [one[name] for one in said.values()], (variant.seed, name, text)
        for number in bold if asked else ():
            assert "right" in said[number].values(), (variant.seed, number, "is no answer")


def _said_of(variant: Variant, name: str, number: str) -> str:
    found = check(variant, {name: number}).fields.get(name)
    return found.status if found else "unreadable"


def test_an_answer_is_dealt_in_a_few_draws(variants: list[Variant]) -> None:
    """Numbers of which few are sound are alike; of 200 seeded students at most five draws each."""
    assert fmean(variant.draws for variant in variants[:200]) <= 5


def test_the_instructors_sheet_holds_every_field_with_its_options() -> None:
    for exercise in listed():
        text = sheet(exercise.name)
        for field in deal(exercise).fields:
            told = field.declaration()
            inside = [one for key in ("options", "items", "rows") for one in told.get(key, ())]
            inside += [o for column in told.get("columns", ()) for o in column.get("options", ())]
            assert f"- {told['label']}" in text, exercise.name
            assert f"({told['unit']})" in text if told.get("unit") else True, exercise.name
            assert all(one["label"] in text for one in inside), exercise.name
