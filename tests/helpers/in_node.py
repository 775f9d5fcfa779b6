"""The renderer's own modules, run in Node as when the book is built."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from typing import Any

import pytest

import svclab
from svclab.course.node import find_node
from svclab.course.places import CourseError

__all__ = ["READ", "RENDER", "in_node", "run"]

WEB = Path(svclab.__file__).parent / "web"


def in_node(script: str, given: Any) -> Any:
    """What a few lines on the renderer's own modules return."""
    try:
        node = find_node().program
    except CourseError:
        if os.environ.get("CI") == "true":
            raise
        pytest.skip("Node is missing: install the site's dependencies")
    done = subprocess.run(
        [node, "--input-type=module", "--eval", script], input=json.dumps(given),
        capture_output=True, encoding="utf-8", timeout=60, check=False, cwd=WEB,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


READ = """
import { text } from "node:stream/consumers";
const given = JSON.parse(await text(process.stdin));
"""
RENDER = READ + """
const { learn } = await import("./kinds.mjs");
learn(await import("./diagrams.mjs"));
const { renderView } = await import("./view.mjs");
const shown = (part) => ({ parameters: {}, view: { say: "", parts: [part] } });
const draw = (part) => String(renderView({ parameters: [] }, shown(part)));
console.log(JSON.stringify(given.map(draw)));
"""  # fmt: skip


def run(script: str, given: Any) -> Any:
    """As :func:`in_node`, for lines that find what is given in the constant ``given``."""
    return in_node(READ + script, given)
