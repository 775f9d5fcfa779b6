"""The opening of a run and how much of it to drop, when the long run is what is asked for.

A simulated counter opens empty, so its first customers wait less than those of a counter that
has been busy for long. For the *steady state* these must go. :func:`mser5` says how many by a
rule, :func:`welch` gives a curve to look at, and :func:`steady_mean` drops them and gives the
mean with its interval. A bank day needs none of this: its empty opening is part of it
(:mod:`svclab.capacity.simulation.day`).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from svclab.checks import a_count
from svclab.words import count, percent, say

if TYPE_CHECKING:
    from svclab.intervals import Estimate

__all__ = ["Steady", "WarmUp", "across", "mser5", "steady_mean", "welch"]

FEWEST = 10  # batches: with fewer the rule has nothing to choose from
LAST = 5  # batches at the end: fewer than these look exact by accident


@dataclass(frozen=True, repr=False)
class WarmUp:
    """How many observations to drop, and the curve whose lowest point says so."""

    drop: int  # observations at the beginning
    observations: int  # in the run
    curve: tuple[tuple[int, float], ...]  # (observations dropped, squared standard error)
    enough: bool  # False: the curve is lowest in the second half; simulate longer

    def __repr__(self) -> str:
        text = say(
            "drop the first {drop} of {all} observations ({share})",
            drop=self.drop,
            all=self.observations,
            share=percent(self.drop / self.observations),
        )
        if self.enough:
            return text
        return say("{text}, but the run is too short to tell: simulate longer", text=text)


def across(runs: Sequence[Sequence[float]]) -> list[float]:
    """The mean over runs, observation by observation: it makes the opening stand out.

    Parameters
    ----------
    runs : sequence of sequences
        Independent runs from the same opening state; longer ones are cut to the shortest.

    Returns
    -------
    list of float

    Raises
    ------
    ValueError
        For no runs, or an empty one.

    Examples
    --------
    >>> across([[0.0, 4.0], [2.0, 4.0, 9.0]])
    [1.0, 4.0]
    """
    length = min(map(len, runs), default=0)
    if not length:
        raise ValueError("runs has no observations: give one run or more, none of them empty")
    cut = (run[:length] for run in runs)
    return [math.fsum(column) / len(runs) for column in zip(*cut, strict=True)]


def mser5(values: Sequence[float], *, batch: int = 5) -> WarmUp:
    """The warm-up that makes the mean of the rest look most exact: the rule MSER-5.

    The observations are averaged in fives, Z₁ … Zₙ. If d of these are dropped, n − d with mean
    Z̄(d) are left. The rule takes the d, at most n/2, that makes this smallest:

        Σ_{i>d} (Zᵢ − Z̄(d))² / (n − d)².

    Dropping what is far from the rest makes the sum smaller; dropping too much makes n − d small.

    Parameters
    ----------
    values : sequence of float
        One long run in order, or several runs taken together by :func:`across`; 50 or more.
    batch : int, optional
        How many are averaged; the rule's name says 5.

    Returns
    -------
    WarmUp
        ``drop`` counts observations. One run can fool the rule: look at ``curve`` too. It goes
        on to the second half, up to the last five batches; where it is lowest there, the run
        had not settled and ``enough`` is False.

    Raises
    ------
    ValueError
        For fewer than ten batches.

    References
    ----------
    White, K. P. (1997), Simulation 69(6), 323-334; batches of five: White, K. P., Cobb, M. J.
    and Spratt, S. C. (2000), Proc. Winter Simulation Conference, 755-760.

    Examples
    --------
    >>> mser5([0.0] * 20 + [9.0, 11.0] * 100)
    drop the first 20 of 220 observations (9.1%)
    """
    a_count("batch", batch, 1)
    n = len(values) // batch
    if n < FEWEST:
        raise ValueError(
            f"values has {len(values)} entries: give {FEWEST * batch} or more, which is "
            f"{FEWEST} batches of {batch}"
        )
    means = [math.fsum(values[i * batch : (i + 1) * batch]) / batch for i in range(n)]
    # From the end backwards, mean and sum of squares take in one batch at a time (Welford).
    mean = squares = 0.0
    errors = [0.0] * n
    for left, d in enumerate(range(n - 1, -1, -1), 1):
        step = means[d] - mean
        mean += step / left
        squares += step * (means[d] - mean)
        errors[d] = squares / left**2
    seen = range(n - LAST + 1)
    drop = min(seen[: n // 2 + 1], key=errors.__getitem__)
    enough = errors[drop] <= min(errors[d] for d in seen)
    curve = tuple((d * batch, errors[d]) for d in seen)
    return WarmUp(drop * batch, len(values), curve, enough)


def welch(runs: Sequence[Sequence[float]], *, window: int) -> list[float]:
    """Welch's curve: the mean over runs, made smooth by a moving average.

    Draw it, and drop what comes before it runs level. The mean of observation i takes in
    ``window`` observations on each side; near the beginning, as many as there are.

    Parameters
    ----------
    runs : sequence of sequences
        Independent runs from the same opening state; five or more show something. Longer ones
        are cut to the shortest.
    window : int
        Observations on each side, at most a quarter of a run. Widen it until the curve is
        smooth enough to read.

    Returns
    -------
    list of float
        One value for each observation but the last ``window``.

    Raises
    ------
    ValueError
        For no runs, or a window that is too wide.

    References
    ----------
    Welch, P. D. (1983), The statistical analysis of simulation results, in Lavenberg (ed.),
    The Computer Performance Modeling Handbook, 268-328.

    Examples
    --------
    >>> [round(value, 2) for value in welch([[0, 2, 4, 4, 4, 4], [0, 0, 4, 4, 4, 4]], window=1)]
    [0.0, 1.67, 3.0, 4.0, 4.0]
    """
    means = across(runs)
    a_count("window", window, 1)
    if window > len(means) // 4:
        raise ValueError(
            f"window={window!r}: give at most a quarter of the {len(means)} observations"
        )
    sides = (min(i, window) for i in range(len(means) - window))
    return [math.fsum(means[i - k : i + k + 1]) / (2 * k + 1) for i, k in enumerate(sides)]


@dataclass(frozen=True, repr=False)
class Steady:
    """A mean of the steady state, with what was dropped before it was taken."""

    estimate: Estimate  # in the unit of the observations
    drop: int  # observations dropped at the beginning of each run
    kept: int  # observations of each run that were counted
    runs: int  # 1: the interval comes from batches of that run
    warm_up: WarmUp | None  # None where the drop was given

    def __repr__(self) -> str:
        return say(
            "{estimate}; {runs}, first {drop} observations dropped, {kept} counted",
            estimate=repr(self.estimate),
            runs=count(self.runs, "run") if self.runs > 1 else say("batches of one run"),
            drop=self.drop,
            kept=self.kept,
        ) + ("" if self.warm_up is None or self.warm_up.enough else "; too short: simulate longer")


def steady_mean(
    runs: Sequence[Sequence[float]],
    *,
    drop: int | None = None,
    batches: int = 20,
    confidence: float = 0.95,
) -> Steady:
    """The mean of a steady state: drop the opening of each run, then take the interval.

    Several runs: each run's mean is one observation (replication and deletion). One run: the
    means of its batches are.

    Parameters
    ----------
    runs : sequence of sequences
        Waits, queue lengths, ... in order, each run from the same opening state.
    drop : int, optional
        Observations to drop, read off :func:`welch`; left out: by :func:`mser5` of all runs
        together.
    batches : int, optional
        For one run only, default 20.
    confidence : float, optional
        Default 0.95.

    Returns
    -------
    Steady

    Raises
    ------
    ValueError
        For no runs, or a drop that leaves nothing.

    References
    ----------
    Law, A. M. (2015), Simulation Modeling and Analysis, 5th ed., section 9.5.2.

    Examples
    --------
    >>> steady_mean([[0.0] * 20 + [9.0, 11.0] * 50, [0.0] * 20 + [10.0, 12.0] * 50])
    10.5 ± 6.4 (95%, 2 replications); 2 runs, first 20 observations dropped, 100 counted
    """
    from svclab.capacity.simulation.output import batch_means
    from svclab.intervals import estimate

    means = across(runs)
    length = len(means)
    found = mser5(means) if drop is None else None
    first = found.drop if found is not None else a_count("drop", drop or 0, 0)
    if first >= length:
        raise ValueError(f"drop={first!r}: leave some of the {length} observations of a run")
    if len(runs) == 1:
        result = batch_means(runs[0][first:], batches=batches, confidence=confidence)
    else:
        kept = [math.fsum(run[first:length]) / (length - first) for run in runs]
        result = estimate(kept, confidence=confidence)
    return Steady(result, first, length - first, len(runs), found)
