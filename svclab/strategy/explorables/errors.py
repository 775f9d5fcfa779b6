"""Means of runs with their margin of error, beside what they should be."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from svclab.explore import PALETTE, Chart, axis
from svclab.explore.charts import frame
from svclab.explore.names import name_axis, row_height
from svclab.intervals import Estimate

__all__ = ["mean_chart"]

ROW = 40  # pixels for an option


def mean_chart(
    found: Mapping[str, tuple[Estimate, float]], *, what: str, value: str, title: str, alt: str
) -> Chart:
    """A point for each mean, a line for its confidence interval, a tick for the exact mean.

    Parameters
    ----------
    found : mapping
        Option to its estimate and its exact mean.
    what, value : str
        What an option is, and what is measured, with its unit.
    title, alt : str
        As for every chart.

    Examples
    --------
    >>> from svclab.intervals import estimate
    >>> drawn = mean_chart({"shop": (estimate([1.0, 3.0]), 2.5)}, what="Mode", value="Worth",
    ...                    title="", alt="One mean.")
    >>> drawn.data["rows"][0]["mean"], drawn.data["rows"][0]["exact"]
    (2.0, 2.5)
    """
    rows: list[dict[str, Any]] = [
        {
            "option": name, "mean": round(mean.mean, 4), "low": round(mean.low, 4),
            "high": round(mean.high, 4), "exact": round(exact, 4),
            "color": PALETTE[k % len(PALETTE)],
        }
        for k, (name, (mean, exact)) in enumerate(found.items())
    ]  # fmt: skip
    height = 60 + row_height(found, ROW) * len(rows)
    return Chart(
        title=title,
        alt=alt,
        spec=_spec(list(found), value, height),
        data={"rows": rows},
        columns={
            "rows": [
                ("option", what), ("mean", "Mean of the runs"), ("low", "From"), ("high", "To"),
                ("exact", "Exact mean"),
            ]
        },
        height=height,
    )  # fmt: skip


def _spec(names: list[str], value: str, height: int) -> dict[str, Any]:
    y = {
        "field": "option",
        "type": "nominal",
        "sort": None,
        "title": None,
        "axis": name_axis(names),
    }
    shade = {"field": "color", "type": "nominal", "scale": None}
    x = axis("mean", value)
    layers = [
        ({"type": "rule", "strokeWidth": 3}, {"x": {**x, "field": "low"}, "x2": {"field": "high"}}),
        ({"type": "point", "filled": True, "size": 90, "opacity": 1}, {"x": x}),
        ({"type": "tick", "thickness": 3, "size": 24, "color": "currentColor"},
         {"x": {**x, "field": "exact"}}),
    ]  # fmt: skip
    drawn = [
        {
            "data": {"name": "rows"},
            "mark": mark,
            "encoding": {
                "y": y, **channels, **({} if mark["type"] == "tick" else {"color": shade}),
            },
        }
        for mark, channels in layers
    ]  # fmt: skip
    return frame(height, layer=drawn)
