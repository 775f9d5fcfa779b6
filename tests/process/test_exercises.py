"""What is special to the exercises of chapter 5; what holds for all is in tests/practice."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import Any

import nbformat
import pytest

from svclab.practice import (
    ChoiceField,
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
from svclab.process import exercises
from svclab.process.exercises.earlier import OLDER, Esia1
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
        ([1, 1, 2, 2, 6], [2, 2, 1, 0, 0], "visa needs a station number from 1 to 5"),
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
    assert right["flow"] == pytest.approx(60 * (3 + 12 + 14) + 30)
    assert Esia1().solve(p)["flow"] == pytest.approx(3 + 12 + 14 + 30 / 60)


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


def test_every_earlier_version_is_dealt_and_grades_its_own_answers() -> None:
    assert exercises.older == OLDER
    for one in OLDER:
        newest = getattr(exercises, one.short)
        assert (one.version, newest.version) == (1, 2)
        for student in STUDENTS[:20]:
            variant = deal(one, student)
            assert check(variant, dict(variant.right)).status == "right"
            assert one.question(variant.p)
            assert one.solution(variant.p)


def dealt(exercise: Exercise) -> list[Variant]:
    return [deal(exercise, student) for student in STUDENTS]


def test_only_the_waits_are_never_taken_for_the_rounded_flow_time() -> None:
    for variant in dealt(exercises.esia):
        wrong = {one.name: values for one, values in variant.wrong}["waits_only"]["flow"]
        for text in (f"{wrong:.0f}", f"{wrong / 60:.0f} h"):
            said = check(variant, {"flow": text}).fields["flow"]
            assert (said.status, said.misconceptions) == ("misconception", ("waits_only",))
        right = variant.right["flow"]
        assert check(variant, {"flow": f"{right / 60:.2f} h"}).fields["flow"].status == "right"


def test_the_moves_have_english_and_chinese_names_and_a_simplified_step_keeps_its_wait() -> None:
    variant = deal(exercises.esia, "2026-0417")
    declared = variant.fields[0].declaration()["columns"][0]["options"]
    assert [one["label"] for one in declared] == [
        "eliminate 清除", "simplify 简化", "integrate 整合", "automate 自动化",
    ]  # fmt: skip
    text = exercises.esia.question(variant.p)
    assert "A simplified step keeps its wait." in text
    for name in ("eliminate (清除)", "simplify (简化)", "integrate (整合)", "automate (自动化)"):
        assert name in text


def test_value_over_waits_is_never_taken_for_the_cycle_efficiency() -> None:
    for variant in dealt(exercises.cycle_efficiency):
        p = variant.p
        wrong = 100 * sum(p.work[3:]) / (60 * sum(p.waits))
        for text in spellings(wrong):
            said = check(variant, {"efficiency": text}).fields["efficiency"]
            assert said.misconceptions == ("value_by_waits",), (variant.seed, text)
        assert sum(p.waits) * 60 > 5 * sum(p.work)
    field = deal(exercises.cycle_efficiency, "2026-0417").fields[0]
    assert isinstance(field, NumberField)
    assert (field.relative, field.absolute) == (0.005, 0)


def test_a_person_prints_the_passport() -> None:
    text = exercises.cycle_efficiency.question(deal(exercises.cycle_efficiency, "1").p)
    assert "printing clerk" in text


def test_rounding_is_advised_place_by_place_at_fixed_places_and_once_for_all_together() -> None:
    seen = set()
    for variant in dealt(exercises.fewest_workers):
        wrong = {one.name: (one.sentence, values) for one, values in variant.wrong}
        for name, (sentence, values) in wrong.items():
            assert len(values) == 1, name
            if "round" in sentence and "free" in values:
                assert "at each place" not in sentence
        seen |= set(wrong)
        down = wrong["down_together"][1]["free"]
        assert down == variant.right["free"] - 1
        said = check(variant, {"free": down}).fields["free"]
        assert "round up once" in said.message
    assert {"nearest_fixed", "down_together"} <= seen


def test_a_simulations_table_could_be_true() -> None:
    """Longer runs from an empty office show longer waits, and more customers wait longer."""
    for variant in dealt(exercises.simulation_report):
        p = variant.p
        assert p.settles == sorted(p.settles)
        assert all(low < high for low, high in zip(p.settles, p.grows, strict=True))


def test_the_growth_is_that_of_the_last_two_lengths_or_is_wrong() -> None:
    for variant in dealt(exercises.simulation_report):
        p = variant.p
        text = variant.fields[0].declaration()["options"][p.shown.index("ratio")]["label"]
        told = re.search(r"From runs of 16 h to runs of 64 h .* grows by (\d+)%", text)
        assert told
        share = 100 * (p.grows[3] - p.grows[2]) / p.grows[2]
        assert (abs(int(told.group(1)) - share) <= 0.5) == p.ratio
        assert p.ratio or abs(int(told.group(1)) - share) > 10


def test_a_forgotten_tick_is_told_gently() -> None:
    for name in ("no_warm_up", "trusts_nothing"):
        sentence = getattr(type(exercises.simulation_report), name).sentence
        assert sentence.startswith("Look again at the sentences that you did not tick.")


def test_rework_is_never_more_than_what_was_built() -> None:
    for variant in dealt(exercises.overlap):
        p = variant.p
        rework = p.changes * p.undone / 100 * p.planned**2 / 2
        assert rework <= p.planned + 1e-9
        assert variant.right["planned"] <= p.first + p.second + 1e-9
        assert "a part of a week" in exercises.overlap.question(p)


def test_approving_is_said_to_include_the_check() -> None:
    text = exercises.break_even.question(deal(exercises.break_even, "2026-0417").p)
    assert "To approve includes the same check" in text


def test_the_hints_of_the_line_begin_mildly_and_end_with_a_station_of_a_best_plan() -> None:
    for variant in dealt(exercises.line_layout)[:60]:
        p = variant.p
        first, *_, last = exercises.line_layout.hints(p)
        assert not re.search(r"\d", first)
        told = re.search(r"One of them does (.+) with (\d) worker", last)
        if not told:
            assert "one station for everything" in last
            continue
        names = re.split(r", | and ", told.group(1))
        best = {row: cells["number"] for row, cells in variant.right["plan"].items()}
        station = best[names[0]]
        assert {name for name in ACTIVITIES if best[name] == station} == set(names)
        assert best[f"station_{station}"] == int(told.group(2))
    assert exercises.line_layout.minutes == 20


def test_an_average_of_people_need_not_be_whole_and_the_raci_letters_are_in_chinese() -> None:
    people = exercises.people_inside.question(deal(exercises.people_inside, "1").p)
    assert "need not be a whole number" in people
    raci = exercises.who_answers.question(deal(exercises.who_answers, "1").p)
    for letter in ("R (responsible, 执行)", "A (accountable, 负责)", "C (consulted, 咨询)",
                   "I (informed, 知会)"):  # fmt: skip
        assert letter in raci


def test_the_questions_of_two_more_workers_are_numbered_like_its_fields() -> None:
    variant = deal(exercises.two_more_workers, "2026-0417")
    found = re.findall(r"^(\d)\. ", exercises.two_more_workers.question(variant.p), re.M)
    assert [int(n) for n in found] == list(range(1, len(variant.fields) + 1))


def test_an_answer_in_minutes_for_hours_is_called_a_unit_and_not_a_mistake_in_thought() -> None:
    variant = deal(exercises.people_inside, "2026-0417")
    said = check(variant, {**variant.right, "stay": variant.right["stay"] / 60})
    assert said.fields["stay"].status == "unit"
