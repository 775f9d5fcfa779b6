"""What an explorable shows for a setting; a name without its chapter is one of capacity."""

from __future__ import annotations

import json
from typing import Any

from svclab.explore import answer


def ask(name: str, **given: Any) -> dict[str, Any]:
    """The view, as plain data."""
    full = name if "." in name else f"capacity.{name}"
    request = {"name": full, "parameters": given}
    document = json.loads(answer(json.dumps(request)))
    assert "problems" not in document, document["problems"]
    view: dict[str, Any] = document["view"]
    return view


def figure(view: dict[str, Any], key: str) -> Any:
    """The number of a key figure."""
    return next(f for f in view["figures"] if f["key"] == key)["value"]


def text(view: dict[str, Any], key: str) -> str:
    """The text of a key figure."""
    return str(next(f for f in view["figures"] if f["key"] == key)["text"])


def series(part: dict[str, Any], field: str, name: str) -> list[dict[str, Any]]:
    """The rows of one line of a chart."""
    return [row for row in part["data"]["rows"] if row[field] == name]
