"""Several processes: the same result as one, and a file that kills its reader harms no other."""

from __future__ import annotations

import os
import sys
import time
from dataclasses import replace
from typing import Any

import pytest

from svclab.practice.grading import GradingError, Limits, looking, workers

CLASS = "id\n" + "".join(f"S{n:02d}\n" for n in range(8))
needs_fork = pytest.mark.skipif(sys.platform == "win32", reason="needs fork")


def hand_in(course: Any) -> None:
    for number in range(8):
        made = course.record(f"S{number:02d}", salt=f"{number:016x}")
        course.hand_in(f"S{number:02d}.json", course.export(made))


@needs_fork
@pytest.mark.parametrize("jobs", [1, 3])
def test_processes_give_the_same_bytes_as_none(course: Any, jobs: int) -> None:
    hand_in(course)
    course.grade(CLASS)
    before = {path.name: path.read_bytes() for path in course.out.iterdir()}
    told: list[tuple[int, int]] = []
    course.grade(
        CLASS, jobs=jobs, start_method="fork", progress=lambda done, of: told.append((done, of))
    )
    assert {path.name: path.read_bytes() for path in course.out.iterdir()} == before
    assert told[-1] == (8, 8)
    assert told == sorted(told)


@needs_fork
@pytest.mark.parametrize(
    ("act", "said"),
    [
        (lambda: os._exit(1), "the program that read it was stopped"),
        (lambda: time.sleep(60), "it took longer than 1 seconds"),
    ],
)
def test_a_reader_that_dies_or_hangs_loses_its_own_file_only(
    course: Any, found: Any, monkeypatch: pytest.MonkeyPatch, act: Any, said: str
) -> None:
    hand_in(course)
    look = looking.Looker.__call__

    def deadly(self: Any, task: Any) -> Any:
        if "S03" in task.where or "S05" in task.where:
            act()
        return look(self, task)

    monkeypatch.setattr(looking.Looker, "__call__", deadly)
    outcome = course.grade(CLASS, jobs=2, start_method="fork", limits=Limits(seconds=1))
    assert found(outcome, "file") == [f"Not graded: {said}."] * 2
    rows = course.table("grades.csv")
    assert [row["answered"] for row in rows] == ["1", "1", "1", "0", "1", "0", "1", "1"]
    assert rows[3]["look at"] == "File that could not be read"


@needs_fork
def test_processes_that_never_start_are_said_in_a_sentence(
    course: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    hand_in(course)
    monkeypatch.setattr(workers, "_serve", lambda pipe, context: None)
    with pytest.raises(GradingError, match="--jobs 0"):
        course.grade(CLASS, jobs=2, start_method="fork")


@needs_fork
def test_too_little_memory_is_reported_and_the_rest_is_graded(
    course: Any, found: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    hand_in(course)
    read = looking.Looker._read

    def hungry(self: Any, task: Any) -> bytes:
        return bytes(10**14) if "S03" in task.where else read(self, task)

    monkeypatch.setattr(looking.Looker, "_read", hungry)
    outcome = course.grade(CLASS, jobs=2, start_method="fork")
    assert found(outcome, "file") == ["Not read: it needs more memory than there is."]
    assert sum(mark.handed_in for mark in outcome.marks.marks) == 7


def test_a_fault_of_ours_in_one_file_is_reported_and_the_rest_is_graded(
    course: Any, found: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    hand_in(course)
    records_in = looking.records_in

    def faulty(raw: bytes, limits: Limits) -> Any:
        if b"0000000000000003" in raw:
            raise IndexError("a case that nobody thought of")
        return records_in(raw, limits)

    monkeypatch.setattr(looking, "records_in", faulty)
    outcome = course.grade(CLASS)
    assert found(outcome, "file") == ["Not read: reading it failed (IndexError). Tell the authors."]
    assert sum(mark.handed_in for mark in outcome.marks.marks) == 7


def test_limits_are_a_plain_value() -> None:
    """They are sent to the workers."""
    assert replace(Limits(), seconds=1.0) == Limits(seconds=1.0)
