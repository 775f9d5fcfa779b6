"""Forecasts, appointments, bookings and a wait: what is shown against models and by hand."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import Any

import pytest
from asked import ask, figure, series, text

from svclab import data
from svclab.capacity.demand.flights import per_day
from svclab.capacity.explorables import forecasts
from svclab.capacity.explorables.bookings import away_chance, year
from svclab.capacity.explorables.felt import BURDENS, NOUNS, saved
from svclab.capacity.explorables.visits import SESSIONS, cost, even_price, simulated
from svclab.capacity.managing.overbooking import deciding, party_shows
from svclab.capacity.managing.overbooking import simulated as simulated_nights
from svclab.capacity.managing.waiting import FACTORS, MAISTER, REMEDIES


def label(view: dict[str, Any], key: str) -> str:
    """What a key figure is called."""
    return str(next(f for f in view["figures"] if f["key"] == key)["label"])


# Exponential smoothing

ENROLLED = [row["total"] for row in data.rows("ningbo-enrolment")]


def test_the_forecasts_of_the_level_are_the_recursion_by_hand() -> None:
    level, expected = float(ENROLLED[0]), []
    for came in ENROLLED:
        expected.append(level)
        level += 0.4 * (came - level)
    view = ask("smoothing", alpha=0.4)
    shown = series(view["parts"][0], "line", "forecast made before")
    assert [row["value"] for row in shown] == pytest.approx([*expected, level], abs=1e-5)
    errors = [y - f for y, f in zip(ENROLLED, expected, strict=True)][2:]
    assert figure(view, "mae") == pytest.approx(math.fsum(map(abs, errors)) / 5)
    assert figure(view, "bias") == pytest.approx(math.fsum(errors) / 5)
    assert "too low by" in label(view, "bias")
    assert figure(view, "next") == pytest.approx(level)


def test_the_forecasts_with_a_trend_are_holts_recursion_by_hand() -> None:
    trend = ENROLLED[1] - ENROLLED[0]
    level, expected = float(ENROLLED[0] - trend), []
    for came in ENROLLED:
        expected.append(level + trend)
        new = 0.4 * came + 0.6 * (level + trend)
        trend = 0.3 * (new - level) + 0.7 * trend
        level = new
    view = ask("smoothing", method="trend", alpha=0.4, beta=0.3)
    shown = series(view["parts"][0], "line", "forecast made before")
    assert [row["value"] for row in shown][:-1] == pytest.approx(expected, abs=1e-5)
    assert figure(view, "next") == pytest.approx(level + trend)


@pytest.mark.parametrize("past", ["enrolment", "weeks", "days"])
def test_alpha_one_is_the_naive_forecast(past: str) -> None:
    view = ask("smoothing", past=past, alpha=1)
    values = forecasts.series(past).values
    naive = math.fsum(abs(b - a) for a, b in pairwise(values[1:]))
    assert figure(view, "mae") == pytest.approx(naive / (len(values) - 2))
    assert figure(view, "naive") == pytest.approx(figure(view, "mae"))
    assert "the same as the naive forecast" in view["say"]


@pytest.mark.parametrize("past", ["enrolment", "weeks", "days"])
@pytest.mark.parametrize("method", ["level", "trend"])
def test_no_alpha_of_the_slider_is_better_than_the_best_that_is_named(
    past: str, method: str
) -> None:
    best = figure(ask("smoothing", past=past, method=method), "best")
    errors = {
        k / 50: figure(ask("smoothing", past=past, method=method, alpha=k / 50), "mae")
        for k in range(51)
    }
    assert errors[best] == min(errors.values())


def test_where_the_best_weight_lies_depends_on_the_series() -> None:
    # A series that grows wants all weight on the newest value, a noisy level wants little.
    assert figure(ask("smoothing", past="enrolment"), "best") == 1
    assert figure(ask("smoothing", past="days"), "best") < 0.5
    assert "the best is 1." in ask("smoothing", guess="low")["say"]


def test_the_series_are_those_of_the_data() -> None:
    days = list(per_day().values())
    assert forecasts.series("enrolment").first == 1999
    assert list(forecasts.series("enrolment").values) == ENROLLED
    assert math.fsum(forecasts.series("weeks").values) == sum(days[:364])
    assert list(per_day())[90] == "2013-04-01"
    assert list(per_day())[180] == "2013-06-30"
    assert list(forecasts.series("days").values) == days[90:181]


def test_the_dips_of_the_daily_series_are_saturdays() -> None:
    values = forecasts.series("days").values
    for week in range(13):
        monday = 7 * week  # 1 April 2013 was a Monday
        assert values[monday + 5] < min(values[monday : monday + 5])
    assert "Saturdays" in ask("smoothing", past="days")["say"]
    assert "Saturdays" not in ask("smoothing")["say"]


@pytest.mark.parametrize("past", ["weeks", "days"])
def test_a_series_that_hardly_moves_is_drawn_large_enough_to_see_it(past: str) -> None:
    scale = ask("smoothing", past=past)["parts"][0]["spec"]["layer"][0]["encoding"]["y"]["scale"]
    low, high = scale["domain"]
    values = forecasts.series(past).values
    assert not scale["zero"]
    assert low <= min(values)
    assert max(values) - min(values) > (high - low) / 2


def test_the_mean_error_says_its_side_and_every_figure_its_unit() -> None:
    high = ask("smoothing", past="weeks")
    assert "too high by" in label(high, "bias")
    assert figure(high, "bias") > 0
    assert text(high, "ends").endswith("departures")


# Appointments


def test_without_chance_the_rules_are_worked_out_by_hand() -> None:
    # 20 min for everybody, every 20 min: nobody waits. Two at the start: all but the first 20 min.
    view = ask("appointments", no_show=0, spread=0, price=0.2)
    rows = {row[0]: row[1:] for row in view["parts"][2]["rows"]}
    assert rows["equal"] == ["0 ± 0"] * 3 + ["0"]
    assert rows["Bailey-Welch"][:3] == ["18.3 ± 0", "0 ± 0", "0 ± 0"]
    waits = [row["wait"] for row in series(view["parts"][0], "rule", "Bailey-Welch")]
    assert waits == [0.0] + [20.0] * 11
    assert float(rows["Bailey-Welch"][3]) == pytest.approx(0.2 * 11 * 20)


def test_the_waits_by_place_average_to_the_wait_in_the_table() -> None:
    found, by_place = simulated(20.0, 2, 0.0, 0.0, 0.6, 3)
    for row in found.rows:
        mean = math.fsum(by_place[row.name]) / 12
        assert row.wait.mean == pytest.approx(mean)
        assert row.wait.replications == SESSIONS


def test_with_equal_intervals_the_last_wait_longest_as_the_answer_says() -> None:
    waits = simulated(20.0, 2, 0.0, 0.0, 0.6, 8)[1]["equal"]
    assert max(waits) == waits[-1]
    assert waits[-1] > 2 * waits[3]


def test_at_the_price_named_both_rules_cost_the_same_and_below_it_bailey_welch_costs_less() -> None:
    found, _ = simulated(20.0, 2, 10.0, 0.0, 0.6, 8)
    even = even_price(found["Bailey-Welch"], found["equal"], 10.8)
    assert even is not None
    assert cost(found["equal"], even, 10.8) == pytest.approx(
        cost(found["Bailey-Welch"], even, 10.8)
    )
    assert text(ask("appointments"), "even") == f"cheaper below {even:.2f}".rstrip("0")
    assert text(ask("appointments", price=0.0), "best") == "Bailey-Welch"
    assert text(ask("appointments", price=1.0), "best") != "Bailey-Welch"


def test_the_cost_shown_is_idle_and_overtime_and_waits_at_their_worth() -> None:
    view = ask("appointments", price=0.5)
    lines = view["parts"][1]["data"]["rows"]
    here = min(row["cost"] for row in lines if row["price"] == 0.5)
    assert figure(view, "cost") == pytest.approx(here, abs=1e-5)
    parts = [figure(view, key) for key in ("idle", "overtime", "wait")]
    assert here == pytest.approx(parts[0] + 1.5 * parts[1] + 0.5 * 10.8 * parts[2], abs=1e-5)


def test_an_interval_that_plans_overtime_is_warned_of() -> None:
    assert "overtime is planned" in ask("appointments", interval=25)["warning"]
    assert not ask("appointments", interval=21)["warning"]


def test_one_at_the_start_makes_bailey_welch_the_equal_rule() -> None:
    rows = ask("appointments", first=1)["parts"][2]["rows"]
    assert rows[0][1:] == rows[1][1:]


# Overbooking


def chances(bookings: int, kept: float) -> list[float]:
    return [
        math.comb(bookings, k) * kept**k * (1 - kept) ** (bookings - k) for k in range(bookings + 1)
    ]


@pytest.mark.parametrize("bookings", [50, 53, 57, 70])
@pytest.mark.parametrize("kept", [80, 92])
def test_the_cost_of_a_night_is_the_sum_over_the_binomial_distribution(
    bookings: int, kept: int
) -> None:
    view = ask("overbooking", bookings=bookings, kept=kept)
    p = chances(bookings, kept / 100)
    cost_ = math.fsum(q * (300 * max(50 - k, 0) + 900 * max(k - 50, 0)) for k, q in enumerate(p))
    assert figure(view, "cost") == pytest.approx(cost_)
    away = math.fsum(q for k, q in enumerate(p) if k > 50)
    shows = party_shows(bookings, kept / 100)
    assert away_chance(shows) == pytest.approx(away)
    if 0.005 < away < 0.995:
        assert figure(view, "chance") == pytest.approx(100 * away, abs=0.501)
    elif away:
        assert text(view, "chance") in ("less than 1%", "more than 99%")


def test_the_best_number_of_bookings_is_the_lowest_point_of_the_curve() -> None:
    view = ask("overbooking")
    rows = view["parts"][0]["data"]["rows"]
    lowest = min(rows, key=lambda row: row["cost"])
    assert lowest["bookings"] == figure(view, "best") == 53
    assert "53 bookings cost 699 yuan" in ask("overbooking", guess=55)["say"]


def test_groups_leave_the_mean_and_widen_the_spread() -> None:
    def moments(party: int) -> tuple[float, float]:
        rows = ask("overbooking", bookings=60, kept=85, party=party)["parts"][1]["data"]["rows"]
        total = math.fsum(row["percent"] for row in rows)
        mean = math.fsum(row["come"] * row["percent"] for row in rows) / total
        square = math.fsum((row["come"] - mean) ** 2 * row["percent"] for row in rows)
        return mean, square / total

    alone, threes = moments(1), moments(3)
    # What is below 0.05% is not drawn, which moves the mean by less than 0.1.
    assert threes[0] == pytest.approx(alone[0], abs=0.1)
    assert threes[1] == pytest.approx(3 * alone[1], rel=0.05)


def test_the_simulated_year_is_the_one_of_the_model_and_near_the_expected_cost() -> None:
    """|z| < 5 for a mean over 365 nights: a false alarm in 1.7 million."""
    view = ask("overbooking", bookings=53, seed=4)
    ((_, nightly),) = simulated_nights(
        deciding(0.92), [53], places=50, empty_cost=300, denied_cost=900, nights=365, seed=4
    )
    mean = text(view, "simulated").split()[0]
    assert float(mean) == pytest.approx(nightly.mean, abs=0.51)
    assert abs(nightly.mean - figure(view, "cost")) < 5 * nightly.half_width / 1.96
    dots = view["parts"][2]["data"]["rows"]
    assert [row["come"] for row in dots] == list(year(53, 92.0, 1, 4)[:60])


def test_large_groups_and_cheap_refusals_are_warned_of() -> None:
    assert "single group" in ask("overbooking", party=12, bookings=55)["warning"]
    assert not ask("overbooking", party=20, bookings=50)["warning"]  # nobody can be sent away
    assert "beyond" in ask("overbooking", away=0)["warning"]
    assert text(ask("overbooking", away=0), "best") == "70 or more"
    assert "Not to overbook" in ask("overbooking", kept=100)["say"]


@pytest.mark.parametrize("bookings", [50, 58, 70])
def test_the_readers_point_lies_on_the_curve_and_in_the_picture(bookings: int) -> None:
    view = ask("overbooking", bookings=bookings)
    chart = view["parts"][0]
    (handle,) = chart["handles"]
    curve = {row["bookings"]: row["cost"] for row in chart["data"]["rows"]}
    assert handle["y"] == pytest.approx(curve[bookings], abs=1e-5)
    scales = chart["spec"]["layer"][0]["encoding"]
    assert handle["y"] < scales["y"]["scale"]["domain"][1]
    assert handle["x"] <= scales["x"]["scale"]["domain"][1]


# The wait that is felt


def marked(**marks: int) -> list[dict[str, object]]:
    return [{"item": name, "mark": marks.get(name, 4)} for name in MAISTER.names]


def test_every_factor_belongs_to_a_proposition_and_every_proposition_has_a_remedy() -> None:
    assert set(BURDENS.values()) == set(FACTORS)
    assert set(BURDENS) < set(MAISTER.names)
    assert set(REMEDIES) == set(MAISTER.names)


def test_with_the_best_marks_the_wait_feels_as_long_as_it_is() -> None:
    view = ask("waiting_audit", marks=marked())
    assert figure(view, "felt") == pytest.approx(15)
    assert text(view, "begin") == "nothing"
    assert len(view["parts"]) == 2


def test_one_proposition_not_kept_lengthens_the_wait_by_its_factor_and_half_a_mark_by_half() -> (
    None
):
    view = ask("waiting_audit", wait=20, marks=marked(fair=0))
    assert figure(view, "felt") == pytest.approx(20 * FACTORS["unfair"])
    half = ask("waiting_audit", wait=20, marks=marked(occupied=2))
    assert figure(half, "felt") == pytest.approx(20 * (1 + (FACTORS["unoccupied"] - 1) / 2))


def test_what_a_remedy_saves_is_the_wait_felt_before_less_the_wait_felt_after() -> None:
    before = ask("waiting_audit", marks=marked(fair=1, calm=2))
    after = ask("waiting_audit", marks=marked(calm=2))
    gains = saved(15, {"fair": 1, "calm": 2} | {n: 4 for n in MAISTER.names if n not in
                                                ("fair", "calm")})  # fmt: skip
    assert gains["fair"] == pytest.approx(figure(before, "felt") - figure(after, "felt"))
    shown = {row["item"]: row["saved"] for row in before["parts"][1]["data"]["rows"]}
    assert shown == pytest.approx({NOUNS[name]: gain for name, gain in gains.items()}, abs=1e-5)


def test_the_lowest_mark_comes_first_whatever_the_invented_factors() -> None:
    view = ask("waiting_audit", marks=marked(together=0, fair=1, occupied=1))
    named = [NOUNS[name] for name in ("together", "fair", "occupied")]
    assert [row[0] for row in view["parts"][2]["rows"]] == named
    assert "where your marks are lowest." in view["say"]
    # A proposition without a factor can come first too, and then no minutes are promised.
    alone = ask("waiting_audit", marks=marked(**{"worth it": 1, "fair": 2}))
    assert text(alone, "begin") == NOUNS["worth it"]
    assert "invented" not in alone["say"]


def test_equal_marks_are_not_called_lowest_and_a_tie_is_shown_as_one() -> None:
    # Fair 1.4 and occupied 1.36 come first; calm and certain, both 1.3, share the third place.
    view = ask("waiting_audit")
    assert "lowest" not in view["say"]
    assert "where a better mark would save most" in view["say"]
    named = [NOUNS[name] for name in ("fair", "occupied", "calm", "certain")]
    assert [row[0] for row in view["parts"][2]["rows"]] == named
    rows = view["parts"][1]["data"]["rows"]
    assert {row["item"] for row in rows if row["text"].endswith("first")} == set(named)
    assert {row["item"] for row in rows if row["color"] == "var(--svc-orange)"} == set(named)


def test_where_some_of_the_lowest_marks_are_left_out_the_sentence_says_by_what() -> None:
    lows = dict.fromkeys(("fair", "occupied", "calm", "started"), 1)
    said = ask("waiting_audit", marks=marked(**lows))["say"]
    assert "lowest and a better one would save most" in said


def test_a_promise_that_the_clock_breaks_is_warned_of() -> None:
    view = ask("waiting_audit", wait=20, expected=10)
    assert "Promise what is true" in view["warning"]
    assert figure(view, "gap") == pytest.approx(figure(view, "felt") - 10)
