"""Ideas, chances and fees moved in a browser; and nothing that reaches beyond a narrow phone."""

from __future__ import annotations

from typing import Any

import pytest
from moved_page import moved, wait_for

from svclab.strategy import explorables

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("width", [360, 1280])
def test_an_idea_is_paid_for_by_the_keyboard_and_its_cost_is_added(
    browser: Any, width: int
) -> None:
    with moved(browser, explorables.ideas_budget, width) as page:
        chip = page.locator('[data-item="playlists by taste"]')
        chip.focus()
        chip.press("ArrowRight")
        wait_for(page, "You pay 73 of 60")
        page.locator('[data-item="playlists by taste"]').press("ArrowLeft")
        wait_for(page, "You pay 33 of 60")


def test_the_budget_is_moved_along_its_steps(browser: Any) -> None:
    with moved(browser, explorables.ideas_budget, 1280, show="best") as page:
        handle = page.locator(".svx-handle").first
        handle.focus()
        handle.press("ArrowRight")
        wait_for(page, "of 61 for")


def test_the_chance_of_a_strong_market_is_dragged_by_keyboard_until_franchise_wins(
    browser: Any,
) -> None:
    with moved(browser, explorables.ktv_tree, 1280) as page:
        handle = page.locator(".svx-handle").first
        handle.focus()
        handle.press("ArrowLeft")
        handle.press("ArrowLeft")
        wait_for(page, "On average franchise is best")


@pytest.mark.parametrize("name", ["lifetime_value", "ktv_simulation", "scale_and_quality"])
def test_the_point_in_the_picture_is_the_slider(browser: Any, name: str) -> None:
    with moved(browser, getattr(explorables, name), 390) as page:
        before = page.locator(".svx-say").text_content()
        handle = page.locator(".svx-handle").first
        handle.focus()
        handle.press("ArrowRight")
        page.wait_for_function(
            "(old) => document.querySelector('.svx-say').textContent !== old", arg=before
        )


@pytest.mark.parametrize(
    ("name", "given"),
    [
        ("lifetime_value", {}),
        ("profit_chain", {"cost": -0.05, "direct": -0.1}),
        ("ktv_tree", {"tree": "study", "cautious": True}),
        ("ktv_simulation", {}),
        ("scale_and_quality", {}),
        ("ideas_budget", {"show": "best"}),
    ],
)
def test_on_a_narrow_phone_nothing_reaches_beyond_the_page(
    browser: Any, name: str, given: dict[str, Any]
) -> None:
    with moved(browser, getattr(explorables, name), 320, **given):
        pass
