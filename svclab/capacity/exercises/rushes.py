"""A rush as water that flows into a tank: queue, wait, and when it is over."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from svclab.capacity.queues.fluid import FluidQueue, fluid_queue
from svclab.practice import Draw, Exercise, Field, NumberField, misconception
from svclab.practice.apart import apart
from svclab.practice.wording import Answers, page, table
from svclab.words import minutes, number, per_hour, say

__all__ = ["RushHour"]

#: Where, who comes, and what begins the rush. All invented.
PLACES = {
    "canteen": (
        "the counters of a university canteen (食堂, invented)",
        "students",
        "the last morning class ends",
    ),
    "parcels": (
        "the parcel station of a campus (快递驿站, invented)",
        "students",
        "the afternoon classes end",
    ),
    "metro": (
        "the security check of a metro station (地铁安检, invented)",
        "passengers",
        "the offices close",
    ),
    "museum": (
        "the entrance of a museum (invented)",
        "visitors",
        "the tour buses arrive",
    ),
}


class RushHour(Exercise):
    """Queue at the end of a rush, when it is gone, and the longest wait."""

    title = "The noon rush"
    objective = 1
    level = "easy"
    minutes = 7

    def deal(self, draw: Draw) -> Answers:
        capacity = draw.integer(240, 900, 30)
        return {
            "place": draw.choice(list(PLACES)),
            "capacity": capacity,
            "quiet": draw.integer(20, 60, 10),
            "before": capacity - draw.integer(60, 150, 30),
            "rush": capacity + draw.integer(120, 480, 30),
            "lasts": draw.integer(15, 45, 5),
            "after": capacity - draw.integer(60, 480, 30),
        }

    def sound(self, p: Any) -> bool:
        # A rush of an everyday size, whole people, and no number that stands in the table.
        if p.after < 60 or p.rush > 2 * p.capacity or (p.rush - p.capacity) * p.lasts % 60:
            return False
        queue, gone, wait = self._exact(p)
        sizes = queue >= 30 and gone <= 150 and 4 <= wait <= 30
        shown = {p.capacity, p.quiet, p.before, p.rush, p.lasts, p.after}
        return sizes and not shown & {queue, gone, wait} and apart(self, p)

    def _exact(self, p: Any) -> tuple[Fraction, Fraction, Fraction]:
        """Queue in people, and two times in minutes."""
        queue = Fraction((p.rush - p.capacity) * p.lasts, 60)
        gone = p.lasts + 60 * queue / (p.capacity - p.after)
        return queue, gone, 60 * queue / p.capacity

    def question(self, p: Any) -> str:
        where, who, begins = PLACES[p.place]
        rows = [
            (say("the {time} before", time=minutes(p.quiet)), per_hour(p.before)),
            (say("the rush, {time}", time=minutes(p.lasts)), per_hour(p.rush)),
            (say("afterwards"), per_hour(p.after)),
        ]
        return page(
            say(
                "At {where} a rush (高峰) begins when {begins}. The place can serve {capacity}. "
                "At the beginning of the table nobody waits. Treat the {who} like water that "
                "flows into a tank: within each row they come evenly, and they are served in the "
                "order of arrival.",
                where=where,
                begins=begins,
                capacity=per_hour(p.capacity),
                who=who,
            ),
            table([say("when"), say("{who} who come", who=who)], rows),
            say(
                "1. How long is the queue at the end of the rush, in people?\n"
                "2. How many minutes after the *beginning* of the rush is the queue gone?\n"
                "3. How long does the person wait who waits longest?"
            ),
        )

    def fields(self, p: Any) -> list[Field]:
        return [
            NumberField("queue", say("Queue at the end of the rush"), unit="people"),
            NumberField("gone", say("Queue gone after the rush began"), unit="min"),
            NumberField("wait", say("Longest wait"), unit="min"),
        ]

    def solve(self, p: Any) -> Answers:
        rush = self._fluid(p)
        ends = rush.ends or 0.0
        return {
            "queue": rush.longest_queue,
            "gone": 60 * ends,
            "wait": 60 * rush.longest_wait,
        }

    def _fluid(self, p: Any) -> FluidQueue:
        # The rush begins at hour 0; the last row goes on until the queue has surely gone.
        hours = [-p.quiet / 60, 0.0, p.lasts / 60, 4.0]
        return fluid_queue(hours, [p.before, p.rush, p.after], capacity=p.capacity)

    def second(self, p: Any) -> Answers:
        # Where the curves of arrivals and departures meet, and their horizontal distance.
        come = Fraction(p.rush * p.lasts, 60)
        return {
            "queue": float(come - Fraction(p.capacity * p.lasts, 60)),
            "gone": float(p.lasts * Fraction(p.rush - p.after, p.capacity - p.after)),
            "wait": float(60 * come / p.capacity - p.lasts),
        }

    @misconception(
        "You counted everybody who comes during the rush. Many of them are served while it lasts: "
        "only the part above the capacity piles up."
    )
    def all_who_come(self, p: Any) -> Answers:
        return {"queue": p.rush * p.lasts / 60}

    @misconception(
        "You let the quiet time before the rush make up for a part of it. Capacity that was not "
        "used is lost: nobody can be served before coming."
    )
    def saved_up(self, p: Any) -> Answers | None:
        spare = (p.capacity - p.before) * p.quiet / 60
        queue = float(self._exact(p)[0])
        return {"queue": queue - spare} if spare < queue else None

    @misconception(
        "You divided the queue by the whole capacity. While the queue is worked off, others "
        "come and take a part of the capacity. Only the rest of it shortens the queue."
    )
    def nobody_comes_after(self, p: Any) -> Answers:
        queue, _, _ = self._exact(p)
        return {"gone": float(p.lasts + 60 * queue / p.capacity)}

    @misconception(
        "You counted from the end of the rush. The question counts from its beginning, so the "
        "length of the rush comes on top."
    )
    def from_the_end(self, p: Any) -> Answers:
        return {"gone": float(self._exact(p)[1] - p.lasts)}

    @misconception(
        "You let the queue end with the rush. At this moment it is longest: from now on fewer "
        "come than are served, but those in the queue are still there."
    )
    def ends_with_the_rush(self, p: Any) -> Answers:
        return {"gone": p.lasts}

    @misconception(
        "You took the time until the queue has gone for a wait. Nobody waits for those who come "
        "later: a person waits only until everybody in front has been served."
    )
    def waits_to_the_end(self, p: Any) -> Answers:
        return {"wait": float(self._exact(p)[1] - p.lasts)}

    @misconception(
        "You divided the people in front by the rate at which people come. They leave the queue "
        "at the rate at which they are served."
    )
    def by_arrivals(self, p: Any) -> Answers:
        return {"wait": float(60 * self._exact(p)[0] / p.rush)}

    @misconception(
        "This is the mean wait of those who come during the rush. The queue grows until its end, "
        "so look at the person who comes last."
    )
    def mean_of_the_rush(self, p: Any) -> Answers:
        return {"wait": float(self._exact(p)[2] / 2)}

    def hints(self, p: Any) -> list[str]:
        return [
            say(
                "Draw two lines over the time: how many have come so far, and how many have been "
                "served. Before the rush they lie on each other."
            ),
            say(
                "The queue is the vertical distance of the two lines. During the rush it grows by "
                "the difference of two rates, for the minutes of the rush."
            ),
            say(
                "After the rush the queue shrinks, again by the difference of two rates. Divide "
                "the queue by it, and do not forget the rush itself."
            ),
            say(
                "Who comes at the very end of the rush has the whole queue in front. How long "
                "does the place need to serve so many people?"
            ),
        ]

    def solution(self, p: Any) -> str:
        queue, gone, wait = self._exact(p)
        after = gone - p.lasts
        return page(
            say(
                "**Queue.** Before the rush fewer come than can be served, so nobody waits. In "
                "the rush {rush} − {capacity} = {more} people an hour are too many, for {lasts}: "
                "{more} × {minutes} ÷ 60 = **{queue} people**.",
                rush=p.rush,
                capacity=p.capacity,
                more=p.rush - p.capacity,
                lasts=minutes(p.lasts),
                minutes=p.lasts,
                queue=number(float(queue), 0),
            ),
            say(
                "**Gone.** Afterwards the queue shrinks by {capacity} − {after} = {less} people "
                "an hour: {queue} ÷ {less} × 60 = {time}. With the rush itself these are {lasts} "
                "+ {time} = **{gone}** after its beginning.",
                capacity=p.capacity,
                after=p.after,
                less=p.capacity - p.after,
                queue=number(float(queue), 0),
                time=minutes(float(after), 2),
                lasts=minutes(p.lasts),
                gone=minutes(float(gone), 2),
            ),
            say(
                "**Longest wait.** Who comes at the end of the rush has {queue} people in front, "
                "and {capacity} are served in an hour: {queue} ÷ {capacity} × 60 = **{wait}**. "
                "Those who come later find a shorter queue.",
                queue=number(float(queue), 0),
                capacity=p.capacity,
                wait=minutes(float(wait), 2),
            ),
        )
