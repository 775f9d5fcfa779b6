"""Queues with Poisson arrivals and exponential services: all of it is exact.

=====================  =================================  ============================
function               Kendall's name                     who is not served
=====================  =================================  ============================
:func:`mm1`            M/M/1                              nobody
:func:`mmc`            M/M/c, Erlang C                    nobody
:func:`mmck`           M/M/c/K                            who finds no room
:func:`mmcc`           M/M/c/c, Erlang B                  who finds all servers busy
:func:`erlang_a`       M/M/c+M, Erlang A                  who gives up
:func:`finite_population`  M/M/c//N, machine repair       nobody; few come when many wait
=====================  =================================  ============================

Rates are per hour, times in hours. Nothing overflows: the formulas hold for 10,000 servers.
"""

from __future__ import annotations

import math
from itertools import accumulate

from svclab.capacity.checks import check_stable
from svclab.capacity.queues.chains import birth_death
from svclab.capacity.queues.erlang import erlang_b, waiting_share
from svclab.capacity.queues.numerics import queue_sum
from svclab.capacity.queues.results import Queue
from svclab.capacity.queues.waits import ExponentialWait, ImpatientWait, PositionWait
from svclab.checks import a_count, above_zero

__all__ = ["erlang_a", "finite_population", "mm1", "mmc", "mmcc", "mmck"]

PER_HOUR = "customers per hour"


def mm1(arrival_rate: float, service_rate: float) -> Queue:
    """One server: the simplest queue there is.

    mean wait = ρ / (μ - λ), P(wait > t) = ρ e^(-(μ - λ) t), ρ = λ / μ.

    Parameters
    ----------
    arrival_rate, service_rate : float
        λ and μ, customers per hour, above zero, λ below μ.

    Returns
    -------
    Queue

    Raises
    ------
    UnstableError
        If the server cannot carry the load.
    ValueError
        For a rate that is not above zero.

    References
    ----------
    Kleinrock, L. (1975), Queueing Systems, volume 1, section 3.2.

    Examples
    --------
    >>> mm1(15, 17.5).mean_time_in_system_minutes
    24.0
    >>> mm1(20, 20)
    Traceback (most recent call last):
    svclab.capacity.checks.UnstableError: servers=1 cannot carry an offered load of 1 Erlang
    (utilisation 100%, must be below 100%): the queue grows without bound; use at least 2
    servers, let fewer than 20 per hour arrive, or use a model in which customers give up
    (erlang_a) or are turned away (mmck)
    """
    return mmc(arrival_rate, service_rate, servers=1)


def mmc(arrival_rate: float, service_rate: float, *, servers: int) -> Queue:
    """One line for several equal servers (Erlang C).

    P(wait > t) = C e^(-(cμ - λ) t), mean wait = C / (cμ - λ), with Erlang's C(c, λ/μ).

    Parameters
    ----------
    arrival_rate, service_rate : float
        λ, and μ of one server, customers per hour, above zero, λ below cμ.
    servers : int
        c, one or more.

    Returns
    -------
    Queue

    Raises
    ------
    UnstableError
        If the servers cannot carry the load; the message says how many can.
    ValueError
        For a rate that is not above zero, or no server.

    References
    ----------
    Erlang, A. K. (1917), Solution of some problems in the theory of probabilities of
    significance in automatic telephone exchanges.

    Examples
    --------
    Two hundred calls an hour of three minutes, fourteen agents, 20 seconds:

    >>> calls = mmc(200, 20, servers=14)
    >>> round(calls.probability_of_waiting, 4), round(calls.mean_wait_seconds, 2)
    (0.1741, 7.84)
    >>> round(calls.service_level(seconds=20).of_all_offered, 4)
    0.8884
    """
    arrivals, rate, c = _check(arrival_rate, service_rate, servers)
    load = arrivals / rate
    check_stable(arrivals, rate, servers=c)
    delayed = waiting_share(load, c, erlang_b(load, c))
    spare = c * rate - arrivals
    return Queue(
        model=f"M/M/{c}",
        arrival_rate=arrivals,
        service_rate=rate,
        servers=c,
        mean_wait=delayed / spare,
        delayed=delayed,
        largest_rate=c * rate,
        waiting=ExponentialWait(delayed, spare),
    )


def mmck(arrival_rate: float, service_rate: float, *, servers: int, room: int) -> Queue:
    """Several servers and room for so many customers; who finds it full is turned away.

    With pₙ the share of time with n customers there: pₙ₊₁ = pₙ λ / (min(n + 1, c) μ) up to K.
    The share turned away is p_K; who enters and finds n ≥ c waits for n - c + 1 services.

    Parameters
    ----------
    arrival_rate, service_rate : float
        λ, and μ of one server, customers per hour, above zero. Any load: it is always stable.
    servers : int
        c, one or more.
    room : int
        K, customers in the system at most, those being served included; at least c.

    Returns
    -------
    Queue

    Raises
    ------
    ValueError
        For a rate that is not above zero, no server, or room for fewer than the servers.

    References
    ----------
    Gross, D. and Harris, C. M. (1998), Fundamentals of Queueing Theory, section 2.5.

    Examples
    --------
    >>> shop = mmck(3, 2, servers=2, room=5)
    >>> round(shop.probability_of_loss, 4), round(shop.mean_number_in_system, 4)
    (0.0851, 2.006)
    """
    arrivals, rate, c = _check(arrival_rate, service_rate, servers)
    most = a_count("room", room, 1)
    if most < c:
        raise ValueError(
            f"room={most} is less than servers={c}: room counts those being served too, "
            f"give {c} or more"
        )
    shares = birth_death([arrivals] * most, [min(n, c) * rate for n in range(1, most + 1)])
    lost, entering = shares[-1], shares[:-1]
    waiting = math.fsum(k * p for k, p in enumerate(shares[c:]))
    entered = math.fsum(entering)
    return Queue(
        model=f"M/M/{c}/{most}",
        arrival_rate=arrivals,
        service_rate=rate,
        servers=c,
        mean_wait=waiting / (arrivals * entered),
        delayed=math.fsum(entering[c:]),
        probability_of_loss=lost,
        waiting=PositionWait(_tails(entering[c:], entered), c * rate),
    )


def mmcc(arrival_rate: float, service_rate: float, *, servers: int) -> Queue:
    """Several servers and no place to wait (Erlang B): who finds all busy is lost.

    The share lost is Erlang's B(c, λ/μ). It holds for any distribution of the service time with
    the mean 1/μ (M/G/c/c).

    Parameters
    ----------
    arrival_rate, service_rate : float
        λ, and μ of one server, customers per hour, above zero. Any load.
    servers : int
        c, one or more.

    Returns
    -------
    Queue
        With no wait at all.

    Raises
    ------
    ValueError
        For a rate that is not above zero, or no server.

    References
    ----------
    Erlang (1917), as for :func:`mmc`.

    Examples
    --------
    >>> round(mmcc(81.08, 10, servers=15).probability_of_loss, 4)
    0.01
    """
    arrivals, rate, c = _check(arrival_rate, service_rate, servers)
    return Queue(
        model=f"M/M/{c}/{c}",
        arrival_rate=arrivals,
        service_rate=rate,
        servers=c,
        mean_wait=0.0,
        delayed=0.0,
        probability_of_loss=erlang_b(arrivals / rate, c),
        waiting=ExponentialWait(0.0, c * rate),
    )


def erlang_a(
    arrival_rate: float, service_rate: float, *, servers: int, mean_patience: float
) -> Queue:
    """Several servers and customers who give up (Erlang A, or Palm's model).

    Every customer has an exponential patience with rate θ = 1 / mean patience and leaves unserved
    when it ends before the service begins. With B Erlang's loss probability, M = Σ wₖ and R the
    mean number waiting while all are busy (:func:`~svclab.capacity.queues.numerics.queue_sum`):

        P(wait) = B / (B + (1 - B) / M),   mean queue = R P(wait),   P(give up) = θ · queue / λ.

    Parameters
    ----------
    arrival_rate, service_rate : float
        λ, and μ of one server, customers per hour, above zero. Any load: it is always stable.
    servers : int
        c, one or more.
    mean_patience : float
        1/θ, in **hours**, above zero: how long customers would wait on average.

    Returns
    -------
    Queue
        Its waits include those of the customers who give up.

    Raises
    ------
    ValueError
        For a rate or patience that is not above zero, or no server.

    References
    ----------
    Palm, C. (1957), Research on telephone traffic carried by full availability groups, Tele;
    Garnett, O., Mandelbaum, A. and Reiman, M. (2002), Designing a call center with impatient
    customers, Manufacturing and Service Operations Management 4, 208-227.

    Examples
    --------
    The calls of :func:`mmc`, with a patience of five minutes:

    >>> calls = erlang_a(200, 20, servers=14, mean_patience=5 / 60)
    >>> round(calls.probability_of_waiting, 5), round(calls.probability_of_abandonment, 6)
    (0.14526, 0.013984)
    """
    arrivals, rate, c = _check(arrival_rate, service_rate, servers)
    impatience = 1 / above_zero("mean_patience", mean_patience, "hours")
    lost = erlang_b(arrivals / rate, c)
    log_sum, waiting = queue_sum(c * rate / impatience, arrivals / impatience)
    delayed = lost / (lost + (1 - lost) * math.exp(-log_sum)) if lost else 0.0
    queue = waiting * delayed
    return Queue(
        model=f"M/M/{c}+M",
        arrival_rate=arrivals,
        service_rate=rate,
        servers=c,
        mean_wait=queue / arrivals,
        delayed=delayed,
        probability_of_abandonment=min(1.0, impatience * queue / arrivals),
        waiting=ImpatientWait(delayed, arrivals, c * rate, impatience),
    )


def finite_population(
    request_rate: float, service_rate: float, *, servers: int, population: int
) -> Queue:
    """A fixed group that keeps coming back (machine repair, M/M/c//N).

    Each of N customers returns an exponential time (rate λ) after being served. So arrivals
    slow down when many are waiting, and the queue cannot grow without bound. Who arrives sees
    the others as if the group were one smaller.

    Parameters
    ----------
    request_rate : float
        λ of **one** customer who is neither waiting nor being served, per hour, above zero.
    service_rate : float
        μ of one server, customers per hour, above zero.
    servers : int
        c, one or more.
    population : int
        N, one or more.

    Returns
    -------
    Queue
        Its arrival rate is that of the whole group in the long run,
        λ · (N - mean number in the system). Its probability of waiting is the share of customers
        who must wait; some textbooks print the share of the time in which all servers are busy,
        which is larger, because few arrive while many are there.

    Raises
    ------
    ValueError
        For a rate that is not above zero, no server or nobody in the group.

    References
    ----------
    Palm, C. (1947), The distribution of repairmen in servicing automatic machines (in Swedish),
    Industritidningen Norden 75; Feller, W. (1950), An Introduction to Probability Theory and Its
    Applications, chapter 17; Sevcik, K. and Mitrani, I. (1981), Journal of the ACM 28, 358-371,
    for what arrivals see.

    Examples
    --------
    Six machines that run 20 hours each, one mechanic, two hours a repair:

    >>> shop = finite_population(0.05, 0.5, servers=1, population=6)
    >>> round(shop.mean_queue_length, 4), round(shop.mean_wait, 3)
    (0.3297, 1.279)
    """
    rate = above_zero("request_rate", request_rate, "requests per hour of one customer")
    service = above_zero("service_rate", service_rate, PER_HOUR)
    c, n = a_count("servers", servers, 1), a_count("population", population, 1)
    shares = _repair(rate, service, c, n)
    seen = _repair(rate, service, c, n - 1)
    busy = math.fsum(min(k, c) * p for k, p in enumerate(shares))
    queue = math.fsum(k * p for k, p in enumerate(shares[c:]))
    return Queue(
        model=f"M/M/{c}//{n}",
        arrival_rate=service * busy,
        service_rate=service,
        servers=c,
        mean_wait=queue / (service * busy),
        delayed=math.fsum(seen[c:]),
        waiting=PositionWait(_tails(seen[c:], 1.0), c * service),
    )


def _repair(rate: float, service: float, servers: int, population: int) -> list[float]:
    """Share of time with 0, 1, ..., N customers waiting or being served."""
    births = [(population - k) * rate for k in range(population)]
    deaths = [min(k, servers) * service for k in range(1, population + 1)]
    return birth_death(births, deaths)


def _tails(shares: list[float], total: float) -> tuple[float, ...]:
    """Share of those who enter that must wait for more than 0, 1, 2, ... services."""
    from_the_end = list(accumulate(reversed(shares)))
    return tuple(tail / total for tail in reversed(from_the_end))


def _check(arrival_rate: float, service_rate: float, servers: int) -> tuple[float, float, int]:
    return (
        above_zero("arrival_rate", arrival_rate, PER_HOUR),
        above_zero("service_rate", service_rate, PER_HOUR),
        a_count("servers", servers, 1),
    )
