"""HTML built from parts that are escaped unless they are HTML already."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from svclab.practice.grading.text import clean

__all__ = ["Html", "bar", "join", "table", "tag"]


class Html(str):
    """Text that is HTML already."""

    __slots__ = ()


def tag(name: str, *inside: str, **attributes: str) -> Html:
    """An element; what stands inside is escaped unless it is :class:`Html`.

    Parameters
    ----------
    name : str
        Its name.
    *inside : str
        Its content.
    **attributes : str
        ``class_`` for ``class``, ``aria_label`` for ``aria-label``.

    Examples
    --------
    >>> tag("p", "a < b", tag("b", "c"), class_="note")
    '<p class="note">a &lt; b<b>c</b></p>'
    """
    said = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escape(value)}"'
        for key, value in attributes.items()
    )
    return Html(f"<{name}{said}>{join(inside)}</{name}>")


def join(parts: Iterable[str]) -> Html:
    """Parts one after another, each made safe."""
    return Html("".join(p if isinstance(p, Html) else escape(clean(p, 2000)) for p in parts))


def table(
    caption: str, header: Iterable[str], rows: Iterable[Iterable[str]], numbers: Iterable[int] = ()
) -> Html:
    """A table; the first cell of a row is its header.

    Parameters
    ----------
    caption : str
        What it shows.
    header : iterable of str
        The column names.
    rows : iterable
        Cells as text or HTML.
    numbers : iterable of int
        Columns that hold numbers, from 0.
    """
    right = set(numbers)

    def cells(name: str, row: Iterable[str], first: str) -> Html:
        made = []
        for at, cell in enumerate(row):
            kind = {"class_": "n"} if at in right else {}
            if at == 0 and first == "row":
                made.append(tag("th", cell, scope="row", **kind))
            else:
                scope = {"scope": "col"} if first == "col" else {}
                made.append(tag(name, cell, **scope, **kind))
        return tag("tr", *made)

    head = tag("thead", cells("th", header, "col"))
    body = tag("tbody", *(cells("td", row, "row") for row in rows))
    whole = tag("table", tag("caption", caption), head, body)
    return tag("div", whole, class_="wide", tabindex="0", role="region", aria_label=caption)


def bar(share: float) -> Html:
    """A bar for a share of 0 to 1; the number stands beside it in words, so it is decoration."""
    width = f"{100 * min(max(share, 0.0), 1.0):.1f}"
    return tag("span", tag("span", style=f"width:{width}%"), class_="bar", aria_hidden="true")
