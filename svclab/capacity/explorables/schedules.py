"""Shifts that cover the need of every hour, solved while one looks on."""

from __future__ import annotations

import math
from functools import lru_cache
from itertools import groupby
from typing import Any

from svclab.capacity.explorables.rush import clock_axis
from svclab.capacity.staffing.covering import cover
from svclab.capacity.staffing.shifts import InfeasibleError, Shift, ShiftPlan, every_shift
from svclab.explore import (
    Chart,
    Choice,
    Column,
    Figure,
    Integer,
    Number,
    NumberGuess,
    Switch,
    Table,
    View,
    axis,
    explorable,
    lines,
    lying,
)
from svclab.explore.names import row_height
from svclab.words import Quantity, clock, count, join, money, number, percent, say

OPENS = 8  # on the clock
NEED = (3, 4, 6, 7, 10, 9, 6, 5, 6, 7, 5, 3)  # people, by the hour
HOURS = tuple(clock(OPENS + k) for k in range(len(NEED)))
FULL, PART = "full-time", "part-time"
WORK = {FULL: 8, PART: 4}  # paid hours of a shift; a full-timer's break is not paid
MOST_FULL = 25  # full-timers who can be found
BREAKS = (4, 5)  # hours after the start
FULL_PAY = 40.0  # yuan per hour
FIXED = (0, 3)  # starts of the two fixed full-time shifts: 8:00 and 11:00
TOO_DEAR = 1e6  # yuan for a missing hour: so much that one is missing only where nobody can be


def all_shifts(starts: str, part_time: bool, part_pay: float) -> list[Shift]:
    """What people may be asked to work."""
    begin = None if starts == "any" else FIXED
    shifts = every_shift(
        HOURS, length=WORK[FULL] + 1, cost=WORK[FULL] * FULL_PAY, breaks=BREAKS, starts=begin
    )
    if part_time:
        shifts += every_shift(HOURS, length=WORK[PART], cost=WORK[PART] * part_pay, kind=PART)
    return shifts


@lru_cache(maxsize=64)
def cheapest(
    need: tuple[int, ...], starts: str, part_time: bool, part_pay: float, share: float, full: int
) -> tuple[ShiftPlan, bool]:
    """The cheapest plan, and whether it covers the need; if none does, the one missing least."""
    shifts = all_shifts(starts, part_time, part_pay)
    limits: dict[str, Any] = {"labels": HOURS, "heads_at_most": {FULL: full}}
    if part_time:
        limits["work_share_at_most"] = {PART: share / 100}
    try:
        return cover(need, shifts, **limits), True
    except InfeasibleError:
        return cover(need, shifts, missing_cost=TOO_DEAR, **limits), False


@explorable(
    title="Shifts: why do they cost more than the hours that are needed?",
    engine="highs",
    parameters=[
        Table(
            name="need",
            label="People needed",
            columns=[
                Column(name="hour", label="From", editable=False),
                Column(Integer(name="people", label="People", low=0, high=20, default=5)),
            ],
            default=[{"hour": h, "people": n} for h, n in zip(HOURS, NEED, strict=True)],
        ),
        Choice(
            name="starts",
            label="Full-timers begin",
            options={"any": "at any hour", "two": "at 8:00 or at 11:00"},
            default="any",
            help="Eight hours and a break of one, after four or five hours; 40 yuan an hour.",
        ),
        Integer(
            name="full", label="Full-timers at most", low=0, high=MOST_FULL, default=MOST_FULL,
            help="The town has no more than 25 who could be hired.",
        ),
        Switch(name="part_time", label="Part-timers, four hours each"),
        Number(
            name="part_pay", label="Pay of a part-timer", unit="yuan an hour", low=20, high=100,
            step=1, default=44, shown_if=("part_time", True),
        ),
        Number(
            name="share", label="Part-time work at most", unit="%", low=0, high=100, step=5,
            default=30, help="Of all the hours that are needed.", shown_if=("part_time", True),
        ),
    ],
    guess=NumberGuess(
        question="A day needs 71 hours of work, from 3 people in a quiet hour to 10 at noon. "
        "Everybody works eight hours. How many people cover every hour?",
        low=7,
        high=20,
        unit="people",
    ),
)  # fmt: skip
def shift_schedule(
    need: list[dict[str, Any]],
    starts: str,
    full: int,
    part_time: bool,
    part_pay: float,
    share: float,
    guess: float | None,
) -> View:
    """The cheapest shifts for a day from 8:00 to 20:00, by an integer program. All invented."""
    people = tuple(row["people"] for row in need)
    plan, covered = cheapest(people, starts, part_time, part_pay, share, full)
    seen = _seen(plan, covered)
    if guess is not None:
        real, _ = cheapest(NEED, "any", False, 0.0, 0.0, 25)
        seen += " " + say(
            "Your guess for full-timers alone was {guess}; 71 hours are the work of {least}, and "
            "the shifts need {real}.",
            guess=int(guess),
            least=math.ceil(math.fsum(NEED) / WORK[FULL]),
            real=real.heads,
        )
    return View(
        say=seen,
        warning="" if covered else _missing(plan, part_time, share, full),
        figures=_figures(plan, covered),
        parts=[_staff_chart(plan, seen), *([_shift_chart(plan)] if plan.heads else [])],
    )


def paid_hours(plan: ShiftPlan) -> float:
    """Hours that are paid."""
    return math.fsum(shift.periods * n for shift, n in plan.people)


def _hours(value: float) -> Quantity:
    return Quantity(value, "hour", 0, "hours")


def _seen(plan: ShiftPlan, covered: bool) -> str:
    needed, paid = math.fsum(plan.need), paid_hours(plan)
    if not plan.heads:
        return say("Nobody is needed." if not needed else "Nobody can be called.")
    who = [
        str(count(plan.heads_of(kind), name))
        for kind, name in ((FULL, "full-timer"), (PART, "part-timer"))
        if plan.heads_of(kind)
    ]
    if not covered:
        return say(
            "With {who} {missing} stay uncovered.",
            who=" and ".join(who),
            missing=_hours(math.fsum(plan.missing)),
        )
    if paid == needed:
        return say(
            "{who} cover every hour for {pay}. {needed} are needed, and no more are paid.",
            who=" and ".join(who),
            pay=money(plan.pay, "yuan", 0),
            needed=_hours(needed),
        )
    return say(
        "{who} cover every hour for {pay}. {needed} are needed and {paid} are paid: the "
        "difference, {share} of the paid hours, is the price of shifts.",
        who=" and ".join(who),
        pay=money(plan.pay, "yuan", 0),
        needed=_hours(needed),
        paid=_hours(paid),
        share=percent(1 - needed / paid, 0),
    )


def _missing(plan: ShiftPlan, part_time: bool, share: float, full: int) -> str:
    gaps = {
        label: round(gap) for label, gap in zip(plan.labels, plan.missing, strict=True) if gap > 0.5
    }
    worst = max(gaps, key=lambda label: gaps[label])
    limits = say("at most {n}", n=count(full, "full-timer"))
    if part_time:
        limits += say(" and {share} part-time work", share=percent(share / 100, 0))
    return say(
        "The need cannot be covered with {limits}. People are missing in {n}, most at {worst}, "
        "where it is {gap}. {advice}",
        limits=limits,
        n=count(len(gaps), "hour"),
        worst=worst,
        gap=gaps[worst],
        advice=_advice(part_time, share, full),
    )


def _advice(part_time: bool, share: float, full: int) -> str:
    """What the reader can still allow; a limit that is at its end is not named."""
    more = ["more full-timers"] if full < MOST_FULL else []
    if not part_time:
        more.append("part-timers")
    elif share < 100:
        more.append("more part-time work")
    if not more:
        return say("Nothing more can be allowed: need fewer people then.")
    return say("Allow {more}, or need fewer people then.", more=join(more, "or"))


def _figures(plan: ShiftPlan, covered: bool) -> list[Figure]:
    tone = "" if covered else "bad"
    return [
        Figure("full", "Full-timers", count(plan.heads_of(FULL))),
        Figure("part", "Part-timers", count(plan.heads_of(PART))),
        Figure("pay", "Pay for the day", money(plan.pay, "yuan", 0)),
        Figure("needed", "Hours needed", number(math.fsum(plan.need), 0)),
        Figure("paid", "Hours paid", number(paid_hours(plan), 0)),
        Figure("missing", "Hours not covered", number(math.fsum(plan.missing), 0), tone)
        if not covered
        else Figure(
            "spare",
            "Hours not needed",
            number(math.fsum(plan.spare), 0),
            help="People are there because the shifts before or after need them.",
        ),
    ]


def _staff_chart(plan: ShiftPlan, alt: str) -> Chart:
    edges = [(60 * (k + end), k) for k in range(len(plan.need)) for end in (0, 1)]
    rows = [
        {"minute": minute, "people": values[k], "line": name}
        for name, values in (("at work", plan.at_work), ("needed", plan.need))
        for minute, k in edges
    ]
    end = 60 * len(plan.need)
    return lines(
        rows,
        x=("minute", "Time"),
        y=("people", "People"),
        series="line",
        x_axis=clock_axis(OPENS, end, 120),
        x_domain=(0, end),
        y_domain=(0, 1 + max(*plan.at_work, *plan.need)),
        band=[{"x": m, "low": plan.need[k], "high": plan.at_work[k]} for m, k in edges],
        title="People at work and people needed",
        alt=say("Steps of the people needed, and of those at work above them. {seen}", seen=alt),
        height=260,
    )


def _pieces(shift: Shift) -> list[tuple[int, int]]:
    """From and to of each stretch of work, in hours after opening."""
    found, hour = [], 0
    for works, run in groupby(shift.works):
        length = len(list(run))
        if works:
            found.append((hour, hour + length))
        hour += length
    return found


def _shift_chart(plan: ShiftPlan) -> Chart:
    """The shifts under one another, a gap for the break."""
    rows = []
    for shift, people in plan.people:
        pieces = _pieces(shift)
        name = say("{n} × {at}", n=people, at=clock(OPENS + pieces[0][0]))
        if len(pieces) > 1:  # two shifts may differ by their breaks only
            name = say("{name}, break {at}", name=name, at=clock(OPENS + pieces[0][1]))
        rows += [
            {"shift": name, "kind": shift.kind, "people": people, "from": 60 * a, "to": 60 * b}
            for a, b in pieces
        ]
    rows.sort(key=lambda row: (row["kind"], row["from"]))
    names = list(dict.fromkeys(str(row["shift"]) for row in rows))
    height, end = 80 + row_height(names, 30) * len(names), 60 * len(HOURS)
    across = axis("from", "Time", domain=(0, end), axis=clock_axis(OPENS, end, 120))
    spec = lying(
        "shift", "kind", [FULL, PART], names=names, height=height, x=across, x2={"field": "to"}
    )
    return Chart(
        title="Who works when",
        alt=say("One bar for each kind of shift: {names}.", names="; ".join(names)),
        spec=spec,
        data={"rows": rows},
        height=height,
        columns={
            "rows": [
                ("shift", "Shift"),
                ("kind", "Kind"),
                ("people", "People"),
                ("from", "From, min after 8:00"),
                ("to", "To, min after 8:00"),
            ]
        },
    )


__all__ = ["all_shifts", "cheapest", "paid_hours", "shift_schedule"]
