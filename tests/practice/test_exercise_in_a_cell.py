"""An exercise as JupyterLab draws it: the widget's own modules in a browser, answered by a kernel's
widget, without JupyterLab around it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

import svclab
from svclab.practice import jupyter
from svclab.practice.device import _memories
from svclab.practice.student import Person, current

pytestmark = pytest.mark.browser

WEB = Path(svclab.__file__).parent / "web"
ADDRESS = "http://svclab.test/"
PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>One</title>
<link rel="icon" href="data:,"><link rel="stylesheet" href="explore.css">
<link rel="stylesheet" href="exercise.css"></head><body><div id="out"></div><script type="module">
import { mounts } from "./jupyter.mjs";
const heard = {};
let traits = await asked(null).then((told) => told.traits);
// What a kernel sends, as the widget's model in JupyterLab tells it.
window.told = ({ traits: now, sent }) => {
  const changed = Object.keys(now).filter((name) => now[name] !== traits[name]);
  traits = now;
  for (const data of sent) heard["msg:custom"]?.forEach((act) => act(data));
  for (const name of changed) heard[`change:${name}`]?.forEach((act) => act());
};
const model = {
  get: (name) => traits[name],
  on: (name, act) => (heard[name] ??= new Set()).add(act),
  off: (name, act) => heard[name]?.delete(act),
  send: (content) => asked(content).then(window.told),
};
await mounts.exercise({ model, el: document.getElementById("out"), css: "" });
</script></body></html>"""


class Cell:
    """A widget and the page that shows it."""

    def __init__(self, page: Any, widget: jupyter.ExerciseWidget) -> None:
        self.page, self.widget = page, widget
        self._sent: list[Any] = []
        widget.send = lambda content, buffers=None: self._sent.append(content)
        page.expose_function("asked", self._asked)
        page.route(f"{ADDRESS}*", self._file)
        page.goto(ADDRESS)
        page.locator("svclab-exercise[data-ready]").wait_for()

    def _file(self, route: Any) -> None:
        name = route.request.url.removeprefix(ADDRESS)
        kind = "text/css" if name.endswith(".css") else "text/javascript"
        if name:
            route.fulfill(body=(WEB / name).read_text("utf-8"), content_type=kind)
        else:
            route.fulfill(body=PAGE, content_type="text/html")

    def _asked(self, content: Any) -> dict[str, Any]:
        if content:
            self.widget.heard(content)
        return self.news()

    def news(self) -> dict[str, Any]:
        traits = {name: getattr(self.widget, name) for name in ("document", "state", "drawings")}
        sent, self._sent = self._sent, []
        return {"traits": traits, "sent": sent}

    def tell(self) -> None:
        """What the kernel sends of itself."""
        self.page.evaluate("(news) => told(news)", self.news())

    def text(self, selector: str) -> str:
        found: str = self.page.locator(f"svclab-exercise {selector}").inner_text()
        return found


@pytest.fixture
def cell(
    made_up: ModuleType, browser: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Cell]:
    """The made-up exercise in code, in a cell of a student."""
    monkeypatch.setenv("SVCLAB_MEMORY", str(tmp_path / "memory"))
    _memories.clear()
    for name, value in vars(Person("2026-0417")).items():
        monkeypatch.setattr(current(), name, value)
    context = browser.new_context()
    yield Cell(context.new_page(), jupyter.ExerciseWidget(made_up.own, current()))
    context.close()


def test_hints_of_an_exercise_in_code_come_one_by_one_and_the_focus_is_not_lost(cell: Cell) -> None:
    button = cell.page.locator("[data-act=hint]")
    assert cell.text("[data-act=hint]") == "Hint 1 of 2"
    button.click()
    cell.page.get_by_text("Look again.").wait_for()
    assert cell.page.evaluate("document.activeElement.dataset.act") == "hint"
    button.click()
    cell.page.get_by_text("Look closely.").wait_for()
    assert button.count() == 0
    assert cell.page.evaluate("document.activeElement.tagName") == "SUMMARY"
    assert not cell.page.locator(".svq-buttons").is_visible()
    assert cell.text(".svq-tally") == "2 hints · the solution opens after 3 tries."


def test_an_answer_checked_in_another_cell_is_drawn_and_opens_the_solution(
    cell: Cell, made_up: ModuleType
) -> None:
    for _ in range(3):
        made_up.own.check(min)
    cell.tell()
    assert "smallest number" in cell.text(".svq-message")
    cell.page.locator("[data-act=solution]").click()
    cell.page.get_by_text("It is worked out here.").wait_for()
    made_up.own.check(max)
    cell.tell()
    assert cell.text(".svq-message").startswith("✓ Right")
    assert cell.text(".svq-tally") == "Solved · 4 tries"


def test_another_number_is_drawn_at_once_with_its_own_state(
    cell: Cell, made_up: ModuleType
) -> None:
    made_up.own.check(max)
    cell.tell()
    assert cell.text(".svq-tally") == "Solved · 1 try"
    svclab.student("2026-0418")
    cell.tell()
    assert cell.text(".svq-tally") == ""
    assert cell.text(".svq-foot").strip().startswith("This cell was run before your number")
