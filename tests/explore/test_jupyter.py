"""The Jupyter host without a browser: what the widget sends, and that the newest request wins."""

from __future__ import annotations

import asyncio
import json
import re
from typing import Any

import pytest

from svclab.explore import answer, find, jupyter

NAME = "process.people_inside"


class Listener:
    """A widget whose messages are kept instead of being sent."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, name: str = NAME, **given: Any) -> None:
        self.sent: list[dict[str, Any]] = []
        self.widget = jupyter.widget(name, **given)
        monkeypatch.setattr(
            self.widget, "send", lambda content, buffers=None: self.sent.append(content)
        )

    def hear(self, **message: Any) -> None:
        self.widget._hear(self.widget, message, [])


def test_the_widget_computes_what_answer_gives(monkeypatch: pytest.MonkeyPatch) -> None:
    listener = Listener(monkeypatch)
    request = json.dumps({"name": NAME, "parameters": {}})
    listener.hear(type="compute", call="1", request=request)
    *documents, end = listener.sent
    assert end == {"type": "end", "call": "1"}
    assert documents[-1]["text"] == answer(request)
    assert listener.widget.document == answer(request)


def test_an_abandoned_run_ends_and_the_next_one_is_answered(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    steps = 0

    class Endless:
        def step(self) -> str:
            nonlocal steps
            steps += 1
            return "{}"

    async def play() -> list[dict[str, Any]]:
        listener = Listener(monkeypatch)
        monkeypatch.setattr(jupyter, "start", lambda request: Endless())
        listener.hear(type="compute", call="old", request="")
        while steps < 3:
            await asyncio.sleep(0)
        listener.hear(type="abandon", call="old")
        await asyncio.gather(*listener.widget._tasks)
        return listener.sent

    sent = asyncio.run(play())
    assert sent[-1] == {"type": "end", "call": "old"}
    assert 3 <= steps <= 5


def test_an_error_reaches_the_reader(monkeypatch: pytest.MonkeyPatch) -> None:
    listener = Listener(monkeypatch)
    listener.hear(type="compute", call="1", request='{"name": "process.nothing"}')
    assert listener.sent[-1]["type"] == "error"
    assert "nothing" in listener.sent[-1]["message"]


def test_bad_settings_are_refused_with_the_sentence_of_the_control() -> None:
    with pytest.raises(ValueError, match="no setting 'colour'"):
        jupyter.widget(NAME, colour="red")


def test_modules_are_sent_after_those_they_import(monkeypatch: pytest.MonkeyPatch) -> None:
    listener = Listener(monkeypatch)
    listener.hear(type="kit")
    (kit,) = listener.sent
    seen: set[str] = set()
    for name, text in kit["modules"]:
        assert set(re.findall(r'from "\./([\w-]+\.mjs)"', text)) <= seen, name
        # The loader rewrites imports of this form only.
        assert re.search(r"import\(|from '|from \"(?!\./)", text) is None, name
        seen.add(name)
    assert {"jupyter.mjs", "explorable.mjs"} <= seen
    assert ".svx" in kit["css"]


def test_a_notebook_stores_settings_for_the_book_and_a_small_widget() -> None:
    bundle = jupyter.mimebundle(find(NAME))
    assert bundle[jupyter.MIME] == {"name": NAME, "version": 1, "parameters": {}}
    assert "application/vnd.jupyter.widget-view+json" in bundle
    # The front end's loader is state of each widget: what it loads must not be.
    assert len(jupyter.ExplorableWidget._esm) < 4000
