"""Satisfaction to revenue: the closed form against the recursion, and what a point is worth."""

import math
from dataclasses import replace

import hypothesis.strategies as st
import pytest
from hypothesis import given

from svclab.introduction.loops import (
    Performance,
    customers_after,
    performance,
    point_of_satisfaction,
    revenue,
)


@st.composite
def chains(draw):
    low = draw(st.floats(0, 0.6))
    return Performance(
        satisfaction=draw(st.floats(0, 1)),
        low=low,
        high=draw(st.floats(low, 1)),
        shape=draw(st.floats(0.2, 5)),
        recommend=draw(st.floats(0, 1)),
        advertised=draw(st.floats(0, 500)),
        customers=draw(st.floats(0, 5000)),
        spend=draw(st.floats(1, 500)),
    )


@given(chains(), st.integers(1, 40))
def test_the_closed_form_equals_the_recursion(chain, periods):
    run = performance(chain, periods=periods)
    for t, there in enumerate(run.customers):
        assert customers_after(chain, t) == pytest.approx(there, rel=1e-6, abs=1e-6)
    assert run.total == pytest.approx(chain.spend * math.fsum(run.customers))


def test_a_growth_of_one_adds_what_advertising_brings():
    chain = Performance(satisfaction=1, low=0, high=0.75, recommend=0.25)
    assert chain.growth == 1
    assert customers_after(chain, 7) == 1000 + 7 * 200
    assert chain.limit == math.inf
    assert replace(chain, advertised=0).limit == 1000


def test_below_a_growth_of_one_customers_tend_to_the_limit():
    chain = Performance()
    assert chain.growth == pytest.approx(0.2 + 0.7 * 0.7 + 0.07)
    assert customers_after(chain, 500) == pytest.approx(chain.limit)
    assert chain.limit == pytest.approx(200 / 0.24)


@given(chains(), st.floats(-100, 100), st.integers(2, 24))
def test_the_advertising_that_equals_points_brings_the_same_revenue(chain, by, periods):
    by = min(max(by, -99 * chain.satisfaction), 99 * (1 - chain.satisfaction))
    found = point_of_satisfaction(chain, by=by, periods=periods)
    base = revenue(replace(chain, advertised=0), periods=periods)
    per_customer = revenue(replace(chain, advertised=1), periods=periods) - base
    better = replace(chain, satisfaction=min(max(chain.satisfaction + by / 100, 0), 1))
    gain = revenue(better, periods=periods) - revenue(chain, periods=periods)
    assert found.gain == pytest.approx(gain)
    assert found.advertised_for_it * per_customer == pytest.approx(gain, rel=1e-6, abs=1e-2)


@pytest.mark.parametrize("satisfaction", [0.3, 0.5, 0.8])
def test_with_ever_rising_returns_the_last_points_are_worth_most(satisfaction):
    """The two shapes that Mittal and Kamakura (2001) tell apart: intent ever less, buying more."""
    low = Performance(satisfaction=satisfaction, recommend=0)
    high = replace(low, satisfaction=satisfaction + 0.1)

    def steps(shape: float) -> tuple[float, float]:
        def rise(chain: Performance) -> float:
            chain = replace(chain, shape=shape)
            more = replace(chain, satisfaction=chain.satisfaction + 0.05)
            return more.repurchase - chain.repurchase

        return rise(low), rise(high)

    first, second = steps(2)
    assert second > first
    first, second = steps(0.5)
    assert second < first
    first, second = steps(1)
    assert second == pytest.approx(first)


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"satisfaction": 70}, "satisfaction=70: give a share"),
        ({"low": 0.9, "high": 0.5}, "high=0.5 is below low=0.9"),
        ({"shape": 0}, "shape=0"),
    ],
)
def test_a_wrong_chain_is_told(values, message):
    with pytest.raises(ValueError, match=message):
        Performance(**values)


def test_points_beyond_the_scale_and_no_spending_are_told():
    with pytest.raises(ValueError, match="by=50: give a number from -70 to 30"):
        point_of_satisfaction(Performance(), by=50)
    with pytest.raises(ValueError, match="spend=0"):
        point_of_satisfaction(Performance(spend=0))


@pytest.mark.parametrize("satisfaction", [0.1, 0.3, 0.7, 0.9, 0.95])
def test_points_up_to_the_end_of_the_scale_are_taken(satisfaction):
    chain = Performance(satisfaction=satisfaction)
    rest = round(100 * (1 - satisfaction), 6)
    top = replace(chain, satisfaction=1.0)
    found = point_of_satisfaction(chain, by=rest)
    assert found.gain == pytest.approx(performance(top).total - performance(chain).total)


@pytest.mark.parametrize("above", [0.0, 1e-12, 4e-8, -4e-8])
def test_customers_near_a_growth_of_one_are_those_of_the_recursion(above):
    chain = Performance(satisfaction=1, low=0, high=1, recommend=0, customers=0, advertised=1)
    chain = replace(chain, high=1 + min(above, 0), recommend=max(above, 0))
    there = performance(chain, periods=1000).customers
    assert customers_after(chain, 999) == pytest.approx(there[-1], rel=1e-9)


def test_customers_beyond_all_numbers_are_without_end_and_not_compared():
    chain = Performance(satisfaction=0.9, high=1, recommend=2)
    assert customers_after(chain, 1000) == math.inf
    with pytest.raises(ValueError, match="periods=1000: the customers outgrow all numbers"):
        point_of_satisfaction(chain, by=5, periods=1000)
