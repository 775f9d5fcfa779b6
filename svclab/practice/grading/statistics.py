"""What the class as a whole shows: distribution, items, objectives, misconceptions.

Difficulty of an item is the mean share of its points. Its discrimination is the corrected
item-total correlation: Pearson's correlation between the item and the sum of the *other* items
(Lord and Novick, 1968, chapter 15). Attainment of an objective is the mean share of the points
of its items, weighted by their points. Lateness is left out: it says nothing about knowledge.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from svclab.practice.grading.looking import Catalogue
from svclab.practice.grading.rules import CourseObjective, Rules
from svclab.practice.grading.scoring import Item, Mark, Marks

__all__ = [
    "FEWEST",
    "THRESHOLD",
    "Attained",
    "ItemFigures",
    "Misheld",
    "attainment",
    "correlation",
    "course_attainment",
    "distribution",
    "item_figures",
    "misconceptions",
    "participants",
]

#: Students below whom a correlation says nothing.
FEWEST = 10
#: Attainment from which an objective is usually called reached.
THRESHOLD = Fraction(3, 5)


@dataclass(frozen=True)
class ItemFigures:
    """How an item did.

    Parameters
    ----------
    item : Item
        The exercise.
    answered : int
        Students with an answer.
    difficulty : Fraction or None
        Mean share over all who handed in anything; what is missing counts 0.
    of_answered : Fraction or None
        Mean share over those who answered it.
    discrimination : float or None
        Corrected item-total correlation; None if it says nothing, see ``why``.
    why : str
        Why there is none; ``""`` if there is one.
    """

    item: Item
    answered: int
    difficulty: Fraction | None
    of_answered: Fraction | None
    discrimination: float | None
    why: str


@dataclass(frozen=True)
class Attained:
    """How far an objective was attained.

    Parameters
    ----------
    objective : CourseObjective
        The objective, with its weight.
    points : Fraction
        Points of the items that test it; 0 if nothing tests it yet.
    share : Fraction or None
        Over those who handed in anything, 0 to 1.
    share_of_roster : Fraction or None
        Over the whole roster; who handed in nothing counts 0.
    below : int
        Students who handed in something and are below :data:`THRESHOLD`.
    """

    objective: CourseObjective
    points: Fraction
    share: Fraction | None
    share_of_roster: Fraction | None
    below: int


@dataclass(frozen=True)
class Misheld:
    """A misconception that the class holds."""

    exercise: str
    title: str
    sentence: str
    students: int
    share: Fraction  # of those who answered the exercise


def participants(marks: Marks) -> list[Mark]:
    """Those of whom anything could be graded."""
    return [mark for mark in marks.marks if mark.handed_in]


def distribution(marks: Sequence[Mark], out_of: Fraction, bins: int = 10) -> list[int]:
    """How many totals lie in each tenth of the scale; the full total belongs to the last one."""
    counts = [0] * bins
    for mark in marks:
        counts[min(int(mark.total * bins / out_of), bins - 1)] += 1
    return counts


def _mean(values: Sequence[Fraction], n: int) -> Fraction | None:
    """The mean over ``n`` students; who has no value counts 0."""
    return sum(values, Fraction(0)) / n if n else None


def correlation(first: Sequence[float], second: Sequence[float]) -> float | None:
    """Pearson's correlation; None where one of them does not vary.

    Examples
    --------
    >>> correlation([0, 1, 2], [1, 3, 5]), correlation([1, 1, 1], [1, 2, 3])
    (1.0, None)
    """
    n = len(first)
    if n < 2:
        return None
    mean_first, mean_second = math.fsum(first) / n, math.fsum(second) / n
    left = [value - mean_first for value in first]
    right = [value - mean_second for value in second]
    squares = math.fsum(v * v for v in left) * math.fsum(v * v for v in right)
    if squares < 1e-18:
        return None
    return math.fsum(a * b for a, b in zip(left, right, strict=True)) / math.sqrt(squares)


def item_figures(marks: Marks) -> list[ItemFigures]:
    """Difficulty and discrimination of each item, in the order of the course."""
    who = participants(marks)
    counted = [item for item in marks.items if item.counted]
    reached = {item.name: [_reached(mark, item) for mark in who] for item in marks.items}
    totals = [math.fsum(reached[item.name][k] for item in counted) for k in range(len(who))]
    figures = []
    for item in marks.items:
        answers = [mark.answers.get(item.name) for mark in who]
        answered = [one.graded.share for one in answers if one]
        shares = [float(one.graded.share) if one else 0.0 for one in answers]
        own = reached[item.name]
        rest = [t - o for t, o in zip(totals, own, strict=True)] if item.counted else totals
        value, why = _discrimination(shares, rest, len(counted))
        n = len(answered)
        difficulty, of_answered = _mean(answered, len(who)), _mean(answered, n)
        figures.append(ItemFigures(item, n, difficulty, of_answered, value, why))
    return figures


def _reached(mark: Mark, item: Item) -> float:
    """The points that an answer reached, lateness left out; 0 without an answer."""
    answer = mark.answers.get(item.name)
    return float(item.points * answer.graded.share) if answer else 0.0


def _discrimination(
    own: Sequence[float], rest: Sequence[float], items: int
) -> tuple[float | None, str]:
    if len(own) < FEWEST:
        return None, f"too few: {len(own)} of {FEWEST} students"
    if items < 3:
        return None, "too few items"
    value = correlation(own, rest)
    return (value, "") if value is not None else (None, "no spread")


def _objectives(marks: Marks, rules: Rules, catalogue: Catalogue) -> list[CourseObjective]:
    """Those of the rules; without any, each chapter objective with the points of its items."""
    if rules.objectives:
        return list(rules.objectives)
    weights: dict[str, Fraction] = {}
    for item in marks.items:
        if item.counted:
            weights[item.source] = weights.get(item.source, Fraction(0)) + item.points
    made = []
    for source in sorted(weights, key=lambda one: (one.split(".")[0], int(one.split(".")[1]))):
        package, number = source.split(".")
        text = catalogue.objectives(package).get(int(number), "")
        name = f"{source}: {text}" if text else source
        made.append(CourseObjective(name, "", weights[source], (source,)))
    return made


def attainment(marks: Marks, rules: Rules, catalogue: Catalogue) -> list[Attained]:
    """How far each objective of the course was attained (课程目标达成度).

    Parameters
    ----------
    marks : Marks
        The class.
    rules : Rules
        Their objectives; without any, each chapter objective stands for itself.
    catalogue : Catalogue
        For the texts of chapter objectives.
    """
    there = {part.name for part in marks.parts}
    who = participants(marks)
    found = []
    for objective in _objectives(marks, rules, catalogue):
        items = [i for i in marks.items if i.counted and i.source in objective.sources]
        parts = {name: points for name, points in objective.parts.items() if name in there}
        points = sum((item.points for item in items), Fraction(0))
        points += sum(parts.values(), Fraction(0))
        if points == 0:
            found.append(Attained(objective, points, None, None, 0))
            continue
        own = {mark.student.key: _own(mark, items, parts) / points for mark in marks.marks}
        shares = [own[mark.student.key] for mark in who]
        below = sum(share < THRESHOLD for share in shares)
        share, of_roster = _mean(shares, len(who)), _mean(list(own.values()), len(own))
        found.append(Attained(objective, points, share, of_roster, below))
    return found


def _own(mark: Mark, items: Sequence[Item], parts: Mapping[str, Fraction]) -> Fraction:
    answered = [(item, mark.answers[item.name]) for item in items if item.name in mark.answers]
    reached = sum((item.points * one.graded.share for item, one in answered), Fraction(0))
    return reached + sum(
        (points * mark.shares[name] for name, points in parts.items()), Fraction(0)
    )


def course_attainment(attained: Sequence[Attained]) -> Fraction | None:
    """The mean over the objectives that are tested, weighted by their weights."""
    tested = [(one.objective.weight, one.share) for one in attained if one.share is not None]
    weight = sum((weight for weight, _ in tested), Fraction(0))
    if not weight:
        return None
    return (
        sum((weight * share for weight, share in tested if share is not None), Fraction(0)) / weight
    )


def misconceptions(marks: Marks, catalogue: Catalogue) -> list[Misheld]:
    """Which misconceptions the class holds, the most common first."""
    answered = Counter(name for mark in participants(marks) for name in mark.answers)
    titles = {item.name: item.title for item in marks.items}
    found = []
    for (exercise, name), students in marks.held.items():
        number = max(answered[exercise], len(students))
        sentence = _sentence(catalogue, exercise, name)
        share = Fraction(len(students), number)
        found.append(Misheld(exercise, titles[exercise], sentence, len(students), share))
    return sorted(found, key=lambda one: (-one.students, -one.share, one.exercise, one.sentence))


def _sentence(catalogue: Catalogue, exercise: str, name: str) -> str:
    known = {one.name: one.sentence for one in catalogue.find(exercise, None).misconceptions()}
    return known.get(name, name.replace("_", " "))  # an earlier version may have had others
