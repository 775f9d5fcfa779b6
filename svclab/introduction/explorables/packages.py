"""A service taken apart into the five parts of its package, checked item by item."""

from __future__ import annotations

from typing import Any

from svclab.explore import Choice, Column, Figure, Switch, Table, TableView, View, explorable
from svclab.explore.diagrams import Item, Matrix, Move, in_the_picture
from svclab.introduction.common import listed
from svclab.introduction.offerings import PACKAGE, package, place_items, practice_items
from svclab.introduction.offerings.package import CHINESE
from svclab.introduction.sorting import Placed
from svclab.words import count, number, say

__all__ = ["service_package"]

KTV, OFFICE, OWN = "KTV", "licence office", "own"
TABLES = {KTV: "ktv", OFFICE: "office"}
PARTS = {"": "–", **{part: part for part in PACKAGE}}
# The grid has one column: an item there is placed.
IN = "in"
VERDICTS = {"right": "right", "can be defended": "right", "no": "wrong", "open": ""}
FIRST = {KTV: {"sound system": "supporting facility", "list of songs": "facilitating goods"}}


def _table(service: str) -> Table:
    first = FIRST.get(service, {})
    return Table(
        name=TABLES[service],
        label=say("Items of the {service}", service=service),
        shown_if=in_the_picture(TABLES[service]),
        columns=[
            Column(name="item", label="Item", editable=False),
            Column(Choice(name="part", label="Part", options=PARTS, default="")),
            Column(Choice(name="there", label="Placed", options={"": "no", IN: "yes"}, default="")),
        ],
        default=[
            {
                "item": card.name,
                "part": first.get(card.name, ""),
                "there": IN if card.name in first else "",
            }
            for card in practice_items(service)
        ],
    )


@explorable(
    title="What belongs to a service, and where?",
    parameters=[
        Choice(
            name="service", label="Service", default=KTV,
            options={KTV: "KTV (karaoke rooms)", OFFICE: "Licence office", OWN: "One of your own"},
        ),
        Switch(
            name="clues", label="Check what I placed", default=True,
            help="A miss is answered with a clue; the right part is not named.",
            shown_if=("service", (KTV, OFFICE)),
        ),
        _table(KTV),
        _table(OFFICE),
        Table(
            name="own", label="Your service", add=True, min_rows=1, max_rows=15,
            shown_if=("service", OWN),
            help="Write the items of a service that you know. Change a row or add one.",
            columns=[
                Column(name="item", label="Item", what="an item", longest=48, unique=True),
                Column(Choice(name="part", label="Part", options=PARTS, default="")),
            ],
            default=[
                {"item": "kitchen", "part": "supporting facility"},
                {"item": "tables", "part": "supporting facility"},
                {"item": "noodles", "part": "facilitating goods"},
                {"item": "a full stomach", "part": "explicit services"},
            ],
        ),
    ],
)  # fmt: skip
def service_package(
    service: str,
    clues: bool,
    ktv: list[dict[str, Any]],
    office: list[dict[str, Any]],
    own: list[dict[str, Any]],
) -> View:
    """Five parts of what is sold, after Fitzsimmons and Fitzsimmons (2011). Most items are
    invented."""
    if service == OWN:
        return _own(own)
    rows = ktv if service == KTV else office
    found = place_items({row["item"]: row["part"] for row in rows if row["part"]}, service=service)
    judged = found.placed if clues else ()
    seen = (
        say(
            "{right} of {all} right, {misses}, {open} not placed yet.",
            right=found.right,
            all=count(len(found.placed), "item"),
            misses=count(len(found.misses), "miss", "misses"),
            open=len(found.open),
        )
        if clues
        else say(
            "{placed} of {all} placed.",
            placed=len(found.placed) - len(found.open),
            all=count(len(found.placed), "item"),
        )
    )
    return View(
        say=say(
            "{seen} {more}", seen=seen, more=_advice(len(found.open), len(found.misses), clues)
        ),
        figures=_figures(found.right, len(found.misses), len(found.open), clues),
        parts=[
            _grid(rows, TABLES[service], {one.name: one for one in judged}, seen),
            *([_misses(found.misses)] if clues and found.misses else []),
            _meanings(),
        ],
    )


def _advice(waiting: int, misses: int, clues: bool) -> str:
    if waiting:
        return "Move the other items into the part where they belong."
    if not clues:
        return "All are placed: let them be checked."
    if misses:
        return "Read the clues below and move what is wrong."
    return "The package is complete: now take apart a service of your own."


def _figures(right: int, misses: int, waiting: int, clues: bool) -> list[Figure]:
    open_ = Figure("open", "Not placed yet", number(waiting, 0))
    if not clues:
        return [open_]
    return [
        Figure("right", "Right", number(right, 0), "good" if right else ""),
        Figure("misses", "Misses", number(misses, 0), "bad" if misses else ""),
        open_,
    ]


def _grid(rows: list[dict[str, Any]], table: str, judged: dict[str, Placed], seen: str) -> Matrix:
    items = []
    for at, row in enumerate(rows):
        move = Move(parameter=table, row=at, across="there", down="part") if table else None
        place = judged.get(row["item"])
        items.append(
            Item(
                name=row["item"],
                row=row["part"] or None,
                column=IN if row["part"] else None,
                verdict=VERDICTS[place.verdict] if place else "",
                move=move,
            )
        )
    return Matrix(
        title="The service package",
        alt=say("A row for each of the five parts, with the items in it. {seen}", seen=seen),
        rows={part: say("{part} {zh}", part=part, zh=CHINESE[part]) for part in PACKAGE},
        columns={IN: "Items"},
        rows_name="Part",
        items=items,
    )


def _misses(misses: tuple[Placed, ...]) -> TableView:
    return TableView(
        title="Clues",
        columns=[("Item", "", "left"), ("Clue", "", "left")],
        rows=[[one.name, one.feedback] for one in misses],
    )


def _meanings() -> TableView:
    return TableView(
        title="The five parts",
        columns=[("Part", "", "left"), ("It is", "", "left")],
        rows=[[say("{p} {zh}", p=part, zh=CHINESE[part]), text] for part, text in PACKAGE.items()],
    )


def _own(rows: list[dict[str, Any]]) -> View:
    parts = {
        part.replace(" ", "_"): [row["item"] for row in rows if row["part"] == part]
        for part in PACKAGE
    }
    found = package("Your service", **parts)
    waiting = [row["item"] for row in rows if not row["part"]]
    tail = say(" Without a part: {items}.", items=listed(waiting)) if waiting else ""
    seen = say("{seen}{tail}", seen=found.sentence, tail=tail)
    filled = len(found.parts) - len(found.missing)
    return View(
        say=seen,
        figures=[
            Figure(
                "filled",
                "Parts with an item",
                say("{n} of {all}", n=filled, all=len(found.parts)),
                "good" if not found.missing else "bad",
            ),
            Figure("items", "Items", number(len(rows) - len(waiting), 0)),
        ],
        parts=[_grid(rows, "", {}, seen), _meanings()],
    )
