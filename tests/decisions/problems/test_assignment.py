"""Assignment against all permutations, the Hungarian method, certificates and CBC."""

import math
from itertools import permutations

import hypothesis.strategies as st
import pytest
from hypothesis import given, settings

from svclab.decisions.problems import NoPlanError, assignment, assignment_problem


def hungarian(cost):
    """Kuhn's method with potentials (Jonker and Volgenant's shortest paths), rows <= columns."""
    n, m = len(cost), len(cost[0])
    u, v, match = [0.0] * (n + 1), [0.0] * (m + 1), [0] * (m + 1)
    for i in range(1, n + 1):
        match[0], j = i, 0
        least, way, used = [math.inf] * (m + 1), [0] * (m + 1), [False] * (m + 1)
        while match[j]:
            used[j], row, delta, after = True, match[j], math.inf, 0
            for k in range(1, m + 1):
                if not used[k]:
                    now = cost[row - 1][k - 1] - u[row] - v[k]
                    if now < least[k]:
                        least[k], way[k] = now, j
                    if least[k] < delta:
                        delta, after = least[k], k
            for k in range(m + 1):
                if used[k]:
                    u[match[k]] += delta
                    v[k] -= delta
                else:
                    least[k] -= delta
            j = after
        while j:
            match[j] = match[way[j]]
            j = way[j]
    return sum(cost[match[k] - 1][k - 1] for k in range(1, m + 1) if match[k])


def table(rows):
    return {f"p{i}": {f"j{k}": cell for k, cell in enumerate(row)} for i, row in enumerate(rows)}


def by_listing(rows, best):
    """All one-to-one assignments of the shorter side."""
    if len(rows) > len(rows[0]):
        rows = [list(column) for column in zip(*rows, strict=True)]
    sums = []
    for jobs in permutations(range(len(rows[0])), len(rows)):
        cells = [row[j] for row, j in zip(rows, jobs, strict=True)]
        if None not in cells:
            sums.append(sum(cells))
    return (min(sums) if best == "least" else max(sums)) if sums else None


@st.composite
def boards(draw, holes=True, most=4):
    n, m = draw(st.integers(1, most)), draw(st.integers(1, most))
    cell = st.one_of(st.integers(-5, 20), st.none()) if holes else st.integers(-5, 20)
    return [[draw(cell) for _ in range(m)] for _ in range(n)]


@settings(max_examples=250)
@given(boards(), st.sampled_from(["least", "most"]))
def test_the_assignment_is_the_best_of_all(rows, best):
    wanted = by_listing(rows, best)
    if wanted is None:
        with pytest.raises(NoPlanError, match="no assignment is possible"):
            assignment(table(rows), best=best)
        return
    found = assignment(table(rows), best=best)
    assert found.total == wanted
    assert len(found.pairs) == min(len(rows), len(rows[0]))
    assert len(set(found.pairs.values())) == len(found.pairs)
    assert len(found.free_people) == max(len(rows) - len(rows[0]), 0)
    assert len(found.open_jobs) == max(len(rows[0]) - len(rows), 0)


@settings(max_examples=60)
@given(boards(holes=False, most=9))
def test_the_hungarian_method_finds_the_same_cost(rows):
    wide = rows if len(rows) <= len(rows[0]) else [list(c) for c in zip(*rows, strict=True)]
    assert assignment(table(rows)).total == pytest.approx(hungarian(wide), abs=1e-9)


@settings(max_examples=60)
@given(boards(holes=False), st.sampled_from(["least", "most"]))
def test_the_linear_program_has_the_same_sum_and_certifies_it(certify, rows, best):
    found = certify(assignment_problem(table(rows), best=best, relaxed=True))
    assert found.objective == pytest.approx(assignment(table(rows), best=best).total, abs=1e-7)


def test_cbc_agrees(by_cbc):
    rows = table([[9, 2, 7], [6, 4, 3], [5, None, 1]])
    assert by_cbc(assignment_problem(rows)) == assignment(rows).total


def test_who_stands_in_the_way_is_named():
    rows = {"Ann": {"a": 1, "b": None}, "Bo": {"a": 2, "b": None}}
    with pytest.raises(NoPlanError, match="Ann and Bo may do only a; permit another pair"):
        assignment(rows)
    rows = {"Ann": {"a": None, "b": None}, "Bo": {"a": 2, "b": 3}}
    with pytest.raises(NoPlanError, match="Ann may do only no job"):
        assignment(rows)
    rows = {"Ann": {"a": 1, "b": 1}, "Bo": {"a": None, "b": None}, "Cy": {"a": None, "b": None}}
    with pytest.raises(NoPlanError, match="a and b can be done only by Ann"):
        assignment(rows)


def test_people_and_jobs_left_over_are_shown():
    found = assignment({"Ann": {"a": 3}, "Bo": {"a": 2}})
    assert found.sentence == "Bo → a: 2 in all, the least possible. Without a job: Ann."
    assert [row["job"] for row in found.table] == ["(free)", "a"]
    found = assignment({"Ann": {"a": 3, "b": 5}}, best="most", unit="yuan")
    assert found.sentence == "Ann → b: 5 yuan in all, the most possible. Nobody does a."
    assert found.table[-1] == {"person": "(nobody)", "job": "a", "value": None}


@pytest.mark.parametrize(
    ("values", "best", "message"),
    [
        ({"Ann": {"a": 1}}, "best", "best='best': give 'least'"),
        ({"Ann": {"a": 1}, "Bo": {}}, "least", r"values\['Bo'\] has no 'a'"),
        ({"Ann": {"a": "x"}}, "least", r"values\['Ann'\]\['a'\]='x'"),
        ({}, "least", "values is empty"),
        ({"Ann": {}}, "least", r"values\['Ann'\] is empty"),
        ({"Ann": 3}, "least", "give a dict of jobs"),
    ],
)
def test_wrong_tables_are_named(values, best, message):
    with pytest.raises(ValueError, match=message):
        assignment(values, best=best)
