"""Branches, mixtures, goals and sites in a real browser: the pictures follow what is moved."""

from __future__ import annotations

from typing import Any

import pytest
from explorable_page import page_of

from svclab.decisions.explorables import blending, dea_frontier, goals, sites
from svclab.explore import Explorable

pytestmark = pytest.mark.browser

#: An explorable, what it shows, and which of its pictures a press of an arrow key moves.
MOVED: list[tuple[Explorable, dict[str, Any], list[int]]] = [
    (dea_frontier, {"outputs": "one", "guess": 3}, [0]),
    (blending, {"guess": 400}, [0]),
    (goals, {"guess": "money"}, [0]),
    (sites, {"guess": 2}, [0, 1]),
]


@pytest.mark.parametrize(("found", "given", "moved"), MOVED, ids=[m[0].name for m in MOVED])
def test_a_handle_that_is_moved_redraws_the_pictures(
    browser: Any, found: Explorable, given: dict[str, Any], moved: list[int]
) -> None:
    with page_of(found, **given) as address:
        page = browser.new_page(viewport={"width": 360, "height": 800})
        errors: list[str] = []
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.goto(address)
        page.wait_for_function("window.drawn?.every((status) => status === 'fulfilled')")
        slots = page.locator(".svx-slot")
        before = [slots.nth(k).inner_html() for k in moved]
        page.locator(".svx-handle").first.focus()
        page.keyboard.press("PageUp")
        for k, old in zip(moved, before, strict=True):
            page.wait_for_function(
                "([k, old]) => document.querySelectorAll('.svx-slot')[k].innerHTML !== old",
                arg=[k, old],
                timeout=5000,
            )
        assert errors == []
        assert page.evaluate("document.documentElement.scrollWidth") <= 360
        page.close()
