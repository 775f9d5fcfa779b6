"""Times that were measured, and how they spread."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

from svclab.checks import a_share
from svclab.intervals import Estimate, estimate
from svclab.words import count, duration, number, say

__all__ = ["Times"]


@dataclass(frozen=True, repr=False)
class Times:
    """Measured times in seconds, in the order in which they were seen.

    Examples
    --------
    >>> Times("service times", (30.0, 60.0, 45.0, 65.0))
    service times: 4 times, mean 50 s, standard deviation 15.8 s, scv 0.1
    """

    what: str
    seconds: tuple[float, ...]

    def __len__(self) -> int:
        return len(self.seconds)

    def __iter__(self) -> Iterator[float]:
        return iter(self.seconds)

    @property
    def mean(self) -> float:
        """Mean in seconds; NaN for no times."""
        return math.fsum(self.seconds) / len(self.seconds) if self.seconds else math.nan

    @property
    def variance(self) -> float:
        """Variance in seconds², with n - 1; NaN for fewer than two times."""
        n = len(self.seconds)
        if n < 2:
            return math.nan
        mean = self.mean
        return math.fsum((second - mean) ** 2 for second in self.seconds) / (n - 1)

    @property
    def standard_deviation(self) -> float:
        """In seconds."""
        return math.sqrt(self.variance)

    @property
    def scv(self) -> float:
        """Squared coefficient of variation, variance / mean²; NaN where it is not known."""
        mean = self.mean
        return self.variance / mean**2 if mean > 0 else math.nan

    def percentile(self, share: float) -> float:
        """The time in seconds that this share of them does not exceed; NaN for no times."""
        a_share("share", share, above=True)
        ordered = sorted(self.seconds)
        return ordered[math.ceil(share * len(ordered)) - 1] if ordered else math.nan

    def estimate(self, confidence: float = 0.95) -> Estimate:
        """The mean with its interval, as if the times were independent of each other.

        Service times often nearly are. Waits are not: who comes behind a long queue waits long
        too, so the interval is too narrow for them.
        """
        return estimate(self.seconds, confidence=confidence)

    def __repr__(self) -> str:
        if len(self.seconds) < 2:
            return say("{what}: {n}", what=self.what, n=count(len(self.seconds), "time"))
        return say(
            "{what}: {n}, mean {mean}, standard deviation {sd}, scv {scv}",
            what=self.what,
            n=count(len(self.seconds), "time"),
            mean=duration(self.mean),
            sd=duration(self.standard_deviation),
            scv=number(self.scv, 2) if self.mean > 0 else "not known",
        )
