"""The files for Moodle and Canvas, as their importers read them."""

from __future__ import annotations

import csv
import io
from typing import Any

CLASS = (
    "Student,ID,SIS User ID,SIS Login ID,Section,Email\n"
    '"Lovelace, Ada",7001,2026-0417,ada,Lab 1,ada@x.cn\n'
    "张三,7002,2026-0418,zs,Lab 1,zs@x.cn\n"
)
RULES = """
[[parts]]
name = "exercises"
weight = 1
exercises = ["*"]
[[parts]]
name = "exam"
weight = 1
"""


def graded(course: Any, **options: Any) -> None:
    right = course.right("demo.larger", "2026-0417")
    made = course.record("2026-0417", "demo.larger", {**right, "by": "0"})
    course.hand_in("2026-0417.json", course.export(course.record("2026-0417"), made))
    course.grade(CLASS, rules=RULES, **options)


def rows(course: Any, name: str) -> list[list[str]]:
    raw = (course.out / name).read_bytes()
    assert not raw.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(raw.decode("utf-8"))))


def test_canvas_finds_its_columns_in_its_order_and_the_row_of_points(course: Any) -> None:
    """Canvas's importer wants Student first, ID second, Section last of what names a student."""
    graded(course)
    assert rows(course, "canvas.csv") == [
        ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", "exercises"],
        ["    Points Possible", "", "", "", "", "100"],
        ["Lovelace, Ada", "7001", "2026-0417", "ada", "Lab 1", "70"],
        ["张三", "7002", "2026-0418", "zs", "Lab 1", ""],
    ]


def test_canvas_gets_no_part_entered_by_hand_and_no_total(course: Any) -> None:
    graded(course, parts="id,exam\n2026-0417,50\n2026-0418,40\n")
    assert rows(course, "canvas.csv")[0][5:] == ["exercises"]


def test_moodle_gets_what_its_importer_can_map(course: Any) -> None:
    """Moodle maps a user by ID number or email address, and each other column to a grade."""
    graded(course, parts="id,exam\n2026-0417,50\n2026-0418,40\n")
    assert rows(course, "moodle.csv") == [
        ["ID number", "Email address", "Full name", "exercises", "exam", "Total"],
        ["2026-0417", "ada@x.cn", "Lovelace, Ada", "70", "50", "60"],
        ["2026-0418", "zs@x.cn", "张三", "", "40", "20"],
    ]


def test_who_has_handed_in_nothing_gets_an_empty_cell_not_a_zero(course: Any) -> None:
    graded(course)
    assert rows(course, "moodle.csv")[2][-2:] == ["", ""]
    assert rows(course, "canvas.csv")[3][-1] == ""


def test_tables_for_the_instructor_open_in_excel_with_chinese_names(course: Any) -> None:
    graded(course)
    for name in ("grades.csv", "items.csv", "attention.csv"):
        assert (course.out / name).read_bytes().startswith(b"\xef\xbb\xbf"), name
