"""The knapsack packed by hand: against the quick rule, the best load and the linear program."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import Any

from svclab.decisions.explorables.packing import load_chart, value_chart
from svclab.decisions.problems import Load, cases, knapsack_by_table, knapsack_greedy
from svclab.explore import (
    Choice,
    Column,
    Figure,
    Integer,
    Number,
    Switch,
    Table,
    TableView,
    View,
    explorable,
)
from svclab.words import Quantity, count, join, number, percent, say, yuan

ITEMS: Mapping[str, tuple[float, float]] = cases.load_of_ten().arguments["items"]
LIMIT = float(cases.load_of_ten().arguments["limit"])
NAMES = tuple(ITEMS)
HEAVIEST, LIGHTEST = 30, 1  # kg: of the limit, and of an item
MOST = HEAVIEST // LIGHTEST  # pieces of an item: as many as any load can hold
ON = ("item 2", "item 4")  # packed at the start
ONE, MANY = "once", "many"


@dataclass(frozen=True)
class Plans:
    """The loads that one's own is compared with."""

    rule: Load  # the most value per weight first
    best: Load
    parts: Mapping[str, Fraction]  # pieces in the linear program
    bound: float  # its value: no load is worth more


def in_parts(
    items: Mapping[str, tuple[float, float]], limit: float, copies: int | None
) -> dict[str, Fraction]:
    """The linear program's load: most value per weight first, then a part of the next item.

    References
    ----------
    Dantzig, G. B. (1957), Discrete-variable extremum problems, Operations Research 5, 266-277.

    Examples
    --------
    >>> {n: str(x) for n, x in in_parts({"tent": (3, 40), "stove": (4, 50)}, 5, 1).items()}
    {'tent': '1', 'stove': '1/2'}
    """
    room = Fraction(repr(limit))
    exact = {n: (Fraction(repr(w)), Fraction(repr(v))) for n, (w, v) in items.items()}
    taken = dict.fromkeys(items, Fraction(0))
    for name in sorted(items, key=lambda n: (-exact[n][1] / exact[n][0], exact[n][0])):
        weight, value = exact[name]
        if value:
            fits = room / weight
            taken[name] = fits if copies is None else min(fits, Fraction(copies))
            room -= taken[name] * weight
    return taken


@lru_cache(maxsize=128)
def plans(items: tuple[tuple[float, float], ...], limit: float, kind: str) -> Plans:
    """The rule's load, the best one and the linear program's."""
    known = dict(zip(NAMES, items, strict=True))
    copies = 1 if kind == ONE else None
    parts = in_parts(known, limit, copies)
    bound = sum(x * Fraction(repr(known[n][1])) for n, x in parts.items())
    return Plans(
        knapsack_greedy(known, limit, copies=copies),
        knapsack_by_table(known, limit, copies=copies),
        parts,
        float(bound),
    )


def _key(name: str) -> str:
    return name.replace(" ", "_")


@explorable(
    title="Pack the knapsack: can you find the best load?",
    parameters=[
        Choice(
            name="kind", label="Of each item there is",
            options={ONE: "one piece (0-1)", MANY: "any number"}, default=ONE,
        ),
        *(
            Switch(name=_key(name), label=say("Take {item}", item=name), default=name in ON,
                   shown_if=("kind", ONE))
            for name in NAMES
        ),
        *(
            Integer(name=f"pieces_of_{_key(name)}", label=say("Pieces of {item}", item=name),
                    low=0, high=MOST, default=2 if k == 0 else 0, shown_if=("kind", MANY))
            for k, name in enumerate(NAMES)
        ),
        Number(
            name="limit", label="Load at most", unit="kg", low=1, high=HEAVIEST, step=0.5,
            default=LIMIT, help="Try 12 too.",
        ),
        Choice(
            name="show", label="Show",
            options={"mine": "my load only", "rule": "and the quick rule", "best": "and the best"},
            default="mine", help="The rule: the most value per kg first, as long as it fits.",
        ),
        Table(
            name="items",
            label="The items",
            columns=[
                Column(name="item", label="Item", editable=False),
                Column(Number(name="weight", label="Weight", unit="kg", low=LIGHTEST,
                              high=HEAVIEST, step=0.5, default=1)),
                Column(Number(name="value", label="Value", unit="yuan", low=0, high=500, step=5,
                              default=10)),
            ],
            default=[
                {"item": name, "weight": weight, "value": value}
                for name, (weight, value) in ITEMS.items()
            ],
        ),
    ],
)  # fmt: skip
def knapsack_by_hand(
    kind: str, limit: float, show: str, items: list[dict[str, Any]], **packed: Any
) -> View:
    """Five items and a load limit, all invented. Pack first; look at the best afterwards."""
    known = dict(zip(NAMES, ((float(r["weight"]), float(r["value"])) for r in items),
                     strict=True))  # fmt: skip
    key = "{}" if kind == ONE else "pieces_of_{}"
    mine = Load({n: int(packed[key.format(_key(n))]) for n in NAMES}, known, limit)
    found = plans(tuple(known.values()), limit, kind)
    seen = " ".join(filter(None, [_mine(mine, kind, show == "best"), _compared(mine, found, show)]))
    loads = {"yours": mine}
    if show != "mine":
        loads["quick rule"] = found.rule
    if show == "best":
        loads["best"] = found.best
    return View(
        say=seen,
        warning="" if fits(mine) else say(
            "Your load is {x} too heavy: take something out.", x=_kg(mine.weight - limit)
        ),
        figures=_figures(mine, found, show),
        parts=[
            load_chart(loads, limit, alt=say("The loads as bars, an item after the other. {seen}",
                                             seen=seen)),
            value_chart(loads, found.bound if show == "best" else None, fits(mine), alt=seen),
            _table(mine, found, show),
        ],
    )  # fmt: skip


def _kg(value: float) -> Quantity:
    return Quantity(value, "kg", 2)


def fits(load: Load) -> bool:
    """Whether a load keeps its limit."""
    return load.weight <= load.limit + 1e-9


def room_for(load: Load, kind: str) -> list[str]:
    """Items of which another piece fits."""
    spare = load.limit - load.weight + 1e-9
    return [
        name for name, (weight, _) in load.items.items()
        if weight <= spare and (kind == MANY or not load.taken[name])
    ]  # fmt: skip


def _listed(load: Load) -> str:
    names = [
        name if n == 1 else say("{n} × {name}", n=n, name=name)
        for name, n in load.taken.items()
        if n
    ]
    return join(names) or say("nothing")


def _mine(mine: Load, kind: str, told: bool) -> str:
    first = say(
        "You carry {what}: {weight} of {limit}, value {value}.",
        what=_listed(mine), weight=_kg(mine.weight), limit=_kg(mine.limit),
        value=yuan(mine.value, 2),
    )  # fmt: skip
    if not fits(mine) or told:
        return first
    more = room_for(mine, kind)
    if more:
        return say("{first} There is still room for {items}.", first=first, items=join(more, "or"))
    return say("{first} Nothing more fits. Would an exchange be better?", first=first)


def _compared(mine: Load, found: Plans, show: str) -> str:
    if show == "mine":
        return ""
    rule = say(
        "The quick rule takes {what}, value {value}.",
        what=_listed(found.rule), value=yuan(found.rule.value, 2),
    )  # fmt: skip
    if show == "rule":
        return rule
    best, gap = found.best, found.best.value - mine.value
    if not fits(mine):
        own = say("The best load is {what}, value {value}.", what=_listed(best),
                  value=yuan(best.value, 2))  # fmt: skip
    elif gap < 1e-9:
        own = say("No load is worth more than yours.")
    else:
        own = say(
            "The best load is {what}: {gap} more than yours.", what=_listed(best), gap=yuan(gap, 2)
        )
    short = best.value - found.rule.value
    verdict = (
        say("Here the rule finds as much.") if short < 1e-9
        else say(
            "The rule loses {x} ({share}).", x=yuan(short, 2), share=percent(short / best.value)
        )
    )  # fmt: skip
    return " ".join([own, rule, verdict, _bound_words(found)])


def _bound_words(found: Plans) -> str:
    cut = {n: x - math.floor(x) for n, x in found.parts.items() if x.denominator > 1}
    if not cut:
        return say("The linear program cuts nothing here, so its load is whole and best.")
    (name, share), *_ = cut.items()
    return say(
        "The linear program cuts {item}: with {share} of a piece it reaches {bound}, and no whole "
        "load can be worth more.",
        item=name, share=percent(float(share), 0), bound=yuan(found.bound, 2),
    )  # fmt: skip


def _figures(mine: Load, found: Plans, show: str) -> list[Figure]:
    tone = "" if fits(mine) else "bad"
    figures = [
        Figure("load", "Your load", _kg(mine.weight), tone),
        Figure("room", "Room left", _kg(max(0.0, mine.limit - mine.weight))),
        Figure("value", "Its value", yuan(mine.value, 2)),
    ]
    if show != "mine":
        figures.append(Figure("rule", "Quick rule", yuan(found.rule.value, 2)))
    if show == "best":
        figures += [
            Figure("best", "Best load", yuan(found.best.value, 2)),
            Figure(
                "bound", "Linear program", yuan(found.bound, 2),
                help="Items may be cut. No whole load is worth more: an upper bound.",
            ),
        ]  # fmt: skip
    return figures


def _table(mine: Load, found: Plans, show: str) -> TableView:
    columns = [
        ("Item", "", "left"),
        ("Value per kg", "yuan", "right"),
        ("Yours", "pieces", "right"),
    ]
    shown: list[Sequence[Quantity | str | int]] = []
    if show != "mine":
        columns.append(("Rule", "pieces", "right"))
    if show == "best":
        columns += [("Best", "pieces", "right"), ("In parts", "pieces", "right")]
    for name, (weight, value) in mine.items.items():
        row: list[Quantity | str | int] = [
            name, number(value / weight, 2), count(mine.taken[name])
        ]  # fmt: skip
        if show != "mine":
            row.append(count(found.rule.taken[name]))
        if show == "best":
            row += [count(found.best.taken[name]), number(float(found.parts[name]), 2)]
        shown.append(row)
    taken = [i for i, name in enumerate(mine.items) if mine.taken[name]]
    return TableView(title="Item by item", columns=columns, rows=shown, emphasis=taken)


__all__ = ["Plans", "fits", "in_parts", "knapsack_by_hand", "plans", "room_for"]
