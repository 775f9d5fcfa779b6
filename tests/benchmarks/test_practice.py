"""How long dealing and checking take; what is timed is also checked."""

from __future__ import annotations

import json
import time
from typing import Any

from svclab.practice import answer, deal, listed
from svclab.practice.variants import _kept


def test_one_check_of_each_exercise(measured: Any) -> None:
    """A whole request as the hosts send it, on a variant that was never dealt before."""
    slowest, name = 0.0, ""
    for exercise in listed():
        took = []
        for number in range(20):
            student = f"never dealt {number}"
            variant = deal(exercise, student)
            right = {
                field.name: {"outputs": variant.right[field.name]}
                if field.kind == "code"
                else variant.right[field.name]
                for field in variant.fields
            }
            text = json.dumps({
                "do": "check", "name": exercise.name, "student": student, "answers": right,
                "salt": "00ff", "time": "2026-11-21T12:00:00Z", "host": "jupyter",
            })  # fmt: skip
            _kept.cache_clear()
            began = time.perf_counter()
            said = json.loads(answer(text))
            took.append(1000 * (time.perf_counter() - began))
            assert said["status"] == "right"
        took.sort()
        if took[18] > slowest:
            slowest, name = took[18], exercise.name
    measured("one check, the slowest exercise, 95 %", f"{slowest:.1f} ms ({name})", "aim 20 ms")
