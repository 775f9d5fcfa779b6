"""Cost against service, and capability gaps, against formulas and cuts counted by hand."""

import math
import random
from itertools import combinations, pairwise

import pytest

from svclab.capacity import erlang_a, mmc
from svclab.capacity.staffing.capability import Person, capability_gap
from svclab.capacity.staffing.demand import Day
from svclab.capacity.staffing.frontier import day_frontier, hour_frontier
from svclab.capacity.staffing.servers import fewest_servers
from svclab.capacity.staffing.shifts import Shift
from svclab.capacity.staffing.targets import served_within


def test_points_of_an_hour_are_the_queues_themselves():
    found = hour_frontier(54, 20, wage=60, waiting_cost=90, minutes=5)
    assert [p.servers for p in found.points] == list(range(3, 13))
    for point in found.points:
        queue = mmc(54, 20, servers=point.servers)
        assert point.service_level == queue.service_level(minutes=5).of_all_offered
        assert point.cost == pytest.approx(60 * point.servers + 90 * queue.mean_queue_length)
    gains = [b.service_level - a.service_level for a, b in pairwise(found.points)]
    assert gains == sorted(gains, reverse=True)


def test_the_cheapest_point_balances_wages_and_waiting():
    found = hour_frontier(54, 20, wage=60, waiting_cost=90, points=20)
    costs = [60 * c + 90 * mmc(54, 20, servers=c).mean_queue_length for c in range(3, 23)]
    assert found.cheapest.servers == 3 + costs.index(min(costs))
    assert hour_frontier(54, 20, wage=60, waiting_cost=1e6).cheapest.servers > (
        hour_frontier(54, 20, wage=60).cheapest.servers
    )


def test_the_point_for_a_level_is_the_fewest_servers():
    found = hour_frontier(200, 20, wage=25, seconds=20)
    want = fewest_servers(200, 20, target=served_within(0.8, seconds=20)).servers
    assert found.for_level(0.8).servers == want
    with pytest.raises(ValueError, match="make the frontier longer"):
        hour_frontier(200, 20, wage=25, seconds=20, points=2).for_level(0.9)
    assert "<table>" in found._repr_html_()


def test_with_impatient_customers_the_frontier_begins_with_one_server():
    found = hour_frontier(54, 20, wage=60, minutes=5, model=erlang_a, mean_patience=0.1, points=4)
    assert [p.servers for p in found.points] == [1, 2, 3, 4]


def test_a_better_promise_for_a_day_costs_more_and_is_worth_more():
    day = Day([20, 60, 40], service_minutes=6, opens=9)
    found = day_frontier(day, wage=50, minutes=2, shares=[0.5, 0.8, 0.95], days=60, seed=3)
    costs = [p.cost for p in found.points]
    assert costs == sorted(costs)
    assert costs == [50 * p.server_hours for p in found.points]
    levels = [p.overall.mean for p in found.points]
    assert levels == sorted(levels)
    assert all(p.worst.mean <= p.overall.mean for p in found.points)
    assert "±" in repr(found)
    assert "<table>" in found._repr_html_()
    with pytest.raises(ValueError, match="shares is empty"):
        day_frontier(day, wage=50, shares=[])
    with pytest.raises(ValueError, match="either wage or shifts"):
        day_frontier(day)


def test_a_frontier_of_shifts_costs_what_the_shifts_cost_and_uses_everybody():
    day = Day([20, 60, 40], service_minutes=6, opens=9)
    long = [Shift("all day", (1, 1, 1), cost=150)]
    options = {"minutes": 2, "shares": [0.8, 0.95], "days": 30}
    whole, free = day_frontier(day, shifts=long, **options), day_frontier(day, wage=50, **options)
    for shifts, hours in zip(whole.points, free.points, strict=True):
        target = served_within(shifts.promised, minutes=2)
        peak = fewest_servers(60, 10, target=target).servers
        assert shifts.cost == 150 * peak
        assert shifts.cost > hours.cost
        assert shifts.overall.mean > hours.overall.mean


def smallest_gap(needed, people):
    """By the cut: of every set of skills, its need less the hours of all who have one of them."""
    skills = list(needed)
    return max(
        math.fsum(needed[s] for s in some)
        - math.fsum(p.hours for p in people if set(p.skills) & set(some))
        for size in range(len(skills) + 1)
        for some in combinations(skills, size)
    )


@pytest.mark.parametrize("seed", range(15))
def test_the_gap_is_the_largest_cut(seed):
    chance = random.Random(seed)
    skills = ["a", "b", "c", "d"]
    needed = {s: chance.randint(0, 90) for s in skills}
    people = [
        Person(f"p{k}", chance.choice([20, 38, 40]), chance.sample(skills, chance.randint(0, 3)))
        for k in range(6)
    ]
    found = capability_gap(needed, people)
    assert found.gap == pytest.approx(max(0.0, smallest_gap(needed, people)), abs=1e-6)
    for person in people:
        given = found.given[person.name]
        assert set(given) <= set(person.skills)
        assert math.fsum(given.values()) <= person.hours + 1e-6
        left = person.hours - math.fsum(given.values())
        assert found.left[person.name] == pytest.approx(left, abs=1e-6)
    assert all(row.given <= row.needed + 1e-6 for row in found.skills)


def test_two_skills_are_one_pair_of_hands():
    found = capability_gap({"a": 40, "b": 40}, [Person("An", 40, ["a", "b"])])
    first, second = found.skills
    assert (first.skilled, second.skilled) == (40, 40)
    assert found.gap == 40
    # The skill named first is covered first.
    assert (first.given, second.given) == (40, 0)
    assert "Missing: b (40 h). 40 h need more people" in found.advice


def test_shrinkage_takes_its_share_of_everybodys_hours():
    found = capability_gap({"a": 40}, [Person("An", 40, ["a"])], shrinkage=0.25)
    assert found.skills[0].specialists == 30
    assert found.gap == pytest.approx(10)


def test_enough_is_said_and_bad_input_refused():
    found = capability_gap({"a": 10}, [Person("An", 40, ["a"])])
    assert found.advice == "Every skill is covered."
    assert "<table>" in found._repr_html_()
    assert capability_gap({"a": 10}, []).gap == 10
    with pytest.raises(ValueError, match="needed is empty"):
        capability_gap({}, [])
    with pytest.raises(ValueError, match="same name"):
        capability_gap({"a": 1}, [Person("An", 1, ["a"]), Person("An", 1, ["a"])])
    with pytest.raises(ValueError, match="'An': hours=-1"):
        Person("An", -1, ["a"])
