"""More hours for money: what to pay for one, how many to buy, and what is gained."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from functools import lru_cache
from typing import Any

from svclab.decisions.exercises.small_models import SmallModel, corner_where, differing, dot
from svclab.practice import Draw, Exercise, Field, NumberField, misconception
from svclab.practice.apart import apart
from svclab.practice.definition import Numbers
from svclab.practice.wording import Answers, page, table
from svclab.words import Quantity, hours, money, say

__all__ = ["BuyHours"]

#: Where, what is offered, what is scarce; hours of the last resource can be bought. All invented.
PLACES = {
    "studio": ("A design studio", ("logos", "websites"), ("sketching", "meetings", "programming")),
    "garden": ("A garden service", ("lawns", "hedges"), ("driving", "mowing", "cutting")),
    "advice": ("A tax adviser", ("letters", "reports"), ("reading", "typing", "checking")),
    "kitchen": ("A catering kitchen", ("buffets", "dinners"), ("baking", "packing", "cooking")),
}


#: From so many hours more to so many, and what each is worth there.
Piece = tuple[Fraction, Fraction, Fraction]


class BuyHours(Exercise):
    """The price one may pay for an hour, how many hours pay at an offered price, the gain."""

    title = "Hours for money"
    objective = 3
    level = "medium"
    minutes = 15

    def deal(self, draw: Draw) -> Answers:
        # At the best corner the hours that can be bought and one more kind are used up: both
        # have a shadow price above zero. The third kind lies a little beyond.
        corner = draw.integers(2, 6, 20)
        factors = [draw.integers(2, 1, 6) for _ in range(3)]
        rights = [sum(f * x for f, x in zip(row, corner, strict=True)) for row in factors]
        rights[1] += draw.integer(2, 20)
        worths = [draw.integer(5, 30, 5), 0, draw.integer(24, 80, 4)]
        rows = [[*row, right] for row, right in zip(factors, rights, strict=True)]
        return {
            "place": draw.choice(list(PLACES)),
            "profits": [
                sum(worth * row[j] for worth, row in zip(worths, factors, strict=True))
                for j in range(2)
            ],
            "rows": [*draw.shuffled(rows[:2]), rows[2]],
            "price": round(worths[2] * draw.number(0.3, 0.85, 0.05)),
            "offered": draw.integer(30, 60, 5),
        }

    def sound(self, p: Any) -> bool:
        # First worth more than the price, then less: a bend within what is offered. Looked at
        # without a solver, because most draws have none.
        now, one, two = (_best(p, n) for n in range(3))
        last = float(_best(p, p.offered) - _best(p, p.offered - 1))
        if not (one - now > 1.15 * p.price and last < 0.85 * p.price and two - one == one - now):
            return False
        x, y = _model(p, 0).best_corners()[1][0]
        if not _pieces(p) or p.rows[2][0] * x + p.rows[2][1] * y != p.rows[2][2]:
            return False
        bought = self.solve(p)["hours"]
        return bool(3 <= bought <= p.offered - 5 and apart(self, p))

    def question(self, p: Any) -> str:
        where, services, limits = PLACES[p.place]
        rows: list[Sequence[Quantity | str | int]] = [
            (limit, hours(a), hours(b), hours(right))
            for limit, (a, b, right) in zip(limits, p.rows, strict=True)
        ]
        rows.append((say("profit of one"), *(money(c, "yuan", 0) for c in p.profits), ""))
        return page(
            say(
                "{where} (invented) sells {one} and {other}. Parts are carried over to the next "
                "month, so that numbers need not be whole. Hours for one, and in a month:",
                where=where,
                one=services[0],
                other=services[1],
            ),
            table([say("hours of"), *services, say("there are")], rows),
            say(
                "A partner offers up to {most} more of {name} for {price} each. This is paid "
                "on top of all that is in the profits.\n\n"
                "1. What is the most that one should pay for the first hour more (影子价格, shadow "
                "price)?\n"
                "2. How many hours should one buy at the price offered?\n"
                "3. How much does one gain by this, when the hours are paid?",
                most=hours(p.offered),
                name=limits[2],
                price=money(p.price, "yuan", 0),
            ),
        )

    def fields(self, p: Any) -> list[Field]:
        return [
            NumberField("worth", say("Most to pay for the first hour"), unit="yuan"),
            NumberField("hours", say("Hours to buy"), unit="h"),
            NumberField("gain", say("Gain after paying"), unit="yuan", relative=0.01),
        ]

    def solve(self, p: Any) -> Answers:
        bought = gain = Fraction(0)
        # Buy along the curve as long as an hour is worth more than it costs.
        pieces = _pieces(p)
        for start, end, worth in pieces:
            if worth > p.price:
                bought = end
                gain += (worth - p.price) * (end - start)
        return {"worth": float(pieces[0][2]), "hours": float(bought), "gain": float(gain)}

    def second(self, p: Any) -> Answers:
        # Without slopes: the bends are where a corner of the region leaves the line of hours; the
        # best of all amounts is at a bend.
        bends = {0, p.offered}
        for x, y in SmallModel(tuple(p.profits), _model(p, 0).rows[:2], (0, 0)).corners():
            needed = p.rows[2][0] * x + p.rows[2][1] * y - p.rows[2][2]
            if 0 < needed < p.offered:
                bends.add(needed)
        now = _best(p, 0)
        gains = {n: _best(p, n) - now - p.price * n for n in sorted(bends)}
        bought = max(gains, key=lambda n: gains[n])
        return {
            "worth": float(_best(p, 1) - now),
            "hours": float(bought),
            "gain": float(gains[bought]),
        }

    @misconception(
        "You took the profit of one service divided by its hours. The service needs scarce hours "
        "of other kinds too: compute the best plan with one hour more."
    )
    def profit_per_hour(self, p: Any) -> Answers | None:
        rates = [c / a for c, a in zip(p.profits, p.rows[2], strict=False)]
        return differing(self.solve(p), {"worth": max(rates)})

    @misconception(
        "You divided the whole profit by all hours. That is what an hour earns on average; the "
        "next hour is worth something else."
    )
    def average(self, p: Any) -> Answers:
        return {"worth": float(_best(p, 0)) / p.rows[2][2]}

    @misconception(
        "This is what is left of an hour's worth after paying. The most one should pay is its "
        "worth itself."
    )
    def after_paying(self, p: Any) -> Answers:
        return {"worth": self.solve(p)["worth"] - p.price}

    @misconception(
        "You bought all hours offered, because the first is worth more than it costs. Its worth "
        "holds in a range only: beyond it an hour is worth less than its price."
    )
    def all_hours(self, p: Any) -> Answers:
        gain = float(_best(p, p.offered) - _best(p, 0)) - p.price * p.offered
        return {"hours": float(p.offered), "gain": gain}

    @misconception(
        "You multiplied all hours offered by the worth of the first. Beyond the range of the "
        "shadow price the hours are worth less."
    )
    def price_for_all(self, p: Any) -> Answers:
        return {"gain": (self.solve(p)["worth"] - p.price) * p.offered}

    @misconception("You did not subtract what the hours cost.")
    def not_paid(self, p: Any) -> Answers:
        right = self.solve(p)
        return {"gain": right["gain"] + p.price * right["hours"]}

    @misconception(
        "You gave all hours there are then. The question is how many to buy: subtract those that "
        "are there."
    )
    def hours_in_all(self, p: Any) -> Answers:
        return {"hours": self.solve(p)["hours"] + p.rows[2][2]}

    def hints(self, p: Any) -> list[str]:
        name = PLACES[p.place][2][2]
        return [
            say(
                "Draw the region and find the best corner. Which two limits meet there? One of "
                "them is that of {name}.",
                name=name,
            ),
            say(
                "With one hour more of {name} its line moves outwards, and the best corner slides "
                "along the other line. How much profit does that bring?",
                name=name,
            ),
            say(
                "Follow the corner until it meets the next limit or an axis. How many hours of "
                "{name} does the plan need there? From then on an hour is worth less.",
                name=name,
            ),
            say(
                "Go on as long as an hour is worth more than its price, and stop at the bend where "
                "it is worth less. The gain: for each piece, hours × (worth − price)."
            ),
        ]

    def solution(self, p: Any) -> str:
        right, name = self.solve(p), PLACES[p.place][2][2]
        rows = [
            (
                hours(float(start), 2),
                hours(float(end), 2),
                money(float(worth), "yuan", 3),
                say("buy") if worth > p.price else say("do not buy"),
            )
            for start, end, worth in _pieces(p)
        ]
        return page(
            say("What an hour more of {name} is worth, along all hours offered:", name=name),
            table([say("from"), say("to"), say("worth of an hour"), say("at the price")], rows),
            say(
                "The first hour is worth **{worth}**: the shadow price. Hours pay as long as they "
                "are worth more than {price}, so buy **{hours}**. After paying the gain is "
                "**{gain}**.",
                worth=money(right["worth"], "yuan", 3),
                price=money(p.price, "yuan", 0),
                hours=hours(right["hours"], 2),
                gain=money(right["gain"], "yuan"),
            ),
        )


def _model(p: Any, more: Any) -> SmallModel:
    """The linear program with so many hours more; ``more`` is a whole number or a fraction."""
    rows = [((a, b), right + more * (k == 2)) for k, (a, b, right) in enumerate(p.rows)]
    return SmallModel(tuple(p.profits), tuple(rows), (0, 0))


def _best(p: Any, more: Any) -> Any:
    return _model(p, more).best_corners()[0]


def _pieces(p: Any) -> list[Piece]:
    """The straight pieces of the best profit over the hours bought, up to those offered.

    There are none where two plans are equally good: sound() refuses such numbers.

    Exact, and without a solver: a variant must be dealt where there is none. A test compares
    with :func:`svclab.decisions.sensitivity.value_function`.
    """
    rows = tuple(tuple(row) for row in p.rows)
    return list(_curve(tuple(p.profits), rows, p.offered))


@lru_cache(maxsize=600)
def _curve(profits: Any, rows: Any, offered: int) -> tuple[Piece, ...]:
    numbers = Numbers({"profits": profits, "rows": rows})
    pieces: list[Piece] = []
    start = Fraction(0)
    while start < offered:
        # A little beyond the bend, where no more limits meet than the corner needs.
        beyond = start + Fraction(1, 10**6)
        model = _model(numbers, beyond)
        best = model.best_corners()[1]
        left = [right - dot(factors, best[0]) for factors, right in model.limits]
        if len(best) > 1 or left.count(0) != 2:
            return ()
        # Where the two limits of the corner meet with one hour more, and how far this can go on.
        meet = [(f, right + (k == 2)) for k, (f, right) in enumerate(model.limits) if not left[k]]
        step = [after - now for after, now in zip(corner_where(meet) or (), best[0], strict=True)]
        uses = [dot(factors, step) for factors, _ in model.limits]
        ends = [room / use for room, use in zip(left, uses, strict=True) if room and use > 0]
        end = min([Fraction(offered), *(beyond + room for room in ends)])
        pieces.append((start, end, dot(profits, step)))
        start = end
    return tuple(pieces)
