"""The page's HiGHS (npm, in Node) against the kernel's (highspy), request by request."""

import random

import pulp
import pytest
from page_solver import ask_page
from programs import build, dakota, toyco, toys, wyndor

from svclab.linear import arrays, kernel
from svclab.linear.asking import request_of

WANTED = ("ranging", "conflict", "ray")


def random_problem(seed, kinds="Continuous"):
    """Numbers with many ties: small whole ones."""
    draw = random.Random(f"page {seed}")
    n, m = draw.randint(1, 5), draw.randint(0, 5)
    rows = [
        (
            [draw.randint(-4, 6) for _ in range(n)],
            draw.choice(["<=", "<=", ">=", "="]),
            draw.randint(-6, 20),
        )
        for _ in range(m)
    ]
    return build(
        draw.choice([pulp.LpMaximize, pulp.LpMinimize]),
        [draw.randint(-4, 6) for _ in range(n)],
        rows,
        lower=[draw.choice([0, 0, 0, -3, None]) for _ in range(n)],
        upper=[draw.choice([None, None, 3, 7]) for _ in range(n)],
        kinds=kinds,
        constant=draw.randint(-5, 5),
    )


def same(ours, theirs):
    """Equal to 1e-7, numbers wherever they stand."""
    if isinstance(ours, dict):
        assert set(ours) == set(theirs)
        for key in ours:
            same(ours[key], theirs[key])
    elif isinstance(ours, list):
        assert len(ours) == len(theirs)
        for one, other in zip(ours, theirs, strict=True):
            same(one, other)
    elif isinstance(ours, float):
        assert theirs == pytest.approx(ours, rel=1e-7, abs=1e-7)
    else:
        assert ours == theirs


def test_textbook_programs_have_the_same_ranges_in_the_page():
    problems = [toys(), dakota(), wyndor(), toyco()]
    requests = [request_of(arrays(p), wanted=WANTED) for p in problems]
    for request, reply in zip(requests, ask_page(requests), strict=True):
        same(kernel.run(request), reply)
        assert reply["ranging"] is not None


def test_200_random_programs_have_the_same_plan_prices_ranges_and_certificates():
    requests = [request_of(arrays(random_problem(s)), wanted=WANTED) for s in range(200)]
    requests += [
        request_of(arrays(random_problem(s)), wanted=WANTED, iis_strategy=6, presolve="off")
        for s in range(200)
    ]
    statuses = set()
    for request, reply in zip(requests, ask_page(requests), strict=True):
        same(kernel.run(request), reply)
        statuses.add(reply["status"])
        if reply["status"] == "infeasible" and "iis_strategy" in request["options"]:
            assert reply["conflict"] is not None
    assert {"optimal", "infeasible", "unbounded"} <= statuses


def test_whole_variables_have_the_same_objective_and_neither_prices_nor_ranges():
    problems = [toys("Integer"), *(random_problem(s, "Integer") for s in range(60))]
    requests = [request_of(arrays(p), wanted=("ranging",)) for p in problems]
    for request, reply in zip(requests, ask_page(requests), strict=True):
        expected = kernel.run(request)
        assert reply["status"] == expected["status"]
        same(expected["objective"], reply["objective"])
        assert reply["row_duals"] is None
        assert reply["ranging"] == expected["ranging"]


def test_a_request_that_cannot_be_read_is_an_answer_not_an_exception():
    (reply,) = ask_page([{"sense": "max"}])
    assert reply["status"] == "error"
    assert reply["message"]
