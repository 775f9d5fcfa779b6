"""A student's own model: a function that gives a PuLP problem, judged by what the model says.

Two models are the same if they look for the same (largest or smallest), find the same optimum,
and allow the same plans at the same value. How they are written does not matter, nor do variables
that the student adds. So a model is *outlined*, in the student's kernel: status, sense, optimum,
and what it says of some plans. The outline is JSON; it is what is recorded and compared.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from svclab.linear import arrays, solve
from svclab.linear.arrays import column_variables
from svclab.linear.asking import ask, request_of
from svclab.linear.solving import definite
from svclab.practice import CodeField
from svclab.practice.fields import Judged
from svclab.words import join, number, say

if TYPE_CHECKING:
    import pulp

__all__ = ["ModelField", "Plan", "outline", "outlined"]

#: Values of the variables that the question names.
Plan = Mapping[str, float]

#: How far a plan may be beyond a limit, and a whole number from whole.
TOLERANCE = 1e-6
#: Seconds for one model of a student; the models asked for take a few milliseconds.
LIMIT = 2.0
#: What an error of PuLP means to a student, by a part of its words.
_MEANINGS = {
    "Non-constant expressions cannot be multiplied": "Two variables are multiplied with each "
    "other, and then the model is no longer linear.",
    "for ** or pow(): 'LpVariable'": "A variable is raised to a power, and then the model is no "
    "longer linear.",
    "object of type 'LpVariable' has no len": "Something is divided by a variable, and then the "
    "model is no longer linear.",
    "for /: ": "Something is divided by a variable, and then the model is no longer linear.",
    "not supported between instances of 'LpVariable'": "A constraint is written with <=, >= or "
    "==; a model knows no < and >, and no max or min of variables.",
    "not supported between instances of 'LpAffineExpression'": "A constraint is written with <=, "
    ">= or ==; a model knows no < and >, and no max or min of sums.",
}


def outlined(
    sense: str, optimum: float | None, plans: Sequence[float | None], status: str = "optimal"
) -> dict[str, Any]:
    """An outline as plain data, for the models of an exercise's author.

    Parameters
    ----------
    sense : str
        ``"max"`` or ``"min"``.
    optimum : float or None
        The best value of the objective; None if there is none.
    plans : sequence of (float or None)
        For each plan tried the objective, or None where the model forbids it.
    status : str
        ``"optimal"``, ``"infeasible"`` or ``"unbounded"``.
    """
    return {"status": status, "sense": sense, "optimum": optimum, "plans": list(plans)}


def outline(problem: pulp.LpProblem, plans: Sequence[Plan]) -> dict[str, Any]:
    """What a model says: its sense, its optimum, and what it makes of some plans.

    Parameters
    ----------
    problem : pulp.LpProblem
        Linear or with whole variables. It may have more variables than the plans name: these
        are then set as well as possible.
    plans : sequence of mapping
        Each gives a value to the same variables, by name.

    Returns
    -------
    dict
        As :func:`outlined` makes it.

    Raises
    ------
    ValueError
        With a sentence for the student: no problem, no objective, variables that are missing.

    Examples
    --------
    >>> import pulp
    >>> toys = pulp.LpProblem("toys", pulp.LpMaximize)
    >>> table, chair = toys.add_variable("table", 0), toys.add_variable("chair", 0)
    >>> toys += 20 * table + 15 * chair
    >>> toys += 2 * table + chair <= 6, "large"
    >>> toys += 2 * table + 2 * chair <= 8, "small"
    >>> outline(toys, [{"table": 1, "chair": 1}, {"table": 4, "chair": 0}])
    {'status': 'optimal', 'sense': 'max', 'optimum': 70.0, 'plans': [35.0, None]}
    """
    model, names = _read(problem, plans)
    found = solve(problem, time_limit=LIMIT)
    if found.status == "time limit":
        raise ValueError("The model was not solved in time: is it larger than the task?")
    best = found.objective if found.status == "optimal" else None
    values = [_value(model, names, plan) for plan in plans]
    return outlined(model["sense"], best, values, found.status)


def _read(problem: Any, plans: Sequence[Plan]) -> tuple[dict[str, Any], list[str]]:
    """The problem's arrays and its variables' names; refuses what is no model of the task."""
    import pulp

    if not isinstance(problem, pulp.LpProblem):
        raise ValueError(
            say(
                "The function gives back an object of type {kind}, not a PuLP problem: give the "
                "problem itself back, as in “return problem”.",
                kind=type(problem).__name__,
            )
        )
    if problem.objective is None:
        raise ValueError(
            "The problem has no objective: add it with “problem += …”, without <= or >=."
        )
    model = arrays(problem)
    names = [variable.name for variable in column_variables(problem)]
    missing = [name for plan in plans[:1] for name in plan if name not in names]
    if missing:
        template = "The problem has no variables named {missing}; it has {names}."
        if len(missing) == 1:
            template = "The problem has no variable named {missing}; it has {names}."
        shown = [*names[:8], "others"] if len(names) > 8 else names
        raise ValueError(say(template, missing=join(missing), names=join(shown)))
    return model, names


def _value(model: dict[str, Any], names: list[str], plan: Plan) -> float | None:
    """The objective of a plan; None where the model forbids it."""
    columns = model["columns"]
    lower, upper = list(columns["lower"]), list(columns["upper"])
    for j, name in enumerate(names):
        if name in plan:
            value = float(plan[name])
            whole = not columns["integer"][j] or abs(value - round(value)) <= TOLERANCE
            if not (whole and _within(value, lower[j], upper[j])):
                return None
            lower[j] = upper[j] = value
    if all(name in plan for name in names):
        return _objective(model, lower)
    fixed = {**model, "columns": {**columns, "lower": lower, "upper": upper}}
    request = request_of(fixed, time_limit=LIMIT)
    reply = definite("plan", request, ask(request))
    return None if reply["status"] != "optimal" else float(reply["objective"])


def _within(value: float, low: float | None, high: float | None) -> bool:
    near = TOLERANCE * max(1.0, abs(value))
    return (low is None or value >= low - near) and (high is None or value <= high + near)


def _objective(model: dict[str, Any], values: Sequence[float]) -> float | None:
    """The objective where every variable has its value; None if a constraint is broken."""
    rows = model["rows"]
    for i, (low, high) in enumerate(zip(rows["lower"], rows["upper"], strict=True)):
        entries = range(rows["start"][i], rows["start"][i + 1])
        left = math.fsum(rows["value"][e] * values[rows["index"][e]] for e in entries)
        if not _within(left, low, high):
            return None
    products = [c * x for c, x in zip(model["columns"]["cost"], values, strict=True)]
    return math.fsum([model["offset"], *products])


@dataclass(frozen=True)
class ModelField(CodeField):
    """A function that gives a PuLP problem, tried on the student's own inputs.

    The right answer is a list of outlines, one for each case; see :func:`outlined`.

    Parameters
    ----------
    plans : sequence
        For each case the plans that are tried on the model. They should tell every mistake:
        plans that the text allows, plans that break one rule each, and plans in parts of units.
    """

    plans: Sequence[Sequence[Plan]] = ()

    def outcome(self, result: Any, case: int) -> dict[str, Any]:
        """The outline of the model that the student's function gave."""
        from svclab.practice.code import CodeTrialError  # needs threads

        try:
            return outline(result, self.plans[case])
        except (ValueError, RuntimeError) as problem:
            raise CodeTrialError(str(problem)) from problem

    def meaning(self, error: BaseException) -> str:
        """What PuLP's refusals say of the model."""
        return next((told for part, told in _MEANINGS.items() if part in str(error)), "")

    def judge(self, given: list[Any], right: Sequence[Any]) -> Judged:
        """Compare the outlines; what differs in the first wrong case is said."""
        judged = super().judge(given, right)
        if judged.status == "right":
            return judged
        told = ""
        for case, (one, other) in enumerate(zip(given, right, strict=False)):
            told = told or self._differs(case, one, other)
        words = f"{judged.message} {told}".strip()
        return Judged(judged.status, judged.share, words)

    def _differs(self, case: int, given: Any, right: Mapping[str, Any]) -> str:
        """How a model differs from the text's, without the optimum; empty if it does not."""
        if super().judge([given], [right]).status == "right" or not isinstance(given, Mapping):
            return ""
        n = case + 1
        if given.get("sense") != right["sense"]:
            looks = "largest" if given.get("sense") == "max" else "smallest"
            return say("In case {n} your model looks for the {looks} value.", n=n, looks=looks)
        if given.get("status") != right["status"]:
            return say(_FOUND.get(str(given.get("status")), ""), n=n)
        values = given.get("plans")
        if isinstance(values, list) and len(values) == len(right["plans"]):
            for plan, value, good in zip(self.plans[case], values, right["plans"], strict=False):
                template = _verdict(value, good, self.relative)
                if template:
                    return say(template, n=n, plan=_shown(plan))
        return say("In case {n} the best plan of your model has another value.", n=n)


_FOUND = {
    "infeasible": "In case {n} your model allows no plan at all: its constraints contradict each "
    "other.",
    "unbounded": "In case {n} your model has no best plan: its objective gets better without end. "
    "A limit is missing, or a variable may fall below zero, or a constraint has no <= and has "
    "taken the place of the objective.",
    "optimal": "In case {n} your model finds a plan, and the text allows none.",
}


def _verdict(value: Any, good: float | None, relative: float) -> str:
    """What to say of a plan that two models see differently; empty if they agree."""
    if value is None and good is not None:
        return "In case {n} your model forbids a plan that the text allows: {plan}."
    if value is not None and good is None:
        return "In case {n} your model allows a plan that the text forbids: {plan}."
    if value is None or good is None or not isinstance(value, int | float):
        return ""
    if math.isclose(value, good, rel_tol=relative, abs_tol=1e-9):
        return ""
    return "In case {n} your objective values a plan otherwise than the text: {plan}."


def _shown(plan: Plan) -> str:
    """A plan in words; what is zero is left out."""
    parts = [
        say("{name} = {value}", name=name, value=number(value, 3))
        for name, value in plan.items()
        if value
    ]
    if not parts:
        return say("all variables zero")
    rest = "" if len(parts) == len(plan) else say(", all others zero")
    return join(parts) + rest
