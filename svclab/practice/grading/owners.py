"""Whose file it is, by its name: a second opinion beside the number that a record carries.

Moodle packs ``Name_123_assignsubmission_file_/answers.ipynb``, or the same in one flat name;
Canvas packs ``lastfirst_LATE_12345_67890_answers.ipynb``. Elsewhere a student number or a name
in the file's or the folder's name tells.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from svclab.practice.grading.roster import Student

__all__ = ["Owner", "Owners"]

_MOODLE = re.compile(r"(?P<name>.+?)_(?P<id>\d+)_assignsubmission_[a-z]+(?:_.*)?\Z")
_CANVAS = re.compile(
    r"(?P<name>.+?)_(?P<late>LATE_)?(?P<id>\d+)_(?:question_\d+_)?\d+_(?P<file>.+)\Z"
)
_PIECES = re.compile(r"[0-9A-Za-z]+|[^\W\dA-Za-z_]+|[\W_]")
_LONGEST_NAME = 24  # pieces of a file name that are tried together


@dataclass(frozen=True)
class Owner:
    """What a file's name says.

    Parameters
    ----------
    student : str
        The compared number of its student; ``""`` if the name does not tell.
    late : bool or None
        Canvas's mark; None if the file is not named by Canvas.
    """

    student: str = ""
    late: bool | None = None


class Owners:
    """Finds the student of a file by its path.

    Parameters
    ----------
    students : sequence of Student
        The class.

    Examples
    --------
    >>> find = Owners([Student("2026-0417", "2026-0417", "Ada Lovelace", moodle="77")])
    >>> find("Ada Lovelace_77_assignsubmission_file_/05-process.ipynb")
    Owner(student='2026-0417', late=None)
    >>> find("lovelaceada_LATE_12345_67890_05-process.ipynb")
    Owner(student='2026-0417', late=True)
    """

    def __init__(self, students: Sequence[Student]) -> None:
        self._ids = _unique((student.key, student.key) for student in students)
        self._moodle = _unique((student.moodle, student.key) for student in students)
        self._canvas = _unique((student.canvas, student.key) for student in students)
        self._names = _unique(
            (key, student.key)
            for student in students
            for key in _name_keys(student.name, student.login, student.email.partition("@")[0])
        )

    def __call__(self, path: str) -> Owner:
        """The student of a file, by its path with forward slashes."""
        late: bool | None = None
        for part in reversed(path.split("/")):  # what stands nearest to the file decides
            stem = re.sub(r"\.(ipynb|json|zip)\Z", "", part, flags=re.IGNORECASE)
            student, marked = self._platform(part)
            late = marked if marked is not None else late
            student = student or self._loose(stem)
            if student:
                return Owner(student, late)
        return Owner("", late)

    def _platform(self, part: str) -> tuple[str, bool | None]:
        if found := _MOODLE.match(part):
            by_name = self._names.get(_letters(found["name"]), "")
            return self._moodle.get(found["id"], "") or by_name, None
        if found := _CANVAS.match(part):
            student = self._canvas.get(found["id"], "") or self._names.get(
                _letters(found["name"]), ""
            )
            if student:  # else it is a name that only looks like one of Canvas's
                return student, found["late"] is not None
        return "", None

    def _loose(self, stem: str) -> str:
        """A student number or a name somewhere in the name, if only one student fits."""
        pieces = _PIECES.findall(unicodedata.normalize("NFKC", stem).casefold())[:_LONGEST_NAME]
        ends = [(a, b) for a in range(len(pieces)) for b in range(a + 1, len(pieces) + 1)]
        spans = ["".join(pieces[a:b]) for a, b in ends] + ["".join(pieces)]
        for known, form in ((self._ids, str), (self._names, _letters)):
            told = {form(span) for span in spans if _telling(form(span)) or span == spans[-1]}
            found = {known[one] for one in told if one in known}
            if len(found) == 1:
                return found.pop()
        return ""


def _telling(text: str) -> bool:
    """Whether it is long enough to tell inside a longer name: not the 05 of 05-process."""
    return len(text) >= (4 if text.isascii() else 2)


def _letters(name: str) -> str:
    """A name without blanks and signs, as platforms make file names of it."""
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", name).casefold())


def _name_keys(*names: str) -> Iterator[str]:
    """A name in the orders in which platforms write it."""
    for name in names:
        parts = [part for part in re.split(r"[\W_]+", name) if part]
        orders = {tuple(parts), (*parts[1:], *parts[:1]), (*parts[-1:], *parts[:-1])}
        for order in sorted(orders):
            key = _letters("".join(order))
            if len(key) > 1:
                yield key


def _unique(pairs: Iterator[tuple[str, str]]) -> dict[str, str]:
    """What points to one student only."""
    known: dict[str, str] = {}
    for key, student in pairs:
        if key:
            known[key] = student if known.get(key, student) == student else ""
    return {key: student for key, student in known.items() if student}
