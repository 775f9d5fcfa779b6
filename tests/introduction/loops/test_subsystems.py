"""Demand, process, quality, cost: stocks against balances, the steady state against simulation."""

import math
from dataclasses import replace

import hypothesis.strategies as st
import numpy as np
import pytest
from hypothesis import assume, given, settings

from svclab.introduction.loops import SubSystems, cheapest_capacity, steady, sub_systems


@st.composite
def systems(draw, saving=0.0):
    return SubSystems(
        demand=draw(st.floats(50, 150)),
        capacity=draw(st.floats(70, 160)),
        pull=draw(st.floats(0, 3)),
        neutral=draw(st.floats(0.6, 1)),
        top=draw(st.floats(0.8, 1)),
        strain=draw(st.floats(0.05, 1.5)),
        calm=draw(st.floats(0.5, 1)),
        rework=draw(st.floats(0, 0.9)),
        noticing=draw(st.floats(0.05, 1)),
        saving=saving,
    )


@given(systems(saving=0.1), st.floats(0, 200))
@settings(max_examples=50)
def test_no_job_is_lost_or_made(system, backlog):
    weeks = sub_systems(system, weeks=40, backlog=backlog).weeks
    came = math.fsum(week.demand for week in weeks[:-1])
    back = math.fsum(week.rework for week in weeks[:-1])
    done = math.fsum(week.done for week in weeks[:-1])
    assert weeks[-1].backlog == pytest.approx(backlog + came + back - done, rel=1e-9, abs=1e-6)
    for week in weeks:
        assert week.done <= min(week.capacity, week.backlog + week.demand) + 1e-9
        assert 0 <= week.quality <= system.top
        assert 0 <= week.reputation <= 1


def stays(system: SubSystems) -> None:
    """The steady state, put into the simulation, stays where it is."""
    found = steady(system)
    weeks = sub_systems(system, weeks=3, backlog=found.backlog, reputation=found.quality).weeks
    for week in weeks:
        assert week.quality == pytest.approx(found.quality, abs=1e-6)
        assert week.demand == pytest.approx(found.demand, rel=1e-6, abs=1e-6)
        assert week.backlog == pytest.approx(found.backlog, rel=1e-6, abs=1e-4)
        assert week.cost_each == pytest.approx(found.cost_each, rel=1e-5)


@given(systems())
def test_the_closed_form_is_a_fixed_point_of_the_simulation(system):
    try:
        found = steady(system)
    except ValueError:
        assume(False)
    assume(found.quality > 0.02)
    stays(system)


@pytest.mark.parametrize(
    ("capacity", "kind"),
    [(150, "calm"), (135, "calm"), (120, "strained"), (106, "strained"), (95, "overloaded")],
)
def test_from_the_neutral_start_the_simulation_comes_to_the_closed_form(capacity, kind):
    system = SubSystems(capacity=capacity, noticing=0.4)
    assert steady(system).settles
    found, last = steady(system), sub_systems(system, weeks=2000).weeks[-1]
    assert found.kind == kind
    assert last.quality == pytest.approx(found.quality, abs=1e-6)
    assert last.cost_each == pytest.approx(found.cost_each, rel=1e-6)
    stays(system)


def jacobian(system: SubSystems) -> np.ndarray:
    """Of one simulated week at the steady state, by differences in backlog and reputation."""
    found, step = steady(system), 1e-6

    def after(backlog: float, reputation: float) -> np.ndarray:
        [_, second] = sub_systems(system, weeks=2, backlog=backlog, reputation=reputation).weeks
        return np.array([second.backlog, second.reputation])

    here = found.backlog, found.quality
    ahead = (here[0] + step, here[1]), (here[0], here[1] + step)
    behind = (here[0] - step, here[1]), (here[0], here[1] - step)
    return np.column_stack(
        [(after(*a) - after(*b)) / (2 * step) for a, b in zip(ahead, behind, strict=True)]
    )


@given(systems())
def test_it_settles_where_both_eigenvalues_of_the_simulated_week_are_below_one(system):
    try:
        found = steady(system)
    except ValueError:
        assume(False)
    away = (found.load - 1, found.load - system.calm, found.quality - 0.01)
    assume(found.backlog > 1e-3 and 0.01 < found.quality < 0.999)
    assume(all(abs(one) > 1e-3 for one in away))
    largest = max(abs(np.linalg.eigvals(jacobian(system))))
    assume(abs(largest - 1) > 1e-3)
    assert found.settles == (largest < 1)


@pytest.mark.parametrize("noticing", [0.14, 0.55])
def test_haste_and_rework_can_upset_a_service_that_is_not_overloaded(noticing):
    """m = 0.87 (1 − 0.78 + 2.3 · 0.88) is 1.96: m (1 − a) is above 1 for a = 0.14 only."""
    system = SubSystems(capacity=106, pull=2, top=0.97, strain=2.3, rework=0.87, noticing=noticing)
    found = steady(system)
    assert (found.kind, found.settles) == ("strained", noticing == 0.55)
    start = {"backlog": found.backlog + 0.01, "reputation": found.quality}
    weeks = sub_systems(system, weeks=60, **start).weeks
    away = max(abs(week.quality - found.quality) for week in weeks[-10:])
    assert (away < 1e-4) == found.settles


def test_customers_who_notice_late_keep_an_overloaded_service_swinging():
    """(1 + r h)(1 − a) is 1.04 for a = 0.2 and 0.78 for a = 0.4: the first swings for ever."""
    late, soon = SubSystems(capacity=95), SubSystems(capacity=95, noticing=0.4)
    assert not steady(late).settles
    assert steady(soon).settles
    last = [week.quality for week in sub_systems(late, weeks=2000).weeks[-200:]]
    assert max(last) - min(last) > 0.1
    assert "does not settle" in steady(late).sentence


def test_without_rework_the_strained_quality_is_a_linear_equation():
    """q = (top + h ρ₀ − h D₀ (1 − s Q₀)/K) / (1 + h D₀ s/K) = (0.96 + 0.48 − 0.14) / 1.4."""
    system = SubSystems(rework=0.0)
    by_hand = (0.96 + 0.6 * 0.8 - 0.6 * 100 * (1 - 0.8 * 0.9) / 120) / (1 + 0.6 * 100 * 0.8 / 120)
    assert by_hand == pytest.approx(1.3 / 1.4)
    assert steady(system).quality == pytest.approx(by_hand)


def test_the_strained_quality_with_rework_is_found_by_halving_too():
    system = SubSystems()

    def excess(quality: float) -> float:
        work = system.wanted(quality) / (1 - system.rework * (1 - quality))
        return system.right(work / system.capacity) - quality

    low, high = 0.5, 1.0
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if excess(middle) > 0 else (low, middle)
    assert steady(system).quality == pytest.approx(low)


def test_the_cheapest_capacity_is_where_haste_just_ends_here():
    """Checked by a fine enumeration: with cheap capacity and dear mistakes haste never pays."""
    found = cheapest_capacity(SubSystems(), [100 + n / 4 for n in range(200)])
    best = found.cheapest
    assert best.state.load == pytest.approx(0.8, abs=0.002)
    assert best.state.cost_each == min(row.state.cost_each for row in found.rows if row.state)
    cheap_mistakes = cheapest_capacity(SubSystems(failure_cost=20), [90 + n for n in range(60)])
    assert cheap_mistakes.cheapest.capacity < best.capacity


def test_saving_against_a_budget_can_ruin_what_it_wants_to_save():
    """The erosion that Oliva and Sterman (2001) describe; the numbers are invented."""
    tight = SubSystems(budget=145)
    still = sub_systems(tight, weeks=60)
    cut = sub_systems(replace(tight, saving=0.2), weeks=60)
    assert cut.weeks[-1].capacity < still.weeks[-1].capacity
    assert cut.weeks[-1].quality < still.weeks[-1].quality
    assert cut.cost_each > still.cost_each
    ample = replace(tight, budget=160, saving=0.2)
    assert sub_systems(ample, weeks=60).weeks[-1].capacity == ample.capacity


def test_what_has_no_steady_state_is_told():
    with pytest.raises(ValueError, match="capacity=50 cannot carry demand=100"):
        steady(SubSystems(capacity=50, pull=0, rework=0.9))
    with pytest.raises(ValueError, match="set saving=0"):
        steady(SubSystems(saving=0.1))
    with pytest.raises(ValueError, match="none has a steady state"):
        cheapest_capacity(SubSystems(pull=0), [20, 30])
    with pytest.raises(ValueError, match="capacity=-5"):
        cheapest_capacity(SubSystems(), [-5, 100])


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"capacity": 0}, "capacity=0"),
        ({"top": 96}, "top=96: give a share"),
        ({"rework": 1}, "rework=1: give a number from 0 to 0.95"),
        ({"failure_cost": -1}, "failure_cost=-1"),
    ],
)
def test_a_wrong_system_is_told(values, message):
    with pytest.raises(ValueError, match=message):
        SubSystems(**values)
