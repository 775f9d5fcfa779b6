"""Solve a PuLP problem with HiGHS, in the kernel and in the page alike."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Any

from svclab.checks import above_zero
from svclab.linear.arrays import arrays, column_variables, named_constraints
from svclab.linear.asking import OPTIONS as OPTIONS
from svclab.linear.asking import ask

if TYPE_CHECKING:
    import pulp

__all__ = ["Solution", "definite", "solution_of", "solve"]

#: PuLP's own numbers: LpStatusOptimal, LpStatusInfeasible and so on.
PULP_STATUS = {"optimal": 1, "infeasible": -1, "unbounded": -2, "time limit": 0}


@dataclass(frozen=True)
class Solution:
    """What the solver found. Names are PuLP's: it writes a space as ``_``."""

    status: str  # "optimal", "infeasible", "unbounded" or "time limit"
    objective: float | None  # of the stated problem, its constant included; None: no plan
    values: Mapping[str, float]  # by variable name; empty: no plan
    # By constraint name: change of the stated objective per unit of right-hand side, with the
    # same sign convention for max and min and for <=, >= and =. None with whole variables.
    shadow_prices: Mapping[str, float] | None
    # By variable name: change of the stated objective per unit of a variable that stands at
    # its bound. None with whole variables.
    reduced_costs: Mapping[str, float] | None

    @property
    def is_optimal(self) -> bool:
        """Whether the best plan was found."""
        return self.status == "optimal"

    def __repr__(self) -> str:
        if self.objective is None:
            return f"Solution({self.status})"
        shown = ", ".join(f"{name}={value:g}" for name, value in list(self.values.items())[:8])
        more = ", …" if len(self.values) > 8 else ""
        return f"Solution({self.status}, objective={self.objective:g}; {shown}{more})"

    def _repr_html_(self) -> str:
        if self.objective is None:
            return f"<p>{escape(self.status)}</p>"
        cells = [
            f"<tr><td>{escape(name)}</td><td>{value:g}</td></tr>"
            for name, value in self.values.items()
        ]
        head = f"{escape(self.status)}, objective {self.objective:g}"
        return f"<table><caption>{head}</caption>{''.join(cells)}</table>"


def solve(problem: pulp.LpProblem, *, time_limit: float | None = None) -> Solution:
    """Solve a linear or mixed-integer PuLP problem with HiGHS.

    The result is also written into the problem, as ``problem.solve()`` would do, so that
    ``x.value()``, ``constraint.pi`` and ``problem.status`` can be read.

    Parameters
    ----------
    problem : pulp.LpProblem
        What to solve.
    time_limit : float, optional
        Seconds after which the search stops with status ``"time limit"``; the best plan so
        far, if any, is in the solution.

    Returns
    -------
    Solution
        Status, objective, values, shadow prices and reduced costs. Where several plans are
        equally good, one of them. A shadow price at a corner where several limits meet
        (degenerate) holds on one side only.

    Raises
    ------
    ValueError
        If the problem is empty or not finite; see :func:`svclab.linear.arrays`.
    RuntimeError
        If the solver gives up; the message says why.

    Examples
    --------
    >>> import pulp
    >>> toys = pulp.LpProblem("toys", pulp.LpMaximize)
    >>> table, chair = toys.add_variable("table", 0), toys.add_variable("chair", 0)
    >>> toys += 20 * table + 15 * chair
    >>> toys += 2 * table + chair <= 6, "large"
    >>> toys += 2 * table + 2 * chair <= 8, "small"
    >>> best = solve(toys)
    >>> best
    Solution(optimal, objective=70; table=2, chair=2)
    >>> {name: round(price, 6) for name, price in best.shadow_prices.items()}
    {'large': 5.0, 'small': 5.0}
    """
    request = {**arrays(problem), "options": dict(OPTIONS)}
    if time_limit is not None:
        limit = above_zero("time_limit", time_limit, "a number of seconds")
        request["options"]["time_limit"] = limit
    reply = definite(problem.name, request, ask(request))
    solution = solution_of(problem, request, reply)
    _write_back(problem, solution)
    return solution


def definite(name: str, request: dict[str, Any], reply: dict[str, Any]) -> dict[str, Any]:
    """The reply with its status made sure; raises RuntimeError for "error".

    "Infeasible or unbounded" is decided, and "infeasible" is believed only where the problem
    has no plan without its objective either: HiGHS 1.15's presolve calls some unbounded
    problems infeasible, in both hosts (a test has one).
    """
    if reply["status"] in ("infeasible", "infeasible or unbounded"):
        if not _feasible(request):
            return {**reply, "status": "infeasible"}
        if reply["status"] == "infeasible or unbounded":
            return {**reply, "status": "unbounded"}
        reply = ask({**request, "options": {**request["options"], "presolve": "off"}})
    if reply["status"] == "error":  # "Unknown": the primal simplex method finds out
        primal = {**request["options"], "presolve": "off", "simplex_strategy": 4}
        reply = ask({**request, "options": primal})
    if reply["status"] == "error":
        raise RuntimeError(
            f"HiGHS could not solve {name!r}: {reply.get('message', 'no reason given')}"
        )
    return reply


def _feasible(request: dict[str, Any]) -> bool:
    """Whether any plan satisfies the constraints: the same problem with nothing to optimise."""
    columns = {**request["columns"], "cost": [0.0] * len(request["columns"]["cost"])}
    return bool(ask({**request, "columns": columns, "ask": []})["status"] == "optimal")


def solution_of(
    problem: pulp.LpProblem, request: dict[str, Any], reply: dict[str, Any]
) -> Solution:
    """A solver's reply with the problem's names."""
    if reply["values"] is None:
        return Solution(reply["status"], None, {}, None, None)
    columns = request["columns"]
    names = [variable.name for variable in column_variables(problem)]
    values = [
        float(round(value)) if whole else value + 0.0
        for value, whole in zip(reply["values"], columns["integer"], strict=True)
    ]
    # Added up again here, so that whole plans have their exact value and both hosts agree.
    products = [c * x for c, x in zip(columns["cost"], values, strict=True)]
    objective = math.fsum([request["offset"], *products])
    prices = costs = None
    if reply["row_duals"] is not None:
        prices = dict(zip(named_constraints(problem), _plain(reply["row_duals"]), strict=True))
        costs = dict(zip(names, _plain(reply["reduced_costs"]), strict=True))
    by_name = dict(zip(names, values, strict=True))
    return Solution(reply["status"], objective, by_name, prices, costs)


def _plain(numbers: list[float]) -> list[float]:
    """Without minus zeros."""
    return [number + 0.0 for number in numbers]


def _write_back(problem: pulp.LpProblem, solution: Solution) -> None:
    problem.assignStatus(PULP_STATUS[solution.status])
    for variable in column_variables(problem):
        variable.varValue = solution.values.get(variable.name)
        variable.dj = solution.reduced_costs[variable.name] if solution.reduced_costs else None
    for name, row in named_constraints(problem).items():
        row.pi = solution.shadow_prices[name] if solution.shadow_prices else None
        if solution.values:
            row.slack = -row.value()
