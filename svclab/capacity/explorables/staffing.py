"""A day with a rush: a staffing line to draw, and the queue that results."""

from __future__ import annotations

import math
from bisect import bisect_right
from dataclasses import replace
from functools import lru_cache
from typing import Any

from svclab.capacity.explorables.rush import clock_axis
from svclab.capacity.explorables.staffing_tables import hours_table, plans_table
from svclab.capacity.simulation.recursion import serve
from svclab.capacity.staffing.days import METHODS, DayPlan, plan_by_hand, staff_day
from svclab.capacity.staffing.demand import Day
from svclab.capacity.staffing.scoring import DayScore, SimulatedDays, score, simulated_days
from svclab.capacity.staffing.targets import mean_wait_at_most, served_within
from svclab.explore import (
    Chart,
    Choice,
    ChoiceGuess,
    Column,
    Figure,
    Handle,
    Integer,
    Number,
    Seed,
    Table,
    View,
    explorable,
    lines,
)
from svclab.intervals import Estimate, estimate
from svclab.words import Quantity, clock, join, minutes, number, percent, say

OPENS = 9  # on the clock
BESIDE = (18.0, 24.0, 30.0, 30.0, 24.0, 24.0, 18.0)  # customers per hour outside the rush
RUSH_AT = 3  # the hour from 12:00
HOURS = len(BESIDE) + 1
HOUR, MINUTE = 3600.0, 60.0  # s
MOST = 24  # people at work
PROMISE = 0.8  # share of the customers to be served in time
STEP = 10  # minutes between two points of the queue

OWN = "own"
PLANS = dict(zip(("sipp", "lag", "load"), METHODS, strict=True))
GUESSES = {
    "before": "11:00 to 12:00, before the rush",
    "rush": "12:00 to 13:00, in the rush",
    "after": "13:00 to 14:00, after the rush",
    "last": "16:00 to 17:00, the last hour",
}


def branch(rush: float, service: float) -> Day:
    """The branch from 9:00 to 17:00; customers per hour in the rush, mean service in minutes."""
    rates = [*BESIDE[:RUSH_AT], rush, *BESIDE[RUSH_AT:]]
    return Day(rates, service_minutes=service, opens=OPENS)


@explorable(
    title="A day with a rush: when do you need whom?",
    parameters=[
        Choice(
            name="plan",
            label="Staff",
            options={
                OWN: "Your own",
                "sipp": "SIPP",
                "lag": "Lag SIPP",
                "load": "Modified offered load",
            },
            default=OWN,
            help="Rules by formula. SIPP (stationary, independent, period by period) staffs each "
            "hour for its own arrivals, lag SIPP for those one service earlier, the modified "
            "offered load for the people who are then in service.",
        ),
        Table(
            name="staff",
            label="Your staff",
            shown_if=("plan", OWN),
            help="Change the numbers, or drag the points in the picture.",
            columns=[
                Column(name="hour", label="From", editable=False),
                Column(Integer(name="people", label="People", low=1, high=MOST, default=7)),
            ],
            default=[{"hour": clock(OPENS + k), "people": 7} for k in range(HOURS)],
        ),
        Number(
            name="rush", label="Arrivals in the rush", unit="per hour", low=20, high=80, step=5,
            default=60, help="From 12:00 to 13:00; in the other hours 18 to 30 per hour come.",
        ),
        Number(
            name="service", label="Mean service", unit="min", low=5, high=15, step=1, default=10,
            help="Random (exponential), as the arrivals are (Poisson).",
        ),
        Number(
            name="within", label="In time means within", unit="min", low=1, high=20, step=1,
            default=5, help="The promise is that 80% of those who come are served in time.",
        ),
        Integer(
            name="days", label="Simulated days", low=10, high=60, step=10, default=40,
            help="More days, less error.",
        ),
        Seed(name="seed", label="Which customers come", default=1),
    ],
    guess=ChoiceGuess(
        question="60 customers come between 12:00 and 13:00, and 30 in the hours before and after. "
        "For every hour a formula says how many people its own arrivals need. In which hour are "
        "the fewest served in time?",
        options=GUESSES,
    ),
)  # fmt: skip
def day_staffing(
    plan: str,
    staff: list[dict[str, Any]],
    rush: float,
    service: float,
    within: float,
    days: int,
    seed: int,
    guess: str | None,
) -> View:
    """Advisers of a bank branch, 9:00 to 17:00. Demand is invented; each day is simulated."""
    drawn = _drawn(rush, service, days, seed)
    own = plan_by_hand(drawn.day, [row["people"] for row in staff], name="your own")
    scores = {OWN: score(own, drawn, target=served_within(PROMISE, minutes=within))}
    scores |= by_rule(rush, service, within, days, seed)
    shown, chosen = scores[plan], scores[plan].plan
    waits = score(chosen, drawn, target=mean_wait_at_most(minutes=1))
    queue = mean_queue(chosen, drawn)
    seen = _seen(plan, shown, waits, queue)
    alike = same_plan(scores, plan)
    if alike:
        seen += " " + alike
    if guess is not None:
        seen += " " + say(
            "Your guess for SIPP was: {guess}. It is {worst}: the staff of the rush has gone, and "
            "its queue has not.",
            guess=GUESSES[guess],
            worst=by_rule(60.0, 10.0, 5.0, 40, 1)["sipp"].worst.label,
        )
    return View(
        say=seen,
        warning=_warning(chosen, queue),
        figures=_figures(shown, waits, queue),
        parts=[
            _staff_chart(chosen, plan == OWN, _people(chosen, scores), seen),
            _queue_chart(queue),
            hours_table(shown, waits, within),
            plans_table(scores, plan),
        ],
    )


@lru_cache(maxsize=8)
def _drawn(rush: float, service: float, days: int, seed: int) -> SimulatedDays:
    return simulated_days(branch(rush, service), days=days, seed=seed)


@lru_cache(maxsize=8)  # while the reader draws, the rules stay as they are
def by_rule(
    rush: float, service: float, within: float, days: int, seed: int
) -> dict[str, DayScore]:
    """The three rules on the same simulated days."""
    drawn, promise = _drawn(rush, service, days, seed), served_within(PROMISE, minutes=within)
    found: dict[str, DayScore] = {}
    for key, name in PLANS.items():
        plan = staff_day(drawn.day, target=promise, method=name)
        alike = (one for one in found.values() if one.plan.servers == plan.servers)
        same = next(alike, None)  # two rules often agree; a run takes its time
        found[key] = replace(same, plan=plan) if same else score(plan, drawn, target=promise)
    return found


def same_plan(scores: dict[str, DayScore], shown: str) -> str:
    """Which other rules give the plan that is shown; empty if it is the reader's own."""
    if shown == OWN:
        return ""
    alike = [
        scores[key].plan.method
        for key in PLANS
        if key != shown and scores[key].plan.servers == scores[shown].plan.servers
    ]
    if not alike:
        return ""
    return say(
        "Here the plan of {others} is the same: the rules differ more when services are long.",
        others=join(alike),
    )


def _people(plan: DayPlan, scores: dict[str, DayScore]) -> int:
    """Where the axis of people ends: with room above what the rules need, but no empty half."""
    need = max(max(scores[key].plan.servers) for key in PLANS)
    return min(MOST, 4 * math.ceil(max(need + 3, *plan.servers) / 4))


def mean_queue(plan: DayPlan, days: SimulatedDays) -> list[tuple[int, Estimate]]:
    """(minutes after opening, mean number waiting over the days), every ten minutes."""
    times = range(0, round(60 * plan.day.hours) + 1, STEP)
    columns: list[list[float]] = [[] for _ in times]
    for one in days.customers:
        run = None if one is None else serve(one, servers=plan.steps)
        come = [] if run is None else run.customers.arrivals
        starts = [] if run is None else sorted(map(sum, zip(come, run.waits, strict=True)))
        for column, time in zip(columns, times, strict=True):
            at = time * MINUTE
            column.append(bisect_right(come, at) - bisect_right(starts, at))
    return [(time, estimate(column)) for time, column in zip(times, columns, strict=True)]


def _longest(queue: list[tuple[int, Estimate]]) -> tuple[int, Estimate]:
    return max(queue, key=lambda point: point[1].mean)


def _at(minute: int) -> str:
    return clock(OPENS + minute / 60)


def _share(value: Estimate | None) -> str:
    """A share with its error; the error of few days may be larger than the share can move."""
    if value is None:
        return say("nobody came")
    error = number(100 * value.half_width, 0)
    return say("{share} ± {error}", share=percent(value.mean, 0), error=error)


def _seen(plan: str, shown: DayScore, waits: DayScore, queue: list[tuple[int, Estimate]]) -> str:
    minute, longest = _longest(queue)
    assert waits.overall is not None
    return say(
        "{whose} {hours} staff hours customers wait {wait} on average, give or take {error}. The "
        "worst hour is {worst}: {share} are served in time. The queue is longest at {when}, {n}.",
        whose=say("With your") if plan == OWN else say("With the rule's"),
        hours=number(shown.plan.server_hours, 0),
        wait=minutes(60 * waits.overall.mean),
        error=minutes(60 * waits.overall.half_width),
        worst=shown.worst.label,
        share=_share(shown.worst.value),
        when=_at(minute),
        n=Quantity(longest.mean, "person", 1, "people"),
    )


def _warning(plan: DayPlan, queue: list[tuple[int, Estimate]]) -> str:
    left = queue[-1][1].mean
    if left < 1:
        return ""
    return say(
        "When the door closes at {closes}, {n} still wait, and the last shift works on. Give the "
        "last hours more people, or keep the queue of the rush shorter.",
        closes=_at(queue[-1][0]),
        n=Quantity(left, "customer", 1, "customers"),
    )


def _figures(shown: DayScore, waits: DayScore, queue: list[tuple[int, Estimate]]) -> list[Figure]:
    minute, longest = _longest(queue)
    kept = sum(p.kept is True for p in shown.periods)
    assert waits.overall is not None
    assert shown.worst.value is not None
    error = say("Plus or minus {e}", e=minutes(60 * waits.overall.half_width))
    return [
        Figure("hours", "Staff hours paid", number(shown.plan.server_hours, 0)),
        Figure(
            "wait",
            "Mean wait",
            minutes(60 * waits.overall.mean),
            help=say("{error}: 95% confidence, from the simulated days.", error=error),
        ),
        Figure(
            "kept",
            "Hours that keep the promise",
            say("{n} of {all}", n=kept, all=HOURS),
            "good" if kept == HOURS else "bad",
            "At least 80% of those who come in the hour are served in time.",
        ),
        Figure(
            "worst",
            "In time in the worst hour",
            percent(shown.worst.value.mean, 0),
            "" if shown.worst.kept else "bad",
            "The worst of eight uncertain figures looks a little worse than it is.",
        ),
        Figure("worst_hour", "The worst hour", shown.worst.label),
        Figure(
            "queue",
            say("Waiting at {when}", when=_at(minute)),
            Quantity(longest.mean, "person", 1, "people"),
            help="The longest mean queue of the day.",
        ),
    ]


def _steps(values: list[float], line: str) -> list[dict[str, Any]]:
    """A value for each hour as a line of steps."""
    rows = []
    for place, value in enumerate(values):
        rows += [
            {"minute": 60 * (place + end), "people": round(value, 6), "line": line}
            for end in (0, 1)
        ]
    return rows


def _staff_chart(plan: DayPlan, own: bool, top: int, alt: str) -> Chart:
    day = plan.day
    rows = _steps([float(n) for n in plan.servers], say("staff"))
    rows += _steps([rate / day.service_rate for rate in day.per_hour], say("work that comes"))
    rows += [
        {
            "minute": m,
            "people": round(day.load.at(m / 60), 6),
            "line": say("in service if no wait"),
        }
        for m in range(0, 60 * HOURS + 1, STEP)
    ]
    handles = [
        Handle(
            parameter="staff", row=k, column="people", axis="y", x=60 * k + 30, y=n,
            label=say("Your staff from {hour}", hour=plan.label(k)),
        )
        for k, n in enumerate(plan.servers)
    ]  # fmt: skip
    return lines(
        rows,
        x=("minute", "Time"),
        y=("people", "People"),
        series="line",
        x_axis=clock_axis(OPENS, 60 * HOURS, 60),
        x_domain=(0, 60 * HOURS),
        y_domain=(0, top),
        handles=handles if own else (),
        title="Your staff, and the work that comes"
        if own
        else say("Staff by {rule}, and the work that comes", rule=plan.method),
        alt=say("A line of steps for the staff and one for the work. {seen}", seen=alt),
        height=340,
    )


def _queue_chart(queue: list[tuple[int, Estimate]]) -> Chart:
    minute, longest = _longest(queue)
    top = max(4.0, 4 * math.ceil(max(e.high for _, e in queue) / 4))
    return lines(
        [{"minute": m, "people": round(e.mean, 6)} for m, e in queue],
        x=("minute", "Time"),
        y=("people", "Customers waiting"),
        x_axis=clock_axis(OPENS, 60 * HOURS, 60),
        x_domain=(0, 60 * HOURS),
        y_domain=(0, top),
        clip=True,
        band=[
            {"x": m, "low": max(0.0, round(e.low, 6)), "high": round(e.high, 6)} for m, e in queue
        ],
        title="The queue that results: mean of the days, with its 95% band",
        alt=say(
            "The mean queue over the day; it is longest at {when}, with {n}.",
            when=_at(minute),
            n=Quantity(longest.mean, "person", 1, "people"),
        ),
        height=220,
    )


__all__ = ["branch", "day_staffing", "mean_queue", "same_plan"]
