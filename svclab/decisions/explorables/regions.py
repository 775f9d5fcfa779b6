"""The pictures of a mixture of three: the plane of all mixtures, and cost against a limit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from svclab.decisions.explorables.labels import Label, place
from svclab.decisions.explorables.sketches import along, area, dot, inked, sketch, stroke
from svclab.decisions.plane import Plane, plane
from svclab.decisions.plane.region import Window
from svclab.explore import Chart, Handle, lines
from svclab.explore.marks import guess_mark
from svclab.words import Quantity, say

if TYPE_CHECKING:
    from svclab.decisions.explorables.blends import Found

__all__ = ["cost_chart", "mixture_chart", "plane_of"]

GOOD, BAD, BEST = "var(--svc-green)", "var(--svc-vermilion)", "var(--svc-blue)"
LIMIT_COLORS = {"good": GOOD, "bad": BAD}
Segment = tuple[tuple[float, float], tuple[float, float]]


def plane_of(here: Found) -> Plane:
    """The problem with the middle ingredient replaced by what the other two leave over.

    With x and y of the first and the third: x + y ≤ amount, and each substance is counted as its
    difference to the middle ingredient.
    """
    import pulp

    (_, c1, g1, b1), (_, c2, g2, b2), (_, c3, g3, b3) = here.rows
    kind = here.kind

    def exactly(value: float) -> Fraction:
        return Fraction(repr(float(value)))

    def change(a: float, b: float) -> float:
        return float(exactly(a) - exactly(b))

    size = exactly(kind.amount)
    problem = pulp.LpProblem("mixture", pulp.LpMinimize)
    x, y = problem.add_variable("x", 0), problem.add_variable("y", 0)
    costs = [(x, change(c1, c2) / kind.priced), (y, change(c3, c2) / kind.priced)]
    # Named even where a factor is zero, so that both columns are there.
    problem += pulp.LpAffineExpression(costs, float(exactly(c2) * size) / kind.priced)
    problem += x + y <= kind.amount, "amount"
    for name, way, one, two, three, limit in (
        ("good", 1, g1, g2, g3, here.least),
        ("bad", -1, b1, b2, b3, here.most),
    ):
        factors = (change(one, two), change(three, two))
        side = pulp.LpAffineExpression(zip((x, y), factors, strict=True))
        right = float(100 * exactly(limit) - exactly(two) * size)
        if any(factors):
            problem += (side >= right if way > 0 else side <= right), name
    return plane(problem)


def mixture_chart(here: Found, seen: str) -> Chart:
    """All mixtures of three in a plane: a triangle, what the limits leave of it, and the best."""
    kind = here.kind
    amount = kind.amount
    known = plane_of(here)
    top = Fraction(repr(float(amount)))
    window = (Fraction(0), top, Fraction(0), top)
    lines = dict(_limits(known, here, window))
    strokes = stroke("all", [(0, 0), (amount, 0), (0, amount), (0, 0)])
    for name, ends in lines.items():
        strokes += stroke(name, ends, color=LIMIT_COLORS[name], width=2.5)
    dots: list[dict[str, Any]] = []
    if here.report is not None:
        at = (here.report.plan[here.rows[0][0]], here.report.plan[here.rows[2][0]])
        same = known.through(*at, window).ends
        if same is not None:
            lines["cost"] = _floats(same)
            strokes += stroke("cost", same, color=BEST, dash=True)
        dots.append(dot(*at, color=BEST, shape="diamond", size=140))
    corners = [] if here.report is None else known.outline(window)
    first, middle, third = (row[0] for row in here.rows)
    return sketch(
        x=say("{name}, {unit}", name=first, unit=kind.unit),
        y=say("{name}, {unit}", name=third, unit=kind.unit),
        x_domain=(0, amount),
        y_domain=(0, amount),
        areas=area("possible", corners) if len(corners) > 2 else (),
        strokes=strokes,
        dots=dots,
        names=_names(here, lines, [(d["x"], d["y"]) for d in dots]),
        rows=[
            {"x": round(float(c.x), 4), "y": round(float(c.y), 4),
             "rest": round(amount - float(c.x + c.y), 4), "cost": round(float(c.objective), 4)}
            for c in known.corners
        ],
        columns=[("x", first), ("y", third), ("rest", middle), ("cost", "Cost, yuan")],
        title=say("All mixtures: what is left over is {middle}", middle=middle),
        alt=say("The triangle of all mixtures, and the part of it that keeps the limits. {seen}",
                seen=seen),
        height=320,
    )  # fmt: skip


def _floats(ends: Any) -> Segment:
    (x, y), (u, v) = ends
    return (float(x), float(y)), (float(u), float(v))


def _limits(known: Plane, here: Found, window: Window) -> Iterator[tuple[str, Segment]]:
    """The lines of the two limits, as far as they run through the picture."""
    for limit in known.limits:
        if limit.name in LIMIT_COLORS:
            ends = known.edge(limit, window)
            if ends is not None:
                yield limit.name, _floats(ends)


def _names(
    here: Found, lines: Mapping[str, Segment], points: Sequence[tuple[float, float]]
) -> list[dict[str, float | str]]:
    """What stands beside the lines and the best mixture, each in its colour and over no other."""
    kind, size = here.kind, here.kind.amount
    words = {
        "good": say("{what} ≥ {n}", what=kind.good, n=Quantity(here.least, "", 1)),
        "bad": say("{what} ≤ {n}", what=kind.bad, n=Quantity(here.most, "", 1)),
    }
    wanted = [Label(say("cheapest"), (point,), inked(BEST)) for point in points]
    wanted += [
        Label(words[name], along(*lines[name]), inked(LIMIT_COLORS[name]))
        for name in words
        if name in lines
    ]
    edges = [((0.0, 0.0), (size, 0.0)), ((size, 0.0), (0.0, size)), ((0.0, size), (0.0, 0.0))]
    placed = place(
        wanted, window=(0, size, 0, size), lines=[*lines.values(), *edges], points=points
    )
    return [one.row() for one in placed]


def _heights(values: Sequence[float]) -> tuple[float, float]:
    """Of the axis of cost: room for the handle below, and for a word above."""
    low, high = min(values, default=0.0), max(values, default=1.0)
    span = max(high - low, 0.2 * high, 1.0)
    return max(0.0, low - 0.15 * span), high + 0.2 * span


def cost_chart(here: Found, parameter: str, guess: float | None) -> Chart:
    """The cost of the cheapest mixture for every amount asked for of the good substance."""
    kind, curve = here.kind, here.curve
    corners = list(curve.corners) if curve is not None else []
    farthest = curve.upper if curve is not None else here.least + 1.0
    value = curve.linear(here.least) if curve is not None else None
    floor = min((v for _, v in corners), default=0.0)
    low, high = _heights([v for _, v in corners] + ([] if guess is None else [guess]))
    marks: list[dict[str, Any]] = []
    if corners and corners[-1][0] < farthest:
        x, y = corners[-1]
        marks.append({"x": x, "y": y, "color": BAD})
        # Above the curve's end, and above the handle, wherever that stands.
        side = "left" if x > farthest / 2 else "right"
        marks.append({"x": x, "y": y + 0.07 * (high - low), "label": say("no mixture beyond"),
                      "color": "transparent", "side": side})  # fmt: skip
    if guess is not None:
        marks.append(guess_mark(x=30.0, y=guess))
    handle = Handle(
        parameter=parameter, x=here.least, y=floor if value is None else value,
        path=corners if value is not None else (),
    )  # fmt: skip
    return lines(
        [{"asked": round(x, 6), "cost": round(y, 6)} for x, y in corners],
        x=("asked", say("{what} at least, {unit}", what=kind.good.capitalize(),
                        unit=kind.good_unit)),
        y=("cost", "Cheapest mixture, yuan"),
        marks=marks,
        x_domain=(0, farthest),
        y_domain=(low, high),
        y_zero=False,
        handles=[handle],
        title=say("What it costs to ask for more {what}", what=kind.good),
        alt=say(
            "The cost of the cheapest mixture rises with the {what} asked for, in straight parts, "
            "each steeper than the last.",
            what=kind.good,
        )
        if corners
        else say("There is no mixture for any amount of {what}.", what=kind.good),
        height=260,
    )  # fmt: skip
