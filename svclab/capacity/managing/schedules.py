"""Appointment rules: lists of times, in minutes from the start of the session."""

from __future__ import annotations

import math
from collections.abc import Sequence

from svclab.checks import a_count, a_share, zero_or_more

__all__ = ["bailey_welch", "block", "check_schedule", "dome", "equal"]


def equal(patients: int, interval: float) -> list[float]:
    """One patient every so many minutes.

    Parameters
    ----------
    patients : int
        How many; one or more.
    interval : float
        Minutes between two appointments.

    Examples
    --------
    >>> equal(4, 10)
    [0, 10, 20, 30]
    """
    a_count("patients", patients, 1)
    zero_or_more("interval", interval, "minutes")
    return [k * interval for k in range(patients)]


def bailey_welch(patients: int, interval: float, *, first: int = 2) -> list[float]:
    """Two (or more) at the start, then one every so many minutes: the others come earlier.

    The server never starts without a patient, and a reserve of one stands ready for a no-show.

    Parameters
    ----------
    patients, interval
        As for :func:`equal`.
    first : int
        Patients called for the start.

    References
    ----------
    Bailey, N. T. J. (1952), "A study of queues and appointment systems in hospital out-patient
    departments", J. Royal Statist. Soc. B 14, 185-199; Welch, J. D. and Bailey, N. T. J. (1952),
    "Appointment systems in hospital outpatient departments", The Lancet 259, 1105-1108.

    Examples
    --------
    >>> bailey_welch(4, 10)
    [0, 0, 10, 20]
    """
    a_count("patients", patients, 1)
    a_count("first", first, 1)
    zero_or_more("interval", interval, "minutes")
    return [max(k - first + 1, 0) * interval for k in range(patients)]


def dome(patients: int, interval: float, *, curve: float = 0.4) -> list[float]:
    """Intervals that are short at both ends of the session and long in the middle.

    Interval i is ``interval × (1 + curve × (s − mean of s))`` with s = 4x(1 − x) and x from 0 to
    1 over the session; the last appointment is where :func:`equal` has it. That the best
    intervals have such a shape is in the literature; this parabola is ours. For the best
    intervals of a case see :func:`.improved`.

    Parameters
    ----------
    patients : int
        How many.
    interval : float
        Mean interval, minutes.
    curve : float
        0 gives equal intervals, 1 strongly curved ones; 0 to 1.

    References
    ----------
    Wang, P. P. (1993), Naval Research Logistics 40, 345-360; Robinson, L. W. and Chen, R. R.
    (2003), IIE Transactions 35, 295-307; Kaandorp, G. C. and Koole, G. (2007), Health Care
    Management Science 10, 217-229.

    Examples
    --------
    >>> [round(time, 1) for time in dome(6, 10)]
    [0.0, 8.0, 19.0, 31.0, 42.0, 50.0]
    """
    a_count("patients", patients, 1)
    zero_or_more("interval", interval, "minutes")
    a_share("curve", curve)
    gaps = patients - 1
    if gaps < 2:
        return equal(patients, interval)
    shape = [4 * x * (1 - x) for x in (k / (gaps - 1) for k in range(gaps))]
    middle = math.fsum(shape) / gaps
    times = [0.0]
    for s in shape:
        times.append(times[-1] + interval * (1 + curve * (s - middle)))
    return times


def block(patients: int, interval: float, *, size: int) -> list[float]:
    """So many patients together, then a longer gap; all at once if the size is `patients`.

    Parameters
    ----------
    patients, interval
        As for :func:`equal`; the gap is size × interval, so that the session keeps its length.
    size : int
        Patients called for the same time.

    Examples
    --------
    >>> block(5, 10, size=2)
    [0, 0, 20, 20, 40]
    """
    a_count("size", size, 1)
    return [k // size * size * interval for k in range(len(equal(patients, interval)))]


def check_schedule(schedule: Sequence[float]) -> None:
    """Refuse a schedule that is empty, has negative times, or goes backwards."""
    if not schedule:
        raise ValueError("schedule is empty: give at least one appointment")
    for place, time in enumerate(schedule):
        zero_or_more(f"schedule[{place}]", time, "minutes")
        if place and time < schedule[place - 1]:
            raise ValueError(
                f"schedule[{place}]={time!r} is before schedule[{place - 1}]="
                f"{schedule[place - 1]!r}: sort the appointments"
            )
