"""The figures of the chapter: where an axis begins, and that no legend lies on a line."""

from __future__ import annotations

import matplotlib.pyplot as plt
import pytest

from svclab.capacity import plots
from svclab.capacity.demand.forecasting import naive


@pytest.mark.parametrize(("past", "at_zero"), [([300, 320, 310], False), ([3, 5, 4, 9], True)])
def test_an_axis_of_forecasts_begins_at_zero_unless_all_lies_far_above_it(
    past: list[float], at_zero: bool
) -> None:
    found = naive([float(y) for y in past], 1)
    ax = plots.forecasts(past, {"naive": found}, labels=("week", "visitors"), actual=[past[-1]])
    low, high = ax.get_ylim()
    drawn = [*past, *found.lower, *found.upper]
    assert bool(low == 0) is at_zero
    assert low <= min(past)
    if not at_zero:
        assert max(drawn) - min(drawn) > (high - low) / 2
    plt.close(ax.figure)


def test_the_legend_of_forecasts_stands_above_the_picture() -> None:
    past = [300.0, 320.0, 310.0]
    found = {"naive": naive(past, 1)}
    ax = plots.forecasts(past, found, labels=("week", "visitors"), actual=[305])
    ax.figure.canvas.draw()
    legend = ax.get_legend()
    assert legend is not None
    assert legend.get_window_extent().y0 >= ax.get_window_extent().y1 - 1
    plt.close(ax.figure)
