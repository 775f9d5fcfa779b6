"""The built site in a real browser: quiet, local, readable by everybody, on every screen."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from svclab.catalogue import CHAPTERS, chapter
from svclab.course.places import Places

pytestmark = pytest.mark.browser

PAGES = [f"{entry.name}.html" for entry in CHAPTERS]
PAGES += ["index.html", "how-to-use.html", "glossary.html", "references.html", "about-sources.html"]
PAGES += ["progress.html", "grading.html", "writing-exercises.html", "field-kit.html"]
PAGES += ["search.html", "404.html"]


@pytest.fixture(scope="session")
def axe(places: Places, site: Path) -> str:
    """The accessibility checker, from the browser packages that the build has fetched."""
    return (places.node / "node_modules/axe-core/axe.min.js").read_text(encoding="utf-8")


def settle(page: Any) -> None:
    """Wait until the page has loaded and, where it has explorables, is live."""
    page.wait_for_load_state("load")
    if page.locator("svclab-explorable").count():
        page.wait_for_selector("html[data-svclab=live]", timeout=60_000)


@pytest.mark.parametrize("name", PAGES)
def test_page_is_quiet_and_local(page: Any, site_url: str, name: str) -> None:
    page.goto(site_url + name)
    settle(page)
    page.wait_for_load_state("networkidle")
    page.watched.assert_quiet()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing_serious(
    page: Any, site_url: str, axe: str, name: str, scheme: str
) -> None:
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    page.goto(site_url + name)
    settle(page)
    page.add_script_tag(content=axe)
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    serious = [
        f"{violation['id']}: {node['html'][:140]} | {node['failureSummary'][:200]}"
        for violation in found["violations"]
        if violation["impact"] in ("serious", "critical")
        for node in violation["nodes"]
    ]
    assert serious == []


@pytest.mark.parametrize("width", [320, 360])
@pytest.mark.parametrize("name", PAGES)
def test_phone_needs_no_sideways_scrolling(page: Any, site_url: str, name: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 740})
    page.goto(site_url + name)
    settle(page)
    wide = page.evaluate(
        """() => [...document.querySelectorAll('article *')]
            .filter(e => e.getBoundingClientRect().right > innerWidth + 1)
            .filter(e => !e.closest('svg, .katex, pre, .svx-vh') || e.matches('svg'))
            .slice(0, 5).map(e => e.outerHTML.slice(0, 120))"""
    )
    overflow = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    assert overflow <= 0, wide


def test_dark_mode_can_be_switched_and_is_remembered(page: Any, site_url: str) -> None:
    page.emulate_media(color_scheme="light")
    page.goto(site_url + "index.html")
    paper = "getComputedStyle(document.body).backgroundColor"
    seen = {page.evaluate(paper)}
    switch = page.locator("button.theme-switch-button").first
    for _ in range(3):
        switch.click()
        seen.add(page.evaluate(paper))
        if page.evaluate("document.documentElement.dataset.theme") == "dark":
            break
    assert len(seen) == 2
    dark = page.evaluate(paper)
    page.goto(site_url + "how-to-use.html")
    assert page.evaluate(paper) == dark


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("瓶颈", "Glossary"),
        ("服务流程", chapter("05-process").title),
        ("开始使用", chapter("00-getting-started").title),
        ("bottlenecks", "Glossary"),
    ],
)
def test_search_finds_english_and_chinese(page: Any, site_url: str, query: str, found: str) -> None:
    page.goto(site_url + f"search.html?q={query}")
    page.wait_for_selector("#search-results ul.search li a", timeout=20_000)
    titles = page.locator("#search-results ul.search li > a").all_inner_texts()
    assert any(found in title for title in titles), titles
    page.watched.assert_quiet()


def test_search_box_leads_to_the_results(page: Any, site_url: str) -> None:
    page.goto(site_url + "index.html")
    page.locator("button.search-button__button:visible").first.click()
    page.locator("#pst-search-dialog input").fill("瓶颈")
    page.keyboard.press("Enter")
    page.wait_for_selector("#search-results ul.search li a", timeout=20_000)
    assert "search.html?q=" in page.url


def test_missing_address_shows_the_way_back(page: Any, site_url: str) -> None:
    page.goto(site_url + "no-such-page.html")
    page.get_by_role("link", name="first page of the course").click()
    page.wait_for_load_state("load")
    assert page.url == site_url + "index.html"
    assert page.watched.foreign == []


def test_page_can_be_read_without_scripts(browser: Any, site_url: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(site_url + f"{CHAPTERS[0].name}.html")
    assert page.get_by_role("heading", level=1).is_visible()
    assert page.locator("article").inner_text().count(" ") > 100
    context.close()


@pytest.mark.parametrize("entry", CHAPTERS, ids=lambda entry: entry.name)
def test_notebook_can_be_downloaded_from_its_page(page: Any, site_url: str, entry: Any) -> None:
    page.goto(site_url + f"{entry.name}.html")
    with page.expect_download() as waiting:
        page.locator(".svc-notebook a[download]").click()
    assert waiting.value.suggested_filename == f"{entry.name}.ipynb"


def test_prints_without_the_frame(page: Any, site_url: str) -> None:
    page.goto(site_url + "how-to-use.html")
    page.emulate_media(media="print")
    for part in (".bd-sidebar-primary", ".bd-header-article", ".prev-next-footer"):
        assert not page.locator(part).first.is_visible(), part
    assert page.get_by_role("heading", level=1).first.is_visible()


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("name", [*PAGES[:1], "index.html"])
def test_nothing_shifts_while_a_page_loads(page: Any, site_url: str, name: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 740})
    page.add_init_script(
        """window.shift = 0; new PerformanceObserver((list) => {
             for (const e of list.getEntries()) if (!e.hadRecentInput) window.shift += e.value;
           }).observe({ type: "layout-shift", buffered: true });"""
    )
    page.goto(site_url + name)
    settle(page)
    page.wait_for_timeout(500)
    assert page.evaluate("window.shift") < 0.05


def test_models_are_printed_with_their_settings_and_without_buttons(
    page: Any, site_url: str
) -> None:
    page.goto(site_url + PAGES[0])
    settle(page)
    page.emulate_media(media="print")
    for model in page.locator("svclab-explorable").all():
        assert model.locator(".svx-say").is_visible()  # also where a question covers it on screen
        assert model.locator("button:visible, input[type=range]:visible").count() == 0
        if model.locator("[data-param]").count():
            assert model.locator("[data-param]").first.is_visible()


def test_a_question_stands_alone_until_it_is_answered(page: Any, site_url: str) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(site_url + "index.html")
    settle(page)
    model = page.locator("svclab-explorable").first
    covered = model.bounding_box()["height"]
    assert not model.locator(".svx-controls").is_visible()
    assert covered < 740  # no empty place waits for the picture
    model.locator("[data-act=just-show]").click()
    assert model.locator(".svx-controls").is_visible()
    assert model.bounding_box()["height"] > covered
    # Who has seen the picture cannot guess any more: Reset leaves it open.
    model.locator("[data-act=reset]").click()
    assert model.locator(".svx-say").is_visible()
