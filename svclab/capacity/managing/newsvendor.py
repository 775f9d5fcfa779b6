"""The newsvendor: how much to have ready when demand is not yet known and what is left is lost.

One more unit is worth having as long as the chance that it is needed, times what it then saves,
is not below the chance that it is not, times what it then costs:

    stop at the smallest q with  P(D ≤ q) ≥ Cu / (Cu + Co).

Overbooking (:mod:`.overbooking`) and Littlewood's rule (:func:`littlewood`) are this rule with
other names for the two costs.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from statistics import NormalDist

from svclab.checks import a_count, a_share, above_zero, zero_or_more
from svclab.words import number, percent, say

__all__ = [
    "Discrete",
    "Stock",
    "binomial",
    "critical_ratio",
    "evaluate",
    "littlewood",
    "normal_quantity",
    "poisson",
    "quantity",
]


@dataclass(frozen=True, repr=False)
class Discrete:
    """A distribution over whole numbers 0, 1, 2, …: the chance of each."""

    chances: tuple[float, ...]  # P(D = 0), P(D = 1), ...; together 1

    def __post_init__(self) -> None:
        object.__setattr__(self, "chances", tuple(self.chances))
        if not self.chances or any(not 0 <= p <= 1 for p in self.chances):
            raise ValueError("chances must be shares from 0 to 1, one for 0, 1, 2, ...")
        total = math.fsum(self.chances)
        if abs(total - 1) > 1e-9:
            raise ValueError(f"chances add up to {total!r}: they must add up to 1")

    def __repr__(self) -> str:
        return say(
            "Discrete: 0 to {most}, mean {mean}",
            most=len(self.chances) - 1,
            mean=number(self.mean, 2),
        )

    @classmethod
    def counted(cls, days: Mapping[int, float]) -> Discrete:
        """From a record: value to how often it was seen (days or shares).

        Examples
        --------
        >>> Discrete.counted({0: 4, 1: 3, 2: 2, 3: 1}).chances
        (0.4, 0.3, 0.2, 0.1)
        """
        for value in days:
            a_count("a recorded value", value, 0)
        total = math.fsum(days.values())
        above_zero("the number of records", total)
        return cls(tuple(days.get(k, 0) / total for k in range(max(days) + 1)))

    @property
    def mean(self) -> float:
        """The expected value."""
        return math.fsum(k * p for k, p in enumerate(self.chances))

    @cached_property
    def cumulative(self) -> tuple[float, ...]:
        """P(D ≤ 0), P(D ≤ 1), ..."""
        return tuple(accumulate(self.chances))

    def at_most(self, value: int) -> float:
        """P(D ≤ value)."""
        return math.fsum(self.chances[: value + 1]) if value >= 0 else 0.0

    def smallest(self, share: float) -> int:
        """The smallest value with P(D ≤ value) ≥ share; ties are read to 1e-12."""
        a_share("share", share)
        for value, reached in enumerate(self.cumulative):
            if reached >= share - 1e-12:
                return value
        return len(self.chances) - 1

    def expected_over(self, value: int) -> float:
        """E[(D − value)⁺]: how much of the demand is beyond a value."""
        return math.fsum((k - value) * p for k, p in enumerate(self.chances) if k > value)


def poisson(mean: float) -> Discrete:
    """Customers who come independently of each other: P(k) = e⁻ᵐ mᵏ / k!.

    Cut where less than 1e-15 is left.

    Examples
    --------
    >>> round(poisson(27.3).mean, 9)
    27.3
    """
    zero_or_more("mean", mean)
    last = math.ceil(mean + 12 * math.sqrt(mean) + 30)
    log = math.log(mean) if mean else 0.0
    chances = [math.exp(k * log - mean - math.lgamma(k + 1)) for k in range(last + 1)]
    return _scaled(chances if mean else [1.0])


def binomial(trials: int, share: float) -> Discrete:
    """How many of so many do something, each with the same chance.

    Examples
    --------
    >>> binomial(2, 0.5).chances
    (0.25, 0.5, 0.25)
    """
    a_count("trials", trials, 0)
    a_share("share", share)
    if share in (0, 1):
        return Discrete((0.0,) * int(share * trials) + (1.0,))
    if trials <= 500:  # beyond that comb() no longer fits a float
        return _scaled(
            [
                math.comb(trials, k) * share**k * (1 - share) ** (trials - k)
                for k in range(trials + 1)
            ]
        )
    p, q = math.log(share), math.log1p(-share)
    top = math.lgamma(trials + 1)
    logs = [
        top - math.lgamma(k + 1) - math.lgamma(trials - k + 1) + k * p + (trials - k) * q
        for k in range(trials + 1)
    ]
    return _scaled([math.exp(v) for v in logs])


def _scaled(chances: list[float]) -> Discrete:
    total = math.fsum(chances)
    return Discrete(tuple(p / total for p in chances))


def critical_ratio(*, underage: float, overage: float) -> float:
    """Cu / (Cu + Co): the share of cases in which there shall be enough.

    Parameters
    ----------
    underage : float
        What one unit too few costs, Cu; above 0.
    overage : float
        What one unit too many costs, Co; 0 or more.

    Examples
    --------
    >>> critical_ratio(underage=80, overage=20)
    0.8
    """
    under = above_zero("underage", underage, "money for one too few")
    return under / (under + zero_or_more("overage", overage, "money for one too many"))


@dataclass(frozen=True, repr=False)
class Stock:
    """What a quantity does on average."""

    quantity: float
    ratio: float  # critical ratio Cu / (Cu + Co)
    enough: float  # chance that the quantity suffices
    short: float  # expected units asked for and not there
    left: float  # expected units left over
    cost: float  # expected cost of both, in money

    def sentence(self) -> str:
        """The result in words."""
        return say(
            "{q} suffices in {enough} of cases; on average {short} are missing and {left} left.",
            q=number(self.quantity, 2),
            enough=percent(self.enough),
            short=number(self.short, 2),
            left=number(self.left, 2),
        )

    def __repr__(self) -> str:
        return self.sentence()


def evaluate(demand: Discrete, units: int, *, underage: float, overage: float) -> Stock:
    """Expected shortage, leftovers and cost of a whole quantity.

    cost = Cu E[(D − q)⁺] + Co E[(q − D)⁺].

    Examples
    --------
    >>> evaluate(Discrete((0.25, 0.5, 0.25)), 1, underage=4, overage=2).cost
    1.5
    """
    a_count("units", units, 0)
    ratio = critical_ratio(underage=underage, overage=overage)
    short = demand.expected_over(units)
    left = units - demand.mean + short
    return Stock(
        units, ratio, demand.at_most(units), short, left, underage * short + overage * left
    )


def quantity(demand: Discrete, *, underage: float, overage: float) -> Stock:
    """The best whole quantity: the smallest q with P(D ≤ q) ≥ Cu / (Cu + Co).

    Parameters
    ----------
    demand : Discrete
        Distribution of demand.
    underage, overage : float
        Cost of one too few and of one too many.

    References
    ----------
    Arrow, K. J., Harris, T. and Marschak, J. (1951), "Optimal inventory policy", Econometrica
    19, 250-272; Cachon and Terwiesch (2013), ch. 12.

    Examples
    --------
    >>> quantity(poisson(27.3), underage=225 - 159, overage=159).quantity
    24
    """
    best = demand.smallest(critical_ratio(underage=underage, overage=overage))
    return evaluate(demand, best, underage=underage, overage=overage)


def normal_quantity(mean: float, deviation: float, *, underage: float, overage: float) -> Stock:
    """The best quantity if demand is normal: mean + z × deviation, P(Z ≤ z) = Cu / (Cu + Co).

    Expected shortage: deviation × (φ(z) − z (1 − Φ(z))). The normal distribution reaches below
    zero: use it only where the mean is some three deviations above zero.

    Parameters
    ----------
    mean, deviation : float
        Of demand; the deviation above 0.
    underage, overage : float
        Cost of one too few (above 0) and of one too many (above 0).

    Examples
    --------
    >>> round(normal_quantity(20, 10, underage=105, overage=300).quantity, 1)
    13.5
    """
    above_zero("deviation", deviation)
    above_zero("overage", overage)
    ratio = critical_ratio(underage=underage, overage=overage)
    unit = NormalDist()
    z = unit.inv_cdf(ratio)
    short = deviation * (unit.pdf(z) - z * (1 - ratio))
    left = deviation * z + short
    cost = underage * short + overage * left
    return Stock(mean + z * deviation, ratio, ratio, short, left, cost)


def littlewood(demand: Discrete, *, high_price: float, low_price: float) -> Stock:
    """How many places to keep for late customers who pay more: Littlewood's rule.

    Keep the smallest y with P(D ≤ y) ≥ 1 − low / high. It is the newsvendor with
    Cu = high − low (a full payer sent away) and Co = low (a place that stays empty).

    Parameters
    ----------
    demand : Discrete
        Demand of the customers who pay the high price; they come last.
    high_price, low_price : float
        Prices, high above low above 0; enough customers want the low price.

    Returns
    -------
    Stock
        ``quantity`` is the protection level.

    References
    ----------
    Littlewood, K. (1972), "Forecasting and control of passenger bookings", reprinted in J.
    Revenue and Pricing Management 4 (2005), 111-123.

    Examples
    --------
    >>> littlewood(poisson(27.3), high_price=225, low_price=159).quantity
    24
    """
    above_zero("low_price", low_price)
    if not high_price > low_price:
        raise ValueError(
            f"high_price={high_price!r} is not above low_price={low_price!r}: nothing is gained "
            "by keeping places"
        )
    return quantity(demand, underage=high_price - low_price, overage=low_price)
