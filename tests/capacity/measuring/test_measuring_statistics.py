"""Tests of what formulas assume: against SciPy, statsmodels and their own false-alarm rates."""

from __future__ import annotations

import math
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from svclab.capacity import measuring
from svclab.capacity.measuring import tails
from svclab.capacity.measuring.arrivals import log_test_values
from svclab.capacity.measuring.losses import share_limits


@pytest.mark.parametrize("degrees", [1, 2, 3, 7, 20, 101])
@pytest.mark.parametrize("value", [0.01, 0.5, 3.0, 25.0, 140.0])
def test_chi_square_tail_matches_scipy(degrees: int, value: float) -> None:
    wanted = stats.chi2.sf(value, degrees)
    assert tails.chi_square_tail(value, degrees) == pytest.approx(wanted, rel=1e-9, abs=1e-15)


@pytest.mark.parametrize("n", [10, 40, 200])
@pytest.mark.parametrize("share", [0.5, 0.2, 0.05, 0.01])
def test_kolmogorov_tail_is_near_the_exact_distribution_of_scipy(n: int, share: float) -> None:
    distance = stats.kstwo.isf(share, n)
    assert tails.kolmogorov_tail(distance, n) == pytest.approx(share, abs=0.015)


@pytest.mark.parametrize("count", [0, 1, 10, 150])
@pytest.mark.parametrize("confidence", [0.9, 0.95, 0.99])
def test_poisson_limits_match_garwoods_chi_square_form(count: int, confidence: float) -> None:
    alpha = 1 - confidence
    low = stats.chi2.ppf(alpha / 2, 2 * count) / 2 if count else 0.0
    high = stats.chi2.ppf(1 - alpha / 2, 2 * count + 2) / 2
    assert tails.poisson_limits(count, confidence) == pytest.approx((low, high), rel=1e-9)


def test_share_limits_match_scipys_wilson_interval() -> None:
    found = stats.binomtest(7, 60).proportion_ci(0.95, method="wilson")
    assert share_limits(7, 60) == pytest.approx((found.low, found.high), rel=1e-12)


# Poisson arrivals.


def day(seed: int, rates: tuple[float, ...] = (60.0, 180.0, 240.0, 90.0)) -> list[float]:
    """Poisson arrivals in seconds, a rate per hour for each quarter of an hour."""
    draw, times = Random(f"day {seed}"), []
    for place, rate in enumerate(rates):
        now = 900.0 * place
        while (now := now + draw.expovariate(rate / 3600)) < 900 * (place + 1):
            times.append(now)
    return times


def alarms(number: int, step: float = 0.0, **options: float) -> int:
    found = 0
    for seed in range(number):
        times = [math.floor(t / step) * step for t in day(seed)] if step else day(seed)
        test = measuring.poisson_test(
            times, begin=0, end=3600, resolution=step, seed=seed, **options
        )
        found += test.rejected
    return found


def most(number: int, share: float) -> int:
    """How many alarms of this rate come with probability 1e-6 at most."""
    return int(stats.binom.isf(1e-6, number, share))


@pytest.mark.parametrize("step", [0.0, 1.0, 60.0])
def test_poisson_days_are_rejected_no_more_often_than_promised(step: float) -> None:
    """False-alarm rate of this test: 1e-6. Rates change between intervals, times are rounded."""
    assert alarms(400, step) <= most(400, 0.05)
    assert alarms(100, step, false_alarms=0.3) >= 1


def test_minutes_taken_as_exact_would_reject_poisson_days() -> None:
    """Why the rounding is given back: Kim and Whitt (2014)."""
    rejected = 0
    for seed in range(20):
        times = [60.0 * (t // 60) for t in day(seed)]
        rejected += measuring.poisson_test(times, begin=0, end=3600, resolution=0).rejected
    assert rejected == 20


def test_groups_appointments_and_a_changing_rate_are_noticed() -> None:
    draw = Random("groups")
    groups = sorted(t + draw.uniform(0, 3) for t in day(1)[:60] for _ in range(3) if t < 3590)
    found = measuring.poisson_test(groups, begin=0, end=3600)
    assert found.rejected
    assert found.dispersion > 2
    appointments = [20.0 * n + draw.uniform(0, 10) for n in range(180)]
    found = measuring.poisson_test(appointments, begin=0, end=3600)
    assert found.rejected
    assert found.dispersion < 0.3
    assert "more evenly than by chance" in " ".join(found.sentences())


def test_a_rate_that_changes_is_no_poisson_process_within_and_one_between_intervals() -> None:
    """40 days; the false-alarm rate of this test is 1e-6."""
    rejected = {15: 0, 60: 0}
    for seed in range(40):
        steep = day(seed, (30.0, 600.0, 30.0, 600.0))
        for minutes in rejected:
            found = measuring.poisson_test(steep, begin=0, end=3600, interval_minutes=minutes)
            rejected[minutes] += found.rejected
    assert rejected[60] == 40
    assert rejected[15] <= most(40, 0.05)


def test_what_a_test_says_fits_what_it_found() -> None:
    rates = {"log_p": 0.5, "dispersion": 1.0, "dispersion_p": 0.5}
    common = {"arrivals": 200, "interval_minutes": 15.0, "log_distance": 0.1, "false_alarms": 0.05}
    for change, words in [
        ({}, "That is no proof"),
        ({"log_p": 0.001}, "the gaps are not those of chance"),
        ({"dispersion": 2.0, "dispersion_p": 0.001}, "more unevenly than by chance"),
        ({"dispersion": 0.4, "dispersion_p": 0.001}, "more evenly than by chance"),
    ]:
        found = measuring.PoissonTest(**common, **{**rates, **change})  # type: ignore[arg-type]
        assert found.rejected == bool(change)
        assert words in repr(found)
        assert "at most 5% of days would be rejected by mistake" in repr(found)
        table = found._repr_html_()
        assert words in table
        assert f">{found.log_p:g}<" in table
        assert f">{found.dispersion_p:g}<" in table


def test_the_log_test_is_the_formula_of_brown_and_others() -> None:
    """(J + 1 - j)(-ln((L - T_j) / (L - T_{j-1}))), written out for three arrivals."""
    a, b, c, length = 1.0, 4.0, 7.0, 10.0
    wanted = [3 * math.log(10 / 9), 2 * math.log(9 / 6), 1 * math.log(6 / 3)]
    assert log_test_values([a, b, c], length) == pytest.approx(wanted, rel=1e-14)


def test_the_distance_of_the_log_test_matches_scipys_kolmogorov_smirnov() -> None:
    times = day(5)
    found = measuring.poisson_test(times, begin=0, end=3600, resolution=0)
    values = []
    for place in range(4):
        inside = [t - 900 * place for t in times if 900 * place <= t < 900 * (place + 1)]
        values += log_test_values(inside, 900.0)
    wanted = stats.kstest(values, "expon")
    assert found.log_distance == pytest.approx(wanted.statistic, rel=1e-12)
    assert found.log_p == pytest.approx(wanted.pvalue, abs=0.01)


@pytest.mark.parametrize(
    ("options", "hint"),
    [
        ({"arrivals": [1.0] * 5}, "too few"),
        ({"arrivals": list(range(20)), "begin": 5.0}, "give begin and end around them"),
        ({"arrivals": list(range(20)), "false_alarms": 0.0}, "false_alarms=0"),
        ({"arrivals": list(range(20)), "interval_minutes": -1}, "interval_minutes=-1"),
    ],
)
def test_what_cannot_be_tested_is_told(options: dict[str, object], hint: str) -> None:
    with pytest.raises(ValueError, match=hint):
        measuring.poisson_test(**options)  # type: ignore[arg-type]


def test_rates_by_the_time_of_day_count_everybody_once() -> None:
    watch = measuring.example_observation()
    for minutes in (5, 7.5, 15, 60, 500):
        rates = measuring.arrival_rates(watch, interval_minutes=minutes)
        assert sum(one.arrivals for one in rates) == watch.came
        assert (rates.intervals[0].begin, rates.intervals[-1].end) == (watch.began, watch.ended)
        assert all(one.low <= one.per_hour <= one.high for one in rates)
        assert all(one.end % (60 * minutes) == 0 for one in rates.intervals[:-1])


# Dependence.


def test_ljung_box_matches_statsmodels() -> None:
    from statsmodels.stats.diagnostic import acorr_ljungbox
    from statsmodels.tsa.stattools import acf

    draw = np.random.default_rng(7)
    series = np.convolve(draw.exponential(60, 120), [1, 0.5], mode="valid")
    found = measuring.serial_correlation(list(series), lags=6)
    table = acorr_ljungbox(series, lags=[6])
    assert found.statistic == pytest.approx(float(table["lb_stat"].iloc[0]), rel=1e-10)
    assert found.p == pytest.approx(float(table["lb_pvalue"].iloc[0]), rel=1e-8)
    assert found.correlations == pytest.approx(acf(series, nlags=6)[1:], rel=1e-10)


def test_independent_times_are_called_dependent_no_more_often_than_promised() -> None:
    """300 series of 100 exponential times. The chi-square is a limit, so 0.07 stands for 0.05;
    the false-alarm rate of this test is 1e-6."""
    draw = np.random.default_rng(11)
    found = sum(
        measuring.serial_correlation(list(row)).rejected for row in draw.exponential(60, (300, 100))
    )
    assert found <= most(300, 0.07)


@given(
    pairs=st.lists(
        st.tuples(st.integers(0, 8), st.integers(0, 8)), min_size=10, max_size=40
    ).filter(lambda pairs: all(len({p[k] for p in pairs}) > 1 for k in (0, 1)))
)
@settings(max_examples=60)
def test_rank_correlation_matches_scipy_with_ties(pairs: list[tuple[int, int]]) -> None:
    one, other = zip(*pairs, strict=True)
    wanted = stats.spearmanr(one, other).statistic
    assert measuring.rank_correlation(one, other).correlation == pytest.approx(wanted, abs=1e-12)


def served_by_one(seed: int, hurry: float) -> measuring.Observation:
    """150 customers of one server, who is faster by a share for each customer waiting."""
    draw = Random(f"hurry {seed}")
    arrivals, now, free = [], 0.0, 0.0
    for _ in range(150):
        now += draw.expovariate(1 / 55)
        arrivals.append(now)
    rows = ["arrived,started,left"]
    for number, arrival in enumerate(arrivals):
        start = max(arrival, free)
        waiting = sum(a <= start for a in arrivals[number + 1 :])
        free = start + 60 * (1 - hurry * min(waiting, 6)) * draw.uniform(0.7, 1.3)
        rows.append(f"{arrival:.6f},{start:.6f},{free:.6f}")
    return measuring.parse_observation("\n".join(rows), unit="seconds", servers=1)


def test_servers_who_hurry_are_noticed() -> None:
    found = measuring.hurry(served_by_one(1, 0.1))
    assert found.correlation < -0.3
    assert found.p < 1e-3


def test_servers_who_do_not_hurry_are_suspected_no_more_often_than_promised() -> None:
    """100 days at 5%; the false-alarm rate of this test is 1e-6."""
    suspected = sum(measuring.hurry(served_by_one(seed, 0.0)).p < 0.05 for seed in range(100))
    assert suspected <= most(100, 0.05)
