"""Offerings on a plane of two characteristics, and where goods and services overlap."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from svclab.explore import (
    Choice,
    Column,
    Figure,
    Integer,
    NumberGuess,
    Table,
    TableView,
    View,
    explorable,
)
from svclab.explore.diagrams import Move, Plane, Scale, Spot
from svclab.introduction.common import listed
from svclab.introduction.offerings import (
    CHARACTERISTICS,
    KINDS,
    Offering,
    Profile,
    Separations,
    known_offerings,
    profile,
    rubric,
    separation,
)
from svclab.words import count, number, percent, say

__all__ = ["offering_map"]

MINE = "yours"
NAMES = {name: say("{name} {zh}", name=name, zh=zh) for name, zh in CHARACTERISTICS.items()}
KEYS = {name: name.replace("-", "_") for name in CHARACTERISTICS}
FAR, STEP, LOW = 0.27, 1 / 3, 0.25  # points, between offerings with equal ones: see _around
ENDS = (-0.4, 4.4)  # points, within the axes
SHOWN = {"all": KINDS, "apart": ("good", "service"), "service": ("service",)}


@explorable(
    title="Do the characteristics of services tell services from goods?",
    parameters=[
        Choice(name="x", label="To the right", default="intangibility", options=NAMES),
        Choice(name="y", label="Upwards", default="contact", options=NAMES),
        Choice(
            name="show", label="Offerings", default="all",
            options={"all": "all 27", "apart": "without the mixed ones", "service": "services"},
        ),
        Table(
            name="mine", label="Your offering", wide=True,
            help="From 0 to 4 points each; the table below says what the points mean.",
            columns=[
                Column(name="name", label="Name", what="a name", longest=30),
                *(Column(Integer(name=KEYS[n], label=n, low=0, high=4, default=2))
                  for n in CHARACTERISTICS),
            ],
            default=[{"name": "driving lesson", **dict(zip(KEYS.values(), (3, 4, 3, 4, 4, 4),
                                                           strict=True))}],
        ),
    ],
    guess=NumberGuess(
        question="Textbooks give services four characteristics: one cannot look at them before, "
        "they are made while they are used, they differ from time to time, and they cannot be "
        "kept. The map has 17 services. For how many of them are all four clearly there?",
        low=0, high=17, unit="services",
    ),
)  # fmt: skip
def offering_map(
    x: str, y: str, show: str, mine: list[dict[str, Any]], guess: float | None
) -> View:
    """Offerings with points from 0 to 4, the course's estimates (invented); those with equal points
    stand around their place. Drag yours to where you think it stands."""
    own = Offering(mine[0]["name"], "service", {n: mine[0][KEYS[n]] for n in CHARACTERISTICS})
    near, found = profile(own), separation()
    kinds = _kinds(near)
    seen = _sentence(x, y, near, found)
    if guess is not None:
        seen = say("{seen} {answer}", seen=seen, answer=_answer(guess, found))
    shown = [one for one in known_offerings() if one.kind in SHOWN[show]]
    return View(
        say=seen,
        figures=[
            Figure("near", "Yours is nearest to", near.nearest[0]),
            Figure("kinds", "The three nearest", listed(kinds)),
            Figure("whole", "All four clearly there",
                   say("{n} of {all} services", n=len(found.all_four), all=found.services),
                   help=say("The textbooks' four, with 3 points or more each: {names}.",
                            names=listed(found.all_four))),
            *(
                Figure(name, say("{c}: service above good", c=name.capitalize()),
                       percent(_chance(name, found), 0),
                       help="Share of all pairs of a service and a good; ties count half.")
                for name in dict.fromkeys((x, y))
            ),
        ],
        parts=[_plane(x, y, shown, own, near, seen), _table(found), _levels(own)],
    )  # fmt: skip


def _kinds(near: Profile) -> list[str]:
    kind = {one.name: one.kind for one in known_offerings()}
    found = [kind[name] for name in near.nearest]
    return [
        str(
            count(found.count(one), one) if one != "mixed" else say("{n} mixed", n=found.count(one))
        )
        for one in KINDS
        if one in found
    ]


def _chance(name: str, found: Separations) -> float:
    return next(row.chance for row in found.rows if row.characteristic == name)


def _shared(x: str, y: str) -> tuple[list[str], list[str]]:
    """Goods that stand with a service, and services that stand with a good."""
    at: dict[str, set[tuple[int, int]]] = {"good": set(), "service": set()}
    known = [one for one in known_offerings() if one.kind in at]
    for one in known:
        at[one.kind].add((one.scores[x], one.scores[y]))
    both = at["good"] & at["service"]
    here = [one for one in known if (one.scores[x], one.scores[y]) in both]
    return (
        [one.name for one in here if one.kind == "good"],
        [one.name for one in here if one.kind == "service"],
    )


def _sentence(x: str, y: str, near: Profile, found: Separations) -> str:
    goods, services = _shared(x, y)
    if x == y:
        head = say(
            "Along {x}, services stand above goods in {share} of the pairs.",
            x=x,
            share=percent(_chance(x, found), 0),
        )
    elif goods:
        head = say(
            "By {x} and {y}, {goods} ({names}) cannot be told from {services}.",
            x=x,
            y=y,
            goods=count(len(goods), "good"),
            names=listed(goods),
            services=count(len(services), "service"),
        )
    else:
        head = say(
            "By {x} and {y}, no good stands where a service does. {fails}",
            x=x,
            y=y,
            fails=_fails(x, found),
        )
    return say(
        "{head} By all six, your offering, {name}, is most like {near}.",
        head=head.strip(),
        name=near.offering.name,
        near=listed(near.nearest),
    )


def _fails(x: str, found: Separations) -> str:
    row = next(one for one in found.rows if one.characteristic == x)
    if not row.high_goods or not row.low_services:
        return ""
    return say(
        "But {x} alone fails: {goods} have much of it, {services} little.",
        x=x,
        goods=listed(row.high_goods),
        services=listed(row.low_services),
    )


def _answer(guess: float, found: Separations) -> str:
    return say(
        "Your guess was {guess}: all four are clearly there in {right} ({names}). The list of "
        "four describes few services whole.",
        guess=number(guess, 0),
        right=number(len(found.all_four), 0),
        names=listed(found.all_four),
    )


def _plane(
    x: str, y: str, shown: Sequence[Offering], own: Offering, near: Profile, seen: str
) -> Plane:
    here = (own.scores[x], own.scores[y])
    cells: dict[tuple[int, int], list[Offering]] = {}
    for one in shown:
        cells.setdefault((one.scores[x], one.scores[y]), []).append(one)
    spots = []
    for place, members in cells.items():
        around = _around(len(members), place[1], taken=place == here, along=x == y)
        for off, one in zip(around, members, strict=True):
            name = say("{n} *", n=one.name) if one.name == own.name else one.name
            spots.append(
                Spot(name=name, x=place[0] + off[0], y=place[1] + off[1], series=one.kind,
                     note="among the three nearest" if one.name in near.nearest else "")
            )  # fmt: skip
    move = Move(parameter="mine", row=0, across=KEYS[x], down=KEYS[y] if x != y else "")
    spots.append(Spot(name=own.name, x=here[0], y=here[1], series=MINE, move=move))
    order = [*KINDS, MINE]
    spots.sort(key=lambda spot: order.index(spot.series))
    return Plane(
        title="Offerings by two characteristics",
        alt=say("Offerings by {x} and {y}, 0 to 4 points. {seen}", x=x, y=y, seen=seen),
        x=_scale(x),
        y=_scale(y),
        spots=spots,
    )


def _around(size: int, y: int, *, taken: bool, along: bool) -> list[tuple[float, float]]:
    """Places for offerings with equal points: so far apart that a phone shows each number.

    Parameters
    ----------
    size : int
        Of so many offerings.
    y : int
        Their points upwards.
    taken : bool
        The middle is the reader's.
    along : bool
        Both axes are the same: there is room above and below, up to the ends of the axis.
    """
    if size == 1 and not taken:
        return [(0.0, 0.0)]
    if size <= 4:
        far = STEP if taken else FAR
        return [(-far, far), (far, -far), (-far, -far), (far, far)][:size]
    if along or size + taken <= 9:
        rows = [k * STEP for k in range(-12, 13) if along or abs(k) <= 1]
    else:
        rows = [-1.5 * LOW, -0.5 * LOW, 0.5 * LOW, 1.5 * LOW]
    found = [
        (dx, dy)
        for dy in rows
        for dx in (-STEP, 0.0, STEP)
        if ENDS[0] <= y + dy <= ENDS[1] and not (taken and dx == 0 and abs(dy) < LOW)
    ]
    found.sort(key=lambda d: (abs(d[1]), abs(d[0]), d))
    return found[:size]


def _scale(name: str) -> Scale:
    return Scale(
        label=say("{name} {zh}, points", name=name.capitalize(), zh=CHARACTERISTICS[name]),
        low=-0.5,
        high=4.5,
    )


def _table(found: Separations) -> TableView:
    return TableView(
        title="Where each characteristic fails",
        columns=[
            ("Characteristic", "", "left"),
            ("Service above good", "% of pairs", "right"),
            ("Services without it", "", "left"),
            ("Goods with it", "", "left"),
        ],
        rows=[
            [
                row.characteristic,
                percent(row.chance, 0),
                listed(row.low_services),
                listed(row.high_goods),
            ]
            for row in found.rows
        ],
    )


def _levels(own: Offering) -> TableView:
    return TableView(
        title="What your points say",
        columns=[("Ask", "", "left"), ("Points", "", "right"), ("Which means", "", "left")],
        rows=[
            [
                rubric()[name][0],
                number(own.scores[name], 0),
                rubric()[name][own.scores[name] + 1],
            ]
            for name in CHARACTERISTICS
        ],
    )
