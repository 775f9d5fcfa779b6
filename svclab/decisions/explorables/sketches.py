"""Drawings in a plane: areas, lines in any direction, points and words beside them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Any

from svclab.explore import Chart, Handle
from svclab.explore.charts import CONFIG, axis

__all__ = ["along", "area", "dot", "inked", "place_words", "sketch", "stroke"]

Row = dict[str, Any]
Point = tuple[float, float] | tuple[Fraction, Fraction]
SIDES = {
    "right": {"align": "left", "baseline": "middle", "dx": 13},
    "left": {"align": "right", "baseline": "middle", "dx": -13},
    "above": {"align": "center", "baseline": "bottom", "dy": -11},
    "below": {"align": "center", "baseline": "top", "dy": 11},
}
SHARES = (0.5, 0.35, 0.65, 0.2, 0.8, 0.1, 0.9, 0.05, 0.95)  # of a line's length


def stroke(
    name: str,
    points: Iterable[Point],
    *,
    color: str = "var(--svc-grey)",
    width: float = 2.0,
    dash: bool = False,
) -> list[Row]:
    """A line through points, in their order; two lines of a sketch need two names."""
    return [
        {"line": name, "order": k, "x": float(x), "y": float(y), "color": color, "width": width,
         "dash": dash}
        for k, (x, y) in enumerate(points)
    ]  # fmt: skip


def inked(color: str) -> str:
    """The colour of a line for the words beside it: darker on light paper, lighter on dark."""
    return f"color-mix(in srgb, {color} 65%, var(--svc-ink))"


def along(
    one: tuple[float, float], other: tuple[float, float], shares: Iterable[float] = SHARES
) -> tuple[tuple[float, float], ...]:
    """Points on the way from one to another: where a line's name may stand.

    Examples
    --------
    >>> along((0, 0), (10, 20), (0.5, 0.1))
    ((5.0, 10.0), (1.0, 2.0))
    """
    (x, y), (u, v) = one, other
    return tuple((x + t * (u - x), y + t * (v - y)) for t in shares)


def area(name: str, corners: Iterable[Point]) -> list[Row]:
    """A filled polygon, its corners in their order around it."""
    return [{"area": name, "order": k, "x": float(x), "y": float(y)} for k, (x, y) in
            enumerate(corners)]  # fmt: skip


def dot(
    x: float, y: float, label: str = "", *, side: str = "right", color: str = "var(--svc-blue)",
    shape: str = "circle", size: float = 90.0,
) -> Row:  # fmt: skip
    """A point with a word beside it; size 0 leaves the word alone.

    Examples
    --------
    >>> dot(1, 2, "here")["side"]
    'right'
    """
    return {"x": float(x), "y": float(y), "label": label, "side": side, "color": color,
            "shape": shape, "size": float(size)}  # fmt: skip


def place_words(dots: list[Row], x_domain: Sequence[float], y_domain: Sequence[float]) -> None:
    """Give each point's word the side on which it hides least; right where it can.

    Reckoned for a phone, where words are widest, in the order of the dots. Words without a point
    stay where they are.

    Examples
    --------
    >>> two = [dot(5, 1, "North"), dot(6, 1, "East")]
    >>> place_words(two, (0, 10), (0, 10))
    >>> [one["side"] for one in two]
    ['left', 'right']
    """
    at = [
        (
            PHONE * (row["x"] - x_domain[0]) / (x_domain[1] - x_domain[0]),
            PHONE * (row["y"] - y_domain[0]) / (y_domain[1] - y_domain[0]),
        )
        for row in dots
    ]
    points = [place for place, row in zip(at, dots, strict=True) if row["size"]]
    fixed = [(r, p) for r, p in zip(dots, at, strict=True) if not r["size"]]
    taken = [_box(here, 6.5 * len(row["label"]), row["side"]) for row, here in fixed]
    for row, here in zip(dots, at, strict=True):
        if not row["size"]:
            continue
        boxes = {side: _box(here, 6.5 * len(row["label"]), side) for side in SIDES}
        others = [point for point in points if point != here]
        row["side"] = min(SIDES, key=lambda side: _hidden(boxes[side], others, taken))
        taken.append(boxes[row["side"]])


PHONE = 290.0  # pixels of a drawing's side, about
Box = tuple[float, float, float, float]  # left, right, lower and upper edge


def _box(here: tuple[float, float], wide: float, side: str) -> Box:
    x, y = here
    if side in ("right", "left"):
        x += (13 + wide / 2) * (1 if side == "right" else -1)
    else:
        y += 19 * (1 if side == "above" else -1)
    return (x - wide / 2, x + wide / 2, y - 8, y + 8)


def _hidden(box: Box, points: Sequence[tuple[float, float]], taken: Sequence[Box]) -> int:
    """How much a word would hide: points, words, and twice for what is cut off."""
    left, right, low, high = box
    cut = left < 0 or right > PHONE or low < 0 or high > PHONE
    dots = sum(left - 9 < x < right + 9 and low - 7 < y < high + 7 for x, y in points)
    words = sum(left < b and a < right and low < d and c < high for a, b, c, d in taken)
    return dots + words + 2 * cut


def sketch(
    *,
    x: str,
    y: str,
    x_domain: Sequence[float],
    y_domain: Sequence[float],
    areas: Sequence[Row] = (),
    strokes: Sequence[Row] = (),
    dots: Sequence[Row] = (),
    names: Sequence[Mapping[str, Any]] = (),
    rows: Sequence[Row],
    columns: Sequence[tuple[str, str]],
    title: str = "",
    alt: str,
    height: int = 320,
    grid: bool = True,
    handles: Sequence[Handle] = (),
    steps: tuple[float | None, float | None] = (None, None),
) -> Chart:
    """A chart of areas, strokes and dots, on axes that do not move by themselves.

    Parameters
    ----------
    x, y : str
        Titles of the axes, with their units.
    x_domain, y_domain : (low, high)
        What is shown; strokes and areas are cut off there.
    names : sequence of mapping, optional
        Words with a place of their own, as :meth:`svclab.decisions.explorables.labels.Place.row`
        gives them.
    rows, columns
        The figures as a table on request, and (field, title) of its columns.
    steps : (float, float), optional
        The smallest distance between two numbers on the axes.
    """
    at_x = _along("x", x, x_domain, grid, steps[0])
    at_y = _along("y", y, y_domain, grid, steps[1])
    place = {"x": at_x, "y": at_y}
    layers = [_fill(place)] if areas else []
    layers += [_line(place, dash) for dash in (False, True)] if strokes else []
    layers += [_points(place)]
    used = {row["side"] for row in dots if row["label"]}
    layers += [
        _words(place, side, halo) for halo in (True, False) for side in SIDES if side in used
    ]
    layers += [_named(place, halo) for halo in (True, False)] if names else []
    spec = {
        "width": "container",
        "height": height,
        "autosize": {"type": "fit", "contains": "padding"},
        "config": CONFIG,
        "layer": layers,
    }
    data = {"rows": [dict(row) for row in rows], "dots": list(dots)}
    data |= {"areas": list(areas)} if areas else {}
    data |= {"strokes": list(strokes)} if strokes else {}
    data |= {"names": [dict(name) for name in names]} if names else {}
    return Chart(
        title=title, alt=alt, spec=spec, data=data, columns={"rows": columns}, height=height,
        handles=handles,
    )  # fmt: skip


def _along(
    field: str, title: str, domain: Sequence[float], grid: bool, step: float | None
) -> dict[str, Any]:
    look: dict[str, Any] = {"grid": grid}
    if step is not None:
        look |= {"tickMinStep": step}
        if step == 1:
            look |= {"format": "d"}
    channel = axis(field, title, domain=domain, axis=look)
    channel["scale"] |= {"nice": False}
    return channel


def _shade(field: str = "color") -> dict[str, Any]:
    return {"field": field, "type": "nominal", "scale": None}


def _fill(place: Mapping[str, Any]) -> dict[str, Any]:
    mark = {"type": "line", "interpolate": "linear-closed", "clip": True, "strokeWidth": 0,
            "fill": "var(--svc-sky)", "fillOpacity": 0.25}  # fmt: skip
    return {
        "data": {"name": "areas"},
        "mark": mark,
        "encoding": {**place, "order": {"field": "order"}, "detail": {"field": "area"}},
    }


def _line(place: Mapping[str, Any], dash: bool) -> dict[str, Any]:
    mark: dict[str, Any] = {"type": "line", "clip": True}
    if dash:
        mark["strokeDash"] = [5, 4]
    return {
        "data": {"name": "strokes"},
        "transform": [{"filter": f"datum.dash == {str(dash).lower()}"}],
        "mark": mark,
        "encoding": {
            **place,
            "order": {"field": "order"},
            "detail": {"field": "line"},
            "color": _shade(),
            "strokeWidth": {"field": "width", "type": "quantitative", "scale": None},
        },
    }


def _points(place: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "data": {"name": "dots"},
        "transform": [{"filter": "datum.size > 0"}],
        "mark": {"type": "point", "filled": True, "opacity": 1},
        "encoding": {
            **place,
            "color": _shade(),
            "shape": _shade("shape"),
            "size": {"field": "size", "type": "quantitative", "scale": None},
        },
    }


def _words(place: Mapping[str, Any], side: str, halo: bool) -> dict[str, Any]:
    """Words beside points; first a halo in the colour of the paper, so that lines do not cross."""
    mark: dict[str, Any] = {"type": "text", **SIDES[side]}
    if halo:
        mark |= {"stroke": "var(--svc-paper)", "strokeWidth": 4, "strokeJoin": "round"}
    return {
        "data": {"name": "dots"},
        "transform": [{"filter": f"datum.side == '{side}'"}],
        "mark": mark,
        "encoding": {**place, "text": {"field": "label"}},
    }


def _named(place: Mapping[str, Any], halo: bool) -> dict[str, Any]:
    """Words whose place was looked for, each in its colour; under them a halo."""
    mark: dict[str, Any] = {"type": "text", "baseline": "middle"}
    mark |= {key: {"expr": f"datum.{key}"} for key in ("align", "dx", "dy")}
    encoding = {**place, "text": {"field": "text"}}
    if halo:
        mark |= {"stroke": "var(--svc-paper)", "strokeWidth": 4, "strokeJoin": "round",
                 "color": "var(--svc-paper)"}  # fmt: skip
    else:
        encoding["color"] = _shade()
    return {"data": {"name": "names"}, "mark": mark, "encoding": encoding}
