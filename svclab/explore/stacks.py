"""Lying bars: in parts, from one time to another, to both sides of zero; and standing columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from svclab.explore.charts import PALETTE, axis, bars, frame
from svclab.explore.names import name_axis, row_height
from svclab.explore.views import Chart

__all__ = ["columns", "lying", "signed_bars", "stacked"]

ROOM = 0.3  # of the longest side, for a text at the end of a signed bar


def lying(
    bar: str, kind: str, kinds: Sequence[str], *, names: Sequence[str], height: int, **channels: Any
) -> dict[str, Any]:  # fmt: skip
    """The specification of lying bars, one under the other, coloured by their kind.

    Parameters
    ----------
    bar, kind : str
        Fields with the name of a bar, and with the kind of what is drawn in it.
    kinds : sequence of str
        All kinds, in the order of their colours.
    names : sequence of str
        All bars, in their order.
    height : int
        Of the drawing, in pixels.
    **channels
        Where a bar begins and ends: ``x`` and, if need be, ``x2`` and ``order``.
    """
    return {
        **frame(height, data={"name": "rows"}),
        "mark": {"type": "bar", "height": {"band": 0.65}},
        "encoding": {
            "y": {
                "field": bar,
                "type": "nominal",
                "sort": list(names),
                "title": None,
                "axis": name_axis(names),
            },
            "color": {
                "field": kind,
                "type": "nominal",
                "scale": {"domain": list(kinds), "range": _colours(len(kinds))},
                "legend": {"orient": "top", "title": None},
            },
            **channels,
        },
    }


def stacked(
    bars: Mapping[str, Mapping[str, float]],
    *,
    what: str,
    value: str,
    part: str = "Part",
    title: str = "",
    alt: str,
) -> Chart:
    """Horizontal bars, each the sum of its parts.

    Parameters
    ----------
    bars : mapping
        Name of a bar to its parts, a name and a size of zero or more each; the parts keep their
        order and colour in all bars.
    what, value, part : str
        What the bars are, what their length is (with its unit), and what a part is.

    Examples
    --------
    >>> drawn = stacked({"level": {"wages": 3.0}}, what="Plan", value="Cost, yuan", alt="One bar.")
    >>> drawn.data["rows"]
    [{'bar': 'level', 'part': 'wages', 'size': 3.0, 'order': 0}]
    """
    parts = list(dict.fromkeys(name for each in bars.values() for name in each))
    rows: list[dict[str, Any]] = [
        {"bar": bar, "part": name, "size": size, "order": parts.index(name)}
        for bar, each in bars.items()
        for name, size in each.items()
    ]
    height = 90 + row_height(bars, 44) * len(bars)
    spec = lying(
        "bar", "part", parts, names=list(bars), height=height,
        x=axis("size", value, stack="zero"), order={"field": "order", "type": "quantitative"},
    )  # fmt: skip
    return Chart(
        title=title, alt=alt, spec=spec, data={"rows": rows}, height=height,
        columns={"rows": [("bar", what), ("part", part), ("size", value)]},
    )  # fmt: skip


def signed_bars(
    rows: list[dict[str, Any]],
    *,
    category: tuple[str, str],
    value: tuple[str, str],
    title: str,
    alt: str,
    ends: Sequence[float] = (0.0, 1.0),
) -> Chart:
    """Lying bars to the left and to the right of zero.

    Parameters
    ----------
    rows : list of dict
        With ``color`` and ``text`` besides the fields of ``category`` and ``value``.
    category, value : (field, title)
        What the bars are and how long.
    ends : sequence of float, optional
        What the axis reaches at least.

    Examples
    --------
    >>> row = {"goal": "a", "score": -2.0, "color": "red", "text": "-2"}
    >>> drawn = signed_bars([row], category=("goal", "Goal"), value=("score", "Score"), title="",
    ...                     alt="One bar.")
    >>> drawn.spec["layer"][0]["encoding"]["x"]["scale"]["domain"]
    [-2.9, 1.0]
    """
    values = [row[value[0]] for row in rows]
    low, high = min(ends[0], *values, 0.0), max(ends[1], *values, 0.0)
    room = ROOM * (high - low)
    domain = (low - (room if min(values) < 0 else 0), high + (room if max(values) > 0 else 0))
    drawn = bars(rows, category=category, value=value, color="color", text="text", title=title,
                 alt=alt, domain=domain)  # fmt: skip
    bar, text = drawn.spec["layer"]
    sides = [
        _side(text, f"datum['{value[0]}'] {sign} 0", align, dx)
        for sign, align, dx in ((">=", "left", 4), ("<", "right", -4))
    ]
    return replace(drawn, spec={**drawn.spec, "layer": [bar, *sides]})


def _side(text: Mapping[str, Any], when: str, align: str, dx: int) -> dict[str, Any]:
    return {
        **text,
        "transform": [{"filter": when}],
        "mark": {**text["mark"], "align": align, "dx": dx},
    }


def columns(
    rows: list[dict[str, Any]],
    *,
    x: tuple[str, str],
    y: tuple[str, str],
    color: str,
    title: str = "",
    alt: str,
    height: int = 200,
) -> Chart:
    """A standing bar for each row, such as the chance of each number.

    Parameters
    ----------
    x, y : (field, title)
        What the columns are, and how high.
    color : str
        Field with a CSS colour for each column.
    """
    spec = {
        **frame(height, data={"name": "rows"}),
        "mark": {"type": "bar", "width": {"band": 0.8}},
        "encoding": {
            "x": axis(x[0], x[1], kind="ordinal", axis={"labelAngle": 0, "ticks": False}),
            "y": axis(y[0], y[1]),
            "color": {"field": color, "type": "nominal", "scale": None},
        },
    }
    return Chart(
        title=title, alt=alt, spec=spec, data={"rows": rows}, height=height,
        columns={"rows": [x, y]},
    )  # fmt: skip


def _colours(number: int) -> Sequence[str]:
    """As many colours of the palette as there are parts."""
    return [PALETTE[k % len(PALETTE)] for k in range(number)]
