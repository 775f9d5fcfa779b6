"""Seven aspects scored and weighted: where most is lost, and what two missing dimensions change."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations
from typing import Any

from svclab.introduction.definitions import PRINTED, SEVEN, assess, choices_of_two
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
from svclab.words import Quantity, number, say

__all__ = ["WhereToBegin"]

#: Who it is. All invented.
PLACES = {
    "ktv": "A KTV house (invented)",
    "clinic": "A dental clinic (牙科诊所, invented)",
    "courier": "A courier service (快递, invented)",
    "hotel": "A small hotel (invented)",
    "school": "A language school (语言学校, invented)",
}
CHINESE = ("战略", "流程", "质量", "客户关系", "供应商与伙伴", "员工培训", "数据分析")
BEST = 5


class WhereToBegin(Exercise):
    """The weighted mean of seven aspects, the largest gap, and how far the choice of two counts."""

    title = "Where is most missing?"
    objective = 4
    level = "medium"
    minutes = 9

    def deal(self, draw: Draw) -> Answers:
        return {
            "place": draw.choice(list(PLACES)),
            "scores": draw.integers(len(SEVEN), 1, 5),
            "weights": draw.integers(len(SEVEN), 1, 4),
        }

    def sound(self, p: Any) -> bool:
        gaps = sorted(w * (BEST - s) for s, w in zip(p.scores, p.weights, strict=True))
        return gaps[-1] > gaps[-2] and apart(self, p)

    def question(self, p: Any) -> str:
        rows = [
            [say("{n} ({zh}){mark}", n=name, zh=zh, mark=" *" if name in PRINTED else ""), s, w]
            for name, zh, s, w in zip(SEVEN, CHINESE, p.scores, p.weights, strict=True)
        ]
        return page(
            say(
                "{who} has scored itself on the seven aspects (七个方面), from 0 (nothing there) "
                "to {best} (could teach others), and says by a weight how much each matters:",
                who=PLACES[p.place],
                best=BEST,
            ),
            table([say("aspect"), say("score"), say("weight")], rows),
            say(
                "An aspect loses its weight times the points that are missing to {best}.\n\n"
                "The course's documents also have a list of five dimensions (五个维度), but its "
                "end is cut off. Three of the five are printed, those with a star (*); the other "
                "two could be any two of the other four aspects.\n\n"
                "1. What is the weighted mean of the seven scores?\n"
                "2. Which aspect loses most?\n"
                "3. There are six choices of the other two. In how many of them does the aspect "
                "of question 2 lose most among the five?\n"
                "4. How far apart are the lowest and the highest weighted mean of the six choices?",
                best=BEST,
            ),
        )

    def fields(self, p: Any) -> list[Field]:
        return [
            NumberField("mean", say("Weighted mean"), absolute=0.01),
            ChoiceField("first", say("Loses most"), {name: say(name) for name in SEVEN}),
            IntegerField("times", say("Choices of six with the same result")),
            NumberField("spread", say("Highest less lowest mean"), absolute=0.01),
        ]

    def _tables(self, p: Any) -> tuple[dict[str, float], dict[str, float]]:
        return (
            {name: float(x) for name, x in zip(SEVEN, p.scores, strict=True)},
            {name: float(x) for name, x in zip(SEVEN, p.weights, strict=True)},
        )

    def solve(self, p: Any) -> Answers:
        scores, weights = self._tables(p)
        found, choices = assess(scores, weights=weights), choices_of_two(scores, weights=weights)
        first = found.first[0]
        times = [firsts == (first,) for firsts in choices.firsts.values()]
        return {"mean": found.total, "first": first, "times": sum(times), "spread": choices.spread}

    def second(self, p: Any) -> Answers:
        gaps = [w * (BEST - s) for s, w in zip(p.scores, p.weights, strict=True)]
        most, printed = gaps.index(max(gaps)), len(PRINTED)
        times, means = 0, []
        for pair in combinations(range(printed, len(SEVEN)), 2):
            five = [*range(printed), *pair]
            times += most in five
            means.append(Fraction(sum(p.scores[k] * p.weights[k] for k in five),
                                  sum(p.weights[k] for k in five)))  # fmt: skip
        return {
            "mean": _mean(p, p.weights),
            "first": SEVEN[most],
            "times": times,
            "spread": float(max(means) - min(means)),
        }

    @misconception("You took the plain mean. An aspect that matters more counts more.")
    def plain_mean(self, p: Any) -> Answers | None:
        wrong = _mean(p, [1] * len(SEVEN))
        return {"mean": wrong} if abs(wrong - self.solve(p)["mean"]) > 0.04 else None

    @misconception("You divided by the number of aspects. Divide by the sum of the weights.")
    def by_seven(self, p: Any) -> Answers:
        return {"mean": sum(s * w for s, w in zip(p.scores, p.weights, strict=True)) / len(SEVEN)}

    @misconception(
        "You took the lowest score. It may be of an aspect that hardly matters: multiply what is "
        "missing by the weight."
    )
    def lowest_score(self, p: Any) -> Answers | None:
        return self._first(p, [-s for s in p.scores])

    @misconception(
        "You took the largest weight. What matters most may be in good order already: multiply by "
        "what is missing."
    )
    def largest_weight(self, p: Any) -> Answers | None:
        return self._first(p, p.weights)

    def _first(self, p: Any, sizes: list[int]) -> Answers | None:
        name = SEVEN[sizes.index(max(sizes))]
        clear = sizes.count(max(sizes)) == 1 and name != self.solve(p)["first"]
        return {"first": name} if clear else None

    @misconception(
        "You took it that the aspect is always among the five. If it is not printed, only those "
        "choices count that take it in."
    )
    def always_there(self, p: Any) -> Answers | None:
        return {"times": 6} if self.solve(p)["times"] != 6 else None

    @misconception(
        "You took it that an aspect that is not printed never counts. Half of the choices take it "
        "in."
    )
    def never_there(self, p: Any) -> Answers | None:
        return {"times": 0} if self.solve(p)["times"] != 0 else None

    @misconception("You gave the distance of plain means. Each of the six means is weighted, too.")
    def plain_spread(self, p: Any) -> Answers | None:
        scores, _ = self._tables(p)
        wrong = choices_of_two(scores).spread
        return {"spread": wrong} if abs(wrong - self.solve(p)["spread"]) > 0.04 else None

    def hints(self, p: Any) -> list[str]:
        return [
            say("Write two columns: score times weight, and weight times what is missing."),
            say(
                "The weighted mean is the sum of the first column, divided by the sum of the "
                "weights, {n}.",
                n=sum(p.weights),
            ),
            say(
                "Two of four can be chosen in six ways. A certain one of the four is in three of "
                "them; what is printed is in all."
            ),
            say("For question 4 compute the six means, each with the weights of its own five."),
        ]

    def solution(self, p: Any) -> str:
        right = self.solve(p)
        scores, weights = self._tables(p)
        choices = choices_of_two(scores, weights=weights)
        rows: list[list[Quantity | str | int]] = [
            [name, s, w, s * w, w * (BEST - s)]
            for name, s, w in zip(SEVEN, p.scores, p.weights, strict=True)
        ]
        pairs: list[list[Quantity | str | int]] = [
            [" + ".join(pair), number(total, 3), "; ".join(choices.firsts[pair])]
            for pair, total in choices.totals.items()
        ]
        return page(
            table([say("aspect"), say("score"), say("weight"), say("product"), say("lost")], rows),
            say(
                "Weighted mean: {sum} ÷ {weights} = **{mean}**. Most is lost at {first}.",
                sum=sum(s * w for s, w in zip(p.scores, p.weights, strict=True)),
                weights=sum(p.weights),
                mean=number(right["mean"], 3),
                first=right["first"],
            ),
            table([say("chosen"), say("weighted mean"), say("loses most")], pairs),
            say(
                "The same result in **{times}** of six; the means lie **{spread}** apart. Nobody "
                "knows which two the list had. So say which you took, and how much hangs "
                "on it.",
                times=right["times"],
                spread=number(right["spread"], 3),
            ),
        )


def _mean(p: Any, weights: list[int]) -> float:
    products = sum(s * w for s, w in zip(p.scores, weights, strict=True))
    return float(Fraction(products, sum(weights)))
