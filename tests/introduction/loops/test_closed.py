"""The closed loop: simulation against closed forms, and these against roots of the equation."""

import math
from statistics import variance

import hypothesis.strategies as st
import numpy as np
import pytest
from hypothesis import given, settings

from svclab.introduction.loops import (
    ClosedLoop,
    closed_loop,
    closed_verdict,
    smooth_share,
    stable_share,
)


def roots(share: float, delay: int) -> np.ndarray:
    """Of z^(d+1) − z^d + k = 0."""
    terms = np.zeros(delay + 2)
    terms[0], terms[1] = 1, -1
    terms[-1] += share
    return np.roots(terms)


@pytest.mark.parametrize("delay", range(13))
def test_the_stable_share_puts_the_largest_root_on_the_unit_circle(delay):
    limit = stable_share(delay)
    assert max(abs(roots(limit, delay))) == pytest.approx(1, abs=1e-6)
    assert max(abs(roots(0.99 * limit, delay))) < 1 < max(abs(roots(1.01 * limit, delay)))


def test_stable_shares_are_those_of_levin_and_may_1976():
    """2 cos(kπ/(2k+1)), as cited by Matsunaga for x_(n+1) − x_n + q x_(n−k) = 0; 1/φ for k = 2."""
    assert stable_share(0) == 2
    assert stable_share(1) == pytest.approx(1)
    assert stable_share(2) == pytest.approx((math.sqrt(5) - 1) / 2)


@pytest.mark.parametrize("delay", range(1, 13))
def test_up_to_the_smooth_share_the_ruling_root_is_real_and_beyond_it_is_not(delay):
    for share, real in ((0.999 * smooth_share(delay), True), (1.001 * smooth_share(delay), False)):
        largest = max(roots(share, delay), key=abs)
        assert (abs(largest.imag) < 1e-9) == real
        assert 0 < largest.real < 1


@pytest.mark.parametrize("delay", range(6))
def test_the_loop_overshoots_beyond_the_smooth_share_and_not_below(delay):
    def overshoot(share: float) -> float:
        loop = ClosedLoop(share=share, delay=delay, target=0, start=-1)
        return closed_loop(loop, cycles=400).overshoot

    assert overshoot(0.98 * smooth_share(delay)) == 0
    assert overshoot(1.15 * smooth_share(delay)) > 1e-9


@given(
    st.floats(0, 2.5),
    st.floats(-50, 50),
    st.floats(-100, 100),
    st.floats(0, 5),
    st.floats(0.01, 2.5),
)
def test_without_delay_capability_follows_its_closed_form(start, bias, target, wear, share):
    loop = ClosedLoop(share, 0, target, start, bias, 0.0, wear)
    found = closed_loop(loop, cycles=20).capability
    for t, value in enumerate(found):
        wanted = loop.rest + (1 - share) ** t * (start - loop.rest)
        assert value == pytest.approx(wanted, rel=1e-9, abs=1e-6 * 1.5**t)


@given(st.integers(0, 6), st.floats(0.1, 0.8), st.floats(-10, 10), st.floats(0, 3))
@settings(max_examples=50)
def test_below_the_limit_it_rests_where_bias_and_wear_leave_it(delay, part, bias, wear):
    loop = ClosedLoop(share=part * stable_share(delay), delay=delay, bias=bias, wear=wear)
    run = closed_loop(loop, cycles=400)
    rest = 90 - bias - wear / loop.share
    assert abs(run.capability[-1] - rest) <= 0.05 * abs(60 - rest) + 1e-6
    assert closed_verdict(loop).rest == loop.rest


@pytest.mark.parametrize("delay", [0, 1, 2, 5])
def test_behaviour_in_words_is_the_behaviour_of_the_simulation(delay):
    def verdict(share: float) -> str:
        return closed_verdict(ClosedLoop(share=share, delay=delay)).behaviour

    def width(share: float, first: int, last: int) -> float:
        run = closed_loop(ClosedLoop(share=share, delay=delay), cycles=400).capability
        return max(abs(value - 90) for value in run[first:last])

    limit = stable_share(delay)
    assert verdict(0) == "does nothing"
    assert verdict(smooth_share(delay)) == "smooth"
    assert verdict(0.95 * limit) == "swings and settles"
    assert width(0.95 * limit, 300, 401) < width(0.95 * limit, 0, 100)
    assert verdict(limit) == "swings for ever"
    assert width(limit, 300, 401) == pytest.approx(width(limit, 150, 251), rel=1e-3)
    assert verdict(1.05 * limit) == "swings ever wider"
    assert width(1.05 * limit, 300, 401) > 3 * width(1.05 * limit, 0, 100)


def test_the_spread_is_that_of_autoregressions_of_order_one_and_two():
    """AR(1): k/(2 − k); AR(2), φ₁ = 1, φ₂ = −k: k² (1 + k) / ((1 − k) ((1 + k)² − 1))."""
    for k in (0.1, 0.5, 0.9):
        one = closed_verdict(ClosedLoop(share=k, delay=0, noise=2)).spread
        assert one**2 == pytest.approx(4 * k / (2 - k))
        two = closed_verdict(ClosedLoop(share=k, delay=1, noise=2)).spread
        assert two**2 == pytest.approx(4 * k**2 * (1 + k) / ((1 - k) * ((1 + k) ** 2 - 1)))


@pytest.mark.parametrize(("share", "delay"), [(0.8, 0), (0.5, 1), (0.3, 2)])
def test_the_spread_is_that_of_many_simulated_loops(share, delay):
    """2,000 loops: the sample variance lies within 15 % but in 2 of 10⁶ cases; seeds fixed."""
    loop = ClosedLoop(share=share, delay=delay, noise=3)
    ends = [closed_loop(loop, cycles=40, seed=n).capability[-1] for n in range(2000)]
    assert variance(ends) == pytest.approx(closed_verdict(loop).spread ** 2, rel=0.15)


def test_a_seed_gives_the_same_run_and_another_seed_another():
    loop = ClosedLoop(noise=2)
    assert closed_loop(loop, seed=4) == closed_loop(loop, seed=4)
    assert closed_loop(loop, seed=4).capability != closed_loop(loop, seed=5).capability


def test_who_corrects_nothing_never_settles_and_has_no_rest():
    run = closed_loop(ClosedLoop(share=0), cycles=30)
    assert set(run.capability) == {60.0}
    assert (run.settled(), run.overshoot, run.loop.rest) == (None, 0.0, None)
    assert closed_verdict(run.loop).sentence.endswith("There is no rest.")


def test_settled_is_the_first_cycle_after_which_nothing_is_far_away():
    run = closed_loop(ClosedLoop(share=0.8, delay=1), cycles=60)
    cycle = run.settled(within=2)
    assert abs(run.capability[cycle - 1] - 90) > 2
    assert all(abs(value - 90) <= 2 for value in run.capability[cycle:])


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"share": -0.1}, "share=-0.1: give a number from 0 to 3"),
        ({"delay": 1.5}, "delay=1.5: give a whole number from 0 to 12"),
        ({"noise": -1}, "noise=-1"),
        ({"target": float("inf")}, "target=inf"),
    ],
)
def test_a_wrong_loop_is_told(values, message):
    with pytest.raises(ValueError, match=message):
        ClosedLoop(**values)
