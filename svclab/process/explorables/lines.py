"""A line and its pace: bottleneck, one more worker, Little's law."""

from __future__ import annotations

import math
from typing import Any

from svclab.explore import (
    Chart,
    Column,
    Figure,
    Flow,
    Integer,
    Number,
    NumberGuess,
    Table,
    View,
    bars,
    explorable,
    guess_mark,
    lines,
)
from svclab.explore import Choice as ChoiceOf
from svclab.process.analysis import FlowAnalysis, analyse
from svclab.process.cases import licence_office
from svclab.process.flowchart import diagram
from svclab.process.littles import littles_law
from svclab.process.model import MINUTE, Process
from svclab.words import (
    Quantity,
    count,
    duration,
    join,
    minutes,
    number,
    per_hour,
    percent,
    say,
    seconds,
)

OFFICE = licence_office()
TARGET = 120.0


def flow(process: Process, analysis: FlowAnalysis, title: str = "") -> Flow:
    """The flow chart of a process as a part of a view."""
    drawn = diagram(process, analysis)
    return Flow(title=title, alt=drawn["alt"], nodes=drawn["nodes"], edges=drawn["edges"])


def capacity_bars(analysis: FlowAnalysis, demand: float | None, title: str = "") -> Chart:
    """Customers per hour of each resource, the bottleneck in its own colour."""
    rows = [
        {
            "who": row.name,
            "rate": row.capacity_per_hour,
            "text": per_hour(row.capacity_per_hour).text,
            "color": "var(--svc-vermilion)" if row.is_bottleneck else "var(--svc-blue)",
        }
        for row in analysis.resources
        if math.isfinite(row.capacity_per_hour)
    ]
    marks = [] if demand is None else [{"x": demand, "label": "demand"}]
    return bars(
        rows,
        category=("who", "Who"),
        value=("rate", "Customers per hour"),
        color="color",
        text="text",
        marks=marks,
        title=title,
        alt=say(
            "Bars of the capacity of each place; the shortest is {who}.",
            who=join(analysis.bottlenecks),
        ),
    )


@explorable(
    title="Which activity sets the pace?",
    parameters=[
        Table(
            name="activities",
            label="Activities",
            help="Change a time, or give an activity more workers.",
            columns=[
                Column(name="name", label="Activity", editable=False),
                Column(
                    Number(
                        name="seconds", label="Time", unit="s", low=1, high=300, step=5, default=30
                    )
                ),
                Column(Integer(name="workers", label="Workers", low=1, high=6, default=1)),
            ],
            default=[
                {"name": a.name, "seconds": a.seconds, "workers": 1} for a in OFFICE.activities
            ],
        ),
        Number(
            name="demand",
            label="Demand",
            unit="per hour",
            low=10,
            high=240,
            step=5,
            default=60,
            help="How many applicants come per hour.",
        ),
    ],
)
def line_pace(activities: list[dict[str, Any]], demand: float) -> View:
    """Six activities in a row. The smallest capacity is the capacity of all."""
    line = Process.line(
        "Licence office",
        [(row["name"], row["seconds"]) for row in activities],
        workers={row["name"]: row["workers"] for row in activities},
    )
    result = analyse(line, demand)
    enough = demand <= result.capacity_per_hour * (1 + 1e-9)
    who = join(result.bottlenecks)
    return View(
        say=say(
            "The bottleneck is {who}: at most {capacity} can pass, one every {cycle}.",
            who=who,
            capacity=per_hour(result.capacity_per_hour),
            cycle=seconds(result.cycle_time_seconds),
        ),
        warning=""
        if enough
        else say(
            "{demand} come and {capacity} can be served: the queue in front of {who} grows by "
            "{rest}. Add a worker there, or shorten the activity.",
            demand=per_hour(demand),
            capacity=per_hour(result.capacity_per_hour),
            who=who,
            rest=per_hour(demand - result.capacity_per_hour),
        ),
        figures=[
            Figure(
                "capacity",
                "Capacity",
                per_hour(result.capacity_per_hour),
                "good" if enough else "bad",
                "Customers per hour at full load",
            ),
            Figure("cycle", "Cycle time", seconds(result.cycle_time_seconds)),
            Figure("flow", "Flow time, no queue", duration(result.flow_time_seconds)),
            Figure("workers", "Workers", count(result.workers)),
            Figure(
                "delay",
                "Balance delay",
                percent(result.balance_delay),
                help="Share of the paid time without work, at full load",
            ),
        ],
        parts=[flow(line, result), capacity_bars(result, demand)],
    )


_PLACES = {"": "nowhere"} | {a.name: a.name for a in OFFICE.activities}


@explorable(
    title="Where does the seventh worker help?",
    parameters=[
        ChoiceOf(
            name="place",
            label="The seventh worker joins",
            options=_PLACES,
            default="",
            help="The other six stay where they are.",
        )
    ],
    guess=NumberGuess(
        question="With the seventh worker at the best place: how many applicants per hour?",
        low=60,
        high=240,
        step=5,
        unit="per hour",
    ),
)
def one_more_worker(place: str, guess: float | None) -> View:
    """Six workers, one at each activity, and one more to place."""

    def with_help(name: str) -> Process:
        return OFFICE.with_units(**{name: 2}) if name else OFFICE

    reached = {name: analyse(with_help(name)).capacity_per_hour for name in _PLACES}
    best = max(reached.values())
    rows = [
        {
            "place": label,
            "rate": reached[name],
            "text": per_hour(reached[name]).text,
            "color": "var(--svc-vermilion)" if name == place else "var(--svc-blue)",
        }
        for name, label in _PLACES.items()
    ]
    marks = [{"x": TARGET, "label": "target"}]
    if guess is not None:
        marks.append(guess_mark(x=guess))
    here = analyse(with_help(place), TARGET)
    seen = say(
        "With the seventh worker at {place}, the office serves {rate}; now {who} is the bottleneck."
        if place
        else "With six workers the office serves {rate}; {who} is the bottleneck.",
        place=place,
        rate=per_hour(reached[place]),
        who=join(here.bottlenecks),
    )
    if guess is not None:
        seen += " " + say(
            "Your guess was {guess}; the best place gives {best}.",
            guess=per_hour(guess),
            best=per_hour(best),
        )
    return View(
        say=seen,
        figures=[
            Figure(
                "capacity",
                "Capacity",
                per_hour(reached[place]),
                "good" if reached[place] >= TARGET else "bad",
            ),
            Figure("bottleneck", "Bottleneck", join(here.bottlenecks)),
            Figure("missing", "Missing to the target", per_hour(TARGET - reached[place])),
        ],
        parts=[
            bars(
                rows,
                category=("place", "Seventh worker at"),
                value=("rate", "Capacity of the office, applicants per hour"),
                color="color",
                text="text",
                marks=marks,
                domain=(0, 250 if guess and guess > 130 else 140),
                alt=seen,
            ),
            flow(with_help(place), here),
        ],
    )


@explorable(
    title="How many people are inside?",
    parameters=[
        Number(
            name="rate",
            label="Throughput",
            unit="per hour",
            low=10,
            high=240,
            step=5,
            default=45,
            help="How many leave per hour, in the long run as many as come.",
        ),
        Number(
            name="stay",
            label="Flow time",
            unit="min",
            low=1,
            high=60,
            step=0.5,
            default=20,
            help="Mean time from arrival to leaving, waiting included.",
        ),
    ],
    guess=NumberGuess(
        question="Forty-five people leave per hour, and each stayed 20 minutes. "
        "How many are inside on average?",
        low=1,
        high=100,
        unit="people",
    ),
)
def people_inside(rate: float, stay: float, guess: float | None) -> View:
    """Arrivals and departures, counted from the start. The gap is the crowd."""
    law = littles_law(throughput_per_hour=rate, flow_time_seconds=stay * MINUTE)
    inside = law.inventory
    window = max(60.0, 2 * stay)
    rows = [
        {"minute": t, "people": max(0.0, rate / 60 * (t - lag)), "line": name}
        for name, lag in (("arrived", 0.0), ("left", stay))
        for t in (window * i / 40 for i in range(41))
    ]
    at = 0.75 * window
    marks = [
        {"x": at, "y": rate / 60 * at, "label": ""},
        {"x": at, "y": rate / 60 * (at - stay), "label": ""},
        {
            "x": at,
            "y": rate / 60 * (at - stay / 2),
            "label": say("{n} inside", n=number(inside)),
            "shape": "cross",
        },
    ]
    seen = say(
        "{rate} for {stay} each: {n} inside on average.",
        rate=per_hour(rate),
        stay=minutes(stay),
        n=Quantity(inside, "person", 1, "people"),
    )
    if guess is not None:
        seen += " " + say("Your guess was {guess}.", guess=Quantity(guess, "person", 0, "people"))
    return View(
        say=seen,
        figures=[
            Figure("inside", "Inside on average", Quantity(inside, "person", 1, "people")),
            Figure("rate", "Throughput", per_hour(rate)),
            Figure("stay", "Flow time", minutes(stay)),
            Figure(
                "waiting",
                "Of it waiting, if service is 195 s",
                minutes(max(0.0, stay - analyse(OFFICE).flow_time_seconds / MINUTE)),
                help="The six activities of the licence office take 195 s.",
            ),
        ],
        parts=[
            lines(
                rows,
                x=("minute", "Minutes since the start"),
                y=("people", "People, counted from the start"),
                series="line",
                marks=marks,
                alt=say(
                    "Two rising lines, arrivals and departures, {stay} apart; the height "
                    "between them is {n}.",
                    stay=minutes(stay),
                    n=Quantity(inside, "person", 1, "people"),
                ),
            )
        ],
    )


__all__ = ["capacity_bars", "flow", "line_pace", "one_more_worker", "people_inside"]
