"""The class list: who is in the course, under which number, and by which names platforms know them.

Columns are found by their names, in English or Chinese, wherever they stand; so the exports of
Moodle (participants, grading worksheet) and Canvas (gradebook) can be used as they are.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from svclab.practice import normal_id
from svclab.practice.grading.problems import Finding, GradingError
from svclab.practice.grading.sheets import read_rows
from svclab.practice.grading.text import clean

__all__ = ["COLUMNS", "Roster", "Student", "read_roster"]

#: The names of each column, the best first.
COLUMNS: dict[str, tuple[str, ...]] = {
    "id": (
        "student id", "学号", "学生学号", "student number", "student no", "student_id", "studentid",
        "id number", "idnumber", "sis user id", "matriculation number", "编号", "id",
    ),
    "name": ("name", "姓名", "学生姓名", "full name", "fullname", "student name", "student"),
    "first": ("first name", "firstname", "given name", "名", "名字"),
    "last": ("last name", "lastname", "surname", "family name", "姓", "姓氏"),
    "email": (
        "email", "e-mail", "email address", "mail", "邮箱", "电子邮件", "电子邮箱", "邮件地址",
    ),
    "moodle": ("moodle id", "moodle", "identifier", "participant", "标识符"),
    "canvas": ("canvas id", "canvas user id", "canvas"),
    "login": ("sis login id", "login", "login id", "username", "用户名"),
    "section": ("section", "class", "group", "班级", "教学班", "行政班"),
    "submitted": (
        "submitted", "submitted at", "submission time", "last modified (submission)", "提交时间",
        "最后修改 (提交)", "最后修改(提交)", "交作业时间",
    ),
}  # fmt: skip
_SCIENTIFIC = re.compile(r"(\d)(?:[.,](\d+))?[eE]\+?(\d{1,2})\Z")


@dataclass(frozen=True)
class Student:
    """One student of the class.

    Parameters
    ----------
    id : str
        The number as it stands in the roster.
    key : str
        The number as it is compared, see :func:`svclab.practice.normal_id`.
    name, email, moodle, canvas, login, section, submitted : str
        What else the roster says; ``""`` where it says nothing.
    """

    id: str
    key: str
    name: str = ""
    email: str = ""
    moodle: str = ""
    canvas: str = ""
    login: str = ""
    section: str = ""
    submitted: str = ""


@dataclass(frozen=True)
class Roster:
    """The class, in the order of the roster, and what is wrong with the list."""

    students: tuple[Student, ...]
    findings: tuple[Finding, ...]

    def by_key(self) -> dict[str, Student]:
        """The students by their compared number."""
        return {student.key: student for student in self.students}


def read_roster(path: Path) -> Roster:
    """Read the roster.

    Parameters
    ----------
    path : Path
        CSV or spreadsheet, see :func:`~svclab.practice.grading.sheets.read_rows`. Lines above
        the one with the column names are passed over.

    Returns
    -------
    Roster
        Rows that name nobody, or somebody a second time, are left out and reported.

    Raises
    ------
    GradingError
        If it cannot be read, has no column of student numbers, or no student.
    """
    rows = read_rows(path)
    start, columns = _header(rows, path.name)
    students: dict[str, Student] = {}
    first_seen: dict[str, int] = {}
    findings: list[Finding] = []

    def report(number: int, sentence: str) -> None:
        findings.append(Finding("roster", path.name, "", f"Row {number}: {sentence}"))

    for number, row in enumerate(rows[start + 1 :], start + 2):
        cells = {key: clean(row[at]) if at < len(row) else "" for key, at in columns.items()}
        if _no_student(cells, row):
            continue
        cells["id"], warning = _mended(cells["id"])
        try:
            key = normal_id(cells["id"])
        except ValueError as problem:
            who = f" ({cells['name']})" if cells.get("name") else ""
            report(number, f"{problem}. The student{who} is not graded.")
            continue
        if warning:
            report(number, warning)
        if key in students:
            report(number, f"{cells['id']} stands in row {first_seen[key]} too; that one is used.")
            continue
        first_seen[key] = number
        students[key] = _student(key, cells)
    if not students:
        raise GradingError(f"{path.name} names no student below its column names.")
    findings += _short_ids(path.name, list(students.values()))
    return Roster(tuple(students.values()), tuple(findings))


def _plain(header: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", header).casefold().strip("\ufeff\"' *:").split())


def _header(rows: Sequence[Sequence[str]], name: str) -> tuple[int, dict[str, int]]:
    """Which row holds the column names, and where each known column stands."""
    for number, row in enumerate(rows[:15]):
        names = [_plain(cell) for cell in row]
        columns: dict[str, int] = {}
        for key, known in COLUMNS.items():
            at = next((names.index(one) for one in known if one in names), None)
            if at is not None:
                columns[key] = at
        if "sis login id" in names and "id" in names:  # Canvas: "ID" is its own number
            own = "sis user id" if "sis user id" in names else "sis login id"
            columns["id"], columns["canvas"] = names.index(own), names.index("id")
        if "id" in columns:
            return number, columns
    seen = ", ".join(clean(cell, 30) for cell in rows[0][:12]) if rows else "nothing"
    raise GradingError(
        f"{name} has no column of student numbers (its first row: {seen}). "
        "Name that column “student id” or “学号”."
    )


def _no_student(cells: dict[str, str], row: Sequence[str]) -> bool:
    """Lines that exports add: Canvas's row of points and its test student."""
    first = row[0].strip() if row else ""
    return "Points Possible" in first or first == "Student, Test"


def _student(key: str, cells: dict[str, str]) -> Student:
    name = cells.get("name", "") or f"{cells.get('first', '')} {cells.get('last', '')}".strip()
    moodle = re.sub(r"\D+", "", cells.get("moodle", ""))  # "Participant 1234"
    rest = {field: cells.get(field, "") for field in ("email", "canvas", "login", "section")}
    return Student(cells["id"], key, name, moodle=moodle, submitted=_said(cells), **rest)


def _said(cells: dict[str, str]) -> str:
    submitted = cells.get("submitted", "")
    return "" if submitted in ("-", "—") else submitted


def _mended(number: str) -> tuple[str, str]:
    """A student number that a spreadsheet may have damaged, and what to say about it."""
    if re.fullmatch(r"\d+\.0+", number):
        return number.partition(".")[0], ""
    found = _SCIENTIFIC.match(number)
    if found:
        digits, exponent = found[1] + (found[2] or ""), int(found[3])
        if len(digits) < exponent + 1:
            return number, (
                f"the spreadsheet has turned a student number into {number} and lost its last "
                "digits; format the column as text and enter the number again."
            )
        whole = digits[: exponent + 1]
        return whole, (
            f"the spreadsheet has turned a student number into {number}; it is read as {whole}. "
            "Format the column as text, and check it."
        )
    if re.fullmatch(r"\d{16,}", number) and set(number[15:]) == {"0"}:
        return number, (
            f"the student number {number} ends in zeros: spreadsheets keep 15 digits only. "
            "Format the column as text and enter the number again."
        )
    return number, ""


def _short_ids(name: str, students: Sequence[Student]) -> list[Finding]:
    """Numbers that seem to have lost zeros in front: shorter than nearly all others."""
    digits = [student.id for student in students if student.id.isdecimal()]
    if len(digits) < 3:
        return []
    length, share = Counter(map(len, digits)).most_common(1)[0]
    if share < 0.6 * len(digits):
        return []
    return [
        Finding(
            "roster",
            name,
            number,
            f"{number} has {len(number)} digits, most others have {length}: if zeros in front "
            "were lost in a spreadsheet, format the column as text and enter it again.",
        )
        for number in digits
        if len(number) < length
    ]
