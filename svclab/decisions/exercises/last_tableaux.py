"""The last tableau of the simplex method, and the price of a resource read from it."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from functools import lru_cache
from typing import Any

from svclab.decisions.exercises.small_models import SmallModel
from svclab.decisions.simplex import Tableau, Walk, walk
from svclab.decisions.simplex.tableau import fraction
from svclab.practice import Draw, Exercise, misconception
from svclab.practice.wording import Answers, table
from svclab.words import number, say

__all__ = [
    "COLUMNS",
    "NAMES",
    "ROWS",
    "LastTableau",
    "asked",
    "of_z",
    "plain_name",
    "readable",
    "shown",
    "small",
    "walked",
]

NAMES = ("x1", "x2", "x3")
ROWS = ("s1", "s2", "s3")
#: Choice values and labels of all columns.
COLUMNS = (*NAMES, *ROWS)
#: Tries at a second service whose last tableau can be read.
TRIES = 60


class LastTableau(Exercise):
    """The part of an exercise that asks for a price: its variant has ``last`` and ``asked``."""

    def price_question(self, p: Any) -> tuple[str, ...]:
        """The tableau and the question, as paragraphs."""
        return (
            say(
                "Another service has the same kind of problem with other numbers; s1 is the slack "
                "of its first resource, and so on. This is its **last** tableau:"
            ),
            shown(_last(p)),
            say(
                "5. What is one unit more of resource {n} worth to it: which shadow price "
                "(影子价格) has this resource?",
                n=asked(p)[1:],
            ),
        )

    def price_second(self, p: Any) -> float:
        """What one unit more brings, by the best corners of a thousand times the model."""
        rows, moved = small(p.last).rows, ROWS.index(asked(p))
        now, more = (
            SmallModel(
                tuple(p.last["cost"]),
                tuple((a, 1000 * b + n * (k == moved)) for k, (a, b) in enumerate(rows)),
                (0, 0, 0),
            )
            for n in (0, 1)
        )
        return float(more.best_corners()[0] - now.best_corners()[0])

    def price_hint(self, p: Any) -> str:
        """Where to look."""
        return say(
            "Question 5: if s{n} were 1 instead of 0, one unit of the resource would lie idle. "
            "What would z lose? The z row says it, in the column of s{n}.",
            n=asked(p)[1:],
        )

    def price_solution(self, p: Any) -> str:
        """The worked solution."""
        return say(
            "**The price.** In the last tableau s{n} is not in the basis, so resource {n} is "
            "used up. In the z row stands {z} under s{n}: one unit more is worth **{price}**, "
            "as long as this basis stays the best. Of resource {free} something is left; its "
            "price is 0.",
            n=asked(p)[1:],
            z=fraction(_last(p).z_row[COLUMNS.index(asked(p))]),
            price=number(of_z(p, asked(p)), 3),
            free=next(plain_name(s)[1:] for s in _last(p).basis if plain_name(s) in ROWS),
        )

    @misconception(
        "You took the number under another slack. Each resource has its own: the column of the "
        "slack with its number."
    )
    def other_slack(self, p: Any) -> Answers:
        return {"price": of_z(p, _others(p)[0])}

    @misconception(
        "You took the z row under x: this is what the profit of an activity lacks. The worth of a "
        "resource stands under its slack."
    )
    def under_x(self, p: Any) -> Answers | None:
        found = of_z(p, NAMES[int(asked(p)[1:]) - 1])
        return {"price": found} if found else None

    @misconception(
        "This is a number of the right side: the value of a variable in the plan. Prices stand in "
        "the z row."
    )
    def a_right_side(self, p: Any) -> Answers:
        return {"price": float(_last(p).right[ROWS.index(asked(p))])}

    @misconception(
        "You took a number from the rows above z: it says how a variable of the plan changes. "
        "What the profit gains stands in the z row."
    )
    def from_the_body(self, p: Any) -> Answers | None:
        line = _last(p).body[ROWS.index(asked(p))]
        found = float(line[COLUMNS.index(asked(p))])
        return {"price": found} if found else None

    @misconception(
        "You answered 0, because nothing is left of this resource. Nothing is left: so it is "
        "scarce, and one unit more has a worth."
    )
    def worth_nothing(self, p: Any) -> Answers:
        return {"price": 0.0}

    @misconception(
        "You turned the sign. More of a scarce resource does no harm: the price is not below 0."
    )
    def turned_sign(self, p: Any) -> Answers:
        return {"price": -of_z(p, asked(p))}


def small(numbers: Mapping[str, Any]) -> SmallModel:
    """The problem with three activities and three resources."""
    rows = tuple(((a, b, c), right) for a, b, c, right in numbers["rows"])
    return SmallModel(tuple(numbers["cost"]), rows, (0, 0, 0))


def readable(draw: Draw) -> Answers | None:
    """A service whose last tableau has two prices that differ; None if none is found soon."""
    for _ in range(TRIES):
        numbers = {
            "cost": draw.integers(3, 3, 15, distinct=True),
            "rows": [[*draw.integers(3, 1, 6), draw.integer(12, 60, 2)] for _ in range(3)],
        }
        model = small(numbers)
        if _two_used_up(model):
            last = walked(model).tableaux[-1]
            out = [name for name in COLUMNS if name not in map(plain_name, last.basis)]
            prices = [last.z_row[COLUMNS.index(name)] for name in out]
            if all(z.denominator <= 12 for z in prices) and len({*prices, 0}) == 4:
                return numbers
    return None


def _two_used_up(model: SmallModel) -> bool:
    """Whether the best plan uses up two resources, leaves out one activity, and has no long
    fractions. Of most numbers this is not so, and to walk there takes many times as long.
    """
    plan = model.best_corners()[1][0]
    left = [right - sum(f * x for f, x in zip(row, plan, strict=True)) for row, right in model.rows]
    simple = all(number.denominator <= 12 for number in (*plan, *left))
    return simple and left.count(Fraction(0)) == 2 and plan.count(Fraction(0)) == 1


def _last(p: Any) -> Tableau:
    """The last tableau of the second service."""
    return walked(small(p.last)).tableaux[-1]


def asked(p: Any) -> str:
    """The slack of the resource whose price is asked for."""
    return _used_up(p)[p.asked]


def _others(p: Any) -> list[str]:
    return [name for name in _used_up(p) if name != asked(p)]


def _used_up(p: Any) -> list[str]:
    basis = [plain_name(name) for name in _last(p).basis]
    return [name for name in ROWS if name not in basis]


def of_z(p: Any, name: str) -> float:
    """The number of the last z row in a column."""
    return float(_last(p).z_row[COLUMNS.index(name)])


def shown(now: Tableau) -> str:
    """A tableau as a table."""
    rows = [
        [plain_name(name), *map(fraction, line), fraction(right)]
        for name, line, right in zip(now.basis, now.body, now.right, strict=True)
    ]
    rows.append(["z", *map(fraction, now.z_row), fraction(now.z)])
    return table([say("basis"), *COLUMNS, say("right side")], rows)


@lru_cache(maxsize=600)
def walked(model: SmallModel) -> Walk:
    """All tableaux of a problem."""
    return walk(model.stated(NAMES, ROWS))


def plain_name(name: str | None) -> str:
    """A column as the exercise calls it: ``s1`` for the slack of the first row."""
    return (name or "").removeprefix("slack ")
