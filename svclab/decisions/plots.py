"""Figures of this chapter: an ``ax`` in, an ``ax`` out."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise

import matplotlib.pyplot as plt
from matplotlib.axes import Axes
from matplotlib.patheffects import withStroke
from matplotlib.ticker import MaxNLocator

from svclab.decisions.plane import Plane, WholePlans
from svclab.decisions.plane.region import Window
from svclab.decisions.sensitivity import ValueFunction
from svclab.decisions.simplex import Walk
from svclab.linear.exact import decimal
from svclab.look import COLORS, INK, QUIET, style

__all__ = ["region", "values"]

LIMIT_COLORS = (COLORS["orange"], COLORS["green"], COLORS["purple"], COLORS["blue"])


def region(
    plans: Plane | WholePlans,
    *,
    lines: Sequence[float] = (),
    path: Walk | None = None,
    ax: Axes | None = None,
) -> Axes:
    """Draw a problem in two variables: limits, feasible region, whole plans and the optimum.

    Parameters
    ----------
    plans : Plane or WholePlans
        From :func:`svclab.decisions.plane.plane` or ``whole_plans``; with the latter the whole
        plans are points, and the best of them is ringed.
    lines : sequence of float, optional
        Values of the objective whose lines are drawn; that of the optimum is always.
    path : Walk, optional
        From :func:`svclab.decisions.simplex.walk`: its way from corner to corner, as arrows.
    ax : matplotlib Axes, optional
        Where to draw; left out: a new figure.

    Examples
    --------
    >>> from svclab.decisions import problems
    >>> from svclab.decisions.plane import plane
    >>> ax = region(plane(problems.cases.toy_kit().problem(whole=False)), lines=[40])
    >>> ax.get_xlabel()
    'table'
    >>> plt.close(ax.figure)
    """
    drawn = plans.plane if isinstance(plans, WholePlans) else plans
    window = drawn.window()
    with style():
        if ax is None:
            _, ax = plt.subplots(figsize=(6.5, 4.6))
        outline = [(float(x), float(y)) for x, y in drawn.outline(window)]
        if len(outline) > 2:
            ax.fill(*zip(*outline, strict=True), color=COLORS["sky"], alpha=0.3, linewidth=0)
        _limits(ax, drawn, window)
        if isinstance(plans, WholePlans):
            _whole(ax, plans)
        best = drawn.best.value
        for value in lines:
            _level(ax, drawn, value, window, dashed=True)
        if best is not None:
            _level(ax, drawn, float(best), window, dashed=False)
            for x, y in drawn.best.points:
                ax.plot(float(x), float(y), "o", color=COLORS["vermilion"], markersize=9, zorder=5)
        corners = [tuple(place.plan.values()) for place in path.path] if path else []
        for start, end in pairwise(corners):
            _arrow(ax, start, end)
        first, second = drawn.problem.names
        ax.set_xlabel(first)
        ax.set_ylabel(second)
        ax.set_xlim(float(window[0]), float(window[1]))
        ax.set_ylim(float(window[2]), float(window[3]))
        for axis in (ax.xaxis, ax.yaxis):
            axis.set_major_locator(MaxNLocator(integer=True))
    return ax


def _limits(ax: Axes, drawn: Plane, window: Window) -> None:
    """The line of each constraint, with its name where it leaves the picture."""
    named = [limit for limit in drawn.limits if limit.a or limit.b]
    shown = [limit for limit in named if limit.name != limit.text]
    for limit, color in zip(shown, LIMIT_COLORS * len(shown), strict=False):
        ends = drawn.edge(limit, window)
        if ends is None:
            continue
        (x, y), (u, v) = (tuple(map(float, end)) for end in ends)
        ax.plot([x, u], [y, v], color=color, linewidth=2)
        top = (x, y) if y >= v else (u, v)
        cut = top[1] >= float(window[3]) - 1e-9  # its end lies beyond the picture
        _write(ax, limit.name, top, color, shift=(12, -9) if cut else (10, 4))


def _write(
    ax: Axes, text: str, at: tuple[float, float], color: str, *, shift: tuple[float, float]
) -> None:
    """Words in the colour of what they name, with a halo, so that no line crosses them."""
    ax.annotate(
        text, at, xytext=shift, textcoords="offset points", color=color, zorder=6,
        path_effects=[withStroke(linewidth=4, foreground="white")],
    )  # fmt: skip


def _whole(ax: Axes, plans: WholePlans) -> None:
    """Whole plans as points, and a ring around the best."""
    ax.plot(
        [float(x) for x, _ in plans.points],
        [float(y) for _, y in plans.points],
        linestyle="none", marker="o", markersize=4, color=QUIET, clip_on=False,
    )  # fmt: skip
    for x, y in plans.ties:
        ax.plot(
            float(x), float(y), "o", markersize=15, markeredgewidth=2,
            markerfacecolor="none", markeredgecolor=INK, zorder=4,
        )  # fmt: skip


def _level(ax: Axes, drawn: Plane, value: float, window: Window, *, dashed: bool) -> None:
    """All plans of one value, with the value at the lower end."""
    ends = drawn.line(value, window).ends
    if ends is None:
        return
    (x, y), (u, v) = (tuple(map(float, end)) for end in ends)
    ax.plot(
        [x, u], [y, v], color=COLORS["vermilion"], linewidth=1.5, linestyle="--" if dashed else "-"
    )
    low = (x, y) if y <= v else (u, v)
    _write(ax, f"{value:g}", low, COLORS["vermilion"], shift=(3, 5))


def _arrow(ax: Axes, start: tuple[Fraction, ...], end: tuple[Fraction, ...]) -> None:
    ax.annotate(
        "", (float(end[0]), float(end[1])), xytext=(float(start[0]), float(start[1])),
        arrowprops={"arrowstyle": "-|>", "color": INK, "linewidth": 2},
    )  # fmt: skip


def values(
    curve: ValueFunction, *, unit: str = "", objective: str = "best objective",
    ax: Axes | None = None,
) -> Axes:  # fmt: skip
    """Draw the best objective against one right-hand side: the linear line, the whole steps.

    Parameters
    ----------
    curve : ValueFunction
        From :func:`svclab.decisions.sensitivity.value_function`.
    unit : str, optional
        Of the right-hand side, for the axis.
    objective : str, optional
        What is best, with its unit, for the other axis.
    ax : matplotlib Axes, optional
        Where to draw; left out: a new figure.

    Examples
    --------
    >>> from svclab.decisions import problems, sensitivity
    >>> toys = problems.cases.toy_kit().problem(whole=False)
    >>> ax = values(sensitivity.value_function(toys, "small", lower=0, upper=14), unit="blocks")
    >>> ax.get_xlabel()
    'small (blocks)'
    >>> plt.close(ax.figure)
    """
    with style():
        if ax is None:
            _, ax = plt.subplots(figsize=(8, 3.8))
        steps = [(b, v) for b, v in curve.steps if v is not None]
        if steps:
            ax.step(
                *zip(*steps, strict=True), where="post" if curve.relation == "<=" else "pre",
                color=COLORS["blue"], linewidth=2,
            )  # fmt: skip
            _write(ax, "whole pieces", steps[len(steps) // 3], COLORS["blue"], shift=(14, -12))
        if curve.corners:
            ax.plot(
                *zip(*curve.corners, strict=True), color=COLORS["vermilion"], linewidth=2,
                marker="o", markersize=4,
            )  # fmt: skip
        name = "linear program: "
        for end, slope in zip(curve.corners[1:], curve.slopes, strict=True):
            text = f"{name}{decimal(slope)} per unit"
            ax.annotate(
                text, end, xytext=(-10, 5),
                textcoords="offset points", color=COLORS["vermilion"], ha="right",
            )  # fmt: skip
            name = ""
        ax.axvline(curve.current, color=QUIET, linewidth=1, linestyle=":")
        ax.set_xlim(curve.lower, curve.upper)
        ax.set_xlabel(f"{curve.constraint} ({unit})" if unit else curve.constraint)
        ax.set_ylabel(objective)
    return ax
