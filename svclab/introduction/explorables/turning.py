"""The downward and the upward spiral: a map of one round to the next, and where it tips."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from svclab.explore import (
    Chart,
    Figure,
    Handle,
    Number,
    NumberGuess,
    TableView,
    View,
    explorable,
    lines,
)
from svclab.explore.diagrams import CausalLoop, Link, Variable
from svclab.introduction.loops import Rests, Spiral, SpiralRun, spiral_push, spiral_rests
from svclab.introduction.loops import spiral as turn
from svclab.words import Quantity, count, number, percent, say

__all__ = ["spiral"]

ROUNDS = 20
FAR = 0.5  # the map shows half of normal up and down
GRID = [k / 100 for k in range(-50, 51, 2)]
ASKED = Spiral(reputation=1.0, leverage=2.0, care=1.0)
KINDS = {
    "attracts": "service comes to it",
    "tips": "tipping point: service leaves it",
    "holds from below": "service comes to it from below and leaves it above",
    "holds from above": "service comes to it from above and leaves it below",
}


@explorable(
    title="When does bad service feed on itself?",
    parameters=[
        Number(
            name="start", label="Service after a shock", unit="% of normal", low=50, high=150,
            step=1, default=90,
        ),
        Number(
            name="reputation", label="Customers for service", unit="% for 1%", low=0, high=3,
            step=0.1, default=1, group="Gains of the four links",
        ),
        Number(
            name="leverage", label="Profit for customers", unit="% for 1%", low=0, high=4,
            step=0.1, default=2, group="Gains of the four links",
            help="Above 1 where costs are fixed.",
        ),
        Number(
            name="sharing", label="Staff's mood for profit", unit="% for 1%", low=0, high=2,
            step=0.05, default=0.8, group="Gains of the four links",
            help="How much of a good or bad year reaches the staff.",
        ),
        Number(
            name="care", label="Service for staff's mood", unit="% for 1%", low=0, high=3,
            step=0.1, default=1, group="Gains of the four links",
        ),
        Number(
            name="push", label="Standing push", unit="% of normal", low=-10, high=10, step=0.5,
            default=0, group="From outside",
            help="Training adds to service in every round; a rival takes away.",
        ),
        Number(
            name="saturation", label="Saturation", low=0.1, high=2, step=0.1, default=0.5,
            group="From outside", help="How soon each link gives less.",
        ),
    ],
    guess=NumberGuess(
        question="A fall of 1% in service costs 1% of the customers, and that costs 2% of profit. "
        "Staff whose mood falls by 1% serve 1% worse. How strongly may staff's mood follow "
        "profit, in % for 1%, before even a small fall grows round by round?",
        low=0, high=2, step=0.05, unit="% for 1%",
    ),
)  # fmt: skip
def spiral(
    start: float,
    reputation: float,
    leverage: float,
    sharing: float,
    care: float,
    push: float,
    saturation: float,
    guess: float | None,
) -> View:
    """Service, customers, profit, staff, and service again (source: the course's vicious circle). A
    relative of it is the cycle of failure of Schlesinger and Heskett (1991), which runs through
    simple, low-paid jobs, little training and turnover. Equations and numbers are invented."""
    model = Spiral(
        reputation=reputation, leverage=leverage, sharing=sharing, care=care,
        saturation=saturation, push=push / 100,
    )  # fmt: skip
    run, rests = turn(model, start=(start - 100) / 100, rounds=ROUNDS), spiral_rests(model)
    seen = _sentence(run, rests)
    if guess is not None:
        tip = 1 / (ASKED.reputation * ASKED.leverage * ASKED.care)
        seen = say(
            "{seen} Your guess was {guess}. The four gains multiply, and the spiral tips where "
            "their product is 1: with gains of 1, 2 and 1, that is at {tip}.",
            seen=seen,
            guess=number(guess, 2),
            tip=number(tip, 2),
        )
    return View(
        say=seen,
        figures=_figures(run, rests),
        parts=[_map(run, rests, seen), _course(run, seen), _loop(model), _table(rests)],
    )


def _end(run: SpiralRun, rests: Rests) -> float:
    """Where service comes to in the long run, against normal."""
    first = run.rounds[0].service
    for one in rests.points:
        if abs(one.service - first) < 1e-9 or one.low < first < one.high:
            return one.service
    return run.rounds[-1].service


def _sentence(run: SpiralRun, rests: Rests) -> str:
    model, first, end = run.spiral, run.rounds[0].service, _end(run, rests)
    way = "stays at" if abs(end - first) < 1e-9 else "falls to" if end < first else "rises to"
    gain = say(
        "The loop gain is {gain}, {side} 1.",
        gain=number(model.gain, 2),
        side="above" if model.gain > 1 else "below" if model.gain < 1 else "just",
    )
    if rests.tipping:
        tail = _sides(rests)
    elif abs(end) < 1e-9:
        tail = "Wherever it starts, it heals."
    else:
        tail = say("Wherever it starts, it comes to {end} of normal.", end=percent(1 + end))
    return say(
        "{gain} From {start} of normal, service {way} {end}. {tail}",
        gain=gain,
        start=percent(1 + first),
        way=way,
        end=percent(1 + end),
        tail=tail,
    )


def _sides(rests: Rests) -> str:
    """Where service goes from a little below and a little above the tipping point.

    Only from near it: a start far below the lower state comes back up to that state.
    """
    levels = [one.service for one in rests.points]
    place = next(k for k, one in enumerate(rests.points) if one.kind != "attracts")
    kind, tip = rests.points[place].kind, percent(1 + levels[place])
    back = say("back to {tip}", tip=tip)
    low = back if kind == "holds from below" else say("down to {x}", x=_level(levels, place - 1))
    high = back if kind == "holds from above" else say("up to {x}", x=_level(levels, place + 1))
    return say(
        "A little below {tip} of normal service moves {low}, a little above it {high}.",
        tip=tip,
        low=low,
        high=high,
    )


def _level(levels: Sequence[float], place: int) -> Quantity:
    return percent(1 + levels[place])


def _figures(run: SpiralRun, rests: Rests) -> list[Figure]:
    model, end = run.spiral, _end(run, rests)
    escape = spiral_push(model)
    found = [
        Figure("gain", "Loop gain", number(model.gain, 2), "bad" if model.gain > 1 else "good",
               help="Product of the four gains; 1 is the tipping gain."),
        Figure("end", "Service in the long run", percent(1 + end),
               "bad" if end < -1e-9 else "good", help="Against normal."),
        Figure("profit", say("Profit after {n}", n=count(ROUNDS, "round")),
               percent(1 + run.rounds[-1].profit), help="Against normal."),
    ]  # fmt: skip
    if rests.tipping:
        found.append(Figure("tip", "Tipping point", percent(1 + rests.tipping[0])))
    if model.gain > 1:
        found.append(
            Figure("push", "Push that ends the trap", percent(escape, 2),
                   help="A standing push from which there is no lower state any more.")
        )  # fmt: skip
    return found


def _map(run: SpiralRun, rests: Rests, seen: str) -> Chart:
    model = run.spiral
    rows = [
        {"now": 100 * (1 + x), "next": 100 * (1 + value), "line": name}
        for name, follow in (("next round", model.after), ("no change", lambda x: x))
        for x, value in ((x, follow(x)) for x in GRID)
    ]
    first = run.rounds[0].service
    path = [(100 * (1 + x), 100 * (1 + model.after(x))) for x in GRID]
    marks = [
        {
            "x": 100 * (1 + one.service),
            "y": 100 * (1 + one.service),
            "label": "tips" if one.kind == "tips" else "rests",
            "color": "var(--svc-vermilion)" if one.kind == "tips" else "var(--svc-green)",
            "shape": "triangle-up" if one.kind == "tips" else "circle",
            "side": "left",
        }
        for one in rests.points
        if abs(one.service) <= FAR
    ]
    return lines(
        rows,
        x=("now", "Service in this round, % of normal"),
        y=("next", "Service in the next, % of normal"),
        series="line",
        marks=marks,
        faint=_steps(run),
        x_axis={"tickMinStep": 10},
        x_domain=(100 - 100 * FAR, 100 + 100 * FAR),
        y_domain=(100 - 100 * FAR, 100 + 100 * FAR),
        zero=False,
        y_zero=False,
        clip=True,
        handles=[
            Handle(parameter="start", x=100 * (1 + first), y=_inside(model.after(first)),
                   path=[(x, min(max(y, 50.0), 150.0)) for x, y in path])
        ],
        title="From one round to the next. Drag the starting point",
        alt=say(
            "The curve of the next round lies above the line of no change where service rises, "
            "below it where service falls. {seen}",
            seen=seen,
        ),
        height=300,
    )  # fmt: skip


def _inside(value: float) -> float:
    """The height of a point that stays in the picture, in % of normal."""
    return 100 * (1 + min(max(value, -FAR), FAR))


def _steps(run: SpiralRun) -> list[dict[str, Any]]:
    """The way through the map: up or down to the curve, across to the line of no change."""
    rows: list[dict[str, Any]] = []
    levels = [100 * (1 + one.service) for one in run.rounds]
    for n, (now, after) in enumerate(pairwise(levels)):
        if math.fabs(after - now) < 0.05:
            break
        before = now if n else 100 - 100 * FAR
        for part, ends in enumerate(
            (((now, before), (now, after)), ((now, after), (after, after)))
        ):
            rows += [{"x": x, "y": y, "line": 2 * n + part} for x, y in ends]
    return rows


def _course(run: SpiralRun, seen: str) -> Chart:
    rows = [
        {"round": one.number, "level": 100 * (1 + getattr(one, name)), "line": name}
        for name in ("service", "customers", "profit", "staff")
        for one in run.rounds
    ]
    return lines(
        rows,
        x=("round", "Round"),
        y=("level", "% of normal"),
        series="line",
        x_axis={"tickMinStep": 1},
        marks=[{"y": 100, "label": "normal", "color": "var(--svc-grey)", "at": "end"}],
        y_zero=False,
        title="Service, customers, profit and staff's mood",
        alt=say("Four levels over {n} rounds. {seen}", n=ROUNDS, seen=seen),
        height=240,
    )


def _loop(model: Spiral) -> CausalLoop:
    names = ["service 服务", "customers 顾客", "profit 利润", "staff's mood 员工情绪"]
    gains = [model.reputation, model.leverage, model.sharing, model.care]
    return CausalLoop(
        title="Who acts on whom",
        alt="Service raises customers, customers profit, profit staff's mood, and staff's mood "
        "service: one reinforcing loop, which turns both ways.",
        variables=[Variable(name=name) for name in names],
        links=[
            Link(start=name, end=names[(k + 1) % 4], sign="+",
                 note=say("{g}% for 1%", g=number(gains[k], 2)))
            for k, name in enumerate(names)
        ],
        names={tuple(names): "spiral"},
    )  # fmt: skip


def _table(rests: Rests) -> TableView:
    def ends(low: float, high: float) -> str:
        if math.isinf(low) and math.isinf(high):
            return "from anywhere"
        if low == high:
            return "from itself alone"
        if math.isinf(low):
            return say("from below {h}", h=percent(1 + high))
        if math.isinf(high):
            return say("from above {l}", l=percent(1 + low))
        return say("from {l} to {h}", l=percent(1 + low), h=percent(1 + high))

    return TableView(
        title="Levels at which service can stay",
        columns=[("Service", "% of normal", "right"), ("What it is", "", "left"),
                 ("Reached", "", "left")],
        rows=[[percent(1 + one.service), KINDS[one.kind], ends(one.low, one.high)]
              for one in rests.points],
    )  # fmt: skip
