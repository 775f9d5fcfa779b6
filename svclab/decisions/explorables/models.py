"""The model builder: objective and limits typed as small tables, solved, drawn and explained."""

from __future__ import annotations

import math
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from svclab.decisions.builder import Outcome, outcome, pulp_code, read_model
from svclab.decisions.explorables.plane_chart import Mark, region_chart
from svclab.decisions.plane import Plane, Point
from svclab.decisions.problems.cases import toy_kit
from svclab.explore import (
    Chart,
    Choice,
    Code,
    Column,
    Figure,
    Number,
    Part,
    Table,
    TableView,
    View,
    explorable,
)
from svclab.linear.exact import decimal
from svclab.words import count, join, number, say

LARGEST = 1e6  # a right-hand side
MOST_POINTS = 150  # whole plans drawn
KIT = toy_kit().arguments
KIND_NAMES = {
    "amount": "any amount, 0 or more",
    "whole": "whole number, 0 or more",
    "yes-no": "0 or 1",
    "free": "any number, also below 0",
}
NO_PLAN = {"infeasible": "no plan", "unbounded": "no end"}


def _sum(factors: dict[str, float]) -> str:
    words = [name if f == 1 else f"{f:g} {name}" for name, f in factors.items() if f]
    return " + ".join(words)


VARIABLES = [{"name": name, "kind": "amount"} for name in KIT["profit"]]
OBJECTIVE = [{"goal": "max", "name": "profit", "sum": _sum(KIT["profit"])}]
LIMITS = [
    {
        "name": f"{block} blocks",
        "sum": _sum({name: row[block] for name, row in KIT["uses"].items()}),
        "relation": "<=",
        "right": there,
    }
    for block, there in KIT["available"].items()
]


@explorable(
    title="Build your own model",
    engine="highs",
    parameters=[
        Table(
            name="variables", label="1 · What is decided: the variables", wide=True, add=True,
            min_rows=2, max_rows=4, default=VARIABLES,
            help="Two to four. With two of them the model is drawn.",
            columns=[
                Column(name="name", label="Variable", longest=24, unique=True,
                       what="a name such as table"),
                Column(Choice(name="kind", label="May be", options=KIND_NAMES, default="amount")),
            ],
        ),
        Table(
            name="objective", label="2 · What is best: the objective", wide=True,
            default=OBJECTIVE,
            help="A sum of numbers times variables, such as 20 table + 15 chair.",
            columns=[
                Column(Choice(name="goal", label="As",
                              options={"max": "large as possible", "min": "small as possible"},
                              default="max")),
                Column(name="name", label="Name", longest=24, what="a name such as profit"),
                Column(name="sum", label="Sum", longest=120,
                       what="a sum such as 20 table + 15 chair"),
            ],
        ),
        Table(
            name="limits", label="3 · What is possible: the constraints", wide=True, add=True,
            min_rows=1, max_rows=8, default=LIMITS,
            help="One to eight. On the right stands a number; all variables stand in the sum: "
            "for x ≥ 2 y write x - 2 y, ≥, 0.",
            columns=[
                Column(name="name", label="Constraint", longest=24, unique=True,
                       what="a name such as hours"),
                Column(name="sum", label="Sum", longest=120, what="a sum such as 2 table + chair"),
                Column(Choice(name="relation", label="Sign",
                              options={"<=": "≤", ">=": "≥", "=": "="}, default="<=")),
                Column(Number(name="right", label="Right side", low=-LARGEST, high=LARGEST,
                              step=0.001, default=0)),
            ],
        ),
    ],
)  # fmt: skip
def model_builder(
    variables: list[dict[str, Any]], objective: list[dict[str, Any]], limits: list[dict[str, Any]]
) -> View:
    """Type a model; below stand its best plan, its picture, what its limits are worth, and the
    PuLP code for it. At first it is the toy kit (course)."""
    model = read_model(variables, objective, limits)
    found = outcome(model)
    seen = _seen(found)
    parts: list[Part] = []
    if found.plane is not None:
        parts.append(_picture(found, seen))
    if found.status == "optimal":
        parts += [_limit_table(found), _variable_table(found)]
    words = _meaning(found)
    if words:
        parts.append(_sentences(words))
    parts.append(Code(text=pulp_code(model), caption="The model in PuLP, to copy into a notebook"))
    return View(say=seen, figures=_figures(found), parts=parts)


def _seen(found: Outcome) -> str:
    model = found.model
    if found.explanation is not None:
        return " ".join(found.explanation.sentences)
    text = say(
        "Best is {plan}: {what} {value}.",
        plan=_plan(found.plan),
        what=model.objective,
        value=decimal(found.value or 0),
    )
    if found.report is not None and found.report.second is not None:
        other = dict(zip(model.names, found.report.second.values(), strict=True))
        text += " " + say("Just as good is {plan}.", plan=_plan(other))
    used = [name for name, left in _left(found).items() if abs(left) < 1e-9]
    if used:
        text += " " + say("Reached: {names}.", names=join(used))
    if found.linear is not None and found.value is not None:
        gap = abs(found.linear - found.value)
        text += " " + (
            say(
                "Without whole numbers it would be {linear}: they cost {gap}.",
                linear=decimal(found.linear),
                gap=decimal(gap),
            )
            if gap > 1e-9
            else "Whole numbers cost nothing here."
        )
    return text


def _plan(plan: Mapping[str, float]) -> str:
    return join([say("{name} = {n}", name=name, n=decimal(x)) for name, x in plan.items()])


def _left(found: Outcome) -> dict[str, float]:
    """By limit: what is left of it, or what is done beyond it."""
    left = {}
    for limit in found.model.limits:
        done = math.fsum(float(a) * found.plan[name] for name, a in limit.factors.items())
        gap = limit.right - done if limit.relation != ">=" else done - limit.right
        left[limit.name] = 0.0 if abs(gap) < 1e-7 * max(1.0, abs(limit.right)) else gap
    return left


def _figures(found: Outcome) -> list[Figure]:
    model = found.model
    value = NO_PLAN.get(found.status) or number(found.value or 0, 4)
    tone = "" if found.status == "optimal" else "bad"
    figures = [Figure("value", model.objective.capitalize(), value, tone)]
    figures += [Figure(f"x{n}", name, number(x, 4))
                for n, (name, x) in enumerate(found.plan.items())]  # fmt: skip
    if found.linear is not None:
        figures.append(
            Figure("linear", "Parts allowed", number(found.linear, 4),
                   help="The best objective if no variable had to be whole.")
        )  # fmt: skip
    return figures


def _meaning(found: Outcome) -> list[str]:
    """What the numbers mean, sentence by sentence."""
    if found.report is not None:
        return list(found.report.sentences)
    if found.status != "optimal":
        return []
    told = list(found.wholes.sentences[1:]) if found.wholes is not None else []
    if found.ties > 1:
        told.append(say("{n} are equally good.", n=count(found.ties, "whole plan")))
    told.append(
        "Whole plans have no shadow prices: change a right side by one and look what happens."
    )
    return told


def _sentences(words: list[str]) -> TableView:
    return TableView(
        title="What the numbers mean",
        columns=[("In words", "", "left")],
        rows=[[text] for text in words],
    )


def _bound(value: float) -> str:
    return decimal(value) if math.isfinite(value) else "no limit"


def _limit_table(found: Outcome) -> TableView:
    model, left = found.model, _left(found)
    columns = [("Constraint", "", "left"), ("As a sum", "", "left"), ("Left side", "", "right"),
               ("Slack", "", "right")]  # fmt: skip
    rows = []
    for n, limit in enumerate(model.limits):
        done = math.fsum(float(a) * found.plan[name] for name, a in limit.factors.items())
        row = [limit.name, model.text(limit), decimal(done), decimal(left[limit.name])]
        rows.append(
            row + (list(found.report.constraints[n].cells) if found.report is not None else [])
        )
    if found.report is not None:
        columns += [("Shadow price", "", "right"), ("Holds from", "", "right"),
                    ("to", "", "right")]  # fmt: skip
    return TableView(
        title="The constraints",
        columns=columns,
        rows=rows,
        emphasis=[n for n, gap in enumerate(left.values()) if not gap],
    )


def _variable_table(found: Outcome) -> TableView:
    model = found.model
    columns = [("Variable", "", "left"), ("Best value", "", "right"),
               ("In the objective", "", "right")]  # fmt: skip
    if found.report is not None:
        columns += [("Reduced cost", "", "right"), ("Plan stays from", "", "right"),
                    ("to", "", "right")]  # fmt: skip
    rows = []
    for n, (name, value) in enumerate(found.plan.items()):
        row = [name, decimal(value), decimal(model.factors.get(name, Fraction(0)))]
        if found.report is not None:
            line = found.report.variables[n]
            row += [decimal(line.reduced_cost), _bound(line.low), _bound(line.high)]
        rows.append(row)
    return TableView(title="The variables", columns=columns, rows=rows)


def _picture(found: Outcome, alt: str) -> Chart:
    shape, model = found.plane, found.model
    assert shape is not None
    wholes = found.wholes
    value = wholes.value if wholes is not None else shape.best.value
    few = wholes is not None and len(wholes.points) <= MOST_POINTS
    way = _way_on(found, shape)
    clash = found.explanation and found.explanation.conflict
    return region_chart(
        shape,
        window=shape.window(),
        titles=(model.names[0], model.names[1]),
        alt=say("All plans for {a} and {b}. {seen}", a=model.names[0], b=model.names[1], seen=alt),
        value=value,
        value_label=say("{what} {n}", what=model.objective, n=decimal(value or 0)),
        binding=clash.constraints if clash else _reached(found),
        strong="var(--svc-vermilion)" if clash else "var(--svc-blue)",
        wholes=wholes.points if wholes is not None and few else (),
        path=way,
        marks=_marks(found) + ([Mark(way[-1], "without end")] if way else []),
        pieces=False,
        height=380,
    )


def _marks(found: Outcome) -> list[Mark]:
    """The best plans: with whole numbers, and without them where that is another value."""
    best, wholes = found.plane.best if found.plane else None, found.wholes
    marks = [] if wholes is None else [Mark(p, "" if n else "best") for n, p in enumerate(
        wholes.ties[:20])]  # fmt: skip
    if best is not None and (wholes is None or wholes.value != best.value):
        label = "best" if wholes is None else "best, parts allowed"
        marks += [
            Mark(p, "" if n else label, "var(--svc-vermilion)", "diamond")
            for n, p in enumerate(best.points)
        ]
    return marks


def _reached(found: Outcome) -> list[str]:
    """The limits that the best plan reaches, as PuLP keeps their names."""
    if not found.plan:
        return []
    return [found.model.kept(name) for name, left in _left(found).items() if not left]


def _way_on(found: Outcome, shape: Plane) -> list[Point]:
    """From a corner as far as the picture goes, the way that the sentence names."""
    ray = found.explanation and found.explanation.ray
    if not ray or not shape.corners:
        return []
    start = shape.corners[0].point
    u, v = (ray.direction.get(name, Fraction(0)) for name in shape.problem.names)
    left, right, bottom, top = shape.window()
    room = [
        ((right if step > 0 else left) - at if along else (top if step > 0 else bottom) - at) / step
        for along, step, at in ((True, u, start[0]), (False, v, start[1]))
        if step
    ]
    share = min(room) * Fraction(17, 20)
    return [start, (start[0] + share * u, start[1] + share * v)]


__all__ = ["KIND_NAMES", "LIMITS", "OBJECTIVE", "VARIABLES", "model_builder"]
