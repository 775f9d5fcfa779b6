"""Counts of arrivals, and whether a Poisson process could have made them."""

from __future__ import annotations

import statistics
from fractions import Fraction
from typing import Any

from svclab.practice import ChoiceField, Draw, Exercise, Field, NumberField, misconception
from svclab.practice.apart import apart
from svclab.practice.wording import Answers, page, table
from svclab.words import number, say

__all__ = ["PoissonOrNot"]

INTERVALS = 12
#: 95 of 100 Poisson samples of twelve counts have an index between these: the chi-squared
#: quantiles 3.816 and 21.920 of 11 degrees of freedom, divided by 11.
LOW, HIGH = 0.35, 1.99

#: Where and who was counted. All invented.
PLACES = {
    "bank": ("the door of a bank", "customers"),
    "canteen": ("the tray counter of a canteen (食堂)", "guests"),
    "parcels": ("the desk of a parcel station (快递驿站)", "customers"),
    "hospital": ("the registration of a hospital (挂号处)", "patients"),
    "office": ("a university's service hall (师生服务大厅)", "students"),
}


class PoissonOrNot(Exercise):
    """Mean, index of dispersion, and the model that twelve counts allow."""

    title = "Poisson or not?"
    objective = 8
    level = "medium"
    minutes = 8

    def deal(self, draw: Draw) -> Answers:
        mean, kind = draw.integer(6, 10), draw.choice(["regular", "poisson", "poisson", "clumped"])
        counts = []
        for _ in range(INTERVALS):
            if kind == "regular":
                off = draw.choice([-2, -1, -1, 0, 0, 1, 1, 2])
            elif kind == "poisson":
                off = draw.integer(-4, 2) if draw.chance(0.6) else draw.integer(1, 5)
            else:
                off = draw.integer(-5, 0) if draw.chance(0.7) else draw.integer(6, 14)
            counts.append(mean + off)
        return {"place": draw.choice(list(PLACES)), "counts": counts}

    def sound(self, p: Any) -> bool:
        # Clearly on one side of the two limits, and not so near to 1 that the rule is not needed.
        index = float(_index(p.counts))
        clear = index < 0.25 or 0.5 < index < 0.85 or 1.2 < index < 1.75 or 2.5 < index < 8
        return clear and apart(self, p)

    def question(self, p: Any) -> str:
        where, who = PLACES[p.place]
        rows = [
            [say("minutes {a} to {b}", a=60 * half, b=60 * half + 60),
             *p.counts[6 * half : 6 * half + 6]]
            for half in (0, 1)
        ]  # fmt: skip
        ends = [say("{k}. interval", k=k) for k in range(1, 7)]
        return page(
            say(
                "A team has counted the {who} who come to {where} (invented), in twelve intervals "
                "of 10 minutes:",
                who=who,
                where=where,
            ),
            table(["", *ends], rows),
            say(
                "The team wants to know whether Poisson arrivals (泊松到达) describe these counts. "
                "If they do, the index of dispersion (离散指数, variance ÷ mean) of twelve counts "
                "lies between {low} and {high} in 95 of 100 such observations.",
                low=number(LOW, 2),
                high=number(HIGH, 2),
            ),
            say(
                "1. What is the mean number in an interval of 10 minutes?\n"
                "2. What is the index of dispersion? Use the variance of a sample, which divides "
                "by n − 1.\n"
                "3. What do the counts say?"
            ),
        )

    def fields(self, p: Any) -> list[Field]:
        models = {
            "poisson": say(
                "They agree with Poisson arrivals: many people who come independently of each "
                "other, at a steady rate"
            ),
            "regular": say("They are too regular for Poisson arrivals: as if by appointment"),
            "clumped": say(
                "They vary too much for Poisson arrivals: people come in groups, or the rate "
                "changes"
            ),
        }
        return [
            NumberField("mean", say("Mean number in an interval"), unit="people"),
            NumberField("index", say("Index of dispersion"), relative=0.01, absolute=0.002),
            ChoiceField("says", say("What the counts say"), models),
        ]

    def solve(self, p: Any) -> Answers:
        index = float(_index(p.counts))
        return {
            "mean": sum(p.counts) / INTERVALS,
            "index": index,
            "says": "regular" if index < LOW else "clumped" if index > HIGH else "poisson",
        }

    def second(self, p: Any) -> Answers:
        mean, variance = statistics.mean(p.counts), statistics.variance(p.counts)
        # The test with chi-squared: Σ (count - mean)² ÷ mean, against its two quantiles.
        chi = sum((Fraction(n) - Fraction(sum(p.counts), INTERVALS)) ** 2 for n in p.counts)
        chi /= Fraction(sum(p.counts), INTERVALS)
        says = "regular" if chi < 3.816 else "clumped" if chi > 21.920 else "poisson"
        return {"mean": float(mean), "index": float(variance / mean), "says": says}

    @misconception("You gave the mean of an hour. The question asks for one interval.")
    def of_an_hour(self, p: Any) -> Answers:
        return {"mean": sum(p.counts) / 2}

    @misconception(
        "You took the middle of the counts, the median. The mean is their sum divided by their "
        "number."
    )
    def the_median(self, p: Any) -> Answers | None:
        middle = statistics.median(p.counts)
        return {"mean": middle} if abs(middle - sum(p.counts) / INTERVALS) > 0.25 else None

    @misconception(
        "You divided the squares by n. The mean itself was taken from the same counts, so the "
        "variance of a sample divides by n − 1."
    )
    def by_n(self, p: Any) -> Answers:
        return {"index": float(_index(p.counts)) * (INTERVALS - 1) / INTERVALS}

    @misconception(
        "You divided the standard deviation by the mean. This is the coefficient of variation. "
        "The index of dispersion takes the variance."
    )
    def coefficient_of_variation(self, p: Any) -> Answers:
        return {"index": statistics.stdev(p.counts) / (sum(p.counts) / INTERVALS)}

    @misconception(
        "This is the variance itself. Poisson counts have a variance as large as their mean, so "
        "it must be compared with the mean."
    )
    def variance_alone(self, p: Any) -> Answers:
        return {"index": float(_index(p.counts)) * sum(p.counts) / INTERVALS}

    @misconception("You divided the mean by the variance. The index is the other way round.")
    def upside_down(self, p: Any) -> Answers:
        return {"index": 1 / float(_index(p.counts))}

    @misconception(
        "You expect the index to be exactly 1. Even with Poisson arrivals twelve counts give a "
        "value that is off by chance: use the two limits."
    )
    def exactly_one(self, p: Any) -> Answers | None:
        index = float(_index(p.counts))
        return {"says": "regular" if index < 1 else "clumped"} if LOW < index < HIGH else None

    @misconception(
        "You took irregular counts for a sign of Poisson arrivals. Poisson arrivals are "
        "irregular in a certain measure, neither more nor less: use the two limits."
    )
    def always_poisson(self, p: Any) -> Answers | None:
        return None if LOW < float(_index(p.counts)) < HIGH else {"says": "poisson"}

    @misconception(
        "You read the index the wrong way round. A small variance means regular arrivals, a large "
        "one means groups or a changing rate."
    )
    def read_backwards(self, p: Any) -> Answers | None:
        index = float(_index(p.counts))
        if LOW < index < HIGH:
            return None
        return {"says": "clumped" if index < LOW else "regular"}

    def hints(self, p: Any) -> list[str]:
        return [
            say("First the mean: the sum of the twelve counts, divided by twelve."),
            say(
                "For the variance, take from each count the mean, square the difference, add up "
                "all twelve, and divide by n − 1."
            ),
            say(
                "Divide the variance by the mean. Counts that are all alike give 0. Poisson "
                "counts give about 1."
            ),
            say(
                "Is the index below both limits, between them, or above both? Below means more "
                "regular than Poisson arrivals, above means less regular."
            ),
        ]

    def solution(self, p: Any) -> str:
        right = self.solve(p)
        squares = sum((Fraction(n) - Fraction(sum(p.counts), INTERVALS)) ** 2 for n in p.counts)
        variance = float(squares / (INTERVALS - 1))
        says = {
            "poisson": say(
                "It lies between {low} and {high}: the counts agree with Poisson arrivals. That "
                "is no proof. A test of twelve counts overlooks small deviations.",
                low=number(LOW, 2),
                high=number(HIGH, 2),
            ),
            "regular": say(
                "It is below {low}: the counts are too regular. A model with Poisson arrivals "
                "would predict waits that are too long.",
                low=number(LOW, 2),
            ),
            "clumped": say(
                "It is above {high}: the counts vary too much. A model with Poisson arrivals "
                "would predict waits that are too short. Look for a bus, the end of a lecture, "
                "or a rate that changes within the two hours.",
                high=number(HIGH, 2),
            ),
        }
        return page(
            say(
                "**Mean.** {total} people in twelve intervals: {total} ÷ 12 = **{mean}**.",
                total=sum(p.counts),
                mean=say("{n} people", n=number(right["mean"], 3)),
            ),
            say(
                "**Variance.** The squared differences from the mean add up to {squares}. "
                "Divided by 11: {variance}.",
                squares=number(float(squares), 3),
                variance=number(variance, 3),
            ),
            say(
                "**Index.** {variance} ÷ {mean} = **{index}**. {says}",
                variance=number(variance, 3),
                mean=number(right["mean"], 3),
                index=number(right["index"], 3),
                says=says[right["says"]],
            ),
        )


def _index(counts: list[int]) -> Fraction:
    """Variance of the sample over the mean, exact."""
    mean = Fraction(sum(counts), len(counts))
    squares = sum(((n - mean) ** 2 for n in counts), Fraction(0))
    return squares / (len(counts) - 1) / mean
