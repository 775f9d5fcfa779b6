"""The tables that grading writes: for the instructor, for Moodle and for Canvas."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Sequence
from fractions import Fraction

from svclab.practice.grading.handing_in import SOURCES
from svclab.practice.grading.problems import KINDS, Finding
from svclab.practice.grading.rules import Part, Rules
from svclab.practice.grading.scoring import Answer, Mark, Marks
from svclab.practice.grading.text import csv_bytes, decimal
from svclab.practice.grading.times import iso

__all__ = ["attention_csv", "canvas_csv", "grades_csv", "items_csv", "moodle_csv"]

Row = list[str | Fraction | int]


def _scale(part: Part) -> Fraction:
    """What a part is shown out of: percent, or what was entered by hand."""
    return part.out_of if part.by_hand else Fraction(100)


def _points(mark: Mark, part: Part) -> Fraction:
    return mark.shares[part.name] * _scale(part)


def _headed(part: Part) -> str:
    return f"{part.name} (of {decimal(_scale(part), 4)})"


def _rounded(mark: Mark, rules: Rules) -> Fraction:
    return Fraction(decimal(mark.total, rules.decimals))


def grades_csv(marks: Marks, rules: Rules, findings: Iterable[Finding]) -> bytes:
    """One row a student: parts, total, lateness, and what needs a look."""
    flags: dict[str, dict[str, None]] = defaultdict(dict)
    with_files = set()
    for finding in findings:
        if finding.where:
            with_files.add(finding.student)
        if KINDS[finding.kind].urgent and finding.student:
            flags[finding.student][KINDS[finding.kind].title] = None
    header = ["student id", "name", "section", *(_headed(part) for part in marks.parts)]
    header += [f"total (of {decimal(rules.out_of, 4)})", "answered", "handed in", "time known from"]
    rows: list[Sequence[str | Fraction | int]] = [[*header, "days late", "look at"]]
    for mark in marks.marks:
        who = mark.student
        latest = _latest(mark) if rules.any_deadline else None
        row: Row = [who.id, who.name, who.section, *(_points(mark, part) for part in marks.parts)]
        row += [_rounded(mark, rules), len(mark.answers)]
        row += [iso(latest.late.at) if latest and latest.late.at else _no_time(mark, with_files)]
        row += [SOURCES[latest.late.source] if latest else "", mark.days_late]
        rows.append([*row, "; ".join(flags.get(who.key, {}))])
    return csv_bytes(rows)


def _no_time(mark: Mark, with_files: Container[str]) -> str:
    if mark.handed_in:
        return "yes"
    return "not graded" if mark.files or mark.student.key in with_files else "no"


def _latest(mark: Mark) -> Answer | None:
    """The answer that was handed in last."""
    answers = list(mark.answers.values())
    return max(
        answers,
        key=lambda one: (one.late.days, one.late.at.timestamp() if one.late.at else 0.0),
        default=None,
    )


def items_csv(marks: Marks, rules: Rules) -> bytes:
    """One row a student and exercise, for all who handed in anything."""
    header = ["student id", "name", "exercise", "title", "version", "counts", "share", "status"]
    header += ["points", "out of", "days late", "lost to lateness", "misconceptions"]
    header += ["tries (self-reported)", "hints (self-reported)", "file"]
    rows: list[Sequence[str | Fraction | int]] = [header]
    for mark in marks.marks:
        for item in marks.items if mark.handed_in else ():
            row: Row = [mark.student.id, mark.student.name, item.name, item.title]
            counts = "yes" if item.counted else "no"
            answer = mark.answers.get(item.name)
            if answer is None:
                if item.counted:
                    rows.append([*row, "", counts, 0, "missing", 0, item.points, *[""] * 6])
                continue
            one = answer.graded
            row += [one.version, counts, one.share, one.status, answer.points, item.points]
            row += [answer.late.days, answer.lost, "; ".join(one.misconceptions)]
            rows.append([*row, one.tries, one.hints, answer.where])
    return csv_bytes(rows)


def attention_csv(findings: Iterable[Finding]) -> bytes:
    """One row for everything that a person should look at."""
    rows: list[Sequence[str | Fraction | int]] = [
        ["urgent", "what", "student id", "file", "found", "what to do"]
    ]
    for one in findings:
        kind = KINDS[one.kind]
        urgent = "yes" if kind.urgent else "no"
        rows.append([urgent, kind.title, one.student, one.where, one.sentence, kind.advice])
    return csv_bytes(rows)


def moodle_csv(marks: Marks, rules: Rules) -> bytes:
    """For Moodle: Grades, Import, CSV file; map “ID number” and each column that you want.

    A cell is empty where nothing is known: Moodle then leaves the grade as it is.
    """
    emails = any(mark.student.email for mark in marks.marks)
    header = ["ID number", *(["Email address"] if emails else []), "Full name"]
    rows: list[Sequence[str | Fraction | int]] = [
        [*header, *(part.name for part in marks.parts), "Total"]
    ]
    for mark in marks.marks:
        who = mark.student
        row: Row = [who.id, *([who.email] if emails else []), who.name]
        row += [_platform_points(mark, part) for part in marks.parts]
        rows.append([*row, _rounded(mark, rules) if _known(mark) else ""])
    return csv_bytes(rows, digits=2, bom=False)


def canvas_csv(marks: Marks, rules: Rules) -> bytes:
    """For Canvas: Gradebook, Import. Each column becomes an assignment, so there is no total.

    Canvas wants its columns in this order, and a row of points below the header.
    """
    parts = [part for part in marks.parts if not part.by_hand]
    header = ["Student", "ID", "SIS User ID", "SIS Login ID", "Section"]
    rows: list[Sequence[str | Fraction | int]] = [[*header, *(part.name for part in parts)]]
    rows.append(["    Points Possible", "", "", "", "", *(_scale(part) for part in parts)])
    for mark in marks.marks:
        who = mark.student
        row: Row = [who.name, who.canvas, who.id, who.login, who.section]
        rows.append([*row, *(_platform_points(mark, part) for part in parts)])
    return csv_bytes(rows, digits=2, bom=False)


def _platform_points(mark: Mark, part: Part) -> str | Fraction:
    if not part.by_hand and not mark.handed_in:
        return ""
    return _points(mark, part)


def _known(mark: Mark) -> bool:
    return mark.handed_in or any(share > 0 for share in mark.shares.values())
