"""Why a linear program has no optimum: a smallest conflict, or a direction without end.

HiGHS proposes (its infeasible set with ``iis_strategy`` 2 + 4, its primal ray); both are
checked here before anybody is told, so that what is said is true in both hosts.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from svclab.linear.arrays import arrays
from svclab.linear.asking import ask, request_of
from svclab.linear.exact import exact
from svclab.linear.solving import definite

if TYPE_CHECKING:
    import pulp

    from svclab.linear.exact import ExactProblem

__all__ = ["Conflict", "Ray", "conflict", "ray"]

#: A propose-from-LP strategy (2) that is to be irreducible (4).
FROM_LP_IRREDUCIBLE = 6

Member = tuple[str, str]


@dataclass(frozen=True)
class Conflict:
    """Conditions that cannot hold together, none of which can be left out."""

    constraints: tuple[str, ...]  # names
    bounds: tuple[Member, ...]  # (variable, "lower" or "upper")
    # Whether the conflict is there only because variables must be whole. Then the bounds of all
    # variables belong to it and are not listed.
    whole: bool = False


@dataclass(frozen=True)
class Ray:
    """A direction in which one can go for ever and always gain."""

    direction: Mapping[str, Fraction]  # change of each variable that changes
    gain: Fraction  # change of the stated objective for one step: above zero for a maximum


def conflict(problem: pulp.LpProblem) -> Conflict | None:
    """A smallest set of constraints and bounds that cannot hold together.

    "Smallest" means irreducible: without any one member the rest can be kept. HiGHS's set is
    taken as a start, and then each member is left out on trial (the deletion filter).

    Parameters
    ----------
    problem : pulp.LpProblem
        Any problem.

    Returns
    -------
    Conflict or None
        None if there is a plan that keeps all constraints.

    References
    ----------
    Chinneck, J. W. (2008). Feasibility and Infeasibility in Optimization. Springer.

    Examples
    --------
    >>> import pulp
    >>> shop = pulp.LpProblem("shop", pulp.LpMaximize)
    >>> x, y = shop.add_variable("x", 0), shop.add_variable("y", 0)
    >>> shop += x + y
    >>> shop += x + y <= 4, "hours"
    >>> shop += x >= 5, "order"
    >>> shop += y <= 9, "market"
    >>> conflict(shop)
    Conflict(constraints=('hours', 'order'), bounds=(('y', 'lower'),), whole=False)
    """
    model = arrays(problem)
    model = {**model, "columns": {**model["columns"], "cost": [0.0] * _width(model)}}
    request = request_of(
        model, relaxed=True, wanted=("conflict",), iis_strategy=FROM_LP_IRREDUCIBLE
    )
    reply = ask(request)
    names = exact(problem)
    if reply["status"] == "infeasible":
        rows, bounds = _filtered(model, *_candidates(model, reply.get("conflict")))
        return Conflict(
            tuple(names.rows[i].name for i in rows),
            tuple((names.names[j], side) for j, side in bounds),
        )
    if not any(model["columns"]["integer"]) or ask(request_of(model))["status"] != "infeasible":
        return None
    kept = list(range(len(names.rows)))
    for i in list(kept):
        rest = [r for r in kept if r != i]
        if ask(request_of(_only(model, rest, None), time_limit=5.0))["status"] == "infeasible":
            kept = rest
    return Conflict(tuple(names.rows[i].name for i in kept), (), whole=True)


def _width(model: dict[str, Any]) -> int:
    return len(model["columns"]["cost"])


Bound = tuple[int, str]


def _candidates(
    model: dict[str, Any], found: dict[str, Any] | None
) -> tuple[list[int], list[Bound]]:
    """HiGHS's set if it is in conflict indeed, else everything."""
    columns = model["columns"]
    every = [
        (j, side)
        for j in range(_width(model))
        for side in ("lower", "upper")
        if columns[side][j] is not None
    ]
    if found:
        rows = sorted({i for i, _ in found["rows"]})
        named = {j for j, _ in found["columns"]}
        bounds = [(j, side) for j, side in every if j in named]
        if _clash(model, rows, bounds):
            return rows, bounds
    return list(range(len(model["rows"]["lower"]))), every


def _filtered(
    model: dict[str, Any], rows: list[int], bounds: list[Bound]
) -> tuple[list[int], list[Bound]]:
    for bound in list(bounds):
        rest = [b for b in bounds if b != bound]
        if _clash(model, rows, rest):
            bounds = rest
    for i in list(rows):
        others = [r for r in rows if r != i]
        if _clash(model, others, bounds):
            rows = others
    return rows, bounds


def _clash(model: dict[str, Any], rows: list[int], bounds: list[Bound]) -> bool:
    """Whether these constraints and bounds alone cannot be kept."""
    status = ask(request_of(_only(model, rows, bounds), relaxed=True))["status"]
    return bool(status == "infeasible")


def _only(model: dict[str, Any], rows: list[int], bounds: list[Bound] | None) -> dict[str, Any]:
    """The problem with nothing but these constraints and bounds; None: all bounds."""
    keep, old = set(rows), model["rows"]
    changed = {
        side: [limit if i in keep else None for i, limit in enumerate(old[side])]
        for side in ("lower", "upper")
    }
    result = {**model, "rows": {**old, **changed}}
    if bounds is not None:
        wanted = set(bounds)
        result["columns"] = {
            **model["columns"],
            **{
                side: [
                    limit if (j, side) in wanted else None
                    for j, limit in enumerate(model["columns"][side])
                ]
                for side in ("lower", "upper")
            },
        }
    return result


def ray(problem: pulp.LpProblem) -> Ray | None:
    """A direction along which the objective gets better without end.

    Parameters
    ----------
    problem : pulp.LpProblem
        Any problem.

    Returns
    -------
    Ray or None
        None unless the problem is unbounded. The direction is in whole numbers where that
        is possible, and checked in fractions: it leaves no constraint and no bound.

    Examples
    --------
    >>> import pulp
    >>> shop = pulp.LpProblem("shop", pulp.LpMaximize)
    >>> x, y = shop.add_variable("x", 0), shop.add_variable("y", 0)
    >>> shop += x + y
    >>> shop += x - 2 * y <= 4, "gap"
    >>> shop += y - 2 * x <= 4, "other"
    >>> found = ray(shop)
    >>> found.gain > 0, set(found.direction) <= {"x", "y"}
    (True, True)
    """
    model, known = arrays(problem), exact(problem)
    plain = request_of(model, relaxed=True)
    if definite(problem.name, plain, ask(plain))["status"] != "unbounded":
        return None
    still = {**model, "columns": {**model["columns"], "cost": [0.0] * _width(model)}}
    if ask(request_of(still))["status"] != "optimal":
        return None  # no plan in whole numbers
    reply = ask(request_of(model, relaxed=True, wanted=("ray",), presolve="off"))
    for numbers in (reply.get("ray"), _cone(model)):
        if numbers:
            for digits in (10, 1000, 10**6):
                direction = _whole(numbers, digits)
                if _endless(known, direction):
                    return _named(known, direction)
    return None


def _cone(model: dict[str, Any]) -> list[float] | None:
    """The best direction of all that leave nothing and move no variable by more than one."""
    columns, rows = model["columns"], model["rows"]
    flat = {
        **model,
        "offset": 0.0,
        "columns": {
            **columns,
            "lower": [-1.0 if low is None else 0.0 for low in columns["lower"]],
            "upper": [1.0 if high is None else 0.0 for high in columns["upper"]],
        },
        "rows": {
            **rows,
            "lower": [None if low is None else 0.0 for low in rows["lower"]],
            "upper": [None if high is None else 0.0 for high in rows["upper"]],
        },
    }
    values: list[float] | None = ask(request_of(flat, relaxed=True))["values"]
    return values


def _whole(numbers: list[float], largest: int) -> tuple[Fraction, ...]:
    """The same direction in small whole numbers."""
    size = max(abs(x) for x in numbers) or 1.0
    parts = [Fraction(x / size).limit_denominator(largest) for x in numbers]
    scale = math.lcm(*(p.denominator for p in parts))
    whole = [p * scale for p in parts]
    common = math.gcd(*(int(p) for p in whole)) or 1
    return tuple(p / common for p in whole)


def _endless(known: ExactProblem, direction: tuple[Fraction, ...]) -> bool:
    for move, low, high in zip(direction, known.lower, known.upper, strict=True):
        if (move < 0 and low is not None) or (move > 0 and high is not None):
            return False
    for row in known.rows:
        change = row.activity(direction)
        if (change < 0 and row.lower is not None) or (change > 0 and row.upper is not None):
            return False
    gain = known.objective(direction) - known.offset
    return gain > 0 if known.maximise else gain < 0


def _named(known: ExactProblem, direction: tuple[Fraction, ...]) -> Ray:
    moves = {n: d for n, d in zip(known.names, direction, strict=True) if d}
    return Ray(moves, known.objective(direction) - known.offset)
