"""Three criteria compared in pairs: weights, and whether the judgements agree."""

from __future__ import annotations

import math
from typing import Any

from svclab.practice import ChoiceField, Draw, Exercise, Field, NumberField, misconception
from svclab.practice.apart import apart
from svclab.practice.wording import Answers, bullets, page, table
from svclab.strategy.weighing.consistency import doubts
from svclab.strategy.weighing.pairwise import LIMIT, RANDOM_INDEX, Comparison, compare
from svclab.words import number, percent, say

__all__ = ["PairWeights"]

INDEX = RANDOM_INDEX["2005"][2]
#: What is chosen, and three criteria. All invented but the supplier's: ST-09 names them.
CHOICES = {
    "supplier": (
        "A KTV chain (invented) chooses who supplies drinks",
        ("stability", "timeliness", "quality", "price"),
    ),
    "site": (
        "A clinic (诊所, invented) looks for a place in town",
        ("rent", "access", "size", "neighbours"),
    ),
    "software": (
        "A hotel (invented) chooses a booking program (预订系统)",
        ("ease", "support", "price", "safety"),
    ),
    "courier": (
        "An online shop (网店, invented) chooses a courier",
        ("speed", "care", "price", "returns"),
    ),
}


class PairWeights(Exercise):
    """A weight, what two judgements imply for the third, and the consistency ratio."""

    title = "Weights from pairs"
    objective = 4
    level = "medium"
    minutes = 10

    def deal(self, draw: Draw) -> Answers:
        name = draw.choice(list(CHOICES))
        return {
            "choice": name,
            "names": draw.sample(CHOICES[name][1], 3),
            "ab": draw.integer(2, 4),
            "bc": draw.integer(2, 4),
            "ac": draw.integer(2, 9),
        }

    def sound(self, p: Any) -> bool:
        found = _comparison(p)
        if p.ac in (p.ab + p.bc, p.ab * p.bc):
            return False
        return 0.015 <= found.ratio <= 0.32 and abs(found.ratio - LIMIT) > 0.01 and apart(self, p)

    def question(self, p: Any) -> str:
        a, b, c = p.names
        lines = [
            say("{x} is {n} times as important as {y}", x=x, y=y, n=n)
            for x, y, n in ((a, b, p.ab), (b, c, p.bc), (a, c, p.ac))
        ]
        return page(
            say(
                "{who}. The manager compares three criteria in pairs (analytic hierarchy process, "
                "层次分析法), and judges:",
                who=CHOICES[p.choice][0],
            ),
            bullets(lines),
            say(
                "1. What is the weight of {a}, in percent? Take the geometric mean (几何平均) of "
                "each row of the table of judgements, and divide by the sum of the three. With "
                "three criteria that is exactly the eigenvector (特征向量).\n"
                "2. How many times as important as {c} is {a}, if only the first two judgements "
                "are believed?\n"
                "3. What is the consistency ratio (一致性比率)? The largest eigenvalue is the sum "
                "over the columns of column sum times weight; the random index for three criteria "
                "is {index}.\n"
                "4. What should the manager do?",
                a=a,
                c=c,
                index=number(INDEX, 2),
            ),
        )

    def fields(self, p: Any) -> list[Field]:
        a, _, c = p.names
        does = {
            "use": say("use the weights: the judgements agree well enough"),
            "look": say("look at the judgements again before using the weights"),
            "zero": say("change them until the ratio is 0: anything else is a mistake"),
        }
        return [
            NumberField("weight", say("Weight of {a}", a=a), unit="%", absolute=0.15),
            NumberField("implied", say("Implied: {a} against {c}", a=a, c=c), relative=0.01),
            NumberField("ratio", say("Consistency ratio"), relative=0.03, absolute=0.002),
            ChoiceField("does", say("The manager should"), does),
        ]

    def solve(self, p: Any) -> Answers:
        found = _comparison(p)
        last = next(
            d for d in doubts(found).rows if {d.first, d.second} == {p.names[0], p.names[2]}
        )
        implied = last.implied if last.first == p.names[0] else 1 / last.implied
        return {
            "weight": 100 * found.weights[p.names[0]],
            "implied": implied,
            "ratio": found.ratio,
            "does": "use" if found.is_consistent else "look",
        }

    def second(self, p: Any) -> Answers:
        # With three names all hangs on r, the cube root of how far the circle is from closing.
        r = math.cbrt(p.ab * p.bc / p.ac)
        means = [math.cbrt(p.ab * p.ac), math.cbrt(p.bc / p.ab), math.cbrt(1 / (p.ac * p.bc))]
        ratio = (1 + r + 1 / r - 3) / 2 / INDEX
        return {
            "weight": 100 * means[0] / math.fsum(means),
            "implied": float(p.ab * p.bc),
            "ratio": ratio,
            "does": "use" if ratio <= LIMIT else "look",
        }

    @misconception(
        "You took the ordinary mean of the row. Judgements are ratios: they are multiplied, and "
        "the cube root of the product is their mean."
    )
    def ordinary_mean(self, p: Any) -> Answers:
        rows = [math.fsum(row) for row in _comparison(p).matrix]
        return {"weight": 100 * rows[0] / math.fsum(rows)}

    @misconception(
        "You used one column of the table only. Then one of the three judgements is thrown away: "
        "take whole rows."
    )
    def one_column(self, p: Any) -> Answers:
        column = [row[2] for row in _comparison(p).matrix]
        return {"weight": 100 * column[0] / math.fsum(column)}

    @misconception(
        "You gave the judgement that was made. The question is what the two others say about this "
        "pair."
    )
    def as_judged(self, p: Any) -> Answers:
        return {"implied": float(p.ac)}

    @misconception(
        "You added the two judgements. Twice as much, and three times as much as that, is found by "
        "multiplying."
    )
    def added(self, p: Any) -> Answers:
        return {"implied": float(p.ab + p.bc)}

    @misconception(
        "This is the consistency index. Divide it by the random index: then it says how near the "
        "judgements are to pure chance."
    )
    def index_only(self, p: Any) -> Answers:
        return {"ratio": _comparison(p).index}

    @misconception(
        "You divided by three. The index is what the eigenvalue has above n, divided by n − 1."
    )
    def by_three(self, p: Any) -> Answers:
        return {"ratio": _comparison(p).ratio * 2 / 3}

    @misconception(
        "Real judgements are hardly ever in perfect agreement, and they need not be. Who bends "
        "them until the ratio vanishes has numbers that nobody meant."
    )
    def perfect(self, p: Any) -> Answers:
        return {"does": "zero"}

    @misconception(
        "This does not follow from the ratio here. Saaty's rule of thumb is a tenth of what "
        "random judgements give. Check your ratio, too."
    )
    def other_limit(self, p: Any) -> Answers:
        return {"does": "look" if _comparison(p).is_consistent else "use"}

    def hints(self, p: Any) -> list[str]:
        return [
            say(
                "Write the table: 1 on the diagonal, the judgements above it, and below it their "
                "reciprocals. The geometric mean of a row is the cube root of its product."
            ),
            say("If a is twice b, and b three times c, how many times c is a?"),
            say(
                "For the ratio add up each column, multiply each sum by the weight of that "
                "criterion, and add up: 3 or more. Take off 3, divide by 2, then by "
                "{index}.",
                index=number(INDEX, 2),
            ),
            say("Below a tenth the judgements count as good enough."),
        ]

    def solution(self, p: Any) -> str:
        found, right = _comparison(p), self.solve(p)
        means = [math.cbrt(row[0] * row[1] * row[2]) for row in found.matrix]
        rows = []
        for name, row, mean in zip(p.names, found.matrix, means, strict=True):
            rows.append([name, *(number(x, 3) for x in row), number(mean, 3),
                         percent(found.weights[name], 1)])  # fmt: skip
        head = ["", *p.names, say("geometric mean"), say("weight")]
        verdict = {
            "use": say("at most 0.1, so the weights can be used"),
            "look": say("above 0.1, so the judgements should be looked at again"),
        }
        return page(
            table(head, rows),
            say(
                "The weight of {a} is **{weight}**. The first two judgements say {ab} × {bc} = "
                "**{implied}** for {a} against {c}; judged was {ac}.",
                a=p.names[0],
                c=p.names[2],
                weight=percent(right["weight"] / 100),
                ab=p.ab,
                bc=p.bc,
                ac=p.ac,
                implied=number(right["implied"], 0),
            ),
            say(
                "The largest eigenvalue is {value}, the index ({value} − 3) ÷ 2 = {index}, the "
                "ratio {index} ÷ {random} = **{ratio}**: {verdict}. The rule of a tenth is a "
                "custom, and it does not say which judgement is wrong.",
                value=number(found.eigenvalue, 3),
                index=number(found.index, 3),
                random=number(INDEX, 2),
                ratio=number(right["ratio"], 3),
                verdict=verdict[right["does"]],
            ),
        )


def _comparison(p: Any) -> Comparison:
    a, b, c = p.names
    return compare({(a, b): p.ab, (b, c): p.bc, (a, c): p.ac})
