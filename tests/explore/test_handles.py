"""Points of a chart that can be dragged: what Python says of them, and what the browser makes."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest
import vl_convert

import svclab
from svclab.course.node import find_node
from svclab.course.places import CourseError
from svclab.explore import Handle, lines

WEB = Path(svclab.__file__).parent / "web"


def in_node(expression: str, given: Any) -> Any:
    """What an expression on the module of handles gives."""
    try:
        node = find_node().program
    except CourseError:
        pytest.skip("Node is missing: install the site's dependencies")
    program = (
        f"const given = {json.dumps(given)};\n"
        'const h = await import("./handles.mjs");\n'
        f"console.log(JSON.stringify({expression}));"
    )
    done = subprocess.run(
        [node, "--input-type=module", "--eval", program],
        capture_output=True, encoding="utf-8", timeout=60, check=False, cwd=WEB,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


P = {"low": 0.1, "high": 2.05, "step": 0.1}


@pytest.mark.parametrize(
    ("value", "snapped"), [(0.34, 0.3), (-9, 0.1), (99, 2), (0.30000000000000004, 0.3)]
)
def test_a_dragged_value_is_one_that_the_slider_could_give(value: float, snapped: float) -> None:
    assert in_node("h.snap(given.p, given.value)", {"p": P, "value": value}) == snapped


@pytest.mark.parametrize(
    ("key", "value"),
    [("ArrowRight", 1.1), ("ArrowUp", 1.1), ("ArrowLeft", 0.9), ("ArrowDown", 0.9),
     ("PageUp", 2), ("PageDown", 0.1), ("Home", 0.1), ("End", 2), ("a", None)],
)  # fmt: skip
def test_keys_move_a_handle_as_they_move_a_slider(key: str, value: float | None) -> None:
    assert in_node("h.valueAfter(given[0], given[1], 1)", [key, P]) == value


@pytest.mark.parametrize(
    ("handle", "value", "place"),
    [
        ({"axis": "x", "x": 1, "y": 5}, 3, [3, 5]),
        ({"axis": "y", "x": 1, "y": 5}, 3, [1, 3]),
        ({"axis": "x", "x": 1, "y": 1, "path": [[0, 0], [4, 8], [6, 8]]}, 3, [3, 6]),
        ({"axis": "x", "x": 1, "y": 1, "path": [[0, 0], [4, 8]]}, 9, [9, 1]),
    ],
    ids=["along x", "along y", "along a path", "beyond the path"],
)
def test_a_handle_stands_where_its_value_is(
    handle: dict[str, Any], value: float, place: list[float]
) -> None:
    assert in_node("h.placeOf(given[0], given[1])", [handle, value]) == place


@pytest.mark.parametrize(("axis", "value"), [("x", 8), ("y", 5)])
def test_a_handle_goes_along_its_axis_as_far_as_the_pointer_also_on_a_steep_curve(
    axis: str, value: float
) -> None:
    # A wall at x = 9 to 10, in pixels ten times as large; the pointer is half-way up beside it.
    handle = {"axis": axis, "x": 9.5, "y": 5, "path": [[0, 0], [9, 0], [10, 10]]}
    p = {"low": 0, "high": 10, "step": 0.5}
    turn = "([x, y]) => [x / 10, y / 10]"
    assert in_node(f"h.valueAt(given[0], given[1], [80, 50], {turn})", [handle, p]) == value


def test_a_handle_names_a_table_cell_by_row_and_column_or_not_at_all() -> None:
    data = Handle(parameter="staff", axis="y", x=9, y=3, row=0, column="n", label="9:00").to_data()
    assert (data["row"], data["column"], data["label"]) == (0, "n", "9:00")
    with pytest.raises(ValueError, match="both row and column"):
        Handle(parameter="staff", x=9, y=3, row=0)
    with pytest.raises(ValueError, match="along 'x' or 'y'"):
        Handle(parameter="staff", x=9, y=3, axis="z")


ROWS = [{"x": 0.0, "y": 1.0}, {"x": 1.0, "y": 3.0}]


def test_a_chart_without_handles_says_nothing_of_them() -> None:
    chart = lines(ROWS, x=("x", "X"), y=("y", "Y"), alt="It rises.").to_data()
    assert "handles" not in chart
    moved = lines(ROWS, x=("x", "X"), y=("y", "Y"), alt="It rises.",
                  handles=[Handle(parameter="p", x=0, y=1)]).to_data()  # fmt: skip
    assert moved["handles"] == [{"parameter": "p", "axis": "x", "x": 0, "y": 1}]


def test_bands_distances_and_faint_lines_are_drawn_by_vega_with_their_names() -> None:
    chart = lines(
        ROWS,
        x=("x", "X"),
        y=("y", "Y"),
        alt="It rises.",
        band=[{"x": 0, "low": 0.5, "high": 1.5}, {"x": 1, "low": 2, "high": 4}],
        faint=[{"x": 0, "y": 0, "line": 1}, {"x": 1, "y": 2, "line": 1}],
        spans=[{"x": 0.5, "x2": 0.5, "y": 1, "y2": 2, "label": "queue: 1"}],
        marks=[{"x": 1, "y": 3, "label": "now", "side": "left"}],
    ).to_data()
    svg = vl_convert.vegalite_to_svg({**chart["spec"], "width": 500, "datasets": chart["data"]})
    assert "NaN" not in svg
    assert svg.count(">queue: 1<") == 1
    assert svg.count(">now<") == 1
    assert chart["columns"]["band"][1] == {"field": "low", "label": "Lower edge"}
    # The name stands at the lower end of an upright distance.
    assert chart["data"]["spans"][0] | {"at_x": 0.5, "at_y": 1} == chart["data"]["spans"][0]
