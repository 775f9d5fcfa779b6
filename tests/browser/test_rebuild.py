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


def test_a_new_build_in_an_old_profile_asks_for_nothing_of_the_old(
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
        page.wait_for_selector("html[data-svclab=live]", timeout=120_000)
        key = rebuild(tmp_path / "site")
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.goto(address)
        page.wait_for_selector("html[data-svclab=live]", timeout=120_000)
        ours = [url for url in asked if "/course-" in url]
        assert ours
        assert all(f"course-{key}/" in url for url in ours)
        # Nothing is kept but by the browser's own cache, under names that change with a build.
        assert page.evaluate("caches.keys()") == []
    finally:
        context.close()
        server.shutdown()
        server.server_close()


@pytest.mark.parametrize("content", [None, b"", b"no gzip"], ids=["missing", "empty", "spoilt"])
def test_a_page_without_its_memory_starts_python_in_the_long_way(
    browser: Any, site: Path, tmp_path: Path, content: bytes | None
) -> None:
    shutil.copytree(site, tmp_path / "site")
    for path in (tmp_path / "site" / "_static").glob("course-*/memory/*"):
        path.unlink()
        if content is not None:
            path.write_bytes(content)
    server = make_server(tmp_path / "site", port=0, prefix="/course/")
    threading.Thread(target=server.serve_forever, daemon=True).start()
    context = browser.new_context()
    page = context.new_page()
    try:
        page.goto(f"http://127.0.0.1:{server.server_port}/course/{PAGE}")
        page.wait_for_selector("html[data-svclab=live]", timeout=120_000)
        assert page.get_attribute("html", "data-svclab-boot") == "plain"
    finally:
        context.close()
        server.shutdown()
        server.server_close()
