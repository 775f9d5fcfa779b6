"""What a report on a simulation may conclude from its numbers."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from svclab.practice import (
    ChoicesField,
    Draw,
    Exercise,
    Field,
    misconception,
)
from svclab.practice.wording import Answers, page, table
from svclab.words import count, hours, minutes, per_hour, percent, say

__all__ = ["SimulationReport"]

LENGTHS = (1, 4, 16, 64)  # h


class SimulationReport(Exercise):
    """Which sentences of a report on a simulation its table can carry."""

    title = "A report on a simulation"
    objective = 5
    level = "medium"
    version = 2
    minutes = 6

    def deal(self, draw: Draw) -> Answers:
        # Invented, but shaped like real runs: one column settles, the other goes on growing.
        capacity = draw.integer(40, 120, 10)
        level = draw.integer(20, 60)  # tenths of a minute
        settles = [level * draw.integer(55, 75) // 100, level * draw.integer(88, 94) // 100]
        settles += [level + draw.integer(-1, 1), level]
        grows = [draw.integer(30, 55)]
        for _ in range(3):
            grows.append(grows[-1] * draw.integer(170, 220) // 100)
        return {
            "capacity": capacity,
            "below": capacity * 8 // 10,
            "settles": [tenths / 10 for tenths in settles],
            "grows": [tenths / 10 for tenths in grows],
            "long_run": draw.chance(0.6),
            "ratio": draw.chance(0.5),
            "empty_start": draw.chance(0.75),
            "other_wait": round(level * draw.integer(80, 90) / 1000, 1),
            "shown": draw.shuffled(["long_run", "at_full", "empty_start", "ratio", "trap"]),
            "trap": draw.choice(["efficient", "other_design", "longer_run"]),
        }

    def sound(self, p: Any) -> bool:
        # Longer runs show longer waits, and more customers wait longer.
        rises = all(one <= two for one, two in pairwise(p.settles))
        fuller = all(low < high for low, high in zip(p.settles, p.grows, strict=True))
        return rises and fuller and bool(p.long_run or p.ratio or p.empty_start)

    def _statements(self, p: Any) -> dict[str, tuple[bool, str]]:
        """Each statement with whether the table carries it."""
        full, below = per_hour(p.capacity), per_hour(p.below)
        first, last = p.settles[0], p.settles[-1]
        old, new = p.grows[-2:]
        growth = (new - old) / (old if p.ratio else new)
        found = {
            "long_run": (
                p.long_run,
                say(
                    "At {below} the mean wait in the long run is about {wait}.",
                    below=below,
                    wait=minutes(last if p.long_run else first),
                ),
            ),
            "at_full": (
                False,
                say(
                    "At {full} the mean wait in the long run is about {wait}.",
                    full=full,
                    wait=minutes(p.grows[-1]),
                ),
            ),
            "empty_start": (
                p.empty_start,
                say(
                    "At {below} the runs of one hour show a wait that is too {short}, because "
                    "every run begins with an empty office.",
                    below=below,
                    short=say("short") if p.empty_start else say("long"),
                ),
            ),
            "ratio": (
                p.ratio,
                say(
                    "From runs of {before} to runs of {hours} the mean wait at {full} still grows "
                    "by {percent}, so no long-run value can be read from this column.",
                    before=hours(LENGTHS[-2]),
                    hours=hours(LENGTHS[-1]),
                    full=full,
                    percent=percent(growth, 0),
                ),
            ),
            "efficient": (
                False,
                say(
                    "Demand of {full} is the better plan: all workers are busy all the time, and "
                    "the wait is the price of that.",
                    full=full,
                ),
            ),
            "other_design": (
                False,
                say(
                    "Another design of the office (one line for all counters instead of a line at "
                    "each) was simulated once, for one hour at {below}. The mean wait was {wait}. "
                    "So it is better than this design.",
                    below=below,
                    wait=minutes(p.other_wait),
                ),
            ),
            "longer_run": (
                False,
                say(
                    "If the first hours are left out of the means, the mean wait at {full} will "
                    "settle, too.",
                    full=full,
                ),
            ),
        }
        return {p.trap if key == "trap" else key: found[p.trap if key == "trap" else key]
                for key in p.shown}  # fmt: skip

    def question(self, p: Any) -> str:
        rows = [
            (hours(length), minutes(one), minutes(two))
            for length, one, two in zip(LENGTHS, p.settles, p.grows, strict=True)
        ]
        head = [say("length of each run"), say("mean wait at {r}", r=per_hour(p.below))]
        return page(
            say(
                "An office (invented) can serve {full} per hour. A student has simulated it with "
                "random arrivals: first {below} arrive per hour on average, then {full}. Each "
                "figure in the table is the mean of many runs, and every run begins with an empty "
                "office.",
                full=count(p.capacity, "customer"),
                below=p.below,
            ),
            table([*head, say("mean wait at {r}", r=per_hour(p.capacity))], rows),
            say(
                "The long-run mean wait (长期平均等待时间) is the mean over a very long run. Which "
                "sentences of the report does the table justify? Tick all of them."
            ),
        )

    def fields(self, p: Any) -> list[Field]:
        options = {key: text for key, (_, text) in self._statements(p).items()}
        return [ChoicesField("justified", say("Justified"), options)]

    def _right(self, p: Any) -> list[str]:
        return [key for key, (right, _) in self._statements(p).items() if right]

    def solve(self, p: Any) -> Answers:
        return {"justified": self._right(p)}

    def _and(self, p: Any, key: str) -> Answers:
        """The right sentences and one that is not justified, in the order shown."""
        right = self._right(p)
        return {"justified": [one for one in self._statements(p) if one in right or one == key]}

    @misconception(
        "You believed the last figure of a column because it comes from the longest run. Read "
        "the column from top to bottom: it is still growing."
    )
    def longest_run(self, p: Any) -> Answers:
        return self._and(p, "at_full")

    @misconception(
        "You took the figure of the short runs for the long run. The office is empty at the "
        "beginning, so the first customers wait less than those who come later."
    )
    def short_run(self, p: Any) -> Answers | None:
        return None if p.long_run else self._and(p, "long_run")

    @misconception(
        "Look again at the sentences that you did not tick. Every run begins with an empty "
        "office: compare the first figure of the column that settles with its last."
    )
    def no_warm_up(self, p: Any) -> Answers | None:
        kept = [one for one in self._right(p) if one != "empty_start"]
        return {"justified": kept} if kept and p.empty_start else None

    @misconception(
        "Look again at the sentences that you did not tick. Where a mean no longer changes from "
        "one length to the next, it may be reported."
    )
    def trusts_nothing(self, p: Any) -> Answers | None:
        kept = [one for one in self._right(p) if one != "long_run"]
        return {"justified": kept} if kept and p.long_run else None

    @misconception(
        "You read full utilisation as a goal. Without any spare time the queue grows as long as "
        "the office is open."
    )
    def busy_is_good(self, p: Any) -> Answers | None:
        return self._and(p, "efficient") if p.trap == "efficient" else None

    @misconception(
        "You compared one short run with the mean of many. One run may be lucky, and in its first "
        "hour the wait is too short on average."
    )
    def one_lucky_run(self, p: Any) -> Answers | None:
        return self._and(p, "other_design") if p.trap == "other_design" else None

    @misconception(
        "You hope that leaving out the beginning cures everything. It helps where there is a "
        "long-run value. Where arrivals equal capacity, there is none."
    )
    def warm_up_cures(self, p: Any) -> Answers | None:
        return self._and(p, "longer_run") if p.trap == "longer_run" else None

    @misconception(
        "You did not check the percentage. Take the column and the two lengths that the sentence "
        "names. A growth is a share of the figure before."
    )
    def unchecked_percentage(self, p: Any) -> Answers | None:
        return None if p.ratio else self._and(p, "ratio")

    def hints(self, p: Any) -> list[str]:
        return [
            say("Read each column from top to bottom. Which one still changes at the end?"),
            say(
                "A long-run mean may be reported only where longer runs no longer change it. "
                "What is the utilisation (利用率) in each of the two columns?"
            ),
            say(
                "Check every figure in a sentence against the table. Wherever a sentence says "
                "“so” or “because”, ask what else could be the reason."
            ),
        ]

    def solution(self, p: Any) -> str:
        why = {
            "long_run": say(
                "The column at {below} no longer changes at the end. Only its last figures "
                "describe the long run.",
                below=per_hour(p.below),
            ),
            "at_full": say("The column still grows. A longer run would show a longer wait."),
            "empty_start": say(
                "The first figure is clearly smaller than those of longer runs: the first "
                "customers find nobody before them."
            ),
            "ratio": say(
                "At {full} it grows from {a} to {b}: ({b} − {a}) ÷ {a} = {percent}. A mean that "
                "still grows so much has not settled.",
                full=per_hour(p.capacity),
                a=minutes(p.grows[-2]),
                b=minutes(p.grows[-1]),
                percent=percent(p.grows[-1] / p.grows[-2] - 1, 0),
            ),
            "efficient": say("With all workers always busy, the queue has no limit."),
            "other_design": say("One run of one hour proves nothing: it may be chance."),
            "longer_run": say(
                "At full utilisation there is no long-run value, whatever is left out."
            ),
        }
        rows = [
            (text, say("yes") if right else say("no"), why[key])
            for key, (right, text) in self._statements(p).items()
        ]
        return table([say("sentence"), say("justified?"), say("why")], rows)
