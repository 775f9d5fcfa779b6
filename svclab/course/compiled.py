"""Byte code for the page: what Python imports at every start is compiled when the site is built.

Compiling the standard library's and our own modules is half the time of a cold start. Pyodide
itself compiles them, in Node, so that the byte code fits the Python which reads it. Modules that
a start does not import stay source, which is smaller. Byte code is larger, so that the library
gives up what no page can use.
"""

from __future__ import annotations

import json
import subprocess
import tempfile
import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path

from svclab.course.node import find_node
from svclab.course.places import CourseError

__all__ = ["NOT_IN_A_PAGE", "byte_code", "in_place_of_sources"]

# Parts of the standard library that need processes, servers or a terminal, or serve developers.
NOT_IN_A_PAGE = frozenset([
    "_pyrepl", "antigravity", "bdb", "cProfile", "cmd", "compileall", "doctest", "ftplib", "http",
    "imaplib", "mailbox", "modulefinder", "multiprocessing", "pdb", "poplib", "profile", "pstats",
    "pty", "pydoc", "smtplib", "socketserver", "tabnanny", "this", "trace", "tty", "unittest",
    "webbrowser", "wsgiref", "xmlrpc", "zipapp",
])  # fmt: skip

# Started as `node … FOLDER COURSE OUT CHAPTERS`. The fixed hash seed makes every build equal.
_SCRIPT = """
import { readFileSync, writeFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
const [folder, course, out, chapters] = process.argv.slice(1);
try {
  const { loadPyodide } = await import(pathToFileURL(`${folder}pyodide.mjs`));
  const python = await loadPyodide({ indexURL: folder, env: { PYTHONHASHSEED: "0" } });
  const zip = new Uint8Array(readFileSync(course));
  python.unpackArchive(zip, "zip", { extractDir: "/svclab-course" });
  python.globals.set("chapters", chapters);
  python.runPython(readFileSync(0, "utf8"));
  writeFileSync(out, python.FS.readFile("/compiled.zip"));
} catch (error) {
  console.error(String(error?.message ?? error)); // without the source line, a megabyte long
  process.exitCode = 1;
}
"""

# Runs in Pyodide. A fifth of byte code says which line it comes from; the page shows no tracebacks,
# so this is left out. The header says "not to be checked against a source": none is shipped.
_COMPILE = """
import importlib, importlib.util, json, marshal, sys, zipfile
sys.path.insert(0, "/svclab-course")
for name in ("simpy", "pulp", "svclab.explore", "svclab.linear", "svclab.practice.markdown"):
    importlib.import_module(name)
sys.modules["svclab.practice.markdown"].to_html("")  # imports its library
for name in json.loads(chapters):
    importlib.import_module(name)
library = next(place for place in sys.path if place.endswith(".zip"))

def bare(code):
    consts = (bare(one) if isinstance(one, type(code)) else one for one in code.co_consts)
    return code.replace(co_linetable=b"", co_consts=tuple(consts))

found = {}
for name in sorted(sys.modules):
    path = getattr(sys.modules[name], "__file__", None) or ""
    loader = getattr(sys.modules[name], "__loader__", None)
    if not path.endswith(".py") or not hasattr(loader, "get_data"):
        continue  # built into the interpreter
    for kind, home in (("library", library), ("course", "/svclab-course")):
        if path.startswith(home + "/"):
            found[f"{kind}{path.removeprefix(home)}c"] = (path, loader.get_data(path))
with zipfile.ZipFile("/compiled.zip", "w") as archive:
    for name, (path, source) in sorted(found.items()):
        code = compile(source, path, "exec", dont_inherit=True)
        unchecked = (0b01).to_bytes(4, "little") + importlib.util.source_hash(source)
        archive.writestr(name, importlib.util.MAGIC_NUMBER + unchecked + marshal.dumps(bare(code)))
"""


def byte_code(
    pyodide: Path, course: bytes, chapters: Iterable[str]
) -> dict[str, Mapping[str, bytes]]:
    """Compile what the page imports when it starts.

    Parameters
    ----------
    pyodide : Path
        The folder of Pyodide's npm package.
    course : bytes
        The zip file with the course's modules.
    chapters : iterable of str
        Modules to import, such as ``svclab.process.explorables``.

    Returns
    -------
    dict
        For ``"library"`` (the standard library) and ``"course"``: path inside the zip file, ending
        in ``.pyc``, to byte code. It takes the place of the ``.py`` file of the same name.

    Raises
    ------
    CourseError
        If Node cannot run Pyodide, or a module cannot be imported there; the message says why.
    """
    with tempfile.TemporaryDirectory() as scratch:
        zipped, out = Path(scratch) / "course.zip", Path(scratch) / "compiled.zip"
        zipped.write_bytes(course)
        command = [find_node().program, "--input-type=module", "--eval", _SCRIPT]
        # Pyodide adds its own file names to this folder, so it must end in a slash.
        command += [f"{pyodide.resolve().as_posix()}/", str(zipped), str(out)]
        ran = subprocess.run(
            [*command, json.dumps(list(chapters))],
            input=_COMPILE,
            text=True,
            encoding="utf-8",
            capture_output=True,
        )
        if ran.returncode or not out.is_file():
            reason = (ran.stderr.strip().splitlines() or ["it said nothing"])[-1][-300:]
            raise CourseError(
                f"The page's Python modules could not be compiled by Pyodide in Node: {reason}"
            )
        found: dict[str, dict[str, bytes]] = {"library": {}, "course": {}}
        with zipfile.ZipFile(out) as archive:
            for name in archive.namelist():
                kind, _, inside = name.partition("/")
                found[kind][inside] = archive.read(name)
    return {**found}


def in_place_of_sources(
    files: Mapping[str, bytes], compiled: Mapping[str, bytes]
) -> dict[str, bytes]:
    """The files with each compiled module instead of its source.

    Parts that :data:`NOT_IN_A_PAGE` names are left out, unless a start imports them.

    Examples
    --------
    >>> files = {"json/tool.py": b"source", "os.py": b"source", "pdb.py": b"source"}
    >>> in_place_of_sources(files, {"os.pyc": b"code"})
    {'json/tool.py': b'source', 'os.pyc': b'code'}
    """
    kept = {
        name: content
        for name, content in files.items()
        if f"{name}c" not in compiled
        and name.split("/")[0].removesuffix(".py") not in NOT_IN_A_PAGE
    }
    return {**kept, **compiled}
