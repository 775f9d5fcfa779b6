"""The toy kit in the plane against enumerated plans and HiGHS, and names that stand apart."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations
from typing import Any

import pytest
from ends import document
from hypothesis import given, settings
from hypothesis import strategies as st

from svclab.decisions.explorables.labels import Label, place
from svclab.decisions.problems.product_mix import product_mix_problem
from svclab.decisions.sensitivity import report
from svclab.linear import solve

SETTINGS = st.fixed_dictionaries(
    {
        "table": st.integers(5, 40),
        "chair": st.integers(5, 40),
        "large": st.integers(0, 10),
        "small": st.integers(0, 12),
        "line": st.integers(0, 24).map(lambda k: k / 4),
    }
)
USES = {"table": {"large": 2, "small": 2}, "chair": {"large": 1, "small": 2}}


def shown(name: str, **given: Any) -> dict[str, Any]:
    view = document(f"decisions.{name}", **given)["view"]
    view["by_key"] = {figure["key"]: figure["value"] for figure in view["figures"]}
    return view


def whole_plans(large: int, small: int) -> list[tuple[int, int]]:
    return [
        (t, c)
        for t in range(large // 2 + 1)
        for c in range(large + 1)
        if 2 * t + c <= large and 2 * t + 2 * c <= small
    ]


@settings(max_examples=60)
@given(SETTINGS)
def test_figures_are_those_of_highs_and_of_all_whole_plans_tried(at: dict[str, Any]) -> None:
    view = shown("two_variables", **at)
    profit = {name: at[name] for name in USES}
    linear = solve(product_mix_problem(profit, USES, {n: at[n] for n in ("large", "small")}))
    plans = whole_plans(at["large"], at["small"])
    whole = max(at["table"] * t + at["chair"] * c for t, c in plans)
    figures = view["by_key"]
    assert figures["linear"] == pytest.approx(linear.objective)
    assert figures["whole"] == whole
    assert figures["gap"] == pytest.approx(linear.objective - whole, abs=1e-9)
    assert figures["level"] == pytest.approx(at["table"] * at["line"])
    chart = view["parts"][0]
    assert {(p["x"], p["y"]) for p in chart["data"]["wholes"]} == set(plans)
    for row in chart["data"]["region"]:
        assert 2 * row["x"] + row["y"] <= at["large"] + 1e-9
        assert 2 * row["x"] + 2 * row["y"] <= at["small"] + 1e-9


@settings(max_examples=60)
@given(SETTINGS)
def test_the_sentence_says_where_the_line_stands(at: dict[str, Any]) -> None:
    view = shown("two_variables", **at)
    level, best = view["by_key"]["level"], view["by_key"]["linear"]
    said = "misses" if level > best + 1e-9 else "touches" if level > best - 1e-9 else "cuts through"
    assert said in view["say"]


def test_rounding_is_told_as_in_the_course() -> None:
    """E-05 with a ninth small block: 75 in parts, 70 in whole toys, and (2, 3) is too much."""
    view = shown("two_variables", small=9)
    assert view["say"].startswith(
        "If parts of toys count, 1.5 tables and 3 chairs earn most: 75 yuan. In whole toys the "
        "most is 70 yuan, with 2 tables and 2 chairs. Rounded, 2 tables and 3 chairs take too "
        "many large and small blocks."
    )
    assert "a whole edge of the region is best" in shown("two_variables", table=30)["say"]


def test_where_a_whole_edge_is_best_picture_table_and_sentence_show_both_its_ends() -> None:
    view = shown("two_variables", table=20, chair=20)
    chart, table = view["parts"]
    best = [(m["x"], m["y"]) for m in chart["data"]["marks"] if m["shape"] == "diamond"]
    assert sorted(best) == [(0, 4), (2, 2)]
    assert sorted(map(tuple, (row[1:4] for row in table["rows"]))) == [
        ("0", "4", "80"), ("2", "2", "80"),
    ]  # fmt: skip
    (edge,) = chart["data"]["path"]
    assert {(edge["x"], edge["y"]), (edge["x2"], edge["y2"])} == set(best)
    assert (
        "a whole edge of the region is best, from 0 tables and 4 chairs to 2 tables and"
        in (view["say"])
    )
    assert not shown("two_variables")["parts"][0]["data"]["path"]


def test_money_has_its_unit_everywhere() -> None:
    view = shown("two_variables", small=9)
    assert {figure["unit"] for figure in view["figures"]} == {"yuan"}
    assert [c["unit"] for c in view["parts"][1]["columns"]] == ["", "", "", "yuan", ""]
    assert any(row["text"] == "profit 40 yuan" for row in view["parts"][0]["data"]["labels"])


def test_the_guess_is_about_a_plan_that_stays_and_its_answer_is_not_in_the_question() -> None:
    """2 tables up to 30 yuan, by the report's range; the guess stands beside the answer."""
    problem = product_mix_problem({"table": 28, "chair": 15}, USES, {"large": 6, "small": 8})
    found = report(problem)
    assert found.plan == {"table": 2, "chair": 2}
    assert found.variable("table").high == 30
    said = shown("two_variables", guess=2.5)["say"]
    assert said.endswith(
        "With 28 yuan for a table your guess was 2.5 tables; it is 2: the best plan stays at 2 "
        "tables and 2 chairs. Only above 30 yuan for a table does it jump, to tables alone."
    )


@pytest.mark.parametrize("width", [250.0, 265.0, 560.0, 800.0])
def test_no_two_names_of_the_picture_lie_upon_each_other(width: float) -> None:
    for at in (
        {}, {"small": 9}, {"large": 10, "small": 12}, {"line": 3.5}, {"small": 5, "large": 7},
        {"table": 35, "small": 7}, {"large": 3, "small": 11}, {"large": 1, "small": 1},
        {"large": 0, "small": 0}, {"large": 3, "small": 3}, {"table": 20, "chair": 20},
        {"large": 10, "small": 1}, {"large": 1, "small": 1, "line": 0},
    ):  # fmt: skip
        labels = shown("two_variables", **at)["parts"][0]["data"]["labels"]
        boxes = []
        for row in labels:
            x = row["x"] / 6.5 * width + row["dx"]
            y = 270 - row["y"] / 8.5 * 270 + row["dy"]
            long = 6.2 * len(row["text"])
            left = x - {"left": 0, "center": long / 2, "right": long}[row["align"]]
            boxes.append((left, y - 6, left + long, y + 6))
            assert boxes[-1][0] > -4, (at, row)
            assert boxes[-1][2] < width + 4, (at, row)
            assert boxes[-1][1] > -4, (at, row)
        for (a, b, c, d), (p, q, r, s) in combinations(boxes, 2):
            assert c <= p or r <= a or d <= q or s <= b, (at, labels)


def test_a_name_without_room_stands_as_a_flag_on_a_line_that_is_drawn() -> None:
    data = shown("two_variables", large=1, small=1)["parts"][0]["data"]
    staffs = {(s["x"], s["y"]): s["y2"] - s["y"] for s in data["staffs"]}
    flags = {(row["x"], row["y"]): -row["dy"] for row in data["labels"] if row["dy"] < -20}
    assert flags
    assert {spot: rise / 8.5 * 270 for spot, rise in staffs.items()} == pytest.approx(flags)
    assert shown("two_variables")["parts"][0]["data"]["staffs"] == []


def test_a_name_keeps_away_from_lines_points_and_other_names() -> None:
    window = (0.0, 10.0, 0.0, 10.0)
    lines = [((0.0, 5.0), (10.0, 5.0))]
    (one,) = place([Label("above", ((5.0, 5.0),))], window=window, lines=lines)
    assert abs(one.dy) >= 9
    first, second = place([Label("one", ((5.0, 5.0),)), Label("two", ((5.0, 5.0),))], window=window)
    assert (first.dx, first.dy) != (second.dx, second.dy)
    (edge,) = place([Label("at the end", ((10.0, 5.0),))], window=window)
    assert edge.align == "right"
    assert Fraction(edge.x) == 10
