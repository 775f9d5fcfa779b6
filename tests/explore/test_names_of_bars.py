"""The names beside lying bars: never cut, in lines where they are long, in one way for all."""

from __future__ import annotations

import json
from itertools import pairwise
from typing import Any

import pytest
import vl_convert
from explorable_page import page_of

from svclab.decisions.explorables.packing import load_chart
from svclab.decisions.problems import Load
from svclab.explore import Chart, Integer, View, bars, explorable, stacked
from svclab.explore.names import row_height
from svclab.intervals import estimate
from svclab.strategy.explorables.errors import mean_chart

LONG = "customer satisfaction, asked at once"
BROKEN = ["customer satisfaction,", "asked at once"]
EIGHTY = "a name of eighty letters that goes on and on until it has all of its 80 letters"
NAMES = [
    "self-checkout",
    LONG,
    "满意度",
    "自助结账处的平均等候时间与顾客投诉的数目",
    EIGHTY,
    "w" * 43,
]


def chart(*names: str) -> Any:
    rows = [{"name": name, "score": at + 1} for at, name in enumerate(names)]
    return bars(rows, category=("name", "Name"), value=("score", "Score"), alt="Scores.")


@explorable(title="Names", parameters=[Integer(name="n", label="n", low=0, high=1, default=0)])
def named(n: int) -> View:
    """Three bars."""
    return View(say="Three bars.", parts=[chart("self-checkout", LONG, "满意度")])


def other_charts() -> list[Chart]:
    """What else has names beside lying bars."""
    load = Load(items={"box": (2.0, 3.0)}, taken={"box": 2}, limit=5.0)
    return [
        stacked({name: {"one": 1.0, "two": 2.0} for name in NAMES}, what="Name", value="Sum",
                alt="Sums."),
        mean_chart({name: (estimate([1.0, 3.0]), 2.5) for name in NAMES}, what="Name",
                   value="Worth", title="", alt="Means."),
        load_chart(dict.fromkeys(NAMES, load), 5.0, alt="Loads."),
    ]  # fmt: skip


@explorable(title="Others", parameters=[Integer(name="n", label="n", low=0, high=1, default=0)])
def others(n: int) -> View:
    """Three charts of lying bars."""
    return View(say="Three charts.", parts=other_charts())


def lines_of(name: str) -> str:
    look = chart(name).spec["layer"][0]["encoding"]["y"]["axis"]
    return str(look.get("labelExpr", ""))


def test_a_short_name_and_a_word_of_a_line_stay_in_one_line() -> None:
    assert lines_of("self-checkout") == lines_of("x" * 24) == lines_of("") == ""


@pytest.mark.parametrize(
    ("name", "broken"),
    [
        ("x" * 40, ["x" * 24, "x" * 16]),  # a word that is longer than a line is cut
        ("自助结账处的平均等候时间，投诉", ["自助结账处的平均", "等候时间，投诉"]),
        (EIGHTY, ["a name of eighty", "letters that goes on", "and on until it has", "all of its"
                  " 80 letters"]),
    ],
)  # fmt: skip
def test_a_longer_name_is_broken_into_lines_of_about_the_same_length(
    name: str, broken: list[str]
) -> None:
    assert json.dumps({name: broken}) in lines_of(name)


def test_bars_are_as_high_as_the_lines_of_their_names_need() -> None:
    assert row_height(["short", LONG], 34) == 34
    assert row_height(["short", EIGHTY], 34) == 62
    assert chart("short", EIGHTY).height == 60 + 2 * 62


def test_a_long_name_is_broken_at_the_blank_nearest_to_its_middle() -> None:
    assert json.dumps({LONG: BROKEN}) in lines_of(LONG)
    assert json.dumps(['it\'s a "name";', "so long"]) in lines_of('it\'s a "name"; so long')


def test_the_drawing_of_the_build_has_both_lines() -> None:
    part = chart("self-checkout", LONG)
    spec = {**part.spec, "width": 328, "datasets": dict(part.data)}
    svg = vl_convert.vegalite_to_svg(spec)
    assert all(f">{line}<" in svg for line in BROKEN)


@pytest.mark.browser
@pytest.mark.parametrize("width", [360, 1280])
def test_no_name_is_cut_and_each_stands_beside_the_middle_of_its_bar(
    browser: Any, width: int
) -> None:
    page = browser.new_page(viewport={"width": width, "height": 800})
    with page_of(named) as address:
        page.goto(address)
        page.wait_for_function("window.drawn", timeout=30_000)
        names, bars_ = (
            page.evaluate(
                """(of) => [...document.querySelectorAll(of)].map((e) => {
                     const { top, bottom, left } = e.getBoundingClientRect();
                     return { text: e.textContent, left, middle: (top + bottom) / 2 };
                   })""",
                selector,
            )
            for selector in (".role-axis-label text", ".mark-rect.role-mark path")
        )
    page.close()
    written = [one for one in names if not one["text"].replace(".", "").isdigit()]
    assert [one["text"] for one in written] == ["self-checkout", "".join(BROKEN), "满意度"]
    assert len(bars_) == 3
    for name, bar in zip(written, bars_, strict=True):
        assert name["left"] >= 0
        assert abs(name["middle"] - bar["middle"]) < 4


@pytest.mark.browser
@pytest.mark.parametrize("width", [360, 640, 1280, 1920])
def test_no_name_is_cut_in_any_chart_of_lying_bars(browser: Any, width: int) -> None:
    page = browser.new_page(viewport={"width": width, "height": 800})
    with page_of(others) as address:
        page.goto(address)
        page.wait_for_function("window.drawn", timeout=30_000)
        figures = page.evaluate(
            """() => [...document.querySelectorAll("figure[data-kind=chart]")].map((figure) =>
                 [...figure.querySelectorAll(".role-axis-label text")].map((text) => {
                   const { left, top, bottom } = text.getBoundingClientRect();
                   return { text: text.textContent, left, top, bottom };
                 }))"""
        )
    page.close()
    assert len(figures) == 3
    for figure in figures:
        found = {one["text"].replace(" ", ""): one for one in figure}
        assert {name.replace(" ", "") for name in NAMES} <= set(found)
        boxes = [found[name.replace(" ", "")] for name in NAMES]
        assert all(one["left"] >= 0 for one in boxes)
        assert all(high["bottom"] <= low["top"] for high, low in pairwise(boxes))
