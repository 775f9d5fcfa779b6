"""The diagrams of the chapter; what holds for every explorable: tests/explore."""

from __future__ import annotations

import pytest
from ends import document

from svclab.explore import declaration
from svclab.strategy import explorables

NAMES = [f"strategy.{name}" for name in explorables.__all__]


@pytest.mark.parametrize("name", NAMES)
def test_what_is_dragged_or_filled_in_a_diagram_is_a_cell_that_the_reader_may_set(
    name: str,
) -> None:
    """Each spot stands where its cells say, and each cell to fill shows its cell."""
    shown = document(name)
    known = {p["name"]: p for p in declaration(name)["parameters"]}
    for part in shown["view"]["parts"]:
        for entry in part.get("entries", []) if part["kind"] == "matrix" else []:
            fill = entry.get("fill")
            if fill:
                columns = {c["name"]: c for c in known[fill["parameter"]]["columns"]}
                assert columns[fill["column"]]["editable"]
                assert fill["row"] < len(shown["parameters"][fill["parameter"]])
        for spot in part.get("spots", []):
            move = spot.get("move")
            if not move:
                continue
            row = shown["parameters"][move["parameter"]][move["row"]]
            for way, value in (("across", spot["x"]), ("down", spot["y"])):
                assert not move.get(way) or row[move[way]] == pytest.approx(value)


@pytest.mark.parametrize("name", NAMES)
def test_diagrams_say_the_same_as_a_table(name: str) -> None:
    for part in document(name)["view"]["parts"]:
        if part["kind"] in ("plane", "matrix"):
            (table,) = part["tables"]
            assert len(table["rows"]) >= max(len(part.get("spots", [])), 1)
