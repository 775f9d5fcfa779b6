"""Feedback that diagnoses: what is right, what is nearly right, and which thought led elsewhere.

No sentence here holds the right value. A recognised misconception is named by its own sentence;
if two of them lead to the same answer, both are named.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from svclab.practice.fields import Field, Judged, MissingAnswerError, Status
from svclab.practice.variants import Variant
from svclab.words import join, say

__all__ = ["Feedback", "FieldFeedback", "check"]


@dataclass(frozen=True)
class FieldFeedback:
    """What is said of one field.

    Parameters
    ----------
    status : str
        ``right``, ``rounded``, ``unit``, ``misconception``, ``wrong``, ``missing`` or
        ``unreadable``.
    message : str
        A sentence for the student.
    share : float
        Part of the field's points, 0 to 1.
    misconceptions : tuple of str
        Names of the wrong models that give this answer.
    cells : mapping, optional
        Of a table the status of each box that may be told; see
        :class:`~svclab.practice.TableField`.
    """

    status: Status
    message: str
    share: float = 0.0
    misconceptions: tuple[str, ...] = ()
    cells: Mapping[str, Mapping[str, Status]] | None = None


@dataclass(frozen=True)
class Feedback:
    """What is said of an answer.

    Parameters
    ----------
    status : str
        ``right``, ``part``, ``wrong`` or ``unreadable`` (nothing was checked).
    message : str
        The first thing to show.
    fields : dict
        Feedback for each field.
    """

    status: Literal["right", "part", "wrong", "unreadable"]
    message: str
    fields: Mapping[str, FieldFeedback]

    @property
    def share(self) -> float:
        """Part of the points, 0 to 1: the mean over the fields.

        A rounded number or one in the wrong unit has no points yet.
        """
        if self.status == "unreadable":
            return 0.0
        return sum(one.share for one in self.fields.values()) / len(self.fields)

    @property
    def score(self) -> int:
        """The share in whole percent, rounded down; 100 is fully right."""
        return int(self.share * 100 + 1e-9)

    @property
    def misconceptions(self) -> list[str]:
        """Names of all wrong models that were recognised."""
        return list(dict.fromkeys(m for one in self.fields.values() for m in one.misconceptions))


def check(variant: Variant, answers: Mapping[str, Any]) -> Feedback:
    """Check the answers to one variant.

    Parameters
    ----------
    variant : Variant
        What was dealt.
    answers : mapping
        For each field what was typed; see :mod:`svclab.practice.fields`.
    """
    known = [field.name for field in variant.fields]
    stranger = next((name for name in answers if name not in known), None)
    if stranger is not None:
        message = say(
            "There is no answer named {name} here; there is {known}.",
            name=repr(str(stranger)[:40]),
            known=join(known),
        )
        return Feedback("unreadable", message, {})
    read: dict[str, Any] = {}
    said: dict[str, FieldFeedback] = {}
    for field in variant.fields:
        try:
            read[field.name] = field.read(answers.get(field.name))
        except MissingAnswerError as problem:
            said[field.name] = FieldFeedback("missing", str(problem))
        except ValueError as problem:
            said[field.name] = FieldFeedback("unreadable", str(problem))
    if not read or any(one.status == "unreadable" for one in said.values()):
        return _unread(variant, said)
    for field in variant.fields:
        if field.name in read:
            said[field.name] = _field(variant, field, read[field.name])
    return _together(variant, {field.name: said[field.name] for field in variant.fields})


def _unread(variant: Variant, said: dict[str, FieldFeedback]) -> Feedback:
    bad = [field for field in variant.fields if field.name in said]
    unreadable = [field for field in bad if said[field.name].status == "unreadable"]
    if not unreadable:
        return Feedback("unreadable", say("Answer first, then press Check."), said)
    first = unreadable[0]
    message = say("{label}: {problem}", label=first.label, problem=said[first.name].message)
    return Feedback("unreadable", message, said)


def _field(variant: Variant, field: Field, given: Any) -> FieldFeedback:
    judged = variant.judge(field, given)
    if judged.status == "right":
        return FieldFeedback("right", judged.message or say("Right."), 1.0)
    thoughts = [
        one
        for one, values in variant.wrong
        if field.name in values and _leads_to(variant, field, judged, given, values[field.name])
    ]
    if not thoughts and judged.status != "rounded":
        # Of several wrong ticks the first that is known: all of them would be the answer.
        thoughts = [
            one
            for one, values in variant.wrong
            if field.name in values
            and field.leans(given, field.as_read(values[field.name]), variant.right[field.name])
        ][:1]
    names = tuple(one.name for one in thoughts)
    sentences = [one.sentence for one in thoughts]
    if len(sentences) > 1:
        sentences = [say("Two thoughts lead to this answer."), *sentences]
    if judged.status == "rounded" and thoughts:
        sentences.insert(0, say("If you have rounded, give more digits. If not:"))
    elif judged.status == "rounded":
        sentences.insert(0, say("Right so far, but rounded too far: give more digits."))
    elif judged.status == "unit" and not thoughts:
        sentences = [_unit(field)]
    if judged.message:
        sentences.insert(0, judged.message)
    if not sentences:
        sentences = [say("Not right yet.")]
    status: Status = judged.status
    if thoughts:
        status = "misconception"
    return FieldFeedback(status, " ".join(sentences), judged.share, names, judged.cells)


def _leads_to(variant: Variant, field: Field, judged: Judged, given: Any, value: Any) -> bool:
    """Whether a wrong model's value is what was answered, and is wrong indeed."""
    if judged.status == "rounded":  # only what fits better than the rounding
        leads = field.judge(given, value).status == "right"
    else:
        leads = field.same(given, value)
    return leads and variant.judge(field, field.as_read(value)).status != "right"


def _unit(field: Field) -> str:
    unit = getattr(field, "unit", "")
    if unit.startswith("per "):
        return say("The number would be right in another unit: give it {unit}.", unit=unit)
    return say("The number would be right in another unit: give it in {unit}.", unit=unit)


def _together(variant: Variant, said: dict[str, FieldFeedback]) -> Feedback:
    right = sum(one.status == "right" for one in said.values())
    if right == len(said):
        only = next(iter(said.values())).message if len(said) == 1 else ""
        return Feedback("right", only or say("All answers are right."), said)
    status: Literal["part", "wrong"] = (
        "part" if any(one.share > 0 for one in said.values()) else "wrong"
    )
    if len(said) == 1:
        return Feedback(status, next(iter(said.values())).message, said)
    template = "{right} of {n} answers are right."
    if right == 1:
        template = "{right} of {n} answers is right."
    words = [say(template, right=right, n=len(said))]
    if not right and status == "part":
        words = [say("No answer is complete yet.")]
    told: dict[str, list[str]] = {}
    for field in variant.fields:
        one = said[field.name]
        if one.status not in ("right", "missing", "wrong"):
            told.setdefault(one.message, []).append(field.label)
    if not told and any(one.status == "wrong" for one in said.values()):
        words.append(say("Try again, or take a hint."))
    lines = [" ".join(words)]
    for message, labels in told.items():  # one thought may explain two fields
        lines.append(say("{labels}: {message}", labels=join(labels), message=message))
    return Feedback(status, "\n".join(lines), said)
