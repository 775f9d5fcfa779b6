"""Branches, mixtures, goals and sites: a view or a sentence at every end of every control."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

import pytest
import vl_convert
from ends import document as ask
from ends import ends, texts

from svclab.explore import declaration

NAMES = [f"decisions.{name}" for name in ("dea_frontier", "blending", "goals", "sites")]
#: A choice that decides which controls are shown, with what it shows.
MOVES: dict[str, list[dict[str, Any]]] = {
    "decisions.dea_frontier": [{"branch": "West"}, {"returns": "variable"}, {"outputs": "one"}],
    "decisions.blending": [{"protein": 30}, {"protein": 44}, {"kind": "lunch"}],
    "decisions.goals": [{"weight_service": 10}, {"method": "order"}, {"temps": 300}],
    "decisions.sites": [{"east": 5}, {"branches": 4}, {"goal": "cover"}],
}


def settings(name: str) -> Iterator[dict[str, Any]]:
    """Each end of each control, under each value of each choice."""
    choices: list[dict[str, Any]] = [{}]
    for p in declaration(name)["parameters"]:
        if p["kind"] == "choice" and len(p["options"]) == 2:
            choices += [{p["name"]: option["value"]} for option in p["options"]]
    for more in choices:
        yield from ({**setting, **more} for setting in ends(name))


@pytest.mark.parametrize("name", NAMES)
def test_every_end_of_every_control_gives_a_view_in_plain_words(name: str) -> None:
    for setting in settings(name):
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
    for setting in settings(name):
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
