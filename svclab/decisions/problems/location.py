"""The p-median: where to open p sites, so that the way to the nearest is short on average."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from svclab.checks import a_column, a_count, a_grid, names_of
from svclab.decisions.problems.common import Answer, pulp_names, shown, solved, total
from svclab.words import count, join, say

__all__ = ["Medians", "p_median", "p_median_problem"]

Distances = Mapping[str, Mapping[str, float]]
Grid = dict[tuple[str, str], float]


@dataclass(frozen=True, repr=False)
class Medians(Answer):
    """Which sites to open, and which site serves which place."""

    sites: tuple[str, ...]  # the open sites
    nearest: Mapping[str, str]  # place to the open site that serves it
    distance: Mapping[str, float]  # place to the distance to that site
    demand: Mapping[str, float]  # place to people or visits

    @property
    def total(self) -> float:
        """Demand times distance, over all places."""
        return math.fsum(self.demand[p] * d for p, d in self.distance.items())

    @property
    def mean(self) -> float:
        """Mean distance of a person or visit; 0 where nobody comes."""
        people = math.fsum(self.demand.values())
        return self.total / people if people else 0.0

    @property
    def table(self) -> list[dict[str, Any]]:
        """One row a place."""
        return [
            {"place": p, "demand": self.demand[p], "site": s, "distance": self.distance[p]}
            for p, s in self.nearest.items()
        ]

    @property
    def sentence(self) -> str:
        """The open sites and the mean distance."""
        return say(
            "Open {sites}: mean distance {mean}, total {total}.",
            sites=join(self.sites, most=12),
            mean=shown(self.mean),
            total=shown(self.total),
        )


def p_median_problem(
    distance: Distances, sites: int, *, demand: Mapping[str, float] | None = None
) -> Any:
    """The p-median problem in PuLP, to look at or to solve.

    With y[j] = 1 if site j is open and x[i, j] the share of place i that it serves: minimise
    Σ hᵢ d[i, j] x[i, j], subject to Σⱼ x[i, j] = 1, x[i, j] ≤ y[j] and Σⱼ y[j] = p. The shares
    come out whole by themselves. A place has no variable for its p - 1 farthest sites: at least
    one of the others is open.

    Parameters
    ----------
    distance : mapping of mapping
        Place to its distance (or time, or cost) to each site, zero or more.
    sites : int
        How many sites to open, from 1 to all.
    demand : mapping, optional
        Place to people or visits, zero or more; left out: 1 each.

    Returns
    -------
    pulp.LpProblem
        Constraints ``sites``, ``serve_PLACE`` and ``only_open_PLACE_SITE``.

    Raises
    ------
    ValueError
        If the tables do not fit each other, or there are fewer sites than asked for.

    Examples
    --------
    >>> p_median_problem({"P": {"a": 5, "b": 9}, "Q": {"a": 8, "b": 3}}, 1)
    p_median:
    MINIMIZE
    5.0*P_by_a + 9.0*P_by_b + 8.0*Q_by_a + 3.0*Q_by_b + 0.0
    SUBJECT TO
    serve_P: P_by_a + P_by_b = 1
    <BLANKLINE>
    serve_Q: Q_by_a + Q_by_b = 1
    <BLANKLINE>
    only_open_P_a: - P_by_a + open_a >= 0
    ...
    """
    grid, places, where, people = _checked(distance, sites, demand)
    return _model(grid, places, where, people, sites)[0]


def p_median(
    distance: Distances, sites: int, *, demand: Mapping[str, float] | None = None
) -> Medians:
    """The sites with the shortest way on average.

    Parameters
    ----------
    distance, sites, demand
        As for :func:`p_median_problem`.

    Returns
    -------
    Medians
        One of the best, if there are several.

    Raises
    ------
    ValueError
        As :func:`p_median_problem`.

    References
    ----------
    Hakimi, S. L. (1965), Optimum distribution of switching centers in a communication network
    and some related graph theoretic problems, Operations Research 13, 462-475. ReVelle, C. S. and
    Swain, R. W. (1970), Central facilities location, Geographical Analysis 2, 30-42.

    Examples
    --------
    >>> p_median({"P": {"a": 5, "b": 9}, "Q": {"a": 8, "b": 3}}, 1, demand={"P": 1, "Q": 4})
    Open b: mean distance 4.2, total 21.
      place  demand  site  distance
      P           1     b         9
      Q           4     b         3
    """
    grid, places, where, people = _checked(distance, sites, demand)
    problem, is_open = _model(grid, places, where, people, sites)
    found = _best(problem, is_open)
    opened = tuple(site for site, y in is_open.items() if found[y.name] > 0.5)
    nearest = {p: min(opened, key=lambda s: grid[p, s]) for p in places}
    return Medians(opened, nearest, {p: grid[p, s] for p, s in nearest.items()}, people)


def _best(problem: Any, is_open: Mapping[str, Any]) -> dict[str, float]:
    """The linear program first: its sites are mostly whole, and it takes a quarter of the time."""
    for y in is_open.values():
        y.cat = "Continuous"
    found = solved(problem, "no sites can be opened")
    for y in is_open.values():
        y.cat = "Integer"
    if all(found[y.name].is_integer() for y in is_open.values()):
        return found
    return solved(problem, "no sites can be opened")


def _checked(
    distance: Distances, sites: int, demand: Mapping[str, float] | None
) -> tuple[Grid, list[str], list[str], dict[str, float]]:
    places = names_of("distance", distance)
    first = distance[places[0]] if isinstance(distance, Mapping) else None
    if not isinstance(first, Mapping):
        raise ValueError("distance: give a dict of sites for each place")
    where = names_of(f"distance[{places[0]!r}]", first)
    grid = a_grid("distance", distance, places, where)
    if a_count("sites", sites, 1) > len(where):
        raise ValueError(
            f"sites={sites}: there are only {count(len(where), 'site')} to choose from"
        )
    people = (
        a_column("demand", demand, places) if demand is not None else dict.fromkeys(places, 1.0)
    )
    return grid, places, where, people


def _model(
    grid: Grid, places: list[str], where: list[str], people: Mapping[str, float], sites: int
) -> tuple[Any, dict[str, Any]]:
    import pulp

    problem = pulp.LpProblem("p_median", pulp.LpMinimize)
    place_name = dict(zip(places, pulp_names(places), strict=True))
    site_name = dict(zip(where, pulp_names(where), strict=True))
    is_open = {s: problem.add_variable(f"open_{site_name[s]}", 0, 1, "Integer") for s in where}
    near = {
        p: [s for _, s in sorted((grid[p, s], s) for s in where)[: len(where) - sites + 1]]
        for p in places
    }
    x = {
        (p, s): problem.add_variable(f"{place_name[p]}_by_{site_name[s]}", 0)
        for p in places
        for s in near[p]
    }
    problem += total([(v, people[p] * grid[p, s]) for (p, s), v in x.items()])
    for p in places:
        problem += total([(x[p, s], 1) for s in near[p]]) == 1, f"serve_{place_name[p]}"
    for (p, s), v in x.items():
        name = f"only_open_{place_name[p]}_{site_name[s]}"
        problem += total([(is_open[s], 1), (v, -1)]) >= 0, name
    problem += total([(y, 1) for y in is_open.values()]) == sites, "sites"
    return problem, is_open
