"""What the field kit promises of the device: storage, no network, every hand and eye."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from field_kit_page import PAGE, READY, RELOADS, STAYS_OPEN, Kit

from svclab.capacity import measuring
from svclab.course.places import Places

pytestmark = pytest.mark.browser


def test_what_lies_unreadable_on_the_device_is_set_aside(phone: Callable[..., Kit]) -> None:
    bad = {
        "format": 1,
        "id": "a",
        "began": 1,
        "offset": 0,
        "servers": 1,
        "taps": [[5, "boom", 1, 0]],
    }
    script = f"localStorage.setItem('svclab-fieldkit/a', {json.dumps(json.dumps(bad))});"
    kit = phone(script=script)
    kit.page.get_by_text("it was set aside on this device").wait_for()
    assert kit.page.evaluate("localStorage.getItem('svclab-fieldkit-unreadable/a')")
    kit.begin()


def test_a_browser_that_keeps_nothing_says_so_and_still_gives_the_file(
    phone: Callable[..., Kit], tmp_path: Path
) -> None:
    script = """const set = Storage.prototype.setItem;
        Storage.prototype.setItem = function (key, value) {
            if (key.startsWith("svclab")) throw new Error("no");
            set.call(this, key, value);
        };"""
    kit = phone(script=script)
    warning = "This browser keeps nothing: do not close or reload this page"
    assert kit.page.get_by_text(warning).is_visible()
    kit.begin()
    assert kit.page.locator(".fk-trouble").inner_text().startswith(warning)
    kit.tap("arrive")
    kit.later(5)
    kit.end()
    assert measuring.read_observation(kit.file(tmp_path)).came == 1


def test_a_full_device_is_said_at_once(phone: Callable[..., Kit]) -> None:
    kit = phone()
    kit.begin()
    kit.page.evaluate("() => { Storage.prototype.setItem = () => { throw new Error('full'); }; }")
    kit.tap("arrive")
    assert kit.page.locator(".fk-trouble").inner_text().startswith("This browser has no room left")
    kit.tap("arrive")
    assert kit.page.locator("dialog [data-act=chip]").count() == 2


def test_of_two_tabs_only_one_writes(phone: Callable[..., Kit]) -> None:
    kit = phone(clock=False)
    kit.begin()
    kit.tap("arrive")
    other = phone(context=kit.page.context, clock=False)
    other.page.locator("dialog[open]").wait_for()
    kit.page.get_by_text("goes on in another tab").wait_for()
    other.tap("arrive")
    assert kit.page.locator("dialog [data-act=arrive]").count() == 0
    kit.tap("here")
    assert kit.page.locator("dialog [data-act=chip]").count() == 2
    other.page.get_by_text("goes on in another tab").wait_for()


@pytest.fixture
def own_server(site: Path) -> Iterator[tuple[str, Callable[[], None]]]:
    """The site under an address of its own, and how to take it off the network."""
    from svclab.course.server import make_server

    server = make_server(site, port=0, prefix="/course/")
    threading.Thread(target=server.serve_forever, daemon=True).start()
    running = [server]

    def stop() -> None:
        if running:
            running.pop().shutdown()
            server.server_close()

    yield f"http://127.0.0.1:{server.server_port}/course/", stop
    stop()


def test_the_page_can_be_reloaded_without_a_network(
    phone: Callable[..., Kit], own_server: tuple[str, Callable[[], None]], tmp_path: Path
) -> None:
    url, stop = own_server
    kit = phone(url=url, clock=False)
    kit.page.get_by_text(RELOADS).wait_for(timeout=20_000)
    stop()
    kit.page.reload()
    kit.page.wait_for_selector(READY)
    # The look came too: the button has its colour and the page its measure.
    assert kit.page.locator(".fk-go").evaluate("e => getComputedStyle(e).minHeight") == "60px"
    kit.begin(place="cellar")
    kit.tap("arrive")
    kit.page.reload()
    kit.page.locator("dialog[open]").wait_for()
    kit.tap("arrive")
    kit.page.wait_for_timeout(1100)
    kit.end()
    assert measuring.read_observation(kit.file(tmp_path)).came == 2


def test_without_that_the_page_says_so_and_works_while_it_stays_open(
    phone: Callable[..., Kit], own_server: tuple[str, Callable[[], None]], tmp_path: Path
) -> None:
    url, stop = own_server
    kit = phone(
        url=url, service_workers="block", script="delete Navigator.prototype.serviceWorker;"
    )
    assert kit.page.get_by_text(STAYS_OPEN).is_visible()
    stop()
    asked: list[str] = []
    kit.page.on("request", lambda request: asked.append(request.url))
    kit.begin(servers=2)
    kit.tap("arrive")
    kit.later(3)
    kit.tap("server", 1)
    kit.later(3)
    kit.end()
    assert measuring.read_observation(kit.file(tmp_path)).came == 1
    assert [url for url in asked if not url.startswith("blob:")] == []


def test_the_worker_answers_for_this_page_alone(phone: Callable[..., Kit], site_url: str) -> None:
    kit = phone(clock=False)
    kit.page.get_by_text(RELOADS).wait_for(timeout=20_000)
    scopes = "navigator.serviceWorker.getRegistrations().then(all => all.map(one => one.scope))"
    assert kit.page.evaluate(scopes) == [site_url + PAGE]
    other = kit.page.context.new_page()
    other.goto(site_url + "index.html")
    assert other.evaluate("navigator.serviceWorker.controller") is None


def test_the_page_is_quiet_and_local(page: Any, site_url: str) -> None:
    page.goto(site_url + PAGE)
    page.wait_for_selector(READY)
    page.wait_for_load_state("networkidle")
    page.watched.assert_quiet()


def test_a_watch_can_be_timed_by_keyboard_alone(phone: Callable[..., Kit]) -> None:
    kit = phone(viewport={"width": 1280, "height": 800}, is_mobile=False, has_touch=False)
    page = kit.page
    page.locator("#fk-place").focus()
    page.keyboard.type("desk")
    for _ in range(2):  # "one fewer" is off at one server
        page.keyboard.press("Tab")
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Tab")
    page.locator("[data-act=begin]").focus()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.dataset.act") == "arrive"
    page.keyboard.press("Enter")
    for key in ("a", "w", "1"):
        kit.later(1)
        page.keyboard.press(key)
    page.keyboard.press("Escape")
    assert page.locator("dialog[open]").count() == 1
    page.keyboard.press("u")
    assert [tap[1] for tap in kit.kept()[0]["taps"]] == ["arrive", "arrive", "balk"]
    assert page.evaluate("document.activeElement.dataset.act") == "arrive"


@pytest.fixture(scope="module")
def axe(places: Places, site: Path) -> str:
    """The accessibility checker, from the browser packages that the build has fetched."""
    return (places.node / "node_modules/axe-core/axe.min.js").read_text(encoding="utf-8")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious_before_during_and_after_a_watch(
    phone: Callable[..., Kit], axe: str, scheme: str
) -> None:
    kit = phone(color_scheme=scheme, reduced_motion="reduce", clock=False)
    kit.page.add_script_tag(content=axe)

    def check() -> None:
        found = kit.page.evaluate("axe.run(document, {resultTypes: ['violations']})")
        serious = [
            f"{violation['id']}: {node['html'][:140]} | {node['failureSummary'][:200]}"
            for violation in found["violations"]
            if violation["impact"] in ("serious", "critical")
            for node in violation["nodes"]
        ]
        assert serious == []

    check()
    kit.begin(servers=3, in_line=4)
    kit.tap("server", 1)
    kit.tap("chip", 3)
    check()
    kit.tap("menu")
    check()
    kit.end()
    kit.page.locator("[data-act=remove]").first.tap()
    check()


@pytest.mark.parametrize(("width", "height"), [(320, 568), (360, 640), (412, 915)])
def test_a_phone_shows_every_tap_without_scrolling_and_large_enough(
    phone: Callable[..., Kit], width: int, height: int
) -> None:
    kit = phone(viewport={"width": width, "height": height})
    assert kit.page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    kit.begin(servers=3, in_line=7)
    kit.tap("server", 1)
    outside = """() => [...document.querySelectorAll("dialog button")]
        .filter(e => e.checkVisibility())
        .map(e => [e.textContent.trim(), e.getBoundingClientRect()])
        .filter(([, r]) => r.width < 44 || r.height < 44 || r.left < 0 || r.right > innerWidth ||
                           r.top < 0 || r.bottom > innerHeight)
        .map(([text, r]) => `${text}: ${r.width} x ${r.height} at ${r.left}, ${r.top}`)"""
    assert kit.page.evaluate(outside) == []
    assert kit.page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    # The three taps that come most often lie in the lower part, where the thumb is.
    for act in ("arrive", "balk", "undo"):
        box = kit.page.locator(f"dialog [data-act={act}]").bounding_box()
        assert box["y"] > height / 2


def test_without_scripts_the_page_says_what_to_do(browser: Any, site_url: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(site_url + PAGE)
    assert page.get_by_text("write the times on paper").is_visible()
    assert re.search("到达", page.locator("article").inner_text())
    context.close()
