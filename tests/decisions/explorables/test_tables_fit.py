"""Tables of the chapter on the screens they are read on: nothing of a problem is cut off."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from explorable_page import page_of

import svclab
from svclab.course.node import find_node
from svclab.decisions import explorables
from svclab.practice import answer

pytestmark = pytest.mark.browser

WEB = Path(svclab.__file__).parent / "web"
#: Width of the text column and size of its letters on screens of 360, 1280 and 1920 pixels.
COLUMNS = {360: (328, 16), 1280: (727, 17), 1920: (1021, 18.4)}
WIDE = ("cover_day", "next_pivot", "transport_plan", "read_report")
DRAW = """
const { renderExercise } = await import("./exercise-view.mjs");
const docs = JSON.parse((await import("node:fs")).readFileSync(0, "utf8"));
console.log(docs.map((doc, i) => String(renderExercise(doc, { uid: `q${i}` }))).join(""));
"""


def hidden(page: Any, where: str) -> list[str]:
    """The first words of tables of which a part is not seen."""
    found: list[str] = page.locator(where).evaluate_all(
        """all => all.filter((e) => e.scrollWidth > e.clientWidth + 1)
             .map((e) => e.innerText.slice(0, 60))"""
    )
    return found


@pytest.mark.parametrize("name", ["assignment_board", "dea_frontier", "blending", "goals"])
def test_tables_of_explorables_are_seen_whole(browser: Any, name: str) -> None:
    with page_of(getattr(explorables, name)) as address:
        for screen, (wide, size) in COLUMNS.items():
            page = browser.new_page(viewport={"width": screen, "height": 900})
            page.goto(address)
            css = f"body {{ font-family: sans-serif; margin: 16px auto; max-width: {wide}px }}"
            page.add_style_tag(content=f"{css} html {{ font-size: {size}px }}")
            show = page.locator("[data-act=just-show]")
            if show.is_visible():
                show.click()
            assert hidden(page, ".svx-scroll:visible") == [], screen
            for select in page.locator("select:visible").all():
                right = select.evaluate(
                    "e => e.getBoundingClientRect().right - "
                    "e.closest('.svx-controls').getBoundingClientRect().right"
                )
                assert right <= 1
            page.close()


@pytest.fixture
def phone(browser: Any) -> Iterator[Any]:
    docs = [
        json.loads(answer(json.dumps({"do": "deal", "name": f"decisions.{name}", "student": None,
                                      "practice": n})))
        for name in WIDE for n in (1, 2, 3)
    ]  # fmt: skip
    inside = subprocess.run(
        [find_node().program, "--input-type=module", "--eval", DRAW], input=json.dumps(docs),
        capture_output=True, encoding="utf-8", timeout=60, check=True, cwd=WEB,
    ).stdout  # fmt: skip
    css = "".join((WEB / name).read_text("utf-8") for name in ("explore.css", "exercise.css"))
    page = browser.new_page(viewport={"width": 360, "height": 900})
    page.set_content(
        f"<style>{css} body {{ font-family: sans-serif; margin: 0 16px }}</style>{inside}"
    )
    yield page
    page.close()


def test_tables_in_the_texts_of_exercises_are_seen_whole_on_a_phone(phone: Any) -> None:
    assert phone.locator(".svq-question table").count() >= 12
    assert hidden(phone, ".svq-question .svx-scroll") == []
    assert phone.evaluate("document.documentElement.scrollWidth") <= 360


def test_a_table_that_is_too_wide_scrolls_with_the_keyboard_under_a_shadow(phone: Any) -> None:
    place = phone.locator(".svq-question .svx-scroll").first
    place.evaluate("e => { e.querySelector('table').style.width = '900px'; }")
    place.focus()
    phone.keyboard.press("ArrowRight")
    phone.wait_for_function("document.activeElement.scrollLeft > 0", timeout=5_000)
    look = place.evaluate(
        "e => [getComputedStyle(e).overflowX, getComputedStyle(e).backgroundImage]"
    )
    assert look[0] == "auto"
    assert look[1].count("linear-gradient") == 4
