"""``svclab start``: the course in a folder of the student's own, brought up to date at each start.

What the student has changed is never touched (see :mod:`svclab.course.delivery`); what has been
deleted or renamed is brought back, which is how one begins a chapter anew.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path

import svclab
from svclab.course.bundles import START_HERE, course
from svclab.course.delivery import Outcome, delivered, newer_than_this, put
from svclab.course.places import Contents, CourseError, Places, find_contents
from svclab.practice.device import data_folder

__all__ = ["NAME", "bring", "choose", "listed", "told"]

NAME = "service-operations-lab"
LAST = "last-folder.txt"  # where this device remembers which folder was used


def choose(folder: Path | None = None) -> Path:
    """The folder to work in.

    Parameters
    ----------
    folder : Path, optional
        The one that was asked for. Without it: the folder around the current one that holds the
        course; else the one used last on this device; else a new one in the home folder.

    Raises
    ------
    CourseError
        If it cannot be used; the message says which one can.
    """
    try:
        chosen = folder or _around(Path.cwd()) or _last() or Path.home() / NAME
        chosen = chosen.expanduser().resolve()
        is_file = chosen.exists() and not chosen.is_dir()
        is_clone = _is_clone(Places(chosen))
    except (OSError, RuntimeError, ValueError) as problem:
        raise CourseError(
            f"There is no folder to work in ({problem}): name one, as in 'svclab start FOLDER'."
        ) from None
    if is_file:
        raise CourseError(
            f"{chosen} is a file, and a folder is needed: name another one, as in "
            f"'svclab start {chosen.with_name(NAME)}'."
        )
    if is_clone:
        raise CourseError(
            f"{chosen} is a clone of the course: 'svclab lab' opens the notebooks in it; to work "
            "as a student, name another folder."
        )
    return chosen


def _around(here: Path) -> Path | None:
    folders = (here, *here.parents)
    return next((one for one in folders if START_HERE in delivered(one, "student")), None)


def _is_clone(places: Places) -> bool:
    return (places.book / "_config.yml").is_file() and places.package.is_dir()


def _last() -> Path | None:
    """The folder used last on this device, if it can still be there."""
    try:
        noted = Path((data_folder() / LAST).read_text(encoding="utf-8").strip())
    except (OSError, ValueError):
        return None
    if not noted.is_absolute():
        return None
    if not noted.is_dir() and not noted.parent.is_dir():
        raise CourseError(
            f"You last worked in {noted}, which is not there now: plug the drive in, or name a "
            "folder, as in 'svclab start FOLDER'."
        )
    return noted


def bring(folder: Path, contents: Contents | None = None) -> list[Outcome]:
    """Bring the student's edition of the course into a folder, and what is new into an old one.

    Parameters
    ----------
    folder : Path
        The student's folder, as :func:`choose` gives it.
    contents : Contents, optional
        Where the course lies; that of the running svclab if not given.

    Returns
    -------
    list of Outcome
        What became of each file.

    Raises
    ------
    CourseError
        If the folder cannot be written to, or if a newer svclab has filled it.
    """
    newer = newer_than_this(folder)
    if newer:
        raise CourseError(
            f"{folder} holds the course of svclab {newer}, and this is svclab "
            f"{svclab.__version__}, an older one: install the newer one here too."
        )
    files = course(contents or find_contents(), "student")
    outcomes = put(folder, files, "student", changed="beside", whole=True)
    with suppress(OSError, ValueError):  # not remembering is no reason to stop
        data_folder().mkdir(parents=True, exist_ok=True)
        (data_folder() / LAST).write_text(str(folder), encoding="utf-8")
    return outcomes


_SAID = {"new": "New", "updated": "Updated", "back": "Brought back", "replaced": "Written over"}


def told(outcomes: Iterable[Outcome]) -> list[str]:
    """What has happened, one line each; what stays as it was is not named.

    Examples
    --------
    >>> told([Outcome("notebooks/05-process.ipynb", "updated")])
    ['Updated: notebooks/05-process.ipynb']
    >>> print(*told([Outcome("data/a.csv", "beside", "data/a-new.csv")]))
    You have changed data/a.csv, so it stays as it is; the new version is data/a-new.csv
    """
    outcomes = list(outcomes)
    lines = []
    for what, said in _SAID.items():
        names = [one.name for one in outcomes if one.what == what]
        if names:
            lines.append(f"{said}: {listed(names)}")
    for one in outcomes:
        if one.what == "beside":
            lines.append(
                f"You have changed {one.name}, so it stays as it is; "
                f"the new version is {one.beside}"
            )
        if one.what == "unknown":
            lines.append(
                f"{one.name} was there already, so it stays as it is; the course's is {one.beside}"
            )
        if one.what == "withdrawn":
            lines.append(f"{one.name} is no longer part of the course; yours stays")
    return lines


def listed(names: Sequence[str]) -> str:
    """Names of files in a line; many files of one folder are counted.

    Examples
    --------
    >>> listed(["a.md", *(f"data/{n}.csv" for n in range(12))])
    'a.md, 12 files in data'
    """
    folders: dict[str, list[str]] = {}
    for name in names:
        folder = name.rpartition("/")[0]
        folders.setdefault(folder, []).append(name)
    parts = []
    for folder, inside in folders.items():
        many = folder and len(inside) > 4
        parts.append(f"{len(inside)} files in {folder}" if many else ", ".join(inside))
    return ", ".join(parts)
