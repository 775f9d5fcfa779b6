"""What a manager says about a sensitivity report, and what the model says to each of it."""

from __future__ import annotations

from typing import Any

from svclab.decisions.exercises.readings import (
    best,
    limits,
    profit_range,
    reach,
    total,
    whole_best,
)
from svclab.words import Quantity, hours, money, say

__all__ = ["PLACES", "reasons", "said", "yuan"]

#: Whose plan: situation, the two services, the three kinds of hours. All invented.
PLACES = {
    "school": (
        "A language school (语言学校, invented) sells courses and private lessons",
        ("courses", "lessons"),
        ("teachers", "assistants", "rooms"),
    ),
    "garage": (
        "A garage (汽车维修, invented) sells inspections and repairs",
        ("inspections", "repairs"),
        ("testers", "mechanics", "bays"),
    ),
    "clinic": (
        "A dental clinic (牙科诊所, invented) sells check-ups and treatments",
        ("check-ups", "treatments"),
        ("assistants", "dentists", "chairs"),
    ),
    "studio": (
        "A photo studio (照相馆, invented) sells portraits and albums",
        ("portraits", "albums"),
        ("photographers", "editors", "studio"),
    ),
}


def said(p: Any) -> dict[str, str]:
    """What the manager says."""
    _, services, kinds = PLACES[p.place]
    c = p.changes
    return {
        "more": say(
            "With {n} more of the {kind} the profit rises by {rise}.",
            n=hours(c["more"]),
            kind=kinds[0],
            rise=yuan(p.prices[0] * c["more"]),
        ),
        "less": say(
            "With {n} less of the {kind} the profit falls by {fall}.",
            n=hours(c["less"]),
            kind=kinds[1],
            fall=yuan(p.prices[1] * c["less"]),
        ),
        "both": say(
            "With {n} more of the {one} and {m} more of the {two} at once the profit rises by "
            "{rise}.",
            n=hours(c["both"][0]),
            m=hours(c["both"][1]),
            one=kinds[0],
            two=kinds[1],
            rise=yuan(total(p.prices, c["both"])),
        ),
        "spare": say(
            "We can lend out {n} of the {kind}, and the profit stays the same.",
            n=hours(c["spare"]),
            kind=kinds[2],
        ),
        "profit": say(
            "If one of the {name} brings {more} more, the profit rises by {rise}.",
            name=services[0],
            more=yuan(c["profit"]),
            rise=yuan(c["profit"] * p.plan[0]),
        ),
        "whole": say(
            "Also if only whole {a} and {b} can be sold, {n} more of the {kind} brings {rise}.",
            a=services[0],
            b=services[1],
            n=hours(c["whole"]),
            kind=kinds[0],
            rise=yuan(p.prices[0] * c["whole"]),
        ),
    }


def reasons(p: Any) -> dict[str, str]:
    """What the model says to each statement."""
    c, today = p.changes, total(p.gains, p.plan)
    (down, up), spare = (reach(p, 1)[0], reach(p, 0)[1]), p.there[2] - total(p.uses[2], p.plan)
    both = best(tuple(p.gains), limits(p, (*c["both"], 0)))[0] - today
    dearer = best((p.gains[0] + c["profit"], p.gains[1]), limits(p))[0] - today
    return {
        "more": say("the price holds for up to {n} more", n=hours(float(up), 2)),
        "less": say("the price holds for up to {n} less", n=hours(float(down), 2)),
        "both": say("solved again: the rise is {rise}", rise=yuan(float(both))),
        "spare": say("{n} are spare", n=hours(spare)),
        "profit": say(
            "the plan stays up to {top}; solved again: the rise is {rise}",
            top=yuan(float(profit_range(p, 0)[1])),
            rise=yuan(float(dearer)),
        ),
        "whole": say(
            "solved in whole numbers: the rise is {rise}",
            rise=yuan(whole_best(p, c["whole"]) - today),
        ),
    }


def yuan(value: float) -> Quantity:
    """Money as a cell or a sentence shows it."""
    return money(value, "yuan")
