"""Three cells, run in an order of one's own."""

from __future__ import annotations

from typing import Any

from svclab.basics.cells import run_cells
from svclab.practice import Draw, Exercise, Field, IntegerField, misconception
from svclab.practice.wording import Answers, page
from svclab.words import join, say

__all__ = ["RunOrder"]

#: What is counted, as a name in the cells.
NAMES = ("customers", "orders", "parcels", "calls")


class RunOrder(Exercise):
    """The number beside a cell, and what the last cell prints."""

    title = "What does the last cell print?"
    objective = 2
    level = "medium"
    minutes = 3

    def deal(self, draw: Draw) -> Answers:
        middle = [draw.choice(["A", "B", "B", "C"]) for _ in range(draw.integer(3, 5))]
        return {
            "name": draw.choice(NAMES),
            "start": draw.integer(10, 90, 5),
            "more": draw.integer(2, 9),
            "order": ["A", *middle, "C"],
        }

    def sound(self, p: Any) -> bool:
        # Cell B two times or more, and after the last A at least once.
        since = p.order[len(p.order) - 1 - p.order[::-1].index("A") :]
        return p.order.count("B") >= 2 and "B" in since and _last(p.order, "B") != 2

    def question(self, p: Any) -> str:
        code = "".join(
            f"# cell {name}\n{text}\n\n" for name, text in _cells(p.name, p.start, p.more).items()
        )
        return page(
            say("A notebook (invented) has three cells (单元格), each with one line:"),
            "```python\n" + code.rstrip() + "\n```",
            say(
                "The kernel (内核) has just been started. The cells are run in this order: "
                "{order}.",
                order=", ".join(p.order),
            ),
            say(
                "1. Which number stands beside cell B at the end?\n"
                "2. What does cell C print when it is run for the last time?"
            ),
        )

    def fields(self, p: Any) -> list[Field]:
        return [
            IntegerField("beside", say("Number beside cell B")),
            IntegerField("printed", say("Printed at the end")),
        ]

    def solve(self, p: Any) -> Answers:
        runs = run_cells(_cells(p.name, p.start, p.more), p.order)
        beside = max(run.number for run in runs if run.cell == "B")
        return {"beside": beside, "printed": int(runs[-1].output)}

    def second(self, p: Any) -> Answers:
        # From the end: after the last A, each B adds once.
        back = p.order[::-1]
        adds = back[: back.index("A")].count("B")
        return {
            "beside": len(p.order) - back.index("B"),
            "printed": p.start + adds * p.more,
        }

    @misconception(
        "You read the cells from top to bottom, each once. The kernel does not see the page: it "
        "does what is run, as often as it is run."
    )
    def top_to_bottom(self, p: Any) -> Answers:
        return _wrong(self, p, {"beside": 2, "printed": p.start + p.more})

    @misconception(
        "You counted how often cell B is run. The number counts all runs, of whichever cell."
    )
    def counted_b(self, p: Any) -> Answers:
        return _wrong(self, p, {"beside": p.order.count("B")})

    @misconception(
        "You added at every run of cell B from the very beginning. When cell A is run once more, "
        "the count starts again."
    )
    def never_back(self, p: Any) -> Answers | None:
        value = p.start + p.order.count("B") * p.more
        return _wrong(self, p, {"printed": value}) or None

    @misconception(
        "You took the number of the last run of all. Beside cell B stands the run in which "
        "cell B was the one."
    )
    def last_of_all(self, p: Any) -> Answers:
        return {"beside": len(p.order)}

    def hints(self, p: Any) -> list[str]:
        return [
            say("Write the order down, and under it the numbers of the runs: 1, 2, 3 and so on."),
            say("Under each run write what the kernel knows after it."),
            say(
                "Cell A forgets what was there before. Cell B adds to what is there. Cell C "
                "changes nothing."
            ),
        ]

    def solution(self, p: Any) -> str:
        runs = run_cells(_cells(p.name, p.start, p.more), p.order)
        steps = [
            say(
                "run {n}, cell {cell}: {value}",
                n=run.number,
                cell=run.cell,
                value=run.memory[p.name],
            )
            for run in runs
        ]
        right = self.solve(p)
        return page(
            say("After each run the kernel knows: {steps}.", steps=join(steps)),
            say(
                "Beside cell B stands **{beside}**, and cell C prints **{printed}**.",
                beside=right["beside"],
                printed=right["printed"],
            ),
        )


def _cells(name: str, start: int, more: int) -> dict[str, str]:
    return {"A": f"{name} = {start}", "B": f"{name} = {name} + {more}", "C": f"print({name})"}


def _last(order: list[str], cell: str) -> int:
    """The number of the last run of a cell."""
    return len(order) - order[::-1].index(cell)


def _wrong(exercise: Exercise, p: Any, values: Answers) -> Answers:
    """Without what happens to be right."""
    right = exercise.solve(p)
    return {name: value for name, value in values.items() if value != right[name]}
