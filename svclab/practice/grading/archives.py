"""Zip files from strangers: listed and read in bounds, never unpacked to disk."""

from __future__ import annotations

import datetime as dt
import io
import re
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from svclab.practice.grading.limits import MEGABYTE
from svclab.practice.grading.text import clean

__all__ = [
    "Entry",
    "UnreadableError",
    "entries",
    "open_archive",
    "read_entry",
    "refusal",
    "suffix",
]

_END = b"PK\x05\x06"
_DIRECTORY_ENTRY = 46  # bytes of the shortest entry of a zip's directory
_EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
_TIMESTAMP = 0x5455  # the extra field in which Unix programs keep a time in UTC


class UnreadableError(Exception):
    """Why a file or a part of it is not read; a sentence for the instructor."""


@dataclass(frozen=True)
class Entry:
    """One file in a zip.

    Parameters
    ----------
    info : zipfile.ZipInfo
        What the zip says of it.
    number : int
        Its place in the zip's directory.
    name : str
        Its name, in the characters that were meant, with forward slashes.
    stamp : str
        When it was written, ISO 8601; without an offset it is the time of the packing machine.
    """

    info: zipfile.ZipInfo
    number: int
    name: str
    stamp: str


def open_archive(source: str | io.BytesIO, most: int) -> zipfile.ZipFile:
    """Open a zip whose directory is not absurdly large.

    Parameters
    ----------
    source : str or BytesIO
        Where it lies, or what it holds.
    most : int
        Entries allowed.

    Raises
    ------
    UnreadableError
        If it is damaged, or lists more entries.
    """
    _check_directory(source, most)
    try:
        archive = zipfile.ZipFile(source)
    except (zipfile.BadZipFile, OSError, ValueError, struct.error, NotImplementedError):
        raise UnreadableError("it is no zip file, or a damaged one") from None
    if len(archive.filelist) > most:
        archive.close()
        raise UnreadableError(f"it holds more than {most:,} files")
    return archive


def _check_directory(source: str | io.BytesIO, most: int) -> None:
    """Refuse a huge directory before :mod:`zipfile` reads all of it into memory."""
    if isinstance(source, str):
        with open(source, "rb") as stream:
            tail, size = _tail(stream)
    else:
        tail, size = _tail(source)
    at = tail.rfind(_END)
    if at < 0 or len(tail) < at + 22:
        raise UnreadableError("it is no zip file, or a damaged one")
    stated = struct.unpack_from("<L", tail, at + 12)[0]
    directory = min(stated, size)  # 0xFFFFFFFF in a large zip: then at most all of it
    if directory > most * (_DIRECTORY_ENTRY + 250) and stated != 0xFFFFFFFF:
        raise UnreadableError(f"it holds more than {most:,} files")
    if stated == 0xFFFFFFFF and size < 2**32:
        raise UnreadableError("it is a damaged zip file")


def _tail(stream: io.BufferedIOBase | io.BytesIO) -> tuple[bytes, int]:
    size = stream.seek(0, io.SEEK_END)
    stream.seek(max(0, size - 66_000))
    tail = stream.read(66_000)
    stream.seek(0)
    return tail, size


def entries(archive: zipfile.ZipFile) -> Iterator[Entry]:
    """The files of a zip, folders left out, in the order of the zip."""
    for number, info in enumerate(archive.infolist()):
        if not info.filename.endswith("/"):  # is_dir() fails on an empty name
            yield Entry(info, number, _name(info), _stamp(info))


def refusal(entry: Entry, *, largest: int, ratio: int) -> str:
    """Why an entry is not read; ``""`` if it may be."""
    name, info = entry.name, entry.info
    if name.startswith(("/", "\\")) or re.match(r"[A-Za-z]:", name) or ".." in name.split("/"):
        return "its name leads out of the zip; it was not read"
    if stat.S_ISLNK(info.external_attr >> 16):
        return "it is a link inside a zip; it was not followed"
    if info.flag_bits & 1:
        return "it is encrypted"
    if info.file_size > largest:
        return f"it is larger than {largest // MEGABYTE:,} MB when unpacked"
    if info.file_size > 10 * MEGABYTE and info.file_size > ratio * max(info.compress_size, 1):
        return f"it would grow more than {ratio} times when unpacked, as a zip bomb does"
    return ""


def read_entry(archive: zipfile.ZipFile, info: zipfile.ZipInfo, largest: int) -> bytes:
    """The content of one entry; what is really unpacked is counted.

    Raises
    ------
    UnreadableError
        If it is damaged, encrypted, or larger than allowed.
    """
    try:
        with archive.open(info) as stream:
            # Not more than it claims to be: a claim that is too small shows as damage.
            raw = stream.read(min(info.file_size, largest) + 1)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError):
        raise UnreadableError("it is damaged inside the zip") from None
    except (RuntimeError, NotImplementedError, ValueError):
        raise UnreadableError("it is encrypted, or packed in a way that is not known") from None
    if len(raw) > largest:
        raise UnreadableError(f"it is larger than {largest // MEGABYTE:,} MB when unpacked")
    return raw


def _name(info: zipfile.ZipInfo) -> str:
    """The name in the characters that were meant: zips from Windows in China hold GBK."""
    name = info.orig_filename
    if not info.flag_bits & 0x800:
        raw = name.encode("cp437", "replace")
        for encoding in ("utf-8", "gb18030"):
            try:
                name = raw.decode(encoding)
                break
            except UnicodeDecodeError:
                continue
    return clean(name.replace("\\", "/").replace("\0", "�"), 1000)


def _stamp(info: zipfile.ZipInfo) -> str:
    extra = info.extra
    while len(extra) >= 4:
        kind, length = struct.unpack_from("<HH", extra)
        if kind == _TIMESTAMP and length >= 5 and len(extra) >= 9 and extra[4] & 1:
            seconds = struct.unpack_from("<l", extra, 5)[0]
            return (_EPOCH + dt.timedelta(seconds=seconds)).isoformat()
        extra = extra[4 + length :]
    try:
        return dt.datetime(*info.date_time).isoformat()
    except ValueError:
        return ""


def suffix(name: str) -> str:
    """The end of a name that says what it is, in small letters.

    Examples
    --------
    >>> suffix("a/Answers.IPYNB")
    '.ipynb'
    """
    return PurePosixPath(name).suffix.lower()
