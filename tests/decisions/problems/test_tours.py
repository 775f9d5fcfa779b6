"""Tours: both methods against every order and a published distance table."""

from itertools import pairwise, permutations

import hypothesis.strategies as st
import pytest
from hypothesis import given, settings

from svclab.decisions.problems import tour, tour_by_table, tour_problem
from svclab.linear import solve

# "P01" of J. Burkardt's TSP data sets: 15 cities, the shortest tour has length 291.
P01 = """
 0 29 82 46 68 52 72 42 51 55 29 74 23 72 46
29  0 55 46 42 43 43 23 23 31 41 51 11 52 21
82 55  0 68 46 55 23 43 41 29 79 21 64 31 51
46 46 68  0 82 15 72 31 62 42 21 51 51 43 64
68 42 46 82  0 74 23 52 21 46 82 58 46 65 23
52 43 55 15 74  0 61 23 55 31 33 37 51 29 59
72 43 23 72 23 61  0 42 23 31 77 37 51 46 33
42 23 43 31 52 23 42  0 33 15 37 33 33 31 37
51 23 41 62 21 55 23 33  0 29 62 46 29 51 11
55 31 29 42 46 31 31 15 29  0 51 21 41 23 37
29 41 79 21 82 33 77 37 62 51  0 65 42 59 61
74 51 21 51 58 37 37 33 46 21 65  0 61 11 55
23 11 64 51 46 51 51 33 29 41 42 61  0 62 23
72 52 31 43 65 29 46 31 51 23 59 11 62  0 59
46 21 51 64 23 59 33 37 11 37 61 55 23 59  0
"""


def table(rows):
    return {f"c{i}": {f"c{j}": d for j, d in enumerate(row)} for i, row in enumerate(rows)}


def best_by_listing(distance):
    first, *others = distance
    return min(
        sum(distance[a][b] for a, b in pairwise([first, *order, first]) if a != b)
        for order in permutations(others)
    )


@st.composite
def maps(draw, both_ways):
    n = draw(st.integers(1, 6))
    rows = [[draw(st.integers(0, 9)) for _ in range(n)] for _ in range(n)]
    if both_ways:
        rows = [[rows[min(i, j)][max(i, j)] for j in range(n)] for i in range(n)]
    return table(rows)


@settings(max_examples=120)
@given(st.booleans().flatmap(maps))
def test_both_methods_find_the_shortest_of_all_orders(distance):
    best = best_by_listing(distance)
    for method in (tour, tour_by_table):
        found = method(distance)
        assert found.length == best
        assert found.order[0] == "c0"
        assert sorted(found.order) == sorted(distance)
        assert [leg["length"] for leg in found.table] == list(found.legs)


def test_the_published_fifteen_cities_have_length_291():
    distance = table([[int(d) for d in row.split()] for row in P01.strip().splitlines()])
    found = tour(distance)
    assert found.length == 291
    assert [len(circles) for circles in found.rounds][-1] == 1
    small = {a: {b: distance[a][b] for b in list(distance)[:11]} for a in list(distance)[:11]}
    assert tour(small).length == tour_by_table(small).length


def test_circles_appear_and_are_forbidden_one_round_later(by_cbc):
    """Two far apart triangles: the first round has two circles."""
    near, far = [[0, 1, 1], [1, 0, 1], [1, 1, 0]], [[9] * 3] * 3
    rows = [a + b for a, b in zip(near, far, strict=True)]
    rows += [a + b for a, b in zip(far, near, strict=True)]
    distance = table(rows)
    found = tour(distance)
    assert found.rounds[0] == (("c0", "c1", "c2"), ("c3", "c4", "c5"))
    assert len(found.rounds) == 2
    assert found.length == best_by_listing(distance) == 22
    assert solve(tour_problem(distance)).objective == 6
    assert by_cbc(tour_problem(distance, circles=found.rounds[0])) == 22


def test_one_place_and_two_places_are_tours():
    assert tour({"A": {}}).length == tour_by_table({"A": {}}).length == 0
    pair = {"A": {"B": 3}, "B": {"A": 3}}
    assert tour(pair).length == tour_by_table(pair).length == 6
    assert tour(pair).sentence == "A → B → A: 6."


@pytest.mark.parametrize(
    ("distance", "message"),
    [
        ({}, "distance is empty"),
        ({"A": {"B": 1}, "B": {}}, r"distance\['B'\] has no 'A'"),
        ({"A": {"B": 1}}, "which has no row of its own"),
        ({"A": {"B": -1}, "B": {"A": 1}}, "zero or more"),
        ({"A": {"B": "1"}, "B": {"A": 1}}, r"distance\['A'\]\['B'\]='1'"),
        ({"A": 3}, "give a dict of distances"),
    ],
)
def test_wrong_tables_are_named(distance, message):
    for method in (tour, tour_by_table):
        with pytest.raises(ValueError, match=message):
            method(distance)


def test_wrong_circles_and_tables_too_large_are_named():
    pair = {"A": {"B": 3}, "B": {"A": 3}}
    with pytest.raises(ValueError, match="some, not all"):
        tour_problem(pair, circles=[["A", "B"]])
    many = table([[1] * 16 for _ in range(16)])
    with pytest.raises(ValueError, match="the table is for 15"):
        tour_by_table(many)
