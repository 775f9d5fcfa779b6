"""The shift model solved: PuLP writes it, HiGHS solves it, and what fails is said in words."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from svclab.capacity.staffing.shifts import (
    InfeasibleError,
    Shift,
    ShiftPlan,
    checked_need,
    in_words,
)
from svclab.checks import a_count, a_share, zero_or_more
from svclab.words import join, number, percent, say

__all__ = ["cover"]


def cover(
    need: Sequence[float],
    shifts: Sequence[Shift],
    *,
    labels: Sequence[str] | None = None,
    heads_at_most: Mapping[str, int] | None = None,
    heads_at_least: Mapping[str, int] | None = None,
    work_share_at_most: Mapping[str, float] | None = None,
    missing_cost: float | None = None,
    spare_cost: float = 0.0,
    time_limit: float | None = None,
) -> ShiftPlan:
    """The cheapest shifts that cover the need of every period.

    Parameters
    ----------
    need : sequence of float
        People needed in each period, zero or more.
    shifts : sequence of Shift
        What people may be asked to work; each as long as ``need``.
    labels : sequence of str, optional
        Names of the periods; left out: 1, 2, 3, ...
    heads_at_most, heads_at_least : mapping, optional
        Kind of shift to people of that kind at most, or at least.
    work_share_at_most : mapping, optional
        Kind of shift to the share of all needed work that this kind may do, 0 to 1, such as
        ``{"part-time": 0.5}``.
    missing_cost : float, optional
        What one missing person costs for one period. Left out: nobody may be missing.
    spare_cost : float, optional
        What one person too many costs for one period, beyond the pay; default 0.
    time_limit : float, optional
        Seconds for the solver.

    Returns
    -------
    ShiftPlan
        One of the cheapest; where several are equally cheap, any of them.

    Raises
    ------
    InfeasibleError
        If the need cannot be covered; it says where and by what, and has the nearest plan.
    ValueError
        For shifts that do not fit the periods, or names used twice.

    References
    ----------
    Dantzig, G. B. (1954), A comment on Edie's "Traffic delays at toll booths", Journal of the
    Operations Research Society of America 2, 339-341.

    Examples
    --------
    >>> from svclab.capacity.staffing.shifts import every_shift
    >>> hours = ["9", "10", "11", "12", "13"]
    >>> full = every_shift(hours, length=5, cost=100, breaks=[2, 3])
    >>> part = every_shift(hours, length=2, cost=50, kind="part-time")
    >>> cover([2, 2, 3, 4, 2], full + part, labels=hours)
    5 people, cost 350
      shift                     kind  people
      9, 5 long, break 11  full-time       2
      11, 2 long           part-time       3
      period  needed  at work  difference
      9            2        2
      10           2        2
      11           3        3
      12           4        5          +1
      13           2        2
    """
    names, needs = checked_need(labels, need)
    if missing_cost is not None:
        missing_cost = zero_or_more("missing_cost", missing_cost, "a cost")
    spare_cost = zero_or_more("spare_cost", spare_cost, "a cost")
    _check(shifts, needs)
    limits = _limits(shifts, needs, heads_at_most, heads_at_least, work_share_at_most)
    found = _solve(names, needs, shifts, limits, missing_cost, spare_cost, time_limit)
    if found is None:
        raise _explained(names, needs, shifts, limits, time_limit)
    return found


Limit = tuple[str, str, float]  # what is limited: "heads" or "work", kind, at most; least: negated


def _check(shifts: Sequence[Shift], needs: Sequence[float]) -> None:
    if not shifts:
        raise ValueError("shifts is empty: give at least one shift")
    seen: set[str] = set()
    for shift in shifts:
        if len(shift.works) != len(needs):
            raise ValueError(
                f"shift {shift.name!r} has {len(shift.works)} periods, the day has {len(needs)}"
            )
        if shift.name in seen:
            raise ValueError(f"two shifts are called {shift.name!r}: give each a name of its own")
        seen.add(shift.name)


def _limits(
    shifts: Sequence[Shift],
    needs: Sequence[float],
    heads_at_most: Mapping[str, int] | None,
    heads_at_least: Mapping[str, int] | None,
    work_share_at_most: Mapping[str, float] | None,
) -> list[Limit]:
    kinds = {shift.kind for shift in shifts}
    limits: list[Limit] = []
    for kind, most in (heads_at_most or {}).items():
        limits.append(("at most", kind, a_count(f"heads_at_most[{kind!r}]", most, 0)))
    for kind, least in (heads_at_least or {}).items():
        whole = a_count(f"heads_at_least[{kind!r}]", least, 0)
        limits.append(("at least", kind, whole))
    for kind, share in (work_share_at_most or {}).items():
        share = a_share(f"work_share_at_most[{kind!r}]", share)
        limits.append(("work", kind, share * math.fsum(needs)))
    for _, kind, _ in limits:
        if kind not in kinds:
            raise ValueError(
                f"a limit is for kind {kind!r}, which no shift has; known are "
                f"{join(sorted(map(repr, kinds)))}"
            )
    return limits


def _solve(
    names: tuple[str, ...],
    needs: tuple[float, ...],
    shifts: Sequence[Shift],
    limits: Sequence[Limit],
    missing_cost: float | None,
    spare_cost: float,
    time_limit: float | None,
    only_missing: bool = False,
) -> ShiftPlan | None:
    import pulp  # here, so that the chapter loads without it

    from svclab.linear import solve

    problem = pulp.LpProblem("shifts", pulp.LpMinimize)
    x = [problem.add_variable(f"x_{s}", 0, cat="Integer") for s in range(len(shifts))]
    charges: list[Any] = (
        [] if only_missing else [s.cost * v for s, v in zip(shifts, x, strict=True)]
    )
    rows = []
    for t, need in enumerate(needs):
        there = pulp.lpSum(s.works[t] * v for s, v in zip(shifts, x, strict=True) if s.works[t])
        if missing_cost is not None:
            miss = problem.add_variable(f"missing_{t}", 0)
            there += miss
            charges.append(missing_cost * miss)
        if spare_cost:
            spare = problem.add_variable(f"spare_{t}", 0)
            there -= spare
            charges.append(spare_cost * spare)
            rows.append(there == need)
        else:
            rows.append(there >= need)
    problem += pulp.lpSum(charges)
    for t, row in enumerate(rows):
        if not row.keys() and needs[t] == 0:
            continue
        problem += row, f"need_{t}"
    for k, (what, kind, limit) in enumerate(limits):
        weights = [
            ((s.periods if what == "work" else 1.0) if s.kind == kind else 0.0) for s in shifts
        ]
        used = pulp.lpSum(w * v for w, v in zip(weights, x, strict=True) if w)
        problem += (used >= limit if what == "at least" else used <= limit), f"limit_{k}"
    solution = solve(problem, time_limit=time_limit)
    if not solution.values:
        if solution.status == "time limit":
            raise RuntimeError(f"no plan was found in {time_limit!r} s: give time_limit more")
        return None
    people = [(s, round(solution.values[v.name])) for s, v in zip(shifts, x, strict=True)]
    used_shifts = tuple((s, n) for s, n in people if n)
    return ShiftPlan(names, needs, used_shifts, missing_cost, spare_cost)


def _explained(
    names: tuple[str, ...],
    needs: tuple[float, ...],
    shifts: Sequence[Shift],
    limits: Sequence[Limit],
    time_limit: float | None,
) -> InfeasibleError:
    """Why nobody can cover the need, and the plan that misses least."""
    bare = [
        name
        for t, name in enumerate(names)
        if needs[t] > 0 and not any(shift.works[t] for shift in shifts)
    ]
    if bare:
        return InfeasibleError(
            say(
                "no shift works at {periods}, where people are needed: add a shift that does, or "
                "close then",
                periods=join(bare),
            )
        )
    nearest = _solve(names, needs, shifts, limits, 1.0, 0.0, time_limit, only_missing=True)
    if nearest is None:
        return InfeasibleError(
            say("the limits contradict each other: {limits}", limits=_in_words(limits, needs))
        )
    return InfeasibleError(
        say(
            "the need cannot be covered with {limits}: at best there are {missing} missing. Relax "
            "a limit, add a shift, or give missing_cost to let people be missing at a price",
            limits=_in_words(limits, needs),
            missing=in_words(names, nearest.missing),
        ),
        nearest,
    )


def _in_words(limits: Sequence[Limit], needs: Sequence[float]) -> str:
    parts = []
    for what, kind, limit in limits:
        if what == "work":
            share = percent(limit / math.fsum(needs)) if any(needs) else percent(0.0)
            parts.append(say("at most {share} of the work {kind}", share=share, kind=kind))
        else:
            parts.append(say("{what} {n} {kind}", what=what, n=number(limit), kind=kind))
    return join(parts)
