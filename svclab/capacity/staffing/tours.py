"""Weekly tours: which shift on which days, for a need that differs by day and by hour.

A tour is a pattern of days off together with a shift for each day of work. With the same shift
all week, x[s, p] people work shift s on the days of pattern p:

    minimise Σ (days of p) c[s] x[s, p]
    with Σ a[s, t] x[s, p] over the tours that work on day d ≥ need[d, t].

Where people may change shifts from day to day, x[p] people have pattern p, y[d, s] of those who
work on day d take shift s, and Σₛ y[d, s] equals those at work on day d, kind by kind.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from svclab.capacity.staffing.days_off import DAYS, Pattern, patterns
from svclab.capacity.staffing.shifts import InfeasibleError, Shift, checked_need, in_words
from svclab.checks import a_count, zero_or_more
from svclab.shown import html_table, text_table
from svclab.words import count, join, number, say

__all__ = ["WeekPlan", "weekly_tours"]


@dataclass(frozen=True, repr=False)
class WeekPlan:
    """People with their days off, and how many work each shift on each day."""

    labels: tuple[str, ...]  # of a day's periods
    need: tuple[tuple[float, ...], ...]  # seven days of people needed in each period
    people: tuple[tuple[str, Pattern, int], ...]  # (shift or kind, days off, people)
    by_day: tuple[tuple[tuple[Shift, int], ...], ...]  # seven days of (shift, people)
    missing_cost: float | None  # cost of one missing person for one period; None: none may miss

    @property
    def heads(self) -> int:
        """People in all."""
        return sum(n for _, _, n in self.people)

    @property
    def pay(self) -> float:
        """Pay of all people for the week."""
        return math.fsum(shift.cost * n for day in self.by_day for shift, n in day)

    @property
    def cost(self) -> float:
        """Pay, and what is charged for missing people."""
        return self.pay + (self.missing_cost or 0.0) * math.fsum(
            gap for day in self.missing for gap in day
        )

    @property
    def at_work(self) -> tuple[tuple[float, ...], ...]:
        """Seven days of people at work in each period."""
        return tuple(
            tuple(
                round(math.fsum(shift.works[t] * n for shift, n in day), 9)
                for t in range(len(self.labels))
            )
            for day in self.by_day
        )

    @property
    def missing(self) -> tuple[tuple[float, ...], ...]:
        """Seven days of people missing in each period."""
        return tuple(
            tuple(max(0.0, d - a) for d, a in zip(wanted, there, strict=True))
            for wanted, there in zip(self.need, self.at_work, strict=True)
        )

    @property
    def efficiency(self) -> float:
        """Share of the worked periods that are needed, 0 to 1."""
        worked = math.fsum(a for day in self.at_work for a in day)
        spare = math.fsum(
            max(0.0, a - d)
            for wanted, there in zip(self.need, self.at_work, strict=True)
            for d, a in zip(wanted, there, strict=True)
        )
        return 1 - spare / worked if worked else 1.0

    def rows(self) -> list[tuple[str, str, str]]:
        """Shift (or kind), days off, and people, for each tour that is used."""
        return [(name, join([DAYS[d] for d in off]), str(n)) for name, off, n in self.people]

    def day_rows(self) -> list[tuple[str, ...]]:
        """For each period, people at work and needed on each day, such as "5 of 4"."""
        return [
            (
                label,
                *(
                    say("{a} for {d}", a=number(self.at_work[d][t]), d=number(self.need[d][t]))
                    for d in range(7)
                ),
            )
            for t, label in enumerate(self.labels)
        ]

    def _title(self) -> str:
        gaps = math.fsum(gap for day in self.missing for gap in day)
        return say(
            "{people}, cost {cost}{gaps}",
            people=count(self.heads, "person", "people"),
            cost=number(self.cost, 2),
            gaps=say(", {n} missing", n=number(gaps)) if gaps else "",
        )

    def __repr__(self) -> str:
        tours = text_table(self._title(), ["tour", "days off", "people"], self.rows())
        return text_table(tours, ["period", *DAYS], self.day_rows(), ["(at work for needed)"])

    def _repr_html_(self) -> str:
        return html_table(self._title(), ["tour", "days off", "people"], self.rows()) + html_table(
            "At work for needed", ["period", *DAYS], self.day_rows()
        )


def weekly_tours(
    need: Sequence[Sequence[float]],
    shifts: Sequence[Shift],
    *,
    labels: Sequence[str] | None = None,
    work_days: Mapping[str, int] | None = None,
    consecutive: bool = True,
    same_shift: bool = True,
    heads_at_most: Mapping[str, int] | None = None,
    missing_cost: float | None = None,
    time_limit: float | None = None,
) -> WeekPlan:
    """The cheapest tours that cover a week.

    Parameters
    ----------
    need : sequence of sequence of float
        Seven days, Monday first, each with the people needed in its periods.
    shifts : sequence of Shift
        As for :func:`svclab.capacity.staffing.covering.cover`; ``cost`` is the pay for one day.
    labels : sequence of str, optional
        Names of a day's periods.
    work_days : mapping, optional
        Kind of shift to days of work a week, 1 to 6; default 5 for every kind.
    consecutive : bool, optional
        Whether days off follow each other, default True.
    same_shift : bool, optional
        Whether a person works the same shift all week (default), or may change from day to day.
    heads_at_most : mapping, optional
        Kind of shift to people of that kind at most.
    missing_cost : float, optional
        What one missing person costs for one period. Left out: nobody may be missing.
    time_limit : float, optional
        Seconds for the solver; the best plan found by then is given.

    Returns
    -------
    WeekPlan

    Raises
    ------
    InfeasibleError
        If the week cannot be covered; it says where.
    ValueError
        For a need that is not seven days of equal length, or shifts that do not fit them.

    References
    ----------
    Baker, K. R. (1976), Workforce allocation in cyclical scheduling problems: a survey,
    Operational Research Quarterly 27, 155-167.

    Examples
    --------
    >>> from svclab.capacity.staffing.shifts import Shift
    >>> early, late = Shift("early", (1, 1, 0), cost=1), Shift("late", (0, 1, 1), cost=1)
    >>> week = weekly_tours([[2, 4, 2]] * 5 + [[1, 2, 1]] * 2, [early, late])
    >>> week.heads, week.cost
    (6, 30.0)
    """
    days, names = _check(need, labels, shifts)
    kinds = list(dict.fromkeys(shift.kind for shift in shifts))
    ways = _ways(kinds, work_days or {}, consecutive)
    limits = {
        kind: a_count(f"heads_at_most[{kind!r}]", most, 0)
        for kind, most in (heads_at_most or {}).items()
    }
    if missing_cost is not None:
        missing_cost = zero_or_more("missing_cost", missing_cost, "a cost")
    model = (days, names, shifts, ways, same_shift, limits, time_limit)
    found = _solve(*model, missing_cost)
    if found is not None:
        return found
    bare = [
        say("{day} {label}", day=DAYS[d], label=label)
        for d in range(7)
        for t, label in enumerate(names)
        if days[d][t] > 0 and not any(shift.works[t] for shift in shifts)
    ]
    if bare:
        raise InfeasibleError(
            say("no shift works at {when}, where people are needed: add one", when=join(bare[:4]))
        )
    nearest = _solve(*model, 1.0, only_missing=True)
    assert nearest is not None  # nobody at all is a plan, at a price
    where = [say("{day} {label}", day=day, label=label) for day in DAYS for label in names]
    raise InfeasibleError(
        say(
            "the week cannot be covered with {limits}: at best there are {missing} missing. Relax "
            "a limit, add a shift, or give missing_cost to let people be missing at a price",
            limits=join([say("at most {n} {k}", n=n, k=k) for k, n in limits.items()]),
            missing=in_words(where, [gap for day in nearest.missing for gap in day]),
        )
    )


Ways = Mapping[str, Sequence[Pattern]]


def _solve(
    days: tuple[tuple[float, ...], ...],
    names: tuple[str, ...],
    shifts: Sequence[Shift],
    ways: Ways,
    same_shift: bool,
    limits: Mapping[str, int],
    time_limit: float | None,
    missing_cost: float | None,
    only_missing: bool = False,
) -> WeekPlan | None:
    import pulp  # here, so that the chapter loads without it

    from svclab.linear import solve

    problem = pulp.LpProblem("tours", pulp.LpMinimize)
    tours, on_day = _tours(problem, shifts, ways, same_shift)
    charges: list[Any] = []
    if not only_missing:
        charges = [s.cost * on_day[d][k] for d in range(7) for k, s in enumerate(shifts)]
    rows = []
    for d, wanted in enumerate(days):
        for t, n in enumerate(wanted):
            there = pulp.lpSum(s.works[t] * on_day[d][k] for k, s in enumerate(shifts))
            if missing_cost is not None:
                miss = problem.add_variable(f"missing_{d}_{t}", 0)
                there += miss
                charges.append(missing_cost * miss)
            if n > 0:
                rows.append((there >= n, f"need_{d}_{t}"))
    problem += pulp.lpSum(charges)
    for row in rows:
        problem += row
    for k, (kind, most) in enumerate(limits.items()):
        heads = [v for (_, of, _), v in tours.items() if of == kind]
        problem += pulp.lpSum(heads) <= most, f"limit_{k}"
    if not same_shift:
        for d in range(7):
            for k, kind in enumerate(ways):
                there = pulp.lpSum(
                    v for (_, of, off), v in tours.items() if of == kind and d not in off
                )
                taken = pulp.lpSum(on_day[d][k] for k, s in enumerate(shifts) if s.kind == kind)
                problem += taken == there, f"all_{d}_{k}"
    solution = solve(problem, time_limit=time_limit)
    if not solution.values:
        if solution.status == "time limit":
            raise RuntimeError(f"no plan was found in {time_limit!r} s: give time_limit more")
        return None
    whole = {v.name: round(solution.values[v.name]) for v in problem.variables()}
    people = [(name, off, whole[v.name]) for (name, _, off), v in tours.items()]
    by_day = [
        [(s, round(pulp.value(on_day[d][k]))) for k, s in enumerate(shifts)] for d in range(7)
    ]
    return WeekPlan(
        names,
        days,
        tuple(one for one in people if one[2]),
        tuple(tuple(one for one in day if one[1]) for day in by_day),
        missing_cost,
    )


def _tours(problem: Any, shifts: Sequence[Shift], ways: Ways, same_shift: bool) -> Any:
    """Variables by (name, kind, days off), and for each day those who take each shift."""
    import pulp

    tours: dict[tuple[str, str, Pattern], Any] = {}
    if same_shift:
        for k, shift in enumerate(shifts):
            for p, off in enumerate(ways[shift.kind]):
                name = (shift.name, shift.kind, off)
                tours[name] = problem.add_variable(f"x_{k}_{p}", 0, cat="Integer")
        on_day = [
            [
                pulp.lpSum(tours[s.name, s.kind, off] for off in ways[s.kind] if d not in off)
                for s in shifts
            ]
            for d in range(7)
        ]
        return tours, on_day
    for k, (kind, kind_ways) in enumerate(ways.items()):
        for p, off in enumerate(kind_ways):
            tours[kind, kind, off] = problem.add_variable(f"x_{k}_{p}", 0, cat="Integer")
    taken = [
        [problem.add_variable(f"y_{d}_{k}", 0, cat="Integer") for k in range(len(shifts))]
        for d in range(7)
    ]
    return tours, taken


def _ways(kinds: Sequence[str], work_days: Mapping[str, int], consecutive: bool) -> Ways:
    for kind, days in work_days.items():
        if kind not in kinds:
            raise ValueError(f"work_days has kind {kind!r}, which no shift has")
        a_count(f"work_days[{kind!r}]", days, 1, 6)  # a day off must be left
    return {kind: patterns(7 - work_days.get(kind, 5), consecutive=consecutive) for kind in kinds}


def _check(
    need: Sequence[Sequence[float]], labels: Sequence[str] | None, shifts: Sequence[Shift]
) -> tuple[tuple[tuple[float, ...], ...], tuple[str, ...]]:
    if len(need) != 7:
        raise ValueError(f"need has {len(need)} days: give seven, Monday first")
    names, _ = checked_need(labels, need[0])
    days = tuple(checked_need(names, day)[1] for day in need)
    if not shifts:
        raise ValueError("shifts is empty: give at least one shift")
    for shift in shifts:
        if len(shift.works) != len(names):
            raise ValueError(
                f"shift {shift.name!r} has {len(shift.works)} periods, a day has {len(names)}"
            )
    if len({shift.name for shift in shifts}) < len(shifts):
        raise ValueError("two shifts have the same name: give each a name of its own")
    return days, names
