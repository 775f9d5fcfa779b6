"""Four Vs (四V): volume, variety, variation and visibility, and where an operation does not fit.

High volume makes a unit cheap; high variety, high variation of demand and high visibility (how
much of the process customers see) make it costly. None is bad: each has to be what the market
wants, and the operation has to be built for it.

References
----------
Slack, N., Brandon-Jones, A. and Johnston, R. (2016), Operations Management, 8th ed., Pearson,
ch. 1.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from svclab.checks import a_column
from svclab.decisions.problems.common import shown
from svclab.shown import Answer
from svclab.strategy.weighing.checked import a_score
from svclab.words import say

__all__ = ["VS", "Profile", "profile"]


@dataclass(frozen=True)
class Dimension:
    """One of the four, and what its ends ask of an operation."""

    chinese: str
    cheap_end: str  # "high" or "low": where a unit costs less
    low: str
    high: str


VS: Mapping[str, Dimension] = {
    "volume": Dimension(
        "数量",
        "high",
        "little repetition; each person does more of the job",
        "repetition, special equipment, standard methods",
    ),
    "variety": Dimension(
        "品种", "low", "well defined, routine, regular", "flexible, complex, made to order"
    ),
    "variation": Dimension(
        "波动",
        "low",
        "stable and predictable, high utilisation",
        "capacity that changes, in touch with demand",
    ),
    "visibility": Dimension(
        "可见性",
        "low",
        "time may pass between making and using; central",
        "short patience, contact skills, perceived quality",
    ),
}


WHY: Mapping[str, str] = {
    "less": "Built for less than is wanted, it disappoints.",
    "more": "Built for more than is wanted, it costs without need.",
    "more volume": "Built for more than is wanted, it stands idle.",
}


@dataclass(frozen=True, repr=False)
class Profile(Answer):
    """What the market wants of an operation, and what the operation is built for."""

    wanted: Mapping[str, float]  # each V, 0 to 10
    built: Mapping[str, float]  # each V, 0 to 10

    @property
    def gaps(self) -> dict[str, float]:
        """Wanted less built, for each V."""
        return {v: self.wanted[v] - self.built[v] for v in VS}

    @property
    def fit(self) -> float:
        """1 if the operation is built for exactly what is wanted, 0 if it could not be farther."""
        return 1 - math.fsum(abs(g) for g in self.gaps.values()) / (10 * len(VS))

    @property
    def cost_pull(self) -> float:
        """0 (all four at the end where a unit is cheap) to 1 (all at the costly end), as built.

        The mean of the four with equal weights: our convention, to compare, not to predict.
        """
        parts = [self.built[v] if VS[v].cheap_end == "low" else 10 - self.built[v] for v in VS]
        return math.fsum(parts) / (10 * len(VS))

    @property
    def largest(self) -> str | None:
        """The V with the largest gap; None if all fit."""
        gaps = self.gaps
        worst = max(gaps, key=lambda v: abs(gaps[v]))
        return worst if gaps[worst] else None

    @property
    def table(self) -> list[dict[str, Any]]:
        """One row a V."""
        return [
            {
                "V": v,
                "中文": VS[v].chinese,
                "wanted": self.wanted[v],
                "built": self.built[v],
                "gap": gap,
                "asks for": VS[v].high if self.wanted[v] >= 5 else VS[v].low,
            }
            for v, gap in self.gaps.items()
        ]

    @property
    def sentence(self) -> str:
        """How well it fits, and where it does not."""
        if self.largest is None:
            return say("The operation is built for what is wanted.")
        worst, gap = self.largest, self.gaps[self.largest]
        kind = "less" if gap > 0 else "more" if worst != "volume" else "more volume"
        return say(
            "Fit {fit}. The largest gap is {v}: wanted {wanted}, built for {built}. {why}",
            fit=shown(self.fit, digits=2),
            v=worst,
            wanted=shown(self.wanted[worst]),
            built=shown(self.built[worst]),
            why=say(WHY[kind]),
        )


def profile(wanted: Mapping[str, float], built: Mapping[str, float] | None = None) -> Profile:
    """An operation's four Vs against what its market wants.

    Parameters
    ----------
    wanted : mapping
        Each of ``VS`` to a score, 0 (low) to 10 (high).
    built : mapping, optional
        The same for the operation as it is; equal to ``wanted`` if left out.

    Returns
    -------
    Profile

    Raises
    ------
    ValueError
        If one of the four is missing or outside 0 to 10.

    Examples
    --------
    >>> chain = {"volume": 8, "variety": 4, "variation": 9, "visibility": 6}
    >>> found = profile(chain, {"volume": 8, "variety": 4, "variation": 3, "visibility": 6})
    >>> found.largest, found.fit, found.cost_pull
    ('variation', 0.85, 0.375)
    """
    sides = {}
    for name, given in (("wanted", wanted), ("built", wanted if built is None else built)):
        sides[name] = a_column(name, given, list(VS), each=a_score)
    return Profile(sides["wanted"], sides["built"])
