"""Net present value, break-even points and Monte Carlo, against closed forms."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from svclab.strategy.choices import (
    Triangular,
    Uniform,
    annuity_factor,
    break_even,
    cash_flow,
    compare,
    net_present_value,
    simulate,
    tornado,
)


def test_net_present_value_of_gitman_as_numpy_printed_it():
    # NumPy's documentation (1.10 to 1.17), after Gitman: npv(0.281, ...) = -0.00847859...
    flows = [-100, 39, 59, 55, 20]
    assert net_present_value(flows, discount=0.281) == pytest.approx(-0.0084785916384548798)
    assert cash_flow(flows, discount=0.1).internal_rate == pytest.approx(0.28095, abs=5e-6)


def test_a_worth_beyond_all_numbers_is_refused_and_one_within_is_exact():
    # At a rate of -0.999 each year multiplies by 1000: 10^306 still is a number, 10^309 is none.
    assert net_present_value([0] * 102 + [1], discount=-0.999) == pytest.approx(1e306, rel=1e-12)
    assert net_present_value([7] + [0] * 400, discount=-0.999) == 7
    for flows, rate in (
        ([0] * 103 + [1], -0.999),
        ([-100] + [1] * 400, -0.999),
        ([1e308, 1e308], 0.0),
        ([1e308, -1e308], -0.5),
    ):
        for ask in (net_present_value, cash_flow):
            with pytest.raises(ValueError, match=r"discount=-?0\.\d+ makes amounts of \d+ years"):
                ask(flows, discount=rate)


@given(st.integers(0, 40), st.floats(0.001, 1), st.floats(0, 1))
def test_annuity_is_its_closed_form(years, discount, stays):
    q = stays / (1 + discount)
    closed = (1 - q**years) / (1 - q) / (1 + discount)
    assert annuity_factor(years, discount=discount, stays=stays) == pytest.approx(closed, abs=1e-12)


@given(st.lists(st.floats(0.1, 100), min_size=1, max_size=8), st.floats(1, 300))
def test_at_the_internal_rate_nothing_is_left(gains, cost):
    found = cash_flow([-cost, *gains], discount=0.1)
    rate = found.internal_rate
    if rate is not None and rate > -0.9:
        assert net_present_value(found.flows, discount=rate) == pytest.approx(0, abs=1e-6 * cost)
    assert (found.payback is None) == (math.fsum(found.flows) < 0)


def test_two_internal_rates_are_no_internal_rate():
    # 10 and 20 percent both make -100, 230, -132 worth nothing.
    found = cash_flow([-100, 230, -132], discount=0.15)
    for rate in (0.1, 0.2):
        assert net_present_value(found.flows, discount=rate) == pytest.approx(0, abs=1e-9)
    assert found.internal_rate is None
    assert "no single internal rate" in found.sentence


def test_payback_is_for_good():
    assert cash_flow([-10, 12, -5, 4], discount=0).payback == 3
    assert cash_flow([5, 1], discount=0).payback == 0
    assert cash_flow([-5, 1], discount=0).payback is None


@given(st.floats(0.1, 0.9))
def test_break_even_finds_a_root_and_refuses_none(root):
    assert break_even(lambda x: x**3 - root**3, 0, 1) == pytest.approx(root, abs=1e-9)
    with pytest.raises(ValueError, match="a gain at both"):
        break_even(lambda x: x + root, 0, 1, name="fee")


def test_tornado_sorts_by_swing():
    rows = tornado(lambda x: x["a"] - 2 * x["b"], {"a": 5, "b": 1}, {"a": (4, 6), "b": (0, 2)})
    assert [(r["input"], r["at low"], r["at high"]) for r in rows] == [("b", 5, 1), ("a", 2, 4)]
    with pytest.raises(ValueError, match="which base has not"):
        tornado(lambda x: 0.0, {}, {"a": (0, 1)})


def test_a_simulated_mean_holds_the_closed_form_and_its_error_is_the_formula():
    # Mean of a product of independent inputs; 99.9999 percent: a false alarm in a million.
    inputs = {"price": Triangular(2, 3, 7), "guests": Uniform(10, 30), "rent": 20}
    found = simulate(
        lambda x, draws: x["price"] * x["guests"] - x["rent"], inputs, runs=6000, seed=5
    )
    assert found.estimate(1 - 1e-6).holds(4 * 20 - 20)
    assert found.standard_error == pytest.approx(found.deviation / math.sqrt(6000))
    again = simulate(
        lambda x, draws: x["price"] * x["guests"] - x["rent"], inputs, runs=6000, seed=5
    )
    assert again.values == found.values


def test_the_triangular_has_its_variance():
    low, likely, high = 2, 3, 7
    found = simulate(
        lambda x, draws: x["t"], {"t": Triangular(low, likely, high)}, runs=8000, seed=2
    )
    squares = low**2 + likely**2 + high**2 - low * likely - low * high - likely * high
    # The standard error of a variance is below 1.6 percent here; 8 percent is five of them.
    assert found.deviation**2 == pytest.approx(squares / 18, rel=0.08)
    assert low <= min(found.values)
    assert max(found.values) <= high


def test_equal_luck_makes_the_difference_exact_where_options_differ_by_a_constant():
    found = compare(
        {"a": lambda x, draws: x["d"] + draws.random(), "b": lambda x, draws: x["d"] +
         draws.random() - 3},
        {"d": Uniform(0, 100)}, runs=200, seed=9,
    )  # fmt: skip
    gap = found.difference("a", "b")
    assert gap.mean == pytest.approx(3)
    assert gap.standard_error == pytest.approx(0, abs=1e-9)
    assert found.chance_better("a", "b") == 1
    assert found.best == "a"
    assert found.results["a"].standard_error > 1


@given(st.lists(st.floats(-50, 50), min_size=2, max_size=60), st.floats(0, 1), st.integers(1, 9))
def test_quantiles_and_bars_hold_all_runs(values, share, bars):
    box = iter(values)
    found = simulate(lambda x, draws: next(box), {}, runs=len(values))
    assert found.values == tuple(values)
    assert min(values) - 1e-9 <= found.quantile(share) <= max(values) + 1e-9
    assert math.fsum(bar["runs"] for bar in found.histogram(bars)) == len(values)
    assert "standard error" in repr(found)


def test_impossible_inputs_are_refused():
    for ask, word in (
        (lambda: Triangular(3, 2, 5), "in this order"),
        (lambda: Uniform(3, 2), "lower end first"),
        (lambda: simulate(lambda x, d: 0.0, {}, runs=1), "runs"),
        (lambda: simulate(lambda x, d: 0.0, {"a": "much"}), "input 'a'"),
        (lambda: compare({}, {}), "empty"),
        (lambda: net_present_value([], discount=0.1), "flows"),
        (lambda: net_present_value([1], discount=-1), "discount"),
        (lambda: annuity_factor(-1, discount=0.1), "years"),
    ):
        with pytest.raises(ValueError, match=word):
            ask()


def test_ten_years_of_months_have_their_internal_rate():
    # A loan of 100 paid back by 121 equal amounts: the rate is that of the annuity.
    rate = cash_flow([-100, *[2.0] * 121], discount=0.01).internal_rate
    assert 2 * annuity_factor(121, discount=rate) == pytest.approx(100, rel=1e-9)
    late = cash_flow([*[0.0] * 90, -100, 150], discount=0.01).internal_rate
    assert late == pytest.approx(0.5, rel=1e-9)


def test_three_times_thirty_cents_pay_ninety_back():
    assert cash_flow([-0.9, 0.3, 0.3, 0.3], discount=0).payback == 3
    assert cash_flow([-0.9, 0.3, 0.3, 0.2999], discount=0).payback is None


@pytest.mark.parametrize(
    ("ask", "says"),
    [
        (lambda: Triangular("a", "b", "c"), "low of a Triangular='a': give a number"),
        (lambda: Triangular(0, 1, math.inf), "high of a Triangular=inf"),
        (lambda: Uniform(0, math.inf), "high of a Uniform=inf"),
        (lambda: annuity_factor(3, discount=0.1, stays=2), "stays=2: give a share"),
    ],
)
def test_ends_that_are_no_numbers_are_named(ask, says):
    with pytest.raises(ValueError, match=says):
        ask()
