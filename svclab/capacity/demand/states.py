"""The recursion behind all exponential smoothing: from one state to the next, then ahead."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random

from svclab.capacity.demand.forecasting import Forecast, forecast_with_spread
from svclab.checks import a_share

__all__ = ["State", "Weights", "carried_on"]

FUTURES = 2000  # simulated where an interval has no formula


@dataclass(frozen=True)
class Weights:
    """How fast each component follows its errors; all from 0 to 1."""

    alpha: float  # level
    beta: float = 0.0  # trend
    gamma: float = 0.0  # season
    phi: float = 1.0  # what is left of the trend after a period; 1: it never dies out

    def __post_init__(self) -> None:
        for name in ("alpha", "beta", "gamma", "phi"):
            a_share(name, getattr(self, name))


@dataclass(frozen=True)
class State:
    """Where the recursion stands before a value."""

    level: float
    trend: float = 0.0  # a period
    seasons: tuple[float, ...] = ()  # the next place first


def carried_on(
    method: str,
    values: Sequence[float],
    horizon: int,
    weights: Weights,
    begin: State,
    *,
    chosen: int,
    multiplicative: bool = False,
    coverage: float,
    seed: int | str = 1,
) -> Forecast:
    """Run the recursion through the past and carry it on into the future.

    ``chosen`` counts the constants that were chosen to make the errors small.
    """
    state, fitted = begin, []
    for value in values:
        fitted.append(_expected(state, weights, multiplicative))
        state = _corrected(state, value, weights, multiplicative)
    errors = [y - f for y, f in zip(values, fitted, strict=True)]
    free = max(len(errors) - chosen, 1)
    sigma = math.sqrt(math.fsum(e * e for e in errors) / free)
    ahead, future = [], state
    for _ in range(horizon):
        ahead.append(_expected(future, weights, multiplicative))
        future = _moved_on(future, weights)
    found = _named(weights, begin)
    spreads = _spreads(sigma, horizon, weights, len(begin.seasons))
    forecast = forecast_with_spread(
        method, ahead, spreads, coverage=coverage, sigma=sigma, fitted=fitted, parameters=found
    )
    if not multiplicative:
        return forecast
    relative = math.sqrt(
        math.fsum((e / f) ** 2 for e, f in zip(errors, fitted, strict=True)) / free
    )
    low, high = _simulated_ends(state, horizon, weights, relative, coverage, seed)
    return Forecast(method, forecast.values, low, high, coverage, sigma, tuple(fitted), found)


def _expected(state: State, w: Weights, multiplicative: bool) -> float:
    base = state.level + w.phi * state.trend
    if not state.seasons:
        return base
    return base * state.seasons[0] if multiplicative else base + state.seasons[0]


def _corrected(state: State, value: float, w: Weights, multiplicative: bool) -> State:
    """The state after a value: every component takes its share of what was not expected."""
    slope = w.phi * state.trend
    base = state.level + slope
    plain, seasons = value, state.seasons
    if seasons:
        now, rest = seasons[0], seasons[1:]
        plain = value / now if multiplicative else value - now
        seen = value / base if multiplicative else value - base
        seasons = (*rest, w.gamma * seen + (1 - w.gamma) * now)
    level = w.alpha * plain + (1 - w.alpha) * base
    trend = w.beta * (level - state.level) + (1 - w.beta) * slope
    return State(level, trend, seasons)


def _moved_on(state: State, w: Weights) -> State:
    """The state a period later, if nothing unexpected comes."""
    slope = w.phi * state.trend
    turned = (*state.seasons[1:], *state.seasons[:1])
    return State(state.level + slope, slope, turned)


def _named(weights: Weights, begin: State) -> Mapping[str, float]:
    found = {"alpha": weights.alpha, "level": begin.level}
    if begin.trend or weights.beta:
        found |= {"beta": weights.beta, "phi": weights.phi, "trend": begin.trend}
    if begin.seasons:
        found["gamma"] = weights.gamma
    return found


def _spreads(sigma: float, horizon: int, w: Weights, season: int) -> list[float]:
    """σ √(1 + Σ c²), where an error moves the value j periods later by c.

    c = α + α β (φ + … + φʲ), and γ more at the same place of the season (Hyndman, R. J.,
    Koehler, A. B., Ord, J. K. and Snyder, R. D. (2008), *Forecasting with Exponential Smoothing*,
    table 6.1).
    """
    moved, trend = [], 0.0
    for j in range(1, horizon):
        trend += w.phi**j
        again = w.gamma if season and j % season == 0 else 0.0
        moved.append(w.alpha + w.alpha * w.beta * trend + again)
    return [sigma * math.sqrt(1 + math.fsum(c * c for c in moved[:h])) for h in range(horizon)]


def _simulated_ends(
    state: State, horizon: int, w: Weights, relative: float, coverage: float, seed: int | str
) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """The interval's ends, from futures whose errors are normal shares of what was expected."""
    stream, seen = Random(f"{seed}/futures"), []
    for _ in range(FUTURES):
        future, path = state, []
        for _ in range(horizon):
            value = _expected(future, w, True) * (1 + stream.gauss(0, relative))
            path.append(value)
            future = _corrected(future, value, w, True)
        seen.append(path)
    out = round((1 - coverage) / 2 * (FUTURES - 1))
    columns = [sorted(column) for column in zip(*seen, strict=True)]
    return tuple(c[out] for c in columns), tuple(c[-1 - out] for c in columns)
