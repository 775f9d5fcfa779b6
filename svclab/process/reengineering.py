"""One case manager instead of a line of departments (P-34, E-10).

The table form (:mod:`svclab.process.handoffs`, to be had from here too) takes the waits as they
are. The queueing form explains them: every department is an M/M/c queue. Departures from such a
queue are again Poisson (Burke, 1956, "The output of a queuing system", *Operations Research* 4),
so the mean times of the departments can be added up.

The step from the line to the case managers is taken apart into effects, each by changing one
thing at a time, with the same number of people throughout:

1. **one queue for a case**: each person does whole cases, alone, from an own queue
   (this evens out departments that are loaded unevenly, too);
2. **pooling**: all of them share one queue;
3. **setup saved**: a case is read into once, not at every desk;
4. **speed lost**: somebody who does everything is slower than a specialist;
5. **specialists**: a share of the cases needs one; they are taken out of the same staff.

That the gain of integrated work can be estimated in this way, and depends on how the queues are
organised, is the point of Loch (1998), "Operations management and reengineering", *European
Management Journal* 16(3). The story is MBL's, told by Hammer (1990), "Reengineering work: don't
automate, obliterate", *Harvard Business Review*: 30 steps and 5 departments, 5 to 25 days.

What the model leaves out: nights and weekends, batches (post once a day), priorities, cases
that come back. Work times are exponential; real ones vary less, so real queues are shorter.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from svclab.checks import a_share, above_zero, zero_or_more
from svclab.process.handoffs import (
    Department,
    Design,
    case_manager_line,
    check_departments,
    handoff_line,
)
from svclab.process.model import HOUR
from svclab.shown import html_table, text_table
from svclab.words import count, duration, percent, say

__all__ = [
    "CaseManagerEffects",
    "Department",
    "Design",
    "QueueStage",
    "case_manager_effects",
    "case_manager_line",
    "handoff_line",
    "utilisation_that_explains",
]


def utilisation_that_explains(*, work_seconds: float, flow_time_seconds: float) -> float:
    """How busy equal one-person departments must be so that queueing alone explains a flow time.

    For k equal M/M/1 queues in a row with total work W: T = W / (1 − ρ), whatever k is, so
    ρ = 1 − W/T.

    Parameters
    ----------
    work_seconds : float
        Seconds of work on a case, all departments together, above zero.
    flow_time_seconds : float
        Seconds from beginning to end, in working time, at least the work.

    Returns
    -------
    float
        A utilisation, 0 to below 1.

    Raises
    ------
    ValueError
        If the flow time is shorter than the work.

    Examples
    --------
    MBL: 17 minutes in 5 working days of 8 hours (the working day is an assumption). Nobody
    runs offices at 99%: so queues alone are not the reason, and batches, nights, and lost
    papers must be part of it.

    >>> round(utilisation_that_explains(work_seconds=17 * 60, flow_time_seconds=5 * 8 * 3600), 4)
    0.9929
    """
    if not (0 < work_seconds <= flow_time_seconds < math.inf):
        raise ValueError(
            f"work_seconds={work_seconds!r} and flow_time_seconds={flow_time_seconds!r}: the work "
            "must be above zero and not longer than the flow time"
        )
    return 1 - work_seconds / flow_time_seconds


def _erlang_c(servers: int, load: float) -> float:
    """Probability of having to wait in M/M/c (Erlang, 1917), by the recursion of Erlang B."""
    blocked = 1.0
    for n in range(1, servers + 1):
        blocked = load * blocked / (n + load * blocked)
    return blocked / (1 - load / servers * (1 - blocked))


def _wait(servers: int, rate_per_hour: float, service_seconds: float) -> float:
    """Mean seconds in the queue of M/M/c; infinite if it is overloaded."""
    load = rate_per_hour * service_seconds / HOUR
    if load == 0:
        return 0.0
    if load >= servers:
        return math.inf
    return _erlang_c(servers, load) * service_seconds / (servers - load)


@dataclass(frozen=True)
class QueueStage:
    """The process after one more change; means over all cases."""

    name: str
    work_seconds: float  # seconds of work on a case, reading-in included
    wait_seconds: float  # seconds in queues; infinite if a queue is overloaded
    utilisation: float  # of the busiest queue; 1 or more means overloaded
    effect_seconds: float | None  # change of the flow time by this step; None if not defined

    @property
    def flow_time_seconds(self) -> float:
        """Mean seconds from arrival to completion; infinite if overloaded."""
        return self.work_seconds + self.wait_seconds

    @property
    def stable(self) -> bool:
        """Whether no queue grows without bound."""
        return self.utilisation < 1


@dataclass(frozen=True, repr=False)
class CaseManagerEffects:
    """From the hand-off line to case managers, one change at a time."""

    arrivals_per_hour: float
    staff: int  # people, the same in every stage
    stages: tuple[QueueStage, ...]  # the line first, the finished design last

    @property
    def before(self) -> QueueStage:
        """The hand-off line."""
        return self.stages[0]

    @property
    def after(self) -> QueueStage:
        """The case managers with all effects."""
        return self.stages[-1]

    @property
    def summary(self) -> str:
        """The comparison in a sentence."""
        staff = count(self.staff, "person", "people")
        before = duration(self.before.flow_time_seconds)
        if not self.after.stable:
            return say(
                "With {staff} the line takes {before}; the case managers cannot keep up: they "
                "would be busy {busy} of the time, so give them more people.",
                staff=staff,
                before=before,
                busy=percent(self.after.utilisation),
            )
        return say(
            "With {staff} the flow time goes from {before} to {after}.",
            staff=staff,
            before=before,
            after=duration(self.after.flow_time_seconds),
        )

    def _table(self) -> tuple[list[str], list[list[str]]]:
        rows = []
        for s in self.stages:
            effect = "" if s.effect_seconds is None else str(duration(s.effect_seconds))
            times = (s.work_seconds, s.wait_seconds, s.flow_time_seconds)
            rows.append([s.name, *(_shown(t) for t in times), effect])
            rows[-1].append(str(percent(s.utilisation)))
        return ["stage", "work", "waiting", "flow time", "effect", "utilisation"], rows

    def __repr__(self) -> str:
        return text_table(self.summary, *self._table())

    def _repr_html_(self) -> str:
        return html_table(self.summary, *self._table())


def _shown(time: float) -> str:
    return str(duration(time)) if math.isfinite(time) else "unlimited"


def _stage(
    name: str, queues: Sequence[tuple[int, float, float, float]], before: QueueStage | None
) -> QueueStage:
    """A stage from its queues: servers, arrivals an hour, seconds, and visits of a case."""
    waits = [visits * _wait(c, rate, time) for c, rate, time, visits in queues if visits]
    wait = math.fsum(waits) if all(math.isfinite(w) for w in waits) else math.inf
    work = math.fsum(visits * time for _, _, time, visits in queues)
    busiest = max(rate * time / HOUR / c for c, rate, time, _ in queues)
    effect = None if before is None else work + wait - before.flow_time_seconds
    if effect is not None and not math.isfinite(effect):
        effect = None
    return QueueStage(name, work, wait, busiest, effect)


def case_manager_effects(
    departments: Sequence[Department],
    *,
    arrivals_per_hour: float,
    setup_seconds: float = 0.0,
    work_factor: float = 1.0,
    specialist_share: float = 0.0,
    specialist_work_seconds: float = 0.0,
    specialists: int = 0,
) -> CaseManagerEffects:
    """What case managers do to the flow time, effect by effect, with the same staff.

    With departments wᵢ, cᵢ, setup s, n = Σcᵢ and W = Σ(wᵢ + s):
    line: M/M/cᵢ each; one queue for a case: n times M/M/1 with λ/n and W; pooling: M/M/n
    with λ and W; setup saved: s + Σwᵢ; speed lost: s + factor·Σwᵢ; specialists: M/M/(n − m)
    for the managers and M/M/m with share·λ for m specialists.

    Parameters
    ----------
    departments : sequence of Department
        With work and staff; their given waits are not used.
    arrivals_per_hour : float
        Cases per hour, above zero.
    setup_seconds : float, optional
        Seconds to read into a case at each desk.
    work_factor : float, optional
        Time of the generalist over that of the specialists, above zero; 1.2 = 20% slower.
    specialist_share : float, optional
        Share of cases that go on to a specialist, 0 to 1.
    specialist_work_seconds : float, optional
        Seconds of work there, with the same setup on top.
    specialists : int, optional
        How many of the staff are specialists; needed if the share is above zero.

    Returns
    -------
    CaseManagerEffects
        Stages with flow time and the effect of each; an overloaded stage has infinite times.

    Raises
    ------
    ValueError
        For values outside their range, or if the hand-off line itself is overloaded.

    Examples
    --------
    Five departments of invented size share MBL's 17 minutes and 19 people; 2 minutes to read
    into a case are invented too.

    >>> line = [Department(f"department {i}", 17 * 60 / 5, staff=4 if i < 5 else 3)
    ...         for i in range(1, 6)]
    >>> case_manager_effects(line, arrivals_per_hour=32, setup_seconds=120)
    With 19 people the flow time goes from 77.5 min to 19 min.
      stage                    work   waiting  flow time     effect  utilisation
      hand-off line          27 min  50.5 min   77.5 min                     96%
      one queue for a case   27 min  84.5 min  111.5 min     34 min        75.8%
      one queue for all      27 min    64.6 s   28.1 min  −83.4 min        75.8%
      read into a case once  19 min     1.2 s     19 min   −9.1 min        53.3%
    """
    given = check_departments(departments)
    above_zero("arrivals_per_hour", arrivals_per_hour, "customers per hour")
    zero_or_more("setup_seconds", setup_seconds, "a number of seconds")
    zero_or_more("specialist_work_seconds", specialist_work_seconds, "a number of seconds")
    a_share("specialist_share", specialist_share)
    above_zero("work_factor", work_factor)
    staff = sum(d.staff for d in given)
    if specialist_share > 0 and not 0 < specialists < staff:
        raise ValueError(
            f"specialists={specialists!r}: with specialist_share={specialist_share:g} give at "
            f"least 1 and leave at least one case manager of the {staff} people"
        )
    for d in given:
        load = arrivals_per_hour * (d.work_seconds + setup_seconds) / HOUR
        if load >= d.staff:
            raise ValueError(
                f"department {d.name!r}: staff={d.staff} cannot carry a load of {load:.2f} people: "
                "the queue grows without bound; give it more people or fewer arrivals"
            )
    rate = arrivals_per_hour
    work = math.fsum(d.work_seconds for d in given)
    whole = work + len(given) * setup_seconds
    slower = setup_seconds + work_factor * work
    line = [(d.staff, rate, d.work_seconds + setup_seconds, 1.0) for d in given]
    plans: list[tuple[str, list[tuple[int, float, float, float]]]] = [
        ("hand-off line", line),
        ("one queue for a case", [(1, rate / staff, whole, 1.0)]),
        ("one queue for all", [(staff, rate, whole, 1.0)]),
        ("read into a case once", [(staff, rate, setup_seconds + work, 1.0)]),
    ]
    if work_factor != 1:
        plans.append(("generalist's speed", [(staff, rate, slower, 1.0)]))
    if specialist_share > 0:
        managers = (staff - specialists, rate, slower, 1.0)
        time = setup_seconds + specialist_work_seconds
        experts = (specialists, specialist_share * rate, time, specialist_share)
        plans.append(("specialists", [managers, experts]))
    stages: list[QueueStage] = []
    for name, queues in plans:
        stages.append(_stage(name, queues, stages[-1] if stages else None))
    return CaseManagerEffects(arrivals_per_hour, staff, tuple(stages))
