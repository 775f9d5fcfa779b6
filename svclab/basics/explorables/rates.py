"""The first slider: minutes for a customer, customers in an hour."""

from __future__ import annotations

from svclab.explore import (
    Figure,
    Handle,
    Integer,
    Number,
    NumberGuess,
    View,
    explorable,
    guess_mark,
    lines,
)
from svclab.words import count, minutes, number, per_hour, say

__all__ = ["first_slider", "served"]

HOUR = 60  # minutes
LOW, HIGH = 1, 12  # minutes on the slider


def served(each: float, clerks: int) -> float:
    """Customers per hour of clerks who need ``each`` minutes for one.

    Examples
    --------
    >>> served(4, 2)
    30.0
    """
    return clerks * HOUR / each


@explorable(
    title="How many customers can be served in an hour?",
    parameters=[
        Number(
            name="each", label="Time for one customer", unit="min", low=LOW, high=HIGH, step=0.5,
            default=4, help="Drag the slider, type a number, or drag the point in the picture.",
        ),
        Integer(name="clerks", label="Clerks", low=1, high=4, default=1),
    ],
    guess=NumberGuess(
        question="A clerk needs 3 min for a customer and serves 20 per hour. From today a form "
        "must be filled in as well: 4 min. How many customers per hour now?",
        low=0, high=40, unit="per hour",
    ),
)  # fmt: skip
def first_slider(each: float, clerks: int, guess: float | None) -> View:
    """A desk where somebody is always waiting. The numbers are invented."""
    now, longer = served(each, clerks), served(each + 1, clerks)
    seen = say(
        "{n} serve {now}. With one minute more it would be {longer}: {less} fewer.",
        n=count(clerks, "clerk"),
        now=per_hour(now),
        longer=per_hour(longer),
        less=number(now - longer),
    )
    if clerks == 1:
        seen = seen.replace("clerk serve ", "clerk serves ")
    marks = []
    if guess is not None:
        seen += " " + say(
            "Your guess was {guess}. One clerk with 4 min serves 60 ÷ 4 = {right}. From 3 min to "
            "4 min five customers are lost, from 11 min to 12 min fewer than one.",
            guess=per_hour(guess),
            right=per_hour(served(4, 1)),
        )
        marks.append(guess_mark(x=4, y=guess))
    curve = [
        {"each": step / 4, "served": served(step / 4, clerks)}
        for step in range(4 * LOW, 4 * HIGH + 1)
    ]
    return View(
        say=seen,
        figures=[
            Figure("served", "Customers served", per_hour(now)),
            Figure("each", "Time for one customer", minutes(each)),
        ],
        parts=[
            lines(
                curve,
                x=("each", "Time for one customer, min"),
                y=("served", "Customers per hour"),
                x_domain=(0, HIGH),
                marks=marks,
                handles=[
                    Handle(
                        parameter="each", x=each, y=now,
                        path=[(row["each"], row["served"]) for row in curve],
                    )
                ],
                title="The same clerks, more time for each",
                alt=say("A curve that falls, steeply at first. {seen}", seen=seen),
            )
        ],
    )  # fmt: skip
