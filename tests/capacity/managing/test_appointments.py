"""Appointments: the recursion against SimPy, exact figures against theory, simulation, by hand."""

import math
from itertools import pairwise
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from svclab.capacity.managing.appointments import compare
from svclab.capacity.managing.clinic import simulate_session
from svclab.capacity.managing.exact_schedules import expected_exponential, improved
from svclab.capacity.managing.schedules import bailey_welch, block, dome, equal
from svclab.capacity.managing.sessions import Patients, draw_patients, session


def same(one, other):
    assert one.waits == pytest.approx(other.waits, abs=1e-9)
    assert one.walk_in_waits == pytest.approx(other.walk_in_waits, abs=1e-9)
    assert [v.start for v in one.visits] == pytest.approx([v.start for v in other.visits], abs=1e-9)
    for name in ("idle", "overtime", "end"):
        assert getattr(one, name) == pytest.approx(getattr(other, name), abs=1e-9)


@given(
    st.integers(1, 12), st.floats(0, 20), st.integers(1, 3), st.sampled_from([0, 3]),
    st.integers(0, 10**6),
)  # fmt: skip
def test_the_recursion_gives_everybody_the_wait_of_the_simpy_model(size, gap, servers, rate, seed):
    who = draw_patients(
        size, service_minutes=10, no_show=0.2, late_minutes=-2, late_deviation=6,
        walk_ins_per_hour=rate, until=60, seed=seed,
    )  # fmt: skip
    for times in (equal(size, gap), bailey_welch(size, gap), dome(size, gap)):
        ours = session(times, who, length=60, servers=servers)
        same(ours, simulate_session(times, who, length=60, servers=servers))
        worked = math.fsum(v.service for v in ours.visits)
        assert ours.idle + worked == pytest.approx(servers * ours.end)
        assert ours.overtime == pytest.approx(max(ours.end - 60, 0))


@given(
    st.lists(st.integers(0, 4), min_size=1, max_size=8),
    st.lists(st.tuples(st.integers(0, 8), st.integers(0, 3)), max_size=6),
    st.integers(1, 2),
)
def test_ties_go_the_same_way_in_both_engines(services, walkers, servers):
    # Whole minutes: arrivals, appointments and departures fall together all the time.
    who = Patients(services, [True] * len(services), [0] * len(services), sorted(walkers))
    times = [k // 2 for k in range(len(services))]
    same(
        session(times, who, length=10, servers=servers),
        simulate_session(times, who, length=10, servers=servers),
    )


def test_who_has_an_appointment_goes_first_and_then_the_walk_ins_in_their_order():
    who = Patients([10, 10, 10], [True] * 3, [0, 0, 0], [(1, 5), (2, 5), (12, 5)])
    found = session([0, 10, 20], who, length=30)
    assert found.waits == (0, 0, 0)
    assert found.walk_in_waits == (29, 33, 28)
    assert (found.end, found.overtime, found.idle) == (45, 15, 0)


def test_with_walk_ins_the_server_stays_until_closing_even_if_nobody_comes():
    nobody = Patients([5], [False], [0], [])
    assert session([0], nobody, length=60).idle == 60
    assert session([0], Patients([5], [False], [0]), length=60).idle == 0


def test_two_exponential_patients_by_hand():
    # The second waits E(S − x)⁺ = m e^(−x/m); the idle time before is x − m + that.
    for x in (0, 4, 10, 25):
        found = expected_exponential([0, x], service_minutes=10, length=x)
        late = 10 * math.exp(-x / 10)
        assert found.waits == pytest.approx((0, late))
        assert found.wait == pytest.approx(late / 2)
        assert found.idle == pytest.approx(x - 10 + late)
        assert found.overtime == pytest.approx(late + 10)


def test_the_last_of_many_equal_appointments_waits_as_in_the_d_m_1_queue():
    # G/M/1: mean wait m σ / (1 − σ), with σ = exp(−(1 − σ) x / m) for arrivals every x minutes.
    x, m, sigma = 16.0, 10.0, 0.5
    for _ in range(500):
        sigma = math.exp(-(1 - sigma) * x / m)
    found = expected_exponential(equal(150, x), service_minutes=m, length=0)
    assert found.waits[-1] == pytest.approx(m * sigma / (1 - sigma), rel=1e-6)


def test_the_figures_of_three_patients_are_the_integral_over_two_services():
    # Second way: the wait of the third by a sum over a fine grid of both service times.
    m, x, y, step = 10.0, 6.0, 9.0, 0.02
    grid = [(k + 0.5) * step for k in range(int(120 / step))]
    density = [math.exp(-s / m) / m * step for s in grid]
    # Work left when the third comes, given w left at the second's arrival and his service s2:
    # E max(w + s2 − y, 0) = m e^(−(y − w)/m) for w below y, else w + m − y.
    beyond = math.fsum(
        d * (m * math.exp(-(y - w) / m) if w < y else w + m - y)
        for d, w in ((d, max(s - x, 0)) for d, s in zip(density, grid, strict=True))
    )
    found = expected_exponential([0, x, x + y], service_minutes=m, length=0)
    assert found.waits[2] == pytest.approx(beyond, rel=1e-4)


def test_the_best_time_of_the_second_of_two_is_where_the_derivative_vanishes():
    # Cost 2 × mean wait + idle = m e^(−x/m) + x − m + m e^(−x/m): least at x = m ln 2.
    def cost(times):
        found = expected_exponential(times, service_minutes=10, length=0)
        return 2 * found.wait + found.idle

    assert improved([0, 0], cost, step=0.01)[1] == pytest.approx(10 * math.log(2), abs=0.011)


def test_the_exact_figures_lie_in_the_simulated_intervals():
    # Four schedules × three figures by 99.999992 % intervals: false-alarm rate 1e-6 in all.
    schedules = {
        "equal": equal(10, 10),
        "Bailey-Welch": bailey_welch(10, 10),
        "dome": dome(10, 10),
        "block": block(10, 10, size=5),
    }
    found = compare(
        schedules, length=85, sessions=3000, seed="exact", confidence=1 - 8e-8,
        service_minutes=10, spread="exponential", no_show=0.0,
    )  # fmt: skip
    for row in found.rows:
        exact = expected_exponential(schedules[row.name], service_minutes=10, length=85)
        assert row.wait.holds(exact.wait), row
        assert row.idle.holds(exact.idle), row
        assert row.overtime.holds(exact.overtime), row


def test_with_no_shows_idle_and_overtime_are_exact_too():
    # The wait of a session is averaged over those who came, so only idle and overtime compare.
    # Two figures by intervals that miss in 5e-7 of cases: false-alarm rate 1e-6.
    times = bailey_welch(8, 9)
    row = compare(
        {"b": times}, length=70, sessions=4000, seed=4, confidence=1 - 5e-7,
        service_minutes=10, spread="exponential", no_show=0.2,
    )["b"]  # fmt: skip
    exact = expected_exponential(times, service_minutes=10, length=70, no_show=0.2)
    assert row.idle.holds(exact.idle)
    assert row.overtime.holds(exact.overtime)


def test_comparing_gives_the_figures_of_the_sessions_one_by_one():
    people = {
        "service_minutes": 10, "no_show": 0.1, "late_deviation": 4, "walk_ins_per_hour": 1,
    }  # fmt: skip
    schedules = {"equal": equal(6, 12), "dome": dome(6, 12)}
    found = compare(schedules, length=72, sessions=20, servers=2, seed="one", **people)
    for name, times in schedules.items():
        runs = [
            session(
                times, draw_patients(6, seed=f"one/{k}", until=72, **people), length=72, servers=2
            )
            for k in range(20)
        ]
        assert found.waits[name] == pytest.approx([run.mean_wait for run in runs])
        assert found[name].idle.mean == pytest.approx(math.fsum(r.idle for r in runs) / 20)
        assert found[name].overtime.mean == pytest.approx(math.fsum(r.overtime for r in runs) / 20)
        walked = [
            math.fsum(r.walk_in_waits) / len(r.walk_in_waits) for r in runs if r.walk_in_waits
        ]
        assert found[name].walk_in_wait.mean == pytest.approx(math.fsum(walked) / len(walked))
    assert "wait of walk-ins" in found._repr_html_()


def test_bailey_and_welch_trade_idle_time_for_waits():
    # What Bailey (1952) found: a patient in reserve costs waits and saves the doctor's time.
    one, two = (
        expected_exponential(times, service_minutes=10, length=100, no_show=0.1)
        for times in (equal(10, 10), bailey_welch(10, 10))
    )
    assert two.wait > one.wait
    assert two.idle < one.idle
    assert two.overtime < one.overtime


def test_the_same_patients_make_a_difference_surer_than_two_intervals():
    schedules = {"equal": equal(10, 10), "Bailey-Welch": bailey_welch(10, 10)}
    found = compare(schedules, length=100, sessions=200, seed=2, service_minutes=10)
    gap = found.difference("Bailey-Welch", "equal")
    one, two = found["equal"].wait, found["Bailey-Welch"].wait
    assert gap.mean == pytest.approx(two.mean - one.mean)
    assert gap.half_width < 0.7 * math.hypot(one.half_width, two.half_width)
    with pytest.raises(KeyError, match="no schedule 'dome'"):
        found["dome"]


def test_no_shows_and_lateness_and_walk_ins_each_do_what_they_must():
    def wait(**more):
        found = compare(
            {"equal": equal(12, 12)}, length=144, sessions=300, seed=7, service_minutes=10, **more
        )
        return found["equal"]

    plain = wait()
    assert wait(no_show=0.3).idle.mean > plain.idle.mean
    assert wait(no_show=0.3).wait.mean < plain.wait.mean
    assert wait(late_deviation=10).overtime.mean > plain.overtime.mean
    assert wait(walk_ins_per_hour=1).idle.mean < plain.idle.mean
    assert wait(walk_ins_per_hour=1).wait.mean > plain.wait.mean


def test_the_improved_schedule_is_dome_shaped_and_cheaper():
    # The shape that Wang (1993), Robinson and Chen (2003) and Kaandorp and Koole (2007) report.
    def cost(times):
        found = expected_exponential(times, service_minutes=10, length=100)
        return found.wait * 10 + found.idle + found.overtime

    best = improved(equal(10, 10), cost, step=0.5)
    gaps = [b - a for a, b in pairwise(best)]
    assert gaps[0] < max(gaps)
    assert gaps[-1] < max(gaps)
    assert 0 < gaps.index(max(gaps)) < len(gaps) - 1
    assert all(cost(best) < cost(t) for t in (equal(10, 10), bailey_welch(10, 10), dome(10, 10)))
    for place in range(1, 10):  # no single move betters it
        for change in (-0.5, 0.5):
            moved = sorted(t + change * (k == place) for k, t in enumerate(best))
            assert cost(moved) >= cost(best) - 1e-12


def test_a_dome_keeps_the_session_of_equal_intervals():
    for size in (2, 3, 7, 12):
        times = dome(size, 10, curve=0.7)
        assert times[-1] == pytest.approx(equal(size, 10)[-1])
        gaps = [b - a for a, b in pairwise(times)]
        assert gaps == pytest.approx(gaps[::-1])
    assert dome(6, 10, curve=0) == pytest.approx(equal(6, 10))


def test_lateness_changes_the_order_and_earliness_is_no_wait():
    who = Patients([10.0, 10.0], [True, True], [15, -5])
    found = session([0, 10], who, length=20)
    assert found.waits == (0.0, 0.0)  # the second is served from 5 to 15, the first from 15 on
    assert found.end == 25
    assert found.idle == 5
    early = session([5, 10], Patients([1.0, 1.0], [True, True], [-5, 0]), length=20)
    assert early.waits == (0.0, 0.0)


def test_nobody_comes():
    found = session([0, 10], Patients([5.0, 5.0], [False, False], [0, 0]), length=30)
    assert (found.waits, found.mean_wait, found.idle, found.end) == ((), 0.0, 10, 10)


def test_the_same_seed_gives_the_same_patients_whatever_else_changes():
    one = draw_patients(5, service_minutes=10, seed=1)
    two = draw_patients(
        5, service_minutes=20, no_show=0.5, walk_ins_per_hour=9, until=60, seed=1
    )  # fmt: skip
    assert [2 * s for s in one.services] == pytest.approx(two.services)
    assert Random("1/late").gauss(0, 0) == one.late[0]
    assert one.walk_ins is None


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: equal(0, 10), "patients=0"),
        (lambda: dome(5, 10, curve=2), "curve=2"),
        (lambda: session([], Patients([], [], []), length=1), "schedule is empty"),
        (lambda: session([5, 0], Patients([1, 1], [1, 1], [0, 0]), length=1), "sort the app"),
        (lambda: session([0], Patients([1, 1], [True], [0]), length=1), "services has 2"),
        (lambda: session([0], Patients([1], [True], [0], [(5, 1), (4, 1)]), length=1), "sorted"),
        (lambda: session([0], Patients([-1], [True], [0]), length=1), r"services\[0\]=-1"),
        (lambda: session([0], Patients([1], [True], [0]), length=1, servers=0), "servers=0"),
        (lambda: draw_patients(3, service_minutes=10, no_show=2, seed=1), "no_show=2"),
        (lambda: draw_patients(3, service_minutes=10, walk_ins_per_hour=1, seed=1), "until=0"),
        (lambda: draw_patients(3, service_minutes=10, spread="wide", seed=1), "wide"),
        (lambda: compare({}, length=1, seed=1), "one or more"),
        (lambda: improved([0, 1], lambda t: 0, step=0), "step=0"),
    ],
)
def test_what_cannot_be_is_refused_by_name(call, words):
    with pytest.raises(ValueError, match=words):
        call()
