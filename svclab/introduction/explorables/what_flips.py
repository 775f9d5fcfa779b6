"""Which conclusion of a model flips when one of its assumptions moves."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

from svclab.explore import (
    Chart,
    Choice,
    ChoiceGuess,
    Code,
    Figure,
    Handle,
    Number,
    TableView,
    View,
    axis,
    explorable,
)
from svclab.explore.charts import frame
from svclab.introduction.common import listed
from svclab.introduction.loops import Assumption, Changed, Flip, change, flip_points, models
from svclab.words import count, number, say

__all__ = ["flips", "moved_to"]

NAMED = {
    "closed loop": "closed loop",
    "effort": "effort and satisfaction",
    "spiral": "spiral",
    "sub-systems": "four sub-systems",
    "performance": "satisfaction and revenue",
}
FIRST = {
    "closed loop": "share",
    "effort": "reaction",
    "spiral": "sharing",
    "sub-systems": "strain",
    "performance": "satisfaction",
}
KEYS = {name: name.replace(" ", "_").replace("-", "_") for name in NAMED}
ASKED = ("closed loop", "on target")
OPTIONS = {
    "share": "share of the gap that is closed: 0 to 300%",
    "delay": "age of the report: 0 to 12 cycles",
    "target": "target: 50 to 100 points",
    "bias": "error of all reports: −10 to 10 points",
    "wear": "wear: 0 to 5 points a cycle",
}
UNDER = 0.62  # where the label stands, in strips above the axis
LOOKS = 20  # on each side of an assumption
HOLDS, NOT = "holds", "does not hold"
COLOURS = {HOLDS: "var(--svc-green)", NOT: "var(--svc-orange)"}


def _assumption(model: str) -> Choice:
    return Choice(
        name=KEYS[model],
        label="Assumption to move",
        default=FIRST[model],
        options={one.name: one.name.replace("_", " ") for one in models()[model].assumptions},
        shown_if=("model", model),
    )


@explorable(
    title="Which conclusion flips when one assumption moves?",
    parameters=[
        Choice(name="model", label="Model", options=NAMED, default="closed loop"),
        *(_assumption(name) for name in NAMED),
        Number(
            name="place", label="Moved to", unit="% of its range", low=0, high=100, step=1,
            default=40, help="0 is the smallest value worth trying, 100 the largest.",
        ),
    ],
    guess=ChoiceGuess(
        question="A loop closes a fifth of the gap in each cycle, from 60 points towards 90. "
        "Conclusion: from cycle 12 on it stays within 2 points of the target. Each of these "
        "assumptions is moved alone through a wide range. Which one never flips the conclusion?",
        options=OPTIONS,
    ),
)  # fmt: skip
def flips(
    model: str,
    closed_loop: str,
    effort: str,
    spiral: str,
    sub_systems: str,
    performance: str,
    place: float,
    guess: str | None,
) -> View:
    """All five loops of the chapter with their equations. Every number in them is invented."""
    chosen = {
        "closed loop": closed_loop, "effort": effort, "spiral": spiral,
        "sub-systems": sub_systems, "performance": performance,
    }[model]  # fmt: skip
    whole = models()[model]
    one = next(found for found in whole.assumptions if found.name == chosen)
    value = moved_to(one, place)
    found = change(whole, **{chosen: value})
    seen = _sentence(one, value, found)
    if guess is not None:
        seen = say("{seen} {answer}", seen=seen, answer=_answer(guess))
    return View(
        say=seen,
        figures=[
            Figure("value", say("{name}, moved", name=_plain(chosen)), one.told(value)),
            Figure("assumed", say("{name}, assumed", name=_plain(chosen)), one.told(one.value)),
            Figure("flips", "Conclusions that flip",
                   say("{n} of {all}", n=len(found.flipped), all=len(found.before)),
                   "bad" if found.flipped else "good"),
        ],
        parts=[
            _strip(model, one, place, seen),
            _verdicts(found),
            _rests(model),
            Code(text="\n".join(whole.equations) + "\n", language="text", caption=whole.title),
        ],
    )  # fmt: skip


def moved_to(one: Assumption, place: float) -> float:
    """The value of an assumption at a place of its range, 0 to 100.

    Examples
    --------
    >>> moved_to(Assumption("delay", 1, 0, 12, "cycles", "invented", "age", whole=True), 40)
    5
    """
    value = one.low + (one.high - one.low) * place / 100
    # Exact ends and short decimals: what is shown is what is computed with.
    return round(value) if one.whole else round(value, 6)


def _place(one: Assumption, value: float) -> float:
    return 100 * (value - one.low) / (one.high - one.low)


def _plain(name: str) -> str:
    return name.replace("_", " ").capitalize()


def _sentence(one: Assumption, value: float, found: Changed) -> str:
    if not found.flipped:
        verdict = say(
            "no conclusion flips: all {n} stand as before.",
            n=count(len(found.before), "conclusion"),
        )
    else:
        gone = [say("“{n}”", n=name) for name in found.flipped if not found.after[name]]
        come = [say("“{n}”", n=name) for name in found.flipped if found.after[name]]
        ways = [say("{n} no longer {hold}", n=listed(gone), hold=_hold(gone))] if gone else []
        ways += [say("{n} now {hold}", n=listed(come), hold=_hold(come))] if come else []
        verdict = say("{ways}.", ways=listed(ways))
    return say(
        "With {name} ({meaning}) at {value} and all else as assumed, {verdict}",
        name=one.name.replace("_", " "),
        meaning=one.meaning,
        value=one.told(value),
        verdict=verdict,
    )


def _hold(names: list[str]) -> str:
    return "holds" if len(names) == 1 else "hold"


@cache
def _right() -> str:
    """The assumption asked for, which does not flip the conclusion."""
    model, conclusion = ASKED
    movers = flip_points(models()[model], conclusion, steps=LOOKS).movers
    [right] = [name for name in OPTIONS if name not in movers]
    return right


def _answer(guess: str) -> str:
    right = _right()
    if guess == right:
        return say("Your guess, {name}, is right: the loop gets near any target.", name=guess)
    return say(
        "Your guess was {name}, which does flip it. {right} does not: the loop gets near any "
        "target.",
        name=guess,
        right=right.capitalize(),
    )


@cache
def _segments(model: str, assumption: str) -> tuple[tuple[str, float, float, str], ...]:
    """For each conclusion the parts of the range in which it holds or not, place to place."""
    whole = models()[model]
    one = next(found for found in whole.assumptions if found.name == assumption)
    places = (
        [_place(one, value) for value in range(round(one.low), round(one.high) + 1)]
        if one.whole
        else [float(k) for k in range(101)]
    )
    found = []
    for conclusion in whole.conclusions:
        states = [
            conclusion.holds(whole.values(**{assumption: moved_to(one, place)})) for place in places
        ]
        begin = 0.0
        for k, state in enumerate(states):
            if k + 1 < len(states) and states[k + 1] == state:
                continue
            end = (places[k] + places[k + 1]) / 2 if k + 1 < len(states) else 100.0
            found.append((conclusion.name, begin, end, HOLDS if state else NOT))
            begin = end
    return tuple(found)


def _strip(model: str, one: Assumption, place: float, seen: str) -> Chart:
    names = [conclusion.name for conclusion in models()[model].conclusions]
    height = {name: float(len(names) - k) for k, name in enumerate(names)}
    rows = [
        {"y": height[name], "from": a, "to": b, "state": state, "conclusion": name,
         "low": one.told(_value(one, a)), "high": one.told(_value(one, b))}
        for name, a, b, state in _segments(model, one.name)
    ]  # fmt: skip
    at = _place(one, moved_to(one, place)) if one.whole else place
    assumed = _place(one, one.value)
    ticks = [
        {"x": x, "y": y, "color": color}
        for x, color in ((assumed, "currentColor"), (at, "var(--svc-vermilion)"))
        for y in height.values()
    ]
    return Chart(
        title="Where each conclusion holds. Drag the point",
        alt=say("A strip for each conclusion over the range of {name}. {seen}",
                name=one.name.replace("_", " "), seen=seen),
        spec=_spec(one, names),
        data={
            "rows": rows,
            "names": [{"x": 0, "y": height[name], "name": name} for name in names],
            "ticks": ticks,
            "labels": [{"x": assumed, "y": UNDER, "label": "assumed",
                        "side": "left" if assumed > 80 else "right"}],
        },
        columns={
            "rows": [("conclusion", "Conclusion"), ("state", "State"), ("low", "From"),
                     ("high", "To")]
        },
        height=_height(names),
        handles=[Handle(parameter="place", x=place, y=0.3)],
    )  # fmt: skip


def _value(one: Assumption, place: float) -> float:
    return one.low + (one.high - one.low) * place / 100


def _height(names: Sequence[str]) -> int:
    """Room for the strips, the legend and the axis, in pixels."""
    return 110 + 58 * len(names)


def _spec(one: Assumption, names: Sequence[str]) -> dict[str, Any]:
    unit = say(", {unit}", unit=one.unit) if one.unit else ""
    title = say("{name}{unit}", name=_plain(one.name), unit=unit)
    shown = say("{low} + datum.value / 100 * {span}", low=repr(one.low),
                span=repr(one.high - one.low))  # fmt: skip
    at_x = axis(
        "from", title, domain=(0, 100),
        axis={"labelExpr": say("format({shown}, '.3~g')", shown=shown), "tickCount": 5,
              "grid": False},
    )  # fmt: skip
    at_y = axis("y", "", domain=(0, len(names) + 0.8), axis=None)
    layers = [
        {
            "data": {"name": "rows"},
            "mark": {"type": "rule", "strokeWidth": 18},
            "encoding": {
                "x": at_x,
                "x2": {"field": "to"},
                "y": at_y,
                "color": {
                    "field": "state",
                    "type": "nominal",
                    "scale": {"domain": list(COLOURS), "range": list(COLOURS.values())},
                    "legend": {"orient": "top", "title": None, "symbolType": "stroke"},
                },
            },
        },
        # Ticks on the strips only: a rule from top to bottom would cross the names.
        {
            "data": {"name": "ticks"},
            "mark": {"type": "tick", "orient": "vertical", "thickness": 3, "size": 28},
            "encoding": {
                "x": {**at_x, "field": "x"},
                "y": at_y,
                "color": {"field": "color", "type": "nominal", "scale": None},
            },
        },
        *(
            {
                "data": {"name": "labels"},
                "transform": [{"filter": f"datum.side == '{side}'"}],
                "mark": {"type": "text", "align": align, "dx": dx},
                "encoding": {
                    "x": {**at_x, "field": "x"},
                    "y": at_y,
                    "text": {"field": "label"},
                },
            }
            for side, align, dx in (("right", "left", -1), ("left", "right", 1))
        ),
        # Names over the rules: first a border in the colour of the page.
        *(
            {
                "data": {"name": "names"},
                "mark": {"type": "text", "align": "left", "dy": -21, "dx": 2, **border},
                "encoding": {
                    "x": {**at_x, "field": "x"},
                    "y": at_y,
                    "text": {"field": "name"},
                },
            }
            for border in ({"stroke": "var(--svc-paper)", "strokeWidth": 5}, {})
        ),
    ]
    return frame(_height(names), layer=layers)


def _verdicts(found: Changed) -> TableView:
    return TableView(
        title="The conclusions before and after",
        columns=[("Conclusion", "", "left"), ("As assumed", "", "left"), ("Moved", "", "left")],
        rows=[
            [
                say("{name}: {text}", name=name, text=found.statements[name]),
                HOLDS if found.before[name] else NOT,
                HOLDS if found.after[name] else NOT,
            ]
            for name in found.before
        ],
        emphasis=[k for k, name in enumerate(found.before) if name in found.flipped],
    )


@cache
def _rows(model: str) -> tuple[tuple[str, ...], ...]:
    """Each assumption with its origin, and where alone it flips each conclusion."""
    whole = models()[model]
    found = [flip_points(whole, one.name, steps=LOOKS).rows for one in whole.conclusions]
    rows = []
    for k, one in enumerate(whole.assumptions):
        rows.append(
            (
                say("{name} ({origin})", name=one.name.replace("_", " "), origin=one.origin),
                one.told(one.value),
                *(_flips_at(flips[k]) for flips in found),
            )
        )
    return tuple(rows)


def _flips_at(flip: Flip) -> str:
    ways = []
    if flip.below is not None:
        ways.append(say("down to {v}", v=number(flip.below, 3)))
    if flip.above is not None:
        ways.append(say("up to {v}", v=number(flip.above, 3)))
    return listed(ways, "or") if ways else "–"


def _rests(model: str) -> TableView:
    whole = models()[model]
    return TableView(
        title="How far each assumption, alone, must move before a conclusion flips",
        columns=[
            ("Assumption", "", "left"),
            ("Assumed", "", "left"),
            *((say("“{name}”", name=one.name), "", "left") for one in whole.conclusions),
        ],
        rows=_rows(model),
    )
