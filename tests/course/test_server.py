"""The site's server: right types, the sub-path, a busy port, a missing page."""

from __future__ import annotations

import threading
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from svclab.course.places import CourseError
from svclab.course.server import make_server


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "index.html").write_text("home", encoding="utf-8")
    (tmp_path / "404.html").write_text("no such page", encoding="utf-8")
    hashed = tmp_path / "_static" / "course-0123"
    hashed.mkdir(parents=True)
    for name in ("page.mjs", "kernel.wasm", "plain.js"):
        (hashed / name).write_bytes(b"x")
    return tmp_path


@pytest.fixture
def base(folder: Path) -> Iterator[str]:
    server = make_server(folder, port=0, prefix="/course/")
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/course/"
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("page.mjs", "text/javascript"),
        ("plain.js", "text/javascript"),
        ("kernel.wasm", "application/wasm"),
    ],
)
def test_scripts_and_webassembly_have_their_types_and_stay_in_the_cache(
    base: str, name: str, kind: str
) -> None:
    with urllib.request.urlopen(f"{base}_static/course-0123/{name}") as answer:
        assert answer.headers["Content-Type"] == kind
        assert "immutable" in answer.headers["Cache-Control"]


def test_pages_are_asked_for_again(base: str) -> None:
    with urllib.request.urlopen(base) as answer:
        assert answer.read() == b"home"
        assert answer.headers["Cache-Control"] == "no-cache"


@pytest.mark.parametrize("where", ["nowhere.html", "_static/", "../../conftest.py", "a/b/c"])
def test_missing_address_shows_the_site_s_own_page(base: str, where: str) -> None:
    with pytest.raises(urllib.error.HTTPError) as caught:
        urllib.request.urlopen(base + where)
    assert caught.value.code == 404
    assert caught.value.read() == b"no such page"


def test_busy_port_leads_to_the_next_free_one(folder: Path) -> None:
    first = make_server(folder, port=0)
    second = make_server(folder, port=first.server_port)
    assert second.server_port > first.server_port
    first.server_close()
    second.server_close()


def test_impossible_port_is_refused(folder: Path) -> None:
    with pytest.raises(CourseError, match="--port 70000 is not a port"):
        make_server(folder, port=70000)
