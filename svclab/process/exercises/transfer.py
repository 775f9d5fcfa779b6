"""Another order of the places, and a merge that it allows."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from svclab.practice import (
    ChoiceField,
    Draw,
    Exercise,
    Field,
    NumberField,
    misconception,
)
from svclab.practice.wording import Answers, page, table
from svclab.process.analysis import analyse
from svclab.process.arranging import arrange
from svclab.process.layout import Layout
from svclab.process.model import HOUR, Process
from svclab.process.sequencing import orders, resequenced
from svclab.words import join, per_hour, say, seconds

__all__ = ["PassengerTransfer"]

ROUTES = {
    "airport": (
        "At an airport (invented), passengers who change planes pass six places",
        ("passport control", "visa check", "baggage claim", "customs", "baggage drop", "security"),
    ),
    "enrolment": (
        "On the first day at a university (invented), students pass six places",
        ("papers", "fee", "photograph", "courses", "student card", "library"),
    ),
}
SLOW = 2  # the place that may move; it comes after place 0 and before place 4


class PassengerTransfer(Exercise):
    """What a new order brings, and what a merge brings that the new order allows."""

    title = "Another order, then a merge"
    objective = 3
    level = "medium"
    minutes = 8

    def deal(self, draw: Draw) -> Answers:
        others = draw.integers(5, 14, 40, 2, distinct=True)
        times = [*others[:SLOW], draw.integer(46, 58, 2), *others[SLOW:]]
        return {"route": draw.choice(list(ROUTES)), "seconds": times}

    def sound(self, p: Any) -> bool:
        # The best partner is no neighbour of today, and clearly the best.
        ranked = sorted(((self._merged(p, i), i) for i in (0, 1, 3, 4)), reverse=True)
        return ranked[0][1] in (0, 4) and ranked[0][0] > 1.02 * ranked[1][0]

    def question(self, p: Any) -> str:
        where, places = ROUTES[p.route]
        return page(
            say("{where}, in the order of the table. One person works at each place.", where=where),
            table([say("place"), say("time")], zip(places, map(seconds, p.seconds), strict=True)),
            say(
                "The order is fixed, except for **{free}**: it may come anywhere after {first} "
                "and before {last}.",
                free=places[SLOW],
                first=places[0],
                last=places[4],
            ),
            say(
                "1. What is the highest capacity of the line if you may only change the order?\n"
                "2. Now you may also merge {free} with a place next to it (合并工位): then there "
                "are two people at the merged place, and each of them does both activities. In "
                "another order, other places are next to it than today. With which place do you "
                "merge it, so that the capacity is highest?\n"
                "3. What is the capacity of the whole line then?",
                free=places[SLOW],
            ),
        )

    def fields(self, p: Any) -> list[Field]:
        places = _route(p)
        options = {places[i]: places[i] for i in range(6) if i != SLOW}
        return [
            NumberField("reordered", say("Capacity by order alone"), unit="per hour"),
            ChoiceField("partner", say("Merge with"), options),
            NumberField("merged", say("Capacity after the merge"), unit="per hour"),
        ]

    def _merged(self, p: Any, partner: int) -> float:
        """Capacity if the slow place is merged with a partner."""
        rest = [t for i, t in enumerate(p.seconds) if i not in (SLOW, partner)]
        return min(2 * HOUR / (p.seconds[SLOW] + p.seconds[partner]), HOUR / max(rest))

    def solve(self, p: Any) -> Answers:
        places = _route(p)
        slow = places[SLOW]
        today = Process.line("Line", list(zip(places, p.seconds, strict=True)))
        keep = [(places[0], slow), (slow, places[4])]
        alone, found = [], {}
        for order in orders(today, movable=[slow], keep=keep):
            line = resequenced(today, order)
            alone.append(analyse(line).capacity_per_hour)
            for one, two in pairwise(order):
                if slow in (one, two):
                    found[two if one == slow else one] = _merge(line, one, two).capacity_per_hour
        partner = max(found, key=found.__getitem__)
        return {"reordered": max(alone), "partner": partner, "merged": found[partner]}

    def second(self, p: Any) -> Answers:
        # In closed form: the slow place stays, and reaches places 0, 1, 3 and 4.
        best = max((0, 1, 3, 4), key=lambda i: self._merged(p, i))
        return {
            "reordered": HOUR / max(p.seconds),
            "partner": _route(p)[best],
            "merged": self._merged(p, best),
        }

    @misconception(
        "You left the slow place out. In every order each customer still passes it, with the "
        "same time and the same person."
    )
    def order_helps(self, p: Any) -> Answers:
        return {"reordered": HOUR / sorted(p.seconds)[-2]}

    @misconception(
        "You looked only at the places that are next to it today. First change the order: then "
        "other places are next to it."
    )
    def neighbours_of_today(self, p: Any) -> Answers:
        best = max((1, 3), key=lambda i: self._merged(p, i))
        return {"partner": _route(p)[best], "merged": self._merged(p, best)}

    @misconception(
        "You added the capacities of the two places. Every customer needs both activities, so "
        "the two people share the sum of the two times."
    )
    def capacities_added(self, p: Any) -> Answers:
        partner = self._best(p)
        return {"merged": HOUR / p.seconds[SLOW] + HOUR / p.seconds[partner]}

    @misconception(
        "You took the mean of the two capacities. Two people who each do both activities need "
        "the sum of the two times for a customer: begin with the times."
    )
    def capacities_averaged(self, p: Any) -> Answers:
        partner = self._best(p)
        return {"merged": (HOUR / p.seconds[SLOW] + HOUR / p.seconds[partner]) / 2}

    @misconception(
        "You gave the slow place a second person and forgot the other activity. Both people now "
        "do both activities for each customer."
    )
    def doubled(self, p: Any) -> Answers:
        return {"merged": 2 * HOUR / p.seconds[SLOW]}

    @misconception(
        "You computed the merged place alone. Another place of the line is now slower than that."
    )
    def only_the_merged(self, p: Any) -> Answers | None:
        partner = self._best(p)
        alone = 2 * HOUR / (p.seconds[SLOW] + p.seconds[partner])
        return {"merged": alone} if alone > 1.01 * self._merged(p, partner) else None

    def _best(self, p: Any) -> int:
        return max((0, 1, 3, 4), key=lambda i: self._merged(p, i))

    def hints(self, p: Any) -> list[str]:
        places = _route(p)
        return [
            say("Does a new order change the time or the people of the slowest place?"),
            say(
                "A merged place has two people. Each of them does both activities for a customer. "
                "Which other place adds the least work?"
            ),
            say(
                "In the permitted orders, these places can be next to {free}: {names}. After the "
                "merge compare the merged place with all others.",
                free=places[SLOW],
                names=join([places[i] for i in (0, 1, 3, 4)]),
            ),
        ]

    def solution(self, p: Any) -> str:
        places, best = _route(p), self._best(p)
        time = p.seconds[SLOW] + p.seconds[best]
        rest = max((t, i) for i, t in enumerate(p.seconds) if i not in (SLOW, best))
        return page(
            say(
                "**The order alone** changes nothing: {slow} is the slowest place in every order, "
                "with **{capacity}**.",
                slow=places[SLOW],
                capacity=per_hour(HOUR / p.seconds[SLOW]),
            ),
            say(
                "**The merge.** Of all places that can be next to it, **{partner}** has the least "
                "work. Move {slow} next to it. Each of the two people then needs {time} for a "
                "customer, so a customer passes every {half}.",
                partner=places[best],
                slow=places[SLOW],
                time=seconds(time),
                half=seconds(time / 2),
            ),
            say(
                "The slowest of the other places is {other} with {rest}. The longer of the two "
                "times decides: **{capacity}**.",
                other=places[rest[1]],
                rest=seconds(rest[0]),
                capacity=per_hour(self._merged(p, best)),
            ),
        )


def _route(p: Any) -> tuple[str, ...]:
    return ROUTES[p.route][1]


def _merge(line: Process, one: str, two: str) -> Layout:
    """The line with two neighbours as one place, their two people in it."""
    groups = [[name] for name in line.names if name not in (one, two)] + [[one, two]]
    return arrange(line, groups, [1] * (len(groups) - 1) + [2])
