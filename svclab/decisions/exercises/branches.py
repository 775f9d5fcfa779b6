"""Branches with one input and two outputs: which are efficient, and how far one is from it."""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache
from itertools import combinations
from typing import Any

from svclab.practice import ChoicesField, Draw, Exercise, Field, NumberField, misconception
from svclab.practice.apart import apart
from svclab.practice.wording import Answers, page, table
from svclab.words import Quantity, join, number, percent, say

__all__ = ["BranchEfficiency"]

BRANCHES = ("A", "B", "C", "D", "E", "F")
#: Whose branches, and what they make. All invented.
PLACES = {
    "bank": ("A bank (invented) compares six branches", ("payments", "loans")),
    "telecom": (
        "A telecom operator (电信运营商, invented) compares six service halls",
        ("repairs", "contracts"),
    ),
    "library": ("A city library (invented) compares six houses", ("loans", "events")),
    "clinic": (
        "A group of clinics (连锁诊所, invented) compares six houses",
        ("check-ups", "vaccinations"),
    ),
}
Point = tuple[Any, Any]  # the two outputs for one hour: fractions, or floats to try quickly


class BranchEfficiency(Exercise):
    """The efficient branches, and the efficiency of one that is not."""

    title = "Which branches can learn from others?"
    objective = 8
    level = "medium"
    points = 2
    minutes = 12

    def deal(self, draw: Draw) -> Answers:
        # Branches on a bow from much of the one to much of the other, some of them inside it.
        shape = draw.shuffled([(2, 12), (5, 11), (8, 9), (11, 5), (6, 7), (7, 5)])
        hours = draw.integers(6, 20, 60, 5, distinct=True)
        first = [
            h * (a * 10 + draw.integer(-8, 8)) // 20 for h, (a, _) in zip(hours, shape, strict=True)
        ]
        other = [
            h * (b * 10 + draw.integer(-8, 8)) // 40 for h, (_, b) in zip(hours, shape, strict=True)
        ]
        found = {"hours": hours, "first": first, "other": other}
        asked = draw.choice([k for k, one in enumerate(shape) if one in ((6, 7), (7, 5))])
        return {"place": draw.choice(list(PLACES)), **found, "asked": asked}  # fmt: skip

    def sound(self, p: Any) -> bool:
        # Three or four are efficient, clearly; the one asked for lies between two of them.
        # In floats, because most draws are refused and fractions take long.
        points = tuple((float(a), float(b)) for a, b in _points(p))
        shares = [_share(points, k) for k in range(len(points))]
        good = [k for k, share in enumerate(shares) if share > 0.97]
        if p.asked in good or not 3 <= len(good) <= 4 or not all(_needed(points, k) for k in good):
            return False
        return len(_peers(points, p.asked)) == 2 and apart(self, p)

    def question(self, p: Any) -> str:
        where, (first, other) = PLACES[p.place]
        rows: list[list[Quantity | str | int]] = [
            [name, h, a, b]
            for name, h, a, b in zip(BRANCHES, p.hours, p.first, p.other, strict=True)
        ]
        return page(
            say(
                "{where} (data envelopment analysis, 数据包络分析). In a normal week they have so "
                "many hours of staff, and make so much of two things:",
                where=where,
            ),
            table([say("branch"), say("hours"), first, other], rows),
            say(
                "A branch is efficient (有效) if no mixture of branches makes as much of both "
                "things with fewer hours. A branch may be scaled up or down (constant returns to "
                "scale, CCR).\n\n"
                "1. Which branches are efficient?\n"
                "2. How efficient is branch {asked}: which share of its hours would the best "
                "mixture of branches need to make what {asked} makes?",
                asked=BRANCHES[p.asked],
            ),
        )

    def fields(self, p: Any) -> list[Field]:
        asked = say("Efficiency of branch {asked}", asked=BRANCHES[p.asked])
        return [
            ChoicesField("efficient", say("Efficient branches"), {n: n for n in BRANCHES}),
            NumberField("share", asked, unit="%", absolute=0.2),
        ]

    def solve(self, p: Any) -> Answers:
        shares = _shares(_points(p))
        good = [name for name, share in zip(BRANCHES, shares, strict=True) if share == 1]
        return {"efficient": good, "share": float(100 * shares[p.asked])}

    def second(self, p: Any) -> Answers:
        # The other side of the linear program: the prices that show a branch in its best light.
        points = _points(p)
        shares = [_in_its_best_light(points, k) for k in range(len(points))]
        good = [BRANCHES[k] for k, share in enumerate(shares) if share == 1]
        return {"efficient": good, "share": float(100 * shares[p.asked])}

    @misconception(
        "You ticked only the branches that are the best at one of the two things. A branch that is "
        "good at both can be efficient, too: no mixture of the specialists reaches it."
    )
    def specialists(self, p: Any) -> Answers:
        points = _points(p)
        tops = [[point[i] for point in points] for i in (0, 1)]
        best = {top.index(max(top)) for top in tops}
        return {"efficient": [BRANCHES[k] for k in sorted(best)]}

    @misconception(
        "You compared what the branches make, not what they make in an hour. A large branch makes "
        "much because it has many hours."
    )
    def by_size(self, p: Any) -> Answers | None:
        rows = list(zip(p.first, p.other, strict=True))
        good = [
            BRANCHES[k]
            for k, (a, b) in enumerate(rows)
            if not any(c >= a and d >= b for j, (c, d) in enumerate(rows) if j != k)
        ]
        return {"efficient": good} if good != self.solve(p)["efficient"] else None

    @misconception(
        "You ticked the branches that no single branch beats at both things. A mixture of two "
        "branches may still beat them: draw the line between the two."
    )
    def no_mixtures(self, p: Any) -> Answers | None:
        points = _points(p)
        good = [
            BRANCHES[k]
            for k, (a, b) in enumerate(points)
            if not any(c >= a and d >= b for j, (c, d) in enumerate(points) if j != k)
        ]
        return {"efficient": good} if good != self.solve(p)["efficient"] else None

    @misconception(
        "You compared with the best branch for one of the two things alone. A fair comparison "
        "takes both together: a mixture with the same proportions as this branch."
    )
    def best_single(self, p: Any) -> Answers:
        points = _points(p)
        return {"share": float(100 * max(_of_the_best(points, p.asked, i) for i in (0, 1)))}

    @misconception(
        "You took the mean of the two comparisons. The two things are made in the same hours: look "
        "for a mixture that makes both."
    )
    def mean_of_both(self, p: Any) -> Answers:
        points = _points(p)
        both = [_of_the_best(points, p.asked, i) for i in (0, 1)]
        return {"share": float(50 * (both[0] + both[1]))}

    @misconception(
        "You added the two things, as if one of each were worth the same. DEA needs no such price: "
        "it lets the branch be seen in its best light."
    )
    def added(self, p: Any) -> Answers:
        sums = [a + b for a, b in _points(p)]
        return {"share": float(100 * sums[p.asked] / max(sums))}

    @misconception(
        "You divided the other way round: this is by how much the branch could grow. Give the "
        "share of the hours that would be enough; it is below one hundred percent."
    )
    def upside_down(self, p: Any) -> Answers:
        return {"share": float(100 / _shares(_points(p))[p.asked])}

    def hints(self, p: Any) -> list[str]:
        first, other = PLACES[p.place][1]
        return [
            say(
                "Divide by the hours: for each branch {first} for an hour and {other} for an "
                "hour. Draw the six branches as points.",
                first=first,
                other=other,
            ),
            say(
                "Efficient are the points on the outer line to the upper right: a rubber band "
                "around the points, from the highest one to the one farthest to the right."
            ),
            say(
                "Draw a straight line from 0 through the point of branch {asked} to the outer "
                "line. The efficiency is the part of this way that lies before the point.",
                asked=BRANCHES[p.asked],
            ),
            say(
                "The line meets the outer line between {a} and one of its neighbours on it. Find "
                "the point there with the same proportion of the two things as {asked}.",
                a=BRANCHES[_peers(_points(p), p.asked)[0]],
                asked=BRANCHES[p.asked],
            ),
        ]

    def solution(self, p: Any) -> str:
        first, other = PLACES[p.place][1]
        points, right = _points(p), self.solve(p)
        asked = BRANCHES[p.asked]
        rows: list[list[Quantity | str | int]] = [
            [
                name,
                number(float(a), 3),
                number(float(b), 3),
                say("yes") if name in right["efficient"] else say("no"),
            ]
            for name, (a, b) in zip(BRANCHES, points, strict=True)
        ]
        head = [
            say("branch"),
            say("{what} for an hour", what=first),
            say("{what} for an hour", what=other),
            say("on the outer line?"),
        ]
        return page(
            table(head, rows),
            say("Efficient are {names}.", names=join(right["efficient"])),
            self._mixture(p, points),
            say(
                "So {asked} is **{share}** efficient: {peers} could make what {asked} makes in "
                "{hours} of its {all} hours. Whether {asked} had harder customers, the numbers do "
                "not say.",
                asked=asked,
                share=percent(right["share"] / 100, 2),
                peers=join([BRANCHES[k] for k in _peers(points, p.asked)]),
                hours=number(p.hours[p.asked] * right["share"] / 100, 1),
                all=p.hours[p.asked],
            ),
        )

    def _mixture(self, p: Any, points: tuple[Point, ...]) -> str:
        first, other = PLACES[p.place][1]
        i, j = _peers(points, p.asked)
        share = _share(points, p.asked)
        x, y = points[p.asked][0] / share, points[p.asked][1] / share
        part = (x - points[j][0]) / (points[i][0] - points[j][0])
        return say(
            "The line from 0 through {asked} meets the outer line between {a} and {b}, at {x} "
            "{first} and {y} {other} for an hour: {part} of an hour in the way of {a}, the rest "
            "in the way of {b}. {asked} makes {z} {first} for an hour.",
            asked=BRANCHES[p.asked],
            a=BRANCHES[i],
            b=BRANCHES[j],
            x=number(float(x), 3),
            y=number(float(y), 3),
            z=number(float(points[p.asked][0]), 3),
            first=first,
            other=other,
            part=number(float(part), 3),
        )


def _points(p: Any) -> tuple[Point, ...]:
    return tuple(
        (Fraction(a, h), Fraction(b, h)) for h, a, b in zip(p.hours, p.first, p.other, strict=True)
    )


def _reach(points: tuple[Point, ...], k: int, pair: tuple[int, ...]) -> Any:
    """How far a mixture of these branches goes beyond branch k, in its proportions."""
    x, y = points[k]
    if len(pair) == 1:  # what is too much of one thing is thrown away
        a, b = points[pair[0]]
        return min(a / x, b / y)
    (a, b), (c, d) = points[pair[0]], points[pair[1]]
    # t of the first, 1 - t of the other: the two proportions agree where this is zero.
    det = (a - c) * y - (b - d) * x
    if not det:
        return 0
    t = (d * x - c * y) / det
    return (t * a + (1 - t) * c) / x if 0 <= t <= 1 else 0


@lru_cache(maxsize=1024)
def _shares(points: tuple[Point, ...]) -> tuple[Fraction, ...]:
    """The efficiency of each branch, exactly; for points in fractions."""
    return tuple(_share(points, k) for k in range(len(points)))


def _share(points: tuple[Point, ...], k: int) -> Any:
    """Efficiency: one divided by how far the best mixture goes."""
    pairs = [*combinations(range(len(points)), 2), *((j,) for j in range(len(points)))]
    return 1 / max(_reach(points, k, pair) for pair in pairs)


def _peers(points: tuple[Point, ...], k: int) -> tuple[int, ...]:
    """The branches of the best mixture; one if a single branch is as good as any pair."""
    singles = [(j,) for j in range(len(points))]
    pairs = [*singles, *combinations(range(len(points)), 2)]
    return max(pairs, key=lambda pair: _reach(points, k, pair))


def _needed(points: tuple[Point, ...], k: int) -> bool:
    """Whether an efficient branch is clearly beyond the mixtures of the others."""
    others = [j for j in range(len(points)) if j != k]
    pairs = [*combinations(others, 2), *((j,) for j in others)]
    return bool(max(_reach(points, k, pair) for pair in pairs) < 0.97)


def _of_the_best(points: tuple[Point, ...], k: int, i: int) -> Fraction:
    return points[k][i] / max(point[i] for point in points)


def _in_its_best_light(points: tuple[Point, ...], k: int) -> Fraction:
    """The largest value of branch k at prices at which no branch is worth more than one."""
    best = max(_of_the_best(points, k, i) for i in (0, 1))
    for (a, b), (c, d) in combinations(points, 2):
        det = a * d - b * c
        if not det:
            continue
        u, v = (d - b) / det, (a - c) / det  # both branches are worth exactly one
        if u >= 0 and v >= 0 and all(u * x + v * y <= 1 for x, y in points):
            best = max(best, u * points[k][0] + v * points[k][1])
    return best
