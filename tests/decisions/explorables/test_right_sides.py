"""The value of one more block against HiGHS before and after, and against all whole plans."""

from __future__ import annotations

import re
from typing import Any

import pytest
from ends import document
from hypothesis import given, settings
from hypothesis import strategies as st

from svclab.decisions.problems.product_mix import product_mix_problem
from svclab.linear import solve

PROFIT = {"table": 20, "chair": 15}
USES = {"table": {"large": 2, "small": 2}, "chair": {"large": 1, "small": 2}}


def linear(large: int, small: int) -> float:
    found = solve(product_mix_problem(PROFIT, USES, {"large": large, "small": small}))
    assert found.objective is not None
    return found.objective


def whole(large: int, small: int) -> int:
    plans = [(t, c) for t in range(large // 2 + 1) for c in range(large - 2 * t + 1)]
    return max(20 * t + 15 * c for t, c in plans if 2 * t + 2 * c <= small)


AT = st.fixed_dictionaries(
    {
        "block": st.sampled_from(["large", "small"]),
        "large": st.integers(0, 14),
        "small": st.integers(0, 14),
    }
)


@settings(max_examples=50)
@given(AT)
def test_what_the_next_block_is_worth_is_the_difference_of_two_optima(at: dict[str, Any]) -> None:
    view = document("decisions.right_side", **at)["view"]
    now = {k: at[k] for k in ("large", "small")}
    more = {**now, at["block"]: now[at["block"]] + 1}
    figures = {f["key"]: f for f in view["figures"]}
    assert figures["linear"]["value"] == pytest.approx(linear(**more) - linear(**now), abs=1e-9)
    assert figures["whole"]["value"] == whole(**more) - whole(**now)
    assert figures["value"]["value"] == whole(**now)


@settings(max_examples=25)
@given(AT)
def test_the_curve_and_the_table_are_the_optima_at_each_number(at: dict[str, Any]) -> None:
    chart, table = document("decisions.right_side", **at)["view"]["parts"]
    for row in chart["data"]["rows"]:
        blocks = {**{k: at[k] for k in ("large", "small")}, at["block"]: row["x"]}
        assert row["linear"] == pytest.approx(linear(**blocks))
        assert row["whole"] == whole(**blocks)
    for row in table["rows"]:
        there = chart["data"]["rows"][int(row[0])]
        assert [float(row[1]), float(row[2])] == pytest.approx([there["linear"], there["whole"]])
    assert table["rows"][table["emphasis"][0]][0] == str(at[at["block"]])


@settings(max_examples=40)
@given(AT)
def test_the_shadow_price_holds_over_its_range_and_not_beyond(at: dict[str, Any]) -> None:
    chart = document("decisions.right_side", **at)["view"]["parts"][0]
    same = chart["data"]["same"]
    if not same:
        return
    (low, first), (high, last) = [(p["x"], p["y"]) for p in same]
    slope = (last - first) / (high - low)

    def value(blocks: float) -> float:
        stock = {**{k: at[k] for k in ("large", "small")}, at["block"]: blocks}
        return float(solve(product_mix_problem(PROFIT, USES, stock)).objective or 0.0)

    middle = (low + high) / 2
    assert value(middle) == pytest.approx(first + slope * (middle - low))
    if low > 0:
        assert value(low - 0.5) < first - slope * 0.5 - 1e-9
    if high < 14:
        assert value(high + 0.5) < last + slope * 0.5 - 1e-9


def test_one_more_small_block_is_worth_5_in_parts_and_nothing_in_whole_toys() -> None:
    """E-05, the chapter's opening: and two more are worth 10."""
    say = document("decisions.right_side", block="small")["view"]["say"]
    assert say == (
        "With 8 small blocks the best plan earns 70 yuan. The next one is worth 5 in parts of "
        "toys; this shadow price holds from 6 to 12 blocks. In whole toys the next one alone is "
        "worth nothing; 2 more are worth 10."
    )
    kink = document("decisions.right_side", block="small", small=6)["view"]["say"]
    assert "One less costs 10: the shadow price changes here." in kink


def test_a_price_whose_range_ends_within_the_next_block_is_not_told_as_its_worth() -> None:
    """By hand: half a block more at 15 and half a block at 5 are 7.5 + 2.5."""
    view = document("decisions.right_side", block="large", large=6, small=13)["view"]
    assert view["figures"][0]["value"] == 10
    assert view["figures"][2]["text"] == "0 to 6.5"
    assert (
        "In parts of toys the shadow price is 15 per block, but it holds only from 0 to 6.5 "
        "blocks, which is less than one block more: the whole next block is worth 10."
    ) in view["say"]
    short = document("decisions.right_side", block="large", large=4, small=9)["view"]
    assert "from 0 to 4.5 blocks" in short["say"]


@settings(max_examples=60)
@given(AT)
def test_the_sentence_gives_the_next_block_the_worth_that_the_figure_gives(
    at: dict[str, Any],
) -> None:
    """Also one block less, and also where a range ends between two blocks."""
    view = document("decisions.right_side", **at)["view"]
    worth = view["figures"][0]["value"]
    told = re.search(r"next (?:one|block) is worth ([\d.]+)", view["say"].split("In whole")[0])
    assert (float(told[1]) if told else 0) == pytest.approx(worth)
    less = re.search(r"One less costs ([\d.]+)", view["say"])
    if less:
        now = {k: at[k] for k in ("large", "small")}
        fewer = {**now, at["block"]: now[at["block"]] - 1}
        assert float(less[1]) == pytest.approx(linear(**now) - linear(**fewer))


def test_the_guess_is_about_a_large_block_in_whole_toys() -> None:
    say = document("decisions.right_side", guess=10)["view"]["say"]
    assert "For a seventh large block your guess was 10 yuan; it is 5 yuan" in say
    assert whole(7, 8) - whole(6, 8) == 5
