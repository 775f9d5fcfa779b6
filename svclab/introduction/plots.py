"""Figures of this chapter: an ``ax`` in, an ``ax`` out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

import matplotlib.pyplot as plt
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from svclab.catalogue import numbered
from svclab.introduction.definitions import FRAMES, ChapterMap, chapter_map
from svclab.introduction.loops import Tornado
from svclab.introduction.offerings import Measured, Offering, known_offerings, separation
from svclab.look import COLORS, INK, LINE, QUIET, style

__all__ = ["contact", "courses", "frames", "overlap", "tornado"]


def overlap(offerings: Sequence[Offering] | None = None, *, ax: Axes | None = None) -> Axes:
    """Draw how many goods and services have 0 to 4 points on each characteristic.

    Parameters
    ----------
    offerings : sequence of Offering, optional
        Goods and services; mixed ones are left out. Left out: those of the course.
    ax : matplotlib Axes, optional
        Where to draw; left out: a new figure.

    Returns
    -------
    matplotlib Axes
        A row for each characteristic, the best separator on top: goods below its line, services
        above, with their number.

    Examples
    --------
    >>> ax = overlap()
    >>> plt.close(ax.figure)
    """
    among = known_offerings() if offerings is None else tuple(offerings)
    names = [row.characteristic for row in separation(among).rows]
    with style():
        if ax is None:
            _, ax = plt.subplots(figsize=(8, 4.4))
        for place, name in enumerate(reversed(names)):
            ax.axhline(place, color=LINE, linewidth=1, zorder=0)
            for kind, side, color in (("service", 1, "blue"), ("good", -1, "orange")):
                counts = Counter(one.scores[name] for one in among if one.kind == kind)
                for level, many in counts.items():
                    height = place + 0.22 * side
                    ax.scatter(level, height, s=190, color=COLORS[color], edgecolors="none")
                    dark = INK if color == "orange" else "white"
                    ax.annotate(
                        str(many), (level, height), ha="center", va="center", color=dark, size=9
                    )
        ax.set_yticks(range(len(names)), list(reversed(names)))
        ax.set_xticks(range(5))
        ax.set_xlim(-0.4, 4.4)
        ax.set_ylim(-0.6, len(names) - 0.4)
        ax.set_xlabel("points: 0 not there, 4 wholly there")
        ax.tick_params(axis="y", length=0)
        for at, name, color in ((0.02, "services", "blue"), (0.2, "goods", "orange")):
            ax.annotate("●", (at, 1.03), xycoords="axes fraction", color=COLORS[color])
            ax.annotate(name, (at + 0.03, 1.03), xycoords="axes fraction")
    return ax


def contact(measured: Sequence[Measured], *, ax: Sequence[Axes] | None = None) -> list[Axes]:
    """Draw contact, customisation and labour intensity of services side by side.

    Parameters
    ----------
    measured : sequence of Measured
        The first stands on top.
    ax : sequence of three matplotlib Axes, optional
        Where to draw; left out: a new figure.

    Returns
    -------
    list of matplotlib Axes
        Three, with the services in the same order.

    Examples
    --------
    >>> from svclab.introduction.offerings import measure_all
    >>> axes = contact(measure_all())
    >>> plt.close(axes[0].figure)
    """
    rows = list(reversed(measured))
    panels = (
        ("contact, % of work", [100 * one.contact_share for one in rows], "blue", "{:.0f}"),
        ("made to order, % of jobs", [100 * one.service.to_order for one in rows], "orange",
         "{:.0f}"),
        ("labour / equipment", [one.labour_intensity for one in rows], "green", "{:.1f}"),
    )  # fmt: skip
    with style():
        if ax is None:
            _, found = plt.subplots(1, 3, figsize=(8, 3.8), sharey=True)
            ax = list(found)
        for panel, (title, values, color, form) in zip(ax, panels, strict=True):
            panel.barh(range(len(rows)), values, color=COLORS[color], height=0.7)
            panel.set_title(title, loc="left", size=10)
            panel.set_xlim(0, 1.25 * max(*values, 1e-9))
            panel.set_xticks([])
            panel.spines["bottom"].set_visible(False)
            panel.tick_params(axis="y", length=0)
            for place, value in enumerate(values):
                panel.annotate(
                    form.format(value), (value, place), xytext=(4, 0), textcoords="offset points",
                    va="center", size=9,
                )  # fmt: skip
        ax[0].set_yticks(range(len(rows)), [one.service.name for one in rows])
    return list(ax)


def frames(found: ChapterMap | None = None, *, ax: Axes | None = None) -> Axes:
    """Draw which chapters each frame leads to: the service operations system as a table of dots.

    Parameters
    ----------
    found : ChapterMap, optional
        From :func:`svclab.introduction.definitions.chapter_map`, which is taken if left out.
    ax : matplotlib Axes, optional
        Where to draw; left out: a new figure.

    Returns
    -------
    matplotlib Axes
        A row for each frame, a column for each chapter from 2 on; a dot is as large as the number
        of items that lead there, and a chapter that no frame names is grey.

    Examples
    --------
    >>> ax = frames()
    >>> plt.close(ax.figure)
    """
    found = chapter_map() if found is None else found
    names = list(FRAMES)[::-1]
    last = max(numbered())
    with style():
        if ax is None:
            _, ax = plt.subplots(figsize=(8, 3))
        for number in range(2, last + 1):
            items = found.chapters.get(number, ())
            if not items:
                ax.axvspan(number - 0.5, number + 0.5, color=LINE, alpha=0.5, linewidth=0)
            for name, many in Counter(item.frame for item in items).items():
                ax.scatter(number, names.index(name), s=70 * many, color=COLORS["blue"])
        ax.set_yticks(range(len(names)), [FRAMES[name].split(",")[0]
                                          for name in names])  # fmt: skip
        ax.set_xticks(range(2, last + 1))
        ax.set_xlim(1.5, last + 0.5)
        ax.set_ylim(-0.6, len(names) - 0.4)
        ax.set_xlabel("chapter")
        ax.tick_params(axis="y", length=0)
        ax.grid(axis="y")
        ax.set_axisbelow(True)
    return ax


def courses(
    found: Mapping[str, Sequence[float]],
    *,
    target: float | None = None,
    marks: Sequence[int] = (),
    x: str = "cycle",
    y: str = "points",
) -> list[Axes]:
    """Draw some courses over time, each in a panel of its own with the same scale.

    Parameters
    ----------
    found : mapping of str to sequence of float
        For each name the values, from time 0 on.
    target : float, optional
        A level to draw as a dashed line.
    marks : sequence of int, optional
        Times that get a mark.
    x, y : str
        Names of the axes, with units.

    Returns
    -------
    list of matplotlib Axes
        One for each course, side by side.

    Examples
    --------
    >>> axes = courses({"slow": [60, 66, 71], "quick": [60, 75, 90]}, target=90)
    >>> len(axes)
    2
    >>> plt.close(axes[0].figure)
    """
    with style():
        _, panels = plt.subplots(1, len(found), figsize=(8, 3.2), sharey=True, squeeze=False)
        axes: list[Axes] = list(panels[0])
        for ax, (name, values) in zip(axes, found.items(), strict=True):
            if target is not None:
                ax.axhline(target, color=QUIET, linestyle="--", linewidth=1)
            ax.plot(range(len(values)), values, color=COLORS["blue"], linewidth=2)
            ax.scatter(marks, [values[at] for at in marks], color=COLORS["vermilion"], s=60,
                       zorder=3)  # fmt: skip
            if len(found) > 1:
                ax.set_title(name, loc="left", size=11)
            ax.set_xlabel(x)
            ax.set_xlim(0, len(values) - 1)
            ax.xaxis.set_major_locator(MaxNLocator(nbins=5, integer=True))
        axes[0].set_ylabel(y)
        if target is not None:
            axes[-1].annotate("target", (1, target), xycoords=axes[-1].get_yaxis_transform(),
                              xytext=(4, -4), textcoords="offset points",
                              color=QUIET)  # fmt: skip
    return axes


def tornado(found: Tornado, *, label: str = "", scale: float = 1.0, ax: Axes | None = None) -> Axes:
    """Draw how far each assumption, alone, moves a figure: the widest bar on top.

    Parameters
    ----------
    found : Tornado
        From :func:`svclab.introduction.loops.tornado`.
    label : str, optional
        Name of the axis, with its unit; left out: the name of the figure.
    scale : float, optional
        What the figure is divided by, such as a million.
    ax : matplotlib Axes, optional
        Where to draw; left out: a new figure.

    Returns
    -------
    matplotlib Axes
        A bar for each assumption, with the range that it was moved through.

    Examples
    --------
    >>> from svclab.introduction.loops import models, revenue_of
    >>> from svclab.introduction.loops import tornado as rank
    >>> ax = tornado(rank(models()["performance"], revenue_of, name="revenue", unit="yuan"))
    >>> plt.close(ax.figure)
    """
    bars = list(reversed(found.bars))
    with style():
        if ax is None:
            _, ax = plt.subplots(figsize=(8, 0.4 * len(bars) + 0.8))
        for place, bar in enumerate(bars):
            ends = sorted((bar.at_low, bar.at_high))
            ax.barh(place, (ends[1] - ends[0]) / scale, left=ends[0] / scale,
                    color=COLORS["sky"], height=0.6)  # fmt: skip
            for value, at in ((bar.low, bar.at_low), (bar.high, bar.at_high)):
                left = at == ends[0]
                ax.annotate(
                    f"{value:g}", (at / scale, place), xytext=(-4 if left else 4, 0),
                    textcoords="offset points", ha="right" if left else "left", va="center",
                    size=9, color=QUIET,
                )  # fmt: skip
        ax.axvline(found.base / scale, color=INK, linewidth=1)
        ax.set_yticks(range(len(bars)), [bar.assumption for bar in bars])
        ax.tick_params(axis="y", length=0)
        low = min(min(bar.at_low, bar.at_high) for bar in bars) / scale
        high = max(max(bar.at_low, bar.at_high) for bar in bars) / scale
        ax.set_xlim(low - 0.1 * (high - low), high + 0.1 * (high - low))
        ax.set_xlabel(label or found.figure)
    return ax
