"""Customer lifetime value: what a customer is worth today.

A customer stays from one period to the next with probability r (retention) and brings a margin m
in each period; a yuan in a year is worth 1/(1+d) today. With q = r (1+g) / (1+d):

    value = m × f × (1 + q + q² + ...) - acquisition,

where f says when the first margin comes: at once (f = 1), at the end of the first period
(f = 1/(1+d)), or only if the customer renews (f = r/(1+d)). Books differ in this, and the three
differ by a period's margin: the convention must be said with every number.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from random import Random
from typing import Any

from svclab.checks import a_count, a_number, a_share, one_of, zero_or_more
from svclab.intervals import Estimate, estimate
from svclab.shown import Answer
from svclab.words import number, say, yuan

__all__ = ["TIMINGS", "Lifetime", "lifetime_value", "simulated_lifetime"]

TIMINGS = ("at once", "at the end", "after renewal")
SHOWN = 10  # periods that the table shows of a life without an end


@dataclass(frozen=True, repr=False)
class Lifetime(Answer):
    """What a customer is worth today."""

    margin: float  # yuan, the first margin
    retention: float  # chance to stay for one more period, 0 to 1
    discount: float  # a period's discount rate, such as 0.1
    growth: float  # growth of the margin of those who stay, a share a period
    acquisition: float  # yuan spent to win the customer, today
    timing: str  # one of TIMINGS
    periods: int | None  # margins counted at most; None without an end

    @property
    def ratio(self) -> float:
        """q = r (1+g) / (1+d): a margin's worth by the one before."""
        return self.retention * (1 + self.growth) / (1 + self.discount)

    @property
    def multiple(self) -> float:
        """Worth of all margins, in first margins."""
        return _first(self.timing, self.retention, self.discount) * _sum(
            (self.retention * (1 + self.growth) - (1 + self.discount)) / (1 + self.discount),
            self.periods,
        )

    @property
    def value(self) -> float:
        """Present value in yuan, after what it cost to win the customer."""
        return self.margin * self.multiple - self.acquisition

    @property
    def expected_periods(self) -> float:
        """Periods that a customer stays on average, the first included: 1 / (1 - r)."""
        return math.inf if self.retention == 1 else 1 / (1 - self.retention)

    @property
    def table(self) -> list[dict[str, Any]]:
        """One row a margin; of a life without an end the first ten and the rest."""
        first = _first(self.timing, self.retention, self.discount)
        later = self.timing != "at once"
        stays = int(self.timing == "after renewal")
        shown = SHOWN if self.periods is None else self.periods
        rows: list[dict[str, Any]] = []
        so_far = -self.acquisition
        for k in range(shown):
            worth = self.margin * first * self.ratio**k
            so_far += worth
            rows.append(
                {"period": k + later, "still a customer": self.retention ** (k + stays),
                 "a yuan then is worth": (1 + self.discount) ** -(k + later),
                 "margin": self.margin * (1 + self.growth) ** k, "worth today": worth,
                 "so far": so_far}
            )  # fmt: skip
        if self.periods is None:
            rows.append({"period": "later", "still a customer": None,
                         "a yuan then is worth": None, "margin": None,
                         "worth today": self.value - so_far, "so far": self.value})  # fmt: skip
        return rows

    @property
    def sentence(self) -> str:
        """The value in words, with its convention."""
        return say(
            "A customer is worth {value} today: {multiple} margins of {margin} (the first {when})"
            "{less}.",
            value=yuan(self.value, 2),
            multiple=number(self.multiple, 2),
            margin=yuan(self.margin, 2),
            when=self.timing,
            less=say(" less {cost} to win", cost=yuan(self.acquisition, 2))
            if self.acquisition
            else "",
        )


def _first(timing: str, retention: float, discount: float) -> float:
    if timing == "at once":
        return 1.0
    return (1.0 if timing == "at the end" else retention) / (1 + discount)


def _sum(above: float, periods: int | None) -> float:
    """1 + q + ... + q^(n-1) with q = 1 + above, without losing digits near q = 1."""
    if periods is None:
        return -1 / above
    if above == 0:
        return float(periods)
    return 1.0 if above <= -1 else math.expm1(periods * math.log1p(above)) / above


def lifetime_value(
    margin: float,
    *,
    retention: float,
    discount: float,
    growth: float = 0.0,
    acquisition: float = 0.0,
    timing: str = "after renewal",
    periods: int | None = None,
) -> Lifetime:
    """What a customer is worth today.

    Without growth and end, after renewal: value = m r / (1 + d - r) - acquisition; at once:
    m (1+d) / (1 + d - r); at the end: m / (1 + d - r).

    Parameters
    ----------
    margin : float
        Yuan that the customer leaves in a period after all that serving costs; may be negative.
    retention : float
        Chance that a customer stays for one more period, 0 to 1, the same in each period.
    discount : float
        Discount rate of a period, zero or more (0.1 for 10 percent).
    growth : float, optional
        Growth of the margin with each period that the customer stays, above -1 and up to 1.
    acquisition : float, optional
        Yuan spent to win the customer, zero or more.
    timing : str, optional
        When the first margin comes: "at once", "at the end" of the first period, or "after
        renewal" (at the end, and only from those who stay).
    periods : int or None, optional
        Margins counted at most; None for a life without an end.

    Returns
    -------
    Lifetime
        ``value``, ``multiple`` and a table of the periods.

    Raises
    ------
    ValueError
        For numbers out of range, or if the value would be without limit.

    References
    ----------
    Berger, P. D. and Nasr, N. I. (1998), Customer lifetime value: marketing models and
    applications, Journal of Interactive Marketing 12(1), 17-30. Gupta, S. and Lehmann, D. R.
    (2003), Customers as assets, Journal of Interactive Marketing 17(1), 9-24 (after renewal).

    Examples
    --------
    >>> one = lifetime_value(300, retention=0.8, discount=0.1)
    >>> round(one.value, 6), round(one.multiple, 2)
    (800.0, 2.67)
    >>> one.sentence
    'A customer is worth 800 yuan today: 2.67 margins of 300 yuan (the first after renewal).'
    >>> round(lifetime_value(300, retention=0.8, discount=0.1, timing="at once").value, 6)
    1100.0
    """
    one_of("timing", timing, TIMINGS)
    if periods is not None:
        a_count("periods", periods, 1)
    found = Lifetime(
        a_number("margin", margin),
        a_share("retention", retention),
        zero_or_more("discount", discount),
        a_share("growth", growth, -0.99, 1),
        zero_or_more("acquisition", acquisition),
        timing,
        periods,
    )
    if periods is not None and periods * math.log(max(found.ratio, 1)) > 600:
        raise ValueError(f"periods={periods!r}: so many margins grow beyond all numbers; give less")
    if periods is None and found.ratio >= 1:
        raise ValueError(
            f"retention={retention!r}, growth={growth!r} and discount={discount!r} give a value "
            "without limit: retention × (1 + growth) must stay below 1 + discount, or give periods"
        )
    return found


def simulated_lifetime(
    one: Lifetime, *, customers: int = 2000, seed: int = 1, confidence: float = 0.95
) -> Estimate:
    """The same value by chance: so many customers, each of whom stays or leaves by a draw.

    Parameters
    ----------
    one : Lifetime
        The customer, from :func:`lifetime_value`; retention below 1 unless ``periods`` is given.
    customers : int, optional
        How many are simulated, two or more.
    seed : int, optional
        Equal seeds give equal draws.
    confidence : float, optional
        Of the interval, such as 0.95.

    Returns
    -------
    Estimate
        Mean in yuan with its confidence interval.

    Raises
    ------
    ValueError
        For fewer than two customers, or one who never leaves and has no ``periods``.

    Examples
    --------
    >>> one = lifetime_value(300, retention=0.8, discount=0.1)
    >>> simulated_lifetime(one, customers=4000).holds(one.value)
    True
    """
    a_count("customers", customers, 2)
    if one.periods is None and one.retention == 1:
        raise ValueError("retention=1.0: a customer who never leaves needs periods to simulate")
    draws = Random(seed)
    return estimate([_life(one, draws) for _ in range(customers)], confidence=confidence)


def _life(one: Lifetime, draws: Random) -> float:
    worth, time, margin = -one.acquisition, 0 if one.timing == "at once" else 1, one.margin
    here = one.timing != "after renewal" or draws.random() < one.retention
    count = 0
    while here and (one.periods is None or count < one.periods):
        worth += margin / (1 + one.discount) ** time
        time, margin, count = time + 1, margin * (1 + one.growth), count + 1
        here = draws.random() < one.retention
    return worth
