"""Figures of this chapter: an ``ax`` in, an ``ax`` out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import matplotlib.pyplot as plt
from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter, MaxNLocator, MultipleLocator

from svclab.capacity.demand.forecasting import Forecast
from svclab.capacity.measuring.observation import BALKED, Observation
from svclab.capacity.queues.fluid import FluidQueue
from svclab.capacity.simulation.warmup import WarmUp, across
from svclab.intervals import Estimate
from svclab.look import COLORS, INK, QUIET, style
from svclab.words import clock

__all__ = ["band", "cumulative", "forecasts", "hours", "observed", "warm_up"]


def cumulative(queue: FluidQueue, *, at: float | None = None, ax: Axes | None = None) -> Axes:
    """Draw the curves of arrivals and departures, with queue and wait at one moment.

    Parameters
    ----------
    queue : FluidQueue
        From :func:`svclab.capacity.fluid_queue`.
    at : float, optional
        A time on the clock, in hours: the queue and the wait of that moment are marked.
    ax : matplotlib Axes, optional
        Where to draw; left out: a new figure.

    Examples
    --------
    >>> from svclab.capacity import fluid_queue
    >>> ax = cumulative(fluid_queue([11, 12, 14], [150, 60], capacity=100), at=12)
    >>> plt.close(ax.figure)
    """
    with style():
        if ax is None:
            _, ax = plt.subplots(figsize=(8, 4))
        ax.fill_between(queue.times, queue.departed, queue.arrived, color=COLORS["sky"], alpha=0.3)
        ax.plot(queue.times, queue.arrived, color=COLORS["blue"], linewidth=2)
        ax.plot(queue.times, queue.departed, color=COLORS["vermilion"], linewidth=2)
        top = queue.longest_queue_at
        late = (top + (queue.ends or top)) / 2
        _say(ax, "arrived", (top, queue.arrived_by(top)), COLORS["blue"], above=True)
        _say(ax, "left the queue", (late, queue.departed_by(late)), COLORS["vermilion"])
        if at is not None:
            _distances(ax, queue, at)
        ax.set_xlabel("time of day")
        ax.set_ylabel("customers since the start")
        ax.set_ylim(bottom=0)
        ax.set_xlim(queue.times[0], queue.times[-1])
        _clock_axis(ax)
    return ax


def _clock_axis(ax: Axes) -> None:
    """Hours as times on the clock, at quarters, halves or whole hours."""
    low, high = ax.get_xlim()
    step = next(step for step in (0.25, 0.5, 1.0, 3.0) if high - low <= 8 * step or step == 3.0)
    ax.xaxis.set_major_locator(MultipleLocator(step))
    ax.xaxis.set_major_formatter(FuncFormatter(lambda hour, _: clock(hour)))


def _say(ax: Axes, text: str, at: tuple[float, float], color: str, *, above: bool = False) -> None:
    """A label beside a curve, in its colour."""
    offset, side = ((-8, 8), "right") if above else ((8, -14), "left")
    ax.annotate(text, at, xytext=offset, textcoords="offset points", color=color, ha=side)


def _distances(ax: Axes, queue: FluidQueue, at: float) -> None:
    """Queue upwards and wait sideways, from one point of the curve of arrivals."""
    come, gone, wait = queue.arrived_by(at), queue.departed_by(at), queue.wait(at)
    ax.vlines(at, gone, come, color=INK, linewidth=1.5)
    ax.hlines(come, at, at + wait, color=INK, linewidth=1.5)
    ax.annotate(
        f"queue: {come - gone:.0f}",
        (at, gone),
        xytext=(2, -16),
        textcoords="offset points",
        ha="left",
    )
    ax.annotate(
        f"wait: {wait * 60:.0f} min",
        (at + wait, come),
        xytext=(8, -4),
        textcoords="offset points",
        ha="left",
    )


def hours(profiles: Mapping[str, Mapping[float, float]], *, y: str, ax: Axes | None = None) -> Axes:
    """Draw what happens in each hour of a day, one line for each kind of day.

    Parameters
    ----------
    profiles : mapping
        For each label, hours of the day and their values.
    y : str
        What the values are, with their unit.
    ax : matplotlib Axes, optional
        Where to draw; left out: a new figure.

    Examples
    --------
    >>> ax = hours({"Monday": {9: 20, 10: 35}}, y="customers per hour")
    >>> plt.close(ax.figure)
    """
    with style():
        if ax is None:
            _, ax = plt.subplots()
        for (label, values), color in zip(profiles.items(), COLORS.values(), strict=False):
            ax.plot(list(values), list(values.values()), color=color, linewidth=2, label=label)
        ax.set_xlabel("hour of the day")
        ax.set_ylabel(y)
        ax.set_ylim(bottom=0)
        ax.xaxis.set_major_locator(MaxNLocator(integer=True))
        if len(profiles) > 1:
            ax.legend(frameon=False)
    return ax


def band(
    x: Sequence[float],
    found: Sequence[Estimate],
    *,
    labels: tuple[str, str],
    theory: Sequence[float] | None = None,
    scale: float = 1.0,
    ax: Axes | None = None,
) -> Axes:
    """Draw simulated means with their confidence band, beside a formula if there is one.

    Parameters
    ----------
    x : sequence of float
        The setting of each point.
    found : sequence of Estimate
        Simulated means with their intervals.
    labels : tuple of str
        Names of the axes, with units.
    theory : sequence of float, optional
        What a formula gives, in the unit of the estimates.
    scale : float, optional
        What all values are divided by, such as 60 to show seconds as minutes.
    ax : matplotlib Axes, optional
        Where to draw; left out: a new figure.

    Examples
    --------
    >>> ax = band([1, 2], [Estimate(3.0, 1.0, 0.95, 10)] * 2, labels=("clerks", "minutes"))
    >>> plt.close(ax.figure)
    """
    with style():
        if ax is None:
            _, ax = plt.subplots()
        low = [one.low / scale for one in found]
        high = [one.high / scale for one in found]
        ax.fill_between(x, low, high, color=COLORS["sky"], alpha=0.5, linewidth=0)
        ax.plot(x, [one.mean / scale for one in found], color=COLORS["blue"], label="simulated")
        if theory is not None:
            values = [value / scale for value in theory]
            ax.plot(x, values, color=COLORS["vermilion"], linestyle="--", label="formula")
            ax.legend(frameon=False)
        ax.set_xlabel(labels[0])
        ax.set_ylabel(labels[1])
        ax.set_ylim(bottom=0)
    return ax


def observed(watch: Observation, *, ax: Axes | None = None) -> Axes:
    """Draw who had come, who had begun and who had left, as a watch of one's own saw it.

    Parameters
    ----------
    watch : Observation
        From :func:`svclab.capacity.measuring.read_observation`.
    ax : matplotlib Axes, optional
        Where to draw; left out: a new figure.

    Examples
    --------
    >>> from svclab.capacity.measuring import example_observation
    >>> ax = observed(example_observation())
    >>> plt.close(ax.figure)
    """
    stayed = [visit for visit in watch.visits if visit.outcome != BALKED]
    moments = {
        "joined": [v.arrived for v in stayed],
        "left the queue": [v.left if v.started is None else v.started for v in stayed],
    }
    with style():
        if ax is None:
            _, ax = plt.subplots(figsize=(8, 4))
        for (name, times), color in zip(moments.items(), COLORS.values(), strict=False):
            when = sorted(time / 3600 for time in times if time is not None)
            ax.step(when, range(1, len(when) + 1), where="post", color=color, label=name)
        _clock_axis(ax)
        ax.set_xlabel("time of day")
        ax.set_ylabel("customers since the watch began")
        ax.set_ylim(bottom=0)
        ax.legend(frameon=False)
    return ax


def warm_up(
    runs: Sequence[Sequence[float]], cut: WarmUp, *, y: str, ax: Axes | None = None
) -> Axes:
    """Draw the mean of several runs, customer by customer, and where the opening is cut off.

    Parameters
    ----------
    runs : sequence of sequences of float
        The same measure of the first, second, ... customer in each run.
    cut : WarmUp
        From :func:`svclab.capacity.mser5`.
    y : str
        What the values are, with their unit.
    ax : matplotlib Axes, optional
        Where to draw; left out: a new figure.
    """
    means = across(runs)
    with style():
        if ax is None:
            _, ax = plt.subplots()
        ax.axvspan(0, cut.drop, color=COLORS["orange"], alpha=0.2, linewidth=0)
        ax.plot(means, color=COLORS["blue"], linewidth=0.8)
        ax.annotate(
            f"left out: {cut.drop}",
            (cut.drop, max(means)),
            xytext=(6, -6),
            textcoords="offset points",
            color=QUIET,
        )
        ax.set_xlabel("customer, in the order of arrival")
        ax.set_ylabel(y)
        ax.set_ylim(bottom=0)
        ax.set_xlim(0, len(means))
    return ax


def forecasts(
    past: Sequence[float],
    found: Mapping[str, Forecast],
    *,
    labels: tuple[str, str],
    actual: Sequence[float] | None = None,
    shown: int | None = None,
    ax: Axes | None = None,
) -> Axes:
    """Draw the past, forecasts with the interval of the last of them, and what really came.

    Parameters
    ----------
    past : sequence of float
        What was known.
    found : mapping of str to Forecast
        By the name that the picture shows.
    labels : tuple of str
        Names of the axes, with units.
    actual : sequence of float, optional
        What came after.
    shown : int, optional
        How much of the past is drawn; left out: all.
    ax : matplotlib Axes, optional
        Where to draw; left out: a new figure.

    Examples
    --------
    >>> from svclab.capacity.demand.forecasting import naive
    >>> found = {"naive": naive([3, 5, 4], 2)}
    >>> ax = forecasts([3, 5, 4], found, labels=("week", "visitors"))
    >>> plt.close(ax.figure)
    """
    drawn = list(past)[-shown:] if shown else list(past)
    start = len(past)
    with style():
        if ax is None:
            _, ax = plt.subplots(figsize=(8, 3.6))
        ax.plot(range(start - len(drawn) + 1, start + 1), drawn, color=QUIET, linewidth=1)
        if actual is not None:
            ahead = range(start + 1, start + 1 + len(actual))
            ax.plot(ahead, list(actual), color=INK, linewidth=1.2, label="what came")
        for (label, one), color in zip(found.items(), COLORS.values(), strict=False):
            ahead = range(start + 1, start + 1 + len(one.values))
            ax.plot(ahead, one.values, color=color, linewidth=2, label=label)
        ax.fill_between(ahead, one.lower, one.upper, color=color, alpha=0.15, linewidth=0)
        ax.set_xlabel(labels[0])
        ax.set_ylabel(labels[1])
        seen = [*drawn, *(actual or ()), *(y for each in found.values() for y in each.values)]
        if min(seen) >= 0 and min(*seen, *one.lower) < 0.5 * max(*seen, *one.upper):
            ax.set_ylim(bottom=0)  # else it begins near the smallest value
        entries = len(ax.get_legend_handles_labels()[1])
        ax.legend(frameon=False, loc="lower left", bbox_to_anchor=(0, 1), ncols=min(entries, 4))
    return ax
