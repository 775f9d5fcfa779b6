"""Workforce and set covering against listing, Winston's post office and fire stations."""

from itertools import combinations

import hypothesis.strategies as st
import pytest
from hypothesis import given, settings

from svclab.decisions.problems import (
    NoPlanError,
    days_in_a_row,
    set_cover,
    set_cover_problem,
    staff_cover,
    staff_cover_problem,
    within,
)

WEEK = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
# Winston (2004), Operations Research, 4th ed., chapter 3, table 4: the post office.
POST_OFFICE = dict(zip(WEEK, (17, 13, 15, 19, 14, 16, 11), strict=True))
# Winston (2004), chapter 9: minutes between the six cities of Kilroy County.
KILROY = [
    [0, 10, 20, 30, 30, 20],
    [10, 0, 25, 35, 20, 10],
    [20, 25, 0, 15, 30, 20],
    [30, 35, 15, 0, 15, 25],
    [30, 20, 30, 15, 0, 14],
    [20, 10, 20, 25, 14, 0],
]


def test_winstons_post_office_against_its_dual_and_cbc(certify, by_cbc):
    patterns = days_in_a_row(WEEK, 5)
    linear = certify(staff_cover_problem(POST_OFFICE, patterns, relaxed=True))
    found = staff_cover(POST_OFFICE, patterns)
    assert linear.objective <= found.cost < linear.objective + 1
    assert all(found.at_work[day] >= n for day, n in POST_OFFICE.items())
    assert by_cbc(staff_cover_problem(POST_OFFICE, patterns)) == found.cost


@settings(max_examples=100)
@given(st.lists(st.integers(0, 3), min_size=3, max_size=4), st.integers(1, 3), st.booleans())
def test_the_fewest_people_are_the_best_whole_point(best_whole_point, need, length, dear):
    days = WEEK[: len(need)]
    needs = dict(zip(days, need, strict=True))
    patterns = days_in_a_row(days, length)
    cost = {name: 1 + k * dear for k, name in enumerate(patterns)}
    found = staff_cover(needs, patterns, cost=cost)
    assert found.cost == best_whole_point(staff_cover_problem(needs, patterns, cost=cost), 3)


def test_patterns_run_on_after_the_last_day():
    assert days_in_a_row(WEEK, 5)["Thu to Mon"] == ["Thu", "Fri", "Sat", "Sun", "Mon"]
    assert list(days_in_a_row(["am", "pm"], 1)) == ["am", "pm"]
    with pytest.raises(ValueError, match="length=3: there are only 2 days"):
        days_in_a_row(["am", "pm"], 3)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (({"am": 2}, {"early": ["dawn"]}), "works in 'dawn', which is not in need"),
        (({"am": 2, "pm": 1}, {"early": ["am"]}), "nobody can work in 'pm'"),
        (({"am": -2}, {"early": ["am"]}), r"need\['am'\]=-2"),
        (({"am": 2}, {}), "patterns is empty"),
        (({"am": 2}, {"early": "am"}), "give a dict or a list"),
    ],
)
def test_wrong_staff_tables_are_named(arguments, message):
    with pytest.raises(ValueError, match=message):
        staff_cover(*arguments)


def test_winstons_fire_stations_are_two():
    names = [f"city {k}" for k in range(1, 7)]
    minutes = {a: dict(zip(names, row, strict=True)) for a, row in zip(names, KILROY, strict=True)}
    found = set_cover(within(minutes, 15))
    assert found.sites == ("city 2", "city 4")  # the only pair, as the listing below shows
    reach = within(minutes, 15)
    pairs = [p for p in combinations(names, 2) if set(reach[p[0]]) | set(reach[p[1]]) == set(names)]
    assert pairs == [("city 2", "city 4")]
    assert all(set(reach[one]) != set(names) for one in names)


@settings(max_examples=150)
@given(
    st.lists(st.sets(st.sampled_from("PQRST"), max_size=4), min_size=1, max_size=6),
    st.lists(st.integers(0, 5), min_size=6, max_size=6),
)
def test_the_cheapest_cover_is_the_best_of_all_sets(sets, costs):
    reach = {f"s{k}": sorted(some) for k, some in enumerate(sets)}
    every = set().union(*sets)
    if not every:
        with pytest.raises(ValueError, match="places is empty"):
            set_cover(reach)
        return
    cost = dict(zip(reach, costs, strict=False))
    found = set_cover(reach, cost=cost)
    best = min(
        sum(cost[s] for s in some)
        for size in range(len(reach) + 1)
        for some in combinations(reach, size)
        if set().union(*(reach[s] for s in some)) == every
    )
    assert found.cost == best
    assert all(found.reached_by[place] for place in every)


def test_a_place_that_nobody_reaches_is_named():
    with pytest.raises(NoPlanError, match="no site reaches 'R'"):
        set_cover({"a": ["P"]}, places=["P", "R"])


def test_cbc_agrees_on_a_set_cover(by_cbc):
    reach = {"a": ["P", "Q"], "b": ["Q", "R"], "c": ["R", "P"]}
    assert by_cbc(set_cover_problem(reach)) == set_cover(reach).cost == 2
