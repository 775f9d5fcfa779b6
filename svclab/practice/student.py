"""Whose numbers a notebook deals: set once, at its top."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from typing import Any
from weakref import WeakSet

from svclab.practice.variants import normal_id
from svclab.words import say

__all__ = ["Person", "current", "open_solutions", "student"]


@dataclass
class Person:
    """Who sits at this kernel.

    Parameters
    ----------
    number : str or None
        The student's number; None for practice.
    salt : str
        Of the hashes in this kernel's records.
    solutions : bool
        Whether worked solutions are open without a try.
    watchers : WeakSet
        The widgets that are shown: each is told to ``renew()`` when something has changed here,
        and that an exercise was ``answered(exercise)`` in a cell.
    """

    number: str | None = None
    salt: str = field(default_factory=lambda: secrets.token_hex(8))
    solutions: bool = False
    watchers: WeakSet[Any] = field(default_factory=WeakSet)


_person = Person()


def current() -> Person:
    """Who sits at this kernel."""
    return _person


def student(number: str = "") -> None:
    """Say whose numbers the exercises of this notebook shall have.

    Parameters
    ----------
    number : str
        Your student number, as on your student card. Empty: practice with numbers that are
        nobody's, and that can be dealt anew.

    Raises
    ------
    ValueError
        If it cannot be a student number.

    Examples
    --------
    >>> student("2026-0417")
    The exercises have the numbers of student 2026-0417. Your answers are saved with the notebook.
    >>> student("Zhang San")
    The exercises have the numbers of student zhangsan. Your answers are saved with the notebook.
    There is no digit in it: is it your student number?
    >>> student("")
    Practice: the exercises have numbers that are nobody's, so they are not graded.
    """
    if not isinstance(number, str):
        raise ValueError(
            f'student({number!r}): put the number between quotes, as in student("{number}"); '
            "without quotes leading zeros would be lost"
        )
    _person.number = normal_id(number) if number.strip() else None
    _tell()
    if _person.number is None:
        print(
            say("Practice: the exercises have numbers that are nobody's, so they are not graded.")
        )
    else:
        print(
            say(
                "The exercises have the numbers of student {number}. "
                "Your answers are saved with the notebook.",
                number=_person.number,
            )
        )
        if not any(sign.isdigit() for sign in _person.number):
            print(say("There is no digit in it: is it your student number?"))


def open_solutions() -> None:
    """Open all worked solutions, for the instructor: no try is needed."""
    _person.solutions = True
    _tell()


def _tell() -> None:
    for widget in list(_person.watchers):
        widget.renew()
