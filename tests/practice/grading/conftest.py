"""A small course of its own, so that grading is tested without the chapters' exercises."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from svclab.practice import (
    ChoiceField,
    Draw,
    Exercise,
    IntegerField,
    NumberField,
    check,
    deal,
    misconception,
    records,
)
from svclab.practice.grading import Outcome, grade
from svclab.practice.grading.looking import Catalogue

SALT = "00112233445566ff"


class Total(Exercise):
    """Two numbers to add up; its misconception multiplies them."""

    __module__ = "svclab.demo.exercises"
    title, version, objective, level, points = "Add up", 2, 1, "easy", 2

    def deal(self, draw: Draw) -> Mapping[str, Any]:
        return {"a": draw.integer(10, 9999), "b": draw.integer(10, 9999)}

    def question(self, p: Any) -> str:
        return "What do they give together?"

    def fields(self, p: Any) -> Sequence[Any]:
        return [NumberField("sum", "Sum", relative=0.0, absolute=0.01)]

    def solve(self, p: Any) -> Mapping[str, Any]:
        return {"sum": p.a + p.b}

    @misconception("You took the difference <b>of</b> the numbers.")
    def difference(self, p: Any) -> Mapping[str, Any] | None:
        return {"sum": p.a - p.b}

    def hints(self, p: Any) -> Sequence[str]:
        return ["Add.", "Carry."]

    def solution(self, p: Any) -> str:
        return "Added."


class Total1(Total):
    """Its first version, with smaller numbers."""

    __module__ = "svclab.demo.exercises"
    version = 1

    def deal(self, draw: Draw) -> Mapping[str, Any]:
        return {"a": draw.integer(1, 99), "b": draw.integer(1, 99)}


class Larger(Exercise):
    """Two fields, so that a part of the points can be reached."""

    __module__ = "svclab.demo.exercises"
    title, objective, level, points = "Which is larger?", 2, "medium", 3

    def deal(self, draw: Draw) -> Mapping[str, Any]:
        return {"a": draw.integer(1, 10**6), "b": draw.integer(1, 10**6)}

    def sound(self, p: Any) -> bool:
        return bool(p.a != p.b)

    def question(self, p: Any) -> str:
        return "Which, and by how much?"

    def fields(self, p: Any) -> Sequence[Any]:
        return [ChoiceField("which", "Which", options={"a": "A", "b": "B"}),
                IntegerField("by", "By how much")]  # fmt: skip

    def solve(self, p: Any) -> Mapping[str, Any]:
        return {"which": "a" if p.a > p.b else "b", "by": abs(p.a - p.b)}

    def hints(self, p: Any) -> Sequence[str]:
        return ["Look.", "Subtract."]

    def solution(self, p: Any) -> str:
        return "Looked."


class Bonus(Total):
    """An exercise of an extra section."""

    __module__ = "svclab.demo.exercises"
    title, version, core, objective = "More", 1, False, 2


class Broken(Total):
    """Its solver is at fault when the answer is 13."""

    __module__ = "svclab.demo.exercises"
    title, version, core = "Broken", 1, False

    def accepts(self, p: Any, name: str, value: Any) -> bool | None:
        if float(value.value if hasattr(value, "value") else value) == 13:
            raise ZeroDivisionError("the solver is at fault")
        return None


NEWEST = {one.name: one for one in (Total(), Larger(), Bonus(), Broken())}
OLDER = {("demo.total", 1): Total1()}


def find(name: str, version: int | None = None) -> Exercise:
    """The exercise of this small course."""
    if name not in NEWEST:
        raise ValueError(f"{name!r} is no exercise")
    newest = NEWEST[name]
    if version in (None, newest.version):
        return newest
    if (name, version) in OLDER:
        return OLDER[name, version]
    raise ValueError(f"{name} has no version {version}")


def objectives(package: str) -> dict[int, str]:
    return {1: "Add numbers", 2: "Compare numbers"}


CATALOGUE = Catalogue(find, lambda: list(NEWEST.values()), objectives)


class Course:
    """Makes records, files and rosters, and grades them."""

    catalogue = CATALOGUE

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.submissions = folder / "submissions"
        self.submissions.mkdir()
        self.out = folder / "grades"

    def right(self, name: str, student: str, version: int | None = None) -> dict[str, Any]:
        """The right answers of a student, as text."""
        variant = deal(find(name, version), student)
        return {key: str(value) for key, value in variant.right.items()}

    def wrong(self, name: str, student: str) -> dict[str, Any]:
        """The answers to which the first misconception leads."""
        return {key: str(v) for key, v in deal(find(name), student).wrong[0][1].items()}

    def record(
        self,
        student: str | None,
        name: str = "demo.total",
        answers: Mapping[str, Any] | None = None,
        *,
        version: int | None = None,
        salt: str = SALT,
        time: str = "2026-11-20T10:00:00Z",
        began: str | None = "2026-11-20T09:55:00Z",
        tries: int = 1,
        **changes: Any,
    ) -> dict[str, Any]:
        """A record as the page writes it; right answers if none are given."""
        variant = deal(find(name, version), student)
        if answers is None:
            answers = {key: str(value) for key, value in variant.right.items()}
        made = records.make(
            variant, check(variant, answers), answers, student=student, practice=1, salt=salt,
            time=time, began=began, tries=tries, hints=0, solution=False, host="page",
        )  # fmt: skip
        if changes:
            made |= changes
            made["checksum"] = records.checksum(made)
        return made

    def notebook(self, *made: Mapping[str, Any]) -> bytes:
        """A notebook with each record in the output of a cell of its own."""
        cells: list[dict[str, Any]] = [{"cell_type": "markdown", "metadata": {}, "source": "# Hi"}]
        for one in made:
            data = {records.MIME: records.container([one]), "text/plain": "Right."}
            output = {"output_type": "display_data", "metadata": {}, "data": data}
            cells.append({"cell_type": "code", "execution_count": 1, "metadata": {},
                          "source": "raise SystemExit", "outputs": [output]})  # fmt: skip
        return json.dumps(
            {"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
        ).encode()

    def export(self, *made: Mapping[str, Any]) -> bytes:
        """What the page exports."""
        whole = records.container(made) | {"made": "2026-11-20T10:00:00Z", "course": "svclab"}
        return json.dumps(whole, ensure_ascii=False).encode()

    def hand_in(self, where: str, content: bytes) -> Path:
        """Put a file into the submissions."""
        path = self.submissions / where
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        return path

    def roster(self, text: str, name: str = "roster.csv") -> Path:
        path = self.folder / name
        path.write_text(text, encoding="utf-8")
        return path

    def rules(self, text: str) -> Path:
        path = self.folder / "course.toml"
        path.write_text(text, encoding="utf-8")
        return path

    def grade(self, roster: Path | str = "id,name\n2026-0417,Ada\n", **options: Any) -> Outcome:
        """Grade; ``rules`` and ``parts`` may be given as text."""
        if isinstance(roster, str):
            roster = self.roster(roster)
        if isinstance(options.get("rules"), str):
            options["rules"] = self.rules(options["rules"])
        if isinstance(options.get("parts"), str):
            options["parts"] = self.roster(options["parts"], "parts.csv")
        given = {"jobs": 0, "catalogue": CATALOGUE, **options}
        return grade(self.submissions, roster, self.out, **given)

    def table(self, name: str) -> list[dict[str, str]]:
        """A table that grading has written."""
        text = (self.out / name).read_text(encoding="utf-8-sig")
        return list(csv.DictReader(io.StringIO(text)))

    @property
    def report(self) -> str:
        """The page that grading has written."""
        return (self.out / "report.html").read_text(encoding="utf-8")


def said(outcome: Outcome, kind: str) -> list[str]:
    """What was found of one kind."""
    return [one.sentence for one in outcome.findings if one.kind == kind]


@pytest.fixture
def course(tmp_path: Path) -> Course:
    """A course in a folder of its own."""
    return Course(tmp_path)


@pytest.fixture
def found() -> Any:
    """What was found of one kind."""
    return said
