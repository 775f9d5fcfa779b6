"""Scale against quality (规模与质量): a school that grows faster than its teachers."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import Any

from svclab.explore import (
    Chart,
    Choice,
    Figure,
    Handle,
    Number,
    PointGuess,
    TableView,
    View,
    explorable,
    guess_mark,
    lines,
)
from svclab.explore.diagrams import CausalLoop, Link, Variable
from svclab.strategy.amounts import millions
from svclab.strategy.balance import Growth, Run, grow, growth_sweep
from svclab.strategy.balance import best_growth as fastest
from svclab.strategy.explorables.counted import Counted, counted
from svclab.words import number, percent, say

__all__ = ["best_percent", "scale_and_quality", "swept"]

YEARS = 10
SLOW, FAST = -10, 40  # percent of growth on the slider
TRIED = tuple(k / 100 for k in range(SLOW, FAST + 1, 5))
STEPS = 5  # whole percents between two of these
SHOWN = (0, 0.05, 0.1, 0.2, 0.3, 0.4)  # in the table
BASE = Growth()
ASKED = 30
LOOPS = {
    "teachers": ("missing", "teachers"),
    "name": ("students", "load", "quality", "belief", "intake"),
    "relief": ("students", "load", "lost"),
}
NONE = "none"
PLANNED, COUNTED = "planned", "counted"


@lru_cache(maxsize=64)
def swept(terms: Growth) -> tuple[dict[str, Any], ...]:
    """What each growth of the planned intake comes to in ten years.

    Examples
    --------
    >>> rows = swept(Growth())
    >>> round(rows[0]["lost share"], 3), round(rows[-1]["lost share"], 3)
    (0.168, 0.524)
    """
    return tuple(growth_sweep(TRIED, terms, years=YEARS))


@explorable(
    title="How fast can a school grow before its graduates pay for it?",
    parameters=[
        Choice(
            name="school", label="School", default=PLANNED,
            options={PLANNED: "invented, with a planned intake", COUNTED: "Ningbo's intake"},
            help="As counted at the open university of Ningbo from 1999 to 2005; the years are "
            "inferred.",
        ),
        Number(
            name="growth", label="Growth of the planned intake", unit="% a year", low=SLOW,
            high=FAST, step=1, default=100 * BASE.growth, shown_if=("school", PLANNED),
        ),
        Number(
            name="hiring", label="Teachers the budget allows", unit="% of those missing", low=0,
            high=100, step=5, default=100 * BASE.hiring,
        ),
        Number(
            name="delay", label="Years to find and train a teacher", unit="years", low=0.5, high=5,
            step=0.5, default=BASE.delay,
        ),
        Number(
            name="slope", label="Load makes students leave", unit="points", low=0, high=60, step=5,
            default=100 * BASE.slope,
            help="More drop-out a year, in points of 100, when the load is twice the norm.",
        ),
        Number(
            name="word", label="Word of mouth", unit="%", low=0, high=100, step=5,
            default=100 * BASE.word_of_mouth,
            help="Share of the intake that a quality of zero would cost.",
            shown_if=("school", PLANNED),
        ),
        Number(
            name="limit", label="Loss that you accept", unit="% of those who leave", low=17,
            high=60, step=1, default=25, help="A choice of goals: no model makes it.",
            shown_if=("school", PLANNED),
        ),
        Choice(
            name="lit", label="Light up a loop", default="teachers",
            options={"teachers": "teachers follow", "name": "word of mouth",
                     "relief": "drop-out relieves", NONE: "none"},
        ),
    ],
    guess=PointGuess(
        question="A school begins with enough teachers and plans ten years. New ones follow the "
        "students with a delay. Without growth, 18% of those who leave go without a degree; with "
        "10% growth a year 28%. And with 30% growth?",
        low=0, high=100, step=1, unit="%", x=ASKED, y_label="Leave without a degree, %", part=1,
    ),
)  # fmt: skip
def scale_and_quality(
    school: str, growth: float, hiring: float, delay: float, slope: float, word: float,
    limit: float, lit: str, guess: float | None,
) -> View:  # fmt: skip
    """An open university in the manner of Oliva and Sterman (2001). The course's case says that
    quality is the life line, while intake grows fast. All numbers are invented but Ningbo's
    intake and what was counted there."""
    if school == COUNTED:
        return _counted(counted(hiring / 100, delay, slope / 100), lit, guess)
    terms = Growth(
        growth=growth / 100, hiring=hiring / 100, delay=delay, slope=slope / 100,
        word_of_mouth=word / 100,
    )  # fmt: skip
    run = grow(terms, years=YEARS)
    seen = _seen(run, limit / 100)
    if guess is not None:
        seen = say("{seen} {answer}", seen=seen, answer=_answer(guess))
    return View(
        say=seen,
        warning=_warning(run),
        figures=_figures(run, limit / 100),
        parts=[_course(run), _lost(run, limit, guess, seen), _loop(lit), _qualities(run),
               _table(run)],
    )  # fmt: skip


def _counted(found: Counted, lit: str, guess: float | None) -> View:
    seen = found.sentence
    if guess is not None:
        seen = say("{seen} {answer}", seen=seen, answer=_answer(guess))
    parts = [found.course(), found.levers(), found.table(), _loop(lit, heard=False)]
    return View(say=seen, figures=found.figures, parts=parts)


@lru_cache(maxsize=64)
def best_percent(terms: Growth, limit: float) -> float | None:
    """Of 0, 1, ... 40 percent of growth, the fastest that keeps the limit; None without one.

    Loss goes up with growth, so only the whole percents above the fastest of the rows tried are
    looked at: five runs rather than forty.

    Examples
    --------
    >>> best_percent(Growth(growth=0.0), 0.25)
    0.07
    """
    fits = [r["growth"] for r in swept(terms) if r["growth"] >= 0 and r["lost share"] <= limit]
    if not fits:
        return None
    near = [round(fits[-1] + k / 100, 2) for k in range(STEPS)]
    return fastest([g for g in near if g <= FAST / 100], terms, years=YEARS, most_lost=limit)


def _still(terms: Growth) -> Growth:
    """The same without growth: what is sought shall not part equal settings in a cache."""
    return replace(terms, growth=0.0)


def _seen(run: Run, limit: float) -> str:
    best = best_percent(_still(run.terms), limit)
    told = run.sentence
    if best is None:
        return say("{told} Even without growth more than {limit} are lost.", told=told,
                   limit=percent(limit, 0))  # fmt: skip
    if best >= FAST / 100:
        return say("{told} Even at {most} a year at most {limit} are lost.", told=told,
                   most=percent(best, 0), limit=percent(limit, 0))  # fmt: skip
    return say(
        "{told} To lose at most {limit}, the intake may grow by {best} a year.",
        told=told, limit=percent(limit, 0), best=percent(best, 0),
    )  # fmt: skip


def _answer(guess: float) -> str:
    real = grow(years=YEARS, growth=ASKED / 100).lost_share
    return say(
        "Your guess was {guess}; it is {real}. Teachers come late by some years, and in these "
        "years the students multiply.",
        guess=percent(guess / 100, 0), real=percent(real, 0),
    )  # fmt: skip


def _warning(run: Run) -> str:
    if run.terms.hiring or run.years[-1].load <= 1:
        return ""
    return say(
        "Nobody is hired: the load can only fall as students leave. Let the budget allow some."
    )


def _figures(run: Run, limit: float) -> list[Figure]:
    last = run.years[-1]
    best = best_percent(_still(run.terms), limit)
    return [
        Figure("graduates", "Graduates", number(run.graduates, 0),
               help=say("In all {n} years.", n=YEARS)),
        Figure("lost", "Leave without a degree", percent(run.lost_share),
               "bad" if run.lost_share > limit else "good",
               help="Of all who leave in these years."),
        Figure("load", "Load at the end", number(last.load, 2), "bad" if last.load > 1.1 else "",
               help="Students, divided by how many the teachers can serve well."),
        Figure("fastest", "Fastest growth", "none" if best is None else percent(best, 0),
               help="That keeps the loss that you accept, in whole percents from 0 to 40."),
        Figure("benefit", "Fees less wages", millions(run.benefit / 1000, 0),
               help=say("In all {n} years.", n=YEARS)),
    ]  # fmt: skip


def _course(run: Run) -> Chart:
    """Two stocks: students, and those whom the teachers can serve well."""
    terms = run.terms
    start = {"year": 0, "students": terms.students, "room": terms.teachers * terms.norm}
    rows: list[dict[str, Any]] = []
    for line, value in (("students", "students"), ("places with a teacher", "room")):
        rows.append({"year": 0, "people": start[value], "stock": line})
        rows += [
            {"year": y.year, "stock": line,
             "people": round(y.students if value == "students" else y.teachers * terms.norm, 2)}
            for y in run.years
        ]  # fmt: skip
    last = run.years[-1]
    return lines(
        rows,
        x=("year", "Year"),
        y=("people", "Students"),
        series="stock",
        x_domain=(0, YEARS),
        x_axis={"tickMinStep": 1},
        title="Students, and places with a teacher: teachers follow with a delay",
        alt=say(
            "Students go from {a} to {b}, places with a teacher from {c} to {d}.",
            a=number(terms.students, 0), b=number(last.students, 0), c=number(start["room"], 0),
            d=number(last.teachers * terms.norm, 0),
        ),
        height=250,
    )  # fmt: skip


def _lost(run: Run, limit: float, guess: float | None, seen: str) -> Chart:
    """The share lost at each growth, with the present one to drag."""
    path = [(round(100 * r["growth"], 6), round(100 * r["lost share"], 3))
            for r in swept(_still(run.terms))]  # fmt: skip
    here = (round(100 * run.terms.growth, 6), round(100 * run.lost_share, 3))
    path = sorted({**dict(path), here[0]: here[1]}.items())
    marks: list[dict[str, Any]] = [
        {"y": limit, "label": "the loss that you accept", "color": "var(--svc-vermilion)"},
    ]
    if guess is not None:
        marks.append(guess_mark(x=ASKED, y=guess))
    return lines(
        [{"growth": x, "lost": y} for x, y in path],
        x=("growth", "Growth of the planned intake, % a year"),
        y=("lost", "Leave without a degree, %"),
        marks=marks,
        x_domain=(SLOW, FAST),
        y_domain=(0, 100),
        zero=False,
        handles=[Handle(parameter="growth", x=here[0], y=here[1], path=path)],
        title="Of those who leave, how many go without a degree. Drag the point",
        alt=say("The lost share against growth, from {a} to {b}. {seen}",
                a=percent(path[0][1] / 100), b=percent(path[-1][1] / 100), seen=seen),
        height=280,
    )  # fmt: skip


def _loop(lit: str, *, heard: bool = True) -> CausalLoop:
    """The loops; where the intake was counted, what people believe does not move it."""
    loops = {key: loop for key, loop in LOOPS.items() if heard or key != "name"}
    told = [Link(start="belief", end="intake", sign="+", note="word of mouth")] if heard else []
    called = {"teachers": "teachers follow", "name": "word of mouth",
              "relief": "drop-out relieves"}  # fmt: skip
    return CausalLoop(
        title="Who acts on whom",
        alt="More students raise the load. Load makes students leave, which relieves it; it lowers "
        "quality and what people believe; and missing teachers are hired with a delay.",
        variables=[
            Variable(name="intake", label="intake 招生"),
            Variable(name="students", label="students 规模"),
            Variable(name="missing", label="teachers missing"),
            Variable(name="teachers"),
            Variable(name="load", label="load of the teachers"),
            Variable(name="quality", label="quality 质量"),
            Variable(name="belief", label="what people believe"),
            Variable(name="lost", label="drop-out 流失"),
        ],
        links=[
            Link(start="intake", end="students", sign="+"),
            Link(start="students", end="load", sign="+"),
            Link(start="students", end="missing", sign="+"),
            Link(start="missing", end="teachers", sign="+", delay=True,
                 note="found and trained, as far as the budget allows"),
            Link(start="teachers", end="missing", sign="-"),
            Link(start="teachers", end="load", sign="-"),
            Link(start="load", end="lost", sign="+"),
            Link(start="lost", end="students", sign="-"),
            Link(start="load", end="quality", sign="-"),
            Link(start="quality", end="belief", sign="+", delay=True),
            *told,
        ],
        names={loop: called[key] for key, loop in loops.items()},
        highlight=loops.get(lit, ""),
    )  # fmt: skip


def _qualities(run: Run) -> Chart:
    first, last = run.terms, run.years[-1]
    start = {"quality": min(1.0, first.norm * first.teachers / first.students), "believed": 1.0}
    rows: list[dict[str, Any]] = []
    for name, level in start.items():
        levels = [level, *(getattr(y, name) for y in run.years)]
        rows += [
            {"year": year, "level": round(100 * value, 3), "line": name}
            for year, value in enumerate(levels)
        ]
    return lines(
        rows,
        x=("year", "Year"),
        y=("level", "% of full quality"),
        series="line",
        x_domain=(0, YEARS),
        x_axis={"tickMinStep": 1},
        y_domain=(0, 105),
        title="Quality, and what people believe of it",
        alt=say("Quality falls to {q}, belief to {b}.", q=percent(last.quality, 0),
                b=percent(last.believed, 0)),
        height=200,
    )  # fmt: skip


def _table(run: Run) -> TableView:
    """Some growths side by side, with what each further student brings."""
    rows = []
    for row in growth_sweep(SHOWN, run.terms, years=YEARS):
        more = row["graduates per further student"]
        rows.append([
            number(100 * row["growth"], 0), number(row["intake"], 0), number(row["graduates"], 0),
            number(100 * row["lost share"]), number(row["load at the end"], 2),
            "" if more is None else number(more, 2), number(row["benefit"] / 1000, 0),
        ])  # fmt: skip
    return TableView(
        title=say("What {n} years bring at each growth", n=YEARS),
        columns=[
            ("Growth", "% a year", "right"), ("Intake", "students", "right"),
            ("Graduates", "", "right"), ("Lost", "% of those who leave", "right"),
            ("Load at the end", "", "right"), ("Graduates per further student", "", "right"),
            ("Fees less wages", "million yuan", "right"),
        ],
        rows=rows,
    )  # fmt: skip
