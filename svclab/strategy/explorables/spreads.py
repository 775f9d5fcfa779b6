"""How an innovation spreads (巴斯扩散模型), and how little the first years tell of its market."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from svclab.explore import (
    Chart,
    Figure,
    Integer,
    Number,
    PointGuess,
    Seed,
    TableView,
    View,
    explorable,
    guess_mark,
    lines,
)
from svclab.strategy.growth import Bass, BassFit, NoFitError, fit_bass
from svclab.words import Quantity, count, number, percent, say

__all__ = ["adoption_curve"]

YEARS = 20
FEWEST = 4  # years that a fit needs
ASKED, P, Q, SHOPS = 6, 0.03, 0.38, 1000  # in the question
MODEL, DATA, FORECAST = "the model", "one possible history", "forecast from the known years"


@dataclass(frozen=True)
class Spread:
    """The model, one possible history of it, and the forecast from its first years."""

    model: Bass
    history: tuple[int, ...]
    known: int  # years that the forecast may use
    fit: BassFit | None
    problem: str  # why there is no forecast

    @property
    def so_far(self) -> list[int]:
        """How many have adopted by the end of each year, beginning with year 0."""
        sums = [0]
        for new in self.history:
            sums.append(sums[-1] + new)
        return sums


@lru_cache(maxsize=128)
def spread(market: int, p: float, q: float, known: int, seed: int) -> Spread:
    """All that a setting shows."""
    model = Bass(market, p, q)
    if known < FEWEST:
        return Spread(model, (), 0, None, "")
    history = tuple(model.simulated(YEARS, seed=seed))
    try:
        fit, problem = fit_bass(history[:known]), ""
    except NoFitError as none:
        fit, problem = None, str(none)
    return Spread(model, history, known, fit, problem)


@explorable(
    title="How fast does an innovation spread, and when could you have known?",
    parameters=[
        Integer(
            name="market", label="Shops that adopt in the end", low=200, high=2000, step=100,
            default=SHOPS,
        ),
        Number(
            name="p", label="Innovation p", unit="a year", low=0.002, high=0.1, step=0.002,
            default=P, help="Share of those without it who take it in a year by themselves.",
        ),
        Number(
            name="q", label="Imitation q", unit="a year", low=0, high=0.8, step=0.02, default=Q,
            help="Times the share of adopters: who take it because others have it. Over 213 cases "
            "the means are p = 0.03 and q = 0.38, with a wide spread (Sultan, Farley and Lehmann "
            "1990).",
        ),
        Integer(
            name="known", label="Years known", unit="years", low=0, high=YEARS, default=0,
            help="From 4 on: one history by chance, and the forecast that its first years give.",
            group="Forecast",
        ),
        Seed(name="seed", label="Which history comes", default=1, group="Forecast"),
    ],
    guess=PointGuess(
        question="Of 1,000 KTV shops, 30 get song choice by phone in the first year by "
        "themselves; imitation is as in most cases. How many have it after 6 years?",
        low=0, high=1000, step=10, unit="shops", x=ASKED, y_label="Shops that have it",
    ),
)  # fmt: skip
def adoption_curve(
    market: int, p: float, q: float, known: int, seed: int, guess: float | None
) -> View:
    """The Bass model: of the shops without it a share p + q × (share of shops with it) adopts in
    a year. The setting is invented."""
    found = spread(market, p, q, known, seed)
    seen = _seen(found)
    if guess is not None:
        seen += " " + _answer(guess)
    return View(
        say=seen,
        figures=_figures(found),
        parts=[_sums(found, guess, alt=seen), _rates(found), _table(found)],
    )


def _years(value: float, digits: int = 1) -> Quantity:
    return Quantity(value, "year", digits, "years")


def _shops(value: float) -> Quantity:
    return count(round(value), "shop")


def _seen(found: Spread) -> str:
    m = found.model
    if m.q > m.p:
        told = say(
            "Of {m}, adoption is fastest after {peak}: {rate} a year. Half have it after {half}, "
            "90% after {late}.",
            m=_shops(m.market), peak=_years(m.peak_time), rate=number(m.peak_rate, 0),
            half=_years(m.time_of(0.5)), late=_years(m.time_of(0.9)),
        )  # fmt: skip
    else:
        told = say(
            "Imitation is no stronger than innovation: of {m}, adoption is fastest at the start, "
            "{rate} a year. Half have it after {half}.",
            m=_shops(m.market), rate=number(m.peak_rate, 0), half=_years(m.time_of(0.5)),
        )  # fmt: skip
    return told if not found.known else say("{told} {fit}", told=told, fit=_forecast(found))


def _forecast(found: Spread) -> str:
    if found.fit is None:
        return say("From {n} there is no forecast: {why}.", n=_years(found.known, 0),
                   why=found.problem)  # fmt: skip
    size = found.fit.model.market
    told = say(
        "From {n} the forecast is {size} in the end, where the truth is {real}.",
        n=_years(found.known, 0), size=_shops(size), real=_shops(found.model.market),
    )  # fmt: skip
    if found.known > found.model.peak_time:
        return told
    if found.fit.after_the_peak:
        return say(
            "{told} It takes the peak to be past, but that comes after {peak}: do not trust it.",
            told=told, peak=_years(found.model.peak_time),
        )  # fmt: skip
    return say("{told} The peak is not in these years: do not trust it.", told=told)


def _answer(guess: float) -> str:
    real = Bass(SHOPS, P, Q).adopted(ASKED)
    return say(
        "Your guess was {guess}; it is {real}. Innovation alone would bring {alone}: the others "
        "imitate.",
        guess=_shops(guess), real=_shops(real), alone=_shops(Bass(SHOPS, P, 0).adopted(ASKED)),
    )  # fmt: skip


def _figures(found: Spread) -> list[Figure]:
    m = found.model
    figures = [
        Figure("peak", "Peak after", _years(m.peak_time),
               help="When adoption is fastest: ln(q / p) / (p + q)."),
        Figure("rate", "At the peak", Quantity(m.peak_rate, "shop a year", 0, "shops a year")),
        Figure("half", "Half have it after", _years(m.time_of(0.5))),
    ]  # fmt: skip
    if found.fit:
        off = found.fit.model.market / m.market - 1
        figures.append(
            Figure("error", "Error of the forecast market", percent(off, 0),
                   tone="bad" if abs(off) > 0.2 else "good",
                   help="Forecast number of shops in the end, against the true one.")
        )  # fmt: skip
    return figures


def _sums(found: Spread, guess: float | None, *, alt: str) -> Chart:
    m, sums = found.model, found.so_far
    rows: list[dict[str, Any]] = [
        {"year": k / 2, "shops": round(m.adopted(k / 2), 3), "line": MODEL}
        for k in range(2 * YEARS + 1)
    ]
    marks: list[dict[str, Any]] = []
    if found.known:
        rows += [{"year": k, "shops": n, "line": DATA} for k, n in enumerate(sums)]
        rows += _extended(found)
        marks.append({"x": found.known, "label": "known until here", "color": "var(--svc-grey)",
                      "at": "end"})  # fmt: skip
    marks.append({"y": m.market, "label": say("all {n}", n=_shops(m.market)),
                  "color": "var(--svc-grey)"})  # fmt: skip
    if guess is not None:
        marks.append(guess_mark(x=ASKED, y=guess))
    return lines(
        rows,
        x=("year", "Years"),
        y=("shops", "Shops that have it"),
        series="line" if found.known else None,
        marks=marks,
        x_domain=(0, YEARS),
        y_domain=(0, 1.15 * max(m.market, guess or 0)),
        clip=True,
        title="How many have it",
        alt=alt,
        height=300,
    )


def _extended(found: Spread) -> list[dict[str, Any]]:
    """The forecast, year by year, from the number that is known."""
    if found.fit is None:
        return []
    sums, fitted = found.so_far, found.fit.model
    now, rows = float(sums[found.known]), []
    for year in range(found.known, YEARS + 1):
        rows.append({"year": year, "shops": round(now, 3), "line": FORECAST})
        chance = min(1.0, max(0.0, fitted.p + fitted.q * now / fitted.market))
        now += chance * max(0.0, fitted.market - now)
    return rows


def _rates(found: Spread) -> Chart:
    m = found.model
    rows: list[dict[str, Any]] = [
        {"year": k / 2, "shops": round(m.rate(k / 2), 3), "line": MODEL}
        for k in range(2 * YEARS + 1)
    ]
    rows += [{"year": k + 0.5, "shops": n, "line": DATA} for k, n in enumerate(found.history)]
    spans = {"x": round(m.peak_time, 3), "y": round(m.peak_rate, 3), "label": "peak"}
    return lines(
        rows,
        x=("year", "Years"),
        y=("shops", "Shops that adopt, a year"),
        series="line" if found.known else None,
        marks=[spans],
        x_domain=(0, YEARS),
        y_domain=(0, 1.2 * max(m.peak_rate, *found.history, 1)),
        title="How many adopt in a year",
        alt=say(
            "Adoptions a year: {rate} at the peak after {peak}.",
            rate=number(m.peak_rate, 0), peak=_years(m.peak_time),
        ),
        height=220,
    )  # fmt: skip


def _table(found: Spread) -> TableView:
    """By year: the model, and the history and the forecast if there are any."""
    m, sums = found.model, found.so_far
    ahead = {row["year"]: row["shops"] for row in _extended(found)}
    columns = [("Year", "", "right"), ("Adopt in it", "shops", "right"),
               ("Have it", "shops", "right"), ("Share", "%", "right")]  # fmt: skip
    if found.known:
        columns += [("History", "shops", "right"), ("Forecast", "shops", "right")]
    rows = []
    for year in range(1, YEARS + 1):
        row: list[Any] = [year, number(m.within(year), 0), number(m.adopted(year), 0),
                          number(100 * m.share(year))]  # fmt: skip
        if found.known:
            row += [sums[year], number(ahead[year], 0) if year in ahead else ""]
        rows.append(row)
    return TableView(
        title="Year by year", columns=columns, rows=rows,
        emphasis=[found.known - 1] if found.known else [],
    )  # fmt: skip
