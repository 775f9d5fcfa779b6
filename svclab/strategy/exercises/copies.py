"""Rank reversal: a copy of one supplier comes in, and two others change places."""

from __future__ import annotations

import math
from fractions import Fraction
from typing import Any

from svclab.practice import ChoiceField, Draw, Exercise, Field, NumberField, misconception
from svclab.practice.apart import apart
from svclab.practice.wording import Answers, page, table
from svclab.strategy.weighing.hierarchy import rank, with_copy
from svclab.words import Quantity, number, percent, say

__all__ = ["CopyComesIn"]

OLD = ("Anhe", "Beichen", "Cuiyu")
COPY = "Dongsheng"
#: What is bought, and by what it is judged. The first three names of KTV are source (ST-09).
BUYERS = {
    "ktv": ("A KTV chain (invented) chooses its supplier", ("stability", "timeliness", "quality")),
    "hotel": ("A hotel (invented) chooses its laundry (洗衣厂)", ("speed", "care", "price")),
    "school": ("A school (invented) chooses its caterer (配餐)", ("taste", "health", "price")),
    "clinic": ("A clinic (invented) chooses its laboratory (化验室)", ("speed", "care", "advice")),
}
Scores = list[list[int]]


class CopyComesIn(Exercise):
    """Who is first before and after a copy, in the distributive and in the ideal mode."""

    title = "A copy comes in"
    objective = 4
    level = "demanding"
    points = 2
    minutes = 15

    def deal(self, draw: Draw) -> Answers:
        turns = draw.chance(0.7)
        while True:
            scores = [draw.integers(3, 1, 9) for _ in OLD]
            first = draw.integer(3, 7)
            second = draw.integer(1, 9 - first)
            weights = [first, second, 10 - first - second]
            copied = draw.integer(0, 2)
            if _roughly_turned(scores, weights, copied) == turns:
                break
        return {
            "buyer": draw.choice(list(BUYERS)),
            "scores": scores,
            "weights": weights,
            "copied": copied,
        }

    def sound(self, p: Any) -> bool:
        totals = [_totals(s, p.weights, ideal=i) for s in (p.scores, _with(p)) for i in (0, 1)]
        clear = all(_clear(t[:3]) for t in totals)
        return (
            clear
            and all(min(column) < max(column) for column in zip(*p.scores, strict=True))
            and apart(self, p)
        )

    def question(self, p: Any) -> str:
        who, names = BUYERS[p.buyer]
        rows = [
            [name, percent(w / 10, 0), *(row[k] for row in p.scores)]
            for k, (name, w) in enumerate(zip(names, p.weights, strict=True))
        ]
        return page(
            say("{who}. Three are scored from 1 to 9 (supplier evaluation, 供应商评价):", who=who),
            table([say("criterion"), say("weight"), *OLD], rows),
            say(
                "In the *distributive* mode (分布模式) the scores of each criterion are divided by "
                "their sum, so that together they make 1. In the *ideal* mode (理想模式) they are "
                "divided by the best score of that criterion. The total of a supplier is the sum "
                "of weight times result.\n\n"
                "Then a fourth supplier, {copy}, offers itself. It is exactly like {old}: it has "
                "the same score in each criterion. Nothing else changes.",
                copy=COPY,
                old=OLD[p.copied],
            ),
            say(
                "1. Who is first before {copy} comes, in the distributive mode?\n"
                "2. What is the total of {asked} before (distributive)?\n"
                "3. And with {copy}?\n"
                "4. Who is first among the three old ones then (distributive)?\n"
                "5. Who is first among them in the ideal mode, with {copy}?",
                copy=COPY,
                asked=OLD[self._asked(p)],
            ),
        )

    def _asked(self, p: Any) -> int:
        """The best of those that were not copied: its total needs all columns."""
        totals = _totals(p.scores, p.weights)
        return max((k for k in range(3) if k != p.copied), key=lambda k: totals[k])

    def fields(self, p: Any) -> list[Field]:
        names = {name: name for name in OLD}
        one = OLD[self._asked(p)]
        return [
            ChoiceField("before", say("First, before"), names),
            NumberField("total", say("Total of {one}, before", one=one), absolute=0.002),
            NumberField(
                "total_after",
                say("Total of {one}, with {copy}", one=one, copy=COPY),
                absolute=0.002,
            ),
            ChoiceField("after", say("First of the three, with {copy}", copy=COPY), names),
            ChoiceField("ideal", say("First of the three, ideal mode"), names),
        ]

    def solve(self, p: Any) -> Answers:
        names = BUYERS[p.buyer][1]
        weights = {name: float(w) for name, w in zip(names, p.weights, strict=True)}
        under = {
            name: {old: float(row[k]) for old, row in zip(OLD, p.scores, strict=True)}
            for k, name in enumerate(names)
        }
        more = {name: with_copy(scores, OLD[p.copied], COPY) for name, scores in under.items()}
        before, after = rank(weights, under), rank(weights, more)
        ideal = rank(weights, more, mode="ideal")
        asked = OLD[self._asked(p)]
        return {
            "before": before.order[0],
            "total": before.totals[asked],
            "total_after": after.totals[asked],
            "after": next(name for name in after.order if name != COPY),
            "ideal": next(name for name in ideal.order if name != COPY),
        }

    def second(self, p: Any) -> Answers:
        before, after = _totals(p.scores, p.weights), _totals(_with(p), p.weights)
        ideal, k = _totals(_with(p), p.weights, ideal=True), self._asked(p)
        return {
            "before": _best(before),
            "total": float(before[k]),
            "total_after": float(after[k]),
            "after": _best(after),
            "ideal": _best(ideal),
        }

    @misconception(
        "You kept the totals as they were. In the distributive mode the sum of each criterion "
        "changes when another supplier comes in, so all results change, and not all alike."
    )
    def as_before(self, p: Any) -> Answers:
        before = _totals(p.scores, p.weights)
        found: Answers = {"total_after": float(before[self._asked(p)])}
        if _best(before) != self.second(p)["after"]:
            found["after"] = _best(before)
        return found

    @misconception(
        "You split the total of the copied supplier among the two and left the others as they "
        "were. All totals are worked out anew, criterion by criterion."
    )
    def halved(self, p: Any) -> Answers | None:
        totals = _totals(p.scores, p.weights)
        totals[p.copied] /= 2
        return {"after": _best(totals)} if _best(totals) != self.second(p)["after"] else None

    @misconception(
        "You added weight times score as it stands. In both modes the scores of a criterion are "
        "first divided, or a criterion with large scores would count for more."
    )
    def plain_scores(self, p: Any) -> Answers:
        totals = [
            Fraction(sum(w * x for w, x in zip(p.weights, row, strict=True)), 10)
            for row in p.scores
        ]
        found: Answers = {"total": float(totals[self._asked(p)])}
        if _best(totals) != self.second(p)["before"]:
            found["before"] = _best(totals)
        return found

    @misconception(
        "You left out the weights. A criterion with more weight has more say in the total."
    )
    def no_weights(self, p: Any) -> Answers:
        k = self._asked(p)
        even = [Fraction(10, 3)] * 3
        return {
            "total": float(_totals(p.scores, even)[k]),
            "total_after": float(_totals(_with(p), even)[k]),
        }

    @misconception(
        "You divided by the best score. That is the ideal mode: in the distributive mode one "
        "divides by the sum."
    )
    def ideal_for_sum(self, p: Any) -> Answers:
        k = self._asked(p)
        total = float(_totals(p.scores, p.weights, ideal=True)[k])
        return {"total": total, "total_after": total}

    @misconception(
        "You took the order of the distributive mode. Where one divides by the best score, a copy "
        "changes nothing for the others: work the ideal mode out for itself."
    )
    def sum_for_ideal(self, p: Any) -> Answers | None:
        right = self.second(p)
        return {"ideal": right["after"]} if right["after"] != right["ideal"] else None

    def hints(self, p: Any) -> list[str]:
        return [
            say("For each criterion add up the three scores. Each supplier's part is its score "
                "divided by that sum; multiply by the weight, and add up over the criteria."),
            say(
                "With {copy} each sum grows by the score of {old}. It grows most where {old} is "
                "strong: there the parts of all shrink most.",
                copy=COPY,
                old=OLD[p.copied],
            ),
            say("In the ideal mode find the best score of each criterion. Does {copy} change it?",
                copy=COPY),
        ]  # fmt: skip

    def solution(self, p: Any) -> str:
        right, k = self.solve(p), self._asked(p)
        columns = (
            _totals(p.scores, p.weights),
            _totals(_with(p), p.weights),
            _totals(_with(p), p.weights, ideal=True),
        )
        rows: list[list[Quantity | str | int]] = []
        for i, name in enumerate((*OLD, COPY)):
            cells = [number(float(c[i]), 3) if i < len(c) else "" for c in columns]
            rows.append([name, *cells])
        head = [say("supplier"), say("before"), say("with {copy}", copy=COPY), say("ideal mode")]
        parts = [
            say("{w} × {x} ÷ {sum}", w=number(w / 10, 1), x=x, sum=sum(column))
            for w, x, column in zip(
                p.weights, p.scores[k], zip(*p.scores, strict=True), strict=True
            )
        ]
        turned = right["before"] != right["after"]
        return page(
            say(
                "Before, the total of {name} is {parts} = **{total}**. With {copy} each sum is "
                "larger by the score of {old}, and the total is **{after}**.",
                name=OLD[k],
                parts=" + ".join(parts),
                total=number(right["total"], 3),
                copy=COPY,
                old=OLD[p.copied],
                after=number(right["total_after"], 3),
            ),
            table(head, rows),
            say(
                "So {a} was first, and with the copy {b} is first of the old ones: the order has "
                "turned round, although nothing about the two has changed.",
                a=right["before"],
                b=right["after"],
            )
            if turned
            else say("So {a} is first before and after: not every copy turns the order round.",
                     a=right["before"]),
            say(
                "In the ideal mode {c} is first, with the copy and without it. Whether a copy may "
                "change the order is disputed: Belton and Gear (1983) called it a fault, Saaty "
                "(1990) holds it right where options are scarce or compete.",
                c=right["ideal"],
            ),
        )  # fmt: skip


def _with(p: Any) -> Scores:
    return [*p.scores, p.scores[p.copied]]


def _totals(scores: Scores, weights: Any, *, ideal: Any = False) -> list[Fraction]:
    """Exact totals; weights in tenths."""
    columns = list(zip(*scores, strict=True))
    over = [max(column) if ideal else sum(column) for column in columns]
    found = []
    for row in scores:
        total = Fraction(0)
        for w, x, by in zip(weights, row, over, strict=True):
            total += Fraction(w * x) / (10 * by)
        found.append(total)
    return found


def _clear(totals: list[Fraction]) -> bool:
    """The first is ahead by so much that rounding does not matter."""
    first, second = sorted(totals, reverse=True)[:2]
    return first - second >= Fraction(1, 100)


def _best(totals: list[Fraction]) -> str:
    return OLD[max(range(3), key=lambda k: totals[k])]


def _roughly_turned(scores: Scores, weights: list[int], copied: int) -> bool | None:
    """Whether a copy turns the order round; None if two are too near to each other to tell."""
    firsts = []
    for rows in (scores, [*scores, scores[copied]]):
        sums = [sum(column) for column in zip(*rows, strict=True)]
        totals = [
            math.fsum(w * x / by for w, x, by in zip(weights, row, sums, strict=True))
            for row in scores
        ]
        first, second = sorted(totals, reverse=True)[:2]
        if first - second < 0.11:  # of ten in all
            return None
        firsts.append(totals.index(first))
    return firsts[0] != firsts[1]
