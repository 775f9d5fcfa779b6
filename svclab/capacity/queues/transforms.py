"""Waits that are known only through their Laplace transform, and how to read it.

The transform of P(wait > t) is inverted by the method of Abate and Whitt (1995): a trapezoidal
sum whose alternating tail is averaged (Euler summation). Errors are about 1e-9 where the
distribution is smooth, so no percentile beyond 99.9999% is read off it. Constant service times
make a wait with kinks; they have a formula of their own.
"""

from __future__ import annotations

import cmath
import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import ClassVar

from svclab.capacity.queues.numerics import log_poisson
from svclab.capacity.queues.waits import PatientWait

__all__ = ["ConstantServiceWait", "GammaServiceWait", "LowerPriorityWait", "invert"]

TRAPEZOID = 22.0  # A: the sum differs from the function by about e⁻ᴬ
PLAIN, AVERAGED = 60, 12  # terms summed before, and within, the averaging


def invert(transform: Callable[[complex], complex], time: float) -> float:
    """The function f at a time, from its transform F(s) = ∫ e⁻ˢᵗ f(t) dt.

    f(t) ≈ e^(A/2) / t · (½ Re F(A/2t) + Σₖ (-1)ᵏ Re F((A + 2kπi) / 2t)).

    Parameters
    ----------
    transform : callable
        F, for complex s with a positive real part.
    time : float
        Above zero.

    Returns
    -------
    float
        To about 1e-9, for a smooth f between 0 and 1.

    References
    ----------
    Abate, J. and Whitt, W. (1995), Numerical inversion of Laplace transforms of probability
    distributions, ORSA Journal on Computing 7, 36-43.

    Examples
    --------
    >>> round(invert(lambda s: 1 / (s + 1), 2.0), 8) == round(math.exp(-2), 8)
    True
    """
    step = 1 / (2 * time)
    parts = [transform(complex(TRAPEZOID * step)).real / 2]
    for k in range(1, PLAIN + AVERAGED + 1):
        value = transform(complex(TRAPEZOID * step, 2 * k * math.pi * step)).real
        parts.append(-value if k % 2 else value)
    averaged = []
    for j in range(AVERAGED + 1):
        averaged.append(math.comb(AVERAGED, j) * math.fsum(parts[: PLAIN + j + 1]))
    return math.exp(TRAPEZOID / 2) / time * math.fsum(averaged) / 2**AVERAGED


@dataclass(frozen=True)
class GammaServiceWait(PatientWait):
    """The wait in M/G/1 with gamma service times, from Pollaczek and Khinchine's transform.

    W(s) = (1 - ρ) s / (s - λ (1 - G(s))) with G(s) = (1 + s scv / μ)^(-1/scv).

    Inverted to 1e-9 for an scv of 0.01 or more. Below that the service time is nearly constant, the
    wait nearly kinked, and the error grows to 2e-5.

    Examples
    --------
    Exponential service times are the gamma case scv = 1:

    >>> round(GammaServiceWait(0.8, 1.0, 1.0).beyond(3.0), 8) == round(0.8 * math.exp(-0.6), 8)
    True
    """

    exact_to: ClassVar[float] = 1e-6
    arrival_rate: float  # per hour
    service_rate: float  # per hour
    scv: float  # variance / mean² of the service time, above zero

    def beyond(self, hours: float) -> float:
        """Share that waits longer."""
        load = self.arrival_rate / self.service_rate
        if hours == 0:
            return load

        def transform(s: complex) -> complex:
            service = (1 + s * self.scv / self.service_rate) ** (-1 / self.scv)
            # 1/s - W(s)/s over one denominator.
            idle = self.arrival_rate * (1 - service)
            return (load * s - idle) / (s * (s - idle))

        return min(load, max(0.0, invert(transform, hours)))


@dataclass(frozen=True)
class ConstantServiceWait(PatientWait):
    """The wait in M/D/1, where every service takes the same time D.

    With Qₙ the share of time in which at most n + 1 customers are there, and k D the first
    multiple of D beyond t:

        P(wait ≤ t) = Σⱼ P(Poisson(λ (k D - t)) = j) · Q(k - 1 - j),   j = 0 ... k - 1.

    All terms are positive, unlike those of Erlang's (1909) alternating series.

    Source: Franx, G. J. (2001), A simple solution for the M/D/c waiting time distribution,
    Operations Research Letters 29, 221-229.

    Examples
    --------
    >>> wait = ConstantServiceWait(0.5, 1.0)
    >>> wait.beyond(0), round(wait.beyond(1.0), 6) == round(1 - 0.5 * math.exp(0.5), 6)
    (0.5, True)
    """

    arrival_rate: float  # per hour
    service_rate: float  # per hour, 1 / D

    def beyond(self, hours: float) -> float:
        """Share that waits longer."""
        load = self.arrival_rate / self.service_rate
        if hours == 0:
            return load
        steps = math.floor(hours * self.service_rate) + 1
        mean = load * (steps - hours * self.service_rate)
        at_most = _at_most(load, steps)
        parts, chance = [], math.exp(-mean)
        for j in range(steps):
            parts.append(chance * at_most[steps - 1 - j])
            chance *= mean / (j + 1)
            if chance < 1e-20:
                break
        return min(load, max(0.0, 1 - math.fsum(parts)))


@lru_cache(maxsize=64)
def _grown(load: float) -> tuple[list[float], list[float], list[float]]:
    """For M/D/1: shares of time with n customers, their sums Q, and P(Poisson(load) > k)."""
    more, k = [-math.expm1(-load)], 0
    while more[-1] > 1e-18:
        k += 1
        more.append(math.fsum(math.exp(log_poisson(i, load)) for i in range(k + 1, k + 60)))
    return [1 - load], [], more


def _at_most(load: float, count: int) -> list[float]:
    """Q₀, Q₁, ... for at least so many n; what was found before is kept.

    Between two departures a Poisson(ρ) number arrives, so what goes up past n must come down:
    pₙ₊₁ e^(-ρ) = p₀ P(> n arrive) + Σᵢ pᵢ P(> n + 1 - i arrive), i = 1 ... n.
    """
    shares, sums, more = _grown(load)
    while len(sums) < count:
        n = len(shares) - 1
        up = [shares[0] * more[n]] if n < len(more) else []
        first = max(1, n + 2 - len(more))
        up += [shares[i] * more[n + 1 - i] for i in range(first, n + 1)]
        shares.append(math.fsum(up) * math.exp(load))
        sums.append((sums[-1] if sums else shares[0]) + shares[-1])
    return sums


@dataclass(frozen=True)
class LowerPriorityWait(PatientWait):
    """The wait of a class in M/M/c with priorities, behind at least one higher class.

    Who must wait finds an exponential amount of work of the same or a higher class, with rate
    ν = cμ - (arrivals of these classes). Each customer of a higher class who comes meanwhile
    delays it by a busy period with transform g(s):

        E e^(-s wait | waits) = ν / (ν + s + Λ (1 - g(s))),   Λ = arrivals of higher classes.

    Source: Davis, R. H. (1966), Waiting-time distribution of a multi-server, priority queueing
    system, Operations Research 14, 133-136.
    """

    exact_to: ClassVar[float] = 1e-6
    delayed: float  # share that must wait
    higher_rate: float  # Λ: arrivals of higher classes, per hour
    own_and_higher_rate: float  # arrivals of this and higher classes, per hour
    rate: float  # cμ: services per hour while all servers are busy

    def beyond(self, hours: float) -> float:
        """Share that waits longer."""
        if hours == 0 or self.delayed == 0:
            return self.delayed
        spare = self.rate - self.own_and_higher_rate

        def transform(s: complex) -> complex:
            late = s + self.higher_rate * (1 - self._busy_period(s))
            return late / (s * (spare + late))

        share = invert(transform, hours)
        return self.delayed * min(1.0, max(0.0, share))

    def _busy_period(self, s: complex) -> complex:
        """g(s): the busy period that one customer of a higher class starts."""
        total = self.higher_rate + self.rate + s
        root = cmath.sqrt(total * total - 4 * self.higher_rate * self.rate)
        if (root * total.conjugate()).real < 0:
            root = -root
        return 2 * self.rate / (total + root)
