"""Lying bars, whole, in parts or from one time to another, and columns side by side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from svclab.explore.charts import CONFIG, PALETTE, axis
from svclab.explore.views import Chart

__all__ = ["columns", "lying", "stacked"]


def lying(
    bar: str, kind: str, kinds: Sequence[str], *, height: int, sort: list[str] | None = None,
    **channels: Any,
) -> dict[str, Any]:  # fmt: skip
    """The specification of lying bars, one under the other, coloured by their kind.

    Parameters
    ----------
    bar, kind : str
        Fields with the name of a bar, and with the kind of what is drawn in it.
    kinds : sequence of str
        All kinds, in the order of their colours.
    height : int
        Of the drawing, in pixels.
    sort : list of str, optional
        The bars in their order; left out: as they come.
    **channels
        Where a bar begins and ends: ``x`` and, if need be, ``x2`` and ``order``.
    """
    return {
        **_frame(height),
        "mark": {"type": "bar", "height": {"band": 0.65}},
        "encoding": {
            "y": {
                "field": bar,
                "type": "nominal",
                "sort": sort,
                "title": None,
                "axis": {"labelLimit": 160, "ticks": False, "domain": False, "labelPadding": 6},
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


def _frame(height: int) -> dict[str, Any]:
    return {
        "width": "container",
        "height": height,
        "autosize": {"type": "fit", "contains": "padding"},
        "config": CONFIG,
        "data": {"name": "rows"},
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
    height = 90 + 44 * len(bars)
    spec = lying(
        "bar", "part", parts, height=height, x=axis("size", value, stack="zero"),
        order={"field": "order", "type": "quantitative"},
    )  # fmt: skip
    return Chart(
        title=title, alt=alt, spec=spec, data={"rows": rows}, height=height,
        columns={"rows": [("bar", what), ("part", part), ("size", value)]},
    )  # fmt: skip


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
        **_frame(height),
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
