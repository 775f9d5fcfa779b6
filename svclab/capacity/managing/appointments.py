"""Appointment rules compared on many sessions, by what pulls against each other.

The patients' wait, the servers' idle time and the overtime cannot all be small. Every rule meets
the same patients (common random numbers), so that differences show early.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from svclab.capacity.managing.sessions import Patients, check_patients, draw_patients, served
from svclab.checks import a_count
from svclab.intervals import Estimate, estimate
from svclab.shown import html_table
from svclab.words import minutes, say

__all__ = ["Comparison", "Scheduled", "compare"]


@dataclass(frozen=True, repr=False)
class Scheduled:
    """How a schedule did over many sessions; minutes, with confidence intervals."""

    name: str
    wait: Estimate  # mean wait of those who came with an appointment, a session each
    idle: Estimate  # servers' idle time in a session
    overtime: Estimate  # time worked after the session's end
    walk_in_wait: Estimate | None  # the same for walk-ins, over sessions that had some; or None

    def cost(self, *, wait: float, idle: float, overtime: float, patients: float = 1) -> float:
        """Weighted sum of the means; ``wait`` is the price of a minute of one patient."""
        return math.fsum(
            (
                wait * patients * self.wait.mean,
                idle * self.idle.mean,
                overtime * self.overtime.mean,
            )
        )

    def __repr__(self) -> str:
        return say(
            "{name}: wait {wait}, idle {idle}, overtime {over} a session",
            name=self.name,
            wait=_shown(self.wait),
            idle=_shown(self.idle),
            over=_shown(self.overtime),
        )


@dataclass(frozen=True, repr=False)
class Comparison:
    """Several schedules on the same patients."""

    rows: tuple[Scheduled, ...]
    waits: Mapping[str, tuple[float, ...]]  # by schedule: mean wait of each session, minutes
    sessions: int

    def __getitem__(self, name: str) -> Scheduled:
        for row in self.rows:
            if row.name == name:
                return row
        raise KeyError(f"no schedule {name!r}; there are {', '.join(r.name for r in self.rows)}")

    def difference(self, one: str, other: str, *, confidence: float = 0.95) -> Estimate:
        """How much longer patients wait under one schedule than under the other, minutes.

        Session by session on the same patients: much surer than two separate intervals.
        """
        pairs = zip(self.waits[self[one].name], self.waits[self[other].name], strict=True)
        return estimate([a - b for a, b in pairs], confidence=confidence)

    def __repr__(self) -> str:
        return "\n".join(repr(row) for row in self.rows)

    def _repr_html_(self) -> str:
        walking = any(row.walk_in_wait for row in self.rows)
        head = ["schedule", "wait", *(["wait of walk-ins"] if walking else []), "idle", "overtime"]
        body = []
        for row in self.rows:
            extra = [_shown(row.walk_in_wait) if row.walk_in_wait else "–"] if walking else []
            body.append(
                [row.name, _shown(row.wait), *extra, _shown(row.idle), _shown(row.overtime)]
            )
        share = self.rows[0].wait.confidence
        note = f"Means over {self.sessions} sessions, ± is the {share:.0%} interval."
        return html_table("Minutes a patient and a session", head, body, notes=[note])


def compare(
    schedules: Mapping[str, Sequence[float]],
    *,
    length: float,
    sessions: int = 500,
    servers: int = 1,
    seed: int | str,
    confidence: float = 0.95,
    **patients: Any,
) -> Comparison:
    """Several schedules on the same patients.

    Parameters
    ----------
    schedules : mapping
        Name to appointed times; all with the same number of patients.
    length : float
        Minutes after which the server works overtime; walk-ins come until then.
    sessions : int
        How many are simulated; two or more.
    servers : int
        Doctors, mechanics.
    seed : int or str
        Session k draws its patients from ``seed/k`` for every schedule (common random numbers):
        differences are surer than the intervals of the single rows suggest; see
        :meth:`Comparison.difference`.
    confidence : float
        Such as 0.95.
    **patients
        What :func:`.draw_patients` takes: service_minutes, spread, no_show, late_minutes,
        late_deviation, walk_ins_per_hour.

    Examples
    --------
    >>> from svclab.capacity.managing.schedules import bailey_welch, equal
    >>> found = compare({"equal": equal(6, 10), "Bailey-Welch": bailey_welch(6, 10)}, length=60,
    ...                 sessions=200, seed=1, service_minutes=10)
    >>> found.difference("Bailey-Welch", "equal").low > 0
    True
    >>> found["equal"].idle.mean > found["Bailey-Welch"].idle.mean
    True
    """
    a_count("sessions", sessions, 2)
    sizes = {len(times) for times in schedules.values()}
    if len(sizes) != 1:
        raise ValueError("schedules must be one or more, all with the same number of patients")
    size = sizes.pop()
    if patients.get("walk_ins_per_hour"):
        patients.setdefault("until", length)
    days = [draw_patients(size, seed=f"{seed}/{k}", **patients) for k in range(sessions)]
    rows, waits = [], {}
    for name, times in schedules.items():
        check_patients(times, days[0], length=length, servers=servers)
        runs = [_outcome(times, day, length, servers) for day in days]
        waits[name] = tuple(run[0] for run in runs)
        wait, idle, overtime = (
            estimate(column, confidence=confidence)
            for column in (waits[name], [run[1] for run in runs], [run[2] for run in runs])
        )
        walked = [run[3] for run in runs if run[3] is not None]
        walk_in_wait = estimate(walked, confidence=confidence) if len(walked) > 1 else None
        rows.append(Scheduled(name, wait, idle, overtime, walk_in_wait))
    return Comparison(tuple(rows), waits, sessions)


def _outcome(
    schedule: Sequence[float], patients: Patients, length: float, servers: int
) -> tuple[float, float, float, float | None]:
    """Mean wait, idle time, overtime and mean wait of walk-ins, as a Session has them.

    A Session of its own for each of some thousand runs would take most of the time.
    """
    end = schedule[-1] if patients.walk_ins is None else max(schedule[-1], length)
    booked, walked, work = [], [], []
    for due, arrival, start, service in served(schedule, patients, servers=servers):
        work.append(service)
        end = max(end, start + service)
        if due is None:
            walked.append(start - arrival)
        else:
            booked.append(max(start - max(arrival, due), 0.0))
    return (
        math.fsum(booked) / len(booked) if booked else 0.0,
        max(servers * end - math.fsum(work), 0.0),
        max(end - length, 0.0),
        math.fsum(walked) / len(walked) if walked else None,
    )


def _shown(one: Estimate) -> str:
    return f"{minutes(one.mean, 1)} ± {minutes(one.half_width, 1)}"
