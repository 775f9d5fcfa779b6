"""What one unit more, and one unit less, of a right-hand side is worth, at any optimum.

At an ordinary corner both are the shadow price. At a degenerate one several sets of shadow
prices belong to the optimum; then more is worth the least helpful of them and less costs the
most, and a single "shadow price" tells half the truth. Each side is a small linear program:
the best direction in which the plan can go when the right-hand side moves,

    max c·d  with  a_r·d <= ±1 for the row that moves, <= 0 for each other limit that binds.

References
----------
Jansen, B., de Jong, J. J., Roos, C., & Terlaky, T. (1997). Sensitivity analysis in linear
programming: just be careful! European Journal of Operational Research 101(1), 15-28.
"""

from __future__ import annotations

import math
from fractions import Fraction
from typing import Any

from svclab.decisions.sensitivity.program import Corner, Program, Value
from svclab.linear.asking import ask, request_of
from svclab.linear.solving import definite

__all__ = ["one_sided", "reach"]

TOLERANCE = 1e-7
MOST_BASES = 30  # looked at for one end of a range


def one_sided(program: Program, corner: Corner, i: int) -> tuple[float | None, float | None]:
    """The slope of the objective to the left and to the right of a right-hand side.

    Parameters
    ----------
    program : Program
        The linear program.
    corner : Corner
        Its optimum.
    i : int
        Which constraint.

    Returns
    -------
    tuple of (float or None)
        Change of the stated objective per unit, for one unit less and for one unit more;
        None: no plan is possible on that side.
    """
    row = program.known.rows[i]
    if not _binds(row.activity(_plan(corner)), row.lower, row.upper, corner.exact):
        return 0.0, 0.0
    less, more = (_best(program, corner, i, step) for step in (-1.0, 1.0))
    return (None if less is None else 0.0 - less), more


def reach(program: Program, i: int, slope: float, way: int) -> Value:
    """How far the slope on one side of a right-hand side holds.

    At a degenerate corner the range of one basis is too short, or that of the other side. So the
    bases beside it are asked, one after the other, as long as their price is this slope.

    Parameters
    ----------
    program : Program
        The linear program.
    i : int
        Which constraint; it binds.
    slope : float
        From :func:`one_sided`.
    way : {1, -1}
        Towards larger or smaller right-hand sides.

    Returns
    -------
    Fraction or float
        The last right-hand side up to which the slope holds; it may be infinite.
    """
    at: Value = program.known.rows[i].right
    first = step = max(Fraction(1), abs(Fraction(at))) / 1024
    for _ in range(MOST_BASES):
        if step < first / 1000:  # HiGHS calls a plan possible that is so little beyond
            return at
        _, corner = program.corner(i, at + way * step)
        if corner is None:  # no plan so far out
            step /= 8
            continue
        near, far = corner.right_sides[i][::way]
        if abs(float(corner.prices[i]) - slope) <= TOLERANCE * max(1.0, abs(slope)):
            at = far
            if math.isinf(at):
                return at
            step = first
        elif way * (near - at) <= TOLERANCE * float(first):
            return at
        else:
            step = min(abs(Fraction(near) - Fraction(at)), step) / 2
    return at


def _plan(corner: Corner) -> Any:
    return corner.plan


def _binds(value: Value, low: Value | None, high: Value | None, exact: bool) -> bool:
    return any(end is not None and _near(value, end, exact) for end in (low, high))


def _near(value: Value, end: Value, exact: bool) -> bool:
    if exact:
        return value == end
    return abs(float(value) - float(end)) <= TOLERANCE * max(1.0, abs(float(end)))


def _best(program: Program, corner: Corner, i: int, step: float) -> float | None:
    """The best change of the objective when constraint ``i`` moves by ``step``."""
    known, model, exact = program.known, program.model, corner.exact
    plan = _plan(corner)

    def ends(value: Value, low: Any, high: Any, move: float) -> tuple[Any, Any]:
        at_low = low is not None and _near(value, low, exact)
        at_high = high is not None and _near(value, high, exact)
        return (move if at_low else None), (move if at_high else None)

    columns = [
        ends(x, low, high, 0.0) for x, low, high in zip(plan, known.lower, known.upper, strict=True)
    ]
    rows = [
        ends(row.activity(plan), row.lower, row.upper, step if r == i else 0.0)
        for r, row in enumerate(known.rows)
    ]
    cone = {
        **model,
        "offset": 0.0,
        "columns": {
            **model["columns"],
            "lower": [low for low, _ in columns],
            "upper": [high for _, high in columns],
        },
        "rows": {
            **model["rows"],
            "lower": [low for low, _ in rows],
            "upper": [high for _, high in rows],
        },
    }
    request = request_of(cone, relaxed=True)
    reply = definite(program.name, request, ask(request))
    return None if reply["status"] != "optimal" else float(reply["objective"]) + 0.0
