"""Settings at every end of every control, and every text that a reader gets."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from svclab.explore import answer, declaration


def document(name: str, **given: Any) -> dict[str, Any]:
    """The document of a setting, problems and all."""
    found: dict[str, Any] = json.loads(answer(json.dumps({"name": name, "parameters": given})))
    return found


def ends(name: str) -> list[dict[str, Any]]:
    """One setting for each end of each control, and all controls at one end."""
    found: list[dict[str, Any]] = []
    low: dict[str, Any] = {}
    high: dict[str, Any] = {}
    parameters = declaration(name)["parameters"]
    for p in parameters:
        key, kind = p["name"], p["kind"]
        if kind in ("number", "integer"):
            low[key], high[key] = p["low"], p["high"]
            found += [{key: p["low"]}, {key: p["high"]}]
        elif kind == "choice":
            found += [{key: option["value"]} for option in p["options"]]
        elif kind == "switch":
            found += [{key: True}, {key: False}]
        elif kind == "table":
            found += list(_table_ends(p))
    choices = [p for p in parameters if p["kind"] == "choice"]
    for p in choices or [None]:
        for option in p["options"] if p else [None]:
            more = {p["name"]: option["value"]} if p and option else {}
            found += [{**low, **more}, {**high, **more}]
    return found


def _table_ends(p: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for column in p["columns"]:
        if not column["editable"]:
            continue
        ends = [column[end] for end in ("low", "high") if end in column]
        ends += [option["value"] for option in column.get("options", [])]
        for value in ends:
            yield {p["name"]: [{**row, column["name"]: value} for row in p["default"]]}


def texts(value: Any) -> Iterator[str]:
    """Every text that a reader or a screen reader gets."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if key not in ("spec", "color", "side", "shape"):
                yield from texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from texts(inner)
    elif isinstance(value, str):
        yield value
