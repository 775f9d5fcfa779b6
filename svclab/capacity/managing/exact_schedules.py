"""Appointments without chance: exact figures for exponential services, and a better schedule."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from svclab.capacity.managing.schedules import check_schedule
from svclab.checks import a_share, above_zero, zero_or_more
from svclab.words import minutes, say

__all__ = ["Expected", "expected_exponential", "improved"]


@dataclass(frozen=True, repr=False)
class Expected:
    """What is to be expected of a schedule; minutes."""

    waits: tuple[float, ...]  # mean wait of each patient who comes, by appointment
    idle: float  # of the server, up to the last departure or appointment
    overtime: float  # after the planned end

    @property
    def wait(self) -> float:
        """Mean wait over all patients who come."""
        return math.fsum(self.waits) / len(self.waits)

    def __repr__(self) -> str:
        return say(
            "wait {wait}, idle {idle}, overtime {over}",
            wait=minutes(self.wait, 2),
            idle=minutes(self.idle, 2),
            over=minutes(self.overtime, 2),
        )


def expected_exponential(
    schedule: Sequence[float], *, service_minutes: float, length: float, no_show: float = 0.0
) -> Expected:
    """Exact wait, idle time and overtime for exponential services and punctual patients.

    Between two appointments the number in the room falls by a Poisson number of departures; who
    finds n before him waits n mean services.

    Parameters
    ----------
    schedule : sequence of float
        Appointed times, minutes.
    service_minutes : float
        Mean service time.
    length : float
        When the session should end, minutes.
    no_show : float
        Chance that a patient does not come.

    References
    ----------
    Pegden, C. D. and Rosenshine, M. (1990), "Scheduling arrivals to queues", Computers & Oper.
    Res. 17, 343-348; Kaandorp and Koole (2007), section 2; Hassin, R. and Mendel, S. (2008),
    Management Science 54, 565-572, for no-shows.

    Examples
    --------
    >>> expected_exponential([0, 0], service_minutes=10, length=0)
    wait 5 min, idle 0 min, overtime 20 min
    """
    check_schedule(schedule)
    above_zero("service_minutes", service_minutes, "minutes")
    zero_or_more("length", length, "minutes")
    a_share("no_show", no_show)
    inside, now, waits = [1.0], 0.0, []
    for time in schedule:
        inside, now = _after(inside, (time - now) / service_minutes), float(time)
        waits.append(service_minutes * _mean(inside))
        stay, come = [*inside, 0.0], [0.0, *inside]
        inside = [no_show * a + (1 - no_show) * b for a, b in zip(stay, come, strict=True)]
    left = service_minutes * _mean(inside)
    idle = now + left - service_minutes * len(schedule) * (1 - no_show)
    if length >= now:
        overtime = service_minutes * _mean(_after(inside, (length - now) / service_minutes))
    else:
        overtime = now - length + left
    return Expected(tuple(waits), idle, overtime)


def _mean(chances: Sequence[float]) -> float:
    return math.fsum(n * p for n, p in enumerate(chances))


def _after(inside: Sequence[float], services: float) -> list[float]:
    """Chances of 0, 1, … in the room after a time of so many mean services."""
    poisson = [math.exp(-services)]
    for k in range(1, len(inside)):
        poisson.append(poisson[-1] * services / k)
    found = [0.0] * len(inside)
    for n in range(1, len(inside)):
        found[n] = math.fsum(inside[n + k] * poisson[k] for k in range(len(inside) - n))
    found[0] = max(1 - math.fsum(found[1:]), 0.0)
    return found


def improved(
    schedule: Sequence[float], cost: Callable[[Sequence[float]], float], *, step: float
) -> list[float]:
    """Move appointments by steps as long as that lowers the cost.

    Tried are one patient, or all from one on, a step earlier or later; the first patient stays.
    What is found cannot be bettered by any one such move; a proof that it is the best is not
    given (Kaandorp and Koole's larger neighbourhood has one).

    Parameters
    ----------
    schedule : sequence of float
        Where to begin, minutes.
    cost : callable
        Schedule to cost; without chance in it, such as one made of :func:`expected_exponential`.
    step : float
        Minutes; above 0.

    Examples
    --------
    >>> improved([0, 0], lambda times: abs(times[1] - 7), step=1)
    [0, 7]
    """
    check_schedule(schedule)
    above_zero("step", step, "minutes")
    best, lowest = list(schedule), cost(schedule)
    moves = [
        (place, last, change)
        for place in range(1, len(best))
        for last in sorted({place + 1, len(best)})
        for change in (-step, step)
    ]
    moving = True
    while moving:
        moving = False
        for place, last, change in moves:
            moved = [t + change * (place <= k < last) for k, t in enumerate(best)]
            if any(b < a for a, b in pairwise(moved)):
                continue
            price = cost(moved)
            if price < lowest - 1e-12:
                best, lowest, moving = moved, price, True
    return best
