"""The stored outputs of every notebook are what its cells give now, from a clean kernel."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from svclab.catalogue import CHAPTERS, chapter
from svclab.course import notebooks
from svclab.course.places import Places
from svclab.course.sanitise import sanitise

ROOT = Path(__file__).resolve().parents[2]
NOTEBOOKS = sorted(
    path for path in (ROOT / "notebooks").rglob("*.ipynb") if ".ipynb_checkpoints" not in path.parts
)


def test_every_chapter_has_its_notebook() -> None:
    assert {ROOT / entry.notebook for entry in CHAPTERS} <= set(NOTEBOOKS)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_stored_outputs_are_what_the_cells_give(path: Path) -> None:
    rules = ROOT / "tests" / "notebooks" / "sanitise.cfg"
    command = [sys.executable, "-m", "pytest", "--nbval", "--nbval-sanitize-with", str(rules)]
    command += ["-q", "-p", "no:cacheprovider", "-p", "no:randomly", "--nbval-cell-timeout=300"]
    done = subprocess.run(
        [*command, str(path)], cwd=path.parent, capture_output=True, text=True, encoding="utf-8"
    )
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-2000:]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_notebook_is_stored_executed_and_sanitised(path: Path) -> None:
    notebook = notebooks.load(path)
    for number, cell in enumerate(notebook["cells"], start=1):
        if cell["cell_type"] == "code":
            assert cell["execution_count"], f"cell {number} was not executed: run 'svclab run'"
            kinds = {output["output_type"] for output in cell["outputs"]}
            assert "error" not in kinds, f"cell {number} ends in an error"
    again = sanitise(json.loads(json.dumps(notebook)), ROOT)
    assert again == notebook, "store notebooks with 'svclab run'"


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_stored_outputs_belong_to_the_sources_of_this_clone(path: Path) -> None:
    """Otherwise a reader of the clone waits for a run that the author could have stored."""
    notebook = notebooks.load(path)
    key = notebooks.key_of(notebook, notebooks.sources_key(Places(ROOT), chapter(path.stem)))
    assert notebooks.up_to_date(notebook, key), f"run 'svclab run notebooks/{path.name}'"


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_cells_are_short_enough_to_be_read_aloud(path: Path) -> None:
    long = {
        number: len("".join(cell["source"]).splitlines())
        for number, cell in enumerate(notebooks.load(path)["cells"], start=1)
        if cell["cell_type"] == "code" and len("".join(cell["source"]).splitlines()) > 18
    }
    assert long == {}
