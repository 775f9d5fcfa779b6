"""Variants of an exercise for some students, and what stands in the tables of their questions."""

from __future__ import annotations

from functools import cache

from svclab.practice import Exercise, Variant, deal

STUDENTS = [f"2026-{number:04d}" for number in range(60)]


@cache
def dealt(exercise: Exercise, students: int = 12) -> list[Variant]:
    return [deal(exercise, student) for student in STUDENTS[:students]]


def rows_of(text: str) -> list[list[str]]:
    """The cells of all tables in a text, without the rules under their heads."""
    lines = [line for line in text.splitlines() if line.startswith("|") and "---" not in line]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
