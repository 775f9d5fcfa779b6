"""Prices that nobody wants to change, and when the middle of the market earns least.

A place on the line is not good or bad by itself: rivals answer with their prices. Here each firm
sets the price that is best for it while the others stay, until nobody moves.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from svclab.checks import a_count, a_share, above_zero, between, one_of, zero_or_more
from svclab.shown import Answer
from svclab.strategy.positions.market import (
    Firm,
    Market,
    Segment,
    Tastes,
    checked,
    choices,
    market,
    unit_cost,
)
from svclab.words import say, yuan

__all__ = ["Middle", "NoPricesError", "along_the_line", "best_prices", "middle", "temptation"]

NEAR = 1e-8  # nobody wants to move farther, as a share of the noise, travel or cost
STEPS = 400  # beyond: prices of firms that nobody thinks of leaving, which climb on and on


class NoPricesError(ValueError):
    """No prices at which everybody is content were found.

    Parameters
    ----------
    message : str
        What happens and what to do.
    why : str
        ``"alone"``: a firm has no rival; ``"climb"``: the prices climb on and on; ``"swing"``:
        they do not come to rest.
    """

    def __init__(self, message: str, why: Literal["alone", "climb", "swing"]) -> None:
        super().__init__(message)
        self.why = why


def best_prices(
    firms: Iterable[Firm], segments: Iterable[Segment], tastes: Tastes | None = None
) -> Market:
    """Each firm's best price against the others' best prices (Nash equilibrium in prices).

    With sales S and choice chances s, the best price fulfils
    price = cost + noise S / Σ s (1 - s), summed over the customers. All firms move towards it, a
    part of the way, again and again, until nobody wants to move. The part grows by a tenth with
    each step, up to the whole way, and shrinks as soon as the prices swing about the point where
    they settle, as those of two firms close together do.

    Parameters
    ----------
    firms : iterable of Firm
        The offers; their prices are where the search begins.
    segments : iterable of Segment
        The customers.
    tastes : Tastes, optional
        With noise above 0: without it there may be no such prices at all (d'Aspremont,
        Gabszewicz and Thisse 1979).

    Returns
    -------
    Market
        With the prices found. There may be others: with little noise the result can depend on
        the beginning, and :func:`along_the_line` shows whether a firm would rather move.

    Raises
    ------
    NoPricesError
        If the prices climb on and on, because each firm has customers who never think of leaving;
        if they swing and do not settle, as they may with little noise; or if a firm is alone in a
        segment and could ask any price.

    References
    ----------
    Anderson, de Palma and Thisse (1992). d'Aspremont, C., Gabszewicz, J. J. and
    Thisse, J.-F. (1979), On Hotelling's "Stability in competition", Econometrica 47, 1145-1150.

    Examples
    --------
    Two equal firms, side by side: the price is cost + 2 noise.

    >>> twins = [Firm("a", 0.5, 30, cost=20), Firm("b", 0.5, 25, cost=20)]
    >>> found = best_prices(twins, [Segment("all", 1000, 0.5)], Tastes(noise=6))
    >>> [round(firm.price, 6) for firm in found.firms]
    [32.0, 32.0]
    """
    tastes = tastes or Tastes()
    firms, segments = checked(firms, segments)
    above_zero("noise", tastes.noise, "some yuan of noise (without it prices may never settle)")
    _check_rivals(firms, segments, tastes)
    scale = max(tastes.noise, tastes.travel, *(f.cost for f in firms))
    pace, before = 0.7, [0.0] * len(firms)
    for _ in range(STEPS):
        wanted = _wanted(firms, segments, tastes)
        moves = [w - f.price for w, f in zip(wanted, firms, strict=True)]
        if max(map(abs, moves)) <= NEAR * scale:
            return market(firms, segments, tastes)
        # A move against the last one: the prices swing about the point where they settle.
        swings = math.fsum(a * b for a, b in zip(moves, before, strict=True)) < 0
        pace = max(0.05, 0.7 * pace) if swings else min(1.0, 1.1 * pace)
        before = moves
        firms = tuple(
            replace(f, price=f.price + _at_most(pace * move, tastes.noise))
            for f, move in zip(firms, moves, strict=True)
        )
    raise _unsettled(firms, before, tastes, scale)


def along_the_line(
    firms: Iterable[Firm],
    segments: Iterable[Segment],
    name: str,
    positions: Sequence[float],
    tastes: Tastes | None = None,
    *,
    cost: Callable[[float], float] | None = None,
    react: bool = False,
) -> list[tuple[float, Market]]:
    """What happens if one firm stands elsewhere on the line.

    Parameters
    ----------
    firms, segments, tastes
        As for :func:`market`.
    name : str
        The firm that moves.
    positions : sequence of float
        The places to try, 0 to 1.
    cost : callable, optional
        Place to the firm's unit cost in yuan, such as :func:`unit_cost`; the margin stays,
        unless the price would fall below 0. If left out, cost and price stay as they are.
    react : bool, optional
        Whether all prices are set anew at each place by :func:`best_prices`.

    Returns
    -------
    list of (float, Market)

    Examples
    --------
    Against a rival at 0.7, with equal prices, most customers are won close beside it:

    >>> pair = [Firm("we", 0.2, 30), Firm("they", 0.7, 30)]
    >>> tried = along_the_line(pair, [Segment("all", 100, 0.5, 0.5)], "we", [0.2, 0.4, 0.6],
    ...                        Tastes(noise=0.5))
    >>> [round(found.shares["we"], 2) for _, found in tried]
    [0.45, 0.55, 0.65]
    """
    firms, segments = checked(firms, segments)
    one_of("name", name, [firm.name for firm in firms])
    found = []
    for position in positions:
        moved = []
        for firm in firms:
            if firm.name == name:
                new = firm.cost if cost is None else cost(position)
                # Who sells far below cost would have to pay its customers in a cheaper place.
                price = max(0.0, firm.price + new - firm.cost)
                firm = replace(firm, position=position, cost=new, price=price)
            moved.append(firm)
        solve = best_prices if react else market
        found.append((position, solve(moved, segments, tastes)))
    return found


def temptation(found: Market, tastes: Tastes | None = None, *, tries: int = 60) -> dict[str, float]:
    """What each firm could gain by another price, if the others stay: a check of an equilibrium.

    Parameters
    ----------
    found : Market
        From :func:`best_prices`, or any market.
    tastes : Tastes, optional
        The same as there.
    tries : int, optional
        How many prices to try, from the cost to the cost and five margins (or five times the
        noise, where a firm's margin is smaller).

    Returns
    -------
    dict
        Firm to yuan; 0 if none of the prices tried earns more.

    Examples
    --------
    >>> twins = [Firm("a", 0.5, 30, cost=20), Firm("b", 0.5, 30, cost=20)]
    >>> everybody = [Segment("all", 1000, 0.5)]
    >>> max(temptation(best_prices(twins, everybody)).values())
    0.0
    >>> round(temptation(market(twins, everybody))["a"])
    41
    """
    a_count("tries", tries, 1)
    gains = {}
    for k, firm in enumerate(found.firms):
        margin = max(firm.price - firm.cost, (tastes or Tastes()).noise, 1e-9)
        now, best = found.profits[firm.name], 0.0
        for step in range(tries + 1):
            tried = replace(firm, price=firm.cost + 5 * margin * step / tries)
            others = (*found.firms[:k], tried, *found.firms[k + 1 :])
            best = max(best, market(others, found.segments, tastes).profits[firm.name] - now)
        gains[firm.name] = best if best > 1e-6 * max(1.0, abs(now)) else 0.0
    return gains


@dataclass(frozen=True, repr=False)
class Middle(Answer):
    """Three firms, plain, middle and special, at the prices that they end up with."""

    market: Market

    @property
    def is_stuck(self) -> bool:
        """Whether the middle earns less than both ends."""
        profits = self.market.profits
        return profits["middle"] < min(profits["plain"], profits["special"])

    @property
    def table(self) -> list[dict[str, Any]]:
        """One row a firm."""
        return self.market.table

    @property
    def sentence(self) -> str:
        """Where the middle ends up."""
        profits = self.market.profits
        ahead = sum(profits[end] > profits["middle"] for end in ("plain", "special"))
        word = ("most", "less than one of the ends", "least: it is stuck in the middle")
        return say(
            "The middle earns {word}: {middle}, against {plain} (plain) and {special} (special).",
            word=word[ahead],
            middle=yuan(profits["middle"]),
            plain=yuan(profits["plain"]),
            special=yuan(profits["special"]),
        )


def middle(
    *,
    polarised: float = 0.9,
    bend: float = 1.0,
    noise: float = 6.0,
    place: float = 0.5,
    customers: float = 1000.0,
    travel: float = 60.0,
    plain: float = 20.0,
    special: float = 60.0,
    premium: float = 40.0,
    fixed: float = 2000.0,
) -> Middle:
    """Is the middle stuck? Three firms on the line, with assumptions to be moved.

    A firm stands at 0.1, one at 0.9, and one in the middle; each has the unit cost of its place
    and the same fixed cost, and all set their prices by :func:`best_prices`. All default numbers
    are invented.

    Parameters
    ----------
    polarised : float, optional
        Share of the customers, 0 to 1, who want one of the ends (ideals 0 to 0.2, or 0.8 to 1,
        half each); the ideals of all others are spread evenly over the line.
    bend : float, optional
        How the cost rises along the line; see :func:`unit_cost`.
    noise : float, optional
        Yuan; how much customers differ in ways that the line does not show. Below 2 the prices
        may not settle, or settle where a firm would still rather jump: see :func:`temptation`.
    place : float, optional
        Where the middle firm stands, 0.1 to 0.9.
    customers : float, optional
        People on the market in the period.
    travel : float, optional
        Yuan that the whole line is worth to a customer.
    plain, special : float, optional
        Unit cost at the two ends, yuan.
    premium : float, optional
        Yuan that special is worth to everybody beyond plain. As much as it costs more, by
        default, so that no end is favoured.
    fixed : float, optional
        Fixed cost of each firm in the period, yuan.

    Returns
    -------
    Middle

    Raises
    ------
    ValueError, NoPricesError
        For values out of range; if prices do not settle.

    References
    ----------
    The claim: Porter (1980), ch. 2. That it depends on the circumstances: Hill (1988).

    Examples
    --------
    >>> middle().sentence
    'The middle earns least: it is stuck in the middle: 2,133 yuan, against 3,131 yuan (plain) and
     3,131 yuan (special).'
    >>> middle(polarised=0.5).is_stuck, middle(bend=2).is_stuck, middle(noise=10).is_stuck
    (False, False, False)
    """
    a_share("polarised", polarised)
    between("place", place, 0.1, 0.9)
    people, blur = zero_or_more("customers", customers), zero_or_more("noise", noise)
    ends = people * polarised / 2
    segments = [
        Segment("want plain", ends, 0.1, 0.1),
        Segment("want special", ends, 0.9, 0.1),
        Segment("all kinds", people - 2 * ends, 0.5, 0.5),
    ]
    firms = []
    for name, x in (("plain", 0.1), ("middle", place), ("special", 0.9)):
        cost = unit_cost(x, plain=plain, special=special, bend=bend)
        firms.append(Firm(name, x, cost + blur, cost, zero_or_more("fixed", fixed)))
    return Middle(best_prices(firms, segments, Tastes(travel=travel, noise=noise, premium=premium)))


def _wanted(firms: Sequence[Firm], segments: Sequence[Segment], tastes: Tastes) -> list[float]:
    """The prices that the condition of the best price asks for, at the present chances."""
    sales: list[list[float]] = [[] for _ in firms]
    slopes: list[list[float]] = [[] for _ in firms]
    for segment in segments:
        ideals = segment.ideals
        each = segment.customers / len(ideals)
        for ideal in ideals:
            for k, chance in enumerate(choices(firms, segment, ideal, tastes)):
                sales[k].append(each * chance)
                slopes[k].append(each * chance * (1 - chance))
    found = []
    for firm, sale, slope in zip(firms, sales, slopes, strict=True):
        sold, lost = math.fsum(sale), math.fsum(slope)
        if sold <= 0:
            found.append(firm.cost + tastes.noise)
        elif lost <= 1e-12 * sold:  # at this price nobody thinks of leaving
            found.append(firm.price + 10 * tastes.noise)
        else:
            found.append(firm.cost + tastes.noise * sold / lost)
    return found


def _unsettled(
    firms: Sequence[Firm], moves: Sequence[float], tastes: Tastes, scale: float
) -> NoPricesError:
    """Why the prices have not settled, and what to do."""
    highest = max(firm.price for firm in firms)
    if min(moves) >= -NEAR * scale and highest > 10 * scale:
        return NoPricesError(
            f"prices climb on and on, beyond {highest:.0f} yuan, because some customers never "
            f"think of leaving their firm (noise={tastes.noise:g}, travel={tastes.travel:g}): "
            "give more noise, less travel, a rival near by, or the worth of the offer",
            "climb",
        )
    return NoPricesError(
        f"the prices of {len(firms)} firms do not settle with noise={tastes.noise:g}: give more "
        "noise, less travel, or begin with other prices",
        "swing",
    )


def _at_most(move: float, most: float) -> float:
    return max(-most, min(most, move))


def _check_rivals(firms: Sequence[Firm], segments: Sequence[Segment], tastes: Tastes) -> None:
    """Nobody may be the only one on offer where everybody must buy: any price would be paid."""
    for segment in segments:
        here = [f.name for f in firms if not f.only or segment.name in f.only]
        if len(here) == 1 and segment.customers and tastes.worth is None:
            raise NoPricesError(
                f"{here[0]!r} is alone in {segment.name!r} and could ask any price: give a rival, "
                "or the worth of the offer",
                "alone",
            )
