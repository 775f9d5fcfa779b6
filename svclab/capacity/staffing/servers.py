"""One hour: the fewest servers that keep a promise, and the paid people behind them."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from svclab.capacity.checks import UnstableError
from svclab.capacity.queues.markovian import mmc
from svclab.capacity.queues.results import Queue
from svclab.capacity.staffing.targets import Target, as_targets
from svclab.checks import a_count, zero_or_more
from svclab.words import count, join, number, percent, say

__all__ = ["PaidPeople", "ServersNeeded", "fewest_servers", "paid_people", "total_shrinkage"]

MOST = 100_000  # servers; far above any counter


@dataclass(frozen=True, repr=False)
class ServersNeeded:
    """The fewest servers that keep every promise, and what one fewer would do."""

    servers: int
    targets: tuple[Target, ...]
    queue: Queue  # with so many servers
    one_fewer: Queue | None  # with one server fewer; None: without bound, or there would be none

    @property
    def hedge(self) -> float:
        """Servers beyond the offered load: the capacity kept against chance, in Erlang."""
        return self.servers - self.queue.offered_load

    def rows(self) -> list[tuple[str, str, str, str]]:
        """For each target: what is wanted, with these servers, with one fewer."""
        fewer = self.one_fewer
        return [
            (
                target.measure,
                repr(target),
                target.shown(target.value(self.queue)),
                "no limit" if fewer is None else target.shown(target.value(fewer)),
            )
            for target in self.targets
        ]

    def __repr__(self) -> str:
        have = join([row[2] for row in self.rows()])
        text = say(
            "{servers}: {have} (occupancy {busy})",
            servers=count(self.servers, "server"),
            have=have,
            busy=percent(self.queue.occupancy),
        )
        if self.servers == 1:
            return text
        if self.one_fewer is None:
            return text + say("; with {n} the queue grows without bound", n=self.servers - 1)
        less = join([row[3] for row in self.rows()])
        return text + say("; with {n}: {less}", n=self.servers - 1, less=less)

    def _repr_html_(self) -> str:
        from svclab.shown import html_table

        head = ["measure", "wanted", str(self.servers), str(self.servers - 1)]
        return html_table(repr(self), head, self.rows())


def fewest_servers(
    arrival_rate: float,
    service_rate: float,
    *,
    target: Target | Sequence[Target],
    model: Callable[..., Queue] = mmc,
    most: int = MOST,
    **options: Any,
) -> ServersNeeded:
    """The fewest servers with which a queue keeps its promises.

    Every measure gets better with each further server, so the answer is found by doubling and
    halving; no step is skipped over.

    Parameters
    ----------
    arrival_rate, service_rate : float
        Customers per hour who come, and whom one server can serve, above zero.
    target : Target or sequence of Target
        What is promised; of several, all must be kept.
    model : callable, optional
        Any formula that takes ``servers``, called as model(arrival_rate, service_rate,
        servers=c, \\*\\*options): :func:`svclab.capacity.mmc` (Erlang C, default), ``erlang_a``,
        ``mmck``, ``mmcc``, ``allen_cunneen``, ``finite_population``.
    most : int, optional
        No more servers than this.
    **options
        What else the model takes, such as ``mean_patience`` in hours for ``erlang_a``.

    Returns
    -------
    ServersNeeded

    Raises
    ------
    ValueError
        If even ``most`` servers do not keep the promise, or the model does not know the measure.

    References
    ----------
    Gans, N., Koole, G. and Mandelbaum, A. (2003), Telephone call centers: tutorial, review and
    research prospects, Manufacturing and Service Operations Management 5, 79-141.

    Examples
    --------
    >>> from svclab.capacity import erlang_a
    >>> from svclab.capacity.staffing.targets import abandonment_at_most, served_within
    >>> fewest_servers(200, 20, target=served_within(0.8, seconds=20))
    14 servers: 88.8% served within 20 s (occupancy 71.4%); with 13: 79.6% served within 20 s
    >>> fewest_servers(200, 20, target=abandonment_at_most(0.03), model=erlang_a,
    ...                mean_patience=5 / 60).servers
    13
    """
    targets = as_targets(target)
    most = a_count("most", most, 1)
    # A room or a group bounds the servers that a model can be asked for.
    most = min([most] + [int(options[key]) for key in ("room", "population") if key in options])

    def queue_with(servers: int) -> Queue | None:
        try:
            return model(arrival_rate, service_rate, servers=servers, **options)
        except UnstableError:
            return None

    def enough(servers: int) -> bool:
        queue = queue_with(servers)
        return queue is not None and all(one.met_by(queue) for one in targets)

    high = min(most, max(1, math.ceil(arrival_rate / service_rate)))
    low, step = 0, 1  # low is too few (nobody serves nobody), high is to become enough
    while not enough(high):
        if high == most:
            raise ValueError(_out_of_reach(targets, most, queue_with(most)))
        low, high, step = high, min(most, high + step), 2 * step
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if enough(middle) else (middle, high)
    found = queue_with(high)
    assert found is not None
    return ServersNeeded(high, targets, found, queue_with(high - 1) if high > 1 else None)


def _out_of_reach(targets: tuple[Target, ...], most: int, queue: Queue | None) -> str:
    wanted = join([repr(one) for one in targets])
    if queue is None:
        got = "the queue grows without bound"
    else:
        got = join([one.shown(one.value(queue)) for one in targets])
    return say(
        "{wanted}: not reached with {most}, with which {got}; promise less, serve faster, or "
        "allow more servers",
        wanted=wanted,
        most=count(most, "server"),
        got=got,
    )


@dataclass(frozen=True, repr=False)
class PaidPeople:
    """People on the payroll for people at work."""

    at_work: int
    shrinkage: float  # share of paid time in which a person does not serve customers, 0 to 1
    people: int

    @property
    def exact(self) -> float:
        """People before rounding up."""
        return self.at_work / (1 - self.shrinkage)

    def __repr__(self) -> str:
        return say(
            "{at_work} at work need {people} paid: {share} of paid time is not spent serving",
            at_work=self.at_work,
            people=count(self.people, "person", "people"),
            share=percent(self.shrinkage),
        )


def paid_people(at_work: int, shrinkage: float | Mapping[str, float]) -> PaidPeople:
    """How many people must be paid so that enough are at work.

    paid = at work / (1 - shrinkage), rounded up. The common mistake is at work · (1 + shrinkage),
    which is too few: 30% off needs 43% more.

    Parameters
    ----------
    at_work : int
        People needed at the counter, zero or more.
    shrinkage : float or mapping
        Share of paid time that is not spent serving customers (leave, illness, training, breaks,
        meetings), from 0 to below 1; or its parts by name, as for :func:`total_shrinkage`.

    Returns
    -------
    PaidPeople

    Raises
    ------
    ValueError
        For a shrinkage of 1 or more, or fewer than nobody.

    Examples
    --------
    >>> paid_people(50, 0.27)
    50 at work need 69 people paid: 27% of paid time is not spent serving
    >>> paid_people(7, 0.3).people
    10
    """
    people = a_count("at_work", at_work, 0)
    lost = _exact_shrinkage({"shrinkage": shrinkage} if _is_number(shrinkage) else shrinkage)
    # Fractions: 7 / (1 - 0.3) in floats is a little more than 10, and would be rounded to 11.
    return PaidPeople(people, float(lost), math.ceil(people / (1 - lost)))


def total_shrinkage(parts: Mapping[str, float], *, one_after_the_other: bool = False) -> float:
    """The share of paid time that is lost to several reasons together.

    Parameters
    ----------
    parts : mapping
        Reason to share, each from 0 to below 1.
    one_after_the_other : bool, optional
        How the shares are meant. False (default): each is a share of all paid time, and they
        add up. True: each is a share of what the reasons before it have left, as when breaks are
        a share of the time in which people are present: 1 - Π (1 - share).

    Returns
    -------
    float
        From 0 to below 1.

    Raises
    ------
    ValueError
        For a share outside 0 to 1, or parts that leave nothing.

    Examples
    --------
    >>> reasons = {"leave": 0.12, "illness": 0.05, "breaks": 0.1}
    >>> total_shrinkage(reasons), round(total_shrinkage(reasons, one_after_the_other=True), 4)
    (0.27, 0.2476)
    """
    if one_after_the_other:
        left = Fraction(1)
        for name, share in parts.items():
            left *= 1 - _exact_shrinkage({name: share})
        return float(1 - left)
    return float(_exact_shrinkage(parts))


def _is_number(value: object) -> bool:
    return isinstance(value, int | float)


def _exact_shrinkage(parts: Any) -> Fraction:
    total = Fraction(0)
    for name, share in parts.items():
        total += Fraction(repr(zero_or_more(name, share, "a share of paid time")))
    if total >= 1:
        raise ValueError(
            f"the shrinkage is {number(float(total), 4)}: nobody would ever be at work; give "
            "shares that add up to less than 1"
        )
    return total
