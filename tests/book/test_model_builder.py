"""The page of the model builder: its examples show what it says of them, its links lead there."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
from sphinx.errors import ExtensionError

import svclab
from svclab.course.node import find_node
from svclab.course.places import CourseError
from svclab.course.sphinx_ext.settings import setting_link
from svclab.explore import answer, declaration

NAME = "decisions.model_builder"
PAGE = Path(__file__).parents[2] / "book" / "model-builder.md"
FENCE = re.compile(r"```\{setting\} (\S+) ([^\n]+)\n(.*?)```", re.S)
FOUND = [(words, json.loads(body)) for _, words, body in FENCE.findall(PAGE.read_text("utf-8"))]
SAID = {
    "Set the toy kit with nine small blocks": "they cost 5",
    "Set the help desk": "cost 470",
    "Set the toy kit with an order of four tables": "These conditions cannot hold together",
    "Set the model without an end": "without end: take counter up by 1",
    "Set the two tours": "Just as good is city = 6 and harbour = 4",
    "Set the four projects": "app = 0, web site = 1, kiosk = 1 and training = 1",
}


def test_the_page_has_the_six_examples_that_are_known_here() -> None:
    assert [words for words, _ in FOUND] == list(SAID)


@pytest.mark.parametrize(("words", "parameters"), FOUND, ids=[words for words, _ in FOUND])
def test_an_example_shows_what_the_page_says_of_it(words: str, parameters: Any) -> None:
    document = json.loads(answer(json.dumps({"name": NAME, "parameters": parameters})))
    assert SAID[words] in document["view"]["say"].replace("\u00a0", " ")


def test_a_link_brings_the_browser_to_the_same_setting() -> None:
    script = """
const { parse, settle } = await import("./link.mjs");
console.log(JSON.stringify(given.links.map((h) => settle(given.declaration, parse(h)))));
"""
    try:
        node = find_node().program
    except CourseError:
        pytest.skip("Node is missing: install the site's dependencies")
    declared = declaration(NAME)
    given = {"declaration": declared, "links": [setting_link(NAME, p) for _, p in FOUND]}
    done = subprocess.run(
        [node, "--input-type=module", "--eval", f"const given = {json.dumps(given)};\n{script}"],
        capture_output=True, encoding="utf-8", timeout=60, check=True,
        cwd=Path(svclab.__file__).parent / "web",
    )  # fmt: skip
    start = {p["name"]: p["default"] for p in declared["parameters"]}
    for (_, parameters), settled in zip(FOUND, json.loads(done.stdout), strict=True):
        assert settled == {"parameters": {**start, **parameters}, "messages": []}


def test_a_link_to_what_is_not_there_stops_the_build() -> None:
    with pytest.raises(ExtensionError, match="has no explorable"):
        setting_link("decisions.nothing", {})
    with pytest.raises(ExtensionError, match="no setting"):
        setting_link(NAME, {"size": 3})
    with pytest.raises(ExtensionError, match="Do you mean table"):
        setting_link(NAME, {"objective": [{"goal": "max", "name": "n", "sum": "2 tabel"}]})
