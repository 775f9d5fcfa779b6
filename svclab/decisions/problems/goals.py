"""Goal programming: several goals that cannot all be met; how near can one come?

Weighted: what is missing of each goal costs a penalty. Preemptive: the goals of the first
priority come first, whatever that costs the others.

References
----------
Charnes, A. and Cooper, W. W. (1961), Management Models and Industrial Applications of Linear
Programming, Wiley.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from svclab.checks import a_column, a_count, a_number, names_of, zero_or_more
from svclab.decisions.problems.common import Answer, pulp_names, shown, solved
from svclab.words import join, say

__all__ = ["Goal", "GoalPlan", "goal_problem", "preemptive_goals", "weighted_goals"]

SIGNS = ("<=", ">=", "=")
Limit = tuple[Mapping[str, float], str, float]


@dataclass(frozen=True)
class Goal:
    """One goal: a sum that should reach, or not pass, a value.

    Parameters
    ----------
    name : str
        A short name.
    amounts : mapping
        Variable to its factor in the sum.
    sign : {">=", "<=", "="}
        Whether the sum should be at least, at most, or exactly the value.
    value : float
        The value aimed at.
    under, over : float, optional
        Penalty for one unit too little, and too much, zero or more; left out: 1 where it hurts.
    priority : int, optional
        1 (the default) comes first; counts in :func:`preemptive_goals` only.

    Examples
    --------
    >>> Goal("staff", {"A": 5, "B": 3}, "=", 40, under=4, over=2).penalties
    (4.0, 2.0)
    """

    name: str
    amounts: Mapping[str, float]
    sign: str
    value: float
    under: float | None = None
    over: float | None = None
    priority: int = 1

    def __post_init__(self) -> None:
        if self.sign not in SIGNS:
            raise ValueError(f"sign={self.sign!r} of goal {self.name!r}: give '<=', '>=' or '='")
        a_number(f"value of goal {self.name!r}", self.value)
        a_count(f"priority of goal {self.name!r}", self.priority, 1)
        a_column(f"amounts of goal {self.name!r}", self.amounts, each=a_number)
        if self.sign == ">=" and self.over is not None:
            raise ValueError(f"goal {self.name!r} is >=: more than the value is no fault; leave "
                             "over out")  # fmt: skip
        if self.sign == "<=" and self.under is not None:
            raise ValueError(f"goal {self.name!r} is <=: less than the value is no fault; leave "
                             "under out")  # fmt: skip
        for word in ("under", "over"):
            if getattr(self, word) is not None:
                zero_or_more(f"{word} of goal {self.name!r}", getattr(self, word))

    @property
    def penalties(self) -> tuple[float, float]:
        """Penalty for one unit too little, and too much."""
        under = (1.0 if self.under is None else self.under) if self.sign != "<=" else 0.0
        over = (1.0 if self.over is None else self.over) if self.sign != ">=" else 0.0
        return float(under), float(over)


@dataclass(frozen=True, repr=False)
class GoalPlan(Answer):
    """How near the goals were reached."""

    amounts: Mapping[str, float]  # variable to value
    goals: tuple[Goal, ...]
    method: str  # "weighted" or "preemptive"

    @property
    def reached(self) -> dict[str, float]:
        """The sum of each goal."""
        return {
            g.name: math.fsum(f * self.amounts[v] for v, f in g.amounts.items()) for g in self.goals
        }

    @property
    def missed(self) -> dict[str, float]:
        """How far each goal is missed on the side that hurts; 0 where it is met."""
        found = {}
        for goal, sum_ in zip(self.goals, self.reached.values(), strict=True):
            under, over = _gap(goal, sum_)
            found[goal.name] = under if goal.sign == ">=" else over if goal.sign == "<=" else (
                under + over
            )  # fmt: skip
        return found

    def penalty(self, priority: int | None = None) -> float:
        """The sum of the penalties, of all goals or of those with one priority."""
        parts = []
        for goal, sum_ in zip(self.goals, self.reached.values(), strict=True):
            if priority in (None, goal.priority):
                under, over = _gap(goal, sum_)
                parts += [goal.penalties[0] * under, goal.penalties[1] * over]
        return math.fsum(parts)

    @property
    def table(self) -> list[dict[str, Any]]:
        """One row a goal."""
        return [
            {"goal": g.name, "priority": g.priority, "wanted": f"{g.sign} {shown(g.value)}",
             "reached": self.reached[g.name], "missed by": self.missed[g.name] or None}
            for g in self.goals
        ]  # fmt: skip

    @property
    def sentence(self) -> str:
        """The plan, and the goals that are missed."""
        plan = join((f"{v} = {shown(a)}" for v, a in self.amounts.items()), most=6)
        missed = [f"{name} (by {shown(gap)})" for name, gap in self.missed.items() if gap]
        if not missed:
            return say("{plan}: all goals are met.", plan=plan)
        return say(
            "{plan}: missed {missed}; penalty {penalty}.",
            plan=plan,
            missed=join(missed, most=6),
            penalty=shown(self.penalty()),
        )


def _gap(goal: Goal, reached: float) -> tuple[float, float]:
    """Too little and too much; less than the solver's rounding is nothing."""
    gap = reached - goal.value
    if abs(gap) < 1e-7 * max(1.0, abs(goal.value)):
        return 0.0, 0.0
    return max(-gap, 0.0), max(gap, 0.0)


def goal_problem(
    goals: Sequence[Goal],
    *,
    limits: Mapping[str, Limit] | None = None,
    whole: bool = False,
) -> Any:
    """The weighted goal program in PuLP, to look at or to solve.

    With d⁻ and d⁺ what is too little and too much of each goal k: minimise Σₖ (uₖ dₖ⁻ + oₖ dₖ⁺)
    subject to Σⱼ aₖⱼ x[j] + dₖ⁻ - dₖ⁺ = value of k, and the limits, which must be kept.

    Parameters
    ----------
    goals : sequence of Goal
        What should be reached; names must differ.
    limits : mapping, optional
        Limit to (variable to factor, ``"<="``, ``">="`` or ``"="``, value).
    whole : bool, optional
        Whether the variables must be whole.

    Returns
    -------
    pulp.LpProblem
        The variables, zero or more, under their names; ``under_GOAL`` and ``over_GOAL``.

    Raises
    ------
    ValueError
        If a name comes twice, or a table is no table.

    Examples
    --------
    >>> goal_problem([Goal("reach", {"tv": 7, "web": 3}, ">=", 40)],
    ...              limits={"money": ({"tv": 100, "web": 60}, "<=", 600)})
    goals:
    MINIMIZE
    1.0*under_reach + 0.0
    SUBJECT TO
    reach: - over_reach + 7 tv + under_reach + 3 web = 40
    <BLANKLINE>
    money: 100 tv + 60 web <= 600
    <BLANKLINE>
    VARIABLES
    over_reach Continuous
    tv Continuous
    under_reach Continuous
    web Continuous
    """
    return _model(goals, limits, whole)[0]


def weighted_goals(
    goals: Sequence[Goal],
    *,
    limits: Mapping[str, Limit] | None = None,
    whole: bool = False,
) -> GoalPlan:
    """The plan with the smallest sum of penalties.

    Parameters
    ----------
    goals, limits, whole
        As for :func:`goal_problem`.

    Returns
    -------
    GoalPlan
        One of the best, if there are several.

    Raises
    ------
    ValueError
        As :func:`goal_problem`.
    NoPlanError
        If the limits contradict each other.

    Examples
    --------
    >>> weighted_goals([Goal("reach", {"tv": 7, "web": 3}, ">=", 49)],
    ...                limits={"money": ({"tv": 100, "web": 60}, "<=", 600)})
    tv = 6 and web = 0: missed reach (by 7); penalty 7.
      goal   priority  wanted  reached  missed by
      reach         1   >= 49       42          7
    """
    problem, x, _ = _model(goals, limits, whole)
    found = solved(problem, "the limits contradict each other; loosen one of them")
    return _plan(goals, x, found, "weighted")


def preemptive_goals(
    goals: Sequence[Goal],
    *,
    limits: Mapping[str, Limit] | None = None,
    whole: bool = False,
) -> GoalPlan:
    """The plan that serves the first priority first, then the second, and so on.

    One program a priority: minimise its penalties, keep what the earlier ones reached.

    Parameters
    ----------
    goals, limits, whole
        As for :func:`goal_problem`.

    Returns
    -------
    GoalPlan
        One of the best, if there are several.

    Raises
    ------
    ValueError, NoPlanError
        As :func:`weighted_goals`.

    Examples
    --------
    >>> both = [Goal("cheap", {"tv": 100}, "<=", 300), Goal("reach", {"tv": 7}, ">=", 49,
    ...         priority=2)]
    >>> preemptive_goals(both).amounts
    {'tv': 3.0}
    """
    problem, x, gaps = _model(goals, limits, whole)
    found: dict[str, float] = {}
    for priority in sorted({goal.priority for goal in goals}):
        stage = [part for goal, part in zip(goals, gaps, strict=True) if goal.priority == priority]
        penalty = sum(stage[1:], stage[0])
        problem.setObjective(penalty)
        found = solved(problem, "the limits contradict each other; loosen one of them")
        best = math.fsum(factor * found[v.name] for v, factor in penalty.items())
        # A hair of room, so that rounding cannot make the next program impossible.
        problem += penalty <= best + 1e-9 * max(1.0, best), f"keep_priority_{priority}"
    return _plan(goals, x, found, "preemptive")


def _plan(
    goals: Sequence[Goal], x: Mapping[str, Any], found: Mapping[str, float], method: str
) -> GoalPlan:
    # A variable whose factors are all 0 stands nowhere.
    amounts = {name: found.get(v.name, 0.0) for name, v in x.items()}
    return GoalPlan(amounts, tuple(goals), method)


def _model(
    goals: Sequence[Goal], limits: Mapping[str, Limit] | None, whole: bool
) -> tuple[Any, dict[str, Any], list[Any]]:
    import pulp

    names = names_of("goals", [goal.name for goal in goals])
    rules = dict(limits or {})
    for name, rule in rules.items():
        if not isinstance(rule, Sequence) or len(rule) != 3 or rule[1] not in SIGNS:
            raise ValueError(f"limits[{name!r}]={rule!r}: give (factors, '<=', '>=' or '=', value)")
        a_column(f"limits[{name!r}]", rule[0], each=a_number)
        a_number(f"limits[{name!r}]", rule[2])
    tables = [*(goal.amounts for goal in goals), *(rule[0] for rule in rules.values())]
    variables = list(dict.fromkeys(v for table in tables for v in table))
    unders, overs = [f"under_{n}" for n in names], [f"over_{n}" for n in names]
    short = pulp_names([*variables, *unders, *overs])
    problem = pulp.LpProblem("goals", pulp.LpMinimize)
    kind = "Integer" if whole else "Continuous"
    x = {
        v: problem.add_variable(s, 0, None, kind)
        for v, s in zip(variables, short[: len(variables)], strict=True)
    }
    gaps = [problem.add_variable(name, 0) for name in short[len(variables) :]]
    pairs = list(zip(gaps[: len(names)], gaps[len(names) :], strict=True))
    parts = [
        pulp.lpSum(p * d for p, d in zip(goal.penalties, pair, strict=True) if p)
        for goal, pair in zip(goals, pairs, strict=True)
    ]
    problem += pulp.lpSum(parts)
    rows = pulp_names([*names, *rules])
    for goal, (under, over), row in zip(goals, pairs, rows[: len(names)], strict=True):
        reached = pulp.lpSum(f * x[v] for v, f in goal.amounts.items())
        problem += reached + under - over == goal.value, row
    for (factors, sign, value), row in zip(rules.values(), rows[len(names) :], strict=True):
        left = pulp.lpSum(f * x[v] for v, f in factors.items())
        rule = left <= value if sign == "<=" else left >= value if sign == ">=" else left == value
        problem += rule, row
    return problem, x, parts
