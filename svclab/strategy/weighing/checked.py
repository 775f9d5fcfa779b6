"""Checked tables of options and checked weights, for the rooms of this chapter."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from svclab.checks import a_column, a_grid, a_number, between, names_of, zero_or_more

__all__ = ["a_score", "a_table", "ends", "shares"]

Grid = dict[str, dict[str, float]]


def a_table(
    name: str,
    table: Any,
    columns: Sequence[str] | None = None,
    *,
    each: Callable[[str, Any], float] = zero_or_more,
) -> Grid:
    """A dict of rows, each with a number for every column; the first row names the columns.

    Parameters
    ----------
    name : str
        What the table is, for the error.
    table : mapping of mapping
        Row to column to number.
    columns : sequence of str, optional
        The columns; left out: those of the first row.
    each : function, optional
        The check of each number, such as :func:`svclab.checks.a_number` for any.

    Returns
    -------
    dict of dict
        The same with floats, the columns of each row in one order.

    Raises
    ------
    ValueError
        For a missing, foreign or wrong cell: the message names it.

    Examples
    --------
    >>> a_table("scores", {"Lake": {"price": 6}, "Hill": {"price": 8}})
    {'Lake': {'price': 6.0}, 'Hill': {'price': 8.0}}
    """
    rows = names_of(name, table)
    if not isinstance(table, Mapping) or not all(isinstance(table[r], Mapping) for r in rows):
        raise ValueError(f"{name}: give a dict with a dict of numbers for each row")
    columns = names_of(f"{name}[{rows[0]!r}]", table[rows[0]] if columns is None else columns)
    cells = a_grid(name, table, rows, columns, each=each)
    return {row: {column: cells[row, column] for column in columns} for row in rows}


def a_score(name: str, value: Any) -> float:
    """A score from 0 to 10; else an error that names it.

    Examples
    --------
    >>> a_score("labour", 11)
    Traceback (most recent call last):
    ValueError: labour=11: give a score from 0 to 10
    """
    return between(name, value, 0, 10, "a score")


def ends(ranges: Any, criterion: str) -> tuple[float, float]:
    """The worst and the best of one criterion, two numbers out of a dict of ranges.

    Parameters
    ----------
    ranges : mapping
        Criterion to (worst, best).
    criterion : str
        Which one is wanted.

    Returns
    -------
    (float, float)
        Worst and best.

    Raises
    ------
    ValueError
        If it is missing, no pair, or no numbers.

    Examples
    --------
    >>> ends({"price": (60, 40)}, "price")
    (60.0, 40.0)
    """
    pair = ranges.get(criterion) if isinstance(ranges, Mapping) else None
    if not isinstance(pair, tuple | list) or len(pair) != 2:
        raise ValueError(f"ranges[{criterion!r}]={pair!r}: give (worst, best)")
    worst, best = (a_number(f"ranges[{criterion!r}]", end) for end in pair)
    return worst, best


def shares(name: str, weights: Any, names: Sequence[str] | None = None) -> dict[str, float]:
    """Weights of zero or more, divided by their sum so that they add up to 1.

    Parameters
    ----------
    name : str
        What the weights are, for the error.
    weights : mapping
        Name to weight.
    names : sequence of str, optional
        The names that must be there, and no other.

    Returns
    -------
    dict
        Name to share; together 1.

    Raises
    ------
    ValueError
        If one is missing, foreign or below zero, or all are zero.

    Examples
    --------
    >>> shares("weights", {"price": 3, "speed": 1})
    {'price': 0.75, 'speed': 0.25}
    """
    known = a_column(name, weights, names)
    largest = max(known.values())
    if largest <= 0:
        raise ValueError(f"{name}: all weights are zero; give at least one above 0")
    # By the largest first where the sum could pass all numbers.
    scale = largest if largest > 1e300 else 1.0
    total = math.fsum(value / scale for value in known.values())
    return {one: value / scale / total for one, value in known.items()}
