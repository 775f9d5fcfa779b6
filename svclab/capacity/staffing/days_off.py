"""Days off: how many people a week needs when each works five days and then has two off.

People on each day may not be people in all: whoever works today is off on another day. With x[p]
people on days-off pattern p:

    minimise Σ x[p]   with   Σ x[p] over the patterns that work on day d ≥ need[d].

It is the shift model of :mod:`svclab.capacity.staffing.covering`, with days for periods.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from svclab.capacity.staffing.covering import cover
from svclab.capacity.staffing.shifts import Shift
from svclab.checks import a_count, zero_or_more
from svclab.shown import html_table, text_table
from svclab.words import count, join, say

__all__ = ["DAYS", "DaysOffPlan", "days_off", "days_off_by_hand", "patterns", "people_bound"]

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")

Pattern = tuple[int, ...]  # days off, by number; Monday is 0


@dataclass(frozen=True, repr=False)
class DaysOffPlan:
    """How many people have which days off."""

    need: tuple[int, ...]  # people needed on each day
    people: tuple[tuple[Pattern, int], ...]  # patterns of days off that are used
    day_pay: tuple[float, ...]  # pay of one person for each day

    @property
    def heads(self) -> int:
        """People in all."""
        return sum(n for _, n in self.people)

    @property
    def at_work(self) -> tuple[int, ...]:
        """People at work on each day."""
        return tuple(
            sum(n for off, n in self.people if day not in off) for day in range(len(self.need))
        )

    @property
    def spare(self) -> tuple[int, ...]:
        """People more than needed on each day."""
        return tuple(a - d for d, a in zip(self.need, self.at_work, strict=True))

    @property
    def pay(self) -> float:
        """Pay of all people for the week."""
        return math.fsum(p * n for p, n in zip(self.day_pay, self.at_work, strict=True))

    def rows(self) -> list[tuple[str, ...]]:
        """A line for each pattern that is used, and three for the days."""
        rows = [
            (_name(off), *("" if d in off else str(n) for d in range(7))) for off, n in self.people
        ]
        for name, values in (
            ("at work", self.at_work),
            ("needed", self.need),
            ("spare", self.spare),
        ):
            rows.append((name, *map(str, values)))
        return rows

    def _title(self) -> str:
        return say(
            "{people}, {spare} of {days} spare",
            people=count(self.heads, "person", "people"),
            spare=sum(self.spare),
            days=count(sum(self.at_work), "day at work", "days at work"),
        )

    def __repr__(self) -> str:
        return text_table(self._title(), ["days off", *DAYS], self.rows())

    def _repr_html_(self) -> str:
        return html_table(self._title(), ["days off", *DAYS], self.rows())


def patterns(days_off: int = 2, *, consecutive: bool = True) -> list[Pattern]:
    """The ways to have so many days off in a week that repeats; Monday is 0.

    Examples
    --------
    >>> patterns()
    [(0, 1), (1, 2), (2, 3), (3, 4), (4, 5), (5, 6), (6, 0)]
    >>> len(patterns(consecutive=False))
    21
    """
    off = a_count("days_off", days_off, 1, 6)  # a day of work must be left
    if not consecutive:
        return list(combinations(range(7), off))
    return [tuple((first + k) % 7 for k in range(off)) for first in range(7)]


def people_bound(need: Sequence[int], *, days_off: int = 2) -> int:
    """So many people are needed at the least, whatever their days off.

    Nobody is there twice on a day, and each works 7 - k days:

        people ≥ max(largest need, need of the whole week / (7 - k)).

    It is exact where days off need not follow each other; consecutive days off may take more.

    Parameters
    ----------
    need : sequence of int
        People needed on each of the seven days.
    days_off : int, optional
        k, default 2.

    References
    ----------
    Baker, K. R. (1974), Scheduling a full-time workforce to meet cyclic staffing requirements,
    Management Science 20, 1561-1568.

    Examples
    --------
    >>> people_bound([17, 13, 15, 19, 14, 16, 11])
    21
    """
    days = _week(need)
    return max(max(days), -(-sum(days) // (7 - days_off)))


def days_off(
    need: Sequence[int],
    *,
    days_off: int = 2,
    consecutive: bool = True,
    day_pay: Sequence[float] | None = None,
) -> DaysOffPlan:
    """The fewest people, or the cheapest, who cover the week with regular days off.

    Parameters
    ----------
    need : sequence of int
        People needed on each of the seven days, Monday first.
    days_off : int, optional
        Days off a week, default 2.
    consecutive : bool, optional
        Whether they follow each other (Sunday and Monday do too), default True.
    day_pay : sequence of float, optional
        Pay of one person for each day, for a dearer weekend. Left out: every day costs 1.

    Returns
    -------
    DaysOffPlan
        One of the best; where several are equally good, any of them.

    Raises
    ------
    ValueError
        If there are not seven days, or numbers that are not whole.

    References
    ----------
    Baker (1974), as for :func:`people_bound`.

    Examples
    --------
    >>> plan = days_off([17, 13, 15, 19, 14, 16, 11])
    >>> plan.heads, min(plan.spare), sum(plan.at_work)
    (23, 0, 115)
    """
    days = _week(need)
    pay = [1.0] * 7 if day_pay is None else [zero_or_more("day_pay", p, "pay") for p in day_pay]
    if len(pay) != 7:
        raise ValueError(f"day_pay has {len(pay)} entries: give one for each of the seven days")
    ways = patterns(days_off, consecutive=consecutive)
    works = [[float(d not in off) for d in range(7)] for off in ways]
    shifts = [
        Shift(_name(off), there, cost=math.fsum(p * w for p, w in zip(pay, there, strict=True)))
        for off, there in zip(ways, works, strict=True)
    ]
    people = {shift.name: n for shift, n in cover(days, shifts, labels=DAYS).people}
    used = tuple((off, people[_name(off)]) for off in ways if _name(off) in people)
    return DaysOffPlan(days, used, tuple(pay))


def days_off_by_hand(need: Sequence[int]) -> DaysOffPlan:
    """Two days off in a row for one person after the other, as with pencil and paper.

    Give the next person those two neighbouring days off whose larger need is smallest (then:
    whose sum is smallest), let him or her work on the other five, and go on until nobody is
    needed. It is a short rule of the kind that textbooks teach for the problem of Tibrewala,
    Philippe and Browne (1972), not their own procedure: it finds the fewest people nearly always,
    not always, so :func:`days_off` has the last word.

    Parameters
    ----------
    need : sequence of int
        People needed on each of the seven days, Monday first.

    Returns
    -------
    DaysOffPlan

    References
    ----------
    Tibrewala, R., Philippe, D. and Browne, J. (1972), Optimal scheduling of two consecutive idle
    periods, Management Science 19, 71-75.

    Examples
    --------
    >>> days_off_by_hand([17, 13, 15, 19, 14, 16, 11]).heads
    23
    >>> days_off_by_hand([1, 1, 2, 3, 0, 3, 2]).heads, days_off([1, 1, 2, 3, 0, 3, 2]).heads
    (4, 3)
    """
    days = _week(need)
    left, ways = list(days), patterns()
    used = dict.fromkeys(ways, 0)
    while any(left):
        off = min(ways, key=lambda pair: (max(left[d] for d in pair), sum(left[d] for d in pair)))
        used[off] += 1
        left = [n if d in off else max(0, n - 1) for d, n in enumerate(left)]
    return DaysOffPlan(days, tuple((off, n) for off, n in used.items() if n), (1.0,) * 7)


def _name(off: Pattern) -> str:
    return join(DAYS[d] for d in off) + " off"


def _week(need: Sequence[int]) -> tuple[int, ...]:
    days = tuple(a_count(f"need[{d}]", n, 0) for d, n in enumerate(need))
    if len(days) != 7:
        raise ValueError(f"need has {len(days)} entries: give one for each of the seven days")
    return days
