"""The innovation portfolio: the program against every choice, greedy and the plain knapsack."""

from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from svclab.decisions.problems import knapsack_by_table
from svclab.strategy.balance import (
    EXAMPLE_IDEAS,
    ROUTES,
    Idea,
    budget_curve,
    innovation_portfolio,
    portfolio_by_ratio,
)

ideas = st.lists(
    st.tuples(st.sampled_from(ROUTES), st.integers(0, 20), st.integers(0, 9),
              st.sampled_from([0.0, 0.25, 0.5, 1.0])),
    min_size=1, max_size=6,
).map(lambda rows: [Idea(f"idea {k}", *row) for k, row in enumerate(rows)])  # fmt: skip
caps = st.dictionaries(st.sampled_from(ROUTES), st.integers(0, 15))


def by_listing(some, budget, limits):
    """The best of all choices that fit."""
    best = 0.0
    for k in range(len(some) + 1):
        for chosen in combinations(some, k):
            fits = sum(i.cost for i in chosen) <= budget and all(
                sum(i.cost for i in chosen if i.route == route) <= cap
                for route, cap in limits.items()
            )
            if fits:
                best = max(best, sum(i.value * i.chance for i in chosen))
    return best


@settings(max_examples=80)
@given(ideas, st.integers(0, 30), caps)
def test_the_program_is_the_best_of_all_choices_and_keeps_every_cap(some, budget, limits):
    found = innovation_portfolio(some, budget=budget, caps=limits)
    assert found.worth == pytest.approx(by_listing(some, budget, limits))
    assert found.cost <= budget
    for route, cap in limits.items():
        assert found.spent(route) <= cap
    assert sum(row["spent"] for row in found.routes) == found.cost


@settings(max_examples=40)
@given(ideas, st.integers(0, 30))
def test_without_caps_it_is_the_knapsack_and_greedy_is_never_better(some, budget):
    best = innovation_portfolio(some, budget=budget).worth
    items = {i.name: (i.cost, i.worth) for i in some}
    assert best == pytest.approx(knapsack_by_table(items, budget).value)
    greedy = portfolio_by_ratio(some, budget=budget)
    assert greedy.cost <= budget
    assert greedy.worth <= best + 1e-9


def test_more_budget_never_brings_less_and_caps_never_bring_more():
    budgets = list(range(0, 161, 20))
    free = [row["worth"] for row in budget_curve(budgets)]
    capped = [row["worth"] for row in budget_curve(budgets, caps=dict.fromkeys(ROUTES, 25))]
    assert free == sorted(free)
    assert all(b <= a + 1e-9 for a, b in zip(free, capped, strict=True))
    assert free[-1] == pytest.approx(sum(i.worth for i in EXAMPLE_IDEAS))


def test_the_default_ideas_are_a_trap_for_the_quick_thinker():
    best = innovation_portfolio(budget=40)
    quick = portfolio_by_ratio(budget=40)
    assert quick.worth < best.worth
    assert {i.route for i in EXAMPLE_IDEAS} == set(ROUTES)


def test_a_name_with_spaces_and_one_without_value_are_kept():
    some = [
        Idea("a b", "culture", 1, 1),
        Idea("a_b", "culture", 5, 1),
        Idea("宁波", "culture", 0, 0),
    ]
    found = innovation_portfolio(some, budget=1)
    assert "a_b" in found.taken
    assert "a b" not in found.taken
    assert len(found.table) == 3


@pytest.mark.parametrize(
    ("some", "more", "word"),
    [
        ([], {}, "empty"),
        ([Idea("a", "luck", 1, 1)], {}, "route"),
        ([Idea("a", "culture", 1, 1)] * 2, {}, "twice"),
        ([Idea("a", "culture", -1, 1)], {}, "value"),
        ([Idea("a", "culture", 1, 1, 2)], {}, "chance"),
        ([Idea("a", "culture", 1, 1)], {"budget": -1}, "budget"),
        ([Idea("a", "culture", 1, 1)], {"caps": {"luck": 1}}, "routes are"),
        ([Idea("a", "culture", 1, 1)], {"caps": {"culture": -1}}, "cap"),
    ],
)
def test_impossible_portfolios_are_refused(some, more, word):
    with pytest.raises(ValueError, match=word):
        innovation_portfolio(some, **{"budget": 5, **more})


def test_a_wrong_route_and_a_wrong_chance_are_named_with_what_is_allowed():
    for idea, says in (
        (Idea("kiosk", "magic", 9, 4), "route of 'kiosk'='magic': give one of 'customer need'"),
        (Idea("kiosk", "culture", 9, 4, 50), "chance of 'kiosk'=50: give a share from 0 to 1"),
    ):
        with pytest.raises(ValueError, match=says):
            innovation_portfolio([idea], budget=5)
