"""The sensitivity report of a small model, without a solver: variants are dealt without one."""

from __future__ import annotations

import math
from fractions import Fraction
from functools import lru_cache

from svclab.decisions.exercises.small_models import SmallModel
from svclab.decisions.sensitivity import ConstraintLine, Report, VariableLine

__all__ = ["best_with", "report_of"]


@lru_cache(maxsize=600)
def report_of(model: SmallModel, names: tuple[str, ...], limits: tuple[str, ...]) -> Report:
    """The report as :func:`svclab.decisions.sensitivity.report` gives it; a test compares.

    Parameters
    ----------
    model : SmallModel
        With one best corner, at which no more limits meet than it needs.
    names, limits : tuple of str
        Of the variables and of the rows.

    Raises
    ------
    ValueError
        If there is another best corner, or more limits meet.
    """
    basis = model.basis(names, limits)
    if basis is None:
        raise ValueError("this model has no report that is the only truth: look at basis() first")
    known = basis.problem
    constraints = [
        ConstraintLine(
            row.name,
            known.text(row),
            float(row.activity(basis.plan)),
            float(row.right),
            float(price),
            -math.inf if low is None else float(low),
            math.inf if high is None else float(high),
            float(price),
            float(price),
        )
        for row, price, (low, high) in zip(known.rows, basis.prices, basis.right_sides, strict=True)
    ]
    variables = [
        VariableLine(
            name,
            float(value),
            float(cost),
            float(reduced),
            -math.inf if low is None else float(low),
            math.inf if high is None else float(high),
        )
        for name, value, cost, reduced, (low, high) in zip(
            names, basis.plan, known.cost, basis.reduced_costs, basis.coefficients, strict=True
        )
    ]
    return Report(
        objective=float(basis.objective),
        maximise=True,
        variables=tuple(variables),
        constraints=tuple(constraints),
        degenerate=(),
        second=None,
        endless=False,
        exact=True,
        relaxed=False,
    )


def best_with(model: SmallModel, row: int, more: float) -> Fraction:
    """The best value with more on the right side of a row, exactly; for whole and half numbers.

    Examples
    --------
    >>> toys = SmallModel((20, 15), (((2, 1), 6), ((2, 2), 9)), (0, 0))
    >>> str(best_with(toys, 0, 0.5)), str(best_with(toys, 1, 1))
    ('155/2', '80')
    """
    rows = tuple(
        (tuple(2 * a for a in factors), int(2 * (right + more * (k == row))))
        for k, (factors, right) in enumerate(model.rows)
    )
    return SmallModel(model.cost, rows, model.lower).best_corners()[0]
