"""Files on their way through an office: how much of the time is work."""

from __future__ import annotations

from math import fsum
from typing import Any

from svclab.practice import (
    Draw,
    Exercise,
    Field,
    NumberField,
    misconception,
)
from svclab.practice.apart import apart
from svclab.practice.wording import Answers, page, table
from svclab.process.model import HOUR, MINUTE
from svclab.process.table import ProcessTable, Step
from svclab.words import hours, minutes, percent, say

__all__ = ["CycleEfficiency"]

# Step: who does it, and whether the applicant would pay for it. Invented.
PASSPORT = {
    "receive the form": ("counter clerk", False),
    "check the papers": ("counter clerk", False),
    "approve": ("section head", False),
    "print the passport": ("printing clerk", True),
    "hand it out": ("counter clerk", True),
}


class CycleEfficiency(Exercise):
    """Process cycle efficiency and value-added ratio of a small process table."""

    title = "How much of the time is work?"
    objective = 6
    level = "easy"
    version = 2
    minutes = 5

    def deal(self, draw: Draw) -> Answers:
        waits = [draw.number(0.5, 2, 0.5), *(draw.number(0.5, 6, 0.5) for _ in range(4))]
        return {
            "waits": waits,  # h before each step
            "work": [draw.integer(3, 12) for _ in range(3)]
            + [draw.integer(8, 25), draw.integer(3, 9)],
        }

    def sound(self, p: Any) -> bool:
        # Waiting is most of the time, and each wrong way can be told from the right one.
        _, work, flow = self._sums(p)
        return flow > 8 * work and apart(self, p)

    def question(self, p: Any) -> str:
        rows = [
            (name, owner, hours(wait), minutes(work), say("yes") if value else say("no"))
            for (name, (owner, value)), wait, work in zip(
                PASSPORT.items(), p.waits, p.work, strict=True
            )
        ]
        head = [say("step"), say("who"), say("wait before"), say("work")]
        return page(
            say(
                "A passport office (invented) renews passports, in five steps one after the "
                "other. The last column says whether the applicant would pay for the step."
            ),
            table([*head, say("value?")], rows),
            say(
                "1. What is the process cycle efficiency (流程周期效率): value time ÷ flow "
                "time (流程时间)?\n"
                "2. What is the value-added ratio (增值比): value time ÷ working time?"
            ),
        )

    def fields(self, p: Any) -> list[Field]:
        return [
            NumberField(
                "efficiency", say("Process cycle efficiency"), unit="%",
                help=say("Give three significant digits, such as 4.56."),
            ),
            NumberField("ratio", say("Value-added ratio"), unit="%"),
        ]  # fmt: skip

    def _table(self, p: Any) -> ProcessTable:
        return ProcessTable(
            "Passport",
            tuple(
                Step(name, owner, work * MINUTE, wait * HOUR, "value" if value else "support")
                for (name, (owner, value)), wait, work in zip(
                    PASSPORT.items(), p.waits, p.work, strict=True
                )
            ),
        )

    def _sums(self, p: Any) -> tuple[int, int, float]:
        """Minutes of value, of work, and of the whole."""
        value = p.work[3] + p.work[4]
        return value, sum(p.work), fsum(60 * wait for wait in p.waits) + sum(p.work)

    def solve(self, p: Any) -> Answers:
        found = self._table(p)
        return {
            "efficiency": 100 * found.cycle_efficiency,
            "ratio": 100 * found.value_added_ratio,
        }

    def second(self, p: Any) -> Answers:
        value, work, flow = self._sums(p)
        return {"efficiency": 100 * value / flow, "ratio": 100 * value / work}

    @misconception(
        "You divided all the work by the flow time. Efficiency counts only the work that the "
        "applicant would pay for."
    )
    def all_work(self, p: Any) -> Answers:
        _, work, flow = self._sums(p)
        return {"efficiency": 100 * work / flow}

    @misconception(
        "You divided the value time by the waits alone. The flow time is everything from the "
        "beginning to the end: the waits and the work."
    )
    def value_by_waits(self, p: Any) -> Answers:
        value, work, flow = self._sums(p)
        return {"efficiency": 100 * value / (flow - work)}

    @misconception(
        "You added hours and minutes as if they were the same. Bring all times to one unit first."
    )
    def units_mixed(self, p: Any) -> Answers:
        value, work, _ = self._sums(p)
        return {"efficiency": 100 * value / (fsum(p.waits) + work)}

    @misconception(
        "You have the two figures the wrong way round. The waits belong to the flow time only."
    )
    def swapped(self, p: Any) -> Answers:
        value, work, flow = self._sums(p)
        return {"efficiency": 100 * value / work, "ratio": 100 * value / flow}

    @misconception(
        "You counted steps. A step of a few minutes and a long one do not weigh the same: take "
        "their times."
    )
    def steps_counted(self, p: Any) -> Answers:
        return {"ratio": 100 * 2 / 5}

    @misconception(
        "You divided the value time by the rest of the work. The ratio is a part of the whole: "
        "the value time belongs to the working time, too."
    )
    def part_to_rest(self, p: Any) -> Answers:
        value, work, _ = self._sums(p)
        return {"ratio": 100 * value / (work - value)}

    def hints(self, p: Any) -> list[str]:
        return [
            say("You need three sums: the value time, the working time and the flow time."),
            say("The flow time is everything from beginning to end: all the work, all the waits."),
            say("Turn the waits into minutes first: an hour has 60 of them."),
        ]

    def solution(self, p: Any) -> str:
        value, work, flow = self._sums(p)
        waits = fsum(p.waits)
        right = self.solve(p)
        return page(
            say(
                "Value time: {one} + {two} = {value}. Working time: {work}. Waits: {waits} = "
                "{waited}. Flow time: {flow}.",
                one=minutes(p.work[3]),
                two=minutes(p.work[4]),
                value=minutes(value),
                work=minutes(work),
                waits=hours(waits),
                waited=minutes(60 * waits),
                flow=minutes(flow),
            ),
            say(
                "**Process cycle efficiency** = {value} ÷ {flow} = **{efficiency}**.",
                value=minutes(value),
                flow=minutes(flow),
                efficiency=percent(right["efficiency"] / 100, 2),
            ),
            say(
                "**Value-added ratio** = {value} ÷ {work} = **{ratio}**.",
                value=minutes(value),
                work=minutes(work),
                ratio=percent(right["ratio"] / 100),
            ),
            say("Even where most of the work is useful, most of the flow time is waiting."),
        )
