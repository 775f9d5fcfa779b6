"""Values between controls and requests, as the browser checks them before Python does."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

import svclab
from svclab.course.node import find_node
from svclab.course.places import CourseError
from svclab.explore import Choice, Column, Integer, Table
from svclab.explore.parameters import Parameter

WEB = Path(svclab.__file__).parent / "web"
LONG = "The more the service is worth, the longer one waits; who wants little waits little."


def checked(p: Parameter, value: Any) -> dict[str, Any]:
    """What values.mjs makes of a value for this parameter."""
    try:
        node = find_node().program
    except CourseError:
        pytest.skip("Node is missing: install the site's dependencies")
    program = (
        f"const [p, value] = {json.dumps([p.declaration(), value])};\n"
        'const { check } = await import("./values.mjs");\n'
        "console.log(JSON.stringify(check(p, value)));"
    )
    done = subprocess.run(
        [node, "--input-type=module", "--eval", program],
        capture_output=True, encoding="utf-8", timeout=60, check=False, cwd=WEB,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def table(*, add: bool = False) -> Table:
    """A table with a column of the course's own text."""
    return Table(
        name="marks",
        label="Marks",
        columns=[
            Column(name="item", label="What must be true", editable=False),
            Column(Integer(name="mark", label="Mark", low=0, high=4, default=2)),
        ],
        default=[{"item": LONG if not add else "short", "mark": 2}],
        add=add,
    )


def test_options_with_commas_are_told_apart_in_a_message() -> None:
    options = {"ab": "money, then time", "ba": "time, then money"}
    order = Choice(name="order", label="Order", options=options, default="ab")
    said = "Order: choose one of “money, then time”, “time, then money”."
    assert checked(order, "x") == {"problem": said}
    with pytest.raises(ValueError, match="one of “money, then time”, “time, then money”"):
        order.check("x")


def test_the_courses_own_text_in_a_table_may_be_longer_than_a_readers_name() -> None:
    rows = [{"item": LONG, "mark": 3}]
    assert checked(table(), rows) == {"value": rows}
    assert table().check(rows) == rows


def test_a_bad_number_beside_it_is_still_refused() -> None:
    assert "problem" in checked(table(), [{"item": LONG, "mark": 5}])


def test_where_rows_can_be_added_their_names_are_checked() -> None:
    rows = [{"item": LONG, "mark": 3}]
    assert "problem" in checked(table(add=True), rows)
    with pytest.raises(ValueError, match="60 letters"):
        table(add=True).check(rows)
