"""The Bass model against its differential equation, a chance simulation and a published fit."""

import math

import hypothesis.strategies as st
import numpy as np
import pytest
from hypothesis import assume, given, settings

from svclab.strategy.growth import (
    Bass,
    Logistic,
    NoFitError,
    fit_bass,
    fit_logistic,
    least_squares,
)

models = st.builds(
    Bass, st.floats(1, 1e6), st.floats(0.001, 0.2), st.just(0.0) | st.floats(0.001, 1.0)
)

# Quarterly sales (millions) of a smartphone and R's regression on them, as printed on a public
# teaching page of P. Rossi (UCLA): lm(Sales ~ Y + Ysq). Sales there are all sales, not only
# first purchases; the page is used for its arithmetic.
ROSSI = [
    0.270, 1.119, 2.315, 1.793, 0.717, 6.892, 4.363, 3.793, 5.288, 7.367, 8.737, 8.752,
    8.398, 14.142, 16.235, 18.647, 20.338, 17.073, 37.044, 35.064, 26.028, 25.910, 47.789,
]  # fmt: skip


def test_regression_printed_by_rossi():
    found = fit_bass(ROSSI)
    a, b, c = found.coefficients
    assert a == pytest.approx(1.4752541, abs=5e-8)
    assert b == pytest.approx(0.2050036, abs=5e-8)
    assert c == pytest.approx(-0.0002572, abs=5e-8)
    assert found.errors == pytest.approx((1.7170236, 0.0438064, 0.0001756), abs=5e-8)
    assert found.spread == pytest.approx(4.949, abs=5e-4)


def test_the_fit_solves_bass_1969_equations_for_m_p_and_q():
    # Bass (1969): a = p m, b = q - p, c = -q / m.
    found = fit_bass(ROSSI)
    m, p, q = found.model.market, found.model.p, found.model.q
    assert (p * m, q - p, -q / m) == pytest.approx(found.coefficients, rel=1e-12)


@given(models)
def test_the_curve_solves_its_differential_equation(model):
    # Second method: fourth-order Runge-Kutta on F' = (p + q F)(1 - F).
    share, step = 0.0, 0.05

    def slope(f):
        return (model.p + model.q * f) * (1 - f)

    for k in range(1, 201):
        k1 = slope(share)
        k2 = slope(share + step / 2 * k1)
        k3 = slope(share + step / 2 * k2)
        k4 = slope(share + step * k3)
        share += step / 6 * (k1 + 2 * k2 + 2 * k3 + k4)
        if k % 50 == 0:
            assert model.share(k * step) == pytest.approx(share, abs=1e-6)
            assert model.rate(k * step) == pytest.approx(model.market * slope(share), rel=1e-4)


@given(models)
def test_no_time_has_a_higher_rate_than_the_peak(model):
    end = model.time_of(0.999)
    rates = [model.rate(end * k / 400) for k in range(401)]
    assert max(rates) <= model.peak_rate * (1 + 1e-9)
    assert model.rate(model.peak_time) == pytest.approx(model.peak_rate)
    assert model.share(model.peak_time) == pytest.approx(model.peak_share, abs=1e-9)


@given(models, st.floats(0, 0.999))
def test_time_of_is_the_inverse_of_share(model, share):
    assert model.share(model.time_of(share)) == pytest.approx(share, abs=1e-9)


@given(models)
def test_periods_add_up_to_the_curve(model):
    assert math.fsum(model.within(t) for t in range(1, 13)) == pytest.approx(model.adopted(12))


def test_without_imitation_it_is_exponential_saturation():
    model = Bass(100, 0.1, 0)
    assert model.peak_time == 0
    assert model.share(7) == pytest.approx(1 - math.exp(-0.7))
    assert "fastest at the start" in model.sentence


def test_the_discrete_form_comes_near_the_curve_as_periods_get_short():
    # Month by month instead of year by year: the error falls about in proportion.
    model = Bass(1000, 0.03, 0.38)
    errors = []
    for parts in (1, 10, 100):
        fine = Bass(1000, 0.03 / parts, 0.38 / parts)
        errors.append(abs(math.fsum(fine.discrete(6 * parts)) - model.adopted(6)))
    assert errors[0] / errors[1] == pytest.approx(10, rel=0.35)
    assert errors[1] / errors[2] == pytest.approx(10, rel=0.1)


def test_simulated_people_follow_the_discrete_form():
    # 40 histories of 2,000 people: the mean of the sum after 6 periods. The deviation between
    # histories (measured from them) over √40 is the standard error; four of them, two-sided,
    # alarm falsely in about 1 of 4,000 (Student's t with 39 degrees: 1 in 3,600). The small bias
    # of the mean of a nonlinear chain is of order 1 person here, well inside.
    model = Bass(2000, 0.03, 0.38)
    sums = [sum(model.simulated(6, seed=f"bass {k}")) for k in range(40)]
    mean = math.fsum(sums) / 40
    spread = math.sqrt(math.fsum((s - mean) ** 2 for s in sums) / 39)
    assert spread > 0
    assert abs(mean - math.fsum(model.discrete(6))) < 4 * spread / math.sqrt(40)


def test_one_simulated_history_ends_with_everybody():
    assert sum(Bass(300, 0.05, 0.5).simulated(200, seed=3)) == 300
    assert Bass(300, 0.05, 0.5).simulated(9, seed=3) == Bass(300, 0.05, 0.5).simulated(9, seed=3)


@settings(max_examples=40)
@given(st.floats(10, 1e6), st.floats(0.005, 0.1), st.floats(0.05, 0.8), st.integers(6, 20))
def test_the_fit_gives_back_the_model_that_made_the_sales(market, p, q, periods):
    found = fit_bass(Bass(market, p, q).discrete(periods))
    assert found.model.market == pytest.approx(market, rel=1e-4)
    assert found.model.p == pytest.approx(p, rel=1e-4)
    assert found.model.q == pytest.approx(q, rel=1e-4)
    assert found.r_squared == pytest.approx(1, abs=1e-6)


def test_fitting_sales_of_the_curve_is_biased_as_bass_1969_is_known_to_be():
    # Sales of whole periods instead of rates at their starts: the market is still near.
    model = Bass(1000, 0.03, 0.38)
    found = fit_bass([model.within(t) for t in range(1, 16)])
    assert abs(found.model.market / 1000 - 1) < 0.05
    assert abs(found.model.p / 0.03 - 1) > 0.1


def test_before_the_peak_the_market_is_a_guess_and_the_fit_says_so():
    sales = Bass(1000, 0.01, 0.4).discrete(5)
    assert not fit_bass(sales).after_the_peak
    assert "guess" in fit_bass(sales).sentence


@settings(max_examples=40)
@given(
    st.lists(st.tuples(st.floats(-50, 50), st.floats(-50, 50)), min_size=4, max_size=12),
    st.data(),
)
def test_least_squares_is_what_numpy_finds(points, data):
    rows = [[1.0, x, y] for x, y in points]
    assume(np.linalg.cond(np.array(rows)) < 1e6)
    values = [data.draw(st.floats(-100, 100)) for _ in rows]
    found, _, _ = least_squares(rows, values)
    expected, *_ = np.linalg.lstsq(np.array(rows), np.array(values), rcond=None)
    assert found == pytest.approx(list(expected), rel=1e-5, abs=1e-5)


@pytest.mark.parametrize(
    ("sales", "error", "says"),
    [
        ([1, 2, 3], ValueError, "at least four"),
        ("1234", ValueError, "at least four"),
        ([1, 2, 3, -1], ValueError, "zero or more"),
        ([0, 0, 0, 0, 0], NoFitError, "fewer than three values"),
        ([1, 2, 4, 8, 16, 33], NoFitError, "do not slow down"),
        ([2, 0, 2, 4, 10, 3], NoFitError, "begins at"),
    ],
)
def test_sales_that_give_no_model_are_named(sales, error, says):
    with pytest.raises(error, match=says):
        fit_bass(sales)


@pytest.mark.parametrize(
    ("arguments", "says"),
    [((0, 0.1, 0.1), "market=0"), ((10, 0, 0.1), "p=0"), ((10, 0.1, -0.1), "q=-0.1")],
)
def test_models_out_of_range_are_named(arguments, says):
    with pytest.raises(ValueError, match=says):
        Bass(*arguments)


def test_people_are_simulated_one_by_one():
    with pytest.raises(ValueError, match="whole number"):
        Bass(10.5, 0.1, 0.1).simulated(3, seed=1)
    with pytest.raises(ValueError, match="from 0 to below 1"):
        Bass(10, 0.1, 0.1).time_of(1)


@given(st.floats(1, 1e6), st.floats(0.01, 3), st.floats(-20, 20), st.floats(-30, 30))
def test_the_logistic_is_symmetric_and_solves_its_equation(market, rate, half, time):
    curve = Logistic(market, rate, half)
    assert curve.share(half + time) + curve.share(half - time) == pytest.approx(1)
    step = 1e-4 / rate
    slope = (curve.adopted(time + step) - curve.adopted(time - step)) / (2 * step)
    assert curve.speed(time) == pytest.approx(slope, rel=1e-3, abs=1e-6 * market * rate)
    assert curve.speed(time) <= curve.peak_rate * (1 + 1e-12)


@given(st.floats(0.05, 1), st.floats(1, 30))
def test_bass_with_almost_no_innovation_is_a_logistic(q, half):
    # With p → 0 the Bass curve is a logistic with rate q; p is set so that half is at `half`.
    p = q * math.exp(-q * half)
    assume(p < 1e-3 * q)
    bass = Bass(1, p, q)
    logistic = Logistic(1, p + q, math.log(q / p) / (p + q))
    for time in (half / 2, half, 2 * half):
        assert bass.share(time) == pytest.approx(logistic.share(time), abs=2e-3)


@given(st.floats(10, 1e5), st.floats(0.1, 1), st.floats(1, 8))
def test_fit_logistic_gives_back_the_curve(market, rate, half):
    curve = Logistic(market, rate, half)
    found = fit_logistic([curve.adopted(t) for t in range(1, 10)], market)
    assert (found.rate, found.half_time) == pytest.approx((rate, half), rel=1e-6)


@pytest.mark.parametrize(
    ("adopted", "market", "says"),
    [
        ([5], 10, "at least two"),
        ([5, 10], 10, "less than the market"),
        ([0, 5], 10, "more than 0"),
        ([5, 4], 10, "do not rise"),
        ([1, 2], 0, "market=0"),
    ],
)
def test_counts_that_give_no_logistic_are_named(adopted, market, says):
    with pytest.raises(ValueError, match=says):
        fit_logistic(adopted, market)


def test_models_show_themselves():
    assert "share %" in repr(Bass(1000, 0.03, 0.38))
    assert "<table>" in Logistic(10, 1, 0)._repr_html_()
    assert len(fit_bass(ROSSI).table) == len(ROSSI)


@pytest.mark.parametrize("p", [0.02, 0.1, 0.2, 0.5])
def test_innovation_alone_is_found_again_though_its_parabola_is_a_straight_line(p):
    # With q = 0 the square's factor is 0 but for rounding: the usual root would divide by it.
    found = fit_bass(Bass(1000, p, 0).discrete(9)).model
    assert (found.market, found.p) == (pytest.approx(1000, rel=1e-9), pytest.approx(p, rel=1e-9))
    assert found.q == pytest.approx(0, abs=1e-9)


@pytest.mark.parametrize(
    ("sales", "says"),
    [
        ([100, 60, 40, 30, 26, 24], "fall, but not to an end"),
        ([500, 175, 97, 61, 42, 30, 22], "below 0"),  # p 0.5 and q -0.3
    ],
)
def test_sales_that_nobody_follows_are_told_so_and_not_that_they_rise(sales, says):
    with pytest.raises(NoFitError, match=says):
        fit_bass(sales)


def test_least_squares_asks_for_a_value_for_each_row():
    for rows, values in (([], []), ([[1.0]], [1.0, 2.0])):
        with pytest.raises(ValueError, match="one value for each row"):
            least_squares(rows, values)
