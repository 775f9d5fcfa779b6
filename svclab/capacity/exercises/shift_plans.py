"""Shifts that cover the need of a day: a plan of one's own, scored against the cheapest."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from svclab.capacity.staffing.covering import cover
from svclab.capacity.staffing.shifts import Shift
from svclab.practice import (
    Draw,
    Exercise,
    Field,
    IntegerField,
    NumberField,
    PlanField,
    PlanScore,
    misconception,
)
from svclab.practice.apart import apart
from svclab.practice.wording import Answers, page, table
from svclab.words import Quantity, count, say, yuan

__all__ = ["ShiftCover"]

HOURS = 9
OPENS = 9
#: Hours from the beginning to the end of a full shift, one of which is the break.
LONG = 6
SHORT = 3

#: What is open, and who serves. All invented.
PLACES = {
    "hall": ("A service hall of a telecom operator (营业厅, invented)", "clerks"),
    "tea": ("A tea shop at a station (奶茶店, invented)", "helpers"),
    "tax": ("The service hall of a tax office (办税服务厅, invented)", "clerks"),
    "museum": ("The ticket hall of a museum (invented)", "helpers"),
}
NAMES = ("early", "middle", "late", "noon", "evening")


class ShiftCover(Exercise):
    """A lower bound on the cost, and how many people begin each of five shifts."""

    title = "Cover the day with shifts"
    objective = 5
    level = "demanding"
    points = 2
    minutes = 15

    def deal(self, draw: Draw) -> Answers:
        base = draw.integer(2, 4)
        lunch, evening = draw.integer(2, 5), draw.integer(0, 4)
        extra = [0, 0, lunch // 2, lunch, lunch, 0, evening // 2, evening, evening]
        wage = draw.integer(26, 40)
        return {
            "place": draw.choice(list(PLACES)),
            "need": [base + more + draw.integer(-1, 1) for more in extra],
            "starts": [0, draw.integer(1, 2), HOURS - LONG, draw.integer(2, 3), HOURS - SHORT],
            "breaks": [draw.integer(2, 3) for _ in range(3)],  # hours after the start
            "wage": wage,  # yuan an hour of work, for full shifts
            "short_wage": wage + draw.integer(3, 12),
        }

    def sound(self, p: Any) -> bool:
        # The best plan is none of the wrong ones, and breaks and short shifts matter.
        works = _works(p)
        best, plan = _best(p)
        if not _missing(p, works, self._without_breaks(p)) or not plan[3] + plan[4]:
            return False
        others = [_cost(p, self._long_only(p)), _cost(p, self._hour_by_hour(p))]
        return min(others) > 1.02 * best > 1.02 * self.solve(p)["bound"] and apart(self, p)

    def question(self, p: Any) -> str:
        where, who = PLACES[p.place]
        rows = [(_label(p, s), yuan(_costs(p)[s], 2)) for s in range(len(NAMES))]
        clock = [say("{h}:00", h=OPENS + t) for t in range(HOURS)]
        return page(
            say(
                "{where} is open from {opens}:00 to {closes}:00. So many {who} are needed in the "
                "hour that begins at the time above (staffing need, 人员需求):",
                where=where,
                opens=OPENS,
                closes=OPENS + HOURS,
                who=who,
            ),
            table([say("from"), *clock], [[say("needed"), *p.need]]),
            say("There are five shifts. In the hour of a break nobody of this shift serves."),
            table([say("shift"), say("pay of a person")], rows),
            say(
                "1. Below which sum can the pay of the day not be? Multiply the hours of work that "
                "are needed by the lowest pay for an hour of work (a lower bound, 下界).\n"
                "2. How many people begin each shift, so that **every** hour has enough and the "
                "pay is as low as you can make it? You may improve your plan and check again."
            ),
        )

    def fields(self, p: Any) -> list[Field]:
        return [
            NumberField("bound", say("Lower bound for the pay"), unit="yuan"),
            PlanField(
                "plan",
                say("Your plan"),
                {name: _label(p, s) for s, name in enumerate(NAMES)},
                [IntegerField("people", say("People"))],
                help=say("A whole number for each shift; 0 for a shift that nobody works."),
            ),
        ]

    def solve(self, p: Any) -> Answers:
        return {"bound": sum(p.need) * p.wage, "plan": _entries(_best(p)[1])}

    def second(self, p: Any) -> Answers:
        # The chapter's own integer program.
        shifts = [
            Shift(name, works, cost=cost)
            for name, works, cost in zip(NAMES, _works(p), _costs(p), strict=True)
        ]
        found = {shift.name: n for shift, n in cover(p.need, shifts).people}
        hour = min(shift.cost / shift.periods for shift in shifts)
        return {
            "bound": math.fsum(need * hour for need in p.need),
            "plan": _entries([found.get(name, 0) for name in NAMES]),
        }

    def score(self, p: Any, name: str, plan: Any) -> PlanScore:
        people = [plan[shift]["people"] for shift in NAMES]
        if min(people) < 0:
            return PlanScore(False, say("a shift cannot have fewer than 0 people."))
        why = _why_not(p, people)
        if why:
            return PlanScore(False, why)
        return PlanScore(
            True, "", _cost(p, people), _best(p)[0], "yuan", more_is_better=False,
            waste=_waste(p, people),
        )  # fmt: skip

    @misconception(
        "You planned as if there were no breaks. While a shift has its break too few are there."
    )
    def breaks_forgotten(self, p: Any) -> Answers:
        return {"plan": _entries(self._without_breaks(p))}

    @misconception(
        "You used full shifts only, because an hour costs less there. For a short peak a full "
        "shift is paid for hours in which nobody needs it."
    )
    def long_only(self, p: Any) -> Answers:
        return {"plan": _entries(self._long_only(p))}

    @misconception(
        "You went through the day hour by hour and filled each gap with the shift that begins "
        "last. Look at the day as a whole: another shift may cover two peaks, or fit the gap more "
        "cheaply."
    )
    def hour_by_hour(self, p: Any) -> Answers:
        return {"plan": _entries(self._hour_by_hour(p))}

    @misconception(
        "You staffed all hours as the busiest one. The need is less in the other hours: add up the "
        "hours one by one."
    )
    def always_busy(self, p: Any) -> Answers:
        return {"bound": HOURS * max(p.need) * p.wage}

    @misconception(
        "You divided the pay of a full shift by all of its hours. In the hour of the break nobody "
        "serves: an hour of work costs more."
    )
    def with_the_break(self, p: Any) -> Answers:
        return {"bound": sum(p.need) * p.wage * (LONG - 1) / LONG}

    @misconception(
        "You took the pay of the short shifts. The bound needs the lowest pay for an hour of work."
    )
    def dearer_hour(self, p: Any) -> Answers:
        return {"bound": sum(p.need) * p.short_wage}

    @misconception("This is a number of hours. Multiply by the pay for an hour of work.")
    def hours_only(self, p: Any) -> Answers:
        return {"bound": sum(p.need)}

    def _without_breaks(self, p: Any) -> list[int]:
        spans = tuple(
            tuple(int(start <= t < start + _length(s)) for t in range(HOURS))
            for s, start in enumerate(p.starts)
        )
        return _search(tuple(p.need), spans, tuple(_costs(p)))[1]

    def _long_only(self, p: Any) -> list[int]:
        return [*_search(tuple(p.need), _works(p)[:3], tuple(_costs(p)[:3]))[1], 0, 0]

    def _hour_by_hour(self, p: Any) -> list[int]:
        works, people = _works(p), [0] * len(NAMES)
        for t, need in enumerate(p.need):
            there = sum(n * shift[t] for n, shift in zip(people, works, strict=True))
            last = max((s for s in range(len(NAMES)) if works[s][t]), key=lambda s: p.starts[s])
            people[last] += max(0, need - there)
        return people

    def hints(self, p: Any) -> list[str]:
        only = [NAMES[s] for s in range(len(NAMES)) if _works(p)[s][0]]
        return [
            say(
                "The bound: add up the people needed in the nine hours. Then find out what an "
                "hour of work costs in a full shift (five hours of work) and in a short one "
                "(three hours)."
            ),
            say(
                "Begin with hours that few shifts can cover. At {h}:00 only the shift *{shift}* is "
                "there, so it must have at least as many people as are needed then.",
                h=OPENS,
                shift=only[0],
            ),
            say(
                "Draw a table: a line for each shift, a column for each hour, and mark the hours "
                "of work. Below, write how many are there and how many are needed. Look at the "
                "breaks."
            ),
            say(
                "When every hour has enough, look for hours with too many. Can you take one person "
                "from a shift and put one on a shorter or later one? Each such step that keeps "
                "every hour covered and lowers the pay is a gain."
            ),
        ]

    def solution(self, p: Any) -> str:
        cost, people = _best(p)
        works, bound = _works(p), self.solve(p)["bound"]
        clock = [say("{h}:00", h=OPENS + t) for t in range(HOURS)]
        there = [
            sum(n * shift[t] for n, shift in zip(people, works, strict=True)) for t in range(HOURS)
        ]
        rows: list[list[Quantity | str | int]] = [
            [_label(p, s), n] for s, n in enumerate(people) if n
        ]
        return page(
            say(
                "**Bound.** {hours} of work are needed. An hour costs {long} ÷ {n} = {hour} in a "
                "full shift and {short} in a short one. {hours} × {hour} = **{bound}**.",
                hours=count(sum(p.need), "hour"),
                long=yuan(_costs(p)[0], 2),
                n=LONG - 1,
                hour=yuan(p.wage, 2),
                short=yuan(p.short_wage, 2),
                bound=yuan(bound, 2),
            ),
            say("**A cheapest plan**, found by an integer program:"),
            table([say("shift"), say("people")], rows),
            table([say("from"), *clock], [[say("needed"), *p.need], [say("at work"), *there]]),
            say(
                "It costs {cost}, which is {more} above the bound: {spare} of work are paid and "
                "not needed, and an hour of a short shift costs more. There may be other plans "
                "that are just as cheap.",
                cost=yuan(cost, 2),
                more=yuan(cost - bound, 2),
                spare=count(sum(there) - sum(p.need), "hour"),
            ),
        )


def _length(shift: int) -> int:
    return LONG if shift < 3 else SHORT


@lru_cache(maxsize=64)
def _marks(starts: tuple[int, ...], breaks: tuple[int, ...]) -> tuple[tuple[int, ...], ...]:
    rows = []
    for s, start in enumerate(starts):
        off = start + breaks[s] if s < len(breaks) else -1
        rows.append(tuple(int(start <= t < start + _length(s) and t != off) for t in range(HOURS)))
    return tuple(rows)


def _works(p: Any) -> tuple[tuple[int, ...], ...]:
    """For each shift, 1 for the hours in which its people serve."""
    return _marks(tuple(p.starts), tuple(p.breaks))


def _costs(p: Any) -> list[int]:
    """Pay of a person on each shift, yuan; the break is not paid."""
    return [p.wage * (LONG - 1)] * 3 + [p.short_wage * SHORT] * 2


def _cost(p: Any, people: Sequence[int]) -> int:
    return sum(n * cost for n, cost in zip(people, _costs(p), strict=True))


def _label(p: Any, shift: int) -> str:
    start = OPENS + p.starts[shift]
    text = say("{name}: {a}:00 to {b}:00", name=NAMES[shift], a=start, b=start + _length(shift))
    if shift >= len(p.breaks):
        return text
    off = start + p.breaks[shift]
    return say("{text}, break {a}:00 to {b}:00", text=text, a=off, b=off + 1)


def _entries(people: Sequence[int]) -> Answers:
    return {name: {"people": n} for name, n in zip(NAMES, people, strict=True)}


def _missing(p: Any, works: Sequence[Sequence[int]], people: Sequence[int]) -> list[int]:
    """The hours in which a plan has too few."""
    return [
        t
        for t, need in enumerate(p.need)
        if sum(n * shift[t] for n, shift in zip(people, works, strict=True)) < need
    ]


def _why_not(p: Any, people: Sequence[int]) -> str:
    """The first hour in which a plan has too few, as a sentence; empty if there is none."""
    works = _works(p)
    short = _missing(p, works, people)
    if not short:
        return ""
    t = short[0]
    there = sum(n * shift[t] for n, shift in zip(people, works, strict=True))
    resting = sum(
        n for s, n in enumerate(people[: len(p.breaks)]) if t == p.starts[s] + p.breaks[s]
    )
    values = {"a": OPENS + t, "b": OPENS + t + 1, "there": there, "need": p.need[t]}
    if resting:
        return say(
            "from {a}:00 to {b}:00 it has {there} at work and {resting} on a break; {need} are "
            "needed.",
            resting=resting,
            **values,
        )
    return say("from {a}:00 to {b}:00 it has {there} at work; {need} are needed.", **values)


def _waste(p: Any, people: Sequence[int]) -> str:
    """How many hours of work are paid and not needed, and in how many hours of the day."""
    works = _works(p)
    spare = [
        sum(n * shift[t] for n, shift in zip(people, works, strict=True)) - need
        for t, need in enumerate(p.need)
    ]
    over = [t for t, n in enumerate(spare) if n > 0]
    if not over:
        return ""
    most = max(over, key=lambda t: spare[t])
    return say(
        "In {hours} of the day it has more people than are needed: {spare} of work too many, most "
        "of them from {a}:00 to {b}:00, {n} too many.",
        hours=count(len(over), "hour"),
        spare=count(sum(spare), "hour"),
        a=OPENS + most,
        b=OPENS + most + 1,
        n=count(spare[most], "person", "people"),
    )


def _best(p: Any) -> tuple[int, list[int]]:
    """The lowest pay, and a plan that has it."""
    return _search(tuple(p.need), _works(p), tuple(_costs(p)))


@lru_cache(maxsize=2048)
def _search(
    need: tuple[int, ...], works: tuple[tuple[int, ...], ...], costs: tuple[int, ...]
) -> tuple[int, list[int]]:
    """The cheapest plan, shift by shift, leaving out what cannot become cheaper."""
    # Whoever covers an hour last must fill it; no shift needs more than its busiest hour.
    last = [max((s for s, shift in enumerate(works) if shift[t]), default=-1) for t in range(HOURS)]
    hours = [[t for t in range(HOURS) if shift[t]] for shift in works]
    # What an hour of work costs at the least, by the shifts that are still to come.
    rates = [cost / len(mine) for cost, mine in zip(costs, hours, strict=True)]
    cheapest = [min(rates[s:], default=0.0) for s in range(len(works) + 1)]
    best: list[Any] = [math.inf, []]

    def add(s: int, left: list[int], people: list[int], cost: int) -> None:
        if cost + cheapest[s] * sum(gap for gap in left if gap > 0) >= best[0]:
            return
        if s == len(works):
            best[:] = [cost, people]
            return
        fewest = max((left[t] for t in hours[s] if last[t] == s), default=0)
        most = max(left[t] for t in hours[s])
        for n in range(max(0, fewest), max(0, most) + 1):
            after = [gap - n * mark for gap, mark in zip(left, works[s], strict=True)]
            add(s + 1, after, [*people, n], cost + n * costs[s])

    add(0, [gap if last[t] >= 0 else 0 for t, gap in enumerate(need)], [], 0)
    return best[0], best[1]
