"""Monte Carlo: a result whose inputs are uncertain, drawn many times, with its standard error.

The spread of the draws says how risky the choice is; it does not shrink with more runs. The
standard error says how well the mean is known; it shrinks with the root of their number.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from random import Random
from typing import Any

from svclab.checks import a_count, a_number, a_share, names_of
from svclab.intervals import Estimate, estimate
from svclab.shown import Answer
from svclab.words import number, percent, say

__all__ = ["Compared", "Simulated", "Triangular", "Uniform", "compare", "simulate"]

Inputs = Mapping[str, "Triangular | Uniform | float"]
Model = Callable[[Mapping[str, float], Random], float]


@dataclass(frozen=True)
class Triangular:
    """An uncertain number from three guesses: low, likely, high."""

    low: float
    likely: float
    high: float

    def __post_init__(self) -> None:
        for name in ("low", "likely", "high"):
            a_number(f"{name} of a Triangular", getattr(self, name))
        if not self.low <= self.likely <= self.high:
            raise ValueError(
                f"Triangular({self.low!r}, {self.likely!r}, {self.high!r}): give low, likely and "
                "high in this order"
            )

    @property
    def mean(self) -> float:
        """(low + likely + high) / 3: not the likely value, unless the two sides are equal."""
        return math.fsum((self.low, self.likely, self.high)) / 3

    def draw(self, draws: Random) -> float:
        """One draw."""
        if self.low == self.high:
            return float(self.low)
        return draws.triangular(self.low, self.high, self.likely)


@dataclass(frozen=True)
class Uniform:
    """An uncertain number, equally likely anywhere between two ends."""

    low: float
    high: float

    def __post_init__(self) -> None:
        for name in ("low", "high"):
            a_number(f"{name} of a Uniform", getattr(self, name))
        if not self.low <= self.high:
            raise ValueError(f"Uniform({self.low!r}, {self.high!r}): give the lower end first")

    @property
    def mean(self) -> float:
        """The middle."""
        return math.fsum((self.low, self.high)) / 2

    def draw(self, draws: Random) -> float:
        """One draw."""
        return draws.uniform(self.low, self.high)


@dataclass(frozen=True, repr=False)
class Simulated(Answer):
    """Results of the runs."""

    values: tuple[float, ...]  # one a run, in the order of the runs
    name: str = "The result"
    unit: str = ""
    below_zero: str = "a loss"  # what a run below zero is

    @property
    def mean(self) -> float:
        """Mean of the runs."""
        return math.fsum(self.values) / len(self.values)

    @property
    def deviation(self) -> float:
        """Standard deviation of the runs: the risk."""
        m = self.mean
        return math.sqrt(math.fsum((v - m) ** 2 for v in self.values) / (len(self.values) - 1))

    @property
    def standard_error(self) -> float:
        """Standard deviation of the mean: how well it is known."""
        return self.deviation / math.sqrt(len(self.values))

    def estimate(self, confidence: float = 0.95) -> Estimate:
        """Mean with its confidence interval."""
        return estimate(self.values, confidence=confidence)

    def chance_below(self, amount: float) -> float:
        """Share of the runs below an amount."""
        return len([1 for v in self.values if v < amount]) / len(self.values)

    def quantile(self, share: float) -> float:
        """The value that this share of the runs does not pass (interpolated)."""
        ordered = sorted(self.values)
        place = a_share("share", share) * (len(ordered) - 1)
        k = min(math.floor(place), len(ordered) - 2)
        return ordered[k] + (place - k) * (ordered[k + 1] - ordered[k])

    def histogram(self, bars: int = 20) -> list[dict[str, float]]:
        """Equal bars from the smallest to the largest run: ``low``, ``high``, ``runs``."""
        a_count("bars", bars, 1)
        low, high = min(self.values), max(self.values)
        width = (high - low) / bars or 1.0
        counts = [0] * bars
        for v in self.values:
            counts[min(bars - 1, int((v - low) / width))] += 1
        return [
            {"low": low + k * width, "high": low + (k + 1) * width, "runs": float(n)}
            for k, n in enumerate(counts)
        ]

    @property
    def table(self) -> list[dict[str, Any]]:
        """Mean, spread and quantiles."""
        rows = [("mean", self.mean), ("standard error of the mean", self.standard_error),
                ("standard deviation", self.deviation), ("5 percent below", self.quantile(0.05)),
                ("median", self.quantile(0.5)), ("5 percent above", self.quantile(0.95)),
                ("chance of a loss", self.chance_below(0))]  # fmt: skip
        return [{"figure": name, "value": value} for name, value in rows]

    @property
    def sentence(self) -> str:
        """Mean, its error, and the risk in words."""
        return say(
            "{name}: {mean} ± {error}{unit} on average (standard error, {n} runs); {what} in "
            "{loss} of them.",
            name=self.name,
            mean=number(self.mean, 3),
            error=number(self.standard_error, 3),
            unit=f" {self.unit}" if self.unit else "",
            n=len(self.values),
            what=self.below_zero,
            loss=percent(self.chance_below(0)),
        )


def _streams(seed: int, runs: int) -> list[int]:
    """One number a run to seed its draws, so that all options of a run have the same luck."""
    draws = Random(seed)
    return [draws.getrandbits(64) for _ in range(runs)]


def _drawn(inputs: Inputs, draws: Random) -> dict[str, float]:
    found = {}
    for name, what in inputs.items():
        if isinstance(what, Triangular | Uniform):
            found[name] = what.draw(draws)
        else:
            found[name] = a_number(f"input {name!r}", what)
    return found


def simulate(
    model: Model, inputs: Inputs, *, runs: int = 2000, seed: int = 1, name: str = "The result",
    unit: str = "",
) -> Simulated:  # fmt: skip
    """Draw the inputs, compute the result, many times.

    Parameters
    ----------
    model : callable
        From the drawn inputs (a dict) and a ``random.Random`` for draws of its own to the result.
    inputs : mapping
        Input to :class:`Triangular`, :class:`Uniform` or a number that is sure.
    runs : int, optional
        Two or more.
    seed : int, optional
        Equal seeds give equal runs.
    name, unit : str, optional
        For the sentence.

    Returns
    -------
    Simulated
        ``mean``, ``standard_error``, ``quantile``, ``chance_below``.

    Raises
    ------
    ValueError
        For fewer than two runs or an input that is no number.

    Examples
    --------
    >>> inputs = {"guests": Triangular(80, 100, 150), "price": 20}
    >>> found = simulate(lambda x, draws: x["guests"] * x["price"] - 2000, inputs, unit="yuan")
    >>> found.estimate().holds(20 * Triangular(80, 100, 150).mean - 2000)
    True
    """
    return compare({name: model}, inputs, runs=runs, seed=seed, unit=unit).results[name]


@dataclass(frozen=True, repr=False)
class Compared(Answer):
    """Options under the same luck."""

    results: Mapping[str, Simulated]

    def difference(self, first: str, second: str) -> Simulated:
        """First less second, run by run: its standard error is that of the comparison."""
        pairs = zip(self.results[first].values, self.results[second].values, strict=True)
        return Simulated(
            tuple(a - b for a, b in pairs),
            say("{a} less {b}", a=first, b=second),
            self.results[first].unit,
            say("{a} brings less", a=first),
        )

    def chance_better(self, first: str, second: str) -> float:
        """Share of the runs in which the first brings more."""
        return self.difference(second, first).chance_below(0)

    @property
    def best(self) -> str:
        """The option with the best mean."""
        return max(self.results, key=lambda o: self.results[o].mean)

    @property
    def table(self) -> list[dict[str, Any]]:
        """One row an option."""
        return [
            {"option": name, "mean": r.mean, "standard error": r.standard_error,
             "standard deviation": r.deviation, "5 percent below": r.quantile(0.05),
             "chance of a loss": r.chance_below(0)}
            for name, r in self.results.items()
        ]  # fmt: skip

    @property
    def sentence(self) -> str:
        """The best option, and how sure the order of the first two is."""
        if len(self.results) == 1:
            return next(iter(self.results.values())).sentence
        first, second = sorted(self.results, key=lambda o: -self.results[o].mean)[:2]
        gap = self.difference(first, second)
        return say(
            "{a} is best on average, {gap} ± {error} above {b} (standard error); it brings more "
            "in {share} of the runs.",
            a=first,
            b=second,
            gap=number(gap.mean, 3),
            error=number(gap.standard_error, 3),
            share=percent(self.chance_better(first, second)),
        )


def compare(
    models: Mapping[str, Model], inputs: Inputs, *, runs: int = 2000, seed: int = 1, unit: str = ""
) -> Compared:
    """Several options with the same draws in each run (common random numbers).

    Equal luck on all sides makes the difference less noisy than two separate simulations would.

    Parameters
    ----------
    models : mapping
        Option to its model, as for :func:`simulate`.
    inputs, runs, seed, unit
        As for :func:`simulate`.

    Returns
    -------
    Compared
        ``results`` by option, ``difference`` with its standard error, ``chance_better``.

    Examples
    --------
    >>> inputs = {"demand": Uniform(50, 150)}
    >>> found = compare({"large": lambda x, draws: x["demand"] - 90,
    ...                  "small": lambda x, draws: min(x["demand"], 100) - 75}, inputs, runs=500)
    >>> sorted(found.results)
    ['large', 'small']
    """
    a_count("runs", runs, 2)
    names = names_of("models", models)
    found: dict[str, list[float]] = {name: [] for name in names}
    for stream in _streams(seed, runs):
        drawn = _drawn(inputs, Random(stream))
        for name in names:
            found[name].append(float(models[name](drawn, Random(stream ^ 1))))
    return Compared({name: Simulated(tuple(values), name, unit) for name, values in found.items()})
