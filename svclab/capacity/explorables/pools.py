"""A line for each server, or one line for all."""

from __future__ import annotations

from typing import Any

from svclab.capacity.explorables.amounts import wait
from svclab.capacity.queues.markovian import mm1, mmc
from svclab.capacity.queues.results import Queue
from svclab.explore import (
    Chart,
    Figure,
    Handle,
    Integer,
    Number,
    NumberGuess,
    TableView,
    View,
    explorable,
    lines,
)
from svclab.words import Quantity, count, minutes, number, per_hour, percent, say

MOST_LOSS = 25  # percent


def pooled(arrivals: float, service: float, servers: int, loss: float) -> Queue | None:
    """One line for all servers, each slower by ``loss``; None if they cannot carry the load."""
    rate = 60 / service / (1 + loss)
    if servers * arrivals >= servers * rate:
        return None
    return mmc(servers * arrivals, rate, servers=servers)


def break_even(arrivals: float, service: float, servers: int) -> float:
    """The loss at which one line waits as long as separate lines do, as a share."""
    own = mm1(arrivals, 60 / service).mean_wait
    low, high = 0.0, 60 / service / arrivals - 1
    for _ in range(50):
        middle = (low + high) / 2
        one = pooled(arrivals, service, servers, middle)
        low, high = (middle, high) if one and one.mean_wait < own else (low, middle)
    return (low + high) / 2


def idle_beside_a_queue(use: float, lines_: int) -> float:
    """Share of time in which a server of separate lines is idle while somebody waits elsewhere.

    Of n independent M/M/1 lines: 1 - P(no server idle) - P(nobody waits) + P(both), where a line
    has somebody with probability ρ, nobody waiting with 1 - ρ², and exactly one with ρ (1 - ρ).

    Examples
    --------
    >>> round(idle_beside_a_queue(0.5, 2), 4)
    0.25
    """
    busy, short, one = use**lines_, (1 - use**2) ** lines_, (use * (1 - use)) ** lines_
    return 1 - busy - short + one


@explorable(
    title="A line for each server, or one line for all?",
    parameters=[
        Integer(
            name="servers", label="Servers", low=2, high=6, default=2,
            help="Separate: each has a line of its own, and nobody changes lines.",
        ),
        Number(
            name="arrivals", label="Arrivals for each server", unit="per hour", low=3, high=29,
            step=1, default=24, help="Random (Poisson).",
        ),
        Number(
            name="service", label="Mean service", unit="min", low=1, high=4, step=0.1, default=2,
            help="Random (exponential).",
        ),
        Number(
            name="loss", label="One line: service slower by", unit="%", low=0, high=MOST_LOSS,
            step=0.5, default=0,
            help="Walking to the free counter, reading a customer's file first, less practice.",
        ),
    ],
    guess=NumberGuess(
        question="Two counters with a line each: every one gets 24 customers an hour and needs "
        "2 minutes for each, and customers wait 8 minutes on average. How long do they wait in "
        "one common line for both counters?",
        low=0,
        high=12,
        step=0.1,
        unit="min",
    ),
)  # fmt: skip
def pooling(
    servers: int, arrivals: float, service: float, loss: float, guess: float | None
) -> View:
    """Erlang C. The customers of all lines are of one kind."""
    use = arrivals * service / 60
    if use >= 1:
        return _overloaded(servers, arrivals, service)
    own = mm1(arrivals, 60 / service)
    one = pooled(arrivals, service, servers, loss / 100)
    even = break_even(arrivals, service, servers)
    seen = _compared(own, one, loss, even)
    if guess is not None:
        real = pooled(24, 2, 2, 0)
        assert real is not None
        seen += " " + say(
            "For two counters without any loss your guess was {guess}; it is {real}.",
            guess=minutes(guess, 2),
            real=wait(real.mean_wait_minutes, 2),
        )
    better = one is not None and one.mean_wait < own.mean_wait
    wasted = idle_beside_a_queue(use, servers)
    return View(
        say=seen,
        warning="" if one else _too_slow(servers, arrivals, service, loss),
        figures=[
            Figure("own", "Mean wait, own lines", wait(own.mean_wait_minutes)),
            Figure(
                "one",
                "Mean wait, one line",
                wait(one.mean_wait_minutes) if one else number(float("inf")),
                "good" if better else "bad",
            ),
            Figure(
                "even",
                "One line pays up to",
                percent(even),
                help="So much slower may the service become in one line: then both wait alike.",
            ),
            Figure(
                "wasted",
                "Idle while others wait",
                percent(wasted),
                help="Own lines: share of the time in which a server is idle while somebody waits "
                "in another line. In one line it never happens.",
            ),
        ],
        parts=[
            _loss_curve(servers, arrivals, service, loss, own, one, even, seen),
            _two_designs(own, one),
        ],
    )


def _overloaded(servers: int, arrivals: float, service: float) -> View:
    return View(
        say=say("Neither design has a long-run wait: both queues grow without bound."),
        warning=say(
            "{come} come to each server, who can serve {most}. Let fewer come or serve faster; "
            "pooling adds no capacity.",
            come=per_hour(arrivals),
            most=per_hour(60 / service),
        ),
        figures=[
            Figure("use", "Utilisation", percent(arrivals * service / 60), "bad"),
            Figure("come", "They come", per_hour(servers * arrivals)),
        ],
    )


def _compared(own: Queue, one: Queue | None, loss: float, even: float) -> str:
    if one is None:
        return say(
            "Customers wait {own} in lines of their own; in one line the slower servers cannot "
            "carry the load.",
            own=wait(own.mean_wait_minutes),
        )
    shorter = one.mean_wait < own.mean_wait
    return say(
        "Customers wait {own} in lines of their own and {one} in one line. {verdict} "
        "The two are equal when one line makes the service {even} slower.",
        own=wait(own.mean_wait_minutes),
        one=wait(one.mean_wait_minutes),
        verdict=say("The same servers do the same work, and nobody is idle while others wait.")
        if loss == 0
        else say("One line is still better." if shorter else "Here pooling does not pay."),
        even=percent(even),
    )


def _too_slow(servers: int, arrivals: float, service: float, loss: float) -> str:
    return say(
        "In one line {come} come and {n}, {loss} slower, can serve {most}: that queue grows "
        "without bound. Keep the lines apart, or lose less time.",
        come=per_hour(servers * arrivals),
        n=count(servers, "server"),
        loss=percent(loss / 100),
        most=per_hour(servers * 60 / service / (1 + loss / 100)),
    )


def _loss_curve(
    servers: int,
    arrivals: float,
    service: float,
    loss: float,
    own: Queue,
    one: Queue | None,
    even: float,
    alt: str,
) -> Chart:
    level = own.mean_wait_minutes
    top = 2 * level
    found = ((i / 2, pooled(arrivals, service, servers, i / 200)) for i in range(2 * MOST_LOSS + 1))
    waits = [(x, queue.mean_wait_minutes if queue else None) for x, queue in found]
    path = [(x, top if wait is None else min(top, wait)) for x, wait in waits]
    marks: list[dict[str, Any]] = [
        {"y": level, "label": say("own lines: {t}", t=wait(level)), "at": "end"},
    ]
    if one is None or one.mean_wait_minutes > top:
        side = "left" if loss > MOST_LOSS / 2 else "right"
        beyond = say("one line: above the picture")
        marks.append({"x": loss, "y": top, "label": beyond, "side": side})
    if even <= MOST_LOSS / 100:
        marks.append({"x": 100 * even, "y": level, "label": "", "shape": "diamond"})
    here = min(top, one.mean_wait_minutes if one else top)
    return lines(
        [{"loss": x, "wait": wait} for x, wait in waits if wait is not None],
        x=("loss", "Service slower in one line, %"),
        y=("wait", "Mean wait, minutes"),
        marks=marks,
        # The point at no loss stands clear of the numbers on the axis.
        x_domain=(-1, MOST_LOSS),
        y_domain=(0, top),
        clip=True,
        handles=[Handle(parameter="loss", x=loss, y=here, path=path)],
        title="When pooling stops to pay",
        alt=say(
            "The wait in one line rises with the loss and crosses the wait in own lines at "
            "{even}. {seen}",
            even=percent(even),
            seen=alt,
        ),
    )


def _two_designs(own: Queue, one: Queue | None) -> TableView:
    def row(name: str, queue: Queue) -> list[Quantity | str | int]:
        return [
            name,
            number(queue.mean_wait_minutes),
            number(100 * queue.probability_of_waiting),
            number(60 * queue.percentile(0.9)),
            number(queue.mean_time_in_system_minutes),
            number(100 * queue.utilisation),
        ]

    return TableView(
        title="The two designs",
        columns=[
            ("Design", "", "left"),
            ("Mean wait", "min", "right"),
            ("Who wait", "%", "right"),
            ("90% wait at most", "min", "right"),
            ("Wait and service", "min", "right"),
            ("Utilisation", "%", "right"),
        ],
        rows=[row("own\u00a0lines", own), *([row("one\u00a0line", one)] if one else [])],
    )


__all__ = ["break_even", "idle_beside_a_queue", "pooled", "pooling"]
