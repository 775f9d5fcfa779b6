"""What is special to the exercises of the first chapter; what holds for all: tests/practice."""

from __future__ import annotations

import contextlib
import io
import re
from typing import Any

import pandas as pd
import pytest

from svclab.basics import exercises, explain
from svclab.basics.counter import waits
from svclab.basics.exercises.messages import CELLS
from svclab.practice import check, deal, listed
from svclab.practice.code import outputs

EXERCISES = listed("basics")
STUDENTS = [f"2026-{number:04d}" for number in range(120)]

every_exercise = pytest.mark.parametrize("exercise", EXERCISES, ids=lambda one: one.short)


def code_blocks(text: str) -> list[str]:
    return re.findall(r"```(?:python|text)\n(.*?)\n```", text, re.S)


def printed(code: str, names: dict[str, Any]) -> list[str]:
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        exec(code, names)
    return out.getvalue().splitlines()


def test_every_objective_is_tested_by_a_core_exercise_and_code_is_asked_for_once() -> None:
    assert {one.objective for one in EXERCISES if one.core} == set(exercises.OBJECTIVES)
    kinds = [f.kind for one in EXERCISES for f in deal(one, "2026-0417").fields]
    assert kinds.count("code") == 1
    assert not exercises.own_function.core  # a phone cannot answer it


def test_the_lines_of_the_table_print_the_answers_in_pandas() -> None:
    one = exercises.ask_the_table
    for student in STUDENTS[:40]:
        variant = deal(one, student)
        text = one.question(variant.p)
        rows = re.findall(r"^\| (\w+day) \| (\d+) \| (\d+) \|$", text, re.M)
        week = pd.DataFrame(rows, columns=["day", "customers", "wait"])
        week = week.astype({"customers": int, "wait": int})
        found = printed(code_blocks(text)[0], {"week": week})
        assert int(found[0]) == variant.right["rows"]
        assert float(found[1]) == pytest.approx(variant.right["mean"])


def test_the_cells_of_the_order_print_the_answer() -> None:
    one = exercises.run_order
    for student in STUDENTS[:40]:
        variant = deal(one, student)
        text = one.question(variant.p)
        cells = dict(re.findall(r"# cell (\w)\n(.+)", code_blocks(text)[0]))
        order = re.findall(r"\b[ABC]\b", text.split("in this order: ")[1].split(".")[0])
        names: dict[str, Any] = {}
        last = [printed(cells[cell], names) for cell in order][-1]
        assert last == [str(variant.right["printed"])]


@pytest.mark.parametrize("kind", CELLS)
def test_a_cell_that_fails_gives_its_message_and_its_mended_line_runs(kind: str) -> None:
    one = exercises.which_line
    seen = 0
    for student in STUDENTS:
        variant = deal(one, student)
        if variant.parameters["kind"] != kind:
            continue
        seen += 1
        numbered, message = code_blocks(one.question(variant.p))
        lines = [line[3:] for line in numbered.splitlines()]
        code = "\n".join(lines) + "\n"
        with pytest.raises((NameError, SyntaxError, TypeError, KeyError)) as caught:
            exec(compile(code, "<ipython-input-1>", "exec"), {})
        said = explain(caught.value)
        assert said is not None
        assert said.error == message
        lines[int(variant.right["line"]) - 1] = code_blocks(one.solution(variant.p))[0]
        assert printed("\n".join(lines), {})
    assert seen >= 10


@pytest.mark.parametrize("kind", CELLS)
def test_each_wrong_line_gets_a_word_of_its_own(kind: str) -> None:
    one = exercises.which_line
    told = set()
    for student in STUDENTS:
        variant = deal(one, student)
        if variant.parameters["kind"] != kind:
            continue
        for line in {"1", "2", "3", "4", "5"} - {variant.right["line"]}:
            said = check(variant, {"line": line}).fields["line"]
            assert said.status == "misconception", (student, line)
            told.add(said.message)
    assert len(told) >= 3


def test_the_service_itself_and_no_wait_are_recognised() -> None:
    one = exercises.follow_the_clock
    for student in STUDENTS[:40]:
        variant = deal(one, student)
        for name in ("one", "two"):
            assert check(variant, {name: "0"}).fields[name].misconceptions == ("nobody_waits",)
            if variant.right[name] != variant.parameters["service"]:
                said = check(variant, {name: str(variant.parameters["service"])}).fields[name]
                assert said.status == "misconception", (student, name)


def test_the_clock_is_that_of_the_lines_shown() -> None:
    one = exercises.follow_the_clock
    for student in STUDENTS[:20]:
        variant = deal(one, student)
        text = code_blocks(one.question(variant.p))[0]
        service = int(re.findall(r"timeout\((\d+)\)", text)[0])
        comes = [int(n) for n in re.findall(r"\[(.*)\]", text)[0].split(", ")]
        assert waits(comes, service)[-1] == variant.right["one"]


def test_the_sliders_reach_the_numbers_of_the_best_day() -> None:
    from svclab.explore import declaration

    sliders = {p["name"]: p for p in declaration("basics.first_plan")["parameters"]}
    names = {"brake": "brake", "wheel": "wheel", "day": "day", "rims": "rims"}
    for student in STUDENTS:
        given = deal(exercises.best_day, student).parameters
        for own, slider in names.items():
            known = sliders[slider]
            assert known["low"] <= given[own] <= known["high"]
            assert (given[own] - known["low"]) % known["step"] == 0


@pytest.mark.parametrize(
    ("body", "thought"),
    [
        ("min(1, customers * minutes / (60 * clerks))", None),
        ("customers * minutes / (60 * clerks)", "no_limit"),
        ("min(1, customers * minutes / 60)", "one_clerk"),
        ("100 * min(1, customers * minutes / (60 * clerks))", "in_percent"),
        ("min(1, customers * minutes / clerks)", "without_sixty"),
    ],
)
def test_a_function_of_ones_own_is_tried_and_its_thought_is_named(
    body: str, thought: str | None
) -> None:
    variant = deal(exercises.own_function, "2026-0417")
    names: dict[str, Any] = {}
    exec(f"def busy(customers, minutes, clerks):\n    return {body}\n", names)
    given = {"busy": {"outputs": outputs(names["busy"], exercises.own_function.cases(variant.p))}}
    said = check(variant, given)
    assert said.misconceptions == ([] if thought is None else [thought])
    assert said.status == ("right" if thought is None else said.status)
    assert (said.score == 100) == (thought is None)


def test_the_examples_of_the_function_are_right() -> None:
    variant = deal(exercises.own_function, "2026-0417")
    solution = code_blocks(exercises.own_function.solution(variant.p))[0]
    names: dict[str, Any] = {}
    exec(solution, names)
    asked = re.findall(r"`(busy\([\d, ]+\))` gives `([\d.]+)`",
                       exercises.own_function.question(variant.p))  # fmt: skip
    assert len(asked) == 2
    assert [eval(call, names) for call, _ in asked] == [float(value) for _, value in asked]
