"""The toy kit in two variables: which mix of tables and chairs earns most, what rounding does."""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache

from svclab.decisions.explorables.plane_chart import Mark, region_chart
from svclab.decisions.plane import Plane, Point, WholePlans, plane, whole_plans
from svclab.decisions.problems.cases import toy_kit
from svclab.decisions.problems.product_mix import product_mix_problem
from svclab.explore import (
    Chart,
    Figure,
    Handle,
    Integer,
    Number,
    NumberGuess,
    TableView,
    View,
    explorable,
)
from svclab.linear.exact import decimal
from svclab.words import Quantity, join, money, say

KIT = toy_kit().arguments
PROFIT, STOCK = KIT["profit"], KIT["available"]
NAMES = {"large": "large blocks", "small": "small blocks"}
ENDS = ("one", "other")  # of an edge
ASKED = 28  # what a table earns in the question asked first; above 30 the plan jumps
WINDOW = (Fraction(0), Fraction(13, 2), Fraction(0), Fraction(17, 2))  # all settings fit in it


@lru_cache(maxsize=64)
def toys(table: float, chair: float, large: int, small: int) -> tuple[Plane, WholePlans]:
    """The toy kit with other profits and blocks: in parts, and in whole pieces."""
    problem = product_mix_problem(
        {"table": table, "chair": chair}, KIT["uses"], {"large": large, "small": small}
    )
    shape = plane(problem)
    return shape, whole_plans(shape)


@explorable(
    title="Which mix of tables and chairs earns most?",
    parameters=[
        Number(
            name="table", label="A table earns", unit="yuan", low=5, high=40,
            default=PROFIT["table"], group="Profit",
        ),
        Number(
            name="chair", label="A chair earns", unit="yuan", low=5, high=40,
            default=PROFIT["chair"], group="Profit",
        ),
        Integer(
            name="large", label="Large blocks", low=0, high=10, default=int(STOCK["large"]),
            help="A table takes 2, a chair 1.", group="Kit",
        ),
        Integer(
            name="small", label="Small blocks", low=0, high=12, default=int(STOCK["small"]),
            help="A table takes 2, a chair 2.", group="Kit",
        ),
        Number(
            name="line", label="Line of equal profit begins at", unit="tables", low=0, high=6,
            step=0.25, default=2,
            help="It joins all plans that earn as much as so many tables. Move it away from the "
            "origin as far as it still touches the region.", group="Try",
        ),
    ],
    guess=NumberGuess(
        question="A table takes 2 large and 2 small blocks, a chair takes 1 large and 2 small "
        "ones. With 6 large and 8 small blocks, 20 yuan for a table and 15 yuan for a chair, the "
        "best plan makes 2 tables and 2 chairs. Now a table earns 28 yuan instead of 20. How many "
        "tables does the best plan make now? (Parts of a toy count.)",
        low=0,
        high=6,
        step=0.5,
        unit="tables",
    ),
)  # fmt: skip
def two_variables(
    table: float, chair: float, large: int, small: int, line: float, guess: float | None
) -> View:
    """The toy kit (course): each point is a plan, the coloured region holds all possible ones."""
    shape, wholes = toys(table, chair, large, small)
    level = Fraction(repr(float(table))) * Fraction(repr(float(line)))
    seen = _seen(shape, wholes) + " " + _touches(shape, level)
    if guess is not None:
        seen += " " + _answer(guess)
    return View(
        say=seen,
        figures=_figures(shape, wholes, level),
        parts=[_picture(shape, wholes, level, line, seen), _compared(shape, wholes)],
    )


def plan_words(point: Point) -> str:
    """A plan in words, such as ``1.5 tables and 3 chairs``."""
    words = [
        say("{n} {what}", n=decimal(amount), what=one if amount == 1 else one + "s")
        for amount, one in zip(point, ("table", "chair"), strict=True)
    ]
    return join(words)


def _yuan(value: Fraction | int) -> Quantity:
    return money(float(value), "yuan")


def _value(shape: Plane) -> Fraction:
    """The most profit; there is always a plan, since one may make nothing."""
    return shape.best.value or Fraction(0)


def _seen(shape: Plane, wholes: WholePlans) -> str:
    best, value = shape.best, _yuan(_value(shape))
    if best.unique:
        plan = plan_words(best.points[0])
        text = say("If parts of toys count, {plan} earn most: {value}.", plan=plan, value=value)
    else:
        text = say(
            "If parts of toys count, a whole edge of the region is best, from {a} to {b}: {value}.",
            a=plan_words(best.points[0]),
            b=plan_words(best.points[-1]),
            value=value,
        )
    if not wholes.gap:
        return text + " Whole toys can earn just as much."
    text += " " + say(
        "In whole toys the most is {value}, with {plan}.",
        value=_yuan(wholes.value or 0),
        plan=plan_words(wholes.ties[0]),
    )
    rounded = wholes.rounded[0]
    plan = plan_words((rounded.x, rounded.y))
    if rounded.broken:
        what = join(list(rounded.broken))
        told = "Rounded, {plan} take too many {what} blocks."
        return text + " " + say(told, plan=plan, what=what)
    lost = "is as good" if not rounded.loss else say("loses {n} more", n=_yuan(rounded.loss))
    return text + " " + say("Rounded, {plan} {lost}.", plan=plan, lost=lost)


def _touches(shape: Plane, level: Fraction) -> str:
    value = _value(shape)
    told = (
        "misses the region: no plan earns so much."
        if level > value
        else "touches the region at the optimum."
        if level == value
        else "still cuts through the region: some plans earn more."
    )
    return say("The line of equal profit {level} {told}", level=_yuan(level), told=told)


def _answer(guess: float) -> str:
    now = toys(ASKED, PROFIT["chair"], STOCK["large"], STOCK["small"])[0].best
    return say(
        "With {asked} for a table your guess was {guess}; it is {real}: the best plan stays at "
        "{plan}. Only above {jump} for a table does it jump, to tables alone.",
        asked=_yuan(ASKED),
        guess=Quantity(guess, "table", 1, "tables"),
        real=decimal(now.points[0][0]),
        plan=plan_words(now.points[0]),
        # Where a table takes as many large blocks as two chairs, it must earn as much as they.
        jump=_yuan(2 * PROFIT["chair"]),
    )


def _figures(shape: Plane, wholes: WholePlans, level: Fraction) -> list[Figure]:
    return [
        Figure("linear", "Most profit, parts allowed", _yuan(_value(shape))),
        Figure("whole", "Most profit, whole toys", _yuan(wholes.value or 0)),
        Figure(
            "gap",
            "Whole toys cost",
            _yuan(wholes.gap or 0),
            help="What the whole toys earn less than the plan with parts of toys.",
        ),
        Figure("level", "Profit on the line", _yuan(level)),
    ]


def _picture(shape: Plane, wholes: WholePlans, level: Fraction, line: float, alt: str) -> Chart:
    best = shape.best.points
    marks = [Mark(p, "best", "var(--svc-vermilion)", "diamond") for p in best]
    if wholes.gap:
        marks += [Mark(p, "best whole" if not n else "") for n, p in enumerate(wholes.ties)]
        rounded = wholes.rounded[0]
        if (rounded.x, rounded.y) not in wholes.ties:
            marks.append(Mark((rounded.x, rounded.y), "rounded", "var(--svc-purple)", "cross"))
    known = {c.point: c.limits for c in shape.corners}
    return region_chart(
        shape,
        window=WINDOW,
        titles=("Tables, pieces", "Chairs, pieces"),
        alt=say("The plane of all plans. {seen}", seen=alt),
        value=level,
        value_label=say("profit {n}", n=_yuan(level)),
        binding=[name for point in shape.best.points for name in known.get(point, ())],
        wholes=wholes.points,
        path=best if len(best) > 1 else (),
        marks=marks,
        names=NAMES,
        handles=[Handle(parameter="line", x=line, y=0)],
    )


def _compared(shape: Plane, wholes: WholePlans) -> TableView:
    ends = shape.best.points
    best = (
        [("best with parts", ends[0])]
        if shape.best.unique
        else [(say("best with parts, {n} end", n=n), p) for n, p in zip(ENDS, ends, strict=True)]
    )
    if wholes.gap:
        best.append(("best in whole toys", wholes.ties[0]))
    rows = [
        [how, *map(decimal, point), decimal(shape.problem.objective(point)), "nothing"]
        for how, point in best
    ]
    if wholes.gap:
        rows += [
            [
                say("rounded {how}", how=r.how),
                decimal(r.x),
                decimal(r.y),
                decimal(r.objective),
                join([NAMES.get(name, name) for name in r.broken]) or "nothing",
            ]
            for r in wholes.rounded
        ]
    return TableView(
        title="Plans compared",
        columns=[
            ("Plan", "", "left"),
            ("Tables", "", "right"),
            ("Chairs", "", "right"),
            ("Profit", "yuan", "right"),
            ("Takes too many", "", "left"),
        ],
        rows=rows,
    )


__all__ = ["plan_words", "toys", "two_variables"]
