"""A weighted scorecard (加权评分), and how far each weight may move before another comes first."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from svclab.checks import a_number, names_of, one_of
from svclab.decisions.problems.common import shown
from svclab.shown import Answer
from svclab.strategy.weighing.checked import a_table, ends, shares
from svclab.words import percent, say

__all__ = ["Scorecard", "Sensitivity", "WeightRange", "rescaled", "scorecard", "sensitivity"]

Scores = Mapping[str, Mapping[str, float]]
SAME = 1e-9  # totals closer than this, as a share of the largest score, are a tie


@dataclass(frozen=True, repr=False)
class Scorecard(Answer):
    """Options with their weighted totals."""

    scores: Scores  # option to criterion to score, all criteria on one scale
    weights: Mapping[str, float]  # share of each criterion; together 1

    @property
    def totals(self) -> dict[str, float]:
        """Option to weighted mean of its scores, on the scale of the scores."""
        return {
            option: math.fsum(w * row[c] for c, w in self.weights.items())
            for option, row in self.scores.items()
        }

    @property
    def order(self) -> tuple[str, ...]:
        """Options, best first; ties in the given order."""
        totals, near = self.totals, tie(self.scores)
        ranked: list[str] = []
        for option in totals:
            place = next(
                (i for i, o in enumerate(ranked) if totals[option] > totals[o] + near), len(ranked)
            )
            ranked.insert(place, option)
        return tuple(ranked)

    @property
    def first(self) -> str:
        """The option with the largest total."""
        return self.order[0]

    @property
    def margin(self) -> float:
        """By how much the first is ahead of the second; 0 with a tie or a single option."""
        totals = [self.totals[option] for option in self.order]
        return max(0.0, totals[0] - totals[1]) if len(totals) > 1 else 0.0

    @property
    def table(self) -> list[dict[str, Any]]:
        """One row an option, best first."""
        totals = self.totals
        return [{"option": o, **self.scores[o], "total": totals[o]} for o in self.order]

    @property
    def sentence(self) -> str:
        """Who is first, and by how much."""
        if len(self.scores) == 1:
            return say("{first} has {total}.", first=self.first, total=shown(self._best))
        if self.margin <= tie(self.scores):
            return say(
                "{first} and {second} are first with {total} each.",
                first=self.first,
                second=self.order[1],
                total=shown(self._best),
            )
        return say(
            "{first} is first with {total}, {margin} ahead of {second}.",
            first=self.first,
            total=shown(self._best),
            margin=shown(self.margin),
            second=self.order[1],
        )

    @property
    def _best(self) -> float:
        return self.totals[self.first]


@dataclass(frozen=True)
class WeightRange:
    """How far the weight of one criterion may move, the others kept in proportion."""

    criterion: str
    weight: float  # share now
    low: float  # smallest share with which the first option stays first
    high: float  # largest such share
    below: str | None  # who comes first beyond the low end; None if nobody
    above: str | None  # who comes first beyond the high end

    @property
    def room(self) -> float:
        """Smallest change of the weight that lets another come first; infinite if none does."""
        down = self.weight - self.low if self.below else math.inf
        up = self.high - self.weight if self.above else math.inf
        return min(down, up)


@dataclass(frozen=True, repr=False)
class Sensitivity(Answer):
    """The range of each weight in which the first option stays first."""

    first: str
    ranges: tuple[WeightRange, ...]

    @property
    def tightest(self) -> WeightRange | None:
        """The weight that needs to move least; None if no single weight matters."""
        moving = [r for r in self.ranges if math.isfinite(r.room)]
        return min(moving, key=lambda r: r.room) if moving else None

    @property
    def table(self) -> list[dict[str, Any]]:
        """One row a criterion; weights in percent."""
        return [
            {
                "criterion": r.criterion,
                "weight %": 100 * r.weight,
                "from %": 100 * r.low,
                "to %": 100 * r.high,
                "first below": r.below or "",
                "first above": r.above or "",
            }
            for r in self.ranges
        ]

    @property
    def sentence(self) -> str:
        """The weight on which the result hangs."""
        tight = self.tightest
        if tight is None:
            return say(
                "{first} stays first whatever the weight of any one criterion.", first=self.first
            )
        return say(
            "{first} stays first while {criterion} (now {now}) has between {low} and {high}; "
            "no other weight is nearer to its limit.",
            first=self.first,
            criterion=tight.criterion,
            now=percent(tight.weight),
            low=percent(tight.low),
            high=percent(tight.high),
        )


def scorecard(scores: Scores, weights: Mapping[str, float]) -> Scorecard:
    """Options scored on several criteria, with weights: the total is Σₖ w[k] s[i, k].

    Parameters
    ----------
    scores : mapping of mapping
        Option to criterion to score; more is better, and all criteria on one scale, such as 0 to
        10 or 0 to 100 (:func:`rescaled` makes one).
    weights : mapping
        Criterion to weight, zero or more; they are divided by their sum.

    Returns
    -------
    Scorecard

    Raises
    ------
    ValueError
        If a score or a weight is missing, or all weights are zero.

    Examples
    --------
    >>> scorecard({"Lake": {"price": 6, "speed": 9}, "Hill": {"price": 8, "speed": 4}},
    ...           {"price": 1, "speed": 1})
    Lake is first with 7.5, 1.5 ahead of Hill.
      option  price  speed  total
      Lake        6      9    7.5
      Hill        8      4      6
    """
    table = a_table("scores", scores, each=a_number)
    criteria = list(next(iter(table.values())))
    return Scorecard(table, shares("weights", weights, criteria))


def sensitivity(card: Scorecard) -> Sensitivity:
    """How far each weight can move, the others kept in proportion, before another comes first.

    With share w for criterion k and the rest R[i] weighted as before, the totals are the lines
    w s[i, k] + (1 - w) R[i]; the range ends where the first option's line meets another. If one
    criterion has all the weight, the others are taken as equal to each other.

    Parameters
    ----------
    card : Scorecard
        From :func:`scorecard`.

    Returns
    -------
    Sensitivity
        One range for each criterion.

    Examples
    --------
    >>> sensitivity(scorecard({"Lake": {"price": 6, "speed": 9}, "Hill": {"price": 8, "speed": 4}},
    ...                       {"price": 1, "speed": 1}))
    Lake stays first while price (now 50%) has between 0% and 71.4%; no other weight is nearer to
    its limit.
      criterion  weight %  from %   to %  first below  first above
      price            50       0  71.429                     Hill
      speed            50  28.571     100         Hill
    """
    return Sensitivity(card.first, tuple(_range(card, k) for k in card.weights))


def rescaled(
    measures: Scores,
    *,
    less_is_better: Iterable[str] = (),
    ranges: Mapping[str, tuple[float, float]] | None = None,
) -> dict[str, dict[str, float]]:
    """Measurements in different units brought to one scale: 0 for the worst, 100 for the best.

    Parameters
    ----------
    measures : mapping of mapping
        Option to criterion to measurement.
    less_is_better : iterable of str, optional
        Criteria of which less is better, such as the price.
    ranges : mapping, optional
        Criterion to (worst, best). If left out, the worst and the best of the options at hand;
        a new option then changes everybody's scores, and can turn the order round.

    Returns
    -------
    dict
        Option to criterion to score; 0 for all where they do not differ. With given ranges a
        score may lie outside 0 to 100.

    Raises
    ------
    ValueError
        For unknown criteria, or a range whose worst and best are the same.

    Examples
    --------
    >>> rescaled({"Lake": {"price": 60, "stars": 4}, "Hill": {"price": 40, "stars": 3}},
    ...          less_is_better=["price"], ranges={"stars": (1, 5)})
    {'Lake': {'price': 0.0, 'stars': 75.0}, 'Hill': {'price': 100.0, 'stars': 50.0}}
    """
    table = a_table("measures", measures, each=a_number)
    criteria = list(next(iter(table.values())))
    given = less_is_better if isinstance(less_is_better, str) else list(less_is_better)
    less = names_of("less_is_better", given) if given else []
    for name in (*less, *(ranges or {})):
        one_of("criterion", name, tuple(criteria))
    scale = {}
    for criterion in criteria:
        column = [row[criterion] for row in table.values()]
        worst, best = min(column), max(column)
        if criterion in less:
            worst, best = best, worst
        if ranges and criterion in ranges:
            worst, best = ends(ranges, criterion)
            if worst == best:
                raise ValueError(
                    f"ranges[{criterion!r}]=({worst:g}, {best:g}): give two different ends"
                )
        scale[criterion] = (worst, best)
    return {o: {c: _between(row[c], *scale[c]) for c in criteria} for o, row in table.items()}


def _between(value: float, worst: float, best: float) -> float:
    return 100 * ((value - worst) / (best - worst)) + 0.0 if best != worst else 0.0


def tie(scores: Scores) -> float:
    """How near two totals may lie and still be a tie, on the scale of the scores."""
    return SAME * max(1e-300, max(abs(s) for row in scores.values() for s in row.values()))


def shifted(weights: Mapping[str, float], criterion: str, share: float) -> dict[str, float]:
    """The weights with one criterion at a share, the others in proportion in the rest."""
    rest = math.fsum(w for k, w in weights.items() if k != criterion)
    others = len(weights) - 1
    return {
        k: share if k == criterion else (1 - share) * (w / rest if rest else 1 / others)
        for k, w in weights.items()
    }


def _range(card: Scorecard, criterion: str) -> WeightRange:
    weight, first = card.weights[criterion], card.first
    if len(card.weights) == 1:
        return WeightRange(criterion, weight, 0.0, 1.0, None, None)
    ends = [Scorecard(card.scores, shifted(card.weights, criterion, w)).totals for w in (0.0, 1.0)]
    low, high, below, above = 0.0, 1.0, None, None
    near = tie(card.scores)
    for other in card.scores:
        if other == first:
            continue
        at_none, at_all = (end[first] - end[other] for end in ends)
        meets = at_none / (at_none - at_all) if at_none != at_all else 0.0
        if at_none < -near and meets > low:
            low, below = min(meets, weight), other
        if at_all < -near and meets < high:
            high, above = max(meets, weight), other
    return WeightRange(criterion, weight, low, high, below, above)
