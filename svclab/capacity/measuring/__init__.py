"""A service of one's own: from time stamps to a fitted model.

Read a file of the field kit, or of anybody (:func:`read_observation`); look at who came and how
long they waited (:class:`Observation`, :func:`arrival_rates`, :func:`lost_demand`); test what the
formulas assume (:func:`poisson_test`, :func:`serial_correlation`, :func:`hurry`,
:func:`fit_times`); and set a model beside the day (:func:`fit_model`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from svclab.capacity.measuring.arrivals import (
    ArrivalRates,
    PoissonTest,
    arrival_rates,
    poisson_test,
)
from svclab.capacity.measuring.comparison import Comparison
from svclab.capacity.measuring.dependence import hurry, rank_correlation, serial_correlation
from svclab.capacity.measuring.example import example_csv, example_observation, write_example
from svclab.capacity.measuring.fitted import FittedModel, fit_model
from svclab.capacity.measuring.losses import LostDemand, lost_demand
from svclab.capacity.measuring.observation import Observation, Visit
from svclab.capacity.measuring.reading import (
    FileError,
    from_rows,
    parse_observation,
    read_observation,
)
from svclab.capacity.measuring.summaries import Times
from svclab.capacity.measuring.waits import starts_from_departures

if TYPE_CHECKING:
    from svclab.capacity.measuring.fitting import Fit, FittedTimes, fit_times

__all__ = [
    "ArrivalRates",
    "Comparison",
    "FileError",
    "Fit",
    "FittedModel",
    "FittedTimes",
    "LostDemand",
    "Observation",
    "PoissonTest",
    "Times",
    "Visit",
    "arrival_rates",
    "example_csv",
    "example_observation",
    "fit_model",
    "fit_times",
    "from_rows",
    "hurry",
    "lost_demand",
    "parse_observation",
    "poisson_test",
    "rank_correlation",
    "read_observation",
    "serial_correlation",
    "starts_from_departures",
    "write_example",
]


def __getattr__(name: str) -> Any:
    """What needs NumPy and SciPy comes when it is asked for: the page has neither."""
    if name in ("Fit", "FittedTimes", "fit_times"):
        from svclab.capacity.measuring import fitting

        return getattr(fitting, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
