"""The lines of the first simulation, followed with a pencil."""

from __future__ import annotations

from itertools import accumulate
from typing import Any

from svclab.basics.counter import waits
from svclab.practice import Draw, Exercise, Field, NumberField, misconception
from svclab.practice.wording import Answers, bullets, page
from svclab.words import minutes, say

__all__ = ["FollowTheClock"]

PEOPLE = 5


class FollowTheClock(Exercise):
    """The wait of the last of five customers, with one counter and with two."""

    title = "Follow the clock"
    objective = 4
    level = "medium"
    core = False
    minutes = 5

    def deal(self, draw: Draw) -> Answers:
        gaps = [draw.integer(1, 6) for _ in range(PEOPLE - 1)]
        return {"comes": list(accumulate(gaps, initial=0)), "service": draw.integer(5, 12)}

    def sound(self, p: Any) -> bool:
        one, two = self.solve(p).values()
        return two > 0 and one - two >= 2 and len(set(_wrongs(p))) == len(_wrongs(p))

    def question(self, p: Any) -> str:
        return page(
            say(
                "A counter (invented), as a simulation (仿真) with times in minutes. Four lines of "
                "it:"
            ),
            "```python\ncounter = simpy.Resource(env, capacity=1)\n...\n"
            f"        yield env.timeout({p.service})\n...\n"
            f"for comes in {p.comes}:\n    env.process(customer(comes))\n```",
            say(
                "All other lines are those of the chapter.\n\n"
                "1. How long does the last customer wait?\n"
                "2. And how long with `capacity=2`?"
            ),
        )

    def fields(self, p: Any) -> list[Field]:
        return [
            NumberField("one", say("Wait with one counter"), unit="min"),
            NumberField("two", say("Wait with two counters"), unit="min"),
        ]

    def solve(self, p: Any) -> Answers:
        return {
            "one": float(waits(p.comes, p.service)[-1]),
            "two": float(waits(p.comes, p.service, counters=2)[-1]),
        }

    def second(self, p: Any) -> Answers:
        return {"one": float(_last_wait(p, 1)), "two": float(_last_wait(p, 2))}

    @misconception("You included the service. The wait ends when the service begins.")
    def with_the_service(self, p: Any) -> Answers:
        return {name: value + p.service for name, value in self.solve(p).items()}

    @misconception(
        "You halved the wait for two counters. Two counters also begin earlier with everybody "
        "before: go through the five once more."
    )
    def halved(self, p: Any) -> Answers:
        return {"two": self.solve(p)["one"] / 2}

    @misconception(
        "You looked only at the customer just before, as if that service began at once. That "
        "customer has waited, too."
    )
    def only_the_one_before(self, p: Any) -> Answers:
        return {"one": float(max(0, p.comes[-2] + p.service - p.comes[-1]))}

    @misconception(
        "This is the minute at which the service begins. Take away the minute at which the "
        "customer came."
    )
    def on_the_clock(self, p: Any) -> Answers:
        return {name: value + p.comes[-1] for name, value in self.solve(p).items()}

    @misconception(
        "You gave how long a service takes. Who waits, waits for those who came before and are not "
        "served yet."
    )
    def the_service_itself(self, p: Any) -> Answers:
        wrong, right = float(p.service), self.solve(p)
        return {name: wrong for name in right if right[name] != wrong}

    @misconception(
        "You took it that nobody waits. Write down when each service ends: when the last customer "
        "comes, no counter is free."
    )
    def nobody_waits(self, p: Any) -> Answers:
        return {"one": 0.0, "two": 0.0}

    def hints(self, p: Any) -> list[str]:
        return [
            say("Make a row for each customer: comes, begins, leaves."),
            say(
                "With one counter a service begins when the customer is there and the one before "
                "has left: take the later of the two."
            ),
            say("With two counters it begins when the first of the two counters is free."),
        ]

    def solution(self, p: Any) -> str:
        parts = []
        for counters, name in ((1, "one"), (2, "two")):
            rows = [
                say(
                    "comes at {comes}, begins at {begins}, leaves at {leaves}",
                    comes=comes,
                    begins=begins,
                    leaves=begins + p.service,
                )
                for comes, begins in zip(p.comes, _begins(p, counters), strict=True)
            ]
            parts += [
                say("Counters: {n}.", n=counters),
                bullets(rows),
                say(
                    "The last waits {begins} − {comes} = **{wait}**.",
                    begins=_begins(p, counters)[-1],
                    comes=p.comes[-1],
                    wait=minutes(self.solve(p)[name]),
                ),
            ]
        return page(*parts)


def _begins(p: Any, counters: int) -> list[int]:
    """When each service begins, followed by hand."""
    free, begins = [0] * counters, []
    for comes in p.comes:
        counter = free.index(min(free))
        begins.append(max(comes, free[counter]))
        free[counter] = begins[-1] + p.service
    return begins


def _last_wait(p: Any, counters: int) -> int:
    return _begins(p, counters)[-1] - p.comes[-1]


def _wrongs(p: Any) -> list[float]:
    """Values of the first answer that must differ, so that a thought is known by its value."""
    one = _last_wait(p, 1)
    before = max(0, p.comes[-2] + p.service - p.comes[-1])
    return [one, one + p.service, one + p.comes[-1], before]
