"""The two folders that make a page live: the Python runtime, and the course itself.

Each is named by a hash of its contents, so a browser may keep its files for ever and never mixes
two builds: ``runtime-<hash>`` changes with Pyodide or HiGHS only, ``course-<hash>`` with svclab.
"""

from __future__ import annotations

import gzip
import hashlib
import importlib
import io
import json
import re
import shutil
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib import metadata, util
from pathlib import Path
from typing import Any

from svclab.course.compiled import byte_code, in_place_of_sources
from svclab.course.memory import START, memories
from svclab.course.nearby import nearby

__all__ = ["Assets", "browser_modules", "build_assets", "chapters", "explorable_names"]

PACKAGE = Path(__file__).resolve().parent.parent

# Modules that never run in the page: each needs what the page has not.
NOT_IN_PAGE = {"explore/jupyter.py", "linear/kernel.py", "look.py"}
NOT_IN_PAGE |= {f"practice/{name}.py" for name in ("code", "device", "jupyter", "work")}
NOT_IN_PAGE |= {
    "capacity/demand/trends.py",
    "capacity/measuring/fitting.py",
    "capacity/queues/arrays.py",
    "capacity/simulation/executors.py",
    "capacity/simulation/experiments.py",
}
NOT_IN_PAGE_FOLDERS = {"course", "web", "practice/grading", "capacity/simulation/engine"}
NOT_IN_PAGE_NAMES = {"plots.py", "tables.py"}

# Libraries that the page's Python imports, and their parts that it never does.
LIBRARIES = {"simpy": "simpy", "pulp": "pulp", "markdown_it": "markdown-it-py", "mdurl": "mdurl"}
NOT_FOR_A_PAGE = {"tests", "solverdir", "cli"}

RUNTIME = {
    "pyodide": ("pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm", "python_stdlib.zip"),
    "highs": ("build/highs.mjs", "build/highs.wasm"),
}

# What runs on a page that holds something of this kind.
SCRIPTS = {
    "marks": "marks.mjs",
    "page": "page.mjs",
    "explorable": "page-explorables.mjs",
    "diagram": "diagrams.mjs",
    "exercise": "page-exercises.mjs",
    "fieldkit": "fieldkit.mjs",
}

# What Pyodide's npm package leaves unsaid: it has no licence file of its own.
NOTICE = """\
Third-party software in this folder, unchanged but for python_stdlib.zip:
{listed}
CPython, in python_stdlib.zip and pyodide.asm.wasm: Python Software Foundation License.
python_stdlib.zip: modules that the page imports at its start are compiled to byte code; parts
that need processes, servers or a terminal are left out.
"""


@dataclass(frozen=True)
class Assets:
    """What was built."""

    runtime: str  # folder name below the static folder
    course: str  # folder name below the static folder
    preload: Mapping[str, list[str]]  # for <link rel="modulepreload">, by what a page holds
    weights: Mapping[str, int]  # bytes, compressed: runtime, solver, page, vega, python, memory …


def browser_modules() -> dict[str, bytes]:
    """Svclab's modules that run in the page: path inside the zip to content."""
    found = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        name = path.relative_to(PACKAGE)
        above = {folder.as_posix() for folder in name.parents}
        if above & NOT_IN_PAGE_FOLDERS or name.as_posix() in NOT_IN_PAGE:
            continue
        if name.name not in NOT_IN_PAGE_NAMES:
            found[f"svclab/{name.as_posix()}"] = _text(path)
    return found


def _text(path: Path) -> bytes:
    """A text file with one kind of line end, so that Windows builds the same folder."""
    return path.read_bytes().replace(b"\r\n", b"\n")


def _library(name: str) -> dict[str, bytes]:
    """The pure-Python part of an installed library, without what a page cannot use."""
    spec = util.find_spec(name)
    if spec is None or spec.origin is None:
        raise FileNotFoundError(f"{name} is not installed: run the set-up again")
    home = Path(spec.origin).parent
    found = {}
    for path in sorted(home.rglob("*.py")):
        inside = path.relative_to(home)
        if not NOT_FOR_A_PAGE & set(inside.parts):
            found[f"{name}/{inside.as_posix()}"] = _text(path)
    return found


def _licences(*distributions: str) -> dict[str, bytes]:
    """The licence files that installed distributions bring."""
    found = {}
    for name in distributions:
        for file in metadata.files(name) or []:
            if any(word in file.name.upper() for word in ("LICENSE", "LICENCE", "COPYING")):
                content = Path(str(file.locate())).read_bytes()
                found[f"licences/{name}-{file.name}"] = content
    return found


def chapters() -> list[str]:
    """The modules that hold what can be moved and asked: ``svclab.process.explorables`` …"""
    return sorted(module for kind in ("explorables", "exercises") for module in _modules(kind))


def _modules(kind: str) -> list[str]:
    found = {path.parent for path in PACKAGE.glob(f"*/{kind}.py")}
    found |= {path.parent.parent for path in PACKAGE.glob(f"*/{kind}/__init__.py")}
    return sorted(f"svclab.{folder.name}.{kind}" for folder in found)


def explorable_names() -> list[str]:
    """The names of all explorables of all chapters."""
    from svclab.explore import Explorable

    found = set()
    for module in _modules("explorables"):
        values = vars(importlib.import_module(module)).values()
        found |= {value.name for value in values if isinstance(value, Explorable)}
    return sorted(found)


def _zip(files: Mapping[str, bytes]) -> bytes:
    """The same bytes for the same files, whenever and wherever it is made."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name in sorted(files):
            entry = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            entry.create_system = 3
            archive.writestr(entry, files[name], compresslevel=9)
    return buffer.getvalue()


def _python(root: Path) -> dict[str, bytes]:
    data = root / "data" if (root / "data").is_dir() else PACKAGE / "_data"
    files = browser_modules()
    for name in LIBRARIES:
        files |= _library(name)
    for path in sorted(data.iterdir()):
        if path.suffix in (".csv", ".json"):
            files[f"svclab/_data/{path.name}"] = _text(path)
    return files


def _unzip(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist() if name[-1] != "/"}


def _runtime(node_modules: Path) -> dict[str, bytes]:
    files: dict[str, bytes] = {}
    listed = []
    for package, names in RUNTIME.items():
        home = node_modules / package
        for name in names:
            path = home / name
            if not path.is_file():
                raise FileNotFoundError(
                    f"{package} lacks {name}: fetch the browser's packages again (npm ci)"
                )
            files[path.name] = path.read_bytes()
        about = json.loads((home / "package.json").read_text(encoding="utf-8"))
        listed.append(f"{package} {about['version']}: {about['license']}")
        for path in sorted(home.glob("LICEN[SC]E*")):
            files[f"licences/{package}-{path.name}"] = path.read_bytes()
    lock = json.loads((node_modules / "pyodide" / "pyodide-lock.json").read_text(encoding="utf-8"))
    # Nothing is ever loaded from Pyodide's package list, so the list is left empty.
    empty = {"info": lock["info"], "packages": {}}
    files["pyodide-lock.json"] = json.dumps(empty, sort_keys=True).encode()
    files["licences/NOTICE.txt"] = NOTICE.format(listed="\n".join(listed)).encode()
    return files


def _course(python: Mapping[str, bytes], names: Iterable[str]) -> dict[str, bytes]:
    from svclab.web.host import vega_bundle

    web = PACKAGE / "web"
    scripts = [*sorted(web.glob("*.mjs")), *sorted(web.glob("*.css"))]
    files = {
        path.name: _text(path)
        for path in scripts
        if path.name not in ("prerender.mjs", "jupyter.mjs", "fieldkit-worker.mjs")
    }
    files["vega.mjs"] = vega_bundle().encode()
    files["svclab.zip"] = _zip(python)
    files.update(_licences(*LIBRARIES.values(), "vl-convert-python"))
    for name in names:
        table = json.dumps(nearby(name), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        files[f"nearby/{name}.json"] = table.encode()
    return files


def _module(settings: Mapping[str, Any]) -> bytes:
    """Settings as a script: page and worker have them with their own, without a request more."""
    return f"export default {json.dumps(settings, sort_keys=True)};\n".encode()


def _digest(files: Mapping[str, bytes]) -> str:
    digest = hashlib.sha256()
    for name in sorted(files):
        digest.update(name.encode() + b"\0" + hashlib.sha256(files[name]).digest())
    return digest.hexdigest()[:12]


def _write(folder: Path, files: Mapping[str, bytes]) -> None:
    """All or nothing: a folder with this name is always complete."""
    if folder.is_dir():
        return
    new = folder.with_name(folder.name + ".new")
    shutil.rmtree(new, ignore_errors=True)
    for name, content in files.items():
        (new / name).parent.mkdir(parents=True, exist_ok=True)
        (new / name).write_bytes(content)
    new.rename(folder)


def build_assets(
    root: Path,
    node_modules: Path,
    static: Path,
    *,
    names: Iterable[str] | None = None,
    compiled: bool = True,
) -> Assets:
    """Build both folders; older ones in the same place are removed.

    Parameters
    ----------
    root : Path
        The clone, for its data.
    node_modules : Path
        Where npm has put ``pyodide`` and ``highs``.
    static : Path
        The folder that receives ``runtime-<hash>`` and ``course-<hash>``.
    names : iterable of str, optional
        Explorables that get a table of nearby answers; left out: all of them.
    compiled : bool, optional
        Let Pyodide compile the modules that a page imports when it starts, and ship its memory with
        them imported; a page is then live seconds earlier. Without: sources only.

    Returns
    -------
    Assets
        The folders' names and their weights.

    Raises
    ------
    FileNotFoundError
        If a package is missing; the message says which.
    CourseError
        If Pyodide cannot compile the modules.
    """
    chosen = explorable_names() if names is None else sorted(names)
    runtime, python = _runtime(node_modules), _python(root)
    if compiled:
        code = byte_code(node_modules / "pyodide", _zip(python), chapters())
        library = _unzip(runtime["python_stdlib.zip"])
        runtime["python_stdlib.zip"] = _zip(in_place_of_sources(library, code["library"]))
        python = in_place_of_sources(python, code["course"])
    course = _course(python, chosen)
    runtime_name = f"runtime-{_digest(runtime)}"
    settings: dict[str, Any] = {
        "runtime": f"../{runtime_name}/",
        "chapters": chapters(),
        "nearby": chosen,
        "start": START,
    }
    if compiled:
        settings["memory"], files = memories(runtime, course["svclab.zip"], chapters())
        course |= {f"memory/{name}": content for name, content in files.items()}
    course["settings.mjs"] = _module(settings)
    course_hash = _digest(course)
    course["settings.mjs"] = _module({**settings, "key": course_hash})
    course_name = f"course-{course_hash}"
    static.mkdir(parents=True, exist_ok=True)
    _write(static / runtime_name, runtime)
    _write(static / course_name, course)
    for folder in [*static.glob("runtime-*"), *static.glob("course-*")]:
        if folder.name not in (runtime_name, course_name):
            shutil.rmtree(folder)
    preload = {kind: [script, *imported(course, script)] for kind, script in SCRIPTS.items()}
    return Assets(runtime_name, course_name, preload, _weights(runtime, course))


def imported(files: Mapping[str, bytes], script: str) -> list[str]:
    """The modules that a script imports, and those that these import.

    Examples
    --------
    >>> imported({"a.mjs": b'import { b } from "./b.mjs";', "b.mjs": b""}, "a.mjs")
    ['b.mjs']
    """
    found: set[str] = set()
    waiting = [script]
    while waiting:
        text = files[waiting.pop()].decode()
        new = set(re.findall(r'^(?:import|export) .*from "\./([\w-]+\.mjs)"', text, re.M)) - found
        found |= new
        waiting += new
    return sorted(found)


def _weights(runtime: Mapping[str, bytes], course: Mapping[str, bytes]) -> dict[str, int]:
    groups: dict[str, list[bytes]] = {}
    for files, other in ((runtime, "runtime"), (course, "page")):
        for name, content in files.items():
            if name.startswith("licences/"):
                continue
            first = name.split("/")[0]
            special = {"vega.mjs": "vega", "svclab.zip": "python"}
            special |= {folder: folder for folder in ("nearby", "memory")}
            group = "solver" if first.startswith("highs") else special.get(first, other)
            groups.setdefault(group, []).append(content)
    return {
        group: sum(len(gzip.compress(content, 6)) for content in contents)
        for group, contents in groups.items()
    }
