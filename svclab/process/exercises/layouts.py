"""A line of one's own: who does what at which station, scored by the model."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from math import lcm
from statistics import fmean
from typing import Any

from svclab.practice import (
    Draw,
    Exercise,
    Field,
    IntegerField,
    NumberField,
    PlanField,
    PlanScore,
    misconception,
)
from svclab.practice.wording import Answers, bullets, page, table
from svclab.process.arranging import arrange
from svclab.process.balancing import best_layouts
from svclab.process.layout import Layout
from svclab.process.model import HOUR, Activity, Process
from svclab.words import count, join, per_hour, say, seconds

__all__ = ["LineLayout"]

ACTIVITIES = ("application", "photograph", "fingerprints", "payment", "visa")
NEEDS = {"photograph": "camera", "fingerprints": "scanner"}
STATIONS = 5


class LineLayout(Exercise):
    """Group five activities into stations and staff them, with few machines."""

    title = "Lay out a visa office"
    objective = 3
    level = "demanding"
    points = 2
    minutes = 20

    def deal(self, draw: Draw) -> Answers:
        return {
            "seconds": draw.integers(5, 10, 90, 5, distinct=True),
            "workers": draw.integer(5, 7),
            "cameras": draw.integer(1, 3),
            "scanners": draw.integer(1, 3),
        }

    def sound(self, p: Any) -> bool:
        # Grouping must pay, and the machines must keep everybody from doing everything.
        best = HOUR / _cycle(_best(p))
        each = self.score(p, "plan", _entries(*_each_alone(p))).value
        return best > 1.05 * each and self._bound(p) > 1.02 * best

    def question(self, p: Any) -> str:
        rows = [
            (name, seconds(time), NEEDS.get(name, ""))
            for name, time in zip(ACTIVITIES, p.seconds, strict=True)
        ]
        return page(
            say(
                "A visa office (invented) has {workers}, {cameras} and {scanners}. Every "
                "applicant needs five activities:",
                workers=count(p.workers, "worker"),
                cameras=count(p.cameras, "camera"),
                scanners=count(p.scanners, "scanner"),
            ),
            table([say("activity"), say("time"), say("machine")], rows),
            say("You lay out the office. The rules:"),
            bullets(
                [
                    say("Each activity belongs to one station. A station may have several."),
                    say(
                        "Everybody who works at a station does **all** its activities for one "
                        "applicant, and then takes the next applicant."
                    ),
                    say(
                        "If a station has an activity that needs a machine, each of its workers "
                        "needs such a machine."
                    ),
                    say(
                        "The application comes first and the visa last. The order between them "
                        "is free. Nobody goes back to a station."
                    ),
                ]
            ),
            say(
                "Before you begin: what capacity could these people reach at most if there were "
                "enough machines for everybody? Then make a plan with the highest capacity that "
                "you can find. A station that you do not need has 0 workers."
            ),
        )

    def fields(self, p: Any) -> list[Field]:
        rows = {name: say("{name}: station number", name=name) for name in ACTIVITIES}
        rows |= {key: say("station {n}: workers", n=n) for n, key in enumerate(_keys(), 1)}
        return [
            NumberField("bound", say("Capacity at most, with machines for all"), unit="per hour"),
            PlanField(
                "plan",
                say("Your plan"),
                rows,
                [IntegerField("number", say("Number"))],
                help=say("A station number from 1 to {n} for each activity.", n=STATIONS),
            ),
        ]

    def _bound(self, p: Any) -> float:
        """Nobody idle: all working time divided by the work in one applicant."""
        content = sum(p.seconds)
        return p.workers * HOUR / content

    def solve(self, p: Any) -> Answers:
        return {"bound": self._bound(p), "plan": _entries(*_best(p)[1:])}

    def second(self, p: Any) -> Answers:
        # The course's own enumeration of every layout.
        limits = {"camera": p.cameras, "scanner": p.scanners}
        found = best_layouts(
            _process(p), p.workers, limits=limits, use_all=False, max_stations=STATIONS
        )[0]
        alone = best_layouts(_process(p), p.workers)[0]
        groups = tuple(station.activities for station in found.stations)
        staff = tuple(station.workers for station in found.stations)
        return {"bound": alone.capacity_per_hour, "plan": _entries(groups, staff)}

    def score(self, p: Any, name: str, plan: Any) -> PlanScore:
        layout, why = _read(p, plan)
        if layout is None:
            return PlanScore(False, why)
        best = HOUR / _cycle(_best(p))
        return PlanScore(True, value=layout.capacity_per_hour, best=best, unit="per hour")

    @misconception(
        "Every activity has a station of its own, and the spare workers are at the slowest ones. "
        "That is possible, but people at the fast stations wait for work. Put short activities "
        "together, so that nobody has much less to do than the others."
    )
    def each_alone(self, p: Any) -> Answers:
        return {"plan": _entries(*_each_alone(p))}

    @misconception(
        "You let everybody do everything. Then each of the workers needs a machine of each kind."
    )
    def all_in_one(self, p: Any) -> Answers:
        return {"plan": _entries((ACTIVITIES,), (p.workers,))}

    @misconception(
        "You divided by the longest activity, as if one person stayed there. With machines for "
        "all, everybody could do everything: then nobody ever waits for work."
    )
    def longest_alone(self, p: Any) -> Answers:
        return {"bound": HOUR / max(p.seconds)}

    @misconception(
        "You took the mean of the capacities of the activities. An applicant needs all of them: "
        "add the times first."
    )
    def mean(self, p: Any) -> Answers:
        return {"bound": fmean(HOUR / time for time in p.seconds)}

    @misconception(
        "This is what one worker alone can do, from the first activity to the last. The office "
        "has more workers."
    )
    def one_person(self, p: Any) -> Answers:
        content = sum(p.seconds)
        return {"bound": HOUR / content}

    def hints(self, p: Any) -> list[str]:
        content = sum(p.seconds)
        return [
            say(
                "With machines for everybody nobody would ever be idle: how much working time is "
                "there in an hour, and how much of it does one applicant need?"
            ),
            say(
                "The capacity at most: {workers} work {hour} each in an hour, and one applicant "
                "needs {work} of work. For the plan: which activities need a machine, and how "
                "many workers can they have?",
                workers=count(p.workers, "worker"),
                hour=seconds(HOUR),
                work=seconds(content),
            ),
            say(
                "A good plan has stations with nearly the same *time ÷ workers*. In a perfect one "
                "it would be {each} at every station.",
                each=seconds(content / p.workers),
            ),
            self._last_hint(p),
        ]

    def _last_hint(self, p: Any) -> str:
        """One station of a best plan of this variant, and how many stations it has."""
        _, groups, staff = _best(p)
        largest = max(range(len(groups)), key=lambda i: (len(groups[i]), staff[i]))
        if len(groups) == 1:
            return say("There is a best plan with one station for everything.")
        return say(
            "There is a best plan with {stations}. One of them does {names} with {workers}.",
            stations=count(len(groups), "station"),
            names=join(groups[largest]),
            workers=count(staff[largest], "worker"),
        )

    def solution(self, p: Any) -> str:
        cycle, groups, staff = _best(p)
        content = sum(p.seconds)
        time = dict(zip(ACTIVITIES, p.seconds, strict=True))
        rows = []
        for group, n in zip(groups, staff, strict=True):
            work = sum(time[name] for name in group)
            rows.append((join(group), n, seconds(work), per_hour(n * HOUR / work)))
        return page(
            say(
                "**At most**, with machines for all: {workers} × {hour} ÷ {work} = **{bound}**.",
                workers=p.workers,
                hour=seconds(HOUR),
                work=seconds(content),
                bound=per_hour(self._bound(p)),
            ),
            say("**A best plan**, found by trying every way to group and to staff:"),
            table([say("station"), say("workers"), say("time"), say("capacity")], rows),
            say(
                "The slowest station sets the capacity: {capacity}. Other plans may be just as "
                "good.",
                capacity=per_hour(HOUR / _cycle((cycle, groups, staff))),
            ),
        )


Found = tuple[int, tuple[tuple[str, ...], ...], tuple[int, ...]]
UNIT = lcm(*range(1, 8))  # every time ÷ workers is a whole number of 1/UNIT seconds


def _keys() -> list[str]:
    return [f"station_{n}" for n in range(1, STATIONS + 1)]


def _entries(groups: tuple[tuple[str, ...], ...], staff: tuple[int, ...]) -> Answers:
    """A layout as the entries of the plan's table."""
    keys = _keys()
    numbers = {name: i for i, group in enumerate(groups, 1) for name in group}
    entries = {name: numbers[name] for name in ACTIVITIES}
    entries |= {key: staff[i] if i < len(staff) else 0 for i, key in enumerate(keys)}
    return {row: {"number": number} for row, number in entries.items()}


def _process(p: Any) -> Process:
    first, *middle, last = ACTIVITIES
    after = dict.fromkeys(middle, (first,)) | {first: (), last: tuple(middle)}
    return Process(
        "Visa office",
        tuple(
            Activity(name, t, after=after[name], needs=(NEEDS[name],) if name in NEEDS else ())
            for name, t in zip(ACTIVITIES, p.seconds, strict=True)
        ),
    )


def _read(p: Any, plan: Any) -> tuple[Layout | None, str]:
    """The layout of a plan, or the rule that it breaks."""
    number = {row: cells["number"] for row, cells in plan.items()}
    staff = [number[key] for key in _keys()]
    groups: list[list[str]] = [[] for _ in staff]
    for name in ACTIVITIES:
        if not 1 <= number[name] <= STATIONS:
            why = say("{name} needs a station number from 1 to {n}.", name=name, n=STATIONS)
            return None, why
        groups[number[name] - 1].append(name)
    for n, (group, people) in enumerate(zip(groups, staff, strict=True), 1):
        if people < 0 or (group and people == 0):
            return None, say("station {n} has activities but no workers.", n=n)
        if people and not group:
            return None, say("station {n} has workers but no activity: give it 0.", n=n)
    if sum(staff) > p.workers:
        placed, there = sum(staff), p.workers
        return None, say("it has {placed} workers; there are {there}.", placed=placed, there=there)
    used = [(group, people) for group, people in zip(groups, staff, strict=True) if group]
    try:
        layout = arrange(_process(p), [g for g, _ in used], [n for _, n in used])
    except ValueError:  # the one rule left that arrange() can find broken
        return None, say(
            "the application and the visa are at one station and other activities are at "
            "others, so the applicants would have to come back."
        )
    for kind, there in (("camera", p.cameras), ("scanner", p.scanners)):
        if layout.equipment.get(kind, 0) > there:
            pieces = count(layout.equipment[kind], kind)
            return None, say("it needs {pieces}; there are {n}.", pieces=pieces, n=there)
    return layout, ""


def _each_alone(p: Any) -> tuple[tuple[tuple[str, ...], ...], tuple[int, ...]]:
    """Every activity alone, the free workers where they help and a machine is left."""
    groups = tuple((name,) for name in ACTIVITIES)
    return groups, _staffed(tuple(p.seconds), _most(p, groups), p.workers)


def _most(p: Any, groups: tuple[tuple[str, ...], ...]) -> tuple[int, ...]:
    """Workers that each group can have, by its machines."""
    pieces = {"photograph": p.cameras, "fingerprints": p.scanners}
    return tuple(min(pieces.get(name, p.workers) for name in group) for group in groups)


def _staffed(times: tuple[int, ...], most: tuple[int, ...], workers: int) -> tuple[int, ...]:
    """One worker each, then one more at the slowest as long as a machine is left."""
    staff = [1] * len(times)
    for _ in range(workers - len(times)):
        slow = max(range(len(times)), key=lambda i: times[i] * UNIT // staff[i])
        if staff[slow] == most[slow]:
            break
        staff[slow] += 1
    return tuple(staff)


def _cycle(found: Found) -> float:
    return found[0] / UNIT


def _best(p: Any) -> Found:
    return _search(tuple(p.seconds), p.workers, p.cameras, p.scanners)


@lru_cache(maxsize=1024)
def _search(times: tuple[int, ...], workers: int, cameras: int, scanners: int) -> Found:
    """The best layout: every grouping, each staffed as well as can be."""
    most = (workers, cameras, scanners, workers, workers)
    best: Found | None = None
    for groups in _groupings(len(times)):
        ends_together = any(group[0] == 0 and group[-1] == len(times) - 1 for group in groups)
        if len(groups) > workers or (ends_together and len(groups) > 1):
            continue
        work = tuple(sum(times[i] for i in group) for group in groups)
        limits = tuple(min(most[i] for i in group) for group in groups)
        staff = _staffed(work, limits, workers)
        cycle = max(t * UNIT // n for t, n in zip(work, staff, strict=True))
        if best is None or cycle < best[0]:
            names = tuple(tuple(ACTIVITIES[i] for i in group) for group in groups)
            best = (cycle, names, staff)
    assert best is not None
    return best


@lru_cache(maxsize=8)
def _groupings(n: int) -> tuple[tuple[tuple[int, ...], ...], ...]:
    """Every way to put n activities into groups."""

    def grow(i: int, groups: tuple[tuple[int, ...], ...]) -> Iterator[tuple[tuple[int, ...], ...]]:
        if i == n:
            yield groups
            return
        for k, group in enumerate(groups):
            yield from grow(i + 1, (*groups[:k], (*group, i), *groups[k + 1 :]))
        yield from grow(i + 1, (*groups, (i,)))

    return tuple(grow(0, ()))
