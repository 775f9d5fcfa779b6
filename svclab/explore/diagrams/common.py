"""What all diagrams share: a text alternative, an equivalent table, and checks of their names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from svclab.explore.views import Part, TableView
from svclab.words import Quantity

__all__ = [
    "MARKED",
    "VERDICTS",
    "Diagram",
    "in_the_picture",
    "known",
    "one_of",
    "unique",
    "written",
]

VERDICTS = ("", "right", "wrong", "missing")
MARKED = "Marked"  # over the column of a table that says what is drawn strong


@dataclass(frozen=True, kw_only=True)
class Diagram(Part):
    """A picture drawn from data, with the same as a table for whoever cannot see it.

    Parameters
    ----------
    alt : str
        What the diagram shows, in a sentence.
    """

    alt: str

    def __post_init__(self) -> None:
        if not self.alt.strip():
            raise ValueError("alt='': say in a sentence what the diagram shows")

    def tables(self) -> Sequence[TableView]:
        """The same as tables, to be read, copied and saved."""
        raise NotImplementedError

    def drawn(self) -> dict[str, Any]:
        """What the renderer draws, as plain data."""
        raise NotImplementedError

    def to_data(self) -> dict[str, Any]:
        head = {"kind": self.kind, "title": self.title, "alt": self.alt}
        return {**head, **self.drawn(), "tables": [table.to_data() for table in self.tables()]}


def unique(names: Iterable[str], what: str) -> list[str]:
    """The names as a list; ValueError if one is empty or stands twice.

    Examples
    --------
    >>> unique(["price", "price"], "variable")
    Traceback (most recent call last):
    ValueError: variable 'price' stands twice: give each a name of its own
    """
    listed = list(names)
    for at, name in enumerate(listed):
        if not name.strip():
            raise ValueError(f"{what} {at + 1} has no name: give it one")
        if name in listed[:at]:
            raise ValueError(f"{what} {name!r} stands twice: give each a name of its own")
    return listed


def known(name: str, names: Iterable[str], what: str, where: str) -> None:
    """ValueError if a name is none of those declared."""
    listed = list(names)
    if name not in listed:
        choices = ", ".join(repr(one) for one in listed) or "none yet"
        raise ValueError(f"{where}: {name!r} is no {what}; declared are {choices}")


def one_of(value: str, allowed: Sequence[str], where: str) -> None:
    """ValueError if a word is none of those allowed."""
    if value not in allowed:
        raise ValueError(f"{where}={value!r}: choose one of {', '.join(map(repr, allowed))}")


def written(value: Quantity | str | int) -> str:
    """A value as it stands in a diagram, with its unit."""
    return f"{value:,}" if isinstance(value, int) else str(value)


def in_the_picture(name: str) -> tuple[str, None]:
    """For ``Table(..., shown_if=in_the_picture(name))``: the reader edits it in the diagram.

    The parameter keeps its place in links, undo and reset; only its own control is not shown, since
    the diagram's cells are that control.

    Examples
    --------
    >>> in_the_picture("scores")
    ('scores', None)
    """
    return name, None


def left_out(data: Mapping[str, Any]) -> dict[str, Any]:
    """Plain data without empty values, which say nothing."""
    return {key: value for key, value in data.items() if value not in ("", None, False, (), [])}
