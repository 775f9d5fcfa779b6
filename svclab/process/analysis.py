"""What a process can do, where it is limited, and what it costs in time and labour."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from svclab.checks import above_zero
from svclab.process.longest import longest_path
from svclab.process.model import HOUR, Process
from svclab.process.visits import expected_visits
from svclab.process.workers import work_by_resource
from svclab.shown import html_table, text_table
from svclab.words import duration, join, money, per_hour, percent, say

__all__ = ["FlowAnalysis", "ResourceLoad", "analyse", "process_cycle_efficiency"]

TIE = 1e-9  # relative; two capacities closer than this are the same number


@dataclass(frozen=True)
class ResourceLoad:
    """What one resource has to do and can do."""

    name: str
    units: int  # workers
    activities: tuple[str, ...]  # what it does, in the order of the process
    work_seconds: float  # seconds of work for one customer, rework included
    capacity_per_hour: float  # customers per hour of all its workers; infinite without work
    utilisation: float  # throughput / capacity, 0 to 1
    implied_utilisation: float | None  # demand / capacity; None without a demand
    is_bottleneck: bool

    @property
    def cycle_time_seconds(self) -> float:
        """Seconds between two completions of this resource at full load."""
        return self.work_seconds / self.units


@dataclass(frozen=True, repr=False)
class FlowAnalysis:
    """A process in numbers; one :class:`ResourceLoad` for each resource."""

    process_name: str
    demand_per_hour: float | None  # customers per hour that come; None: as many as fit
    resources: tuple[ResourceLoad, ...]
    visits: Mapping[str, float]  # expected times each activity is done for one customer
    capacity_per_hour: float  # customers per hour; infinite if nobody has work
    bottlenecks: tuple[str, ...]  # all resources with the smallest capacity
    cycle_time_seconds: float  # seconds between completions at capacity
    takt_time_seconds: float | None  # seconds between completions that demand asks for
    throughput_per_hour: float  # customers per hour: min(demand, capacity)
    flow_time_seconds: float  # seconds from arrival to completion, without queues
    longest_path: tuple[str, ...]  # the activities that make up the flow time
    value_seconds: float  # seconds of value work, first pass only (rework adds no value)
    value_seconds_on_path: float  # the same on the longest path
    work_content_seconds: float  # seconds of work for one customer
    workers: int
    balance_delay: float  # share of paid time lost to uneven loads, at capacity
    paid_seconds: float  # paid seconds for one customer: workers × time between completions
    labour_utilisation: float  # work content / paid time, at the throughput
    labour_cost: float | None  # pay for one customer; None if some pay is unknown

    @property
    def cycle_efficiency(self) -> float:
        """Process cycle efficiency: value time on the longest path / flow time (no queues)."""
        return _share(self.value_seconds_on_path, self.flow_time_seconds)

    @property
    def value_added_ratio(self) -> float:
        """Value time / work content: how much of the *work* the customer would pay for."""
        return _share(self.value_seconds, self.work_content_seconds)

    def resource(self, name: str) -> ResourceLoad:
        """The row of one resource; ValueError lists the known names."""
        for row in self.resources:
            if row.name == name:
                return row
        known = ", ".join(row.name for row in self.resources)
        raise ValueError(f"unknown resource {name!r}; known are {known}")

    @property
    def summary(self) -> str:
        """The analysis in one or two sentences."""
        if not self.bottlenecks:
            return say("{name}: nobody has any work, so nothing limits it.", name=self.process_name)
        first = say(
            "{name}: at most {capacity}, limited by {who}; flow time without queues {time}.",
            name=self.process_name,
            capacity=per_hour(self.capacity_per_hour),
            who=join(self.bottlenecks),
            time=duration(self.flow_time_seconds),
        )
        if self.demand_per_hour is None:
            return first
        enough = self.demand_per_hour <= self.capacity_per_hour * (1 + TIE)
        second = (
            "It meets the demand of {demand}."
            if enough
            else "The demand is {demand}: {rest} stay unserved."
        )
        rest = max(0.0, self.demand_per_hour - self.capacity_per_hour)
        return first + " " + say(second, demand=per_hour(self.demand_per_hour), rest=per_hour(rest))

    def _table(self) -> tuple[list[str], list[list[str]]]:
        head = ["resource", "workers", "work", "capacity", "utilisation"]
        rows = [
            [
                row.name + (" (bottleneck)" if row.is_bottleneck else ""),
                str(row.units),
                str(duration(row.work_seconds)),
                str(per_hour(row.capacity_per_hour)),
                str(percent(row.utilisation)),
            ]
            for row in self.resources
        ]
        return head, rows

    def _notes(self) -> list[str]:
        notes = [
            say(
                "work content {work}, paid time {paid} per customer, balance delay {delay}",
                work=duration(self.work_content_seconds),
                paid=duration(self.paid_seconds),
                delay=percent(self.balance_delay),
            )
        ]
        if self.labour_cost is not None:
            notes.append(say("labour cost {cost} per customer", cost=money(self.labour_cost, "")))
        return notes

    def __repr__(self) -> str:
        return text_table(self.summary, *self._table(), self._notes())

    def _repr_html_(self) -> str:
        head, rows = self._table()
        strong = frozenset(i for i, row in enumerate(self.resources) if row.is_bottleneck)
        return html_table(self.summary, head, rows, notes=self._notes(), strong=strong)


def _share(part: float, whole: float) -> float:
    return part / whole if whole > 0 else 0.0


def _capacity(units: int, work: float) -> float:
    return units * HOUR / work if work > 0 else math.inf


def analyse(process: Process, demand_per_hour: float | None = None) -> FlowAnalysis:
    """Capacity, bottleneck, utilisation, flow time and labour of a process.

    With ``w(r)`` the seconds of work one customer brings to resource *r* and ``u(r)`` its
    workers: capacity(r) = 3600·u(r)/w(r); capacity = min capacity(r); cycle time =
    3600/capacity; throughput = min(demand, capacity); paid time = workers·3600/throughput;
    balance delay = 1 − Σw(r)/(workers·cycle time). The flow time is the longest path of
    expected times: exact on a line, a lower bound of the mean where branches with rework meet.

    Parameters
    ----------
    process : Process
        Any process: parallel branches, shared resources, rework.
    demand_per_hour : float, optional
        Customers per hour, above zero. Left out: as many as fit, so throughput = capacity.

    Returns
    -------
    FlowAnalysis
        One row per resource in ``.resources``.

    Raises
    ------
    ValueError
        If the demand is not a number above zero.

    Examples
    --------
    >>> from svclab.process.model import Process
    >>> office = Process.line("Office", {"check": 15, "pay": 30, "eye test": 40})
    >>> analyse(office, 60)
    Office: at most 90 per hour, limited by eye test; flow time without queues 85 s.
    It meets the demand of 60 per hour.
      resource               workers  work       capacity  utilisation
      check                        1  15 s   240 per hour          25%
      pay                          1  30 s   120 per hour          50%
      eye test (bottleneck)        1  40 s    90 per hour        66.7%
    work content 85 s, paid time 180 s per customer, balance delay 29.2%
    """
    if demand_per_hour is not None:
        above_zero("demand_per_hour", demand_per_hour, "customers per hour")
    work = work_by_resource(process)
    capacities = {r.name: _capacity(r.units, work[r.name]) for r in process.resources}
    capacity = min(capacities.values(), default=math.inf)
    limits = math.isfinite(capacity)
    slowest = tuple(n for n, c in capacities.items() if limits and c <= capacity * (1 + TIE))
    throughput = capacity if demand_per_hour is None else min(demand_per_hour, capacity)
    path = longest_path(process)
    workers = sum(r.units for r in process.resources)
    content = math.fsum(work.values())
    pays = [(r.units, r.pay_per_hour) for r in process.resources]
    wages = math.fsum(n * pay for n, pay in pays if pay is not None)
    paid = workers * HOUR / throughput
    return FlowAnalysis(
        process_name=process.name,
        demand_per_hour=demand_per_hour,
        resources=tuple(
            ResourceLoad(
                name=r.name,
                units=r.units,
                activities=tuple(a.name for a in process.activities if a.resource == r.name),
                work_seconds=work[r.name],
                capacity_per_hour=capacities[r.name],
                utilisation=_ratio(throughput, capacities[r.name]),
                implied_utilisation=demand_per_hour and _ratio(demand_per_hour, capacities[r.name]),
                is_bottleneck=r.name in slowest,
            )
            for r in process.resources
        ),
        visits=expected_visits(process),
        capacity_per_hour=capacity,
        bottlenecks=slowest,
        cycle_time_seconds=HOUR / capacity,
        takt_time_seconds=None if demand_per_hour is None else HOUR / demand_per_hour,
        throughput_per_hour=throughput,
        flow_time_seconds=path.seconds,
        longest_path=path.activities,
        value_seconds=math.fsum(a.seconds for a in process.activities if a.kind == "value"),
        value_seconds_on_path=path.value_seconds,
        work_content_seconds=content,
        workers=workers,
        balance_delay=1 - content * capacity / (workers * HOUR) if limits else 0.0,
        paid_seconds=paid,
        labour_utilisation=_share(content, paid),
        labour_cost=wages / throughput if all(pay is not None for _, pay in pays) else None,
    )


def _ratio(rate: float, capacity: float) -> float:
    return 0.0 if math.isinf(capacity) else rate / capacity


def process_cycle_efficiency(value_seconds: float, *, flow_time_seconds: float) -> float:
    """Value time / flow time, for a flow time that was observed, queues included.

    Parameters
    ----------
    value_seconds : float
        Seconds of work that the customer would pay for, zero or more.
    flow_time_seconds : float
        Seconds from arrival to completion; at least the value time.

    Returns
    -------
    float
        A share between 0 and 1.

    Raises
    ------
    ValueError
        If the flow time is zero or shorter than the value time.

    Examples
    --------
    MBL, from the course material: 17 minutes of work in 5 days of 24 hours.

    >>> from svclab.process.model import DAY, MINUTE
    >>> round(process_cycle_efficiency(17 * MINUTE, flow_time_seconds=5 * DAY), 5)
    0.00236
    """
    if not (0 <= value_seconds <= flow_time_seconds and 0 < flow_time_seconds < math.inf):
        raise ValueError(
            f"value_seconds={value_seconds!r} and flow_time_seconds={flow_time_seconds!r}: the "
            "flow time must be above zero and at least the value time"
        )
    return value_seconds / flow_time_seconds
