"""Customers of several classes: the highest class that waits is served next.

Nobody is interrupted (non-preemptive); within a class, first come, first served. With σₖ the
utilisation by the classes 1 to k,

    mean wait of class k = W₀ / ((1 - σₖ₋₁) (1 - σₖ)),

where W₀ is the mean time until the first server is free: C / (cμ) for c servers with one
service rate, Σ λᵢ E[Sᵢ²] / 2 for one server with any service times (Cobham 1954).
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from svclab.capacity.checks import UnstableError, check_stable
from svclab.capacity.queues.erlang import erlang_b, waiting_share
from svclab.capacity.queues.markovian import PER_HOUR
from svclab.capacity.queues.results import Queue
from svclab.capacity.queues.transforms import LowerPriorityWait
from svclab.capacity.queues.waits import ExponentialWait, MixedWait, WaitingTime
from svclab.checks import a_count, above_zero, zero_or_more
from svclab.words import duration, number, per_hour, percent, say

__all__ = ["PriorityQueues", "priorities_mg1", "priorities_mmc"]


@dataclass(frozen=True, repr=False)
class PriorityQueues:
    """The classes one by one, and all customers together."""

    classes: tuple[Queue, ...]  # the highest class first; utilisation is the class's own part
    together: Queue  # all customers, whatever their class

    def __getitem__(self, number_from_1: int) -> Queue:
        """The class with this number; class 1 is served first."""
        if not 1 <= number_from_1 <= len(self.classes):
            raise KeyError(
                f"there is no class {number_from_1!r}: give a number from 1 to {len(self.classes)}"
            )
        return self.classes[number_from_1 - 1]

    def __iter__(self) -> Iterator[Queue]:
        """The classes, the highest first."""
        return iter(self.classes)

    def __len__(self) -> int:
        """How many classes there are."""
        return len(self.classes)

    def _repr_html_(self) -> str:
        from svclab.shown import html_table

        numbered = [(str(k), queue) for k, queue in enumerate(self, start=1)]
        rows = [
            (
                name,
                str(per_hour(queue.arrival_rate, 2)),
                str(percent(queue.utilisation)),
                str(duration(queue.mean_wait * 3600)),
                str(number(queue.mean_queue_length, 2)),
            )
            for name, queue in [*numbered, (say("together"), self.together)]
        ]
        head = ["class", "come", "utilisation", "mean wait", "waiting on average"]
        return html_table(self.together.model, head, rows, strong=frozenset({len(self)}))

    def __repr__(self) -> str:
        return "\n".join([repr(queue) for queue in self.classes] + [repr(self.together)])


def priorities_mmc(
    arrival_rates: Sequence[float], service_rate: float, *, servers: int
) -> PriorityQueues:
    """Several servers, exponential services with the same rate for all classes.

    Parameters
    ----------
    arrival_rates : sequence of float
        λ of each class, customers per hour, above zero; the highest class first.
    service_rate : float
        μ of one server, customers per hour, above zero.
    servers : int
        c, one or more.

    Returns
    -------
    PriorityQueues
        The wait's distribution is known for each class and for all together.

    Raises
    ------
    UnstableError
        If the servers cannot carry the load of all classes.
    ValueError
        For no class, a rate that is not above zero, or no server.

    References
    ----------
    Cobham, A. (1954), Priority assignment in waiting line problems, Operations Research 2,
    70-76; Davis, R. H. (1966), Waiting-time distribution of a multi-server, priority queueing
    system, Operations Research 14, 133-136.

    Examples
    --------
    >>> repairs = priorities_mmc([2, 2, 1], 1, servers=6)
    >>> [round(queue.mean_wait, 3) for queue in repairs.classes]
    [0.147, 0.441, 1.763]
    >>> round(repairs.together.mean_wait, 3)
    0.588
    """
    rates = _rates(arrival_rates)
    rate = above_zero("service_rate", service_rate, PER_HOUR)
    c = a_count("servers", servers, 1)
    everybody = math.fsum(rates)
    load = everybody / rate
    check_stable(everybody, rate, servers=c)
    delayed = waiting_share(load, c, erlang_b(load, c))
    whole = c * rate
    classes, waits = [], []
    for k, own in enumerate(rates):
        higher = math.fsum(rates[:k])
        spare_above, spare = whole - higher, whole - math.fsum(rates[: k + 1])
        waiting: WaitingTime = (
            LowerPriorityWait(delayed, higher, math.fsum(rates[: k + 1]), whole)
            if k
            else ExponentialWait(delayed, spare)
        )
        waits.append((own, waiting))
        classes.append(
            Queue(
                model=f"M/M/{c}, class {k + 1} of {len(rates)}",
                arrival_rate=own,
                service_rate=rate,
                servers=c,
                mean_wait=delayed * whole / (spare_above * spare),
                delayed=delayed,
                largest_rate=whole - math.fsum(rates[:k] + rates[k + 1 :]),
                waiting=waiting,
            )
        )
    together = Queue(
        model=f"M/M/{c}, {len(rates)} classes",
        arrival_rate=everybody,
        service_rate=rate,
        servers=c,
        mean_wait=delayed / (whole - everybody),
        delayed=delayed,
        largest_rate=whole,
        waiting=MixedWait(tuple((own / everybody, wait) for own, wait in waits)),
    )
    return PriorityQueues(tuple(classes), together)


def priorities_mg1(
    arrival_rates: Sequence[float],
    service_rates: Sequence[float],
    *,
    service_scvs: Sequence[float],
) -> PriorityQueues:
    """One server; each class has its own service rate and variability (Cobham).

    Parameters
    ----------
    arrival_rates, service_rates : sequence of float
        λ and μ of each class, customers per hour, above zero; the highest class first.
    service_scvs : sequence of float
        Variance / mean² of the service time of each class, zero or more.

    Returns
    -------
    PriorityQueues
        Means; the distributions of the waits are not known.

    Raises
    ------
    UnstableError
        If the server cannot carry the load of all classes.
    ValueError
        For lists that differ in length or hold a value that is not allowed.

    References
    ----------
    Cobham (1954), as for :func:`priorities_mmc`.

    Examples
    --------
    >>> desk = priorities_mg1([2, 1], [4, 4], service_scvs=[1, 0])
    >>> round(desk[1].mean_wait, 5), round(desk[2].mean_wait, 5)
    (0.3125, 1.25)
    """
    arrivals = _rates(arrival_rates)
    if not len(arrivals) == len(service_rates) == len(service_scvs):
        raise ValueError(
            f"arrival_rates, service_rates and service_scvs have {len(arrivals)}, "
            f"{len(service_rates)} and {len(service_scvs)} entries: give one a class"
        )
    rates = [
        above_zero(f"service_rates[{k}]", rate, PER_HOUR) for k, rate in enumerate(service_rates)
    ]
    scvs = [
        zero_or_more(f"service_scvs[{k}]", scv, "variance / mean²")
        for k, scv in enumerate(service_scvs)
    ]
    loads = [a / s for a, s in zip(arrivals, rates, strict=True)]
    load = math.fsum(loads)
    if load >= 1:
        raise UnstableError(
            say(
                "the classes ask for {load} Erlang of one server (utilisation {share}, must be "
                "below 100%): the queue grows without bound; let fewer arrive, or serve faster",
                load=number(load, 4),
                share=percent(load, 2),
            )
        )
    ahead = math.fsum(
        use * (1 + scv) / (2 * rate) for use, scv, rate in zip(loads, scvs, rates, strict=True)
    )
    classes = []
    for k, own in enumerate(arrivals):
        above, with_own = math.fsum(loads[:k]), math.fsum(loads[: k + 1])
        classes.append(
            Queue(
                model=f"M/G/1, class {k + 1} of {len(arrivals)}",
                arrival_rate=own,
                service_rate=rates[k],
                servers=1,
                mean_wait=ahead / ((1 - above) * (1 - with_own)),
                delayed=load,
                largest_rate=rates[k] * (1 - math.fsum(loads[:k] + loads[k + 1 :])),
            )
        )
    everybody = math.fsum(arrivals)
    together = Queue(
        model=f"M/G/1, {len(arrivals)} classes",
        arrival_rate=everybody,
        service_rate=everybody / load,
        servers=1,
        mean_wait=math.fsum(q.arrival_rate * q.mean_wait for q in classes) / everybody,
        delayed=load,
        largest_rate=everybody / load,
    )
    return PriorityQueues(tuple(classes), together)


def _rates(arrival_rates: Sequence[float]) -> list[float]:
    rates = [
        above_zero(f"arrival_rates[{k}]", rate, PER_HOUR) for k, rate in enumerate(arrival_rates)
    ]
    if not rates:
        raise ValueError("arrival_rates is empty: give one rate a class, the highest class first")
    return rates
