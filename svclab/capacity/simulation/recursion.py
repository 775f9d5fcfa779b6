"""The engine behind explorables: customers through one station in plain Python, with a heap.

The heap holds the times at which the servers become free; the next customer takes the earliest:

    start = max(arrival, earliest free),   free again = start + service.

A customer whose patience ends before that start leaves, and the heap stays as it is. Kinds of
customers, balking and staff plans need to know who waits, so they are followed event by event.
Who comes first at the same moment stands in :mod:`svclab.capacity.simulation.customers`.
"""

from __future__ import annotations

from collections import deque
from heapq import heappop, heappush, heapreplace

from svclab.capacity.simulation.customers import (
    LEFT,
    SERVED,
    TURNED,
    Customers,
    Served,
    Staff,
    levels,
)

__all__ = ["serve"]


def serve(customers: Customers, *, servers: Staff) -> Served:
    """Serve customers who wait in one queue.

    Parameters
    ----------
    customers : Customers
        Lists of times; with patience, kinds and balking if they have them.
    servers : int or plan
        How many; or a plan [(second from which it holds, servers), ...] from 0 on. Whoever
        goes home finishes the customer first.

    Returns
    -------
    Served
        The same, customer by customer, as :func:`svclab.capacity.simulation.station.simulate`.

    Raises
    ------
    ValueError
        If the lists or the servers are no such thing; the message names the entry.

    References
    ----------
    Lindley, D. V. (1952), Proc. Camb. Phil. Soc. 48, 277-289, for one server; Kiefer, J. and
    Wolfowitz, J. (1955), Trans. Amer. Math. Soc. 78, 1-18, for several.

    Examples
    --------
    >>> serve(Customers([0.0, 10.0, 20.0], [15.0, 30.0, 5.0]), servers=1).waits
    [0.0, 5.0, 25.0]
    >>> serve(Customers([0.0, 1.0, 2.0], [9.0, 9.0, 9.0], kinds=[1, 1, 0]), servers=1).waits
    [0.0, 17.0, 7.0]
    """
    customers.check()
    plan = levels(servers)
    if len(plan) > 1 or customers.kinds is not None or customers.balks_at is not None:
        waits, fates = _event_by_event(customers, plan)
    elif customers.patience is not None:
        waits, fates = _with_patience(customers, plan[0][1])
    else:
        waits, fates = _first_come(customers, plan[0][1]), [SERVED] * customers.customers
    return Served(customers, servers, waits, fates)


def _first_come(customers: Customers, servers: int) -> list[float]:
    free = [0.0] * servers
    waits = []
    for arrival, service in zip(customers.arrivals, customers.services, strict=True):
        start = arrival if arrival > free[0] else free[0]
        heapreplace(free, start + service)
        waits.append(start - arrival)
    return waits


def _with_patience(customers: Customers, servers: int) -> tuple[list[float], list[str]]:
    assert customers.patience is not None
    free = [0.0] * servers
    waits, fates = [], []
    times = zip(customers.arrivals, customers.services, customers.patience, strict=True)
    for arrival, service, patience in times:
        start = arrival if arrival > free[0] else free[0]
        if start <= arrival + patience:
            heapreplace(free, start + service)
            waits.append(start - arrival)
            fates.append(SERVED)
        else:
            waits.append(patience)
            fates.append(LEFT)
    return waits, fates


def _event_by_event(
    customers: Customers, plan: list[tuple[float, int]]
) -> tuple[list[float], list[str]]:
    queue = _Queue(customers)
    arrivals, services = customers.arrivals, customers.services
    waits, fates = [0.0] * len(arrivals), [SERVED] * len(arrivals)
    ends: list[float] = []  # when each busy server will be free
    staff = plan[0][1]

    def take(now: float) -> None:
        """Each free server takes whoever comes next."""
        while len(ends) < staff and (number := queue.next(now)) is not None:
            waits[number] = now - arrivals[number]
            heappush(ends, now + services[number])

    def finish(before: float) -> None:
        """Services that end before this moment; the moment's own come after its arrivals."""
        while ends and ends[0] < before:
            take(heappop(ends))

    changes = deque(plan[1:])
    for number, now in enumerate(arrivals):
        while changes and changes[0][0] < now:
            moment, level = changes.popleft()
            finish(before=moment)
            staff = level
            take(moment)
        finish(before=now)
        if len(ends) < staff:
            heappush(ends, now + services[number])
        elif not queue.join(number, now):
            fates[number] = TURNED
    for moment, level in changes:
        finish(before=moment)
        staff = level
        take(moment)
    finish(before=float("inf"))
    for number in queue.left:
        assert customers.patience is not None
        waits[number], fates[number] = customers.patience[number], LEFT
    return waits, fates


class _Queue:
    """Who waits: a line for each kind; those out of patience are dropped when they are met."""

    def __init__(self, customers: Customers) -> None:
        self.kinds = customers.kinds or [0] * customers.customers
        self.lines: list[deque[int]] = [deque() for _ in range(max(self.kinds) + 1)]
        self.patience = customers.patience
        self.arrivals = customers.arrivals
        self.balks_at = customers.balks_at
        self.deadlines: list[tuple[float, int]] = []  # a heap, only where somebody counts
        self.waiting = 0
        self.started = bytearray(customers.customers)
        self.left: list[int] = []

    def join(self, number: int, now: float) -> bool:
        """Let a customer join, unless the queue is too long for this one."""
        if self.balks_at is not None:
            while self.deadlines and self.deadlines[0][0] < now:
                self.waiting -= not self.started[heappop(self.deadlines)[1]]
            if self.waiting >= self.balks_at[number]:
                return False
            self.waiting += 1
            if self.patience is not None:
                heappush(self.deadlines, (now + self.patience[number], number))
        self.lines[self.kinds[number]].append(number)
        return True

    def next(self, now: float) -> int | None:
        """The most urgent customer who is still there."""
        for line in self.lines:
            while line:
                number = line.popleft()
                if self.patience is None or now <= self.arrivals[number] + self.patience[number]:
                    self.started[number] = True
                    self.waiting -= 1
                    return number
                self.left.append(number)
        return None
