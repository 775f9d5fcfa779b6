"""Forecasts of demand, and how to judge them.

Fitting by statsmodels stands in :mod:`svclab.capacity.demand.trends`, which is imported where it
is used.
"""

from svclab.capacity.demand.errors import Accuracy, accuracy, mae, mape, mase, rmse
from svclab.capacity.demand.forecasting import (
    Forecast,
    average,
    drift,
    moving_average,
    naive,
    seasonal_naive,
)
from svclab.capacity.demand.rolling import Rolling, rolling_origin
from svclab.capacity.demand.seasons import Seasons, seasonal_indices
from svclab.capacity.demand.smoothing import exponential_smoothing, holt, holt_winters, smoothed

__all__ = [
    "Accuracy",
    "Forecast",
    "Rolling",
    "Seasons",
    "accuracy",
    "average",
    "drift",
    "exponential_smoothing",
    "holt",
    "holt_winters",
    "mae",
    "mape",
    "mase",
    "moving_average",
    "naive",
    "rmse",
    "rolling_origin",
    "seasonal_indices",
    "seasonal_naive",
    "smoothed",
]
