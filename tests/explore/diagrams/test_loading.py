"""Scripts and style of diagrams come to the pages that hold one, and to no others."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from explorable_page import WEB, page_of

from svclab.course.assets import SCRIPTS, imported
from svclab.course.sphinx_ext.pages import _alive
from svclab.explore import Figure, Integer, View, explorable
from svclab.explore.diagrams import Plane, Scale, Spot
from svclab.words import number

ONLY = {"diagrams.mjs", "drawing.mjs", "layout.mjs", "moving.mjs", "plane.mjs", "matrix.mjs"}


@explorable(
    title="Later", parameters=[Integer(name="n", label="Firms", low=0, high=3, default=0)]
)  # fmt: skip
def later(n: int) -> View:
    """A plane, once there is something to draw."""
    spots = [Spot(name=f"Firm {k}", x=3 * k, y=5) for k in range(n)]
    plane = Plane(title="Plane", alt="Firms.", x=Scale(label="x"), y=Scale(label="y"), spots=spots)
    return View(say="Firms.", figures=[Figure("n", "Firms", number(n))], parts=[plane] if n else [])


def modules(script: str) -> set[str]:
    files = {path.name: path.read_bytes() for path in Path(WEB).glob("*.mjs")}
    # Written by the build.
    return set(imported({**files, "settings.mjs": b""}, script))


def test_a_page_with_explorables_but_no_diagram_names_neither_their_scripts_nor_their_style() -> (
    None
):
    assert not ONLY & modules(SCRIPTS["explorable"])
    assert modules(SCRIPTS["diagram"]) >= ONLY - {"diagrams.mjs"}
    preload = {kind: [script, *modules(script)] for kind, script in SCRIPTS.items()}
    config: Any = SimpleNamespace(svclab_preload=preload)
    plain = '<svclab-explorable><figure class="svx-part svx-chart"></figure></svclab-explorable>'
    drawn = plain.replace("svx-chart", "svd svd-plane")
    for body, there in ((plain, False), (drawn, True)):
        head = "\n".join(_alive(config, body, "course"))
        assert ("course/diagrams.css" in head) is there
        assert ('modulepreload" href="course/plane.mjs"' in head) is there
        assert head.count("course/diagrams.mjs") == there
        # A page names each module once.
        assert head.count('modulepreload" href="course/text.mjs"') == 1


@pytest.mark.browser
def test_a_diagram_that_comes_with_a_later_setting_brings_its_scripts(browser: Any) -> None:
    with page_of(later) as address:
        page = browser.new_context(viewport={"width": 800, "height": 800}).new_page()
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url.rsplit("/", 1)[-1]))
        page.goto(address)
        page.wait_for_selector("svclab-explorable[data-ready]")
        assert not ONLY & set(asked)
        box = page.locator("[data-param=n] .svx-box")
        for n in (2, 0, 3):
            box.fill(str(n))
            box.press("Tab")
            page.wait_for_function(
                "(n) => document.querySelectorAll('.svd-m .svd-spot-mark').length === n", arg=n
            )
        assert asked.count("diagrams.mjs") == 1
        page.context.close()


@pytest.mark.browser
def test_where_the_scripts_cannot_be_had_the_last_view_stays_and_the_reader_is_told(
    browser: Any,
) -> None:
    with page_of(later) as address:
        page = browser.new_context(viewport={"width": 800, "height": 800}).new_page()
        page.route("**/diagrams.mjs", lambda route: route.abort())
        page.goto(address)
        page.wait_for_selector("svclab-explorable[data-ready]")
        box = page.locator("[data-param=n] .svx-box")
        box.fill("2")
        box.press("Tab")
        page.wait_for_selector(".svx-results[data-stale]")
        assert page.locator("[data-key=n] .svx-value").inner_text() == "0"
        assert page.locator(".svx-status").inner_text()
        box.fill("0")
        box.press("Tab")
        page.wait_for_selector(".svx-results:not([data-stale])")
        page.context.close()
