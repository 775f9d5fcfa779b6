"""From three typed tables to a model; what does not fit is said at its own cell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from svclab.decisions.builder.formula import FormulaError, key, plain, read_sum
from svclab.decisions.builder.model import KINDS, Limit, Model, Unknown
from svclab.explore import SettingError
from svclab.words import join, say

__all__ = ["read_model"]

Row = Mapping[str, Any]


def read_model(variables: Sequence[Row], objective: Sequence[Row], limits: Sequence[Row]) -> Model:
    """Check three tables and make a model of them.

    Parameters
    ----------
    variables : sequence of mapping
        ``name`` and ``kind``, a key of :data:`KINDS`.
    objective : sequence of one mapping
        ``goal`` ("max" or "min"), ``name`` and ``sum``.
    limits : sequence of mapping
        ``name``, ``sum``, ``relation`` ("<=", ">=" or "=") and ``right``.

    Returns
    -------
    Model
        Every name plain, every sum read.

    Raises
    ------
    SettingError
        At the first cell that is wrong, from the top.

    Examples
    --------
    >>> read_model([{"name": "x", "kind": "whole"}],
    ...            [{"goal": "max", "name": "gain", "sum": "3 x"}],
    ...            [{"name": "hours", "sum": "2 x", "relation": "<=", "right": 9}]).problem
    gain:
    MAXIMIZE
    3.0*x + 0.0
    SUBJECT TO
    hours: 2 x <= 9
    <BLANKLINE>
    VARIABLES
    0 <= x Integer
    <BLANKLINE>
    """
    unknowns = _unknowns(variables)
    names = [v.name for v in unknowns]
    (goal,) = objective
    title = _title("objective", goal["name"], 0)
    factors = _sum("objective", goal["sum"], names, 0)
    rows = _limits(limits, names)
    used = {*factors, *(name for row in rows for name in row.factors)}
    for at, name in enumerate(names):
        if name not in used:
            raise SettingError(
                "variables",
                say(
                    "{name} stands neither in the objective nor in a limit: write it into one of "
                    "them, or take this row away.",
                    name=name,
                ),
                row=at,
                column="name",
            )
    return Model(title, goal["goal"] == "max", tuple(unknowns), factors, tuple(rows))


def _unknowns(rows: Sequence[Row]) -> list[Unknown]:
    found: list[Unknown] = []
    for at, row in enumerate(rows):
        name = plain(row["name"])
        if not name[:1].isalpha() or not all(c.isalnum() or c in " _" for c in name):
            raise SettingError(
                "variables",
                say(
                    "“{name}” cannot be the name of a variable: begin with a letter, and use "
                    "letters, digits and spaces only.",
                    name=name,
                ),
                row=at,
                column="name",
            )
        if any(key(name) == key(other.name) for other in found):
            raise _twice("variables", name, at)
        if row["kind"] not in KINDS:
            raise ValueError(f"kind={row['kind']!r}: choose one of {join(list(KINDS))}")
        found.append(Unknown(name, row["kind"]))
    return found


def _limits(rows: Sequence[Row], names: list[str]) -> list[Limit]:
    found: list[Limit] = []
    for at, row in enumerate(rows):
        name = _title("limits", row["name"], at)
        if any(key(name) == key(other.name) for other in found):
            raise _twice("limits", name, at)
        factors = _sum("limits", row["sum"], names, at, name)
        if not any(factors.values()):
            raise SettingError(
                "limits",
                say(
                    "{limit}: all variables cancel out, so nothing is limited. Change the sum, or "
                    "take this row away.",
                    limit=name,
                ),
                row=at,
                column="sum",
            )
        found.append(Limit(name, factors, row["relation"], float(row["right"])))
    return found


def _title(table: str, text: str, at: int) -> str:
    name = plain(text)
    if not name.isprintable() or not any(c.isalnum() for c in name):
        raise SettingError(
            table,
            "Write a name with letters or digits that can be printed.",
            row=at,
            column="name",
        )
    return name


def _sum(table: str, text: str, names: list[str], at: int, title: str = "") -> dict[str, Fraction]:
    try:
        return read_sum(text, names)
    except FormulaError as problem:
        said = say("{limit}: {why}", limit=title, why=str(problem)) if title else str(problem)
        raise SettingError(table, said, row=at, column="sum") from None


def _twice(table: str, name: str, at: int) -> SettingError:
    said = say("{name} stands twice: give each row a name of its own.", name=name)
    return SettingError(table, said, row=at, column="name")
