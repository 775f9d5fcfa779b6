"""What a reader can move: declared once, shown by every host, checked here.

A parameter knows its label, unit, range, default and one line of help. ``check`` takes what
came from a control, a link or a notebook cell and gives back a clean value, or raises
``ValueError`` with a sentence that the control shows.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

from svclab.words import Quantity, say

__all__ = ["Choice", "Integer", "Number", "Parameter", "Seed", "SettingError", "Switch"]


class SettingError(ValueError):
    """A setting that no control can refuse alone; the message is shown at one of them.

    Parameters
    ----------
    parameter : str
        At whose control the message stands.
    message : str
        What is wrong and what to do.
    row, column : int and str, optional
        For a table: the cell, its row counted from 0.

    Examples
    --------
    >>> raise SettingError("limits", "Limit 2 names no variable.", row=1, column="sum")
    Traceback (most recent call last):
    svclab.explore.parameters.SettingError: Limit 2 names no variable.
    """

    def __init__(
        self, parameter: str, message: str, *, row: int | None = None, column: str | None = None
    ) -> None:
        super().__init__(message)
        self.parameter = parameter
        self.row, self.column = row, column

    @property
    def place(self) -> dict[str, int | str]:
        """Row and column, as far as they are known."""
        both = {"row": self.row, "column": self.column}
        return {name: value for name, value in both.items() if value is not None}


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
                    options=", ".join(f"“{label}”" for label in self.options.values()),
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
