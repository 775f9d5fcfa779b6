"""Jackson networks against the chain of the whole network, and against queues on their own."""

import numpy as np
import pytest

from svclab.capacity import Node, UnstableError, jackson, mm1, mmc
from svclab.capacity.queues.networks import solve


def test_jackson_matches_the_two_dimensional_chain():
    """Two stations, one with feedback, from all balance equations of a cut-off chain."""
    stations = {
        "a": Node(service_rate=4, arrival_rate=1.0, goes_to={"b": 0.6, "a": 0.2}),
        "b": Node(service_rate=1.5, servers=2, arrival_rate=0.5, goes_to={"a": 0.3}),
    }
    room = 50
    q = np.zeros((room * room, room * room))

    def go(i, j, k, m, speed):
        if 0 <= k < room and 0 <= m < room:
            q[i * room + j, k * room + m] += speed

    for i in range(room):
        for j in range(room):
            go(i, j, i + 1, j, 1.0)
            go(i, j, i, j + 1, 0.5)
            if i:
                go(i, j, i - 1, j + 1, 4 * 0.6)
                go(i, j, i - 1, j, 4 * 0.2)
            if j:
                busy = min(j, 2) * 1.5
                go(i, j, i + 1, j - 1, busy * 0.3)
                go(i, j, i, j - 1, busy * 0.7)
    q -= np.diag(q.sum(axis=1))
    q[:, 0] = 1
    p = np.linalg.solve(q.T, np.eye(room * room)[0]).reshape(room, room)
    number = np.arange(room)
    network = jackson(stations)
    assert network["a"].mean_number_in_system == pytest.approx(p.sum(1) @ number, rel=1e-4)
    assert network["b"].mean_number_in_system == pytest.approx(p.sum(0) @ number, rel=1e-4)
    from_outside = (network.hours_from["a"] + 0.5 * network.hours_from["b"]) / 1.5
    assert network.mean_time_in_system == pytest.approx(from_outside)
    assert network.visits["a"] * 1.5 == pytest.approx(network["a"].arrival_rate)


def test_solve_matches_numpy():
    rng = np.random.default_rng(3)
    for n in (1, 2, 7):
        matrix, right = rng.normal(size=(n, n)), rng.normal(size=n)
        expected = np.linalg.solve(matrix, right)
        assert solve(matrix.tolist(), right.tolist()) == pytest.approx(expected, rel=1e-8)


def test_a_tandem_is_its_queues_one_after_the_other():
    """Burke (1956): what leaves M/M/c is Poisson again."""
    line = jackson(
        {
            "desk": Node(service_rate=30, arrival_rate=20, goes_to={"cash": 1.0}),
            "cash": Node(service_rate=12, servers=2),
        }
    )
    times = mm1(20, 30).mean_time_in_system, mmc(20, 12, servers=2).mean_time_in_system
    assert line.mean_time_in_system == pytest.approx(sum(times), rel=1e-12)
    assert line.hours_from["desk"] == pytest.approx(sum(times), rel=1e-12)
    assert line.hours_from["cash"] == pytest.approx(times[1], rel=1e-12)
    assert line.visits == pytest.approx({"desk": 1, "cash": 1})
    assert line.bottleneck == "cash"


def test_rework_at_one_station_is_a_queue_with_more_customers():
    """A share r comes back at once: 1 / (1 - r) visits."""
    shop = jackson({"shop": Node(service_rate=10, arrival_rate=6, goes_to={"shop": 0.25})})
    assert shop["shop"].arrival_rate == pytest.approx(8)
    assert shop.mean_time_in_system == pytest.approx(mm1(8, 10).mean_time_in_system / 0.75)
    assert shop.mean_wait == pytest.approx(mm1(8, 10).mean_wait / 0.75)


A = {"a": Node(service_rate=10, arrival_rate=6)}


@pytest.mark.parametrize(
    ("stations", "message"),
    [
        ({"a": Node(service_rate=10)}, "nobody comes from outside"),
        (A | {"b": Node(service_rate=5)}, "nobody ever comes to station 'b'"),
        ({"a": Node(service_rate=9, arrival_rate=6, goes_to={"c": 1})}, "unknown station 'c'"),
        ({"a": Node(service_rate=9, arrival_rate=6, goes_to={"a": 1})}, "can never leave"),
        ({"a": Node(service_rate=9, arrival_rate=6, goes_to={"a": 1.2})}, "give at most 1"),
        ({"a": Node(service_rate=9, arrival_rate=6, goes_to={"a": -0.1})}, "zero or more"),
        ({"a": Node(service_rate=0, arrival_rate=6)}, "service_rate of station 'a'=0"),
        ({"a": Node(service_rate=9, servers=0, arrival_rate=6)}, "servers of station 'a'=0"),
        ({}, "nobody comes from outside"),
    ],
)
def test_networks_refuse_what_has_no_answer(stations, message):
    with pytest.raises(ValueError, match=message):
        jackson(stations)


def test_a_network_names_the_station_that_cannot_carry_its_load():
    busy = Node(service_rate=10, arrival_rate=8, goes_to={"a": 0.2})
    with pytest.raises(UnstableError, match=r"station 'a': servers=1 cannot carry .* 1 Erlang"):
        jackson({"a": busy})
    with pytest.raises(KeyError, match="unknown station 'x'; known are a"):
        jackson(A)["x"]


def test_a_network_shows_itself():
    network = jackson(A)
    assert repr(network).startswith(
        "network: 6 per hour come from outside and stay 15 min on average; 1.5 are inside"
    )
    assert "60%" in network._repr_html_()
