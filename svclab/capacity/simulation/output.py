"""From simulated figures to what may be said about them.

A *terminating* system has an end: a bank day opens empty and closes. It is simulated from its
true opening state, as often as needed, with no warm-up; each day is one observation, and
:func:`svclab.intervals.estimate` gives the interval. For a *steady state* the opening is an
accident: drop it (:mod:`svclab.capacity.simulation.warmup`), and then either independent runs or
the batch means of one long run give the interval.

An interval is about chance alone. It says nothing about a wrong model or wrong data, and with
95% confidence one in twenty misses what it should hold.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from svclab.checks import a_count
from svclab.words import Quantity, count, duration, percent, say

if TYPE_CHECKING:
    from svclab.intervals import Estimate

__all__ = ["batch_means", "lag_one", "means_of_batches", "ratio_estimate", "statement"]


def batch_means(
    values: Sequence[float], *, batches: int = 20, confidence: float = 0.95
) -> Estimate:
    """A steady mean with an interval from one long run, cut into batches.

    Neighbouring customers wait alike, so the spread of single waits says little about the error
    of their mean. Means of long batches are nearly independent, and an interval can be built on
    them.

    Parameters
    ----------
    values : sequence of float
        The run without its warm-up. What does not fill a batch is dropped at the beginning.
    batches : int, optional
        Default 20. Between 10 and 30 is the usual advice: more and shorter batches are still
        alike, and the interval comes out too narrow.
    confidence : float, optional
        Default 0.95.

    Returns
    -------
    Estimate
        Its ``replications`` are the batches. It is too narrow where batches are too short: look
        at :func:`lag_one` of :func:`means_of_batches`.

    Raises
    ------
    ValueError
        For fewer values than batches.

    References
    ----------
    Schmeiser, B. (1982), Operations Research 30(3), 556-568.

    Examples
    --------
    >>> batch_means([1.0, 3.0] * 50, batches=10).mean
    2.0
    """
    from svclab.intervals import estimate

    return estimate(means_of_batches(values, batches=batches), confidence=confidence)


def means_of_batches(values: Sequence[float], *, batches: int = 20) -> list[float]:
    """The mean of each of so many equal parts of a run, the last value in the last part.

    Examples
    --------
    >>> means_of_batches([9.0, 1.0, 3.0, 5.0, 7.0], batches=2)
    [2.0, 6.0]
    """
    a_count("batches", batches, 2)
    size = len(values) // batches
    if size < 1:
        raise ValueError(f"values has {len(values)} entries: too few for {batches} batches")
    first = len(values) - size * batches
    return [
        math.fsum(values[first + i * size : first + (i + 1) * size]) / size for i in range(batches)
    ]


def lag_one(values: Sequence[float]) -> float:
    """How much neighbours are alike: the correlation of a series with itself one step on.

    Σ (xᵢ − x̄)(xᵢ₊₁ − x̄) / Σ (xᵢ − x̄)². For batch means it should be near 0; well above
    2 / √n the n batches are too short to trust.

    Examples
    --------
    >>> lag_one([1.0, -1.0, 1.0, -1.0])
    -0.75
    """
    if len(values) < 2:
        raise ValueError(f"values has {len(values)} entries: give two or more")
    mean = math.fsum(values) / len(values)
    square = math.fsum((value - mean) ** 2 for value in values)
    products = math.fsum((a - mean) * (b - mean) for a, b in pairwise(values))
    return products / square if square else 0.0


def ratio_estimate(
    totals: Sequence[float], numbers: Sequence[float], *, confidence: float = 0.95
) -> Estimate:
    """The mean over customers from days with unlike numbers of customers.

    The mean of the days' means counts a quiet day as much as a busy one, and its customers wait
    less. What the average *customer* meets is r = Σ totals / Σ numbers, and its half-width is
    t · s / (n̄ √days) with s² = Σ (totalᵢ − r numberᵢ)² / (days − 1).

    Parameters
    ----------
    totals : sequence of float
        For each day the sum over its customers, such as all their seconds of waiting.
    numbers : sequence of float
        How many customers each day had.
    confidence : float, optional
        Default 0.95.

    Returns
    -------
    Estimate
        For many days; with few, it is a little off.

    Raises
    ------
    ValueError
        If the two differ in length, or nobody came.

    References
    ----------
    Cochran, W. G. (1977), Sampling Techniques, 3rd ed., chapter 6.

    Examples
    --------
    >>> ratio_estimate([100.0, 900.0], [10, 30]).mean
    25.0
    """
    from svclab.intervals import Estimate, estimate

    if len(totals) != len(numbers):
        raise ValueError(
            f"totals has {len(totals)} days and numbers {len(numbers)}: give both for each day"
        )
    days, everybody = len(totals), math.fsum(numbers)
    if not everybody > 0:
        raise ValueError("numbers: nobody came on any day, so there is no mean over customers")
    ratio = math.fsum(totals) / everybody
    rest = [
        total - ratio * number for total, number in zip(totals, numbers, strict=True)
    ]  # their mean is 0
    spread = estimate(rest, confidence=confidence)
    return Estimate(ratio, spread.half_width * days / everybody, confidence, days)


def statement(
    what: str,
    found: Estimate,
    *,
    unit: Callable[[float], Quantity] = duration,
    expected: float | None = None,
    of: tuple[str, str] = ("run", "runs"),
) -> str:
    """A simulated figure with its error, in a sentence that does not claim too much.

    All its figures have the unit of the mean, and digits enough to show the interval.

    Parameters
    ----------
    what : str
        What was simulated, such as "Mean wait".
    found : Estimate
        Mean with interval.
    unit : callable, optional
        How to show it, from :mod:`svclab.words`; default a time in seconds.
    expected : float, optional
        The closed form, if there is one.
    of : (str, str), optional
        What was averaged, one and several: ``("batch", "batches")``, ``("day", "days")``.

    Examples
    --------
    >>> from svclab.intervals import Estimate
    >>> statement("Mean wait", Estimate(240.0, 12.0, 0.95, 30), expected=245.1)
    'Mean wait: 240 s from 30 runs; the true mean of this model lies between 228 s and 252 s with
    95% confidence. The formula says 245.1 s, which is inside.'
    """
    show = _alike(unit, found)
    several = count(found.replications, *of)
    if not math.isfinite(found.half_width):
        text = say(
            "{what}: {mean} from {runs}, which does not tell its own error.",
            what=what,
            mean=show(found.mean),
            runs=several,
        )
        return (
            text if expected is None else _with(text, "The formula says {value}.", show(expected))
        )
    text = say(
        "{what}: {mean} from {runs}; the true mean of this model lies between {low} and {high} "
        "with {sure} confidence.",
        what=what,
        mean=show(found.mean),
        runs=several,
        low=show(found.low),
        high=show(found.high),
        sure=percent(found.confidence),
    )
    if expected is None:
        return text
    if found.holds(expected):
        return _with(text, "The formula says {value}, which is inside.", show(expected))
    outside = say(
        "The formula says {value}, which is outside. So does {miss} of such intervals by chance; "
        "else the simulation, or the formula for it, is wrong.",
        value=show(expected),
        miss=percent(1 - found.confidence),
    )
    return f"{text} {outside}"


def _with(text: str, template: str, value: Quantity) -> str:
    return text + " " + say(template, value=value)


def _alike(unit: Callable[[float], Quantity], found: Estimate) -> Callable[[float], Quantity]:
    """Show numbers in the unit of the mean, with digits enough for two figures of the error."""
    basis = found.mean or (found.half_width if 0 < found.half_width < math.inf else 1.0)
    sample = unit(basis)
    scale, digits = sample.value / basis, sample.digits
    error = abs(found.half_width * scale)
    if 0 < error < math.inf:
        digits = max(digits, min(1 - math.floor(math.log10(error)), 12))
    return lambda value: Quantity(value * scale, sample.unit, digits, sample.plural)
