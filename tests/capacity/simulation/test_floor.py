"""A floor with routes and rework: by hand, against Ciw, against other engines, against Jackson."""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from typing import Any

import ciw
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from svclab.capacity.simulation.customers import Customers
from svclab.capacity.simulation.experiments import experiment
from svclab.capacity.simulation.floor import Floor, follow, simulate_floor
from svclab.capacity.simulation.output import batch_means
from svclab.capacity.simulation.places import Place, Trip, draw_trips, long_run_of
from svclab.capacity.simulation.recursion import serve
from svclab.capacity.simulation.runs import FloorRun
from svclab.intervals import estimate

# A permit office (numbers invented): one form in five goes back, one case in ten needs a lawyer.
OFFICE = {
    "desk": Place(service_seconds=60, arrivals_per_hour=30, routes={"check": 1.0}),
    "check": Place(
        service_seconds=110,
        servers=2,
        arrivals_per_hour=4,
        routes={"desk": 0.2, "lawyer": 0.1},
    ),
    "lawyer": Place(service_seconds=400, routes={"check": 0.5, "lawyer": 0.1}),
}


def test_a_floor_followed_by_hand() -> None:
    """One desk; A is served 0-10, goes to the check 10-15, back to the desk behind B and C."""
    places = {"desk": Place(service_seconds=1), "check": Place(service_seconds=1)}
    trips = [
        Trip(0.0, (("desk", 10.0), ("check", 5.0), ("desk", 2.0))),
        Trip(1.0, (("desk", 10.0),)),
        Trip(14.0, (("desk", 3.0), ("check", 1.0))),
    ]
    floor = follow(places, trips, hours=0.01)
    found = [(s.customer, s.place, s.arrive, s.start, s.finish, s.visit) for s in floor.stays]
    assert sorted(found) == [
        (0, "check", 10.0, 10.0, 15.0, 2),
        (0, "desk", 0.0, 0.0, 10.0, 1),
        (0, "desk", 15.0, 23.0, 25.0, 3),
        (1, "desk", 1.0, 10.0, 20.0, 1),
        (2, "check", 23.0, 23.0, 24.0, 2),
        (2, "desk", 14.0, 20.0, 23.0, 1),
    ]
    assert floor.waits("desk") == [0.0, 9.0, 6.0, 8.0]
    assert floor.times == [25.0, 19.0, 10.0]
    assert floor.mean_time_waiting == pytest.approx((8 + 9 + 6) / 3)
    assert floor.utilisation("desk") == pytest.approx(25 / 36)
    assert floor.visits_per_hour("check") == pytest.approx(200)
    assert [row["visit"] for row in floor.rows()] == [1, 2, 3, 1, 1, 2]


class _Services(ciw.dists.Distribution):  # type: ignore[misc]
    """Ciw asks at each start of service; each customer has a list of times."""

    def __init__(self, trips: Sequence[Trip]) -> None:
        self.trips = trips

    def sample(self, t: float | None = None, ind: Any = None) -> float:
        ind.visit = getattr(ind, "visit", 0) + 1  # Ciw copies this object for each station
        return self.trips[ind.id_number - 1].steps[ind.visit - 1][1]


def by_ciw(places: dict[str, Place], trips: Sequence[Trip]) -> list[tuple[int, str, float, float]]:
    """(customer, place, arrival, start) of every stay, simulated by Ciw."""
    names = list(places)
    arrivals = []
    for name in names:
        times = [trip.arrive for trip in trips if trip.steps[0][0] == name]
        gaps = [b - a for a, b in zip([0.0, *times], times, strict=False)]
        arrivals.append(ciw.dists.Sequential([*gaps, math.inf]) if gaps else None)

    def route(ind: Any, simulation: Any) -> list[int]:
        return [names.index(place) + 1 for place, _ in trips[ind.id_number - 1].steps[1:]]

    network = ciw.create_network(
        arrival_distributions=arrivals,
        service_distributions=[_Services(trips) for _ in names],
        number_of_servers=[place.servers for place in places.values()],
        routing=ciw.routing.ProcessBased(route),
    )
    simulation = ciw.Simulation(network)
    simulation.simulate_until_max_time(10**9)
    return sorted(
        (r.id_number - 1, names[r.node - 1], r.arrival_date, r.service_start_date)
        for r in simulation.get_all_records()
    )


def test_every_stay_is_that_of_ciw_for_the_same_customers_routes_and_times() -> None:
    trips = draw_trips(OFFICE, hours=20, seed="ciw")
    floor = follow(OFFICE, trips, hours=20)
    ours = sorted((s.customer, s.place, s.arrive, s.start) for s in floor.stays)
    theirs = by_ciw(OFFICE, trips)
    assert len(ours) > 1500
    assert [stay[:2] for stay in ours] == [stay[:2] for stay in theirs]
    for mine, other in zip(ours, theirs, strict=True):
        assert mine[2:] == pytest.approx(other[2:], abs=1e-6)
    assert max(floor.waits("check")) > 60  # a test of empty queues would show nothing


def test_two_stations_in_a_line_give_the_waits_of_the_recursion_applied_twice() -> None:
    line = {
        "one": Place(
            service_seconds=60, servers=2, arrivals_per_hour=90, service=("gamma", 0.5),
            routes={"two": 1.0},
        ),
        "two": Place(service_seconds=35, service=("lognormal", 2.0)),
    }  # fmt: skip
    trips = draw_trips(line, hours=10, seed=3)
    floor = follow(line, trips, hours=10)
    first = serve(Customers([t.arrive for t in trips], [t.steps[0][1] for t in trips]), servers=2)
    out = sorted((finish, n) for n, _, _, finish in first.visits)
    second = serve(
        Customers([time for time, _ in out], [trips[n].steps[1][1] for _, n in out]), servers=1
    )
    waits = {(s.customer, s.place): s.start - s.arrive for s in floor.stays}
    assert [waits[n, "one"] for n in range(len(trips))] == pytest.approx(first.waits, abs=1e-9)
    assert [waits[n, "two"] for _, n in out] == pytest.approx(second.waits, abs=1e-9)


def test_a_jackson_network_with_rework_against_its_product_form() -> None:
    """30 runs of 30 hours after 5, seven figures; false-alarm rate 1e-6 in all.

    With utilisations of 0.56 to 0.7 the opening is forgotten within an hour or two.
    """
    theory = long_run_of(OFFICE)
    run = FloorRun(hours=35, warm_up_hours=5)
    table = experiment(run, {"office": OFFICE}, replications=30, seed="jackson")
    expected = {"mean_seconds_inside": 3600 * theory.mean_time_in_system}
    for name in OFFICE:
        expected[f"mean_wait_seconds_{name}"] = 3600 * theory[name].mean_wait
        expected[f"utilisation_{name}"] = theory[name].utilisation
    assert set(expected) == {*table.columns[3:]}
    for figure, value in expected.items():
        found = estimate(table[figure].tolist(), confidence=1 - 1e-6 / 7)
        assert found.holds(value), (figure, found, value)
        assert found.half_width < 0.7 * value, "an interval that wide would hold anything"


def test_customers_visit_stations_as_often_as_the_traffic_equations_say() -> None:
    """Visits per customer over 3,000 customers; normal bounds, false-alarm rate 1e-6 in all."""
    trips = draw_trips(OFFICE, hours=100, seed="visits")
    theory = long_run_of(OFFICE).visits
    for name in OFFICE:
        visits = [float(sum(place == name for place, _ in trip.steps)) for trip in trips]
        assert estimate(visits, confidence=1 - 1e-6 / 3).holds(theory[name]), name


def test_batch_means_of_one_long_run_hold_the_wait_of_the_formula() -> None:
    """False-alarm rate 1e-6; 20 batches of about 500 visits."""
    one = {"form": Place(service_seconds=60, arrivals_per_hour=30, routes={"form": 0.2})}
    floor = simulate_floor(one, hours=270, seed="batches").after(10)
    found = batch_means(floor.waits("form"), confidence=1 - 1e-6)
    assert found.holds(3600 * long_run_of(one)["form"].mean_wait)
    assert found.half_width < 100


def test_constant_services_halve_the_wait_of_the_formula_for_exponential_ones() -> None:
    """M/D/1 by Pollaczek-Khinchine: half the wait of M/M/1; false-alarm rate 1e-6."""
    fixed = {"desk": Place(service_seconds=60, arrivals_per_hour=42, service="constant")}
    runs = [simulate_floor(fixed, hours=60, seed=f"md1/{r}").after(10) for r in range(12)]
    found = estimate([run.mean_wait("desk") for run in runs], confidence=1 - 1e-6)
    assert found.holds(60 * 0.7 / 0.3 / 2)
    assert not found.holds(60 * 0.7 / 0.3)


def test_the_same_customers_come_whatever_the_servers() -> None:
    more = {**OFFICE, "check": Place(**{**vars(OFFICE["check"]), "servers": 3})}
    assert draw_trips(OFFICE, hours=5, seed=1) == draw_trips(more, hours=5, seed=1)
    assert draw_trips(OFFICE, hours=5, seed=1) != draw_trips(OFFICE, hours=5, seed=2)


def test_another_entrance_leaves_the_customers_of_the_first_as_they_were() -> None:
    closed = {**OFFICE, "check": Place(**{**vars(OFFICE["check"]), "arrivals_per_hour": 0.0})}
    both = [t for t in draw_trips(OFFICE, hours=5, seed=1) if t.steps[0][0] == "desk"]
    assert both == draw_trips(closed, hours=5, seed=1)


def test_a_second_visit_takes_its_own_time() -> None:
    desk = {
        "desk": Place(
            service_seconds=60, again_seconds=20, service="constant", arrivals_per_hour=30,
            routes={"desk": 0.5},
        )
    }  # fmt: skip
    trips = draw_trips(desk, hours=10, seed=1)
    times = [[seconds for _, seconds in trip.steps] for trip in trips]
    assert all(t[0] == 60 and set(t[1:]) <= {20} for t in times)
    assert max(map(len, times)) > 2
    with pytest.raises(ValueError, match="simulate this floor"):
        long_run_of(desk)


trips_of_two = st.lists(
    st.tuples(
        st.integers(0, 60),
        st.lists(
            st.tuples(st.sampled_from(["a", "b"]), st.integers(0, 20)), min_size=1, max_size=4
        ),
    ),
    min_size=1,
    max_size=20,
)


@settings(max_examples=80)
@given(trips_of_two, st.integers(1, 3))
def test_nobody_is_lost_served_twice_or_served_by_a_server_who_is_busy(
    drawn: list[tuple[int, list[tuple[str, int]]]], servers: int
) -> None:
    places = {"a": Place(service_seconds=1, servers=servers), "b": Place(service_seconds=1)}
    trips = [Trip(float(t), tuple((p, float(s)) for p, s in steps)) for t, steps in drawn]
    floor = follow(places, trips, hours=1)
    for number, stays in enumerate(floor._by_customer):
        assert [(s.place, s.finish - s.start) for s in stays] == list(trips[number].steps)
        assert stays[0].arrive == trips[number].arrive
        assert all(s.start >= s.arrive for s in stays)
        assert all(s.finish == t.arrive for s, t in itertools.pairwise(stays))
    for name, place in places.items():
        here = sorted((s for s in floor.stays if s.place == name), key=lambda s: s.start)
        for stay in here:
            busy = sum(s.start <= stay.start < s.finish for s in here)
            assert busy <= place.servers
        # First come, first served.
        assert [s.start for s in sorted(here, key=lambda s: s.arrive)] == sorted(
            s.start for s in here
        )


def test_warm_up_leaves_out_who_came_before_and_keeps_the_rest() -> None:
    floor = simulate_floor(OFFICE, hours=20, seed=1)
    later = floor.after(5)
    assert 0 < later.customers < floor.customers
    assert later.waits("desk") == floor.waits("desk")[-len(later.waits("desk")) :]
    with pytest.raises(ValueError, match="warm_up_hours=20: leave some"):
        floor.after(20)


def test_a_floor_shows_itself_and_knows_its_stations() -> None:
    floor = simulate_floor(OFFICE, hours=20, seed=1)
    assert "customers" in repr(floor)
    assert "lawyer" in repr(floor)
    assert "<td" in floor._repr_html_()
    with pytest.raises(KeyError, match="unknown station 'cellar'; known are 'desk'"):
        floor.mean_wait("cellar")
    empty = Floor({"desk": Place(service_seconds=1)}, (), 1.0)
    assert "nobody came" in repr(empty)


@pytest.mark.parametrize(
    ("places", "message"),
    [
        ({"a": Place(service_seconds=0, arrivals_per_hour=1)}, "service_seconds of station 'a'=0"),
        ({"a": Place(service_seconds=1)}, "nobody comes"),
        (
            {"a": Place(service_seconds=1, arrivals_per_hour=1, routes={"b": 1.0})},
            "unknown station 'b'; known are 'a'",
        ),
        (
            {"a": Place(service_seconds=1, arrivals_per_hour=1, routes={"a": 1.0})},
            "customers at 'a' could never leave",
        ),
        (
            {"a": Place(service_seconds=1, arrivals_per_hour=1, routes={"a": 1.5})},
            "has 1.5: give a probability",
        ),
        (
            {
                "a": Place(service_seconds=1, arrivals_per_hour=1, routes={"b": 0.7, "a": 0.7}),
                "b": Place(service_seconds=1),
            },
            "add up to 1.4",
        ),
        (
            {"a": Place(service_seconds=1, arrivals_per_hour=1, servers=0)},
            "servers of station 'a'=0",
        ),
        (
            {"a": Place(service_seconds=1, arrivals_per_hour=1, service="normal")},
            "service of station 'a'",
        ),
    ],
)
def test_what_is_no_floor_is_refused(places: dict[str, Place], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        simulate_floor(places, hours=1, seed=1)
