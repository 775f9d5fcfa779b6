"""Three cells of a notebook, run in any order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from svclab.basics.cells import RESTART, Run, run_cells
from svclab.explore import (
    Choice,
    ChoiceGuess,
    Code,
    Column,
    Figure,
    Table,
    TableView,
    View,
    explorable,
)
from svclab.words import say

__all__ = ["CELLS", "cell_order"]

CELLS = {
    "A": "customers = 10",
    "B": "customers = customers + 5",
    "C": "print(customers)",
}
PRESSES = {
    "A": "run cell A",
    "B": "run cell B",
    "C": "run cell C",
    RESTART: "restart the kernel",
}
GUESSES = {"10": "10", "15": "15", "20": "20", "error": "an error message"}


@explorable(
    title="Three cells: what does the order change?",
    parameters=[
        Table(
            name="presses",
            label="What you press, one after the other",
            help="Change a line, add one, or take one away.",
            columns=[
                Column(Choice(name="press", label="Press", options=PRESSES, default="A")),
            ],
            default=[{"press": "A"}, {"press": "B"}, {"press": "B"}, {"press": "C"}],
            add=True,
            min_rows=1,
            max_rows=8,
        ),
    ],
    guess=ChoiceGuess(
        question="Cell A says customers = 10, cell B says customers = customers + 5, and cell C "
        "prints customers. You run A, then B, then B once more, then C. What is printed?",
        options=GUESSES,
    ),
)
def cell_order(presses: Sequence[Mapping[str, str]], guess: str | None) -> View:
    """The cells are run as in a notebook. Try C first; A, C, B; and a restart before C."""
    runs = run_cells(CELLS, [row["press"] for row in presses])
    last = runs[-1]
    knows = "nothing" if not last.memory else say("customers = {n}", n=last.memory["customers"])
    seen = _seen(runs)
    if guess is not None:
        seen += " " + say(
            "Your guess was: {guess}. A, B, B, C prints 20: cell B was run twice, and each "
            "run adds 5.",
            guess=GUESSES[guess],
        )
    printed = "error" if last.error else ", ".join(run.output for run in runs if run.output)
    return View(
        say=seen,
        warning=_warning(runs),
        figures=[
            Figure("printed", "Printed", printed or "nothing", "bad" if last.error else ""),
            Figure("knows", "The kernel remembers", knows),
        ],
        parts=[
            TableView(
                title="What happens, one press after the other",
                columns=[
                    ("Run", "", "left"),
                    ("Beside it", "", "right"),
                    ("Printed", "", "left"),
                    ("customers", "", "right"),
                ],
                rows=[_row(run) for run in runs],
                emphasis=[n for n, run in enumerate(runs) if run.error],
            ),
            Code(text=_as_written(runs), caption="The three cells with their numbers at the end"),
        ],
    )  # fmt: skip


def _row(run: Run) -> tuple[str, str, str, str]:
    number = "–" if run.cell == RESTART else f"[{run.number}]"
    known: Any = run.memory.get("customers")
    shown = "not known" if known is None else say("{n}", n=known)
    return run.cell, number, run.output or run.error or "–", shown


def _seen(runs: Sequence[Run]) -> str:
    last = runs[-1]
    order = ", ".join(run.cell for run in runs)
    if last.error:
        return say(
            "After {order} there is an error: the kernel does not know customers, because cell A "
            "was not run, or not since the restart.",
            order=order,
        )
    if last.cell == RESTART:
        return say("After the restart the kernel knows nothing: cell A must be run again.")
    return say(
        "After {order} the kernel remembers customers = {n}. The cells on the screen are the same "
        "whatever you press: what counts is the order in which they were run.",
        order=order,
        n=last.memory["customers"],
    )


def _warning(runs: Sequence[Run]) -> str:
    failed = next((run for run in runs if run.error), None)
    return "" if failed is None else say(
        "{error}. Run cell A before cells B and C.", error=failed.error
    )  # fmt: skip


def _as_written(runs: Sequence[Run]) -> str:
    beside: dict[str, int] = {}
    for run in runs:
        beside = {} if run.cell == RESTART else {**beside, run.cell: run.number}
    blocks = [f"# Cell {name}  [{beside.get(name, ' ')}]\n{code}\n" for name, code in CELLS.items()]
    return "\n".join(blocks)
