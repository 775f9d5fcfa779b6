"""The memory that a page starts from: whole, equal in every build, one part for each chapter."""

from __future__ import annotations

import gzip
import json
import struct
from pathlib import Path

import pytest

from svclab.catalogue import CHAPTERS
from svclab.course.memory import START, memories
from svclab.course.places import CourseError, Places

PAGE = 4096  # bytes


@pytest.fixture
def built(site: Path, places: Places) -> tuple[dict[str, bytes], Path]:
    """The runtime's files of the built site, and its course folder."""
    runtime = next((site / "_static").glob("runtime-*"))
    files = {path.name: path.read_bytes() for path in runtime.iterdir() if path.is_file()}
    return files, next((site / "_static").glob("course-*"))


def test_the_memory_is_equal_in_every_build(built: tuple[dict[str, bytes], Path]) -> None:
    runtime, course = built
    chosen = ["svclab.basics.exercises", "svclab.basics.explorables"]
    _, again = memories(runtime, (course / "svclab.zip").read_bytes(), chosen)
    assert set(again) == {"start.bin", "basics.bin"}
    for name, content in again.items():
        assert content == (course / "memory" / name).read_bytes(), name


def test_each_chapter_has_a_part_that_lies_within_the_memory(
    built: tuple[dict[str, bytes], Path],
) -> None:
    _, course = built
    script = (course / "settings.mjs").read_text(encoding="utf-8")
    settings = json.loads(script.removeprefix("export default ").removesuffix(";\n"))
    assert settings["start"] == START
    parts = {path.stem: path.read_bytes() for path in (course / "memory").iterdir()}
    assert set(parts) == {"start", *(entry.package for entry in CHAPTERS)}
    for name, content in parts.items():
        packed = gzip.decompress(content)
        (count,) = struct.unpack_from("<I", packed)
        pages = struct.unpack_from(f"<{count}I", packed, 4)
        assert len(packed) == 4 * (1 + count) + PAGE * count, name
        assert list(pages) == sorted(set(pages))
        assert (pages[-1] + 1) * PAGE < settings["memory"] + PAGE
        # A chapter costs a visitor a fraction of the start.
        assert name == "start" or len(content) < len(parts["start"]) / 2


def test_a_chapter_that_cannot_be_imported_stops_the_build_with_its_name(
    built: tuple[dict[str, bytes], Path],
) -> None:
    runtime, course = built
    with pytest.raises(CourseError, match="No module named 'svclab"):
        memories(runtime, (course / "svclab.zip").read_bytes(), ["svclab.nowhere.exercises"])
