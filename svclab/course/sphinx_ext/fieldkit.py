"""The field kit on a page of the book, and the worker beside it that needs no network."""

from __future__ import annotations

import shutil
from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

__all__ = ["FieldKitDirective", "setup"]

WORKER = "field-kit-worker.mjs"  # svclab/web/fieldkit.mjs asks for it by this name
SOURCE = Path(__file__).resolve().parents[2] / "web" / "fieldkit-worker.mjs"


class FieldKitDirective(SphinxDirective):
    """Put the field kit on a page; its content is what a browser without scripts shows."""

    has_content = True

    def run(self) -> list[nodes.Node]:
        """Give the place that the script fills."""
        inside = nodes.container()
        self.state.nested_parse(self.content, self.content_offset, inside)
        before = nodes.raw("", "<svclab-fieldkit>", format="html")
        after = nodes.raw("", "</svclab-fieldkit>", format="html")
        return [before, *inside.children, after]


def _lay_worker(app: Sphinx, problem: Exception | None) -> None:
    """A worker answers only for addresses below its own, so it lies beside the pages."""
    if problem is None and app.builder.format == "html":
        shutil.copyfile(SOURCE, Path(app.outdir) / WORKER)


def setup(app: Sphinx) -> None:
    """Add the directive and lay the worker beside the pages."""
    app.add_directive("fieldkit", FieldKitDirective)
    app.connect("build-finished", _lay_worker)
