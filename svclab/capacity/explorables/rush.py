"""The noon rush as two curves: who has come, and who has been served."""

from __future__ import annotations

from typing import Any

from svclab.capacity.queues.fluid import FluidQueue, fluid_queue
from svclab.explore import (
    Chart,
    ChoiceGuess,
    Figure,
    Handle,
    Integer,
    Number,
    View,
    explorable,
    lines,
)
from svclab.words import Quantity, clock, count, minutes, per_hour, say

OPEN, NOON, CLOSE = 11.0, 12.0, 15.0  # hours on the clock
USUAL = 50.0  # customers per hour outside the rush
ONE_CLERK = 25.0  # customers per hour
AFTER_OPEN = "min after 11:00"

GUESSES = {
    "middle": "at 12:30, in the middle of the rush",
    "end": "at 13:00, when the rush ends",
    "later": "at 13:30, half an hour after the rush",
}


def bank(peak: float, length: float, clerks: int, extra: int, extra_from: float) -> FluidQueue:
    """The bank from 11:00 to 15:00; length and extra_from in minutes."""
    rush_ends, come = NOON + length / 60, OPEN + extra_from / 60
    times = sorted({OPEN, NOON, rush_ends, come, CLOSE})
    begins = times[:-1]
    rates = [peak if NOON <= t < rush_ends else USUAL for t in begins]
    capacity = [ONE_CLERK * (clerks + (extra if t >= come else 0)) for t in begins]
    return fluid_queue(times, rates, capacity=capacity)


def clock_axis(begin: float, end: float, step: int = 30) -> dict[str, Any]:
    """A horizontal axis in minutes after ``begin`` (hours), with the time on the clock."""
    hour, minute = f"floor({begin} + datum.value / 60)", "pad(datum.value % 60, 2, '0', 'left')"
    return {
        "values": list(range(0, int(end) + 1, step)),
        "labelExpr": f"{hour} + ':' + {minute}",
    }


@explorable(
    title="The noon rush: when is the queue longest, and when has it gone?",
    parameters=[
        Number(
            name="peak", label="Arrivals in the rush", unit="per hour", low=50, high=300, step=10,
            default=180, help="Before and after the rush 50 per hour come.",
        ),
        Number(
            name="length", label="The rush lasts", unit="min", low=15, high=120, step=15,
            default=60, help="It begins at 12:00.",
        ),
        Integer(
            name="clerks", label="Clerks", low=2, high=12, default=4,
            help="Each serves 25 customers per hour.",
        ),
        Integer(
            name="extra", label="Extra clerks", low=0, high=6, default=0,
            help="They stay until all are served.",
        ),
        Number(
            name="extra_from", label="They come", unit=AFTER_OPEN, low=0, high=180, step=15,
            default=60, help="60 min after 11:00 is noon.", shown_if=("extra", tuple(range(1, 7))),
        ),
        Number(
            name="time", label="Look at", unit=AFTER_OPEN, low=0, high=240, step=5, default=120,
            help="The distances in the picture are those at this time.",
        ),
    ],
    guess=ChoiceGuess(
        question="Four clerks serve 100 customers an hour. From 12:00 to 13:00, 180 an hour come, "
        "before and after 50. When is the queue longest?",
        options=GUESSES,
    ),
)  # fmt: skip
def noon_rush(
    peak: float,
    length: float,
    clerks: int,
    extra: int,
    extra_from: float,
    time: float,
    guess: str | None,
) -> View:
    """A bank counter from 11:00 to 15:00, seen as water in a tank. All numbers are invented."""
    rush = bank(peak, length, clerks, extra, extra_from)
    now = OPEN + time / 60
    seen = _seen(rush, now) + _reinforced(extra, extra_from)
    if guess is not None:
        seen += " " + say(
            "Your guess was: {guess}. The queue grows as long as more come than are served, so "
            "with four clerks it is longest at {peak}.",
            guess=GUESSES[guess],
            peak=clock(bank(180, 60, 4, 0, 60).longest_queue_at),
        )
    figures = [
        Figure("longest", "Longest queue", count(round(rush.longest_queue), "customer")),
        Figure("wait", "Longest wait", minutes(60 * rush.longest_wait, 0)),
        Figure(
            "clears",
            "Queue gone at",
            "no queue" if rush.ends is None else _clock(rush.ends),
        ),
        Figure(
            "total",
            "Waiting, all together",
            Quantity(rush.total_delay, "hour", 1, "hours"),
            help="The area between the curves: the hours of all customers together.",
        ),
        Figure("mean", "Mean wait", minutes(60 * rush.mean_wait)),
    ]
    if extra:
        saved = bank(peak, length, clerks, 0, extra_from).total_delay - rush.total_delay
        figures.append(
            Figure("saved", "Saved by the extra clerks", Quantity(saved, "hour", 1, "hours"))
        )
    return View(
        say=seen,
        warning=_warning(rush, clerks + extra),
        figures=figures,
        parts=[_curves(rush, now, seen), _queue(rush, now)],
    )


def _seen(rush: FluidQueue, now: float) -> str:
    if rush.ends is None:
        return say(
            "At no time do more come than can be served: the curves lie on each other and nobody "
            "waits. Chance would still make some wait; these curves do not see it."
        )
    peak = clock(rush.longest_queue_at)
    first = say(
        "At {now} {queue} in the queue, and a customer who comes then waits {wait}.",
        now=clock(now),
        queue=_people(rush.queue(now)),
        wait=minutes(60 * rush.wait(now), 0),
    )
    if clock(now) == peak:
        then = say(
            "At this time the queue is longest; at {ends} it is gone.", ends=_clock(rush.ends)
        )
    else:
        then = say(
            "The queue is longest at {peak}, with {longest}, and gone at {ends}.",
            peak=peak,
            longest=count(round(rush.longest_queue), "customer"),
            ends=_clock(rush.ends),
        )
    return first + " " + then


def _reinforced(extra: int, extra_from: float) -> str:
    if not extra:
        return ""
    return " " + say(
        "{n} at {time}.",
        n=say("One extra clerk comes" if extra == 1 else "{n} extra clerks come", n=extra),
        time=clock(OPEN + extra_from / 60),
    )


def _people(number: float) -> str:
    whole = round(number)
    shown = say("{n} are", n=count(whole, "customer"))
    return say("1 customer is") if whole == 1 else say("nobody is") if whole == 0 else shown


def _warning(rush: FluidQueue, clerks: int) -> str:
    if rush.ends is None or rush.ends <= CLOSE:
        return ""
    return say(
        "The door closes at 15:00, and the clerks work until {ends}: at the end {served} can be "
        "served and {come} still come. Have more clerks, or extra ones from the beginning of the "
        "rush.",
        ends=_clock(rush.ends),
        come=per_hour(USUAL),
        served=per_hour(clerks * ONE_CLERK),
    )


def _clock(hours: float) -> str:
    return clock(hours) if hours < 24 else say("after midnight")


def _minute(hours: float) -> float:
    return round(60 * (hours - OPEN), 9)


def _end(rush: FluidQueue) -> float:
    """Where the pictures end, in minutes after opening."""
    return max(60 * (CLOSE - OPEN), -(-_minute(rush.times[-1]) // 30) * 30)


def _ticks(end: float) -> int:
    """Minutes between two times on the axis."""
    return 30 if end <= 300 else 60 if end <= 600 else 180


def _curves(rush: FluidQueue, now: float, alt: str) -> Chart:
    rows = [
        {"minute": _minute(row["time"]), "customers": row[key], "curve": name}
        for key, name in (("arrived", "have come: A(t)"), ("departed", "have been served: D(t)"))
        for row in rush.rows()
    ]
    come, gone, wait = rush.arrived_by(now), rush.departed_by(now), rush.wait(now)
    at = _minute(now)
    spans = []
    if come - gone >= 0.5:
        down = {"x": at, "x2": at, "y": gone, "y2": come, "color": "var(--svc-vermilion)"}
        across = {"y": come, "y2": come, "x": at, "x2": at + 60 * wait}
        spans = [
            {**down, "label": say("queue: {n}", n=round(come - gone))},
            {
                **across,
                "color": "var(--svc-purple)",
                "label": say("wait: {t}", t=minutes(60 * wait, 0)),
            },
        ]
    end = _end(rush)
    return lines(
        rows,
        x=("minute", "Time"),
        y=("customers", "Customers since 11:00"),
        series="curve",
        x_axis=clock_axis(OPEN, end, _ticks(end)),
        x_domain=(0, end),
        band=[
            {"x": _minute(row["time"]), "low": row["departed"], "high": row["arrived"]}
            for row in rush.rows()
        ],
        spans=spans,
        handles=[
            Handle(
                parameter="time",
                x=at,
                y=come,
                path=[(_minute(row["time"]), row["arrived"]) for row in rush.rows()],
            )
        ],
        title="Customers who have come and who have been served",
        alt=say("Two rising curves. {seen}", seen=alt),
        height=320,
    )


def _queue(rush: FluidQueue, now: float) -> Chart:
    end = _end(rush)
    return lines(
        [{"minute": _minute(row["time"]), "queue": row["queue"]} for row in rush.rows()],
        x=("minute", "Time"),
        y=("queue", "Customers waiting"),
        x_axis=clock_axis(OPEN, end, _ticks(end)),
        x_domain=(0, end),
        # Without a queue the axis would show a lonely zero.
        y_domain=None if rush.longest_queue >= 1 else (0, 10),
        marks=[{"x": _minute(now)}],
        title="The queue: the distance between the curves",
        alt=say(
            "The queue over the day; at most {n} wait.",
            n=count(round(rush.longest_queue), "customer"),
        ),
        height=170,
    )


__all__ = ["bank", "clock_axis", "noon_rush"]
