"""Two services and three limits: the best corner of the region."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from svclab.decisions.exercises.small_models import SmallModel, corner_where, differing
from svclab.practice import ChoiceField, Draw, Exercise, Field, IntegerField, misconception
from svclab.practice.apart import apart
from svclab.practice.wording import Answers, page, table
from svclab.words import Quantity, count, hours, money, number, say

__all__ = ["BestCorner"]

#: Where, what is sold, and what is scarce. All invented.
PLACES = {
    "studio": ("A photo studio", ("portraits", "albums"), ("camera", "editing", "printing")),
    "garage": ("A garage", ("inspections", "repaints"), ("lift", "mechanic", "spray booth")),
    "events": ("An events agency", ("lunches", "banquets"), ("kitchen", "service", "hall")),
}
LETTERS = ("first", "second", "third")


class BestCorner(Exercise):
    """The best plan of two services, its profit, and the limit that does not bind."""

    title = "The best corner"
    objective = 2
    level = "easy"
    minutes = 10

    def deal(self, draw: Draw) -> Answers:
        # The lines of two limits cross in whole numbers, and their shadow prices are above zero:
        # so the crossing is the best corner. The third limit lies a little beyond it.
        corner = draw.integers(2, 4, 15)
        factors = [
            [draw.integer(2, 5), draw.integer(1, 4)],
            [draw.integer(1, 4), draw.integer(2, 5)],
            draw.shuffled([1, draw.integer(2, 6)]),
        ]
        rights = [sum(f * x for f, x in zip(row, corner, strict=True)) for row in factors]
        rights[2] += draw.integer(1, 6)
        rows = [[*row, right] for row, right in zip(factors, rights, strict=True)]
        prices = draw.integers(2, 10, 40, 5)
        return {
            "place": draw.choice(list(PLACES)),
            "rows": draw.shuffled(rows),
            "profits": [
                sum(price * row[j] for price, row in zip(prices, factors, strict=False))
                for j in range(2)
            ],
        }

    def sound(self, p: Any) -> bool:
        model = _model(p)
        value, best = model.best_corners()
        whole = all(x.denominator == 1 and x > 0 for x in best[0])
        # One best corner, in whole numbers, clearly better than the next; three lines matter.
        values = model.corner_values()
        if len(best) > 1 or not whole or len(values) < 5:
            return False
        next_best = max(other for corner, other in values.items() if corner not in best)
        clear = float(next_best) < 0.97 * float(value)
        return clear and _beyond(p) is not None and apart(self, p)

    def question(self, p: Any) -> str:
        where, services, limits = PLACES[p.place]
        rows: list[Sequence[Quantity | str | int]] = [
            (limit, hours(a), hours(b), hours(right))
            for limit, (a, b, right) in zip(limits, p.rows, strict=True)
        ]
        rows.append((say("profit of one"), *(money(c, "yuan", 0) for c in p.profits), ""))
        return page(
            say(
                "{where} (invented) offers {one} and {other}. Each takes so many hours of three "
                "resources, and so many hours there are in a month:",
                where=where,
                one=services[0],
                other=services[1],
            ),
            table([say("resource"), *services, say("there are")], rows),
            say(
                "Draw the feasible region (可行域) with {one} to the right and {other} upwards. "
                "Which plan brings the most profit, how much is that, and of which resource is "
                "something left over? With these numbers the best plan is whole: both numbers "
                "have no fraction.",
                one=services[0],
                other=services[1],
            ),
        )

    def fields(self, p: Any) -> list[Field]:
        _, services, limits = PLACES[p.place]
        options = dict(zip(LETTERS, limits, strict=True))
        return [
            IntegerField("x", say("Number of {name}", name=services[0])),
            IntegerField("y", say("Number of {name}", name=services[1])),
            IntegerField("profit", say("Profit"), unit="yuan"),
            ChoiceField("slack", say("Something is left of"), options),
        ]

    def solve(self, p: Any) -> Answers:
        right = _at(p, self._best(p))
        left = [there - a * right["x"] - b * right["y"] for a, b, there in p.rows]
        return {**right, "slack": next(name for name, n in zip(LETTERS, left, strict=True) if n)}

    def second(self, p: Any) -> Answers:
        # The best corner is whole, so the best whole plan is the same one.
        best = _model(p).best_whole()
        if best is None:
            return {}
        (x, y), *_ = best[1]
        left = [right - a * x - b * y for a, b, right in p.rows]
        return {"x": x, "y": y, "profit": best[0], "slack": LETTERS[left.index(max(left))]}

    def _instead(self, p: Any, point: tuple[Fraction, ...] | None) -> Answers | None:
        """The answers of another point, where they are whole and wrong."""
        if point is None or any(x.denominator > 1 for x in point):
            return None
        return differing(self.solve(p), _at(p, point))

    @misconception(
        "You make only the one with the higher profit. What counts is also how many hours it "
        "takes: another corner of the region is better."
    )
    def dearest_only(self, p: Any) -> Answers | None:
        j = 0 if p.profits[0] > p.profits[1] else 1
        most = min(Fraction(row[2], row[j]) for row in p.rows)
        found = Fraction(int(most))
        return self._instead(p, (found, Fraction(0)) if j == 0 else (Fraction(0), found))

    @misconception(
        "You took a corner of the region, but not the best one. Compare the profit at all corners, "
        "or push the line of equal profit outwards."
    )
    def next_corner(self, p: Any) -> Answers | None:
        corners = [c for c in _model(p).corners() if c != self._best(p) and all(c)]
        return self._instead(p, corners[0]) if corners else None

    @misconception(
        "You took a point where two lines cross outside the region: it breaks the third limit."
    )
    def crossing_outside(self, p: Any) -> Answers | None:
        point = _beyond(p)
        return None if point is None else differing(self.solve(p), _at(p, _rounded(point)))

    @misconception(
        "You exchanged the two numbers. Look at the picture again: one of them goes to the right, "
        "the other upwards."
    )
    def exchanged(self, p: Any) -> Answers | None:
        x, y = self._best(p)
        return None if x == y else {"x": int(y), "y": int(x)}

    @misconception(
        "You named a resource that is used up. At the best corner two limits hold as equations: "
        "nothing is left of these two."
    )
    def used_up(self, p: Any) -> Answers:
        right = self.solve(p)
        there = dict(zip(LETTERS, (row[2] for row in p.rows), strict=True))
        del there[right["slack"]]
        return {"slack": min(there, key=lambda name: there[name])}

    @misconception(
        "You looked for the resource of which there are the most hours. Whether something is left "
        "depends on what the plan uses."
    )
    def largest(self, p: Any) -> Answers | None:
        there = [row[2] for row in p.rows]
        return differing(self.solve(p), {"slack": LETTERS[there.index(max(there))]})

    def _best(self, p: Any) -> tuple[Fraction, ...]:
        return _model(p).best_corners()[1][0]

    def hints(self, p: Any) -> list[str]:
        _, services, limits = PLACES[p.place]
        return [
            say(
                "Each resource is a straight line: where it would be used up by {one} alone, and "
                "where by {other} alone. Join these two points.",
                one=services[0],
                other=services[1],
            ),
            say(
                "The region is what lies below all three lines. Read off its corners; where two "
                "lines cross, solve the two equations."
            ),
            say(
                "Two of the three lines meet at the best corner. Try the pairs: {a} and {b}, {a} "
                "and {c}, {b} and {c}. A crossing counts only if it keeps the third limit.",
                a=limits[0],
                b=limits[1],
                c=limits[2],
            ),
        ]

    def solution(self, p: Any) -> str:
        _, services, limits = PLACES[p.place]
        right, model = self.solve(p), _model(p)
        rows = [
            (_shown(x), _shown(y), money(float(model.value((x, y)) or 0), "yuan"))
            for x, y in sorted(model.corners())
        ]
        names = dict(zip(LETTERS, limits, strict=True))
        used = [name for key, name in names.items() if key != right["slack"]]
        left = next(
            r - a * right["x"] - b * right["y"]
            for key, (a, b, r) in zip(LETTERS, p.rows, strict=True)
            if key == right["slack"]
        )
        return page(
            say("The corners of the region, and the profit there:"),
            table([*services, say("profit")], rows),
            say(
                "The best is **{x}** {one} and **{y}** {other}, with **{profit}**. There the "
                "lines of {a} and {b} cross. Of {c} {left} are left over.",
                x=count(right["x"]),
                y=count(right["y"]),
                one=services[0],
                other=services[1],
                profit=money(right["profit"], "yuan", 0),
                a=used[0],
                b=used[1],
                c=names[right["slack"]],
                left=hours(left),
            ),
        )


def _model(p: Any) -> SmallModel:
    rows = tuple(((a, b), right) for a, b, right in p.rows)
    return SmallModel(tuple(p.profits), rows, (0, 0))


def _at(p: Any, point: tuple[Fraction, ...]) -> Answers:
    x, y = map(int, point)
    return {"x": x, "y": y, "profit": p.profits[0] * x + p.profits[1] * y}


def _beyond(p: Any) -> tuple[Fraction, ...] | None:
    """A crossing of two of the three lines that breaks the third; None if there is none."""
    model = _model(p)
    for k in range(3):
        two = [row for j, row in enumerate(model.rows) if j != k]
        point = corner_where(two)
        if point is not None and min(point) > 0 and model.value(point) is None:
            return point
    return None


def _rounded(point: tuple[Fraction, ...]) -> tuple[Fraction, ...]:
    return tuple(Fraction(round(x)) for x in point)


def _shown(value: Fraction) -> str:
    return number(float(value), 2).text
