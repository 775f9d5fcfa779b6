"""Loads as bars: what lies in each, against the limit; and what each is worth."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from svclab.decisions.problems import Load
from svclab.explore import PALETTE, Chart, axis, bars
from svclab.explore.charts import CONFIG
from svclab.explore.names import name_axis, row_height
from svclab.words import Quantity, say

__all__ = ["load_chart", "value_chart"]

ROW = 52  # pixels for a load
PHONE, LETTER = 230.0, 7.0  # pixels of the axis there, and of a digit
NARROW = 18.0  # pixels; thinner pieces of an item are drawn as one, with their number


def load_chart(loads: Mapping[str, Load], limit: float, *, alt: str) -> Chart:
    """A bar for each load, a piece after the other, with the limit as a rule.

    Pieces too thin to be told apart are one block, on which their number stands.
    """
    end = max([limit, *(load.weight for load in loads.values())])
    rows = [piece for name, load in loads.items() for piece in _pieces(name, load, end)]
    many = any(row["pieces"] > 1 for row in rows)
    # A load without a piece keeps its line.
    rows += [
        {
            "load": name,
            "item": "",
            "pieces": 0,
            "from": 0.0,
            "to": 0.0,
            "middle": 0.0,
            "number": "",
            "color": "",
        }
        for name, load in loads.items()
        if not load.weight
    ]
    height = 90 + row_height(loads, ROW) * len(loads)
    return Chart(
        title=say("What is packed; the numbers are the items (7 × 2: seven pieces of item 2)")
        if many
        else say("What is packed; the numbers are the items"),
        alt=alt,
        spec=_spec(list(loads), end, height),
        data={"rows": rows, "limit": [{"x": limit, "label": _limit(limit)}]},
        columns={
            "rows": [
                ("load", "Load"), ("item", "Item"), ("pieces", "Pieces"),
                ("from", "From, kg"), ("to", "To, kg"),
            ]
        },
        height=height,
    )  # fmt: skip


def _limit(limit: float) -> str:
    return say("limit {x}", x=Quantity(limit, "kg", 2))


def _pieces(name: str, load: Load, end: float) -> list[dict[str, Any]]:
    """Each piece, or block of thin pieces, from where it begins to where it ends."""
    rows: list[dict[str, Any]] = []
    at = 0.0
    for k, (item, pieces) in enumerate(load.taken.items()):
        weight = load.items[item][0]
        together = pieces > 1 and PHONE * weight / end < NARROW
        for n in [pieces] if together else [1] * pieces:
            size = n * weight
            rows.append(
                {
                    "load": name,
                    "item": item,
                    "pieces": n,
                    "from": round(at, 6),
                    "to": round(at + size, 6),
                    "middle": round(at + size / 2, 6),
                    "number": _number(k + 1, n, PHONE * size / end),
                    "color": PALETTE[k % len(PALETTE)],
                }
            )
            at += size
    return rows


def _number(item: int, pieces: int, room: float) -> str:
    """What stands on a block, as far as it has room for it."""
    words = [str(item)]
    if pieces > 1:
        words.insert(0, say("{n} × {item}", n=pieces, item=str(item)))
    return next((word for word in words if LETTER * len(word) < room), "")


def _spec(names: list[str], end: float, height: int) -> dict[str, Any]:
    y = {
        "field": "load",
        "type": "nominal",
        "sort": names,
        "title": None,
        "axis": name_axis(names),
    }
    x = axis("from", "Load, kg", domain=(0, end), axis={"tickMinStep": 1})
    pieces = {
        "data": {"name": "rows"},
        "mark": {"type": "bar", "height": {"band": 0.6}, "stroke": "var(--svc-paper)",
                 "strokeWidth": 2, "opacity": 0.55},
        "encoding": {
            "y": y,
            "x": x,
            "x2": {"field": "to"},
            "color": {"field": "color", "type": "nominal", "scale": None},
        },
    }  # fmt: skip
    numbers = {
        "data": {"name": "rows"},
        "mark": {"type": "text", "fontWeight": "bold"},
        "encoding": {"y": y, "x": {**x, "field": "middle"}, "text": {"field": "number"}},
    }
    at_limit = {**x, "field": "x"}
    rule = {
        "data": {"name": "limit"},
        "mark": {"type": "rule", "strokeDash": [5, 4], "strokeWidth": 2,
                 "color": "var(--svc-vermilion)"},
        "encoding": {"x": at_limit},
    }  # fmt: skip
    name = {
        "data": {"name": "limit"},
        "mark": {"type": "text", "align": "right", "dx": -6, "dy": -4, "baseline": "bottom"},
        "encoding": {"x": at_limit, "y": {"value": 0}, "text": {"field": "label"}},
    }
    return {
        "width": "container",
        "height": height,
        "autosize": {"type": "fit", "contains": "padding"},
        "config": CONFIG,
        "layer": [pieces, numbers, rule, name],
    }


def value_chart(loads: Mapping[str, Load], bound: float | None, fits: bool, *, alt: str) -> Chart:
    """What each load is worth, and the linear program's bound where it is shown."""
    colors = {"yours": "var(--svc-blue)" if fits else "var(--svc-grey)",
              "quick rule": "var(--svc-orange)", "best": "var(--svc-green)"}  # fmt: skip
    rows: list[dict[str, Any]] = [
        {"load": name, "value": round(load.value, 6), "color": colors[name],
         "text": _worth(load.value) if fits or name != "yours"
         else say("{x}, too heavy", x=_worth(load.value))}
        for name, load in loads.items()
    ]  # fmt: skip
    if bound is not None:
        rows.append(
            {"load": "linear program", "value": round(bound, 6), "color": "var(--svc-grey)",
             "text": _worth(bound)}
        )  # fmt: skip
    top = max([1.0, *(row["value"] for row in rows)])
    return bars(
        rows,
        category=("load", "Load"),
        value=("value", "Value, yuan"),
        color="color",
        text="text",
        title="What it is worth",
        alt=say("The value of each load. {seen}", seen=alt),
        domain=(0, 1.45 * top if not fits else 1.25 * top),
    )


def _worth(value: float) -> str:
    return str(Quantity(value, "", 2))
