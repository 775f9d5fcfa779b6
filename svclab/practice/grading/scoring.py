"""From checked records to marks, by the rules of the course. All sums are exact fractions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from fractions import Fraction

from svclab.practice import Exercise
from svclab.practice.grading.handing_in import HandedIn, Late
from svclab.practice.grading.looking import Catalogue, Graded, Seen
from svclab.practice.grading.problems import Finding
from svclab.practice.grading.roster import Roster, Student
from svclab.practice.grading.rules import Part, Rules
from svclab.words import say

__all__ = ["Answer", "Item", "Mark", "Marks", "score"]


@dataclass(frozen=True)
class Item:
    """One exercise in this grading.

    Parameters
    ----------
    name, title : str
        What it is called.
    source : str
        The chapter objective that it tests, such as ``process.1``.
    points : Fraction
        What it is worth.
    counted : bool
        Whether it counts for the mark.
    level : str
        ``easy``, ``medium`` or ``demanding``.
    """

    name: str
    title: str
    source: str
    points: Fraction
    counted: bool
    level: str


@dataclass(frozen=True)
class Answer:
    """The answer of one student to one exercise that counts.

    Parameters
    ----------
    graded : Graded
        The record.
    where : str
        Its file.
    late : Late
        How late it is.
    lost : Fraction
        Share of the points that lateness costs.
    points : Fraction
        Points reached, lateness taken off.
    """

    graded: Graded
    where: str
    late: Late
    lost: Fraction
    points: Fraction


@dataclass(frozen=True)
class Mark:
    """What one student has reached.

    Parameters
    ----------
    student : Student
        Who.
    answers : dict
        By exercise, those that do not count too.
    shares : dict
        By part, 0 to 1; without parts of which nothing is known yet.
    total : Fraction
        Out of the rules' ``out_of``.
    files : tuple of str
        The files in which something of this student was found, or that belong to the student.
    """

    student: Student
    answers: Mapping[str, Answer]
    shares: Mapping[str, Fraction]
    total: Fraction
    files: tuple[str, ...]

    @property
    def handed_in(self) -> bool:
        """Whether anything could be graded."""
        return bool(self.answers)

    @property
    def days_late(self) -> int:
        """Of the latest answer that counts."""
        return max((answer.late.days for answer in self.answers.values()), default=0)


@dataclass(frozen=True)
class Marks:
    """The marks of the class.

    Parameters
    ----------
    items : tuple of Item
        All exercises that count or were answered, chapter by chapter.
    marks : tuple of Mark
        In the order of the roster.
    parts : tuple of Part
        The parts of which something is known.
    pending : tuple of str
        The names of the others.
    findings : tuple of Finding
        What a person should look at.
    held : dict
        By exercise and misconception, the students whose answers show it.
    """

    items: tuple[Item, ...]
    marks: tuple[Mark, ...]
    parts: tuple[Part, ...]
    pending: tuple[str, ...]
    findings: tuple[Finding, ...]
    held: Mapping[tuple[str, str], tuple[str, ...]]


def score(
    seen: Sequence[Seen],
    roster: Roster,
    rules: Rules,
    by_hand: Mapping[str, Mapping[str, Fraction]],
    catalogue: Catalogue,
) -> Marks:
    """Apply the rules.

    Parameters
    ----------
    seen : sequence of Seen
        What was found in the files.
    roster : Roster
        The class.
    rules : Rules
        The course's rules.
    by_hand : dict
        Points entered by hand, by part and student.
    catalogue : Catalogue
        Where exercises come from.
    """
    students = roster.by_key()
    items = _items(seen, rules, catalogue)
    handed_in = HandedIn(rules, students, seen)
    answers = _answers(seen, rules, items, handed_in)
    parts, pending = _parts(rules, items, by_hand)
    files = _files(seen)
    tested = {part.name: _of_part(part, items) for part in parts if not part.by_hand}
    worth = {name: _points_of(inside) for name, inside in tested.items()}
    marks = tuple(
        _mark(student, answers.get(student.key, {}), files.get(student.key, ()), rules, parts,
              tested, worth, by_hand)
        for student in roster.students
    )  # fmt: skip
    held: dict[tuple[str, str], dict[str, None]] = defaultdict(dict)
    for one in seen:
        for graded in one.graded:
            for name in graded.misconceptions:
                held[graded.exercise, name][graded.student] = None
    findings = [*handed_in.findings, *_strangers(rules, students), *_idle(rules, items, catalogue)]
    return Marks(
        tuple(items.values()), marks, tuple(parts), tuple(pending), tuple(findings),
        {key: tuple(sorted(who)) for key, who in sorted(held.items())},
    )  # fmt: skip


def _items(seen: Sequence[Seen], rules: Rules, catalogue: Catalogue) -> dict[str, Item]:
    answered = {graded.exercise for one in seen for graded in one.graded}
    chapters = frozenset(name.partition(".")[0] for name in answered)
    known = catalogue.listed()
    # An exercise that is no longer in its chapter, but that somebody was dealt.
    gone = sorted(answered - {exercise.name for exercise in known})
    items = {}
    for exercise in [*known, *(catalogue.find(name, None) for name in gone)]:
        counted = rules.counts(exercise.name, core=exercise.core, handed_in=chapters)
        if counted or exercise.name in answered:
            items[exercise.name] = _item(exercise, rules, counted)
    return items


def _item(exercise: Exercise, rules: Rules, counted: bool) -> Item:
    name = exercise.name
    points = rules.points_of(name, exercise.points)
    source = f"{exercise.package}.{exercise.objective}"
    return Item(name, exercise.title, source, points, counted, exercise.level)


def _answers(
    seen: Sequence[Seen], rules: Rules, items: Mapping[str, Item], handed_in: HandedIn
) -> dict[str, dict[str, Answer]]:
    """For each student and exercise the answer that counts."""
    found: dict[tuple[str, str], list[tuple[bool, Answer]]] = defaultdict(list)
    for one in seen:
        for graded in one.graded:
            late = handed_in(graded.student, graded.exercise, one)
            lost = rules.lost(late.days)
            points = items[graded.exercise].points * graded.share * (1 - lost)
            # What lies in another student's file could spoil a mark: own files come first.
            own = one.owner in ("", graded.student)
            answer = Answer(graded, one.where, late, lost, points)
            found[graded.student, graded.exercise].append((own, answer))
    chosen: dict[str, dict[str, Answer]] = defaultdict(dict)
    for (student, exercise), answers in found.items():
        own_answers = [answer for own, answer in answers if own]
        chosen[student][exercise] = _chosen(own_answers or [a for _, a in answers], rules)
    return chosen


def _chosen(answers: Sequence[Answer], rules: Rules) -> Answer:
    if rules.keep == "best":
        return max(answers, key=lambda answer: (answer.points, answer.graded.share))
    # The last one by when it was handed in, then by its place in the file: never by the times
    # that a record says of itself.
    return max(
        answers,
        key=lambda answer: (
            answer.late.at.timestamp() if answer.late.at else 0.0,
            answer.where,
            answer.graded.place,
        ),
    )


def _parts(
    rules: Rules, items: Mapping[str, Item], by_hand: Mapping[str, Mapping[str, Fraction]]
) -> tuple[list[Part], list[str]]:
    there, pending = [], []
    for part in rules.parts:
        known = part.name in by_hand if part.by_hand else bool(_points_of(_of_part(part, items)))
        if known:
            there.append(part)
        else:
            pending.append(part.name)
    return there, pending


def _points_of(items: Sequence[Item]) -> Fraction:
    return sum((item.points for item in items), Fraction(0))


def _of_part(part: Part, items: Mapping[str, Item]) -> list[Item]:
    return [
        item
        for item in items.values()
        if item.counted and any(fnmatchcase(item.name, one) for one in part.exercises)
    ]


def _mark(
    student: Student,
    answers: Mapping[str, Answer],
    files: tuple[str, ...],
    rules: Rules,
    parts: Sequence[Part],
    tested: Mapping[str, Sequence[Item]],
    worth: Mapping[str, Fraction],
    by_hand: Mapping[str, Mapping[str, Fraction]],
) -> Mark:
    """What a student has reached: of the items of each part, and of what they are worth."""
    shares: dict[str, Fraction] = {}
    for part in parts:
        if part.by_hand:
            given = by_hand[part.name].get(student.key, Fraction(0))
            shares[part.name] = given / part.out_of
        else:
            reached = [answers[i.name].points for i in tested[part.name] if i.name in answers]
            shares[part.name] = sum(reached, Fraction(0)) / worth[part.name]
    weight = sum((part.weight for part in parts), Fraction(0))
    reached_weight = sum((part.weight * shares[part.name] for part in parts), Fraction(0))
    total = rules.out_of * reached_weight / weight if weight else Fraction(0)
    return Mark(student, answers, shares, total, files)


def _files(seen: Sequence[Seen]) -> dict[str, tuple[str, ...]]:
    """By student, the files that belong to the student or hold something of the student."""
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for one in seen:
        for student in {one.owner, *(graded.student for graded in one.graded)} - {""}:
            found[student][one.where] = None
    return {student: tuple(files) for student, files in found.items()}


def _strangers(rules: Rules, students: Mapping[str, Student]) -> list[Finding]:
    sentence = "The rules give an extension to {who}, who is not on the roster."
    return [
        Finding("roster", "", more.student, say(sentence, who=more.student))
        for more in rules.extensions
        if more.student not in students
    ]


def _idle(rules: Rules, items: Mapping[str, Item], catalogue: Catalogue) -> list[Finding]:
    """Rules whose names fit no exercise: one that is misspelt must not pass unseen."""
    known = {*items, *(exercise.name for exercise in catalogue.listed())}
    packages = {name.partition(".")[0] for name in known}
    found = []
    for rule, name in dict.fromkeys(rules.named()):
        if any(fnmatchcase(one, name) for one in known):
            continue
        meant = say(" For a whole chapter write {name}.*", name=name) if name in packages else ""
        sentence = say("{rule}: “{name}” fits no exercise.", rule=rule, name=name)
        found.append(Finding("rules", "", "", sentence + meant))
    return found
