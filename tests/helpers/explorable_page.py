"""One explorable on a page of its own, with the renderer of the book and no build behind it."""

from __future__ import annotations

import json
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import vl_convert

import svclab
from svclab.course.node import find_node
from svclab.explore import Explorable, Session

WEB = Path(svclab.__file__).parent / "web"

PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>One</title>
<meta name="viewport" content="width=device-width,initial-scale=1"><link rel="icon" href="data:,">
<link rel="stylesheet" href="explore.css">
<link rel="stylesheet" href="diagrams.css"></head><body>%s<script type="module">
import { Explorable } from "./explorable.mjs";
import { missing } from "./kinds.mjs";
const root = document.querySelector("svclab-explorable");
const given = (what) => JSON.parse(root.querySelector(`script[data-svclab="${what}"]`).textContent);
const host = {
  link: true,
  diagrams: () => import("./diagrams.mjs"),
  vega: () => import("./vega.mjs").then(() => globalThis.svclabVegaEmbed),
  compute: (request, engine, onDocument) => ({
    abandon() {},
    finished: fetch("compute", { method: "POST", body: JSON.stringify(request) })
      .then((reply) => reply.json()).then(onDocument),
  }),
};
const doc = { declaration: given("declaration"), document: given("document") };
await missing(doc.document.view, host);
window.one = new Explorable(root, host, { ...doc, uid: root.dataset.uid });
window.one.drawCharts().then((drawn) => { window.drawn = drawn.map((d) => d.status); });
</script></body></html>"""


def document(found: Explorable, given: dict[str, Any]) -> dict[str, Any]:
    """The last document for a setting, as a session gives it."""
    session = Session(json.dumps({"name": found.name, "parameters": given}), found)
    last: dict[str, Any] = {}
    while (text := session.step()) is not None:
        last = json.loads(text)
    return last


def markup(found: Explorable, given: dict[str, Any]) -> str:
    """What the build writes into a page, without the charts' drawings."""
    request = {"declaration": found.declaration(), "document": document(found, given)}
    done = subprocess.run(
        [find_node().program, str(WEB / "prerender.mjs")],
        input=json.dumps(request) + "\n",
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=True,
    )
    return str(json.loads(done.stdout)["html"])


@cache
def _vega() -> bytes:
    """Vega as one module; bundling it takes seconds."""
    return str(vl_convert.javascript_bundle("globalThis.svclabVegaEmbed = vegaEmbed;")).encode()


@contextmanager
def page_of(found: Explorable, **given: Any) -> Iterator[str]:
    """The address of a page that shows an explorable, alive."""
    first = (PAGE % markup(found, given)).encode()
    vega = _vega()

    class Handler(BaseHTTPRequestHandler):
        def log_message(self, *_: Any) -> None:
            pass

        def reply(self, body: bytes, kind: str) -> None:
            self.send_response(200)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def do_GET(self) -> None:
            name = self.path.strip("/")
            if not name:
                self.reply(first, "text/html; charset=utf-8")
            elif name == "vega.mjs":
                self.reply(vega, "text/javascript")
            else:
                kind = "text/css" if name.endswith(".css") else "text/javascript"
                self.reply((WEB / name).read_bytes(), kind)

        def do_POST(self) -> None:
            asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            self.reply(json.dumps(document(found, asked["parameters"])).encode(), "text/json")

    class Server(ThreadingHTTPServer):
        def handle_error(self, *_: Any) -> None:
            """A page that was closed before it was answered is no failure."""

    server = Server(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()
