"""Branches, mixtures, goals and sites: a view or a sentence at every end of every control."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from typing import Any

import pytest
import vl_convert

from svclab.explore import answer, declaration

NAMES = [f"decisions.{name}" for name in ("dea_frontier", "blending", "goals", "sites")]
#: A choice that decides which controls are shown, with what it shows.
MOVES: dict[str, list[dict[str, Any]]] = {
    "decisions.dea_frontier": [{"branch": "West"}, {"returns": "variable"}, {"outputs": "one"}],
    "decisions.blending": [{"protein": 30}, {"protein": 44}, {"kind": "lunch"}],
    "decisions.goals": [{"weight_service": 10}, {"method": "order"}, {"temps": 300}],
    "decisions.sites": [{"east": 5}, {"branches": 4}, {"goal": "cover"}],
}


def ask(name: str, **given: Any) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(answer(json.dumps({"name": name, "parameters": given})))
    return document


def ends(name: str) -> Iterator[dict[str, Any]]:
    """Each end of each control, under each value of each choice."""
    parameters = declaration(name)["parameters"]
    choices: list[dict[str, Any]] = [{}]
    for p in parameters:
        if p["kind"] == "choice" and len(p["options"]) == 2:
            choices += [{p["name"]: option["value"]} for option in p["options"]]
    single: list[dict[str, Any]] = []
    for p in parameters:
        if p["kind"] in ("number", "integer"):
            single += [{p["name"]: p["low"]}, {p["name"]: p["high"]}]
        elif p["kind"] == "choice":
            single += [{p["name"]: option["value"]} for option in p["options"]]
        elif p["kind"] == "switch":
            single += [{p["name"]: value} for value in (True, False)]
        elif p["kind"] == "table":
            for column in p["columns"]:
                if "low" in column:
                    for end in ("low", "high"):
                        rows = [{**row, column["name"]: column[end]} for row in p["default"]]
                        single.append({p["name"]: rows})
    for more in choices:
        yield from ({**setting, **more} for setting in single)


def texts(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for key, inner in value.items():
            if key not in ("spec", "color", "side", "shape"):
                yield from texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from texts(inner)
    elif isinstance(value, str):
        yield value


@pytest.mark.parametrize("name", NAMES)
def test_every_end_of_every_control_gives_a_view_in_plain_words(name: str) -> None:
    for setting in ends(name):
        document = ask(name, **setting)
        assert "problems" not in document, (setting, document.get("problems"))
        view = document["view"]
        assert view["say"].endswith("."), setting
        for text in texts(view):
            words = text.replace("(", " ").replace(")", " ").split()
            assert not {"nan", "inf", "None"} & set(words), (setting, text)
            assert "{" not in text, (setting, text)


@pytest.mark.parametrize("name", NAMES)
def test_every_handle_stands_on_the_value_of_its_parameter(name: str) -> None:
    for setting in ends(name):
        document = ask(name, **setting)
        for part in document["view"]["parts"]:
            for handle in part.get("handles", []):
                value = document["parameters"][handle["parameter"]]
                if "row" in handle:
                    value = value[handle["row"]][handle["column"]]
                assert handle[handle["axis"]] == pytest.approx(value), setting


@pytest.mark.parametrize("name", NAMES)
def test_every_chart_is_drawn_by_vega_and_has_words_for_it(name: str) -> None:
    for setting in [{}, *MOVES[name]]:
        for part in ask(name, **setting)["view"]["parts"]:
            assert part["kind"] == "table" or len(part["alt"]) > 20
            if part["kind"] == "chart":
                svg = vl_convert.vegalite_to_svg(
                    {**part["spec"], "width": 600, "datasets": part["data"]}
                )
                assert "NaN" not in svg
                assert part["columns"]["rows"]


@pytest.mark.parametrize("name", NAMES)
def test_a_bad_setting_is_refused_in_a_sentence(name: str) -> None:
    for p in declaration(name)["parameters"]:
        problems = ask(name, **{p["name"]: "nonsense"})["problems"]
        assert problems[p["name"]].endswith("."), p["name"]


@pytest.mark.parametrize("name", NAMES)
def test_how_long_an_answer_takes_is_printed(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    ask(name)
    times = []
    for setting in MOVES[name]:
        begin = time.perf_counter()
        ask(name, **setting)
        times.append(1000 * (time.perf_counter() - begin))
    with capsys.disabled():
        print(f"\n{name}: {', '.join(f'{ms:.0f} ms' for ms in times)}")
