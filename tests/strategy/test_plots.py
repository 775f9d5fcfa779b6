"""The figures of the chapter on strategy: what they draw stands where the models say."""

from __future__ import annotations

import matplotlib.pyplot as plt
import pytest

from svclab.intervals import estimate
from svclab.strategy import plots
from svclab.strategy.choices import (
    KtvTerms,
    best_by_chance,
    fee_range,
    ktv_payoffs,
    payoff_table,
)
from svclab.strategy.positions import gains, ktv_case, middle


@pytest.fixture(autouse=True)
def closed():
    yield
    plt.close("all")


def test_the_curves_are_the_middle_and_the_poorer_of_the_two_ends():
    found = {100 * p: middle(polarised=p) for p in (0.2, 0.5, 0.9)}
    ax = plots.middles(found, x="share")
    drawn = {text.get_text(): list(line.get_ydata())
             for text, line in zip(ax.texts, ax.lines, strict=True)}  # fmt: skip
    profits = [one.market.profits for one in found.values()]
    assert drawn["the middle"] == [one["middle"] for one in profits]
    assert drawn["the poorer end"] == [min(one["plain"], one["special"]) for one in profits]


def test_gaps_and_gains_stand_in_one_order_beside_each_other():
    case = ktv_case()
    won = gains(case.offers, case.buyers, "our shop")
    ax = plots.gap_and_gain(case.gaps, won)
    beside = ax.figure.axes[1]
    names = [label.get_text() for label in ax.get_yticklabels()]
    assert names == [row.attribute for row in case.gaps.rows][::-1]
    assert [bar.get_width() for bar in ax.patches] == [r.priority for r in case.gaps.rows][::-1]
    assert [bar.get_width() for bar in beside.patches] == [
        pytest.approx(100 * won[name]) for name in names
    ]


@pytest.mark.parametrize("state", ["strong", "fair", "weak"])
def test_each_line_passes_through_todays_mean_and_ends_at_the_sure_state(state):
    payoffs = ktv_payoffs()
    ax = plots.by_chance(payoffs, state)
    lines = [line for line in ax.lines if len(line.get_xdata()) == 2
             and line.get_xdata()[0] != line.get_xdata()[1]]  # fmt: skip
    today = payoffs.chances[state]
    for line, (option, row) in zip(lines, payoffs.payoffs.items(), strict=True):
        start, end = line.get_ydata()
        assert end == row[state]
        assert start + today * (end - start) == pytest.approx(payoffs.expected()[option])
    told = [t.get_text() for t in ax.texts if t.get_text().startswith("switch")]
    stretches = best_by_chance(payoffs, state)[1:]
    assert told == [f"switch at {100 * one.low:.0f}%" for one in stretches]


def test_an_interval_that_misses_is_thicker_than_one_that_holds():
    ax = plots.luck([estimate([1.0, 2.0, 4.0]), estimate([5.0, 5.1, 5.2])], 2.0, x="yuan")
    widths = [line.get_linewidth() for line in ax.lines if line.get_marker() == "None"][1:]
    assert widths == [2, 4]


@pytest.mark.parametrize("changes", [{}, {"royalty": 0.1}, {"failure": 0.2}])
def test_the_band_of_royalties_is_where_both_sign(changes):
    terms = KtvTerms(**changes)
    ax = plots.royalties(terms)
    fees = fee_range(terms)
    [band] = ax.patches
    assert band.get_x() == pytest.approx(100 * fees.lowest)
    assert band.get_x() + band.get_width() == pytest.approx(100 * fees.highest)
    ours, theirs = ax.lines[0], ax.lines[1]
    means = ktv_payoffs(terms).expected()
    own = max(means["self-run"], means["open none"])

    def at(line, x):
        (x0, x1), (y0, y1) = line.get_xdata(), line.get_ydata()
        return y0 + (x - x0) / (x1 - x0) * (y1 - y0)

    assert at(ours, 100 * fees.lowest) == pytest.approx(own)
    assert at(theirs, 100 * fees.highest) == pytest.approx(0, abs=1e-9)


def test_all_options_are_drawn_by_chance_and_a_certain_state_starts_from_the_others():
    rows = {f"option {k}": {"x": k, "y": 2 * k} for k in range(6)}
    ax = plots.by_chance(payoff_table(rows, {"x": 1, "y": 0}), "x")
    drawn = [list(line.get_ydata()) for line in ax.lines[:6]]
    plt.close(ax.figure)
    assert drawn == [[2 * k, k] for k in range(6)]


def test_losses_are_in_the_picture_of_the_middle():
    ax = plots.middles({p: middle(polarised=p, fixed=9000) for p in (0.2, 0.8)}, x="share")
    low, high = ax.get_ylim()
    lowest = min(y for line in ax.lines for y in line.get_ydata())
    plt.close(ax.figure)
    assert low < lowest < 0 <= high
