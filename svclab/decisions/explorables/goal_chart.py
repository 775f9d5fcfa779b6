"""The pictures of three goals: a line for each with the plan, and how far each is missed."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from svclab.decisions.explorables.goal_plans import (
    MONEY,
    MOST_TEMPS,
    NAMES,
    PAY,
    SERVICE,
    SPEED,
    STAFF,
    TEMPS,
    TRAINED,
    Setting,
    missed,
)
from svclab.decisions.explorables.labels import Label, place
from svclab.decisions.explorables.sketches import along, dot, inked, sketch, stroke
from svclab.decisions.problems.goals import GoalPlan
from svclab.explore import Chart, Handle, bars
from svclab.words import join, number, percent, say

__all__ = ["goal_chart", "missed_chart"]

Spot = tuple[float, float]
COLORS = {
    SERVICE: "var(--svc-blue)",
    MONEY: "var(--svc-vermilion)",
    STAFF: "var(--svc-green)",
}
PLAN = "var(--svc-purple)"
WIDE, HIGH = 440.0, 540.0  # hours shown
ASIDE = 0.06  # of an axis: handles stand beside the axes, off their numbers


def goal_chart(setting: Setting, plan: GoalPlan, seen: str) -> Chart:
    """The plane of both kinds of hours, a line for each goal, and the plan."""
    x, y = plan.amounts[TRAINED], plan.amounts[TEMPS]
    edges = {
        SERVICE: _edge(SPEED, setting.customers),
        MONEY: _edge(PAY, setting.budget),
        STAFF: ((0.0, setting.temps), (WIDE, setting.temps)),
    }
    strokes = []
    for name, ends in edges.items():
        bad = bool(plan.missed[name])
        strokes += stroke(name, ends, color=COLORS[name], width=2 if bad else 3, dash=bad)
    limits = [(setting.trained, 0.0), (setting.trained, MOST_TEMPS), (0.0, MOST_TEMPS)]
    strokes += stroke("limit", limits, width=3)
    handles = [
        Handle(parameter="temps", x=ASIDE * WIDE, y=setting.temps, axis="y"),
        Handle(parameter="trained", x=setting.trained, y=ASIDE * HIGH),
    ]
    return sketch(
        x="Trained staff, hours a week",
        y="Temporary staff, hours a week",
        x_domain=(0, WIDE),
        y_domain=(0, HIGH),
        strokes=strokes,
        dots=[dot(x, y, shape="diamond", color=PLAN, size=170)],
        names=_names(setting, (x, y), edges, limits, handles),
        rows=[{"trained": round(x, 4), "temps": round(y, 4)}],
        columns=[("trained", "Trained staff, h"), ("temps", "Temporary staff, h")],
        title="The goals as lines; a dashed one is missed",
        alt=say("Three lines, the limit of trained hours and the plan. {seen}", seen=seen),
        handles=handles,
        height=360,
    )


def _edge(factors: dict[str, float], value: float) -> tuple[Spot, Spot]:
    """The line on which a goal is just met, as far as it is shown; it falls from left to right."""
    slow, fast = factors[TEMPS], factors[TRAINED]
    left, right = max(0.0, (value - slow * HIGH) / fast), min(WIDE, value / fast)
    return (left, (value - fast * left) / slow), (right, (value - fast * right) / slow)


def _names(
    setting: Setting, plan: Spot, edges: dict[str, tuple[Spot, Spot]], limits: list[Spot],
    handles: list[Handle],
) -> list[dict[str, float | str]]:  # fmt: skip
    """What each goal asks for, beside its line and in its colour; the limits and the plan."""
    asks = {
        SERVICE: say("≥ {n} customers", n=number(setting.customers, 0)),
        MONEY: say("≤ {n} yuan", n=number(setting.budget, 0)),
        STAFF: say("≤ {n} h", n=number(setting.temps, 0)),
    }
    wanted = [Label(say("plan"), (plan,), inked(PLAN))]
    wanted += [Label(asks[name], along(*edges[name]), inked(COLORS[name])) for name in NAMES]
    foot, top, side = limits
    corner = (*along(foot, top, (0.9, 0.7, 0.5)), *along(top, side, (0.1, 0.3)))
    wanted.append(Label(say("limits"), corner, "var(--svc-quiet)"))
    # A handle is larger than a point: it is four of them.
    taken = [plan]
    for h in handles:
        taken += [(h.x + dx, h.y + dy) for dx in (-14.0, 14.0) for dy in (-14.0, 14.0)]
    placed = place(
        wanted,
        window=(0, WIDE, 0, HIGH),
        lines=[*edges.values(), *pairwise(limits)],
        points=taken,
    )
    return [one.row() for one in placed]


def missed_chart(plan: GoalPlan) -> Chart:
    """How far each goal is missed."""
    shares = missed(plan)
    rows: list[dict[str, Any]] = [
        {
            "goal": NAMES[name],
            "missed": round(100 * shares[name], 6),
            "color": COLORS[name],
            "text": say("met") if not shares[name] else str(percent(shares[name])),
        }
        for name in NAMES
    ]
    return bars(
        rows,
        category=("goal", "Goal"),
        value=("missed", "Missed, % of the goal"),
        color="color",
        text="text",
        domain=(0, _end(max(row["missed"] for row in rows))),
        title="How far each goal is missed",
        alt=say(
            "Bars: {all}.",
            all=join([say("{n} {t}", n=row["goal"], t=row["text"]) for row in rows]),
        ),
    )


def _end(most: float) -> float:
    """The end of the axis: room for the words behind a bar, and no tick at the very edge."""
    ends = (28.0, 55.0, 108.0, 135.0, 280.0, 550.0, 1080.0, 2800.0)
    return next((end for end in ends if end >= 1.35 * most), 1.35 * most)
