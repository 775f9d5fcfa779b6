"""Exponential smoothing: how much to believe the newest number."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from svclab import data
from svclab.capacity.demand.errors import mae
from svclab.capacity.demand.flights import per_day
from svclab.capacity.demand.forecasting import Forecast
from svclab.capacity.demand.smoothing import exponential_smoothing, holt
from svclab.explore import (
    Chart,
    Choice,
    ChoiceGuess,
    Figure,
    Handle,
    Number,
    View,
    explorable,
    lines,
)
from svclab.words import Quantity, number, percent, say

SERIES = {
    "enrolment": "Enrolment, 7 years",
    "weeks": "JFK, 52 weeks",
    "days": "JFK, 91 days",
}
GUESSES = {"low": "near 0", "middle": "about 0.5", "high": "near 1"}
JUDGED = 2  # the first two values start the methods and are not judged
TRIED = [k / 50 for k in range(51)]  # values of α


@dataclass(frozen=True)
class Series:
    """A past, and how to speak of it."""

    first: int  # number of the first period
    values: tuple[float, ...]
    period: str  # such as "year"
    axis: str
    what: str  # what is counted, on the axis
    unit: str  # the same in a sentence


@lru_cache(maxsize=8)
def series(name: str) -> Series:
    """One of the series to forecast."""
    if name == "enrolment":
        rows = data.rows("ningbo-enrolment")
        first, totals = rows[0]["year"], tuple(float(row["total"]) for row in rows)
        return Series(first, totals, "year", "Year", "Students enrolled", "students")
    days = list(per_day().values())
    if name == "weeks":
        weeks = tuple(float(sum(days[k : k + 7])) for k in range(0, 364, 7))
        return Series(1, weeks, "week", "Week of 2013", "Departures a week", "departures")
    spring = tuple(float(n) for n in days[90:181])  # 1 April to 30 June
    return Series(1, spring, "day", "Days from 1 April 2013", "Departures a day", "departures")


def smoothed_by(values: Sequence[float], alpha: float, beta: float | None) -> Forecast:
    """One period ahead, with a level only or with a trend too."""
    if beta is None:
        return exponential_smoothing(values, 1, alpha=alpha)
    return holt(values, 1, alpha=alpha, beta=beta)


def error(values: Sequence[float], fitted: Sequence[float | None]) -> float:
    """Mean absolute error of one-step forecasts, from the third value on."""
    return mae(values[JUDGED:], [f for f in fitted[JUDGED:] if f is not None])


def mean_error(values: Sequence[float], fitted: Sequence[float | None]) -> float:
    """Mean of actual less forecast, from the third value on."""
    errors = [y - f for y, f in zip(values, fitted, strict=True) if f is not None]
    return math.fsum(errors[JUDGED:]) / len(errors[JUDGED:])


def naive_error(values: Sequence[float]) -> float:
    """The same for the naive forecast: the value before."""
    return mae(values[JUDGED:], values[JUDGED - 1 : -1])


@lru_cache(maxsize=32)
def errors_by_alpha(name: str, beta: float | None) -> tuple[float, ...]:
    """The mean absolute error for every α of the curve."""
    values = series(name).values
    return tuple(error(values, smoothed_by(values, a, beta).fitted) for a in TRIED)


@explorable(
    title="Exponential smoothing: how much do you believe the newest number?",
    parameters=[
        Choice(
            name="past",
            label="Past",
            options=SERIES,
            default="enrolment",
            help="A distance university, 1999 to 2005; and scheduled flights of 2013 from JFK, a "
            "week, or a day from April to June.",
        ),
        Choice(
            name="method",
            label="Method",
            options={"level": "Level only", "trend": "Level and trend (Holt)"},
            default="level",
        ),
        Number(
            name="alpha", label="α, weight of the newest value", low=0, high=1, step=0.02,
            default=0.3, help="0 never learns; 1 forgets all but the last value.",
        ),
        Number(
            name="beta", label="β, weight of the newest rise", low=0, high=1, step=0.05,
            default=0.3, help="How fast the trend follows.", shown_if=("method", "trend"),
        ),
    ],
    guess=ChoiceGuess(
        question="Enrolment grew from 717 to 9,705 in six years. With a level and no trend, which "
        "α made the mean error smallest?",
        options=GUESSES,
    ),
)  # fmt: skip
def smoothing(past: str, method: str, alpha: float, beta: float, guess: str | None) -> View:
    """One-step forecasts: each point of the line used only what came before it."""
    known = series(past)
    weight = beta if method == "trend" else None
    forecast = smoothed_by(known.values, alpha, weight)
    wrong, naive = error(known.values, forecast.fitted), naive_error(known.values)
    curve = errors_by_alpha(past, weight)
    best = TRIED[min(range(len(TRIED)), key=curve.__getitem__)]
    bias = mean_error(known.values, forecast.fitted)
    seen = _seen(known, method, alpha, wrong, naive, best, bias)
    if past == "days":
        seen += " " + say("The dips are Saturdays: a season that neither method knows.")
    if guess is not None:
        found = errors_by_alpha("enrolment", None)
        real = TRIED[min(range(len(TRIED)), key=found.__getitem__)]
        seen += " " + say(
            "For enrolment your guess was {guess}; the best is {real}. A level runs behind a "
            "series that grows, whatever its weight.",
            guess=GUESSES[guess],
            real=number(real, 2),
        )
    return View(
        say=seen,
        warning=_warning(known, alpha, method),
        figures=_figures(known, forecast, wrong, naive, best, bias),
        parts=[
            _past_chart(known, forecast, seen),
            _error_chart(known, curve, alpha, wrong, naive, best),
        ],
    )


def _things(past: Series, value: float) -> Quantity:
    return Quantity(value, past.unit, 0 if abs(value) >= 100 else 1)


def _seen(
    past: Series, method: str, alpha: float, wrong: float, naive: float, best: float, bias: float
) -> str:
    gain = 1 - wrong / naive
    if abs(gain) < 5e-4:
        verdict = say("the same as the naive forecast, which is the value before")
    elif gain > 0:
        verdict = say(
            "{share} less than the naive forecast with {naive}",
            share=percent(gain, 0),
            naive=_things(past, naive),
        )
    else:
        verdict = say(
            "more than the naive forecast with {naive}: it is not beaten",
            naive=_things(past, naive),
        )
    first = say(
        "With α = {alpha} the forecasts for the next {period} miss by {wrong} on average, "
        "{verdict}. {which} is smallest at α = {best}.",
        alpha=number(alpha, 2),
        period=past.period,
        wrong=_things(past, wrong),
        verdict=verdict,
        which=say("With this trend the error") if method == "trend" else say("The error"),
        best=number(best, 2),
    )
    if abs(bias) < 0.99 * wrong:  # some forecasts are too high, others too low
        return first
    return (
        first
        + " "
        + say(
            "All forecasts are too {side}: the level runs behind. Try a trend.",
            side="low" if bias > 0 else "high",
        )
    )


def _warning(past: Series, alpha: float, method: str) -> str:
    if alpha == 0 and method == "level":
        return say("With α = 0 the first {period} is the forecast for ever: choose more.",
                   period=past.period)  # fmt: skip
    return ""


def _figures(
    past: Series, forecast: Forecast, wrong: float, naive: float, best: float, bias: float
) -> list[Figure]:
    low, high = max(0.0, forecast.lower[0]), forecast.upper[0]
    ends = say("{low} to {high}", low=_things(past, low).text, high=_things(past, high))
    return [
        Figure(
            "mae",
            "Mean absolute error",
            _things(past, wrong),
            "good" if wrong < naive * (1 - 5e-4) else "",
            "Of the forecasts for the next period, from the third value on.",
        ),
        Figure(
            "naive",
            "Error of the naive forecast",
            _things(past, naive),
            help=say(
                "It says: next as now. With a level only, α = 1 is the same. {verdict}",
                verdict=_better(wrong, naive),
            ),
        ),
        Figure(
            "best", "Best α here", number(best, 2), help="Found on the same values: flattering."
        ),
        Figure(
            "bias",
            say("Forecasts too low by") if bias >= 0 else say("Forecasts too high by"),
            _things(past, abs(bias)),
            help="The mean error: what came less the forecast, with its sign, on average.",
        ),
        Figure("next", say("Next {period}", period=past.period), _things(past, forecast.values[0])),
        Figure(
            "ends",
            "Prediction interval for it, 95%",
            ends,
            help="If the errors go on as they were; a turning point is not in them.",
        ),
    ]


def _better(wrong: float, naive: float) -> str:
    """Which of the two misses by less."""
    if abs(1 - wrong / naive) < 5e-4:
        return say("Here both miss by the same.")
    if wrong < naive:
        return say("Here smoothing is better.")
    return say("Here the naive forecast is better.")


def _scale(past: Series, following: float) -> tuple[float, float]:
    """From zero, unless the series lies far above it: then as high as what is to be seen."""
    low, high = min(*past.values, following), max(*past.values, following)
    if low < 0.5 * high:
        return 0.0, math.ceil(1.1 * high / 10) * 10
    room = 0.15 * (high - low)
    step = 10 ** math.floor(math.log10(max(10 * room, 1.0))) / 10
    return math.floor((low - room) / step) * step, math.ceil((high + room) / step) * step


def _past_chart(past: Series, forecast: Forecast, alt: str) -> Chart:
    came, said = say("what came"), say("forecast made before")
    periods = range(past.first, past.first + len(past.values) + 1)
    rows: list[dict[str, Any]] = [
        {"period": t, "value": y, "line": came} for t, y in zip(periods, past.values, strict=False)
    ]
    ahead = [*forecast.fitted, forecast.values[0]]
    rows += [
        {"period": t, "value": round(f, 6), "line": said}
        for t, f in zip(periods, ahead, strict=True)
        if f is not None
    ]
    low, top = _scale(past, forecast.values[0])
    return lines(
        rows,
        x=("period", past.axis),
        y=("value", past.what),
        series="line",
        marks=[
            {"x": periods[-1], "y": round(forecast.values[0], 6), "label": say("next"),
             "side": "left"}
        ],
        x_axis={"format": "d", "tickMinStep": 1},
        x_domain=(periods[0], periods[-1]),
        y_domain=(low, top),
        clip=True,
        zero=False,
        y_zero=low == 0,
        alt=say("What came and what was forecast. {seen}", seen=alt),
        height=280,
    )  # fmt: skip


def _error_chart(
    past: Series,
    curve: Sequence[float],
    alpha: float,
    wrong: float,
    naive: float,
    best: float,
) -> Chart:
    top = 1.6 * max(naive, min(curve), min(wrong, 3 * naive))
    path = [(a, min(top, e)) for a, e in zip(TRIED, curve, strict=True)]
    return lines(
        [{"alpha": a, "error": round(e, 6)} for a, e in zip(TRIED, curve, strict=True)],
        x=("alpha", "α"),
        x_axis={"format": ".1f", "tickCount": 6},
        y=("error", "Mean absolute error"),
        marks=[
            {"y": naive},
            {"x": best, "y": min(curve), "shape": "diamond", "color": "var(--svc-green)"},
        ],
        x_domain=(0, 1),
        y_domain=(0, top),
        clip=True,
        handles=[Handle(parameter="alpha", x=alpha, y=min(top, wrong), path=path)],
        title=say(
            "Which α would have been best? Diamond: {best}. Dashed line: the naive forecast",
            best=number(best, 2),
        ),
        alt=say(
            "The mean absolute error for every α; it is smallest at {best}. A line at {naive}, "
            "the error of the naive forecast.",
            best=number(best, 2),
            naive=_things(past, naive),
        ),
        height=220,
    )  # fmt: skip


__all__ = ["error", "errors_by_alpha", "naive_error", "series", "smoothed_by", "smoothing"]
