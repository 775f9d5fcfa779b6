"""Assignment (指派): who does which job; one job a person, one person a job."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from svclab.checks import a_grid, a_number, names_of
from svclab.decisions.problems.common import Answer, NoPlanError, pulp_names, shown, solved, total
from svclab.words import join, say

__all__ = ["Assignment", "assignment", "assignment_problem"]

Pair = tuple[str, str]
Values = Mapping[str, Mapping[str, float | None]]


@dataclass(frozen=True, repr=False)
class Assignment(Answer):
    """Who does which job."""

    pairs: Mapping[str, str]  # person to job
    values: Mapping[Pair, float]  # (person, job) to cost, time or profit; forbidden: not there
    free_people: tuple[str, ...]  # people without a job
    open_jobs: tuple[str, ...]  # jobs that nobody does
    best: str  # "least" or "most"
    unit: str = ""  # of the values

    @property
    def total(self) -> float:
        """The sum over all pairs."""
        return math.fsum(self.values[pair] for pair in self.pairs.items())

    @property
    def table(self) -> list[dict[str, Any]]:
        """One row a person, and one for each job that nobody does."""
        people = list(dict.fromkeys([*(p for p, _ in self.values), *self.free_people]))
        rows: list[dict[str, Any]] = []
        for p in people:
            job = self.pairs.get(p)
            value = self.values[p, job] if job is not None else None
            rows.append({"person": p, "job": job or "(free)", "value": value})
        return rows + [{"person": "(nobody)", "job": j, "value": None} for j in self.open_jobs]

    @property
    def sentence(self) -> str:
        """The pairs and their sum."""
        rest = ""
        if self.free_people:
            rest = say(" Without a job: {names}.", names=join(self.free_people, most=6))
        if self.open_jobs:
            rest = say(" Nobody does {names}.", names=join(self.open_jobs, most=6))
        return say(
            "{pairs}: {total} in all, the {best} possible.{rest}",
            pairs=join((f"{p} → {j}" for p, j in self.pairs.items()), most=6),
            total=shown(self.total, self.unit),
            best=self.best,
            rest=rest,
        )


def assignment_problem(values: Values, *, best: str = "least", relaxed: bool = False) -> Any:
    """The assignment as a 0-1 program in PuLP, to look at or to solve.

    With x[p, j] = 1 if person p does job j: minimise (or maximise) Σ c[p, j] x[p, j], subject to
    Σⱼ x[p, j] = 1 for each person and Σₚ x[p, j] = 1 for each job; ≤ 1 on the side that has
    more.

    Parameters
    ----------
    values : mapping of mapping
        Person to cost, time or profit of each job; None forbids the pair.
    best : {"least", "most"}, optional
        Whether a small sum is good (costs, times) or a large one (profits).
    relaxed : bool, optional
        True gives the linear program. Its corners are whole, so it finds the same sum, and has
        shadow prices.

    Returns
    -------
    pulp.LpProblem
        Variables ``PERSON_JOB``, constraints ``person_PERSON`` and ``job_JOB``.

    Raises
    ------
    ValueError
        If the table has holes or something other than numbers, or for another ``best``.

    Examples
    --------
    >>> assignment_problem({"Ann": {"a": 9, "b": 2}, "Bo": {"a": 6, "b": None}})
    assignment:
    MINIMIZE
    9.0*Ann_a + 2.0*Ann_b + 6.0*Bo_a + 0.0
    SUBJECT TO
    person_Ann: Ann_a + Ann_b = 1
    <BLANKLINE>
    person_Bo: Bo_a = 1
    <BLANKLINE>
    job_a: Ann_a + Bo_a = 1
    <BLANKLINE>
    job_b: Ann_b = 1
    <BLANKLINE>
    VARIABLES
    0 <= Ann_a <= 1 Integer
    0 <= Ann_b <= 1 Integer
    0 <= Bo_a <= 1 Integer
    """
    return _model(values, best, relaxed)[0]


def assignment(values: Values, *, best: str = "least", unit: str = "") -> Assignment:
    """The best one-to-one assignment of people to jobs.

    Parameters
    ----------
    values, best
        As for :func:`assignment_problem`. With more people than jobs some people stay free;
        with more jobs than people some jobs stay undone.
    unit : str, optional
        Unit of the values, to be shown, such as ``"h"``.

    Returns
    -------
    Assignment
        One of the best, if there are several.

    Raises
    ------
    ValueError
        As :func:`assignment_problem`.
    NoPlanError
        If forbidden pairs leave no assignment; the message names who competes for too little.

    References
    ----------
    Kuhn, H. W. (1955), The Hungarian method for the assignment problem, Naval Research
    Logistics Quarterly 2, 83-97.

    Examples
    --------
    >>> assignment({"Ann": {"a": 9, "b": 2}, "Bo": {"a": 6, "b": None}, "Cy": {"a": 4, "b": 1}})
    Ann → b and Cy → a: 6 in all, the least possible. Without a job: Bo.
      person     job  value
      Ann          b      2
      Bo      (free)
      Cy           a      4
    """
    problem, x, people, jobs, grid = _model(values, best, False)
    _check_possible(people, jobs, grid)
    found = solved(problem, "the forbidden pairs leave no assignment")
    pairs = {p: j for (p, j), variable in x.items() if found[variable.name] > 0.5}
    free = tuple(p for p in people if p not in pairs)
    undone = tuple(j for j in jobs if j not in pairs.values())
    return Assignment(pairs, grid, free, undone, best, unit)


def _model(
    values: Values, best: str, relaxed: bool
) -> tuple[Any, dict[Pair, Any], list[str], list[str], dict[Pair, float]]:
    import pulp

    if best not in ("least", "most"):
        raise ValueError(f"best={best!r}: give 'least' (costs, times) or 'most' (profits)")
    people = names_of("values", values)
    first = values[people[0]] if isinstance(values, Mapping) else None
    if not isinstance(first, Mapping):
        raise ValueError("values: give a dict of jobs for each person")
    jobs = names_of(f"values[{people[0]!r}]", first)
    grid = a_grid("values", values, people, jobs, each=a_number, holes=True)
    problem = pulp.LpProblem("assignment", pulp.LpMinimize if best == "least" else pulp.LpMaximize)
    kind = "Continuous" if relaxed else "Integer"
    short = pulp_names([f"{p}_{j}" for p, j in grid])
    x = {
        pair: problem.add_variable(name, 0, 1, kind) for pair, name in zip(grid, short, strict=True)
    }
    problem += total((variable, grid[pair]) for pair, variable in x.items())
    for word, side, names, longer in (
        ("person", 0, people, len(people) > len(jobs)),
        ("job", 1, jobs, len(jobs) > len(people)),
    ):
        for name, plain in zip(names, pulp_names(names), strict=True):
            mine = pulp.lpSum(variable for pair, variable in x.items() if pair[side] == name)
            if mine.keys() or not longer:
                problem += (mine <= 1 if longer else mine == 1), f"{word}_{plain}"
    return problem, x, people, jobs, grid


def _check_possible(people: list[str], jobs: list[str], grid: Mapping[Pair, float]) -> None:
    """Match the shorter side to the longer one by augmenting paths; say who is in the way.

    If a name finds no partner, the names tried on the way have too few partners between them
    (Hall's condition).
    """
    jobs_first = len(jobs) < len(people)
    names = jobs if jobs_first else people
    partners: dict[str, list[str]] = {name: [] for name in names}
    for p, j in grid:
        partners[j if jobs_first else p].append(p if jobs_first else j)
    held: dict[str, str] = {}

    def place(name: str, seen: set[str]) -> bool:
        for other in partners[name]:
            if other not in seen:
                seen.add(other)
                if other not in held or place(held[other], seen):
                    held[other] = name
                    return True
        return False

    for name in names:
        seen: set[str] = set()
        if not place(name, seen):
            crowd = [n for n in names if n == name or n in {held[o] for o in seen}]
            only = join(sorted(seen), most=6) or ("nobody" if jobs_first else "no job")
            verb = "can be done only by" if jobs_first else "may do only"
            raise NoPlanError(
                f"no assignment is possible: {join(crowd, most=6)} {verb} {only}; "
                "permit another pair"
            )
