"""A mixture of two ingredients: which line says a limit, and what the cheapest mixture is."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from svclab.decisions.problems.blending import blending
from svclab.practice import ChoiceField, Draw, Exercise, Field, NumberField, misconception
from svclab.practice.apart import apart
from svclab.practice.wording import Answers, bullets, page, table
from svclab.words import Quantity, money, number, percent, say

__all__ = ["Blend"]

#: Who mixes what: situation, mixture, cheap and dear ingredient, the part of which there must be
#: enough, and the part of which there must not be too much. All invented.
PLACES = {
    "hospital": (
        "The kitchen of a hospital (医院食堂, invented) mixes rice and lentils",
        ("rice", "lentils"),
        ("protein", "starch"),
    ),
    "farm": (
        "A boarding service for dogs (宠物寄养, invented) mixes its own dry food",
        ("maize", "fish meal"),
        ("protein", "fibre"),
    ),
    "hotel": (
        "A hotel (invented) mixes a muesli for its breakfast (早餐麦片)",
        ("oat flakes", "nuts"),
        ("fat", "sugar"),
    ),
    "garden": (
        "A garden service (园林服务, invented) mixes soil for roof gardens",
        ("loam", "peat"),
        ("humus", "clay"),
    ),
}
LINES = "abcd"


class Blend(Exercise):
    """The line of a limit, the amount of the cheap ingredient, and the cost."""

    title = "A mixture in two limits"
    objective = 1
    level = "medium"
    minutes = 10

    def deal(self, draw: Draw) -> Answers:
        cheap = draw.integer(3, 8)
        poor, clean = draw.integer(4, 14), draw.integer(2, 10)
        return {
            "place": draw.choice(list(PLACES)),
            "kg": draw.integer(60, 240, 20),
            "price": [cheap, cheap + draw.integer(3, 14)],  # yuan for one kg
            "good": [poor, poor + draw.integer(10, 28)],  # percent of the good part
            "bad": [clean + draw.integer(10, 28), clean],  # percent of the other one
            "least": poor + draw.integer(4, 20),  # percent of the good part in the mixture
            "most": clean + draw.integer(4, 20),
            "asked": draw.choice(["least", "most"]),  # the limit whose line is looked for
            "order": draw.shuffled(list(LINES)),
        }

    def sound(self, p: Any) -> bool:
        # Both limits leave a mixture, one of them decides, and both ingredients are needed.
        good, bad = _amounts(p)
        x = min(good, bad)
        if not 0.15 * p.kg < x < 0.85 * p.kg or abs(good - bad) < 0.05 * p.kg:
            return False
        return max(good, bad) < p.kg and apart(self, p)

    def question(self, p: Any) -> str:
        where, names, parts = PLACES[p.place]
        rows: list[list[Quantity | str | int]] = [
            [name, money(price, "yuan"), _pc(good), _pc(bad)]
            for name, price, good, bad in zip(names, p.price, p.good, p.bad, strict=True)
        ]
        head = [say("ingredient"), say("price of 1 kg"), *parts]
        asked = parts[0] if p.asked == "least" else parts[1]
        return page(
            say(
                "{where} (blending, 配料问题). It needs {kg} in all, at the lowest cost. The "
                "mixture must hold **at least** {least} of {good} and **at most** {most} of "
                "{bad}. The table says what the two ingredients cost and hold:",
                where=where,
                kg=_kg(p.kg),
                least=_pc(p.least),
                good=parts[0],
                most=_pc(p.most),
                bad=parts[1],
            ),
            table(head, rows),
            say(
                "Let x be the kg of {a} and y the kg of {b}, with x + y = {kg}.",
                a=names[0],
                b=names[1],
                kg=number(p.kg),
            ),
            bullets(
                say("line {key}: {text}", key=key, text=text) for key, text in _lines(p).items()
            ),
            say(
                "1. Which line is the limit on {asked}?\n"
                "2. How many kg of {a} does the cheapest mixture hold?\n"
                "3. What does it cost?",
                asked=asked,
                a=names[0],
            ),
        )

    def fields(self, p: Any) -> list[Field]:
        _, names, parts = PLACES[p.place]
        asked = parts[0] if p.asked == "least" else parts[1]
        lines = {key: say("line {key}", key=key) for key in LINES}
        return [
            ChoiceField("line", say("The limit on {asked}", asked=asked), lines),
            NumberField("cheap", say("Amount of {a}", a=names[0]), unit="kg"),
            NumberField("cost", say("Cost of the mixture"), unit="yuan"),
        ]

    def solve(self, p: Any) -> Answers:
        x = min(_amounts(p))
        return {"line": _key(p, 0), "cheap": float(x), "cost": float(_cost(p, x))}

    def second(self, p: Any) -> Answers:
        # The chapter's own linear program; the line by trying mixtures on the border.
        names = PLACES[p.place][1]
        found = blending(
            dict(zip(names, p.price, strict=True)),
            {
                name: {"good": good / 100, "bad": bad / 100}
                for name, good, bad in zip(names, p.good, p.bad, strict=True)
            },
            p.kg,
            at_least={"good": p.least * p.kg / 100},
            at_most={"bad": p.most * p.kg / 100},
        )
        return {"line": _key(p, 0), "cheap": found.amounts[names[0]], "cost": found.cost}

    @misconception(
        "The left side is in kg, and the right side is a share. Multiply the share by the kg of "
        "the whole mixture."
    )
    def share_alone(self, p: Any) -> Answers:
        return {"line": _key(p, 1)}

    @misconception("The sign is the wrong way round: read once more, at least or at most.")
    def wrong_sign(self, p: Any) -> Answers:
        return {"line": _key(p, 2)}

    @misconception(
        "This line adds the shares without the amounts x and y. How much is in the mixture depends "
        "on how much of each is taken."
    )
    def without_amounts(self, p: Any) -> Answers:
        return {"line": _key(p, 3)}

    @misconception(
        "With this mixture one limit is kept exactly, and the other one is broken. Both must be "
        "kept: work out both and take the mixture that is allowed by each."
    )
    def other_limit(self, p: Any) -> Answers:
        x = max(_amounts(p))
        return {"cheap": float(x), "cost": float(_cost(p, x))}

    @misconception(
        "You took one half of each. This may keep the limits or break them, but nobody has looked "
        "for the cheapest."
    )
    def halves(self, p: Any) -> Answers:
        return {"cheap": p.kg / 2, "cost": float(_cost(p, Fraction(p.kg, 2)))}

    @misconception(
        "This belongs to the dear ingredient: you exchanged x and y. The mixture should hold as "
        "much of the cheap one as the limits allow."
    )
    def exchanged(self, p: Any) -> Answers:
        x = p.kg - min(_amounts(p))
        return {"cheap": float(x), "cost": float(_cost(p, x))}

    @misconception(
        "You took the cheap ingredient alone. Then at least one of the limits is broken."
    )
    def all_cheap(self, p: Any) -> Answers:
        return {"cheap": float(p.kg), "cost": float(p.kg * p.price[0])}

    @misconception(
        "You took the limit as the share of an ingredient. It is a share of what the ingredients "
        "hold: each kg brings only a part of it."
    )
    def limit_as_share(self, p: Any) -> Answers:
        return {"cheap": (100 - p.least) * p.kg / 100}

    def hints(self, p: Any) -> list[str]:
        _, names, parts = PLACES[p.place]
        return [
            say(
                "Each kg of {a} brings {share} kg of {good}, so x kg bring {share} x. Do the same "
                "for {b}, and write down how much {good} the {kg} need in all.",
                a=names[0],
                share=number(p.good[0] / 100, 2),
                good=parts[0],
                b=names[1],
                kg=_kg(p.kg),
            ),
            say(
                "Put y = {kg} − x into both limits. Each then says how large x may be at most.",
                kg=number(p.kg),
            ),
            say(
                "{a} is cheaper, so x should be as large as *both* limits allow: the smaller of "
                "the two bounds. The rest is {b}.",
                a=names[0].capitalize(),
                b=names[1],
            ),
        ]

    def solution(self, p: Any) -> str:
        _, names, parts = PLACES[p.place]
        good, bad = _amounts(p)
        x = min(good, bad)
        shown = {"x": number(float(x), 2), "kg": number(p.kg)}
        steps = [
            _bound(parts[0], p.good, p.least, p.kg, good, "≥"),
            _bound(parts[1], p.bad, p.most, p.kg, bad, "≤"),
        ]
        return page(
            say(
                "**Line.** Amounts on the left in kg, and on the right the kg that the whole "
                "mixture must or may hold: line {key}, {text}.",
                key=_key(p, 0),
                text=_lines(p)[_key(p, 0)],
            ),
            say("**Limits**, with y = {kg} − x:", kg=number(p.kg)),
            bullets(steps),
            say(
                "**Cheapest.** As much {a} as both allow: x = **{x} kg**, and {y} of {b}. The "
                "limit on {part} decides (it is binding); on {other} something is spare. Cost: "
                "{x} × {ca} + {y_only} × {cb} = **{cost}**.",
                a=names[0],
                b=names[1],
                y=Quantity(float(p.kg - x), "kg", 2),
                y_only=number(float(p.kg - x), 2),
                part=parts[0] if good < bad else parts[1],
                other=parts[1] if good < bad else parts[0],
                ca=money(p.price[0], "yuan"),
                cb=money(p.price[1], "yuan"),
                cost=money(float(_cost(p, x)), "yuan"),
                **shown,
            ),
        )


def _amounts(p: Any) -> tuple[Fraction, Fraction]:
    """The kg of the cheap ingredient that each limit allows at most."""
    good = Fraction(p.kg * (p.good[1] - p.least), p.good[1] - p.good[0])
    bad = Fraction(p.kg * (p.most - p.bad[1]), p.bad[0] - p.bad[1])
    return good, bad


def _cost(p: Any, x: Fraction) -> Fraction:
    return p.price[0] * x + p.price[1] * (p.kg - x)


def _key(p: Any, meaning: int) -> str:
    """The letter of a line; 0 is the right one, then the wrong ones."""
    return LINES[p.order.index(LINES[meaning])]


def _lines(p: Any) -> dict[str, str]:
    """The four lines under their letters, in the order of the letters."""
    shares, limit, sign, other = (
        (p.good, p.least, "≥", "≤") if p.asked == "least" else (p.bad, p.most, "≤", "≥")
    )
    shown = {"a": number(shares[0] / 100, 2), "b": number(shares[1] / 100, 2)}
    share, kg = number(limit / 100, 2), number(limit * p.kg / 100, 2)
    texts = [
        say("{a} x + {b} y {sign} {kg}", sign=sign, kg=kg, **shown),
        say("{a} x + {b} y {sign} {share}", sign=sign, share=share, **shown),
        say("{a} x + {b} y {sign} {kg}", sign=other, kg=kg, **shown),
        say("{a} + {b} {sign} {share} (x + y)", sign=sign, share=share, **shown),
    ]
    return {_key(p, k): text for k, text in sorted(enumerate(texts), key=lambda t: _key(p, t[0]))}


def _bound(part: str, shares: list[int], limit: int, kg: int, x: Fraction, sign: str) -> str:
    return say(
        "{part}: {a} x + {b} ({all} − x) {sign} {share} × {all}, so x ≤ {x}",
        part=part,
        a=number(shares[0] / 100, 2),
        b=number(shares[1] / 100, 2),
        all=number(kg),
        sign=sign,
        share=number(limit / 100, 2),
        x=number(float(x), 2),
    )


def _pc(value: float) -> Quantity:
    return percent(value / 100)


def _kg(value: float) -> Quantity:
    return Quantity(value, "kg", 0)
