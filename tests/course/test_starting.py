"""``svclab start``: which folder it takes, what it opens, and that a wheel holds all it needs."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from svclab.course import bundles, cli, starting
from svclab.course.places import CourseError, find_contents

ROOT = Path(__file__).resolve().parents[2]
runner = CliRunner()
pytestmark = pytest.mark.usefixtures("elsewhere")


def test_the_folder_is_the_one_asked_for_else_the_one_around_else_the_last(
    course: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert starting.choose() == (tmp_path / "home" / starting.NAME).resolve()
    course.start()
    assert starting.choose() == course.folder
    other = tmp_path / "other"
    starting.bring(other, course.contents)
    assert starting.choose() == other
    monkeypatch.chdir(course.folder / "notebooks")
    assert starting.choose() == course.folder
    assert starting.choose(Path("~/x")) == (tmp_path / "home" / "x").resolve()


def test_a_folder_on_a_drive_that_is_not_there_is_named(course: Any, tmp_path: Path) -> None:
    course.folder = tmp_path / "stick" / "course"
    course.start()
    shutil.rmtree(course.folder)
    assert starting.choose() == course.folder  # deleted by its owner: made anew
    shutil.rmtree(tmp_path / "stick")
    with pytest.raises(CourseError, match=r"last worked in .*stick.* plug the drive in"):
        starting.choose()


@pytest.mark.parametrize("spoilt", ["", "not absolute", "\0", "x" * 5000])
def test_a_spoilt_memory_of_the_last_folder_is_no_obstacle(tmp_path: Path, spoilt: str) -> None:
    (tmp_path / "memory" / starting.LAST).write_text(spoilt, encoding="utf-8")
    assert starting.choose() == (tmp_path / "home" / starting.NAME).resolve()


def test_a_clone_is_refused_with_the_command_that_is_meant() -> None:
    with pytest.raises(CourseError, match="'svclab lab' opens the notebooks"):
        starting.choose(ROOT)


def test_the_command_opens_jupyterlab_on_the_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Any] = []
    monkeypatch.setattr(cli, "_become", lambda *command: asked.append(command))
    folder = tmp_path / "课程 a"
    result = runner.invoke(cli.app, ["start", str(folder), "--no-open"])
    assert result.exit_code == 0, result.output
    assert f"The course is in {folder}" in result.output
    assert asked == []
    result = runner.invoke(cli.app, ["start"])
    assert "Nothing is new." in result.output
    [(command, where)] = asked
    assert where == folder
    assert f"--notebook-dir={folder}" in command
    assert (folder / command[-1].rpartition("/")[2]).is_file()


def test_the_command_works_from_an_installed_wheel_without_a_clone(tmp_path: Path) -> None:
    """Built offline from this clone; the folder is then compared with the clone's."""
    build = [sys.executable, "-m", "pip", "wheel", "--no-deps", "--no-build-isolation"]
    done = subprocess.run(
        [*build, "--wheel-dir", str(tmp_path), str(ROOT)], capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout + done.stderr
    [wheel] = tmp_path.glob("svclab-*.whl")
    packages = tmp_path / "packages"
    zipfile.ZipFile(wheel).extractall(packages)
    assert find_contents(packages / "svclab").notebooks.is_relative_to(packages)
    folder = tmp_path / "学生 folder"
    done = subprocess.run(
        [sys.executable, "-m", "svclab.course", "start", str(folder), "--no-open"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(packages)},
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    assert done.returncode == 0, done.stdout + done.stderr
    for name, content in bundles.course(find_contents(), "student").items():
        assert (folder / name).read_bytes() == content, name


def test_a_svclab_without_its_notebooks_says_so(tmp_path: Path) -> None:
    with pytest.raises(CourseError, match="notebooks are missing in this svclab: install it again"):
        find_contents(tmp_path / "svclab")
