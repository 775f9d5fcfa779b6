"""How far a number of a linear program may move before the answer changes its form.

HiGHS's own ranging, with one convention for max and min and for <=, >= and =: a shadow price is
the change of the stated objective per unit of right-hand side; a range is given as the lowest
and the highest value, not as an increase and a decrease.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Any

from svclab.linear.arrays import arrays, column_variables, named_constraints
from svclab.linear.asking import ask, request_of
from svclab.linear.solving import Solution, definite, solution_of

if TYPE_CHECKING:
    import pulp

__all__ = ["Ranging", "ranged", "ranging"]

Range = tuple[float, float]


@dataclass(frozen=True)
class Ranging:
    """The optimum of a linear program and the ranges over which its basis stays optimal.

    Where the optimum is degenerate, several bases belong to it, and these ranges are those of
    the one that HiGHS ended with; :func:`svclab.decisions.sensitivity.report` says so.
    """

    solution: Solution
    # By variable name: the plan stays optimal while the objective's factor lies in this range.
    coefficients: Mapping[str, Range]
    # By constraint name: the shadow price holds while the right-hand side lies in this range.
    right_sides: Mapping[str, Range]
    # HiGHS's basis: "basic", "lower", "upper", "zero" or "nonbasic", in the order of the names.
    column_states: tuple[str, ...]
    row_states: tuple[str, ...]

    def __repr__(self) -> str:
        def shown(ranges: Mapping[str, Range]) -> str:
            return ", ".join(f"{k} {low:g} to {high:g}" for k, (low, high) in ranges.items())

        return (
            f"Ranging(objective={self.solution.objective:g}; "
            f"coefficients {shown(self.coefficients)}; right-hand sides {shown(self.right_sides)})"
        )

    def _repr_html_(self) -> str:
        both = {**self.coefficients, **self.right_sides}
        cells = [
            f"<tr><td>{escape(name)}</td><td>{low:g}</td><td>{high:g}</td></tr>"
            for name, (low, high) in both.items()
        ]
        head = "<thead><tr><th></th><th>from</th><th>to</th></tr></thead>"
        return f"<table><caption>ranges</caption>{head}<tbody>{''.join(cells)}</tbody></table>"


def ranging(problem: pulp.LpProblem, *, relaxed: bool = False) -> Ranging:
    """Solve a linear program and ask HiGHS how far each number may move.

    Parameters
    ----------
    problem : pulp.LpProblem
        A linear program with an optimum.
    relaxed : bool
        Whether to drop the condition that some variables are whole; without it, such a
        problem is refused, because whole plans have no shadow prices.

    Returns
    -------
    Ranging
        The optimum, its shadow prices and reduced costs, and all ranges.

    Raises
    ------
    ValueError
        If variables must be whole, or there is no optimum.
    RuntimeError
        If the solver gives up or has no basis to range.

    Examples
    --------
    >>> import pulp
    >>> toys = pulp.LpProblem("toys", pulp.LpMaximize)
    >>> table, chair = toys.add_variable("table", 0), toys.add_variable("chair", 0)
    >>> toys += 20 * table + 15 * chair
    >>> toys += 2 * table + chair <= 6, "large"
    >>> toys += 2 * table + 2 * chair <= 8, "small"
    >>> ranging(toys).right_sides["large"]
    (4.0, 8.0)
    """
    model = arrays(problem)
    if any(model["columns"]["integer"]) and not relaxed:
        raise ValueError(
            f"the problem {problem.name!r} has whole variables, and whole plans have no shadow "
            "prices: use relaxed=True for the ranges of its relaxation"
        )
    request = request_of(model, relaxed=relaxed, wanted=("ranging",))
    reply = ranged(problem.name, request)
    if reply["status"] != "optimal":
        raise ValueError(
            f"the problem {problem.name!r} is {reply['status']}: ranges need an optimum; see "
            "svclab.decisions.sensitivity.why"
        )
    columns = [variable.name for variable in column_variables(problem)]
    ranges = reply["ranging"]
    return Ranging(
        solution=solution_of(problem, request, reply),
        coefficients=dict(zip(columns, ranges["cost"], strict=True)),
        right_sides=dict(zip(named_constraints(problem), ranges["rows"], strict=True)),
        column_states=tuple(reply["basis"]["columns"]),
        row_states=tuple(reply["basis"]["rows"]),
    )


def ranged(name: str, request: dict[str, Any]) -> dict[str, Any]:
    """HiGHS's reply to a request that asks for ranging; its ranges are pairs of floats.

    Raises
    ------
    RuntimeError
        If HiGHS finds an optimum, but no ranges.
    """
    reply = _reply(name, request)
    if reply["status"] == "optimal":
        if reply["ranging"] is None or reply["values"] is None:
            raise RuntimeError(f"HiGHS gave no ranges for {name!r}")
        reply["ranging"] = {
            "cost": [_range(pair) for pair in reply["ranging"]["cost"]],
            "rows": _right_sides(request, reply),
        }
    return reply


def _reply(name: str, request: dict[str, Any]) -> dict[str, Any]:
    """The reply; HiGHS makes no basis of an empty matrix, so one gets a row without limits."""
    rows = request["rows"]
    if any(rows["value"]):
        return definite(name, request, ask(request))
    idle = {
        "lower": [*rows["lower"], None],
        "upper": [*rows["upper"], None],
        "start": [*rows["start"], rows["start"][-1] + 1],
        "index": [*rows["index"], 0],
        "value": [*rows["value"], 1.0],
    }
    padded = {**request, "rows": idle}
    reply = definite(name, padded, ask(padded))
    if reply["status"] == "optimal" and reply["ranging"] is not None:
        for numbers in (reply["row_duals"], reply["basis"]["rows"], reply["ranging"]["rows"]):
            numbers.pop()
    return reply


def _range(pair: list[float | None]) -> Range:
    low, high = pair
    return (
        -math.inf if low is None else low + 0.0,
        math.inf if high is None else high + 0.0,
    )


def _right_sides(request: dict[str, Any], reply: dict[str, Any]) -> list[Range]:
    rows, found = request["rows"], []
    for i, (low, high) in enumerate(zip(rows["lower"], rows["upper"], strict=True)):
        if reply["basis"]["rows"][i] != "basic":
            found.append(_range(reply["ranging"]["rows"][i]))
        elif low is not None and high is not None:
            found.append((low, high))
        else:
            # A limit that does not bind may move until it does: its price, 0, holds so long.
            entries = range(rows["start"][i], rows["start"][i + 1])
            used = math.fsum(rows["value"][e] * reply["values"][rows["index"][e]] for e in entries)
            found.append((-math.inf if high is None else used, math.inf if low is None else used))
    return found
