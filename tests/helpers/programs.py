"""Small linear programs that several tests share: textbooks' and random ones."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from fractions import Fraction
from typing import Any

import hypothesis.strategies as st
import pulp

from svclab.linear import exact

Row = tuple[Sequence[float], str, float]


def build(
    sense: int,
    cost: Sequence[float],
    rows: Sequence[Row],
    *,
    upper: Sequence[float | None] | None = None,
    lower: Sequence[float | None] | None = None,
    kinds: Sequence[str] | str = "Continuous",
    constant: float = 0,
) -> pulp.LpProblem:
    """A problem from plain numbers, with variables x0, x1, … and constraints r0, r1, …"""
    n = len(cost)
    lows, highs = lower or [0] * n, upper or [None] * n
    cats = [kinds] * n if isinstance(kinds, str) else kinds
    problem = pulp.LpProblem("p", sense)
    x = [problem.add_variable(f"x{j}", lows[j], highs[j], cat=cats[j]) for j in range(n)]
    problem += pulp.LpAffineExpression(list(zip(x, cost, strict=True)), constant)
    for i, (factors, relation, right) in enumerate(rows):
        left = pulp.LpAffineExpression(list(zip(x, factors, strict=True)))
        row = left <= right if relation == "<=" else left >= right
        problem += (left == right if relation == "=" else row), f"r{i}"
    return problem


def named(sense: int, earns: dict[str, float], limits: dict[str, tuple[Sequence[float], float]]):
    """A problem whose constraints are all upper limits."""
    problem = pulp.LpProblem("p", sense)
    x = [problem.add_variable(name, 0) for name in earns]
    problem += pulp.lpSum(c * v for c, v in zip(earns.values(), x, strict=True))
    for name, (factors, right) in limits.items():
        problem += pulp.lpSum(a * v for a, v in zip(factors, x, strict=True)) <= right, name
    return problem


def toys(kind: str = "Continuous", large: float = 6, small: float = 8) -> pulp.LpProblem:
    """E-05, the toy kit."""
    problem = pulp.LpProblem("toys", pulp.LpMaximize)
    table = problem.add_variable("table", 0, cat=kind)
    chair = problem.add_variable("chair", 0, cat=kind)
    problem += 20 * table + 15 * chair
    problem += 2 * table + chair <= large, "large"
    problem += 2 * table + 2 * chair <= small, "small"
    return problem


def dakota() -> pulp.LpProblem:
    """Dakota Furniture (Winston, Operations Research)."""
    return named(
        pulp.LpMaximize,
        {"desks": 60, "tables": 30, "chairs": 20},
        {
            "lumber": ([8, 6, 1], 48),
            "finishing": ([4, 2, 1.5], 20),
            "carpentry": ([2, 1.5, 0.5], 8),
            "demand": ([0, 1, 0], 5),
        },
    )


def wyndor() -> pulp.LpProblem:
    """Wyndor Glass (Hillier and Lieberman), with unit profits of 300 and 500."""
    return named(
        pulp.LpMaximize,
        {"doors": 300, "windows": 500},
        {"plant1": ([1, 0], 4), "plant2": ([0, 2], 12), "plant3": ([3, 2], 18)},
    )


def toyco() -> pulp.LpProblem:
    """TOYCO (Taha, Operations Research: An Introduction)."""
    return named(
        pulp.LpMaximize,
        {"trains": 3, "trucks": 2, "cars": 5},
        {"one": ([1, 2, 1], 430), "two": ([3, 0, 2], 460), "three": ([1, 4, 0], 420)},
    )


small = st.integers(-4, 6)


@st.composite
def random_problems(
    draw: Any, variables: tuple[int, int] = (1, 4), kinds: str = "Continuous", bounded: bool = False
) -> pulp.LpProblem:
    """Any small problem: max or min, all relations, bounds of all kinds."""
    n, m = draw(st.integers(*variables)), draw(st.integers(0, 4))
    lower = [draw(st.sampled_from([0, 0, 0, -3, None])) for _ in range(n)]
    upper = [draw(st.sampled_from([None, None, 3, 7])) for _ in range(n)]
    if bounded:
        lower, upper = [low or 0 for low in lower], [high or 9 for high in upper]
    rows = [
        (
            [draw(small) for _ in range(n)],
            draw(st.sampled_from(["<=", "<=", ">=", "="])),
            draw(st.integers(-6, 20)),
        )
        for _ in range(m)
    ]
    cost = [draw(small) for _ in range(n)]
    sense = draw(st.sampled_from([pulp.LpMaximize, pulp.LpMinimize]))
    return build(sense, cost, rows, lower=lower, upper=upper, kinds=kinds, constant=draw(small))


def vertices(problem: pulp.LpProblem) -> dict[tuple[Fraction, ...], int]:
    """All corners of a small problem by trying every choice of limits, and how many meet there."""
    known = exact(problem)
    n = len(known.names)
    limits = [
        (tuple(Fraction(int(j == k)) for k in range(n)), {known.lower[j], known.upper[j]} - {None})
        for j in range(n)
    ]
    limits += [(row.factors, {row.lower, row.upper} - {None}) for row in known.rows]
    flat = [(factors, end) for factors, ends in limits for end in ends]
    corners = {}
    for chosen in itertools.combinations(flat, n):
        plan = _crossing(chosen)
        if plan is not None and known.feasible(plan, whole=False):
            used = [sum(a * x for a, x in zip(f, plan, strict=True)) for f, _ in limits]
            corners[plan] = sum(u in ends for u, (_, ends) in zip(used, limits, strict=True))
    return corners


def _crossing(equations: Sequence[Any]) -> tuple[Fraction, ...] | None:
    """The one point that keeps all equations, by elimination; None if there is none or many."""
    rows = [[*factors, right] for factors, right in equations]
    n = len(rows)
    for c in range(n):
        pivot = next((r for r in range(c, n) if rows[r][c]), None)
        if pivot is None:
            return None
        rows[c], rows[pivot] = rows[pivot], rows[c]
        rows[c] = [a / rows[c][c] for a in rows[c]]
        for r in range(n):
            if r != c:
                factor = rows[r][c]
                rows[r] = [a - factor * b for a, b in zip(rows[r], rows[c], strict=True)]
    return tuple(row[-1] for row in rows)
