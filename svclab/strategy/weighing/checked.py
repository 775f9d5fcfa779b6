"""Checked tables of options and checked weights, for the rooms of this chapter."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from svclab.decisions.problems.common import a_column, a_grid, names_of

__all__ = ["a_table", "shares"]

Grid = dict[str, dict[str, float]]


def a_table(
    name: str, table: Any, columns: Sequence[str] | None = None, *, least: float | None = 0.0
) -> Grid:
    """A dict of rows, each with a number for every column; the first row names the columns."""
    rows = names_of(name, table)
    if not isinstance(table, Mapping) or not all(isinstance(table[r], Mapping) for r in rows):
        raise ValueError(f"{name}: give a dict with a dict of numbers for each row")
    columns = names_of(f"{name}[{rows[0]!r}]", table[rows[0]] if columns is None else columns)
    cells = a_grid(name, table, rows, columns, least=least)
    return {row: {column: cells[row, column] for column in columns} for row in rows}


def shares(name: str, weights: Any, names: Sequence[str] | None = None) -> dict[str, float]:
    """Weights of zero or more, divided by their sum so that they add up to 1.

    Examples
    --------
    >>> shares("weights", {"price": 3, "speed": 1})
    {'price': 0.75, 'speed': 0.25}
    """
    known = a_column(name, weights, names)
    total = math.fsum(known.values())
    if total <= 0 or not math.isfinite(total):
        raise ValueError(f"{name}: all weights are zero or too large; give at least one above 0")
    return {one: value / total for one, value in known.items()}
