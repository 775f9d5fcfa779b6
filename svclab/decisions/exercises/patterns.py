"""Duties around the clock: the fewest people, and the plan with the lowest pay."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import lru_cache
from itertools import accumulate
from typing import Any

from svclab.decisions.exercises.plan_scores import Saving
from svclab.decisions.problems.covering import staff_cover
from svclab.practice import (
    Draw,
    Exercise,
    Field,
    IntegerField,
    PlanField,
    PlanScore,
    misconception,
)
from svclab.practice.apart import apart
from svclab.practice.wording import Answers, page, table
from svclab.words import Quantity, count, say, yuan

__all__ = ["CoverDay"]

BLOCKS = 6  # of four hours; a duty is two of them in a row
NAMES = tuple(f"from_{4 * k}" for k in range(BLOCKS))
#: Who serves around the clock. All invented.
PLACES = {
    "hotline": ("A city hotline (12345 热线, invented)", "agents"),
    "ward": ("A ward of a hospital (病房, invented)", "nurses"),
    "hotel": ("The reception and the room service of a large hotel (invented)", "clerks"),
    "rescue": ("A breakdown service (道路救援, invented)", "drivers"),
}


class CoverDay(Exercise):
    """The fewest people who cover a day of 24 hours, and the cheapest duties."""

    title = "Cover the clock"
    objective = 7
    level = "demanding"
    points = 2
    minutes = 15

    def deal(self, draw: Draw) -> Answers:
        night, day = draw.integer(2, 5), draw.integer(7, 11)
        need = [
            night,
            night + draw.integer(-1, 1),
            day + draw.integer(-2, 3),
            day + draw.integer(-3, 4),
            day + draw.integer(-2, 5),
            night + draw.integer(1, 6),
        ]
        return {
            "place": draw.choice(list(PLACES)),
            "need": need,
            "pay": draw.integer(180, 260, 10),  # yuan for a duty of eight hours
            "extra": draw.integer(40, 120, 10),  # more for each block between 0:00 and 8:00
        }  # fmt: skip

    def sound(self, p: Any) -> bool:
        # The simple bounds are below the fewest people, and the fewest are not the cheapest way
        # to be had by going round the clock.
        fewest = _fewest(p)
        simple = max(math.ceil(sum(p.need) / 2), max(p.need))
        return fewest > simple and _obvious(p) > 1.01 * _best(p)[0] and apart(self, p)

    def question(self, p: Any) -> str:
        where, who = PLACES[p.place]
        rows = [(_label(k), yuan(_pays(p)[k], 2)) for k in range(BLOCKS)]
        return page(
            say(
                "{where} is open day and night. So many {who} are needed in the four hours that "
                "begin at the time above, every day alike (covering, 覆盖模型):",
                where=where,
                who=who,
            ),
            table([say("from"), *(_clock(k) for k in range(BLOCKS))], [[say("needed"), *p.need]]),
            say(
                "A duty lasts eight hours and begins at one of these times. The last one ends on "
                "the next morning. A duty is paid {pay}, and {extra} more for every four hours of "
                "it that lie between 0:00 and 8:00:",
                pay=yuan(p.pay, 2),
                extra=yuan(p.extra, 2),
            ),
            table([say("duty"), say("pay")], rows),
            say(
                "1. With how many {who} can the day be covered at the least, whatever they are "
                "paid?\n"
                "2. How many begin each duty, so that **all** hours are covered and the pay of a "
                "day is as low as you can make it? The plan has points for what it saves compared "
                "with going round the clock and filling each gap when it comes. You may improve "
                "it and check again.",
                who=who,
            ),
        )

    def fields(self, p: Any) -> list[Field]:
        return [
            IntegerField("fewest", say("Fewest people"), unit="people"),
            PlanField(
                "plan",
                say("Your plan"),
                {name: _label(k) for k, name in enumerate(NAMES)},
                [IntegerField("people", say("People"))],
                help=say("A whole number for each duty; 0 for a duty that nobody begins."),
            ),
        ]

    def solve(self, p: Any) -> Answers:
        return {"fewest": _fewest(p), "plan": _entries(_best(p)[1])}

    def second(self, p: Any) -> Answers:
        # The chapter's own linear programs: with two blocks in a row their corners are whole.
        need = {_clock(k): n for k, n in enumerate(p.need)}
        duties = {n: [_clock(k), _clock((k + 1) % BLOCKS)] for k, n in enumerate(NAMES)}
        fewest = staff_cover(need, duties, relaxed=True).cost
        pays = dict(zip(NAMES, _pays(p), strict=True))
        people = staff_cover(need, duties, cost=pays, relaxed=True).people
        return {"fewest": round(fewest), "plan": _entries([round(people[n]) for n in NAMES])}

    def score(self, p: Any, name: str, plan: Any) -> PlanScore:
        people = [plan[duty]["people"] for duty in NAMES]
        if min(people) < 0:
            return PlanScore(False, say("a duty cannot have fewer than 0 people."))
        there = _there(people)
        for k in range(BLOCKS):
            if there[k] < p.need[k]:
                return PlanScore(
                    False,
                    say(
                        "from {a} to {b} it has {there} at work, {old} of them since {before}; "
                        "{need} are needed.",
                        a=_clock(k),
                        b=_clock(k + 1),
                        there=there[k],
                        old=people[k - 1],
                        before=_clock((k - 1) % BLOCKS),
                        need=p.need[k],
                    ),
                )
        return Saving(
            True, "", _pay(p, people), _best(p)[0], "yuan", waste=_waste(p, people),
            obvious=_obvious(p), than=say("going round the clock"),
        )  # fmt: skip

    @misconception(
        "You let as many begin as are needed at each time. But those who began four hours ago are "
        "still there: count them first."
    )
    def as_needed(self, p: Any) -> Answers:
        return {"plan": _entries(p.need), "fewest": sum(p.need)}

    @misconception(
        "You began at midnight and went round the clock, filling each gap when it came. Nobody "
        "looked at the end: those who begin last are still there after midnight, so fewer have to "
        "begin then."
    )
    def round_the_clock(self, p: Any) -> Answers:
        people = _round_the_clock(p, 0)
        found: Answers = {"plan": _entries(people)}
        if sum(people) > _fewest(p):
            found["fewest"] = sum(people)
        return found

    @misconception(
        "You divided the sum of all needs by two, because each person covers two times. No plan "
        "needs fewer, but there may be none that wastes nothing: look at times that no person can "
        "cover both."
    )
    def half_of_all(self, p: Any) -> Answers:
        return {"fewest": math.ceil(sum(p.need) / 2)}

    @misconception(
        "You took the largest need. Those who are there at that time cannot also cover the other "
        "end of the day."
    )
    def busiest(self, p: Any) -> Answers:
        return {"fewest": max(p.need)}

    @misconception(
        "You halved the needs, as if both neighbours always sent the same. Where the needs of "
        "neighbours differ, too few are there."
    )
    def halves(self, p: Any) -> Answers | None:
        people = [math.ceil(n / 2) for n in p.need]
        there = _there(people)
        short = any(a < b for a, b in zip(there, p.need, strict=True))
        return {"plan": _entries(people)} if short else None

    def hints(self, p: Any) -> list[str]:
        return [
            say(
                "At each time those are there who begin now, and those who began four hours ago. "
                "Write x for each duty, and one line for each time: x before + x now ≥ need."
            ),
            say(
                "The fewest people: nobody who works from 0:00 to 4:00 can also work from 8:00 to "
                "12:00 or from 16:00 to 20:00. So the needs of these three times add up. There "
                "are other such sets of times. Which set has the largest sum?"
            ),
            say(
                "The plan: begin with the duties that get no extra, at 8:00, 12:00 and 16:00. For "
                "the night decide between duties that end at 4:00, that begin at 4:00, and that "
                "cover both parts of the night."
            ),
            say(
                "When all is covered, look for times with too many. Can one person begin four "
                "hours later or earlier, or stay away, so that the pay falls?"
            ),
        ]

    def solution(self, p: Any) -> str:
        pay, people = _best(p)
        fewest, times = _fewest(p), _proof(p)
        rows: list[list[Quantity | str | int]] = [
            [_label(k), yuan(_pays(p)[k], 2), n] for k, n in enumerate(people) if n
        ]
        rule = _round_the_clock(p, 0)
        return page(
            say(
                "**Fewest.** Nobody works at two of the times {times}, so their needs add up: "
                "{sum} = **{fewest}**. And there is a plan with so many.",
                times=", ".join(_clock(k) for k in times),
                sum=" + ".join(str(p.need[k]) for k in times),
                fewest=count(fewest, "person", "people"),
            ),
            say("**A cheapest plan**, found by an integer program:"),
            table([say("duty"), say("pay"), say("people")], rows),
            table(
                [say("from"), *(_clock(k) for k in range(BLOCKS))],
                [[say("needed"), *p.need], [say("at work"), *_there(people)]],
            ),
            say(
                "It has {n} and costs {pay} a day. To go round the clock from midnight takes {m} "
                "and {rule}. There may be other plans that are just as cheap.",
                n=count(sum(people), "person", "people"),
                pay=yuan(pay, 2),
                m=count(sum(rule), "person", "people"),
                rule=yuan(_pay(p, rule), 2),
            ),
        )


def _clock(block: int) -> str:
    return say("{h}:00", h=4 * block)


def _label(duty: int) -> str:
    return say("{a} to {b}", a=_clock(duty), b=_clock((duty + 2 - 1) % BLOCKS + 1))


def _entries(people: Sequence[int]) -> Answers:
    return {name: {"people": n} for name, n in zip(NAMES, people, strict=True)}


def _pays(p: Any) -> list[int]:
    """Pay of each duty: the blocks 0 and 1 are the night."""
    nights = (2, 1, 0, 0, 0, 1)
    return [p.pay + n * p.extra for n in nights]


def _pay(p: Any, people: Sequence[int]) -> int:
    return sum(n * pay for n, pay in zip(people, _pays(p), strict=True))


def _there(people: Sequence[int]) -> list[int]:
    """How many are at work in each block: who begins then, and who began one block before."""
    return [people[k] + people[k - 1] for k in range(BLOCKS)]


def _proof(p: Any) -> tuple[int, ...]:
    """Times of which nobody covers two, with the largest sum of needs: no plan has fewer people.

    Six blocks in a ring: every second one, or two that lie opposite each other.
    """
    sets = [(0, 2, 4), (1, 3, 5), (0, 3), (1, 4), (2, 5)]
    return max(sets, key=lambda times: sum(p.need[k] for k in times))


def _fewest(p: Any) -> int:
    return sum(p.need[k] for k in _proof(p))


def _round_the_clock(p: Any, start: int) -> list[int]:
    """The plan of somebody who fills each gap when it comes."""
    people = [0] * BLOCKS
    for step in range(BLOCKS):
        k = (start + step) % BLOCKS
        before = people[k - 1] if step else 0
        people[k] = max(0, p.need[k] - before)
    return people


def _obvious(p: Any) -> int:
    """The pay of going round the clock, from midnight or four hours later."""
    return min(_pay(p, _round_the_clock(p, start)) for start in (0, 1))


def _waste(p: Any, people: Sequence[int]) -> str:
    """When it has the most people too many, as a sentence."""
    spare = [a - b for a, b in zip(_there(people), p.need, strict=True)]
    most = max(range(BLOCKS), key=spare.__getitem__)
    if not spare[most]:
        return say("Nobody is too many, but some duties could lie at cheaper times.")
    return say(
        "From {a} to {b} it has {n} too many.", a=_clock(most), b=_clock(most + 1), n=spare[most]
    )


def _best(p: Any) -> tuple[int, list[int]]:
    return _cheapest(tuple(p.need), tuple(_pays(p)))


@lru_cache(maxsize=2048)
def _cheapest(need: tuple[int, ...], pays: tuple[int, ...]) -> tuple[int, list[int]]:
    """The lowest pay of a day, and a plan that has it.

    For each number who begin the last duty, which is still there in the first block: block by
    block, the cheapest way to each number who began last.
    """
    top = max(need)
    found = []
    for last in range(top + 1):
        ways: list[tuple[float, list[int]]] = [(math.inf, [])] * (top + 1)
        ways[last] = 0, []  # this duty is paid at the end of the day, where its number stands
        for block, pay in zip(need, pays, strict=True):
            # The cheapest way with so many, or more, who began before.
            least = list(accumulate(reversed(ways), min))[::-1]
            enough = [least[max(0, block - n)] for n in range(top + 1)]
            ways = [(paid + n * pay, [*plan, n]) for n, (paid, plan) in enumerate(enough)]
        found.append(ways[last])
    paid, plan = min(found)
    return int(paid), plan
