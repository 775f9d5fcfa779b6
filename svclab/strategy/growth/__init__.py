"""How a service grows: diffusion of a new one, and the size of a segment."""

from svclab.strategy.growth.bass import Bass
from svclab.strategy.growth.fitting import BassFit, NoFitError, fit_bass, least_squares
from svclab.strategy.growth.logistic import Logistic, fit_logistic
from svclab.strategy.growth.segments import (
    AgeBand,
    Segmentation,
    invented_city,
    people_between,
    segment,
    window,
)

__all__ = [
    "AgeBand",
    "Bass",
    "BassFit",
    "Logistic",
    "NoFitError",
    "Segmentation",
    "fit_bass",
    "fit_logistic",
    "invented_city",
    "least_squares",
    "people_between",
    "segment",
    "window",
]
