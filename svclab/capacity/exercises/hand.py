"""A simulation by hand: eight customers, two counters, one line."""

from __future__ import annotations

from itertools import accumulate
from typing import Any

from svclab.capacity.exercises.wrong import but_right
from svclab.capacity.simulation.customers import Customers
from svclab.capacity.simulation.recursion import serve
from svclab.practice import Draw, Exercise, Field, IntegerField, NumberField, misconception
from svclab.practice.apart import apart
from svclab.practice.wording import Answers, page, table
from svclab.words import minutes, say

__all__ = ["WaitsByHand"]

PEOPLE = 8
MINUTE = 60.0  # seconds

#: Where, and who comes. All invented.
PLACES = {
    "bank": ("To open an account (开户) at a bank (invented), customers take a number", "customer"),
    "tax": (
        "In the service hall of a tax office (办税服务厅, invented), visitors take a number",
        "visitor",
    ),
    "hall": (
        "In the hall of a telecom operator (营业厅, invented), customers take a number",
        "customer",
    ),
}


class WaitsByHand(Exercise):
    """Mean wait, longest wait and number of those who wait, for eight customers."""

    title = "Eight customers, two counters"
    objective = 4
    level = "medium"
    minutes = 9

    def deal(self, draw: Draw) -> Answers:
        gaps = [draw.integer(2, 13) for _ in range(PEOPLE - 1)]
        return {
            "place": draw.choice(list(PLACES)),
            "arrive": list(accumulate(gaps, initial=0)),
            "work": [draw.integer(7, 17) if draw.chance(0.7) else draw.integer(21, 32)
                     for _ in range(PEOPLE)],
        }  # fmt: skip

    def sound(self, p: Any) -> bool:
        # Somebody waits and somebody does not; nobody comes just when a service ends.
        starts = _one_line(p.arrive, p.work)
        ends = {s + w for s, w in zip(starts, p.work, strict=True)}
        waits = _minus(starts, p.arrive)
        mixed = 3 <= sum(w > 0 for w in waits) <= PEOPLE - 2
        own = _minus(_own_lines(p.arrive, p.work), p.arrive)
        return mixed and not ends & set(p.arrive) and sum(own) >= sum(waits) and apart(self, p)

    def question(self, p: Any) -> str:
        where, who = PLACES[p.place]
        rows = [(n, a, w) for n, (a, w) in enumerate(zip(p.arrive, p.work, strict=True), 1)]
        return page(
            say(
                "{where}: one line for two counters. Whoever is first in the line goes to the "
                "counter that is free first. Both counters are free at minute 0. Eight come:",
                where=where,
            ),
            table([who, say("comes at minute"), say("service, minutes")], rows),
            say(
                "1. How long do the eight wait on average, until their service begins?\n"
                "2. How long is the longest of the eight waits?\n"
                "3. How many of the eight have to wait at all?"
            ),
        )

    def fields(self, p: Any) -> list[Field]:
        return [
            NumberField("mean", say("Mean wait of the eight"), unit="min", absolute=0.05),
            NumberField("longest", say("Longest wait"), unit="min"),
            IntegerField("waiting", say("How many have to wait")),
        ]

    def solve(self, p: Any) -> Answers:
        customers = Customers([MINUTE * a for a in p.arrive], [MINUTE * w for w in p.work])
        return _answers([w / MINUTE for w in serve(customers, servers=2).waits])

    def second(self, p: Any) -> Answers:
        # Minute by minute: who stands in the line, and how long each counter is still busy.
        waits, line, left = [0] * PEOPLE, list[int](), [0, 0]
        minute, came = 0, 0
        while came < PEOPLE or line:
            while came < PEOPLE and p.arrive[came] == minute:
                line.append(came)
                came += 1
            for counter in (0, 1):
                if left[counter] == 0 and line:
                    left[counter] = p.work[line.pop(0)]
            for person in line:
                waits[person] += 1
            left = [max(0, time - 1) for time in left]
            minute += 1
        return _answers(waits)

    @misconception(
        "You gave each counter a line of its own and let the people take turns. In one line the "
        "next person goes to the counter that is free first, whichever it is."
    )
    def own_lines(self, p: Any) -> Answers | None:
        waits = _minus(_own_lines(p.arrive, p.work), p.arrive)
        return but_right(self, p, _answers(waits)) or None

    @misconception(
        "You sent all eight to one counter, one after the other. There are two, and two people "
        "can be served at the same time."
    )
    def one_counter(self, p: Any) -> Answers:
        starts, free = [], 0
        for a, w in zip(p.arrive, p.work, strict=True):
            starts.append(max(a, free))
            free = starts[-1] + w
        return but_right(self, p, _answers(_minus(starts, p.arrive)))

    @misconception(
        "You counted until the end of the service. The wait ends when the service begins."
    )
    def with_the_service(self, p: Any) -> Answers:
        starts = _one_line(p.arrive, p.work)
        stays = [s + w - a for s, w, a in zip(starts, p.work, p.arrive, strict=True)]
        return {"mean": sum(stays) / PEOPLE, "longest": max(stays)}

    @misconception(
        "You divided by the people who had to wait. The mean is over all eight; a wait of zero "
        "counts, too."
    )
    def over_those_who_wait(self, p: Any) -> Answers:
        waits = _minus(_one_line(p.arrive, p.work), p.arrive)
        return {"mean": sum(waits) / sum(w > 0 for w in waits)}

    @misconception(
        "You let a counter be free again when the person there has been inside for the time of "
        "the service. Somebody who waited begins later, and so ends later, too."
    )
    def free_too_early(self, p: Any) -> Answers | None:
        starts: list[int] = []
        free = [0, 0]
        for a, w in zip(p.arrive, p.work, strict=True):
            counter = free.index(min(free))
            starts.append(max(a, free[counter]))
            free[counter] = a + w
        return but_right(self, p, _answers(_minus(starts, p.arrive))) or None

    @misconception(
        "You took the wait of the last person for the longest. A queue can also get shorter: "
        "look at all eight."
    )
    def last_is_longest(self, p: Any) -> Answers | None:
        waits = _minus(_one_line(p.arrive, p.work), p.arrive)
        return {"longest": waits[-1]} if waits[-1] < max(waits) else None

    @misconception(
        "You counted everybody who finds somebody being served. Only those wait who find both "
        "counters busy."
    )
    def one_is_busy(self, p: Any) -> Answers | None:
        ends = [s + w for s, w in zip(_one_line(p.arrive, p.work), p.work, strict=True)]
        busy = sum(any(e > a for e in ends[:n]) for n, a in enumerate(p.arrive))
        return {"waiting": busy} if busy != self.solve(p)["waiting"] else None

    def hints(self, p: Any) -> list[str]:
        return [
            say(
                "Make a table with one row for each person: comes, service begins, service ends, "
                "wait."
            ),
            say(
                "Beside it, write down for each counter the minute at which it is free again, and "
                "correct it after every row."
            ),
            say(
                "A service begins at the later of two times: the person is there, and the first "
                "of the two counters is free. It ends after the service time, counted from its "
                "beginning."
            ),
            say("The wait is the beginning minus the arrival. Add all eight, then divide by 8."),
        ]

    def solution(self, p: Any) -> str:
        starts, free, rows = _one_line(p.arrive, p.work), [0, 0], []
        for n, (a, w, s) in enumerate(zip(p.arrive, p.work, starts, strict=True), 1):
            before = list(free)
            free[free.index(min(free))] = s + w
            rows.append((n, a, say("{a} and {b}", a=before[0], b=before[1]), s, s + w, s - a))
        waits, right = _minus(starts, p.arrive), self.solve(p)
        head = [
            PLACES[p.place][1],
            say("comes"),
            say("counters free at"),
            say("begins"),
            say("ends"),
            say("waits"),
        ]
        return page(
            table(head, rows),
            say(
                "The waits add up to {sum} min: the mean is {sum} ÷ 8 = **{mean}**. The longest "
                "is **{longest}**. In the last column **{waiting}** numbers are above zero.",
                sum=sum(waits),
                mean=minutes(right["mean"], 3),
                longest=minutes(right["longest"]),
                waiting=right["waiting"],
            ),
            say(
                "This is what every program for simulation does, with thousands of customers and "
                "with times that it draws at random."
            ),
        )


def _one_line(arrive: list[int], work: list[int]) -> list[int]:
    """When each service begins at the two counters."""
    starts, free = [], [0, 0]
    for a, w in zip(arrive, work, strict=True):
        counter = free.index(min(free))
        starts.append(max(a, free[counter]))
        free[counter] = starts[-1] + w
    return starts


def _own_lines(arrive: list[int], work: list[int]) -> list[int]:
    """The same if people go to the counters in turn."""
    starts, free = [], [0, 0]
    for n, (a, w) in enumerate(zip(arrive, work, strict=True)):
        starts.append(max(a, free[n % 2]))
        free[n % 2] = starts[-1] + w
    return starts


def _minus(starts: list[int], arrive: list[int]) -> list[int]:
    return [s - a for s, a in zip(starts, arrive, strict=True)]


def _answers(waits: list[int] | list[float]) -> Answers:
    # Whole minutes, so their sum is exact.
    return {
        "mean": sum(waits) / len(waits),
        "longest": max(waits),
        "waiting": sum(w > 0 for w in waits),
    }
