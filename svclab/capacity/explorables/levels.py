"""Level or chase: the same staff all year, staff that follows demand, or something between."""

from __future__ import annotations

import math
from functools import lru_cache
from typing import Any

from svclab.capacity.managing.level import Plan, Terms, best_plan, chase, level
from svclab.explore import (
    Chart,
    ChoiceGuess,
    Column,
    Figure,
    Integer,
    Number,
    Table,
    TableView,
    View,
    explorable,
    lines,
    stacked,
)
from svclab.words import Quantity, count, money, number, percent, say

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
CARS = (520, 440, 400, 420, 480, 560, 640, 660, 560, 480, 440, 600)
PER_WORKER = 40.0  # cars a technician and month
LEVEL, CHASE, BEST = "level", "chase", "best mix"
COSTS = {"wages": "wages", "hiring": "hiring", "dismissing": "dismissing", "outside": "elsewhere"}
GUESSES = {"level": "level", "chase": "chase", "same": "about the same"}


def terms(wage: float, hire: float, dismiss: float, outside: float) -> Terms:
    """What people cost; a car that the technicians cannot repair goes to another workshop."""
    return Terms(
        per_worker=PER_WORKER,
        wage=wage,
        hire=hire,
        dismiss=dismiss,
        outside=outside,
        lost=10 * outside,  # nobody is sent away
    )


@lru_cache(maxsize=64)
def plans(
    cars: tuple[int, ...], wage: float, hire: float, dismiss: float, outside: float
) -> dict[str, Plan]:
    """The best level, chase, and the best plan of all. The staff of January is there before."""
    costs = terms(wage, hire, dismiss, outside)
    return {LEVEL: level(cars, costs), CHASE: chase(cars, costs), BEST: best_plan(cars, costs)}


@explorable(
    title="Level or chase: should the staff follow demand?",
    engine="highs",
    parameters=[
        Number(
            name="hire", label="Hiring a technician", unit="yuan", low=0, high=30000, step=500,
            default=6000,
        ),
        Number(
            name="dismiss", label="Dismissing one", unit="yuan", low=0, high=30000, step=500,
            default=8000,
        ),
        Number(
            name="outside", label="A car repaired elsewhere", unit="yuan", low=100, high=1000,
            step=10, default=400, help="What it costs more than a repair of one's own.",
        ),
        Number(
            name="wage", label="Wage", unit="yuan a month", low=4000, high=20000, step=500,
            default=9000, help="A technician repairs 40 cars a month.",
        ),
        Table(
            name="demand",
            label="Cars to repair",
            columns=[
                Column(name="month", label="Month", editable=False),
                Column(Integer(name="cars", label="Cars", low=0, high=1200, step=20, default=500)),
            ],
            default=[{"month": m, "cars": n} for m, n in zip(MONTHS, CARS, strict=True)],
        ),
    ],
    guess=ChoiceGuess(
        question="Between 400 and 660 cars come in a month. A technician repairs 40 and costs "
        "9,000 yuan; hiring costs 6,000, dismissing 8,000, a car sent elsewhere 400. Whoever is "
        "there in January is hired at no cost. Which is cheaper: the same staff all year (level), "
        "or as many as each month needs (chase)?",
        options=GUESSES,
    ),
)  # fmt: skip
def level_or_chase(
    hire: float,
    dismiss: float,
    outside: float,
    wage: float,
    demand: list[dict[str, Any]],
    guess: str | None,
) -> View:
    """A car dealer's workshop. Each plan has its own staff of January, hired at no cost. The best
    plan is an integer program. All numbers are invented."""
    cars = tuple(row["cars"] for row in demand)
    found = plans(cars, wage, hire, dismiss, outside)
    seen = _seen(found)
    if guess is not None:
        asked = plans(CARS, 9000.0, 6000.0, 8000.0, 400.0)
        seen += " " + say(
            "In the question your guess was {guess}: level costs {level} and chase {chase}, "
            "{apart} apart.",
            guess=GUESSES[guess],
            level=_yuan(asked[LEVEL].cost),
            chase=_yuan(asked[CHASE].cost),
            apart=percent(abs(asked[CHASE].cost / asked[LEVEL].cost - 1), 0),
        )
    return View(
        say=seen,
        warning=_warning(found[BEST], wage, outside),
        figures=[
            *(
                Figure(
                    name.split()[0],
                    say("Cost, {name}", name=name),
                    _yuan(plan.cost),
                    "good" if name == BEST else "",
                )
                for name, plan in found.items()
            ),
            Figure(
                "saved",
                "The mix saves",
                percent(1 - found[BEST].cost / min(found[LEVEL].cost, found[CHASE].cost), 1)
                if found[BEST].cost
                else "nothing",
                help="Against the cheaper of level and chase.",
            ),
            Figure(
                "even",
                "Level and chase equal at",
                _even(found),
                help="So dear would hiring and dismissing have to be, against what they cost now: "
                "below it chase is cheaper, above it level.",
            ),
            Figure(
                "outside",
                "Sent elsewhere by the mix",
                count(round(sum_of(found[BEST], "outside")), "car"),
            ),
        ],
        parts=[_workers(found, cars, seen), *_costs(found), _table(found)],
    )


def _yuan(value: float) -> Quantity:
    return money(value / 1000, "thousand yuan", 0)


def _staff(plan: Plan) -> str:
    """Fewest and most technicians, such as "10 to 17"."""
    least, most = min(plan.workers), max(plan.workers)
    return str(least) if least == most else say("{a} to {b}", a=least, b=most)


def _seen(found: dict[str, Plan]) -> str:
    flat, follow, best = (found[name] for name in (LEVEL, CHASE, BEST))
    if not any(period.demand for period in flat.periods):
        return say("No cars come: nobody is needed.")
    apart = follow.cost - flat.cost
    cheaper = (
        say("both cost the same")
        if abs(apart) < 1e-6
        else say("{name} is cheaper", name=CHASE if apart < 0 else LEVEL)
    )
    keeps = say(
        "Level keeps {n} all year",
        n=Quantity(flat.workers[0], "technician", 0, "technicians"),
    )
    if not flat.workers[0]:
        keeps = say("Level keeps nobody and sends every car elsewhere")
    return say(
        "{keeps} and costs {level}; chase costs {chase}, so {cheaper}. "
        "The best mix keeps {staff} and costs {best}.",
        keeps=keeps if flat.workers[0] else keeps + ",",
        level=_yuan(flat.cost),
        chase=_yuan(follow.cost),
        cheaper=cheaper,
        staff=_staff(best) if any(best.workers) else say("nobody"),
        best=_yuan(best.cost),
    )


def _even(found: dict[str, Plan]) -> Quantity | str:
    """At which share of their present cost hiring and dismissing make level and chase equal."""
    follow = found[CHASE]
    changes = follow.parts["hiring"] + follow.parts["dismissing"]
    room = found[LEVEL].cost - (follow.cost - changes)
    if not changes:
        moved = any(period.hired or period.dismissed for period in follow.periods)
        return say("changes are free") if moved else say("any cost: the staff stays")
    if room < 0:
        return say("no cost: level is cheaper")
    return Quantity(100 * room / changes, "% of the cost of changes", 0)


def _warning(best: Plan, wage: float, outside: float) -> str:
    if wage <= PER_WORKER * outside:
        return ""
    return say(
        "A technician who is busy all month costs {own} a car, and a repair elsewhere {outside}: "
        "no staff pays. Raise the price of a repair elsewhere, or lower the wage.",
        own=money(wage / PER_WORKER, "yuan", 0),
        outside=money(outside, "yuan", 0),
    )


def _workers(found: dict[str, Plan], cars: tuple[int, ...], alt: str) -> Chart:
    edges = [(k + end, k) for k in range(len(cars)) for end in (0, 1)]
    rows: list[dict[str, Any]] = [
        {"month": at, "workers": plan.workers[k], "plan": name}
        for name, plan in found.items()
        for at, k in edges
    ]
    return lines(
        rows,
        x=("month", "Month"),
        y=("workers", "Technicians"),
        series="plan",
        x_domain=(0, len(cars)),
        x_axis={
            "values": [k + 0.5 for k in range(len(cars))],
            "labelExpr": f"{list(MONTHS)}[floor(datum.value)]",
            "ticks": False,
            "grid": False,
        },
        band=[{"x": at, "low": 0.0, "high": cars[k] / PER_WORKER} for at, k in edges],
        title="Technicians, and the work that comes as a shaded area",
        alt=say("Steps of the staff in each month, over the work as an area. {seen}", seen=alt),
        height=280,
    )


def _costs(found: dict[str, Plan]) -> list[Chart]:
    """The bars; none where nothing costs anything."""
    if not any(plan.cost for plan in found.values()):
        return []
    drawn = stacked(
        {
            name: {label: plan.parts[key] / 1000 for key, label in COSTS.items()}
            for name, plan in found.items()
        },
        what="Plan",
        value="Cost of the year, thousand yuan",
        part="Cost",
        title="What the cost consists of",
        alt=say(
            "Bars of the cost of the plans: {list}.",
            list=", ".join(f"{name} {_yuan(plan.cost)}" for name, plan in found.items()),
        ),
    )
    return [drawn]


def _table(found: dict[str, Plan]) -> TableView:
    return TableView(
        title="The plans: technicians, cars sent elsewhere, and capacity used",
        columns=[
            ("Plan", "", "left"),
            ("Staff", "", "right"),
            ("Hired", "", "right"),
            ("Dismissed", "", "right"),
            ("Elsewhere", "cars", "right"),
            ("Used", "%", "right"),
        ],
        rows=[
            [
                name,
                _staff(plan),
                sum(p.hired for p in plan.periods),
                sum(p.dismissed for p in plan.periods),
                number(sum_of(plan, "outside"), 0),
                number(100 * plan.utilisation, 0),
            ]
            for name, plan in found.items()
        ],
    )


def sum_of(plan: Plan, what: str) -> float:
    """A figure of the periods, added up."""
    return math.fsum(getattr(period, what) for period in plan.periods)


__all__ = ["level_or_chase", "plans", "sum_of", "terms"]
