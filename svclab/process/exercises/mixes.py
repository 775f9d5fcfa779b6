"""Several kinds of customers who share the same people."""

from __future__ import annotations

from typing import Any

from svclab.practice import (
    ChoiceField,
    Draw,
    Exercise,
    Field,
    NumberField,
    misconception,
)
from svclab.practice.wording import Answers, page, table
from svclab.process.mix import CustomerKind, MixAnalysis, analyse_mix
from svclab.process.model import MINUTE, Process
from svclab.words import count, minutes, number, per_hour, percent, say

__all__ = ["CustomerMix"]

STAFF = ("reception", "mechanics", "test ride")
KINDS = ("small repair", "full service")


class CustomerMix(Exercise):
    """Implied utilisation and capacity when two kinds of customers share the people."""

    title = "Two kinds of bicycles"
    objective = 4
    level = "medium"
    minutes = 7

    def deal(self, draw: Draw) -> Answers:
        return {
            "small": [draw.integer(3, 8), draw.integer(8, 20, 2), draw.integer(2, 6)],
            "full": [draw.integer(4, 10), draw.integer(24, 60, 2), draw.integer(5, 15)],
            "mechanics": draw.integer(2, 4),
            "share": draw.choice([10, 20, 25, 30, 40, 60, 70, 75, 80]),
            "demand": draw.integer(4, 12),
        }

    def sound(self, p: Any) -> bool:
        # One clear bottleneck; a demand that is clearly possible or clearly not.
        loads = sorted(row.implied_utilisation or 0.0 for row in self._mix(p).resources)
        top = loads[-1]
        return top > 1.04 * loads[-2] and (0.6 < top < 0.95 or 1.05 < top < 1.5)

    def _kinds(self, p: Any) -> list[CustomerKind]:
        times = [[t * MINUTE for t in p.small], [t * MINUTE for t in p.full]]
        shares = (1 - p.share / 100, p.share / 100)
        return [
            CustomerKind(name, dict(zip(STAFF, row, strict=True)), share=share)
            for name, row, share in zip(KINDS, times, shares, strict=True)
        ]

    def _mix(self, p: Any) -> MixAnalysis:
        shop = Process.line("Shop", dict.fromkeys(STAFF, 1.0), workers={"mechanics": p.mechanics})
        return analyse_mix(shop, self._kinds(p), demand_per_hour=p.demand)

    def question(self, p: Any) -> str:
        people = (1, p.mechanics, 1)
        rows = [
            (name, n, minutes(small), minutes(full))
            for name, n, small, full in zip(STAFF, people, p.small, p.full, strict=True)
        ]
        return page(
            say(
                "A bicycle workshop (invented) gets {demand}. Of these, {share} need a {full}; "
                "the others need a {small}. The table says how long each person needs for one "
                "bicycle. Each bicycle goes to one mechanic.",
                demand=say("{n} an hour", n=count(p.demand, "bicycle")),
                share=percent(p.share / 100),
                full=KINDS[1],
                small=KINDS[0],
            ),
            table([say("who"), say("people"), *KINDS], rows),
            say(
                "1. Who is the bottleneck (瓶颈) with this mix of customers (客户组合)?\n"
                "2. What is the implied utilisation (隐含利用率) of the bottleneck?\n"
                "3. How many bicycles of this mix can the workshop finish per hour at most?"
            ),
        )

    def fields(self, p: Any) -> list[Field]:
        return [
            ChoiceField("bottleneck", say("Bottleneck"), {name: name for name in STAFF}),
            NumberField("implied", say("Its implied utilisation"), unit="%"),
            NumberField("capacity", say("Capacity with this mix"), unit="per hour"),
        ]

    def solve(self, p: Any) -> Answers:
        mix = self._mix(p)
        row = next(row for row in mix.resources if row.is_bottleneck)
        implied = row.implied_utilisation or 0.0
        return {
            "bottleneck": row.name,
            "implied": 100 * implied,
            "capacity": mix.capacity_per_hour,
        }

    def second(self, p: Any) -> Answers:
        return self._with_share(p, p.share)

    def _with_share(self, p: Any, share: float, people: tuple[int, ...] = ()) -> Answers:
        """The answers for a share of full services in percent, from a hundred bicycles."""
        staff = people or (1, p.mechanics, 1)
        each = [
            ((100 - share) * small + share * full) / 100 / n
            for small, full, n in zip(p.small, p.full, staff, strict=True)
        ]
        slow = max(each)
        return {
            "bottleneck": STAFF[each.index(slow)],
            "implied": p.demand * slow / 60 * 100,
            "capacity": 60 / slow,
        }

    @misconception(
        "You took the plain mean of the two kinds, as if half of the bicycles were of each kind. "
        "Weigh each time with the share of its kind."
    )
    def half_and_half(self, p: Any) -> Answers:
        found = self._with_share(p, 50)
        return {"implied": found["implied"], "capacity": found["capacity"]}

    @misconception("You have mixed up the two shares: read again which kind has which share.")
    def shares_swapped(self, p: Any) -> Answers:
        found = self._with_share(p, 100 - p.share)
        return {"implied": found["implied"], "capacity": found["capacity"]}

    @misconception(
        "You computed the capacity for each kind alone and took the mean. In a mix the times add "
        "up, not the capacities: first the work of an average bicycle, then the capacity."
    )
    def mean_of_capacities(self, p: Any) -> Answers:
        small, full = (self._with_share(p, share)["capacity"] for share in (0, 100))
        return {"capacity": ((100 - p.share) * small + p.share * full) / 100}

    @misconception(
        "You forgot that several mechanics work side by side. Divide their work by their number."
    )
    def people_forgotten(self, p: Any) -> Answers:
        return self._with_share(p, p.share, (1, 1, 1))

    @misconception(
        "You calculated as if every bicycle were of the kind that takes longer. Both kinds come, "
        "and the mix sets the capacity."
    )
    def worst_kind(self, p: Any) -> Answers:
        return {"capacity": self._with_share(p, 100)["capacity"]}

    @misconception(
        "You stopped at full utilisation. Implied utilisation compares the work that comes "
        "with the time that there is. It may be above 100%: then not all can be served."
    )
    def stopped_at_full(self, p: Any) -> Answers | None:
        found = self._with_share(p, p.share)["implied"]
        return {"implied": 100.0} if found > 100 else None

    def hints(self, p: Any) -> list[str]:
        return [
            say(
                "For each of the three rows: how many minutes of work does an *average* bicycle "
                "bring?"
            ),
            say(
                "Of a hundred bicycles {full} need the full service. Add up the minutes of all "
                "hundred, and divide by a hundred.",
                full=p.share,
            ),
            say(
                "Implied utilisation = bicycles per hour × minutes of an average bicycle ÷ "
                "(people × 60 minutes). The highest shows the bottleneck."
            ),
        ]

    def solution(self, p: Any) -> str:
        mix = self._mix(p)
        rows = [
            (
                row.name,
                minutes(row.work_seconds / MINUTE, 2),
                row.units,
                per_hour(row.capacity_per_hour, 2),
                percent(row.implied_utilisation or 0.0),
            )
            for row in mix.resources
        ]
        head = [say("who"), say("average bicycle"), say("people"), say("capacity")]
        return page(
            say(
                "{small} of the bicycles need a {one}, {full} a {other}. So the minutes of an "
                "average bicycle are {small} of the first time plus {full} of the second: for "
                "{who} {a} × {one_time} + {b} × {other_time} = {mean}.",
                small=percent(1 - p.share / 100),
                full=percent(p.share / 100),
                one=KINDS[0],
                other=KINDS[1],
                who=STAFF[1],
                a=number(1 - p.share / 100, 2),
                b=number(p.share / 100, 2),
                one_time=minutes(p.small[1]),
                other_time=minutes(p.full[1]),
                mean=minutes(((100 - p.share) * p.small[1] + p.share * p.full[1]) / 100, 2),
            ),
            table([*head, say("implied utilisation")], rows),
            say(
                "Capacity = people × 60 min ÷ minutes of an average bicycle. Implied utilisation = "
                "bicycles that come ÷ capacity. It is highest at **{who}**, with **{implied}**. So "
                "the workshop can finish **{capacity}** with this mix. With another mix it would "
                "be another number.",
                who=mix.bottlenecks[0],
                implied=percent(max(row.implied_utilisation or 0.0 for row in mix.resources)),
                capacity=per_hour(mix.capacity_per_hour, 2),
            ),
        )
