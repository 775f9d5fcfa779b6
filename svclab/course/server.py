"""Serves the built site on this machine, with the MIME types that modules and WebAssembly need."""

from __future__ import annotations

import errno
import os
import posixpath
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from svclab.course.places import CourseError

__all__ = ["make_server"]

TRIES = 100  # ports looked at, from the one asked for


class _Handler(SimpleHTTPRequestHandler):
    """Serves one folder below a prefix; says nothing unless something is wrong."""

    # Own types: some Windows registries call .js plain text, which stops every module.
    extensions_map = {  # noqa: RUF012
        **SimpleHTTPRequestHandler.extensions_map,
        ".js": "text/javascript",
        ".mjs": "text/javascript",
        ".css": "text/css",
        ".html": "text/html; charset=utf-8",
        ".json": "application/json",
        ".ipynb": "application/x-ipynb+json",
        ".csv": "text/csv; charset=utf-8",
        ".svg": "image/svg+xml",
        ".wasm": "application/wasm",
        ".woff2": "font/woff2",
        ".zip": "application/zip",
    }
    protocol_version = "HTTP/1.1"

    def __init__(self, *args: Any, prefix: str, **kwargs: Any) -> None:
        self.prefix = prefix
        super().__init__(*args, **kwargs)

    def translate_path(self, path: str) -> str:
        bare = path.split("?", 1)[0].split("#", 1)[0]
        if not (bare + "/").startswith(self.prefix):
            return super().translate_path("/outside the prefix, so not found")
        return super().translate_path("/" + path[len(self.prefix) :])

    def end_headers(self) -> None:
        # Folders named by their content never change; everything else is asked for again.
        parts = self.path.split("?", 1)[0].split("/")
        hashed = any(part.startswith(("course-", "runtime-")) for part in parts[:-1])
        self.send_header(
            "Cache-Control", "public, max-age=31536000, immutable" if hashed else "no-cache"
        )
        super().end_headers()

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Show the site's own page for an address that does not exist."""
        page = Path(self.directory) / "404.html"
        if code != 404 or not page.is_file():
            super().send_error(code, message, explain)
            return
        content = page.read_bytes()
        self.send_response(404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)

    def list_directory(self, path: Any) -> None:
        """Folders without a page are no pages."""
        self.send_error(404)

    def log_message(self, format: str, *args: Any) -> None:
        """Quiet: the address is all that a reader needs to see."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    # On Windows this would let two servers share a port; elsewhere it lets a server that was
    # just stopped have its port back.
    allow_reuse_address = os.name != "nt"

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A browser that goes away in the middle of an answer is no error."""


def make_server(site: Path, *, port: int = 8000, prefix: str = "/") -> ThreadingHTTPServer:
    """Make a server for a folder on 127.0.0.1; a busy port leads to the next free one.

    Parameters
    ----------
    site : Path
        The folder to serve.
    port : int
        The first port to try, 1 to 65535; 0 takes any free one.
    prefix : str
        The path below which the site appears, beginning and ending with a slash.

    Returns
    -------
    ThreadingHTTPServer
        Ready for ``serve_forever()``; ``server_port`` tells the port.

    Raises
    ------
    CourseError
        If the port is out of range or no port is free.
    """
    if not 0 <= port <= 65535:
        raise CourseError(f"--port {port} is not a port: choose a number from 1 to 65535.")
    prefix = posixpath.join("/", prefix.strip("/"), "")
    handler = partial(_Handler, directory=str(site), prefix=prefix)
    last = min(port + TRIES, 65536) if port else 1
    for candidate in range(port, last):
        try:
            return _Server(("127.0.0.1", candidate), handler)
        except OSError as error:
            # WSAEACCES is what Windows answers for a port that another program has reserved.
            if error.errno not in {errno.EADDRINUSE, errno.EACCES, 10013, 10048}:
                raise CourseError(f"The server cannot start: {error}.") from error
    raise CourseError(
        f"Ports {port} to {last - 1} are all busy: name another one with --port, or stop a server."
    )
