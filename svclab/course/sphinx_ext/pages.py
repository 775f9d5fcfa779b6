"""What each page carries: only the scripts and styles it uses, and where the reader is."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx

from svclab.course.sphinx_ext.exercises import bar_html
from svclab.course.sphinx_ext.wayfinding import top_of_page

__all__ = ["needed", "setup"]

# File names of scripts and styles, and what a page must hold to need them.
USED_BY = {
    "copybutton": 'class="highlight',
    "clipboard": 'class="highlight',
    "togglebutton": "toggle",
    "design-tabs": "sd-tab-set",
    "sphinx-design": 'class="sd-',
    "mystnb": 'class="cell',
}
# Never needed: what comes with the theme and would ask a foreign host.
NEVER = ("thebe", "THEBE", "mathjax", "MathJax", "fontawesome", "require", "html-manager")
# Scripts in the page that belong to a file above.
INLINE = {"toggleHint": "toggle", "togglebuttonSelector": "toggle"}


def needed(address: str, code: str, body: str) -> bool:
    """Whether a page needs a script or a style sheet.

    Parameters
    ----------
    address : str
        Its file name, or an empty string for a script in the page.
    code : str
        The script's text, if it stands in the page.
    body : str
        The page's HTML.

    Examples
    --------
    >>> needed("_static/copybutton.js", "", "<p>No code here.</p>")
    False
    """
    if any(word in address or word in code for word in NEVER) or "//" in address:
        return False
    for name, sign in {**USED_BY, **INLINE}.items():
        if name in address or name in code:
            return sign in body
    return True


def _page(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: Any
) -> None:
    body = context.get("body") or ""
    static = context["pathto"]("_static", resource=True)

    def wanted(item: Any) -> bool:
        name = str(getattr(item, "filename", item) or "")
        code = str(getattr(item, "attributes", {}).get("body") or "")
        return needed(name, code, body)

    seen: set[str] = set()
    scripts = [item for item in context["script_files"] if wanted(item)]
    context["script_files"] = [
        item
        for item in scripts
        if not (_text(item) in seen or seen.add(_text(item)))  # type: ignore[func-returns-value]
    ]
    context["css_files"] = [item for item in context["css_files"] if wanted(item)]
    head = []
    if 'class="katex' in body:
        head.append(f'<link rel="stylesheet" href="{static}/katex/katex.css" />')
    head += _alive(app.config, body, f"{static}/{app.config.svclab_assets}")
    # Before all style sheets: a script that stands after one waits for it.
    first = _begun(body, f"{static}/{app.config.svclab_assets}")
    context["metatags"] = "\n".join([*first, context.get("metatags", ""), *head])
    if "body" in context:
        # docutils gives entries a role that screen readers do not take for an item of a list.
        body = body.replace('role="doc-biblioentry"', 'role="listitem"')
        above, below = top_of_page(app.env, pagename)
        if "<svclab-exercise" in body:
            below += bar_html(app.config, pagename, body)
        context["body"] = _around_title(body, above, below)
    context["svclab_description"] = _description(context, doctree)


# Python takes longest, so its worker starts before the page is read. `python.mjs` takes it over.
_BEGIN = """<script>{{
  const chapters = "{chapters}", said = [];
  const worker = new Worker("{course}/worker.mjs", {{ type: "module", name: chapters }});
  worker.onmessage = worker.onerror = (event) => said.push(event);
  window.svclabBegun = {{ worker, said, chapters }};
}}</script>"""


def _begun(body: str, course: str) -> list[str]:
    """A script that starts Python, where a page holds what needs it; most used chapter first."""
    held = re.findall(r'<svclab-(?:explorable|exercise)\b[^>]*? name="(\w+)\.', body)
    chapters = " ".join(name for name, _ in Counter(held).most_common())
    return [_BEGIN.format(course=course, chapters=chapters)] if held else []


def _alive(config: Any, body: str, course: str) -> list[str]:
    """Scripts and styles for what a page holds; each module is named once, to come early."""
    explorables = "<svclab-explorable" in body
    diagrams = 'class="svx-part svd ' in body
    exercises = "<svclab-exercise" in body or "<svclab-student" in body
    # The contents list, which is on every page, says which exercises are done.
    kinds = ["marks"]
    if explorables or exercises:
        kinds.append("page")
    fieldkit = "<svclab-fieldkit" in body
    kinds += ["explorable"] * explorables + ["diagram"] * diagrams
    kinds += ["exercise"] * exercises + ["fieldkit"] * fieldkit
    sheets = ["explore.css"] * (explorables or exercises or fieldkit)
    sheets += ["diagrams.css"] * diagrams
    sheets += ["exercise.css"] * exercises + ["fieldkit.css"] * fieldkit
    modules = dict.fromkeys(name for kind in kinds for name in config.svclab_preload.get(kind, ()))
    head = [f'<link rel="stylesheet" href="{course}/{sheet}" />' for sheet in sheets]
    head += [f'<link rel="modulepreload" href="{course}/{name}" />' for name in modules]
    scripts = [f"{kind}.mjs" for kind in kinds if kind in ("page", "marks", "fieldkit")]
    return head + [f'<script type="module" src="{course}/{name}"></script>' for name in scripts]


def _text(item: Any) -> str:
    """What tells two scripts apart: extensions add some of theirs twice."""
    attributes = getattr(item, "attributes", {})
    return f"{getattr(item, 'filename', item)}|{attributes.get('body')}"


def _around_title(body: str, above: str, below: str) -> str:
    """Put lines over and under the page's title."""
    found = re.search(r"<h1>.*?</h1>|<h1 .*?</h1>", body, re.S)
    if found is None:
        return body
    return "".join([body[: found.start()], above, found.group(), below, body[found.end() :]])


def _description(context: dict[str, Any], doctree: Any) -> str:
    """For search engines: what the page says of itself, else its first paragraph."""
    given = (context.get("meta") or {}).get("description")
    if given:
        return str(given)
    paragraphs = doctree.findall(nodes.paragraph) if doctree is not None else []
    for paragraph in paragraphs:
        words = " ".join(paragraph.astext().split())
        if len(words) > 60:
            return words if len(words) <= 160 else words[:157].rsplit(" ", 1)[0] + " …"
    return ""


def setup(app: Sphinx) -> None:
    """Come after all other extensions, so that theirs can be taken out again."""
    app.connect("html-page-context", _page, priority=900)
