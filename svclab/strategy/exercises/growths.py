"""A school that grows faster than its teachers: load and drop-out in the long run."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from svclab.practice import ChoiceField, Draw, Exercise, Field, NumberField, misconception
from svclab.practice.apart import apart
from svclab.practice.wording import Answers, bullets, page
from svclab.strategy.balance.scale import Growth, dropout_share
from svclab.words import number, percent, say

__all__ = ["FastGrowth"]

#: Who grows. All invented.
SCHOOLS = {
    "open": "An open university (开放大学, invented)",
    "evening": "An evening school (夜校, invented)",
    "language": "A language school (语言学校, invented)",
    "nursing": "A school for nurses (护理学校, invented)",
}
#: A lever, and what it does to the load of the long run.
LEVERS = {
    "start": (
        "the school begins with twice as many teachers, and all else stays as it is",
        "same",
    ),
    "norm": (
        "each teacher can serve twice as many students well, and all else stays as it is",
        "same",
    ),
    "faster": (
        "the school finds twice as large a share of the missing teachers each year",
        "part",
    ),
    "slower": ("the students grow half as fast", "part"),
}


class FastGrowth(Exercise):
    """The load of steady growth, who leaves without a degree, and the fastest growth allowed."""

    title = "How fast may the school grow?"
    objective = 8
    level = "demanding"
    core = False
    points = 2
    minutes = 15

    def deal(self, draw: Draw) -> Answers:
        return {
            "school": draw.choice(list(SCHOOLS)),
            "growth": draw.integer(5, 20),
            "found": draw.integer(20, 60, 5),
            "base": draw.integer(4, 8),
            "slope": draw.integer(16, 40, 2),
            "grad": draw.integer(20, 32),
            "limit": draw.integer(24, 40, 2),
            "lever": draw.choice(list(LEVERS)),
        }

    def sound(self, p: Any) -> bool:
        return 2 <= float(_fastest(p)) <= 45 and apart(self, p)

    def question(self, p: Any) -> str:
        facts = [
            say(
                "The number of students grows by {g} a year, every year: as many are taken in as "
                "that needs.",
                g=_percent(p.growth),
            ),
            say(
                "Missing teachers: how many more are needed so that none has more students than "
                "can be served well. In each year the school finds {c} of those that were missing "
                "at its beginning; nobody leaves.",
                c=_percent(p.found),
            ),
            say(
                "The load (负荷) is the number of students, divided by how many the teachers can "
                "serve well. At a load of 1, {base} of the students drop out (退学) in a year; a "
                "load of 1.1 adds {tenth}, and so on in proportion.",
                base=_percent(p.base),
                tenth=percent(p.slope / 1000, 1),
            ),
            say("In each year {grad} of the students graduate.", grad=_percent(p.grad)),
        ]
        return page(
            say("{who} grows. All numbers are invented.", who=SCHOOLS[p.school]),
            bullets(facts),
            say(
                "After some years students and teachers grow at the same pace, and the load stays "
                "as it is.\n\n"
                "1. What is the load then?\n"
                "2. Of those who leave in a year then, by degree or by dropping out, what share "
                "has no degree?\n"
                "3. The board wants that share to be {limit} at most. What is the fastest growth "
                "that allows it?\n"
                "4. Suppose that {lever}. What happens to the load of the long run?",
                limit=_percent(p.limit),
                lever=LEVERS[p.lever][0],
            ),
        )

    def fields(self, p: Any) -> list[Field]:
        does = {
            "same": say("it stays the same"),
            "part": say("what it has above 1 becomes half as large"),
            "half": say("it becomes half as large"),
            "twice": say("it becomes twice as large"),
        }
        return [
            NumberField("load", say("Load in the long run"), absolute=0.01),
            NumberField("lost", say("Without a degree"), unit="%", absolute=0.15),
            NumberField("fastest", say("Fastest growth a year"), unit="%", absolute=0.1),
            ChoiceField("lever", say("The load then"), does),
        ]

    def solve(self, p: Any) -> Answers:
        load = 1 + p.growth / p.found
        terms = Growth(base=p.base / 100, slope=p.slope / 100)
        drop = dropout_share(terms, load)
        return {
            "load": load,
            "lost": 100 * drop / (drop + p.grad / 100),
            "fastest": float(_fastest(p)),
            "lever": LEVERS[p.lever][1],
        }

    def second(self, p: Any) -> Answers:
        # Year by year until the load stays; the fastest growth by halving.
        def settled(
            growth: float, found: float, *, norm: float = 30.0, first: float = 1.0
        ) -> float:
            students, teachers = 1.0, first / norm
            for _ in range(400):
                teachers += found * (students / norm - teachers)
                students *= 1 + growth
                teachers, students = teachers / (1 + growth), students / (1 + growth)
            return students / (norm * teachers)

        def lost(load: float) -> float:
            drop = p.base + p.slope * max(0.0, load - 1)
            return 100 * drop / (drop + p.grad)

        g, c = p.growth / 100, p.found / 100
        load = settled(g, c)
        low, high = 0.0, 1.0
        for _ in range(60):
            middle = (low + high) / 2
            low, high = (middle, high) if lost(1 + middle / c) <= p.limit else (low, middle)
        then = {
            "start": settled(g, c, first=2.0),
            "norm": settled(g, c, norm=60.0),
            "faster": settled(g, 2 * c),
            "slower": settled(g / 2, c),
        }[p.lever]
        lever = "same" if abs(then - load) < 1e-6 else "part"
        return {"load": load, "lost": lost(load), "fastest": 100 * low, "lever": lever}

    @misconception(
        "You let all missing teachers come within a year. Only a part of them is found, so the gap "
        "of earlier years is still there."
    )
    def all_found(self, p: Any) -> Answers:
        drop = p.base + p.slope * p.growth / 100
        return {"load": 1 + p.growth / 100, "lost": 100 * drop / (drop + p.grad)}

    @misconception(
        "You gave only what the load has above 1. The load counts all students, also those who can "
        "be served well."
    )
    def part_above(self, p: Any) -> Answers:
        return {"load": p.growth / p.found}

    @misconception(
        "You gave the part of all students that drops out in a year. The question is about those "
        "who leave: drop-outs, divided by drop-outs and graduates together."
    )
    def of_all_students(self, p: Any) -> Answers:
        return {"lost": p.base + p.slope * p.growth / p.found}

    @misconception("You took the drop-out of a load of 1. The growing school has a larger load.")
    def at_load_one(self, p: Any) -> Answers:
        return {"lost": 100 * p.base / (p.base + p.grad)}

    @misconception(
        "You took the board's limit for the part of all students that may drop out. It is a share "
        "of those who leave."
    )
    def limit_for_all(self, p: Any) -> Answers:
        return {"fastest": p.found * (p.limit - p.base) / p.slope}

    @misconception(
        "You gave how far the load may be above 1. From there to the growth it still takes the "
        "share of missing teachers that is found."
    )
    def load_for_growth(self, p: Any) -> Answers:
        return {"fastest": 100 * float(_fastest(p)) / p.found}

    @misconception(
        "You took a stock for a rate. A larger start, or larger classes, fill the gap once; the "
        "gap opens again, because the students go on growing as fast as before."
    )
    def stock_for_rate(self, p: Any) -> Answers | None:
        return {"lever": "half"} if LEVERS[p.lever][1] == "same" else None

    @misconception(
        "You halved the whole load. In the long run it is 1 and something more, and only the "
        "something depends on growth and hiring."
    )
    def whole_load(self, p: Any) -> Answers | None:
        return {"lever": "half"} if LEVERS[p.lever][1] == "part" else None

    @misconception(
        "You took it for a thing that makes no difference. It changes growth or hiring itself, and "
        "that is what the load of the long run depends on."
    )
    def no_difference(self, p: Any) -> Answers | None:
        return {"lever": "same"} if LEVERS[p.lever][1] == "part" else None

    def hints(self, p: Any) -> list[str]:
        return [
            say(
                "If the load stays as it is, the teachers grow at the pace of the students. So in "
                "a year the school must find {g} of the teachers it has.",
                g=_percent(p.growth),
            ),
            say(
                "Those are {c} of the missing ones. How large is the gap then, measured in "
                "teachers that it has? Students served well and the gap together make the load.",
                c=_percent(p.found),
            ),
            say(
                "Drop-out in a year: {base} plus {slope} for each whole 1 that the load has above "
                "1. Then compare drop-outs with graduates.",
                base=_percent(p.base),
                slope=_percent(p.slope),
            ),
            say(
                "For the fastest growth go backwards: limit → drop-out of a year → load → growth. "
                "If x of 100 leavers drop out, there are 100 − x graduates."
            ),
        ]

    def solution(self, p: Any) -> str:
        right = self.solve(p)
        drop = p.base + p.slope * p.growth / p.found
        most = p.grad * p.limit / (100 - p.limit)
        lever = {
            "same": say("The load of the long run depends on growth and on the share of missing "
                        "teachers that is found. Neither has changed, so it stays the same: the "
                        "gap closes for a time and opens again."),
            "part": say("What the load has above 1 is growth, divided by the share found. It "
                        "becomes half as large; the 1 stays."),
        }  # fmt: skip
        return page(
            say(
                "The teachers must grow by {g} too. They are {c} of the missing ones, so the gap "
                "is {g} ÷ {c} = {gap} of the teachers, and the load is **{load}**.",
                g=_percent(p.growth),
                c=_percent(p.found),
                gap=number(p.growth / p.found, 3),
                load=number(right["load"], 3),
            ),
            say(
                "Drop-out: {base} + {slope} × {gap} = {drop} of the students a year. Of those who "
                "leave, {drop} ÷ ({drop} + {grad}) = **{lost}** have no degree.",
                base=_percent(p.base),
                slope=_percent(p.slope),
                gap=number(p.growth / p.found, 3),
                drop=percent(drop / 100, 2),
                grad=_percent(p.grad),
                lost=percent(right["lost"] / 100, 1),
            ),
            say(
                "For {limit} at most, {grad} × {limit} ÷ {rest} = {most} may drop out in a year. "
                "The load may be ({most} − {base}) ÷ {slope} = {above} above 1, and the growth "
                "{c} × {above} = **{fastest}**.",
                limit=_percent(p.limit),
                grad=_percent(p.grad),
                rest=_percent(100 - p.limit),
                most=percent(most / 100, 2),
                base=_percent(p.base),
                slope=_percent(p.slope),
                above=number((most - p.base) / p.slope, 3),
                c=_percent(p.found),
                fastest=percent(right["fastest"] / 100, 1),
            ),
            say("{lever} Scale or quality is a choice of goals, which the model does not make.",
                lever=lever[right["lever"]]),
        )  # fmt: skip


def _fastest(p: Any) -> Fraction:
    """In percent: limit, drop-out of a year, load, growth."""
    most = Fraction(p.grad * p.limit, 100 - p.limit)
    return p.found * (most - p.base) / p.slope


def _percent(value: float) -> Any:
    return percent(value / 100, 0)
