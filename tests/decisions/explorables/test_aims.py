"""The explorable of goals: plans against all crossings of the lines."""

from __future__ import annotations

from itertools import combinations
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from named_lines import crossed, overlapping

from svclab.decisions.explorables.aims import ORDERS, START, Setting, goals, missed, planned

SETTINGS = st.builds(
    Setting,
    customers=st.integers(12, 80).map(lambda n: 50.0 * n),
    budget=st.integers(8, 72).map(lambda n: 500.0 * n),
    temps=st.integers(2, 50).map(lambda n: 10.0 * n),
    trained=st.integers(10, 40).map(lambda n: 10.0 * n),
)
WEIGHTS = st.tuples(*(st.integers(1, 20).map(float) for _ in range(3)))


def shown(**given: Any) -> dict[str, Any]:
    return goals(**given).to_data()


def figure(view: dict[str, Any], key: str) -> Any:
    return next(f["value"] for f in view["figures"] if f["key"] == key)


def gaps(setting: Setting, x: float, y: float) -> tuple[float, float, float]:
    """What is missed at a plan, as shares: customers, money, temporary staff."""
    return (
        max(0.0, 1 - (6 * x + 4 * y) / setting.customers),
        max(0.0, (60 * x + 30 * y) / setting.budget - 1),
        max(0.0, y / setting.temps - 1),
    )


def crossings(setting: Setting) -> list[tuple[float, float]]:
    """All plans where two lines meet: the best plan is one of them."""
    every = [
        (1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (1.0, 0.0, setting.trained), (0.0, 1.0, 500.0),
        (6.0, 4.0, setting.customers), (60.0, 30.0, setting.budget), (0.0, 1.0, setting.temps),
    ]  # fmt: skip
    found = []
    for (a, b, c), (d, e, f) in combinations(every, 2):
        det = a * e - b * d
        if det:
            x, y = (c * e - b * f) / det, (a * f - c * d) / det
            if -1e-9 <= x <= setting.trained + 1e-9 and -1e-9 <= y <= 500 + 1e-9:
                found.append((x, y))
    return found


@given(SETTINGS, WEIGHTS)
@settings(max_examples=40)
def test_weights_give_the_least_sum_over_all_crossings(
    setting: Setting, weights: tuple[float, float, float]
) -> None:
    def price(shares: Any) -> float:
        return sum(100 * w * s for w, s in zip(weights, shares, strict=True))

    plan = planned(setting, "weights", weights, "service-money-staff")
    best = min(price(gaps(setting, x, y)) for x, y in crossings(setting))
    assert price(missed(plan).values()) == pytest.approx(best, rel=1e-6, abs=1e-5)
    assert plan.amounts["trained"] <= setting.trained + 1e-6


@given(SETTINGS, st.sampled_from(sorted(ORDERS)))
@settings(max_examples=40)
def test_an_order_gives_the_first_goal_its_best_then_the_second_then_the_third(
    setting: Setting, order: str
) -> None:
    names = ["service", "money", "staff"]
    left = [gaps(setting, x, y) for x, y in crossings(setting)]
    shares = missed(planned(setting, "order", (1.0, 1.0, 1.0), order))
    for name in ORDERS[order]:
        k = names.index(name)
        best = min(gap[k] for gap in left)
        assert shares[name] == pytest.approx(best, abs=1e-6)
        left = [gap for gap in left if gap[k] <= best + 1e-9]


def test_any_two_goals_can_be_met_and_not_all_three_as_the_question_says() -> None:
    setting = Setting(*START)
    given_up = set()
    for order in ORDERS:
        shares = missed(planned(setting, "order", (1.0, 1.0, 1.0), order))
        lost = [name for name, share in shares.items() if share]
        assert len(lost) == 1
        given_up |= set(lost)
    assert given_up == {"service", "money", "staff"}


def test_equal_weights_give_up_the_goal_missed_by_the_smallest_percentage() -> None:
    view = shown(guess="money")
    assert figure(view, "service") == pytest.approx(100 * 200 / 2400, abs=0.05)
    assert (figure(view, "money"), figure(view, "staff")) == (0, 0)
    assert "it is: serve the customers" in view["say"]
    assert "200 customers are not served (8.3%)" in view["say"]


def test_a_dearer_service_moves_the_gap_to_the_budget() -> None:
    # 200 of 2,400 customers, or 2,000 of 20,000 yuan: even at weights of 10% to 8.33%.
    assert figure(shown(weight_service=6, weight_money=5), "money") == 0
    assert figure(shown(weight_service=5, weight_money=5), "money") == 0
    dearer = shown(weight_service=7, weight_money=5)
    assert figure(dearer, "money") == pytest.approx(10)
    assert figure(dearer, "service") == 0


def test_easy_goals_are_all_met_and_said_so() -> None:
    view = shown(customers=1000)
    assert "All three goals are met" in view["say"]
    assert all(figure(view, key) == 0 for key in ("service", "money", "staff"))


def test_the_lines_stand_where_the_goals_are_just_met_and_a_missed_one_is_dashed() -> None:
    view = shown(customers=2000, budget=15000, temps=150)
    strokes = view["parts"][0]["data"]["strokes"]
    factors = {"service": (6, 4, 2000), "money": (60, 30, 15000), "staff": (0, 1, 150)}
    for row in strokes:
        if row["line"] in factors:
            a, b, c = factors[row["line"]]
            assert a * row["x"] + b * row["y"] == pytest.approx(c)
            assert row["dash"] == bool(figure(view, row["line"]))


def test_the_table_has_the_weights_and_every_order_and_marks_the_one_shown() -> None:
    table = shown(method="order", order="money-staff-service")["parts"][2]
    assert len(table["rows"]) == 7
    (marked,) = table["emphasis"]
    assert table["rows"][marked][0] == "money, staff, service"
    assert shown()["parts"][2]["emphasis"] == [0]


@pytest.mark.parametrize("customers", [600, 2400, 4000])
@pytest.mark.parametrize("budget", [4000, 20000, 36000])
def test_words_stand_within_the_picture(customers: int, budget: int) -> None:
    view = shown(customers=customers, budget=budget)
    for row in view["parts"][0]["data"]["dots"]:
        assert 0 <= row["x"] <= 440
        assert 0 <= row["y"] <= 540


EXTREMES: list[dict[str, Any]] = [
    {}, {"customers": 4000, "budget": 4000, "temps": 20, "trained": 100},
    {"customers": 1000, "budget": 4000}, {"method": "order"},
    {"customers": 600, "budget": 36000, "temps": 500, "trained": 400},
    {"customers": 4000, "budget": 36000}, {"customers": 600, "budget": 4000, "temps": 20},
]  # fmt: skip


@pytest.mark.parametrize("given", EXTREMES)
def test_every_line_has_its_name_in_its_colour(given: dict[str, Any]) -> None:
    chart = shown(**given)["parts"][0]
    names = {row["text"]: row["color"] for row in chart["data"]["names"]}
    assert len(names) == 5
    for sign, color in (("customers", "blue"), ("yuan", "vermilion"), (" h", "green")):
        assert any(text.endswith(sign) and color in names[text] for text in names)
    assert overlapping(chart, ((0, 440), (0, 540))) == set()


@pytest.mark.parametrize("given", [EXTREMES[0], EXTREMES[3], EXTREMES[4]])
def test_no_name_lies_on_a_line_where_there_is_room(given: dict[str, Any]) -> None:
    chart = shown(**given)["parts"][0]
    assert {name for name, _ in crossed(chart, ((0, 440), (0, 540)))} <= {"plan"}


@pytest.mark.parametrize("given", EXTREMES)
def test_handles_stand_beside_the_axes_and_words_have_room_behind_bars(given: Any) -> None:
    view = shown(**given)
    temps, trained = view["parts"][0]["handles"]
    assert temps["x"] / 440 * 265 > 13
    assert trained["y"] / 540 * 270 > 13
    bars = view["parts"][1]
    end = next(
        layer["encoding"]["x"]["scale"]["domain"][1] for layer in bars["spec"]["layer"]
        if "domain" in layer.get("encoding", {}).get("x", {}).get("scale", {})
    )  # fmt: skip
    most = max(row["missed"] for row in bars["data"]["rows"])
    assert end >= 1.35 * most
