"""Who does which job: one's own plan on a board against the best, and the regret of each pair."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import permutations
from typing import Any

from svclab.decisions.explorables.board import board
from svclab.decisions.problems import Assignment, assignment, cases
from svclab.explore import (
    Choice,
    Column,
    Figure,
    Number,
    SettingError,
    Table,
    TableView,
    View,
    explorable,
)
from svclab.words import Quantity, join, say, yuan

COSTS: Mapping[str, Mapping[str, float]] = cases.four_jobs().arguments["values"]
PEOPLE = tuple(COSTS)
JOBS = tuple(next(iter(COSTS.values())))
COLUMNS = tuple(f"job{k}" for k in range(1, len(JOBS) + 1))
NO_JOB = "none"

Pair = tuple[str, str]


@dataclass(frozen=True)
class Board:
    """What the best plan is, and what each pair makes of it."""

    values: Mapping[Pair, float]  # permitted pairs
    best: Assignment
    ways: int  # how many plans are as good
    # By how much the best plan gets worse if this pair is fixed; infinite: no plan has it.
    regrets: Mapping[Pair, float]
    ideal: float  # sum of what suits each person best, though two may want the same job


@lru_cache(maxsize=128)
def solved(values: tuple[float | None, ...], sense: str) -> Board:
    """The best plan by the 0-1 program, and the regret of every pair by listing all plans.

    Parameters
    ----------
    values : tuple of (float or None)
        Row by row; None: the person may not do the job.
    sense : {"least", "most"}
        Costs or profits.
    """
    pairs = [(p, j) for p in PEOPLE for j in JOBS]
    table = dict(zip(pairs, values, strict=True))
    best = assignment({p: {j: table[p, j] for j in JOBS} for p in PEOPLE}, best=sense)
    known = {pair: value for pair, value in table.items() if value is not None}
    sign = 1 if sense == "least" else -1
    least = dict.fromkeys(known, math.inf)
    ways = 0
    for order in permutations(JOBS):
        plan = list(zip(PEOPLE, order, strict=True))
        if all(pair in known for pair in plan):
            total = sign * math.fsum(known[pair] for pair in plan)
            ways += abs(total - sign * best.total) < 1e-9
            for pair in plan:
                least[pair] = min(least[pair], total)
    regrets = {pair: round(total - sign * best.total, 9) + 0.0 for pair, total in least.items()}
    choose = min if sense == "least" else max
    ideal = math.fsum(choose(known[p, j] for j in JOBS if (p, j) in known) for p in PEOPLE)
    return Board(known, best, ways, regrets, ideal)


@explorable(
    title="Who does which job? Your plan against the best",
    engine="highs",
    parameters=[
        Table(
            name="plan",
            label="Your plan",
            columns=[
                Column(name="person", label="Person", editable=False),
                Column(Choice(name="does", label="Does", options={j: j for j in JOBS},
                              default=JOBS[0])),
                Column(Choice(name="never", label="May not do", options={NO_JOB: "–",
                              **{j: j for j in JOBS}}, default=NO_JOB)),
            ],
            default=[
                {"person": p, "does": j, "never": NO_JOB}
                for p, j in zip(PEOPLE, JOBS, strict=True)
            ],
            help="One job for each person, one person for each job. Try it before you look.",
        ),
        Choice(
            name="show", label="Show",
            options={"mine": "my plan only", "total": "how good it is", "best": "the best plan"},
            default="mine",
        ),
        Choice(
            name="sense", label="The numbers are",
            options={"least": "costs", "most": "profits"}, default="least",
        ),
        Table(
            name="values",
            label="Of each pair, yuan",
            columns=[
                Column(name="person", label="Person", editable=False),
                *(
                    Column(Number(name=key, label=job, low=0, high=99, default=5))
                    for key, job in zip(COLUMNS, JOBS, strict=True)
                ),
            ],
            default=[
                {"person": p, **dict(zip(COLUMNS, row.values(), strict=True))}
                for p, row in COSTS.items()
            ],
        ),
    ],
)  # fmt: skip
def assignment_board(
    plan: list[dict[str, Any]], show: str, sense: str, values: list[dict[str, Any]]
) -> View:
    """Four people and four jobs; all numbers are invented. A ring marks your plan."""
    never = {(row["person"], row["never"]) for row in plan}
    cells = tuple(
        None if (row["person"], job) in never else float(row[key])
        for row in values
        for key, job in zip(COLUMNS, JOBS, strict=True)
    )
    try:
        known = solved(cells, sense)
    except ValueError as refused:
        raise SettingError("plan", say("{why}.", why=_capital(str(refused)))) from None
    mine = {row["person"]: row["does"] for row in plan}
    wrong = problems_of(mine, known)
    seen = " ".join(filter(None, [_mine(mine, known, wrong, sense), _compared(mine, known, wrong,
                                                                              show)]))  # fmt: skip
    return View(
        say=seen,
        warning=" ".join(wrong),
        figures=_figures(mine, known, wrong, show),
        parts=[
            board(PEOPLE, JOBS, known.values, mine, unit="yuan",
                  best=known.best.pairs if show == "best" else {},
                  regrets=known.regrets if show == "best" else {}, alt=_alt(mine, known, show)),
            _table(mine, known, show, sense),
        ],
    )  # fmt: skip


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:].rstrip(".")


def problems_of(mine: Mapping[str, str], known: Board) -> list[str]:
    """What keeps one's own choice of jobs from being a plan, in sentences."""
    found = []
    times = Counter(mine.values())
    for job, n in times.items():
        if n > 1:
            who = join([p for p, j in mine.items() if j == job])
            found.append(say("{job} is given to {who}.", job=_capital(job), who=who))
    if left := [j for j in JOBS if not times[j]]:
        found.append(say("Nobody does {jobs}.", jobs=join(left)))
    for pair in mine.items():
        if pair not in known.values:
            found.append(say("{p} may not do {j}.", p=_capital(pair[0]), j=pair[1]))
    return found


def total_of(mine: Mapping[str, str], known: Board) -> float:
    """What one's own plan costs or earns."""
    return math.fsum(known.values[pair] for pair in mine.items())


def _mine(mine: Mapping[str, str], known: Board, wrong: list[str], sense: str) -> str:
    if wrong:
        return say("This is no plan yet: each person needs a job, and each job one person.")
    verb = "costs" if sense == "least" else "earns"
    return say(
        "Your plan {verb} {total}. The {extreme} job of each person would make {ideal} in all{but}",
        verb=verb,
        total=yuan(total_of(mine, known), 2),
        extreme="cheapest" if sense == "least" else "most profitable",
        ideal=yuan(known.ideal, 2),
        but=", but some would share a job." if abs(known.ideal - known.best.total) > 1e-9
        else ", and that is a plan.",
    )  # fmt: skip


def _compared(mine: Mapping[str, str], known: Board, wrong: list[str], show: str) -> str:
    if show == "mine" or (wrong and show == "total"):
        return ""
    if wrong:
        return _best_plan(known)
    gap = abs(total_of(mine, known) - known.best.total)
    if gap < 1e-9:
        more = known.ways - 1
        return say("No plan is better.") + (
            " " + say("{n} just as good.", n="One other is" if more == 1
                      else say("{n} others are", n=more)) if more else ""
        )  # fmt: skip
    told = say("The best plan is better by {gap}: that is your regret.", gap=yuan(gap, 2))
    if show == "total":
        return told
    worst = max(mine.items(), key=lambda pair: known.regrets[pair])
    if known.regrets[worst] > 0:
        told += " " + say(
            "With {p} → {j} it is at least {x}, whatever the others do.",
            p=worst[0], j=worst[1], x=yuan(known.regrets[worst], 2),
        )  # fmt: skip
    else:
        told += " " + say("Each of your pairs stands in some best plan, but not all in one.")
    return say("{told} {best}", told=told, best=_best_plan(known))


def _best_plan(known: Board) -> str:
    pairs = [say("{p} → {j}", p=p, j=j) for p, j in known.best.pairs.items()]
    return say("Best: {pairs}.", pairs=join(pairs))


def _figures(mine: Mapping[str, str], known: Board, wrong: list[str], show: str) -> list[Figure]:
    total = None if wrong else total_of(mine, known)
    figures = [
        Figure("mine", "Your plan", "no plan yet" if total is None else yuan(total, 2)),
        Figure(
            "ideal", "Best job for each", yuan(known.ideal, 2),
            help="If everybody had the job that suits best, also where two want the same one. "
            "No plan is better than this.",
        ),
    ]  # fmt: skip
    if show != "mine":
        figures.append(Figure("best", "Best plan", yuan(known.best.total, 2)))
        if total is not None:
            gap = abs(total - known.best.total)
            tone = "good" if gap < 1e-9 else "bad"
            figures.append(Figure("regret", "Your regret", yuan(gap, 2), tone))
    return figures


def _alt(mine: Mapping[str, str], known: Board, show: str) -> str:
    pairs = join([say("{p} → {j}", p=p, j=j) for p, j in mine.items()])
    rest = " " + _best_plan(known) if show == "best" else ""
    return say("A board of people and jobs with the number of each pair. Yours: {pairs}.{rest}",
               pairs=pairs, rest=rest)  # fmt: skip


def _table(mine: Mapping[str, str], known: Board, show: str, sense: str) -> TableView:
    choose = min if sense == "least" else max
    rows: list[list[Quantity | str]] = []
    for p in PEOPLE:
        own = {j: known.values[p, j] for j in JOBS if (p, j) in known.values}
        suits = choose(own, key=lambda j: own[j])
        value = known.values.get((p, mine[p]))
        row: list[Quantity | str] = [
            p, mine[p], "not permitted" if value is None else yuan(value, 2),
            say("{job} ({x})", job=suits, x=yuan(own[suits], 2)),
        ]  # fmt: skip
        if show == "best":
            regret = known.regrets.get((p, mine[p]), math.inf)
            row += [known.best.pairs[p], "no plan" if math.isinf(regret) else yuan(regret, 2)]
        rows.append(row)
    columns = [
        ("Person", "", "left"),
        ("Your job", "", "left"),
        ("Cost" if sense == "least" else "Profit", "yuan", "right"),
        ("Suits best", "", "left"),
    ]
    if show == "best":
        columns += [("Best plan", "", "left"), ("Regret of your pair", "yuan", "right")]
    return TableView(title="Your plan, person by person", columns=columns, rows=rows)


__all__ = ["Board", "assignment_board", "problems_of", "solved", "total_of"]
