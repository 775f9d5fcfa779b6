"""Random times for many replications at once, drawn row by row with mean one.

Each purpose has a stream of its own, named by the seed. A stream fills rows one after the other,
so how many rows are drawn at a time changes no number.
"""

from __future__ import annotations

import math

import numpy as np

from svclab.capacity.simulation.engine.heart import Floats
from svclab.capacity.simulation.sampling import Spread

__all__ = ["PURPOSES", "Stream"]

PURPOSES = ("arrivals", "service", "patience", "kinds")


class Stream:
    """Times of mean one with some spread.

    Parameters
    ----------
    spread : Spread
        As for :class:`svclab.capacity.simulation.sampling.Station`.
    seed : int or str
        Names the experiment.
    purpose : str
        One of :data:`PURPOSES`.
    group : int, optional
        Which group of replications.

    Examples
    --------
    >>> Stream("constant", 1, "service").fill(np.empty((2, 1))).tolist()
    [[1.0], [1.0]]
    """

    def __init__(self, spread: Spread, seed: int | str, purpose: str, group: int = 0) -> None:
        entropy = int.from_bytes(f"{seed}".encode(), "little")
        key = (PURPOSES.index(purpose), group)
        sequence = np.random.SeedSequence(entropy, spawn_key=key)
        self.generator = np.random.Generator(np.random.SFC64(sequence))
        self.kind, self.scv = (spread, 0.0) if isinstance(spread, str) else spread

    def fill(self, rows: Floats) -> Floats:
        """Draw the next rows into an array, and give it back."""
        scv = self.scv
        if self.kind == "exponential":
            self.generator.standard_exponential(out=rows)
        elif scv == 0:
            rows[:] = 1.0
        elif self.kind == "gamma":
            self.generator.standard_gamma(1 / scv, out=rows)
            rows *= scv
        else:
            spread = math.sqrt(math.log1p(scv))
            self.generator.standard_normal(out=rows)
            rows *= spread
            rows -= spread * spread / 2
            np.exp(rows, out=rows)
        return rows

    def shares(self, rows: int, columns: int) -> Floats:
        """The next rows of numbers spread evenly from 0 to 1."""
        return self.generator.random((rows, columns))
