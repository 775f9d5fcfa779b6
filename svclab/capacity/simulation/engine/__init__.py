"""The fast engine: NumPy's recursion over all replications at once. Begin with `heart.py`.

For lists of times: :func:`serve_many` (columns are replications), :func:`serve_line` (stations
in a line) and :func:`serve_long` (one long run). They give each customer the same wait as the
SimPy models (:mod:`svclab.capacity.simulation.station`) and the plain recursion
(:mod:`svclab.capacity.simulation.recursion`).
With random numbers: :func:`replicate`, :func:`sweep`, :func:`replicate_line`, :func:`long_run`.
"""

from svclab.capacity.simulation.engine.heart import advance, everybody_free
from svclab.capacity.simulation.engine.line import LineRuns, LineTimes, replicate_line, serve_line
from svclab.capacity.simulation.engine.lists import serve_many
from svclab.capacity.simulation.engine.parts import long_run, long_run_mean, serve_long
from svclab.capacity.simulation.engine.results import Sweep
from svclab.capacity.simulation.engine.sweeps import replicate, sweep

__all__ = [
    "LineRuns",
    "LineTimes",
    "Sweep",
    "advance",
    "everybody_free",
    "long_run",
    "long_run_mean",
    "replicate",
    "replicate_line",
    "serve_line",
    "serve_long",
    "serve_many",
    "sweep",
]
