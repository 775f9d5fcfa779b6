"""One student's work on one exercise in a notebook: tries, hints, what was kept.

The page's scripts do the same for the page; both give what they know to
:func:`svclab.practice.session.answer`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from svclab.practice import records
from svclab.practice.definition import Exercise
from svclab.practice.device import Memory, memory_of
from svclab.practice.session import answer
from svclab.practice.student import Person
from svclab.words import count, percent, say

__all__ = ["Work"]


def _now() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


class Work:
    """The exercise of the person at this kernel, with what is remembered of it.

    Parameters
    ----------
    exercise : Exercise
        What is worked on.
    person : Person
        Whose numbers it has; looked at again by :meth:`deal`.
    """

    def __init__(self, exercise: Exercise, person: Person) -> None:
        self.exercise = exercise
        self._person = person
        self.deal()

    def deal(self, *, redraw: bool = False) -> dict[str, Any]:
        """Deal for the person as it is now; the document of the exercise."""
        self.student = self._person.number
        drawn = f"{self.exercise.name}/practice"
        practice = memory_of(None).recall(drawn).get("n", 1)
        if redraw and self.student is None:
            practice += 1
            memory_of(None).keep(drawn, {"n": practice})
        self._who = {
            "name": self.exercise.name,
            "version": self.exercise.version,
            "student": self.student,
            "practice": practice,
        }
        self.document: dict[str, Any] = self._ask({"do": "deal"})
        variant = self.document["variant"]
        self._key = f"{self.exercise.name}/{self.exercise.version}/{variant}"
        self.state: dict[str, Any] = {
            "answers": {}, "check": None, "hints": [], "tries": 0, "kept": [], "began": _now(),
            "solution_text": "",
        }  # fmt: skip
        self.recall()
        return self.document

    def recall(self) -> None:
        """Take up what is remembered: another cell or notebook may have kept something."""
        self.state.update(self._memory.recall(self._key))

    @property
    def _memory(self) -> Memory:
        return memory_of(self.student)

    def _ask(self, request: Mapping[str, Any]) -> dict[str, Any]:
        document: dict[str, Any] = json.loads(answer(json.dumps({**self._who, **request})))
        return document

    def ask(self, request: Mapping[str, Any]) -> dict[str, Any]:
        """Answer what the widget or a cell asks.

        Parameters
        ----------
        request : mapping
            ``do`` (``check``, ``hint``, ``solution``, ``redraw``, ``draft``) and, with a check
            or a draft, ``answers``.
        """
        self.recall()
        do = request.get("do")
        if do == "check":
            document = self._check(dict(request.get("answers") or {}))
        elif do == "hint":
            document = self._hint()
        elif do == "solution":
            document = self._solution()
        elif do == "redraw":
            document = self.deal(redraw=True)
        else:  # what is typed and not yet checked
            self.state["answers"] = dict(request.get("answers") or {})
            document = {"do": "draft"}
        if "problem" not in document:
            self._memory.keep(self._key, self.state)
        return document

    def _check(self, answers: dict[str, Any]) -> dict[str, Any]:
        document = self._ask({
            "do": "check", "answers": answers, "tries": self.state["tries"],
            "hints": len(self.state["hints"]), "kept": self.state["kept"],
            "solution": bool(self.state["solution_text"]), "began": self.state["began"],
            "time": _now(), "salt": self._person.salt, "host": "jupyter",
        })  # fmt: skip
        if "problem" in document:
            return document
        self.state.update(answers=answers, tries=document["tries"], kept=document.pop("records"))
        self.state["check"] = {**document, "solution": document["solution"] or self.open}
        return {**self.state["check"], "records": self._scores()}

    def _scores(self) -> list[dict[str, Any]]:
        """Of the records what the browser shows: how good they were."""
        return [{"score": one["score"]} for one in self.state["kept"]]

    @property
    def open(self) -> bool:
        """Whether the worked solution may be opened whatever was answered."""
        solved = any(one.get("score") == 100 for one in self.state["kept"])
        return self._person.solutions or solved

    def _hint(self) -> dict[str, Any]:
        document = self._ask({"do": "hint", "number": len(self.state["hints"]) + 1})
        if "problem" not in document:
            self.state["hints"] = [*self.state["hints"], document["text"]]
        return document

    def _solution(self) -> dict[str, Any]:
        tries = self.state["tries"]
        document = self._ask({"do": "solution", "tries": tries, "answered": self.open})
        if "problem" not in document:
            self.state["solution_text"] = document["text"]
        return document

    def shown(self) -> dict[str, Any]:
        """The state as the browser needs it: of the records their scores only."""
        kept = {name: value for name, value in self.state.items() if name not in ("kept", "began")}
        solution = self.open or bool((kept["check"] or {}).get("solution"))
        return {**kept, "records": self._scores(), "solution": solution}

    def record(self) -> dict[str, Any]:
        """What the cell's output holds: the records, and a line that people can read."""
        kept = self.state["kept"]
        if not kept:
            line = say("Record: no answer yet. It is written here, and saved with this notebook.")
        else:
            line = say(
                "Record: {name}, best {best}, last {last}, {tries}.",
                name=self.exercise.name,
                best=percent(kept[0]["score"] / 100),
                last=percent(kept[-1]["score"] / 100),
                tries=count(self.state["tries"], "try", "tries"),
            )
        return {"text/plain": line, records.MIME: records.container(kept)}
