"""A line too long to list: an integer program finds the fewest stations."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from svclab.explore import Figure, Flow, Integer, NumberGuess, TableView, View, explorable
from svclab.process.analysis import analyse
from svclab.process.cases import vaccination_centre
from svclab.process.explorables.lines import flow
from svclab.process.layout import Layout
from svclab.process.programs import fewest_stations
from svclab.words import Quantity, count, join, per_hour, percent, say, seconds

CENTRE = vaccination_centre()


@lru_cache(maxsize=256)
def _stations(takt: float) -> Layout:
    return fewest_stations(CENTRE, takt)


def _numbered(drawn: Flow) -> Flow:
    """Stations by number: their activities stand in the table."""
    nodes = [
        {**node, "label": say("Station {n}", n=i), "lines": node["lines"][:1]}
        for i, node in enumerate(drawn.nodes, 1)
    ]
    return replace(drawn, nodes=nodes)


@explorable(
    title="How few stations keep the pace?",
    engine="highs",
    parameters=[
        Integer(
            name="takt", label="Takt time", unit="s", low=75, high=300, step=5, default=150,
            help="One person is finished every so many seconds. No activity takes over 75 s.",
        ),
    ],
    guess=NumberGuess(
        question="A person is finished every 100 s, the work is 525 s. "
        "How many one-person stations are needed?",
        low=1,
        high=14,
        unit="stations",
    ),
)  # fmt: skip
def longer_line(takt: int, guess: float | None) -> View:
    """Fourteen activities of a vaccination centre (invented); an integer program is solved."""
    layout = _stations(float(takt))
    built = layout.as_process(CENTRE)
    least = sum(a.seconds for a in CENTRE.activities) / takt
    seen = say(
        "A takt time of {takt} needs {n}; the work alone asks for at least {least}.",
        takt=seconds(takt),
        n=count(layout.workers, "station"),
        least=Quantity(least, "station", 2, "stations"),
    )
    if guess is not None:
        seen += " " + say(
            "For 100 s your guess was {guess}; it is {real}.",
            guess=count(int(guess), "station"),
            real=count(_stations(100.0).workers, "station"),
        )
    return View(
        say=seen,
        figures=[
            Figure("stations", "Stations", count(layout.workers)),
            Figure("rate", "Takt as a rate", per_hour(3600 / takt)),
            Figure("cycle", "Slowest station", seconds(layout.cycle_time)),
            Figure(
                "delay",
                "Idle share at the takt",
                percent(1 - layout.work_content / (layout.workers * takt)),
                help="Paid time without work if one person is finished every takt time",
            ),
        ],
        parts=[
            _numbered(flow(built, analyse(built, 3600 / takt))),
            TableView(
                title="The stations",
                columns=[
                    ("Station", "", "right"),
                    ("Activities", "", "left"),
                    ("Work", "s", "right"),
                    ("Free at the takt", "s", "right"),
                ],
                rows=[
                    [i, join(list(s.activities)), seconds(s.seconds), seconds(takt - s.seconds)]
                    for i, s in enumerate(layout.stations, 1)
                ],
                emphasis=[
                    i for i, s in enumerate(layout.stations) if s.seconds == layout.cycle_time
                ],
            ),
        ],
    )


__all__ = ["longer_line"]
