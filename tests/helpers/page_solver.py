"""The page's HiGHS, run in Node: svclab/web/solver.mjs over npm's highs."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from typing import Any

import pytest

import svclab
from svclab.course.node import find_node
from svclab.course.places import CourseError, Places

ROOT = Path(svclab.__file__).resolve().parents[1]

_SCRIPT = """
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
const [modules, web] = process.argv.slice(1);
const { default: load } = await import(pathToFileURL(`${modules}/highs/build/highs.mjs`));
const { solver } = await import(pathToFileURL(`${web}/solver.mjs`));
const solve = solver(await load());
for (const line of readFileSync(0, "utf8").split("\\n").filter(Boolean)) console.log(solve(line));
"""


def node_modules() -> Path:
    """Where npm's packages lie; the test is skipped where there are none."""
    modules = Path(
        os.environ.get("SVCLAB_NODE_MODULES", Places(ROOT).node / "node_modules")
    ).resolve()
    if not (modules / "highs").is_dir():
        if os.environ.get("CI") == "true":
            raise FileNotFoundError(f"{modules}/highs: run `svclab site` first")
        pytest.skip("npm's highs is missing: `svclab site` installs it")
    return modules


def ask_page(requests: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """What the page answers to requests of svclab.linear.page."""
    modules = node_modules()
    try:
        program = find_node().program
    except CourseError:
        if os.environ.get("CI") == "true":
            raise
        pytest.skip("Node is missing: install the site's dependencies")
    web = Path(svclab.__file__).parent / "web"
    done = subprocess.run(
        [program, "--input-type=module", "--eval", _SCRIPT, "--", str(modules), str(web)],
        input="\n".join(json.dumps(r, allow_nan=False) for r in requests),
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]
