"""A staff plan of one's own against the need, counted by hand."""

import pytest

from svclab.decisions.problems import days_in_a_row, staff_cover, staff_plan

DAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
NEED = dict(zip(DAYS, (8, 6, 7, 7, 9, 10, 5), strict=True))
WEEKS = days_in_a_row(DAYS, 5)


def test_the_best_plan_is_covered_and_costs_what_the_solver_says():
    best = staff_cover(NEED, WEEKS)
    again = staff_plan(NEED, WEEKS, best.people)
    assert again.too_few == []
    assert (again.cost, again.at_work) == (best.cost, best.at_work)


def test_a_plan_by_hand_is_counted_day_by_day():
    """Two people from Monday and three from Saturday, counted on the fingers."""
    found = staff_plan(NEED, WEEKS, {"Mon to Fri": 2, "Sat to Wed": 3})
    assert found.at_work == dict(zip(DAYS, (5, 5, 5, 2, 2, 3, 3), strict=True))
    assert found.too_few == DAYS
    assert "Too few at work" in found.sentence


def test_an_unknown_pattern_is_named():
    with pytest.raises(ValueError, match="Monday"):
        staff_plan(NEED, WEEKS, {"Monday": 2})
