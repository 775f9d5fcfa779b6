"""A record checked anew, for grading: nothing of what it says of itself is believed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from svclab.practice.definition import Exercise
from svclab.practice.feedback import check
from svclab.practice.records import Record
from svclab.practice.registry import find
from svclab.practice.variants import deal

__all__ = ["AnotherVariantError", "Checked", "check_record"]


class AnotherVariantError(ValueError):
    """The record's answers belong to other numbers than this student's."""


@dataclass(frozen=True)
class Checked:
    """What a record is worth.

    Parameters
    ----------
    score : float
        Share of the points, 0 to 1.
    status : str
        ``right``, ``part``, ``wrong`` or ``unreadable``.
    fields : dict
        Status of each field.
    misconceptions : tuple of str
        Names of the wrong models recognised.
    """

    score: float
    status: str
    fields: Mapping[str, str]
    misconceptions: tuple[str, ...]


def check_record(
    record: Record, student: str, *, find: Callable[[str, int], Exercise] = find
) -> Checked:
    """Deal the student's variant again and check the record's answers on it.

    Parameters
    ----------
    record : Record
        As :func:`svclab.practice.records.read` gave it.
    student : str
        The student's number, from the roster.
    find : callable, optional
        Gives the exercise of a name and a version.

    Raises
    ------
    AnotherVariantError
        If the record was made on other numbers than this student's.
    ValueError
        If there is no such exercise or version.
    """
    variant = deal(find(record.exercise, record.version), student)
    if variant.key != record.variant:
        raise AnotherVariantError(
            f"{record.exercise}: the record belongs to other numbers than those of this student"
        )
    said = check(variant, record.answers)
    fields = {name: one.status for name, one in said.fields.items()}
    return Checked(said.share, said.status, fields, tuple(said.misconceptions))
