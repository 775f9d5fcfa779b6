"""A grid of named rows and columns: to place items in, or to fill with scores."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from svclab.explore.diagrams.common import VERDICTS, Diagram, known, left_out, one_of, unique
from svclab.explore.diagrams.common import written as words
from svclab.explore.views import TableView
from svclab.words import Quantity

__all__ = ["Entry", "Fill", "Item", "Matrix", "Move", "Totals"]


@dataclass(frozen=True, kw_only=True)
class Fill:
    """The cell of a :class:`~svclab.explore.Table` parameter that a filled cell sets.

    Parameters
    ----------
    parameter, column : str
        The table and its column.
    row : int
        From 0.
    """

    parameter: str
    row: int
    column: str

    def __post_init__(self) -> None:
        if not self.parameter or not self.column or self.row < 0:
            raise ValueError(
                f"{self!r}: a filled cell needs parameter, column and a row of 0 or more"
            )


@dataclass(frozen=True, kw_only=True)
class Move:
    """The row of a :class:`~svclab.explore.Table` parameter that a moved item writes to.

    Parameters
    ----------
    parameter : str
        The table.
    row : int
        From 0.
    across, down : str, optional
        Columns of the table for the item's place along the diagram's columns (or x) and rows (or
        y). In a grid these columns are a ``Choice`` of the grid's keys; ``""`` among its options
        means "not placed yet". One left out: the item cannot move that way.
    """

    parameter: str
    row: int
    across: str = ""
    down: str = ""

    def __post_init__(self) -> None:
        if not self.parameter or self.row < 0 or not (self.across or self.down):
            raise ValueError(
                f"{self!r}: a moved item needs a parameter, a row of 0 or more, "
                "and a column for across, down or both"
            )


@dataclass(frozen=True, kw_only=True)
class Item:
    """Something placed in a cell of a :class:`Matrix`, such as an offering.

    Parameters
    ----------
    name : str
        Unique among the items.
    label, note : str, optional
        What stands on it (left out: the name), and a second, quieter line.
    row, column : str or None
        Keys of the grid; both None: not placed yet, it then stands above the grid.
    verdict : str, optional
        ``"right"``, ``"wrong"`` or ``"missing"``.
    move : Move, optional
        What dragging sets; left out: it stays where it is.
    """

    name: str
    label: str = ""
    note: str = ""
    row: str | None = None
    column: str | None = None
    verdict: str = ""
    move: Move | None = None

    def __post_init__(self) -> None:
        one_of(self.verdict, VERDICTS, f"item {self.name!r}: verdict")


@dataclass(frozen=True, kw_only=True)
class Entry:
    """What stands in a cell of a :class:`Matrix`.

    Parameters
    ----------
    row, column : str
        Keys of the grid.
    title : str, optional
        The cell's own name, such as "Service factory".
    content : Quantity, int or str, optional
        A score or a text.
    verdict : str, optional
        ``"right"``, ``"wrong"`` or ``"missing"``.
    level : float, optional
        From 0 to 1: how strongly the cell is shaded.
    fill : Fill, optional
        What typing or choosing in the cell sets; ``content`` is then the value as it is now.
    """

    row: str
    column: str
    title: str = ""
    content: Quantity | str | int = ""
    verdict: str = ""
    level: float = 0
    fill: Fill | None = None

    def __post_init__(self) -> None:
        where = f"cell ({self.row!r}, {self.column!r})"
        one_of(self.verdict, VERDICTS, f"{where}: verdict")
        if not 0 <= self.level <= 1:
            raise ValueError(f"{where}: level={self.level}: shading goes from 0 to 1")


@dataclass(frozen=True, kw_only=True)
class Totals:
    """A line of sums, means or coverages at the foot or the side of a :class:`Matrix`."""

    label: str
    values: Sequence[Quantity | str | int]


@dataclass(frozen=True, kw_only=True)
class Matrix(Diagram):
    """A grid of rows and columns with entries, and with items that may be moved from cell to cell.

    Parameters
    ----------
    rows, columns : mapping of str to str
        Key to label, in the order shown: the keys may be the options of a ``Choice``.
    rows_name, columns_name : str, optional
        What the rows and the columns are.
    entries : sequence of Entry
        At most one a cell.
    items : sequence of Item
        Any number a cell.
    row_totals, column_totals : Totals, optional
        One value a row, at the right; one a column, at the foot.
    tray : str, optional
        Heading over the items that are not placed yet.

    Raises
    ------
    ValueError
        For an empty side, an unknown row or column, a name or a cell that stands twice, or
        totals of another length.

    Examples
    --------
    >>> grid = Matrix(rows={"low": "Low contact", "high": "High contact"},
    ...               columns={"s": "Standard", "c": "Customised"}, alt="Two offerings.",
    ...               items=[Item(name="KTV", row="high", column="s")])
    >>> grid.tables()[0].rows[1]
    ['High contact', 'KTV', '']
    >>> Matrix(rows={"low": "Low"}, columns={"s": "S"}, alt="One.",
    ...        items=[Item(name="KTV", row="high", column="s")])
    Traceback (most recent call last):
    ValueError: item 'KTV': 'high' is no row; declared are 'low'
    """

    rows: Mapping[str, str]
    columns: Mapping[str, str]
    rows_name: str = ""
    columns_name: str = ""
    entries: Sequence[Entry] = ()
    items: Sequence[Item] = ()
    row_totals: Totals | None = None
    column_totals: Totals | None = None
    tray: str = "Not placed yet"

    kind = "matrix"

    def __post_init__(self) -> None:
        super().__post_init__()
        for side, what in ((self.rows, "row"), (self.columns, "column")):
            if not side:
                raise ValueError(f"{what}s={{}}: a matrix needs at least one {what}")
            unique(side, what)
        unique((item.name for item in self.items), "item")
        for item in self.items:
            self._check_item(item)
        cells = set()
        for entry in self.entries:
            where = f"cell ({entry.row!r}, {entry.column!r})"
            known(entry.row, self.rows, "row", where)
            known(entry.column, self.columns, "column", where)
            if (entry.row, entry.column) in cells:
                raise ValueError(f"{where} stands twice: a cell has one entry")
            cells.add((entry.row, entry.column))
        for totals, side, what in (
            (self.row_totals, self.rows, "row"), (self.column_totals, self.columns, "column"),
        ):  # fmt: skip
            if totals and len(totals.values) != len(side):
                raise ValueError(
                    f"{what}_totals has {len(totals.values)} values for {len(side)} {what}s: "
                    f"give one for each {what}"
                )

    def _check_item(self, item: Item) -> None:
        where = f"item {item.name!r}"
        if (item.row is None) != (item.column is None):
            raise ValueError(f"{where} has only one of row and column: give both, or neither")
        if item.row is not None and item.column is not None:
            known(item.row, self.rows, "row", where)
            known(item.column, self.columns, "column", where)

    def drawn(self) -> dict[str, Any]:
        shown: dict[str, Any] = {
            "rows": [{"key": key, "label": label} for key, label in self.rows.items()],
            "columns": [{"key": key, "label": label} for key, label in self.columns.items()],
            "rows_name": self.rows_name,
            "columns_name": self.columns_name,
            "entries": [_entry(entry) for entry in self.entries],
            "items": [
                left_out({
                    **asdict(item), "label": item.label or item.name,
                    "move": asdict(item.move) if item.move else None,
                })
                for item in self.items
            ],
            "tray": self.tray,
        }  # fmt: skip
        for name, totals in (
            ("row_totals", self.row_totals),
            ("column_totals", self.column_totals),
        ):
            if totals:
                shown[name] = {"label": totals.label, "values": [words(v) for v in totals.values]}
        return shown

    def tables(self) -> Sequence[TableView]:
        side = self.row_totals
        sides = " / ".join(name for name in (self.rows_name, self.columns_name) if name)
        columns = [(sides or "Row", "", "left")]
        columns += [(label, "", "left") for label in self.columns.values()]
        columns += [(side.label, "", "right")] if side else []
        rows = []
        for at, (row, label) in enumerate(self.rows.items()):
            cells = [label, *(self._told(row, column) for column in self.columns)]
            rows.append(cells + ([words(side.values[at])] if side else []))
        foot = self.column_totals
        if foot:
            rows.append([foot.label, *map(words, foot.values), *([""] if side else [])])
        waiting = [_named(item) for item in self.items if item.row is None]
        if waiting:
            blank = [""] * (len(columns) - 2)
            rows.append([self.tray, "; ".join(waiting), *blank])
        return [TableView(title=self.title, columns=columns, rows=rows)]

    def _told(self, row: str, column: str) -> str:
        """All that stands in a cell, in words."""
        told = []
        for entry in self.entries:
            if (entry.row, entry.column) == (row, column):
                told += [entry.title, _judged(words(entry.content), entry.verdict)]
        told += [_named(i) for i in self.items if (i.row, i.column) == (row, column)]
        return "; ".join(text for text in told if text)


def _entry(entry: Entry) -> dict[str, Any]:
    fill = asdict(entry.fill) if entry.fill else None
    return left_out({
        "row": entry.row, "column": entry.column, "title": entry.title,
        "content": words(entry.content), "number": not isinstance(entry.content, str),
        "verdict": entry.verdict, "level": round(entry.level, 3) or None, "fill": fill,
    })  # fmt: skip


def _judged(text: str, verdict: str) -> str:
    return f"{text} ({verdict})".strip() if verdict else text


def _named(item: Item) -> str:
    label = item.label or item.name
    return _judged(f"{label}, {item.note}" if item.note else label, item.verdict)
