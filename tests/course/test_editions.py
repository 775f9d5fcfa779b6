"""The student's and the instructor's edition of every notebook, and the command that makes them."""

from __future__ import annotations

import importlib
import itertools
import json
import re
import shutil
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbclient import NotebookClient
from typer.testing import CliRunner

from svclab import practice
from svclab.catalogue import CHAPTERS, Chapter, chapter
from svclab.course import bundles, editions, notebooks
from svclab.course.cli import app
from svclab.course.places import CourseError, Places, find_contents
from svclab.course.site import stage_source

ROOT = Path(__file__).resolve().parents[2]
NOTEBOOKS = sorted(
    path for path in (ROOT / "notebooks").rglob("*.ipynb") if ".ipynb_checkpoints" not in path.parts
)
EXERCISE = "application/vnd.svclab.exercise+json"
runner = CliRunner()
every_notebook = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)


def code(source: str, *tags: str) -> dict[str, Any]:
    shown = {"output_type": "stream", "name": "stdout", "text": "shown"}
    cell = {"cell_type": "code", "metadata": {"tags": list(tags)} if tags else {}}
    return {**cell, "execution_count": 7, "outputs": [shown], "source": source}


def words(source: str) -> dict[str, Any]:
    return {"cell_type": "markdown", "metadata": {}, "source": source}


def notebook(*cells: dict[str, Any]) -> dict[str, Any]:
    return {"cells": list(cells), "metadata": {}, "nbformat": 4, "nbformat_minor": 5}


IMPORT = code("from svclab.process import exercises")
ASKED = code("exercises.bottleneck")


def sources(edition: dict[str, Any]) -> list[str]:
    return ["".join(cell["source"]) for cell in edition["cells"]]


def exercises_in(edition: dict[str, Any]) -> list[str]:
    last = [text.strip().rpartition("\n")[2] for text in sources(edition)]
    found = [re.fullmatch(r"exercises\.(\w+)", line) for line in last]
    return [match.group(1) for match in found if match]


def in_the_course(path: Path) -> dict[str, Any]:
    pages = sorted(f"book/{page.name}" for page in (ROOT / "book").glob("*.md"))
    chapters = [entry.notebook for entry in CHAPTERS]
    return {"name": f"notebooks/{path.name}", "present": (*pages, *chapters)}


@every_notebook
def test_the_students_edition_has_no_outputs_and_nothing_hidden(path: Path) -> None:
    stored = notebooks.load(path)
    edition = editions.student(stored)
    nbformat.validate(nbformat.from_dict(edition))
    for cell in edition["cells"]:
        assert not {"instructor", "solution"} & set(cell["metadata"].get("tags", []))
        if cell["cell_type"] == "code":
            assert cell["outputs"] == []
            assert cell["execution_count"] is None
    text = "\n".join(sources(edition))
    assert "open_solutions" not in text
    assert not re.search(r"svclab\.student\((?!\"\"\))", text)
    assert edition["metadata"]["kernelspec"]["name"] == "python3"
    assert "svclab" not in edition["metadata"]
    assert exercises_in(edition) == exercises_in(stored)
    if exercises_in(edition):
        asked = text.index("svclab.student(")
        assert asked < text.index("\nexercises.")


@every_notebook
def test_the_instructors_edition_opens_every_solution(path: Path) -> None:
    stored = notebooks.load(path)
    edition = editions.instructor(stored, **in_the_course(path))
    nbformat.validate(nbformat.from_dict(edition))
    kept = [text for text in sources(edition) if text in sources(stored)]
    assert kept == sources(stored)
    cells = edition["cells"]
    if exercises_in(stored):
        opened = [at for at, text in enumerate(sources(edition)) if "open_solutions()" in text]
        first = next(at for at, cell in enumerate(cells) if exercises_in({"cells": [cell]}))
        assert opened
        assert opened[0] < first
    for cell, after in itertools.pairwise(cells):
        for name in exercises_in({"cells": [cell]}):
            exercise = practice.find(f"{chapter(path.stem).package}.{name}")
            assert after["metadata"]["tags"] == ["instructor"]
            assert exercise.title in after["source"]
            assert exercise.solution(practice.deal(exercise).p) in after["source"]
            for one in exercise.misconceptions():
                assert one.sentence in after["source"]


@pytest.mark.parametrize("entry", CHAPTERS, ids=lambda entry: entry.name)
def test_every_exercise_of_a_chapter_can_be_shown_to_the_instructor(entry: Chapter) -> None:
    module = importlib.import_module(f"svclab.{entry.package}.exercises")
    names = [name for name, one in vars(module).items() if isinstance(one, practice.Exercise)]
    imported = code(f"from svclab.{entry.package} import exercises")
    made = editions.instructor(notebook(imported, *(code(f"exercises.{n}") for n in names)))
    told = [text for text in sources(made) if text.startswith("**For the instructor: ")]
    assert len(told) == len(names) == len(practice.listed(entry.package)) > 0
    for text in told:
        number = re.search(r"^Objective (\d+): \S", text, re.M)
        assert number, text


@every_notebook
def test_the_students_edition_can_be_made_from_the_instructors(path: Path) -> None:
    stored = notebooks.load(path)
    here = in_the_course(path)
    both = editions.student(editions.instructor(stored, **here), **here)
    assert both == editions.student(stored, **here)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A student's folder with the whole course."""
    home = tmp_path_factory.mktemp("学生 folder")
    bundles.make(find_contents(), "student", out=home, force=False)
    return home


@pytest.mark.parametrize("entry", CHAPTERS, ids=lambda entry: entry.name)
def test_the_students_edition_runs_by_itself(
    folder: Path, entry: Chapter, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SVCLAB_MEMORY", str(tmp_path))
    path = folder / entry.notebook
    opened = nbformat.read(path, as_version=4)
    client = NotebookClient(
        opened, timeout=300, kernel_name="python3", resources={"metadata": {"path": path.parent}}
    )
    client.execute()
    shown = [
        output["data"][EXERCISE]["name"]
        for cell in opened.cells
        for output in cell.get("outputs", [])
        if EXERCISE in output.get("data", {})
    ]
    assert shown == [f"{entry.package}.{name}" for name in exercises_in(opened)]


def test_every_link_in_the_students_folder_leads_to_a_file(folder: Path) -> None:
    seen = 0
    for path in [folder / "START-HERE.ipynb", *(folder / "notebooks").rglob("*.ipynb")]:
        for text in sources(notebooks.load(path)):
            for target in re.findall(r"\]\(([^)\s]+)\)", text):
                if not re.match(r"[a-z]+:|#", target):
                    seen += 1
                    assert (path.parent / target.split("#")[0]).exists(), (path.name, target)
    assert seen >= len(CHAPTERS) + 2


def test_links_to_files_that_are_not_there_become_words_and_others_stay() -> None:
    text = (
        '[terms](../book/glossary.md#queue), [t](../data/a.csv "A table"), [next](06-x.ipynb), '
        "![plan](../book/plan.png), [web](https://example.org/a.md), *f*[n](x), [up](#top)"
    )
    files = {"book/glossary.md", "data/a.csv"}
    made = editions.student(notebook(words(text)), name="notebooks/05-x.ipynb", present=files)
    assert sources(made) == [
        '[terms](../book/glossary.md#queue), [t](../data/a.csv "A table"), next, '
        "plan, [web](https://example.org/a.md), *f*[n](x), [up](#top)"
    ]
    alone = sources(editions.student(notebook(words(text))))[0]
    assert alone.startswith("terms, t, next, plan, [web](https://example.org/a.md)")


def test_a_notebook_with_exercises_asks_for_the_student_number() -> None:
    made = editions.student(notebook(words("# Title"), IMPORT, ASKED))
    assert sources(made)[1].startswith('import svclab\n\nsvclab.student("")')
    assert len(made["cells"]) == 4
    without = editions.student(notebook(words("# Title"), code("1")))
    assert sources(without) == ["# Title", "1"]


@pytest.mark.parametrize("given", ['"2026-0417"', "'王'", "", '""'])
def test_a_number_left_in_the_notebook_does_not_reach_students(given: str) -> None:
    mine = code(f"import svclab\nsvclab.student({given})  # yours")
    made = editions.student(notebook(mine, IMPORT, ASKED))
    assert sources(made)[0] == 'import svclab\nsvclab.student("")  # yours'
    assert len(made["cells"]) == 3


def test_making_an_edition_leaves_the_notebook_as_it_is() -> None:
    stored = notebook(words("[a](../book/b.md)"), IMPORT, ASKED, code("secret", "solution"))
    before = json.dumps(stored)
    for make in (editions.student, editions.instructor, editions.for_page):
        make(stored)
    assert json.dumps(stored) == before


def test_an_exercise_that_its_chapter_has_not_is_named_with_its_cell() -> None:
    with pytest.raises(CourseError, match=r"x\.ipynb, cell 2: there is no exercise 'no_such' in"):
        editions.instructor(notebook(IMPORT, code("exercises.no_such")), name="x.ipynb")
    with pytest.raises(CourseError, match=r"cell 1: exercises\.bottleneck is shown, but no cell"):
        editions.instructor(notebook(ASKED), name="x.ipynb")


def test_the_page_keeps_its_outputs_and_the_download_is_the_students(places: Places) -> None:
    entry = CHAPTERS[0]
    staged = stage_source(places, {entry.name: places.root / entry.notebook}, {})
    page = json.loads(staged[f"{entry.name}.ipynb"])
    download = json.loads(staged[f"downloads/{entry.name}.ipynb"])
    stored = notebooks.load(places.root / entry.notebook)
    assert any(cell.get("outputs") for cell in page["cells"])
    assert sources(download) == sources(editions.student(stored))
    assert not any(cell.get("outputs") for cell in download["cells"])


def test_the_glossary_reads_well_without_the_book(folder: Path) -> None:
    page = (ROOT / "book" / "glossary.md").read_text(encoding="utf-8")
    terms = re.findall(r"^(\S.*)\n  \*\*", page, re.M)
    text = (folder / "book" / "glossary.md").read_text(encoding="utf-8")
    assert len(terms) > 20
    assert all(f"**{term}**: **" in text for term in terms)
    assert "```" not in text
    assert text.startswith("# ")


def run(*arguments: str) -> tuple[int, str]:
    result = runner.invoke(app, ["edition", *arguments])
    assert "Traceback" not in result.output
    return result.exit_code, " ".join(result.output.split())


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A current folder outside the clone, with a notebook of the instructor's own."""
    monkeypatch.chdir(tmp_path)
    linked = words("See [terms](../book/glossary.md).")
    notebooks.save(notebook(linked, IMPORT, ASKED, code("1", "solution")), tmp_path / "own.ipynb")
    return tmp_path


def test_the_command_makes_one_notebook_with_what_it_links_to(here: Path) -> None:
    status, said = run("student", "own.ipynb")
    assert status == 0
    made = here / "editions" / "student"
    files = {path.relative_to(made).as_posix() for path in made.rglob("*") if path.is_file()}
    assert files == {"notebooks/own.ipynb", "book/glossary.md", ".svclab.json"}
    assert "New: notebooks/own.ipynb, book/glossary.md" in said
    assert "unchanged" in run("student", "own.ipynb")[1]


def test_the_command_makes_a_single_file_whose_links_are_words(here: Path) -> None:
    assert run("instructor", "own.ipynb", "--out", "讲义 a.ipynb")[0] == 0
    texts = sources(notebooks.load(here / "讲义 a.ipynb"))
    assert texts[0] == "See terms."
    assert any("Solution for these numbers" in text for text in texts)


@pytest.mark.parametrize("kind", ["student", "instructor"])
def test_the_command_makes_the_whole_course_and_knows_chapters_by_name(
    here: Path, kind: str
) -> None:
    assert run(kind)[0] == 0
    made = here / "editions" / kind
    assert {path.name for path in (made / "notebooks").iterdir()} == {
        f"{entry.name}.ipynb" for entry in CHAPTERS
    }
    assert (made / "START-HERE.ipynb").is_file() is (kind == "student")
    name = CHAPTERS[0].name
    assert run(kind, name, "--out", "one")[0] == 0
    again = here / "one" / "notebooks" / f"{name}.ipynb"
    whole = notebooks.load(made / "notebooks" / f"{name}.ipynb")
    assert len(notebooks.load(again)["cells"]) == len(whole["cells"])


def test_the_command_knows_a_chapter_by_its_package_too_but_a_file_of_that_name_first(
    here: Path,
) -> None:
    """``svclab exercises strategy`` and ``svclab edition student strategy`` name it alike."""
    entry = next(one for one in CHAPTERS if one.package != one.name)
    assert run("student", entry.package, "--out", "one.ipynb")[0] == 0
    assert run("student", entry.name, "--out", "two.ipynb")[0] == 0
    assert run("student", f"{entry.number}", "--out", "by-number.ipynb")[0] == 0
    assert (here / "one.ipynb").read_bytes() == (here / "two.ipynb").read_bytes()
    assert (here / "one.ipynb").read_bytes() == (here / "by-number.ipynb").read_bytes()
    assert f"Did you mean {entry.package}?" in run("student", f"{entry.package}s")[1]
    shutil.copy(here / "own.ipynb", here / entry.package)
    assert run("student", entry.package, "--out", "three.ipynb")[0] == 0
    assert sources(notebooks.load(here / "three.ipynb"))[0] == "See terms."
    assert "its package, such as strategy" in run("--help")[1].replace("│ │ ", "")


def test_the_command_writes_over_its_own_file_only_while_nobody_has_changed_it(here: Path) -> None:
    made = here / "editions" / "student" / "notebooks" / "own.ipynb"
    run("student", "own.ipynb")
    notebooks.save(notebook(words("A new text.")), here / "own.ipynb")
    status, said = run("student", "own.ipynb")
    assert status == 0
    assert "Updated: notebooks/own.ipynb" in said
    notebooks.save(notebook(words("My corrections.")), made)
    status, said = run("student", "own.ipynb")
    assert status == 1
    assert "notebooks/own.ipynb in editions/student would be written over" in said
    assert sources(notebooks.load(made)) == ["My corrections."]
    assert run("student", "own.ipynb", "--force")[0] == 0
    assert sources(notebooks.load(made)) == ["A new text."]


def test_the_command_never_writes_over_the_notebook_it_reads(here: Path) -> None:
    before = (here / "own.ipynb").read_bytes()
    status, said = run("student", "own.ipynb", "--out", "own.ipynb")
    assert status == 1
    assert "--force" in said
    assert (here / "own.ipynb").read_bytes() == before


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["student", "nothing.ipynb"], "no notebook nothing.ipynb"),
        (["student", "--out", "all.ipynb"], "whole course needs a folder"),
        (["student", "broken.ipynb"], "not a readable notebook"),
        (["student", "own.ipynb", "--out", "own.ipynb/x"], "A folder is needed where a file is"),
    ],
)
def test_the_command_says_in_a_sentence_what_is_wrong(
    here: Path, arguments: list[str], sentence: str
) -> None:
    (here / "broken.ipynb").write_text('{"cells": [{"cell_type": "code"}]}', encoding="utf-8")
    status, said = run(*arguments)
    assert status == 1
    assert sentence in said
