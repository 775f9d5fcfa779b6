"""Figures of this chapter: an ``ax`` in, an ``ax`` out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import cycle

import matplotlib.pyplot as plt
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator, MultipleLocator

from svclab.intervals import Estimate
from svclab.look import COLORS, INK, QUIET, style
from svclab.strategy.choices import (
    KtvTerms,
    PayoffTable,
    best_by_chance,
    fee_range,
    franchisee_value,
    ktv_payoffs,
)
from svclab.strategy.positions import Gaps, Middle

__all__ = ["by_chance", "gap_and_gain", "luck", "middles", "royalties"]

COLOR_OF = (COLORS["blue"], COLORS["vermilion"], COLORS["green"], COLORS["orange"])


def middles(found: Mapping[float, Middle], *, x: str, ax: Axes | None = None) -> Axes:
    """Draw what the middle earns, against the poorer one of the two ends.

    Parameters
    ----------
    found : mapping
        An assumption's value to :func:`svclab.strategy.positions.middle` with it.
    x : str
        What the assumption is, with its unit.
    ax : matplotlib Axes, optional
        Where to draw; left out: a new figure.

    Returns
    -------
    matplotlib Axes
        Two curves, and the area where the middle is the poorer, in yuan a week.

    Examples
    --------
    >>> from svclab.strategy.positions import middle
    >>> ax = middles({p: middle(polarised=p) for p in (0.2, 0.8)}, x="share")
    >>> plt.close(ax.figure)
    """
    places = list(found)
    profits = [one.market.profits for one in found.values()]
    middle = [one["middle"] for one in profits]
    ends = [min(one["plain"], one["special"]) for one in profits]
    with style():
        if ax is None:
            _, ax = plt.subplots(figsize=(8, 3.6))
        ax.fill_between(
            places, middle, ends, where=[m < e for m, e in zip(middle, ends, strict=True)],
            interpolate=True, color=COLORS["sky"], alpha=0.3, linewidth=0,
        )  # fmt: skip
        for name, values, color in (
            ("the middle", middle, COLORS["vermilion"]),
            ("the poorer end", ends, COLORS["blue"]),
        ):
            ax.plot(places, values, color=color, linewidth=2)
            ax.annotate(
                name, (places[-1], values[-1]), xytext=(6, 0), textcoords="offset points",
                color=color, va="center",
            )  # fmt: skip
        ax.set_xlabel(x)
        ax.set_ylabel("profit, yuan a week")
        ax.set_ylim(min(0, 1.15 * min(middle + ends)), max(0, 1.15 * max(middle + ends)))
    return ax


def gap_and_gain(gaps: Gaps, won: Mapping[str, float], *, ax: Axes | None = None) -> Axes:
    """Draw for each attribute its weighted gap, and beside it the share that a point more wins.

    Parameters
    ----------
    gaps : Gaps
        From :func:`svclab.strategy.positions.gap_analysis`.
    won : mapping
        Attribute to share of all customers, from :func:`svclab.strategy.positions.gains`.
    ax : matplotlib Axes, optional
        Where to draw the gaps; the gains stand beside it. Left out: a new figure.

    Returns
    -------
    matplotlib Axes
        That of the gaps.

    Examples
    --------
    >>> from svclab.strategy.positions import gains, ktv_case
    >>> case = ktv_case()
    >>> ax = gap_and_gain(case.gaps, gains(case.offers, case.buyers, "our shop"))
    >>> plt.close(ax.figure)
    """
    names = [one.attribute for one in gaps.rows][::-1]
    priority = {one.attribute: one.priority for one in gaps.rows}
    with style():
        if ax is None:
            _, (ax, beside) = plt.subplots(1, 2, figsize=(8, 3.2), sharey=True)
        else:
            beside = ax.inset_axes((1.1, 0, 1, 1), sharey=ax)
        for axes, values, color, unit in (
            (ax, [priority[n] for n in names], COLORS["blue"], "priority: importance × gap"),
            (beside, [100 * won[n] for n in names], COLORS["vermilion"],
             "customers that a point more wins, %"),
        ):  # fmt: skip
            bars = axes.barh(names, values, color=color)
            axes.bar_label(bars, [f"{v:.3g}" for v in values], padding=3, color=QUIET)
            axes.set_xlabel(unit)
            axes.set_xlim(min(0, 1.15 * min(values)), 1.15 * max(*values, 1e-9))
            axes.xaxis.set_major_locator(MaxNLocator(4, integer=True))
            axes.tick_params(axis="y", length=0)
    return ax


def by_chance(payoffs: PayoffTable, state: str, *, ax: Axes | None = None) -> Axes:
    """Draw what each option is worth on average as the chance of one state moves.

    Parameters
    ----------
    payoffs : PayoffTable
        From :func:`svclab.strategy.choices.payoff_table` or ``ktv_payoffs``.
    state : str
        The state whose chance is moved; the others keep their proportions.
    ax : matplotlib Axes, optional
        Where to draw; left out: a new figure.

    Returns
    -------
    matplotlib Axes
        A line for each option, and a thin one where another becomes best.

    Examples
    --------
    >>> ax = by_chance(ktv_payoffs(), "weak")
    >>> plt.close(ax.figure)
    """
    lines = payoffs.lines(state)
    with style():
        if ax is None:
            _, ax = plt.subplots(figsize=(8, 3.8))
        low, high = 0.0, 0.0
        for (option, (start, end)), color in zip(lines.items(), cycle(COLOR_OF), strict=False):
            ax.plot([0, 100], [start, end], color=color, linewidth=2)
            ax.annotate(
                option, (100, end), xytext=(6, 0), textcoords="offset points",
                color=color, va="center",
            )  # fmt: skip
            low, high = min(low, start, end), max(high, start, end)
        now = 100 * payoffs.chances[state]
        ax.axvline(now, color=INK, linewidth=1, linestyle=":")
        ax.annotate("today", (now, low), xytext=(-5, 2), textcoords="offset points", ha="right")
        for stretch in best_by_chance(payoffs, state)[1:]:
            ax.axvline(100 * stretch.low, color=QUIET, linewidth=1)
            ax.annotate(
                f"switch at {100 * stretch.low:.0f}%", (100 * stretch.low, high),
                xytext=(6, -4), textcoords="offset points", color=QUIET, va="top",
            )  # fmt: skip
        ax.set_xlim(0, 100)
        ax.set_xlabel(f"chance of a {state} market, %")
        ax.set_ylabel(payoffs.unit or "worth")
    return ax


def luck(estimates: Sequence[Estimate], exact: float, *, x: str, ax: Axes | None = None) -> Axes:
    """Draw the confidence intervals of many simulations, those that miss the truth in red.

    Parameters
    ----------
    estimates : sequence of Estimate
        One a simulation, such as ``found.results["self-run"].estimate()``.
    exact : float
        The true mean.
    x : str
        What is estimated, with its unit.
    ax : matplotlib Axes, optional
        Where to draw; left out: a new figure.

    Returns
    -------
    matplotlib Axes
        An interval for each simulation, the first on top.

    Examples
    --------
    >>> from svclab.intervals import estimate
    >>> ax = luck([estimate([1.0, 2.0, 4.0])], 2.0, x="yuan")
    >>> plt.close(ax.figure)
    """
    with style():
        if ax is None:
            _, ax = plt.subplots(figsize=(8, 4.4))
        ax.axvline(exact, color=INK, linewidth=1)
        for k, one in enumerate(estimates, start=1):
            hit = one.holds(exact)
            color = COLORS["blue"] if hit else COLORS["vermilion"]
            ax.plot([one.low, one.high], [k, k], color=color, linewidth=2 if hit else 4)
            ax.plot(one.mean, k, "o", color=color, markersize=4 if hit else 7)
        ax.set_ylim(len(estimates) + 0.8, 0.2)
        ax.annotate(
            "exact mean", (exact, 0.2), xytext=(0, 4), textcoords="offset points", ha="center",
        )  # fmt: skip
        ax.set_xlabel(x)
        ax.set_ylabel("seed")
        ax.yaxis.set_major_locator(MultipleLocator(5))
    return ax


def royalties(
    terms: KtvTerms | None = None, *, highest: float = 0.12, ax: Axes | None = None
) -> Axes:
    """Draw what a royalty leaves to headquarters and to a franchisee, and where both would sign.

    Headquarters signs where franchise is above self-run and above zero, which is to open none.

    Parameters
    ----------
    terms : KtvTerms, optional
        The case's numbers; left out: the invented ones.
    highest : float, optional
        Where the picture ends, a share of revenue.
    ax : matplotlib Axes, optional
        Where to draw; left out: a new figure.

    Returns
    -------
    matplotlib Axes
        Two lines over the royalty, and the range in which both sign.

    Examples
    --------
    >>> ax = royalties()
    >>> plt.close(ax.figure)
    """
    known = KtvTerms() if terms is None else terms
    ends = (0.0, highest)
    tables = [replace(known, royalty=r) for r in ends]
    ours = [ktv_payoffs(one).expected()["franchise"] for one in tables]
    theirs = [known.shops * franchisee_value(one) for one in tables]
    own = ktv_payoffs(known).expected()["self-run"]
    fees = fee_range(known)
    with style():
        if ax is None:
            _, ax = plt.subplots(figsize=(8, 3.8))
        if fees.open:
            ax.axvspan(100 * max(0, fees.lowest), 100 * fees.highest, color=COLORS["sky"],
                       alpha=0.3, linewidth=0)  # fmt: skip
        x = [100 * r for r in ends]
        ax.plot(x, ours, color=COLORS["blue"], linewidth=2)
        ax.plot(x, theirs, color=COLORS["vermilion"], linewidth=2)
        ax.axhline(own, color=QUIET, linewidth=1, linestyle="--")
        ax.axhline(0, color=INK, linewidth=0.8)
        for text, height, color in (
            ("headquarters:\nfranchise", ours[1], COLORS["blue"]),
            ("headquarters:\nself-run", own, QUIET),
            (f"{known.shops} franchisees", theirs[1], COLORS["vermilion"]),
        ):
            ax.annotate(
                text, (x[1], height), xytext=(6, 0), textcoords="offset points", color=color,
                va="center",
            )  # fmt: skip
        ax.set_xlim(*x)
        ax.set_xlabel("royalty, % of revenue")
        ax.set_ylabel("worth today, million yuan")
    return ax
