"""Self-service: how many customers the counter loses to the machine, and what both gain.

Some customers try the machine; a share of them fails and comes to the counter after all. Both are
queues; together they are an open network with one route back (Jackson), so all figures are exact
for Poisson arrivals and exponential times.
"""

from __future__ import annotations

from dataclasses import dataclass

from svclab.capacity.checks import UnstableError
from svclab.capacity.queues.markovian import mmc
from svclab.capacity.queues.results import Queue
from svclab.checks import a_count, a_share, above_zero
from svclab.words import minutes, percent, say

__all__ = ["Desk", "Diversion", "best_share", "divert", "equal_times"]


@dataclass(frozen=True)
class Desk:
    """A counter with people and machines beside it."""

    arrivals_per_hour: float
    service_minutes: float  # at the counter
    servers: int  # at the counter
    machine_minutes: float  # at a machine, whether it succeeds or not
    machines: int
    success: float = 1.0  # share of tries at a machine that need no counter afterwards

    def __post_init__(self) -> None:
        above_zero("arrivals_per_hour", self.arrivals_per_hour, "customers per hour")
        above_zero("service_minutes", self.service_minutes, "minutes")
        above_zero("machine_minutes", self.machine_minutes, "minutes")
        a_count("servers", self.servers, 1)
        a_count("machines", self.machines, 1)
        a_share("success", self.success)


@dataclass(frozen=True, repr=False)
class Diversion:
    """What a share of self-service does; times in minutes."""

    share: float  # of customers who try a machine first
    counter: Queue | None  # None if nobody comes to the counter
    machine: Queue | None  # None if nobody tries a machine
    counter_time: float  # from arrival to leaving, of those who go to the counter at once
    machine_time: float  # the same of those who try a machine first, failures included
    mean_time: float  # over all customers

    def sentence(self) -> str:
        """The result in words."""
        return say(
            "{share} at the machines: {mean} in all on average, {counter} by the counter, "
            "{machine} by the machine.",
            share=percent(self.share, 0),
            mean=minutes(self.mean_time),
            counter=minutes(self.counter_time),
            machine=minutes(self.machine_time),
        )

    def __repr__(self) -> str:
        return self.sentence()


def divert(desk: Desk, share: float) -> Diversion:
    """Send a share of the customers to the machines.

    Machine: arrivals sλ; counter: (1 − s)λ + s(1 − success)λ, because failures come back.

    Parameters
    ----------
    desk : Desk
        Counter and machines.
    share : float
        Of customers who try a machine first, 0 to 1.

    Returns
    -------
    Diversion
        Where nobody goes, the time is that of the first who would: service without a wait.

    Raises
    ------
    UnstableError
        If the counter or the machines cannot carry their load.

    References
    ----------
    Jackson, J. R. (1957), "Networks of waiting lines", Oper. Res. 5, 518-521. The case: Kokkinou,
    A. and Cranage, D. A. (2013), "Using self-service technology to reduce customer waiting
    times", Int. J. Hospitality Management 33, 435-445.

    Examples
    --------
    >>> desk = Desk(100, 4, 8, machine_minutes=3, machines=3, success=0.8)
    >>> divert(desk, 0.4).sentence()
    '40% at the machines: 4.5 min in all on average, 4.1 min by the counter, 5.2 min by the
    machine.'
    """
    a_share("share", share)
    tries = share * desk.arrivals_per_hour
    come = desk.arrivals_per_hour - tries * desk.success
    counter = mmc(come, 60 / desk.service_minutes, servers=desk.servers) if come > 0 else None
    machine = mmc(tries, 60 / desk.machine_minutes, servers=desk.machines) if tries > 0 else None
    at_counter = desk.service_minutes + (60 * counter.mean_wait if counter else 0.0)
    at_machine = desk.machine_minutes + (60 * machine.mean_wait if machine else 0.0)
    by_machine = at_machine + (1 - desk.success) * at_counter
    mean = (1 - share) * at_counter + share * by_machine
    return Diversion(share, counter, machine, at_counter, by_machine, mean)


def best_share(desk: Desk, *, steps: int = 1000) -> Diversion:
    """The share with the smallest mean time, of 0, 1/steps, …, 1.

    Parameters
    ----------
    desk : Desk
        Counter and machines.
    steps : int
        How finely shares are tried.

    Examples
    --------
    >>> desk = Desk(100, 4, 8, machine_minutes=3, machines=3, success=0.8)
    >>> round(best_share(desk, steps=100).share, 2)
    0.29

    Raises
    ------
    UnstableError
        If counter and machines together cannot carry the load at any of these shares.
    """
    found: Diversion | None = None
    for share in _shares(steps):
        try:
            row = divert(desk, share)
        except UnstableError:
            continue
        if found is None or row.mean_time < found.mean_time:
            found = row
    if found is None:
        raise _hopeless(desk)
    return found


def equal_times(desk: Desk, *, steps: int = 1000) -> Diversion:
    """The share at which nobody gains by changing: both ways take equally long.

    Customers who look before they choose drift there. It is not the best for all: each looks at
    the own time and not at what it does to the others. If one way is quicker at every share, that
    way's end is given.

    Parameters
    ----------
    desk : Desk
        Counter and machines.
    steps : int
        Shares first looked at; between two of them the share is halved down to 1e-12.

    References
    ----------
    Wardrop, J. G. (1952), "Some theoretical aspects of road traffic research", Proc. Inst. Civil
    Engineers 1, 325-362 (first principle).

    Examples
    --------
    >>> desk = Desk(100, 4, 8, machine_minutes=3, machines=3, success=0.8)
    >>> found = equal_times(desk)
    >>> abs(found.counter_time - found.machine_time) < 1e-9
    True
    """

    def gain(share: float) -> float:
        """How much quicker the machine is; without end if the counter is overrun."""
        try:
            row = divert(desk, share)
        except UnstableError:
            return -1.0 if _machines_full(desk, share) else 1.0
        return row.counter_time - row.machine_time

    best_share(desk, steps=steps)  # refuses a desk that no share can save
    low = 0.0
    if gain(0.0) <= 0:
        return divert(desk, 0.0)
    for share in _shares(steps)[1:]:
        if gain(share) <= 0:
            high = share
            break
        low = share
    else:
        return divert(desk, 1.0)
    while high - low > 1e-12:
        middle = (low + high) / 2
        low, high = (middle, high) if gain(middle) > 0 else (low, middle)
    return divert(desk, low)


def _shares(steps: int) -> list[float]:
    a_count("steps", steps, 1)
    return [k / steps for k in range(steps + 1)]


def _machines_full(desk: Desk, share: float) -> bool:
    load = share * desk.arrivals_per_hour * desk.machine_minutes / 60
    return load >= desk.machines


def _hopeless(desk: Desk) -> UnstableError:
    return UnstableError(
        f"servers={desk.servers} and machines={desk.machines} cannot carry "
        f"{desk.arrivals_per_hour:g} customers per hour at any share of self-service: the queues "
        "grow without bound; add servers or machines"
    )
