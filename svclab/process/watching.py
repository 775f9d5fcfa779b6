"""Watching a process: which single time is a reason to ask? (P-07, P-41)"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from svclab.checks import a_number

__all__ = ["Limits", "individuals"]

# Two independent normal values differ by 2σ/√π on average, so three σ are 3·√π/2 = 2.66
# mean moving ranges.
THREE_SIGMA = 1.5 * math.sqrt(math.pi)


@dataclass(frozen=True)
class Limits:
    """The lines of an individuals chart, in the unit of the values."""

    center: float  # mean of the values
    low: float  # mean − 2.66 × mean moving range
    high: float  # mean + 2.66 × mean moving range
    signals: tuple[int, ...]  # places of the values outside the limits, from 0

    def __repr__(self) -> str:
        return (
            f"mean {self.center:.3g}, limits {self.low:.3g} and {self.high:.3g}, "
            f"{len(self.signals)} outside"
        )


def individuals(values: Sequence[float]) -> Limits:
    """Limits of an individuals chart (control chart for single values).

    limits = mean ± 2.66 × mean of |xᵢ₊₁ − xᵢ|: three standard deviations, estimated from
    neighbours, so that a slow drift does not widen them.

    Parameters
    ----------
    values : sequence of float
        In the order in which they happened; at least two, all finite.

    Returns
    -------
    Limits
        In the unit of the values. The lower limit may be below zero, where no time can be.

    Raises
    ------
    ValueError
        For fewer than two values, or one that is not a finite number.

    Examples
    --------
    >>> individuals([10, 12, 11, 9, 10, 30, 11])
    mean 13.3, limits -6.65 and 33.2, 0 outside
    """
    if len(values) < 2:
        raise ValueError(f"values has {len(values)}: an individuals chart needs at least two")
    for place, value in enumerate(values):
        a_number(f"values[{place}]", value)
    center = math.fsum(values) / len(values)
    moves = [abs(b - a) for a, b in pairwise(values)]
    reach = THREE_SIGMA * math.fsum(moves) / len(moves)
    low, high = center - reach, center + reach
    outside = tuple(i for i, value in enumerate(values) if not low <= value <= high)
    return Limits(center, low, high, outside)
