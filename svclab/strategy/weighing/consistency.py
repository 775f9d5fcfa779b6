"""Which judgement fits the others least, what to change, and where judgements run in a circle."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from random import Random
from typing import Any

from svclab.checks import a_count
from svclab.decisions.problems.common import shown
from svclab.shown import Answer
from svclab.strategy.weighing.pairwise import MOST, SCALE, Comparison, principal
from svclab.words import count, say

__all__ = ["Doubt", "Doubts", "circles", "doubts", "simulated_random_index"]


@dataclass(frozen=True)
class Doubt:
    """One judgement against what all the others imply."""

    first: str  # named so that it was judged at least as important as the second, where not tied
    second: str
    judged: float  # times as important, as judged
    implied: float  # times as important, as the other judgements imply
    proposed: float  # the value of the scale, 1/9 to 9, nearest to what they imply
    ratio_after: float  # consistency ratio if it is changed to the proposed value

    @property
    def factor(self) -> float:
        """How far it is off, as a factor of 1 or more."""
        return max(self.judged / self.implied, self.implied / self.judged)


@dataclass(frozen=True, repr=False)
class Doubts(Answer):
    """All judgements, the one whose change helps most first."""

    rows: tuple[Doubt, ...]
    ratio: float  # the present consistency ratio

    @property
    def table(self) -> list[dict[str, Any]]:
        """One row a judgement."""
        return [
            {
                "judgement": f"{d.first} over {d.second}",
                "judged": as_ratio(d.judged),
                "implied": d.implied,
                "proposed": as_ratio(d.proposed),
                "ratio after": d.ratio_after,
            }
            for d in self.rows
        ]

    @property
    def sentence(self) -> str:
        """The judgement to look at first."""
        if not self.rows:
            return say("With fewer than three names no judgement can contradict another.")
        top = self.rows[0]
        if top.ratio_after >= self.ratio - 1e-12:
            return say(
                "Consistency ratio {ratio}: no single change on the scale makes it smaller.",
                ratio=shown(self.ratio),
            )
        return say(
            "Look first at {first} over {second}: judged {judged}, the others imply {implied}. "
            "With {proposed} the consistency ratio goes from {ratio} to {after}.",
            first=top.first,
            second=top.second,
            judged=as_ratio(top.judged),
            implied=shown(top.implied, digits=2),
            proposed=as_ratio(top.proposed),
            ratio=shown(self.ratio),
            after=shown(top.ratio_after),
        )


def doubts(comparison: Comparison) -> Doubts:
    """Which judgement fits the others least, and what to change it to.

    For each pair the judgement is taken out; the weights of the rest (the pair's cells 0, and 1
    added to both diagonal cells) imply the ratio w[i] / w[j] that would fit. The proposal is the
    nearest value of Saaty's scale. It is a question to the judge, not a correction: what was
    meant may well be right, and another judgement wrong.

    Parameters
    ----------
    comparison : Comparison
        From :func:`svclab.strategy.weighing.compare`.

    Returns
    -------
    Doubts
        One row a pair, smallest ratio after the change first; no rows for one or two names.

    References
    ----------
    Harker, P. T. (1987), Incomplete pairwise comparisons in the analytic hierarchy process,
    Mathematical Modelling 9, 837-848 (the pair taken out). Saaty, T. L. (2003), Decision-making
    with the AHP: why is the principal eigenvector necessary, European Journal of Operational
    Research 145, 85-91 (improving judgements one at a time).

    Examples
    --------
    >>> from svclab.strategy.weighing import compare
    >>> found = doubts(compare({("taste", "price"): 2, ("price", "speed"): 2,
    ...                         ("taste", "speed"): 9}))
    >>> found.sentence
    'Look first at taste over speed: judged 9, the others imply 4. With 4 the consistency ratio goes
     from 0.071 to 0.'
    >>> [(d.first, d.second, round(d.implied, 2), d.proposed) for d in found.rows]
    [('taste', 'speed', 4.0, 4.0), ('taste', 'price', 4.5, 5.0), ('price', 'speed', 4.5, 5.0)]
    """
    names = comparison.names
    if len(names) < 3:
        return Doubts((), comparison.ratio)
    rows = [_doubt(comparison, i, j) for i, j in combinations(range(len(names)), 2)]
    return Doubts(tuple(sorted(rows, key=lambda d: round(d.ratio_after, 12))), comparison.ratio)


def circles(comparison: Comparison) -> tuple[tuple[str, str, str], ...]:
    """Threes that contradict each other outright: a above b, b above c, and c above a.

    Parameters
    ----------
    comparison : Comparison
        From :func:`svclab.strategy.weighing.compare`.

    Returns
    -------
    tuple of tuple
        Each three once, starting with the name that stands first in the comparison.

    References
    ----------
    Kendall, M. G. and Babington Smith, B. (1940), On the method of paired comparisons,
    Biometrika 31, 324-345.

    Examples
    --------
    >>> from svclab.strategy.weighing import compare
    >>> circles(compare({("a", "b"): 3, ("b", "c"): 2, ("c", "a"): 2}))
    (('a', 'b', 'c'),)
    """
    names, m = comparison.names, comparison.matrix
    found = []
    for i, j, k in combinations(range(len(names)), 3):
        for x, y, z in ((i, j, k), (i, k, j)):
            if m[x][y] > 1 and m[y][z] > 1 and m[z][x] > 1:
                found.append((names[x], names[y], names[z]))
    return tuple(found)


def simulated_random_index(names: int, *, matrices: int = 500, seed: int | str) -> float:
    """Where the random index comes from: the mean consistency index of random judgements.

    Parameters
    ----------
    names : int
        Things compared, 3 to 10.
    matrices : int, optional
        How many matrices to draw, one or more; each judgement is one of the 17 values of
        Saaty's scale, all equally likely.
    seed : int or str
        Names the random stream.

    Returns
    -------
    float
        About 0.52 for 3, 0.89 for 4, 1.11 for 5.

    Raises
    ------
    ValueError
        For a number of names or matrices out of range.

    Examples
    --------
    >>> round(simulated_random_index(4, matrices=500, seed=1), 1)
    0.9
    """
    if a_count("names", names, 3) > MOST:
        raise ValueError(f"names={names!r}: give 3 to {MOST}")
    a_count("matrices", matrices, 1)
    stream = Random(f"random index/{seed}")
    found = []
    for _ in range(matrices):
        matrix = [[1.0] * names for _ in range(names)]
        for i, j in combinations(range(names), 2):
            matrix[i][j] = stream.choice(SCALE)
            matrix[j][i] = 1 / matrix[i][j]
        found.append((principal(matrix)[1] - names) / (names - 1))
    return math.fsum(found) / matrices


def as_ratio(value: float) -> str:
    """A judgement as people say it: 1/3 rather than 0.333.

    Examples
    --------
    >>> as_ratio(1 / 3), as_ratio(2.5)
    ('1/3', '2.5')
    """
    if value < 1 and abs(1 / value - round(1 / value)) < 1e-9:
        return say("1/{n}", n=count(round(1 / value)))
    return shown(value)


def _doubt(comparison: Comparison, i: int, j: int) -> Doubt:
    if comparison.matrix[i][j] < 1:
        i, j = j, i
    without = [list(row) for row in comparison.matrix]
    without[i][j] = without[j][i] = 0.0
    without[i][i] = without[j][j] = 2.0
    vector, _ = principal(without)
    implied = vector[i] / vector[j]
    proposed = nearest(SCALE, implied)
    changed = [list(row) for row in comparison.matrix]
    changed[i][j], changed[j][i] = proposed, 1 / proposed
    n = len(changed)
    after = max(0.0, (principal(changed)[1] - n) / (n - 1)) / comparison.random_index
    names, judged = comparison.names, comparison.matrix[i][j]
    return Doubt(names[i], names[j], judged, implied, proposed, after)


def nearest(scale: Sequence[float], value: float) -> float:
    """The value of a scale of ratios that is off by the smallest factor."""
    return min(scale, key=lambda s: abs(math.log(s / value)))
