"""What lies in a reader's folder: an edition of the notebooks, and the files to which they link.

A student's folder and a folder that an instructor makes and hands out are the same.
"""

from __future__ import annotations

import re
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from svclab.catalogue import CHAPTERS
from svclab.course import editions
from svclab.course.delivery import Outcome, put
from svclab.course.notebooks import as_bytes, load
from svclab.course.places import Contents, CourseError
from svclab.words import count

__all__ = ["START_HERE", "course", "make", "named", "plain", "single"]

START_HERE = "START-HERE.ipynb"
GLOSSARY = "book/glossary.md"


def make(
    contents: Contents, edition: str, notebook: str = "", *, out: Path | None, force: bool
) -> tuple[Path, list[Outcome]]:
    """Write an edition of one notebook or of the whole course.

    Parameters
    ----------
    contents : Contents
        Where the course lies.
    edition : str
        ``student`` or ``instructor``.
    notebook : str
        A path or a chapter's name; empty for the whole course.
    out : Path or None
        A folder; for one notebook also a file. None: ``editions/student`` or so, below the
        current folder.
    force : bool
        Write over files that svclab has not made, or that have been changed.

    Returns
    -------
    tuple
        The folder, and what became of each file.

    Raises
    ------
    CourseError
        If such a file is in the way, or the notebook does not exist.
    """
    folder = (out or Path("editions") / edition).expanduser()
    alone = folder.suffix == ".ipynb" and not folder.is_dir()
    if notebook:
        files = single(contents, named(contents, notebook), edition, alone=alone)
    elif alone:
        raise CourseError(f"The whole course needs a folder, and --out {out} is a notebook.")
    else:
        files = course(contents, edition)
    if alone:
        [content] = files.values()
        files, folder = {folder.name: content}, folder.parent
    return folder, put(folder, files, edition, changed="replace" if force else "refuse")


def course(contents: Contents, edition: str) -> dict[str, bytes]:
    """All files of an edition of the whole course.

    Parameters
    ----------
    contents : Contents
        Where the course lies.
    edition : str
        ``student`` or ``instructor``.

    Returns
    -------
    dict
        Name in the reader's folder, with forward slashes, to content: the chapters' notebooks,
        the glossary and the tables, in the same places as in a clone; for students a page to
        start from.
    """
    names = [entry.notebook for entry in sorted(CHAPTERS, key=lambda entry: entry.number)]
    files = _beside(contents)
    present = {START_HERE, *names, *files}
    made = {START_HERE: as_bytes(_start_here())} if edition == "student" else {}
    for name in names:
        notebook = load(contents.notebooks / name.removeprefix("notebooks/"))
        made[name] = as_bytes(editions.EDITIONS[edition](notebook, name=name, present=present))
    return {**made, **files}


def single(contents: Contents, path: Path, edition: str, *, alone: bool) -> dict[str, bytes]:
    """One notebook with the files to which it links.

    Parameters
    ----------
    contents : Contents
        Where the course lies.
    path : Path
        The notebook, of the course or of the instructor's own.
    edition : str
        ``student`` or ``instructor``.
    alone : bool
        The notebook only: its links to files of the course become plain words.

    Returns
    -------
    dict
        As :func:`course`; the notebook comes first.
    """
    notebook = load(path)
    if alone:
        return {path.name: as_bytes(editions.EDITIONS[edition](notebook, name=path.name))}
    inside = path.resolve().is_relative_to(contents.notebooks)
    below = path.resolve().relative_to(contents.notebooks).as_posix() if inside else path.name
    name = f"notebooks/{below}"
    files = _beside(contents)
    made = editions.EDITIONS[edition](notebook, name=name, present={name, *files})
    wanted = editions.links(made, name)
    linked = {key: content for key, content in files.items() if editions.leads(wanted, key)}
    return {name: as_bytes(made), **linked}


def named(contents: Contents, notebook: str) -> Path:
    """The notebook that somebody means by a path, or by a chapter.

    A chapter is ``05-process``, ``process``, ``05`` or ``5``.

    Raises
    ------
    CourseError
        If there is none; the message names the chapters.
    """
    path = Path(notebook)
    if path.is_file():
        return path
    names = [entry.name for entry in CHAPTERS]
    stem = path.name.removesuffix(".ipynb")
    for entry in CHAPTERS:
        if stem in (entry.name, entry.package, str(entry.number), f"{entry.number:02d}"):
            return contents.notebooks / f"{entry.name}.ipynb"
    near = get_close_matches(stem, [entry.package for entry in CHAPTERS], 1)
    meant = f" Did you mean {near[0]}?" if near else ""
    raise CourseError(
        f"There is no notebook {notebook}.{meant} Check the name, or name a chapter: "
        f"{', '.join(names)}."
    )


def _beside(contents: Contents) -> dict[str, bytes]:
    """What notebooks link to: the glossary, as plain Markdown, and the tables."""
    glossary = (contents.book / "glossary.md").read_text(encoding="utf-8")
    files = {GLOSSARY: plain(glossary).encode()}
    for path in sorted(contents.data.iterdir()):
        if path.suffix in (".csv", ".json"):
            files[f"data/{path.name}"] = path.read_bytes().replace(b"\r\n", b"\n")
    return files


def plain(page: str) -> str:
    """A page of the book as Markdown that reads well in JupyterLab and in any editor.

    Examples
    --------
    >>> print(plain("---\\ntitle: x\\n---\\n\\n```{glossary}\\nqueue\\n  People who wait.\\n```"))
    **queue**: People who wait.
    <BLANKLINE>
    """
    page = re.sub(r"\A---\n.*?\n---\n\s*", "", page.replace("\r\n", "\n"), flags=re.S)

    def entries(found: re.Match[str]) -> str:
        return re.sub(r"^(\S.*)\n[ ]+(?=\S)", r"**\1**: ", found.group(1), flags=re.M)

    page = re.sub(r"^```\{glossary\}\n(.*?)^```$", entries, page, flags=re.M | re.S)
    return page.rstrip() + "\n"


def _start_here() -> dict[str, Any]:
    chapters = sorted(CHAPTERS, key=lambda entry: entry.number)
    listed = "\n".join(
        f"- [{entry.number} {entry.title} {entry.title_zh}]({entry.notebook}), "
        f"{count(entry.hours, 'class hour')}. {entry.asks}"
        for entry in chapters
    )
    text = _WELCOME.replace("{chapters}", listed)
    cell = {"cell_type": "markdown", "id": "start-here", "metadata": {}, "source": text}
    return {
        "cells": [cell],
        "metadata": {
            "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
            "language_info": {"file_extension": ".py", "name": "python"},
        },
        "nbformat": 4,
        "nbformat_minor": 5,
    }


_WELCOME = """\
# Service Operations Lab 服务运营管理

Open a chapter. If this is your first, open the first one:

{chapters}

Then:

1. Type your student number between the quotes in the cell near the top. Without it you get \
numbers for practice, which count for nobody.
2. Choose *Run*, *Run All Cells*. Do so each time you open the chapter again.
3. Read, move, answer. Your answers are saved with the notebook: press Ctrl S (⌘ S on a Mac). \
The notebook is the file that you hand in.

The [glossary](book/glossary.md) explains the terms in English and Chinese (right click, *Open \
With*, *Markdown Preview*). The tables of the course are in [data](data/datapackage.json); the \
notebooks read their own copy, so nothing that you do there can break a chapter.

**A newer version of the course.** Install it as you installed this one, and run `svclab start` \
again (the last line that you typed to install the course). What you have not changed is \
replaced; what you have changed stays as it is, and the new version stands beside it, with \
`-new` in its name.

**To begin a chapter anew**, rename or delete your notebook and run `svclab start`: a fresh one \
is brought.
"""
