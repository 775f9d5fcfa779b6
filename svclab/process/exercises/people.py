"""Number, rate and time: Little's law."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from svclab.practice import Draw, Exercise, Field, NumberField, misconception
from svclab.practice.wording import Answers, page
from svclab.process.littles import littles_law
from svclab.process.model import MINUTE
from svclab.words import minutes, number, say

__all__ = ["PeopleInside"]


ROOMS = {
    "citizens": "a citizens' office",
    "bank": "a branch of a bank",
    "outpatients": "an outpatient clinic",
    "passports": "a passport office",
}


class PeopleInside(Exercise):
    """Little's law, once for the whole visit and once for the waiting alone."""

    title = "How long do they stay?"
    objective = 2
    level = "easy"
    minutes = 5

    def deal(self, draw: Draw) -> Answers:
        stay = draw.choice([12, 15, 18, 20, 24, 25, 30, 36, 40, 45])
        rate = draw.integer(24, 96, 6)
        return {
            "room": draw.choice(list(ROOMS)),
            "inside": rate * stay // 60,
            "rate": rate,
            "service": draw.integer(3, stay - 6),
        }

    def sound(self, p: Any) -> bool:
        # The numbers shall be easy to divide, and no two of them alike.
        stay = 60 * p.inside / p.rate
        easy = stay * 2 == int(stay * 2) and p.rate != 60
        return easy and p.inside >= 6 and len({p.inside, p.rate, p.service, stay}) == 4

    def question(self, p: Any) -> str:
        return page(
            say(
                "At {room} (invented), {rate} people arrive per hour, and as many leave. On "
                "average {inside} people are inside. A visit consists of waiting and then "
                "{service} at a desk.",
                room=ROOMS[p.room],
                rate=p.rate,
                inside=p.inside,
                service=minutes(p.service),
            ),
            say(
                "1. How long does a visit take on average, waiting included?\n"
                "2. How many of the people inside are waiting, on average? (An average need not "
                "be a whole number.)"
            ),
        )

    def fields(self, p: Any) -> list[Field]:
        return [
            NumberField("stay", say("Length of a visit"), unit="min"),
            NumberField("waiting", say("People waiting, on average"), unit="people"),
        ]

    def solve(self, p: Any) -> Answers:
        visit = littles_law(inventory=p.inside, throughput_per_hour=p.rate)
        at_desks = littles_law(
            throughput_per_hour=p.rate, flow_time_seconds=p.service * MINUTE
        ).inventory
        return {"stay": visit.flow_time_seconds / MINUTE, "waiting": p.inside - at_desks}

    def second(self, p: Any) -> Answers:
        # One person every 60/rate minutes: of those inside, a share waits like the stay is
        # divided, and the stay is as many gaps long as there are people inside.
        gap = Fraction(60, p.rate)
        stay = gap * p.inside
        return {"stay": float(stay), "waiting": float(p.inside * (stay - p.service) / stay)}

    @misconception(
        "You divided the rate by the number of people. It is the other way round: time = number "
        "÷ rate."
    )
    def upside_down(self, p: Any) -> Answers:
        return {"stay": p.rate / p.inside}

    @misconception(
        "You multiplied the number of people by the rate. Number = rate × time. To find the "
        "time, you must divide."
    )
    def multiplied(self, p: Any) -> Answers:
        return {"stay": p.inside * p.rate / 60}

    @misconception(
        "You added the time at the desk. It is already in the result: the people at the desks "
        "were counted as inside, too."
    )
    def desk_added(self, p: Any) -> Answers:
        return {"stay": 60 * p.inside / p.rate + p.service}

    @misconception(
        "These are the people who are being served at the desks. The question asks for the others."
    )
    def those_served(self, p: Any) -> Answers:
        return {"waiting": p.rate * p.service / 60}

    @misconception(
        "You took away one person, as if there were one desk. Little's law, used for the desks "
        "alone, tells how many people are being served on average."
    )
    def all_but_one(self, p: Any) -> Answers:
        return {"waiting": p.inside - 1}

    @misconception(
        "You counted everybody inside as waiting. Some of them sit at a desk and are being served."
    )
    def everybody_waits(self, p: Any) -> Answers:
        return {"waiting": p.inside}

    def hints(self, p: Any) -> list[str]:
        return [
            say("Little's law (利特尔法则): number = rate × time. Which two do you know?"),
            say(
                "The rate is per hour and the answer is in minutes. How many people per minute "
                "are {rate} people per hour?",
                rate=p.rate,
            ),
            say(
                "Little's law holds for a part of the office, too. For the desks alone: the same "
                "rate, and {service} for each person. Everybody who is inside and not at a desk is "
                "waiting.",
                service=minutes(p.service),
            ),
        ]

    def solution(self, p: Any) -> str:
        right = self.solve(p)
        return page(
            say(
                "**The visit.** {rate} people per hour are {each} per minute. Time = number ÷ "
                "rate = {inside} ÷ {each} = **{stay}**.",
                rate=p.rate,
                each=number(p.rate / 60, 3),
                inside=p.inside,
                stay=minutes(right["stay"]),
            ),
            say(
                "**The waiting.** At the desks: number = rate × time = {each} × {service} = "
                "{served} people. The others wait: {inside} − {served} = **{waiting}**.",
                each=number(p.rate / 60, 3),
                service=minutes(p.service),
                inside=p.inside,
                served=number(p.rate * p.service / 60, 2),
                waiting=number(right["waiting"], 2),
            ),
            say(
                "Check: {wait} of the {stay} are waiting, and {rate} people per hour × {wait} "
                "÷ 60 are again {waiting} people.",
                stay=minutes(right["stay"]),
                wait=minutes(right["stay"] - p.service),
                rate=p.rate,
                waiting=number(right["waiting"], 2),
            ),
        )
