"""Visits with rework against simulations of the rule."""

import math
import random

import pytest

from svclab.process.flow import (
    analyse,
    expected_visits,
    longest_path,
)
from svclab.process.model import Activity, Process, Rework


def test_visits_on_a_line_match_a_simulated_markov_walk():
    """A walk over positions, independent of the formula. 40,000 walks, 5 standard errors on
    each of 5 activities: a false alarm in 3 of a million seeds."""
    backs = {1: (0.2, 0), 3: (0.3, 1), 4: (0.15, 3)}
    line = Process(
        "line",
        tuple(
            Activity(f"a{i}", 10, rework=Rework(probability=p, back_to=f"a{b}"))
            if (p := backs.get(i, (0, 0))[0]) and ((b := backs[i][1]) is not None)
            else Activity(f"a{i}", 10)
            for i in range(5)
        ),
    )
    random_numbers = random.Random(20)
    n = 40_000
    totals, squares = [0] * 5, [0] * 5
    for _ in range(n):
        counts, place = [0] * 5, 0
        while place < 5:
            counts[place] += 1
            share, back = backs.get(place, (0.0, 0))
            place = back if random_numbers.random() < share else place + 1
        totals = [t + c for t, c in zip(totals, counts, strict=True)]
        squares = [s + c * c for s, c in zip(squares, counts, strict=True)]
    visits = expected_visits(line)
    for i in range(5):
        mean = totals[i] / n
        error = math.sqrt((squares[i] / n - mean * mean) / n)
        assert abs(mean - visits[f"a{i}"]) < 5 * error


def test_visits_with_branches_match_a_simulation_of_the_rule():
    """Branches b and c after a, then d; c sends back to a, d back to b. 30,000 customers,
    5 standard errors on 4 activities: a false alarm in 2 of a million seeds."""
    rework = {"c": (0.4, "a"), "d": (0.3, "b")}
    order = {"a": (), "b": ("a",), "c": ("a",), "d": ("b", "c")}
    process = Process(
        "branches",
        tuple(
            Activity(
                n, 10, after=after, rework=Rework(probability=rework[n][0], back_to=rework[n][1])
            )
            if n in rework
            else Activity(n, 10, after=after)
            for n, after in order.items()
        ),
    )
    inside = {"c": ["a", "c"], "d": ["b", "d"]}  # the branch not sent back stays done
    numbers = random.Random(21)
    n = 30_000
    seen = {name: [] for name in order}
    for _ in range(n):
        counts, todo = dict.fromkeys(order, 0), ["d", "c", "b", "a"]
        while todo:
            now = todo.pop()
            counts[now] += 1
            if now in rework and numbers.random() < rework[now][0]:
                todo += reversed(inside[now])
        for name, times in counts.items():
            seen[name].append(times)
    for name, visits in expected_visits(process).items():
        mean = sum(seen[name]) / n
        error = math.sqrt(sum((x - mean) ** 2 for x in seen[name]) / (n - 1) / n)
        assert abs(mean - visits) <= 5 * error + 1e-12


def test_rework_to_itself_is_a_geometric_number_of_visits():
    again = Rework(probability=0.25, back_to="test")
    process = Process("self", (Activity("test", 30, rework=again), Activity("pay", 10)))
    assert expected_visits(process) == {"test": pytest.approx(4 / 3), "pay": 1}
    assert longest_path(process).seconds == pytest.approx(50)


def test_flow_time_of_a_line_with_rework_is_the_work_content():
    again = Rework(probability=0.1, back_to="a")
    process = Process(
        "line", (Activity("a", 20), Activity("b", 30), Activity("c", 10, rework=again))
    )
    assert analyse(process).flow_time_seconds == pytest.approx(60 / 0.9)
