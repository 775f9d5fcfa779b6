"""Overbooking: how many rooms to sell twice."""

from __future__ import annotations

import math
from functools import lru_cache
from random import Random
from typing import Any

from svclab.capacity.managing.newsvendor import Discrete
from svclab.capacity.managing.overbooking import (
    Booking,
    best_booking,
    deciding,
    party_shows,
)
from svclab.explore import (
    Chart,
    Figure,
    Handle,
    Integer,
    Number,
    NumberGuess,
    Seed,
    View,
    columns,
    explorable,
    guess_mark,
    lines,
    points,
)
from svclab.intervals import Estimate, estimate
from svclab.words import Quantity, count, number, percent, say, yuan

ROOMS = 50
MOST = 70  # bookings
NIGHTS = 365
KEPT, EMPTY, AWAY = 92.0, 300.0, 900.0  # %, yuan, yuan


@lru_cache(maxsize=64)
def costs(
    kept: float, party: int, empty: float, away: float
) -> tuple[Booking, tuple[Booking, ...]]:
    """The best number of bookings, and the expected cost of every number from 50 to 70."""
    best, rows = best_booking(
        places=ROOMS,
        show_chance=kept / 100,
        empty_cost=empty,
        denied_cost=away,
        party=party,
        most=MOST,
    )
    return best, tuple(rows)


@lru_cache(maxsize=64)
def year(bookings: int, kept: float, party: int, seed: int) -> tuple[int, ...]:
    """Guests who come on each night of a simulated year."""
    shows = deciding(kept / 100, party=party)
    return tuple(shows(bookings, Random(f"{seed}/night/{night}")) for night in range(NIGHTS))


@explorable(
    title="Overbooking: how many bookings for fifty rooms?",
    parameters=[
        Integer(
            name="bookings", label="Bookings taken", low=ROOMS, high=MOST, default=50,
            help="For one night and 50 rooms. Drag the point, or move this.",
        ),
        Number(
            name="kept", label="A booking is kept", unit="%", low=75, high=100, step=1,
            default=KEPT, help="The chance that the guests come.",
        ),
        Integer(
            name="party", label="Rooms in a booking", low=1, high=20, default=1,
            help="A group comes, or stays away, together. The last one may be smaller.",
        ),
        Number(
            name="empty", label="An empty room costs", unit="yuan", low=50, high=1000, step=50,
            default=EMPTY,
        ),
        Number(
            name="away", label="A guest sent away costs", unit="yuan", low=0, high=3000, step=50,
            default=AWAY, help="Another hotel, the way there, and the trust that is lost.",
        ),
        Seed(name="seed", label="Which guests come", default=1),
    ],
    guess=NumberGuess(
        question="A hotel has 50 rooms, and 92 of 100 bookings are kept. An empty room costs 300 "
        "yuan, a guest sent away 900. How many bookings for one night are best?",
        low=ROOMS,
        high=65,
        unit="bookings",
    ),
)  # fmt: skip
def overbooking(
    bookings: int,
    kept: float,
    party: int,
    empty: float,
    away: float,
    seed: int,
    guess: float | None,
) -> View:
    """Expected cost of a night, by the binomial distribution. All numbers are invented."""
    best, rows = costs(kept, party, empty, away)
    here = rows[bookings - ROOMS]
    shows = party_shows(bookings, kept / 100, party=party)
    nights = year(bookings, kept, party, seed)
    nightly = estimate([empty * max(ROOMS - n, 0) + away * max(n - ROOMS, 0) for n in nights])
    seen = _seen(here, best, rows[0], shows)
    marks: list[dict[str, Any]] = []
    if guess is not None:
        asked, known = costs(KEPT, 1, EMPTY, AWAY)
        marks.append(guess_mark(x=guess))
        seen += " " + say(
            "Your guess was {guess}, at {cost} a night; {best} cost {least}.",
            guess=count(int(guess), "booking"),
            cost=yuan(known[int(guess) - ROOMS].cost),
            best=count(asked.bookings, "booking"),
            least=yuan(asked.cost),
        )
    return View(
        say=seen,
        warning=_warning(here, best, party),
        figures=_figures(here, best, shows, nightly, nights),
        parts=[
            _cost_chart(rows, here, best, marks, seen),
            _shows_chart(shows, bookings),
            _nights_chart(nights),
        ],
    )


def _beyond(best: Booking) -> bool:
    """Whether a larger number than those looked at may be better still."""
    return best.bookings == MOST


def _nearly(share: float) -> Quantity | str:
    """A chance in whole percent; one that is neither 0 nor 1 is not shown as if it were."""
    if 0 < share < 0.005:
        return say("less than 1%")
    if 0.995 <= share < 1:
        return say("more than 99%")
    return percent(share, 0)


def away_chance(shows: Discrete) -> float:
    """The chance that at least one guest is sent away."""
    return max(0.0, 1 - shows.at_most(ROOMS))


def _seen(here: Booking, best: Booking, none: Booking, shows: Discrete) -> str:
    first = say(
        "With {n} a night costs {cost} on average: {empty} stay empty, and nobody is sent away."
        if here.bookings == ROOMS
        else "With {n} a night costs {cost} on average: {empty} stay empty and {away} are sent "
        "away. Somebody is sent away on {share} of the nights.",
        n=count(here.bookings, "booking"),
        cost=yuan(here.cost),
        empty=Quantity(here.empty, "room", 1, "rooms"),
        away=Quantity(here.turned_away, "guest", 1, "guests"),
        share=_nearly(away_chance(shows)),
    )
    if best.bookings == ROOMS:
        return first + " " + say("Not to overbook is best.")
    return (
        first
        + " "
        + say(
            "{n} {verdict}: {cost}, against {none} without overbooking.",
            n=count(best.bookings, "booking"),
            verdict=say("are the best looked at") if _beyond(best) else say("are best"),
            cost=yuan(best.cost),
            none=yuan(none.cost),
        )
    )


def _warning(here: Booking, best: Booking, party: int) -> str:
    if _beyond(best):
        return say(
            "The best number lies beyond the {n} looked at here: sending a guest away costs too "
            "little, or too many bookings are not kept. Let a guest sent away cost more.",
            n=count(MOST, "booking"),
        )
    if party >= ROOMS / 5 and here.bookings > ROOMS:
        return say(
            "With {n} in a booking a single group decides whether many are sent away. Ask groups "
            "to confirm or to pay ahead instead of overbooking them.",
            n=count(party, "room"),
        )
    return ""


def _figures(
    here: Booking, best: Booking, shows: Discrete, nightly: Estimate, nights: tuple[int, ...]
) -> list[Figure]:
    denied = sum(n > ROOMS for n in nights)
    return [
        Figure("cost", "Expected cost of a night", yuan(here.cost)),
        Figure(
            "best",
            "Best number of bookings",
            say("{n} or more", n=MOST) if _beyond(best) else count(best.bookings),
        ),
        Figure("empty", "Rooms empty, mean", number(here.empty)),
        Figure("away", "Guests sent away, mean", number(here.turned_away)),
        Figure(
            "chance",
            "Nights with somebody sent away",
            _nearly(away_chance(shows)),
            help="The chance that more than 50 rooms are asked for.",
        ),
        Figure(
            "simulated",
            "Cost of a night, in a simulated year",
            say("{mean} ± {error}", mean=number(nightly.mean, 0), error=yuan(nightly.half_width)),
            help=say(
                "Mean of 365 nights and its 95% confidence; somebody was sent away on {n}.",
                n=count(denied, "night"),
            ),
        ),
    ]


def _cost_chart(
    rows: tuple[Booking, ...],
    here: Booking,
    best: Booking,
    marks: list[dict[str, Any]],
    alt: str,
) -> Chart:
    # In steps, so that the axis stays while the reader's point moves a little.
    near = max(3 * best.cost, 1.25 * rows[0].cost, 100.0)
    top = near * 2 ** max(0, math.ceil(math.log2(1.05 * max(here.cost, 1.0) / near)))
    marks = [
        {
            "x": best.bookings,
            "y": best.cost,
            "color": "var(--svc-green)",
            "shape": "diamond",
        },
        {
            "x": best.bookings,
            "label": "" if _beyond(best) else say("best: {n}", n=best.bookings),
            "color": "var(--svc-green)",
        },
        *marks,
    ]
    return lines(
        [{"bookings": row.bookings, "cost": round(row.cost, 6)} for row in rows],
        x=("bookings", "Bookings taken"),
        y=("cost", "Expected cost of a night, yuan"),
        marks=marks,
        x_domain=(ROOMS, min(MOST, max(60, best.bookings + 6, here.bookings))),
        y_domain=(0, top),
        x_axis={"format": "d", "tickMinStep": 1},
        zero=False,
        clip=True,
        handles=[Handle(parameter="bookings", x=here.bookings, y=here.cost)],
        alt=say("The cost of a night for every number of bookings. {seen}", seen=alt),
        height=280,
    )


def _shows_chart(shows: Discrete, bookings: int) -> Chart:
    """The chance of each number of guests, those that are negligible left out."""
    rows = [
        {"come": n, "percent": round(100 * p, 6), "color": _color(n)}
        for n, p in enumerate(shows.chances)
        if p > 5e-4
    ]
    return columns(
        rows,
        x=("come", "Rooms asked for at night"),
        y=("percent", "Chance, %"),
        color="color",
        title=say("How many rooms are asked for, of {n}", n=count(bookings, "booking")),
        alt=say(
            "The chance of each number of rooms asked for; the chance of more than 50 is {p}.",
            p=_nearly(away_chance(shows)),
        ),
    )


def _color(come: int) -> str:
    return "var(--svc-vermilion)" if come > ROOMS else "var(--svc-blue)"


def _nights_chart(nights: tuple[int, ...]) -> Chart:
    shown = nights[:60]
    rows = [{"night": night, "come": n, "color": _color(n)} for night, n in enumerate(shown, 1)]
    return points(
        rows,
        x=("night", "Night"),
        y=("come", "Rooms asked for"),
        color="color",
        marks=[{"y": ROOMS, "label": say("50 rooms"), "color": "var(--svc-vermilion)"}],
        y_domain=(min(40, *shown), max(60, *shown)),
        title="The first sixty nights of the simulated year",
        alt=say(
            "Sixty nights; on {n} more than 50 rooms are asked for.",
            n=sum(n > ROOMS for n in shown),
        ),
        height=200,
    )


__all__ = ["away_chance", "costs", "overbooking", "year"]
