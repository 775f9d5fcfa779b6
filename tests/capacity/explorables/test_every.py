"""Every explorable of the chapter, at every end of every control."""

from __future__ import annotations

import json

import pytest
import vl_convert
from ends import document as ask
from ends import ends, texts

from svclab.capacity import explorables
from svclab.explore import declaration

NAMES = [f"capacity.{name}" for name in explorables.__all__]


@pytest.mark.parametrize("name", NAMES)
def test_the_default_shows_a_view_without_problems_or_warnings(name: str) -> None:
    document = ask(name)
    assert "problems" not in document
    assert document["view"]["say"].endswith(".")
    assert document["view"]["figures"]
    assert not document["view"]["warning"]


@pytest.mark.parametrize("name", NAMES)
def test_every_end_of_every_control_gives_a_view_or_a_sentence(name: str) -> None:
    for setting in ends(name):
        document = ask(name, **setting)
        if "problems" in document:
            assert all(text.endswith(".") for text in document["problems"].values()), setting
            continue
        for text in texts(document["view"]):
            words = text.replace("(", " ").replace(")", " ").split()
            assert not {"nan", "inf", "None"} & set(words), (setting, text)
            assert "{" not in text, (setting, text)


@pytest.mark.parametrize("name", NAMES)
def test_every_chart_is_drawn_by_vega_and_has_an_alternative_in_words(name: str) -> None:
    for part in ask(name)["view"]["parts"]:
        assert part["kind"] == "table" or len(part["alt"]) > 20
        if part["kind"] == "chart":
            svg = vl_convert.vegalite_to_svg(
                {**part["spec"], "width": 600, "datasets": part["data"]}
            )
            assert "NaN" not in svg
            assert part["columns"]["rows"]


@pytest.mark.parametrize("name", NAMES)
def test_every_handle_stands_on_the_value_of_a_parameter_and_on_its_curve(name: str) -> None:
    known = {p["name"]: p for p in declaration(name)["parameters"]}
    for setting in ends(name):
        document = ask(name, **setting)
        for part in document.get("view", {}).get("parts", []):
            for handle in part.get("handles", []):
                p, value = known[handle["parameter"]], document["parameters"][handle["parameter"]]
                if p["kind"] == "table":
                    value = value[handle["row"]][handle["column"]]
                else:
                    assert p["kind"] in ("number", "integer")
                assert handle[handle["axis"]] == pytest.approx(value), setting
                path = handle.get("path")
                if path:
                    along = [point[handle["axis"] == "y"] for point in path]
                    assert min(along) <= value <= max(along), setting
                    assert {"x", "y"} <= handle.keys()


@pytest.mark.parametrize("name", [n for n in NAMES if declaration(n)["guess"]])
def test_a_guess_is_answered_in_the_sentence_and_not_before(name: str) -> None:
    guess = declaration(name)["guess"]
    value = guess["options"][0]["value"] if guess["kind"] == "choice" else guess["low"]
    before, after = ask(name), ask(name, **{guess["parameter"]: value})
    assert "guess" not in before["view"]["say"]
    assert "guess" in after["view"]["say"]


@pytest.mark.parametrize("name", NAMES)
def test_the_same_setting_gives_the_same_document(name: str) -> None:
    assert ask(name) == ask(name)


@pytest.mark.parametrize("name", NAMES)
def test_a_document_is_light_enough_to_be_shipped_many_times(name: str) -> None:
    assert len(json.dumps(ask(name))) < 60_000


@pytest.mark.parametrize("name", NAMES)
def test_every_control_says_its_unit_or_help_and_ends_with_no_stop(name: str) -> None:
    for p in declaration(name)["parameters"]:
        assert not p["label"].endswith(".")
        assert not p["help"] or p["help"].endswith((".", "?"))
