"""What a floor of several stations is, and the ways of customers through it. Nothing is
simulated here.

A customer's whole way (which stations, and how long each service takes) is drawn when the
customer is, from streams of that customer's own. So two floors with the same seed meet the same
customers, and what happens to one never depends on the order in which others are served.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from random import Random
from typing import NamedTuple

from svclab.capacity.queues.networks import Network, Node, jackson
from svclab.capacity.simulation.sampling import HOUR, Spread, check_spread, unit_times
from svclab.checks import a_count, above_zero, zero_or_more

__all__ = ["Place", "Trip", "check_places", "draw_trips", "long_run_of"]


@dataclass(frozen=True, kw_only=True)
class Place:
    """A station of a floor, and where customers go from it.

    Parameters
    ----------
    service_seconds : float
        Mean service time.
    servers : int, optional
        How many, default 1.
    service : Spread, optional
        How service times spread, default "exponential".
    arrivals_per_hour : float, optional
        Customers who come to this station from outside, by a Poisson process; default none.
    routes : mapping, optional
        Name of the next station to probability. A way back, or to the station itself, is rework.
        Whoever is left over leaves the floor.
    again_seconds : float, optional
        Mean service time of whoever comes to this station a second time or more; left out: the
        same.
    """

    service_seconds: float
    servers: int = 1
    service: Spread = "exponential"
    arrivals_per_hour: float = 0.0
    routes: Mapping[str, float] = field(default_factory=dict)
    again_seconds: float | None = None


class Trip(NamedTuple):
    """One customer's way: when, from where to where, and how long each service takes."""

    arrive: float  # s after opening
    steps: tuple[tuple[str, float], ...]  # (place, seconds of service), in order


def draw_trips(places: Mapping[str, Place], *, hours: float, seed: int | str) -> list[Trip]:
    """The customers of so many hours, in the order in which they arrive.

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
    list of Trip
        Ready for :func:`svclab.capacity.simulation.floor.follow`.

    Raises
    ------
    ValueError
        For routes that lead nowhere or are no probabilities, or if nobody could ever leave.

    Examples
    --------
    >>> desk = {"form": Place(service_seconds=60, arrivals_per_hour=30, routes={"check": 1.0}),
    ...         "check": Place(service_seconds=40, routes={"form": 0.2})}
    >>> [[place for place, _ in trip.steps] for trip in draw_trips(desk, hours=0.1, seed=20)]
    [['form', 'check'], ['form', 'check', 'form', 'check'], ['form', 'check']]
    """
    check_places(places)
    end = HOUR * above_zero("hours", hours, "hours")
    trips = []
    for name, place in places.items():
        if place.arrivals_per_hour > 0:
            for number, time in enumerate(_poisson(place, end, Random(f"{seed}/arrivals/{name}"))):
                trips.append(Trip(time, tuple(_way(places, name, f"{seed}/{name}/{number}"))))
    return sorted(trips)


def _poisson(place: Place, end: float, stream: Random) -> Iterator[float]:
    now = 0.0
    while True:
        now += unit_times("exponential", 1, stream)[0] * HOUR / place.arrivals_per_hour
        if now >= end:
            return
        yield now


def _way(places: Mapping[str, Place], first: str, seed: str) -> Iterator[tuple[str, float]]:
    turns, services = Random(f"{seed}/turns"), Random(f"{seed}/services")
    visited: set[str] = set()
    here: str | None = first
    while here is not None:
        place = places[here]
        again = here in visited and place.again_seconds is not None
        mean = place.again_seconds if again else place.service_seconds
        yield here, unit_times(place.service, 1, services)[0] * (mean or 0.0)
        visited.add(here)
        here = _next(place.routes, turns.random())


def _next(routes: Mapping[str, float], point: float) -> str | None:
    """Where a customer goes; None for out of the door."""
    for name, probability in routes.items():
        point -= probability
        if point < 0:
            return name
    return None


def long_run_of(places: Mapping[str, Place]) -> Network:
    """The same floor by formula: an open Jackson network, in the long run.

    Parameters
    ----------
    places : mapping
        Station by name; all service times exponential, and the same at every visit.

    Raises
    ------
    UnstableError
        If a station cannot carry its load.
    ValueError
        For other service times, which no such formula knows.

    Examples
    --------
    >>> desk = {"form": Place(service_seconds=60, arrivals_per_hour=30, routes={"form": 0.2})}
    >>> long_run_of(desk)["form"].utilisation
    0.625
    """
    check_places(places)
    for name, place in places.items():
        if place.service != "exponential" or place.again_seconds not in (
            None,
            place.service_seconds,
        ):
            raise ValueError(
                f"{name!r}: the formula of Jackson holds for exponential service times, the same "
                "at every visit; simulate this floor"
            )
    return jackson(
        {
            name: Node(
                service_rate=HOUR / place.service_seconds,
                servers=place.servers,
                arrival_rate=place.arrivals_per_hour,
                goes_to=place.routes,
            )
            for name, place in places.items()
        }
    )


def check_places(places: Mapping[str, Place]) -> None:
    """Refuse what is no floor; the message names the station."""
    for name, place in places.items():
        where = f"of station {name!r}"
        above_zero(f"service_seconds {where}", place.service_seconds, "seconds")
        if place.again_seconds is not None:
            above_zero(f"again_seconds {where}", place.again_seconds, "seconds")
        a_count(f"servers {where}", place.servers, 1)
        check_spread(f"service {where}", place.service)
        zero_or_more(f"arrivals_per_hour {where}", place.arrivals_per_hour, "customers per hour")
        for target, probability in place.routes.items():
            if target not in places:
                raise ValueError(
                    f"station {name!r} sends customers to unknown station {target!r}; known are "
                    f"{', '.join(map(repr, places))}"
                )
            if not 0 <= probability <= 1:
                raise ValueError(
                    f"route from {name!r} to {target!r} has {probability!r}: give a probability"
                )
        if (total := math.fsum(place.routes.values())) > 1 + 1e-9:
            raise ValueError(
                f"the routes from station {name!r} add up to {total!r}: give at most 1, the rest "
                "leaves the floor"
            )
    if not any(place.arrivals_per_hour > 0 for place in places.values()):
        raise ValueError("nobody comes: give arrivals_per_hour at one station or more")
    _check_ways_out(places)


def _check_ways_out(places: Mapping[str, Place]) -> None:
    """Whoever cannot reach a station with a way out would walk for ever."""

    def leads_out(place: Place, known: set[str]) -> bool:
        return any(share > 0 and target in known for target, share in place.routes.items())

    out = {name for name, place in places.items() if math.fsum(place.routes.values()) < 1 - 1e-9}
    while more := {n for n, place in places.items() if n not in out and leads_out(place, out)}:
        out |= more
    trapped = [name for name in places if name not in out]
    if trapped:
        raise ValueError(
            f"customers at {', '.join(map(repr, trapped))} could never leave: let the routes of a "
            "station on their way add up to less than 1"
        )
