"""What all problem types share: tables and names for PuLP.

A table is a dict: ``{"table": 20, "chair": 15}`` for a column, a dict of dicts for a table with
rows and columns. :func:`by_name` makes one from a list of rows, such as :func:`svclab.data.rows`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
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
