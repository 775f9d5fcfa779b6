"""Puts files into somebody's folder and knows them again: what its owner has changed stays.

A hidden file in the folder notes a mark, a hash, of everything that was put there. A file is
written over only if its mark is the noted one. Without the notes, or with spoilt ones, every file
that differs counts as its owner's: at worst a new version stands beside an old one.
"""

from __future__ import annotations

import copy
import errno
import hashlib
import itertools
import json
import os
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import svclab
from svclab.course.places import CourseError

__all__ = ["NOTES", "Outcome", "delivered", "mark", "newer_than_this", "put"]

NOTES = ".svclab.json"
WAITING = ".svclab-writing"  # end of the name of a file that is being written
SCHEMA = 1

# What Jupyter writes into a notebook by itself: no work of its reader.
_OF_JUPYTER = {"language_info", "widgets", "kernelspec"}
_OF_A_CELL = {"trusted", "execution", "collapsed", "scrolled"}


@dataclass(frozen=True)
class Outcome:
    """What became of one file.

    Parameters
    ----------
    name : str
        Its name in the course, with forward slashes.
    what : str
        ``new``, ``updated``, ``back`` (it had been deleted), ``same``, ``yours`` (changed by its
        owner, and there is nothing new), ``beside`` (changed by its owner, and the new version
        stands beside it), ``unknown`` (so too, but nobody knows who made what is there),
        ``replaced`` (not as it was put there, and written over as was asked), or ``withdrawn``
        (no longer in the course).
    beside : str
        The name of the new version beside it.
    """

    name: str
    what: str
    beside: str = ""


def mark(name: str, content: bytes) -> str:
    """A hash by which a delivered file is known again.

    Line ends do not count, nor does what Jupyter adds to a notebook that is opened and saved.

    Examples
    --------
    >>> opened = b'{"cells": [], "metadata": {"language_info": {"version": "3.14"}}}'
    >>> mark("a.ipynb", opened) == mark("a.ipynb", b'{"cells": [], "metadata": {}}')
    True
    """
    if name.endswith(".ipynb"):
        with suppress(ValueError, KeyError, TypeError, AttributeError, RecursionError):
            content = _work(json.loads(content))
    return hashlib.sha256(content.replace(b"\r\n", b"\n")).hexdigest()[:32]


def _work(notebook: dict[str, Any]) -> bytes:
    """What a person can have put into a notebook, in one fixed form."""
    cells = []
    for cell in notebook["cells"]:
        kept = {key: cell[key] for key in cell if key not in ("id", "execution_count")}
        kept["source"] = "".join(cell["source"])
        kept["metadata"] = {
            key: value for key, value in cell["metadata"].items() if key not in _OF_A_CELL
        }
        cells.append(kept)
    metadata = notebook["metadata"]
    kept = {key: value for key, value in metadata.items() if key not in _OF_JUPYTER}
    kernel = metadata.get("kernelspec", {}).get("name", "python3")
    return json.dumps([cells, kept, kernel], sort_keys=True).encode()


def delivered(folder: Path, edition: str) -> dict[str, dict[str, Any]]:
    """What was put into a folder: name to notes; empty if nothing is known.

    Parameters
    ----------
    folder : Path
        The folder.
    edition : str
        ``student`` or ``instructor``: one knows nothing of the other.

    Returns
    -------
    dict
        For each name ``here`` (mark of what was put in its place), ``offered`` (mark of the
        newest version that was put there or beside) and ``beside`` (name to mark).
    """
    return _editions(_read(folder)).get(edition, {})


def newer_than_this(folder: Path) -> str:
    """The version of svclab that filled a folder, if it is newer than this one; else empty.

    Examples
    --------
    >>> newer_than_this(Path("no such folder"))
    ''
    """
    version = _read(folder).get("version")
    if not isinstance(version, str) or _ordered(version) <= _ordered(svclab.__version__):
        return ""
    return version


def _ordered(version: str) -> list[int]:
    parts = version.split(".")
    return [int(part) if part.isdecimal() and part.isascii() else 0 for part in parts[:4]]


def _read(folder: Path) -> dict[str, Any]:
    try:
        notes = json.loads((folder / NOTES).read_bytes())
    except (OSError, ValueError, RecursionError):
        return {}
    return notes if isinstance(notes, dict) else {}


def _editions(notes: dict[str, Any]) -> dict[str, dict[str, dict[str, Any]]]:
    """The notes of each edition, without anything that is not as it should be."""
    found: dict[str, dict[str, dict[str, Any]]] = {}
    editions = notes.get("editions") if notes.get("schema") == SCHEMA else None
    for edition, files in (editions if isinstance(editions, dict) else {}).items():
        sound = found.setdefault(edition, {})
        for name, note in (files if isinstance(files, dict) else {}).items():
            if not isinstance(note, dict):
                continue
            beside = note.get("beside")
            sound[name] = {
                "here": str(note.get("here", "")),
                "offered": str(note.get("offered", "")),
                "beside": dict(beside) if isinstance(beside, dict) else {},
            }
    return found


def put(
    folder: Path,
    files: Mapping[str, bytes],
    edition: str,
    *,
    changed: Literal["beside", "refuse", "replace"],
    whole: bool = False,
) -> list[Outcome]:
    """Put files into a folder, each at once or not at all.

    Parameters
    ----------
    folder : Path
        The folder; made if it is not there.
    files : mapping
        Name, with forward slashes, to content.
    edition : str
        ``student`` or ``instructor``.
    changed : str
        What to do about a file that is in the way and is not as it was put there: put the new
        version ``beside`` it, ``refuse`` before anything is written, or ``replace`` it.
    whole : bool
        Whether these are all files of the course; what was put there earlier and is not among
        them has been withdrawn, and stays.

    Returns
    -------
    list of Outcome
        In the order of the files.

    Raises
    ------
    CourseError
        If the folder cannot be written to, or a changed file is in the way.
    """
    editions = _editions(_read(folder))
    before = copy.deepcopy(editions)
    notes = editions.setdefault(edition, {})
    marks = {name: mark(name, content) for name, content in files.items()}
    if changed == "refuse":
        _refuse(folder, marks, notes)
    outcomes = []
    with _in_sentences(folder):
        folder.mkdir(parents=True, exist_ok=True)
        try:
            for name, content in files.items():
                one = _put_one(folder, name, content, marks[name], notes, changed == "beside")
                outcomes.append(one)
            if whole:
                outcomes += _withdrawn(folder, files, notes)
        finally:
            # What was done before a full disk or Ctrl-C is noted, if that can be.
            if editions != before:
                with suppress(OSError):
                    _save(folder, editions)
    return outcomes


def _refuse(folder: Path, marks: Mapping[str, str], notes: dict[str, dict[str, Any]]) -> None:
    states = {name: _state(folder / name, new, notes.get(name)) for name, new in marks.items()}
    own = [name for name, state in states.items() if state in ("yours", "beside")]
    if own:
        more = f" and {len(own) - 3} more" if len(own) > 3 else ""
        raise CourseError(
            f"{', '.join(own[:3])}{more} in {folder} would be written over, and svclab did not "
            "make what is there, or somebody has changed it: name another place with --out, or "
            "add --force to write over it."
        )


def _state(path: Path, new: str, note: dict[str, Any] | None) -> str:
    """What has to be done about a file whose new version has this mark."""
    if not os.path.lexists(path):
        return "back" if note and note["here"] else "new"
    found = _mark_of(path)
    if found == new:
        return "same"
    if note and found and found == note["here"]:
        return "updated"
    return "yours" if note and note["offered"] == new else "beside"


def _mark_of(path: Path) -> str:
    """The mark of a file; none for a link, a folder or what cannot be read: none is ours."""
    try:
        ours = path.is_file() and not path.is_symlink()
        return mark(path.name, path.read_bytes()) if ours else ""
    except OSError:
        return ""


def _put_one(
    folder: Path,
    name: str,
    content: bytes,
    new: str,
    notes: dict[str, dict[str, Any]],
    beside: bool,
) -> Outcome:
    path, note = folder / name, notes.get(name)
    # Looked at again here, right before it is written: Jupyter may save at any time.
    what = _state(path, new, note)
    known = note["beside"] if note else {}
    if what in ("yours", "beside") and beside:
        if what == "yours":
            return Outcome(name, what)
        other = _place_beside(path, new, known)
        if _mark_of(other) != new:
            _write(other, content)
        here = note["here"] if note else ""
        known = {**known, other.name: new}
        notes[name] = {"here": here, "offered": new, "beside": known}
        place = other.relative_to(folder).as_posix()
        return Outcome(name, what if note else "unknown", place)
    if what != "same":
        _write(path, content)
    notes[name] = {"here": new, "offered": new, "beside": known}
    return Outcome(name, "replaced" if what in ("yours", "beside") else what)


def _place_beside(path: Path, new: str, known: Mapping[str, Any]) -> Path:
    """``NAME-new``, or ``NAME-new-2`` if its owner works in the former."""
    for number in itertools.count(1):
        more = f"-new-{number}" if number > 1 else "-new"
        place = path.with_name(f"{path.stem}{more}{path.suffix}")
        if not os.path.lexists(place) or _mark_of(place) in (new, known.get(place.name, new)):
            return place
    raise AssertionError("counting ends never")


def _withdrawn(
    folder: Path, files: Mapping[str, bytes], notes: dict[str, dict[str, Any]]
) -> Iterator[Outcome]:
    for name in sorted(set(notes) - set(files)):
        del notes[name]  # said once
        if os.path.lexists(folder / name):
            yield Outcome(name, "withdrawn")


def _save(folder: Path, editions: dict[str, Any]) -> None:
    notes = {"schema": SCHEMA, "version": svclab.__version__, "editions": editions}
    text = json.dumps(notes, indent=1, sort_keys=True, ensure_ascii=False) + "\n"
    _write(folder / NOTES, text.encode())


def _write(path: Path, content: bytes) -> None:
    """All or nothing, even if the machine stops in the middle."""
    path.parent.mkdir(parents=True, exist_ok=True)
    for left in path.parent.glob(f".{path.name}.*{WAITING}"):
        # Of a run that was killed; another one may be at work beside this one.
        with suppress(OSError):
            if time.time() - left.stat().st_mtime > 600:
                left.unlink()
    waiting = path.with_name(f".{path.name}.{os.getpid()}{WAITING}")
    try:
        with waiting.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        waiting.replace(path)
    finally:
        with suppress(OSError):
            waiting.unlink(missing_ok=True)


@contextmanager
def _in_sentences(folder: Path) -> Iterator[None]:
    """Say what the operating system refuses, and what to do."""
    try:
        yield
    except OSError as problem:
        where = f"{problem.filename}: " if problem.filename else ""
        kept = "Nothing of yours was changed."
        if problem.errno in (errno.ENOSPC, errno.EDQUOT):
            said = f"The disk that holds {folder} is full: free some space and run the same "
            said += f"command again. {kept}"
        elif problem.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
            said = f"{folder} cannot be written to ({where}{problem.strerror}): choose another "
            said += f"folder, or close the file if another program has it open. {kept}"
        elif problem.errno in (errno.EEXIST, errno.ENOTDIR, errno.EISDIR):
            said = f"A folder is needed where a file is, or a file where a folder is ({where}"
            said += f"{problem.strerror}): rename it or choose another folder. {kept}"
        else:
            said = f"Nothing can be put into {folder} ({where}{problem.strerror}): choose "
            said += f"another folder. {kept}"
        raise CourseError(said) from problem
