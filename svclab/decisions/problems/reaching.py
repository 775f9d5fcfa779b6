"""Set covering: the cheapest sites that reach every place."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from svclab.checks import a_column, a_grid, names_of, zero_or_more
from svclab.decisions.problems.common import Answer, NoPlanError, pulp_names, shown, solved, total
from svclab.words import count, join, say

__all__ = ["SiteCover", "set_cover", "set_cover_problem", "within"]


@dataclass(frozen=True, repr=False)
class SiteCover(Answer):
    """Which sites to open so that every place is reached."""

    sites: tuple[str, ...]  # the open sites
    cost: float  # of the open sites; their number where no cost was given
    reached_by: Mapping[str, tuple[str, ...]]  # place to the open sites that reach it

    @property
    def table(self) -> list[dict[str, Any]]:
        """One row a place."""
        return [{"place": p, "reached by": join(s, most=9)} for p, s in self.reached_by.items()]

    @property
    def sentence(self) -> str:
        """The open sites."""
        return say(
            "{number} {reach} all {places}: {names} (cost {cost}).",
            number=count(len(self.sites), "site"),
            reach="reaches" if len(self.sites) == 1 else "reach",
            places=count(len(self.reached_by), "place"),
            names=join(self.sites, most=12),
            cost=shown(self.cost),
        )


def within(distance: Mapping[str, Mapping[str, float]], limit: float) -> dict[str, list[str]]:
    """Which places each site reaches within a distance or time.

    Parameters
    ----------
    distance : mapping of mapping
        Place to its distance from each site, zero or more.
    limit : float
        The farthest that counts as reached, in the same unit.

    Returns
    -------
    dict
        Site to the places it reaches, for :func:`set_cover`.

    Raises
    ------
    ValueError
        If the table has holes or something other than numbers.

    Examples
    --------
    >>> within({"P": {"a": 5, "b": 9}, "Q": {"a": 8, "b": 3}}, 8)
    {'a': ['P', 'Q'], 'b': ['Q']}
    """
    limit = zero_or_more("limit", limit)
    places = names_of("distance", distance)
    sites = names_of(f"distance[{places[0]!r}]", distance[places[0]])
    grid = a_grid("distance", distance, places, sites)
    return {site: [p for p in places if grid[p, site] <= limit] for site in sites}


def set_cover_problem(
    reach: Mapping[str, Sequence[str]],
    *,
    places: Sequence[str] | None = None,
    cost: Mapping[str, float] | None = None,
) -> Any:
    """The set covering problem in PuLP, to look at or to solve.

    With y[j] = 1 if site j is open: minimise Σⱼ cⱼ y[j], subject to Σ {y[j]: j reaches i} ≥ 1
    for each place i.

    Parameters
    ----------
    reach : mapping of sequences
        Site to the places it reaches; see :func:`within`.
    places : sequence of str, optional
        What must be reached; left out: all places that any site reaches.
    cost : mapping, optional
        Site to its cost, zero or more; left out: 1 each, so sites are counted.

    Returns
    -------
    pulp.LpProblem
        A 0-1 variable for each site, a constraint ``reach_PLACE`` for each place.

    Raises
    ------
    ValueError
        If a table is no table.
    NoPlanError
        If no site reaches a place.

    Examples
    --------
    >>> set_cover_problem({"a": ["P", "Q"], "b": ["Q"]})
    set_cover:
    MINIMIZE
    1.0*a + 1.0*b + 0.0
    SUBJECT TO
    reach_P: a >= 1
    <BLANKLINE>
    reach_Q: a + b >= 1
    <BLANKLINE>
    VARIABLES
    0 <= a <= 1 Integer
    0 <= b <= 1 Integer
    """
    import pulp

    sets, wanted, costs = _sets(reach, places, cost)
    problem = pulp.LpProblem("set_cover", pulp.LpMinimize)
    y = {
        site: problem.add_variable(short, 0, 1, "Integer")
        for site, short in zip(sets, pulp_names(list(sets)), strict=True)
    }
    problem += total((v, costs[site]) for site, v in y.items())
    for place, short in zip(wanted, pulp_names(wanted), strict=True):
        problem += pulp.lpSum(v for s, v in y.items() if place in sets[s]) >= 1, f"reach_{short}"
    return problem


def set_cover(
    reach: Mapping[str, Sequence[str]],
    *,
    places: Sequence[str] | None = None,
    cost: Mapping[str, float] | None = None,
) -> SiteCover:
    """The cheapest sites that reach every place.

    Parameters
    ----------
    reach, places, cost
        As for :func:`set_cover_problem`.

    Returns
    -------
    SiteCover
        One of the cheapest, if there are several.

    Raises
    ------
    ValueError, NoPlanError
        As :func:`set_cover_problem`.

    References
    ----------
    Toregas, C., Swain, R., ReVelle, C. and Bergman, L. (1971), The location of emergency
    service facilities, Operations Research 19, 1363-1373.

    Examples
    --------
    >>> set_cover({"a": ["P", "Q"], "b": ["Q", "R"], "c": ["R"]}, cost={"a": 1, "b": 3, "c": 1})
    2 sites reach all 3 places: a and c (cost 2).
      place  reached by
      P               a
      Q               a
      R               c
    """
    sets, wanted, costs = _sets(reach, places, cost)
    found = solved(set_cover_problem(reach, places=places, cost=cost), "not all can be reached")
    short = dict(zip(sets, pulp_names(list(sets)), strict=True))
    sites = tuple(site for site in sets if found[short[site]] > 0.5)
    by = {place: tuple(s for s in sites if place in sets[s]) for place in wanted}
    return SiteCover(sites, math.fsum(costs[s] for s in sites), by)


def _sets(
    reach: Mapping[str, Sequence[str]],
    places: Sequence[str] | None,
    cost: Mapping[str, float] | None,
) -> tuple[dict[str, set[str]], list[str], dict[str, float]]:
    sites = names_of("reach", reach)
    if not isinstance(reach, Mapping):
        raise ValueError("reach: give a dict of site to the places it reaches")
    lists = {s: names_of(f"reach[{s!r}]", reach[s]) if reach[s] else [] for s in sites}
    every = list(dict.fromkeys(place for one in lists.values() for place in one))
    wanted = names_of("places", every if places is None else places)
    for place in wanted:
        if place not in every:
            raise NoPlanError(f"no site reaches {place!r}: add a site, or allow a longer way")
    costs = a_column("cost", cost, sites) if cost is not None else dict.fromkeys(sites, 1.0)
    return {s: set(some) for s, some in lists.items()}, wanted, costs
