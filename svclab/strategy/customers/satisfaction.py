"""From satisfaction to loyalty: a straight line, a threshold, or a curve.

How many stay at each score of a survey (1 very dissatisfied to 5 very satisfied) decides what to
improve. On a straight line every point is worth the same. If only the highest score keeps people
(Jones and Sasser 1995, for markets with much choice), "satisfied" customers leave too. If what
counts is not to annoy (losses weigh more than gains: Anderson and Mittal 2000), the unhappy come
first. Szymanski and Henard (2001) found in a meta-analysis that the strength of the link differs
much between studies: which shape holds must be measured for each service.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from svclab.checks import a_count, a_share, between, one_of
from svclab.shown import Answer
from svclab.words import percent, say

__all__ = [
    "EXAMPLE_SCORES",
    "SCORES",
    "SHAPES",
    "LoyaltyCurve",
    "SatisfactionStep",
    "best_step",
    "loyalty_curve",
    "measured_curve",
]

SCORES = (1, 2, 3, 4, 5)
SHAPES = ("linear", "threshold", "satiation")
# Invented: how 100 customers might answer.
EXAMPLE_SCORES: Mapping[int, float] = {1: 5, 2: 10, 3: 25, 4: 40, 5: 20}


@dataclass(frozen=True, repr=False)
class LoyaltyCurve(Answer):
    """Share that stays at each score."""

    shape: str  # one of SHAPES, or "measured"
    shares: Mapping[int, float]  # score to share that stays, 0 to 1

    def retention(self, scores: Mapping[int, float]) -> float:
        """Share of all customers that stays, given how many gave each score."""
        known = _scores(scores)
        return math.fsum(n * self.shares[s] for s, n in known.items()) / math.fsum(known.values())

    @property
    def table(self) -> list[dict[str, Any]]:
        """One row a score."""
        return [{"score": s, "stay, in percent": 100 * self.shares[s]} for s in SCORES]

    @property
    def sentence(self) -> str:
        """The largest step in words."""
        step = max(SCORES[1:], key=lambda s: self.shares[s] - self.shares[s - 1])
        return say(
            "From {low} at score 1 to {high} at score 5; the largest step is from {a} to {b}.",
            low=percent(self.shares[1]),
            high=percent(self.shares[5]),
            a=step - 1,
            b=step,
        )


def loyalty_curve(
    shape: str = "linear", *, lowest: float = 0.2, highest: float = 0.95, threshold: int = 5
) -> LoyaltyCurve:
    """The share that stays at scores 1 to 5, between two ends, in one of three shapes.

    linear: equal steps. threshold: a tenth of the way below the threshold score, the rest from it
    on. satiation: steep for the unhappy, then flat: 1 - (1/2)^(score-1), scaled to the ends.

    Parameters
    ----------
    shape : str, optional
        "linear", "threshold" or "satiation".
    lowest, highest : float, optional
        Share that stays at score 1 and at score 5; lowest not above highest. Invented.
    threshold : int, optional
        First score that keeps people, 2 to 5; used by "threshold" alone.

    Returns
    -------
    LoyaltyCurve
        ``shares`` by score.

    Raises
    ------
    ValueError
        For an unknown shape or numbers out of range.

    References
    ----------
    Jones, T. O. and Sasser, W. E. (1995), Why satisfied customers defect, Harvard Business Review
    73(6), 88-99. Anderson, E. W. and Mittal, V. (2000), Strengthening the satisfaction-profit
    chain, Journal of Service Research 3(2), 107-120. Szymanski, D. M. and Henard, D. H. (2001),
    Customer satisfaction: a meta-analysis of the empirical evidence, Journal of the Academy of
    Marketing Science 29(1), 16-35.

    Examples
    --------
    >>> loyalty_curve("threshold").sentence
    'From 20% at score 1 to 95% at score 5; the largest step is from 4 to 5.'
    """
    one_of("shape", shape, SHAPES)
    low = a_share("lowest", lowest)
    high = a_share("highest", highest, low, 1)
    a_count("threshold", threshold, 2, 5)
    ways: dict[str, Callable[[int], float]] = {
        "linear": lambda s: (s - 1) / 4,
        "threshold": lambda s: _threshold(s, threshold),
        "satiation": lambda s: (1 - 0.5 ** (s - 1)) / (1 - 0.5**4),
    }
    way = ways[shape]
    return LoyaltyCurve(shape, {s: low + (high - low) * way(s) for s in SCORES})


def _threshold(score: int, threshold: int) -> float:
    """A tenth of the way up to the score before the threshold, all of it from there on."""
    if score >= threshold:
        return 1.0
    return 0.1 * (score - 1) / max(1, threshold - 2)


def measured_curve(stayed: Mapping[int, tuple[int, int]]) -> LoyaltyCurve:
    """The curve of one's own customers: score to (asked, of whom stayed).

    Parameters
    ----------
    stayed : mapping
        Each score 1 to 5 to two whole numbers: customers who gave it, and how many of them were
        still customers later; at least one customer a score.

    Returns
    -------
    LoyaltyCurve
        With ``shape`` "measured".

    Raises
    ------
    ValueError
        If a score is missing, or more stayed than were asked.

    Examples
    --------
    >>> counts = {1: (10, 2), 2: (20, 6), 3: (50, 20), 4: (80, 40), 5: (40, 36)}
    >>> measured_curve(counts).sentence
    'From 20% at score 1 to 90% at score 5; the largest step is from 4 to 5.'
    """
    if not isinstance(stayed, Mapping):
        raise ValueError(f"stayed={stayed!r}: give a dict of score to (asked, stayed)")
    for score in stayed:
        if score not in SCORES:
            raise ValueError(f"stayed has {score!r}: scores are 1 to 5")
    shares = {}
    for score in SCORES:
        if score not in stayed:
            raise ValueError(f"stayed has no score {score}: give (asked, stayed) for 1 to 5")
        pair = stayed[score]
        if not isinstance(pair, tuple | list) or len(pair) != 2:
            raise ValueError(f"stayed[{score}]={pair!r}: give (asked, stayed)")
        asked, kept = pair
        a_count(f"asked at score {score}", asked, 1)
        a_count(f"stayed at score {score}", kept, 0)
        if kept > asked:
            raise ValueError(f"score {score}: {kept} stayed of {asked} asked; give fewer or equal")
        shares[score] = kept / asked
    return LoyaltyCurve("measured", shares)


def _scores(scores: Mapping[int, float]) -> dict[int, float]:
    if not isinstance(scores, Mapping):
        raise ValueError(f"scores={scores!r}: give a dict of score to customers")
    for score, n in scores.items():
        if score not in SCORES:
            raise ValueError(f"scores has {score!r}: scores are 1 to 5")
        between(f"scores[{score}]", n, 0, 1e12, "customers")
    if not math.fsum(scores.values()):
        raise ValueError("scores: no customer gave one; give at least one above zero")
    return dict(scores)


@dataclass(frozen=True, repr=False)
class SatisfactionStep(Answer):
    """What it brings to move the same number of customers up by one score."""

    curve: LoyaltyCurve
    scores: Mapping[int, float]  # score to customers
    moved: float  # share of all customers that is moved

    @property
    def gains(self) -> dict[int, float]:
        """From score to retention gained, as a share; only where there are enough customers."""
        total = math.fsum(self.scores.values())
        return {
            s: self.moved * (self.curve.shares[s + 1] - self.curve.shares[s])
            for s in SCORES[:-1]
            if self.scores.get(s, 0) >= self.moved * total - 1e-9
        }

    @property
    def best(self) -> int | None:
        """The score from which it brings most, the lowest of equals; None if none has enough."""
        gains = self.gains
        if not gains:
            return None
        top = max(gains.values())
        return min(s for s, g in gains.items() if g >= top - 1e-12)

    @property
    def table(self) -> list[dict[str, Any]]:
        """One row a step."""
        gains = self.gains
        return [
            {"from": s, "to": s + 1, "customers there": self.scores.get(s, 0),
             "points of retention gained": 100 * gains[s] if s in gains else None}
            for s in SCORES[:-1]
        ]  # fmt: skip

    @property
    def sentence(self) -> str:
        """Where to begin, in words."""
        if self.best is None:
            return "No score has enough customers to move so many: move fewer."
        gains = sorted(self.gains.values())
        if len(gains) > 1 and gains[-1] - gains[-2] < 1e-12:
            return say(
                "Several steps bring the same: {gain} points of retention; no score comes first.",
                gain=percent(gains[-1], 2).text,
            )
        return say(
            "Move customers from {a} to {b} first: {gain} points of retention.",
            a=self.best,
            b=self.best + 1,
            gain=percent(self.gains[self.best], 2).text,
        )


def best_step(
    curve: LoyaltyCurve, scores: Mapping[int, float] = EXAMPLE_SCORES, *, moved: float = 0.05
) -> SatisfactionStep:
    """Whom to please first: the unhappy, the satisfied, or those between.

    Moving a share x of all customers from score s to s+1 changes retention by
    x (L(s+1) - L(s)): the answer is the curve's steepest step, not the lowest score.

    Parameters
    ----------
    curve : LoyaltyCurve
        Share that stays by score.
    scores : mapping, optional
        Score to customers; left out: an invented survey.
    moved : float, optional
        Share of all customers that an effort moves by one score, above 0 to 1.

    Returns
    -------
    SatisfactionStep
        ``best`` and ``gains``.

    Raises
    ------
    ValueError
        For scores other than 1 to 5 or shares out of range.

    Examples
    --------
    >>> best_step(loyalty_curve("threshold"), moved=0.04).sentence
    'Move customers from 4 to 5 first: 2.7 points of retention.'
    >>> best_step(loyalty_curve("satiation"), moved=0.04).sentence
    'Move customers from 1 to 2 first: 1.6 points of retention.'
    """
    share = a_share("moved", moved, 1e-9, 1)
    return SatisfactionStep(curve, _scores(scores), share)
