"""How fast the built page is in a real browser: weights, loading, slider to picture."""

from __future__ import annotations

import gzip
import statistics
from pathlib import Path
from typing import Any

import pytest
from lab_files import LabFiles

from svclab.catalogue import CHAPTERS
from svclab.course.publish import page_weight

pytestmark = pytest.mark.browser

PAGES = {entry.package: f"{entry.name}.html" for entry in CHAPTERS}
PAGE = PAGES["process"]
LIVE = "html[data-svclab=live]"
MOVES = 25
CLEAR = "performance.clearMarks('svclab-request'), performance.clearMarks('svclab-shown')"
SINCE_START = "performance.getEntriesByName('svclab-live')[0].startTime"
# From the control's event to the drawn picture, of this explorable alone.
TIMES = """uid => {
  const marks = (name) => performance.getEntriesByName(name).filter(m => m.detail === uid);
  const shown = marks("svclab-shown");
  const asked = marks("svclab-request").map(m => m.startTime);
  // The last picture before the next request: those before it show a run under way.
  return asked.map((from, i) => {
    const next = asked[i + 1] ?? Infinity;
    const drawn = shown.filter(m => m.startTime >= from && m.startTime < next);
    return drawn.length ? drawn.at(-1).startTime - from : null;
  }).filter(time => time !== null);
}"""


def moves(page: Any, name: str, parameter: str) -> list[float]:
    """Times in ms from a press of an arrow key to the picture, one press after the other."""
    root = page.locator(f'svclab-explorable[name="{name}"]').first
    ask = root.locator("[data-act=just-show]")
    if ask.count() and ask.is_visible():
        ask.click()
    root.scroll_into_view_if_needed()
    page.wait_for_timeout(1500)
    uid = root.get_attribute("data-uid") or root.locator(".svx-label").first.get_attribute(
        "id"
    ).removesuffix(f"-{parameter}-label")
    root.locator(f'[data-param="{parameter}"] input[type=range]').focus()
    page.evaluate(CLEAR)
    for _ in range(MOVES):
        page.keyboard.press("ArrowRight")
        page.wait_for_timeout(60)
        root.locator(".svx-results:not([aria-busy])").wait_for(timeout=60_000)
    times: list[float] = page.evaluate(TIMES, uid)
    assert len(times) >= MOVES // 2
    return times


def summary(times: list[float]) -> str:
    ranked = sorted(times)
    return (
        f"{statistics.median(ranked):.0f} ms, 95%: {ranked[int(0.95 * (len(ranked) - 1))]:.0f} ms"
    )


def test_weights(site: Path, measured: Any) -> None:
    pages = {name: sum(page_weight(site, name).values()) for name in PAGES.values()}
    runtime = sum(
        len(gzip.compress(path.read_bytes(), 6))
        for path in (site / "_static").glob("runtime-*/*")
        if path.suffix in {".mjs", ".wasm", ".zip"}
    )
    assert min(pages.values()) > 0
    assert runtime > 0
    for name, weight in pages.items():
        measured(f"{name} before it is live, gzipped", f"{weight / 1000:.0f} kB", "aim 500 kB")
    measured("runtime with solver, gzipped", f"{runtime / 1e6:.2f} MB", "aim 8 MB")


def test_loading(browser: Any, site_url: str, measured: Any) -> None:
    cold, warm = [], []
    for _ in range(3):
        context = browser.new_context()
        page = context.new_page()
        page.goto(site_url + PAGE)
        page.wait_for_selector(LIVE, timeout=120_000)
        cold.append(page.evaluate(SINCE_START))
        page.goto(site_url + PAGES["strategy"])
        page.wait_for_selector(LIVE, timeout=60_000)
        warm.append(page.evaluate(SINCE_START))
        assert page.get_attribute("html", "data-svclab-boot") == "snapshot"
        context.close()
    measured("load to live, first page", f"{statistics.median(cold) / 1000:.2f} s", "aim 3 s")
    measured("load to live, second page", f"{statistics.median(warm) / 1000:.2f} s", "aim 0.7 s")


@pytest.mark.parametrize(
    ("what", "name", "parameter", "given", "aim"),
    [
        ("formula", "process.people_inside", "rate", "", "aim 50 ms"),
        ("recursion, 5,000 customers", "process.one_desk", "arrivals", "", "aim 100 ms"),
        ("SimPy, 5,000 customers", "process.one_desk", "arrivals", "engine=simpy", "aim 300 ms"),
        ("recursion, 20,000 customers", "capacity.queue_running", "arrivals", "", "aim 100 ms"),
        ("formula, a point to drag", "capacity.wait_curve", "use", "", "aim 50 ms"),
        ("two variables, PuLP", "decisions.two_variables", "table", "", "aim 100 ms"),
    ],
)
def test_slider_to_picture(
    browser: Any, site_url: str, measured: Any, what: str, name: str, parameter: str, given: str,
    aim: str,
) -> None:  # fmt: skip
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.goto(f"{site_url}{PAGES[name.split('.')[0]]}#{name}:1:{given}")
    page.wait_for_selector(LIVE, timeout=90_000)
    measured(f"page: slider to picture, {what}", summary(moves(page, name, parameter)), aim)
    context.close()


def test_slider_to_picture_in_jupyterlab(empty_lab_page: Any, lab: str, measured: Any) -> None:
    asked = (
        ("formula", "process.people_inside", "rate", "aim 50 ms"),
        ("recursion, 5,000 customers", "process.one_desk", "arrivals", "aim 100 ms"),
        ("two variables, PuLP", "decisions.two_variables", "table", "aim 60 ms"),
        ("recursion, 20,000 customers", "capacity.queue_running", "arrivals", "aim 100 ms"),
    )
    # A short notebook: JupyterLab draws only what is near the window.
    cells = []
    for _, name, _, _ in asked:
        chapter, short = name.split(".")
        cells.append(f"from svclab.{chapter} import explorables\n\nexplorables.{short}")
    LabFiles(empty_lab_page.page, lab).notebook("moves.ipynb", cells)
    empty_lab_page.run_all("moves.ipynb")
    for what, name, parameter, aim in asked:
        empty_lab_page.find(f'svclab-explorable[name="{name}"]')
        times = moves(empty_lab_page.page, name, parameter)
        measured(f"JupyterLab: slider to picture, {what}", summary(times), aim)
