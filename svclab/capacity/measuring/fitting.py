"""Which distribution describes measured times: exponential, gamma or lognormal. Needs SciPy."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from svclab.capacity.measuring.summaries import Times
from svclab.checks import a_count
from svclab.words import count, duration, number, percent, say

if TYPE_CHECKING:
    import numpy as np

    Array = np.ndarray[Any, np.dtype[np.float64]]

__all__ = ["Fit", "FittedTimes", "fit_times"]

FEWEST = 20  # times for a fit
BLOCK = 200_000  # times drawn at once, so that memory stays bounded
NAMES = ("exponential", "gamma", "lognormal")


@dataclass(frozen=True, repr=False, kw_only=True)
class Fit:
    """One distribution with its best parameters."""

    name: str  # exponential, gamma or lognormal
    mean: float  # s, of the fitted distribution
    scv: float  # variance / mean² of the fitted distribution
    parameters: dict[str, float]  # as in SciPy, in seconds
    log_likelihood: float
    distance: float  # Anderson and Darling's A²: 0 for a perfect fit
    p: float  # how often times from this distribution would lie farther from their own fit
    false_alarms: float  # share of true distributions that are rejected by mistake

    @property
    def rejected(self) -> bool:
        """Whether the times contradict this distribution."""
        return self.p < self.false_alarms

    @property
    def aic(self) -> float:
        """Akaike's criterion, twice (parameters - log-likelihood): the less, the better."""
        return 2 * len(self.parameters) - 2 * self.log_likelihood

    @property
    def spread(self) -> str | tuple[str, float]:
        """How a simulation names it: "exponential", or its name with its scv."""
        return "exponential" if self.name == "exponential" else (self.name, self.scv)

    def __repr__(self) -> str:
        return say(
            "{name}: mean {mean}, scv {scv}, A² {distance}, p = {p}{verdict}",
            name=self.name,
            mean=duration(self.mean),
            scv=number(self.scv, 2),
            distance=number(self.distance, 2),
            p=number(self.p, 3),
            verdict=" (rejected)" if self.rejected else "",
        )


@dataclass(frozen=True, repr=False)
class FittedTimes:
    """All distributions that were tried, the best first."""

    times: Times
    fits: tuple[Fit, ...]  # by Akaike's criterion
    lifted: int  # times of zero, which were taken as half of what can be measured

    @property
    def best(self) -> Fit:
        """The one with the smallest criterion of Akaike, rejected or not."""
        return self.fits[0]

    def sentences(self) -> list[str]:
        """What was found, with its rate of false alarms."""
        best = self.best
        found = say(
            "{n} with mean {mean} and scv {scv}. Best described by the {name} distribution.",
            n=count(len(self.times), "time"),
            mean=duration(self.times.mean),
            scv=number(self.times.scv, 2),
            name=best.name,
        )
        if best.rejected:
            verdict = (
                "But even that is rejected: none of the three describes these times. Look at them: "
                "there may be two kinds of customers, or a break that was timed as a service. Use "
                "the measured times themselves."
            )
        elif len(self.times) < 100:
            verdict = "With so few times, others that look alike cannot be told apart from it."
        else:
            verdict = "The times do not contradict it. That is no proof."
        promise = say(
            "Each test rejects a true distribution by mistake in {share} of samples.",
            share=percent(best.false_alarms),
        )
        return [found, verdict, promise]

    HEAD = ("distribution", "mean", "scv", "A²", "p", "rejected", "AIC")

    def rows(self) -> list[tuple[str, ...]]:
        """One row a distribution, as a reader shall see it."""
        return [
            (
                fit.name,
                str(duration(fit.mean)),
                str(number(fit.scv, 2)),
                str(number(fit.distance, 2)),
                str(number(fit.p, 3)),
                "yes" if fit.rejected else "no",
                str(number(fit.aic, 1)),
            )
            for fit in self.fits
        ]

    def __repr__(self) -> str:
        from svclab.shown import text_table

        return text_table(self.times.what, self.HEAD, self.rows(), self.sentences())

    def _repr_html_(self) -> str:
        from svclab.shown import html_table

        return html_table(self.times.what, self.HEAD, self.rows(), notes=self.sentences())


def fit_times(
    times: Times | Sequence[float],
    *,
    resolution: float = 1.0,
    false_alarms: float = 0.05,
    samples: int = 499,
    seed: int = 1,
) -> FittedTimes:
    """Fit exponential, gamma and lognormal distributions to times, and test each.

    Each is fitted by maximum likelihood. Its distance from the data is Anderson and Darling's A²,
    which looks at the tails too. Tables of A² hold for parameters known in advance; these here
    were chosen to fit. So the distance is compared with that of samples drawn from the fitted
    distribution, rounded as the data were, and fitted anew (a parametric bootstrap).

    Parameters
    ----------
    times : Times or sequence of float
        In seconds, twenty or more, zero or more, not all equal.
    resolution : float, optional
        How finely the clock was read, in seconds, default 1; 0 for not rounded at all. A time
        of zero is taken as half of it.
    false_alarms : float, optional
        Share of samples from a distribution that reject it by mistake, default 0.05.
    samples : int, optional
        Bootstrap samples, default 499; 99 or more.
    seed : int, optional
        Of these samples.

    Returns
    -------
    FittedTimes

    Raises
    ------
    ValueError
        For too few, negative or equal times.

    References
    ----------
    Anderson, T. W. and Darling, D. A. (1954), Journal of the American Statistical Association
    49, 765-769; Stute, W., González Manteiga, W. and Presedo Quindimil, M. (1993), Bootstrap
    based goodness-of-fit tests, Metrika 40, 243-256.

    Examples
    --------
    >>> from svclab.capacity.measuring import example_observation
    >>> watch = example_observation()
    >>> fitted = fit_times(watch.services, samples=99)
    >>> [fit.name for fit in fitted.fits if fit.rejected]
    ['exponential']
    """
    import numpy as np

    a_count("samples", samples, 99)
    named = times if isinstance(times, Times) else Times("times", tuple(map(float, times)))
    values = np.asarray(named.seconds, dtype=float)
    if values.size < FEWEST:
        raise ValueError(f"{values.size} times are too few to fit: give {FEWEST} or more")
    if not np.isfinite(values).all() or values.min() < 0:
        raise ValueError("times must be numbers of seconds, zero or more: look at the smallest")
    if values.max() - values.min() <= 1e-9 * values.max():
        raise ValueError("all times are equal: that is a constant, and there is nothing to fit")
    if resolution == 0 and values.min() == 0:
        raise ValueError("a time is zero: say resolution=, to how many seconds they were rounded")
    lifted = int((values == 0).sum())
    data = _lifted(values, resolution)
    fits = [
        _fit(name, data, resolution, false_alarms, samples, np.random.default_rng([seed, place]))
        for place, name in enumerate(NAMES)
    ]
    return FittedTimes(named, tuple(sorted(fits, key=lambda fit: fit.aic)), lifted)


def _lifted(values: Array, resolution: float) -> Array:
    import numpy as np

    return np.where(values == 0, resolution / 2, values)


def _fit(
    name: str,
    data: Array,
    resolution: float,
    false_alarms: float,
    samples: int,
    generator: np.random.Generator,
) -> Fit:
    import numpy as np

    estimate, below, draw = _FAMILIES[name]
    found = estimate(data[None, :])
    distance = float(_distance(below, found, data[None, :])[0])
    n, farther, done = data.size, 0, 0
    while done < samples:
        rows = min(samples - done, max(1, BLOCK // n))
        drawn = _measured(draw(generator, found, (rows, n)), resolution, generator)
        farther += int((_distance(below, estimate(drawn), drawn) >= distance).sum())
        done += rows
    parameters, mean, scv = _described(name, found)
    return Fit(
        name=name,
        mean=mean,
        scv=scv,
        parameters=parameters,
        log_likelihood=float(np.sum(_log_density(name, data, found))),
        distance=distance,
        p=(farther + 1) / (samples + 1),
        false_alarms=false_alarms,
    )


def _measured(times: Array, resolution: float, generator: np.random.Generator) -> Array:
    """Times as a clock shows them whose start and end are both rounded down."""
    import numpy as np

    if resolution == 0:
        return times
    starts = generator.random(times.shape)
    return _lifted(np.floor(starts + times / resolution) * resolution, resolution)


def _distance(
    below: Callable[[Array, tuple[Array, ...]], tuple[Array, Array]],
    found: tuple[Array, ...],
    times: Array,
) -> Array:
    """A² of each row: -n - Σ (2i - 1) (ln F(xᵢ) + ln (1 - F(xₙ₊₁₋ᵢ))) / n."""
    import numpy as np

    n = times.shape[1]
    log_below, log_above = below(np.sort(times, axis=1), found)
    weights = (2 * np.arange(1, n + 1) - 1) / n
    return np.asarray(-n - ((log_below + log_above[:, ::-1]) * weights).sum(axis=1))


# The families: estimates from rows of times, (ln F, ln (1 - F)), and draws.


def _exponential(times: Array) -> tuple[Array, ...]:
    return (times.mean(axis=1, keepdims=True),)


def _exponential_below(times: Array, found: tuple[Array, ...]) -> tuple[Array, Array]:
    import numpy as np

    scaled = times / found[0]
    return np.log(-np.expm1(-scaled)), -scaled


def _gamma(times: Array) -> tuple[Array, ...]:
    """Shape and scale: ln k - ψ(k) = ln mean - mean ln, by Newton's method."""
    import numpy as np
    from scipy.special import digamma, polygamma  # type: ignore[import-untyped]

    mean = times.mean(axis=1, keepdims=True)
    gap = np.maximum(np.log(mean) - np.log(times).mean(axis=1, keepdims=True), 1e-12)
    shape = (3 - gap + np.sqrt((gap - 3) ** 2 + 24 * gap)) / (12 * gap)
    for _ in range(6):
        slope = 1 / shape - polygamma(1, shape)
        shape = np.maximum(shape - (np.log(shape) - digamma(shape) - gap) / slope, shape / 10)
    return shape, mean / shape


def _gamma_below(times: Array, found: tuple[Array, ...]) -> tuple[Array, Array]:
    import numpy as np
    from scipy.special import gammainc, gammaincc

    shape, scale = found
    tiny = 1e-300
    scaled = times / scale
    below, above = gammainc(shape, scaled), gammaincc(shape, scaled)
    return np.log(np.maximum(below, tiny)), np.log(np.maximum(above, tiny))


def _lognormal(times: Array) -> tuple[Array, ...]:
    import numpy as np

    logs = np.log(times)
    return logs.mean(axis=1, keepdims=True), logs.std(axis=1, keepdims=True)


def _lognormal_below(times: Array, found: tuple[Array, ...]) -> tuple[Array, Array]:
    import numpy as np
    from scipy.special import log_ndtr

    z = (np.log(times) - found[0]) / found[1]
    return log_ndtr(z), log_ndtr(-z)


_FAMILIES: dict[str, tuple[Any, Any, Any]] = {
    "exponential": (
        _exponential,
        _exponential_below,
        lambda generator, found, size: generator.exponential(found[0], size),
    ),
    "gamma": (
        _gamma,
        _gamma_below,
        lambda generator, found, size: generator.gamma(found[0], found[1], size),
    ),
    "lognormal": (
        _lognormal,
        _lognormal_below,
        lambda generator, found, size: generator.lognormal(found[0], found[1], size),
    ),
}


def _log_density(name: str, times: Array, found: tuple[Array, ...]) -> Array:
    from scipy import stats  # type: ignore[import-untyped]

    first = float(found[0].item())
    if name == "exponential":
        return stats.expon.logpdf(times, scale=first)
    second = float(found[1].item())
    if name == "gamma":
        return stats.gamma.logpdf(times, first, scale=second)
    return stats.lognorm.logpdf(times, second, scale=math.exp(first))


def _described(name: str, found: tuple[Array, ...]) -> tuple[dict[str, float], float, float]:
    """Parameters, mean and scv."""
    first = float(found[0].item())
    if name == "exponential":
        return {"scale": first}, first, 1.0
    second = float(found[1].item())
    if name == "gamma":
        return {"a": first, "scale": second}, first * second, 1 / first
    scv = math.expm1(second * second)
    return {"s": second, "scale": math.exp(first)}, math.exp(first) * math.sqrt(1 + scv), scv
