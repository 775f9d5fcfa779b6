"""Parts of the mark that are entered by hand: project, discussion, exam."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path

from svclab.practice import normal_id
from svclab.practice.grading.problems import Finding, GradingError
from svclab.practice.grading.roster import COLUMNS, Roster
from svclab.practice.grading.rules import Part, Rules
from svclab.practice.grading.sheets import read_rows
from svclab.practice.grading.text import clean
from svclab.practice.reading import read_number

__all__ = ["read_parts"]

Points = dict[str, dict[str, Fraction]]


def read_parts(path: Path | None, roster: Roster, rules: Rules) -> tuple[Points, list[Finding]]:
    """The points of each part entered by hand, by part and by student.

    Parameters
    ----------
    path : Path or None
        CSV or spreadsheet with a column of student numbers and one for each part, named as in
        the rules, in English or Chinese; None if nothing is entered yet.
    roster : Roster
        The class.
    rules : Rules
        They name the parts.

    Returns
    -------
    points : dict
        Only parts whose column is there; only students who have a number in it.
    findings : list of Finding
        Cells that cannot be used.

    Raises
    ------
    GradingError
        If the file cannot be read, or has no student numbers, or no part of the rules.
    """
    if path is None:
        return {}, []
    by_hand = [part for part in rules.parts if part.by_hand]
    if not by_hand:
        raise GradingError(
            "--parts is given, but the rules name no part that is entered by hand; "
            "add [[parts]] to the rules file (svclab grade --rules-template shows how)."
        )
    rows = read_rows(path)
    names = [cell.strip().casefold() for cell in rows[0]] if rows else []
    number = next((names.index(one) for one in COLUMNS["id"] if one in names), None)
    if number is None:
        raise GradingError(f"{path.name} has no column “student id” or “学号” in its first row.")
    columns = {part.name: _column(part, names) for part in by_hand}
    found = {part: at for part, at in columns.items() if at is not None}
    if not found:
        wanted = ", ".join(part.name for part in by_hand)
        raise GradingError(f"{path.name} has no column of a part; the rules name {wanted}.")
    reader = _Reader(path.name, roster, {part.name: part for part in by_hand})
    points: Points = {name: {} for name in found}
    for row_number, row in enumerate(rows[1:], 2):
        reader.take(row_number, row, number, found, points)
    return points, reader.findings + _missing(path.name, roster, points)


def _column(part: Part, names: Sequence[str]) -> int | None:
    for name in (part.name, part.name_zh):
        if name and name.casefold() in names:
            return names.index(name.casefold())
    return None


def _missing(name: str, roster: Roster, points: Points) -> list[Finding]:
    return [
        Finding("parts", name, student.key, f"There is no number for {part}; it counts as 0.")
        for part, given in points.items()
        for student in roster.students
        if student.key not in given
    ]


class _Reader:
    """Takes one row after another."""

    def __init__(self, name: str, roster: Roster, parts: dict[str, Part]) -> None:
        self._name, self._students, self._parts = name, roster.by_key(), parts
        self.findings: list[Finding] = []

    def _note(self, row: int, student: str, sentence: str) -> None:
        self.findings.append(Finding("parts", self._name, student, f"Row {row}: {sentence}"))

    def take(
        self,
        row_number: int,
        row: Sequence[str],
        number: int,
        columns: dict[str, int],
        points: Points,
    ) -> None:
        written = clean(row[number], 60) if number < len(row) else ""
        try:
            key = normal_id(written)
        except ValueError as problem:
            return self._note(row_number, "", f"{problem}.")
        if key not in self._students:
            return self._note(row_number, key, f"{written} is not on the roster.")
        for part, at in columns.items():
            text = row[at].strip() if at < len(row) else ""
            if not text:
                continue
            value = self._value(row_number, key, self._parts[part], text)
            if value is None:
                continue
            if key in points[part]:
                self._note(row_number, key, f"{written} has {part} twice; the first one is used.")
                continue
            points[part][key] = value
        return None

    def _value(self, row: int, student: str, part: Part, text: str) -> Fraction | None:
        try:
            value = read_number(text).value
        except ValueError:
            value = None
        if value is None or not 0 <= value <= part.out_of:
            sentence = f"{part.name} is {clean(text, 30)}; it must be a number from 0 to "
            self._note(row, student, f"{sentence}{float(part.out_of):g}. It counts as 0.")
            return None
        return value
