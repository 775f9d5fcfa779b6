"""A forecast against the naive one: whether the trouble is worth it."""

from __future__ import annotations

import math
from fractions import Fraction
from itertools import pairwise
from typing import Any

from svclab.capacity.demand.errors import compare, mae, rmse
from svclab.practice import ChoiceField, Draw, Exercise, Field, NumberField, misconception
from svclab.practice.apart import apart
from svclab.practice.wording import Answers, page, table
from svclab.words import join, number, say

__all__ = ["BeatNaive"]

PAST = 7
JUDGED = 5

#: Who forecasts by what, and what comes. All invented.
PLACES = {
    "clinic": ("A clinic (invented) pays for a program that forecasts its patients", "patients"),
    "hotel": ("A hotel (invented) lets its manager forecast the guests", "guests"),
    "hall": (
        "A government service hall (政务服务大厅, invented) forecasts its visitors",
        "visitors",
    ),
    "parcels": ("A parcel station (快递驿站, invented) forecasts its parcels", "parcels"),
    "platform": ("A learning platform (invented) forecasts its new students", "students"),
}


class BeatNaive(Exercise):
    """MAE of a method and of the naive forecast, MASE, and what they say."""

    title = "Does it beat the naive forecast?"
    objective = 6
    level = "medium"
    minutes = 10

    def deal(self, draw: Draw) -> Answers:
        usual = draw.integer(200, 600, 10)
        swing = usual * draw.integer(6, 14) // 100
        # The judged weeks may be calmer or wilder than the weeks before.
        later = swing * draw.choice([50, 100, 160]) // 100
        missed = later * draw.choice([60, 80, 110, 140, 180]) // 100
        came = [usual + draw.integer(-swing, swing) for _ in range(PAST)]
        came += [usual + draw.integer(-later, later) for _ in range(JUDGED)]
        forecast = [week + draw.integer(-missed, missed) for week in came[PAST:]]
        return {"place": draw.choice(list(PLACES)), "came": came, "forecast": forecast}

    def sound(self, p: Any) -> bool:
        # One of the two is clearly better; errors of both signs; no week repeats itself.
        method, benchmark = self._maes(p)
        errors = [y - f for y, f in zip(p.came[PAST:], p.forecast, strict=True)]
        if any(a == b for a, b in pairwise(p.came)) or 0 in errors:
            return False
        clear = abs(method - benchmark) > 0.1 * max(method, benchmark)
        return clear and min(errors) < 0 < max(errors) and apart(self, p)

    def _maes(self, p: Any) -> tuple[float, float]:
        """Mean absolute error of the method and of the naive forecast, in the judged weeks."""
        actual = p.came[PAST:]
        return mae(actual, p.forecast), mae(actual, p.came[PAST - 1 : -1])

    def question(self, p: Any) -> str:
        who, what = PLACES[p.place]
        rows = [
            (PAST + k, came, said)
            for k, (came, said) in enumerate(zip(p.came[PAST:], p.forecast, strict=True), 1)
        ]
        return page(
            say(
                "{who} of the next week. In the first seven weeks came {past} {what}. Since then "
                "each week was forecast at the end of the week before:",
                who=who,
                past=join([str(number(n)) for n in p.came[:PAST]]),
                what=what,
            ),
            table([say("week"), say("came"), say("forecast")], rows),
            say(
                "The naive forecast (朴素预测) says for each week what came in the week before.\n\n"
                "1. What is the mean absolute error (MAE, 平均绝对误差) of the forecasts in weeks "
                "8 to 12?\n"
                "2. And that of the naive forecast in the same weeks?\n"
                "3. What is the MASE of the forecasts: their MAE, divided by the MAE of the naive "
                "forecast in the *first seven* weeks?\n"
                "4. Is the forecast worth its trouble, and which fact shows it?"
            ),
        )

    def fields(self, p: Any) -> list[Field]:
        what = PLACES[p.place][1]
        says = {
            "yes": say("Yes: in the same weeks its MAE is smaller than that of the naive forecast"),
            "no": say("No: in the same weeks the naive forecast has the smaller MAE, and is free"),
            "small": say("Yes: its errors are small, compared with what comes in a week"),
            "cancel": say("Yes: too high and too low nearly cancel each other"),
        }
        return [
            NumberField("method", say("MAE of the forecasts"), unit=what),
            NumberField("naive", say("MAE of the naive forecast"), unit=what),
            NumberField("mase", say("MASE of the forecasts"), relative=0.01),
            ChoiceField("worth", say("Worth its trouble?"), says),
        ]

    def solve(self, p: Any) -> Answers:
        actual, past = p.came[PAST:], p.came[:PAST]
        forecasts = {"method": p.forecast, "naive": p.came[PAST - 1 : -1]}
        rows = compare(actual, forecasts, benchmark="naive", training=past)
        found = {str(row["method"]): row for row in rows}
        return {
            "method": found["method"]["mae"],
            "naive": found["naive"]["mae"],
            "mase": found["method"]["mase"],
            "worth": "yes" if found["method"]["worth it"] else "no",
        }

    def second(self, p: Any) -> Answers:
        # Whole numbers, week by week; the larger minus the smaller.
        wrong = [max(y, f) - min(y, f) for y, f in zip(p.came[PAST:], p.forecast, strict=True)]
        steps = [max(a, b) - min(a, b) for a, b in pairwise(p.came)]
        past, later = steps[: PAST - 1], steps[PAST - 1 :]
        scaled = Fraction(sum(wrong) * len(past), JUDGED * sum(past))
        return {
            "method": sum(wrong) / JUDGED,
            "naive": sum(later) / JUDGED,
            "mase": float(scaled),
            "worth": "yes" if sum(wrong) < sum(later) else "no",
        }

    @misconception(
        "You added the errors with their signs. Too high and too low then cancel each other: take "
        "the size of each error."
    )
    def signs_kept(self, p: Any) -> Answers:
        errors = [y - f for y, f in zip(p.came[PAST:], p.forecast, strict=True)]
        return {"method": abs(sum(errors)) / JUDGED}

    @misconception("You took the root of the mean square. The MAE is the mean of the sizes.")
    def root_mean_square(self, p: Any) -> Answers:
        actual = p.came[PAST:]
        return {
            "method": rmse(actual, p.forecast),
            "naive": rmse(actual, p.came[PAST - 1 : -1]),
        }

    @misconception(
        "You kept the last of the first seven weeks for all judged weeks. The naive forecast is "
        "renewed every week, as the other one is."
    )
    def never_renewed(self, p: Any) -> Answers:
        return {"naive": mae(p.came[PAST:], [p.came[PAST - 1]] * JUDGED)}

    @misconception("You left out week 8. Its naive forecast is there: what came in week 7.")
    def first_left_out(self, p: Any) -> Answers:
        return {"naive": mae(p.came[PAST + 1 :], p.came[PAST:-1])}

    @misconception(
        "You divided by the MAE of the naive forecast in the judged weeks. That is a fair "
        "comparison, too, but the MASE takes the weeks before as its scale."
    )
    def same_weeks(self, p: Any) -> Answers:
        method, benchmark = self._maes(p)
        return {"mase": method / benchmark}

    @misconception("You divided the other way round. Below 1 shall be good.")
    def upside_down(self, p: Any) -> Answers:
        return {"mase": 1 / self.solve(p)["mase"]}

    @misconception(
        "You judged by the MASE alone. Its scale comes from other weeks, and these were calmer or "
        "wilder: compare both forecasts in the same weeks."
    )
    def by_mase(self, p: Any) -> Answers | None:
        right = self.solve(p)
        says = "yes" if right["mase"] < 1 else "no"
        return {"worth": says} if says != right["worth"] else None

    @misconception(
        "You judged by the errors alone. Where little changes from week to week even the naive "
        "forecast has small errors, and it is free."
    )
    def looks_small(self, p: Any) -> Answers:
        return {"worth": "small"}

    @misconception(
        "Errors that cancel each other show that the forecast is not biased. Each week was wrong "
        "all the same, and staff was planned for it."
    )
    def cancels(self, p: Any) -> Answers:
        return {"worth": "cancel"}

    def hints(self, p: Any) -> list[str]:
        return [
            say("An error is what came minus what was forecast. For the MAE drop the sign."),
            say(
                "Write a third column: the naive forecast of week 8 is what came in week 7, that "
                "of week 9 what came in week 8, and so on. There are five errors."
            ),
            say(
                "For the MASE look at the changes from one week to the next among the first seven. "
                "There are six. Their mean size is the scale."
            ),
            say(
                "For the last question compare the first two answers: both are about the same five "
                "weeks."
            ),
        ]

    def solution(self, p: Any) -> str:
        right = self.solve(p)
        naive, rows = p.came[PAST - 1 : -1], []
        for k, (y, f, n) in enumerate(zip(p.came[PAST:], p.forecast, naive, strict=True), 1):
            rows.append((PAST + k, y, f, abs(y - f), n, abs(y - n)))
        head = ["week", "came", "forecast", "size of its error", "naive", "size of its error"]
        wrong, free = [row[3] for row in rows], [row[5] for row in rows]
        steps = [abs(b - a) for a, b in pairwise(p.came[:PAST])]
        return page(
            table([say(word) for word in head], rows),
            say(
                "**MAE.** The forecasts: {sum} ÷ 5 = **{method}**. The naive forecast: {free} ÷ 5 "
                "= **{naive}**.",
                sum=sum(wrong),
                method=number(right["method"]),
                free=sum(free),
                naive=number(right["naive"]),
            ),
            say(
                "**MASE.** From week 1 to week 7 the changes were {steps}: {sum} ÷ 6 = {scale}. "
                "{method} ÷ {scale} = **{mase}**.",
                steps=join([str(number(step)) for step in steps]),
                sum=sum(steps),
                scale=number(math.fsum(steps) / (PAST - 1), 3),
                method=number(right["method"]),
                mase=number(right["mase"], 3),
            ),
            say(
                "**Verdict.** {method} is smaller than {naive}: it is worth its trouble, as far as "
                "five weeks can tell.",
                method=number(right["method"]),
                naive=number(right["naive"]),
            )
            if right["worth"] == "yes"
            else say(
                "**Verdict.** {method} is larger than {naive}: whoever takes last week's number "
                "does better, and it costs nothing.",
                method=number(right["method"]),
                naive=number(right["naive"]),
            ),
        )
