"""The one entry for both hosts: a JSON request in, a JSON document out.

It is a pure function: who the student is, how often was tried and what was kept, the host says
with each request. It never raises on what a reader can do; what is impossible comes back as
``{"problem": "a sentence"}``.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from svclab.practice import records
from svclab.practice.feedback import Feedback, FieldFeedback, check
from svclab.practice.registry import find, objectives
from svclab.practice.variants import Variant, deal
from svclab.words import say

__all__ = ["HONEST_TRIES", "Session", "answer", "dealt", "start"]

#: Tries after which the worked solution opens without a right answer.
HONEST_TRIES = 3


def dealt(variant: Variant, *, student: str | None, practice: int) -> dict[str, Any]:
    """All that a host needs to show an exercise, as plain data.

    Parameters
    ----------
    variant : Variant
        What was dealt.
    student : str or None
        For whom; None for practice.
    practice : int
        Which practice draw.
    """
    exercise, p = variant.exercise, variant.p
    texts = objectives(exercise.package)
    return {
        "do": "deal",
        "name": exercise.name,
        "version": exercise.version,
        "title": exercise.title,
        "level": exercise.level,
        "core": exercise.core,
        "points": exercise.points,
        "minutes": exercise.minutes,
        "engine": exercise.engine,
        "objective": {"number": exercise.objective, "text": texts.get(exercise.objective, "")},
        "student": student is not None,
        "practice": None if student is not None else practice,
        "variant": variant.key,
        "question": _html(exercise.question(p)),
        "fields": [field.declaration() for field in variant.fields],
        "hints": len(exercise.hints(p)),
        "kernel": any(field.kind == "code" for field in variant.fields),
    }


def _html(text: str) -> str:
    # Imported here: it needs a library that the page loads with the course.
    from svclab.practice.markdown import to_html

    return to_html(text)


def _variant(asked: Mapping[str, Any]) -> tuple[Variant, str | None, int]:
    student, practice = asked.get("student"), asked.get("practice") or 1
    found = find(asked["name"], asked.get("version"))
    return deal(found, student, practice), student, practice


def _check(asked: Mapping[str, Any]) -> dict[str, Any]:
    variant, student, practice = _variant(asked)
    said = check(variant, asked.get("answers") or {})
    tries, hints = int(asked.get("tries") or 0), int(asked.get("hints") or 0)
    kept = list(asked.get("kept") or [])
    if said.status != "unreadable":
        tries += 1
        record = records.make(
            variant, said, asked["answers"], student=student, practice=practice,
            salt=asked["salt"], time=asked["time"], began=asked.get("began"), tries=tries,
            hints=hints, solution=bool(asked.get("solution")), host=asked["host"],
        )  # fmt: skip
        kept = records.kept(kept, record)
    return {
        "do": "check",
        "name": variant.exercise.name,
        "version": variant.exercise.version,
        "variant": variant.key,
        **_said(said),
        "tries": tries,
        "records": kept,
        "solution": said.status == "right" or tries >= HONEST_TRIES,
        "more_hints": hints < len(variant.exercise.hints(variant.p)),
    }


def _said(said: Feedback) -> dict[str, Any]:
    return {
        "status": said.status,
        "score": said.score,
        "message": said.message,
        "fields": {name: _told(one) for name, one in said.fields.items()},
    }


def _told(one: FieldFeedback) -> dict[str, Any]:
    """What a host shows at a field; of a table also at its boxes."""
    told = {"status": one.status, "message": one.message, "part": 0 < one.share < 1}
    return told if one.cells is None else {**told, "cells": one.cells}


def _deal(asked: Mapping[str, Any]) -> dict[str, Any]:
    variant, student, practice = _variant(asked)
    return dealt(variant, student=student, practice=practice)


def _hint(asked: Mapping[str, Any]) -> dict[str, Any]:
    variant, _, _ = _variant(asked)
    hints = variant.exercise.hints(variant.p)
    number = asked.get("number") or 1
    if isinstance(number, bool) or not isinstance(number, int) or not 1 <= number <= len(hints):
        raise ValueError(say("There are {n} hints for this exercise.", n=len(hints)))
    return {"do": "hint", "number": number, "of": len(hints), "text": _html(hints[number - 1])}


def _solution(asked: Mapping[str, Any]) -> dict[str, Any]:
    variant, _, _ = _variant(asked)
    if not asked.get("answered") and int(asked.get("tries") or 0) < HONEST_TRIES:
        raise ValueError(
            say(
                "The worked solution opens after a right answer, or after {n} tries.",
                n=HONEST_TRIES,
            )
        )
    return {"do": "solution", "text": _html(variant.exercise.solution(variant.p))}


def _read(asked: Mapping[str, Any]) -> dict[str, Any]:
    """An export file that comes back: its records that can be used on this device."""
    found, problems = records.read(asked.get("document"))
    student = asked.get("student")
    usable, whose = [], []
    for one in found:
        if not one.intact:
            problems.append(say("{name}: the record was changed by hand.", name=one.exercise))
        elif one.hash and (student is None or not one.of(student)):
            problems.append(say("{name}: the record is another student's.", name=one.exercise))
        else:
            usable.append(dict(one.data))
            whose.append("student" if one.hash else "practice")
    problems = list(dict.fromkeys(problems))
    return {"do": "read", "records": usable, "whose": whose, "problems": problems}


_ACTS = {"deal": _deal, "check": _check, "hint": _hint, "solution": _solution, "read": _read}


def answer(request: str) -> str:
    """Answer one request.

    Parameters
    ----------
    request : str
        JSON with ``do``: ``deal``, ``check``, ``hint``, ``solution`` or ``read``; with the
        exercise's ``name``, and ``student`` or ``practice``.

    Returns
    -------
    str
        The document as JSON.

    Examples
    --------
    >>> answer('{"do": "deal", "name": "nothing"}')
    '{"problem": "\\'nothing\\' is no exercise: names look like \\'process.bottleneck\\'"}'
    """
    asked = json.loads(request)
    act = _ACTS.get(asked.get("do"))
    try:
        if act is None:
            raise ValueError(f"a request does one of {', '.join(_ACTS)}")
        document = act(asked)
    except ValueError as problem:
        document = {"problem": str(problem)}
    return json.dumps(document, ensure_ascii=False, allow_nan=False)


class Session:
    """A request under way, in the shape of :class:`svclab.explore.Session`."""

    def __init__(self, request: str) -> None:
        self._request: str | None = request

    def step(self) -> str | None:
        """The document as JSON, then None."""
        request, self._request = self._request, None
        return None if request is None else answer(request)


def start(request: str) -> Session:
    """Begin a request; see :func:`answer`."""
    return Session(request)
