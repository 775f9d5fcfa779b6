"""What rounding does to the best plan of two services that come in whole pieces."""

from __future__ import annotations

import math
from collections.abc import Sequence
from fractions import Fraction
from functools import lru_cache
from typing import Any

from svclab.decisions.exercises.small_models import SmallModel, differing
from svclab.decisions.plane import Rounded, WholePlans, whole_plans
from svclab.practice import (
    ChoiceField,
    Draw,
    Exercise,
    Field,
    IntegerField,
    NumberField,
    misconception,
)
from svclab.practice.apart import apart
from svclab.practice.wording import Answers, page, table
from svclab.words import Quantity, count, hours, money, number, say

__all__ = ["Rounding"]

#: Where, what is booked, and what is scarce. All invented.
PLACES = {
    "ferry": ("A ferry company", ("day trips", "night trips"), ("crew", "ship")),
    "clinic": ("A clinic", ("small operations", "large operations"), ("surgeon", "theatre")),
    "movers": ("A removal company", ("local moves", "long moves"), ("team", "lorry")),
    "hall": ("A concert hall", ("rehearsals", "concerts"), ("stage", "technician")),
}
KEPT = {
    "keeps": "it keeps both limits",
    "one": "it breaks one limit",
    "both": "it breaks both limits",
}


class Rounding(Exercise):
    """The best plan in parts, rounded, and the best plan in whole pieces."""

    title = "May one round?"
    objective = 2
    level = "medium"
    minutes = 12

    def deal(self, draw: Draw) -> Answers:
        steep = [draw.integer(5, 9), draw.integer(2, 5), draw.integer(28, 60)]
        flat = [draw.integer(2, 5), draw.integer(5, 9), draw.integer(28, 60)]
        rows = draw.shuffled([steep, flat])
        # Shadow prices above zero: where the lines cross is best, if they cross in the region.
        prices = draw.integers(2, 10, 60, 10)
        profits = [
            sum(price * row[j] for price, row in zip(prices, rows, strict=True)) for j in range(2)
        ]
        return {
            "place": draw.choice(list(PLACES)),
            "rows": rows,
            "profits": profits,
            "spare": draw.chance(0.4),  # not one more that breaks both limits: most would
        }

    def sound(self, p: Any) -> bool:
        model = _model(p)
        (value, corners), whole = model.best_corners(), model.best_whole()
        (x, y), *others = corners
        if others or whole is None or len(whole[1]) > 1 or not (x > 1 and y > 1):
            return False
        # Nothing lies half-way between two whole numbers, and rounding down is not the best.
        if any(z.denominator == 1 or abs(z % 1 - Fraction(1, 2)) < Fraction(1, 20) for z in (x, y)):
            return False
        down, near = (math.floor(x), math.floor(y)), _nearest((x, y))
        if whole[1][0] in (down, near) or value - whole[0] < 10:
            return False
        return not (p.spare and self.solve(p)["nearest"] == "both") and apart(self, p)

    def question(self, p: Any) -> str:
        where, services, limits = PLACES[p.place]
        rows: list[Sequence[Quantity | str | int]] = [
            (limit, hours(a), hours(b), hours(right))
            for limit, (a, b, right) in zip(limits, p.rows, strict=True)
        ]
        rows.append((say("profit of one"), *(money(c, "yuan", 0) for c in p.profits), ""))
        return page(
            say(
                "{where} (invented) sells {one} and {other}, in whole pieces. The hours that one "
                "of them takes, and the hours there are in a week:",
                where=where,
                one=services[0],
                other=services[1],
            ),
            table([say("resource"), *services, say("there are")], rows),
            say(
                "1. Leave the whole pieces aside: let parts of a piece be sold, such as 2.5 of "
                "the {one}. This linear program is called the linear relaxation (线性松弛) of the "
                "problem. What profit would its best plan bring?\n"
                "2. Round both numbers of that plan to the nearest whole number. Does the plan "
                "keep the limits?\n"
                "3. Which whole plan is the best of all?\n"
                "4. If one rounds both numbers down instead: how much less profit than this best "
                "whole plan does one have?",
                one=services[0],
            ),
        )

    def fields(self, p: Any) -> list[Field]:
        services = PLACES[p.place][1]
        return [
            NumberField("linear", say("Profit without whole pieces"), unit="yuan", relative=0.001),
            ChoiceField("nearest", say("The plan rounded to the nearest"), _said(KEPT)),
            IntegerField("x", say("Best whole number of {name}", name=services[0])),
            IntegerField("y", say("Best whole number of {name}", name=services[1])),
            IntegerField("loss", say("What rounding down loses"), unit="yuan"),
        ]

    def solve(self, p: Any) -> Answers:
        found = _found(p)
        assert found.value is not None
        assert found.point is not None
        assert found.plane.best.value is not None
        by = {one.how: one for one in found.rounded}
        broken = len(by["to the nearest"].broken)
        down = by.get("both down", by["to the nearest"])
        assert down.loss is not None
        return {
            "linear": float(found.plane.best.value),
            "nearest": ("keeps", "one", "both")[broken],
            "x": int(found.point[0]),
            "y": int(found.point[1]),
            "loss": int(down.loss),
        }

    def second(self, p: Any) -> Answers:
        # All corners and all whole plans are tried.
        model = _model(p)
        value, ((x, y), *_) = model.best_corners()
        plans = {plan: _worth(p, plan) for plan in model.whole_plans()}
        best = max(plans, key=lambda plan: plans[plan])
        near = _nearest((x, y))
        broken = sum(a * near[0] + b * near[1] > right for a, b, right in p.rows)
        return {
            "linear": float(value),
            "nearest": ("keeps", "one", "both")[broken],
            "x": best[0],
            "y": best[1],
            "loss": plans[best] - _worth(p, (math.floor(x), math.floor(y))),
        }

    def _corner(self, p: Any) -> tuple[Fraction, ...]:
        return _model(p).best_corners()[1][0]

    @misconception(
        "You rounded the best plan down. That keeps the limits, but there is a whole plan with "
        "more profit: look at the whole plans near the corner, also to its side."
    )
    def rounded_down(self, p: Any) -> Answers | None:
        x, y = self._corner(p)
        return differing(self.solve(p), {"x": math.floor(x), "y": math.floor(y)})

    @misconception(
        "You rounded the best plan to the nearest whole numbers. Nothing says that such a plan "
        "is the best: it may break a limit, or another one may be better."
    )
    def rounded_nearest(self, p: Any) -> Answers | None:
        near = _nearest(self._corner(p))
        found = differing(self.solve(p), dict(zip("xy", near, strict=True)))
        down = tuple(map(math.floor, self._corner(p)))
        return None if near == down else found

    @misconception(
        "You compared with the plan in parts of pieces. Nobody can sell parts: compare the plan "
        "rounded down with the best whole plan."
    )
    def compared_with_parts(self, p: Any) -> Answers:
        x, y = self._corner(p)
        value = _model(p).best_corners()[0]
        return {"loss": round(value - _worth(p, (math.floor(x), math.floor(y))))}

    @misconception(
        "This is what whole pieces cost at least: the profit in parts less the best whole plan's. "
        "The question is about the plan rounded down."
    )
    def cost_of_whole(self, p: Any) -> Answers:
        best = _model(p).best_whole()
        return {"loss": round(_model(p).best_corners()[0]) - (best[0] if best else 0)}

    @misconception(
        "This is the profit of a plan in whole pieces. The first question leaves whole pieces "
        "aside: take the corner as it is, with its fractions."
    )
    def already_whole(self, p: Any) -> Answers:
        best = _model(p).best_whole()
        return {"linear": float(best[0] if best else 0)}

    @misconception(
        "You trust that rounding to the nearest keeps the limits. Put the rounded numbers into "
        "both limits: where a number was rounded up, more hours are used."
    )
    def trusts_rounding(self, p: Any) -> Answers | None:
        return differing(self.solve(p), {"nearest": "keeps"})

    @misconception(
        "You expect that a rounded plan breaks both limits. Put the rounded numbers into each of "
        "them: where a number was rounded down, hours become free."
    )
    def mistrusts_rounding(self, p: Any) -> Answers | None:
        return differing(self.solve(p), {"nearest": "both"})

    def hints(self, p: Any) -> list[str]:
        return [
            say(
                "Where do the two lines cross? Solve the two equations, keep the fractions, and "
                "compute the profit there."
            ),
            say(
                "Put the rounded plan into both limits. It need not be close to possible only "
                "because it is close to the corner."
            ),
            say(
                "For the best whole plan fix one number: for each whole number of the first, how "
                "many of the second are possible at most? Compare the profits."
            ),
            say("The plan rounded down always keeps limits like these. Compute its profit too."),
        ]

    def solution(self, p: Any) -> str:
        _, services, _ = PLACES[p.place]
        right, found = self.solve(p), _found(p)
        x, y = self._corner(p)
        near = _nearest((x, y))
        down = math.floor(x), math.floor(y)
        lines = [
            (
                _way(one, (x, y)),
                count(int(one.x)),
                count(int(one.y)),
                money(float(one.objective), "yuan", 0),
                say("breaks {n}", n=len(one.broken)) if one.broken else say("keeps both"),
            )
            for one in found.rounded
        ]
        return page(
            say(
                "The lines cross at {x} {one} and {y} {other}, with a profit of **{linear}**. "
                "Rounded to the nearest this is {near_x} and {near_y}: {kept}.",
                x=number(float(x), 3),
                y=number(float(y), 3),
                one=services[0],
                other=services[1],
                linear=money(right["linear"], "yuan"),
                near_x=count(near[0]),
                near_y=count(near[1]),
                kept=say(KEPT[right["nearest"]]),
            ),
            say("The four ways to round, and the limits:"),
            table([say("rounded"), *services, say("profit"), say("limits")], lines),
            say(
                "The best whole plan is **{x}** {one} and **{y}** {other}: {best}. Rounded down "
                "the plan is {down_x} and {down_y}, with {worth}: it loses **{loss}**.",
                x=count(right["x"]),
                y=count(right["y"]),
                one=services[0],
                other=services[1],
                best=money(_worth(p, (right["x"], right["y"])), "yuan", 0),
                down_x=count(down[0]),
                down_y=count(down[1]),
                worth=money(_worth(p, down), "yuan", 0),
                loss=money(right["loss"], "yuan", 0),
            ),
        )


def _model(p: Any) -> SmallModel:
    rows = tuple(((a, b), right) for a, b, right in p.rows)
    return SmallModel(tuple(p.profits), rows, (0, 0))


def _found(p: Any) -> WholePlans:
    return _whole_plans(_model(p))


@lru_cache(maxsize=600)
def _whole_plans(model: SmallModel) -> WholePlans:
    return whole_plans(model.stated(("x", "y"), ("first", "second")), most=1)


def _nearest(point: tuple[Fraction, ...]) -> tuple[int, ...]:
    return tuple(math.floor(x + Fraction(1, 2)) for x in point)


def _way(one: Rounded, corner: tuple[Fraction, ...]) -> str:
    """How a plan was rounded; "to the nearest" is one of the four ways, and says which."""
    if one.how != "to the nearest":
        return say(one.how)
    down = (one.x <= corner[0], one.y <= corner[1])
    same = {
        (True, True): "to the nearest, which is both down",
        (False, True): "to the nearest, which is first up, second down",
        (True, False): "to the nearest, which is first down, second up",
        (False, False): "to the nearest, which is both up",
    }
    return say(same[down])


def _worth(p: Any, plan: tuple[int, ...]) -> int:
    return int(p.profits[0] * plan[0] + p.profits[1] * plan[1])


def _said(options: dict[str, str]) -> dict[str, str]:
    return {key: say(text) for key, text in options.items()}
