"""From the bytes of a notebook or an exported file to its answer records. Nothing is run."""

from __future__ import annotations

import json
import math
import os
import stat
from collections.abc import Iterator
from typing import Any

from svclab.practice.grading.archives import UnreadableError
from svclab.practice.grading.limits import MEGABYTE, Limits
from svclab.practice.records import MIME, Record, read

__all__ = ["read_file", "records_in"]

_LONGEST_INTEGER = 30  # digits
#: What else is handed in under the name of a notebook, by its first bytes.
_BEGINNINGS = {
    b"%PDF": "a PDF",
    b"PK": "a zip, or a document of a word processor,",
    b"\xd0\xcf\x11\xe0": "a document of a word processor",
    b"Rar!": "a packed file",
    b"7z": "a packed file",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"<": "a web page",
}


def read_file(path: str, largest: int) -> bytes:
    """The content of a regular file on disk that is not too large.

    Raises
    ------
    UnreadableError
        If it is none, or too large.
    """
    # Between listing and reading, a file may have been replaced by a link or a pipe.
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
    try:
        number = os.open(path, flags | getattr(os, "O_BINARY", 0))
    except OSError as problem:
        raise UnreadableError(f"it cannot be opened ({problem.strerror})") from None
    with open(number, "rb") as stream:
        about = os.fstat(number)
        if not stat.S_ISREG(about.st_mode):
            raise UnreadableError("it is no regular file")
        if about.st_size > largest:
            raise UnreadableError(
                f"it has {about.st_size / MEGABYTE:,.0f} MB, more than the "
                f"{largest // MEGABYTE:,} MB allowed; "
                f"'--largest {-(-about.st_size // MEGABYTE)}' allows it"
            )
        raw = stream.read(about.st_size + 1)  # one more: it may have grown meanwhile
    if len(raw) > about.st_size:
        raise UnreadableError("it grew while it was read")
    return raw


def records_in(raw: bytes, limits: Limits) -> tuple[list[Record], list[str], bool]:
    """The records of a notebook or an exported file.

    Parameters
    ----------
    raw : bytes
        The file's content.
    limits : Limits
        How many values and records are read.

    Returns
    -------
    records : list of Record
        In the order of the file, each once.
    problems : list of str
        What could not be read of it.
    more : bool
        Whether there were more records than are read.

    Raises
    ------
    UnreadableError
        If it is neither.
    """
    document = _parsed(raw, limits)
    if not isinstance(document, dict):
        raise UnreadableError("it is no notebook and no exported file of answers")
    if isinstance(document.get("cells"), list):
        containers = _outputs(document["cells"])
    elif "records" in document:
        containers = iter([document])
    else:
        raise UnreadableError("it is no notebook and no exported file of answers")
    records: dict[tuple[Any, ...], Record] = {}
    problems: list[str] = []
    for container in containers:
        left = limits.records - len(records)
        given = container.get("records") if isinstance(container, dict) else None
        more = isinstance(given, list) and len(given) > left
        if isinstance(given, list) and more:
            container = {**container, "records": given[:left]}
        found, said = read(container)
        problems += said
        for one in found:
            # The same record may stand in two cells: best and last of one exercise.
            key = (one.exercise, one.version, one.hash, one.data.get("checksum"), one.time)
            records.setdefault(key if one.intact else (*key, len(records)), one)
        if more:
            return list(records.values()), problems, True
    return list(records.values()), problems, False


def _outputs(cells: list[Any]) -> Iterator[Any]:
    """What cells hold in our output type, in the order of the notebook."""
    for cell in cells:
        outputs = cell.get("outputs") if isinstance(cell, dict) else None
        for output in outputs if isinstance(outputs, list) else []:
            data = output.get("data") if isinstance(output, dict) else None
            if isinstance(data, dict) and MIME in data:
                yield data[MIME]


def _parsed(raw: bytes, limits: Limits) -> Any:
    """JSON in bounds. NaN and infinity stay what they are: records that hold them are refused
    later, but a picture elsewhere in a notebook may hold them.
    """
    if not raw.strip():
        raise UnreadableError("it is empty")
    for beginning, what in _BEGINNINGS.items():
        if raw.startswith(beginning):
            raise UnreadableError(f"it is {what} under the name of a notebook")
    signs = (b",", b":", b"[", b"{")
    if len(raw) > limits.values and sum(map(raw.count, signs)) > limits.values:
        raise UnreadableError(f"it holds more than {limits.values:,} values")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        raise UnreadableError(f"byte {problem.start:,} is not UTF-8") from None
    try:
        return json.loads(text, parse_int=_integer)
    except RecursionError:
        raise UnreadableError("its brackets are nested too deeply") from None
    except ValueError as problem:
        line = getattr(problem, "lineno", None)
        at = f" (line {line:,})" if line else ""
        raise UnreadableError(f"it is cut off or damaged: it is not JSON{at}") from None


def _integer(digits: str) -> int | float:
    """A huge integer takes long to read and is no value of a record: it becomes infinite."""
    return int(digits) if len(digits) <= _LONGEST_INTEGER else math.inf
