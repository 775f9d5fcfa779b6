"""Which innovations to pay for, with a budget and a limit for one route."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from itertools import product
from typing import Any

from svclab.practice import (
    ChoiceField,
    Draw,
    Exercise,
    Field,
    IntegerField,
    PlanField,
    PlanScore,
    misconception,
)
from svclab.practice.apart import apart
from svclab.practice.definition import Numbers
from svclab.practice.wording import Answers, page, table
from svclab.strategy.balance.portfolio import Idea, Portfolio
from svclab.words import Quantity, join, money, number, say

__all__ = ["IdeasBudget"]

NEED, STREAM, TECH, CULTURE = "customer need", "process streamlining", "technology", "culture"
#: Who it is, and seven ideas with their routes. The routes are source (ST-10), all else invented.
PLACES = {
    "ktv": (
        "A KTV chain (invented)",
        (("song choice by phone", TECH), ("self-checkout", TECH), ("playlists by taste", TECH),
         ("rooms for two", NEED), ("offer for students", NEED),
         ("room ready in 5 minutes", STREAM), ("staff decide on refunds", CULTURE)),
    ),
    "clinic": (
        "A health centre (体检中心, invented)",
        (("results by app", TECH), ("robot guide", TECH), ("scan by computer", TECH),
         ("evening hours", NEED), ("talk about results", NEED), ("one desk for all", STREAM),
         ("learning from errors", CULTURE)),
    ),
    "library": (
        "A city library (图书馆, invented)",
        (("return machine", TECH), ("search by voice", TECH), ("seats by phone", TECH),
         ("rooms for groups", NEED), ("books to the door", NEED), ("new card in 2 minutes", STREAM),
         ("staff day for ideas", CULTURE)),
    ),
}  # fmt: skip
COUNT = 7


class IdeasBudget(Exercise):
    """The most valuable portfolio under a budget and a cap, and what the cap costs."""

    title = "Ideas and a budget"
    objective = 8
    level = "medium"
    points = 2
    minutes = 10

    def deal(self, draw: Draw) -> Answers:
        place = draw.choice(list(PLACES))
        while True:
            # Technology promises most, so that its limit matters.
            costs = [*draw.integers(3, 8, 22), *draw.integers(4, 4, 18)]
            rates = [*draw.integers(3, 4, 7), *draw.integers(4, 2, 6)]
            numbers: Answers = {
                "place": place,
                "costs": costs,
                "values": [max(10, c * r // 10 * 10) for c, r in zip(costs, rates, strict=True)],
                "chances": draw.integers(COUNT, 4, 9),
                "budget": sum(costs) * draw.integer(50, 65) // 100,
                "cap": sum(costs[:3]) * draw.integer(40, 65) // 100,
            }
            p = Numbers(numbers)
            if _worth(p, _by_rule(p)) < _worth(p, _ranked(p)[0]):  # most often the rule is right
                return numbers

    def sound(self, p: Any) -> bool:
        best = _ranked(p)
        free = _worth(p, _ranked(p, capped=False)[0])
        unique = _worth(p, best[0]) > _worth(p, best[1])
        # What the limit costs must not be guessed from a number that is printed.
        printed = {*p.costs, *p.values, p.budget, p.cap}
        hidden = free - _worth(p, best[0]) not in printed
        return unique and hidden and _worth(p, best[0]) < free and apart(self, p)

    def question(self, p: Any) -> str:
        where, ideas = PLACES[p.place]
        rows: list[list[Quantity | str | int]] = [
            [name, route, c, v, number(chance / 10, 1)]
            for (name, route), c, v, chance in zip(ideas, p.costs, p.values, p.chances, strict=True)
        ]
        head = [say("idea"), say("route"), say("cost"), say("value if it works"), say("chance")]
        return page(
            say(
                "{where} has {budget} for new ideas (innovation portfolio, 创新组合). An idea is "
                "paid for as a whole or not at all, and is worth value times chance, on average. "
                "At most {cap} may go to the route technology, so that the others get some, too. "
                "Cost and value are in thousand yuan:",
                where=where,
                budget=_money(p.budget),
                cap=_money(p.cap),
            ),
            table(head, rows),
            say(
                "1. Choose the ideas to pay for, so that they are worth as much as possible.\n"
                "2. How much more would the best portfolio be worth without the limit on "
                "technology?"
            ),
        )

    def fields(self, p: Any) -> list[Field]:
        rows = {f"i{k}": name for k, (name, _) in enumerate(PLACES[p.place][1])}
        column = ChoiceField("take", say("Pay for it?"), {"yes": say("yes"), "no": say("no")})
        return [
            PlanField("plan", say("Your portfolio"), rows, [column]),
            IntegerField("price", say("The limit costs"), unit="thousand yuan"),
        ]

    def score(self, p: Any, name: str, plan: Any) -> PlanScore:
        taken = tuple(plan[f"i{k}"]["take"] == "yes" for k in range(COUNT))
        if _cost(p, taken) > p.budget:
            over = _cost(p, taken) - p.budget
            return PlanScore(False, say("it costs {over} more than there is.", over=_money(over)))
        if _tech(p, taken) > p.cap:
            over = _tech(p, taken) - p.cap
            return PlanScore(False, say("technology is over its limit by {over}.",
                                        over=_money(over)))  # fmt: skip
        best = _worth(p, _ranked(p)[0])
        return PlanScore(True, value=_worth(p, taken), best=best, unit="thousand yuan")

    def solve(self, p: Any) -> Answers:
        ideas = [
            Idea(name, route, v, c, chance / 10)
            for (name, route), c, v, chance in zip(
                PLACES[p.place][1], p.costs, p.values, p.chances, strict=True
            )
        ]

        with_cap, free = (-1.0, (False,) * COUNT), -1.0
        for taken in product((False, True), repeat=COUNT):
            found = Portfolio(
                tuple(ideas),
                frozenset(one.name for one, t in zip(ideas, taken, strict=True) if t),
                p.budget,
                {TECH: p.cap},
            )
            if found.cost <= p.budget:
                free = max(free, found.worth)
                if found.spent(TECH) <= p.cap and found.worth > with_cap[0] + 1e-9:
                    with_cap = (found.worth, taken)
        return {"plan": _plan(with_cap[1]), "price": round(free - with_cap[0])}

    def second(self, p: Any) -> Answers:
        # Idea by idea: the best worth for each pair of money spent and money spent on technology.
        found: dict[tuple[int, int], tuple[int, tuple[bool, ...]]] = {(0, 0): (0, ())}
        for k in range(COUNT):
            more: dict[tuple[int, int], tuple[int, tuple[bool, ...]]] = {}
            for (cost, tech), (worth, taken) in found.items():
                for take in (False, True):
                    place = (cost + take * p.costs[k], tech + take * p.costs[k] * _is_tech(p, k))
                    new = (worth + take * p.values[k] * p.chances[k] // 10, (*taken, take))
                    if place[0] <= p.budget and new[0] >= more.get(place, (0, ()))[0]:
                        more[place] = new
            found = more
        free = max(worth for worth, _ in found.values())
        worth, taken = max(x for (_, tech), x in found.items() if tech <= p.cap)
        return {"plan": _plan(taken), "price": free - worth}

    @misconception(
        "You took the ideas by worth per cost and stopped there. That rule leaves money over: try "
        "to exchange one idea for one or two others that fill the budget better."
    )
    def by_ratio(self, p: Any) -> Answers:
        return {"plan": _plan(_by_rule(p))}

    @misconception(
        "You forgot the chances. An idea that works in half of the cases is worth half of its "
        "value."
    )
    def chances_forgotten(self, p: Any) -> Answers | None:
        sure = max(_ranked(p), key=lambda t: sum(v for v, x in zip(p.values, t, strict=True) if x))
        return {"plan": _plan(sure)} if sure not in (_ranked(p)[0], _by_rule(p)) else None

    @misconception("You took as many ideas as the budget holds. Many are not always worth much.")
    def as_many(self, p: Any) -> Answers | None:
        many = max(_ranked(p), key=lambda t: (sum(t), -_cost(p, t)))
        return {"plan": _plan(many)} if many not in (_ranked(p)[0], _by_rule(p)) else None

    @misconception(
        "This portfolio is best without the limit on technology. With it, it is not allowed."
    )
    def no_cap(self, p: Any) -> Answers:
        return {"plan": _plan(_ranked(p, capped=False)[0])}

    @misconception(
        "You gave the worth of the best portfolio without the limit. The limit costs only what "
        "that is more than with it."
    )
    def worth_without(self, p: Any) -> Answers:
        return {"price": _worth(p, _ranked(p, capped=False)[0])}

    @misconception(
        "You gave the money that goes to technology beyond the limit. What the limit costs is "
        "worth that is lost, not money that is moved."
    )
    def money_moved(self, p: Any) -> Answers | None:
        over = _tech(p, _ranked(p, capped=False)[0]) - p.cap
        price = _worth(p, _ranked(p, capped=False)[0]) - _worth(p, _ranked(p)[0])
        return {"price": over} if over not in (0, price) else None

    def hints(self, p: Any) -> list[str]:
        best = _ranked(p)[0]
        return [
            say("Write two columns: value times chance, and that divided by the cost."),
            say(
                "Start with the largest worth per cost that fits into the budget and into the "
                "limit of technology. Then exchange: take one idea out, and look what fits instead."
            ),
            say("The best portfolio has {n} ideas, and leaves {left} of the budget over.",
                n=sum(best), left=_money(p.budget - _cost(p, best))),
            say("For the second question do the same once more without the limit."),
        ]  # fmt: skip

    def solution(self, p: Any) -> str:
        ideas = PLACES[p.place][1]
        best, free = _ranked(p)[0], _ranked(p, capped=False)[0]
        order = sorted(range(COUNT), key=lambda k: -_each(p, k) / p.costs[k])
        rows: list[list[Quantity | str | int]] = [
            [ideas[k][0], p.costs[k], _each(p, k),
             number(_each(p, k) / p.costs[k], 2), _mark(best[k]), _mark(free[k])]
            for k in order
        ]  # fmt: skip
        head = ["idea", "cost", "worth", "worth per cost", "best", "without the limit"]
        return page(
            table([say(word) for word in head], rows),
            say(
                "Best, of all 128 choices: {names}. They cost {cost} and are worth {worth}.",
                names=join([ideas[k][0] for k in range(COUNT) if best[k]]),
                cost=_money(_cost(p, best)),
                worth=_money(_worth(p, best)),
            ),
            say(
                "Without the limit {free} could be reached: **{price}** more. That is the price of "
                "the balance between the routes. Whether it is worth it, no model says.",
                free=_money(_worth(p, free)),
                price=_money(_worth(p, free) - _worth(p, best)),
            ),
        )


def _plan(taken: Iterable[bool]) -> Answers:
    return {f"i{k}": {"take": "yes" if t else "no"} for k, t in enumerate(taken)}


def _is_tech(p: Any, k: int) -> bool:
    return bool(PLACES[p.place][1][k][1] == TECH)


def _each(p: Any, k: int) -> int:
    """Value times chance; a whole number, since values are tens and chances tenths."""
    return int(p.values[k] * p.chances[k] // 10)


def _worth(p: Any, taken: tuple[bool, ...]) -> int:
    return sum(_each(p, k) for k in range(COUNT) if taken[k])


def _cost(p: Any, taken: tuple[bool, ...]) -> int:
    return sum(p.costs[k] for k in range(COUNT) if taken[k])


def _tech(p: Any, taken: tuple[bool, ...]) -> int:
    return sum(p.costs[k] for k in range(COUNT) if taken[k] and _is_tech(p, k))


def _ranked(p: Any, *, capped: bool = True) -> list[tuple[bool, ...]]:
    """What is allowed, the most worth first."""
    each = tuple(_each(p, k) for k in range(COUNT))
    tech = tuple(_is_tech(p, k) for k in range(COUNT))
    return _sorted(tuple(p.costs), each, tech, p.budget, p.cap if capped else p.budget)


@lru_cache(maxsize=64)
def _sorted(
    costs: tuple[int, ...], each: tuple[int, ...], tech: tuple[bool, ...], budget: int, cap: int
) -> list[tuple[bool, ...]]:
    found: list[tuple[int, int, tuple[bool, ...]]] = []
    for taken in product((False, True), repeat=COUNT):
        spent = [c for c, t in zip(costs, taken, strict=True) if t]
        there = [c for c, t, here in zip(costs, taken, tech, strict=True) if t and here]
        if sum(spent) <= budget and sum(there) <= cap:
            worth = sum(w for w, t in zip(each, taken, strict=True) if t)
            found.append((-worth, len(found), taken))
    return [taken for _, _, taken in sorted(found)]


def _by_rule(p: Any) -> tuple[bool, ...]:
    """The most worth per cost first, each that still fits."""
    taken = [False] * COUNT
    for k in sorted(range(COUNT), key=lambda k: -_each(p, k) / p.costs[k]):
        taken[k] = True
        if _cost(p, tuple(taken)) > p.budget or _tech(p, tuple(taken)) > p.cap:
            taken[k] = False
    return tuple(taken)


def _mark(taken: bool) -> str:
    return say("yes") if taken else ""


def _money(value: float) -> Quantity:
    return money(value, "thousand yuan", 0)
