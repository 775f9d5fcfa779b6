"""How the wait of those who enter is distributed, for the models in which it is known.

Each class answers the same questions (:class:`WaitingTime`); times are in hours. The wait of a
customer who gives up ends then.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import ClassVar, Protocol

from svclab.capacity.queues.numerics import log_poisson, queue_harmonic, queue_sum

__all__ = ["ExponentialWait", "ImpatientWait", "MixedWait", "PositionWait", "WaitingTime"]


class WaitingTime(Protocol):
    """The wait of those who enter; every share is a share of them."""

    def beyond(self, hours: float) -> float:
        """Share that waits longer."""

    def served_within(self, hours: float) -> float:
        """Share that is served after at most so long a wait."""

    def given_up_within(self, hours: float) -> float:
        """Share that gives up after at most so long a wait."""

    def percentile(self, share: float) -> float:
        """The wait in hours that this share does not exceed."""

    def mean_of_the_served(self) -> float:
        """Mean of the wait in hours where it ends in service, and 0 where it does not."""


class PatientWait:
    """What holds for every queue in which nobody gives up."""

    exact_to: ClassVar[float] = 0.0  # no percentile is read off closer to 1 than this

    def beyond(self, hours: float) -> float:
        """Share that waits longer."""
        raise NotImplementedError

    def served_within(self, hours: float) -> float:
        """Share that is served after at most so long a wait."""
        return 1 - self.beyond(hours)

    def given_up_within(self, hours: float) -> float:
        """Share that gives up: nobody."""
        return 0.0

    def percentile(self, share: float) -> float:
        """The wait in hours that this share does not exceed."""
        if 1 - share < self.exact_to:
            raise ValueError(
                f"share={share!r}: this wait is computed by a numerical method whose errors would "
                f"show; give at most {1 - self.exact_to!r}"
            )
        return percentile(self.beyond, share)

    def mean_of_the_served(self) -> float:
        """Everybody is served; the queue knows the mean wait."""
        raise NotImplementedError


def percentile(beyond: Callable[[float], float], share: float) -> float:
    """The smallest time that no more than 1 - share exceed, found by doubling and halving.

    Parameters
    ----------
    beyond : callable
        Share that waits longer than a time in hours; never rising.
    share : float
        From 0 to below 1.

    Returns
    -------
    float
        Hours, to 1 part in 10¹⁵ or a picosecond.
    """
    late = 1 - share
    if beyond(0.0) <= late:
        return 0.0
    low, high = 0.0, 1e-6
    while beyond(high) > late:
        low, high = high, 4 * high
    for _ in range(60):
        middle = (low + high) / 2
        if beyond(middle) > late:
            low = middle
        else:
            high = middle
    return high


@dataclass(frozen=True)
class ExponentialWait(PatientWait):
    """P(wait > t) = delayed · e^(-rate t), as in M/M/c.

    Examples
    --------
    >>> wait = ExponentialWait(0.5, 2.0)
    >>> wait.beyond(0), wait.percentile(0.5), round(wait.percentile(0.9), 4)
    (0.5, 0.0, 0.8047)
    """

    delayed: float  # share that must wait
    rate: float  # per hour

    def beyond(self, hours: float) -> float:
        """Share that waits longer."""
        return self.delayed * math.exp(-self.rate * hours)

    def percentile(self, share: float) -> float:
        """The wait in hours that this share does not exceed."""
        late = 1 - share
        return 0.0 if self.delayed <= late else math.log(self.delayed / late) / self.rate


@dataclass(frozen=True)
class PositionWait(PatientWait):
    """The wait of a customer who knows only his or her place in the queue.

    Whoever finds k customers waiting is served after k + 1 services, each of them exponential
    with the rate of all servers together. So the wait exceeds t if the Poisson number of
    services in t is too small:

        P(wait > t) = Σⱼ P(j services in t) · P(more than j must be waited for).

    Used for queues with limited room and for limited populations.

    Examples
    --------
    >>> round(PositionWait((0.5, 0.25), 2.0).beyond(0.5), 6)  # e⁻¹ · 0.5 + e⁻¹ · 0.25
    0.27591
    """

    tails: Sequence[float] = field(repr=False)  # share that must wait for more than j services
    rate: float  # services per hour while all servers are busy

    def beyond(self, hours: float) -> float:
        """Share that waits longer."""
        if not self.tails:
            return 0.0
        mean = self.rate * hours
        peak = min(int(mean), len(self.tails) - 1)
        largest = math.exp(log_poisson(peak, mean))
        parts, chance = [largest * self.tails[peak]], largest
        for j in range(peak + 1, len(self.tails)):
            chance *= mean / j
            if chance < 1e-20:
                break
            parts.append(chance * self.tails[j])
        chance = largest
        for j in range(peak, 0, -1):
            chance *= j / mean
            if chance < 1e-20:
                break
            parts.append(chance * self.tails[j - 1])
        return math.fsum(parts)


@dataclass(frozen=True)
class ImpatientWait:
    """The wait in Erlang A, until served or until the customer gives up.

    A customer of endless patience would wait longer than t with probability

        P(V > t) = delayed · γ(s, y e^(-θt)) / γ(s, y),   s = cμ/θ,  y = λ/θ;

    one with exponential patience (rate θ) waits longer with probability e^(-θt) P(V > t).
    Integrating θ e^(-θu) P(V > u) gives those who give up later than t:

        P(gives up after t) = P(V > t) · R(y e^(-θt)) / y,

    where R is the mean number waiting of :func:`~svclab.capacity.queues.numerics.queue_sum`.

    Source: Zeltyn, S. and Mandelbaum, A. (2005), Queueing Systems 51, 361-402, for the integral
    forms in M/M/n+G; worked out here for exponential patience.
    """

    delayed: float  # share that must wait
    arrival_rate: float  # per hour
    rate: float  # services per hour while all servers are busy
    impatience: float  # θ: 1 / mean patience, per hour

    def _offered(self, hours: float) -> tuple[float, float]:
        """P(V > t), and P(gives up after t)."""
        if self.delayed == 0:
            return 0.0, 0.0
        capacity, load = self.rate / self.impatience, self.arrival_rate / self.impatience
        at_start, _ = queue_sum(capacity, load)
        fading = math.exp(-self.impatience * hours)
        rest = load * fading
        if rest == 0:
            return 0.0, 0.0
        log_sum, waiting = queue_sum(capacity, rest)
        # The exponent is -(cμ - λ) t for endless patience.
        exponent = -self.rate * hours - load * math.expm1(-self.impatience * hours)
        beyond = self.delayed * math.exp(min(0.0, exponent + log_sum - at_start))
        return beyond, beyond * waiting / load

    def beyond(self, hours: float) -> float:
        """Share that waits longer, until served or until giving up."""
        return math.exp(-self.impatience * hours) * self._offered(hours)[0]

    def given_up_within(self, hours: float) -> float:
        """Share that gives up after at most so long a wait."""
        return max(0.0, self._offered(0.0)[1] - self._offered(hours)[1])

    def served_within(self, hours: float) -> float:
        """Share that is served after at most so long a wait."""
        return max(0.0, 1 - self.beyond(hours) - self.given_up_within(hours))

    def percentile(self, share: float) -> float:
        """The wait in hours that this share does not exceed."""
        return percentile(self.beyond, share)

    def mean_of_the_served(self) -> float:
        """Mean of the wait in hours where it ends in service, and 0 where it does not.

        Who finds k ahead in the queue is served with probability s / (s + k + 1), and then waits
        1/(s+1) + 1/(s+2) + ... + 1/(s+k+1) mean patiences on average. With the weights wₖ of
        :func:`~svclab.capacity.queues.numerics.queue_sum` the mean is, over both,

            delayed / θ · s / y · Σ wₖ (1/(s+1) + ... + 1/(s+k)) / Σ wₖ.
        """
        if self.delayed == 0:
            return 0.0
        capacity, load = self.rate / self.impatience, self.arrival_rate / self.impatience
        return self.delayed * queue_harmonic(capacity, load) * capacity / load / self.impatience


@dataclass(frozen=True)
class MixedWait(PatientWait):
    """The wait of several classes together: each customer is of one class.

    Examples
    --------
    >>> both = MixedWait(((0.25, ExponentialWait(1.0, 1.0)), (0.75, ExponentialWait(0.0, 1.0))))
    >>> both.beyond(0), both.percentile(0.75)
    (0.25, 0.0)
    """

    parts: Sequence[tuple[float, WaitingTime]]  # share of all customers, and their wait

    @property
    def exact_to(self) -> float:  # type: ignore[override]
        """As for the least exact part."""
        return max(getattr(wait, "exact_to", 0.0) for _, wait in self.parts)

    def beyond(self, hours: float) -> float:
        """Share that waits longer."""
        return math.fsum(share * wait.beyond(hours) for share, wait in self.parts)
