"""Reads and writes notebooks, runs them from a clean kernel, and stores their outputs.

A notebook carries the key of what its outputs were computed from: its cells, svclab's sources,
the data and the pinned versions. Whoever builds the book sees by it whether the outputs still
hold, and runs only the notebooks whose outputs do not.
"""

from __future__ import annotations

import copy
import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

from svclab.catalogue import CHAPTERS, Chapter
from svclab.course.places import CourseError, Places
from svclab.course.sanitise import sanitise
from svclab.course.stages import files_under, fingerprint

__all__ = ["as_bytes", "execute", "key_of", "load", "save", "sources_key", "up_to_date"]

TIMEOUT = 600  # seconds for one cell


def load(path: Path) -> dict[str, Any]:
    """Read a notebook.

    Raises
    ------
    CourseError
        If the file is missing or is no notebook.
    """
    try:
        notebook: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        for cell in notebook["cells"]:
            cell["cell_type"], "".join(cell["source"])
    except FileNotFoundError as error:
        raise CourseError(f"{path.name} is missing in {path.parent.name}/.") from error
    except (ValueError, KeyError, TypeError) as error:
        raise CourseError(f"{path.name} is not a readable notebook: {error}.") from error
    return notebook


def as_bytes(notebook: dict[str, Any]) -> bytes:
    """A notebook as Jupyter writes it: lines as lists, keys sorted, one final newline."""
    notebook = copy.deepcopy(notebook)
    for cell in notebook["cells"]:
        cell["source"] = _lines(cell["source"])
        for output in cell.get("outputs", []):
            if "text" in output:
                output["text"] = _lines(output["text"])
            for kind, value in output.get("data", {}).items():
                if kind.startswith("text/") or kind == "image/svg+xml":
                    output["data"][kind] = _lines(value)
    return (json.dumps(notebook, indent=1, sort_keys=True, ensure_ascii=False) + "\n").encode()


def save(notebook: dict[str, Any], path: Path) -> None:
    """Write a notebook, all or nothing."""
    path.parent.mkdir(parents=True, exist_ok=True)
    waiting = path.with_suffix(".writing")
    waiting.write_bytes(as_bytes(notebook))
    waiting.replace(path)


def _lines(text: Any) -> Any:
    return text.splitlines(keepends=True) if isinstance(text, str) else text


def sources_key(places: Places, entry: Chapter | None) -> str:
    """Fingerprint of everything that can change a number: models, data, pinned versions.

    Parameters
    ----------
    places : Places
        The course.
    entry : Chapter or None
        The chapter whose outputs are meant: other chapters do not count, unless it stands on
        them. None, for a notebook that is no chapter: everything counts.
    """
    others = [] if entry is None else [one.package for one in CHAPTERS if not entry.uses(one)]
    skipped = {places.package / name for name in ("course", "web", *others)}
    files = [
        path
        for path in files_under(places.package)
        if path.suffix == ".py" and skipped.isdisjoint(path.parents)
    ]
    pinned = places.root / "constraints.txt"
    return fingerprint(
        places.root, [*files, *files_under(places.data), *([pinned] if pinned.is_file() else [])]
    )


def key_of(notebook: dict[str, Any], sources: str) -> str:
    """The key that outputs of this notebook hold for.

    Parameters
    ----------
    notebook : dict
        The notebook; only its cells' kinds and texts count.
    sources : str
        What :func:`sources_key` gave.
    """
    cells = [
        [cell["cell_type"], "".join(cell["source"]).replace("\r\n", "\n")]
        for cell in notebook["cells"]
        if cell["cell_type"] == "code"
    ]
    return fingerprint(Path(), [], sources, json.dumps(cells, ensure_ascii=False))


def up_to_date(notebook: dict[str, Any], key: str) -> bool:
    """Whether the stored outputs were computed from exactly this key."""
    return bool(notebook.get("metadata", {}).get("svclab", {}).get("key") == key)


def execute(
    path: Path, places: Places, sources: str, *, progress: Callable[[int, int], None] | None = None
) -> dict[str, Any]:
    """Run a notebook from a clean kernel, in its own folder.

    Parameters
    ----------
    path : Path
        The notebook.
    places : Places
        The course it belongs to.
    sources : str
        What :func:`sources_key` gave.
    progress : callable, optional
        Called with the number of cells done and in all.

    Returns
    -------
    dict
        The sanitised notebook with its outputs and its key.

    Raises
    ------
    CourseError
        If a cell fails: names the notebook, the cell and the error.
    """
    try:
        import nbformat
        from nbclient import NotebookClient
        from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError
    except ImportError as error:
        raise CourseError(
            f"To run notebooks, {error.name} is needed: "
            "'pip install -e \".[site]\" -c constraints.txt' brings it."
        ) from error

    notebook = nbformat.reads(json.dumps(sanitise(load(path), places.root)), as_version=4)
    total = len(notebook["cells"])

    def done(cell: Any, cell_index: int, **_: Any) -> None:
        if progress:
            progress(cell_index + 1, total)

    client = NotebookClient(
        notebook,
        timeout=TIMEOUT,
        kernel_name="python3",
        resources={"metadata": {"path": str(path.parent)}},
        on_cell_executed=done,
        record_timing=False,
        store_widget_state=False,
    )
    try:
        # The kernel's own remarks are no part of the notebook.
        client.execute(stderr=subprocess.DEVNULL)
    except CellExecutionError as error:
        place = _failing_cell(notebook)
        raise CourseError(
            f"{path.name}, {place}: {error.ename}: {error.evalue}. Run the notebook in "
            "JupyterLab ('svclab lab') to see the whole traceback."
        ) from error
    except (CellTimeoutError, DeadKernelError) as error:
        raise CourseError(f"{path.name}, {_failing_cell(notebook)}: {error}") from error
    result = json.loads(nbformat.writes(notebook))
    result["metadata"]["svclab"] = {"key": key_of(result, sources)}
    return sanitise(result, places.root)


def _failing_cell(notebook: dict[str, Any]) -> str:
    for index, cell in enumerate(notebook["cells"], start=1):
        for output in cell.get("outputs", []):
            if output.get("output_type") == "error":
                return f"cell {index}"
    return "a cell"
