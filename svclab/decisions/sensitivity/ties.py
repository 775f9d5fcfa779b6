"""Whether another plan is as good, and which.

All optimal plans together are those that keep every limit and, besides, stand at each limit
that has a price. On that face everything that stands at a limit without a price is pushed away
from it as far as it goes; if nothing moves, the plan is the only one.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from svclab.decisions.sensitivity.program import Corner, Program, Value, corner_of
from svclab.linear.asking import ask, request_of

__all__ = ["Tie", "other_optimum"]

TOLERANCE = 1e-9


@dataclass(frozen=True)
class Tie:
    """Another optimal plan; all plans between the two are optimal as well."""

    plan: tuple[Value, ...]  # in the order of the variables
    endless: bool  # whether one can go on beyond it for ever without loss


def other_optimum(program: Program, corner: Corner) -> Tie | None:
    """Another optimal plan of the linear program.

    Parameters
    ----------
    program : Program
        The linear program.
    corner : Corner
        One of its optima.

    Returns
    -------
    Tie or None
        None if the plan is the only optimal one.
    """
    scale = max([1.0, *(abs(float(c)) for c in program.known.cost)])

    def free(price: Value) -> bool:
        return price == 0 if corner.exact else abs(float(price)) <= TOLERANCE * scale

    for pushes in _trials(program, corner, free):
        found = _pushed(program, corner, free, pushes)
        if found is not None:
            return found
    return None


def _trials(program: Program, corner: Corner, free: Any) -> list[list[float]]:
    """All limits without a price at once; a variable without limits alone, both ways."""
    trials = [_pushes(program, corner, free)]
    for j, state in enumerate(corner.column_states):
        if state == "zero":
            for way in (1.0, -1.0):
                trials.append([way * (j == n) for n in range(len(corner.plan))])
    return trials


def _pushes(program: Program, corner: Corner, free: Any) -> list[float]:
    """The direction away from all limits without a price, as factors of the variables."""
    known = program.known
    pushes = [0.0] * len(known.names)
    for j, (state, cost) in enumerate(zip(corner.column_states, corner.reduced_costs, strict=True)):
        if state in ("lower", "upper") and free(cost):
            pushes[j] += -1.0 if state == "upper" else 1.0
    for i, (state, price) in enumerate(zip(corner.row_states, corner.prices, strict=True)):
        row = known.rows[i]
        if state != "basic" and free(price) and row.lower != row.upper:
            sign = -1.0 if row.upper is not None else 1.0
            for j, factor in enumerate(row.factors):
                pushes[j] += sign * float(factor)
    return pushes


def _pushed(program: Program, corner: Corner, free: Any, pushes: list[float]) -> Tie | None:
    if not any(pushes):
        return None
    face, known = _face(program, corner, free, pushes)
    status, there = corner_of(program.name, face, known)
    endless = status == "unbounded"
    if endless:
        there = _boxed(program, corner, face, known)
    if there is None:
        return None
    moved = sum(abs(float(x) - float(y)) for x, y in zip(there.plan, corner.plan, strict=True))
    return Tie(there.plan, endless) if moved > TOLERANCE * 100 else None


def _face(program: Program, corner: Corner, free: Any, pushes: list[float]) -> Any:
    """All optimal plans, as a linear program that pushes; as arrays and in fractions."""
    model, known = program.model, program.known
    lower, upper = list(known.lower), list(known.upper)
    low, high = list(model["columns"]["lower"]), list(model["columns"]["upper"])
    for j, cost in enumerate(corner.reduced_costs):
        if corner.column_states[j] != "basic" and not free(cost):
            if corner.column_states[j] == "upper":
                lower[j], low[j] = upper[j], high[j]
            else:
                upper[j], high[j] = lower[j], low[j]
    rows, bottom, top = [], list(model["rows"]["lower"]), list(model["rows"]["upper"])
    for i, row in enumerate(known.rows):
        if not free(corner.prices[i]):
            bottom[i] = top[i] = float(row.right)
            row = replace(row, lower=row.right, upper=row.right)
        rows.append(row)
    face = {
        **model,
        "sense": "max",
        "offset": 0.0,
        "columns": {**model["columns"], "cost": pushes, "lower": low, "upper": high},
        "rows": {**model["rows"], "lower": bottom, "upper": top},
    }
    return face, replace(
        known,
        maximise=True,
        offset=Fraction(0),
        cost=tuple(Fraction(repr(p)) for p in pushes),
        lower=tuple(lower),
        upper=tuple(upper),
        rows=tuple(rows),
    )


def _boxed(program: Program, corner: Corner, face: Any, known: Any) -> Corner | None:
    """A plan a step away, where one could go on for ever."""
    columns = face["columns"]
    low = [
        float(x) - 1 if end is None else max(end, float(x) - 1)
        for x, end in zip(corner.plan, columns["lower"], strict=True)
    ]
    high = [
        float(x) + 1 if end is None else min(end, float(x) + 1)
        for x, end in zip(corner.plan, columns["upper"], strict=True)
    ]
    boxed = {**face, "columns": {**columns, "lower": low, "upper": high}}
    reply = ask(request_of(boxed, relaxed=True))
    if reply["values"] is None:
        return None
    return Corner(False, 0.0, tuple(reply["values"]), (), (), (), (), (), ())
