"""What the rooms of this chapter share: points, lists in a sentence."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from svclab.words import Quantity, join

__all__ = ["chapters_of", "listed", "points", "share_of", "some"]


def points(value: float, digits: int = 1) -> Quantity:
    """Points of a scale.

    Examples
    --------
    >>> str(points(1)), str(points(62.25))
    ('1 point', '62.2 points')
    """
    return Quantity(value, "point", digits, "points")


def some(name: str, values: Any) -> list[str]:
    """A list of texts, none empty; a single text is refused.

    Examples
    --------
    >>> some("verbs", "plan")
    Traceback (most recent call last):
    ValueError: verbs='plan': give a list of texts, such as ['plan']
    """
    if isinstance(values, str) or not isinstance(values, Iterable):
        raise ValueError(f"{name}={values!r}: give a list of texts, such as ['plan']")
    found = list(values)
    for value in found:
        if not isinstance(value, str) or not value.strip():
            raise ValueError(f"{name} holds {value!r}: each must be a text")
    return [value.strip() for value in found]


def listed(words: Iterable[str], last: str = "and") -> str:
    """Words as a list in a sentence; ``none`` for an empty list.

    Examples
    --------
    >>> listed([]), listed(["plan", "control"])
    ('none', 'plan and control')
    """
    words = list(words)
    return join(words, last) if words else "none"


def chapters_of(cell: str) -> tuple[int, ...]:
    """Chapter numbers out of a table's cell.

    Examples
    --------
    >>> chapters_of("5;11")
    (5, 11)
    """
    return tuple(int(part) for part in cell.split(";") if part)


def share_of(part: int, whole: int) -> float:
    """A part of a whole; 0 where there is no whole.

    Examples
    --------
    >>> share_of(1, 4), share_of(0, 0)
    (0.25, 0.0)
    """
    return part / whole if whole else 0.0
