"""Python's memory for the page, as it stands when all that a page needs is imported.

To start Python and to import the course takes seconds on every page. The build does both once, in
Node, and ships what has changed in memory; the page's worker lays it into a new Python. A chapter's
memory is what its modules change in the memory of the start, so that a visitor loads the start once
and then a small file for each chapter.
"""

from __future__ import annotations

import json
import subprocess
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path

from svclab.course.node import find_node
from svclab.course.places import CourseError

__all__ = ["START", "memories"]

# What every page imports, run by the page's Python where it has no memory to start from.
START = """
import sys
sys.path.insert(0, "/svclab.zip")
import simpy, pulp, svclab.data, svclab.explore, svclab.linear.page, svclab.practice.markdown
svclab.practice.markdown.to_html("")  # its library is imported at the first text
for name in svclab.data.names():
    svclab.data.rows(name)  # its text stays in memory
"""

# Started as `node … RUNTIME COURSE OUT CHAPTERS`. Clock, hash seed and chance stand still, so that
# every build is equal. A file holds, gzipped, in words of four bytes: the number of pages that
# differ, their numbers, and what turns the old ones into the new ones by exclusive or.
_SCRIPT = """
import { readFileSync, writeFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";
const [runtime, course, out, chapters] = process.argv.slice(1);
process.argv.length = 1; // Python takes the first one for its own place
const PAGE = 4096;
const now = Date.UTC(2026, 0, 1);
globalThis.Date = class extends Date {
  constructor(...given) { super(...(given.length ? given : [now])); }
  static now() { return now; }
};
performance.now = () => 0;
const start = readFileSync(0, "utf8");
const { loadPyodide } = await import(pathToFileURL(`${runtime}pyodide.mjs`));
const { default: create } = await import(pathToFileURL(`${runtime}pyodide.asm.mjs`));
const options = {
  indexURL: runtime, _makeSnapshot: true, stdout: () => {}, stderr: () => {},
  env: { HOME: "/home/pyodide", PYTHONHASHSEED: "0" },
};

async function memory(code, old) {
  const createPyodideModule = async (given) => {
    const module = await create(given);
    while (module.HEAP8.length < old.length) module._malloc(2 ** 21);
    return module;
  };
  const more = old ? { _loadSnapshot: old, createPyodideModule } : {};
  const python = await loadPyodide({ ...options, ...more });
  python.FS.writeFile("/svclab.zip", new Uint8Array(readFileSync(course)));
  python.runPython(`${code}\\nimport gc, random\\nrandom.seed(0)\\ngc.collect()`);
  // How to call functions is this Node's own: browsers put theirs here.
  const { HEAP32, __PyRuntime: home, __PyEM_EMSCRIPTEN_TRAMPOLINE_OFFSET: offset } = python._module;
  HEAP32[(home + HEAP32[offset / 4]) / 4] = 0;
  return python.makeMemorySnapshot();
}

function write(name, old, bytes) {
  const numbers = [], pages = [];
  for (let at = 0; at < bytes.length; at += PAGE) {
    const page = new Uint8Array(PAGE);
    page.set(bytes.subarray(at, at + PAGE));
    old.subarray(at, at + PAGE).forEach((byte, i) => (page[i] ^= byte));
    if (page.some(Boolean)) {
      numbers.push(at / PAGE);
      pages.push(page);
    }
  }
  const head = new Uint8Array(Uint32Array.of(pages.length, ...numbers).buffer);
  writeFileSync(`${out}${name}.bin`, gzipSync(Buffer.concat([head, ...pages]), { level: 9 }));
  return bytes.length;
}

try {
  const base = await memory(start);
  const lengths = [write("start", new Uint8Array(), base)];
  for (const [name, modules] of Object.entries(JSON.parse(chapters))) {
    lengths.push(write(name, base, await memory(`import ${modules.join(", ")}`, base)));
  }
  writeFileSync(`${out}length`, String(Math.max(...lengths)));
} catch (error) {
  console.error(String(error?.message ?? error)); // without the source line, a megabyte long
  process.exitCode = 1;
}
"""


def memories(
    runtime: Mapping[str, bytes], course: bytes, chapters: Iterable[str]
) -> tuple[int, dict[str, bytes]]:
    """Let Python start in Node and keep its memory.

    Parameters
    ----------
    runtime : mapping
        The runtime's files as the page loads them: name to content.
    course : bytes
        The zip file with the course's modules, as the page loads it.
    chapters : iterable of str
        Modules to import, such as ``svclab.process.explorables``.

    Returns
    -------
    tuple
        The bytes that the largest memory takes, and the files: ``start.bin`` and one for each
        chapter, such as ``process.bin``, to be laid over it.

    Raises
    ------
    CourseError
        If Node cannot run Pyodide, or a module cannot be imported there; the message says why.
    """
    rooms: dict[str, list[str]] = {}
    for module in chapters:
        rooms.setdefault(module.split(".")[1], []).append(module)
    with tempfile.TemporaryDirectory() as scratch:
        home, out = Path(scratch) / "runtime", Path(scratch) / "memory"
        for folder in (home, out):
            folder.mkdir()
        for name, content in runtime.items():
            if "/" not in name:
                (home / name).write_bytes(content)
        (home / "svclab.zip").write_bytes(course)
        # Pyodide adds its own file names to its folder, so it must end in a slash.
        command = [find_node().program, "--input-type=module", "--eval", _SCRIPT]
        command += [f"{home.as_posix()}/", str(home / "svclab.zip"), f"{out.as_posix()}/"]
        ran = subprocess.run(
            [*command, json.dumps(rooms)],
            input=START,
            text=True,
            encoding="utf-8",
            capture_output=True,
        )
        if ran.returncode or not (out / "length").is_file():
            reason = (ran.stderr.strip().splitlines() or ["it said nothing"])[-1][-300:]
            raise CourseError(f"The page's Python could not be started in Node: {reason}")
        files = {path.name: path.read_bytes() for path in sorted(out.glob("*.bin"))}
        return int((out / "length").read_text(encoding="utf-8")), files
