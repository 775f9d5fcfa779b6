"""From the answer on the page or in a notebook to the mark, with the course's own exercises."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from svclab.practice import answer, check, deal, device, listed, records
from svclab.practice.compound import CodeField
from svclab.practice.grading.looking import Catalogue
from svclab.practice.student import student

ID = "2026-0417"


def typed(value: Any) -> Any:
    """Values as they come from a form: every number as text."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return f"{value:.10f}".rstrip("0").rstrip(".")
    if isinstance(value, dict):
        return {key: typed(item) for key, item in value.items()}
    return [typed(item) for item in value] if isinstance(value, list | tuple) else value


def checked(name: str, answers: Any, kept: Any = ()) -> dict[str, Any]:
    """What the page is told, as it asks."""
    request = {
        "do": "check", "name": name, "student": ID, "answers": answers, "tries": len(kept),
        "hints": 0, "kept": list(kept), "began": None, "time": "2026-11-20T10:00:00Z",
        "salt": "0123456789abcdef", "host": "page",
    }  # fmt: skip
    document = json.loads(answer(json.dumps(request)))
    assert "problem" not in document
    return dict(document)


def right(exercise: Any, student: str = ID) -> dict[str, Any]:
    variant = deal(exercise, student)
    code = {field.name for field in variant.fields if isinstance(field, CodeField)}
    return {
        name: {"outputs": json.dumps(value)} if name in code else typed(value)
        for name, value in variant.right.items()
    }


def test_right_answers_to_every_exercise_get_all_points(course: Any) -> None:
    made = []
    for number, exercise in enumerate(listed()):
        at = f"2026-11-20T10:{number // 60:02d}:{number % 60:02d}Z"
        variant, answers = deal(exercise, ID), right(exercise)
        one = records.make(
            variant, check(variant, answers), answers, student=ID, practice=1,
            salt="0123456789abcdef", time=at, began=None, tries=1,
            hints=0, solution=False, host="jupyter",
        )  # fmt: skip
        made.append(one)
    course.hand_in(f"{ID}.ipynb", course.notebook(*made))
    outcome = course.grade(catalogue=Catalogue(), rules="[exercises]\nextra = true")
    assert outcome.findings == ()
    assert outcome.marks.marks[0].total == 100
    assert {row["status"] for row in course.table("items.csv")} == {"right"}


def test_the_books_rules_for_chapters_0_to_2_give_each_chapter_its_weight(course: Any) -> None:
    """Three students: all core exercises, those of chapter 0 and nothing else, and nothing."""
    page = (Path(__file__).parents[3] / "book" / "grading.md").read_text(encoding="utf-8")
    (rules,) = [
        text for text in re.findall(r"```toml\n(.*?)```", page, re.DOTALL) if "basics" in text
    ]
    packages = ("basics", "introduction", "strategy")
    core = [one for one in listed() if one.package in packages and one.core]
    assert {one.package for one in core} == set(packages)
    for who, kept in ((ID, core), ("2026-0418", [e for e in core if e.package == "basics"])):
        made = []
        for number, exercise in enumerate(kept):
            variant, answers = deal(exercise, who), right(exercise, who)
            made.append(records.make(
                variant, check(variant, answers), answers, student=who, practice=1,
                salt=records.student_hash(who, "device")[:16],
                time=f"2026-11-20T10:{number:02d}:00Z", began=None, tries=1, hints=0,
                solution=False, host="jupyter",
            ))  # fmt: skip
        course.hand_in(f"{who}.ipynb", course.notebook(*made))
    outcome = course.grade(f"id\n{ID}\n2026-0418\n2026-0419\n", catalogue=Catalogue(), rules=rules)
    assert outcome.findings == ()
    assert {item.name for item in outcome.marks.items if item.counted} == {e.name for e in core}
    ada, bob, nobody = outcome.marks.marks
    assert (ada.total, bob.total, nobody.handed_in) == (100, 20, False)
    assert list(bob.shares.values()) == [1, 0, 0]
    first = course.table("grades.csv")[1]
    assert [value for name, value in first.items() if "(of" in name] == ["100", "0", "0", "20"]


@pytest.mark.parametrize("keep", ["best", "last"])
def test_an_export_gives_the_score_that_the_page_showed(course: Any, keep: str) -> None:
    """A right try, then a wrong one: the page keeps the best and the last."""
    shown: dict[str, int] = {}
    kept: list[Any] = []
    for exercise in listed():
        variant = deal(exercise, ID)
        if not variant.wrong or any(isinstance(one, CodeField) for one in variant.fields):
            continue
        first = checked(exercise.name, right(exercise))
        wrong = {**right(exercise), **typed(dict(variant.wrong[0][1]))}
        last = checked(exercise.name, wrong, first["records"])
        assert first["score"] == 100 > last["score"]
        shown[exercise.name] = first["score"] if keep == "best" else last["score"]
        kept += last["records"]
    course.hand_in(f"{ID}.json", course.export(*kept))
    course.grade(catalogue=Catalogue(), rules=f'[answers]\nkeep = "{keep}"')
    rows = [row for row in course.table("items.csv") if row["exercise"] in shown]
    assert {row["exercise"] for row in rows} == set(shown)
    for row in rows:
        # The page rounds 97.99% down to 97%, the table 0.97987 to 0.9799 and 0.97996 to 0.98.
        beyond = 100 * float(row["share"]) - shown[row["exercise"]]
        assert -1e-9 <= beyond <= 1 + 1e-9, row["exercise"]


def test_answers_given_in_a_notebooks_code_are_graded_from_its_outputs(
    course: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a cell that ends in ``exercise.check(...)`` shows is what the notebook stores."""
    monkeypatch.setenv("SVCLAB_MEMORY", str(course.folder / "memory"))
    monkeypatch.setattr(device, "_memories", {})
    cells = []
    try:
        student(ID)
        for exercise in [one for one in listed() if one.package == "process"][:3]:
            variant = deal(exercise, ID)
            bundle = exercise.check(**variant.right)._repr_mimebundle_()
            output = {"output_type": "execute_result", "data": bundle, "metadata": {}}
            cells.append({"cell_type": "code", "source": "", "outputs": [output]})
    finally:
        student("")
    course.hand_in("a.ipynb", json.dumps({"cells": cells}).encode())
    outcome = course.grade(catalogue=Catalogue())
    assert outcome.findings == ()
    assert [row["status"] for row in course.table("items.csv")][:3] == ["right"] * 3
