"""The square-root rule: capacity for the load, and a hedge that grows with its square root.

    servers = R + β √R

β says how good the service shall be. Halfin and Whitt's function turns it into the share of
customers who must wait, Garnett's does so where customers give up. Neither needs a table or
ten thousand terms, and both show why large counters are cheap: the hedge per unit of load
falls as 1/√R.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

from svclab.capacity.queues.erlang import erlang_c
from svclab.capacity.queues.markovian import erlang_a
from svclab.capacity.staffing.servers import fewest_servers
from svclab.capacity.staffing.targets import waiting_at_most
from svclab.checks import a_number, above_zero
from svclab.words import count, number, percent, say

__all__ = ["SquareRootStaffing", "beta_for_waiting", "garnett", "halfin_whitt", "square_root_rule"]


def halfin_whitt(beta: float) -> float:
    """The share that must wait in a large Erlang C queue with R + β √R servers.

        α(β) = 1 / (1 + β Φ(β) / φ(β)),   Φ and φ the standard normal distribution and density.

    Parameters
    ----------
    beta : float
        β, zero or more; at zero everybody waits.

    Returns
    -------
    float
        Between 0 and 1, falling in β.

    Raises
    ------
    ValueError
        For a negative β: without giving up, so few servers let the queue grow without bound.

    References
    ----------
    Halfin, S. and Whitt, W. (1981), Heavy-traffic limits for queues with many exponential
    servers, Operations Research 29, 567-588.

    Examples
    --------
    >>> [round(halfin_whitt(beta), 3) for beta in (0, 0.5, 1, 2)]
    [1.0, 0.505, 0.223, 0.027]
    """
    if a_number("beta", beta) < 0:
        raise ValueError(
            f"beta={beta!r}: give zero or more; below zero the queue grows without bound unless "
            "customers give up (garnett)"
        )
    density = _density(beta)
    return density / (density + beta * _below(beta))


def garnett(beta: float, patience_ratio: float) -> float:
    """The share that must wait in a large Erlang A queue with R + β √R servers.

        1 / (1 + h(β √r) / (√r h(-β))),   r = mean patience / mean service time,

    where h(x) = φ(x) / (1 - Φ(x)) is the hazard rate of the standard normal distribution. With
    r = 1 it is 1 - Φ(β), and with endless patience it becomes :func:`halfin_whitt`.

    Parameters
    ----------
    beta : float
        β, of either sign: customers who give up keep an understaffed queue finite.
    patience_ratio : float
        r, above zero.

    Returns
    -------
    float
        Between 0 and 1, falling in β.

    Raises
    ------
    ValueError
        For a β that is not finite, or a ratio that is not above zero.

    References
    ----------
    Garnett, O., Mandelbaum, A. and Reiman, M. (2002), Designing a call center with impatient
    customers, Manufacturing and Service Operations Management 4, 208-227.

    Examples
    --------
    >>> round(garnett(0, 1), 6), round(garnett(0.5, 2), 4), round(garnett(-0.5, 2), 4)
    (0.5, 0.3572, 0.7979)
    """
    a_number("beta", beta)
    root = math.sqrt(above_zero("patience_ratio", patience_ratio, "mean patience / mean service"))
    # h(-β) is tiny for large β: multiply instead of dividing by it.
    own = root * _hazard(-beta)
    return own / (own + _hazard(beta * root))


def beta_for_waiting(share: float, *, patience_ratio: float | None = None) -> float:
    """The β with which a wanted share of customers must wait.

    Parameters
    ----------
    share : float
        Between 0 and 1, both excluded.
    patience_ratio : float, optional
        Mean patience over mean service time; left out: nobody gives up.

    Returns
    -------
    float
        The inverse of :func:`halfin_whitt` (above zero), or of :func:`garnett` (either sign).

    Raises
    ------
    ValueError
        For a share outside 0 to 1.

    Examples
    --------
    >>> round(beta_for_waiting(0.2), 4), round(beta_for_waiting(0.2, patience_ratio=2), 4)
    (1.0615, 0.9284)
    """
    limit = waiting_at_most(share).limit
    if patience_ratio is None:
        return _falling_inverse(halfin_whitt, limit, 0.0, 40.0)
    ratio = above_zero("patience_ratio", patience_ratio, "mean patience / mean service")
    return _falling_inverse(lambda beta: garnett(beta, ratio), limit, -40.0, 40.0)


@dataclass(frozen=True, repr=False)
class SquareRootStaffing:
    """What the square-root rule says, beside the exact answer."""

    load: float  # Erlang
    wanted: float  # share of customers who may have to wait
    beta: float
    servers: int  # by the rule, rounded up
    waiting: float  # share that must wait with so many servers, exactly
    exact: int  # the fewest servers that keep the wanted share, exactly

    @property
    def hedge(self) -> float:
        """β √R, in Erlang: the capacity kept against chance."""
        return self.beta * math.sqrt(self.load)

    @property
    def hedge_share(self) -> float:
        """The hedge as a share of the load: it falls as 1/√R."""
        return self.hedge / self.load

    def __repr__(self) -> str:
        return say(
            "{load} Erlang + {beta} × √{load} = {sum}: {servers}, with which {waiting} must wait "
            "({wanted} wanted); exact: {exact}",
            load=number(self.load, 2),
            beta=number(self.beta, 3),
            sum=number(self.load + self.hedge, 2),
            servers=count(self.servers, "server"),
            waiting=percent(self.waiting),
            wanted=percent(self.wanted),
            exact=str(self.exact),
        )


def square_root_rule(
    arrival_rate: float,
    service_rate: float,
    *,
    waiting: float,
    mean_patience: float | None = None,
) -> SquareRootStaffing:
    """Staff a counter by the square-root rule for a wanted probability of waiting.

    Parameters
    ----------
    arrival_rate, service_rate : float
        Customers per hour who come, and whom one server can serve, above zero.
    waiting : float
        Wanted share of customers who must wait, between 0 and 1.
    mean_patience : float, optional
        Hours; left out: nobody gives up.

    Returns
    -------
    SquareRootStaffing

    Raises
    ------
    ValueError
        For a rate or patience that is not above zero, or a share outside 0 to 1.

    References
    ----------
    Halfin and Whitt (1981) and Garnett and others (2002), as above; Borst, S., Mandelbaum, A.
    and Reiman, M. (2004), Dimensioning large call centers, Operations Research 52, 17-34.

    Examples
    --------
    >>> square_root_rule(1000, 10, waiting=0.2)
    100 Erlang + 1.062 × √100 = 110.62: 111 servers, with which 20% must wait (20% wanted);
    exact: 111
    >>> square_root_rule(1000, 10, waiting=0.2, mean_patience=0.2).servers
    110
    """
    load = above_zero("arrival_rate", arrival_rate, "customers per hour") / above_zero(
        "service_rate", service_rate, "customers per hour"
    )
    target = waiting_at_most(waiting)
    if mean_patience is None:
        beta = beta_for_waiting(waiting)
        servers = _rounded_up(load, beta)
        share = erlang_c(load, servers)
        exact = fewest_servers(arrival_rate, service_rate, target=target)
    else:
        patience = above_zero("mean_patience", mean_patience, "hours")
        beta = beta_for_waiting(waiting, patience_ratio=patience * service_rate)
        servers = _rounded_up(load, beta)
        there = erlang_a(arrival_rate, service_rate, servers=servers, mean_patience=patience)
        share = there.probability_of_waiting
        exact = fewest_servers(
            arrival_rate, service_rate, target=target, model=erlang_a, mean_patience=patience
        )
    return SquareRootStaffing(load, target.limit, beta, servers, share, exact.servers)


def _rounded_up(load: float, beta: float) -> int:
    return max(1, math.ceil(load + beta * math.sqrt(load)))


def _falling_inverse(
    function: Callable[[float], float], value: float, low: float, high: float
) -> float:
    for _ in range(80):
        middle = (low + high) / 2
        low, high = (middle, high) if function(middle) > value else (low, middle)
    return (low + high) / 2


def _density(x: float) -> float:
    return math.exp(-x * x / 2) / math.sqrt(2 * math.pi)


def _below(x: float) -> float:
    """Φ(x)."""
    return math.erfc(-x / math.sqrt(2)) / 2


def _hazard(x: float) -> float:
    """φ(x) / (1 - Φ(x)), also where both vanish: there by Laplace's continued fraction."""
    if x < 6:
        return _density(x) / _below(-x)
    fraction = x
    for k in range(60, 0, -1):
        fraction = x + k / fraction
    return fraction
