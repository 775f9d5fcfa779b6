"""The square-root rule: how many for a load, for a larger one, and how many to pay."""

from __future__ import annotations

import math
from fractions import Fraction
from typing import Any

from svclab.capacity.staffing.servers import paid_people
from svclab.capacity.staffing.square_root import halfin_whitt
from svclab.practice import Draw, Exercise, Field, IntegerField, NumberField, misconception
from svclab.practice.apart import apart
from svclab.practice.wording import Answers, page
from svclab.words import count, minutes, number, percent, say

__all__ = ["SquareRootRule"]

#: Who runs how many of them, what comes to each, and who works there. All invented.
PLACES = {
    "bank": ("A bank (invented) has {k} regional call centres (呼叫中心)", "calls", "agent"),
    "travel": ("A travel platform (invented) has {k} hotlines, one a region", "calls", "agent"),
    "shop": ("An online shop (invented) answers chats (在线客服) in {k} cities", "chats", "agent"),
    "city": ("A city (invented) has {k} service hotlines (便民热线)", "calls", "operator"),
}
NUMBERS = {2: "two", 3: "three", 4: "four", 5: "five"}


class SquareRootRule(Exercise):
    """Load, servers by the rule, servers for several loads together, people on the payroll."""

    title = "The square-root rule"
    objective = 5
    level = "easy"
    minutes = 7

    def deal(self, draw: Draw) -> Answers:
        # A service time of whole minutes and a rate in tens give a load with two decimals.
        service = draw.integer(2, 6)
        return {
            "place": draw.choice(list(PLACES)),
            "service": service,
            "rate": draw.integer(-(-60 // service), 360 // service) * 10,
            "beta": draw.number(0.5, 1.9, 0.1),
            "places": draw.choice([2, 3, 4, 4, 5]),
            "shrinkage": draw.integer(18, 38),  # %
        }

    def sound(self, p: Any) -> bool:
        # What is rounded up is nowhere near a whole number.
        load = _load(p)
        sums = [_sum(load, p.beta), _sum(p.places * load, p.beta)]
        sums.append(100 * math.ceil(sums[0]) / (100 - p.shrinkage))
        return all(0.06 < one % 1 < 0.94 for one in sums) and apart(self, p)

    def question(self, p: Any) -> str:
        who, what, worker = PLACES[p.place]
        many = NUMBERS[p.places]
        return page(
            say(
                "{who}. In the busy hour {rate} {what} come to **each** of them, and one takes "
                "{service} on average. Each is staffed by the square-root rule "
                "(平方根人员配置): load + β × √load, with β = {beta}. Then about {share} of the "
                "{what} must wait.",
                who=say(who, k=many),
                rate=p.rate,
                what=what,
                service=minutes(p.service),
                beta=number(p.beta),
                share=percent(halfin_whitt(p.beta), 0),
            ),
            say(
                "1. What is the offered load (话务量) of one, in Erlang?\n"
                "2. How many {workers} must be at work in one?\n"
                "3. All {many} are joined to one, with {many} times the load and the same β. How "
                "many {workers} must be at work there?\n"
                "4. An {worker} is paid for {gone} of the time without being at work: holidays, "
                "illness, training, breaks (shrinkage, 损耗率). How many must be paid for the "
                "number of question 2?",
                workers=worker + "s",
                many=many,
                worker=worker,
                gone=percent(p.shrinkage / 100, 0),
            ),
        )

    def fields(self, p: Any) -> list[Field]:
        return [
            NumberField("load", say("Load of one"), unit="Erlang"),
            IntegerField("servers", say("At work in one")),
            IntegerField("joined", say("At work when joined")),
            IntegerField("paid", say("On the payroll of one")),
        ]

    def solve(self, p: Any) -> Answers:
        load = _load(p)
        servers = math.ceil(_sum(load, p.beta))
        return {
            "load": load,
            "servers": servers,
            "joined": math.ceil(_sum(p.places * load, p.beta)),
            "paid": paid_people(servers, p.shrinkage / 100).people,
        }

    def second(self, p: Any) -> Answers:
        # Without a root: the fewest n with (n - load)² at or above β² × load, in fractions.
        load = Fraction(p.rate * p.service, 60)
        beta = Fraction(round(10 * p.beta), 10)

        def fewest(carried: Fraction) -> int:
            n = math.ceil(carried)
            while (n - carried) ** 2 < beta**2 * carried:
                n += 1
            return n

        servers = fewest(load)
        paid = next(n for n in range(servers, 999) if n * (100 - p.shrinkage) >= 100 * servers)
        return {
            "load": float(load),
            "servers": servers,
            "joined": fewest(p.places * load),
            "paid": paid,
        }

    @misconception(
        "You multiplied a rate per hour by minutes. A load in Erlang has one unit of time: hours "
        "of work that come in an hour."
    )
    def minutes_as_hours(self, p: Any) -> Answers:
        return {"load": _load(p) * 60}

    @misconception(
        "You divided the calls by the minutes. The load is what comes, multiplied by the time "
        "that one of them takes."
    )
    def divided(self, p: Any) -> Answers:
        return {"load": p.rate / p.service}

    @misconception(
        "You staffed for the load alone. Then everybody is always busy, and the queue grows "
        "without bound: the rule adds a reserve."
    )
    def no_reserve(self, p: Any) -> Answers:
        load = _load(p)
        return {"servers": math.floor(load) + 1, "joined": math.floor(p.places * load) + 1}

    @misconception("You multiplied β by the load itself. The reserve is β times its square root.")
    def no_root(self, p: Any) -> Answers:
        load = _load(p)
        return {
            "servers": math.ceil(load * (1 + p.beta) - 1e-9),
            "joined": math.ceil(p.places * load * (1 + p.beta) - 1e-9),
        }

    @misconception("You rounded down. The last part of a person is needed, too.")
    def rounded_down(self, p: Any) -> Answers:
        load, servers = _load(p), self.solve(p)["servers"]
        return {
            "servers": math.floor(_sum(load, p.beta)),
            "joined": math.floor(_sum(p.places * load, p.beta)),
            "paid": 100 * servers // (100 - p.shrinkage),
        }

    @misconception(
        "You let the reserve grow as the load does. It grows with the root of the load: that is "
        "what joining saves."
    )
    def all_grows(self, p: Any) -> Answers:
        return {"joined": p.places * self.solve(p)["servers"]}

    @misconception(
        "You let only the load grow. A larger load varies more in people, though less in percent: "
        "the reserve grows, too, with the root."
    )
    def same_reserve(self, p: Any) -> Answers:
        load = _load(p)
        return {"joined": math.ceil(p.places * load + p.beta * math.sqrt(load) - 1e-9)}

    @misconception(
        "You added the share to the people at work. The share is one of the people who are paid: "
        "divide by what is left of their time."
    )
    def added(self, p: Any) -> Answers:
        return {"paid": math.ceil(Fraction(self.solve(p)["servers"] * (100 + p.shrinkage), 100))}

    def hints(self, p: Any) -> list[str]:
        return [
            say("The load is the work that comes in an hour, in hours: the rate × {t} ÷ 60.",
                t=number(p.service)),
            say(
                "The reserve is {beta} × √load. Add it to the load and round up.",
                beta=number(p.beta),
            ),
            say(
                "When the load grows {many} times, its root grows √{n} times. Put the new load "
                "into the rule.",
                many=NUMBERS[p.places],
                n=p.places,
            ),
            say(
                "Of a paid person, {left} is at work. How many such parts make up the number of "
                "question 2?",
                left=percent(1 - p.shrinkage / 100, 0),
            ),
        ]  # fmt: skip

    def solution(self, p: Any) -> str:
        right, load = self.solve(p), _load(p)
        _, _, worker = PLACES[p.place]
        large = p.places * load
        return page(
            say(
                "**Load.** {rate} × {service} ÷ 60 = **{load}**.",
                rate=p.rate,
                service=p.service,
                load=say("{n} Erlang", n=number(load, 3)),
            ),
            say(
                "**One.** {load} + {beta} × √{load} = {load} + {reserve} = {sum}: **{n}**.",
                load=number(load, 3),
                beta=number(p.beta),
                reserve=number(p.beta * math.sqrt(load), 2),
                sum=number(_sum(load, p.beta), 2),
                n=count(right["servers"], worker),
            ),
            say(
                "**Joined.** {load} + {beta} × √{load} = {load} + {reserve} = {sum}: **{n}**. The "
                "reserve is only √{k} = {root} times as large, so {saved} fewer are needed than in "
                "{k} separate ones.",
                load=number(large, 3),
                beta=number(p.beta),
                reserve=number(p.beta * math.sqrt(large), 2),
                sum=number(_sum(large, p.beta), 2),
                n=count(right["joined"], worker),
                k=p.places,
                root=number(math.sqrt(p.places), 2),
                saved=p.places * right["servers"] - right["joined"],
            ),
            say(
                "**Payroll.** {n} ÷ {left} = {exact}: **{paid}**.",
                n=right["servers"],
                left=number(1 - p.shrinkage / 100, 2),
                exact=number(100 * right["servers"] / (100 - p.shrinkage), 2),
                paid=count(right["paid"], worker),
            ),
        )


def _load(p: Any) -> float:
    return round(p.rate * p.service / 60, 9)


def _sum(load: float, beta: float) -> float:
    return load + beta * math.sqrt(load)
