"""An invented town of ten districts on a grid of streets, and where its branches could stand."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from svclab.decisions.problems.location import p_median
from svclab.decisions.problems.reaching import set_cover, within

__all__ = [
    "CROSSINGS",
    "DISTRICTS",
    "KNOWN_BEST",
    "PEOPLE",
    "Plan",
    "closest",
    "nearest",
    "reached",
    "way",
]

Place = tuple[int, int]  # km to the east, km to the north

#: District to where it lies and to its thousands of people. Invented.
DISTRICTS: dict[str, tuple[Place, int]] = {
    "Old Town": ((2, 2), 14),
    "Bridge": ((3, 3), 9),
    "Mill": ((1, 3), 5),
    "Station": ((3, 1), 11),
    "Garden": ((0, 1), 6),
    "College": ((5, 3), 12),
    "Market": ((4, 2), 8),
    "Lake": ((7, 4), 7),
    "Harbour": ((7, 1), 10),
    "Airport": ((6, 0), 3),
}
PEOPLE = {name: float(people) for name, (_, people) in DISTRICTS.items()}
EAST, NORTH = 7, 4  # km: the last street
CROSSINGS: dict[str, Place] = {
    f"{x}/{y}": (x, y) for x in range(EAST + 1) for y in range(NORTH + 1)
}
YOURS = "yours"

#: Best places for 1, 2, ... branches. The town does not change, and a page that had to solve them
#: all anew would keep its first reader waiting; a test solves them.
KNOWN_BEST: dict[int, tuple[Place, ...]] = {
    1: ((3, 2),),
    2: ((3, 2), (7, 1)),
    3: ((2, 2), (4, 3), (7, 1)),
    4: ((2, 2), (3, 2), (5, 3), (7, 1)),
    5: ((2, 2), (3, 2), (5, 3), (7, 1), (7, 4)),
}


def way(one: Place, other: Place) -> int:
    """The way along the streets, km."""
    return abs(one[0] - other[0]) + abs(one[1] - other[1])


DISTANCE = {
    name: {crossing: float(way(home, place)) for crossing, place in CROSSINGS.items()}
    for name, (home, _) in DISTRICTS.items()
}


@dataclass(frozen=True)
class Plan:
    """Where the branches stand, and who goes where."""

    branches: tuple[Place, ...]
    serves: Mapping[str, Place]  # district to the branch nearest to it

    @property
    def ways(self) -> dict[str, int]:
        """The way of each district, km."""
        return {name: way(DISTRICTS[name][0], branch) for name, branch in self.serves.items()}

    @property
    def mean(self) -> float:
        """Mean way of a person, km."""
        sums = math.fsum(PEOPLE[name] * km for name, km in self.ways.items())
        return sums / math.fsum(PEOPLE.values())

    @property
    def longest(self) -> int:
        """The longest way of all, km."""
        return max(self.ways.values())


def nearest(branches: tuple[Place, ...]) -> Plan:
    """Everybody goes to the nearest branch; of two as near, to the one named first."""
    return Plan(
        branches,
        {
            name: min(branches, key=lambda b, home=home: way(home, b))  # type: ignore[misc]
            for name, (home, _) in DISTRICTS.items()
        },
    )


@lru_cache(maxsize=512)
def closest(number: int, yours: Place | None = None) -> Plan:
    """The p-median: the shortest mean way with so many branches, one of them at ``yours``.

    A branch is held where it is by a district of one person who lives there, and to whom every
    other crossing is farther away than the whole town walks together.
    """
    if yours is None:
        return nearest(_places(p_median(DISTANCE, number, demand=PEOPLE).sites))
    here = f"{yours[0]}/{yours[1]}"
    far = 10.0 * math.fsum(PEOPLE.values()) * (EAST + NORTH)
    held = {crossing: 0.0 if crossing == here else far for crossing in CROSSINGS}
    found = p_median({**DISTANCE, YOURS: held}, number, demand={**PEOPLE, YOURS: 1.0})
    return nearest(_first(yours, _places(found.sites)))


@lru_cache(maxsize=512)
def reached(reach: int, yours: Place | None = None) -> Plan:
    """Set covering: the fewest branches within so many km of all, one of them at ``yours``."""
    sets = within(DISTANCE, float(reach))
    if yours is None:
        return nearest(_places(set_cover(sets).sites))
    left = [name for name, (home, _) in DISTRICTS.items() if way(home, yours) > reach]
    more = _places(set_cover(sets, places=left).sites) if left else ()
    return nearest((yours, *more))


def _places(names: tuple[str, ...]) -> tuple[Place, ...]:
    return tuple(CROSSINGS[name] for name in names)


def _first(yours: Place, branches: tuple[Place, ...]) -> tuple[Place, ...]:
    return (yours, *(branch for branch in branches if branch != yours))
