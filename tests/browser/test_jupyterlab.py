"""JupyterLab itself: the chapter's notebook opens, runs, and its widgets move."""

from __future__ import annotations

import json
from typing import Any

import pytest

from svclab.explore import answer

pytestmark = pytest.mark.browser

IDLE = ".jp-Notebook-ExecutionIndicator[data-status=idle]"


def widget(page: Any, name: str) -> Any:
    """Scroll through the notebook until the explorable's output is drawn."""
    place = page.locator(f'svclab-explorable[name="{name}"]').first
    for _ in range(200):
        if place.count() and place.locator(".svx-value").count():
            place.scroll_into_view_if_needed()
            return place
        page.mouse.wheel(0, 700)
        page.wait_for_timeout(150)
    pytest.fail(f"{name} did not appear in the notebook")


def test_the_notebook_opens_runs_and_its_widgets_move(browser: Any, lab: str) -> None:
    context = browser.new_context(viewport={"width": 1400, "height": 1000})
    page = context.new_page()
    page.goto(lab + "lab/tree/05-process.ipynb")
    page.wait_for_selector(".jp-Notebook .jp-CodeCell", timeout=90_000)
    page.locator(".jp-Notebook .jp-Cell").first.click()
    page.get_by_text("Run", exact=True).first.click()
    page.get_by_text("Run All Cells", exact=True).click()
    # When all have run, JupyterLab goes to the last cell: only then back to the top.
    page.wait_for_timeout(1000)
    page.wait_for_selector(IDLE, timeout=120_000)
    page.mouse.move(700, 500)
    page.mouse.wheel(0, -200_000)
    page.wait_for_timeout(500)

    place = widget(page, "process.line_pace")
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
    context.close()
