"""The simplex method step by step: the tableau beside the way over the corners."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import Any

from svclab.decisions.explorables.plane_chart import Mark, region_chart
from svclab.decisions.plane import Plane, Point, plane
from svclab.decisions.problems.cases import toy_kit
from svclab.decisions.problems.product_mix import product_mix_problem
from svclab.decisions.simplex import Tableau, Walk, walk
from svclab.explore import (
    Chart,
    Choice,
    ChoiceGuess,
    Figure,
    Integer,
    TableView,
    View,
    explorable,
)
from svclab.linear.exact import decimal
from svclab.words import count, join, number, say

MOST = 6  # steps of the slider; no walk here is longer
KIT = toy_kit().arguments


@dataclass(frozen=True)
class Task:
    """A small problem to walk through."""

    label: str
    told: str  # in a sentence
    titles: tuple[str, str]  # of the axes
    value: str  # what the objective is


TASKS = {
    "kit": Task(
        "toy kit",
        "The toy kit (course): a table earns 20, a chair 15.",
        ("Tables, pieces", "Chairs, pieces"),
        "profit",
    ),
    "tops": Task(
        "toy kit, 3 table tops",
        "The toy kit with 3 table tops (invented): a third limit runs through a corner.",
        ("Tables, pieces", "Chairs, pieces"),
        "profit",
    ),
    "print": Task(
        "print shop",
        "A print shop (invented): an hour of posters earns 50, an hour of cards 40.",
        ("Cards, hours", "Posters, hours"),
        "profit",
    ),
    "desk": Task(
        "help desk",
        "A help desk (invented) needs 40 hours and 7 people at least cost; making nothing is "
        "no plan, so the way begins outside the region.",
        ("Part-time, people", "Full-time, people"),
        "cost",
    ),
}


def _problem(task: str) -> Any:
    import pulp

    if task in ("kit", "tops"):
        uses, stock = KIT["uses"], KIT["available"]
        if task == "tops":
            # First of all limits, so that it leaves the basis where two reach zero together.
            stock = {"tops": 3, **stock}
            uses = {name: {"tops": int(name == "table"), **row} for name, row in uses.items()}
        return product_mix_problem(KIT["profit"], uses, stock)
    if task == "print":
        problem = pulp.LpProblem("print_shop", pulp.LpMaximize)
        cards, posters = (problem.add_variable(name, 0) for name in ("cards", "posters"))
        problem += 40 * cards + 50 * posters
        problem += posters <= 4, "press"
        problem += cards <= 8, "cutter"
        problem += cards + 2 * posters <= 10, "staff"
        return problem
    problem = pulp.LpProblem("help_desk", pulp.LpMinimize)
    part, full = (problem.add_variable(name, 0) for name in ("part", "full"))
    problem += 50 * part + 90 * full
    problem += 4 * part + 8 * full >= 40, "hours"
    problem += part + full >= 7, "people"
    return problem


@lru_cache(maxsize=32)
def walked(task: str, rule: str) -> tuple[Plane, Walk]:
    """A problem in the plane, and the method's way through it."""
    problem = _problem(task)
    return plane(problem), walk(problem, rule=rule)


@explorable(
    title="How does the simplex method find the best corner?",
    parameters=[
        Choice(
            name="task", label="Problem", options={k: t.label for k, t in TASKS.items()},
            default="kit",
        ),
        Choice(
            name="rule", label="Which variable enters",
            options={
                "dantzig": "most gain a unit",
                "greatest": "most gain a step",
                "bland": "the first that gains",
            },
            default="dantzig",
            help="Rules of Dantzig, of the greatest gain, and of Bland. At the print shop and at "
            "the help desk they take different ways.",
        ),
        Integer(
            name="step", label="Step", low=0, high=MOST, default=0,
            help="Beyond the last step the end stays.",
        ),
    ],
    guess=ChoiceGuess(
        question="The toy kit: a table earns 20, a chair 15; there are 6 large and 8 small "
        "blocks. The simplex method begins with nothing made. What does its first step do?",
        options={
            "all": "go straight to the best mix",
            "table": "make tables, as many as possible",
            "both": "make one table and one chair",
            "chair": "make chairs, as many as possible",
        },
    ),
)  # fmt: skip
def simplex_walk(task: str, rule: str, step: int, guess: str | None) -> View:
    """The tableau of each step, and where it stands in the picture. 0 is the start."""
    shape, steps = walked(task, rule)
    at = min(step, len(steps.tableaux) - 1)
    now = steps.tableaux[at]
    known = TASKS[task]
    seen = say("{where} {what}", where=_where(now, steps, at, known), what=now.sentence)
    if guess is not None:
        seen += " " + _answer(guess)
    return View(
        say=seen,
        figures=_figures(steps, at, known),
        parts=[
            _picture(shape, steps, at, known, seen),
            _tableau(now),
            _course(steps, at, known),
        ],
    )


def _answer(guess: str) -> str:
    told = "right" if guess == "table" else "not so"
    return say(
        "Your guess for the toy kit: {told}. By the rule of most gain a unit the first step makes "
        "tables until the large blocks are used up: along one edge to the next corner.",
        told=told,
    )


def _plan(plan: Mapping[str, Fraction]) -> str:
    return join([say("{name} = {n}", name=name, n=decimal(x)) for name, x in plan.items()])


def _where(now: Tableau, steps: Walk, at: int, task: Task) -> str:
    if at == 0:
        start = say("{told} The method starts at {plan}.", told=task.told, plan=_plan(now.plan))
        return start if now.feasible else start + " This breaks limits: phase 1 looks for a plan."
    moved = steps.tableaux[at - 1]
    if moved.plan == now.plan:
        return say("Step {n}: the basis has changed, but the point stays at {plan}.",
                   n=at, plan=_plan(now.plan))  # fmt: skip
    text = say(
        "Step {n} leads to {plan}, {value} {z}.",
        n=at, plan=_plan(now.plan), value=task.value, z=decimal(now.objective),
    )  # fmt: skip
    return text if now.feasible else text + " Not all limits are kept yet."


def _figures(steps: Walk, at: int, task: Task) -> list[Figure]:
    now = steps.tableaux[at]
    last = len(steps.tableaux) - 1
    before = steps.tableaux[at - 1].objective if at else now.objective
    return [
        Figure("step", "Step", say("{n} of {last}", n=at, last=last)),
        Figure("value", task.value.capitalize(), number(float(now.objective), 2),
               "good" if at == last and now.feasible else ""),
        Figure("change", "Changed by this step", number(float(now.objective - before), 2)),
        Figure("basis", "In the basis", join(list(now.basis)),
               help="One variable for each limit; all others are zero."),
    ]  # fmt: skip


def _point(now: Tableau) -> Point:
    x, y = now.plan.values()
    return x, y


def _picture(shape: Plane, steps: Walk, at: int, task: Task, alt: str) -> Chart:
    path = [_point(t) for t in steps.tableaux[: at + 1]]
    way = [p for n, p in enumerate(path) if not n or p != path[n - 1]]
    now = steps.tableaux[at]
    marks = [Mark(_point(now), say("step {n}", n=at), "var(--svc-vermilion)")]
    if way[0] != way[-1]:
        marks.append(Mark(way[0], "start", "var(--svc-orange)"))
    low, high = shape.window()[0], shape.window()[1]
    bottom, top = shape.window()[2], shape.window()[3]
    return region_chart(
        shape,
        window=(low, high, bottom, top),
        titles=task.titles,
        alt=say("The region and the way over its corners. {seen}", seen=alt),
        value=now.objective,
        value_label=say("{value} {z}", value=task.value, z=decimal(now.objective)),
        path=way,
        marks=marks,
        height=320,
    )


def _tableau(now: Tableau) -> TableView:
    columns = [("Basis", "", "left")]
    columns += [(f"{c} ↓" if c == now.entering else c, "", "right") for c in now.columns]
    columns.append(("Right side", "", "right"))
    if now.entering:
        columns.append(("Ratio", "", "right"))
    tail = [""] if now.entering else []
    rows: list[list[str]] = []
    for name, line, right, ratio in zip(now.basis, now.body, now.right, now.ratios, strict=True):
        leaves = name == now.leaving
        cells = [
            f"[{_fraction(a)}]" if leaves and c == now.entering else _fraction(a)
            for c, a in zip(now.columns, line, strict=True)
        ]
        rows.append([f"{name} →" if leaves else name, *cells, _fraction(right)])
        if now.entering:
            rows[-1].append("" if ratio is None else _fraction(ratio))
    if now.m_row and now.phase == 1:
        rows.append(["phase 1", *map(_fraction, (*now.m_row, now.m)), *tail])
    rows.append(["z", *map(_fraction, (*now.z_row, now.z)), *tail])
    title = say("Tableau {n}", n=now.number)
    if now.entering and now.leaving:
        title = say(
            "Tableau {n}: {enters} enters (↓), {leaves} leaves (→), pivot in brackets",
            n=now.number, enters=now.entering, leaves=now.leaving,
        )  # fmt: skip
    emphasis = [i for i, name in enumerate(now.basis) if name == now.leaving]
    return TableView(title=title, columns=columns, rows=rows, emphasis=emphasis)


def _fraction(value: Fraction) -> str:
    return str(value).replace("-", "−")


def _course(steps: Walk, at: int, task: Task) -> TableView:
    """All steps up to now, one a row."""
    shown = steps.tableaux[: at + 1]
    names = list(shown[0].plan)
    return TableView(
        title=say("The way so far: {n}", n=count(at, "step")),
        columns=[
            ("Step", "", "right"), *((name, "", "right") for name in names),
            (task.value.capitalize(), "", "right"), ("Enters", "", "left"), ("Leaves", "", "left"),
        ],
        rows=[
            [str(t.number), *(_fraction(t.plan[name]) for name in names), _fraction(t.objective),
             t.entering or "–", t.leaving or "–"]
            for t in shown
        ],
        emphasis=[at],
    )  # fmt: skip


__all__ = ["TASKS", "simplex_walk", "walked"]
