"""One line for all, or a line for each kind: what pooling gains, and when it loses.

Pooling lets no server stand idle while somebody waits. But it also puts short services behind
long ones: where the kinds differ much, the many who want little can wait longer than before.
And what the formula leaves out can weigh more than what it shows: :data:`SHALL_WE_POOL`.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from svclab.capacity.checks import UnstableError
from svclab.capacity.queues.general import allen_cunneen
from svclab.capacity.queues.results import Queue
from svclab.checks import a_count, above_zero, zero_or_more
from svclab.process.audit import Checklist, Item
from svclab.words import minutes, percent, say

__all__ = [
    "SHALL_WE_POOL",
    "Kind",
    "Pooling",
    "break_even",
    "mixture",
    "pool",
    "servers_for_same_wait",
]

SHALL_WE_POOL = Checklist(
    "Shall we pool?",
    (
        Item("same work", "All kinds of customers take about as long.", "customers"),
        Item("nobody changes lines", "Whoever stands in one line cannot change.", "customers"),
        Item("any server will do", "Nobody has a reason to want a certain server.", "customers"),
        Item("room", "There is room for one line, and its length frightens nobody.", "customers"),
        Item("no way to walk", "The next customer is at the server at once.", "servers"),
        Item("no specialists", "Every server does every kind as quickly and as well.", "servers"),
        Item("same effort", "Servers work as hard for a line that they share.", "servers"),
    ),
    chinese="是否合并排队",
)
"""What must be true for one line to keep what the formula promises.

Rothkopf and Rech (1987) argue that combining queues can do harm, as at the checkouts of a shop.
Where people change to the shorter line, no server is idle beside a line, and separate lines wait
on average as one line does. Smith and Whitt (1981) show the harm of mixing different services.
Song, Tucker and Murrell (2015) and Shunko, Niederhoff and Rosokha (2018) find servers slower in a
shared line. Against all this stands fairness: in one line nobody is overtaken (Larson 1987).
"""


@dataclass(frozen=True)
class Kind:
    """Customers of one kind with a line of their own."""

    name: str
    arrivals_per_hour: float
    service_minutes: float
    servers: int = 1
    scv: float = 1.0  # variance / mean² of the service time; 1 is exponential

    def __post_init__(self) -> None:
        above_zero(f"arrivals_per_hour of {self.name!r}", self.arrivals_per_hour, "customers")
        above_zero(f"service_minutes of {self.name!r}", self.service_minutes, "minutes")
        a_count(f"servers of {self.name!r}", self.servers, 1)
        zero_or_more(f"scv of {self.name!r}", self.scv)


@dataclass(frozen=True, repr=False)
class Pooling:
    """The same customers and servers, dedicated and pooled."""

    dedicated: dict[str, Queue]  # by kind
    pooled: Queue
    dedicated_wait: float  # minutes, mean over all customers
    pooled_wait: float  # minutes, the same for all kinds
    service_scv: float  # of the mixed service times
    slowdown: float = 0.0  # by how much pooled services take longer, a share

    @property
    def saved(self) -> float:
        """Minutes that pooling saves the average customer; below 0: it costs them."""
        return self.dedicated_wait - self.pooled_wait

    @property
    def losers(self) -> tuple[str, ...]:
        """Kinds that wait longer in the pooled line."""
        return tuple(k for k, q in self.dedicated.items() if q.mean_wait < self.pooled.mean_wait)

    def sentence(self) -> str:
        """The result in words."""
        text = say(
            "Lines of their own: {own} of waiting on average; one line: {one}",
            own=minutes(self.dedicated_wait, 2),
            one=minutes(self.pooled_wait, 2),
        )
        if self.slowdown:
            text += say(", with services {slow} longer", slow=percent(self.slowdown, 0))
        return text + "."

    def __repr__(self) -> str:
        return self.sentence()


def mixture(kinds: Sequence[Kind]) -> tuple[float, float]:
    """Mean (minutes) and squared coefficient of variation of the mixed service times.

    With shares p: m = Σ p mₖ, E[S²] = Σ p (1 + cₖ²) mₖ², c² = E[S²] / m² − 1.

    Examples
    --------
    >>> mixture([Kind("short", 50, 1, scv=0), Kind("long", 5, 10, scv=0)])
    (1.8181818181818181, 2.025)
    """
    rate = math.fsum(k.arrivals_per_hour for k in kinds)
    mean = math.fsum(k.arrivals_per_hour * k.service_minutes for k in kinds) / rate
    second = (
        math.fsum(k.arrivals_per_hour * (1 + k.scv) * k.service_minutes**2 for k in kinds) / rate
    )
    return mean, round(second / mean**2 - 1, 12)


def pool(kinds: Sequence[Kind], *, slowdown: float = 0.0) -> Pooling:
    """Compare a line for each kind with one line for all the servers together.

    Each line by Allen and Cunneen: the wait of M/M/c times (1 + c²) / 2. That is exact for one
    server and for exponential services; for a mixture at several servers it is an approximation,
    some percent off.

    Parameters
    ----------
    kinds : sequence of Kind
        Two or more; names differ; each line stable by itself.
    slowdown : float
        By what share services take longer in the pooled line: the way to the server, work that
        one is not used to, less effort. 0.05 is five percent.

    Returns
    -------
    Pooling

    Raises
    ------
    UnstableError
        If a line cannot carry its load.

    References
    ----------
    Rothkopf, M. H. and Rech, P. (1987), "Perspectives on queues: combining queues is not always
    beneficial", Oper. Res. 35, 906-909; Smith, D. R. and Whitt, W. (1981), "Resource sharing for
    efficiency in traffic systems", Bell System Technical Journal 60, 39-55; van Dijk, N. M. and
    van der Sluis, E. (2008), "To pool or not to pool in call centers", Production and Operations
    Management 17, 296-305.

    Examples
    --------
    >>> equal = [Kind("east", 24, 2), Kind("west", 24, 2)]
    >>> pool(equal).sentence()
    'Lines of their own: 8 min of waiting on average; one line: 3.56 min.'
    >>> pool([Kind("short", 50, 1, scv=0), Kind("long", 5, 10, scv=0)]).losers
    ('short',)
    """
    _check_kinds(kinds)
    zero_or_more("slowdown", slowdown, "a share such as 0.05")
    dedicated = {
        k.name: allen_cunneen(
            k.arrivals_per_hour,
            60 / k.service_minutes,
            servers=k.servers,
            arrival_scv=1,
            service_scv=k.scv,
        )
        for k in kinds
    }
    mean, scv = mixture(kinds)
    rate = math.fsum(k.arrivals_per_hour for k in kinds)
    together = allen_cunneen(
        rate,
        60 / (mean * (1 + slowdown)),
        servers=sum(k.servers for k in kinds),
        arrival_scv=1,
        service_scv=scv,
    )
    waits = math.fsum(k.arrivals_per_hour * dedicated[k.name].mean_wait for k in kinds)
    return Pooling(dedicated, together, 60 * waits / rate, 60 * together.mean_wait, scv, slowdown)


def break_even(kinds: Sequence[Kind]) -> float:
    """How much longer services may take in the pooled line until pooling is worth nothing.

    The slowdown at which the mean time from arrival to leaving is that of the lines of their own.

    Parameters
    ----------
    kinds : sequence of Kind
        As for :func:`pool`.

    Returns
    -------
    float
        A share, to 1e-12; 0 if pooling loses even without a slowdown.

    Examples
    --------
    >>> round(break_even([Kind("east", 24, 2), Kind("west", 24, 2)]), 3)
    0.103
    """
    _check_kinds(kinds)
    mean, _ = mixture(kinds)
    aim = pool(kinds).dedicated_wait + mean

    def stay(slowdown: float) -> float:
        try:
            return pool(kinds, slowdown=slowdown).pooled_wait + mean * (1 + slowdown)
        except UnstableError:
            return math.inf

    if stay(0.0) >= aim:
        return 0.0
    low, high = 0.0, 1.0
    while stay(high) < aim:
        high *= 2
    while high - low > 1e-12:
        middle = (low + high) / 2
        low, high = (middle, high) if stay(middle) < aim else (low, middle)
    return low


def _check_kinds(kinds: Sequence[Kind]) -> None:
    if len({k.name for k in kinds}) < max(len(kinds), 2):
        raise ValueError("kinds must be two or more, with different names")


def servers_for_same_wait(kinds: Sequence[Kind]) -> int:
    """The fewest servers in one line that wait no longer than the lines of their own do.

    Examples
    --------
    >>> servers_for_same_wait([Kind(name, 24, 2) for name in ("a", "b", "c", "d")])
    4
    """
    aim = pool(kinds).dedicated_wait
    mean, scv = mixture(kinds)
    rate = math.fsum(k.arrivals_per_hour for k in kinds)
    servers = math.floor(rate * mean / 60) + 1
    while True:
        line = allen_cunneen(rate, 60 / mean, servers=servers, arrival_scv=1, service_scv=scv)
        if 60 * line.mean_wait <= aim + 1e-12:
            return servers
        servers += 1
