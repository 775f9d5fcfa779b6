"""Service goals against corporate goals (战略一致性, ST-02): what is covered, idle or in conflict.

The source asks that service strategy agree with corporate strategy; it gives no method. The
matrix, its scale of -3 to 3 and the rule for "covered" are ours.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from itertools import combinations
from typing import Any

from svclab.checks import between, zero_or_more
from svclab.shown import Answer
from svclab.strategy.weighing.checked import a_table, shares
from svclab.words import count, join, percent, say

__all__ = ["Alignment", "align"]

STRONGEST = 3


@dataclass(frozen=True, repr=False)
class Alignment(Answer):
    """A matrix of goals with what can be read from it."""

    matrix: Mapping[str, Mapping[str, float]]  # service goal to corporate goal to -3 ... 3
    weights: Mapping[str, float]  # share of each corporate goal; together 1
    needed: float  # support at which a corporate goal counts as covered
    names: tuple[str, str] = ("service goal", "corporate goal")  # of a row, and of a column

    @property
    def support(self) -> dict[str, float]:
        """Corporate goal to the sum of what helps it."""
        return {
            goal: math.fsum(max(0.0, row[goal]) for row in self.matrix.values())
            for goal in self.weights
        }

    @property
    def harm(self) -> dict[str, float]:
        """Corporate goal to the sum of what works against it, as a number of zero or more."""
        return {
            goal: math.fsum(max(0.0, -row[goal]) for row in self.matrix.values())
            for goal in self.weights
        }

    @property
    def uncovered(self) -> tuple[str, ...]:
        """Corporate goals with less support than needed."""
        return tuple(goal for goal, s in self.support.items() if s < self.needed - 1e-9)

    @property
    def coverage(self) -> float:
        """Weight of the corporate goals that are covered, 0 to 1."""
        bare = set(self.uncovered)
        return math.fsum(w for goal, w in self.weights.items() if goal not in bare)

    @property
    def orphans(self) -> tuple[str, ...]:
        """Service goals that help no corporate goal."""
        return tuple(g for g, row in self.matrix.items() if all(x <= 0 for x in row.values()))

    @property
    def conflicts(self) -> tuple[tuple[str, str], ...]:
        """(service goal, corporate goal) where the one works against the other."""
        return tuple(
            (g, goal) for g, row in self.matrix.items() for goal, x in row.items() if x < 0
        )

    @property
    def tensions(self) -> tuple[tuple[str, str, str], ...]:
        """(helps, harms, corporate goal): two service goals that pull one goal both ways."""
        found = []
        for a, b in combinations(self.matrix, 2):
            for goal in self.weights:
                x, y = self.matrix[a][goal], self.matrix[b][goal]
                if x * y < 0:
                    found.append((a, b, goal) if x > 0 else (b, a, goal))
        return tuple(found)

    @property
    def scores(self) -> dict[str, float]:
        """Service goal to its weighted net contribution, -3 to 3."""
        return {
            g: math.fsum(self.weights[goal] * x for goal, x in row.items())
            for g, row in self.matrix.items()
        }

    @property
    def table(self) -> list[dict[str, Any]]:
        """One row a service goal, then the support of each corporate goal."""
        scores = self.scores
        helper = self.names[0]
        rows = [{helper: g, **row, "score": scores[g]} for g, row in self.matrix.items()]
        return [*rows, {helper: "support", **self.support, "score": None}]

    @property
    def sentence(self) -> str:
        """Coverage, and what to talk about."""
        parts = [
            say("{share} of the weight of the {goals}s is covered",
                share=percent(self.coverage), goals=self.names[1])
        ]  # fmt: skip
        if self.uncovered:
            parts.append(say("not covered: {g}", g=join(self.uncovered, most=6)))
        if self.orphans:
            parts.append(
                say("helping no {goal}: {g}", goal=self.names[1], g=join(self.orphans, most=6))
            )
        if self.conflicts:
            parts.append(say("{n}", n=count(len(self.conflicts), "conflict")))
        return say("{parts}.", parts="; ".join(parts))


def align(
    matrix: Mapping[str, Mapping[str, float]],
    weights: Mapping[str, float] | None = None,
    *,
    needed: float = 3.0,
    names: tuple[str, str] = ("service goal", "corporate goal"),
) -> Alignment:
    """What service goals do for corporate goals.

    Parameters
    ----------
    matrix : mapping of mapping
        Service goal to corporate goal to how much the one helps the other: 3 strongly, 2, 1 a
        little, 0 not, -1 to -3 works against it.
    weights : mapping, optional
        Corporate goal to weight; equal if left out.
    needed : float, optional
        Sum of helping entries from which a corporate goal counts as covered. 3, one strong or
        three weak helpers, is our convention.
    names : tuple of str, optional
        What a row and a column are called, in the singular: the matrix serves any two lists.

    Returns
    -------
    Alignment

    Raises
    ------
    ValueError
        If a cell is missing or outside -3 to 3.

    Examples
    --------
    >>> align({"answer in a minute": {"loyalty": 3, "low cost": -2},
    ...        "self-checkout": {"loyalty": 0, "low cost": 2}})
    50% of the weight of the corporate goals is covered; not covered: low cost; 1 conflict.
      service goal        loyalty  low cost  score
      answer in a minute        3        −2    0.5
      self-checkout             0         2      1
      support                   3         2
    """
    known = a_table("matrix", matrix, each=partial(between, low=-STRONGEST, high=STRONGEST))
    goals = list(next(iter(known.values())))
    shared = shares("weights", dict.fromkeys(goals, 1.0) if weights is None else weights, goals)
    return Alignment(known, {g: shared[g] for g in goals}, zero_or_more("needed", needed), names)
