"""The command line and the set-up say what they do, and what can be mended in one sentence."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

import svclab
from svclab.course import bootstrap
from svclab.course.cli import app

ROOT = Path(__file__).resolve().parents[2]
runner = CliRunner()


def test_version_is_printed() -> None:
    assert svclab.__version__ in runner.invoke(app, ["version"]).output


def test_help_names_every_command() -> None:
    text = runner.invoke(app, ["--help"]).output
    assert all(
        name in text
        for name in ("site", "test", "lab", "start", "edition", "run", "clean", "version")
    )


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


def test_impossible_port_is_refused_before_anything_is_built() -> None:
    result = runner.invoke(app, ["site", "--port", "70000"])
    assert result.exit_code == 2
    assert "65535" in result.output
    assert "Building" not in result.output


@pytest.mark.parametrize("same", [True, False])
def test_an_installed_copy_is_refused_only_if_it_differs_from_the_course(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, same: bool
) -> None:
    copy = tmp_path / "site-packages" / "svclab"
    shutil.copytree(ROOT / "svclab", copy, ignore=shutil.ignore_patterns("__pycache__"))
    if not same:
        (copy / "words.py").write_text("# an older one", encoding="utf-8")
    broken = tmp_path / "broken.ipynb"
    broken.write_text("{", encoding="utf-8")
    monkeypatch.setattr(svclab, "__file__", str(copy / "__init__.py"))
    monkeypatch.chdir(ROOT)
    result = runner.invoke(app, ["run", str(broken)])
    assert result.exit_code == 1
    says = " ".join(result.output.split())
    assert ("not a readable notebook" in says) is same
    assert ("svclab that is installed is another one" in says) is not same


@pytest.fixture
def environment(tmp_path: Path) -> Path:
    """An empty virtual environment; gives its Python."""
    folder = tmp_path / "environment"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(folder)], check=True)
    return folder / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")


def test_set_up_clears_away_what_pip_was_copying_when_it_was_killed(environment: Path) -> None:
    where = "import sysconfig; print(sysconfig.get_paths()['purelib'])"
    found = subprocess.run([environment, "-c", where], capture_output=True, text=True, check=True)
    packages = Path(found.stdout.strip())
    for name, files in {"whole-1": ("METADATA", "INSTALLER"), "half-1": ("METADATA",)}.items():
        (packages / f"{name}.dist-info").mkdir()
        for file in files:
            (packages / f"{name}.dist-info" / file).write_text("x", encoding="utf-8")
    assert bootstrap._works(environment, bootstrap.MEND)
    assert [path.name for path in packages.glob("*.dist-info")] == ["whole-1.dist-info"]


def test_set_up_does_not_take_an_environment_with_half_a_pip(environment: Path) -> None:
    assert bootstrap._works(environment)
    assert not bootstrap._works(environment, bootstrap.SOUND)


def test_set_up_of_a_copied_folder_is_not_its_own(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    here = bootstrap.wanted_key()
    for name in ("pyproject.toml", "constraints.txt"):
        shutil.copy(ROOT / name, tmp_path / name)
    monkeypatch.setattr(bootstrap, "ROOT", tmp_path)
    assert bootstrap.wanted_key() != here


@pytest.mark.parametrize(
    ("log", "sentence"),
    [
        ("WARNING: Retrying after NewConnectionError", "the package index cannot be reached"),
        ("ERROR: No matching distribution found for simpy>=4", "The package simpy>=4 could not be"),
        ("ERROR: [Errno 28] No space left on device", "The disk is full"),
        ("ERROR: something else", "something else"),
    ],
)
def test_set_up_says_in_a_sentence_why_pip_failed(log: str, sentence: str) -> None:
    reason = bootstrap._reason(log, ROOT / ".build" / "log" / "pip.txt")
    assert sentence in reason
    assert "run the same command again" in reason
