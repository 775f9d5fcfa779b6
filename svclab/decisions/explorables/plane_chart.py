"""A problem in two variables as a chart: region, limits, plans, the line of equal value."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import Any

from svclab.decisions.explorables.labels import Label, Place, place
from svclab.decisions.plane import Plane, Point
from svclab.decisions.plane.region import Window
from svclab.explore import Chart, Handle, axis
from svclab.explore.charts import CONFIG

__all__ = ["Mark", "region_chart"]

Spot = tuple[float, float]
Row = dict[str, Any]
REGION, BINDING, LIMIT = "var(--svc-blue)", "var(--svc-blue)", "var(--svc-quiet)"
EQUAL = "var(--svc-vermilion)"


@dataclass(frozen=True)
class Mark:
    """A plan that stands out."""

    point: Point
    label: str = ""
    color: str = "var(--svc-green)"
    shape: str = "circle"


def region_chart(
    shape: Plane,
    *,
    window: Window,
    titles: tuple[str, str],
    alt: str,
    title: str = "",
    value: Fraction | None = None,
    value_label: str = "",
    binding: Sequence[str] = (),
    strong: str = BINDING,
    wholes: Sequence[Point] = (),
    path: Sequence[Point] = (),
    marks: Sequence[Mark] = (),
    handles: Sequence[Handle] = (),
    pieces: bool = True,
    names: Mapping[str, str] | None = None,
    height: int = 340,
) -> Chart:
    """Draw a problem in two variables.

    Parameters
    ----------
    shape : Plane
        The problem, worked out.
    window : tuple of Fraction
        What is shown: x from, x to, y from, y to.
    titles : tuple of str
        Names of the two axes, with units.
    value : Fraction, optional
        The line on which all plans have this objective.
    value_label : str, optional
        What is written beside that line.
    binding : sequence of str, optional
        Names of limits to be drawn strong, in the colour ``strong``.
    wholes, path : sequence of points, optional
        Whole plans as small points; a way from corner to corner.
    marks : sequence of Mark, optional
        Plans that stand out, with their names.
    pieces : bool, optional
        Whether the axes count pieces, without parts between their ticks.
    names : mapping, optional
        Limits to how they are called in the picture; ``""`` for none.
    """
    outline = shape.outline(window)
    limits = _limit_rows(shape, window, binding, strong)
    line = shape.line(value, window) if value is not None else None
    equal = _equal_rows(line)
    steps = [(*_spot(a), *_spot(b)) for a, b in pairwise(path)]
    data: dict[str, list[dict[str, Any]]] = {
        "frame": [{"x": float(window[k]), "y": float(window[2 + k])} for k in (0, 1)],
        "region": [{"x": float(x), "y": float(y), "n": n} for n, (x, y) in enumerate(outline)],
        "limits": limits,
        "sides": _sides(shape, window) if shape.empty else [],
        "wholes": [{"x": float(x), "y": float(y)} for x, y in wholes],
        "equal": equal,
        "path": [{"x": a, "y": b, "x2": c, "y2": d} for a, b, c, d in steps],
        "rows": [_corner_row(c) for c in shape.corners],
        "marks": [
            {"x": float(m.point[0]), "y": float(m.point[1]), "color": m.color, "shape": m.shape}
            for m in marks
        ],
    }
    segments = [((r["x"], r["y"]), (r["x2"], r["y2"])) for r in (*limits, *equal)]
    segments += [((a, b), (c, d)) for a, b, c, d in steps]
    wanted = [Label(m.label, (_spot(m.point),)) for m in marks if m.label]
    wanted += _limit_labels(limits, names or {})
    if line is not None and line.ends is not None and value_label:
        wanted.append(Label(value_label, _along(*map(_spot, line.ends)), EQUAL))
    frame = (float(window[0]), float(window[1]), float(window[2]), float(window[3]))
    spots = [_spot(m.point) for m in marks] + [_spot(c.point) for c in shape.corners]
    taken = place(
        wanted,
        window=frame,
        lines=segments,
        points=spots,
        handles=[(h.x, h.y) for h in handles],
        flags=True,
    )
    data["staffs"] = _staffs(taken, frame)
    data["labels"] = [found.row() for found in taken]
    first, second = shape.problem.names
    return Chart(
        title=title,
        alt=alt,
        spec={
            "width": "container",
            "height": height,
            "autosize": {"type": "fit", "contains": "padding"},
            "config": CONFIG,
            "layer": _layers(*titles, 1 if pieces else 0),
        },
        data=data,
        columns={
            "rows": [("x", first), ("y", second), ("objective", "Objective"), ("at", "Where")],
        },
        height=height,
        handles=handles,
    )


def _spot(point: Point) -> Spot:
    return float(point[0]), float(point[1])


def _corner_row(corner: Any) -> dict[str, Any]:
    return {
        "x": float(corner.x),
        "y": float(corner.y),
        "objective": float(corner.objective),
        "at": ", ".join(corner.limits),
    }


def _limit_rows(
    shape: Plane, window: Window, binding: Sequence[str], color: str
) -> list[dict[str, Any]]:
    """The limits' lines; what lies along an axis is the axis itself."""
    rows: dict[str, dict[str, Any]] = {}
    for limit in shape.limits:
        ends = shape.edge(limit, window)
        along = not limit.c and bool(limit.a) != bool(limit.b) and limit.name == limit.text
        if ends is None or along or limit.name in rows:
            continue
        strong, far = limit.name in binding, limit.name in shape.redundant and not shape.empty
        (x, y), (x2, y2) = _spot(ends[0]), _spot(ends[1])
        rows[limit.name] = {
            "x": x, "y": y, "x2": x2, "y2": y2, "name": limit.name,
            "color": color if strong else LIMIT, "width": 2.5 if strong else 1.5,
            "dash": [5, 4] if far else [1, 0],
        }  # fmt: skip
    return list(rows.values())


def _equal_rows(line: Any) -> list[dict[str, Any]]:
    rows = []
    for ends, width in ((line and line.ends, 1.5), (line and line.inside, 3.0)):
        if ends is not None:
            (x, y), (x2, y2) = _spot(ends[0]), _spot(ends[1])
            rows.append({"x": x, "y": y, "x2": x2, "y2": y2, "width": width})
    return rows


def _sides(shape: Plane, window: Window) -> list[dict[str, float]]:
    """Short strokes to the side that a limit allows, where no region shows it."""
    wide, high = float(window[1] - window[0]), float(window[3] - window[2])
    rows = []
    for limit in shape.limits:
        ends = shape.edge(limit, window)
        if ends is None:
            continue
        a, b = float(limit.a) * wide, float(limit.b) * high
        size = math.hypot(a, b)
        step = -0.035 * wide * a / size, -0.035 * high * b / size
        (x, y), (x2, y2) = _spot(ends[0]), _spot(ends[1])
        for share in (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9):
            u, v = x + share * (x2 - x), y + share * (y2 - y)
            rows.append({"x": u, "y": v, "x2": u + step[0], "y2": v + step[1]})
    return rows


def _staffs(places: Sequence[Place], frame: tuple[float, float, float, float]) -> list[Row]:
    """Thin lines from what is named to names that stand as flags above it."""
    high = frame[3] - frame[2]
    return [{"x": p.x, "y": p.y, "x2": p.x, "y2": p.y + p.staff * high} for p in places if p.staff]


def _along(one: Spot, other: Spot) -> tuple[Spot, ...]:
    """Points along a line, its ends first."""
    return tuple(
        (one[0] + t * (other[0] - one[0]), one[1] + t * (other[1] - one[1]))
        for t in (0.03, 0.97, 0.15, 0.85, 0.3, 0.7, 0.5)
    )


def _limit_labels(rows: Sequence[Mapping[str, Any]], names: Mapping[str, str]) -> list[Label]:
    labels = []
    for row in rows:
        text = names.get(row["name"], row["name"])
        if text:
            ends = (row["x"], row["y"]), (row["x2"], row["y2"])
            labels.append(Label(text, _along(*ends), row["color"]))
    return labels


def _layers(x_title: str, y_title: str, step: int) -> list[dict[str, Any]]:
    """The layers, alike for every setting, so that a slider only changes rows."""
    ticks = {"tickMinStep": step, "grid": False}
    x, y = axis("x", x_title, zero=False, axis=ticks), axis("y", y_title, zero=False, axis=ticks)
    for channel in (x, y):
        channel["scale"]["nice"] = False
    flat = {"x": x, "y": y}
    long = {**flat, "x2": {"field": "x2"}, "y2": {"field": "y2"}}
    shade = {"field": "color", "type": "nominal", "scale": None}
    width = {"field": "width", "type": "quantitative", "scale": None}
    dash = {"field": "dash", "scale": None}
    text: dict[str, Any] = {
        "type": "text",
        "baseline": "middle",
        "align": {"expr": "datum.align"},
        "dx": {"expr": "datum.dx"},
        "dy": {"expr": "datum.dy"},
    }
    named = {"text": {"field": "text"}}
    halo = {"stroke": "var(--svc-paper)", "strokeWidth": 4, "strokeJoin": "round"}

    def layer(name: str, mark: dict[str, Any], encoding: dict[str, Any]) -> dict[str, Any]:
        return {"data": {"name": name}, "mark": mark, "encoding": encoding}

    point = {"type": "point", "filled": True, "opacity": 1}
    return [
        layer("frame", {"type": "point", "opacity": 0}, flat),
        layer(
            "region",
            {
                "type": "line",
                "interpolate": "linear-closed",
                "strokeWidth": 0,  # the edge of the window is none of the region's
                "fill": REGION,
                "fillOpacity": 0.16,
            },
            {**flat, "order": {"field": "n", "type": "quantitative"}},
        ),
        layer("sides", {"type": "rule", "strokeWidth": 1, "color": LIMIT}, long),
        layer(
            "limits",
            {"type": "rule"},
            {**long, "color": shade, "strokeWidth": width, "strokeDash": dash},
        ),
        layer("wholes", {**point, "size": 22, "color": LIMIT}, flat),
        layer("equal", {"type": "rule", "color": EQUAL}, {**long, "strokeWidth": width}),
        layer("path", {"type": "rule", "color": "var(--svc-orange)", "strokeWidth": 4}, long),
        layer("rows", {**point, "size": 40, "color": REGION}, flat),
        layer("staffs", {"type": "rule", "strokeWidth": 1, "color": LIMIT}, long),
        layer(
            "marks",
            {**point, "size": 130},
            {**flat, "color": shade, "shape": {**shade, "field": "shape"}},
        ),
        layer("labels", {**text, **halo, "color": "var(--svc-paper)"}, {**flat, **named}),
        layer("labels", text, {**flat, **named, "color": shade}),
    ]
