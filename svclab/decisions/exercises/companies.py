"""Three of five companies for a listing: which, and what a larger debt limit is worth."""

from __future__ import annotations

from itertools import combinations
from typing import Any

from svclab.decisions.problems.selection import every_choice
from svclab.practice import (
    ChoicesField,
    Draw,
    Exercise,
    Field,
    IntegerField,
    misconception,
)
from svclab.practice.apart import apart
from svclab.practice.wording import Answers, page, table
from svclab.words import Quantity, join, say

__all__ = ["BestThree"]

NAMES = ("A", "B", "C", "D", "E")
COUNT = 3
#: Who chooses. All invented.
OWNERS = {
    "holding": "A holding company (控股公司, invented) owns five service companies and will list "
    "three of them on the stock exchange",
    "hotels": "A hotel group (酒店集团, invented) owns five hotels and will put three of them "
    "into a new company",
    "schools": "An education group (教育集团, invented) owns five schools and will put three of "
    "them into a new company",
    "clinics": "A group of clinics (连锁诊所, invented) owns five houses and will put three of "
    "them into a new company",
}


class BestThree(Exercise):
    """The three with the most profit within two limits, and what more debt room brings."""

    title = "Three of five for the listing"
    objective = 7
    level = "medium"
    minutes = 10

    def deal(self, draw: Draw) -> Answers:
        assets = draw.integers(5, 180, 760, 20)
        # Who earns much often owes much, or the limit on debt would not matter.
        debt = draw.integers(5, 40, 340, 10, distinct=True)
        profit = [draw.integer(10, 34) + size // 12 for size in debt]
        middle = sorted(sum(three) for three in combinations(debt, COUNT))[3:7]
        return {
            "owner": draw.choice(list(OWNERS)),
            "assets": assets,
            "debt": debt,
            "profit": profit,
            "least": sum(sorted(assets)[1:4]) // 50 * 50 + draw.integer(-100, 100, 50),
            "most": draw.choice(middle) + draw.integer(0, 30, 10),
            "room": draw.integer(40, 140, 10),
            "rises": draw.chance(0.88),  # mostly the room is enough for another choice
        }

    def sound(self, p: Any) -> bool:
        # One best choice with and without the extra room; the most profit alone is not allowed.
        now, more = _allowed(p), _allowed(p, p.room)
        if len(now) < 2 or _debt(p, _three_by(p, lambda j: -p.profit[j])) <= p.most:
            return False
        if p.rises and not _rise(p):
            return False
        alone = all(_profit(p, a) > _profit(p, b) for a, b in (now[:2], more[:2]))
        return alone and apart(self, p)

    def question(self, p: Any) -> str:
        rows: list[list[Quantity | str | int]] = [
            [name, a, d, g] for name, a, d, g in zip(NAMES, p.assets, p.debt, p.profit, strict=True)
        ]
        head = [say("name"), *_heads()]
        return page(
            say("{owner} (company selection, 公司选择):", owner=OWNERS[p.owner]),
            table(head, rows),
            say(
                "Exactly three are chosen. Together they must have assets of **at least** {least} "
                "and debt of **at most** {most}. The profit of the three should be as large as "
                "possible.\n\n"
                "1. Which three?\n"
                "2. The bank would allow {room} more debt. By how much would the largest possible "
                "profit rise? (0 if it stays the same.)",
                least=_million(p.least),
                most=_million(p.most),
                room=_million(p.room),
            ),
        )

    def fields(self, p: Any) -> list[Field]:
        return [
            ChoicesField("taken", say("The three"), {name: name for name in NAMES}),
            IntegerField("rise", say("Rise of the profit"), unit="million yuan"),
        ]

    def solve(self, p: Any) -> Answers:
        # The chapter's list of all choices, those that fit first, the best at the top.
        figures = {
            name: {"assets": a, "debt": d, "profit": g}
            for name, a, d, g in zip(NAMES, p.assets, p.debt, p.profit, strict=True)
        }
        now, more = (
            every_choice(figures, count=COUNT, at_least={"assets": p.least}, at_most={"debt": most})
            for most in (p.most, p.most + p.room)
        )
        return {"taken": list(now[0].taken), "rise": round(more[0].value - now[0].value)}

    def second(self, p: Any) -> Answers:
        # In whole numbers, as one would do it by hand.
        now, more = _best(p), _best(p, p.room)
        return {"taken": _named(now), "rise": _profit(p, more) - _profit(p, now)}

    @misconception(
        "You took the three with the most profit. Together they owe more than is allowed."
    )
    def most_profit(self, p: Any) -> Answers:
        return {"taken": _named(_three_by(p, lambda j: -p.profit[j]))}

    @misconception(
        "You took the three with the most profit for each yuan of debt. That is a rule of thumb: "
        "it leaves debt room unused, or it breaks the limit on assets."
    )
    def by_ratio(self, p: Any) -> Answers | None:
        return self._if_wrong(p, _three_by(p, lambda j: -p.profit[j] / p.debt[j]))

    @misconception(
        "You took the three with the least debt. That is more careful than the limit asks for, "
        "and it costs profit."
    )
    def least_debt(self, p: Any) -> Answers | None:
        three = _three_by(p, lambda j: p.debt[j])
        same = three == _three_by(p, lambda j: -p.profit[j] / p.debt[j])
        return None if same else self._if_wrong(p, three)

    @misconception(
        "You kept the limit on debt and looked for profit, but you did not look at the assets: "
        "they are too few."
    )
    def assets_forgotten(self, p: Any) -> Answers | None:
        ways = [three for three in _all(p) if _debt(p, three) <= p.most]
        return self._if_wrong(p, ways[0])

    def _if_wrong(self, p: Any, three: tuple[int, ...]) -> Answers | None:
        names = _named(three)
        return {"taken": names} if names != _named(_best(p)) else None

    @misconception(
        "You multiplied the extra room by the profit for each yuan of debt. A company is taken "
        "whole or not at all: find the best three under the new limit, and compare."
    )
    def in_proportion(self, p: Any) -> Answers | None:
        three = _best(p)
        rise = round(p.room * _profit(p, three) / _debt(p, three))
        return {"rise": rise} if rise != _rise(p) else None

    @misconception(
        "This is the whole profit under the new limit. The question is how far it rises."
    )
    def whole_profit(self, p: Any) -> Answers:
        return {"rise": _profit(p, _best(p, p.room))}

    @misconception(
        "You compared with the three of the most profit. Even with the extra room they owe too "
        "much, or they have too few assets."
    )
    def without_a_limit(self, p: Any) -> Answers | None:
        rise = _profit(p, _three_by(p, lambda j: -p.profit[j])) - _profit(p, _best(p))
        return {"rise": rise} if rise != _rise(p) else None

    @misconception(
        "You answered that more room brings nothing. Go through the list again: a choice that "
        "owed too much before may fit now."
    )
    def nothing(self, p: Any) -> Answers | None:
        return {"rise": 0} if _rise(p) else None

    def hints(self, p: Any) -> list[str]:
        top = _three_by(p, lambda j: -p.profit[j])
        return [
            say(
                "There are only ten ways to choose three of five: ABC, ABD, ABE, and so on. List "
                "them with the sums of assets, debt and profit."
            ),
            say(
                "Begin with {three}, which have the most profit: together they owe {debt}. Then go "
                "down the list by profit until both limits are kept.",
                three=join(_named(top)),
                debt=_million(_debt(p, top)),
            ),
            say(
                "For the second question use the same list. Only the limit on debt is now {limit}. "
                "Does one of the choices that you struck out fit now?",
                limit=_million(p.most + p.room),
            ),
        ]

    def solution(self, p: Any) -> str:
        right = self.solve(p)
        rows: list[list[Quantity | str | int]] = []
        for three in _all(p):
            fits = _assets(p, three) >= p.least
            verdict = self._verdict(p, _debt(p, three), fits)
            sums = (_assets(p, three), _debt(p, three), _profit(p, three))
            rows.append(["".join(_named(three)), *sums, verdict])
        head = [say("three"), *_heads(), say("allowed?")]
        return page(
            say("All ten choices, the most profit first:"),
            table(head, rows),
            say(
                "The first that is allowed is {three}. With {room} more debt room the first that "
                "is allowed brings **{rise}** more. There is no price for a yuan of room: the "
                "profit stays the same until a whole other choice fits, and then it jumps.",
                three=join(right["taken"]),
                room=_million(p.room),
                rise=_million(right["rise"]),
            ),
        )

    def _verdict(self, p: Any, debt: int, rich: bool) -> str:
        if not rich:
            return say("no: too few assets")
        if debt <= p.most:
            return say("yes")
        return say("with more room") if debt <= p.most + p.room else say("no: too much debt")


def _all(p: Any) -> list[tuple[int, ...]]:
    """All choices, the most profit first."""
    return sorted(combinations(range(len(NAMES)), COUNT), key=lambda three: -_profit(p, three))


def _allowed(p: Any, room: int = 0) -> list[tuple[int, ...]]:
    """Those that keep both limits, with so much more room for debt."""
    return [x for x in _all(p) if _assets(p, x) >= p.least and _debt(p, x) <= p.most + room]


def _best(p: Any, room: int = 0) -> tuple[int, ...]:
    return _allowed(p, room)[0]


def _rise(p: Any) -> int:
    return _profit(p, _best(p, p.room)) - _profit(p, _best(p))


def _three_by(p: Any, key: Any) -> tuple[int, ...]:
    """The first three by this key, in the order of the table."""
    return tuple(sorted(sorted(range(5), key=lambda j: (key(j), j))[:COUNT]))


def _named(three: tuple[int, ...]) -> list[str]:
    return [NAMES[j] for j in three]


def _assets(p: Any, three: tuple[int, ...]) -> int:
    return sum(p.assets[j] for j in three)


def _debt(p: Any, three: tuple[int, ...]) -> int:
    return sum(p.debt[j] for j in three)


def _profit(p: Any, three: tuple[int, ...]) -> int:
    return sum(p.profit[j] for j in three)


def _heads() -> list[str]:
    return [
        say("assets, million yuan"),
        say("debt, million yuan"),
        say("profit in a year, million yuan"),
    ]


def _million(value: int) -> Quantity:
    return Quantity(value, "million yuan", 0)
