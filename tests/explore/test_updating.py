"""What an update leaves and changes in the page, and when what is typed counts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from explorable_page import page_of

from svclab.explore import (
    Column,
    Figure,
    Handle,
    Integer,
    NumberGuess,
    Table,
    TableView,
    View,
    explorable,
    lines,
)
from svclab.words import number

pytestmark = pytest.mark.browser

ROWS = [{"hour": f"{h}:00", "n": 3} for h in range(9, 12)]
LONG = "This sentence stands above the picture and takes more than one line of a narrow page. " * 4


@explorable(
    title="A table with a row that stands out",
    parameters=[
        Integer(name="best", label="Best row", low=0, high=900, default=0),
        Table(
            name="rows",
            label="Staff",
            columns=[
                Column(name="hour", label="From", editable=False),
                Column(Integer(name="n", label="People", low=0, high=8, default=3)),
            ],
            default=ROWS,
        ),
    ],
    guess=NumberGuess(question="Which?", low=0, high=9, step=1),
)
def standing(best: int, rows: list[dict[str, Any]], guess: float | None) -> View:
    """One of three rows."""
    path = [(0.0, 0.0), (900.0, 900.0)]
    return View(
        say=LONG if best > 400 else "Short.",
        warning=LONG if best > 600 else "",
        figures=[Figure("best", "Best", number(best))],
        parts=[
            lines(
                [{"x": x, "y": y} for x, y in path],
                x=("x", "Best"),
                y=("y", "Height"),
                alt="A line.",
                handles=[Handle(parameter="best", x=best, y=best, path=path)],
            ),
            TableView(
                columns=[("Name", "", "left")],
                rows=[["a"], ["b"], ["c"]],
                emphasis=[best] if best < 3 else [],
            ),
        ],
    )


@pytest.fixture
def page(browser: Any) -> Iterator[Any]:
    with page_of(standing) as address:
        context = browser.new_context(viewport={"width": 640, "height": 600})
        page = context.new_page()
        errors: list[str] = []
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.goto(address)
        page.wait_for_selector(".svx-guess [data-act=just-show]")
        page.locator("[data-act=just-show]").click()
        page.wait_for_selector(".svx-handle", timeout=30_000)
        yield page
        context.close()
        assert errors == []


def settled(page: Any, text: str) -> None:
    page.wait_for_function(
        "(text) => document.querySelector('[data-key=best] .svx-value').innerText === text",
        arg=text,
        timeout=10_000,
    )


def typed(page: Any, text: str) -> Any:
    box = page.locator('[data-param="best"] input[type=number]')
    box.click()
    page.keyboard.press("Control+A")
    page.keyboard.type(text)
    return box


def test_a_row_that_no_longer_stands_out_loses_its_look(page: Any) -> None:
    for best in (1, 2, 0):
        typed(page, str(best)).press("Enter")
        settled(page, str(best))
        rows = page.locator(".svx-table-part tbody tr")
        strong = [i for i in range(3) if "svx-strong" in (rows.nth(i).get_attribute("class") or "")]
        assert strong == [best]


def test_what_is_typed_counts_when_it_is_finished(page: Any) -> None:
    typed(page, "99")
    page.wait_for_timeout(300)
    settled(page, "0")
    page.keyboard.press("Enter")
    settled(page, "99")


def test_nonsense_in_a_box_is_named_with_the_value_that_is_shown(page: Any) -> None:
    typed(page, "99e").press("Tab")
    problem = page.locator('[data-param="best"] .svx-problem')
    assert problem.inner_text().endswith(" Until then you see the results for 0.")
    assert page.locator("[data-key=best] .svx-value").inner_text() == "0"
    typed(page, "7").press("Tab")
    settled(page, "7")
    assert not problem.is_visible()


def test_of_a_table_only_the_wrong_cell_is_marked_and_its_row_is_named(page: Any) -> None:
    cells = page.locator('[data-param="rows"] input')
    cells.nth(1).fill("77")
    cells.nth(1).press("Tab")
    assert "People, 10:00" in page.locator('[data-param="rows"] .svx-problem').inner_text()
    assert [cells.nth(i).get_attribute("aria-invalid") for i in range(3)] == [None, "true", None]
    cells.nth(1).fill("7")
    cells.nth(1).press("Tab")
    assert page.locator('[data-param="rows"] [aria-invalid]').count() == 0


def test_reset_does_not_ask_again_what_has_been_seen(page: Any) -> None:
    typed(page, "5").press("Enter")
    settled(page, "5")
    page.locator("[data-act=reset]").click()
    settled(page, "0")
    assert page.locator(".svx-say").is_visible()
    assert not page.locator(".svx-guess").is_visible()


def test_the_point_stays_under_the_hand_when_a_warning_comes(page: Any) -> None:
    handle = page.locator(".svx-handle")
    handle.scroll_into_view_if_needed()
    page.mouse.wheel(0, 200)
    page.wait_for_timeout(300)
    before = handle.bounding_box()["y"]
    handle.focus()
    slot = page.locator(".svx-slot")
    top = slot.bounding_box()["y"]
    for _ in range(7):
        page.keyboard.press("PageUp")
    settled(page, "70")
    for _ in range(60):
        page.keyboard.press("PageUp")
    settled(page, "670")
    assert page.locator(".svx-warning").is_visible()
    assert slot.bounding_box()["y"] == pytest.approx(top, abs=2)
    assert handle.bounding_box()["y"] < before
