"""The logistic curve (逻辑斯蒂曲线): growth by imitation alone, the oldest model of adoption."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from svclab.checks import a_number, a_share, above_zero, zero_or_more
from svclab.decisions.problems.common import shown
from svclab.shown import Answer
from svclab.strategy.growth.fitting import least_squares
from svclab.words import Quantity, count, say

__all__ = ["Logistic", "fit_logistic"]


@dataclass(frozen=True, repr=False)
class Logistic(Answer):
    """Adopters N(t) = m / (1 + exp(-r (t - h))), symmetric about the time h.

    Other than in the Bass model somebody has always adopted before, and the peak is at exactly
    half of the market.

    Parameters
    ----------
    market : float
        How many adopt in the end, m; above 0.
    rate : float
        r, per period; above 0.
    half_time : float
        h, when half have adopted, in periods; any number.

    References
    ----------
    Mansfield, E. (1961), Technical change and the rate of imitation, Econometrica 29, 741-766.

    Examples
    --------
    >>> Logistic(1000, 0.5, 8).sentence
    'Of 1,000, half have adopted by 8 periods, when adoption is fastest: 125 a period.'
    """

    market: float  # people in the end
    rate: float  # per period
    half_time: float  # periods

    def __post_init__(self) -> None:
        above_zero("market", self.market)
        above_zero("rate", self.rate)
        a_number("half_time", self.half_time)

    def share(self, time: float) -> float:
        """Share that has adopted by a time."""
        x = self.rate * (a_number("time", time) - self.half_time)
        if x >= 0:
            return 1 / (1 + math.exp(-x))
        return math.exp(x) / (1 + math.exp(x))

    def adopted(self, time: float) -> float:
        """How many have adopted by a time."""
        return self.market * self.share(time)

    def speed(self, time: float) -> float:
        """How many adopt per period at a time: r N (1 - N / m)."""
        share = self.share(time)
        return self.market * self.rate * share * (1 - share)

    def time_of(self, share: float) -> float:
        """When a share has adopted; above 0 and below 1."""
        a_share("share", share, above=True, below=True)
        return self.half_time + math.log(share / (1 - share)) / self.rate

    @property
    def peak_rate(self) -> float:
        """How many adopt per period at the peak, m r / 4."""
        return self.market * self.rate / 4

    @property
    def table(self) -> list[dict[str, Any]]:
        """When 1, 10, 50, 90 and 99 percent have adopted."""
        return [
            {"share %": 100 * s, "time": self.time_of(s), "adopted": self.market * s}
            for s in (0.01, 0.1, 0.5, 0.9, 0.99)
        ]

    @property
    def sentence(self) -> str:
        """When half have adopted, and how fast then."""
        return say(
            "Of {m}, half have adopted by {h}, when adoption is fastest: {rate} a period.",
            m=count(round(self.market)),
            h=Quantity(self.half_time, "period", 2, "periods"),
            rate=shown(self.peak_rate, digits=1),
        )


def fit_logistic(adopted: Sequence[float], market: float) -> Logistic:
    """A logistic curve through counts of adopters, for a market that is known.

    Least squares of the log-odds: ln(N / (m - N)) = r t - r h, over the periods 1, 2, ...

    Parameters
    ----------
    adopted : sequence of float
        How many have adopted by the end of each period, above 0 and below the market; two
        periods at least.
    market : float
        How many adopt in the end. The curve depends on it, and the data before the half time do
        not tell it: try several.

    Returns
    -------
    Logistic

    Raises
    ------
    ValueError
        For counts out of range, or counts that do not rise.

    Examples
    --------
    >>> fit_logistic([Logistic(500, 0.8, 5).adopted(t) for t in range(1, 8)], 500).sentence
    'Of 500, half have adopted by 5 periods, when adoption is fastest: 100 a period.'
    """
    above_zero("market", market)
    if isinstance(adopted, str) or not isinstance(adopted, Sequence) or len(adopted) < 2:
        raise ValueError(f"adopted={adopted!r}: give the counts of at least two periods")
    odds = []
    for t, n in enumerate(adopted, start=1):
        if not 0 < zero_or_more(f"adopted in period {t}", n) < market:
            raise ValueError(
                f"adopted={n:g} in period {t}: give more than 0 and less than the market "
                f"({market:g})"
            )
        odds.append(math.log(n / (market - n)))
    rows = [[1.0, float(t)] for t in range(1, len(odds) + 1)]
    (constant, rate), _, _ = least_squares(rows, odds)
    if rate <= 0:
        raise ValueError("adopted: the counts do not rise; give cumulative counts")
    return Logistic(float(market), rate, -constant / rate)
