"""What stands out in a chart: points, rules and distances, each with its name beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

__all__ = ["guess_mark", "mark_layers", "mark_rows", "span_layers", "span_rows"]

BEGIN, END = " && datum.at != 'end'", " && datum.at == 'end'"  # where a rule has its label
#: Whether a text at the right of a mark would be cut at the edge of the drawing.
CUT = "isNumber(datum.x) && scale('x', datum.x) + 9 + 6.6 * length(datum.label) > width + 5"
ABOVE: dict[str, Any] = {"type": "text", "dy": -9}
AT_LEFT: dict[str, Any] = {**ABOVE, "align": "right", "dx": -9}
#: Whether half of a text would be cut at the left or at the right edge.
NEAR = "scale('x', datum.x) {} 3.3 * length(datum.label) {}"
AT_START, AT_END = NEAR.format("-", "< 0"), NEAR.format("+", "> width")
BELOW: dict[str, Any] = {
    "type": "text", "dy": 17,
    "align": {"expr": f"{AT_START} ? 'left' : {AT_END} ? 'right' : 'center'"},
}  # fmt: skip
PLAIN = {"color": "var(--svc-vermilion)", "shape": "circle", "label": "", "side": "right"}


def guess_mark(*, x: float | None = None, y: float | None = None) -> dict[str, Any]:
    """The reader's guess as a mark: a point, or a rule where only one of x and y is given.

    Examples
    --------
    >>> sorted(guess_mark(y=3.0))
    ['color', 'label', 'shape', 'y']
    """
    at = {name: value for name, value in (("x", x), ("y", y)) if value is not None}
    return {**at, "label": "your guess", "color": "var(--svc-purple)", "shape": "cross"}


def mark_layers(
    x: dict[str, Any], y: dict[str, Any], marks: Sequence[Mapping[str, Any]] = ()
) -> list[Any]:
    """Rules and points that stand out: a limit, the present setting, the reader's guess.

    Parameters
    ----------
    x, y : dict
        Encodings of the axes.
    marks : sequence of dict, optional
        Those that will be shown, as far as they are known: a name below its point needs a layer.
    """
    sides = {"right": {**ABOVE, **_beside(9)}, "left": AT_LEFT}
    if any(mark.get("side") == "below" for mark in marks):
        sides["below"] = BELOW
    return [
        {
            "data": {"name": "marks"},
            "transform": [{"filter": "isValid(datum.x) && isValid(datum.y)"}],
            "mark": {"type": "point", "filled": True, "size": 110, "opacity": 1},
            "encoding": {
                "x": {**x, "field": "x"},
                "y": {**y, "field": "y"},
                "color": {"field": "color", "type": "nominal", "scale": None},
                "shape": {"field": "shape", "type": "nominal", "scale": None},
            },
        },
        {
            "data": {"name": "marks"},
            "transform": [{"filter": "isValid(datum.y) && !isValid(datum.x)"}],
            "mark": {"type": "rule", "strokeDash": [5, 4], "strokeWidth": 1.5},
            "encoding": {
                "y": {**y, "field": "y"},
                "color": {"field": "color", "type": "nominal", "scale": None},
            },
        },
        {
            "data": {"name": "marks"},
            "transform": [{"filter": "isValid(datum.x) && !isValid(datum.y)"}],
            "mark": {"type": "rule", "strokeDash": [5, 4], "strokeWidth": 1.5},
            "encoding": {
                "x": {**x, "field": "x"},
                "color": {"field": "color", "type": "nominal", "scale": None},
            },
        },
        *(
            {
                "data": {"name": "marks"},
                "transform": [
                    {"filter": f"isValid(datum.x) && isValid(datum.y) && datum.side == '{side}'"}
                ],
                "mark": where,
                "encoding": {
                    "x": {**x, "field": "x"},
                    "y": {**y, "field": "y"},
                    "text": {"field": "label"},
                },
            }
            for side, where in sides.items()
        ),
        *(
            _rule_label(
                "isValid(datum.y) && !isValid(datum.x)" + when,
                {"dx": 5 if align == "left" else -5, "dy": -6, "align": align},
                {"x": {"value": place}, "y": {**y, "field": "y"}},
            )
            for when, align, place in ((BEGIN, "left", 0), (END, "right", "width"))
        ),
        *(
            _rule_label(
                "isValid(datum.x) && !isValid(datum.y)" + when,
                {"dy": dy, "baseline": baseline, **_beside(5)},
                {"x": {**x, "field": "x"}, "y": {"value": place}},
            )
            for when, dy, baseline, place in (
                (BEGIN, 10, "top", 0),
                (END, -6, "bottom", "height"),
            )
        ),
    ]


def _beside(gap: int) -> dict[str, Any]:
    """A text at the right of what it names; at its left where the right one would be cut."""
    return {
        "align": {"expr": f"{CUT} ? 'right' : 'left'"},
        "dx": {"expr": f"{CUT} ? {-gap} : {gap}"},
    }


def _rule_label(when: str, text: Mapping[str, Any], encoding: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "data": {"name": "marks"},
        "transform": [{"filter": when}],
        "mark": {"type": "text", "baseline": "bottom", **text},
        "encoding": {**encoding, "text": {"field": "label"}},
    }


def mark_rows(marks: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Marks with the look they have unless they say otherwise."""
    return [{**PLAIN, **mark} for mark in marks]


def span_rows(spans: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Distances with the place of their name: at the lower end, or at the right one."""
    rows = []
    for span in spans:
        end = {"at_x": max(span["x"], span["x2"]), "at_y": min(span["y"], span["y2"])}
        rows.append({"color": "currentColor", "label": "", **span, **end})
    return rows


def span_layers(x: dict[str, Any], y: dict[str, Any]) -> list[Any]:
    """Distances as lines, with their names."""
    shade = {"field": "color", "type": "nominal", "scale": None}
    return [
        {
            "data": {"name": "spans"},
            "mark": {"type": "rule", "strokeWidth": 3},
            "encoding": {
                "x": {**x, "field": "x"},
                "y": {**y, "field": "y"},
                "x2": {"field": "x2"},
                "y2": {"field": "y2"},
                "color": shade,
            },
        },
        {
            "data": {"name": "spans"},
            "mark": {"type": "text", "align": "left", "dx": 5, "dy": 13},
            "encoding": {
                "x": {**x, "field": "at_x"},
                "y": {**y, "field": "at_y"},
                "text": {"field": "label"},
            },
        },
    ]
