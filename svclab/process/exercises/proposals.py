"""Changes of a line without more people, or with one: which brings most?"""

from __future__ import annotations

from itertools import pairwise
from math import fsum
from statistics import fmean
from typing import Any

from svclab.practice import (
    Draw,
    Exercise,
    Field,
    NumberField,
    OrderField,
    misconception,
)
from svclab.practice.wording import Answers, bullets, page, table
from svclab.process.analysis import analyse
from svclab.process.model import HOUR, Process
from svclab.words import per_hour, percent, say, seconds

__all__ = ["RankProposals"]

REPAIR = ("reception", "diagnosis", "repair", "payment")
FASTER = 0.1  # what a training brings, as a share of every time


class RankProposals(Exercise):
    """Four proposals, ranked by the capacity that each brings alone."""

    title = "Which proposal first?"
    objective = 3
    level = "medium"
    version = 2
    minutes = 6

    def deal(self, draw: Draw) -> Answers:
        slow = draw.integer(60, 100, 2)
        times = [slow, slow - draw.integer(6, 24, 2), *draw.integers(2, 16, 40, 2, distinct=True)]
        mixed = draw.shuffled(times)
        place = mixed.index(slow)
        kinds = ["extra", "elsewhere", "machine", "merge", "move", "training"]
        return {
            "seconds": mixed,
            "less": draw.integer(4, 20, 2),
            "moved": draw.integer(4, 20, 2),
            "to": draw.choice([i for i in range(4) if mixed[i] not in times[:2]]),
            "with_next": place == 0 or (place < 3 and draw.chance(0.5)),
            "proposals": draw.sample(kinds, 4),
        }

    def sound(self, p: Any) -> bool:
        # No two proposals bring the same.
        capacities = sorted(self._capacity(p, kind) for kind in p.proposals)
        return all(high > 1.01 * low for low, high in pairwise(capacities))

    def _slow(self, p: Any) -> int:
        return int(p.seconds.index(max(p.seconds)))

    def _partner(self, p: Any) -> int:
        """The neighbour with which the slowest place is merged."""
        return self._slow(p) + (1 if p.with_next else -1)

    def _places(self, p: Any, kind: str) -> list[tuple[str, float, int]]:
        """Name, time and people of each place after a proposal."""
        slow, partner = self._slow(p), self._partner(p)
        next_slow = p.seconds.index(sorted(p.seconds)[-2])
        time, people = [float(t) for t in p.seconds], [1] * 4
        if kind == "extra":
            people[slow] = 2
        elif kind == "elsewhere":
            people[next_slow] = 2
        elif kind == "machine":
            time[slow] -= p.less
        elif kind == "move":
            time[slow] -= p.moved
            time[p.to] += p.moved
        elif kind == "training":
            time = [round(t * (1 - FASTER), 1) for t in time]
        rows = list(zip(REPAIR, time, people, strict=True))
        if kind == "merge":
            low, high = sorted((slow, partner))
            both = " + ".join((REPAIR[low], REPAIR[high]))
            rows[low : high + 1] = [(both, time[low] + time[high], 2)]
        return rows

    def _capacity(self, p: Any, kind: str) -> float:
        return min(people * HOUR / time for _, time, people in self._places(p, kind))

    def _label(self, p: Any, kind: str) -> str:
        slow = REPAIR[self._slow(p)]
        if kind == "extra":
            return say("a second person at {place}", place=slow)
        if kind == "elsewhere":
            place = REPAIR[p.seconds.index(sorted(p.seconds)[-2])]
            return say("a second person at {place}", place=place)
        if kind == "machine":
            template = "a machine: {place} takes {time} less"
            return say(template, place=slow, time=seconds(p.less))
        if kind == "move":
            return say(
                "{time} of the work move from {place} to {to}",
                time=seconds(p.moved),
                place=slow,
                to=REPAIR[p.to],
            )
        if kind == "training":
            return say("a training: every time falls by {share}", share=percent(FASTER))
        return say(
            "merge {place} and {other} (合并工位): both people do both activities",
            place=slow,
            other=REPAIR[self._partner(p)],
        )

    def question(self, p: Any) -> str:
        return page(
            say(
                "A shop repairs phones while the customer waits (invented). Every customer "
                "passes four places in this order. One person works at each."
            ),
            table([say("place"), say("time")], zip(REPAIR, map(seconds, p.seconds), strict=True)),
            say("Four proposals have been made. Only one of them can be carried out:"),
            bullets(self._label(p, kind) for kind in p.proposals),
            say(
                "1. Put them in order, by the capacity of the whole line with each proposal: the "
                "highest first.\n"
                "2. What is the capacity with the best proposal?"
            ),
        )

    def fields(self, p: Any) -> list[Field]:
        items = {kind: self._label(p, kind) for kind in p.proposals}
        return [
            OrderField("order", say("Highest capacity first"), items),
            NumberField("best", say("Capacity with the best proposal"), unit="per hour"),
        ]

    def solve(self, p: Any) -> Answers:
        found = {}
        for kind in p.proposals:
            rows = self._places(p, kind)
            people = {name: n for name, _, n in rows}
            line = Process.line("Shop", [(name, t) for name, t, _ in rows], workers=people)
            found[kind] = analyse(line).capacity_per_hour
        order = sorted(found, key=found.__getitem__, reverse=True)
        return {"order": order, "best": found[order[0]]}

    def second(self, p: Any) -> Answers:
        # Without the model: rank by the time between two customers, in tenths of a second.
        gaps = {
            kind: max(round(10 * t) / n for _, t, n in self._places(p, kind))
            for kind in p.proposals
        }
        order = sorted(gaps, key=gaps.__getitem__)
        return {"order": order, "best": 36000 / gaps[order[0]]}

    @misconception("You began with the proposal that brings the least. Put the best one first.")
    def reversed_order(self, p: Any) -> Answers | None:
        order = self.solve(p)["order"][::-1]
        return None if order == self._by_the_sum(p) else {"order": order}

    @misconception(
        "You ranked by the sum (or the mean) of the capacities. What a fast place gains does not "
        "help the line: only its smallest capacity counts."
    )
    def by_the_sum(self, p: Any) -> Answers:
        order = self._by_the_sum(p)
        mean = fmean(n * HOUR / t for _, t, n in self._places(p, order[0]))
        return {"order": order, "best": mean}

    def _by_the_sum(self, p: Any) -> list[str]:
        sums = {
            kind: fsum(n * HOUR / t for _, t, n in self._places(p, kind)) for kind in p.proposals
        }
        return sorted(sums, key=sums.__getitem__, reverse=True)

    @misconception(
        "You looked only at the place that is changed. When it has become fast, another place "
        "limits the line."
    )
    def only_the_changed_place(self, p: Any) -> Answers | None:
        slow = REPAIR[self._slow(p)]
        alone = {
            kind: next(n * HOUR / t for name, t, n in self._places(p, kind) if slow in name)
            for kind in p.proposals
        }
        order = sorted(alone, key=alone.__getitem__, reverse=True)
        right = self._capacity(p, order[0])
        if alone[order[0]] <= right * 1.01:
            return None
        return {"order": order, "best": alone[order[0]]}

    @misconception(
        "This is how much the capacity rises. The question asks for the capacity that is reached."
    )
    def only_the_gain(self, p: Any) -> Answers:
        best = max(self._capacity(p, kind) for kind in p.proposals)
        return {"best": best - HOUR / max(p.seconds)}

    def hints(self, p: Any) -> list[str]:
        return [
            say("For each proposal write down the four times as they would be with it."),
            say(
                "Where two people work, a customer passes after half of the time. If two places "
                "are merged, two people share the sum of both times."
            ),
            say(
                "For each proposal find the longest of these times. The proposal with the "
                "smallest of them is the best: {hour} divided by it is the capacity.",
                hour=seconds(HOUR),
            ),
        ]

    def solution(self, p: Any) -> str:
        rows = []
        for kind in self.solve(p)["order"]:
            name, time, people = max(self._places(p, kind), key=lambda row: row[1] / row[2])
            capacity = per_hour(self._capacity(p, kind))
            rows.append((self._label(p, kind), name, seconds(time / people, 2), capacity))
        head = [say("proposal"), say("slowest place then"), say("time"), say("capacity")]
        return page(
            say(
                "Today **{place}** limits the line: {capacity}.",
                place=REPAIR[self._slow(p)],
                capacity=per_hour(HOUR / max(p.seconds)),
            ),
            table(head, rows),
            say(
                "The time is that between two customers: where two people work, it is half of the "
                "time that each of them needs. The best proposal reaches **{best}**.",
                best=per_hour(self.solve(p)["best"]),
            ),
        )
