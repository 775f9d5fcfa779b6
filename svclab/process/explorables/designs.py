"""Laying out a line: by hand, all layouts at once, and by a solver."""

from __future__ import annotations

import math
from functools import lru_cache
from typing import Any

from svclab.explore import (
    Choice,
    Column,
    Figure,
    Integer,
    Number,
    NumberGuess,
    Switch,
    Table,
    TableView,
    View,
    explorable,
    points,
)
from svclab.process.analysis import analyse
from svclab.process.arranging import arrange
from svclab.process.balancing import layouts, pareto
from svclab.process.cases import licence_office
from svclab.process.explorables.lines import capacity_bars, flow
from svclab.process.explorables.queues import animation
from svclab.process.layout import Layout
from svclab.process.model import Process
from svclab.process.recursion import replay
from svclab.process.runs import Run
from svclab.process.sampling import draw
from svclab.words import count, duration, join, number, per_hour, percent, say

FREE = licence_office(free_order=True)
MOST_WORKERS = 8


@lru_cache(maxsize=16)
def frontier(workers: int) -> tuple[Layout, ...]:
    """The layouts of the licence office that nobody beats in capacity and equipment."""
    return tuple(pareto(layouts(FREE, workers)))


def best_with(workers: int, pieces: int) -> float:
    """Most applicants per hour with that many workers and at most so many pieces."""
    fitting = [x for x in frontier(workers) if x.equipment_total <= pieces]
    return fitting[0].capacity_per_hour if fitting else 0.0


def pieces_text(layout: Layout) -> str:
    """The equipment of a layout in words."""
    return join([str(count(n, kind)) for kind, n in sorted(layout.equipment.items())])


@explorable(
    title="Design the line: who does what, and where do seven people stand?",
    parameters=[
        Table(
            name="activities",
            label="Which activity in which station",
            help="The same number: the same people do both, and each needs the equipment.",
            columns=[
                Column(name="name", label="Activity", editable=False),
                Column(name="time", label="Time", editable=False),
                Column(Integer(name="station", label="Station", low=1, high=6, default=1)),
            ],
            default=[
                {"name": a.name, "time": say("{t} s", t=number(a.seconds)), "station": i}
                for i, a in enumerate(FREE.activities, 1)
            ],
        ),
        Table(
            name="workers",
            label="Workers at each station",
            help="The office may pay seven.",
            columns=[
                Column(name="station", label="Station", editable=False),
                Column(Integer(name="workers", label="Workers", low=0, high=7, default=1)),
            ],
            default=[
                {"station": str(i), "workers": w} for i, w in enumerate((1, 1, 2, 1, 1, 1), 1)
            ],
        ),
        Number(
            name="demand",
            label="Target",
            unit="per hour",
            low=30,
            high=150,
            step=5,
            default=120,
            help="Applicants that the office must handle.",
        ),
        Switch(
            name="run",
            label="Let them come, at random",
            help="Sixty applicants at the rate of the target, to be watched in your design.",
        ),
    ],
)
def line_designer(
    activities: list[dict[str, Any]], workers: list[dict[str, Any]], demand: float, run: bool
) -> View:
    """Group activities into stations and place the workers.

    Check first, licence last; the order between is free (inferred).
    """
    staff = {int(row["station"]): row["workers"] for row in workers}
    used = sorted({row["station"] for row in activities})
    for station, people in staff.items():
        if people and station not in used:
            raise ValueError(
                say(
                    "Station {n} has {people} and no activity: give it one, or move the people.",
                    n=station,
                    people=count(people, "worker"),
                )
            )
    empty = [n for n in used if staff[n] == 0]
    if empty:
        raise ValueError(
            say("Station {n} has activities and nobody there: place a worker.", n=empty[0])
        )
    groups = [[row["name"] for row in activities if row["station"] == n] for n in used]
    layout = arrange(FREE, groups, [staff[n] for n in used])
    built = layout.as_process(FREE)
    result = analyse(built, demand)
    enough = layout.capacity_per_hour >= demand * (1 - 1e-9)
    total = layout.workers
    best = best_with(min(total, MOST_WORKERS), layout.equipment_total)
    played = _sixty(built, demand) if run else None
    seen = say(
        "{people} serve at most {rate}; the bottleneck is {who}. It takes {pieces}.",
        people=count(total, "worker"),
        rate=per_hour(layout.capacity_per_hour),
        who=join([s.name for s in layout.bottlenecks]),
        pieces=pieces_text(layout),
    )
    if total <= MOST_WORKERS and best > layout.capacity_per_hour * (1 + 1e-9):
        seen += " " + say(
            "With the same number of people and pieces, another design reaches {best}.",
            best=per_hour(best),
        )
    elif total <= MOST_WORKERS:
        seen += " " + say("No design with as many people and pieces serves more.")
    return View(
        say=seen,
        warning=""
        if total <= 7
        else say("The budget pays seven workers, and this design has {n}.", n=number(total)),
        figures=[
            Figure(
                "capacity",
                "Capacity",
                per_hour(layout.capacity_per_hour),
                "good" if enough else "bad",
            ),
            Figure("workers", "Workers", count(total), "" if total <= 7 else "bad"),
            *(
                Figure(kind, kind.capitalize() + "s", count(n))
                for kind, n in sorted(layout.equipment.items())
            ),
            Figure("delay", "Balance delay", percent(layout.idle_share)),
            *(
                [Figure("wait", "Mean wait of sixty", duration(played.mean_total_wait))]
                if played
                else []
            ),
        ],
        parts=[
            flow(built, result),
            *(
                [animation(played, "Sixty applicants in your design", seen, customers=60)]
                if played
                else []
            ),
            capacity_bars(result, demand),
        ],
    )


def _sixty(process: Process, demand: float) -> Run:
    work = draw(process, 60, arrivals_per_hour=demand, seed=4, service=("gamma", 0.25))
    return replay(process, work)


def _limit(kind: str, label: str) -> Choice:
    options = {"any": "as many as needed", "1": "1", "2": "2", "3": "3", "4": "4"}
    return Choice(name=kind, label=label, options=options, default="any")


@explorable(
    title="Every layout: how much capacity does equipment buy?",
    parameters=[
        Integer(
            name="workers",
            label="Workers",
            low=1,
            high=MOST_WORKERS,
            default=7,
            help="All layouts of so many people are computed.",
        ),
        _limit("testers", "Eye testers there are"),
        _limit("cameras", "Cameras there are"),
        Switch(
            name="order",
            label="Keep the order: application first, licence last",
            default=True,
            help="Off: any activity may come first.",
        ),
    ],
    guess=NumberGuess(
        question="Seven people, and only one eye tester: at most how many applicants per hour?",
        low=60,
        high=130,
        step=5,
        unit="per hour",
    ),
)
def all_layouts(workers: int, testers: str, cameras: str, order: bool, guess: float | None) -> View:
    """Each point is one or more layouts of the licence office."""
    limits = {
        kind: int(given)
        for kind, given in (("eye tester", testers), ("camera", cameras))
        if given != "any"
    }
    found = layouts(FREE, workers, limits=limits, precedence=order)
    if not found:
        raise ValueError(say("No layout is possible with so little equipment."))
    edge = pareto(found)
    seen = _layouts_sentence(workers, len(found), edge)
    if guess is not None:
        one = layouts(FREE, 7, limits={"eye tester": 1})[0]
        seen += " " + say(
            "Your guess for one eye tester was {guess}; it is {real}.",
            guess=per_hour(guess),
            real=per_hour(one.capacity_per_hour),
        )
    return View(
        say=seen,
        figures=[
            Figure("count", "Layouts", count(len(found))),
            Figure("best", "Most capacity", per_hour(edge[0].capacity_per_hour)),
            Figure("pieces", "Pieces it needs", count(edge[0].equipment_total)),
            Figure("thrifty", "With least equipment", per_hour(edge[-1].capacity_per_hour)),
        ],
        parts=[
            points(
                _dots(found, edge),
                x=("pieces", "Pieces of equipment (cameras and eye testers)"),
                y=("rate", "Capacity, applicants per hour"),
                color="color",
                size="layouts",
                marks=[{"y": 120.0, "label": "target", "color": "var(--svc-orange)"}],
                alt=seen,
                height=320,
                zero=True,
                x_domain=(0, 2 * workers + 1),
                y_domain=(0, 20 * math.ceil((edge[0].capacity_per_hour + 8) / 20)),
            ),
            TableView(
                title="The layouts on the edge",
                columns=[
                    ("Stations and workers", "", "left"),
                    ("Capacity", "per hour", "right"),
                    ("Equipment", "", "left"),
                    ("Balance delay", "%", "right"),
                ],
                rows=[
                    [
                        " → ".join(f"{s.name} × {s.workers}" for s in x.stations),
                        per_hour(x.capacity_per_hour),
                        pieces_text(x),
                        percent(x.idle_share),
                    ]
                    for x in edge
                ],
            ),
        ],
    )


def _layouts_sentence(workers: int, n: int, edge: list[Layout]) -> str:
    if len(edge) == 1:
        return say(
            "{people}, {n}: the best serves {rate} with {pieces}.",
            people=count(workers, "worker"),
            n=count(n, "layout"),
            rate=per_hour(edge[0].capacity_per_hour),
            pieces=pieces_text(edge[0]),
        )
    return say(
        "{people}, {n}. The edge goes from {least} with {few} to {most} with {many}.",
        people=count(workers, "worker"),
        n=count(n, "layout"),
        least=per_hour(edge[-1].capacity_per_hour),
        few=pieces_text(edge[-1]),
        most=per_hour(edge[0].capacity_per_hour),
        many=pieces_text(edge[0]),
    )


def _dots(found: list[Layout], edge: list[Layout]) -> list[dict[str, Any]]:
    """Layouts with equal capacity and equipment as one dot, sized by their number."""
    best = {(x.equipment_total, x.exact_cycle_time) for x in edge}
    dots: dict[Any, dict[str, Any]] = {}
    for x in found:
        key = (x.equipment_total, x.exact_cycle_time)
        dot = dots.setdefault(
            key,
            {
                "pieces": x.equipment_total,
                "rate": round(x.capacity_per_hour, 3),
                "layouts": 0,
                "color": "var(--svc-vermilion)" if key in best else "var(--svc-blue)",
            },
        )
        dot["layouts"] += 1
    return sorted(dots.values(), key=lambda d: (d["pieces"], d["rate"]))


__all__ = ["all_layouts", "line_designer"]
