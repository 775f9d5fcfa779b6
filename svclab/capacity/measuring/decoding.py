"""From the bytes of a file that anybody may have made to cells of text, within bounds.

Nothing in the file is ever executed. What spreadsheet programs do to a CSV file is undone here:
the byte-order mark, GB18030 of a Chinese Excel, semicolons of a European one, tabs and UTF-16 of
"Unicode text", a first line ``sep=;``.
"""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from pathlib import Path

__all__ = ["MAX_BYTES", "MAX_ROWS", "Cells", "decode", "read_bytes", "split"]

MAX_BYTES = 4_000_000
MAX_ROWS = 20_000
MAX_COLUMNS = 60
DELIMITERS = {",": "commas", ";": "semicolons", "\t": "tabs"}
MARKS = (
    (b"\xef\xbb\xbf", "utf-8-sig", "UTF-8"),
    (b"\xff\xfe", "utf-16", "UTF-16"),
    (b"\xfe\xff", "utf-16", "UTF-16"),
)
#: Tried in this order: the first that fits. Almost every byte fits the last one.
GUESSES = (("utf-8", "UTF-8"), ("gb18030", "GB18030, as Excel in Chinese saves"))
LAST_GUESS = ("cp1252", "Windows-1252, as Excel in Western Europe saves")


@dataclass(frozen=True)
class Cells:
    """A table of text: its header and its lines with their numbers in the file."""

    header: tuple[str, ...]
    lines: tuple[tuple[int, tuple[str, ...]], ...]
    notes: tuple[str, ...]  # how the file was read, where that was a choice


def read_bytes(path: str | Path, *, max_bytes: int = MAX_BYTES) -> bytes:
    """The content of a file, never more than the bound.

    Raises
    ------
    FileNotFoundError
        If there is no such file.
    ValueError
        If it is larger than allowed.
    """
    path = Path(path)
    if not path.is_file():
        raise FileNotFoundError(f"there is no file {str(path)!r}: check the name and the folder")
    with path.open("rb") as file:
        content = file.read(max_bytes + 1)
    if len(content) > max_bytes:
        raise ValueError(
            f"{path.name} is larger than {max_bytes:,} bytes: a day of time stamps is much "
            "smaller; take one day's rows and the columns of times only"
        )
    return content


def decode(content: bytes, where: str, encoding: str | None = None) -> tuple[str, str]:
    """The text of a file, and how it was encoded.

    Parameters
    ----------
    content : bytes
        The file.
    where : str
        Its name, for messages.
    encoding : str, optional
        Any that Python knows; left out: the first that fits of UTF-8, UTF-16 with its mark,
        GB18030 and Windows-1252.

    Raises
    ------
    ValueError
        If it is a workbook or other binary file, or does not fit the encoding.

    Examples
    --------
    >>> decode("到达,离开".encode("gb18030"), "times.csv")
    ('到达,离开', 'GB18030, as Excel in Chinese saves')
    """
    if content.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        raise ValueError(
            f"{where} is a workbook, not a CSV file: open it in the spreadsheet program and save "
            "the sheet as 'CSV UTF-8'"
        )
    if encoding is not None:
        try:
            return content.decode(encoding).removeprefix("\ufeff"), encoding
        except LookupError:
            raise ValueError(
                f"encoding={encoding!r} is unknown: use 'utf-8' or 'gb18030', or leave it out"
            ) from None
        except UnicodeError:
            raise ValueError(f"{where} is not {encoding} text: leave the encoding out") from None
    for mark, codec, name in MARKS:
        if content.startswith(mark):
            try:
                return content.decode(codec), name
            except UnicodeError:
                raise ValueError(
                    f"{where} begins as {name} but goes on otherwise: save it again as 'CSV UTF-8'"
                ) from None
    if b"\0" in content:
        raise ValueError(
            f"{where} holds zero bytes, which no CSV file has: save the sheet as 'CSV UTF-8'"
        )
    for codec, name in GUESSES:
        try:
            return content.decode(codec), name
        except UnicodeError:
            pass
    codec, name = LAST_GUESS
    return content.decode(codec, errors="replace"), name


def split(text: str, where: str, known: frozenset[str], *, max_rows: int = MAX_ROWS) -> Cells:
    """Cut a text into cells, at whatever its spreadsheet program puts between them.

    Parameters
    ----------
    text : str
        The file's text.
    where : str
        Its name, for messages.
    known : frozenset of str
        Column names in small letters: the mark that yields most of them is the right one.
    max_rows : int, optional
        More lines are refused.

    Raises
    ------
    ValueError
        If the text is empty, has too many rows or columns, or is no CSV.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    first = 1
    if text[:4].lower() == "sep=":
        text, first = text.partition("\n")[2], 2
    head = next((line for line in text.split("\n") if line.strip()), "")
    if not head:
        raise ValueError(f"{where} is empty: its first line must name the columns")
    mark = max(DELIMITERS, key=lambda one: _known_in(head, one, known))
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=mark, strict=True)
    lines: list[tuple[int, tuple[str, ...]]] = []
    begin = first
    try:
        for row in reader:
            if any(cell.strip() for cell in row):
                if len(lines) > max_rows:
                    raise ValueError(f"{where} has more than {max_rows:,} rows: take one day's")
                lines.append((begin, tuple(_clean(cell) for cell in row)))
            begin = reader.line_num + first
    except csv.Error as problem:
        raise ValueError(
            f"{where}, line {begin}: not a CSV file ({problem}): look for a quotation mark "
            "that is not closed"
        ) from None
    header = lines[0][1]
    if len(header) > MAX_COLUMNS:
        raise ValueError(
            f"{where} has {len(header)} columns: keep those of the times, at most {MAX_COLUMNS}"
        )
    notes = () if mark == "," else (f"read with {DELIMITERS[mark]} between the columns",)
    return Cells(header, tuple(lines[1:]), notes)


def _known_in(head: str, mark: str, known: frozenset[str]) -> tuple[int, int]:
    names = [_clean(name).strip('"').lower() for name in head.split(mark)]
    return sum(name in known for name in names), len(names)


def _clean(cell: str) -> str:
    """A cell without blanks around it and without letters that steer a terminal."""
    return "".join(letter for letter in cell if letter.isprintable() or letter == " ").strip()
