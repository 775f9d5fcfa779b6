"""The model builder as a reader uses it: what is typed, drawn, explained and copied."""

from __future__ import annotations

import contextlib
import io
import json
from typing import Any

import pytest
import vl_convert
from ends import document, texts

NAME = "decisions.model_builder"
TOYS: dict[str, Any] = {
    "variables": [{"name": "table", "kind": "amount"}, {"name": "chair", "kind": "amount"}],
    "objective": [{"goal": "max", "name": "profit", "sum": "20 table + 15 chair"}],
    "limits": [
        {"name": "large blocks", "sum": "2 table + chair", "relation": "<=", "right": 6},
        {"name": "small blocks", "sum": "2 table + 2 chair", "relation": "<=", "right": 8},
    ],
}
ORDER = {"name": "order", "sum": "table", "relation": ">=", "right": 4}


def view(**given: Any) -> dict[str, Any]:
    shown = document(NAME, **given)
    assert "problems" not in shown, shown["problems"]
    found: dict[str, Any] = shown["view"]
    return found


def kinds(found: dict[str, Any]) -> list[str]:
    return [part["kind"] for part in found["parts"]]


def optimum(found: dict[str, Any]) -> float | None:
    """What the code that is shown finds when it runs."""
    left: dict[str, Any] = {}
    with contextlib.redirect_stdout(io.StringIO()):
        exec(compile(found["parts"][-1]["text"], "code", "exec"), left)
    value: float | None = left["best"].objective
    return value


def test_it_begins_with_the_course_s_toy_kit() -> None:
    assert view() == view(**TOYS)
    shown = view()
    assert shown["say"] == (
        "Best is table = 2 and chair = 2: profit 70. Reached: large blocks and small blocks."
    )
    assert kinds(shown) == ["chart", "table", "table", "table", "code"]
    constraints, variables = shown["parts"][1:3]
    assert [row[2:] for row in constraints["rows"]] == [
        ["6", "0", "5", "4", "8"], ["8", "0", "5", "6", "12"],
    ]  # fmt: skip
    assert [row[3:] for row in variables["rows"]] == [["0", "15", "30"], ["0", "10", "20"]]
    assert optimum(shown) == 70


def test_whole_numbers_are_compared_with_parts_and_have_no_prices() -> None:
    whole = [{**row, "kind": "whole"} for row in TOYS["variables"]]
    limits = [TOYS["limits"][0], {**TOYS["limits"][1], "right": 9}]
    shown = view(variables=whole, limits=limits)
    assert "Without whole numbers it would be 75: they cost 5." in shown["say"]
    assert len(shown["parts"][0]["data"]["wholes"]) == 13
    assert all("price" not in c["label"] for c in shown["parts"][1]["columns"])
    assert optimum(shown) == 70


def test_a_conflict_is_told_in_words_and_drawn_strong() -> None:
    shown = view(limits=[*TOYS["limits"], ORDER])
    assert "large blocks (2 table + chair ≤ 6), order (table ≥ 4) and chair ≥ 0" in (
        shown["say"].replace("\u00a0", " ")
    )
    assert "small blocks" not in shown["say"].replace("\u00a0", " ")
    assert shown["figures"][0]["text"] == "no plan"
    strong = [r["name"] for r in shown["parts"][0]["data"]["limits"] if r["width"] > 2]
    assert [name.replace("\u00a0", " ") for name in strong] == ["large blocks", "order"]
    assert kinds(shown) == ["chart", "code"]
    assert optimum(shown) is None


def test_the_way_without_end_is_told_and_drawn_alike() -> None:
    shown = view(limits=[{"name": "gap", "sum": "table - chair", "relation": "<=", "right": 4}])
    assert "take table up by 1 and chair up by 1, again and again" in shown["say"]
    (way,) = shown["parts"][0]["data"]["path"]
    assert way["x2"] - way["x"] == pytest.approx(way["y2"] - way["y"])
    assert way["x2"] > way["x"]


def test_three_variables_are_solved_without_a_picture() -> None:
    shown = view(
        variables=[{"name": n, "kind": "yes-no"} for n in ("a", "b", "c")],
        objective=[{"goal": "max", "name": "value", "sum": "5 a + 4 b + 3 c"}],
        limits=[{"name": "load", "sum": "4 a + 3 b + 2 c", "relation": "<=", "right": 5}],
    )
    assert kinds(shown) == ["table", "table", "table", "code"]
    assert "a = 0, b = 1 and c = 1: value 7" in shown["say"]
    assert optimum(shown) == 7


def test_one_condition_that_whole_numbers_cannot_keep_is_told_as_the_only_reason() -> None:
    whole = [{**row, "kind": "whole"} for row in TOYS["variables"]]
    odd = {"name": "odd", "sum": "2 table - 2 chair", "relation": "=", "right": 1}
    for limits in ([odd], [*TOYS["limits"], odd]):
        said = view(variables=whole, limits=limits)["say"].replace("\u00a0", " ")
        assert "in whole numbers this condition cannot hold at all: odd (2 table" in said
        assert "any one of them" not in said


def test_where_four_limits_meet_all_are_named_and_each_price_has_its_range() -> None:
    limits = [
        *TOYS["limits"],
        {"name": "tops", "sum": "table", "relation": "<=", "right": 2},
        {"name": "extra", "sum": "3 table + 2 chair", "relation": "<=", "right": 10},
    ]
    shown = view(limits=limits)
    names = "large blocks, small blocks, tops and extra"
    assert f"Reached: {names}." in shown["say"]
    assert any(f"({names}): it is degenerate" in t.replace("\u00a0", " ") for t in texts(shown))
    assert [row[4:] for row in shown["parts"][1]["rows"]] == [
        ["5 below 6, 0 above", "4", "no limit"],
        ["7.5 below 8, 2.5 above", "4", "10"],
        ["5 below 2, 0 above", "0", "no limit"],
        ["5 below 10, 0 above", "8", "no limit"],
    ]


def test_degenerate_and_tied_optima_are_said() -> None:
    third = {"name": "tops", "sum": "table + chair", "relation": "<=", "right": 4}
    assert any(
        "degenerate" in text or "has two prices" in text
        for text in texts(view(limits=[*TOYS["limits"], third]))
    )
    tied = view(objective=[{**TOYS["objective"][0], "sum": "2 table + chair"}])
    assert any("Another plan is as good" in text for text in texts(tied))


@pytest.mark.parametrize(
    ("table", "rows", "place", "said"),
    [
        ("objective", [{**TOYS["objective"][0], "sum": "20 tabel + 15 chair"}],
         {"row": 0, "column": "sum"}, "Do you mean table?"),
        ("limits", [TOYS["limits"][0], {**TOYS["limits"][1], "sum": "2 table * chair"}],
         {"row": 1, "column": "sum"}, "small blocks: table times chair is not linear"),
        ("variables", [*TOYS["variables"], {"name": "chair 2", "kind": "amount"}],
         {"row": 2, "column": "name"}, "chair 2 stands neither in the objective nor in a limit"),
        ("limits", [{**TOYS["limits"][0], "right": "six"}], None, "Right side"),
        ("limits", [{**TOYS["limits"][0], "sum": " "}], None, "write a sum such as 2 table"),
        ("limits", [TOYS["limits"][0]] * 2, None, "stands twice"),
        ("limits", [TOYS["limits"][0]] * 9, None, "takes from 1 to 8"),
        ("variables", [{"name": "table", "kind": "many"}, TOYS["variables"][1]], None, "choose"),
    ],
)  # fmt: skip
def test_each_mistake_is_told_at_its_table_and_no_view_is_sent(
    table: str, rows: Any, place: Any, said: str
) -> None:
    shown = document(NAME, **{**TOYS, table: rows})
    assert "view" not in shown
    assert list(shown["problems"]) == [table]
    assert said in shown["problems"][table]
    assert shown.get("places") == (None if place is None else {table: place})


@pytest.mark.parametrize(
    "limits",
    [
        [{"name": "e", "sum": "table + chair", "relation": "=", "right": 3}],
        [{"name": "e", "sum": "table", "relation": "=", "right": 2},
         {"name": "f", "sum": "chair", "relation": "=", "right": 1}],
        [{"name": "none", "sum": "0 table - chair", "relation": ">=", "right": 1}],
        [{"name": "origin", "sum": "table + chair", "relation": "<=", "right": 0}],
        [{"name": "huge", "sum": "table + chair", "relation": "<=", "right": 1000000}],
        [{"name": "tiny", "sum": "table + chair", "relation": "<=", "right": 0.001}],
        [{"name": f"row {n}", "sum": f"{n} table + chair", "relation": "<=", "right": 9}
         for n in range(1, 9)],
    ],
    ids=["a line", "a point", "empty", "the origin", "huge", "tiny", "eight"],
)  # fmt: skip
@pytest.mark.parametrize("kind", ["amount", "whole", "yes-no", "free"])
def test_every_shape_of_region_is_drawn(limits: Any, kind: str) -> None:
    shown = view(variables=[{**row, "kind": kind} for row in TOYS["variables"]], limits=limits)
    chart = shown["parts"][0]
    svg = vl_convert.vegalite_to_svg({**chart["spec"], "width": 600, "datasets": chart["data"]})
    assert "NaN" not in svg
    assert len(json.dumps(shown)) < 60_000
    assert not {"nan", "inf", "None"} & set(" ".join(texts(shown)).split())
    value = optimum(shown)
    if shown["figures"][0]["value"] is not None:
        assert value == pytest.approx(shown["figures"][0]["value"], abs=1e-6)
