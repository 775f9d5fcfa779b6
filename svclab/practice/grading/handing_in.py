"""When an answer was handed in, and what that is known from.

The times in a record are the student's own and are never used. In this order: the roster's
column of times; Canvas's mark LATE, because all files of a Canvas download bear the time of the
download; the time of the entry in a zip or of the file.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from svclab.practice.grading.looking import Seen
from svclab.practice.grading.problems import Finding
from svclab.practice.grading.roster import Student
from svclab.practice.grading.rules import Rules
from svclab.practice.grading.times import iso, parse_time
from svclab.words import say

__all__ = ["SOURCES", "HandedIn", "Late"]

#: What a time of handing in is known from.
SOURCES = {
    "roster": "time in the roster",
    "canvas": "Canvas's mark",
    "zip": "time in the zip",
    "file": "time of the file",
    "": "not known",
}
_AT_ONCE = dt.timedelta(minutes=10)


@dataclass(frozen=True)
class Late:
    """How late an answer is.

    Parameters
    ----------
    days : int
        Started days; 0 for in time.
    at : datetime or None
        When it was handed in; None if only Canvas's mark is known, or nothing.
    source : str
        A key of :data:`SOURCES`.
    """

    days: int = 0
    at: dt.datetime | None = None
    source: str = ""


def _parcel(seen: Seen) -> str:
    """The zip in which a file lies, or all files outside of zips."""
    return seen.where.lower().partition(".zip/")[0] if seen.source == "zip" else ""


class HandedIn:
    """Answers when a file was handed in, and collects what needs a decision.

    Parameters
    ----------
    rules : Rules
        The course's rules.
    students : dict
        The class, by compared number.
    seen : sequence of Seen
        All files.
    """

    def __init__(self, rules: Rules, students: dict[str, Student], seen: Sequence[Seen]) -> None:
        self._rules = rules
        self._findings: dict[Finding, None] = {}
        self._stated: dict[str, dt.datetime] = {}
        for student in students.values():
            if student.submitted:
                self._take(student)
        self._stamps: dict[str, list[tuple[dt.datetime, str]]] = defaultdict(list)
        for one in seen:
            if one.stamp:
                at, students_there = self._stamp(one), {graded.student for graded in one.graded}
                self._stamps[_parcel(one)] += [(at, student) for student in students_there]
        self._packed: dict[tuple[str, dt.datetime], bool] = {}

    @property
    def findings(self) -> list[Finding]:
        """What needs a decision."""
        return list(self._findings)

    def _take(self, student: Student) -> None:
        try:
            zone = self._rules.time_zone
            self._stated[student.key] = parse_time(student.submitted, zone)
        except ValueError as problem:
            self._note("", student.key, f"Roster: {problem}.")

    def _at_once(self, seen: Seen, at: dt.datetime) -> bool:
        """Whether half of the students of a zip or a folder have files of this very time.

        Then it is the time of packing or copying, not of handing in.
        """
        parcel = _parcel(seen)
        if (parcel, at) not in self._packed:
            stamps = self._stamps[parcel]
            everybody = {student for _, student in stamps}
            near = {student for other, student in stamps if abs(other - at) <= _AT_ONCE}
            self._packed[parcel, at] = len(near) > 1 and 2 * len(near) >= len(everybody)
        return self._packed[parcel, at]

    def _stamp(self, seen: Seen) -> dt.datetime:
        return parse_time(seen.stamp, self._rules.time_zone)

    def _note(self, where: str, student: str, sentence: str) -> None:
        self._findings[Finding("late", where, student, sentence)] = None

    def __call__(self, student: str, exercise: str, seen: Seen) -> Late:
        """How late one answer is.

        Parameters
        ----------
        student, exercise : str
            Whose answer, to which exercise.
        seen : Seen
            The file in which it was found.
        """
        due = self._rules.due(student, exercise)
        if student in self._stated:
            at = self._stated[student]
            return Late(self._rules.days_late(at, due) if due else 0, at, "roster")
        if seen.late is not None:
            return Late(self._marked(student, seen) if due else 0, None, "canvas")
        if not seen.stamp:
            return Late()
        at = self._stamp(seen)
        days = self._rules.days_late(at, due) if due else 0
        if days and self._rules.lost(days):
            days = self._by_file(student, seen, at, days)
        return Late(days, at, seen.source)

    def _marked(self, student: str, seen: Seen) -> int:
        """Canvas says that it is late, not by how much: one day, unless there is more time."""
        if not seen.late or not self._rules.lost(1):
            return int(bool(seen.late))
        if self._rules.extended(student):
            self._note(
                seen.where,
                student,
                say("Canvas marks it as late, but there is an extension; nothing was taken off."),
            )
            return 0
        self._note(
            seen.where,
            student,
            say("Canvas marks it as late, not by how much; one day was taken off."),
        )
        return 1

    def _by_file(self, student: str, seen: Seen, at: dt.datetime, days: int) -> int:
        if self._at_once(seen, at):
            what = SOURCES[seen.source]
            self._note(
                "",
                "",
                say(
                    "The only time known is the {what}, and many files have the same: that of "
                    "packing or copying them. So nothing was taken off for lateness.",
                    what=what,
                ),
            )
            return 0
        sentence = "Late by the {what}, {at}: {days} taken off. Check that time."
        said = say("{n} day", n=1) if days == 1 else say("{n} days", n=days)
        what = SOURCES[seen.source]
        self._note(seen.where, student, say(sentence, what=what, at=iso(at), days=said))
        return days
