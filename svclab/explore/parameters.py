"""What a reader can move: declared once, shown by every host, checked here.

A parameter knows its label, unit, range, default and one line of help. ``check`` takes what
came from a control, a link or a notebook cell and gives back a clean value, or raises
``ValueError`` with a sentence that the control shows.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from svclab.words import Quantity, say

__all__ = ["Choice", "Column", "Integer", "Number", "Parameter", "Seed", "Switch", "Table"]


def _plain(value: float) -> str:
    return Quantity(value, "", 6).text


@dataclass(frozen=True, kw_only=True)
class Parameter:
    """What all parameters have in common.

    Parameters
    ----------
    name : str
        The keyword of the compute function.
    label : str
        What stands at the control.
    help : str, optional
        One line that says what moving it means.
    group : str, optional
        Heading under which controls are gathered.
    shown_if : tuple of (str, value or tuple of values), optional
        Shown only while another parameter has this value, or one of them.
    """

    name: str
    label: str
    help: str = ""
    group: str = ""
    shown_if: tuple[str, Any] | None = None

    kind = ""

    def __post_init__(self) -> None:
        if not self.name.isidentifier():
            raise ValueError(f"parameter name {self.name!r} must be a Python name")

    @property
    def start(self) -> Any:
        """The default value."""
        raise NotImplementedError

    def check(self, value: Any) -> Any:
        """The clean value; ValueError with a sentence for the reader if it is not allowed."""
        raise NotImplementedError

    def declaration(self) -> dict[str, Any]:
        """What a host needs to draw the control, as plain data."""
        shown: dict[str, Any] = {
            "kind": self.kind,
            "name": self.name,
            "label": self.label,
            "help": self.help,
            "default": self.start,
        }
        if self.group:
            shown["group"] = self.group
        if self.shown_if:
            shown["shown_if"] = {"parameter": self.shown_if[0], "equals": self.shown_if[1]}
        return shown


@dataclass(frozen=True, kw_only=True)
class Number(Parameter):
    """A number from ``low`` to ``high``: a slider with a number box.

    Examples
    --------
    >>> demand = Number(name="demand", label="Demand", unit="per hour",
    ...                 low=10, high=240, step=5, default=120)
    >>> demand.check("90")
    90.0
    >>> demand.check(500)
    Traceback (most recent call last):
    ValueError: Demand is 500 per hour: choose a number from 10 to 240.
    """

    low: float
    high: float
    default: float
    step: float = 1
    unit: str = ""

    kind = "number"

    def __post_init__(self) -> None:
        super().__post_init__()
        if not self.low <= self.default <= self.high or self.step <= 0:
            raise ValueError(
                f"parameter {self.name!r}: the default {self.default} must lie between "
                f"{self.low} and {self.high}, with a step above zero"
            )

    @property
    def start(self) -> Any:
        return self.default

    def _number(self, value: Any) -> float:
        try:
            if isinstance(value, bool) or value is None:
                raise ValueError
            clean = float(value)
        except (TypeError, ValueError):
            clean = math.nan
        if not math.isfinite(clean):
            raise ValueError(
                say(
                    "{label} needs a number from {low} to {high}.",
                    label=self.label,
                    low=_plain(self.low),
                    high=_plain(self.high),
                )
            )
        if not self.low <= clean <= self.high:
            raise ValueError(
                say(
                    "{label} is {value}: choose a number from {low} to {high}.",
                    label=self.label,
                    value=Quantity(clean, self.unit, 6),
                    low=_plain(self.low),
                    high=_plain(self.high),
                )
            )
        return clean

    def check(self, value: Any) -> Any:
        return self._number(value)

    def declaration(self) -> dict[str, Any]:
        shown = super().declaration()
        shown.update(unit=self.unit, low=self.low, high=self.high, step=self.step)
        return shown


@dataclass(frozen=True, kw_only=True)
class Integer(Number):
    """A whole number from ``low`` to ``high``.

    Examples
    --------
    >>> Integer(name="workers", label="Workers", low=1, high=9, default=6).check(7.0)
    7
    """

    kind = "integer"

    def check(self, value: Any) -> int:
        clean = self._number(value)
        if clean != int(clean):
            raise ValueError(
                say(
                    "{label} is {value}: choose a whole number.",
                    label=self.label,
                    value=Quantity(clean, self.unit, 6),
                )
            )
        return int(clean)


@dataclass(frozen=True, kw_only=True)
class Choice(Parameter):
    """One of a few named options.

    Parameters
    ----------
    options : dict
        Value to label, in the order shown.
    default : str
        One of the values.
    """

    options: dict[str, str]
    default: str

    kind = "choice"

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.default not in self.options:
            raise ValueError(f"parameter {self.name!r}: default {self.default!r} is no option")

    @property
    def start(self) -> str:
        return self.default

    def check(self, value: Any) -> str:
        if not isinstance(value, str) or value not in self.options:
            raise ValueError(
                say(
                    "{label}: choose one of {options}.",
                    label=self.label,
                    options=", ".join(self.options.values()),
                )
            )
        return value

    def declaration(self) -> dict[str, Any]:
        shown = super().declaration()
        shown["options"] = [{"value": v, "label": n} for v, n in self.options.items()]
        return shown


@dataclass(frozen=True, kw_only=True)
class Switch(Parameter):
    """On or off."""

    default: bool = False

    kind = "switch"

    @property
    def start(self) -> bool:
        return self.default

    def check(self, value: Any) -> bool:
        if value in (True, "true", "1"):
            return True
        if value in (False, "false", "0"):
            return False
        raise ValueError(say("{label} is either on or off.", label=self.label))


@dataclass(frozen=True, kw_only=True)
class Seed(Parameter):
    """The start of the random numbers: a button that deals new ones, with the number shown."""

    default: int = 1

    kind = "seed"

    @property
    def start(self) -> int:
        return self.default

    def check(self, value: Any) -> int:
        try:
            clean = int(value)
        except (TypeError, ValueError):
            clean = -1
        if not 0 <= clean < 2**31 or isinstance(value, bool):
            raise ValueError(say("{label} is a whole number of zero or more.", label=self.label))
        return clean


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
    """

    cell: Number | Choice | None = None
    name: str = ""
    label: str = ""
    editable: bool = True

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
        if not isinstance(value, str) or not value.strip():
            raise ValueError(say("{label} is empty: write a name.", label=self.title))
        if len(value) > 60:
            raise ValueError(say("{label} is too long: 60 letters at most.", label=self.title))
        return value.strip()

    def declaration(self) -> dict[str, Any]:
        """What a host needs to draw the cells, as plain data."""
        shown: dict[str, Any] = self.cell.declaration() if self.cell else {"kind": "text"}
        shown.pop("default", None)
        shown.update(name=self.key, label=self.title, editable=self.editable)
        return shown


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
    """

    columns: Sequence[Column]
    default: Sequence[Mapping[str, Any]]
    add: bool = False
    min_rows: int = 1
    max_rows: int = 12
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
        return [self._check_row(row, number) for number, row in enumerate(value, start=1)]

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
        )
        return shown
