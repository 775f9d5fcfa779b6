"""A tour of service visits (the travelling salesman): every place once, and back, the shortest.

Two methods. The integer program begins with "each place has one way in and one way out"; what
comes out may be several small circles, so for each circle the rule that forbids it is added,
until one tour is left. :func:`tour_by_table` is the dynamic program of Held and Karp.

References
----------
Dantzig, G., Fulkerson, R. and Johnson, S. (1954), Solution of a large-scale traveling-salesman
problem, Journal of the Operations Research Society of America 2, 393-410. Held, M. and Karp,
R. M. (1962), A dynamic programming approach to sequencing problems, Journal of the Society for
Industrial and Applied Mathematics 10, 196-210.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from svclab.checks import a_grid, names_of
from svclab.decisions.problems.common import Answer, pulp_names, shown, solved, total
from svclab.words import join, say

__all__ = ["Tour", "tour", "tour_by_table", "tour_problem"]

Distances = Mapping[str, Mapping[str, float]]
Grid = dict[tuple[str, str], float]
MOST_PLACES = 15  # of the table: 15 places make a table of 230,000 cells


@dataclass(frozen=True, repr=False)
class Tour(Answer):
    """The order of the visits."""

    order: tuple[str, ...]  # from the first place; the way back to it is not written
    legs: tuple[float, ...]  # length of each leg, the way back last
    rounds: tuple[tuple[tuple[str, ...], ...], ...] = ()  # integer program only: the circles
    # found in each round; the last round has one

    @property
    def length(self) -> float:
        """Length of the whole tour."""
        return math.fsum(self.legs)

    @property
    def table(self) -> list[dict[str, Any]]:
        """One row a leg."""
        ends = [*self.order[1:], self.order[0]]
        return [
            {"from": a, "to": b, "length": leg}
            for a, b, leg in zip(self.order, ends, self.legs, strict=True)
        ]

    @property
    def sentence(self) -> str:
        """The order and the length."""
        return say(
            "{order}: {length}.",
            order=" → ".join([*self.order, self.order[0]]),
            length=shown(self.length),
        )


def tour_problem(distance: Distances, *, circles: Sequence[Sequence[str]] = ()) -> Any:
    """One round of the tour's integer program in PuLP, to look at or to solve.

    With x[i, j] = 1 if the tour goes from i to j: minimise Σ d[i, j] x[i, j] subject to
    Σⱼ x[i, j] = 1 and Σⱼ x[j, i] = 1 for each place, and, for each circle S that is forbidden,
    Σ {x[i, j]: i and j in S} ≤ |S| - 1. Where the way back is as long as the way there, one
    variable stands for both directions, and each place has two ends: Σⱼ x[i, j] = 2.

    Parameters
    ----------
    distance : mapping of mapping
        Place to its distance (or time) to each other place, zero or more; the way from a place
        to itself may be left out.
    circles : sequence of sequences, optional
        The circles that are forbidden, each as a list of places.

    Returns
    -------
    pulp.LpProblem
        Without ``circles`` it may have several circles instead of a tour.

    Raises
    ------
    ValueError
        If the table has holes, or a circle has an unknown place or all places.

    Examples
    --------
    >>> there = {"A": {"B": 1, "C": 4}, "B": {"A": 2, "C": 5}, "C": {"A": 3, "B": 6}}
    >>> print(tour_problem(there).objective)
    A_to_B + 4.0*A_to_C + 2.0*B_to_A + 5.0*B_to_C + 3.0*C_to_A + 6.0*C_to_B
    """
    grid, places = _checked(distance)
    for circle in circles:
        known = names_of("circles", circle)
        if not set(known) < set(places):
            raise ValueError(f"circles: {join(known, most=6)} must be some, not all, of the places")
    return _model(grid, places, [tuple(circle) for circle in circles])[0]


def tour(distance: Distances, *, time_limit: float | None = None) -> Tour:
    """The shortest tour, by integer programming with circles forbidden as they appear.

    Parameters
    ----------
    distance : mapping of mapping
        As for :func:`tour_problem`.
    time_limit : float, optional
        Seconds for each round.

    Returns
    -------
    Tour
        One of the shortest, from the first place; its ``rounds`` show the circles.

    Raises
    ------
    ValueError
        As :func:`tour_problem`.
    TimeoutError
        If a round takes longer than ``time_limit``.

    Examples
    --------
    >>> there = {"A": {"B": 1, "C": 4}, "B": {"A": 2, "C": 5}, "C": {"A": 3, "B": 6}}
    >>> tour(there)
    A → B → C → A: 9.
      from  to  length
      A      B       1
      B      C       5
      C      A       3
    """
    grid, places = _checked(distance)
    if len(places) == 1:
        return Tour((places[0],), (0.0,), (((places[0],),),))
    forbidden: list[tuple[str, ...]] = []
    rounds: list[tuple[tuple[str, ...], ...]] = []
    while True:
        problem, x = _model(grid, places, forbidden)
        found = solved(problem, "no tour", time_limit)
        taken = [arc for arc, v in x.items() if found[v.name] > 0.5]
        circles = _circles(places, taken, _both_ways(grid, places))
        rounds.append(tuple(circles))
        if len(circles) == 1:
            return _tour(circles[0], grid, tuple(rounds))
        forbidden += circles


def tour_by_table(distance: Distances) -> Tour:
    """The shortest tour by dynamic programming: a second, independent method.

    With f(S, j) the shortest way from the first place through all of S to j in S:
    f(S, j) = minᵢ { f(S without j, i) + d[i, j] }.

    Parameters
    ----------
    distance : mapping of mapping
        As for :func:`tour_problem`, with at most 15 places.

    Returns
    -------
    Tour
        One of the shortest, from the first place.

    Raises
    ------
    ValueError
        As :func:`tour_problem`, or for more than 15 places.

    Examples
    --------
    >>> there = {"A": {"B": 1, "C": 4}, "B": {"A": 2, "C": 5}, "C": {"A": 3, "B": 6}}
    >>> tour_by_table(there).sentence
    'A → B → C → A: 9.'
    """
    grid, places = _checked(distance)
    if len(places) > MOST_PLACES:
        raise ValueError(
            f"distance has {len(places)} places: the table is for {MOST_PLACES} at the most; use "
            "tour"
        )
    first, others = places[0], places[1:]
    n = len(others)
    way = [[grid.get((a, b), 0.0) for b in others] for a in others]
    ends: list[dict[int, tuple[float, int]]] = [{} for _ in range(1 << n)]
    for j, place in enumerate(others):
        ends[1 << j][j] = (grid[first, place], -1)
    for group in range(1, 1 << n):
        for j, (length, _) in ends[group].items():
            for k in range(n):
                if not group >> k & 1:
                    reached = ends[group | 1 << k]
                    if k not in reached or length + way[j][k] < reached[k][0]:
                        reached[k] = (length + way[j][k], j)
    order, group = [], (1 << n) - 1
    last = min(ends[group], key=lambda j: ends[group][j][0] + grid[others[j], first], default=-1)
    while last >= 0:
        order.append(others[last])
        group, last = group ^ 1 << last, ends[group][last][1]
    return _tour((first, *reversed(order)), grid, ())


def _checked(distance: Distances) -> tuple[Grid, list[str]]:
    places = names_of("distance", distance)
    if not isinstance(distance, Mapping) or not all(
        isinstance(row, Mapping) for row in distance.values()
    ):
        raise ValueError("distance: give a dict of distances for each place")
    rows = {a: {b: d for b, d in distance[a].items() if b != a} for a in places}
    grid: Grid = {}
    for a in places:
        others = [b for b in places if b != a]
        if others:
            grid.update(a_grid("distance", {a: rows[a]}, [a], others))
        elif rows[a]:
            raise ValueError(
                f"distance[{a!r}] has {join(rows[a], most=6)}, which has no row of its own"
            )
    return grid, places


def _model(
    grid: Grid, places: Sequence[str], forbidden: Sequence[tuple[str, ...]]
) -> tuple[Any, dict[tuple[str, str], Any]]:
    import pulp

    both_ways = _both_ways(grid, places)
    arcs = [(a, b) for a in places for b in places if a != b]
    if both_ways:
        arcs = [(a, b) for k, a in enumerate(places) for b in places[k + 1 :]]
    problem = pulp.LpProblem("tour", pulp.LpMinimize)
    names = pulp_names([f"{a}_{'and' if both_ways else 'to'}_{b}" for a, b in arcs])
    x = {
        arc: problem.add_variable(name, 0, 1, "Integer")
        for arc, name in zip(arcs, names, strict=True)
    }
    problem += total((v, grid[arc]) for arc, v in x.items())
    for place, short in zip(places, pulp_names(list(places)), strict=True):
        out = pulp.lpSum(v for (a, _), v in x.items() if a == place)
        into = pulp.lpSum(v for (_, b), v in x.items() if b == place)
        if both_ways:
            problem += out + into == 2, f"visit_{short}"
        else:
            problem += out == 1, f"leave_{short}"
            problem += into == 1, f"reach_{short}"
    for number, circle in enumerate(forbidden, 1):
        inside = pulp.lpSum(v for (a, b), v in x.items() if a in circle and b in circle)
        problem += inside <= len(circle) - 1, f"no_circle_{number}"
    return problem, x


def _both_ways(grid: Grid, places: Sequence[str]) -> bool:
    """Whether every way back is as long as the way there."""
    return len(places) > 2 and all(grid[a, b] == grid[b, a] for a, b in grid)


def _circles(
    places: Sequence[str], arcs: Sequence[tuple[str, str]], both_ways: bool
) -> list[tuple[str, ...]]:
    """The circles that the chosen arcs make, each from its first place on."""
    after: dict[str, list[str]] = {place: [] for place in places}
    for a, b in arcs:
        after[a].append(b)
        if both_ways:
            after[b].append(a)
    circles: list[tuple[str, ...]] = []
    seen: set[str] = set()
    for place in places:
        circle, here = [], place
        while here not in seen:
            seen.add(here)
            circle.append(here)
            here = next((n for n in after[here] if n not in seen), here)
        if circle:
            circles.append(tuple(circle))
    return circles


def _tour(order: tuple[str, ...], grid: Grid, rounds: Any) -> Tour:
    ends = pairwise([*order, order[0]])
    return Tour(order, tuple(grid.get(leg, 0.0) for leg in ends), rounds)
