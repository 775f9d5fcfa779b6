"""Random arrivals: a queue to watch, and the wall near capacity."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from svclab.explore import (
    Chart,
    Choice,
    Figure,
    Integer,
    Number,
    PointGuess,
    Seed,
    TableView,
    Trace,
    View,
    explorable,
    guess_mark,
    lines,
)
from svclab.intervals import Estimate, estimate
from svclab.process.analysis import analyse
from svclab.process.arranging import arrange
from svclab.process.cases import licence_office, licence_office_improved
from svclab.process.model import MINUTE, Process
from svclab.process.recursion import replay
from svclab.process.runs import Run, trace
from svclab.process.sampling import Spread, draw
from svclab.words import duration, join, minutes, per_hour, percent, say

OFFICES = {
    "today": "six desks, as today",
    "seven": "a seventh worker at violations",
    "source": "the layout of the source",
    "all": "each of seven does everything",
}
SPREADS: dict[str, Spread] = {
    "constant": "constant",
    "some": ("gamma", 0.25),
    "random": "exponential",
}


SERVICE = Choice(
    name="service",
    label="The activities take",
    options={
        "constant": "always the same time",
        "some": "a little more or less",
        "random": "very different times",
    },
    default="some",
    help="The mean times stay the same.",
)


@lru_cache(maxsize=8)
def office(key: str) -> Process:
    """One of the licence offices."""
    today = licence_office()
    if key == "today":
        return today
    if key == "seven":
        return today.with_units(violations=2)
    if key == "source":
        return licence_office_improved()
    return arrange(today, [today.names], [7]).as_process(today)


def animation(run: Run, title: str, alt: str, *, customers: int, unit: str = "s") -> Trace:
    """The first customers of a run as an animation."""
    drawn = trace(run, title=title, alt=alt, customers=customers, unit=unit)
    drawn.pop("kind")
    return Trace(**drawn)


@explorable(
    title="Watch the queue: demand equals capacity",
    parameters=[
        Choice(name="layout", label="Office", options=OFFICES, default="source"),
        Number(
            name="arrivals", label="Applicants", unit="per hour", low=30, high=150, step=5,
            default=120, help="Mean number that come in an hour.",
        ),
        Choice(
            name="pattern",
            label="They come",
            options={"constant": "like clockwork", "random": "at random"},
            default="random",
        ),
        SERVICE,
        Seed(name="seed", label="Which applicants come", default=4),
    ],
)  # fmt: skip
def queue_play(layout: str, arrivals: float, pattern: str, service: str, seed: int) -> View:
    """One hundred applicants on their way through the office. Press play."""
    process = office(layout)
    work = draw(
        process,
        100,
        arrivals_per_hour=arrivals,
        seed=seed,
        interarrival=SPREADS[pattern],
        service=SPREADS[service],
    )
    run = replay(process, work)
    result = analyse(process, arrivals)
    waits = total_waits(run)
    longest = max(waits)
    seen = say(
        "One hundred applicants wait {mean} on average, one of them {longest}.",
        mean=duration(run.mean_total_wait),
        longest=duration(longest),
    )
    over = arrivals > result.capacity_per_hour * (1 + 1e-9)
    return View(
        say=seen,
        warning=""
        if not over
        else say(
            "{come} come and {capacity} can be served: the queue in front of {who} grows as long "
            "as the office is open.",
            come=per_hour(arrivals),
            capacity=per_hour(result.capacity_per_hour),
            who=join(result.bottlenecks),
        ),
        figures=[
            Figure("wait", "Mean wait of these 100", duration(run.mean_total_wait)),
            Figure("longest", "Longest wait", duration(longest)),
            Figure("capacity", "Capacity", per_hour(result.capacity_per_hour)),
            Figure(
                "load",
                "Demand / capacity",
                percent(arrivals / result.capacity_per_hour, 0),
                "bad" if arrivals >= result.capacity_per_hour * (1 - 1e-9) else "",
            ),
        ],
        parts=[
            animation(run, "Applicants in the office", seen, customers=100),
            _inside(run, seen),
        ],
    )


def total_waits(run: Run) -> list[float]:
    """Seconds that each customer waits, all activities together."""
    waits = [0.0] * len(run.arrivals)
    for log in run.logs.values():
        for customer, arrive, start in zip(log.customer, log.arrive, log.start, strict=True):
            waits[customer] += start - arrive
    return waits


def _inside(run: Run, alt: str) -> Chart:
    steps = run.number_in_system()
    rows = [{"minute": 0.0, "people": 0}]
    rows += [{"minute": t / MINUTE, "people": n} for t, n in steps]
    return lines(
        rows,
        x=("minute", "Minutes since opening"),
        y=("people", "Applicants in the office"),
        step=True,
        height=180,
        title="How many are inside",
        alt=alt,
    )


LEVELS = (50, 60, 70, 80, 85, 90, 93, 95, 97)


@explorable(
    title="How does the wait grow as demand comes near capacity?",
    parameters=[
        Choice(
            name="layout",
            label="Office",
            options={key: OFFICES[key] for key in ("today", "source", "all")},
            default="source",
        ),
        SERVICE,
        Integer(
            name="customers", label="Applicants in a run", low=500, high=5000, step=500,
            default=1500, help="Five runs for each point; more applicants, less error.",
        ),
        Seed(name="seed", label="Which applicants come", default=1),
    ],
    guess=PointGuess(
        question="At 80% of capacity the wait is about three minutes. How long at 95%?",
        x=95,
        y_label="Mean wait, minutes",
        low=0,
        high=30,
        step=0.5,
        unit="min",
    ),
)  # fmt: skip
def waiting_near_capacity(
    layout: str, service: str, customers: int, seed: int, guess: float | None
) -> Iterator[View]:
    """Simulated: random arrivals, five runs for each point, warm-up left out."""
    process = office(layout)
    found: list[tuple[int, Estimate]] = []
    for done, level in enumerate(LEVELS, 1):
        found.append((level, _wait_at(process, level, SPREADS[service], customers, seed)))
        last = done == len(LEVELS)
        yield _wall(found, guess, progress=None if last else done / len(LEVELS))


def _wait_at(process: Process, level: int, service: Spread, customers: int, seed: int) -> Estimate:
    """Mean wait in minutes at a percentage of capacity, over five runs."""
    rate = level / 100 * analyse(process).capacity_per_hour
    waits = []
    for run in range(5):
        work = draw(
            process, customers, arrivals_per_hour=rate, seed=f"{seed}/{run}", service=service
        )
        waits.append(replay(process, work).after(customers // 5).mean_total_wait / MINUTE)
    return estimate(waits)


def _wall(
    found: list[tuple[int, Estimate]], guess: float | None, *, progress: float | None
) -> View:
    rows = [{"load": level, "wait": round(e.mean, 6)} for level, e in found]
    level, last = found[-1]
    by_level = dict(found)
    seen = say(
        "At {level} of capacity an applicant waits {wait}, give or take {error}.",
        level=percent(level / 100, 0),
        wait=minutes(last.mean, 2),
        error=minutes(last.half_width, 2),
    )
    marks: list[dict[str, Any]] = []
    if guess is not None:
        marks.append(guess_mark(x=95, y=guess))
        if 95 in by_level:
            seen += " " + say(
                "At 95% your guess was {guess}; the simulation says {real}.",
                guess=minutes(guess, 2),
                real=minutes(by_level[95].mean, 2),
            )
    return View(
        say=seen,
        progress=progress,
        figures=[
            Figure(
                f"at{level}",
                say("Wait at {p}", p=percent(level / 100, 0)),
                minutes(e.mean, 2),
                help=say("plus or minus {e}", e=minutes(e.half_width, 2)),
            )
            for level, e in found
            if level in (50, 80, 90, 95)
        ],
        parts=[
            lines(
                rows,
                x=("load", "Demand, % of capacity"),
                y=("wait", "Mean wait, minutes"),
                marks=marks,
                x_domain=(50, 104),
                zero=False,
                alt=seen,
            ),
            TableView(
                title="With the error of the simulation (95% confidence)",
                columns=[
                    ("Demand", "% of capacity", "right"),
                    ("Mean wait", "min", "right"),
                    ("Plus or minus", "min", "right"),
                ],
                rows=[[level, minutes(e.mean, 2), minutes(e.half_width, 2)] for level, e in found],
            ),
        ],
    )


__all__ = ["animation", "queue_play", "total_waits", "waiting_near_capacity"]
