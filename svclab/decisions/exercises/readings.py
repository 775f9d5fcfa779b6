"""A plan of two services under three limits: ranges, and what changes bring, exactly."""

from __future__ import annotations

import math
from fractions import Fraction
from functools import lru_cache
from typing import Any

from svclab.decisions.exercises.halfplanes import Half, Point, corners
from svclab.practice import Draw
from svclab.practice.definition import Numbers
from svclab.practice.wording import Answers
from svclab.words import hours, say

__all__ = [
    "KEYS",
    "best",
    "changes",
    "ends",
    "gained",
    "limits",
    "profit_range",
    "reach",
    "total",
    "whole_best",
    "wrong_ones",
]

#: The statements of a manager: more of the first hours, less of the second, both at once, lending
#: out what is spare, more profit from one service, and only whole services.
KEYS = ("more", "less", "both", "spare", "profit", "whole")


def total(a: list[int], b: list[int]) -> int:
    """Two amounts with their factors, added."""
    return a[0] * b[0] + a[1] * b[1]


def limits(p: Any, more: tuple[int, int, int] = (0, 0, 0)) -> tuple[Half, ...]:
    """The three limits, with so many hours more."""
    return tuple((u[0], u[1], there + n) for u, there, n in zip(p.uses, p.there, more, strict=True))


@lru_cache(maxsize=8192)
def best(gains: tuple[int, ...], halves: tuple[Half, ...]) -> tuple[Fraction, Point]:
    """The largest profit, and a plan that has it."""
    return max((gains[0] * x + gains[1] * y, (x, y)) for x, y in corners(halves))


def gained(p: Any, i: int, more: int) -> Fraction:
    """How far the largest profit rises with so many hours more of one kind."""
    changed = [0, 0, 0]
    changed[i] = more
    return best(tuple(p.gains), limits(p, (changed[0], changed[1], changed[2])))[0] - total(
        p.gains, p.plan
    )


def reach(p: Any, i: int) -> tuple[Fraction, Fraction]:
    """How far the hours of the first or second kind may fall, and rise, while the price holds.

    The corner moves along the line of the other kind until x, y or the third limit stops it.
    """
    a, b = p.uses[i], p.uses[1 - i]
    det = a[0] * b[1] - a[1] * b[0]
    x, y = Fraction(b[1], det), Fraction(-b[0], det)  # the way of the corner for one hour
    third = p.uses[2]
    spare = Fraction(p.there[2] - total(third, p.plan))
    stops = [(-x, Fraction(p.plan[0])), (-y, Fraction(p.plan[1])),
             (third[0] * x + third[1] * y, spare)]  # fmt: skip
    up = min(room / use for use, room in stops if use > 0)
    down = min(room / -use for use, room in stops if use < 0)
    return down, up


def profit_range(p: Any, j: int) -> tuple[Fraction, Fraction]:
    """Between which profits of a service the plan stays: the objective between the two lines."""
    other = p.gains[1 - j]
    return tuple(sorted(Fraction(u[j] * other, u[1 - j]) for u in p.uses[:2]))  # type: ignore[return-value]


def whole_best(p: Any, more: int) -> int:
    """The largest profit in whole services, with more hours of the first kind."""
    halves = limits(p, (more, 0, 0))
    most = min(c // a for a, _, c in halves)
    return max(
        p.gains[0] * x + p.gains[1] * min((c - a * x) // b for a, b, c in halves)
        for x in range(most + 1)
    )


def wrong_ones(p: Any) -> list[str]:
    """The statements that the model contradicts."""
    c, today = p.changes, total(p.gains, p.plan)
    one, two = c["both"]
    both = best(tuple(p.gains), limits(p, (one, two, 0)))[0] - today
    dearer = best((p.gains[0] + c["profit"], p.gains[1]), limits(p))[0] - today
    right = {
        "more": gained(p, 0, c["more"]) == p.prices[0] * c["more"],
        "less": gained(p, 1, -c["less"]) == -p.prices[1] * c["less"],
        "both": both == p.prices[0] * one + p.prices[1] * two,
        "spare": gained(p, 2, -c["spare"]) == 0,
        "profit": dearer == c["profit"] * p.plan[0],
        "whole": whole_best(p, c["whole"]) - today == p.prices[0] * c["whole"],
    }
    return [key for key in KEYS if not right[key]]


def changes(draw: Draw, model: Answers) -> Answers:
    """How far each statement goes: within its range, or beyond."""
    p: Any = Numbers(model)

    def step(end: Fraction, beyond: bool) -> int:
        near = max(2, math.floor(end))
        if beyond:
            return near + draw.integer(near // 4 + 3, near // 2 + 8)
        return draw.integer(max(2, near // 3), near)

    up, down, second_up = reach(p, 0)[1], reach(p, 1)[0], reach(p, 1)[1]
    det = abs(p.uses[0][0] * p.uses[1][1] - p.uses[0][1] * p.uses[1][0])
    spare = p.there[2] - total(p.uses[2], p.plan)
    gain = profit_range(p, 0)[1] - p.gains[0]
    return {
        "more": step(up, draw.chance(0.5)),
        "less": step(down, draw.chance(0.5)),
        "both": [step(up, False), step(second_up, False)],
        "spare": spare + draw.integer(2, 8) if draw.chance(0.4) else draw.integer(2, spare),
        "profit": step(gain, draw.chance(0.4)),
        "whole": det if draw.chance(0.4) else 1,
        "beyond": step(second_up, True),
    }


def ends(p: Any, i: int) -> list[str]:
    """Between which hours a shadow price holds, as the report shows it."""
    if i == 2:
        return [str(hours(total(p.uses[2], p.plan))), say("no limit")]
    down, up = reach(p, i)
    return [str(hours(float(p.there[i] - down), 2)), str(hours(float(p.there[i] + up), 2))]
