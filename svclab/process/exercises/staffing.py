"""Where one more worker helps, and how many workers a demand needs."""

from __future__ import annotations

import math
from typing import Any

from svclab.practice import (
    ChoiceField,
    Draw,
    Exercise,
    Field,
    IntegerField,
    NumberField,
    misconception,
)
from svclab.practice.wording import Answers, page, table
from svclab.process.analysis import FlowAnalysis, analyse
from svclab.process.model import HOUR, Process
from svclab.process.workers import FewestWorkers as Need
from svclab.process.workers import fewest_workers
from svclab.words import Quantity, count, number, per_hour, say, seconds

__all__ = ["FewestWorkers", "TwoMoreWorkers"]

# Where, who comes, and which places they pass. All invented.
SERVICES = {
    "library": ("In a library", "reader", ("form", "identity card", "photograph", "card", "tour")),
    "exchange": (
        "At a counter for foreign money",
        "customer",
        ("passport", "form", "counting", "signature", "payment"),
    ),
    "dormitory": (
        "In a dormitory on arrival day",
        "student",
        ("name list", "papers", "deposit", "key", "bedding"),
    ),
}


class TwoMoreWorkers(Exercise):
    """Two workers more, one after the other: where, and what it brings."""

    title = "Two more workers"
    objective = 3
    level = "easy"
    minutes = 6

    def deal(self, draw: Draw) -> Answers:
        second = draw.integer(30, 60, 2)
        if draw.chance(0.4):  # so slow that it needs both
            first = draw.integer(2 * second + 6, 2 * second + 30, 4)
        else:
            first = draw.integer(second + 6, 2 * second - 6, 2)
        others = draw.integers(3, 10, second - 6, 2, distinct=True)
        times = draw.shuffled([first, second, *others])
        return {"service": draw.choice(list(SERVICES)), "seconds": times}

    def sound(self, p: Any) -> bool:
        # A guess by position shall not be right, and each step has one slowest place.
        slow, after = max(p.seconds), sorted(p.seconds)[-2]
        return p.seconds[0] != slow and slow not in (2 * after, 3 * after)

    def question(self, p: Any) -> str:
        where, who, places = SERVICES[p.service]
        return page(
            say(
                "{where} (invented), every {who} passes five places. Today one person works "
                "at each. Times for one {who}:",
                where=where,
                who=who,
            ),
            table([say("place"), say("time")], zip(places, map(seconds, p.seconds), strict=True)),
            say(
                "You may hire one more person, who works at the same speed as the others. Later "
                "you may hire a second one. Each person works at one place only.\n\n"
                "1. At which place does the first new person raise the capacity of the line most?\n"
                "2. What is the capacity of the line then?\n"
                "3. The first new person stays there. At which place does the second new person "
                "raise the capacity most?\n"
                "4. What is the capacity of the line with both?"
            ),
        )

    def fields(self, p: Any) -> list[Field]:
        options = {name: name for name in _places(p)}
        return [
            ChoiceField("first", say("The first new person works at"), options),
            NumberField("after_one", say("Capacity with the first one"), unit="per hour"),
            ChoiceField("second_one", say("The second new person works at"), options),
            NumberField("after_two", say("Capacity with both"), unit="per hour"),
        ]

    def _steps(self, p: Any) -> list[FlowAnalysis]:
        """The line today, with one new worker, and with two."""
        people = dict.fromkeys(_places(p), 1)
        steps = []
        for _ in range(3):
            steps.append(analyse(Process.line("Line", _pairs(p), workers=people)))
            people[steps[-1].bottlenecks[0]] += 1
        return steps

    def solve(self, p: Any) -> Answers:
        today, one, two = self._steps(p)
        return {
            "first": today.bottlenecks[0],
            "after_one": one.capacity_per_hour,
            "second_one": one.bottlenecks[0],
            "after_two": two.capacity_per_hour,
        }

    def second(self, p: Any) -> Answers:
        # Try every place for the first, then every place for the second.
        one = max((_capacity(p, [i]), i) for i in range(5))
        two = max((_capacity(p, [one[1], i]), i) for i in range(5))
        return {
            "first": _places(p)[one[1]],
            "after_one": one[0],
            "second_one": _places(p)[two[1]],
            "after_two": two[0],
        }

    @misconception(
        "You doubled the capacity of the line. The new person doubles one place only. The next "
        "slowest place sets the limit now."
    )
    def doubled(self, p: Any) -> Answers | None:
        # Right where the slowest place is so slow that it stays the slowest.
        slow, after = max(p.seconds), sorted(p.seconds)[-2]
        return {"after_one": 2 * HOUR / slow} if slow < 2 * after else None

    @misconception(
        "You raised the capacity in proportion to the number of people, from five to six. A new "
        "person helps at one place; the work is not shared by all."
    )
    def proportional(self, p: Any) -> Answers:
        return {"after_one": HOUR / max(p.seconds) * 6 / 5}

    @misconception(
        "You put the new person where the customers come in. The slowest place is another one, so "
        "the capacity of the line does not change."
    )
    def at_the_door(self, p: Any) -> Answers:
        return {"first": _places(p)[0], "after_one": HOUR / max(p.seconds)}

    @misconception(
        "You went on to the place with the second longest time. Compare again after the first "
        "step: where two people work, a customer passes after half of the time, and this may "
        "still be the slowest place."
    )
    def always_the_next(self, p: Any) -> Answers | None:
        slowest = sorted(p.seconds)[-2]
        if 2 * slowest < max(p.seconds):
            return {"second_one": _places(p)[p.seconds.index(slowest)]}
        return None

    @misconception(
        "You put both new people at the same place. After the first step another place is slower "
        "than this one with its two people."
    )
    def both_at_one(self, p: Any) -> Answers | None:
        first = p.seconds.index(max(p.seconds))
        if 2 * sorted(p.seconds)[-2] > max(p.seconds):
            return {"second_one": _places(p)[first], "after_two": _capacity(p, [first, first])}
        return None

    @misconception(
        "You looked only at the places that got a new person. Now a place with one person may "
        "be the slowest: compare all five."
    )
    def only_the_new_ones(self, p: Any) -> Answers | None:
        slow, after = sorted(p.seconds)[:-3:-1]
        again = slow > 2 * after
        helped = 3 * HOUR / slow if again else 2 * HOUR / slow
        right = self.solve(p)["after_two"]
        return {"after_two": helped} if helped > 1.01 * right else None

    def hints(self, p: Any) -> list[str]:
        return [
            say("A new person helps only at the bottleneck. Find it first."),
            say(
                "With two people at a place, a customer can pass there after half of the time. "
                "Write down the five times again with this change. Which is the longest now?"
            ),
            say(
                "Do the same a second time. Each time divide the five times by the number of "
                "people at the place. The capacity is {hour} divided by the longest of the "
                "results.",
                hour=seconds(HOUR),
            ),
        ]

    def solution(self, p: Any) -> str:
        steps = self._steps(p)
        rows: list[list[Quantity | str | int]] = [
            [place, *(seconds(step.resources[i].cycle_time_seconds) for step in steps)]
            for i, place in enumerate(_places(p))
        ]
        rows.append([say("capacity"), *(per_hour(step.capacity_per_hour) for step in steps)])
        head = [say("time between two customers"), say("today"), say("one more"), say("two more")]
        return page(
            table(head, rows),
            say(
                "Today **{first}** is the slowest place, so the first new person works there. The "
                "capacity is then {hour} ÷ {time} = **{one}**.",
                first=steps[0].bottlenecks[0],
                hour=seconds(HOUR),
                time=seconds(steps[1].cycle_time_seconds),
                one=per_hour(steps[1].capacity_per_hour),
            ),
            self._then(steps),
        )

    def _then(self, steps: list[FlowAnalysis]) -> str:
        first, second, limit = (step.bottlenecks[0] for step in steps)
        if first == second:
            template = (
                "With two people **{second}** is still the slowest place, so the second new "
                "person works there, too. In the end the slowest place is {limit}, and the "
                "capacity is **{two}**."
            )
        else:
            template = (
                "Then **{second}** is the slowest place, and the second new person works there. "
                "In the end the slowest place is {limit}, and the capacity is **{two}**."
            )
        two = per_hour(steps[2].capacity_per_hour)
        return say(template, second=second, limit=limit, two=two)


def _places(p: Any) -> tuple[str, ...]:
    return SERVICES[p.service][2]


def _pairs(p: Any) -> list[tuple[str, float]]:
    return list(zip(_places(p), p.seconds, strict=True))


def _capacity(p: Any, helped: list[int]) -> float:
    """Customers per hour with one worker at each place and one more at those listed."""
    return min((1 + helped.count(i)) * HOUR / time for i, time in enumerate(p.seconds))


COUNTERS = ("welcome", "papers", "account", "card", "instruction")


class FewestWorkers(Exercise):
    """How many workers a demand needs: at fixed places, and if everybody can do everything."""

    title = "How many people for this demand?"
    objective = 3
    level = "medium"
    version = 2
    minutes = 6

    def deal(self, draw: Draw) -> Answers:
        demand = draw.choice([40, 45, 48, 50, 60, 72, 75, 80, 90, 100])
        return {"demand": demand, "seconds": draw.integers(5, 15, 150, 5, distinct=True)}

    def sound(self, p: Any) -> bool:
        # No place just fits, one needs more than one person, and each wrong way shows.
        takt = 3600 // p.demand
        together = -(-sum(p.seconds) // takt)
        nearest = sum(max(1, math.floor(time / takt + 0.5)) for time in p.seconds)
        fits = any(time % takt == 0 for time in p.seconds)
        return not fits and max(p.seconds) > takt and len({together, nearest, 5}) == 3

    def question(self, p: Any) -> str:
        return page(
            say(
                "A bank (invented) opens accounts for new students. Each student passes five "
                "places. {demand} come in an hour, evenly spread, and all of them must be served. "
                "The table says how long one person needs for one student.",
                demand=count(p.demand, "student"),
            ),
            table([say("place"), say("time")], zip(COUNTERS, map(seconds, p.seconds), strict=True)),
            say(
                "1. How many seconds may pass between two students who leave (takt time, "
                "节拍时间)?\n"
                "2. What is the smallest number of people if each person works at **one** place "
                "only?\n"
                "3. What is the smallest number of people if **everybody** can do everything?"
            ),
        )

    def fields(self, p: Any) -> list[Field]:
        return [
            NumberField("takt", say("Takt time"), unit="s"),
            IntegerField("fixed", say("People, each at one place"), unit="people"),
            IntegerField("free", say("People who can do everything"), unit="people"),
        ]

    def _need(self, p: Any) -> Need:
        line = Process.line("Accounts", list(zip(COUNTERS, p.seconds, strict=True)))
        return fewest_workers(line, p.demand)

    def solve(self, p: Any) -> Answers:
        need = self._need(p)
        return {"takt": need.takt_time_seconds, "fixed": need.total, "free": need.lower_bound}

    def second(self, p: Any) -> Answers:
        # Add people until the hour is long enough for all students.
        fixed = sum(_enough(p.demand * time) for time in p.seconds)
        return {
            "takt": 3600 / p.demand,
            "fixed": fixed,
            "free": _enough(p.demand * sum(p.seconds)),
        }

    @misconception(
        "You took the longest time. Takt time does not depend on the work: it is the time that "
        "the demand leaves for each student."
    )
    def longest_as_takt(self, p: Any) -> Answers:
        return {"takt": max(p.seconds)}

    @misconception(
        "You divided all the work by the takt time and rounded up. That is enough only if people "
        "can help at other places. At fixed places nobody can use the idle time of a neighbour."
    )
    def work_content(self, p: Any) -> Answers:
        return {"fixed": math.ceil(p.demand * sum(p.seconds) / HOUR)}

    @misconception(
        "You rounded to the nearest whole number. A place that needs a little more than two "
        "people cannot manage with two: round up at each place."
    )
    def nearest_fixed(self, p: Any) -> Answers | None:
        found = sum(max(1, math.floor(p.demand * t / HOUR + 0.5)) for t in p.seconds)
        return None if found == self.solve(p)["fixed"] else {"fixed": found}

    @misconception(
        "You rounded down. With this number of people a part of the work is left over in every "
        "hour. People who can do everything share all the work: round up once, at the end."
    )
    def down_together(self, p: Any) -> Answers:
        return {"free": math.floor(p.demand * sum(p.seconds) / HOUR)}

    @misconception(
        "You gave each place one person. At a place whose time is longer than the takt time, one "
        "person cannot serve all students."
    )
    def one_each(self, p: Any) -> Answers:
        return {"fixed": len(p.seconds)}

    @misconception(
        "You rounded up place by place. People who can do everything fill each other's idle "
        "time, so round up only once, for all the work together."
    )
    def rounded_each(self, p: Any) -> Answers:
        return {"free": sum(math.ceil(p.demand * t / HOUR) for t in p.seconds)}

    def hints(self, p: Any) -> list[str]:
        return [
            say("Takt time = time available ÷ demand. The time available is one hour."),
            say(
                "At one place: time for a student ÷ takt time says how many people are busy. "
                "There are no half people, so round up, at each place."
            ),
            say(
                "If everybody can do everything, add the five times first, divide by the takt "
                "time, and round up once."
            ),
        ]

    def solution(self, p: Any) -> str:
        need = self._need(p)
        takt = need.takt_time_seconds
        rows = [
            (name, seconds(time), number(time / takt, 2), need.by_resource[name])
            for name, time in zip(COUNTERS, p.seconds, strict=True)
        ]
        return page(
            say(
                "Takt time = {hour} ÷ {demand} = **{takt}**.",
                hour=seconds(HOUR),
                demand=p.demand,
                takt=seconds(takt),
            ),
            table([say("place"), say("time"), say("time ÷ takt"), say("people")], rows),
            say(
                "At fixed places: **{total}**, rounded up at each place. If everybody can do "
                "everything: {content} ÷ {takt} = {share}, rounded up once: **{free}**. The "
                "difference is the idle time that people at fixed places cannot share.",
                total=count(need.total, "person", "people"),
                content=seconds(need.work_content_seconds),
                takt=seconds(takt, 2),
                share=number(need.work_content_seconds / takt, 2),
                free=count(need.lower_bound, "person", "people"),
            ),
        )


def _enough(work_seconds: float) -> int:
    """The fewest people who have so many seconds in an hour."""
    people = 1
    while people * HOUR < work_seconds:
        people += 1
    return people
