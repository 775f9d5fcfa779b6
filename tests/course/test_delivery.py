"""Files in a student's folder are known again, and no work is ever lost there."""

from __future__ import annotations

import errno
import json
import os
import random
import shutil
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import svclab
from svclab.catalogue import CHAPTERS
from svclab.course import bundles, delivery, starting
from svclab.course.places import CourseError

NOTEBOOK = CHAPTERS[0].notebook
NEW = NOTEBOOK.replace(".ipynb", "-new.ipynb")


def test_the_first_start_brings_everything_to_its_place(course: Any) -> None:
    assert course.start() == [
        f"New: START-HERE.ipynb, {NOTEBOOK}, book/glossary.md, data/clinic.csv"
    ]
    wanted = {"START-HERE.ipynb", NOTEBOOK, "book/glossary.md", "data/clinic.csv", ".svclab.json"}
    assert course.files() == wanted


def test_a_second_start_writes_nothing(course: Any) -> None:
    course.start()
    before = {name: (course.folder / name).stat().st_mtime_ns for name in course.files()}
    assert course.start() == []
    assert before == {name: (course.folder / name).stat().st_mtime_ns for name in course.files()}


def test_an_update_replaces_what_the_student_has_not_changed(course: Any) -> None:
    course.start()
    course.publish("second")
    assert course.start() == [f"Updated: {NOTEBOOK}"]
    assert course.read() == "second"


def test_a_changed_file_stays_and_the_new_version_stands_beside_it(course: Any) -> None:
    course.start()
    course.write("my work")
    (course.folder / "data/clinic.csv").write_text("mine", encoding="utf-8")
    assert course.start() == []
    course.publish("second")
    (course.contents.data / "clinic.csv").write_text("a,b\n3,4\n", encoding="utf-8")
    assert course.start() == [
        f"You have changed {NOTEBOOK}, so it stays as it is; the new version is {NEW}",
        "You have changed data/clinic.csv, so it stays as it is; "
        "the new version is data/clinic-new.csv",
    ]
    assert (course.read(), course.read(NEW)) == ("my work", "second")
    assert course.read("data/clinic.csv") == "mine"
    assert course.start() == []


def test_the_new_version_beside_is_renewed_until_the_student_works_in_it(course: Any) -> None:
    course.start()
    course.write("my work")
    for text in ("second", "third"):
        course.publish(text)
        course.start()
        assert course.read(NEW) == text
    course.write("work in the third", NEW)
    course.publish("fourth")
    [line] = course.start()
    assert line.endswith("-new-2.ipynb")
    assert course.read(NEW) == "work in the third"
    assert course.read(NEW.replace("-new", "-new-2")) == "fourth"
    assert course.read() == "my work"


def test_a_new_version_that_the_student_has_deleted_comes_only_with_the_next_update(
    course: Any,
) -> None:
    course.start()
    course.write("my work")
    course.publish("second")
    course.start()
    (course.folder / NEW).unlink()
    assert course.start() == []
    assert not (course.folder / NEW).exists()
    course.publish("third")
    course.start()
    assert course.read(NEW) == "third"


def test_opening_and_saving_in_jupyter_is_no_change_but_an_output_is(course: Any) -> None:
    course.start()
    opened = json.loads((course.folder / NOTEBOOK).read_text(encoding="utf-8"))
    opened["metadata"] = {
        "kernelspec": {"display_name": "Python 3 (ipykernel)", "name": "python3"},
        "language_info": {"name": "python", "version": "3.14.1"},
    }
    opened["cells"][0].update(id="abc", execution_count=3)
    saved = json.dumps(opened, indent=1).replace("\n", "\r\n")
    (course.folder / NOTEBOOK).write_bytes(saved.encode())
    course.publish("second")
    assert course.start() == [f"Updated: {NOTEBOOK}"]
    output = {"output_type": "stream", "name": "stdout", "text": "42"}
    course.write("second", outputs=[output])
    course.publish("third")
    course.start()
    assert "42" in (course.folder / NOTEBOOK).read_text(encoding="utf-8")
    assert course.read(NEW) == "third"


def test_what_was_deleted_or_renamed_is_brought_back(course: Any) -> None:
    course.start()
    course.write("my work")
    (course.folder / NOTEBOOK).rename(course.folder / "notebooks/mine.ipynb")
    (course.folder / "book/glossary.md").unlink()
    assert course.start() == [f"Brought back: {NOTEBOOK}, book/glossary.md"]
    assert (course.read(), course.read("notebooks/mine.ipynb")) == ("first", "my work")


def test_a_new_chapter_comes_and_a_withdrawn_one_stays(
    course: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    course.start()
    more = replace(CHAPTERS[0], number=6, slug="more")
    monkeypatch.setattr(bundles, "CHAPTERS", (more,))
    course.publish("sixth", more.notebook)
    new, updated, withdrawn = course.start()
    assert new == f"New: {more.notebook}"
    assert updated == "Updated: START-HERE.ipynb"
    assert withdrawn == f"{NOTEBOOK} is no longer part of the course; yours stays"
    assert course.read() == "first"
    assert course.start() == []


SPOILT = {
    "gone": None,
    "empty": b"",
    "cut off": b'{"schema": 1, "editions": {"student": {"no',
    "no text": b"\xff\xfe\x00",
    "a list": b"[1]",
    "deep": b"[" * 100_000,
    "of a later schema": b'{"schema": 99, "editions": {"student": 5}}',
    "of other types": json.dumps(
        {"schema": 1, "version": 5, "editions": {"student": {NOTEBOOK: [], "x": {"beside": 3}}}}
    ).encode(),
}


@pytest.mark.parametrize("spoilt", SPOILT.values(), ids=SPOILT.keys())
@pytest.mark.parametrize("update", [True, False])
def test_spoilt_notes_lose_no_work(course: Any, spoilt: bytes | None, update: bool) -> None:
    course.start()
    course.write("my work")
    notes = course.folder / delivery.NOTES
    notes.unlink()
    if spoilt is not None:
        notes.write_bytes(spoilt)
    if update:
        course.publish("second")
    [line] = course.start()
    assert line == f"{NOTEBOOK} was there already, so it stays as it is; the course's is {NEW}"
    assert (course.read(), course.read(NEW)) == ("my work", "second" if update else "first")
    assert course.start() == []


def test_links_and_folders_in_the_way_stay(course: Any, tmp_path: Path) -> None:
    course.start()
    (course.folder / NOTEBOOK).unlink()
    (course.folder / NOTEBOOK).mkdir()
    if os.name != "nt":
        kept = tmp_path / "kept.csv"
        shutil.move(course.folder / "data/clinic.csv", kept)
        (course.folder / "data/clinic.csv").symlink_to(kept)
        (course.contents.data / "clinic.csv").write_text("new", encoding="utf-8")
    course.publish("second")
    course.start()
    assert (course.folder / NOTEBOOK).is_dir()
    assert course.read(NEW) == "second"
    if os.name != "nt":
        assert kept.read_text(encoding="utf-8") == "a,b\n1,2\n"
        assert (course.folder / "data/clinic.csv").is_symlink()
        assert course.read("data/clinic-new.csv") == "new"


@pytest.mark.parametrize("stop", [KeyboardInterrupt, OSError(errno.ENOSPC, "full")])
@pytest.mark.parametrize("at", range(5))
def test_a_run_that_stopped_anywhere_is_finished_by_the_next(
    course: Any, monkeypatch: pytest.MonkeyPatch, at: int, stop: Any
) -> None:
    course.start()
    course.write("my work")
    course.publish("second")
    (course.folder / "book/glossary.md").unlink()
    (course.contents.data / "clinic.csv").write_text("a,b\n3,4\n", encoding="utf-8")
    (course.contents.data / "new.csv").write_text("a\n", encoding="utf-8")
    real, count = Path.replace, iter(range(100))

    def stops(self: Path, target: Path) -> Path:
        if next(count) == at:
            raise stop
        return real(self, target)

    monkeypatch.setattr(Path, "replace", stops)
    with suppress(KeyboardInterrupt, CourseError):
        course.start()
    assert next(count) > at
    monkeypatch.setattr(Path, "replace", real)
    assert (course.read("data/clinic.csv")) in ("a,b\n1,2\n", "a,b\n3,4\n")
    course.start()
    assert (course.read(), course.read(NEW)) == ("my work", "second")
    assert course.read("data/clinic.csv") == "a,b\n3,4\n"
    assert course.files() == {
        "START-HERE.ipynb", NOTEBOOK, NEW, "book/glossary.md", "data/clinic.csv", "data/new.csv",
        ".svclab.json",
    }  # fmt: skip
    assert course.start() == []


def test_what_a_killed_run_left_behind_is_cleared_away(course: Any) -> None:
    course.start()
    left = course.folder / f"notebooks/.{Path(NOTEBOOK).name}.123{delivery.WAITING}"
    left.write_text("half", encoding="utf-8")
    os.utime(left, (0, 0))
    course.publish("second")
    course.start()
    assert not left.exists()


@pytest.mark.parametrize(
    ("number", "sentence"),
    [
        (errno.ENOSPC, "The disk that holds .* is full: free some space"),
        (errno.EACCES, "cannot be written to .* choose another folder"),
        (errno.EROFS, "cannot be written to .* choose another folder"),
        (errno.EIO, "Nothing can be put into"),
    ],
)
def test_what_the_disk_refuses_is_said_in_a_sentence(
    course: Any, monkeypatch: pytest.MonkeyPatch, number: int, sentence: str
) -> None:
    course.start()
    course.publish("second")

    def refuses(self: Path, target: Path) -> Path:
        raise OSError(number, os.strerror(number), str(target))

    monkeypatch.setattr(Path, "replace", refuses)
    before = course.files()
    with pytest.raises(CourseError, match=f"{sentence}.*Nothing of yours was changed"):
        course.start()
    assert (course.read(), course.files()) == ("first", before)


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_may_not_be_written_to_is_named(course: Any) -> None:
    course.folder.mkdir(mode=0o500)
    with pytest.raises(CourseError, match=f"{course.folder} cannot be written to"):
        course.start()


def test_a_file_where_a_folder_is_needed_is_named(course: Any) -> None:
    course.folder.mkdir()
    (course.folder / "notebooks").write_text("mine", encoding="utf-8")
    with pytest.raises(CourseError, match="A folder is needed where a file is"):
        course.start()
    assert course.read("notebooks") == "mine"
    course.folder = course.folder / "notebooks"
    with pytest.raises(CourseError, match=r"is a file, and a folder is needed"):
        starting.choose(course.folder)


def test_an_older_svclab_changes_nothing_in_a_newer_folder(
    course: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(svclab, "__version__", "0.10.0")
    course.start()
    monkeypatch.setattr(svclab, "__version__", "0.9.1")
    course.publish("older")
    with pytest.raises(CourseError, match=r"svclab 0\.10\.0, and this is svclab 0\.9\.1, an older"):
        course.start()
    assert course.read() == "first"


def test_whatever_happens_no_text_of_the_student_is_lost(
    make_course: Callable[[Path], Any], tmp_path: Path
) -> None:
    """300 histories of 12 steps; their seeds are fixed, so there is no false alarm."""
    for seed in range(300):
        history(random.Random(seed), make_course(tmp_path / str(seed)))


def history(chance: random.Random, course: Any) -> None:
    """The student edits and deletes, the course is published, the notes are spoilt."""
    mine: dict[str, str] = {}
    deleted = False
    for step in range(12):
        there = sorted(course.files() - {delivery.NOTES}) if course.folder.is_dir() else []
        act = chance.choice(["start", "start", "publish", "edit", "edit", "delete", "spoil"])
        if act == "publish":
            course.publish(chance.choice(["first", "second", f"step {step}"]))
        elif act == "edit" and there:
            name = chance.choice(there)
            mine[name] = f"work {step}"
            course.write(mine[name], name)
        elif act == "delete" and there:
            name = chance.choice(there)
            (course.folder / name).unlink()
            mine.pop(name, None)
            deleted = True
        elif act == "spoil" and there:
            (course.folder / delivery.NOTES).write_bytes(chance.choice([b"", b"{}", b"[["]))
        else:
            course.start()
        assert {name: course.read(name) for name in mine} == mine
    course.start()
    assert {name: course.read(name) for name in mine} == mine
    if not deleted and NOTEBOOK not in mine and not any("-new" in name for name in mine):
        newest = course.text(course.contents.notebooks / Path(NOTEBOOK).name)
        assert newest in [course.read(name) for name in course.files() if "notebooks" in name]
