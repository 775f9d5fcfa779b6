"""The p-median against every choice of sites."""

from itertools import combinations
from random import Random

import hypothesis.strategies as st
import pytest
from hypothesis import given, settings

from svclab.decisions.problems import p_median, p_median_problem


@st.composite
def maps(draw):
    places = [f"p{i}" for i in range(draw(st.integers(1, 5)))]
    sites = [f"s{j}" for j in range(draw(st.integers(1, 5)))]
    distance = {p: {s: draw(st.integers(0, 9)) for s in sites} for p in places}
    demand = {p: draw(st.integers(0, 5)) for p in places}
    return distance, draw(st.integers(1, len(sites))), demand


def best_by_listing(distance, sites, demand):
    names = list(next(iter(distance.values())))
    return min(
        sum(demand[p] * min(row[s] for s in some) for p, row in distance.items())
        for some in combinations(names, sites)
    )


@settings(max_examples=150)
@given(maps())
def test_the_medians_are_the_best_of_all_choices(place):
    distance, sites, demand = place
    found = p_median(distance, sites, demand=demand)
    assert found.total == best_by_listing(distance, sites, demand)
    assert len(found.sites) == sites
    for p, site in found.nearest.items():
        assert found.distance[p] == min(distance[p][s] for s in found.sites)
        assert site in found.sites


def test_sites_that_the_linear_program_would_halve_come_out_whole(by_cbc, certify):
    """Each place is near two of four sites: half of every site would reach all, two do not."""
    sites = "abcd"
    pairs = {x + y: {s: 0 if s in (x, y) else 9 for s in sites} for x, y in combinations(sites, 2)}
    relaxed = p_median_problem(pairs, 2)
    for variable in relaxed.variables():
        variable.cat = "Continuous"
    assert certify(relaxed).objective == 0
    assert p_median(pairs, 2).total == best_by_listing(pairs, 2, dict.fromkeys(pairs, 1)) == 9
    assert by_cbc(p_median_problem(pairs, 2)) == 9


def test_fifty_places_and_fifty_sites_are_solved_and_no_swap_is_better():
    random = Random("p-median 50")
    points = [(random.random() * 100, random.random() * 100) for _ in range(50)]
    distance = {
        f"p{i}": {
            f"s{j}": round(((a - c) ** 2 + (b - d) ** 2) ** 0.5, 1)
            for j, (c, d) in enumerate(points)
        }
        for i, (a, b) in enumerate(points)
    }
    found = p_median(distance, 5)
    for out in found.sites:
        for new in {f"s{j}" for j in range(50)} - set(found.sites):
            sites = {*found.sites, new} - {out}
            swapped = sum(min(row[s] for s in sites) for row in distance.values())
            assert swapped >= found.total - 1e-6


def test_more_sites_never_lengthen_the_way():
    distance = {"P": {"a": 5, "b": 9, "c": 1}, "Q": {"a": 8, "b": 3, "c": 7}}
    totals = [p_median(distance, k).total for k in (1, 2, 3)]
    assert totals == [8, 4, 4]
    assert p_median(distance, 2, demand={"P": 0, "Q": 0}).mean == 0


@pytest.mark.parametrize(
    ("sites", "change", "message"),
    [
        (0, {}, "sites=0: give a whole number, 1 or more"),
        (3, {}, "sites=3: there are only 2 sites"),
        (1, {"Q": {"a": 1}}, r"distance\['Q'\] has no 'b'"),
        (1, {"Q": {"a": 1, "b": -1}}, "zero or more"),
        (1, {"Q": 4}, r"distance\['Q'\]=4: give a dict"),
    ],
)
def test_wrong_tables_are_named(sites, change, message):
    with pytest.raises(ValueError, match=message):
        p_median({"P": {"a": 5, "b": 9}, "Q": {"a": 8, "b": 3}} | change, sites)
