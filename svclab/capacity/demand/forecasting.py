"""What a forecast is, and the simple ones that every other must beat.

A method is any function of (past values, horizon) that gives a :class:`Forecast`. Smoothing
stands in :mod:`.smoothing`, its fitting by statsmodels in :mod:`.trends`, the honest test of a
method in :mod:`.rolling`.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from statistics import NormalDist

from svclab.checks import a_count, a_number, a_share
from svclab.shown import html_table
from svclab.words import number, percent, say

__all__ = [
    "Forecast",
    "Method",
    "average",
    "check_values",
    "drift",
    "forecast_with_spread",
    "moving_average",
    "naive",
    "seasonal_naive",
]


@dataclass(frozen=True, repr=False)
class Forecast:
    """Values to come, with an interval around each; all in the unit of the data."""

    method: str
    values: tuple[float, ...]  # for 1, 2, ... periods ahead
    lower: tuple[float, ...]  # lower end of the prediction interval
    upper: tuple[float, ...]  # upper end
    coverage: float  # chance that the interval shall hold the value, such as 0.95
    sigma: float  # standard deviation of the one-step errors in the past
    fitted: tuple[float | None, ...] = ()  # one-step forecasts of the past
    parameters: Mapping[str, float] = field(default_factory=dict)

    def holds(self, actual: Sequence[float]) -> list[bool]:
        """For each value that came, whether its interval held it."""
        together = zip(self.lower, actual, self.upper, strict=True)
        return [low <= y <= high for low, y, high in together]

    def sentence(self) -> str:
        """The first value in words."""
        return say(
            "{method}: {value} next, with {share} between {low} and {high}.",
            method=_title(self.method),
            value=number(self.values[0], 1),
            share=percent(self.coverage, 0),
            low=number(self.lower[0], 1),
            high=number(self.upper[0], 1),
        )

    def __repr__(self) -> str:
        return self.sentence()

    def _repr_html_(self) -> str:
        rows = [
            [str(ahead), str(number(v, 1)), str(number(low, 1)), str(number(high, 1))]
            for ahead, (v, low, high) in enumerate(
                zip(self.values, self.lower, self.upper, strict=True), start=1
            )
        ]
        inside = say("{share} interval", share=percent(self.coverage, 0))
        return html_table(
            _title(self.method), ["periods ahead", "forecast", f"{inside} from", "to"], rows
        )


Method = Callable[[Sequence[float], int], Forecast]


def forecast_with_spread(
    method: str,
    values: Sequence[float],
    spreads: Sequence[float],
    *,
    coverage: float,
    sigma: float,
    fitted: Sequence[float | None],
    parameters: Mapping[str, float] | None = None,
) -> Forecast:
    """A forecast with normal intervals: value ± z × spread, one spread a period ahead."""
    a_share("coverage", coverage, above=True, below=True)
    z = NormalDist().inv_cdf((1 + coverage) / 2)
    return Forecast(
        method=method,
        values=tuple(values),
        lower=tuple(v - z * s for v, s in zip(values, spreads, strict=True)),
        upper=tuple(v + z * s for v, s in zip(values, spreads, strict=True)),
        coverage=coverage,
        sigma=sigma,
        fitted=tuple(fitted),
        parameters=dict(parameters or {}),
    )


def average(values: Sequence[float], horizon: int, *, coverage: float = 0.95) -> Forecast:
    """The mean of all the past, for ever: right only if nothing changes.

    Spread of h periods ahead: σ √(1 + 1/T), whatever h; σ is the standard deviation of the past.

    Parameters
    ----------
    values : sequence of float
        The past, two values or more.
    horizon : int
        Periods to forecast.
    coverage : float
        Chance that a prediction interval shall hold its value.

    Examples
    --------
    >>> average([10, 12, 11, 15], 2).values
    (12.0, 12.0)

    References
    ----------
    Hyndman and Athanasopoulos (2021), 5.2 and 5.5, for this and the next three methods.
    """
    check_values(values, horizon, at_least=2)
    n = len(values)
    mean = math.fsum(values) / n
    sigma = math.sqrt(math.fsum((y - mean) ** 2 for y in values) / (n - 1))
    spread = sigma * math.sqrt(1 + 1 / n)
    return forecast_with_spread(
        "average",
        [mean] * horizon,
        [spread] * horizon,
        coverage=coverage,
        sigma=sigma,
        fitted=[mean] * n,
    )


def naive(values: Sequence[float], horizon: int, *, coverage: float = 0.95) -> Forecast:
    """The last value, for ever: the benchmark that every forecast must beat.

    Spread of h periods ahead: σ √h, with σ the root mean square of the past changes.

    Parameters
    ----------
    values, horizon, coverage
        As for :func:`average`.

    Examples
    --------
    >>> naive([10, 12, 11, 14], 2).values
    (14, 14)
    """
    return seasonal_naive(values, horizon, season=1, coverage=coverage)


def seasonal_naive(
    values: Sequence[float], horizon: int, *, season: int, coverage: float = 0.95
) -> Forecast:
    """The same place of the season before: last Monday for Monday.

    Spread of h periods ahead: σ √(k + 1), k = ⌊(h − 1) / m⌋ whole seasons in between.

    Parameters
    ----------
    values : sequence of float
        The past; more than one season.
    horizon : int
        Periods to forecast.
    season : int
        Periods in a season, m.
    coverage : float
        As for :func:`average`.

    Examples
    --------
    >>> seasonal_naive([10, 50, 12, 52], 3, season=2).values
    (12, 52, 12)
    """
    a_count("season", season, 1)
    check_values(values, horizon, at_least=season + 1)
    fitted: list[float | None] = [None] * season
    fitted += values[:-season]
    sigma = _root_mean_square(values, fitted)
    ahead = [values[len(values) - season + h % season] for h in range(horizon)]
    spreads = [sigma * math.sqrt(h // season + 1) for h in range(horizon)]
    return forecast_with_spread(
        "naive" if season == 1 else "seasonal naive",
        ahead,
        spreads,
        coverage=coverage,
        sigma=sigma,
        fitted=fitted,
    )


def drift(values: Sequence[float], horizon: int, *, coverage: float = 0.95) -> Forecast:
    """The straight line from the first value through the last: naive with the mean change.

    y + h (y_T − y_1) / (T − 1); spread σ √(h (1 + h / (T − 1))).

    Parameters
    ----------
    values : sequence of float
        The past, three values or more.
    horizon, coverage
        As for :func:`average`.

    Examples
    --------
    >>> drift([10, 12, 11, 16], 2).values
    (18.0, 20.0)
    """
    check_values(values, horizon, at_least=3)
    n = len(values)
    step = (values[-1] - values[0]) / (n - 1)
    fitted: list[float | None] = [None, *(y + step for y in values[:-1])]
    errors = [y - f for y, f in zip(values, fitted, strict=True) if f is not None]
    sigma = math.sqrt(math.fsum(e * e for e in errors) / (n - 2))
    return forecast_with_spread(
        "drift",
        [values[-1] + h * step for h in range(1, horizon + 1)],
        [sigma * math.sqrt(h * (1 + h / (n - 1))) for h in range(1, horizon + 1)],
        coverage=coverage,
        sigma=sigma,
        fitted=fitted,
        parameters={"step": step},
    )


def moving_average(
    values: Sequence[float], horizon: int, *, window: int, coverage: float = 0.95
) -> Forecast:
    """The mean of the last so many values: smooth and late, by (window + 1) / 2 periods.

    The interval takes the one-step spread for every period ahead, because the method has no model
    of how the level wanders; far ahead it is too narrow.

    Parameters
    ----------
    values : sequence of float
        The past; more than `window` values.
    horizon : int
        Periods to forecast; all get the same value.
    window : int
        How many values are averaged.
    coverage : float
        As for :func:`average`.

    Examples
    --------
    >>> moving_average([10, 12, 11, 13], 1, window=3).values
    (12.0,)
    """
    a_count("window", window, 1)
    check_values(values, horizon, at_least=window + 1)

    def mean(end: int) -> float:
        return math.fsum(values[end - window : end]) / window

    fitted = [None if t < window else mean(t) for t in range(len(values))]
    sigma = _root_mean_square(values, fitted)
    return forecast_with_spread(
        "moving average",
        [mean(len(values))] * horizon,
        [sigma] * horizon,
        coverage=coverage,
        sigma=sigma,
        fitted=fitted,
        parameters={"window": window},
    )


def check_values(values: Sequence[float], horizon: int, *, at_least: int) -> None:
    """Refuse a past that is too short or holds something else than finite numbers."""
    a_count("horizon", horizon, 1)
    if len(values) < at_least:
        raise ValueError(
            f"values has {len(values)} periods: this forecast needs at least {at_least}"
        )
    for place, value in enumerate(values):
        a_number(f"values[{place}]", value)


def _title(method: str) -> str:
    return method[:1].upper() + method[1:]


def _root_mean_square(values: Sequence[float], fitted: Sequence[float | None]) -> float:
    errors = [y - f for y, f in zip(values, fitted, strict=True) if f is not None]
    return math.sqrt(math.fsum(e * e for e in errors) / len(errors))
