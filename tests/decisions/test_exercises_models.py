"""A student's own PuLP model: what is recorded of it, what is said of it, against the text's."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pulp
import pytest

import svclab
from svclab.decisions import exercises
from svclab.decisions.exercises.own_models import ModelField, outline, outlined
from svclab.practice import Variant, check, deal, records
from svclab.practice.code import CodeTrialError, outputs
from svclab.practice.device import _memories
from svclab.practice.student import Person, current

STUDENTS = [f"2026-{number:04d}" for number in range(15)]


def solution_code(variant: Variant) -> str:
    """The code of the worked solution."""
    text = variant.exercise.solution(variant.p)
    found = re.search(r"```python\n(.*?)```", text, re.S)
    assert found
    return found.group(1)


def function(code: str) -> Callable[..., Any]:
    """The function that a cell with this code defines."""
    names: dict[str, Any] = {}
    exec(code, names)
    made: Callable[..., Any] = names["mix"]
    return made


def said(variant: Variant, own: Callable[..., Any]) -> Any:
    """What is said of a function, as in a notebook."""
    (field,) = variant.fields
    assert isinstance(field, ModelField)
    cases = variant.exercise.cases(variant.p)
    text = outputs(own, cases, outcome=field.outcome, meaning=field.meaning)
    return check(variant, {"model": {"outputs": text}})


@pytest.mark.parametrize("student", STUDENTS)
def test_the_worked_solution_solved_by_highs_is_the_outline_of_the_solver(student: str) -> None:
    variant = deal(exercises.build_mix, student)
    (field,) = variant.fields
    assert isinstance(field, ModelField)
    own = function(solution_code(variant))
    for case, plans, right in zip(
        variant.exercise.cases(variant.p), field.plans, variant.right["model"], strict=True
    ):
        assert outline(own(*case), plans) == right
    assert said(variant, own).status == "right"


def changes(p: Any) -> dict[str, tuple[str, str]]:
    """For each misconception the change of the right code that makes it."""
    ratio = f'jobs["{p.more}"] <= 2 * jobs["{p.less}"]'
    work = "pulp.lpSum(minutes[name][person] * jobs[name] for name in jobs)"
    return {
        "in_parts": (', cat="Integer"', ""),
        "smallest": (", pulp.LpMaximize", ""),
        "prices_only": ("(price[name] - material[name])", "price[name]"),
        "no_promise": ("promised.get(name, 0)", "0"),
        "promise_exact": ("promised.get(name, 0),", "promised.get(name, 0), promised.get(name),"),
        "ratio_turned": (ratio, f'jobs["{p.less}"] <= 2 * jobs["{p.more}"]'),
        "factor_misplaced": (ratio, f'2 * jobs["{p.more}"] <= jobs["{p.less}"]'),
        "no_ratio": (f'    problem += {ratio}, "ratio"\n', ""),
        "each_alone": (
            f"        work = {work}\n        problem += work <= available[person], person\n",
            "        for name in jobs:\n"
            "            problem += minutes[name][person] * jobs[name] <= available[person]\n",
        ),
    }


@pytest.mark.parametrize("student", STUDENTS[:5])
def test_each_mistake_written_as_code_is_recognised(student: str) -> None:
    variant = deal(exercises.build_mix, student)
    code = solution_code(variant)
    for name, (old, new) in changes(variant.p).items():
        assert old in code
        found = said(variant, function(code.replace(old, new)))
        assert found.misconceptions == [name]
        assert found.status != "right"


def test_the_negative_objective_made_smallest_is_recognised() -> None:
    variant = deal(exercises.build_mix, STUDENTS[0])
    code = solution_code(variant).replace(", pulp.LpMaximize", "")
    code = code.replace("problem += pulp.lpSum((price", "problem += -1 * pulp.lpSum((price")
    assert said(variant, function(code)).misconceptions == ["negative"]


def test_every_mistake_of_the_exercise_is_tried_as_code() -> None:
    known = {one.name for one in exercises.build_mix.misconceptions()}
    assert known == {*changes(deal(exercises.build_mix, STUDENTS[0]).p), "negative"}


def test_variables_of_ones_own_and_another_order_change_nothing() -> None:
    variant = deal(exercises.build_mix, STUDENTS[0])
    right = function(solution_code(variant))

    def roundabout(*tables: Any) -> pulp.LpProblem:
        problem = right(*tables)
        jobs = [one for one in problem.variables() if one.name in tables[0]]
        total = problem.add_variable("all jobs", 0)
        problem += pulp.lpSum(jobs) == total
        problem += total + problem.add_variable("idle", 0, 5) >= 1
        return problem

    assert said(variant, roundabout).status == "right"


def test_a_limit_on_a_variable_of_ones_own_is_found() -> None:
    variant = deal(exercises.build_mix, STUDENTS[0])
    right = function(solution_code(variant))

    def narrow(*tables: Any) -> pulp.LpProblem:
        problem = right(*tables)
        jobs = [one for one in problem.variables() if one.name in tables[0]]
        total = problem.add_variable("total", 0, 2)
        problem += pulp.lpSum(jobs) == total
        return problem

    assert "forbids a plan that the text allows" in said(variant, narrow).message


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("    return problem\n", "", "does it end in return"),
        ("    return problem\n", "    return problem.objective\n", "an object of type LpAffine"),
        ("    problem += pulp.lpSum((price", "    pulp.lpSum((price", "has no objective"),
        ("add_variable(name", "add_variable('my_' + name", r"no variables named \w+, \w+ and \w+;"),
        ("work <= av", "work < av", "a model knows no < and >"),
        ("material[name])", "material[name]) * jobs[name]", "no longer linear"),
        ("<= 2 * jobs[", "/ 2 <= 1 / jobs[", "no longer linear"),
    ],
)
def test_what_is_no_model_of_the_task_is_told_in_words(old: str, new: str, words: str) -> None:
    variant = deal(exercises.build_mix, STUDENTS[0])
    code = solution_code(variant)
    assert old in code
    with pytest.raises(CodeTrialError, match=words):
        said(variant, function(code.replace(old, new)))


@pytest.mark.parametrize(
    ("formula", "words"),
    [
        (lambda x: x * x, "multiplied with each other"),
        (lambda x: x**2, "raised to a power"),
        (lambda x: 1 / x, "divided by a variable"),
        (lambda x: 1 / (x + 1), "divided by a variable"),
        (lambda x: x < 3, "no < and >"),
        (lambda x: x + 1 > 3, "no < and >"),
        (lambda x: max(x, 2 * x), "no max or min"),
    ],
)
def test_what_pulps_refusals_mean_is_said(formula: Any, words: str) -> None:
    field = ModelField("own", "Your function", "def own():")

    def own() -> Any:
        return formula(pulp.LpProblem("own").add_variable("x", 0))

    with pytest.raises(CodeTrialError, match=words):
        outputs(own, [()], meaning=field.meaning)


@pytest.mark.filterwarnings("ignore:Overwriting previously set objective")
@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        (
            "promised.get(name, 0)",
            "promised.get(name)",
            "text forbids|without end",
        ),
        ("        problem += work <= available[person], person\n", "", "better without end"),
        ("work <= av", "work >= 9000 + av", "better without end"),
        ("work <= available[person]", "-1 >= work", "no plan at all"),
        ("work <= available[person], person", "work", "taken the place of the objective|otherwise"),
    ],
)
def test_a_model_that_nobody_foresaw_is_told_where_it_differs(
    old: str, new: str, words: str
) -> None:
    variant = deal(exercises.build_mix, STUDENTS[0])
    code = solution_code(variant)
    assert old in code
    found = said(variant, function(code.replace(old, new)))
    assert found.status == "wrong"
    assert re.search(words, found.message), found.message


def test_no_sentence_holds_the_optimum() -> None:
    for student in STUDENTS:
        variant = deal(exercises.build_mix, student)
        best = [str(one["optimum"]) for one in variant.right["model"]]
        for _, values in variant.wrong:
            text = json.dumps(values["model"])
            message = check(variant, {"model": {"outputs": text}}).message.replace(",", "")
            assert not [value for value in best if re.search(rf"(?<!\d){value}(?!\d)", message)]


@pytest.mark.parametrize("forged", [[], [None] * 3, [3, "x", {}], [{"sense": "max"}] * 3, [[]] * 4])
def test_a_record_with_other_outputs_is_wrong_and_breaks_nothing(forged: list[Any]) -> None:
    variant = deal(exercises.build_mix, STUDENTS[0])
    assert check(variant, {"model": {"outputs": json.dumps(forged)}}).status == "wrong"


def test_only_json_is_recorded_and_graded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SVCLAB_MEMORY", str(tmp_path))
    _memories.clear()
    for name, value in vars(Person()).items():
        monkeypatch.setattr(current(), name, value)
    svclab.student(STUDENTS[3])
    variant = deal(exercises.build_mix, STUDENTS[3])
    reply = exercises.build_mix.check(function(solution_code(variant)))
    assert reply.status == "right"
    kept = reply.bundle[records.MIME]["records"][-1]
    assert json.loads(kept["answers"]["model"]["outputs"]) == variant.right["model"]
    assert len(json.dumps(kept)) < 4000
    assert check(variant, kept["answers"]).status == "right"


def test_an_outline_of_a_model_without_a_best_plan() -> None:
    free = pulp.LpProblem("free", pulp.LpMaximize)
    x = free.add_variable("x", 0)
    free += 2 * x
    assert outline(free, [{"x": 3}]) == outlined("max", None, [6.0], "unbounded")
    free += x >= 1
    free += x <= 0
    assert outline(free, [{"x": 3}]) == outlined("max", None, [None], "infeasible")


def test_a_plan_with_variables_of_ones_own_has_the_best_value_they_allow() -> None:
    model = pulp.LpProblem("cost", pulp.LpMinimize)
    x, overtime = model.add_variable("x", 0), model.add_variable("overtime", 0)
    model += 3 * x + 10 * overtime + 1
    model += x + overtime >= 8
    assert outline(model, [{"x": 8}, {"x": 6}, {"x": -1}])["plans"] == [25.0, 39.0, None]
