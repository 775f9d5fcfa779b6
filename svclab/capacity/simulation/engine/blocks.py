"""What a sweep does block after block: draw customers' times, and count what became of them.

Blocks are so small that they stay in the processor's cache, so memory does not grow with the
number of customers. Columns are replications x settings, the settings of one replication side
by side.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from svclab.capacity.simulation.engine.draws import Stream
from svclab.capacity.simulation.engine.heart import Floats
from svclab.capacity.simulation.sampling import HOUR, Station

__all__ = ["Count", "Lists"]

Kinds = NDArray[np.int8]


class Lists:
    """The times of the next customers, for settings that differ in rates and means only.

    The arrays are made once and filled again: fresh memory would cost more than the numbers.

    Parameters
    ----------
    stations : sequence of Station
        The settings.
    runs : int
        Replications of each.
    rows : int
        Customers in a block, at most.
    common : bool
        Whether all settings meet the same customers: then these are drawn once for all.
    seed : int or str
        Names the experiment.
    group : int
        Names these replications' streams.
    """

    def __init__(
        self,
        stations: Sequence[Station],
        *,
        runs: int,
        rows: int,
        common: bool,
        seed: int | str,
        group: int,
    ) -> None:
        one, self.runs, self.settings = stations[0], runs, len(stations)
        columns = runs * self.settings
        drawn = runs if common else columns
        self.means = np.array([s.means for s in stations])
        self.borders = np.cumsum([s.shares for s in stations], axis=1)[:, :-1]
        self.several = len(one.shares) > 1
        spreads = {"arrivals": one.interarrival, "service": one.service}
        self.factors = {
            "arrivals": np.array([HOUR / s.arrivals_per_hour for s in stations]),
            "service": np.ones(self.settings) if self.several else self.means[:, 0],
        }
        if one.patience_seconds is not None:
            spreads["patience"] = one.patience
            self.factors["patience"] = np.array([s.patience_seconds for s in stations], float)
        self.streams = {name: Stream(s, seed, name, group) for name, s in spreads.items()}
        self.points = Stream("constant", seed, "kinds", group)
        self.units = np.empty((rows, drawn))
        self.times = {name: np.empty((rows, columns)) for name in spreads}
        self.clock = np.zeros(drawn)

    def next(self, rows: int) -> dict[str, Floats]:
        """Arrivals, services and patience of the next so many customers, in seconds."""
        return {name: self._times(name, stream, rows) for name, stream in self.streams.items()}

    def _times(self, name: str, stream: Stream, rows: int) -> Floats:
        units = stream.fill(self.units[:rows])
        if name == "arrivals":
            for row in units:  # times between arrivals become times of arrival
                self.clock += row
                row[:] = self.clock
        out = self.times[name][:rows]
        # Drawn for all settings or for each, and scaled to each setting's unit of time.
        wide = units.reshape(rows, self.runs, -1)
        np.multiply(wide, self.factors[name], out=out.reshape(rows, self.runs, self.settings))
        return out

    def next_kinds(self, services: Floats) -> Kinds:
        """The kinds of those customers, whose services are scaled to their kinds' means."""
        points = self.points.shares(len(services), self.units.shape[1])
        wide = points.reshape(len(services), self.runs, -1)
        found = np.zeros((len(services), self.runs, self.settings), np.int8)
        for border in self.borders.T:
            found += wide >= border
        kinds: Kinds = found.reshape(services.shape)
        services *= self.means[np.tile(np.arange(self.settings), self.runs), kinds]
        return kinds


class Count:
    """Sums over the counted customers, block after block.

    Parameters
    ----------
    columns : int
        Replications x settings.
    customers, warm_up : int
        In each run, and how many of them are not counted.
    within : float or None
        Count who is served within so many seconds.
    kinds : int
        Kinds of customers.
    """

    def __init__(
        self, columns: int, customers: int, warm_up: int, within: float | None, kinds: int
    ) -> None:
        self.to_skip, self.counted, self.within = warm_up, customers - warm_up, within
        self.waits, self.left, self.in_time = np.zeros((3, columns))
        self.of_kind = np.zeros((kinds, columns)) if kinds > 1 else None
        self.came_of_kind = np.zeros((kinds, columns))

    def add(self, waits: Floats, left: NDArray[np.bool_], kinds: Kinds | None = None) -> None:
        """Count the next customers of every run."""
        skipped = min(self.to_skip, len(waits))
        self.to_skip -= skipped
        waits, left = waits[skipped:], left[skipped:]
        self.waits += waits.sum(axis=0)
        if left.any():
            self.left += left.sum(axis=0)
        if self.within is not None:
            self.in_time += ((waits <= self.within) & ~left).sum(axis=0)
        if self.of_kind is not None and kinds is not None:
            for kind, (total, came) in enumerate(zip(self.of_kind, self.came_of_kind, strict=True)):
                here = kinds[skipped:] == kind
                total += (waits * here).sum(axis=0)
                came += here.sum(axis=0)

    def means(self) -> dict[str, Floats]:
        """Means by the names of :class:`svclab.capacity.simulation.engine.results.Sweep`."""
        found = {"mean_wait": self.waits / self.counted, "left": self.left / self.counted}
        if self.within is not None:
            found["in_time"] = self.in_time / self.counted
        if self.of_kind is not None:
            with np.errstate(invalid="ignore"):  # NaN where nobody of a kind came
                found["mean_wait_of_kind"] = (self.of_kind / self.came_of_kind).T
        return found
