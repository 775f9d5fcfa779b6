"""JupyterLab itself: the chapter's notebook opens, runs, and its widgets move."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from svclab.explore import answer

pytestmark = pytest.mark.browser

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """JupyterLab's address, serving a copy of the notebooks, with settings of its own."""
    home = tmp_path_factory.mktemp("lab")
    shutil.copytree(ROOT / "notebooks", home / "notebooks")
    settings = {name: str(home / name.lower()) for name in (
        "JUPYTER_CONFIG_DIR", "JUPYTER_RUNTIME_DIR", "JUPYTERLAB_SETTINGS_DIR",
        "JUPYTERLAB_WORKSPACES_DIR", "IPYTHONDIR",
    )}  # fmt: skip
    log = (home / "log.txt").open("w")
    running = subprocess.Popen(
        [sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root", "--port=0",
         "--ServerApp.ip=127.0.0.1", "--IdentityProvider.token=", "--ServerApp.port_retries=20",
         f"--ServerApp.root_dir={home / 'notebooks'}"],
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
            return str(json.loads(info.read_text(encoding="utf-8"))["url"])
        if running.poll() is not None:
            pytest.fail("JupyterLab ended before it was up")
        time.sleep(0.2)
    pytest.fail("JupyterLab did not come up in a minute")


def widget(page: Any, name: str) -> Any:
    """Scroll through the notebook until the explorable's output is drawn."""
    place = page.locator(f'svclab-explorable[name="{name}"]').first
    for _ in range(120):
        if place.count() and place.locator(".svx-value").count():
            place.scroll_into_view_if_needed()
            return place
        page.mouse.wheel(0, 700)
        page.wait_for_timeout(150)
    pytest.fail(f"{name} did not appear in the notebook")


def test_the_notebook_opens_runs_and_its_widgets_move(browser: Any, lab: str) -> None:
    context = browser.new_context(viewport={"width": 1400, "height": 1000})
    page = context.new_page()
    page.goto(lab + "lab/tree/05-process.ipynb")
    page.wait_for_selector(".jp-Notebook .jp-CodeCell", timeout=90_000)
    page.locator(".jp-Notebook .jp-Cell").first.click()
    page.get_by_text("Run", exact=True).first.click()
    page.get_by_text("Run All Cells", exact=True).click()
    page.mouse.move(700, 500)

    place = widget(page, "process.line_pace")
    slider = place.locator('[data-param="demand"] input[type=range]')
    slider.focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_function(
        """() => [...document.querySelectorAll(".svx-warning-place")]
                   .some(e => e.innerText.includes("65 per hour come"))""",
        timeout=30_000,
    )
    here = json.loads(
        answer(json.dumps({"name": "process.line_pace", "parameters": {"demand": 65}}))
    )
    assert place.locator(".svx-value").all_inner_texts() == [
        figure["text"] for figure in here["view"]["figures"]
    ]
    place.locator(".svx-chart svg.marks, .svx-chart .vega-embed svg").first.wait_for(timeout=30_000)
    assert not page.locator(".jp-RenderedText[data-mime-type*='stderr']").count()
    context.close()
