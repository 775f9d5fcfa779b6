"""The examples of CONTRIBUTING.md can be drawn, and are what their comments say."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from in_node import RENDER, in_node

from svclab.explore import diagrams

TEXT = Path(__file__).parents[3].joinpath("CONTRIBUTING.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def examples() -> dict[str, Any]:
    section = TEXT.split("### Diagrams\n")[1].split("\n## ")[0]
    (code,) = re.findall(r"```python\n(.*?)```", section, re.S)
    made: dict[str, Any] = {name: getattr(diagrams, name) for name in diagrams.__all__}
    exec(compile(code, "CONTRIBUTING.md", "exec"), made)
    return {key: part for key, part in made.items() if isinstance(part, diagrams.Diagram)}


def test_each_kind_of_diagram_has_an_example_that_is_drawn(examples: dict[str, Any]) -> None:
    kinds = {part.kind for part in examples.values()}
    assert kinds == {"matrix", "plane", "loops", "tree", "map"}
    for markup in in_node(RENDER, [part.to_data() for part in examples.values()]):
        assert "<figure" in markup


def test_the_examples_say_what_their_comments_promise(examples: dict[str, Any]) -> None:
    assert [loop.name for loop in examples["loop"].loops] == ["B1"]
    assert examples["tree"].rolled_back["open?"] == 30
    assert examples["tree"].chosen == {"open?": (0,)}
    assert examples["plane"].quadrant(examples["plane"].spots[0]) == "Bargain"
    assert examples["grid"].tables()[0].rows[1] == ["High labour", "KTV", ""]
    assert examples["chain"].tables()[0].rows == [["need", "shapes", "design"]]
