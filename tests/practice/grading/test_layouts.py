"""What was handed in, as folders and zips come from people and platforms; and when."""

from __future__ import annotations

import datetime as dt
import io
import os
import struct
import zipfile
from typing import Any

import pytest

CLASS = "id,name,moodle id,canvas id\n2026-0417,Ada Lovelace,4711,7001\n2026-0418,张三,4712,7002\n"
NOON = int(dt.datetime(2026, 12, 1, 12, tzinfo=dt.UTC).timestamp())  # 20:00 in Shanghai


def zipped(files: dict[str, bytes], when: tuple[int, ...] = (2026, 11, 30, 12, 0, 0)) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            info = zipfile.ZipInfo(name, when)  # type: ignore[arg-type]
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, content)
    return stream.getvalue()


def handed_in(course: Any, roster: str = CLASS, **options: Any) -> dict[str, str]:
    course.grade(roster, **options)
    return {row["student id"]: row["answered"] for row in course.table("grades.csv")}


@pytest.mark.parametrize(
    "where",
    [
        "Ada Lovelace_4711_assignsubmission_file_/05-process.ipynb",
        "Ada Lovelace_4711_assignsubmission_file_05-process.ipynb",
        "lovelaceada_7001_90210_05-process.ipynb",
        "2026-0417/a/b/05-process.IPYNB",
        "anything.ipynb",
    ],
)
def test_a_notebook_is_found_in_every_layout(course: Any, where: str) -> None:
    course.hand_in(where, course.notebook(course.record("2026-0417")))
    assert handed_in(course) == {"2026-0417": "1", "2026-0418": "0"}


def test_zips_and_zips_inside_zips_are_read_and_one_level_deeper_is_reported(
    course: Any, found: Any
) -> None:
    first = course.notebook(course.record("2026-0417"))
    second = course.export(course.record("2026-0418"))
    deep = zipped({"x.zip": zipped({"a.json": second}), "b.json": second})
    whole = {
        "Ada Lovelace_4711_assignsubmission_file_/05.ipynb": first,
        "张三_4712_assignsubmission_file_/work.zip": deep,
    }
    course.hand_in("moodle.zip", zipped(whole))
    assert handed_in(course) == {"2026-0417": "1", "2026-0418": "1"}
    outcome = course.grade(CLASS)
    assert found(outcome, "archive") == ["A zip inside a zip inside a zip is not opened."]
    assert found(outcome, "owner") == []


def test_a_single_zip_or_file_can_be_graded_itself(course: Any) -> None:
    course.submissions = course.hand_in("all.zip", zipped({"a.ipynb": course.notebook(
        course.record("2026-0418"))}))  # fmt: skip
    assert handed_in(course) == {"2026-0417": "0", "2026-0418": "1"}


def test_names_in_a_zip_from_a_chinese_windows_are_read(course: Any) -> None:
    plain = zipped({"XXXX_4799_assignsubmission_file_/a.json": course.export(
        course.record("2026-0418"))})  # fmt: skip
    course.hand_in("all.zip", plain.replace(b"XXXX_", "张三_".encode("gbk")))
    course.grade(CLASS)
    assert course.table("items.csv")[0]["file"] == "all.zip/张三_4799_assignsubmission_file_/a.json"


def test_clutter_is_passed_over_and_other_files_are_noted(course: Any, found: Any) -> None:
    for where in ("__MACOSX/._a.ipynb", ".ipynb_checkpoints/a.ipynb", ".DS_Store", "a.html"):
        course.hand_in(where, b"x")
    course.hand_in("all.zip", zipped({"__MACOSX/._a.ipynb": b"x", "a.pdf": b"x"}))
    outcome = course.grade()
    assert [one.where for one in outcome.findings] == ["a.html", "all.zip/a.pdf"]


def test_grades_inside_the_submissions_are_not_read_again(course: Any) -> None:
    course.hand_in("2026-0417.json", course.export(course.record("2026-0417")))
    course.out = course.submissions / "grades"
    first = course.grade()
    assert course.grade().findings == first.findings == ()


def test_a_notebook_and_an_export_of_one_student_are_put_together(course: Any) -> None:
    course.hand_in("a.ipynb", course.notebook(course.record("2026-0417")))
    course.hand_in("b.json", course.export(course.record("2026-0417", "demo.larger")))
    assert handed_in(course)["2026-0417"] == "2"


def test_best_and_last_of_an_exercise_in_two_cells_count_once(course: Any) -> None:
    one = course.record("2026-0417")
    course.hand_in("a.ipynb", course.notebook(one, one, one))
    assert handed_in(course)["2026-0417"] == "1"
    assert len(course.table("items.csv")) == 2  # and the one that is missing


# When it was handed in.

LATE = """
[late]
timezone = "Asia/Shanghai"
deadline = 2026-11-30T23:59:00
percent_per_day = 10
"""


def days(course: Any, roster: str = CLASS) -> list[tuple[str, str]]:
    course.grade(roster, rules=LATE)
    rows = course.table("grades.csv")
    return [(row["days late"], row["time known from"]) for row in rows]


def two(course: Any, name: str = "{}.json") -> dict[str, bytes]:
    return {
        name.format(student): course.export(course.record(student))
        for student in ("2026-0417", "2026-0418")
    }


def test_the_time_of_a_zip_entry_is_in_the_courses_zone_and_asked_to_be_checked(
    course: Any, found: Any
) -> None:
    files = two(course)
    in_time = zipped({"2026-0418.json": files["2026-0418.json"]})
    late = zipped({"2026-0417.json": files["2026-0417.json"]}, (2026, 12, 2, 1, 0, 0))
    course.hand_in("a.zip", late)
    course.hand_in("b.zip", in_time)
    assert days(course) == [("2", "time in the zip"), ("0", "time in the zip")]
    outcome = course.grade(CLASS, rules=LATE)
    assert found(outcome, "late") == [
        "Late by the time in the zip, 2026-12-02 01:00:00+08:00: 2 days taken off. Check that time."
    ]


def test_the_time_in_utc_that_unix_programs_keep_in_a_zip_is_preferred(course: Any) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        info = zipfile.ZipInfo("2026-0417.json", (2026, 11, 1, 0, 0, 0))
        info.extra = struct.pack("<HHBl", 0x5455, 5, 1, NOON)
        archive.writestr(info, course.export(course.record("2026-0417")))
    course.hand_in("a.zip", stream.getvalue())
    assert days(course)[0] == ("1", "time in the zip")


def test_a_download_packed_after_the_deadline_makes_nobody_late(course: Any, found: Any) -> None:
    """Moodle and Canvas stamp all entries with the time of the download."""
    course.hand_in("moodle.zip", zipped(two(course), (2026, 12, 20, 8, 0, 0)))
    assert [late for late, _ in days(course)] == ["0", "0"]
    outcome = course.grade(CLASS, rules=LATE)
    (sentence,) = found(outcome, "late")
    assert "many files have the same: that of packing or copying them" in sentence


def test_one_zip_packed_late_is_recognised_beside_files_of_other_times(course: Any) -> None:
    course.hand_in("moodle.zip", zipped(two(course), (2026, 12, 20, 8, 0, 0)))
    late = zipped({"x.json": course.export(course.record("2026-0418", "demo.larger"))})
    course.hand_in("by mail.zip", late)
    assert [late for late, _ in days(course)] == ["0", "0"]


def test_canvas_mark_counts_as_one_day_and_its_absence_as_in_time(course: Any, found: Any) -> None:
    files = two(course)
    whole = {
        "lovelaceada_LATE_7001_90210_a.json": files["2026-0417.json"],
        "张三_7002_90211_a.json": files["2026-0418.json"],
    }
    course.hand_in("canvas.zip", zipped(whole, (2026, 12, 20, 8, 0, 0)))
    assert days(course) == [("1", "Canvas's mark"), ("0", "Canvas's mark")]
    outcome = course.grade(CLASS, rules=LATE)
    assert found(outcome, "late") == [
        "Canvas marks it as late, not by how much; one day was taken off."
    ]


def test_canvas_mark_and_an_extension_need_a_decision(course: Any, found: Any) -> None:
    name = "lovelaceada_LATE_7001_90210_a.json"
    course.hand_in(name, course.export(course.record("2026-0417")))
    text = LATE + '[[late.extensions]]\nstudent = "2026-0417"\ndays = 3\n'
    outcome = course.grade(CLASS, rules=text)
    assert "there is an extension; nothing was taken off" in found(outcome, "late")[0]
    assert course.table("grades.csv")[0]["days late"] == "0"


def test_the_time_in_the_roster_goes_before_all_others(course: Any) -> None:
    course.hand_in("all.zip", zipped(two(course), (2027, 1, 1, 0, 0, 0)))
    roster = "id,提交时间\n2026-0417,2026年11月30日 22:00\n2026-0418,2026/12/01 06:00\n"
    assert days(course, roster) == [("0", "time in the roster"), ("1", "time in the roster")]


def test_a_time_in_the_roster_that_cannot_be_read_is_reported(course: Any, found: Any) -> None:
    course.hand_in("all.zip", zipped(two(course)))
    outcome = course.grade("id,submitted\n2026-0417,yesterday\n", rules=LATE)
    assert "'yesterday' is no time" in found(outcome, "late")[0]


def test_the_time_of_the_file_is_the_last_resort(course: Any) -> None:
    path = course.hand_in("2026-0417.json", course.export(course.record("2026-0417")))
    os.utime(path, (NOON, NOON))  # 2026-12-01 12:00 UTC
    assert days(course)[0] == ("1", "time of the file")


def test_times_of_records_change_no_mark(course: Any) -> None:
    early = course.record("2026-0417", time="2026-01-01T00:00:00Z", began=None)
    path = course.hand_in("2026-0417.json", course.export(early))
    os.utime(path, (NOON, NOON))
    assert days(course)[0] == ("1", "time of the file")


def test_without_a_deadline_no_time_is_shown(course: Any) -> None:
    course.hand_in("2026-0417.json", course.export(course.record("2026-0417")))
    course.grade(CLASS)
    rows = course.table("grades.csv")
    assert [row["handed in"] for row in rows] == ["yes", "no"]
    assert [row["time known from"] for row in rows] == ["", ""]
