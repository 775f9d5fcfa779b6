"""A wait by the clock, and as it is felt: an audit of a place that the reader knows."""

from __future__ import annotations

from typing import Any

from svclab.capacity.managing.waiting import (
    FACTORS,
    MAISTER,
    REMEDIES,
    Felt,
    Stage,
    audit,
    perceived_wait,
)
from svclab.explore import (
    Chart,
    Column,
    Figure,
    Integer,
    Number,
    Table,
    TableView,
    View,
    bars,
    explorable,
)
from svclab.process.audit import BEST_MARK
from svclab.words import join, minutes, percent, say

FIRST = 3  # propositions to begin with

#: What makes a wait feel longer where a proposition is not kept. One has no factor.
BURDENS = {
    "occupied": "unoccupied",
    "started": "before the service",
    "calm": "anxious",
    "certain": "uncertain",
    "explained": "unexplained",
    "fair": "unfair",
    "together": "alone",
}

#: What each proposition is about, so that it can stand in a sentence.
NOUNS = {
    "occupied": "something to do",
    "started": "an early start",
    "calm": "calm",
    "certain": "certainty",
    "explained": "an explanation",
    "fair": "fairness",
    "worth it": "a wait that fits",
    "together": "company",
}


def factors(marks: dict[str, int]) -> dict[str, float]:
    """By how much each proposition lengthens the wait: all of its factor at mark 0, none at 4."""
    return {
        burden: 1 + (FACTORS[burden] - 1) * (1 - marks[item] / BEST_MARK)
        for item, burden in BURDENS.items()
    }


def felt(wait: float, marks: dict[str, int], expected: float | None = None) -> Felt:
    """The wait as it is felt under these marks; minutes."""
    found = factors(marks)
    return perceived_wait([Stage("wait", wait, tuple(found))], expected=expected, factors=found)


def saved(wait: float, marks: dict[str, int]) -> dict[str, float]:
    """Felt minutes that each proposition would save if it had the best mark."""
    now = felt(wait, marks).perceived
    return {
        item: now - felt(wait, {**marks, item: BEST_MARK}).perceived if item in BURDENS else 0.0
        for item in MAISTER.names
    }


@explorable(
    title="Audit a wait: where to begin?",
    parameters=[
        Number(
            name="wait", label="The wait by the clock", unit="min", low=1, high=120, step=1,
            default=15, help="Think of one place where you waited.",
        ),
        Number(
            name="expected", label="Expected when one comes", unit="min", low=0, high=120, step=1,
            default=15,
        ),
        Table(
            name="marks",
            label="Your marks, from 0 (not there) to 4 (works, and one can see it)",
            help="Maister's eight propositions, each as something that can be true of a place.",
            columns=[
                Column(name="item", label="What must be true", editable=False),
                Column(Integer(name="mark", label="Mark", low=0, high=BEST_MARK, default=2)),
            ],
            default=[{"item": item.text, "mark": 2} for item in MAISTER.items],
        ),
    ],
)  # fmt: skip
def waiting_audit(wait: float, expected: float, marks: list[dict[str, Any]]) -> View:
    """Maister (1985). Apart from one (1.36 for an idle wait), the factors here are invented."""
    given = {name: row["mark"] for name, row in zip(MAISTER.names, marks, strict=True)}
    found = audit(given)
    now = felt(wait, given, expected)
    gains = saved(wait, given)
    # The marks come first: most factors are invented, so they only part what is marked alike.
    order = sorted((n for n in gains if given[n] < BEST_MARK), key=lambda n: (given[n], -gains[n]))
    begin = first_of(order, given, gains)
    assert now.gap is not None
    return View(
        say=_seen(now, begin, given, gains),
        warning=_warning(now, expected),
        figures=[
            Figure("clock", "By the clock", minutes(wait)),
            Figure(
                "felt",
                "Felt, by this model",
                minutes(now.perceived),
                help="The clock's minutes times a factor for each proposition that is not kept.",
            ),
            Figure(
                "gap",
                "Against what was expected",
                minutes(-now.gap),
                "good" if now.gap >= 0 else "bad",
                "Felt less expected; below zero: better than expected.",
            ),
            Figure("marks", "Marks reached", percent(found.score.total, 0)),
            Figure("begin", "To mend first", NOUNS[begin[0]] if begin else "nothing"),
        ],
        parts=[_waits(now, expected), _gains(gains, begin), *_advice(begin)],
    )


def first_of(order: list[str], marks: dict[str, int], gains: dict[str, float]) -> list[str]:
    """The first three, and who ties with the third: as low a mark, as much to save."""
    if len(order) <= FIRST:
        return order
    third = order[FIRST - 1]
    tied = [
        name
        for name in order[FIRST:]
        if marks[name] == marks[third] and abs(gains[name] - gains[third]) < 1e-9
    ]
    return order[:FIRST] + tied


def _why(begin: list[str], marks: dict[str, int]) -> str:
    """Why these come first; what is said must be true of the marks."""
    others = [mark for name, mark in marks.items() if name not in begin]
    worst = max(marks[name] for name in begin)
    if not others or worst < min(others):
        return say("where your marks are lowest")
    if len({marks[name] for name in begin}) == 1:
        if worst == max(others):
            return say("where a better mark would save most")
        return say("where your marks are lowest and a better one would save most")
    return say("where your marks are lowest and, of equal marks, a better one would save most")


def _seen(now: Felt, begin: list[str], marks: dict[str, int], gains: dict[str, float]) -> str:
    assert now.gap is not None
    first = say(
        "{clock} of waiting feel like {felt}, {verdict}.",
        clock=minutes(now.actual),
        felt=minutes(now.perceived),
        verdict=say("as expected")
        if abs(now.gap) < 0.05
        else say(
            "{gap} {word} than expected",
            gap=minutes(abs(now.gap)),
            word="less" if now.gap > 0 else "more",
        ),
    )
    if not begin:
        return first + " " + say("Every proposition has the best mark: now shorten the wait.")
    start = say(
        "Begin with {items}, {why}.",
        items=join([NOUNS[name] for name in begin]),
        why=_why(begin, marks),
    )
    if begin[0] not in BURDENS:
        return first + " " + start
    return (
        first
        + " "
        + start
        + " "
        + say(
            "With the best mark for {item} it would feel {saved} shorter, by factors that are "
            "mostly invented: they say where to look, not what people feel.",
            item=NOUNS[begin[0]],
            saved=minutes(gains[begin[0]]),
        )
    )


def _warning(now: Felt, expected: float) -> str:
    if expected >= now.actual:
        return ""
    return say(
        "People expect {expected} and wait {clock} by the clock: no remedy for the feeling mends "
        "a promise that is broken. Promise what is true, or shorten the wait.",
        expected=minutes(expected),
        clock=minutes(now.actual),
    )


def _waits(now: Felt, expected: float) -> Chart:
    lengths = {
        "expected": (expected, "var(--svc-grey)"),
        "by the clock": (now.actual, "var(--svc-blue)"),
        "felt": (now.perceived, "var(--svc-orange)"),
    }
    return bars(
        [
            {"what": what, "minutes": time, "text": minutes(time).text, "color": color}
            for what, (time, color) in lengths.items()
        ],
        category=("what", "The wait"),
        value=("minutes", "Minutes"),
        color="color",
        text="text",
        title="One wait, three lengths",
        alt=say(
            "Three bars: {expected} expected, {clock} by the clock, {felt} felt.",
            expected=minutes(expected),
            clock=minutes(now.actual),
            felt=minutes(now.perceived),
        ),
        domain=(0, 1.12 * max(time for time, _ in lengths.values())),
    )


def _gains(gains: dict[str, float], begin: list[str]) -> Chart:
    rows: list[dict[str, Any]] = []
    for name, gain in gains.items():
        label = minutes(gain).text if name in BURDENS else say("no factor known")
        rows.append({
            "item": NOUNS[name],
            "saved": round(gain, 6),
            "text": say("{label}: first", label=label) if name in begin else label,
            "color": "var(--svc-orange)" if name in begin else "var(--svc-blue)",
        })  # fmt: skip
    return bars(
        rows,
        category=("item", "Proposition"),
        value=("saved", "Minutes"),
        color="color",
        text="text",
        title="Felt minutes that the best mark would save, and what comes first",
        alt=say(
            "A bar for each proposition; to begin with: {items}.",
            items=join([NOUNS[name] for name in begin]) if begin else "none",
        ),
        domain=(0, 1.6 * max(1.0, *gains.values())),
    )


def _advice(begin: list[str]) -> list[TableView]:
    if not begin:
        return []
    return [
        TableView(
            title="What to do first",
            columns=[("Proposition", "", "left"), ("What to do", "", "left")],
            rows=[[NOUNS[name], REMEDIES[name]] for name in begin],
        )
    ]


__all__ = ["BURDENS", "NOUNS", "factors", "felt", "first_of", "saved", "waiting_audit"]
