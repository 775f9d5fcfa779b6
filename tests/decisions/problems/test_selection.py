"""Selection against every choice."""

from itertools import combinations

import hypothesis.strategies as st
import pytest
from hypothesis import given, settings

from svclab.decisions.problems import NoPlanError, every_choice, selection, selection_problem

SHOPS = {
    "A": {"profit": 5, "debt": 2},
    "B": {"profit": 4, "debt": 1},
    "C": {"profit": 1, "debt": 0},
}


@st.composite
def markets(draw):
    names = [f"c{k}" for k in range(draw(st.integers(1, 6)))]
    figure = st.integers(-5, 20)
    candidates = {n: {"profit": draw(figure), "a": draw(figure), "b": draw(figure)} for n in names}
    limits = {
        "count": draw(st.one_of(st.none(), st.integers(0, len(names)))),
        "at_least": {"a": draw(st.integers(-5, 30))},
        "at_most": {"b": draw(st.integers(-5, 40))},
    }
    return candidates, limits


def best_by_listing(candidates, limits):
    sizes = range(len(candidates) + 1) if limits["count"] is None else [limits["count"]]
    values = [
        sum(candidates[n]["profit"] for n in some)
        for size in sizes
        for some in combinations(candidates, size)
        if sum(candidates[n]["a"] for n in some) >= limits["at_least"]["a"]
        and sum(candidates[n]["b"] for n in some) <= limits["at_most"]["b"]
    ]
    return max(values) if values else None


@settings(max_examples=250)
@given(markets())
def test_the_choice_is_the_best_of_all_subsets(market):
    candidates, limits = market
    best = best_by_listing(candidates, limits)
    if best is None:
        with pytest.raises(NoPlanError):
            selection(candidates, **limits)
        return
    found = selection(candidates, **limits)
    assert found.value == best
    assert found.fits
    relaxed = selection(candidates, **limits, relaxed=True)
    assert relaxed.value >= best - 1e-7
    if limits["count"] is not None:
        assert len(found.taken) == limits["count"]
        first = every_choice(candidates, **limits)[0]
        assert (first.value, first.fits) == (best, True)


@settings(max_examples=40)
@given(markets())
def test_the_relaxed_choice_is_the_best_corner(best_corner, market):
    candidates, limits = market
    candidates = dict(list(candidates.items())[:4])
    limits["count"] = None
    problem = selection_problem(candidates, **limits, relaxed=True)
    best = best_corner(problem)
    if best is None:
        with pytest.raises(NoPlanError):
            selection(candidates, **limits, relaxed=True)
    else:
        found = selection(candidates, **limits, relaxed=True)
        assert found.value == pytest.approx(best, abs=1e-6)


def test_all_choices_are_listed_the_best_that_fits_first():
    choices = every_choice(SHOPS, count=2, at_most={"debt": 2})
    assert [(c.taken, c.fits, c.value) for c in choices] == [
        (("A", "C"), True, 6),
        (("B", "C"), True, 5),
        (("A", "B"), False, 9),
    ]


def test_a_limit_that_no_choice_can_keep_is_named():
    with pytest.raises(NoPlanError, match=r"at_least of profit is 12, but the most .* is 9"):
        selection(SHOPS, count=2, at_least={"profit": 12})
    with pytest.raises(NoPlanError, match=r"at_most of debt is 0, but the least .* is 1"):
        selection(SHOPS, count=2, at_most={"debt": 0})
    with pytest.raises(NoPlanError, match="all limits at once"):
        selection(SHOPS, count=1, at_least={"profit": 5}, at_most={"debt": 1})


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"goal": "sales"}, "goal='sales' is not one of the figures 'profit' and 'debt'"),
        ({"count": 4}, "count=4: there are only 3 candidates"),
        ({"count": 1.5}, "count=1.5: give a whole number"),
        ({"at_most": {"rent": 3}}, "at_most has 'rent'"),
        ({"candidates": {"A": {"profit": 1}, "B": {}}}, r"candidates\['B'\] has no 'profit'"),
        ({"candidates": {"A": 3}}, "give a dict of figures"),
        ({"candidates": {}}, "candidates is empty"),
    ],
)
def test_wrong_tables_are_named(change, message):
    with pytest.raises(ValueError, match=message):
        selection(**({"candidates": SHOPS} | change))


def test_too_many_choices_to_list_are_refused():
    many = {f"c{k}": {"profit": k} for k in range(30)}
    with pytest.raises(ValueError, match="too many to list"):
        every_choice(many, count=15)
