"""The explorables on the built page: alive without a kernel, with the numbers that Python gives."""

from __future__ import annotations

import importlib
import json
import math
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import quote

import pytest

from svclab.catalogue import CHAPTERS
from svclab.explore import answer, declaration

pytestmark = pytest.mark.browser

CHAPTER = next(entry for entry in CHAPTERS if entry.package == "process")
NAMES = [
    f"{entry.package}.{name}"
    for entry in CHAPTERS
    for name in importlib.import_module(f"svclab.{entry.package}.explorables").__all__
]
LIVE = "html[data-svclab=live]"

# Keeps the last finished document of each explorable, from the page's first moment on.
LISTEN = """
window.shown = {};
addEventListener("svclab:shown", (event) => {
  const doc = event.detail;
  if (doc.progress === undefined) (window.shown[doc.name] ??= []).push(doc);
});
"""


def page_of(name: str) -> str:
    """The page on which an explorable stands."""
    return next(f"{e.name}.html" for e in CHAPTERS if e.package == name.split(".")[0])


@pytest.fixture(scope="module")
def alive(browser: Any, site_url: str) -> Iterator[Callable[[str], Any]]:
    """Gives the page of an explorable, alive; shared, since each test asks one of them only."""
    pages: dict[str, Any] = {}

    def open_page(name: str) -> Any:
        address = page_of(name)
        if address not in pages:
            context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="en-GB")
            page = pages[address] = context.new_page()
            page.add_init_script(LISTEN)
            page.goto(site_url + address)
            page.wait_for_selector(LIVE, timeout=90_000)
        return pages[address]

    yield open_page
    for page in pages.values():
        page.context.close()


@pytest.fixture
def live(alive: Callable[[str], Any]) -> Any:
    """The page of the chapter on processes, alive."""
    return alive(next(name for name in NAMES if name.startswith("process.")))


def root(page: Any, name: str) -> Any:
    return page.locator(f'svclab-explorable[name="{name}"]')


def reveal(page: Any, name: str) -> None:
    button = root(page, name).locator("[data-act=just-show]")
    if button.count() and button.is_visible():
        button.click()


def follow(page: Any, name: str, given: dict[str, Any]) -> dict[str, Any]:
    """Open a link to a setting and wait for its document."""
    version = declaration(name)["version"]
    parts = [f"{k}={quote(v if isinstance(v, str) else json.dumps(v))}" for k, v in given.items()]
    page.evaluate("name => { delete window.shown[name]; }", name)
    page.evaluate("hash => { location.hash = hash; }", f"#{name}:{version}:{'&'.join(parts)}")
    page.wait_for_function("name => window.shown[name]", arg=name, timeout=60_000)
    # The last one: an answer to an earlier setting may still have been under way.
    page.wait_for_function(
        """([name]) => !document.querySelector(`svclab-explorable[name="${name}"] [aria-busy]`)""",
        arg=[name],
        timeout=60_000,
    )
    documents: list[dict[str, Any]] = page.evaluate("name => window.shown[name]", name)
    return documents[-1]


def settings(name: str) -> list[dict[str, Any]]:
    """One setting for each control, away from its default."""
    found: list[dict[str, Any]] = []
    for p in declaration(name)["parameters"]:
        if p["kind"] in ("number", "integer"):
            steps = max(1, round((p["high"] - p["default"]) / p["step"] / 2))
            away = steps if p["default"] + steps * p["step"] <= p["high"] else -steps
            found.append({p["name"]: p["default"] + away * p["step"]})
        elif p["kind"] == "choice":
            found.append({p["name"]: p["options"][-1]["value"]})
        elif p["kind"] == "switch":
            found.append({p["name"]: not p["default"]})
        elif p["kind"] == "seed":
            found.append({p["name"]: p["default"] + 3})
    return found


def assert_same(one: Any, other: Any, where: str = "") -> None:
    """Equal as data: numbers to relative 1e-9, everything else exactly."""
    if isinstance(one, dict) and isinstance(other, dict):
        assert one.keys() == other.keys(), where
        for key in one:
            assert_same(one[key], other[key], f"{where}.{key}")
    elif isinstance(one, list) and isinstance(other, list):
        assert len(one) == len(other), where
        for number, (a, b) in enumerate(zip(one, other, strict=True)):
            assert_same(a, b, f"{where}[{number}]")
    elif isinstance(one, int | float) and not isinstance(one, bool) and other is not None:
        assert math.isclose(one, other, rel_tol=1e-9, abs_tol=1e-12), (where, one, other)
    else:
        assert one == other, where


@pytest.mark.parametrize("name", NAMES)
def test_every_setting_shows_on_the_page_what_python_computes_here(
    alive: Callable[[str], Any], name: str
) -> None:
    live = alive(name)
    reveal(live, name)
    for given in settings(name):
        shown = follow(live, name, given)
        here = json.loads(answer(json.dumps({"name": name, "parameters": given})))
        assert_same(shown, here, name)
        if "problems" in here:  # this setting is refused, in the same words
            said = root(live, name).locator(".svx-problem:visible").all_inner_texts()
            stays = " You still see the results from before."
            assert said == [problem + stays for problem in here["problems"].values()]
            continue
        displayed = root(live, name).locator(".svx-value").all_inner_texts()
        assert displayed == [figure["text"] for figure in here["view"]["figures"]]
        assert root(live, name).locator(".svx-say").inner_text().split() == (
            here["view"]["say"].split()
        )


@pytest.mark.parametrize("name", NAMES)
def test_the_default_is_drawn_before_any_script_runs(
    browser: Any, site_url: str, name: str
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(site_url + page_of(name))
    here = json.loads(answer(json.dumps({"name": name, "parameters": {}})))
    place = root(page, name)
    assert place.locator(".svx-say").is_visible()
    assert place.locator(".svx-value").all_inner_texts() == [
        figure["text"] for figure in here["view"]["figures"]
    ]
    assert place.locator("svg").count() >= sum(
        part["kind"] in ("chart", "flow", "trace") for part in here["view"]["parts"]
    )
    context.close()


def test_a_slider_moves_by_keyboard_and_the_number_follows(live: Any) -> None:
    name = "process.people_inside"
    follow(live, name, {"rate": 60})
    reveal(live, name)
    slider = root(live, name).locator('[data-param="rate"] input[type=range]')
    slider.focus()
    for _ in range(4):
        live.keyboard.press("ArrowRight")
    figure = root(live, name).locator('[data-key="inside"] .svx-value')
    live.wait_for_function(
        """() => document.querySelector('svclab-explorable[name="process.people_inside"] ' +
             '[data-key="inside"] .svx-value').innerText === "26.7" """,
        timeout=10_000,
    )
    assert figure.inner_text() == "26.7"
    assert slider.get_attribute("aria-valuetext") == "80 per hour"
    assert live.evaluate("document.activeElement.type") == "range"


def test_bad_input_is_answered_at_its_control_and_the_last_view_stays(live: Any) -> None:
    name = "process.line_pace"
    follow(live, name, {"demand": 90})
    box = root(live, name).locator('[data-param="demand"] input[type=number]')
    before = root(live, name).locator(".svx-value").all_inner_texts()
    box.fill("-5")
    box.press("Tab")
    problem = root(live, name).locator('[data-param="demand"] .svx-problem')
    assert "10" in problem.inner_text()
    assert "240" in problem.inner_text()
    assert box.get_attribute("aria-invalid") == "true"
    assert root(live, name).locator(".svx-value").all_inner_texts() == before
    box.fill("120")
    box.press("Tab")
    live.wait_for_function(
        """() => document.querySelector('svclab-explorable[name="process.line_pace"] ' +
             '.svx-warning-place').innerText.includes("120 per hour come")""",
        timeout=10_000,
    )
    assert not problem.is_visible()


def test_an_impossible_design_is_refused_in_words_and_undo_brings_it_back(live: Any) -> None:
    name = "process.line_designer"
    follow(live, name, {})
    place = root(live, name)
    station = place.locator('[data-param="activities"] input').first
    station.fill("6")  # the first activity beside the last: a circle
    station.press("Tab")
    message = place.locator(".svx-problem-all")
    message.wait_for(state="visible", timeout=10_000)
    assert "Station 1" in message.inner_text() or "circle" in message.inner_text()
    place.locator("[data-act=undo]").click()
    message.wait_for(state="hidden", timeout=10_000)
    assert station.input_value() == "1"


def test_a_guess_is_asked_first_kept_and_answered(browser: Any, site_url: str) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.goto(f"{site_url}{CHAPTER.name}.html")
    page.wait_for_selector(LIVE, timeout=90_000)
    place = root(page, "process.one_more_worker")
    assert not place.locator(".svx-say").is_visible()
    box = place.locator(".svx-guess .svx-box")
    box.fill("120")
    box.press("Enter")
    place.locator(".svx-say").wait_for(state="visible", timeout=10_000)
    assert "120" in place.locator(".svx-guessed").inner_text()
    page.wait_for_function(
        """() => document.querySelector('svclab-explorable[name="process.one_more_worker"] ' +
             '.svx-say').innerText.includes("Your guess was 120 per hour")""",
        timeout=10_000,
    )
    assert "the best place gives 90 per hour" in place.locator(".svx-say").inner_text()
    context.close()


def test_the_animation_plays_pauses_steps_and_never_by_itself(live: Any) -> None:
    place = root(live, "process.queue_play")
    place.scroll_into_view_if_needed()
    bar = place.locator(".svx-trace input[type=range]")
    start = bar.input_value()
    live.wait_for_timeout(400)
    assert bar.input_value() == start
    play = place.get_by_role("button", name="Play")
    play.click()
    live.wait_for_timeout(900)
    place.get_by_role("button", name="Pause").click()
    paused = float(bar.input_value())
    assert paused != float(start)
    place.get_by_role("button", name="Next event").click()
    assert float(bar.input_value()) >= paused


def test_a_broken_link_says_so_and_shows_the_default(live: Any) -> None:
    name = "process.line_pace"
    follow(live, name, {"demand": 90})
    live.evaluate("location.hash = '#process.line_pace:1:demand=9999&speed=<b>3</b>'")
    messages = root(live, name).locator(".svx-messages")
    live.wait_for_function(
        """() => document.querySelector('svclab-explorable[name="process.line_pace"] ' +
             '.svx-messages').children.length === 2"""
    )
    assert "speed" in messages.inner_text()
    assert messages.locator("b").count() == 0
    box = root(live, name).locator('[data-param="demand"] input[type=number]')
    assert box.input_value() == "60"


def test_the_first_move_is_answered_before_python_is_there(browser: Any, site_url: str) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.add_init_script(LISTEN)
    # A worker that never starts: what is answered now comes from the build.
    page.add_init_script("window.Worker = class { postMessage() {} terminate() {} };")
    page.goto(f"{site_url}{CHAPTER.name}.html")
    page.wait_for_selector("html[data-svclab-ready]", timeout=30_000)
    slider = root(page, "process.line_pace").locator('[data-param="demand"] input[type=range]')
    slider.focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_function("window.shown['process.line_pace']", timeout=10_000)
    shown = page.evaluate("window.shown['process.line_pace'].at(-1)")
    here = answer(json.dumps({"name": "process.line_pace", "parameters": {"demand": 65}}))
    assert_same(shown, json.loads(here))
    context.close()


# Of each chapter one explorable; that of chapter 0 reads a table of the course at each answer.
ONE_OF = {
    entry.package: next(name for name in NAMES if name.startswith(f"{entry.package}."))
    for entry in CHAPTERS
} | {"basics": "basics.ask_a_table"}


@pytest.mark.parametrize("at", range(len(CHAPTERS)), ids=[entry.name for entry in CHAPTERS])
def test_every_page_is_live_from_the_memory_that_the_build_ships(
    browser: Any, site_url: str, at: int
) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.add_init_script(LISTEN)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url.rsplit("/", 1)[-1]))
    # The page itself, the one before it, and chapter 0: each chapter comes first, and later.
    for one in dict.fromkeys([CHAPTERS[at], CHAPTERS[at - 1], CHAPTERS[0]]):
        asked.clear()
        page.goto(f"{site_url}{one.name}.html")
        page.wait_for_selector(LIVE, timeout=60_000)
        assert page.get_attribute("html", "data-svclab-boot") == "snapshot", one.name
        # The worker that the head has started is the one that answers.
        assert len(page.workers) == 1
        # What the memory holds needs no files of Python's.
        assert not {"svclab.zip", "python_stdlib.zip"} & set(asked), one.name
        name = ONE_OF[one.package]
        reveal(page, name)
        follow(page, name, settings(name)[0])
    context.close()


def test_going_live_moves_neither_the_layout_nor_the_focus(browser: Any, site_url: str) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.add_init_script(
        """window.shift = 0; new PerformanceObserver((list) => {
             for (const e of list.getEntries()) if (!e.hadRecentInput) window.shift += e.value;
           }).observe({ type: "layout-shift", buffered: true });"""
    )
    page.goto(f"{site_url}{CHAPTER.name}.html")
    box = root(page, "process.line_pace").locator('[data-param="demand"] input[type=number]')
    box.focus()
    page.wait_for_selector(LIVE, timeout=90_000)
    page.wait_for_timeout(1500)
    assert page.evaluate("window.shift") < 0.1
    assert box.evaluate("e => e === document.activeElement")
    context.close()
