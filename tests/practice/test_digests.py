"""The same variant everywhere: digests of 500 students per version, committed and compared."""

from __future__ import annotations

import json
import subprocess
import sys
import types
from pathlib import Path

import pytest

from svclab.course import assets
from svclab.course.node import find_node
from svclab.course.places import CourseError, Places
from svclab.course.released import DIGESTS, digests, freeze

ROOT = Path(__file__).resolve().parents[2]

# Started as `node … PYODIDE ZIP`; prints the digests as JSON.
SCRIPT = """
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
const [folder, course] = process.argv.slice(1);
const { loadPyodide } = await import(pathToFileURL(`${folder}pyodide.mjs`));
const python = await loadPyodide({ indexURL: folder });
python.unpackArchive(new Uint8Array(readFileSync(course)), "zip", { extractDir: "/course" });
console.log(python.runPython(readFileSync(0, "utf8")));
"""
COUNT = """
import json, sys
sys.path.insert(0, "/course")
from svclab.practice import digest, find
json.dumps({n: {v: digest(find(n, int(v))) for v in vs} for n, vs in json.loads(%r).items()})
"""


def committed() -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = json.loads((ROOT / DIGESTS).read_text(encoding="utf-8"))
    return found


def test_no_variant_has_changed_without_a_raised_version() -> None:
    """If this fails: raise ``version``, keep the old class in ``older``, and freeze again."""
    assert digests() == committed()


def test_the_page_deals_the_same_variants(places: Places, site: Path, tmp_path: Path) -> None:
    zipped = tmp_path / "course.zip"
    zipped.write_bytes(assets._zip(assets._python(ROOT)))
    folder = f"{(places.node / 'node_modules' / 'pyodide').as_posix()}/"
    done = subprocess.run(
        [find_node().program, "--input-type=module", "--eval", SCRIPT, folder, str(zipped)],
        input=COUNT % json.dumps(committed()), capture_output=True, text=True, encoding="utf-8",
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    assert json.loads(done.stdout) == committed()


def test_another_hash_seed_deals_the_same_variants(tmp_path: Path) -> None:
    """Sets and hashes have another order in every process; no variant may rest on it."""
    count = COUNT.replace('"/course"', repr(str(ROOT))) % json.dumps(committed())
    for seed in ("1", "2"):
        done = subprocess.run(
            [sys.executable, "-c", count.replace("json.dumps({n", "print(json.dumps({n") + ")"],
            env={"PYTHONHASHSEED": seed, "PATH": ""}, capture_output=True, text=True,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr[-2000:]
        assert json.loads(done.stdout) == committed()


def test_freezing_adds_new_versions_and_refuses_to_change_old_ones(
    tmp_path: Path, made_up: types.ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("svclab.course.released.listed", lambda: [made_up.desk])
    places = Places(tmp_path)
    (tmp_path / DIGESTS).parent.mkdir(parents=True)
    assert freeze(places) == ["madeup.desk, version 1", "madeup.desk, version 2"]
    before = (tmp_path / DIGESTS).read_text(encoding="utf-8")
    assert freeze(places) == []
    monkeypatch.setattr(
        type(made_up.desk), "deal", lambda self, draw: {"seconds": draw.integers(4, 20, 90, 2)}
    )
    made_up.desk = type(made_up.desk)()
    monkeypatch.setattr("svclab.course.released.listed", lambda: [made_up.desk])
    with pytest.raises(CourseError, match=r"madeup\.desk, version 2: .* raise its version"):
        freeze(places)
    assert (tmp_path / DIGESTS).read_text(encoding="utf-8") == before


def test_a_released_version_that_is_gone_is_missed(
    tmp_path: Path, made_up: types.ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("svclab.course.released.listed", lambda: [made_up.desk])
    (tmp_path / DIGESTS).parent.mkdir(parents=True)
    freeze(Places(tmp_path))
    made_up.older = ()
    with pytest.raises(CourseError, match=r"madeup\.desk, version 1: .*gradable"):
        freeze(Places(tmp_path))
