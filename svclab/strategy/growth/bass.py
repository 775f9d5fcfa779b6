"""How a new service spreads (巴斯扩散模型): innovators try it, imitators follow those who have.

Of those who have not adopted, a share p does so by itself in a period, and a further share
q × (share of adopters) because others have. p and q are small against 1; over 213 cases the
literature finds means of p = 0.03 and q = 0.38 (Sultan, Farley and Lehmann 1990), but with a wide
spread.

References
----------
Bass, F. M. (1969), A new product growth for model consumer durables, Management Science 15,
215-227. Sultan, F., Farley, J. U. and Lehmann, D. R. (1990), A meta-analysis of applications of
diffusion models, Journal of Marketing Research 27, 70-77.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from random import Random
from typing import Any

from svclab.checks import a_count, a_share, above_zero, zero_or_more
from svclab.decisions.problems.common import shown
from svclab.shown import Answer
from svclab.words import Quantity, count, say

__all__ = ["Bass"]


@dataclass(frozen=True, repr=False)
class Bass(Answer):
    """The Bass model of first adoptions.

    f(t) / (1 - F(t)) = p + q F(t), and so, from F(0) = 0,
    F(t) = (1 - exp(-(p + q) t)) / (1 + (q / p) exp(-(p + q) t)).

    Parameters
    ----------
    market : float
        How many will adopt in the end, m; above 0.
    p : float
        Innovation, per period; above 0 (without a first one nobody follows).
    q : float
        Imitation, per period; zero or more.

    Raises
    ------
    ValueError
        If one is out of range.

    References
    ----------
    Bass (1969).

    Examples
    --------
    >>> karaoke = Bass(1000, 0.03, 0.38)
    >>> round(karaoke.peak_time, 2), round(karaoke.peak_rate, 1)
    (6.19, 110.6)
    >>> karaoke.sentence
    'Of 1,000, adoption is fastest after 6.19 periods: 110.6 a period; half have adopted by 6.55.'
    """

    market: float  # people, or first purchases, in the end
    p: float  # innovation, per period
    q: float  # imitation, per period

    def __post_init__(self) -> None:
        above_zero("market", self.market)
        above_zero("p", self.p)
        zero_or_more("q", self.q)

    def share(self, time: float) -> float:
        """Share of the market that has adopted by a time (in periods), F(t)."""
        left = math.exp(-(self.p + self.q) * zero_or_more("time", time))
        return (1 - left) / (1 + self.q / self.p * left)

    def adopted(self, time: float) -> float:
        """How many have adopted by a time, m F(t)."""
        return self.market * self.share(time)

    def rate(self, time: float) -> float:
        """How many adopt per period at a time, m (p + q F)(1 - F)."""
        share = self.share(time)
        return self.market * (self.p + self.q * share) * (1 - share)

    def within(self, period: int) -> float:
        """How many adopt in a period, from its beginning to its end; the first is 1."""
        a_count("period", period, 1)
        return self.adopted(period) - self.adopted(period - 1)

    @property
    def peak_time(self) -> float:
        """When adoption is fastest, ln(q / p) / (p + q); 0 if q is no larger than p."""
        return max(0.0, math.log(self.q / self.p) / (self.p + self.q)) if self.q > 0 else 0.0

    @property
    def peak_rate(self) -> float:
        """How many adopt per period then: m (p + q)² / 4q, or m p if it falls from the start."""
        if self.q <= self.p:
            return self.market * self.p
        return self.market * (self.p + self.q) ** 2 / (4 * self.q)

    @property
    def peak_share(self) -> float:
        """Share that has adopted at the peak: 1/2 - p / 2q, less than half."""
        return 0.5 * (1 - self.p / self.q) if self.q > self.p else 0.0

    def time_of(self, share: float) -> float:
        """When a share of the market has adopted, in periods.

        Examples
        --------
        >>> round(Bass(1000, 0.03, 0.38).time_of(0.9), 2)
        11.76
        """
        a_share("share", share, below=True)
        return math.log((1 + self.q / self.p * share) / (1 - share)) / (self.p + self.q)

    def discrete(self, periods: int) -> list[float]:
        """How many adopt in each period if everybody looks only at the start of the period.

        S[t] = (p + q Y[t - 1] / m)(m - Y[t - 1]), Y the sum so far: the form that is fitted to
        data by :func:`fit_bass`. It lags behind the continuous model, the more so the larger p + q
        is.

        Examples
        --------
        >>> [round(s, 1) for s in Bass(1000, 0.03, 0.38).discrete(4)]
        [30.0, 40.2, 52.7, 67.3]
        """
        a_count("periods", periods, 0)
        sales: list[float] = []
        so_far = 0.0
        for _ in range(periods):
            chance = min(1.0, self.p + self.q * so_far / self.market)
            sales.append(chance * (self.market - so_far))
            so_far += sales[-1]
        return sales

    def simulated(self, periods: int, *, seed: int | str) -> list[int]:
        """One possible history: each person who has not adopted decides by chance in each period.

        Parameters
        ----------
        periods : int
            How many.
        seed : int or str
            Names the random stream.

        Returns
        -------
        list of int
            How many adopt in each period; the market must be a whole number of at most 100,000.

        Examples
        --------
        >>> sum(Bass(1000, 0.03, 0.38).simulated(40, seed=1)) <= 1000
        True
        """
        a_count("periods", periods, 0)
        if self.market != int(self.market) or self.market > 100_000:
            raise ValueError(
                f"market={self.market:g}: people are simulated one by one; give a whole number of "
                "at most 100,000"
            )
        stream = Random(f"bass/{seed}")
        so_far, found = 0, []
        for _ in range(periods):
            chance = min(1.0, self.p + self.q * so_far / self.market)
            new = sum(stream.random() < chance for _ in range(int(self.market) - so_far))
            found.append(new)
            so_far += new
        return found

    @property
    def table(self) -> list[dict[str, Any]]:
        """One row a period, until 99 percent have adopted (at most 40)."""
        last = min(40, math.ceil(self.time_of(0.99)))
        return [
            {
                "period": t,
                "adopt": self.within(t),
                "so far": self.adopted(t),
                "share %": 100 * self.share(t),
            }
            for t in range(1, last + 1)
        ]

    @property
    def sentence(self) -> str:
        """When adoption is fastest, and when half have adopted."""
        if self.q <= self.p:
            return say(
                "Of {m}, adoption is fastest at the start: {rate} a period; half have adopted by "
                "{half}.",
                m=count(round(self.market)),
                rate=shown(self.peak_rate, digits=1),
                half=shown(self.time_of(0.5), digits=2),
            )
        return say(
            "Of {m}, adoption is fastest after {t}: {rate} a period; half have adopted by {half}.",
            m=count(round(self.market)),
            t=Quantity(self.peak_time, "period", 2, "periods"),
            rate=shown(self.peak_rate, digits=1),
            half=shown(self.time_of(0.5), digits=2),
        )
