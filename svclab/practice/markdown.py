"""Markdown into HTML, by one library in both hosts.

``markdown-it-py`` is pure Python and is shipped with the page; raw HTML in a text is escaped, so
nothing that a text holds can run.
"""

from __future__ import annotations

from functools import cache
from typing import Any

__all__ = ["to_html"]


@cache
def _renderer() -> Any:
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark", {"html": False}).enable("table")


def to_html(text: str) -> str:
    """A text in Markdown (paragraphs, lists, tables, emphasis, code) as HTML.

    Examples
    --------
    >>> to_html("**Two** <b>desks</b>")
    '<p><strong>Two</strong> &lt;b&gt;desks&lt;/b&gt;</p>\\n'
    """
    return str(_renderer().render(text))
