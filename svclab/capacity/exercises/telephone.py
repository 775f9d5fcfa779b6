"""A few telephone lines and nobody waits: Erlang B, line by line."""

from __future__ import annotations

import math
from fractions import Fraction
from itertools import islice, pairwise
from typing import Any

from svclab.capacity.queues.erlang import erlang_b, erlang_b_by_servers, erlang_c
from svclab.practice import Draw, Exercise, Field, IntegerField, NumberField, misconception
from svclab.practice.apart import apart
from svclab.practice.wording import Answers, page, table
from svclab.words import count, minutes, number, percent, say

__all__ = ["PhoneLines"]

#: Where, how many minutes a service takes, what a place and a customer are called, and how they
#: are lost. All invented.
PLACES = {
    "clinic": (
        "A clinic (invented) takes appointments by telephone (电话预约)",
        (2.4, 6.0, 0.6),
        "line",
        "call",
        "Whoever calls while all lines are busy hears the engaged tone (忙音) and is lost",
    ),
    "taxi": (
        "A taxi firm (invented) takes orders by telephone (电话叫车)",
        (1.2, 3.6, 0.6),
        "line",
        "call",
        "Whoever calls while all lines are busy rings another firm",
    ),
    "chargers": (
        "A small car park (invented) has chargers for electric cars (充电桩)",
        (24.0, 54.0, 6.0),
        "charger",
        "car",
        "A car that finds all chargers in use drives on",
    ),
    "tutors": (
        "A learning platform (invented) offers video talks with tutors (在线答疑)",
        (6.0, 15.0, 0.6),
        "tutor",
        "student",
        "A student who finds all tutors busy closes the app",
    ),
}


class PhoneLines(Exercise):
    """Share that is lost, mean number of busy lines, and the fewest lines for a promise."""

    title = "Enough lines"
    objective = 3
    level = "medium"
    minutes = 8

    def deal(self, draw: Draw) -> Answers:
        # With multiples of 0.6 min the offered load has two decimals at most.
        place = draw.choice(list(PLACES))
        service = draw.number(*PLACES[place][1])
        return {
            "place": place,
            "rate": draw.integer(int(60 / service) + 1, int(192 / service)),
            "service": service,
            "lines": draw.integer(2, 4),
            "most": draw.choice([1, 2, 3, 5]),
        }

    def sound(self, p: Any) -> bool:
        # A load for a calculator, a promise that is not just missed, and more lines to find.
        load = _load(p)
        if not 1.0 <= load <= 3.2 or load % 1 < 0.05:
            return False
        lost = [100 * one for one in islice(erlang_b_by_servers(load), 12)]
        fewest = _fewest(p)
        clear = lost[fewest] < 0.93 * p.most and lost[fewest - 1] > 1.07 * p.most
        more = p.lines + 1 <= fewest <= 8 and fewest > math.floor(load) + 1
        return clear and more and lost[p.lines] > 8 and apart(self, p)

    def question(self, p: Any) -> str:
        where, _, line, who, lost = PLACES[p.place]
        return page(
            say(
                "{where}. It has {lines}. On average {rate} {who} an hour come, at random "
                "(Poisson arrivals, 泊松到达). One of them keeps a {line} busy for {service} on "
                "average. {lost}: nobody waits.",
                where=where,
                lines=count(p.lines, line),
                rate=p.rate,
                who=who + "s",
                line=line,
                service=minutes(p.service),
                lost=lost,
            ),
            say(
                "1. What share of the {who} is lost (loss, 损失率)?\n"
                "2. How many {line} are busy on average?\n"
                "3. How many {line} are needed so that at most {most} are lost?",
                who=who + "s",
                line=line + "s",
                most=percent(p.most / 100, 0),
            ),
        )

    def fields(self, p: Any) -> list[Field]:
        line = PLACES[p.place][2]
        return [
            NumberField("lost", say("Share lost"), unit="%", relative=0.01),
            NumberField("busy", say("Busy on average"), unit=line + "s", relative=0.01),
            IntegerField("fewest", say("Fewest for the promise"), unit=line + "s"),
        ]

    def solve(self, p: Any) -> Answers:
        load = _load(p)
        lost = erlang_b(load, p.lines)
        return {"lost": 100 * lost, "busy": load * (1 - lost), "fewest": _fewest(p)}

    def second(self, p: Any) -> Answers:
        # The shares of the states: n busy has the weight aⁿ/n!, in exact fractions.
        load = Fraction(p.rate) * Fraction(str(p.service)) / 60

        def states(lines: int) -> list[Fraction]:
            weights = [load**n / math.factorial(n) for n in range(lines + 1)]
            total = sum(weights)
            return [weight / total for weight in weights]

        now = states(p.lines)
        fewest = next(n for n in range(1, 50) if states(n)[-1] <= Fraction(p.most, 100))
        return {
            "lost": float(100 * now[-1]),
            "busy": float(sum(n * share for n, share in enumerate(now))),
            "fewest": fewest,
        }

    @misconception(
        "You divided the load by the number of places. This would be the utilisation if nobody "
        "were lost. The loss is the share of the time in which all are busy at once."
    )
    def load_over_lines(self, p: Any) -> Answers | None:
        share = 100 * _load(p) / p.lines
        return {"lost": share} if share < 100 else None

    @misconception(
        "You compared averages, as if all places were always busy and only the surplus were lost. "
        "But they are idle at times, and at other times many come at once and are lost."
    )
    def only_the_surplus(self, p: Any) -> Answers:
        load = _load(p)
        found: Answers = {"fewest": math.ceil(load)}
        return found | ({"lost": 100 * (load - p.lines) / load} if load > p.lines else {})

    @misconception(
        "You used Erlang C. It holds if people wait for a free place. Here nobody waits, so "
        "Erlang B is right."
    )
    def erlang_c_instead(self, p: Any) -> Answers:
        load = _load(p)
        fewest = next(n for n in range(1, 60) if 100 * erlang_c(load, n) <= p.most)
        found: Answers = {"fewest": fewest} if fewest != _fewest(p) else {}
        return found | ({"lost": 100 * erlang_c(load, p.lines)} if load < p.lines else {})

    @misconception(
        "You are one step behind: B = 1 is the loss with no place at all, and the first step of "
        "the recursion gives the loss with one."
    )
    def one_step_short(self, p: Any) -> Answers:
        lost = erlang_b(_load(p), p.lines - 1)
        return {
            "lost": 100 * lost,
            "busy": _load(p) * (1 - lost),
            "fewest": _fewest(p) + 1,
        }

    @misconception(
        "You took the Poisson probability of so many. It belongs to unlimited places: with a "
        "limit, divide by the sum over all numbers that are possible."
    )
    def poisson_term(self, p: Any) -> Answers:
        load = _load(p)
        term = math.exp(-load) * load**p.lines / math.factorial(p.lines)
        return {"lost": 100 * term}

    @misconception("This is the share that gets in. The question asks for those who are lost.")
    def share_served(self, p: Any) -> Answers:
        return {"lost": 100 - 100 * erlang_b(_load(p), p.lines)}

    @misconception("You took the whole offered load. Those who are lost keep nothing busy.")
    def lost_keep_busy(self, p: Any) -> Answers:
        return {"busy": _load(p)}

    @misconception(
        "You multiplied the load by the share that is lost. What keeps the places busy is the "
        "part that gets in."
    )
    def busy_with_the_lost(self, p: Any) -> Answers:
        return {"busy": _load(p) * erlang_b(_load(p), p.lines)}

    def hints(self, p: Any) -> list[str]:
        return [
            say(
                "First the offered load a, in Erlang: the work that comes in an hour, in hours. "
                "Mind the minutes."
            ),
            say(
                "Erlang B goes step by step. With no place at all everybody is lost: B = 1. For "
                "n places: B = a × (B before) ÷ (n + a × (B before))."
            ),
            say("Go on with the steps until the loss is low enough for the promise."),
            say(
                "Busy on average = the work of those who get in: the offered load without the "
                "part that is lost."
            ),
        ]

    def solution(self, p: Any) -> str:
        _, _, line, who, _ = PLACES[p.place]
        load, right = _load(p), self.solve(p)
        steps = list(islice(erlang_b_by_servers(load), right["fewest"] + 1))
        rows = [
            (n, say("a × {b} ÷ ({n} + a × {b})", b=_share(before), n=n), _share(lost))
            for n, (before, lost) in enumerate(pairwise(steps), 1)
        ]
        return page(
            say(
                "**Load.** a = {rate} × {service} ÷ 60 = {load} Erlang. Then step by step, from "
                "B = 100% with none:",
                rate=p.rate,
                service=minutes(p.service),
                load=number(load, 2),
            ),
            table([line + "s", say("B"), say("lost")], rows),
            say(
                "With {lines} **{lost}** of the {who} are lost. Those who get in keep {load} × (1 "
                "− {share}) = **{busy}** busy.",
                lines=count(p.lines, line),
                lost=_share(right["lost"] / 100),
                who=who + "s",
                load=number(load, 2),
                share=_share(right["lost"] / 100),
                busy=say("{n} {line}", n=number(right["busy"], 3), line=line + "s"),
            ),
            say(
                "The first row with {most} or less is that of **{fewest}**. {load} Erlang need "
                "far more than {load} {line}: people come irregularly, and here nobody waits.",
                most=percent(p.most / 100, 0),
                fewest=count(right["fewest"], line),
                load=number(load, 2),
                line=line + "s",
            ),
        )


def _load(p: Any) -> float:
    return round(p.rate * p.service / 60, 9)


def _fewest(p: Any) -> int:
    losses = enumerate(erlang_b_by_servers(_load(p)))
    return next(n for n, lost in losses if 100 * lost <= p.most)


def _share(value: float) -> str:
    return str(percent(value, 2))
