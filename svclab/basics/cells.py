"""What a notebook does when cells are run: the kernel remembers, and counts.

The cells are a few lines of Python each, written by us. They are run, not imitated, so what is
shown is what Jupyter would show.
"""

from __future__ import annotations

import contextlib
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

__all__ = ["RESTART", "Run", "run_cells"]

RESTART = "restart"


@dataclass(frozen=True)
class Run:
    """One press of a button.

    Parameters
    ----------
    cell : str
        The cell that was run, or ``restart``.
    number : int
        What stands beside the cell; 0 for a restart.
    output : str
        What it printed.
    error : str
        The last line of the error message; empty if there is none.
    memory : dict
        What the kernel knows afterwards: name to number.
    """

    cell: str
    number: int
    output: str
    error: str
    memory: Mapping[str, Any]


def run_cells(cells: Mapping[str, str], presses: Sequence[str]) -> list[Run]:
    """Run cells in some order, as a kernel does.

    Parameters
    ----------
    cells : mapping
        Name of a cell to its code.
    presses : sequence of str
        Names of cells in the order in which they are run, or ``"restart"``.

    Returns
    -------
    list of Run
        One for each press.

    Raises
    ------
    ValueError
        If a press names no cell.

    Examples
    --------
    >>> cells = {"A": "customers = 10", "B": "customers = customers + 5"}
    >>> [run.memory["customers"] for run in run_cells(cells, ["A", "B", "B"])]
    [10, 15, 20]
    >>> run_cells(cells, ["A", "restart", "B"])[-1].error
    "NameError: name 'customers' is not defined"
    """
    memory: dict[str, Any] = {}
    number = 0
    runs: list[Run] = []
    for press in presses:
        if press == RESTART:
            memory, number = {}, 0
            runs.append(Run(press, 0, "", "", {}))
            continue
        if press not in cells:
            raise ValueError(f"there is no cell {press!r}: run one of {', '.join(cells)}")
        number += 1
        output, error = _run(cells[press], memory)
        known = {name: value for name, value in memory.items() if not name.startswith("__")}
        runs.append(Run(press, number, output, error, known))
    return runs


def _run(code: str, memory: dict[str, Any]) -> tuple[str, str]:
    printed = io.StringIO()
    try:
        with contextlib.redirect_stdout(printed):
            exec(code, memory)
    except Exception as problem:
        return printed.getvalue().rstrip("\n"), f"{type(problem).__name__}: {problem}"
    return printed.getvalue().rstrip("\n"), ""
