"""Exponential smoothing in plain Python: level, then trend, then season, each by one recursion.

Every component is corrected by a share of the error that was just made. The shares are given
here; :mod:`.trends` lets statsmodels seek them. Nothing but the standard library is needed, so
the page runs the same code.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from svclab.capacity.demand.forecasting import Forecast, check_values
from svclab.capacity.demand.states import State, Weights, carried_on
from svclab.checks import a_count, a_share

__all__ = [
    "best_alpha",
    "check_season",
    "exponential_smoothing",
    "holt",
    "holt_winters",
    "smoothed",
]


def smoothed(values: Sequence[float], alpha: float, *, start: float | None = None) -> list[float]:
    """The recursion of exponential smoothing: level = α × new value + (1 − α) × old level.

    Parameters
    ----------
    values : sequence of float
        The series, one value or more.
    alpha : float
        Weight of the newest value, 0 to 1.
    start : float, optional
        The level before the first value; the first value itself if left out.

    Returns
    -------
    list of float
        The level before the first value, then after each: one longer than the series. The level
        before a value is its forecast.

    Examples
    --------
    >>> smoothed([10, 20, 10], 0.5)
    [10, 10.0, 15.0, 12.5]
    """
    a_share("alpha", alpha)
    if not values:
        raise ValueError("values is empty: give at least one")
    levels = [values[0] if start is None else start]
    for value in values:
        levels.append(alpha * value + (1 - alpha) * levels[-1])
    return levels


def best_alpha(values: Sequence[float], *, start: float | None = None) -> float:
    """The weight with the smallest sum of squared one-step errors, to 0.001.

    A search over a grid, then a finer one: the sum may have several valleys, so no descent.

    Examples
    --------
    >>> best_alpha([10, 12, 14, 16, 18]), best_alpha([10, 14, 10, 14, 10, 14])
    (1.0, 0.257)
    """
    check_values(values, 1, at_least=3)

    def loss(thousandths: int) -> float:
        levels = smoothed(values, thousandths / 1000, start=start)
        return math.fsum((y - f) ** 2 for y, f in zip(values, levels, strict=False))

    coarse = min(range(0, 1001, 20), key=loss)
    near = range(max(coarse - 20, 0), min(coarse + 20, 1000) + 1)
    return min(near, key=loss) / 1000


def exponential_smoothing(
    values: Sequence[float],
    horizon: int,
    *,
    alpha: float | None = None,
    start: float | None = None,
    coverage: float = 0.95,
) -> Forecast:
    """Simple exponential smoothing: for demand with a wandering level, no trend, no season.

    Every period ahead gets the last level. Spread of h periods ahead: σ √(1 + (h − 1) α²).

    Parameters
    ----------
    values : sequence of float
        The past, three values or more.
    horizon : int
        Periods to forecast.
    alpha : float, optional
        Weight of the newest value; found by :func:`best_alpha` if left out.
    start : float, optional
        Level before the first value; the first value itself if left out (its error, 0 by
        construction, is then not counted in σ).
    coverage : float
        Chance that the prediction interval shall hold the value.

    Notes
    -----
    σ² is the sum of squared errors divided by the number of errors less the number of constants
    that were chosen to make them small (α if it was sought; the start).

    References
    ----------
    Brown, R. G. (1959), *Statistical Forecasting for Inventory Control*; Hyndman, R. J. and
    Athanasopoulos, G. (2018), *Forecasting: Principles and Practice*, 2nd ed., 7.1 and 7.7.

    Examples
    --------
    >>> exponential_smoothing([10, 20, 10], 2, alpha=0.5).values
    (12.5, 12.5)
    """
    check_values(values, horizon, at_least=3)
    sought = alpha is None
    weights = Weights(best_alpha(values, start=start) if alpha is None else alpha)
    begin = State(values[0] if start is None else start)
    return carried_on(
        "exponential smoothing",
        values,
        horizon,
        weights,
        begin,
        chosen=1 + sought,
        coverage=coverage,
    )


def holt(
    values: Sequence[float],
    horizon: int,
    *,
    alpha: float,
    beta: float,
    phi: float = 1.0,
    level: float | None = None,
    trend: float | None = None,
    coverage: float = 0.95,
) -> Forecast:
    """Holt's method: a level ℓ and a trend b, both wandering.

    ℓ = α y + (1 − α)(ℓ₋ + φ b₋),   b = β (ℓ − ℓ₋) + (1 − β) φ b₋,
    forecast h ahead: ℓ + (φ + φ² + … + φʰ) b, with φ = 1 unless damped.

    Parameters
    ----------
    values : sequence of float
        The past, four values or more.
    horizon : int
        Periods to forecast.
    alpha, beta : float
        Weight of the newest level and trend, 0 to 1.
    phi : float
        Below 1 the trend dies out: a damped trend.
    level, trend : float, optional
        Before the first value. Left out: the trend is the first change, and the level such that
        the first value is met.
    coverage : float
        Chance that the prediction interval shall hold the value.

    References
    ----------
    Holt, C. C. (1957), reprinted in Int. J. Forecasting 20 (2004), 5-10; Gardner, E. S. and
    McKenzie, E. (1985), Management Science 31, 1237-1246, for the damped trend.

    Examples
    --------
    >>> holt([10, 12, 14, 16, 18, 20], 2, alpha=0.5, beta=0.5).values
    (22.0, 24.0)
    """
    check_values(values, horizon, at_least=4)
    weights = Weights(alpha, beta, phi=phi)
    rise = values[1] - values[0] if trend is None else trend
    begin = State(values[0] - phi * rise if level is None else level, rise)
    return carried_on("Holt", values, horizon, weights, begin, chosen=2, coverage=coverage)


def holt_winters(
    values: Sequence[float],
    horizon: int,
    *,
    season: int,
    alpha: float,
    beta: float = 0.0,
    gamma: float,
    phi: float = 1.0,
    seasonal: str = "additive",
    trend: bool = True,
    coverage: float = 0.95,
    seed: int | str = 1,
) -> Forecast:
    """Holt-Winters: level, trend and a season s that may change slowly.

    Additive: ℓ = α (y − s₋ₘ) + (1 − α)(ℓ₋ + φ b₋),   b = β (ℓ − ℓ₋) + (1 − β) φ b₋,
    s = γ (y − ℓ₋ − φ b₋) + (1 − γ) s₋ₘ,   forecast: ℓ + h b (damped as in :func:`holt`) + s of
    the same place. Multiplicative: the season divides and multiplies instead.

    The recursion starts from the first two seasons: their means give level and trend, and what
    lies above that line gives the season. Those values are known when it starts, so judge a
    forecast by :func:`.rolling_origin`, not by how well it fits them.

    Parameters
    ----------
    values : sequence of float
        The past; two seasons or more.
    horizon : int
        Periods to forecast.
    season : int
        Periods in a season, m, 2 or more.
    alpha, beta, gamma : float
        Weight of the newest level, trend and season, 0 to 1.
    phi : float
        Below 1 the trend dies out.
    seasonal : {"additive", "multiplicative"}
        Multiplicative if the swing grows with the level; then all values must be above 0.
    trend : bool
        Whether there is a trend; without it `beta` and `phi` have no effect.
    coverage : float
        Chance that the prediction interval shall hold the value.
    seed : int or str
        Multiplicative intervals have no formula: 2,000 futures are simulated from this seed.

    References
    ----------
    Winters, P. R. (1960), "Forecasting sales by exponentially weighted moving averages",
    Management Science 6, 324-342; Hyndman and Athanasopoulos (2018), 7.3 and 7.7.

    Examples
    --------
    >>> sales = [10, 30, 12, 32, 14, 34]
    >>> holt_winters(sales, 2, season=2, alpha=0.5, gamma=0.1).values
    (16.0, 36.0)
    """
    check_season(values, horizon, season, seasonal)
    weights = Weights(alpha, beta if trend else 0.0, gamma, phi if trend else 1.0)
    return carried_on(
        "Holt-Winters",
        values,
        horizon,
        weights,
        _first_seasons(values, season, seasonal, trend, weights.phi),
        multiplicative=seasonal == "multiplicative",
        chosen=1 + trend + season,
        coverage=coverage,
        seed=seed,
    )


def check_season(values: Sequence[float], horizon: int, season: int, seasonal: str) -> None:
    """Refuse a series in which this season cannot be seen or cannot be a factor."""
    a_count("season", season, 2)
    if seasonal not in ("additive", "multiplicative"):
        raise ValueError(f"seasonal={seasonal!r}: use 'additive' or 'multiplicative'")
    if len(values) < 2 * season:
        raise ValueError(
            f"values has {len(values)} periods, fewer than two seasons of {season}: a season is "
            "seen only when it repeats"
        )
    check_values(values, horizon, at_least=5)
    if seasonal == "multiplicative" and min(values) <= 0:
        raise ValueError("values has a 0 or less: use seasonal='additive'")


def _first_seasons(
    values: Sequence[float], season: int, seasonal: str, trend: bool, phi: float
) -> State:
    one = math.fsum(values[:season]) / season
    two = math.fsum(values[season : 2 * season]) / season
    rise = (two - one) / season if trend else 0.0
    level = one - rise * (season + 1) / 2 if trend else (one + two) / 2
    line = [level + rise * t for t in range(1, 2 * season + 1)]
    if seasonal == "multiplicative":
        if min(line) <= 0:
            raise ValueError("the level falls below 0 in the first seasons: use trend=False")
        swing = [y / base for y, base in zip(values, line, strict=False)]
        means = [(a + b) / 2 for a, b in zip(swing[:season], swing[season:], strict=True)]
        middle = math.fsum(means) / season
        return State(level, rise / phi if phi else 0.0, tuple(m / middle for m in means))
    swing = [y - base for y, base in zip(values, line, strict=False)]
    means = [(a + b) / 2 for a, b in zip(swing[:season], swing[season:], strict=True)]
    middle = math.fsum(means) / season
    return State(level, rise / phi if phi else 0.0, tuple(m - middle for m in means))
