"""The assignment board: best plan and regrets against the model with one pair fixed."""

from __future__ import annotations

import json
import math
from itertools import permutations
from typing import Any

import hypothesis.strategies as st
import pytest
from asked import ask, figure, text
from hypothesis import given, settings

from svclab.decisions.explorables.jobs import COLUMNS, JOBS, PEOPLE, solved
from svclab.decisions.problems import NoPlanError, assignment, assignment_problem, cases
from svclab.explore import answer
from svclab.linear import solve

NAME = "decisions.assignment_board"
CELLS = st.one_of(*[st.integers(0, 9)] * 4, st.none())
TABLES = st.tuples(*[CELLS] * (len(PEOPLE) * len(JOBS)))


def plan(*jobs: int, never: tuple[int, ...] = (0, 0, 0, 0)) -> list[dict[str, Any]]:
    """The table of one's own plan: a job for each person, and one that is not permitted."""
    return [
        {"does": f"job {j}", "never": f"job {n}" if n else "none"}
        for j, n in zip(jobs, never, strict=True)
    ]


def by_person(values: tuple[float | None, ...]) -> dict[str, dict[str, float | None]]:
    cells = iter(values)
    return {p: {j: next(cells) for j in JOBS} for p in PEOPLE}


@settings(max_examples=25)
@given(TABLES, st.sampled_from(["least", "most"]))
def test_the_regret_of_a_pair_is_what_the_model_loses_when_the_pair_is_fixed(
    values: tuple[float | None, ...], sense: str
) -> None:
    table = by_person(values)
    try:
        best = assignment(table, best=sense)
    except NoPlanError:
        with pytest.raises(NoPlanError, match="no assignment is possible"):
            solved(values, sense)
        return
    known = solved(values, sense)
    assert known.best.total == pytest.approx(best.total)
    for (p, j), regret in known.regrets.items():
        fixed = {**table, p: {job: table[p][job] if job == j else None for job in JOBS}}
        try:
            worse = assignment(fixed, best=sense).total
        except NoPlanError:
            assert math.isinf(regret)
            continue
        assert regret == pytest.approx(abs(worse - best.total))


@settings(max_examples=40)
@given(st.tuples(*[st.integers(0, 5)] * 16), st.sampled_from(["least", "most"]))
def test_the_best_plan_is_the_best_of_all_24_and_as_good_ones_are_counted(
    values: tuple[float, ...], sense: str
) -> None:
    table = by_person(values)
    totals = [
        sum(table[p][j] or 0 for p, j in zip(PEOPLE, order, strict=True))
        for order in permutations(JOBS)
    ]
    known = solved(values, sense)
    best = min(totals) if sense == "least" else max(totals)
    assert known.best.total == best
    assert known.ways == totals.count(best)
    linear = solve(assignment_problem(table, best=sense, relaxed=True))
    assert linear.objective == pytest.approx(best)
    rows = [values[k : k + 4] for k in range(0, 16, 4)]
    assert known.ideal == sum(map(min if sense == "least" else max, rows))


def test_the_courses_numbers_13_is_best_and_the_start_is_5_worse() -> None:
    view = ask(NAME, show="best")
    keys = ("mine", "ideal", "best", "regret")
    assert [figure(view, key) for key in keys] == [18, 10, 13, 5]
    assert "With person 1 → job 1 it is at least 5 yuan, whatever the others do." in view["say"]
    assert cases.four_jobs().solve().total == 13


def test_only_the_readers_own_plan_is_shown_until_more_is_asked_for() -> None:
    mine = ask(NAME)
    assert [f["key"] for f in mine["figures"]] == ["mine", "ideal"]
    assert {row["fill"] for row in mine["parts"][0]["data"]["rows"]} == {"other"}
    assert "est:" not in mine["say"]
    total = ask(NAME, show="total")
    assert figure(total, "best") == 13
    assert {row["fill"] for row in total["parts"][0]["data"]["rows"]} == {"other"}
    assert not any(row["regret"] for row in total["parts"][0]["data"]["rows"])


def test_the_best_plan_as_ones_own_has_no_regret() -> None:
    view = ask(NAME, plan=plan(2, 1, 3, 4), show="best")
    assert figure(view, "regret") == 0
    assert "No plan is better." in view["say"]
    rows = view["parts"][0]["data"]["rows"]
    assert [row["mine"] for row in rows] == [row["fill"] == "best" for row in rows]
    assert all(row["below"] == "best" for row in rows if row["mine"])


def test_read_as_profits_33_is_best() -> None:
    view = ask(NAME, sense="most", show="total")
    assert figure(view, "best") == cases.four_jobs().solve(best="most").total == 33
    assert "earns 18 yuan" in view["say"]


@pytest.mark.parametrize(
    ("own", "words"),
    [
        (plan(1, 1, 3, 4), "Job 1 is given to person 1 and person 2. Nobody does job 2."),
        (plan(3, 3, 3, 3), "Nobody does job 1, job 2 and job 4."),
        (plan(2, 1, 3, 4, never=(2, 0, 0, 0)), "Person 1 may not do job 2."),
    ],
)
def test_what_is_no_plan_is_told_why_and_has_no_cost(own: list[dict[str, Any]], words: str) -> None:
    view = ask(NAME, plan=own, show="total")
    assert words in view["warning"]
    assert text(view, "mine") == "no plan yet"
    assert "no plan yet" in view["say"]


def test_a_forbidden_pair_makes_the_best_plan_dearer_as_in_the_model() -> None:
    view = ask(NAME, plan=plan(1, 2, 3, 4, never=(2, 0, 0, 0)), show="best")
    table = {p: dict(row) for p, row in cases.four_jobs().arguments["values"].items()}
    table["person 1"]["job 2"] = None
    assert figure(view, "best") == assignment(table).total == 18
    assert view["parts"][0]["data"]["rows"][1]["label"] == "–"


def test_without_any_plan_the_sentence_says_who_competes() -> None:
    """Nobody may do job 4."""
    given = {"plan": plan(1, 2, 3, 4, never=(4, 4, 4, 4))}
    document = json.loads(answer(json.dumps({"name": NAME, "parameters": given})))
    assert document["problems"]["plan"].startswith("No assignment is possible: ")
    assert document["problems"]["plan"].endswith(".")


def test_a_cell_of_the_table_reaches_the_board() -> None:
    values = [dict.fromkeys(COLUMNS, 5) for _ in PEOPLE]
    values[2]["job3"] = 2.5  # type: ignore[assignment]
    view = ask(NAME, values=values, show="best")
    assert figure(view, "best") == 17.5
    assert [row["label"] for row in view["parts"][0]["data"]["rows"]].count("2.5") == 1
    assert "5 others are just as good." in view["say"]
