"""Fixtures that several rooms share: the built site, a server for it, and a real browser."""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from svclab.course.places import Places

ROOT = Path(__file__).resolve().parents[1]
PREFIX = "/course/"  # the site is published below a path, so it is tested below one


@pytest.fixture(scope="session")
def places() -> Places:
    """The folders of this clone."""
    return Places(ROOT)


@pytest.fixture(scope="session")
def site(places: Places) -> Path:
    """The built site; built once, by whichever test process comes first (the build locks)."""
    from svclab.course.site import build_site

    build_site(places)
    return places.site


@pytest.fixture(scope="session")
def site_url(site: Path) -> Iterator[str]:
    """The address of the site, served below a sub-path on a free port."""
    from svclab.course.server import make_server

    server = make_server(site, port=0, prefix=PREFIX)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}{PREFIX}"
    server.shutdown()
    server.server_close()


def find_chromium() -> str | None:
    """The system's Chromium; ``SVCLAB_CHROMIUM`` may name another program."""
    names = [os.environ.get("SVCLAB_CHROMIUM", ""), "chromium", "chromium-browser"]
    names += ["google-chrome", "google-chrome-stable", "microsoft-edge"]
    mac = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"
    found = (shutil.which(name) for name in [*names, mac] if name)
    return next((program for program in found if program), None)


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """A headless Chromium, driven by Playwright.

    One for each file of tests: while Playwright runs, no other test can run an event loop.
    """
    program = find_chromium()
    if program is None:
        reason = "no Chromium here: install it, or name one in SVCLAB_CHROMIUM"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        # Root, as in a container, has no sandbox.
        arguments = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
        running = playwright.chromium.launch(executable_path=program, args=arguments)
        yield running
        running.close()


@dataclass
class Watched:
    """What a browser page complained of and asked for."""

    page: Any
    base: str
    errors: list[str] = field(default_factory=list)
    foreign: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)

    def assert_quiet(self) -> None:
        """No console error, no failed request, none to another host."""
        assert self.foreign == []
        assert self.failed == []
        assert self.errors == []


def watch(page: Any, base: str) -> Watched:
    """Listen to a page; listening to requests leaves the browser's cache as it is."""
    seen = Watched(page, base)
    host = "/".join(base.split("/")[:3]) + "/"

    def request(asked: Any) -> None:
        if not asked.url.startswith((host, "data:", "blob:")):
            seen.foreign.append(asked.url)

    def response(answer: Any) -> None:
        if answer.status >= 400:
            seen.failed.append(f"{answer.status} {answer.url}")

    def console(message: Any) -> None:
        if message.type == "error":
            seen.errors.append(message.text)

    page.on("request", request)
    page.on("response", response)
    page.on("console", console)
    page.on("pageerror", lambda error: seen.errors.append(str(error)))
    return seen


@pytest.fixture
def page(browser: Any, site_url: str) -> Iterator[Any]:
    """A fresh browser page in a fresh profile; ``page.watched`` says what went wrong on it."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="en-GB")
    opened = context.new_page()
    opened.watched = watch(opened, site_url)
    yield opened
    context.close()
