"""The scoring rules of a course: one TOML file, checked before anything is graded."""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from fractions import Fraction
from importlib.resources import files
from pathlib import Path
from typing import Any

from svclab.practice import normal_id
from svclab.practice.grading.problems import GradingError
from svclab.practice.grading.times import time_zone
from svclab.practice.grading.toml import Table

__all__ = ["CourseObjective", "Extension", "Part", "Rules", "read_rules", "rules_from", "template"]

EXERCISES = "exercises"


@dataclass(frozen=True)
class Part:
    """One part of the mark.

    Parameters
    ----------
    name, name_zh : str
        What it is called; also its column in the file of parts.
    weight : Fraction
        Its weight beside the other parts.
    exercises : tuple of str
        Name patterns of its exercises; empty for a part entered by hand.
    out_of : Fraction
        The most that can be entered by hand.
    """

    name: str
    name_zh: str
    weight: Fraction
    exercises: tuple[str, ...]
    out_of: Fraction

    @property
    def by_hand(self) -> bool:
        """Whether it is entered by hand."""
        return not self.exercises


@dataclass(frozen=True)
class Extension:
    """More time for one student: ``days`` more, or a ``deadline``."""

    student: str
    days: Fraction
    deadline: dt.datetime | None
    exercises: tuple[str, ...]


@dataclass(frozen=True)
class CourseObjective:
    """An objective of the course (课程目标).

    Parameters
    ----------
    name, name_zh : str
        What it is called.
    weight : Fraction
        Its weight beside the others.
    sources : tuple of str
        Chapter objectives that serve it, such as ``process.1``.
    parts : dict
        Parts entered by hand that serve it, each with the points for which it stands.
    """

    name: str
    name_zh: str
    weight: Fraction
    sources: tuple[str, ...]
    parts: Mapping[str, Fraction] = field(default_factory=dict)


@dataclass(frozen=True)
class Rules:
    """All rules; each default is what holds without a file.

    See ``svclab grade --rules-template`` and the book's page on grading for what each means.
    """

    title: str = "Service Operations Management"
    keep: str = "best"
    count: tuple[str, ...] = ()
    leave_out: tuple[str, ...] = ()
    extra: bool = False
    points: Mapping[str, Fraction] = field(default_factory=dict)
    zone: dt.tzinfo | None = None
    deadline: dt.datetime | None = None
    grace_minutes: Fraction = Fraction(0)
    percent_per_day: Fraction = Fraction(0)
    maximum_percent: Fraction = Fraction(100)
    deadlines: Mapping[str, dt.datetime] = field(default_factory=dict)
    extensions: tuple[Extension, ...] = ()
    parts: tuple[Part, ...] = (Part(EXERCISES, "练习", Fraction(1), ("*",), Fraction(100)),)
    out_of: Fraction = Fraction(100)
    decimals: int = 1
    objectives: tuple[CourseObjective, ...] = ()

    @property
    def time_zone(self) -> dt.tzinfo:
        """The course's time zone; UTC if no rule needs one."""
        return self.zone or dt.UTC

    @property
    def any_deadline(self) -> bool:
        """Whether anything can be late."""
        return bool(self.deadline or self.deadlines or any(one.deadline for one in self.extensions))

    def counts(self, name: str, *, core: bool, handed_in: frozenset[str]) -> bool:
        """Whether an exercise counts.

        Parameters
        ----------
        name : str
            Such as ``process.bottleneck``.
        core : bool
            Whether it belongs to a core section.
        handed_in : frozenset of str
            The chapters of which anybody has handed in anything.
        """
        if any(fnmatchcase(name, one) for one in self.leave_out):
            return False
        if name in self.count:  # named in full: an extra exercise too
            return True
        if not core and not self.extra:
            return False
        if self.count:
            return any(fnmatchcase(name, one) for one in self.count)
        return name.partition(".")[0] in handed_in

    def points_of(self, name: str, own: int) -> Fraction:
        """What an exercise is worth: by the first rule that fits, or its own points."""
        fitting = (self.points[one] for one in self.points if fnmatchcase(name, one))
        return next(fitting, Fraction(own))

    def due(self, student: str, name: str) -> dt.datetime | None:
        """When a student's answer to an exercise is due; None for never."""
        fitting = (self.deadlines[one] for one in self.deadlines if fnmatchcase(name, one))
        due = next(fitting, self.deadline)
        for more in self.extensions:
            if more.student != student or not any(fnmatchcase(name, p) for p in more.exercises):
                continue
            if more.deadline is not None:
                due = more.deadline
            elif due is not None:
                due = due + dt.timedelta(days=float(more.days))
        return due

    def named(self) -> Iterator[tuple[str, str]]:
        """Each rule that names exercises, and what it names them by."""
        for name in self.count:
            yield "exercises.count", name
        for name in self.leave_out:
            yield "exercises.leave_out", name
        for name in self.points:
            yield "exercises.points", name
        for name in self.deadlines:
            yield "late.deadlines", name
        for more in self.extensions:
            for name in more.exercises:
                yield "late.extensions", name
        for part in self.parts:
            for name in part.exercises:
                yield "parts", name

    def extended(self, student: str) -> bool:
        """Whether a student has any extension."""
        return any(more.student == student for more in self.extensions)

    def days_late(self, handed_in: dt.datetime, due: dt.datetime) -> int:
        """Started days after the deadline; 0 within the grace.

        Examples
        --------
        >>> noon = dt.datetime(2026, 11, 30, 12, tzinfo=dt.timezone.utc)
        >>> rules = Rules(grace_minutes=Fraction(30))
        >>> [rules.days_late(noon + dt.timedelta(hours=h), noon) for h in (0.5, 1, 25)]
        [0, 1, 2]
        """
        over = handed_in - due
        if over <= dt.timedelta(minutes=float(self.grace_minutes)):
            return 0
        return -(-over // dt.timedelta(days=1))

    def lost(self, days: int) -> Fraction:
        """The share of the points that lateness costs, 0 to 1."""
        return min(days * self.percent_per_day, self.maximum_percent) / 100


def template() -> str:
    """A rules file with every rule, its meaning and an example."""
    return files(__package__).joinpath("course.toml").read_text(encoding="utf-8")


def read_rules(path: Path) -> Rules:
    """Read a rules file.

    Raises
    ------
    GradingError
        If there is none, it is not TOML, or a rule is unknown or impossible; the sentence names
        the rule and what is allowed.
    """
    if not path.is_file():
        raise GradingError(f"There is no rules file {path}; check the name.")
    try:
        return rules_from(tomllib.loads(path.read_text(encoding="utf-8-sig")))
    except UnicodeDecodeError:
        raise GradingError(f"{path.name} is not UTF-8; save it as UTF-8.") from None
    except tomllib.TOMLDecodeError as problem:
        raise GradingError(f"{path.name} is not TOML: {problem}.") from None
    except ValueError as problem:
        raise GradingError(f"{path.name}: {problem}.") from None


def rules_from(given: Mapping[str, Any]) -> Rules:
    """Make rules of what a TOML file holds.

    Raises
    ------
    ValueError
        If a rule is unknown or impossible.
    """
    top = Table(given, "")
    answers, exercises = top.table("answers"), top.table("exercises")
    late, total = top.table("late"), top.table("total")
    zone = late.made("timezone", time_zone, "'Asia/Shanghai' or '+08:00'")
    deadline = late.moment("deadline", zone)
    rules = Rules(
        title=top.text("title", Rules.title),
        keep=answers.choice("keep", ("best", "last")),
        count=exercises.texts("count"),
        leave_out=exercises.texts("leave_out"),
        extra=exercises.switch("extra", False),
        points=exercises.table("points").numbers(least=0, most=1000),
        zone=zone or (deadline.tzinfo if deadline else None),
        deadline=deadline,
        grace_minutes=late.number("grace_minutes", 0, least=0, most=60 * 24 * 7),
        percent_per_day=late.number("percent_per_day", 0, least=0, most=100),
        maximum_percent=late.number("maximum_percent", 100, least=0, most=100),
        deadlines=late.table("deadlines").moments(zone),
        extensions=tuple(_extension(one, zone) for one in late.tables("extensions")),
        parts=tuple(_part(one) for one in top.tables("parts")) or Rules.parts,
        out_of=total.number("out_of", 100, least=1, most=1000),
        decimals=int(total.number("decimals", 1, least=0, most=4, whole=True)),
        objectives=tuple(_objective(one) for one in top.tables("objectives")),
    )
    for table in (answers, exercises, late, total, top):
        table.nothing_else()
    _fit_together(rules)
    return rules


def _extension(one: Table, zone: dt.tzinfo | None) -> Extension:
    made = Extension(
        student=one.made("student", normal_id, "a student number in quotation marks") or "",
        days=one.number("days", 0, least=0, most=400),
        deadline=one.moment("deadline", zone),
        exercises=one.texts("exercises") or ("*",),
    )
    if not made.student:
        raise one.wrong("student", "a student number in quotation marks")
    if (made.deadline is None) == (made.days == 0):
        raise one.wrong("days", "either days, above 0, or a deadline, and not both")
    one.nothing_else()
    return made


def _part(one: Table) -> Part:
    made = Part(
        name=one.text("name", ""),
        name_zh=one.text("name_zh", ""),
        weight=one.number("weight", None, least=0, most=1000),
        exercises=one.texts("exercises"),
        out_of=one.number("out_of", 100, least=1, most=1000),
    )
    if not made.name:
        raise one.wrong("name", "a name in quotation marks")
    one.nothing_else()
    return made


def _objective(one: Table) -> CourseObjective:
    made = CourseObjective(
        name=one.text("name", ""),
        name_zh=one.text("name_zh", ""),
        weight=one.number("weight", None, least=0, most=1000),
        sources=one.texts("from"),
        parts=one.table("parts").numbers(least=0, most=1000),
    )
    if not made.name:
        raise one.wrong("name", "a name in quotation marks")
    for source in made.sources:
        package, _, number = source.partition(".")
        if not package.isidentifier() or not number.isdecimal():
            raise one.wrong("from", "chapter objectives such as 'process.1'", source)
    if not made.sources and not made.parts:
        raise one.wrong("from", "at least one chapter objective such as 'process.1'")
    one.nothing_else()
    return made


#: Words that make Canvas take a column for one of its own totals.
_CANVAS = tuple(
    f"{kind} {what}"
    for kind in ("Current", "Final", "Override")
    for what in ("Score", "Points", "Grade", "Status")
)


def _fit_together(rules: Rules) -> None:
    """What no single rule can tell."""
    for what, names in (
        ("parts", [part.name for part in rules.parts]),
        ("objectives", [one.name for one in rules.objectives]),
    ):
        _all_different(what, names)
    by_hand = [part.name for part in rules.parts if part.by_hand]
    for part in rules.parts:
        if any(word in part.name for word in _CANVAS):
            raise ValueError(
                f"parts: the name {part.name!r} is one that Canvas keeps for itself; use another"
            )
    if sum(part.weight for part in rules.parts) <= 0:
        raise ValueError("parts: at least one weight must be above 0")
    if rules.objectives and sum(one.weight for one in rules.objectives) <= 0:
        raise ValueError("objectives: at least one weight must be above 0")
    for objective in rules.objectives:
        for name in objective.parts:
            if name not in by_hand:
                known = ", ".join(map(repr, by_hand)) or "none"
                raise ValueError(
                    f"objectives.parts: {name!r} is no part entered by hand; there is {known}"
                )


def _all_different(what: str, names: Sequence[str]) -> None:
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice is not None:
        raise ValueError(f"{what}: {twice!r} stands there twice; give each a name of its own")
