"""What may be stored in a notebook: the same bytes for the same results, on every machine.

Cell and output ids are made from the cells, widget state and times are dropped, paths of the
machine are shortened, so a change in a stored notebook is a change in its text or its numbers.
"""

from __future__ import annotations

import base64
import hashlib
import io
import re
from pathlib import Path
from typing import Any

__all__ = ["sanitise"]

# A student's records are the student's own; a stored notebook of ours has none.
_RECORD = "application/vnd.svclab.record+json"
_WIDGET = {"application/vnd.jupyter.widget-view+json", "application/vnd.jupyter.widget-state+json"}
_ADDRESS = re.compile(r" at 0x[0-9A-Fa-f]{6,}")
_STYLER = re.compile(r"\bT_[0-9a-f]{5}(?=[_\"\s>])")
COLOURS = 64
_KEPT_METADATA = {"tags", "svclab", "mystnb", "slideshow"}


def sanitise(notebook: dict[str, Any], root: Path) -> dict[str, Any]:
    """Make an executed notebook fit to be stored.

    Parameters
    ----------
    notebook : dict
        The notebook, as JSON or as a nbformat node; it is changed in place.
    root : Path
        The course's folder; it and the home folder vanish from texts.

    Returns
    -------
    dict
        The same notebook.
    """
    seen: dict[str, int] = {}
    execution = 0
    for cell in notebook["cells"]:
        cell["id"] = _cell_id(cell, seen)
        cell["metadata"] = {
            key: value for key, value in cell.get("metadata", {}).items() if key in _KEPT_METADATA
        }
        if cell["cell_type"] != "code":
            continue
        outputs = [_output(output, root) for output in cell.get("outputs", [])]
        cell["outputs"] = _joined([output for output in outputs if output is not None])
        if _text(cell["source"]).strip():
            execution += 1
            cell["execution_count"] = execution
            for output in cell["outputs"]:
                if "execution_count" in output:
                    output["execution_count"] = execution
        else:
            cell["execution_count"] = None
    kept = notebook.get("metadata", {}).get("svclab")
    notebook["metadata"] = {
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "language_info": {"file_extension": ".py", "mimetype": "text/x-python", "name": "python"},
        **({"svclab": kept} if kept else {}),
    }
    notebook["nbformat"], notebook["nbformat_minor"] = 4, 5
    return notebook


def _joined(outputs: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Neighbouring pieces of one stream as one: where it was cut is a matter of time."""
    joined: list[dict[str, Any]] = []
    for output in outputs:
        last = joined[-1] if joined else {}
        stream = output.get("output_type") == last.get("output_type") == "stream"
        if stream and output["name"] == last["name"]:
            last["text"] = _text(last["text"]) + _text(output["text"])
        else:
            joined.append(output)
    return joined


def _text(source: str | list[str]) -> str:
    return source if isinstance(source, str) else "".join(source)


def _cell_id(cell: dict[str, Any], seen: dict[str, int]) -> str:
    """An id from kind and text; equal cells are counted."""
    text = cell["cell_type"] + "\0" + _text(cell["source"])
    mark = hashlib.sha256(text.encode()).hexdigest()[:8]
    seen[mark] = seen.get(mark, 0) + 1
    return mark if seen[mark] == 1 else f"{mark}-{seen[mark]}"


def _output(output: dict[str, Any], root: Path) -> dict[str, Any] | None:
    """One output without what belongs to a machine or a moment; None if nothing is left."""
    if _RECORD in output.get("data", {}):
        return None
    if "data" in output:
        data = {
            kind: _light(value) if kind == "image/png" else _clean(value, root)
            for kind, value in sorted(output["data"].items())
            if kind not in _WIDGET
        }
        # A live widget leaves its textual name only: worth nothing to a reader.
        if not data or (set(data) == {"text/plain"} and set(output["data"]) & _WIDGET):
            return None
        output["data"] = data
        output["metadata"] = {}
    elif "text" in output:
        output["text"] = _clean(output["text"], root)
    output.pop("id", None)
    return output


def _light(picture: str | list[str]) -> str:
    """A drawing with 64 colours: a third of the bytes, and nobody sees the difference."""
    from PIL import Image

    image = Image.open(io.BytesIO(base64.b64decode(_text(picture))))
    if image.mode == "P":
        return _text(picture)
    few = image.convert("RGB").quantize(
        COLOURS, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE
    )
    small = io.BytesIO()
    few.save(small, "PNG", optimize=True)
    return base64.b64encode(small.getvalue()).decode() + "\n"


def _clean(value: Any, root: Path) -> Any:
    """Shorten machine paths and drop memory addresses in a text, or in a list of texts."""
    if isinstance(value, list):
        return [_clean(item, root) for item in value]
    if not isinstance(value, str):
        return value
    for path, short in ((root, "."), (Path.home(), "~")):
        for form in {str(path), path.as_posix()}:
            if len(form) > 1:
                value = value.replace(form, short)
    value = _ADDRESS.sub("", value)
    styles = {name: f"T_{index:05d}" for index, name in enumerate(_in_order(value))}
    return _STYLER.sub(lambda found: styles.get(found.group(), found.group()), value)


def _in_order(value: str) -> list[str]:
    return list(dict.fromkeys(_STYLER.findall(value)))
