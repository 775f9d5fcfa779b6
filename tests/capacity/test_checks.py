"""What the chapter's models refuse besides what all models refuse."""

import math

import pytest

from svclab.capacity.checks import UnstableError, check_stable, in_hours


def test_times_add_up_in_hours():
    assert in_hours(1, 30, 36) == pytest.approx(1.51)
    assert in_hours(0, 0, 0) == 0
    for times in [(0, -1, 0), (0, math.nan, 0), (math.inf, 0, 0), ("1", 0, 0), (0, True, 0)]:
        with pytest.raises(ValueError, match="give a time of zero or more"):
            in_hours(*times)


def test_a_station_is_stable_below_its_capacity_only():
    check_stable(math.nextafter(60, 0), 20, servers=3)
    for arrivals in (60, 60.1, 1e9):
        with pytest.raises(UnstableError, match="servers=3 cannot carry"):
            check_stable(arrivals, 20, servers=3)
