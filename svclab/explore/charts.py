"""Short ways to the charts that the chapters use, in one look.

Each function gives a :class:`~svclab.explore.views.Chart`. Colours are CSS variables, so that
dark mode, forced colours and print need no second drawing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from svclab.explore.views import Chart

__all__ = ["PALETTE", "axis", "bars", "guess_mark", "lines", "points"]

PALETTE = (
    "var(--svc-blue)",
    "var(--svc-orange)",
    "var(--svc-green)",
    "var(--svc-vermilion)",
    "var(--svc-purple)",
    "var(--svc-sky)",
)

CONFIG: dict[str, Any] = {
    "background": None,
    "view": {"stroke": None},
    "font": "inherit",
    "axis": {
        "labelColor": "currentColor",
        "titleColor": "currentColor",
        "titleFontWeight": "normal",
        "labelFontSize": 12,
        "titleFontSize": 13,
        "domainColor": "var(--svc-line)",
        "tickColor": "var(--svc-line)",
        "gridColor": "var(--svc-line)",
        "gridOpacity": 0.5,
        "labelOverlap": True,
    },
    "legend": {
        "labelColor": "currentColor",
        "titleColor": "currentColor",
        "labelFontSize": 12,
        "labelLimit": 220,
    },
    "text": {"color": "currentColor", "fontSize": 12},
}


def guess_mark(*, x: float | None = None, y: float | None = None) -> dict[str, Any]:
    """The reader's guess as a mark: a point, or a rule where only one of x and y is given.

    Examples
    --------
    >>> sorted(guess_mark(y=3.0))
    ['color', 'label', 'shape', 'y']
    """
    at = {name: value for name, value in (("x", x), ("y", y)) if value is not None}
    return {**at, "label": "your guess", "color": "var(--svc-purple)", "shape": "cross"}


def axis(
    field: str,
    title: str,
    *,
    kind: str = "quantitative",
    domain: Sequence[float] | None = None,
    zero: bool = True,
    **more: Any,
) -> dict[str, Any]:
    """An encoding channel with its title, which carries the unit."""
    scale: dict[str, Any] = {} if kind != "quantitative" else {"zero": zero}
    if domain is not None:
        scale["domain"] = list(domain)
    channel: dict[str, Any] = {"field": field, "type": kind, "title": title, **more}
    if scale:
        channel["scale"] = scale
    return channel


def _spec(layers: list[dict[str, Any]], height: int) -> dict[str, Any]:
    return {
        "width": "container",
        "height": height,
        "autosize": {"type": "fit", "contains": "padding"},
        "config": CONFIG,
        "layer": layers,
    }


def _marks(x: dict[str, Any], y: dict[str, Any]) -> list[Any]:
    """Rules and points that stand out: a limit, the present setting, the reader's guess."""
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
        {
            "data": {"name": "marks"},
            "transform": [{"filter": "isValid(datum.x) && isValid(datum.y)"}],
            "mark": {"type": "text", "dx": 9, "dy": -9, "align": "left"},
            "encoding": {
                "x": {**x, "field": "x"},
                "y": {**y, "field": "y"},
                "text": {"field": "label"},
            },
        },
        {
            "data": {"name": "marks"},
            "transform": [{"filter": "isValid(datum.y) && !isValid(datum.x)"}],
            "mark": {"type": "text", "dx": 5, "dy": -6, "align": "left", "baseline": "bottom"},
            "encoding": {"x": {"value": 0}, "y": {**y, "field": "y"}, "text": {"field": "label"}},
        },
        {
            "data": {"name": "marks"},
            "transform": [{"filter": "isValid(datum.x) && !isValid(datum.y)"}],
            "mark": {"type": "text", "dx": 5, "dy": 10, "align": "left", "baseline": "top"},
            "encoding": {"x": {**x, "field": "x"}, "y": {"value": 0}, "text": {"field": "label"}},
        },
    ]


def _mark_rows(marks: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    return [
        {"color": "var(--svc-vermilion)", "shape": "circle", "label": "", **mark} for mark in marks
    ]


def lines(
    rows: list[dict[str, Any]],
    *,
    x: tuple[str, str],
    y: tuple[str, str],
    series: str | None = None,
    marks: Sequence[Mapping[str, Any]] = (),
    title: str = "",
    alt: str,
    height: int = 280,
    step: bool = False,
    x_domain: Sequence[float] | None = None,
    y_domain: Sequence[float] | None = None,
    zero: bool = True,
) -> Chart:
    """A line for each series, named at its end rather than in a legend.

    Parameters
    ----------
    rows : list of dict
        One row a point.
    x, y : (field, title with unit)
        What stands on the axes.
    series : str, optional
        Field that tells the lines apart.
    marks : sequence of dict, optional
        ``x`` and ``y`` for a point, one of them for a rule; ``label``, ``color``, ``shape``.
    step : bool, optional
        Draw steps instead of slopes.
    """
    at_x = axis(x[0], x[1], domain=x_domain, zero=zero)
    at_y = axis(y[0], y[1], domain=y_domain)
    color: dict[str, Any] = {"value": PALETTE[0]}
    layers: list[dict[str, Any]] = []
    mark: dict[str, Any] = {"type": "line", "strokeWidth": 2.5}
    if step:
        mark["interpolate"] = "step-after"
    if series:
        color = {
            "field": series,
            "type": "nominal",
            "sort": None,
            "scale": {"range": list(PALETTE)},
            "legend": {"orient": "top", "title": None, "symbolType": "stroke"},
        }
    layers.append(
        {
            "data": {"name": "rows"},
            "mark": mark,
            "encoding": {"x": at_x, "y": at_y, "color": color},
        }
    )
    data = {"rows": rows}
    columns = {"rows": [p for p in ((series, series) if series else None, x, y) if p]}
    if marks:
        layers += _marks(at_x, at_y)
        data["marks"] = _mark_rows(marks)
    return Chart(
        title=title, alt=alt, spec=_spec(layers, height), data=data, columns=columns, height=height
    )


def bars(
    rows: list[dict[str, Any]],
    *,
    category: tuple[str, str],
    value: tuple[str, str],
    color: str | None = None,
    text: str | None = None,
    marks: Sequence[Mapping[str, Any]] = (),
    title: str = "",
    alt: str,
    height: int | None = None,
    domain: Sequence[float] | None = None,
) -> Chart:
    """Horizontal bars, so that long names can be read on a phone.

    Parameters
    ----------
    category, value : (field, title)
        What the bars are and how long.
    color : str, optional
        Field with a CSS colour for each bar.
    text : str, optional
        Field with the text at the bar's end.
    marks : sequence of dict, optional
        ``x`` with ``label``: a rule at a value, such as a demand.
    """
    height = height or 60 + 34 * len({row[category[0]] for row in rows})
    at_y = {
        "field": category[0],
        "type": "nominal",
        "sort": None,
        "title": None,
        "axis": {"labelLimit": 150, "ticks": False, "domain": False, "labelPadding": 6},
    }
    at_x = axis(value[0], value[1], domain=domain)
    shade = {"field": color, "type": "nominal", "scale": None} if color else {"value": PALETTE[0]}
    layers: list[dict[str, Any]] = [
        {
            "data": {"name": "rows"},
            "mark": {"type": "bar", "height": {"band": 0.65}},
            "encoding": {"y": at_y, "x": at_x, "color": shade},
        }
    ]
    if text:
        layers.append(
            {
                "data": {"name": "rows"},
                "mark": {"type": "text", "align": "left", "dx": 4},
                "encoding": {"y": at_y, "x": at_x, "text": {"field": text}},
            }
        )
    data = {"rows": rows}
    if marks:
        layers += [
            {
                "data": {"name": "marks"},
                "mark": {"type": "rule", "strokeDash": [5, 4], "strokeWidth": 1.5},
                "encoding": {
                    "x": {**at_x, "field": "x"},
                    "color": {"field": "color", "type": "nominal", "scale": None},
                },
            },
            {
                "data": {"name": "marks"},
                "mark": {"type": "text", "align": "left", "dx": 4, "baseline": "bottom"},
                "encoding": {
                    "x": {**at_x, "field": "x"},
                    "y": {"value": 0},
                    "text": {"field": "label"},
                },
            },
        ]
        data["marks"] = _mark_rows(marks)
    columns = {"rows": [category, value]}
    return Chart(
        title=title, alt=alt, spec=_spec(layers, height), data=data, columns=columns, height=height
    )


def points(
    rows: list[dict[str, Any]],
    *,
    x: tuple[str, str],
    y: tuple[str, str],
    color: str | None = None,
    size: str | None = None,
    text: str | None = None,
    marks: Sequence[Mapping[str, Any]] = (),
    title: str = "",
    alt: str,
    height: int = 280,
    zero: bool = False,
    x_domain: Sequence[float] | None = None,
    y_domain: Sequence[float] | None = None,
) -> Chart:
    """A point for each row; ``color`` and ``text`` are fields, as in :func:`bars`."""
    at_x = axis(x[0], x[1], zero=zero, domain=x_domain)
    at_y = axis(y[0], y[1], zero=zero, domain=y_domain)
    shade = {"field": color, "type": "nominal", "scale": None} if color else {"value": PALETTE[0]}
    encoding: dict[str, Any] = {"x": at_x, "y": at_y, "color": shade}
    if size:
        encoding["size"] = {
            "field": size,
            "type": "quantitative",
            "legend": None,
            "scale": {"range": [45, 420]},
        }
    layers: list[dict[str, Any]] = [
        {
            "data": {"name": "rows"},
            "mark": {"type": "point", "filled": True, "opacity": 0.85, "size": 70},
            "encoding": encoding,
        }
    ]
    if text:
        layers.append(
            {
                "data": {"name": "rows"},
                "mark": {"type": "text", "align": "left", "dx": 8},
                "encoding": {"x": at_x, "y": at_y, "text": {"field": text}},
            }
        )
    data = {"rows": rows}
    if marks:
        layers += _marks(at_x, at_y)
        data["marks"] = _mark_rows(marks)
    columns = {"rows": [x, y] + ([(size, size)] if size else [])}
    return Chart(
        title=title, alt=alt, spec=_spec(layers, height), data=data, columns=columns, height=height
    )
