"""How well two characteristics tell services from goods, and where they fail."""

from __future__ import annotations

from typing import Any

from svclab import data
from svclab.introduction.offerings import (
    CHARACTERISTICS,
    Offering,
    Separation,
    known_offerings,
    separation,
)
from svclab.practice import (
    ChoiceField,
    Draw,
    Exercise,
    Field,
    IntegerField,
    NumberField,
    misconception,
)
from svclab.practice.apart import apart
from svclab.practice.definition import Numbers
from svclab.practice.wording import Answers, page, table
from svclab.words import Quantity, join, number, percent, say

__all__ = ["SetsApart"]

GOODS, SERVICES = 4, 5
LOW, HIGH = 1, 3


class SetsApart(Exercise):
    """The chance that a service scores above a good, for two characteristics, and exceptions."""

    title = "Does it tell services from goods?"
    objective = 2
    level = "medium"
    minutes = 9

    def deal(self, draw: Draw) -> Answers:
        kinds = {
            kind: [o.name for o in known_offerings() if o.kind == kind]
            for kind in ("good", "service")
        }
        # Each characteristic is the better one equally often.
        better = draw.choice(list(CHARACTERISTICS))
        while True:
            numbers: Answers = {
                "goods": draw.sample(kinds["good"], GOODS),
                "services": draw.sample(kinds["service"], SERVICES),
                "asked": draw.sample(list(CHARACTERISTICS), 2),
            }
            if _better(Numbers(numbers)) == better:
                return numbers

    def sound(self, p: Any) -> bool:
        first, second = _rows(p)
        ties = all(_tied(p, name) for name in p.asked)
        misses = len(first.low_services) + len(first.high_goods)
        return ties and abs(first.chance - second.chance) > 0.03 and misses > 0 and apart(self, p)

    def question(self, p: Any) -> str:
        a, b = p.asked
        rows: list[list[Quantity | str | int]] = [
            [say("{n} ({zh})", n=name, zh=_chinese(name)), kind,
             *(_score(name, asked) for asked in p.asked)]
            for kind, names in (("good", p.goods), ("service", p.services))
            for name in names
        ]  # fmt: skip
        head = [say("offering"), say("sold as"),
                *(say("{n} ({zh})", n=n, zh=CHARACTERISTICS[n]) for n in p.asked)]  # fmt: skip
        return page(
            say(
                "Goods and services with points from 0 to 4. The points are the course's own "
                "estimates (invented); you may dispute them:"
            ),
            table(head, rows),
            say(
                "Draw one service and one good at random. How often has the service more points? "
                "Of all pairs of a service and a good, count those with the service above the "
                "good, and half of those with equal points. 100% tells them apart without fault, "
                "50% is a coin.\n\n"
                "1. How large is this chance for {a}?\n"
                "2. And for {b}?\n"
                "3. Which of the two tells them apart better?\n"
                "4. Exceptions of {a}: services with {low} point or less, and goods with {high} "
                "points or more. How many are there?",
                a=a,
                b=b,
                low=LOW,
                high=HIGH,
            ),
        )

    def fields(self, p: Any) -> list[Field]:
        a, b = p.asked
        return [
            NumberField("first", say("Chance for {n}", n=a), unit="%", absolute=0.3),
            NumberField("second", say("Chance for {n}", n=b), unit="%", absolute=0.3),
            ChoiceField("better", say("Tells them apart better"), {name: name for name in p.asked}),
            IntegerField("exceptions", say("Exceptions of {n}", n=a)),
        ]

    def solve(self, p: Any) -> Answers:
        first, second = _rows(p)
        return {
            "first": 100 * first.chance,
            "second": 100 * second.chance,
            "better": _better(p),
            "exceptions": len(first.low_services) + len(first.high_goods),
        }

    def second(self, p: Any) -> Answers:
        # By ranks: Mann and Whitney's statistic, with the mean of the ranks for equals.
        chances = []
        for asked in p.asked:
            goods, services = _scores(p, asked)
            both = sorted([*goods, *services])
            ranks = {x: both.index(x) + (both.count(x) + 1) / 2 for x in both}
            above = sum(ranks[x] for x in services) - SERVICES * (SERVICES + 1) / 2
            chances.append(100 * above / (GOODS * SERVICES))
        goods, services = _scores(p, p.asked[0])
        misses = [x for x in services if x <= LOW] + [x for x in goods if x >= HIGH]
        better = p.asked[chances.index(max(chances))]
        return {
            "first": chances[0],
            "second": chances[1],
            "better": better,
            "exceptions": len(misses),
        }

    def _weighed(self, p: Any, tie: float) -> Answers:
        """The chances of somebody who counts equal points otherwise than half."""
        found = []
        for asked in p.asked:
            goods, services = _scores(p, asked)
            pairs = [tie if s == g else float(s > g) for s in services for g in goods]
            found.append(100 * sum(pairs) / len(pairs))
        return {"first": found[0], "second": found[1]}

    @misconception(
        "You left out the pairs with equal points. They say neither yes nor no, and count one half."
    )
    def ties_left_out(self, p: Any) -> Answers:
        return self._weighed(p, 0.0)

    @misconception(
        "You counted equal points as a hit. With equal points the characteristic cannot tell the "
        "two apart: one half."
    )
    def ties_are_hits(self, p: Any) -> Answers:
        return self._weighed(p, 1.0)

    @misconception(
        "You counted services that are above all goods. Compare pair by pair: each service with "
        "each good."
    )
    def above_all(self, p: Any) -> Answers | None:
        found = []
        for asked in p.asked:
            goods, services = _scores(p, asked)
            found.append(100 * sum(s > max(goods) for s in services) / SERVICES)
        return {"first": found[0], "second": found[1]}

    @misconception(
        "You took the characteristic on which the services have more points. What counts is the "
        "distance to the goods: these may have many points as well."
    )
    def high_services(self, p: Any) -> Answers | None:
        means = [sum(_scores(p, asked)[1]) for asked in p.asked]
        name = p.asked[means.index(max(means))]
        clear = means[0] != means[1] and name != self.solve(p)["better"]
        return {"better": name} if clear else None

    @misconception(
        "You counted the services only. A good that looks like a service is an exception, too."
    )
    def services_only(self, p: Any) -> Answers | None:
        row = _rows(p)[0]
        return {"exceptions": len(row.low_services)} if row.high_goods else None

    @misconception(
        "You counted the goods only. A service that lacks the characteristic is an exception, too."
    )
    def goods_only(self, p: Any) -> Answers | None:
        row = _rows(p)[0]
        return {"exceptions": len(row.high_goods)} if row.low_services else None

    def hints(self, p: Any) -> list[str]:
        return [
            say("There are {s} × {g} pairs of a service and a good.", s=SERVICES, g=GOODS),
            say(
                "Go service by service: how many of the goods have fewer points, how many as many? "
                "The first count 1 each, the second ½ each."
            ),
            say("Divide the sum by the number of pairs."),
            say("For the exceptions read one column only, services and goods apart."),
        ]

    def solution(self, p: Any) -> str:
        right, rows = self.solve(p), []
        for asked, key in zip(p.asked, ("first", "second"), strict=True):
            goods, services = _scores(p, asked)
            pairs = [(s, g) for s in services for g in goods]
            above, alike = sum(s > g for s, g in pairs), sum(s == g for s, g in pairs)
            rows.append(
                [asked, above, alike, number(above + alike / 2, 1),
                 say("**{chance}**", chance=percent(right[key] / 100))]
            )  # fmt: skip
        row = _rows(p)[0]
        names = [*row.low_services, *row.high_goods]
        return page(
            table(
                [say("characteristic"), say("above"), say("equal"),
                 say("hits of {n}", n=GOODS * SERVICES), say("chance")],
                rows,
            ),
            say("Better: {better}. Exceptions of {a}: **{n}** ({names}).",
                better=right["better"], a=p.asked[0], n=right["exceptions"], names=join(names)),
            say(
                "Two sides: textbooks define services by such characteristics (Zeithaml, "
                "Parasuraman and Berry 1985); Lovelock and Gummesson (2004) hold that none of the "
                "four fits all services. A chance below 100% means for a manager: look at the "
                "offering, not at its name."
            ),
        )  # fmt: skip


def _offering(name: str) -> Offering:
    return next(one for one in known_offerings() if one.name == name)


def _chinese(name: str) -> str:
    return next(str(row["chinese"]) for row in data.rows("offerings") if row["name"] == name)


def _score(name: str, asked: str) -> int:
    return _offering(name).scores[asked]


def _scores(p: Any, asked: str) -> tuple[list[int], list[int]]:
    return [_score(n, asked) for n in p.goods], [_score(n, asked) for n in p.services]


def _better(p: Any) -> str:
    """The one of the two with the larger chance; "" if they are equal."""
    first, second = (row.chance for row in _rows(p))
    return "" if first == second else str(p.asked[first < second])


def _tied(p: Any, asked: str) -> bool:
    goods, services = _scores(p, asked)
    return bool(set(goods) & set(services))


def _rows(p: Any) -> list[Separation]:
    found = separation([_offering(name) for name in (*p.goods, *p.services)]).rows
    return [next(row for row in found if row.characteristic == asked) for asked in p.asked]
