"""The explorable of sites: every plan against trying all crossings."""

from __future__ import annotations

from itertools import combinations, pairwise
from typing import Any

import pytest

from svclab.decisions.explorables.branches import sites
from svclab.decisions.explorables.town import (
    CROSSINGS,
    DISTRICTS,
    KNOWN_BEST,
    PEOPLE,
    Place,
    closest,
    nearest,
    reached,
    way,
)

PLACES = list(CROSSINGS.values())
WAYS = {
    place: [(people, way(home, place)) for home, people in DISTRICTS.values()] for place in PLACES
}


def shown(**given: Any) -> dict[str, Any]:
    return sites(**given).to_data()


def figure(view: dict[str, Any], key: str) -> Any:
    return next(f["value"] for f in view["figures"] if f["key"] == key)


def mean(branches: tuple[Place, ...]) -> float:
    rows = zip(*(WAYS[b] for b in branches), strict=True)
    return sum(row[0][0] * min(km for _, km in row) for row in rows) / sum(PEOPLE.values())


def longest(branches: tuple[Place, ...]) -> int:
    return max(min(km for _, km in row) for row in zip(*(WAYS[b] for b in branches), strict=True))


@pytest.mark.parametrize("number", [1, 2, 3])
def test_the_shortest_mean_way_is_that_of_all_sets_of_crossings(number: int) -> None:
    best = min(mean(branches) for branches in combinations(PLACES, number))
    assert closest(number).mean == pytest.approx(best)
    assert len(closest(number).branches) == number


def test_the_best_places_that_are_kept_are_those_that_the_model_finds() -> None:
    for number, places in KNOWN_BEST.items():
        assert len(places) == number
        assert mean(places) == pytest.approx(closest(number).mean)
    curve = shown()["parts"][1]["data"]["rows"]
    assert [row["mean"] for row in curve] == pytest.approx(
        [closest(n).mean for n in KNOWN_BEST], abs=1e-6
    )


@pytest.mark.parametrize("yours", [(0, 0), (4, 1), (7, 4), (2, 2), (0, 4)])
@pytest.mark.parametrize("number", [1, 2, 3])
def test_the_others_stand_as_well_as_they_can_beside_yours(yours: Place, number: int) -> None:
    best = min(mean((yours, *others)) for others in combinations(PLACES, number - 1))
    plan = closest(number, yours)
    assert plan.branches[0] == yours
    assert len(plan.branches) == number
    assert plan.mean == pytest.approx(best)


def test_yours_is_never_better_than_the_best_and_somewhere_as_good() -> None:
    means = [closest(2, place).mean for place in PLACES]
    assert min(means) == pytest.approx(closest(2).mean)


@pytest.mark.parametrize("reach", [3, 4, 5, 6, 7])
@pytest.mark.parametrize("yours", [None, (0, 0), (4, 1), (7, 4)])
def test_the_fewest_branches_within_reach_are_those_of_all_sets(
    reach: int, yours: Place | None
) -> None:
    plan = reached(reach, yours)
    assert plan.longest <= reach
    fixed = (yours,) if yours else ()
    assert plan.branches[: len(fixed)] == fixed
    fewer = len(plan.branches) - 1 - len(fixed)
    if fewer >= 0 and (fixed or fewer):
        assert not any(longest((*fixed, *some)) <= reach for some in combinations(PLACES, fewer))


def test_everybody_goes_to_the_nearest_and_ways_add_up() -> None:
    plan = nearest(((2, 2), (7, 1)))
    assert plan.serves["Lake"] == (7, 1)
    assert plan.ways["Lake"] == 3
    assert plan.mean == pytest.approx(mean(((2, 2), (7, 1))))


@pytest.mark.parametrize("given_", [{}, {"branches": 4}, {"goal": "cover"}, {"hand": False}])
def test_the_lines_of_the_map_are_as_long_as_the_ways_in_the_table(given_: Any) -> None:
    view = shown(**given_)
    ways = {row[0]: int(row[3]) for row in view["parts"][2]["rows"]}
    strokes = view["parts"][0]["data"]["strokes"]
    for name, (home, _) in DISTRICTS.items():
        path = [(row["x"], row["y"]) for row in strokes if row["line"] == name]
        assert (len(path) == 3) == (ways[name] > 0)
        if path:
            assert path[0] == home
            assert sum(way(a, b) for a, b in pairwise(path)) == ways[name]


def test_the_figures_are_those_of_the_plans() -> None:
    view = shown(branches=3, east=0, north=0)
    assert figure(view, "mean") == pytest.approx(closest(3, (0, 0)).mean)
    assert figure(view, "best") == pytest.approx(closest(3).mean)
    assert figure(view, "longest") == closest(3, (0, 0)).longest
    cover = shown(goal="cover", reach=3, east=0, north=0)
    assert figure(cover, "branches") == len(reached(3, (0, 0)).branches)
    assert figure(cover, "best") == len(reached(3).branches)


def test_the_question_states_the_mean_way_with_one_branch_and_the_people() -> None:
    assert sites.guess is not None
    assert f"{closest(1).mean:.2f} km" in sites.guess.question
    assert sum(PEOPLE.values()) == 85
    assert len(DISTRICTS) == 10


def test_the_guess_is_answered_with_the_best_two() -> None:
    view = shown(guess=1.2)
    assert f"the best two branches make it {closest(2).mean:.2f} km" in view["say"]
    saved = [closest(n).mean - closest(n + 1).mean for n in range(1, 5)]
    assert saved == sorted(saved, reverse=True)


def test_a_best_place_is_said_to_be_one() -> None:
    east, north = closest(2).branches[0]
    assert "no other place is better" in shown(east=east, north=north)["say"]
    assert figure(shown(hand=False), "mean") == pytest.approx(closest(2).mean)


def test_the_handles_move_your_branch_and_are_there_only_with_it() -> None:
    east, north = shown()["parts"][0]["handles"]
    assert (east["parameter"], east["x"], east["axis"]) == ("east", 4, "x")
    assert (north["parameter"], north["y"], north["axis"]) == ("north", 1, "y")
    assert "handles" not in shown(hand=False)["parts"][0]


@pytest.mark.parametrize("yours", PLACES)
@pytest.mark.parametrize("number", [1, 2, 3, 4, 5])
def test_the_loss_told_is_the_difference_of_the_means_told(yours: Place, number: int) -> None:
    view = shown(branches=number, east=yours[0], north=yours[1])
    mean, best = (round(figure(view, key), 2) for key in ("mean", "best"))
    if "no other place is better" not in view["say"]:
        assert f"each person {mean - best:.2f}".rstrip("0") + " km" in view["say"]


def test_a_place_is_never_broken_over_two_lines() -> None:
    view = shown()
    assert "(4,\N{NO-BREAK SPACE}1)" in view["say"]
    assert "(4, 1)" not in str(view)


def test_your_branch_is_red_and_seen_around_the_handle_upon_it() -> None:
    chart = shown(east=4, north=1)["parts"][0]
    assert "yours large and red" in chart["title"]
    (yours,) = [d for d in chart["data"]["dots"] if d["shape"] == "square" and (d["x"], d["y"]) ==
                (4, 1)]  # fmt: skip
    assert yours["color"] == "var(--svc-vermilion)"
    assert yours["size"] > 26**2  # pixels: the handle is 22 wide, with its ring 24
    assert "red" not in shown(hand=False)["parts"][0]["title"]
