"""How fast the models are, as ratios within one run; what is timed is also checked."""

from __future__ import annotations

from typing import Any

import pytest
from timing import timed

from svclab import process


def test_recursion_and_simpy_on_the_same_5000_customers(measured: Any) -> None:
    office = process.licence_office(workers={"violations": 2})
    work = process.draw(office, 5000, arrivals_per_hour=80, seed=1)
    fast, fast_ms = timed(lambda: process.replay(office, work))
    slow, slow_ms = timed(lambda: process.simulate(office, work))
    assert fast.flow_times == pytest.approx(slow.flow_times, abs=1e-9)
    measured("kernel: recursion, 5,000 customers x 6 activities", f"{fast_ms:.0f} ms")
    measured("kernel: SimPy, the same customers", f"{slow_ms:.0f} ms")
    measured("kernel: SimPy / recursion", f"{slow_ms / fast_ms:.0f} times")


def test_all_layouts_of_seven_workers(measured: Any) -> None:
    office = process.licence_office()
    found, ms = timed(lambda: process.layouts(office, 7, precedence=False))
    assert len(found) == 3068
    measured("kernel: all 3,068 layouts of seven workers", f"{ms:.0f} ms", "aim below 1,000 ms")


def test_the_fewest_stations_of_fourteen_activities(measured: Any) -> None:
    centre = process.vaccination_centre()
    found, ms = timed(lambda: process.fewest_stations(centre, 100))
    assert len(found.stations) == 6
    measured("kernel: fewest stations of 14 activities, PuLP and HiGHS", f"{ms:.0f} ms")
