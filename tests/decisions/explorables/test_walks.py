"""The simplex walk in the page: its ends against HiGHS, its steps against the walk itself."""

from __future__ import annotations

from itertools import pairwise

import pytest
from ends import document

from svclab.decisions.explorables.walks import MOST, TASKS, walked
from svclab.linear import solve

RULES = ("dantzig", "greatest", "bland")
CASES = [(task, rule) for task in TASKS for rule in RULES]


@pytest.mark.parametrize(("task", "rule"), CASES)
def test_each_walk_ends_at_the_optimum_of_highs_within_the_slider(task: str, rule: str) -> None:
    from svclab.decisions.explorables.walks import _problem

    _, steps = walked(task, rule)
    assert steps.status == "optimal"
    assert float(steps.objective) == pytest.approx(solve(_problem(task)).objective)
    assert len(steps.tableaux) - 1 <= MOST


@pytest.mark.parametrize(("task", "rule"), CASES)
def test_each_step_shows_its_own_tableau_point_and_value(task: str, rule: str) -> None:
    _, steps = walked(task, rule)
    for n, tableau in enumerate(steps.tableaux):
        view = document("decisions.simplex_walk", task=task, rule=rule, step=n)["view"]
        chart, table, course = view["parts"]
        here = [m for m in chart["data"]["marks"] if m["color"] == "var(--svc-vermilion)"]
        assert [(m["x"], m["y"]) for m in here] == [tuple(map(float, tableau.plan.values()))]
        right = [c["label"] for c in table["columns"]].index("Right side")
        assert [row[right] for row in table["rows"][: len(tableau.basis)]] == [
            str(b) for b in tableau.right
        ]
        assert len(course["rows"]) == n + 1
        assert float(view["figures"][1]["value"]) == float(tableau.objective)
        assert tableau.sentence in view["say"]
        brackets = [c for row in table["rows"] for c in row if c.startswith("[")]
        assert len(brackets) == (tableau.entering is not None)


def test_the_way_goes_along_edges_of_the_region_once_it_is_feasible() -> None:
    for task, rule in CASES:
        shape, steps = walked(task, rule)
        corners = {c.point: set(c.limits) for c in shape.corners}
        points = [tuple(p.plan.values()) for p in steps.path if p.feasible]
        for one, two in pairwise(points):
            assert corners[one] & corners[two], (task, rule)


def test_the_three_problems_show_what_they_are_for() -> None:
    assert any(t.degenerate for t in walked("tops", "dantzig")[1].tableaux)
    assert len(walked("print", "dantzig")[1].path) > len(walked("print", "greatest")[1].path)
    assert not walked("desk", "dantzig")[1].tableaux[0].feasible


def test_the_rules_take_different_ways_in_at_least_two_problems() -> None:
    ways = {(task, rule): walked(task, rule)[1].path for task, rule in CASES}
    differ = [task for task in TASKS if ways[task, "dantzig"] != ways[task, "bland"]]
    assert differ == ["print", "desk"]


def test_the_last_tableau_of_the_help_desk_shows_no_number_that_its_sentence_denies() -> None:
    for rule in RULES:
        view = document("decisions.simplex_walk", task="desk", rule=rule, step=MOST)["view"]
        assert "Phase 1 is done: the artificial variables are zero and are left" in view["say"]
        table = view["parts"][1]
        assert not any("artificial" in c["label"] for c in table["columns"])
        z = table["rows"][-1]
        assert z[0] == "z"
        assert not any(cell.startswith("−") for cell in z[1:-1])


def test_beyond_the_last_step_the_end_stays() -> None:
    last, beyond = (document("decisions.simplex_walk", step=n)["view"] for n in (2, MOST))
    assert last == beyond
    assert last["figures"][1]["tone"] == "good"


def test_the_guess_is_judged() -> None:
    right, wrong = (
        document("decisions.simplex_walk", guess=g)["view"]["say"] for g in ("table", "all")
    )
    assert "Your guess for the toy kit: right." in right
    assert "Your guess for the toy kit: not so." in wrong
