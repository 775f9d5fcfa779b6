"""Customers as lists of times, and what became of them: what every engine takes and gives.

The three engines are :mod:`~svclab.capacity.simulation.station` in SimPy,
:mod:`~svclab.capacity.simulation.recursion` in plain Python and
:mod:`~svclab.capacity.simulation.engine` in NumPy. They never draw: all can be given the same
customers, and for the same lists they give each customer the same wait.

**What comes first.** Where several things happen at the very same moment, this is their order:

1. customers arrive, in the order of their numbers; a free server takes a customer at once;
2. the staff plan changes;
3. services end, and each free server takes whoever comes next: the most urgent kind first,
   within a kind first come first served;
4. patience ends.

So whoever arrives just when a server becomes free joins the queue before that server chooses,
and whoever would leave just then is still served.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING

from svclab.checks import a_count, a_share, zero_or_more
from svclab.words import count, duration, percent, say

if TYPE_CHECKING:
    from svclab.capacity.queues.service_levels import ServiceLevel
    from svclab.intervals import Estimate

__all__ = ["LEFT", "SERVED", "TURNED", "Customers", "Served", "Staff", "levels"]

#: What became of a customer.
SERVED, LEFT, TURNED = "served", "left", "turned away"

#: How many servers: a number, or a plan [(second from which it holds, servers), ...].
Staff = int | Sequence[tuple[float, int]]


@dataclass(frozen=True)
class Customers:
    """Customers with their times in seconds; the place in the lists is a customer's number.

    Parameters
    ----------
    arrivals : sequence of float
        When each arrives, from 0 on, never falling. These and the others may be lists, tuples,
        or columns of NumPy or pandas, which become lists.
    services : sequence of float
        How long each is served.
    patience : sequence of float, optional
        How long each waits before leaving; ``math.inf`` for ever. Left out: all wait.
    kinds : sequence of int, optional
        0 is served first, then 1, and so on, without interrupting a service. Left out: one kind.
    balks_at : sequence of int, optional
        Each turns away where all servers are busy and so many wait already. The same number
        for all is a waiting room; 0 is none at all. Left out: all join.

    Examples
    --------
    >>> Customers([0, 10], [15, 15]).customers
    2
    """

    arrivals: Sequence[float]
    services: Sequence[float]
    patience: Sequence[float] | None = field(default=None, kw_only=True)
    kinds: Sequence[int] | None = field(default=None, kw_only=True)
    balks_at: Sequence[int] | None = field(default=None, kw_only=True)

    def __post_init__(self) -> None:
        for name in ("arrivals", "services", "patience", "kinds", "balks_at"):
            values = getattr(self, name)
            if hasattr(values, "tolist"):  # of NumPy or pandas
                object.__setattr__(self, name, values.tolist())

    @property
    def customers(self) -> int:
        """How many customers there are."""
        return len(self.arrivals)

    def check(self) -> None:
        """Refuse lists that do not fit or are not times; the message says where.

        Raises
        ------
        ValueError
            For the first entry that is wrong.
        """
        if not self.arrivals:
            raise ValueError("arrivals is empty: give at least one customer")
        for name in ("services", "patience", "kinds", "balks_at"):
            values = getattr(self, name)
            if values is not None and len(values) != len(self.arrivals):
                raise ValueError(
                    f"{name} has {len(values)} entries for {len(self.arrivals)} customers: "
                    "give one a customer"
                )
        _check_times("arrivals", self.arrivals)
        _check_times("services", self.services)
        for number, (one, two) in enumerate(pairwise(self.arrivals), 1):
            if two < one:
                raise ValueError(
                    f"arrivals[{number}]={two!r} is before arrivals[{number - 1}]={one!r}: "
                    "sort them"
                )
        if self.patience is not None:
            _check_times("patience", self.patience, unlimited=True)
        for name in ("kinds", "balks_at"):
            for number, value in enumerate(getattr(self, name) or ()):
                a_count(f"{name}[{number}]", value, 0)


def _check_times(what: str, times: Sequence[float], unlimited: bool = False) -> None:
    # Three passes in C over good lists; only a bad one is searched for its place.
    try:
        total = math.fsum(times)
        if min(times) >= 0 and not math.isnan(total) and (unlimited or math.isfinite(total)):
            return
    except (TypeError, ValueError, OverflowError):
        pass
    for number, value in enumerate(times):
        if not (unlimited and value == math.inf):
            zero_or_more(f"{what}[{number}]", value, "a number of seconds")


def levels(servers: Staff) -> list[tuple[float, int]]:
    """A staff plan, checked: [(second from which it holds, servers), ...] from 0 on.

    Parameters
    ----------
    servers : int or plan
        One or more servers; or a plan whose times rise from 0. Somebody must be there at its
        end, or the last customers would wait for ever.

    Raises
    ------
    ValueError
        If it is neither.

    Examples
    --------
    >>> levels(3), levels([(0, 2), (3600, 4)])
    ([(0.0, 3)], [(0.0, 2), (3600.0, 4)])
    """
    if not isinstance(servers, Sequence) or isinstance(servers, str):
        return [(0.0, a_count("servers", servers, 1))]
    if not servers:
        raise ValueError(f"servers={servers!r}: give a plan such as [(0, 2), (3600, 4)]")
    plan = [(float(time), number) for time, number in servers]
    if plan[0][0] != 0:
        raise ValueError(f"servers: the plan begins at {plan[0][0]!r} s: begin at 0")
    for place, (time, number) in enumerate(plan):
        if place and not plan[place - 1][0] < time < math.inf:
            raise ValueError(
                f"servers: time {time!r} s of the plan comes after {plan[place - 1][0]!r} s: "
                "the times must rise"
            )
        a_count(f"servers from {time!r} s on", number, 0)
    if plan[-1][1] < 1:
        raise ValueError(
            "servers: nobody is there at the end of the plan: whoever still waits would wait "
            "for ever; let at least one server stay"
        )
    return plan


@dataclass(frozen=True, repr=False)
class Served:
    """What became of each customer; times in seconds. Figures leave out the warm-up.

    They mean what they mean in :class:`svclab.capacity.queues.results.Queue`: waits are those
    of customers who join the queue, and giving up ends them; shares are of all who come.
    A figure of one run is one observation: customers of one run depend on each other. For an
    interval use several runs, or :meth:`batch_means`.
    """

    customers: Customers
    servers: Staff
    waits: Sequence[float]  # s, from arrival to service or to leaving; 0 for who turned away
    fates: Sequence[str]  # SERVED, LEFT (out of patience) or TURNED (away at once)
    warm_up: int = 0  # customers at the start that are not counted

    def after(self, warm_up: int) -> Served:
        """The same without its first customers in the means.

        Raises
        ------
        ValueError
            If nobody would be left.
        """
        return replace(self, warm_up=a_count("warm_up", warm_up, 0, len(self.waits) - 1))

    def _counted(self, kind: int | None, *fates: str) -> list[float]:
        kinds = self.customers.kinds
        return [
            self.waits[n]
            for n in range(self.warm_up, len(self.waits))
            if (not fates or self.fates[n] in fates)
            and (kind is None or (kinds[n] if kinds is not None else 0) == kind)
        ]

    def mean_wait(self, kind: int | None = None) -> float:
        """Mean seconds that those who joined the queue waited, served or not; NaN for nobody."""
        return _mean(self._counted(kind, SERVED, LEFT))

    def mean_wait_of_the_served(self, kind: int | None = None) -> float:
        """Mean seconds from arrival to service of those who were served; NaN for nobody."""
        return _mean(self._counted(kind, SERVED))

    def share(self, fate: str, kind: int | None = None) -> float:
        """Share of all who came, 0 to 1, that were ``SERVED``, ``LEFT`` or ``TURNED`` away."""
        if fate not in (SERVED, LEFT, TURNED):
            raise ValueError(f"fate={fate!r}: use {SERVED!r}, {LEFT!r} or {TURNED!r}")
        came = len(self._counted(kind))
        return len(self._counted(kind, fate)) / came if came else math.nan

    def probability_of_waiting(self, kind: int | None = None) -> float:
        """Share of all who came, 0 to 1, that had to queue; NaN for nobody."""
        came = len(self._counted(kind))
        queued = sum(wait > 0 for wait in self._counted(kind, SERVED, LEFT))
        return queued / came if came else math.nan

    def service_level(self, seconds: float, kind: int | None = None) -> ServiceLevel:
        """The share served within so many seconds, in its three senses."""
        from svclab.capacity.queues.service_levels import observed_service_level

        served, left = self._counted(kind, SERVED), self._counted(kind, LEFT)
        return observed_service_level(
            served + left,
            [False] * len(served) + [True] * len(left),
            turned_away=len(self._counted(kind, TURNED)),
            seconds=seconds,
        )

    def percentile(self, share: float, kind: int | None = None) -> float:
        """The wait in seconds that this share of those who joined do not exceed, 0 < share ≤ 1."""
        a_share("share", share, above=True)
        waits = sorted(self._counted(kind, SERVED, LEFT))
        return waits[math.ceil(share * len(waits)) - 1] if waits else math.nan

    @cached_property
    def visits(self) -> list[tuple[int, float, float, float]]:
        """(number, arrival, start, finish) of each customer who was served, warm-up included."""
        c = self.customers
        starts = [a + w for a, w in zip(c.arrivals, self.waits, strict=True)]
        return [
            (n, c.arrivals[n], starts[n], starts[n] + c.services[n])
            for n, fate in enumerate(self.fates)
            if fate == SERVED
        ]

    @property
    def end(self) -> float:
        """When the last customer has gone, in seconds: a bank day ends then, not at closing."""
        gone = [a + w for a, w in zip(self.customers.arrivals, self.waits, strict=True)]
        return max(max(gone), max((visit[3] for visit in self.visits), default=0.0))

    @property
    def occupancy(self) -> float:
        """Busy time over staffed time, from the first counted arrival to the last arrival.

        With a plan the staffed time is the plan's; who finishes a customer after going home is
        busy all the same, so a short plan may come out above 1. NaN for no time.
        """
        first, last = self._span
        busy = math.fsum(max(0.0, min(f, last) - max(s, first)) for _, _, s, f in self.visits)
        return busy / self._staffed if self._staffed else math.nan

    @property
    def utilisation(self) -> float:
        """What was asked of the servers: service time of all who came over staffed time.

        Counted from the first counted arrival to the last. Above 1 where more was asked than
        they could do; where all are served, in a long run, it is the occupancy. NaN for no time.
        """
        asked = math.fsum(self.customers.services[self.warm_up : -1])
        return asked / self._staffed if self._staffed else math.nan

    @property
    def _span(self) -> tuple[float, float]:
        return self.customers.arrivals[self.warm_up], self.customers.arrivals[-1]

    @cached_property
    def _staffed(self) -> float:
        first, last = self._span
        plan = levels(self.servers)
        ends = [time for time, _ in plan[1:]] + [math.inf]
        return math.fsum(
            number * max(0.0, min(end, last) - max(time, first))
            for (time, number), end in zip(plan, ends, strict=True)
        )

    def queue_length(self) -> list[tuple[float, int]]:
        """(second, customers waiting from then on), a step for each change, all customers."""
        changes: dict[float, int] = {}
        for arrival, wait in zip(self.customers.arrivals, self.waits, strict=True):
            if wait > 0:
                changes[arrival] = changes.get(arrival, 0) + 1
                changes[arrival + wait] = changes.get(arrival + wait, 0) - 1
        steps, waiting = [(0.0, 0)], 0
        for time in sorted(changes):
            waiting += changes[time]
            steps.append((time, waiting))
        return steps

    def batch_means(self, batches: int = 20, *, confidence: float = 0.95) -> Estimate:
        """The mean wait of a long steady run with an interval, from means of batches."""
        from svclab.capacity.simulation.output import batch_means

        return batch_means(
            self._counted(None, SERVED, LEFT), batches=batches, confidence=confidence
        )

    def __repr__(self) -> str:
        return say(
            "{n}: mean wait {wait}; {waiting} waited, {left} left, {turned} turned away",
            n=count(len(self.waits) - self.warm_up, "customer"),
            wait=duration(_finite(self.mean_wait())),
            waiting=percent(_finite(self.probability_of_waiting())),
            left=percent(self.share(LEFT)),
            turned=percent(self.share(TURNED)),
        )


def _mean(values: Sequence[float]) -> float:
    return math.fsum(values) / len(values) if values else math.nan


def _finite(value: float) -> float:
    return 0.0 if math.isnan(value) else value
