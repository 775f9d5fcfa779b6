"""A rush as two curves: how many have come by a time, and how many have been served.

When far more come than can be served, chance hardly matters: customers are like water that
flows into a tank. Draw the cumulative arrivals A(t) and departures D(t) (Newell). The vertical
distance is the queue, the horizontal one the wait of a customer, the area between them the total
delay. It is the first tool for a noon rush; it says nothing about the waits that chance makes
below capacity, where it sees no queue at all.
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from svclab.checks import above_zero, zero_or_more
from svclab.words import Quantity, clock, duration, number, say

__all__ = ["FluidQueue", "ParabolicRush", "fluid_queue", "parabolic_rush"]

HOUR = 3600.0  # seconds


@dataclass(frozen=True, repr=False)
class FluidQueue:
    """Two cumulative curves, straight between the times listed.

    Examples
    --------
    >>> rush = fluid_queue([11, 12, 13, 14], [60, 150, 60], capacity=100)
    >>> rush
    rush: queue from 12:00 to 14:06, longest 50 at 13:00, longest wait 30 min, all together
    wait 55.5 hours
    >>> rush.queue(12.5), rush.wait(13.0)
    (25.0, 0.5)
    """

    times: tuple[float, ...]  # hours on the clock, rising
    arrived: tuple[float, ...]  # customers come by each time, those waiting at first included
    departed: tuple[float, ...]  # customers served by each time

    def queue(self, time: float) -> float:
        """Customers waiting at a time on the clock, in hours."""
        return self.arrived_by(time) - self.departed_by(time)

    def arrived_by(self, time: float) -> float:
        """A(t): customers who have come, those waiting at first included."""
        return _at(self.times, self.arrived, time)

    def departed_by(self, time: float) -> float:
        """D(t): customers who have been served."""
        return _at(self.times, self.departed, time)

    def wait(self, time: float) -> float:
        """Hours that a customer waits who comes at a time on the clock (first come, first
        served)."""
        if not self.times[0] <= time < self.times[-1]:
            return 0.0
        come = self.arrived_by(time)
        i = bisect_right(self.times, time) - 1
        # While somebody comes, the customer counted next is the one who comes now.
        rising = self.arrived[i + 1] > self.arrived[i]
        served = (_latest if rising else _earliest)(self.times, self.departed, come)
        return max(0.0, served - time)

    @property
    def total_delay(self) -> float:
        """Hours waited by all customers together: the area between the curves."""
        gaps = [a - d for a, d in zip(self.arrived, self.departed, strict=True)]
        widths = [late - early for early, late in zip(self.times, self.times[1:], strict=False)]
        return math.fsum((gaps[i] + gaps[i + 1]) / 2 * width for i, width in enumerate(widths))

    @property
    def customers(self) -> float:
        """All who came."""
        return self.arrived[-1]

    @property
    def mean_wait(self) -> float:
        """Mean hours of wait over all who came."""
        return self.total_delay / self.customers if self.customers else 0.0

    @property
    def mean_wait_minutes(self) -> float:
        """Mean wait in minutes over all who came."""
        return self.mean_wait * 60

    @property
    def longest_queue(self) -> float:
        """Most customers waiting at one time."""
        return max(a - d for a, d in zip(self.arrived, self.departed, strict=True))

    @property
    def longest_queue_at(self) -> float:
        """When the queue is longest (the first time), in hours on the clock."""
        gaps = [a - d for a, d in zip(self.arrived, self.departed, strict=True)]
        return self.times[gaps.index(max(gaps))]

    @property
    def longest_wait(self) -> float:
        """Hours that the most delayed customer waits."""
        return self._most_delayed()[0]

    @property
    def longest_wait_minutes(self) -> float:
        """Minutes that the most delayed customer waits."""
        return self.longest_wait * 60

    @property
    def longest_wait_of(self) -> float:
        """When the most delayed customer came, in hours on the clock."""
        return self._most_delayed()[1]

    def _most_delayed(self) -> tuple[float, float]:
        # The wait is straight between the corners of either curve, so a corner is the longest.
        found = (0.0, self.times[0])
        for come in sorted({*self.arrived, *self.departed}):
            for side in (_earliest, _latest):
                came = side(self.times, self.arrived, come)
                served = side(self.times, self.departed, come)
                found = max(found, (served - came, came), key=lambda pair: pair[0])
        return found

    @property
    def begins(self) -> float | None:
        """When somebody first has to wait, in hours on the clock; None if nobody has to."""
        return next(iter(self._waiting()), (None, None))[0]

    @property
    def ends(self) -> float | None:
        """When the last queue has gone, in hours on the clock; None if there was none."""
        waiting = self._waiting()
        return waiting[-1][1] if waiting else None

    @property
    def delayed_customers(self) -> float:
        """How many had to wait."""
        return math.fsum(
            self.arrived_by(end) - (self.arrived_by(begin) if begin > self.times[0] else 0.0)
            for begin, end in self._joined()
        )

    def _waiting(self) -> list[tuple[float, float]]:
        """The pieces between two listed times in which somebody waits."""
        gaps = [a - d for a, d in zip(self.arrived, self.departed, strict=True)]
        pairs = zip(self.times, self.times[1:], gaps, gaps[1:], strict=False)
        return [(early, late) for early, late, one, two in pairs if one > 0 or two > 0]

    def _joined(self) -> list[tuple[float, float]]:
        """The same pieces, joined where the queue does not end between them."""
        joined: list[tuple[float, float]] = []
        for begin, end in self._waiting():
            if joined and joined[-1][1] == begin and self.queue(begin) > 0:
                joined[-1] = (joined[-1][0], end)
            else:
                joined.append((begin, end))
        return joined

    def _repr_html_(self) -> str:
        from svclab.shown import html_table

        rows = [
            (
                clock(row["time"]),
                str(number(row["arrived"])),
                str(number(row["departed"])),
                str(number(row["queue"])),
            )
            for row in self.rows()
        ]
        return html_table(repr(self), ["time", "have come", "are served", "wait"], rows)

    def rows(self) -> list[dict[str, Any]]:
        """One row a listed time, for a table or a chart of the two curves."""
        return [
            {"time": t, "arrived": a, "departed": d, "queue": a - d}
            for t, a, d in zip(self.times, self.arrived, self.departed, strict=True)
        ]

    def __repr__(self) -> str:
        begins, ends = self.begins, self.ends
        if begins is None or ends is None:
            return say("rush: no queue, {n} customers", n=number(self.customers, 2))
        return say(
            "rush: queue from {begins} to {ends}, longest {queue} at {peak}, longest wait {wait}, "
            "all together wait {delay}",
            begins=clock(begins),
            ends=clock(ends),
            queue=number(self.longest_queue, 1),
            peak=clock(self.longest_queue_at),
            wait=duration(self.longest_wait * HOUR),
            delay=Quantity(self.total_delay, "hour", 2, "hours"),
        )


def fluid_queue(
    times: Sequence[float],
    arrival_rates: Sequence[float],
    *,
    capacity: float | Sequence[float],
    waiting: float = 0.0,
) -> FluidQueue:
    """The two curves of a rush, exactly, for rates that change in steps.

    While somebody waits, customers leave at the capacity; else they leave as they come, but never
    faster than the capacity.

    Parameters
    ----------
    times : sequence of float
        Hours on the clock at which a rate changes, rising: the beginning, every change, the end.
    arrival_rates : sequence of float
        Customers per hour between two times, zero or more; one fewer than there are times.
    capacity : float or sequence of float
        Customers per hour that can be served, zero or more: one for all, or one for each interval.
        After the last time nobody comes, and the last capacity serves who is left.
    waiting : float, optional
        Customers who wait at the beginning.

    Returns
    -------
    FluidQueue

    Raises
    ------
    ValueError
        For times that do not rise, lists that do not fit, a negative rate, or a queue that is
        left at the end with no capacity.

    References
    ----------
    Newell, G. F. (1982), Applications of Queueing Theory, 2nd edition, Chapman and Hall,
    chapter 2.

    Examples
    --------
    Nobody is served in the first quarter of an hour; six a minute come for half an hour, then
    two a minute:

    >>> booth = fluid_queue([7.75, 8, 8.25, 9], [360, 360, 120], capacity=[0, 360, 360])
    >>> booth.longest_queue, booth.longest_wait * 60, booth.ends
    (90.0, 15.0, 8.625)
    """
    hours, rates, capacities = _check(times, arrival_rates, capacity)
    come = zero_or_more("waiting", waiting, "a number of customers")
    gone = 0.0
    corners = [(hours[0], come, gone)]
    for begin, end, rate, most in zip(hours, hours[1:], rates, capacities, strict=False):
        queue, length = come - gone, end - begin
        if queue > 0 and queue + (rate - most) * length < 0:
            empty = queue / (most - rate)
            come += rate * empty
            gone = come
            begin += empty
            corners.append((begin, come, gone))
            queue, length = 0.0, end - begin
        come += rate * length
        gone = come if queue == 0 and rate <= most else gone + most * length
        if come - gone < 1e-12 * come:
            gone = come
        corners.append((end, come, gone))
    if come > gone:
        if capacities[-1] == 0:
            raise ValueError(
                f"capacity is 0 at the end and {come - gone:.6g} customers are left: the queue "
                "never ends; give the last interval a capacity"
            )
        corners.append((hours[-1] + (come - gone) / capacities[-1], come, come))
    return FluidQueue(*(tuple(column) for column in zip(*corners, strict=True)))


def _check(
    times: Sequence[float], arrival_rates: Sequence[float], capacity: float | Sequence[float]
) -> tuple[list[float], list[float], list[float]]:
    hours = [float(time) for time in times]
    if len(hours) < 2 or not all(map(math.isfinite, hours)):
        raise ValueError(f"times={hours!r}: give at least a beginning and an end, in hours")
    for early, late in pairwise(hours):
        if late <= early:
            raise ValueError(f"times has {late!r} after {early!r}: give rising hours")
    pieces = len(hours) - 1
    capacities = list(capacity) if isinstance(capacity, Iterable) else [capacity] * pieces
    for name, values in (("arrival_rates", arrival_rates), ("capacity", capacities)):
        if len(values) != pieces:
            raise ValueError(
                f"{name} has {len(values)} values for {pieces} intervals: give one an interval"
            )
        for k, value in enumerate(values):
            zero_or_more(f"{name}[{k}]", value, "customers per hour")
    return hours, [float(rate) for rate in arrival_rates], [float(most) for most in capacities]


def _at(times: Sequence[float], values: Sequence[float], time: float) -> float:
    """A curve at a time; level before its beginning and after its end."""
    if time <= times[0]:
        return values[0]
    if time >= times[-1]:
        return values[-1]
    i = bisect_right(times, time) - 1
    share = (time - times[i]) / (times[i + 1] - times[i])
    return values[i] + share * (values[i + 1] - values[i])


def _earliest(times: Sequence[float], values: Sequence[float], level: float) -> float:
    """The first time at which a curve that never falls has come to a level."""
    i = bisect_left(values, level)
    if i == 0:
        return times[0]
    share = (level - values[i - 1]) / (values[i] - values[i - 1])
    return times[i - 1] + share * (times[i] - times[i - 1])


def _latest(times: Sequence[float], values: Sequence[float], level: float) -> float:
    """The last time at which the curve is not above the level."""
    i = bisect_right(values, level)
    if i == 0:
        return times[0]
    if i == len(values) or values[i - 1] == level:
        return times[i - 1]
    share = (level - values[i - 1]) / (values[i] - values[i - 1])
    return times[i - 1] + share * (times[i] - times[i - 1])


@dataclass(frozen=True)
class ParabolicRush:
    """What a rush leaves behind whose arrival rate passes the capacity as a parabola."""

    longest_queue: float  # customers, when the arrival rate falls below the capacity again
    total_delay: float  # hours, of all customers together
    queue_hours: float  # from the beginning of the queue to its end


def parabolic_rush(excess: float, hours: float) -> ParabolicRush:
    """Newell's rule of thumb for a rush with a rounded peak.

    The arrival rate is above the capacity for T hours, by at most x, along a parabola. Then

        longest queue = 2/3 · x T,   the queue lasts 3/2 · T,   total delay = 9/16 · x T².

    The queue is over half as long again after the arrival rate has fallen below the capacity,
    if the parabola goes on: a rush is felt long after its peak.

    Parameters
    ----------
    excess : float
        x, customers per hour above the capacity at the peak, above zero.
    hours : float
        T, above zero.

    Returns
    -------
    ParabolicRush

    Raises
    ------
    ValueError
        For a value that is not above zero.

    References
    ----------
    Newell (1982), as for :func:`fluid_queue`; with β = 4 x / T² the delay is 9 β T⁴ / 64.

    Examples
    --------
    >>> parabolic_rush(60, 2)
    ParabolicRush(longest_queue=80.0, total_delay=135.0, queue_hours=3.0)
    """
    x, t = above_zero("excess", excess, "customers per hour"), above_zero("hours", hours, "hours")
    return ParabolicRush(2 * x * t / 3, 9 * x * t * t / 16, 1.5 * t)
