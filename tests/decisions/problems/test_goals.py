"""Goal programming against corners and whole points; Hillier and Lieberman's Dewright company."""

import hypothesis.strategies as st
import pytest
from hypothesis import given, settings

from svclab.decisions.problems import (
    Goal,
    NoPlanError,
    goal_problem,
    preemptive_goals,
    weighted_goals,
)

# Hillier and Lieberman, Introduction to Operations Research, goal programming: profit of three
# products at least 125, employment 40, investment at most 55.
DEWRIGHT = [
    Goal("profit", {"x1": 12, "x2": 9, "x3": 15}, ">=", 125, under=5),
    Goal("employment", {"x1": 5, "x2": 3, "x3": 4}, "=", 40, under=4, over=2),
    Goal("investment", {"x1": 5, "x2": 7, "x3": 8}, "<=", 55, over=3),
]


def test_dewright_is_the_best_corner_and_certified(best_corner, certify, by_cbc):
    found = weighted_goals(DEWRIGHT)
    problem = goal_problem(DEWRIGHT)
    assert found.penalty() == pytest.approx(certify(problem).objective)
    assert found.penalty() == pytest.approx(best_corner(problem))
    assert found.penalty() == pytest.approx(by_cbc(problem))
    assert found.amounts == pytest.approx({"x1": 25 / 3, "x2": 0, "x3": 5 / 3})
    assert found.penalty() == pytest.approx(50 / 3)


def penalty(goals, point):
    parts = []
    for goal in goals:
        gap = sum(f * point[v] for v, f in goal.amounts.items()) - goal.value
        under, over = goal.penalties
        parts.append(under * max(-gap, 0) + over * max(gap, 0))
    return parts


@st.composite
def wishes(draw):
    factor = st.integers(-3, 5)
    goals = []
    for k in range(draw(st.integers(1, 3))):
        sign = draw(st.sampled_from(["<=", ">=", "="]))
        goals.append(
            Goal(
                f"g{k}",
                {"x": draw(factor), "y": draw(factor)},
                sign,
                draw(st.integers(-5, 12)),
                under=draw(st.integers(0, 4)) if sign != "<=" else None,
                over=draw(st.integers(0, 4)) if sign != ">=" else None,
                priority=draw(st.integers(1, 3)),
            )
        )
    return goals, {"room": ({"x": 1, "y": 1}, "<=", 6)}


@settings(max_examples=120)
@given(wishes())
def test_whole_weighted_goals_are_the_best_of_all_points(wish):
    goals, limits = wish
    points = [{"x": x, "y": y} for x in range(7) for y in range(7 - x)]
    best = min(sum(penalty(goals, p)) for p in points)
    found = weighted_goals(goals, limits=limits, whole=True)
    assert found.penalty() == pytest.approx(best)
    assert sum(penalty(goals, found.amounts)) == pytest.approx(best)


@settings(max_examples=120)
@given(wishes())
def test_whole_preemptive_goals_are_the_first_in_the_order_of_priorities(wish):
    goals, limits = wish
    ranks = sorted({g.priority for g in goals})
    points = [{"x": x, "y": y} for x in range(7) for y in range(7 - x)]

    def by_rank(point):
        parts = penalty(goals, point)
        return [sum(p for p, g in zip(parts, goals, strict=True) if g.priority == r) for r in ranks]

    best = min(by_rank(p) for p in points)
    found = preemptive_goals(goals, limits=limits, whole=True)
    assert [found.penalty(r) for r in ranks] == pytest.approx(best)


def test_priorities_decide_where_weights_would_not():
    goals = [
        Goal("budget", {"tv": 100, "web": 60}, "<=", 600, priority=1),
        Goal("reach", {"tv": 7, "web": 3}, ">=", 70, under=1000, priority=2),
    ]
    assert preemptive_goals(goals).missed == pytest.approx({"budget": 0, "reach": 28})
    assert weighted_goals(goals).missed == pytest.approx({"budget": 400, "reach": 0})


def test_limits_are_kept_or_refused():
    goal = [Goal("more", {"x": 1}, ">=", 10)]
    found = weighted_goals(goal, limits={"a": ({"x": 1}, "=", 4), "b": ({"x": 1}, ">=", 1)})
    assert found.amounts == {"x": 4}
    with pytest.raises(NoPlanError, match="limits contradict each other"):
        weighted_goals(goal, limits={"a": ({"x": 1}, "<=", 4), "b": ({"x": 1}, ">=", 5)})


def test_all_goals_met_is_said():
    assert weighted_goals([Goal("g", {"x": 2}, "=", 6)]).sentence == "x = 3: all goals are met."


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"sign": "<"}, "sign='<' of goal 'g'"),
        ({"value": "3"}, "value of goal 'g'='3'"),
        ({"over": 2}, "more than the value is no fault"),
        ({"sign": "<=", "under": 2}, "less than the value is no fault"),
        ({"under": -2}, "under of goal 'g'=-2"),
        ({"priority": 0}, "priority of goal 'g'=0"),
        ({"amounts": {}}, "amounts of goal 'g' is empty"),
    ],
)
def test_wrong_goals_are_named(arguments, message):
    with pytest.raises(ValueError, match=message):
        Goal(**({"name": "g", "amounts": {"x": 1}, "sign": ">=", "value": 3} | arguments))


def test_wrong_lists_are_named():
    goal = Goal("g", {"x": 1}, ">=", 3)
    with pytest.raises(ValueError, match="'g' comes twice"):
        weighted_goals([goal, goal])
    with pytest.raises(ValueError, match=r"limits\['a'\]=.* give \(factors"):
        weighted_goals([goal], limits={"a": ({"x": 1}, 4)})
    with pytest.raises(ValueError, match="goals is empty"):
        weighted_goals([])
