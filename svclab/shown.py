"""How results show themselves: as plain text and as an HTML table."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from numbers import Real
from typing import Any

from svclab.words import number

__all__ = ["Answer", "html_table", "text_table"]


def text_table(
    title: str, head: Sequence[str], rows: Iterable[Sequence[str]], notes: Sequence[str] = ()
) -> str:
    """A table for a terminal: the first column to the left, all others to the right.

    Examples
    --------
    >>> print(text_table("Counter", ["step", "s"], [["check", "15"], ["pay", "30"]]))
    Counter
      step    s
      check  15
      pay    30
    """
    body = [list(head), *(list(row) for row in rows)]
    widths = [max(len(row[i]) for row in body) for i in range(len(head))]
    lines = [title]
    for row in body:
        cells = [row[0].ljust(widths[0])]
        cells += [cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True)]
        lines.append("  " + "  ".join(cells).rstrip())
    return "\n".join([*lines, *notes])


def html_table(
    title: str,
    head: Sequence[str],
    rows: Iterable[Sequence[str]],
    *,
    notes: Sequence[str] = (),
    strong: frozenset[int] = frozenset(),
    words: frozenset[int] = frozenset({0}),
) -> str:
    """The same table for a notebook; rows in ``strong`` are bold, columns in ``words`` left."""

    def cell(tag: str, text: str, left: bool) -> str:
        return f'<{tag} style="text-align:{"left" if left else "right"}">{escape(text)}</{tag}>'

    def line(tag: str, texts: Sequence[str], bold: bool = False) -> str:
        weight = ' style="font-weight:bold"' if bold else ""
        return (
            f"<tr{weight}>"
            + "".join(cell(tag, t, i in words) for i, t in enumerate(texts))
            + "</tr>"
        )

    body = "".join(line("td", row, i in strong) for i, row in enumerate(rows))
    below = "".join(f"<div>{escape(note)}</div>" for note in notes)
    return (
        f"<table><caption>{escape(title)}</caption><thead>{line('th', head)}</thead>"
        f"<tbody>{body}</tbody></table>{below}"
    )


class Answer:
    """A result that a manager can read: a sentence, and a table in text and in HTML.

    Examples
    --------
    >>> class Shop(Answer):
    ...     sentence = "Open two counters."
    ...     table = [{"hour": "noon", "counters": 2, "enough": True}]
    >>> Shop()
    Open two counters.
      hour  counters  enough
      noon         2     yes
    """

    @property
    def sentence(self) -> str:
        """The result in words."""
        raise NotImplementedError

    @property
    def table(self) -> list[dict[str, Any]]:
        """The result as rows, one dict a row, with plain numbers."""
        raise NotImplementedError

    def __repr__(self) -> str:
        return text_table(self.sentence, *_cells(self.table))

    def _repr_html_(self) -> str:
        rows = self.table
        words = {i for i, name in enumerate(rows[0] if rows else ()) if _in_words(rows, name)}
        return html_table(self.sentence, *_cells(rows), words=frozenset({0} | words))


def _cells(rows: Sequence[Mapping[str, Any]]) -> tuple[list[str], list[list[str]]]:
    head = list(rows[0]) if rows else ["nothing"]
    return head, [[_cell(row[name]) for name in head] for row in rows]


def _in_words(rows: Sequence[Mapping[str, Any]], name: str) -> bool:
    """Whether a column holds texts, which are read from the left."""
    return any(isinstance(row[name], str) and row[name] for row in rows)


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(number(float(value), 3)) if isinstance(value, Real) else str(value)
