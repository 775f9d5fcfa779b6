"""Four Vs (四V): what a market wants of an operation, and what the operation is built for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from svclab.explore import (
    PALETTE,
    Chart,
    Choice,
    Column,
    Figure,
    Handle,
    Number,
    Table,
    TableView,
    View,
    axis,
    explorable,
)
from svclab.explore.charts import frame
from svclab.strategy.positions import VS, Profile, profile
from svclab.words import join, number, percent, say

__all__ = ["four_vs"]

# Invented profiles to hold one's own against: volume, variety, variation, visibility.
BESIDE: Mapping[str, tuple[str, tuple[float, float, float, float]]] = {
    "office": ("driving licence office", (8, 2, 6, 7)),
    "emergency": ("emergency ward", (5, 9, 9, 9)),
    "lawyer": ("law firm", (1, 9, 4, 8)),
    "parcels": ("parcel sorting centre", (10, 1, 7, 1)),
}
START = {"volume": (7, 8), "variety": (4, 4), "variation": (9, 3), "visibility": (6, 6)}
WANTED, BUILT = "wanted", "built"
TICKS = {"format": "d", "tickMinStep": 1}
EDGES = (  # where a point's name stands, so that it stays in the picture
    ("datum.x < 1.5", "left", -7),
    ("datum.x >= 1.5 && datum.x < 8.5", "center", 0),
    ("datum.x >= 8.5", "right", 7),
)
LOOKS = {WANTED: (PALETTE[0], "circle"), BUILT: (PALETTE[3], "diamond")}


@explorable(
    title="Is the operation built for what its market wants?",
    parameters=[
        Choice(
            name="beside", label="Compare with", default="",
            options={"": "nothing", **{key: name for key, (name, _) in BESIDE.items()}},
            help="Its four Vs as they are wanted; all these numbers are invented.",
        ),
        Table(
            name="vs", label="The four Vs, 0 low to 10 high",
            help="Drag the points in the picture, or type.",
            columns=[
                Column(name="v", label="V", editable=False),
                *(
                    Column(Number(name=key, label=label, low=0, high=10, step=0.5, default=5))
                    for key, label in ((WANTED, "Wanted"), (BUILT, "Built for"))
                ),
            ],
            default=[
                {"v": v, WANTED: START[v][0], BUILT: START[v][1]} for v in VS
            ],
        ),
    ],
)  # fmt: skip
def four_vs(beside: str, vs: list[dict[str, Any]]) -> View:
    """A KTV chain to begin with, invented: Saturday nights are full and Monday afternoons empty,
    but the staff is the same. Put in a service of your own."""
    found = profile({r["v"]: r[WANTED] for r in vs}, {r["v"]: r[BUILT] for r in vs})
    seen = _seen(found, beside)
    return View(
        say=seen,
        figures=_figures(found),
        parts=[_chart(found, beside, alt=seen), _table(found)],
    )


def _seen(found: Profile, beside: str) -> str:
    told = found.sentence
    if beside:
        name, scores = BESIDE[beside]
        away = [v for v, score in zip(VS, scores, strict=True) if abs(score - found.wanted[v]) >= 3]
        rest = (
            say("the {name} needs another {vs}.", name=name, vs=join(away))
            if away
            else say("the {name} is much the same.", name=name)
        )
        return say("{told} Beside it, {rest}", told=told, rest=rest)
    return told


def _figures(found: Profile) -> list[Figure]:
    worst = found.largest
    return [
        Figure("fit", "Fit", number(found.fit, 2),
               help="100%: built for exactly what is wanted. 0%: could not be farther."),
        Figure("gap", "Largest gap", say("{v}, {g}", v=worst, g=number(found.gaps[worst]))
               if worst else "none", tone="bad" if worst else "good",
               help="Wanted less built for."),
        Figure("pull", "Pull on unit cost", percent(found.cost_pull, 0),
               help="0%: all four at the end where a unit is cheap. 100%: all at the costly end. "
               "Four equal weights are our convention, to compare, not to predict."),
    ]  # fmt: skip


def _chart(found: Profile, beside: str, *, alt: str) -> Chart:
    """A line for each V; the points of both kinds can be dragged along it."""
    height = {v: len(VS) - k for k, v in enumerate(VS)}
    values = {WANTED: found.wanted, BUILT: found.built}
    rows = [
        {"v": v, "y": height[v], "kind": kind, "score": values[kind][v],
         "color": LOOKS[kind][0], "shape": LOOKS[kind][1]}
        for v in VS for kind in values
    ]  # fmt: skip
    lines = [
        {"v": say("{v} {c}", v=v, c=VS[v].chinese), "y": height[v], "low": 0, "high": 10,
         "from": found.wanted[v], "to": found.built[v]}
        for v in VS
    ]  # fmt: skip
    names = [
        {"x": values[kind][v], "y": height[v], "text": text, "dy": dy}
        for v in VS for kind, text, dy in ((WANTED, "wanted", -16), (BUILT, "built for", 17))
    ]  # fmt: skip
    data: dict[str, Any] = {"rows": rows, "lines": lines, "names": names}
    columns = {"rows": [("v", "V"), ("kind", "Kind"), ("score", "Score, 0 to 10")]}
    if beside:
        name, scores = BESIDE[beside]
        data["beside"] = [
            {"v": v, "y": height[v], "score": s, "service": name}
            for v, s in zip(VS, scores, strict=True)
        ]
        columns["beside"] = [("v", "V"), ("service", "Service"), ("score", "Score, 0 to 10")]
    return Chart(
        title=_title(beside),
        alt=say("For each of the four Vs, what is wanted and what is built for. {seen}", seen=alt),
        spec=frame(370, layer=_layers(bool(beside))),
        data=data, columns=columns, height=370,
        handles=[
            Handle(parameter="vs", row=k, column=kind, x=values[kind][v], y=height[v],
                   label=say("{v}, {kind}", v=v, kind="built for" if kind == BUILT else kind))
            for k, v in enumerate(VS) for kind in values
        ],
    )  # fmt: skip


def _title(beside: str) -> str:
    if not beside:
        return say("Wanted, and built for")
    return say("Wanted, and built for; grey lines: a {name}", name=BESIDE[beside][0])


def _layers(beside: bool) -> list[dict[str, Any]]:
    x = axis("score", "Score, 0 low to 10 high", domain=(0, 10), axis=TICKS)
    y = axis("y", "", domain=(0.5, len(VS) + 0.65), zero=False, axis=None)
    plain = {"field": "color", "type": "nominal", "scale": None}
    layers: list[dict[str, Any]] = [
        {
            "data": {"name": "lines"},
            "mark": {"type": "rule", "color": "var(--svc-line)", "strokeWidth": 2},
            "encoding": {"x": {**x, "field": "low"}, "x2": {"field": "high"}, "y": y},
        },
        {
            "data": {"name": "lines"},
            "mark": {"type": "rule", "color": "var(--svc-vermilion)", "strokeWidth": 7,
                     "opacity": 0.35},
            "encoding": {"x": {**x, "field": "from"}, "x2": {"field": "to"}, "y": y},
        },
        {
            "data": {"name": "lines"},
            "mark": {"type": "text", "align": "left", "dy": -34, "fontWeight": 600},
            "encoding": {"x": {**x, "field": "low"}, "y": y, "text": {"field": "v"}},
        },
    ]  # fmt: skip
    if beside:
        layers.append({
            "data": {"name": "beside"},
            "mark": {"type": "tick", "color": "var(--svc-grey)", "thickness": 4, "size": 26},
            "encoding": {"x": x, "y": y},
        })  # fmt: skip
    layers += [
        {
            "data": {"name": "rows"},
            "mark": {"type": "point", "filled": True, "size": 130, "opacity": 1},
            "encoding": {"x": x, "y": y, "color": plain,
                         "shape": {"field": "shape", "type": "nominal", "scale": None}},
        },
        *(
            {
                "data": {"name": "names"},
                "transform": [{"filter": f"{side} && datum.dy == {dy}"}],
                "mark": {"type": "text", "align": align, "dy": dy, "dx": dx},
                "encoding": {"x": {**x, "field": "x"}, "y": y, "text": {"field": "text"}},
            }
            for dy in (-16, 17) for side, align, dx in EDGES
        ),
    ]  # fmt: skip
    return layers


def _table(found: Profile) -> TableView:
    return TableView(
        title="What the market's wish asks of the operation (Slack and others 2016)",
        columns=[
            ("V", "", "left"), ("Wanted", "", "right"), ("Built for", "", "right"),
            ("Gap", "", "right"), ("What is wanted asks for", "", "left"),
        ],
        rows=[
            [say("{v} {c}", v=r["V"], c=r["中文"]), number(r["wanted"]), number(r["built"]),
             number(r["gap"]), r["asks for"]]
            for r in found.table
        ],
        emphasis=[k for k, v in enumerate(VS) if v == found.largest],
    )  # fmt: skip
