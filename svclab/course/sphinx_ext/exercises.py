"""Exercises as HTML: from a notebook's output or a directive, and the list of them all.

What stands on a page is the first practice variant. The page's scripts put the student's own in
its place, and write into the contents list how many are done.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.errors import ExtensionError
from sphinx.util.docutils import SphinxDirective

from svclab.catalogue import CHAPTERS, Chapter, chapter
from svclab.course.sphinx_ext.prerender import ask
from svclab.practice import answer, listed
from svclab.practice.definition import Exercise
from svclab.practice.records import MIME as RECORD

__all__ = [
    "MIME",
    "RECORD",
    "ExerciseDirective",
    "ExercisesDirective",
    "bar_html",
    "exercise_html",
    "with_counts",
]

#: Output type of a cell that ends in an exercise; svclab.practice.jupyter writes it.
MIME = "application/vnd.svclab.exercise+json"
#: The page that lists all exercises.
LIST = "progress"


def _asked_in(entry: Chapter) -> list[Exercise]:
    """A chapter's exercises; none if it has no module for them yet."""
    return [one for one in listed() if one.package == entry.package]


def _described(exercise: Exercise) -> dict[str, Any]:
    names = ("name", "title", "level", "core", "points", "minutes")
    return {name: getattr(exercise, name) for name in names}


def exercise_html(env: BuildEnvironment, name: str, uid: str) -> str:
    """The complete markup of an exercise with the first practice numbers.

    Parameters
    ----------
    env : BuildEnvironment
        Sphinx's; knows the page that is read.
    name : str
        Such as ``process.bottleneck``; the newest version is shown.
    uid : str
        Begins the ids of its elements.

    Raises
    ------
    ExtensionError
        If there is no such exercise, or if the page shows it already: both would answer to the
        same address and keep the same answers.
    """
    document = json.loads(answer(json.dumps({"do": "deal", "name": name, "practice": 1})))
    if "problem" in document:
        raise ExtensionError(f"exercise {name!r}: {document['problem']}")
    here = env.temp_data.setdefault("svclab_exercises", set())
    if name in here:
        raise ExtensionError(f"exercise {name!r} stands twice on the page {env.docname}")
    here.add(name)
    home = next((one for one in CHAPTERS if one.package == name.split(".")[0]), None)
    notebook = home.notebook if home else ""
    return ask(env.config, {"exercise": document, "uid": uid, "notebook": notebook})


def bar_html(config: Any, pagename: str, body: str) -> str:
    """The line with the student's number, for the top of a page that holds exercises.

    On a chapter's page it counts the chapter's exercises, on another those that stand there.
    """
    entry = chapter(pagename)
    names = [one.name for one in _asked_in(entry)] if entry else []
    scope = "chapter" if names else "all"
    names = names or re.findall(r'<svclab-exercise [^>]*name="([\w.]+)"', body)
    return ask(config, {"bar": {"names": names, "scope": scope, "more": f"{LIST}.html"}})


def with_counts(config: Any, contents: str, pagename: str) -> str:
    """The contents list with the chapters' counts, and with the exercises of the page's chapter.

    Parameters
    ----------
    config : sphinx.config.Config
        Of the build.
    contents : str
        The theme's list, as HTML.
    pagename : str
        The page that is written; the theme links it as ``#``.
    """
    for entry in CHAPTERS:
        exercises = _asked_in(entry)
        if not exercises:
            continue
        here = entry.name == pagename
        more = ask(config, {"count": {"names": [one.name for one in exercises]}})
        after = ask(config, {"contents": {"exercises": [_described(one) for one in exercises]}})
        address = "#" if here else f"{entry.name}.html"
        link = rf'(<a class="[^"]*reference internal" href="{re.escape(address)}">.*?)(</a>)'
        found = rf"\g<1>{_literal(more)}\g<2>{_literal(after) if here else ''}"
        contents = re.sub(link, found, contents, count=1, flags=re.S)
    return contents


def _literal(text: str) -> str:
    return text.replace("\\", r"\\")


class ExerciseDirective(SphinxDirective):
    """Put an exercise on a page of the book."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """Draw the exercise named in the argument."""
        uid = f"q{self.env.new_serialno('exercise')}"
        return [nodes.raw("", exercise_html(self.env, self.arguments[0], uid), format="html")]


class ExercisesDirective(SphinxDirective):
    """The list of all exercises of the course, with what is done, and the student's number."""

    def run(self) -> list[nodes.Node]:
        """Draw the student's line, opened, and the list under it."""
        asked = {entry: _asked_in(entry) for entry in CHAPTERS if _asked_in(entry)}
        chapters = [
            {
                "title": f"{entry.number} {entry.title} {entry.title_zh}",
                "page": f"{entry.name}.html",
                "exercises": [_described(one) for one in exercises],
            }
            for entry, exercises in asked.items()
        ]
        names = [one.name for exercises in asked.values() for one in exercises]
        bar = ask(self.config, {"bar": {"names": names, "scope": "all", "open": True}})
        table = ask(self.config, {"list": {"chapters": chapters}})
        return [nodes.raw("", bar + table, format="html")]


def _page(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: Any
) -> None:
    draw: Callable[..., Any] | None = context.get("generate_toctree_html")
    if draw is None:
        return

    def counted(*given: Any, **named: Any) -> str:
        return with_counts(app.config, str(draw(*given, **named)), pagename)

    context["generate_toctree_html"] = counted


def setup(app: Sphinx) -> None:
    """Add the directives and the counts; notebook outputs come through ``explorables``."""
    app.add_directive("exercise", ExerciseDirective)
    app.add_directive("exercises", ExercisesDirective)
    # After the theme has put its own function there.
    app.connect("html-page-context", _page, priority=890)
