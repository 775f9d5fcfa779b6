"""What becomes of a model: its best plan with what it is worth, or why there is none."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from svclab.decisions.builder.model import Model
from svclab.decisions.plane import Plane, WholePlans, plane, whole_plans
from svclab.decisions.sensitivity import Explanation, Report, report, why
from svclab.linear import solve

__all__ = ["Outcome", "outcome"]


@dataclass(frozen=True)
class Outcome:
    """A model solved; plans are by the names that were typed."""

    model: Model
    status: str  # "optimal", "infeasible" or "unbounded"
    value: float | None  # of the objective
    plan: Mapping[str, float]  # empty without an optimum
    ties: int  # how many whole plans are equally good; 0: not counted
    report: Report | None  # of a linear model with an optimum
    linear: float | None  # the best with parts of units allowed, for a whole model
    explanation: Explanation | None  # without an optimum
    plane: Plane | None  # with two variables
    wholes: WholePlans | None  # with two variables of which some are whole


def outcome(model: Model) -> Outcome:
    """Solve a model, and say why where there is no best plan.

    Parameters
    ----------
    model : Model
        With one variable or more.

    Returns
    -------
    Outcome
        With two variables worked out exactly in the plane, else by HiGHS.

    Examples
    --------
    >>> from svclab.decisions.builder import read_model
    >>> made = read_model([{"name": "x", "kind": "whole"}, {"name": "y", "kind": "amount"}],
    ...     [{"goal": "max", "name": "gain", "sum": "3 x + y"}],
    ...     [{"name": "hours", "sum": "2 x + y", "relation": "<=", "right": 9}])
    >>> found = outcome(made)
    >>> found.value, found.linear
    (13.0, 13.5)
    """
    shape = plane(model.problem) if len(model.variables) == 2 else None
    if model.whole:
        return _whole(model, shape)
    return _linear(model, shape)


def _linear(model: Model, shape: Plane | None) -> Outcome:
    status = solve(model.problem).status if shape is None else shape.best.status
    if status != "optimal":
        return _none(model, shape, None)
    told = report(model.problem)
    plan = dict(zip(model.names, told.plan.values(), strict=True))
    return Outcome(model, status, told.objective, plan, 0, told, None, None, shape, None)


def _whole(model: Model, shape: Plane | None) -> Outcome:
    wholes = whole_plans(shape, most=400) if shape is not None else None
    if wholes is not None and shape is not None:
        if wholes.value is None or wholes.point is None:
            return _none(model, shape, wholes)
        best = shape.best.value
        plan = dict(zip(model.names, map(float, wholes.point), strict=True))
        return Outcome(
            model, "optimal", float(wholes.value), plan, len(wholes.ties), None,
            None if best is None else float(best), None, shape, wholes,
        )  # fmt: skip
    found = solve(model.problem)
    if found.objective is None:
        return _none(model, None, None)
    parts = report(model.problem, relaxed=True).objective
    plan = dict(zip(model.names, found.values.values(), strict=True))
    return Outcome(model, "optimal", found.objective, plan, 0, None, parts, None, None, None)


def _none(model: Model, shape: Plane | None, wholes: WholePlans | None) -> Outcome:
    told = why(model.problem)
    return Outcome(model, told.status, None, {}, 0, None, None, told, shape, wholes)
