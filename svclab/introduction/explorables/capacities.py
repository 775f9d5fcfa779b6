"""Demand, process, quality and cost as one system: does cutting capacity save money?"""

from __future__ import annotations

import math
from typing import Any

from svclab.explore import (
    Chart,
    Choice,
    Figure,
    Handle,
    Number,
    NumberGuess,
    View,
    explorable,
    lines,
)
from svclab.explore.diagrams import CausalLoop, Link, Variable
from svclab.introduction.loops import CapacityRow, SubSystems, SystemRun, Week, cheapest_capacity
from svclab.introduction.loops import sub_systems as simulate
from svclab.introduction.loops.subsystems import a_job, jobs
from svclab.words import Quantity, percent, say

__all__ = ["sub_systems"]

WEEKS = 52
SMALL, LARGE = 80, 160
TRIED = tuple(range(SMALL, LARGE + 1, 2))
TOP = 400.0  # yuan; jobs that cost more are cut off in the picture
NO_LOOP = "none"
HASTE = ("load", "right", "rework")
NAME = ("demand", "load", "right", "reputation")
SAVING = ("load", "right", "cost", "capacity")
LOOPS = {"haste": HASTE, "name": NAME, "saving": SAVING}


@explorable(
    title="Does less capacity make a job cheaper?",
    parameters=[
        Number(
            name="capacity", label="Capacity", unit="jobs a week", low=SMALL, high=LARGE, step=2,
            default=120, help="Paid at 100 yuan for a job, idle or not.",
        ),
        Number(
            name="demand", label="Demand", unit="jobs a week", low=60, high=140, step=5,
            default=100, help="At a reputation that neither draws nor loses customers.",
        ),
        Number(
            name="strain", label="Haste costs quality", unit="points", low=0, high=100, step=5,
            default=60, help="Points lost of those right the first time, for 100 points of load.",
        ),
        Number(
            name="failure", label="A mistake costs", unit="yuan", low=0, high=800, step=50,
            default=300,
        ),
        Number(
            name="pull", label="Pull of reputation", unit="% for 1 point", low=0, high=3,
            step=0.2, default=0.8,
        ),
        Number(
            name="saving", label="Savings", unit="%", low=0, high=100, step=5, default=0,
            help="A good job that costs 10% more than its budget of 160 yuan cuts capacity by "
            "this share of 10%, every week.",
        ),
        Choice(
            name="lit", label="Light up a loop", default="haste",
            options={"haste": "haste makes work", "name": "reputation", "saving": "savings",
                     NO_LOOP: "none"},
        ),
    ],
    guess=NumberGuess(
        question="About 100 jobs come in a week. Capacity costs 100 yuan for each job that the "
        "staff could do, used or not. Above a load of 80%, haste makes mistakes: each costs 300 "
        "yuan, half of them come back as work, and they cost reputation. At which capacity does a "
        "good job cost least?",
        low=SMALL, high=LARGE, step=2, unit="jobs a week",
    ),
)  # fmt: skip
def sub_systems(
    capacity: float,
    demand: float,
    strain: float,
    failure: float,
    pull: float,
    saving: float,
    lit: str,
    guess: float | None,
) -> View:
    """The four sub-systems of the course's handbook joined by a model in the manner of Oliva and
    Sterman (2001). Equations and numbers are invented."""
    system = SubSystems(
        capacity=capacity, demand=demand, strain=strain / 100, failure_cost=failure, pull=pull,
        saving=saving / 100,
    )  # fmt: skip
    run = simulate(system, weeks=WEEKS)
    tried = _tried(system)
    seen = _sentence(run, tried)
    if guess is not None:
        seen = say("{seen} {answer}", seen=seen, answer=_answer(guess))
    last = run.weeks[-1]
    return View(
        say=seen,
        warning=_warning(run),
        figures=[
            Figure("each", say("A good job in week {n}", n=WEEKS), _price(last.cost_each)),
            Figure("right", "Right the first time", percent(last.quality),
                   "bad" if last.quality < 0.85 else "good",
                   help="In the last week; below 85% is bad here, a limit that we chose."),
            Figure("load", "Load", _load(last.load), "bad" if last.load > 1 else ""),
            Figure("left", "Capacity left", _left(run)),
            Figure("best", "Cheapest capacity", _best(tried),
                   help="Where it stays in the long run, without savings."),
        ],
        parts=[_loop(system, lit), _course(run, seen), _costs(system, tried)],
    )  # fmt: skip


def _tried(system: SubSystems) -> list[CapacityRow]:
    """Steady states at each capacity; where no capacity has one, all rows without."""
    try:
        return list(cheapest_capacity(system, TRIED).rows)
    except ValueError:
        return [CapacityRow(one, None) for one in TRIED]


def _cheapest(tried: list[CapacityRow]) -> CapacityRow | None:
    known = [(row.state.cost_each, row) for row in tried if row.state]
    return min(known, key=lambda pair: pair[0])[1] if known else None


def _best(tried: list[CapacityRow]) -> str:
    best = _cheapest(tried)
    return str(jobs(best.capacity)) if best else "none here"


def _price(value: float) -> str:
    return str(a_job(value)) if math.isfinite(value) else "no job is good"


def _load(value: float) -> Quantity | str:
    """A load; where work has piled up for weeks, its size says no more."""
    return percent(value, 0) if value <= 10 else "beyond all measure"


def _ruined(run: SystemRun) -> Week | None:
    """The first week from which no job is good any more, if savings led there."""
    weeks = list(run.weeks)
    if not run.system.saving or weeks[-1].quality > 0:
        return None
    while len(weeks) > 1 and weeks[-2].quality <= 0:
        weeks.pop()
    return weeks[-1]


def _left(run: SystemRun) -> Quantity | str:
    """The capacity of the last week; hardly any, where savings went on without a service."""
    last = run.weeks[-1].capacity
    return "hardly any" if _ruined(run) and last < run.system.capacity / 10 else jobs(last)


def _sentence(run: SystemRun, tried: list[CapacityRow]) -> str:
    first, last = run.system.capacity, run.weeks[-1]
    ruined = _ruined(run)
    if ruined is not None:
        return say(
            "From week {n} on there is no service any more: savings have taken {cut} of the "
            "capacity by then, and in the haste no job is right the first time.",
            n=ruined.number,
            cut=percent(1 - ruined.capacity / first, 0),
        )
    head = say(
        "With a capacity for {k}, week {n} has a load of {load}, {right} right the first time, and "
        "{each}.",
        k=jobs(last.capacity),
        n=WEEKS,
        load=_load(last.load),
        right=percent(last.quality, 0),
        each=say("a good job costs {each}", each=a_job(last.cost_each))
        if math.isfinite(last.cost_each)
        else "no job is good",
    )
    if last.capacity < first - 0.05:
        tail = say(
            "Savings have taken {cut} of the capacity.", cut=percent(1 - last.capacity / first, 0)
        )
    else:
        best = _cheapest(tried)
        tail = (
            "No capacity tried keeps up in the long run."
            if best is None or best.state is None
            else say(
                "In the long run {k} a week is cheapest: {each}.",
                k=jobs(best.capacity),
                each=a_job(best.state.cost_each),
            )
        )
    return say("{head} {tail}", head=head, tail=tail)


def _warning(run: SystemRun) -> str:
    before, last = run.weeks[-5], run.weeks[-1]
    if _ruined(run) is not None:
        return "A real owner would stop earlier: save less, or begin with more capacity."
    if last.load > 1 and last.backlog > before.backlog + 0.5:
        return say(
            "The backlog grows week by week, {n} by now: raise capacity, or stop saving.",
            n=jobs(last.backlog),
        )
    return ""


def _answer(guess: float) -> str:
    system = SubSystems()
    tried = _tried(system)
    best = _cheapest(tried)
    mine = _cheapest(_tried_at(system, guess))
    if best is None or best.state is None:
        return ""
    cost = _price(mine.state.cost_each) if mine and mine.state else "a queue without end"
    return say(
        "Your guess was {guess}: {cost}. Cheapest is {best}, at {each}: room for peace costs less "
        "than mistakes.",
        guess=jobs(guess),
        cost=cost,
        best=jobs(best.capacity),
        each=a_job(best.state.cost_each),
    )


def _tried_at(system: SubSystems, capacity: float) -> list[CapacityRow]:
    try:
        return list(cheapest_capacity(system, [capacity]).rows)
    except ValueError:
        return []


def _loop(system: SubSystems, lit: str) -> CausalLoop:
    links = [
        Link(start="demand", end="load", sign="+"),
        Link(start="capacity", end="load", sign="-"),
        Link(start="load", end="right", sign="-", note="haste above 80%"),
        Link(start="right", end="rework", sign="-"),
        Link(start="rework", end="load", sign="+"),
        Link(start="right", end="reputation", sign="+", delay=True),
        Link(start="reputation", end="demand", sign="+"),
        Link(start="right", end="cost", sign="-"),
        Link(start="capacity", end="cost", sign="+"),
    ]
    names = {HASTE: "haste makes work", NAME: "reputation"}
    if system.saving:
        links.append(Link(start="cost", end="capacity", sign="-", note="savings"))
        names[SAVING] = "savings"
    found = LOOPS.get(lit, ())
    return CausalLoop(
        title="Who acts on whom",
        alt="Load lowers the share that is right; mistakes come back as work and raise the load; "
        "they also cost reputation, and with it demand, which lowers the load.",
        variables=[
            Variable(name="demand", label="demand 需求"),
            Variable(name="load", label="load of the process 流程"),
            Variable(name="right", label="right the first time 质量"),
            Variable(name="rework", label="work that comes back"),
            Variable(name="reputation"),
            Variable(name="cost", label="cost of a good job 成本"),
            Variable(name="capacity"),
        ],
        links=links,
        names=names,
        highlight=found if found in names else "",
    )


def _course(run: SystemRun, seen: str) -> Chart:
    start = run.system.capacity
    rows: list[dict[str, Any]] = [
        {"week": week.number, "level": 100 * value, "line": name}
        for name, values in (
            ("load", [week.load for week in run.weeks]),
            ("right the first time", [week.quality for week in run.weeks]),
            ("capacity left", [week.capacity / start for week in run.weeks]),
        )
        for week, value in zip(run.weeks, values, strict=True)
    ]
    top = max(row["level"] for row in rows)
    return lines(
        rows,
        x=("week", "Week"),
        y=("level", "%"),
        series="line",
        x_domain=(0, WEEKS),
        x_axis={"tickMinStep": 4},
        y_domain=(0, min(max(120.0, top), 300.0)),
        clip=top > 300,
        title="One year",
        alt=say("Load, quality and capacity over {n} weeks. {seen}", n=WEEKS, seen=seen),
        height=250,
    )


def _costs(system: SubSystems, tried: list[CapacityRow]) -> Chart:
    rows = [
        {"capacity": row.capacity, "each": row.state.cost_each}
        for row in tried
        if row.state and row.state.cost_each <= TOP
    ]
    path = [(row["capacity"], row["each"]) for row in rows]
    best = _cheapest(tried)
    mine = next((row for row in tried if row.capacity == system.capacity), None)
    height = mine.state.cost_each if mine and mine.state else TOP
    return lines(
        rows,
        x=("capacity", "Capacity, jobs a week"),
        y=("each", "A good job, yuan"),
        marks=[{"x": best.capacity, "y": best.state.cost_each, "label": "cheapest",
                "side": "below"}]
        if best and best.state and best.state.cost_each <= TOP
        else [],
        x_domain=(SMALL, LARGE),
        x_axis={"tickMinStep": 10},
        y_domain=(50, TOP if max((y for _, y in path), default=0) > 260 else 260),
        zero=False,
        y_zero=False,
        clip=True,
        handles=[
            Handle(parameter="capacity", x=system.capacity, y=min(height, TOP),
                   path=path if len(path) > 1 else ())
        ],
        title="What a good job costs in the long run, without savings. Drag the point",
        alt=say(
            "The cost of a good job against capacity: too little costs mistakes, too much "
            "idle time. Cheapest: {best}.",
            best=_best(tried),
        ),
        height=240,
    )  # fmt: skip
