"""One queue and its servers as SimPy models, in the way one writes them; begin with the first.

Each takes the customers as lists and gives what became of them. :func:`first_come`,
:func:`by_kind`, :func:`impatient` and :func:`with_shifts` show one thing each and leave the
rest out of account; :func:`simulate` has them all. Two lines in them are not what one writes
first, and both are about things that happen at the very same moment (the rule stands in
:mod:`svclab.capacity.simulation.customers`):

- all customers are started at time 0 and sleep until they arrive, which puts arrivals before
  everything else;
- patience is a :class:`Patience`, not a timeout, which puts it last.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Generator
from typing import Any, cast

import simpy

from svclab.capacity.simulation.customers import (
    LEFT,
    SERVED,
    TURNED,
    Customers,
    Served,
    Staff,
    levels,
)

__all__ = ["Patience", "by_kind", "first_come", "impatient", "simulate", "with_shifts"]

Steps = Generator[Any, Any, None]  # what SimPy calls a process
AWAY = -1  # goes before every kind of customer


class Patience(simpy.Event):
    """A timeout that comes after everything else of its moment: who is called just then, goes."""

    def __init__(self, env: simpy.Environment, seconds: float) -> None:
        super().__init__(env)
        self._ok, self._value = True, None
        if seconds < math.inf:
            # SimPy's own priorities are 0 and 1, and it compares whole numbers.
            env.schedule(self, priority=cast(Any, 2), delay=seconds)


def first_come(customers: Customers, *, servers: int) -> Served:
    """First come, first served; everybody waits.

    Examples
    --------
    >>> first_come(Customers([0.0, 10.0, 20.0], [15.0, 30.0, 5.0]), servers=1).waits
    [0.0, 5.0, 25.0]
    """
    customers.check()
    env = simpy.Environment()
    desk = simpy.Resource(env, _most(servers))
    waits = [0.0] * customers.customers

    def visit(number: int) -> Steps:
        yield env.timeout(customers.arrivals[number])
        arrival = env.now
        with desk.request() as turn:
            yield turn
            waits[number] = env.now - arrival
            yield env.timeout(customers.services[number])

    _start(env, visit, customers)
    env.run()
    return Served(customers, servers, waits, [SERVED] * len(waits))


def by_kind(customers: Customers, *, servers: int) -> Served:
    """The most urgent kind first; a service is never interrupted.

    Examples
    --------
    >>> by_kind(Customers([0.0, 1.0, 2.0], [9.0, 9.0, 9.0], kinds=[1, 1, 0]), servers=1).waits
    [0.0, 17.0, 7.0]
    """
    customers.check()
    kinds = customers.kinds or [0] * customers.customers
    env = simpy.Environment()
    desk = simpy.PriorityResource(env, _most(servers))
    waits = [0.0] * customers.customers

    def visit(number: int) -> Steps:
        yield env.timeout(customers.arrivals[number])
        arrival = env.now
        with desk.request(priority=kinds[number]) as turn:
            yield turn
            waits[number] = env.now - arrival
            yield env.timeout(customers.services[number])

    _start(env, visit, customers)
    env.run()
    return Served(customers, servers, waits, [SERVED] * len(waits))


def impatient(customers: Customers, *, servers: int) -> Served:
    """Customers turn away from a long queue, and leave when their patience ends.

    Examples
    --------
    >>> impatient(Customers([0.0, 1.0], [9.0, 9.0], patience=[5.0, 5.0]), servers=1).fates
    ['served', 'left']
    """
    customers.check()
    patience = customers.patience or [math.inf] * customers.customers
    balks_at = customers.balks_at
    env = simpy.Environment()
    desk = simpy.Resource(env, _most(servers))
    waits, fates = [0.0] * customers.customers, [SERVED] * customers.customers

    def visit(number: int) -> Steps:
        yield env.timeout(customers.arrivals[number])
        arrival = env.now
        busy = desk.count == desk.capacity
        if busy and balks_at is not None and len(desk.queue) >= balks_at[number]:
            fates[number] = TURNED
            return
        with desk.request() as turn:
            yield turn | Patience(env, patience[number])
            if not turn.triggered:
                waits[number], fates[number] = patience[number], LEFT
                return
            waits[number] = env.now - arrival
            yield env.timeout(customers.services[number])

    _start(env, visit, customers)
    env.run()
    return Served(customers, servers, waits, fates)


def with_shifts(customers: Customers, *, servers: Staff) -> Served:
    """Staff who come, go and take breaks after a plan; who goes finishes the customer first.

    A server who is away holds one place at the desk, like a customer who goes before all
    others and stays until the server is back.

    Parameters
    ----------
    customers : Customers
        Lists of times.
    servers : int or plan
        [(second from which it holds, servers), ...]; a break is a time with one server less.

    Examples
    --------
    >>> two = Customers([0.0, 1.0, 2.0], [9.0, 9.0, 9.0])
    >>> with_shifts(two, servers=[(0, 2), (5, 1), (30, 2)]).waits
    [0.0, 0.0, 8.0]
    """
    customers.check()
    env = simpy.Environment()
    desk = simpy.PriorityResource(env, _most(servers))
    waits = [0.0] * customers.customers

    def visit(number: int) -> Steps:
        yield env.timeout(customers.arrivals[number])
        arrival = env.now
        with desk.request() as turn:
            yield turn
            waits[number] = env.now - arrival
            yield env.timeout(customers.services[number])

    _start(env, visit, customers)
    for leaves, returns in absences(servers):
        env.process(_absence(env, desk, leaves, returns))
    env.run()
    return Served(customers, servers, waits, [SERVED] * len(waits))


def simulate(customers: Customers, *, servers: Staff) -> Served:
    """All of it: kinds, patience, balking and shifts; what the customers lack is left out.

    Parameters
    ----------
    customers : Customers
        Lists of times.
    servers : int or plan
        How many; or [(second from which it holds, servers), ...].

    Returns
    -------
    Served
        The same, customer by customer, as :func:`svclab.capacity.simulation.recursion.serve`.

    Raises
    ------
    ValueError
        If the lists or the servers are no such thing; the message names the entry.

    Examples
    --------
    >>> simulate(Customers([0.0, 1.0, 2.0], [9.0, 9.0, 9.0], kinds=[1, 1, 0]), servers=1).waits
    [0.0, 17.0, 7.0]
    """
    customers.check()
    number_of = customers.customers
    patience = customers.patience or [math.inf] * number_of
    kinds, balks_at = customers.kinds or [0] * number_of, customers.balks_at
    env = simpy.Environment()
    desk = simpy.PriorityResource(env, _most(servers))
    waits, fates = [0.0] * number_of, [SERVED] * number_of
    waiting = 0  # customers; the desk's own queue also has servers who want to leave

    def visit(number: int) -> Steps:
        nonlocal waiting
        yield env.timeout(customers.arrivals[number])
        arrival = env.now
        busy = desk.count == desk.capacity
        if busy and balks_at is not None and waiting >= balks_at[number]:
            fates[number] = TURNED
            return
        with desk.request(priority=kinds[number]) as turn:
            waiting += busy
            yield turn | Patience(env, patience[number])
            waiting -= busy
            if not turn.triggered:
                waits[number], fates[number] = patience[number], LEFT
                return
            waits[number] = env.now - arrival
            yield env.timeout(customers.services[number])

    _start(env, visit, customers)
    for leaves, returns in absences(servers):
        env.process(_absence(env, desk, leaves, returns))
    env.run()
    return Served(customers, servers, waits, fates)


def absences(servers: Staff) -> list[tuple[float, float]]:
    """When which server is away, for a plan: (leaves, returns) in seconds.

    Examples
    --------
    >>> absences([(0, 2), (5, 1), (30, 2)])
    [(5.0, 30.0)]
    """
    plan = levels(servers)
    away = []
    for place in range(max(number for _, number in plan)):
        leaves: float | None = None
        for time, number in plan:
            if number <= place and leaves is None:
                leaves = time
            elif number > place and leaves is not None:
                away.append((leaves, time))
                leaves = None
        if leaves is not None:
            away.append((leaves, math.inf))
    return away


def _most(servers: Staff) -> int:
    return max(number for _, number in levels(servers))


def _absence(
    env: simpy.Environment, desk: simpy.PriorityResource, leaves: float, returns: float
) -> Steps:
    back = env.timeout(returns) if returns < math.inf else env.event()
    if leaves > 0:
        yield env.timeout(leaves)
    with desk.request(priority=AWAY):
        yield back


def _start(env: simpy.Environment, visit: Callable[[int], Steps], customers: Customers) -> None:
    for number in range(customers.customers):
        env.process(visit(number))
