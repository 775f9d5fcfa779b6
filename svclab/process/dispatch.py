"""A ticket desk under different rules: which ticket does a free worker take next?

One pool of workers, a list of tickets that arrive at known times with known work. A ticket once
begun is finished. The rules change who waits, not how much work there is. Course inventory P-37
(automatic dispatch) and P-33 (routine and exception). Times are in **seconds**, as everywhere in
:mod:`svclab.process`.
"""

from __future__ import annotations

import heapq
import itertools
import math
from collections.abc import Iterable
from dataclasses import dataclass, field

from svclab.checks import a_count, a_number, zero_or_more

__all__ = ["RULES", "Dispatch", "Served", "Ticket", "TicketClass", "compare_rules", "dispatch"]

RULES = {
    "fifo": "first come, first served",
    "shortest": "shortest work first",
    "due": "earliest due date first",
    "fast lane": "some workers take routine tickets only",
}


@dataclass(frozen=True)
class Ticket:
    """One request at the desk.

    Parameters
    ----------
    number : int
        Ticket number; decides ties, and must be unique.
    arrive, work : float
        Time of arrival and seconds of work; 0 or more.
    due : float, optional
        Time by which it should be finished; without it, it is never late.
    kind : str
        Its class, such as ``"routine"`` or ``"exception"``.
    """

    number: int
    arrive: float
    work: float
    due: float | None = None
    kind: str = "routine"

    def __post_init__(self) -> None:
        for name in ("arrive", "work"):
            zero_or_more(
                f"ticket {self.number}: {name}", getattr(self, name), "a number of seconds"
            )
        if self.due is not None:
            a_number(f"ticket {self.number}: due", self.due, "a number of seconds")


_Entry = tuple[float, int, Ticket]  # urgency, number, ticket: a heap orders by the first two


@dataclass(frozen=True)
class Served:
    """What happened to one ticket; times in seconds."""

    ticket: Ticket
    worker: int  # from 0; reserved workers come first
    start: float
    finish: float

    @property
    def flow(self) -> float:
        """Seconds from arrival to finish."""
        return self.finish - self.ticket.arrive

    @property
    def lateness(self) -> float | None:
        """Seconds after the due time (negative: early); None without a due time."""
        return None if self.ticket.due is None else self.finish - self.ticket.due


@dataclass(frozen=True)
class TicketClass:
    """Figures of a group of tickets; times in seconds."""

    tickets: int
    mean_flow: float  # s, arrival to finish
    p95_flow: float  # s, the smallest time within which 95% of the tickets were finished
    mean_lateness: float | None  # s, early counts as negative; None if nothing has a due time
    max_lateness: float | None  # s
    late_share: float | None  # of the tickets with a due time, 0 to 1


@dataclass(frozen=True)
class Dispatch:
    """The outcome of a rule; times in seconds."""

    rule: str
    workers: int
    overall: TicketClass
    classes: dict[str, TicketClass]  # by kind, in order of first ticket number
    busy: float  # s of work done, all workers together
    end: float  # s, when the last ticket is finished
    served: tuple[Served, ...] = field(repr=False)  # by ticket number


def dispatch(
    tickets: Iterable[Ticket],
    workers: int,
    *,
    rule: str = "fifo",
    reserved: int = 0,
    routine: str = "routine",
) -> Dispatch:
    """Run a list of tickets through the desk under one rule.

    Whenever a worker is free and a ticket that he may take is waiting, he takes the first by the
    rule: earliest arrival (``"fifo"``, ``"fast lane"``), least work (``"shortest"``) or earliest
    due time (``"due"``; tickets without one come last). Ties go to the lower ticket number.
    A reserved worker takes routine tickets only, and is asked before the others; the others take
    any ticket.

    Parameters
    ----------
    tickets : iterable of Ticket
        At least one.
    workers : int
        Workers in all, 1 or more.
    rule : str
        A key of :data:`RULES`.
    reserved : int
        Workers of the fast lane; from 1 to below `workers` under ``"fast lane"``, otherwise 0.
    routine : str
        The kind of ticket that reserved workers take.

    Returns
    -------
    Dispatch
        Flow times and lateness, overall and by kind, and what happened to each ticket.

    Raises
    ------
    ValueError
        If a number is outside its range, a rule is unknown, or a ticket number is used twice.

    Examples
    --------
    >>> desk = [Ticket(1, 0, 600, 900), Ticket(2, 0, 60, 300), Ticket(3, 0, 120, 120)]
    >>> [dispatch(desk, 1, rule=r).overall.mean_flow for r in ("fifo", "shortest", "due")]
    [680.0, 340.0, 360.0]
    >>> dispatch(desk, 1, rule="due").overall.max_lateness
    0

    Notes
    -----
    Shortest first gives the least mean flow time when all tickets are there at the start (Smith,
    1956); on one worker, earliest due date gives the least maximum lateness (Jackson, 1955).
    """
    by_number = sorted(tickets, key=lambda t: t.number)
    _check(by_number, workers, rule, reserved)
    arrivals = iter(sorted(by_number, key=lambda t: (t.arrive, t.number)))
    coming: Ticket | None = next(arrivals)
    # Two queues: reserved workers look only into the first.
    queues: tuple[list[_Entry], list[_Entry]] = ([], [])
    free = list(range(workers))
    busy: list[tuple[float, int]] = []
    served: list[Served] = []
    while coming is not None or busy:
        now = min(
            coming.arrive if coming is not None else math.inf, busy[0][0] if busy else math.inf
        )
        while busy and busy[0][0] <= now:
            free.append(heapq.heappop(busy)[1])
        while coming is not None and coming.arrive <= now:
            entry = (_urgency(coming, rule), coming.number, coming)
            heapq.heappush(queues[0 if coming.kind == routine else 1], entry)
            coming = next(arrivals, None)
        for worker in sorted(free):
            open_to = [q for q in (queues[:1] if worker < reserved else queues) if q]
            if not open_to:
                continue
            ticket = heapq.heappop(min(open_to, key=lambda q: q[0][:2]))[2]
            free.remove(worker)
            heapq.heappush(busy, (now + ticket.work, worker))
            served.append(Served(ticket, worker, now, now + ticket.work))
    served.sort(key=lambda s: s.ticket.number)
    kinds = dict.fromkeys(s.ticket.kind for s in served)
    return Dispatch(
        rule=rule,
        workers=workers,
        overall=_figures(served),
        classes={k: _figures([s for s in served if s.ticket.kind == k]) for k in kinds},
        busy=math.fsum(s.ticket.work for s in served),
        end=max(s.finish for s in served),
        served=tuple(served),
    )


def compare_rules(
    tickets: Iterable[Ticket], workers: int, *, reserved: int = 0, routine: str = "routine"
) -> dict[str, Dispatch]:
    """The same tickets under every rule.

    Parameters
    ----------
    tickets, workers, routine
        As in :func:`dispatch`.
    reserved : int
        Workers of the fast lane; with 0 that rule is left out.

    Returns
    -------
    dict
        Rule to outcome.

    Examples
    --------
    >>> desk = [Ticket(1, 0, 900, kind="exception"), Ticket(2, 0, 900, kind="exception"),
    ...         Ticket(3, 1, 60)]
    >>> {rule: d.classes["routine"].mean_flow
    ...  for rule, d in compare_rules(desk, 2, reserved=1).items()}
    {'fifo': 959.0, 'shortest': 959.0, 'due': 959.0, 'fast lane': 60.0}
    """
    listed = list(tickets)
    rules = [rule for rule in RULES if rule != "fast lane" or reserved]
    return {
        rule: dispatch(
            listed,
            workers,
            rule=rule,
            reserved=reserved if rule == "fast lane" else 0,
            routine=routine,
        )
        for rule in rules
    }


def _urgency(ticket: Ticket, rule: str) -> float:
    if rule == "shortest":
        return ticket.work
    if rule == "due":
        return math.inf if ticket.due is None else ticket.due
    return ticket.arrive


def _check(tickets: list[Ticket], workers: int, rule: str, reserved: int) -> None:
    if not tickets:
        raise ValueError("there are no tickets; give at least one")
    for one, other in itertools.pairwise(tickets):
        if one.number == other.number:
            raise ValueError(f"ticket number {one.number} is used twice; number each its own")
    if rule not in RULES:
        raise ValueError(f"rule={rule!r} is unknown; rules are {', '.join(RULES)}")
    a_count("workers", workers, 1)
    a_count("reserved", reserved, 0)
    if rule != "fast lane" and reserved != 0:
        raise ValueError(f"reserved={reserved} only fits rule='fast lane'; leave it at 0")
    if rule == "fast lane" and not 1 <= reserved < workers:
        raise ValueError(
            f"reserved={reserved} of {workers} workers is not possible: a fast lane needs at "
            "least one reserved worker and one for all other tickets"
        )


def _figures(served: list[Served]) -> TicketClass:
    flows = sorted(s.flow for s in served)
    late = [s.lateness for s in served if s.lateness is not None]
    n = len(flows)
    return TicketClass(
        tickets=n,
        mean_flow=math.fsum(flows) / n,
        p95_flow=flows[-(-95 * n // 100) - 1],  # whole-number ⌈0.95 n⌉
        mean_lateness=math.fsum(late) / len(late) if late else None,
        max_lateness=max(late) if late else None,
        late_share=sum(x > 0 for x in late) / len(late) if late else None,
    )
