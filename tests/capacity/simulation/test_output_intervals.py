"""Intervals, run lengths, comparisons: coverage by meta-simulation, and against definitions.

A meta-simulation makes many intervals where the truth is known and counts how many hold it.
The count is binomial; the bounds below are 4.9 standard deviations on either side of the
coverage (or of the band in which it must lie): false-alarm rate 1e-6 each.
"""

from __future__ import annotations

import math
from random import Random

import numpy as np
import pytest

from svclab.capacity.queues.markovian import mm1
from svclab.capacity.simulation import comparing, output, precision
from svclab.capacity.simulation.engine import replicate
from svclab.capacity.simulation.recursion import serve
from svclab.capacity.simulation.sampling import Station, draw
from svclab.capacity.simulation.warmup import steady_mean
from svclab.intervals import Estimate, estimate, student_t
from svclab.words import percent

SIGMAS = 4.9


def check_coverage(held: list[bool], low: float = 0.95, high: float = 0.95) -> None:
    n, share = len(held), sum(held) / len(held)
    assert low - SIGMAS * math.sqrt(low * (1 - low) / n) <= share
    assert share <= high + SIGMAS * math.sqrt(high * (1 - high) / n)


def ar1(series: int, length: int, *, memory: float, start: float, seed: int) -> np.ndarray:
    """Series (rows) with mean 0, variance 1 and correlation ``memory`` between neighbours."""
    rng = np.random.default_rng(seed)
    noise = rng.standard_normal((length, series)) * math.sqrt(1 - memory**2)
    now, rows = np.full(series, start) if start else rng.standard_normal(series), []
    for step in noise:
        now = memory * now + step
        rows.append(now)
    return np.array(rows).T


def test_coverage_of_the_interval_from_five_normal_runs_is_95_percent() -> None:
    """Exactly so in theory; with 1.96 for Student's t it would be 88%."""
    stream = Random("five")
    check_coverage(
        [estimate([stream.gauss(7, 3) for _ in range(5)]).holds(7.0) for _ in range(4000)]
    )


def test_coverage_of_batch_means_of_a_series_with_memory() -> None:
    """AR(1), memory 0.6, batches of 200: correlation between batch means below 0.01."""
    found = ar1(1000, 4000, memory=0.6, start=0.0, seed=1)
    check_coverage([output.batch_means(run.tolist()).holds(0.0) for run in found])


def test_an_interval_that_takes_customers_for_independent_covers_far_less() -> None:
    """AR(1), memory 0.6: the true half-width is twice the naive one, coverage 67%."""
    found = ar1(400, 1000, memory=0.6, start=0.0, seed=2)
    held = []
    for run in found:
        half = 1.96 * run.std(ddof=1) / math.sqrt(run.size)
        held.append(bool(abs(run.mean()) <= half))
    check_coverage(held, low=0.60, high=0.74)


def test_coverage_after_mser5_has_dropped_an_opening_far_from_the_rest() -> None:
    """Five runs of 1,000 from 30 standard deviations off; the bias left is far below the error.

    Dropping at a point that the data choose costs little: the band is 93 to 96%.
    """
    found = ar1(5 * 400, 1000, memory=0.8, start=30.0, seed=3).tolist()
    steady = [steady_mean(found[5 * i : 5 * i + 5]) for i in range(400)]
    check_coverage([one.estimate.holds(0.0) for one in steady], low=0.93, high=0.96)
    kept = [steady_mean(found[5 * i : 5 * i + 5], drop=0) for i in range(400)]
    # With the opening the means are 0.15 too high, one and a half standard errors of a run.
    assert sum(one.estimate.holds(0.0) for one in kept) < 0.6 * len(kept)


def test_coverage_of_the_mean_wait_of_mm1_by_replication_and_deletion() -> None:
    """M/M/1 at 0.7, 500 experiments of 20 runs of 1,500 customers after 500.

    Run means are a little skew, so the band is 92 to 96%.
    """
    station = Station(arrivals_per_hour=42, service_seconds=60)
    runs = replicate(station, replications=10_000, customers=2000, warm_up=500, seed=4)
    true = 3600 * mm1(42, 60).mean_wait
    waits = runs.mean_wait[0].tolist()
    held = [estimate(waits[20 * i : 20 * i + 20]).holds(true) for i in range(500)]
    check_coverage(held, low=0.92, high=0.96)


def test_coverage_of_the_mean_over_customers_of_unlike_days() -> None:
    """Days of 20 to 180 customers whose mean wait grows with their number; 40 days each.

    Mean over customers: E[N · N/10] / E[N] = (E[N²] / 10) / 100. The band is 92 to 96%.
    """
    stream = Random("days")
    second_moment = 100**2 + (161**2 - 1) / 12
    true = second_moment / 10 / 100
    held, plain = [], []
    for _ in range(2000):
        numbers = [stream.randint(20, 180) for _ in range(40)]
        totals = [n * (n / 10 + stream.gauss(0, 1)) for n in numbers]
        held.append(output.ratio_estimate(totals, numbers).holds(true))
        means = [total / n for total, n in zip(totals, numbers, strict=True)]
        plain.append(estimate(means).holds(true))
    check_coverage(held, low=0.92, high=0.96)
    assert sum(plain) < 0.5 * len(plain)  # the mean of means is another figure


def test_coverage_and_gain_of_a_paired_comparison() -> None:
    """Normal runs with correlation 0.9 and equal variances: a tenth of the variance is left."""
    stream = Random("pairs")
    held, independent, left = [], [], []
    for _ in range(3000):
        first, second = [], []
        for _ in range(8):
            luck = stream.gauss(0, 1)
            first.append(10 + 3 * luck)
            second.append(9 + 3 * (0.9 * luck + math.sqrt(1 - 0.81) * stream.gauss(0, 1)))
        found = comparing.compare(first, second)
        held.append(found.estimate.holds(-1.0))
        independent.append(found.independent.holds(-1.0))
        left.append(found.variance_left)
    check_coverage(held)
    assert sum(independent) / len(independent) > 0.99  # far too wide for pairs
    assert sorted(left)[1500] == pytest.approx(0.1, abs=0.02)


def test_coverage_of_the_independent_interval_where_the_customers_are_others() -> None:
    """Without pairing both intervals hold 95%: exact for equal normal variances."""
    stream = Random("apart")
    found = [
        comparing.compare(
            [stream.gauss(0, 2) for _ in range(6)], [stream.gauss(1, 2) for _ in range(6)]
        )
        for _ in range(3000)
    ]
    check_coverage([one.independent.holds(1.0) for one in found])
    check_coverage([one.estimate.holds(1.0) for one in found])


def test_the_same_customers_cut_the_variance_of_a_comparison_of_counters() -> None:
    """Services of 90 against 85 s, 200 runs with the same and with other seeds (fixed)."""
    three = Station(arrivals_per_hour=108, service_seconds=90, servers=3)

    def waits(station: Station, seed: str) -> list[float]:
        return [
            serve(draw(station, 300, seed=f"{seed}/{r}"), servers=station.servers).mean_wait()
            for r in range(200)
        ]

    faster = three.with_(service_seconds=85)
    first = waits(three, "same")
    same = comparing.compare(first, waits(faster, "same"))
    other = comparing.compare(first, waits(faster, "other"))
    assert same.correlation > 0.9
    assert same.variance_left < 0.2
    assert same.estimate.half_width < 0.5 * other.estimate.half_width
    assert same.verdict == "the second is lower"
    assert "cut the variance by" in same.statement("Mean wait")


def test_a_difference_tells_the_parts_of_its_variance() -> None:
    first, second = [1.0, 2.0, 4.0, 9.0], [2.0, 2.0, 7.0, 8.0]
    found = comparing.compare(first, second)
    a, b = np.array(first), np.array(second)
    assert found.estimate == estimate((b - a).tolist())
    assert found.correlation == pytest.approx(np.corrcoef(a, b)[0, 1])
    apart = a.var(ddof=1) + b.var(ddof=1)
    assert found.variance_left == pytest.approx((b - a).var(ddof=1) / apart)
    assert found.variance_reduction == pytest.approx(2 * np.cov(a, b)[0, 1] / apart)
    assert found.independent.half_width == pytest.approx(student_t(0.95, 6) * math.sqrt(apart / 4))


def test_a_comparison_says_where_the_same_customers_did_not_help() -> None:
    found = comparing.compare([1.0, 2.0, 3.0], [3.0, 2.0, 1.0])
    assert found.correlation == pytest.approx(-1.0)
    assert found.variance_left == pytest.approx(2.0)
    assert "did not cut the variance" in found.statement("Mean wait")
    nothing = comparing.compare([1.0, 1.0], [1.0, 1.0])
    assert (nothing.correlation, nothing.variance_left) == (0.0, 1.0)
    with pytest.raises(ValueError, match="first has 2 runs and second 1"):
        comparing.compare([1.0, 2.0], [1.0])


def test_lag_one_against_its_definition_and_known_series() -> None:
    values = [3.0, 1.0, 4.0, 1.0, 5.0, 9.0]
    x = np.array(values) - np.mean(values)
    assert output.lag_one(values) == pytest.approx((x[:-1] * x[1:]).sum() / (x * x).sum())
    (run,) = ar1(1, 20_000, memory=0.6, start=0.0, seed=5)
    # Standard error about sqrt((1 - 0.36) / 20,000) = 0.0057; 4.9 of them: 1e-6.
    assert output.lag_one(run.tolist()) == pytest.approx(0.6, abs=0.028)
    assert output.lag_one([2.0, 2.0]) == 0.0
    with pytest.raises(ValueError, match="two or more"):
        output.lag_one([1.0])


@pytest.mark.parametrize("half_width", [5.0, 1.0, 0.1, 0.01])
def test_runs_needed_is_the_smallest_number_that_is_enough(half_width: float) -> None:
    pilot = estimate([9.0, 11.0, 10.0, 12.0, 8.0, 14.0])
    n = precision.runs_needed(pilot, half_width=half_width)
    s = np.std([9.0, 11.0, 10.0, 12.0, 8.0, 14.0], ddof=1)

    def half(runs: int) -> float:
        return (
            student_t(0.95, runs - 1) * s / math.sqrt(runs)
            if runs < 30_000
            else (1.95996398454 * s / math.sqrt(runs) * (1 + (1.95996398454**2 + 1) / (4 * runs)))
        )

    assert half(n) <= half_width * (1 + 1e-7)
    assert n == 6 or half(n - 1) > half_width * (1 - 1e-7)


@pytest.mark.parametrize("confidence", [0.8, 0.95, 0.999])
@pytest.mark.parametrize("degrees", [1001, 3000])
def test_students_t_for_many_degrees_is_that_of_the_finite_sum(
    confidence: float, degrees: int
) -> None:
    assert precision._student_t(confidence, degrees) == pytest.approx(
        student_t(confidence, degrees), rel=1e-9
    )


def test_relative_precision_is_of_the_true_mean() -> None:
    """Law (2015), 9.4.1: the half-width may be γ / (1 + γ) of the estimate."""
    pilot = Estimate(200.0, 30.0, 0.95, 10)
    by_share = precision.runs_needed(pilot, relative=0.05)
    assert by_share == precision.runs_needed(pilot, half_width=200 * 0.05 / 1.05)
    assert precision.customers_needed(pilot, 1000, relative=0.05) == math.ceil(
        1000 * (30 / (200 * 0.05 / 1.05)) ** 2
    )


def test_running_until_it_is_precise_stops_at_the_first_run_that_is_enough() -> None:
    stream = Random("until")
    values = [stream.gauss(50, 10) for _ in range(400)]
    found = precision.run_until(values.__getitem__, half_width=2.0, first=5)
    n = len(found.values)
    assert found.reached
    assert list(found.values) == values[:n]
    assert found.estimate.mean == pytest.approx(estimate(values[:n]).mean)
    assert found.estimate.half_width == pytest.approx(estimate(values[:n]).half_width)
    assert all(estimate(values[:k]).half_width > 2.0 for k in range(5, n))
    stopped = precision.run_until(values.__getitem__, relative=0.001, most=20)
    assert not stopped.reached
    assert len(stopped.values) == 20
    assert "20 runs were not enough" in repr(stopped)


def test_what_cannot_be_a_precision_is_refused() -> None:
    pilot = Estimate(200.0, 30.0, 0.95, 10)
    with pytest.raises(ValueError, match="either half_width or relative"):
        precision.runs_needed(pilot)
    with pytest.raises(ValueError, match="half_width=0"):
        precision.runs_needed(pilot, half_width=0)
    with pytest.raises(ValueError, match="the mean is 0"):
        precision.runs_needed(Estimate(0.0, 1.0, 0.95, 10), relative=0.1)
    with pytest.raises(ValueError, match="one run"):
        precision.runs_needed(Estimate(2.0, math.inf, 0.95, 1), half_width=1)
    with pytest.raises(ValueError, match="no interval"):
        precision.customers_needed(Estimate(2.0, math.inf, 0.95, 1), 10, half_width=1)


def test_a_statement_keeps_one_unit_and_shows_the_error() -> None:
    """290 s ± 30 s reads in seconds throughout, although 320 s alone reads in minutes."""
    text = output.statement("Mean wait", Estimate(290.0, 30.0, 0.95, 12))
    assert "290 s from 12 runs" in text
    assert "between 260 s and 320 s with 95%" in text
    fine = output.statement("Mean wait", Estimate(240.0, 0.0123, 0.95, 400))
    assert "between 239.988 s and 240.012 s" in fine
    level = output.statement("In time", Estimate(0.8, 0.004, 0.95, 30), unit=percent)
    assert "80% from 30 runs" in level
    assert "between 79.6% and 80.4%" in level
    batches = output.statement("Mean wait", Estimate(60.0, 6.0, 0.95, 20), of=("batch", "batches"))
    assert "from 20 batches" in batches


def test_a_statement_is_honest_about_one_run_and_about_a_miss() -> None:
    one = output.statement("Mean wait", Estimate(240.0, math.inf, 0.95, 1), expected=250.0)
    assert "from 1 run, which does not tell its own error" in one
    assert one.endswith("The formula says 250 s.")
    missed = output.statement("Mean wait", Estimate(240.0, 5.0, 0.95, 30), expected=250.0)
    assert "outside" in missed
    assert "5% of such intervals by chance" in missed


def test_batches_use_the_end_of_the_run_and_need_a_value_each() -> None:
    assert output.means_of_batches([5.0, 1.0, 2.0, 3.0, 4.0], batches=2) == [1.5, 3.5]
    with pytest.raises(ValueError, match="too few for 10 batches"):
        output.batch_means([1.0] * 9, batches=10)
    with pytest.raises(ValueError, match="nobody came"):
        output.ratio_estimate([0.0, 0.0], [0, 0])
