"""The simplex method, step by step, in fractions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from html import escape
from typing import TYPE_CHECKING

from svclab.checks import a_count, one_of
from svclab.decisions.simplex.standard import Standard, standard_form
from svclab.decisions.simplex.tableau import Place, Tableau
from svclab.decisions.simplex.telling import end_sentence, step_sentence
from svclab.linear.exact import ExactProblem, exact
from svclab.words import say

if TYPE_CHECKING:
    import pulp

__all__ = ["Walk", "walk"]

METHODS = ("two-phase", "big-M")
RULES = {
    "dantzig": "the most negative number of the objective row enters",
    "bland": "the first column with a negative number enters",
    "greatest": "the column whose step gains most enters",
}
LARGEST = 40  # rows and variables: beyond that nobody reads a tableau

ZERO = Fraction(0)


@dataclass(frozen=True)
class Walk:
    """All steps of the simplex method on one problem."""

    # "optimal", "infeasible", "unbounded", "cycling" (a basis came back) or "stopped".
    status: str
    tableaux: tuple[Tableau, ...]
    rule: str
    method: str
    notes: tuple[str, ...]  # how the problem was brought into standard form
    shadow_prices: Mapping[str, Fraction]  # by constraint; empty unless optimal
    # Variables outside the basis that could enter an optimal tableau without loss.
    ties: tuple[str, ...]

    @property
    def last(self) -> Tableau:
        """The tableau with which the walk ends."""
        return self.tableaux[-1]

    @property
    def plan(self) -> Mapping[str, Fraction]:
        """The plan with which the walk ends."""
        return self.last.plan

    @property
    def objective(self) -> Fraction:
        """The stated objective with which the walk ends."""
        return self.last.objective

    @property
    def path(self) -> tuple[Place, ...]:
        """The points on the way, without those at which nothing moved."""
        places: list[Place] = []
        for t in self.tableaux:
            if places and places[-1].plan == t.plan and places[-1].feasible == t.feasible:
                old = places[-1]
                places[-1] = Place(old.plan, old.objective, old.feasible, (*old.tableaux, t.number))
            else:
                places.append(Place(t.plan, t.objective, t.feasible, (t.number,)))
        return tuple(places)

    def __repr__(self) -> str:
        return "\n\n".join([*self.notes, *map(repr, self.tableaux)])

    def _repr_html_(self) -> str:
        notes = "".join(f"<p>{escape(note)}</p>" for note in self.notes)
        return notes + "".join(t._repr_html_() for t in self.tableaux)


def walk(
    problem: pulp.LpProblem | ExactProblem,
    *,
    rule: str = "dantzig",
    method: str = "two-phase",
    limit: int = 100,
) -> Walk:
    """Solve a small linear program by the simplex method and keep every tableau.

    Each step takes a variable into the basis whose number in the objective row is negative, and
    by the ratio test (right-hand side divided by the positive numbers of its column) puts that
    basic variable out which reaches zero first; among equals the one that stands first.

    Parameters
    ----------
    problem : pulp.LpProblem or ExactProblem
        At most 40 variables and 40 constraints; whole-number conditions are left aside.
    rule : {"dantzig", "bland", "greatest"}
        Which variable enters: the one with the most negative number, the first of all negative
        ones (Bland 1977: it can never cycle), or the one whose step gains most.
    method : {"two-phase", "big-M"}
        What is done about artificial variables: a first phase makes their sum zero, or each of
        them costs M, more than anything else.
    limit : int
        Most steps, 1 to 1000.

    Returns
    -------
    Walk
        Tableaux, path and status. If a basis comes back, the walk ends with ``"cycling"``.

    Raises
    ------
    ValueError
        If rule, method or limit is not one of these, or the problem is too large.

    Examples
    --------
    >>> import pulp
    >>> toys = pulp.LpProblem("toys", pulp.LpMaximize)
    >>> table, chair = toys.add_variable("table", 0), toys.add_variable("chair", 0)
    >>> toys += 20 * table + 15 * chair
    >>> toys += 2 * table + chair <= 6, "large"
    >>> toys += 2 * table + 2 * chair <= 8, "small"
    >>> steps = walk(toys)
    >>> print(steps.tableaux[0])
    Tableau 0
      basis          table ↓  chair  slack large  slack small  right side  ratio
      slack large →        2      1            1            0           6      3
      slack small          2      2            0            1           8      4
      z                  −20    −15            0            0           0
    table enters: each unit adds 20. slack large reaches zero first, at a ratio of 3, and leaves.
    >>> [dict(place.plan) for place in steps.path][-1]
    {'table': Fraction(2, 1), 'chair': Fraction(2, 1)}

    References
    ----------
    Dantzig, G. B. (1963). Linear Programming and Extensions. Princeton University Press.
    Bland, R. G. (1977). New finite pivoting rules for the simplex method. Mathematics of
    Operations Research 2(2), 103-107.
    """
    one_of("rule", rule, RULES)
    one_of("method", method, METHODS)
    a_count("limit", limit, 1, 1000)
    known = exact(problem)
    if max(len(known.names), len(known.rows)) > LARGEST:
        raise ValueError(
            f"the problem {known.name!r} has {len(known.names)} variables and {len(known.rows)} "
            f"constraints: tableaux are for at most {LARGEST}; use svclab.linear.solve"
        )
    return _Walker(standard_form(known), rule, method).run(limit)


class _Walker:
    """The moving tableau."""

    def __init__(self, form: Standard, rule: str, method: str) -> None:
        self.form, self.rule, self.method = form, rule, method
        self.body = [list(line) for line in form.body]
        self.right = list(form.right)
        self.basis = list(form.basis)
        self.z_row = [-c for c in form.cost]
        self.z = form.constant
        width = len(form.columns)
        held = [i for i, j in enumerate(self.basis) if j in form.artificial]
        self.m_row = [
            ZERO if j in form.artificial else -sum((self.body[i][j] for i in held), ZERO)
            for j in range(width)
        ]
        self.m = -sum((self.right[i] for i in held), ZERO)
        self.phase = 1 if held else 2
        self.tableaux: list[Tableau] = []
        self.seen: set[tuple[int, ...]] = set()
        self.news = ""  # what the next sentence begins with

    def run(self, limit: int) -> Walk:
        status = "stopped"
        for _ in range(limit + 1):
            if self.phase == 1 and self._done():
                if self.m < 0:
                    status = self._end("infeasible")
                    break
                if self._drive_out():
                    continue
                self._begin_phase_2()
            entering = self._entering()
            if entering is None:
                status = self._end("infeasible" if self.m < 0 else "optimal")
                break
            key = tuple(sorted(self.basis))
            if key in self.seen:
                status = self._end("cycling")
                break
            self.seen.add(key)
            row = self._leaving(entering)
            if row is None:
                status = self._end("infeasible" if self.m < 0 else "unbounded", entering)
                break
            if len(self.tableaux) == limit:
                status = self._end("stopped")
                break
            self._keep(entering, row, self._step_sentence(entering, row))
            self._pivot(row, entering)
        return Walk(
            status,
            tuple(self.tableaux),
            self.rule,
            self.method,
            self.form.notes,
            self._prices() if status == "optimal" else {},
            self._ties() if status == "optimal" else (),
        )

    def _begin_phase_2(self) -> None:
        self.phase, self.seen = 2, set()
        if self.method == "two-phase":
            self.news = "Phase 1 is done: the artificial variables are zero and are left out now. "

    def _shown(self) -> list[int]:
        """The columns of a tableau: in phase 2 no artificial variable may enter any more."""
        out = self.form.artificial if self.phase == 2 and self.method == "two-phase" else ()
        return [j for j in range(len(self.form.columns)) if j not in out or j in self.basis]

    def _done(self) -> bool:
        """Whether phase 1 (or the M part of big M) has nothing left to gain."""
        return all(self.m_row[j] >= 0 for j in self._allowed())

    def _allowed(self) -> list[int]:
        basic = set(self.basis)
        return [
            j
            for j in range(len(self.form.columns))
            if j not in basic and j not in self.form.artificial
        ]

    def _worth(self, j: int) -> tuple[Fraction, Fraction]:
        """What a unit of a column lacks: the M part, then the rest; negative: a gain."""
        if self.phase == 1:
            return self.m_row[j], self.z_row[j] if self.method == "big-M" else ZERO
        return ZERO, self.z_row[j]

    def _entering(self) -> int | None:
        row = self.m_row if self.phase == 1 else self.z_row  # M is more than anything else
        gains = [j for j in self._allowed() if row[j] < 0]
        if not gains:
            return None
        if self.rule == "bland":
            return gains[0]
        if self.rule == "dantzig":
            return min(gains, key=self._worth)
        return max(gains, key=lambda j: (self._gain(j), -j))

    def _gain(self, j: int) -> tuple[int, Fraction, Fraction]:
        """What the whole step of a column adds; a step without end before all others."""
        row = self._leaving(j)
        if row is None:
            return 1, ZERO, ZERO
        step = self.right[row] / self.body[row][j]
        m, rest = self._worth(j)
        return 0, -m * step, -rest * step

    def _ratios(self, j: int) -> list[Fraction | None]:
        return [
            right / line[j] if line[j] > 0 else None
            for line, right in zip(self.body, self.right, strict=True)
        ]

    def _leaving(self, j: int) -> int | None:
        rows = [(r, self.basis[i], i) for i, r in enumerate(self._ratios(j)) if r is not None]
        return min(rows)[2] if rows else None

    def _pivot(self, row: int, column: int) -> None:
        scale = self.body[row][column]
        self.body[row] = [a / scale for a in self.body[row]]
        self.right[row] /= scale
        pivot, right = self.body[row], self.right[row]
        for i, line in enumerate(self.body):
            factor = line[column]
            if i != row and factor:
                self.body[i] = [a - factor * p for a, p in zip(line, pivot, strict=True)]
                self.right[i] -= factor * right
        factor = self.z_row[column]
        self.z_row = [a - factor * p for a, p in zip(self.z_row, pivot, strict=True)]
        self.z -= factor * right
        factor = self.m_row[column]
        self.m_row = [a - factor * p for a, p in zip(self.m_row, pivot, strict=True)]
        self.m -= factor * right
        self.basis[row] = column

    def _drive_out(self) -> bool:
        """At the end of phase 1: exchange an artificial variable that is basic at zero."""
        for i, j in enumerate(self.basis):
            if j in self.form.artificial:
                column = next((k for k in self._allowed() if self.body[i][k]), None)
                if column is not None:
                    sentence = say(
                        "{old} is zero but still basic: {new} takes its place, and nothing moves.",
                        old=self.form.columns[j],
                        new=self.form.columns[column],
                    )
                    self._keep(column, i, sentence)
                    self._pivot(i, column)
                    return True
        return False

    def _keep(self, entering: int | None, row: int | None, sentence: str) -> None:
        form = self.form
        values = dict(zip(self.basis, self.right, strict=True))
        plan = form.plan(values)
        ratios = self._ratios(entering) if entering is not None else [None] * len(self.basis)
        columns = self._shown()
        self.tableaux.append(
            Tableau(
                number=len(self.tableaux),
                phase=self.phase,
                columns=tuple(form.columns[j] for j in columns),
                basis=tuple(form.columns[j] for j in self.basis),
                body=tuple(tuple(line[j] for j in columns) for line in self.body),
                right=tuple(self.right),
                z_row=tuple(self.z_row[j] for j in columns),
                z=self.z,
                m_row=tuple(self.m_row[j] for j in columns) if form.artificial else (),
                m=self.m,
                method=self.method,
                entering=None if entering is None else form.columns[entering],
                leaving=None if row is None else form.columns[self.basis[row]],
                ratios=tuple(ratios),
                plan=plan,
                objective=form.problem.objective(tuple(plan.values())),
                feasible=self.m == 0,
                degenerate=row is not None and self.right[row] == 0,
                sentence=self.news + sentence,
            )
        )
        self.news = ""

    def _step_sentence(self, entering: int, row: int) -> str:
        return step_sentence(
            self.form.columns[entering],
            self.form.columns[self.basis[row]],
            -self.m_row[entering] if self.phase == 1 else ZERO,
            -self.z_row[entering],
            self.right[row] / self.body[row][entering],
        )

    def _end(self, status: str, entering: int | None = None) -> str:
        name = "" if entering is None else self.form.columns[entering]
        ties = self._ties() if status == "optimal" else ()
        told = end_sentence(status, name, len(self.tableaux), ties)
        self._keep(entering, None, told)
        return status

    def _ties(self) -> tuple[str, ...]:
        return tuple(self.form.columns[j] for j in self._allowed() if self.z_row[j] == 0)

    def _prices(self) -> dict[str, Fraction]:
        """The shadow prices stand in the z row, below each row's first basic variable."""
        way = 1 if self.form.problem.maximise else -1
        return {
            name: way * sign * self.z_row[j]
            for name, sign, j in zip(
                self.form.constraints, self.form.signs, self.form.basis, strict=True
            )
            if name is not None
        }
