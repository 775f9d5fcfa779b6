"""A basis of a linear program worked out in fractions: no tolerance, no rounding.

HiGHS names the basis; from there everything follows by arithmetic. Let R be the constraints
that hold as equations at the corner and S the variables that are not at a bound; as many of one
as of the other. Then x_S = A_RS⁻¹ (b_R - A_RN x_N), the shadow prices are y_R = c_S A_RS⁻¹, and
d = c - y A are the reduced costs.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from svclab.linear.exact import ExactProblem

__all__ = ["ExactBasis", "exact_basis"]

End = Fraction | None  # of a range; None: no end
ZERO = Fraction(0)

#: Above this many equations at a corner fractions grow too slow and too long.
LARGEST = 40


@dataclass(frozen=True)
class ExactBasis:
    """An optimal corner in fractions."""

    problem: ExactProblem
    objective: Fraction
    plan: tuple[Fraction, ...]  # one a variable
    prices: tuple[Fraction, ...]  # shadow prices, one a constraint
    reduced_costs: tuple[Fraction, ...]  # one a variable
    right_sides: tuple[tuple[End, End], ...]  # of each constraint: where its price holds
    coefficients: tuple[tuple[End, End], ...]  # of each variable: where the plan stays optimal
    at_limit: tuple[str, ...]  # basic and yet at a bound: the corner is degenerate
    free_moves: tuple[str, ...]  # not basic and yet without a price: a tie may be near


def exact_basis(
    problem: ExactProblem, column_states: tuple[str, ...], row_states: tuple[str, ...]
) -> ExactBasis | None:
    """Work out an optimal basis in fractions.

    Parameters
    ----------
    problem : ExactProblem
        The linear program; whole-number conditions are left aside.
    column_states, row_states : tuple of str
        HiGHS's states, as in :class:`svclab.linear.Ranging`.

    Returns
    -------
    ExactBasis or None
        None if the basis is larger than 40, singular, or in fractions not optimal after all
        (HiGHS accepts errors of 1e-7).

    Examples
    --------
    >>> import pulp
    >>> from svclab.linear import exact, ranging
    >>> one = pulp.LpProblem("one", pulp.LpMaximize)
    >>> one += one.add_variable("x", 0)
    >>> one += 3 * one.variables()[0] <= 1, "limit"
    >>> found = ranging(one)
    >>> exact_basis(exact(one), found.column_states, found.row_states).prices
    (Fraction(1, 3),)
    """
    columns = [j for j, state in enumerate(column_states) if state == "basic"]
    rows = [i for i, state in enumerate(row_states) if state != "basic"]
    if len(columns) != len(rows) or len(rows) > LARGEST:
        return None
    inverse = _inverse([[problem.rows[i].factors[j] for j in columns] for i in rows])
    if inverse is None:
        return None
    corner = _Corner(problem, columns, rows, inverse, column_states, row_states)
    return corner.result() if corner.optimal() else None


class _Corner:
    """The arithmetic of one basis."""

    def __init__(
        self,
        problem: ExactProblem,
        columns: list[int],
        rows: list[int],
        inverse: list[list[Fraction]],
        column_states: tuple[str, ...],
        row_states: tuple[str, ...],
    ) -> None:
        self.problem, self.columns, self.rows, self.inverse = problem, columns, rows, inverse
        self.row_states, self.column_states = row_states, column_states
        plan = [
            ZERO if state == "basic" else _at(state, low, high)
            for state, low, high in zip(column_states, problem.lower, problem.upper, strict=True)
        ]
        rest = [
            _at(row_states[i], problem.rows[i].lower, problem.rows[i].upper)
            - problem.rows[i].activity(tuple(plan))
            for i in rows
        ]
        for line, j in zip(inverse, columns, strict=True):
            plan[j] = _dot(line, rest)
        self.plan = tuple(plan)
        self.used = [row.activity(self.plan) for row in problem.rows]
        prices = [ZERO] * len(problem.rows)
        for k, i in enumerate(rows):
            prices[i] = _dot(
                [problem.cost[j] for j in columns], [inverse[s][k] for s in range(len(columns))]
            )
        self.prices = tuple(prices)
        self.reduced = tuple(
            cost - sum((prices[i] * problem.rows[i].factors[j] for i in rows), ZERO)
            for j, cost in enumerate(problem.cost)
        )

    def optimal(self) -> bool:
        """Whether plan and prices keep every rule, exactly."""
        problem = self.problem
        if not problem.feasible(self.plan, whole=False):
            return False
        sides = [
            *zip(self.reduced, self.plan, problem.lower, problem.upper, strict=True),
            *(
                (price, used, row.lower, row.upper)
                for price, used, row in zip(self.prices, self.used, problem.rows, strict=True)
            ),
        ]
        # A price above zero is right where only less is possible, in a maximum.
        for price, value, low, high in sides:
            gain = price if problem.maximise else -price
            if (gain > 0 and value != high) or (gain < 0 and value != low):
                return False
        return True

    def result(self) -> ExactBasis:
        problem = self.problem
        names = [*problem.names, *(row.name for row in problem.rows)]
        states = [*self.column_states, *self.row_states]
        values = [*self.plan, *self.used]
        lower = [*problem.lower, *(row.lower for row in problem.rows)]
        upper = [*problem.upper, *(row.upper for row in problem.rows)]
        prices = [*self.reduced, *self.prices]
        items = list(zip(names, states, values, lower, upper, prices, strict=True))
        return ExactBasis(
            problem=problem,
            objective=problem.objective(self.plan),
            plan=self.plan,
            prices=self.prices,
            reduced_costs=self.reduced,
            right_sides=tuple(self._right_side(i) for i in range(len(problem.rows))),
            coefficients=tuple(self._coefficient(j) for j in range(len(problem.names))),
            at_limit=tuple(n for n, s, v, lo, hi, _ in items if s == "basic" and v in (lo, hi)),
            free_moves=tuple(
                n for n, s, _, lo, hi, p in items if s != "basic" and p == 0 and lo != hi
            ),
        )

    def _right_side(self, i: int) -> tuple[End, End]:
        row = self.problem.rows[i]
        if i not in self.rows:
            if row.lower is not None and row.upper is not None:
                return row.lower, row.upper
            return (None if row.upper is None else self.used[i]), (
                None if row.lower is None else self.used[i]
            )
        k = self.rows.index(i)
        moves = [ZERO] * len(self.plan)
        for line, j in zip(self.inverse, self.columns, strict=True):
            moves[j] = line[k]
        steps = [
            (self.plan[j], moves[j], self.problem.lower[j], self.problem.upper[j])
            for j in self.columns
        ]
        for r, other in enumerate(self.problem.rows):
            if r not in self.rows:
                steps.append((self.used[r], other.activity(tuple(moves)), other.lower, other.upper))
        ups = [_room(value, speed, low, high) for value, speed, low, high in steps]
        downs = [_room(value, -speed, low, high) for value, speed, low, high in steps]
        right = self.used[i]
        up, down = _least(ups), _least(downs)
        return (None if down is None else right - down), (None if up is None else right + up)

    def _coefficient(self, j: int) -> tuple[End, End]:
        cost = self.problem.cost[j]
        if j not in self.columns:
            if _fixed(self.problem.lower[j], self.problem.upper[j]):
                return None, None
            at_upper = self.column_states[j] == "upper"
            edge = cost - self.reduced[j]
            if self.column_states[j] == "zero":
                return edge, edge
            # At its lower bound a variable of a maximum may earn less, never too much more.
            return (None, edge) if self.problem.maximise != at_upper else (edge, None)
        line = self.inverse[self.columns.index(j)]
        ups, downs = [], []
        for price, speed, sign in self._watched(line):
            if sign == 0 and speed:
                return cost, cost  # something free would move at once
            ups.append(_until_zero(price * sign, speed * sign))
            downs.append(_until_zero(price * sign, -speed * sign))
        up, down = _least(ups), _least(downs)
        return (None if down is None else cost - down), (None if up is None else cost + up)

    def _watched(self, line: list[Fraction]) -> list[tuple[Fraction, Fraction, int]]:
        """The prices that change with a basic variable's cost.

        Each with its speed and the sign that it must keep; 0: it must stay zero.
        """
        problem, least = self.problem, 1 if self.problem.maximise else -1
        watched = []
        for n, state in enumerate(self.column_states):
            if state == "basic" or _fixed(problem.lower[n], problem.upper[n]):
                continue
            speed = -_dot(line, [problem.rows[i].factors[n] for i in self.rows])
            sign = {"upper": least, "zero": 0}.get(state, -least)
            watched.append((self.reduced[n], speed, sign))
        for k, i in enumerate(self.rows):
            row = problem.rows[i]
            if not _fixed(row.lower, row.upper):
                watched.append((self.prices[i], line[k], -least if row.upper is None else least))
        return watched


def _fixed(low: End, high: End) -> bool:
    return low is not None and low == high


def _at(state: str, low: Fraction | None, high: Fraction | None) -> Fraction:
    first, second = (high, low) if state == "upper" else (low, high)
    return first if first is not None else (second if second is not None else ZERO)


def _dot(left: list[Fraction], right: list[Fraction]) -> Fraction:
    return sum((a * b for a, b in zip(left, right, strict=True) if a and b), ZERO)


def _room(value: Fraction, speed: Fraction, low: End, high: End) -> End:
    """How far a thing may move at this speed until it meets a bound; None: for ever."""
    if speed > 0 and high is not None:
        return (high - value) / speed
    if speed < 0 and low is not None:
        return (low - value) / speed
    return None


def _until_zero(price: Fraction, speed: Fraction) -> End:
    """How far until a price that must not fall below zero does; None: never."""
    return price / -speed if speed < 0 else None


def _least(ends: list[End]) -> End:
    return min((end for end in ends if end is not None), default=None)


def _inverse(matrix: list[list[Fraction]]) -> list[list[Fraction]] | None:
    size = len(matrix)
    work = [[*row, *(Fraction(int(i == j)) for j in range(size))] for i, row in enumerate(matrix)]
    for column in range(size):
        pivot = next((r for r in range(column, size) if work[r][column]), None)
        if pivot is None:
            return None
        work[column], work[pivot] = work[pivot], work[column]
        scale = work[column][column]
        work[column] = [entry / scale for entry in work[column]]
        for r in range(size):
            factor = work[r][column]
            if r != column and factor:
                pairs = zip(work[r], work[column], strict=True)
                work[r] = [a - factor * b for a, b in pairs]
    return [row[size:] for row in work]
