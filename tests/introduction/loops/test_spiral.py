"""The spiral: four links against their product, resting levels and basins against simulation."""

from dataclasses import replace
from itertools import pairwise

import hypothesis.strategies as st
import pytest
from hypothesis import assume, given, settings

from svclab.introduction.loops import Spiral, spiral, spiral_push, spiral_rests

GAINS = st.floats(0.3, 2.5)


@st.composite
def spirals(draw, push=None):
    return Spiral(
        draw(GAINS),
        draw(GAINS),
        draw(GAINS),
        draw(GAINS),
        draw(st.floats(0.1, 3)),
        draw(st.floats(-0.3, 0.3)) if push is None else push,
    )


@given(spirals(), st.floats(-1, 1))
def test_four_links_in_turn_are_the_one_link_of_the_docstring(model, start):
    run = spiral(model, start=start, rounds=1)
    assert run.service[1] == pytest.approx(model.after(start), rel=1e-9, abs=1e-12)


@given(spirals())
def test_service_stays_at_every_resting_level(model):
    points = spiral_rests(model).points
    assert 1 <= len(points) <= 3
    for one in points:
        assert model.after(one.service) == pytest.approx(one.service, rel=1e-7, abs=1e-9)


@given(spirals())
def test_all_resting_levels_are_found_by_a_scan_for_changes_of_sign(model):
    far = 1.0 + abs(model.push) + model.gain / model.curb
    grid = [-far + 2 * far * n / 4001 for n in range(4002)]
    signs = [model.after(x) > x for x in grid]
    changes = sum(a != b for a, b in pairwise(signs))
    assert signs[0]
    assert not signs[-1]
    points = spiral_rests(model).points
    close = any(b.service - a.service < 4 * far / 4001 for a, b in pairwise(points))
    assert close or len(points) == changes


@given(spirals(), st.floats(-1, 1))
@settings(max_examples=60)
def test_a_long_run_ends_where_its_basin_says(model, start):
    rests = spiral_rests(model)
    assume(all(abs(start - wall) > 1e-3 for wall in rests.tipping))
    [home] = [one for one in rests.points if one.low < start < one.high]
    slope = model.gain / (1 + model.curb * abs(home.service)) ** 2
    assume(slope < 0.97)
    run = spiral(model, start=start, rounds=1000)
    assert run.service[-1] == pytest.approx(home.service, abs=1e-5)


@pytest.mark.parametrize("start", [-0.5, -0.01, 0.01, 0.5])
def test_the_tipping_gain_is_one(start):
    """With a gain a little below 1 every shock heals; a little above, a small one grows."""
    below = Spiral(1, 2, 0.45, 1)
    above = Spiral(1, 2, 0.55, 1)
    assert abs(spiral(below, start=start, rounds=1000).service[-1]) < 1e-9
    rest = (above.gain - 1) / above.curb
    end = spiral(above, start=start, rounds=1000).service[-1]
    assert end == pytest.approx(rest if start > 0 else -rest)


def test_at_the_tipping_gain_itself_a_shock_still_heals_but_ever_more_slowly():
    model = Spiral(1, 2, 0.5, 1)
    [point] = spiral_rests(model).points
    assert (point.service, point.kind) == (0.0, "attracts")
    run = spiral(model, start=-0.2, rounds=1000)
    assert -0.01 < run.service[-1] < 0
    assert run.direction == "up"


@given(spirals(push=0.0))
def test_without_a_push_up_and_down_are_mirror_images(model):
    levels = [one.service for one in spiral_rests(model).points]
    assert levels == pytest.approx([-x for x in reversed(levels)])
    ends = spiral(model, start=0.2), spiral(model, start=-0.2)
    assert ends[0].service == pytest.approx([-x for x in ends[1].service])


@pytest.mark.parametrize("sharing", [0.6, 0.8, 1.5])
def test_the_push_that_lifts_out_is_where_the_lower_state_ends(sharing):
    """Against halving: the smallest push with which a run from far below ends above normal."""
    model = Spiral(sharing=sharing)
    low, high = 0.0, 1.0
    for _ in range(30):
        middle = (low + high) / 2
        run = spiral(replace(model, push=middle), start=-1, rounds=1000)
        low, high = (low, middle) if run.service[-1] > 0 else (middle, high)
    assert spiral_push(model) == pytest.approx(high, rel=2e-3)
    assert len(spiral_rests(replace(model, push=0.999 * spiral_push(model))).points) == 3
    assert len(spiral_rests(replace(model, push=1.001 * spiral_push(model))).points) == 1


def test_at_that_push_the_lower_state_holds_from_below_only():
    model = Spiral()
    caught = spiral_rests(replace(model, push=spiral_push(model)))
    assert [one.kind for one in caught.points] == ["holds from below", "attracts"]
    assert caught.points[0].high == caught.points[1].low
    fallen = spiral_rests(replace(model, push=-spiral_push(model)))
    assert [one.kind for one in fallen.points] == ["attracts", "holds from above"]


def test_where_one_link_has_no_gain_there_is_no_spiral():
    model = Spiral(care=0)
    assert [one.service for one in spiral_rests(model).points] == [0]
    assert spiral_push(model) == 0
    assert spiral(model, start=-0.4, rounds=1).service[1] == 0


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"leverage": -1}, "leverage=-1: give a number from 0 to 10"),
        ({"saturation": 0}, "saturation=0"),
        ({"push": 2}, "push=2"),
    ],
)
def test_a_wrong_spiral_is_told(values, message):
    with pytest.raises(ValueError, match=message):
        Spiral(**values)
    with pytest.raises(ValueError, match="start=-2"):
        spiral(Spiral(), start=-2)
