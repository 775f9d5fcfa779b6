"""The first simulation, against a pencil, a closed form and the lines that the reader sees."""

from __future__ import annotations

import contextlib
import io
import math
from collections.abc import Callable
from statistics import fmean, stdev

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from svclab.basics.counter import program, visits, waits


def by_hand(comes: list[int], service: int, counters: int) -> list[int]:
    free = [0] * counters
    found = []
    for at in comes:
        first = min(range(counters), key=free.__getitem__)
        begins = max(at, free[first])
        free[first] = begins + service
        found.append(begins - at)
    return found


@given(
    gaps=st.lists(st.integers(0, 9), min_size=1, max_size=12),
    service=st.integers(1, 12),
    counters=st.integers(1, 4),
)
@settings(max_examples=60)
def test_waits_are_those_of_the_recursion_by_hand(
    gaps: list[int], service: int, counters: int
) -> None:
    comes = [sum(gaps[:n]) for n in range(len(gaps))]
    assert waits(comes, service, counters=counters) == by_hand(comes, service, counters)


@given(gap=st.integers(1, 9), service=st.integers(1, 9), n=st.integers(1, 30))
@settings(max_examples=40)
def test_regular_times_at_one_counter_give_waits_in_closed_form(
    gap: int, service: int, n: int
) -> None:
    found = [visit.wait for visit in visits(gap, service, customers=n)]
    assert found == [max(0, service - gap) * k for k in range(n)]


def test_the_second_wait_by_chance_has_the_mean_of_the_closed_form() -> None:
    """Exponential times: the second waits with probability s/(s+a), and then s on average.

    2,000 fixed seeds; without a mistake a deviation of five standard errors has a chance below
    one in a million, and the draws are the same in every run.
    """
    gap, service = 4.0, 3.0
    seconds = [visits(gap, service, customers=2, seed=seed)[1].wait for seed in range(2000)]
    error = stdev(seconds) / math.sqrt(len(seconds))
    assert abs(fmean(seconds) - service**2 / (service + gap)) < 5 * error


@pytest.mark.parametrize(
    ("gap", "service", "counters", "seed"), [(3, 4, 1, None), (2.5, 6, 2, None), (4, 3, 1, 4)]
)
def test_the_lines_shown_print_the_waits_of_the_model(
    gap: float, service: float, counters: int, seed: int | None
) -> None:
    text = program(gap, service, counters=counters, customers=12, seed=seed)
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(text, {})
    lines = [line.split() for line in printed.getvalue().splitlines()]
    seen = visits(gap, service, counters=counters, customers=12, seed=seed)
    assert [float(words[4]) for words in lines] == [round(visit.wait, 2) for visit in seen]
    assert [float(words[2]) for words in lines] == [round(visit.came, 2) for visit in seen]


@pytest.mark.parametrize(
    ("wrong", "named"),
    [
        ({"gap": 0, "service": 3}, "gap"),
        ({"gap": 3, "service": math.nan}, "service"),
        ({"gap": 3, "service": 3, "counters": 0}, "counters"),
        ({"gap": 3, "service": 3, "customers": 0}, "customers"),
        ({"gap": 3, "service": 3, "customers": 5000}, "customers"),
    ],
)
def test_what_cannot_be_simulated_is_refused_by_its_name(
    wrong: dict[str, float], named: str
) -> None:
    with pytest.raises(ValueError, match=f"^{named}="):
        visits(**wrong)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("ask", "says"),
    [
        (lambda: visits("3", 4), "gap='3': give minutes, above zero"),
        (lambda: visits(3, 4, counters=1.5), "counters=1.5: give a whole number from 1 to 1000"),
        (lambda: waits([0, -1], 4), r"comes\[1\]=-1: give minutes, zero or more"),
        (lambda: waits([0, 3], 0), "service=0: give minutes, above zero"),
        (lambda: waits([0, 3], 4, counters=0), "counters=0"),
    ],
)
def test_what_no_counter_can_do_is_told_in_words(ask: Callable[[], object], says: str) -> None:
    with pytest.raises(ValueError, match=says):
        ask()


def test_the_lines_shown_keep_the_digits_of_a_time() -> None:
    assert "comes + 1234567.5\n" in program(1234567.5, 3)
