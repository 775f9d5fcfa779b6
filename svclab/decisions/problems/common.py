"""What all problem types share: checked tables and names for PuLP.

A table is a dict: ``{"table": 20, "chair": 15}`` for a column, a dict of dicts for a table with
rows and columns. :func:`by_name` makes one from a list of rows, such as :func:`svclab.data.rows`.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from numbers import Real
from typing import Any

from svclab.shown import Answer
from svclab.words import Quantity, join

__all__ = ["Answer", "NoPlanError", "by_name"]


class NoPlanError(ValueError):
    """There is no best plan: the limits contradict each other, or the goal has no end.

    Parameters
    ----------
    message : str
        What is wrong and what to do.
    problem : pulp.LpProblem, optional
        The problem as it was solved, to be looked at with :mod:`svclab.decisions.sensitivity`.
    """

    def __init__(self, message: str, problem: Any = None) -> None:
        super().__init__(message)
        self.problem = problem


def shown(value: Any, unit: str = "", digits: int = 3) -> str:
    """A number of a table or a sentence, with its unit."""
    return str(Quantity(float(value), unit, digits))


def listed(words: Iterable[str], most: int = 6) -> str:
    """Words in a sentence; a long list is cut and says how many more there are.

    Examples
    --------
    >>> listed(["a", "b", "c", "d"], most=2)
    'a, b and 2 more'
    """
    words = list(words)
    if len(words) > most:
        words = [*words[:most], f"{len(words) - most} more"]
    return join(words)


def by_name(rows: Iterable[Mapping[str, Any]], key: str = "name") -> dict[str, dict[str, Any]]:
    """A list of rows as a dict of rows; no name may come twice.

    Parameters
    ----------
    rows : iterable of mapping
        One mapping a row, such as :func:`svclab.data.rows` gives.
    key : str, optional
        The column with the names.

    Returns
    -------
    dict
        Name to the row's other columns.

    Raises
    ------
    ValueError
        If a row has no such column, or a name comes twice.

    Examples
    --------
    >>> by_name([{"item": "rope", "weight": 3}, {"item": "lamp", "weight": 1}], "item")
    {'rope': {'weight': 3}, 'lamp': {'weight': 1}}
    """
    found: dict[str, dict[str, Any]] = {}
    for row in rows:
        if key not in row:
            raise ValueError(f"key={key!r}: a row has only {join(list(map(repr, row)))}")
        name = row[key]
        if name in found:
            raise ValueError(f"{key} {name!r} comes twice: give each row a name of its own")
        found[name] = {column: value for column, value in row.items() if column != key}
    return found


def a_number(name: str, value: Any, *, least: float | None = 0.0) -> float:
    """A finite number, at least ``least``; else an error that names it.

    Examples
    --------
    >>> a_number("load", "ten")
    Traceback (most recent call last):
    ValueError: load='ten': give a number, zero or more
    """
    good = isinstance(value, Real) and not isinstance(value, bool) and math.isfinite(value)
    if good and (least is None or value >= least):
        return float(value)
    bound = "" if least is None else (f", {least:g} or more" if least else ", zero or more")
    raise ValueError(f"{name}={value!r}: give a number{bound}")


def a_whole(name: str, value: Any, *, least: int = 0) -> int:
    """A whole number, at least ``least``; else an error that names it."""
    if isinstance(value, bool) or not isinstance(value, int) or value < least:
        raise ValueError(f"{name}={value!r}: give a whole number, {least} or more")
    return value


def names_of(name: str, table: Any) -> list[str]:
    """The names of a table or list: texts, none empty, none twice, at least one."""
    if isinstance(table, str) or not isinstance(table, Iterable):
        raise ValueError(f"{name}={table!r}: give a dict or a list with a name for each")
    names = list(table)
    if not names:
        raise ValueError(f"{name} is empty: give at least one")
    seen: set[str] = set()
    for one in names:
        if not isinstance(one, str) or not one.strip():
            raise ValueError(f"{name} has the name {one!r}: a name is a text such as 'chair'")
        if one in seen:
            raise ValueError(f"{name}: {one!r} comes twice; give each a name of its own")
        seen.add(one)
    return names


def a_column(
    name: str,
    table: Any,
    names: Sequence[str] | None = None,
    *,
    least: float | None = 0.0,
    partly: bool = False,
) -> dict[str, float]:
    """A dict of name to number, checked; with ``names``, exactly (or ``partly``) for these."""
    if table is None and partly:
        return {}
    if not isinstance(table, Mapping):
        raise ValueError(f"{name}={table!r}: give a dict of name to number")
    if names is None:
        names = names_of(name, table)
    for one in table:
        if one not in names:
            raise ValueError(f"{name} has {one!r}, which is not one of {listed(map(repr, names))}")
    for one in names:
        if one not in table and not partly:
            raise ValueError(f"{name} has no {one!r}: give a number for it")
    return {
        one: a_number(f"{name}[{one!r}]", table[one], least=least) for one in names if one in table
    }


def a_grid(
    name: str,
    table: Any,
    rows: Sequence[str],
    columns: Sequence[str],
    *,
    least: float | None = 0.0,
    holes: bool = False,
) -> dict[tuple[str, str], float]:
    """A dict of dicts, checked: a number for each row and column; ``None`` if ``holes``."""
    if not isinstance(table, Mapping):
        raise ValueError(f"{name}={table!r}: give a dict of rows, each a dict of numbers")
    found: dict[tuple[str, str], float] = {}
    for row in table:
        if row not in rows:
            raise ValueError(f"{name} has {row!r}, which is not one of {listed(map(repr, rows))}")
    for row in rows:
        if row not in table:
            raise ValueError(f"{name} has no row {row!r}: give its numbers")
        cells = table[row]
        if holes and isinstance(cells, Mapping):
            cells = {column: value for column, value in cells.items() if value is not None}
        known = a_column(f"{name}[{row!r}]", cells, columns, least=least, partly=holes)
        if holes and (left := [c for c in columns if c not in table[row]]):
            raise ValueError(
                f"{name}[{row!r}] has no {left[0]!r}: give a number, or None if it is forbidden"
            )
        found.update({(row, column): value for column, value in known.items()})
    return found


def pulp_names(texts: Sequence[str]) -> list[str]:
    """Names that PuLP keeps as they are, and all different.

    Examples
    --------
    >>> pulp_names(["eye test", "eye-test", "宁波"])
    ['eye_test', 'eye_test_2', '宁波']
    """
    names: dict[str, None] = {}
    for text in texts:
        plain = re.sub(r"[-+\[\]\s>/]", "_", text)
        name, number = plain, 2
        while name in names:
            name, number = f"{plain}_{number}", number + 1
        names[name] = None
    return list(names)


def total(pairs: Iterable[tuple[Any, float]]) -> Any:
    """A sum of (variable, factor) in PuLP that keeps a variable whose factor is 0.

    ``pulp.lpSum`` would drop it, and a variable that stands nowhere has no column.
    """
    import pulp

    return pulp.LpAffineExpression(list(pairs))


def tidy(value: float) -> float:
    """A solver's number without its last-digit noise: 815.9999999997 is 816.

    Only for showing and adding up: a number that another program must keep exactly stays as it is.
    """
    if abs(value) < 1e-8:
        return 0.0
    near = round(value, 6)
    return near if abs(value - near) <= 1e-9 * max(1.0, abs(value)) else value


def solved(problem: Any, why_not: str, time_limit: float | None = None) -> dict[str, float]:
    """The best values by variable name; else a :class:`NoPlanError` that says why not."""
    from svclab.linear import solve

    best = solve(problem, time_limit=time_limit)
    if best.status == "time limit":
        raise TimeoutError(f"no best plan within time_limit={time_limit} s: give more time")
    if best.status == "unbounded":
        raise NoPlanError(
            f"{problem.name}: the goal can grow without end; a limit is missing", problem
        )
    if not best.is_optimal:
        raise NoPlanError(f"{problem.name}: {why_not}", problem)
    return {name: tidy(value) for name, value in best.values.items()}
