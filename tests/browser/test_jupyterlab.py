"""JupyterLab itself: the chapter's notebook opens, runs, and its widgets move."""

from __future__ import annotations

import json
from typing import Any

import pytest

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
