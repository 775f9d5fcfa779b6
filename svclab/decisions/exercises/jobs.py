"""Who does which job: a plan of one's own, scored against the quickest one."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import permutations
from typing import Any

from svclab.decisions.exercises.plan_scores import Saving
from svclab.decisions.problems.assignment import assignment_problem
from svclab.practice import (
    ChoiceField,
    Draw,
    Exercise,
    Field,
    IntegerField,
    PlanField,
    PlanScore,
    misconception,
)
from svclab.practice.apart import apart
from svclab.practice.wording import Answers, page, table
from svclab.words import Quantity, join, minutes, say

__all__ = ["AssignJobs"]

PEOPLE = ("Chen", "Li", "Wang", "Zhao")
#: Who has to do what. All invented.
PLACES = {
    "repair": (
        "A repair service (维修服务, invented) has four orders for this morning",
        ("lift", "boiler", "pump", "alarm"),
    ),
    "care": (
        "A home-care service (居家护理, invented) has four visits for this morning",
        ("Ms Gao", "Mr Lin", "Ms Sun", "Mr Xu"),
    ),
    "hall": (
        "A tax office (办税服务厅, invented) has four piles of files for this morning",
        ("invoices", "refunds", "licences", "appeals"),
    ),
    "library": (
        "A university library (invented) has four jobs for this morning",
        ("loans", "fines", "new books", "tours"),
    ),
}


class AssignJobs(Exercise):
    """A lower bound on the minutes in all, and one job for each of four people."""

    title = "Four people, four jobs"
    objective = 7
    level = "easy"
    minutes = 8

    def deal(self, draw: Draw) -> Answers:
        # Some people are quick at everything, so several want the same job.
        ease = draw.integers(4, 0, 20)
        size = draw.integers(4, 15, 45)
        return {
            "place": draw.choice(list(PLACES)),
            "minutes": [[size[j] + ease[i] + draw.integer(0, 24) for j in range(4)]
                        for i in range(4)],
        }  # fmt: skip

    def sound(self, p: Any) -> bool:
        # Two people are quickest at the same job, and to choose in turn costs time.
        best = _best(p)[0]
        return _total(p, self._in_turn(p)) > 1.02 * best > 1.02 * _bound(p) and apart(self, p)

    def question(self, p: Any) -> str:
        where, jobs = PLACES[p.place]
        rows: list[list[Quantity | str | int]] = [
            [who, *map(minutes, row)] for who, row in zip(PEOPLE, p.minutes, strict=True)
        ]
        return page(
            say(
                "{where}, and four people to do them. Each person does one job, each job needs one "
                "person (assignment, 指派). The table says how long each would need:",
                where=where,
            ),
            table([say("person"), *jobs], rows),
            say(
                "1. How many minutes would all need together if each person could have the job at "
                "which he or she is quickest, even if two have the same? No plan can be below "
                "this sum (a lower bound, 下界).\n"
                "2. Who does which job, so that the minutes of all four together are as few as you "
                "can make them? The plan has points for what it saves compared with a rule such "
                "as: everybody in turn takes the quickest job that is left. You may improve it "
                "and check again."
            ),
        )

    def fields(self, p: Any) -> list[Field]:
        jobs = {f"job_{j}": name for j, name in enumerate(PLACES[p.place][1], 1)}
        return [
            IntegerField("bound", say("Lower bound for the sum"), unit="min"),
            PlanField(
                "plan",
                say("Your plan"),
                {who.lower(): who for who in PEOPLE},
                [ChoiceField("job", say("Job"), jobs)],
            ),
        ]

    def solve(self, p: Any) -> Answers:
        return {"bound": _bound(p), "plan": _entries(_best(p)[1])}

    def second(self, p: Any) -> Answers:
        # The chapter's own program: its corners are whole, so the linear program will do.
        from svclab.linear import solve

        grid = {f"p{i}": {f"j{j}": t for j, t in enumerate(r)} for i, r in enumerate(p.minutes)}
        found = solve(assignment_problem(grid, relaxed=True)).values
        jobs = [next(j for j in range(4) if found[f"p{i}_j{j}"] > 0.5) for i in range(4)]
        return {"bound": sum(sorted(row)[0] for row in p.minutes), "plan": _entries(jobs)}

    def score(self, p: Any, name: str, plan: Any) -> PlanScore:
        jobs = [int(plan[who.lower()]["job"].removeprefix("job_")) - 1 for who in PEOPLE]
        names = PLACES[p.place][1]
        twice = [job for j, job in enumerate(names) if jobs.count(j) > 1]
        if twice:
            nobody = [job for j, job in enumerate(names) if j not in jobs]
            return PlanScore(
                False,
                say(
                    "{twice} would be done by more than one person, and nobody does {nobody}.",
                    twice=join(twice),
                    nobody=join(nobody),
                ),
            )
        return Saving(
            True, "", _total(p, jobs), _best(p)[0], "min", waste=_exchange(p, jobs),
            obvious=self._obvious(p), than=say("a simple rule"),
        )  # fmt: skip

    @misconception(
        "You gave everybody the job at which he or she is quickest. Two people cannot have the "
        "same job, so somebody must give way: ask who loses the least by it."
    )
    def each_quickest(self, p: Any) -> Answers:
        return {"plan": _entries([row.index(min(row)) for row in p.minutes])}

    @misconception(
        "You went through the people from the top and gave each the quickest job that was left. "
        "The last one then has no choice, and what is left may be slow."
    )
    def in_turn(self, p: Any) -> Answers:
        return {"plan": _entries(self._in_turn(p))}

    @misconception(
        "You took the smallest number of the table first, then the smallest of what was left. "
        "This looks good at the beginning and is paid for at the end."
    )
    def smallest_first(self, p: Any) -> Answers | None:
        jobs = _smallest_first(p)
        return {"plan": _entries(jobs)} if _total(p, jobs) > _best(p)[0] else None

    @misconception(
        "You took the quickest person for each job: the smallest number of each column. The "
        "question asks for the quickest job of each person, row by row."
    )
    def columns(self, p: Any) -> Answers | None:
        total = sum(min(row[j] for row in p.minutes) for j in range(4))
        return {"bound": total} if total != _bound(p) else None

    @misconception(
        "You took the four smallest numbers of the whole table. Each person has one job: take one "
        "number from each row."
    )
    def four_smallest(self, p: Any) -> Answers | None:
        total = sum(sorted(t for row in p.minutes for t in row)[:4])
        return {"bound": total} if total != _bound(p) else None

    @misconception(
        "This is the sum of a plan in which each job is done once. For the bound leave out this "
        "condition: two people may have the same job."
    )
    def a_plan(self, p: Any) -> Answers:
        return {"bound": _total(p, self._in_turn(p))}

    def _obvious(self, p: Any) -> int:
        """The minutes by the better of two rules, if that one is not a best plan by chance."""
        turn, smallest = _total(p, self._in_turn(p)), _total(p, _smallest_first(p))
        return min(turn, smallest) if smallest > _best(p)[0] else turn

    def _in_turn(self, p: Any) -> list[int]:
        jobs: list[int] = []
        for row in p.minutes:
            jobs.append(min((j for j in range(4) if j not in jobs), key=row.__getitem__))
        return jobs

    def hints(self, p: Any) -> list[str]:
        names = PLACES[p.place][1]
        wanted = [row.index(min(row)) for row in p.minutes]
        most = max(range(4), key=wanted.count)
        return [
            say("The bound: mark the smallest number of each row, and add up the four."),
            say(
                "Several people are quickest at *{job}*, and only one can have it. For each of "
                "them ask: how many minutes more does the second choice take? Who loses most "
                "should keep the job.",
                job=names[most],
            ),
            say(
                "Write down a plan and its sum. Then try pairs: if two people exchange their jobs, "
                "does the sum fall?"
            ),
            say(
                "If no pair gains any more, try three people who pass their jobs round in a "
                "circle. There are 24 plans in all: a table of them is soon made in Python."
            ),
        ]

    def solution(self, p: Any) -> str:
        best, jobs = _best(p)
        names = PLACES[p.place][1]
        rows: list[list[Quantity | str | int]] = [
            [who, names[j], minutes(p.minutes[i][j]), minutes(min(p.minutes[i]))]
            for i, (who, j) in enumerate(zip(PEOPLE, jobs, strict=True))
        ]
        return page(
            say(
                "**Bound.** The smallest numbers of the rows are {each}; together **{bound}**.",
                each=join([str(minutes(min(row))) for row in p.minutes]),
                bound=minutes(_bound(p)),
            ),
            say("**A quickest plan**, found by comparing all 24:"),
            table([say("person"), say("job"), say("needs"), say("quickest job")], rows),
            say(
                "It takes {best}, which is {more} above the bound: so much is lost because people "
                "are quickest at the same jobs. To choose in turn from the top takes {turn}.",
                best=minutes(best),
                more=minutes(best - _bound(p)),
                turn=minutes(_total(p, self._in_turn(p))),
            ),
        )


def _entries(jobs: Sequence[int]) -> Answers:
    return {who.lower(): {"job": f"job_{j + 1}"} for who, j in zip(PEOPLE, jobs, strict=True)}


def _total(p: Any, jobs: Sequence[int]) -> int:
    return sum(row[j] for row, j in zip(p.minutes, jobs, strict=True))


def _bound(p: Any) -> int:
    return sum(map(min, p.minutes))


def _best(p: Any) -> tuple[int, list[int]]:
    """The fewest minutes, and a plan that has them."""
    return min((_total(p, jobs), list(jobs)) for jobs in permutations(range(4)))


def _smallest_first(p: Any) -> list[int]:
    cells = sorted((t, i, j) for i, row in enumerate(p.minutes) for j, t in enumerate(row))
    jobs: dict[int, int] = {}
    for _, i, j in cells:
        if i not in jobs and j not in jobs.values():
            jobs[i] = j
    return [jobs[i] for i in range(4)]


def _exchange(p: Any, jobs: list[int]) -> str:
    """Two people who would gain by an exchange, as a sentence; empty if there are none."""
    for a in range(4):
        for b in range(a + 1, 4):
            now = p.minutes[a][jobs[a]] + p.minutes[b][jobs[b]]
            if p.minutes[a][jobs[b]] + p.minutes[b][jobs[a]] < now:
                return say(
                    "{a} and {b} would need less if they exchanged their jobs.",
                    a=PEOPLE[a],
                    b=PEOPLE[b],
                )
    return say("No exchange of two people gains: try three who pass their jobs round.")
