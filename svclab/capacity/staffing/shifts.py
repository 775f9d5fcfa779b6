"""Shifts: the cheapest set that covers what each period of the day needs.

This is the set covering model of Dantzig (1954). With x[s] people on shift s, and a[s, t] = 1 if
shift s works in period t:

    minimise Σ c[s] x[s]   with   Σ a[s, t] x[s] ≥ need[t] for each period, x[s] whole.

Breaks are periods in which a shift does not work; part-timers are short shifts with limits.
Whoever covers a peak is there before and after it too: the difference between the hours needed
and the hours paid is the price of shifts.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from svclab.checks import a_count, a_share, zero_or_more
from svclab.shown import html_table, text_table
from svclab.words import count, join, number, say

__all__ = ["InfeasibleError", "Shift", "ShiftPlan", "every_shift"]


@dataclass(frozen=True)
class Shift:
    """When a person works who is given this shift.

    Parameters
    ----------
    name : str
        Unlike all others, such as "08:00 to 16:00".
    works : sequence of float
        For each period of the day 1 (works) or 0 (off, or on a break); a share between them if
        that share of the shift's people works then, as when half go to lunch first.
    cost : float
        Pay for one person on this shift, zero or more.
    kind : str, optional
        What limits refer to, default "full-time".

    Examples
    --------
    >>> Shift("early", (1, 1, 0, 1, 0), cost=80).periods
    3.0
    """

    name: str
    works: Sequence[float]
    cost: float = field(kw_only=True)
    kind: str = field(default="full-time", kw_only=True)

    def __post_init__(self) -> None:
        if not self.name.strip():
            raise ValueError(f"name={self.name!r}: give each shift a name")
        works = tuple(
            a_share(f"{self.name!r}: works[{t}]", share) for t, share in enumerate(self.works)
        )
        if not any(works):
            raise ValueError(f"{self.name!r}: works={works!r}: let it work in a period at least")
        zero_or_more(f"{self.name!r}: cost", self.cost, "a cost")
        object.__setattr__(self, "works", works)

    @property
    def periods(self) -> float:
        """Periods that a person on this shift works, breaks left out."""
        return math.fsum(self.works)


def every_shift(
    labels: Sequence[str],
    *,
    length: int,
    cost: float,
    kind: str = "full-time",
    starts: Iterable[int] | None = None,
    breaks: Sequence[int] = (),
    around_the_clock: bool = False,
) -> list[Shift]:
    """All shifts of one length: one for each start, and for each place of the break.

    Parameters
    ----------
    labels : sequence of str
        Names of the day's periods, such as "08:00".
    length : int
        Periods from beginning to end, the break included.
    cost : float
        Pay for one person on such a shift.
    kind : str, optional
        Such as "full-time" (default) or "part-time".
    starts : iterable of int, optional
        Numbers of the periods in which a shift may begin; left out: all from which it fits.
    breaks : sequence of int, optional
        How many periods after the start the break may lie, one period long; left out: no break.
    around_the_clock : bool, optional
        Whether shifts may run over midnight into the first periods.

    Returns
    -------
    list of Shift

    Raises
    ------
    ValueError
        For a length, start or break that does not fit into the day.

    Examples
    --------
    >>> [(s.name, s.works) for s in every_shift(["9", "10", "11", "12"], length=3, cost=60,
    ...                                         breaks=[1])]
    [('9, 3 long, break 10', (1.0, 0.0, 1.0, 0.0)), ('10, 3 long, break 11', (0.0, 1.0, 0.0, 1.0))]
    """
    n = len(labels)
    if a_count("length", length, 1) > n:
        raise ValueError(f"length={length} is longer than the day of {n} periods: give less")
    last = n if around_the_clock else n - length + 1
    begin = list(range(last)) if starts is None else list(starts)
    for start in begin:
        if not 0 <= start < last:
            raise ValueError(
                f"starts has {start!r}: a shift of {length} periods begins in period 0 to "
                f"{last - 1}"
            )
    for pause in breaks:
        if not 0 < pause < length - 1:
            raise ValueError(
                f"breaks has {pause!r}: a break lies inside the shift, 1 to {length - 2} periods "
                "after its start"
            )
    found = []
    for start in begin:
        for pause in breaks or (-1,):  # -1: no break
            works = [0.0] * n
            for k in range(length):
                if k != pause:
                    works[(start + k) % n] = 1.0
            name = say("{start}, {length} long", start=labels[start], length=length)
            if pause >= 0:
                name = say("{name}, break {at}", name=name, at=labels[(start + pause) % n])
            found.append(Shift(name, works, cost=cost, kind=kind))
    return found


@dataclass(frozen=True, repr=False)
class ShiftPlan:
    """How many people work each shift, and how the periods are covered by them."""

    labels: tuple[str, ...]  # of the periods
    need: tuple[float, ...]  # people needed in each period
    people: tuple[tuple[Shift, int], ...]  # shifts that are used, with their people
    missing_cost: float | None  # cost of one missing person for one period; None: none may miss
    spare_cost: float  # cost of one person too many for one period

    @property
    def pay(self) -> float:
        """Pay of all people."""
        return math.fsum(shift.cost * n for shift, n in self.people)

    @property
    def cost(self) -> float:
        """Pay, and what is charged for people missing or too many."""
        return (
            self.pay
            + (self.missing_cost or 0.0) * math.fsum(self.missing)
            + (self.spare_cost * math.fsum(self.spare))
        )

    @property
    def heads(self) -> int:
        """People on all shifts."""
        return sum(n for _, n in self.people)

    def heads_of(self, kind: str) -> int:
        """People on the shifts of one kind."""
        return sum(n for shift, n in self.people if shift.kind == kind)

    @property
    def at_work(self) -> tuple[float, ...]:
        """People at work in each period."""
        return tuple(
            round(math.fsum(shift.works[t] * n for shift, n in self.people), 9)
            for t in range(len(self.need))
        )

    @property
    def missing(self) -> tuple[float, ...]:
        """People missing in each period."""
        return tuple(max(0.0, d - a) for d, a in zip(self.need, self.at_work, strict=True))

    @property
    def spare(self) -> tuple[float, ...]:
        """People more than needed in each period."""
        return tuple(max(0.0, a - d) for d, a in zip(self.need, self.at_work, strict=True))

    @property
    def efficiency(self) -> float:
        """Share of the worked periods that are needed, 0 to 1."""
        worked = math.fsum(self.at_work)
        return 1 - math.fsum(self.spare) / worked if worked else 1.0

    def rows(self) -> list[tuple[str, str, str, str]]:
        """Period, people needed, at work, and the difference."""
        rows = []
        for label, need, there in zip(self.labels, self.need, self.at_work, strict=True):
            gap = there - need
            shown = say("+{n}", n=number(gap)) if gap > 0 else str(number(gap))
            rows.append((label, str(number(need)), str(number(there)), "" if gap == 0 else shown))
        return rows

    def shift_rows(self) -> list[tuple[str, str, str]]:
        """Shift, kind and people, of the shifts that are used."""
        return [(shift.name, shift.kind, str(n)) for shift, n in self.people]

    def _title(self) -> str:
        text = say(
            "{people}, cost {cost}",
            people=count(self.heads, "person", "people"),
            cost=number(self.cost, 2),
        )
        if any(self.missing):
            text += say(", {n} missing", n=number(math.fsum(self.missing)))
        return text

    def __repr__(self) -> str:
        shifts = text_table(self._title(), ["shift", "kind", "people"], self.shift_rows())
        return text_table(shifts, ["period", "needed", "at work", "difference"], self.rows())

    def _repr_html_(self) -> str:
        return html_table(
            self._title(), ["shift", "kind", "people"], self.shift_rows()
        ) + html_table("People at work", ["period", "needed", "at work", "difference"], self.rows())


class InfeasibleError(ValueError):
    """A need that cannot be covered; says why, and has the plan that comes nearest."""

    def __init__(self, message: str, nearest: ShiftPlan | None = None) -> None:
        super().__init__(message)
        self.nearest = nearest


def checked_need(labels: Sequence[str] | None, need: Sequence[float]) -> tuple[Any, Any]:
    """Labels and needs of the periods, checked."""
    needs = tuple(zero_or_more(f"need[{t}]", n, "people") for t, n in enumerate(need))
    if not needs:
        raise ValueError("need is empty: give the people needed in each period")
    names = tuple(labels) if labels is not None else tuple(str(t + 1) for t in range(len(needs)))
    if len(names) != len(needs):
        raise ValueError(f"labels has {len(names)} entries for {len(needs)} periods")
    return names, needs


def in_words(labels: Sequence[str], missing: Sequence[float]) -> str:
    """Where people are missing: "2 at 12:00 and 1 at 13:00"."""
    parts = [
        say("{n} at {label}", n=number(gap), label=label)
        for label, gap in zip(labels, missing, strict=True)
        if gap > 1e-9
    ]
    if len(parts) > 4:
        more = count(len(parts) - 3, "more period")
        parts = [*parts[:3], str(more)]
    return join(parts)
