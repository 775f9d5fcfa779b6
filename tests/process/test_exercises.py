"""What is special to the exercises of chapter 5; what holds for all is in tests/practice."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import Any

import nbformat
import pytest

from svclab.practice import ChoiceField, Exercise, IntegerField, NumberField, check, deal, listed
from svclab.practice.definition import Numbers
from svclab.process import exercises
from svclab.process.exercises.layouts import ACTIVITIES

ROOT = Path(__file__).resolve().parents[2]
EXERCISES = listed("process")
STUDENTS = [f"2026-{number:04d}" for number in range(200)]

every_exercise = pytest.mark.parametrize("exercise", EXERCISES, ids=lambda one: one.short)


def test_the_objectives_are_those_of_the_chapters_first_cell() -> None:
    notebook = nbformat.read(ROOT / "notebooks" / "05-process.ipynb", as_version=4)
    found = re.findall(r"^(\d)\. (.+?)[;.]$", notebook.cells[0].source, re.M)
    assert {int(number): text for number, text in found} == exercises.OBJECTIVES


def test_every_objective_is_tested_and_every_kind_of_answer_is_asked_for() -> None:
    assert {one.objective for one in EXERCISES} == set(exercises.OBJECTIVES)
    kinds = {field.kind for one in EXERCISES for field in deal(one, "2026-0417").fields}
    assert kinds == {
        "number", "integer", "choice", "choices", "order", "table", "plan", "code",
    }  # fmt: skip


def test_names_are_those_of_the_module_and_all_are_exported() -> None:
    for name, one in vars(exercises).items():
        if isinstance(one, Exercise):
            assert one.short == name
            assert name in exercises.__all__


@every_exercise
def test_the_question_says_that_its_situation_is_invented(exercise: Exercise) -> None:
    if exercise.short != "own_capacity":
        assert "invented)" in exercise.question(deal(exercise, "2026-0417").p)


@every_exercise
def test_labels_and_sentences_are_plain_text(exercise: Exercise) -> None:
    variant = deal(exercise, "2026-0417")
    texts = [one.sentence for one in exercise.misconceptions()]
    for field in variant.fields:
        texts += [field.label, *getattr(field, "options", {}).values()]
        texts += getattr(field, "items", {}).values()
    assert not [text for text in texts if re.search(r"[*`_|<>]", text)]


@every_exercise
def test_the_answer_is_not_visible_in_the_question(exercise: Exercise) -> None:
    seen: Counter[str] = Counter()
    for student in STUDENTS:
        variant = deal(exercise, student)
        text = exercise.question(variant.p).replace(",", "")
        numbers = {float(found) for found in re.findall(r"\d+(?:\.\d+)?", text)}
        for field in variant.fields:
            if isinstance(field, NumberField | IntegerField):
                right = float(variant.right[field.name])
                seen[field.name] += right > 10 and any(abs(n - right) < 1e-9 for n in numbers)
    # Now and then a number of the question happens to be an answer.
    assert {name: n for name, n in seen.items() if n > 0.12 * len(STUDENTS)} == {}


@every_exercise
def test_no_choice_is_right_for_nearly_everybody(exercise: Exercise) -> None:
    right: dict[str, Counter[str]] = {}
    for student in STUDENTS:
        variant = deal(exercise, student)
        for field in variant.fields:
            if isinstance(field, ChoiceField):
                found = str(sorted(variant.right[field.name]) if field.kind == "choices"
                            else variant.right[field.name])  # fmt: skip
                right.setdefault(field.name, Counter())[found] += 1
    right.pop("long_run", None)  # a law of queues: the same for every student
    assert {k: c for k, c in right.items() if max(c.values()) > 0.7 * len(STUDENTS)} == {}


VISA = {"seconds": [30, 60, 80, 40, 30], "workers": 6, "cameras": 2, "scanners": 2}


def plan(stations: list[int], workers: list[int]) -> dict[str, Any]:
    numbers = dict(zip(ACTIVITIES, stations, strict=True))
    numbers |= {f"station_{n}": people for n, people in enumerate(workers, 1)}
    return {row: {"number": number} for row, number in numbers.items()}


@pytest.mark.parametrize(
    ("stations", "workers", "why"),
    [
        ([1, 1, 2, 2, 3], [2, 2, 3, 0, 0], "it has 7 workers; there are 6"),
        ([1, 1, 2, 2, 3], [3, 2, 1, 0, 0], "it needs 3 cameras; there are 2"),
        ([1, 1, 2, 2, 3], [2, 2, 0, 0, 0], "station 3 has activities but no workers"),
        ([1, 1, 2, 2, 2], [2, 2, 1, 0, 0], "station 3 has workers but no activity"),
        ([1, 1, 2, 2, 6], [2, 2, 1, 0, 0], "visa needs a station from 1 to 5"),
        ([1, 2, 3, 3, 1], [2, 2, 2, 0, 0], "would have to come back"),
        ([1, 1, 2, 2, 3], [2, 2, -1, 0, 0], "station 3 has activities but no workers"),
    ],
)
def test_a_layout_that_breaks_a_rule_is_told_which(
    stations: list[int], workers: list[int], why: str
) -> None:
    score = exercises.line_layout.score(Numbers(VISA), "plan", plan(stations, workers))
    assert not score.feasible
    assert why in score.why


def test_a_layout_is_worth_its_slowest_station() -> None:
    score = exercises.line_layout.score(
        Numbers(VISA), "plan", plan([1, 1, 2, 3, 3], [2, 2, 2, 0, 0])
    )
    assert score.feasible
    assert score.value == pytest.approx(80)  # 90 s by 2, 80 s by 2, 70 s by 2: 45 s
    assert score.best >= score.value


def test_the_desk_worked_through_by_hand() -> None:
    # Begins at 0, 4, 8, 9, 16, 23; waits 0, 3, 1, 1, 0, 3; ends at 26 with 24 of work.
    p = Numbers({"mean": 4, "arrive": [0, 1, 7, 8, 16, 20], "work": [4, 4, 1, 5, 7, 3]})
    right = exercises.full_desk.solve(p)
    assert right["wait"] == pytest.approx(8 / 6)
    assert right["idle"] == pytest.approx(2)


def test_two_piles_worked_through_by_hand() -> None:
    # Ann ends at 13, 20, 28, Bo at 4, 20, 27; Bo is idle from 4 to 7 while case 3 waits.
    p = Numbers({"arrive": [0, 1, 2, 7, 8, 10], "work": [13, 3, 7, 13, 8, 7]})
    right = exercises.pooling.solve(p)
    assert right == {"own": pytest.approx(84 / 6), "shared": pytest.approx(73 / 6), "wasted": 3}


def test_the_refund_worked_through_by_hand() -> None:
    names = ["receive the claim", "enter it in the register", "fill in the cost sheet",
             "write the report", "sign as vice-dean", "type the amounts for the bank",
             "pay the money"]  # fmt: skip
    p = Numbers(
        {
            "names": names,
            "waits": [0, 13, 3, 12, 8, 16, 14],
            "work": [9, 6, 20, 14, 4, 13, 5],
            "new": [0, 0, 3, 5, 0, 2, 0],
        }
    )
    right = exercises.esia.solve(p)
    assert right["work"] == pytest.approx(9 + 6 + 3 + 5 + 5)
    assert right["flow"] == pytest.approx(3 + 12 + 14 + 30 / 60)


def test_the_licence_office_has_the_capacities_of_the_chapter() -> None:
    # Five of its six places, one person each: 90 per hour with one more, then at the eye test.
    p = Numbers({"service": "library", "seconds": [15, 60, 40, 20, 30]})
    right = exercises.two_more_workers.solve(p)
    assert (right["after_one"], right["after_two"]) == (90, 120)


@pytest.mark.parametrize("student", STUDENTS[:20])
def test_the_code_of_the_worked_solution_is_right(student: str) -> None:
    variant = deal(exercises.own_capacity, student)
    text = exercises.own_capacity.solution(variant.p)
    code = re.search(r"```python\n(.+?)```", text, re.S)
    assert code
    names: dict[str, Any] = {}
    exec(code.group(1), names)
    outputs = [names["capacity"](*case) for case in exercises.own_capacity.cases(variant.p)]
    assert check(variant, {"capacity": outputs}).status == "right"


def test_the_example_of_the_own_function_gives_what_it_says() -> None:
    variant = deal(exercises.own_capacity, "2026-0417")
    example = re.findall(r"```python\n(.+?)```", exercises.own_capacity.question(variant.p), re.S)
    code = re.search(r"```python\n(.+?)```", exercises.own_capacity.solution(variant.p), re.S)
    assert code
    names: dict[str, Any] = {}
    exec(code.group(1), names)
    exec(example[1], names)
    told = re.search(r"# (\S+)", example[1])
    assert told
    assert eval("capacity(seconds, who, workers)", names) == float(told.group(1))
    exec(example[2], names)  # the third process, as the student would copy it
    third = eval("capacity(seconds, who, workers)", names)
    assert third == pytest.approx(variant.right["capacity"][2])


def test_a_share_is_never_taken_from_two_firms() -> None:
    """The chapter's warning: one insurer's minutes over another's days."""
    variant = deal(exercises.reengineering_claims, "2026-0417")
    p = variant.p
    share = f"{100 * p.work / (p.before * 24 * 60):.6f}"
    said = check(variant, {**variant.right, "share": share})
    assert said.misconceptions == ["two_firms"]
    assert "same place" in said.message


def test_an_answer_in_minutes_for_hours_is_called_a_unit_and_not_a_mistake_in_thought() -> None:
    variant = deal(exercises.people_inside, "2026-0417")
    said = check(variant, {**variant.right, "stay": variant.right["stay"] / 60})
    assert said.fields["stay"].status == "unit"
