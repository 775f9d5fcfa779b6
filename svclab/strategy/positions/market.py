"""Who buys where on a line from plain to special: a share model for generic strategies (竞争战略).

Each customer has an ideal place between 0 (plain and cheap) and 1 (special and expensive) and loses
some utility with the distance to an offer. With noise 0 everybody takes the best offer
(Hotelling); with noise the shares follow a logit, because people also differ in ways that the
line does not show.

Porter (1980) holds that a firm without a clear choice between low cost, differentiation and
focus is *stuck in the middle* and almost sure to earn little. Whether it does is a result of this
model, not an assumption: it depends on how the customers are spread, on what the middle costs,
and on the noise. The claim is contested. For: Dess and Davis (1984), Thornhill and White (2007).
Against, or only under conditions: Hill (1988), Miller and Dess (1993), Campbell-Hunt (2000).

References
----------
Hotelling, H. (1929), Stability in competition, Economic Journal 39, 41-57. Porter, M. E. (1980),
Competitive Strategy, Free Press. Dess, G. G. and Davis, P. S. (1984), Academy of Management
Journal 27, 467-488. Hill, C. W. L. (1988), Academy of Management Review 13, 401-412. Miller, A.
and Dess, G. G. (1993), Journal of Management Studies 30, 553-585. Campbell-Hunt, C. (2000),
Strategic Management Journal 21, 127-154. Thornhill, S. and White, R. E. (2007), Strategic
Management Journal 28, 553-561.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from svclab.checks import above_zero, between, names_of, zero_or_more
from svclab.shown import Answer
from svclab.words import join, percent, say, yuan

__all__ = ["Firm", "Market", "Segment", "Tastes", "market", "unit_cost"]

POINTS = 41  # customers of a segment are counted at so many places of its range


@dataclass(frozen=True)
class Firm:
    """One offer on the line."""

    name: str
    position: float  # 0 plain to 1 special
    price: float  # yuan
    cost: float = 0.0  # yuan for each customer
    fixed: float = 0.0  # yuan in the period
    only: tuple[str, ...] = ()  # segments it sells to (focus); empty for all

    def __post_init__(self) -> None:
        names_of("name of a firm", [self.name])
        between(f"position of {self.name!r}", self.position, 0, 1)
        for word in ("price", "cost", "fixed"):
            zero_or_more(f"{word} of {self.name!r}", getattr(self, word))


@dataclass(frozen=True)
class Segment:
    """Customers whose ideals lie evenly between centre - spread and centre + spread."""

    name: str
    customers: float  # people in the period
    centre: float  # ideal place, 0 to 1
    spread: float = 0.0  # half the width of their ideals

    def __post_init__(self) -> None:
        names_of("name of a segment", [self.name])
        zero_or_more(f"customers of {self.name!r}", self.customers)
        zero_or_more(f"spread of {self.name!r}", self.spread)
        between(f"centre of {self.name!r}", self.centre, 0, 1)
        low, high = self.centre - self.spread, self.centre + self.spread
        if low < -1e-9 or high > 1 + 1e-9:
            raise ValueError(
                f"segment {self.name!r} reaches from {low:g} to {high:g}: keep it within 0 to 1"
            )

    @property
    def ideals(self) -> list[float]:
        """The places at which its customers are counted, each for an equal part of them."""
        if not self.spread:
            return [self.centre]
        low, step = self.centre - self.spread, 2 * self.spread / POINTS
        return [low + (k + 0.5) * step for k in range(POINTS)]


@dataclass(frozen=True)
class Tastes:
    """How customers choose. The defaults are invented."""

    travel: float = 60.0  # yuan that the whole length of the line is worth to a customer
    power: int = 2  # 1: the loss grows with the distance; 2: with its square
    noise: float = 6.0  # yuan; 0: the best offer takes all
    premium: float = 0.0  # yuan that special (1) is worth to everybody beyond plain (0)
    worth: float | None = None  # yuan that an ideal offer at 0 is worth; None: everybody buys

    def __post_init__(self) -> None:
        zero_or_more("travel", self.travel)
        zero_or_more("noise", self.noise)
        zero_or_more("premium", self.premium)
        if self.power not in (1, 2):
            raise ValueError(f"power={self.power!r}: give 1 (distance) or 2 (its square)")
        if self.worth is not None:
            zero_or_more("worth", self.worth)

    def value(self, firm: Firm, ideal: float) -> float:
        """What the offer is worth to this customer beyond its price, in yuan."""
        loss = self.travel * abs(firm.position - ideal) ** self.power
        return (self.worth or 0.0) + self.premium * firm.position - loss - firm.price


@dataclass(frozen=True, repr=False)
class Market(Answer):
    """Who sells to how many, and what is left."""

    firms: tuple[Firm, ...]
    segments: tuple[Segment, ...]
    sold: Mapping[tuple[str, str], float]  # (firm, segment) to customers

    @property
    def customers(self) -> dict[str, float]:
        """Firm to customers."""
        return {
            f.name: math.fsum(self.sold[f.name, s.name] for s in self.segments) for f in self.firms
        }

    @property
    def shares(self) -> dict[str, float]:
        """Firm to share of all people on the market, also of those who do not buy."""
        people = math.fsum(s.customers for s in self.segments)
        return {name: n / people if people else 0.0 for name, n in self.customers.items()}

    @property
    def profits(self) -> dict[str, float]:
        """Firm to yuan in the period: (price - cost) times customers, less the fixed cost."""
        sold = self.customers
        return {f.name: (f.price - f.cost) * sold[f.name] - f.fixed for f in self.firms}

    @property
    def strategies(self) -> dict[str, str]:
        """Firm to the generic strategy that its place, cost and range of customers amount to.

        Focus if it sells to some segments only; of the others the one with the lowest unit cost
        leads in cost, the one farthest towards special differentiates; the rest are in between.
        """
        broad = [f for f in self.firms if not f.only]
        cheap = min((f.cost for f in broad), default=0.0)
        special = max((f.position for f in broad), default=0.0)
        found = {}
        for firm in self.firms:
            leads, differs = firm.cost == cheap, firm.position == special
            if firm.only:
                found[firm.name] = "focus"
            elif leads != differs:
                found[firm.name] = "cost leadership" if leads else "differentiation"
            else:
                found[firm.name] = "both" if leads else "in the middle"
        return found

    @property
    def table(self) -> list[dict[str, Any]]:
        """One row a firm; money in yuan."""
        sold, shares, profits, kinds = self.customers, self.shares, self.profits, self.strategies
        return [
            {
                "firm": f.name,
                "strategy": kinds[f.name],
                "position": f.position,
                "price": f.price,
                "cost": f.cost,
                "customers": sold[f.name],
                "share %": 100 * shares[f.name],
                "profit": profits[f.name],
            }
            for f in self.firms
        ]

    @property
    def sentence(self) -> str:
        """The largest share and the largest profit."""
        shares, profits = self.shares, self.profits
        most, best = max(shares, key=lambda n: shares[n]), max(profits, key=lambda n: profits[n])
        if most == best:
            return say(
                "{most} has the largest share, {share}, and the largest profit, {profit}.",
                most=most,
                share=percent(shares[most]),
                profit=yuan(profits[best]),
            )
        return say(
            "{most} has the largest share, {share}; {best} earns most, {profit}.",
            most=most,
            share=percent(shares[most]),
            best=best,
            profit=yuan(profits[best]),
        )


def unit_cost(position: float, *, plain: float, special: float, bend: float = 1.0) -> float:
    """What a customer costs at a place on the line: plain + (special - plain) position^bend.

    Parameters
    ----------
    position : float
        0 (plain) to 1 (special).
    plain, special : float
        Yuan for a customer at the two ends.
    bend : float, optional
        Above 0. 1: each step costs the same. Above 1: the last steps cost most, so that
        the middle is good value. Below 1: the first steps do, so that the middle pays nearly
        all of the cost.

    Returns
    -------
    float
        Yuan.

    Examples
    --------
    >>> [round(unit_cost(0.5, plain=20, special=60, bend=b), 1) for b in (0.5, 1, 2)]
    [48.3, 40.0, 30.0]
    """
    between("position", position, 0, 1)
    above_zero("bend", bend)
    low, high = zero_or_more("plain", plain), zero_or_more("special", special)
    return low + (high - low) * float(position**bend)


def market(
    firms: Iterable[Firm], segments: Iterable[Segment], tastes: Tastes | None = None
) -> Market:
    """Who buys where, at the given prices.

    A customer with ideal z values the firm at x[i] at
    U[i] = worth + premium x[i] - travel |x[i] - z|^power - price[i] and takes it with chance
    exp(U[i] / noise) / Σⱼ exp(U[j] / noise), where the sum has a term 1 for not buying if
    ``worth`` is given. With noise 0 the best offer takes all; equals share.

    Parameters
    ----------
    firms : iterable of Firm
        The offers; one at least.
    segments : iterable of Segment
        The customers; one at least.
    tastes : Tastes, optional
        How they choose; the default values are invented.

    Returns
    -------
    Market

    Raises
    ------
    ValueError
        If there are no firms or segments, or a name comes twice or is unknown.

    References
    ----------
    Hotelling (1929); Anderson, S. P., de Palma, A. and Thisse, J.-F. (1992), Discrete Choice
    Theory of Product Differentiation, MIT Press (the logit version).

    Examples
    --------
    >>> everybody = [Segment("all", 1000, 0.5, 0.5)]
    >>> market([Firm("plain", 0.2, 30, cost=20), Firm("special", 0.8, 42, cost=30)], everybody,
    ...        Tastes(travel=60, noise=6))
    plain has the largest share, 66.5%, and the largest profit, 6,652 yuan.
      firm            strategy  position  price  cost  customers  share %     profit
      plain    cost leadership       0.2     30    20    665.187   66.519  6,651.873
      special  differentiation       0.8     42    30    334.813   33.481  4,017.753
    """
    tastes = tastes or Tastes()
    firms, segments = checked(firms, segments)
    sold: dict[tuple[str, str], float] = {}
    for segment in segments:
        ideals = segment.ideals
        chances = [choices(firms, segment, ideal, tastes) for ideal in ideals]
        each = segment.customers / len(ideals)
        for k, firm in enumerate(firms):
            sold[firm.name, segment.name] = each * math.fsum(row[k] for row in chances)
    return Market(firms, segments, sold)


def choices(
    firms: Sequence[Firm], segment: Segment, ideal: float, tastes: Tastes
) -> tuple[float, ...]:
    """The chance of each firm to be taken by a customer of the segment with this ideal."""
    values = [
        tastes.value(f, ideal) if not f.only or segment.name in f.only else -math.inf for f in firms
    ]
    away = -math.inf if tastes.worth is None else 0.0
    best = max(*values, away)
    if best == -math.inf:
        return (0.0,) * len(values)
    if not tastes.noise:
        near = 1e-9 * max(1.0, abs(best))
        winners = [v >= best - near for v in values]
        count = sum(winners) + (away >= best - near)
        return tuple(won / count for won in winners)
    terms = [math.exp((v - best) / tastes.noise) for v in values]
    whole = math.fsum([*terms, math.exp((away - best) / tastes.noise)])
    return tuple(term / whole for term in terms)


def checked(
    firms: Iterable[Firm], segments: Iterable[Segment]
) -> tuple[tuple[Firm, ...], tuple[Segment, ...]]:
    """Firms and segments with names that differ, and a focus on segments that exist."""
    firms, segments = tuple(firms), tuple(segments)
    names_of("firms", [firm.name for firm in firms])
    known = names_of("segments", [segment.name for segment in segments])
    for firm in firms:
        for name in firm.only:
            if name not in known:
                raise ValueError(
                    f"{firm.name!r} sells only to {name!r}: give one of "
                    f"{join(map(repr, known), 'or', most=6)}"
                )
    return firms, segments
