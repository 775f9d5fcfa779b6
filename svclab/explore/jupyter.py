"""JupyterLab as a host: an anywidget whose view is computed by the kernel.

What the browser runs (the same modules as on the page, and Vega) is sent once a notebook page,
when the first widget asks for it; a widget's own state is its declaration and its document.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import os
import re
import sys
import tempfile
from collections.abc import Mapping
from functools import cache
from importlib import metadata
from importlib.resources import files
from pathlib import Path
from typing import Any

import anywidget
import traitlets

from svclab.explore.definition import Explorable
from svclab.explore.session import answer, declaration, find, start

__all__ = ["MIME", "ExplorableWidget", "mimebundle", "vega_bundle", "widget"]

#: Output type by which the book's build recognises an explorable.
MIME = "application/vnd.svclab.explorable+json"

# The bundle's own ending puts vega names on the window, where they could meet somebody else's.
_SNIPPET = "globalThis.svclabVegaEmbed = vegaEmbed;"

_LEFT_OUT = {"page.mjs", "worker.mjs", "solver.mjs", "prerender.mjs"}

_ESM = """
const ask = (model, what) => new Promise((resolve, reject) => {
  const hear = (data) => {
    if (data.type !== what) return;
    stop();
    resolve(data);
  };
  const stop = () => { clearTimeout(timer); model.off("msg:custom", hear); };
  const timer = setTimeout(() => { stop(); reject(new Error("no kernel")); }, 30000);
  model.on("msg:custom", hear);
  model.send({ type: what });
});
const url = (text) => URL.createObjectURL(new Blob([text], { type: "text/javascript" }));
async function kit(model) {
  const { modules, css } = await ask(model, "kit");
  const urls = {};
  for (const [name, text] of modules) {
    urls[name] = url(text.replace(/from "\\.\\/([\\w-]+\\.mjs)"/g, (_, n) => `from "${urls[n]}"`));
  }
  return { ...(await import(urls["jupyter.mjs"])), css };
}
async function vega(model) {
  await import(url((await ask(model, "vega")).text));
  return globalThis.svclabVegaEmbed;
}
// Once a page, whatever the number of widgets; after a failure the next widget asks again.
function once(key, make) {
  globalThis[key] ??= make().catch((error) => { delete globalThis[key]; throw error; });
  return globalThis[key];
}
async function render({ model, el }) {
  const key = `svclab-${model.get("key")}`;
  try {
    const { mount, css } = await once(`${key}-kit`, () => kit(model));
    const loadVega = () => once(`${key}-vega`, () => vega(model));
    return await mount({ model, el, loadVega, css });
  } catch (error) {
    el.textContent = "This explorable needs its kernel: run the cell again.";
  }
}
export default { render };
"""


def _imports(text: str) -> list[str]:
    return re.findall(r'from "\./([\w-]+\.mjs)"', text)


@cache
def _kit() -> dict[str, Any]:
    """The browser's modules, each after those that it imports, and the style sheet."""
    web = files("svclab").joinpath("web")
    texts: dict[str, str] = {}
    for entry in web.iterdir():
        if entry.name.endswith(".mjs") and entry.name not in _LEFT_OUT:
            texts[entry.name] = entry.read_text(encoding="utf-8")
    ordered: list[tuple[str, str]] = []
    placed: set[str] = set()

    def place(name: str) -> None:
        if name in placed:
            return
        placed.add(name)
        for other in _imports(texts[name]):
            place(other)
        ordered.append((name, texts[name]))

    for name in sorted(texts):
        place(name)
    css = web.joinpath("explore.css").read_text(encoding="utf-8")
    key = hashlib.sha256(json.dumps([ordered, css]).encode()).hexdigest()[:12]
    return {"modules": ordered, "css": css, "key": key}


def _cache_folder() -> Path:
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA", "")
    elif sys.platform == "darwin":
        base = str(Path.home() / "Library" / "Caches")
    else:
        base = os.environ.get("XDG_CACHE_HOME", "") or str(Path.home() / ".cache")
    return Path(base or tempfile.gettempdir()) / "svclab"


def vega_bundle() -> str:
    """Vega, Vega-Lite and vega-embed as one ES module; sets ``globalThis.svclabVegaEmbed``.

    Bundling takes about two seconds, so the text is kept in the user's cache folder.
    """
    import vl_convert

    version = metadata.version("vl-convert-python")
    mark = hashlib.sha256(f"{version} {_SNIPPET}".encode()).hexdigest()[:12]
    kept = _cache_folder() / f"vega-{mark}.mjs"
    try:
        text = kept.read_text(encoding="utf-8")
        # A file cut short by a full disk would break every chart.
        if text.rstrip().endswith(";") and "svclabVegaEmbed" in text[-200:]:
            return text
    except OSError:
        pass
    text = str(vl_convert.javascript_bundle(_SNIPPET))
    try:
        kept.parent.mkdir(parents=True, exist_ok=True)
        new = kept.with_name(f"{kept.name}.{os.getpid()}")
        new.write_text(text, encoding="utf-8")
        new.replace(kept)
    except OSError:
        pass  # a read-only home: bundled again next time
    return text


class ExplorableWidget(anywidget.AnyWidget):
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

    _esm = _ESM
    key = traitlets.Unicode().tag(sync=True)
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
            key=_kit()["key"],
            name=name,
            version=shown["version"],
            parameters=shown["parameters"],
            declaration=json.dumps(declaration(name), ensure_ascii=False),
            document=document,
        )
        self._running: set[str] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self.on_msg(self._hear)

    def _hear(self, _widget: Any, message: Mapping[str, Any], _buffers: Any) -> None:
        kind = message.get("type")
        if kind == "kit":
            self.send({"type": "kit", **_kit()})
        elif kind == "vega":
            self._begin(self._send_vega())
        elif kind == "compute":
            self._running.add(message["call"])
            self._begin(self._compute(message["call"], message["request"]))
        elif kind == "abandon":
            self._running.discard(message["call"])

    def _begin(self, work: Any) -> None:
        """In the kernel's event loop; at once where there is none, as in tests."""
        try:
            task = asyncio.get_running_loop().create_task(work)
        except RuntimeError:
            asyncio.run(work)
            return
        # The loop itself holds tasks weakly only.
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _send_vega(self) -> None:
        self.send({"type": "vega", "text": await asyncio.to_thread(vega_bundle)})

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
