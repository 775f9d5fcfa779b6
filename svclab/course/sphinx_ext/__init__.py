"""What the book needs of Sphinx beyond Jupyter Book: one ordinary extension.

It draws explorables, exercises and mathematics at build time through one Node process, teaches
the search Chinese, keeps foreign addresses and unused scripts off the pages, and says on each
page where the reader is and what comes next.
"""

from __future__ import annotations

from typing import Any

from sphinx.application import Sphinx

from svclab.course.sphinx_ext import (
    bibliography,
    exercises,
    explorables,
    fieldkit,
    mathematics,
    pages,
    prerender,
    search,
    settings,
    wayfinding,
)

__all__ = ["setup"]


def setup(app: Sphinx) -> dict[str, Any]:
    """Register everything with Sphinx; the build fills in the settings."""
    app.add_config_value("svclab_node", "node", "env", [str])
    app.add_config_value("svclab_node_modules", "", "", [str])
    app.add_config_value("svclab_prerender", "", "", [str])
    app.add_config_value("svclab_assets", "", "html", [str])
    app.add_config_value("svclab_preload", {}, "html", [dict])
    # Jupyter Book sets this for an extension that we leave out.
    app.add_config_value("comments_config", {}, "", [dict])
    # Changes with every source of svclab, so that no page keeps an old drawing.
    app.add_config_value("svclab_key", "", "env", [str])
    # Changes with style sheets and templates, which Sphinx does not watch.
    app.add_config_value("svclab_look", "", "html", [str])
    prerender.setup(app)
    explorables.setup(app)
    settings.setup(app)
    wayfinding.setup(app)
    exercises.setup(app)
    fieldkit.setup(app)
    mathematics.setup(app)
    search.setup(app)
    bibliography.setup(app)
    pages.setup(app)
    return {"version": "1", "parallel_read_safe": False, "parallel_write_safe": False}
