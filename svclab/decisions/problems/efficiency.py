"""What data envelopment analysis finds: efficiencies, peers, targets and slacks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from svclab.decisions.problems.common import Answer, shown
from svclab.words import count, join, percent, say

__all__ = ["NEAR", "Efficiency", "UnitEfficiency"]

NEAR = 1e-6  # efficiencies and slacks (as shares of the largest value) nearer than this are equal


@dataclass(frozen=True, repr=False)
class UnitEfficiency(Answer):
    """One unit compared with the best mixture of all."""

    name: str
    efficiency: float  # share, 0 to 1; output orientation: one over the growth factor
    factor: float  # by which all inputs can shrink (0 to 1), or all outputs grow (1 or more)
    peers: Mapping[str, float]  # unit to its weight in the best mixture
    actual: Mapping[str, float]  # each input and output as it is
    targets: Mapping[str, float]  # each input and output of the best mixture
    slacks: Mapping[str, float]  # change that remains after the factor; its own units

    @property
    def is_efficient(self) -> bool:
        """Whether nothing can be improved: the factor is 1 and there is no slack."""
        return self.efficiency > 1 - NEAR and not any(self.slacks.values())

    @property
    def table(self) -> list[dict[str, Any]]:
        """One row an input or output: now, target, and the slack in it."""
        return [
            {"figure": f, "now": a, "target": self.targets[f], "of it slack": self.slacks[f]}
            for f, a in self.actual.items()
        ]

    @property
    def sentence(self) -> str:
        """How efficient, and whom to learn from."""
        if self.is_efficient:
            return say("{name} is efficient: no mixture of others does better.", name=self.name)
        if self.efficiency > 1 - NEAR:
            words = "{name} is on the edge, but has slack in {slack}; it can learn from {peers}."
        else:
            words = "{name} is {share} efficient; it can learn from {peers}."
        return say(
            words,
            name=self.name,
            share=percent(self.efficiency),
            slack=join((f for f, s in self.slacks.items() if s), most=6),
            peers=join((f"{p} ({shown(w)})" for p, w in self.peers.items()), most=6),
        )


@dataclass(frozen=True, repr=False)
class Efficiency(Answer):
    """All units compared."""

    units: tuple[UnitEfficiency, ...]
    returns: str  # "constant" (CCR) or "variable" (BCC)
    orientation: str  # "input" or "output"

    def __getitem__(self, name: str) -> UnitEfficiency:
        for unit in self.units:
            if unit.name == name:
                return unit
        raise KeyError(f"there is no unit {name!r}: {join((u.name for u in self.units), most=6)}")

    @property
    def table(self) -> list[dict[str, Any]]:
        """One row a unit."""
        return [
            {
                "unit": u.name,
                "efficiency": str(percent(u.efficiency)),
                "efficient": u.is_efficient,
                "peers": "" if u.is_efficient else join((
                    f"{p} ({shown(w)})" for p, w in u.peers.items()
                ), most=6),
            }
            for u in self.units
        ]  # fmt: skip

    @property
    def sentence(self) -> str:
        """How many are efficient."""
        good = [u.name for u in self.units if u.is_efficient]
        return say(
            "{good} of {all} are efficient: {names} ({returns} returns to scale, {way} "
            "orientation).",
            good=len(good),
            all=count(len(self.units), "unit"),
            names=join(good, most=12),
            returns=self.returns,
            way=self.orientation,
        )
