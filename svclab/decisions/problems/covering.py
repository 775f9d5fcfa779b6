"""Workforce covering: enough people every day of the week, or every hour of the day.

:func:`staff_cover` is the plain weekly (or hourly) cover, small enough to be written by hand; it
is for learning the model. For real shifts with breaks, missing people and limits on part-time
work use :func:`svclab.capacity.staffing.cover`.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from svclab.checks import a_column, a_count, names_of
from svclab.decisions.problems.common import Answer, NoPlanError, pulp_names, shown, solved, total
from svclab.words import join, say

__all__ = [
    "StaffCover",
    "days_in_a_row",
    "staff_cover",
    "staff_cover_problem",
    "staff_plan",
]

Patterns = Mapping[str, Sequence[str]]


@dataclass(frozen=True, repr=False)
class StaffCover(Answer):
    """How many people work each pattern."""

    people: Mapping[str, float]  # pattern to people; whole unless relaxed
    need: Mapping[str, float]  # period to people needed
    at_work: Mapping[str, float]  # period to people at work
    cost: float  # of all people; their number where no cost was given

    @property
    def table(self) -> list[dict[str, Any]]:
        """One row a period."""
        return [
            {"period": p, "needed": n, "at work": self.at_work[p], "spare": self.at_work[p] - n}
            for p, n in self.need.items()
        ]

    @property
    def too_few(self) -> list[str]:
        """Periods in which people are missing; empty: the plan covers all."""
        return [p for p, n in self.need.items() if self.at_work[p] < n - 1e-9]

    @property
    def sentence(self) -> str:
        """How many people on which patterns."""
        parts = [f"{shown(n)} × {name}" for name, n in self.people.items() if n]
        told = say(
            "{heads} people, cost {cost}: {parts}.",
            heads=shown(math.fsum(self.people.values())),
            cost=shown(self.cost),
            parts=join(parts, most=8) or "nobody",
        )
        if self.too_few:
            told += " " + say("Too few at work: {periods}.", periods=join(self.too_few, most=8))
        return told


def days_in_a_row(days: Sequence[str], length: int) -> dict[str, list[str]]:
    """All patterns of ``length`` days in a row; after the last day comes the first.

    Parameters
    ----------
    days : sequence of str
        The days of the week, or the hours of the day, in order.
    length : int
        How many a person works, from 1 to all.

    Returns
    -------
    dict
        Pattern, named by its first and last day, to its days.

    Raises
    ------
    ValueError
        If there are fewer days than ``length``.

    Examples
    --------
    >>> days_in_a_row(["Mon", "Tue", "Wed"], 2)
    {'Mon to Tue': ['Mon', 'Tue'], 'Tue to Wed': ['Tue', 'Wed'], 'Wed to Mon': ['Wed', 'Mon']}
    """
    days = names_of("days", days)
    if a_count("length", length, 1) > len(days):
        raise ValueError(f"length={length}: there are only {len(days)} days")
    patterns = {}
    for first in range(len(days)):
        row = [days[(first + k) % len(days)] for k in range(length)]
        patterns[f"{row[0]} to {row[-1]}" if length > 1 else row[0]] = row
    return patterns


def staff_cover_problem(
    need: Mapping[str, float],
    patterns: Patterns,
    *,
    cost: Mapping[str, float] | None = None,
    relaxed: bool = False,
) -> Any:
    """The workforce cover in PuLP, to look at or to solve.

    With x[s] people on pattern s: minimise Σₛ cₛ x[s], subject to Σ {x[s]: s works in period t}
    ≥ need of t.

    Parameters
    ----------
    need : mapping
        Period (day or hour) to people needed, zero or more.
    patterns : mapping of sequences
        Pattern to the periods in which its people work.
    cost : mapping, optional
        Pattern to the cost of a person, zero or more; left out: 1 each, so people are counted.
    relaxed : bool, optional
        True gives the linear program, with parts of people.

    Returns
    -------
    pulp.LpProblem
        A variable for each pattern, a constraint ``need_PERIOD`` for each period.

    Raises
    ------
    ValueError
        If a pattern works in an unknown period, or a table is no table.
    NoPlanError
        If nobody can work in a period in which people are needed.

    Examples
    --------
    >>> staff_cover_problem({"am": 2, "pm": 3}, {"early": ["am"], "all day": ["am", "pm"]})
    staff_cover:
    MINIMIZE
    1.0*all_day + 1.0*early + 0.0
    SUBJECT TO
    need_am: all_day + early >= 2
    <BLANKLINE>
    need_pm: all_day >= 3
    <BLANKLINE>
    VARIABLES
    0 <= all_day Integer
    0 <= early Integer
    """
    import pulp

    needs, works, costs = _staff(need, patterns, cost)
    problem = pulp.LpProblem("staff_cover", pulp.LpMinimize)
    kind = "Continuous" if relaxed else "Integer"
    x = {
        name: problem.add_variable(short, 0, None, kind)
        for name, short in zip(works, pulp_names(list(works)), strict=True)
    }
    problem += total((v, costs[name]) for name, v in x.items())
    for (period, people), short in zip(needs.items(), pulp_names(list(needs)), strict=True):
        there = pulp.lpSum(v for name, v in x.items() if period in works[name])
        if there.keys():
            problem += there >= people, f"need_{short}"
    return problem


def staff_cover(
    need: Mapping[str, float],
    patterns: Patterns,
    *,
    cost: Mapping[str, float] | None = None,
    relaxed: bool = False,
) -> StaffCover:
    """The cheapest number of people on each pattern.

    Parameters
    ----------
    need, patterns, cost, relaxed
        As for :func:`staff_cover_problem`.

    Returns
    -------
    StaffCover
        One of the cheapest, if there are several.

    Raises
    ------
    ValueError, NoPlanError
        As :func:`staff_cover_problem`.

    References
    ----------
    Dantzig, G. B. (1954), A comment on Edie's "Traffic delays at toll booths", Journal of the
    Operations Research Society of America 2, 339-341.

    Examples
    --------
    >>> staff_cover({"Mon": 3, "Tue": 2, "Wed": 4}, days_in_a_row(["Mon", "Tue", "Wed"], 2)).cost
    5.0
    """
    needs, works, costs = _staff(need, patterns, cost)
    problem = staff_cover_problem(need, patterns, cost=cost, relaxed=relaxed)
    found = solved(problem, "the need cannot be covered")
    short = pulp_names(list(works))
    people = {name: found[s] for name, s in zip(works, short, strict=True)}
    return _covered(needs, works, costs, people)


def staff_plan(
    need: Mapping[str, float],
    patterns: Patterns,
    people: Mapping[str, float],
    *,
    cost: Mapping[str, float] | None = None,
) -> StaffCover:
    """What a plan of one's own covers, such as one made by hand or by rounding.

    Parameters
    ----------
    need, patterns, cost
        As for :func:`staff_cover`.
    people : mapping
        Pattern to people, zero or more; patterns left out have nobody.

    Returns
    -------
    StaffCover
        ``too_few`` names the periods that it does not cover.

    Raises
    ------
    ValueError
        If a name or a number is wrong.

    Examples
    --------
    >>> days = ["Mon", "Tue", "Wed"]
    >>> need = {"Mon": 3, "Tue": 2, "Wed": 4}
    >>> staff_plan(need, days_in_a_row(days, 2), {"Wed to Mon": 3, "Mon to Tue": 1})
    4 people, cost 4: 1 × Mon to Tue and 3 × Wed to Mon. Too few at work: Tue and Wed.
      period  needed  at work  spare
      Mon          3        4      1
      Tue          2        1     −1
      Wed          4        3     −1
    """
    needs, works, costs = _staff(need, patterns, cost)
    return _covered(needs, works, costs, a_column("people", people, list(works), partly=True))


def _covered(
    needs: Mapping[str, float],
    works: Mapping[str, set[str]],
    costs: Mapping[str, float],
    people: Mapping[str, float],
) -> StaffCover:
    there = {
        period: math.fsum(n for name, n in people.items() if period in works[name])
        for period in needs
    }
    return StaffCover(people, needs, there, math.fsum(costs[s] * n for s, n in people.items()))


def _staff(
    need: Mapping[str, float], patterns: Patterns, cost: Mapping[str, float] | None
) -> tuple[dict[str, float], dict[str, set[str]], dict[str, float]]:
    needs = a_column("need", need)
    works: dict[str, set[str]] = {}
    for name in names_of("patterns", patterns):
        periods = names_of(f"patterns[{name!r}]", patterns[name])
        for period in periods:
            if period not in needs:
                raise ValueError(
                    f"patterns[{name!r}] works in {period!r}, which is not in need: "
                    f"{join(map(repr, needs), most=6)}"
                )
        works[name] = set(periods)
    costs = a_column("cost", cost, list(works)) if cost is not None else dict.fromkeys(works, 1.0)
    for period, people in needs.items():
        if people and not any(period in periods for periods in works.values()):
            raise NoPlanError(f"nobody can work in {period!r}, where {people:g} are needed: add a "
                              "pattern")  # fmt: skip
    return needs, works, costs
