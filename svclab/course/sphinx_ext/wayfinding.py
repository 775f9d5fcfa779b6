"""Where the reader is: the way to a page, what comes before and after, and the course's map."""

from __future__ import annotations

import json
import re
from html import escape
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.errors import ExtensionError
from sphinx.util.docutils import SphinxDirective

from svclab.catalogue import CHAPTERS, Chapter, Planned, chapter, named, numbered
from svclab.words import Quantity, count, join, say

__all__ = [
    "ChaptersDirective",
    "before_and_after",
    "core_minutes",
    "counted",
    "path_to",
    "setup",
    "spent",
    "top_of_page",
    "where_is_the_notebook",
]

#: The page that holds the map of the course.
MAP = "index"
_TIMED = re.compile(r"(</h2>\s*<p><em>(?:core|extra)\b[^<]*)(</em></p>)")
_CORE = re.compile(r"marked core take about (\d+) minutes together")


def core_minutes(folder: Path, entry: Chapter) -> int:
    """What the core sections of a chapter take, as its first cell says.

    Parameters
    ----------
    folder : Path
        Where the book's sources lie, notebooks and pages side by side.
    entry : Chapter
        Of the catalogue.

    Raises
    ------
    ExtensionError
        If the notebook does not say it.
    """
    notebook = json.loads((folder / f"{entry.name}.ipynb").read_text(encoding="utf-8"))
    found = _CORE.search("".join(notebook["cells"][0]["source"]))
    if found is None:
        raise ExtensionError(f"{entry.notebook}: its first cell does not say what core takes")
    return int(found.group(1))


def spent(duration: int) -> Quantity:
    """Minutes as a reader plans them: long times in half hours.

    Examples
    --------
    >>> str(spent(45)), str(spent(556))
    ('45 minutes', '9.5 hours')
    """
    if duration < 100:
        return Quantity(duration, "minute", 0, "minutes")
    return Quantity(round(duration / 30) / 2, "hour", 1, "hours")


def path_to(site_map: Any, pagename: str) -> str:
    """The way from the map of the course to a page, as HTML; empty for pages without a place.

    Parameters
    ----------
    site_map : sphinx_external_toc.api.SiteMap
        The contents of the book.
    pagename : str
        The page that is written.
    """
    for part in site_map.root.subtrees:
        if pagename in part.items:
            entry = chapter(pagename)
            here = f"<b>{entry.number} {escape(entry.short)}</b>" if entry else ""
            steps = [f'<a href="{MAP}.html">Map of the course</a>', escape(part.caption or "")]
            return (
                '<nav class="svc-way" aria-label="Where you are">'
                + " › ".join(step for step in (*steps, here) if step)
                + "</nav>"
            )
    return ""


def before_and_after(entry: Chapter) -> str:
    """What to read before a chapter, and what comes next, as HTML.

    How long it takes, its first cell says.

    Examples
    --------
    >>> 'Next: <a href="01-introduction.html">' in before_and_after(CHAPTERS[0])
    True
    """
    parts = []
    if entry.after:
        parts.append(f"Read first: {join([_link(n) for n in entry.after])}.")
    following = sorted(one.number for one in CHAPTERS if one.number > entry.number)
    if following:
        parts.append(f"Next: {_link(following[0])}.")
    return f'<p class="svc-order">{" ".join(parts)}</p>' if parts else ""


def where_is_the_notebook(name: str) -> str:
    """The line at the top of a chapter's page, as HTML; empty for any other page.

    Examples
    --------
    >>> where_is_the_notebook("how-to-use")
    ''
    """
    found = chapter(name)
    if found is None:
        return ""
    path = escape(found.notebook)
    return (
        '<p class="svc-notebook">This page is the notebook '
        f'<code>{path}</code>: <a href="{path}" download>download it</a> and work in it, or '
        '<a href="how-to-use.html">read how</a>.</p>'
    )


def counted(body: str) -> str:
    """Say below each heading of a chapter which section it is: a long page is long on a phone.

    Parameters
    ----------
    body : str
        The page's HTML. Sections are what has a line with its time, below a heading of the second
        level; what a page of the book has otherwise stays as it is.

    Examples
    --------
    >>> counted("<h2>Cells</h2>\\n<p><em>core, 6 minutes</em></p>")
    '<h2>Cells</h2>\\n<p><em>core, 6 minutes; section 1 of 1</em></p>'
    """
    n = len(_TIMED.findall(body))
    numbers = iter(range(1, n + 1))

    def told(found: re.Match[str]) -> str:
        place = say("section {i} of {n}", i=next(numbers), n=n)
        return f"{found.group(1)}; {place}{found.group(2)}"

    return _TIMED.sub(told, body)


def _count_sections(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: Any
) -> None:
    if chapter(pagename) and "body" in context:
        context["body"] = counted(context["body"])


def _link(number: int) -> str:
    entry = numbered()[number]
    name = escape(named(number))
    return f'<a href="{entry.name}.html">{name}</a>' if isinstance(entry, Chapter) else name


class ChaptersDirective(SphinxDirective):
    """The map of the course: every chapter with its question, its time and what to know first."""

    def run(self) -> list[nodes.Node]:
        """Draw the list; the page is read anew when a chapter's notebook changes."""
        folder = Path(self.env.srcdir)
        for entry in CHAPTERS:
            self.env.note_dependency(str(folder / f"{entry.name}.ipynb"))
        items = [self._item(entry, folder) for entry in numbered().values()]
        return [nodes.raw("", f'<ol class="svc-map">{"".join(items)}</ol>', format="html")]

    @staticmethod
    def _item(entry: Chapter | Planned, folder: Path) -> str:
        number = f'<span class="svc-number">{entry.number}</span>'
        chinese = f'<span lang="zh">{escape(entry.title_zh)}</span>'
        if isinstance(entry, Planned):
            name = f"{number} {escape(entry.short)} {chinese}"
            later = '<span class="svc-facts">planned</span>'
            return f'<li class="svc-planned"><p class="svc-name">{name} {later}</p></li>'
        name = f'<a href="{entry.name}.html">{escape(entry.title)} {chinese}</a>'
        core = spent(core_minutes(folder, entry))
        facts = [
            say("{n}, core path about {core}", n=count(entry.hours, "class hour"), core=core),
            *(say("read chapter {n} first", n=n) for n in entry.after),
        ]
        return (
            f'<li><p class="svc-name">{number} {name}</p><p>{escape(entry.asks)}</p>'
            f'<p class="svc-facts">{escape("; ".join(facts))}</p></li>'
        )


def top_of_page(env: BuildEnvironment, pagename: str) -> tuple[str, str]:
    """What stands above a page's title, and the lines below it."""
    entry = chapter(pagename)
    order = before_and_after(entry) if entry else ""
    site_map = getattr(env, "external_site_map", None)
    above = path_to(site_map, pagename) if site_map is not None else ""
    return above, order + where_is_the_notebook(pagename)


def setup(app: Sphinx) -> None:
    """Add the directive and the sections' numbers; what stands at a page's top ``pages`` adds."""
    app.add_directive("chapters", ChaptersDirective)
    app.connect("html-page-context", _count_sections)
