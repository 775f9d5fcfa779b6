"""Seven aspects (I-03) and five dimensions (I-04) as a weighted self-assessment.

A service is scored from 0 to 5 on each aspect; weights say how much each matters to it. The total
is the weighted mean. Of the five dimensions the documents show three; the fourth and the fifth
are cut off. The course does not guess them: the reader picks two of the four other aspects and
says why, and :func:`choices_of_two` shows how much the result rests on that choice.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from svclab.checks import between, known
from svclab.introduction.common import listed, points
from svclab.shown import Answer
from svclab.words import number, percent, say

__all__ = [
    "PRINTED",
    "SEVEN",
    "Aspect",
    "Assessment",
    "Choices",
    "aspects",
    "assess",
    "choices_of_two",
    "five_dimensions",
]

# Source: the documents name these seven and stop there.
SEVEN: tuple[str, ...] = (
    "strategy",
    "process design and optimisation",
    "quality",
    "customer relationships",
    "suppliers and partners",
    "staff training",
    "data analysis and decision support",
)
# Source: the three dimensions that are printed; each is one of the seven aspects.
PRINTED: tuple[str, ...] = SEVEN[:3]
BEST = 5.0


@dataclass(frozen=True)
class Aspect:
    """An aspect or dimension, and whether it is the source's or the reader's."""

    name: str
    origin: str  # "source" or "reader's choice"
    reason: str = ""  # the reader's, for a choice


def aspects() -> tuple[Aspect, ...]:
    """The seven aspects.

    Returns
    -------
    tuple of Aspect
        All from the source.

    Examples
    --------
    >>> len(aspects()), aspects()[2].name
    (7, 'quality')
    """
    return tuple(Aspect(name, "source") for name in SEVEN)


def five_dimensions(fourth: str, fifth: str, *, why: Sequence[str]) -> tuple[Aspect, ...]:
    """The three printed dimensions and two that the reader chooses.

    Parameters
    ----------
    fourth, fifth : str
        Two of the four aspects that are not printed as dimensions; or words of one's own.
    why : sequence of str
        A reason for each of the two.

    Returns
    -------
    tuple of Aspect
        Five; the last two say that they are the reader's choice.

    Raises
    ------
    ValueError
        If a dimension comes twice, or a reason is missing.

    Examples
    --------
    >>> mine = five_dimensions("staff training", "customer relationships",
    ...                        why=["people make the service", "regulars bring most of the money"])
    >>> [one.origin for one in mine]
    ['source', 'source', 'source', "reader's choice", "reader's choice"]
    """
    chosen = (fourth, fifth)
    for name, value in zip(("fourth", "fifth"), chosen, strict=True):
        if not isinstance(value, str) or not value.strip():
            raise ValueError(f"{name}={value!r}: give the name of a dimension")
        if value in PRINTED:
            raise ValueError(f"{name}={value!r} is printed already: choose another")
    if fourth == fifth:
        raise ValueError(f"fifth={fifth!r} is the fourth too: choose two that differ")
    reasons = [] if isinstance(why, str) else list(why)
    if len(reasons) != 2 or not all(isinstance(r, str) and r.strip() for r in reasons):
        raise ValueError(f"why={why!r}: give two reasons, one for each dimension that you chose")
    own = [Aspect(n, "reader's choice", r) for n, r in zip(chosen, reasons, strict=True)]
    return (*(Aspect(name, "source") for name in PRINTED), *own)


@dataclass(frozen=True, repr=False)
class Assessment(Answer):
    """A weighted self-assessment; scores from 0 to 5."""

    scores: Mapping[str, float]  # points, 0 to 5
    weights: Mapping[str, float]  # add up to 1
    origins: Mapping[str, str]  # "source" or "reader's choice"

    @property
    def total(self) -> float:
        """Weighted mean of the scores, 0 to 5."""
        return math.fsum(self.weights[name] * self.scores[name] for name in self.scores)

    @property
    def gaps(self) -> dict[str, float]:
        """Points of the total that an aspect loses against 5, the largest first."""
        found = {name: self.weights[name] * (BEST - self.scores[name]) for name in self.scores}
        return dict(sorted(found.items(), key=lambda pair: -pair[1]))

    @property
    def first(self) -> tuple[str, ...]:
        """Where a point is worth most to begin: the largest weighted gaps, all equals."""
        most = max(self.gaps.values())
        if most <= 1e-12:
            return ()
        return tuple(name for name, gap in self.gaps.items() if gap > most - 1e-12)

    @property
    def lowest(self) -> tuple[str, ...]:
        """The aspects with the lowest score, whatever their weight."""
        least = min(self.scores.values())
        return tuple(name for name, score in self.scores.items() if score == least)

    @property
    def sentence(self) -> str:
        """The result in words."""
        return say(
            "{total} of 5. The largest weighted gap: {first}. The lowest score: {lowest}.",
            total=points(self.total, 2),
            first=listed(self.first),
            lowest=listed(self.lowest),
        )

    @property
    def table(self) -> list[dict[str, Any]]:
        """One row an aspect."""
        return [
            {
                "aspect": name,
                "score": self.scores[name],
                "weight": str(percent(self.weights[name])),
                "gap": str(number(self.gaps[name], 2)),
                "origin": self.origins[name],
            }
            for name in self.scores
        ]


def assess(
    scores: Mapping[str, float],
    *,
    weights: Mapping[str, float] | None = None,
    among: Sequence[Aspect] | None = None,
) -> Assessment:
    """A weighted self-assessment: total = Σ wᵢ sᵢ / Σ wᵢ; gap of an aspect = wᵢ (5 − sᵢ) / Σ w.

    Parameters
    ----------
    scores : mapping of str to float
        Points from 0 (nothing there) to 5 (could teach others), one for each aspect.
    weights : mapping of str to float, optional
        How much each matters, 0 or more, not all 0; left out: all alike.
    among : sequence of Aspect, optional
        What is assessed; left out: the seven aspects. :func:`five_dimensions` gives five.

    Returns
    -------
    Assessment
        Total, gaps, and where to begin.

    Raises
    ------
    ValueError
        If an aspect has no score, or a score or weight is out of range.

    Examples
    --------
    >>> scores = dict(zip(SEVEN, (3, 2, 4, 3, 2, 1, 2)))
    >>> assess(scores, weights={**dict.fromkeys(SEVEN, 1), SEVEN[1]: 3}).sentence
    '2.33 points of 5. The largest weighted gap: process design and optimisation. The lowest score:
    staff training.'
    """
    found = tuple(among) if among is not None else aspects()
    if not found:
        raise ValueError("among is empty: give at least one aspect")
    names = [one.name for one in found]
    given = known("scores", scores, names)
    checked = {name: between(f"scores[{name!r}]", given[name], 0, BEST) for name in names}
    raw = dict.fromkeys(names, 1.0)
    if weights is not None:
        raw = known("weights", weights, names)
        raw = {name: between(f"weights[{name!r}]", raw[name], 0, 1e9) for name in names}
    whole = math.fsum(raw.values())
    if whole <= 0:
        raise ValueError("weights are all 0: give at least one aspect a weight above 0")
    shares = {name: raw[name] / whole for name in names}
    return Assessment(checked, shares, {one.name: one.origin for one in found})


@dataclass(frozen=True, repr=False)
class Choices(Answer):
    """All ways to complete the five dimensions out of the seven aspects."""

    totals: Mapping[tuple[str, str], float]  # the two chosen to the total, 0 to 5
    firsts: Mapping[tuple[str, str], tuple[str, ...]]  # the two chosen to where to begin

    @property
    def spread(self) -> float:
        """Highest total minus lowest, points."""
        return max(self.totals.values()) - min(self.totals.values())

    @property
    def same_first(self) -> bool:
        """Whether every choice says to begin at the same place."""
        return len(set(self.firsts.values())) == 1

    @property
    def sentence(self) -> str:
        """The result in words."""
        verdict = (
            "Every choice says to begin at the same place."
            if self.same_first
            else "Where to begin depends on the choice."
        )
        return say(
            "The total lies between {low} and {high} by the choice of the last two dimensions. "
            "{verdict}",
            low=number(min(self.totals.values()), 2),
            high=points(max(self.totals.values()), 2),
            verdict=verdict,
        )

    @property
    def table(self) -> list[dict[str, Any]]:
        """One row a choice."""
        return [
            {
                "fourth": pair[0],
                "fifth": pair[1],
                "total": str(number(total, 2)),
                "begin at": listed(self.firsts[pair]),
            }
            for pair, total in self.totals.items()
        ]


def choices_of_two(
    scores: Mapping[str, float], *, weights: Mapping[str, float] | None = None
) -> Choices:
    """What the self-assessment says under each of the six ways to complete the five dimensions.

    Parameters
    ----------
    scores, weights : mapping of str to float
        For the seven aspects, as for :func:`assess`.

    Returns
    -------
    Choices
        Six rows: two of four.

    Raises
    ------
    ValueError
        As :func:`assess`; also if the five that are left have no weight.

    Examples
    --------
    >>> found = choices_of_two(dict(zip(SEVEN, (3, 4, 4, 3, 2, 1, 2))))
    >>> len(found.totals), found.same_first
    (6, False)
    """
    assess(scores, weights=weights)
    totals, firsts = {}, {}
    for pair in combinations(SEVEN[3:], 2):
        names = (*PRINTED, *pair)
        part = assess(
            {name: scores[name] for name in names},
            weights=None if weights is None else {name: weights[name] for name in names},
            among=[Aspect(name, "source") for name in names],
        )
        totals[pair], firsts[pair] = part.total, part.first
    return Choices(totals, firsts)
