"""Seasons of demand: the hour of the day, the day of the week, the month of the year.

A seasonal index says by what factor (or how much) a place in the season lies above the level.
A season can only be seen if it repeats: one year shows 52 weeks and no yearly season at all.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from svclab.checks import a_count

__all__ = ["Seasons", "centred_average", "seasonal_indices"]


@dataclass(frozen=True)
class Seasons:
    """Seasonal indices; the place in the list is the place in the season."""

    indices: tuple[float, ...]  # factors with mean 1, or amounts with mean 0 (unit of the data)
    kind: str  # "multiplicative" or "additive"
    cycles: int  # whole seasons that were seen

    def remove(self, values: Sequence[float]) -> list[float]:
        """The series without its season; its first value must be at place 0 of the season."""
        n = len(self.indices)
        if self.kind == "additive":
            return [y - self.indices[t % n] for t, y in enumerate(values)]
        if 0 in self.indices:
            raise ValueError(
                "an index is 0 (nothing ever comes there): use kind='additive', or leave these "
                "hours out"
            )
        return [y / self.indices[t % n] for t, y in enumerate(values)]

    def put_back(self, levels: Sequence[float], *, first: int = 0) -> list[float]:
        """Levels with the season put on; ``first`` is the place of the first level."""
        n = len(self.indices)
        if self.kind == "additive":
            return [y + self.indices[(first + t) % n] for t, y in enumerate(levels)]
        return [y * self.indices[(first + t) % n] for t, y in enumerate(levels)]


def centred_average(values: Sequence[float], season: int) -> list[float | None]:
    """The level at each period: an average over exactly one season around it.

    An even season has no middle, so the two ends count half each: for m = 4,
    (y₋₂/2 + y₋₁ + y₀ + y₁ + y₂/2) / 4.

    Parameters
    ----------
    values : sequence of float
        The series.
    season : int
        Periods in a season, m, 2 or more.

    Returns
    -------
    list of float or None
        As long as the series; None where half a season is missing at either end.

    Examples
    --------
    >>> centred_average([1, 2, 3, 4, 5, 6], 4)
    [None, None, 3.0, 4.0, None, None]
    """
    a_count("season", season, 2)
    half = season // 2
    weights = [1.0] * season if season % 2 else [0.5, *[1.0] * (season - 1), 0.5]
    found: list[float | None] = [None] * len(values)
    for t in range(half, len(values) - half):
        window = values[t - half : t + half + 1]
        total = math.fsum(w * y for w, y in zip(weights, window, strict=True))
        found[t] = total / season
    return found


def seasonal_indices(
    values: Sequence[float],
    season: int,
    *,
    kind: str = "multiplicative",
    level: str = "moving average",
) -> Seasons:
    """By how much each place of the season lies above or below the level.

    Each value is divided by its level (additive: the level is taken off); the ratios of the same
    place are averaged and scaled so that the indices have mean 1 (additive: mean 0).

    Parameters
    ----------
    values : sequence of float
        The series, from place 0 of a season on; two seasons or more.
    season : int
        Periods in a season, 2 or more: 7 for days of a week, 24 for hours of a day.
    kind : {"multiplicative", "additive"}
        Factors, if the swing grows with the level; amounts, if it does not.
    level : {"moving average", "season mean"}
        What stands for the level: the centred average, which follows a trend, or the mean of
        the season in which the value lies (whole seasons only), which textbooks work by hand.

    Returns
    -------
    Seasons

    Raises
    ------
    ValueError
        If fewer than two seasons are there, or a level is zero where it must divide.

    Examples
    --------
    >>> seasonal_indices([60, 140, 100, 100], 2, level="season mean").indices
    (0.8, 1.2)

    References
    ----------
    Makridakis, S., Wheelwright, S. C. and Hyndman, R. J. (1998), *Forecasting: Methods and
    Applications*, 3rd ed., ch. 3 (ratio to moving average); NIST/SEMATECH e-Handbook of
    Statistical Methods, 6.4.3.5 (season means).
    """
    a_count("season", season, 2)
    if kind not in ("multiplicative", "additive"):
        raise ValueError(f"kind={kind!r}: use 'multiplicative' or 'additive'")
    cycles = len(values) // season
    if cycles < 2:
        raise ValueError(
            f"values has {len(values)} periods, fewer than two seasons of {season}: a season is "
            "seen only when it repeats; give a longer series or a shorter season"
        )
    levels = _levels(values, season, level)
    places: list[list[float]] = [[] for _ in range(season)]
    for t, (value, base) in enumerate(zip(values, levels, strict=True)):
        if base is None:
            continue
        if kind == "multiplicative" and base == 0:
            raise ValueError(f"the level at period {t} is 0: use kind='additive'")
        places[t % season].append(value / base if kind == "multiplicative" else value - base)
    means = [math.fsum(p) / len(p) for p in places]
    middle = math.fsum(means) / season
    if kind == "additive":
        return Seasons(tuple(m - middle for m in means), kind, cycles)
    return Seasons(tuple(m / middle for m in means), kind, cycles)


def _levels(values: Sequence[float], season: int, level: str) -> list[float | None]:
    if level == "moving average":
        return centred_average(values, season)
    if level != "season mean":
        raise ValueError(f"level={level!r}: use 'moving average' or 'season mean'")
    levels: list[float | None] = []
    for start in range(0, len(values), season):
        part = values[start : start + season]
        mean = math.fsum(part) / season if len(part) == season else None
        levels += [mean] * len(part)
    return levels
