"""The command line says what it does and reports what can be mended in one sentence."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

import svclab
from svclab.course.cli import app

runner = CliRunner()


def test_version_is_printed() -> None:
    assert svclab.__version__ in runner.invoke(app, ["version"]).output


def test_help_names_every_command() -> None:
    text = runner.invoke(app, ["--help"]).output
    assert all(name in text for name in ("site", "test", "lab", "run", "clean", "version"))


def test_outside_the_course_it_says_where_to_go(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    result = runner.invoke(app, ["clean"])
    assert result.exit_code == 1
    assert "No course in" in result.output
    assert "Traceback" not in result.output


def test_missing_notebook_is_named() -> None:
    result = runner.invoke(app, ["run", "notebooks/99-nothing.ipynb"])
    assert result.exit_code == 1
    assert "99-nothing.ipynb" in result.output
