"""The first simulation: a counter, and one customer after the other."""

from __future__ import annotations

import math

from svclab.basics.counter import Visit, program, visits
from svclab.explore import (
    Chart,
    Choice,
    Code,
    Figure,
    Integer,
    Number,
    NumberGuess,
    Seed,
    View,
    explorable,
    lines,
)
from svclab.words import count, minutes, number, per_hour, say

__all__ = ["first_simulation"]

ASKED_SEED = 4  # of the draw that the guess is about


@explorable(
    title="How long does each customer wait?",
    parameters=[
        Number(
            name="gap", label="A customer comes every", unit="min", low=1, high=10, step=0.5,
            default=4,
        ),
        Number(
            name="service", label="The service takes", unit="min", low=1, high=10, step=0.5,
            default=3,
        ),
        Integer(name="counters", label="Counters", low=1, high=3, default=1),
        Integer(name="customers", label="Customers", low=5, high=100, step=5, default=50),
        Choice(
            name="times", label="Times", default="chance",
            options={"regular": "always the same", "chance": "by chance, with these means"},
        ),
        Seed(name="seed", label="Which times", default=ASKED_SEED, shown_if=("times", "chance")),
    ],
    guess=NumberGuess(
        question="A customer comes every 4 min and the service takes 3 min: there is time enough "
        "for all. But these are means; by chance some come sooner and some take longer. How many "
        "of 50 customers have to wait?",
        low=0, high=50, unit="customers",
    ),
)  # fmt: skip
def first_simulation(
    gap: float,
    service: float,
    counters: int,
    customers: int,
    times: str,
    seed: int,
    guess: float | None,
) -> View:
    """The model of the notebook with your numbers in it. All numbers are invented."""
    chosen = seed if times == "chance" else None
    seen = visits(gap, service, counters=counters, customers=customers, seed=chosen)
    waits = [visit.wait for visit in seen]
    mean, waiting = math.fsum(waits) / len(waits), sum(wait > 1e-9 for wait in waits)
    text = say(
        "{waiting} of {customers} wait, on average over all {mean}; the last one waits {last}.",
        waiting=waiting,
        customers=count(customers, "customer"),
        mean=minutes(mean),
        last=minutes(waits[-1]),
    )
    if chosen is not None and gap * counters > service and waiting:
        text += " " + say("With the same times for everybody nobody would wait.")
    if guess is not None:
        found = visits(4, 3, customers=50, seed=ASKED_SEED)
        text += " " + say(
            "Your guess was {guess}. In the first draw {right} of 50 wait. Press “New random "
            "numbers” a few times: the number changes, but it is never near zero.",
            guess=count(round(guess), "customer"),
            right=number(sum(visit.wait > 1e-9 for visit in found), 0),
        )
    return View(
        say=text,
        warning=_warning(gap, service, counters),
        figures=[
            Figure("mean", "Mean wait", minutes(mean)),
            Figure("longest", "Longest wait", minutes(max(waits))),
            Figure("waiting", "Customers who wait", number(waiting, 0)),
        ],
        parts=[
            _chart(seen, text),
            Code(
                text=program(gap, service, counters=counters, customers=customers, seed=chosen),
                caption="The same in a cell",
            ),
        ],
    )


def _warning(gap: float, service: float, counters: int) -> str:
    if gap * counters >= service:
        return ""
    return say(
        "{come} come and {served} can be served: the queue grows as long as customers come. Let "
        "them come more slowly, make the service shorter, or open another counter.",
        come=per_hour(60 / gap),
        served=per_hour(60 * counters / service),
    )


def _chart(seen: list[Visit], text: str) -> Chart:
    rows = [
        {"customer": n, "wait": round(visit.wait, 9), "came": round(visit.came, 9)}
        for n, visit in enumerate(seen, start=1)
    ]
    longest = max(row["wait"] for row in rows)
    return lines(
        rows,
        x=("customer", "Customer, in the order of arrival"),
        y=("wait", "Wait, min"),
        # Without a wait the axis would show a lonely zero.
        y_domain=None if longest > 0.5 else (0, 10),
        title="The wait of each customer",
        alt=say("One wait for each customer. {seen}", seen=text),
        height=240,
    )
