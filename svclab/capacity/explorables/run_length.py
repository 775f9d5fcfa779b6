"""Warm-up and run length: what a simulation may say, and when it may say nothing."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import accumulate
from typing import Any

from svclab.capacity.explorables.amounts import with_error
from svclab.capacity.queues.markovian import mm1
from svclab.capacity.simulation.precision import customers_needed
from svclab.capacity.simulation.recursion import serve
from svclab.capacity.simulation.sampling import HOUR, Station, draw
from svclab.capacity.simulation.warmup import WarmUp, across, mser5
from svclab.explore import (
    Chart,
    Choice,
    ChoiceGuess,
    Figure,
    Handle,
    Integer,
    Number,
    Seed,
    View,
    explorable,
    lines,
)
from svclab.intervals import Estimate, estimate
from svclab.words import count, hours, minutes, per_hour, percent, say

SERVICE = 3.0  # minutes
MINUTE = 60.0  # s
DAY = 8  # hours of the longest overloaded run
PICTURES = 50  # points of a running mean
ROUGH = 0.2  # of the mean: an error above it is warned of
THIN = 8  # runs that are drawn one by one

GUESSES = {"two": "twice as many", "four": "four times as many", "ten": "ten times as many"}


def empty_start(use: float, customers: int, seed: str) -> list[float]:
    """The waits of the first customers of an M/M/1 that opens empty, in minutes."""
    desk = Station(arrivals_per_hour=use * 60 / SERVICE, service_seconds=SERVICE * MINUTE)
    return [wait / MINUTE for wait in serve(draw(desk, customers, seed=seed), servers=1).waits]


@explorable(
    title="How long must a simulation run, and what do we drop?",
    parameters=[
        Choice(
            name="what",
            label="We simulate",
            options={"steady": "a counter in the long run", "hour": "an overloaded counter"},
            default="steady",
            help="One server, 3 minutes a customer on average, random times; it opens empty.",
        ),
        Number(
            name="use", label="Utilisation", unit="%", low=50, high=95, step=5, default=80,
            shown_if=("what", "steady"),
        ),
        Integer(
            name="customers", label="Customers in a run", low=200, high=2000, step=100,
            default=1000, shown_if=("what", "steady"),
        ),
        Number(
            name="overload", label="Demand, of capacity", unit="%", low=105, high=150, step=5,
            default=120, shown_if=("what", "hour"),
        ),
        Integer(
            name="hours", label="Hours simulated", unit="h", low=1, high=DAY, default=1,
            shown_if=("what", "hour"),
        ),
        Integer(name="runs", label="Runs", low=5, high=20, default=20),
        Seed(name="seed", label="Which customers come", default=50),
    ],
    guess=ChoiceGuess(
        question="Twenty runs give the mean wait, plus or minus something. How many customers must "
        "each run have for half of that error?",
        options=GUESSES,
    ),
)  # fmt: skip
def how_long_to_run(
    what: str,
    use: float,
    customers: int,
    overload: float,
    hours: int,
    runs: int,
    seed: int,
    guess: str | None,
) -> View:
    """Independent runs of one counter, and the interval that their means give."""
    if what == "hour":
        return _overloaded(overload / 100, hours, runs, seed, guess)
    return _steady(use / 100, customers, runs, seed, guess)


def _answer(guess: str | None) -> str:
    if guess is None:
        return ""
    return " " + say(
        "Your guess was {guess}. The error falls with the square root of the length: half the "
        "error takes four times as many.",
        guess=GUESSES[guess],
    )


def _steady(use: float, customers: int, runs: int, seed: int, guess: str | None) -> View:
    waits = [empty_start(use, customers, f"{seed}/{run}") for run in range(runs)]
    cut = mser5(across(waits))
    formula = mm1(use * 60 / SERVICE, 60 / SERVICE).mean_wait_minutes
    whole = estimate([math.fsum(run) / customers for run in waits])
    kept = estimate([math.fsum(run[cut.drop :]) / (customers - cut.drop) for run in waits])
    mean, error = with_error(kept)
    seen = say(
        "Without its first {n}, the mean wait of {runs} is {mean}, give or take {error}; the "
        "formula says {formula}.",
        n=count(cut.drop, "customer"),
        runs=count(runs, "run"),
        mean=mean,
        error=error,
        formula=minutes(formula),
    )
    return View(
        say=seen + _answer(guess),
        warning=_warning(cut, kept),
        figures=[
            Figure(
                "drop",
                "Dropped from each run",
                count(cut.drop, "customer"),
                help="By the rule MSER-5, from the mean of all runs.",
            ),
            Figure("whole", "Mean wait, all customers", with_error(whole)[0]),
            Figure("kept", "Mean wait without those", mean),
            Figure(
                "error",
                "Plus or minus",
                error,
                help="95% confidence, from the means of the runs (Student's t).",
            ),
            Figure("formula", "Formula", minutes(formula)),
            Figure(
                "needed",
                "In a run for half the error",
                count(
                    customers_needed(kept, customers - cut.drop, half_width=kept.half_width / 2)
                    + cut.drop,
                    "customer",
                ),
                help="In each run: four times as many as are counted now, and those dropped.",
            ),
        ],
        parts=[
            _running(waits, cut, formula, seen),
            _widths([run[cut.drop :] for run in waits], kept),
        ],
    )


def _warning(cut: WarmUp, kept: Estimate) -> str:
    if not cut.enough:
        return say(
            "The rule finds no clear end of the beginning, so only {n} dropped here: the runs are "
            "too short or too few. Simulate more customers in a run, or more runs.",
            n=say("1 customer is" if cut.drop == 1 else "{n} customers are", n=cut.drop),
        )
    if kept.half_width > ROUGH * kept.mean:
        return say(
            "The error is {share} of the mean: that is too rough to be used, and too rough to "
            "see where the beginning ends. Simulate more customers in a run, or more runs.",
            share=percent(kept.half_width / kept.mean, 0),
        )
    return ""


def _places(length: int) -> list[int]:
    return sorted({max(1, round(length * (i / PICTURES) ** 2)) for i in range(1, PICTURES + 1)})


def running_mean(values: Sequence[float]) -> list[tuple[int, float]]:
    """(customers, their mean) at some places of a run."""
    sums = list(accumulate(values))
    return [(n, sums[n - 1] / n) for n in _places(len(values))]


def _running(waits: list[list[float]], cut: WarmUp, formula: float, alt: str) -> Chart:
    runs = [running_mean(run) for run in waits]
    middle = across([[mean for _, mean in run] for run in runs])
    return lines(
        [{"customers": n, "wait": mean} for (n, _), mean in zip(runs[0], middle, strict=True)],
        x=("customers", "Customers so far"),
        y=("wait", "Mean wait so far, minutes"),
        faint=[
            {"x": n, "y": mean, "line": number}
            for number, run in enumerate(runs[:THIN])
            for n, mean in run
        ],
        marks=[
            {"y": formula, "label": say("formula: {t}", t=minutes(formula)), "at": "end"},
            {
                "x": cut.drop,
                "label": say("dropped: {n}", n=cut.drop),
                "color": "var(--svc-purple)",
            },
        ],
        y_domain=(0, 2 * formula),
        clip=True,
        title="The mean so far: each run thin, all runs thick",
        alt=say("Running means that begin near zero, because the queue opens empty. {s}", s=alt),
    )


def _widths(waits: list[list[float]], kept: Estimate) -> Chart:
    """The half-width after more and more customers, beside one that falls as 1/√n."""
    length = len(waits[0])
    sums = [list(accumulate(run)) for run in waits]
    places = [n for n in _places(length) if n >= length / 20]
    found = [(n, estimate([s[n - 1] / n for s in sums]).half_width) for n in places]
    ideal = [(n, kept.half_width * math.sqrt(length / n)) for n in places]
    return lines(
        [
            {"customers": n, "width": width, "curve": name}
            for name, points in (("simulated", found), ("falls as 1/√n", ideal))
            for n, width in points
        ],
        x=("customers", "Customers counted in each run"),
        y=("width", "Plus or minus, minutes"),
        series="curve",
        height=220,
        title="The error falls slowly",
        alt=say(
            "The error against the length of the runs; four times the length halves it. Now it "
            "is {e}.",
            e=with_error(kept)[1],
        ),
    )


def first_hours(overload: float, runs: int, seed: int) -> list[Estimate]:
    """Mean wait in minutes of those who come in the first 1, 2, ... hours, over the runs."""
    rate = overload * 60 / SERVICE
    desk = Station(arrivals_per_hour=rate, service_seconds=SERVICE * MINUTE)
    # Ten standard deviations more than are expected: no run ends before its day does.
    enough = math.ceil(rate * DAY + 10 * math.sqrt(rate * DAY))
    means: list[list[float]] = [[] for _ in range(DAY)]
    for run in range(runs):
        done = serve(draw(desk, enough, seed=f"{seed}/{run}"), servers=1)
        for hour in range(1, DAY + 1):
            pairs = zip(done.customers.arrivals, done.waits, strict=True)
            waits = [w / MINUTE for a, w in pairs if a < hour * HOUR]
            means[hour - 1].append(math.fsum(waits) / max(1, len(waits)))
    return [estimate(column) for column in means]


def _overloaded(overload: float, length: int, runs: int, seed: int, guess: str | None) -> View:
    found = first_hours(overload, runs, seed)
    other = DAY if length < DAY else 1
    here, there = found[length - 1], found[other - 1]
    mean, error = with_error(here)
    seen = say(
        "{runs} of {length} give a mean wait of {mean}, give or take {error}. That looks "
        "like an answer, but it is one about {length} from an empty start: over {other} the "
        "mean is {long}.",
        runs=count(runs, "run"),
        length=hours(length),
        mean=mean,
        error=error,
        other=hours(other),
        long=with_error(there)[0],
    )
    side = "left" if length > 2 else "right"
    marks: list[dict[str, Any]] = [{"x": length, "y": here.mean, "label": str(mean), "side": side}]
    rate = overload * 60 / SERVICE
    return View(
        say=seen + _answer(guess),
        warning=say(
            "{come} come and {most} can be served: the queue grows without bound, and no run "
            "is long enough, because there is no long-run mean. Add a server, or ask about a day "
            "that ends.",
            come=per_hour(rate),
            most=per_hour(60 / SERVICE),
        ),
        figures=[
            Figure("mean", say("Mean wait, {t}", t=hours(length)), mean),
            Figure("error", "Plus or minus", error),
            Figure("other", say("Mean wait, {t}", t=hours(other)), with_error(there)[0]),
            Figure("load", "Demand / capacity", percent(overload, 0), "bad"),
        ],
        parts=[
            lines(
                [{"hours": h, "wait": e.mean} for h, e in enumerate(found, 1)],
                x=("hours", "Hours simulated"),
                y=("wait", "Mean wait, minutes"),
                band=[
                    {"x": h, "low": max(0.0, e.low), "high": e.high} for h, e in enumerate(found, 1)
                ],
                marks=marks,
                x_domain=(0, DAY),
                handles=[
                    Handle(
                        parameter="hours",
                        x=length,
                        y=here.mean,
                        path=[(float(h), e.mean) for h, e in enumerate(found, 1)],
                    )
                ],
                title="The longer the run, the longer the wait",
                alt=say("A line that rises as long as it is drawn. {seen}", seen=seen),
            )
        ],
    )


__all__ = ["empty_start", "first_hours", "how_long_to_run", "running_mean"]
