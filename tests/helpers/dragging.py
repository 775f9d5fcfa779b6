"""Points that are dragged: one explorable in a browser page, and where things stand in it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from explorable_page import page_of

__all__ = ["arrived", "centre", "on_screen", "opened", "settled"]


def opened(browser: Any, found: Any, **options: Any) -> Iterator[Any]:
    with page_of(found) as address:
        context = browser.new_context(viewport={"width": 900, "height": 900}, **options)
        page = context.new_page()
        errors: list[str] = []
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.goto(address)
        page.wait_for_selector(".svx-handle", timeout=30_000)
        yield page
        context.close()
        assert errors == []


def centre(place: Any) -> tuple[float, float]:
    box = place.bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def settled(page: Any, key: str, text: str) -> None:
    page.wait_for_function(
        """([key, text]) =>
             document.querySelector(`[data-key=${key}] .svx-value`).innerText === text""",
        arg=[key, text],
        timeout=10_000,
    )


def on_screen(page: Any, x: float, y: float) -> list[float]:
    """Where Vega draws a pair of numbers, by the drawing's own matrix."""
    found: list[float] = page.evaluate(
        """([x, y]) => {
             const { view } = window.one.players[0];
             const matrix = document.querySelector(".svx-slot .root > g").getScreenCTM();
             const at = new DOMPoint(view.scale("x")(x), view.scale("y")(y));
             const { x: right, y: down } = at.matrixTransform(matrix);
             return [right, down];
           }""",
        [x, y],
    )
    return found


def arrived(page: Any, handle: Any, x: float, y: float) -> None:
    """Hold that a handle comes to stand on a pair of numbers: it is drawn a little after them."""
    for _ in range(100):
        if centre(handle) == pytest.approx(on_screen(page, x, y), abs=1.5):
            return
        page.wait_for_timeout(50)
    assert centre(handle) == pytest.approx(on_screen(page, x, y), abs=1.5)
