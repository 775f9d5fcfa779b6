"""One result for all queues: every formula of this chapter gives a :class:`Queue`.

Rates are per **hour** and times in **hours**; names that end in ``_minutes`` and ``_seconds``
spare the arithmetic, and methods that take a time take ``hours``, ``minutes`` or ``seconds``.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import NoReturn

from svclab.capacity.checks import in_hours
from svclab.capacity.queues.service_levels import ServiceLevel, shown_share
from svclab.capacity.queues.waits import WaitingTime
from svclab.checks import a_share
from svclab.words import Quantity, count, duration, number, per_hour, percent, say

__all__ = ["Queue"]

HOUR = 3600.0  # seconds
MEAN_WAIT = say("mean wait in the queue")


@dataclass(frozen=True, repr=False, kw_only=True)
class Queue:
    """Long-run averages of a waiting line.

    Two numbers are kept apart that are one where everybody is served: *utilisation* is what is
    asked of the servers (offered load over servers; it may exceed 100 % where customers are lost
    or give up), *occupancy* is the share of the time in which a server works.

    Waits, their distribution and times in the system are those of customers who **enter**:
    whoever is turned away has none; whoever gives up has waited until then. Probabilities and
    service levels are shares of **all who come**.

    Examples
    --------
    >>> from svclab.capacity import mmc
    >>> counter = mmc(54, 20, servers=3)
    >>> counter
    M/M/3: 54 customers per hour, 3 servers of 20 per hour each. Utilisation 90%, 81.7% must wait,
    mean wait 8.2 min, 7.4 waiting on average
    >>> round(counter.mean_wait_minutes, 2), round(counter.percentile_minutes(0.9), 2)
    (8.17, 21.01)
    >>> counter.service_level(minutes=5)
    within 5 min: 50.4% of all, in every sense: nobody is turned away or gives up
    """

    model: str  # Kendall's name, such as "M/M/3"
    arrival_rate: float  # customers per hour who come, those lost included
    service_rate: float  # customers per hour that one server can serve
    servers: int
    mean_wait: float  # hours in the queue, of those who enter; giving up ends it
    delayed: float | None = None  # share of all who come that must queue; None: not known
    probability_of_loss: float = 0.0  # share of all who come that are turned away
    probability_of_abandonment: float = 0.0  # share of all who come that enter and give up
    largest_rate: float = math.inf  # arrivals per hour from which on there is no steady state
    waiting: WaitingTime | None = field(default=None, repr=False)  # None: not known
    approximate: bool = False  # whether the mean wait is an approximation
    error: str = ""  # for an approximation, what is known about its error

    # What is asked of the servers, and what they do.

    @property
    def offered_load(self) -> float:
        """Arrival rate over service rate, in Erlang: servers busy if nobody were lost."""
        return self.arrival_rate / self.service_rate

    @property
    def utilisation(self) -> float:
        """Offered load over servers; above 1 only where customers are lost or give up."""
        return self.arrival_rate / (self.servers * self.service_rate)

    @property
    def served_rate(self) -> float:
        """Customers per hour who are served."""
        lost = self.probability_of_loss + self.probability_of_abandonment
        return self.arrival_rate * max(0.0, 1 - lost)

    @property
    def entering_rate(self) -> float:
        """Customers per hour who are not turned away."""
        return self.arrival_rate * (1 - self.probability_of_loss)

    @property
    def busy_servers(self) -> float:
        """Servers at work, on average."""
        return self.served_rate / self.service_rate

    @property
    def occupancy(self) -> float:
        """Share of the time in which a server works."""
        return self.busy_servers / self.servers

    # Waits and numbers.

    @property
    def probability_of_waiting(self) -> float:
        """Share of all who come that must queue.

        Raises
        ------
        ValueError
            Where it is not known, as in G/G/1.
        """
        if self.delayed is None:
            self._not_known("the probability of waiting")
        return self.delayed

    @property
    def mean_wait_minutes(self) -> float:
        """Mean wait in the queue, in minutes."""
        return self.mean_wait * 60

    @property
    def mean_wait_seconds(self) -> float:
        """Mean wait in the queue, in seconds."""
        return self.mean_wait * HOUR

    @property
    def mean_wait_of_the_served(self) -> float:
        """Mean wait in hours of those who are served, the "average speed of answer".

        It is shorter than the mean wait of those who give up where these take long to do so, and
        longer where they go at once; where nobody gives up it is the mean wait.
        """
        if self.probability_of_abandonment == 0 or self.served_rate == 0:
            return self.mean_wait
        return self._known_wait().mean_of_the_served() * self.entering_rate / self.served_rate

    @property
    def mean_wait_of_the_delayed(self) -> float:
        """Mean wait in hours of those who must queue; 0 if nobody must."""
        if self.probability_of_waiting == 0:
            return 0.0
        return self.mean_wait * (1 - self.probability_of_loss) / self.probability_of_waiting

    @property
    def mean_time_in_system(self) -> float:
        """Mean hours from arrival to departure, of those who enter."""
        served = self.served_rate / self.entering_rate if self.entering_rate else 0.0
        return self.mean_wait + served / self.service_rate

    @property
    def mean_time_in_system_minutes(self) -> float:
        """Mean minutes from arrival to departure, of those who enter."""
        return self.mean_time_in_system * 60

    @property
    def mean_queue_length(self) -> float:
        """Customers waiting, on average (Little's law)."""
        return self.entering_rate * self.mean_wait

    @property
    def mean_number_in_system(self) -> float:
        """Customers waiting or being served, on average."""
        return self.mean_queue_length + self.busy_servers

    # How far it is to trouble.

    @property
    def spare_rate(self) -> float:
        """How many more could come an hour before the queue grows without bound.

        Infinite where customers are lost or give up: such a queue is always stable.
        """
        return self.largest_rate - self.arrival_rate

    @property
    def distance_to_instability(self) -> float:
        """The spare rate as a share of the largest rate: 1 - utilisation where all are served.

        Infinite where customers are lost or give up.
        """
        if math.isinf(self.largest_rate):
            return math.inf
        return 1 - self.arrival_rate / self.largest_rate

    # The distribution of the wait.

    def wait_beyond(self, hours: float = 0, *, minutes: float = 0, seconds: float = 0) -> float:
        """Share of those who enter that are in the queue for longer than a time.

        Parameters
        ----------
        hours, minutes, seconds : float, optional
            The time; the three are added.

        Raises
        ------
        ValueError
            Where the distribution is not known, or for a negative time.
        """
        return self._known_wait().beyond(in_hours(hours, minutes, seconds))

    def percentile(self, share: float) -> float:
        """The wait in hours that this share of those who enter does not exceed.

        Parameters
        ----------
        share : float
            From 0 to below 1, such as 0.9.

        Raises
        ------
        ValueError
            Where the distribution is not known, or for a share of 1 or more.
        """
        if a_share("share", share) == 1:
            raise ValueError("share=1: the longest wait has no bound; give less, such as 0.99")
        return self._known_wait().percentile(share)

    def percentile_minutes(self, share: float) -> float:
        """The wait in minutes that this share of those who enter does not exceed."""
        return self.percentile(share) * 60

    def service_level(
        self, hours: float = 0, *, minutes: float = 0, seconds: float = 0
    ) -> ServiceLevel:
        """The share served within a time, in its three senses.

        Parameters
        ----------
        hours, minutes, seconds : float, optional
            The longest wait that counts as in time; the three are added.

        Raises
        ------
        ValueError
            Where the distribution of the wait is not known, or for a negative time.
        """
        time = in_hours(hours, minutes, seconds)
        waiting = self._known_wait()
        entered = 1 - self.probability_of_loss
        return ServiceLevel(
            time,
            served_in_time=entered * waiting.served_within(time),
            served=max(0.0, entered - self.probability_of_abandonment),
            gave_up_in_time=entered * waiting.given_up_within(time),
        )

    def _known_wait(self) -> WaitingTime:
        if self.waiting is None:
            self._not_known("the distribution of the wait")
        return self.waiting

    def _not_known(self, what: str) -> NoReturn:
        hint = (
            "give mg1 shape='gamma', or simulate it"
            if self.model == "M/G/1"
            else "simulate it, or use a model that gives it"
        )
        raise ValueError(f"{what} is not known for {self.model}: {hint}")

    # How it shows itself.

    def __repr__(self) -> str:
        parts = [say("Utilisation {share}", share=percent(self.utilisation))]
        if abs(self.occupancy - self.utilisation) > 5e-4:
            parts.append(say("occupancy {share}", share=percent(self.occupancy)))
        if self.delayed is not None:
            parts.append(say("{share} must wait", share=shown_share(self.delayed)))
        if self.probability_of_loss:
            lost = shown_share(self.probability_of_loss)
            parts.append(say("{share} are turned away", share=lost))
        if self.probability_of_abandonment:
            gone = shown_share(self.probability_of_abandonment)
            parts.append(say("{share} give up", share=gone))
        parts.append(say("mean wait {time}", time=self._shown_wait()))
        parts.append(say("{n} waiting on average", n=_some(self.mean_queue_length)))
        return say(
            "{model}: {arrivals} customers per hour, {servers}. {parts}",
            model=self.model,
            arrivals=number(self.arrival_rate, 2),
            servers=self._servers(count(self.servers, "server")),
            parts=", ".join(parts),
        )

    def _servers(self, servers: Quantity) -> str:
        rate = per_hour(self.service_rate, 2)
        if self.servers == 1:
            return say("{servers} of {rate}", servers=servers, rate=rate)
        return say("{servers} of {rate} each", servers=servers, rate=rate)

    def _shown_wait(self) -> str:
        time = str(duration(self.mean_wait * HOUR))
        return say("about {time}", time=time) if self.approximate else time

    def rows(self) -> list[tuple[str, str]]:
        """Every measure with its value as a reader shall see it; nothing that is always zero."""
        unknown = say("not known for this model")
        rows = [
            (say("customers who come"), str(per_hour(self.arrival_rate, 2))),
            (say("servers"), self._servers(count(self.servers))),
            (say("offered load"), say("{n} Erlang", n=number(self.offered_load, 3))),
            (say("utilisation: offered load over servers"), str(percent(self.utilisation))),
            (say("occupancy: share of time a server works"), str(percent(self.occupancy))),
            (
                say("must wait"),
                unknown if self.delayed is None else shown_share(self.delayed),
            ),
        ]
        if self.probability_of_loss:
            rows.append((say("are turned away"), shown_share(self.probability_of_loss)))
        if self.probability_of_abandonment:
            rows.append((say("give up waiting"), shown_share(self.probability_of_abandonment)))
        rows += [
            (MEAN_WAIT, self._shown_wait()),
            (
                say("nine in ten wait at most"),
                unknown if self.waiting is None else str(duration(self.percentile(0.9) * HOUR)),
            ),
            (
                say("mean time from coming to leaving"),
                str(duration(self.mean_time_in_system * HOUR)),
            ),
            (say("waiting, on average"), _some(self.mean_queue_length)),
            (say("waiting or being served, on average"), _some(self.mean_number_in_system)),
        ]
        if math.isfinite(self.spare_rate):
            more = say("{rate} more", rate=per_hour(self.spare_rate, 2))
            rows.append((say("until the queue grows without bound"), more))
        return rows

    def _repr_html_(self) -> str:
        from svclab.shown import html_table

        notes = (self.error,) if self.error else ()
        rows = self.rows()
        strong = frozenset(i for i, row in enumerate(rows) if row[0] == MEAN_WAIT)
        return html_table(
            self.model, [say("measure"), say("value")], rows, notes=notes, strong=strong
        )


def _some(customers: float) -> str:
    """A mean number of customers, with more digits where it is small."""
    return str(number(customers, 1 if customers >= 1 else 3))
