"""One notebook and one export per schema that was ever released: graded as on the first day.

A new schema gets files of its own; these are never made again.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from svclab.practice.records import SCHEMA

GOLDEN = Path(__file__).parent / "golden"


def test_every_schema_has_its_files() -> None:
    names = {path.name for path in GOLDEN.iterdir()}
    wanted = {f"schema-{n}.{kind}" for n in range(1, SCHEMA + 1) for kind in ("ipynb", "json")}
    assert names == wanted


@pytest.mark.parametrize("schema", range(1, SCHEMA + 1))
@pytest.mark.parametrize("kind", ["ipynb", "json"])
def test_a_file_of_each_schema_is_graded(course: Any, schema: int, kind: str) -> None:
    content = (GOLDEN / f"schema-{schema}.{kind}").read_bytes()
    course.hand_in(f"2026-0417.{kind}", content)
    outcome = course.grade("学号,姓名\n2026-0417,张三\n")
    assert [one.kind for one in outcome.findings] == ["older"]
    rows = course.table("items.csv")
    assert [
        (row["exercise"], row["version"], row["share"], row["misconceptions"]) for row in rows
    ] == [
        ("demo.total", "1", "1", ""),
        ("demo.larger", "1", "0.5", ""),
        ("demo.bonus", "1", "0", "difference"),
    ]


def test_the_files_hold_a_field_that_no_reader_knows() -> None:
    document = json.loads((GOLDEN / "schema-1.json").read_text(encoding="utf-8"))
    assert all("later" in record for record in document["records"])
