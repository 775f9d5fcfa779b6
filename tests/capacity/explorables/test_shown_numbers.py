"""What the explorables show against the models, and against second ways to the same number."""

from __future__ import annotations

import json
import math
from itertools import pairwise
from random import Random
from typing import Any

import pytest

from svclab.capacity.explorables.pools import break_even, idle_beside_a_queue, pooled
from svclab.capacity.explorables.run_length import empty_start, first_hours
from svclab.capacity.explorables.running import found_there, one_run
from svclab.capacity.explorables.variation import approximated, simulated
from svclab.capacity.queues.erlang import erlang_b
from svclab.capacity.queues.general import kingman_bound, mg1
from svclab.capacity.queues.markovian import erlang_a, mm1, mmc
from svclab.capacity.simulation.sampling import Station
from svclab.capacity.simulation.warmup import across, mser5
from svclab.explore import answer, declaration
from svclab.intervals import estimate, student_t


def ask(name: str, **given: Any) -> dict[str, Any]:
    request = {"name": f"capacity.{name}", "parameters": given}
    view: dict[str, Any] = json.loads(answer(json.dumps(request)))["view"]
    return view


def figure(view: dict[str, Any], key: str) -> Any:
    return next(f for f in view["figures"] if f["key"] == key)["value"]


def text(view: dict[str, Any], key: str) -> str:
    return str(next(f for f in view["figures"] if f["key"] == key)["text"])


# The noon rush


def test_the_rush_is_the_triangle_that_one_draws_by_hand() -> None:
    # 180 come and 100 are served for an hour: 80 too many. Then 50 come: 80 / 50 h to clear.
    view = ask("noon_rush")
    assert figure(view, "longest") == 80
    assert figure(view, "wait") == pytest.approx(60 * 80 / 100)
    assert text(view, "clears") == "14:36"
    assert figure(view, "total") == pytest.approx(80 * (1 + 80 / 50) / 2)
    assert figure(view, "mean") == pytest.approx(60 * 104 / (50 + 180 + 100))


def test_the_distances_in_the_picture_are_queue_and_wait_at_the_time_chosen() -> None:
    up, across_ = ask("noon_rush", time=90)["parts"][0]["data"]["spans"]
    # At 12:30: 50 + 90 have come, 50 + 50 are served; the customer 140 is served 24 min later.
    assert (up["x"], up["y"], up["y2"]) == (90, 100, 140)
    assert (across_["y"], across_["x"], across_["x2"]) == (140, 90, pytest.approx(114))


def test_extra_clerks_save_the_more_the_earlier_they_come() -> None:
    saved = [figure(ask("noon_rush", extra=2, extra_from=t), "saved") for t in range(60, 181, 15)]
    assert all(early > late for early, late in pairwise(saved))


def test_a_rush_below_capacity_has_no_queue_and_says_what_is_not_seen() -> None:
    view = ask("noon_rush", peak=100)
    assert text(view, "clears") == "no queue"
    assert "Chance" in view["say"]
    assert view["parts"][0]["data"].get("spans", []) == []


def test_the_time_of_the_longest_queue_is_said_once_and_extra_clerks_come_by_the_clock() -> None:
    at_peak, before = ask("noon_rush")["say"], ask("noon_rush", time=90)["say"]
    assert at_peak.count("13:00") == at_peak.count("80") == 1
    assert "longest at 13:00, with 80 customers" in before
    assert "2 extra clerks come at 12:30." in ask("noon_rush", extra=2, extra_from=90)["say"]
    shown = {p["name"]: p.get("shown_if") for p in declaration("capacity.noon_rush")["parameters"]}
    assert shown["extra_from"] == {"parameter": "extra", "equals": (1, 2, 3, 4, 5, 6)}


def test_too_few_clerks_work_long_after_closing() -> None:
    assert "work until 17:36" in str(ask("noon_rush", clerks=2)["warning"])


# The wait near capacity


def test_the_curve_goes_through_the_known_waits_of_one_server() -> None:
    # M/M/1: service × ρ / (1 - ρ).
    view = ask("wait_curve")
    mine = [r for r in view["parts"][0]["data"]["rows"] if r["servers"] == "1 server (yours)"]
    for row in mine:
        share = row["use"] / 100
        assert row["wait"] == pytest.approx(3 * share / (1 - share))
    assert figure(view, "wait") == pytest.approx(12)
    assert figure(view, "queue") == pytest.approx(16 / 60 * 12)


@pytest.mark.parametrize(("spread", "scv"), [("constant", 0), ("random", 1), ("wild", 3)])
def test_the_spread_of_the_services_acts_as_pollaczek_and_khinchine_say(
    spread: str, scv: float
) -> None:
    queue = mg1(18, 20, service_scv=scv)
    view = ask("wait_curve", use=90, spread=spread)
    assert figure(view, "wait") == pytest.approx(queue.mean_wait_minutes)


def test_more_servers_wait_less_at_the_same_utilisation() -> None:
    waits = [figure(ask("wait_curve", use=90, servers=c), "wait") for c in range(1, 21)]
    assert all(one > more for one, more in pairwise(waits))


def test_at_full_load_no_wait_is_shown_and_the_servers_needed_are_named() -> None:
    view = ask("wait_curve", use=100, servers=4)
    assert text(view, "wait") == "unlimited"
    assert figure(view, "wait") is None
    assert "have 5 servers" in view["warning"]
    assert figure(view, "room") == 0
    # 4.4 Erlang: four are too few, five are enough.
    assert "have 5 servers" in ask("wait_curve", use=110, servers=4)["warning"]


def test_the_readers_own_line_is_the_first_and_blue_however_many_servers_it_has() -> None:
    for servers in (1, 2, 3, 20):
        chart = ask("wait_curve", servers=servers)["parts"][0]
        (colour,) = [
            layer["encoding"]["color"]["scale"]
            for layer in chart["spec"]["layer"]
            if layer["encoding"].get("color", {}).get("legend")
        ]
        assert "(yours)" in colour["domain"][0]
        assert colour["range"][0] == "var(--svc-blue)"


@pytest.mark.parametrize(("name", "more"), [("wait_curve", {"use": 99}), ("pooling", {"loss": 25})])
def test_a_point_that_lies_above_the_picture_says_so(name: str, more: dict[str, Any]) -> None:
    labels = [mark["label"] for mark in ask(name, **more)["parts"][0]["data"]["marks"]]
    assert any("above the picture" in label for label in labels)


# The queue running


def test_where_practically_nobody_waits_that_is_what_it_says() -> None:
    view = ask("queue_running", service=0.5)
    assert "practically nobody waits" in view["say"]
    assert next(f for f in view["figures"] if f["key"] == "theory")["unit"] == "s"


def test_a_visitor_finds_as_many_as_the_closed_form_says() -> None:
    """20,000 visits; a share is off by more than five standard errors once in 1.7 million."""
    load, servers, n = 2.7, 3, 20_000
    stream = Random(7)
    found = [found_there(load, servers, stream) for _ in range(n)]
    first = [load**k / math.factorial(k) for k in range(servers)]
    tail = load**servers / math.factorial(servers) / (1 - load / servers)
    for k in range(8):
        weight = load ** min(k, servers) / math.factorial(min(k, servers))
        expected = weight * (load / servers) ** max(0, k - servers) / (math.fsum(first) + tail)
        error = math.sqrt(expected * (1 - expected) / n)
        assert abs(found.count(k) / n - expected) < 5 * error


def test_a_queue_begun_as_found_is_steady_from_its_first_customers() -> None:
    """Mean of the first 20 waits over 3,000 queues, |z| < 5: a false alarm in 1.7 million."""
    desk = Station(arrivals_per_hour=54, service_seconds=180, servers=3)
    means = []
    for run in range(3000):
        done = one_run(desk, 3, 20, f"steady/{run}")
        means.append(math.fsum(done.waits[done.warm_up :]) / 20 / 60)
    found = estimate(means)
    z = (found.mean - mmc(54, 20, servers=3).mean_wait_minutes) / (
        found.half_width / student_t(0.95, len(means) - 1)
    )
    assert abs(z) < 5


def test_the_band_holds_the_formula_about_as_often_as_it_says() -> None:
    """100 draws at 60% utilisation: 82 or fewer of 100 at 95 % happen less than once in 10⁶."""
    held = 0
    for seed in range(100):
        view = ask("queue_running", arrivals=36, customers=400, seed=seed)
        held += "inside the band" in view["say"]
    assert held >= 82


def test_the_band_narrows_as_customers_pass() -> None:
    band = ask("queue_running")["parts"][1]["data"]["band"]
    width = [row["high"] - row["low"] for row in band]
    assert width[-1] < width[len(width) // 4] / 2


def test_the_running_mean_ends_at_the_figure_and_counts_all_customers() -> None:
    view = ask("queue_running", customers=500)
    rows = view["parts"][1]["data"]["rows"]
    assert rows[-1]["customers"] == 5000
    assert rows[-1]["wait"] == pytest.approx(figure(view, "simulated"))
    assert "5,000 customers" in view["say"]


def test_the_animation_serves_in_order_with_no_more_servers_than_there_are() -> None:
    trace = ask("queue_running")["parts"][0]
    visits = [customer["visits"][0] for customer in trace["customers"]]
    assert len([v for v in visits if v[1] > 0]) == 40
    starts = [start for _, _, start, _ in visits]
    assert starts == sorted(starts)
    for _, _, start, _ in visits:
        assert sum(s <= start < f for _, _, s, f in visits) <= 3


def test_an_overloaded_queue_runs_without_a_formula_and_with_a_warning() -> None:
    view = ask("queue_running", arrivals=66)
    assert text(view, "theory") == "no long run"
    assert "at least 4 servers" in view["warning"]


# Pooling


def test_pooling_two_counters_gives_the_wait_of_two_servers() -> None:
    view = ask("pooling")
    assert figure(view, "own") == pytest.approx(8)
    # M/M/2: service × ρ² / (1 - ρ²).
    assert figure(view, "one") == pytest.approx(2 * 0.64 / 0.36)


@pytest.mark.parametrize("servers", [2, 4, 6])
def test_at_the_loss_named_both_designs_wait_alike(servers: int) -> None:
    even = break_even(24, 2, servers)
    one = pooled(24, 2, servers, even)
    assert one is not None
    assert one.mean_wait == pytest.approx(mm1(24, 30).mean_wait, rel=1e-9)
    below = ask("pooling", servers=servers, loss=math.floor(200 * even) / 2)
    above = ask("pooling", servers=servers, loss=math.ceil(200 * even) / 2)
    assert figure(below, "one") < figure(below, "own")
    assert "does not pay" in above["say"]


@pytest.mark.parametrize("lines", [2, 3, 6])
def test_idle_beside_a_queue_is_what_enumerating_the_lines_gives(lines: int) -> None:
    use = 0.8
    kinds = {"empty": 1 - use, "one": use * (1 - use), "queue": use * use}
    total = 0.0
    for number in range(3**lines):
        states = [list(kinds)[number // 3**k % 3] for k in range(lines)]
        if "empty" in states and "queue" in states:
            total += math.prod(kinds[state] for state in states)
    assert idle_beside_a_queue(use, lines) == pytest.approx(total)


def test_a_line_too_slow_to_carry_the_load_is_said_and_not_shown_as_a_number() -> None:
    view = ask("pooling", loss=25)
    assert text(view, "one") == "unlimited"
    assert "grows without bound" in view["warning"]
    assert "adds no capacity" in ask("pooling", service=4)["warning"]


# Variability


def test_variability_times_utilisation_times_service_is_the_wait() -> None:
    view = ask("variability", use=85, arrivals_cv=1.25, service_cv=0.5, servers=3)
    product = figure(view, "v") * figure(view, "u") * figure(view, "t")
    assert product == pytest.approx(figure(view, "wait"))
    assert figure(view, "v") == pytest.approx((1.25**2 + 0.25) / 2)


@pytest.mark.parametrize("cv", [0.0, 0.5, 1.0, 1.5])
def test_the_simulated_wait_agrees_with_the_exact_one_for_random_arrivals(cv: float) -> None:
    """Ten batches, Student's t with nine degrees; |t| > 9 happens about once in 100,000."""
    found = simulated(0.7, 1, 3, 1, cv, 5)
    exact = mg1(14, 20, service_scv=cv * cv).mean_wait_minutes
    assert abs(found.mean - exact) < 9 * found.half_width / student_t(0.95, 9)


def test_the_simulation_stays_below_kingmans_bound() -> None:
    for cv in (0.25, 0.75, 1.5):
        found = simulated(0.8, 1, 3, cv, 0.5, 2)
        bound = kingman_bound(16, 20, arrival_scv=cv * cv, service_scv=0.25)
        assert found.mean - 3 * found.half_width < 60 * bound


def test_clockwork_on_both_sides_makes_nobody_wait() -> None:
    view = ask("variability", arrivals_cv=0, service_cv=0)
    assert figure(view, "wait") == 0
    assert figure(view, "simulated") == pytest.approx(0, abs=1e-6)
    assert approximated(0.8, 1, 3, 0, 0).mean_wait == 0


def test_the_formulas_error_is_said_where_chance_does_not_hide_it() -> None:
    # Arrivals like clockwork, exponential services: Kingman is too long at low utilisation.
    view = ask("variability", use=50, arrivals_cv=0, service_cv=1)
    assert "too long" in view["say"]
    assert figure(view, "wait") > figure(view, "simulated") + figure(view, "error")


def test_the_handle_does_not_cover_what_is_simulated() -> None:
    for setting in ({}, {"arrivals_cv": 0, "use": 55}, {"use": 90}):
        chart = ask("variability", **setting)["parts"][0]
        _, diamond = chart["data"]["marks"]
        top = chart["spec"]["layer"][0]["encoding"]["y"]["scale"]["domain"][1]
        assert chart["handles"][0]["y"] == pytest.approx(top)
        assert diamond["y"] < 0.8 * top


# Telephone lines


def test_the_share_that_may_be_lost_is_the_readers_own() -> None:
    view = ask("phone_lines", mode="lost", lost=5)
    enough = int(figure(view, "enough"))
    assert erlang_b(18, enough) <= 0.05 < erlang_b(18, enough - 1)
    assert f"at most 5%, needs {enough} lines" in view["say"]


def test_lost_calls_are_erlangs_b_and_the_lines_named_are_the_fewest() -> None:
    view = ask("phone_lines", mode="lost", lines=25)
    assert figure(view, "lost") == pytest.approx(100 * erlang_b(18, 25), abs=0.005)
    enough = int(figure(view, "enough"))
    assert erlang_b(18, enough) <= 0.01 < erlang_b(18, enough - 1)


def test_the_three_senses_are_those_of_erlang_a_and_their_order_is_fixed() -> None:
    level = erlang_a(360, 20, servers=19, mean_patience=2 / 60).service_level(seconds=20)
    view = ask("phone_lines")
    assert figure(view, "offered") == pytest.approx(100 * level.of_all_offered, abs=0.05)
    assert figure(view, "answered") == pytest.approx(100 * level.of_those_answered, abs=0.05)
    patient = 100 * level.leaving_out_those_who_gave_up_in_time
    assert figure(view, "patient") == pytest.approx(patient, abs=0.05)
    assert figure(view, "offered") < figure(view, "patient") < figure(view, "answered")


def test_whether_the_target_is_met_depends_on_the_sense() -> None:
    tones = {f["key"]: f["tone"] for f in ask("phone_lines")["figures"]}
    assert (tones["offered"], tones["answered"], tones["patient"]) == ("bad", "good", "good")
    rows = ask("phone_lines")["parts"][1]["rows"]
    assert [row[1] for row in rows] == ["20", "19", "19"]


def test_fewer_lines_than_the_load_are_said_to_live_on_those_who_hang_up() -> None:
    view = ask("phone_lines", lines=15)
    assert "hang up" in view["warning"]
    assert "at least 19 lines" in view["warning"]


# How long to run


def test_the_cut_and_the_mean_are_what_the_rule_and_the_runs_give() -> None:
    view = ask("how_long_to_run", runs=8, customers=600, seed=3)
    runs = [empty_start(0.8, 600, f"3/{run}") for run in range(8)]
    drop = mser5(across(runs)).drop
    kept = estimate([math.fsum(run[drop:]) / (600 - drop) for run in runs])
    assert figure(view, "drop") == drop
    assert figure(view, "kept") == pytest.approx(kept.mean)
    assert figure(view, "error") == pytest.approx(kept.half_width)
    assert figure(view, "needed") == pytest.approx(4 * (600 - drop) + drop, abs=1)


def test_a_run_that_says_little_is_warned_of_in_words_that_fit_what_was_dropped() -> None:
    """Short runs, few runs: the rule finds no end, or the error is a large share of the mean."""
    kinds = set()
    for seed in range(40):
        view = ask("how_long_to_run", runs=5, customers=200, seed=seed)
        drop, error = int(figure(view, "drop")), figure(view, "error") / figure(view, "kept")
        if "finds no clear end" in view["warning"]:
            kinds.add("no end")
            assert f"only {drop} customer" in view["warning"]
        elif error > 0.2:
            kinds.add("rough")
            assert "of the mean" in view["warning"]
    assert "rough" in kinds


def test_an_empty_start_makes_the_first_customers_wait_less() -> None:
    """2,000 openings; the second wait is max(0, S - A), whose mean is known.

    S and A are exponential with means 3 and 3.75 min: E max(0, S - A) = 3² / 6.75. |z| > 5 is
    a false alarm in 1.7 million.
    """
    runs = [empty_start(0.8, 2, f"open/{run}") for run in range(2000)]
    assert {run[0] for run in runs} == {0.0}
    found = estimate([run[1] for run in runs])
    error = found.half_width / student_t(0.95, 1999)
    assert abs(found.mean - 9 / 6.75) < 5 * error


def test_the_wait_of_an_overloaded_counter_grows_with_the_hours_simulated() -> None:
    means = [found.mean for found in first_hours(1.2, 20, 50)]
    assert all(early < late for early, late in pairwise(means))
    # The fluid part alone: the queue grows by 0.2 of capacity, half of it on average.
    assert means[-1] > 60 * 8 * 0.2 / 2 * 0.7
    for hours in (1, 8):
        view = ask("how_long_to_run", what="hour", hours=hours)
        assert figure(view, "mean") == pytest.approx(means[hours - 1])
        assert "no long-run mean" in view["warning"]
