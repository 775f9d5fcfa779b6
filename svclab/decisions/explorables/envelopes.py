"""The picture of the branches: points, frontier, and the way of one branch to its target."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from svclab.decisions.explorables.hulls import best_by_input, best_outputs
from svclab.decisions.explorables.sketches import dot, place_words, sketch, stroke
from svclab.decisions.problems.efficiency import Efficiency, UnitEfficiency
from svclab.explore import Chart, Handle
from svclab.words import Quantity, say

__all__ = ["drawn", "nice_top"]

Rows = tuple[tuple[str, float, float, float], ...]
Point = tuple[float, float]
NAMES = {"constant": "CCR", "variable": "BCC"}
BOLD, GOOD, HERE = "var(--svc-blue)", "var(--svc-green)", "var(--svc-vermilion)"
GREY = "var(--svc-grey)"
HUNDRED = 100.0  # contracts are shown for so many hours


def nice_top(value: float) -> float:
    """The end of an axis above a value, in steps, so that it does not follow every move.

    Examples
    --------
    >>> nice_top(1600), nice_top(8)
    (2000.0, 10.0)
    """
    size = 10.0 ** math.floor(math.log10(value))
    return next(
        step * size for step in (1.5, 2, 3, 4, 5, 6, 8, 10, 15) if step * size >= 1.1 * value
    )


def drawn(rows: Rows, found: Efficiency, branch: str, returns: str, seen: str) -> Chart:
    """Hours and customers, or both outputs for each hour, with the frontier."""
    one = found[branch]
    if "contracts" in one.actual:
        return _two_outputs(rows, found, one, returns, seen)
    return _one_output(rows, found, one, returns, seen)


def _one_output(
    rows: Rows, found: Efficiency, one: UnitEfficiency, returns: str, seen: str
) -> Chart:
    points = {name: (hours, customers) for name, hours, customers, _ in rows}
    here, target = points[one.name], (one.targets["hours"], one.targets["customers"])
    right = nice_top(max(target[0], *(x for x, _ in points.values())))
    top = nice_top(max(target[1], *(y for _, y in points.values())))
    slope = max(y / x for x, y in points.values())
    out = min(right, top / slope)
    edges = {
        "constant": [(0.0, 0.0), (out, slope * out)],
        "variable": best_by_input(list(points.values()), right),
    }
    ends = [
        dot(0.9 * out, 0.9 * slope * out, "CCR", side="left", size=0),
        dot(0.97 * right, edges["variable"][-1][1], "BCC", side="above", size=0),
    ]
    handle = Handle(
        parameter="branches", x=here[0], y=here[1], axis="y",
        row=[name for name, *_ in rows].index(one.name), column="customers",
        label=say("Customers served by {name}", name=one.name),
    )  # fmt: skip
    return sketch(
        x="Staff hours in a week",
        y="Customers served in a week",
        x_domain=(0, right),
        y_domain=(0, top),
        strokes=[*_frontiers(edges, returns), *_way(here, target, one)],
        dots=_dots(points, found, one, target, ends, right, top),
        rows=[{"branch": n, "hours": x, "customers": y} for n, (x, y) in points.items()],
        columns=[("branch", "Branch"), ("hours", "Staff hours"), ("customers", "Customers")],
        title="Hours, customers and the frontier",
        alt=say("Each branch as a point under the frontier. {seen}", seen=seen),
        handles=[handle],
        height=340,
    )


def _two_outputs(
    rows: Rows, found: Efficiency, one: UnitEfficiency, returns: str, seen: str
) -> Chart:
    def shown(u: float, v: float) -> Point:
        return u, HUNDRED * v

    points = {name: shown(c / h, k / h) for name, h, c, k in rows}
    size = one.targets["hours"]
    figures = [(h, c, k) for _, h, c, k in rows]
    edges = {
        key: [shown(u, v) for u, v in best_outputs(figures, size, key)]
        for key in (("constant",) if returns == "constant" else ("constant", "variable"))
    }
    here = points[one.name]
    target = shown(one.targets["customers"] / size, one.targets["contracts"] / size)
    right = nice_top(max(x for x, _ in points.values()))
    top = nice_top(max(*(y for _, y in points.values()), 0.1))
    first = edges["constant"][0]
    ends = [dot(0.02 * right, first[1], "CCR", side="above", size=0)]
    if returns == "variable":
        level = edges["variable"][0][1]
        ends.append(dot(0.02 * right, level, "BCC", side="below", size=0))
    return sketch(
        x="Customers in an hour of staff",
        y="Contracts in 100 hours",
        x_domain=(0, right),
        y_domain=(0, top),
        strokes=[*_frontiers(edges, returns), *stroke("ray", [(0, 0), here], dash=True, width=1),
                 *_way(here, target, one)],
        dots=_dots(points, found, one, target, ends, right, top),
        rows=[
            {"branch": n, "customers": round(x, 4), "contracts": round(y, 4)}
            for n, (x, y) in points.items()
        ],
        columns=[("branch", "Branch"), ("customers", "Customers in an hour"),
                 ("contracts", "Contracts in 100 hours")],
        title=say("What an hour yields, and the frontier")
        if returns == "constant"
        else say("What an hour yields; BCC: the frontier for {h}", h=Quantity(size, "hour", 0,
                                                                              "hours")),
        alt=say("Each branch as a point, with the frontier above them. {seen}", seen=seen),
        height=340,
    )  # fmt: skip


def _frontiers(edges: Mapping[str, Sequence[Point]], returns: str) -> list[dict[str, Any]]:
    """Both frontiers, the one that counts in colour."""
    found = []
    for key, points in edges.items():
        bold = key == returns
        found += stroke(
            NAMES[key], points, color=BOLD if bold else GREY,
            width=3 if bold else 1.5, dash=not bold,
        )  # fmt: skip
    return found


def _way(here: Point, target: Point, one: UnitEfficiency) -> list[dict[str, Any]]:
    return [] if one.is_efficient else stroke("way", [here, target], color=GOOD, width=3)


def _dots(
    points: dict[str, Point], found: Efficiency, one: UnitEfficiency, target: Point,
    ends: list[dict[str, Any]], right: float, top: float,
) -> list[dict[str, Any]]:  # fmt: skip
    dots = list(ends)
    for name, here in points.items():
        color = HERE if name == one.name else BOLD if found[name].is_efficient else GREY
        dots.append(dot(*here, name, color=color))
    if not one.is_efficient:
        dots.append(dot(*target, say("target"), color=GOOD, shape="diamond"))
    place_words(dots, (0, right), (0, top))
    return dots
