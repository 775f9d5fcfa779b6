"""The service process matrix (服务流程矩阵) to be filled: which kind a service is, and why."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from svclab.explore import (
    ChoiceGuess,
    Column,
    Figure,
    Number,
    Switch,
    Table,
    TableView,
    View,
    explorable,
)
from svclab.explore.diagrams import Move, Plane, Scale, Spot
from svclab.strategy.positions import EXAMPLES, KINDS, Checked, Placement, check_kinds, place
from svclab.words import count, join, number, say

__all__ = ["process_matrix"]

# A first try, with some services on a side where Schmenner (1986) does not have them.
START: tuple[tuple[str, float, float], ...] = (
    ("airline", 2, 2.5),
    ("hotel", 6.5, 3.5),
    ("hospital", 8, 8),
    ("car repair", 3.5, 7.5),
    ("retail bank", 3.5, 1),
    ("lawyer", 8.5, 9.3),
    ("our service", 5.5, 5.5),
)
GUESSED = "hospital"
PLURALS = dict(
    zip(
        KINDS,
        ("service factories", "service shops", "mass services", "professional services"),
        strict=True,
    )
)


@explorable(
    title="Which kind of service is it, and what does its manager have to look after?",
    parameters=[
        Switch(
            name="check", label="Check with Schmenner (1986)",
            help="Place the services first. The check knows his examples only.",
        ),
        Number(
            name="cut", label="A score counts as high from", low=3, high=7, step=0.5, default=5,
            help="The literature names no number: see which services change their kind.",
        ),
        Table(
            name="services", label="The services",
            help="Write your own names. Scores from 0 to 10: cost of labour against plant and "
            "equipment, and how much customers interact and get it to order.",
            columns=[
                Column(name="service", label="Service", unique=True, longest=24),
                Column(Number(name="labour", label="Labour", low=0, high=10, step=0.1,
                              default=5)),
                Column(Number(name="interaction", label="Contact", low=0, high=10, step=0.1,
                              default=5)),
            ],
            default=[
                {"service": n, "labour": y, "interaction": x} for n, y, x in START
            ],
        ),
    ],
    guess=ChoiceGuess(
        question="A hospital has many doctors and nurses, and much expensive equipment. Patients "
        "interact a lot. Which kind of service is it to Schmenner (1986)?",
        options={name: name for name in KINDS},
    ),
)  # fmt: skip
def process_matrix(
    check: bool, cut: float, services: list[dict[str, Any]], guess: str | None
) -> View:
    """Drag each service to where you see it. The scores at the start are invented, and some are
    wrong on purpose."""
    points = {
        r["service"]: {"labour": r["labour"], "interaction": r["interaction"]} for r in services
    }
    placed = place(points, cut=cut)
    known = {name: kind for name, kind in placed.kinds.items() if name in EXAMPLES}
    checked = check_kinds(known) if check and known else None
    seen = _seen(placed, checked, check)
    if guess is not None:
        seen += " " + _answer(guess)
    return View(
        say=seen,
        figures=_figures(placed, checked),
        parts=[_plane(placed, checked, services, alt=seen), _tasks(placed)],
    )


def _seen(placed: Placement, checked: Checked | None, check: bool) -> str:
    kinds = list(placed.kinds.values())
    parts = [count(kinds.count(k), k, PLURALS[k]) for k in KINDS if k in kinds]
    told = say("The map holds {parts}.", parts=join([str(part) for part in parts]))
    if placed.near_a_line:
        told = say("{told} Near a line: {who}.", told=told, who=join(list(placed.near_a_line)))
    moved = _moved(placed)
    if moved:
        told = say("{told} Moved: {moved}.", told=told, moved="; ".join(moved))
    if checked is not None:
        return say("{told} {checked}", told=told, checked=checked.sentence)
    if check:
        return say("{told} None of them is one of Schmenner's examples.", told=told)
    return told


def _moved(placed: Placement) -> list[str]:
    """The services that do not stand where they began, each with its kind."""
    start = {name: {"labour": y, "interaction": x} for name, y, x in START}
    before = place(start, cut=placed.cut).kinds
    return [
        say("{name}, {how} {kind}", name=name, kind=placed.kinds[name],
            how="still a" if placed.kinds[name] == before[name] else "now a")
        for name, point in placed.points.items()
        if name in start and point != start[name]
    ]  # fmt: skip


def _answer(guess: str) -> str:
    kind = KINDS[EXAMPLES[GUESSED]]
    return say(
        "Your guess was {guess}; Schmenner has it as a {real}: against that much equipment even "
        "its many people count as low labour intensity.",
        guess=guess, real=kind.name,
    )  # fmt: skip


def _figures(placed: Placement, checked: Checked | None) -> list[Figure]:
    kinds = list(placed.kinds.values())
    figures = [
        Figure("kinds", "Kinds in use", number(len(set(kinds)), 0)),
        Figure(
            "near", "Near a line", count(len(placed.near_a_line)),
            help="Services within 1 point of a dividing line: their kind depends on the judgement.",
        ),
    ]  # fmt: skip
    if checked is not None:
        total = len(checked.right) + len(checked.misses)
        figures.append(
            Figure(
                "right", "As in Schmenner (1986)",
                say("{n} of {all}", n=len(checked.right), all=total),
                tone="bad" if checked.misses else "good",
            )
        )  # fmt: skip
    return figures


def _plane(
    placed: Placement, checked: Checked | None, rows: list[dict[str, Any]], *, alt: str
) -> Plane:
    verdicts: Mapping[str, str] = {}
    if checked is not None:
        verdicts = {
            **dict.fromkeys(checked.right, "right"),
            **{miss.service: "wrong" for miss in checked.misses},
        }
    names = ("mass service", "professional service", "service factory", "service shop")
    kinds = placed.kinds
    return Plane(
        title="The service process matrix",
        alt=alt,
        x=Scale(label="Interaction and customisation", words=("low", "high"), split=placed.cut),
        y=Scale(label="Labour intensity", words=("low", "high"), split=placed.cut),
        quadrants=names,
        spots=[
            Spot(
                name=row["service"], x=row["interaction"], y=row["labour"],
                verdict=verdicts.get(row["service"], ""), note=KINDS[kinds[row["service"]]].chinese,
                move=Move(parameter="services", row=k, across="interaction", down="labour"),
            )
            for k, row in enumerate(rows)
        ],
    )  # fmt: skip


def _tasks(placed: Placement) -> TableView:
    """What managers of each kind in use have to look after."""
    rows = []
    for kind in KINDS.values():
        inside = [name for name, other in placed.kinds.items() if other == kind.name]
        if inside:
            name = say(
                "{name} {chinese}: {who}", name=kind.name, chinese=kind.chinese, who=join(inside)
            )
            rows.append([name, join(list(kind.tasks))])
    return TableView(
        title=(
            "What its manager has to look after "
            "(Schmenner 1986; Verma and Boyer 2000 find the borders fuzzy)"
        ),
        columns=[("Kind", "", "left"), ("Tasks", "", "left")],
        rows=rows,
    )
