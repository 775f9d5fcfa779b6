"""The editions of a notebook: the page's, the student's, the instructor's.

All are made from the one stored notebook. The page's has its outputs; the student's has none, it
is what pages offer for download and what ``svclab start`` puts into a folder; the instructor's
has the worked solutions besides.
"""

from __future__ import annotations

import copy
import importlib
import posixpath
import re
from collections.abc import Callable, Collection, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from svclab.course.places import CourseError
from svclab.course.sanitise import sanitise
from svclab.practice import Exercise, deal, objectives
from svclab.words import count, say

__all__ = ["EDITIONS", "for_page", "instructor", "leads", "links", "student"]

HIDDEN = {"instructor", "solution"}

# A link to a file of the course, or to a heading in one; not to an address on the web.
_LINK = re.compile(
    r"!?\[([^\]]*)\]"
    r"\(((?:\.{1,2}/|[\w./%-]+\.(?:ipynb|md|csv|json)\b)[^)\s]*)"
    r'(?: +"[^"]*")?\)'
)
_NUMBER = re.compile(r"""svclab\.student\(\s*(?:"[^"\n]*"|'[^'\n]*')?\s*\)""")
_EXERCISE = re.compile(r"exercises\.(\w+)")
_CHAPTER = re.compile(r"^from svclab\.(\w+) import [^\n]*\bexercises\b", re.M)

SET_UP = 'import svclab\n\nsvclab.student("")  # your student number between the quotes'
OPEN = "import svclab\n\nsvclab.open_solutions()"


def for_page(notebook: dict[str, Any]) -> dict[str, Any]:
    """The notebook as a page of the book shows it: with outputs, without what is hidden.

    Examples
    --------
    >>> cells = [{"metadata": {"tags": ["solution"]}}, {"metadata": {}}]
    >>> len(for_page({"cells": cells, "metadata": {}})["cells"])
    1
    """
    edition = copy.deepcopy(notebook)
    edition["cells"] = [cell for cell in edition["cells"] if not HIDDEN & set(_tags(cell))]
    edition.setdefault("metadata", {}).pop("svclab", None)
    return edition


def student(
    notebook: dict[str, Any], *, name: str = "notebook.ipynb", present: Collection[str] = ()
) -> dict[str, Any]:
    """The student's edition: no outputs, nothing that is hidden, nobody's student number.

    Parameters
    ----------
    notebook : dict
        The notebook; it stays as it is.
    name : str
        Where it will lie in the folder, such as ``notebooks/05-process.ipynb``.
    present : collection of str
        The other files of that folder. A link to any other file becomes plain words.

    Returns
    -------
    dict
        A notebook that runs in JupyterLab by itself.
    """
    edition = sanitise(for_page(notebook), Path())
    cells = edition["cells"]
    if any(_exercise(cell) for cell in cells) and not any(_asks_number(cell) for cell in cells):
        cells.insert(min(1, len(cells)), _cell("code", SET_UP, "set-up"))
    for cell in cells:
        if cell["cell_type"] == "code":
            cell["outputs"], cell["execution_count"] = [], None
            cell["source"] = _NUMBER.sub('svclab.student("")', _text(cell))
    return _linked(edition, name, present)


def instructor(
    notebook: dict[str, Any], *, name: str = "notebook.ipynb", present: Collection[str] = ()
) -> dict[str, Any]:
    """The instructor's edition: all cells and outputs, and the solution after each exercise.

    Parameters
    ----------
    notebook : dict
        The notebook; it stays as it is.
    name, present
        As for :func:`student`.

    Raises
    ------
    CourseError
        If a cell ends in an exercise that its chapter does not have.
    """
    edition = sanitise(copy.deepcopy(notebook), Path())
    edition["metadata"].pop("svclab", None)
    packages = _CHAPTER.findall("\n".join(_text(cell) for cell in edition["cells"]))
    cells: list[dict[str, Any]] = []
    for number, cell in enumerate(edition["cells"], start=1):
        cells.append(cell)
        asked = _exercise(cell)
        if asked:
            found = _found(asked, packages, f"{name}, cell {number}")
            cells.append(_cell("markdown", _worked(found), f"solution-{number}"))
    if len(cells) > len(edition["cells"]):
        numbered = [at for at, cell in enumerate(cells, start=1) if _asks_number(cell)]
        cells.insert((numbered or [1])[0], _cell("code", OPEN, "open"))
    edition["cells"] = cells
    return _linked(edition, name, present)


EDITIONS: dict[str, Callable[..., dict[str, Any]]] = {
    "student": student,
    "instructor": instructor,
}


def _linked(notebook: dict[str, Any], name: str, present: Collection[str]) -> dict[str, Any]:
    """Keep the links that lead to a file in the reader's folder; of others keep the words."""

    def kept(link: re.Match[str]) -> str:
        target = _target(link.group(2), name)
        return link.group() if any(leads({target}, other) for other in present) else link.group(1)

    for cell in notebook["cells"]:
        if cell["cell_type"] == "markdown":
            cell["source"] = _LINK.sub(kept, _text(cell))
    return notebook


def links(notebook: dict[str, Any], name: str) -> set[str]:
    """The files of the course to which a notebook links, by their names in the folder.

    Examples
    --------
    >>> cell = {"cell_type": "markdown", "source": "[g](../book/glossary.md#queue)"}
    >>> links({"cells": [cell]}, "notebooks/05-process.ipynb")
    {'book/glossary.md'}
    """
    texts = [_text(cell) for cell in notebook["cells"] if cell["cell_type"] == "markdown"]
    return {_target(link.group(2), name) for text in texts for link in _LINK.finditer(text)}


def _target(link: str, name: str) -> str:
    path = unquote(link.split("#")[0].split("?")[0])
    return posixpath.normpath(posixpath.join(posixpath.dirname(name), path))


def leads(targets: Collection[str], name: str) -> bool:
    """Whether one of the targets is this file or a folder around it.

    Examples
    --------
    >>> leads({"data"}, "data/clinic.csv"), leads({"data"}, "data-new/clinic.csv")
    (True, False)
    """
    return any(target == name or name.startswith(target + "/") for target in targets)


def _tags(cell: dict[str, Any]) -> list[str]:
    tags: list[str] = cell.get("metadata", {}).get("tags", [])
    return tags


def _text(cell: dict[str, Any]) -> str:
    return "".join(cell["source"])


def _cell(kind: str, source: str, mark: str) -> dict[str, Any]:
    """A cell that an edition adds; only what is the instructor's is tagged so."""
    tags = {} if mark == "set-up" else {"tags": ["instructor"]}
    cell = {"cell_type": kind, "id": f"svclab-{mark}", "metadata": tags, "source": source}
    return cell if kind == "markdown" else {**cell, "execution_count": None, "outputs": []}


def _exercise(cell: dict[str, Any]) -> str:
    """The exercise that a cell shows by its last line; empty if there is none."""
    lines = _text(cell).strip().splitlines() if cell["cell_type"] == "code" else []
    found = _EXERCISE.fullmatch(lines[-1].split("#")[0].strip()) if lines else None
    return found.group(1) if found else ""


def _asks_number(cell: dict[str, Any]) -> bool:
    return cell["cell_type"] == "code" and "svclab.student(" in _text(cell)


def _found(asked: str, packages: list[str], place: str) -> Exercise:
    for package in packages:
        found = getattr(importlib.import_module(f"svclab.{package}.exercises"), asked, None)
        if isinstance(found, Exercise):
            return found
    where = " or ".join(f"svclab.{package}.exercises" for package in packages)
    raise CourseError(
        f"{place}: there is no exercise {asked!r} in {where}."
        if packages
        else f"{place}: exercises.{asked} is shown, but no cell imports exercises from a chapter."
    )


def _worked(exercise: Exercise) -> str:
    """What the instructor reads below an exercise."""
    return "\n\n".join(_parts(exercise)) + "\n"


def _parts(exercise: Exercise) -> Iterator[str]:
    variant = deal(exercise, practice=1)
    p = variant.p
    yield say("**For the instructor: {title}**", title=exercise.title)
    yield say(
        "`{name}`, version {version}; {level}, {path}, {points}, about {minutes}  \n"
        "Objective {number}: {text}",
        name=exercise.name,
        version=exercise.version,
        level=exercise.level,
        path="core" if exercise.core else "extra",
        points=count(exercise.points, "point"),
        minutes=count(exercise.minutes, "minute"),
        number=exercise.objective,
        text=objectives(exercise.package).get(exercise.objective, ""),
    )
    yield "**Practice variant 1**"
    yield exercise.question(p)
    yield "**Solution for these numbers**"
    yield exercise.solution(p)
    thoughts = exercise.misconceptions()
    if thoughts:
        yield "**Thoughts that lead astray**, and what the student is told:"
        yield "\n".join(f"- `{one.name}`: {one.sentence}" for one in thoughts)
