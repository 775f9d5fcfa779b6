"""Every chapter keeps what the chapter standard promises."""

from __future__ import annotations

import importlib
import json
import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from types import ModuleType
from typing import Any

import nbformat
import pytest

from svclab.catalogue import CHAPTERS, Chapter
from svclab.course import citations
from svclab.practice import Exercise, listed, objectives

ROOT = Path(__file__).parents[2]
KNOWN = citations.labels(ROOT / "book" / "references.bib")

COURSE_MATERIAL = "## Where the course material went"


@dataclass(frozen=True)
class Promises:
    """How much of everything a chapter holds, at least; the defaults are the standard.

    Parameters
    ----------
    inventory : str
        What the course inventory lists for the chapter, as its closing table would write it.
        Empty: there is no closing table.
    easy, medium, demanding : int
        Exercises of each level.
    core : int
        Exercises of the core path.
    works : int
        Works of the literature that are cited.
    wrong_on_purpose : int
        Plausible wrong analyses; exactly so many.
    terms : int
        Rows of the summary's table of terms.
    """

    inventory: str
    easy: int = 3
    medium: int = 3
    demanding: int = 3
    core: int = 8
    works: int = 15
    wrong_on_purpose: int = 2
    terms: int = 18


PROMISES = {
    # One class hour for a reader who has never programmed: no course material, few exercises.
    "basics": Promises(inventory="", demanding=1, core=5, works=5, wrong_on_purpose=0, terms=10),
    "introduction": Promises(inventory="I-01 to I-14"),
    "strategy": Promises(inventory="ST-01 to ST-12, X-06"),
    "process": Promises(inventory="P-01 to P-44, E-01 to E-04, E-10, E-11, X-01 to X-03, X-10"),
    "decisions": Promises(inventory="K-12 to K-22, E-05 to E-09, X-04, X-05"),
    "capacity": Promises(inventory="K-01 to K-12, E-12, X-01, X-07 to X-09"),
}


def ids(entry: str) -> set[str]:
    """The inventory ids that a cell of a closing table names, those between two ends as well."""
    found = set()
    for group, first, last in re.findall(r"([A-Z]+)-(\d\d)(?: to \1-(\d\d))?", entry):
        found |= {f"{group}-{n:02d}" for n in range(int(first), int(last or first) + 1)}
    return found


@dataclass(frozen=True)
class Read:
    """A chapter as its notebook shows it."""

    entry: Chapter

    @cached_property
    def cells(self) -> list[Any]:
        path = ROOT / self.entry.notebook
        return list(nbformat.read(path, as_version=4).cells)

    @cached_property
    def code(self) -> list[Any]:
        return [cell for cell in self.cells if cell.cell_type == "code"]

    @cached_property
    def text(self) -> str:
        return "\n\n".join(cell.source for cell in self.cells if cell.cell_type == "markdown")

    @cached_property
    def exercises(self) -> list[Exercise]:
        return listed(self.entry.package)

    @property
    def promises(self) -> Promises:
        return PROMISES[self.entry.package]

    @property
    def explorables(self) -> ModuleType:
        return importlib.import_module(f"svclab.{self.entry.package}.explorables")

    def located(self) -> dict[str, str]:
        """Every inventory id of the closing table, with the place it names."""
        table = self.text.partition(COURSE_MATERIAL)[2]
        found: dict[str, str] = {}
        for entry, _, place in re.findall(r"^\| ([^|]+) \| ([^|]+) \| ([^|]+) \|$", table, re.M):
            found |= dict.fromkeys(ids(entry), place)
        return found

    def stands(self, exercise: Exercise) -> tuple[str, bool]:
        """The heading over an exercise, and whether its section is core."""
        place = next(
            n for n, cell in enumerate(self.cells) if cell.source == f"exercises.{exercise.short}"
        )
        for cell in reversed(self.cells[:place]):
            found = re.findall(r"^#{2,3} (.+)\n\n\*(core|extra), ", cell.source, re.M)
            if cell.cell_type == "markdown" and found:
                return found[-1][0], found[-1][1] == "core"
        raise AssertionError(exercise.short)


@pytest.fixture(params=CHAPTERS, ids=lambda entry: entry.name)
def chapter(request: pytest.FixtureRequest) -> Read:
    return Read(request.param)


@pytest.mark.parametrize(
    ("entry", "named"),
    [
        ("P-07", {"P-07"}),
        ("ST-01", {"ST-01"}),
        ("ST-01 to ST-03", {"ST-01", "ST-02", "ST-03"}),
        ("ST-09 to ST-11, X-06", {"ST-09", "ST-10", "ST-11", "X-06"}),
        ("K-04, X-01", {"K-04", "X-01"}),
        ("---", set()),
        ("", set()),
    ],
)
def test_ids_of_a_closing_table_are_read_with_their_ranges(entry: str, named: set[str]) -> None:
    assert ids(entry) == named


def test_every_chapter_has_its_promises_and_only_the_first_promises_less() -> None:
    assert {entry.package for entry in CHAPTERS} <= set(PROMISES)
    less = {name for name, held in PROMISES.items() if held != Promises(held.inventory)}
    assert less == {"basics"}
    assert {name for name, held in PROMISES.items() if not ids(held.inventory)} == {"basics"}


def test_every_inventory_entry_of_the_chapter_has_its_place(chapter: Read) -> None:
    wanted = ids(chapter.promises.inventory)
    assert set(chapter.located()) >= wanted
    assert (COURSE_MATERIAL in chapter.text) == bool(wanted)


def test_every_place_named_for_the_course_material_is_a_heading(chapter: Read) -> None:
    headings = re.findall(r"^#+ (.+)$", chapter.text, re.M)
    for entry, place in chapter.located().items():
        for part in place.split(";"):
            name = part.split(",")[-1].strip() if "*" in part else part.split(",")[0].strip()
            name = name.strip("*").strip()
            assert any(h.startswith(name) or name in h for h in headings), (entry, name)


def test_every_explorable_of_the_chapter_stands_in_the_notebook(chapter: Read) -> None:
    ends = {cell.source.strip().splitlines()[-1] for cell in chapter.code}
    assert {f"explorables.{name}" for name in chapter.explorables.__all__} <= ends


def test_every_exercise_stands_in_the_notebook_once_and_in_the_order_of_the_module(
    chapter: Read,
) -> None:
    ends = (cell.source.strip().splitlines()[-1] for cell in chapter.code)
    asked = [end.split(".")[1] for end in ends if re.fullmatch(r"exercises\.\w+", end)]
    assert asked == [one.short for one in chapter.exercises]


def test_there_are_enough_exercises_of_each_level_and_each_objective_is_tested(
    chapter: Read,
) -> None:
    levels = [one.level for one in chapter.exercises]
    assert levels.count("easy") >= chapter.promises.easy
    assert levels.count("medium") >= chapter.promises.medium
    assert levels.count("demanding") >= chapter.promises.demanding
    assert sum(one.core for one in chapter.exercises) >= chapter.promises.core
    assert {one.objective for one in chapter.exercises if one.core} == set(
        objectives(chapter.entry.package)
    )


def test_the_table_of_exercises_says_what_the_exercises_say(chapter: Read) -> None:
    table = chapter.text.split("\n## Exercises\n")[1].split("\n## ")[0]
    rows = [line.strip("| ").split(" | ") for line in table.splitlines() if line.startswith("| ")]
    assert rows[1:] == [
        [one.title, str(one.objective), one.level, "core" if one.core else "extra",
         str(one.points), str(one.minutes), chapter.stands(one)[0]]
        for one in chapter.exercises
    ]  # fmt: skip


def test_a_core_exercise_stands_in_a_core_section_and_an_extra_one_in_an_extra_section(
    chapter: Read,
) -> None:
    for exercise in chapter.exercises:
        assert chapter.stands(exercise)[1] == exercise.core, exercise.short


def test_the_student_number_is_asked_for_before_the_first_exercise_and_is_nobodys(
    chapter: Read,
) -> None:
    sources = [cell.source for cell in chapter.code]
    number = next(n for n, source in enumerate(sources) if "svclab.student" in source)
    assert 'svclab.student("")' in sources[number]
    assert number < sources.index(f"exercises.{chapter.exercises[0].short}")


def test_code_cells_are_short_and_executed_without_errors(chapter: Read) -> None:
    for cell in chapter.code:
        assert len(cell.source.splitlines()) <= 15, cell.source
        assert cell.execution_count, cell.source
        assert not any(output.output_type == "error" for output in cell.outputs)


def test_every_section_says_whether_it_is_core_or_extra_and_how_long_it_takes(
    chapter: Read,
) -> None:
    unmarked = {"Summary", "References", "Where the course material went", "For the instructor"}
    for cell in chapter.cells:
        heading = re.match(r"## (.+)", cell.source)
        if cell.cell_type == "markdown" and heading and heading.group(1) not in unmarked:
            said = re.search(r"^\*(core|extra), (\d+ minutes|at home)\*$", cell.source, re.M)
            assert said, heading.group(1)
            assert said.group(1) in cell.metadata.tags


def test_the_core_path_fits_class_hours_and_twice_as_much_homework(chapter: Read) -> None:
    core = sum(int(n) for n in re.findall(r"^\*core, (\d+) minutes\*$", chapter.text, re.M))
    assert 45 * chapter.entry.hours <= core <= 3 * 45 * chapter.entry.hours
    said = re.search(r"marked core take about (\d+) minutes together", chapter.text)
    assert said
    assert abs(int(said.group(1)) - core) <= 5


def test_a_section_has_time_for_its_exercises(chapter: Read) -> None:
    needed: dict[str, int] = {}
    for one in chapter.exercises:
        section = chapter.stands(one)[0]
        needed[section] = needed.get(section, 0) + one.minutes
    for section, minutes in needed.items():
        heading = rf"^##+ {re.escape(section)}\n\n\*\w+, (\d+) minutes\*$"
        said = re.search(heading, chapter.text, re.M)
        assert said, section
        assert minutes <= int(said.group(1)), section


def test_every_citation_is_in_the_bibliography_and_in_the_chapters_references(
    chapter: Read,
) -> None:
    body, references = chapter.text.split("## References")
    assert citations.unknown(body, KNOWN) == []
    cited = citations.cited(body, KNOWN)
    assert len(cited) >= chapter.promises.works
    years = {key: label.rsplit(" ", 1) for label, key in KNOWN.items()}
    lines = references.split("\n## ")[0].splitlines()
    for key in cited:
        names, year = years[key]
        first = re.split(r",| and ", names)[0]
        assert any(first in line and year in line for line in lines), key


def test_tables_from_the_course_documents_are_attributed_to_the_file_they_stand_in(
    chapter: Read,
) -> None:
    package = json.loads((ROOT / "data" / "datapackage.json").read_text(encoding="utf-8"))
    sources = {one["name"]: one.get("sources", []) for one in package["resources"]}
    named = set(re.findall(r"\d{3}_[0-9a-f]{16}\.txt", chapter.text))
    for cell in chapter.code:
        for table in re.findall(r"data\.(?:load|rows)\(\"([\w-]+)\"", cell.source):
            files = {one["title"] for one in sources[table] if one["title"].endswith(".txt")}
            assert not files or files & named, table


def test_percentages_stand_as_the_models_write_them_without_a_space(chapter: Read) -> None:
    printed = [str(out.get("text", "")) for cell in chapter.code for out in cell.outputs]
    spaced = [text for text in (chapter.text, *printed) if re.search(r"\d\s%", text)]
    assert not spaced


def test_figures_have_a_text_alternative(chapter: Read) -> None:
    drawn = [c for c in chapter.code if any("image/png" in o.get("data", {}) for o in c.outputs)]
    assert drawn
    for cell in drawn:
        assert len(cell.metadata["mystnb"]["image"]["alt"]) > 60


def test_the_notebook_reads_well_in_jupyterlab_without_roles_of_the_book(chapter: Read) -> None:
    assert not re.search(r"\{[a-z:]+\}`", chapter.text)
    assert "```{" not in chapter.text


def test_the_plausible_wrong_analyses_are_there_to_be_caught(chapter: Read) -> None:
    found = re.findall(r"^### Wrong on purpose", chapter.text, re.M)
    assert len(found) == chapter.promises.wrong_on_purpose


def test_instructor_cells_are_tagged_and_stand_at_the_end(chapter: Read) -> None:
    tags = ["instructor" in cell.metadata.get("tags", []) for cell in chapter.cells]
    assert any(tags)
    assert all(tags[tags.index(True) :])


def test_terms_of_the_summary_are_those_of_the_glossary(chapter: Read) -> None:
    glossary = (ROOT / "book" / "glossary.md").read_text(encoding="utf-8")
    defined = {
        term.lower(): (chinese, pinyin)
        for term, chinese, pinyin in re.findall(
            r"^(\S.*)\n  \*\*([^*]+)\*\* \*([^*]+)\*", glossary, re.M
        )
    }
    rows = re.findall(r"^\| ([^|]+) \| ([一-鿿]+) \| ([^|]+) \|$", chapter.text, re.M)
    rows = [row for row in rows if row[0] != "Term"]
    assert len(rows) >= chapter.promises.terms
    for term, chinese, pinyin in rows:
        assert defined[term.lower()] == (chinese, pinyin), term
