"""Grading from beginning to end: collect, look, score, report."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from svclab.practice.grading import outputs
from svclab.practice.grading.attention import attention
from svclab.practice.grading.collecting import collect
from svclab.practice.grading.limits import Limits
from svclab.practice.grading.looking import Catalogue, Context
from svclab.practice.grading.parts import read_parts
from svclab.practice.grading.problems import KINDS, Finding, GradingError
from svclab.practice.grading.report import Report, report_html
from svclab.practice.grading.roster import read_roster
from svclab.practice.grading.rules import Rules, read_rules
from svclab.practice.grading.scoring import Marks, score
from svclab.practice.grading.workers import look_at_all

__all__ = ["Outcome", "grade"]


@dataclass(frozen=True)
class Outcome:
    """What grading gave.

    Parameters
    ----------
    marks : Marks
        The class.
    findings : tuple of Finding
        What a person should look at.
    files : int
        Files that were looked at.
    written : tuple of Path
        What was written.
    """

    marks: Marks
    findings: tuple[Finding, ...]
    files: int
    written: tuple[Path, ...]

    @property
    def urgent(self) -> int:
        """Findings by which a mark may be wrong."""
        return sum(KINDS[finding.kind].urgent for finding in self.findings)


def grade(
    submissions: Path,
    roster: Path,
    out: Path,
    *,
    rules: Path | None = None,
    parts: Path | None = None,
    jobs: int | None = None,
    limits: Limits | None = None,
    progress: Callable[[int, int], None] = lambda done, all_: None,
    catalogue: Catalogue | None = None,
    start_method: str = "spawn",
) -> Outcome:
    """Grade what was handed in. Nothing of it is run.

    Parameters
    ----------
    submissions : Path
        A folder or a zip with notebooks, exported files, and zips of them.
    roster : Path
        The class list, see :mod:`svclab.practice.grading.roster`.
    out : Path
        The folder for the results; made if it is not there.
    rules : Path, optional
        The course's rules, see :mod:`svclab.practice.grading.rules`.
    parts : Path, optional
        Parts entered by hand.
    jobs : int, optional
        Processes; as many as processors, at most 8, if not said. 0: this one only.
    limits : Limits, optional
        How much is read.
    progress : callable, optional
        Told how many files are done, and of how many.
    catalogue : Catalogue, optional
        Where exercises come from.
    start_method : str, optional
        How processes are started.

    Returns
    -------
    Outcome
        Marks, findings, and the files written.

    Raises
    ------
    GradingError
        If the roster, the rules or the parts cannot be used, or nothing can be written.
    """
    course = read_rules(rules) if rules is not None else Rules()
    class_list = read_roster(roster)
    by_hand, hand_findings = read_parts(parts, class_list, course)
    bounds, exercises = limits or Limits(), catalogue or Catalogue()
    tasks, found = collect(submissions, bounds, leave_out=out)
    seen = look_at_all(
        tasks,
        Context(class_list.students, bounds, exercises),
        jobs=min(os.cpu_count() or 1, 8) if jobs is None else jobs,
        progress=lambda done: progress(done, len(tasks)),
        start_method=start_method,
    )
    marks = score(seen, class_list, course, by_hand, exercises)
    others = [*class_list.findings, *hand_findings, *found, *marks.findings]
    findings = tuple(attention(seen, class_list.by_key(), course, exercises, others))
    practice = sum(one.practice for one in seen)
    report = Report(marks, findings, course, exercises, len(seen), practice)
    written = _write(
        out,
        {
            "grades.csv": outputs.grades_csv(marks, course, findings),
            "items.csv": outputs.items_csv(marks, course),
            "moodle.csv": outputs.moodle_csv(marks, course),
            "canvas.csv": outputs.canvas_csv(marks, course),
            "attention.csv": outputs.attention_csv(findings),
            "report.html": report_html(report),
        },
    )
    return Outcome(marks, findings, len(seen), written)


def _write(out: Path, contents: dict[str, bytes]) -> tuple[Path, ...]:
    written = []
    try:
        out.mkdir(parents=True, exist_ok=True)
        for name, content in contents.items():
            path = out / name
            path.write_bytes(content)
            written.append(path)
    except OSError as problem:
        raise GradingError(
            f"{problem.filename or out} cannot be written ({problem.strerror}); close it in other "
            "programs, or name another folder with --out."
        ) from None
    return tuple(written)
