"""What is stored of a notebook is the same on every machine and at every time."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

from svclab.course import notebooks
from svclab.course.places import Places
from svclab.course.sanitise import sanitise

MIME = "application/vnd.svclab.explorable+json"
WIDGET = "application/vnd.jupyter.widget-view+json"


def code(source: str, *outputs: dict[str, Any], **metadata: Any) -> dict[str, Any]:
    return {
        "cell_type": "code",
        "id": "random1",
        "execution_count": 41,
        "metadata": {"execution": {"iopub.status.busy": "2026-01-01"}, **metadata},
        "source": source,
        "outputs": list(outputs),
    }


def notebook(*cells: dict[str, Any]) -> dict[str, Any]:
    metadata = {"widgets": {"state": {}}, "language_info": {"version": "3.11.7"}}
    return {"cells": list(cells), "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}


def shown(**data: Any) -> dict[str, Any]:
    return {"output_type": "display_data", "metadata": {"x": 1}, "data": data}


def test_ids_come_from_the_cells_and_tell_equal_cells_apart(tmp_path: Path) -> None:
    first = sanitise(notebook(code("1"), code("1"), code("2")), tmp_path)
    second = sanitise(notebook(code("0"), code("1"), code("2")), tmp_path)
    ids = [cell["id"] for cell in first["cells"]]
    assert len(set(ids)) == 3
    assert second["cells"][1]["id"] == ids[0]
    assert second["cells"][2]["id"] == ids[2]


def test_times_versions_and_widget_state_are_dropped(tmp_path: Path) -> None:
    text = json.dumps(sanitise(notebook(code("1", tags=["instructor"])), tmp_path))
    for unwanted in ("iopub", "3.11.7", "widgets", "random1", "41"):
        assert unwanted not in text
    assert "instructor" in text


def test_widget_view_is_dropped_and_explorable_kept(tmp_path: Path) -> None:
    both = shown(**{WIDGET: {"model_id": "ab"}, MIME: {"name": "n"}, "text/plain": "Widget()"})
    widget = shown(**{WIDGET: {"model_id": "ab"}, "text/plain": "IntSlider(value=1)"})
    [cell] = sanitise(notebook(code("1", both, widget)), tmp_path)["cells"]
    assert [output["data"] for output in cell["outputs"]] == [
        {MIME: {"name": "n"}, "text/plain": "Widget()"}
    ]


def test_machine_paths_and_addresses_are_dropped(tmp_path: Path) -> None:
    stream = {"output_type": "stream", "name": "stdout", "text": f"{tmp_path}/a <X at 0x7f00aa11>"}
    home = shown(**{"text/plain": f"{Path.home()}/b"})
    [cell] = sanitise(notebook(code("1", stream, home)), tmp_path)["cells"]
    assert cell["outputs"][0]["text"] == "./a <X>"
    assert cell["outputs"][1]["data"]["text/plain"] == "~/b"


def test_styled_tables_get_ids_that_do_not_change(tmp_path: Path) -> None:
    tables = [
        shown(**{"text/html": f'<style>#T_{mark}_row0 {{}}</style><table id="T_{mark}"></table>'})
        for mark in ("0a1b2", "ffe01")
    ]
    cells = sanitise(notebook(code("1", tables[0]), code("2", tables[1])), tmp_path)["cells"]
    first, second = (cell["outputs"][0]["data"]["text/html"] for cell in cells)
    assert first == second


def test_sanitising_twice_changes_nothing(tmp_path: Path) -> None:
    once = sanitise(notebook(code("1", shown(**{"text/plain": "1"}))), tmp_path)
    assert sanitise(copy.deepcopy(once), tmp_path) == once


def test_running_twice_stores_the_same_bytes(tmp_path: Path) -> None:
    path = tmp_path / "notebooks" / "x.ipynb"
    source = "import pandas as pd\npd.DataFrame({'a': [1, 2]}).style"
    notebooks.save(notebook(code(source), code("print(object())")), path)
    stored = []
    for _ in range(2):
        notebooks.save(notebooks.execute(path, Places(tmp_path), "sources"), path)
        stored.append(path.read_bytes())
    assert stored[0] == stored[1]
    result = notebooks.load(path)
    assert notebooks.up_to_date(result, notebooks.key_of(result, "sources"))
    assert not notebooks.up_to_date(result, notebooks.key_of(result, "other sources"))


def test_a_students_records_are_never_stored() -> None:
    record = {"application/vnd.svclab.record+json": {"records": []}, "text/plain": "Record: 100%"}
    shown = {"application/vnd.svclab.exercise+json": {"name": "process.a"}, "text/plain": "A"}
    given = notebook(
        code(
            "exercises.a",
            {"output_type": "display_data", "data": shown, "metadata": {}},
            {"output_type": "display_data", "data": record, "metadata": {}},
        )
    )
    outputs = sanitise(given, Path("/nowhere"))["cells"][0]["outputs"]
    assert [set(output["data"]) for output in outputs] == [set(shown)]


def test_pieces_of_one_stream_become_one() -> None:
    pieces = [
        {"output_type": "stream", "name": name, "text": text}
        for name, text in (("stdout", "a"), ("stdout", ["b\n", "c"]), ("stderr", "d"))
    ]
    outputs = sanitise(notebook(code("x", *pieces)), Path("/nowhere"))["cells"][0]["outputs"]
    assert [(one["name"], one["text"]) for one in outputs] == [("stdout", "ab\nc"), ("stderr", "d")]
