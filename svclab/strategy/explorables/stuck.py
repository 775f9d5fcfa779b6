"""When the middle earns less than both ends: where the border runs, as two assumptions move."""

from __future__ import annotations

from collections.abc import Mapping

from svclab.explore import Chart, Handle, lines
from svclab.words import percent, say, yuan

__all__ = ["BENDS", "BORDER", "border_chart", "border_sentence"]

# What the steps from plain to special cost: key to label and bend of positions.unit_cost.
BENDS: Mapping[str, tuple[str, float]] = {
    "first": ("the first steps cost most", 0.5),
    "even": ("each step costs the same", 1.0),
    "later": ("later steps cost a bit more", 1.25),
    "last": ("the last steps cost most", 2.0),
}

# Noise (yuan) to the percent of customers at the ends above which the middle of
# positions.middle(bend=..., noise=...) earns less than both ends; with more noise: never.
# Found by halving, to 0.1 percent and 0.01 yuan, which takes seconds; a test compares.
BORDER: Mapping[str, Mapping[float, float]] = {
    "first": {4: 39.2, 5: 45.9, 6: 53.8, 7: 62.8, 8: 72.6, 9: 83.1, 10: 94.3, 10.49: 100},
    "even": {4: 45.8, 5: 53.7, 6: 62.6, 7: 72.4, 8: 82.9, 9: 94.2, 9.49: 100},
    "later": {4: 66.5, 5: 77.1, 6: 88.4, 6.96: 100},
    "last": {},
}
QUIETEST, LOUDEST = 4.0, 16.0  # yuan of noise, as on the slider


def border_sentence(bend: str) -> str:
    """The border in words."""
    border = BORDER[bend]
    if not border:
        return say("If {label}, the middle is never stuck.", label=BENDS[bend][0])
    quiet, loud = min(border), max(border)
    return say(
        "If {label}, the middle is stuck when more than {p} of the customers want the ends at "
        "{quiet} of other differences; above {loud} it never is.",
        label=BENDS[bend][0], p=percent(border[quiet] / 100, 0), quiet=yuan(quiet),
        loud=yuan(loud, 1),
    )  # fmt: skip


def border_chart(polarised: float, noise: float, bend: str) -> Chart:
    """The border with the present setting, which can be dragged.

    Parameters
    ----------
    polarised : float
        Percent of the customers who want one of the ends.
    noise : float
        Yuan.
    bend : str
        A key of ``BENDS``.
    """
    border = BORDER[bend]
    label = BENDS[bend][0]
    title = (
        say("With three firms only, at 0.1, 0.5 and 0.9: the middle is stuck in the shaded corner")
        if border
        else say("With three firms only: if {label}, the middle is never stuck",
                 label=label)
    )  # fmt: skip
    rows = [{"ends": x, "noise": y} for y, x in border.items()]
    return lines(
        rows or [{"ends": None, "noise": None}],
        x=("ends", "Customers who want one of the ends, %"),
        y=("noise", "Differences off the line, yuan"),
        marks=[{"x": polarised, "y": noise}],
        band=[{"x": x, "low": QUIETEST, "high": y} for y, x in border.items()],
        x_domain=(0, 100),
        x_axis={"tickMinStep": 10},
        y_domain=(QUIETEST, LOUDEST),
        y_zero=False,
        handles=[
            Handle(parameter="polarised", x=polarised, y=noise),
            Handle(parameter="noise", axis="y", x=polarised, y=noise),
        ],
        title=title,
        alt=border_sentence(bend),
        height=260,
    )
