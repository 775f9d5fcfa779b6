"""Tables as instructors have them: CSV in the encodings of the day, or a spreadsheet file."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
import zipfile
from pathlib import Path

from svclab.practice.grading.limits import MEGABYTE
from svclab.practice.grading.problems import GradingError

__all__ = ["read_rows"]

_LARGEST = 20 * MEGABYTE
_ROWS = 50_000
_SPREADSHEETS = (".xlsx", ".xlsm", ".xls", ".ods")


def read_rows(path: Path) -> list[list[str]]:
    """All rows of a table as text, without rows that are empty.

    Parameters
    ----------
    path : Path
        A CSV file (comma, semicolon or tab; UTF-8 with or without a byte order mark, UTF-16
        with one, or GB18030, which covers GBK and GB2312), or a spreadsheet, of which the
        first sheet that holds anything is read.

    Returns
    -------
    list of list of str
        Cells without blanks around them. A date is written as ISO 8601, a whole number without
        a decimal point.

    Raises
    ------
    GradingError
        If the file is missing, too large, or no table.
    """
    if not path.is_file():
        raise GradingError(f"There is no file {path}; check the name.")
    if path.stat().st_size > _LARGEST:
        raise GradingError(f"{path.name} is larger than 20 MB, which no roster is; check the file.")
    rows = _spreadsheet(path) if path.suffix.lower() in _SPREADSHEETS else _csv(path)
    if len(rows) > _ROWS:
        raise GradingError(f"{path.name} has more than {_ROWS:,} rows; check the file.")
    filled = [[cell.strip() for cell in row] for row in rows]
    return [row for row in filled if any(row)]


def _decoded(raw: bytes, name: str) -> str:
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    else:
        encodings = ["utf-8-sig", "gb18030"]
    for encoding in encodings:
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise GradingError(
        f"{name} is not a text in UTF-8 or GBK; save it as “CSV UTF-8” or as XLSX and try again."
    )


def _csv(path: Path) -> list[list[str]]:
    text = _decoded(path.read_bytes(), path.name)
    if stated := re.match(r"sep=(.)\r?\n", text, re.IGNORECASE):  # Excel's own first line
        return _parsed(text[stated.end() :], stated[1], path.name)
    return _parsed(text, _delimiter(text), path.name)


def _delimiter(text: str) -> str:
    """The sign that cuts the first lines into most cells; a comma if they tie."""
    lines = [line for line in text.splitlines()[:10] if line.strip()]
    return max(",;\t", key=lambda sign: sum(line.count(sign) for line in lines)) if lines else ","


def _parsed(text: str, delimiter: str, name: str) -> list[list[str]]:
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error as problem:
        raise GradingError(f"{name} is no CSV file: {problem}; save it anew as CSV.") from None


def _spreadsheet(path: Path) -> list[list[str]]:
    try:
        import python_calamine as calamine
    except ImportError:  # an installation without the extra
        raise GradingError(
            f"To read {path.name}, install python-calamine, or save the table as CSV (UTF-8)."
        ) from None
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as parts:
            if sum(part.file_size for part in parts.infolist()) > 10 * _LARGEST:
                raise GradingError(f"{path.name} unpacks to more than 200 MB; check the file.")
    try:
        book = calamine.load_workbook(path)
        for sheet in book.sheet_names:
            rows = book.get_sheet_by_name(sheet).to_python(nrows=_ROWS + 1)
            if any(cell != "" for row in rows for cell in row):
                return [[_cell(cell) for cell in row] for row in rows]
    except (calamine.CalamineError, OSError, ValueError) as problem:
        raise GradingError(
            f"{path.name} cannot be read as a spreadsheet ({problem}); save it as CSV (UTF-8)."
        ) from None
    return []


def _cell(value: object) -> str:
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e17:
        return str(int(value))
    if isinstance(value, dt.datetime):
        return value.isoformat(sep=" ")
    return str(value)
