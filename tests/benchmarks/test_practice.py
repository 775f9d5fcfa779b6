"""How long dealing and checking take; what is timed is also checked."""

from __future__ import annotations

import functools
import gc
import json
import time
from collections.abc import Callable
from typing import Any

from svclab.practice import Exercise, answer, deal, listed

STUDENTS = 20


def test_one_check_of_each_exercise(measured: Any) -> None:
    """A whole request as the hosts send it, on a variant that was never dealt before."""
    slowest, name = 0.0, ""
    for exercise in listed():
        requests = [request(exercise, f"never dealt {number}") for number in range(STUDENTS)]
        forget = forgetting()
        took = []
        for text in requests:
            forget()
            began = time.process_time()  # what the machine does besides is not counted
            said = json.loads(answer(text))
            took.append(1000 * (time.process_time() - began))
            assert said["status"] == "right"
        took.sort()
        if took[18] > slowest:
            slowest, name = took[18], exercise.name
    measured("one check, the slowest exercise, 95%", f"{slowest:.1f} ms ({name})", "aim 20 ms")


def request(exercise: Exercise, student: str) -> str:
    """A request to check a student's right answers."""
    variant = deal(exercise, student)
    right = {
        field.name: {"outputs": variant.right[field.name]}
        if field.kind == "code"
        else variant.right[field.name]
        for field in variant.fields
    }
    return json.dumps({
        "do": "check", "name": exercise.name, "student": student, "answers": right,
        "salt": "00ff", "time": "2026-11-21T12:00:00Z", "host": "jupyter",
    })  # fmt: skip


def forgetting() -> Callable[[], None]:
    """What empties all that svclab keeps of variants; tables that are read once for all stay."""
    kind = type(functools.lru_cache(len))
    kept = [
        one
        for one in gc.get_objects()
        if isinstance(one, kind)
        and one.__module__.startswith("svclab")
        and one.cache_parameters()["maxsize"] is not None
    ]

    def forget() -> None:
        for one in kept:
            one.cache_clear()

    return forget
