"""Who does the whole and who a part: case managers, overlapping phases."""

from __future__ import annotations

import math
from typing import Any

from svclab.explore import (
    ChoiceGuess,
    Figure,
    Integer,
    Number,
    PointGuess,
    TableView,
    View,
    explorable,
    guess_mark,
    lines,
    stacked,
)
from svclab.process.concurrent import best_overlap, overlap
from svclab.process.model import MINUTE
from svclab.process.reengineering import CaseManagerEffects, Department, case_manager_effects
from svclab.words import (
    Quantity,
    count,
    minutes,
    percent,
    say,
)

STAFF = (4, 4, 4, 4, 3)  # MBL: five departments, 19 people


def _effects(rate: float, setup: float, slower: float, share: float) -> CaseManagerEffects:
    departments = [
        Department(f"department {i}", 17 * MINUTE / 5, staff=n) for i, n in enumerate(STAFF, 1)
    ]
    for department in departments:
        load = rate * (department.work_seconds / MINUTE + setup) / 60
        if load >= department.staff:
            raise ValueError(
                say(
                    "One department has {staff} and work for {load}: its pile grows without end. "
                    "Lower the applications, or the time to read into a file.",
                    staff=count(department.staff, "person", "people"),
                    load=Quantity(load, "person", 2, "people"),
                )
            )
    return case_manager_effects(
        departments,
        arrivals_per_hour=rate,
        setup_seconds=setup * MINUTE,
        work_factor=1 + slower / 100,
        specialist_share=share / 100,
        specialist_work_seconds=10 * MINUTE if share else 0.0,
        specialists=3 if share else 0,
    )


@explorable(
    title="Five departments or one case manager?",
    parameters=[
        Number(
            name="rate", label="Applications", unit="per hour", low=5, high=33, default=24,
            help="New applications that come in.",
        ),
        Number(
            name="setup", label="Time to read into a file", unit="min", low=0, high=5, step=0.5,
            default=2, help="At each desk, before the work (invented).",
        ),
        Number(
            name="slower", label="A case manager is slower by", unit="%", low=0, high=150, step=5,
            default=20, help="Than the specialists, for the same work (invented).",
        ),
        Number(
            name="share", label="Cases that need a specialist", unit="%", low=0, high=50, step=5,
            default=10,
            help="Three of the 19 people then are specialists, 10 min a case (invented).",
        ),
    ],
    guess=ChoiceGuess(
        question="Everybody does whole cases, but each from a pile of their own. "
        "Is the customer served sooner than by five departments?",
        options={"yes": "Yes, sooner", "no": "No, later", "same": "About the same"},
    ),
)  # fmt: skip
def case_manager(rate: float, setup: float, slower: float, share: float, guess: str | None) -> View:
    """The same 19 people and 17 minutes of work, organised in steps from line to case manager."""
    result = _effects(rate, setup, slower, share)
    first, last = result.before, result.after
    own = result.stages[1]
    if math.isinf(last.flow_time_seconds):
        seen = say("Case managers cannot keep up: a file waits without end.")
    else:
        seen = say(
            "In working hours a file takes {before} in five departments and {after} with case "
            "managers.",
            before=minutes(first.flow_time_seconds / MINUTE),
            after=minutes(last.flow_time_seconds / MINUTE),
        )
    if guess is not None:
        truth = "no" if own.flow_time_seconds > first.flow_time_seconds else "yes"
        seen += " " + say(
            "{verdict}: with a pile of their own a file takes {own}. The gain comes from sharing "
            "one pile.",
            verdict="You were right" if guess == truth else "Not so",
            own=minutes(own.flow_time_seconds / MINUTE),
        )
    parts = {
        stage.name: {
            part: seconds / MINUTE
            for part, seconds in (
                ("work and reading", stage.work_seconds), ("waiting", stage.wait_seconds),
            )
            if math.isfinite(seconds)
        }
        for stage in result.stages
    }  # fmt: skip
    times = stacked(parts, what="Organisation", value="Time of a file, minutes", alt=seen)
    return View(
        say=seen,
        warning=""
        if last.stable
        else say(
            "Utilisation {use}: the case managers have more work than time. Lower the "
            "applications, or let them be faster.",
            use=percent(last.utilisation),
        ),
        figures=[
            Figure("before", "Five departments", minutes(first.flow_time_seconds / MINUTE)),
            Figure(
                "after",
                "Case managers",
                minutes(last.flow_time_seconds / MINUTE),
                "good" if last.flow_time_seconds < first.flow_time_seconds else "bad",
            ),
            Figure("busy", "Busiest place", percent(last.utilisation)),
            Figure("staff", "People", count(result.staff)),
        ],
        parts=[times, _effect_table(result)],
    )


def _effect_table(result: CaseManagerEffects) -> TableView:
    return TableView(
        title="One change at a time",
        columns=[
            ("Organisation", "", "left"),
            ("Flow time", "min", "right"),
            ("Effect of this change", "min", "right"),
            ("Busiest place", "%", "right"),
        ],
        rows=[
            [
                s.name,
                minutes(s.flow_time_seconds / MINUTE),
                "" if s.effect_seconds is None else minutes(s.effect_seconds / MINUTE),
                percent(s.utilisation),
            ]
            for s in result.stages
        ],
    )


@explorable(
    title="How much should two phases overlap?",
    parameters=[
        Integer(
            name="phases", label="Phases", low=2, high=4, default=2,
            help="Each takes ten weeks (invented).",
        ),
        Number(
            name="share", label="Overlap", unit="%", low=0, high=100, step=5, default=40,
            help="Of the longest overlap that is possible.",
        ),
        Number(
            name="changes", label="Changes that the earlier phase still makes", unit="per week",
            low=0, high=2, step=0.1, default=1, help="Each undoes some work of the next phase.",
        ),
        Number(
            name="impact", label="Work that a change undoes", unit="%", low=0, high=100, step=5,
            default=20, help="Of what the next phase has done so far.",
        ),
    ],
    guess=PointGuess(
        question="Two phases of ten weeks overlap fully. One change a week undoes a fifth of the "
        "next phase's work. How many weeks do both take together?",
        x=100,
        y_label="Weeks",
        low=0,
        high=30,
        step=0.5,
        unit="weeks",
    ),
)  # fmt: skip
def overlap_phases(
    phases: int, share: float, changes: float, impact: float, guess: float | None
) -> View:
    """Begin the next phase with preliminary information. Early information is often wrong."""
    durations = [10.0] * phases

    def at(percent_of_most: float) -> float:
        return overlap(
            durations,
            share=percent_of_most / 100,
            changes_per_time=changes,
            impact=impact / 100,
        ).total

    here = overlap(durations, share=share / 100, changes_per_time=changes, impact=impact / 100)
    best = best_overlap(durations, changes_per_time=changes, impact=impact / 100)
    saved = 1 - here.total / here.sequential
    marks: list[dict[str, Any]] = [
        {"x": share, "y": here.total, "label": "now"},
        {
            "x": 100 * best.share,
            "y": best.total,
            "label": "best",
            "color": "var(--svc-green)",
            "shape": "diamond",
        },
        {"y": 0.6 * here.sequential, "label": "40% shorter", "color": "var(--svc-orange)"},
    ]
    seen = say(
        "With {share} overlap: {total}, {saved} shorter than one after the other. The best "
        "overlap is {best}.",
        share=percent(share / 100),
        total=_weeks(here.total),
        saved=percent(saved),
        best=percent(best.share),
    )
    if guess is not None:
        marks.append(guess_mark(x=100, y=guess))
        seen += " " + say(
            "Your guess for full overlap was {guess}; it is {real}.",
            guess=_weeks(guess),
            real=_weeks(at(100)),
        )
    return View(
        say=seen,
        figures=[
            Figure("total", "Duration", _weeks(here.total)),
            Figure("saved", "Shorter by", percent(saved), "good" if saved > 0 else "bad"),
            Figure("rework", "Rework in it", _weeks(here.rework)),
            Figure("best", "Best overlap", percent(best.share)),
        ],
        parts=[
            lines(
                [{"share": s, "weeks": at(s)} for s in range(0, 101, 4)],
                x=("share", "Overlap, % of the most that is possible"),
                y=("weeks", "Expected duration, weeks"),
                marks=marks,
                x_domain=(0, 115),
                alt=seen,
            )
        ],
    )


def _weeks(value: float) -> Quantity:
    return Quantity(value, "week", 1, "weeks")


__all__ = ["case_manager", "overlap_phases"]
