"""Simulated scores of plans against counting by hand and against Kolmogorov's equations."""

import math
from itertools import pairwise

import pytest

from svclab.capacity import erlang_a, erlang_c
from svclab.capacity.simulation.customers import Customers
from svclab.capacity.simulation.station import simulate
from svclab.capacity.staffing.days import plan_by_hand, staff_day
from svclab.capacity.staffing.demand import Day
from svclab.capacity.staffing.scoring import (
    SimulatedDays,
    compare_plans,
    score,
    simulated_days,
)
from svclab.capacity.staffing.targets import (
    abandonment_at_most,
    lost_at_most,
    mean_wait_at_most,
    served_within,
    waiting_at_most,
)

# Random tests ask for 95 % intervals and take them 2.5 times as wide: 4.9 standard errors, a
# false alarm in 1e-6 for each comparison.
WIDE = 2.5


def agrees(estimate, value):
    return abs(estimate.mean - value) <= WIDE * estimate.half_width


def shares_that_wait(day, servers, periods, steps=600):
    """Share of arrivals of each period that find all servers busy, by Kolmogorov's equations.

    M_t/M/c from empty, cut off where nobody is ever found; arrivals see the state (Poisson).
    """
    most = servers + 150
    state = [1.0] + [0.0] * most
    mu = day.service_rate
    found = []
    for begin, end in pairwise(periods):
        came = waited = 0.0
        width = (end - begin) / steps

        def slope(p, rate):
            flow = [rate * p[n] - mu * min(n + 1, servers) * p[n + 1] for n in range(most)]
            return [-flow[0], *(flow[n - 1] - flow[n] for n in range(1, most)), flow[most - 1]]

        for k in range(steps):
            rate = day.rate(begin + (k + 0.5) * width)
            one = slope(state, rate)
            two = slope([p + width / 2 * d for p, d in zip(state, one, strict=True)], rate)
            before = math.fsum(state[servers:])
            state = [p + width * d for p, d in zip(state, two, strict=True)]
            came += rate * width
            waited += rate * width * (before + math.fsum(state[servers:])) / 2
        found.append(waited / came)
    return found


def test_simulated_waiting_matches_kolmogorovs_equations_over_a_changing_day():
    # Four periods, the third overloaded; 95 % intervals widened to 1e-6 each.
    day = Day([10, 30, 55, 20], service_minutes=6)
    exact = shares_that_wait(day, 5, [0, 1, 2, 3, 4])
    drawn = simulated_days(day, days=400, seed="kolmogorov")
    found = score(plan_by_hand(day, [5] * 4), drawn, target=waiting_at_most(0.5))
    assert [agrees(p.value, share) for p, share in zip(found.periods, exact, strict=True)] == (
        [True] * 4
    )
    # The errors are small enough for that to mean something.
    assert max(p.value.half_width for p in found.periods) < 0.04
    assert exact[2] > 2 * exact[1]


def test_a_steady_day_around_the_clock_matches_erlang_c_and_a():
    day = Day([40] * 24, service_minutes=3, around_the_clock=True)
    drawn = simulated_days(day, days=150, seed="steady")
    plan = plan_by_hand(day, [3] * 24)
    assert agrees(score(plan, drawn, target=waiting_at_most(0.5)).overall, erlang_c(2, 3))
    mean = score(plan, drawn, target=mean_wait_at_most(minutes=1)).overall
    assert agrees(mean, erlang_c(2, 3) / (3 * 20 - 40))
    hasty = Day([40] * 24, service_minutes=3, patience_minutes=2, around_the_clock=True)
    queue = erlang_a(40, 20, servers=2, mean_patience=2 / 60)
    drawn = simulated_days(hasty, days=150, seed="hasty")
    plan = plan_by_hand(hasty, [2] * 24)
    found = score(plan, drawn, target=abandonment_at_most(0.1)).overall
    assert agrees(found, queue.probability_of_abandonment)
    level = queue.service_level(minutes=1)
    for sense in (
        "of_all_offered",
        "of_those_answered",
        "leaving_out_those_who_gave_up_in_time",
    ):
        found = score(plan, drawn, target=served_within(0.8, minutes=1, sense=sense)).overall
        assert agrees(found, getattr(level, sense))
        assert found.half_width < 0.01


def test_each_measure_counts_what_it_says_on_a_day_done_by_hand():
    # One server, 30 minutes each; two periods of an hour. Customer 1 starts at 30 min (20 min of
    # wait), customer 2 leaves after 5 min, customer 3 comes at 55 min and starts at 60.
    day = Day([3, 1], service_minutes=30, patience_minutes=60)
    customers = Customers(
        [0.0, 600.0, 900.0, 3300.0, 6000.0], [1800.0] * 5, patience=[9e9, 9e9, 300.0, 9e9, 9e9]
    )
    drawn = SimulatedDays(day, (customers,))
    plan = plan_by_hand(day, [1, 1])

    def values(target):
        return [p.value.mean for p in score(plan, drawn, target=target).periods]

    assert values(served_within(0.5, minutes=10)) == [0.5, 1]
    assert values(served_within(0.5, minutes=10, sense="of_those_answered")) == [2 / 3, 1]
    leaving_out = "leaving_out_those_who_gave_up_in_time"
    assert values(served_within(0.5, minutes=10, sense=leaving_out)) == [2 / 3, 1]
    assert values(served_within(0.5, minutes=4, sense=leaving_out)) == [1 / 4, 1]
    assert values(abandonment_at_most(0.5)) == [0.25, 0]
    assert values(waiting_at_most(0.5)) == [0.75, 0]
    assert values(mean_wait_at_most(minutes=5)) == pytest.approx([30 / 4 / 60, 0])
    found = score(plan, drawn, target=abandonment_at_most(0.2))
    assert [p.customers for p in found.periods] == [4, 1]
    assert [p.kept for p in found.periods] == [False, True]
    assert found.worst is found.periods[0]
    assert found.share_kept == 0.5
    assert math.isinf(found.worst.value.half_width)


def test_the_same_seed_gives_the_same_days_and_more_days_leave_the_first_alone():
    day = Day([20, 60], service_minutes=6)
    few, more = simulated_days(day, days=3, seed=5), simulated_days(day, days=5, seed=5)
    assert few.customers == more.customers[:3]
    assert simulated_days(day, days=3, seed=6).customers != few.customers


def test_a_plan_on_simulated_days_is_what_the_simpy_model_makes_of_it():
    day = Day([20, 60, 30], service_minutes=6, patience_minutes=4)
    plan = plan_by_hand(day, [2, 5, 3])
    drawn = simulated_days(day, days=4, seed=2)
    found = score(plan, drawn, target=mean_wait_at_most(minutes=2))
    waits = [simulate(one, servers=plan.steps).waits for one in drawn.customers]
    mean = math.fsum(w for day in waits for w in day) / sum(map(len, waits)) / 3600
    assert found.overall.mean == pytest.approx(mean, rel=1e-9)


def test_a_measure_without_spread_still_has_an_error():
    day = Day([2, 2], service_minutes=1)
    drawn = simulated_days(day, days=20, seed=1)
    found = score(plan_by_hand(day, [9, 9]), drawn, target=waiting_at_most(0.2))
    came = sum(p.customers for p in found.periods)
    assert found.overall.mean == 0
    assert found.overall.half_width == pytest.approx(-math.log(0.05) / came)


def test_a_period_without_customers_is_not_judged():
    day = Day([30, 0, 30], service_minutes=6)
    promise = served_within(0.8, minutes=5)
    found = score(staff_day(day, target=promise), simulated_days(day), target=promise)
    assert found.periods[1].value is None
    assert found.periods[1].kept is None
    assert found.worst is not found.periods[1]
    assert "<table>" in found._repr_html_()
    assert found.share_kept in (0.0, 0.5, 1.0)


def test_what_cannot_be_scored_is_refused():
    day = Day([20, 60], service_minutes=6)
    plan, drawn = plan_by_hand(day, [3, 8]), simulated_days(day, days=2)
    with pytest.raises(ValueError, match="different days"):
        score(plan, simulated_days(Day([20, 61], 6), days=2), target=waiting_at_most(0.2))
    with pytest.raises(ValueError, match="being turned away"):
        score(plan, drawn, target=lost_at_most(0.1))
    with pytest.raises(ValueError, match="plans is empty"):
        compare_plans(day, target=waiting_at_most(0.2), plans=[])
    with pytest.raises(ValueError, match="nobody came"):
        _ = score(plan, SimulatedDays(day, (None,)), target=waiting_at_most(0.2)).worst
