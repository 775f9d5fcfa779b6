"""Exponential smoothing by hand, and Holt's trend."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from svclab.capacity.demand.smoothing import holt, smoothed
from svclab.practice import Draw, Exercise, Field, NumberField, misconception
from svclab.practice.apart import apart
from svclab.practice.wording import Answers, page, table
from svclab.words import number, say

__all__ = ["SmoothingByHand"]

#: Who forecasts, and what comes. All invented.
PLACES = {
    "clinic": ("An outpatient clinic (门诊, invented) forecasts its patients", "patients"),
    "hall": ("A university's service hall (师生服务大厅, invented) forecasts visits", "visits"),
    "parcels": ("A parcel station (快递驿站, invented) forecasts its parcels", "parcels"),
    "hotline": ("A travel hotline (客服热线, invented) forecasts its calls", "calls"),
    "canteen": ("A small canteen (食堂, invented) forecasts its lunches", "lunches"),
}


class SmoothingByHand(Exercise):
    """Two steps of exponential smoothing, a forecast error, one step of Holt's method."""

    title = "Smoothing by hand"
    objective = 6
    level = "easy"
    minutes = 8

    def deal(self, draw: Draw) -> Answers:
        first, trend = draw.integer(200, 600, 10), draw.integer(4, 20)
        swing = first // 6
        return {
            "place": draw.choice(list(PLACES)),
            "first": first,
            "came": [
                first + draw.integer(-swing // 3, swing),
                first + draw.integer(0, 3 * swing // 2),
            ],
            "alpha": draw.choice([0.2, 0.3, 0.4, 0.6]),
            "trend": trend,
            "beta": draw.choice([0.1, 0.2, 0.3]),
            "ahead": draw.integer(2, 4),
        }

    def sound(self, p: Any) -> bool:
        # Both weeks surprise, the second one upwards, and Holt's trend still rises.
        one, two = p.came
        surprises = min(abs(one - p.first), abs(two - one), abs(two - p.first))
        rises = _holt_step(p)[1] > 1 and self.solve(p)["error"] > 5
        return surprises >= 12 and rises and apart(self, p)

    def question(self, p: Any) -> str:
        who, what = PLACES[p.place]
        return page(
            say(
                "{who} of a week by exponential smoothing (指数平滑法) with α = {alpha}: the "
                "newest week has the weight α. For week 1 it forecast {first} {what}.",
                who=who,
                alpha=number(p.alpha),
                first=p.first,
                what=what,
            ),
            table([say("week"), say("{what} that came", what=what)], list(enumerate(p.came, 1))),
            say(
                "1. After week 2: what does it forecast for week 3?\n"
                "2. How large was the forecast error of week 2? Actual minus forecast, with its "
                "sign."
            ),
            say(
                "Somebody proposes Holt's method (霍尔特法), because the {what} grow. Before week "
                "1 the level is {first} and the trend {trend} a week; α is as before, and the "
                "trend has the weight β = {beta}.",
                what=what,
                first=p.first,
                trend=p.trend,
                beta=number(p.beta),
            ),
            say(
                "3. Take only week 1 into account. What does Holt's method then forecast for week "
                "{week}, which is {ahead} weeks later?",
                week=1 + p.ahead,
                ahead=p.ahead,
            ),
        )

    def fields(self, p: Any) -> list[Field]:
        what = PLACES[p.place][1]
        return [
            _forecast("next", say("Forecast for week 3"), what),
            _forecast("error", say("Error of week 2"), what),
            _forecast("holt", say("Holt's forecast for week {n}", n=1 + p.ahead), what),
        ]

    def solve(self, p: Any) -> Answers:
        levels = smoothed(p.came, p.alpha, start=p.first)
        # After one week only; what comes later does not reach back into it.
        level, trend = _holt_step(p)
        return {
            "next": levels[2],
            "error": p.came[1] - levels[1],
            "holt": level + p.ahead * trend,
        }

    def second(self, p: Any) -> Answers:
        # As weights of the past, in fractions; Holt by its errors, as the chapter's model has it.
        a, b = (Fraction(round(10 * w), 10) for w in (p.alpha, p.beta))
        one, two = p.came
        second = a * one + (1 - a) * p.first
        missed = one - p.first - p.trend
        level, trend = p.first + p.trend + a * missed, p.trend + a * b * missed
        # Weeks that meet their forecasts change neither level nor trend.
        weeks = [one, *(float(level + k * trend) for k in (1, 2, 3))]
        model = holt(
            weeks, 1, alpha=p.alpha, beta=p.beta, level=float(p.first), trend=float(p.trend)
        )
        assert abs(model.values[0] - float(level + 4 * trend)) < 1e-6
        return {
            "next": float(a * two + a * (1 - a) * one + (1 - a) ** 2 * p.first),
            "error": float(two - second),
            "holt": float(level + p.ahead * trend),
        }

    @misconception(
        "You changed the weights round: α belongs to the newest value, the rest to what was "
        "forecast before."
    )
    def weights_swapped(self, p: Any) -> Answers:
        a = 1 - p.alpha
        second = a * p.came[0] + (1 - a) * p.first
        level = a * p.came[0] + (1 - a) * (p.first + p.trend)
        trend = p.beta * (level - p.first) + (1 - p.beta) * p.trend
        return {
            "next": a * p.came[1] + (1 - a) * second,
            "error": p.came[1] - second,
            "holt": level + p.ahead * trend,
        }

    @misconception(
        "You left out a step. The forecast for week 2 is new: it has taken a part of the surprise "
        "of week 1."
    )
    def one_step_only(self, p: Any) -> Answers:
        return {
            "next": p.alpha * p.came[1] + (1 - p.alpha) * p.first,
            "error": p.came[1] - p.first,
        }

    @misconception("You stopped after week 1. This is the forecast for week 2.")
    def stopped_early(self, p: Any) -> Answers:
        return {"next": p.alpha * p.came[0] + (1 - p.alpha) * p.first}

    @misconception(
        "You subtracted the other way round. Actual minus forecast is above zero when more came "
        "than was forecast."
    )
    def sign(self, p: Any) -> Answers:
        return {"error": -self.solve(p)["error"]}

    @misconception(
        "You took the error of the forecast that is made after week 2. A forecast is judged by "
        "what was said before the week."
    )
    def knew_it(self, p: Any) -> Answers:
        return {"error": p.came[1] - self.solve(p)["next"]}

    @misconception(
        "You forgot the trend when the level was corrected. What Holt's method expects for week 1 "
        "is level plus trend."
    )
    def level_without_trend(self, p: Any) -> Answers:
        level = p.alpha * p.came[0] + (1 - p.alpha) * p.first
        trend = p.beta * (level - p.first) + (1 - p.beta) * p.trend
        return {"holt": level + p.ahead * trend}

    @misconception("You added the trend once. The forecast is several weeks ahead.")
    def trend_once(self, p: Any) -> Answers:
        level, trend = _holt_step(p)
        return {"holt": level + trend}

    @misconception(
        "You kept the old trend. A part β of the change of the level goes into the trend, too."
    )
    def old_trend(self, p: Any) -> Answers:
        return {"holt": _holt_step(p)[0] + p.ahead * p.trend}

    @misconception(
        "You took the last change of the level for the trend. The trend is smoothed as well, with "
        "β: a single week moves it only a little."
    )
    def raw_trend(self, p: Any) -> Answers:
        level = _holt_step(p)[0]
        return {"holt": level + p.ahead * (level - p.first)}

    def hints(self, p: Any) -> list[str]:
        return [
            say("New forecast = α × what came + (1 − α) × what was forecast for this week."),
            say(
                "First the forecast for week 2, from week 1. Then the one for week 3, from week 2 "
                "and the forecast that you have just found."
            ),
            say(
                "Holt's method expects level + trend for the next week. New level = α × what came "
                "+ (1 − α) × (old level + old trend)."
            ),
            say(
                "New trend = β × (new level − old level) + (1 − β) × old trend. The forecast is "
                "the new level and {n} times the new trend.",
                n=p.ahead,
            ),
        ]

    def solution(self, p: Any) -> str:
        right = self.solve(p)
        second = smoothed(p.came, p.alpha, start=p.first)[1]
        level, trend = _holt_step(p)
        return page(
            say(
                "**Smoothing.** For week 2: {a} × {one} + {rest} × {first} = {second}. For week "
                "3: {a} × {two} + {rest} × {second} = **{next}**.",
                a=number(p.alpha),
                rest=number(1 - p.alpha),
                one=p.came[0],
                two=p.came[1],
                first=p.first,
                second=number(second, 2),
                next=number(right["next"], 3),
            ),
            say(
                "**Error.** For week 2 it had forecast {second}: {two} − {second} = **{error}**.",
                second=number(second, 2),
                two=p.came[1],
                error=number(right["error"], 2),
            ),
            say(
                "**Holt.** Expected for week 1: {first} + {old} = {expected}. Level: {a} × {one} + "
                "{rest} × {expected} = {level}. Trend: {b} × ({level} − {first}) + {other} × "
                "{old} = {trend}. For week {week}: {level} + {ahead} × {trend} = **{holt}**.",
                first=p.first,
                old=p.trend,
                expected=p.first + p.trend,
                a=number(p.alpha),
                one=p.came[0],
                rest=number(1 - p.alpha),
                level=number(level, 2),
                b=number(p.beta),
                other=number(1 - p.beta),
                trend=number(trend, 3),
                week=1 + p.ahead,
                ahead=p.ahead,
                holt=number(right["holt"], 3),
            ),
        )


def _forecast(name: str, label: str, what: str) -> NumberField:
    return NumberField(name, label, unit=what, relative=0.0, absolute=0.15)


def _holt_step(p: Any) -> tuple[float, float]:
    """Level and trend after week 1."""
    level = p.alpha * p.came[0] + (1 - p.alpha) * (p.first + p.trend)
    return level, p.beta * (level - p.first) + (1 - p.beta) * p.trend
