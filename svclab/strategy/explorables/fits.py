"""Service goals against corporate goals (战略一致性): a matrix to fill, and what it says."""

from __future__ import annotations

from typing import Any

from svclab.explore import (
    PALETTE,
    Chart,
    Column,
    Figure,
    Integer,
    SettingError,
    Table,
    TableView,
    View,
    explorable,
    signed_bars,
)
from svclab.explore.diagrams import Entry, Fill, Matrix, Totals
from svclab.strategy.positions import Alignment, align, ktv_case
from svclab.words import Quantity, count, join, number, percent, say

__all__ = ["goal_alignment"]

CASE = ktv_case()
CORPORATE = tuple(CASE.alignment.weights)
FIELDS = ("one", "two", "three")
MOST = 3


@explorable(
    title="Do the goals of the service serve the goals of the company?",
    parameters=[
        Integer(
            name="needed", label="Support that covers a goal", low=1, high=6, default=3,
            help="Sum of the helping entries in its column. 3, one strong or three weak helpers, "
            "is our convention.",
        ),
        Table(
            name="corporate", label="Goals of the company",
            columns=[
                Column(name="goal", label="Goal", unique=True, longest=24),
                Column(Integer(name="weight", label="Weight", low=0, high=9, default=1)),
            ],
            default=[{"goal": goal, "weight": 1} for goal in CORPORATE],
        ),
        Table(
            name="service", label="Goals of the service", wide=True, add=True, min_rows=1,
            max_rows=7,
            help="Write your own. Columns 1 to 3 are the goals of the company: 3 helps strongly, 1 "
            "a little, 0 not, below 0 it works against the goal.",
            columns=[
                Column(name="goal", label="Goal", unique=True, longest=30),
                *(
                    Column(Integer(name=key, label=str(k), low=-MOST, high=MOST, default=0))
                    for k, key in enumerate(FIELDS, start=1)
                ),
            ],
            default=[
                {"goal": goal, **{f: int(row[c]) for f, c in zip(FIELDS, CORPORATE, strict=True)}}
                for goal, row in CASE.goals.items()
            ],
        ),
    ],
)  # fmt: skip
def goal_alignment(
    needed: int, corporate: list[dict[str, Any]], service: list[dict[str, Any]]
) -> View:
    """Fill the matrix: how much does each goal of the service help each goal of the company? The
    course's documents ask that both agree; the goals and numbers at the start are invented."""
    if not any(row["weight"] for row in corporate):
        raise SettingError("corporate", say("All weights are 0: give at least one goal a weight."))
    goals = [row["goal"] for row in corporate]
    found = align(
        {r["goal"]: {g: r[f] for f, g in zip(FIELDS, goals, strict=True)} for r in service},
        {row["goal"]: row["weight"] for row in corporate},
        needed=needed,
    )
    return View(
        say=_seen(found),
        figures=_figures(found),
        parts=[_matrix(found, service), _scores(found), _talk(found)],
    )


def _seen(found: Alignment) -> str:
    told = [say("{share} of the weight of the company's goals is covered.",
                share=percent(found.coverage, 0))]  # fmt: skip
    if found.uncovered:
        told.append(say("Not covered: {goals}.", goals=join(list(found.uncovered))))
    if found.orphans:
        told.append(
            say("Helping no goal: {goals}. Why do it?", goals=join(list(found.orphans)))
            if len(found.orphans) == 1
            else say("Helping no goal: {goals}.", goals=join(list(found.orphans)))
        )
    if found.tensions:
        helps, harms, goal = found.tensions[0]
        told.append(
            say(
                "{goal} is pulled both ways: “{helps}” helps it, “{harms}” harms it.",
                goal=goal.capitalize(), helps=helps, harms=harms,
            )
        )  # fmt: skip
    return " ".join(told)


def _figures(found: Alignment) -> list[Figure]:
    return [
        Figure("coverage", "Covered", percent(found.coverage, 0),
               tone="good" if not found.uncovered else "bad",
               help="Weight of the goals of the company with enough support."),
        Figure("orphans", "Help no goal", number(len(found.orphans), 0),
               help="Goals of the service without a helping entry."),
        Figure("conflicts", "Conflicts", number(len(found.conflicts), 0),
               help="Entries below 0: one goal works against the other."),
        Figure("tensions", "Goals pulled both ways",
               number(len({goal for *_, goal in found.tensions}), 0),
               help="Goals of the company that one goal of the service helps and another harms."),
    ]  # fmt: skip


def _signed(value: float) -> Quantity:
    return number(value, 2)


def _matrix(found: Alignment, service: list[dict[str, Any]]) -> Matrix:
    goals = list(found.weights)
    support, harm = found.support, found.harm
    rows = {f"s{k}": row["goal"] for k, row in enumerate(service)}
    columns = dict(zip(FIELDS, goals, strict=True))
    return Matrix(
        title="Type in the cells: 3 helps strongly, 0 not, −3 works strongly against it",
        alt=say("Goals of the service against goals of the company. {s}", s=found.sentence),
        rows=rows,
        columns=columns,
        rows_name="Goal of the service",
        entries=[
            Entry(
                row=f"s{k}", column=f, content=number(row[f], 0),
                verdict="wrong" if row[f] < 0 else "", level=max(0, row[f]) / MOST,
                fill=Fill(parameter="service", row=k, column=f),
            )
            for k, row in enumerate(service) for f in FIELDS
        ],
        row_totals=Totals(label="Score", values=[_signed(s) for s in found.scores.values()]),
        column_totals=Totals(
            label="Helps, harms",
            values=[
                say("{up}, {down}", up=number(support[g], 0), down=number(-harm[g], 0))
                for g in goals
            ],
        ),
    )  # fmt: skip


def _scores(found: Alignment) -> Chart:
    ranked = sorted(found.scores.items(), key=lambda pair: -pair[1])
    rows: list[dict[str, Any]] = [
        {"goal": goal, "score": round(score, 4), "text": str(_signed(score)),
         "color": PALETTE[2] if score > 0 else PALETTE[3]}
        for goal, score in ranked
    ]  # fmt: skip
    return signed_bars(
        rows,
        category=("goal", "Goal of the service"),
        value=("score", "Weighted score, −3 to 3"),
        title="Which goals of the service serve the company",
        alt=say(
            "Weighted scores: {rows}.",
            rows=", ".join(say("{g} {s}", g=goal, s=_signed(score)) for goal, score in ranked),
        ),
    )


def _talk(found: Alignment) -> TableView:
    """What the matrix asks a meeting to talk about."""
    rows = [
        [goal, say("support {s} of {n} needed", s=number(found.support[goal], 0),
                   n=number(found.needed, 0)),
         "Add a goal of the service that helps it, or drop it."]
        for goal in found.uncovered
    ]  # fmt: skip
    rows += [[goal, "helps no goal of the company", "Drop it, or say what it is for."]
             for goal in found.orphans]  # fmt: skip
    for goal in dict.fromkeys(goal for *_, goal in found.tensions):
        helps = list(dict.fromkeys(h for h, _, g in found.tensions if g == goal))
        harms = list(dict.fromkeys(x for _, x, g in found.tensions if g == goal))
        rows.append([
            goal, say("helped by {a}; harmed by {b}", a=join(helps), b=join(harms)),
            "Which comes first? Can it be done without harm?",
        ])  # fmt: skip
    return TableView(
        title=say("For the next meeting: {n}", n=count(len(rows), "point")),
        columns=[("Goal", "", "left"), ("What the matrix says", "", "left"), ("Ask", "", "left")],
        rows=rows or [["all", "covered, and nothing in conflict", "Is it true?"]],
    )
