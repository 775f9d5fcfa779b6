"""A small course that can be published anew, and a student's folder beside it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from svclab.catalogue import CHAPTERS
from svclab.course import bundles, starting
from svclab.course.places import Contents

NOTEBOOK = CHAPTERS[0].notebook


def as_notebook(text: str, **more: Any) -> str:
    cell = {"cell_type": "code", "execution_count": None, "metadata": {}, "outputs": []}
    cells = [{**cell, "source": [text], **more}]
    return json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5})


class Course:
    """One chapter, a glossary, a table; and the folder of a student."""

    def __init__(self, home: Path) -> None:
        self.contents = Contents(home / "c" / "notebooks", home / "c" / "book", home / "c" / "data")
        for folder in (self.contents.notebooks, self.contents.book, self.contents.data):
            folder.mkdir(parents=True)
        (self.contents.book / "glossary.md").write_text("# Glossary\n", encoding="utf-8")
        (self.contents.data / "clinic.csv").write_text("a,b\n1,2\n", encoding="utf-8")
        self.folder = home / "我的 course"
        self.publish("first")

    def publish(self, text: str, chapter: str = NOTEBOOK) -> None:
        path = self.contents.notebooks / Path(chapter).name
        path.write_text(as_notebook(text), encoding="utf-8")

    def start(self) -> list[str]:
        return starting.told(starting.bring(self.folder, self.contents))

    def read(self, name: str = NOTEBOOK) -> str:
        return self.text(self.folder / name)

    def write(self, text: str, name: str = NOTEBOOK, **more: Any) -> None:
        (self.folder / name).write_text(as_notebook(text, **more), encoding="utf-8")

    @staticmethod
    def text(path: Path) -> str:
        """What a notebook's cell says, or a text file."""
        text = path.read_text(encoding="utf-8")
        try:
            return "".join(json.loads(text)["cells"][0]["source"])
        except ValueError:
            return text

    def files(self) -> set[str]:
        found = [path for path in self.folder.rglob("*") if path.is_file()]
        return {path.relative_to(self.folder).as_posix() for path in found}


@pytest.fixture
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A home, a memory and a current folder of the test's own."""
    for name in ("home", "memory", "current"):
        (tmp_path / name).mkdir()
    monkeypatch.setenv("SVCLAB_MEMORY", str(tmp_path / "memory"))
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("USERPROFILE", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path / "current")


@pytest.fixture
def make_course(elsewhere: None, monkeypatch: pytest.MonkeyPatch) -> Callable[[Path], Course]:
    """Makes a small course in a folder."""
    monkeypatch.setattr(bundles, "CHAPTERS", CHAPTERS[:1])
    return Course


@pytest.fixture
def course(make_course: Callable[[Path], Course], tmp_path: Path) -> Course:
    """A small course."""
    return make_course(tmp_path)
