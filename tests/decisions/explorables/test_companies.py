"""Company choice: stairs and curve against the 0-1 program and the linear program."""

from __future__ import annotations

import math
from itertools import product

import pytest
from asked import ask, figure, text

from svclab.decisions.explorables.stairs import COMPANIES, in_parts, letters, stairs
from svclab.decisions.problems import NoPlanError, cases

NAME = "decisions.company_choice"
GRID = list(product([0, 1.5, 2.83, 4.3, 5, 5.85, 7.4, 9], [0, 10, 14.5, 17], [1, 2, 3, 4, 5]))


@pytest.mark.parametrize(("debt", "assets", "many"), GRID)
def test_the_best_whole_choice_is_the_0_1_programs(debt: float, assets: float, many: int) -> None:
    best = stairs(assets, many).whole(debt)
    limits = {"count": many, "at_least": {"assets": assets}, "at_most": {"debt": debt}}
    if best is None:
        with pytest.raises(NoPlanError):
            cases.listing().solve(**limits)
        return
    assert best.value == pytest.approx(cases.listing().solve(**limits).value)
    assert best.totals["debt"] <= debt + 1e-9
    assert best.totals["assets"] >= assets - 1e-9


@pytest.mark.parametrize(("debt", "assets", "many"), GRID)
def test_the_curve_and_its_price_are_the_linear_programs(
    debt: float, assets: float, many: int
) -> None:
    known, parts = stairs(assets, many), in_parts(debt, assets, many)
    linear, price = known.linear(debt), known.price(debt)
    if parts is None:
        assert linear is None
        assert price is None
        return
    assert linear == pytest.approx(parts.value)
    more = in_parts(debt + 1e-3, assets, many)
    assert more is not None
    assert price == pytest.approx((more.value - parts.value) / 1e-3, abs=1e-3)
    whole = known.whole(debt)
    assert whole is None or linear is None or whole.value <= linear + 1e-6


def test_the_courses_limits_choose_abc_and_the_next_step_is_acd() -> None:
    view = ask(NAME)
    keys = ("whole", "linear", "debt", "price", "room")
    assert [figure(view, key) for key in keys] == pytest.approx(
        [12300, 12647.0199, 4.83, 768.2119, 0.85], abs=1e-4
    )
    assert "A, B and C: profit 12,300 万 yuan" in view["say"]
    assert "A, C, 72% of D and 28% of E" in view["say"]
    # One unit, written in one way, in the sentence and in the figure.
    assert "a shadow price of 768 万 yuan per 亿 yuan of debt" in view["say"]
    price = next(f for f in view["figures"] if f["key"] == "price")
    assert price["unit"] == "万 yuan per 亿 yuan"
    assert "nothing below 5.85 亿 yuan; there the profit jumps by 1,000 万 yuan" in view["say"]


def test_rounding_the_linear_plan_gives_a_choice_that_is_not_the_best() -> None:
    """Of D and E, of which it takes parts, D breaks the limit and E earns less than B."""
    known = stairs(10.0, 3)
    by_name = {letters(c): c for c in known.choices}
    assert by_name["ACD"].totals["debt"] > 5
    best = known.whole(5.0)
    assert best is not None
    assert letters(best) == "ABC"
    assert by_name["ACE"].value < best.value


def test_the_guess_is_about_the_courses_limits_and_the_gain_is_nothing() -> None:
    view = ask(NAME, debt=7, guess=380)
    assert "Your guess was 380 万 yuan; it is 0 万 yuan." in view["say"]
    low, high = in_parts(5, 10, 3), in_parts(5.5, 10, 3)
    assert low is not None
    assert high is not None
    assert round(high.value - low.value) == 384  # as the question says


def test_every_choice_is_a_point_with_its_own_sums_and_a_true_verdict() -> None:
    for debt, assets, many in product([3.0, 5.0, 6.0], [10.0, 15.0], [2, 3, 4]):
        view = ask(NAME, debt=debt, assets=assets, many=many)
        rows = {row[0]: row[1:] for row in view["parts"][2]["rows"]}
        points = {m["choice"]: m for m in view["parts"][0]["data"]["marks"] if "y" in m}
        assert len(rows) == len(points) == math.comb(5, many)
        for name, point in points.items():
            sums = {f: math.fsum(COMPANIES[c][f] for c in name) for f in ("assets", "debt")}
            assert point["x"] == pytest.approx(sums["debt"])
            assert point["y"] == math.fsum(COMPANIES[c]["profit"] for c in name)
            word = rows[name][-1]
            assert ("too few assets" in word) == (sums["assets"] < assets - 1e-9)
            assert ("too much debt" in word) == (sums["debt"] > debt + 1e-9)
        chosen = [name for name, row in rows.items() if row[-1] == "best"]
        best = stairs(assets, many).whole(debt)
        assert chosen == ([letters(best)] if best else [])


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"debt": 2}, "the least debt of 3 companies is 2.83 亿 yuan"),
        ({"assets": 20}, "The most assets of 3 companies are 19.22 亿 yuan."),
        ({"assets": 13, "many": 2, "debt": 4.2}, "the least debt of 2 companies is 4.57 亿 yuan"),
    ],
)
def test_without_a_choice_the_warning_says_how_far_a_limit_must_move(
    given: dict[str, float], words: str
) -> None:
    view = ask(NAME, **given)
    assert words in view["warning"]
    assert text(view, "whole") == "no choice"


def test_where_only_parts_keep_the_limits_that_is_said() -> None:
    view = ask(NAME, assets=13, many=2, debt=4.2)
    assert "only in parts is there one: 22% of A, C and 78% of D" in view["say"]


def test_the_handle_is_the_limit_and_the_stairs_end_at_the_edge() -> None:
    for debt in (0, 5, 9):
        chart = ask(NAME, debt=debt)["parts"][0]
        assert chart["handles"][0]["x"] == debt
        line = [row for row in chart["data"]["rows"] if row["line"] == "whole companies"]
        steps = [(row["debt"], row["profit"]) for row in line if row["debt"] is not None]
        assert steps == [
            (2.83, 10980), (4.83, 10980), (4.83, 12300), (5.85, 12300), (5.85, 13300), (9, 13300),
        ]  # fmt: skip
