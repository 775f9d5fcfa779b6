"""The explorable of efficient branches: against prices found by enumeration, and its picture."""

from __future__ import annotations

import math
from itertools import combinations, pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from svclab.decisions.explorables.envelopes import nice_top
from svclab.decisions.explorables.frontiers import BRANCHES, compared, dea_frontier, scale_of
from svclab.decisions.explorables.hulls import best_by_input, best_outputs, upper_hull

NAMES = [name for name, *_ in BRANCHES]
TABLES = st.lists(
    st.tuples(st.integers(10, 400), st.integers(1, 2000), st.integers(0, 200)),
    min_size=6,
    max_size=6,
)
Figures = list[tuple[float, float, float]]


def named(figures: Figures) -> tuple[tuple[str, float, float, float], ...]:
    return tuple((name, *row) for name, row in zip(NAMES, figures, strict=True))


def shown(**given: Any) -> dict[str, Any]:
    return dea_frontier(**given).to_data()


def figure(view: dict[str, Any], key: str) -> Any:
    return next(f["value"] for f in view["figures"] if f["key"] == key)


def efficiency_by_prices(figures: Figures, k: int) -> float:
    """CCR, one input and two outputs: the best prices lie where two fair limits meet.

    u c + v k ≤ h for every branch, u and v at least zero: all corners are tried.
    """
    fair = [(c, k_, h) for h, c, k_ in figures] + [(-1.0, 0.0, 0.0), (0.0, -1.0, 0.0)]
    best = 0.0
    for (a, b, r), (c, d, s) in combinations(fair, 2):
        det = a * d - b * c
        if not det:
            continue
        u, v = (r * d - b * s) / det, (a * s - r * c) / det
        if all(x * u + y * v <= z + 1e-9 * max(1.0, abs(z)) for x, y, z in fair):
            hours, customers, contracts = figures[k]
            best = max(best, (u * customers + v * contracts) / hours)
    return best


def hours_of_a_mixture(figures: Figures, customers: float) -> float:
    """BCC, one output: the fewest hours of a mixture of two with so many customers."""
    best = min(h for h, c, _ in figures if c >= customers)
    for (h1, c1, _), (h2, c2, _) in combinations(figures, 2):
        if min(c1, c2) < customers < max(c1, c2):
            best = min(best, h1 + (h2 - h1) * (customers - c1) / (c2 - c1))
    return best


@given(TABLES)
@settings(max_examples=25)
def test_ccr_with_two_outputs_is_the_best_of_all_prices(figures: Figures) -> None:
    found = compared(named(figures), ("customers", "contracts"), "input")["constant"]
    if not any(k for *_, k in figures):
        figures = [(h, c, 0.0) for h, c, _ in figures]
    for k, unit in enumerate(found.units):
        assert unit.efficiency == pytest.approx(efficiency_by_prices(figures, k), rel=1e-6)


@given(TABLES)
@settings(max_examples=25)
def test_with_one_output_both_models_are_those_worked_out_by_hand(figures: Figures) -> None:
    both = compared(named(figures), ("customers",), "input")
    best = max(c / h for h, c, _ in figures)
    for (hours, customers, _), name in zip(figures, NAMES, strict=True):
        assert both["constant"][name].efficiency == pytest.approx(customers / hours / best)
        least = hours_of_a_mixture(figures, customers)
        assert both["variable"][name].efficiency == pytest.approx(least / hours, rel=1e-6)


def distance_to(edge: list[dict[str, Any]], x: float, y: float, wide: float, high: float) -> float:
    """From a point to a line of corners, as a share of the picture."""
    points = [(row["x"] / wide, row["y"] / high) for row in edge]
    at = (x / wide, y / high)
    found = []
    for (ax, ay), (bx, by) in pairwise(points):
        length = (bx - ax) ** 2 + (by - ay) ** 2
        t = 0.0 if not length else ((at[0] - ax) * (bx - ax) + (at[1] - ay) * (by - ay)) / length
        t = min(max(t, 0.0), 1.0)
        found.append(math.dist(at, (ax + t * (bx - ax), ay + t * (by - ay))))
    return min(found)


@pytest.mark.parametrize("outputs", ["one", "two"])
@pytest.mark.parametrize("returns", ["constant", "variable"])
@pytest.mark.parametrize("orientation", ["input", "output"])
def test_the_target_lies_on_the_frontier_that_is_drawn(
    outputs: str, returns: str, orientation: str
) -> None:
    # The frontier comes from geometry, the target from the solver.
    name = {"constant": "CCR", "variable": "BCC"}[returns]
    for branch in NAMES:
        view = shown(branch=branch, outputs=outputs, returns=returns, orientation=orientation)
        data = view["parts"][0]["data"]
        target = [d for d in data["dots"] if d["label"] == "target"]
        here = next(d for d in data["dots"] if d["label"] == branch)
        assert bool(target) == (figure(view, "efficiency") < 100 - 1e-6)
        edge = [row for row in data["strokes"] if row["line"] == name]
        on = target[0] if target else here
        assert distance_to(edge, on["x"], on["y"], 10.0, 100.0) < 1e-6, branch


@given(TABLES, st.integers(0, 5))
@settings(max_examples=15)
def test_the_frontier_of_a_size_is_reached_by_the_solver(figures: Figures, k: int) -> None:
    # Output orientation: branch k itself has the size, and its target lies on the frontier.
    if not figures[k][2]:
        return
    unit = compared(named(figures), ("customers", "contracts"), "output")["variable"][NAMES[k]]
    size = unit.actual["hours"]
    edge = best_outputs(figures, size, "variable")
    # Radially grown outputs before slack: on the frontier, so no point of it is better in both.
    u, v = unit.factor * figures[k][1] / size, unit.factor * figures[k][2] / size
    rows = [{"x": x, "y": y} for x, y in edge]
    assert distance_to(rows, u, v, max(x for x, _ in edge), max(y for _, y in edge)) < 1e-5


def test_the_frontier_by_hand() -> None:
    assert upper_hull([(0, 0), (2, 2), (1, 2), (2, 0)]) == [(0, 0), (1, 2), (2, 2)]
    assert best_by_input([(2, 4), (4, 6), (3, 1)], 8) == [(2, 0.0), (2, 4), (4, 6), (8, 6)]
    # Half way between 10 and 30 hours: the mean of both branches' outputs, for 20 hours.
    edge = best_outputs([(10, 40, 10), (30, 100, 50)], 20, "variable")
    assert edge == [(0.0, 1.5), (3.5, 1.5), (3.5, 0.0)]


def test_three_of_the_six_are_efficient_as_the_answer_to_the_guess_says() -> None:
    view = shown(guess=2)
    assert "3 are efficient: Station, North and South" in view["say"]
    assert "your guess" not in shown()["say"].lower()


def test_the_sentence_and_the_tables_say_what_the_model_says() -> None:
    view = shown(branch="East")
    # East: 5 customers an hour and 35 contracts in 100, against North and South.
    assert figure(view, "efficiency") == pytest.approx(81.579, abs=0.06)
    assert "261.1 h instead of 320 h" in view["say"]
    targets = {row[0]: row[1:] for row in view["parts"][1]["rows"]}
    assert targets["Customers"] == ["1,600", "1,600", "0", "0"]
    names = [row[0] for row in view["parts"][2]["rows"]]
    assert names == NAMES
    assert view["parts"][2]["emphasis"] == [NAMES.index("East")]
    assert "for it is larger than the most productive size" in view["say"]


def test_slack_is_told_and_a_weak_place_on_the_edge_is_not_called_efficient() -> None:
    rows = dea_frontier.check({})[0]["branches"]
    # North's contracts doubled and Station's customers kept: South can only gain by slack.
    rows[4] = {"name": "South", "hours": 120, "customers": 960, "contracts": 12}
    view = shown(branch="South", branches=rows)
    assert figure(view, "efficiency") == 100
    assert "on the edge" in view["say"]
    assert "12 contracts more" in view["say"]


def test_a_branch_that_beats_all_others_makes_them_its_pupils() -> None:
    rows = dea_frontier.check({})[0]["branches"]
    rows[0] = {"name": "Harbour", "hours": 10, "customers": 5000, "contracts": 1000}
    view = shown(branches=rows)
    assert "Harbour" in view["say"]
    assert [f["text"] for f in view["figures"] if f["key"] == "good"] == ["1 of 6"]


def test_no_contracts_anywhere_leaves_customers_alone() -> None:
    rows = [{**row, "contracts": 0} for row in dea_frontier.check({})[0]["branches"]]
    two, one = shown(branches=rows), shown(branches=rows, outputs="one")
    assert figure(two, "efficiency") == pytest.approx(figure(one, "efficiency"))


def test_the_handle_is_the_customers_of_the_branch() -> None:
    view = shown(branch="West", outputs="one")
    (handle,) = view["parts"][0]["handles"]
    assert (handle["row"], handle["column"], handle["y"]) == (3, "customers", 1000)
    assert "handles" not in shown(branch="West")["parts"][0]


@pytest.mark.parametrize("value", [0.3, 1, 7.4, 99, 1600, 5000])
def test_an_axis_ends_a_little_above_its_largest_value(value: float) -> None:
    assert 1.1 * value <= nice_top(value) <= 2.1 * value


@given(TABLES)
@settings(max_examples=40)
def test_with_one_output_a_branch_is_too_large_if_it_serves_more_than_the_most_productive(
    figures: Figures,
) -> None:
    best = max(c / h for h, c, _ in figures)
    sizes = [c for h, c, _ in figures if c / h > best * (1 - 1e-9)]
    both = compared(named(figures), ("customers",), "input")
    for (_, customers, _), name in zip(figures, NAMES, strict=True):
        constant, variable = (both[key][name].efficiency for key in ("constant", "variable"))
        if variable - constant > 1e-3:
            assert not min(sizes) <= customers <= max(sizes)
            assert (scale_of(both["constant"][name]) > 1) == (customers > max(sizes))


def test_a_branch_of_the_wrong_size_is_told_which_way_it_is_wrong() -> None:
    assert "due to its size, for it is larger than the" in shown(branch="East")["say"]
    assert "due to its size, for it is smaller than the" in shown(branch="Harbour")["say"]
    for returns in ("constant", "variable"):
        west = shown(branch="West", returns=returns)["say"]
        assert "with fewer hours it would be smaller than" in west
        west = shown(branch="West", returns=returns, orientation="output")["say"]
        assert "with more output it would be larger than" in west
