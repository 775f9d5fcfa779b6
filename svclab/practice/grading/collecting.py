"""What was handed in: walks a folder or a zip and lists the files to read, opening none of them."""

from __future__ import annotations

import datetime as dt
import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from svclab.practice.grading.archives import (
    Entry,
    UnreadableError,
    entries,
    open_archive,
    refusal,
    suffix,
)
from svclab.practice.grading.limits import MEGABYTE, Limits
from svclab.practice.grading.problems import Finding, GradingError
from svclab.practice.grading.text import clean

__all__ = ["ANSWERS", "Task", "collect", "is_clutter"]

#: Files that may hold records.
ANSWERS = (".ipynb", ".json")
_CLUTTER = {"__MACOSX", "Thumbs.db", "desktop.ini"}
_DEEPEST = 20  # folders inside folders
#: What is handed in by mistake, by the end of its name.
_DOCUMENTS = {
    "a PDF": (".pdf",),
    "a document of a word processor": (".doc", ".docx", ".odt", ".pages", ".rtf", ".wps"),
    "a web page": (".htm", ".html", ".mht", ".mhtml"),
    "a picture": (".gif", ".heic", ".jpeg", ".jpg", ".png", ".webp"),
    "a Python file": (".py",),
    "a text file": (".txt",),
}
_PACKED = (".7z", ".bz2", ".gz", ".rar", ".tar", ".tgz", ".xz")


@dataclass(frozen=True)
class Task:
    """One file to read.

    Parameters
    ----------
    path : str
        Where it lies on disk, or where the zip lies that holds it.
    where : str
        What the report calls it: its place in the submissions.
    entry : int or None
        Its number in the zip.
    stamp : str
        Time of the entry or of the file, ISO 8601; ``""`` if there is none.
    source : str
        ``zip`` or ``file``: what the time is.
    """

    path: str
    where: str
    entry: int | None
    stamp: str
    source: str


def collect(
    submissions: Path, limits: Limits, *, leave_out: Path | None = None
) -> tuple[list[Task], list[Finding]]:
    """List what is to be read, in an order that does not depend on the machine.

    Parameters
    ----------
    submissions : Path
        A folder, a zip, a notebook or an exported file.
    limits : Limits
        How much is read.
    leave_out : Path, optional
        A folder that is passed over: where the grades go.

    Raises
    ------
    GradingError
        If there is nothing there.
    """
    if not submissions.exists():
        raise GradingError(f"There is no folder or file {submissions}; check the name.")
    findings: list[Finding] = []
    tasks: list[Task] = []
    out = leave_out.resolve() if leave_out is not None else None
    for path, where in _walk(submissions.resolve(), out, limits, findings):
        kind = suffix(where)
        if kind == ".zip":
            tasks += _in_zip(path, where, limits, findings)
        elif kind in ANSWERS:
            tasks.append(Task(str(path), where, None, _written(path), "file"))
        else:
            findings.append(_other(where))
    return sorted(tasks, key=lambda task: (task.where, task.entry or 0)), findings


def _written(path: Path) -> str:
    """When a file was written; ``""`` if its time is none."""
    try:
        seconds = int(path.stat().st_mtime)
        return (dt.datetime(1970, 1, 1, tzinfo=dt.UTC) + dt.timedelta(seconds=seconds)).isoformat()
    except (OSError, OverflowError):
        return ""


def _other(where: str) -> Finding:
    """What is said of a file that cannot hold records; whose it is, is found out later."""
    kind = suffix(where)
    if kind in _PACKED:
        return Finding("archive", where, "", "Not read: it is packed in another way than as a zip.")
    if suffix(where[: -len(kind)]) in (*ANSWERS, ".zip"):
        sentence = f"Its name ends in {kind}. Take that away and grade again."
        return Finding("document", where, "", sentence)
    for what, ends in _DOCUMENTS.items():
        if kind in ends:
            return Finding("document", where, "", f"It is {what}, no notebook.")
    return Finding("empty", where, "", "It is no notebook, no exported file and no zip.")


def is_clutter(where: str) -> bool:
    """What operating systems and JupyterLab leave behind."""
    return any(
        part in _CLUTTER or (part.startswith(".") and part.strip(".")) for part in where.split("/")
    )


def _walk(
    root: Path, out: Path | None, limits: Limits, findings: list[Finding]
) -> Iterator[tuple[Path, str]]:
    """Regular files only; links are reported, not followed."""
    if not root.is_dir():
        yield root, clean(root.name, 1000)
        return
    left = limits.files
    folders = [(root, "", 0)]
    while folders:
        folder, prefix, depth = folders.pop()
        try:
            items = sorted(os.scandir(folder), key=lambda item: item.name)
        except OSError:
            sentence = "The folder cannot be opened."
            findings.append(Finding("link", prefix, "", sentence))
            continue
        for item in items:
            where = prefix + clean(item.name, 300)
            left -= 1
            if left < 0:
                sentence = f"There are more than {limits.files:,} files and folders."
                findings.append(Finding("many", where, "", sentence))
                return
            if is_clutter(where) or (out is not None and Path(item.path) == out):
                continue
            try:
                mode = item.stat(follow_symlinks=False).st_mode
            except OSError:  # gone meanwhile
                continue
            if stat.S_ISDIR(mode) and depth < _DEEPEST:
                folders.append((Path(item.path), where + "/", depth + 1))
            elif stat.S_ISREG(mode):
                yield Path(item.path), where
            else:
                what = "a link" if stat.S_ISLNK(mode) else "no regular file"
                what = "a folder too deep inside others" if stat.S_ISDIR(mode) else what
                findings.append(Finding("link", where, "", f"It is {what}; it was not read."))


def _in_zip(path: Path, where: str, limits: Limits, findings: list[Finding]) -> list[Task]:
    """One task for each answer file and each zip inside."""
    try:
        with open_archive(str(path), limits.entries) as archive:
            inside = list(entries(archive))
    except (UnreadableError, OSError) as problem:
        findings.append(Finding("archive", where, "", f"Not read: {problem}."))
        return []
    except Exception as problem:  # a fault of ours that a strange file has found
        kind = type(problem).__name__
        findings.append(Finding("archive", where, "", f"Not read: listing it failed ({kind})."))
        return []
    tasks = []
    total = 0
    for entry in inside:
        if not wanted(entry, where, limits, findings):
            continue
        total += entry.info.file_size
        if total > limits.archive_bytes:
            sentence = f"It unpacks to more than {limits.archive_bytes // MEGABYTE:,} MB."
            findings.append(Finding("many", where, "", sentence))
            break
        tasks.append(Task(str(path), f"{where}/{entry.name}", entry.number, entry.stamp, "zip"))
    return tasks


def wanted(entry: Entry, where: str, limits: Limits, findings: list[Finding]) -> bool:
    """Whether an entry of a zip is to be read; what is refused is reported."""
    place = f"{where}/{entry.name}"
    if is_clutter(entry.name):
        return False
    problem = refusal(entry, largest=limits.file_bytes, ratio=limits.ratio)
    if problem:
        findings.append(Finding("archive", place, "", f"Not read: {problem}."))
        return False
    if suffix(entry.name) not in (*ANSWERS, ".zip"):
        findings.append(_other(place))
        return False
    return True
