"""Whether times depend on each other, or on how many wait: what the formulas assume away."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from svclab.capacity.measuring.observation import Observation
from svclab.capacity.measuring.tails import chi_square_tail, normal_tail
from svclab.checks import a_count
from svclab.words import count, number, percent, say

__all__ = [
    "RankCorrelation",
    "SerialCorrelation",
    "hurry",
    "rank_correlation",
    "serial_correlation",
]

FEWEST = 10  # values for a test


@dataclass(frozen=True, repr=False, kw_only=True)
class SerialCorrelation:
    """How values hang together with those before them."""

    correlations: tuple[float, ...]  # at lag 1, 2, ...; 0 for independent values
    values: int
    statistic: float  # Ljung and Box's Q
    p: float  # how often chance alone gives so large a Q
    false_alarms: float  # share of independent series that are called dependent

    @property
    def rejected(self) -> bool:
        """Whether the values contradict independence."""
        return self.p < self.false_alarms

    def __repr__(self) -> str:
        first = self.correlations[0]
        if not self.rejected:
            verdict = "nothing here contradicts independence."
        elif first > 0:
            verdict = "they depend on each other: a long one tends to be followed by a long one."
        else:
            verdict = "they depend on each other: long ones and short ones take turns."
        return say(
            "{n}: correlation with the one before {first}, {lags} tested together, p = {p}: "
            "{verdict} Of independent series {share} would be called dependent by mistake.",
            n=count(self.values, "value"),
            first=number(first, 2),
            lags=count(len(self.correlations), "lag"),
            p=number(self.p, 3),
            verdict=verdict,
            share=percent(self.false_alarms),
        )


def serial_correlation(
    values: Sequence[float], *, lags: int = 5, false_alarms: float = 0.05
) -> SerialCorrelation:
    """Whether values depend on those before them (Ljung and Box's test).

    r_k = Σ (x_t - m)(x_{t+k} - m) / Σ (x_t - m)²,   Q = n (n + 2) Σ_k r_k² / (n - k).

    Q follows chi-square with as many degrees as lags if the values are independent. Use it on
    times between arrivals and on service times. Waits always depend on each other: who comes
    behind a long queue waits long too.

    Parameters
    ----------
    values : sequence of float
        In the order in which they were seen; at least ten, and not all equal.
    lags : int, optional
        How far back, default 5; fewer than half the values.
    false_alarms : float, optional
        Share of independent series that may be called dependent, default 0.05.

    Returns
    -------
    SerialCorrelation

    Raises
    ------
    ValueError
        For too few or all equal values.

    References
    ----------
    Ljung, G. M. and Box, G. E. P. (1978), Biometrika 65, 297-303.

    Examples
    --------
    >>> serial_correlation([30, 60] * 20).rejected
    True
    """
    series = [float(value) for value in values]
    n = len(series)
    most = a_count("lags", lags, 1)
    if n < FEWEST or most >= n / 2:
        raise ValueError(
            f"{n} values are too few for lags={lags}: give {max(FEWEST, 2 * lags + 1)} or more"
        )
    mean = math.fsum(series) / n
    off = [value - mean for value in series]
    total = math.fsum(d * d for d in off)
    if total <= 1e-18 * n * (1 + mean * mean):
        raise ValueError("all values are equal: nothing can be said about their dependence")
    found = [
        math.fsum(a * b for a, b in zip(off, off[lag:], strict=False)) / total
        for lag in range(1, most + 1)
    ]
    statistic = n * (n + 2) * math.fsum(r * r / (n - k) for k, r in enumerate(found, 1))
    return SerialCorrelation(
        correlations=tuple(found),
        values=n,
        statistic=statistic,
        p=chi_square_tail(statistic, most),
        false_alarms=false_alarms,
    )


@dataclass(frozen=True, kw_only=True)
class RankCorrelation:
    """Spearman's rank correlation of two measures."""

    correlation: float  # -1 to 1
    pairs: int
    p: float  # how often chance alone gives so strong a correlation


def rank_correlation(one: Sequence[float], other: Sequence[float]) -> RankCorrelation:
    """Whether one measure rises with another (Spearman), whatever the shape of the relation.

    Parameters
    ----------
    one, other : sequence of float
        Pairs, at least ten; ties share their mean rank.

    Raises
    ------
    ValueError
        For lists that differ in length, or too few pairs.

    Examples
    --------
    >>> rank_correlation(range(12), [n * n for n in range(12)]).correlation
    1.0
    """
    if len(one) != len(other) or len(one) < FEWEST:
        raise ValueError(
            f"{len(one)} and {len(other)} values: give two lists of one length, {FEWEST} or more"
        )
    first, second = _ranks(one), _ranks(other)
    middle = (len(one) + 1) / 2
    a, b = [r - middle for r in first], [r - middle for r in second]
    size = math.sqrt(math.fsum(x * x for x in a) * math.fsum(y * y for y in b))
    r = math.fsum(x * y for x, y in zip(a, b, strict=True)) / size if size else 0.0
    r = min(1.0, max(-1.0, r))
    return RankCorrelation(
        correlation=r, pairs=len(one), p=normal_tail(r * math.sqrt(len(one) - 1))
    )


def _ranks(values: Sequence[float]) -> list[float]:
    order = sorted(range(len(values)), key=lambda place: values[place])
    ranks = [0.0] * len(values)
    at = 0
    while at < len(order):
        end = at
        while end + 1 < len(order) and values[order[end + 1]] == values[order[at]]:
            end += 1
        for place in order[at : end + 1]:
            ranks[place] = (at + end) / 2 + 1
        at = end + 1
    return ranks


def hurry(watch: Observation) -> RankCorrelation:
    """Whether service times change with the queue: do servers hurry when many wait?

    A negative correlation says that services are shorter behind a longer queue. Then a formula
    with one mean service time sees too much load in a rush and too little outside it.

    Parameters
    ----------
    watch : Observation
        With starts and ends of at least ten services.

    Examples
    --------
    >>> from svclab.capacity.measuring import example_observation
    >>> -1 <= hurry(example_observation()).correlation <= 1
    True
    """
    steps = watch.queue_length()
    served = sorted((v.started, v.service) for v in watch.visits if v.service is not None)
    waiting, place = [], 0
    for started, _ in served:
        while place + 1 < len(steps) and started is not None and steps[place + 1][0] <= started:
            place += 1
        waiting.append(float(steps[place][1]))
    return rank_correlation(waiting, [service or 0.0 for _, service in served])
