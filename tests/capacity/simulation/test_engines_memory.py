"""Random numbers are drawn and sweeps are streamed in blocks, so memory is bounded.

Each test compares a run with one of several times its length: if all numbers were kept, the
longer one would need as many times the memory.
"""

from __future__ import annotations

import gc
import tracemalloc
from collections.abc import Callable
from typing import Any

import pytest

from svclab.capacity.simulation.engine import (
    line,
    long_run,
    replicate,
    replicate_line,
    sweep,
    sweeps,
)
from svclab.capacity.simulation.sampling import Station

MEGABYTE = 1e6
DESK = Station(arrivals_per_hour=108, service_seconds=90, servers=3)
NUMBER = 8  # bytes


def most_memory(act: Callable[[], Any]) -> float:
    """The peak of what NumPy and Python hold while something is done, in MB."""
    gc.collect()
    tracemalloc.start()
    try:
        act()
        return tracemalloc.get_traced_memory()[1] / MEGABYTE
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("patience", [None, 60.0])
def test_longer_runs_need_no_more_memory(patience: float | None) -> None:
    desk = DESK.with_(patience_seconds=patience)
    peaks = [
        most_memory(lambda n=n: replicate(desk, replications=200, customers=n, seed=1))
        for n in (2000, 20_000)
    ]
    assert peaks[1] < 1.1 * peaks[0]
    assert 10 * peaks[1] < 200 * 20_000 * 2 * NUMBER / MEGABYTE


def test_more_replications_need_no_more_memory_than_their_results() -> None:
    peaks = [
        most_memory(lambda r=r: replicate(DESK, replications=r, customers=300, seed=1))
        for r in (2000, 10_000)
    ]
    assert peaks[1] - peaks[0] < 1.5  # MB: two figures for each of 8,000 more runs, and copies


def test_more_settings_need_no_more_memory_than_their_results() -> None:
    """200 settings more, 30 replications, 300 customers: 29 MB if all their numbers were kept."""
    settings = [DESK.with_(arrivals_per_hour=rate) for rate in range(40, 110)]
    many = [one.with_(service_seconds=time) for one in settings for time in (60, 70, 80, 90)]
    few, all_of_them = (
        most_memory(lambda s=s: sweep(s, replications=100, customers=300, seed=1))
        for s in (settings, many)
    )
    assert all_of_them - few < 3


def test_more_replications_of_a_line_or_with_kinds_need_no_more_memory(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """These keep whole runs, so they take few of them at a time: so many numbers an array."""
    monkeypatch.setattr(line, "WHOLE", 200_000)
    monkeypatch.setattr(sweeps, "WHOLE", 200_000)
    two = [Station(arrivals_per_hour=60, service_seconds=30)] * 2
    kinds = DESK.with_(shares=(0.5, 0.5))
    for run in (
        lambda r: replicate_line(two, replications=r, customers=2000, seed=1),
        lambda r: replicate(kinds, replications=r, customers=2000, seed=1),
    ):
        few, many = most_memory(lambda run=run: run(100)), most_memory(lambda run=run: run(300))
        assert many < 1.1 * few < 30


def test_a_longer_long_run_needs_no_more_memory() -> None:
    def total(customers: int) -> float:
        return sum(waits.sum() for waits in long_run(DESK, customers=customers, seed=1))

    short, long = most_memory(lambda: total(1_000_000)), most_memory(lambda: total(3_000_000))
    assert long < 1.3 * short < 130
