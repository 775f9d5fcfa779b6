"""Stations and the customers drawn for them."""

from __future__ import annotations

import math
from collections import Counter
from random import Random
from typing import Any

import pytest

from svclab.capacity.simulation.sampling import (
    HOUR,
    Station,
    draw,
    draw_for,
    steps,
    thinned,
    unit_times,
)
from svclab.intervals import estimate

DESK = Station(arrivals_per_hour=108, service_seconds=90, servers=3)
CONFIDENCE = 1 - 1e-6  # of each interval: the false-alarm rate of a figure is 1e-6


@pytest.mark.parametrize(
    ("spread", "scv"),
    [
        ("constant", 0.0),
        ("exponential", 1.0),
        (("gamma", 0.5), 0.5),
        (("gamma", 2.0), 2.0),
        (("lognormal", 0.5), 0.5),
        (("lognormal", 0.0), 0.0),
    ],
)
def test_times_have_mean_one_and_the_variation_they_are_named_for(spread: Any, scv: float) -> None:
    times = unit_times(spread, 20_000, Random(1))
    assert min(times) >= 0
    if scv == 0:
        assert times == pytest.approx([1.0] * 20_000)
        return
    assert estimate(times, confidence=CONFIDENCE).holds(1)
    assert estimate([(t - 1) ** 2 for t in times], confidence=CONFIDENCE).holds(scv)


def test_a_change_of_one_thing_leaves_the_rest_of_the_customers_alone() -> None:
    base = draw(DESK.with_(patience_seconds=60), 500, seed=1)
    slower = draw(DESK.with_(patience_seconds=60, service_seconds=180), 500, seed=1)
    assert slower.arrivals == base.arrivals
    assert slower.patience == base.patience
    assert slower.services == pytest.approx([2 * s for s in base.services])
    busier = draw(DESK.with_(patience_seconds=60, arrivals_per_hour=216), 500, seed=1)
    assert busier.arrivals == pytest.approx([a / 2 for a in base.arrivals])
    assert busier.services == base.services
    assert draw(DESK, 500, seed=1).services == base.services
    assert draw(DESK, 500, seed=2).services != base.services
    more = draw(DESK, 600, seed=1)
    assert more.arrivals[:500] == base.arrivals


def test_kinds_come_in_their_shares_with_their_own_services() -> None:
    """Shares of 20,000: a normal interval of 5 standard errors, false alarm below 1e-6."""
    three = DESK.with_(shares=(0.2, 0.5, 0.3), service_seconds=(30, 60, 120), service="constant")
    drawn = draw(three, 20_000, seed=1)
    assert drawn.kinds is not None
    assert {
        (kind, time) for kind, time in zip(drawn.kinds, drawn.services, strict=True)
    } == {(0, 30.0), (1, 60.0), (2, 120.0)}  # fmt: skip
    for kind, number in Counter(drawn.kinds).items():
        share = three.shares[kind]
        assert abs(number / 20_000 - share) < 5 * math.sqrt(share * (1 - share) / 20_000)
    assert three.load == pytest.approx(108 * (0.2 * 30 + 0.5 * 60 + 0.3 * 120) / HOUR)


def test_given_arrivals_are_kept() -> None:
    booked = [0.0, 600.0, 1200.0]
    assert list(draw_for(DESK, booked, seed=1).arrivals) == booked
    assert draw_for(DESK.with_(room=4), booked, seed=1).balks_at == [4, 4, 4]


def test_thinning_needs_a_bound_that_holds() -> None:
    assert thinned(lambda second: 0.0, 3600, most=60, seed=1) == []
    with pytest.raises(ValueError, match=r"most=60: the rate at .* is 90"):
        thinned(lambda second: 90.0, 3600, most=60, seed=1)
    with pytest.raises(ValueError, match="is -1"):
        thinned(lambda second: -1.0, 3600, most=60, seed=1)


def test_steps_hold_from_their_beginning() -> None:
    rate = steps([10, 20], minutes=30)
    assert [rate(s) for s in (0, 1799.9, 1800, 3599, 3600, 9e9)] == [10, 10, 20, 20, 0, 0]


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"arrivals_per_hour": 0}, "arrivals_per_hour=0"),
        ({"service_seconds": -1}, "service_seconds=-1"),
        ({"patience_seconds": math.inf}, "patience_seconds=inf"),
        ({"servers": 0}, "servers=0"),
        ({"service": "normal"}, "service='normal'"),
        ({"service": ("gamma", -1)}, "service="),
        ({"service": 5}, "service=5"),
        ({"shares": (0.5, 0.6)}, "shares="),
        ({"shares": (0.5, 0.5), "service_seconds": (1, 2, 3)}, "does not fit shares"),
        ({"room": -1}, "room=-1"),
        ({"room": True}, "room=True"),
    ],
)
def test_a_station_that_cannot_be_is_refused_by_name(changes: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        DESK.with_(**changes)


@pytest.mark.parametrize("customers", [0, -1, 1.5, True])
def test_no_customers_are_refused(customers: Any) -> None:
    with pytest.raises(ValueError, match=f"customers={customers}"):
        draw(DESK, customers, seed=1)
