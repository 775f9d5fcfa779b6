"""Telephone lines that lose callers or let them wait, and three senses of service level."""

from __future__ import annotations

from itertools import islice
from typing import Any

from svclab.capacity.queues.erlang import erlang_b_by_servers
from svclab.capacity.queues.markovian import erlang_a, mmcc
from svclab.capacity.queues.results import Queue
from svclab.capacity.queues.service_levels import ServiceLevel
from svclab.explore import (
    Chart,
    Choice,
    Figure,
    Handle,
    Integer,
    Number,
    TableView,
    View,
    explorable,
)
from svclab.explore import lines as line_chart
from svclab.words import Quantity, count, number, per_hour, percent, say, seconds

MOST_LINES = 40
ABANDON_TARGET = 0.05
SENSES = {
    "offered": "of all calls",
    "answered": "of answered calls",
    "patient": "without early hang-ups",
}


@explorable(
    title="How many lines for the calls, and what does “80% within 20 s” mean?",
    parameters=[
        Number(
            name="calls", label="Calls", unit="per hour", low=20, high=600, step=10, default=360,
        ),
        Number(
            name="talk", label="Mean call", unit="min", low=1, high=6, step=0.5, default=3,
        ),
        Integer(name="lines", label="Lines", low=1, high=MOST_LINES, default=19),
        Choice(
            name="mode",
            label="A caller who finds all lines busy",
            options={"wait": "waits, for a time", "lost": "is lost"},
            default="wait",
        ),
        Number(
            name="patience", label="Mean patience", unit="min", low=0.5, high=10, step=0.5,
            default=2, help="Then a waiting caller hangs up.", shown_if=("mode", "wait"),
        ),
        Number(
            name="within", label="In time means within", unit="s", low=0, high=120, step=5,
            default=20, shown_if=("mode", "wait"),
        ),
        Number(
            name="target", label="Target", unit="%", low=50, high=99, step=1, default=80,
            help="Share of the calls to be answered in time.", shown_if=("mode", "wait"),
        ),
        Number(
            name="lost", label="Lost at most", unit="%", low=0.5, high=10, step=0.5, default=1,
            help="Share of the calls that may find all lines busy.", shown_if=("mode", "lost"),
        ),
    ],
)  # fmt: skip
def phone_lines(
    calls: float,
    talk: float,
    lines: int,
    mode: str,
    patience: float,
    within: float,
    target: float,
    lost: float,
) -> View:
    """A telecom operator's hotline: Erlang B, or Erlang A. Calls and targets are invented."""
    if mode == "lost":
        return _losing(calls, talk, lines, lost / 100)
    return _waiting(calls, talk, lines, patience, within, target / 100)


def _losing(calls: float, talk: float, servers: int, target: float) -> View:
    queue = mmcc(calls, 60 / talk, servers=servers)
    lost = queue.probability_of_loss
    by_lines = list(islice(erlang_b_by_servers(queue.offered_load), 200))
    enough = next(n for n, b in enumerate(by_lines) if b <= target)
    seen = say(
        "With {n} for a load of {load} Erlang, {share} of the calls find all lines busy and are "
        "lost. The target, at most {target}, needs {enough}.",
        n=count(servers, "line"),
        load=number(queue.offered_load, 2),
        share=percent(lost, 2),
        enough=count(enough, "line"),
        target=percent(target),
    )
    path = [(float(n), 100 * b) for n, b in enumerate(by_lines[: MOST_LINES + 1]) if n]
    return View(
        say=seen,
        figures=[
            Figure("load", "Offered load", Quantity(queue.offered_load, "Erlang", 2)),
            Figure("lost", "Calls lost", percent(lost, 2), "bad" if lost > target else "good"),
            Figure("lost_calls", "Calls lost", per_hour(calls * lost)),
            Figure(
                "busy",
                "A line is busy",
                percent(queue.occupancy),
                help="Share of the time.",
            ),
            Figure("enough", say("Lines for {p} lost", p=percent(target)), count(enough)),
        ],
        parts=[
            _lines_chart(
                [{"lines": n, "share": b} for n, b in path],
                y="Calls lost, %",
                top=100.0,
                marks=[_target(target, enough)],
                handle=Handle(parameter="lines", x=servers, y=100 * lost, path=path),
                alt=seen,
            )
        ],
    )


def _levels(level: ServiceLevel) -> dict[str, float]:
    return {
        "offered": level.of_all_offered,
        "answered": level.of_those_answered,
        "patient": level.leaving_out_those_who_gave_up_in_time,
    }


def _waiting(
    calls: float, talk: float, servers: int, patience: float, within: float, target: float
) -> View:
    def with_lines(n: int) -> Queue:
        return erlang_a(calls, 60 / talk, servers=n, mean_patience=patience / 60)

    queue = with_lines(servers)
    levels = _levels(queue.service_level(seconds=within))
    by_lines = [
        _levels(with_lines(n).service_level(seconds=within)) for n in range(1, MOST_LINES + 1)
    ]
    enough = {
        sense: next((n for n, at in enumerate(by_lines, 1) if at[sense] >= target), None)
        for sense in SENSES
    }
    gone = queue.probability_of_abandonment
    seen = say(
        "Within {t}, {offered} of all calls are answered; counting answered calls alone it is "
        "{answered}, and without those who hang up before it is {patient}.",
        t=seconds(within),
        offered=percent(levels["offered"]),
        answered=percent(levels["answered"]),
        patient=percent(levels["patient"]),
    )
    rows = [
        {"lines": n, "share": 100 * at[sense], "sense": name}
        for sense, name in SENSES.items()
        for n, at in enumerate(by_lines, 1)
    ]
    path = [(float(n), 100 * at["offered"]) for n, at in enumerate(by_lines, 1)]
    return View(
        say=seen,
        warning=""
        if queue.offered_load < servers
        else say(
            "The load is {load} Erlang for {n}: only because callers hang up does the queue end. "
            "Have at least {more} lines if all shall be served.",
            load=number(queue.offered_load, 2),
            n=count(servers, "line"),
            more=int(queue.offered_load) + 1,
        ),
        figures=[
            *(
                Figure(
                    sense,
                    say("Within {t}, {name}", t=seconds(within), name=name),
                    percent(levels[sense]),
                    "good" if levels[sense] >= target else "bad",
                )
                for sense, name in SENSES.items()
            ),
            Figure(
                "gone",
                "Hang up",
                percent(gone),
                "good" if gone <= ABANDON_TARGET else "bad",
                "Share of all calls; at most 5% is good here, a target that we chose.",
            ),
            Figure("wait", "Mean wait", seconds(queue.mean_wait_seconds)),
            Figure("busy", "A line is busy", percent(queue.occupancy), help="Share of the time."),
        ],
        parts=[
            _lines_chart(
                rows,
                y=say("Answered within {t}, %", t=seconds(within)),
                top=100.0,
                series="sense",
                marks=[_target(target, enough["offered"])],
                handle=Handle(parameter="lines", x=servers, y=100 * levels["offered"], path=path),
                alt=seen,
            ),
            TableView(
                title=say("Lines for {p} within {t}", p=percent(target, 0), t=seconds(within)),
                columns=[("Counted", "", "left"), ("Fewest lines", "", "right")],
                rows=[
                    [name, enough[s] or say("more than {n}", n=MOST_LINES)]
                    for s, name in SENSES.items()
                ],
            ),
        ],
    )


def _target(share: float, enough: int | None) -> dict[str, Any]:
    """A target's rule, named where the curve is not: it crosses the rule at ``enough`` lines."""
    early = enough is not None and enough <= MOST_LINES / 2
    at = {"at": "end"} if early else {}
    return {"y": 100 * share, "label": say("target: {p}", p=percent(share)), **at}


def _lines_chart(
    rows: list[dict[str, Any]],
    *,
    y: str,
    top: float,
    marks: list[dict[str, Any]],
    handle: Handle,
    alt: str,
    series: str | None = None,
) -> Chart:
    return line_chart(
        rows,
        x=("lines", "Lines"),
        y=("share", y),
        series=series,
        marks=marks,
        x_domain=(0, MOST_LINES),
        y_domain=(0, top),
        handles=[handle],
        alt=alt,
        height=300,
    )


__all__ = ["phone_lines"]
