"""What can be reconstructed: starts of service, and servers that seem to serve two at once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from heapq import heappush, heapreplace

from svclab.capacity.measuring.observation import BALKED, GAVE_UP, Visit
from svclab.checks import a_count

__all__ = ["overlaps", "reconstruct_starts", "starts_from_departures"]


def starts_from_departures(
    arrivals: Sequence[float], departures: Sequence[float], *, servers: int
) -> list[float]:
    """When service began, from arrivals and departures alone.

    If customers are served first come, first served, and no server idles while somebody waits,
    customer n begins when fewer than c of those before are left:

        start = max(arrival, the c-th latest departure among those who came before).

    Parameters
    ----------
    arrivals : sequence of float
        In seconds, never falling.
    departures : sequence of float
        In seconds, one for each arrival, not before it.
    servers : int
        c, one or more.

    Returns
    -------
    list of float
        Seconds, one for each customer.

    Raises
    ------
    ValueError
        If the lists differ in length, are not in order, or contradict the rule: the message
        names the customer.

    References
    ----------
    The recursion of Kiefer, J. and Wolfowitz, J. (1955), Transactions of the American
    Mathematical Society 78, 1-18, read backwards.

    Examples
    --------
    >>> starts_from_departures([0, 10, 20], [30, 25, 60], servers=1)
    Traceback (most recent call last):
    ValueError: customer 1 left at 25 s, before service could begin at 30 s: more than servers=1
    served, or not first come, first served
    >>> starts_from_departures([0, 10, 20], [30, 25, 60], servers=2)
    [0, 10, 25]
    """
    if len(arrivals) != len(departures):
        raise ValueError(
            f"departures has {len(departures)} entries for {len(arrivals)} arrivals: give one each"
        )
    a_count("servers", servers, 1)
    latest: list[float] = []  # a heap of the c latest departures so far
    starts: list[float] = []
    for number, (arrival, departure) in enumerate(zip(arrivals, departures, strict=True)):
        if number and arrival < arrivals[number - 1]:
            raise ValueError(f"arrivals[{number}]={arrival!r} is before the one above: sort them")
        start = arrival if len(latest) < servers else max(arrival, latest[0])
        if departure < start:
            raise ValueError(
                f"customer {number} left at {departure:g} s, before service could begin at "
                f"{start:g} s: more than servers={servers} served, or not first come, first served"
            )
        starts.append(start)
        if len(latest) < servers:
            heappush(latest, departure)
        elif departure > latest[0]:
            heapreplace(latest, departure)
    return starts


def reconstruct_starts(visits: Iterable[Visit], *, servers: int) -> list[Visit]:
    """The same visits with the starts of those who were served.

    Who balked or gave up is left as seen; who was there before the watch began, or had not left
    when it ended, has no start.

    Parameters
    ----------
    visits : iterable of Visit
        In order of arrival.
    servers : int
        Servers on duty.

    Raises
    ------
    ValueError
        As :func:`starts_from_departures`.
    """
    visits = list(visits)
    known = [
        place
        for place, v in enumerate(visits)
        if v.arrived is not None and v.left is not None and v.outcome not in (BALKED, GAVE_UP)
    ]
    starts = starts_from_departures(
        [visits[place].arrived or 0.0 for place in known],
        [visits[place].left or 0.0 for place in known],
        servers=servers,
    )
    for place, start in zip(known, starts, strict=True):
        visits[place] = replace(visits[place], started=start)
    return visits


def overlaps(visits: Iterable[Visit], *, at_least: float = 0.0) -> list[tuple[str, float, int]]:
    """Where one server has two customers at once: (server, seconds, line of the second).

    Parameters
    ----------
    visits : iterable of Visit
        Those without a server's name are left out.
    at_least : float, optional
        Shorter overlaps, in seconds, are rounding and left out.
    """
    until: dict[str, float] = {}
    found = []
    services = sorted(
        (v.started, v.left, v.server, v.line)
        for v in visits
        if v.server and v.started is not None and v.left is not None
    )
    for started, left, server, line in services:
        both = min(until.get(server, started), left) - started
        if both > at_least:
            found.append((server, both, line))
        until[server] = max(until.get(server, left), left)
    return found
