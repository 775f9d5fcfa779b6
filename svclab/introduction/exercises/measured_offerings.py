"""An offering scored on the six characteristics, from what was measured on it."""

from __future__ import annotations

import math
from typing import Any

from svclab.introduction.offerings import CHARACTERISTICS, Offering, level_of, profile
from svclab.practice import (
    Draw,
    Exercise,
    Field,
    IntegerField,
    Matching,
    NumberField,
    misconception,
)
from svclab.practice.apart import apart
from svclab.practice.wording import Answers, bullets, page, table
from svclab.words import Quantity, minutes, number, percent, say, yuan

__all__ = ["MeasuredOffering"]

NAMES = tuple(CHARACTERISTICS)
CLEAR = 3
#: Percent that lie clearly within a level of the rubric.
SHARES = ((2, 8), (12, 36), (44, 56), (64, 86), (92, 98))
#: What is sold, the price of one, yuan, and levels from which its own differ by one at most.
#: All invented.
OFFERINGS = {
    "escape": ("an evening in an escape room (密室逃脱)", (200, 400, 600), (3, 4, 1, 4, 4, 3)),
    "wedding": ("a day of wedding photographs (婚纱摄影)", (400, 600, 800), (3, 1, 3, 3, 1, 2)),
    "pet": ("a week in a pet hotel (宠物酒店)", (400, 600, 800), (3, 3, 1, 3, 4, 0)),
    "fitness": ("a month of personal training (私教)", (400, 600, 800), (3, 4, 3, 3, 4, 3)),
    "kitchen": ("a kitchen made to measure (定制厨房)", (2000, 4000, 6000), (2, 1, 3, 1, 0, 1)),
    "box": ("a weekly box of vegetables (蔬菜套餐)", (200, 400, 600), (1, 0, 2, 3, 0, 0)),
    "guide": ("a city tour with a guide (导游服务)", (200, 400, 600), (3, 4, 3, 4, 4, 3)),
}


class MeasuredOffering(Exercise):
    """Points on six characteristics, their mean, and how many are clearly there."""

    title = "How much of a service is it?"
    objective = 2
    level = "easy"
    minutes = 7

    def deal(self, draw: Draw) -> Answers:
        what = draw.choice(list(OFFERINGS))
        shares = []
        for base in OFFERINGS[what][2]:
            low, high = SHARES[min(4, max(0, base + draw.integer(-1, 1)))]
            shares.append(draw.integer(low, high, 2))
        return {
            "what": what,
            "price": draw.choice(OFFERINGS[what][1]),
            "mean": draw.integer(50, 400, 50),
            "shares": shares,
        }

    def sound(self, p: Any) -> bool:
        return apart(self, p)

    def question(self, p: Any) -> str:
        parts = dict(zip(NAMES, p.shares, strict=True))
        facts = [
            say(
                "Of the price of {price}, {seen} are for what one can look at before paying.",
                price=yuan(p.price),
                seen=yuan(p.price * (100 - parts["intangibility"]) / 100),
            ),
            say(
                "{made} of the price are for what is used in the moment in which it is made.",
                made=yuan(p.price * parts["inseparability"] / 100),
            ),
            say(
                "The work on one takes {mean} on average, with a standard deviation (标准差) of "
                "{sd}.",
                mean=minutes(p.mean),
                sd=minutes(p.mean * parts["heterogeneity"] / 100, 1),
            ),
            say(
                "If one is not sold on its day, {lost} of the price are lost.",
                lost=yuan(p.price * parts["perishability"] / 100),
            ),
            say(
                "{owned} of the price are for things that the customer owns afterwards.",
                owned=yuan(p.price * (100 - parts["non-ownership"]) / 100),
            ),
            say(
                "During {there} of these {mean} the customer is there.",
                mean=minutes(p.mean),
                there=minutes(p.mean * parts["contact"] / 100, 1),
            ),
        ]
        return page(
            say(
                "A shop sells {what}. What was measured on it (invented), in the order of the six "
                "characteristics:",
                what=OFFERINGS[p.what][0],
            ),
            bullets(facts),
            say(
                "The rubric gives points by a share: what cannot be looked at before "
                "(intangibility, 无形性), what is used as it is made, standard deviation by mean, "
                "what is lost, what nobody owns afterwards, and the time with the customer."
            ),
            table(
                [say("share below 10%"), say("from 10%"), say("from 40%"), say("from 60%"),
                 say("from 90%")],
                [[say("{n} points", n=0), say("{n} point", n=1),
                  *(say("{n} points", n=n) for n in (2, 3, 4))]],
            ),
            say(
                "1. How many points does it get on each?\n"
                "2. What is the mean of the six?\n"
                "3. How many are clearly there, with {n} points or more?",
                n=CLEAR,
            ),
        )  # fmt: skip

    def fields(self, p: Any) -> list[Field]:
        rows = {
            _key(name): say("{n} ({zh})", n=name, zh=zh) for name, zh in CHARACTERISTICS.items()
        }
        column = IntegerField("points", say("Points"))
        return [
            Matching("points", say("Points, 0 to 4"), rows, [column]),
            NumberField("mean", say("Mean of the six"), absolute=0.01),
            IntegerField("clear", say("Clearly there")),
        ]

    def solve(self, p: Any) -> Answers:
        points = [level_of(share / 100) for share in p.shares]
        found = profile(Offering("it", "mixed", dict(zip(NAMES, points, strict=True))))
        return {"points": _cells(points), "mean": found.mean, "clear": len(found.high)}

    def second(self, p: Any) -> Answers:
        points = [sum(share >= limit for limit in (10, 40, 60, 90)) for share in p.shares]
        clear = sum(share >= 60 for share in p.shares)
        return {"points": _cells(points), "mean": math.fsum(points) / 6, "clear": clear}

    def _points(self, p: Any) -> list[int]:
        return [level_of(share / 100) for share in p.shares]

    def _other(self, p: Any, changed: dict[str, int]) -> Answers | None:
        points = dict(zip(NAMES, self._points(p), strict=True)) | changed
        wrong = list(points.values())
        return {"points": _cells(wrong)} if wrong != self._points(p) else None

    @misconception(
        "You scored the part that can be looked at, or that the customer owns. Intangibility and "
        "non-ownership (无所有权) ask for the rest."
    )
    def the_other_part(self, p: Any) -> Answers | None:
        parts = dict(zip(NAMES, p.shares, strict=True))
        asked = ("intangibility", "non-ownership")
        return self._other(p, {name: level_of((100 - parts[name]) / 100) for name in asked})

    @misconception(
        "You scored the time without the customer. Contact (顾客接触) is the time with the "
        "customer."
    )
    def time_without(self, p: Any) -> Answers | None:
        return self._other(p, {"contact": level_of((100 - p.shares[5]) / 100)})

    @misconception(
        "You divided the mean by the standard deviation. It is the other way round: the more the "
        "times differ, the larger the share."
    )
    def mean_by_deviation(self, p: Any) -> Answers | None:
        return self._other(p, {"heterogeneity": 4})

    @misconception(
        "You spread the points evenly over the shares. The limits of the rubric are not even: read "
        "them off its table."
    )
    def evenly(self, p: Any) -> Answers | None:
        return self._other(
            p, {name: min(4, s // 20) for name, s in zip(NAMES, p.shares, strict=True)}
        )

    @misconception("You began at one point. The lowest level has no points at all.")
    def from_one(self, p: Any) -> Answers:
        return {"points": _cells([one + 1 for one in self._points(p)])}

    @misconception(
        "You took the mean of the textbook's first four. Ownership and contact count here as well."
    )
    def first_four(self, p: Any) -> Answers | None:
        wrong = math.fsum(self._points(p)[:4]) / 4
        return {"mean": wrong} if abs(wrong - self.solve(p)["mean"]) > 0.03 else None

    @misconception("You counted what has half of the points, too. Clearly there is more than half.")
    def half_is_clear(self, p: Any) -> Answers | None:
        wrong = sum(one >= 2 for one in self._points(p))
        return {"clear": wrong} if wrong != self.solve(p)["clear"] else None

    def hints(self, p: Any) -> list[str]:
        return [
            say("First turn each line into a share: of the price, of the mean, or of the work."),
            say(
                "Two lines name the part that is *not* asked for: what can be looked at, and what "
                "is owned. Take it off the whole."
            ),
            say("Then read the points off the table, and add them up for the mean."),
        ]

    def solution(self, p: Any) -> str:
        points, right = self._points(p), self.solve(p)
        rows: list[list[Quantity | str | int]] = [
            [name, percent(share / 100, 0), one]
            for name, share, one in zip(NAMES, p.shares, points, strict=True)
        ]
        return page(
            table([say("characteristic"), say("share"), say("points")], rows),
            say(
                "Mean: {total} ÷ 6 = **{mean}**. Clearly there: **{clear}**.",
                total=sum(points),
                mean=number(right["mean"], 2),
                clear=right["clear"],
            ),
            say(
                "The mean says little by itself: two offerings with the same mean may need quite "
                "different managers. Look which characteristics are high, and what follows from "
                "each: what perishes cannot be stored, what is made with the customer cannot be "
                "inspected first."
            ),
        )


def _key(name: str) -> str:
    return name.replace("-", "_")


def _cells(points: list[int]) -> Answers:
    return {_key(name): {"points": one} for name, one in zip(NAMES, points, strict=True)}
