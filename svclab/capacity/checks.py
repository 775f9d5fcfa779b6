"""What the models of this chapter refuse, in one voice: parameter, value, what is allowed."""

from __future__ import annotations

import math
from numbers import Integral, Real

from svclab.words import number, per_hour, percent, say

__all__ = [
    "UnstableError",
    "check_share",
    "check_stable",
    "check_whole",
    "in_hours",
    "positive",
    "zero_or_more",
]


class UnstableError(ValueError):
    """A queue that would grow without bound: it has no long-run averages.

    A :class:`ValueError`, so that code which expects one catches it too.
    """


def positive(name: str, value: float, what: str = "a number") -> float:
    """A finite number above zero, as a float; else an error that names it.

    Examples
    --------
    >>> positive("service_rate", 0, "customers per hour")
    Traceback (most recent call last):
    ValueError: service_rate=0: give customers per hour, above zero
    """
    if isinstance(value, bool) or not isinstance(value, Real) or not 0 < value < math.inf:
        raise ValueError(f"{name}={value!r}: give {what}, above zero")
    return float(value)


def zero_or_more(name: str, value: float, what: str = "a number") -> float:
    """A finite number of zero or more, as a float; else an error that names it."""
    if isinstance(value, bool) or not isinstance(value, Real) or not 0 <= value < math.inf:
        raise ValueError(f"{name}={value!r}: give {what}, zero or more")
    return float(value)


def check_whole(name: str, value: int, *, at_least: int = 1) -> int:
    """A whole number that is large enough, as an int; else an error that names it."""
    if isinstance(value, bool) or not isinstance(value, Integral) or value < at_least:
        raise ValueError(f"{name}={value!r}: give a whole number, {at_least} or more")
    return int(value)


def check_share(name: str, value: float) -> float:
    """A share from 0 to 1, as a float; else an error that names it."""
    if isinstance(value, bool) or not isinstance(value, Real) or not 0 <= value <= 1:
        raise ValueError(f"{name}={value!r}: give a share from 0 to 1, such as 0.9")
    return float(value)


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
