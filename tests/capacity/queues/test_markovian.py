"""Queues with limited room and limited populations against chains in exact fractions."""

import math

import hypothesis.strategies as st
import numpy as np
import pytest
from chains import by_matrix, exact_chain
from hypothesis import given, settings

from svclab.capacity import erlang_a, finite_population, mm1, mmc, mmcc, mmck
from svclab.capacity.queues.chains import birth_death


@settings(max_examples=50)
@given(
    arrivals=st.integers(1, 60),
    rate=st.integers(1, 12),
    servers=st.integers(1, 8),
    extra=st.integers(0, 25),
)
def test_mmck_matches_the_chain_in_fractions(arrivals, rate, servers, extra):
    room = servers + extra
    p = exact_chain([arrivals] * room, [min(n, servers) * rate for n in range(1, room + 1)])
    queue = mmck(arrivals, rate, servers=servers, room=room)
    assert queue.probability_of_loss == pytest.approx(float(p[-1]), rel=1e-12)
    assert queue.probability_of_waiting == pytest.approx(float(sum(p[servers:-1])), rel=1e-12)
    inside = sum(n * share for n, share in enumerate(p))
    assert queue.mean_number_in_system == pytest.approx(float(inside), rel=1e-11)
    entering = arrivals * (1 - p[-1])
    assert queue.mean_time_in_system == pytest.approx(float(inside / entering), rel=1e-11)
    busy = sum(min(n, servers) * share for n, share in enumerate(p))
    assert queue.occupancy == pytest.approx(float(busy / servers), rel=1e-11)


@settings(max_examples=40)
@given(
    servers=st.integers(1, 8),
    population=st.integers(1, 25),
    rate=st.integers(1, 12),
    service=st.integers(1, 12),
)
def test_machine_repair_matches_the_chain_and_what_arrivals_see(servers, population, rate, service):
    births = [(population - n) * rate for n in range(population)]
    p = exact_chain(births, [min(n, servers) * service for n in range(1, population + 1)])
    shop = finite_population(rate, service, servers=servers, population=population)
    inside = sum(n * share for n, share in enumerate(p))
    arrivals = sum(b * share for b, share in zip(births, p[:-1], strict=True))
    assert shop.arrival_rate == pytest.approx(float(arrivals), rel=1e-11)
    assert shop.mean_number_in_system == pytest.approx(float(inside), rel=1e-11)
    # Of all arrivals, how many come while all servers are busy: rates, not the shortcut N - 1.
    late = sum(b * share for b, share in zip(births[servers:], p[servers:-1], strict=True))
    assert shop.probability_of_waiting == pytest.approx(float(late / arrivals), rel=1e-11)


def test_birth_death_matches_the_generator_matrix_and_never_overflows():
    rng = np.random.default_rng(8)
    for _ in range(20):
        births, deaths = rng.uniform(0.1, 9, 30), rng.uniform(0.1, 9, 30)
        assert birth_death(births, deaths) == pytest.approx(by_matrix(births, deaths), rel=1e-9)
    far = birth_death([1e6] * 5000, [1.0] * 5000)
    assert far[-1] == pytest.approx(1 - 1e-6)
    assert math.fsum(far) == pytest.approx(1)
    assert birth_death([0.0, 1.0], [1.0, 1.0]) == [1.0, 0.0, 0.0]
    with pytest.raises(ValueError, match="one of each a step"):
        birth_death([1.0], [])
    with pytest.raises(ValueError, match=r"death rate 0"):
        birth_death([1.0], [0])


def test_ten_thousand_servers_stay_sound():
    for queue in (
        mmc(9_950, 1, servers=10_000),
        mmck(10_100, 1, servers=10_000, room=10_400),
        mmcc(9_900, 1, servers=10_000),
        erlang_a(10_050, 1, servers=10_000, mean_patience=0.5),
        finite_population(1, 1, servers=10_000, population=20_000),
    ):
        assert 0.9 < queue.occupancy <= 1
        assert 0 <= queue.probability_of_waiting <= 1
        assert math.isfinite(queue.mean_wait)
        assert 0 <= queue.wait_beyond(seconds=5) <= 1
        level = queue.service_level(seconds=5)
        assert level.of_all_offered <= level.of_those_answered + 1e-12
        assert queue.percentile(0.9) >= 0


@pytest.mark.parametrize(("load", "servers"), [(9_950, 10_000), (9_999, 10_000), (980, 1_000)])
def test_mmc_with_thousands_of_servers_matches_its_chain(load, servers):
    """The chain is cut off where a geometric tail of less than 1e-13 is left."""
    spare = servers - load
    most = servers + math.ceil(30 * servers / spare)
    p = birth_death([load] * most, [min(n, servers) for n in range(1, most + 1)])
    queue = mmc(load, 1, servers=servers)
    assert queue.probability_of_waiting == pytest.approx(math.fsum(p[servers:]), rel=1e-9)
    waiting = math.fsum(n * share for n, share in enumerate(p[servers:]))
    assert queue.mean_queue_length == pytest.approx(waiting, rel=1e-9)


def test_mm1_is_its_textbook_formulas():
    queue = mm1(4, 5)
    assert queue.mean_number_in_system == pytest.approx(4)
    assert queue.mean_queue_length == pytest.approx(3.2)
    assert queue.mean_wait == pytest.approx(0.8)
    assert queue.mean_time_in_system == pytest.approx(1)
    assert queue.percentile(0.9) == pytest.approx(math.log(8))


def test_room_for_no_queue_is_erlang_b_and_endless_room_is_erlang_c():
    tight, loss = mmck(54, 20, servers=3, room=3), mmcc(54, 20, servers=3)
    assert tight.probability_of_loss == pytest.approx(loss.probability_of_loss, rel=1e-13)
    assert tight.mean_wait == tight.probability_of_waiting == tight.percentile(0.9) == 0
    wide, endless = mmck(54, 20, servers=3, room=500), mmc(54, 20, servers=3)
    assert wide.mean_wait == pytest.approx(endless.mean_wait, rel=1e-12)
    for minutes in (0, 5, 60):
        assert wide.wait_beyond(minutes=minutes) == pytest.approx(
            endless.wait_beyond(minutes=minutes), rel=1e-11
        )


def test_a_large_population_is_nearly_poisson():
    """N customers of rate λ/N each: the queue tends to M/M/c as 1/N."""
    exact = mmc(54, 20, servers=3).mean_wait
    gaps = []
    for population in (2_000, 20_000):
        queue = finite_population(54 / population, 20, servers=3, population=population)
        gaps.append(1 - queue.mean_wait / exact)
    assert 0 < gaps[1] < 0.12 * gaps[0]
    assert gaps[1] < 0.02


def test_one_customer_never_waits():
    alone = finite_population(2, 3, servers=1, population=1)
    assert alone.probability_of_waiting == alone.mean_wait == 0
    assert alone.occupancy == pytest.approx(0.4)


def test_littles_law_holds_for_every_model():
    """And as many are served as the busy servers can serve."""
    for queue in (
        mmc(54, 20, servers=3),
        mmck(70, 20, servers=3, room=9),
        mmcc(70, 20, servers=3),
        erlang_a(70, 20, servers=3, mean_patience=0.2),
        finite_population(5, 20, servers=3, population=20),
    ):
        inside = queue.entering_rate * queue.mean_time_in_system
        assert queue.mean_number_in_system == pytest.approx(inside, rel=1e-12)
        assert queue.served_rate == pytest.approx(queue.busy_servers * queue.service_rate)
