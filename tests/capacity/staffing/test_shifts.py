"""Shift plans against textbook examples, enumeration and words for what is infeasible."""

import math
import random
from itertools import product

import pytest

from svclab.capacity.staffing.covering import cover
from svclab.capacity.staffing.shifts import InfeasibleError, Shift, every_shift

HOURS = ["9", "10", "11", "12", "13", "14", "15", "16"]


def around(need):
    """Six periods of four hours, shifts of two periods around the clock."""
    labels = [str(4 * k) for k in range(6)]
    return cover(need, every_shift(labels, length=2, cost=1, around_the_clock=True), labels=labels)


def test_bank_tellers_of_render_and_stair_cost_1448():
    # Course CB2505 of City University of Hong Kong, "Employee scheduling application": $100 for
    # a full-timer (half at lunch at 11, half at 12; at most 12), $32 for four hours of a
    # part-timer (at most half the work): 10 full-timers, 14 part-timers, $1448 a day.
    need = [10, 12, 14, 16, 18, 17, 15, 10]
    shifts = [
        Shift("full-time", (1, 1, 0.5, 0.5, 1, 1, 1, 1), cost=100),
        *every_shift(HOURS, length=4, cost=32, kind="part-time", starts=range(5)),
    ]
    limits = {"heads_at_most": {"full-time": 12}, "work_share_at_most": {"part-time": 0.5}}
    plan = cover(need, shifts, labels=HOURS, **limits)
    assert plan.cost == pytest.approx(1448)
    assert plan.heads_of("full-time") == 10
    assert plan.heads_of("part-time") == 14
    assert not any(plan.missing)
    # Whole people with a lunch hour each, chosen freely, can only be cheaper.
    whole = [*every_shift(HOURS, length=8, cost=100, breaks=[2, 3]), *shifts[1:]]
    assert cover(need, whole, labels=HOURS, **limits).cost <= 1448


def test_police_shifts_of_a_published_spreadsheet_take_19_and_one_more_for_each_need():
    # coursehero.com/file/4495168, "Scheduling police officers": 8, 7, 6, 6, 5, 4 take 19, and
    # each further officer needed from midnight to 4 takes one more, up to 27 for 16.
    for extra in range(9):
        assert around([8 + extra, 7, 6, 6, 5, 4]).heads == 19 + extra


def test_taylors_solved_problem_takes_640():
    # Taylor, Introduction to Management Science, chapter 5, solution 15 (flylib.com).
    assert around([90, 215, 250, 65, 300, 125]).heads == 640


def test_the_county_sheriff_example_takes_19():
    # justaaa.com/finance/900704: 8:00 to 4:00, needs 7, 6, 7, 7, 4, 6; 19 officers.
    assert around([7, 6, 7, 7, 4, 6]).heads == 19


def brute(need, shifts, most, missing_cost=None, spare_cost=0.0):
    """The lowest cost over all numbers of people from 0 to ``most`` on each shift."""
    best = math.inf
    for people in product(range(most + 1), repeat=len(shifts)):
        there = [
            math.fsum(s.works[t] * n for s, n in zip(shifts, people, strict=True))
            for t in range(len(need))
        ]
        miss = math.fsum(max(0, d - a) for d, a in zip(need, there, strict=True))
        spare = math.fsum(max(0, a - d) for d, a in zip(need, there, strict=True))
        if miss and missing_cost is None:
            continue
        pay = math.fsum(s.cost * n for s, n in zip(shifts, people, strict=True))
        best = min(best, pay + (missing_cost or 0) * miss + spare_cost * spare)
    return best


@pytest.mark.parametrize("seed", range(12))
def test_cover_is_as_cheap_as_the_best_of_all_plans(seed):
    chance = random.Random(seed)
    need = [chance.randint(0, 4) for _ in range(5)]
    shifts = [
        Shift("a", (1, 1, 1, 0, 0), cost=chance.randint(3, 9)),
        Shift("b", (0, 1, 0, 1, 1), cost=chance.randint(3, 9)),
        Shift("c", (0, 0, 1, 1, 0), cost=chance.randint(2, 6), kind="part-time"),
        Shift("d", (1, 0, 0, 0, 1), cost=chance.randint(2, 6), kind="part-time"),
    ]
    assert cover(need, shifts).cost == pytest.approx(brute(need, shifts, 5))
    priced = cover(need, shifts, missing_cost=2.5, spare_cost=0.75)
    assert priced.cost == pytest.approx(brute(need, shifts, 5, 2.5, 0.75))


def test_limits_are_kept_and_cost_something():
    need = [2, 3, 5, 5, 3, 2, 2, 2]
    shifts = every_shift(HOURS, length=8, cost=100, breaks=[3, 4]) + every_shift(
        HOURS, length=3, cost=30, kind="part-time"
    )
    free = cover(need, shifts)
    few = cover(need, shifts, heads_at_most={"part-time": 2})
    many = cover(need, shifts, heads_at_least={"full-time": 5})
    half = cover(need, shifts, work_share_at_most={"part-time": 0.25})
    assert few.heads_of("part-time") <= 2 < free.heads_of("part-time")
    assert many.heads_of("full-time") >= 5
    assert 3 * half.heads_of("part-time") <= 0.25 * sum(need)
    assert free.cost < min(few.cost, many.cost, half.cost)


def test_what_no_shift_covers_is_named():
    shifts = every_shift(HOURS, length=4, cost=1, starts=[0, 2])
    with pytest.raises(InfeasibleError, match="no shift works at 15 and 16"):
        cover([1] * 8, shifts, labels=HOURS)


def test_limits_that_are_too_tight_are_told_with_the_nearest_plan():
    shifts = every_shift(HOURS, length=4, cost=1)
    with pytest.raises(InfeasibleError, match=r"at most 3 full-time: at best there are") as caught:
        cover([2] * 8, shifts, labels=HOURS, heads_at_most={"full-time": 3})
    nearest = caught.value.nearest
    assert nearest.heads == 3
    assert math.fsum(nearest.missing) == 4
    assert "4 missing" in repr(nearest)
    with pytest.raises(InfeasibleError, match="contradict each other"):
        cover(
            [1] * 8,
            shifts,
            heads_at_most={"full-time": 1},
            heads_at_least={"full-time": 2},
        )


def test_every_shift_lists_starts_and_breaks():
    assert len(every_shift(HOURS, length=6, cost=1)) == 3
    assert len(every_shift(HOURS, length=6, cost=1, breaks=[2, 3, 4])) == 9
    night = every_shift(HOURS, length=3, cost=1, around_the_clock=True)[-1]
    assert night.works == (1, 1, 0, 0, 0, 0, 0, 1)
    assert night.periods == 3
    with pytest.raises(ValueError, match="longer than the day"):
        every_shift(HOURS, length=9, cost=1)
    with pytest.raises(ValueError, match="lies inside the shift"):
        every_shift(HOURS, length=4, cost=1, breaks=[3])
    with pytest.raises(ValueError, match="begins in period 0 to 4"):
        every_shift(HOURS, length=4, cost=1, starts=[5])


def test_the_plan_shows_what_it_is():
    plan = cover(
        [1, 3, 1], [Shift("all day", (1, 1, 1), cost=50), Shift("noon", (0, 1, 0), cost=20)]
    )
    assert plan.cost == 90
    assert plan.at_work == (1, 3, 1)
    assert plan.efficiency == 1
    assert "noon" in repr(plan)
    assert "<table>" in plan._repr_html_()
    spare = cover([1, 3, 1], [Shift("all day", (1, 1, 1), cost=50)])
    assert spare.spare == (2, 0, 2)
    assert spare.efficiency == pytest.approx(5 / 9)


def test_what_is_no_model_is_refused():
    one = Shift("a", (1, 1), cost=1)
    for need, shifts, options, message in [
        ([1, 1, 1], [one], {}, "has 2 periods, the day has 3"),
        ([1, 1], [one, one], {}, "two shifts are called 'a'"),
        ([1, 1], [], {}, "shifts is empty"),
        ([], [one], {}, "need is empty"),
        ([1, 1], [one], {"heads_at_most": {"part-time": 1}}, "which no shift has"),
        ([1, 1], [one], {"labels": ["x"]}, "labels has 1 entries"),
        ([1, -1], [one], {}, r"need\[1\]=-1"),
    ]:
        with pytest.raises(ValueError, match=message):
            cover(need, shifts, **options)
    with pytest.raises(ValueError, match="let it work in a period"):
        Shift("none", (0, 0), cost=1)
