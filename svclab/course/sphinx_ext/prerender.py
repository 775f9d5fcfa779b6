"""One long-lived Node process that turns documents and formulas into HTML, line by line."""

from __future__ import annotations

import json
import os
import subprocess
import tempfile
from typing import IO, Any

from sphinx.application import Sphinx
from sphinx.errors import ExtensionError

__all__ = ["ask", "setup"]


class _Renderer:
    """The Node process of one build; started at the first question."""

    def __init__(self, node: str, script: str, modules: str) -> None:
        self._complaints: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115
        self._count = 0
        self._process = subprocess.Popen(
            [node, script, modules],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._complaints,
            encoding="utf-8",
            env={**os.environ, "SVCLAB_NODE_MODULES": modules},
        )

    def ask(self, question: dict[str, Any]) -> str:
        """Send one question and wait for its HTML."""
        assert self._process.stdin
        assert self._process.stdout
        self._count += 1
        line = json.dumps({"id": self._count, **question}, ensure_ascii=False, allow_nan=False)
        try:
            self._process.stdin.write(line + "\n")
            self._process.stdin.flush()
            reply = self._process.stdout.readline()
        except OSError:
            reply = ""
        if not reply:
            raise ExtensionError(f"prerender.mjs stopped: {self._last_words()}")
        answer = json.loads(reply)
        if "html" not in answer:
            raise ExtensionError(f"prerender.mjs: {answer.get('error', reply)[:500]}")
        return str(answer["html"])

    def _last_words(self) -> str:
        self._process.wait(timeout=10)
        self._complaints.seek(0)
        return self._complaints.read().decode(errors="replace").strip()[-800:]

    def close(self) -> None:
        """End the process; it stops when nothing more can come."""
        if self._process.stdin:
            self._process.stdin.close()
        try:
            self._process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            self._process.kill()
        if self._process.stdout:
            self._process.stdout.close()
        self._complaints.close()


_running: list[_Renderer] = []


def ask(config: Any, question: dict[str, Any]) -> str:
    """Ask the build's Node process for the HTML of a document or a formula.

    Parameters
    ----------
    config : sphinx.config.Config
        Holds the places of Node, of the script and of the npm packages.
    question : dict
        ``{"declaration", "document", "svgs"}`` or ``{"tex", "display"}``.
    """
    if not _running:
        _running.append(
            _Renderer(config.svclab_node, config.svclab_prerender, config.svclab_node_modules)
        )
    return _running[0].ask(question)


def _close(app: Sphinx, exception: Exception | None) -> None:
    while _running:
        _running.pop().close()


def setup(app: Sphinx) -> None:
    """End the process with the build."""
    app.connect("build-finished", _close)
