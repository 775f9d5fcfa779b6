"""A PuLP problem as plain arrays.

No LP text in between: text drops the objective's constant, cuts digits and stumbles over
names. Columns stand in the order in which the variables first appear, in the objective and
then in the constraints, which is the order in which a model is usually declared.
"""

from __future__ import annotations

import math
import warnings
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pulp

__all__ = ["arrays", "column_variables", "named_constraints"]

#: PuLP's own numbers and word, so that importing this module does not import PuLP (0.1 s).
MAXIMISE, AT_MOST, AT_LEAST, WHOLE = -1, -1, 1, "Integer"


def column_variables(problem: pulp.LpProblem) -> list[Any]:
    """The problem's variables in order of first appearance; each name must be unique.

    Raises
    ------
    ValueError
        If there are no variables, or two variables share a name.
    """
    found: dict[Any, None] = {}
    expressions = [problem.objective] if problem.objective is not None else []
    for expression in [*expressions, *named_constraints(problem).values()]:
        found.update(dict.fromkeys(expression.keys()))
    found.update(dict.fromkeys(problem.variables()))
    if not found:
        raise ValueError(
            f"the problem {problem.name!r} is empty: it has no variables; add an objective "
            "and constraints with problem += ..."
        )
    seen: set[str] = set()
    for variable in found:
        if variable.name in seen:
            raise ValueError(
                f"two variables are called {variable.name!r} (PuLP writes spaces and some "
                "signs as _): give each variable a name of its own"
            )
        seen.add(variable.name)
    return list(found)


def named_constraints(problem: pulp.LpProblem) -> dict[str, Any]:
    """The constraints by name, in the order in which they were added."""
    with warnings.catch_warnings():
        # PuLP 3.3 announces that version 4 will change this mapping; we pin PuLP below 4.
        warnings.simplefilter("ignore", DeprecationWarning)
        return dict(problem.constraints.items())


def arrays(problem: pulp.LpProblem) -> dict[str, Any]:
    """Turn a PuLP problem into the arrays that a solver reads.

    The problem is: make ``offset + cost · x`` smallest or largest, with
    ``rows.lower <= A x <= rows.upper`` and ``columns.lower <= x <= columns.upper``, and x whole
    where ``integer`` is true.

    Parameters
    ----------
    problem : pulp.LpProblem
        Any linear or mixed-integer problem.

    Returns
    -------
    dict
        Ready for JSON, exactly as :mod:`svclab.linear.page` describes the request; a missing
        bound is None.

    Raises
    ------
    ValueError
        For an empty problem, a name used twice, a coefficient or bound that is not finite,
        or special ordered sets, which this course does not use.

    Examples
    --------
    >>> import pulp
    >>> toys = pulp.LpProblem("toys", pulp.LpMaximize)
    >>> table, chair = toys.add_variable("table", 0), toys.add_variable("chair", 0)
    >>> toys += 20 * table + 15 * chair
    >>> toys += 2 * table + chair <= 6, "large"
    >>> arrays(toys)["rows"]
    {'lower': [None], 'upper': [6.0], 'start': [0, 2], 'index': [0, 1], 'value': [2.0, 1.0]}
    """
    if problem.sos1 or problem.sos2:
        raise ValueError(
            f"the problem {problem.name!r} has special ordered sets: write them with 0-1 variables"
        )
    variables = column_variables(problem)
    place = {variable: j for j, variable in enumerate(variables)}
    cost = [0.0] * len(variables)
    offset = 0.0
    if problem.objective is not None:
        offset = _finite(problem.objective.constant, "the objective's constant")
        for variable, value in problem.objective.items():
            cost[place[variable]] = _finite(value, f"the objective's factor of {variable.name!r}")
    return {
        "sense": "max" if problem.sense == MAXIMISE else "min",
        "offset": offset,
        "columns": {
            "cost": cost,
            "lower": [_bound(v.lowBound, f"lower bound of {v.name!r}") for v in variables],
            "upper": [_bound(v.upBound, f"upper bound of {v.name!r}") for v in variables],
            "integer": [v.cat == WHOLE for v in variables],
        },
        "rows": _rows(problem, place),
    }


def _rows(problem: pulp.LpProblem, place: dict[Any, int]) -> dict[str, list[Any]]:
    lower: list[float | None] = []
    upper: list[float | None] = []
    start, index, value = [0], [], []
    for name, row in named_constraints(problem).items():
        for variable, factor in row.items():
            index.append(place[variable])
            value.append(_finite(factor, f"constraint {name!r}: the factor of {variable.name!r}"))
        start.append(len(index))
        # PuLP keeps every constraint as  expression + constant  <=, >= or =  0.
        right = -_finite(row.constant, f"constraint {name!r}: the right-hand side") + 0.0
        lower.append(None if row.sense == AT_MOST else right)
        upper.append(None if row.sense == AT_LEAST else right)
    return {"lower": lower, "upper": upper, "start": start, "index": index, "value": value}


def _finite(value: float, what: str) -> float:
    if not math.isfinite(value):
        raise ValueError(f"{what} is {value!r}: give a number, any finite size")
    return float(value)


def _bound(value: float | None, what: str) -> float | None:
    if value is None or value in (math.inf, -math.inf):
        wrong_side = value == (math.inf if what.startswith("lower") else -math.inf)
        if value is not None and wrong_side:
            raise ValueError(f"{what} is {value!r}: no number can satisfy it")
        return None
    return _finite(value, what)
