"""Ways on a shop floor: the from-to chart, the distance walked, and better layouts.

Stations (press, paint shop, ...) stand on spots of the floor. The from-to chart says how many
trips go from one station to another; trips × distance, added up, is what a layout costs in
walking. Moving stations changes the distance, not the trips. Course inventory P-38 and X-12,
which give no distances: every distance you enter is yours. Koopmans and Beckmann (1957) state
the problem (quadratic assignment); pairwise exchange is the method of CRAFT, Armour and Buffa
(1963).

Examples
--------
An invented workshop in a row, 10 m from spot to spot. Two kinds of job, 20 and 5 a day:

>>> trips = from_to([(["press", "weld", "paint"], 20), (["weld", "cabinet", "paint"], 5)])
>>> floor = distances({"1": (0, 0), "2": (10, 0), "3": (20, 0), "4": (30, 0)})
>>> now = {"press": "1", "paint": "2", "cabinet": "3", "weld": "4"}
>>> travel_distance(trips, floor, now)
1100.0
>>> improve(trips, floor, now).distance, best_layout(trips, floor, now).distance
(550.0, 550.0)
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations, pairwise, permutations

from svclab.checks import zero_or_more

__all__ = ["FloorPlan", "best_layout", "distances", "from_to", "improve", "travel_distance"]

Pair = tuple[str, str]
MOST_SPOTS = 8  # 8! = 40,320 layouts take about a second
TOLERANCE = 1e-9  # a gain must exceed this share of the distance, or rounding could go in circles


@dataclass(frozen=True)
class FloorPlan:
    """A layout found, and how far it makes people walk."""

    layout: dict[str, str]  # station to spot
    distance: float  # total, in the unit of the distances times trips
    start_distance: float  # the same for the layout at the start
    exchanges: tuple[Pair, ...] = ()  # spots whose stations changed places, in order
    tried: int = field(default=0, repr=False)  # layouts looked at

    @property
    def saved_share(self) -> float:
        """Share of the distance that is saved, 0 to 1."""
        return 1 - self.distance / self.start_distance if self.start_distance else 0.0


def from_to(routes: Iterable[tuple[Sequence[str], float]]) -> dict[Pair, float]:
    """The from-to chart of a set of routes.

    Parameters
    ----------
    routes : iterable of (stations, trips)
        The stations that a kind of job visits, in order, and how many such jobs there are in a
        period (0 or more).

    Returns
    -------
    dict
        (from, to) to trips in the period; staying at a station is no trip.

    Raises
    ------
    ValueError
        If a number of trips is negative or not finite.

    Examples
    --------
    >>> from_to([(["press", "weld"], 20), (["weld", "press", "weld"], 5)])
    {('press', 'weld'): 25.0, ('weld', 'press'): 5.0}
    """
    totals: dict[Pair, list[float]] = {}
    for stations, trips in routes:
        if isinstance(stations, str):
            raise ValueError(f"route {stations!r} is one text; give a list of station names")
        zero_or_more(f"route {list(stations)}: trips", trips)
        chart = Counter((a, b) for a, b in pairwise(stations) if a != b)
        for pair, times in chart.items():
            totals.setdefault(pair, []).append(times * trips)
    return {pair: math.fsum(parts) for pair, parts in totals.items()}


def distances(
    spots: Mapping[str, tuple[float, float]], *, straight: bool = False
) -> dict[Pair, float]:
    """A distance table from places on a grid.

    Parameters
    ----------
    spots : mapping
        Spot to (x, y), in m or any other unit of length.
    straight : bool
        As the crow flies; otherwise along aisles, |Δx| + |Δy|.

    Returns
    -------
    dict
        (spot, spot) to distance, in the same unit; both directions.

    Raises
    ------
    ValueError
        If a coordinate is not a finite number.

    Examples
    --------
    >>> distances({"a": (0, 0), "b": (3, 4)})[("a", "b")]
    7.0
    """
    for name, place in spots.items():
        if len(place) != 2 or not all(math.isfinite(c) for c in place):
            raise ValueError(f"spot {name!r} is at {place!r}; give two finite numbers (x, y)")

    def between(a: str, b: str) -> float:
        dx, dy = (abs(p - q) for p, q in zip(spots[a], spots[b], strict=True))
        return math.hypot(dx, dy) if straight else float(dx + dy)

    return {(a, b): between(a, b) for a in spots for b in spots if a != b}


def travel_distance(
    trips: Mapping[Pair, float], table: Mapping[Pair, float], layout: Mapping[str, str]
) -> float:
    """Total distance of a layout: Σ trips(a, b) × distance(spot of a, spot of b).

    Parameters
    ----------
    trips : mapping
        (from, to) stations to trips in a period; see :func:`from_to`.
    table : mapping
        (spot, spot) to distance; where one direction is left out, both are equal.
    layout : mapping
        Station to spot.

    Returns
    -------
    float
        Distance in the period, in the table's unit.

    Raises
    ------
    ValueError
        If a station has no spot, two stations share one, or a distance is missing or negative.

    Examples
    --------
    >>> travel_distance({("press", "weld"): 20}, {("a", "b"): 7}, {"press": "b", "weld": "a"})
    140.0
    """
    return _Floor(trips, table, layout).cost(dict(layout))


def improve(
    trips: Mapping[Pair, float],
    table: Mapping[Pair, float],
    layout: Mapping[str, str],
    *,
    fixed: Collection[str] = (),
) -> FloorPlan:
    """Exchange two spots, the pair that saves most first, until no exchange saves anything.

    The end is a *local* optimum: no single exchange helps, yet another layout may be shorter.
    Free spots of the table take part, so a station may also move to an empty place.

    Parameters
    ----------
    trips, table, layout
        As in :func:`travel_distance`; `layout` is the start.
    fixed : collection of str
        Stations that must stay where they are.

    Returns
    -------
    FloorPlan
        Never longer than the start.

    Raises
    ------
    ValueError
        As :func:`travel_distance`, or if a fixed station is unknown.

    Examples
    --------
    >>> row = distances({"1": (0, 0), "2": (1, 0), "3": (2, 0)})
    >>> improve({("a", "b"): 5}, row, {"a": "1", "b": "3", "c": "2"})
    FloorPlan(layout={'a': '2', 'b': '3', 'c': '1'}, distance=5.0, start_distance=10.0,
           exchanges=(('1', '2'),))
    """
    floor = _Floor(trips, table, layout, fixed)
    now = dict(layout)
    start = cost = floor.cost(now)
    exchanges: list[Pair] = []
    tried = 1
    while True:
        best, best_cost, best_pair = now, cost, None
        at = {spot: station for station, spot in now.items()}
        for a, b in combinations(floor.movable, 2):
            if a not in at and b not in at:
                continue
            other = dict(now)
            for here, there in ((a, b), (b, a)):
                if here in at:
                    other[at[here]] = there
            other_cost = floor.cost(other)
            tried += 1
            if other_cost < best_cost - TOLERANCE * start:
                best, best_cost, best_pair = other, other_cost, (a, b)
        if best_pair is None:
            return FloorPlan(now, cost, start, tuple(exchanges), tried)
        now, cost = best, best_cost
        exchanges.append(best_pair)


def best_layout(
    trips: Mapping[Pair, float],
    table: Mapping[Pair, float],
    layout: Mapping[str, str],
    *,
    fixed: Collection[str] = (),
) -> FloorPlan:
    """The shortest of all layouts, by trying every one.

    Parameters
    ----------
    trips, table, layout, fixed
        As in :func:`improve`.

    Returns
    -------
    FloorPlan
        The first of the shortest; the start itself if nothing is shorter.

    Raises
    ------
    ValueError
        As :func:`improve`, or if more than 8 spots could change.

    Examples
    --------
    >>> row = distances({"1": (0, 0), "2": (1, 0), "3": (2, 0)})
    >>> best_layout({("a", "b"): 5}, row, {"a": "1", "b": "3", "c": "2"}).distance
    5.0
    """
    floor = _Floor(trips, table, layout, fixed)
    if len(floor.movable) > MOST_SPOTS:
        raise ValueError(
            f"{len(floor.movable)} spots are too many to try every layout; "
            f"fix stations until {MOST_SPOTS} are left, or use improve()"
        )
    moving = [station for station in layout if station not in fixed]
    start = cost = floor.cost(dict(layout))
    best = dict(layout)
    tried = 1
    for spots in permutations(floor.movable, len(moving)):
        other = {**layout, **dict(zip(moving, spots, strict=True))}
        other_cost = floor.cost(other)
        tried += 1
        if other_cost < cost:
            best, cost = other, other_cost
    return FloorPlan(best, cost, start, (), tried)


class _Floor:
    """Trips and distances, checked once; then `cost` is cheap to call many times."""

    def __init__(
        self,
        trips: Mapping[Pair, float],
        table: Mapping[Pair, float],
        layout: Mapping[str, str],
        fixed: Collection[str] = (),
    ) -> None:
        if isinstance(fixed, str):
            raise ValueError(f"fixed={fixed!r} is one text; give a list of stations")
        spots = tuple(dict.fromkeys([s for pair in table for s in pair] + list(layout.values())))
        for pair, length in table.items():
            zero_or_more(f"distance {pair}", length)
        self.trips = [(a, b, n) for (a, b), n in trips.items() if n != 0]
        for a, b, n in self.trips:
            zero_or_more(f"trips {a!r} to {b!r}", n)
            for station in (a, b):
                if station not in layout:
                    raise ValueError(f"station {station!r} has trips but no spot in the layout")
        for spot, number in Counter(layout.values()).items():
            if number > 1:
                both = [s for s, place in layout.items() if place == spot]
                raise ValueError(f"spot {spot!r} holds {both}; give each station its own spot")
        for station in fixed:
            if station not in layout:
                raise ValueError(
                    f"fixed station {station!r} is unknown; stations are {', '.join(layout)}"
                )
        self.table = {(s, s): 0.0 for s in spots}
        for a, b in permutations(spots, 2):
            length = table.get((a, b), table.get((b, a), math.nan))
            if math.isnan(length):
                raise ValueError(f"no distance between spots {a!r} and {b!r}; add it to the table")
            self.table[a, b] = length
        held = {layout[station] for station in fixed}
        self.movable = [spot for spot in spots if spot not in held]

    def cost(self, layout: dict[str, str]) -> float:
        return math.fsum(n * self.table[layout[a], layout[b]] for a, b, n in self.trips)
