"""Any small linear program in the form that the simplex method starts from.

Maximise, with all variables at least zero, equations only, and no right-hand side below zero:
a *slack* is what is left of an upper limit, a *surplus* what goes beyond a lower one, and an
*artificial* variable stands in where there is no slack to begin with; it must vanish again.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from svclab.linear.exact import ExactProblem, ExactRow, decimal
from svclab.words import say

__all__ = ["Standard", "standard_form"]

ZERO, ONE = Fraction(0), Fraction(1)


@dataclass(frozen=True)
class Standard:
    """A linear program in standard form, and the way back."""

    problem: ExactProblem
    columns: tuple[str, ...]  # names: decision variables first, then slacks and so on
    cost: tuple[Fraction, ...]  # to be maximised
    body: tuple[tuple[Fraction, ...], ...]  # one row a constraint
    right: tuple[Fraction, ...]  # never below zero
    basis: tuple[int, ...]  # the column that each row starts with
    artificial: frozenset[int]  # columns that must vanish
    # Each of the problem's variables is  base + Σ factor · column.
    back: tuple[tuple[Fraction, tuple[tuple[int, Fraction], ...]], ...]
    signs: tuple[int, ...]  # -1: the row was turned round
    constraints: tuple[str | None, ...]  # name of each row's constraint; None: an upper bound
    constant: Fraction  # of the objective that is maximised
    notes: tuple[str, ...]  # what was done to get here

    def plan(self, values: dict[int, Fraction]) -> dict[str, Fraction]:
        """The problem's own variables, from the values of the basic columns."""
        return {
            name: base + sum((f * values.get(j, ZERO) for j, f in parts), ZERO)
            for name, (base, parts) in zip(self.problem.names, self.back, strict=True)
        }


def standard_form(problem: ExactProblem) -> Standard:
    """Bring a problem into standard form.

    Parameters
    ----------
    problem : ExactProblem
        A small linear program; whole-number conditions are left aside.

    Returns
    -------
    Standard
        Columns, rows and what was done.

    Examples
    --------
    >>> row = ExactRow("order", (ONE,), ONE, None)
    >>> one = ExactProblem("one", False, ZERO, ("x",), (ONE,), (ZERO,), (None,), (False,), (row,))
    >>> standard_form(one).columns
    ('x', 'surplus order', 'artificial order')
    """
    notes: list[str] = []
    names, back = _variables(problem, notes)
    rows = list(problem.rows)
    rows += [
        ExactRow(f"{name} ≤ {decimal(high)}", _unit(j, len(problem.names)), None, high)
        for j, (name, low, high) in enumerate(
            zip(problem.names, problem.lower, problem.upper, strict=True)
        )
        if low is not None and high is not None
    ]
    bodies, rights, relations, signs = _rows(rows, back, len(names))
    columns, basis, artificial = list(names), [], set()
    extra: list[tuple[int, Fraction]] = []  # (row, +1 or -1), one a new column
    for i, (row, relation) in enumerate(zip(rows, relations, strict=True)):
        if relation != "=":
            columns.append(f"{'slack' if relation == '<=' else 'surplus'} {row.name}")
            extra.append((i, ONE if relation == "<=" else -ONE))
        if relation != "<=":
            columns.append(f"artificial {row.name}")
            extra.append((i, ONE))
            artificial.add(len(columns) - 1)
        basis.append(len(columns) - 1)
        notes.append(_row_note(row.name, relation, signs[i]))
    body = tuple(
        (*left, *(factor if r == i else ZERO for r, factor in extra))
        for i, left in enumerate(bodies)
    )
    way = ONE if problem.maximise else -ONE
    if not problem.maximise:
        notes.insert(0, "The smallest z is minus the largest −z, so −z is made largest.")
    cost = [ZERO] * len(columns)
    constant = way * problem.offset
    for c, (base, parts) in zip(problem.cost, back, strict=True):
        constant += way * c * base
        for j, factor in parts:
            cost[j] += way * c * factor
    return Standard(
        problem,
        tuple(columns),
        tuple(cost),
        body,
        tuple(rights),
        tuple(basis),
        frozenset(artificial),
        back,
        tuple(signs),
        tuple(row.name if i < len(problem.rows) else None for i, row in enumerate(rows)),
        constant,
        tuple(note for note in notes if note),
    )


Back = tuple[tuple[Fraction, tuple[tuple[int, Fraction], ...]], ...]


def _variables(problem: ExactProblem, notes: list[str]) -> tuple[list[str], Back]:
    names: list[str] = []
    back: list[tuple[Fraction, tuple[tuple[int, Fraction], ...]]] = []
    for name, low, high in zip(problem.names, problem.lower, problem.upper, strict=True):
        j = len(names)
        if low is not None:
            names.append(
                name
                if low == 0
                else f"{name} − {decimal(low)}"
                if low > 0
                else f"{name} + {decimal(-low)}"
            )
            back.append((low, ((j, ONE),)))
            if low:
                notes.append(
                    say(
                        "{name} is counted from its lower bound {low}.", name=name, low=decimal(low)
                    )
                )
        elif high is not None:
            names.append(f"{decimal(high)} − {name}")
            back.append((high, ((j, -ONE),)))
            notes.append(
                say(
                    "{name} is counted downwards from its upper bound {high}.",
                    name=name,
                    high=decimal(high),
                )
            )
        else:
            names += [f"{name}⁺", f"{name}⁻"]
            back.append((ZERO, ((j, ONE), (j + 1, -ONE))))
            notes.append(
                say("{name} may be negative: it is the difference {name}⁺ − {name}⁻.", name=name)
            )
    return names, tuple(back)


def _unit(j: int, size: int) -> tuple[Fraction, ...]:
    return tuple(ONE if k == j else ZERO for k in range(size))


def _rows(
    rows: list[ExactRow], back: Back, width: int
) -> tuple[list[tuple[Fraction, ...]], list[Fraction], list[str], list[int]]:
    bodies, rights, relations, signs = [], [], [], []
    for row in rows:
        left = [ZERO] * width
        right = row.right
        for a, (base, parts) in zip(row.factors, back, strict=True):
            right -= a * base
            for j, factor in parts:
                left[j] += a * factor
        sign, relation = 1, row.relation
        if right < 0:
            sign, relation = -1, {"<=": ">=", ">=": "<=", "=": "="}[relation]
        bodies.append(tuple(sign * a for a in left))
        rights.append(sign * right)
        relations.append(relation)
        signs.append(sign)
    return bodies, rights, relations, signs


def _row_note(name: str, relation: str, sign: int) -> str:
    turned = (
        say(
            "{name} is multiplied by −1, so that its right-hand side is not below zero. ", name=name
        )
        if sign < 0
        else ""
    )
    told = {
        "<=": "",
        ">=": say(
            "{name}: a surplus is taken away, and an artificial variable makes a start possible.",
            name=name,
        ),
        "=": say("{name}: an artificial variable makes a start possible.", name=name),
    }
    return (turned + told[relation]).strip()
