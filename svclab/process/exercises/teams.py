"""People who do several activities: who does what."""

from __future__ import annotations

from itertools import product
from typing import Any

from svclab.practice import (
    ChoiceField,
    Draw,
    Exercise,
    Field,
    NumberField,
    TableField,
    misconception,
)
from svclab.practice.wording import Answers, page, table
from svclab.process.analysis import analyse
from svclab.process.assigning import Assignment, assignments
from svclab.process.model import MINUTE, Activity, Process, Resource
from svclab.words import count, join, minutes, per_hour, say

__all__ = ["ClinicTeam"]

# Activity: who does it today, and whether the other group may do it.
CLINIC = {
    "measurements": ("nurses", False),
    "history": ("nurses", True),
    "blood sample": ("nurses", False),
    "check-up": ("doctor", True),
    "report": ("doctor", True),
    "consultation": ("doctor", False),
}
FREE = [name for name, (_, free) in CLINIC.items() if free]
GROUPS = ("nurses", "doctor")


class ClinicTeam(Exercise):
    """Which activities nurses do and which the doctor, for the highest capacity."""

    title = "Who does what in the clinic?"
    objective = 3
    level = "demanding"
    minutes = 10

    def deal(self, draw: Draw) -> Answers:
        ranges = ((6, 14), (5, 18), (6, 14), (5, 24), (5, 18), (4, 12))
        return {
            "minutes": [draw.integer(low, high) for low, high in ranges],
            "nurses": draw.integer(2, 3),
        }

    def sound(self, p: Any) -> bool:
        # One design is clearly the best, it is not that of today, and each wrong way differs.
        cycles = sorted(self._cycle(p, who) for who in product(GROUPS, repeat=len(FREE)))
        best = self._best(p)
        wrong = (("nurses",) * 3, self._equal(p), tuple(CLINIC[name][0] for name in FREE))
        return cycles[1] > 1.02 * cycles[0] and best not in wrong and len(set(wrong)) == 3

    def _loads(self, p: Any, who: tuple[str, ...]) -> dict[str, int]:
        """Minutes of one patient for each group, if the free activities go to these."""
        chosen = {name: group for name, (group, _) in CLINIC.items()} | dict(
            zip(FREE, who, strict=True)
        )
        loads = dict.fromkeys(GROUPS, 0)
        for name, time in zip(CLINIC, p.minutes, strict=True):
            loads[chosen[name]] += time
        return loads

    def _cycle(self, p: Any, who: tuple[str, ...]) -> float:
        loads = self._loads(p, who)
        return max(loads["nurses"] / p.nurses, loads["doctor"])

    def _best(self, p: Any) -> tuple[str, ...]:
        return min(product(GROUPS, repeat=len(FREE)), key=lambda who: self._cycle(p, who))

    def _equal(self, p: Any) -> tuple[str, ...]:
        """The design with the most equal minutes of the two groups, heads not counted."""
        return min(
            product(GROUPS, repeat=len(FREE)), key=lambda who: max(self._loads(p, who).values())
        )

    def question(self, p: Any) -> str:
        rows = [
            (
                name,
                minutes(time),
                say("the {group}", group=group),
                say("nurses or doctor") if free else say("the {group} only", group=group),
            )
            for (name, (group, free)), time in zip(CLINIC.items(), p.minutes, strict=True)
        ]
        return page(
            say(
                "A student health centre (invented) has {nurses} and one doctor. Every patient "
                "needs six activities. The nurses form a group: each nurse can do everything that "
                "nurses do, and serves one patient at a time.",
                nurses=count(p.nurses, "nurse"),
            ),
            table([say("activity"), say("time"), say("today"), say("may be done by")], rows),
            say(
                "1. What is the capacity of the centre today?\n"
                "2. Three activities may be done by nurses or doctor. Who should do each of them, "
                "so that the capacity is highest? Give each activity to the nurses or to the "
                "doctor, for all patients.\n"
                "3. What is the capacity then?"
            ),
        )

    def fields(self, p: Any) -> list[Field]:
        groups = {group: say("the {group}", group=group) for group in GROUPS}
        return [
            NumberField("today", say("Capacity today"), unit="per hour"),
            TableField(
                "who",
                say("Best way to share the work"),
                {name: name for name in FREE},
                [ChoiceField("group", say("done by"), groups)],
            ),
            NumberField("capacity", say("Capacity with the best way"), unit="per hour"),
        ]

    def _designs(self, p: Any) -> list[Assignment]:
        today = _clinic(p)
        return assignments(today, allowed=dict.fromkeys(FREE, GROUPS))

    def solve(self, p: Any) -> Answers:
        best = self._designs(p)[0]
        who = tuple(best.resource_of[name] for name in FREE)
        today = analyse(_clinic(p)).capacity_per_hour
        return {"today": today, "who": _cells(who), "capacity": best.capacity_per_hour}

    def second(self, p: Any) -> Answers:
        best = self._best(p)
        today = tuple(CLINIC[name][0] for name in FREE)
        return {
            "today": 60 / self._cycle(p, today),
            "who": _cells(best),
            "capacity": 60 / self._cycle(p, best),
        }

    @misconception(
        "You gave the nurses everything that they may do. Now the doctor is idle part of the "
        "time, and the nurses are the bottleneck. It is not wrong to give the doctor some of it."
    )
    def everything_to_nurses(self, p: Any) -> Answers:
        who = ("nurses",) * len(FREE)
        return {"who": _cells(who), "capacity": 60 / self._cycle(p, who)}

    @misconception(
        "You made the minutes of the two groups as equal as possible. But there are several "
        "nurses and one doctor: compare the minutes per person."
    )
    def heads_forgotten(self, p: Any) -> Answers:
        who = self._equal(p)
        return {"who": _cells(who), "capacity": 60 / self._cycle(p, who)}

    @misconception(
        "This is how the work is shared today. One group still has time left when the other is "
        "fully busy, so another way is better."
    )
    def as_today(self, p: Any) -> Answers:
        return {"who": _cells(tuple(CLINIC[name][0] for name in FREE))}

    @misconception(
        "You took the longest single activity as the limit. A person who does several "
        "activities for a patient needs the sum of their times."
    )
    def longest_activity(self, p: Any) -> Answers:
        people = {"nurses": p.nurses, "doctor": 1}
        cycles = [
            time / people[group]
            for (group, _), time in zip(CLINIC.values(), p.minutes, strict=True)
        ]
        return {"today": 60 / max(cycles)}

    @misconception(
        "You divided the working time of all people by all the work. That would be right if "
        "everybody could do everything. Here each activity belongs to one group."
    )
    def all_together(self, p: Any) -> Answers:
        work = sum(p.minutes)
        return {"capacity": 60 * (p.nurses + 1) / work}

    @misconception(
        "You added the capacities of the two groups. Every patient needs both, so the smaller "
        "one counts."
    )
    def groups_added(self, p: Any) -> Answers:
        loads = self._loads(p, tuple(CLINIC[name][0] for name in FREE))
        return {"today": 60 * p.nurses / loads["nurses"] + 60 / loads["doctor"]}

    def hints(self, p: Any) -> list[str]:
        return [
            say(
                "For today, add up how many minutes of work one patient brings to the nurses, and "
                "how many to the doctor (负荷)."
            ),
            say(
                "Divide the minutes of the nurses by {nurses}, the number of nurses. That is the "
                "time between two patients for the nurses. For the doctor it is the minutes "
                "themselves. The longer of the two times decides.",
                nurses=p.nurses,
            ),
            say(
                "Each of three activities can go to either group: that makes eight ways to share "
                "the work. Write down both times for each way. The best way is that in which the "
                "longer time is shortest."
            ),
        ]

    def solution(self, p: Any) -> str:
        rows = []
        for found in self._designs(p):
            done = [name for name in FREE if found.resource_of[name] == "doctor"]
            loads = {name: float(load) / MINUTE for name, load in found.exact_loads.items()}
            rows.append(
                (
                    join(done) if done else say("nothing"),
                    minutes(loads["nurses"] / p.nurses, 2),
                    minutes(loads["doctor"]),
                    per_hour(found.capacity_per_hour, 2),
                )
            )
        head = [
            say("of the three, the doctor does"),
            say("nurses: a patient every"),
            say("doctor: a patient every"),
            say("capacity"),
        ]
        now = self._loads(p, tuple(CLINIC[name][0] for name in FREE))
        times = (now["nurses"] / p.nurses, now["doctor"])
        best = self._designs(p)[0]
        return page(
            say(
                "**Today** one patient brings {nurses} to the nurses and {doctor} to the doctor. "
                "With {n} the nurses can take a patient every {each}. The longer of the two times "
                "decides: 60 min ÷ {longer} = **{today}**.",
                nurses=minutes(now["nurses"]),
                doctor=minutes(now["doctor"]),
                n=count(p.nurses, "nurse"),
                each=minutes(times[0], 2),
                longer=minutes(max(times), 2),
                today=per_hour(analyse(_clinic(p)).capacity_per_hour, 2),
            ),
            say("**All eight ways**, the best first:"),
            table(head, rows),
            say(
                "In the best way the longer of the two times is shortest. The capacity is then "
                "**{best}**.",
                best=per_hour(best.capacity_per_hour, 2),
            ),
        )


def _cells(who: tuple[str, ...]) -> Answers:
    return {name: {"group": group} for name, group in zip(FREE, who, strict=True)}


def _clinic(p: Any) -> Process:
    activities = tuple(
        Activity(name, time * MINUTE, resource=group)
        for (name, (group, _)), time in zip(CLINIC.items(), p.minutes, strict=True)
    )
    return Process("Health centre", activities, (Resource("nurses", p.nurses),))
