"""Files and kernels of a JupyterLab under test, through the interface that its page uses."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import nbformat

__all__ = ["LabFiles"]


class LabFiles:
    """What the contents and kernels of a JupyterLab are, seen from a browser page of it."""

    def __init__(self, page: Any, lab: str) -> None:
        self._page, self._lab = page, lab
        page.goto(lab)
        cookies = {one["name"]: one["value"] for one in page.context.cookies()}
        self._headers = {"X-XSRFToken": cookies["_xsrf"]}

    def call(self, method: str, path: str, body: Any = None) -> Any:
        """Ask the server, and give its answer; ``body`` is text."""
        answer = self._page.request.fetch(
            f"{self._lab}api/{path}", method=method, headers=self._headers, data=body
        )
        assert answer.ok, answer.text()
        return answer.json() if answer.text() else None

    def notebook(self, name: str, cells: Sequence[str]) -> str:
        """Write a notebook of code cells; the address at which JupyterLab opens it."""
        made = nbformat.v4.new_notebook(
            cells=[nbformat.v4.new_code_cell(cell) for cell in cells],
            metadata={"kernelspec": {"name": "python3", "display_name": "Python 3"}},
        )
        body = {"type": "notebook", "format": "json", "content": json.loads(nbformat.writes(made))}
        self.call("PUT", f"contents/{name}", json.dumps(body))
        return f"{self._lab}lab/tree/{name}"
