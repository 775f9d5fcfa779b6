"""Assumptions ranked by what each, moved alone, does to a figure."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from svclab.checks import one_of
from svclab.introduction.loops.assumptions import Model
from svclab.shown import Answer
from svclab.words import number, say

__all__ = ["Bar", "Tornado", "tornado"]


@dataclass(frozen=True)
class Bar:
    """What one assumption does to a figure over its range."""

    assumption: str
    low: float  # smallest value tried
    high: float  # largest
    at_low: float  # the figure there
    at_high: float
    origin: str

    @property
    def width(self) -> float:
        """How far the figure moves between the two ends of the range."""
        return abs(self.at_high - self.at_low)


@dataclass(frozen=True, repr=False)
class Tornado(Answer):
    """Assumptions ranked by what they do to a figure."""

    figure: str
    unit: str
    base: float  # the figure as assumed
    bars: tuple[Bar, ...]  # the widest first

    @property
    def sentence(self) -> str:
        """The result in words."""
        return say(
            "{figure}: {base} {unit} as assumed; {first} moves it most, from {low} to {high}.",
            figure=self.figure,
            base=number(self.base, 0),
            unit=self.unit,
            first=self.bars[0].assumption,
            low=number(self.bars[0].at_low, 0),
            high=number(self.bars[0].at_high, 0),
        )

    @property
    def table(self) -> list[dict[str, Any]]:
        """One row an assumption, the widest bar first."""
        return [
            {
                "assumption": bar.assumption,
                "range": say("{l} to {h}", l=number(bar.low, 3), h=number(bar.high, 3)),
                "at low": bar.at_low,
                "at high": bar.at_high,
                "origin": bar.origin,
            }
            for bar in self.bars
        ]


def tornado(
    model: Model,
    figure: Callable[[Mapping[str, float]], float],
    *,
    name: str,
    unit: str = "",
    only: Sequence[str] | None = None,
) -> Tornado:
    """Move each assumption alone to the two ends of its range and rank them by what happens.

    One at a time: what two assumptions do together is not in it, and a figure that turns back
    within a range shows a bar that is too short.

    Parameters
    ----------
    model : Model
        Assumptions with their ranges.
    figure : callable
        From the numbers by name to the figure.
    name, unit : str
        What the figure is, for the reader.
    only : sequence of str, optional
        Assumptions to look at; left out: all.

    Returns
    -------
    Tornado
        The widest bar first; equals in the model's order.

    Raises
    ------
    ValueError
        If ``only`` names no assumption, or is empty.

    Examples
    --------
    >>> from svclab.introduction.loops import models, revenue_of
    >>> found = tornado(models()["performance"], revenue_of, name="revenue", unit="yuan")
    >>> found.bars[0].assumption
    'recommend'
    """
    base = model.values()
    for one in only or ():
        one_of("only", one, base)
    chosen = [one for one in model.assumptions if only is None or one.name in only]
    if not chosen:
        raise ValueError("only is empty: name at least one assumption")
    bars = [
        Bar(
            one.name,
            one.low,
            one.high,
            figure({**base, one.name: one.low}),
            figure({**base, one.name: one.high}),
            one.origin,
        )
        for one in chosen
    ]
    bars.sort(key=lambda bar: -bar.width)
    return Tornado(name, unit, figure(base), tuple(bars))
