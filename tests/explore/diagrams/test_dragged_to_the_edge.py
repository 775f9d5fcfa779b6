"""A matrix that is taller than the window: an item held at the window's edge scrolls it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from explorable_page import page_of

from svclab.explore import Choice, Column, Figure, Table, View, explorable
from svclab.explore.diagrams import Item, Matrix, Move, in_the_picture
from svclab.words import number

pytestmark = pytest.mark.browser

ROWS = {f"r{k}": f"Kind of service {k}" for k in range(30)}
LAST = list(ROWS)[-1]
# Where the page stands, once it has stood there for a few pictures.
STANDS = """async () => {
  let before = -1;
  for (let still = 0; still < 6; still += 1) {
    await new Promise(requestAnimationFrame);
    if (scrollY !== before) still = 0;
    before = scrollY;
  }
  return before;
}"""


@explorable(
    title="A tall matrix",
    parameters=[
        Table(
            name="items", label="Items", shown_if=in_the_picture("items"),
            columns=[
                Column(name="who", label="Who", editable=False),
                Column(Choice(name="r", label="Kind", options=ROWS, default="r0")),
            ],
            default=[{"who": "KTV", "r": "r0"}, {"who": "Bank", "r": LAST}],
        )
    ],
)  # fmt: skip
def tall(items: list[dict[str, Any]]) -> View:
    """Many rows."""
    placed = [
        Item(name=row["who"], row=row["r"], column="c", move=Move(parameter="items", row=k,
                                                                 down="r"))
        for k, row in enumerate(items)
    ]  # fmt: skip
    return View(
        say="Move things.",
        figures=[Figure("at", "Row of the KTV", number(int(items[0]["r"][1:])))],
        parts=[Matrix(title="Kinds", alt="Kinds.", rows=ROWS, columns={"c": "Here"}, items=placed)],
    )


@pytest.fixture
def page(browser: Any) -> Iterator[Any]:
    with page_of(tall) as address:
        context = browser.new_context(viewport={"width": 900, "height": 600})
        page = context.new_page()
        errors: list[str] = []
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.goto(address)
        page.wait_for_function("window.drawn")
        yield page
        context.close()
        assert errors == []


def grab(page: Any, name: str) -> None:
    place = page.locator(f'.svd-moves[data-item="{name}"]')
    place.scroll_into_view_if_needed()
    box = place.bounding_box()
    page.mouse.move(box["x"] + 20, box["y"] + box["height"] / 2)
    page.mouse.down()


def test_an_item_held_at_the_lower_edge_comes_to_the_last_row_and_up_again(page: Any) -> None:
    grab(page, "KTV")
    page.mouse.move(450, 590, steps=4)
    end = page.evaluate(STANDS)
    assert end == page.evaluate("document.documentElement.scrollHeight - innerHeight")
    # The item has stayed under the pointer, and the cell there is shown as its aim.
    box = page.locator('[data-item="KTV"]').bounding_box()
    assert box["y"] <= 590 <= box["y"] + box["height"]
    last = page.locator(f'.svd-cell[data-row="{LAST}"]').bounding_box()
    page.mouse.move(last["x"] + 30, last["y"] + 10, steps=3)
    page.mouse.up()
    page.wait_for_function(
        f"document.querySelector('[data-key=at] .svx-value').innerText === '{LAST[1:]}'"
    )
    grab(page, "KTV")
    page.mouse.move(450, 8, steps=4)
    assert page.evaluate(STANDS) == 0
    first = page.locator('.svd-cell[data-row="r0"]').bounding_box()
    page.mouse.move(first["x"] + 30, first["y"] + 10, steps=3)
    page.mouse.up()
    page.wait_for_function("document.querySelector('[data-key=at] .svx-value').innerText === '0'")


def test_in_a_panel_that_scrolls_as_in_jupyterlab_the_panel_moves_and_not_the_page(
    page: Any,
) -> None:
    page.evaluate(
        """() => {
             const [root, panel] = [document.querySelector("svclab-explorable"), Object.assign(
               document.createElement("div"), { id: "panel" })];
             panel.style.cssText = "height: 400px; overflow: auto; margin-top: 60px";
             root.replaceWith(panel);
             panel.append(root);
           }"""
    )
    grab(page, "KTV")
    page.mouse.move(450, 440, steps=4)
    page.wait_for_function("(e => e.scrollTop + e.clientHeight > e.scrollHeight - 2)(panel)")
    box = page.locator('[data-item="KTV"]').bounding_box()
    assert box["y"] <= 440 <= box["y"] + box["height"]
    assert page.evaluate("scrollY") == 0
    page.mouse.up()


@pytest.mark.parametrize("end", ["release", "cancel"])
def test_the_page_stands_still_when_the_item_is_let_go(page: Any, end: str) -> None:
    grab(page, "KTV")
    page.mouse.move(450, 595, steps=4)
    page.wait_for_function("scrollY > 40")
    if end == "release":
        page.mouse.up()
    else:
        page.locator('[data-item="KTV"]').evaluate(
            "e => e.dispatchEvent(new PointerEvent('pointercancel', { bubbles: true }))"
        )
    stood = page.evaluate("scrollY")
    assert page.evaluate(STANDS) == stood
    assert page.locator("[data-held]").count() == 0
    if end == "cancel":  # the item is where it was
        assert page.evaluate("window.one.parameters.items[0].r") == "r0"


def test_away_from_the_edges_nothing_scrolls_nor_without_an_item(page: Any) -> None:
    grab(page, "KTV")
    at = page.evaluate("scrollY")
    page.mouse.move(450, 300, steps=4)
    assert page.evaluate(STANDS) == at
    page.mouse.up()
    page.mouse.move(450, 595, steps=4)
    assert page.evaluate(STANDS) == at
