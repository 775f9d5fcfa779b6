"""Competitor gap analysis (竞争对手分析, ST-04): where rivals are ahead, weighted by importance."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from svclab.checks import a_column, a_number, names_of
from svclab.decisions.problems.common import shown
from svclab.shown import Answer
from svclab.strategy.weighing.checked import a_table
from svclab.words import join, say

__all__ = ["QUADRANTS", "Gap", "Gaps", "gap_analysis"]

# Martilla and James (1977), by (important, done well).
QUADRANTS: Mapping[tuple[bool, bool], str] = {
    (True, False): "concentrate here",
    (True, True): "keep up the good work",
    (False, False): "low priority",
    (False, True): "possible overkill",
}


@dataclass(frozen=True)
class Gap:
    """One attribute of the service, ours against a rival's."""

    attribute: str
    importance: float  # to customers, on the scale given
    own: float  # our score
    rival: float  # the score that is compared with
    who: str  # whose score that is
    quadrant: str  # by importance and own score against their means

    @property
    def gap(self) -> float:
        """How far the rival is ahead; below 0 if we are."""
        return self.rival - self.own

    @property
    def priority(self) -> float:
        """Importance times gap; 0 where we are ahead."""
        return self.importance * max(0.0, self.gap)


@dataclass(frozen=True, repr=False)
class Gaps(Answer):
    """All attributes, the one to work on first first."""

    rows: tuple[Gap, ...]

    @property
    def lead(self) -> float:
        """Σ importance times gap, over those where we are ahead, as a number above 0."""
        return math.fsum(-g.importance * min(0.0, g.gap) for g in self.rows)

    @property
    def lag(self) -> float:
        """Σ importance times gap, over those where the rival is ahead."""
        return math.fsum(g.priority for g in self.rows)

    @property
    def table(self) -> list[dict[str, Any]]:
        """One row an attribute."""
        return [
            {
                "attribute": g.attribute,
                "importance": g.importance,
                "own": g.own,
                "rival": g.rival,
                "who": g.who,
                "gap": g.gap,
                "priority": g.priority,
                "quadrant": g.quadrant,
            }
            for g in self.rows
        ]

    @property
    def sentence(self) -> str:
        """What to work on, and what we are ahead in."""
        ahead = join([g.attribute for g in self.rows if g.gap < 0], most=6)
        top = self.rows[0]
        if not top.priority:
            return say(
                "No rival is ahead in anything that matters; we are ahead in {ahead}.",
                ahead=ahead or "nothing",
            )
        return say(
            "Work first on {top}: importance {i}, {who} is {gap} ahead. We are ahead in {ahead}.",
            top=top.attribute,
            i=shown(top.importance),
            who=top.who,
            gap=shown(top.gap),
            ahead=ahead or "nothing",
        )


def gap_analysis(
    importance: Mapping[str, float],
    own: Mapping[str, float],
    rivals: Mapping[str, Mapping[str, float]],
    *,
    against: str = "best",
) -> Gaps:
    """Where rivals are ahead, the most important gap first: priority = importance × gap.

    The quadrant is that of importance-performance analysis: is the attribute more important, and
    our own score higher, than the mean over all attributes? It does not look at rivals, and the
    two can disagree: that is worth a talk.

    Parameters
    ----------
    importance : mapping
        Attribute to its importance to customers, zero or more, such as 1 to 5. What people say
        is important is not always what makes them choose: see
        :func:`svclab.strategy.positions.choose` for qualifiers.
    own : mapping
        Attribute to our score.
    rivals : mapping of mapping
        Rival to attribute to score, on the same scale; one rival at least.
    against : str, optional
        "best" (the best rival in each attribute), "mean" (of all rivals), or the name of one.

    Returns
    -------
    Gaps
        Highest priority first; where no rival is ahead, our smallest lead first.

    Raises
    ------
    ValueError
        If a score is missing or ``against`` is not known.

    References
    ----------
    Martilla, J. A. and James, J. C. (1977), Importance-performance analysis, Journal of Marketing
    41 (1), 77-79. Slack, N. (1994), The importance-performance matrix as a determinant of
    improvement priority, International Journal of Operations and Production Management 14 (5),
    59-75 (with rivals and other zones).

    Examples
    --------
    >>> gap_analysis({"sound": 4, "service": 5}, {"sound": 8, "service": 5},
    ...              {"Star": {"sound": 6, "service": 7}})
    Work first on service: importance 5, Star is 2 ahead. We are ahead in sound.
      attribute  importance  own  rival   who  gap  priority               quadrant
      service             5    5      7  Star    2        10       concentrate here
      sound               4    8      6  Star   −2         0      possible overkill
    """
    weights = a_column("importance", importance)
    names = list(weights)
    ours = a_column("own", own, names, each=a_number)
    theirs = a_table("rivals", rivals, names, each=a_number)
    if against not in ("best", "mean", *theirs):
        raise ValueError(
            f"against={against!r}: give 'best', 'mean' or one of {join(map(repr, theirs), most=6)}"
        )
    names_of("rivals", theirs)
    middle = _mean(weights.values()), _mean(ours.values())
    rows = []
    for name in names:
        who, score = _compared(theirs, name, against)
        quadrant = QUADRANTS[weights[name] >= middle[0], ours[name] >= middle[1]]
        rows.append(Gap(name, weights[name], ours[name], score, who, quadrant))
    return Gaps(tuple(sorted(rows, key=lambda g: (-g.priority, -g.gap))))


def _mean(values: Collection[float]) -> float:
    """The mean, but for rounding never above the largest: equals are at their mean, not below."""
    return min(math.fsum(values) / len(values), max(values))


def _compared(
    theirs: Mapping[str, Mapping[str, float]], name: str, against: str
) -> tuple[str, float]:
    if against == "mean":
        return "mean", math.fsum(row[name] for row in theirs.values()) / len(theirs)
    who = max(theirs, key=lambda rival: theirs[rival][name]) if against == "best" else against
    return who, theirs[who][name]
