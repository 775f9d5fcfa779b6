"""Models for :func:`svclab.capacity.simulation.experiments.experiment`: one run each, measured.

Each is called with a scenario and a seed and gives named figures. They are plain objects that
can be sent to other processes and clusters.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from svclab.capacity.simulation.customers import LEFT, TURNED, Served
from svclab.capacity.simulation.day import DayPlan, simulate_day
from svclab.capacity.simulation.floor import simulate_floor
from svclab.capacity.simulation.places import Place
from svclab.capacity.simulation.recursion import serve
from svclab.capacity.simulation.sampling import Station, draw
from svclab.checks import a_count, above_zero, zero_or_more

__all__ = ["DayRun", "FloorRun", "StationRun", "measures"]


def measures(served: Served, *, within_seconds: float | None = None) -> dict[str, float]:
    """The figures of one run of a station that an experiment keeps; times in seconds.

    Parameters
    ----------
    served : Served
        What became of each customer.
    within_seconds : float, optional
        Also give ``in_time``, the share of all who came that was served within so long.

    Examples
    --------
    >>> from svclab.capacity.simulation.customers import Customers
    >>> measures(serve(Customers([0.0, 1.0], [9.0, 9.0]), servers=1))["mean_wait_seconds"]
    4.0
    """
    found = {
        "mean_wait_seconds": served.mean_wait(),
        "waited": served.probability_of_waiting(),
        "left": served.share(LEFT),
        "turned_away": served.share(TURNED),
        "utilisation": served.utilisation,
    }
    if within_seconds is not None:
        found["in_time"] = served.service_level(within_seconds).of_all_offered
    for kind in sorted(set(served.customers.kinds or ())):
        found[f"mean_wait_seconds_{kind}"] = served.mean_wait(kind)
    return found


@dataclass(frozen=True)
class StationRun:
    """So many customers at one station; the scenarios are stations.

    Parameters
    ----------
    customers : int
        In each run.
    warm_up : int, optional
        Customers at the start that are not counted.
    within_seconds : float, optional
        Also count who is served within so long.
    engine : callable, optional
        :func:`svclab.capacity.simulation.recursion.serve` (default) or the SimPy model
        :func:`svclab.capacity.simulation.station.simulate`, which gives the same.

    Examples
    --------
    >>> one = Station(arrivals_per_hour=50, service_seconds=60)
    >>> round(StationRun(customers=2000)(one, "seed")["utilisation"], 2)
    0.83
    """

    customers: int
    warm_up: int = 0
    within_seconds: float | None = None
    engine: Callable[..., Served] = serve

    def __post_init__(self) -> None:
        a_count("customers", self.customers, 1)
        a_count("warm_up", self.warm_up, 0)

    def __call__(self, station: Station, seed: int | str) -> dict[str, float]:
        """Draw the customers, serve them, and measure."""
        served = self.engine(draw(station, self.customers, seed=seed), servers=station.servers)
        return measures(served.after(self.warm_up), within_seconds=self.within_seconds)


@dataclass(frozen=True)
class DayRun:
    """One day from opening to the last customer; the scenarios are day plans.

    Parameters
    ----------
    within_seconds : float, optional
        Also count who is served within so long.
    engine : callable, optional
        As for :class:`StationRun`.

    Examples
    --------
    >>> desk = Station(arrivals_per_hour=40, service_seconds=90, servers=2)
    >>> plan = DayPlan(desk, per_hour=[20, 60, 40])
    >>> DayRun()(plan, "monday")["customers"]
    115.0
    """

    within_seconds: float | None = None
    engine: Callable[..., Served] = serve

    def __call__(self, plan: DayPlan, seed: int | str) -> dict[str, float]:
        """Simulate one day, and measure. The mean wait is NaN on a day on which nobody joins."""
        day = simulate_day(plan, seed=seed, engine=self.engine)
        found = {
            "customers": float(day.customers),
            "joined": float(len(day.waits)),
            "wait_seconds": math.fsum(day.waits),
            "mean_wait_seconds": day.mean_wait,
            "longest_queue": float(day.longest_queue),
            "inside_at_closing": float(day.inside(plan.closing)),
            "overtime_seconds": day.overtime,
        }
        if self.within_seconds is not None:
            found["in_time"] = day.in_time(self.within_seconds)
        return found


@dataclass(frozen=True)
class FloorRun:
    """A floor of stations with routes; the scenarios are mappings of places.

    Parameters
    ----------
    hours : float
        During which customers come.
    warm_up_hours : float, optional
        At the start, not counted; default none.

    Examples
    --------
    >>> desk = {"form": Place(service_seconds=60, arrivals_per_hour=30, routes={"form": 0.2})}
    >>> sorted(FloorRun(hours=10)(desk, "seed"))
    ['mean_seconds_inside', 'mean_wait_seconds_form', 'utilisation_form']
    """

    hours: float
    warm_up_hours: float = 0.0

    def __post_init__(self) -> None:
        above_zero("hours", self.hours)
        zero_or_more("warm_up_hours", self.warm_up_hours)

    def __call__(self, places: Mapping[str, Place], seed: int | str) -> dict[str, float]:
        """Simulate the floor once, and measure."""
        floor = simulate_floor(places, hours=self.hours, seed=seed)
        floor = floor.after(self.warm_up_hours)
        found = {"mean_seconds_inside": floor.mean_time}
        for name in places:
            found[f"mean_wait_seconds_{name}"] = floor.mean_wait(name)
            found[f"utilisation_{name}"] = floor.utilisation(name)
        return found
