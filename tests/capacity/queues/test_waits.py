"""Distributions of waits against other ways to find them.

Waits are summed from textbook densities, and every distribution must integrate to its means.
Erlang A and priorities have files of their own.
"""

import math
from decimal import Decimal, getcontext
from fractions import Fraction
from itertools import pairwise

import pytest

from svclab.capacity import (
    erlang_a,
    finite_population,
    mg1,
    mm1,
    mmc,
    mmcc,
    mmck,
    priorities_mmc,
)
from svclab.capacity.queues.chains import birth_death
from svclab.capacity.queues.transforms import invert

QUEUES = {
    "M/M/1": mm1(4, 5),
    "M/M/4": mmc(18, 5, servers=4),
    "M/M/2/6": mmck(9, 4, servers=2, room=6),
    "M/M/2/60, overloaded": mmck(12, 4, servers=2, room=60),
    "M/M/3//9": finite_population(1.5, 2, servers=3, population=9),
    "M/M/5+M": erlang_a(30, 5, servers=5, mean_patience=0.3),
    "M/M/5+M, underloaded": erlang_a(18, 5, servers=5, mean_patience=2),
    "M/M/50+M, overloaded": erlang_a(400, 5, servers=50, mean_patience=0.1),
    "M/D/1": mg1(4, 5, service_scv=0),
    "M/Gamma/1, 0.25": mg1(4, 5, service_scv=0.25, shape="gamma"),
    "M/Gamma/1, 3": mg1(4, 5, service_scv=3, shape="gamma"),
    "class 1": priorities_mmc([4, 3, 2], 5, servers=2)[1],
    "class 2": priorities_mmc([4, 3, 2], 5, servers=2)[2],
    "class 3": priorities_mmc([4, 3, 2], 5, servers=2)[3],
    "all classes": priorities_mmc([4, 3, 2], 5, servers=2).together,
}


def integral(f, end, pieces):
    """Simpson's rule."""
    width = end / pieces
    odd = math.fsum(f((2 * k + 1) * width / 2) for k in range(pieces))
    even = math.fsum(f(k * width) for k in range(1, pieces))
    return width / 6 * (f(0) + f(end) + 4 * odd + 2 * even)


@pytest.mark.parametrize("name", QUEUES)
def test_the_distribution_integrates_to_the_mean_wait(name):
    queue = QUEUES[name]
    end, pieces = 2.5 * queue.percentile(0.999), 400
    if name == "M/D/1":  # kinks at whole services
        pieces = 20 * math.ceil(end * 5)
        end = pieces / 20 / 5
    assert integral(queue.wait_beyond, end, pieces) == pytest.approx(queue.mean_wait, rel=2e-5)


@pytest.mark.parametrize("name", QUEUES)
def test_the_distribution_begins_with_those_who_wait_and_falls(name):
    queue = QUEUES[name]
    entered = 1 - queue.probability_of_loss
    assert queue.wait_beyond(0) * entered == pytest.approx(queue.probability_of_waiting, rel=1e-12)
    assert queue.wait_beyond(1e-7) == pytest.approx(queue.wait_beyond(0), rel=1e-4)
    times = [k * queue.mean_wait / 4 for k in range(60)]
    shares = [queue.wait_beyond(time) for time in times]
    assert all(late <= early + 2e-9 for early, late in pairwise(shares))


@pytest.mark.parametrize("name", QUEUES)
@pytest.mark.parametrize("share", [0.05, 0.5, 0.9, 0.99])
def test_percentiles_turn_the_distribution_round(name, share):
    queue = QUEUES[name]
    time = queue.percentile(share)
    if time == 0:
        assert queue.wait_beyond(0) <= 1 - share + 1e-12
    else:
        assert queue.wait_beyond(time) == pytest.approx(1 - share, abs=2e-9)
        assert queue.wait_beyond(minutes=60 * time * 0.999) > 1 - share


@pytest.mark.parametrize("name", QUEUES)
@pytest.mark.parametrize("minutes", [0, 1, 5, 20, 200])
def test_service_levels_add_up(name, minutes):
    """Served in time, gave up in time and still waiting are all who entered."""
    queue = QUEUES[name]
    level = queue.service_level(minutes=minutes)
    entered = 1 - queue.probability_of_loss
    still = entered * queue.wait_beyond(minutes=minutes)
    assert level.served_in_time + level.gave_up_in_time + still == pytest.approx(entered, abs=1e-12)
    assert level.served_in_time <= level.served + 2e-9
    assert level.gave_up_in_time <= queue.probability_of_abandonment + 1e-12
    assert level.of_all_offered <= level.leaving_out_those_who_gave_up_in_time + 1e-12


def erlang_tail(k, mean):
    """P(a sum of k exponentials exceeds), from the textbook's finite sum."""
    return math.exp(-mean) * math.fsum(mean**j / math.factorial(j) for j in range(k))


@pytest.mark.parametrize("hours", [0.05, 0.3, 1.0, 2.5])
def test_mmck_and_machine_repair_match_sums_of_erlang_distributions(hours):
    shop = mmck(9, 4, servers=2, room=6)
    p = birth_death([9.0] * 6, [min(n, 2) * 4.0 for n in range(1, 7)])
    expected = sum(p[n] * erlang_tail(n - 1, 8 * hours) for n in range(2, 6)) / (1 - p[6])
    assert shop.wait_beyond(hours) == pytest.approx(expected, rel=1e-12)
    repair = finite_population(1.5, 2, servers=3, population=9)
    births = [(9 - n) * 1.5 for n in range(9)]
    p = birth_death(births, [min(n, 3) * 2.0 for n in range(1, 10)])
    seen = [b * share for b, share in zip(births, p[:-1], strict=True)]
    late = sum(seen[n] * erlang_tail(n - 2, 6 * hours) for n in range(3, 9)) / sum(seen)
    assert repair.wait_beyond(hours) == pytest.approx(late, rel=1e-11)


@pytest.mark.parametrize("phases", [2, 4, 10, 100])
@pytest.mark.parametrize("minutes", [1, 10, 45])
def test_gamma_services_match_the_phases_of_erlang_services(phases, minutes):
    """M/E_k/1: the unfinished phases as a chain; the wait is a sum of that many exponentials."""
    arrivals, rate = 4.0, 5.0
    speed, p = phases * rate, [1 - arrivals / rate]
    for n in range(max(600, 60 * phases)):
        p.append(arrivals / speed * math.fsum(p[max(0, n - phases + 1) : n + 1]))
    mean = speed * minutes / 60
    weight, below, late = math.exp(-mean), 0.0, 0.0
    for n in range(len(p)):  # below = P(fewer than n phases end in the time)
        late += p[n] * below
        below += weight
        weight *= mean / (n + 1)
    queue = mg1(arrivals, rate, service_scv=1 / phases, shape="gamma")
    assert queue.wait_beyond(minutes=minutes) == pytest.approx(late, abs=2e-9)


@pytest.mark.parametrize("load", ["0.3", "0.8", "0.97"])
@pytest.mark.parametrize("services", ["0.4", "1", "2.5", "11.75", "30"])
def test_constant_services_match_erlangs_alternating_series(load, services):
    """P(wait ≤ t) = (1 - ρ) Σ (-x)ᵏ eˣ / k!, x = ρ (t/D - k): Erlang (1909), in 120 digits."""
    getcontext().prec = 120
    rho, time = Decimal(load), Decimal(services)
    total = Decimal(0)
    for k in range(int(time) + 1):
        x = rho * (time - k)
        total += (-x) ** k * x.exp() / math.factorial(k)
    queue = mg1(float(load), 1, service_scv=0)
    assert queue.wait_beyond(float(services)) == pytest.approx(
        float(1 - (1 - rho) * total), abs=1e-13
    )


def test_inversion_gives_back_known_functions():
    for time in (0.01, 1.0, 30.0):
        assert invert(lambda s: 1 / (s + 0.1), time) == pytest.approx(
            math.exp(-time / 10), abs=1e-9
        )
        assert invert(lambda s: 1 / (s + 1) ** 2, time) == pytest.approx(
            time * math.exp(-time), abs=1e-9
        )


def test_nobody_waits_in_a_loss_system():
    lines = mmcc(30, 2, servers=10)
    assert lines.wait_beyond(0) == lines.mean_wait == lines.percentile(0.99) == 0
    level = lines.service_level()
    assert level.of_those_answered == 1
    assert level.of_all_offered == pytest.approx(1 - lines.probability_of_loss)


def test_variance_of_the_wait_in_mm1_matches_the_textbook():
    """Var(Wq) = ρ (2 - ρ) / (μ - λ)², from the distribution (Kleinrock 1975)."""
    queue = mm1(4, 5)
    second = integral(lambda t: 2 * t * queue.wait_beyond(t), 40, 4000)
    expected = Fraction(4, 5) * Fraction(6, 5)
    assert second - queue.mean_wait**2 == pytest.approx(float(expected), rel=1e-9)


@pytest.mark.parametrize("name", [name for name in QUEUES if "+M" in name])
def test_the_waits_of_the_served_integrate_to_their_mean(name):
    """Still to be served after t: all who are served, less those served within t."""
    queue = QUEUES[name]
    served = 1 - queue.probability_of_abandonment

    def late(hours):
        return served - queue.service_level(hours).served_in_time

    mean = integral(late, 2.5 * queue.percentile(0.999), 400) / served
    assert queue.mean_wait_of_the_served == pytest.approx(mean, rel=2e-5)


def test_a_wait_that_is_inverted_refuses_percentiles_finer_than_its_error():
    nearly = mg1(4, 5, service_scv=0.5, shape="gamma")
    assert nearly.wait_beyond(nearly.percentile(0.999999)) == pytest.approx(1e-6, abs=1e-8)
    with pytest.raises(ValueError, match=r"errors would show; give at most 0\.999999"):
        nearly.percentile(0.99999999)


@pytest.mark.parametrize("scale", [1e-4, 1.0, 1e4])
def test_waits_scale_with_the_unit_of_time(scale):
    """Everything twice as fast halves every wait, from tenths of a second to weeks."""
    for model in (
        lambda k: mmc(18 * k, 5 * k, servers=4),
        lambda k: mg1(4 * k, 5 * k, service_scv=0),
        lambda k: mg1(4 * k, 5 * k, service_scv=0.5, shape="gamma"),
        lambda k: erlang_a(30 * k, 5 * k, servers=5, mean_patience=0.3 / k),
        lambda k: mmck(12 * k, 4 * k, servers=2, room=60),
    ):
        one, other = model(1), model(scale)
        assert other.mean_wait * scale == pytest.approx(one.mean_wait, rel=1e-11)
        assert other.percentile(0.95) * scale == pytest.approx(one.percentile(0.95), rel=1e-7)
