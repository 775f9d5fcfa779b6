"""Marks for a process that the reader knows."""

from __future__ import annotations

from typing import Any

from svclab.explore import Column, Figure, Integer, Table, View, bars, explorable
from svclab.process.audit import Checklist, score
from svclab.process.checklists import DAILY_PROCESS, PRINCIPLES
from svclab.words import number, percent


def _marks(checklist: Checklist) -> Table:
    return Table(
        name="marks",
        label="Your marks, from 0 (not there) to 4 (works, and records prove it)",
        help="Think of one service that you know.",
        columns=[
            Column(name="item", label="What must be true", editable=False),
            Column(Integer(name="mark", label="Mark", low=0, high=4, default=2)),
        ],
        default=[{"item": item.text, "mark": 2} for item in checklist.items],
    )


def _view(checklist: Checklist, marks: list[dict[str, Any]]) -> View:
    given = {item.name: row["mark"] for item, row in zip(checklist.items, marks, strict=True)}
    result = score(checklist, given)
    rows = [
        {"group": group, "share": 100 * share, "text": percent(share, 0).text}
        for group, share in result.groups.items()
    ]
    return View(
        say=result.sentence(),
        figures=[
            Figure("total", "Marks reached", percent(result.total, 0)),
            Figure("weakest", "Begin with", result.weakest[0] if result.weakest else "nothing"),
            Figure("zero", "Items at 0", number(sum(m == 0 for m in given.values()), 0)),
        ],
        parts=[
            bars(
                rows,
                category=("group", "Part of the process"),
                value=("share", "Marks reached, %"),
                text="text",
                domain=(0, 100),
                alt=result.sentence(),
            )
        ],
    )


@explorable(title="Audit your process: where to begin?", parameters=[_marks(DAILY_PROCESS)])
def process_audit(marks: list[dict[str, Any]]) -> View:
    """Twelve items of a daily service process, from the course material. The marks are yours."""
    return _view(DAILY_PROCESS, marks)


@explorable(
    title="Principles and benefits: which ones are true here?", parameters=[_marks(PRINCIPLES)]
)
def principles_audit(marks: list[dict[str, Any]]) -> View:
    """Principles, cautions and promised benefits of the course material. The marks are yours."""
    return _view(PRINCIPLES, marks)


__all__ = ["principles_audit", "process_audit"]
