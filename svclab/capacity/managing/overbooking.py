"""Overbooking: how many more to book than there are places, because some do not come.

By the margin: the number of no-shows N is the demand for extra bookings. An extra booking too
few leaves a place empty (Cu), one too many turns a guest away (Co): the newsvendor again.
By the distribution of shows: who comes depends on how many are booked; here N is binomial and
grows with the bookings, and groups come or stay away together. By simulation: any rule of who
comes.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random

from svclab.capacity.managing.newsvendor import Discrete, binomial, evaluate, quantity
from svclab.checks import a_count, a_share, above_zero, zero_or_more
from svclab.intervals import Estimate, estimate
from svclab.words import money, number, say

__all__ = [
    "Booking",
    "best_booking",
    "booking_costs",
    "deciding",
    "marginal",
    "party_shows",
    "show_costs",
    "simulated",
]


@dataclass(frozen=True, repr=False)
class Booking:
    """What a number of bookings costs on average."""

    bookings: int
    extra: int  # bookings beyond the places
    empty: float  # expected places that stay empty
    turned_away: float  # expected guests with a booking and without a place
    cost: float  # expected cost of both, in money

    def sentence(self) -> str:
        """The result in words."""
        return say(
            "{n} bookings, {extra} more than places: on average {empty} empty, {denied} turned "
            "away, cost {cost}.",
            n=self.bookings,
            extra=self.extra,
            empty=number(self.empty, 2),
            denied=number(self.turned_away, 2),
            cost=money(self.cost, ""),
        )

    def __repr__(self) -> str:
        return self.sentence()


def marginal(
    no_shows: Discrete, *, empty_cost: float, denied_cost: float, places: int = 0
) -> Booking:
    """How many to overbook if the number of no-shows does not depend on it.

    Overbook the smallest x with P(N ≤ x) ≥ Cu / (Cu + Co): the cost of one empty place over the
    sum of both costs. Textbooks that compare P(N < x) ≤ Cu / (Cu + Co) mean the same x.

    Parameters
    ----------
    no_shows : Discrete
        How many of those who booked do not come.
    empty_cost : float
        What an empty place costs, Cu; above 0.
    denied_cost : float
        What it costs to turn a guest away, Co.
    places : int
        Rooms or seats, for ``bookings``; the extra bookings do not depend on it.

    Returns
    -------
    Booking
        ``extra`` is how many to overbook, ``bookings`` that and the places.

    References
    ----------
    Fitzsimmons and Fitzsimmons (2011), ch. 11 (Surfside Hotel); Netessine, S. and Shumsky, R.
    (2002), INFORMS Trans. Education 3 (1), 34-44.

    Examples
    --------
    >>> inn = Discrete.counted({0: 4, 1: 3, 2: 2, 3: 1})
    >>> marginal(inn, empty_cost=69, denied_cost=50).extra
    1
    """
    a_count("places", places, 0)
    best = quantity(no_shows, underage=empty_cost, overage=denied_cost)
    extra = int(best.quantity)
    return Booking(places + extra, extra, best.short, best.left, best.cost)


def booking_costs(
    no_shows: Discrete, *, empty_cost: float, denied_cost: float, places: int = 0
) -> list[Booking]:
    """The expected loss for every number of extra bookings that could make sense.

    Parameters
    ----------
    no_shows, empty_cost, denied_cost, places
        As for :func:`marginal`.

    Examples
    --------
    >>> inn = Discrete.counted({0: 4, 1: 3, 2: 2, 3: 1})
    >>> [round(row.cost, 1) for row in booking_costs(inn, empty_cost=69, denied_cost=50)]
    [69.0, 47.6, 61.9, 100.0]
    """
    rows = []
    for extra in range(len(no_shows.chances)):
        stock = evaluate(no_shows, extra, underage=empty_cost, overage=denied_cost)
        rows.append(Booking(places + extra, extra, stock.short, stock.left, stock.cost))
    return rows


def show_costs(
    shows: Discrete, *, places: int, bookings: int, empty_cost: float, denied_cost: float
) -> Booking:
    """The expected loss when the number of guests who come has this distribution.

    cost = Cu E[(places − S)⁺] + Co E[(S − places)⁺].

    Parameters
    ----------
    shows : Discrete
        How many of those who booked come, such as :func:`party_shows`.
    places, bookings : int
        Rooms or seats; bookings taken.
    empty_cost, denied_cost : float
        Cost of an empty place and of a guest turned away.

    Examples
    --------
    >>> show_costs(binomial(2, 0.5), places=1, bookings=2, empty_cost=60, denied_cost=100)
    2 bookings, 1 more than places: on average 0.25 empty, 0.25 turned away, cost 40.
    """
    a_count("places", places, 1)
    a_count("bookings", bookings, 0)
    above_zero("empty_cost", empty_cost)
    zero_or_more("denied_cost", denied_cost)
    denied = shows.expected_over(places)
    empty = places - shows.mean + denied
    cost = empty_cost * empty + denied_cost * denied
    return Booking(bookings, bookings - places, empty, denied, cost)


def party_shows(bookings: int, show_chance: float, *, party: int = 1) -> Discrete:
    """How many come if parties of one size decide together; what is left over is one more party.

    Parties of two double the variance: the same average, more full and more empty nights.

    Examples
    --------
    >>> party_shows(4, 0.5, party=2).chances
    (0.25, 0.0, 0.5, 0.0, 0.25)
    """
    a_count("bookings", bookings, 0)
    a_count("party", party, 1)
    a_share("show_chance", show_chance)
    groups, rest = divmod(bookings, party)
    chances = [0.0] * (bookings + 1)
    for k, p in enumerate(binomial(groups, show_chance).chances):
        chances[k * party] += p * (1 - show_chance if rest else 1)
        if rest:
            chances[k * party + rest] += p * show_chance
    return Discrete(tuple(chances))


def best_booking(
    *,
    places: int,
    show_chance: float,
    empty_cost: float,
    denied_cost: float,
    party: int = 1,
    most: int | None = None,
) -> tuple[Booking, list[Booking]]:
    """The best number of bookings when each guest comes with the same chance.

    Parameters
    ----------
    places : int
        Rooms, seats, slots.
    show_chance : float
        Chance that a booking shows up; above 0.
    empty_cost, denied_cost : float
        Cost of an empty place and of a guest turned away.
    party : int
        Guests who come or stay away together.
    most : int, optional
        Largest number of bookings looked at; if left out, places / show_chance and some more.

    Returns
    -------
    (Booking, list of Booking)
        The cheapest, and one row for each number from `places` on.

    Examples
    --------
    >>> best, rows = best_booking(places=100, show_chance=0.9, empty_cost=1, denied_cost=3)
    >>> best.bookings
    109
    """
    above_zero("show_chance", show_chance)
    a_share("show_chance", show_chance)
    a_count("places", places, 1)
    if most is None:
        most = math.ceil(places / show_chance + 4 * math.sqrt(places * party) / show_chance)
    a_count("most", most, places)
    rows = [
        show_costs(
            party_shows(n, show_chance, party=party),
            places=places,
            bookings=n,
            empty_cost=empty_cost,
            denied_cost=denied_cost,
        )
        for n in range(places, most + 1)
    ]
    return min(rows, key=lambda row: row.cost), rows


def deciding(show_chance: float, *, party: int = 1) -> Callable[[int, Random], int]:
    """A rule for :func:`simulated`: parties of one size decide together whether they come.

    Examples
    --------
    >>> deciding(1.0, party=2)(7, Random(1))
    7
    """
    a_share("show_chance", show_chance)
    a_count("party", party, 1)

    def shows(bookings: int, stream: Random) -> int:
        groups, rest = divmod(bookings, party)
        come = sum(stream.random() < show_chance for _ in range(groups)) * party
        return come + (rest if rest and stream.random() < show_chance else 0)

    return shows


def simulated(
    shows: Callable[[int, Random], int],
    bookings: Sequence[int],
    *,
    places: int,
    empty_cost: float,
    denied_cost: float,
    nights: int = 1000,
    seed: int | str,
    confidence: float = 0.95,
) -> list[tuple[int, Estimate]]:
    """The cost of a night, simulated, for several numbers of bookings.

    Parameters
    ----------
    shows : callable
        Given the number of bookings and a random stream: how many come, such as
        :func:`deciding`. Night k has the same stream for every number of bookings, so that the
        numbers are compared on the same nights.
    bookings : sequence of int
        The numbers to try.
    places, empty_cost, denied_cost
        As for :func:`best_booking`.
    nights : int
        Two or more.
    seed : int or str
        Names the streams.
    confidence : float
        Such as 0.95.

    Returns
    -------
    list of (int, Estimate)
        Cost of a night with its confidence interval. The nights are shared, so the intervals of
        two rows are not independent: a difference is surer than they suggest.

    Examples
    --------
    >>> simulated(lambda n, stream: n - 2, [10, 12], places=10, empty_cost=5, denied_cost=9,
    ...           nights=10, seed=1)[1][1].mean
    0.0
    """
    a_count("nights", nights, 2)
    a_count("places", places, 1)
    above_zero("empty_cost", empty_cost)
    zero_or_more("denied_cost", denied_cost)
    found = []
    for booked in bookings:
        a_count("bookings", booked, 0)
        costs = []
        for night in range(nights):
            come = shows(booked, Random(f"{seed}/night/{night}"))
            costs.append(empty_cost * max(places - come, 0) + denied_cost * max(come - places, 0))
        found.append((booked, estimate(costs, confidence=confidence)))
    return found
