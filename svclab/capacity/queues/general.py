"""Queues with general times: Pollaczek-Khinchine (exact), Kingman and Allen-Cunneen (about).

How a time spreads is measured by its squared coefficient of variation, scv = variance / mean²:
0 for a constant, 1 for the exponential.

=====================  ==========  ===========================================================
function               queue       mean wait
=====================  ==========  ===========================================================
:func:`mg1`            M/G/1       exact, from mean and scv of the service time
:func:`kingman`        G/G/1       about (cₐ² + cₛ²) / 2 · ρ / (1 - ρ) · 1/μ ("VUT")
:func:`allen_cunneen`  G/G/c       about (cₐ² + cₛ²) / 2 · the wait in M/M/c (Erlang C)
:func:`textbook_ggc`   G/G/c       the same, with ρ^(√(2(c+1)) - 1) / (c (1 - ρ)) for Erlang C
=====================  ==========  ===========================================================
"""

from __future__ import annotations

import math

from svclab.capacity.checks import check_stable
from svclab.capacity.queues.markovian import PER_HOUR, mmc
from svclab.capacity.queues.results import Queue
from svclab.capacity.queues.transforms import ConstantServiceWait, GammaServiceWait
from svclab.capacity.queues.waits import ExponentialWait, WaitingTime
from svclab.checks import a_count, above_zero, zero_or_more
from svclab.words import duration, percent, say

__all__ = ["allen_cunneen", "kingman", "kingman_bound", "mg1", "textbook_ggc"]

HOUR = 3600.0  # seconds
SHAPES = ("gamma",)


def mg1(
    arrival_rate: float, service_rate: float, *, service_scv: float, shape: str | None = None
) -> Queue:
    """One server, Poisson arrivals, any service time (Pollaczek and Khinchine).

    mean wait = (1 + cₛ²) / 2 · ρ / (1 - ρ) · 1/μ, P(wait) = ρ.

    Parameters
    ----------
    arrival_rate, service_rate : float
        λ and μ, customers per hour, above zero, λ below μ.
    service_scv : float
        cₛ² = variance / mean² of the service time, zero or more.
    shape : str, optional
        The mean wait depends on the scv alone, the distribution of the wait on the whole
        distribution of the service time. "gamma" says that it is a gamma distribution, and the
        wait's distribution is computed. An scv of 0 is a constant in any case.

    Returns
    -------
    Queue

    Raises
    ------
    UnstableError
        If the server cannot carry the load.
    ValueError
        For a rate that is not above zero, a negative scv or an unknown shape.

    References
    ----------
    Pollaczek, F. (1930), Mathematische Zeitschrift 32, 64-100; Khintchine, A. (1932),
    Matematicheskii Sbornik 39, 73-84; Kleinrock, L. (1975), Queueing Systems, volume 1,
    section 5.7.

    Examples
    --------
    A car every ten minutes, six minutes of washing by a machine:

    >>> wash = mg1(6, 10, service_scv=0)
    >>> round(wash.mean_queue_length, 4), round(wash.mean_wait_minutes, 4)
    (0.45, 4.5)
    """
    arrivals = above_zero("arrival_rate", arrival_rate, PER_HOUR)
    rate = above_zero("service_rate", service_rate, PER_HOUR)
    scv = zero_or_more("service_scv", service_scv, "variance / mean² of the service time")
    if shape is not None and shape not in SHAPES:
        raise ValueError(f"shape={shape!r} is unknown: give 'gamma', or leave it out")
    load = arrivals / rate
    check_stable(arrivals, rate, servers=1)
    waiting: WaitingTime | None = None
    if scv == 0:
        waiting = ConstantServiceWait(arrivals, rate)
    elif shape == "gamma":
        known = ExponentialWait(load, rate - arrivals)
        waiting = known if scv == 1 else GammaServiceWait(arrivals, rate, scv)
    return Queue(
        model="M/D/1" if scv == 0 else "M/G/1",
        arrival_rate=arrivals,
        service_rate=rate,
        servers=1,
        mean_wait=(1 + scv) / 2 * load / (rate - arrivals),
        delayed=load,
        largest_rate=rate,
        waiting=waiting,
    )


def kingman(
    arrival_rate: float, service_rate: float, *, arrival_scv: float, service_scv: float
) -> Queue:
    """One server, any times: the product of variability, utilisation and time ("VUT").

    mean wait ≈ (cₐ² + cₛ²) / 2 · ρ / (1 - ρ) · 1/μ.

    Parameters
    ----------
    arrival_rate, service_rate : float
        λ and μ, customers per hour, above zero, λ below μ.
    arrival_scv, service_scv : float
        cₐ² of the times between arrivals and cₛ² of the service times, zero or more.

    Returns
    -------
    Queue
        ``error`` says how far it may be off; see :func:`kingman_bound`.

    Raises
    ------
    UnstableError
        If the server cannot carry the load.
    ValueError
        For a rate that is not above zero, or a negative scv.

    References
    ----------
    Kingman, J. F. C. (1961), The single server queue in heavy traffic, Proceedings of the
    Cambridge Philosophical Society 57, 902-904; in this form Hopp, W. J. and Spearman, M. L.
    (2011), Factory Physics, chapter 8.

    Examples
    --------
    >>> desk = kingman(12, 15, arrival_scv=1, service_scv=0.25)
    >>> round(desk.mean_wait_minutes, 4)
    10.0
    >>> desk.probability_of_waiting
    Traceback (most recent call last):
    ValueError: the probability of waiting is not known for G/G/1: simulate it, or use a model
    that gives it
    """
    return _general(arrival_rate, service_rate, 1, arrival_scv, service_scv, "Kingman")


def kingman_bound(
    arrival_rate: float, service_rate: float, *, arrival_scv: float, service_scv: float
) -> float:
    """Hours that the mean wait in G/G/1 cannot exceed, whatever the distributions.

    λ (σₐ² + σₛ²) / (2 (1 - ρ)), for independent times between arrivals and service times.

    Parameters
    ----------
    arrival_rate, service_rate, arrival_scv, service_scv : float
        As for :func:`kingman`.

    Returns
    -------
    float
        Hours.

    References
    ----------
    Kingman, J. F. C. (1962), Some inequalities for the queue GI/G/1, Biometrika 49, 315-324.

    Examples
    --------
    >>> round(60 * kingman_bound(12, 15, arrival_scv=1, service_scv=0.25), 4)
    14.5
    """
    load = above_zero("arrival_rate", arrival_rate, PER_HOUR) / above_zero(
        "service_rate", service_rate, PER_HOUR
    )
    _scvs(arrival_scv, service_scv)
    check_stable(arrival_rate, service_rate, servers=1)
    return (arrival_scv + load * load * service_scv) / (2 * load * (service_rate - arrival_rate))


def allen_cunneen(
    arrival_rate: float,
    service_rate: float,
    *,
    servers: int,
    arrival_scv: float,
    service_scv: float,
) -> Queue:
    """Several servers, any times: the wait of M/M/c, scaled by the variability.

    mean wait ≈ (cₐ² + cₛ²) / 2 · C(c, λ/μ) / (cμ - λ), with Erlang's C.

    Parameters
    ----------
    arrival_rate, service_rate : float
        λ, and μ of one server, customers per hour, above zero, λ below cμ.
    servers : int
        c, one or more.
    arrival_scv, service_scv : float
        cₐ² of the times between arrivals and cₛ² of the service times, zero or more.

    Returns
    -------
    Queue
        ``error`` says how far it may be off.

    Raises
    ------
    UnstableError
        If the servers cannot carry the load.
    ValueError
        For a rate that is not above zero, no server or a negative scv.

    References
    ----------
    Allen, A. O. (1990), Probability, Statistics, and Queueing Theory with Computer Science
    Applications, 2nd edition, after a formula of Cunneen.

    Examples
    --------
    >>> bank = allen_cunneen(54, 20, servers=3, arrival_scv=1, service_scv=0.5)
    >>> round(bank.mean_wait_minutes, 3)
    6.128
    """
    return _general(
        arrival_rate, service_rate, servers, arrival_scv, service_scv, "Allen and Cunneen"
    )


def textbook_ggc(
    arrival_rate: float,
    service_rate: float,
    *,
    servers: int,
    arrival_scv: float,
    service_scv: float,
) -> Queue:
    """The same as textbooks give it, to be computed without Erlang C.

    mean wait ≈ (cₐ² + cₛ²) / 2 · ρ^(√(2(c+1)) - 1) / (c (1 - ρ)) · 1/μ.

    For one server it is Kingman's form. The power of ρ replaces Erlang C. For exponential times it
    is within 2% at 90% utilisation for up to ten servers, 39% too long at 50% for five, and
    many times too long where hardly anybody waits (fifty servers at 50%); ``error`` says which.

    Parameters
    ----------
    arrival_rate, service_rate, servers, arrival_scv, service_scv
        As for :func:`allen_cunneen`.

    Returns
    -------
    Queue

    Raises
    ------
    UnstableError, ValueError
        As for :func:`allen_cunneen`.

    References
    ----------
    Sakasegawa, H. (1977), An approximation formula Lq ≈ α ρ^β / (1 - ρ), Annals of the
    Institute of Statistical Mathematics 29, 67-75.

    Examples
    --------
    >>> bank = textbook_ggc(54, 20, servers=3, arrival_scv=1, service_scv=0.5)
    >>> round(bank.mean_wait_minutes, 3)
    6.186
    """
    return _general(arrival_rate, service_rate, servers, arrival_scv, service_scv, "textbook")


def _scvs(arrival_scv: float, service_scv: float) -> tuple[float, float]:
    what = "variance / mean² of the"
    return (
        zero_or_more("arrival_scv", arrival_scv, f"{what} times between arrivals"),
        zero_or_more("service_scv", service_scv, f"{what} service times"),
    )


def _general(
    arrival_rate: float,
    service_rate: float,
    servers: int,
    arrival_scv: float,
    service_scv: float,
    form: str,
) -> Queue:
    arrivals = above_zero("arrival_rate", arrival_rate, PER_HOUR)
    rate = above_zero("service_rate", service_rate, PER_HOUR)
    c = a_count("servers", servers, 1)
    gaps, times = _scvs(arrival_scv, service_scv)
    load = arrivals / rate
    check_stable(arrivals, rate, servers=c)
    use = load / c
    if form == "textbook":
        exponential = use ** (math.sqrt(2 * (c + 1)) - 1) / (c * rate - arrivals)
    else:
        exponential = mmc(arrivals, rate, servers=c).mean_wait
    return Queue(
        model=f"G/G/{c}",
        arrival_rate=arrivals,
        service_rate=rate,
        servers=c,
        mean_wait=(gaps + times) / 2 * exponential,
        largest_rate=c * rate,
        approximate=True,
        error=_honest(arrivals, rate, c, gaps, times, form, exponential),
    )


def _honest(
    arrivals: float,
    rate: float,
    c: int,
    gaps: float,
    times: float,
    form: str,
    exponential: float,
) -> str:
    """What is known about the error of an approximate mean wait."""
    known = ["An approximation for independent times and high utilisation."]
    exact = mmc(arrivals, rate, servers=c).mean_wait
    if c == 1:
        known.append("For Poisson arrivals it is exact.")
    elif form != "textbook":
        known.append("For Poisson arrivals and exponential services it is exact.")
    elif exponential > 10 * exact:
        known.append(
            "Even for Poisson arrivals and exponential services it gives more than ten times the "
            "true mean wait at this utilisation: use allen_cunneen."
        )
    else:
        known.append(
            say(
                "For Poisson arrivals and exponential services it gives {share} of the true "
                "mean wait at this utilisation.",
                share=percent(exponential / exact),
            )
        )
    known.append(
        "Elsewhere the two coefficients of variation do not fix the mean wait: it may be off by "
        "tens of percent, more at low utilisation. Simulate where it matters."
    )
    if c == 1:
        most = kingman_bound(arrivals, rate, arrival_scv=gaps, service_scv=times)
        known.append(
            say("The mean wait cannot exceed {most} (Kingman's bound).", most=duration(most * HOUR))
        )
    return " ".join(known)
