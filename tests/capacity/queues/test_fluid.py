"""The fluid queue against textbook examples, a clock that ticks, and its own areas."""

import math
from itertools import pairwise

import hypothesis.strategies as st
import pytest
from hypothesis import given, settings

from svclab.capacity import fluid_queue, parabolic_rush


def test_fluid_matches_the_entrance_of_a_national_park():
    """A textbook exercise (quoted at studyx.ai): 480 cars an hour for 20 minutes from 8:00, then
    120; 15 seconds a car. By hand: 80 cars wait at 8:20, the queue goes at 120 an hour and is gone
    at 9:00, and the area between the curves is 80 · 1 / 2 = 40 hours.
    """
    park = fluid_queue([8, 8 + 1 / 3, 12], [480, 120], capacity=240)
    assert park.longest_queue == pytest.approx(80)
    assert park.longest_queue_at == pytest.approx(8 + 1 / 3)
    assert (park.begins, park.ends) == (8, pytest.approx(9))
    assert park.total_delay == pytest.approx(40)
    assert park.longest_wait_minutes == pytest.approx(20)
    assert park.delayed_customers == pytest.approx(240)


def test_fluid_matches_the_lane_closure_of_a_course_in_traffic_engineering():
    """A solution quoted at coursehero.com (D/D/1, "scenario B"): 66.7 a minute for 5 minutes, then
    50; nobody passes for 12 minutes, 25 a minute for 15, then 80. Printed: 1,058.5 waiting, gone
    after 62.27 minutes, 3,197 vehicles by then.
    """
    minutes = [0, 5, 12, 27, 120]
    road = fluid_queue(
        [m / 60 for m in minutes],
        [66.7 * 60, 50 * 60, 50 * 60, 50 * 60],
        capacity=[0, 0, 25 * 60, 80 * 60],
    )
    assert road.longest_queue == pytest.approx(1058.5)
    assert road.longest_queue_at * 60 == pytest.approx(27)
    assert road.ends * 60 == pytest.approx(62.27, abs=0.02)  # the source rounds before dividing
    assert road.delayed_customers == pytest.approx(3197, abs=1)


def ticking(times, rates, capacities, waiting, steps):
    """The queue at equal steps: what comes is added, what can be served is taken away."""
    width = (times[-1] - times[0]) / steps
    queue, queues = waiting, [waiting]
    for k in range(steps):
        middle = times[0] + (k + 0.5) * width
        i = max(j for j in range(len(rates)) if times[j] <= middle)
        queue = max(0.0, queue + (rates[i] - capacities[i]) * width)
        queues.append(queue)
    return width, queues


pieces = st.lists(
    st.tuples(st.integers(1, 8), st.integers(0, 300), st.integers(1, 200)), min_size=1, max_size=6
)


@settings(max_examples=60)
@given(pieces=pieces, waiting=st.sampled_from([0, 0, 5, 60]))
def test_fluid_matches_a_clock_that_ticks(pieces, waiting):
    times = [9.0]
    for quarters, _, _ in pieces:
        times.append(times[-1] + quarters / 4)
    rates, capacities = [p[1] for p in pieces], [p[2] for p in pieces]
    found = fluid_queue(times, rates, capacity=capacities, waiting=waiting)
    width, queues = ticking(times, rates, capacities, waiting, 400 * round(4 * (times[-1] - 9)))
    for k in range(0, len(queues), 100):
        assert found.queue(9 + k * width) == pytest.approx(queues[k], abs=1)
    after = queues[-1] ** 2 / (2 * capacities[-1])  # served when nobody comes any more
    area = math.fsum((a + b) / 2 * width for a, b in pairwise(queues))
    assert found.total_delay == pytest.approx(area + after, rel=0.01, abs=0.5)


@settings(max_examples=60)
@given(pieces=pieces, waiting=st.sampled_from([0, 5, 60]))
def test_the_area_between_the_curves_is_the_wait_of_all_who_come(pieces, waiting):
    """Counted along the customers instead of along the clock (Little's law)."""
    times = [9.0]
    for quarters, _, _ in pieces:
        times.append(times[-1] + quarters / 4)
    rates, capacities = [p[1] for p in pieces], [p[2] for p in pieces]
    found = fluid_queue(times, rates, capacity=capacities, waiting=waiting)
    parts = []
    for begin, end, rate in zip(times, times[1:], rates, strict=False):
        width = (end - begin) / 300
        waits = [found.wait(begin + (k + 0.5) * width) for k in range(300)]
        assert max(waits) <= found.longest_wait + 1e-9
        parts += [wait * rate * width for wait in waits]
    # Those who wait at first stand at places 0 to so many; a place is served after D reaches it.
    served = found.rows()
    for place in range(waiting):
        i = next(i for i, row in enumerate(served) if row["departed"] >= place + 0.5)
        one, two = served[i - 1], served[i]
        share = (place + 0.5 - one["departed"]) / (two["departed"] - one["departed"])
        parts.append(one["time"] + share * (two["time"] - one["time"]) - 9)
    assert math.fsum(parts) == pytest.approx(found.total_delay, rel=0.01, abs=0.5)


@settings(max_examples=60)
@given(pieces=pieces, waiting=st.integers(0, 50))
def test_fluid_serves_nobody_before_they_come_and_never_faster_than_it_can(pieces, waiting):
    times = [9.0]
    for quarters, _, _ in pieces:
        times.append(times[-1] + quarters / 4)
    rates, capacities = [p[1] for p in pieces], [p[2] for p in pieces]
    found = fluid_queue(times, rates, capacity=capacities, waiting=waiting)
    rows = found.rows()
    assert rows[-1]["queue"] == 0
    came = waiting + math.fsum(
        r * (b - a) for r, a, b in zip(rates, times, times[1:], strict=False)
    )
    assert found.customers == pytest.approx(came)
    for one, two in pairwise(rows):
        assert two["queue"] >= 0
        length = two["time"] - one["time"]
        i = max(j for j in range(len(rates)) if times[j] <= one["time"] + 1e-9)
        assert two["departed"] - one["departed"] <= capacities[i] * length + 1e-6
    assert found.longest_queue == max(row["queue"] for row in rows)
    assert found.wait(found.longest_wait_of - 1e-9) <= found.longest_wait + 1e-6


def test_below_capacity_nobody_waits():
    quiet = fluid_queue([9, 10, 11], [50, 80], capacity=80)
    assert (quiet.begins, quiet.ends, quiet.longest_queue, quiet.longest_wait) == (None, None, 0, 0)
    assert quiet.mean_wait == quiet.total_delay == quiet.delayed_customers == 0
    assert repr(quiet) == "rush: no queue, 130 customers"
    empty = fluid_queue([9, 10], [0], capacity=80)
    assert empty.mean_wait == 0


def test_two_rushes_are_counted_apart():
    day = fluid_queue([9, 10, 12, 13, 15], [150, 20, 150, 20], capacity=100)
    assert day.begins == 9
    assert day.ends == pytest.approx(13.625)
    # 50 wait at 10:00 and go at 80 an hour: twice 150 + 0.625 · 20 customers.
    assert day.delayed_customers == pytest.approx(2 * 162.5)


def test_newells_parabola_matches_a_rush_in_two_thousand_steps():
    """The rate passes the capacity of 900 as 900 + x (1 - (2t/T - 1)²) and goes on falling."""
    excess, hours, steps = 60, 2, 2000
    times = [1.5 * hours * k / steps for k in range(steps + 1)]
    middles = [(a + b) / 2 for a, b in pairwise(times)]
    rates = [900 + excess * (1 - (2 * t / hours - 1) ** 2) for t in middles]
    found = fluid_queue(times, rates, capacity=900)
    rule = parabolic_rush(excess, hours)
    assert found.longest_queue == pytest.approx(rule.longest_queue, rel=1e-4)
    assert found.longest_queue_at == pytest.approx(hours, abs=0.002)
    assert found.total_delay == pytest.approx(rule.total_delay, rel=1e-4)
    assert found.ends == pytest.approx(rule.queue_hours, rel=1e-2)


def test_a_rush_shows_itself():
    rush = fluid_queue([11, 12, 13, 14], [60, 150, 60], capacity=100)
    assert repr(rush) == (
        "rush: queue from 12:00 to 14:06, longest 50 at 13:00, longest wait 30 min, "
        "all together wait 55.5 hours"
    )
    assert '<td style="text-align:left">13:00</td>' in rush._repr_html_()
    assert rush.mean_wait_minutes == pytest.approx(55.5 / 270 * 60, rel=1e-3)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (([9], [], 80, 0), "give at least a beginning and an end"),
        (([9, 9], [50], 80, 0), r"9\.0 after 9\.0: give rising hours"),
        (([9, 10], [50, 60], 80, 0), "2 values for 1 intervals"),
        (([9, 10], [-50], 80, 0), r"arrival_rates\[0\]=-50"),
        (([9, 10], [50], -1, 0), r"capacity\[0\]=-1"),
        (([9, 10], [50], [80, 80], 0), "2 values for 1 intervals"),
        (([9, 10], [50], 0, 0), "the queue never ends"),
        (([9, 10], [50], 80, -1), "waiting=-1"),
        (([9, math.nan], [50], 80, 0), "give at least a beginning"),
    ],
)
def test_fluid_refuses_what_is_no_rush(arguments, message):
    times, rates, capacity, waiting = arguments
    with pytest.raises(ValueError, match=message):
        fluid_queue(times, rates, capacity=capacity, waiting=waiting)
