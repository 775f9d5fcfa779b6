"""Heads of columns and rows of a matrix in a real browser."""

from __future__ import annotations

from typing import Any

import pytest
from explorable_page import page_of

from svclab.explore import Figure, View, explorable
from svclab.explore.diagrams import Entry, Item, Matrix
from svclab.words import number

pytestmark = pytest.mark.browser

LONG_HEADS = [f"{word} of the supplier" for word in
              ("Timeliness", "Responsiveness", "Joint development", "Stability", "Price",
               "Trustworthiness")]  # fmt: skip


@explorable(title="Long heads", parameters=[])
def long_heads() -> View:
    entries = [Entry(row="a", column=str(k), content=5) for k in range(6)]
    heads = {str(k): label for k, label in enumerate(LONG_HEADS)}
    grid = Matrix(title="Heads", alt="Scores.", rows={"a": "Anhe"}, columns=heads, entries=entries)
    return View(figures=[Figure("n", "n", number(1))], say="Six heads.", parts=[grid])


BROKEN = """() => [...document.querySelectorAll(".svd-head-cell")].flatMap((cell) => {
  const text = cell.firstChild;
  return [...text.data.matchAll(/[^ ]+/g)].filter((word) => {
    const range = document.createRange();
    range.setStart(text, word.index);
    range.setEnd(text, word.index + word[0].length);
    return new Set([...range.getClientRects()].map((box) => Math.round(box.top))).size > 1;
  }).map((word) => word[0]);
})"""


def test_no_head_of_a_column_breaks_inside_a_word(browser: Any) -> None:
    with page_of(long_heads) as address:
        page = browser.new_page()
        page.goto(address)
        page.wait_for_selector("svclab-explorable[data-ready]")
        for width in (520, 620, 760, 1280):
            page.set_viewport_size({"width": width, "height": 900})
            assert page.evaluate(BROKEN) == [], width
            over = page.evaluate("document.documentElement.scrollWidth - innerWidth")
            assert over <= 0, width  # the grid scrolls in its place
        page.close()


@explorable(title="One column", parameters=[])
def one_column() -> View:
    grid = Matrix(
        alt="Parts of a package.", rows={"a": "facility", "b": "goods"}, columns={"in": "Items"},
        items=[Item(name="sound system", row="a", column="in"), Item(name="song list")],
    )  # fmt: skip
    many = Matrix(
        alt="Scores.", rows={"a": "Anhe"}, columns={str(k): f"Criterion {k}" for k in range(9)},
        entries=[Entry(row="a", column=str(k), content=5) for k in range(9)],
    )  # fmt: skip
    return View(figures=[Figure("n", "n", number(1))], say="Two grids.", parts=[grid, many])


def test_on_a_phone_the_head_of_an_only_column_is_heard_and_not_seen_under_the_tray(
    browser: Any,
) -> None:
    with page_of(one_column) as address:
        page = browser.new_page(viewport={"width": 360, "height": 800})
        page.goto(address)
        page.wait_for_selector("svclab-explorable[data-ready]")
        head = page.locator(".svd-head-cell", has_text="Items")
        assert head.evaluate("e => getComputedStyle(e.closest('.svd-heads')).clipPath") != "none"
        tray = page.locator(".svd-tray")
        assert (
            tray.locator(".svd-tray-name").bounding_box()["y"]
            < tray.locator(".svd-chip").bounding_box()["y"]
        )
        page.set_viewport_size({"width": 900, "height": 800})
        assert head.evaluate("e => getComputedStyle(e.closest('.svd-heads')).clipPath") == "none"
        page.close()


def test_on_a_phone_the_name_of_a_row_stays_while_its_many_cells_are_scrolled(
    browser: Any,
) -> None:
    with page_of(one_column) as address:
        page = browser.new_page(viewport={"width": 360, "height": 800})
        page.goto(address)
        page.wait_for_selector("svclab-explorable[data-ready]")
        scroll = page.locator(".svd-scroll").nth(1)
        name = scroll.locator(".svd-side > span")
        before = name.bounding_box()["x"]
        assert scroll.evaluate("e => { e.scrollLeft = 120; return e.scrollLeft; }") > 50
        assert abs(name.bounding_box()["x"] - before) < 8
        page.close()
