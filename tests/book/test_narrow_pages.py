"""The book's style on a phone's screen, on a small page and without a built site."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.browser

STYLE = Path(__file__).parents[2] / "book" / "_static" / "book.css"
HEADS = ("Exercise", "Objective", "Level", "Part", "Points", "Minutes", "Section")
ROW = ("Where is the bottleneck?", "1", "easy", "core", "2", "4", "Drawing and measuring")
WIDE = "<svg xmlns='http://www.w3.org/2000/svg' width='835' height='400'/>"


def cells(name: str, texts: tuple[str, ...]) -> str:
    return "".join(f"<{name}><p>{text}</p></{name}>" for text in texts)


PAGE = f"""<!doctype html><html lang="en"><head><meta charset="utf-8"><title>One</title>
<style>{STYLE.read_text("utf-8")} body {{ margin: 16px }}</style></head>
<body><article class="bd-article">
<nav class="svc-way"><a href="#exercises">Map of the course</a></nav>
<div class="cell_output"><img alt="A figure." src="data:image/svg+xml,{WIDE}"></div>
<div class="pst-scrollable-table-container" id="words"><table class="table">
<tr>{"<th>服务运营管理学</th>" * 4}</tr></table></div>
<section id="exercises"><div class="pst-scrollable-table-container"><table class="table">
<thead><tr>{cells("th", HEADS)}</tr></thead>
<tbody><tr>{cells("td", ROW)}</tr></tbody></table></div></section></article></body></html>"""


@contextmanager
def shown(browser: Any, width: int) -> Iterator[Any]:
    context = browser.new_context(viewport={"width": width, "height": 740})
    page = context.new_page()
    page.set_content(PAGE)
    yield page
    context.close()


def test_the_exercises_of_a_chapter_are_listed_with_time_and_part_first(browser: Any) -> None:
    with shown(browser, 360) as page:
        around = page.locator("#exercises > div")
        assert around.evaluate("e => e.scrollWidth - e.clientWidth") == 0
        boxes = [one.bounding_box() for one in page.locator("#exercises td").all()]
        order = sorted(range(7), key=lambda at: (round(boxes[at]["y"]), boxes[at]["x"]))
        assert [HEADS[at] for at in order[:3]] == ["Exercise", "Minutes", "Part"]
    with shown(browser, 900) as page:
        assert page.locator("#exercises thead").is_visible()


def test_a_figure_keeps_its_letters_and_scrolls_in_its_own_place(browser: Any) -> None:
    with shown(browser, 360) as page:
        assert page.locator("img").bounding_box()["width"] == pytest.approx(560, abs=1)
        assert page.evaluate("document.documentElement.scrollWidth") == 360
    with shown(browser, 700) as page:
        assert page.locator("img").bounding_box()["width"] == pytest.approx(700 - 32, abs=1)


def test_what_goes_on_beyond_its_edge_has_a_shadow_there(browser: Any) -> None:
    with shown(browser, 360) as page:
        for one in (".cell_output", "#words"):
            place = page.locator(one)
            assert place.evaluate("e => e.scrollWidth > e.clientWidth + 20"), one
            seen = place.evaluate("e => getComputedStyle(e).backgroundAttachment")
            assert seen.startswith("local, local, scroll, scroll"), one


def test_a_chinese_word_in_a_column_stands_on_one_line(browser: Any) -> None:
    with shown(browser, 360) as page:
        word = page.locator("#words th").first
        lines = "e => { const r = document.createRange(); r.selectNodeContents(e);"
        assert word.evaluate(lines + " return r.getClientRects().length }") == 1


def test_the_way_to_the_map_is_high_enough_for_a_finger(browser: Any) -> None:
    with shown(browser, 360) as page:
        assert page.locator(".svc-way a").bounding_box()["height"] >= 24


def test_on_paper_a_heading_and_its_time_stay_with_the_text_below(browser: Any) -> None:
    context = browser.new_context(viewport={"width": 794, "height": 1100})
    page = context.new_page()
    text = "<p>Text.</p>" * 40
    page.set_content(
        f"<style>{STYLE.read_text('utf-8')}</style><article class='bd-article'>{text}"
        f"<h2>Cells</h2><p id='time'><em>core, 6 minutes</em></p>{text}</article>"
    )
    page.emulate_media(media="print")
    for one in ("h2", "#time"):
        after = page.locator(one).evaluate("e => getComputedStyle(e).breakAfter")
        assert after == "avoid", one
    assert page.locator("h2 ~ p").last.evaluate("e => getComputedStyle(e).breakAfter") == "auto"
    context.close()


def test_the_signs_of_the_header_are_seen_in_the_readers_own_colours(browser: Any) -> None:
    context = browser.new_context(forced_colors="active")
    page = context.new_page()
    page.set_content(
        f"<style>{STYLE.read_text('utf-8')}</style><button><span class='fa-solid fa-bars'></span>"
        "</button>"
    )
    colours = "e => [e, document.body].map((x) => getComputedStyle(x).backgroundColor)"
    sign, ground = page.locator(".fa-bars").evaluate(colours)
    assert sign != ground
    assert sign != "rgba(0, 0, 0, 0)"
    context.close()


def test_a_printed_line_is_broken_and_not_cut_on_a_phone(browser: Any) -> None:
    line = "2 cycles old: no overshoot up to 15%, comes to rest below 62%"
    context = browser.new_context(viewport={"width": 360, "height": 740})
    page = context.new_page()
    page.set_content(
        f"<style>{STYLE.read_text('utf-8')}</style><article class='bd-article'>"
        "<div class='cell'><div class='cell_output'><div class='output stream'>"
        f"<div class='highlight'><pre>{line}</pre></div></div></div></div></article>"
    )
    assert page.locator("pre").evaluate("e => e.scrollWidth - e.clientWidth") <= 0
    context.close()
