"""Benchmarks, errors, seasons and the rolling test, against textbooks, statsmodels and loops."""

import math
import statistics
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from svclab.capacity.demand import errors, seasons
from svclab.capacity.demand.forecasting import (
    average,
    drift,
    moving_average,
    naive,
    seasonal_naive,
)
from svclab.capacity.demand.rolling import rolling_origin

# Quarterly Australian beer, 1992 to 2010 Q2 (fpp3, aus_production).
BEER = [
    443, 410, 420, 532, 433, 421, 410, 512, 449, 381, 423, 531, 426, 408, 416, 520, 409, 398,
    398, 507, 432, 398, 406, 526, 428, 397, 403, 517, 435, 383, 424, 521, 421, 402, 414, 500,
    451, 380, 416, 492, 428, 408, 406, 506, 435, 380, 421, 490, 435, 390, 412, 454, 416, 403,
    408, 482, 438, 386, 405, 491, 427, 383, 394, 473, 420, 390, 410, 488, 415, 398, 419, 488,
    414, 374,
]  # fmt: skip
# NIST/SEMATECH e-Handbook 6.4.3.5: six years of quarterly sales.
SALES = [
    362, 385, 432, 341, 382, 409, 498, 387, 473, 513, 582, 474, 544, 582, 681, 557, 628, 707,
    773, 592, 627, 725, 854, 661,
]  # fmt: skip

numbers = st.lists(st.floats(1, 1000), min_size=3, max_size=30)


def test_simple_methods_have_the_errors_of_hyndman_and_athanasopoulos_for_beer():
    # Forecasting: Principles and Practice, 3rd ed., 5.8: training to 2007, test 2008 to 2010 Q2.
    training, actual = BEER[:64], BEER[64:]
    published = {
        "drift": (64.90, 58.88, 14.58, 4.12),
        "mean": (38.45, 34.83, 8.28, 2.44),
        "naive": (62.69, 57.40, 14.18, 4.01),
        "seasonal naive": (14.31, 13.40, 3.17, 0.94),
    }
    made = {
        "drift": drift(training, 10),
        "mean": average(training, 10),
        "naive": naive(training, 10),
        "seasonal naive": seasonal_naive(training, 10, season=4),
    }
    for name, (root, mean, share, scaled) in published.items():
        found = errors.accuracy(actual, made[name].values, training=training, season=4)
        assert found.rmse == pytest.approx(root, abs=0.005), name
        assert found.mae == pytest.approx(mean, abs=0.005), name
        assert 100 * found.mape == pytest.approx(share, abs=0.005), name
        assert found.mase == pytest.approx(scaled, abs=0.005), name
    said = {name: f.values for name, f in made.items()}
    rows = errors.compare(actual, said, benchmark="naive")
    assert [row["method"] for row in rows] == ["seasonal naive", "mean", "naive", "drift"]
    assert [row["worth it"] for row in rows] == [True, True, False, False]


def test_season_means_and_indices_of_nist_sales():
    # The yearly means 380, 419, 510.5, 591, 675 and 716.75, and the ratios .95 1.01 1.14 .90 of
    # the first year, stand in public worksheets on NIST's data.
    years = [SALES[k : k + 4] for k in range(0, 24, 4)]
    means = [sum(year) / 4 for year in years]
    assert means == [380, 419, 510.5, 591, 675, 716.75]
    assert [round(q / 380, 2) for q in years[0]] == [0.95, 1.01, 1.14, 0.90]
    found = seasons.seasonal_indices(SALES, 4, level="season mean")
    by_hand = [
        statistics.mean(y[q] / m for y, m in zip(years, means, strict=True)) for q in range(4)
    ]
    assert found.indices == pytest.approx(by_hand)
    assert math.fsum(found.indices) == pytest.approx(4)
    assert found.put_back(found.remove(SALES)) == pytest.approx(SALES)


@pytest.mark.parametrize("kind", ["additive", "multiplicative"])
def test_indices_by_moving_average_are_those_of_statsmodels(kind):
    decompose = pytest.importorskip("statsmodels.tsa.seasonal").seasonal_decompose
    for values, season in ((SALES, 4), (BEER[:70], 7)):
        peer = decompose(values, model=kind, period=season).seasonal[:season]
        assert seasons.seasonal_indices(values, season, kind=kind).indices == pytest.approx(peer)


def test_naive_intervals_hold_a_random_walk_as_often_as_promised():
    # 2,000 walks of 60 steps, 4 ahead: held ~ 95 % less what an estimated sigma costs (< 1%).
    # Binomial with 2,000 trials: 5 standard errors are 0.025; false-alarm rate below 1e-6.
    held = [0] * 4
    for k in range(2000):
        stream = Random(f"walk {k}")
        walk = [0.0]
        for _ in range(64):
            walk.append(walk[-1] + stream.gauss(0, 1))
        for h, ok in enumerate(naive(walk[:61], 4).holds(walk[61:])):
            held[h] += ok
    assert all(abs(n / 2000 - 0.945) < 0.026 for n in held)


@given(numbers, st.integers(1, 4), st.integers(1, 3), st.integers(1, 3))
def test_rolling_origin_is_the_loop_one_would_write(values, first, horizon, step):
    first += 1
    if len(values) < first + horizon:
        return
    methods = {"naive": naive, "mean": average}
    found = rolling_origin(values, methods, first=first, horizon=horizon, step=step)
    misses = []
    t = first
    while t + horizon <= len(values):
        misses += [abs(values[t + h] - values[t - 1]) for h in range(horizon)]
        t += step
    assert found.accuracy["naive"].mae == pytest.approx(math.fsum(misses) / len(misses))
    assert found.origins * horizon == len(misses)


def test_a_method_never_sees_what_it_shall_forecast():
    seen = []

    def spy(values, horizon):
        seen.append(list(values))
        return naive(values, horizon)

    rolling_origin(BEER, {"spy": spy}, first=60, horizon=4)
    assert seen == [BEER[:t] for t in range(60, 71)]


@given(numbers)
def test_no_number_beats_the_best_constant_of_its_measure(values):
    for measure, loss in (("mae", errors.mae), ("rmse", errors.rmse), ("mape", errors.mape)):
        best = errors.best_constant(values, measure)
        lowest = loss(values, [best] * len(values))
        for other in [*values, statistics.mean(values), statistics.median(values)]:
            assert lowest <= loss(values, [other] * len(values)) + 1e-9


@given(numbers)
def test_who_is_judged_by_mape_says_no_more_than_the_median(values):
    assert errors.best_constant(values, "mape") <= statistics.median_high(values)


def test_mase_of_the_naive_forecast_in_its_own_past_is_one():
    assert errors.mase(BEER[1:], BEER[:-1], training=BEER) == pytest.approx(1)


def test_moving_average_and_centred_average_by_hand():
    assert moving_average([1, 2, 3, 4, 5], 2, window=2).values == (4.5, 4.5)
    assert moving_average([1, 2, 3, 4, 5], 2, window=2).fitted == (None, None, 1.5, 2.5, 3.5)
    assert seasons.centred_average([1, 4, 1, 4, 7], 3) == [None, 2, 3, 4, None]


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: naive([1], 1), "values has 1 periods"),
        (lambda: naive([1, math.nan], 1), r"values\[1\]"),
        (lambda: naive([1, 2], 0), "horizon=0"),
        (lambda: naive([1, 2], 1, coverage=1), "coverage=1"),
        (lambda: moving_average([1, 2], 1, window=2), "needs at least 3"),
        (lambda: rolling_origin([1, 2], {}, first=1), "methods is empty"),
        (lambda: rolling_origin([1, 2], {"n": naive}, first=2), "need at least 3"),
        (lambda: errors.mape([1, 0], [1, 1]), r"actual\[1\]=0"),
        (lambda: errors.mae([1], [1, 2]), "2 values for 1"),
        (lambda: errors.mase([1], [1], training=[2, 2]), "no error to scale by"),
        (lambda: errors.compare([1], {"a": [1]}, benchmark="b"), "benchmark='b'"),
        (lambda: errors.best_constant([1], "mse"), "measure='mse'"),
        (lambda: seasons.seasonal_indices([1, 2, 3], 2), "fewer than two seasons"),
        (lambda: seasons.seasonal_indices([1, 2, 3, 4], 2, kind="x"), "kind='x'"),
    ],
)
def test_what_cannot_be_is_refused_by_name(call, words):
    with pytest.raises(ValueError, match=words):
        call()


def test_gain_is_the_statistic_of_diebold_and_mariano_with_the_correction_of_harvey_and_others():
    # Second way: the definition written out, with horizon 3 and an origin every period.
    methods = {"naive": naive, "season": lambda v, h: seasonal_naive(v, h, season=4)}
    found = rolling_origin(BEER, methods, first=30, horizon=3)
    gain = found.gain("season", "naive", confidence=0.9)
    d = [a - b for a, b in zip(found.losses["naive"], found.losses["season"], strict=True)]
    n, h = len(d), 3
    mean = statistics.mean(d)

    def gamma(lag):
        return sum((d[t] - mean) * (d[t - lag] - mean) for t in range(lag, n)) / n

    variance = (gamma(0) + 2 * gamma(1) + 2 * gamma(2)) / n
    shrink = math.sqrt((n + 1 - 2 * h + h * (h - 1) / n) / n)
    t_statistic = shrink * mean / math.sqrt(variance)
    assert gain.mean == pytest.approx(mean)
    # n = 42 origins, 41 degrees of freedom: 1.6829 for 90 % (any table of Student's t).
    assert (n, gain.half_width) == (42, pytest.approx(1.6829 * mean / t_statistic, rel=1e-4))
    assert gain.low > 0  # four quarters ago beats last quarter, and not by luck


def test_nobody_beats_himself_and_equal_methods_do_not_differ():
    found = rolling_origin(BEER, {"a": naive, "b": naive}, first=30)
    gain = found.gain("a", "b")
    assert (gain.mean, gain.half_width) == (0, 0)
    with pytest.raises(ValueError, match="'c' was not tested; use a, b"):
        found.gain("c", "a")


def test_a_method_without_advantage_is_seldom_said_to_win():
    # 300 pairs of forecasts that differ only by noise: a 95% interval misses 0 in 15 of them on
    # average. More than 45 would be 8 standard deviations off: false-alarm rate below 1e-6.
    def noisy(stream):
        return lambda values, horizon: naive([*values, 100 + stream.gauss(0, 3)], horizon)

    wrong = 0
    for k in range(300):
        stream = Random(f"noise {k}")
        series = [stream.gauss(100, 5) for _ in range(60)]
        two = {name: noisy(Random(f"{name} {k}")) for name in ("one", "two")}
        wrong += not rolling_origin(series, two, first=20).gain("one", "two").holds(0)
    assert wrong <= 45
