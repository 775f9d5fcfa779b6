"""JupyterLab itself: the chapter's notebook opens, runs, and its widgets and diagrams move."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from dragging import centre
from lab_files import LabFiles

from svclab.catalogue import CHAPTERS
from svclab.explore import answer

pytestmark = pytest.mark.browser


def test_the_notebook_opens_runs_and_its_widgets_move(lab_page: Any) -> None:
    page = lab_page.page
    place = lab_page.find('svclab-explorable[name="process.line_pace"]:has(.svx-value)')
    slider = place.locator('[data-param="demand"] input[type=range]')
    slider.focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_function(
        """() => [...document.querySelectorAll(".svx-warning-place")]
                   .some(e => e.innerText.includes("65 per hour come"))""",
        timeout=30_000,
    )
    here = json.loads(
        answer(json.dumps({"name": "process.line_pace", "parameters": {"demand": 65}}))
    )
    assert place.locator(".svx-value").all_inner_texts() == [
        figure["text"] for figure in here["view"]["figures"]
    ]
    place.locator(".svx-chart svg.marks, .svx-chart .vega-embed svg").first.wait_for(timeout=30_000)
    assert not page.locator(".jp-RenderedText[data-mime-type*='stderr']").count()


def test_start_opens_a_page_that_leads_to_the_chapters_and_the_glossary(
    browser: Any, lab: str
) -> None:
    context = browser.new_context(viewport={"width": 1400, "height": 1000})
    page = context.new_page()
    page.goto(lab)
    entry = min(CHAPTERS, key=lambda one: one.number)
    page.get_by_role("link", name=entry.title).click(timeout=90_000)
    page.get_by_role("heading", name=entry.title).first.wait_for(timeout=60_000)
    assert page.url.endswith(entry.notebook)
    # Its kernel is there: the notebook will not come to the front any more.
    page.get_by_text("Python 3 (ipykernel) | Idle").wait_for(timeout=120_000)
    page.get_by_role("tab", name="START-HERE").click()
    page.get_by_role("link", name="glossary").click()
    page.get_by_text("huódòng").first.wait_for(timeout=30_000)
    # A newcomer is not asked about news from the web: what would ask is not loaded.
    asks = "@jupyterlab/apputils-extension:announcements"
    config = json.loads(page.locator("#jupyter-config-data").inner_text())
    assert asks in config["disabledExtensions"]
    assert page.get_by_text("Jupyter news").count() == 0
    context.close()


@pytest.fixture
def diagrams(empty_lab_page: Any, lab: str) -> Any:
    """A notebook with a matrix of items and a plane of points."""
    LabFiles(empty_lab_page.page, lab).notebook("diagrams.ipynb", [
        "from svclab.strategy import explorables\n\nexplorables.ideas_budget",
        "explorables.process_matrix",
    ])  # fmt: skip
    empty_lab_page.run_all("diagrams.ipynb")
    return empty_lab_page


def test_an_item_of_a_matrix_is_dragged_moved_by_keys_and_saved_as_a_picture(
    diagrams: Any, tmp_path: Path
) -> None:
    page = diagrams.page
    place = diagrams.find('svclab-explorable[name="strategy.ideas_budget"]:has(.svd-moves)')
    reveal(place)
    chip = place.locator(".svd-moves").first
    name = chip.get_attribute("data-item")
    row = chip.locator("xpath=ancestor::*[@data-row][1]").get_attribute("data-row")

    def stands_in(column: str) -> None:
        where = f'[data-row="{row}"][data-column="{column}"] [data-item="{name}"]'
        place.locator(where).wait_for(timeout=30_000)
        place.locator(".svx-results:not([aria-busy])").wait_for(timeout=30_000)

    stands_in("later")
    chip.evaluate("e => e.scrollIntoView({ block: 'center' })")
    target = place.locator(f'[data-row="{row}"][data-column="now"]')
    page.mouse.move(*centre(chip))
    page.mouse.down()
    page.mouse.move(*centre(target), steps=5)
    page.mouse.up()
    stands_in("now")
    place.locator("[data-act=undo]").click()
    stands_in("later")
    # The arrow moves the item; it does not go to another cell of the notebook.
    place.locator(f'[data-item="{name}"]').focus()
    page.keyboard.press("ArrowRight")
    stands_in("now")
    assert page.evaluate("document.activeElement.dataset.item") == name
    with page.expect_download() as saved:
        place.locator("[data-act=save-svg]").first.click()
    saved.value.save_as(tmp_path / "ideas.svg")
    assert "<svg" in (tmp_path / "ideas.svg").read_text(encoding="utf-8")
    place.locator("[data-act=reset]").click()
    stands_in("later")


def test_a_point_of_a_plane_is_dragged_and_python_answers(diagrams: Any) -> None:
    page = diagrams.page
    place = diagrams.find('svclab-explorable[name="strategy.process_matrix"]:has(.svd-spot)')
    reveal(place)
    spot = place.locator(".svd-spot[role=slider]:visible").first
    spot.scroll_into_view_if_needed()
    before = spot.get_attribute("aria-valuetext")
    across, down = centre(spot)
    page.mouse.move(across, down)
    page.mouse.down()
    page.mouse.move(across + 60, down - 40, steps=5)
    page.mouse.up()
    place.locator(".svx-results:not([aria-busy])").wait_for(timeout=30_000)
    assert centre(spot) == pytest.approx((across + 60, down - 40), abs=6)  # a step of the scale
    assert spot.get_attribute("aria-valuetext") != before
    place.locator("[data-act=undo]").click()
    page.wait_for_function(
        "([e, before]) => e.ariaValueText === before", arg=[spot.element_handle(), before]
    )


def reveal(place: Any) -> None:
    """Pass over the question that is asked first, if there is one."""
    ask = place.locator("[data-act=just-show]")
    if ask.count() and ask.is_visible():
        ask.click()
