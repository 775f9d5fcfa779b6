"""Words and items moved in a browser: by mouse, by keyboard, on a phone; links that lead on."""

from __future__ import annotations

from typing import Any

import pytest
from moved_page import moved, wait_for

from svclab.introduction import explorables

pytestmark = pytest.mark.browser


def test_an_item_is_placed_by_keyboard_and_its_verdict_follows(browser: Any) -> None:
    with moved(browser, explorables.service_package, 360) as page:
        chip = page.locator('[data-item="list of songs"]')
        chip.focus()
        chip.press("ArrowDown")
        wait_for(page, "2 of 11 items right, 0 misses")
        assert "information" in chip.get_attribute("aria-valuetext")


def test_a_waiting_item_is_pressed_and_then_the_part_where_it_belongs(browser: Any) -> None:
    with moved(browser, explorables.service_package, 1280) as page:
        page.locator('[data-item="drinks and snacks"]').click()
        page.locator('.svd-cell[data-row="facilitating goods"]').click()
        wait_for(page, "2 of 11 items right")


def test_a_word_is_taken_into_the_definition_and_out_again(browser: Any) -> None:
    with moved(browser, explorables.definition_words, 390) as page:
        chip = page.locator('[data-item="quality"]')
        chip.focus()
        chip.press("ArrowRight")
        wait_for(page, "for quality")
        page.locator('[data-item="quality"]').press("ArrowLeft")
        wait_for(page, "It names no aim")


def test_a_row_that_is_added_is_empty_and_counts_nothing(browser: Any) -> None:
    new = [{"word": "trust", "part": "aim"}]
    with moved(browser, explorables.definition_words, 1280, new=new) as page:
        size = page.locator("[data-key=size] .svx-value")
        before = size.inner_text()
        page.locator("[data-param=new] [data-act=add-row]").click()
        last = page.locator("[data-param=new] tbody tr").last
        assert last.locator("[data-col=word]").input_value() == ""
        assert last.locator("[data-col=part]").input_value() == ""
        assert size.inner_text() == before
        last.locator("[data-col=word]").fill("care")
        last.locator("[data-col=part]").select_option("verb")
        wait_for(page, "care")
        assert int(size.inner_text()) == int(before) + 1


def test_the_own_offering_is_moved_along_both_axes(browser: Any) -> None:
    with moved(browser, explorables.offering_map, 390) as page:
        spot = page.locator('.svd-spot[data-spot="driving lesson"]:visible')
        spot.focus()
        spot.press("ArrowLeft")
        spot.press("ArrowDown")
        page.wait_for_function(
            "() => document.querySelector('[data-col=intangibility]').value === '2'"
            " && document.querySelector('[data-col=contact]').value === '3'"
        )


@pytest.mark.parametrize("width", [360, 1280])
def test_written_chapters_are_links_and_planned_ones_are_not(browser: Any, width: int) -> None:
    with moved(browser, explorables.course_map, width) as page:
        found = page.evaluate(
            "[...document.querySelectorAll('a.svd-go')].filter((a) => a.getClientRects().length)"
            ".map((a) => a.getAttribute('href'))"
        )
        assert sorted(found) == [
            "02-strategy.html", "05-process.html", "06-decisions.html", "08-capacity.html"
        ]  # fmt: skip


def test_the_start_of_the_spiral_is_dragged_by_keyboard(browser: Any) -> None:
    with moved(browser, explorables.spiral, 1280, start=99) as page:
        handle = page.locator(".svx-handle").first
        handle.focus()
        for _ in range(3):
            handle.press("ArrowRight")
        wait_for(page, "From 102% of normal, service rises")
