"""Competitor gap analysis (竞争对手分析): importance times the gap to a rival, to be edited."""

from __future__ import annotations

import math
from typing import Any

from svclab.explore import (
    PALETTE,
    Chart,
    Choice,
    Column,
    Figure,
    Number,
    Table,
    TableView,
    View,
    explorable,
    signed_bars,
)
from svclab.explore.diagrams import Move, Plane, Scale, Spot
from svclab.strategy.positions import Gap, Gaps, ktv_case
from svclab.strategy.positions import gap_analysis as analysed
from svclab.words import number, say

__all__ = ["gap_analysis"]

RIVALS = {"star": "Star", "moon": "Moon"}
CASE = ktv_case()
EDGE = 0.01  # the lines of a map lie within it


def _start() -> list[dict[str, Any]]:
    return [
        {
            "attribute": name, "importance": CASE.importance[name], "own": CASE.own[name],
            **{key: CASE.rivals[rival][name] for key, rival in RIVALS.items()},
        }
        for name in CASE.importance
    ]  # fmt: skip


def _score(name: str, label: str) -> Column:
    return Column(Number(name=name, label=label, low=0, high=10, step=0.5, default=5))


@explorable(
    title="Where are rivals ahead, and does it matter?",
    parameters=[
        Choice(
            name="against", label="Compare with",
            options={"best": "the best rival in each", "mean": "the mean of the rivals",
                     **{name: name for name in RIVALS.values()}},
            default="best",
        ),
        Table(
            name="attributes", label="What customers look at", add=True, min_rows=2, max_rows=9,
            wide=True,
            help="Importance as asked in a survey, 1 to 5; scores from 0 to 10.",
            columns=[
                Column(name="attribute", label="Attribute", unique=True, longest=20),
                Column(Number(name="importance", label="Importance", low=1, high=5, step=0.1,
                              default=3)),
                _score("own", "Our shop"), *(_score(k, name) for k, name in RIVALS.items()),
            ],
            default=_start(),
        ),
    ],
)  # fmt: skip
def gap_analysis(against: str, attributes: list[dict[str, Any]]) -> View:
    """A KTV shop and two rivals. That customers want good sound, comfort and above all good
    service is from the course's KTV plan; hygiene, price and all numbers are invented."""
    found = analysed(
        {r["attribute"]: r["importance"] for r in attributes},
        {r["attribute"]: r["own"] for r in attributes},
        {
            name: {r["attribute"]: r[key] for r in attributes}
            for key, name in RIVALS.items()
        },
        against=against,
    )  # fmt: skip
    seen = _seen(found)
    return View(
        say=seen,
        figures=_figures(found),
        parts=[_bars(found), _map(found, attributes, alt=seen), _table(found)],
    )


def _seen(found: Gaps) -> str:
    """What to work on; where the two methods disagree."""
    told = found.sentence
    odd = [
        g for g in found.rows
        if (g.quadrant == "concentrate here") != (g.priority > 0)
    ]  # fmt: skip
    if odd:
        one = odd[0]
        told = say(
            "{told} The map without rivals says of {name}: {quadrant}; the gap is {gap}.",
            told=told, name=one.attribute, quadrant=one.quadrant, gap=number(one.gap),
        )  # fmt: skip
    return told


def _figures(found: Gaps) -> list[Figure]:
    top = found.rows[0]
    return [
        Figure("top", "Work first on", top.attribute if top.priority else "nothing",
               help="The largest product of importance and gap."),
        Figure("priority", "Its priority", number(top.priority),
               help="Importance times the points that the rival is ahead."),
        Figure("lag", "All we are behind", number(found.lag),
               help="Sum of importance times gap, where a rival is ahead."),
        Figure("lead", "All we are ahead", number(found.lead),
               help="The same where we are ahead."),
    ]  # fmt: skip


def _bars(found: Gaps) -> Chart:
    def weighted(gap: Gap) -> float:
        return gap.importance * gap.gap

    rows: list[dict[str, Any]] = [
        {
            "attribute": g.attribute, "weighted": round(weighted(g), 4),
            "color": PALETTE[3] if g.gap > 0 else PALETTE[2],
            "text": say("{w}: {i} × {g}", w=number(weighted(g)), i=number(g.importance),
                        g=number(g.gap)),
        }
        for g in found.rows
    ]  # fmt: skip
    return signed_bars(
        rows,
        category=("attribute", "Attribute"),
        value=("weighted", "Importance × gap; right of 0 the rival is ahead"),
        title="Importance × gap",
        alt=say(
            "For each attribute its importance times the gap: {rows}.",
            rows=", ".join(say("{a} {w}", a=g.attribute, w=number(weighted(g)))
                           for g in found.rows),
        ),
    )  # fmt: skip


def _map(found: Gaps, attributes: list[dict[str, Any]], *, alt: str) -> Plane:
    known = {g.attribute: g for g in found.rows}
    means = {
        key: math.fsum(r[key] for r in attributes) / len(attributes)
        for key in ("own", "importance")
    }
    return Plane(
        title="Importance against our own score (Martilla and James 1977); lines at the means",
        alt=alt,
        x=Scale(label="Our score", split=_within(means["own"], 0, 10)),
        y=Scale(label="Importance", low=1, high=5, split=_within(means["importance"], 1, 5)),
        quadrants=("concentrate here", "keep up the good work", "low priority",
                   "possible overkill"),
        spots=[
            Spot(
                name=row["attribute"], x=row["own"], y=row["importance"],
                series="a rival is ahead" if known[row["attribute"]].gap > 0 else "no rival ahead",
                move=Move(parameter="attributes", row=k, across="own", down="importance"),
            )
            for k, row in enumerate(attributes)
        ],
    )  # fmt: skip


def _within(value: float, low: float, high: float) -> float:
    return min(high - EDGE, max(low + EDGE, value))


def _table(found: Gaps) -> TableView:
    return TableView(
        title="Both methods side by side",
        columns=[
            ("Attribute", "", "left"), ("Importance", "", "right"), ("Ours", "", "right"),
            ("Rival", "", "right"), ("Whose", "", "left"), ("Gap", "", "right"),
            ("Priority", "", "right"), ("Without rivals", "", "left"),
        ],
        rows=[
            [g.attribute, number(g.importance), number(g.own), number(g.rival), g.who,
             number(g.gap), number(g.priority), g.quadrant]
            for g in found.rows
        ],
        emphasis=[0] if found.rows[0].priority else [],
    )  # fmt: skip
