"""How wrong a forecast was: four measures, the trap in one of them, and the naive benchmark.

With actual values y and forecasts f, the errors are e = y − f: above zero when the forecast was
too low. Every measure adds over the same periods, so forecasts must be compared on the same ones.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from svclab.checks import a_count
from svclab.words import number, percent, say

__all__ = ["Accuracy", "accuracy", "best_constant", "compare", "mae", "mape", "mase", "rmse"]


@dataclass(frozen=True, repr=False)
class Accuracy:
    """The error measures of one forecast."""

    bias: float  # mean of y − f, in the unit of the data; above 0: forecast too low
    mae: float  # mean absolute error, in the unit of the data
    rmse: float  # root mean square error, in the unit of the data
    mape: float | None  # mean absolute percentage error as a share; None if an actual value is 0
    mase: float | None  # against the naive forecast's MAE in the training data; None without these
    periods: int  # values compared

    def __repr__(self) -> str:
        shown = "no MAPE (a value is 0)" if self.mape is None else str(percent(self.mape))
        text = say(
            "MAE {mae}, RMSE {rmse}, MAPE {mape} over {n} periods",
            mae=number(self.mae, 2),
            rmse=number(self.rmse, 2),
            mape=shown,
            n=self.periods,
        )
        return text + ("" if self.mase is None else f", MASE {number(self.mase, 2)}")


def mae(actual: Sequence[float], forecast: Sequence[float]) -> float:
    """Mean absolute error, Σ|y − f| / n, in the unit of the data.

    Examples
    --------
    >>> mae([10, 12, 9], [11, 11, 11])
    1.3333333333333333
    """
    return math.fsum(abs(e) for e in _errors(actual, forecast)) / len(actual)


def rmse(actual: Sequence[float], forecast: Sequence[float]) -> float:
    """Root mean square error, √(Σ(y − f)² / n): large errors count more than in the MAE.

    Examples
    --------
    >>> rmse([10, 12, 9], [11, 11, 12])
    1.9148542155126762
    """
    return math.sqrt(math.fsum(e * e for e in _errors(actual, forecast)) / len(actual))


def mape(actual: Sequence[float], forecast: Sequence[float]) -> float:
    """Mean absolute percentage error as a share, Σ|(y − f) / y| / n.

    **The trap.** It is not defined where nothing came (y = 0), it explodes where little came,
    and it punishes a forecast that is too high (without limit) more than one that is too low (at
    most 100%). Who is judged by it forecasts too little: see :func:`best_constant`.

    Raises
    ------
    ValueError
        If an actual value is 0.

    Examples
    --------
    >>> mape([100, 50], [150, 100]), mape([150, 100], [100, 50])
    (0.75, 0.41666666666666663)

    References
    ----------
    Hyndman, R. J. and Koehler, A. B. (2006), "Another look at measures of forecast accuracy",
    Int. J. Forecasting 22, 679-688.
    """
    for place, value in enumerate(actual):
        if value == 0:
            raise ValueError(
                f"actual[{place}]=0: a percentage of nothing is not defined; use mae or mase"
            )
    wrong = zip(actual, _errors(actual, forecast), strict=True)
    return math.fsum(abs(e / y) for y, e in wrong) / len(actual)


def mase(
    actual: Sequence[float],
    forecast: Sequence[float],
    *,
    training: Sequence[float],
    season: int = 1,
) -> float:
    """Mean absolute scaled error: MAE divided by the naive forecast's MAE in the training data.

    Below 1 the forecast was better than the naive one-step forecast was in the past. It is
    defined whenever the past was not constant, for values of zero too, and can be averaged over
    series of different units.

    Parameters
    ----------
    actual, forecast : sequence of float
        The periods judged.
    training : sequence of float
        The periods before them, from which the forecast was made.
    season : int
        1 compares with the value before, 24 with the same hour of the day before, and so on.

    Raises
    ------
    ValueError
        If the training data are not longer than the season, or the naive forecast was perfect.

    Examples
    --------
    >>> mase([12, 13], [11, 11], training=[8, 10, 9, 12])
    0.75

    References
    ----------
    Hyndman and Koehler (2006), as for :func:`mape`.
    """
    a_count("season", season, 1)
    if len(training) <= season:
        raise ValueError(
            f"training has {len(training)} values: MASE with season={season} needs at least "
            f"{season + 1}"
        )
    scale = mae(training[season:], training[:-season])
    if scale == 0:
        raise ValueError(
            "training repeats itself exactly: the naive forecast has no error to scale by; use mae"
        )
    return mae(actual, forecast) / scale


def accuracy(
    actual: Sequence[float],
    forecast: Sequence[float],
    *,
    training: Sequence[float] | None = None,
    season: int = 1,
) -> Accuracy:
    """All measures at once.

    Parameters
    ----------
    actual, forecast : sequence of float
        The periods judged, one or more.
    training : sequence of float, optional
        The periods before, for the MASE.
    season : int
        For the MASE.

    Examples
    --------
    >>> accuracy([10, 12, 9], [11, 11, 11], training=[8, 10, 9])
    MAE 1.33, RMSE 1.41, MAPE 13.5% over 3 periods, MASE 0.89
    """
    errors = _errors(actual, forecast)
    return Accuracy(
        bias=math.fsum(errors) / len(errors),
        mae=mae(actual, forecast),
        rmse=rmse(actual, forecast),
        mape=None if 0 in actual else mape(actual, forecast),
        mase=None if training is None else mase(actual, forecast, training=training, season=season),
        periods=len(errors),
    )


def compare(
    actual: Sequence[float],
    forecasts: Mapping[str, Sequence[float]],
    *,
    benchmark: str,
    training: Sequence[float] | None = None,
    season: int = 1,
) -> list[dict[str, float | str | bool | None]]:
    """Forecasts side by side, the best first, each against the benchmark it must beat.

    Parameters
    ----------
    actual : sequence of float
        What came.
    forecasts : mapping
        Name to forecast, the benchmark among them.
    benchmark : str
        The name of the naive forecast; a forecast with no smaller MAE is not worth its trouble.

    Returns
    -------
    list of dict
        Keys ``method``, ``bias``, ``mae``, ``rmse``, ``mape``, ``mase``, ``against benchmark``
        (MAE ratio, None if the benchmark was perfect) and ``worth it``; sorted by MAE.

    Examples
    --------
    >>> rows = compare([10, 12], {"naive": [9, 9], "mean": [11, 11]}, benchmark="naive")
    >>> [(row["method"], row["against benchmark"], row["worth it"]) for row in rows]
    [('mean', 0.5, True), ('naive', 1.0, False)]
    """
    if benchmark not in forecasts:
        raise ValueError(
            f"benchmark={benchmark!r} is not among the forecasts {', '.join(forecasts)}"
        )
    base = mae(actual, forecasts[benchmark])
    rows: list[dict[str, float | str | bool | None]] = []
    for name, forecast in forecasts.items():
        found = accuracy(actual, forecast, training=training, season=season)
        rows.append(
            {
                "method": name,
                "bias": found.bias,
                "mae": found.mae,
                "rmse": found.rmse,
                "mape": found.mape,
                "mase": found.mase,
                "against benchmark": found.mae / base if base else None,
                "worth it": found.mae < base,
            }
        )
    return sorted(rows, key=lambda row: row["mae"])  # type: ignore[arg-type,return-value]


def best_constant(actual: Sequence[float], measure: str) -> float:
    """The one number that, said every day, has the smallest error: what a measure rewards.

    The RMSE rewards the mean, the MAE the median, and the MAPE a number below the median: the
    median with each value weighted by 1 / y.

    Parameters
    ----------
    actual : sequence of float
        What came; above 0 for "mape".
    measure : {"rmse", "mae", "mape"}
        How the forecaster is judged.

    Returns
    -------
    float
        The best constant; of several equally good ones the smallest.

    Examples
    --------
    >>> demand = [10, 20, 30, 90, 100]
    >>> best_constant(demand, "rmse"), best_constant(demand, "mae"), best_constant(demand, "mape")
    (50.0, 30, 20)

    Notes
    -----
    Gneiting, T. (2011), "Making and evaluating point forecasts", J. Amer. Statist. Assoc. 106,
    746-762, section 2.4, for the weighted median.
    """
    _errors(actual, actual)
    if measure == "rmse":
        return math.fsum(actual) / len(actual)
    if measure not in ("mae", "mape"):
        raise ValueError(f"measure={measure!r}: use 'rmse', 'mae' or 'mape'")
    if measure == "mape" and min(actual) <= 0:
        raise ValueError("actual has a value of 0 or less: the MAPE needs values above zero")
    ordered = sorted(actual)
    weights = [1 / y if measure == "mape" else 1.0 for y in ordered]
    half = math.fsum(weights) / 2
    for place, value in enumerate(ordered):
        if math.fsum(weights[: place + 1]) >= half:
            return value
    return ordered[-1]


def _errors(actual: Sequence[float], forecast: Sequence[float]) -> list[float]:
    if not actual:
        raise ValueError("actual is empty: give at least one value")
    if len(actual) != len(forecast):
        raise ValueError(
            f"forecast has {len(forecast)} values for {len(actual)} actual ones: give one each"
        )
    errors = [y - f for y, f in zip(actual, forecast, strict=True)]
    for place, error in enumerate(errors):
        if not math.isfinite(error):
            raise ValueError(
                f"period {place}: actual {actual[place]!r} and forecast {forecast[place]!r} "
                "must be finite numbers"
            )
    return errors
