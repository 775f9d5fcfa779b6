"""An honest test of a method: forecast again and again from the past alone."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from svclab.capacity.demand.errors import Accuracy, accuracy
from svclab.capacity.demand.forecasting import Method
from svclab.checks import a_count
from svclab.intervals import Estimate, student_t
from svclab.shown import html_table
from svclab.words import count, number, percent, say

__all__ = ["Rolling", "rolling_origin"]


@dataclass(frozen=True, repr=False)
class Rolling:
    """How methods would have done if they had been used all the time."""

    accuracy: dict[str, Accuracy]  # by method, over all origins and horizons
    by_horizon: dict[str, tuple[float, ...]]  # MAE for 1, 2, ... periods ahead
    coverage: dict[str, float]  # share of values that the intervals held
    losses: dict[str, tuple[float, ...]]  # mean absolute error of each origin
    origins: int  # forecasts made by each method
    horizon: int  # periods ahead that were judged
    step: int  # periods from one origin to the next

    def ranking(self) -> list[str]:
        """The methods, smallest mean absolute error first."""
        return sorted(self.accuracy, key=lambda name: self.accuracy[name].mae)

    def gain(self, method: str, benchmark: str, *, confidence: float = 0.95) -> Estimate:
        """By how much a method's absolute error is smaller than the benchmark's, on average.

        The mean difference with the interval of Diebold and Mariano, corrected for few origins.
        Forecasts whose horizons overlap miss together, so autocovariances up to the overlap are
        added. If the interval holds 0, the method has not beaten the benchmark: it may be luck.

        Parameters
        ----------
        method, benchmark : str
            Names of two methods that were tested.
        confidence : float
            Such as 0.95.

        Returns
        -------
        Estimate
            In the unit of the data; above 0: the method is better.

        References
        ----------
        Diebold, F. X. and Mariano, R. S. (1995), "Comparing predictive accuracy", J. Business and
        Economic Statistics 13, 253-263; Harvey, D., Leybourne, S. and Newbold, P. (1997), Int. J.
        Forecasting 13, 281-291, eq. 8, for the correction.
        """
        for name in (method, benchmark):
            if name not in self.losses:
                raise ValueError(f"{name!r} was not tested; use {', '.join(self.losses)}")
        pairs = zip(self.losses[benchmark], self.losses[method], strict=True)
        gains = [theirs - ours for theirs, ours in pairs]
        n = len(gains)
        if n < 2:
            raise ValueError("one origin shows no variation: test from two origins or more")
        mean = math.fsum(gains) / n
        off = [g - mean for g in gains]
        reach = min(math.ceil(self.horizon / self.step), n)  # origins that share a period
        terms = [math.fsum(x * x for x in off) / n]
        for lag in range(1, reach):
            cross = math.fsum(a * b for a, b in zip(off, off[lag:], strict=False)) / n
            terms.append(2 * cross)
        # Sums of autocovariances may come out negative; the plain variance is then the best there
        # is, as the authors advise.
        variance = math.fsum(terms) if math.fsum(terms) > 0 else terms[0]
        corrected = (n + 1 - 2 * reach + reach * (reach - 1) / n) / n
        spread = math.sqrt(variance / n / corrected) if corrected > 0 else math.inf
        half = student_t(confidence, n - 1) * spread if spread else 0.0
        return Estimate(mean, half, confidence, n)

    def __repr__(self) -> str:
        best = self.ranking()[0]
        return say(
            "{best} is best of {methods} over {n}: MAE {mae}.",
            best=best[:1].upper() + best[1:],
            methods=count(len(self.accuracy), "method"),
            n=count(self.origins, "origin"),
            mae=number(self.accuracy[best].mae, 2),
        )

    def _repr_html_(self) -> str:
        rows = []
        for name in self.ranking():
            found = self.accuracy[name]
            rows.append(
                [
                    name,
                    str(number(found.mae, 2)),
                    str(number(found.rmse, 2)),
                    str(number(found.bias, 2)),
                    str(percent(self.coverage[name], 0)),
                ]
            )
        title = say(
            "{n}, {h} ahead", n=count(self.origins, "origin"), h=count(self.horizon, "period")
        )
        head = ["method", "MAE", "RMSE", "bias", "held by the interval"]
        return html_table(title, head, rows, strong=frozenset({0}))


def rolling_origin(
    values: Sequence[float],
    methods: Mapping[str, Method],
    *,
    first: int,
    horizon: int = 1,
    step: int = 1,
) -> Rolling:
    """Forecast again and again from the past alone, and compare with what came.

    From each origin the methods see only the values before it; the next `horizon` values judge
    them. So no method is praised for what it has already seen.

    Parameters
    ----------
    values : sequence of float
        The whole series.
    methods : mapping
        Name to a function of (past values, horizon), such as :func:`.naive`.
    first : int
        Values that the first forecast may see.
    horizon : int
        Periods ahead that are judged.
    step : int
        Periods from one origin to the next.

    Raises
    ------
    ValueError
        If the series ends before the first forecast can be judged, or there is no method.

    Examples
    --------
    >>> from svclab.capacity.demand.forecasting import naive
    >>> rolling_origin([10, 12, 11, 14, 13], {"naive": naive}, first=3)
    Naive is best of 1 method over 2 origins: MAE 2.

    References
    ----------
    Tashman, L. J. (2000), "Out-of-sample tests of forecasting accuracy: an analysis and review",
    Int. J. Forecasting 16, 437-450.
    """
    for name, given in (("first", first), ("horizon", horizon), ("step", step)):
        a_count(name, given, 1)
    if not methods:
        raise ValueError("methods is empty: give at least one, such as {'naive': naive}")
    origins = range(first, len(values) - horizon + 1, step)
    if not origins:
        raise ValueError(
            f"values has {len(values)} periods: first={first} and horizon={horizon} need at least "
            f"{first + horizon}"
        )
    found: dict[str, Accuracy] = {}
    horizons: dict[str, tuple[float, ...]] = {}
    held: dict[str, float] = {}
    losses: dict[str, tuple[float, ...]] = {}
    actual = [y for t in origins for y in values[t : t + horizon]]
    for name, method in methods.items():
        forecasts = [method(values[:t], horizon) for t in origins]
        said = [v for f in forecasts for v in f.values]
        found[name] = accuracy(actual, said)
        misses = [abs(y - v) for y, v in zip(actual, said, strict=True)]
        horizons[name] = tuple(math.fsum(misses[h::horizon]) / len(origins) for h in range(horizon))
        losses[name] = tuple(
            math.fsum(misses[k : k + horizon]) / horizon for k in range(0, len(misses), horizon)
        )
        inside = 0
        for t, forecast in zip(origins, forecasts, strict=True):
            inside += sum(forecast.holds(values[t : t + horizon]))
        held[name] = inside / len(misses)
    return Rolling(found, horizons, held, losses, len(origins), horizon, step)
