"""The sentences of a sensitivity report."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from svclab.words import count, join, number, say

if TYPE_CHECKING:
    from svclab.decisions.sensitivity.reporting import ConstraintLine, Report, VariableLine

__all__ = [
    "cost_sentence",
    "degenerate_sentence",
    "fixed_sentence",
    "price_sentence",
    "tie_sentence",
]

MOST_NAMES = 12  # of limits in one sentence


def price_sentence(line: ConstraintLine) -> str:
    """What a unit more of a constraint that binds is worth."""
    if line.two_prices:
        return _two_prices(line)
    holds = ""
    if math.isfinite(line.low) or math.isfinite(line.high):
        holds = say("; this holds {range}", range=_range(line.low, line.high))
    if not line.price:
        return say(
            "One unit more of {name} changes nothing, although the limit is reached{holds}.",
            name=line.name,
            holds=holds,
        )
    template = (
        "One unit more of {name} changes the objective by {price}{holds}."
        if line.right + 1 <= line.high + 1e-9
        else "More of {name} changes the objective by {price} per unit{holds}, which is less than "
        "one unit more."
    )
    return say(template, name=line.name, price=number(line.price, 4), holds=holds)


def fixed_sentence(names: list[str]) -> str:
    """Constraints that cannot move alone."""
    if len(names) == 1:
        return say("{name} cannot move alone: more or less of it leaves no plan.", name=names[0])
    return say(
        "None of {names} can move alone: more or less of one of them leaves no plan.",
        names=join(names),
    )


def _two_prices(line: ConstraintLine) -> str:
    def side(value: float | None, end: float, way: str) -> str:
        if value is None:
            return "leaves no plan at all"
        if not value:
            return "changes nothing"
        change = number(value, 4)
        if math.isinf(end):
            return say("changes the objective by {x} per unit", x=change)
        return say(
            "changes the objective by {x} per unit, {way} to {end}",
            x=change,
            way=way,
            end=number(end, 4),
        )

    return say(
        "{name} has two prices: more of it {more}; less of it {less}.",
        name=line.name,
        more=side(line.more, line.high, "up"),
        less=side(None if line.less is None else 0.0 - line.less, line.low, "down"),
    )


def degenerate_sentence(report: Report) -> str:
    """Which limits meet in the corner."""
    met = report.degenerate
    names = join(list(met)) if len(met) <= MOST_NAMES else count(len(met), "limit")
    return say(
        "More limits meet at this corner than it needs ({names}): it is degenerate, so reduced "
        "costs and the ranges of the objective's numbers are not the only possible ones.",
        names=names,
    )


def cost_sentence(report: Report, line: VariableLine) -> str:
    """What a variable at a bound would bring or cost."""
    forced = (line.reduced_cost < 0) == report.maximise
    template = (
        "Each unit of {name} beyond {value} that one insists on changes the objective by {cost}."
        if forced
        else "If {name} could be one unit more than {value}, the objective would change by {cost}."
    )
    return say(
        template,
        name=line.name,
        value=number(line.value, 4),
        cost=number(line.reduced_cost, 4),
    )


def tie_sentence(report: Report) -> str:
    """Another plan as good."""
    assert report.second is not None
    plan = [
        say("{name} {value}", name=name, value=number(value, 4))
        for name, value in report.second.items()
        if value or report.plan[name]
    ]
    more = " and one can go on beyond it without end" if report.endless else ""
    return say(
        "Another plan is as good: {plan}; so is every mixture of the two{more}.",
        plan=join(plan),
        more=more,
    )


def _range(low: float, high: float) -> str:
    if math.isinf(low):
        return say("up to {high}", high=number(high, 4))
    if math.isinf(high):
        return say("from {low} upwards", low=number(low, 4))
    return say("from {low} to {high}", low=number(low, 4), high=number(high, 4))
