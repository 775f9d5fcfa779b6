"""A small table that the reader edits, as a parameter: its columns and their checks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from svclab.explore.parameters import Choice, Number, Parameter
from svclab.words import Quantity, count, say

__all__ = ["Column", "Table"]


@dataclass(frozen=True)
class Column:
    """A column of a :class:`Table`; its cells are checked like the parameter in ``cell``.

    Parameters
    ----------
    cell : Number, Integer or Choice, or None for text
        ``cell.name`` is the key in each row.
    name, label : str
        For a text column only.
    editable : bool, optional
        False for what names the row.
    what : str, optional
        What a text shall be, as the message about an empty cell says it.
    longest : int, optional
        Most letters of a text.
    unique : bool, optional
        Whether no text may stand twice; a row that is added then gets a text of its own.
    empty : bool, optional
        Whether a text may be left empty, as in a table that begins blank; default False.

    Examples
    --------
    >>> Column(name="cause", label="Cause", empty=True).check("  ")
    ''
    >>> Column(name="cause", label="Cause", what="a cause").check("  ")
    Traceback (most recent call last):
    ValueError: Cause is empty: write a cause.
    """

    cell: Number | Choice | None = None
    name: str = ""
    label: str = ""
    editable: bool = True
    what: str = "a name"
    longest: int = 60
    unique: bool = False
    empty: bool = False

    @property
    def key(self) -> str:
        """The key in each row."""
        return self.cell.name if self.cell else self.name

    @property
    def title(self) -> str:
        """What stands over the column."""
        return self.cell.label if self.cell else self.label

    def check(self, value: Any) -> Any:
        """The clean cell."""
        if self.cell:
            return self.cell.check(value)
        if not isinstance(value, str) or not (self.empty or value.strip()):
            raise ValueError(
                say("{label} is empty: write {what}.", label=self.title, what=self.what)
            )
        if len(value) > self.longest:
            most = count(self.longest, "letter")
            raise ValueError(say("{label} is too long: {n} at most.", label=self.title, n=most))
        return value.strip()

    def declaration(self) -> dict[str, Any]:
        """What a host needs to draw the cells, as plain data."""
        shown: dict[str, Any] = self.cell.declaration() if self.cell else self._text()
        shown.pop("default", None)
        shown.update(name=self.key, label=self.title, editable=self.editable)
        return shown

    def _text(self) -> dict[str, Any]:
        shown = {
            "kind": "text", "what": self.what, "longest": self.longest, "unique": self.unique,
        }  # fmt: skip
        return {**shown, "empty": True} if self.empty else shown


@dataclass(frozen=True, kw_only=True)
class Table(Parameter):
    """A small editable table; the value is a list of row dicts.

    Parameters
    ----------
    columns : sequence of Column
        What each row holds.
    default : sequence of dict
        The rows shown first.
    add : bool, optional
        May the reader add and take away rows, between ``min_rows`` and ``max_rows``?
    wide : bool, optional
        Whether it needs the whole width: the controls then stand above the results.
    """

    columns: Sequence[Column]
    default: Sequence[Mapping[str, Any]]
    add: bool = False
    min_rows: int = 1
    max_rows: int = 12
    wide: bool = False
    _rows: tuple[dict[str, Any], ...] = field(default=(), init=False, repr=False)

    kind = "table"

    def __post_init__(self) -> None:
        super().__post_init__()
        if not self.add:
            object.__setattr__(self, "min_rows", len(self.default))
            object.__setattr__(self, "max_rows", len(self.default))
        object.__setattr__(self, "_rows", tuple(dict(row) for row in self.default))
        self.check(self.start)

    @property
    def start(self) -> list[dict[str, Any]]:
        return [dict(row) for row in self._rows]

    def check(self, value: Any) -> list[dict[str, Any]]:
        if not isinstance(value, list | tuple) or not all(isinstance(r, Mapping) for r in value):
            raise ValueError(say("{label} needs a table with rows.", label=self.label))
        if not self.min_rows <= len(value) <= self.max_rows:
            raise ValueError(
                say(
                    "{label} has {n}: it takes from {low} to {high}.",
                    label=self.label,
                    n=Quantity(len(value), "row", 0, "rows"),
                    low=self.min_rows,
                    high=self.max_rows,
                )
            )
        clean = [self._check_row(row, number) for number, row in enumerate(value, start=1)]
        for column in self.columns:
            if column.unique:
                self._check_unique(clean, column)
        return clean

    def _check_unique(self, rows: list[dict[str, Any]], column: Column) -> None:
        seen: set[str] = set()
        for number, row in enumerate(rows, start=1):
            if row[column.key] != "" and row[column.key] in seen:
                raise ValueError(
                    say(
                        "Row {row}: {text} stands twice: give each row a name of its own.",
                        row=number,
                        text=row[column.key],
                    )
                )
            seen.add(row[column.key])

    def _check_row(self, row: Mapping[str, Any], number: int) -> dict[str, Any]:
        clean: dict[str, Any] = {}
        for column in self.columns:
            try:
                if column.editable or self.add:
                    clean[column.key] = column.check(row.get(column.key))
                else:
                    clean[column.key] = self._rows[number - 1][column.key]
            except ValueError as problem:
                raise ValueError(
                    say("Row {row}: {problem}", row=number, problem=str(problem))
                ) from None
        return clean

    def declaration(self) -> dict[str, Any]:
        shown = super().declaration()
        shown.update(
            columns=[column.declaration() for column in self.columns],
            add=self.add,
            min_rows=self.min_rows,
            max_rows=self.max_rows,
            wide=self.wide,
        )
        return shown
