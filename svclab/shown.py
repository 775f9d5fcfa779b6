"""How results of this chapter show themselves: as plain text and as an HTML table."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

__all__ = ["html_table", "text_table"]


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
) -> str:
    """The same table for a notebook; rows whose index is in ``strong`` are bold."""

    def cell(tag: str, text: str, first: bool) -> str:
        return f'<{tag} style="text-align:{"left" if first else "right"}">{escape(text)}</{tag}>'

    def line(tag: str, texts: Sequence[str], bold: bool = False) -> str:
        weight = ' style="font-weight:bold"' if bold else ""
        return (
            f"<tr{weight}>" + "".join(cell(tag, t, i == 0) for i, t in enumerate(texts)) + "</tr>"
        )

    body = "".join(line("td", row, i in strong) for i, row in enumerate(rows))
    below = "".join(f"<div>{escape(note)}</div>" for note in notes)
    return (
        f"<table><caption>{escape(title)}</caption><thead>{line('th', head)}</thead>"
        f"<tbody>{body}</tbody></table>{below}"
    )
