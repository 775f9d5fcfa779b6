"""Cells in any order, against a bookkeeper who only counts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from svclab.basics.cells import RESTART, run_cells

CELLS = {"A": "n = 10", "B": "n = n + 5", "C": "print(n)"}


@given(st.lists(st.sampled_from(["A", "B", "C", RESTART]), max_size=12))
def test_runs_are_those_of_a_bookkeeper(presses: list[str]) -> None:
    known: int | None = None
    count = 0
    for press, run in zip(presses, run_cells(CELLS, presses), strict=True):
        count = 0 if press == RESTART else count + 1
        failed = press in "BC" and known is None
        if press == RESTART:
            known = None
        elif press == "A":
            known = 10
        elif press == "B" and known is not None:
            known += 5
        assert run.number == count
        assert run.memory == ({} if known is None else {"n": known})
        assert run.output == (str(known) if press == "C" and known is not None else "")
        assert run.error == ("NameError: name 'n' is not defined" if failed else "")


def test_a_press_that_names_no_cell_is_refused() -> None:
    with pytest.raises(ValueError, match="there is no cell 'D': run one of A, B, C"):
        run_cells(CELLS, ["A", "D"])
