"""What an exercise can ask for: numbers, choices, an order, a table, a plan, a function.

A field reads what was typed (:meth:`Field.read`), and judges it against the right value
(:meth:`Field.judge`). It never says what the right value is.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Literal

from svclab.practice.reading import LONGEST, Typed, read_number
from svclab.practice.units import others
from svclab.words import join, say

__all__ = [
    "ChoiceField",
    "ChoicesField",
    "Field",
    "IntegerField",
    "Judged",
    "MissingAnswerError",
    "NumberField",
    "OrderField",
]

Status = Literal["right", "rounded", "unit", "misconception", "wrong", "missing", "unreadable"]


class MissingAnswerError(ValueError):
    """Nothing was answered in this field."""


@dataclass(frozen=True)
class Judged:
    """What an answer in one field is worth.

    Parameters
    ----------
    status : str
        ``right``, ``rounded`` (right, but with too few digits), ``unit`` (right in another
        unit) or ``wrong``.
    share : float
        Part of the field's points, 0 to 1.
    message : str
        More than the status says, such as how many entries are right; often empty.
    cells : mapping, optional
        Of a table the status of each box that may be told, as ``{row: {column: status}}``.
    """

    status: Status
    share: float = 0.0
    message: str = ""
    cells: Mapping[str, Mapping[str, Status]] | None = None


RIGHT = Judged("right", 1.0)
WRONG = Judged("wrong")


@dataclass(frozen=True)
class Field:
    """What all fields have in common.

    Parameters
    ----------
    name : str
        A Python name: ``exercise.check(name=...)``.
    label : str
        What stands at the field.
    help : str, optional
        One line on how to answer.
    """

    name: str
    label: str

    kind = ""

    def __post_init__(self) -> None:
        if not self.name.isidentifier():
            raise ValueError(f"field name {self.name!r} must be a Python name")

    def read(self, typed: Any) -> Any:
        """The answer in a form that can be judged.

        Raises
        ------
        MissingAnswerError
            If nothing was answered.
        ValueError
            With a sentence for the reader, if it cannot be read.
        """
        raise NotImplementedError

    def judge(self, given: Any, right: Any) -> Judged:
        """Judge what :meth:`read` gave against the right value."""
        raise NotImplementedError

    def same(self, given: Any, value: Any) -> bool:
        """Whether an answer is this value: how misconceptions are recognised."""
        return self.judge(given, value).status == "right"

    def leans(self, given: Any, value: Any, right: Any) -> bool:
        """Whether an answer goes a part of the way to a wrong model's value."""
        return False

    def as_read(self, value: Any) -> Any:
        """A value of the solver as if it had been typed exactly."""
        return self.read(value)

    def declaration(self) -> dict[str, Any]:
        """What a host needs to draw the field, as plain data."""
        return {
            "kind": self.kind,
            "name": self.name,
            "label": self.label,
            "help": getattr(self, "help", ""),
        }

    def mark(self) -> dict[str, Any]:
        """What of the declaration decides whether an answer is right; part of the digest."""
        kept = self.declaration()
        kept.pop("label")
        kept.pop("help")
        return kept


@dataclass(frozen=True)
class NumberField(Field):
    """A number with a unit; right within the larger of two tolerances.

    Parameters
    ----------
    unit : str, optional
        Such as ``"per hour"``, ``"min"``, ``"%"`` (then 81.3 is typed for 81.3%) or ``"yuan"``.
    relative : float, optional
        Tolerance as a share of the right value.
    absolute : float, optional
        Tolerance in the field's unit.

    Examples
    --------
    >>> field = NumberField("capacity", "Capacity", unit="per hour")
    >>> [field.judge(field.read(t), 65.4545).status for t in ("65.45", "65", "1.0909", "70")]
    ['right', 'rounded', 'unit', 'wrong']
    """

    unit: str = ""
    relative: float = 0.005
    absolute: float = 0.0
    help: str = ""

    kind = "number"

    def read(self, typed: Any) -> Typed:
        if typed is None or (isinstance(typed, str) and not typed.strip()):
            raise MissingAnswerError(say("Not answered yet."))
        return read_number(typed, self.unit)

    def as_read(self, value: float) -> Typed:
        return Typed(Fraction(value), None, LONGEST)

    def tolerance(self, right: float) -> float:
        """How far an answer may be off, in the field's unit."""
        # Beyond the tolerance itself: the remainder of floating-point arithmetic.
        return max(self.relative * abs(right), self.absolute) + 1e-9 * max(1.0, abs(right))

    def judge(self, given: Typed, right: float) -> Judged:
        value = float(given.value)
        off, tolerance = abs(value - right), self.tolerance(right)
        if off <= tolerance:
            return RIGHT
        if given.grain is not None and given.digits and off <= 0.5001 * float(given.grain):
            return Judged("rounded")
        # Two digits are enough to know a unit again; one digit fits too many numbers.
        grain = 0.0 if given.grain is None or given.digits < 2 else float(given.grain)
        for size in others(self.unit).values():
            if abs(value * size - right) <= max(tolerance, 0.5001 * grain * size):
                return Judged("unit")
        return WRONG

    def same(self, given: Typed, value: float) -> bool:
        judged = self.judge(given, value)
        # Two digits are enough to know a wrong model again.
        return judged.status == "right" or (judged.status == "rounded" and given.digits > 1)

    def declaration(self) -> dict[str, Any]:
        return {**super().declaration(), "unit": self.unit}

    def mark(self) -> dict[str, Any]:
        return {**super().mark(), "relative": self.relative, "absolute": self.absolute}


@dataclass(frozen=True)
class IntegerField(Field):
    """A whole number, exact.

    Examples
    --------
    >>> IntegerField("cost", "Cost", unit="yuan").read("2,810 yuan")
    2810
    >>> IntegerField("workers", "Workers").read("7.5")
    Traceback (most recent call last):
    ValueError: Type a whole number here.
    """

    unit: str = ""
    help: str = ""

    kind = "integer"

    def read(self, typed: Any) -> int:
        if typed is None or (isinstance(typed, str) and not typed.strip()):
            raise MissingAnswerError(say("Not answered yet."))
        value = read_number(typed, self.unit, whole=True).value
        if value.denominator != 1:
            raise ValueError(say("Type a whole number here."))
        return int(value)

    def judge(self, given: int, right: int) -> Judged:
        return RIGHT if given == right else WRONG

    def declaration(self) -> dict[str, Any]:
        return {**super().declaration(), "unit": self.unit}


def _options(options: Mapping[str, str]) -> list[dict[str, str]]:
    return [{"value": value, "label": label} for value, label in options.items()]


def _one_of(typed: Any, options: Mapping[str, str]) -> str:
    """The option meant: by its value or, from code, by its label."""
    if isinstance(typed, str):
        if typed in options:
            return typed
        for value, label in options.items():
            if typed.strip().casefold() == label.casefold():
                return value
    raise ValueError(say("Choose from: {options}.", options=join(list(options.values()), "or")))


@dataclass(frozen=True)
class ChoiceField(Field):
    """One of several options, as ``{value: label}`` in the order shown."""

    options: Mapping[str, str]
    help: str = ""

    kind = "choice"

    def read(self, typed: Any) -> str:
        if typed in (None, ""):
            raise MissingAnswerError(say("Not answered yet."))
        return _one_of(typed, self.options)

    def judge(self, given: str, right: str) -> Judged:
        return RIGHT if given == right else WRONG

    def declaration(self) -> dict[str, Any]:
        return {**super().declaration(), "options": _options(self.options)}

    def mark(self) -> dict[str, Any]:
        return {**super().mark(), "options": list(self.options)}


@dataclass(frozen=True)
class ChoicesField(ChoiceField):
    """Any number of several options.

    A part of the points for a part of the ticks: right ones minus wrong ones.

    Examples
    --------
    >>> field = ChoicesField("true", "True?", {"a": "one", "b": "two", "c": "three"})
    >>> field.judge(field.read(["a", "c"]), ["a", "b"]).share
    0.0
    """

    kind = "choices"

    def read(self, typed: Any) -> list[str]:  # type: ignore[override]
        if typed is None or typed == []:
            raise MissingAnswerError(say("Not answered yet."))
        given = [typed] if isinstance(typed, str) else typed
        if not isinstance(given, Sequence) or len(given) > len(self.options):
            raise ValueError(say("Tick one or more of the options."))
        chosen = {_one_of(one, self.options) for one in given}
        return [value for value in self.options if value in chosen]

    def judge(self, given: list[str], right: Sequence[str]) -> Judged:  # type: ignore[override]
        hits = sum(value in right for value in given)
        if hits == len(right) == len(given):
            return RIGHT
        share = max(0, 2 * hits - len(given)) / len(right) if right else 0.0
        n = len(self.options)
        known = n - len(set(given) ^ set(right))
        template = "{known} of {n} lines are judged rightly: ticked, or left empty."
        if known == 1:
            template = "{known} of {n} lines is judged rightly: ticked, or left empty."
        return Judged("wrong", min(share, 1.0), say(template, known=known, n=n))

    def leans(self, given: list[str], value: list[str], right: Sequence[str]) -> bool:
        """Whether the one tick by which a wrong model differs is wrong here too."""
        one = set(value) ^ set(right)
        return len(one) == 1 and one <= set(given) ^ set(right)


@dataclass(frozen=True)
class OrderField(Field):
    """All items, as ``{value: label}``, brought into an order."""

    items: Mapping[str, str]
    help: str = ""

    kind = "order"

    def read(self, typed: Any) -> list[str]:
        if typed is None or typed == []:
            raise MissingAnswerError(say("Not answered yet."))
        if isinstance(typed, str) or not isinstance(typed, Sequence):
            raise ValueError(say("Give all items in their order."))
        given = [_one_of(one, self.items) for one in typed[: len(self.items) + 1]]
        if sorted(given) != sorted(self.items):
            n = len(self.items)
            raise ValueError(say("Each of the {n} must stand in the order once.", n=n))
        return given

    def judge(self, given: list[str], right: Sequence[str]) -> Judged:
        return RIGHT if given == list(right) else WRONG

    def declaration(self) -> dict[str, Any]:
        return {**super().declaration(), "items": _options(self.items)}

    def mark(self) -> dict[str, Any]:
        return {**super().mark(), "items": list(self.items)}
