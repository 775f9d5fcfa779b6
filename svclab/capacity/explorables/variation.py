"""Variability, utilisation and time: Kingman's product, checked by simulation."""

from __future__ import annotations

from svclab.capacity.explorables import amounts
from svclab.capacity.queues.general import allen_cunneen, kingman
from svclab.capacity.queues.markovian import mmc
from svclab.capacity.queues.results import Queue
from svclab.capacity.simulation.output import batch_means
from svclab.capacity.simulation.recursion import serve
from svclab.capacity.simulation.sampling import Spread, Station, draw
from svclab.explore import (
    Chart,
    Figure,
    Handle,
    Integer,
    Number,
    NumberGuess,
    Seed,
    View,
    explorable,
    lines,
)
from svclab.intervals import Estimate
from svclab.words import count, minutes, number, percent, say

DROPPED, COUNTED, PARTS = 2000, 18000, 10  # customers of the simulated run, and its parts
MINUTE = 60.0  # s
LEAST, MOST = 50, 90  # percent
WIDEST = 1.5  # coefficient of variation
LEVELS = range(LEAST, MOST + 1, 2)


def spread(variation: float) -> Spread:
    """How times with a coefficient of variation are drawn."""
    known: dict[float, Spread] = {0.0: "constant", 1.0: "exponential"}
    return known.get(variation, ("gamma", variation**2))


def approximated(
    use: float, servers: int, service: float, arrivals_cv: float, service_cv: float
) -> Queue:
    """Kingman for one server, Allen and Cunneen for several; ``service`` in minutes."""
    rate = 60 / service
    scvs = {"arrival_scv": arrivals_cv**2, "service_scv": service_cv**2}
    if servers == 1:
        return kingman(use * rate, rate, **scvs)
    return allen_cunneen(use * servers * rate, rate, servers=servers, **scvs)


def simulated(
    use: float, servers: int, service: float, arrivals_cv: float, service_cv: float, seed: int
) -> Estimate:
    """Mean wait in minutes, from ten parts of one long run without its beginning."""
    desk = Station(
        arrivals_per_hour=use * servers * 60 / service,
        service_seconds=service * MINUTE,
        servers=servers,
        interarrival=spread(arrivals_cv),
        service=spread(service_cv),
    )
    run = serve(draw(desk, DROPPED + COUNTED, seed=seed), servers=servers)
    return batch_means([wait / MINUTE for wait in run.waits[DROPPED:]], batches=PARTS)


@explorable(
    title="What does variability add to the wait?",
    parameters=[
        Number(
            name="use", label="Utilisation", unit="%", low=LEAST, high=MOST, step=1, default=80,
        ),
        Number(
            name="arrivals_cv", label="Spread of the times between arrivals", low=0, high=WIDEST,
            step=0.25, default=1,
            help="Standard deviation / mean: 0 like clockwork, 1 random.",
        ),
        Number(
            name="service_cv", label="Spread of the service times", low=0, high=WIDEST, step=0.25,
            default=0.5, help="Standard deviation / mean: 0 always the same, 1 exponential.",
        ),
        Number(
            name="service", label="Mean service", unit="min", low=1, high=10, step=0.5, default=3,
        ),
        Integer(name="servers", label="Servers, one line", low=1, high=6, default=1),
        Seed(name="seed", label="Simulated customers", default=1),
    ],
    guess=NumberGuess(
        question="One server, 80% utilisation, 3 minutes for a customer; arrivals and services "
        "are random, and customers wait 12 minutes. Now every service takes exactly 3 minutes. "
        "How long do they wait?",
        low=0,
        high=12,
        step=0.5,
        unit="min",
    ),
)  # fmt: skip
def variability(
    use: float,
    arrivals_cv: float,
    service_cv: float,
    service: float,
    servers: int,
    seed: int,
    guess: float | None,
) -> View:
    """The wait is about variability × utilisation × time (Kingman; Allen and Cunneen)."""
    setting = (use / 100, servers, service, arrivals_cv, service_cv)
    queue, found = approximated(*setting), simulated(*setting, seed)
    wait = queue.mean_wait_minutes
    mean, error = amounts.with_error(found)
    spreads = (arrivals_cv**2 + service_cv**2) / 2
    factor = mmc(use / 100 * servers, 1, servers=servers).mean_wait
    seen = _seen(wait, found, exact=arrivals_cv == 1 and (servers == 1 or service_cv == 1))
    if guess is not None:
        seen += " " + say(
            "For services that always take 3 minutes your guess was {guess}; it is {real}: half "
            "of the variability is left, that of the arrivals.",
            guess=minutes(guess),
            real=minutes(approximated(0.8, 1, 3, 1, 0).mean_wait_minutes),
        )
    return View(
        say=seen,
        figures=[
            Figure(
                "v",
                "Variability",
                number(spreads, 3),
                help="Half the sum of the two squared spreads.",
            ),
            Figure(
                "u",
                "× u ÷ (1 − u)" if servers == 1 else "× C ÷ (c × (1 − u))",
                number(factor, 2),
                help="The effect of utilisation: u is the utilisation."
                if servers == 1
                else "The effect of utilisation: u is the utilisation, c the number of servers, "
                "C the share of customers who wait if all is random (Erlang C).",
            ),
            Figure("t", "× mean service", minutes(service)),
            Figure("wait", "= mean wait, formula", amounts.wait(wait, 2)),
            Figure("simulated", "Mean wait, simulated", mean),
            Figure(
                "error",
                "Plus or minus",
                error,
                help=say(
                    "95% confidence, from {parts} parts of one run of {n}; about chance alone.",
                    parts=PARTS,
                    n=count(COUNTED, "customer"),
                ),
            ),
        ],
        parts=[_curve(use, servers, service, arrivals_cv, service_cv, wait, found, seen)],
    )


def _seen(wait: float, found: Estimate, *, exact: bool) -> str:
    mean, error = amounts.with_error(found)
    first = say(
        "The formula says {wait}, the simulation {mean}, give or take {error}.",
        wait=amounts.wait(wait, 2),
        mean=mean,
        error=error,
    )
    if exact:
        return first + " " + say("Here the formula is exact, because the arrivals are random.")
    if found.holds(wait) or found.mean == 0:
        return first + " " + say("The formula is an approximation; here chance hides its error.")
    return (
        first
        + " "
        + say(
            "The formula is an approximation, here {off} too {way}.",
            off=percent(abs(wait / found.mean - 1), 0),
            way="long" if wait > found.mean else "short",
        )
    )


def _curve(
    use: float,
    servers: int,
    service: float,
    arrivals_cv: float,
    service_cv: float,
    wait: float,
    found: Estimate,
    alt: str,
) -> Chart:
    def points(one: float, two: float) -> list[tuple[float, float]]:
        return [
            (float(u), approximated(u / 100, servers, service, one, two).mean_wait_minutes)
            for u in LEVELS
        ]

    own, plain = points(arrivals_cv, service_cv), points(1, 1)
    rows = [
        {"use": u, "wait": w, "times": name}
        for name, line in (("your spreads", own), ("both spreads 1", plain))
        for u, w in line
    ]
    top = 1.1 * max(plain[-1][1], own[-1][1])
    side = "left" if use > (LEAST + MOST) / 2 else "right"
    diamond = {"shape": "diamond", "label": say("simulated"), "side": side}
    return lines(
        rows,
        x=("use", "Utilisation, %"),
        y=("wait", "Mean wait, minutes"),
        series="times",
        marks=[
            {"x": use, "color": "var(--svc-quiet)"},
            {"x": use, "y": found.mean, **diamond},
        ],
        spans=[
            {
                "x": use,
                "x2": use,
                "y": max(0.0, found.low),
                "y2": found.high,
                "color": "var(--svc-vermilion)",
            }
        ],
        x_domain=(LEAST, MOST + 2),
        y_domain=(0, top),
        zero=False,
        # At the top of its rule: on the curve the point would hide what is compared there.
        handles=[Handle(parameter="use", x=use, y=top)],
        alt=say("The wait against the utilisation for these spreads. {seen}", seen=alt),
        height=300,
    )


__all__ = ["approximated", "simulated", "spread", "variability"]
