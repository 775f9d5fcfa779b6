"""What a sweep gives back: a mean for each setting and replication."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from svclab.capacity.simulation.engine.heart import Floats
from svclab.capacity.simulation.sampling import Station
from svclab.words import count, duration, say

if TYPE_CHECKING:
    import pandas as pd

    from svclab.intervals import Estimate

__all__ = ["Sweep"]


@dataclass(frozen=True, repr=False)
class Sweep:
    """Means of every setting (row) and replication (column); times in seconds."""

    stations: tuple[Station, ...]
    customers: int  # in each run, warm-up included
    warm_up: int  # customers at the start of each run that are not counted
    within_seconds: float | None
    mean_wait: Floats  # s, of all who came, those who left included
    left: Floats  # share of all who came that ran out of patience
    in_time: Floats | None = None  # share of all who came, served within the target
    mean_wait_of_kind: Floats | None = None  # s, (settings, replications, kinds); NaN: no such

    @property
    def replications(self) -> int:
        """Runs of each setting."""
        return self.mean_wait.shape[1]

    def values(self, measure: str = "mean_wait", kind: int | None = None) -> Floats:
        """The array of a measure, (settings, replications).

        Raises
        ------
        ValueError
            For a measure that was not counted.
        """
        if kind is not None:
            if measure != "mean_wait" or self.mean_wait_of_kind is None:
                raise ValueError(
                    f"kind={kind!r}: only the mean wait is kept by kind, where a station has "
                    "several (shares=...); leave kind out"
                )
            found: Floats = self.mean_wait_of_kind[:, :, kind]
            return found
        known = {"mean_wait": self.mean_wait, "left": self.left}
        if self.in_time is not None:
            known["in_time"] = self.in_time
        if measure not in known:
            raise ValueError(
                f"measure={measure!r}: known here are {', '.join(known)}; for in_time give "
                "within_seconds"
            )
        return known[measure]

    def estimates(
        self, measure: str = "mean_wait", *, kind: int | None = None, confidence: float = 0.95
    ) -> list[Estimate]:
        """Mean and confidence interval over the replications, for each setting."""
        from svclab.intervals import estimate

        return [
            estimate(runs, confidence=confidence) for runs in self.values(measure, kind).tolist()
        ]

    def table(self) -> pd.DataFrame:
        """A tidy table: one row for each setting and replication.

        Columns: setting (from 0), replication, arrivals_per_hour, service_seconds, servers,
        mean_wait_seconds, left, and in_time where a target was given.
        """
        import pandas as pd

        runs = self.replications
        columns: dict[str, Any] = {
            "setting": np.repeat(np.arange(len(self.stations)), runs),
            "replication": np.tile(np.arange(runs), len(self.stations)),
        }
        for name in ("arrivals_per_hour", "service_seconds", "servers"):
            columns[name] = [getattr(s, name) for s in self.stations for _ in range(runs)]
        columns["mean_wait_seconds"] = self.mean_wait.ravel()
        columns["left"] = self.left.ravel()
        if self.in_time is not None:
            columns["in_time"] = self.in_time.ravel()
        return pd.DataFrame(columns)

    def __repr__(self) -> str:
        low, high = self.mean_wait.mean(axis=1).min(), self.mean_wait.mean(axis=1).max()
        return say(
            "{settings} x {runs} of {n}: mean wait from {low} to {high}",
            settings=count(len(self.stations), "setting"),
            runs=count(self.replications, "replication"),
            n=count(self.customers, "customer"),
            low=duration(float(low)),
            high=duration(float(high)),
        )
