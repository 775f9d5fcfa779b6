"""The first exercise: how many can be served, and how busy the clerks are."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from svclab.practice import Draw, Exercise, Field, NumberField, misconception
from svclab.practice.wording import Answers, page
from svclab.words import count, minutes, number, per_hour, percent, say

__all__ = ["FirstNumbers"]

#: Where, and who comes. All invented.
PLACES = {
    "library": ("At the desk of a library (invented)", "reader", "readers"),
    "parcels": ("At a parcel station (快递驿站, invented)", "student", "students"),
    "clinic": ("At the registration desk (挂号) of a clinic (invented)", "patient", "patients"),
    "canteen": ("At the noodle counter of a canteen (invented)", "guest", "guests"),
}


class FirstNumbers(Exercise):
    """Capacity and utilisation of a desk."""

    title = "Your first numbers"
    objective = 1
    level = "easy"
    minutes = 3

    def deal(self, draw: Draw) -> Answers:
        each, clerks = draw.choice([1.5, 2, 2.5, 3, 4, 5, 6]), draw.integer(2, 5)
        capacity = int(clerks * 60 / each)
        return {
            "place": draw.choice(list(PLACES)),
            "each": each,
            "clerks": clerks,
            "come": draw.integer(capacity * 11 // 20 + 1, capacity * 19 // 20),
        }

    def sound(self, p: Any) -> bool:
        # Busy, not too busy; the hints speak of 60 minutes, so no answer is 60.
        right = self.solve(p)
        return 55 <= right["busy"] <= 95 and 60 not in (p.come, right["capacity"], right["busy"])

    def question(self, p: Any) -> str:
        where, one, many = PLACES[p.place]
        return page(
            say(
                "{where} {n} work. Each needs {each} for one {one}. Every hour {come} {many} come.",
                where=where,
                n=count(p.clerks, "clerk"),
                each=minutes(p.each),
                one=one,
                come=p.come,
                many=many,
            ),
            say(
                "1. How many {many} can all clerks together serve in an hour (capacity, 产能)?\n"
                "2. What share of their time do the clerks work (utilisation, 利用率)?",
                many=many,
            ),
        )

    def fields(self, p: Any) -> list[Field]:
        return [
            NumberField("capacity", say("Capacity"), unit="per hour"),
            NumberField("busy", say("Utilisation"), unit="%", absolute=0.1),
        ]

    def solve(self, p: Any) -> Answers:
        capacity = p.clerks * 60 / p.each
        return {"capacity": capacity, "busy": 100 * p.come / capacity}

    def second(self, p: Any) -> Answers:
        # From the work that comes, instead of the capacity.
        each = Fraction(str(p.each))
        work, time = p.come * each, p.clerks * 60
        return {"capacity": float(time / each), "busy": float(100 * work / time)}

    @misconception("You counted one clerk. The question asks for all of them together.")
    def one_clerk(self, p: Any) -> Answers:
        return {"capacity": 60 / p.each}

    @misconception(
        "You multiplied by the minutes. The longer one customer takes, the fewer can be served: "
        "divide the 60 minutes of an hour by them."
    )
    def multiplied(self, p: Any) -> Answers:
        return {"capacity": p.clerks * p.each * 60}

    @misconception(
        "You divided the capacity by the customers who come. It is the other way round: what is "
        "done, divided by what could be done."
    )
    def upside_down(self, p: Any) -> Answers:
        return {"busy": 100 * self.solve(p)["capacity"] / p.come}

    @misconception("This is the share of time in which the clerks have nothing to do.")
    def idle(self, p: Any) -> Answers | None:
        busy = self.solve(p)["busy"]
        return {"busy": 100 - busy} if abs(busy - 50) > 1 else None

    def hints(self, p: Any) -> list[str]:
        return [
            say("How many minutes does an hour have, and how many customers fit into them?"),
            say("Capacity: 60 ÷ minutes for one, times the number of clerks."),
            say("Utilisation: customers who come ÷ capacity. Give it in percent."),
        ]

    def solution(self, p: Any) -> str:
        right = self.solve(p)
        return page(
            say(
                "One clerk serves 60 ÷ {each} = {one} in an hour, all {n} serve **{capacity}**.",
                each=number(p.each),
                one=number(60 / p.each, 2),
                n=p.clerks,
                capacity=per_hour(right["capacity"], 2),
            ),
            say(
                "They work {come} ÷ {capacity} = **{busy}** of their time.",
                come=p.come,
                capacity=number(right["capacity"], 2),
                busy=percent(right["busy"] / 100, 2),
            ),
        )
