"""Exponential smoothing, against Hyndman and Athanasopoulos, NIST, R and statsmodels."""

import math
import subprocess
import sys
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from svclab.capacity.demand.smoothing import (
    best_alpha,
    exponential_smoothing,
    holt,
    holt_winters,
    smoothed,
)
from svclab.capacity.demand.states import State, Weights, carried_on
from svclab.capacity.demand.trends import fit_holt, fit_holt_winters, fit_smoothing

# Hyndman and Athanasopoulos (2018), Forecasting: Principles and Practice, 2nd ed., table 7.1:
# oil, with the level and weight that R found. Four public repositories that ran the book's code
# print the same figures.
OIL = [
    445.3641, 453.1950, 454.4096, 422.3789, 456.0371, 440.3866, 425.1944, 486.2052, 500.4291,
    521.2759, 508.9476, 488.8889, 509.8706, 456.7229, 473.8166, 525.9509, 549.8338, 542.3405,
]  # fmt: skip
OIL_FITTED = [
    446.5868, 445.5672, 451.9280, 453.9974, 427.6311, 451.3186, 442.2025, 428.0196, 476.5400,
    496.4609, 517.1539, 510.3108, 492.4472, 506.9764, 465.0705, 472.3638, 517.0495, 544.3880,
]  # fmt: skip
# Air passengers in Australia, the same book, 7.2 (1990 to 2016, millions).
AIR = [
    17.5534, 21.8601, 23.8866, 26.9293, 26.8885, 28.8314, 30.0751, 30.9535, 30.1857, 31.5797,
    32.577569, 33.477398, 39.021581, 41.386432, 41.596552, 44.657324, 46.951775, 48.728837,
    51.488427, 50.026967, 60.640913, 63.3603103378, 66.355274, 68.197955, 68.1232376693,
    69.7793454797, 72.597700806,
]  # fmt: skip
# Sheep in Asia, 1970 to 2000, as in the tests of statsmodels, which hold R's figures for it.
SHEEP = [
    263.917747, 268.307222, 260.662556, 266.639419, 277.515778, 283.834045, 290.309028,
    292.474198, 300.830694, 309.286657, 318.331081, 329.37239, 338.883998, 339.244126,
    328.600632, 314.255385, 314.459695, 321.413779, 329.789292, 346.385165, 352.297882,
    348.370515, 417.562922, 417.12357, 417.749459, 412.233904, 411.946817, 394.697075,
    401.49927, 408.270468, 414.2428,
]  # fmt: skip
# NIST/SEMATECH e-Handbook 6.4.3.5: six years of quarterly sales.
SALES = [
    362, 385, 432, 341, 382, 409, 498, 387, 473, 513, 582, 474, 544, 582, 681, 557, 628, 707,
    773, 592, 627, 725, 854, 661,
]  # fmt: skip

numbers = st.lists(st.floats(1, 1000), min_size=5, max_size=30)


def test_smoothing_gives_table_7_1_of_hyndman_and_athanasopoulos():
    # Data and table are both printed to four decimals. A level is a weighted mean of the data, so
    # their rounding moves it by 0.00005 at most, and the table is rounded once more: 0.0001.
    levels = smoothed(OIL, 0.8338901, start=446.5867935)
    assert levels[:-1] == pytest.approx(OIL_FITTED, abs=1e-4)
    assert levels[-1] == pytest.approx(542.6806, abs=1e-4)


def test_intervals_of_smoothing_are_those_of_hyndman_and_athanasopoulos_for_the_oil():
    # R's ses(): sigma 29.8282; 95 % from 484.2183 to 601.1429, five years on 428.9945 to 656.3667.
    found = exponential_smoothing(OIL, 5, alpha=0.8338901, start=446.5867935)
    wider = math.sqrt(17 / 16)  # we were given alpha, R has counted it as fitted
    assert found.sigma * wider == pytest.approx(29.8282, abs=1e-4)
    for h, low, high in ((0, 484.2183, 601.1429), (4, 428.9945, 656.3667)):
        middle = found.values[h]
        assert middle - (middle - found.lower[h]) * wider == pytest.approx(low, abs=2e-3)
        assert middle + (found.upper[h] - middle) * wider == pytest.approx(high, abs=2e-3)


def test_the_fit_of_the_oil_is_that_of_hyndman_and_athanasopoulos():
    found = fit_smoothing(OIL, 1)
    assert found.parameters["alpha"] == pytest.approx(0.8339, abs=2e-3)
    assert found.parameters["level"] == pytest.approx(446.5868, abs=0.2)
    assert found.values[0] == pytest.approx(542.6806, abs=0.05)
    assert found.sigma == pytest.approx(29.8282, abs=1e-3)
    assert best_alpha(OIL, start=446.5868) == pytest.approx(0.834, abs=1e-3)


def test_holt_gives_the_forecasts_that_r_gives_for_air_passengers():
    # Hyndman and Athanasopoulos (2018), 7.2, at full length in a public port of R's holt(). R's
    # beta is alpha times the textbook's.
    alpha, r_beta = 0.830216559778346, 0.000100014855685128
    start = {"level": 15.5715222051655, "trend": 2.10171710376136}
    found = holt(AIR, 5, alpha=alpha, beta=r_beta / alpha, **start)
    published = [
        74.6013036045367,
        76.7030432818444,
        78.8047829591522,
        80.90652263646,
        83.0082623137678,
    ]
    assert found.values == pytest.approx(published, abs=1e-10)


def test_holt_gives_the_textbook_forecasts_of_air_passengers_with_weights_of_08_and_02():
    # Hyndman and Athanasopoulos (2014), 7.2, 1990 to 2004, the level before the first year being
    # the first value; as held by the tests of statsmodels.
    found = holt(AIR[:15], 5, alpha=0.8, beta=0.2, level=AIR[0], trend=AIR[1] - AIR[0])
    assert found.values == pytest.approx([43.76, 45.59, 47.43, 49.27, 51.1], abs=0.006)
    assert found.fitted[:4] == pytest.approx([21.8601, 22.032368, 25.48461872, 27.54058587])


def test_the_damped_trend_gives_the_figures_that_r_gives_for_sheep():
    # Ten years ahead by R's holt(damped=TRUE), as held by the tests of statsmodels.
    found = holt(
        SHEEP, 10, alpha=0.97402626, beta=0.00010006, phi=0.98,
        level=252.59039965, trend=6.90265918,
    )  # fmt: skip
    published = [
        417.7982003, 421.3426083, 424.8161281, 428.2201775, 431.5561459, 434.8253949, 438.029259,
        441.1690457, 444.2460368, 447.2614881,
    ]  # fmt: skip
    assert found.values == pytest.approx(published, abs=2e-3)
    assert found.fitted[:3] == pytest.approx([259.3550056, 270.4289967, 274.8592904], abs=1e-3)


def test_holt_gives_the_double_smoothing_of_the_nist_handbook():
    # NIST/SEMATECH e-Handbook 6.4.3.4: forecasts of periods 5 to 10 with 0.3623 and 1.0, started
    # at the first value and the mean of the first three changes; checked in a public test.
    series = [6.4, 5.6, 7.8, 8.8, 11, 11.6, 16.7, 15.3, 21.6, 22.4]
    rise = (8.8 - 6.4) / 3
    found = holt(series, 1, alpha=0.3623, beta=1, level=6.4 - rise, trend=rise)
    assert [round(f, 1) for f in found.fitted[4:]] == [9.1, 11.4, 13.2, 17.4, 18.9, 23.1]


@given(numbers, st.floats(0, 1))
def test_a_level_is_the_weighted_sum_of_the_past(values, alpha):
    weights = [alpha * (1 - alpha) ** k for k in range(len(values))]
    direct = math.fsum(w * y for w, y in zip(weights, reversed(values), strict=True))
    direct += (1 - alpha) ** len(values) * values[0]
    assert smoothed(values, alpha)[-1] == pytest.approx(direct)


@given(numbers, st.floats(0, 1))
def test_holt_without_a_trend_and_a_season_that_is_flat_are_plain_smoothing(values, alpha):
    plain = exponential_smoothing(values, 3, alpha=alpha, start=50)
    still = holt(values, 3, alpha=alpha, beta=0, level=50, trend=0)
    assert still.values == pytest.approx(plain.values)
    assert still.fitted == pytest.approx(plain.fitted)
    flat = holt_winters([7.0] * 8, 5, season=4, alpha=alpha, gamma=0.3, trend=False)
    assert flat.values == pytest.approx([7] * 5)


@given(
    st.integers(2, 7), st.floats(-3, 3), st.floats(0, 1), st.floats(0, 1), st.floats(0, 1),
    st.sampled_from(["additive", "multiplicative"]), st.integers(0, 10**6),
)  # fmt: skip
def test_a_series_of_line_and_season_is_forecast_without_error(m, rise, a, b, g, kind, seed):
    stream = Random(seed)
    swing = [stream.uniform(-5, 5) for _ in range(m)]
    middle = sum(swing) / m
    times = range(1, 4 * m + 1)
    if kind == "additive":
        series = [100 + rise * t + swing[(t - 1) % m] - middle for t in times]
        found = holt_winters(series[: 3 * m], m, season=m, alpha=a, beta=b, gamma=g)
        assert found.values == pytest.approx(series[3 * m :], abs=1e-6)
    else:  # no trend: with one, the two seasons' means do not lie on the line
        series = [100 * (1 + (swing[(t - 1) % m] - middle) / 50) for t in times]
        found = holt_winters(
            series[: 3 * m], m, season=m, alpha=a, beta=b, gamma=g, seasonal=kind, trend=False
        )
        assert found.values == pytest.approx(series[3 * m :], abs=1e-6)
    assert found.sigma == pytest.approx(0, abs=1e-5)


@pytest.mark.parametrize("damped", [False, True])
def test_our_recursion_gives_the_fit_of_statsmodels_for_holt(damped):
    from statsmodels.tsa.holtwinters import ExponentialSmoothing

    peer = ExponentialSmoothing(SALES, trend="add", damped_trend=damped).fit()
    found = fit_holt(SALES, 6, damped=damped)
    assert found.values == pytest.approx(list(peer.forecast(6)), rel=1e-6)
    assert found.fitted == pytest.approx(list(peer.fittedvalues), rel=1e-6)


@pytest.mark.parametrize("seasonal", ["additive", "multiplicative"])
@pytest.mark.parametrize(("trend", "damped"), [(None, False), ("add", False), ("add", True)])
def test_our_recursion_gives_the_fit_of_statsmodels_for_holt_winters(seasonal, trend, damped):
    import warnings

    from statsmodels.tsa.holtwinters import ExponentialSmoothing

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        peer = ExponentialSmoothing(
            SALES, trend=trend, damped_trend=damped, seasonal=seasonal[:3], seasonal_periods=4
        ).fit()
    found = fit_holt_winters(
        SALES, 9, season=4, seasonal=seasonal, trend=trend is not None, damped=damped
    )
    assert found.fitted == pytest.approx(list(peer.fittedvalues), rel=1e-6)
    # statsmodels 0.15 and older leave the last season's correction out of every mth forecast
    # (their issue 9538, mended since); the next test holds these.
    for ahead, (ours, theirs) in enumerate(zip(found.values, peer.forecast(9), strict=True), 1):
        if ahead % 4:
            assert ours == pytest.approx(theirs, rel=1e-6)


def test_the_last_value_corrects_its_season_as_hyndman_s_equations_say():
    # The example of statsmodels' issue 9538: 0.9625, 2.9875, 2.0000 by the equations.
    weights, begin = Weights(0.5, gamma=0.5), State(0, 0, (1.1, 3.1, 2.1))
    found = carried_on("", [1, 3, 2], 3, weights, begin, chosen=0, coverage=0.95)
    assert found.values == pytest.approx([0.9625, 2.9875, 2.0])


def test_all_forecasts_are_those_of_statsmodels_state_space_model():
    import pandas as pd
    from statsmodels.tsa.exponential_smoothing.ets import ETSModel

    swing = [-20.0, 5, 45, -30]
    peer = ETSModel(
        pd.Series(SALES, dtype=float), error="add", trend="add", damped_trend=True, seasonal="add",
        seasonal_periods=4, initialization_method="known", initial_level=350, initial_trend=10,
        initial_seasonal=swing,
    )  # fmt: skip
    constants = {
        "smoothing_level": 0.4, "smoothing_trend": 0.1, "smoothing_seasonal": 0.3,
        "damping_trend": 0.9,
    }  # fmt: skip
    with peer.fix_params(constants):
        fit = peer.fit(disp=False)
    weights, begin = Weights(0.4, 0.25, 0.3, 0.9), State(350, 10, tuple(swing))
    found = carried_on("", SALES, 9, weights, begin, chosen=0, coverage=0.95)
    assert found.values == pytest.approx(list(fit.forecast(9)), rel=1e-9)
    assert found.fitted == pytest.approx(list(fit.fittedvalues), rel=1e-9)


def test_intervals_of_trend_and_season_are_those_of_statsmodels_state_space_model():
    # The exact variance of the linear innovations model, from another part of statsmodels.
    import numpy as np
    import pandas as pd
    from statsmodels.tsa.exponential_smoothing.ets import ETSModel

    found = holt_winters(SALES, 9, season=4, alpha=0.4, beta=0.25, gamma=0.3)
    peer = ETSModel(
        pd.Series(SALES, dtype=float), error="add", trend="add", seasonal="add", seasonal_periods=4
    )
    start = {"smoothing_level": 0.4, "smoothing_trend": 0.4 * 0.25, "smoothing_seasonal": 0.3}
    with peer.fix_params(start):
        fit = peer.fit(disp=False)
    table = fit.get_prediction(start=24, end=32).summary_frame(alpha=0.05)
    widths = np.asarray(table["pi_upper"] - table["pi_lower"])
    ours = [u - low for u, low in zip(found.upper, found.lower, strict=True)]
    assert [w / ours[0] for w in ours] == pytest.approx(list(widths / widths[0]), rel=1e-6)


def test_simulated_multiplicative_intervals_agree_with_the_formula_one_period_ahead():
    # One ahead the future is forecast × (1 + normal): the ends are known. The 2.5 % quantile of
    # 2,000 values has a standard error of 0.06 deviations; 5 of them: false-alarm rate 1e-6.
    found = holt_winters(SALES, 8, season=4, alpha=0.4, gamma=0.3, seasonal="multiplicative")
    assert all(found.holds(found.values))
    errors = [(y - f) / f for y, f in zip(SALES, found.fitted, strict=True)]
    relative = math.sqrt(math.fsum(e * e for e in errors) / (24 - 6))
    for end, z in ((found.lower[0], -1.96), (found.upper[0], 1.96)):
        assert end / found.values[0] - 1 == pytest.approx(z * relative, abs=0.3 * relative)
    again = holt_winters(SALES, 8, season=4, alpha=0.4, gamma=0.3, seasonal="multiplicative")
    assert again == found


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: smoothed([1, 2], 1.5), "alpha=1.5"),
        (lambda: smoothed([], 0.5), "values is empty"),
        (lambda: holt([1, 2, 3, 4], 1, alpha=0.5, beta=-1), "beta=-1"),
        (lambda: holt([1, 2], 1, alpha=0.5, beta=0.5), "needs at least 4"),
        (lambda: holt_winters(SALES, 1, season=52, alpha=0.1, gamma=0.1), "two seasons of 52"),
        (lambda: holt_winters(SALES, 1, season=4, alpha=0.1, gamma=2), "gamma=2"),
        (
            lambda: holt_winters(
                [0, *SALES], 1, season=4, alpha=0.1, gamma=0.1, seasonal="multiplicative"
            ),
            "seasonal='additive'",
        ),
        (lambda: fit_holt(SALES, 1, given={"omega": 1}), "given has 'omega'"),
        (lambda: fit_holt_winters(SALES, 1, season=4, seasonal="mul"), "seasonal='mul'"),
    ],
)
def test_what_cannot_be_is_refused_by_name(call, words):
    with pytest.raises(ValueError, match=words):
        call()


def test_smoothing_with_given_weights_runs_where_statsmodels_and_numpy_are_not():
    code = (
        "import sys\n"
        "for name in ('numpy', 'pandas', 'scipy', 'statsmodels'): sys.modules[name] = None\n"
        "from svclab.capacity.demand import errors, rolling, seasons, smoothing as s, trends\n"
        "from svclab.capacity.demand.forecasting import moving_average\n"
        "v = [10, 30, 12, 32, 14, 34]\n"
        "print(moving_average(v, 1, window=2).values, s.exponential_smoothing(v, 1).values,\n"
        "      s.holt(v, 1, alpha=.5, beta=.5).values,\n"
        "      s.holt_winters(v, 1, season=2, alpha=.5, gamma=.1).values)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("(24.0,)")
