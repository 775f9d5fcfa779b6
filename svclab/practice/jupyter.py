"""JupyterLab as a host of exercises: a widget that asks the kernel, and the record it leaves."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import traitlets
from IPython.display import display

from svclab.practice.code import CodeTrialError, outputs
from svclab.practice.compound import CodeField
from svclab.practice.definition import Exercise
from svclab.practice.student import Person, current
from svclab.practice.variants import deal
from svclab.practice.work import Work
from svclab.web.host import Widget
from svclab.words import join, say

__all__ = ["MIME", "ExerciseWidget", "Reply", "check", "show"]

#: Output type by which the book's build recognises an exercise.
MIME = "application/vnd.svclab.exercise+json"


class ExerciseWidget(Widget):
    """An exercise in a notebook.

    Parameters
    ----------
    exercise : Exercise
        What is asked.
    person : Person
        Whose numbers it has.
    """

    document = traitlets.Unicode().tag(sync=True)
    state = traitlets.Unicode().tag(sync=True)
    # Counts what the browser has to draw anew: it changes after document and state.
    drawings = traitlets.Int(0).tag(sync=True)

    def __init__(self, exercise: Exercise, person: Person) -> None:
        self.work = Work(exercise, person)
        self._handle: Any = None
        self._unsaved = False  # only a number that comes later finds no place for its record
        super().__init__(kind="exercise", **self._drawn())
        person.watchers.add(self)

    def _drawn(self) -> dict[str, str]:
        shown = {**self.work.shown(), "unsaved": self._unsaved}
        return {
            "document": json.dumps(self.work.document, ensure_ascii=False),
            "state": json.dumps(shown, ensure_ascii=False),
        }

    def place_record(self) -> None:
        """Make the output that holds the record, if there is a student to record for."""
        if self.work.student is not None:
            self._handle = display(self.work.record(), raw=True, display_id=True)

    def _sync(self) -> None:
        for name, value in self._drawn().items():
            setattr(self, name, value)
        self.drawings += 1

    def renew(self) -> None:
        """The student's number has changed: deal again."""
        self.work.deal()
        self._unsaved = self.work.student is not None and self._handle is None
        self._sync()
        self._record()

    def answered(self, exercise: Exercise) -> None:
        """An answer was checked in another cell: show what is kept of it, if it was to this."""
        if exercise is self.work.exercise:
            self.work.recall()
            self._sync()
            self._record()

    def _record(self) -> None:
        if self._handle is not None:
            self._handle.update(self.work.record(), raw=True)

    def heard(self, message: Mapping[str, Any]) -> None:
        """Answer what the browser asks for."""
        if message.get("type") != "ask":
            return
        try:
            document = self.work.ask(message["request"])
        except Exception as problem:  # whatever it is, the reader shall see it, not a log
            document = {"problem": str(problem)}
        text = json.dumps(document, ensure_ascii=False)
        self.send({"type": "reply", "call": message["call"], "text": text})
        if document.get("do") == "check":
            self._record()
        if document.get("do") == "deal":
            self._sync()
        else:
            # Kept for a page that is loaded again; the browser that asked has it already.
            self.state = self._drawn()["state"]


def show(exercise: Exercise) -> None:
    """Show the widget of an exercise, and under it the place for its record.

    Parameters
    ----------
    exercise : Exercise
        What the cell ends in.
    """
    widget = ExerciseWidget(exercise, current())
    shown = widget._repr_mimebundle_()
    data = shown[0] if isinstance(shown, tuple) else shown or {}
    question = exercise.question(deal(exercise, widget.work.student, _practice(widget)).p)
    text = "\n\n".join([exercise.title, question, "(Run this cell to answer it.)"])
    named = {"name": exercise.name, "version": exercise.version}
    display({**data, "text/plain": text, MIME: named}, raw=True)
    widget.place_record()


def _practice(widget: ExerciseWidget) -> int:
    return int(widget.work.document["practice"] or 1)


@dataclass(frozen=True)
class Reply:
    """The feedback on answers given in code; shown by a cell it also leaves the record.

    Parameters
    ----------
    status : str
        ``right``, ``part``, ``wrong`` or ``unreadable``.
    message : str
        What is said of the answer as a whole.
    fields : dict
        Each field's message.
    bundle : dict
        The record, as a cell's output holds it; empty in practice.
    """

    status: str
    message: str
    fields: Mapping[str, str]
    bundle: Mapping[str, Any]

    def __str__(self) -> str:
        lines = [self.message]
        if len(self.fields) > 1:
            lines += [f"  {name}: {message}" for name, message in self.fields.items()]
        return "\n".join(lines)

    __repr__ = __str__

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, Any]:
        line = self.bundle.get("text/plain")
        return {**self.bundle, "text/plain": f"{self}\n{line}" if line else str(self)}


def check(exercise: Exercise, *functions: Any, **answers: Any) -> Reply:
    """Check answers given in code.

    Parameters
    ----------
    exercise : Exercise
        What was asked.
    *functions : callable
        One for each field that asks for a function, in their order.
    **answers
        One for each other field.

    Raises
    ------
    TypeError
        If a name is not that of a field, or a function is given that nobody asked for.
    """
    person = current()
    work = Work(exercise, person)
    variant = deal(exercise, work.student, int(work.document["practice"] or 1))
    asked = {one.name: one for one in variant.fields if isinstance(one, CodeField)}
    known = [field.name for field in variant.fields]
    strangers = [name for name in answers if name not in known]
    if strangers or len(functions) > len(asked):
        what = repr(strangers[0]) if strangers else "a function"
        raise TypeError(f"{exercise.name} asks for {join(known)}, not for {what}")
    given = dict(answers)
    tried = {**dict(zip(asked, functions, strict=False)), **answers}
    try:
        for name in (one for one in asked if one in tried):
            cases = exercise.cases(variant.p)
            field = asked[name]
            text = outputs(tried[name], cases, outcome=field.outcome, meaning=field.meaning)
            given[name] = {"outputs": text}
    except CodeTrialError as problem:
        return Reply("unreadable", str(problem), {}, {})
    document = work.ask({"do": "check", "answers": given})
    if "problem" in document:
        return Reply("unreadable", document["problem"], {}, {})
    for widget in list(person.watchers):
        widget.answered(exercise)
    messages = {name: one["message"] for name, one in document["fields"].items()}
    more = ""
    if document["status"] in ("part", "wrong") and document["more_hints"]:
        more = say(" Show the exercise for a hint: {name}", name=f"exercises.{exercise.short}")
    bundle = work.record() if work.student is not None else {}
    return Reply(document["status"], document["message"] + more, messages, bundle)
