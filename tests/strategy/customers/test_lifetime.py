"""Lifetime value: the closed form against the sum, simulation and published figures."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from svclab.strategy.customers import (
    TIMINGS,
    levers,
    lifetime_value,
    needed_retention,
    retention_point,
    simulated_lifetime,
)

shares = st.floats(0, 0.97)
rates = st.floats(0, 0.6)


def by_hand(margin, retention, discount, growth, timing, periods):
    """Every margin times its chance and its discount, in full words."""
    parts = []
    for k in range(periods):
        years = k if timing == "at once" else k + 1
        stays = k + 1 if timing == "after renewal" else k
        parts.append(margin * (1 + growth) ** k * retention**stays / (1 + discount) ** years)
    return math.fsum(parts)


@given(shares, rates, st.floats(-0.3, 0.3), st.sampled_from(TIMINGS), st.integers(1, 60))
def test_closed_form_is_the_sum_period_by_period(retention, discount, growth, timing, periods):
    one = lifetime_value(
        100, retention=retention, discount=discount, growth=growth, timing=timing, periods=periods
    )
    assert one.value == pytest.approx(
        by_hand(100, retention, discount, growth, timing, periods), rel=1e-11
    )
    assert one.table[-1]["so far"] == pytest.approx(one.value, rel=1e-11, abs=1e-11)


@given(st.integers(1, 400), st.sampled_from([0.0, 1e-16, 1e-13, 1e-9, -1e-9, -1e-13]))
def test_closed_form_keeps_its_digits_where_retention_just_makes_up_for_discount(periods, above):
    one = lifetime_value(1, retention=1, discount=0.1, growth=0.1 + above, timing="at once",
                         periods=periods)  # fmt: skip
    exact = math.fsum(one.ratio**k for k in range(periods))
    assert one.value == pytest.approx(exact, rel=1e-10)


@given(shares, st.floats(0.02, 0.6), st.sampled_from(TIMINGS))
def test_a_life_without_an_end_is_a_very_long_life(retention, discount, timing):
    endless = lifetime_value(100, retention=retention, discount=discount, timing=timing)
    long = lifetime_value(100, retention=retention, discount=discount, timing=timing, periods=900)
    assert endless.value == pytest.approx(long.value, rel=1e-9)


def test_margin_multiple_at_80_percent_retention_and_10_percent_discount_as_gupta_and_lehmann():
    # r / (1 + i - r) = 2.67: checked on a public page that explains the formula of Gupta and
    # Lehmann (2003) with these two numbers.
    one = lifetime_value(1, retention=0.8, discount=0.1)
    assert round(one.multiple, 2) == 2.67


def test_lifetime_in_customers_of_a_worked_class_example():
    # 1,000 first-year customers, 50 percent come back, after that 75 percent each year: the
    # public example's formula is 1 + .5 / (1 - .75) years of a customer, undiscounted.
    later = lifetime_value(1, retention=0.75, discount=0, timing="at once")
    assert 1 + 0.5 * later.value == 1 + 0.5 / (1 - 0.75)


@pytest.mark.parametrize("timing", TIMINGS)
def test_simulation_holds_the_closed_form_at_a_false_alarm_rate_of_one_in_a_million(timing):
    one = lifetime_value(
        300, retention=0.8, discount=0.1, growth=0.03, acquisition=200, timing=timing
    )
    found = simulated_lifetime(one, customers=8000, seed=11, confidence=1 - 1e-6)
    assert found.holds(one.value)
    assert found.half_width < 0.12 * one.value
    assert found != simulated_lifetime(one, customers=8000, seed=12, confidence=1 - 1e-6)


def test_simulation_with_an_end_holds_the_closed_form():
    one = lifetime_value(300, retention=0.9, discount=0.1, timing="at once", periods=4)
    # 99.9999 percent: a false alarm in a million, and the seed is fixed.
    assert simulated_lifetime(one, customers=5000, seed=3, confidence=1 - 1e-6).holds(one.value)


@given(st.floats(0.05, 0.9), st.floats(0.02, 0.4))
def test_a_small_point_is_worth_the_derivative(retention, discount):
    step = 1e-4
    found = retention_point(100, retention=retention, discount=discount, points=100 * step)
    slope = 100 * (1 + discount) / (1 + discount - retention) ** 2
    assert found.gain / step == pytest.approx(slope, rel=step * 3 / (1 + discount - retention))
    assert found.gain > slope * step * 0.999


@given(st.floats(0.05, 0.8), st.floats(0.02, 0.4))
def test_a_point_is_worth_more_where_more_stay_already(retention, discount):
    low = retention_point(100, retention=retention, discount=discount)
    high = retention_point(100, retention=retention + 0.1, discount=discount)
    assert high.gain > low.gain > 0


def test_retention_has_the_elasticity_of_its_formula_and_margin_has_one():
    base = lifetime_value(100, retention=0.8, discount=0.12)
    found = levers(base, change=1e-6).effects
    assert found["retention"] / 1e-6 == pytest.approx(1.12 / (1.12 - 0.8), rel=1e-4)
    assert found["margin"] / 1e-6 == pytest.approx(1, rel=1e-6)
    assert found["cost to win"] == 0
    assert next(iter(found)) == "retention"


def test_the_order_of_levers_is_that_of_gupta_lehmann_and_stuart():
    # Their abstract (checked): 1 percent better retention, margin or acquisition cost raises the
    # value by 5, 1 and 0.1 percent; retention does almost five times what the discount rate does.
    found = levers(lifetime_value(100, retention=0.8, discount=0.12, acquisition=20)).effects
    assert list(found) == ["retention", "margin", "discount rate", "cost to win"]
    assert 3 < found["retention"] / found["margin"] < 7


@given(st.floats(10, 500), st.floats(0, 900), st.floats(0.05, 0.5), st.sampled_from(TIMINGS))
def test_at_the_needed_retention_the_customer_pays_back_exactly(margin, cost, discount, timing):
    def value(retention):
        return lifetime_value(
            margin, retention=retention, discount=discount, acquisition=cost, timing=timing
        ).value

    if value(1) < -1e-6:
        with pytest.raises(ValueError, match="even customers who never leave"):
            needed_retention(margin, acquisition=cost, discount=discount, timing=timing)
    elif value(1) > 1e-6:
        needed = needed_retention(margin, acquisition=cost, discount=discount, timing=timing)
        if needed > 0:
            assert value(needed) == pytest.approx(0, abs=1e-6 * (cost + margin))
        else:
            assert value(0) >= -1e-9


@pytest.mark.parametrize(
    ("changes", "word"),
    [
        ({"retention": 80}, "80 percent is 0.8"),
        ({"retention": True}, "retention=True"),
        ({"discount": -0.1}, "discount"),
        ({"discount": math.nan}, "discount"),
        ({"timing": "later"}, "'after renewal'"),
        ({"periods": 0}, "periods"),
        ({"acquisition": -5}, "acquisition"),
        ({"growth": 0.5}, "value without limit"),
    ],
)
def test_errors_name_the_parameter_and_what_is_allowed(changes, word):
    with pytest.raises(ValueError, match="=") as caught:
        lifetime_value(100, **{"retention": 0.8, "discount": 0.1, **changes})
    assert word in str(caught.value)


def test_a_customer_who_never_leaves_has_no_end_to_simulate():
    with pytest.raises(ValueError, match="needs periods"):
        simulated_lifetime(lifetime_value(1, retention=1, discount=0.1))
    assert lifetime_value(1, retention=1, discount=0.1).expected_periods == math.inf


@settings(max_examples=30)
@given(shares, rates, st.floats(-500, 500))
def test_it_shows_itself_whatever_the_numbers(retention, discount, margin):
    one = lifetime_value(margin, retention=retention, discount=discount, timing="at the end")
    assert "yuan" in repr(one)
    assert one._repr_html_().startswith("<table>")
    if one.value > 0 and retention < 0.96:
        assert "retention" in repr(levers(one))


def test_margins_beyond_all_numbers_are_refused_and_large_ones_are_not():
    with pytest.raises(ValueError, match="periods=5000: so many margins grow beyond all numbers"):
        lifetime_value(100, retention=1, growth=1, discount=0, periods=5000)
    large = lifetime_value(1, retention=1, growth=1, discount=0, timing="at once", periods=800)
    assert large.value == pytest.approx(2.0**800 - 1)
