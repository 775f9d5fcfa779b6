"""What every widget of ours in JupyterLab shares: the browser's modules, sent once a page.

What the browser runs (the same modules as on the published page, and Vega) is sent when the
first widget asks for it; a widget's own state is small.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import os
import re
import sys
import tempfile
from collections.abc import Coroutine, Mapping
from functools import cache
from importlib import metadata
from importlib.resources import files
from pathlib import Path
from typing import Any

import anywidget
import traitlets

__all__ = ["Widget", "vega_bundle"]

# The bundle's own ending puts vega names on the window, where they could meet somebody else's.
_SNIPPET = "globalThis.svclabVegaEmbed = vegaEmbed;"

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
    const { mounts, css } = await once(`${key}-kit`, () => kit(model));
    const loadVega = () => once(`${key}-vega`, () => vega(model));
    return await mounts[model.get("kind")]({ model, el, loadVega, css });
  } catch (error) {
    el.textContent = "This needs its kernel: run the cell again.";
  }
}
export default { render };
"""


def _imports(text: str) -> list[str]:
    return re.findall(r'from "\./([\w-]+\.mjs)"', text)


@cache
def _kit() -> dict[str, Any]:
    """What ``jupyter.mjs`` needs, each module after those that it imports; and the style."""
    web = files("svclab").joinpath("web")
    ordered: dict[str, str] = {}

    def place(name: str) -> None:
        text = web.joinpath(name).read_text(encoding="utf-8")
        for other in _imports(text):
            if other not in ordered:
                place(other)
        ordered[name] = text

    place("jupyter.mjs")
    sheets = sorted(entry.name for entry in web.iterdir() if entry.name.endswith(".css"))
    css = "\n".join(web.joinpath(name).read_text(encoding="utf-8") for name in sheets)
    modules = list(ordered.items())
    key = hashlib.sha256(json.dumps([modules, css]).encode()).hexdigest()[:12]
    return {"modules": modules, "css": css, "key": key}


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


class Widget(anywidget.AnyWidget):
    """A widget drawn by one of the browser's ``mounts``; ``kind`` says by which.

    A subclass answers further messages in :meth:`heard`.
    """

    _esm = _ESM
    key = traitlets.Unicode().tag(sync=True)
    kind = traitlets.Unicode().tag(sync=True)

    def __init__(self, **traits: Any) -> None:
        super().__init__(key=_kit()["key"], **traits)
        self._tasks: set[asyncio.Task[None]] = set()
        self.on_msg(self._hear)

    def _hear(self, _widget: Any, message: Mapping[str, Any], _buffers: Any) -> None:
        kind = message.get("type")
        if kind == "kit":
            self.send({"type": "kit", **_kit()})
        elif kind == "vega":
            self.begin(self._send_vega())
        else:
            self.heard(message)

    def heard(self, message: Mapping[str, Any]) -> None:
        """Answer a message that is not about the browser's own modules."""

    def begin(self, work: Coroutine[Any, Any, None]) -> None:
        """Do it in the kernel's event loop; at once where there is none, as in tests."""
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
