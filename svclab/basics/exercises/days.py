"""The first plan with numbers of one's own."""

from __future__ import annotations

from typing import Any

from svclab.basics.workshop import BRAKE_MINUTES, WHEEL_MINUTES, best_plan
from svclab.practice import Draw, Exercise, Field, IntegerField, NumberField, misconception
from svclab.practice.apart import apart
from svclab.practice.wording import Answers, page
from svclab.words import Quantity, count, minutes, number, say, yuan

__all__ = ["BestDay"]

Day = tuple[int, int]  # brakes, wheels


class BestDay(Exercise):
    """Brakes and wheels of the best day, and what they earn."""

    title = "The best day of the workshop"
    objective = 4
    level = "medium"
    minutes = 4

    def deal(self, draw: Draw) -> Answers:
        return {
            "brake": draw.integer(12, 40),
            "wheel": draw.integer(18, 60),
            "day": draw.integer(240, 600, 30),
            "rims": draw.integer(3, 14),
        }

    def sound(self, p: Any) -> bool:
        # One best day; the rims must bind, and a minute of each kind must earn clearly different.
        a, b = p.brake / BRAKE_MINUTES, p.wheel / WHEEL_MINUTES
        if abs(a - b) < 0.08 or WHEEL_MINUTES * p.rims > p.day - 60:
            return False
        plans = sorted(_plans(p), key=lambda plan: -_earns(p, plan))
        return _earns(p, plans[0]) > _earns(p, plans[1]) and apart(self, p)

    def question(self, p: Any) -> str:
        return page(
            say(
                "The bicycle workshop (invented) of the chapter has another day. A brake takes "
                "{b} and earns {brake}. A wheel takes {w}, earns {wheel} and needs a rim. There "
                "are {rims}, and {day} of working time.",
                b=minutes(BRAKE_MINUTES),
                brake=yuan(p.brake),
                w=minutes(WHEEL_MINUTES),
                wheel=yuan(p.wheel),
                rims=count(p.rims, "rim"),
                day=minutes(p.day),
            ),
            say(
                "Which whole numbers of brakes and wheels earn most (最优方案), and how much? "
                "Change the numbers in the cell, or move the sliders of *What shall the workshop "
                "repair today?*"
            ),
        )

    def fields(self, p: Any) -> list[Field]:
        return [
            IntegerField("brakes", say("Brakes")),
            IntegerField("wheels", say("Wheels")),
            NumberField("earns", say("Earned"), unit="yuan"),
        ]

    def solve(self, p: Any) -> Answers:
        # All plans are looked at: variants are dealt, and compared, where no solver is loaded.
        return _answers(p, max(_plans(p), key=lambda plan: _earns(p, plan)))

    def second(self, p: Any) -> Answers:
        plan = best_plan(p.brake, p.wheel, minutes=p.day, rims=p.rims)
        assert plan is not None  # nothing is promised, so doing nothing is possible
        return {"brakes": plan.brakes, "wheels": plan.wheels, "earns": plan.earns}

    @misconception(
        "You forgot the rims: there are not so many. A plan must keep all limits at once."
    )
    def without_rims(self, p: Any) -> Answers | None:
        best = max(_plans(p, rims=p.day // WHEEL_MINUTES), key=lambda plan: _earns(p, plan))
        return _wrong(self, p, best)

    @misconception(
        "You looked for what earns most for one piece. Time is short here, so compare what a "
        "minute earns."
    )
    def by_the_piece(self, p: Any) -> Answers | None:
        first_wheels = p.wheel > p.brake
        wheels = p.rims if first_wheels else 0
        return _wrong(self, p, ((p.day - WHEEL_MINUTES * wheels) // BRAKE_MINUTES, wheels))

    @misconception(
        "You built a wheel with every rim. Compare what a minute of each repair earns, begin with "
        "the better one, and use the time that is left for the other."
    )
    def only_one(self, p: Any) -> Answers | None:
        return _wrong(self, p, (0, p.rims))

    @misconception(
        "So many brakes leave no minute for a wheel. Compare what a minute of each kind of repair "
        "earns."
    )
    def brakes_only(self, p: Any) -> Answers | None:
        return _wrong(self, p, (p.day // BRAKE_MINUTES, 0))

    def hints(self, p: Any) -> list[str]:
        return [
            say("What does one minute of a brake earn, and what one minute of a wheel?"),
            say(
                "Begin with the kind whose minute earns more, as far as the limits allow. Fill "
                "the rest of the time with the other kind."
            ),
            say(
                "Is a little time left over? Then try one piece less of the first kind: two other "
                "pieces may fit in. In the cell, the solver does that for you."
            ),
        ]

    def solution(self, p: Any) -> str:
        right = self.solve(p)
        used = BRAKE_MINUTES * right["brakes"] + WHEEL_MINUTES * right["wheels"]
        per_minute = [
            Quantity(value, "yuan", 2)
            for value in (p.brake / BRAKE_MINUTES, p.wheel / WHEEL_MINUTES)
        ]
        return page(
            say(
                "A minute of a brake earns {a}, a minute of a wheel {b}.",
                a=per_minute[0],
                b=per_minute[1],
            ),
            say(
                "The best day has brakes: **{brakes}**, wheels: **{wheels}**. It takes {used} of "
                "{day} and earns {b} × {brake} + {w} × {wheel} = **{earns}**.",
                brakes=right["brakes"],
                wheels=right["wheels"],
                used=number(used, 0),
                day=minutes(p.day),
                b=right["brakes"],
                brake=p.brake,
                w=right["wheels"],
                wheel=p.wheel,
                earns=yuan(right["earns"]),
            ),
        )


def _plans(p: Any, rims: int | None = None) -> list[Day]:
    """All days that keep the limits."""
    most = p.rims if rims is None else rims
    return [
        (brakes, wheels)
        for wheels in range(most + 1)
        for brakes in range(p.day // BRAKE_MINUTES + 1)
        if BRAKE_MINUTES * brakes + WHEEL_MINUTES * wheels <= p.day
    ]


def _earns(p: Any, plan: Day) -> int:
    brakes, wheels = plan
    return int(p.brake * brakes + p.wheel * wheels)


def _answers(p: Any, plan: Day) -> Answers:
    return {"brakes": plan[0], "wheels": plan[1], "earns": float(_earns(p, plan))}


def _wrong(exercise: BestDay, p: Any, plan: Day) -> Answers | None:
    """The answers of a wrong plan; None if it happens to be right in a part."""
    right, given = exercise.solve(p), _answers(p, plan)
    wrong = {name: value for name, value in given.items() if value != right[name]}
    return wrong or None
