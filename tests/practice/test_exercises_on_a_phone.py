"""An exercise on a phone's screen, with the renderer and styles of the book and no build behind."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from in_node import run

import svclab

pytestmark = pytest.mark.browser

WEB = Path(svclab.__file__).parent / "web"
SITE = "http://course.test/"
LONG = "an answer that is longer than a phone is wide, so that it must be cut or wrapped"

TABLE: dict[str, Any] = {
    "kind": "table", "name": "t", "label": "The services", "help": "",
    "rows": [{"value": r, "label": f"{LONG} ({r})"} for r in "ab"],
    "columns": [
        {"kind": "choice", "name": "who", "label": "Who", "help": "", "unit": "",
         "options": [{"value": "x", "label": LONG}]},
        {"kind": "number", "name": "n", "label": "Time", "help": "", "unit": "min"}],
}  # fmt: skip
NARROW = {**TABLE, "name": "m", "columns": TABLE["columns"][1:]}

DOCUMENT: dict[str, Any] = {
    "do": "deal", "name": "test.phone", "version": 1, "title": "One", "level": "easy",
    "core": True, "points": 1, "minutes": 2, "engine": "python",
    "objective": {"number": 1, "text": "know it"}, "student": False, "practice": 1,
    "variant": "0", "question": "<p>Which?</p>", "fields": [TABLE, NARROW], "hints": 1,
    "kernel": False,
}  # fmt: skip
STATE = {"tries": 3, "solution": True, "check": {"status": "wrong", "message": "No.",
         "solution": True, "fields": {}}}  # fmt: skip

PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>One</title>
<meta name="viewport" content="width=device-width,initial-scale=1">
<link rel="stylesheet" href="explore.css"><link rel="stylesheet" href="exercise.css"></head>
<body><svclab-exercise>%s</svclab-exercise><p style="height: 1500px"></p><script type="module">
import { Exercise } from "./exercise.mjs";
const text = "<p>So it goes.</p>".repeat(60);
const host = { ask: async () => ({ text }), save() {} };
window.one = new Exercise(document.querySelector("svclab-exercise"), host,
  { document: %s, state: %s, uid: "q" });
</script></body></html>"""

INSIDE = """
const { renderExerciseInside } = await import("./exercise-view.mjs");
console.log(JSON.stringify(String(renderExerciseInside(given[0], given[1], { uid: "q" }))));
"""


@contextmanager
def shown(
    browser: Any, width: int, height: int = 740, state: dict[str, Any] = STATE
) -> Iterator[Any]:
    markup = run(INSIDE, [DOCUMENT, state])
    first = PAGE % (markup, json.dumps(DOCUMENT), json.dumps(state))

    def reply(route: Any) -> None:
        name = route.request.url.removeprefix(SITE)
        kind = "text/css" if name.endswith(".css") else "text/javascript"
        if not name:
            route.fulfill(body=first, content_type="text/html; charset=utf-8")
        elif (WEB / name).is_file():
            route.fulfill(body=(WEB / name).read_text("utf-8"), content_type=kind)
        else:
            route.fulfill(status=404)

    context = browser.new_context(viewport={"width": width, "height": height})
    context.route(f"{SITE}**", reply)
    page = context.new_page()
    page.goto(SITE)
    page.wait_for_selector("svclab-exercise[data-ready]")
    yield page
    context.close()


@pytest.mark.parametrize("width", [320, 360])
def test_rows_with_lists_to_choose_from_are_blocks_that_fit(browser: Any, width: int) -> None:
    with shown(browser, width) as page:
        place = page.locator('[data-field="t"]')
        scroll = place.locator(".svx-scroll")
        assert scroll.evaluate("e => e.scrollWidth - e.clientWidth") == 0
        cell = place.locator("tbody td").first
        choice = cell.locator("select").bounding_box()
        assert choice["width"] > 0.85 * scroll.bounding_box()["width"]
        assert cell.evaluate("e => getComputedStyle(e, '::before').content") == '"Who"'
        name = place.locator("tbody th").first.bounding_box()
        assert name["y"] + name["height"] <= choice["y"]
        # Whoever hears the page has a table still, with its heads.
        assert place.get_by_role("columnheader").all_text_contents() == ["Who", "Time min"]
        assert place.get_by_role("rowheader").count() == 2
        assert place.get_by_role("row").count() == 3


def test_a_narrow_table_of_numbers_stays_a_table(browser: Any) -> None:
    for width in (360, 900):
        with shown(browser, width) as page:
            cell = page.locator('[data-field="m"] tbody td').first
            assert cell.evaluate("e => getComputedStyle(e).display") == "table-cell", width


def test_the_worked_solution_is_read_from_its_beginning(browser: Any) -> None:
    with shown(browser, 360) as page:
        page.get_by_role("button", name="Show the worked solution").click()
        summary = page.locator(".svq-solution summary")
        summary.wait_for()
        page.wait_for_function("document.activeElement.matches('.svq-solution summary')")
        top = summary.bounding_box()["y"]
        assert 56 <= top <= 120  # below the page's header, which is 56 px high


def test_on_paper_the_head_of_an_exercise_stays_with_its_question(browser: Any) -> None:
    with shown(browser, 794) as page:
        page.emulate_media(media="print")
        value = "(e, name) => getComputedStyle(e)[name]"
        for one in (".svq-about", ".svx-title", ".svq-objective", ".svq-whose"):
            assert page.locator(one).first.evaluate(value, "breakAfter") == "avoid", one
        question = page.locator(".svq-question")
        assert question.evaluate(value, "breakInside") == "auto"  # it may be half a page
        assert question.locator("p").first.evaluate(value, "breakInside") == "avoid"


CELLS = {"a": {"who": "wrong", "n": "right"}, "b": {"who": "right", "n": "wrong"}}
TOLD: dict[str, Any] = {
    "tries": 1, "answers": {"t": {r: {"who": "x", "n": "1"} for r in "ab"}},
    "check": {"status": "part", "message": "2 of 4 entries are right.", "fields": {
        "t": {"status": "wrong", "part": True, "message": "2 of 4 entries are right.",
              "cells": CELLS}}},
}  # fmt: skip


def signs(page: Any) -> list[str]:
    found: list[str] = page.locator('[data-field="t"] .svq-cell-sign').all_inner_texts()
    return [one.strip()[:1] for one in found]


@pytest.mark.parametrize("width", [320, 900])
def test_a_box_keeps_its_mark_until_it_is_answered_anew(browser: Any, width: int) -> None:
    with shown(browser, width, state=TOLD) as page:
        place = page.locator('[data-field="t"]')
        assert signs(page) == ["✗", "✓", "✓", "✗"]
        boxes = place.locator("[data-col]")
        invalid = [one.get_attribute("aria-invalid") for one in boxes.all()]
        assert invalid == ["true", None, None, "true"]
        wrong, right = (boxes.nth(n).evaluate("e => getComputedStyle(e).borderColor")
                        for n in (0, 1))  # fmt: skip
        assert wrong != right
        assert "Partly right" in place.locator(".svq-verdict").inner_text()
        boxes.last.fill("2")
        assert signs(page) == ["✗", "✓", "✓", ""]
        assert boxes.last.get_attribute("aria-invalid") is None
        assert place.locator(".svq-verdict").inner_text() == ""  # it was said of the old answer
        page.evaluate("window.one.keep(); window.one.show(window.one.doc, window.one.state)")
        assert signs(page) == ["✗", "✓", "✓", ""]


@pytest.mark.parametrize("width", [320, 900])
def test_a_mark_stands_beside_its_box(browser: Any, width: int) -> None:
    with shown(browser, width, state=TOLD) as page:
        for cell in page.locator('[data-field="t"] tbody td').all():
            box = cell.locator("[data-col]").bounding_box()
            sign = cell.locator(".svq-sign").bounding_box()
            assert sign["x"] >= box["x"] + box["width"]
            assert box["y"] <= sign["y"] + sign["height"] / 2 <= box["y"] + box["height"]
        assert page.evaluate("document.documentElement.scrollWidth") <= width
