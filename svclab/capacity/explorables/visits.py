"""Appointments: whose time is worth what?"""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from svclab.capacity.managing.appointments import Comparison, Scheduled, compare
from svclab.capacity.managing.schedules import bailey_welch, dome, equal
from svclab.capacity.managing.sessions import Patients, draw_patients, session
from svclab.explore import (
    Chart,
    ChoiceGuess,
    Figure,
    Handle,
    Integer,
    Number,
    Seed,
    TableView,
    View,
    explorable,
    lines,
)
from svclab.intervals import Estimate
from svclab.words import Quantity, minutes, number, say

CUSTOMERS = 12
LENGTH = 240.0  # minutes until the session should end
SERVICE = 20.0  # minutes
OVERTIME = 1.5  # minutes of pay for a minute of overtime
SESSIONS = 200
PRICES = [k / 20 for k in range(21)]  # of a customer's minute, in the mechanic's minutes
EQUAL, BAILEY, DOME = "equal", "Bailey-Welch", "dome"
RULES = {EQUAL: "equal intervals", BAILEY: "Bailey-Welch", DOME: "the dome rule"}
GUESSES = {"first": "the first", "middle": "those in the middle", "last": "the last"}


def schedules(interval: float, first: int) -> dict[str, list[float]]:
    """The three rules, each for twelve customers; minutes after the start."""
    return {
        EQUAL: equal(CUSTOMERS, interval),
        BAILEY: bailey_welch(CUSTOMERS, interval, first=first),
        DOME: dome(CUSTOMERS, interval),
    }


def drawing(no_show: float, late: float, spread: float) -> dict[str, Any]:
    """What is drawn for each session, as the models take it."""
    return {
        "service_minutes": SERVICE,
        "spread": ("lognormal", spread * spread) if spread else "constant",
        "no_show": no_show / 100,
        "late_deviation": late,
    }


@lru_cache(maxsize=16)
def simulated(
    interval: float, first: int, no_show: float, late: float, spread: float, seed: int
) -> tuple[Comparison, dict[str, list[float]]]:
    """The rules on the same customers, and the mean wait of each appointment under each rule."""
    rules, drawn = schedules(interval, first), drawing(no_show, late, spread)
    found = compare(rules, length=LENGTH, sessions=SESSIONS, seed=seed, **drawn)
    days = [draw_patients(CUSTOMERS, seed=f"{seed}/{k}", **drawn) for k in range(SESSIONS)]
    return found, {name: waits_by_place(times, days) for name, times in rules.items()}


def waits_by_place(schedule: Sequence[float], days: Sequence[Patients]) -> list[float]:
    """Mean wait of each appointment, first to last, over those who came; minutes."""
    waits: list[list[float]] = [[] for _ in schedule]
    for day in days:
        done = iter(session(schedule, day, length=LENGTH).waits)
        for column, comes in zip(waits, day.comes, strict=True):
            if comes:
                column.append(next(done))
    return [math.fsum(each) / len(each) if each else 0.0 for each in waits]


@explorable(
    title="Appointments: who waits, and for whom?",
    parameters=[
        Number(
            name="price", label="A customer's minute is worth", unit="of the mechanic's", low=0,
            high=1, step=0.05, default=0.2, help="1: as much. Drag it in the second picture.",
        ),
        Number(
            name="interval", label="Interval", unit="min", low=15, high=30, step=1, default=20,
            help="Between two appointments. A service takes 20 min on average.",
        ),
        Integer(
            name="first", label="Bailey-Welch: at the start", unit="customers", low=1, high=4,
            default=2, help="So many are called for the first minute, the others one by one.",
        ),
        Number(
            name="no_show", label="Do not come", unit="%", low=0, high=40, step=5, default=10,
        ),
        Number(
            name="spread", label="Spread of the services", unit="%", low=0, high=120, step=10,
            default=60, help="Standard deviation divided by the mean; lognormal.",
        ),
        Number(
            name="late", label="Early or late by", unit="min", low=0, high=20, step=1, default=0,
            help="Standard deviation of a normal distribution around the appointed time.",
        ),
        Seed(name="seed", label="Which customers come", default=8),
    ],
    guess=ChoiceGuess(
        question="Twelve customers have an appointment every 20 minutes, and a service takes 20 "
        "minutes on average, sometimes more and sometimes less. Who waits longest?",
        options=GUESSES,
    ),
)  # fmt: skip
def appointments(
    price: float,
    interval: float,
    first: int,
    no_show: float,
    spread: float,
    late: float,
    seed: int,
    guess: str | None,
) -> View:
    """One mechanic, twelve cars, four hours: 200 simulated sessions for each rule. A minute of
    overtime costs one and a half. The dome rule: short intervals at both ends, long ones between.
    Invented."""
    found, by_place = simulated(interval, first, no_show, late, spread / 100, seed)
    coming = CUSTOMERS * (1 - no_show / 100)
    costs = {row.name: cost(row, price, coming) for row in found.rows}
    best = min(costs, key=lambda name: costs[name])
    seen = _seen(found, best, price, coming)
    if guess is not None:
        seen += " " + say(
            "Your guess was: {guess}. With equal intervals delays add up and the last wait "
            "longest; customers who do not come make up for some of it.",
            guess=GUESSES[guess],
        )
    return View(
        say=seen,
        warning=_warning(interval, coming),
        figures=_figures(found, best, costs, coming),
        parts=[
            _waits_chart(by_place),
            _cost_chart(found, price, coming, best),
            _table(found, costs, best),
        ],
    )


def cost(row: Scheduled, price: float, coming: float) -> float:
    """Cost of a session in the mechanic's minutes."""
    return row.cost(wait=price, idle=1.0, overtime=OVERTIME, patients=coming)


def even_price(one: Scheduled, other: Scheduled, coming: float) -> float | None:
    """The worth of a customer's minute at which two rules cost the same; None if there is none."""
    longer = coming * (one.wait.mean - other.wait.mean)
    if abs(longer) < 1e-9:
        return None
    price = (cost(other, 0.0, coming) - cost(one, 0.0, coming)) / longer
    return price if price > 0 else None


def _seen(found: Comparison, best: str, price: float, coming: float) -> str:
    row = found[best]
    first = say(
        "If a customer's minute is worth {price} of the mechanic's and overtime one and a half, "
        "the cheapest is {best}: customers wait {wait}, the mechanic is idle for {idle} and works "
        "{over} overtime.",
        price=number(price, 2),
        best=RULES[best],
        wait=_shown(row.wait),
        idle=_shown(row.idle),
        over=_shown(row.overtime),
    )
    even = even_price(found[BAILEY], found[EQUAL], coming)
    if even is None:
        return first
    return (
        first
        + " "
        + say("Equal intervals and Bailey-Welch cost the same at {even}.", even=number(even, 2))
    )


def _warning(interval: float, coming: float) -> str:
    last = (CUSTOMERS - 1) * interval
    work = coming * SERVICE
    if last < LENGTH and work <= LENGTH:
        return ""
    return say(
        "The last of twelve is called after {last}, and the session should end after {length}: "
        "overtime is planned. Take a shorter interval.",
        last=minutes(last, 0),
        length=minutes(LENGTH, 0),
    )


def _shown(one: Estimate) -> str:
    # A decimal is shown only where the error leaves one to be believed.
    digits = 1 if one.half_width < 1 else 0
    return say(
        "{value} ± {error}",
        value=number(one.mean, digits),
        error=minutes(one.half_width, digits),
    )


def _worth(value: float) -> Quantity:
    return minutes(value, 1)


def _figures(found: Comparison, best: str, costs: dict[str, float], coming: float) -> list[Figure]:
    row = found[best]
    even = even_price(found[BAILEY], found[EQUAL], coming)

    def within(one: Estimate) -> str:
        return say("Plus or minus {e}, 95% confidence.", e=minutes(one.half_width))

    return [
        Figure("best", "The cheapest rule", RULES[best]),
        Figure(
            "cost",
            "Cost of its session",
            _worth(costs[best]),
            help="In the mechanic's minutes: idle, overtime at one and a half, and the waits at "
            "what they are worth.",
        ),
        Figure("wait", "Its mean wait", _worth(row.wait.mean), help=within(row.wait)),
        Figure("idle", "Mechanic idle", _worth(row.idle.mean), help=within(row.idle)),
        Figure("overtime", "Overtime", _worth(row.overtime.mean), help=within(row.overtime)),
        Figure(
            "even",
            "Bailey-Welch against equal",
            _pays(found, even, coming),
            help="Up to which worth of a customer's minute Bailey-Welch costs less than equal "
            "intervals.",
        ),
    ]


def _pays(found: Comparison, even: float | None, coming: float) -> str:
    """Up to which worth of a customer's minute Bailey-Welch costs less than equal intervals."""
    if even is not None:
        return say("cheaper below {even}", even=number(even, 2))
    gap = cost(found[BAILEY], 0.5, coming) - cost(found[EQUAL], 0.5, coming)
    if abs(gap) < 1e-9:
        return say("the same")
    return say("never cheaper") if gap > 0 else say("always cheaper")


def _waits_chart(by_place: dict[str, list[float]]) -> Chart:
    rows = [
        {"place": place, "wait": round(wait, 6), "rule": name}
        for name, waits in by_place.items()
        for place, wait in enumerate(waits, 1)
    ]
    ends = {name: waits[-1] for name, waits in by_place.items()}
    return lines(
        rows,
        x=("place", "Customer, in the order of the appointments"),
        y=("wait", "Mean wait, minutes"),
        series="rule",
        x_domain=(1, CUSTOMERS),
        x_axis={"format": "d", "tickMinStep": 1},
        zero=False,
        title="Who waits",
        alt=say(
            "The mean wait of each customer; the last waits {equal} with equal intervals, "
            "{bailey} with Bailey-Welch and {dome} with a dome.",
            equal=minutes(ends[EQUAL]),
            bailey=minutes(ends[BAILEY]),
            dome=minutes(ends[DOME]),
        ),
        height=260,
    )


def _cost_chart(found: Comparison, price: float, coming: float, best: str) -> Chart:
    def least(p: float) -> float:
        return min(cost(row, p, coming) for row in found.rows)

    rows = [
        {"price": p, "cost": round(cost(row, p, coming), 6), "rule": row.name}
        for row in found.rows
        for p in PRICES
    ]
    return lines(
        rows,
        x=("price", "Worth of a customer's minute, in minutes of the mechanic"),
        y=("cost", "Cost of a session, minutes of the mechanic"),
        series="rule",
        x_domain=(0, 1),
        x_axis={"format": ".1f", "tickCount": 6},
        handles=[
            Handle(parameter="price", x=price, y=least(price), path=[(p, least(p)) for p in PRICES])
        ],
        title="What it costs, and whose time it counts",
        alt=say(
            "The cost of each rule rises with the worth of a customer's minute; the lowest line "
            "is now {best}.",
            best=RULES[best],
        ),
        height=260,
    )


def _table(found: Comparison, costs: dict[str, float], best: str) -> TableView:
    names = [row.name for row in found.rows]
    return TableView(
        title="Three rules on the same customers, minutes with 95% confidence",
        columns=[
            ("Rule", "", "left"),
            ("Wait", "", "right"),
            ("Idle", "", "right"),
            ("Overtime", "", "right"),
            ("Cost", "", "right"),
        ],
        rows=[
            [
                row.name,
                *(
                    say("{mean} ± {error}", mean=number(one.mean), error=number(one.half_width))
                    for one in (row.wait, row.idle, row.overtime)
                ),
                number(costs[row.name]),
            ]
            for row in found.rows
        ],
        emphasis=[names.index(best)],
    )


__all__ = [
    "appointments",
    "cost",
    "drawing",
    "even_price",
    "schedules",
    "simulated",
    "waits_by_place",
]
