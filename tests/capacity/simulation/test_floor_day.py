"""A day that opens and closes: engines, Ciw's shifts, M_t/G/infinity, Kolmogorov's equations."""

from __future__ import annotations

import math
from collections.abc import Callable

import ciw
import pytest

from svclab.capacity.simulation.customers import Customers
from svclab.capacity.simulation.day import DayPlan, bank_day, simulate_day
from svclab.capacity.simulation.recursion import serve
from svclab.capacity.simulation.runs import DayRun
from svclab.capacity.simulation.sampling import Station, thinned
from svclab.capacity.simulation.station import simulate, with_shifts
from svclab.intervals import estimate

BREAKS = [(0.0, 2), (3600.0, 1), (5400.0, 3), (9000.0, 2)]


def station(**changes: object) -> Station:
    return Station(arrivals_per_hour=1, service_seconds=90).with_(**changes)


@pytest.mark.parametrize("service", ["exponential", "constant", ("gamma", 0.4), ("lognormal", 2.0)])
@pytest.mark.parametrize("servers", [2, BREAKS])
def test_the_day_as_one_writes_it_is_that_of_the_engines(service: object, servers: object) -> None:
    plan = DayPlan(station(service=service, servers=servers), per_hour=[40, 90, 60])
    for seed in range(5):
        written = bank_day(plan, seed=seed)
        assert len(written.waits) > 100
        for engine in (serve, simulate):
            other = simulate_day(plan, seed=seed, engine=engine)
            assert other.served is not None
            assert written.served is not None
            assert written.served.customers.arrivals == other.served.customers.arrivals
            assert written.waits == pytest.approx(other.waits, abs=1e-9)


def ciw_waits(customers: Customers, numbers: list[int], ends: list[float]) -> list[float]:
    gaps = [b - a for a, b in zip([0.0, *customers.arrivals], customers.arrivals, strict=False)]
    network = ciw.create_network(
        arrival_distributions=[ciw.dists.Sequential([*gaps, math.inf])],
        service_distributions=[ciw.dists.Sequential(list(customers.services))],
        number_of_servers=[ciw.Schedule(numbers_of_servers=numbers, shift_end_dates=ends)],
    )
    simulation = ciw.Simulation(network)
    simulation.simulate_until_max_time(ends[-1])
    records = sorted(simulation.get_all_records(), key=lambda record: record.id_number)
    return [record.waiting_time for record in records]


def test_a_day_with_a_closed_counter_at_lunch_gives_the_waits_of_ciw() -> None:
    """Two clerks, nobody from hour 1 to 1.5, then three.

    At each change Ciw sends a whole new shift while the old one finishes, which is the same as
    here where the old one has finished before the new one comes: services under half an hour.
    """
    shifts = [(0.0, 2), (3600.0, 0), (5400.0, 3)]
    plan = DayPlan(station(service=("gamma", 0.5), servers=shifts), per_hour=[70, 60, 80, 40])
    for seed in range(3):
        day = bank_day(plan, seed=f"ciw/{seed}")
        assert day.served is not None
        customers = day.served.customers
        assert max(customers.services) < 1800
        theirs = ciw_waits(customers, [2, 0, 3], [3600.0, 5400.0, 10.0**6])
        assert day.waits == pytest.approx(theirs, abs=1e-6)
        assert with_shifts(customers, servers=shifts).waits == pytest.approx(theirs, abs=1e-6)
        assert max(theirs) > 1500  # somebody stood before the closed counter


def rush(second: float) -> float:
    """Customers per hour: 30 at opening, 90 at the top of a day of four hours."""
    return 30 + 60 * math.sin(math.pi * second / 14_400) ** 2


def busy_by_theory(
    rate: Callable[[float], float], beyond: Callable[[float], float], time: float
) -> float:
    """Mean number busy in M_t/G/infinity from empty: the integral of rate(t - u) P(S > u),
    by Simpson's rule."""
    n = 2000
    width = time / n
    weights = [*[1, *([4, 2] * (n // 2))][:n], 1]
    values = (rate(time - k * width) / 3600 * beyond(k * width) for k in range(n + 1))
    return math.fsum(w * v for w, v in zip(weights, values, strict=True)) * width / 3


@pytest.mark.parametrize(
    ("service", "beyond"),
    [
        ("exponential", lambda u: math.exp(-u / 600)),
        (("gamma", 0.5), lambda u: math.exp(-u / 300) * (1 + u / 300)),
    ],
)
def test_customers_inside_without_queues_are_those_of_mt_g_infinity(
    service: object, beyond: Callable[[float], float]
) -> None:
    """Eick, Massey and Whitt (1993): Poisson with that mean. 300 days at five times of day.

    The sum over days is Poisson with 300 times the mean; normal bounds, 1e-6 in all. Days have
    seeds of their own; the five times are not independent, which the bound does not need.
    """
    servers = station(service_seconds=600, service=service, servers=200)
    plan = DayPlan(servers, per_hour=rush, hours=4, most_per_hour=90)
    days = [simulate_day(plan, seed=f"inf/{r}") for r in range(300)]
    assert all(max(day.waits) == 0 for day in days)
    for time in (300.0, 1800.0, 5400.0, 9000.0, 14_000.0):
        mean = 300 * busy_by_theory(rush, beyond, time)
        inside = [day.inside(time) for day in days]
        assert abs(sum(inside) - mean) < 5.4 * math.sqrt(mean), time
        # Poisson: variance equals mean; its standard error over 300 days is about 8%.
        spread = sum((n - sum(inside) / 300) ** 2 for n in inside) / 299
        assert 0.55 < spread / (mean / 300) < 1.6, time


def transient(rates: list[float], clerks: int, at: list[float]) -> list[tuple[float, float]]:
    """(mean inside, probability of nobody) of M_t/M/c from empty, by Kolmogorov's equations.

    Rates per hour by the hour, service 90 s; fourth-order Runge-Kutta over 0 to 120 customers.
    """
    states, step = 121, 5.0
    p, now, found = [1.0] + [0.0] * (states - 1), 0.0, []
    out = [min(n, clerks) / 90 for n in range(states)]

    def change(p: list[float]) -> list[float]:
        birth = rates[min(int(now // 3600), len(rates) - 1)] / 3600
        flow = [birth * p[n] - out[n + 1] * p[n + 1] for n in range(states - 1)]  # n to n + 1
        return [
            (flow[n - 1] if n else 0.0) - (flow[n] if n < states - 1 else 0.0)
            for n in range(states)
        ]

    def moved(by: float, k: list[float]) -> list[float]:
        return [a + by * b for a, b in zip(p, k, strict=True)]

    while len(found) < len(at):
        if now >= at[len(found)]:
            found.append((math.fsum(n * share for n, share in enumerate(p)), p[0]))
            continue
        a = change(p)
        b = change(moved(step / 2, a))
        c = change(moved(step / 2, b))
        d = change(moved(step, c))
        p = [
            x + step / 6 * (ka + 2 * kb + 2 * kc + kd)
            for x, ka, kb, kc, kd in zip(p, a, b, c, d, strict=True)
        ]
        now += step
    return found


def test_a_bank_day_from_its_empty_opening_follows_kolmogorovs_equations() -> None:
    """Three hours, two clerks overloaded in the second; 1,500 days, three times of day.

    Mean inside by Student's t and the share of empty days by the normal; 1e-6 in all.
    """
    plan = DayPlan(station(servers=2), per_hour=[30, 90, 50])
    days = [simulate_day(plan, seed=f"mmc/{r}") for r in range(1500)]
    times = [900.0, 7200.0, 10_800.0]
    for time, (mean, empty) in zip(times, transient([30, 90, 50], 2, times), strict=True):
        inside = [day.inside(time) for day in days]
        found = estimate(list(map(float, inside)), confidence=1 - 1e-6 / 6)
        assert found.holds(mean), (time, found, mean)
        share = inside.count(0) / len(days)
        assert abs(share - empty) < 5.3 * math.sqrt(empty * (1 - empty) / len(days)), time
    at_closing = transient([30, 90, 50], 2, [plan.closing])[0][1]
    on_time = sum(day.overtime == 0 for day in days) / len(days)
    assert abs(on_time - at_closing) < 5.3 * math.sqrt(at_closing * (1 - at_closing) / 1500)


def test_thinned_arrivals_are_poisson_counts_in_every_interval() -> None:
    """400 days of rates 10, 0, 90; counts within 5.1 standard deviations: 1e-6 for three."""
    plan = DayPlan(station(), per_hour=[10, 0, 90], interval_minutes=30)
    counts = [0, 0, 0]
    for r in range(400):
        for time in thinned(plan.rate, plan.closing, most=plan.most, seed=f"thin/{r}"):
            counts[int(time // 1800)] += 1
    assert counts[1] == 0
    for found, rate in ((counts[0], 10), (counts[2], 90)):
        mean = 400 * rate / 2
        assert abs(found - mean) < 5.1 * math.sqrt(mean)


def test_two_staff_plans_meet_the_same_customers() -> None:
    one = simulate_day(DayPlan(station(servers=2), per_hour=[40, 60]), seed=1)
    two = simulate_day(DayPlan(station(servers=3), per_hour=[40, 60]), seed=1)
    assert one.served is not None
    assert two.served is not None
    assert one.served.customers == two.served.customers
    assert sum(one.waits) > sum(two.waits)


def test_the_parts_of_a_day_add_up_to_the_day() -> None:
    plan = DayPlan(
        station(servers=1, patience_seconds=400, room=6), per_hour=[40, 90, 20], interval_minutes=40
    )
    day = simulate_day(plan, seed=2)
    assert day.served is not None
    parts = day.by_interval(minutes=25, within_seconds=120)
    assert [part.begins for part in parts] == [0, 1500, 3000, 4500, 6000]
    assert parts[-1].ends == plan.closing == 7200
    assert sum(part.customers for part in parts) == day.customers
    in_time = math.fsum(part.customers * part.in_time for part in parts if part.customers)
    assert in_time / day.customers == pytest.approx(day.in_time(120))
    assert day.in_time(120) == day.served.service_level(120).of_all_offered
    assert max(part.longest_wait for part in parts) == max(day.waits)
    assert day.served.fates.count("turned away") == day.customers - len(day.waits) > 0
    assert all(part.queue_at_end == day.waiting(part.ends) for part in parts)


def test_counts_of_people_are_those_of_a_look_at_every_customer() -> None:
    day = simulate_day(DayPlan(station(servers=BREAKS), per_hour=[40, 90, 60]), seed=3)
    assert day.served is not None
    visits = day.served.visits
    for second in (0.0, 1000.0, 4000.5, 8000.0, 10_800.0, 20_000.0):
        assert day.inside(second) == sum(a <= second < f for _, a, _, f in visits)
        assert day.waiting(second) == sum(a <= second < s for _, a, s, _ in visits)
    assert day.longest_queue == max(day.waiting(a) for _, a, _, _ in visits)
    assert day.overtime == max(0.0, max(f for *_, f in visits) - 10_800)


def test_a_day_on_which_nobody_comes_is_a_day() -> None:
    plan = DayPlan(station(), per_hour=[0.001])
    for day in (bank_day(plan, seed=1), simulate_day(plan, seed=1)):
        assert (day.customers, day.waits, day.overtime, day.longest_queue) == (0, [], 0.0, 0)
        assert math.isnan(day.mean_wait)
        assert math.isnan(day.in_time(60))
        assert (day.inside(10), day.waiting(10)) == (0, 0)
        assert day.by_interval()[0].customers == 0
        assert repr(day) == "one day: 0 customers"
    assert math.isnan(DayRun(within_seconds=60)(plan, 1)["mean_wait_seconds"])


def test_what_is_no_day_is_refused() -> None:
    with pytest.raises(ValueError, match="give hours and most_per_hour too"):
        DayPlan(station(), per_hour=rush)
    with pytest.raises(ValueError, match="leave them out"):
        DayPlan(station(), per_hour=[1], hours=2)
    with pytest.raises(ValueError, match=r"per_hour\[1\]=-3"):
        DayPlan(station(), per_hour=[1, -3])
    with pytest.raises(ValueError, match="above zero somewhere"):
        DayPlan(station(), per_hour=[0, 0])
    with pytest.raises(ValueError, match="use simulate_day"):
        bank_day(DayPlan(station(room=3), per_hour=[10]), seed=1)
    with pytest.raises(ValueError, match="most=50"):
        simulate_day(DayPlan(station(), per_hour=rush, hours=4, most_per_hour=50), seed=1)
