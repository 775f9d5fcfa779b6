"""What only a look at all files together shows: equal files, shared records, odd times."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from svclab.practice.grading.looking import Catalogue, Graded, Seen
from svclab.practice.grading.owners import Owners
from svclab.practice.grading.problems import KINDS, Finding
from svclab.practice.grading.roster import Student
from svclab.practice.grading.rules import Rules
from svclab.practice.grading.times import parse_time
from svclab.words import count, join, say

__all__ = ["attention"]

_UNOPENED = ("archive", "document", "empty", "link", "many")  # listed before owners are known
_NAMED = 8  # files or students that a sentence names
_FIRST = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)
_SLACK = dt.timedelta(hours=26)  # clocks and time zones may differ that much
_SAME_SECOND = 4  # exercises that nobody answers within one second


def attention(
    seen: Sequence[Seen],
    students: Mapping[str, Student],
    rules: Rules,
    catalogue: Catalogue,
    others: Sequence[Finding],
) -> list[Finding]:
    """All findings, sorted as the report shows them.

    Parameters
    ----------
    seen : sequence of Seen
        What was found in the files.
    students : dict
        The class, by compared number.
    rules : Rules
        For the course's time zone.
    catalogue : Catalogue
        Where exercises come from.
    others : sequence of Finding
        What was found elsewhere.
    """
    found = dict.fromkeys(_in_the_files(seen, others, students))
    for finding in (
        *_same_files(seen),
        *_same_records(seen),
        *_owners(seen),
        *_devices(seen),
        *_older(seen, catalogue),
        *_times(seen, students, rules),
    ):
        found[finding] = None
    order = {kind: number for number, kind in enumerate(KINDS)}
    return sorted(found, key=lambda one: (order[one.kind], one.where, one.student, one.sentence))


def _listed(names: Sequence[str]) -> str:
    shown = sorted(names)[:_NAMED]
    more = len(names) - len(shown)
    return join([*shown, say("{n} more", n=more)] if more else shown)


def _in_the_files(
    seen: Sequence[Seen], others: Sequence[Finding], students: Mapping[str, Student]
) -> Iterator[Finding]:
    """What was found in single files. A file without records matters if its student has no other.

    A student's file that could not be read, or holds practice only, is urgent by itself. A
    document matters too if nobody's name is on it and somebody has handed in nothing else.
    """
    owners = Owners(tuple(students.values()))
    elsewhere = {graded.student for one in seen for graded in one.graded}
    for one in seen:
        if all(finding.kind != "empty" for finding in one.findings):
            elsewhere.add(one.owner)
    everybody = elsewhere.issuperset(students)
    for finding in (*(finding for one in seen for finding in one.findings), *others):
        owner = finding.student
        if not owner and finding.kind in _UNOPENED:
            owner = owners(finding.where).student
        alone = owner not in elsewhere if owner else not everybody
        kind = finding.kind
        if kind == "document" and not alone:
            kind = "empty"
        elif kind == "empty" and owner and alone:
            kind = "nothing"
        yield replace(finding, kind=kind, student=owner)


def _owner(one: Seen) -> str:
    """Whose file it is: by its name, else by its records if they are all of one student."""
    students = {graded.student for graded in one.graded}
    return one.owner or (students.pop() if len(students) == 1 else "")


def _same_files(seen: Sequence[Seen]) -> Iterator[Finding]:
    by_digest: dict[str, list[Seen]] = defaultdict(list)
    for one in seen:
        if one.digest and (one.graded or one.practice):
            by_digest[one.digest].append(one)
    for group in by_digest.values():
        owners = {one.owner for one in group} - {""}
        if len(owners) > 1:
            sentence = say("{n} equal files: {files}.", n=len(group),
                           files=_listed([one.where for one in group]))  # fmt: skip
            for one in group:
                yield Finding("same-file", one.where, one.owner, sentence)


def _same_records(seen: Sequence[Seen]) -> Iterator[Finding]:
    """One record in files of different students; files that are equal are reported above."""
    places: dict[tuple[str, str], dict[str, Seen]] = defaultdict(dict)
    for one in seen:
        for graded in one.graded:
            if one.owner:
                places[graded.student, graded.checksum].setdefault(one.owner, one)
    shared: Counter[tuple[str, str, str]] = Counter()
    for (student, _), by_owner in places.items():
        files = sorted({one.digest: one.where for one in by_owner.values()}.values())
        if len(by_owner) > 1 and len(files) > 1:
            shared[student, files[0], _listed(files)] += 1
    for (student, where, shown), number in shared.items():
        sentence = say("The same records in {files}: {n}.", n=number, files=shown)
        yield Finding("same-record", where, student, sentence)


def _owners(seen: Sequence[Seen]) -> Iterator[Finding]:
    for one in seen:
        strangers: dict[str, list[str]] = defaultdict(list)
        for graded in one.graded:
            if one.owner and graded.student != one.owner:
                strangers[graded.student].append(graded.exercise)
        for student, names in strangers.items():
            sentence = say(
                "By its name it is the file of {owner}; it holds {records} of {exercises} of "
                "{student}.",
                owner=one.owner,
                records=count(len(names), "record"),
                exercises=count(len(set(names)), "exercise"),
                student=student,
            )
            yield Finding("owner", one.where, one.owner, sentence)


def _devices(seen: Sequence[Seen]) -> Iterator[Finding]:
    students: dict[str, set[str]] = defaultdict(set)
    for one in seen:
        for graded in one.graded:
            students[graded.salt].add(graded.student)
    for who in students.values():
        if len(who) > 1:
            sentence = "Their records come from one device: {who}."
            yield Finding("device", "", min(who), say(sentence, who=_listed(sorted(who))))


def _older(seen: Sequence[Seen], catalogue: Catalogue) -> Iterator[Finding]:
    users: dict[tuple[str, int], set[str]] = defaultdict(set)
    for one in seen:
        for graded in one.graded:
            users[graded.exercise, graded.version].add(graded.student)
    for (exercise, version), who in users.items():
        newest = catalogue.find(exercise, None).version
        if version != newest:
            sentence = (
                "{exercise}, version {version} (the newest is {newest}); students: {n}, {who}."
            )
            yield Finding("older", "", "", say(
                sentence, exercise=exercise, version=version, newest=newest, n=len(who),
                who=_listed(sorted(who)),
            ))  # fmt: skip


def _times(
    seen: Sequence[Seen], students: Mapping[str, Student], rules: Rules
) -> Iterator[Finding]:
    for one in seen:
        odd: dict[tuple[str, str], list[str]] = defaultdict(list)
        for graded in one.graded:
            for why in _odd(graded, one, students, rules):
                odd[graded.student, why].append(graded.exercise)
        seconds = Counter((graded.student, graded.time) for graded in one.graded)
        for (student, time), number in seconds.items():
            if number < _SAME_SECOND:
                continue
            exercises = {g.exercise for g in one.graded if (g.student, g.time) == (student, time)}
            if len(exercises) >= _SAME_SECOND:
                odd[student, say("answered in one and the same second, {time}", time=time)] = list(
                    exercises
                )
        for (student, why), names in odd.items():
            sentence = say("{names}: {why}.", names=_listed(sorted(set(names))), why=why)
            yield Finding("time", one.where, student, sentence)


def _odd(graded: Graded, one: Seen, students: Mapping[str, Student], rules: Rules) -> Iterator[str]:
    try:
        time = parse_time(graded.time, dt.UTC)
        began = parse_time(graded.began, dt.UTC) if graded.began else None
    except ValueError:
        yield "a time that does not exist"
        return
    if began is not None and time < began:
        yield "answered before it was begun"
    if time < _FIRST:
        yield "answered before this course existed"
    handed_in = _handed_in(graded, one, students, rules)
    if handed_in is not None and time > handed_in + _SLACK:
        yield "answered after it was handed in"


def _handed_in(
    graded: Graded, one: Seen, students: Mapping[str, Student], rules: Rules
) -> dt.datetime | None:
    for text in (students[graded.student].submitted, one.stamp):
        try:
            if text:
                return parse_time(text, rules.time_zone)
        except ValueError:
            continue
    return None
