"""One step of the simplex method, and a price, read from tableaux."""

from __future__ import annotations

from typing import Any

from svclab.decisions.exercises.last_tableaux import (
    COLUMNS,
    NAMES,
    ROWS,
    LastTableau,
    asked,
    of_z,
    plain_name,
    readable,
    shown,
    small,
    walked,
)
from svclab.decisions.exercises.small_models import SmallModel, corner_where, differing
from svclab.decisions.simplex import Tableau
from svclab.decisions.simplex.tableau import fraction
from svclab.practice import ChoiceField, Draw, Field, NumberField, misconception
from svclab.practice.apart import apart
from svclab.practice.wording import Answers, page, table
from svclab.words import number, say

__all__ = ["NextPivot"]


class NextPivot(LastTableau):
    """Which variable enters and leaves, what the step gains, and a price of the last tableau."""

    title = "The next step of the simplex method"
    objective = 5
    level = "medium"
    minutes = 15

    def deal(self, draw: Draw) -> Answers:
        return {
            "cost": draw.integers(3, 3, 15, distinct=True),
            "rows": [[*draw.integers(3, 1, 6), draw.integer(12, 60, 2)] for _ in range(3)],
            "step": int(draw.chance(0.7)),
            "last": readable(draw),
            "asked": draw.integer(0, 1),  # which of the two resources that are used up
        }

    def sound(self, p: Any) -> bool:
        tableaux = walked(_model(p)).tableaux
        if p.last is None or len(tableaux) < p.step + 2:
            return False
        now = tableaux[p.step]
        gains = sorted(z for z in now.z_row if z < 0)
        ratios = sorted(r for r in now.ratios if r is not None)
        small = all(z.denominator <= 12 for line in now.body for z in line)
        # One column and one row; a choice in both; numbers that can be written down.
        if not small or len(ratios) < 2 or len(gains) < 2 - p.step or gains[0] in gains[1:]:
            return False
        if ratios[0] == ratios[1] or now.degenerate:
            return False
        return apart(self, p)

    def question(self, p: Any) -> str:
        return page(
            say(
                "A service (invented) makes its profit z as large as possible with three "
                "activities x1, x2 and x3. Three resources limit them; s1, s2 and s3 are the "
                "slacks (松弛变量, slack variables). This is a tableau (单纯形表) on the way:"
            ),
            shown(_now(p)),
            say(
                "In the z row stands what z lacks: a negative number means that a unit of this "
                "variable adds so much. The most negative number enters.\n\n"
                "1. Which variable enters the basis (进基)?\n"
                "2. Which leaves it (出基)?\n"
                "3. What value has the entering variable after the step?\n"
                "4. What is z after the step?"
            ),
            *self.price_question(p),
        )

    def fields(self, p: Any) -> list[Field]:
        basis = {plain_name(name): plain_name(name) for name in _now(p).basis}
        columns = {name: name for name in COLUMNS if name not in basis}
        helps = say("A fraction such as 7/3 is fine.")
        return [
            ChoiceField("enters", say("Enters"), columns),
            ChoiceField("leaves", say("Leaves"), basis),
            NumberField("value", say("Value of the entering variable"), help=helps),
            NumberField("z", say("z after the step"), help=helps, relative=0.002),
            NumberField("price", say("Shadow price of resource {n}", n=asked(p)[1:]), help=helps),
        ]

    def solve(self, p: Any) -> Answers:
        now = _now(p)
        after = walked(_model(p)).tableaux[p.step + 1]
        return {
            "enters": plain_name(now.entering),
            "leaves": plain_name(now.leaving),
            "value": float(after.right[after.basis.index(now.entering or "")]),
            "z": float(after.z),
            "price": of_z(p, asked(p)),
        }

    def second(self, p: Any) -> Answers:
        # Without tableaux: along each edge from the corner, and to its other end.
        model, now = _model(p), _now(p)
        basis = [plain_name(name) for name in now.basis]
        out = [name for name in COLUMNS if name not in basis]
        here = self._corner(model, out)
        gains = {}
        for name in out:  # where one more limit is relaxed by a unit
            there = self._corner(model, out, relaxed=name)
            gains[name] = sum(c * (b - a) for c, a, b in zip(model.cost, here, there, strict=True))
        enters = max(gains, key=lambda name: gains[name])
        ends = {}
        for name in basis:  # the other end of the edge is the nearest possible corner on it
            limits = [one for one in out if one != enters] + [name]
            rows = [self._limit(model, one) for one in limits]
            point = corner_where(rows)
            if point is not None and model.value(point) is not None:
                ends[name] = point
        leaves = next(iter(ends))
        end = ends[leaves]
        return {
            "enters": enters,
            "leaves": leaves,
            "value": float(self._slack(model, enters, end)),
            "z": float(sum(c * x for c, x in zip(model.cost, end, strict=True))),
            "price": self.price_second(p),
        }

    def _limit(self, model: SmallModel, name: str) -> Any:
        """The limit that holds as an equation where this variable is zero."""
        if name in ROWS:
            return model.rows[ROWS.index(name)]
        return model.limits[3 + NAMES.index(name)]

    def _corner(self, model: SmallModel, out: list[str], relaxed: str = "") -> Any:
        rows = []
        for name in out:
            factors, right = self._limit(model, name)
            rows.append((factors, right - (name == relaxed)))
        point = corner_where(rows)
        assert point is not None
        return point

    def _slack(self, model: SmallModel, name: str, point: Any) -> Any:
        factors, right = self._limit(model, name)
        return right - sum(f * x for f, x in zip(factors, point, strict=True))

    @misconception(
        "You took the first column with a negative number. By the rule stated the most negative "
        "number enters."
    )
    def first_negative(self, p: Any) -> Answers | None:
        now = _now(p)
        first = next(j for j, z in enumerate(now.z_row) if z < 0)
        return differing(self.solve(p), {"enters": COLUMNS[first]})

    @misconception(
        "You took the largest number of the z row. In this tableau a negative number stands for a "
        "gain: the most negative one enters."
    )
    def largest_number(self, p: Any) -> Answers | None:
        now = _now(p)
        basis = [plain_name(name) for name in now.basis]
        out = [name for name in COLUMNS if name not in basis]
        largest = max(out, key=lambda name: now.z_row[COLUMNS.index(name)])
        return differing(self.solve(p), {"enters": largest})

    @misconception(
        "You took the row with the smallest right side. What counts is the ratio of the right side "
        "to the number in the entering column."
    )
    def smallest_right(self, p: Any) -> Answers | None:
        now = _now(p)
        k = min(range(3), key=lambda i: now.right[i])
        return differing(self.solve(p), {"leaves": plain_name(now.basis[k])})

    @misconception(
        "You took the largest ratio. The first variable that reaches zero stops the step: beyond "
        "it that variable would be negative."
    )
    def largest_ratio(self, p: Any) -> Answers | None:
        ratios = [(r, k) for k, r in enumerate(_now(p).ratios) if r is not None]
        ratio, k = max(ratios)
        found = {"leaves": plain_name(_now(p).basis[k]), "value": float(ratio)}
        return differing(self.solve(p), found)

    @misconception(
        "You took the row with the largest number in the entering column. Divide the right side by "
        "it: the smallest ratio leaves."
    )
    def largest_pivot(self, p: Any) -> Answers | None:
        now = _now(p)
        j = COLUMNS.index(plain_name(now.entering))
        k = max(range(3), key=lambda i: now.body[i][j])
        return differing(self.solve(p), {"leaves": plain_name(now.basis[k])})

    @misconception(
        "You added the number of the z row once. It is what one unit gains; the step brings as "
        "many units as the ratio says."
    )
    def one_unit_only(self, p: Any) -> Answers:
        now = _now(p)
        return {"z": float(now.z - min(now.z_row))}

    @misconception(
        "This is what the step adds. The question is what z is after the step: add it to what was "
        "there."
    )
    def gain_only(self, p: Any) -> Answers | None:
        now = _now(p)
        return {"z": self.solve(p)["z"] - float(now.z)} if now.z else None

    @misconception(
        "You gave the right side of the row that leaves. Divide it by the number in the entering "
        "column."
    )
    def undivided(self, p: Any) -> Answers | None:
        now = _now(p)
        k = now.basis.index(now.leaving or "")
        return differing(self.solve(p), {"value": float(now.right[k])})

    def hints(self, p: Any) -> list[str]:
        return [
            say("Look along the z row: which number is the most negative one?"),
            say(
                "Go down this column. For each positive number divide the right side by it; rows "
                "with zero or a negative number set no limit."
            ),
            say(
                "The smallest of these ratios is how far the entering variable can go. The basic "
                "variable of that row reaches zero and leaves."
            ),
            say("z grows by the ratio times the size of the number in the z row."),
            self.price_hint(p),
        ]

    def solution(self, p: Any) -> str:
        now, right = _now(p), self.solve(p)
        j = COLUMNS.index(right["enters"])
        tests = [
            (
                plain_name(name),
                fraction(there),
                fraction(line[j]),
                say("no limit") if ratio is None else fraction(ratio),
            )
            for name, line, there, ratio in zip(
                now.basis, now.body, now.right, now.ratios, strict=True
            )
        ]
        gain = -now.z_row[j]
        return page(
            say(
                "The most negative number of the z row is {z}: {name} enters. The ratio test:",
                z=fraction(-gain),
                name=right["enters"],
            ),
            table([say("basis"), say("right side"), right["enters"], say("ratio")], tests),
            say(
                "The smallest ratio is that of {out}: it leaves, and {name} becomes **{value}**. "
                "Each unit adds {gain}, so z rises from {before} to **{after}**.",
                out=right["leaves"],
                name=right["enters"],
                value=number(right["value"], 3),
                gain=fraction(gain),
                before=fraction(now.z),
                after=number(right["z"], 3),
            ),
            self.price_solution(p),
        )


def _model(p: Any) -> SmallModel:
    return small(vars(p))


def _now(p: Any) -> Tableau:
    return walked(_model(p)).tableaux[p.step]
