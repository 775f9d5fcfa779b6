"""Level or chase: what both cost in a year, and when it would be the same."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import Any

from svclab.capacity.managing.level import Plan, Terms, chase, level
from svclab.practice import ChoiceField, Draw, Exercise, Field, NumberField, misconception
from svclab.practice.apart import apart
from svclab.practice.wording import Answers, bullets, page, table
from svclab.words import count, join, number, say, yuan

__all__ = ["LevelOrChase"]

#: Who, whom it serves, who serves, and who helps out. All invented.
PLACES = {
    "repair": ("A repair service for air conditioners (空调维修, invented)", "repairs",
               "technician", "another firm"),
    "tax": ("A tax adviser (invented)", "tax returns", "clerk", "freelancers (自由职业者)"),
    "visa": ("A visa agency (签证代办, invented)", "applications", "clerk", "another agency"),
    "ski": ("A travel agency (旅行社, invented)", "bookings", "agent", "a call centre"),
}  # fmt: skip
LOST = 10_000.0  # yuan; nobody is sent away, because help from outside costs less


class LevelOrChase(Exercise):
    """Cost of a level and of a chase plan, the cheaper one, the hiring cost at indifference."""

    title = "Level or chase?"
    objective = 7
    level = "medium"
    minutes = 11

    def deal(self, draw: Draw) -> Answers:
        each, staff = draw.integer(300, 600, 50), draw.integer(6, 12)
        wage = draw.integer(15, 24) * 1000
        steps = draw.choice([[-2, 1, 3, -1], [-3, 2, 3, -2], [1, -2, -1, 3], [2, 3, -2, -2],
                             [-1, -2, 3, 1], [3, 1, -3, -1]])  # fmt: skip
        rest = [each * draw.integer(1, 8) * 5 // 100 for _ in steps]
        return {
            "place": draw.choice(list(PLACES)),
            "each": each,
            "staff": staff,
            "demand": [(staff + step) * each - off for step, off in zip(steps, rest, strict=True)],
            "wage": wage,
            "outside": wage * draw.integer(10, 14) // 10 // each,
            "hire": draw.integer(3, 14) * 1000,
            "dismiss": draw.integer(3, 12) * 1000,
        }

    def sound(self, p: Any) -> bool:
        # One plan is clearly cheaper, and the hiring cost at which both cost the same makes sense.
        one, other = self._level(p).cost, self._chase(p).cost
        even = self.solve(p)["even"]
        clear = abs(one - other) > 0.012 * min(one, other)
        return clear and 1000 < even < 40_000 and apart(self, p)

    def _terms(self, p: Any) -> Terms:
        return Terms(p.each, p.wage, p.hire, p.dismiss, outside=p.outside, lost=LOST)

    def _level(self, p: Any) -> Plan:
        return level(p.demand, self._terms(p), workers=p.staff, before=p.staff)

    def _chase(self, p: Any) -> Plan:
        return chase(p.demand, self._terms(p), before=p.staff)

    def question(self, p: Any) -> str:
        who, what, worker, helper = PLACES[p.place]
        return page(
            say(
                "{who} has {staff} today. One of them does {each} {what} a quarter and earns "
                "{wage} a quarter. So many {what} are expected in the next four quarters:",
                who=who,
                staff=count(p.staff, worker),
                each=p.each,
                what=what,
                wage=yuan(p.wage, 2),
            ),
            table([say("quarter"), what], [(q, n) for q, n in enumerate(p.demand, 1)]),
            say("Two plans:"),
            bullets(
                [
                    say(
                        "**Level** (均衡策略): {staff} all year. What they cannot do goes to "
                        "{helper}, for {outside} each.",
                        staff=count(p.staff, worker),
                        helper=helper,
                        outside=yuan(p.outside, 2),
                    ),
                    say(
                        "**Chase** (追逐策略): in each quarter just as many {workers} as its "
                        "{what} need. To hire one costs {hire}, to dismiss one {dismiss}. The "
                        "first quarter may already need a change from today's {staff}.",
                        workers=worker + "s",
                        what=what,
                        hire=yuan(p.hire, 2),
                        dismiss=yuan(p.dismiss, 2),
                        staff=p.staff,
                    ),
                ]
            ),
            say(
                "What is not done in its quarter cannot be made up for later, and nothing can be "
                "done in advance.\n\n"
                "1. What does the level plan cost in the four quarters?\n"
                "2. What does the chase plan cost?\n"
                "3. Which one is cheaper?\n"
                "4. At which cost of hiring one person would both cost the same, all else being "
                "as it is?"
            ),
        )

    def fields(self, p: Any) -> list[Field]:
        plans = {
            "level": say("the level plan"),
            "chase": say("the chase plan"),
            "same": say("neither: the same work is done in both"),
        }
        return [
            NumberField("level", say("Cost of the level plan"), unit="yuan", relative=0.001),
            NumberField("chase", say("Cost of the chase plan"), unit="yuan", relative=0.001),
            ChoiceField("cheaper", say("Cheaper"), plans),
            NumberField("even", say("Cost of hiring at which both are equal"), unit="yuan",
                        relative=0.01),
        ]  # fmt: skip

    def solve(self, p: Any) -> Answers:
        one, other = self._level(p), self._chase(p)
        hired = sum(period.hired for period in other.periods)
        return {
            "level": one.cost,
            "chase": other.cost,
            "cheaper": "level" if one.cost < other.cost else "chase",
            "even": p.hire + (one.cost - other.cost) / hired,
        }

    def second(self, p: Any) -> Answers:
        # Person by person: k-th person of a plan is there in the quarters that need so many.
        steady = 4 * p.staff * p.wage
        steady += sum(max(0, n - p.staff * p.each) for n in p.demand) * p.outside
        needed = [p.staff, *(-(-n // p.each) for n in p.demand)]
        wages = hired = gone = 0
        for k in range(1, max(needed) + 1):
            there = [n >= k for n in needed]
            wages += p.wage * sum(there[1:])
            hired += sum(b and not a for a, b in pairwise(there))
            gone += sum(a and not b for a, b in pairwise(there))
        chasing = wages + p.dismiss * gone
        total = chasing + p.hire * hired
        return {
            "level": float(steady),
            "chase": float(total),
            "cheaper": "level" if steady < total else "chase",
            "even": (steady - chasing) / hired,
        }

    @misconception(
        "You set quiet quarters against busy ones. A service cannot be made in advance and stored: "
        "look at each quarter alone."
    )
    def stored(self, p: Any) -> Answers | None:
        over = sum(p.demand) - 4 * p.staff * p.each
        return {"level": float(4 * p.staff * p.wage + over * p.outside)} if over > 0 else None

    @misconception(
        "You counted only the wages of the level plan. In busy quarters somebody else must do the "
        "rest, and that is paid as well."
    )
    def wages_only(self, p: Any) -> Answers:
        return {"level": 4.0 * p.staff * p.wage}

    @misconception(
        "You left out what dismissing costs. Whoever is hired for a peak leaves after it."
    )
    def dismissing_is_free(self, p: Any) -> Answers:
        return {"chase": self._chase(p).cost - self._chase(p).parts["dismissing"]}

    @misconception(
        "You began with the people of the first quarter. Today there is another number: that "
        "change costs something, too."
    )
    def first_change_is_free(self, p: Any) -> Answers:
        return {"chase": chase(p.demand, self._terms(p)).cost}

    @misconception(
        "You let parts of people work. A plan has whole people: in each quarter the number is "
        "rounded up."
    )
    def parts_of_people(self, p: Any) -> Answers:
        needed = [float(p.staff), *(n / p.each for n in p.demand)]
        changes = [b - a for a, b in pairwise(needed)]
        parts = [p.wage * n for n in needed[1:]]
        parts += [p.hire * c if c > 0 else -p.dismiss * c for c in changes]
        return {"chase": math.fsum(parts)}

    @misconception(
        "You took the difference of the plans for one person. All who are hired in the year share "
        "it."
    )
    def one_person(self, p: Any) -> Answers | None:
        even = p.hire + self._level(p).cost - self._chase(p).cost
        return {"even": even} if even > 0 else None

    @misconception(
        "You divided by all changes. Those who are dismissed cost what they cost now: divide by "
        "the number who are hired."
    )
    def by_all_changes(self, p: Any) -> Answers:
        plan = self._chase(p)
        changes = sum(period.hired + period.dismissed for period in plan.periods)
        return {"even": p.hire + (self._level(p).cost - plan.cost) / changes}

    @misconception(
        "You let idle people decide. The chase plan has none, but it pays for every change. "
        "Compare the two sums."
    )
    def nobody_idle(self, p: Any) -> Answers | None:
        return {"cheaper": "chase"} if self.solve(p)["cheaper"] == "level" else None

    @misconception(
        "You took changes for dear in any case. Here hiring and dismissing cost less than help "
        "from outside and people who have nothing to do: compare the two sums."
    )
    def no_changes(self, p: Any) -> Answers | None:
        return {"cheaper": "level"} if self.solve(p)["cheaper"] == "chase" else None

    def hints(self, p: Any) -> list[str]:
        _, what, worker, _ = PLACES[p.place]
        return [
            say(
                "The level staff can do {n} {what} in a quarter. In which quarters is this not "
                "enough, and by how much?",
                n=p.staff * p.each,
                what=what,
            ),
            say(
                "For the chase plan divide each quarter's {what} by {each} and round up. Write the "
                "numbers beside each other, today's {staff} first.",
                what=what,
                each=p.each,
                staff=count(p.staff, worker),
            ),
            say(
                "Each step up is somebody hired, each step down somebody dismissed. Count both "
                "over the year. Wages go by the quarter."
            ),
            say(
                "For the last question call the cost of hiring h. Wages and dismissals of the "
                "chase plan stay. Their sum + h × (people hired) = cost of the level plan."
            ),
        ]

    def solution(self, p: Any) -> str:
        right, one, other = self.solve(p), self._level(p), self._chase(p)
        _, what, _, _ = PLACES[p.place]
        outside = [round(period.outside) for period in one.periods]
        hired = sum(period.hired for period in other.periods)
        gone = sum(period.dismissed for period in other.periods)
        rest = other.cost - other.parts["hiring"]
        return page(
            say(
                "**Level.** Wages 4 × {staff} × {wage} = {wages}. Beyond {can} a quarter there are "
                "{outside} {what}, together {over}: {over} × {price} = {help}. Sum **{cost}**.",
                staff=p.staff,
                wage=number(p.wage),
                wages=yuan(one.parts["wages"], 2),
                can=p.staff * p.each,
                outside=join([str(number(n)) for n in outside]),
                what=what,
                over=sum(outside),
                price=yuan(p.outside, 2),
                help=yuan(one.parts["outside"], 2),
                cost=yuan(right["level"], 2),
            ),
            say(
                "**Chase.** From {staff} today to {people} people: together {quarters} quarters of "
                "work, {hired} hired, {gone} dismissed. {wages} + {hired} × {hire} + {gone} × "
                "{dismiss} = **{cost}**.",
                staff=p.staff,
                people=join([str(number(n)) for n in other.workers]),
                quarters=sum(other.workers),
                hired=hired,
                gone=gone,
                wages=yuan(other.parts["wages"], 2),
                hire=number(p.hire),
                dismiss=number(p.dismiss),
                cost=yuan(right["chase"], 2),
            ),
            say(
                "**Cheaper** is the {plan} plan, by {gap}. It has a price that is not in the sum: "
                "{price}",
                plan=right["cheaper"],
                gap=yuan(abs(one.cost - other.cost), 2),
                price=say("in quiet quarters people are paid who have nothing to do.")
                if right["cheaper"] == "level"
                else say("new people make mistakes, and those who stay fear to be next."),
            ),
            say(
                "**Equal.** Without hiring, chase costs {rest}. {rest} + {hired} × h = {level}, so "
                "h = **{even}**.",
                rest=yuan(rest, 2),
                hired=hired,
                level=yuan(right["level"], 2),
                even=yuan(right["even"], 2),
            ),
        )
