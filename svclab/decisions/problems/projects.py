"""Project selection: which projects a budget shall carry, with rules between them."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from svclab.checks import a_column, a_grid, a_number, names_of
from svclab.decisions.problems.common import Answer, pulp_names, shown, solved, total
from svclab.words import join, say

__all__ = ["Programme", "project_problem", "projects"]


@dataclass(frozen=True, repr=False)
class Programme(Answer):
    """Which projects are done."""

    chosen: tuple[str, ...]
    value: Mapping[str, float]  # project to what it brings
    cost: Mapping[str, Mapping[str, float]]  # project to what it takes of each budget
    budget: Mapping[str, float]  # budget (such as a year) to what there is
    unit: str = ""  # of the value

    @property
    def total(self) -> float:
        """What all chosen projects bring."""
        return math.fsum(self.value[p] for p in self.chosen)

    @property
    def spent(self) -> dict[str, float]:
        """What is taken of each budget."""
        return {b: math.fsum(self.cost[p][b] for p in self.chosen) for b in self.budget}

    @property
    def table(self) -> list[dict[str, Any]]:
        """One row a project; then what is spent, and what there is."""
        rows: list[dict[str, Any]] = [
            {"project": p, "value": v, **self.cost[p], "done": p in self.chosen}
            for p, v in self.value.items()
        ]
        rows.append({"project": "spent", "value": self.total, **self.spent, "done": None})
        return [*rows, {"project": "budget", "value": None, **self.budget, "done": None}]

    @property
    def sentence(self) -> str:
        """What is done and what it brings."""
        left = [f"{shown(self.budget[b] - s)} of {b}" for b, s in self.spent.items()]
        return say(
            "Do {names}: value {total}. Left: {left}.",
            names=join(self.chosen, most=12) or "nothing",
            total=shown(self.total, self.unit),
            left=join(left, most=6),
        )


def project_problem(
    value: Mapping[str, float],
    cost: Mapping[str, Mapping[str, float]],
    budget: Mapping[str, float],
    *,
    exclusions: Sequence[Sequence[str]] = (),
    prerequisites: Mapping[str, Sequence[str]] | None = None,
    required: Sequence[str] = (),
) -> Any:
    """The project selection as a 0-1 program in PuLP, to look at or to solve.

    With x[j] = 1 if project j is done: maximise Σⱼ vⱼ x[j], subject to Σⱼ cⱼₜ x[j] ≤ budget of t,
    Σ x[j] ≤ 1 over each exclusion, and x[j] ≤ x[k] if j needs k.

    Parameters
    ----------
    value : mapping
        Project to what it brings, such as its net present value; may be negative.
    cost : mapping of mapping
        Project to what it takes of each budget, zero or more.
    budget : mapping
        Budget, such as a year, to what there is, zero or more.
    exclusions : sequence of sequences, optional
        Groups of projects of which at most one can be done.
    prerequisites : mapping, optional
        Project to the projects that must be done too.
    required : sequence of str, optional
        Projects that must be done.

    Returns
    -------
    pulp.LpProblem
        Constraints ``budget_NAME``, ``only_one_1``, ``PROJECT_needs_PROJECT``, ``do_PROJECT``.

    Raises
    ------
    ValueError
        If a rule names an unknown project, or a table is no table.

    Examples
    --------
    >>> project_problem({"desk": 9, "app": 5}, {"desk": {"2026": 6}, "app": {"2026": 3}},
    ...                 {"2026": 10}, prerequisites={"desk": ["app"]})
    projects:
    MAXIMIZE
    5.0*app + 9.0*desk + 0.0
    SUBJECT TO
    budget_2026: 3 app + 6 desk <= 10
    <BLANKLINE>
    desk_needs_app: - app + desk <= 0
    <BLANKLINE>
    VARIABLES
    0 <= app <= 1 Integer
    0 <= desk <= 1 Integer
    """
    return _model(value, cost, budget, exclusions, prerequisites, required)[0]


def projects(
    value: Mapping[str, float],
    cost: Mapping[str, Mapping[str, float]],
    budget: Mapping[str, float],
    *,
    exclusions: Sequence[Sequence[str]] = (),
    prerequisites: Mapping[str, Sequence[str]] | None = None,
    required: Sequence[str] = (),
    unit: str = "",
) -> Programme:
    """The projects that bring most within the budgets and rules.

    Parameters
    ----------
    value, cost, budget, exclusions, prerequisites, required
        As for :func:`project_problem`.
    unit : str, optional
        Unit of the value, to be shown, such as ``"yuan"``.

    Returns
    -------
    Programme
        One of the best, if there are several.

    Raises
    ------
    ValueError
        As :func:`project_problem`.
    NoPlanError
        If the required projects do not fit the budgets and rules.

    References
    ----------
    Weingartner, H. M. (1963), Mathematical Programming and the Analysis of Capital Budgeting
    Problems, Prentice-Hall.

    Examples
    --------
    >>> projects({"desk": 9, "app": 5}, {"desk": {"2026": 6}, "app": {"2026": 3}}, {"2026": 10},
    ...          exclusions=[("desk", "app")])
    Do desk: value 9. Left: 4 of 2026.
      project  value  2026  done
      desk         9     6   yes
      app          5     3    no
      spent        9     6
      budget            10
    """
    problem, x, grid = _model(value, cost, budget, exclusions, prerequisites, required)
    found = solved(problem, "the required projects do not fit the budgets and rules; require fewer")
    chosen = tuple(p for p, v in x.items() if found[v.name] > 0.5)
    costs = {p: {b: grid[p, b] for b in budget} for p in x}
    return Programme(chosen, dict(value), costs, dict(budget), unit)


def _model(
    value: Mapping[str, float],
    cost: Mapping[str, Mapping[str, float]],
    budget: Mapping[str, float],
    exclusions: Sequence[Sequence[str]],
    prerequisites: Mapping[str, Sequence[str]] | None,
    required: Sequence[str],
) -> tuple[Any, dict[str, Any], dict[tuple[str, str], float]]:
    import pulp

    names, budgets = names_of("value", value), names_of("budget", budget)
    values = a_column("value", value, each=a_number)
    grid = a_grid("cost", cost, names, budgets)
    money = a_column("budget", budget)
    problem = pulp.LpProblem("projects", pulp.LpMaximize)
    short = dict(zip(names, pulp_names(names), strict=True))
    x = {p: problem.add_variable(short[p], 0, 1, "Integer") for p in names}
    problem += total((v, values[p]) for p, v in x.items())
    rows: list[tuple[Any, str]] = [
        (pulp.lpSum(grid[p, b] * v for p, v in x.items()) <= money[b], f"budget_{b}")
        for b in budgets
    ]
    for number, group in enumerate(exclusions, 1):
        members = _known(f"exclusions: group {number}", group, names)
        rows.append((pulp.lpSum(x[p] for p in members) <= 1, f"only_one_{number}"))
    for project, needed in (prerequisites or {}).items():
        _known("prerequisites", [project], names)
        rows += [
            (x[project] - x[other] <= 0, f"{project}_needs_{other}")
            for other in _known(f"prerequisites[{project!r}]", needed, names)
            if other != project
        ]
    rows += [(x[p] >= 1, f"do_{p}") for p in _known("required", required, names)]
    for (row, _), name in zip(rows, pulp_names([name for _, name in rows]), strict=True):
        problem += row, name
    return problem, x, grid


def _known(what: str, some: Sequence[str], names: Sequence[str]) -> list[str]:
    if not some:
        return []
    for one in (listed_names := names_of(what, some)):
        if one not in names:
            raise ValueError(
                f"{what} has {one!r}, which is not one of {join(map(repr, names), most=6)}"
            )
    return listed_names
