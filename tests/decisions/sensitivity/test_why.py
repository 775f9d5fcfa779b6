"""Reasons in words; what they claim is tested in tests/linear/test_certificates.py."""

import pulp
import pytest
from hypothesis import given, settings
from programs import build, random_problems, toys

from svclab.decisions.sensitivity import why
from svclab.linear import solve


def test_an_order_that_the_blocks_cannot_make():
    problem = toys()
    problem += problem.variablesDict()["table"] >= 4, "order"
    told = why(problem)
    assert told.status == "infeasible"
    assert told.sentences[0] == (
        "These conditions cannot hold together: large (2 table + chair ≤ 6), order (table ≥ 4) "
        "and chair ≥ 0."
    )
    assert told.conflict.constraints == ("large", "order")


def test_a_forgotten_limit():
    problem = pulp.LpProblem("toys", pulp.LpMaximize)
    table, chair = problem.add_variable("table", 0), problem.add_variable("chair", 0, 9)
    problem += 20 * table + 15 * chair
    told = why(problem)
    assert told.status == "unbounded"
    assert told.sentences[0] == (
        "The objective can be made larger without end: take table up by 1, again and again."
    )
    assert "changes the objective by 20" in told.sentences[1]


def test_a_minimum_without_end_goes_down():
    told = why(build(pulp.LpMinimize, [1], [], lower=[None]))
    assert "smaller without end: take x0 down by 1" in told.sentences[0]


def test_whole_numbers_alone_can_be_the_reason():
    told = why(build(pulp.LpMaximize, [1, 1], [([2, 2], "=", 3)], kinds="Integer", upper=[9, 9]))
    assert told.sentences == (
        "Parts of units would be possible, but in whole numbers this condition cannot hold at "
        "all: r0 (2 x0 + 2 x1 = 3).",
        "The whole numbers are the reason: change the condition, or allow parts of units.",
    )
    two = [([2, 2], ">=", 3), ([2, 2], "<=", 3)]
    told = why(build(pulp.LpMaximize, [1, 1], two, kinds="Integer", upper=[9, 9]))
    assert told.sentences[1] == "Leave out or loosen any one of them, and the others can be kept."


def test_one_condition_can_be_impossible_by_itself():
    told = why(build(pulp.LpMaximize, [1], [([0], ">=", 1)]))
    assert told.sentences == (
        "This condition cannot hold at all: r0 (0 ≥ 1).",
        "No other condition is the reason: change this one.",
    )


@settings(max_examples=100)
@given(random_problems())
def test_the_reason_has_the_status_of_the_solution(problem):
    told = why(problem)
    assert told.status == solve(problem).status
    assert (told.conflict is not None) == (told.status == "infeasible")
    assert (told.ray is not None) == (told.status == "unbounded")
    assert all(sentence.endswith(".") for sentence in told.sentences)


def test_asking_why_leaves_the_problem_as_it_is():
    problem = toys()
    why(problem)
    assert all(v.varValue is None for v in problem.variables())
    assert why(problem).sentences == ("The problem has an optimum.",)
    assert why(problem)._repr_html_() == "<p>The problem has an optimum.</p>"


def test_an_empty_problem_is_refused():
    with pytest.raises(ValueError, match="is empty"):
        why(pulp.LpProblem("nothing", pulp.LpMinimize))
