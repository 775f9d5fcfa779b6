"""How long it takes to grade a class: real exercises, in notebooks as JupyterLab saves them."""

from __future__ import annotations

import json
import os
import time
from pathlib import Path
from typing import Any

from svclab.practice import Exercise, check, deal, listed, records
from svclab.practice.grading import grade

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
    students = [f"2026-{number:04d}" for number in range(STUDENTS)]
    submissions = tmp_path / "submissions"
    submissions.mkdir()
    for number, student in enumerate(students):
        (submissions / f"{number}.ipynb").write_bytes(notebook(student))
    roster = tmp_path / "roster.csv"
    roster.write_text("id\n" + "\n".join(students), encoding="utf-8")
    started, worked = time.perf_counter(), processor_time()
    outcome = grade(submissions, roster, tmp_path / "grades", jobs=2)
    seconds, worked = time.perf_counter() - started, processor_time() - worked
    assert sum(len(mark.answers) for mark in outcome.marks.marks) == STUDENTS * EXERCISES
    measured(f"grading {STUDENTS} notebooks x {EXERCISES} records, two jobs", f"{seconds:.1f} s")
    measured(
        "grading 1,000 such notebooks, scaled", f"{seconds * 1000 / STUDENTS:.0f} s",
        "aim below 20 s",
    )  # fmt: skip
    measured(
        "the same in processor time, all processes together", f"{worked * 1000 / STUDENTS:.0f} s",
        "half of it on two idle cores",
    )  # fmt: skip


def processor_time() -> float:
    """Seconds of this process and of those that it has ended: other programs do not count."""
    spent = os.times()
    return spent.user + spent.system + spent.children_user + spent.children_system
