"""One right-hand side moved: the best profit of the toy kit, in parts and in whole toys."""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise
from typing import Any

from svclab.decisions.explorables.labels import Label, place
from svclab.decisions.problems.cases import toy_kit
from svclab.decisions.problems.product_mix import product_mix_problem
from svclab.decisions.sensitivity import ValueFunction, value_function
from svclab.explore import (
    Chart,
    Choice,
    Figure,
    Handle,
    Integer,
    NumberGuess,
    TableView,
    View,
    axis,
    explorable,
)
from svclab.explore.charts import CONFIG
from svclab.linear.exact import decimal
from svclab.words import count, money, say

KIT = toy_kit().arguments
MOST = 14  # blocks of a kind
BEYOND = MOST + 4  # how far the curve is known, for what more blocks are worth
LINEAR, WHOLE = "var(--svc-blue)", "var(--svc-green)"


@lru_cache(maxsize=64)
def curve(block: str, other: int) -> ValueFunction:
    """The best profit for every number of one kind of block, with so many of the other."""
    stock = dict.fromkeys(KIT["available"], other)
    problem = product_mix_problem(KIT["profit"], KIT["uses"], stock)
    return value_function(problem, block, lower=0, upper=BEYOND)


def slopes(known: ValueFunction, blocks: float) -> tuple[float, float]:
    """What the last block brought and what the next one brings, per block, in parts."""
    left = right = 0.0
    for (a, _), (b, _), slope in zip(known.corners, known.corners[1:], known.slopes, strict=False):
        if a < blocks <= b:
            left = slope
        if a <= blocks < b:
            right = slope
    return left, right


def piece(known: ValueFunction, blocks: float) -> tuple[float, float]:
    """From where to where the next block is worth the same."""
    return next(
        ((a, b) for (a, _), (b, _) in pairwise(known.corners) if a <= blocks < b),
        (known.corners[-1][0], known.upper),
    )


def worth(known: ValueFunction, blocks: int, more: int) -> tuple[float, float]:
    """What so many more blocks are worth in parts and in whole toys."""
    found = []
    for value in (known.linear, known.whole):
        before, after = value(blocks), value(blocks + more)
        found.append((after or 0.0) - (before or 0.0))
    return found[0], found[1]


@explorable(
    title="What is one more block worth?",
    engine="highs",
    parameters=[
        Choice(
            name="block", label="Blocks of which there can be more",
            options={"large": "large", "small": "small"}, default="large",
        ),
        Integer(
            name="large", label="Large blocks", low=0, high=MOST,
            default=int(KIT["available"]["large"]), help="A table takes 2, a chair 1.",
        ),
        Integer(
            name="small", label="Small blocks", low=0, high=MOST,
            default=int(KIT["available"]["small"]), help="A table takes 2, a chair 2.",
        ),
    ],
    guess=NumberGuess(
        question="A table takes 2 large and 2 small blocks and earns 20 yuan, a chair takes 1 "
        "large and 2 small ones and earns 15 yuan. With 6 large and 8 small blocks the best plan "
        "makes 2 tables and 2 chairs and earns 70 yuan. Only whole toys can be sold. How much "
        "more does the best plan earn with one more large block?",
        low=0,
        high=20,
        step=1,
        unit="yuan",
    ),
)  # fmt: skip
def right_side(block: str, large: int, small: int, guess: float | None) -> View:
    """The toy kit (course): the most profit as a kind of block becomes more."""
    blocks, other = (large, small) if block == "large" else (small, large)
    known = curve(block, other)
    seen = _seen(known, block, blocks)
    if guess is not None:
        seen += " " + say(
            "For a seventh large block your guess was {guess}; it is {real}: one table more (20) "
            "and one chair less (15).",
            guess=money(guess, "yuan"),
            real=money(worth(curve("large", 8), 6, 1)[1], "yuan"),
        )
    return View(
        say=seen,
        figures=_figures(known, blocks),
        parts=[_picture(known, block, blocks, seen), _table(known, blocks)],
    )


def _seen(known: ValueFunction, block: str, blocks: int) -> str:
    kind = say("{block} block", block=block)
    left, right = slopes(known, blocks)
    linear, whole = worth(known, blocks, 1)
    start = say("With {n} the best plan earns {value}", n=count(blocks, kind),
                value=money(known.linear(blocks) or 0.0, "yuan"))  # fmt: skip
    in_whole = known.whole(blocks) or 0.0
    if in_whole != known.linear(blocks):
        start += say(" in parts of toys and {value} in whole ones", value=money(in_whole, "yuan"))
    if not linear:
        return start + ". " + say("More of them are worth nothing: others are missing.")
    text = start + ". " + _in_parts(known, blocks, right, linear)
    if left != right and blocks:
        text += " " + say("One less costs {lost}: the shadow price changes here.",
                          lost=decimal(worth(known, blocks - 1, 1)[0]))  # fmt: skip
    return text + " " + _in_whole(known, blocks, whole)


def _in_parts(known: ValueFunction, blocks: int, price: float, linear: float) -> str:
    """The shadow price with its range; the next block apart where the range ends before it."""
    low, high = piece(known, blocks)
    reach = (
        say("from {low} to {high} blocks", low=decimal(low), high=decimal(high))
        if high < BEYOND
        else say("from {low} blocks on", low=decimal(low))
    )
    if blocks + 1 <= high:
        return say(
            "The next one is worth {price} in parts of toys; this shadow price holds {reach}.",
            price=decimal(price),
            reach=reach,
        )
    return say(
        "In parts of toys the shadow price is {price} per block, but it holds only {reach}, which "
        "is less than one block more: the whole next block is worth {linear}.",
        price=decimal(price),
        reach=reach,
        linear=decimal(linear),
    )


def _in_whole(known: ValueFunction, blocks: int, whole: float) -> str:
    if whole:
        return say("In whole toys the next one is worth {n}.", n=decimal(whole))
    later = next((k for k in range(2, 5) if worth(known, blocks, k)[1]), 0)
    if not later:
        return "In whole toys the next ones are worth nothing."
    return say(
        "In whole toys the next one alone is worth nothing; {k} more are worth {gain}.",
        k=later,
        gain=decimal(worth(known, blocks, later)[1]),
    )


def _figures(known: ValueFunction, blocks: int) -> list[Figure]:
    linear, whole = worth(known, blocks, 1)
    low, high = piece(known, blocks)
    upper = decimal(high) if high < BEYOND else "no limit"
    return [
        Figure("linear", "Next block, parts of toys", money(linear, "yuan"),
               help="The shadow price, if its range holds for the whole next block."),
        Figure("whole", "Next block, whole toys", money(whole, "yuan"),
               "" if abs(whole - linear) < 1e-9 else "bad"),
        Figure("range", "Shadow price holds, blocks",
               say("{low} to {high}", low=decimal(low), high=upper),
               help="From where to where each block more is worth the same."),
        Figure("value", "Profit now, whole toys", money(known.whole(blocks) or 0.0, "yuan")),
    ]  # fmt: skip


def _picture(known: ValueFunction, block: str, blocks: int, alt: str) -> Chart:
    corners = [(b, v) for b, v in known.corners if b <= MOST]
    end = known.linear(MOST)
    if corners[-1][0] < MOST and end is not None:
        corners.append((float(MOST), end))
    here, whole = known.linear(blocks) or 0.0, known.whole(blocks) or 0.0
    right = slopes(known, blocks)[1]
    low, high = piece(known, blocks)
    high = min(high, float(MOST))
    top = 20.0 * (int(1.12 * max(v for _, v in corners)) // 20 + 1)
    line = [{"x": b, "y": v} for b, v in corners]
    steps = [{"x": b, "y": v} for b, v in known.steps if b <= MOST and v is not None]
    same = (
        [(low, known.linear(low) or 0.0), (high, known.linear(high) or 0.0)] if low < high else []
    )
    places = place(
        _labels(known, right, same),
        window=(0, MOST, 0, top),
        lines=[(a, b) for a, b in pairwise(corners)] + _stairs(steps),
        points=[(blocks, here), (blocks, whole)],
    )
    data: dict[str, list[dict[str, Any]]] = {
        "frame": [{"x": 0, "y": 0}, {"x": MOST, "y": top}],
        "range": [{"x": low, "x2": high, "y": 0, "y2": top}],
        "now": [{"x": blocks}],
        "steps": steps,
        "linear": line,
        "same": [{"x": b, "y": v} for b, v in same],
        "marks": [
            {"x": blocks, "y": whole, "color": WHOLE, "shape": "circle"},
            {"x": blocks, "y": here, "color": LINEAR, "shape": "diamond"},
        ],
        "labels": [found.row() for found in places],
    }
    rows = [{"x": b, "linear": known.linear(b), "whole": known.whole(b)} for b in range(MOST + 1)]
    return Chart(
        alt=say("The most profit against the number of blocks. {seen}", seen=alt),
        spec={
            "width": "container", "height": 300,
            "autosize": {"type": "fit", "contains": "padding"},
            "config": CONFIG,
            "layer": _layers(say("{block} blocks in the kit", block=block.capitalize())),
        },
        data={**data, "rows": rows},
        columns={
            "rows": [("x", "Blocks"), ("linear", "Profit, parts"), ("whole", "Profit, whole")],
        },
        height=300,
        # At the top of its rule: on the axis the point would hide its number.
        handles=[Handle(parameter=block, x=blocks, y=top)],
    )  # fmt: skip


def _labels(known: ValueFunction, right: float, same: list[tuple[float, float]]) -> list[Label]:
    def along(value: Any) -> tuple[tuple[float, float], ...]:
        return tuple((b, value(b) or 0.0) for b in (12.0, 13.0, 10.0, 4.0, 7.0, 2.0))

    labels = []
    if same:
        (a, v), (b, w) = same
        spots = tuple((a + t * (b - a), v + t * (w - v)) for t in (0.5, 0.7, 0.3, 0.9))
        text = say("{n} a block", n=decimal(right))
        labels.append(Label(text, spots, "var(--svc-vermilion)"))
    labels.append(Label("parts of toys", along(known.linear), LINEAR))
    labels.append(Label("whole toys", along(known.whole), WHOLE))
    return labels


def _stairs(steps: list[dict[str, Any]]) -> list[tuple[tuple[float, float], tuple[float, float]]]:
    found = []
    for one, two in pairwise(steps):
        found.append(((one["x"], one["y"]), (two["x"], one["y"])))
        found.append(((two["x"], one["y"]), (two["x"], two["y"])))
    return found


def _layers(title: str) -> list[dict[str, Any]]:
    x, y = axis("x", title, axis={"tickMinStep": 1, "grid": False}), axis("y", "Most profit, yuan")
    for channel in (x, y):
        channel["scale"]["nice"] = False
    both = {"x": x, "y": y}
    shade = {"field": "color", "type": "nominal", "scale": None}
    shape = {"field": "shape", "type": "nominal", "scale": None}
    text: dict[str, Any] = {
        "type": "text", "baseline": "middle", "align": {"expr": "datum.align"},
        "dx": {"expr": "datum.dx"}, "dy": {"expr": "datum.dy"},
    }  # fmt: skip
    halo = {"stroke": "var(--svc-paper)", "strokeWidth": 4, "strokeJoin": "round"}
    named = {**both, "text": {"field": "text"}}
    wide = {"type": "line", "strokeWidth": 2.5}

    def layer(name: str, mark: dict[str, Any], encoding: dict[str, Any]) -> dict[str, Any]:
        return {"data": {"name": name}, "mark": mark, "encoding": encoding}

    return [
        layer("frame", {"type": "point", "opacity": 0}, both),
        layer(
            "range",
            {"type": "rect", "color": "var(--svc-vermilion)", "opacity": 0.1},
            {**both, "x2": {"field": "x2"}, "y2": {"field": "y2"}},
        ),
        layer("now", {"type": "rule", "strokeDash": [5, 4], "color": "var(--svc-quiet)"}, {"x": x}),
        layer("steps", {**wide, "interpolate": "step-after", "color": WHOLE}, both),
        layer("linear", {**wide, "color": LINEAR}, both),
        layer("same", {**wide, "strokeWidth": 5, "color": "var(--svc-vermilion)"}, both),
        layer(
            "marks",
            {"type": "point", "filled": True, "opacity": 1, "size": 130},
            {**both, "color": shade, "shape": shape},
        ),
        layer("labels", {**text, **halo, "color": "var(--svc-paper)"}, named),
        layer("labels", text, {**named, "color": shade}),
    ]


def _table(known: ValueFunction, blocks: int) -> TableView:
    first = max(0, min(blocks - 2, MOST - 5))
    shown = range(first, first + 6)

    def profits(n: int) -> list[str]:
        both = known.linear(n) or 0.0, known.whole(n) or 0.0
        gains = worth(known, n - 1, 1) if n else None
        cells = [decimal(both[0]), decimal(both[1])]
        return cells + (["", ""] if gains is None else [decimal(g) for g in gains])

    return TableView(
        title="Block by block",
        columns=[
            ("Blocks", "", "right"), ("Profit in parts", "yuan", "right"),
            ("Profit in whole toys", "yuan", "right"),
            ("The last block brought, in parts", "yuan", "right"),
            ("In whole toys", "yuan", "right"),
        ],
        rows=[[str(n), *profits(n)] for n in shown],
        emphasis=[blocks - first],
    )  # fmt: skip


__all__ = ["curve", "right_side", "slopes", "worth"]
