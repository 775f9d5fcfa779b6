"""Short ways to the charts that the chapters use, in one look.

Each function gives a :class:`~svclab.explore.views.Chart`. Colours are CSS variables, so that
dark mode, forced colours and print need no second drawing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from svclab.explore.marks import mark_layers, mark_rows, span_layers, span_rows
from svclab.explore.names import name_axis, row_height
from svclab.explore.views import Chart, Handle

__all__ = ["PALETTE", "axis", "bars", "frame", "lines", "points"]

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


def frame(height: int, **more: Any) -> dict[str, Any]:
    """What every specification begins with: as wide as the page, so high, in the one look.

    Parameters
    ----------
    height : int
        Of the drawing, in pixels.
    **more
        What is drawn: ``layer``, or ``data``, ``mark`` and ``encoding``.
    """
    return {
        "width": "container",
        "height": height,
        "autosize": {"type": "fit", "contains": "padding"},
        "config": CONFIG,
        **more,
    }


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
    x_axis: Mapping[str, Any] | None = None,
    zero: bool = True,
    y_zero: bool = True,
    clip: bool = False,
    band: Sequence[Mapping[str, Any]] = (),
    faint: Sequence[Mapping[str, Any]] = (),
    spans: Sequence[Mapping[str, Any]] = (),
    handles: Sequence[Handle] = (),
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
        ``x`` and ``y`` for a point, one of them for a rule; ``label``, ``color``, ``shape``;
        ``at="end"`` writes a rule's label at its right end, or at its foot; ``side`` is where a
        point has its label: ``"right"``, ``"left"`` or, for the lowest of a curve, ``"below"``.
    step : bool, optional
        Draw steps instead of slopes.
    x_axis : dict, optional
        Vega-Lite's settings of the horizontal axis, such as the marks of a clock.
    zero, y_zero : bool, optional
        Whether the axes of x and y begin at zero; default True.
    clip : bool, optional
        Cut lines off at the edge of a ``y_domain``.
    band : sequence of dict, optional
        A shaded strip: ``x``, ``low`` and ``high`` at each point.
    faint : sequence of dict, optional
        Thin grey lines behind: ``x``, ``y`` and ``line``, which tells them apart.
    spans : sequence of dict, optional
        Distances to read off: from ``x``, ``y`` to ``x2``, ``y2``, with ``label`` and ``color``.
    handles : sequence of Handle, optional
        Points that the reader drags.
    """
    more: dict[str, Any] = {} if x_axis is None else {"axis": dict(x_axis)}
    at_x = axis(x[0], x[1], domain=x_domain, zero=zero, **more)
    at_y = axis(y[0], y[1], domain=y_domain, zero=y_zero)
    color: dict[str, Any] = {"value": PALETTE[0]}
    layers: list[dict[str, Any]] = []
    mark: dict[str, Any] = {"type": "line", "strokeWidth": 2.5}
    if clip:
        mark["clip"] = True
    if step:
        mark["interpolate"] = "step-after"
    if series:
        color = {
            "field": series,
            "type": "nominal",
            "sort": None,
            # In this order: rows that come later must not change which line has which colour.
            "scale": {
                "domain": list(dict.fromkeys(row[series] for row in rows)),
                "range": list(PALETTE),
            },
            "legend": {"orient": "top", "title": None, "symbolType": "stroke"},
        }
    data: dict[str, Any] = {"rows": rows}
    columns = {"rows": [p for p in ((series, series) if series else None, x, y) if p]}
    if band:
        layers.append(_band(at_x, at_y))
        data["band"] = [dict(row) for row in band]
        columns["band"] = [("x", x[1]), ("low", "Lower edge"), ("high", "Upper edge")]
    if faint:
        layers.append(_faint(at_x, at_y))
        data["faint"] = [dict(row) for row in faint]
    layers.append(
        {
            "data": {"name": "rows"},
            "mark": mark,
            "encoding": {"x": at_x, "y": at_y, "color": color},
        }
    )
    if spans:
        layers += span_layers(at_x, at_y)
        data["spans"] = span_rows(spans)
    if marks:
        layers += mark_layers(at_x, at_y, marks)
        data["marks"] = mark_rows(marks)
    return Chart(
        title=title, alt=alt, spec=frame(height, layer=layers), data=data, columns=columns,
        height=height, handles=handles,
    )  # fmt: skip


def _faint(x: dict[str, Any], y: dict[str, Any]) -> dict[str, Any]:
    return {
        "data": {"name": "faint"},
        "mark": {"type": "line", "strokeWidth": 1, "color": "var(--svc-grey)", "clip": True},
        "encoding": {
            "x": {**x, "field": "x"},
            "y": {**y, "field": "y"},
            "detail": {"field": "line", "type": "nominal"},
        },
    }


def _band(x: dict[str, Any], y: dict[str, Any]) -> dict[str, Any]:
    return {
        "data": {"name": "band"},
        "mark": {"type": "area", "opacity": 0.18, "color": PALETTE[0], "clip": True},
        "encoding": {
            "x": {**x, "field": "x"},
            "y": {**y, "field": "low"},
            "y2": {"field": "high"},
        },
    }


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
    names = list(dict.fromkeys(row[category[0]] for row in rows))
    height = height or 60 + row_height(names, 34) * len(names)
    at_y = {
        "field": category[0],
        "type": "nominal",
        "sort": None,
        "title": None,
        "axis": name_axis(names),
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
        data["marks"] = mark_rows(marks)
    columns = {"rows": [category, value]}
    return Chart(
        title=title,
        alt=alt,
        spec=frame(height, layer=layers),
        data=data,
        columns=columns,
        height=height,
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
        layers += mark_layers(at_x, at_y, marks)
        data["marks"] = mark_rows(marks)
    columns = {"rows": [x, y] + ([(size, size)] if size else [])}
    return Chart(
        title=title,
        alt=alt,
        spec=frame(height, layer=layers),
        data=data,
        columns=columns,
        height=height,
    )
