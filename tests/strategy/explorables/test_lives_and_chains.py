"""Lifetime value and the service profit chain, against sums and products written out here."""

from __future__ import annotations

import itertools
import math
from random import Random
from typing import Any

import pytest
from asked import ask, figure, text
from ends import document

from svclab.explore import declaration
from svclab.strategy.customers import EVIDENCE, STEPS, needed_retention, service_profit_chain
from svclab.strategy.explorables.chains import KEYS, gains
from svclab.strategy.explorables.lives import member

LIFE = "strategy.lifetime_value"
CHAIN = "strategy.profit_chain"


def worth_by_hand(
    margin: float, retention: float, discount: float, growth: float, cost: float, timing: str
) -> float:
    """The sum of the margins, one by one, until they no longer count."""
    parts, there, size = [-cost], 1.0, margin
    time = 0 if timing == "at once" else 1
    if timing == "after renewal":
        there = retention
    while abs(there * size) > 1e-12:
        parts.append(there * size / (1 + discount) ** time)
        there, size, time = there * retention, size * (1 + growth), time + 1
    return math.fsum(parts)


@pytest.mark.parametrize("seed", range(8))
def test_worth_and_point_are_the_sum_of_all_margins_to_come(seed: int) -> None:
    draw = Random(f"lives/{seed}")
    given: dict[str, Any] = {
        "retention": draw.randint(5, 90), "margin": 50 * draw.randint(1, 20),
        "acquisition": 50 * draw.randint(0, 40), "discount": draw.randint(5, 30),
        "growth": draw.randint(-10, 5), "points": draw.randint(1, 4),
        "timing": draw.choice(["at once", "at the end", "after renewal"]),
    }  # fmt: skip
    view = ask(LIFE, **given)
    values = [
        worth_by_hand(
            given["margin"], (given["retention"] + more) / 100, given["discount"] / 100,
            given["growth"] / 100, given["acquisition"], given["timing"],
        )
        for more in (0, given["points"])
    ]  # fmt: skip
    assert figure(view, "value") == pytest.approx(values[0], abs=1e-6)
    assert figure(view, "point") == pytest.approx(values[1] - values[0], abs=1e-6)
    (handle,) = view["parts"][0]["handles"]
    assert (handle["x"], handle["y"]) == (given["retention"], pytest.approx(values[0], abs=1e-3))
    assert bool(view["warning"]) == (values[0] < 0)


@pytest.mark.parametrize("timing", ["at once", "at the end", "after renewal"])
@pytest.mark.parametrize("cost", [0, 100, 250, 400, 900])
def test_the_retention_that_pays_back_is_that_of_the_closed_form(timing: str, cost: float) -> None:
    found = member(300, 0.8, 0.1, cost, 0.0, timing, 1).needed
    by_hand = needed_retention(300, acquisition=cost, discount=0.1, timing=timing)
    assert found == pytest.approx(by_hand, abs=1e-9)


def test_where_no_retention_is_enough_the_page_says_so() -> None:
    view = ask(LIFE, margin=50, acquisition=2000)
    assert text(view, "needed") == "none is enough"
    assert "Even a customer who never leaves" in view["warning"]
    with_growth = ask(LIFE, margin=50, acquisition=2000, growth=10)
    assert "none" not in text(with_growth, "needed")


def test_a_value_without_limit_is_refused_at_its_control() -> None:
    shown = document(LIFE, retention=95, growth=10, discount=0)
    assert "no limit" in shown["problems"]["growth"]


def test_the_question_states_what_the_picture_shows_and_the_answer_is_1150() -> None:
    for retention, worth in ((40, "−29"), (60, "160"), (80, "600")):
        assert text(ask(LIFE, retention=retention), "value") == worth
    assert "it is 1,150 yuan" in ask(LIFE, guess=900)["say"]


def test_the_sum_so_far_goes_to_the_worth_and_says_when_it_is_paid_back() -> None:
    chart = ask(LIFE, acquisition=550)["parts"][1]
    sums = [-550.0]
    for year in range(1, 21):
        sums.append(sums[-1] + 300 * 0.8**year / 1.1**year)
    assert [row["so_far"] for row in chart["data"]["rows"]] == pytest.approx(sums, abs=1e-3)
    year = next(k for k, x in enumerate(sums) if x >= 0)
    assert f"paid back after {year} years" in chart["title"]


def test_levers_are_one_percent_better_each() -> None:
    chart = ask(LIFE)["parts"][2]
    shown = {row["lever"]: row["gain"] for row in chart["data"]["rows"]}
    base = worth_by_hand(300, 0.8, 0.1, 0, 200, "after renewal")
    better = {
        "retention": worth_by_hand(300, 0.808, 0.1, 0, 200, "after renewal"),
        "margin": worth_by_hand(303, 0.8, 0.1, 0, 200, "after renewal"),
        "discount rate": worth_by_hand(300, 0.8, 0.099, 0, 200, "after renewal"),
        "cost to win": worth_by_hand(300, 0.8, 0.1, 0, 198, "after renewal"),
    }
    gained = {name: 100 * (value / base - 1) for name, value in better.items()}
    assert shown == pytest.approx(gained, abs=1e-3)


def by_paths(strengths: dict[str, float], cost: float, direct: float) -> float:
    """Profit's move: all three ways from the workplace, multiplied and added by hand."""
    six = [strengths[key] for key in KEYS]
    return math.prod(six) + six[0] * direct + cost


def drawn(seed: int) -> tuple[dict[str, float], float, float]:
    draw = Random(f"chains/{seed}")
    strengths = {key: draw.randint(-4, 20) / 20 for key in KEYS}
    return strengths, -draw.randint(0, 30) / 100, draw.randint(-30, 30) / 100


@pytest.mark.parametrize("seed", range(8))
def test_profits_move_is_the_sum_over_paths_of_the_products(seed: int) -> None:
    strengths, cost, direct = drawn(seed)
    view = ask(CHAIN, cost=cost, direct=direct, **strengths)
    total = by_paths(strengths, cost, direct)
    assert figure(view, "total") == pytest.approx(total, abs=1e-9)
    assert figure(view, "way") == pytest.approx(math.prod(strengths.values()), abs=1e-9)
    assert figure(view, "straight") == pytest.approx(cost + strengths["link1"] * direct, abs=1e-9)
    bars = [row["move"] for row in view["parts"][1]["data"]["rows"]]
    steps = list(itertools.accumulate(strengths.values(), lambda a, b: a * b, initial=1.0))
    assert bars == pytest.approx([*steps[:-1], total], abs=1e-5)


@pytest.mark.parametrize("seed", range(8))
def test_the_gain_of_a_link_is_the_difference_of_two_products(seed: int) -> None:
    strengths, cost, direct = drawn(seed)
    chart = ask(CHAIN, cost=cost, direct=direct, **strengths)["parts"][3]
    now = by_paths(strengths, cost, direct)
    by_hand = [
        1000 * (by_paths({**strengths, key: strengths[key] + 0.1}, cost, direct) - now)
        for key in KEYS
    ]
    assert [row["gain"] for row in chart["data"]["rows"]] == pytest.approx(by_hand, abs=1e-4)


def test_the_arrows_to_choose_from_are_short_and_numbered() -> None:
    (choice,) = [p for p in declaration(CHAIN)["parameters"] if p["name"] == "link"]
    labels = [option["label"] for option in choice["options"]]
    assert [label[0] for label in labels] == list("1234562")
    assert all(len(label) <= 25 for label in labels)


def test_on_the_bare_chain_the_weakest_link_gains_most() -> None:
    for key, pair in KEYS.items():
        found = gains(service_profit_chain({pair: 0.1}))
        assert max(found, key=lambda one: found[one]) == pair
        assert "0.1 more on one link adds most on the link to" in ask(CHAIN, **{key: 0.1})["say"]


def test_the_map_shows_every_arrow_with_its_strength_and_lights_the_one_asked_for() -> None:
    picture = ask(CHAIN, link="link2", link2=0.35, cost=-0.05)["parts"][0]
    arrows = {(r["start"], r["end"]): r for r in picture["relations"]}
    assert arrows[STEPS[1], STEPS[2]]["label"] == "0.35"
    assert [pair for pair, r in arrows.items() if r.get("highlight")] == [(STEPS[1], STEPS[2])]
    assert arrows[STEPS[0], STEPS[-1]]["label"] == "straight, −0.05"
    assert len(arrows) == 7


@pytest.mark.parametrize("link", [*KEYS, "whole"])
def test_every_link_has_findings_for_and_against_it(link: str) -> None:
    table = ask(CHAIN, link=link)["parts"][2]
    sides = [row[0] for row in table["rows"]]
    assert {"for it", "against it, or its limits"} == set(sides)
    cited = {text for one in EVIDENCE for text in (*one.supports, *one.doubts)}
    assert {row[1] for row in table["rows"]} <= cited


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"link3": 0.0}, "One broken link breaks the chain."),
        ({"cost": -0.05}, "the better workplace lowers profit"),
        ({"direct": 0.2}, "By way of customers it is 0.0096; straight to profit 0.1."),
    ],
)
def test_the_sentence_says_what_became_of_the_push(given: dict[str, Any], told: str) -> None:
    assert told in ask(CHAIN, **given)["say"]


def test_a_guess_is_answered_by_the_product_of_six() -> None:
    assert "it is 0.0096" in ask(CHAIN, guess="half")["say"]


def test_a_customer_who_never_comes_back_stays_for_one_year_and_not_years():
    figures = document("strategy.lifetime_value", retention=0)["view"]["figures"]
    [life] = [one for one in figures if one["key"] == "life"]
    assert (life["text"], life["unit"]) == ("1", "year")
