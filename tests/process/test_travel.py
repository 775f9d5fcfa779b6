"""Layouts: exchange never worse than the start, enumeration never worse than exchange."""

import math
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from svclab.process.travel import best_layout, distances, from_to, improve, travel_distance

ROW = distances({str(i): (i, 0) for i in range(5)})


def random_floor(
    seed: int, stations: int, spots: int
) -> tuple[dict[tuple[str, str], float], dict[tuple[str, str], float], dict[str, str]]:
    draw = random.Random(seed)
    names = [f"station {i}" for i in range(stations)]
    trips = {(a, b): float(draw.randint(0, 20)) for a in names for b in names if a != b}
    places = {str(i): (draw.randint(0, 9), draw.randint(0, 9)) for i in range(spots)}
    layout = dict(zip(names, draw.sample(list(places), stations), strict=True))
    return trips, distances(places), layout


def test_total_distance_by_hand() -> None:
    trips = {("a", "b"): 10, ("b", "a"): 2, ("b", "c"): 3}
    assert travel_distance(trips, ROW, {"a": "0", "b": "3", "c": "4"}) == 12 * 3 + 3 * 1


def test_a_one_way_table_is_read_in_the_direction_of_the_trip() -> None:
    table = {("x", "y"): 5, ("y", "x"): 9}
    assert travel_distance({("a", "b"): 1}, table, {"a": "x", "b": "y"}) == 5
    assert travel_distance({("a", "b"): 1}, table, {"a": "y", "b": "x"}) == 9


def test_straight_and_aisle_distances() -> None:
    spots = {"a": (0, 0), "b": (3, 4)}
    assert distances(spots)["b", "a"] == 7
    assert distances(spots, straight=True)["b", "a"] == 5


def test_from_to_adds_routes_and_counts_no_trip_for_staying() -> None:
    chart = from_to([(["a", "a", "b"], 2), (["a", "b", "a", "b"], 3)])
    assert chart == {("a", "b"): 8, ("b", "a"): 3}


@settings(max_examples=30)
@given(st.integers(0, 10_000), st.integers(2, 5), st.integers(0, 1))
def test_exact_is_at_most_exchange_and_exchange_at_most_the_start(
    seed: int, stations: int, empty: int
) -> None:
    trips, table, layout = random_floor(seed, stations, stations + empty)
    better = improve(trips, table, layout)
    best = best_layout(trips, table, layout)
    start = travel_distance(trips, table, layout)
    assert best.distance <= better.distance + 1e-9
    assert better.distance <= start
    assert better.start_distance == best.start_distance == start
    for found in (better, best):
        assert found.distance == travel_distance(trips, table, found.layout)
        assert len(set(found.layout.values())) == stations
        assert 0 <= found.saved_share <= 1


@settings(max_examples=20)
@given(st.integers(0, 10_000))
def test_after_improve_no_single_exchange_helps(seed: int) -> None:
    trips, table, layout = random_floor(seed, 6, 6)
    found = improve(trips, table, layout)
    names = list(found.layout)
    for i, a in enumerate(names):
        for b in names[i + 1 :]:
            other = {**found.layout, a: found.layout[b], b: found.layout[a]}
            assert travel_distance(trips, table, other) >= found.distance - 1e-6
    assert improve(trips, table, found.layout).exchanges == ()


def test_a_line_of_stations_is_best_in_its_own_order() -> None:
    trips = {("a", "b"): 1, ("b", "c"): 1, ("c", "d"): 1, ("d", "e"): 1}
    layout = dict(zip("abcde", "30142", strict=True))
    assert best_layout(trips, ROW, layout).distance == 4


def test_a_station_moves_to_an_empty_spot() -> None:
    found = improve({("a", "b"): 2}, ROW, {"a": "0", "b": "4"})
    assert found.distance == 2
    assert found.saved_share == 0.75


def test_fixed_stations_stay() -> None:
    trips, table, layout = random_floor(7, 5, 5)
    for find in (improve, best_layout):
        found = find(trips, table, layout, fixed=["station 0", "station 3"])
        assert found.layout["station 0"] == layout["station 0"]
        assert found.layout["station 3"] == layout["station 3"]


def test_no_trips_is_no_distance_and_nothing_to_save() -> None:
    found = improve({}, ROW, {"a": "0"})
    assert (found.distance, found.exchanges, found.saved_share) == (0, (), 0)


@pytest.mark.parametrize(
    ("trips", "table", "layout", "words"),
    [
        ({("a", "z"): 1}, ROW, {"a": "0"}, "'z' has trips but no spot"),
        ({("a", "b"): -1}, ROW, {"a": "0", "b": "1"}, "trips 'a' to 'b'=-1"),
        ({}, ROW, {"a": "0", "b": "0"}, "spot '0' holds"),
        ({}, {("x", "y"): -2}, {"a": "x"}, "=-2"),
        ({}, {("x", "y"): 2}, {"a": "x", "b": "z"}, "no distance between spots 'x' and 'z'"),
    ],
)
def test_bad_floors_are_refused(trips: dict, table: dict, layout: dict, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        travel_distance(trips, table, layout)


def test_other_bad_input_is_refused() -> None:
    with pytest.raises(ValueError, match="fixed station 'z' is unknown"):
        improve({}, ROW, {"a": "0"}, fixed=["z"])
    with pytest.raises(ValueError, match="one text"):
        improve({}, ROW, {"a": "0"}, fixed="a")
    with pytest.raises(ValueError, match="one text"):
        from_to([("abc", 1)])
    with pytest.raises(ValueError, match="trips=-1"):
        from_to([(["a", "b"], -1)])
    with pytest.raises(ValueError, match="spot 'a' is at"):
        distances({"a": (0, math.inf)})
    trips, table, layout = random_floor(1, 9, 9)
    with pytest.raises(ValueError, match="9 spots are too many"):
        best_layout(trips, table, layout)
    assert best_layout(trips, table, layout, fixed=list(layout)[:5]).tried <= 25
