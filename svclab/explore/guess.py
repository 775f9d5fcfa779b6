"""Predict, then move: what an explorable may ask before it shows its answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from svclab.explore.parameters import Choice, Number, Parameter

__all__ = ["ChoiceGuess", "NumberGuess", "PointGuess"]


@dataclass(frozen=True, kw_only=True)
class NumberGuess:
    """Ask for a number before the answer is shown; the function gets it as ``parameter``."""

    question: str
    low: float
    high: float
    step: float = 1
    unit: str = ""
    parameter: str = "guess"

    def as_parameter(self) -> Parameter:
        """The guess as a number that is checked like any other."""
        return Number(
            name=self.parameter, label="Your guess", low=self.low, high=self.high,
            step=self.step, default=self.low, unit=self.unit,
        )  # fmt: skip

    def declaration(self) -> dict[str, Any]:
        """What a host needs to ask the question, as plain data."""
        return {"kind": "number", **vars(self)}


@dataclass(frozen=True, kw_only=True)
class PointGuess(NumberGuess):
    """Ask for the height of a curve at ``x``: a point that stays in the picture.

    ``part`` is the index of the chart in the view.
    """

    x: float
    y_label: str
    part: int = 0

    def declaration(self) -> dict[str, Any]:
        return {**vars(self), "kind": "point"}


@dataclass(frozen=True, kw_only=True)
class ChoiceGuess:
    """Ask for a side before the answer is shown; the function gets it as ``parameter``."""

    question: str
    options: dict[str, str]
    parameter: str = "guess"

    def as_parameter(self) -> Parameter:
        """The guess as a choice that is checked like any other."""
        return Choice(
            name=self.parameter,
            label="Your guess",
            options=self.options,
            default=next(iter(self.options)),
        )

    def declaration(self) -> dict[str, Any]:
        """What a host needs to ask the question, as plain data."""
        options = [{"value": v, "label": n} for v, n in self.options.items()]
        return {"kind": "choice", **vars(self), "options": options}
