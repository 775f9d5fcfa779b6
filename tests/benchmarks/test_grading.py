"""How long it takes to grade a class: real exercises, in notebooks as JupyterLab saves them."""

from __future__ import annotations

import json
import os
import time
from pathlib import Path
from typing import Any

from svclab.practice import Exercise, check, deal, listed, records
from svclab.practice.grading import Outcome, grade

STUDENTS = 200  # measured; the aim is for five times as many
EXERCISES = 20


def chosen() -> list[Exercise]:
    """Exercises of all chapters, for some take longer to deal than others."""
    course = [one for one in listed() if one.short != "own_capacity"]
    return course[:: len(course) // EXERCISES][:EXERCISES]


def notebook(student: str) -> bytes:
    """A notebook with a picture of half a megabyte and one record of each exercise."""
    picture = {"output_type": "display_data", "data": {"image/png": "A" * 500_000}, "metadata": {}}
    cells: list[dict[str, Any]] = [{"cell_type": "code", "source": "", "outputs": [picture]}]
    for exercise in chosen():
        variant = deal(exercise, student)
        answers = {field.name: "1" for field in variant.fields}
        made = records.make(
            variant, check(variant, answers), answers, student=student, practice=1,
            salt=records.student_hash(student, "device")[:16], time="2026-11-20T10:00:00Z",
            began=None, tries=1, hints=0, solution=False, host="jupyter",
        )  # fmt: skip
        data = {records.MIME: records.container([made]), "text/plain": "Not right yet."}
        output = {"output_type": "display_data", "data": data, "metadata": {}}
        cells.append({"cell_type": "code", "source": "x = 1\n" * 10, "outputs": [output]})
    return json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}).encode()


def test_grading_a_class(tmp_path: Path, measured: Any) -> None:
    # Two notebooks take mostly what is spent once for a class: two processes start.
    _, first, first_worked = graded(tmp_path / "two", 2)
    outcome, seconds, worked = graded(tmp_path / "class", STUDENTS)
    assert sum(len(mark.answers) for mark in outcome.marks.marks) == STUDENTS * EXERCISES
    measured(f"grading {STUDENTS} notebooks x {EXERCISES} records, two jobs", f"{seconds:.1f} s")
    measured(
        "grading 1,000 such notebooks, scaled", f"{scaled(first, seconds):.0f} s",
        "aim below 20 s; the start of the processes is counted once",
    )  # fmt: skip
    measured(
        "the same in processor time, all processes together",
        f"{scaled(first_worked, worked):.0f} s",
        "half of it on two idle cores",
    )  # fmt: skip


def graded(folder: Path, students: int) -> tuple[Outcome, float, float]:
    """A class graded: what came out, seconds by the clock, and seconds of the processors."""
    submissions, roster = folder / "submissions", folder / "roster.csv"
    submissions.mkdir(parents=True)
    numbers = [f"2026-{number:04d}" for number in range(students)]
    for number, student in enumerate(numbers):
        (submissions / f"{number}.ipynb").write_bytes(notebook(student))
    roster.write_text("id\n" + "\n".join(numbers), encoding="utf-8")
    started, worked = time.perf_counter(), processor_time()
    outcome = grade(submissions, roster, folder / "grades", jobs=2)
    return outcome, time.perf_counter() - started, processor_time() - worked


def scaled(first: float, seconds: float) -> float:
    """Seconds for 1,000 notebooks, from those for two and for the class measured."""
    return first + (seconds - first) * (1000 - 2) / (STUDENTS - 2)


def processor_time() -> float:
    """Seconds of this process and of those that it has ended: other programs do not count."""
    spent = os.times()
    return spent.user + spent.system + spent.children_user + spent.children_system
