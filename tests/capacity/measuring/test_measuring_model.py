"""The watch and its model: counts by hand, waits by the engine, theory beside simulated days."""

from __future__ import annotations

import math
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from svclab.capacity import measuring
from svclab.capacity.measuring.fitted import _of_served
from svclab.capacity.measuring.observation import BALKED, Observation
from svclab.capacity.queues.markovian import erlang_a, mmc
from svclab.capacity.simulation.customers import SERVED, Customers
from svclab.capacity.simulation.recursion import serve

HAND = """customer,arrived,started,left,server,outcome,servers_open,watch_began,watch_ended
1,,12:00:10,12:01:00,A,served,2,12:00:00,12:10:00
2,12:00:20,12:00:20,12:02:20,B,served,2,12:00:00,12:10:00
3,12:00:30,12:01:00,12:04:00,A,served,2,12:00:00,12:10:00
4,12:00:40,,12:01:40,,gave up,2,12:00:00,12:10:00
5,12:00:50,,12:00:50,,balked,2,12:00:00,12:10:00
6,12:05:00,12:05:00,,B,in service,1,12:00:00,12:10:00
7,12:09:00,,,,waiting,1,12:00:00,12:10:00
"""


@pytest.fixture
def watch() -> Observation:
    return measuring.parse_observation(HAND)


def test_the_figures_of_a_small_watch_are_those_counted_by_hand(watch: Observation) -> None:
    assert watch.came == 6
    assert watch.outcomes == {
        "served": 2, "balked": 1, "gave up": 1, "waiting": 1, "in service": 1,
    }  # fmt: skip
    assert watch.arrivals_per_hour == pytest.approx(36)
    assert watch.waits.seconds == (0.0, 30.0, 0.0)
    assert watch.waits_of_those_who_gave_up.seconds == (60.0,)
    assert watch.services.seconds == (50.0, 120.0, 180.0)
    # B serves to the end of the watch: 120 s and 300 s.
    assert watch.busy_seconds_by_server() == {"A": 230.0, "B": 420.0}
    assert watch.plan == ((43_200.0, 2), (43_500.0, 1))
    assert watch.server_hours == pytest.approx((300 * 2 + 300) / 3600)
    assert watch.occupancy == pytest.approx(650 / 900)
    assert watch.most_busy == 2
    noon = 43_200.0
    assert watch.queue_length() == [
        *[(noon, 1), (noon + 10, 0), (noon + 30, 1), (noon + 40, 2), (noon + 60, 1)],
        *[(noon + 100, 0), (noon + 540, 1), (noon + 600, 0)],
    ]
    assert watch.met == (0, 0, 1, 2, 0, 0)
    assert watch.curves()["left"] == [
        (noon + 60, 1), (noon + 100, 2), (noon + 140, 3), (noon + 240, 4),
    ]  # fmt: skip


def test_patience_is_all_waiting_over_those_who_gave_up(watch: Observation) -> None:
    lost = measuring.lost_demand(watch)
    assert (lost.balked, lost.gave_up, lost.share) == (1, 1, pytest.approx(1 / 3))
    # 0 + 30 + 0 of those served, 60 of who gave up, 60 of who still waits.
    assert lost.patience_seconds == pytest.approx(150)


def test_patience_of_simulated_customers_is_found_again() -> None:
    """4,000 customers: about 600 give up; 1e-6 is five standard errors, 20%."""
    draw = Random("patience")
    now, arrivals, services, patience = 0.0, [], [], []
    for _ in range(4000):
        now += draw.expovariate(1 / 20)
        arrivals.append(now)
        services.append(draw.expovariate(1 / 56))
        patience.append(draw.expovariate(1 / 300))
    day = serve(Customers(arrivals, services, patience=patience), servers=3)
    rows = ["arrived,started,left,outcome"]
    for a, w, s, fate in zip(arrivals, day.waits, services, day.fates, strict=True):
        served = fate == SERVED
        rows.append(f"{a},{a + w if served else ''},{a + w + s * served},"
                    f"{'served' if served else 'gave up'}")  # fmt: skip
    watch = measuring.parse_observation("\n".join(rows), unit="seconds", servers=3)
    assert measuring.lost_demand(watch).patience_seconds == pytest.approx(300, rel=0.2)


def test_only_who_came_in_a_part_of_the_watch_is_in_it() -> None:
    watch = measuring.example_observation()
    parts = [watch.between(b, b + 1200) for b in (42_000.0, 43_200.0, 44_400.0)]
    assert sum(part.came for part in parts) == watch.came
    assert parts[1].arrivals_per_hour > parts[0].arrivals_per_hour
    with pytest.raises(ValueError, match="within the watch"):
        watch.between(0, 10)


def test_who_waited_is_counted_as_by_looking_at_everybody() -> None:
    watch = measuring.example_observation()
    for visit, waiting in zip(watch.came_visits, watch.met, strict=True):
        now, place = visit.arrived, watch.visits.index(visit)
        assert now is not None
        there = 0
        for other in watch.visits[:place]:
            end = other.started if other.started is not None else other.left
            there += other.outcome != BALKED and (end is None or end > now)
        assert waiting == there


# Waits that were not seen.

moments = st.lists(st.tuples(st.floats(0, 100), st.floats(0.01, 200)), min_size=1, max_size=60)


@given(customers=moments, servers=st.integers(1, 4))
@settings(max_examples=150)
def test_starts_come_back_from_arrivals_and_departures(
    customers: list[tuple[float, float]], servers: int
) -> None:
    now, arrivals = 0.0, []
    for gap, _ in customers:
        now += gap
        arrivals.append(now)
    services = [service for _, service in customers]
    day = serve(Customers(arrivals, services), servers=servers)
    starts = [a + w for a, w in zip(arrivals, day.waits, strict=True)]
    departures = [s + service for s, service in zip(starts, services, strict=True)]
    found = measuring.starts_from_departures(arrivals, departures, servers=servers)
    assert found == pytest.approx(starts, abs=1e-9)


def test_a_file_without_starts_gets_them_and_says_so() -> None:
    text = "arrived,left\n12:00:00,12:01:00\n12:00:30,12:02:00\n12:05:00,12:06:00\n"
    watch = measuring.parse_observation(text, servers=1)
    assert watch.waits.seconds == (0.0, 30.0, 0.0)
    assert "reconstructed" in watch.notes[0]
    with pytest.raises(measuring.FileError, match="more than servers=1 served"):
        measuring.parse_observation(
            "arrived,left\n12:00:00,12:05:00\n12:00:30,12:01:00\n", servers=1
        )


# The model.


def simulated(seed: int, *, rate: float = 150.0, servers: int = 3, mean: float = 60.0) -> str:
    """Two hours of a steady service as a file of exact seconds, first come, first served."""
    draw, now, arrivals = Random(f"steady {seed}"), 0.0, []
    while (now := now + draw.expovariate(rate / 3600)) < 7200:
        arrivals.append(now)
    services = [draw.gammavariate(2, mean / 2) for _ in arrivals]
    day = serve(Customers(arrivals, services), servers=servers)
    rows = ["arrived,started,left,servers_open"]
    rows += [
        f"{a:.6f},{a + w:.6f},{a + w + s:.6f},{servers}"
        for a, w, s in zip(arrivals, day.waits, services, strict=True)
    ]
    return "\n".join(rows)


def test_the_replay_gives_each_customer_the_observed_wait_where_servers_never_idle() -> None:
    watch = measuring.parse_observation(simulated(1), unit="seconds")
    replayed = measuring.fit_model(watch).replay()
    assert replayed.waits == pytest.approx(list(watch.waits), abs=0.01)


def test_true_models_are_called_wrong_no_more_often_than_promised() -> None:
    """30 days of a steady service, each with its own fitted model. The model is fitted to the
    day, so fewer than 5 % should be rejected; the false-alarm rate of this test is 1e-6."""
    from scipy import stats

    wrong = 0
    for seed in range(30):
        watch = measuring.parse_observation(simulated(seed), unit="seconds")
        wrong += not measuring.fit_model(watch).compare(100, seed=seed).steady_fits
    assert wrong <= stats.binom.isf(1e-6, 30, 0.06)


def test_servers_who_idle_between_customers_are_noticed() -> None:
    lines = simulated(2, rate=120).splitlines()
    watch = measuring.parse_observation("\n".join(lines), unit="seconds")
    # Twenty seconds of clearing up after each service, which nobody timed.
    slow = serve(Customers(watch.arrivals, [s + 20 for s in _services(watch)]), servers=3)
    rows = [lines[0]]
    for a, w, s in zip(watch.arrivals, slow.waits, _services(watch), strict=True):
        rows.append(f"{a},{a + w},{a + w + s},3")
    found = measuring.fit_model(
        measuring.parse_observation("\n".join(rows), unit="seconds")
    ).compare(100)
    assert not found.steady_fits
    assert "waited longer than it gives" in " ".join(found.sentences())
    assert "lost between customers" in " ".join(found.sentences())


def _services(watch: Observation) -> list[float]:
    return [v.service or 0.0 for v in watch.visits]


def test_the_formula_follows_the_day() -> None:
    canteen = measuring.fit_model(measuring.example_observation())
    assert canteen.theory is not None
    assert canteen.theory.model == "M/M/3+M"
    one = measuring.fit_model(
        measuring.parse_observation(simulated(3, rate=40, servers=1), unit="seconds")
    )
    assert one.theory is not None
    assert one.theory.model == "M/G/1"
    # 260 an hour are more than three servers with a mean of 60 s can serve.
    many = measuring.fit_model(measuring.parse_observation(simulated(4, rate=260), unit="seconds"))
    assert many.theory is None
    assert "no formula for long-run waits applies" in many.reason
    assert "none holds" in repr(many.compare(100))
    three = measuring.fit_model(measuring.parse_observation(simulated(5), unit="seconds"))
    assert three.theory is not None
    assert three.theory.model == "G/G/3"
    exact = mmc(three.arrivals_per_hour, three.service_rate, servers=3).mean_wait
    wanted = exact * (1 + three.service_scv) / 2
    assert three.theory.mean_wait == pytest.approx(wanted, rel=1e-12)


def test_the_example_shows_a_formula_that_misses_the_rush() -> None:
    found = measuring.fit_model(measuring.example_observation()).compare()
    assert found.formula is not None
    assert found.formula < 0.7 * found.observed
    assert (found.steady_fits, found.by_time_fits) == (False, True)
    assert "The change of demand matters" in " ".join(found.sentences())


def test_the_mean_wait_of_those_served_in_erlang_a_is_that_of_a_long_simulation() -> None:
    """200,000 customers; five batch-mean standard errors, a false-alarm rate near 1e-6."""
    draw = Random("erlang a")
    now, arrivals, services, patience = 0.0, [], [], []
    for _ in range(200_000):
        now += draw.expovariate(60 / 3600)
        arrivals.append(now)
        services.append(draw.expovariate(1 / 110))
        patience.append(draw.expovariate(1 / 200))
    day = serve(Customers(arrivals, services, patience=patience), servers=2)
    theory = erlang_a(60, 3600 / 110, servers=2, mean_patience=200 / 3600)
    served = [w for w, fate in zip(day.waits, day.fates, strict=True) if fate == SERVED]
    size = len(served) // 40
    means = [math.fsum(served[k * size : (k + 1) * size]) / size for k in range(40)]
    mean = math.fsum(means) / 40
    error = math.sqrt(math.fsum((m - mean) ** 2 for m in means) / 39 / 40)
    assert _of_served(theory) * 3600 == pytest.approx(mean, abs=5 * error)


def test_what_is_too_little_to_fit_is_told() -> None:
    text = "arrived,started,left\n12:00:00,12:00:00,\n12:01:00,12:01:00,12:02:00\n"
    with pytest.raises(ValueError, match="1 service times were seen"):
        measuring.fit_model(measuring.parse_observation(text))


def test_results_show_themselves_as_text_and_as_safe_tables() -> None:
    text = HAND.replace("watch_ended\n", "watch_ended,place\n", 1).replace(
        "12:10:00\n", "12:10:00,<script>alert(1)</script>\n"
    )
    watch = measuring.parse_observation(text)
    canteen = measuring.example_observation()
    model = measuring.fit_model(canteen)
    for shown in (
        *(watch, canteen, measuring.arrival_rates(canteen), measuring.lost_demand(canteen)),
        *(model.compare(100), measuring.fit_times(canteen.services, samples=99)),
    ):
        markup = shown._repr_html_()
        assert "<table" in markup
        assert "<script" not in markup
        assert repr(shown)
