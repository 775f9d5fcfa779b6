"""How much of a run's opening is dropped: MSER-5 and Welch by their definitions, and behaviour."""

from __future__ import annotations

from fractions import Fraction
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from svclab.capacity.simulation.warmup import across, mser5, steady_mean, welch

wholes = st.lists(st.integers(-1000, 1000), min_size=50, max_size=160)


def by_definition(values: list[int], batch: int) -> list[Fraction]:
    """White's statistic for each number of batches dropped, in exact arithmetic."""
    n = len(values) // batch
    z = [Fraction(sum(values[i * batch : (i + 1) * batch]), batch) for i in range(n)]
    found = []
    for d in range(n - 4):  # five batches or more are left
        rest = z[d:]
        mean = sum(rest) / len(rest)
        found.append(sum((value - mean) ** 2 for value in rest) / len(rest) ** 2)
    return found


@settings(max_examples=60)
@given(wholes, st.integers(1, 5))
def test_mser5_is_the_statistic_of_its_definition_at_every_point(
    values: list[int], batch: int
) -> None:
    found, exact = mser5(values, batch=batch), by_definition(values, batch)
    assert [dropped for dropped, _ in found.curve] == [d * batch for d in range(len(exact))]
    for (_, error), true in zip(found.curve, exact, strict=True):
        assert error == pytest.approx(float(true), rel=1e-9, abs=1e-9)
    half = len(values) // batch // 2
    assert found.drop % batch == 0
    assert found.drop // batch <= half
    lowest = min(exact[: half + 1])
    assert float(exact[found.drop // batch]) == pytest.approx(float(lowest), rel=1e-9, abs=1e-9)


@pytest.mark.parametrize("first", [25, 100, 400])
def test_mser5_drops_all_before_a_jump_and_little_after_it(first: int) -> None:
    stream = Random(f"jump/{first}")
    values = [0.0] * first + [10 + stream.gauss(0, 1) for _ in range(1000)]
    found = mser5(values)
    assert first <= found.drop <= first + 30
    assert found.enough
    assert mser5([0.0] * first + [9.0, 11.0] * 500).drop == first


def test_mser5_drops_a_geometric_opening_down_to_the_noise() -> None:
    """Bias 50 × 0.98ᵏ under noise of standard deviation 1: after 200 it is below 1."""
    stream = Random("decay")
    values = [20 - 50 * 0.98**k + stream.gauss(0, 1) for k in range(3000)]
    found = mser5(values)
    assert 150 <= found.drop <= 400
    assert found.enough


def test_mser5_says_that_a_run_that_never_settles_is_too_short() -> None:
    found = mser5([float(k) for k in range(200)])
    assert not found.enough
    assert "simulate longer" in repr(found)
    assert found.drop == 100


def test_mser5_drops_nothing_of_a_run_that_never_changes() -> None:
    found = mser5([3.0] * 60)
    assert (found.drop, found.enough) == (0, True)


def test_mser5_drops_little_where_there_is_no_opening() -> None:
    """For pure noise the statistic falls only by chance; 100 runs of 500, fixed seeds."""
    drops = []
    for r in range(100):
        stream = Random(f"noise/{r}")
        drops.append(mser5([stream.gauss(0, 1) for _ in range(500)]).drop)
    assert sorted(drops)[50] <= 50


def test_mser5_refuses_a_run_that_is_too_short() -> None:
    with pytest.raises(ValueError, match="50 or more"):
        mser5([1.0] * 49)
    with pytest.raises(ValueError, match="batch=0"):
        mser5([1.0] * 50, batch=0)


@settings(max_examples=60)
@given(
    st.lists(st.lists(st.integers(-100, 100), min_size=12, max_size=30), min_size=1, max_size=4),
    st.integers(1, 3),
)
def test_welch_is_the_moving_average_of_its_definition(runs: list[list[int]], w: int) -> None:
    """Law (2015), section 9.5.1: windows 2i - 1 wide for i ≤ w, then 2w + 1, i from 1 to m - w."""
    m = min(map(len, runs))
    y = {i: Fraction(sum(run[i - 1] for run in runs), len(runs)) for i in range(1, m + 1)}
    expected = []
    for i in range(1, m - w + 1):
        side = w if i > w else i - 1
        expected.append(sum(y[i + s] for s in range(-side, side + 1)) / (2 * side + 1))
    assert welch(runs, window=w) == pytest.approx([float(value) for value in expected])


def test_welch_refuses_a_window_of_more_than_a_quarter_and_no_runs() -> None:
    with pytest.raises(ValueError, match="at most a quarter of the 8 observations"):
        welch([[1.0] * 8], window=3)
    with pytest.raises(ValueError, match="runs has no observations"):
        welch([], window=1)
    with pytest.raises(ValueError, match="runs has no observations"):
        across([[1.0], []])


def test_a_steady_mean_drops_what_is_given_or_what_mser5_says() -> None:
    stream = Random("steady")
    runs = [[100.0] * 30 + [stream.gauss(5, 1) for _ in range(400 + extra)] for extra in (0, 7, 20)]
    by_rule = steady_mean(runs)
    assert (by_rule.drop, by_rule.kept, by_rule.runs) == (30, 400, 3)
    assert by_rule.estimate == steady_mean(runs, drop=30).estimate
    assert steady_mean(runs, drop=30).warm_up is None
    one = steady_mean(runs[:1], drop=30, batches=10)
    assert one.estimate.replications == 10
    assert "batches of one run, first 30 observations dropped" in repr(one)
    assert one.estimate.mean == pytest.approx(sum(runs[0][30:]) / 400)
    with pytest.raises(ValueError, match="drop=430: leave some"):
        steady_mean(runs, drop=430)
