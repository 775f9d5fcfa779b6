"""The process chapter keeps what the chapter standard promises."""

import re
from pathlib import Path

import nbformat
import pytest

from svclab.course import citations
from svclab.process import explorables

ROOT = Path(__file__).parents[2]
NOTEBOOK = nbformat.read(ROOT / "notebooks" / "05-process.ipynb", as_version=4)
CODE = [cell for cell in NOTEBOOK.cells if cell.cell_type == "code"]
TEXT = "\n\n".join(cell.source for cell in NOTEBOOK.cells if cell.cell_type == "markdown")
KNOWN = citations.labels(ROOT / "book" / "references.bib")

INVENTORY = {f"P-{n:02d}" for n in range(1, 45)}
INVENTORY |= {"E-01", "E-02", "E-03", "E-04", "E-10", "E-11", "X-01", "X-02", "X-03", "X-10"}


def located():
    """Every inventory id of the closing table, with the place it names."""
    table = TEXT.split("## Where the course material went")[1]
    found = {}
    for entry, _, place in re.findall(r"^\| ([^|]+) \| ([^|]+) \| ([^|]+) \|$", table, re.M):
        ids = re.findall(r"[A-Z]-\d\d", entry)
        if " to " in entry:
            first, last = (int(i[2:]) for i in ids)
            ids = [f"{ids[0][0]}-{n:02d}" for n in range(first, last + 1)]
        found |= dict.fromkeys(ids, place)
    return found


def test_every_inventory_entry_of_the_chapter_has_its_place():
    assert set(located()) >= INVENTORY


def test_every_place_named_for_the_course_material_is_a_heading():
    headings = re.findall(r"^#+ (.+)$", TEXT, re.M)
    for entry, place in located().items():
        for part in place.split(";"):
            name = part.split(",")[-1].strip() if "*" in part else part.split(",")[0].strip()
            name = name.strip("*").strip()
            assert any(h.startswith(name) or name in h for h in headings), (entry, name)


@pytest.mark.parametrize("name", explorables.__all__)
def test_every_explorable_of_the_chapter_stands_in_the_notebook(name):
    assert any(cell.source.strip().endswith(f"explorables.{name}") for cell in CODE)


def test_code_cells_are_short_and_executed_without_errors():
    for cell in CODE:
        assert len(cell.source.splitlines()) <= 15, cell.source
        assert cell.execution_count, cell.source
        assert not any(output.output_type == "error" for output in cell.outputs)


def test_every_section_says_whether_it_is_core_or_extra_and_how_long_it_takes():
    unmarked = {"Summary", "References", "Where the course material went", "For the instructor"}
    for cell in NOTEBOOK.cells:
        heading = re.match(r"## (.+)", cell.source)
        if cell.cell_type == "markdown" and heading and heading.group(1) not in unmarked:
            said = re.search(r"^\*(core|extra), (\d+ minutes|at home)\*$", cell.source, re.M)
            assert said, heading.group(1)
            assert said.group(1) in cell.metadata.tags


def test_the_core_path_fits_class_hours_and_twice_as_much_homework():
    core = sum(int(n) for n in re.findall(r"^\*core, (\d+) minutes\*$", TEXT, re.M))
    assert 225 <= core <= 3 * 225


def test_every_citation_is_in_the_bibliography_and_in_the_chapters_references():
    body, references = TEXT.split("## References")
    assert citations.unknown(body, KNOWN) == []
    cited = citations.cited(body, KNOWN)
    assert len(cited) >= 15
    years = {key: label.rsplit(" ", 1) for label, key in KNOWN.items()}
    lines = references.split("\n## ")[0].splitlines()
    for key in cited:
        names, year = years[key]
        first = re.split(r",| and ", names)[0]
        assert any(first in line and year in line for line in lines), key


def test_figures_have_a_text_alternative():
    drawn = [c for c in CODE if any("image/png" in o.get("data", {}) for o in c.outputs)]
    assert drawn
    for cell in drawn:
        assert len(cell.metadata["mystnb"]["image"]["alt"]) > 60


def test_the_notebook_reads_well_in_jupyterlab_without_roles_of_the_book():
    assert not re.search(r"\{[a-z:]+\}`", TEXT)
    assert "```{" not in TEXT


def test_two_plausible_wrong_analyses_are_there_to_be_caught():
    assert len(re.findall(r"^### Wrong on purpose", TEXT, re.M)) == 2


def test_instructor_cells_are_tagged_and_stand_at_the_end():
    tags = ["instructor" in cell.metadata.get("tags", []) for cell in NOTEBOOK.cells]
    assert any(tags)
    assert all(tags[tags.index(True) :])


def test_terms_of_the_summary_are_those_of_the_glossary():
    glossary = (ROOT / "book" / "glossary.md").read_text(encoding="utf-8")
    defined = {
        term.lower(): (chinese, pinyin)
        for term, chinese, pinyin in re.findall(
            r"^(\S.*)\n  \*\*([^*]+)\*\* \*([^*]+)\*", glossary, re.M
        )
    }
    rows = re.findall(r"^\| ([^|]+) \| ([一-鿿]+) \| ([^|]+) \|$", TEXT, re.M)
    rows = [row for row in rows if row[0] != "Term"]
    assert len(rows) >= 18
    for term, chinese, pinyin in rows:
        assert defined[term.lower()] == (chinese, pinyin), term
