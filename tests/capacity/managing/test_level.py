"""Level or chase, against every plan there is."""

import math
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from svclab.capacity.managing.level import Terms, best_plan, chase, cost_of, level

whole = st.integers(0, 60).map(lambda n: 10 * n)
terms = st.builds(
    Terms,
    per_worker=st.sampled_from([80, 100, 150]),
    wage=st.integers(1, 9).map(lambda n: 500 * n),
    hire=st.integers(0, 5).map(lambda n: 400 * n),
    dismiss=st.integers(0, 5).map(lambda n: 400 * n),
    overtime=st.none() | st.integers(5, 60),
    overtime_share=st.sampled_from([0, 0.2]),
    outside=st.none() | st.integers(10, 90),
    lost=st.integers(10, 120),
)


def test_a_plan_costed_by_hand():
    # 4 workers × 100: 300 leaves 100 idle; 500 is 100 short: 80 in overtime at 30, 20 lost at 40.
    made = Terms(
        per_worker=100, wage=2000, hire=500, dismiss=800, overtime=30, overtime_share=0.2, lost=40
    )
    plan = cost_of([300, 500], [4, 4], made, before=3)
    assert plan.parts == {
        "wages": 16000, "hiring": 500, "dismissing": 0, "overtime": 2400, "outside": 0, "lost": 800,
    }  # fmt: skip
    assert plan.cost == 19700
    assert plan.utilisation == 700 / 800
    assert plan.served == pytest.approx(1 - 20 / 800)


@settings(max_examples=40)
@given(st.lists(whole, min_size=2, max_size=3), terms, st.none() | st.integers(0, 5))
def test_the_best_plan_costs_what_the_best_of_all_plans_costs(demand, made, before):
    most = max([math.ceil(d / made.per_worker) for d in demand] + [before or 0])
    every = product(range(most + 1), repeat=len(demand))
    cheapest = min(cost_of(demand, w, made, before=before).cost for w in every)
    assert best_plan(demand, made, before=before).cost == pytest.approx(cheapest, abs=1e-6)


@given(st.lists(whole, min_size=1, max_size=6), terms)
def test_the_best_plan_is_no_dearer_than_level_or_chase(demand, made):
    best = best_plan(demand, made).cost
    assert best <= level(demand, made).cost + 1e-6
    assert best <= chase(demand, made).cost + 1e-6


@given(st.lists(whole, min_size=1, max_size=6), terms)
def test_level_finds_the_cheapest_number_of_workers(demand, made):
    most = max(math.ceil(d / made.per_worker) for d in demand)
    costs = [cost_of(demand, [n] * len(demand), made).cost for n in range(most + 3)]
    assert level(demand, made).cost == min(costs)


def test_where_changing_costs_nothing_chase_is_best_and_where_it_costs_all_level_is():
    demand = [200, 500, 300, 400]
    free = Terms(per_worker=100, wage=2000, lost=100)
    assert best_plan(demand, free).workers == chase(demand, free).workers
    dear = Terms(per_worker=100, wage=2000, hire=10**6, dismiss=10**6, lost=100)
    assert best_plan(demand, dear).workers == level(demand, dear).workers
    assert len(set(best_plan(demand, dear).workers)) == 1


@given(st.lists(whole, min_size=1, max_size=5), terms, st.integers(0, 5))
def test_every_customer_is_somewhere(demand, made, staff):
    plan = cost_of(demand, [staff] * len(demand), made)
    for period in plan.periods:
        regular = period.demand - period.overtime - period.outside - period.lost
        assert regular + period.idle == pytest.approx(staff * made.per_worker)
        assert period.overtime <= made.overtime_share * staff * made.per_worker + 1e-9
    assert plan.cost == pytest.approx(math.fsum(plan.parts.values()))


def test_a_plan_shows_its_periods():
    made = Terms(per_worker=100, wage=2000, lost=50)
    html = chase([250, 500, 400], made)._repr_html_()
    assert html.count("<tr>") == 4
    assert "Chase" in html


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: Terms(per_worker=0, wage=1, lost=1), "per_worker=0"),
        (lambda: Terms(per_worker=1, wage=1, lost=0), "lost=0"),
        (lambda: chase([], Terms(per_worker=1, wage=1, lost=1)), "demand is empty"),
        (lambda: chase([-1], Terms(per_worker=1, wage=1, lost=1)), r"demand\[0\]=-1"),
        (lambda: cost_of([1], [1, 2], Terms(per_worker=1, wage=1, lost=1)), "workers has 2"),
        (lambda: cost_of([1], [1.5], Terms(per_worker=1, wage=1, lost=1)), r"workers\[0\]=1.5"),
    ],
)
def test_what_cannot_be_is_refused_by_name(call, words):
    with pytest.raises(ValueError, match=words):
        call()
