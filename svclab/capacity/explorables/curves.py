"""The wait near capacity, and what variability does to it."""

from __future__ import annotations

from typing import Any

from svclab.capacity.explorables.amounts import wait
from svclab.capacity.queues.general import allen_cunneen, mg1
from svclab.capacity.queues.markovian import mmc
from svclab.capacity.queues.results import Queue
from svclab.explore import (
    Chart,
    Choice,
    Figure,
    Handle,
    Integer,
    Number,
    PointGuess,
    View,
    explorable,
    guess_mark,
    lines,
)
from svclab.words import count, minutes, number, per_hour, percent, say

SCV = {"constant": 0.0, "random": 1.0, "wild": 3.0}  # variance / mean² of the service time
BESIDE = (1, 2, 5)  # servers of the curves drawn beside the reader's own
LEVELS = (*range(5, 80, 5), *range(80, 100), 99.4, 99.7)  # percent
HIGHEST = 110  # percent; above 100 there is no long run
SERVICE = 3.0  # minutes, of the question
TALLEST = 80 / 3  # mean service times: where the picture is cut off


def station(use: float, servers: int, service: float, scv: float) -> Queue:
    """Random arrivals at a share of capacity; ``service`` in minutes."""
    rate = 60 / service
    arrivals = use * servers * rate
    if scv == 1:
        return mmc(arrivals, rate, servers=servers)
    if servers == 1:
        return mg1(arrivals, rate, service_scv=scv)
    return allen_cunneen(arrivals, rate, servers=servers, arrival_scv=1, service_scv=scv)


def names(servers: int) -> str:
    """The name of a curve."""
    return str(count(servers, "server"))


@explorable(
    title="How long is the wait when the servers are nearly always busy?",
    parameters=[
        Number(
            name="use", label="Utilisation", unit="%", low=5, high=HIGHEST, step=1, default=80,
            help="Drag the point in the picture, or move this.",
        ),
        Integer(name="servers", label="Servers, one line", low=1, high=20, default=1),
        Number(
            name="service", label="Mean service", unit="min", low=1, high=10, step=0.5,
            default=SERVICE,
        ),
        Choice(
            name="spread",
            label="The services take",
            options={
                "constant": "always the same time",
                "random": "random times",
                "wild": "very different times",
            },
            default="random",
            help="Variance divided by mean squared: 0, 1 (exponential) and 3. Arrivals are random.",
        ),
    ],
    guess=PointGuess(
        question="One server, 3 minutes for a customer on average. At 80% utilisation a customer "
        "waits 12 minutes. How long at 95%?",
        x=95,
        y_label="Mean wait, minutes",
        low=0,
        high=80,
        step=1,
        unit="min",
    ),
)  # fmt: skip
def wait_curve(use: float, servers: int, service: float, spread: str, guess: float | None) -> View:
    """Formulas for the long run: Erlang C, Pollaczek-Khinchine, or Allen and Cunneen."""
    scv = SCV[spread]
    stable = use < 100
    queue = station(use / 100, servers, service, scv) if stable else None
    seen = _seen(use, servers, service, scv)
    if guess is not None:
        real = station(0.95, 1, SERVICE, 1.0).mean_wait_minutes
        seen += " " + say(
            "For one server at 95% your guess was {guess}; it is {real}.",
            guess=minutes(guess),
            real=minutes(real),
        )
    rate = 60 / service
    return View(
        say=seen,
        warning="" if stable else _warning(use, servers, rate),
        figures=_figures(use, servers, rate, queue),
        parts=[_curve(use, servers, service, scv, queue, guess, seen)],
    )


def _seen(use: float, servers: int, service: float, scv: float) -> str:
    if use >= 100:
        return say(
            "At {use} no long-run wait exists: the longer the day, the longer the wait.",
            use=percent(use / 100, 0),
        )
    now = station(use / 100, servers, service, scv)
    first = say(
        "With {n} {use} busy, customers wait {about}{wait} on average, {times} times the service.",
        use=percent(use / 100, 0),
        n=names(servers),
        about="about " if now.approximate else "",
        wait=wait(now.mean_wait_minutes),
        times=number(now.mean_wait_minutes / service, 1 if now.mean_wait_minutes > service else 2),
    )
    more = 1.05 * use / 100
    if more >= 1:
        return first + " " + say("With 5% more customers the queue would grow without bound.")
    return (
        first
        + " "
        + say(
            "With 5% more customers it would be {wait}.",
            wait=wait(station(more, servers, service, scv).mean_wait_minutes),
        )
    )


def _warning(use: float, servers: int, rate: float) -> str:
    return say(
        "{come} come and {n} can serve {most}: the queue grows without bound. Let fewer come, "
        "serve faster, or have {more}.",
        come=per_hour(use / 100 * servers * rate),
        n=names(servers),
        most=per_hour(servers * rate),
        more=names(int(use * servers / 100) + 1),
    )


def _figures(use: float, servers: int, rate: float, queue: Queue | None) -> list[Figure]:
    infinite = float("inf")
    if queue is None:
        chance: Any = percent(1.0, 0)
    elif queue.delayed is None:
        chance = "not known"
    else:
        chance = percent(queue.delayed)
    return [
        Figure("use", "Utilisation", percent(use / 100, 0), "" if queue else "bad"),
        Figure(
            "wait",
            "Mean wait",
            wait(queue.mean_wait_minutes) if queue else number(infinite),
            help="Time in the queue, before the service begins.",
        ),
        Figure("queue", "Mean queue", number(queue.mean_queue_length if queue else infinite)),
        Figure(
            "chance",
            "Customers who wait",
            chance,
            help="For several servers and times that are not exponential no formula gives it.",
        ),
        Figure("come", "They come", per_hour(use / 100 * servers * rate)),
        Figure(
            "room",
            "Spare capacity",
            per_hour(servers * rate * max(0.0, 1 - use / 100)),
            "" if queue else "bad",
            "So many more per hour, and the queue grows without bound.",
        ),
    ]


def curve(servers: int, service: float, scv: float) -> list[tuple[float, float]]:
    """Mean wait in minutes at each level, in percent."""
    return [(u, station(u / 100, servers, service, scv).mean_wait_minutes) for u in LEVELS]


def _curve(
    use: float,
    servers: int,
    service: float,
    scv: float,
    queue: Queue | None,
    guess: float | None,
    alt: str,
) -> Chart:
    top = TALLEST * service
    own = curve(servers, service, scv)
    drawn = [(say("{n} (yours)", n=names(servers)), own)]
    drawn += [(names(c), curve(c, service, scv)) for c in BESIDE if c != servers]
    rows = [{"use": u, "wait": w, "servers": n} for n, points in drawn for u, w in points]
    height = min(top, queue.mean_wait_minutes) if queue else top
    inside = queue is not None and queue.mean_wait_minutes <= top
    shown = str(wait(queue.mean_wait_minutes)) if queue else ""
    label = shown if inside else say("above the picture: {t}", t=shown or "no end")
    marks: list[dict[str, Any]] = [
        {"x": 100, "label": say("limit"), "color": "var(--svc-quiet)", "at": "end"},
        {"x": use, "y": height, "label": label, "side": "left" if use > 35 else "right"},
    ]
    if guess is not None:
        marks.append({**guess_mark(x=95, y=min(top, guess)), "side": "left"})
    path = [(float(u), min(top, w)) for u, w in own]
    return lines(
        rows,
        x=("use", "Utilisation, %"),
        y=("wait", "Mean wait, minutes"),
        series="servers",
        marks=marks,
        x_domain=(0, HIGHEST),
        y_domain=(0, top),
        clip=True,
        handles=[
            Handle(
                parameter="use",
                x=use,
                y=height,
                path=[*path, (100.0, top), (float(HIGHEST), top)],
                label=say("Utilisation, along the curve"),
            )
        ],
        alt=say("Waits that rise ever more steeply towards 100%. {seen}", seen=alt),
        height=320,
    )


__all__ = ["curve", "station", "wait_curve"]
