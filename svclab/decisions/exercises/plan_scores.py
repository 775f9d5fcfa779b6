"""Plans whose points are for what they save against a plan that anybody finds at once."""

from __future__ import annotations

import math
from dataclasses import dataclass

from svclab.practice import PlanScore
from svclab.words import Quantity, percent, say

__all__ = ["Saving"]


@dataclass(frozen=True)
class Saving(PlanScore):
    """A plan as far as it goes from an obvious plan to the best one.

    Measured against the best value alone a plan without any thought would have nearly all points.

    Parameters
    ----------
    obvious : float
        What the obvious plan needs; more than the best one.
    than : str
        What the obvious plan is, as it stands in a sentence.

    Examples
    --------
    >>> plan = Saving(True, value=110, best=100, unit="yuan", obvious=120, than="the rule")
    >>> plan.share, plan.sentence()
    (0.5, 'Your plan is possible and needs 110 yuan: 10% more than the best possible one. \
Compared with the rule it saves 50% of what can be saved.')
    """

    more_is_better: bool = False
    obvious: float = math.nan
    than: str = ""

    @property
    def share(self) -> float:
        """Which part of the saving that is possible: 0 to 1; 0 for a plan that is not possible."""
        if not self.feasible:
            return 0.0
        saved = (self.obvious - self.value) / (self.obvious - self.best)
        return min(1.0, max(0.0, saved))

    def sentence(self) -> str:
        """What the student is told."""
        if not self.feasible or self.share > 1 - 1e-9:
            return super().sentence()
        said = say(
            "Your plan is possible and needs {value}: {gap} more than the best possible one.",
            value=Quantity(self.value, self.unit, 1),
            gap=percent(self.value / self.best - 1),
        )
        if self.share:
            saved = say(
                "Compared with {than} it saves {share} of what can be saved.",
                than=self.than,
                share=percent(self.share, 0),
            )
        else:
            saved = say("Compared with {than} it saves nothing.", than=self.than)
        return f"{said} {saved} {self.waste}".rstrip()
