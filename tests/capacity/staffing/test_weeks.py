"""Days off and weekly tours against published answers, an exact method, and enumeration."""

import math
import random
from itertools import product

import pytest

from svclab.capacity.staffing.covering import cover
from svclab.capacity.staffing.days_off import days_off, days_off_by_hand, patterns, people_bound
from svclab.capacity.staffing.shifts import InfeasibleError, Shift, every_shift
from svclab.capacity.staffing.tours import weekly_tours

POST_OFFICE = [17, 13, 15, 19, 14, 16, 11]


def fewest_by_matching(need):
    """The fewest people with two days off in a row, without a solver.

    With W people, y[d] of them off on days d and d + 1, day d may lack W - need[d] of them. So
    W is enough if the largest Σ y with y[d - 1] + y[d] ≤ W - need[d] around the week reaches W;
    once y[6] is fixed, the days form a path, along which as many as possible is best.
    """
    people = people_bound(need)
    while True:
        room = [people - n for n in need]
        for last in range(min(room[6], room[0]) + 1):
            left, total = room[:], last
            left[0] -= last
            left[6] -= last
            for d in range(6):
                pairs = min(left[d], left[d + 1])
                left[d + 1] -= pairs
                total += pairs
            if total >= people:
                return people
        people += 1


def needs(seed, number):
    chance = random.Random(seed)
    for _ in range(number):
        most = chance.choice([3, 6, 15])
        yield [chance.randint(0, most) for _ in range(6)] + [chance.randint(1, most)]


def test_winstons_post_office_takes_23():
    # The needs are those of the post office problem in Winston, Operations Research; the number
    # of employees is found here by two methods without a solver, too.
    plan = days_off(POST_OFFICE)
    assert plan.heads == fewest_by_matching(POST_OFFICE) == 23
    assert days_off_by_hand(POST_OFFICE).heads == 23
    assert people_bound(POST_OFFICE) == 21
    assert min(plan.spare) >= 0


def test_days_off_in_a_row_match_an_exact_method_without_a_solver():
    for need in needs("row", 60):
        plan = days_off(need)
        assert plan.heads == fewest_by_matching(need)
        assert min(plan.spare) >= 0


def test_free_days_off_reach_bakers_bound():
    for need in needs("free", 40):
        assert days_off(need, consecutive=False).heads == people_bound(need)


def test_the_hand_method_covers_and_is_nearly_always_the_fewest():
    missed = 0
    for need in needs("hand", 2000):
        plan, fewest = days_off_by_hand(need), fewest_by_matching(need)
        assert min(plan.spare) >= 0
        assert fewest <= plan.heads <= fewest + 1
        missed += plan.heads > fewest
    assert 0 < missed < 20


def test_dear_weekends_match_enumeration():
    need, pay = [2, 1, 2, 1, 2, 2, 1], [10, 10, 10, 10, 10, 15, 20]
    ways = patterns()
    best = math.inf
    for people in product(range(3), repeat=7):
        there = [
            sum(n for off, n in zip(ways, people, strict=True) if d not in off) for d in range(7)
        ]
        if all(a >= d for a, d in zip(there, need, strict=True)):
            best = min(best, sum(p * a for p, a in zip(pay, there, strict=True)))
    plan = days_off(need, day_pay=pay)
    assert plan.pay == pytest.approx(best)
    assert "Sat and Sun off" in repr(days_off([1, 1, 1, 1, 1, 0, 0]))
    assert "<table>" in plan._repr_html_()


def test_weeks_of_other_lengths_are_refused():
    with pytest.raises(ValueError, match="need has 5 entries"):
        days_off([1, 2, 3, 4, 5])
    with pytest.raises(ValueError, match="give a whole number from 1 to 6"):
        patterns(7)
    with pytest.raises(ValueError, match="day_pay has 2 entries"):
        days_off(POST_OFFICE, day_pay=[1, 2])


def test_tours_of_one_shift_are_days_off():
    shift = Shift("day", (1,), cost=1)
    week = weekly_tours([[n] for n in POST_OFFICE], [shift])
    assert week.heads == 23
    assert week.cost == 23 * 5
    assert week.labels == ("1",)


def test_tours_of_the_same_day_seven_times_need_seven_fifths_of_the_people():
    # Each day takes the people of the shift plan; the week takes 7/5 as many, rounded up for
    # each shift, if everybody keeps a shift.
    labels = ["8", "9", "10", "11"]
    shifts = [Shift("early", (1, 1, 0, 0), cost=10), Shift("late", (0, 0, 1, 1), cost=10)]
    need = [5, 4, 3, 2]
    day = cover(need, shifts, labels=labels)
    week = weekly_tours([need] * 7, shifts, labels=labels)
    assert day.heads == 8
    assert week.heads == math.ceil(5 * 7 / 5) + math.ceil(3 * 7 / 5)
    loose = weekly_tours([need] * 7, shifts, labels=labels, same_shift=False)
    assert loose.heads == math.ceil(8 * 7 / 5)
    for plan in (week, loose):
        assert not any(gap for row in plan.missing for gap in row)
        # Everybody works five days: the people of the days are five times those of the week.
        assert sum(n for row in plan.by_day for _, n in row) == 5 * plan.heads


@pytest.mark.parametrize("seed", range(6))
def test_tours_are_as_cheap_as_the_best_of_all_weeks(seed):
    chance = random.Random(seed)
    need = [[chance.randint(0, 1), chance.randint(0, 2)] for _ in range(7)]
    shifts = [Shift("both", (1, 1), cost=7), Shift("noon", (0, 1), cost=4, kind="part-time")]
    full, part = patterns(2), patterns(4)
    best = math.inf
    # Every way to give up to four people tours; all six needs are covered by so few.
    ways = [(shifts[0], off) for off in full] + [(shifts[1], off) for off in part]
    for picked in _multisets(len(ways), 4):
        there = [[0, 0] for _ in range(7)]
        cost = 0
        for w in picked:
            shift, off = ways[w]
            for d in range(7):
                if d not in off:
                    cost += shift.cost
                    for t in (0, 1):
                        there[d][t] += shift.works[t]
        if cost < best and all(there[d][t] >= need[d][t] for d in range(7) for t in (0, 1)):
            best = cost
    week = weekly_tours(need, shifts, work_days={"part-time": 3})
    assert week.heads <= 4
    assert week.cost == pytest.approx(best)
    free = weekly_tours(need, shifts, work_days={"part-time": 3}, consecutive=False)
    assert free.cost <= week.cost


def _multisets(kinds, most, first=0):
    yield ()
    if most:
        for k in range(first, kinds):
            for rest in _multisets(kinds, most - 1, k):
                yield (k, *rest)


def test_missing_people_have_a_price_and_limits_are_told_in_words():
    shifts = every_shift(["8", "9", "10"], length=2, cost=10)
    need = [[1, 2, 1]] * 5 + [[0, 0, 0]] * 2
    week = weekly_tours(need, shifts, labels=["8", "9", "10"], missing_cost=1)
    assert week.heads == 0
    assert week.cost == 20
    assert "20 missing" in repr(week)
    with pytest.raises(InfeasibleError, match=r"at most 1 full-time: at best there are .* at Mon"):
        weekly_tours(need, shifts, labels=["8", "9", "10"], heads_at_most={"full-time": 1})
    with pytest.raises(InfeasibleError, match="no shift works at Mon 8"):
        weekly_tours(need, shifts[1:], labels=["8", "9", "10"])


def test_what_is_no_week_is_refused():
    shift = Shift("day", (1,), cost=1)
    with pytest.raises(ValueError, match="need has 5 days"):
        weekly_tours([[1]] * 5, [shift])
    with pytest.raises(ValueError, match="has 1 periods, a day has 2"):
        weekly_tours([[1, 1]] * 7, [shift])
    with pytest.raises(ValueError, match="give a whole number from 1 to 6"):
        weekly_tours([[1]] * 7, [shift], work_days={"full-time": 7})
    with pytest.raises(ValueError, match="which no shift has"):
        weekly_tours([[1]] * 7, [shift], work_days={"part-time": 3})
    week = weekly_tours([[1]] * 7, [shift])
    assert "<table>" in week._repr_html_()
    assert week.efficiency == pytest.approx(7 / (5 * week.heads))
