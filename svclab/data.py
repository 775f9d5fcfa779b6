"""The course's tables: what they hold, where each number comes from, and students' own tables.

A table is a CSV file in ``data/``; ``data/datapackage.json`` (a Frictionless Data Package)
describes its columns with type, unit and origin. :func:`rows` needs the standard library only,
so it works in the page too; :func:`load` gives the same table as a pandas DataFrame.

>>> from svclab import data
>>> [row["seconds"] for row in data.rows("licence-office")]
[15, 30, 60, 40, 20, 30]
"""

from __future__ import annotations

import csv
import html
import io
import json
import math
import pkgutil
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Column", "Row", "Table", "describe", "load", "names", "read_csv_rows", "rows"]

Row = dict[str, Any]
"""One row: column name to text, number, True or False, or None for an empty number."""

PACKAGE = "datapackage.json"
KINDS: dict[type, str] = {str: "string", int: "integer", float: "number", bool: "boolean"}
_INTEGER = re.compile(r"[+-]?\d{1,18}", re.ASCII)
_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,3})?", re.ASCII)
_TRUTH = {"true": True, "false": False}
_WANTED = {
    "integer": "a whole number such as 12",
    "number": "a number such as 12 or 0.5, with a point and no thousands mark",
    "boolean": "true or false",
}


@dataclass(frozen=True)
class Column:
    """One column of a table.

    Parameters
    ----------
    name : str
        The key in each row.
    type : str
        ``string``, ``integer``, ``number`` or ``boolean``.
    unit : str
        The unit of its numbers; empty for none.
    origin : str
        Where its values come from, if that is one answer for the whole column.
    description : str
        What it means.
    """

    name: str
    type: str
    unit: str
    origin: str
    description: str


@dataclass(frozen=True)
class Table:
    """What is known about a table: title, sources, licence and columns."""

    name: str
    title: str
    description: str
    sources: tuple[str, ...]
    licences: tuple[str, ...]
    columns: tuple[Column, ...]

    def __repr__(self) -> str:
        lines = [f"{self.title} ({self.name})", self.description]
        lines.append("Source: " + "; ".join(self.sources))
        lines.append("Licence: " + ", ".join(self.licences))
        for column in self.columns:
            unit = f" [{column.unit}]" if column.unit else ""
            origin = f" ({column.origin})" if column.origin else ""
            lines.append(f"  {column.name}{unit}: {column.description}{origin}")
        return "\n".join(lines)

    def _repr_html_(self) -> str:
        head = "".join(f"<th>{h}</th>" for h in ("Column", "Unit", "Meaning", "Origin"))
        body = "".join(
            "<tr>"
            + "".join(
                f"<td>{html.escape(text)}</td>"
                for text in (c.name, c.unit, c.description, c.origin)
            )
            + "</tr>"
            for c in self.columns
        )
        return (
            f"<p><strong>{html.escape(self.title)}</strong>. {html.escape(self.description)}</p>"
            f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
            f"<p>Source: {html.escape('; '.join(self.sources))}. "
            f"Licence: {html.escape(', '.join(self.licences))}.</p>"
        )


def names() -> list[str]:
    """The names of all tables.

    Examples
    --------
    >>> "clinic" in names()
    True
    """
    return sorted(_resources())


def rows(name: str) -> list[Row]:
    """The rows of a table, each a plain dict with typed values.

    Parameters
    ----------
    name : str
        One of :func:`names`, for example ``"licence-office"``.

    Returns
    -------
    list of dict
        Column name to value. An empty text is ``""``, an empty number or truth is ``None``.
        The list is yours: changing it changes nothing else.

    Raises
    ------
    ValueError
        If there is no such table (the message names the nearest), or if the file does not fit
        its description: the message names row and column.

    Examples
    --------
    >>> row = rows("jfk-transit")[2]
    >>> row["name"], row["seconds"], row["free"]
    ('baggage claim', 40, True)
    """
    resource = _resource(name)
    text = _text(resource["path"])
    columns = {field["name"]: field["type"] for field in resource["schema"]["fields"]}
    required = {
        field["name"]
        for field in resource["schema"]["fields"]
        if field.get("constraints", {}).get("required")
    }
    return _typed_rows(text, columns, required, where=resource["path"])


def load(name: str) -> pd.DataFrame:
    """The table as a pandas DataFrame, one row per thing; needs pandas, so not in the page.

    Parameters
    ----------
    name : str
        One of :func:`names`.

    Returns
    -------
    pandas.DataFrame
        Empty whole numbers make a column of pandas' ``Int64``, so 5 stays 5 and not 5.0.

    Raises
    ------
    ValueError
        As :func:`rows`.

    Examples
    --------
    >>> int(load("licence-office")["seconds"].sum())
    195
    """
    import pandas as pd

    kinds = {"string": "object", "integer": "Int64", "number": "float64", "boolean": "boolean"}
    table = pd.DataFrame(rows(name), columns=[c.name for c in describe(name).columns])
    for column in describe(name).columns:
        kind = kinds[column.type]
        if column.type in ("integer", "boolean") and not table[column.name].isna().any():
            kind = {"integer": "int64", "boolean": "bool"}[column.type]
        table[column.name] = table[column.name].astype(kind)  # type: ignore[call-overload]
    return table


def describe(name: str) -> Table:
    """What a table holds: title, source, licence, and its columns with their units.

    Parameters
    ----------
    name : str
        One of :func:`names`.

    Returns
    -------
    Table
        Shown as text or, in a notebook, as a small table.

    Examples
    --------
    >>> clinic = describe("clinic")
    >>> clinic.title
    "Physical examination in a doctor's office"
    >>> [column.unit for column in clinic.columns if column.name == "minutes"]
    ['min']
    """
    resource = _resource(name)
    return Table(
        name=resource["name"],
        title=resource["title"],
        description=resource["description"],
        sources=tuple(
            source["title"] + (f" ({source['section']})" if source.get("section") else "")
            for source in resource["sources"]
        ),
        licences=tuple(licence["name"] for licence in resource["licenses"]),
        columns=tuple(
            Column(
                field["name"],
                field["type"],
                field.get("unit", ""),
                field.get("origin", ""),
                field["description"],
            )
            for field in resource["schema"]["fields"]
        ),
    )


def read_csv_rows(
    path: str | Path,
    columns: Mapping[str, type],
    *,
    optional: tuple[str, ...] = (),
    max_rows: int = 10_000,
    max_bytes: int = 2_000_000,
) -> list[Row]:
    """The rows of your own CSV file, checked while they are read.

    Parameters
    ----------
    path : str or Path
        The file: UTF-8, commas between the columns, names in the first line.
    columns : mapping of str to type
        The columns you need and what they hold: ``str``, ``int``, ``float`` or ``bool``. Other
        columns of the file are kept as text.
    optional : tuple of str, optional
        Those of ``columns`` that may be missing or have empty cells.
    max_rows, max_bytes : int, optional
        Limits: a larger file is refused before it fills the memory.

    Returns
    -------
    list of dict
        As :func:`rows`.

    Raises
    ------
    FileNotFoundError
        If there is no such file.
    ValueError
        If the file is too large, is not UTF-8, lacks a column, or has a wrong value: the message
        names file, row and column.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     mine = Path(folder) / "mine.csv"
    ...     _ = mine.write_text("step,seconds\\norder,45\\npay,30\\n", encoding="utf-8")
    ...     read_csv_rows(mine, columns={"step": str, "seconds": float})
    [{'step': 'order', 'seconds': 45}, {'step': 'pay', 'seconds': 30}]
    """
    path = Path(path)
    kinds: dict[str, str] = {}
    for column, kind in columns.items():
        if kind not in KINDS:
            raise ValueError(
                f"column {column!r}: type {kind!r} is not known; use str, int, float or bool"
            )
        kinds[column] = KINDS[kind]
    for column in optional:
        if column not in columns:
            raise ValueError(f"optional={column!r} is not among the columns {', '.join(columns)}")
    if not path.is_file():
        raise FileNotFoundError(f"there is no file {str(path)!r}: check the name and the folder")
    with path.open("rb") as file:
        raw = file.read(max_bytes + 1)
    if len(raw) > max_bytes:
        raise ValueError(f"{path.name} is larger than {max_bytes:,} bytes: take fewer rows")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise ValueError(
            f"{path.name} is not UTF-8 text: save it in the spreadsheet program as 'CSV UTF-8'"
        ) from None
    required = {column for column in columns if column not in optional}
    return _typed_rows(text, kinds, required, where=path.name, max_rows=max_rows)


@cache
def _text(file: str) -> str:
    """A file of the course: inside an installed package (or the page), or beside a checkout.

    Nothing stays open: the page starts from a copy of Python's memory, without open files.
    """
    try:
        inside = pkgutil.get_data("svclab", f"_data/{file}")
    except OSError:
        inside = None
    if inside is not None:
        return inside.decode("utf-8")
    beside = Path(__file__).resolve().parents[1] / "data" / file
    if beside.is_file():
        return beside.read_text(encoding="utf-8")
    raise FileNotFoundError(
        "the course's tables are missing: neither svclab/_data nor data/ beside svclab holds "
        f"{file}; install svclab again"
    )


@cache
def _resources() -> dict[str, dict[str, Any]]:
    package = json.loads(_text(PACKAGE))
    return {resource["name"]: resource for resource in package["resources"]}


def _resource(name: str) -> dict[str, Any]:
    if not isinstance(name, str):
        raise TypeError(f"name={name!r} must be text, for example 'licence-office'")
    known = _resources()
    plain = name.strip().lower().replace("_", "-").removesuffix(".csv")
    if plain in known:
        return known[plain]
    near = get_close_matches(plain, known, n=1, cutoff=0.5)
    hint = f"did you mean {near[0]!r}? " if near else ""
    own = " To read a file of your own, use read_csv_rows(path, columns=...)."
    file_like = name.endswith(".csv") or "/" in name or "\\" in name
    raise ValueError(
        f"there is no table {name!r}: {hint}The tables are {', '.join(sorted(known))}."
        + (own if file_like else "")
    )


def _typed_rows(
    text: str,
    columns: Mapping[str, str],
    required: set[str],
    *,
    where: str,
    max_rows: int | None = None,
) -> list[Row]:
    header, lines = _parsed(text, where)
    for column in columns:
        if column not in header and column in required:
            semicolons = len(header) == 1 and ";" in header[0]
            raise ValueError(
                f"{where} has no column {column!r}; its columns are {', '.join(header)}"
                + (": separate the columns by commas, not by semicolons" if semicolons else "")
            )
    found: list[Row] = []
    for number, cells in lines:
        if max_rows is not None and len(found) >= max_rows:
            raise ValueError(f"{where} has more than {max_rows:,} rows: take fewer")
        if len(cells) != len(header):
            raise ValueError(
                f"{where}, line {number}: {len(cells)} cells for {len(header)} columns; "
                "put a text that has a comma in double quotes"
            )
        row: Row = {column: (None if kind != "string" else "") for column, kind in columns.items()}
        for column, cell in zip(header, cells, strict=True):
            place = f"{where}, line {number}, column {column!r}"
            row[column] = _value(
                cell.strip(), columns.get(column, "string"), column in required, place
            )
        found.append(row)
    return found


def _parsed(text: str, where: str) -> tuple[list[str], Iterator[tuple[int, list[str]]]]:
    """The header and the non-empty lines with their numbers; errors of the CSV itself are told."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        parsed = [(reader.line_num, line) for line in reader if any(c.strip() for c in line)]
    except csv.Error as problem:
        raise ValueError(f"{where}, line {reader.line_num}: not a CSV file: {problem}") from None
    if not parsed:
        raise ValueError(f"{where} is empty: the first line must name the columns")
    header = [cell.strip() for cell in parsed[0][1]]
    for column in header:
        if not column or header.count(column) > 1:
            raise ValueError(f"{where}: column name {column!r} is empty or given twice")
    return header, iter(parsed[1:])


def _value(cell: str, kind: str, required: bool, place: str) -> str | int | float | bool | None:
    if not cell:
        if required:
            raise ValueError(f"{place} is empty: fill it in")
        return "" if kind == "string" else None
    if kind == "string":
        return cell
    if kind == "boolean" and cell.lower() in _TRUTH:
        return _TRUTH[cell.lower()]
    # A whole number stays an int, so that 15 is shown as 15; Python treats both alike.
    if kind in ("integer", "number") and _INTEGER.fullmatch(cell):
        return int(cell)
    if kind == "number" and _NUMBER.fullmatch(cell) and math.isfinite(value := float(cell)):
        return value
    raise ValueError(f"{place}: {cell!r} is not {_WANTED[kind]}")
