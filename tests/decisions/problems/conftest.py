"""Second methods for any small problem: corners, whole points, certificates, CBC."""

from __future__ import annotations

import math
from fractions import Fraction
from itertools import combinations, product

import pulp
import pytest

from svclab.linear import arrays, solve

TOLERANCE = 1e-6


def _rows(problem):
    """All limits of a problem as (factors, lower, upper), bounds of the columns included."""
    form = arrays(problem)
    n = len(form["columns"]["cost"])
    rows = form["rows"]
    found = []
    for r, (low, high) in enumerate(zip(rows["lower"], rows["upper"], strict=True)):
        line = [Fraction(0)] * n
        for e in range(rows["start"][r], rows["start"][r + 1]):
            line[rows["index"][e]] += Fraction(repr(rows["value"][e]))
        found.append((line, low, high))
    for j in range(n):
        line = [Fraction(int(i == j)) for i in range(n)]
        found.append((line, form["columns"]["lower"][j], form["columns"]["upper"][j]))
    exact = [
        (line, *(None if v is None else Fraction(repr(v)) for v in (low, high)))
        for line, low, high in found
    ]
    cost = [Fraction(repr(c)) for c in form["columns"]["cost"]]
    return form, cost, exact


def _keeps(point, rows):
    for line, low, high in rows:
        value = sum(a * x for a, x in zip(line, point, strict=True))
        if (low is not None and value < low) or (high is not None and value > high):
            return False
    return True


def _crossing(lines):
    """The point where n lines meet, by exact elimination; None if they do not meet in one."""
    n = len(lines)
    table = [[*line, right] for line, right in lines]
    for column in range(n):
        pivot = next((r for r in range(column, n) if table[r][column]), None)
        if pivot is None:
            return None
        table[column], table[pivot] = table[pivot], table[column]
        head = table[column][column]
        table[column] = [v / head for v in table[column]]
        for r in range(n):
            if r != column and table[r][column]:
                factor = table[r][column]
                table[r] = [v - factor * w for v, w in zip(table[r], table[column], strict=True)]
    return [row[-1] for row in table]


@pytest.fixture(scope="session")
def best_corner():
    """The best objective over all corners, exactly; None if there is no corner."""

    def find(problem):
        form, cost, rows = _rows(problem)
        edges = [(line, v) for line, low, high in rows for v in {low, high} if v is not None]
        values = []
        for chosen in combinations(edges, len(cost)):
            point = _crossing(list(chosen))
            if point is not None and _keeps(point, rows):
                values.append(sum(c * x for c, x in zip(cost, point, strict=True)))
        if not values:
            return None
        best = max(values) if form["sense"] == "max" else min(values)
        return float(best + Fraction(repr(form["offset"])))

    return find


@pytest.fixture(scope="session")
def best_whole_point():
    """The best objective over all whole points up to a bound; None if none is permitted."""

    def find(problem, bound):
        form, cost, rows = _rows(problem)
        values = [
            sum(c * x for c, x in zip(cost, point, strict=True))
            for point in product(range(bound + 1), repeat=len(cost))
            if _keeps(point, rows)
        ]
        if not values:
            return None
        best = max(values) if form["sense"] == "max" else min(values)
        return float(best + Fraction(repr(form["offset"])))

    return find


@pytest.fixture(scope="session")
def certify():
    """Solve a linear program and check its own certificate: duality, complementary slackness."""

    def check(problem):
        form, best = arrays(problem), solve(problem)
        assert best.is_optimal
        columns, rows = form["columns"], form["rows"]
        x, y = list(best.values.values()), list(best.shadow_prices.values())
        sign = 1 if form["sense"] == "min" else -1
        reduced = list(columns["cost"])
        total = [form["offset"]]
        scale = TOLERANCE * max(1.0, *(abs(c) for c in columns["cost"]))
        for r, price in enumerate(y):
            entries = range(rows["start"][r], rows["start"][r + 1])
            value = math.fsum(rows["value"][e] * x[rows["index"][e]] for e in entries)
            for e in entries:
                reduced[rows["index"][e]] -= price * rows["value"][e]
            _side(value, price * sign, rows["lower"][r], rows["upper"][r], scale)
            total.append(price * value)
        for j, left in enumerate(reduced):
            _side(x[j], left * sign, columns["lower"][j], columns["upper"][j], scale)
            total.append(left * x[j])
        assert math.fsum(total) == pytest.approx(best.objective, abs=1e-6, rel=1e-6)
        return best

    return check


def _side(value, price, low, high, scale):
    """For a minimum: a price above zero only at a lower limit, below zero only at an upper."""
    near = TOLERANCE * max(1.0, abs(value))
    assert low is None or value >= low - near
    assert high is None or value <= high + near
    if price > scale:
        assert low is not None
        assert value <= low + near
    if price < -scale:
        assert high is not None
        assert value >= high - near


@pytest.fixture(scope="session")
def by_cbc():
    """The objective that CBC finds: a peer for objectives, not for plans."""

    def run(problem):
        problem.solve(pulp.PULP_CBC_CMD(msg=False))
        assert pulp.LpStatus[problem.status] == "Optimal"
        return pulp.value(problem.objective) or 0.0  # None where nothing is counted

    return run
