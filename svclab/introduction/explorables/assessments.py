"""Seven aspects as a weighted self-assessment, and the five dimensions of which two are missing."""

from __future__ import annotations

from typing import Any

from svclab.explore import (
    ChoiceGuess,
    Column,
    Figure,
    Integer,
    Table,
    TableView,
    View,
    explorable,
)
from svclab.explore.diagrams import Entry, Fill, Matrix, in_the_picture
from svclab.introduction.common import listed, points
from svclab.introduction.definitions import (
    PRINTED,
    SEVEN,
    Assessment,
    Choices,
    assess,
    choices_of_two,
    frame,
)
from svclab.words import number, say

__all__ = ["seven_aspects"]

SCORES = dict(zip(SEVEN, (3, 2, 4, 3, 2, 1, 2), strict=True))
TRAINING, QUALITY, PROCESS = "staff training", "quality", "process design and optimisation"
# Neither the lowest score (training) nor the largest weight (quality) is where most is lost.
WEIGHTS = {**dict.fromkeys(SEVEN, 1), PROCESS: 3, QUALITY: 4}


@explorable(
    title="Where does a service lose most?",
    parameters=[
        Table(
            name="aspects", label="Scores and weights", shown_if=in_the_picture("aspects"),
            columns=[
                Column(name="aspect", label="Aspect", editable=False),
                Column(Integer(name="score", label="Score", low=0, high=5, default=3)),
                Column(Integer(name="weight", label="Weight", low=0, high=5, default=1)),
            ],
            default=[
                {"aspect": name, "score": SCORES[name], "weight": WEIGHTS[name]} for name in SEVEN
            ],
        ),
    ],
    guess=ChoiceGuess(
        question="A KTV gives itself 0 to 5 points on seven aspects. Staff training has the lowest "
        "score, 1, and a weight of 1. Quality has the largest weight, 4, and 4 points. Process "
        "design has 2 points and a weight of 3. Which of the three costs the weighted mean most?",
        options={TRAINING: "staff training", QUALITY: "quality", PROCESS: "process design"},
    ),
)  # fmt: skip
def seven_aspects(aspects: list[dict[str, Any]], guess: str | None) -> View:
    """The seven aspects are the source's; scores from 0 (nothing there) to 5 (could teach others)
    and weights are invented. Put in those of a service that you know."""
    scores = {row["aspect"]: row["score"] for row in aspects}
    weights = {row["aspect"]: row["weight"] for row in aspects}
    alike = not any(weights.values())
    found = assess(scores, weights=None if alike else weights)
    seen = _sentence(found)
    if guess is not None:
        seen = say("{seen} {answer}", seen=seen, answer=_answer(guess))
    return View(
        say=seen,
        warning="All weights are 0: all aspects count alike until one has a weight."
        if alike
        else "",
        figures=[
            Figure("total", "Weighted mean", say("{t} of 5", t=number(found.total, 2))),
            Figure("first", "Begin at", listed(found.first), help="The largest weighted gap."),
            Figure("lowest", "Lowest score", listed(found.lowest)),
        ],
        parts=[_matrix(aspects, found, seen), *_choices(scores, None if alike else weights)],
    )


def _sentence(found: Assessment) -> str:
    head = say("The weighted mean is {total} of 5.", total=number(found.total, 2))
    if not found.first:
        return say("{head} No aspect that counts leaves anything to gain.", head=head)
    gap = max(found.gaps.values())
    each = " each" if len(found.first) > 1 else ""
    tail = (
        "That is also the lowest score."
        if set(found.first) == set(found.lowest)
        else say("The lowest score is elsewhere: {names}.", names=listed(found.lowest))
        if not set(found.first) & set(found.lowest)
        else ""
    )
    return say(
        "{head} Most is lost at {first}: {gap}{each}. {tail}",
        head=head,
        first=listed(found.first),
        gap=points(gap, 2),
        each=each,
        tail=tail,
    ).strip()


def _answer(guess: str) -> str:
    gaps = assess(SCORES, weights=WEIGHTS).gaps
    right = max((TRAINING, QUALITY, PROCESS), key=lambda name: gaps[name])
    return say(
        "Your guess was {verdict}: process design costs {process}, staff training {training}, "
        "quality {quality}. A gap counts with its weight.",
        verdict="right" if guess == right else "wrong",
        process=points(gaps[PROCESS], 2),
        training=points(gaps[TRAINING], 2),
        quality=points(gaps[QUALITY], 2),
    )


def _matrix(aspects: list[dict[str, Any]], found: Assessment, seen: str) -> Matrix:
    chinese = {item.name: item.chinese for item in frame("aspects")}
    most = max(found.gaps.values())
    entries = []
    for at, row in enumerate(aspects):
        name = row["aspect"]
        entries += [
            Entry(row=name, column=key, content=row[key],
                  fill=Fill(parameter="aspects", row=at, column=key))
            for key in ("score", "weight")
        ]  # fmt: skip
        gap = found.gaps[name]
        entries.append(
            Entry(row=name, column="gap", content=number(gap, 2), level=gap / most if most else 0)
        )
    return Matrix(
        title="Seven aspects: fill in a service",
        alt=say("Score, weight and weighted gap of each aspect. {seen}", seen=seen),
        rows={
            name: say("{name} {zh}{mark}", name=name, zh=chinese[name],
                      mark=" *" if name in PRINTED else "")
            for name in SEVEN
        },
        columns={"score": "Score, 0 to 5", "weight": "Weight, 0 to 5", "gap": "Points lost"},
        rows_name="Aspect",
        entries=entries,
    )  # fmt: skip


def _choices(scores: dict[str, int], weights: dict[str, int] | None) -> list[TableView]:
    """The six ways to complete the five dimensions; none where five of them have no weight."""
    try:
        found: Choices = choices_of_two(scores, weights=weights)
    except ValueError:
        return []
    return [
        TableView(
            title="Five dimensions: three are printed (*), the other two are your choice",
            columns=[
                ("Fourth", "", "left"),
                ("Fifth", "", "left"),
                ("Weighted mean", "of 5", "right"),
                ("Begin at", "", "left"),
            ],
            rows=[
                [*pair, number(total, 2), listed(found.firsts[pair])]
                for pair, total in found.totals.items()
            ],
        )
    ]
