"""The model builder typed in a browser: mistakes at their cells, then picture and code anew."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from explorable_page import page_of

from svclab.decisions.explorables import model_builder

pytestmark = pytest.mark.browser


@pytest.fixture
def page(browser: Any) -> Iterator[Any]:
    with page_of(model_builder) as address:
        context = browser.new_context(viewport={"width": 390, "height": 800})
        page = context.new_page()
        errors: list[str] = []
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.goto(address)
        page.wait_for_function("window.drawn")
        yield page
        assert errors == []
        context.close()


def put(page: Any, table: str, row: int, column: str, text: str) -> None:
    place = f"[data-param={table}] tbody tr:nth-child({row}) [data-col={column}]"
    page.locator(place).fill(text)
    page.locator(place).press("Tab")


def said(page: Any) -> str:
    return str(page.locator(".svx-say").text_content())


def wait_for(page: Any, text: str) -> None:
    page.wait_for_function(
        "(text) => document.querySelector('.svx-say').textContent.includes(text)", arg=text
    )


@pytest.mark.parametrize("width", [320, 390, 760, 1280])
def test_every_cell_has_room_and_lies_within_the_page(page: Any, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    cells = page.locator(".svx-edit :is(input, select)")
    for cell in cells.all():
        box = cell.bounding_box()
        assert box["width"] >= 44
        assert box["x"] + box["width"] <= width
        longest = cell.get_attribute("data-long") is not None
        assert not longest or box["width"] >= 200
    cut = page.evaluate(
        """() => [...document.querySelectorAll(".svx-controls .svx-scroll")]
        .filter((place) => place.scrollWidth > place.clientWidth + 1).length"""
    )
    assert cut == 0 or width == 320


def test_a_whole_model_is_typed_with_mistakes_on_the_way(page: Any) -> None:
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    before = said(page)
    put(page, "limits", 2, "sum", "2 tabel + 2 chair")
    problem = page.locator("[data-param=limits] .svx-problem")
    page.wait_for_selector("[data-param=limits] .svx-problem:not([hidden])")
    assert "Do you mean table?" in problem.text_content()
    assert page.locator("[aria-invalid=true]").get_attribute("data-col") == "sum"
    assert page.locator("[aria-invalid=true]").count() == 1
    assert said(page) == before
    put(page, "limits", 2, "sum", "2 table + 2 chair")
    page.wait_for_selector("[data-param=limits] .svx-problem", state="hidden")
    put(page, "limits", 2, "right", "10")
    wait_for(page, "profit 80")
    assert "<= 10" in page.locator(".svx-code-body").text_content()
    # A third variable: it must stand somewhere, and then there is no picture any more.
    page.locator("[data-param=variables] [data-act=add-row]").click()
    page.wait_for_selector("[data-param=variables] .svx-problem:not([hidden])")
    assert "chair 2 stands neither" in (
        page.locator("[data-param=variables] .svx-problem").text_content()
    )
    put(page, "variables", 3, "name", "bench")
    put(page, "objective", 1, "sum", "20 table + 15 chair + 30 bench")
    wait_for(page, "without end")
    put(page, "limits", 2, "sum", "2 table + 2 chair + 3 bench")
    wait_for(page, "bench = 3.3333")
    assert page.locator(".svx-chart").count() == 0
    assert "bench = model.add_variable" in page.locator(".svx-code-body").text_content()
    page.locator("[data-act=undo]").click()
    wait_for(page, "without end")
    page.locator("[data-act=reset]").click()
    wait_for(page, "profit 70")
    assert page.locator(".svx-chart").count() == 1
