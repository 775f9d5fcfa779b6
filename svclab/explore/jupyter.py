"""JupyterLab as a host of explorables: a widget whose view is computed by the kernel."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from typing import Any

import traitlets

from svclab.explore.definition import Explorable
from svclab.explore.session import answer, declaration, find, start
from svclab.web.host import Widget

__all__ = ["MIME", "ExplorableWidget", "mimebundle", "widget"]

#: Output type by which the book's build recognises an explorable.
MIME = "application/vnd.svclab.explorable+json"


class ExplorableWidget(Widget):
    """An explorable in a notebook; ``parameters`` can be read and set from code.

    Parameters
    ----------
    name : str
        Such as ``"process.line_designer"``.
    **parameters
        Settings to begin with; those left out have their defaults.

    Raises
    ------
    ValueError
        For an unknown explorable, or with a sentence for each setting that is not possible.
    """

    name = traitlets.Unicode().tag(sync=True)
    version = traitlets.Int().tag(sync=True)
    parameters = traitlets.Dict().tag(sync=True)
    declaration = traitlets.Unicode().tag(sync=True)
    document = traitlets.Unicode().tag(sync=True)

    def __init__(self, name: str, /, **parameters: Any) -> None:
        document = answer(json.dumps({"name": name, "parameters": parameters}))
        shown = json.loads(document)
        if "view" not in shown:
            raise ValueError(" ".join(shown["problems"].values()))
        super().__init__(
            kind="explorable",
            name=name,
            version=shown["version"],
            parameters=shown["parameters"],
            declaration=json.dumps(declaration(name), ensure_ascii=False),
            document=document,
        )
        self._running: set[str] = set()

    def heard(self, message: Mapping[str, Any]) -> None:
        """Compute what the browser asks for, or give up what it wants no more."""
        if message.get("type") == "compute":
            self._running.add(message["call"])
            self.begin(self._compute(message["call"], message["request"]))
        elif message.get("type") == "abandon":
            self._running.discard(message["call"])

    async def _compute(self, call: str, request: str) -> None:
        """Step by step, so that an abandoned run ends and the newest request wins."""
        try:
            session = start(request)
            while call in self._running:
                text = session.step()
                if text is None:
                    break
                self.send({"type": "document", "call": call, "text": text})
                await asyncio.sleep(0)
            self.send({"type": "end", "call": call})
        except Exception as problem:  # whatever it is, the reader shall see it, not a log
            self.send({"type": "error", "call": call, "message": str(problem)})
        finally:
            self._running.discard(call)


def widget(name: str, **parameters: Any) -> ExplorableWidget:
    """The widget of an explorable, with settings to begin with."""
    return ExplorableWidget(name, **parameters)


def mimebundle(explorable: Explorable, **parameters: Any) -> dict[str, Any]:
    """What a notebook stores and shows: the widget, and for the book's build the settings alone.

    Parameters
    ----------
    explorable : Explorable
        What the cell ends in.
    **parameters
        Settings to begin with.
    """
    # What is asked first must not be answered by the text that stands for the widget.
    shown_text = explorable.guess.question if explorable.guess else explorable(**parameters).say
    bundle: dict[str, Any] = {
        "text/plain": "\n".join([explorable.title, shown_text, "(Run this cell to move it.)"]),
        MIME: {
            "name": explorable.name,
            "version": explorable.version,
            "parameters": parameters,
        },
    }
    # An explorable of the reader's own, not found by name, has no widget; its text remains.
    try:
        known = find(explorable.name) is explorable
    except ValueError:
        known = False
    if known:
        shown = widget(explorable.name, **parameters)
        data = shown._repr_mimebundle_()
        bundle = {**(data[0] if isinstance(data, tuple) else data or {}), **bundle}
    return bundle
