"""JFK's departures in 2013 as demand: tidy rows, daily sums, and the seats that are not known.

The table (``data/jfk-2013-hourly.csv``) has a row a day and count; here it becomes a row an hour.
About three flights in ten have no believable seat count: see :func:`seats`.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache

from svclab import data
from svclab.checks import above_zero

__all__ = ["E190_SEATS", "HOURS", "Hour", "hours", "mean_profile", "per_day", "seats"]

HOURS = tuple(range(5, 24))  # nothing is scheduled from 0 to 4
E190_SEATS = 100  # what an Embraer 190 carries, about; the registry says 20


@dataclass(frozen=True)
class Hour:
    """One hour of one day at JFK."""

    day: str  # such as "2013-07-04"
    weekday: int  # 0 is Monday
    hour: int  # 5 is 5:00 to 5:59, local time
    departures: int  # flights scheduled, cancelled ones too
    seats: int  # of the flights whose seat count can be believed
    embraer_190: int  # flights listed with 20 seats; they have about 100
    unknown: int  # flights that match no plane, or a wrong one

    @property
    def known(self) -> int:
        """Flights whose seats are counted in ``seats``."""
        return self.departures - self.embraer_190 - self.unknown


@cache
def hours() -> tuple[Hour, ...]:
    """All 6,935 hours of the year, in order: 365 days × 19 hours.

    Examples
    --------
    >>> hours()[0]
    Hour(day='2013-01-01', weekday=1, hour=5, departures=3, seats=578, embraer_190=0, unknown=0)
    """
    counts = {(row["date"], row["count"]): row for row in data.rows("jfk-2013-hourly")}
    found = []
    for day in dict.fromkeys(name for name, _ in counts):
        rows = [counts[day, c] for c in ("departures", "seats", "embraer_190", "unknown")]
        weekday = date.fromisoformat(str(day)).weekday()
        for hour in HOURS:
            numbers = [int(row[f"h{hour:02}"] or 0) for row in rows]
            found.append(Hour(str(day), weekday, hour, *numbers))
    return tuple(found)


def per_day() -> dict[str, int]:
    """Departures of each day, in order: the series to forecast.

    Examples
    --------
    >>> days = per_day()
    >>> len(days), sum(days.values()), days["2013-07-04"]
    (365, 111279, 287)
    """
    found: dict[str, int] = {}
    for row in hours():
        found[row.day] = found.get(row.day, 0) + row.departures
    return found


def mean_profile(weekdays: Iterable[int] = range(7)) -> dict[int, float]:
    """Mean departures in each hour of the day, over the weekdays given; 0 is Monday.

    Examples
    --------
    >>> saturday = mean_profile([5])
    >>> max(saturday, key=saturday.get)
    8
    """
    wanted = set(weekdays)
    if not wanted or not wanted <= set(range(7)):
        raise ValueError(f"weekdays={sorted(wanted)}: give some of 0 (Monday) to 6 (Sunday)")
    found = {}
    for hour in HOURS:
        counts = [r.departures for r in hours() if r.hour == hour and r.weekday in wanted]
        found[hour] = sum(counts) / len(counts)
    return found


def seats(rows: Iterable[Hour], *, unknown_seats: float | None = None) -> float:
    """Scheduled seats with the gaps filled: an estimate, and never the number of passengers.

    known seats + 100 × Embraer 190 + unknown flights × seats a flight.

    Parameters
    ----------
    rows : iterable of Hour
        The hours to add up.
    unknown_seats : float, optional
        Seats of a flight that is not known; if left out, the mean of the flights that are. That
        is too high where regional jets are missing: try 50 and see how much hangs on it.

    Examples
    --------
    >>> summer = [row for row in hours() if row.day == "2013-07-04"]
    >>> round(seats(summer)), round(seats(summer, unknown_seats=50))
    (47721, 41929)
    """
    chosen = list(rows)
    flights = sum(row.known for row in chosen)
    counted = sum(row.seats for row in chosen)
    if unknown_seats is None:
        if not flights:
            raise ValueError("rows hold no flight with known seats: give unknown_seats")
        unknown_seats = counted / flights
    above_zero("unknown_seats", unknown_seats, "seats a flight")
    return math.fsum(
        (
            counted,
            E190_SEATS * sum(row.embraer_190 for row in chosen),
            unknown_seats * sum(row.unknown for row in chosen),
        )
    )
