"""Fixtures that several rooms share: the built site, a server for it, and a real browser."""

from __future__ import annotations

import json
import os
import platform
import shutil
import subprocess
import threading
import time
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from typer.testing import CliRunner

from svclab.catalogue import CHAPTERS
from svclab.course import cli
from svclab.course.places import Places

ROOT = Path(__file__).resolve().parents[1]
# No property test passes or fails by the clock.
settings.register_profile("svclab", deadline=None)
settings.load_profile("svclab")

# Files whose tests go to any process, those with one parameter together.
SPREAD = (
    "test_every_exercise.py",
    "test_asked_and_recognised.py",
    "test_digests_in_the_page.py",
)

PREFIX = "/course/"  # the site is published below a path, so it is tested below one


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """All tests of a file to one process, but those of exercises by what they are about.

    A file shares a browser, an exercise its class of students; the exercises fill what time the
    long files leave.
    """
    if config.getvalue("dist") != "loadfile":
        return None
    from xdist.scheduler import LoadFileScheduling

    class FileOrExercise(LoadFileScheduling):
        def _split_scope(self, nodeid: str) -> str:
            file, _, test = nodeid.partition("::")
            one = test.partition("[")[2]
            return one if one and file.endswith(SPREAD) else file

    return FileOrExercise(config, log)


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


@pytest.fixture(scope="module")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of JupyterLab as ``svclab start`` opens it, with settings of its own."""
    home = tmp_path_factory.mktemp("lab")
    settings = {name: str(home / name.lower()) for name in (
        "JUPYTER_CONFIG_DIR", "JUPYTER_RUNTIME_DIR", "JUPYTERLAB_SETTINGS_DIR",
        "JUPYTERLAB_WORKSPACES_DIR", "IPYTHONDIR", "SVCLAB_MEMORY",
    )}  # fmt: skip
    asked: list[list[str]] = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SVCLAB_MEMORY", settings["SVCLAB_MEMORY"])
        patch.setattr(cli, "_become", lambda command, folder: asked.append(command))
        said = CliRunner().invoke(cli.app, ["start", str(home / "服务 course")]).output
    assert asked, said
    log = (home / "log.txt").open("w")
    running = subprocess.Popen(
        [*asked[0], "--no-browser", "--allow-root", "--port=0", "--ServerApp.ip=127.0.0.1",
         "--IdentityProvider.token=", "--ServerApp.port_retries=20"],
        env={**os.environ, **settings}, stdout=log, stderr=subprocess.STDOUT,
    )  # fmt: skip
    try:
        yield address_of(running, home / "jupyter_runtime_dir")
    finally:
        running.terminate()
        running.wait(30)
        log.close()


def address_of(running: subprocess.Popen[bytes], runtime: Path) -> str:
    """Wait until the server has written down where it listens."""
    for _ in range(300):
        for info in runtime.glob("jpserver-*.json"):
            # Written in two goes: an empty file is not there yet.
            if text := info.read_text(encoding="utf-8").strip():
                return str(json.loads(text)["url"])
        if running.poll() is not None:
            pytest.fail("JupyterLab ended before it was up")
        time.sleep(0.2)
    pytest.fail("JupyterLab did not come up in a minute")


class LabPage:
    """JupyterLab in a browser page, with one notebook that has just been run.

    ``find`` looks for what its outputs hold; ``page`` is Playwright's.
    """

    def __init__(self, page: Any, lab: str) -> None:
        self.page, self._lab = page, lab

    def run_all(self, notebook: str) -> None:
        """Open a notebook, run all its cells, and go to its top when they have run."""
        # A workspace of its own: what another test left open stays there, without ``?reset``,
        # for which JupyterLab may load the page a second time while the test is at work.
        self.page.goto(f"{self._lab}lab/workspaces/{uuid.uuid4().hex}/tree/{notebook}")
        self.page.wait_for_selector(".jp-Notebook .jp-CodeCell", timeout=90_000)
        # Only the status bar tells a kernel at rest from one that has not been found yet: with
        # none, "Run All Cells" empties the cells and says nothing.
        self.page.get_by_text("Python 3 (ipykernel) | Idle").wait_for(timeout=120_000)
        self.page.locator(".jp-Notebook .jp-Cell").first.click()
        self.page.get_by_text("Run", exact=True).first.click()
        self.page.get_by_text("Run All Cells", exact=True).click()
        # JupyterLab goes to the last cell when all have run, and would take the focus with it.
        self.page.wait_for_timeout(1000)
        idle = ".jp-Notebook-ExecutionIndicator[data-status=idle]"
        self.page.wait_for_selector(idle, timeout=120_000)
        self.page.mouse.move(700, 500)
        self.page.mouse.wheel(0, -200_000)
        self.page.wait_for_timeout(500)

    def find(self, selector: str) -> Any:
        """Scroll down until something is drawn: JupyterLab draws only the cells near the window."""
        place = self.page.locator(selector).first
        for _ in range(3):  # on a busy machine an output may come when it has been passed
            for _ in range(200):
                if place.count():
                    place.scroll_into_view_if_needed()
                    return place
                self.page.mouse.wheel(0, 700)
                self.page.wait_for_timeout(150)
            self.page.mouse.wheel(0, -200_000)
            self.page.wait_for_timeout(1000)
        seen = self.page.locator("body").inner_text()[-2000:]
        pytest.fail(f"{selector} did not appear in the notebook; the page ends with:\n{seen}")


@pytest.fixture
def empty_lab_page(browser: Any, lab: str) -> Iterator[LabPage]:
    """A browser page for JupyterLab, with no notebook opened yet."""
    context = browser.new_context(viewport={"width": 1400, "height": 1000})
    yield LabPage(context.new_page(), lab)
    context.close()


@pytest.fixture
def lab_page(empty_lab_page: LabPage) -> LabPage:
    """The chapter on processes in JupyterLab, all cells run."""
    entry = next(entry for entry in CHAPTERS if entry.package == "process")
    empty_lab_page.run_all(entry.notebook)
    return empty_lab_page


@pytest.fixture
def measured(record_property: Any) -> Any:
    """Takes down a measurement (what, value with unit, aim) for the table at the end."""

    def take(what: str, value: str, aim: str = "") -> None:
        record_property("measured", (what, value, aim))

    return take


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_terminal_summary(terminalreporter: Any) -> Iterator[None]:
    """Close with what was measured, and with the names of the tests that failed.

    In continuous integration pytest's own list of failures holds each message whole, and a log
    of which only the end is kept would show nothing but the end of the last message.
    """
    yield
    _print_measured(terminalreporter)
    failed = [
        one.nodeid for kind in ("failed", "error") for one in terminalreporter.getreports(kind)
    ]
    if failed:
        terminalreporter.section("to be mended")
    for name in failed:
        terminalreporter.line(name)


def _print_measured(terminalreporter: Any) -> None:
    """Print the measurements, with the machine; no test passes or fails by these times."""
    rows = [
        value
        for report in terminalreporter.stats.get("passed", [])
        for name, value in report.user_properties
        if name == "measured"
    ]
    if not rows:
        return
    terminalreporter.section("measured, not asserted")
    where = f"{platform.machine()}, {os.cpu_count()} cores, {platform.system()}"
    terminalreporter.line(f"{where}, Python {platform.python_version()}")
    for what, value, aim in rows:
        terminalreporter.line(f"{what:<62} {value:>24}  {aim}")
