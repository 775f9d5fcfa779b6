"""The same customers as in SimPy, without events: each activity's queue in one loop.

A customer is ready for an activity when all that precede it are finished, and starts when the
earliest free worker is there:

    start = max(ready, earliest free),   finish = start + service.

**Who comes first.** Customers queue in the order in which they become ready. Those who become
ready at the same moment queue in the order in which they *started* the activity before; if
several activities come before, or none, in the order of their numbers. SimPy's model
(:mod:`svclab.process.simulation`) keeps the same rule, so both give every customer the same
times, ties included.

It needs queues that do not meddle with each other: no resource that does two activities, and
no rework. Those need SimPy.
"""

from __future__ import annotations

from heapq import heapreplace

from svclab.process.model import Process
from svclab.process.runs import Log, Run
from svclab.process.sampling import Workload

__all__ = ["can_replay", "replay"]


def can_replay(process: Process) -> bool:
    """Whether the recursion fits: nobody does two activities, and there is no rework.

    Examples
    --------
    >>> can_replay(Process.line("Counter", {"check": 15, "pay": 30}))
    True
    """
    return not _obstacle(process)


def _obstacle(process: Process) -> str:
    seen: dict[str, str] = {}
    for activity in process.activities:
        if activity.rework is not None:
            return f"activity {activity.name!r} has rework"
        if activity.resource:
            if activity.resource in seen:
                return (
                    f"resource {activity.resource!r} does both {seen[activity.resource]!r} "
                    f"and {activity.name!r}"
                )
            seen[activity.resource] = activity.name
    return ""


def replay(process: Process, workload: Workload) -> Run:
    """Send the workload's customers through a process, activity by activity.

    Parameters
    ----------
    process : Process
        Lines and parallel branches; each resource does one activity; no rework.
    workload : Workload
        Arrivals and service times.

    Returns
    -------
    Run
        The same log as :func:`svclab.process.simulation.simulate` gives.

    Raises
    ------
    ValueError
        If the process needs SimPy, or the lists do not fit it.

    References
    ----------
    Lindley, D. V. (1952), Proc. Camb. Phil. Soc. 48, 277-289, for one worker; Kiefer, J. and
    Wolfowitz, J. (1955), Trans. Amer. Math. Soc. 78, 1-18, for several.

    Examples
    --------
    >>> line = Process.line("Counter", {"check": 15, "pay": 30})
    >>> work = Workload([0.0, 10.0], {"check": [15.0, 15.0], "pay": [30.0, 30.0]})
    >>> replay(line, work).flow_times
    [45.0, 65.0]
    """
    obstacle = _obstacle(process)
    if obstacle:
        raise ValueError(f"{obstacle}: the recursion cannot follow that; use simulate()")
    workload.check(process)
    numbers = list(range(workload.customers))
    logs: dict[str, Log] = {}
    finished: dict[str, list[float]] = {}  # activity -> finish by customer number
    for activity in process.in_order():
        before = activity.after or ()
        if not before:
            ready, order = list(workload.arrivals), numbers
        else:
            ready = finished[before[0]]
            if len(before) == 1:
                order = sorted(logs[before[0]].customer, key=ready.__getitem__)
            else:
                ready = list(map(max, *(finished[name] for name in before)))
                order = sorted(numbers, key=ready.__getitem__)
        units = process.units(activity.resource) if activity.resource else len(numbers)
        arrive = [ready[i] for i in order]
        service = workload.services[activity.name]
        start, finish = _queue(arrive, [service[i] for i in order], units)
        logs[activity.name] = Log(order, arrive, start, finish, [1] * len(order))
        by_number = [0.0] * len(numbers)
        for customer, end in zip(order, finish, strict=True):
            by_number[customer] = end
        finished[activity.name] = by_number
    return Run(process, workload.arrivals, {name: logs[name] for name in process.names})


def _queue(
    arrive: list[float], service: list[float], units: int
) -> tuple[list[float], list[float]]:
    """Start and finish of customers who come in this order to equal workers."""
    start, finish = [], []
    if units >= len(arrive):
        return arrive, [a + s for a, s in zip(arrive, service, strict=True)]
    if units == 1:
        free = 0.0
        for ready, time in zip(arrive, service, strict=True):
            begin = ready if ready > free else free
            free = begin + time
            start.append(begin)
            finish.append(free)
        return start, finish
    heap = [0.0] * units
    for ready, time in zip(arrive, service, strict=True):
        begin = ready if ready > heap[0] else heap[0]
        end = begin + time
        heapreplace(heap, end)
        start.append(begin)
        finish.append(end)
    return start, finish
