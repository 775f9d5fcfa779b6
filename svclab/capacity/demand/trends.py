"""Smoothing whose constants and starting values statsmodels has sought.

statsmodels finds what makes the squared one-step errors smallest; the forecast itself is then
made by the same recursion as everywhere (:mod:`.states`). It is not there in the page: there,
give the constants. (statsmodels' own forecasts, up to 0.15, leave the last season's correction
out of every mth value: its issue 9538.)
"""

from __future__ import annotations

import warnings
from collections.abc import Mapping, Sequence
from typing import Any

from svclab.capacity.demand.forecasting import Forecast, check_values
from svclab.capacity.demand.smoothing import check_season
from svclab.capacity.demand.states import State, Weights, carried_on
from svclab.checks import a_share

__all__ = ["fit_holt", "fit_holt_winters", "fit_smoothing"]

_NAMES = {
    "alpha": "smoothing_level",
    "beta": "smoothing_trend",
    "gamma": "smoothing_seasonal",
    "phi": "damping_trend",
}


def fit_smoothing(values: Sequence[float], horizon: int, *, coverage: float = 0.95) -> Forecast:
    """Simple exponential smoothing with the best weight and the best starting level.

    Parameters
    ----------
    values : sequence of float
        The past, five values or more.
    horizon : int
        Periods to forecast.
    coverage : float
        Chance that the prediction interval shall hold the value.

    Returns
    -------
    Forecast
        Its ``parameters`` are ``alpha`` and ``level``, the level before the first value.

    Examples
    --------
    >>> forecast = fit_smoothing([10, 12, 9, 11, 10, 12, 9, 11], 1)
    >>> forecast.parameters["alpha"] < 0.05
    True
    """
    form: dict[str, Any] = {"trend": None, "damped_trend": False}
    return _fitted("exponential smoothing", values, horizon, form, None, coverage)


def fit_holt(
    values: Sequence[float],
    horizon: int,
    *,
    damped: bool = False,
    given: Mapping[str, float] | None = None,
    coverage: float = 0.95,
) -> Forecast:
    """Holt's method, a level and a trend, with the best constants; see :func:`.holt`.

    Parameters
    ----------
    values : sequence of float
        The past, five values or more.
    horizon : int
        Periods to forecast.
    damped : bool
        Let the trend die out; without it, it goes on for ever.
    given : mapping, optional
        Constants that are not to be sought: ``alpha``, ``beta`` and, damped, ``phi``.
    coverage : float
        Chance that the prediction interval shall hold the value.

    Returns
    -------
    Forecast
        Its ``parameters`` are ``alpha``, ``beta``, ``phi`` and the start, ``level`` and ``trend``.

    Examples
    --------
    >>> fit_holt([10, 12, 14, 16, 18, 20], 2)
    Holt: 22 next, with 95% between 22 and 22.
    """
    form: dict[str, Any] = {"trend": "add", "damped_trend": damped}
    return _fitted("Holt", values, horizon, form, given, coverage)


def fit_holt_winters(
    values: Sequence[float],
    horizon: int,
    *,
    season: int,
    seasonal: str = "additive",
    trend: bool = True,
    damped: bool = False,
    given: Mapping[str, float] | None = None,
    coverage: float = 0.95,
    seed: int | str = 1,
) -> Forecast:
    """Holt-Winters, level, trend and season, with the best constants; see :func:`.holt_winters`.

    Parameters
    ----------
    values : sequence of float
        The past; two seasons or more.
    horizon : int
        Periods to forecast.
    season : int
        Periods in a season, 2 or more.
    seasonal : {"additive", "multiplicative"}
        Multiplicative if the swing grows with the level; then all values must be above 0.
    trend, damped : bool
        Whether there is a trend, and whether it dies out.
    given : mapping, optional
        Constants that are not to be sought: ``alpha``, ``beta``, ``gamma`` and, damped, ``phi``.
    coverage : float
        Chance that the prediction interval shall hold the value.
    seed : int or str
        Multiplicative intervals have no formula: 2,000 futures are simulated from this seed.

    Examples
    --------
    >>> forecast = fit_holt_winters([10, 30, 12, 32, 14, 34, 16, 36], 2, season=2)
    >>> [round(value) for value in forecast.values]
    [18, 38]
    """
    check_season(values, horizon, season, seasonal)
    form = {
        "trend": "add" if trend else None,
        "damped_trend": damped and trend,
        "seasonal": seasonal[:3],
        "seasonal_periods": season,
    }
    return _fitted("Holt-Winters", values, horizon, form, given, coverage, seed=seed)


def _fitted(
    method: str,
    values: Sequence[float],
    horizon: int,
    form: dict[str, Any],
    given: Mapping[str, float] | None,
    coverage: float,
    *,
    seed: int | str = 1,
) -> Forecast:
    import numpy as np
    from statsmodels.tsa.holtwinters import ExponentialSmoothing

    check_values(values, horizon, at_least=5)
    fixed = {}
    for name, share in (given or {}).items():
        if name not in _NAMES:
            raise ValueError(f"given has {name!r}: use {', '.join(_NAMES)}")
        fixed[_NAMES[name]] = a_share(name, share)
    with warnings.catch_warnings():
        # A constant at its limit is no failure here: the forecast shows it in its parameters.
        warnings.simplefilter("ignore")
        fit = ExponentialSmoothing(
            np.asarray(values, dtype=float), initialization_method="estimated", **form
        ).fit(**fixed)
    trend, season = form["trend"] is not None, form.get("seasonal_periods", 0)
    raw = fit.params
    weights = Weights(
        _share(raw["smoothing_level"]),
        _share(raw["smoothing_trend"]) if trend else 0.0,
        _share(raw["smoothing_seasonal"]) if season else 0.0,
        _share(raw["damping_trend"]) if form["damped_trend"] else 1.0,
    )
    begin = State(
        float(raw["initial_level"]),
        float(raw["initial_trend"]) if trend else 0.0,
        tuple(float(s) for s in raw["initial_seasons"]) if season else (),
    )
    sought = 1 + trend + bool(season) + form["damped_trend"] - len(fixed)
    return carried_on(
        method,
        values,
        horizon,
        weights,
        begin,
        chosen=sought + 1 + trend + season,
        multiplicative=form.get("seasonal") == "mul",
        coverage=coverage,
        seed=seed,
    )


def _share(value: float) -> float:
    """A constant that the search may have left a rounding error outside 0 to 1."""
    return min(max(float(value), 0.0), 1.0)
