"""Customers worked through by hand, at a desk whose capacity equals demand."""

from __future__ import annotations

from itertools import accumulate, pairwise
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
from svclab.process.model import Process
from svclab.process.recursion import replay
from svclab.process.sampling import Workload
from svclab.words import minutes, say

__all__ = ["FullDesk"]

# How far gaps and services lie from their common mean; each adds up to zero.
GAPS = ((-3, -2, -1, 1, 5), (-3, -3, 0, 2, 4), (-2, -2, -2, 1, 5), (-3, -1, -1, 0, 5))
WORKS = ((-2, -2, -1, 1, 1, 3), (-2, -1, -1, 0, 2, 2), (-3, -1, 0, 0, 1, 3))


class FullDesk(Exercise):
    """Six customers at a desk whose capacity equals demand, and what comes after them."""

    title = "Capacity equals demand"
    objective = 5
    level = "medium"
    minutes = 8

    def deal(self, draw: Draw) -> Answers:
        mean = draw.integer(4, 7)
        gaps = [mean + off for off in draw.shuffled(draw.choice(GAPS))]
        works = [mean + off for off in draw.shuffled(draw.choice(WORKS))]
        return {"mean": mean, "arrive": list(accumulate(gaps, initial=0)), "work": works}

    def sound(self, p: Any) -> bool:
        # Somebody waits behind somebody who waited, and the clerk is idle in between.
        starts = _starts(p.arrive, p.work)
        waits = [s - a for s, a in zip(starts, p.arrive, strict=True)]
        chained = any(one and two for one, two in pairwise(waits))
        return chained and starts[-1] + p.work[-1] - sum(p.work) >= 2 and waits.count(0) >= 2

    def question(self, p: Any) -> str:
        rows = [(n, a, w) for n, (a, w) in enumerate(zip(p.arrive, p.work, strict=True), 1)]
        return page(
            say(
                "At the desk of a bank (invented) there is one clerk. On average a customer "
                "comes every {mean}, and the clerk needs {mean} for a customer on average: the "
                "capacity equals the demand. The clerk serves the customers in the order of "
                "arrival and begins as soon as possible. These six customers came:",
                mean=minutes(p.mean),
            ),
            table([say("customer"), say("comes at minute"), say("minutes of service")], rows),
            say(
                "1. How long do these six customers wait on average until their service begins "
                "(waiting time, 等待时间)?\n"
                "2. For how many minutes is the clerk idle (空闲) between the first arrival and "
                "the end of the last service?\n"
                "3. Customers keep coming like this for weeks, irregularly but with the same "
                "means. What happens to the mean wait?"
            ),
        )

    def fields(self, p: Any) -> list[Field]:
        options = {
            "zero": say("it goes back to zero, because the clerk can just serve all"),
            "stays": say("it settles near the mean of these six"),
            "grows": say("it has no long-run value: it tends to grow as long as the desk is open"),
        }
        return [
            NumberField("wait", say("Mean wait of the six"), unit="min"),
            NumberField("idle", say("Idle time of the clerk"), unit="min"),
            ChoiceField("long_run", say("The mean wait in the long run"), options),
        ]

    def solve(self, p: Any) -> Answers:
        run = replay(Process.line("Desk", {"desk": p.mean}), Workload(p.arrive, {"desk": p.work}))
        idle = max(run.departures) - sum(p.work)
        return {"wait": run.mean_total_wait, "idle": idle, "long_run": "grows"}

    def second(self, p: Any) -> Answers:
        # Minute by minute: who is there, who is served.
        waits, idle, here, left, came = 0, 0, 0, 0, 0
        end = _starts(p.arrive, p.work)[-1] + p.work[-1]
        for minute in range(end):
            while came < 6 and p.arrive[came] == minute:
                here, came = here + 1, came + 1
            if not left and here:
                left = p.work[came - here]
                here -= 1
            idle += not left
            left -= bool(left)
            waits += here
        return {"wait": waits / 6, "idle": idle}

    @misconception(
        "You expect no wait, because on average the clerk has enough time. But the customers do "
        "not come at equal distances, and an idle minute cannot be kept for later."
    )
    def no_wait(self, p: Any) -> Answers:
        return {"wait": 0}

    @misconception(
        "You let each customer wait only for the service of the customer before. That service may "
        "have begun late, so the delay is passed on."
    )
    def only_the_one_before(self, p: Any) -> Answers:
        ends = [a + w for a, w in zip(p.arrive, p.work, strict=True)]
        waits = [max(0, e - a) for e, a in zip(ends, p.arrive[1:], strict=False)]
        return {"wait": sum(waits) / 6}

    @misconception(
        "You counted the time from arrival to the end of the service. Waiting ends when the "
        "service begins."
    )
    def with_the_service(self, p: Any) -> Answers:
        starts = _starts(p.arrive, p.work)
        stays = [s + w - a for s, w, a in zip(starts, p.work, p.arrive, strict=True)]
        return {"wait": sum(stays) / 6}

    @misconception(
        "You divided by the number of customers who had to wait. The mean is over all six: a wait "
        "of zero counts, too."
    )
    def over_those_who_wait(self, p: Any) -> Answers:
        waits = [s - a for s, a in zip(_starts(p.arrive, p.work), p.arrive, strict=True)]
        return {"wait": sum(waits) / sum(w > 0 for w in waits)}

    @misconception(
        "You expect a clerk who is never idle, because capacity equals demand. Look at the "
        "minutes after a customer has left and before the next one comes."
    )
    def never_idle(self, p: Any) -> Answers:
        return {"idle": 0}

    @misconception(
        "You took the value of a short observation for the long run. The first of the six found "
        "an empty desk. Each idle minute is lost for good, and later queues are longer for it."
    )
    def settles(self, p: Any) -> Answers:
        return {"long_run": "stays"}

    @misconception(
        "You let idle minutes make up for busy ones. But the clerk cannot serve anybody in "
        "advance, so the delays add up."
    )
    def evens_out(self, p: Any) -> Answers:
        return {"long_run": "zero"}

    def hints(self, p: Any) -> list[str]:
        return [
            say("Make a table with two more columns: when the service begins, when it ends."),
            say(
                "A service begins at the later of two times: the customer is there, and the "
                "clerk has finished the one before."
            ),
            say(
                "The wait is the beginning minus the arrival. The clerk is idle whenever a "
                "service begins later than the one before has ended."
            ),
            say(
                "For the long run: what can the clerk do with an idle minute when, a little "
                "later, two customers come at once?"
            ),
        ]

    def solution(self, p: Any) -> str:
        starts = _starts(p.arrive, p.work)
        rows, free = [], 0
        for n, (a, w, s) in enumerate(zip(p.arrive, p.work, starts, strict=True), 1):
            rows.append((n, a, s, s + w, s - a, s - free))
            free = s + w
        head = [
            say("customer"),
            say("comes"),
            say("begins"),
            say("ends"),
            say("waits"),
            say("clerk idle before"),
        ]
        right = self.solve(p)
        return page(
            table(head, rows),
            say(
                "The waits add up to {sum}, so the mean is {sum} ÷ 6 = **{wait}**. The clerk is "
                "idle for **{idle}** in all.",
                sum=minutes(round(6 * right["wait"])),
                wait=minutes(right["wait"], 3),
                idle=minutes(right["idle"]),
            ),
            say(
                "In the long run the mean wait has no limit. To serve everybody, the clerk would "
                "have to be busy all the time. An idle minute is lost and cannot be used later, "
                "so the queue tends to grow as long as customers come at this rate."
            ),
        )


def _starts(arrive: list[int], work: list[int]) -> list[int]:
    """When each service begins at one desk."""
    starts, free = [], 0
    for a, w in zip(arrive, work, strict=True):
        starts.append(max(a, free))
        free = starts[-1] + w
    return starts
