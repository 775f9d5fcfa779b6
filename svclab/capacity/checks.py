"""What the models of this chapter refuse besides: loads without a balance, times in no unit."""

from __future__ import annotations

import math
from numbers import Real

from svclab.words import number, per_hour, percent, say

__all__ = ["UnstableError", "check_stable", "in_hours"]


class UnstableError(ValueError):
    """A queue that would grow without bound: it has no long-run averages.

    A :class:`ValueError`, so that code which expects one catches it too.
    """


def in_hours(hours: float, minutes: float, seconds: float) -> float:
    """A time given in any mixture of units, in hours.

    Examples
    --------
    >>> in_hours(0, 1, 30)
    0.025
    """
    parts = (hours, minutes, seconds)
    if any(isinstance(part, bool) or not isinstance(part, Real) for part in parts):
        total = math.nan
    else:
        total = hours + minutes / 60 + seconds / 3600
    if not (math.isfinite(total) and total >= 0):
        raise ValueError(
            f"hours={hours!r}, minutes={minutes!r}, seconds={seconds!r}: "
            "give a time of zero or more"
        )
    return total


def check_stable(arrival_rate: float, service_rate: float, *, servers: int) -> None:
    """Refuse a station that cannot carry its load, and say what would help.

    Parameters
    ----------
    arrival_rate : float
        Customers per hour who come.
    service_rate : float
        Customers per hour that one server can serve.
    servers : int
        Servers of the station.

    Raises
    ------
    UnstableError
        Unless λ < cμ, both as a quotient and as a difference: rounding may tell them apart.

    Examples
    --------
    >>> check_stable(59, 20, servers=3)
    >>> check_stable(60, 20, servers=3)
    Traceback (most recent call last):
    svclab.capacity.checks.UnstableError: servers=3 cannot carry an offered load of 3 Erlang
    (utilisation 100%, must be below 100%): the queue grows without bound; use at least 4
    servers, let fewer than 60 per hour arrive, or use a model in which customers give up
    (erlang_a) or are turned away (mmck)
    """
    load = arrival_rate / service_rate
    if load < servers and arrival_rate < servers * service_rate:
        return
    raise UnstableError(
        say(
            "servers={servers} cannot carry an offered load of {load} Erlang (utilisation "
            "{share}, must be below 100%): the queue grows without bound; use at least {enough} "
            "servers, let fewer than {most} arrive, or use a model in which customers give up "
            "(erlang_a) or are turned away (mmck)",
            servers=str(servers),
            load=number(load, 4),
            share=percent(load / servers, 2),
            enough=max(math.floor(load), servers) + 1,
            most=per_hour(servers * service_rate, 4),
        )
    )
