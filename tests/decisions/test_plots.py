"""The figures of the chapter: what they draw stands where the models say."""

from __future__ import annotations

import matplotlib.pyplot as plt
import pytest

from svclab.decisions import plots, problems, sensitivity
from svclab.decisions.plane import plane, whole_plans
from svclab.decisions.simplex import walk


@pytest.fixture
def nine():
    return problems.cases.toy_kit(small=9).problem(whole=False)


def marked(ax, size):
    """The points drawn with a marker of this size."""
    return [
        (float(x), float(y))
        for line in ax.lines
        if line.get_marker() == "o" and line.get_markersize() == size
        for x, y in zip(line.get_xdata(), line.get_ydata(), strict=True)
    ]


def test_the_best_corner_and_the_best_whole_plan_are_marked_apart(nine):
    ax = plots.region(whole_plans(nine))
    assert marked(ax, 9) == [(1.5, 3.0)]
    assert marked(ax, 15) == [(2.0, 2.0)]
    assert len(marked(ax, 4)) == len(whole_plans(nine).points)
    plt.close(ax.figure)


def test_every_constraint_is_named_in_the_picture(nine):
    ax = plots.region(plane(nine))
    assert {"large", "small"} <= {text.get_text() for text in ax.texts}
    plt.close(ax.figure)


def test_the_path_of_the_simplex_method_has_an_arrow_for_each_step(nine):
    steps = walk(nine)
    ax = plots.region(plane(nine), path=steps)
    arrows = [text for text in ax.texts if getattr(text, "arrow_patch", None) is not None]
    assert len(arrows) == len(steps.path) - 1 > 0
    plt.close(ax.figure)


def test_each_piece_of_the_value_function_carries_its_slope(nine):
    curve = sensitivity.value_function(nine, "small", lower=0, upper=14)
    ax = plots.values(curve)
    told = [text.get_text() for text in ax.texts][-3:]
    assert told == ["linear program: 10 per unit", "5 per unit", "0 per unit"]
    plt.close(ax.figure)


def test_an_unbounded_region_is_drawn_within_its_window():
    import pulp

    dream = pulp.LpProblem("dream", pulp.LpMaximize)
    x, y = dream.add_variable("x", 0), dream.add_variable("y", 0)
    dream += x + y
    dream += x - y <= 2, "ahead"
    ax = plots.region(plane(dream))
    assert ax.get_xlim()[1] > 2
    assert marked(ax, 9) == []
    plt.close(ax.figure)
