"""What one unit more is worth: in the linear program, and in whole pieces."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from html import escape
from typing import TYPE_CHECKING

from svclab.checks import a_number
from svclab.decisions.sensitivity.program import Program
from svclab.words import join, number, say

if TYPE_CHECKING:
    import pulp

__all__ = ["OneMore", "one_more"]


@dataclass(frozen=True)
class OneMore:
    """What one unit more of a right-hand side is worth, in parts and in whole pieces."""

    constraint: str
    by: float  # how many units more
    linear: float | None  # change of the linear program's objective; None: no plan
    whole: float | None  # change of the integer program's objective; None: no plan
    linear_plans: tuple[dict[str, float] | None, dict[str, float] | None]  # before, after
    whole_plans: tuple[dict[str, float] | None, dict[str, float] | None]

    @property
    def sentences(self) -> tuple[str, ...]:
        """The comparison in words."""
        return (
            _worth("In the linear program", self, self.linear, self.linear_plans),
            _worth("In whole pieces", self, self.whole, self.whole_plans),
        )

    def __repr__(self) -> str:
        return "\n".join(self.sentences)

    def _repr_html_(self) -> str:
        return "".join(f"<p>{escape(sentence)}</p>" for sentence in self.sentences)


def one_more(problem: pulp.LpProblem, constraint: str, *, by: float = 1) -> OneMore:
    """Solve a problem twice, before and after a change of one right-hand side, in both worlds.

    Parameters
    ----------
    problem : pulp.LpProblem
        Linear or with whole variables; if none is declared whole, "whole" means all.
    constraint : str
        Name of the constraint.
    by : float
        How many units more; negative for less.

    Returns
    -------
    OneMore
        The change of the stated objective in the linear and in the integer program.

    Raises
    ------
    ValueError
        If there is no such constraint, or ``by`` is not finite or zero.

    Examples
    --------
    >>> import pulp
    >>> toys = pulp.LpProblem("toys", pulp.LpMaximize)
    >>> table, chair = toys.add_variable("table", 0), toys.add_variable("chair", 0)
    >>> toys += 20 * table + 15 * chair
    >>> toys += 2 * table + chair <= 6, "large"
    >>> toys += 2 * table + 2 * chair <= 8, "small"
    >>> one_more(toys, "small")
    In the linear program 1 more of small changes the objective by 5: table 2 → 1.5 and
    chair 2 → 3.
    In whole pieces 1 more of small changes nothing: the best plan stays as good as it was.
    """
    if not a_number("by", by, "a number of units"):
        raise ValueError(f"by={by!r}: give a number of units, above or below zero")
    program = Program(problem)
    i = program.row(constraint)
    before = program.known.rows[i].right
    after = before + Fraction(repr(float(by)))
    names = program.known.names
    corners = [program.corner(i, right)[1] for right in (before, after)]
    plans = [
        None if c is None else dict(zip(names, map(float, c.plan), strict=True)) for c in corners
    ]
    values = [None if c is None else float(c.objective) for c in corners]
    program.all_whole()
    wholes = [program.best_whole(i, right) for right in (before, after)]
    return OneMore(
        constraint,
        by,
        _change(values[0], values[1]),
        _change(wholes[0][1], wholes[1][1]),
        (plans[0], plans[1]),
        (_named(names, wholes[0][2]), _named(names, wholes[1][2])),
    )


def _named(names: tuple[str, ...], plan: list[float] | None) -> dict[str, float] | None:
    return None if plan is None else dict(zip(names, plan, strict=True))


def _change(before: float | None, after: float | None) -> float | None:
    return None if before is None or after is None else after - before


def _worth(
    where: str,
    found: OneMore,
    change: float | None,
    plans: tuple[dict[str, float] | None, dict[str, float] | None],
) -> str:
    more = say(
        "{by} {way} of {name}",
        by=number(abs(found.by), 4),
        way="more" if found.by > 0 else "less",
        name=found.constraint,
    )
    if change is None or plans[0] is None or plans[1] is None:
        return say("{where} there is no best plan with or without {more}.", where=where, more=more)
    if abs(change) < 1e-9:
        return say(
            "{where} {more} changes nothing: the best plan stays as good as it was.",
            where=where,
            more=more,
        )
    moves = [
        say("{name} {a} → {b}", name=name, a=number(old, 4), b=number(plans[1][name], 4))
        for name, old in plans[0].items()
        if abs(old - plans[1][name]) > 1e-9
    ]
    return say(
        "{where} {more} changes the objective by {change}: {moves}.",
        where=where,
        more=more,
        change=number(change, 4),
        moves=join(moves) or "the plan stays",
    )
