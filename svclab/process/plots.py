"""Figures of this chapter: an ``ax`` in, an ``ax`` out."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from typing import Any

import matplotlib.pyplot as plt
from matplotlib.axes import Axes
from matplotlib.patches import FancyBboxPatch

from svclab.look import COLORS, INK, LINE, QUIET, style
from svclab.process.analysis import FlowAnalysis
from svclab.process.flowchart import diagram
from svclab.process.model import Process
from svclab.process.watching import Limits

__all__ = ["flow", "individuals"]

PER_ROW = 3  # boxes of a line side by side


def flow(process: Process, analysis: FlowAnalysis | None = None, ax: Axes | None = None) -> Axes:
    """Draw the boxes of a process; the bottleneck has a heavy frame.

    Parameters
    ----------
    process : Process
        What to draw.
    analysis : FlowAnalysis, optional
        Its analysis for a demand; left out: at full load.
    ax : matplotlib Axes, optional
        Where to draw; left out: a new figure.

    Returns
    -------
    matplotlib Axes
        With one box for each activity: name, then number | seconds | customers per hour.

    Examples
    --------
    >>> ax = flow(Process.line("Counter", {"check": 15, "pay": 30}))
    >>> plt.close(ax.figure)
    """
    chart = diagram(process, analysis)
    places = _places(chart["nodes"])
    wide = 1 + max(x for x, _ in places.values())
    high = 1 - min(y for _, y in places.values())
    with style():
        if ax is None:
            _, ax = plt.subplots(figsize=(max(4.0, 1.75 * wide), 1.5 * high + 0.2))
        for edge in chart["edges"]:
            _arrow(ax, places[edge["from"]], places[edge["to"]], back=edge["tone"] == "back")
        for node in chart["nodes"]:
            _box(ax, node, *places[node["id"]])
        ax.set_xlim(-0.55, wide - 0.45)
        ax.set_ylim(-high + 0.45, 0.5)
        ax.axis("off")
    return ax


def _places(nodes: list[dict[str, Any]]) -> dict[str, tuple[int, int]]:
    """Column and row of each box; a long line is broken, so that a phone can show it."""
    if all(node["row"] == 0 for node in nodes):
        return {n["id"]: (n["column"] % PER_ROW, -(n["column"] // PER_ROW)) for n in nodes}
    return {n["id"]: (n["column"], -n["row"]) for n in nodes}


def _arrow(ax: Axes, start: tuple[int, int], end: tuple[int, int], *, back: bool) -> None:
    (x0, y0), (x1, y1) = start, end
    look = {"arrowstyle": "-|>", "color": COLORS["purple"] if back else QUIET}
    if back:
        ends = (x1, y1 - 0.36), (x0, y0 - 0.36)
        ax.annotate("", *ends, arrowprops={**look, "connectionstyle": "arc3,rad=-0.25"})
    elif y1 < y0 and x1 < x0:  # to the next row: down, back to the left, down
        ax.plot([x0, x0, x1], [y0 - 0.35, y0 - 0.5, y0 - 0.5], color=QUIET, linewidth=1)
        ax.annotate("", (x1, y1 + 0.35), (x1, y0 - 0.5), arrowprops={**look, "shrinkA": 0})
    else:
        ax.annotate("", (x1 - 0.43, y1), (x0 + 0.43, y0), arrowprops=look)


def _box(ax: Axes, node: dict[str, Any], x: float, y: float) -> None:
    slow = node["tone"] == "bottleneck"
    ax.add_patch(
        FancyBboxPatch(
            (x - 0.42, y - 0.34),
            0.84,
            0.68,
            boxstyle="round,pad=0,rounding_size=0.05",
            facecolor="#fdf0e8" if slow else "white",
            edgecolor=COLORS["vermilion"] if slow else LINE,
            linewidth=2.4 if slow else 1.2,
        )
    )
    name = textwrap.fill(str(node["label"]), 16)
    ax.text(x, y + 0.19, name, ha="center", va="center", fontsize=9.5, color=INK)
    lines = [line.replace(" per hour", "/h") for line in node["lines"]]
    text = "\n".join([*lines, "bottleneck"] if slow else lines)
    ax.text(x, y + 0.06, text, ha="center", va="top", fontsize=8, color=QUIET)


def individuals(values: Sequence[float], limits: Limits, *, y: str, ax: Axes | None = None) -> Axes:
    """Draw single values with their mean and limits; those outside are marked.

    Parameters
    ----------
    values : sequence of float
        In the order in which they happened.
    limits : Limits
        From :func:`svclab.process.watching.individuals`.
    y : str
        What the values are, with their unit.
    ax : matplotlib Axes, optional
        Where to draw; left out: a new figure.
    """
    with style():
        if ax is None:
            _, ax = plt.subplots()
        ax.axhline(limits.center, color=QUIET, linewidth=1)
        for limit in (limits.low, limits.high):
            if limit > 0 or min(values) < 0:
                ax.axhline(limit, color=COLORS["vermilion"], linewidth=1, linestyle="--")
        ax.plot(range(1, len(values) + 1), values, marker="o", markersize=4, color=COLORS["blue"])
        for place in limits.signals:
            ax.plot(place + 1, values[place], "o", markersize=11, markerfacecolor="none",
                    markeredgewidth=2, color=COLORS["vermilion"])  # fmt: skip
        ax.set_xlabel("ticket, in the order of arrival")
        ax.set_ylabel(y)
        if min(values) >= 0:
            ax.set_ylim(bottom=0)
    return ax
