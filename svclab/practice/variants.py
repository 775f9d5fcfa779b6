"""A student's own numbers: the variant of an exercise for a student, or for a practice draw."""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

from svclab.practice.compound import PlanField
from svclab.practice.definition import Exercise, Misconception, Numbers, applied
from svclab.practice.drawing import Draw
from svclab.practice.fields import Field, Judged

__all__ = ["Variant", "class_of", "deal", "digest", "normal_id", "who"]

#: Draws before an exercise is given up as one that cannot be dealt.
DRAWS = 2000
#: Characters of a student number at most.
LONGEST_ID = 40


@dataclass(frozen=True)
class Variant:
    """One student's numbers of one exercise, with all that is needed to check an answer.

    Parameters
    ----------
    exercise : Exercise
        What was dealt.
    seed : str
        ``exercise/version/who``.
    parameters : dict
        What ``deal`` gave.
    key : str
        12 hexadecimal digits that tell this variant from others.
    fields : tuple of Field
        What is asked for.
    right : dict
        The right values.
    wrong : tuple
        Each misconception that applies, with its values.
    draws : int
        How often was dealt until the numbers were sound.
    """

    exercise: Exercise
    seed: str
    parameters: Mapping[str, Any]
    key: str
    fields: tuple[Field, ...]
    right: Mapping[str, Any]
    wrong: tuple[tuple[Misconception, Mapping[str, Any]], ...]
    draws: int = 1

    @cached_property
    def p(self) -> Any:
        """The parameters as attributes: one object, by which the right values are kept."""
        return Numbers(self.parameters)

    def judge(self, field: Field, given: Any) -> Judged:
        """Judge an answer that the field has read: by the model, a rule, or the right value."""
        if isinstance(field, PlanField):
            return field.judge_score(self.exercise.score(self.p, field.name, given))
        accepted = self.exercise.accepts(self.p, field.name, given)
        if accepted is not None:
            return Judged("right", 1.0) if accepted else Judged("wrong")
        return field.judge(given, self.right[field.name])

    def all_right(self, values: Mapping[str, Any]) -> bool:
        """Whether each of these values would be taken as right."""
        known = {field.name: field for field in self.fields}
        return all(
            self.judge(known[name], known[name].as_read(value)).status == "right"
            for name, value in values.items()
        )


def normal_id(text: str) -> str:
    """A student number as it is compared: full-width digits, case and blanks do not matter.

    Raises
    ------
    ValueError
        If it is empty, too long, or cannot be a student number.

    Examples
    --------
    >>> normal_id(" ２０２６-0417a "), normal_id("2026-0417A")
    ('2026-0417a', '2026-0417a')
    """
    clean = "".join(unicodedata.normalize("NFKC", str(text)).split()).casefold()
    if not clean:
        raise ValueError("the student number is empty: type the one on your student card")
    if len(clean) > LONGEST_ID:
        raise ValueError(f"a student number has at most {LONGEST_ID} characters")
    if clean.startswith("~") or "/" in clean or not clean.isprintable():
        raise ValueError(f"{text!r} is no student number: use letters, digits and hyphens")
    return clean


def who(student: str | None, practice: int = 1) -> str:
    """The end of the seed: the student's number, or ``~n`` for the n-th practice draw.

    Examples
    --------
    >>> who("2026-0417"), who(None, 3)
    ('2026-0417', '~3')
    """
    if student is not None:
        return normal_id(student)
    if isinstance(practice, bool) or not 1 <= practice < 2**31:
        raise ValueError("practice draws are numbered from 1")
    return f"~{practice}"


def _canonical(value: Any) -> str:
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def _dealt(exercise: Exercise, seed: str) -> Variant:
    draw = Draw(seed)
    for draws in range(1, DRAWS + 1):
        parameters = dict(exercise.deal(draw))
        p = Numbers(parameters)
        if not exercise.sound(p):
            continue
        fields = tuple(exercise.fields(p))
        right = dict(exercise.solve(p))
        wrong = tuple(applied(exercise, p))
        key = hashlib.sha256(_canonical(parameters).encode()).hexdigest()[:12]
        variant = Variant(exercise, seed, parameters, key, fields, right, wrong, draws)
        # An answer that a wrong thought leads to as well would teach nothing.
        if not any(variant.all_right(values) for _, values in wrong):
            return variant
    raise ValueError(
        f"{exercise.name}: {DRAWS} draws in a row were not sound; widen the ranges in deal()"
    )


@lru_cache(maxsize=256)
def _kept(exercise: Exercise, seed: str) -> Variant:
    return _dealt(exercise, seed)


def deal(exercise: Exercise, student: str | None = None, practice: int = 1) -> Variant:
    """The variant of a student, or the n-th practice draw.

    Parameters
    ----------
    exercise : Exercise
        Of any version.
    student : str, optional
        The student's number; None deals for practice.
    practice : int, optional
        Which practice draw.
    """
    return _kept(exercise, f"{exercise.name}/{exercise.version}/{who(student, practice)}")


def class_of(exercise: Exercise, students: int = 500) -> Iterator[Variant]:
    """The variants of a class of made-up students, for tests and for :func:`digest`.

    Every second student's number is Chinese, so that their seeds are tried too.
    """
    for number in range(students):
        yield deal(exercise, f"学号{number}" if number % 2 else f"2026-{number:04d}")


def digest(variants: Iterable[Variant]) -> str:
    """One hash over variants, equal on every machine; that of a class says if one has changed."""
    total = hashlib.sha256()
    for one in variants:
        marks = [field.mark() for field in one.fields]
        values = [one.parameters, _rounded(dict(one.right)), marks]
        total.update(_canonical(values).encode() + b"\n")
    return total.hexdigest()[:24]


def _rounded(value: Any) -> Any:
    """Numbers to nine digits: the last digits of a float may differ between machines."""
    if isinstance(value, float):
        return format(value, ".9g")
    if isinstance(value, Mapping):
        return {key: _rounded(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_rounded(item) for item in value]
    return value
