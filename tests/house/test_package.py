"""What is installed is what was meant: pins agree, and the wheel holds what a student needs."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def project() -> dict:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """Names of the files in a wheel built from this clone, without the network."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "pip", "wheel", "--no-deps", "--no-build-isolation"]
    done = subprocess.run(
        [*command, "--wheel-dir", str(folder), str(ROOT)], capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout + done.stderr
    [built] = folder.glob("svclab-*.whl")
    with zipfile.ZipFile(built) as archive:
        return set(archive.namelist())


def required(project: dict) -> set[str]:
    groups = [project["dependencies"], *project["optional-dependencies"].values()]
    names = {
        re.split(r"[<>=!~\[; ]", need, maxsplit=1)[0].lower() for group in groups for need in group
    }
    return names - {"svclab"}


def test_every_dependency_is_pinned(project: dict) -> None:
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pinned = {line.split("==")[0].lower() for line in lines if "==" in line}
    assert required(project) - pinned == set()


def test_constraints_name_no_address_and_only_exact_versions() -> None:
    for line in (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines():
        assert re.fullmatch(r"[A-Za-z0-9._-]+==[A-Za-z0-9.+!]+(?: ; .+)?", line), line


def test_two_solver_libraries_that_cannot_share_a_process_are_not_both_wanted(
    project: dict,
) -> None:
    assert "ortools" not in required(project)


def test_licences_are_declared_and_there(project: dict) -> None:
    assert project["license"] == "MIT AND CC-BY-4.0"
    assert all((ROOT / name).is_file() for name in project["license-files"])


def test_wheel_holds_the_browser_side_and_the_data(wheel: set[str]) -> None:
    web = {f"svclab/web/{path.name}" for path in (ROOT / "svclab/web").glob("*.mjs")}
    data = {f"svclab/_data/{path.name}" for path in (ROOT / "data").glob("*.*")}
    assert web
    assert data
    assert (web | data | {"svclab/web/explore.css"}) - wheel == set()


def test_wheel_holds_every_module_and_nothing_built(wheel: set[str]) -> None:
    modules = {path.relative_to(ROOT).as_posix() for path in (ROOT / "svclab").rglob("*.py")}
    assert modules - wheel == set()
    assert not any("node_modules" in name or "__pycache__" in name for name in wheel)
