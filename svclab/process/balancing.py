"""Line balancing by complete enumeration: every grouping of activities, every staffing.

A *layout* puts the activities of a process into stations and gives each station some equal
workers; each worker of a station does all its activities for one customer. With w workers and
t seconds of work a station serves 3600 w / t customers per hour, and the slowest station sets
the layout's capacity. Times are compared as exact decimals, so ties are ties.

For n activities there are Bell(n) groupings (203 for six), and a grouping into k stations can be
staffed by exactly w workers in C(w − 1, k − 1) ways. Lines too large for that go to
:mod:`svclab.process.programs`.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations

from svclab.checks import a_count
from svclab.process.layout import Layout, Station, exact, station_order
from svclab.process.model import Activity, Process

__all__ = ["best_layouts", "layouts", "pareto"]

#: Cycle time in units, pieces of equipment, stations, workers, then groups and staff as listed.
_Rank = tuple[int, int, int, int, tuple[int, ...]]

MOST = 150_000  # layouts or groupings; beyond it a page would stand still


def layouts(
    process: Process | Mapping[str, float],
    workers: int,
    *,
    limits: Mapping[str, int] | None = None,
    precedence: bool = True,
    contiguous: bool = False,
    use_all: bool = True,
    max_stations: int | None = None,
    max_workers_each: int | None = None,
) -> list[Layout]:
    """All layouts that a number of workers allows, the best first.

    Parameters
    ----------
    process : Process or mapping
        What to lay out; its present resources and workers are not used, and waits need no
        station. A mapping of activity to seconds has no order that must be kept.
    workers : int
        Workers to place, one or more.
    limits : mapping, optional
        Pieces there are of each kind of equipment, such as ``{"camera": 1}``. Every workplace
        of a station that does an activity with ``needs=("camera",)`` takes one. Kinds left out
        are unlimited.
    precedence : bool, optional
        Whether a customer must be able to pass the stations one after the other without
        breaking the process's order. Default True.
    contiguous : bool, optional
        Whether a station may only hold activities that are neighbours in the order listed.
    use_all : bool, optional
        Whether all workers must be placed (default), or at most that many.
    max_stations, max_workers_each : int, optional
        At most so many stations, and so many workers in each.

    Returns
    -------
    list of Layout
        Ranked by capacity (highest first), then by pieces of equipment, stations and workers
        (fewest first), then by the order in which the activities are listed.

    Raises
    ------
    ValueError
        For no workers, an unknown kind of equipment, rework, or too many layouts to list.

    Examples
    --------
    >>> counter = {"check": 15, "pay": 30, "eye test": 40}
    >>> found = layouts(counter, 3)
    >>> len(found), found[0]
    (8, [check + pay + eye test] × 3: 127.1 per hour with 3 workers)
    """
    line = prepare(process, workers, limits or {}, precedence)
    stations = workers if max_stations is None else a_count("max_stations", max_stations, 1)
    each = workers if max_workers_each is None else a_count("max_workers_each", max_workers_each, 1)
    found: list[tuple[_Rank, Layout]] = []
    groupings = 0
    for blocks in _groupings(line, min(stations, workers), contiguous):
        groupings += 1
        order = station_order(blocks, line.before)
        if order is None:
            continue
        ordered = [blocks[b] for b in order]
        for total in range(workers if use_all else len(blocks), workers + 1):
            if len(found) + math.comb(total - 1, len(blocks) - 1) > MOST or groupings > MOST:
                raise ValueError(
                    f"{len(line.names)} activities and {workers} workers give more than "
                    f"{MOST:,} layouts: use contiguous=True or max_stations, or "
                    "svclab.process.programs"
                )
            found.extend(_staffings(line, ordered, total, each))
    found.sort(key=lambda pair: pair[0])
    return [layout for _, layout in found]


def best_layouts(
    process: Process | Mapping[str, float],
    workers: int,
    *,
    limits: Mapping[str, int] | None = None,
    precedence: bool = True,
    contiguous: bool = False,
    use_all: bool = True,
    max_stations: int | None = None,
    max_workers_each: int | None = None,
) -> list[Layout]:
    """The layouts with the highest capacity, the one with the least equipment first.

    Takes what :func:`layouts` takes; the list is empty where no layout is possible.

    Examples
    --------
    >>> best_layouts({"check": 15, "pay": 30, "eye test": 40}, 3, max_workers_each=1)
    [[check] × 1 → [pay] × 1 → [eye test] × 1: 90 per hour with 3 workers]
    """
    found = layouts(
        process,
        workers,
        limits=limits,
        precedence=precedence,
        contiguous=contiguous,
        use_all=use_all,
        max_stations=max_stations,
        max_workers_each=max_workers_each,
    )
    return [x for x in found if x.exact_cycle_time == found[0].exact_cycle_time]


def pareto(found: Iterable[Layout], *, kinds: Iterable[str] | None = None) -> list[Layout]:
    """The layouts that nobody beats in capacity and equipment at once.

    Parameters
    ----------
    found : iterable of Layout
        Such as :func:`layouts` gives.
    kinds : iterable of str, optional
        Count only these kinds of equipment; left out: all, each piece as one.

    Returns
    -------
    list of Layout
        From the highest capacity (and most equipment) to the least equipment. Of layouts
        equal in both the one with the fewest stations, then the first given.

    Examples
    --------
    >>> studio = Process("Studio", [Activity("photo", 20, needs=("camera",)),
    ...                             Activity("pay", 30)])
    >>> [(round(x.capacity_per_hour, 1), x.equipment_total) for x in pareto(layouts(studio, 3))]
    [(216.0, 3), (180.0, 1)]
    """
    wanted = None if kinds is None else set(kinds)

    def pieces(layout: Layout) -> int:
        if wanted is None:
            return layout.equipment_total
        return sum(n for kind, n in layout.equipment.items() if kind in wanted)

    counted = [(x.exact_cycle_time, pieces(x), len(x.stations), x) for x in found]
    counted.sort(key=lambda entry: entry[:3])
    front: list[Layout] = []
    least = math.inf
    for _, number, _, layout in counted:
        if number < least:
            front.append(layout)
            least = number
    return front


@dataclass(frozen=True)
class Line:
    """A process made ready: activities as numbers, times as whole multiples of one unit."""

    names: tuple[str, ...]
    times: tuple[Fraction, ...]
    before: dict[int, int]  # activity number -> bit mask of all that must precede it
    kinds: tuple[str, ...]  # kinds of equipment
    needing: tuple[int, ...]  # kind number -> bit mask of the activities that need it
    limits: tuple[float, ...]  # kind number -> pieces there are
    unit: int  # every station's cycle time is a whole multiple of 1 / unit seconds
    cache: dict[tuple[int, int], tuple[Station, int]]

    @property
    def limited(self) -> bool:
        """Whether any kind of equipment is limited."""
        return any(pieces < math.inf for pieces in self.limits)

    def station(self, block: int, workers: int) -> Station:
        """The station of the activities in a bit mask."""
        return _station(self, block, workers)[0]


def prepare(
    process: Process | Mapping[str, float],
    workers: int,
    limits: Mapping[str, int],
    precedence: bool,
) -> Line:
    """Check a process for laying out and turn it into numbers."""
    a_count("workers", workers, 1)
    if not isinstance(process, Process):
        free = [Activity(name, seconds, after=()) for name, seconds in process.items()]
        process = Process("Activities", tuple(free))
    for activity in process.activities:
        if activity.rework is not None:
            raise ValueError(
                f"activity {activity.name!r} has rework, which a layout cannot show: take it "
                "out, or raise the times by the expected number of visits"
            )
    working = [a for a in process.activities if a.kind != "wait"]
    if not working:
        raise ValueError(f"process {process.name!r} has only waits: there is no work to lay out")
    times = tuple(exact(a.seconds) for a in working)
    place = {a.name: i for i, a in enumerate(working)}
    before = dict.fromkeys(range(len(working)), 0)
    if precedence:
        for name, ancestors in process.ancestors().items():
            if name in place:
                before[place[name]] = sum(1 << place[x] for x in ancestors if x in place)
    kinds = tuple(dict.fromkeys(kind for a in working for kind in a.needs))
    for kind, pieces in limits.items():
        if kind not in kinds:
            known = ", ".join(kinds) or "none"
            raise ValueError(f"limits: no activity needs {kind!r}; kinds needed: {known}")
        a_count(f"limits[{kind!r}]", pieces, 0)
    return Line(
        names=tuple(a.name for a in working),
        times=times,
        before=before,
        kinds=kinds,
        needing=tuple(sum(1 << place[a.name] for a in working if k in a.needs) for k in kinds),
        limits=tuple(limits.get(k, math.inf) for k in kinds),
        unit=math.lcm(*(t.denominator for t in times)) * math.lcm(*range(1, workers + 1)),
        cache={},
    )


def _groupings(line: Line, most: int, contiguous: bool) -> Iterator[list[int]]:
    """Every grouping of the activities into at most so many stations, as bit masks.

    Activity by activity: into a station that is there already, or into a new one. A branch is
    left as soon as its stations need each other in a circle, since they only grow, and as soon
    as more stations need a piece of equipment than there are pieces.
    """

    def grow(i: int, blocks: list[int]) -> Iterator[list[int]]:
        if i == len(line.names):
            yield blocks
            return
        bit = 1 << i
        first = max(len(blocks) - 1, 0) if contiguous else 0
        for b in range(first, len(blocks)):
            yield from checked(i, [*blocks[:b], blocks[b] | bit, *blocks[b + 1 :]])
        if len(blocks) < most:
            yield from checked(i, [*blocks, bit])

    def checked(i: int, blocks: list[int]) -> Iterator[list[int]]:
        for needing, pieces in zip(line.needing, line.limits, strict=True):
            if sum(1 for block in blocks if block & needing) > pieces:
                return
        known = (1 << (i + 1)) - 1
        before = {x: mask & known for x, mask in line.before.items() if x <= i}
        if station_order(blocks, before) is not None:
            yield from grow(i + 1, blocks)

    return grow(0, [])


def _staffings(
    line: Line, blocks: list[int], workers: int, each: int
) -> Iterator[tuple[_Rank, Layout]]:
    """Every way to give the stations exactly so many workers, one or more each."""
    if len(blocks) > workers:
        return
    needs = [sum(1 for mask in line.needing if block & mask) for block in blocks]
    limited = [
        ([b for b, block in enumerate(blocks) if block & mask], pieces)
        for mask, pieces in zip(line.needing, line.limits, strict=True)
        if pieces < math.inf
    ]
    for cuts in combinations(range(1, workers), len(blocks) - 1):
        ends = (0, *cuts, workers)
        staff = tuple(ends[b + 1] - ends[b] for b in range(len(blocks)))
        if max(staff) > each:
            continue
        if any(sum(staff[b] for b in needing) > pieces for needing, pieces in limited):
            continue
        placed = [_station(line, b, w) for b, w in zip(blocks, staff, strict=True)]
        cycle = max([units for _, units in placed])
        pieces = sum([n * w for n, w in zip(needs, staff, strict=True)])
        rank = (cycle, pieces, len(blocks), workers, (*blocks, *staff))
        yield rank, Layout(tuple([station for station, _ in placed]), Fraction(cycle, line.unit))


def _station(line: Line, block: int, workers: int) -> tuple[Station, int]:
    """A station and its cycle time in units; each is made once."""
    found = line.cache.get((block, workers))
    if found is None:
        members = [i for i in range(len(line.names)) if block >> i & 1]
        seconds = sum((line.times[i] for i in members), Fraction(0))
        station = Station(
            tuple(line.names[i] for i in members),
            workers,
            seconds,
            tuple(k for k, mask in zip(line.kinds, line.needing, strict=True) if block & mask),
        )
        found = line.cache[block, workers] = (station, int(seconds * line.unit) // workers)
    return found
