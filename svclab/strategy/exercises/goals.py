"""Service goals against corporate goals: what is not covered, idle or in conflict."""

from __future__ import annotations

from typing import Any

from svclab.practice import (
    ChoiceField,
    ChoicesField,
    Draw,
    Exercise,
    Field,
    IntegerField,
    misconception,
)
from svclab.practice.apart import apart
from svclab.practice.wording import Answers, page, table
from svclab.strategy.positions.alignment import Alignment, align
from svclab.words import Quantity, join, say, upper_first

__all__ = ["GoalMatrix"]

NEEDED = 3
#: Who it is, four service goals, four corporate goals. All invented.
PLACES = {
    "ktv": (
        "A KTV chain (invented)",
        ("room ready in 5 minutes", "order songs by phone", "self-checkout", "singing prize"),
        ("return visits", "margin", "ten new shops", "good name"),
    ),
    "clinic": (
        "A chain of clinics (连锁诊所, invented)",
        ("no wait above 15 minutes", "results online", "same doctor", "free tea"),
        ("loyal patients", "low cost", "growth", "safety"),
    ),
    "courier": (
        "A courier company (快递, invented)",
        ("delivery on time", "parcel lockers", "evening hours", "birthday cards"),
        ("big customers", "low cost", "new cities", "fewer claims"),
    ),
    "hall": (
        "A government service hall (政务服务大厅, invented)",
        ("one visit is enough", "forms online", "help desk", "flower wall"),
        ("satisfied citizens", "lower budget", "more services", "no errors"),
    ),
}
SIZE = 4


class GoalMatrix(Exercise):
    """Corporate goals that nothing supports, service goals that help nothing, and conflicts."""

    title = "Do the goals fit together?"
    objective = 8
    level = "easy"
    minutes = 6

    def deal(self, draw: Draw) -> Answers:
        idle = draw.integer(0, SIZE - 1)
        helps, harms = [0, 0, 1, 1, 2, 2, 3, -1, -2, -3], [0, 0, 0, 0, -1, -1]
        rows = [
            [draw.choice(harms if k == idle else helps) for _ in range(SIZE)] for k in range(SIZE)
        ]
        return {"place": draw.choice(list(PLACES)), "rows": rows}

    def sound(self, p: Any) -> bool:
        found = _alignment(p)
        if len(found.orphans) != 1 or not 1 <= len(found.uncovered) <= 3 or not found.conflicts:
            return False
        # Wrong goals must show which thought led to them.
        named = [str(goals) for goals in self._thoughts(p) if goals]
        return len(set(named)) == len(named) and apart(self, p)

    def question(self, p: Any) -> str:
        where, goals, corporate = PLACES[p.place]
        rows: list[list[Quantity | str | int]] = [
            [goal, *(Quantity(x, "", 0) for x in row)]
            for goal, row in zip(goals, p.rows, strict=True)
        ]
        return page(
            say(
                "{where} checks whether its service goals agree with the corporate goals "
                "(strategic alignment, 战略一致性). 3 means that the one helps the other strongly, "
                "0 not at all, below 0 that it works against it:",
                where=where,
            ),
            table([say("service goal"), *corporate], rows),
            say(
                "A corporate goal is *covered* if the helping entries, those above 0, add up to "
                "{needed} or more: our convention.\n\n"
                "1. Which corporate goals are not covered?\n"
                "2. Which service goal helps no corporate goal at all?\n"
                "3. In how many cells does a service goal work against a corporate goal?",
                needed=NEEDED,
            ),
        )

    def fields(self, p: Any) -> list[Field]:
        _, goals, corporate = PLACES[p.place]
        return [
            ChoicesField("uncovered", say("Not covered"), {name: name for name in corporate}),
            ChoiceField("idle", say("Helps no corporate goal"), {name: name for name in goals}),
            IntegerField("conflicts", say("Cells with a conflict")),
        ]

    def solve(self, p: Any) -> Answers:
        found = _alignment(p)
        return {
            "uncovered": list(found.uncovered),
            "idle": found.orphans[0],
            "conflicts": len(found.conflicts),
        }

    def second(self, p: Any) -> Answers:
        _, goals, _ = PLACES[p.place]
        sums = [sum(x for x in column if x > 0) for column in zip(*p.rows, strict=True)]
        idle = [max(row) for row in p.rows].index(min(max(row) for row in p.rows))
        below = sum(x < 0 for row in p.rows for x in row)
        uncovered = self._named(p, [total < NEEDED for total in sums])
        return {"uncovered": uncovered, "idle": goals[idle], "conflicts": below}

    def _named(self, p: Any, bare: list[bool]) -> list[str]:
        return [name for name, here in zip(PLACES[p.place][2], bare, strict=True) if here]

    def _uncovered(self, p: Any, bare: list[bool]) -> Answers | None:
        names = self._named(p, bare)
        return {"uncovered": names} if names and names != self.solve(p)["uncovered"] else None

    def _thoughts(self, p: Any) -> list[Answers | None]:
        """What is not covered for who takes the harm off, wants one strong entry, or counts."""
        columns = list(zip(*p.rows, strict=True))
        counted = [sum(x > 0 for x in column) for column in columns]
        return [
            self._uncovered(p, [value < NEEDED for value in values])
            for values in (map(sum, columns), map(max, columns), counted)
        ]

    @misconception(
        "You took the entries below 0 off the support. A goal may be supported enough and harmed "
        "at the same time: the conflict is looked at for itself, and does not make it uncovered."
    )
    def netted(self, p: Any) -> Answers | None:
        return self._thoughts(p)[0]

    @misconception(
        "You asked for one strong entry. Several weak helpers together may cover a goal, too: add "
        "up the entries above 0."
    )
    def one_strong(self, p: Any) -> Answers | None:
        return self._thoughts(p)[1]

    @misconception("You counted the helpers. Their strength counts: add up the entries above 0.")
    def counted_helpers(self, p: Any) -> Answers | None:
        return self._thoughts(p)[2]

    @misconception(
        "You took the service goal with the smallest sum. One with much harm and a little help is "
        "in conflict, but it does help somewhere."
    )
    def smallest_sum(self, p: Any) -> Answers | None:
        sums = [sum(row) for row in p.rows]
        name = PLACES[p.place][1][sums.index(min(sums))]
        clear = sums.count(min(sums)) == 1 and name != self.solve(p)["idle"]
        return {"idle": name} if clear else None

    @misconception(
        "You added up the strength of the harm. The question is in how many cells there is any."
    )
    def strength_of_harm(self, p: Any) -> Answers | None:
        harm = -sum(min(0, x) for row in p.rows for x in row)
        return {"conflicts": harm} if harm != self.solve(p)["conflicts"] else None

    @misconception(
        "You counted the empty cells, those with 0, as conflicts. They neither help nor harm."
    )
    def zeros_too(self, p: Any) -> Answers | None:
        return (
            {"conflicts": sum(x <= 0 for row in p.rows for x in row)}
            if any(0 in row for row in p.rows)
            else None
        )

    def hints(self, p: Any) -> list[str]:
        return [
            say("The first question goes down the columns, the second along the rows."),
            say("Down each column add up only what stands above 0, and compare with {needed}.",
                needed=NEEDED),
            say("Along each row: is there a single entry above 0? If not, the goal helps nothing."),
        ]  # fmt: skip

    def solution(self, p: Any) -> str:
        found, right = _alignment(p), self.solve(p)
        rows: list[list[Quantity | str | int]] = [
            [name, *(Quantity(x, "", 0) for x in values.values())]
            for name, values in ((say("support"), found.support), (say("harm"), found.harm))
        ]
        return page(
            table(["", *PLACES[p.place][2]], rows),
            say("Not covered, with a support below {n}: {goals}. Either a service goal for it is "
                "missing, or the goal is not meant.",
                n=NEEDED, goals=join(right["uncovered"])),
            say("{idle} has no entry above 0: it helps no corporate goal. Ask who wants it.",
                idle=upper_first(right["idle"])),
            say("Entries below 0 stand in **{n}** cells. Each is to be talked about: a conflict is "
                "no reason to drop a goal, but somebody has to decide which one gives way.",
                n=right["conflicts"]),
        )  # fmt: skip


def _alignment(p: Any) -> Alignment:
    _, goals, corporate = PLACES[p.place]
    matrix = {
        goal: {name: float(x) for name, x in zip(corporate, row, strict=True)}
        for goal, row in zip(goals, p.rows, strict=True)
    }
    return align(matrix, needed=NEEDED)
