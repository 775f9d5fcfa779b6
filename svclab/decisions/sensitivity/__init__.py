"""Sensitivity done right: what a limit is worth, how long, and what to say where it is not so.

* :func:`report`: shadow prices, reduced costs, ranges; degenerate and alternative optima told.
* :func:`value_function`: the best objective as one right-hand side moves, for the linear and
  for the integer program side by side; :func:`one_more`: what one unit more is worth in both.
* :func:`why`: why there is no optimum, in words: a smallest conflict or a way without end.
"""

from svclab.decisions.sensitivity.comparing import OneMore, one_more
from svclab.decisions.sensitivity.explaining import Explanation, why
from svclab.decisions.sensitivity.reporting import (
    ConstraintLine,
    Report,
    VariableLine,
    report,
)
from svclab.decisions.sensitivity.values import ValueFunction, value_function

__all__ = [
    "ConstraintLine",
    "Explanation",
    "OneMore",
    "Report",
    "ValueFunction",
    "VariableLine",
    "one_more",
    "report",
    "value_function",
    "why",
]
