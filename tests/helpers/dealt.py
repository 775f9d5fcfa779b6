"""Variants of an exercise for some students, and what stands in the tables of their questions."""

from __future__ import annotations

from functools import cache, lru_cache

from svclab.practice import Exercise, Variant, class_of, deal

STUDENTS = [f"2026-{number:04d}" for number in range(60)]


@cache
def dealt(exercise: Exercise, students: int = 12) -> list[Variant]:
    return [deal(exercise, student) for student in STUDENTS[:students]]


@lru_cache(maxsize=1)
def whole_class(exercise: Exercise) -> list[Variant]:
    """The 500 of which digests are made; kept for one exercise, as tests go through them."""
    return list(class_of(exercise))


def rows_of(text: str) -> list[list[str]]:
    """The cells of all tables in a text, without the rules under their heads."""
    lines = [line for line in text.splitlines() if line.startswith("|") and "---" not in line]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
