"""Phases that overlap: time won by an early start, time lost by rework."""

from __future__ import annotations

from typing import Any

from svclab.practice import Draw, Exercise, Field, NumberField, misconception
from svclab.practice.wording import Answers, page
from svclab.process.concurrent import best_overlap, overlap
from svclab.words import Quantity, number, percent, say

__all__ = ["Overlap"]


class Overlap(Exercise):
    """Duration of two overlapping phases with rework, and the best overlap."""

    title = "How early may the next phase begin?"
    objective = 7
    level = "demanding"
    core = False
    version = 2
    minutes = 10

    def deal(self, draw: Draw) -> Answers:
        return {
            "first": draw.integer(10, 20),
            "second": draw.integer(8, 20),
            "changes": draw.choice([0.5, 1, 1.5, 2]),
            "undone": draw.choice([10, 15, 20, 25, 30, 40]),
            "planned": draw.integer(4, 12),
        }

    def sound(self, p: Any) -> bool:
        # The best overlap lies inside, and the planned one is another, clearly. In twice the best
        # overlap all that has been built is undone once: no more can be.
        best, most = self._best(p), min(p.first, p.second)
        inside = 2 <= best <= most - 2 and p.planned <= min(most - 1, 2 * best)
        return inside and abs(p.planned - best) >= 1.5

    def _rate(self, p: Any) -> float:
        """Weeks of rework that the next week of overlap costs, for each week before it."""
        return float(p.changes * p.undone / 100)

    def _best(self, p: Any) -> float:
        return 1 / self._rate(p)

    def question(self, p: Any) -> str:
        return page(
            say(
                "A bank (invented) plans a new branch. First the branch is designed, which takes "
                "{first}; then it is built, which takes {second}. To save time, the building "
                "work begins before the design is finished (同步工程). The time in which both "
                "run is called the overlap (重叠时间).",
                first=_weeks(p.first),
                second=_weeks(p.second),
            ),
            say(
                "While both run, the design is changed {changes} times a week on average. Each "
                "change undoes {undone} of what has been built so far. In an overlap of *a* "
                "weeks, the building work grows evenly from zero to *a* weeks of work. So the "
                "rework (返工) takes, on average,",
                changes=number(p.changes),
                undone=percent(p.undone / 100),
            ),
            say("changes per week × share undone × *a* × *a* ÷ 2 weeks,"),
            say("and this time is added to the project."),
            say(
                "1. The manager plans an overlap of {planned}. How long does the project take on "
                "average, from the beginning of the design to the end of building?\n"
                "2. Which overlap makes the project shortest? (It may be a part of a week, such "
                "as 0.75 weeks.)\n"
                "3. How long does the project take then?",
                planned=_weeks(p.planned),
            ),
        )

    def fields(self, p: Any) -> list[Field]:
        return [
            NumberField("planned", say("Project with the planned overlap"), unit="weeks"),
            NumberField("best", say("Best overlap"), unit="weeks", relative=0.01),
            NumberField("shortest", say("Project with the best overlap"), unit="weeks"),
        ]

    def solve(self, p: Any) -> Answers:
        phases, most = [p.first, p.second], min(p.first, p.second)
        how = {"changes_per_time": p.changes, "impact": p.undone / 100}
        best = best_overlap(phases, **how)
        return {
            "planned": overlap(phases, share=p.planned / most, **how).total,
            "best": best.overlaps[0],
            "shortest": best.total,
        }

    def _takes(self, p: Any, weeks: float) -> float:
        return p.first + p.second - weeks + self._rate(p) * weeks * weeks / 2

    def second(self, p: Any) -> Answers:
        # Bisection: lengthen the overlap as long as its next bit saves more than it costs.
        low, high = 0.0, float(min(p.first, p.second))
        for _ in range(60):
            middle = (low + high) / 2
            if self._rate(p) * middle < 1:
                low = middle
            else:
                high = middle
        return {
            "planned": self._takes(p, p.planned),
            "best": low,
            "shortest": self._takes(p, low),
        }

    @misconception(
        "You forgot the rework. What is built early is built to a design that still changes, so "
        "a part of it must be built again."
    )
    def no_rework(self, p: Any) -> Answers:
        total = p.first + p.second
        return {"planned": total - p.planned, "shortest": total - self._best(p)}

    @misconception(
        "You let each change undo the work of the whole overlap. At the time of a change only a "
        "part of it has been built, half of it on average."
    )
    def half_forgotten(self, p: Any) -> Answers:
        return {"planned": p.first + p.second - p.planned + self._rate(p) * p.planned**2}

    @misconception(
        "You added the rework and did not take away the overlap. While both phases run, two "
        "weeks of work are done in one week."
    )
    def overlap_forgotten(self, p: Any) -> Answers:
        return {"planned": p.first + p.second + self._rate(p) * p.planned**2 / 2}

    @misconception(
        "You overlapped as much as possible. The longer the overlap, the more there is to undo: "
        "at some point one more week costs more than it saves."
    )
    def as_much_as_possible(self, p: Any) -> Answers:
        most = min(p.first, p.second)
        return {"best": most, "shortest": self._takes(p, most)}

    @misconception(
        "At this overlap the rework takes as long as the overlap saves, so nothing is gained. "
        "The best overlap is shorter: there one more week would cost as much as it saves."
    )
    def break_even(self, p: Any) -> Answers:
        return {"best": 2 * self._best(p), "shortest": p.first + p.second}

    def hints(self, p: Any) -> list[str]:
        return [
            say("Duration = both phases one after the other − overlap + rework."),
            say(
                "Make a table: for an overlap of one, two, three … weeks the time saved, the "
                "rework, and the difference."
            ),
            say(
                "The difference rises and then falls. At its highest point a little more overlap "
                "costs as much rework as it saves. There, changes per week × share undone × "
                "overlap = 1."
            ),
        ]

    def solution(self, p: Any) -> str:
        right, rate = self.solve(p), self._rate(p)
        return page(
            say(
                "Changes per week × share undone = {changes} × {undone} = {rate}.",
                changes=number(p.changes),
                undone=percent(p.undone / 100),
                rate=number(rate, 3),
            ),
            say(
                "**As planned.** Rework: {rate} × {a} × {a} ÷ 2 = {rework}. Duration: {first} + "
                "{second} − {a} + {rework} = **{total}**.",
                rate=number(rate, 3),
                a=number(p.planned),
                rework=number(rate * p.planned**2 / 2, 2),
                first=number(p.first),
                second=number(p.second),
                total=_weeks(right["planned"]),
            ),
            say(
                "**Best overlap.** One more week saves a week and costs {rate} × overlap. The "
                "two are equal at 1 ÷ {rate} = **{best}**.",
                rate=number(rate, 3),
                best=_weeks(right["best"]),
            ),
            say(
                "There the rework is half of the overlap, so the project takes {first} + "
                "{second} − {half} = **{total}**. One phase after the other would take {slow}.",
                first=number(p.first),
                second=number(p.second),
                half=number(right["best"] / 2, 2),
                total=_weeks(right["shortest"]),
                slow=_weeks(p.first + p.second),
            ),
        )


def _weeks(time: float) -> Quantity:
    return Quantity(time, "week", 2, "weeks")
