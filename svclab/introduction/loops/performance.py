"""Satisfaction, repurchase, revenue (I-12): a chain to move.

Satisfied customers buy again and recommend (source: I-12). In each period a share p of the
customers comes back, each brings w · s new ones by recommendation, and n come by advertising::

    p = low + (high − low) · s^shape          s: satisfaction, 0 to 1
    λ = p + w · s                             customers next period for one of today
    A_(t+1) = λ A_t + n                       revenue_t = v · A_t

In closed form A_t = λᵗ A₀ + n (λᵗ − 1)/(λ − 1), which tends to n/(1 − λ) for λ < 1 and grows
without end for λ > 1.

Contested: the curve is not known in general. Mittal and Kamakura (2001) found, for 100,040 car
buyers, that the wish to buy again rises ever less with satisfaction, but buying itself ever more,
and in one group not at all; so ``shape`` is to be moved. Anderson, Fornell and Lehmann (1994)
found satisfaction to pay; Seiders and others (2005) found that whether satisfied customers buy
again depends on convenience, competition, involvement and income, and that what people say they
will buy behaves differently from what they buy. All numbers here are invented.

References
----------
Mittal, V. and Kamakura, W. A. (2001), Satisfaction, repurchase intent, and repurchase behavior,
Journal of Marketing Research 38 (1), 131-142. Anderson, E. W., Fornell, C. and Lehmann, D. R.
(1994), Customer satisfaction, market share, and profitability: findings from Sweden, Journal of
Marketing 58 (3), 53-66. Seiders, K., Voss, G. B., Grewal, D. and Godfrey, A. L. (2005), Do
satisfied customers buy more?, Journal of Marketing 69 (4), 26-43.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Any

from svclab.checks import a_count, a_share, between
from svclab.introduction.common import points
from svclab.shown import Answer
from svclab.words import count, number, percent, say, yuan

__all__ = [
    "Performance",
    "PerformanceRun",
    "Points",
    "customers_after",
    "performance",
    "point_of_satisfaction",
    "revenue",
]


@dataclass(frozen=True)
class Performance:
    """The chain's numbers; all defaults are invented."""

    satisfaction: float = 0.7  # s: mean of a survey, 0 to 1
    low: float = 0.2  # share that comes back at satisfaction 0, 0 to 1
    high: float = 0.9  # share that comes back at satisfaction 1, low to 1
    shape: float = 1.0  # above 1: ever more, below 1: ever less; 0.1 to 10
    recommend: float = 0.1  # w: new customers by a fully satisfied one, 0 to 2
    advertised: float = 200.0  # n: new customers a period by advertising
    customers: float = 1000.0  # A₀
    spend: float = 150.0  # v: yuan a customer and period

    def __post_init__(self) -> None:
        a_share("satisfaction", self.satisfaction)
        a_share("low", self.low)
        a_share("high", self.high)
        if self.high < self.low:
            raise ValueError(f"high={self.high!r} is below low={self.low!r}: give low to 1")
        between("shape", self.shape, 0.1, 10)
        between("recommend", self.recommend, 0, 2)
        for name in ("advertised", "customers", "spend"):
            between(name, getattr(self, name), 0, 1e9)

    @property
    def repurchase(self) -> float:
        """p: share that comes back."""
        return self.low + (self.high - self.low) * self.satisfaction**self.shape

    @property
    def growth(self) -> float:
        """λ: customers next period for one of today, advertising left out."""
        return self.repurchase + self.recommend * self.satisfaction

    @property
    def limit(self) -> float:
        """Customers in the long run; without end if λ is 1 or more and somebody is there."""
        if self.growth >= 1:
            still = self.growth == 1 and self.advertised == 0
            if still or not (self.customers or self.advertised):
                return self.customers
            return math.inf
        return self.advertised / (1 - self.growth)


def customers_after(chain: Performance, periods: int) -> float:
    """Customers after some periods, in closed form: λᵗ A₀ + n (λᵗ − 1)/(λ − 1).

    Parameters
    ----------
    chain : Performance
        Its numbers.
    periods : int
        t, 0 to 1,000.

    Returns
    -------
    float
        A_t; infinite where it is too large for a number.

    Raises
    ------
    ValueError
        If the number of periods is out of range.

    Examples
    --------
    >>> round(customers_after(Performance(), 1), 6)
    960.0
    """
    a_count("periods", periods, 0, 1000)
    rate, new = chain.growth, chain.advertised
    rise = rate - 1
    try:
        grown = rate**periods
    except OverflowError:
        return math.inf if chain.customers or new else 0.0
    if abs(rise) >= 1e-7:
        return chain.customers * grown + new * (grown - 1) / rise
    # Near 1 the quotient loses digits; at 1 it is the number of periods.
    so_far = math.expm1(periods * math.log1p(rise)) / rise if rise else periods
    return chain.customers * grown + new * so_far


@dataclass(frozen=True, repr=False)
class PerformanceRun(Answer):
    """A simulated chain."""

    chain: Performance
    customers: tuple[float, ...]  # in each period
    revenue: tuple[float, ...]  # yuan in each period

    @property
    def total(self) -> float:
        """Revenue over all periods, yuan."""
        return math.fsum(self.revenue)

    @property
    def sentence(self) -> str:
        """The result in words."""
        return say(
            "{back} come back, and one customer of today makes {growth} of the next period. In "
            "{periods} they bring {total}.",
            back=percent(self.chain.repurchase, 0),
            growth=number(self.chain.growth, 2),
            periods=count(len(self.revenue), "period"),
            total=yuan(self.total),
        )

    @property
    def table(self) -> list[dict[str, Any]]:
        """One row a period."""
        pairs = zip(self.customers, self.revenue, strict=True)
        return [
            {"period": str(t), "customers": a, "revenue": str(yuan(r))}
            for t, (a, r) in enumerate(pairs, start=1)
        ]


def performance(chain: Performance, *, periods: int = 12) -> PerformanceRun:
    """Follow the customers period by period.

    Parameters
    ----------
    chain : Performance
        Its numbers.
    periods : int
        How many, 1 to 1,000; the first is that of A₀.

    Returns
    -------
    PerformanceRun
        Customers and revenue of each period.

    Raises
    ------
    ValueError
        If a number is out of its range.

    Examples
    --------
    >>> performance(Performance()).sentence
    '69% come back, and one customer of today makes 0.76 of the next period. In 12 periods they
    bring 1,600,299 yuan.'
    """
    a_count("periods", periods, 1, 1000)
    there = [chain.customers]
    for _ in range(periods - 1):
        there.append(chain.growth * there[-1] + chain.advertised)
    return PerformanceRun(chain, tuple(there), tuple(chain.spend * each for each in there))


def revenue(chain: Performance, *, periods: int = 12) -> float:
    """Revenue over some periods, yuan; :func:`performance` shows it period by period.

    Parameters
    ----------
    chain, periods
        As for :func:`performance`.

    Returns
    -------
    float
        Yuan.

    Examples
    --------
    >>> round(revenue(Performance(), periods=2))
    294000
    """
    return performance(chain, periods=periods).total


@dataclass(frozen=True, repr=False)
class Points(Answer):
    """What some points of satisfaction bring, beside what advertising brings."""

    by_points: float  # points of 100
    gain: float  # yuan over the periods
    advertised_for_it: float  # new customers a period by advertising that bring the same

    @property
    def sentence(self) -> str:
        """The result in words."""
        return say(
            "{points} of satisfaction bring {gain}, as much as {new} more new customers a period.",
            points=points(self.by_points),
            gain=yuan(self.gain),
            new=number(self.advertised_for_it),
        )

    @property
    def table(self) -> list[dict[str, Any]]:
        """One row."""
        return [
            {
                "points": self.by_points,
                "revenue": str(yuan(self.gain)),
                "new customers that bring the same": self.advertised_for_it,
            }
        ]


def point_of_satisfaction(chain: Performance, *, by: float = 1.0, periods: int = 12) -> Points:
    """What points of satisfaction are worth in revenue, and how much advertising equals them.

    Revenue is linear in n, so the advertising that brings the same is gain / (revenue of one).

    Parameters
    ----------
    chain : Performance
        Its numbers.
    by : float
        Points of 100; satisfaction must stay between 0 and 1.
    periods : int
        2 to 1,000.

    Returns
    -------
    Points
        Revenue only: what either costs is not in it.

    Raises
    ------
    ValueError
        If satisfaction would leave its range, nobody spends anything, or the customers outgrow
        all numbers.

    Examples
    --------
    >>> point_of_satisfaction(Performance(), by=5).sentence
    '5 points of satisfaction bring 199,701 yuan, as much as 40 more new customers a period.'
    """
    least, most = -100 * chain.satisfaction, 100 * (1 - chain.satisfaction)
    # In floats 100 × (1 - 0.9) is less than 10.
    between("by", by, min(least, round(least, 9)) + 0.0, max(most, round(most, 9)))
    a_count("periods", periods, 2, 1000)
    if not chain.spend:
        raise ValueError("spend=0: nobody spends anything, so nothing is worth anything")
    better = replace(chain, satisfaction=min(max(chain.satisfaction + by / 100, 0.0), 1.0))
    if periods * math.log(max(chain.growth, better.growth, 1)) > 500:
        raise ValueError(f"periods={periods!r}: the customers outgrow all numbers; give less")
    gain = revenue(better, periods=periods) - revenue(chain, periods=periods)
    one = revenue(replace(chain, customers=0.0, advertised=1.0), periods=periods)
    return Points(by, gain, gain / one)
