"""Every explorable of chapters 0 and 2, more strictly than tests/explore asks of all."""

from __future__ import annotations

import json

import pytest
from ends import document, ends, texts

from svclab.basics import explorables as first
from svclab.explore import declaration
from svclab.strategy import explorables

NAMES = [
    *(f"basics.{name}" for name in first.__all__),
    *(f"strategy.{name}" for name in explorables.__all__),
]


@pytest.mark.parametrize("name", NAMES)
def test_every_end_of_every_control_gives_words_or_a_problem_at_a_control(name: str) -> None:
    controls = {parameter["name"] for parameter in declaration(name)["parameters"]}
    for setting in ends(name):
        shown = document(name, **setting)
        if "problems" in shown:
            assert set(shown["problems"]) <= controls, (setting, shown["problems"])
            continue
        json.dumps(shown, allow_nan=False)
        plain = [part for part in shown["view"]["parts"] if part["kind"] != "code"]
        for text in texts({**shown["view"], "parts": plain}):
            assert ".." not in text.replace("(...)", ""), (setting, text)
            assert "  " not in text, (setting, text)
