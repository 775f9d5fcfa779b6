"""Erlang's formulas for arrays against the scalar ones, one setting at a time."""

import math

import numpy as np
import pytest

from svclab.capacity import erlang_b, erlang_c, mmc
from svclab.capacity.queues import arrays


def settings(count, most, seed):
    rng = np.random.default_rng(seed)
    servers = np.floor(np.exp(rng.uniform(0, np.log(most), count))).astype(int)
    return servers, servers * rng.uniform(0.0, 1.6, count)


@pytest.mark.parametrize(("count", "most", "seed"), [(1500, 300, 1), (150, 10_000, 2)])
def test_arrays_match_the_scalar_formulas(count, most, seed):
    servers, loads = settings(count, most, seed)
    lost, delayed = arrays.erlang_b(loads, servers), arrays.erlang_c(loads, servers)
    for k in range(count):
        a, c = float(loads[k]), int(servers[k])
        assert lost[k] == pytest.approx(erlang_b(a, c), rel=1e-11, abs=1e-300)
        assert delayed[k] == pytest.approx(erlang_c(a, c), rel=1e-11, abs=1e-300)


@pytest.mark.parametrize("servers", [1, 7, 250, 10_000])
@pytest.mark.parametrize("share", [0.0, 1e-9, 0.5, 1 - 1e-9, 1.0, 1 + 1e-9, 50.0])
def test_arrays_match_the_scalar_formulas_at_the_edges(servers, share):
    load = servers * share
    assert arrays.erlang_b(load, servers) == pytest.approx(
        erlang_b(load, servers), rel=1e-9, abs=1e-300
    )
    assert arrays.erlang_c(load, servers) == pytest.approx(
        erlang_c(load, servers), rel=1e-6, abs=1e-300
    )


def test_arrays_cross_their_blocks_without_mixing_settings():
    """More settings than a block holds, each between neighbours of other sizes."""
    servers, loads = settings(40_000, 60, 3)
    delayed = arrays.erlang_c(loads, servers)
    for k in range(0, 40_000, 397):
        expected = erlang_c(float(loads[k]), int(servers[k]))
        assert delayed[k] == pytest.approx(expected, rel=1e-11, abs=1e-300)
    order = np.random.default_rng(4).permutation(40_000)
    # A block may add a few terms more for a setting than another block: the last digits move.
    assert arrays.erlang_c(loads[order], servers[order]) == pytest.approx(
        delayed[order], rel=1e-13, abs=1e-300
    )


def test_arrays_of_waits_match_mmc():
    arrivals = np.array([10.0, 40, 54, 59.9])
    waits = arrays.mean_wait(arrivals, 20, servers=3)
    late = arrays.wait_beyond(1 / 12, arrivals, 20, servers=3)
    for k, rate in enumerate(arrivals):
        queue = mmc(float(rate), 20, servers=3)
        assert waits[k] == pytest.approx(queue.mean_wait, rel=1e-12)
        assert late[k] == pytest.approx(queue.wait_beyond(minutes=5), rel=1e-12)


def test_arrays_know_no_error_where_there_is_no_steady_state():
    assert arrays.mean_wait([60, 90], 20, servers=3).tolist() == [math.inf, math.inf]
    assert arrays.erlang_c([3.0, 4.5], 3).tolist() == [1, 1]
    assert arrays.wait_beyond(2.0, [60, 90], 20, servers=3).tolist() == [1, 1]


def test_arrays_broadcast_and_may_be_empty():
    assert arrays.erlang_b([[1.0], [2.0]], [1, 2, 3]).shape == (2, 3)
    assert arrays.erlang_c([], []).shape == (0,)
    assert arrays.erlang_c(2.7, 3).shape == ()
    assert arrays.mean_wait(54, 20, servers=[3, 4]).shape == (2,)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: arrays.erlang_b([1, -2], 3), "give offered loads in Erlang"),
        (lambda: arrays.erlang_c([1, math.nan], 3), "give offered loads in Erlang"),
        (lambda: arrays.erlang_c(1, [3, 2.5]), "servers must be whole numbers"),
        (lambda: arrays.erlang_c(1, 0), "servers must be whole numbers"),
        (lambda: arrays.mean_wait(1, 0, servers=2), "service_rate"),
        (lambda: arrays.wait_beyond(-1, 1, 2, servers=2), "hours"),
    ],
)
def test_arrays_refuse_what_is_no_setting(call, message):
    with pytest.raises(ValueError, match=message):
        call()
