"""The names beside lying bars: never cut, in two lines where they are long."""

from __future__ import annotations

import json
from typing import Any

import pytest
import vl_convert
from explorable_page import page_of

from svclab.explore import Integer, View, bars, explorable

LONG = "customer satisfaction, asked at once"
BROKEN = ["customer satisfaction,", "asked at once"]


def chart(*names: str) -> Any:
    rows = [{"name": name, "score": at + 1} for at, name in enumerate(names)]
    return bars(rows, category=("name", "Name"), value=("score", "Score"), alt="Scores.")


@explorable(title="Names", parameters=[Integer(name="n", label="n", low=0, high=1, default=0)])
def named(n: int) -> View:
    """Three bars."""
    return View(say="Three bars.", parts=[chart("self-checkout", LONG, "满意度")])


def lines_of(name: str) -> str:
    look = chart(name).spec["layer"][0]["encoding"]["y"]["axis"]
    return str(look.get("labelExpr", ""))


def test_a_short_name_and_one_without_blanks_stay_in_one_line() -> None:
    assert lines_of("self-checkout") == lines_of("x" * 40) == lines_of("") == ""


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
