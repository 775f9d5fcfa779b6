"""Capability gaps: hours needed against hours available, skill by skill.

The second step of capability building, resource matching: a need is known, people are there, but
a person with two skills has only one pair of hands. Hours are given out so that as little as
possible stays uncovered; what is still missing is the gap, and who has hours left could learn.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from svclab.checks import a_share, zero_or_more
from svclab.shown import html_table, text_table
from svclab.words import hours, join, number, say

__all__ = ["CapabilityGap", "Person", "SkillGap", "capability_gap"]


@dataclass(frozen=True)
class Person:
    """Somebody with hours and skills.

    Examples
    --------
    >>> Person("Li", 38, ("loans", "savings")).skills
    ('loans', 'savings')
    """

    name: str
    hours: float  # paid hours in the planning period
    skills: Sequence[str]

    def __post_init__(self) -> None:
        if not self.name.strip():
            raise ValueError(f"name={self.name!r}: give each person a name")
        zero_or_more(f"{self.name!r}: hours", self.hours, "hours")
        object.__setattr__(self, "skills", tuple(self.skills))


@dataclass(frozen=True)
class SkillGap:
    """One skill: what is needed and what there is; all in hours of the planning period."""

    skill: str
    needed: float
    specialists: float  # hours of people who have this skill only
    skilled: float  # hours of all people who have it, also those needed elsewhere
    given: float  # hours given to it in the best match

    @property
    def gap(self) -> float:
        """Hours that stay uncovered."""
        return max(0.0, self.needed - self.given)


@dataclass(frozen=True, repr=False)
class CapabilityGap:
    """Needed against available hours by skill, and who could be trained."""

    skills: tuple[SkillGap, ...]
    given: Mapping[str, Mapping[str, float]]  # person to skill to hours
    left: Mapping[str, float]  # person to hours that nobody needs
    shrinkage: float  # share of paid time that is not spent on the work

    @property
    def gap(self) -> float:
        """Hours that stay uncovered, all skills together."""
        return math.fsum(row.gap for row in self.skills)

    @property
    def trainable(self) -> float:
        """Hours of the gap that people with hours left could close, if they learnt the skill."""
        return min(self.gap, math.fsum(self.left.values()))

    @property
    def advice(self) -> str:
        """What the table says, in words."""
        short = [row for row in self.skills if row.gap > 1e-6]
        if not short:
            return say("Every skill is covered.")
        gaps = join([say("{skill} ({n})", skill=r.skill, n=hours(r.gap)) for r in short])
        text = say("Missing: {gaps}.", gaps=gaps)
        idle = [
            say("{name} ({left})", name=name, left=hours(left))
            for name, left in self.left.items()
            if left > 1e-6
        ]
        if idle:
            text += say(
                " Hours left: {people}; training could close {closed} of the gap.",
                people=join(idle),
                closed=hours(self.trainable),
            )
        rest = self.gap - self.trainable
        if rest > 1e-6:
            text += say(" {rest} need more people, or less work.", rest=hours(rest))
        return text

    def rows(self) -> list[tuple[str, ...]]:
        """Skill, hours needed, of specialists, of all who have it, given, and the gap."""
        rows = [(r.skill, r.needed, r.specialists, r.skilled, r.given, r.gap) for r in self.skills]
        return [(name, *(str(number(value)) for value in values)) for name, *values in rows]

    def __repr__(self) -> str:
        return text_table("Hours by skill", HEAD, self.rows(), [self.advice])

    def _repr_html_(self) -> str:
        short = frozenset(k for k, row in enumerate(self.skills) if row.gap > 1e-6)
        return html_table("Hours by skill", HEAD, self.rows(), notes=[self.advice], strong=short)


HEAD = ["skill", "needed", "specialists", "all with the skill", "given", "gap"]


def capability_gap(
    needed: Mapping[str, float], people: Sequence[Person], *, shrinkage: float = 0.0
) -> CapabilityGap:
    """Match people's hours to the skills that are needed, and show what is missing.

    With h[i, k] hours of person i for skill k: minimise Σ (needed[k] - Σᵢ h[i, k]), with
    Σₖ h[i, k] ≤ hours of i and Σᵢ h[i, k] ≤ needed[k]. Of the matches that leave the smallest
    gap, the one that covers the skills named first.

    Parameters
    ----------
    needed : mapping
        Skill to hours of work in the planning period.
    people : sequence of Person
        With their paid hours and skills. A skill that nobody needs counts for nothing.
    shrinkage : float, optional
        Share of paid time that is not spent on the work, default 0.

    Returns
    -------
    CapabilityGap

    Raises
    ------
    ValueError
        For negative hours, or two people of one name.

    Notes
    -----
    To add up the hours of all who have a skill counts a person once for each skill. The column
    "all with the skill" shows that sum; it looks better than it is.

    Examples
    --------
    >>> capability_gap({"savings": 60, "loans": 50},
    ...                [Person("An", 40, ["savings"]), Person("Bo", 40, ["savings", "loans"]),
    ...                 Person("Chen", 40, ["cards"])])
    Hours by skill
      skill    needed  specialists  all with the skill  given  gap
      savings      60           40                  80     60    0
      loans        50            0                  40     20   30
    Missing: loans (30 h). Hours left: Chen (40 h); training could close 30 h of the gap.
    """
    lost = a_share("shrinkage", shrinkage)
    wanted = {k: zero_or_more(f"needed[{k!r}]", n, "hours") for k, n in needed.items()}
    if not wanted:
        raise ValueError("needed is empty: give the hours of each skill")
    names = [person.name for person in people]
    if len(set(names)) < len(names):
        raise ValueError("two people have the same name: give each a name of their own")
    there = {person.name: person.hours * (1 - lost) for person in people}
    given = _matched(wanted, people, there)
    rows = []
    for skill, need in wanted.items():
        able = [p for p in people if skill in p.skills]
        alone = [p for p in able if sum(s in wanted for s in set(p.skills)) == 1]
        rows.append(
            SkillGap(
                skill,
                need,
                math.fsum(there[p.name] for p in alone),
                math.fsum(there[p.name] for p in able),
                math.fsum(hours_of.get(skill, 0.0) for hours_of in given.values()),
            )
        )
    left = {name: max(0.0, there[name] - math.fsum(given[name].values())) for name in names}
    return CapabilityGap(tuple(rows), given, left, lost)


def _matched(
    wanted: Mapping[str, float], people: Sequence[Person], there: Mapping[str, float]
) -> dict[str, dict[str, float]]:
    import pulp  # here, so that the chapter loads without it

    from svclab.linear import solve

    problem = pulp.LpProblem("matching", pulp.LpMaximize)
    skills = list(wanted)
    x: dict[tuple[int, int], Any] = {
        (i, k): problem.add_variable(f"h_{i}_{k}", 0)
        for i, person in enumerate(people)
        for k, skill in enumerate(skills)
        if skill in person.skills
    }
    given: dict[str, dict[str, float]] = {person.name: {} for person in people}
    if not x:
        return given
    # Weights that fall from skill to skill settle ties; the sum itself stays the largest, because
    # what can be given is a polymatroid, in which every greedy choice ends at the same total.
    problem += pulp.lpSum((2 * len(skills) - k) * v for (_, k), v in x.items())
    for i, person in enumerate(people):
        if mine := [v for (j, _), v in x.items() if j == i]:
            problem += pulp.lpSum(mine) <= there[person.name], f"person_{i}"
    for k, skill in enumerate(skills):
        if able := [v for (_, j), v in x.items() if j == k]:
            problem += pulp.lpSum(able) <= wanted[skill], f"skill_{k}"
    values = solve(problem).values
    for (i, k), variable in x.items():
        if values[variable.name] > 1e-9:
            given[people[i].name][skills[k]] = round(values[variable.name], 9)
    return given
