"""How long to simulate for a wanted precision.

A half-width falls with the square root of the work: half the error costs four times the runs.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from statistics import NormalDist
from typing import TYPE_CHECKING

from svclab.checks import a_count, above_zero
from svclab.words import count, say

if TYPE_CHECKING:
    from svclab.intervals import Estimate

__all__ = ["Precise", "customers_needed", "run_until", "runs_needed"]

MANY = 1000  # degrees of freedom from which the expansion below is exact to 1e-10


def runs_needed(
    pilot: Estimate, *, half_width: float | None = None, relative: float | None = None
) -> int:
    """How many independent runs a wanted precision takes, judged from some.

    The smallest n, no smaller than the pilot's, with t(n − 1) s / √n ≤ half_width. For a
    relative precision γ the half-width is γ / (1 + γ) of the pilot's mean, so that the error is
    within γ of the *true* mean.

    Parameters
    ----------
    pilot : Estimate
        From ten runs or more; its confidence is kept.
    half_width : float, optional
        Wanted, in the unit of the mean; or
    relative : float, optional
        wanted share of the mean, such as 0.05.

    Returns
    -------
    int
        It is itself an estimate, because the pilot's spread is one.

    Raises
    ------
    ValueError
        For none or both of the two, or a pilot of one run.

    References
    ----------
    Law, A. M. (2015), Simulation Modeling and Analysis, 5th ed., section 9.4.1.

    Examples
    --------
    >>> from svclab.intervals import estimate
    >>> runs_needed(estimate([9.0, 11.0, 10.0, 12.0, 8.0]), half_width=0.5)
    41
    """
    if pilot.replications < 2:
        raise ValueError("the pilot has one run, which shows no spread: give ten or more")
    wanted = _wanted(pilot.mean, half_width, relative)
    runs, confidence = pilot.replications, pilot.confidence
    spread = pilot.half_width * math.sqrt(runs) / _student_t(confidence, runs - 1)

    def reached(n: int) -> bool:
        # A hair more, so that rounding does not ask for one run too many.
        return _student_t(confidence, n - 1) * spread / math.sqrt(n) <= wanted * (1 + 1e-12)

    # More runs never make it worse: double until it is enough, then halve the gap.
    low = high = runs
    while not reached(high):
        low, high = high, 2 * high
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if reached(middle) else (middle, high)
    return high


def customers_needed(
    found: Estimate,
    customers: int,
    *,
    half_width: float | None = None,
    relative: float | None = None,
) -> int:
    """How long one run must be for a wanted precision, judged from a run of some length.

    The half-width falls with the square root of the length: customers × (now / wanted)².

    Parameters
    ----------
    found : Estimate
        From the batch means of the run.
    customers : int
        How many that run counted.
    half_width, relative : float, optional
        One of the two, as for :func:`runs_needed`.

    Examples
    --------
    >>> from svclab.intervals import Estimate
    >>> customers_needed(Estimate(200.0, 20.0, 0.95, 20), 100_000, half_width=5.0)
    1600000
    """
    a_count("customers", customers, 1)
    if not math.isfinite(found.half_width):
        raise ValueError("the run has no interval: give an estimate from its batch means")
    return math.ceil(
        customers * (found.half_width / _wanted(found.mean, half_width, relative)) ** 2
    )


@dataclass(frozen=True, repr=False)
class Precise:
    """Runs made one by one until the interval was narrow enough."""

    estimate: Estimate
    values: tuple[float, ...]  # a figure for each run, in order
    reached: bool  # False: the most runs allowed were made, and it is still wider

    def __repr__(self) -> str:
        if self.reached:
            return repr(self.estimate)
        return say(
            "{estimate}; {runs} were not enough for the precision wanted",
            estimate=repr(self.estimate),
            runs=count(len(self.values), "run"),
        )


def run_until(
    run: Callable[[int], float],
    *,
    half_width: float | None = None,
    relative: float | None = None,
    first: int = 10,
    most: int = 10_000,
    confidence: float = 0.95,
) -> Precise:
    """Add runs until the interval is as narrow as wanted.

    Stopping at a look that pleases makes intervals a little too sure of themselves; with ten
    runs or more before the first look the loss is small.

    Parameters
    ----------
    run : callable
        From the number of a replication (0, 1, ...) to its figure; it makes a seed of the number.
    half_width, relative : float, optional
        One of the two, as for :func:`runs_needed`.
    first : int, optional
        Runs before the first look, default 10.
    most : int, optional
        Runs at which to give up, default 10,000.
    confidence : float, optional
        Default 0.95.

    Returns
    -------
    Precise

    References
    ----------
    Law, A. M. (2015), Simulation Modeling and Analysis, 5th ed., section 9.4.1.

    Examples
    --------
    >>> from random import Random
    >>> found = run_until(lambda r: Random(f"day/{r}").uniform(0, 6), half_width=0.5)
    >>> found.estimate, found.reached
    (3.117 ± 0.5 (95%, 45 replications), True)
    """
    from svclab.intervals import Estimate

    a_count("first", first, 2)
    a_count("most", most, first)
    values: list[float] = []
    mean = squares = 0.0
    while True:
        value = run(len(values))
        values.append(value)
        n = len(values)
        step = value - mean
        mean += step / n
        squares += step * (value - mean)  # Welford: one pass, no cancellation
        if n < first:
            continue
        half = _student_t(confidence, n - 1) * math.sqrt(squares / (n - 1) / n)
        enough = half <= _wanted(mean, half_width, relative)
        if enough or n >= most:
            return Precise(Estimate(mean, half, confidence, n), tuple(values), enough)


def _wanted(mean: float, half_width: float | None, relative: float | None) -> float:
    """The half-width asked for."""
    if (half_width is None) == (relative is None):
        raise ValueError("give either half_width or relative, not both and not neither")
    if relative is None:
        return above_zero("half_width", half_width)
    value = above_zero("relative", relative)
    if not mean:
        raise ValueError("relative: the mean is 0, of which there is no share; give half_width")
    return value / (1 + value) * abs(mean)


def _student_t(confidence: float, degrees: int) -> float:
    """Student's t; for many degrees by its expansion around the normal distribution
    (Abramowitz and Stegun 1964, 26.7.5), which takes no longer for more of them."""
    from svclab.intervals import student_t

    if degrees <= MANY:
        return student_t(confidence, degrees)
    z = NormalDist().inv_cdf((1 + confidence) / 2)
    first = (z**3 + z) / 4
    second = (5 * z**5 + 16 * z**3 + 3 * z) / 96
    third = (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384
    return z + first / degrees + second / degrees**2 + third / degrees**3
