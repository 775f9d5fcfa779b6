"""How fast decision models are solved, as ratios within one run; what is timed is also checked."""

from __future__ import annotations

import math
import random
from typing import Any

import pytest
from timing import timed

from svclab.decisions import problems, sensitivity
from svclab.decisions.plane import whole_plans
from svclab.linear import solve


def town(seed: int, places: int) -> dict[str, dict[str, float]]:
    """Distances between random places, from each to each."""
    draw = random.Random(seed)
    at = {f"p{k}": (draw.random(), draw.random()) for k in range(places)}
    return {a: {b: round(100 * math.dist(at[a], at[b]), 1) for b in at} for a in at}


def test_a_p_median_of_fifty_places(measured: Any) -> None:
    distance = town(1, 50)
    demand = {place: 1 + k % 7 for k, place in enumerate(distance)}
    found, ms = timed(lambda: problems.p_median(distance, 5, demand=demand))
    # No swap of one site makes it better.
    sites = set(found.sites)

    def total(chosen: set[str]) -> float:
        return math.fsum(demand[a] * min(distance[a][s] for s in chosen) for a in distance)

    assert total(sites) == pytest.approx(found.total)
    swaps = [sites - {old} | {new} for old in sites for new in distance if new not in sites]
    assert min(map(total, swaps)) >= found.total - 1e-6
    measured("p-median, 50 places, 50 sites, 5 to open", f"{ms:.0f} ms", "aim 300 ms")


def shifts(half_hours: int) -> dict[str, list[str]]:
    """180 patterns: 5 lengths, with a break of half an hour at one of 4 places or none."""
    names = [f"{k:02d}" for k in range(half_hours)]
    found = {}
    for length in (8, 10, 12, 16, 18):
        for start in range(0, half_hours - length + 1):
            for rest in (None, 3, 4, 5):
                at = [names[start + k] for k in range(length) if k != rest]
                found[f"{start} for {length} break {rest}"] = at
    draw = random.Random(3)
    keep = sorted(draw.sample(sorted(found), 180 - half_hours))
    # One short shift in each half-hour, so that every need can be met.
    return {**{f"one {name}": [name] for name in names}, **{k: found[k] for k in keep}}


def test_the_shifts_of_a_day(measured: Any) -> None:
    patterns = shifts(48)
    need = {
        f"{k:02d}": round(
            4 + 9 * math.exp(-(((k - 20) / 5) ** 2)) + 7 * math.exp(-(((k - 34) / 6) ** 2))
        )
        for k in range(48)
    }
    cost = {name: len(at) + 2.5 for name, at in patterns.items()}
    loose = problems.staff_cover_problem(need, patterns, cost=cost, relaxed=True)
    bound, relaxed_ms = timed(lambda: solve(loose))
    found, ms = timed(lambda: problems.staff_cover(need, patterns, cost=cost))
    assert len(patterns) == 180
    assert found.cost >= bound.objective - 1e-6
    assert all(found.at_work[at] >= least for at, least in need.items())
    measured("shift cover, 48 half-hours, 180 patterns", f"{ms:.0f} ms", "aim 2,000 ms")
    measured("whole people / linear program", f"{ms / relaxed_ms:.1f} times")


def test_two_variables_and_their_sensitivity(measured: Any) -> None:
    toys = problems.cases.toy_kit(small=9).problem(whole=False)
    plain, solve_ms = timed(lambda: solve(toys))
    whole, plane_ms = timed(lambda: whole_plans(toys))
    known, report_ms = timed(lambda: sensitivity.report(toys))
    curve, curve_ms = timed(lambda: sensitivity.value_function(toys, "small", lower=0, upper=14))
    assert plain.objective == known.objective == 75
    assert float(whole.value) == curve.whole(9) == 70
    measured("two variables: HiGHS", f"{solve_ms:.1f} ms")
    measured("region, corners and whole plans / HiGHS", f"{plane_ms / solve_ms:.1f} times")
    measured("sensitivity report / HiGHS", f"{report_ms / solve_ms:.1f} times")
    measured("value function, linear and whole / HiGHS", f"{curve_ms / solve_ms:.1f} times")
