"""What holds for every explorable of these chapters, at every end of every control.

Chapters 5 and 8 were released before; tests/process and tests/capacity hold their own.
"""

from __future__ import annotations

import importlib
import json
from typing import Any

import pytest
import vl_convert
from ends import document, ends, texts

from svclab.explore import declaration

CHAPTERS = ("basics", "introduction", "strategy", "decisions")
NAMES = [
    f"{chapter}.{name}"
    for chapter in CHAPTERS
    for name in importlib.import_module(f"svclab.{chapter}.explorables").__all__
]

every_explorable = pytest.mark.parametrize("name", NAMES)


def parts(name: str, kind: str) -> list[dict[str, Any]]:
    return [part for part in document(name)["view"]["parts"] if part["kind"] == kind]


@every_explorable
def test_the_default_shows_a_view_without_problems_or_warnings(name: str) -> None:
    shown = document(name)
    assert "problems" not in shown
    assert shown["view"]["say"].rstrip().endswith((".", "：", "”"))
    assert shown["view"]["figures"]
    assert not shown["view"]["warning"]


@every_explorable
def test_every_end_of_every_control_gives_a_view_or_a_sentence(name: str) -> None:
    for setting in ends(name):
        shown = document(name, **setting)
        if "problems" in shown:
            assert all(text.endswith(".") for text in shown["problems"].values()), setting
            continue
        plain = [part for part in shown["view"]["parts"] if part["kind"] != "code"]
        for text in texts({**shown["view"], "parts": plain}):
            words = text.replace("(", " ").replace(")", " ").replace(",", " ").split()
            assert not {"nan", "inf", "None"} & set(words), (setting, text)
            assert "{" not in text, (setting, text)


@every_explorable
def test_every_chart_is_drawn_by_vega_and_has_an_alternative_in_words(name: str) -> None:
    for chart in parts(name, "chart"):
        assert len(chart["alt"]) > 20
        svg = vl_convert.vegalite_to_svg({**chart["spec"], "width": 600, "datasets": chart["data"]})
        assert "NaN" not in svg
        assert any(chart["columns"].values())


@every_explorable
def test_every_handle_stands_on_the_value_of_a_parameter(name: str) -> None:
    known = {p["name"]: p for p in declaration(name)["parameters"]}
    for setting in ends(name):
        shown = document(name, **setting)
        for part in shown.get("view", {}).get("parts", []):
            for handle in part.get("handles", []):
                p, value = known[handle["parameter"]], shown["parameters"][handle["parameter"]]
                if p["kind"] == "table":
                    value = value[handle["row"]][handle["column"]]
                assert handle[handle["axis"]] == pytest.approx(value), setting


@pytest.mark.parametrize("name", [n for n in NAMES if declaration(n)["guess"]])
def test_a_guess_is_answered_in_the_sentence_and_not_before(name: str) -> None:
    guess = declaration(name)["guess"]
    value = guess["options"][0]["value"] if guess["kind"] == "choice" else guess["low"]
    before, after = document(name), document(name, **{guess["parameter"]: value})
    assert "guess" not in before["view"]["say"]
    assert "guess" in after["view"]["say"]


@every_explorable
def test_the_same_setting_gives_the_same_document_light_enough_to_be_shipped(name: str) -> None:
    shown = document(name)
    assert shown == document(name)
    assert len(json.dumps(shown)) < 60_000


@every_explorable
def test_labels_have_no_full_stop_and_helps_have_one(name: str) -> None:
    for p in declaration(name)["parameters"]:
        assert not p["label"].endswith(".")
        assert not p["help"] or p["help"].endswith((".", "?"))
