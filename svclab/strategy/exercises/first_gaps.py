"""Competitors' gaps, weighted by importance: where to work first."""

from __future__ import annotations

from typing import Any

from svclab.practice import (
    ChoiceField,
    ChoicesField,
    Draw,
    Exercise,
    Field,
    IntegerField,
    misconception,
)
from svclab.practice.apart import apart
from svclab.practice.wording import Answers, page, table
from svclab.strategy.positions.gaps import Gaps, gap_analysis
from svclab.words import Quantity, join, say

__all__ = ["FirstGap"]

RIVALS = ("Star", "Moon")
COUNT = 5
#: Who it is, and by what customers judge it. All invented.
PLACES = {
    "ktv": (
        "A KTV shop (invented)",
        {"sound": "音响", "comfort": "舒适", "service": "服务", "hygiene": "卫生", "price": "价格"},
    ),
    "hotel": (
        "A hotel (invented)",
        {"quiet": "安静", "beds": "床铺", "breakfast": "早餐", "staff": "员工", "price": "价格"},
    ),
    "courier": (
        "A courier service (快递, invented)",
        {"speed": "速度", "care": "小心", "tracking": "跟踪", "pick-up": "取件", "price": "价格"},
    ),
    "clinic": (
        "A dental clinic (牙科, invented)",
        {"skill": "技术", "waiting": "等候", "advice": "咨询", "hygiene": "卫生", "price": "价格"},
    ),
    "school": (
        "A language school (语言学校, invented)",
        {"teachers": "教师", "times": "时间", "rooms": "教室", "app": "应用", "price": "价格"},
    ),
}


class FirstGap(Exercise):
    """The attribute to work on first, its priority, and where the service is ahead."""

    title = "Where to work first"
    objective = 3
    level = "easy"
    minutes = 6

    def deal(self, draw: Draw) -> Answers:
        return {
            "place": draw.choice(list(PLACES)),
            "importance": draw.integers(COUNT, 1, 5),
            "own": draw.integers(COUNT, 4, 9),
            "rivals": [draw.integers(COUNT, 3, 10) for _ in RIVALS],
        }

    def sound(self, p: Any) -> bool:
        found = _gaps(p)
        top, other = found.rows[:2]
        ahead = [g for g in found.rows if g.gap < 0]
        clear = top.priority > other.priority and top.priority >= 4
        return clear and len(ahead) > 0 and apart(self, p)

    def question(self, p: Any) -> str:
        where, names = PLACES[p.place]
        columns = zip(names.items(), p.importance, p.own, *p.rivals, strict=True)
        rows = [[say("{n} ({zh})", n=n, zh=zh), *numbers] for (n, zh), *numbers in columns]
        return page(
            say(
                "{where} has two rivals, {rivals}. Customers were asked how important each "
                "attribute is (1 to 5), and test customers scored all three (0 to 10; a high score "
                "for price is a low price). Competitor analysis (竞争对手分析):",
                where=where,
                rivals=join(RIVALS),
            ),
            table([say("attribute"), say("importance"), say("own score"), *RIVALS], rows),
            say(
                "In each attribute compare with the best rival. Priority is importance times gap "
                "where that rival is ahead, and 0 elsewhere.\n\n"
                "1. On which attribute should the service work first?\n"
                "2. What is its priority?\n"
                "3. In which attributes is the service ahead of both rivals?"
            ),
        )

    def fields(self, p: Any) -> list[Field]:
        names = {name: name for name in PLACES[p.place][1]}
        return [
            ChoiceField("first", say("Work first on"), names),
            IntegerField("priority", say("Its priority")),
            ChoicesField("ahead", say("Ahead of both rivals in"), names),
        ]

    def solve(self, p: Any) -> Answers:
        found = _gaps(p)
        ahead = {g.attribute for g in found.rows if g.gap < 0}
        return {
            "first": found.rows[0].attribute,
            "priority": round(found.rows[0].priority),
            "ahead": [name for name in PLACES[p.place][1] if name in ahead],
        }

    def second(self, p: Any) -> Answers:
        names = list(PLACES[p.place][1])
        best = [max(pair) for pair in zip(*p.rivals, strict=True)]
        products = [w * (b - o) for w, b, o in zip(p.importance, best, p.own, strict=True)]
        k = products.index(max(products))
        ahead = [n for n, b, o in zip(names, best, p.own, strict=True) if o > b]
        return {"first": names[k], "priority": products[k], "ahead": ahead}

    def _first(self, p: Any, against: list[float], *, weighted: bool = True) -> Answers | None:
        """What somebody finds who compares with these scores."""
        weights = p.importance if weighted else [1] * COUNT
        products = [w * (a - o) for w, a, o in zip(weights, against, p.own, strict=True)]
        most = max(products)
        if products.count(most) > 1 or most <= 0:
            return None
        name = list(PLACES[p.place][1])[products.index(most)]
        right = self.solve(p)
        found: Answers = {} if name == right["first"] else {"first": name}
        if most != right["priority"] and most == int(most):
            found["priority"] = int(most)
        return found or None

    @misconception(
        "You took the widest gap. A wide gap in what hardly matters may wait: multiply by the "
        "importance."
    )
    def widest_gap(self, p: Any) -> Answers | None:
        best = [max(pair) for pair in zip(*p.rivals, strict=True)]
        return self._first(p, best, weighted=False)

    @misconception(
        "You took what is most important to customers. It may be done well already: what counts is "
        "importance times gap."
    )
    def most_important(self, p: Any) -> Answers | None:
        most = max(p.importance)
        name = list(PLACES[p.place][1])[p.importance.index(most)]
        clear = p.importance.count(most) == 1 and name != self.solve(p)["first"]
        return {"first": name} if clear else None

    @misconception(
        "You compared with the mean of the rivals. Customers do not go to a mean: compare with "
        "whoever is best in this attribute."
    )
    def mean_of_rivals(self, p: Any) -> Answers | None:
        return self._first(p, [sum(pair) / 2 for pair in zip(*p.rivals, strict=True)])

    @misconception("You compared with the first rival only. The second may be ahead of both.")
    def one_rival(self, p: Any) -> Answers | None:
        return self._first(p, [float(score) for score in p.rivals[0]])

    @misconception(
        "You ticked where the service is ahead of one of the rivals. It must be ahead of both."
    )
    def ahead_of_one(self, p: Any) -> Answers | None:
        least = [min(pair) for pair in zip(*p.rivals, strict=True)]
        return self._ahead(p, [o > b for o, b in zip(p.own, least, strict=True)])

    @misconception(
        "You counted equal scores as a lead. To be ahead, the own score must be the higher one."
    )
    def equal_is_ahead(self, p: Any) -> Answers | None:
        best = [max(pair) for pair in zip(*p.rivals, strict=True)]
        return self._ahead(p, [o >= b for o, b in zip(p.own, best, strict=True)])

    def _ahead(self, p: Any, leads: list[bool]) -> Answers | None:
        names = [n for n, lead in zip(PLACES[p.place][1], leads, strict=True) if lead]
        return {"ahead": names} if names != self.solve(p)["ahead"] else None

    def hints(self, p: Any) -> list[str]:
        return [
            say("Write a column with the better one of the two rivals for each attribute."),
            say("Gap = best rival less own score. Below 0 the service is ahead."),
            say("Multiply each gap above 0 by the importance. The largest product comes first."),
        ]

    def solution(self, p: Any) -> str:
        right, found = self.solve(p), _gaps(p)
        rows: list[list[Quantity | str | int]] = [
            [g.attribute, *(Quantity(x, "", 0) for x in (g.importance, g.own, g.rival, g.gap)),
             Quantity(g.priority, "", 0)]
            for g in found.rows
        ]  # fmt: skip
        head = ["attribute", "importance", "own", "best rival", "gap", "priority"]
        return page(
            table([say(word) for word in head], rows),
            say(
                "Work first on {first}: its priority is **{priority}**. The service is ahead in "
                "{ahead}.",
                first=right["first"],
                priority=right["priority"],
                ahead=join(right["ahead"]),
            ),
            say(
                "What people call important is not always what makes them choose. The next model "
                "shows how to tell."
            ),
        )


def _gaps(p: Any) -> Gaps:
    names = list(PLACES[p.place][1])
    rivals = {
        rival: dict(zip(names, scores, strict=True))
        for rival, scores in zip(RIVALS, p.rivals, strict=True)
    }
    return gap_analysis(
        dict(zip(names, p.importance, strict=True)), dict(zip(names, p.own, strict=True)), rivals
    )
