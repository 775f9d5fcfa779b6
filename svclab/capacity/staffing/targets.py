"""What is promised to customers, as something that can be checked: a measure and its limit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from svclab.capacity.checks import in_hours
from svclab.capacity.queues.results import Queue
from svclab.checks import a_share
from svclab.words import duration, join, percent, say

__all__ = [
    "SENSES",
    "Target",
    "abandonment_at_most",
    "lost_at_most",
    "mean_wait_at_most",
    "served_within",
    "waiting_at_most",
]

HOUR = 3600.0  # seconds

#: The three senses of service level, by the names of their properties, as a reader sees them.
SENSES = {
    "of_all_offered": "of all offered",
    "of_those_answered": "of those answered",
    "leaving_out_those_who_gave_up_in_time": "leaving out those who gave up in time",
}

SERVICE_LEVEL, MEAN_WAIT = "service level", "mean wait"
ABANDONMENT, LOSS, WAITING = "abandonment", "loss", "probability of waiting"


@dataclass(frozen=True, repr=False)
class Target:
    """One promise; make it with :func:`served_within` and its sisters.

    Examples
    --------
    >>> from svclab.capacity import mmc
    >>> target = served_within(0.8, seconds=20)
    >>> target, target.met_by(mmc(200, 20, servers=14)), target.met_by(mmc(200, 20, servers=13))
    (at least 80% served within 20 s, of all offered, True, False)
    """

    measure: str  # "service level", "mean wait", "abandonment", "loss", "probability of waiting"
    limit: float  # a share; for a mean wait, hours
    within_hours: float = 0.0  # for a service level: the longest wait that counts as in time
    sense: str = "of_all_offered"  # for a service level: whom it is a share of

    @property
    def more_is_better(self) -> bool:
        """Whether the limit is a least value (service level) or a greatest one (all others)."""
        return self.measure == SERVICE_LEVEL

    def value(self, queue: Queue) -> float:
        """The measure of a queue: a share; for a mean wait, hours."""
        if self.measure == SERVICE_LEVEL:
            return float(getattr(queue.service_level(self.within_hours), self.sense))
        if self.measure == MEAN_WAIT:
            return queue.mean_wait
        if self.measure == ABANDONMENT:
            return queue.probability_of_abandonment
        if self.measure == LOSS:
            return queue.probability_of_loss
        return queue.probability_of_waiting

    def holds(self, value: float) -> bool:
        """Whether a value of the measure keeps the promise."""
        return value >= self.limit if self.more_is_better else value <= self.limit

    def met_by(self, queue: Queue) -> bool:
        """Whether a queue keeps the promise."""
        return self.holds(self.value(queue))

    def shown(self, value: float) -> str:
        """A value of the measure, for a reader."""
        if self.measure == MEAN_WAIT:
            return say("mean wait {wait}", wait=duration(value * HOUR))
        share = percent(value, 1)
        if self.measure == SERVICE_LEVEL:
            time = duration(self.within_hours * HOUR)
            return say("{share} served within {time}", share=share, time=time)
        what = {ABANDONMENT: "give up", LOSS: "are turned away", WAITING: "must wait"}
        return say("{share} {what}", share=share, what=what[self.measure])

    def __repr__(self) -> str:
        if self.measure == MEAN_WAIT:
            return say("mean wait at most {wait}", wait=duration(self.limit * HOUR))
        if self.measure == SERVICE_LEVEL:
            sense = SENSES[self.sense]
            return say("at least {value}, {sense}", value=self.shown(self.limit), sense=sense)
        return say("at most {value}", value=self.shown(self.limit))


def served_within(
    share: float,
    *,
    hours: float = 0,
    minutes: float = 0,
    seconds: float = 0,
    sense: str = "of_all_offered",
) -> Target:
    """The promise that a share of customers is served after at most so long a wait.

    Parameters
    ----------
    share : float
        Between 0 and 1, both excluded: with chance, nobody can promise it to all.
    hours, minutes, seconds : float, optional
        The longest wait that counts as in time; they are added. None: served at once.
    sense : str, optional
        Whom it is a share of: "of_all_offered" (default), "of_those_answered" or
        "leaving_out_those_who_gave_up_in_time".

    Returns
    -------
    Target

    Raises
    ------
    ValueError
        For a share of 0 or 1 or outside, a negative time, or an unknown sense.

    Examples
    --------
    >>> served_within(0.9, minutes=10)
    at least 90% served within 10 min, of all offered
    """
    if sense not in SENSES:
        raise ValueError(f"sense={sense!r}: use {join([repr(s) for s in SENSES], 'or')}")
    time = in_hours(hours, minutes, seconds)
    return Target(SERVICE_LEVEL, _inside("share", share), time, sense)


def mean_wait_at_most(*, hours: float = 0, minutes: float = 0, seconds: float = 0) -> Target:
    """The promise that customers wait no longer than this on average.

    Examples
    --------
    >>> mean_wait_at_most(minutes=6)
    mean wait at most 6 min
    """
    time = in_hours(hours, minutes, seconds)
    if time == 0:
        raise ValueError(
            "the mean wait wanted is 0: no number of servers makes sure that nobody ever waits; "
            "give a time above zero"
        )
    return Target(MEAN_WAIT, time)


def abandonment_at_most(share: float) -> Target:
    """The promise that no more than a share of all who come give up waiting.

    Examples
    --------
    >>> abandonment_at_most(0.03)
    at most 3% give up
    """
    return Target(ABANDONMENT, _inside("share", share))


def lost_at_most(share: float) -> Target:
    """The promise that no more than a share of all who come are turned away.

    Examples
    --------
    >>> lost_at_most(0.01)
    at most 1% are turned away
    """
    return Target(LOSS, _inside("share", share))


def waiting_at_most(share: float) -> Target:
    """The promise that no more than a share of all who come must wait at all.

    Examples
    --------
    >>> waiting_at_most(0.2)
    at most 20% must wait
    """
    return Target(WAITING, _inside("share", share))


def as_targets(target: Target | Sequence[Target]) -> tuple[Target, ...]:
    """One target or several, as a tuple that is not empty."""
    found = (target,) if isinstance(target, Target) else tuple(target)
    if not found or not all(isinstance(one, Target) for one in found):
        raise ValueError(
            f"target={target!r}: give a target such as served_within(0.8, seconds=20), or several"
        )
    return found


def _inside(name: str, share: float) -> float:
    return a_share(name, share, above=True, below=True)
