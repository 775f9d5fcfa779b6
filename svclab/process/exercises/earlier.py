"""Earlier versions of exercises: what was dealt and right then, so that it is graded by that.

Texts are those of today. What decides is kept as it was: dealing, fields, tolerance, and the
mistakes that were known, because a variant in which one of them is right is dealt again.
"""

from __future__ import annotations

import math
from itertools import accumulate, pairwise
from statistics import fmean
from typing import Any

from svclab.practice import Draw, Exercise, Field, NumberField, misconception
from svclab.practice.wording import Answers
from svclab.process.exercises.paperwork import CycleEfficiency
from svclab.process.exercises.piles import Pooling, own_piles, times_of
from svclab.process.exercises.projects import Overlap
from svclab.process.exercises.proposals import RankProposals
from svclab.process.exercises.refunds import Esia
from svclab.process.exercises.reports import SimulationReport
from svclab.process.exercises.staffing import FewestWorkers
from svclab.process.model import HOUR
from svclab.words import say

__all__ = ["OLDER"]


class CycleEfficiency1(CycleEfficiency):
    """With long waits, so that leaving out the work hardly changed the first figure."""

    version = 1
    value_by_waits = None  # type: ignore[assignment]

    def deal(self, draw: Draw) -> Answers:
        waits = [draw.number(0.5, 4, 0.5), *(draw.integer(2, 30) for _ in range(4))]
        work = [draw.integer(2, 9) for _ in range(3)]
        return {"waits": waits, "work": [*work, draw.integer(5, 20), draw.integer(2, 6)]}

    def sound(self, p: Any) -> bool:
        return True

    def fields(self, p: Any) -> list[Field]:
        first, second = super().fields(p)
        digits = say("Two digits behind the point.")
        return [
            NumberField(first.name, first.label, unit="%", absolute=0.01, help=digits),
            second,
        ]


class Esia1(Esia):
    """With the flow time in hours."""

    version = 1
    waits_only = None  # type: ignore[assignment]

    def fields(self, p: Any) -> list[Field]:
        moves, flow, work = super().fields(p)
        return [moves, NumberField(flow.name, flow.label, unit="h"), work]

    def _flow(self, hours: float, minutes: float) -> float:
        return hours + minutes / 60


class FewestWorkers1(FewestWorkers):
    """With one mistake in rounding for both numbers of people."""

    version = 1
    nearest_fixed = down_together = None  # type: ignore[assignment]

    @misconception(
        "You rounded to the nearest whole number. With fewer people than that a part of the work "
        "is left over in every hour: round up."
    )
    def nearest(self, p: Any) -> Answers:
        return {
            "fixed": sum(max(1, math.floor(p.demand * t / HOUR + 0.5)) for t in p.seconds),
            "free": math.floor(p.demand * sum(p.seconds) / HOUR + 0.5),
        }


class Overlap1(Overlap):
    """With rework that could be more than what was built."""

    version = 1

    def sound(self, p: Any) -> bool:
        best, most = self._best(p), min(p.first, p.second)
        return 2 <= best <= most - 2 and p.planned <= most - 1 and abs(p.planned - best) >= 1.5


class Pooling1(Pooling):
    """With numbers of which few were sound."""

    version = 1

    def deal(self, draw: Draw) -> Answers:
        gaps = [draw.integer(1, 5) for _ in range(5)]
        return {
            "arrive": list(accumulate(gaps, initial=0)),
            "work": [draw.integer(3, 9) if draw.chance(0.6) else draw.integer(12, 20)
                     for _ in range(6)],
        }  # fmt: skip

    def sound(self, p: Any) -> bool:
        own, idle, wasted = own_piles(p)
        times = times_of(p.arrive, p.work, 2)
        tie = any(a + time in p.arrive for a, time in zip(p.arrive, times, strict=True))
        return own > 1.08 * fmean(times) and 2 <= wasted < idle and not tie


class RankProposals1(RankProposals):
    """With a place and a partner that often could not be used."""

    version = 1

    def deal(self, draw: Draw) -> Answers:
        slow = draw.integer(60, 100, 2)
        times = [slow, slow - draw.integer(6, 24, 2), *draw.integers(2, 16, 40, 2, distinct=True)]
        kinds = ["extra", "elsewhere", "machine", "merge", "move", "training"]
        return {
            "seconds": draw.shuffled(times),
            "less": draw.integer(4, 20, 2),
            "moved": draw.integer(4, 20, 2),
            "to": draw.integer(0, 3),
            "with_next": draw.chance(0.5),
            "proposals": draw.sample(kinds, 4),
        }

    def sound(self, p: Any) -> bool:
        times, slow = p.seconds, p.seconds.index(max(p.seconds))
        if p.to in (slow, times.index(sorted(times)[-2])) or not 0 <= self._partner(p) <= 3:
            return False
        capacities = sorted(self._capacity(p, kind) for kind in p.proposals)
        return all(high > 1.01 * low for low, high in pairwise(capacities))


class SimulationReport1(SimulationReport):
    """With tables that no simulation would give: waits that fall in longer runs."""

    version = 1

    def sound(self, p: Any) -> bool:
        return bool(p.long_run or p.ratio or p.empty_start)


#: For the chapter's list of earlier versions.
OLDER: tuple[Exercise, ...] = (
    CycleEfficiency1(),
    Esia1(),
    FewestWorkers1(),
    Overlap1(),
    Pooling1(),
    RankProposals1(),
    SimulationReport1(),
)
