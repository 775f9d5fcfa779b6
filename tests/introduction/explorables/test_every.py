"""Every explorable of the introduction, more strictly than tests/explore asks of all."""

from __future__ import annotations

import json
from typing import Any

import pytest
from ends import document, ends, texts

from svclab.explore import declaration
from svclab.introduction import explorables

NAMES = [f"introduction.{name}" for name in explorables.__all__]
DIAGRAMS = ("matrix", "plane", "loops", "tree", "map")

every_explorable = pytest.mark.parametrize("name", NAMES)


def parts(shown: dict[str, Any], kind: str) -> list[dict[str, Any]]:
    return [part for part in shown["view"]["parts"] if part["kind"] == kind]


@every_explorable
def test_every_end_of_every_control_gives_a_view_in_words(name: str) -> None:
    for setting in ends(name):
        shown = document(name, **setting)
        assert "problems" not in shown, setting
        plain = [part for part in shown["view"]["parts"] if part["kind"] != "code"]
        for text in texts({**shown["view"], "parts": plain}):
            assert "unlimited" not in text.split(), (setting, text)
            assert "  " not in text, (setting, text)
            assert ".." not in text, (setting, text)


@every_explorable
def test_charts_at_all_ends_hold_numbers_that_json_knows(name: str) -> None:
    for setting in ends(name):
        for chart in parts(document(name, **setting), "chart"):
            json.dumps([chart["data"], chart.get("handles", [])], allow_nan=False)


@every_explorable
def test_every_picture_has_a_title_and_words(name: str) -> None:
    for part in document(name)["view"]["parts"]:
        if part["kind"] in ("chart", *DIAGRAMS):
            assert len(part["alt"]) > 20
            assert part["title"]


def test_diagrams_stand_where_they_fit() -> None:
    used = {part["kind"] for name in NAMES for part in document(name)["view"]["parts"]}
    assert {"matrix", "plane", "loops", "map"} <= used


@every_explorable
def test_every_moved_item_and_spot_stands_where_its_table_says(name: str) -> None:
    for setting in ends(name):
        shown = document(name, **setting)
        for part in shown["view"]["parts"]:
            for one in [*part.get("items", []), *part.get("spots", [])]:
                if "move" not in one:
                    continue
                move = one["move"]
                row = shown["parameters"][move["parameter"]][move["row"]]
                plane = part["kind"] == "plane"
                for axis, place in (("across", "x" if plane else "column"),
                                    ("down", "y" if plane else "row")):  # fmt: skip
                    # One that waits below the grid has no place; what is not placed has no row.
                    if move[axis] and place in one:
                        assert row[move[axis]] in (one[place], "", "in"), setting


@pytest.mark.parametrize("name", [n for n in NAMES if declaration(n)["guess"]])
def test_a_guess_is_answered_in_the_sentence_and_not_before(name: str) -> None:
    guess = declaration(name)["guess"]
    values = (
        [option["value"] for option in guess["options"]]
        if guess["kind"] == "choice"
        else [guess["low"], guess["high"]]
    )
    assert "guess" not in document(name)["view"]["say"]
    for value in values:
        said = document(name, **{guess["parameter"]: value})["view"]["say"]
        assert "Your guess" in said
        assert said.endswith(".")


def test_eight_of_ten_ask_for_a_guess_first() -> None:
    assert sum(bool(declaration(name)["guess"]) for name in NAMES) == 8


@every_explorable
def test_the_answer_to_a_guess_does_not_depend_on_the_setting(name: str) -> None:
    guess = declaration(name)["guess"]
    if not guess:
        return
    value = guess["options"][0]["value"] if guess["kind"] == "choice" else guess["low"]
    answers = {
        document(name, **setting, **{guess["parameter"]: value})["view"]["say"].split("Your guess")[
            1
        ]
        for setting in ends(name)
    }
    assert len(answers) == 1


@every_explorable
def test_numbers_that_are_made_up_are_said_to_be_so_or_the_source_is_named(name: str) -> None:
    if name == "introduction.definition_words":
        return  # it has no number but counts of words
    said = declaration(name)["help"]
    assert "invented" in said or "source" in said
