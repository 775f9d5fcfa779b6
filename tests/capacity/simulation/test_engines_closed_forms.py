"""Each simulation against its closed form, by confidence intervals.

Every interval has a confidence of 1 - 1e-6, so a right program fails one of the figures below
with a probability of 1e-6 (seeds are fixed: it always or never does). Each run begins empty and
drops a warm-up of many relaxation times, so that what is left of the empty start is far smaller
than the intervals are wide; these are mostly a few per cent of the figure.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import pytest

from svclab.capacity import (
    erlang_a,
    mg1,
    mm1,
    mmc,
    mmcc,
    mmck,
    priorities_mg1,
    priorities_mmc,
)
from svclab.capacity.simulation.customers import LEFT, TURNED
from svclab.capacity.simulation.engine import (
    Sweep,
    long_run_mean,
    replicate,
    replicate_line,
    sweep,
)
from svclab.capacity.simulation.recursion import serve
from svclab.capacity.simulation.sampling import Station, draw, steps, thinned
from svclab.capacity.simulation.station import simulate
from svclab.intervals import estimate

HOUR = 3600.0  # s
CONFIDENCE = 1 - 1e-6


def hold(values: Sequence[float], truth: float, *, within: float) -> None:
    """The interval holds the truth, and is narrow enough to say something (a share of it)."""
    found = estimate(values, confidence=CONFIDENCE)
    assert found.holds(truth), (found, truth)
    assert found.half_width < within * truth, found


def runs(station: Station, *, seconds: float | None = None, longer: int = 1) -> Sweep:
    return replicate(
        station, replications=400, customers=4000 * longer, warm_up=1500 * longer, seed=1,
        within_seconds=seconds,
    )  # fmt: skip


def test_one_server_against_mm1() -> None:
    desk = Station(arrivals_per_hour=40, service_seconds=60)
    hold(runs(desk).mean_wait[0].tolist(), mm1(40, 60).mean_wait_seconds, within=0.05)


def test_three_servers_against_erlang_c_with_the_service_level() -> None:
    desk = Station(arrivals_per_hour=108, service_seconds=90, servers=3)
    queue = mmc(108, 40, servers=3)
    found = runs(desk, seconds=120, longer=6)
    hold(found.mean_wait[0].tolist(), queue.mean_wait_seconds, within=0.06)
    level = queue.service_level(minutes=2).of_all_offered
    hold(found.in_time.tolist()[0], level, within=0.03)
    at_once = runs(desk, seconds=0, longer=6)
    hold(at_once.in_time.tolist()[0], 1 - queue.probability_of_waiting, within=0.06)


@pytest.mark.parametrize("arrivals", [60, 100, 150])
def test_three_servers_and_impatient_customers_against_erlang_a(arrivals: int) -> None:
    desk = Station(arrivals_per_hour=arrivals, service_seconds=90, servers=3, patience_seconds=120)
    queue = erlang_a(arrivals, 40, servers=3, mean_patience=120 / HOUR)
    found = runs(desk, seconds=60)
    hold(found.mean_wait[0].tolist(), queue.mean_wait_seconds, within=0.05)
    hold(found.left[0].tolist(), queue.probability_of_abandonment, within=0.05)
    hold(found.in_time[0].tolist(), queue.service_level(minutes=1).of_all_offered, within=0.02)


@pytest.mark.parametrize("scv", [0.25, 2.0])
def test_gamma_services_against_pollaczek_and_khinchine(scv: float) -> None:
    desk = Station(arrivals_per_hour=42, service_seconds=60, service=("gamma", scv))
    queue = mg1(42, 60, service_scv=scv)
    hold(runs(desk).mean_wait[0].tolist(), queue.mean_wait_seconds, within=0.06)


@pytest.mark.parametrize("service", ["constant", ("lognormal", 0.5)])
def test_other_services_against_pollaczek_and_khinchine(service: str | tuple[str, float]) -> None:
    desk = Station(arrivals_per_hour=42, service_seconds=60, service=service)
    queue = mg1(42, 60, service_scv=0.0 if service == "constant" else 0.5)
    hold(runs(desk).mean_wait[0].tolist(), queue.mean_wait_seconds, within=0.06)


def test_two_kinds_at_two_servers_against_priorities_mmc() -> None:
    desk = Station(arrivals_per_hour=60, service_seconds=90, servers=2, shares=(0.3, 0.7))
    queues = priorities_mmc([18, 42], 40, servers=2)
    found = replicate(desk, replications=150, customers=3000, warm_up=800, seed=2)
    for kind, queue in enumerate(queues.classes):
        waits = found.values("mean_wait", kind)[0].tolist()
        hold(waits, queue.mean_wait_seconds, within=0.15)


def test_two_kinds_with_other_services_against_cobham() -> None:
    desk = Station(arrivals_per_hour=60, service_seconds=(20, 50), shares=(0.4, 0.6))
    queues = priorities_mg1([24, 36], [180, 72], service_scvs=[1, 1])
    found = replicate(desk, replications=150, customers=3000, warm_up=800, seed=3)
    for kind, queue in enumerate(queues.classes):
        waits = found.values("mean_wait", kind)[0].tolist()
        hold(waits, queue.mean_wait_seconds, within=0.15)


def test_a_line_against_one_formula_a_station() -> None:
    """Burke (1956): Poisson arrivals and exponential services give Poisson departures."""
    servers, seconds = [1, 2, 1], [40, 85, 45]
    stations = [
        Station(arrivals_per_hour=60, service_seconds=time, servers=number)
        for time, number in zip(seconds, servers, strict=True)
    ]
    found = replicate_line(stations, replications=200, customers=4000, warm_up=1500, seed=4)
    queues = [mmc(60, HOUR / t, servers=c) for t, c in zip(seconds, servers, strict=True)]
    for waits, queue in zip(found.mean_wait, queues, strict=True):
        hold(waits.tolist(), queue.mean_wait_seconds, within=0.1)
    stay = math.fsum(queue.mean_time_in_system * HOUR for queue in queues)
    hold(found.mean_time.tolist(), stay, within=0.05)


def test_one_long_run_against_erlang_c_by_batch_means() -> None:
    desk = Station(arrivals_per_hour=96, service_seconds=90, servers=3)
    found = long_run_mean(
        desk, customers=3_000_000, warm_up=10_000, batches=30, seed=5, confidence=CONFIDENCE
    )
    truth = mmc(96, 40, servers=3).mean_wait_seconds
    assert found.holds(truth)
    assert found.half_width < 0.06 * truth


@pytest.mark.parametrize("room", [0, 4])
def test_a_waiting_room_in_the_recursion_against_erlang_b_and_mmck(room: int) -> None:
    desk = Station(arrivals_per_hour=120, service_seconds=90, servers=3, room=room)
    queue = mmck(120, 40, servers=3, room=3 + room) if room else mmcc(120, 40, servers=3)
    served = [serve(draw(desk, 1500, seed=r), servers=3).after(200) for r in range(60)]
    hold([run.share(TURNED) for run in served], queue.probability_of_loss, within=0.1)
    if room:
        hold([run.mean_wait() for run in served], queue.mean_wait_seconds, within=0.1)
        waiting = [run.probability_of_waiting() for run in served]
        hold(waiting, queue.probability_of_waiting, within=0.1)
    hold([run.occupancy for run in served], queue.occupancy, within=0.05)
    hold([run.utilisation for run in served], queue.utilisation, within=0.05)


def test_simpy_with_patience_and_kinds_against_erlang_a() -> None:
    """Whom a server takes first changes nothing for all customers together."""
    desk = Station(
        arrivals_per_hour=120, service_seconds=90, servers=3, patience_seconds=90, shares=(0.5, 0.5)
    )
    queue = erlang_a(120, 40, servers=3, mean_patience=90 / HOUR)
    found = [simulate(draw(desk, 700, seed=r), servers=3).after(100) for r in range(30)]
    hold([run.share(LEFT) for run in found], queue.probability_of_abandonment, within=0.25)
    hold([run.mean_wait() for run in found], queue.mean_wait_seconds, within=0.25)
    served = queue.mean_wait_of_the_served * HOUR
    hold([run.mean_wait_of_the_served() for run in found], served, within=0.25)


def test_thinning_against_the_rate_it_is_given() -> None:
    """A Poisson process: in an hour as many arrive as the rate says, with a variance as large."""
    rate = steps([20, 60, 0, 40])
    days = [thinned(rate, 4 * HOUR, most=60, seed=r) for r in range(400)]
    counts = np.array([np.histogram(day, bins=4, range=(0, 4 * HOUR))[0] for day in days])
    for hour, mean in enumerate((20, 60, 0, 40)):
        if mean == 0:
            assert counts[:, hour].max() == 0
            continue
        hold(counts[:, hour].tolist(), mean, within=0.1)
        squares = (counts[:, hour] - mean) ** 2
        hold(squares.tolist(), mean, within=0.5)


def test_different_random_numbers_for_every_setting_are_independent() -> None:
    """With common random numbers neighbours move together, else they do not.

    The correlation of 500 independent pairs lies within ±0.23 with a probability of 1 - 1e-6 or
    more (about normal with a standard deviation of 1/√500).
    """
    near = [Station(arrivals_per_hour=rate, service_seconds=60) for rate in (40, 42)]
    together = {
        common: np.corrcoef(
            sweep(near, replications=500, customers=400, seed=6, common=common).mean_wait
        )[0, 1]
        for common in (True, False)
    }
    assert together[True] > 0.9
    assert abs(together[False]) < 0.23
