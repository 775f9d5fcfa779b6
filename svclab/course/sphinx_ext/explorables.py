"""Explorables as HTML: from a notebook's output, or by the directive ``explorable`` in a page."""

from __future__ import annotations

import json
import re
from typing import Any, ClassVar

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.errors import ExtensionError
from sphinx.util.docutils import SphinxDirective

from svclab.course.sphinx_ext import exercises
from svclab.course.sphinx_ext.prerender import ask

__all__ = ["MIME", "ExplorableDirective", "ExplorableRenderer", "chart_svg", "setup"]

MIME = "application/vnd.svclab.explorable+json"
WIDTH = 640  # pixels: about the measure of the text, for drawings made at build time


def chart_svg(part: dict[str, Any], prefix: str) -> str:
    """Draw a chart part as SVG that scales with its place and takes the page's colours.

    Parameters
    ----------
    part : dict
        A part of kind ``chart``: ``spec``, ``data``, ``height``.
    prefix : str
        Put before the drawing's ids, so that two drawings on a page do not share them.
    """
    import vl_convert

    spec = dict(part["spec"])
    height = int(part.get("height") or 280)
    spec.update(
        width=WIDTH,
        height=height,
        autosize={"type": "fit", "contains": "padding"},
        background="transparent",
        datasets=part["data"],
        config={**spec.get("config", {}), "font": "sans-serif"},
    )
    svg = str(vl_convert.vegalite_to_svg(spec))
    svg = re.sub(r"<\?xml[^>]*\?>", "", svg)
    sizes = r'(<svg[^>]*?) width="[^"]*" height="[^"]*"'
    svg = re.sub(sizes, r'\1 width="100%" height="100%"', svg)
    svg = re.sub(r'\bid="(\w+)"', rf'id="{prefix}\1"', svg)
    svg = svg.replace("url(#", f"url(#{prefix}").replace('font-family="sans-serif"', "")
    # The slot around the drawing carries the text alternative; its inside is not read out.
    return re.sub(r' (?:role|aria-[a-z]+)="[^"]*"', "", svg)


def explorable_html(config: Any, request: dict[str, Any], uid: str) -> str:
    """The complete markup of an explorable at the settings asked for; uid begins its ids."""
    from svclab.explore import answer, declaration

    try:
        declared = declaration(request["name"])
        document = json.loads(answer(json.dumps(request)))
    except (KeyError, ValueError) as error:
        raise ExtensionError(f"explorable {request.get('name')!r}: {error}") from error
    if document.get("problems"):
        raise ExtensionError(f"explorable {request['name']}: {document['problems']}")
    svgs = [
        chart_svg(part, f"{uid}-{index}-") if part["kind"] == "chart" else None
        for index, part in enumerate(document["view"]["parts"])
    ]
    return ask(config, {"declaration": declared, "document": document, "svgs": svgs, "uid": uid})


class ExplorableRenderer:
    """Shows a notebook cell's explorable or exercise (a myst-nb entry point)."""

    mime_priority_overrides: ClassVar = [
        ("*", kind, 1) for kind in (MIME, exercises.MIME, exercises.RECORD)
    ]

    @staticmethod
    def handle_mime(renderer: Any, data: Any, inline: bool) -> list[nodes.Element] | None:
        """Give the nodes for an output of our types, None for any other."""
        if inline or data.mime_type not in (MIME, exercises.MIME, exercises.RECORD):
            return None
        if data.mime_type == exercises.RECORD:
            return []  # somebody's answer: nothing to read on the page
        request = json.loads(data.content) if isinstance(data.content, str) else data.content
        uid = f"x{data.cell_index or 0}-{data.output_index or 0}"
        env = renderer.renderer.sphinx_env
        if data.mime_type == exercises.MIME:
            markup = exercises.exercise_html(env, request["name"], uid)
            return [nodes.raw("", markup, format="html", classes=["svclab-exercise"])]
        markup = explorable_html(env.config, request, uid)
        return [nodes.raw("", markup, format="html", classes=["svclab-explorable"])]


class ExplorableDirective(SphinxDirective):
    """Put an explorable on a page; the content may be its settings as JSON."""

    required_arguments = 1
    has_content = True

    def run(self) -> list[nodes.Node]:
        """Draw the explorable named in the argument."""
        text = "\n".join(self.content).strip()
        request = {"name": self.arguments[0], "parameters": json.loads(text) if text else {}}
        uid = f"x{self.env.new_serialno('explorable')}"
        return [nodes.raw("", explorable_html(self.config, request, uid), format="html")]


def setup(app: Sphinx) -> None:
    """Add the directive; the notebook outputs come by an entry point."""
    app.add_directive("explorable", ExplorableDirective)
