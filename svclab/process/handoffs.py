"""A line of departments against one case manager, as a table: work, waits and hand-offs.

The waits are taken as they are; :mod:`svclab.process.reengineering` explains them by queues.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from svclab.checks import a_count, a_share, above_zero, zero_or_more
from svclab.words import Quantity, duration, percent, say

__all__ = ["Department", "Design", "case_manager_line", "handoff_line"]


@dataclass(frozen=True)
class Department:
    """One desk that a case passes.

    Parameters
    ----------
    name : str
        What it is called.
    work_seconds : float
        Seconds of work on one case.
    wait_seconds : float, optional
        Seconds that a case waits here before the work; only the table form uses it.
    staff : int, optional
        How many people work here; only the queueing form uses it.
    """

    name: str
    work_seconds: float
    wait_seconds: float = 0.0
    staff: int = 1

    def __post_init__(self) -> None:
        zero_or_more(
            f"department {self.name!r}: work_seconds", self.work_seconds, "a number of seconds"
        )
        zero_or_more(
            f"department {self.name!r}: wait_seconds", self.wait_seconds, "a number of seconds"
        )
        a_count(f"department {self.name!r}: staff", self.staff, 1)


@dataclass(frozen=True)
class Design:
    """Times of one design of the process; means over all cases."""

    name: str
    work_seconds: float  # seconds of work on a case
    wait_seconds: float  # seconds that a case lies waiting
    handoffs: float  # how often a case changes hands

    @property
    def flow_time_seconds(self) -> float:
        """Seconds from beginning to end."""
        return self.work_seconds + self.wait_seconds

    @property
    def efficiency(self) -> float:
        """Work / flow time: how much of the time somebody works on the case."""
        return self.work_seconds / self.flow_time_seconds if self.flow_time_seconds else 0.0

    def __repr__(self) -> str:
        return say(
            "{name}: {flow}, of which {work} work ({share}), {handoffs}",
            name=self.name,
            flow=duration(self.flow_time_seconds),
            work=duration(self.work_seconds),
            share=percent(self.efficiency, 2),
            handoffs=_times(self.handoffs),
        )


def _times(handoffs: float) -> str:
    return str(Quantity(handoffs, "hand-off", 2, "hand-offs"))


def check_departments(departments: Sequence[Department]) -> tuple[Department, ...]:
    given = tuple(departments)
    if not given:
        raise ValueError("departments is empty: give at least one Department")
    return given


def handoff_line(departments: Sequence[Department], *, setup_seconds: float = 0.0) -> Design:
    """The line as a table: work and waits of all departments, one hand-off between neighbours.

    Parameters
    ----------
    departments : sequence of Department
        In the order in which a case passes them.
    setup_seconds : float, optional
        Seconds to read into a case at each desk, on top of its work.

    Returns
    -------
    Design

    Examples
    --------
    MBL (source: the course material): 17 minutes of work over 5 departments, at best 24 hours.
    Equal shares are invented.

    >>> wait = (24 * 3600 - 17 * 60) / 5
    >>> handoff_line([Department(f"department {i}", 17 * 60 / 5, wait) for i in range(1, 6)])
    hand-off line: 24 h, of which 17 min work (1.18%), 4 hand-offs
    """
    given = check_departments(departments)
    zero_or_more("setup_seconds", setup_seconds, "a number of seconds")
    return Design(
        "hand-off line",
        math.fsum(d.work_seconds + setup_seconds for d in given),
        math.fsum(d.wait_seconds for d in given),
        len(given) - 1,
    )


def case_manager_line(
    departments: Sequence[Department],
    *,
    manager_wait_seconds: float,
    setup_seconds: float = 0.0,
    work_factor: float = 1.0,
    specialist_share: float = 0.0,
    specialist_work_seconds: float = 0.0,
    specialist_wait_seconds: float = 0.0,
) -> Design:
    """One case manager does the work of all departments; some cases go on to a specialist.

    work = setup + factor · Σ work + share · (setup + specialist work);
    wait = manager's wait + share · specialist's wait; hand-offs = share.

    Parameters
    ----------
    departments : sequence of Department
        Those whose work the case manager takes over; their waits go.
    manager_wait_seconds : float
        Seconds that a case waits for its manager.
    setup_seconds : float, optional
        Seconds to read into a case, once for the manager and once for the specialist.
    work_factor : float, optional
        Time of the generalist over that of the specialists, above zero.
    specialist_share : float, optional
        Share of the cases that need a specialist, 0 to 1.
    specialist_work_seconds, specialist_wait_seconds : float, optional
        Seconds of work and of waiting there.

    Returns
    -------
    Design

    Raises
    ------
    ValueError
        For a value outside its range.

    Examples
    --------
    >>> case_manager_line([Department("entry", 300), Department("check", 720)],
    ...                   manager_wait_seconds=3600, specialist_share=.1,
    ...                   specialist_work_seconds=600, specialist_wait_seconds=7200)
    case manager: 90 min, of which 18 min work (20%), 0.1 hand-offs
    """
    given = check_departments(departments)
    a_share("specialist_share", specialist_share)
    above_zero("work_factor", work_factor)
    for name, value in (
        ("manager_wait_seconds", manager_wait_seconds),
        ("setup_seconds", setup_seconds),
        ("specialist_work_seconds", specialist_work_seconds),
        ("specialist_wait_seconds", specialist_wait_seconds),
    ):
        zero_or_more(name, value, "a number of seconds")
    own = setup_seconds + work_factor * math.fsum(d.work_seconds for d in given)
    return Design(
        "case manager",
        own + specialist_share * (setup_seconds + specialist_work_seconds),
        manager_wait_seconds + specialist_share * specialist_wait_seconds,
        specialist_share,
    )
