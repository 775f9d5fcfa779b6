"""What can be moved or filled in a chapter's diagrams sets a cell that its table has."""

from __future__ import annotations

import importlib
from typing import Any

import pytest
from ends import document, ends

from svclab.explore import declaration

HELD = ("basics", "introduction", "strategy", "decisions")  # chapters whose controls have ends
NAMES = [
    f"{chapter}.{name}"
    for chapter in HELD
    for name in importlib.import_module(f"svclab.{chapter}.explorables").__all__
]


def bound(shown: dict[str, Any]) -> list[tuple[str, dict[str, Any], dict[str, Any]]]:
    """Each diagram's kind, the diagram, and where one of its things writes to."""
    return [
        (part["kind"], part, one[how])
        for part in shown["view"]["parts"]
        for listed in ("items", "spots", "entries")
        if part["kind"] in ("matrix", "plane")
        for one in part.get(listed, [])
        for how in ("move", "fill")
        if how in one
    ]


def keys(side: list[dict[str, str]]) -> set[str]:
    return {one["key"] for one in side}


@pytest.mark.parametrize("name", NAMES)
def test_each_thing_to_move_or_fill_has_its_row_and_its_columns(name: str) -> None:
    tables = {p["name"]: p for p in declaration(name)["parameters"] if p["kind"] == "table"}
    for setting in ({}, *ends(name)):
        shown = document(name, **setting)
        if "view" not in shown:
            continue
        for kind, part, to in bound(shown):
            columns = {one["name"]: one for one in tables[to["parameter"]]["columns"]}
            assert to["row"] < len(shown["parameters"][to["parameter"]]), setting
            if "column" in to:
                assert to["column"] in columns
                continue
            for way, side in (("down", "rows"), ("across", "columns")):
                if not to[way]:
                    continue
                column = columns[to[way]]
                if kind == "plane":
                    assert column["kind"] in ("number", "integer")
                elif column["kind"] == "choice":
                    assert keys(part[side]) <= {str(o["value"]) for o in column["options"]}


@pytest.mark.parametrize("name", NAMES)
def test_a_table_that_is_hidden_for_a_picture_is_set_in_that_picture(name: str) -> None:
    hidden = {
        p["name"]
        for p in declaration(name)["parameters"]
        if (p.get("shown_if") or {}).get("parameter") == p["name"]
    }
    shown = [document(name, **setting) for setting in ({}, *(ends(name) if hidden else []))]
    assert hidden <= {to["parameter"] for one in shown if "view" in one for _, _, to in bound(one)}
