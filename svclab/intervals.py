"""Confidence intervals from independent replications, by Student's t, without SciPy."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from svclab.checks import a_count, a_share

__all__ = ["Estimate", "estimate", "student_t"]


@lru_cache(maxsize=512)  # an explorable asks for the same factor with every step
def student_t(confidence: float, degrees: int) -> float:
    """The half-width factor of a two-sided interval: P(|T| ≤ t) = confidence.

    With θ = atan(t / √ν) the probability is a finite sum of powers of cos θ for every whole ν
    (Abramowitz and Stegun 1964, 26.7.3 and 26.7.4), which is inverted by halving θ's range.

    Parameters
    ----------
    confidence : float
        Between 0 and 1, both excluded.
    degrees : int
        Degrees of freedom ν, one or more.

    Returns
    -------
    float
        t, to about 1e-12.

    Raises
    ------
    ValueError
        For a confidence outside 0 to 1, or no degrees of freedom.

    Examples
    --------
    >>> round(student_t(0.95, 10), 3)
    2.228
    """
    a_share("confidence", confidence, above=True, below=True)
    a_count("degrees", degrees, 1)
    low, high = 0.0, math.pi / 2
    for _ in range(100):
        middle = (low + high) / 2
        if _inside(middle, degrees) < confidence:
            low = middle
        else:
            high = middle
    return math.sqrt(degrees) * math.tan((low + high) / 2)


def _inside(angle: float, degrees: int) -> float:
    """P(|T| ≤ √ν tan θ)."""
    cosine = math.cos(angle)
    odd = degrees % 2
    term, terms = (cosine if odd else 1.0), []
    for k in range(1 + odd, degrees, 2):
        terms.append(term)
        term *= cosine * cosine * k / (k + 1)
    total = math.sin(angle) * math.fsum(terms)
    return 2 / math.pi * (angle + total) if odd else total


@dataclass(frozen=True)
class Estimate:
    """A mean over independent replications with its confidence interval."""

    mean: float
    half_width: float  # infinite for a single replication
    confidence: float  # such as 0.95
    replications: int

    @property
    def low(self) -> float:
        """The interval's lower end."""
        return self.mean - self.half_width

    @property
    def high(self) -> float:
        """The interval's upper end."""
        return self.mean + self.half_width

    def holds(self, value: float) -> bool:
        """Whether a value lies in the interval."""
        return self.low <= value <= self.high

    def __repr__(self) -> str:
        return (
            f"{_plain(self.mean, 4)} ± {_plain(self.half_width, 2)} "
            f"({self.confidence:.0%}, {self.replications} replications)"
        )


def _plain(value: float, digits: int) -> str:
    """At least so many significant digits, and no power of ten for numbers of everyday size."""
    if not 10 ** (digits - 1) <= abs(value) < 1e15:
        return f"{value:.{digits}g}"
    return f"{value:,.0f}"


def estimate(values: Sequence[float], *, confidence: float = 0.95) -> Estimate:
    """Mean and confidence interval of independent values: mean ± t s / √n.

    Parameters
    ----------
    values : sequence of float
        One value a replication, one or more.
    confidence : float, optional
        Default 0.95.

    Examples
    --------
    >>> estimate([10.0, 12.0, 11.0])
    11 ± 2.5 (95%, 3 replications)
    >>> estimate([1000.0, 1200.0, 1400.0])
    1,200 ± 497 (95%, 3 replications)
    """
    n = len(values)
    if n == 0:
        raise ValueError("there are no replications to estimate from: run at least two")
    mean = math.fsum(values) / n
    if n == 1:
        return Estimate(mean, math.inf, confidence, 1)
    variance = math.fsum((value - mean) ** 2 for value in values) / (n - 1)
    half = student_t(confidence, n - 1) * math.sqrt(variance / n)
    return Estimate(mean, half, confidence, n)
