"""Service demand and capacity management (chapter 8): the models.

The formulas for waiting lines are functions of this package, such as :func:`mmc`; each gives a
:class:`Queue`. Everything else lives in a room of its own: :mod:`simulation`, :mod:`staffing`,
:mod:`demand` (forecasts), :mod:`managing` (appointments, overbooking, the felt wait) and
:mod:`measuring` (a service of one's own).
"""

from __future__ import annotations

from importlib import import_module
from types import ModuleType

from svclab.capacity.checks import UnstableError
from svclab.capacity.queues.erlang import erlang_b, erlang_b_by_servers, erlang_c
from svclab.capacity.queues.fluid import FluidQueue, fluid_queue, parabolic_rush
from svclab.capacity.queues.general import (
    allen_cunneen,
    kingman,
    kingman_bound,
    mg1,
    textbook_ggc,
)
from svclab.capacity.queues.markovian import erlang_a, finite_population, mm1, mmc, mmcc, mmck
from svclab.capacity.queues.networks import Network, Node, jackson
from svclab.capacity.queues.priorities import PriorityQueues, priorities_mg1, priorities_mmc
from svclab.capacity.queues.results import Queue
from svclab.capacity.queues.service_levels import ServiceLevel, observed_service_level

__all__ = [
    "FluidQueue",
    "Network",
    "Node",
    "PriorityQueues",
    "Queue",
    "ServiceLevel",
    "UnstableError",
    "allen_cunneen",
    "demand",
    "erlang_a",
    "erlang_b",
    "erlang_b_by_servers",
    "erlang_c",
    "finite_population",
    "fluid_queue",
    "jackson",
    "kingman",
    "kingman_bound",
    "managing",
    "measuring",
    "mg1",
    "mm1",
    "mmc",
    "mmcc",
    "mmck",
    "observed_service_level",
    "parabolic_rush",
    "priorities_mg1",
    "priorities_mmc",
    "simulation",
    "staffing",
    "textbook_ggc",
]

ROOMS = ("demand", "managing", "measuring", "simulation", "staffing")


def __getattr__(name: str) -> ModuleType:
    # A room is entered when it is asked for: a page with formulas need not load the others.
    if name in ROOMS:
        return import_module(f"{__name__}.{name}")
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
