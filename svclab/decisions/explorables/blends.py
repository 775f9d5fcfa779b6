"""What is mixed, of what: the cheapest mixture, and which limits cannot hold together."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from svclab.decisions.problems import cases
from svclab.decisions.problems.blending import blending_problem
from svclab.decisions.sensitivity import Report, ValueFunction, report, value_function, why
from svclab.linear import Conflict
from svclab.words import Quantity, join, say

__all__ = ["FEED", "KINDS", "LUNCH", "Found", "Kind", "Rows", "asked", "found", "problem_of"]

FEED = cases.feed().arguments
LUNCH = (
    ("rice", 6.0, 3.0, 130.0),
    ("vegetables", 8.0, 2.0, 40.0),
    ("chicken", 30.0, 27.0, 165.0),
)


@dataclass(frozen=True)
class Kind:
    """What is mixed, and how one speaks of it."""

    amount: float  # of the mixture
    unit: str  # of the amount
    priced: float  # so many of that unit have the price in the table
    good: str  # substance of which there must be enough
    good_unit: str
    bad: str  # substance of which there may not be too much
    bad_unit: str
    digits: int  # of the cost


PARTS = 100  # contents are stated for so many units of an ingredient
KINDS = {
    "feed": Kind(100, "kg", 1, "protein", "kg", "fibre", "kg", 1),
    "lunch": Kind(500, "g", 1000, "protein", "g", "energy", "kcal", 2),
}
Rows = tuple[tuple[str, float, float, float], ...]


@dataclass(frozen=True)
class Found:
    """What is known of one setting."""

    kind: Kind
    rows: Rows
    least: float
    most: float
    report: Report | None  # None: no mixture keeps the limits
    clashes: tuple[str, ...]  # then: which limits cannot hold together
    curve: ValueFunction | None  # cost against what is asked for of the good substance


def problem_of(kind: Kind, rows: Rows, least: float | None, most: float | None) -> Any:
    """The blending problem in PuLP; None leaves a limit out."""
    return blending_problem(
        {name: cost / kind.priced for name, cost, *_ in rows},
        {n: {kind.good: g / PARTS, kind.bad: b / PARTS} for n, _, g, b in rows},
        kind.amount,
        at_least=None if least is None else {kind.good: least},
        at_most=None if most is None else {kind.bad: most},
    )


@lru_cache(maxsize=64)
def found(key: str, rows: Rows, least: float, most: float, farthest: float) -> Found:
    """The cheapest mixture, what binds, and the cost for every least amount."""
    kind = KINDS[key]
    clashes = _clashes(kind, rows, least, most)
    best = None if clashes else report(problem_of(kind, rows, least, most))
    return Found(kind, rows, least, most, best, clashes, _curve(kind, rows, farthest, most))


def _clashes(kind: Kind, rows: Rows, least: float, most: float) -> tuple[str, ...]:
    """What cannot hold together: each limit by itself first, and only then both.

    A limit that no mixture keeps clashes with the other one too, and a smallest conflict of both
    would hide that loosening the other does not help.
    """
    alone = [problem_of(kind, rows, least, None), problem_of(kind, rows, None, most)]
    told = [why(problem).conflict for problem in alone]
    if not any(told):
        told = [why(problem_of(kind, rows, least, most)).conflict]
    return tuple(_clash(kind, conflict, least, most) for conflict in told if conflict)


def _curve(kind: Kind, rows: Rows, farthest: float, most: float) -> ValueFunction | None:
    """None where even nothing asked of the good substance has no mixture."""
    problem = problem_of(kind, rows, 0.0, most)
    curve = value_function(problem, f"least_{kind.good}", lower=0.0, upper=farthest, whole=False)
    return curve if curve.corners else None


def asked(kind: Kind, least: float, most: float) -> dict[str, str]:
    """The limits, by the names of their constraints, as a manager says them."""
    return {
        f"least_{kind.good}": say(
            "at least {n} of {what}", n=Quantity(least, kind.good_unit, 1), what=kind.good
        ),
        f"most_{kind.bad}": say(
            "at most {n} of {what}", n=Quantity(most, kind.bad_unit, 1), what=kind.bad
        ),
        "amount": say("{n} in all", n=Quantity(kind.amount, kind.unit, 0)),
    }


def _clash(kind: Kind, conflict: Conflict, least: float, most: float) -> str:
    """The members of the smallest conflict, as a manager says them."""
    words = asked(kind, least, most)
    members = [words[name] for name in conflict.constraints]
    if conflict.bounds:
        names = join([name for name, _ in conflict.bounds], "or")
        members.append(say("not less than zero of {names}", names=names))
    return join(members)
