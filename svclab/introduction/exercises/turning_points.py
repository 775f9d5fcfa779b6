"""A spiral: its gain, where it turns, where it ends, and whether a push lifts it out."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

from svclab.introduction.loops import Spiral, spiral_push, spiral_rests
from svclab.practice import ChoiceField, Draw, Exercise, Field, NumberField, misconception
from svclab.practice.apart import apart
from svclab.practice.wording import Answers, bullets, page
from svclab.words import Quantity, number, percent, say

__all__ = ["TurningPoint"]

#: Who it is. All invented.
PLACES = {
    "hotel": "A hotel (invented)",
    "noodles": "A chain of noodle shops (面馆, invented)",
    "clinic": "A dental clinic (牙科诊所, invented)",
    "hotline": "A hotline (服务热线, invented)",
    "ktv": "A KTV house (invented)",
}


class TurningPoint(Exercise):
    """The gain of a loop of four links, its tipping point, its lower state, and the way out."""

    title = "Where does the spiral turn?"
    objective = 6
    level = "demanding"
    points = 2
    minutes = 18

    def deal(self, draw: Draw) -> Answers:
        return {
            "place": draw.choice(list(PLACES)),
            "reputation": draw.number(0.8, 1.6, 0.1),
            "leverage": draw.number(1.5, 3.0, 0.1),
            "sharing": draw.number(0.4, 1.2, 0.1),
            "care": draw.number(0.6, 1.4, 0.1),
            "saturation": draw.number(0.3, 1.0, 0.1),
            "part": draw.choice((0.3, 0.4, 0.5, 0.6, 0.7, 1.3, 1.5, 1.8, 2.2)),
        }

    def sound(self, p: Any) -> bool:
        model = _spiral(p)
        if not 1.25 <= model.gain <= 3.5 or not 0.06 <= (model.gain - 1) / model.curb <= 0.6:
            return False
        limit = spiral_push(model)
        return abs(_push(p) / limit - 1) > 0.1 and _push(p) >= 0.004 and apart(self, p)

    def question(self, p: Any) -> str:
        links = [
            say("reputation: 1% of service brings {g} of customers", g=_percent(p.reputation)),
            say("leverage: 1% of customers brings {g} of profit", g=_percent(p.leverage)),
            say("sharing: 1% of profit brings {g} of staff's mood (员工情绪)",
                g=_percent(p.sharing)),
            say("care: 1% of staff's mood brings {g} of service in the next round",
                g=_percent(p.care)),
        ]  # fmt: skip
        return page(
            say(
                "{who} knows the vicious circle (恶性循环) of bad service. Small deviations from "
                "normal pass from link to link, upward as well as downward:",
                who=PLACES[p.place],
            ),
            bullets(links),
            say(
                "Large deviations pass less and less. If service is x above normal (below: x < 0), "
                "a round later it is G x ÷ (1 + C |x|), where G is the gain of the whole loop and "
                "C = {c} × (1 + g₁ + g₁g₂ + g₁g₂g₃), with g₁ for reputation, g₂ for leverage and "
                "g₃ for sharing.\n\n"
                "1. How large is G?\n"
                "2. The owner may share profit otherwise. At which value of sharing does the "
                "spiral turn, so that below it every fall of service heals?\n"
                "3. All stays as it is, and service falls a little. At which level does it end, in "
                "percent of normal?\n"
                "4. There the owner begins to train the staff. In each round this adds {push} of "
                "normal to service. It is known that more than (√G − 1)² ÷ C in each round lifts "
                "it out. Does service come back above normal?",
                c=number(p.saturation, 1),
                push=percent(_push(p), 1),
            ),
        )

    def fields(self, p: Any) -> list[Field]:
        ends = {
            "yes": say("yes, it comes back above normal"),
            "no": say("no, it stays below normal"),
        }
        return [
            NumberField("gain", say("Gain G of the loop"), relative=0.005),
            NumberField("sharing", say("Sharing at which it turns"), relative=0.01),
            NumberField("low", say("Service in the end"), unit="%", absolute=0.3),
            ChoiceField("back", say("With the training"), ends),
        ]

    def solve(self, p: Any) -> Answers:
        model = _spiral(p)
        pushed = spiral_rests(replace(model, push=_push(p)))
        return {
            "gain": model.gain,
            "sharing": p.sharing / model.gain,
            "low": 100 * (1 + spiral_rests(model).points[0].service),
            "back": "yes" if len(pushed.points) == 1 else "no",
        }

    def second(self, p: Any) -> Answers:
        # Round after round, link by link; the turn by halving.
        gains = (p.reputation, p.leverage, p.sharing, p.care)

        def ends(start: float, push: float) -> float:
            x = start
            for _ in range(900):
                for gain in gains:
                    x = gain * x / (1 + p.saturation * abs(x))
                x += push
            return x

        low = ends(-0.05, 0.0)
        under, over = 0.0, 3.0
        for _ in range(60):
            middle = (under + over) / 2
            grows = p.reputation * p.leverage * middle * p.care > 1
            under, over = (under, middle) if grows else (middle, over)
        back = "yes" if ends(low, _push(p)) > 0 else "no"
        return {"gain": math.prod(gains), "sharing": under, "low": 100 * (1 + low), "back": back}

    @misconception(
        "You added the gains. What comes out of one link goes into the next: they multiply."
    )
    def added(self, p: Any) -> Answers:
        return {"gain": math.fsum((p.reputation, p.leverage, p.sharing, p.care))}

    @misconception(
        "You took the mean of the gains. What comes out of one link goes into the next: they "
        "multiply."
    )
    def mean_gain(self, p: Any) -> Answers:
        return {"gain": math.fsum((p.reputation, p.leverage, p.sharing, p.care)) / 4}

    @misconception(
        "You left out the last link. The circle closes only when staff's mood comes back as "
        "service."
    )
    def circle_open(self, p: Any) -> Answers | None:
        wrong = p.reputation * p.leverage * p.sharing
        return {"gain": wrong, "sharing": 1 / (p.reputation * p.leverage)} if p.care != 1 else None

    @misconception(
        "You set sharing itself to 1. It is the product of all four gains that must be 1."
    )
    def link_of_one(self, p: Any) -> Answers:
        return {"sharing": 1.0}

    @misconception("You gave how far service falls. Asked is the level: take the fall off 100%.")
    def fall_for_level(self, p: Any) -> Answers | None:
        right = self.solve(p)["low"]
        return {"low": 100 - right} if right != 50 else None

    @misconception(
        "You gave the upper state. After a fall the spiral turns downward: take the distance off "
        "normal."
    )
    def upper_state(self, p: Any) -> Answers:
        return {"low": 200 - self.solve(p)["low"]}

    @misconception(
        "You let each link saturate for itself only. In C the gains before each link count as well."
    )
    def plain_saturation(self, p: Any) -> Answers | None:
        wrong = 1 - (_spiral(p).gain - 1) / (4 * p.saturation)
        return {"low": 100 * wrong} if wrong > 0 else None

    @misconception(
        "You divided G by C. Set x equal to its value a round later and solve: the 1 below "
        "the line must not be lost."
    )
    def one_forgotten(self, p: Any) -> Answers | None:
        wrong = 1 - _spiral(p).gain / _spiral(p).curb
        return {"low": 100 * wrong} if wrong > 0 else None

    @misconception(
        "You took it that any steady help leads out in the end. A small push moves the lower state "
        "up a little, and service stays there."
    )
    def drop_by_drop(self, p: Any) -> Answers | None:
        return {"back": "yes"} if self.solve(p)["back"] == "no" else None

    @misconception(
        "You asked the push of a round to fill the whole distance to normal. What it adds in one "
        "round helps in the next."
    )
    def whole_distance(self, p: Any) -> Answers | None:
        short = 1 - self.solve(p)["low"] / 100
        return {"back": "no"} if self.solve(p)["back"] == "yes" and _push(p) < short else None

    def hints(self, p: Any) -> list[str]:
        return [
            say("Follow 1% of service around the circle: what has become of it when it is back?"),
            say("The spiral turns where 1% comes back as exactly 1%. All but sharing stays."),
            say(
                "In the lower state service is −y, and y = G y ÷ (1 + C y). Divide by y. Here C is "
                "{c}.",
                c=number(_spiral(p).curb, 3),
            ),
            say("(√G − 1)² ÷ C is a share of normal; compare it with the push in the same unit."),
        ]

    def solution(self, p: Any) -> str:
        model, right = _spiral(p), self.solve(p)
        limit = spiral_push(model)
        verdict = (
            say("The push is more: service comes back, and then rises above normal.")
            if right["back"] == "yes"
            else say("The push is less: service settles a little higher, still below normal. One "
                     "great effort that lifts it above the tipping point would do.")
        )  # fmt: skip
        return page(
            say(
                "G = {a} × {b} × {c} × {d} = **{gain}**. Above 1 a small fall grows.",
                a=number(p.reputation, 1),
                b=number(p.leverage, 1),
                c=number(p.sharing, 1),
                d=number(p.care, 1),
                gain=number(model.gain, 3),
            ),
            say(
                "It turns where the product is 1: sharing = 1 ÷ ({a} × {b} × {d}) = **{turn}**.",
                a=number(p.reputation, 1),
                b=number(p.leverage, 1),
                d=number(p.care, 1),
                turn=number(right["sharing"], 3),
            ),
            say(
                "C = {curb}. In the lower state 1 + C y = G, so y = (G − 1) ÷ C = {y}. Service "
                "ends at **{low}** of normal.",
                curb=number(model.curb, 3),
                y=percent((model.gain - 1) / model.curb),
                low=percent(right["low"] / 100),
            ),
            say(
                "Way out: (√G − 1)² ÷ C = {limit} in each round. {verdict}",
                limit=percent(limit, 2),
                verdict=verdict,
            ),
            say(
                "All this rests on the four links. Silvestro and Cross (2000) found shops in which "
                "staff were the less satisfied, the more profitable the shop was: if profit acts "
                "on mood in this way, the loop balances, and there is no spiral."
            ),
        )


def _spiral(p: Any) -> Spiral:
    return Spiral(p.reputation, p.leverage, p.sharing, p.care, p.saturation)


def _push(p: Any) -> float:
    """What the training adds, in whole tenths of a percent."""
    return round(p.part * spiral_push(_spiral(p)), 3)


def _percent(gain: float) -> Quantity:
    return percent(gain / 100, 1)
