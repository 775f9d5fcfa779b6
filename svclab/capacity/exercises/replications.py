"""Ten replications: a mean, how far it may be off, and what may be said."""

from __future__ import annotations

import math
import statistics
from typing import Any

from svclab.intervals import estimate, student_t
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
from svclab.practice.wording import Answers, page
from svclab.words import join, minutes, number, percent, say

__all__ = ["SimulationError"]

RUNS = 10
CONFIDENCE = 0.95

#: What is simulated, and whom it serves. All invented.
PLACES = {
    "bank": ("the counters of a bank", "customers"),
    "tax": ("the service hall of a tax office (办税服务厅)", "visitors"),
    "clinic": ("the blood tests of a hospital (采血处)", "patients"),
    "telecom": ("the hotline of a telecom operator (客服热线)", "callers"),
    "parcels": ("a parcel station (快递驿站)", "customers"),
}


class SimulationError(Exercise):
    """Mean and half-width of ten replications, the runs for a wanted half-width, the verdict."""

    title = "How exact are ten runs?"
    objective = 4
    level = "medium"
    minutes = 9

    def deal(self, draw: Draw) -> Answers:
        formula = draw.integer(40, 160)  # tenths of a minute
        spread = formula * draw.integer(25, 45) // 100
        shift = draw.choice([0, 0, -1, 1]) * spread * draw.integer(60, 85) // 100
        means = [formula + shift + draw.integer(-spread, spread) for _ in range(RUNS)]
        # The half-width will be about 0.41 of the spread; a part of it is wanted.
        wanted = max(1, 41 * spread // draw.integer(170, 300))
        return {
            "place": draw.choice(list(PLACES)),
            "formula": formula / 10,
            "means": [mean / 10 for mean in means],
            "wanted": wanted / 10,
        }

    def sound(self, p: Any) -> bool:
        # The formula is clearly inside or outside, and some runs more are enough.
        found = estimate(p.means, confidence=CONFIDENCE)
        off = abs(p.formula - found.mean) / found.half_width
        clear = 0.1 < off < 0.85 or 1.15 < off < 2.5
        return clear and 22 <= _runs(p, found.half_width) <= 120 and apart(self, p)

    def question(self, p: Any) -> str:
        where, who = PLACES[p.place]
        return page(
            say(
                "A program simulates {where} (invented). For the same numbers Erlang C says "
                "that the {who} wait {formula} on average. Ten independent replications "
                "(独立重复运行), each of 500 {who} after a warm-up (预热期), give these mean "
                "waits, in minutes:",
                where=where,
                who=who,
                formula=minutes(p.formula),
            ),
            say("{means}.", means=join([str(number(mean)) for mean in p.means])),
            say(
                "For ten values and {sure} confidence, Student's t is {t}.",
                sure=percent(CONFIDENCE),
                t=number(_t(), 3),
            ),
            say(
                "1. What is the mean of the ten?\n"
                "2. What is the half-width of its {sure} confidence interval (置信区间的半宽)?\n"
                "3. How many replications, these ten included, are needed for a half-width of "
                "{wanted} or less? Take t and the standard deviation as they are here.\n"
                "4. What may be said of the formula's value?",
                sure=percent(CONFIDENCE),
                wanted=minutes(p.wanted),
            ),
        )

    def fields(self, p: Any) -> list[Field]:
        said = {
            "agrees": say("It lies inside the interval: these runs do not contradict it"),
            "proved": say("It lies inside the interval: the formula is proved to be right"),
            "differs": say(
                "It lies outside the interval: program and formula differ, or this is one of the "
                "5 in 100 intervals that miss"
            ),
            "refuted": say("It lies outside the interval: the formula is proved to be wrong"),
            "people": say(
                "95 of 100 {who} wait as long as the interval says", who=PLACES[p.place][1]
            ),
        }
        return [
            NumberField("mean", say("Mean of the ten"), unit="min"),
            NumberField("half", say("Half-width"), unit="min", relative=0.01),
            IntegerField("runs", say("Replications in all")),
            ChoiceField("says", say("What may be said"), said),
        ]

    def solve(self, p: Any) -> Answers:
        found = estimate(p.means, confidence=CONFIDENCE)
        return {
            "mean": found.mean,
            "half": found.half_width,
            "runs": _runs(p, found.half_width),
            "says": "agrees" if found.holds(p.formula) else "differs",
        }

    def second(self, p: Any) -> Answers:
        mean, deviation = statistics.fmean(p.means), statistics.stdev(p.means)
        runs = RUNS
        while _t() * deviation / math.sqrt(runs) > p.wanted:
            runs += 1
        # Student's test: how many standard errors the formula is away.
        away = abs(mean - p.formula) / (deviation / math.sqrt(RUNS))
        says = "agrees" if away <= _t() else "differs"
        return {
            "mean": mean,
            "half": _t() * deviation / math.sqrt(RUNS),
            "runs": runs,
            "says": says,
        }

    def accepts(self, p: Any, name: str, value: Any) -> bool | None:
        if name != "runs":
            return None
        # Whoever rounds the half-width on the way may find one run more or fewer.
        half: float = self.solve(p)["half"]
        return _runs(p, 0.995 * half) <= value <= _runs(p, 1.005 * half)

    def _with_half(self, p: Any, half: float) -> Answers:
        """What follows from a wrong half-width."""
        found: Answers = {"half": half, "runs": _runs(p, half)}
        right = self.solve(p)
        says = "agrees" if abs(p.formula - right["mean"]) <= half else "differs"
        if says != right["says"]:
            found["says"] = says
        return found

    @misconception(
        "You left out the root of the number of runs. This shows how far a single run is off; the "
        "mean of ten is more exact."
    )
    def no_root(self, p: Any) -> Answers:
        half: float = self.solve(p)["half"] * math.sqrt(RUNS)
        return {"half": half} | {k: v for k, v in self._with_half(p, half).items() if k == "says"}

    @misconception(
        "You left out t. One standard error to each side holds the true mean in only two of three "
        "cases."
    )
    def standard_error(self, p: Any) -> Answers:
        return self._with_half(p, self.solve(p)["half"] / _t())

    @misconception(
        "You took 1.96, as for very many values. The standard deviation of ten runs is itself "
        "uncertain, and t makes up for that."
    )
    def normal(self, p: Any) -> Answers:
        return {"half": 1.96 * self.solve(p)["half"] / _t()}

    @misconception(
        "You divided the squares by n. The mean is taken from the same runs, so divide by n − 1."
    )
    def by_n(self, p: Any) -> Answers | None:
        right: float = self.solve(p)["half"]
        half = right * math.sqrt(1 - 1 / RUNS)
        # With one decimal the two may look alike; then it says nothing of the thought.
        alike = abs(round(half, 1) - right) < 0.06 or abs(round(right, 1) - half) < 0.06
        return None if alike else {"half": half}

    @misconception(
        "You let the half-width fall in step with the number of runs. It falls with the square "
        "root of that number: half the error costs four times the runs."
    )
    def in_step(self, p: Any) -> Answers:
        return {"runs": math.ceil(RUNS * self.solve(p)["half"] / p.wanted)}

    @misconception("This is how many runs must be added. The question counts the first ten, too.")
    def only_the_new_ones(self, p: Any) -> Answers:
        return {"runs": self.solve(p)["runs"] - RUNS}

    @misconception(
        "You took an interval for a proof. It is about chance alone: a small mistake can hide in "
        "it, and 5 of 100 intervals miss the true value although nothing is wrong."
    )
    def proof(self, p: Any) -> Answers:
        return {"says": "proved" if self.solve(p)["says"] == "agrees" else "refuted"}

    @misconception(
        "You took the interval for the waits of people. It says where the true mean may lie. "
        "Single waits vary much more, however many runs there are."
    )
    def of_people(self, p: Any) -> Answers:
        return {"says": "people"}

    @misconception(
        "You compared the formula with the mean alone. They always differ a little: ask whether "
        "they differ by more than the half-width."
    )
    def mean_alone(self, p: Any) -> Answers | None:
        return {"says": "differs"} if self.solve(p)["says"] == "agrees" else None

    def hints(self, p: Any) -> list[str]:
        return [
            say("Each run counts as one value. So there are ten values, not thousands."),
            say(
                "The standard deviation s of a sample: square the ten differences from the mean, "
                "add them, divide by 9, take the root."
            ),
            say("The half-width is t × s ÷ √n, with n = 10 runs."),
            say(
                "For the third question n is unknown: t × s ÷ √n = {wanted}. Solve for n and "
                "round up. For the fourth, is the formula's value nearer to the mean than the "
                "half-width?",
                wanted=number(p.wanted),
            ),
        ]

    def solution(self, p: Any) -> str:
        right = self.solve(p)
        deviation = statistics.stdev(p.means)
        found = estimate(p.means, confidence=CONFIDENCE)
        inside = right["says"] == "agrees"
        return page(
            say(
                "**Mean.** The ten add up to {sum}: {sum} ÷ 10 = **{mean}**.",
                sum=number(math.fsum(p.means)),
                mean=minutes(right["mean"], 3),
            ),
            say(
                "**Half-width.** The standard deviation is s = {s}. {t} × {s} ÷ √10 = **{half}**. "
                "The interval goes from {low} to {high}.",
                s=number(deviation, 3),
                t=number(_t(), 3),
                half=minutes(right["half"], 3),
                low=minutes(found.low, 2),
                high=minutes(found.high, 2),
            ),
            say(
                "**Replications.** {t} × {s} ÷ √n = {wanted}, so n = ({t} × {s} ÷ {wanted})² = "
                "{exact}, rounded up **{runs}**. It is a guess: the standard deviation of ten runs "
                "is uncertain. With more runs t gets smaller, so a few fewer are enough.",
                t=number(_t(), 3),
                s=number(deviation, 3),
                wanted=number(p.wanted),
                exact=number(RUNS * (right["half"] / p.wanted) ** 2, 2),
                runs=right["runs"],
            ),
            say(
                "**Verdict.** The formula's {formula} lie inside. These runs do not contradict the "
                "formula. That is no proof: a smaller difference than the half-width would not be "
                "seen.",
                formula=minutes(p.formula),
            )
            if inside
            else say(
                "**Verdict.** The formula's {formula} lie outside. Look for a reason: a warm-up "
                "that is too short, a mistake in the program, an assumption of the formula that "
                "does not hold. Or chance: 5 of 100 intervals miss.",
                formula=minutes(p.formula),
            ),
        )


def _t() -> float:
    return student_t(CONFIDENCE, RUNS - 1)


def _runs(p: Any, half: float) -> int:
    """Runs for the wanted half-width, with the same t and standard deviation."""
    return math.ceil(RUNS * (half / p.wanted) ** 2 - 1e-9)
