"""Erlang's two formulas as plain functions: the share lost (B) and the share that waits (C)."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from svclab.checks import a_count, zero_or_more

__all__ = ["erlang_b", "erlang_b_by_servers", "erlang_c"]


def erlang_b_by_servers(load: float) -> Iterator[float]:
    """Erlang B for 0, 1, 2, ... servers, one after the other, without end.

    B₀ = 1,   Bₙ = a Bₙ₋₁ / (n + a Bₙ₋₁).

    Parameters
    ----------
    load : float
        Offered load a in Erlang, zero or more.

    Yields
    ------
    float
        Share of customers who find all servers busy and are lost.

    Examples
    --------
    >>> from itertools import islice
    >>> [round(b, 4) for b in islice(erlang_b_by_servers(2.0), 4)]
    [1.0, 0.6667, 0.4, 0.2105]
    """
    lost, servers = 1.0, 0
    while True:
        yield lost
        servers += 1
        offered = load * lost
        lost = offered / (servers + offered)


def erlang_b(load: float, servers: int) -> float:
    """Share of customers lost in M/M/c/c, where nobody can wait.

    B(c, a) = (aᶜ / c!) / Σₙ aⁿ / n!, by the recursion of :func:`erlang_b_by_servers`, which
    never leaves the range from 0 to 1. It holds for any distribution of the service time.

    Parameters
    ----------
    load : float
        Offered load a in Erlang (arrival rate over service rate), zero or more.
    servers : int
        Servers c, zero or more.

    Returns
    -------
    float

    Raises
    ------
    ValueError
        For a negative load or number of servers.

    References
    ----------
    Erlang, A. K. (1917), Solution of some problems in the theory of probabilities of
    significance in automatic telephone exchanges.

    Examples
    --------
    >>> round(erlang_b(8.108, 15), 4)
    0.01
    """
    load = zero_or_more("load", load, "an offered load in Erlang")
    return next(islice(erlang_b_by_servers(load), a_count("servers", servers, 0), None))


def erlang_c(load: float, servers: int) -> float:
    """Share of customers who must wait in M/M/c, where everybody waits.

    C(c, a) = B / (1 - ρ (1 - B)) with B = B(c, a) and ρ = a / c; 1 if the load is not below the
    number of servers.

    Parameters
    ----------
    load : float
        Offered load a in Erlang, zero or more.
    servers : int
        Servers c, one or more.

    Returns
    -------
    float

    Raises
    ------
    ValueError
        For a negative load or no servers.

    References
    ----------
    Erlang (1917), as for :func:`erlang_b`.

    Examples
    --------
    >>> round(erlang_c(10, 14), 6)
    0.174132
    """
    load = zero_or_more("load", load, "an offered load in Erlang")
    servers = a_count("servers", servers, 1)
    return waiting_share(load, servers, erlang_b(load, servers))


def waiting_share(load: float, servers: int, lost: float) -> float:
    """Erlang C from Erlang B."""
    if load >= servers:
        return 1.0
    # (c - a) instead of 1 - a/c keeps the digits when the two are close.
    return servers * lost / (servers - load + load * lost)
