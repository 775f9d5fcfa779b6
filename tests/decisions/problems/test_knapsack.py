"""The knapsack: program, table and greedy against enumeration and a published instance."""

from itertools import product

import hypothesis.strategies as st
import pytest
from hypothesis import given, settings

from svclab.decisions.problems import (
    NoPlanError,
    knapsack,
    knapsack_by_table,
    knapsack_greedy,
    knapsack_problem,
)

# Kreher and Stinson's small instance, "P01" of J. Burkardt's KNAPSACK_01 data sets.
P01_WEIGHTS = [23, 31, 29, 44, 53, 38, 63, 85, 89, 82]
P01_VALUES = [92, 57, 49, 68, 60, 43, 67, 84, 87, 72]


def best_by_listing(items, limit, copies):
    """Every load that fits."""
    names = list(items)
    most = [copies if copies is not None else int(limit // items[n][0]) for n in names]
    return max(
        sum(k * items[n][1] for k, n in zip(some, names, strict=True))
        for some in product(*(range(m + 1) for m in most))
        if sum(k * items[n][0] for k, n in zip(some, names, strict=True)) <= limit
    )


some_items = st.lists(st.tuples(st.integers(1, 9), st.integers(0, 30)), min_size=1, max_size=4)


@settings(max_examples=200)
@given(some_items, st.integers(0, 14), st.sampled_from([0, 1, 2, None]))
def test_program_and_table_are_the_best_of_all_loads(pairs, limit, copies):
    items = {f"i{k}": pair for k, pair in enumerate(pairs)}
    best = best_by_listing(items, limit, copies)
    for method in (knapsack, knapsack_by_table):
        found = method(items, limit, copies=copies)
        assert found.value == best
        assert found.weight <= limit
        assert all(copies is None or n <= copies for n in found.taken.values())
    greedy = knapsack_greedy(items, limit, copies=copies)
    assert greedy.weight <= limit
    assert greedy.value <= best


@settings(max_examples=50)
@given(some_items, st.integers(0, 14))
def test_greedy_with_any_number_is_at_least_half_of_the_best(pairs, limit):
    """Dantzig (1957): the best single kind, filled up, gives at least half."""
    items = {f"i{k}": pair for k, pair in enumerate(pairs)}
    best = knapsack(items, limit, copies=None).value
    fitting = {n: p for n, p in items.items() if p[0] <= limit}
    if fitting:
        assert 2 * knapsack_greedy(fitting, limit, copies=None).value >= best


def test_program_and_table_match_the_published_instance_p01(by_cbc):
    items = {f"{k}": pair for k, pair in enumerate(zip(P01_WEIGHTS, P01_VALUES, strict=True))}
    assert knapsack(items, 165).value == 309
    best = knapsack_by_table(items, 165)
    assert best.value == 309
    assert [n for n, k in best.taken.items() if k] == ["0", "1", "2", "3", "5"]
    assert by_cbc(knapsack_problem(items, 165)) == 309


def test_weights_with_decimals_are_counted_exactly():
    items = {"a": (0.1, 1), "b": (0.2, 2)}
    for method in (knapsack_by_table, knapsack_greedy):
        assert method(items, 0.3).value == 3
    assert knapsack_by_table(items, 0.29).value == 2


def test_the_last_row_of_the_table_is_the_value_for_every_load():
    items = {"a": (3, 40), "b": (4, 50), "c": (2, 25)}
    stages = knapsack_by_table(items, 9).stages
    assert len(stages) == 3
    for load, value in enumerate(stages[-1]):
        assert value == best_by_listing(items, load, 1)


def test_items_may_be_rows():
    assert knapsack({"a": {"weight": 3, "value": 4}}, 3).value == 4


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (({"a": (3,)}, 5), r"items\['a'\]=\(3,\): give \(weight, value\)"),
        (({"a": (-3, 4)}, 5), "weight of 'a'=-3"),
        (({"a": (3, "4")}, 5), "value of 'a'='4'"),
        (({"a": {"weight": 3}}, 5), "value of 'a'=None"),
        (({}, 5), "items is empty"),
        (([("a", 3, 4)], 5), "give a dict of item"),
        (({"a": (3, 4)}, float("nan")), "limit=nan"),
    ],
)
def test_wrong_items_are_named(arguments, message):
    for method in (knapsack, knapsack_by_table, knapsack_greedy, knapsack_problem):
        with pytest.raises(ValueError, match=message):
            method(*arguments)


def test_wrong_copies_and_tables_too_large_are_named():
    with pytest.raises(ValueError, match=r"copies=1.5: give a whole number"):
        knapsack({"a": (3, 4)}, 5, copies=1.5)
    with pytest.raises(ValueError, match="fewer digits"):
        knapsack_by_table({"a": (1.0000001, 4), "b": (2, 5)}, 5)
    with pytest.raises(NoPlanError, match="'a' weighs nothing"):
        knapsack({"a": (0, 4)}, 5, copies=None)
    assert knapsack_by_table({"a": (0, 4)}, 5, copies=3).value == 12
