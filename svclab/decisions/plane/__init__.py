"""Two variables, exactly: the region, the objective line, the optimum and the whole plans."""

from svclab.decisions.plane.geometry import Limit, Point
from svclab.decisions.plane.region import Best, Corner, Line, Plane, Window, plane
from svclab.decisions.plane.whole import Rounded, WholePlans, whole_plans

__all__ = [
    "Best",
    "Corner",
    "Limit",
    "Line",
    "Plane",
    "Point",
    "Rounded",
    "WholePlans",
    "Window",
    "plane",
    "whole_plans",
]
