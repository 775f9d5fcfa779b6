"""Every tracked file: no foreign address where none may be, no machine's path, no long file."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
BINARY = {".png", ".woff2", ".zip", ".wasm", ".jpg"}
LONGEST = 450  # lines


def tracked() -> list[Path]:
    """All files that are or may become part of the repository."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8")
    if listed.returncode:
        pytest.skip("not a git clone: the files cannot be listed")
    paths = [ROOT / name for name in listed.stdout.splitlines()]
    return [path for path in paths if path.is_file() and path.suffix not in BINARY]


def found(pattern: str, *, skip: tuple[str, ...] = ()) -> list[str]:
    """Lines of tracked files in which a pattern occurs."""
    hits = []
    for path in tracked():
        name = path.relative_to(ROOT).as_posix()
        if name in skip:
            continue
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            if re.search(pattern, line):
                hits.append(f"{name}:{number}: {line.strip()[:100]}")
    return hits


def test_no_registry_is_named() -> None:
    hosts = [
        "files[.]python" + "hosted",
        "//pypi" + r"\.",
        "registry[.]npm" + "js",
        "//deb" + ".debian",
    ]
    assert found("|".join(hosts) + r'|"resolved": *"h' + "ttp") == []


def test_no_machine_path_is_named() -> None:
    folders = ["work/main", "work/shared", "root/.", "home/[a-z]+/", "Users/[A-Za-z]+/"]
    assert (
        found(r"(?<![\w.])/(?:" + "|".join(folders) + ")", skip=("tests/house/test_sources.py",))
        == []
    )


def test_no_file_of_the_site_loads_from_a_foreign_host() -> None:
    """Scripts, styles and pages name no other host; a namespace is no address to load."""
    hits = [
        hit
        for hit in found(r"(?:src|href|url|import|from|fetch)\s*[=(]?\s*[\"'(]?\s*https?://")
        if hit.startswith(("svclab/web/", "svclab/course/", "book/"))
        and "www.w3.org/" not in hit
        and "127.0.0.1" not in hit
    ]
    assert hits == []


def test_no_file_is_too_long() -> None:
    kinds = {".py", ".mjs", ".css", ".yml", ".toml", ".sh"}
    long = {
        path.relative_to(ROOT).as_posix(): lines
        for path in tracked()
        if path.suffix in kinds
        and (lines := len(path.read_text(encoding="utf-8").splitlines())) > LONGEST
    }
    assert long == {}


@pytest.mark.parametrize(
    "command",
    [["ruff", "check", "."], ["ruff", "format", "--check", "."], ["mypy"]],
    ids=lambda command: " ".join(command),
)
def test_checker_is_content(command: list[str]) -> None:
    done = subprocess.run(
        [sys.executable, "-m", *command], cwd=ROOT, capture_output=True, text=True, encoding="utf-8"
    )
    assert done.returncode == 0, done.stdout + done.stderr
