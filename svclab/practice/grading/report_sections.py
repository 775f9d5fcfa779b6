"""The sections of the instructor's page."""

from __future__ import annotations

import statistics
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from svclab.practice.grading import statistics as figures_of
from svclab.practice.grading.handing_in import SOURCES
from svclab.practice.grading.looking import Catalogue
from svclab.practice.grading.markup import Html, bar, join, table, tag
from svclab.practice.grading.problems import KINDS, Finding
from svclab.practice.grading.rules import Rules
from svclab.practice.grading.scoring import Marks
from svclab.practice.grading.text import decimal
from svclab.words import count, number, percent, say

__all__ = ["Report"]

_COMMON = 12  # misconceptions that are shown at once
_SHOWN = 200  # rows of one kind of finding; attention.csv has all


@dataclass(frozen=True)
class Report:
    """What the page tells.

    Parameters
    ----------
    marks : Marks
        The class.
    findings : tuple of Finding
        Sorted.
    rules : Rules
        The course's rules.
    catalogue : Catalogue
        Where exercises come from.
    files : int
        Files that were looked at.
    practice : int
        Practice records, which are never graded.
    """

    marks: Marks
    findings: tuple[Finding, ...]
    rules: Rules
    catalogue: Catalogue
    files: int
    practice: int

    @cached_property
    def attained(self) -> list[figures_of.Attained]:
        """How far each objective was attained."""
        return figures_of.attainment(self.marks, self.rules, self.catalogue)


def _percent(share: Fraction | None) -> str:
    return "–" if share is None else str(percent(float(share)))


def _section(title: str, *inside: str) -> Html:
    return tag("section", tag("h2", title), *inside)


def _out_of(report: Report) -> str:
    return decimal(report.rules.out_of, 2)


def figures(report: Report) -> Html:
    """The numbers above everything else."""
    who = figures_of.participants(report.marks)
    totals = [mark.total for mark in who]
    attained = figures_of.course_attainment(report.attained)
    urgent = sum(KINDS[one.kind].urgent for one in report.findings)
    shown = [
        ("handed in", f"{len(who)} of {len(report.marks.marks)}"),
        ("median total", f"{_median(totals, report)} of {_out_of(report)}"),
        ("attainment 达成度", _percent(attained)),
        ("exercises that count", str(sum(item.counted for item in report.marks.items))),
        ("to look at", f"{urgent:,}"),
    ]
    return tag(
        "dl", *(tag("div", tag("dt", name), tag("dd", value)) for name, value in shown),
        class_="figures",
    )  # fmt: skip


def _median(totals: Sequence[Fraction], report: Report) -> str:
    if not totals:
        return "–"
    return decimal(statistics.median(totals), report.rules.decimals)


def needs_an_eye(report: Report) -> Html:
    """What a person should look at, kind by kind."""
    groups: dict[str, list[Finding]] = {kind: [] for kind in KINDS}
    for one in report.findings:
        groups[one.kind].append(one)
    blocks = [_kind(report, kind, found) for kind, found in groups.items() if found]
    if not blocks:
        blocks = [tag("p", "Nothing was found that needs a look.")]
    text = "What is named in bold may change a mark; the rest is for your information."
    return _section("What needs a human eye", tag("p", text, class_="soft"), *blocks)


def _kind(report: Report, kind: str, found: Sequence[Finding]) -> Html:
    about = KINDS[kind]
    names = {mark.student.key: mark.student for mark in report.marks.marks}
    rows = []
    for one in found[:_SHOWN]:
        student = names.get(one.student)
        who = f"{student.id} {student.name}".strip() if student else one.student
        rows.append([who or "–", one.where or "–", one.sentence])
    more = len(found) - len(rows)
    note = say("{n} more in attention.csv.", n=more) if more > 0 else ""
    title = tag("span", about.title, **({"class_": "urgent"} if about.urgent else {}))
    return tag(
        "details",
        tag("summary", title, f": {len(found):,}"),
        tag("p", about.advice, class_="soft"),
        table(about.title, ["Student", "File", "Found"], rows),
        tag("p", note) if note else Html(""),
        **({"open": "open"} if about.urgent and len(found) <= 5 else {}),
    )


def totals(report: Report) -> Html:
    """The distribution of totals."""
    who = figures_of.participants(report.marks)
    out_of = report.rules.out_of
    counts = figures_of.distribution(who, out_of)
    most = max([*counts, 1])
    rows = []
    for at, how_many in enumerate(counts):
        low, high = (decimal(out_of * at / 10, 2), decimal(out_of * (at + 1) / 10, 2))
        label = f"{low} to below {high}" if at < 9 else f"{low} to {high}"
        rows.append([label, join([bar(how_many / most), str(how_many)])])
    mean = sum((mark.total for mark in who), Fraction(0)) / len(who) if who else None
    text = say(
        "{n} with graded answers, mean {mean} of {out_of}.",
        n=count(len(who), "student"),
        mean="–" if mean is None else decimal(mean, report.rules.decimals),
        out_of=_out_of(report),
    )
    waiting = ""
    if report.marks.pending:
        waiting = say(
            "Without {parts}: nothing is known of it yet, so the total is that of the other parts.",
            parts=", ".join(report.marks.pending),
        )
    body = table("Students by total", ["Total", "Students"], rows)
    inside = [tag("p", text), tag("p", waiting) if waiting else Html(""), body]
    return _section("Distribution of totals", tag("div", *inside, class_="long"))


def items(report: Report) -> Html:
    """Difficulty and discrimination of each exercise."""
    rows = []
    for one in figures_of.item_figures(report.marks):
        item = one.item
        share = float(one.difficulty) if one.difficulty is not None else 0.0
        told = str(number(one.discrimination, 2)) if one.discrimination is not None else one.why
        name = join([item.title, Html("<br>"), tag("span", item.name, class_="soft")])
        rows.append(
            [
                name if item.counted else join([name, tag("span", " (does not count)")]),
                item.level,
                decimal(item.points, 2),
                str(one.answered),
                join([bar(share), _percent(one.difficulty)]),
                _percent(one.of_answered),
                told,
            ]
        )
    text = (
        "Difficulty is the mean share of the points over all who handed in anything; a missing "
        "answer counts 0. Discrimination is the correlation between the exercise and the sum of "
        "the other exercises: below 0.2 it tells good and weak students hardly apart, below 0 "
        "look for a fault. Lateness is left out."
    )
    header = ["Exercise", "Level", "Points", "Answered", "Difficulty", "Of those who answered"]
    body = table("Exercises", [*header, "Discrimination"], rows, numbers=(2, 3, 5, 6))
    return _section("Exercises", tag("p", text, class_="soft"), body)


def held(report: Report) -> Html:
    """Which misconceptions the class holds."""
    rows = []
    for one in figures_of.misconceptions(report.marks, report.catalogue):
        share = float(one.share)
        cells = [one.sentence, one.title, join([bar(share), str(one.students)])]
        rows.append([*cells, _percent(one.share)])
    if not rows:
        return _section("Misconceptions", tag("p", "No answer shows a known misconception."))
    text = (
        "Recognised in the best or the last answer, so whoever found the way out is counted only "
        "if the last answer shows it. Share of those who answered the exercise."
    )
    header = ["What the answer says of the thought", "Exercise", "Students", "Share"]
    first = table("The most common misconceptions", header, rows[:_COMMON], numbers=(3,))
    rest = Html("")
    if rows[_COMMON:]:
        summary = tag("summary", say("{n} more", n=len(rows) - _COMMON))
        more = table("The other misconceptions", header, rows[_COMMON:], numbers=(3,))
        rest = tag("details", summary, more)
    title = "Which misconceptions the class holds"
    return _section(title, tag("p", text, class_="soft"), first, rest)


def objectives(report: Report) -> Html:
    """Attainment of the course's objectives."""
    rows = []
    for one in report.attained:
        name = f"{one.objective.name} {one.objective.name_zh}".strip()
        sources = ", ".join([*one.objective.sources, *one.objective.parts])
        share = float(one.share) if one.share is not None else 0.0
        told = _percent(one.share) if one.share is not None else "not tested yet"
        cells = [name, decimal(one.objective.weight, 2), sources, decimal(one.points, 2)]
        cells += [join([bar(share), told]), _percent(one.share_of_roster), str(one.below)]
        rows.append(cells)
    header = ["Objective", "Weight", "Tested by", "Points", "Attained 达成度", "Whole roster"]
    body = table("Objectives", [*header, "Students below 60%"], rows, numbers=(1, 3, 5, 6))
    text = (
        "Attainment of an objective: A = Σ pᵢ·mᵢ / Σ pᵢ, where pᵢ are the points of an exercise "
        "that tests it and mᵢ the mean share reached by those who handed in anything. Attainment "
        "of the course: Σ w·A / Σ w over the objectives tested, w their weights. Lateness is left "
        "out."
    )
    course = figures_of.course_attainment(report.attained)
    total = tag("p", say("Attainment of the course: {share}.", share=_percent(course)))
    title = "Attainment of the course objectives 课程目标达成度"
    return _section(title, tag("p", text, class_="soft"), body, total)


def missing(report: Report) -> Html:
    """Who has not handed in."""
    nobody = [mark for mark in report.marks.marks if not mark.handed_in]
    if not nobody:
        return _section("Not handed in", tag("p", "Everybody has handed in something."))
    named = []
    with_files = {finding.student for finding in report.findings if finding.where}
    for mark in nobody:
        who = f"{mark.student.id} {mark.student.name}".strip()
        if mark.files or mark.student.key in with_files:
            who += say(" (a file is there, but nothing in it could be graded)")
        named.append(tag("li", who))
    text = say("{n} of {all}.", n=len(nobody), all=count(len(report.marks.marks), "student"))
    return _section("Not handed in", tag("p", text), tag("ul", *named, class_="names"))


def how(report: Report) -> Html:
    """How the marks came about."""
    answers = [answer for mark in report.marks.marks for answer in mark.answers.values()]
    known = Counter(answer.late.source for answer in answers)
    sources = ", ".join(f"{SOURCES[key]}: {n:,}" for key, n in sorted(known.items()))
    keep = "best" if report.rules.keep == "best" else "last"
    lines = [
        say("Files looked at: {n}. None of them was run.", n=report.files),
        say("Records made for practice, never graded: {n}.", n=report.practice),
        say(
            "Of several answers to one exercise the {keep} one counts. Every answer was checked "
            "anew on the student's own numbers.",
            keep=keep,
        ),
        say(
            "Where the time of handing in is known from, answer by answer: {sources}.",
            sources=(sources or "nothing") if report.rules.any_deadline else "no deadline is set",
        ),
        say(
            "A record shows that the answer fits this student's numbers, not who typed it. Tries, "
            "hints and times are self-reported and changed no mark."
        ),
    ]
    return _section("How this was graded", tag("ul", *(tag("li", line) for line in lines)))
