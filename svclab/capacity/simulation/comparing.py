"""Two designs that meet the same customers: common random numbers, compared run by run."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from svclab.words import Quantity, duration, number, percent, say

if TYPE_CHECKING:
    from svclab.intervals import Estimate

__all__ = ["Difference", "compare"]


@dataclass(frozen=True, repr=False)
class Difference:
    """Two designs that met the same customers: the second minus the first."""

    estimate: Estimate  # of the mean difference, from the pairs
    independent: Estimate  # as wide as it would be had the designs met different customers
    correlation: float  # of the two designs' figures, run by run
    variance_left: float  # variance of the mean difference over that of independent runs

    @property
    def variance_reduction(self) -> float:
        """Share of the variance that the same customers have taken away; below 0: added."""
        return 1 - self.variance_left

    @property
    def runs_saved(self) -> float:
        """Independent runs of each design that would be as exact, for each run made."""
        return 1 / self.variance_left if self.variance_left else math.inf

    @property
    def verdict(self) -> str:
        """Which is lower, or that these runs cannot tell."""
        if self.estimate.high < 0:
            return say("the second is lower")
        if self.estimate.low > 0:
            return say("the second is higher")
        return say("these runs show no difference")

    def statement(self, what: str, *, unit: Callable[[float], Quantity] = duration) -> str:
        """The difference and its error in sentences, with what pairing gained.

        Parameters
        ----------
        what : str
            What was simulated, such as "Mean wait".
        unit : callable, optional
            How to show it, from :mod:`svclab.words`; default a time in seconds.

        Examples
        --------
        >>> compare([10.0, 20.0, 30.0], [9.0, 18.0, 29.0]).statement("Mean wait")
        'Mean wait, second minus first: −1.3 s from 3 runs; the true mean of this model lies
        between −2.8 s and 0.1 s with 95% confidence, so these runs show no difference. Meeting
        the same customers cut the variance by 99.8%: without it, one would need 601 times as
        many runs.'
        """
        from svclab.capacity.simulation.output import statement

        label = say("{what}, second minus first", what=what)
        text = statement(label, self.estimate, unit=unit).removesuffix(".")
        text = say("{text}, so {verdict}.", text=text, verdict=self.verdict)
        if self.variance_left < 1:
            gain = say(
                "Meeting the same customers cut the variance by {share}: without it, one would "
                "need {times} times as many runs.",
                share=percent(self.variance_reduction),
                times=number(self.runs_saved, 0 if self.runs_saved >= 10 else 1),
            )
        else:
            gain = say("Meeting the same customers did not cut the variance here.")
        return f"{text} {gain}"

    def __repr__(self) -> str:
        return say(
            "{estimate}: {verdict}; variance cut by {share}",
            estimate=repr(self.estimate),
            verdict=self.verdict,
            share=percent(self.variance_reduction),
        )


def compare(
    first: Sequence[float], second: Sequence[float], *, confidence: float = 0.95
) -> Difference:
    """Compare two designs that were simulated with common random numbers.

    Run i of both has the same seed, so the two meet the same customers, and what is bad luck
    for one is bad luck for the other. The interval is that of the differences, run by run. Its
    variance is (s₁² + s₂² − 2 s₁₂) / n, that of independent runs (s₁² + s₂²) / n: the more the
    two go up and down together, the less is left.

    Parameters
    ----------
    first, second : sequence of float
        A figure for each run, in the same order of seeds; two runs or more.
    confidence : float, optional
        Default 0.95.

    Returns
    -------
    Difference
        Second minus first.

    Raises
    ------
    ValueError
        If the two differ in length, or there is one run only.

    References
    ----------
    Law, A. M. (2015), Simulation Modeling and Analysis, 5th ed., sections 10.2.1 and 11.2.

    Examples
    --------
    >>> compare([10.0, 20.0, 30.0], [9.0, 18.0, 29.0])
    -1.333 ± 1.4 (95%, 3 replications): these runs show no difference; variance cut by 99.8%
    """
    from svclab.intervals import Estimate, estimate, student_t

    if len(first) != len(second) or len(first) < 2:
        raise ValueError(
            f"first has {len(first)} runs and second {len(second)}: give pairs, two or more"
        )
    n = len(first)
    differences = [b - a for a, b in zip(first, second, strict=True)]
    paired = estimate(differences, confidence=confidence)
    apart = _variance(first) + _variance(second)
    together = _variance(differences)
    # Two samples of n independent runs have 2 (n - 1) degrees of freedom.
    half = student_t(confidence, 2 * (n - 1)) * math.sqrt(apart / n)
    return Difference(
        estimate=paired,
        independent=Estimate(paired.mean, half, confidence, n),
        correlation=_correlation(first, second),
        variance_left=together / apart if apart else 1.0,
    )


def _variance(values: Sequence[float]) -> float:
    mean = math.fsum(values) / len(values)
    return math.fsum((value - mean) ** 2 for value in values) / (len(values) - 1)


def _correlation(first: Sequence[float], second: Sequence[float]) -> float:
    """Between -1 and 1; 0 where one of the two never changes."""
    spread = math.sqrt(_variance(first) * _variance(second))
    if not spread:
        return 0.0
    ma, mb = math.fsum(first) / len(first), math.fsum(second) / len(second)
    both = math.fsum((a - ma) * (b - mb) for a, b in zip(first, second, strict=True))
    return both / (len(first) - 1) / spread
