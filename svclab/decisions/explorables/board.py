"""A board of people and jobs: a cell for each pair, a ring for each pair of a plan."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from svclab.explore import Chart
from svclab.explore.charts import CONFIG
from svclab.words import money, number, say

__all__ = ["board"]

Pair = tuple[str, str]


def board(
    people: Sequence[str],
    jobs: Sequence[str],
    values: Mapping[Pair, float],
    mine: Mapping[str, str],
    *,
    unit: str,
    best: Mapping[str, str],
    regrets: Mapping[Pair, float],
    alt: str,
) -> Chart:
    """The board.

    Parameters
    ----------
    people, jobs : sequence of str
        Rows and columns.
    values : mapping
        Permitted pair to its number.
    mine, best : mapping
        Person to job: rings, and coloured cells. An empty ``best`` colours nothing.
    regrets : mapping
        Pair to what it makes the best plan worse by; empty: not shown.
    """
    rows = []
    for person in people:
        for job in jobs:
            value, regret = values.get((person, job)), regrets.get((person, job))
            rows.append(
                {
                    "person": person,
                    "job": job,
                    "value": "not permitted" if value is None else value,
                    "label": "–" if value is None else money(value, "").text,
                    "mine": mine.get(person) == job,
                    "yours": "your plan" if mine.get(person) == job else "",
                    "fill": "best" if best.get(person) == job else "other",
                    "regret": _regret(regret),
                    "below": _regret(regret) if best.get(person) != job else "best",
                }
            )
    columns = [("person", "Person"), ("job", "Job"), ("value", unit), ("yours", "Yours")]
    if regrets:
        columns.append(("regret", "Regret"))
    title = say("The board, {unit}", unit=unit)
    if regrets:
        title = say("The board, {unit}: below, by how much a pair worsens the best plan", unit=unit)
    return Chart(
        title=title,
        alt=alt,
        spec=_spec(jobs, people, bool(regrets)),
        data={"rows": rows},
        columns={"rows": columns},
        height=300,
    )


def _regret(value: float | None) -> str:
    if value is None:
        return ""
    return "no plan" if math.isinf(value) else say("+{x}", x=number(value, 2))


def _spec(jobs: Sequence[str], people: Sequence[str], regrets: bool) -> dict[str, Any]:
    look: dict[str, Any] = {"ticks": False, "domain": False, "labelPadding": 6, "labelFontSize": 13}
    at = {
        "x": {"field": "job", "type": "nominal", "sort": list(jobs), "title": None,
              "axis": {**look, "orient": "top", "labelAngle": 0}},
        "y": {"field": "person", "type": "nominal", "sort": list(people), "title": None,
              "axis": look},
    }  # fmt: skip
    cells = {
        "data": {"name": "rows"},
        "mark": {"type": "rect", "stroke": "var(--svc-line)", "color": "var(--svc-wash)"},
        "encoding": at,
    }
    chosen = {
        "data": {"name": "rows"},
        "transform": [{"filter": "datum.fill == 'best'"}],
        "mark": {"type": "rect", "color": "var(--svc-sky)", "opacity": 0.5},
        "encoding": at,
    }
    rings = {
        "data": {"name": "rows"},
        "transform": [{"filter": "datum.mine"}],
        "mark": {"type": "point", "shape": "circle", "filled": False, "size": 1500,
                 "strokeWidth": 3, "opacity": 1, "color": "var(--svc-vermilion)",
                 "yOffset": -8 if regrets else 0},
        "encoding": at,
    }  # fmt: skip
    numbers = {
        "data": {"name": "rows"},
        "mark": {"type": "text", "fontSize": 17, "dy": -7 if regrets else 1},
        "encoding": {**at, "text": {"field": "label"}},
    }
    below = {
        "data": {"name": "rows"},
        "mark": {"type": "text", "fontSize": 12, "dy": 21},
        "encoding": {**at, "text": {"field": "below"}},
    }
    return {
        "width": "container",
        "height": 300,
        "autosize": {"type": "fit", "contains": "padding"},
        "config": CONFIG,
        "layer": [cells, chosen, rings, numbers, *([below] if regrets else [])],
    }
