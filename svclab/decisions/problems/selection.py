"""Selection (公司选择): which of several companies, branches or offers to take."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from svclab.checks import a_column, a_count, a_number, names_of
from svclab.decisions.problems.common import Answer, NoPlanError, pulp_names, shown, solved, total
from svclab.words import join, say

__all__ = ["Choice", "every_choice", "selection", "selection_problem"]

Limits = Mapping[str, float]
Candidates = Mapping[str, Mapping[str, float]]
MOST_CHOICES = 200_000


@dataclass(frozen=True, repr=False)
class Choice(Answer):
    """Which candidates are taken."""

    shares: Mapping[str, float]  # candidate to 1 (taken) or 0; between them if relaxed
    candidates: Candidates  # candidate to its figures
    goal: str  # the figure whose total counts
    at_least: Limits  # figure to the total that is needed
    at_most: Limits  # figure to the total that is permitted
    unit: str = ""  # of the goal

    @property
    def taken(self) -> tuple[str, ...]:
        """The candidates that are taken, wholly or in part."""
        return tuple(name for name, share in self.shares.items() if share)

    @property
    def totals(self) -> dict[str, float]:
        """The sum of each figure over what is taken."""
        figures = next(iter(self.candidates.values()))
        return {f: math.fsum(s * self.candidates[n][f] for n, s in self.shares.items())
                for f in figures}  # fmt: skip

    @property
    def value(self) -> float:
        """The total of the goal."""
        return self.totals[self.goal]

    @property
    def fits(self) -> bool:
        """Whether all limits are kept (to a rounding error of 1e-9)."""
        low = (self.totals[f] >= v - 1e-9 * max(1, abs(v)) for f, v in self.at_least.items())
        high = (self.totals[f] <= v + 1e-9 * max(1, abs(v)) for f, v in self.at_most.items())
        return all(low) and all(high)

    @property
    def table(self) -> list[dict[str, Any]]:
        """One row a candidate, with its figures and its share; the totals last."""
        rows: list[dict[str, Any]] = [
            {"candidate": name, **self.candidates[name], "taken": share}
            for name, share in self.shares.items()
        ]
        taken = math.fsum(self.shares.values())
        return [*rows, {"candidate": "total taken", **self.totals, "taken": taken}]

    @property
    def sentence(self) -> str:
        """What is taken, and the totals that have a limit."""
        names = [
            n if share == 1 else f"{shown(share)} of {n}"
            for n, share in self.shares.items()
            if share
        ]
        limits = [f"{f} {shown(self.totals[f])} (at least {shown(v)})"
                  for f, v in self.at_least.items()]  # fmt: skip
        limits += [f"{f} {shown(self.totals[f])} (at most {shown(v)})"
                   for f, v in self.at_most.items()]  # fmt: skip
        return say(
            "Take {names}: {goal} {value}{limits}.",
            names=join(names, most=12) or "nothing",
            goal=self.goal,
            value=shown(self.value, self.unit),
            limits="; " + join(limits, most=6) if limits else "",
        )


def selection_problem(
    candidates: Candidates,
    *,
    goal: str = "profit",
    count: int | None = None,
    at_least: Limits | None = None,
    at_most: Limits | None = None,
    relaxed: bool = False,
) -> Any:
    """The selection as a 0-1 program in PuLP, to look at or to solve.

    With x[j] = 1 if candidate j is taken: maximise Σⱼ gⱼ x[j], subject to Σⱼ x[j] = count and
    lᵢ ≤ Σⱼ aᵢⱼ x[j] ≤ uᵢ for each figure i with a limit.

    Parameters
    ----------
    candidates : mapping of mapping
        Candidate to its figures, such as assets, debt and profit, each with its own unit.
    goal : str, optional
        The figure whose total shall be as large as possible; default ``"profit"``.
    count : int, optional
        How many must be taken, exactly; left out: any number.
    at_least, at_most : mapping, optional
        Figure to the total that is needed, or permitted.
    relaxed : bool, optional
        True gives the linear program: a candidate may be taken in part.

    Returns
    -------
    pulp.LpProblem
        Constraints ``count``, ``least_FIGURE`` and ``most_FIGURE``.

    Raises
    ------
    ValueError
        If a figure is missing or not a number, or there are fewer candidates than ``count``.

    Examples
    --------
    >>> shops = {"A": {"profit": 5, "debt": 2}, "B": {"profit": 4, "debt": 1}}
    >>> selection_problem(shops, count=1, at_most={"debt": 1})
    selection:
    MAXIMIZE
    5.0*A + 4.0*B + 0.0
    SUBJECT TO
    count: A + B = 1
    <BLANKLINE>
    most_debt: 2 A + B <= 1
    <BLANKLINE>
    VARIABLES
    0 <= A <= 1 Integer
    0 <= B <= 1 Integer
    """
    import pulp

    known, low, high = _checked(candidates, goal, count, at_least, at_most)
    problem = pulp.LpProblem("selection", pulp.LpMaximize)
    kind = "Continuous" if relaxed else "Integer"
    take = [problem.add_variable(short, 0, 1, kind) for short in pulp_names(list(known))]
    pairs = list(zip(take, known.values(), strict=True))
    problem += total((x, figures[goal]) for x, figures in pairs)
    if count is not None:
        problem += pulp.lpSum(take) == count, "count"
    for word, limits in (("least", low), ("most", high)):
        for (figure, value), short in zip(limits.items(), pulp_names(list(limits)), strict=True):
            taken = total((x, figures[figure]) for x, figures in pairs)
            problem += (taken >= value if word == "least" else taken <= value), f"{word}_{short}"
    return problem


def selection(
    candidates: Candidates,
    *,
    goal: str = "profit",
    count: int | None = None,
    at_least: Limits | None = None,
    at_most: Limits | None = None,
    relaxed: bool = False,
    unit: str = "",
) -> Choice:
    """The candidates with the largest total within the limits.

    Parameters
    ----------
    candidates, goal, count, at_least, at_most, relaxed
        As for :func:`selection_problem`.
    unit : str, optional
        Unit of the goal, to be shown, such as ``"万 yuan"``.

    Returns
    -------
    Choice
        One of the best, if there are several.

    Raises
    ------
    ValueError
        As :func:`selection_problem`.
    NoPlanError
        If no choice keeps the limits; the message names a limit that cannot be kept alone.

    Examples
    --------
    >>> shops = {"A": {"profit": 5, "debt": 2}, "B": {"profit": 4, "debt": 1}}
    >>> selection(shops, count=1, at_most={"debt": 1})
    Take B: profit 4; debt 1 (at most 1).
      candidate    profit  debt  taken
      A                 5     2      0
      B                 4     1      1
      total taken       4     1      1
    """
    known, low, high = _checked(candidates, goal, count, at_least, at_most)
    problem = selection_problem(candidates, goal=goal, count=count, at_least=at_least,
                                at_most=at_most, relaxed=relaxed)  # fmt: skip
    try:
        found = solved(problem, "no choice keeps all limits at once; loosen one of them")
    except NoPlanError as refused:
        raise NoPlanError(_why_not(known, count, low, high) or str(refused), problem) from None
    short = pulp_names(list(known))
    shares = {name: found[s] for name, s in zip(known, short, strict=True)}
    return Choice(shares, known, goal, low, high, unit)


def every_choice(
    candidates: Candidates,
    *,
    count: int,
    goal: str = "profit",
    at_least: Limits | None = None,
    at_most: Limits | None = None,
    unit: str = "",
) -> list[Choice]:
    """All choices of ``count`` candidates, those that keep the limits first, the best at the top.

    A second method beside the 0-1 program: list and compare.

    Parameters
    ----------
    candidates, count, goal, at_least, at_most, unit
        As for :func:`selection`.

    Returns
    -------
    list of Choice
        ``fits`` tells which keep the limits.

    Raises
    ------
    ValueError
        As :func:`selection_problem`, or if there are more than 200,000 choices.

    Examples
    --------
    >>> shops = {"A": {"profit": 5, "debt": 2}, "B": {"profit": 4, "debt": 1}}
    >>> [(c.taken, c.fits) for c in every_choice(shops, count=1, at_most={"debt": 1})]
    [(('B',), True), (('A',), False)]
    """
    known, low, high = _checked(candidates, goal, count, at_least, at_most)
    if math.comb(len(known), count) > MOST_CHOICES:
        raise ValueError(
            f"there are {math.comb(len(known), count):,} choices: too many to list; use selection"
        )
    choices = [
        Choice({n: float(n in some) for n in known}, known, goal, low, high, unit)
        for some in combinations(known, count)
    ]
    return sorted(choices, key=lambda c: (not c.fits, -c.value))


def _checked(
    candidates: Candidates, goal: str, count: int | None,
    at_least: Limits | None, at_most: Limits | None,
) -> tuple[dict[str, dict[str, float]], dict[str, float], dict[str, float]]:  # fmt: skip
    names = names_of("candidates", candidates)
    first = candidates[names[0]] if isinstance(candidates, Mapping) else None
    if not isinstance(first, Mapping):
        raise ValueError("candidates: give a dict of figures for each candidate")
    figures = list(first)
    if goal not in figures:
        raise ValueError(
            f"goal={goal!r} is not one of the figures {join(map(repr, figures), most=6)}"
        )
    known = {
        name: a_column(f"candidates[{name!r}]", candidates[name], figures, each=a_number)
        for name in names
    }
    if count is not None and a_count("count", count, 0) > len(names):
        raise ValueError(f"count={count}: there are only {len(names)} candidates")
    low = a_column("at_least", at_least, figures, each=a_number, partly=True)
    high = a_column("at_most", at_most, figures, each=a_number, partly=True)
    return known, low, high


def _why_not(
    known: Mapping[str, Mapping[str, float]], count: int | None, low: Limits, high: Limits
) -> str:
    """The first limit that no choice of that size can keep, in words; empty if there is none."""
    for word, limits, sign in (("at_least", low, 1), ("at_most", high, -1)):
        for figure, value in limits.items():
            best = sorted((sign * row[figure] for row in known.values()), reverse=True)
            best = best[:count] if count is not None else [b for b in best if b > 0]
            reach = sign * math.fsum(best)
            if sign * (value - reach) > 1e-9 * max(1, abs(value)):
                return say(
                    "{word} of {figure} is {value}, but the {way} that can be had is {reach}: "
                    "change the limit or the count",
                    word=word, figure=figure, value=shown(a_number(word, value)),
                    way="most" if sign > 0 else "least", reach=shown(reach),
                )  # fmt: skip
    return ""
