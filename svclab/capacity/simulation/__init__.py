"""Simulation: SimPy models to read, a plain recursion, the fast engine, and what to make of it.

The fast engine, :mod:`svclab.capacity.simulation.engine`, is imported where it is used: it needs
NumPy.
"""

from svclab.capacity.simulation.comparing import Difference, compare
from svclab.capacity.simulation.customers import Customers, Served
from svclab.capacity.simulation.day import Day, DayPlan, bank_day, simulate_day
from svclab.capacity.simulation.floor import Floor, follow, simulate_floor
from svclab.capacity.simulation.output import batch_means, statement
from svclab.capacity.simulation.places import Place, Trip, draw_trips, long_run_of
from svclab.capacity.simulation.precision import customers_needed, run_until, runs_needed
from svclab.capacity.simulation.recursion import serve
from svclab.capacity.simulation.sampling import Station, draw, draw_for, thinned
from svclab.capacity.simulation.station import (
    by_kind,
    first_come,
    impatient,
    simulate,
    with_shifts,
)
from svclab.capacity.simulation.warmup import WarmUp, across, mser5, steady_mean, welch

__all__ = [
    "Customers",
    "Day",
    "DayPlan",
    "Difference",
    "Floor",
    "Place",
    "Served",
    "Station",
    "Trip",
    "WarmUp",
    "across",
    "bank_day",
    "batch_means",
    "by_kind",
    "compare",
    "customers_needed",
    "draw",
    "draw_for",
    "draw_trips",
    "first_come",
    "follow",
    "impatient",
    "long_run_of",
    "mser5",
    "run_until",
    "runs_needed",
    "serve",
    "simulate",
    "simulate_day",
    "simulate_floor",
    "statement",
    "steady_mean",
    "thinned",
    "welch",
    "with_shifts",
]
