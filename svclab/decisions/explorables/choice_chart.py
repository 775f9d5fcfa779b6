"""Every choice as a point of debt and profit, with the best profit for every limit on debt."""

from __future__ import annotations

import math
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise
from typing import Any

from svclab.decisions.explorables.labels import Label, place
from svclab.decisions.explorables.stairs import MOST_DEBT, Stairs, letters, stairs, verdict
from svclab.decisions.problems import Choice
from svclab.explore import Chart, Handle, axis, lines
from svclab.words import count, number, say

__all__ = ["choice_chart"]

WHOLE, PARTS = "whole companies", "in parts (linear program)"
LOOKS = {
    "best": ("var(--svc-green)", "diamond"),
    "fits": ("var(--svc-blue)", "circle"),
    "too much debt": ("var(--svc-vermilion)", "cross"),
    "too few assets": ("var(--svc-grey)", "cross"),
    "too few assets, too much debt": ("var(--svc-grey)", "cross"),
}


def choice_chart(best: Choice | None, debt: float, assets: float, many: int, *, alt: str) -> Chart:
    """The chart for a limit on debt, which can be dragged.

    Parameters
    ----------
    best : Choice or None
        The best choice within the limits, if there is one.
    debt, assets : float
        The limits, 亿 yuan.
    many : int
        How many companies are chosen.
    """
    known = stairs(assets, many)
    low, high = _ends(known)
    rows: list[dict[str, Any]] = [
        {"debt": b, "profit": v, "line": PARTS}
        for b, v in (known.parts.corners if known.parts else ())
    ]
    rows += _stair_rows(known)
    # A legend for both lines, even where one has no point.
    rows += [{"debt": None, "profit": None, "line": name} for name in (PARTS, WHOLE)]
    marks = [_mark(c, best, debt) for c in known.choices]
    marks.append({"x": debt, "label": say("limit {x}", x=number(debt, 2)),
                  "color": "var(--svc-vermilion)"})  # fmt: skip
    drawn = lines(
        rows,
        x=("debt", "Debt, 亿 yuan"),
        y=("profit", "Profit, 万 yuan"),
        series="line",
        marks=marks,
        x_domain=(0, MOST_DEBT),
        x_axis={"tickMinStep": 1},
        y_domain=(low, high),
        y_zero=False,
        clip=True,
        handles=[Handle(parameter="debt", x=debt, y=low + 0.06 * (high - low))],
        title=say("All choices of {n}, and the best profit for every limit on debt",
                  n=count(many, "company", "companies")),
        alt=say("Each choice as a point of debt and profit. {seen}", seen=alt),
        height=340,
    )  # fmt: skip
    spec = {**drawn.spec, "layer": [*drawn.spec["layer"], *_name_layers()]}
    return replace(drawn, spec=spec, data={**drawn.data, "names": list(_names(assets, many))})


def _ends(known: Stairs) -> tuple[float, float]:
    """Of the axis of profit: room for the points and their names, in thousands."""
    low, high = (end(c.value for c in known.choices) for end in (min, max))
    edge = max(1000.0, 0.12 * (high - low))
    return 1000.0 * math.floor((low - edge) / 1000), 1000.0 * math.ceil((high + edge) / 1000)


def _stair_rows(known: Stairs) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []
    ends = [*(c.totals["debt"] for c in known.steps[1:]), MOST_DEBT]
    for step, end in zip(known.steps, ends, strict=False):
        rows += [
            {"debt": round(x, 6), "profit": step.value, "line": WHOLE}
            for x in (step.totals["debt"], end)
        ]
    return rows


def _mark(choice: Choice, best: Choice | None, debt: float) -> dict[str, Any]:
    color, shape = LOOKS[verdict(choice, best, debt)]
    x, y = choice.totals["debt"], choice.value
    return {"x": round(x, 6), "y": y, "color": color, "shape": shape, "choice": letters(choice)}


@lru_cache(maxsize=64)
def _names(assets: float, many: int) -> tuple[dict[str, float | str], ...]:
    """Each choice's letters, off the lines and the other points; they stay as the limit moves."""
    known = stairs(assets, many)
    low, high = _ends(known)
    steps = [(row["debt"], row["profit"]) for row in _stair_rows(known)]
    corners = list(known.parts.corners) if known.parts else []
    points = [(c.totals["debt"], c.value) for c in known.choices]
    placed = place(
        [Label(letters(c), (at,)) for c, at in zip(known.choices, points, strict=True)],
        window=(0, MOST_DEBT, low, high),
        lines=[*pairwise(steps), *pairwise(corners)],
        points=points,
    )
    return tuple(one.row() for one in placed)


def _name_layers() -> list[dict[str, Any]]:
    """The letters, readable over the limit's line too."""
    text = {
        "type": "text",
        "baseline": "middle",
        "align": {"expr": "datum.align"},
        "dx": {"expr": "datum.dx"},
        "dy": {"expr": "datum.dy"},
    }
    halo = {"stroke": "var(--svc-paper)", "strokeWidth": 4, "strokeJoin": "round",
            "color": "var(--svc-paper)"}  # fmt: skip
    at = {"x": axis("x", ""), "y": axis("y", "", zero=False), "text": {"field": "text"}}
    return [
        {"data": {"name": "names"}, "mark": {**text, **look}, "encoding": at} for look in (halo, {})
    ]
