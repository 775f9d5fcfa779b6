"""Mathematics drawn by KaTeX at build time: the page carries the result and runs no script."""

from __future__ import annotations

import html
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.math import get_node_equation_number

from svclab.course.sphinx_ext.prerender import ask

__all__ = ["setup"]


def _draw(translator: Any, tex: str, *, display: bool) -> str:
    return ask(translator.config, {"tex": tex, "display": display})


def _inline(translator: Any, node: nodes.math) -> None:
    drawn = _draw(translator, node.astext(), display=False)
    translator.body.append(f'<span class="math notranslate nohighlight">{drawn}</span>')
    raise nodes.SkipNode


def _display(translator: Any, node: nodes.math_block) -> None:
    translator.body.append(translator.starttag(node, "div", CLASS="math notranslate nohighlight"))
    if node["number"]:
        number = html.escape(get_node_equation_number(translator, node))
        translator.body.append(f'<span class="eqno">({number})')
        translator.add_permalink_ref(node, "Link to this equation")
        translator.body.append("</span>")
    tex = node.astext().strip()
    # Lines of a formula may be broken with \\ outside any environment: align them.
    if "\\\\" in tex and "\\begin" not in tex:
        tex = "\\begin{split}" + tex + "\\end{split}"
    translator.body.append(_draw(translator, tex, display=True) + "</div>\n")
    raise nodes.SkipNode


def setup(app: Sphinx) -> None:
    """Offer the renderer; ``html_math_renderer: katex`` chooses it."""
    app.add_html_math_renderer("katex", (_inline, None), (_display, None))
