"""The folders that the browser loads: complete, deterministic, without what cannot run there."""

from __future__ import annotations

import ast
import io
import json
import sys
import zipfile
from pathlib import Path

import pytest

from svclab.catalogue import CHAPTERS
from svclab.course import assets
from svclab.course.compiled import NOT_IN_A_PAGE, byte_code, in_place_of_sources
from svclab.course.nearby import key, nearby
from svclab.course.places import CourseError, Places
from svclab.explore import answer

ROOT = Path(__file__).resolve().parents[2]
NAME = "process.people_inside"


@pytest.fixture
def node_modules(tmp_path: Path) -> Path:
    """Small stand-ins for the npm packages: the build copies them, it does not read them."""
    home = tmp_path / "node_modules"
    for package, names in assets.RUNTIME.items():
        for name in (*names, "package.json"):
            path = home / package / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(json.dumps({"version": "1", "license": "X"}), encoding="utf-8")
    lock = {"info": {"python": "3.14"}, "packages": {"numpy": {}}}
    (home / "pyodide" / "pyodide-lock.json").write_text(json.dumps(lock), encoding="utf-8")
    return home


def test_two_builds_are_equal_and_old_ones_go(tmp_path: Path, node_modules: Path) -> None:
    first = assets.build_assets(ROOT, node_modules, tmp_path / "a", names=[NAME], compiled=False)
    (tmp_path / "b" / "course-old").mkdir(parents=True)
    second = assets.build_assets(ROOT, node_modules, tmp_path / "b", names=[NAME], compiled=False)
    assert (first.runtime, first.course) == (second.runtime, second.course)
    assert {p.name for p in (tmp_path / "b").iterdir()} == {second.runtime, second.course}
    course = tmp_path / "a" / first.course
    script = (course / "settings.mjs").read_text(encoding="utf-8")
    settings = json.loads(script.removeprefix("export default ").removesuffix(";\n"))
    assert settings["key"] in first.course
    assert (course / settings["runtime"]).resolve() == tmp_path / "a" / first.runtime
    rooms = [f"svclab.{entry.package}" for entry in CHAPTERS]
    wanted = {f"{room}.{kind}" for room in rooms for kind in ("exercises", "explorables")}
    assert settings["chapters"] == sorted(wanted)
    early = {name for names in first.preload.values() for name in names}
    for name in (*early, "worker.mjs", "solver.mjs", "vega.mjs"):
        assert (course / name).is_file(), name
    # A page loads what it holds: the contents list's marks are small and on every page.
    assert first.preload["marks"] == ["marks.mjs", "progress.mjs"]
    assert "exercise.mjs" not in {*first.preload["page"], *first.preload["explorable"]}
    assert {"exercise.mjs", "store.mjs"} <= set(first.preload["exercise"])
    assert json.loads((course / "nearby" / f"{NAME}.json").read_text(encoding="utf-8"))


def test_a_missing_package_is_named(tmp_path: Path, node_modules: Path) -> None:
    (node_modules / "highs" / "build" / "highs.wasm").unlink()
    with pytest.raises(FileNotFoundError, match=r"highs lacks build/highs\.wasm"):
        assets.build_assets(ROOT, node_modules, tmp_path / "out", names=[])


def test_the_zip_holds_only_what_the_page_can_import() -> None:
    archive = zipfile.ZipFile(io.BytesIO(assets._zip(assets._python(ROOT))))
    names = set(archive.namelist())
    assert {"svclab/explore/session.py", "svclab/_data/datapackage.json"} <= names
    assert {"simpy/__init__.py", "pulp/__init__.py", "mdurl/_url.py"} <= names
    assert {"markdown_it/main.py", "markdown_it/rules_block/table.py"} <= names
    assert {"svclab/practice/session.py", "svclab/process/exercises/__init__.py"} <= names
    kernel_only = ("svclab/course/", "svclab/practice/grading/", "markdown_it/cli/")
    kernel_only += tuple(f"svclab/practice/{name}.py" for name in ("code", "device", "jupyter"))
    assert not [name for name in names if "/tests/" in name or name.startswith(kernel_only)]
    allowed = {*sys.stdlib_module_names, "svclab", "simpy", "pulp", "svclab_page"}
    for name in sorted(names):
        if not (name.startswith("svclab/") and name.endswith(".py")):
            continue
        for node in ast.parse(archive.read(name)).body:  # imports inside functions may be heavy
            modules = (
                [alias.name for alias in node.names]
                if isinstance(node, ast.Import)
                else [node.module or ""]
                if isinstance(node, ast.ImportFrom)
                else []
            )
            assert {module.split(".")[0] for module in modules} <= allowed, name


def test_the_built_page_starts_from_byte_code_equal_in_every_build(
    site: Path, places: Places
) -> None:
    static = site / "_static"
    library = names_in(next(static.glob("runtime-*")) / "python_stdlib.zip")
    course_zip = next(static.glob("course-*")) / "svclab.zip"
    course = names_in(course_zip)
    assert {"json/__init__.pyc", "dataclasses.pyc"} <= library
    assert {"svclab/explore/session.pyc", "simpy/core.pyc", "pulp/pulp.pyc"} <= course
    assert {"svclab/practice/session.pyc", "markdown_it/main.pyc"} <= course
    # Never both: Python would have to choose, and the page would carry twice the weight.
    for names in (library, course):
        assert not {name for name in names if f"{name}c" in names}
    # What is not compiled is source still, so that it can be imported later.
    assert {"colorsys.py", "encodings/cp850.py"} <= library
    for part in NOT_IN_A_PAGE:
        assert not {name for name in library if name.split("/")[0].removesuffix(".py") == part}
    sources = assets._python(ROOT)
    fetched = places.node / "node_modules" / "pyodide"
    again = byte_code(fetched, assets._zip(sources), assets.chapters())
    assert assets._zip(in_place_of_sources(sources, again["course"])) == course_zip.read_bytes()


def test_a_module_that_cannot_be_imported_stops_the_build_with_its_name(places: Places) -> None:
    fetched = places.node / "node_modules" / "pyodide"
    if not fetched.is_dir():
        pytest.skip("the browser's packages are not fetched: run 'svclab site' first")
    with pytest.raises(CourseError, match="No module named 'svclab"):
        byte_code(fetched, assets._zip(assets._python(ROOT)), ["svclab.nowhere"])


def names_in(archive: Path) -> set[str]:
    return set(zipfile.ZipFile(archive).namelist())


def test_nearby_answers_are_those_of_python_and_stay_small() -> None:
    table = nearby(NAME, most=12)
    assert 2 <= len(table) <= 12
    for name, document in table.items():
        assert key(document["parameters"]) == name
        request = {"name": NAME, "parameters": document["parameters"]}
        assert json.loads(answer(json.dumps(request))) == document
    assert len(nearby(NAME, size=3000)) < len(table)
