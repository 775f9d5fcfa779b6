"""Customers who go from station to station, and back again: a network with routes and rework.

:func:`follow` is the SimPy model, a dozen lines long. No formula knows such a floor except under
Jackson's conditions (Poisson arrivals, exponential service times); there it is checked against
:func:`svclab.capacity.simulation.places.long_run_of`.
"""

from __future__ import annotations

import math
from collections.abc import Generator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, NamedTuple

import simpy

from svclab.capacity.simulation.places import Place, Trip, check_places, draw_trips
from svclab.capacity.simulation.sampling import HOUR
from svclab.checks import above_zero, zero_or_more
from svclab.shown import html_table, text_table
from svclab.words import count, duration, number, percent, say

__all__ = ["Floor", "Stay", "follow", "simulate_floor"]

Steps = Generator[Any, Any, None]  # what SimPy calls a process


class Stay(NamedTuple):
    """One customer at one station; times in seconds after opening."""

    customer: int  # the place in the list of trips
    place: str
    arrive: float
    start: float
    finish: float
    visit: int  # 1 for a customer's first station, 2 for the next, ...


def follow(places: Mapping[str, Place], trips: Sequence[Trip], *, hours: float) -> Floor:
    """Let customers go their ways, from an empty floor until everybody has left.

    Parameters
    ----------
    places : mapping
        Station by name; only their servers count here.
    trips : sequence of Trip
        From :func:`svclab.capacity.simulation.places.draw_trips`, or from data.
    hours : float
        During which customers come; figures per hour are for these.

    Returns
    -------
    Floor

    Examples
    --------
    >>> one = {"desk": Place(service_seconds=60)}
    >>> floor = follow(one, [Trip(0.0, (("desk", 50.0),)), Trip(10.0, (("desk", 20.0),))], hours=1)
    >>> floor.waits("desk")
    [0.0, 40.0]
    """
    env = simpy.Environment()
    desks = {name: simpy.Resource(env, place.servers) for name, place in places.items()}
    stays: list[Stay] = []

    def visitor(customer: int, trip: Trip) -> Steps:
        yield env.timeout(trip.arrive)
        for visit, (place, seconds) in enumerate(trip.steps, 1):
            arrive = env.now
            with desks[place].request() as turn:
                yield turn
                start = env.now
                yield env.timeout(seconds)
            stays.append(Stay(customer, place, arrive, start, env.now, visit))

    for customer, trip in enumerate(trips):
        env.process(visitor(customer, trip))
    env.run()
    return Floor(dict(places), tuple(stays), above_zero("hours", hours, "hours"))


def simulate_floor(places: Mapping[str, Place], *, hours: float, seed: int | str) -> Floor:
    """Draw customers for a floor, and let them go their ways.

    Parameters
    ----------
    places : mapping
        Station by name.
    hours : float
        During which customers come.
    seed : int or str
        The same seed gives the same customers, whatever the number of servers.

    Returns
    -------
    Floor

    Raises
    ------
    ValueError
        For routes that lead nowhere or are no probabilities, or if nobody could ever leave.

    Examples
    --------
    One form in five fails the check and is filled in again:

    >>> desk = {"form": Place(service_seconds=60, arrivals_per_hour=30, routes={"check": 1.0}),
    ...         "check": Place(service_seconds=40, routes={"form": 0.2})}
    >>> simulate_floor(desk, hours=100, seed=1)
    3,040 customers, 2.55 visits each; mean time inside 267.7 s, of which 142.4 s waiting
      station  visits per hour  mean wait  utilisation
      form                38.7     81.9 s        62.8%
      check               38.7       30 s          43%
    """
    check_places(places)
    return follow(places, draw_trips(places, hours=hours, seed=seed), hours=hours)


@dataclass(frozen=True, repr=False)
class Floor:
    """What happened on a floor: every stay, in the order in which they ended.

    Figures count customers from ``warm_up_hours`` on, and busy time from then to the end of
    ``hours``. They are those of one run, and another run differs: for an interval make several,
    or take batch means of :meth:`waits`.
    """

    places: Mapping[str, Place]
    stays: Sequence[Stay]
    hours: float  # during which customers came
    warm_up_hours: float = 0.0  # at the beginning, not counted

    def after(self, warm_up_hours: float) -> Floor:
        """The same with the first hours left out of all figures."""
        if zero_or_more("warm_up_hours", warm_up_hours, "hours") >= self.hours:
            raise ValueError(
                f"warm_up_hours={warm_up_hours!r}: leave some of the {self.hours!r} hours"
            )
        return replace(self, warm_up_hours=warm_up_hours)

    def _at(self, place: str) -> list[Stay]:
        """Stays that are counted, in the order of arrival at the station."""
        if place not in self.places:
            known = ", ".join(map(repr, self.places))
            raise KeyError(f"unknown station {place!r}; known are {known}")
        first, last = self.warm_up_hours * HOUR, self.hours * HOUR
        here = (s for s in self.stays if s.place == place and first <= s.arrive < last)
        return sorted(here, key=lambda stay: (stay.arrive, stay.customer))

    def waits(self, place: str) -> list[float]:
        """Seconds waited at a station, visit by visit in the order of arrival there."""
        return [stay.start - stay.arrive for stay in self._at(place)]

    def mean_wait(self, place: str) -> float:
        """Mean seconds of waiting at a station, per visit; NaN if nobody came."""
        waits = self.waits(place)
        return math.fsum(waits) / len(waits) if waits else math.nan

    def visits_per_hour(self, place: str) -> float:
        """Visits to a station per hour; whoever comes again counts again."""
        return len(self._at(place)) / (self.hours - self.warm_up_hours)

    def utilisation(self, place: str) -> float:
        """Share of the servers' time in which they were busy."""
        self._at(place)  # an unknown name is an error
        first, last = self.warm_up_hours * HOUR, self.hours * HOUR
        busy = math.fsum(
            max(0.0, min(stay.finish, last) - max(stay.start, first))
            for stay in self.stays
            if stay.place == place
        )
        return busy / (last - first) / self.places[place].servers

    @cached_property
    def _by_customer(self) -> list[list[Stay]]:
        """The stays of each customer who is counted, in order."""
        found: dict[int, list[Stay]] = {}
        for stay in sorted(self.stays, key=lambda stay: (stay.customer, stay.visit)):
            found.setdefault(stay.customer, []).append(stay)
        first = self.warm_up_hours * HOUR
        return [stays for stays in found.values() if stays[0].arrive >= first]

    @property
    def customers(self) -> int:
        """How many customers are counted."""
        return len(self._by_customer)

    @property
    def times(self) -> list[float]:
        """Seconds from arrival to last departure, customer by customer."""
        return [stays[-1].finish - stays[0].arrive for stays in self._by_customer]

    @property
    def mean_time(self) -> float:
        """Mean of the times inside, in seconds; NaN if nobody came."""
        return math.fsum(self.times) / self.customers if self.customers else math.nan

    @property
    def mean_time_waiting(self) -> float:
        """Mean seconds a customer waits, all stations together; NaN if nobody came."""
        waited = math.fsum(s.start - s.arrive for stays in self._by_customer for s in stays)
        return waited / self.customers if self.customers else math.nan

    def rows(self) -> list[dict[str, Any]]:
        """The event log, warm-up included: one row a stay, by customer and visit."""
        return [s._asdict() for s in sorted(self.stays, key=lambda s: (s.customer, s.visit))]

    def _title(self) -> str:
        if not self.customers:
            return say("nobody came")
        visits = sum(map(len, self._by_customer))
        return say(
            "{customers}, {visits} visits each; mean time inside {time}, of which {wait} waiting",
            customers=count(self.customers, "customer"),
            visits=number(visits / self.customers, 2),
            time=duration(self.mean_time),
            wait=duration(self.mean_time_waiting),
        )

    def _rows(self) -> list[list[str]]:
        return [
            [
                name,
                str(number(self.visits_per_hour(name))),
                "" if math.isnan(self.mean_wait(name)) else str(duration(self.mean_wait(name))),
                str(percent(self.utilisation(name))),
            ]
            for name in self.places
        ]

    def __repr__(self) -> str:
        return text_table(self._title(), HEAD, self._rows())

    def _repr_html_(self) -> str:
        return html_table(self._title(), HEAD, self._rows())


HEAD = ["station", "visits per hour", "mean wait", "utilisation"]
