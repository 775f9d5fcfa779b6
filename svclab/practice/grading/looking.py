"""One file looked at: whose records it holds, and what each is worth. Runs in a worker."""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from fractions import Fraction

from svclab.practice import (
    AnotherVariantError,
    Exercise,
    check_record,
    find,
    listed,
    objectives,
)
from svclab.practice.grading.archives import (
    UnreadableError,
    entries,
    open_archive,
    read_entry,
    suffix,
)
from svclab.practice.grading.collecting import Task, wanted
from svclab.practice.grading.contents import read_file, records_in
from svclab.practice.grading.limits import Limits
from svclab.practice.grading.owners import Owners
from svclab.practice.grading.problems import Finding
from svclab.practice.grading.roster import Student
from svclab.practice.grading.text import clean
from svclab.practice.records import Record, key_hash
from svclab.words import say

__all__ = ["Catalogue", "Context", "Graded", "Looker", "Seen"]

_FINDINGS = 30  # of one file at most


class UnknownExerciseError(Exception):
    """A record names an exercise or a version that is not here."""


@dataclass(frozen=True)
class Catalogue:
    """Where exercises come from: the course, unless a test brings its own."""

    find: Callable[[str, int | None], Exercise] = find
    listed: Callable[[], list[Exercise]] = listed
    objectives: Callable[[str], dict[int, str]] = objectives


@dataclass(frozen=True)
class Context:
    """What every look needs."""

    students: tuple[Student, ...]
    limits: Limits = field(default_factory=Limits)
    catalogue: Catalogue = field(default_factory=Catalogue)


@dataclass(frozen=True)
class Graded:
    """One record that was checked anew.

    Parameters
    ----------
    student, exercise, version
        Whose and which.
    share : Fraction
        What it is worth, 0 to 1.
    status : str
        ``right``, ``part``, ``wrong`` or ``unreadable``.
    misconceptions : tuple of str
        Names of the wrong models recognised.
    tries, hints, solution, began, time
        What the record says of itself; never used for a mark.
    salt, checksum : str
        The device's mark, and the record's.
    place : int
        Its number in the file.
    """

    student: str
    exercise: str
    version: int
    share: Fraction
    status: str
    misconceptions: tuple[str, ...]
    tries: int
    hints: int
    solution: bool
    began: str | None
    time: str
    salt: str
    checksum: str
    place: int


@dataclass(frozen=True)
class Seen:
    """What was seen in one file.

    Parameters
    ----------
    where : str
        Its place in the submissions.
    owner : str
        The student to whom its name belongs; ``""`` if the name does not tell.
    late : bool or None
        Canvas's mark.
    stamp, source : str
        When the file or entry was written, and which of the two.
    digest : str
        SHA-256 of its content; ``""`` if it was not read.
    graded : tuple of Graded
        Its records that belong to a student of the roster.
    practice : int
        Records made without a student number.
    findings : tuple of Finding
        What a person should look at.
    """

    where: str
    owner: str = ""
    late: bool | None = None
    stamp: str = ""
    source: str = ""
    digest: str = ""
    graded: tuple[Graded, ...] = ()
    practice: int = 0
    findings: tuple[Finding, ...] = ()


class Looker:
    """Looks at one file after another.

    Parameters
    ----------
    context : Context
        The class, the limits and the exercises.
    """

    def __init__(self, context: Context) -> None:
        self._context = context
        self._owners = Owners(context.students)
        self._keys = [student.key for student in context.students]
        digits = [key for key in self._keys if key.isdecimal()]
        self._usual = Counter(map(len, digits)).most_common(1)[0][0] if digits else 0
        self._archive: tuple[str, zipfile.ZipFile] | None = None

    def __call__(self, task: Task) -> list[Seen]:
        """Look at a file; at several, if it is a zip inside a zip."""
        try:
            raw = self._read(task)
            if task.entry is not None and suffix(task.where) == ".zip":
                return self._inner(task, raw)
            return [self._look(task.where, task, raw)]
        except UnreadableError as problem:
            return [self._failed(task, f"Not read: {problem}.")]
        except MemoryError:
            return [self._failed(task, "Not read: it needs more memory than there is.")]
        except Exception as problem:  # a fault of ours that a strange file has found
            kind = type(problem).__name__
            return [self._failed(task, f"Not read: reading it failed ({kind}). Tell the authors.")]

    def _read(self, task: Task) -> bytes:
        largest = self._context.limits.file_bytes
        if task.entry is None:
            return read_file(task.path, largest)
        if self._archive is None or self._archive[0] != task.path:
            if self._archive is not None:
                self._archive[1].close()
            self._archive = (task.path, open_archive(task.path, self._context.limits.entries))
        archive = self._archive[1]
        return read_entry(archive, archive.infolist()[task.entry], largest)

    def _inner(self, task: Task, raw: bytes) -> list[Seen]:
        """The files of a zip inside a zip; a zip inside that one is not opened."""
        limits = self._context.limits
        findings: list[Finding] = []
        seen = []
        total = 0
        with open_archive(io.BytesIO(raw), limits.inner_entries) as archive:
            for entry in entries(archive):
                if not wanted(entry, task.where, limits, findings):
                    continue
                where = f"{task.where}/{entry.name}"
                total += entry.info.file_size
                if suffix(where) == ".zip":
                    sentence = "A zip inside a zip inside a zip is not opened."
                    findings.append(Finding("archive", where, "", sentence))
                elif total > limits.inner_bytes:
                    findings.append(Finding("many", where, "", "The zip unpacks to too much."))
                    break
                else:
                    try:
                        content = read_entry(archive, entry.info, limits.file_bytes)
                        seen.append(self._look(where, task, content))
                    except UnreadableError as problem:
                        seen.append(self._failed(task, f"Not read: {problem}.", where))
        return [*seen, Seen(task.where, findings=tuple(findings))] if findings else seen

    def _failed(self, task: Task, sentence: str, where: str = "") -> Seen:
        place = where or task.where
        owner = self._owners(place)
        found = (Finding("file", place, owner.student, sentence),)
        return Seen(place, owner.student, owner.late, task.stamp, task.source, findings=found)

    def _look(self, where: str, task: Task, raw: bytes) -> Seen:
        owner = self._owners(where)
        notes = _Notes(where, owner.student)
        records, problems, more = records_in(raw, self._context.limits)
        for problem in problems:
            notes.add("record", clean(problem, 300))
        if more:
            number = self._context.limits.records
            notes.add("many", say("It holds more than {n} records.", n=number))
        named = [one for one in records if one.hash]
        graded = self._graded(named, owner.student, notes)
        practice = len(records) - len(named)
        if practice and not named:
            sentence = "It holds {n} made for practice, and none with a student number."
            notes.add("practice", say(sentence, n=_records(practice)))
        if not records and not problems:
            notes.add("empty", "It holds no answer records.")
        digest = hashlib.sha256(raw).hexdigest()
        return Seen(
            where, owner.student, owner.late, task.stamp, task.source, digest, tuple(graded),
            practice, notes.all(),
        )  # fmt: skip

    def _graded(self, records: Iterable[Record], owner: str, notes: _Notes) -> list[Graded]:
        matches = _Matches(self._keys, owner, self._context.limits.salts)
        unknown: Counter[tuple[str, str]] = Counter()
        graded = []
        for place, record in enumerate(records):
            student = matches(record)
            if student is None:
                unknown[record.salt, record.hash] += 1
            elif (one := self._checked(record, student, place, notes)) is not None:
                graded.append(one)
        for (salt, digest), number in unknown.items():
            notes.add("unknown-id", self._unknown(salt, digest, number))
        if matches.refused:
            sentence = "Its records come from more than {n} sessions; the others were not read."
            notes.add("many", say(sentence, n=self._context.limits.salts))
        return graded

    def _checked(self, record: Record, student: str, place: int, notes: _Notes) -> Graded | None:
        """Check one record anew; None if it is not graded, with a note that says why."""
        name = clean(record.exercise, 80)
        if not record.intact:
            notes.add("altered", say("{name}: its checksum does not fit.", name=name), student)
            return None
        try:
            checked = check_record(record, student, find=self._find)
        except AnotherVariantError:
            sentence = "{name}: the record's numbers are not those of {student}."
            notes.add("variant", say(sentence, name=name, student=student), student)
            return None
        except UnknownExerciseError:
            sentence = "{name}, version {version}: there is no such exercise or version here."
            notes.add("exercise", say(sentence, name=name, version=record.version), student)
            return None
        except Exception as problem:  # a stranger's answers met a fault of an exercise
            kind = type(problem).__name__
            sentence = "{name}: checking it failed ({kind}). Tell the authors of the exercise."
            notes.add("record", say(sentence, name=name, kind=kind), student)
            return None
        if record.score != int(checked.score * 100 + 1e-9):
            sentence = "{name}: the record says {said} of 100, checked anew it is {found}."
            found = int(checked.score * 100 + 1e-9)
            notes.add("score", say(sentence, name=name, said=record.score, found=found), student)
        return Graded(
            student, record.exercise, record.version,
            Fraction(checked.score).limit_denominator(10_000), checked.status,
            checked.misconceptions, record.tries, record.hints, record.solution, record.began,
            record.time, record.salt, str(record.data.get("checksum")), place,
        )  # fmt: skip

    def _find(self, name: str, version: int) -> Exercise:
        try:
            return self._context.catalogue.find(name, version)
        except ValueError:
            raise UnknownExerciseError(name) from None

    def _unknown(self, salt: str, digest: str, number: int) -> str:
        """Say that a number is not on the roster; guess if a spreadsheet cut its zeros."""
        sentence = say("{n} with a student number that is not on the roster.", n=_records(number))
        for key in self._keys:
            padded = key.zfill(self._usual) if key.isdecimal() else key
            if padded != key and key_hash(padded, salt) == digest:
                more = "With zeros in front, {padded}, it is {key} of the roster: mend the roster."
                return f"{sentence} {say(more, padded=padded, key=key)}"
        return sentence


def _records(number: int) -> str:
    return say("{n} record", n=number) if number == 1 else say("{n} records", n=number)


class _Matches:
    """From the salted hash of a record to the student of the roster."""

    def __init__(self, keys: list[str], owner: str, most: int) -> None:
        # The student of the file's name first: nearly always it is that one.
        self._keys = ([owner] if owner else []) + [key for key in keys if key != owner]
        self._most = most
        self._known: dict[str, dict[str, str]] = {}
        self._tried: dict[str, int] = {}
        self.refused = False

    def __call__(self, record: Record) -> str | None:
        known = self._known.get(record.salt)
        if known is None:
            if len(self._known) >= self._most:
                self.refused = True
                return None
            known = self._known[record.salt] = {}
        while record.hash not in known:
            tried = self._tried.get(record.salt, 0)
            if tried == len(self._keys):
                return None
            known[key_hash(self._keys[tried], record.salt)] = self._keys[tried]
            self._tried[record.salt] = tried + 1
        return known[record.hash]


class _Notes:
    """Findings of one file, not more than can be read."""

    def __init__(self, where: str, owner: str) -> None:
        self._where, self._owner = where, owner
        self._findings: dict[Finding, None] = {}

    def add(self, kind: str, sentence: str, student: str = "") -> None:
        self._findings[Finding(kind, self._where, student or self._owner, sentence)] = None

    def all(self) -> tuple[Finding, ...]:
        found = list(self._findings)
        if len(found) > _FINDINGS:
            sentence = say("There is more of this kind: {n} findings.", n=len(found))
            found = [*found[:_FINDINGS], Finding("many", self._where, self._owner, sentence)]
        return tuple(found)
