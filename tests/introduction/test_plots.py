"""The figures of the introduction: what they draw stands where the models say."""

from __future__ import annotations

from collections import Counter

import matplotlib.pyplot as plt
import pytest

from svclab.catalogue import numbered
from svclab.introduction import loops, plots
from svclab.introduction.definitions import FRAMES, chapter_map
from svclab.introduction.offerings import known_offerings, measure_all, separation


@pytest.fixture(autouse=True)
def closed():
    yield
    plt.close("all")


def test_the_numbers_in_the_circles_count_the_offerings():
    ax = plots.overlap()
    names = [row.characteristic for row in separation(known_offerings()).rows]
    assert [label.get_text() for label in ax.get_yticklabels()][::-1] == names
    for kind, side in (("service", 0.22), ("good", -0.22)):
        told = {
            (names[::-1][round(y - side)], x): int(text.get_text())
            for text in ax.texts
            if text.get_text().isdigit()
            for x, y in [text.xy]
            if y - side == pytest.approx(round(y - side))
        }
        counted = Counter(
            (name, one.scores[name])
            for one in known_offerings() if one.kind == kind for name in names
        )  # fmt: skip
        assert told == dict(counted)


def test_the_three_panels_of_contact_are_the_three_scales_in_the_same_order():
    measured = measure_all()
    panels = plots.contact(measured)
    drawn = [[bar.get_width() for bar in panel.patches][::-1] for panel in panels]
    assert drawn == [
        [pytest.approx(100 * one.contact_share) for one in measured],
        [pytest.approx(100 * one.service.to_order) for one in measured],
        [pytest.approx(one.labour_intensity) for one in measured],
    ]


def test_each_dot_of_the_system_is_an_item_that_leads_to_its_chapter():
    ax = plots.frames()
    names = list(FRAMES)[::-1]
    dots = {
        (round(x), names[round(y)]): round(one.get_sizes()[0] / 70)
        for one in ax.collections
        for x, y in one.get_offsets()
    }
    wanted = Counter(
        (n, item.frame) for n, items in chapter_map().chapters.items() for item in items
    )
    assert dots == dict(wanted)
    grey = [round(bar.get_x() + 0.5) for bar in ax.patches]
    assert grey == [n for n in numbered() if n > 1 and n not in chapter_map().chapters]


def test_courses_draw_every_value_and_their_marks():
    axes = plots.courses({"a": [1.0, 2.0, 4.0], "b": [3.0, 2.0, 2.0]}, target=2, marks=[1])
    for ax, values in zip(axes, ([1, 2, 4], [3, 2, 2]), strict=True):
        assert list(ax.lines[-1].get_ydata()) == values
        assert list(ax.lines[0].get_ydata()) == [2, 2]
        assert ax.collections[0].get_offsets().tolist() == [[1, 2]]


def test_bars_of_the_tornado_span_what_the_ends_of_each_range_give():
    found = loops.tornado(loops.models()["performance"], loops.revenue_of, name="revenue")
    ax = plots.tornado(found, scale=1_000_000)
    for bar, drawn in zip(reversed(found.bars), ax.patches, strict=True):
        low, high = sorted((bar.at_low, bar.at_high))
        assert drawn.get_x() == pytest.approx(low / 1_000_000)
        assert drawn.get_width() == pytest.approx((high - low) / 1_000_000)
    widths = [drawn.get_width() for drawn in ax.patches]
    assert widths == sorted(widths)
