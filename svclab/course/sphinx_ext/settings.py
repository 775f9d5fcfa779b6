"""The directive ``setting``: a link in a page to an explorable at a certain setting."""

from __future__ import annotations

import json
from html import escape
from typing import Any
from urllib.parse import quote

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.errors import ExtensionError
from sphinx.util.docutils import SphinxDirective

__all__ = ["SettingDirective", "setting_link", "setup"]


def setting_link(name: str, parameters: dict[str, Any]) -> str:
    """The hash that leads to a setting, as ``format`` in ``web/link.mjs`` writes it.

    Parameters
    ----------
    name : str
        Of the explorable.
    parameters : dict
        What differs from the defaults.

    Raises
    ------
    ExtensionError
        If the explorable has no such setting.

    Examples
    --------
    >>> setting_link("process.longer_line", {"takt": 100})
    '#process.longer_line:1:takt=100'
    """
    from svclab.explore import answer, declaration

    try:
        version = declaration(name)["version"]
        document = json.loads(answer(json.dumps({"name": name, "parameters": parameters})))
    except ValueError as error:
        raise ExtensionError(f"a link to a setting: {error}") from error
    if document.get("problems"):
        raise ExtensionError(f"a link to a setting of {name}: {document['problems']}")
    pairs = [f"{quote(key, safe='')}={_text(value)}" for key, value in parameters.items()]
    return f"#{name}:{version}:{'&'.join(pairs)}"


def _text(value: Any) -> str:
    plain = isinstance(value, str)
    text = value if plain else json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return quote(text, safe="!'()*-._~")


class SettingDirective(SphinxDirective):
    """A line that links to a setting: the arguments are the explorable and what the link says.

    The content is the setting as JSON.
    """

    required_arguments = 2
    final_argument_whitespace = True
    has_content = True

    def run(self) -> list[nodes.Node]:
        """Write the link."""
        name, words = self.arguments
        link = setting_link(name, json.loads("\n".join(self.content) or "{}"))
        markup = f'<p class="svclab-setting"><a href="{escape(link)}">{escape(words)}</a></p>'
        return [nodes.raw("", markup, format="html")]


def setup(app: Sphinx) -> None:
    """Add the directive."""
    app.add_directive("setting", SettingDirective)
