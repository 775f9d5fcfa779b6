"""KTV by Monte Carlo: many futures of each mode, and the royalty that suits both sides."""

from __future__ import annotations

import math
from bisect import bisect_left
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from svclab.explore import (
    Chart,
    Figure,
    Handle,
    Integer,
    Number,
    NumberGuess,
    Seed,
    TableView,
    View,
    explorable,
    lines,
)
from svclab.strategy.amounts import millions
from svclab.strategy.choices import (
    STATES,
    Compared,
    FeeRange,
    KtvTerms,
    break_even_entry_fee,
    break_even_royalty,
    chain_mean,
    fee_range,
    franchisee_value,
    shop_value,
)
from svclab.strategy.choices import ktv_simulation as simulated
from svclab.strategy.explorables.errors import mean_chart
from svclab.words import number, percent, say

__all__ = ["Futures", "equal_failure", "futures", "ktv_simulation"]

CASE = KtvTerms()
UNIT = "million yuan"
RUNS, SPREAD, MIXED, LUCK = 400, 0.15, 5, 9
HALVINGS = 24  # of the range from 0 to 1
CUTS = 48  # amounts at which the shares of the runs are read
HIGHEST = 12  # percent of royalty
SELF, FRANCHISE, MIX = "self-run", "franchise", "mixed"


@dataclass(frozen=True)
class Futures:
    """The runs of a setting, and what can be said without any."""

    terms: KtvTerms
    mixed: int
    runs: Compared
    fees: FeeRange

    def exact(self, option: str) -> float:
        """Expected worth of an option, million yuan."""
        shops = {SELF: self.terms.shops, FRANCHISE: 0, MIX: self.mixed}[option]
        return chain_mean(self.terms, self_run=shops)


@lru_cache(maxsize=64)
def futures(
    royalty: float, entry_fee: float, failure: float, franchise_failure: float, spread: float,
    mixed: int, runs: int, seed: int,
) -> Futures:  # fmt: skip
    """All that a setting shows; shares from 0 to 1, amounts in million yuan."""
    terms = KtvTerms(
        royalty=royalty, entry_fee=entry_fee, failure=failure, franchise_failure=franchise_failure
    )
    found = simulated(terms, mixed=mixed, runs=runs, seed=seed, spread=spread)
    return Futures(terms, mixed, found, fee_range(terms))


@explorable(
    title="What can come of self-run and of franchise, and which fee suits both sides?",
    parameters=[
        Number(
            name="royalty", label="Royalty", unit="% of revenue", low=0, high=HIGHEST, step=0.5,
            default=100 * CASE.royalty,
        ),
        Number(
            name="entry_fee", label="Entry fee", unit="million yuan a shop", low=0, high=1,
            step=0.05, default=CASE.entry_fee,
        ),
        Number(
            name="failure", label="Self-run shops that close", unit="% a year", low=0, high=20,
            step=1, default=100 * CASE.failure,
        ),
        Number(
            name="franchise_failure", label="Franchise shops that close", unit="% a year", low=0,
            high=20, step=1, default=100 * CASE.franchise_failure,
        ),
        Integer(
            name="mixed", label="Self-run shops in the mix", unit="of 10", low=0, high=10,
            default=MIXED, help="The others are franchised.",
        ),
        Number(
            name="spread", label="Plans miss by up to", unit="%", low=0, high=50, step=5,
            default=100 * SPREAD, help="Revenue and fixed cost, above or below plan.",
            group="Runs",
        ),
        Integer(
            name="runs", label="Runs", low=50, high=600, step=50, default=RUNS, group="Runs",
        ),
        Seed(name="seed", label="Which futures come", default=LUCK, group="Runs"),
    ],
    guess=NumberGuess(
        question="Ten self-run shops are worth 7.7 million yuan on average, ten franchised ones "
        "5.9 million. In how many of 100 possible futures does self-run bring less than franchise?",
        low=0, high=100, step=1, unit="of 100",
    ),
)  # fmt: skip
def ktv_simulation(
    royalty: float, entry_fee: float, failure: float, franchise_failure: float, mixed: int,
    spread: float, runs: int, seed: int, guess: float | None,
) -> View:  # fmt: skip
    """Ten KTV shops in many possible futures; all numbers are invented. Each run draws a market,
    how far plans are missed, and which shops close."""
    found = futures(
        royalty / 100, entry_fee, failure / 100, franchise_failure / 100, spread / 100, mixed,
        runs, seed,
    )  # fmt: skip
    seen = _seen(found)
    if guess is not None:
        seen = say("{seen} {answer}", seen=seen, answer=_answer(guess))
    return View(
        say=seen,
        warning=_warning(found),
        figures=_figures(found),
        parts=[
            _shares(found, seen),
            _means(found),
            _fees(found),
            _spread_table(found),
            _turning(found),
        ],
    )


def _behind(found: Futures) -> float:
    """Share of the runs in which self-run brings less than franchise."""
    return found.runs.chance_better(FRANCHISE, SELF)


def _seen(found: Futures) -> str:
    gap = found.runs.difference(SELF, FRANCHISE)
    first, second = (SELF, FRANCHISE) if gap.mean >= 0 else (FRANCHISE, SELF)
    told = say(
        "In {n} runs {a} brings {gap} ± {error} more than {b} on average. Self-run loses money in "
        "{loss} of them and brings less than franchise in {behind}.",
        n=len(gap.values), a=first, b=second, gap=number(abs(gap.mean), 2),
        error=millions(gap.standard_error),
        loss=percent(found.runs.results[SELF].chance_below(0), 0),
        behind=percent(_behind(found), 0),
    )  # fmt: skip
    if abs(gap.mean) < 2 * gap.standard_error:
        told = say("{told} The difference is within two standard errors: luck could turn it.",
                   told=told)  # fmt: skip
    mix = found.runs.results[MIX]
    return say(
        "{told} The mix of {own} self-run and {others} franchised shops brings {mean} on average, "
        "and its futures spread by {spread} (standard deviation). {fees}",
        told=told, own=found.mixed, others=found.terms.shops - found.mixed,
        mean=number(mix.mean, 2), spread=millions(mix.deviation), fees=found.fees.sentence,
    )  # fmt: skip


def _answer(guess: float) -> str:
    base = futures(CASE.royalty, CASE.entry_fee, CASE.failure, CASE.franchise_failure, SPREAD,
                   MIXED, RUNS, LUCK)  # fmt: skip
    share = _behind(base)
    error = math.sqrt(share * (1 - share) / RUNS)
    return say(
        "Your guess was {guess} of 100; {runs} runs say {real} ± {error}. A better mean is no "
        "promise for one future.",
        guess=number(guess, 0), runs=RUNS, real=number(100 * share, 0),
        error=number(100 * error, 0),
    )  # fmt: skip


def _warning(found: Futures) -> str:
    worth = franchisee_value(found.terms)
    if worth >= 0:
        return ""
    return say(
        "No franchisee would sign: a shop would cost it {loss}. Lower the fees.",
        loss=millions(-worth),
    )


def _figures(found: Futures) -> list[Figure]:
    own, other = (found.runs.results[name] for name in (SELF, FRANCHISE))
    return [
        Figure("self_run", "Self-run, mean", millions(own.mean),
               help="Of the runs; the picture of the means shows how well it is known."),
        Figure("error", "Its standard error", millions(own.standard_error),
               help="Standard deviation of the runs, divided by the root of their number."),
        Figure("franchise", "Franchise, mean", millions(other.mean)),
        Figure("loss", "Self-run loses money in", percent(own.chance_below(0), 0)),
        Figure("royalty", "Headquarters wants",
               percent(found.fees.lowest) if found.fees.lowest > 0 else "any royalty",
               help="From this royalty on franchise is better for it than self-run, and than to "
               "open none, on average."),
        Figure("bearable", "A franchisee bears", percent(found.fees.highest),
               "good" if found.fees.open else "bad"),
    ]  # fmt: skip


def _shares(found: Futures, seen: str) -> Chart:
    """For each amount, the share of the runs that bring less."""
    ordered = {name: sorted(r.values) for name, r in found.runs.results.items()}
    low = min(values[0] for values in ordered.values())
    high = max(values[-1] for values in ordered.values())
    step = (high - low) / (CUTS - 1) or 1.0
    rows = [
        {"amount": round(low + k * step, 3), "mode": name,
         "share": round(100 * bisect_left(values, low + k * step) / len(values), 3)}
        for name, values in ordered.items() for k in range(CUTS)
    ]  # fmt: skip
    return lines(
        rows,
        x=("amount", "Amount, million yuan"),
        y=("share", "Runs that bring less, %"),
        series="mode",
        marks=[{"x": 0.0, "label": "", "color": "var(--svc-grey)"}],
        y_domain=(0, 100),
        zero=False,
        title="How many runs bring less than an amount; left of the dashed line is a loss",
        alt=say("The share of the runs below each amount, for each mode. {seen}", seen=seen),
        height=280,
    )


def _means(found: Futures) -> Chart:
    shown = {name: (r.estimate(), found.exact(name)) for name, r in found.runs.results.items()}
    return mean_chart(
        shown,
        what="Mode",
        value="Worth, million yuan",
        title="Mean of the runs with its 95% interval; the upright tick is the exact mean",
        alt=say(
            "Means of the runs: {rows}.",
            rows="; ".join(
                say("{name} {low} to {high}, exactly {exact}", name=name, low=number(m.low, 2),
                    high=number(m.high, 2), exact=number(exact, 2))
                for name, (m, exact) in shown.items()
            ),
        ),
    )  # fmt: skip


def _per_shop(terms: KtvTerms) -> tuple[float, float]:
    """What franchise brings more than self-run, or than none if self-run would lose money, to
    headquarters; and a shop to its franchisee."""
    more = chain_mean(terms, self_run=0) - max(0.0, chain_mean(terms, self_run=terms.shops))
    return more / terms.shops, franchisee_value(terms)


def _fees(found: Futures) -> Chart:
    """Both sides against the royalty: straight lines, one up and one down."""
    ours, theirs = "headquarters", "franchisee"
    here = round(100 * found.terms.royalty, 6)
    rows: list[dict[str, Any]] = []
    path = []
    for x in sorted({0.0, here, float(HIGHEST)}):
        us, them = _per_shop(replace(found.terms, royalty=round(x / 100, 12)))
        rows += [{"royalty": x, "worth": round(us, 4), "side": ours},
                 {"royalty": x, "worth": round(them, 4), "side": theirs}]  # fmt: skip
        path.append((x, round(us, 4)))
    rows.sort(key=lambda row: row["side"] != ours)
    worths = [row["worth"] for row in rows]
    low, high = min(0.0, *worths), max(0.0, *worths)
    left, right = max(0.0, 100 * found.fees.lowest), min(HIGHEST, 100 * found.fees.highest)
    deal = [{"x": round(x, 4), "low": low, "high": high} for x in (left, right)]
    return lines(
        rows,
        x=("royalty", "Royalty, % of revenue"),
        y=("worth", "Worth of a shop, million yuan"),
        series="side",
        marks=[{"y": 0.0, "label": "", "color": "var(--svc-grey)"}],
        band=deal if left < right else [],
        x_domain=(0, HIGHEST),
        x_axis={"tickMinStep": 1},
        handles=[Handle(parameter="royalty", x=here, y=dict(path)[here], path=path)],
        title=say("What a franchise shop is worth: to headquarters, more than {other}; to a "
                  "franchisee. {verdict} Drag the point",
                  other="a self-run one" if chain_mean(found.terms, self_run=found.terms.shops) > 0
                  else "no shop",
                  verdict="Both gain where it is shaded." if left < right
                  else "No royalty suits both."),
        alt=found.fees.sentence,
        height=260,
    )  # fmt: skip


def _spread_table(found: Futures) -> TableView:
    rows: list[list[Any]] = []
    for name, r in found.runs.results.items():
        label = name
        if name == MIX:
            label = say("mixed, {n} own", n=found.mixed)
        rows.append([
            label, number(r.mean, 2), number(r.standard_error, 2), number(r.deviation, 1),
            say("{low} to {high}", low=number(r.quantile(0.05), 1),
                high=number(r.quantile(0.95), 1)),
            number(100 * r.chance_below(0)),
        ])  # fmt: skip
    return TableView(
        title=say("The runs in numbers, {unit}: the mean with its standard error, the standard "
                  "deviation, and what 90 of 100 runs bring", unit=UNIT),
        columns=[
            ("Mode", "", "left"), ("Mean", "", "right"), ("Its error", "", "right"),
            ("Spread", "", "right"), ("90 of 100 within", "", "right"), ("A loss in", "%", "right"),
        ],
        rows=rows,
    )  # fmt: skip


def equal_failure(terms: KtvTerms) -> float | None:
    """The yearly chance that a self-run shop closes at which both modes are worth the same.

    As :func:`svclab.strategy.choices.break_even_failure`, in fewer steps: it follows a slider.

    Returns
    -------
    float or None
        None if one mode is better whatever that chance is.

    Examples
    --------
    >>> round(equal_failure(KtvTerms()), 4)
    0.0704
    """
    v = 1 / (1 + terms.discount)
    shops = math.fsum(n * v**year for year, n in enumerate(terms.openings))
    franchise = chain_mean(terms, self_run=0)

    def lead(failure: float) -> float:
        other = replace(terms, failure=failure)
        worths = [terms.market[s] * shop_value(other, SELF, s) for s in STATES]
        return shops * math.fsum(worths) - franchise

    low, high = 0.0, 1.0
    if lead(low) < 0 or lead(high) > 0:
        return None
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        low, high = (middle, high) if lead(middle) > 0 else (low, middle)
    return (low + high) / 2


def _turning(found: Futures) -> TableView:
    """Where both modes are worth the same on average."""
    terms = found.terms
    failure = equal_failure(terms)
    rows = [
        ["royalty", percent(terms.royalty, 2), percent(break_even_royalty(terms), 2)],
        ["entry fee a shop", millions(terms.entry_fee), millions(break_even_entry_fee(terms))],
        ["self-run shops that close in a year", percent(terms.failure, 2),
         say("nowhere") if failure is None else percent(failure, 2)],
    ]  # fmt: skip
    return TableView(
        title="Where self-run and franchise are worth the same on average",
        columns=[("Number", "", "left"), ("Now", "", "right"), ("Break-even", "", "right")],
        rows=[[str(text) for text in row] for row in rows],
    )
