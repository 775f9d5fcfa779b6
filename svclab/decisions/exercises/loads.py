"""What to load under a limit: the quick rule, and what is better than the rule."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import combinations, pairwise
from typing import Any

from svclab.decisions.problems.knapsack import knapsack_by_table, knapsack_greedy
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
from svclab.words import Quantity, join, number, say, yuan

__all__ = ["Pack"]

ITEMS = 6
#: Who loads what. All invented.
PLACES = {
    "van": (
        "A repair service (维修服务, invented) loads its small van for a day",
        ("drill", "generator", "ladder", "pump", "saw", "welder"),
    ),
    "stall": (
        "A student (invented) takes goods by bicycle to a market stall (地摊)",
        ("books", "cups", "lamps", "plants", "shoes", "toys"),
    ),
    "drone": (
        "A delivery service (无人机配送, invented) loads a drone for one flight",
        ("cake", "flowers", "fruit", "medicine", "parcel", "tea"),
    ),
    "show": (
        "A travelling theatre (流动剧团, invented) packs its car for one evening",
        ("costumes", "curtain", "lights", "masks", "music", "puppets"),
    ),
}


class Pack(Exercise):
    """The value by the rule of the most value per kg, and the most valuable load."""

    title = "What to load"
    objective = 7
    level = "easy"
    minutes = 8

    def deal(self, draw: Draw) -> Answers:
        weights = draw.integers(ITEMS, 3, 16, distinct=True)
        # Every item has some value per kg, and a little more or less.
        values = [w * draw.integer(7, 14) + draw.integer(-4, 4) for w in weights]
        return {
            "place": draw.choice(list(PLACES)),
            "weights": weights,
            "values": values,
            "limit": sum(weights) * draw.integer(45, 60) // 100,
        }

    def sound(self, p: Any) -> bool:
        # The rule is clear at each step, it fails, and there is one best load.
        rates = sorted(v / w for v, w in zip(p.values, p.weights, strict=True))
        if min(b - a for a, b in pairwise(rates)) < 0.1:
            return False
        best, other = _ranked(p)[:2]
        return best[0] > 1.01 * self._rule(p) and best[0] > other[0] and apart(self, p)

    def question(self, p: Any) -> str:
        where, names = PLACES[p.place]
        rows: list[list[Quantity | str | int]] = [
            [name, _kg(w), yuan(v, 2)]
            for name, w, v in zip(names, p.weights, p.values, strict=True)
        ]
        return page(
            say(
                "{where}: {limit} at most. The table says what each thing weighs and what it "
                "brings if it is there (knapsack problem, 背包问题):",
                where=where,
                limit=_kg(p.limit),
            ),
            table([say("thing"), say("weight"), say("value")], rows),
            say(
                "There is one piece of each; it is taken whole or not at all.\n\n"
                "1. The quick rule goes through the things by value per kg, the largest first, and "
                "takes each that still fits. What is the value of its load?\n"
                "2. Which things make the most valuable load?"
            ),
        )

    def fields(self, p: Any) -> list[Field]:
        names = PLACES[p.place][1]
        return [
            IntegerField("rule", say("Value by the quick rule"), unit="yuan"),
            ChoicesField("things", say("The most valuable load"), {name: name for name in names}),
        ]

    def _items(self, p: Any) -> dict[str, tuple[float, float]]:
        pairs = zip(p.weights, p.values, strict=True)
        return dict(zip(PLACES[p.place][1], pairs, strict=True))

    def solve(self, p: Any) -> Answers:
        best = knapsack_by_table(self._items(p), p.limit)
        rule = knapsack_greedy(self._items(p), p.limit)
        return {"rule": round(rule.value), "things": [n for n, k in best.taken.items() if k]}

    def second(self, p: Any) -> Answers:
        # The rule by comparing v/w as products of whole numbers; the load from all 64.
        left, things, value = p.limit, list(range(ITEMS)), 0
        while things:
            first = things[0]
            for k in things:
                if p.values[k] * p.weights[first] > p.values[first] * p.weights[k]:
                    first = k
            things.remove(first)
            if p.weights[first] <= left:
                left, value = left - p.weights[first], value + p.values[first]
        return {"rule": value, "things": self._named(p, _ranked(p)[0][1])}

    def _rule(self, p: Any) -> int:
        return _value(p, _first_fits(p, lambda k: -p.values[k] / p.weights[k]))

    @misconception(
        "This is the load of the quick rule. It is full of the best things per kg, but it leaves "
        "room: try to exchange one thing for one or two others that fill it better."
    )
    def quick_rule(self, p: Any) -> Answers:
        return {"things": self._named(p, _first_fits(p, lambda k: -p.values[k] / p.weights[k]))}

    @misconception(
        "You took the most valuable thing first, whatever it weighs. A heavy thing may push out "
        "two lighter ones that are worth more together."
    )
    def value_first(self, p: Any) -> Answers | None:
        return self._both(p, _first_fits(p, lambda k: -p.values[k]))

    @misconception(
        "You took the lightest things first. So you carry many things, but not the most value."
    )
    def lightest_first(self, p: Any) -> Answers | None:
        return self._both(p, _first_fits(p, lambda k: p.weights[k]))

    def _both(self, p: Any, load: Iterable[int]) -> Answers | None:
        """What follows for both fields, unless another thought leads there, too."""
        value = _value(p, load)
        if value in (self._rule(p), _ranked(p)[0][0]):
            return None
        return {"rule": value, "things": self._named(p, load)}

    @misconception(
        "You stopped at the first thing that did not fit. The rule goes on: a lighter thing "
        "further down may still fit."
    )
    def stopped(self, p: Any) -> Answers | None:
        value, left = 0, p.limit
        for k in sorted(range(ITEMS), key=lambda k: -p.values[k] / p.weights[k]):
            if p.weights[k] > left:
                break
            value, left = value + p.values[k], left - p.weights[k]
        return {"rule": value} if value != self._rule(p) else None

    @misconception(
        "This is the value of the best load. The quick rule is quick because it does not try out "
        "other loads, so it may miss it."
    )
    def best_value(self, p: Any) -> Answers:
        return {"rule": _ranked(p)[0][0]}

    @misconception("You ticked everything. Add up the weights: that is more than can be carried.")
    def everything(self, p: Any) -> Answers:
        return {"things": list(PLACES[p.place][1])}

    def _named(self, p: Any, load: Iterable[int]) -> list[str]:
        taken = set(load)
        return [name for k, name in enumerate(PLACES[p.place][1]) if k in taken]

    def hints(self, p: Any) -> list[str]:
        rule = _first_fits(p, lambda k: -p.values[k] / p.weights[k])
        left = p.limit - sum(p.weights[k] for k in rule)
        return [
            say("Write a third column: value divided by weight. The rule follows this column."),
            say(
                "The load of the rule is {things}. It leaves {left} unused.",
                things=join(self._named(p, rule)),
                left=_kg(left),
            ),
            say(
                "Take one thing out of this load. How much room is there now, and which of the "
                "other things, one or two, fill it with more value than you took out?"
            ),
        ]

    def solution(self, p: Any) -> str:
        names = PLACES[p.place][1]
        rule = set(_first_fits(p, lambda k: -p.values[k] / p.weights[k]))
        value, best = _ranked(p)[0]
        order = sorted(range(ITEMS), key=lambda k: -p.values[k] / p.weights[k])
        rows: list[list[Quantity | str | int]] = [
            [names[k], _kg(p.weights[k]), yuan(p.values[k], 2),
             number(p.values[k] / p.weights[k], 2), _mark(k in rule), _mark(k in best)]
            for k in order
        ]  # fmt: skip
        head = [say("thing"), say("weight"), say("value"), say("value per kg"), say("rule"),
                say("best")]  # fmt: skip
        return page(
            table(head, rows),
            say(
                "**Rule.** It takes {things}: {load} of {limit}, value **{value}**.",
                things=join(self._named(p, rule)),
                load=_kg(sum(p.weights[k] for k in rule)),
                limit=_kg(p.limit),
                value=yuan(_value(p, rule), 2),
            ),
            say(
                "**Best load**, found by comparing all 64: {things}. It weighs {load} and brings "
                "{value}.",
                things=join(self._named(p, best)),
                load=_kg(sum(p.weights[k] for k in best)),
                value=yuan(value, 2),
            ),
        )


def _mark(taken: bool) -> str:
    return say("yes") if taken else ""


def _value(p: Any, load: Iterable[int]) -> int:
    return sum(p.values[k] for k in load)


def _first_fits(p: Any, key: Any) -> tuple[int, ...]:
    """The load of somebody who takes what still fits, in the order of this key."""
    left, taken = p.limit, []
    for k in sorted(range(ITEMS), key=key):
        if p.weights[k] <= left:
            left -= p.weights[k]
            taken.append(k)
    return tuple(sorted(taken))


def _ranked(p: Any) -> list[tuple[int, tuple[int, ...]]]:
    """All loads that can be carried with their values, the most valuable first."""
    loads = (load for n in range(ITEMS + 1) for load in combinations(range(ITEMS), n))
    fits = [load for load in loads if sum(p.weights[k] for k in load) <= p.limit]
    return sorted(((_value(p, load), load) for load in fits), reverse=True)


def _kg(value: float) -> Quantity:
    return Quantity(value, "kg", 0)
