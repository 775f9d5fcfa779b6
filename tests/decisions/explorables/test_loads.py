"""The knapsack by hand: rule, best load and bound against the programs."""

from __future__ import annotations

import math
from typing import Any

import hypothesis.strategies as st
import pytest
from asked import ask, figure
from hypothesis import given, settings

from svclab.decisions.explorables.loads import NAMES, plans
from svclab.decisions.problems import cases, knapsack, knapsack_problem
from svclab.decisions.sensitivity import report

NAME = "decisions.knapsack_by_hand"
HALVES = st.integers(1, 20).map(lambda k: k / 2)
ITEMS = st.tuples(*[st.tuples(HALVES, st.integers(0, 20).map(lambda k: 5.0 * k))] * len(NAMES))


def items(pairs: Any) -> list[dict[str, float]]:
    return [{"weight": weight, "value": value} for weight, value in pairs]


def carry(*pieces: int, kind: str = "once") -> dict[str, Any]:
    """What is packed by hand."""
    key = "item_{}" if kind == "once" else "pieces_of_item_{}"
    packed = {key.format(k): n for k, n in enumerate(pieces, 1)}
    return {"kind": kind, **{k: bool(n) if kind == "once" else n for k, n in packed.items()}}


@settings(max_examples=40)
@given(ITEMS, st.integers(2, 40).map(lambda k: k / 2), st.sampled_from(["once", "many"]))
def test_best_and_bound_are_the_integer_and_the_linear_programs(
    pairs: Any, limit: float, kind: str
) -> None:
    known, copies = dict(zip(NAMES, pairs, strict=True)), 1 if kind == "once" else None
    found = plans(pairs, limit, kind)
    assert found.best.value == pytest.approx(knapsack(known, limit, copies=copies).value)
    linear = report(knapsack_problem(known, limit, copies=copies), relaxed=True)
    assert found.bound == pytest.approx(linear.objective)
    assert found.rule.value <= found.best.value + 1e-9 <= found.bound + 2e-9
    load = math.fsum(float(x) * known[n][0] for n, x in found.parts.items())
    assert load <= limit + 1e-9
    assert sum(x.denominator > 1 for x in found.parts.values()) <= 1


def test_the_start_carries_9_of_10_and_says_what_still_fits() -> None:
    view = ask(NAME)
    assert [figure(view, key) for key in ("load", "room", "value")] == [9, 1, 120]
    assert "There is still room for item 5." in view["say"]
    assert [f["key"] for f in view["figures"]] == ["load", "room", "value"]
    assert "135" not in str(view)


@pytest.mark.parametrize(("kind", "best"), [("once", 135), ("many", 140)])
def test_the_courses_best_loads(kind: str, best: float) -> None:
    view = ask(NAME, kind=kind, show="best")
    assert figure(view, "best") == best
    assert cases.load_of_ten(copies=1 if kind == "once" else None).solve().value == best


def test_at_12_the_rule_loses_15_and_the_linear_program_cuts_item_2() -> None:
    view = ask(NAME, limit=12, show="best", **carry(1, 1, 0, 1, 0))
    assert [figure(view, k) for k in ("value", "rule", "best", "bound")] == [160, 145, 160, 160]
    assert "No load is worth more than yours." in view["say"]
    assert "The rule loses 15 yuan (9.4%)." in view["say"]
    assert "cuts item 2: with 50% of a piece it reaches 160 yuan" in view["say"]


def test_a_load_too_heavy_is_warned_of_and_not_called_best() -> None:
    view = ask(NAME, show="best", **carry(1, 1, 1, 1, 1))
    assert "5 kg too heavy" in view["warning"]
    assert next(f for f in view["figures"] if f["key"] == "load")["tone"] == "bad"
    assert "worth more than yours" not in view["say"]
    assert view["parts"][1]["data"]["rows"][0]["text"] == "195, too heavy"


def test_a_full_load_asks_for_an_exchange() -> None:
    view = ask(NAME, **carry(1, 1, 1, 0, 1))
    assert "Nothing more fits. Would an exchange be better?" in view["say"]


def test_the_bars_are_the_pieces_one_after_the_other() -> None:
    view = ask(NAME, show="best", **carry(2, 0, 1, 0, 1, kind="many"))
    rows = view["parts"][0]["data"]["rows"]
    mine = [row for row in rows if row["load"] == "yours"]
    assert [(row["number"], row["from"], row["to"]) for row in mine] == [
        ("1", 0, 3), ("1", 3, 6), ("3", 6, 8), ("5", 8, 9),
    ]  # fmt: skip
    best = [row for row in rows if row["load"] == "best"]
    assert best[-1]["to"] == 10
    assert view["parts"][0]["data"]["limit"][0]["x"] == 10
    assert [row["value"] for row in view["parts"][1]["data"]["rows"]] == [115, 140, 140, 140]


def test_an_empty_load_keeps_its_line() -> None:
    view = ask(NAME, **carry(0, 0, 0, 0, 0))
    assert "You carry nothing: 0 kg of 10 kg, value 0 yuan." in view["say"]
    assert [row["load"] for row in view["parts"][0]["data"]["rows"]] == ["yours"]


def test_the_table_counts_the_pieces_of_each_load() -> None:
    view = ask(NAME, limit=12, show="best")
    rows = view["parts"][2]["rows"]
    assert [row[2:] for row in rows] == [
        ["0", "1", "1", "1"], ["1", "0", "1", "0.5"], ["0", "1", "0", "1"],
        ["1", "1", "1", "1"], ["0", "1", "0", "0"],
    ]  # fmt: skip


def test_changed_items_are_packed_with_their_own_numbers() -> None:
    given = {"items": items([(1.5, 10), (2.5, 0), (3, 30), (1, 5), (4, 95)]), "limit": 4.5}
    view = ask(NAME, show="best", **carry(1, 0, 1, 0, 0), **given)
    assert [figure(view, k) for k in ("load", "value", "best")] == [4.5, 40, 95]


def blocks(view: dict[str, Any], load: str) -> list[dict[str, Any]]:
    return [row for row in view["parts"][0]["data"]["rows"] if row["load"] == load]


def test_every_best_load_can_be_packed_by_hand() -> None:
    light = items([(1, 500), (4, 40), (5, 50), (6, 60), (7, 70)])
    view = ask(NAME, kind="many", limit=30, items=light, show="best")
    best = next(row for row in view["parts"][2]["rows"] if row[0] == "item 1")
    assert best[4] == "30"
    packed = carry(30, 0, 0, 0, 0, kind="many")
    mine = ask(NAME, **packed, limit=30, items=light, show="best")
    assert "No load is worth more than yours." in mine["say"]


def test_many_thin_pieces_are_one_block_with_their_number() -> None:
    light = items([(1, 500), (4, 40), (5, 50), (6, 60), (7, 70)])
    view = ask(NAME, **carry(12, 2, 0, 0, 0, kind="many"), limit=30, items=light)
    rows = blocks(view, "yours")
    assert [(row["number"], row["pieces"], row["from"], row["to"]) for row in rows] == [
        ("12 × 1", 12, 0, 12), ("2", 1, 12, 16), ("2", 1, 16, 20),
    ]  # fmt: skip
    assert "seven pieces" in view["parts"][0]["title"]
    assert "seven pieces" not in ask(NAME)["parts"][0]["title"]


@given(st.tuples(*[st.integers(0, 30)] * 5), st.integers(1, 30))
@settings(max_examples=30)
def test_blocks_lie_side_by_side_and_no_bar_has_more_than_a_few(pieces: Any, limit: int) -> None:
    view = ask(NAME, **carry(*pieces, kind="many"), limit=limit)
    rows = [row for row in blocks(view, "yours") if row["item"]]
    assert [row["from"] for row in rows[1:]] == [row["to"] for row in rows[:-1]]
    assert sum(row["pieces"] for row in rows) == sum(pieces)
    assert len(rows) <= 20
