"""A new build in an old browser profile: nothing of the old one is used or kept."""

from __future__ import annotations

import shutil
import threading
from pathlib import Path
from typing import Any

import pytest

from svclab.catalogue import CHAPTERS
from svclab.course.server import make_server

pytestmark = pytest.mark.browser

PAGE = f"{CHAPTERS[0].name}.html"
KEYS = "caches.keys().then(names => names.filter(name => name.startsWith('svclab')))"


def rebuild(site: Path) -> str:
    """What a build from other sources leaves: another name and key of the course's folder."""
    old = next((site / "_static").glob("course-*"))
    key = "0123456789ab"
    new = old.rename(old.with_name(f"course-{key}"))
    settings = new / "settings.mjs"
    text = settings.read_text(encoding="utf-8")
    before = old.name.removeprefix("course-")
    assert before in text
    settings.write_text(text.replace(before, key), encoding="utf-8")
    for page in site.glob("*.html"):
        text = page.read_text(encoding="utf-8")
        page.write_text(text.replace(old.name, new.name), encoding="utf-8")
    return key


def test_a_new_build_drops_the_old_snapshot_and_makes_its_own(
    browser: Any, site: Path, tmp_path: Path
) -> None:
    shutil.copytree(site, tmp_path / "site")
    server = make_server(tmp_path / "site", port=0, prefix="/course/")
    threading.Thread(target=server.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{server.server_port}/course/{PAGE}"
    context = browser.new_context()
    page = context.new_page()
    try:
        page.goto(address)
        page.wait_for_selector("html[data-svclab-snapshot=stored]", timeout=120_000)
        first = page.evaluate(KEYS)
        key = rebuild(tmp_path / "site")
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.goto(address)
        page.wait_for_selector("html[data-svclab-snapshot=stored]", timeout=120_000)
        assert page.get_attribute("html", "data-svclab-boot") == "plain"
        second = page.evaluate(KEYS)
        assert len(first) == len(second) == 1
        assert key in second[0]
        assert key not in first[0]
        assert all(f"course-{key}/" in url for url in asked if "/course-" in url)
    finally:
        context.close()
        server.shutdown()
        server.server_close()
