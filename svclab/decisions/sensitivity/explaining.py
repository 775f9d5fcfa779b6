"""Why a problem has no optimum, in words."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from svclab.linear.arrays import arrays
from svclab.linear.asking import ask, request_of
from svclab.linear.certificates import Conflict, Ray, conflict, ray
from svclab.linear.exact import ExactProblem, decimal, exact
from svclab.linear.solving import definite
from svclab.words import join, number, say

if TYPE_CHECKING:
    import pulp

__all__ = ["Explanation", "why"]


@dataclass(frozen=True)
class Explanation:
    """What became of a problem, and why."""

    status: str  # "optimal", "infeasible" or "unbounded"
    sentences: tuple[str, ...]
    conflict: Conflict | None = None  # with "infeasible"
    ray: Ray | None = None  # with "unbounded"

    def __repr__(self) -> str:
        return "\n".join(self.sentences)

    def _repr_html_(self) -> str:
        return "".join(f"<p>{escape(sentence)}</p>" for sentence in self.sentences)


def why(problem: pulp.LpProblem) -> Explanation:
    """Say why a problem has no optimum: which limits clash, or where the way never ends.

    Parameters
    ----------
    problem : pulp.LpProblem
        Any problem. It is left unsolved: no values are written into it.

    Returns
    -------
    Explanation
        Status and sentences. For an infeasible problem a smallest conflict: leave out any one
        of its members and the rest can be kept. For an unbounded one a direction in which every
        step is allowed and gains.

    Raises
    ------
    ValueError
        If the problem is empty or not finite.

    Examples
    --------
    >>> import pulp
    >>> toys = pulp.LpProblem("toys", pulp.LpMaximize)
    >>> table, chair = toys.add_variable("table", 0), toys.add_variable("chair", 0)
    >>> toys += 20 * table + 15 * chair
    >>> toys += 2 * table + chair <= 6, "large"
    >>> toys += table >= 4, "order"
    >>> why(toys)
    These conditions cannot hold together: large (2 table + chair ≤ 6), order (table ≥ 4) and
    chair ≥ 0.
    Leave out or loosen any one of them, and the others can be kept.
    """
    known = exact(problem)
    request = request_of(arrays(problem))
    status = str(definite(problem.name, request, ask(request))["status"])
    if status == "infeasible":
        found = conflict(problem)
        if found is not None:
            return Explanation(status, _conflict_sentences(known, found), conflict=found)
    if status == "unbounded":
        way = ray(problem)
        if way is not None:
            return Explanation(status, _ray_sentences(known, way), ray=way)
    said = {
        "optimal": "The problem has an optimum.",
        "infeasible": "No plan keeps all constraints.",
        "unbounded": "The objective can be made better without end.",
    }
    return Explanation(status, (said[status],))


def _conflict_sentences(known: ExactProblem, found: Conflict) -> tuple[str, ...]:
    rows = {row.name: row for row in known.rows}
    members = [
        say("{name} ({text})", name=name, text=known.text(rows[name])) for name in found.constraints
    ]
    for name, side in found.bounds:
        j = known.names.index(name)
        end = known.lower[j] if side == "lower" else known.upper[j]
        sign = "≥" if side == "lower" else "≤"
        members.append(say("{name} {sign} {end}", name=name, sign=sign, end=decimal(end or 0)))
    if found.whole and len(members) == 1:
        return (
            say(
                "Parts of units would be possible, but in whole numbers this condition cannot hold "
                "at all: {member}.",
                member=members[0],
            ),
            "The whole numbers are the reason: change the condition, or allow parts of units.",
        )
    if found.whole:
        return (
            say(
                "Parts of units would be possible, but no plan in whole numbers keeps {members} "
                "within the bounds of the variables.",
                members=join(members) if members else "these conditions",
            ),
            "Leave out or loosen any one of them, and the others can be kept."
            if members
            else "No whole number lies between two bounds of a variable: change one of them.",
        )
    if len(members) == 1:
        return (
            say("This condition cannot hold at all: {member}.", member=members[0]),
            "No other condition is the reason: change this one.",
        )
    return (
        say("These conditions cannot hold together: {members}.", members=join(members)),
        "Leave out or loosen any one of them, and the others can be kept.",
    )


def _ray_sentences(known: ExactProblem, way: Ray) -> tuple[str, ...]:
    moves = [
        say(
            "{name} {verb} by {size}",
            name=name,
            verb="up" if move > 0 else "down",
            size=number(float(abs(move)), 4),
        )
        for name, move in way.direction.items()
    ]
    better = "larger" if way.gain > 0 else "smaller"
    return (
        say(
            "The objective can be made {better} without end: take {moves}, again and again.",
            better=better,
            moves=join(moves),
        ),
        say(
            "Each such step changes the objective by {gain} and breaks no constraint; a limit is "
            "missing, or one has its sign the wrong way round.",
            gain=number(float(way.gain), 4),
        ),
    )
