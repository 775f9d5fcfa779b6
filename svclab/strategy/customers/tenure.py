"""Do long customers pay? A contested claim, as a table whose assumptions can be moved.

Reichheld and Sasser (1990): customers become more profitable the longer they stay; they buy more,
cost less to serve, recommend, and pay more, so retention is worth more than the arithmetic of a
constant margin says. Reinartz and Kumar (2000) tested this where customers sign no contract, on
the customers of a catalogue retailer: long life and profit went together only in part, profit did
not rise with time, and long customers neither cost less to serve nor paid more. Both may be true
of their firms. So measure: the same table with another growth of the margin, or with a group that
is loyal and costly, turns the conclusion round.

References
----------
Reichheld, F. F. and Sasser, W. E. (1990), Zero defections: quality comes to services, Harvard
Business Review 68(5), 105-111. Reinartz, W. J. and Kumar, V. (2000), On the profitability of
long-life customers in a noncontractual setting, Journal of Marketing 64(4), 17-35.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from svclab.checks import a_share, above_zero, names_of
from svclab.shown import Answer
from svclab.strategy.customers.lifetime import Lifetime, lifetime_value
from svclab.words import number, say

__all__ = ["EXAMPLE_GROUPS", "Group", "LongLife", "long_life"]


@dataclass(frozen=True)
class Group:
    """Customers of one kind.

    Parameters
    ----------
    customers : float
        How many, above zero.
    retention : float
        Chance to stay for one more period, 0 to below 1.
    margin : float
        Yuan a period from a new customer, after what serving costs.
    growth : float
        Growth of the margin with each period as a customer, above -1: Reichheld and Sasser say
        above zero, Reinartz and Kumar found it absent.
    """

    customers: float
    retention: float
    margin: float
    growth: float = 0.0


# Invented, to be moved: four kinds as in Reinartz and Kumar's two-by-two table (short or long
# life, low or high profit).
EXAMPLE_GROUPS: Mapping[str, Group] = {
    "short life, low profit": Group(400, 0.45, 60),
    "short life, high profit": Group(200, 0.45, 260),
    "long life, low profit": Group(200, 0.90, 60),
    "long life, high profit": Group(200, 0.90, 260),
}


@dataclass(frozen=True, repr=False)
class LongLife(Answer):
    """Whether those who stay long are those who pay."""

    groups: Mapping[str, Group]
    lives: Mapping[str, Lifetime]  # group to one customer's worth, margins at once

    def profit_a_period(self, name: str) -> float:
        """Yuan a period as a customer, on average over a life, undiscounted.

        Expected margins of a life by its expected length: m (1-r) / (1 - r (1+g)).
        """
        one = self.groups[name]
        return one.margin * (1 - one.retention) / (1 - one.retention * (1 + one.growth))

    @property
    def correlation(self) -> float:
        """Between expected life and profit a period, over customers; NaN without differences."""
        weights = [g.customers for g in self.groups.values()]
        lives = [1 / (1 - g.retention) for g in self.groups.values()]
        profits = [self.profit_a_period(name) for name in self.groups]
        return _correlation(weights, lives, profits)

    @property
    def total(self) -> float:
        """Worth of all customers today, yuan."""
        return math.fsum(g.customers * self.lives[n].value for n, g in self.groups.items())

    def share(self, names: Sequence[str]) -> float:
        """Share of the total worth that some groups bring."""
        parts = [self.groups[n].customers * self.lives[n].value for n in names]
        return math.fsum(parts) / self.total

    @property
    def table(self) -> list[dict[str, Any]]:
        """One row a group."""
        return [
            {"group": name, "customers": g.customers, "expected periods": 1 / (1 - g.retention),
             "yuan a period": self.profit_a_period(name), "worth of one": self.lives[name].value,
             "share of all worth in percent": 100 * self.share([name])}
            for name, g in self.groups.items()
        ]  # fmt: skip

    @property
    def sentence(self) -> str:
        """What the table says of the claim; below 0.3 (our choice) it says "hardly"."""
        r = self.correlation
        if math.isnan(r) or abs(r) < 0.3:
            verdict = "long life and profit hardly go together here"
        elif r > 0:
            verdict = "here long customers also bring more a period"
        else:
            verdict = "here long customers bring less a period"
        return say(
            "Length of life and profit a period correlate by {r}: {verdict}.",
            r="nothing that can be computed" if math.isnan(r) else number(r, 2),
            verdict=verdict,
        )


def _correlation(weights: list[float], xs: list[float], ys: list[float]) -> float:
    total = math.fsum(weights)
    mean_x = math.fsum(w * x for w, x in zip(weights, xs, strict=True)) / total
    mean_y = math.fsum(w * y for w, y in zip(weights, ys, strict=True)) / total
    rows = list(zip(weights, xs, ys, strict=True))
    both = math.fsum(w * (x - mean_x) * (y - mean_y) for w, x, y in rows)
    of_x = math.fsum(w * (x - mean_x) ** 2 for w, x, _ in rows)
    of_y = math.fsum(w * (y - mean_y) ** 2 for w, _, y in rows)
    tiny = 1e-18 * total
    if of_x <= tiny * mean_x**2 or of_y <= tiny * mean_y**2:
        return math.nan
    return both / math.sqrt(of_x * of_y)


def long_life(groups: Mapping[str, Group] = EXAMPLE_GROUPS, *, discount: float = 0.1) -> LongLife:
    """Worth, life and profit a period of groups of customers, and whether they go together.

    Parameters
    ----------
    groups : mapping
        Name to :class:`Group`; left out: four invented groups.
    discount : float, optional
        Discount rate of a period, zero or more. The default is invented.

    Returns
    -------
    LongLife
        ``correlation``, ``share``, and a table.

    Raises
    ------
    ValueError
        For numbers out of range, margins that grow without limit, or groups that together are
        worth nothing: there is nothing to have a share of.

    Examples
    --------
    >>> round(long_life().share(["short life, high profit", "long life, low profit"]), 2)
    0.32
    >>> loyal = {"new": Group(500, 0.6, 100), "old": Group(500, 0.9, 100, growth=0.05)}
    >>> long_life(loyal).sentence
    'Length of life and profit a period correlate by 1: here long customers also bring more a
    period.'
    """
    if not isinstance(groups, Mapping):
        raise ValueError(f"groups={groups!r}: give a dict of name to Group")
    lives = {}
    for name in names_of("groups", groups):
        one = groups[name]
        if not isinstance(one, Group):
            raise ValueError(f"groups[{name!r}]={one!r}: give Group(customers, retention, margin)")
        above_zero(f"customers of {name!r}", one.customers)
        a_share(f"growth of {name!r}", one.growth, -0.99, 1)
        if a_share(f"retention of {name!r}", one.retention) * (1 + one.growth) >= 1:
            raise ValueError(
                f"group {name!r}: retention × (1 + growth) is {one.retention * (1 + one.growth):g} "
                "and must stay below 1, or the margins of a life have no limit"
            )
        lives[name] = lifetime_value(
            one.margin,
            retention=one.retention,
            discount=discount,
            growth=one.growth,
            timing="at once",
        )
    found = LongLife(dict(groups), lives)
    above_zero("worth of all groups together", found.total, "margins that make it")
    return found
