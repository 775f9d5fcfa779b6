"""The page's Python deals the same variants: digests of 500 students per version."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest
from digests import ROOT, committed, program

from svclab.catalogue import CHAPTERS
from svclab.course import assets
from svclab.course.node import find_node
from svclab.course.places import Places

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


@pytest.mark.parametrize("package", [entry.package for entry in CHAPTERS])
def test_the_page_deals_the_same_variants(
    package: str, places: Places, site: Path, tmp_path: Path
) -> None:
    of_chapter = {n: marks for n, marks in committed().items() if n.startswith(f"{package}.")}
    assert of_chapter
    zipped = tmp_path / "course.zip"
    zipped.write_bytes(assets._zip(assets._python(ROOT)))
    folder = f"{(places.node / 'node_modules' / 'pyodide').as_posix()}/"
    done = subprocess.run(
        [find_node().program, "--input-type=module", "--eval", SCRIPT, folder, str(zipped)],
        input=program("/course", of_chapter), capture_output=True, text=True, encoding="utf-8",
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    assert json.loads(done.stdout) == of_chapter
