"""What the texts of all exercises need: paragraphs, lists and tables in Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, TypeAlias

from svclab.words import Quantity

__all__ = ["Answers", "bullets", "page", "table"]

#: Field name to value: what solve(), second() and the misconceptions give.
Answers: TypeAlias = dict[str, Any]


def page(*parts: str) -> str:
    """Paragraphs, lists and tables, one under the other.

    Examples
    --------
    >>> page("One.", "Two.")
    'One.\\n\\nTwo.'
    """
    return "\n\n".join(part for part in parts if part)


def bullets(items: Iterable[str]) -> str:
    """A list with a dot before each line.

    Examples
    --------
    >>> bullets(["first", "second"])
    '- first\\n- second'
    """
    return "\n".join("- " + item for item in items)


def table(head: Sequence[str], rows: Iterable[Sequence[Quantity | str | int]]) -> str:
    """A table; a cell is a text, a count or a number with its unit.

    Examples
    --------
    >>> print(table(["place", "people"], [["desk", 2]]))
    | place | people |
    | --- | --- |
    | desk | 2 |
    """
    lines = [list(head), ["---"] * len(head), *([_cell(cell) for cell in row] for row in rows)]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def _cell(value: Quantity | str | int) -> str:
    return f"{value:,}" if isinstance(value, int) else str(value)
