"""Hostile and damaged files: each is reported, bounded in time and memory; the rest is graded."""

from __future__ import annotations

import contextlib
import io
import json
import os
import stat
import sys
import time
import tracemalloc
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from svclab.practice import records
from svclab.practice.grading import Limits

MEGABYTE = 1_000_000


@pytest.fixture
def graded(course: Any) -> Iterator[Any]:
    """Grades beside an honest file, which must always get its mark."""
    course.hand_in("honest.ipynb", course.notebook(course.record("2026-0417")))

    def grade(**options: Any) -> Any:
        started = time.monotonic()
        outcome = course.grade(**options)
        assert time.monotonic() - started < 20
        assert course.table("items.csv")[0]["status"] == "right"
        return outcome

    return grade


def packed(name: str = "a.json", content: bytes = b"{}", **changes: Any) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        info = zipfile.ZipInfo(name)
        info.compress_type = zipfile.ZIP_DEFLATED
        for key, value in changes.items():
            setattr(info, key, value)
        archive.writestr(info, content)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"not json", "it is not JSON (line 1)"),
        (b"", "it is empty"),
        (b" \n", "it is empty"),
        (b'{"cells": [', "it is cut off or damaged"),
        (b"%PDF-1.7\n%\xe2\xe3", "it is a PDF under the name of a notebook"),
        (b"PK\x03\x04", "it is a zip, or a document of a word processor, under the name"),
        (b"<!doctype html>", "it is a web page under the name"),
        (b"[1, 2, 3]", "no notebook and no exported file"),
        (b"3", "no notebook and no exported file"),
        (b'{"cells": 3}', "no notebook and no exported file"),
        (b"[" * 200_000, "nested too deeply"),
        (b'{"cells":' + b"[" * 50_000 + b"]" * 50_000 + b"}", "nested too deeply"),
        (b'{"a": "\xff\xfe"}', "byte 7 is not UTF-8"),
        (b"\x80\x04\x95cposix\nsystem\n", "is not UTF-8"),  # a pickle is not even looked at
        (b'{"cells": [' + b"0," * 5_000_000 + b"0]}", "more than 4,000,000 values"),
    ],
)
def test_what_is_no_notebook_is_said_in_a_sentence(
    course: Any, graded: Any, found: Any, content: bytes, said: str
) -> None:
    course.hand_in("hostile.ipynb", content)
    (sentence,) = found(graded(), "file")
    assert sentence.startswith("Not read: ")
    assert said in sentence


@pytest.mark.parametrize(
    "cells",
    [
        [None, 3, "x", {"outputs": 3}, {"outputs": [None, 3, {"data": 3}, {"data": []}]}],
        [{"outputs": [{"data": {records.MIME: value}}]} for value in (None, 3, "x", [], {})],
        [{"outputs": [{"data": {records.MIME: {"schema": 1, "records": [None, 3, [], {}]}}}]}],
        [{"outputs": [{"data": {records.MIME: {"schema": 99, "records": []}}}]}],
    ],
)
def test_cells_of_any_shape_are_survived(course: Any, graded: Any, cells: list[Any]) -> None:
    course.hand_in("hostile.ipynb", json.dumps({"cells": cells}).encode())
    outcome = graded()
    assert {one.kind for one in outcome.findings} <= {"record", "empty"}
    assert any(one.where == "hostile.ipynb" for one in outcome.findings)


def test_200_megabytes_are_refused_by_their_size_without_reading(
    course: Any, graded: Any, found: Any
) -> None:
    path = course.hand_in("huge.json", b"")
    os.truncate(path, 200 * MEGABYTE)
    tracemalloc.start()
    (sentence,) = found(graded(), "file")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert "it has 200 MB, more than the 40 MB allowed; '--largest 200' allows it" in sentence
    assert peak < 30 * MEGABYTE


def test_the_limit_of_a_file_can_be_changed(course: Any, graded: Any, found: Any) -> None:
    content = course.export(course.record("2026-0417")) + b" " * 3 * MEGABYTE
    course.hand_in("large.json", content)
    assert found(graded(), "file") == []
    assert len(found(graded(limits=Limits(file_bytes=2 * MEGABYTE)), "file")) == 1


def test_a_million_records_are_cut(course: Any, graded: Any, found: Any) -> None:
    one = json.dumps(course.record("2026-0417"))
    many = ",".join([one] * 60_000)
    course.hand_in("many.json", f'{{"schema":1,"records":[{many}]}}'.encode())
    assert "It holds more than 2,000 records." in found(graded(), "many")


def test_a_million_small_records_are_refused_by_their_number(
    course: Any, graded: Any, found: Any
) -> None:
    course.hand_in("many.json", b'{"schema":1,"records":[' + b'{"a":1},' * 10**6 + b"0]}")
    outcome = graded(limits=Limits(values=2_000_000))
    assert "more than 2,000,000 values" in found(outcome, "file")[0]


def test_records_of_too_many_sessions_are_cut(course: Any, graded: Any, found: Any) -> None:
    made = [course.record("stranger", salt=f"{n:016x}") for n in range(310)]
    course.hand_in("many.json", course.export(*made))
    assert "Its records come from more than 300 sessions; the others were not read." in found(
        graded(), "many"
    )


@pytest.mark.parametrize("value", ["NaN", "Infinity", "-Infinity", "1e999", "9" * 5000, "1.5"])
@pytest.mark.parametrize("field", ["score", "version", "tries"])
def test_numbers_that_no_record_has_are_refused(
    course: Any, graded: Any, found: Any, value: str, field: str
) -> None:
    text = json.dumps({**course.record("2026-0417"), field: "HERE"}).replace('"HERE"', value)
    course.hand_in("odd.json", f'{{"schema":1,"records":[{text}]}}'.encode())
    assert f"its {field} is no whole number" in found(graded(), "record")[0]


def test_nan_elsewhere_in_a_notebook_does_not_matter(course: Any) -> None:
    notebook = course.notebook(course.record("2026-0417"))
    plot = b'{"cell_type": "code", "outputs": [{"data": {"x": [NaN, 1e999]}}]}, '
    course.hand_in("plot.ipynb", notebook.replace(b'{"cells": [', b'{"cells": [' + plot))
    assert course.grade().findings == ()
    assert course.table("items.csv")[0]["status"] == "right"


def test_answers_that_meet_a_fault_of_the_exercise_are_reported(
    course: Any, graded: Any, found: Any
) -> None:
    made = course.record("2026-0417", "demo.broken", answers={"sum": "12"}, answers_={})
    made["answers"] = {"sum": "13"}
    made["checksum"] = records.checksum(made)
    course.hand_in("broken.json", course.export(made))
    assert "checking it failed (ZeroDivisionError)" in found(graded(), "record")[0]


@pytest.mark.parametrize(
    "answers",
    [
        {"sum": "9" * 50_000},
        {"sum": ["1"] * 9000},
        {"sum": {"a": {"b": {"c": []}}}},
        {"sum": None},
        {"sum": True},
        {"sum": "\ud800"},
        {"nothing": "1"},
        {},
        {"sum": "1e99"},
        {"sum": "((((" * 999},
    ],
)
def test_answers_of_any_shape_earn_nothing_and_stop_nothing(
    course: Any, graded: Any, answers: Any
) -> None:
    made = course.record("2026-0417", score=0)
    made["answers"] = answers
    made["checksum"] = records.checksum(made)
    course.hand_in("odd.json", json.dumps({"schema": 1, "records": [made]}).encode())
    graded()
    assert b"\xed\xa0" not in (course.out / "report.html").read_bytes()


# Zips


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("../../evil.json", "its name leads out of the zip"),
        ("a/../../evil.json", "its name leads out of the zip"),
        ("/etc/evil.json", "its name leads out of the zip"),
        ("C:\\evil.json", "its name leads out of the zip"),
        ("..\\evil.json", "its name leads out of the zip"),
    ],
)
def test_names_that_lead_out_of_a_zip_are_reported_and_nothing_is_unpacked(
    course: Any, graded: Any, found: Any, name: str, said: str
) -> None:
    course.hand_in("evil.zip", packed(name, course.export(course.record("2026-0417"))))
    (sentence,) = found(graded(), "archive")
    assert said in sentence
    assert list(course.folder.rglob("evil.json")) == []


def test_a_link_in_a_zip_is_reported(course: Any, graded: Any, found: Any) -> None:
    link = packed("a.json", b"/etc/passwd", external_attr=(stat.S_IFLNK | 0o777) << 16)
    course.hand_in("link.zip", link)
    assert "it is a link inside a zip" in found(graded(), "archive")[0]


def test_an_encrypted_zip_is_reported(course: Any, graded: Any, found: Any) -> None:
    whole = bytearray(packed("a.json", b"{}"))
    for mark in (b"PK\x03\x04", b"PK\x01\x02"):
        at = whole.index(mark) + (6 if mark == b"PK\x03\x04" else 8)
        whole[at] |= 1
    course.hand_in("secret.zip", bytes(whole))
    assert "it is encrypted" in found(graded(), "archive")[0]


@pytest.mark.parametrize("content", [b"", b"PK", b"PK\x05\x06" + b"\0" * 17, os.urandom(5000)])
def test_a_damaged_zip_is_reported(course: Any, graded: Any, found: Any, content: bytes) -> None:
    course.hand_in("damaged.zip", content)
    assert "it is no zip file, or a damaged one" in found(graded(), "archive")[0]


def test_a_zip_with_a_damaged_entry_is_reported(course: Any, graded: Any, found: Any) -> None:
    whole = bytearray(packed("a.json", course.export(course.record("2026-0417"))))
    whole[60:70] = b"\xff" * 10
    course.hand_in("damaged.zip", bytes(whole))
    assert "it is damaged inside the zip" in found(graded(), "file")[0]


def test_a_zip_bomb_is_not_unpacked(course: Any, graded: Any, found: Any) -> None:
    course.hand_in("bomb.zip", packed("a.json", b" " * 30 * MEGABYTE))
    course.hand_in("bomb2.zip", packed("a.json", b"0" * 60 * MEGABYTE))
    tracemalloc.start()
    said = found(graded(), "archive")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert "it would grow more than 200 times" in said[0]
    assert "it is larger than 40 MB when unpacked" in said[1]
    assert peak < 30 * MEGABYTE


def test_a_zip_that_lies_about_its_sizes_is_not_believed(
    course: Any, graded: Any, found: Any
) -> None:
    whole = bytearray(packed("a.json", b" " * 50 * MEGABYTE))
    at = whole.rindex(b"PK\x01\x02")
    whole[at + 24 : at + 28] = (1000).to_bytes(4, "little")  # 1 kB, says the directory
    course.hand_in("liar.zip", bytes(whole))
    tracemalloc.start()
    assert "it is damaged inside the zip" in found(graded(), "file")[0]
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 30 * MEGABYTE


def test_a_zip_inside_a_zip_is_bounded_as_a_whole(course: Any, graded: Any, found: Any) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for number in range(4):
            archive.writestr(f"{number}.json", b"{}" + b" " * MEGABYTE)
    course.hand_in("outer.zip", packed("inner.zip", stream.getvalue()))
    outcome = graded(limits=Limits(inner_bytes=3 * MEGABYTE))
    assert found(outcome, "many") == ["The zip unpacks to too much."]


def test_a_zip_of_too_many_files_is_reported_before_it_is_read(
    course: Any, graded: Any, found: Any
) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for number in range(3000):
            archive.writestr(f"{number}.json", b"")
    course.hand_in("many.zip", stream.getvalue())
    assert "it holds more than 100 files" in found(
        graded(limits=Limits(entries=100)), "archive"
    )[0]  # fmt: skip


# Links, devices, names


@pytest.mark.skipif(sys.platform == "win32", reason="needs links and pipes")
def test_links_and_pipes_are_reported_and_not_followed(
    course: Any, graded: Any, found: Any, tmp_path: Path
) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "secret.json").write_bytes(course.export(course.record("2026-0417")))
    (course.submissions / "folder").symlink_to(outside)
    (course.submissions / "file.json").symlink_to(outside / "secret.json")
    (course.submissions / "dangling.json").symlink_to("nowhere")
    (course.submissions / "loop").symlink_to(course.submissions)
    os.mkfifo(course.submissions / "pipe.json")
    outcome = graded()
    assert len(found(outcome, "link")) == 5
    assert outcome.files == 1


@pytest.mark.skipif(sys.platform == "win32", reason="needs pipes")
def test_a_file_that_became_a_pipe_or_a_link_after_listing_does_not_hang(
    course: Any, tmp_path: Path
) -> None:
    from svclab.practice.grading.archives import UnreadableError
    from svclab.practice.grading.contents import read_file

    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "link").symlink_to("/etc/hostname")
    for name, said in [("pipe", "no regular file"), ("link", "cannot be opened")]:
        with pytest.raises(UnreadableError, match=said):
            read_file(str(tmp_path / name), 1000)


@pytest.mark.skipif(sys.platform != "linux", reason="other systems refuse such names")
def test_a_name_that_is_no_text_and_a_time_that_is_none_are_survived(course: Any) -> None:
    path = os.fsencode(course.submissions) + b"/\xff\xfe.json"
    with open(path, "wb") as stream:
        stream.write(course.export(course.record("2026-0417")))
    with contextlib.suppress(OSError):  # not every file system takes it
        os.utime(path, (-(2**40), -(2**40)))
    course.grade()
    assert course.table("items.csv")[0]["file"] == "��.json"


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read all")
def test_a_folder_that_may_not_be_opened_is_reported(course: Any, graded: Any, found: Any) -> None:
    (course.submissions / "closed").mkdir(mode=0)
    assert found(graded(), "link") == ["The folder cannot be opened."]


SCRIPT = "<script>alert(1)</script>"


def test_scripts_in_names_are_text_in_the_report(course: Any, graded: Any) -> None:
    course.hand_in("<img src=x onerror=alert(1)>.json", b"no")
    course.hand_in("x.zip", packed(f"{SCRIPT}.json", b"no"))
    wrong = course.wrong("demo.total", "2026-0417")
    course.hand_in("z.json", course.export(course.record("2026-0417", answers=wrong)))
    roster = f"id,name,section\n2026-0417,{SCRIPT},{SCRIPT}\nX1,\"<b onload='x'>\",\n"
    course.grade(roster, rules=f'title = "{SCRIPT}"')
    assert "<script" not in course.report
    assert "<img" not in course.report
    assert "<b" not in course.report.replace("<body>", "").replace("<br>", "")
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in course.report
    assert "default-src &#x27;none&#x27;" in course.report or "default-src 'none'" in course.report


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "＝", "＠"])
def test_no_cell_of_any_table_is_a_formula(course: Any, start: str) -> None:
    evil = f"{start}HYPERLINK(x)"
    course.hand_in(f"{start}cmd.json", b"no")
    course.hand_in("a.json", course.export(course.record("2026-0417")))
    course.grade(f"id,name,section\n2026-0417,{evil},{evil}\n{start}5,B,\n")
    for path in course.out.glob("*.csv"):
        for row in course.table(path.name):
            cells = [cell for cell in row.values() if cell]
            assert [cell for cell in cells if cell.startswith(start)] == [], path.name
        assert f"'{start}" in path.read_text(encoding="utf-8-sig")


def test_control_and_direction_signs_do_not_reach_a_table(course: Any) -> None:
    course.hand_in("a.zip", packed("evil\u202egnp.json", b"no"))
    course.grade("id,name\n2026-0417,A\u200b\u0007da\n")
    text = (course.out / "attention.csv").read_text(encoding="utf-8-sig") + course.report
    assert "\u202e" not in text
    assert "\u0007" not in text


def test_nothing_of_a_notebook_is_run(course: Any, graded: Any) -> None:
    """Every code cell of these notebooks raises SystemExit; metadata names a program to start."""
    notebook = json.loads(course.notebook(course.record("2026-0417")))
    notebook["metadata"] = {"kernelspec": {"argv": ["touch", str(course.folder / "ran")]}}
    course.hand_in("evil.ipynb", json.dumps(notebook).encode())
    graded()
    assert not (course.folder / "ran").exists()
