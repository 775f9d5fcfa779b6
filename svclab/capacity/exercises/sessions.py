"""A session with appointments by hand, under two rules and with one who does not come."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from svclab.capacity.exercises.wrong import but_right
from svclab.capacity.managing.schedules import bailey_welch, equal
from svclab.capacity.managing.sessions import Patients, Session, session
from svclab.practice import ChoiceField, Draw, Exercise, Field, NumberField, misconception
from svclab.practice.apart import apart
from svclab.practice.wording import Answers, bullets, page, table
from svclab.words import Quantity, join, minutes, number, say

__all__ = ["AppointmentRule"]

PEOPLE = 6

#: Where, who comes, who serves, and minutes between two appointments. All invented.
PLACES = {
    "dentist": ("A dentist (invented)", "patient", "dentist", (15, 20, 25)),
    "clinic": ("A student health centre (校医院, invented)", "patient", "doctor", (10, 12, 15)),
    "workshop": (
        "A car dealer (invented) examines used cars",
        "customer",
        "mechanic",
        (20, 25, 30),
    ),
    "visa": ("A visa office (签证处, invented)", "applicant", "officer", (10, 12, 15)),
}


class AppointmentRule(Exercise):
    """Waits and idle time of a session under two rules, overtime, and the cheaper rule."""

    title = "Two appointment rules, one session"
    objective = 7
    level = "demanding"
    minutes = 14

    def deal(self, draw: Draw) -> Answers:
        place = draw.choice(list(PLACES))
        gap = draw.choice(PLACES[place][3])
        return {
            "place": place,
            "gap": gap,
            "services": [draw.integer(gap * 6 // 10, gap * 18 // 10) for _ in range(PEOPLE)],
            "absent": draw.integer(0, PEOPLE - 2),
            "weight": draw.integer(1, 9),
        }

    def sound(self, p: Any) -> bool:
        # Each rule wins something, it ends late, and for this weight one is clearly cheaper.
        one, other = self._sessions(p)
        gained, lost = one.idle - other.idle, sum(other.waits) - sum(one.waits)
        if min(gained, lost, one.overtime, sum(one.waits)) < 2 or other.idle < 0:
            return False
        # Feedback counts the six questions: it would name an answer of 6.
        if 6 in self.solve(p).values():
            return False
        costs = self._costs(p)
        return abs(costs[0] - costs[1]) > 0.06 * min(costs) and apart(self, p)

    def _sessions(self, p: Any) -> tuple[Session, Session]:
        people = Patients(p.services, [k != p.absent for k in range(PEOPLE)], [0.0] * PEOPLE)
        one, other = (
            session(times, people, length=PEOPLE * p.gap)
            for times in (equal(PEOPLE, p.gap), bailey_welch(PEOPLE, p.gap))
        )
        return one, other

    def _costs(self, p: Any) -> list[float]:
        """Waits plus weighted idle time, in minutes of a person's wait."""
        return [sum(run.waits) + p.weight * run.idle for run in self._sessions(p)]

    def question(self, p: Any) -> str:
        where, who, server, _ = PLACES[p.place]
        rows: list[list[Quantity | str | int]] = [
            [k, say("does not come") if k - 1 == p.absent else minutes(time)]
            for k, time in enumerate(p.services, 1)
        ]
        return page(
            say(
                "{where} has six appointments (预约) in a session of {length}. All {who}s are "
                "punctual, but number {absent} does not come and does not say so (爽约). This is "
                "how long each one then takes:",
                where=where,
                length=minutes(PEOPLE * p.gap),
                who=who,
                absent=p.absent + 1,
            ),
            table([who, say("takes")], rows),
            say("Two rules for the same six people:"),
            bullets(
                [
                    say(
                        "Rule A, equal intervals: minutes {times}",
                        times=join([str(number(t)) for t in equal(PEOPLE, p.gap)]),
                    ),
                    say(
                        "Rule B, two at the start (Bailey-Welch): minutes {times}",
                        times=join([str(number(t)) for t in bailey_welch(PEOPLE, p.gap)]),
                    ),
                ]
            ),
            say(
                "The {server} serves them one by one in the order of their numbers. Nobody is "
                "served before the time of the appointment.\n\n"
                "1. Rule A: how long do the five {who}s wait, all together?\n"
                "2. Rule A: how long is the {server} idle, from minute 0 to the end of the last "
                "service?\n"
                "3. Rule A: how long does the {server} work after the end of the session?\n"
                "4. Rule B: how long do the five wait, all together?\n"
                "5. Rule B: how long is the {server} idle?\n"
                "6. An idle minute of the {server} counts as much as {weight} of waiting. Which "
                "rule is better for these people?",
                server=server,
                who=who,
                weight=minutes(p.weight),
            ),
        )

    def fields(self, p: Any) -> list[Field]:
        rules = {
            "a": say("rule A, equal intervals"),
            "b": say("rule B, two at the start"),
            "same": say("no difference: the same people need the same time"),
        }
        return [
            NumberField("wait_a", say("Rule A: waits together"), unit="min"),
            NumberField("idle_a", say("Rule A: idle"), unit="min"),
            NumberField("over_a", say("Rule A: overtime"), unit="min"),
            NumberField("wait_b", say("Rule B: waits together"), unit="min"),
            NumberField("idle_b", say("Rule B: idle"), unit="min"),
            ChoiceField("better", say("Better"), rules),
        ]

    def solve(self, p: Any) -> Answers:
        one, other = self._sessions(p)
        costs = self._costs(p)
        return {
            "wait_a": sum(one.waits),
            "idle_a": one.idle,
            "over_a": one.overtime,
            "wait_b": sum(other.waits),
            "idle_b": other.idle,
            "better": "a" if costs[0] < costs[1] else "b",
        }

    def second(self, p: Any) -> Answers:
        # Minute by minute: who is in the room, and whether somebody is being served.
        found: Answers = {}
        for rule, early in (("a", 0), ("b", 1)):
            due = [max(0, k - early) * p.gap for k in range(PEOPLE)]
            line = [k for k in range(PEOPLE) if k != p.absent]
            minute = wait = idle = left = 0
            while line or left:
                if not left and line and due[line[0]] <= minute:
                    left = p.services[line.pop(0)]
                wait += sum(due[k] <= minute for k in line)
                idle += left == 0
                left = max(0, left - 1)
                minute += 1
            found |= {f"wait_{rule}": wait, f"idle_{rule}": idle}
            if rule == "a":
                found["over_a"] = max(0, minute - PEOPLE * p.gap)
        costs = [found[f"wait_{rule}"] + p.weight * found[f"idle_{rule}"] for rule in "ab"]
        return found | {"better": "a" if costs[0] < costs[1] else "b"}

    @misconception(
        "You counted until the end of each service. The wait ends when the service begins."
    )
    def with_the_service(self, p: Any) -> Answers:
        work = sum(_present(p))
        right = self.solve(p)
        return {"wait_a": right["wait_a"] + work, "wait_b": right["wait_b"] + work}

    @misconception("You gave the mean. The question asks for the minutes of all five together.")
    def mean_wait(self, p: Any) -> Answers:
        right = self.solve(p)
        return {name: right[name] / (PEOPLE - 1) for name in ("wait_a", "wait_b")}

    @misconception(
        "You let the next one come earlier in place of the one who is missing. Nobody knows of it: "
        "the others come at their own times."
    )
    def moved_up(self, p: Any) -> Answers | None:
        one = _by_hand([k * p.gap for k in range(PEOPLE - 1)], _present(p))
        other = _by_hand([max(0, k - 1) * p.gap for k in range(PEOPLE - 1)], _present(p))
        found = {"wait_a": one[0], "idle_a": one[1], "wait_b": other[0], "idle_b": other[1]}
        return but_right(self, p, found) or None

    @misconception(
        "You let each delay touch only the next one. Whoever begins late also ends late, so the "
        "delay goes on to those behind."
    )
    def no_carrying(self, p: Any) -> Answers | None:
        there = [k for k in range(PEOPLE) if k != p.absent]
        found = {}
        for rule, early in (("a", 0), ("b", 1)):
            due = [max(0, k - early) * p.gap for k in range(PEOPLE)]
            found[f"wait_{rule}"] = sum(
                max(0, due[i] + p.services[i] - due[k]) for i, k in pairwise(there)
            )
        return but_right(self, p, found) or None

    @misconception(
        "You took the interval of the missing one as idle time. Part of it may be used for those "
        "who are late, and there may be other gaps."
    )
    def whole_gap(self, p: Any) -> Answers | None:
        return but_right(self, p, {"idle_a": p.gap, "idle_b": p.gap}) or None

    @misconception(
        "You compared the work with the length of the session. Idle minutes push the end back, too."
    )
    def work_alone(self, p: Any) -> Answers:
        return {"over_a": max(0, sum(_present(p)) - PEOPLE * p.gap)}

    @misconception(
        "You counted from the last appointment. The session ends one interval later: its length "
        "is given."
    )
    def from_the_last_appointment(self, p: Any) -> Answers:
        return {"over_a": self.solve(p)["over_a"] + p.gap}

    @misconception(
        "You looked at the waits alone. Idle time costs something, too, and here it counts more "
        "than they do."
    )
    def waits_alone(self, p: Any) -> Answers | None:
        return {"better": "a"} if self.solve(p)["better"] == "b" else None

    @misconception(
        "You looked at the idle time alone. It is a few minutes of one person; the waits of five "
        "people together weigh more here."
    )
    def idle_alone(self, p: Any) -> Answers | None:
        return {"better": "b"} if self.solve(p)["better"] == "a" else None

    def hints(self, p: Any) -> list[str]:
        server = PLACES[p.place][2]
        return [
            say(
                "Make a table for each rule, with a row for each of the five who come: "
                "appointment, service begins, service ends, wait."
            ),
            say(
                "A service begins at the later of two times: the appointment, and the end of the "
                "service before. It ends after the time in the list."
            ),
            say(
                "The {server} is idle whenever a service begins later than the one before has "
                "ended. Idle time is also the end of the last service minus all service times.",
                server=server,
            ),
            say(
                "For the last question add, for each rule, the waits and {weight} times the idle "
                "minutes. The smaller sum is better.",
                weight=p.weight,
            ),
        ]

    def solution(self, p: Any) -> str:
        _, who, server, _ = PLACES[p.place]
        right, costs = self.solve(p), self._costs(p)
        runs = self._sessions(p)
        head = [who, say("appointment"), say("begins"), say("ends"), say("waits")]
        numbers = [k + 1 for k in range(PEOPLE) if k != p.absent]
        tables = []
        for run in runs:
            rows = [
                (n, round(v.arrival), round(v.start), round(v.start + v.service), round(v.wait))
                for n, v in zip(numbers, run.visits, strict=True)
            ]
            tables.append(table(head, rows))
        work = sum(_present(p))
        even = (right["wait_b"] - right["wait_a"]) / (right["idle_a"] - right["idle_b"])
        return page(
            say("Rule A:"),
            tables[0],
            say(
                "The waits add up to **{wait}**. The services take {work} min and the last one "
                "ends at minute {end}: {end} − {work} = **{idle}** idle. The session should have "
                "ended at minute {length}: **{over}** of overtime.",
                wait=minutes(right["wait_a"]),
                work=work,
                end=round(runs[0].end),
                idle=minutes(right["idle_a"]),
                length=PEOPLE * p.gap,
                over=minutes(right["over_a"]),
            ),
            say("Rule B:"),
            tables[1],
            say(
                "The waits add up to **{wait}**. {end} − {work} = **{idle}** idle.",
                wait=minutes(right["wait_b"]),
                work=work,
                end=round(runs[1].end),
                idle=minutes(right["idle_b"]),
            ),
            say(
                "**Better.** Rule A: {wait_a} + {weight} × {idle_a} = {cost_a}. Rule B: {wait_b} + "
                "{weight} × {idle_b} = {cost_b}. So rule {best} is better. Both would be equal if "
                "an idle minute of the {server} counted as much as {even} of waiting. One session "
                "proves nothing about the rules: for that, simulate many.",
                wait_a=number(right["wait_a"]),
                idle_a=number(right["idle_a"]),
                wait_b=number(right["wait_b"]),
                idle_b=number(right["idle_b"]),
                weight=p.weight,
                cost_a=number(costs[0]),
                cost_b=number(costs[1]),
                best=right["better"].upper(),
                server=server,
                even=minutes(even, 2),
            ),
        )


def _present(p: Any) -> list[int]:
    """Service times of those who come."""
    return [time for k, time in enumerate(p.services) if k != p.absent]


def _by_hand(due: Sequence[int], services: Sequence[int]) -> tuple[int, int]:
    """Waits together and idle time of people who are served in turn."""
    wait = idle = free = 0
    for time, service in zip(due, services, strict=True):
        wait += max(0, free - time)
        idle += max(0, time - free)
        free = max(free, time) + service
    return wait, idle
