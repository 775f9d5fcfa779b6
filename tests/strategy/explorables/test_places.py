"""The positioning map: shares and profits by hand, and where the middle is stuck."""

from __future__ import annotations

import math
from dataclasses import replace
from itertools import product
from typing import Any

import pytest
from asked import ask, figure
from ends import document

from svclab.strategy.explorables.places import FIXED, HIGH, LOW, PEOPLE, segments
from svclab.strategy.explorables.stuck import BENDS, BORDER
from svclab.strategy.positions import Tastes, best_prices, middle, temptation

NAME = "strategy.positioning_map"
ENDS = {"want plain": (0.0, 0.2), "want special": (0.8, 1.0), "all kinds": (0.0, 1.0)}
SHUT = {"firm": "Comet", "place": 0.8, "price": 65, "sells": "shut"}


def firms(*rows: tuple[str, float, float, str]) -> list[dict[str, Any]]:
    given = [dict(zip(("firm", "place", "price", "sells"), r, strict=True)) for r in rows]
    return [*given, *[SHUT] * (4 - len(given))]


THREE = firms(("Moon", 0.1, 41, "all"), ("Our shop", 0.5, 51, "all"), ("Star", 0.9, 73, "all"))
FOUR = firms(
    ("Moon", 0.1, 41, "all"), ("Our shop", 0.4, 50, "all"), ("Star", 0.9, 73, "all"),
    ("Comet", 0.8, 60, "want special"),
)  # fmt: skip


def table(view: dict[str, Any]) -> dict[str, list[float]]:
    """Firm to price, cost, share and profit, as shown."""
    rows = view["parts"][-1]["rows"]
    return {r[0]: [float(x.replace(",", "").replace("−", "-")) for x in r[2:]] for r in rows}


def by_hand(
    given: list[dict[str, Any]], polarised: float, bend: float, noise: float
) -> dict[str, tuple[float, float]]:
    """Share and profit of each firm: the logit written out, over many customers of each segment."""
    people = {"want plain": PEOPLE * polarised / 200, "want special": PEOPLE * polarised / 200}
    people["all kinds"] = PEOPLE - sum(people.values())
    open_ones = [r for r in given if r["sells"] != "shut"]
    sold = dict.fromkeys((r["firm"] for r in open_ones), 0.0)
    for segment, (low, high) in ENDS.items():
        for k in range(400):
            ideal = low + (high - low) * (k + 0.5) / 400
            pull = {
                r["firm"]: math.exp(
                    ((HIGH - LOW) * r["place"] - 60 * (r["place"] - ideal) ** 2 - r["price"])
                    / noise
                )
                for r in open_ones if r["sells"] in ("all", segment)
            }  # fmt: skip
            for name, one in pull.items():
                sold[name] += people[segment] / 400 * one / sum(pull.values())
    found = {}
    for r in open_ones:
        cost = LOW + (HIGH - LOW) * r["place"] ** bend
        n = sold[r["firm"]]
        found[r["firm"]] = (100 * n / PEOPLE, (r["price"] - cost) * n - FIXED)
    return found


@pytest.mark.parametrize(
    ("given", "polarised", "bend", "noise"),
    [
        (THREE, 90, "even", 6),
        (THREE, 0, "last", 10),
        (FOUR, 60, "first", 8),
        (FOUR, 100, "even", 5),
    ],
)
def test_at_set_prices_shares_and_profits_are_the_logit_by_hand(
    given: list[dict[str, Any]], polarised: float, bend: str, noise: float
) -> None:
    view = ask(NAME, prices="set", polarised=polarised, bend=bend, noise=noise, firms=given)
    expected = by_hand(given, polarised, BENDS[bend][1], noise)
    shown = table(view)
    assert set(shown) == set(expected)
    for name, (share, profit) in expected.items():
        assert shown[name][2] == pytest.approx(share, abs=0.2)
        assert shown[name][3] == pytest.approx(profit, abs=0.002 * PEOPLE * 40)


def test_at_best_prices_the_default_is_the_models_three_firms() -> None:
    view, model = ask(NAME), middle()
    profits = model.market.profits
    assert [row[3] for row in table(view).values()] == pytest.approx(
        [round(profits[n]) for n in ("plain", "middle", "special")]
    )
    assert figure(view, "middle") == pytest.approx(profits["middle"], abs=0.05)
    assert "Our shop earns least and is stuck in the middle: 2,133 yuan" in view["say"]
    assert "Moon and Star earn most, 3,131 yuan each" in view["say"]


def test_at_best_prices_no_firm_gains_by_another_price_of_its_own() -> None:
    """Each firm's price is moved by 1 yuan, in the market at set prices, by hand."""
    view = ask(NAME, polarised=60, noise=8, firms=FOUR)
    exact = {s["name"]: s["y"] for s in view["parts"][0]["spots"]}
    best = [{**r, "price": exact[r["firm"]]} for r in FOUR]
    now = by_hand(best, 60, 1.0, 8)
    for k, row in enumerate(best):
        for step in (-1, 1):
            moved = [*best[:k], {**row, "price": row["price"] + step}, *best[k + 1 :]]
            assert by_hand(moved, 60, 1.0, 8)[row["firm"]][1] < now[row["firm"]][1] + 0.5


def test_prices_at_which_a_firm_would_rather_jump_are_warned_of() -> None:
    """Two firms alone: each has its own end, until one undercuts. With a third they hold."""
    two = firms(("Moon", 0.1, 41, "all"), ("Our shop", 0.5, 51, "shut"), ("Star", 0.9, 73, "all"))
    view = ask(NAME, firms=two)
    assert "do not hold" in view["warning"]
    prices = {s["name"]: s["y"] for s in view["parts"][0]["spots"]}
    now = by_hand([{**r, "price": prices.get(r["firm"], 0)} for r in two], 90, 1.0, 6)
    jumped = max(
        by_hand(
            [{**r, "price": price if r["firm"] == "Moon" else prices.get(r["firm"], 0)}
             for r in two],
            90, 1.0, 6,
        )["Moon"][1]
        for price in range(30, 400, 10)
    )  # fmt: skip
    assert jumped > now["Moon"][1] + 20
    for noise, polarised in product((4, 6, 12), (0, 50, 100)):
        assert not ask(NAME, noise=noise, polarised=polarised)["warning"]
        held = best_prices([replace(f, fixed=FIXED) for f in middle(
            noise=noise, polarised=polarised / 100).market.firms],
            segments(polarised / 100), Tastes(noise=noise, premium=HIGH - LOW))  # fmt: skip
        gains = temptation(held, Tastes(noise=noise, premium=HIGH - LOW))
        assert max(gains.values()) < 1


@pytest.mark.parametrize("bend", BENDS)
def test_the_border_is_where_the_models_middle_begins_to_earn_least(bend: str) -> None:
    for noise, percent in list(BORDER[bend].items())[::2]:
        if percent >= 100:
            continue
        near = [middle(polarised=(percent + d) / 100, bend=BENDS[bend][1], noise=noise).is_stuck
                for d in (-0.3, 0.3)]  # fmt: skip
        assert near == [False, True], (bend, noise)
    loud = max(BORDER[bend], default=3.9) + 0.1
    assert not middle(polarised=1, bend=BENDS[bend][1], noise=loud).is_stuck


@pytest.mark.parametrize(("polarised", "noise"), list(product((40, 60, 90), (4, 6, 9))))
def test_the_sentence_says_stuck_inside_the_shaded_corner_only(
    polarised: float, noise: float
) -> None:
    view = ask(NAME, polarised=polarised, noise=noise)
    assert ("stuck in the middle:" in view["say"]) == (polarised > BORDER["even"][noise])
    assert (next(f for f in view["figures"] if f["key"] == "middle")["tone"] == "bad") == (
        polarised > BORDER["even"][noise]
    )


def test_without_a_border_the_chart_says_never() -> None:
    chart = ask(NAME, bend="last")["parts"][1]
    assert "never stuck" in chart["title"]
    assert "never stuck" in chart["alt"]


def test_the_curve_of_other_places_passes_through_the_firm_and_names_the_best_one() -> None:
    view = ask(NAME, prices="set", polarised=80, firms=THREE)
    chart = view["parts"][1]
    here = {r["place"]: r["profit"] for r in chart["data"]["rows"]}
    assert here[0.5] == pytest.approx(chart["data"]["marks"][0]["y"], abs=0.01)
    for place in (0.0, 0.25, 1.0):
        price = 11 + LOW + (HIGH - LOW) * place  # the same margin
        moved = [THREE[0], {**THREE[1], "place": place, "price": price}, *THREE[2:]]
        assert here[place] == pytest.approx(by_hand(moved, 80, 1.0, 6)["Our shop"][1], abs=30)
    assert max(here, key=lambda p: here[p]) == 0.5
    assert "no other place is better for Our shop" in view["say"]


def test_prices_are_dragged_only_while_the_reader_sets_them() -> None:
    for prices, down in (("best", None), ("set", "price")):
        plane = ask(NAME, prices=prices)["parts"][0]
        assert [s["move"].get("down") or None for s in plane["spots"]] == [down] * 3


def test_a_firm_that_is_shut_is_not_on_the_map_and_the_rows_stay_its_own() -> None:
    given = firms(("Moon", 0.1, 41, "all"), ("Our shop", 0.5, 51, "shut"), ("Star", 0.9, 73, "all"))
    plane = ask(NAME, firms=given)["parts"][0]
    assert {s["name"]: s["move"]["row"] for s in plane["spots"]} == {"Moon": 0, "Star": 2}


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (firms(("Moon", 0.1, 41, "all"), *[("Our shop", 0.5, 51, "shut")] * 3),
         "at least two firms"),
        (
            firms(("Moon", 0.1, 41, "want plain"), ("Our shop", 0.5, 51, "want special"),
                  ("Star", 0.9, 73, "shut"), ("Comet", 0.8, 65, "shut")),
            "would pay any price",
        ),
        (firms(("Moon", 0.14, 41, "all"), ("Star", 0.84, 73, "all")), "climb on and on"),
    ],
)  # fmt: skip
def test_a_market_without_rivals_is_refused_at_the_table(
    given: list[dict[str, Any]], words: str
) -> None:
    assert words in document(NAME, firms=given, polarised=100, noise=4)["problems"]["firms"]


def test_the_guess_is_answered_by_the_models_market_with_half_at_the_ends() -> None:
    assert middle(polarised=0.5).market.profits["middle"] == pytest.approx(3380, abs=1)
    say = ask(NAME, guess="least")["say"]
    assert "the middle earns most: 3,380 yuan, against 2,911 yuan" in say


def test_a_firm_far_below_its_cost_still_gets_its_curve_of_other_places():
    rows = [
        {"firm": "Moon", "place": 0.1, "price": 41, "sells": "all"},
        {"firm": "Our shop", "place": 0.88, "price": 5, "sells": "all"},
        {"firm": "Star", "place": 0.9, "price": 73, "sells": "all"},
        {"firm": "Comet", "place": 0.8, "price": 65, "sells": "shut"},
    ]
    assert "problems" not in document("strategy.positioning_map", prices="set", firms=rows)
